# Findings of `check`: about the reference.

group-count = { $title } ({ $group }) has { $found ->
        [one] 1 item
       *[other] { $found } items
    } and not { $expected } as in edition { $edition }
    .hint = fine where the vendor covers only some of the items; else look for rows that were missed
group-missing = { $title } ({ $group }) has no items ({ $expected } in edition { $edition })
group-unexpected = edition { $edition } has no group `{ $group }`
    .hint = check which edition is meant, and the id column
retired-in-use = `{ $item }` is retired in edition { $edition }, and has content here
    .hint = check the number and the edition
id-twice = { $count } items have the id `{ $item }`
    .hint = correct the id, or give each a sheet of its own
number-gap = { $count ->
        [one] number `{ $first }` is missing
       *[other] { $count } numbers are missing, `{ $first }` to `{ $last }`
    }
    .found = the next item is `{ $after }`
    .hint = where they are retired, a row that says 欠番 tells so
number-gap-many = numbers are missing at { $count } places
    .each = { $count ->
        [one] `{ $first }`
       *[other] `{ $first }` to `{ $last }`
    } before `{ $after }`
    .hint = where they are retired, a row that says 欠番 tells so
number-order = { $count ->
        [one] 1 item is
       *[other] { $count } items are
    } out of the order of numbers
    .found = { $items }
branch-alone = `{ $item }` is a branch of `{ $parent }`, which is missing
item-empty = `{ $item }` has no content
    .hint = write 欠番 where the number is retired
value-is-error = `{ $field }` of `{ $item }` is the error `{ $value }`
    .hint = correct the formula in the workbook
conformity-missing = `{ $item }` has no conformity (適合性)
    .hint = it should be 適合可能 or 対象外
conformity-unknown = the conformity (適合性) `{ $word }` of `{ $item }` is neither 適合可能 nor 対象外
    .hint = where a sign has a fixed meaning, say so under `values` in the template
citation-dangling = `{ $item }` cites { $list ->
        [reports] report
       *[documents] document
    } { $number }, which is not in the list
    .found = the last number of the list is { $last }
    .hint = check the number, and that the list is complete
citation-retired = `{ $item }` cites { $list ->
        [reports] report
       *[documents] document
    } { $number }, which is retired
citations-without-list = { $count ->
        [one] 1 citation
       *[other] { $count } citations
    } of numbered { $list ->
        [reports] reports
       *[documents] documents
    }, and no list of them was found
    .hint = fine where the list is in another file
documents-uncited = { $count } of the { $list ->
        [reports] reports
       *[documents] documents
    } { $count ->
        [one] is
       *[other] are
    } cited by no item
    .found = { $numbers }
document-number-twice = number { $number } stands twice in the list of { $list ->
        [reports] reports
       *[documents] documents
    }
    .hint = check which of the two is right
document-untitled = { $list ->
        [reports] report
       *[documents] document
    } { $number } has no title
    .hint = write 欠番 where the number is retired
url-malformed = the URL of { $list ->
        [reports] report
        [cell] item
       *[documents] document
    } `{ $number }` is not valid
    .found = `{ $url }` ({ $fault ->
        [scheme] it does not begin with `http://` or `https://`
        [host] it has no host name
        [broken] it seems to be cut off
       *[character] it has a space, a line break or a full-width character
    })
    .hint = check the URL in the workbook
url-malformed-many = URLs of { $count } { $list ->
        [reports] reports
        [cell] items
       *[documents] documents
    } are not whole
    .each = `{ $number }`: `{ $url }` ({ $fault ->
        [scheme] it does not begin with `http://` or `https://`
        [host] it has no host name
        [broken] it seems to be cut off
       *[character] it has a space, a line break or a full-width character
    })
    .hint = check the URLs in the workbook

# Findings of `check`: about answers.

answer-without-item = there is no item `{ $item }`
    .hint = { $near ->
        [none] check the id, and that the answers belong to this edition
       *[other] did you mean `{ $near }`?
    }
answer-without-item-many = { $count } answers are to items that do not exist
    .each = `{ $item }`{ $near ->
        [none] { "" }
       *[other] { " " }(did you mean `{ $near }`?)
    }
    .hint = check the ids, and that the answers belong to this edition
