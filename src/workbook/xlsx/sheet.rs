//! One pass over a worksheet: cells and everything that stands around them in the same part.
//!
//! Shared strings are left as numbers here, so that this pass and the one over the strings can run side by side;
//! [`RawSheet::finish`] puts them together. What other parts say (comments, shapes, link targets) is `around`'s.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arcstr::ArcStr;

use super::strings::{RawRun, Strings, decode_escapes, offset, rich_text, text_inside};
use super::styles::Styles;
use super::validation::{self, RawValidation};
use crate::address::{CellRef, MAX_COLUMNS, MAX_ROWS, Range, SheetRange};
use crate::diagnostic::{Diagnostic, Failure};
use crate::text::Text;
use crate::workbook::limits::Limits;
use crate::workbook::number_format::{iso_to_serial, write_general};
use crate::workbook::package::xml_failure;
use crate::workbook::xml::{Scanner, Tag, Token, XmlError, is_true};
use crate::workbook::{Cell, Run, Sheet, Value};

/// What all sheets of a workbook share while they are read.
pub(super) struct Context<'a> {
    pub(super) styles: &'a Styles,
    pub(super) date_1904: bool,
    pub(super) limits: &'a Limits,
    /// Cells of all sheets so far.
    pub(super) cells: AtomicU64,
    /// Merges of all sheets so far.
    pub(super) merges: AtomicU64,
}

/// Where a cell's text is.
#[derive(Copy, Clone)]
enum Source {
    Shared(u32),
    Own(u32, u32),
}

/// A link before its target is looked up.
pub(super) struct RawHyperlink {
    pub(super) range: Range,
    pub(super) id: Option<String>,
    pub(super) location: Option<String>,
}

/// A sheet before its shared strings are put in.
#[derive(Default)]
pub(super) struct RawSheet {
    cells: Vec<Cell>,
    sources: Vec<Source>,
    arena: String,
    /// Runs of inline strings, by the number of the cell.
    runs: Vec<(u32, Vec<RawRun>)>,
    merges: Vec<Range>,
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    protected: bool,
    pub(super) hyperlinks: Vec<RawHyperlink>,
    pub(super) validations: Vec<RawValidation>,
    /// Relationship id of the drawing.
    pub(super) drawing: Option<String>,
    /// Addresses that are none, or lie outside a sheet.
    misplaced: Vec<String>,
}

/// Why a sheet could not be read to its end.
enum Stop {
    Xml(XmlError),
    Limit(Diagnostic),
}

