//! What a file says, in SpreadsheetML terms: sheets, cells, runs, merged cells, validations, comments.
//!
//! Knows nothing of items, templates or answers. [`read()`] takes the bytes of any format to a [`Workbook`];
//! `patch` changes cells in an xlsx and nothing else. Every text is as the file has it: phonetic runs left out,
//! `_xHHHH_` decoded, nothing else normalised.

mod binary;
mod builder;
mod carried;
mod compound;
mod decrypt;
pub mod delimited;
mod limits;
mod lists;
mod number_format;
mod ods;
pub mod package;
mod parts;
pub mod patch;
pub(crate) mod ranges;
mod read;
mod record;
mod sniff;
mod strings;
mod styles;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use std::sync::Arc;

use crate::address::{CellRef, Range, SheetRange};
use crate::diagnostic::Diagnostic;
use crate::text::Text;

pub use carried::{Carried, CarriedKind, carried_along, runs};
pub use limits::Limits;
pub use read::{ReadOptions, read};
pub use sniff::sniff;

/// The formats a workbook is read from, told by their bytes and never by the name alone.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// SpreadsheetML in a zip, transitional or strict, without macros.
    Xlsx,
    /// The same with macros.
    Xlsm,
    /// The binary form of it.
    Xlsb,
    /// BIFF5 or BIFF8 in a compound file.
    Xls,
    /// OpenDocument.
    Ods,
    /// Comma-separated text (or any other separator that is no tab).
    Csv,
    /// Tab-separated text.
    Tsv,
}

/// A colour without alpha.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Says whether a reader would call it red: `FF0000`, `C00000` and their neighbours, not orange, pink or brown.
    pub fn is_red(self) -> bool {
        let Rgb(red, green, blue) = self;
        red >= 0xA0 && green <= 0x40 && blue <= 0x40
    }
}

/// How characters are drawn, as far as it can mark a change.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Font {
    /// The colour, theme and index resolved, tint applied; `None` for automatic.
    pub color: Option<Rgb>,
    /// Bold.
    pub bold: bool,
    /// Any underline.
    pub underline: bool,
    /// Single or double strike-through.
    pub strike: bool,
}

/// A stretch of a cell's text with a font of its own.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// First character, in Unicode scalar values of the cell's text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// The run's font; what the run does not say is taken from the cell's style.
    pub font: Font,
}

/// A cell's look, as far as it matters here. Index 0 is the default style.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CellStyle {
    /// The font of all text without a run of its own.
    pub font: Font,
    /// The fill's foreground, if there is a fill.
    pub fill: Option<Rgb>,
    /// The number format's code, `General` when empty.
    pub number_format: Arc<str>,
    /// Whether the number format shows a date, a time or both.
    pub is_date: bool,
    /// Whether the cell is unlocked on a protected sheet.
    pub unlocked: bool,
}

/// What kind of value stands in a cell, beside the text that is shown for it.
#[derive(Copy, Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text,
    /// A number that is no date.
    Number(f64),
    /// A date or time: days since the workbook's epoch, as stored.
    Date(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error such as `#N/A`.
    Error,
    /// What a formula gives that was never calculated: the file has no value for it.
    Uncalculated,
}

/// A cell that holds something.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Where it stands.
    pub at: CellRef,
    /// What Excel shows: the text, or the number or date in its format (ISO where the format is unknown).
    pub text: Text,
    /// The kind of value.
    pub value: Value,
    /// Index into [`Workbook::styles`].
    pub style: u32,
    /// Whether the value is a formula's cached result.
    pub is_formula: bool,
}

/// Whether a sheet's tab is shown.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Shown.
    #[default]
    Visible,
    /// Hidden; Excel offers to show it.
    Hidden,
    /// Hidden from Excel's menu as well.
    VeryHidden,
}

/// A link over a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Hyperlink {
    /// The cells that link.
    pub range: Range,
    /// The target: a URL, or a place in the workbook after `#`.
    pub target: String,
}

/// A note or threaded comment.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// The cell it hangs on.
    pub at: CellRef,
    /// Who wrote it, if the file says.
    pub author: String,
    /// What it says, phonetic runs left out.
    pub text: String,
}

/// The text of a text box or shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The cells under the anchor.
    pub range: Range,
    /// Its text, paragraphs joined by LF.
    pub text: String,
}

