//! Headers of several rows whose merged cells are lost, as in a CSV: how far down they go.

use super::head::{Head, HeadColumn};
use super::sample::heading_is_data;
use super::synonyms;
use crate::address::CellRef;
use crate::answers::column::Column;
use crate::workbook::Cell;

/// A header is at most this much deeper than its first row.
const MOST_BELOW: u32 = 2;
/// Fewer columns than these make no header of several rows.
const FEWEST_COLUMNS: usize = 3;

/// How many rows below the first one of a header go on with it, nothing being merged.
///
/// They hold headings only, begin right of the first column, and end where the first column is filled again. As data
/// can look like that once, one of the headings has to be well known, or two stand where the first row has none.
pub(super) fn rows_below(head: &Head<'_>, first: u32) -> u32 {
    let top = head.sheet.row(first);
    let is_merged = |cell: &Cell| !head.span(cell.at).is_cell();
    if top.is_empty() || top.iter().any(is_merged) {
        return 0;
    }
    let left = top[0].at.column;
    let begins = |row: &[Cell]| row.first().is_some_and(|cell| cell.at.column <= left);
    let goes_on = |row: &[Cell]| !row.is_empty() && !begins(row) && row.iter().all(|cell| is_heading(head, cell));
    let rows = (1..=MOST_BELOW).map(|step| head.sheet.row(first + step));
    let below: Vec<&[Cell]> = rows.take_while(|row| goes_on(row)).collect();
    let count = u32::try_from(below.len()).unwrap_or(MOST_BELOW);
    if count == 0 || !begins(head.sheet.row(first + count + 1)) {
        return 0;
    }
    let cells = || below.iter().copied().flatten();
    let in_gaps = cells().filter(|cell| head.sheet.text(CellRef::new(first, cell.at.column)).is_empty()).count();
    if top.len() + in_gaps < FEWEST_COLUMNS {
        return 0;
    }
    if in_gaps >= 2 || cells().any(|cell| is_known(head, cell)) { count } else { 0 }
}

fn is_heading(head: &Head<'_>, cell: &Cell) -> bool {
    head.folded(cell.at).is_some_and(|key| !heading_is_data(cell, key)) && head.span(cell.at).is_cell()
}

fn is_known(head: &Head<'_>, cell: &Cell) -> bool {
    let folded = head.folded(cell.at).map(str::to_owned).into_iter().collect();
    let column = cell.at.column;
    let heading = HeadColumn { column, last_column: column, shown: Vec::new(), folded, tongues: Vec::new() };
    synonyms::column(&heading).is_some() || Column::called(&cell.text).is_some()
}
