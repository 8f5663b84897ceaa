# Reading the rows of a table.

items-missing = the table holds no items
    .hint = check the header row and the id column with `--header-row N --field id=HEADER`
row-not-understood = the row was left out: `{ $text }` in the id column cannot be read as an id
    .hint = correct the id, or clear the cell if the row goes on with the item above
document-number-unknown = this row of the list of documents was left out: `{ $text }` is not a number
    .hint = write a number such as 01 into the cell; until then, items that cite the document cite a number that is not listed
band-values = values beside the heading `{ $band }` are not passed on to the items below it
band-values-many = values beside { $count } headings are not passed on to the items below them
    .each = { $band }
table-below = another table with headings of its own begins below; it and what follows on the sheet became notes
    .hint = read it by itself with `--sheet` and `--header-row { $row }`
id-repeated = { $count ->
        [one] 1 row repeats
       *[other] { $count } rows repeat
    } an id that stands above; each became a part of its item
id-on-several-sheets = { $count } items share their id with an item of another sheet or table; they are told apart by the sheet's or the table's name
conformity-differs = the rows of `{ $id }` disagree on conformity (適合性)
    .found = { $words }
    .hint = the item has no conformity until they agree; each row keeps its own
conformity-own-word = conformity (適合性) `{ $word }` of { $count ->
        [one] 1 item
       *[other] { $count } items
    } is neither 適合可能 nor 対象外 and was kept as it is
pictures-not-read = { $count ->
        [one] a picture lies
       *[other] { $count } pictures lie
    } over or in cells of the table; what pictures show is not read
    .hint = look at them yourself, and write what counts into a cell
hidden-read = hidden { $count ->
        [one] row or column was
       *[other] rows and columns were
    } read as well: { $places }
formula-uncalculated = { $count ->
        [one] 1 cell holds a formula
       *[other] { $count } cells hold formulas
    } whose value the file does not have; read as blank
    .hint = open the file in Excel and save it, which calculates them; programs that write formulas leave that to Excel
filled-down = { $count ->
        [one] 1 blank cell was
       *[other] { $count } blank cells were
    } given the value above, because each value is given once for the rows below it
    .found = { $headings }
rows-without-id = { $count } rows have no id though they are as full as the items; each was read as more of the item above
    .hint = if they are items of their own, number all rows with `--field numbered=HEADER` instead of their ids
findings-more = { $count } more findings like `{ $code }` are not listed
