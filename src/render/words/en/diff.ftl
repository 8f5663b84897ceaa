# diff
diff-schemes-fisc = the editions number their items by two schemes, so numbers cannot be compared
    .found = the old edition uses { $old }, the new one { $new }
    .hint = write which item became which into a table (CSV: `old_id,new_id`) and give it with `--crosswalk`
diff-schemes-differ = the editions seem to number their items in two ways
    .found = the old edition has numbers like `{ $old }`, the new one like `{ $new }`
    .hint = items were matched by their texts; if there is a table of numbers, give it with `--crosswalk`
diff-numbers-anew = { $count } of the { $all } items with the same number have hardly a word in common: the new edition seems to be numbered anew
    .hint = they are listed as changed, each with what its number says now; if there is a table of numbers, give it with `--crosswalk`
diff-field-unknown = neither edition has a column `{ $name }`
    .found = known columns: { $known }
    .hint = { $near ->
        [none] give a column's key, or its heading as the sheet shows it
       *[other] did you mean `{ $near }`?
    }
diff-text-coarse = `{ $field }` of { $id } is long; a stretch of it is shown replaced as a whole, not word by word
diff-marks-unreadable = the format of `{ $file }` shows no colours, so marks are not held against changes
    .hint = give the workbook of this edition (xlsx, xlsm, xlsb, xls, ods) if there is one
diff-marks-emphasis = nothing in `{ $file }` is red, so other colours, fills and underlines were taken as marks of additions
diff-marks-none = `{ $file }` marks no additions, so marks are not held against changes
diff-marks-hardly = of { $changed } changed fields the publisher marked only { $marked } (`{ $file }`), so a missing mark says little
    .hint = unmarked changes are not flagged one by one; they stay in the lists (filter, JSON, audit sheet)
diff-marks-alone-none = no marks (colours, strike-through, labels such as 【追記】) were found in `{ $file }`, so what was added cannot be told
    .hint = compare with the older edition: `secref diff OLD NEW`
diff-marks-alone-unreadable = the format of `{ $file }` shows no colours, so what was added cannot be told
    .hint = give the workbook of this edition (xlsx, xlsm, xlsb, xls, ods), or compare with the older edition: `secref diff OLD NEW`
diff-old-later = the old edition given is { $old }, which is later than the new one, { $new }
    .hint = give the earlier edition as the old one; as it is, what was added reads as removed
diff-id-repeated = the { $side ->
        [old] old
       *[new] new
    } edition has the same number more than once: { $ids }
    .hint = those of one text were matched, the others in the order they stand in
crosswalk-header-missing = the crosswalk has no columns `old_id` and `new_id`
    .found = headings: { $found }
    .hint = make the first row `old_id,new_id,relation,note` (and `old_sheet`, `new_sheet` where sheets matter)
crosswalk-relation-unknown = relation `{ $word }` of the crosswalk is not known, so the row was not used
    .found = known words: { $known }
    .hint = { $near ->
        [none] write one of them, or leave the cell blank (then the numbers decide)
       *[other] did you mean `{ $near }`?
    }
crosswalk-row-incomplete = this row of the crosswalk has too few or too many numbers for its relation
    .hint = `same`, `split` and `merged` take both numbers, `removed` the old one only, `added` the new one only
crosswalk-item-unknown = number `{ $id }` of the crosswalk is not in its edition, so the row was not used
    .hint = look at the number, and at which column is the old edition's
crosswalk-contradiction = this row of the crosswalk contradicts an earlier one
    .found = old `{ $old }` → new `{ $new }`
    .hint = the row was not used

# Kinds and headings, for the terminal, Markdown and CSV alike
diff-change-added = added
diff-change-removed = removed
diff-change-retired = retired
diff-change-restored = restored
diff-change-changed = changed
diff-change-notation = notation only
diff-change-unchanged = unchanged
diff-flag-renumbered = renumbered
diff-flag-moved = moved
diff-flag-split = split
diff-flag-merged = merged
diff-joiner = { ", " }
diff-total = total
diff-same = nothing differs, notation and order included
diff-columns = Columns
diff-column-renamed = heading renamed
diff-column-moved = column moved
diff-column-added = column added
diff-column-removed = column removed
diff-documents = Cited documents
diff-list-documents = public document
diff-list-reports = third-party report
diff-conformity = conformity
diff-citation-added = citation added
diff-citation-removed = citation removed
diff-severity-none = none
diff-severity-notation = notation or number only
diff-severity-text = text
diff-severity-citation = citations
diff-severity-customer_action = customer action
diff-severity-conformity = conformity, items added or removed
diff-evidence-declared = declared by the crosswalk
diff-evidence-id = same number
diff-evidence-text = another number, the same text
diff-evidence-likeness = another number, texts alike ({ $percent }%)
diff-evidence-neighbours = moved with its neighbours (texts alike { $percent }%)
diff-into = now in { $ids } (stated by the publisher)
diff-into-part = partly in { $ids } now (stated by the publisher)
diff-from = takes in { $ids } (stated by the publisher)
diff-from-before = was in { $ids } before (stated by the publisher)
diff-field-appended = appended
diff-field-inserted = inserted
diff-field-edited = edited
diff-field-shortened = shortened
diff-field-emptied = emptied
diff-field-filled = filled
diff-field-moved = sentences moved
diff-field-notation = notation only
diff-audit = Marks audit: the publisher’s marks against what changed
diff-audit-agrees = marked and changed: { $count } { $count ->
        [one] field
       *[other] fields
    }
diff-audit-partial = marked in part, or too much: { $count } { $count ->
        [one] field
       *[other] fields
    }
diff-audit-unmarked = changed, not marked: { $count } { $count ->
        [one] field
       *[other] fields
    }
diff-audit-mark-only = marked, not changed: { $count } { $count ->
        [one] field
       *[other] fields
    }
diff-mark-agrees = marked and changed
diff-mark-partial = marked in part, or too much
diff-mark-unmarked = changed, not marked
diff-mark-only = marked, not changed
diff-answers-impact = answers: { $stand } kept, { $again } to re-check, { $blank } unanswered, { $retired } retired
diff-answer-recheck = answer to re-check
diff-hidden-notation = { $count } more { $count ->
        [one] item differs
       *[other] items differ
    } in notation only (`--only notation` shows { $count ->
        [one] it
       *[other] them
    })
diff-hidden = { $count } more { $count ->
        [one] item that differs is
       *[other] items that differ are
    } not shown because of the filter
diff-number = ID
diff-old-number = old ID
diff-new-number = new ID
diff-group = group
diff-title = title
diff-change = change
diff-flags = flags
diff-went-into = moved to
diff-came-from = moved from
diff-severity = severity
diff-field = field
diff-field-change = change of field
diff-old = old
diff-new = new
diff-marked-text = changes
diff-marks = marks
diff-place = cell
diff-count = count
diff-items = Items
diff-heading = Difference
diff-new-item = (new)
diff-removed-item = (removed)
diff-truncated-table = Changes within a text are marked [-removed-]{ "{" }+added+{ "}" }.