answer-to-retired = `{ $item }` is retired in this edition, and has an answer
answer-given-twice = `{ $item }` is answered twice
    .hint = keep one of the two
exclusion-without-reason = `{ $item }` is excluded (対象外) without a reason
    .hint = write the reason into 除外理由 (`exclusion_reason`)
exclusion-without-reason-many = { $count } answers are excluded (対象外) without a reason
    .each = `{ $item }`
    .hint = write the reasons into 除外理由 (`exclusion_reason`)
reason-without-exclusion = `{ $item }` has an exclusion reason and is not excluded (対象外)
    .hint = set 適用 to 対象外, or drop the reason
status-against-applicability = 適用 `{ $applicability }` and 自己評価 `{ $status }` of `{ $item }` do not go together
    .hint = correct one of the two
date-in-future = `{ $key }` of `{ $item }` ({ $date }) lies after today
date-order = `{ $key }` of `{ $item }` ({ $date }) lies before `{ $earlier_key }` ({ $earlier_date })
answer-overdue = `{ $item }` was due on { $due } and is not done
    .hint = look at its status or its due date again
answer-overdue-many = { $count } items are past their due date and not done
    .each = `{ $item }` ({ $due })
    .hint = look at their status or their due date again
approval-without-approver = `{ $item }` has an approval date and no approver
answer-over-long = `{ $key }` of `{ $item }` has { $length } characters, more than a cell holds
    .found = a cell of Excel holds { $limit } at most
    .hint = shorten it, or put it into a document and name that as evidence
answer-control-character = `{ $key }` of `{ $item }` holds the control character { $character }
    .hint = look where it was pasted from, and delete the character
answer-url-malformed = a URL in `{ $key }` of `{ $item }` is not valid
    .found = `{ $url }` ({ $fault ->
        [scheme] it does not begin with `http://` or `https://`
        [host] it has no host name
        [broken] it seems to be cut off
       *[character] it has a space, a line break or a full-width character
    })
answer-required = `{ $key }` of `{ $item }` is empty{ $when ->
        [done] { " (required when done, 対応済)" }
        [open] { " (required while something is left to do)" }
        [excluded] { " (required when excluded, 対象外)" }
       *[answered] { " (required)" }
    }
answer-required-many = `{ $key }` of { $count } answers is empty{ $when ->
        [done] { " (required when done, 対応済)" }
        [open] { " (required while something is left to do)" }
        [excluded] { " (required when excluded, 対象外)" }
       *[answered] { " (required)" }
    }
    .each = `{ $item }`
approver-is-owner = the approver `{ $person }` of `{ $item }` is its owner or reviewer
    .hint = let another person approve
items-unanswered = { $count ->
        [one] 1 item has
       *[other] { $count } items have
    } no answer
    .found = { $items }
conflict-open = `{ $field }` of `{ $item }` was kept of two different answers
    .found = kept `{ $kept }`, the other was `{ $other }` ({ $from })
    .hint = check which is right, and delete the conflict (its row on the sheet of conflicts, its entry in `conflicts` of JSON and YAML)
recheck-open = `{ $item }` must be re-checked
    .found = { $reason ->
        [none] no reason is given
       *[other] { $reason }
    }
recheck-open-many = { $count } answers must be re-checked
    .each = `{ $item }`{ $reason ->
        [none] { "" }
       *[other] { " " }({ $reason })
    }
answered-for-other-edition = `{ $item }` was answered for edition { $edition } (this is { $version })
    .hint = `secref carry` tells which items changed
answered-for-other-edition-many = { $count } answers were given for edition { $edition } (this is { $version })
    .each = `{ $item }`
    .hint = `secref carry` tells which items changed
refers-to-unknown = the answer to `{ $item }` points at `{ $target }`, which does not exist
    .hint = check the number it points at
refers-to-retired = the answer to `{ $item }` points at `{ $target }`, which is retired
    .hint = write what is meant into this answer
refers-to-unanswered = the answer to `{ $item }` points at `{ $target }`, which has no answer
refers-to-circular = answers point at each other in a circle
    .found = { $path }
    .hint = write the answer itself into one of them
policy-word-unknown = `{ $word }` is not a requirement
    .hint = { $near ->
        [none] use the key of an answer field such as `owner`, or `evidence-when-done`, `no-blanks`, `four-eyes`
       *[other] did you mean `{ $near }`?
    }
