# What the command line itself says.
severity-error = error
severity-warning = warning
severity-note = note
severity-hint = hint
severity-says = :{" "}
diagnostics-more = … { $count } more of this kind; `-v` shows all

output-written = wrote { $file }
output-exists = `{ $file }` exists already
    .hint = choose another name, or overwrite it with `--force`
output-is-input = `{ $file }` is the input `{ $input }`; inputs are never written
    .hint = choose another name for the output
output-is-folder = `{ $file }` is a folder
    .hint = give the name of a file
output-folder-missing = the folder `{ $folder }` of `{ $file }` does not exist
    .hint = make it first, or choose another place
output-twice = `{ $file }` is asked for twice
output-read-only = `{ $file }` is read-only
    .hint = make it writable if it may be overwritten, or choose another name
output-replaces-answers = { $count ->
    [one] overwriting `{ $file }` loses what 1 answer says there
   *[other] overwriting `{ $file }` loses what { $count } answers say there
  }
    .found = { $items }
    .hint = to keep it, take it in with `secref merge` before overwriting
output-unwritable = `{ $file }` cannot be written
    .found = { $why ->
        [held] another program has it open
        [denied] access is denied: { $reason }
        [full] the disk is full
        [read-only] the disk is read-only
       *[other] { $reason }
    }
    .hint = check that the folder may be written to and has room
output-held = `{ $file }` could not be replaced: is it open in Excel?
    .found = { $why ->
        [held] another program has it open
        [denied] access is denied: { $reason }
        [full] the disk is full
        [read-only] the disk is read-only
       *[other] { $reason }
    }
    .hint = the new file was kept as `{ $beside }`; close the old one and rename it
output-format-unknown = the extension of `{ $file }` names no format this command writes
    .found = known: { $known }
    .hint = { $instead ->
        [none] use one of them, or name the format with `--format`
        [xlsx] workbooks are written as .xlsx; give it a name that ends so
       *[other] for a list that Excel and other programs read, name it `.{ $instead }`
    }
format-unknown = `{ $format }` is not a format this command writes
    .found = known: { $known }
input-missing = `{ $file }` does not exist
    .hint = check the name and the folder you are in
input-is-folder = `{ $file }` is a folder
    .hint = give the name of a file in it
input-unreadable = `{ $file }` cannot be read
    .found = { $why ->
        [held] another program has it open
        [denied] access is denied: { $reason }
        [full] the disk is full
        [read-only] the disk is read-only
       *[other] { $reason }
    }
    .hint = close it if Excel has it open, and check that you may read it
input-not-utf8 = this text is not UTF-8
    .hint = save it as UTF-8
password-variable-unset = the environment variable `{ $name }` is not set
    .hint = set it to the workbook's password, in the same shell
template-unknown = there is no template `{ $name }`, and no file of that name
    .found = built in: { $known }
    .hint = { $nearest ->
        [none] list them with `secref templates list`
       *[other] did you mean `{ $nearest }`?
    }
template-not-text = this file is no template: a template is a text in TOML
    .hint = `secref templates list` names the built-in ones; `secref templates new WORKBOOK -o FILE.toml` writes a first one
answers-strict = answers with problems were found, and `--strict` stops there; nothing was written
    .hint = correct them, or leave `--strict` out to use the rest
titles-unknown = { $count ->
    [one] 1 title belongs to no item of the reference
   *[other] { $count } titles belong to no item of the reference
}
    .found = { $ids }
titles-none = none of the ids in the table is in the reference
    .hint = check that its ids are those of the reference
merge-decided = { $count ->
    [one] 1 conflict was decided by `--prefer`
   *[other] { $count } conflicts were decided by `--prefer`
}
    .found = { $items }
    .hint = the answers not taken stand in the `conflicts` of the answers and receipts written (in xlsx a sheet of that name); `secref merge` without `--prefer` lists them all
only-unknown = `{ $name }` is neither a group of the reference nor a department of the answers
    .found = known: { $known }
append-unknown = `{ $name }` is not an answer field
    .found = known: { $known }
into-not-a-workbook = `{ $file }` is a catalog, not a workbook that can be filled
    .hint = give the vendor's own xlsx or xlsm
into-edition = the workbook is { $workbook }, and the reference is { $reference }
    .hint = answers for { $reference } are about to go into it; give the reference of the workbook's own edition and carry the answers first (`secref carry`)
fill-only-xlsx = a workbook is written, and `{ $file }` is no name of one
    .hint = give the output a name that ends with .xlsx or .xlsm
