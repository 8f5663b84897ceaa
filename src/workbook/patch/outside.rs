//! What a sheet frames and does not take added columns in: its print area, its filter, its tables.
//!
//! They are left as they are, for they are the vendor's; whoever hands the file in should know.

use super::book::{Names, Table};
use super::layout::Layout;
use crate::address::{Range, SheetRange};
use crate::workbook::Sheet;

/// What frames a part of a sheet.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// What is printed.
    PrintArea,
    /// The filter's columns.
    Filter,
    /// A table.
    Table,
}

impl Frame {
    /// The word a message knows it by.
    pub fn key(self) -> &'static str {
        match self {
            Self::PrintArea => "print-area",
            Self::Filter => "filter",
            Self::Table => "table",
        }
    }
}

/// A frame that ends left of an added column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// What it is.
    pub frame: Frame,
    /// Where it is.
    pub at: SheetRange,
}

/// The frames of a sheet that do not reach as far as its added columns.
pub(super) fn outside(
    sheet: &Sheet,
    index: usize,
    layout: &Layout<'_>,
    names: &Names,
    columns: &[u32],
) -> Vec<Outside> {
    let Some(&last) = columns.iter().max() else { return Vec::new() };
    let is_short = |range: &Range| range.last.column < last;
    let printed = names.defined("_xlnm.Print_Area", names.tab_of(index)).map(areas).unwrap_or_default();
    // An area that takes the added columns in makes up for others that do not.
    let printed = if printed.iter().all(is_short) { printed } else { Vec::new() };
    let filter = layout.child("autoFilter").and_then(|filter| filter.open.text_attribute(b"ref")?.parse().ok());
    let tables = names.tables_on(index).map(|table: &Table| table.range);
    let framed = printed.into_iter().map(|range| (Frame::PrintArea, range));
    let framed = framed.chain(filter.map(|range| (Frame::Filter, range)));
    let framed = framed.chain(tables.map(|range| (Frame::Table, range)));
    let short = framed.filter(|(_, range)| is_short(range));
    let mut short: Vec<Outside> =
        short.map(|(frame, range)| Outside { frame, at: SheetRange::new(&sheet.name, range) }).collect();
    short.sort_by_key(|outside| (outside.frame.key(), outside.at.range.first));
    short
}

/// The areas a print area lists: `'Sheet 1'!$A$1:$D$9,'Sheet 1'!$F$1:$G$9`.
fn areas(formula: &str) -> Vec<Range> {
    let places = formula.split(',').filter_map(|place| place.rsplit('!').next());
    places.filter_map(|place| place.trim().replace('$', "").parse().ok()).collect()
}
