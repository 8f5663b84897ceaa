//! Writes cells into a worksheet part: finds the cell, or the place where it belongs, and cuts there.
//!
//! Which cells, and whether they may be written for any reason but what the part itself holds, is for others to say.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use jiff::civil::Date;

use crate::address::{CellRef, MAX_COLUMNS, MAX_ROWS, Range, column_letters};
use crate::workbook::CellStyle;

use super::layout::Layout;
use super::markup::{CloseFinder, Kind, Malformed, Tag, Tags};
use super::splice::Splices;
use super::{Content, xstring};

/// A cell to be written.
#[derive(Clone, Debug)]
pub(crate) struct Op<'a> {
    pub(crate) at: CellRef,
    pub(crate) content: &'a Content,
    /// The column of the same row whose style the cell takes; `None` keeps its own, or the row's or column's for a
    /// new cell.
    pub(crate) style_of: Option<u32>,
}

/// What came of a cell that was to be written.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// The cell is cut in.
    Written,
    /// The cell holds a formula or belongs to the result of one.
    Formula,
    /// The sheet is protected and the cell locked.
    Locked,
}

/// What beside the part itself decides whether and how a cell is written.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    /// The workbook's cell styles.
    pub(crate) styles: &'a [CellStyle],
    /// Whether dates count from 1904.
    pub(crate) date_1904: bool,
    /// Whether locked cells are out of bounds.
    pub(crate) respects_locks: bool,
    /// Where array formulas and data tables put their results.
    pub(crate) results: Vec<Range>,
}

impl Facts<'_> {
    fn forbids(&self, at: CellRef, style: u32) -> Option<Found> {
        if self.results.iter().any(|range| range.contains(at)) {
            return Some(Found::Formula);
        }
        let is_unlocked = self.styles.get(style as usize).is_some_and(|style| style.unlocked);
        (self.respects_locks && !is_unlocked).then_some(Found::Locked)
    }

    fn stored<'c>(&self, content: &'c Content, style: u32) -> Stored<'c> {
        let shows_date = || self.styles.get(style as usize).is_some_and(|style| style.is_date);
        match content {
            Content::Empty => Stored::Empty,
            Content::Number(number) => Stored::Number(*number),
            Content::Text(text) => Stored::Text(Cow::Borrowed(text)),
            Content::Date { date, as_date } => match serial(*date, self.date_1904) {
                Some(serial) if *as_date || shows_date() => Stored::Number(serial),
                _ => Stored::Text(Cow::Owned(date.to_string())),
            },
        }
    }
}

/// The number Excel stores for a date; `None` before its calendar begins.
///
/// Excel counts from 1900 as if that had been a leap year (ECMA-376 part 1, §18.17.4.1).
pub fn serial(date: Date, date_1904: bool) -> Option<f64> {
    let epoch = if date_1904 { Date::constant(1904, 1, 1) } else { Date::constant(1899, 12, 30) };
    let days = (date - epoch).get_days();
    let counted = if !date_1904 && days < 61 { days - 1 } else { days };
    let is_in_calendar = if date_1904 { days >= 0 } else { counted >= 1 };
    is_in_calendar.then_some(f64::from(counted))
}

/// What a cell element holds.
enum Stored<'a> {
    Empty,
    Number(f64),
    Text(Cow<'a, str>),
}

