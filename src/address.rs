//! Where a fact stands: cells, ranges, and ranges on a named sheet, written as Excel writes them.
//!
//! Leaves to others what stands there. Rows and columns are zero-based numbers; a text like `B12` counts from one.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Excel's limits of a sheet: 1,048,576 rows by 16,384 columns (ECMA-376 leaves them to the application).
pub const MAX_ROWS: u32 = 1_048_576;
/// See [`MAX_ROWS`].
pub const MAX_COLUMNS: u32 = 16_384;

/// One cell of a sheet, shown as `B12`.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellRef {
    /// Zero-based row.
    pub row: u32,
    /// Zero-based column.
    pub column: u32,
}

impl CellRef {
    /// Makes a cell reference of a zero-based row and column.
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }
}

/// Reads a column's letters: `A` is 0; `None` for anything else, and beyond Excel's last column, `XFD`.
pub fn column_of_letters(text: &str) -> Option<u32> {
    format!("{text}1").parse::<CellRef>().ok().map(|at| at.column).filter(|&column| column_letters(column) == text)
}

/// Writes a zero-based column as letters: 0 is `A`, 26 is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(b'A' + digit as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|&letter| letter as char).collect()
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every fact of a large catalog is written with its cell, so this allocates nothing.
        if self.column < 26 {
            f.write_char(char::from(b'A' + self.column as u8))?;
        } else {
            f.write_str(&column_letters(self.column))?;
        }
        (u64::from(self.row) + 1).fmt(f)
    }
}

/// A text that is no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a cell reference like `B12` or `Sheet!B12:B14`")]
pub struct AddressError {
    /// The text as it was given.
    pub text: String,
}

fn address_error(text: &str) -> AddressError {
    AddressError { text: text.to_owned() }
}

impl FromStr for CellRef {
    type Err = AddressError;

    /// Reads `B12` or `$B$12`, within Excel's limits.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let plain = text.replace('$', "");
        let letters = plain.len() - plain.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        let (column_text, row_text) = plain.split_at(letters);
        if !(1..=3).contains(&letters) || row_text.is_empty() || !row_text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(address_error(text));
        }
        let column =
            column_text.bytes().fold(0u32, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
        let row: u32 = row_text.parse().map_err(|_| address_error(text))?;
        if row == 0 || row > MAX_ROWS || column > MAX_COLUMNS {
            return Err(address_error(text));
        }
        Ok(Self::new(row - 1, column - 1))
    }
}

/// A rectangle of cells, both corners included, shown as `B12:D14` or, for one cell, `B12`.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Range {
    /// The upper left cell.
    pub first: CellRef,
    /// The lower right cell, never above or left of `first`.
    pub last: CellRef,
}

impl Range {
    /// Makes the smallest range that holds both cells.
    pub fn new(a: CellRef, b: CellRef) -> Self {
        Self {
            first: CellRef::new(a.row.min(b.row), a.column.min(b.column)),
            last: CellRef::new(a.row.max(b.row), a.column.max(b.column)),
        }
    }

    /// Says whether the cell lies in the range.
    pub fn contains(&self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }

    /// Says whether the two ranges share a cell.
    pub fn intersects(&self, other: &Range) -> bool {
        self.first.row <= other.last.row
            && other.first.row <= self.last.row
            && self.first.column <= other.last.column
            && other.first.column <= self.last.column
    }

    /// Says whether the range is one cell.
    pub fn is_cell(&self) -> bool {
        self.first == self.last
    }
}

impl From<CellRef> for Range {
    fn from(cell: CellRef) -> Self {
        Self { first: cell, last: cell }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        if !self.is_cell() {
            f.write_char(':')?;
            self.last.fmt(f)?;
        }
        Ok(())
    }
}

impl FromStr for Range {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        match text.split_once(':') {
            Some((first, last)) => Ok(Self::new(first.parse()?, last.parse()?)),
            None => Ok(Self::from(text.parse::<CellRef>()?)),
        }
    }
}

/// A range on a sheet, shown as `Sheet!B12:B14`, the sheet quoted as Excel does.
///
/// A delimited text has one sheet without a name; its ranges are shown bare, as `B12`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SheetRange {
    /// The sheet's name; empty for a delimited text.
    pub sheet: Arc<str>,
    /// The cells.
    pub range: Range,
}

impl SheetRange {
    /// Makes the range of a cell or of a rectangle on a sheet.
    pub fn new(sheet: &Arc<str>, range: impl Into<Range>) -> Self {
        Self { sheet: Arc::clone(sheet), range: range.into() }
    }

    /// Whether two ranges of one sheet have a row in common.
    pub(crate) fn shares_row(&self, other: &Self) -> bool {
        let (a, b) = (&self.range, &other.range);
        self.sheet == other.sheet && a.first.row <= b.last.row && b.first.row <= a.last.row
    }
}

/// Quotes a sheet name where Excel would: anything but letters, digits, `_` and `.`, or a name like a reference.
pub fn quote_sheet(name: &str) -> Cow<'_, str> {
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
        && !name.starts_with(|c: char| c.is_numeric() || c == '.')
        && !looks_like_reference(name);
    if plain { Cow::Borrowed(name) } else { Cow::Owned(format!("'{}'", name.replace('\'', "''"))) }
}

fn looks_like_reference(name: &str) -> bool {
    // `XFD1048576` is the longest. Every fact of a catalog is written with its sheet, so most names are told at once.
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let could_be = (1..=3).contains(&letters) && name.len() <= 10 && name.len() > letters;
    could_be && name.parse::<CellRef>().is_ok()
}

impl fmt::Display for SheetRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.sheet.is_empty() {
            return self.range.fmt(f);
        }
        f.write_str(&quote_sheet(&self.sheet))?;
        f.write_char('!')?;
        self.range.fmt(f)
    }
}

impl FromStr for SheetRange {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        let Some((sheet, range)) = text.rsplit_once('!') else {
            return Ok(Self { sheet: Arc::from(""), range: text.parse()? });
        };
        let name = match sheet.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
            Some(inner) => inner.replace("''", "'"),
            None => sheet.to_owned(),
        };
        Ok(Self { sheet: name.into(), range: range.parse()? })
    }
}

impl Serialize for SheetRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // In one piece: a serialiser looks at every piece for what it has to escape.
        serializer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for SheetRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_as_excel_writes_them() {
        for (sheet, shown) in [
            ("Sheet1", "Sheet1!B12"),
            ("統制基準", "統制基準!B12"),
            ("Security Q", "'Security Q'!B12"),
            ("Q1 '24", "'Q1 ''24'!B12"),
            ("1.統制", "'1.統制'!B12"),
            ("A1", "'A1'!B12"),
            ("", "B12"),
        ] {
            let place = SheetRange::new(&Arc::from(sheet), CellRef::new(11, 1));
            assert_eq!(place.to_string(), shown);
            assert_eq!(shown.parse::<SheetRange>().unwrap(), place);
        }
    }

    #[test]
    fn columns_count_like_excel() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_letters(column), letters);
            assert_eq!(format!("{letters}1").parse::<CellRef>().unwrap().column, column);
        }
        // Columns no sheet has are shown all the same, where a file names them.
        assert_eq!(column_letters(u32::MAX), "MWLQKWV");
        assert!("XFE1".parse::<CellRef>().is_err());
        assert!("A1048577".parse::<CellRef>().is_err());
        assert!("A0".parse::<CellRef>().is_err());
    }
}
