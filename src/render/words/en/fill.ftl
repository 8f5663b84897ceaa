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

cell-formula = the cell holds a formula
    .hint = formulas are never overwritten; remove it in Excel if the answer belongs there
cell-locked = the cell is locked on a protected sheet
    .hint = `--unlock` writes it all the same; the protection stays
cell-table-header = the cell is a column heading of a table
cell-conflict = two different answers for one merged cell
text-too-long = the text is longer than the 32,767 characters a cell holds
