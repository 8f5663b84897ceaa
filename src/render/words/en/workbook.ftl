# Reading workbooks and delimited texts

file-empty = the file is empty
    .hint = check that the download or export finished, and try again
file-is-html = the file is a web page, whatever its name says
    .hint = open it in Excel and save it as an Excel workbook (.xlsx)
file-is-other = the file is not a workbook secref reads
    .found = { $kind ->
        [biff4] a workbook of Excel 4 or earlier
        [pdf] a PDF
        [word] a Word document
        [slides] a PowerPoint presentation
        [image] a picture
        [mail] an e-mail
        [iwork] a document of Apple Numbers, Pages or Keynote
        [office] a document of another Office program
        [opendocument] an OpenDocument file that is not a spreadsheet
        [xml] an XML text
        [xml-workbook] a workbook saved as XML
        [zip] a zip file that is no workbook
        [archive] a compressed file
        [compound] a compound file without a workbook in it
        [text] a text, though its name promises a workbook
       *[other] binary data of an unknown kind
    }
    .hint = { $kind ->
        [pdf] ask the publisher for the Excel file, or copy the table into Excel and save it as .xlsx
        [image] ask the publisher for the Excel file; text in a picture cannot be read
        [word] copy the table into Excel and save it as .xlsx
        [slides] copy the table into Excel and save it as .xlsx
        [mail] save the attachment and give that
        [iwork] export it as an Excel workbook (.xlsx) and give that
        [biff4] open it in Excel and save it as an Excel workbook (.xlsx)
        [xml-workbook] open it in Excel and save it as an Excel workbook (.xlsx)
        [zip] unpack it and give the workbook in it
        [archive] unpack it and give the workbook in it
        [text] if it is a list of values, name it .csv; else get the workbook again
       *[other] give a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods), a .csv or .tsv, or a catalog JSON
    }
workbook-encrypted = the workbook is protected with a password
    .hint = put the password into an environment variable and name it with `--password-env VARIABLE`
password-wrong = the password does not open the workbook
    .hint = check the variable named with `--password-env`
encryption-unknown = the workbook is encrypted in a way secref does not know
    .found = { $kind }
    .hint = open it in Excel, take the password off (File > Info > Protect Workbook), and save it under a new name
workbook-without-sheets = the workbook has no worksheet that can be read
    .hint = open it in Excel and save it under a new name; Excel repairs what it can

zip-damaged = the file is damaged: { $reason ->
        [no-end-record] the end of the zip is missing, as after a transfer that broke off
        [entry] an entry of the zip leads outside the file
       *[directory] the directory of the zip does not hold together
    }
    .hint = get the file again, or let Excel repair it and save it under a new name
zip-name-twice = two parts of the file have the same name, so that readers would not agree which one counts
    .found = `{ $name }`, `{ $other }`
    .hint = open it in Excel and save it under a new name
zip-overlap = parts of the file share the same bytes, as only crafted files do
    .found = `{ $name }`, `{ $other }`
part-missing = part `{ $part }` is missing from the file
part-damaged = part `{ $part }` is damaged: { $reason ->
        [length] its length is not the one stated
        [checksum] its checksum is wrong
        [deflate] it cannot be decompressed
        [xml-truncated] it ends inside an element
        [xml-unbalanced] an element is closed that was never opened
        [xml-too-deep] its elements are nested deeper than any workbook's
        [compound] its container does not hold together
       *[record] a record of it does not hold together
    }
    .hint = get the file again, or let Excel repair it and save it under a new name
part-encrypted = part `{ $part }` is encrypted by the zip program
    .hint = unpack the file with its password and zip it again without one
part-method = part `{ $part }` is compressed by method { $method }, which workbooks do not use
    .hint = open it in Excel and save it under a new name
xml-dtd = part `{ $part }` declares a document type, which workbooks never need and attacks do

limit-part-bytes = part `{ $part }` expands to more than { $limit } bytes
    .hint = if you trust the file, raise the limit with `--limit-part-bytes`
