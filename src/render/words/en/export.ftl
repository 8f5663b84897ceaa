# export

characters-lost = { $count ->
        [one] 1 character is
       *[other] { $count } characters are
    } missing in this encoding and became `〓`
    .found = { $characters }
    .hint = write UTF-8 to keep every character
characters-replaced = { $count ->
        [one] 1 character was
       *[other] { $count } characters were
    } replaced by one that looks the same and that the encoding has
    .found = { $characters }

export-column-number = Number
export-column-document = Document
export-retired = Retired
export-list-documents = Public documents
export-list-reports = Third-party reports
export-notes = Notes
export-source = Source
export-count = { $items ->
        [one] 1 item
       *[other] { $items } items
    }{ $retired ->
        [0] { "" }
       *[other] { " " }and { $retired } retired
    }
export-ungrouped = Others
export-nothing-said = Nothing stated.
