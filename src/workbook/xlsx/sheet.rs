//! One pass over a worksheet: cells and everything that stands around them in the same part.
//!
//! Shared strings are left as numbers here, so that this pass and the one over the strings can run side by side;
//! `SheetBuilder::finish` puts them together. What other parts say (comments, shapes, link targets) is `parts`' to read.

use super::plain::{PlainCell, plain_cell};
use super::strings::{RunFonts, decode_escapes, rich_text, text_inside};
use super::validation::{self, RawValidation};
use crate::address::{CellRef, MAX_COLUMNS, MAX_ROWS, Range};
use crate::diagnostic::{Diagnostic, Failure};
use crate::workbook::Value;
use crate::workbook::builder::{Context, Place, SheetBuilder, is_on_sheet};
use crate::workbook::number_format::iso_to_serial;
use crate::workbook::package::xml_failure;
use crate::workbook::parts::RawHyperlink;
use crate::workbook::xml::{Scanner, Tag, Token, XmlError, is_true, unescape_into};

/// A sheet before its shared strings are put in, and what leads from it to other parts.
#[derive(Default)]
pub(super) struct RawSheet {
    pub(super) builder: SheetBuilder,
    pub(super) hyperlinks: Vec<RawHyperlink>,
    pub(super) validations: Vec<RawValidation>,
    /// Relationship id of the drawing.
    pub(super) drawing: Option<String>,
    /// The errors that stand for something richer, each with its number of value metadata.
    pub(super) rich: Vec<(CellRef, u32)>,
}

/// Why a sheet could not be read to its end.
enum Stop {
    Xml(XmlError),
    Limit(Diagnostic),
}

impl From<Diagnostic> for Stop {
    fn from(limit: Diagnostic) -> Self {
        Self::Limit(limit)
    }
}

impl From<XmlError> for Stop {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

pub(super) fn read(part: &str, text: &str, context: &Context<'_>) -> Result<RawSheet, Failure> {
    let mut reader = Reader {
        scanner: Scanner::new(text),
        fonts: RunFonts::new(&context.styles.colors),
        context,
        sheet: RawSheet::default(),
        at: CellRef::new(0, 0),
        resolved: String::new(),
    };
    match reader.run(text) {
        Ok(()) => Ok(reader.sheet),
        Err(Stop::Xml(error)) => Err(xml_failure(part, error)),
        Err(Stop::Limit(diagnostic)) => Err(diagnostic.arg("part", part).into()),
    }
}

struct Reader<'a, 'c> {
    scanner: Scanner<'a>,
    fonts: RunFonts<'a, 'c>,
    context: &'c Context<'c>,
    sheet: RawSheet,
    /// Where a row or cell without an address stands.
    at: CellRef,
    /// The value of the cell being read, where it is not as written.
    resolved: String,
}

impl<'a> Reader<'a, '_> {
    fn run(&mut self, text: &str) -> Result<(), Stop> {
        let mut is_worksheet = false;
        while let Some(tag) = self.scanner.next_tag()? {
            match tag.name {
                "worksheet" => is_worksheet = true,
                "sheetData" if !tag.is_empty => {
                    self.reserve(text);
                    self.sheet_data()?;
                }
                "col" => self.column(&tag),
                "sheetProtection" => {
                    self.sheet.builder.protected = tag.is_true("sheet");
                }
                "mergeCell" => self.merge(&tag)?,
                "hyperlink" => self.hyperlink(&tag),
                "dataValidation" => {
                    let validation = validation::read(&mut self.scanner, &tag)?;
                    self.sheet.validations.extend(validation);
                }
                "drawing" => self.sheet.drawing = tag.get("id").map(|id| id.into_owned()),
                // What is known under these names inside is not what it is outside.
                "conditionalFormatting" | "Fallback" | "customSheetViews" | "sheetViews" => self.scanner.skip(&tag)?,
                _ => {}
            }
        }
        if is_worksheet { Ok(()) } else { Err(XmlError::Truncated.into()) }
    }

    /// Makes room for as many cells as are closed in the part, which costs less than growing.
    fn reserve(&mut self, text: &str) {
        let closed = memchr::memmem::find_iter(text.as_bytes(), b"</c>").count();
        // A cell that holds something takes at least 16 bytes (`<c><v>1</v></c>`).
        self.sheet.builder.reserve(closed.min(text.len() / 16));
    }

