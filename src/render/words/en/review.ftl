# The manager's page of a review.
review-kicker = The revision at a glance
review-changed = What changed
review-means = What it means for our answers
review-gravest-said = Conformity, items added or removed, and what the customer has to do. An ID opens the item on the review page.
review-recheck = Answers to re-check
review-who = Owner
review-reason = Reason
review-status = Self-check so far
review-blank = Unanswered
review-files = Deliverables
review-left-alone = edited since, so left as it is
review-file-diff-page = Review page of the difference, with room for decisions
review-file-diff-workbook = Comparison tables and additions (Excel)
review-file-diff-json = The difference as data (JSON)
review-file-old-catalog = The old edition, normalised (JSON)
review-file-new-catalog = The new edition, normalised (JSON)
review-file-answers-workbook = Answers carried to the new edition (Excel)
review-file-answers-json = Answers carried to the new edition (JSON)
review-file-self-check = Self-check, filled with the answers (Excel)
review-grave-more = { $count } more (filter by severity on the review page)
review-items = { $count ->
        [one] { $count } item
       *[other] { $count } items
    }
review-all = All
review-ungrouped = No group
review-settled = Settled (met or excluded)
review-recheck-result = To re-check
review-footer = The files this page links to stand in the same folder. Nothing is sent anywhere.
review-next = What to do next
review-next-look = Look at the changes in { $file } and give each item a review state; “Export” saves the record.
review-next-answer = Fill in { $file }: { $recheck ->
        [one] 1 answer
       *[other] { $recheck } answers
    } to re-check, { $fresh ->
        [one] 1 new item
       *[other] { $fresh } new items
    } to answer.
review-next-fill = Once that is done, make the self-check again from those answers.
review-next-fill-command = secref fill { $new } { $answers } -o self-check-final.xlsx
review-next-sheet = Where there are no answers yet, make an answer sheet and hand it out.
review-next-sheet-command = secref answer-sheet { $new } -o answer-sheet.xlsx