/// Cuts all cells in. `ops` are in cell order, one a cell; what came of each is told in their order.
pub(crate) fn write_cells(
    layout: &Layout<'_>,
    ops: &[Op<'_>],
    facts: &Facts<'_>,
    splices: &mut Splices,
) -> Result<Vec<Found>, Malformed> {
    debug_assert!(ops.is_sorted_by_key(|op| op.at));
    let found = Vec::with_capacity(ops.len());
    let mut writer = Writer { layout, columns: column_styles(layout)?, facts, splices, found };
    writer.rows(ops)?;
    let found = writer.found;
    let written = ops.iter().zip(&found).filter(|(_, found)| **found == Found::Written).map(|(op, _)| op.at);
    if let Some(range) = written.fold(None, |all, at| Some(united(all, at))) {
        grow_dimension(layout, range, splices);
    }
    Ok(found)
}

fn united(range: Option<Range>, at: CellRef) -> Range {
    let Some(range) = range else { return Range::from(at) };
    let first = CellRef::new(range.first.row.min(at.row), range.first.column.min(at.column));
    let last = CellRef::new(range.last.row.max(at.row), range.last.column.max(at.column));
    Range { first, last }
}

/// Grows the sheet's stated extent; a sheet that states none needs none.
fn grow_dimension(layout: &Layout<'_>, written: Range, splices: &mut Splices) {
    let Some(child) = layout.child("dimension") else { return };
    let stated = child.open.attributes().find(|attribute| attribute.name == b"ref");
    let Some((attribute, range)) = stated.and_then(|attribute| {
        let range: Range = std::str::from_utf8(attribute.value).ok()?.parse().ok()?;
        Some((attribute, range))
    }) else {
        return;
    };
    let grown = united(Some(united(Some(range), written.first)), written.last);
    if grown != range {
        splices.replace(attribute.span, format!(" ref=\"{grown}\"").as_bytes());
    }
}

/// The style of each stretch of columns that has one.
fn column_styles(layout: &Layout<'_>) -> Result<Vec<(u32, u32, u32)>, Malformed> {
    let mut styles = Vec::new();
    for cols in layout.all("cols") {
        for col in layout.entries(cols)? {
            let number = |name: &[u8]| col.attribute(name).and_then(parse_number);
            if let (Some(first), Some(last), Some(style)) = (number(b"min"), number(b"max"), number(b"style")) {
                styles.push((first.saturating_sub(1), last.saturating_sub(1), style));
            }
        }
    }
    Ok(styles)
}

struct Writer<'a, 'b> {
    layout: &'a Layout<'a>,
    columns: Vec<(u32, u32, u32)>,
    facts: &'b Facts<'b>,
    splices: &'b mut Splices,
    found: Vec<Found>,
}

/// The styles a row offers to cells that have none of their own.
#[derive(Default)]
struct RowStyles {
    own: Option<u32>,
    /// Styles of the row's cells seen so far; kept only where a cell asks for another's style.
    seen: Vec<(u32, Option<u32>)>,
}

impl<'a> Writer<'a, '_> {
    fn rows(&mut self, mut ops: &[Op<'_>]) -> Result<(), Malformed> {
        let data = self.layout.child("sheetData").expect("a layout has sheet data");
        if data.open.kind == Kind::Empty {
            if self.new_rows(data.open.end, ops) {
                self.open_up(&data.open);
            }
            return Ok(());
        }
        let inner = data.inner(self.layout.part);
        let mut tags = Tags::new(&self.layout.part[..inner.end], inner.start);
        let row_end = CloseFinder::new(&[self.layout.prefix, b"row"].concat());
        let mut next_row = 0;
        let mut end = inner.start;
        while !ops.is_empty() {
            let Some(row) = tags.next_tag()? else { break };
            if row.kind == Kind::Close || row.local() != b"row" {
                return Err(Malformed { at: row.start });
            }
            let number = row_number(&row, next_row)?;
            let before = ops.partition_point(|op| op.at.row < number);
            self.new_rows(row.start, &ops[..before]);
            ops = &ops[before..];
            let here = ops.partition_point(|op| op.at.row == number);
            let close = self.close(&mut tags, &row, &row_end)?;
            if here > 0 {
                self.cells(&row, number, close.as_ref(), &ops[..here])?;
            }
            ops = &ops[here..];
            next_row = number + 1;
            end = tags.position();
        }
        self.new_rows(end, ops);
        Ok(())
    }

    /// The closing tag of an element, taking the short way where it is safe.
    fn close(&self, tags: &mut Tags<'a>, open: &Tag<'a>, finder: &CloseFinder) -> Result<Option<Tag<'a>>, Malformed> {
        if open.kind == Kind::Empty {
            return Ok(None);
        }
        if self.layout.has_declarations { tags.close_of(open) } else { tags.close_by_name(open, finder) }.map(Some)
    }

    /// Gives an element without content an end tag, behind what was inserted at its end.
    fn open_up(&mut self, tag: &Tag<'a>) {
        self.splices.replace(tag.end - 2..tag.end, b">");
        self.splices.insert(tag.end, &[b"</", tag.name, b">"].concat());
    }

    /// Adds rows that the sheet does not have yet; says whether there was anything to add.
    fn new_rows(&mut self, place: usize, ops: &[Op<'_>]) -> bool {
        let mut is_any = false;
        for row in ops.chunk_by(|a, b| a.at.row == b.at.row) {
            let number = row[0].at.row + 1;
            let prefix = self.layout.prefix;
            let mut text = Vec::new();
            for op in row {
                self.new_cell(op, &RowStyles::default(), &mut text);
            }
            if !text.is_empty() {
                is_any = true;
                self.splices.replace_with(place..place, |out| {
                    out.push(b'<');
                    out.extend_from_slice(prefix);
                    out.extend_from_slice(format!("row r=\"{number}\">").as_bytes());
                    out.extend_from_slice(&text);
                    out.extend_from_slice(&[b"</", prefix, b"row>"].concat());
                });
            }
        }
        is_any
    }

    /// Writes cells into a row that stands there.
    fn cells(
        &mut self,
        row: &Tag<'a>,
        number: u32,
        close: Option<&Tag<'a>>,
        mut ops: &[Op<'_>],
    ) -> Result<(), Malformed> {
        let own = row.is_true(b"customFormat").then(|| row.attribute(b"s").and_then(parse_number)).flatten();
        let mut styles = RowStyles { own, seen: Vec::new() };
        let wants_neighbours = ops.iter().any(|op| op.style_of.is_some());
        let mut added: Option<Range> = None;
        let mut place = row.end;
        if let Some(close) = close {
            let cell_end = CloseFinder::new(&[self.layout.prefix, b"c"].concat());
            let mut tags = Tags::new(&self.layout.part[..close.start], row.end);
            let mut next_column = 0;
            while !ops.is_empty() {
                let Some(cell) = tags.next_tag()? else { break };
                if cell.local() != b"c" {
                    break; // An extension list; cells stand in front of it.
                }
                let column = cell_column(&cell, number, next_column)?;
                let before = ops.partition_point(|op| op.at.column < column);
                self.insert(cell.start, &ops[..before], &styles, &mut added);
                if wants_neighbours {
                    styles.seen.push((column, cell.attribute(b"s").and_then(parse_number)));
                }
                ops = &ops[before..];
                let cell_close = self.close(&mut tags, &cell, &cell_end)?;
                if ops.first().is_some_and(|op| op.at.column == column) {
                    self.replace(&cell, cell_close.as_ref(), &ops[0], &styles)?;
                    ops = &ops[1..];
                }
                next_column = column + 1;
                place = tags.position();
            }
            self.insert(place, ops, &styles, &mut added);
        } else {
            self.insert(row.end, ops, &styles, &mut added);
            if added.is_some() {
                self.open_up(row);
            }
        }
        self.drop_stale_spans(row, added);
        Ok(())
    }

    fn insert(&mut self, place: usize, ops: &[Op<'_>], styles: &RowStyles, added: &mut Option<Range>) {
        let mut text = Vec::new();
        for op in ops {
            if self.new_cell(op, styles, &mut text) {
                *added = Some(united(*added, op.at));
            }
        }
        if !text.is_empty() {
            self.splices.insert(place, &text);
        }
    }

    /// Appends a cell that was not there; says whether it may be.
    fn new_cell(&mut self, op: &Op<'_>, styles: &RowStyles, out: &mut Vec<u8>) -> bool {
        let style = match op.style_of {
            Some(column) => self.style_of(column, styles),
            None => styles.own.or_else(|| self.column_style(op.at.column)),
        };
        let forbidden = self.facts.forbids(op.at, style.unwrap_or(0));
        if forbidden.is_none() {
            let content = self.facts.stored(op.content, style.unwrap_or(0));
            write_cell(self.layout.prefix, op.at, style, &content, out);
        }
        self.found.push(forbidden.unwrap_or(Found::Written));
        forbidden.is_none()
    }

    fn style_of(&self, column: u32, styles: &RowStyles) -> Option<u32> {
        match styles.seen.iter().find(|&&(seen, _)| seen == column) {
            Some(&(_, style)) => style,
            None => styles.own.or_else(|| self.column_style(column)),
        }
    }

    fn column_style(&self, column: u32) -> Option<u32> {
        self.columns.iter().find(|&&(first, last, _)| (first..=last).contains(&column)).map(|&(_, _, style)| style)
    }

    fn replace(
        &mut self,
        cell: &Tag<'a>,
        close: Option<&Tag<'a>>,
        op: &Op<'_>,
        styles: &RowStyles,
    ) -> Result<(), Malformed> {
        let own_style = cell.attribute(b"s").and_then(parse_number);
        let style = op.style_of.map_or(own_style, |column| self.style_of(column, styles));
        let holds_formula = close.map_or(Ok(false), |close| self.has_formula(cell, close))?;
        let forbidden =
            if holds_formula { Some(Found::Formula) } else { self.facts.forbids(op.at, own_style.unwrap_or(0)) };
        if forbidden.is_none() {
            let content = self.facts.stored(op.content, style.unwrap_or(0));
            let span = cell.start..close.map_or(cell.end, |close| close.end);
            let prefix = self.layout.prefix;
            self.splices.replace_with(span, |out| write_cell(prefix, op.at, style, &content, out));
        }
        self.found.push(forbidden.unwrap_or(Found::Written));
        Ok(())
    }

    fn has_formula(&self, cell: &Tag<'a>, close: &Tag<'a>) -> Result<bool, Malformed> {
        let mut tags = Tags::new(&self.layout.part[..close.start], cell.end);
        while let Some(tag) = tags.next_tag()? {
            if tag.local() == b"f" && tag.kind != Kind::Close {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// `spans` says which columns a row uses, to speed up loading; wrong is worse than missing.
    fn drop_stale_spans(&mut self, row: &Tag<'a>, added: Option<Range>) {
        let Some(added) = added else { return };
        let Some(spans) = row.attributes().find(|attribute| attribute.name == b"spans") else { return };
        let stated = std::str::from_utf8(spans.value).ok().and_then(|text| {
            let (first, last) = text.split_once(':')?;
            Some((first.parse::<u32>().ok()?, last.parse::<u32>().ok()?))
        });
        if stated.is_none_or(|(first, last)| added.first.column + 1 < first || added.last.column + 1 > last) {
            self.splices.remove(spans.span);
        }
    }
}

fn write_cell(prefix: &[u8], at: CellRef, style: Option<u32>, content: &Stored<'_>, out: &mut Vec<u8>) {
    let open = |name: &str, out: &mut Vec<u8>| {
        out.push(b'<');
        out.extend_from_slice(prefix);
        out.extend_from_slice(name.as_bytes());
    };
    let close = |name: &str, out: &mut Vec<u8>| {
        out.extend_from_slice(b"</");
        out.extend_from_slice(prefix);
        out.extend_from_slice(name.as_bytes());
        out.push(b'>');
    };
    open("c r=\"", out);
    out.extend_from_slice(column_letters(at.column).as_bytes());
    out.extend_from_slice((at.row + 1).to_string().as_bytes());
    out.push(b'"');
    if let Some(style) = style {
        out.extend_from_slice(format!(" s=\"{style}\"").as_bytes());
    }
    match content {
        Stored::Empty => return out.extend_from_slice(b"/>"),
        Stored::Number(number) => {
            out.push(b'>');
            open("v>", out);
            out.extend_from_slice(number.to_string().as_bytes());
            close("v", out);
        }
        Stored::Text(text) => {
            out.extend_from_slice(b" t=\"inlineStr\">");
            open("is>", out);
            open(if xstring::needs_preserve(text) { "t xml:space=\"preserve\">" } else { "t>" }, out);
            xstring::write(text, out);
            close("t", out);
            close("is", out);
        }
    }
    close("c", out);
}

pub(crate) fn row_number(row: &Tag<'_>, expected: u32) -> Result<u32, Malformed> {
    let number = match row.attribute(b"r") {
        Some(text) => parse_number(text).and_then(|number| number.checked_sub(1)),
        None => Some(expected),
    };
    number.filter(|&number| number >= expected && number < MAX_ROWS).ok_or(Malformed { at: row.start })
}

pub(crate) fn cell_column(cell: &Tag<'_>, row: u32, expected: u32) -> Result<u32, Malformed> {
    let column = match cell.attribute(b"r") {
        Some(text) => parse_cell(text).filter(|at| at.row == row).map(|at| at.column),
        None => Some(expected),
    };
    column.filter(|&column| column >= expected && column < MAX_COLUMNS).ok_or(Malformed { at: cell.start })
}

/// Reads `B12`.
pub(crate) fn parse_cell(text: &[u8]) -> Option<CellRef> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column =
        text[..letters].iter().fold(0u32, |sum, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = parse_number(&text[letters..])?;
    ((1..=MAX_ROWS).contains(&row) && column <= MAX_COLUMNS).then(|| CellRef::new(row - 1, column - 1))
}

/// Reads an unsigned number, blanks around it allowed.
pub(crate) fn parse_number(text: &[u8]) -> Option<u32> {
    let digits = text.trim_ascii();
    if digits.is_empty() || digits.len() > 9 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
}
