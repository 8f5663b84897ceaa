//! A worksheet of an xls.

use super::around::{Around, kind as around};
use super::record::{Record, Records};
use super::tables::{Book, font_index};
use crate::address::{CellRef, Range};
use crate::diagnostic::{Diagnostic, Failure};
use crate::workbook::Value;
use crate::workbook::builder::{Context, Place, SheetBuilder, is_on_sheet};
use crate::workbook::xlsb::{error_text, runs, short_number};

/// Kinds of records (MS-XLS 2.3.2).
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const PROTECT: u16 = 0x0012;
    pub(super) const COLUMN: u16 = 0x007D;
    pub(super) const NUMBERS_SHORT: u16 = 0x00BD;
    pub(super) const RICH_TEXT: u16 = 0x00D6;
    pub(super) const MERGES: u16 = 0x00E5;
    pub(super) const SHARED: u16 = 0x00FD;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const TEXT: u16 = 0x0204;
    pub(super) const BOOL_OR_ERROR: u16 = 0x0205;
    pub(super) const FORMULA_TEXT: u16 = 0x0207;
    pub(super) const ROW: u16 = 0x0208;
    pub(super) const NUMBER_SHORT: u16 = 0x027E;
    pub(super) const BOF: u16 = 0x0809;
}

/// What became of a record: `None` where it is damaged, an error where a limit was hit.
type Taken = Option<Result<(), Diagnostic>>;

struct Reader<'a> {
    builder: SheetBuilder,
    book: &'a Book,
    context: &'a Context<'a>,
    /// A formula whose text comes in a record of its own.
    waiting: Option<Place>,
    around: Around,
}

/// A sheet as read.
pub(super) struct RawSheet {
    pub(super) builder: SheetBuilder,
    pub(super) around: Around,
    /// Bytes its records take.
    pub(super) length: usize,
    /// Whether its end was there.
    pub(super) is_whole: bool,
}

/// Reads a sheet's records up to its end.
pub(super) fn read(bytes: &[u8], book: &Book, context: &Context<'_>) -> Result<RawSheet, Failure> {
    let builder = SheetBuilder::default();
    let mut reader = Reader { builder, book, context, waiting: None, around: Around::default() };
    let mut records = Records::new(bytes);
    let mut depth = 0;
    let mut is_whole = false;
    while let Some(mut record) = records.next() {
        match record.kind {
            kind::BOF => depth += 1,
            kind::EOF => {
                depth -= 1;
                if depth <= 0 {
                    is_whole = true;
                    break;
                }
            }
            // Charts inside a sheet have records of the same kinds.
            _ if depth > 1 => {}
            around::LINK
            | around::NOTE
            | around::DRAWING
            | around::OBJECT
            | around::OBJECT_TEXT
            | around::VALIDATION => {
                let continued = records.continued();
                // Damage there costs what it says and no cell.
                let _ = reader.around.take(&mut record, &continued, &book.biff);
            }
            _ => match reader.take(&mut record) {
                Some(taken) => taken?,
                None => break,
            },
        }
    }
    Ok(RawSheet { builder: reader.builder, around: reader.around, length: records.position, is_whole })
}

