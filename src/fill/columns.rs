//! Answer columns of ours, right of a vendor's table that has none: where they fit, and what they look like.

use super::targets::{Target, last_column};
use crate::address::{CellRef, MAX_COLUMNS, Range};
use crate::answers::AnswerField;
use crate::answers::column::ADDED;
use crate::template::BoundTable;
use crate::workbook::Sheet;
use crate::workbook::patch::{CellEdit, Content, DropDown, SheetEdits};

/// A validation over more columns than these was not laid on any one of them.
const MOST_VALIDATED: u32 = 64;

/// The columns added to one table and what they need.
#[derive(Default)]
pub(super) struct AddedColumns {
    fields: Vec<(AnswerField, u32)>,
    style_of: u32,
    pub(super) header: Vec<CellEdit>,
    pub(super) blanks: Vec<CellEdit>,
    pub(super) merges: Vec<Range>,
    pub(super) widths: Vec<(u32, f64)>,
    pub(super) drop_downs: Vec<DropDown>,
    /// Whether they had to be put where the sheet hides its columns.
    pub(super) are_hidden: bool,
}

impl AddedColumns {
    pub(super) fn targets<'a>(&self) -> impl Iterator<Item = Target<'a>> {
        let style_of = Some(self.style_of);
        self.fields.iter().map(move |&(field, column)| Target { field, column, values: &[], style_of, tick: None })
    }
}

/// The field of ours that a heading added by an earlier fill stands for.
pub(super) fn field_of_heading(heading: &str) -> Option<AnswerField> {
    let plain = heading.strip_suffix(ADDED).unwrap_or(heading);
    AnswerField::ALL.into_iter().find(|field| field.heading() == plain)
}

/// Lays columns out right of a table, in the style of its last column.
///
/// Tables of one shape on a sheet get theirs in the same columns: `alike` are all of them, the table itself included.
pub(super) fn place_columns(
    sheet: &Sheet,
    table: &BoundTable,
    alike: &[&BoundTable],
    planned: &SheetEdits,
    fields: &[AnswerField],
) -> AddedColumns {
    let style_of = last_column(table);
    let mut added = AddedColumns { style_of, ..AddedColumns::default() };
    let count = u32::try_from(fields.len()).unwrap_or(u32::MAX);
    let from = alike.iter().map(|table| last_column(table)).fold(style_of, u32::max) + 1;
    let free = |with_hidden: bool| free_columns(sheet, rows_of(table, alike), (from, count), with_hidden);
    let Some(first) = free(false).or_else(|| free(true)) else { return added };
    added.are_hidden = sheet.hidden_columns.iter().any(|&(from, to)| (from..=to).contains(&first));
    for (column, &field) in (first..).zip(fields) {
        added.fields.push((field, column));
        added.add_header(table, column, &heading(table, field));
        added.add_blanks(sheet, table, column);
        if !planned.widths.iter().any(|&(other, _)| other == column) {
            added.widths.push((column, width_chars(field)));
        }
        let words = field.choices();
        if !words.is_empty() && DropDown::fits(&words) && table.rows.0 <= table.rows.1 {
            let range = Range::new(CellRef::new(table.rows.0, column), CellRef::new(table.rows.1, column));
            added.drop_downs.push(DropDown { range, words });
        }
    }
    added
}

impl AddedColumns {
    /// The heading, merged down over the header's rows as the vendor's own are.
    fn add_header(&mut self, table: &BoundTable, column: u32, heading: &str) {
        let style_of = Some(self.style_of);
        let (first, last) = (table.header.first.row, table.header.last.row);
        for row in first..=last {
            let content = if row == first { Content::Text(heading.to_owned()) } else { Content::Empty };
            self.header.push(CellEdit { at: CellRef::new(row, column), content, style_of });
        }
        if last > first {
            self.merges.push(Range::new(CellRef::new(first, column), CellRef::new(last, column)));
        }
    }

    /// Blank cells in the rows' style, so that the column looks part of the table.
    fn add_blanks(&mut self, sheet: &Sheet, table: &BoundTable, column: u32) {
        let rows = (table.rows.0..=table.rows.1).filter(|&row| !sheet.row(row).is_empty());
        let style_of = Some(self.style_of);
        let blank = |row| CellEdit { at: CellRef::new(row, column), content: Content::Empty, style_of };
        self.blanks.extend(rows.map(blank));
    }
}

fn heading(table: &BoundTable, field: AnswerField) -> String {
    let is_taken = table.columns.iter().any(|column| column.label == field.heading());
    if is_taken { format!("{}{ADDED}", field.heading()) } else { field.heading().to_owned() }
}

/// The rows of some tables from the first header on.
fn rows_of(table: &BoundTable, alike: &[&BoundTable]) -> (u32, u32) {
    let own = |table: &BoundTable| (table.header.first.row, table.rows.1.max(table.header.last.row));
    let wider = |(first, last): (u32, u32), (top, bottom): (u32, u32)| (first.min(top), last.max(bottom));
    alike.iter().map(|table| own(table)).fold(own(table), wider)
}

/// The first columns from `from` on that hold nothing over the tables' rows and meet neither merged cells nor the
/// vendor's validations: a stray one would ask for other words than ours in some rows. Hidden ones only if asked for.
fn free_columns(sheet: &Sheet, rows: (u32, u32), (from, count): (u32, u32), with_hidden: bool) -> Option<u32> {
    let rows = rows.0..=rows.1;
    let cells = sheet.cells().iter().filter(|cell| rows.contains(&cell.at.row)).map(|cell| cell.at.column);
    let merged = sheet
        .merges
        .iter()
        .filter(|merge| merge.first.row <= *rows.end() && *rows.start() <= merge.last.row)
        .flat_map(|merge| [merge.first.column, merge.last.column]);
    // A validation of whole rows or of half the sheet says nothing of a column.
    let ranges = sheet.validations.iter().flat_map(|validation| &validation.ranges);
    let validated = ranges
        .filter(|range| range.first.row <= *rows.end() && *rows.start() <= range.last.row)
        .filter(|range| range.last.column - range.first.column < MOST_VALIDATED)
        .flat_map(|range| range.first.column..=range.last.column);
    let taken = cells.chain(merged).chain(validated).map(|column| (column, column));
    let hidden = sheet.hidden_columns.iter().copied().filter(|_| !with_hidden);
    let mut taken: Vec<(u32, u32)> = taken.chain(hidden).filter(|&(_, last)| last >= from).collect();
    taken.sort_unstable();
    taken.dedup();
    let mut first = from;
    for (start, last) in taken {
        if start >= first + count {
            break;
        }
        first = first.max(last + 1);
    }
    (first + count <= MAX_COLUMNS).then_some(first)
}

/// Widths that show a word, a date, a name or a sentence.
fn width_chars(field: AnswerField) -> f64 {
    use AnswerField::*;
    match field {
        Responsibility | Applicability | Status | Due | AnsweredOn | ApprovedOn | Recheck | RecheckedOn => 12.0,
        Department | Owner | Reviewer | Approver | AnsweredEdition => 16.0,
        ExclusionReason | RecheckReason | Evidence | Gap | Remarks => 32.0,
        Response | Scope | ChangedText => 48.0,
    }
}