fill-done = { $cells ->
    [one] 1 cell written
   *[other] { $cells } cells written
}, { $skipped ->
    [0] none left out
    [one] 1 answer left out
   *[other] { $skipped } answers left out
}
verify-same = unchanged  { $file } ({ $roles })
verify-differs = CHANGED    { $file } ({ $roles })
verify-missing = MISSING    { $file } ({ $roles })
verify-role-reference = the reference
verify-role-answers = answers
verify-role-since = the older edition
verify-role-workbook = the workbook to fill
verify-role-output = the workbook written
verify-workbook = this is a workbook; `--verify` takes its receipt
    .hint = { $there ->
        [yes] give `{ $receipt }`
       *[no] give the `.receipt.json` beside the workbook that was written
    }
check-summary = { $errors ->
    [one] 1 error
   *[other] { $errors } errors
}, { $warnings ->
    [one] 1 warning
   *[other] { $warnings } warnings
}, { $notes ->
    [one] 1 note
   *[other] { $notes } notes
}
check-annotate-which = findings can be written into one workbook only, and none of the inputs with findings is an xlsx or xlsm
    .hint = write the findings as text or `--format json`
review-file-edited = `{ $file }` was edited since it was written, and is left as it is
    .hint = move it away to have it written again
review-not-a-folder = `{ $file }` is a file, not a folder
    .hint = give the name of a folder, or of one to be made
review-folder-unwritable = the folder `{ $folder }` cannot be made
    .found = { $why ->
        [held] another program has it open
        [denied] access is denied: { $reason }
        [full] the disk is full
        [read-only] the disk is read-only
       *[other] { $reason }
    }
