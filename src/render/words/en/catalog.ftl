# Item numbers, citations and the catalog file.

id-branch-spelling = id `{ $text }` was read as the branch number `{ $id }`
id-branch-or-range = id `{ $text }` was read as the branch number `{ $id }`, but the range `{ $range }` is as likely
    .hint = write a range with `~`, or give every item a row of its own
id-branch-unexpected = `{ $id }` is a branch number, and none is known in edition { $edition }
    .found = the cell says `{ $text }`
    .hint = check that the cell is no range and was not turned into a date
id-expanded = id `{ $text }` stands for { $count } items, `{ $first }` to `{ $last }`
id-number-supplied = `{ $text }` has no number and was read as `{ $id }`
    .hint = write the number into the cell to end this warning
id-retired-supplied = `{ $text }` has no number and was read as the retired `{ $id }`, which follows the item above
    .hint = write `{ $id } (欠番)` to end this warning
id-group-unknown = it cannot be told which group id `{ $text }` belongs to
    .hint = add a column or sheet name that names the group, or write it as `実{ $id }`
id-date = the id cell holds the date `{ $text }`
    .found = Excel turns ids like `1-14` into dates{ $perhaps ->
        [none] { "" }
       *[other] ; it may have been `{ $perhaps }`
    }
    .hint = format the cell as text and enter the id again
id-looks-like = id `{ $text }` has letters that look like digits
    .found = it is probably `{ $perhaps }`
    .hint = replace the letters by digits
id-nearly = id `{ $text }` has signs in it that no id has
    .found = it is probably `{ $perhaps }`
    .hint = write `{ $perhaps }` into the cell, and a remark into a cell of its own
id-prefix-not-in-edition = `{ $id }` is not an id of edition { $edition }
    .found = the cell says `{ $text }` (運 and 技 end with the eighth edition, 統, 実 and 監 begin with the ninth)
    .hint = check which edition is meant; use --crosswalk to relate editions with different numbers
id-range-unclear = the range of ids `{ $text }` cannot be expanded
    .found = `{ $first }` to `{ $last }` does not run upwards within one group
    .hint = give every item a row of its own
id-range-too-long = the range of ids `{ $text }` is too long
    .found = `{ $first }` to `{ $last }` (at most { $limit } items)
    .hint = check the numbers in the cell

json-invalid = cannot be read as JSON (line { $line }, column { $column })
    .found = { $reason }
    .hint = check that it is a catalog JSON written by `secref convert` and was not cut off
json-format = not a secref catalog
    .found = `format` is `{ $found }` (expected `{ $expected }`)
    .hint = give a file made by `secref convert INPUT -o NAME.json`
json-version = this version of the catalog form cannot be read
    .found = `format_version` is `{ $found }` (this program reads `{ $supported }`)
    .hint = convert the workbook again, or use the secref that wrote the file
