//! A worksheet of an xlsb.

use super::around::{range, validation};
use super::damaged;
use super::record::{Record, Records};
use super::tables::rich_string;
use crate::address::CellRef;
use crate::diagnostic::{Diagnostic, Failure};
use crate::workbook::binary::RawValidation;
use crate::workbook::builder::{Context, Place, SheetBuilder, is_on_sheet};
use crate::workbook::parts::RawHyperlink;
use crate::workbook::{Font, Value};

/// Kinds of records (MS-XLSB 2.3.2).
mod kind {
    pub(super) const ROW: u16 = 0x0000;
    pub(super) const NUMBER_SHORT: u16 = 0x0002;
    pub(super) const ERROR: u16 = 0x0003;
    pub(super) const BOOL: u16 = 0x0004;
    pub(super) const NUMBER: u16 = 0x0005;
    pub(super) const TEXT: u16 = 0x0006;
    pub(super) const SHARED: u16 = 0x0007;
    pub(super) const FORMULA_TEXT: u16 = 0x0008;
    pub(super) const FORMULA_NUMBER: u16 = 0x0009;
    pub(super) const FORMULA_BOOL: u16 = 0x000A;
    pub(super) const FORMULA_ERROR: u16 = 0x000B;
    pub(super) const RICH_TEXT: u16 = 0x003E;
    pub(super) const COLUMN: u16 = 0x003C;
    pub(super) const VALIDATION: u16 = 0x0040;
    pub(super) const MERGE: u16 = 0x00B0;
    pub(super) const HYPERLINK: u16 = 0x01EE;
    pub(super) const PROTECTION: u16 = 0x0217;
    pub(super) const DRAWING: u16 = 0x0226;
}

/// A sheet before its shared strings are put in, and what leads from it to other parts.
#[derive(Default)]
pub(super) struct RawSheet {
    pub(super) builder: SheetBuilder,
    pub(super) hyperlinks: Vec<RawHyperlink>,
    pub(super) drawing: Option<String>,
    pub(super) validations: Vec<RawValidation>,
}

pub(super) fn read(part: &str, bytes: &[u8], fonts: &[Font], context: &Context<'_>) -> Result<RawSheet, Failure> {
    let mut sheet = RawSheet::default();
    let mut row = 0;
    let mut records = Records::new(bytes);
    while let Some(record) = records.next().ok_or_else(|| damaged(part))? {
        let taken = sheet.take(record, &mut row, fonts, context).ok_or_else(|| damaged(part))?;
        taken.map_err(|limit| limit.arg("part", part))?;
    }
    Ok(sheet)
}

/// What became of a record: `None` where it is damaged, an error where a limit was hit.
type Taken = Option<Result<(), Diagnostic>>;

impl RawSheet {
    fn take(&mut self, mut record: Record<'_>, row: &mut u32, fonts: &[Font], context: &Context<'_>) -> Taken {
        match record.kind {
            kind::ROW => {
                *row = record.u32()?;
                record.take(6)?;
                let flags = record.u16()?;
                const HIDDEN: u16 = 1 << 12;
                if *row < crate::address::MAX_ROWS {
                    return Some(self.builder.row(*row, flags & HIDDEN != 0, context));
                }
            }
            kind::NUMBER_SHORT..=kind::FORMULA_ERROR | kind::RICH_TEXT => {
                return self.cell(&mut record, *row, fonts, context);
            }
            kind::COLUMN => {
                let (first, last) = (record.u32()?, record.u32()?);
                record.take(8)?;
                if record.u16()? & 1 != 0 && first <= last && first < crate::address::MAX_COLUMNS {
                    self.builder.hidden_columns.push((first, last.min(crate::address::MAX_COLUMNS - 1)));
                }
            }
            kind::MERGE => {
                let range = range(&mut record)?;
                if is_on_sheet(range.last) {
                    return Some(self.builder.merge(range, context));
                }
                self.builder.misplaced(range.to_string());
            }
            kind::HYPERLINK => {
                let range = range(&mut record)?;
                let id = record.nullable_wide_string()?;
                let location = record.nullable_wide_string()?;
                if is_on_sheet(range.last) {
                    self.hyperlinks.push(RawHyperlink { range, id, location });
                }
            }
            kind::PROTECTION => {
                record.u16()?;
                self.builder.protected = record.u32()? != 0;
            }
            // Damage there costs what it says and no cell.
            kind::VALIDATION => self.validations.extend(validation(&mut record)),
            kind::DRAWING => self.drawing = record.nullable_wide_string()?,
            _ => {}
        }
        Some(Ok(()))
    }

    fn cell(&mut self, record: &mut Record<'_>, row: u32, fonts: &[Font], context: &Context<'_>) -> Taken {
        let at = CellRef::new(row, record.u32()?);
        let style = context.styles.index(record.u32()? & 0x00FF_FFFF);
        let is_formula = (kind::FORMULA_TEXT..=kind::FORMULA_ERROR).contains(&record.kind);
        let place = Place { at, style, is_formula };
        if !is_on_sheet(at) {
            self.builder.misplaced(at.to_string());
            return Some(Ok(()));
        }
        let builder = &mut self.builder;
        Some(match record.kind {
            kind::NUMBER_SHORT => builder.number(place, short_number(record.u32()?), "", context),
            kind::NUMBER | kind::FORMULA_NUMBER => builder.number(place, record.f64()?, "", context),
            kind::BOOL | kind::FORMULA_BOOL => builder.bool(place, record.u8()? != 0, context),
            kind::ERROR | kind::FORMULA_ERROR => {
                builder.arena.push_str(error_text(record.u8()?));
                builder.own(place, Value::Error, Vec::new(), context)
            }
            kind::TEXT | kind::FORMULA_TEXT => {
                builder.arena.push_str(&record.wide_string()?);
                builder.own(place, Value::Text, Vec::new(), context)
            }
            kind::SHARED => builder.shared(place, record.u32()?, context),
            _ => {
                let runs = rich_string(record, fonts, &mut builder.arena)?;
                builder.own(place, Value::Text, runs, context)
            }
        })
    }
}

/// A number in 30 bits (2.5.122, RkNumber): an integer or the upper half of a double, perhaps to be divided by 100.
pub(in crate::workbook) fn short_number(rk: u32) -> f64 {
    let number = if rk & 2 != 0 { f64::from(rk as i32 >> 2) } else { f64::from_bits(u64::from(rk & !3) << 32) };
    if rk & 1 != 0 { number / 100.0 } else { number }
}

/// The text of an error by its code (2.5.97.2, BErr).
pub(in crate::workbook) fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2B => "#GETTING_DATA",
        _ => "#N/A",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_are_integers_or_halves_of_doubles() {
        for (rk, number) in [(0x0000_0006, 1.0), (0xFFFF_FFFE, -1.0), (0x3FF0_0000, 1.0), (0x0000_04D3, 3.08)] {
            assert_eq!(short_number(rk), number);
        }
    }
}
