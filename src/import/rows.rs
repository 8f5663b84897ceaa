//! A row of a bound table before anyone knows what it is: its cells by column, its merged ranges.

use crate::address::{CellRef, Range};
use crate::template::{BoundTable, ItemFact, Role};
use crate::text::is_blank;
use crate::workbook::{Cell, Sheet, cell_in};

/// Which bound column a sheet column belongs to, in one look.
#[derive(Default)]
pub(super) struct Columns {
    slots: Vec<Option<usize>>,
    /// The bound columns that hold the id, from the most significant part.
    pub ids: Vec<usize>,
    /// The bound columns that tell of the item itself.
    facts: Vec<(ItemFact, usize)>,
    /// The first and last sheet column of the table.
    span: (u32, u32),
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
        let mut facts = Vec::new();
        for (index, column) in table.columns.iter().enumerate() {
            match column.role {
                Role::Id(part) => ids.push((part, index)),
                Role::Item(fact) => facts.push((fact, index)),
                _ => {}
            }
        }
        ids.sort_unstable();
        let ids = ids.into_iter().map(|(_, index)| index).collect();
        let first = table.columns.first().map_or(0, |column| column.column);
        Self { slots, ids, facts, span: (first, width.saturating_sub(1).max(first)) }
    }

    /// The cells of a row that belong to the table.
    pub(super) fn row_range(&self, row: u32) -> Range {
        Range::new(CellRef::new(row, self.span.0), CellRef::new(row, self.span.1))
    }

    /// The bound column that tells something of the item itself, if there is one.
    pub(super) fn fact(&self, fact: ItemFact) -> Option<usize> {
        self.facts.iter().find(|(known, _)| *known == fact).map(|&(_, slot)| slot)
    }

    /// Whether a sheet column stands beside the table: right of its last column.
    fn is_aside(&self, column: u32) -> bool {
        column as usize >= self.slots.len()
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
    /// Ranges that begin in it, left to right.
    merges: Vec<Range>,
}

impl<'a> Row<'a> {
    /// Puts a row together.
    pub(super) fn new(number: u32, cells: &'a [Cell], merges: &mut Merges) -> Self {
        Self { number, cells, merges: merges.beginning_in(number).to_vec() }
    }

    /// A row of which only one cell counts.
    pub(super) fn of_one(cell: &'a Cell) -> Self {
        Self { number: cell.at.row, cells: std::slice::from_ref(cell), merges: Vec::new() }
    }

    /// Takes off what stands beside the table: part of a legend there, if it says anything.
    pub(super) fn take_aside(&mut self, columns: &Columns) -> Option<Self> {
        self.cells.last().filter(|cell| columns.is_aside(cell.at.column))?;
        let (own, aside) = self.cells.split_at(self.cells.partition_point(|cell| !columns.is_aside(cell.at.column)));
        self.cells = own;
        let aside = Self { number: self.number, cells: aside, merges: self.merges.clone() };
        aside.filled().next().is_some().then_some(aside)
    }

    /// The cell, or the merged range that begins with it.
    pub(super) fn span(&self, at: CellRef) -> Range {
        let next = self.merges.partition_point(|merge| merge.first.column <= at.column);
        let merge = next.checked_sub(1).map(|index| self.merges[index]);
        merge.filter(|merge| merge.first.column == at.column).unwrap_or(Range::from(at))
    }

    /// The cells that hold more than blanks.
    pub(super) fn filled(&self) -> impl Iterator<Item = &'a Cell> + use<'a> {
        self.cells.iter().filter(|cell| !is_blank(&cell.text))
    }

    /// The cell in a column, if it holds more than blanks.
    pub(super) fn cell(&self, column: u32) -> Option<&'a Cell> {
        cell_in(self.cells, column).filter(|cell| !is_blank(&cell.text))
    }
}
