//! Where answers can go: a table, its columns, its rows; and how a table is ticked.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::answers::AnswerField;
use crate::template::{BoundTable, Tick};
use crate::text::fold::value_key;
use crate::workbook::{Cell, Sheet};

/// What people write to tick a box.
pub(super) const TICKS: &[&str] = &["x", "○", "〇", "◯", "●", "✓", "✔", "☑", "レ", "1", "true", "yes", "y", "有"];

/// A table with the columns that take answers.
pub(super) struct Table<'a> {
    pub(super) rows: (u32, u32),
    pub(super) columns: Vec<Target<'a>>,
    /// How the table is ticked so far, where it has columns to tick.
    pub(super) usual_tick: Option<String>,
    /// Whether the sheet's protection keeps columns from being added.
    pub(super) is_locked: bool,
}

/// A column that takes one field of the answers.
pub(super) struct Target<'a> {
    pub(super) field: AnswerField,
    pub(super) column: u32,
    pub(super) values: &'a [(String, String)],
    /// The column whose style the cells take; `None` for a column of the vendor's.
    pub(super) style_of: Option<u32>,
    /// What a tick in it says, where answering is done by ticking one of several columns.
    pub(super) tick: Option<&'a Tick>,
}

/// Where an answer goes: index of the sheet, of its table, and the row.
#[derive(Copy, Clone)]
pub(super) struct Spot {
    pub(super) sheet: usize,
    pub(super) table: usize,
    pub(super) row: u32,
}

/// The last column a bound table takes.
pub(super) fn last_column(table: &BoundTable) -> u32 {
    table.columns.iter().map(|column| column.last_column).fold(table.header.last.column, u32::max)
}

/// How the cells of a table's tick columns are ticked most often; `None` without ticks.
pub(super) fn usual_tick(sheet: &Sheet, rows: (u32, u32), columns: &[Target<'_>]) -> Option<String> {
    let columns: Vec<u32> = columns.iter().filter(|target| target.tick.is_some()).map(|target| target.column).collect();
    if columns.is_empty() {
        return None;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let rows = sheet.rows().filter(|(row, _)| (rows.0..=rows.1).contains(row));
    for cell in rows.flat_map(|(_, cells)| cells).filter(|cell| columns.contains(&cell.at.column) && is_tick(cell)) {
        *seen.entry(cell.text.as_str().trim()).or_default() += 1;
    }
    let most = seen.into_iter().max_by_key(|&(text, count)| (count, Reverse(text)));
    most.map(|(text, _)| text.to_owned())
}

/// Whether a cell is ticked.
pub(super) fn is_tick(cell: &Cell) -> bool {
    TICKS.contains(&value_key(cell.text.as_str()).as_str())
}