review-open = open { $file }
templates-column-name = name
templates-column-framework = framework
templates-column-title = title
templates-column-editions = editions
templates-score = (percentages: how many of a template's headings the workbook has; one that has all required headings and fitting numbers is used, however few of the others there are)
templates-new-head = A first template: what the headings say. Correct the keys, then read with `--template THIS-FILE`.
    Every key is explained in templates/README.md; `secref templates show NAME` prints a finished one.
templates-new-title = what this template reads, in one line
templates-new-sheets = Hints only; the headings decide.
templates-new-ids-per-sheet = The same id on another sheet is another item.
templates-next = next: correct the keys in { $template }, then read the workbook with it: secref convert "{ $file }" --template "{ $template }" -o catalog.json
templates-fits = `{ $name }` is used
templates-none-fits = no template fits; the table would be read by its headings alone
templates-found = found: { $headings }
templates-missing = missing: { $headings }
templates-absent = not there: { $headings }
templates-unknown = not in the template: { $headings }
templates-ids = the numbers below are not of the template's scheme
progress-reading = reading { $file }
check-note-author = secref check
check-notes-elsewhere = { $count ->
    [one] 1 finding is about no cell of { $file }; see the list
   *[other] { $count } findings are about no cell of { $file }; see the list
}
diff-answers = both files are answers; they are compared answer by answer
flag-idle = `{ $flag }` has no effect here
    .found = { $why ->
        [writing] it is for outputs in { $other }, and none is written
        [with] it goes with { $other }, and none is given
       *[without] it has none beside { $other }
    }
    .hint = leave it out, or see `--help` for what it does
read-flags-idle = { $kind ->
        [catalog] this is a catalog, which is read as it is
        [text] this is a text, not a workbook
       *[workbook] this is a workbook, not a text
    }; of no effect: { $flags }
    .hint = leave these flags out, or give the file they are meant for
input-standard-twice = `-` is given for two files, and standard input holds one
    .hint = give one of them by its name
reference-is-answers = this file holds answers, and it is read as a reference
    .hint = if two files are swapped, give the reference first and the answers after it
answers-is-reference = this file is a reference, and answers are wanted here
    .hint = if two files are swapped, give the reference first and the answers after it; a sheet to answer in is made by `secref answer-sheet`
input-is-answers = this file holds answers, and a reference is wanted here
    .hint = give the vendor's workbook, or a catalog made by `secref convert`
diff-answers-beside-reference = `{ $answers }` holds answers and `{ $reference }` is a reference; the two cannot be compared
    .hint = to see what a revision means for the answers use `secref diff OLD NEW --answers { $answers }`; to compare answers give two answer files
diff-one-file = the second file to compare is missing (only `{ $file }` was given)
    .hint = name the new edition too, as in `secref diff OLD NEW`, or add `--marks` to see what one workbook marks as added
diff-marks-two = `--marks` shows what one workbook marks as added, and two files were given
    .hint = name the new edition only, or leave `--marks` out to compare the two (marks are held against the changes then as well)
diff-kind-unknown = `{ $name }` is not a kind of change
    .found = known: { $known }
    .hint = { $nearest ->
        [none] use one of these
       *[other] did you mean `{ $nearest }`?
    }
diff-group-unknown = neither edition has a group `{ $name }`
    .hint = the groups are { $known }
textconv-unreadable = (cannot be read as a table: { $reason })
git-setup-attributes = 1. In .gitattributes of the repository (or in ~/.config/git/attributes):
git-setup-config = 2. In everybody's .gitconfig (`git config --global --edit` opens it). The full comparison is `git difftool -t secref`:
titles-no-column = the table has no column with titles
    .found = headings: { $found }
    .hint = beside the numbers it needs a column headed 項目名, 標題, 小項目 or Title
cover-unknown = the cover has no place for `{ $name }`
    .found = known: { $known }
    .hint = { $near ->
        [none] give one of them, as in `institution=Lake Bank`
       *[other] did you mean `{ $near }`?
    }
diff-files-filtered = because of `--only` or `--group` the files hold { $shown } of { $all } items (their counts are those of the whole)

usage-flag-unknown = `{ $command }` has no flag `{ $flag }`
    .hint = { $nearest ->
        [none] `{ $command } --help` lists its flags
       *[other] did you mean `{ $nearest }`? `{ $command } --help` lists all flags
    }
usage-flag-elsewhere = `{ $command }` has no flag `{ $flag }`
    .found = commands that have it: { $others }
    .hint = `{ $command } --help` lists the flags it has
usage-argument-unexpected = `{ $value }` is one argument more than `{ $command }` takes
    .found = usage: { $usage }
    .hint = put a name that holds spaces into quotes; `{ $command } --help` explains every argument
usage-argument-missing = `{ $command }` lacks { $missing }
    .found = usage: { $usage }
    .hint = `{ $command } --help` explains every argument
usage-command-unknown = `{ $command }` has no command `{ $name }`
    .hint = { $nearest ->
        [none] `{ $command } --help` lists the commands
       *[other] did you mean `{ $nearest }`? `{ $command } --help` lists all commands
    }
usage-command-missing = `{ $command }` needs a command after it
    .found = commands: { $known }
    .hint = `{ $command } --help` says what each does
usage-value-unknown = `{ $value }` is not a value of `{ $flag }`
    .found = allowed: { $allowed }
    .hint = { $nearest ->
        [none] `{ $command } --help` says what each means
       *[other] did you mean `{ $nearest }`? `{ $command } --help` says what each means
    }
usage-value-missing = `{ $flag }` is given without a value
    .found = { $count ->
        [0] { "" }
       *[other] allowed: { $allowed }
    }
    .hint = `{ $command } --help` says what it takes
usage-value-unwanted = `{ $flag }` takes no value, and `{ $value }` was given
    .hint = give the flag alone; `{ $command } --help` explains it
usage-value-date = `{ $value }` is not a date, as `{ $flag }` takes it
    .hint = write it with a full year, as 2026-04-01 or 2026/4/1; see `{ $command } --help`
usage-value-number = `{ $value }` is not a whole number, as `{ $flag }` takes it
    .hint = write digits only, without a sign or commas; see `{ $command } --help`
usage-value-large = `{ $value }` is too large for `{ $flag }`
    .hint = give a smaller number; see `{ $command } --help`
usage-value-row = `{ $value }` is not a row number, as `{ $flag }` takes it: rows are counted from 1
    .hint = give the number Excel shows left of the row; see `{ $command } --help`
usage-value-pair = `{ $value }` is not of the form that `{ $flag }` takes
    .hint = join the two parts by `=` without spaces around it; see `{ $command } --help`
usage-conflict = `{ $flag }` cannot be used together with { $others }
    .hint = leave one of them out; `{ $command } --help` explains them
usage-flag-twice = `{ $flag }` is given twice
    .hint = give it once; `{ $command } --help` says which flags may be given several times
usage-not-unicode = an argument is not valid text (UTF-8)
    .hint = type it again; see `{ $command } --help`
merge-counts = { $files ->
        [one] 1 file
       *[other] { $files } files
    }: { $filled ->
        [one] 1 answer
       *[other] { $filled } answers
    }{ $blank ->
        [0] {""}
       *[other] , { $blank } blank
    }{ $retired ->
        [0] {""}
       *[other] , { $retired } retired
    }
