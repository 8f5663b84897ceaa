# Reading, merging and placing answers.

answers-no-table = no answer table was found
    .found = expected a header row with an id column (`項番`, `id`, `Control ID` …) and answer columns (`自己評価`, `status` …)
    .hint = start from `secref answer-sheet`, or name the header row with `--header-row`
answers-sheet-missing = there is no sheet `{ $sheet }`
    .hint = { $near ->
        [none] name one of the workbook's sheets
       *[other] did you mean `{ $near }`?
    }
answers-column-unknown = column `{ $heading }` is not an answer field and was kept as it is
answers-column-like = column `{ $heading }` is not an answer field and was kept as it is
    .hint = if it is meant to be `{ $near }`, correct the heading
answers-json-invalid = the answers cannot be read as JSON: line { $line }, column { $column }
    .found = { $message }
answers-yaml-invalid = the answers cannot be read as YAML: line { $line }
    .found = { $message }
answers-format-other = the file holds no answers
    .found = { $found ->
        [none] it has no `format`; expected `{ $expected }`
       *[other] its format is `{ $found }`; expected `{ $expected }`
    }
answers-version-other = the file has format version { $found }, and this program knows { $expected }
    .hint = use a newer secref
answers-key-unknown = key `{ $key }` is not used
    .hint = { $near ->
        [none] keys of your own belong under `extra`
       *[other] did you mean `{ $near }`?
    }
answer-id-unknown = there is no item `{ $item }`; the answer was left out
    .hint = { $near ->
        [none] check the id, and that the answers belong to this edition
       *[other] did you mean `{ $near }`?
    }
answer-id-missing = { $count ->
    [one] a row holds an answer without an id; it was left out
   *[other] { $count } rows hold an answer without an id; they were left out
  }
    .hint = write the item's id into the row
answer-id-restored = the id was gone; the answer was taken as one to item `{ $item }`, which the hidden column keeps
    .hint = write `{ $item }` back into the id cell
answer-id-mistyped = `{ $value }` is not an id; the answer was taken as one to item `{ $item }`, which the hidden column keeps
    .hint = correct the id cell to `{ $item }`
answer-id-disagrees = the id says { $item } and the hidden column `{ $kept }`; the answer was left out
    .hint = correct the id cell, or clear the hidden cell of that row if the visible id is right (sorting some of the columns alone brings this about)
answers-form-newer = the answer sheet has form version { $version }, which this program does not know
    .hint = use a newer secref
answer-sheet-unclear = item `{ $item }` stands on several sheets; the answer was left out
    .found = it stands on { $sheets }
    .hint = name the sheet in a column `シート` (`sheet`)
answer-duplicate = item `{ $item }` is answered twice, and differently; the second answer was left out
    .found = { $first ->
        [none] the first answer stands before it
       *[other] the first answer stands at { $first }
    }
    .hint = keep one of the two
answer-repeated = item `{ $item }` is answered twice in the same words
answer-for-retired = item `{ $item }` is retired (欠番) in this edition; its answer is kept among the retired ones
answer-value-unknown = `{ $value }` is not a value of `{ $field }`; the answer to { $item } was left out
    .found = allowed: { $allowed }
    .hint = { $near ->
        [none] choose one of the allowed values
       *[other] did you mean `{ $near }`?
    }
answer-exclusion-unreasoned = { $item } is excluded (対象外) without a reason; the answer was left out
    .hint = write the reason into `{ $field }`
answer-date-invalid = `{ $value }` in `{ $field }` is not a date; the answer to { $item } was left out
    .hint = write it as 2026-03-01, 2026/3/1 or 令和8年3月1日
answer-too-long = `{ $field }` of { $item } has { $length } characters; the answer was left out
    .found = a cell of Excel holds { $limit } at most
    .hint = shorten the text, or put it into a document and name that as evidence
answer-cell-error = `{ $field }` of { $item } holds the error `{ $value }`; the answer was left out
    .hint = correct the formula, or write the value itself
answer-uncalculated = `{ $field }` of { $item } holds a formula that was never calculated; the answer was left out
    .hint = open the file in Excel and save it, which calculates it, or write the value itself
answers-conflict = `{ $field }` of { $item } has two different answers
    .found = { $first_file }: `{ $first }`
        { $second_file }: `{ $second }`
    .hint = decide with `--prefer last`, `first` or `newest`, or make the two agree
answers-other-sheets = { $count ->
    [one] 1 item is answered for different sheets by different files, and was kept as two items
   *[other] { $count } items are answered for different sheets by different files, and were kept as different items
  }
    .found = { $items }
    .hint = if they are the same items, give all files the same `シート` (`sheet`), or none; `--reference` says which sheets there are
answers-editions-differ = the files answer different editions
    .found = { $editions }
    .hint = carry the older answers to the newer edition first (`secref carry`)
answers-blank = no answer is filled in in this file
    .hint = check that it is the file the answers were written into
answers-edition = these answers are for { $answers }, and the reference is { $reference }
    .hint = { $are ->
        [later] the answers are for the later edition: give the reference of { $answers } (answers that were carried already need no carrying)
       *[other] carry them first (`secref carry ANSWERS --from REFERENCE-OF-{ $answers } --to REFERENCE-OF-{ $reference }`), or give the reference of { $answers }; as it is, answers to items that changed count as if they still held
    }
