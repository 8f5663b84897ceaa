# diff
diff-schemes-fisc = the editions number their items by two schemes, so numbers cannot be compared
    .found = the old edition uses { $old }, the new one { $new }
    .hint = write which item became which into a table (CSV: `old_id,new_id`) and give it with `--crosswalk`
diff-schemes-differ = the editions seem to number their items in two ways
    .found = the old edition has numbers like `{ $old }`, the new one like `{ $new }`
    .hint = items were matched by their texts; if there is a table of numbers, give it with `--crosswalk`
diff-field-unknown = neither edition has a field `{ $name }`
    .hint = known fields: { $known }
diff-text-coarse = `{ $field }` of { $id } is long; a stretch of it is shown replaced as a whole, not word by word
diff-marks-unreadable = the format of `{ $file }` shows no colours, so marks are not held against changes
    .hint = give the xlsx or xlsm of this edition if there is one
diff-marks-emphasis = nothing in `{ $file }` is red, so other colours, fills and underlines were taken as marks of additions
diff-marks-none = `{ $file }` marks no additions, so marks are not held against changes
diff-id-repeated = the { $side ->
        [old] old
       *[new] new
    } edition has the same number more than once: { $ids }
    .hint = they were matched in the order they stand in
crosswalk-header-missing = the crosswalk has no columns `old_id` and `new_id`
    .found = headings: { $found }
    .hint = make the first row `old_id,new_id,relation,note` (and `old_sheet`, `new_sheet` where sheets matter)
crosswalk-relation-unknown = relation `{ $word }` of the crosswalk is not known
    .hint = known words: { $known }
crosswalk-row-incomplete = this row of the crosswalk has too few or too many numbers for its relation
    .hint = `same`, `split` and `merged` take both numbers, `removed` the old one only, `added` the new one only
crosswalk-item-unknown = number `{ $id }` of the crosswalk is not in its edition
    .hint = the row was not used
crosswalk-contradiction = this row of the crosswalk contradicts an earlier one
    .found = old `{ $old }` → new `{ $new }`
    .hint = the row was not used
