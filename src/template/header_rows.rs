//! Which rows belong to a header: how deep it is, and whether the rows around it are rows like it.

use std::rc::Rc;

use super::head::{Block, Head, HeadColumn};
use super::sample::{counts_up, heading_is_data, text_in};
use super::unmerged;
use crate::address::CellRef;
use crate::workbook::{Cell, Sheet};

/// A header is at most this deep; four rows were seen.
const MAX_DEPTH: u32 = 6;

/// The rows a header may extend over: down to the end of merged headings, and to sub-headings below a wide one.
pub(super) fn natural_block(head: &Head<'_>, first: u32) -> Rc<Block> {
    let mut last = first;
    loop {
        let block = head.block(first, last);
        let deepest = block
            .columns
            .iter()
            .flat_map(|column| (first..=last).map(move |row| head.span(CellRef::new(row, column.column)).last.row));
        let merged_to = deepest.max().unwrap_or(last).max(first + unmerged::rows_below(head, first));
        let next = if merged_to > last {
            merged_to
        } else if has_sub_headings(head, &block) {
            last + 1
        } else {
            return block;
        };
        if next - first >= MAX_DEPTH {
            return block;
        }
        last = next;
    }
}

/// Whether the row right above fills the same columns as the header.
pub(super) fn continues_rows_above(sheet: &Sheet, block: &Block) -> bool {
    let Some(above) = block.first.checked_sub(1) else { return false };
    let above = sheet.row(above);
    let is_filled = |column: &HeadColumn| text_in(above, column.column).is_some();
    above.len() > 1 && block.columns.iter().all(is_filled)
}

/// Whether the rows right above a header fill its columns as it does, the id's among them: it is a row like them.
pub(super) fn stands_amid_rows(sheet: &Sheet, block: &Block, id: usize) -> bool {
    const ROWS: u32 = 3;
    let is_like = |row: u32| {
        let cells = sheet.row(row);
        let filled = block.columns.iter().filter(|column| text_in(cells, column.column).is_some()).count();
        text_in(cells, block.columns[id].column).is_some() && filled * 2 >= block.columns.len() && filled >= 2
    };
    block.first >= ROWS && (block.first - ROWS..block.first).all(is_like)
}

/// Whether the row below holds headings under a wide one, and no data.
fn has_sub_headings(head: &Head<'_>, block: &Block) -> bool {
    let below = head.sheet.row(block.last + 1);
    let is_wide = |column: &&HeadColumn| column.last_column > column.column;
    let wide: Vec<&HeadColumn> = block.columns.iter().filter(is_wide).collect();
    if wide.is_empty() {
        return false;
    }
    // Numbers that count upwards under one heading are headings as well.
    let number = |cell: &Cell| {
        let is_under_wide = wide.iter().any(|column| (column.column..=column.last_column).contains(&cell.at.column));
        cell.text.trim().parse::<u32>().ok().filter(|_| is_under_wide)
    };
    let counts = counts_up(&below.iter().map(number).collect::<Vec<_>>());
    let looks_like_heading = |(index, cell): (usize, &Cell)| {
        head.folded(cell.at).is_some_and(|key| !heading_is_data(cell, key) || counts[index])
    };
    if below.is_empty() || !below.iter().enumerate().all(looks_like_heading) {
        return false;
    }
    let under = |column: &HeadColumn| {
        below.iter().filter(|cell| (column.column..=column.last_column).contains(&cell.at.column)).count()
    };
    wide.iter().any(|column| under(column) >= 2)
}