/// What a data validation allows.
#[derive(Clone, Debug, PartialEq)]
pub enum Allowed {
    /// One of these words (a list written out, or read from the cells it names).
    List(Vec<String>),
    /// One of the words of cells that could not be resolved: the formula as written.
    UnresolvedList(String),
    /// A date or time between bounds.
    Date(Bounds),
    /// A whole number between bounds.
    Whole(Bounds),
    /// A number between bounds.
    Decimal(Bounds),
    /// A text whose length lies between bounds.
    TextLength(Bounds),
    /// A formula decides.
    Custom(String),
}

/// The bounds of a data validation, its formulas as written: numbers mostly, references and functions at times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// How a value must stand to them.
    pub operator: Operator,
    /// The first bound, or the only one.
    pub first: String,
    /// The second, for the operators that take two.
    pub second: String,
}

/// How a value must stand to the bounds of a validation (ECMA-376 part 1, §18.18.20).
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the standard's")]
pub enum Operator {
    #[default]
    Between,
    NotBetween,
    Equal,
    NotEqual,
    LessThan,
    LessThanOrEqual,
    GreaterThan,
    GreaterThanOrEqual,
}

impl Operator {
    /// The operator of a name in the file; the default where it is left out.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "notBetween" => Self::NotBetween,
            "equal" => Self::Equal,
            "notEqual" => Self::NotEqual,
            "lessThan" => Self::LessThan,
            "lessThanOrEqual" => Self::LessThanOrEqual,
            "greaterThan" => Self::GreaterThan,
            "greaterThanOrEqual" => Self::GreaterThanOrEqual,
            _ => Self::Between,
        }
    }
}

/// A data validation, standard or x14.
#[derive(Clone, Debug, PartialEq)]
pub struct Validation {
    /// The cells it guards.
    pub ranges: Vec<Range>,
    /// What it allows.
    pub allowed: Allowed,
    /// Whether an empty cell is fine.
    pub allow_blank: bool,
    /// Whether Excel stops the user (or only warns).
    pub stops: bool,
}

/// A sheet. Cells are in row order, then column order, and none stands twice: [`Sheet::new`] sees to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The name on the tab; empty for a delimited text.
    pub name: Arc<str>,
    /// Whether the tab is shown.
    pub visibility: Visibility,
    /// Name of the part in the package, such as `xl/worksheets/sheet1.xml`; empty where the format has none.
    pub part: String,
    cells: Vec<Cell>,
    row_starts: Vec<(u32, u32)>,
    /// Font runs of the cells that have any, in cell order.
    pub runs: Vec<(CellRef, Vec<Run>)>,
    /// Merged cells.
    pub merges: Vec<Range>,
    /// Hidden rows, zero-based, first and last.
    pub hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, zero-based, first and last.
    pub hidden_columns: Vec<(u32, u32)>,
    /// Links.
    pub hyperlinks: Vec<Hyperlink>,
    /// Notes and threaded comments.
    pub comments: Vec<Comment>,
    /// Texts of text boxes and shapes.
    pub shapes: Vec<Shape>,
    /// The cells under each picture (xlsx, xlsm, xlsb).
    pub pictures: Vec<Range>,
    /// Data validations.
    pub validations: Vec<Validation>,
    /// Whether the sheet is protected.
    pub protected: bool,
}

impl Sheet {
    /// Makes a sheet of its cells, sorting them if they are not in order. Of two cells at one place the later wins.
    pub fn new(name: impl Into<Arc<str>>, mut cells: Vec<Cell>) -> Self {
        if !cells.is_sorted_by(|a, b| a.at < b.at) {
            cells.reverse();
            cells.sort_by_key(|cell| cell.at);
            cells.dedup_by_key(|cell| cell.at);
        }
        let mut row_starts: Vec<(u32, u32)> = Vec::new();
        for (index, cell) in cells.iter().enumerate() {
            if row_starts.last().is_none_or(|&(row, _)| row != cell.at.row) {
                row_starts.push((cell.at.row, u32::try_from(index).expect("a sheet has fewer than 2^32 cells")));
            }
        }
        Self { name: name.into(), cells, row_starts, ..Self::default() }
    }