limit-file-bytes = the file has more than { $limit } bytes
    .hint = if you trust the file, raise the limit with `--limit-part-bytes`
limit-total-bytes = the parts of the file expand to more than { $limit } bytes together
    .hint = if you trust the file, raise the limit with `--limit-total-bytes`
limit-ratio = part `{ $part }` expands to more than { $limit } times its compressed size
    .hint = if you trust the file, raise the limit with `--limit-ratio`
limit-cells = the file has more than { $limit } cells that hold something
    .hint = if you trust the file, raise the limit with `--limit-cells`
limit-merges = the file has more than { $limit } merged ranges
    .hint = if you trust the file, raise the limit with `--limit-merges`
limit-rows = a sheet has more than { $limit } rows
    .hint = if you trust the file, raise the limit with `--limit-rows`
limit-columns = a row has more than { $limit } columns, which is as many as a sheet can have
    .hint = check the separator; a quote that is never closed can also have this effect
limit-sheets = the workbook lists more than { $limit } sheets
    .hint = only crafted files do; get the file again from whoever made it
limit-repeats = the file repeats cells more than { $limit } times
    .hint = delete the formatting below and right of the table, and save the file again

sheet-without-part = sheet `{ $sheet }` is listed but not in the file; it was left out
sheet-skipped = `{ $sheet }` holds no cells ({ $kind ->
        [chartsheet] a chart sheet
        [dialogsheet] a dialog sheet
        [module] a module
       *[other] a macro sheet
    }); it was left out
sheet-state-unknown = sheet `{ $sheet }` has the state `{ $state }`, which Excel does not know; it is taken as visible
sheet-cut-off = sheet `{ $sheet }` ends before its end record; what comes behind is missing
    .hint = get the file again, or let Excel repair it and save it under a new name
cell-misplaced = sheet `{ $sheet }` has { $count ->
        [one] 1 address that is invalid or
       *[other] { $count } addresses that are invalid or
    } outside the sheet
    .found = { $addresses }
cell-twice = sheet `{ $sheet }` has { $count ->
        [one] 1 cell
       *[other] { $count } cells
    } written twice; the later one counts
string-missing = { $count ->
        [one] a cell names a shared text
       *[other] { $count } cells name shared texts
    } the file does not have; left out
    .hint = get the file again, or let Excel repair it and save it under a new name

encoding-unknown = there is no encoding called `{ $encoding }`
    .hint = use `utf-8`, `cp932`, `euc-jp`, `utf-16le` or `utf-16be`
encoding-detected = read as { $encoding }
    .found = { $how ->
        [nul] it has zero bytes where UTF-16 has them
       *[guess] told from its characters; `--encoding` (for answers `--answers-encoding`) sets another
    }
encoding-misfit = some bytes are no characters in { $encoding }; they are read as `�`
    .hint = the file is damaged at these cells: get it again, or correct them
encoding-wrong = the file is not in { $encoding }
    .found = all of its bytes are characters in { $likely }
    .hint = leave the flag for the encoding out; it is told from the bytes
text-garbled = the text was garbled before the file came here: it was UTF-8 and was read as CP932 (Shift_JIS)
    .hint = export the file again as UTF-8 or as an Excel workbook; in Excel open a CSV with Data > From Text/CSV, not by a double click
separator-detected = columns are separated by { $separator ->
        [tab] tabs
       *[other] `{ $separator }`
    }
quote-unclosed = a quoted field is never closed, so it takes in all the rest of the file
    .hint = close the quote, or double a quote that belongs to the text
rows-ragged = { $count ->
        [one] 1 row has
       *[other] { $count } rows have
    } more columns than the { $usual } most rows have
    .hint = put fields that hold a separator or line break in quotes
text-lost = { $count ->
        [one] 1 cell has
       *[other] { $count } cells have
    } characters that were lost before the file came here (U+FFFD)
    .hint = ask for the file again, or for the original; the lost text cannot be brought back
