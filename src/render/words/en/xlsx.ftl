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
xlsx-edition-unnamed = (no name of its own)
xlsx-id-and-change = { $id } ({ $change })
xlsx-list-separator = { ", " }
xlsx-list-more = { "" }, and { $count } more
xlsx-total = Total
xlsx-and-more = { $shown } and { $count } more

# diff
xlsx-diff-title = Difference of two editions
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
xlsx-sheet-recheck-about = Answers to re-check because what they rest on changed

xlsx-column-number = No.
xlsx-column-group = Group
xlsx-column-id = ID
xlsx-column-old-id = Old ID
xlsx-column-title = Title
xlsx-column-field = Field
xlsx-column-content = Text
xlsx-column-change = Change
xlsx-column-severity = Severity
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
xlsx-word-deleted = (removed)
xlsx-word-deleted-retired = (removed; number retired)
xlsx-word-retired = (retired number)
xlsx-word-omitted = { " " }[…]{ " " }
xlsx-word-none = (none)
xlsx-word-no-text = (no text)
xlsx-field-citations = Citations
xlsx-remark-unmarked = not marked by the publisher
xlsx-remark-partly-marked = marked in part by the publisher
xlsx-remark-conformity = conformity: { $old } → { $new }
xlsx-evidence-declared = declared by the crosswalk
xlsx-evidence-text = paired by the same text
xlsx-evidence-likeness = paired by likeness of texts ({ $percent }%)
xlsx-evidence-neighbours = paired with its neighbours (texts { $percent }% alike)

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
xlsx-severity-none = None
xlsx-severity-notation = Notation or number only
xlsx-severity-text = Text
xlsx-severity-citation = Citations
xlsx-severity-customer-action = Customer action
xlsx-severity-conformity = Conformity, items added or removed

xlsx-additions-caption = (added text is underlined and red)
xlsx-additions-caption-marks = (text the publisher marked as added is underlined and red)
xlsx-nothing-added = Nothing was added
xlsx-marked = Marked

xlsx-documents-same = The lists of documents are unchanged
xlsx-document-added = Added
xlsx-document-removed = Removed
xlsx-document-retired = Retired
xlsx-document-restored = Restored
xlsx-document-title-differs = title changed
xlsx-document-url-differs = URL changed
xlsx-list-documents = Public documents
xlsx-list-reports = Third-party reports
xlsx-cite-documents = public document{ " " }
xlsx-cite-reports = third-party report{ " " }
xlsx-citations-heading = Citations by item
xlsx-citations-same = No item cites other documents than before

xlsx-audit-caption = What the publisher marked as revised, compared character by character with what really changed.
xlsx-audit-no-marks = This file format carries no revision marks (colour, underline, strike-through), so nothing was compared. A workbook (xlsx, xlsm, xlsb, xls, ods) does.
xlsx-audit-none-marked = The revised edition has no revision marks (colour, underline, strike-through), so nothing was compared.
xlsx-audit-nothing = Nothing is marked, and nothing changed without a mark
xlsx-audit-agrees = Marked and changed
xlsx-audit-agrees-explained = Every added character is marked, and nothing else
xlsx-audit-partial = Marked in part, or too much
xlsx-audit-partial-explained = Some added characters are not marked, or more is marked than was added
xlsx-audit-unmarked = Changed, not marked
xlsx-audit-unmarked-explained = The text changed and the publisher did not mark it
xlsx-audit-mark-only = Marked, not changed
xlsx-audit-mark-only-explained = The publisher marked text that did not change

xlsx-recheck-caption = { $count ->
    [one] 1 answer
   *[other] { $count } answers
 } to re-check because the text changed; { $retired } whose item is gone.
xlsx-recheck-nothing = No answer needs to be re-checked

xlsx-summary-by-group = Items by group
xlsx-summary-flags = Of these
xlsx-summary-severity = By severity for existing answers
xlsx-summary-columns = Columns that changed
xlsx-summary-sheets = Sheets
xlsx-summary-diagnostics = Remarks on reading and comparing
xlsx-diagnostics-more = { $count ->
    [one] 1 more
   *[other] { $count } more
 }
xlsx-group-none = (no group)

