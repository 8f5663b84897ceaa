//! What reading a table starts from, what it leads to, and what is known from one row to the next.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::words::trimmed;
use crate::address::{CellRef, SheetRange};
use crate::catalog::edition::EditionFacts;
use crate::catalog::id::Scheme;
use crate::catalog::{FieldValue, Line, Places};
use crate::import::findings::Findings;
use crate::import::grouping::Bands;
use crate::import::items::{Items, Values};
use crate::import::marks::Marking;
use crate::import::rows::{Columns, Row};
use crate::import::value::line_text;
use crate::template::{BoundTable, ItemFact, TableLayout};
use crate::text::Text;
use crate::workbook::delimited::write::unguarded;
use crate::workbook::{Cell, Comment, Sheet};

/// What the tables of a catalog are read into.
#[derive(Default)]
pub(in crate::import) struct Reading {
    /// The items.
    pub items: Items,
    /// Band and heading rows.
    pub bands: Vec<Line>,
    /// Footnotes and legends.
    pub notes: Vec<Line>,
    /// Headings of numbered bands (`V1`, アーキテクチャ…).
    pub band_titles: Vec<(Text, Text)>,
    /// Whether items inherited an upper band.
    pub has_major: bool,
    /// Whether items inherited a lower one.
    pub has_middle: bool,
    /// Rows without an id that fill as many cells as the item they were read as more of.
    pub full_rows: Vec<SheetRange>,
    /// Cells with a formula that was never calculated.
    pub uncalculated: Vec<SheetRange>,
    /// How many values were filled down from the rows above, by field.
    pub filled_down: BTreeMap<usize, usize>,
    /// What there is to say.
    pub findings: Findings,
}

/// What stays the same for all rows of a table.
pub(in crate::import) struct TableReader<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The table.
    pub table: &'a BoundTable,
    /// Which of its columns a cell stands in.
    pub columns: Columns,
    /// Its layout.
    pub layout: &'a TableLayout,
    /// The scheme of its ids.
    pub scheme: Scheme,
    /// The edition, if known.
    pub edition: Option<&'a EditionFacts>,
    /// The field each bound column is read into.
    pub fields: Vec<Option<usize>>,
    /// The field the text behind a leading id is read into.
    pub led_text: Option<usize>,
    /// How many fields there are, without the two that are inherited.
    pub width: usize,
    /// The fields that bands are inherited by, if the table has no columns for them.
    pub band_fields: (Option<usize>, Option<usize>),
    /// The sheet's comments by row.
    pub comments: HashMap<u32, Vec<&'a Comment>>,
    /// How marks are told.
    pub marking: Marking<'a>,
    /// The share of the table's ids that have digits, 0.0 to 1.0: where most have, a word in their column is none.
    pub digit_share: f64,
    /// Whether most rows hold nothing but their id, or the text they are to be numbered by, so that such a row is no
    /// heading: the form is blank.
    pub mostly_alone: bool,
}

/// What changes from row to row, and from one table of a sheet to the next.
#[derive(Default)]
pub(in crate::import) struct Progress {
    pub(super) bands: Bands,
    /// Places of the items the next continuation row belongs to.
    pub(super) current: Vec<usize>,
    /// Lines since the last item: bands if an item follows, else notes.
    pub(super) pending: Vec<Line>,
    pub(super) last_row: Option<u32>,
    /// The last row the id's merged cell covers.
    pub(super) id_until: Option<u32>,
    /// Values merged down over the rows that follow, by field.
    pub(super) merged_down: Vec<(usize, u32, FieldValue)>,
    /// Values given once for the rows below, by field.
    pub(super) filled_down: Vec<(usize, FieldValue)>,
    /// The columns filled by the headings above the first item, to know those above later groups by.
    pub(super) headings: Vec<Vec<u32>>,
    /// The row the item above begins in.
    pub(super) item_row: u32,
    /// Texts of the id's parts, for hierarchical numbers given once.
    pub(super) id_parts: Vec<String>,
    pub(super) previous_id: Option<Arc<str>>,
    /// How many rows of the sheet were numbered.
    pub(super) numbered: usize,
}

impl Progress {
    /// The text of the last line, which names a second table on a sheet.
    pub(in crate::import) fn last_line(&self) -> Option<&str> {
        self.pending.last().map(|line| line.text.as_str())
    }

    /// Follows the items when the one at `first` became part of the one at `last`.
    pub(in crate::import) fn follow(&mut self, first: usize, last: usize) {
        for place in &mut self.current {
            *place = if *place == first { last } else { *place - usize::from(*place > first) };
        }
    }

    /// Ends the item above: what follows without an id belongs to the band or the sum that stands in between.
    pub(super) fn end_item(&mut self) {
        self.current.clear();
        self.id_until = None;
    }

    /// Ends a sheet: lines that no item followed are notes.
    pub(in crate::import) fn end(&mut self, reading: &mut Reading) {
        reading.notes.append(&mut self.pending);
    }
}

impl<'a> TableReader<'a> {
    pub(super) fn cell_of(&self, row: &Row<'a>, slot: usize) -> Option<&'a Cell> {
        let column = &self.table.columns[slot];
        (column.column..=column.last_column).find_map(|column| row.cell(column))
    }

    pub(super) fn field_of(&self, key: &str) -> Option<usize> {
        let slot = self.table.columns.iter().position(|column| *column.key == *key)?;
        self.fields[slot]
    }

    pub(super) fn field_text(&self, key: &str, values: &Values) -> Option<Text> {
        values[self.field_of(key)?].as_ref().map(|value| value.text.clone())
    }

    /// What a column of the flat form tells of the item.
    pub(super) fn item_fact(&self, row: &Row<'a>, fact: ItemFact) -> Option<Text> {
        let cell = self.cell_of(row, self.columns.fact(fact)?)?;
        let text = trimmed(&cell.text);
        Some(if self.is_guarded() { text.substr_from(unguarded(&text)) } else { text })
    }

    /// Whether texts were guarded against being taken for formulas: in a delimited text, whose sheet has no name.
    pub(super) fn is_guarded(&self) -> bool {
        self.layout.guarded && self.sheet.name.is_empty()
    }

    /// A row as one line: its texts joined by one LF, with the place of each.
    pub(super) fn line(&self, row: &Row<'a>) -> Line {
        line_of(self.sheet, row)
    }

    pub(super) fn place(&self, at: CellRef) -> SheetRange {
        SheetRange::new(&self.sheet.name, at)
    }
}

/// A sheet's comments by their row, so that a row need not look at them all.
pub(in crate::import) fn comments_by_row(sheet: &Sheet) -> HashMap<u32, Vec<&Comment>> {
    let mut rows: HashMap<u32, Vec<&Comment>> = HashMap::new();
    for comment in &sheet.comments {
        rows.entry(comment.at.row).or_default().push(comment);
    }
    rows
}

/// The texts of a row as one line.
pub(in crate::import) fn line_of(sheet: &Sheet, row: &Row<'_>) -> Line {
    let cells: Vec<(Text, SheetRange)> = row
        .filled()
        .filter_map(|cell| Some((line_text(cell)?, SheetRange::new(&sheet.name, row.span(cell.at)))))
        .collect();
    let at: Places = cells.iter().map(|(_, at)| at.clone()).collect();
    match cells.as_slice() {
        [(text, _)] => Line { text: text.clone(), at },
        _ => {
            let texts: Vec<&str> = cells.iter().map(|(text, _)| text.as_str()).collect();
            Line { text: crate::text::owned(texts.join("\n")), at }
        }
    }
}
