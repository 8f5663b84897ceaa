//! The flat form as CSV: one item a row, readable by `secref` itself and by Excel.

use crate::catalog::Catalog;
use crate::render::words::Words;
use crate::workbook::delimited::write::{Encoding, Rows, encode};

use super::{Written, flat};

/// How to write a CSV. By default commas, UTF-8 with a byte order mark, lines ending on CR LF, formulas guarded.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct CsvOptions {
    /// The separator: `,` or a tab.
    pub separator: char,
    /// The encoding; what CP932 lacks is reported with its cells.
    pub encoding: Encoding,
    /// Whether texts that a spreadsheet would take for a formula get a `'` before them; machines may want them bare.
    pub guard: bool,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self { separator: ',', encoding: Encoding::Utf8Bom, guard: true }
    }
}

/// Writes a catalog as CSV, one item a row, retired items among them.
pub fn csv(catalog: &Catalog, words: &Words, options: &CsvOptions) -> Written {
    let columns = flat::columns(catalog);
    let headings = flat::Headings::new(catalog, words);
    let mut rows = Rows::new(options.separator, options.guard);
    for &column in &columns {
        rows.field(headings.of(column));
    }
    rows.end_row();
    for item in &catalog.items {
        for &column in &columns {
            rows.field(&headings.cell(item, column));
        }
        rows.end_row();
    }
    let encoded = encode(&rows.into_text(), options.separator, options.encoding);
    Written { diagnostics: encoded.diagnostics(), bytes: encoded.bytes }
}