# tables
xlsx-over-item = Item
xlsx-over-reference = Reference
xlsx-over-entry = Answers (to fill in)
xlsx-over-carried = Carried over
xlsx-retired = Retired
xlsx-overdue = Overdue
xlsx-column-sheet = Sheet
xlsx-column-version = Version
xlsx-column-date = Date
xlsx-column-history-text = Changes
xlsx-column-history-author = Author
xlsx-column-document-title = Document
xlsx-column-document-url = URL
xlsx-column-cited-times = Cited
xlsx-column-cited-by = Cited by
xlsx-column-count = Count
xlsx-column-result = Result
xlsx-column-due = Due
xlsx-column-overdue = Overdue
xlsx-column-department = Department
xlsx-column-owner = Owner
xlsx-column-progress = Settled
xlsx-column-answered = Answered
xlsx-column-kept = Kept
xlsx-column-other = Not kept
xlsx-column-from = From
xlsx-column-status = State
xlsx-column-revision = Revision
xlsx-column-entry-name = Field
xlsx-column-entry-how = How to fill it in
xlsx-column-entry-example = Example
xlsx-documents-none = No document is listed
xlsx-choice = “{ $choice }”
xlsx-choose-one-of = Choose one of { $choices }, or leave the cell blank.
xlsx-enter-a-date = Enter a date such as 2026-03-31.

xlsx-prompt-responsibility = Who acts: 事業者 the provider, SI事業者 the integrator, 利用者 the user, 共同 shared.
xlsx-prompt-applicability = Whether the item applies: 適用 applies, 対象外 excluded (give a reason).
xlsx-prompt-exclusion-reason = Why the item is excluded; required where it is.
xlsx-prompt-status = 対応済 done, 一部対応 partial, 計画中 planned, 未対応 open, 対象外 excluded. Blank counts as unanswered.
xlsx-prompt-response = How you meet the item; name the rule or the mechanism.
xlsx-prompt-scope = Scope, exceptions and remarks on the answer.
xlsx-prompt-evidence = Document, number, version, place; one entry a line (Alt+Enter).
xlsx-prompt-gap = What is left to do, and what stands in for it until then.
xlsx-prompt-due = The day it will be done by, such as 2026-03-31.
xlsx-prompt-department = The department that answers for it.
xlsx-prompt-owner = The person in charge.
xlsx-prompt-answered-on = The day of the answer, such as 2026-03-31.
xlsx-prompt-reviewer = Who checked the answer.
xlsx-prompt-approver = Who approved the answer.
xlsx-prompt-approved-on = The day of the approval, such as 2026-03-31.
xlsx-prompt-answered-edition = The edition the answer was given for.
xlsx-prompt-recheck = 要 to be re-checked, 済 re-checked.
xlsx-prompt-recheck-reason = Why it must be re-checked.
xlsx-prompt-changed-text = What changed in the reference.
xlsx-prompt-rechecked-on = The day it was re-checked, such as 2026-03-31.
xlsx-prompt-remarks = Anything else worth saying.

xlsx-example-responsibility = 共同
xlsx-example-applicability = 適用
xlsx-example-exclusion-reason = We do not use this kind of facility
xlsx-example-status = 一部対応
xlsx-example-response = Contractors are inspected once a year under the information security rules.
xlsx-example-scope = Production only; development holds no personal data.
xlsx-example-evidence =
    Information security rules, 3rd edition, article 12
    Inspection records, fiscal 2025
xlsx-example-gap = Subcontractors from next year; until then the contractor reports on them.
xlsx-example-due = 2026-09-30
xlsx-example-department = System Risk Department
xlsx-example-owner = Hanako Yamada
xlsx-example-answered-on = 2026-03-31
xlsx-example-reviewer = Ichiro Sato
xlsx-example-approver = Jiro Suzuki
xlsx-example-approved-on = 2026-04-10
xlsx-example-answered-edition = 9th edition, revised
xlsx-example-recheck = 要
xlsx-example-recheck-reason = 追記あり
xlsx-example-changed-text = A yearly review was added
xlsx-example-rechecked-on = 2026-04-05
xlsx-example-remarks = See also the answer to 実4

# answer sheet
xlsx-answer-sheet-title = Self-check answer sheet
xlsx-answer-sheet-lead = Fill in the pale yellow cells. Rows may be sorted, filtered and inserted: they are read by their ID. See the sheet “How to”.
xlsx-sheet-answers = Answers
xlsx-sheet-how-to = How to
xlsx-sheet-retired = Retired answers
xlsx-sheet-conflicts = Conflicts
xlsx-sheet-lists = Choices
xlsx-header-form = Form
xlsx-how-to-1 = Fill in the pale yellow cells of the sheet “Answers”. What stands left of them is the reference; changes to it are not read.
xlsx-how-to-2 = Choose from the list where there is one, or leave the cell blank. Blank counts as unanswered.
xlsx-how-to-3 = Give a reason wherever an item is excluded.
xlsx-how-to-4 = Say more than yes or no: scope, exceptions, and evidence you can show.
xlsx-how-to-5 = Sort, filter and insert rows or columns as you like, but leave the IDs as they are (a hidden column keeps them, so that no answer is lost with one).