    /// Forgets what stands in the cells and keeps all that is around them: what a [`patch()`](patch::patch()) needs.
    pub fn forget_cells(&mut self) {
        self.cells = Vec::new();
        self.row_starts = Vec::new();
    }

    /// All cells that hold something, in row order.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The rows that hold something, each with its number and cells, top down.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = (u32, &[Cell])> + ExactSizeIterator {
        (0..self.row_starts.len()).map(|index| self.row_at(index))
    }

    /// The rows from a number on that hold something, top down.
    pub fn rows_from(&self, first: u32) -> impl Iterator<Item = (u32, &[Cell])> {
        let start = self.row_starts.partition_point(|&(row, _)| row < first);
        (start..self.row_starts.len()).map(|index| self.row_at(index))
    }

    /// The rows from one number to another, both included, that hold something, top down.
    pub fn rows_between(&self, first: u32, last: u32) -> impl Iterator<Item = (u32, &[Cell])> {
        self.rows_from(first).take_while(move |&(row, _)| row <= last)
    }

    /// The cells of one row, empty if it holds nothing.
    pub fn row(&self, row: u32) -> &[Cell] {
        match self.row_starts.binary_search_by_key(&row, |&(number, _)| number) {
            Ok(index) => self.row_at(index).1,
            Err(_) => &[],
        }
    }

    fn row_at(&self, index: usize) -> (u32, &[Cell]) {
        let (row, start) = self.row_starts[index];
        let end = self.row_starts.get(index + 1).map_or(self.cells.len(), |&(_, next)| next as usize);
        (row, &self.cells[start as usize..end])
    }

    /// The cell at a place, if it holds something.
    pub fn cell(&self, at: CellRef) -> Option<&Cell> {
        cell_in(self.row(at.row), at.column)
    }

    /// The text shown at a place, empty if the cell holds nothing.
    pub fn text(&self, at: CellRef) -> &str {
        self.cell(at).map_or("", |cell| cell.text.as_str())
    }

    /// The runs of a cell; empty where its text is of one font.
    pub fn runs_at(&self, at: CellRef) -> &[Run] {
        match self.runs.binary_search_by_key(&at, |(cell, _)| *cell) {
            Ok(index) => &self.runs[index].1,
            Err(_) => &[],
        }
    }

    /// The smallest range that holds every cell that holds something.
    pub fn extent(&self) -> Option<Range> {
        let first_row = self.cells.first()?.at.row;
        let last_row = self.cells.last()?.at.row;
        let columns = self.cells.iter().map(|cell| cell.at.column);
        let (left, right) = columns.fold((u32::MAX, 0), |(left, right), c| (left.min(c), right.max(c)));
        Some(Range::new(CellRef::new(first_row, left), CellRef::new(last_row, right)))
    }
}

/// The cell of a row in a column, if it holds something; `row` is one of [`Sheet::rows`], its cells left to right.
pub(crate) fn cell_in(row: &[Cell], column: u32) -> Option<&Cell> {
    row.binary_search_by_key(&column, |cell| cell.at.column).ok().map(|index| &row[index])
}

/// A workbook as read.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    /// The format told from the bytes.
    pub format: Format,
    /// All worksheets, in tab order, hidden ones included.
    pub sheets: Vec<Sheet>,
    /// Cell styles; index 0 is always there.
    pub styles: Vec<CellStyle>,
    /// Whether dates count from 1904.
    pub date_1904: bool,
    /// When the file says it was last changed (`dcterms:modified`), as written.
    pub modified: Option<String>,
    /// What the reader could not take or chose by itself.
    pub diagnostics: Vec<Diagnostic>,
}

impl Workbook {
    /// Finds a sheet by its exact name.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| &*sheet.name == name)
    }
}

/// The cells that hold U+FFFD, where a writer or a wrong encoding lost a character: one warning for all of them.
fn lost_characters(sheet: &Sheet) -> Option<Diagnostic> {
    const LISTED: usize = 50;
    let lost = sheet.cells().iter().filter(|cell| cell.text.contains('\u{FFFD}'));
    let places: Vec<SheetRange> = lost.map(|cell| SheetRange::new(&sheet.name, cell.at)).collect();
    let listed = places.iter().take(LISTED);
    (!places.is_empty()).then(|| Diagnostic::warning("text-lost").at_all(listed).arg("count", places.len()))
}
