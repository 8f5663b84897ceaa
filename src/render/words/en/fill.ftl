# Writing into a workbook that is there already

patch-format = only xlsx and xlsm can be filled in place
    .hint = save the workbook as .xlsx in Excel, or leave `--into` out to make a new workbook
patch-encrypted = an encrypted workbook cannot be filled in place
    .hint = take the password off in Excel (File > Info > Protect Workbook), fill it, and set the password again
patch-signed = the workbook is digitally signed; any change would break the signature
    .found = `{ $part }`
    .hint = ask its publisher for an unsigned copy, or leave `--into` out to make a new workbook
patch-part = part `{ $part }` cannot be changed safely: { $reason ->
        [encoding] it is not in UTF-8
        [malformed] its rows or cells are not in order
       *[other] { $reason }
    }
    .hint = open the workbook in Excel, save it under a new name, and fill that
zip-too-large = the filled workbook would be larger than 4 GiB

cell-formula = the answer of { $item } ({ $heading }) would replace a formula
    .hint = formulas are never overwritten; remove it in Excel if the answer belongs there
cell-locked = the answer of { $item } ({ $heading }) belongs in a locked cell of a protected sheet
    .hint = `--unlock` writes it all the same; the protection stays
cell-table-header = the answer of { $item } ({ $heading }) would replace a column heading of a table
cell-conflict = { $item } ({ $heading }) has another answer than the item it shares merged cells with
    .hint = give both items the same answer, or part the cells in Excel
cell-not-empty = the answer of { $item } ({ $heading }) would replace what stands there
    .found = `{ $old }`
    .hint = `--overwrite` replaces it
text-too-long = the answer of { $item } ({ $heading }) is longer than the 32,767 characters a cell holds
    .hint = shorten it, or refer to a document
value-not-allowed = the answer of { $item } ({ $heading }), `{ $value }`, is not one the workbook allows
    .found = allowed: { $allowed }
    .hint = the cell was left as it was; choose one of the allowed values, or give the template its words (`values`)
tick-elsewhere = the answer of { $item } ({ $heading }), `{ $value }`, was not written: another column of the row is ticked
    .hint = pass `--overwrite` to move the tick
columns-added = columns for the answers were added right of the table: { $headings }
columns-added-beside = columns for the answers were added right of the table: { $headings }
    .hint = the workbook has columns that may be meant for answers; to write there, give { $flags }
columns-added-hidden = columns for the answers were added where the sheet hides its columns: { $headings }
    .hint = { $flags ->
        [none] unhide them in Excel, or name the columns to write into with `--field response=HEADER`
       *[other] unhide them in Excel; or write into the columns the workbook has: { $flags }
    }
columns-outside = the answer columns that were added stand outside the { $frame ->
        [print-area] print area
        [filter] filter
       *[table] table
    }
    .hint = widen it in Excel if need be; it is the publisher's and was left as it is
validation-not-checked = { $count ->
    [one] 1 cell was written without checking the rule
   *[other] { $count } cells were written without checking the rule
  } `{ $formula }`, which only Excel can work out
answer-item-unknown = the workbook has no item { $item }
answer-item-retired = item { $item } is retired (欠番) in the workbook, so its answer was not written
answer-row-missing = item { $item } stands in no table of the workbook that takes answers
answer-column-missing = the workbook has no column for { $headings }; { $count ->
        [one] 1 answer was
       *[other] { $count } answers were
    } left out
    .hint = `--append { $fields }` adds what is missing
answer-column-locked = the answer of { $item } ({ $heading }) needs a column of its own, but the sheet is protected
    .hint = `--unlock` adds it all the same; the protection stays

receipt-invalid = this is no receipt of secref (line { $line }, column { $column })
    .hint = give the `.receipt.json` that stands beside the workbook written
receipt-version = the receipt is of version { $version }, which this program does not know
    .hint = use a newer secref
