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
