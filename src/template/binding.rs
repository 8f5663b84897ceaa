//! A template found in a workbook: this sheet, this header, this column for this field.

use std::sync::Arc;

use super::layout::{ItemFact, TableLayout, Template, Tick};
use crate::address::{Range, SheetRange};
use crate::answers::AnswerField;
use crate::diagnostic::Diagnostic;
use crate::workbook::Workbook;

/// What a bound column is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// Holds the id, or the part of the id with this number (from 0) where it stands in several columns.
    Id(usize),
    /// A field of the catalog.
    Field,
    /// An answer of the user.
    Answer {
        /// The field of ours.
        field: AnswerField,
        /// Our word = the workbook's word, for drop-downs with words of their own.
        values: Vec<(String, String)>,
    },
    /// A field of the catalog that is also answered in: by a tick.
    Tick(Tick),
    /// Says how the item was revised (改訂区分).
    Revision,
    /// Tells of the item itself.
    Item(ItemFact),
}

impl Role {
    /// Whether the user answers in the column and nothing else stands there.
    pub(crate) fn is_answer(&self) -> bool {
        matches!(self, Self::Answer { .. } | Self::Tick(_))
    }
}

/// A column of a bound table.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundColumn {
    /// Zero-based column; where the heading is merged over several, the first.
    pub column: u32,
    /// Zero-based last column of the heading; equal to `column` for a heading of one column.
    pub last_column: u32,
    /// Key of the field; a standard key or the heading's own text.
    pub key: Arc<str>,
    /// The heading as shown, levels joined by ` > `.
    pub label: String,
    /// What it is for.
    pub role: Role,
}

/// A table found on a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundTable {
    /// Index into the workbook's sheets.
    pub sheet: usize,
    /// Index of the template's table it follows. The generic reading's template has tables of its own.
    pub layout: usize,
    /// The header cells.
    pub header: Range,
    /// First and last row below the header that belong to the table, zero-based.
    pub rows: (u32, u32),
    /// The columns, left to right.
    pub columns: Vec<BoundColumn>,
}

impl BoundTable {
    /// The header with its sheet, where a diagnostic points.
    pub(crate) fn header_in(&self, workbook: &Workbook) -> SheetRange {
        SheetRange::new(&workbook.sheets[self.sheet].name, self.header)
    }

    /// The zero-based last column of the table.
    pub(crate) fn last_column(&self) -> u32 {
        self.columns.iter().map(|column| column.last_column).max().unwrap_or(0)
    }
}

/// A numbered list of cited documents found on a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundList {
    /// Which list.
    pub list: crate::catalog::List,
    /// Index into the workbook's sheets.
    pub sheet: usize,
    /// The header cells.
    pub header: Range,
    /// First and last row below the header, zero-based.
    pub rows: (u32, u32),
    /// Zero-based column of the number.
    pub number: u32,
    /// Zero-based column of the title, which may hold the URL as well.
    pub title: u32,
    /// Zero-based column of the URL, where it has one of its own.
    pub url: Option<u32>,
}

/// A template found in a workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Binding {
    /// The template; the generic reading makes one of its own, without a name.
    pub template: Arc<Template>,
    /// The tables, in tab order and top down.
    pub tables: Vec<BoundTable>,
    /// The lists of cited documents.
    pub lists: Vec<BoundList>,
    /// How the binding was chosen and where the workbook differs from the template.
    pub diagnostics: Vec<Diagnostic>,
}

impl Binding {
    /// The layout a table of this binding follows.
    pub fn layout(&self, table: &BoundTable) -> &TableLayout {
        &self.template.tables[table.layout]
    }

    /// The headers of all tables, with their sheets.
    pub(crate) fn headers_in(&self, workbook: &Workbook) -> Vec<SheetRange> {
        self.tables.iter().map(|table| table.header_in(workbook)).collect()
    }
}
