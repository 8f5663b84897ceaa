//! Changes cells of an xlsx or xlsm and nothing else: sheet parts by cutting cells in, the zip by copying every other
//! entry as it is.
//!
//! Keeps what is right beside the cells themselves: values that formulas had worked out from a changed cell are taken
//! out, and the workbook is told to calculate them on load. Which answers go where, and whether a cell's value may be
//! replaced, is decided by `fill`.

mod cells;
mod layout;
pub(crate) mod markup;
mod splice;
mod xstring;

pub use cells::serial;
pub use xstring::{MAX_UNITS, utf16_units};

use jiff::civil::Date;

use crate::address::CellRef;

/// What is written into a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A text, which stays one whatever it begins with.
    Text(String),
    /// A number.
    Number(f64),
    /// A date: stored as one where the cell's style shows dates or `as_date` asks for it, else as ISO text.
    Date {
        /// The date.
        date: Date,
        /// Whether to store a date whatever the style, because the cell's validation wants one.
        as_date: bool,
    },
    /// Nothing; the cell keeps its style.
    Empty,
}

/// One cell to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct CellEdit {
    /// The cell; of merged cells any one.
    pub at: CellRef,
    /// What goes in.
    pub content: Content,
    /// The column of the same row whose style the cell takes; `None` keeps its own.
    pub style_of: Option<u32>,
}
