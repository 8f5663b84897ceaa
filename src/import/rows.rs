//! A row of a bound table before anyone knows what it is: its cells by column, its merged ranges.

use std::collections::BTreeMap;

use crate::address::{CellRef, Range};
use crate::template::{BoundTable, Role};
use crate::workbook::{Cell, Sheet};

/// Which bound column a sheet column belongs to, in one look.
pub(super) struct Columns {
    slots: Vec<Option<usize>>,
    /// The bound columns that hold the id, from the most significant part.
    pub ids: Vec<usize>,
}

impl Columns {
    /// Indexes a table's columns.
    pub(super) fn new(table: &BoundTable) -> Self {
        let width = table.columns.iter().map(|column| column.last_column + 1).max().unwrap_or(0);
        let mut slots = vec![None; width as usize];
        for (index, column) in table.columns.iter().enumerate() {
            for slot in &mut slots[column.column as usize..=column.last_column as usize] {
                *slot = Some(index);
            }
        }
        let mut ids: Vec<(usize, usize)> = Vec::new();
        for (index, column) in table.columns.iter().enumerate() {
            if let Role::Id(part) = column.role {
                ids.push((part, index));
            }
        }
        ids.sort_unstable();
        Self { slots, ids: ids.into_iter().map(|(_, index)| index).collect() }
    }

    /// The bound column of a sheet column.
    pub(super) fn slot(&self, column: u32) -> Option<usize> {
        self.slots.get(column as usize).copied().flatten()
    }
}

/// The merged ranges of a sheet by the row they begin in, walked top down.
pub(super) struct Merges {
    sorted: Vec<Range>,
    next: usize,
}

impl Merges {
    /// Sorts the merged ranges that touch the rows.
    pub(super) fn new(sheet: &Sheet, (first, last): (u32, u32)) -> Self {
        let touching = sheet.merges.iter().copied().filter(|merge| merge.last.row >= first && merge.first.row <= last);
        let mut sorted: Vec<Range> = touching.filter(|merge| !merge.is_cell()).collect();
        sorted.sort_unstable();
        Self { sorted, next: 0 }
    }

    /// The ranges that begin in a row. Rows must be asked for top down.
    pub(super) fn beginning_in(&mut self, row: u32) -> &[Range] {
        while self.sorted.get(self.next).is_some_and(|merge| merge.first.row < row) {
            self.next += 1;
        }
        let count = self.sorted[self.next..].iter().take_while(|merge| merge.first.row == row).count();
        &self.sorted[self.next..self.next + count]
    }
}

/// A row with its merged ranges.
pub(super) struct Row<'a> {
    /// Its number, zero-based.
    pub number: u32,
    /// Its cells.
    pub cells: &'a [Cell],
    /// Ranges that begin in it.
    pub merges: BTreeMap<u32, Range>,
}

impl<'a> Row<'a> {
    /// Puts a row together.
    pub(super) fn new(number: u32, cells: &'a [Cell], merges: &mut Merges) -> Self {
        let merges = merges.beginning_in(number).iter().map(|merge| (merge.first.column, *merge)).collect();
        Self { number, cells, merges }
    }

    /// The cell, or the merged range that begins with it.
    pub(super) fn span(&self, at: CellRef) -> Range {
        if self.merges.is_empty() {
            return Range::from(at);
        }
        self.merges.get(&at.column).copied().unwrap_or(Range::from(at))
    }

    /// The cells that hold more than blanks.
    pub(super) fn filled(&self) -> impl Iterator<Item = &'a Cell> {
        self.cells.iter().filter(|cell| !cell.text.trim().is_empty())
    }

    /// The cell in a column, if it holds more than blanks.
    pub(super) fn cell(&self, column: u32) -> Option<&'a Cell> {
        let index = self.cells.binary_search_by_key(&column, |cell| cell.at.column).ok()?;
        Some(&self.cells[index]).filter(|cell| !cell.text.trim().is_empty())
    }
}
