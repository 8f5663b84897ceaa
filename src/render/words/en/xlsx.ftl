# xlsx
workbook-unwritable = the workbook cannot be written
    .found = { $reason }
    .hint = see whether rows, columns and sheet names keep to Excel's limits (1,048,576 rows, 16,384 columns, 31 characters)
cell-cut = a text longer than a cell was cut short
    .found = { $units } characters (Excel's limit is { $limit })
    .hint = the whole text is in the JSON and CSV outputs
row-too-low = a text needs more than the highest row, its end is hidden on screen and paper
    .hint = widen the column, or raise its `width` in the template

xlsx-cell-cut-notice = … (cut here: the text has { $units } characters, more than the 32,767 of an Excel cell)
xlsx-continued = { " " }(continued)
xlsx-list-separator = { ", " }
xlsx-total = Total
xlsx-and-more = { $shown } and { $count } more

# diff
xlsx-diff-title = Differences between editions
xlsx-editions-compared = { $old } → { $new }
xlsx-side-old = Before
xlsx-side-new = After
xlsx-side-edition = { $side } ({ $edition })

xlsx-sheet-summary = Summary
xlsx-sheet-compare = Comparison
xlsx-sheet-compare-about = Changed items, old and new text side by side; what changed is underlined
xlsx-sheet-additions = Additions
xlsx-sheet-additions-about = What was added, underlined and red within its text
xlsx-sheet-documents = Documents
xlsx-sheet-documents-about = Changes to the lists of documents, and to what items cite
xlsx-sheet-audit = Marks audit
xlsx-sheet-audit-about = Whether what the publisher marked as revised is what really changed
xlsx-sheet-recheck = To re-check
xlsx-sheet-recheck-about = Answers to look at again because what they rest on changed

xlsx-column-number = No.
xlsx-column-group = Group
xlsx-column-id = ID
xlsx-column-old-id = Old ID
xlsx-column-title = Title
xlsx-column-field = Field
xlsx-column-content = Text
xlsx-column-change = Change
xlsx-column-severity = Weight
xlsx-column-remarks = Remarks
xlsx-column-cells = Cells
xlsx-column-side = Side
xlsx-column-edition = Edition
xlsx-column-file = File
xlsx-column-sha256 = SHA-256
xlsx-column-text-with-additions = New text (additions underlined, red)
xlsx-column-additions = Added text
xlsx-column-added-characters = Characters added
xlsx-column-verdict = Verdict
xlsx-column-text-with-marks = New text (underlined: marked; bold, double underline: changed and not marked)
xlsx-column-unmarked = Changed but not marked
xlsx-column-marked-unchanged = Marked but not changed
xlsx-column-list = List
xlsx-column-document-number = Number
xlsx-column-document-old = Before
xlsx-column-document-new = After
xlsx-column-citations-removed = No longer cited
xlsx-column-citations-added = Newly cited
xlsx-column-old-text = Before
xlsx-column-new-text = After
xlsx-column-renamed = Heading renamed
xlsx-column-moved = Column moved
xlsx-column-added = Column added
xlsx-column-removed = Column removed

xlsx-compare-caption = (changed text is underlined)
xlsx-compare-notation-left-out = { $count ->
    [one] 1 item that differs in notation only is left out
   *[other] { $count } items that differ in notation only are left out
 }
xlsx-nothing-changed = No item changed
xlsx-whole-item = (whole item)
xlsx-word-new = (new)
xlsx-word-deleted = (deleted)
xlsx-word-deleted-retired = (deleted; number retired)
xlsx-word-retired = (retired number)
xlsx-word-omitted = { " " }[…]{ " " }
xlsx-word-none = (none)
xlsx-word-no-text = (no text)
xlsx-field-citations = Citations
xlsx-remark-unmarked = not marked by the publisher
xlsx-remark-partly-marked = marked in part by the publisher
xlsx-remark-conformity = conformity: { $old } → { $new }
xlsx-evidence-declared = paired by crosswalk
xlsx-evidence-text = paired by identical text
xlsx-evidence-likeness = paired by likeness ({ $percent }%)
xlsx-evidence-neighbours = paired by neighbours ({ $percent }% alike)

xlsx-change-added = Added
xlsx-change-removed = Removed
xlsx-change-retired = Retired
xlsx-change-restored = Restored
xlsx-change-changed = Changed
xlsx-change-notation = Notation only
xlsx-change-unchanged = Unchanged
xlsx-change-citations = Citations changed
xlsx-flag-renumbered = Renumbered
xlsx-flag-moved = Moved
xlsx-flag-split = Split
xlsx-flag-merged = Merged
xlsx-field-appended = Appended
xlsx-field-inserted = Inserted
xlsx-field-edited = Edited
xlsx-field-shortened = Shortened
xlsx-field-emptied = Emptied
xlsx-field-filled = Filled
xlsx-field-moved = Sentences moved
xlsx-severity-none = –
xlsx-severity-notation = Notation, number
xlsx-severity-text = Text
xlsx-severity-citation = Citations
xlsx-severity-customer-action = Customer action
xlsx-severity-conformity = Item, conformity

xlsx-additions-caption = (added text is underlined and red)
xlsx-additions-caption-marks = (text the publisher marked as added is underlined and red)
xlsx-nothing-added = Nothing was added
xlsx-marked = Marked as added

xlsx-documents-same = The lists of documents are unchanged
xlsx-document-added = Added
xlsx-document-removed = Removed
xlsx-document-retired = Retired
xlsx-document-restored = Number used again
xlsx-document-title-differs = title changed
xlsx-document-url-differs = URL changed
xlsx-list-documents = Public documents
xlsx-list-reports = Third-party reports
xlsx-cite-documents = document{ " " }
xlsx-cite-reports = report{ " " }
xlsx-citations-heading = Citations by item
xlsx-citations-same = No item cites other documents than before

xlsx-audit-caption = What the publisher marked as revised, compared character by character with what really changed.
xlsx-audit-no-marks = This file format carries no revision marks (colour, underline, strike-through), so nothing was compared. An xlsx or xlsm file does.
xlsx-audit-nothing = Nothing is marked, and nothing changed without a mark
xlsx-audit-agrees = Marked and changed
xlsx-audit-agrees-explained = Every added character is marked, and nothing else
xlsx-audit-partial = Marked in part or too much
xlsx-audit-partial-explained = Some added characters are not marked, or more is marked than was added
xlsx-audit-unmarked = Changed, not marked
xlsx-audit-unmarked-explained = The text changed and the publisher did not mark it
xlsx-audit-mark-only = Marked, not changed
xlsx-audit-mark-only-explained = The publisher marked text that did not change

xlsx-recheck-caption = { $count ->
    [one] 1 answer
   *[other] { $count } answers
 } to look at again because the text changed; { $retired } whose item is gone.
xlsx-recheck-nothing = No answer needs to be looked at again

xlsx-summary-by-group = Items by group
xlsx-summary-flags = Of these
xlsx-summary-severity = What matters most to existing answers
xlsx-summary-columns = Columns that changed
xlsx-summary-sheets = Sheets
xlsx-summary-diagnostics = Notes on reading and comparing
xlsx-diagnostics-more = { $count ->
    [one] 1 more
   *[other] { $count } more
 }
xlsx-group-none = (no group)
