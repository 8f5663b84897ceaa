# The review page.
html-title = Revision review
html-title-of = { $provider } reference: revision review
html-kicker = Difference of two editions
html-old = Old
html-new = New
html-more-sheets = { $count ->
    [one] {" "}and 1 more sheet
   *[other] {" "}and { $count } more sheets
}
html-jump = Skip to the items
html-contents = Contents
html-summary = Summary
html-items = Items
html-columns = Columns that changed
html-documents = Documents that changed
html-remarks = Remarks on reading and comparing
html-filters = Filters
html-search = Search
html-search-hint = ID, or text of changed items
html-groups = Items by group
html-group = Group
html-total = Items
html-recheck = Re-check
html-change = Change
html-severities = Severity
html-column = Changed column
html-flags = Number and place
html-state = Review state
html-any = All
html-only-recheck = Only answers to re-check
html-view = View
html-view-sides = Side by side
html-view-inline = Inline
html-notation-hidden = Hidden, as only their notation differs: { $count }
html-notation-show = Show them
html-show-notation = Show notation changes
html-show-fold = Fold unchanged text
html-show-marks = Show the publisher’s marks
html-reset = Reset filters
html-keys = Keys
html-close = Close
html-empty = No item passes the filters.
html-number = ID
html-same = The two editions are the same, notation and order included.
html-grave = The changes that matter most
html-grave-more = { $count } more; filter by severity to see them
html-verdict = { $differing ->
    [one] 1 of { $total } items differs{ $notation ->
        [0] {""}
       *[other] {" "}({ $notation } more in notation only)
    }.
   *[other] { $differing } of { $total } items differ{ $notation ->
        [0] {""}
       *[other] {" "}({ $notation } more in notation only)
    }.
}
html-verdict-conformity = Conformity, items added or removed
html-verdict-gap = { " " }
html-verdict-part = { $what }: { $count }
html-verdict-end = .
html-verdict-join = { "; " }
html-verdict-marks = { $differing ->
    [one] 1 of { $total } items carries marks of the publisher.
   *[other] { $differing } of { $total } items carry marks of the publisher.
}
html-also = Also:
html-context = { $count ->
    [one] 1 unchanged field
   *[other] { $count } unchanged fields
}
html-likeness = likeness
html-was = old ID
html-flip = Conformity
html-conformity-none = (none)
html-citation-added = Citation added
html-citation-removed = Citation removed
html-run = { $count ->
    [one] 1 unchanged item
   *[other] { $count } unchanged items
}
html-run-renumbered = { $count ->
    [one] 1 item, only its number or place changed
   *[other] { $count } items, only their number or place changed
}
html-column-renamed = Heading renamed
html-column-moved = Column moved
html-column-added = Column added
html-column-removed = Column removed
html-retired-number = Retired number
html-newly = (new)
html-gone = (removed)
html-marks = Marks audit
html-marks-said = What the publisher marked as revised (red text, for instance), compared with what really changed.
html-impact = What it means for the answers
html-impact-recheck = answers to re-check
html-item-recheck = Re-check the answer
html-item-new = New item, unanswered
html-item-kept = Answer kept
html-item-retired = Answer kept among the retired
html-impact-rest = Kept: { $kept }; new, unanswered: { $fresh }; retired: { $retired }
html-item-status = Self-assessment:
html-review = Review record
html-export = Export
html-import = Import
html-clear = Clear all
html-paper = Reviewed  □ OK  □ rework    by                               on
html-footer = This file stands alone and never uses the network. The review record stays in this browser.
html-remark-error = Error
html-remark-warning = Warning
html-remark-note = Note
html-key-move = Next or previous changed item
html-key-next-open = Next item not reviewed yet
html-key-search = Search
html-key-escape = Back from the search to the items
html-key-state = Mark the item as open, OK or rework
html-key-note = Note on the item
html-key-view = Side by side or inline
html-keys-on = Use single-letter keys
html-key-help = This list
# Kinds of change.
html-change-added = Added
html-change-removed = Removed
html-change-retired = Retired
html-change-restored = Restored
html-change-changed = Changed
html-change-notation = Notation only
html-change-unchanged = Unchanged
html-flag-renumbered = Renumbered
html-flag-moved = Moved
html-flag-split = Split
html-flag-merged = Merged
html-severity-conformity = Conformity, items added or removed
html-severity-customer-action = Customer action
html-severity-citation = Citations
html-severity-text = Text
html-severity-notation = Notation or number only
html-severity-none = None
html-evidence-declared = declared by the crosswalk
html-evidence-id = same number
html-evidence-text = same text
html-evidence-likeness = texts alike
html-evidence-neighbours = same neighbours
html-field-appended = Appended
html-field-inserted = Inserted
html-field-edited = Edited
html-field-shortened = Shortened
html-field-emptied = Emptied
html-field-filled = Filled
html-field-moved = Sentences moved
html-field-notation = Notation only
html-marks-agrees = Marked and changed
html-marks-partial = Marked in part, or too much
html-marks-unmarked = Changed, not marked
html-marks-mark-only = Marked, not changed
html-list-documents = Public document
html-list-reports = Third-party report
# What the script says. Words between percent signs are filled in by it.
html-js-shown = Showing %shown% of %total% items
html-js-shown-folded = Showing %shown% of %total% items (%folded% folded)
html-js-notation-hidden = Hidden, as only their notation differs: %count%
html-js-open = Open
html-js-ok = OK
html-js-rework = Rework
html-js-state = Review state of %id%
html-js-note = Note
html-js-note-label = Note on %id%
html-js-more = … %count% characters unchanged …
html-js-progress = OK %ok%, rework %rework%, open %open%
html-js-stored-not = This browser cannot keep the record. Export it before you close the page. (%reason%)
html-js-exported = Exported: %count%.
html-js-imported = Imported: %count%.
html-js-replaced = Of these, %count% replaced what was recorded here.
html-js-skipped-unknown = Skipped, not in this difference (%count%): %ids%
html-js-skipped-changed = Skipped, the texts are not those reviewed (%count%): %ids%
html-js-import-json = The file is not JSON. Nothing was imported.
html-js-import-format = The file is not in the secref-review format. Nothing was imported.
html-js-import-version = Version %version% of the format is not known here. Nothing was imported.
html-js-import-item = Entry %number% has a wrong “%key%”. Nothing was imported.
html-js-import-twice = Entry %number% repeats an earlier one. Nothing was imported.
html-js-import-nothing = There was nothing to import.
html-js-import-read = The file could not be read. (%reason%)
html-js-cleared = The record was cleared.
html-js-clear-ask = Clear all that this browser has recorded for this difference?
html-js-other-tab = Changes made in another tab were taken over.
html-js-focus-none = There is no item to go to.