impl From<XmlError> for Stop {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

pub(super) fn read(part: &str, text: &str, context: &Context<'_>) -> Result<RawSheet, Failure> {
    let mut reader = Reader {
        scanner: Scanner::new(text),
        context,
        sheet: RawSheet::default(),
        at: CellRef::new(0, 0),
        number: String::new(),
    };
    match reader.run(text) {
        Ok(()) => Ok(reader.sheet),
        Err(Stop::Xml(error)) => Err(xml_failure(part, error)),
        Err(Stop::Limit(diagnostic)) => Err(diagnostic.arg("part", part).into()),
    }
}

struct Reader<'a, 'c> {
    scanner: Scanner<'a>,
    context: &'c Context<'c>,
    sheet: RawSheet,
    /// Where a row or cell without an address stands.
    at: CellRef,
    /// The value of the cell being read.
    number: String,
}

impl<'a> Reader<'a, '_> {
    fn run(&mut self, text: &str) -> Result<(), Stop> {
        let mut is_worksheet = false;
        while let Some(token) = self.scanner.next()? {
            let Token::Start(tag) = token else { continue };
            match tag.name {
                "worksheet" => is_worksheet = true,
                "sheetData" if !tag.is_empty => {
                    self.reserve(text);
                    self.sheet_data()?;
                }
                "col" => self.column(&tag),
                "sheetProtection" => {
                    let on = tag.raw("sheet").map(is_true);
                    self.sheet.protected = on.unwrap_or(false);
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
        let count = closed.min(text.len() / 16);
        self.sheet.cells.reserve_exact(count);
        self.sheet.sources.reserve_exact(count);
    }

    fn sheet_data(&mut self) -> Result<(), Stop> {
        let inside = self.scanner.depth();
        while self.scanner.depth() >= inside {
            match self.scanner.next()?.ok_or(XmlError::Truncated)? {
                Token::Start(tag) if tag.name == "c" => self.cell(&tag)?,
                Token::Start(tag) if tag.name == "row" => self.row(&tag)?,
                Token::Start(tag) => self.scanner.skip(&tag)?,
                Token::End("row") => {
                    self.at = CellRef::new(self.at.row + 1, 0);
                }
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
                    _ => self.sheet.misplaced.push(value.to_owned()),
                },
                "hidden" => is_hidden = is_true(value),
                _ => {}
            }
        }
        let row = self.at.row;
        if row >= self.context.limits.rows {
            let limit = u64::from(self.context.limits.rows);
            return Err(Stop::Limit(Diagnostic::error("limit-rows").arg("limit", limit)));
        }
        if is_hidden {
            match self.sheet.hidden_rows.last_mut() {
                Some((_, last)) if *last + 1 == row => *last = row,
                _ => self.sheet.hidden_rows.push((row, row)),
            }
        }
        if tag.is_empty {
            self.at.row += 1;
        }
        Ok(())
    }

    #[inline]
    fn cell(&mut self, tag: &Tag<'a>) -> Result<(), Stop> {
        let mut at = self.at;
        let mut style = 0;
        let mut kind = "";
        for (name, value) in tag.attributes() {
            match name {
                "r" => match cell_ref(value) {
                    Some(stated) => at = stated,
                    None => self.sheet.misplaced.push(value.to_owned()),
                },
                "s" => style = value.trim().parse().unwrap_or(0),
                "t" => kind = value,
                _ => {}
            }
        }
        self.at.column = at.column + 1;
        if tag.is_empty {
            return Ok(());
        }
        if at.column >= MAX_COLUMNS || at.row >= MAX_ROWS {
            self.sheet.misplaced.push(at.to_string());
            return Ok(self.scanner.skip(tag)?);
        }
        self.cell_content(at, self.context.styles.index(style), kind)
    }

    fn cell_content(&mut self, at: CellRef, style: u32, kind: &str) -> Result<(), Stop> {
        let start = self.sheet.arena.len();
        let mut runs = Vec::new();
        let mut raw = None;
        let (mut has_value, mut is_formula, mut is_inline) = (false, false, false);
        let inside = self.scanner.depth();
        while self.scanner.depth() >= inside {
            match self.scanner.next()?.ok_or(XmlError::Truncated)? {
                Token::Start(tag) => match tag.name {
                    "v" if !tag.is_empty => {
                        has_value = true;
                        raw = self.value()?;
                    }
                    "f" => {
                        is_formula = true;
                        self.scanner.skip(&tag)?;
                    }
                    "is" => {
                        is_inline = true;
                        let arena = &mut self.sheet.arena;
                        runs = rich_text(&mut self.scanner, &tag, &self.context.styles.colors, arena)?;
                    }
                    _ => self.scanner.skip(&tag)?,
                },
                Token::Text(_) | Token::CData(_) | Token::End(_) => {}
            }
        }
        let content = match raw {
            Some(raw) => raw,
            None if has_value => self.number.as_str(),
            None => "",
        };
        let (source, value) = if is_inline && (kind == "inlineStr" || !has_value) {
            (Source::Own(0, 0), Value::Text)
        } else {
            self.sheet.arena.truncate(start);
            runs.clear();
            take_value(content, kind, style, self.context, &mut self.sheet.arena)
        };
        let source = match source {
            Source::Own(..) => Source::Own(start as u32, offset(&self.sheet.arena)),
            shared => shared,
        };
        let is_empty = matches!(source, Source::Own(start, end) if start == end);
        if is_empty && !is_formula {
            return Ok(());
        }
        if !runs.is_empty() {
            self.sheet.runs.push((self.sheet.cells.len() as u32, runs));
        }
        self.push(Cell { at, text: Text::new(), value, style, is_formula }, source)
    }

    /// The content of a `<v>`: the text as written where that will do, else resolved into `number`.
    #[inline]
    fn value(&mut self) -> Result<Option<&'a str>, XmlError> {
        let inside = self.scanner.depth();
        let Some(Token::Text(raw)) = self.scanner.next()? else {
            self.number.clear();
            if self.scanner.depth() >= inside {
                text_inside(&mut self.scanner, &mut self.number)?;
            }
            return Ok(None);
        };
        let is_plain = memchr::memchr2(b'&', b'\r', raw.as_bytes()).is_none();
        if is_plain && matches!(self.scanner.next()?, Some(Token::End(_))) {
            return Ok(Some(raw));
        }
        self.number.clear();
        crate::workbook::xml::unescape_into(raw, &mut self.number);
        if self.scanner.depth() >= inside {
            text_inside(&mut self.scanner, &mut self.number)?;
        }
        Ok(None)
    }

    fn push(&mut self, cell: Cell, source: Source) -> Result<(), Stop> {
        /// The count all sheets share is looked at once for so many cells.
        const STEP: usize = 1024;
        self.sheet.cells.push(cell);
        self.sheet.sources.push(source);
        if self.sheet.cells.len() % STEP == 0 || self.context.limits.cells < STEP as u64 {
            let step = if self.context.limits.cells < STEP as u64 { 1 } else { STEP as u64 };
            let limit = self.context.limits.cells;
            if self.context.cells.fetch_add(step, Ordering::Relaxed) + step > limit {
                return Err(Stop::Limit(Diagnostic::error("limit-cells").arg("limit", limit)));
            }
        }
        Ok(())
    }

    fn column(&mut self, tag: &Tag<'_>) {
        let is_hidden = tag.is_true("hidden") || tag.number::<f64>("width") == Some(0.0);
        if let (true, Some(first @ 1..), Some(last)) = (is_hidden, tag.number::<u32>("min"), tag.number::<u32>("max")) {
            self.sheet.hidden_columns.push((first - 1, last.clamp(first, MAX_COLUMNS.max(first)) - 1));
        }
    }

    fn merge(&mut self, tag: &Tag<'_>) -> Result<(), Stop> {
        let limit = self.context.limits.merges;
        if self.context.merges.fetch_add(1, Ordering::Relaxed) >= limit {
            return Err(Stop::Limit(Diagnostic::error("limit-merges").arg("limit", limit)));
        }
        let stated = tag.get("ref").unwrap_or_default();
        match stated.parse::<Range>() {
            Ok(range) if !range.is_cell() => self.sheet.merges.push(range),
            Ok(_) => {}
            Err(_) => self.sheet.misplaced.push(stated.into_owned()),
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
fn take_value(raw: &str, kind: &str, style: u32, context: &Context<'_>, arena: &mut String) -> (Source, Value) {
    let own = Source::Own(0, 0);
    match kind {
        "s" => match raw.trim().parse() {
            Ok(index) => (Source::Shared(index), Value::Text),
            Err(_) => (own, Value::Text),
        },
        "b" => {
            let is_true = is_true(raw);
            arena.push_str(if is_true { "TRUE" } else { "FALSE" });
            (own, Value::Bool(is_true))
        }
        "e" => {
            arena.push_str(raw);
            (own, Value::Error)
        }
        "d" => match iso_to_serial(raw, context.date_1904) {
            Some(serial) => (own, take_number(serial, "", style, context, true, arena)),
            None => (own, take_text(raw, arena)),
        },
        "str" | "inlineStr" => (own, take_text(raw, arena)),
        _ => {
            let number = raw.trim();
            match number.parse::<f64>() {
                Ok(value) if value.is_finite() => (own, take_number(value, number, style, context, false, arena)),
                _ => (own, take_text(raw, arena)),
            }
        }
    }
}

fn take_text(raw: &str, arena: &mut String) -> Value {
    let start = arena.len();
    arena.push_str(raw);
    decode_escapes(arena, start);
    Value::Text
}

fn take_number(value: f64, raw: &str, style: u32, context: &Context<'_>, is_iso: bool, arena: &mut String) -> Value {
    let format = &context.styles.formats[style as usize];
    if is_iso && !format.is_date {
        crate::workbook::number_format::write_iso(value, context.date_1904, arena);
        return Value::Date(value);
    }
    if style == 0 && !format.is_date {
        write_general(value, raw, arena);
        return Value::Number(value);
    }
    format.write(value, raw, context.date_1904, arena);
    if format.is_date { Value::Date(value) } else { Value::Number(value) }
}

impl RawSheet {
    /// Puts the shared strings in and makes the sheet; what was wrong with cells goes to `diagnostics`.
    pub(super) fn finish(
        mut self,
        name: &Arc<str>,
        strings: &Strings,
        styles: &Styles,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Sheet {
        let arena = ArcStr::from(std::mem::take(&mut self.arena));
        let mut dangling = Vec::new();
        let mut runs = self.inline_runs(&arena, styles);
        for (cell, source) in self.cells.iter_mut().zip(&self.sources) {
            match *source {
                Source::Own(start, end) => cell.text = arena.substr(start as usize..end as usize),
                Source::Shared(index) => match strings.spans.get(index as usize) {
                    Some(&(start, end)) => {
                        cell.text = strings.arena.substr(start as usize..end as usize);
                        if !strings.runs.is_empty()
                            && let Some(raw) = strings.runs_of(index)
                        {
                            runs.push((cell.at, resolved_runs(raw, start, &cell.text, cell.style, styles)));
                        }
                    }
                    None => dangling.push(SheetRange::new(name, cell.at)),
                },
            }
        }
        drop(std::mem::take(&mut self.sources));
        runs.sort_by_key(|(at, _)| *at);
        let stated = self.cells.len();
        self.cells.retain(|cell| cell.is_formula || !cell.text.is_empty());
        let kept = self.cells.len();
        let mut sheet = Sheet::new(Arc::clone(name), std::mem::take(&mut self.cells));
        self.report(name, kept - sheet.cells().len(), &dangling, diagnostics);
        if stated > 0 {
            let holds_lost = [arena.as_str(), strings.arena.as_str()].map(|arena| arena.contains('\u{FFFD}'));
            if holds_lost.contains(&true) {
                diagnostics.extend(crate::workbook::lost_characters(&sheet, "\u{FFFD}"));
            }
        }
        runs.dedup_by_key(|(at, _)| *at);
        sheet.runs = runs;
        sheet.merges = self.merges;
        sheet.hidden_rows = self.hidden_rows;
        sheet.hidden_columns = self.hidden_columns;
        sheet.protected = self.protected;
        sheet
    }

    fn inline_runs(&self, arena: &str, styles: &Styles) -> Vec<(CellRef, Vec<Run>)> {
        let resolve = |(index, raw): &(u32, Vec<RawRun>)| {
            let cell = &self.cells[*index as usize];
            let Source::Own(start, end) = self.sources[*index as usize] else { return (cell.at, Vec::new()) };
            let text = &arena[start as usize..end as usize];
            (cell.at, resolved_runs(raw, start, text, cell.style, styles))
        };
        self.runs.iter().map(resolve).collect()
    }

    fn report(&self, name: &Arc<str>, twice: usize, dangling: &[SheetRange], diagnostics: &mut Vec<Diagnostic>) {
        const LISTED: usize = 50;
        if !self.misplaced.is_empty() {
            let listed: Vec<String> = self.misplaced.iter().take(LISTED).cloned().collect();
            let diagnostic = Diagnostic::error("cell-misplaced").arg("sheet", &**name).arg("addresses", listed);
            diagnostics.push(diagnostic.arg("count", self.misplaced.len()));
        }
        if twice > 0 {
            diagnostics.push(Diagnostic::warning("cell-twice").arg("sheet", &**name).arg("count", twice));
        }
        if !dangling.is_empty() {
            let diagnostic = Diagnostic::error("string-missing").at_all(dangling.iter().take(LISTED));
            diagnostics.push(diagnostic.arg("count", dangling.len()));
        }
    }
}

/// Runs of a cell in characters of its text; a run without properties takes the cell's font.
fn resolved_runs(raw: &[RawRun], start: u32, text: &str, style: u32, styles: &Styles) -> Vec<Run> {
    let own = styles.cells[style as usize].font;
    let mut runs = Vec::with_capacity(raw.len());
    let (mut byte, mut character) = (0, 0);
    for run in raw {
        let end_byte = (run.end - start) as usize;
        let end = character + text[byte..end_byte].chars().count() as u32;
        if end > character {
            runs.push(Run { start: character, end, font: run.font.unwrap_or(own) });
        }
        (byte, character) = (end_byte, end);
    }
    runs
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
