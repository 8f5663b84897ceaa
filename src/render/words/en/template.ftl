# Finding a template in a workbook.

table-missing = no table was found { $count ->
        [0] in the file
        [one] on sheet { $sheets }
       *[other] on any of { $count } sheets
    }
    .hint = a table needs a header row with a column of ids; name its row and column with `--header-row N --field id=HEADER`
table-without-ids = the likeliest header has no column of ids below it
    .found = { $found }
    .hint = number the rows with `{ $numbered }`{ $id ->
        [none] {""}
       *[other] , or take the texts of a column as ids: `{ $id }` in place of `--field numbered=…`
    }
table-without-rows = nothing stands below the likeliest header
    .found = { $found }
    .hint = read the filled-in workbook, or name another header with `--header-row N --field id=HEADER`
table-only-history = the only table is the list of the document's own revisions
    .hint = read it all the same with `{ $flags }`
workbook-empty = the workbook is empty
table-ambiguous = the table can be read in two ways that are equally good
    .found = { $candidates }
    .hint = choose one of them, for example with `{ $first }`
sheet-unknown = there is no sheet `{ $sheet }`
    .found = { $sheets }
    .hint = { $nearest ->
        [none] choose one of the sheets with `--sheet NAME`
       *[other] did you mean `{ $nearest }`?
    }
header-missing = the column of `{ $key }` is missing from the header
    .found = expected { $expected }, found { $found }
    .hint = { $nearest ->
        [none] name the column with `--field { $key }=HEADER`, or choose another `--template`
       *[other] did you mean `{ $nearest }`? Name it with `--field "{ $key }={ $nearest }"`
    }
field-heading-unknown = no column has the heading `{ $heading }` given for `{ $key }`
    .found = { $found }
    .hint = { $nearest ->
        [none] give one of the headings as it stands in the sheet
       *[other] did you mean `{ $nearest }`?
    }
header-renamed = heading `{ $found }` is not the template's `{ $expected }`, but looks like it
    .hint = if it is the same column, say so with `--field "{ $key }={ $found }"`; until then it is a field of its own
header-moved = column `{ $heading }` stands elsewhere than in the template
header-unknown = { $count ->
        [one] 1 column is
       *[other] { $count } columns are
    } unknown to the template and became { $count ->
        [one] a field of its own
       *[other] fields of their own
    }: { $headings }
heading-repeated = several columns stand under the same heading: { $headings }
    .hint = they are told apart by a number, such as `備考 (2)`
template-none = no template fits; the table was read by its headings, with the ids under `{ $id }`{ $others ->
        [none] {""}
       *[other] {" "}(and not under `{ $others }`)
    }{ $tables ->
        [one] {""}
       *[other] , on { $tables } tables
    }
    .hint = { $flags ->
        [none] to keep this reading, write a template with `secref templates new`
       *[other] to pin this reading, give { $flags }; to keep it, write a template with `secref templates new`
    }
sheet-hidden = { $count ->
        [one] 1 hidden sheet was
       *[other] { $count } hidden sheets were
    } not read: { $sheets }
    .hint = name a sheet with `--sheet` to read it all the same
framework-inferred = most ids are those of the FISC guidelines, so it is read as a reference for them (framework `{ $framework }`)
rows-numbered = the rows hold no ids and were numbered from 1 on every sheet
    .hint = a row put in between moves the numbers below it; compare and carry answers to a new edition with care
sheet-of-no-template = { $count ->
        [one] 1 sheet holds
       *[other] { $count } sheets hold
    } a table that the template does not know and that was not read: { $sheets }
    .hint = read it by itself with `{ $flags }`
sheet-not-read = { $count ->
        [one] 1 sheet holds
       *[other] { $count } sheets hold
    } no table of this shape: { $sheets }
    .hint = name a sheet with `--sheet` to read it all the same

# Reading a template.

template-syntax = line { $line }, column { $column }: { $message }
    .hint = the format is described in `templates/README.md`
template-key-unknown = line { $line }: a template has no key `{ $key }` here
    .found = allowed: { $allowed }
    .hint = { $nearest ->
        [none] leave it out
       *[other] did you mean `{ $nearest }`?
    }
template-key-missing = line { $line }: key `{ $key }` is missing
template-word-unknown = line { $line }: `{ $word }` is not a value of this key
    .found = allowed: { $allowed }
    .hint = { $nearest ->
        [none] choose one of them
       *[other] did you mean `{ $nearest }`?
    }
template-version = line { $line }: format version { $found } is not known; this program reads { $known }
    .hint = use a newer secref
template-header-rows = line { $line }: `header_rows` must be a number from 1, or the fewest and the most rows
template-empty = the template has neither a `[[table]]` to read nor a `[[write.column]]` to write
