# Answers carried to the next edition.

carry-without-old = there is no older edition to carry answers from
carry-answer-unknown = item `{ $item }` is in neither edition; its answer is kept among the retired ones
    .hint = check the id
carry-answer-ahead = item `{ $item }` is in the new edition only, and has an answer already; kept, to be re-checked
carry-retired-returns = item `{ $item }` is in force again; its earlier answer stays among the retired ones
decision-stale = the decision on `{ $item }` was made on other texts and was not used
    .hint = decide again on the review page (`diff.html`)
decision-item-unknown = the decision on `{ $item }` was not used: there is no such item in this difference
decision-unclear = the decision on `{ $item }` cannot be used
    .found = state `{ $state }`; expected `open`, `ok` or `rework`, and a fingerprint
decisions-invalid = the decisions cannot be read as JSON: line { $line }, column { $column }
    .found = { $message }
    .hint = export them on the page (`diff.html`)
decisions-format-other = the file holds no review decisions
    .found = { $found ->
        [none] it has no `format`; expected `secref-review`, version 1
       *[other] its format is `{ $found }`; expected `secref-review`, version 1
    }
    .hint = give the file saved with “Export” on the review page (`diff.html`)
carry-counts = { $answers ->
    [one] 1 answer
   *[other] { $answers } answers
  }: { $kept } kept, { $flagged } to re-check, { $retired } retired
carry-counts-blank = { $count } of them blank
carry-counts-cleared = { $count } of those kept by a review decision
carry-counts-new = { $count ->
    [one] 1 new item, unanswered
   *[other] { $count } new items, unanswered
  }
carry-counts-retired-before = { $count ->
    [one] 1 answer retired before, kept
   *[other] { $count } answers retired before, kept
  }

# Reasons.
reason-same = same
reason-notation = notation only
reason-appended = appended
reason-changed = changed
reason-renumbered = renumbered
reason-split = split
reason-merged = merged
reason-retired = retired
reason-new = new
reason-referred = referred item changed