# self-check
xlsx-self-check-title = Security self-check
xlsx-classification = Confidential
xlsx-cover-subtitle = Results of a self-check against { $edition }
xlsx-cover-classification = Classification
xlsx-cover-institution = Institution
xlsx-cover-system = System
xlsx-cover-service = Service
xlsx-cover-edition = Edition
xlsx-cover-items = Items
xlsx-cover-version = Version
xlsx-cover-created-on = Created on
xlsx-cover-author = Author
xlsx-cover-note = This is a self-check: it sets the reference's statements beside our own answers. It is not the result of an examination by a third party. Where texts of the reference are included, its licence applies to them.
xlsx-seal-approved = Approved
xlsx-seal-checked = Checked
xlsx-seal-made = Made
xlsx-history-first = First version

xlsx-guide-steps = How to use this workbook
xlsx-guide-step-1 = On the sheet “{ $items }”, read what the reference says on the left beside our answer on the right.
xlsx-guide-step-2 = Change the pale yellow cells only. Choose from the list where there is one; write dates as 2026-03-31.
xlsx-guide-step-3 = Give a reason wherever an item is excluded.
xlsx-guide-step-4 = Results and counts are computed from the answers; do not write over them.
xlsx-guide-step-5 = Overdue is judged by the reference date on the summary sheet; change that date to judge by another day.
xlsx-guide-step-6 = Rows may be sorted, filtered and inserted; they are read by their ID, so leave the IDs as they are.
xlsx-guide-protected = The reference columns are protected, without a password. Unprotect the sheet to sort it.
xlsx-guide-changed-text = In “Changed text”, [-…-] (struck) is what the revision took away and {"{"}+…+{"}"} (underlined) what it added.
xlsx-guide-no-reference-text = The texts of the reference are left out because of its licence. Look them up in the original by their number.
xlsx-guide-sheets = Sheets
xlsx-guide-sheet-cover = Title, scope, version, signatures
xlsx-guide-sheet-history = Versions of this workbook
xlsx-guide-sheet-summary = Counts by group, progress, charts, what is unanswered
xlsx-guide-sheet-open = Items with something left to do, with due date and owner, as of writing
xlsx-guide-sheet-items = What the reference says and what we answer, item by item
xlsx-guide-sheet-changes = What changed since the edition before, side by side
xlsx-guide-sheet-documents = The documents the reference cites, and which items cite them
xlsx-guide-sheet-retired = Earlier answers to items that are gone; not counted
xlsx-guide-sheet-data = Everything as one table for machines, as of writing
xlsx-guide-statuses = 自己評価 (status)
xlsx-guide-status-done = Everything asked for is done, with evidence
xlsx-guide-status-partial = Done in part; say what is left and by when
xlsx-guide-status-planned = Planned; say by when
xlsx-guide-status-open = Not done
xlsx-guide-status-excluded = Does not apply to the system; give the reason
xlsx-guide-status-unanswered = No answer yet (blank)
xlsx-guide-results = 点検結果 (result), the first that applies
xlsx-guide-result-met = The provider says 適合可能, and the status is 対応済
xlsx-guide-result-met-by-user = The provider says 対象外, and the user's status is 対応済
xlsx-guide-result-excluded = Excluded by 適用 or status, with a reason
xlsx-guide-result-action-needed = Partial, planned or open, or excluded without a reason
xlsx-guide-result-unanswered = No answer
xlsx-guide-result-recheck = 再確認 is 要, or the provider's conformity is missing or contradicts itself
xlsx-guide-colours = Colours
xlsx-guide-colour-given = Heading over what the reference says
xlsx-guide-colour-entry = To fill in
xlsx-guide-colour-unanswered = Unanswered
xlsx-guide-colour-recheck = To be re-checked
xlsx-guide-colour-overdue = Overdue, or to be acted on
xlsx-guide-colour-met = Met
xlsx-guide-colour-retired = Retired number, not checked

xlsx-summary-statuses = By status
xlsx-summary-results = By result
xlsx-summary-unanswered = Unanswered (as of writing)
xlsx-open-lead = Items to act on, unanswered, or to re-check, as of writing. Each ID leads to its row.
xlsx-nothing-unanswered = Every item is answered
xlsx-nothing-open = Nothing is left to act on
xlsx-total-items = Items
xlsx-figure-today = Reference date
xlsx-figure-items = Items
xlsx-figure-settled = Settled
xlsx-figure-share = Share settled
xlsx-figure-action-needed = To act on
xlsx-figure-unanswered = Unanswered
xlsx-figure-recheck = To re-check
xlsx-figure-overdue = Overdue
xlsx-chart-by-group = Results by group
xlsx-chart-overall = Results overall

# catalog
xlsx-sheet-catalog = Items