    fn sheet_data(&mut self) -> Result<(), Stop> {
        let inside = self.scanner.depth();
        while self.scanner.depth() >= inside {
            while let Some(cell) = plain_cell(self.scanner.rest()) {
                self.scanner.step_over(cell.length);
                self.plain(&cell)?;
            }
            match self.scanner.next()?.ok_or(XmlError::Truncated)? {
                Token::Start(tag) if tag.name == "c" => self.cell(&tag)?,
                Token::Start(tag) if tag.name == "row" => self.row(&tag)?,
                Token::Start(tag) => self.scanner.skip(&tag)?,
                Token::End("row") => self.at = CellRef::new(self.at.row + 1, 0),
                Token::Text(_) | Token::CData(_) | Token::End(_) => {}
            }
        }
        Ok(())
    }

    fn row(&mut self, tag: &Tag<'_>) -> Result<(), Stop> {
        let mut is_hidden = false;
        for (name, value) in tag.attributes() {
            match name {
                "r" => match value.trim().parse::<u32>() {
                    Ok(row @ 1..=MAX_ROWS) => self.at = CellRef::new(row - 1, 0),
                    _ => self.sheet.builder.misplaced(value),
                },
                "hidden" => is_hidden |= is_true(value),
                // A row without height is as good as hidden.
                "ht" => is_hidden |= value.trim().parse() == Ok(0.0),
                _ => {}
            }
        }
        self.sheet.builder.row(self.at.row, is_hidden, self.context)?;
        if tag.is_empty {
            self.at.row += 1;
        }
        Ok(())
    }

    /// Takes a cell as most are written.
    #[inline]
    fn plain(&mut self, cell: &PlainCell<'a>) -> Result<(), Stop> {
        self.at = CellRef::new(cell.at.row, cell.at.column + 1);
        let place = Place { at: cell.at, style: self.context.styles.index(cell.style), is_formula: false };
        if let Some(index) = cell.shared {
            return Ok(self.sheet.builder.shared(place, index, self.context)?);
        }
        Ok(take_value(&mut self.sheet.builder, place, cell.value, "", self.context)?)
    }

    fn cell(&mut self, tag: &Tag<'a>) -> Result<(), Stop> {
        let mut at = self.at;
        let mut style = 0;
        let mut kind = "";
        let mut metadata = None;
        for (name, value) in tag.attributes() {
            match name {
                "r" => match cell_ref(value) {
                    Some(stated) => at = stated,
                    None => self.sheet.builder.misplaced(value),
                },
                "s" => style = value.trim().parse().unwrap_or(0),
                "t" => kind = value,
                "vm" => metadata = value.trim().parse().ok(),
                _ => {}
            }
        }
        self.at.column = at.column + 1;
        if tag.is_empty {
            return Ok(());
        }
        if !is_on_sheet(at) {
            self.sheet.builder.misplaced(at.to_string());
            return Ok(self.scanner.skip(tag)?);
        }
        if kind == "e" {
            self.sheet.rich.extend(metadata.map(|number| (at, number)));
        }
        let style = self.context.styles.index(style);
        self.cell_content(Place { at, style, is_formula: false }, kind)
    }

    fn cell_content(&mut self, mut place: Place, kind: &str) -> Result<(), Stop> {
        let mut runs = Vec::new();
        let mut content = None;
        let (mut has_value, mut is_inline) = (false, false);
        let inside = self.scanner.depth();
        while self.scanner.depth() >= inside {
            match self.scanner.next()?.ok_or(XmlError::Truncated)? {
                Token::Start(tag) => match tag.name {
                    "v" if !tag.is_empty => {
                        has_value = true;
                        content = self.value()?;
                    }
                    "f" => {
                        place.is_formula = true;
                        self.scanner.skip(&tag)?;
                    }
                    "is" if kind == "inlineStr" || !has_value => {
                        is_inline = true;
                        let arena = &mut self.sheet.builder.arena;
                        runs = rich_text(&mut self.scanner, &tag, &mut self.fonts, arena)?;
                    }
                    _ => self.scanner.skip(&tag)?,
                },
                Token::Text(_) | Token::CData(_) | Token::End(_) => {}
            }
        }
        let builder = &mut self.sheet.builder;
        if is_inline {
            builder.own(place, Value::Text, runs, self.context)?;
        } else if has_value {
            take_value(builder, place, content.unwrap_or(&self.resolved), kind, self.context)?;
        } else {
            let value = if place.is_formula && kind != "str" { Value::Uncalculated } else { Value::Text };
            builder.own(place, value, Vec::new(), self.context)?;
        }
        Ok(())
    }