impl Reader<'_> {
    fn take(&mut self, record: &mut Record<'_>) -> Taken {
        let context = self.context;
        match record.kind {
            kind::ROW => {
                const HIDDEN: u16 = 0x20;
                let row = u32::from(record.u16()?);
                record.take(10)?;
                let flags = record.u16()?;
                return Some(self.builder.row(row, flags & HIDDEN != 0, context));
            }
            kind::COLUMN => {
                let (first, last) = (u32::from(record.u16()?), u32::from(record.u16()?));
                record.take(4)?;
                if record.u16()? & 1 != 0 && first <= last && first < crate::address::MAX_COLUMNS {
                    self.builder.hidden_columns.push((first, last.min(crate::address::MAX_COLUMNS - 1)));
                }
            }
            kind::PROTECT => self.builder.protected = record.u16()? != 0,
            kind::MERGES => return self.merges(record),
            kind::NUMBERS_SHORT => return self.numbers(record),
            kind::FORMULA_TEXT => {
                let length = usize::from(record.u16()?);
                let text = record.string(length, &self.book.biff)?;
                if let Some(place) = self.waiting.take() {
                    self.builder.arena.push_str(&text);
                    return Some(self.builder.own(place, Value::Text, Vec::new(), context));
                }
            }
            kind::FORMULA
            | kind::RICH_TEXT
            | kind::SHARED
            | kind::NUMBER
            | kind::TEXT
            | kind::BOOL_OR_ERROR
            | kind::NUMBER_SHORT => return self.cell(record),
            _ => {}
        }
        Some(Ok(()))
    }

    fn place(&self, record: &mut Record<'_>) -> Option<Place> {
        let at = CellRef::new(u32::from(record.u16()?), u32::from(record.u16()?));
        let style = self.context.styles.index(u32::from(record.u16()?));
        Some(Place { at, style, is_formula: record.kind == kind::FORMULA })
    }

    fn cell(&mut self, record: &mut Record<'_>) -> Taken {
        let place = self.place(record)?;
        let context = self.context;
        if !is_on_sheet(place.at) {
            self.builder.misplaced(place.at.to_string());
            return Some(Ok(()));
        }
        let builder = &mut self.builder;
        Some(match record.kind {
            kind::SHARED => builder.shared(place, record.u32()?, context),
            kind::NUMBER => builder.number(place, record.f64()?, "", context),
            kind::NUMBER_SHORT => builder.number(place, short_number(record.u32()?), "", context),
            kind::BOOL_OR_ERROR => {
                let code = record.u8()?;
                if record.u8()? == 0 {
                    builder.bool(place, code != 0, context)
                } else {
                    builder.arena.push_str(error_text(code));
                    builder.own(place, Value::Error, Vec::new(), context)
                }
            }
            kind::FORMULA => return self.formula(place, record),
            _ => return self.text(place, record),
        })
    }

    fn text(&mut self, place: Place, record: &mut Record<'_>) -> Taken {
        let length = usize::from(record.u16()?);
        let text = record.string(length, &self.book.biff)?;
        let mut starts = Vec::new();
        if record.kind == kind::RICH_TEXT {
            let is_8 = self.book.biff.is_8;
            let count = if is_8 { usize::from(record.u16()?) } else { usize::from(record.u8()?) };
            for _ in 0..count {
                let (first, font) = if is_8 {
                    (usize::from(record.u16()?), usize::from(record.u16()?))
                } else {
                    (usize::from(record.u8()?), usize::from(record.u8()?))
                };
                starts.push((first, font_index(font)));
            }
        }
        let start = self.builder.arena.len();
        self.builder.arena.push_str(&text);
        let runs = runs(&text, start, &starts, &self.book.fonts);
        Some(self.builder.own(place, Value::Text, runs, self.context))
    }

    /// A formula's cached value (2.5.133, FormulaValue).
    fn formula(&mut self, place: Place, record: &mut Record<'_>) -> Taken {
        let value = record.take(8)?;
        self.waiting = None;
        if value[6..] != [0xFF, 0xFF] {
            let number = f64::from_le_bytes(value.try_into().ok()?);
            return Some(self.builder.number(place, number, "", self.context));
        }
        Some(match value[0] {
            0 => {
                self.waiting = Some(place);
                Ok(())
            }
            1 => self.builder.bool(place, value[2] != 0, self.context),
            2 => {
                self.builder.arena.push_str(error_text(value[2]));
                self.builder.own(place, Value::Error, Vec::new(), self.context)
            }
            _ => self.builder.own(place, Value::Text, Vec::new(), self.context),
        })
    }

    fn numbers(&mut self, record: &mut Record<'_>) -> Taken {
        let row = u32::from(record.u16()?);
        let mut column = u32::from(record.u16()?);
        while record.rest.len() >= 6 {
            let style = self.context.styles.index(u32::from(record.u16()?));
            let place = Place { at: CellRef::new(row, column), style, is_formula: false };
            if !is_on_sheet(place.at) {
                self.builder.misplaced(place.at.to_string());
                break;
            }
            if let Err(limit) = self.builder.number(place, short_number(record.u32()?), "", self.context) {
                return Some(Err(limit));
            }
            column += 1;
        }
        Some(Ok(()))
    }

    fn merges(&mut self, record: &mut Record<'_>) -> Taken {
        for _ in 0..record.u16()? {
            let [top, bottom, left, right] =
                [record.u16()?, record.u16()?, record.u16()?, record.u16()?].map(u32::from);
            let range = Range::new(CellRef::new(top, left), CellRef::new(bottom, right));
            if !is_on_sheet(range.last) {
                self.builder.misplaced(range.to_string());
                continue;
            }
            if let Err(limit) = self.builder.merge(range, self.context) {
                return Some(Err(limit));
            }
        }
        Some(Ok(()))
    }
}