    /// The content of a `<v>`: the text as written where that will do, else it is resolved into `resolved`.
    #[inline]
    fn value(&mut self) -> Result<Option<&'a str>, XmlError> {
        let inside = self.scanner.depth();
        self.resolved.clear();
        if let Some(Token::Text(raw)) = self.scanner.next()? {
            let is_plain = memchr::memchr2(b'&', b'\r', raw.as_bytes()).is_none();
            match self.scanner.next()? {
                Some(Token::End(_)) if is_plain => return Ok(Some(raw)),
                Some(Token::CData(more)) => {
                    unescape_into(raw, &mut self.resolved);
                    self.resolved.push_str(more);
                }
                _ => unescape_into(raw, &mut self.resolved),
            }
        } else if self.scanner.depth() >= inside {
            return Err(XmlError::Truncated);
        }
        if self.scanner.depth() >= inside {
            text_inside(&mut self.scanner, &mut self.resolved)?;
        }
        Ok(None)
    }

    fn column(&mut self, tag: &Tag<'_>) {
        let is_hidden = tag.is_true("hidden") || tag.number::<f64>("width") == Some(0.0);
        if let (true, Some(first @ 1..=MAX_COLUMNS), Some(last)) = (is_hidden, tag.number("min"), tag.number("max")) {
            self.sheet.builder.hidden_columns.push((first - 1, u32::clamp(last, first, MAX_COLUMNS) - 1));
        }
    }

    fn merge(&mut self, tag: &Tag<'_>) -> Result<(), Stop> {
        let stated = tag.get("ref").unwrap_or_default();
        match stated.parse::<Range>() {
            Ok(range) => self.sheet.builder.merge(range, self.context)?,
            Err(_) => self.sheet.builder.misplaced(stated),
        }
        Ok(())
    }

    fn hyperlink(&mut self, tag: &Tag<'_>) {
        let Some(range) = tag.get("ref").and_then(|range| range.parse().ok()) else { return };
        let own = |name| tag.get(name).map(|value| value.into_owned());
        self.sheet.hyperlinks.push(RawHyperlink { range, id: own("id"), location: own("location") });
    }
}

/// Reads `B12` within a sheet's limits.
#[inline]
fn cell_ref(text: &str) -> Option<CellRef> {
    let mut column = 0u32;
    let mut row = 0u32;
    let mut bytes = text.bytes().peekable();
    while let Some(letter) = bytes.next_if(u8::is_ascii_alphabetic) {
        column = column.checked_mul(26)? + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    }
    for digit in bytes {
        if !digit.is_ascii_digit() {
            return text.trim().parse().ok();
        }
        row = row.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
    }
    let is_inside = (1..=MAX_COLUMNS).contains(&column) && (1..=MAX_ROWS).contains(&row);
    is_inside.then(|| CellRef::new(row - 1, column - 1))
}

/// Takes the content of a `<v>` by the cell's type (18.18.11, ST_CellType).
fn take_value(
    builder: &mut SheetBuilder,
    place: Place,
    raw: &str,
    kind: &str,
    context: &Context<'_>,
) -> Result<(), Diagnostic> {
    match kind {
        "s" => match raw.trim().parse() {
            Ok(index) => builder.shared(place, index, context),
            Err(_) => builder.shared(place, u32::MAX, context),
        },
        "b" => builder.bool(place, is_true(raw), context),
        "e" => {
            builder.arena.push_str(raw);
            builder.own(place, Value::Error, Vec::new(), context)
        }
        "d" => match iso_to_serial(raw, context.date_1904) {
            Some(serial) => builder.date(place, serial, context),
            None => take_text(builder, place, raw, context),
        },
        "str" | "inlineStr" => take_text(builder, place, raw, context),
        _ if place.is_formula && raw.trim().is_empty() => builder.own(place, Value::Uncalculated, Vec::new(), context),
        _ => match raw.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => builder.number(place, number, raw.trim(), context),
            _ => take_text(builder, place, raw, context),
        },
    }
}

fn take_text(builder: &mut SheetBuilder, place: Place, raw: &str, context: &Context<'_>) -> Result<(), Diagnostic> {
    let start = builder.arena.len();
    builder.arena.push_str(raw);
    decode_escapes(&mut builder.arena, start);
    builder.own(place, Value::Text, Vec::new(), context)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cell_addresses_are_read_within_the_sheet() {
        for (text, at) in [
            ("A1", Some(CellRef::new(0, 0))),
            ("XFD1048576", Some(CellRef::new(MAX_ROWS - 1, MAX_COLUMNS - 1))),
            ("$B$12", Some(CellRef::new(11, 1))),
            ("b2", Some(CellRef::new(1, 1))),
            ("XFE1", None),
            ("A0", None),
            ("A", None),
            ("1", None),
            ("AAAAAAAAAAAAAA1", None),
            ("A99999999999", None),
        ] {
            assert_eq!(cell_ref(text), at, "{text}");
        }
    }
}
