//! What stands around the cells of an xlsb sheet: notes, validations, and what their formulas name.

use super::record::{Record, Records};
use crate::address::{CellRef, Range};
use crate::workbook::Comment;
use crate::workbook::binary::{List, RawValidation, is_written_out};
use crate::workbook::builder::is_on_sheet;

/// Reads a part of notes; `None` where it ends inside a record.
pub(super) fn comments(bytes: &[u8]) -> Option<Vec<Comment>> {
    const AUTHOR: u16 = 0x0278;
    const COMMENT: u16 = 0x027B;
    const TEXT: u16 = 0x027D;
    let mut authors = Vec::new();
    let mut comments: Vec<Comment> = Vec::new();
    let mut records = Records::new(bytes);
    while let Some(mut record) = records.next()? {
        match record.kind {
            AUTHOR => authors.push(record.wide_string()?),
            COMMENT => {
                let author = authors.get(record.u32()? as usize).cloned().unwrap_or_default();
                let at = range(&mut record)?.first;
                comments.push(Comment { at, author, text: String::new() });
            }
            TEXT => {
                record.u8()?;
                let text = record.wide_string()?;
                if let Some(comment) = comments.last_mut() {
                    comment.text = text;
                }
            }
            _ => {}
        }
    }
    comments.retain(|comment| is_on_sheet(comment.at));
    Some(comments)
}

/// A range (2.5.154, UncheckedRfX).
pub(super) fn range(record: &mut Record<'_>) -> Option<Range> {
    let (top, bottom, left, right) = (record.u32()?, record.u32()?, record.u32()?, record.u32()?);
    Some(Range::new(CellRef::new(top, left), CellRef::new(bottom, right)))
}

/// A validation (2.4.356, BrtDVal).
pub(super) fn validation(record: &mut Record<'_>) -> Option<RawValidation> {
    let flags = record.u32()?;
    let mut ranges = Vec::new();
    for _ in 0..record.u32()? {
        ranges.push(range(record)?);
    }
    ranges.retain(|range| is_on_sheet(range.last));
    for _ in 0..4 {
        record.nullable_wide_string()?;
    }
    let (first, second) = (formula(record)?, formula(record)?);
    let list = if is_written_out(flags) { written_out(first) } else { cells_of(first) };
    Some(RawValidation::new(flags, ranges, list, [first, second]))
}

/// The tokens of a formula; what belongs to them stands behind and is not looked at.
fn formula<'a>(record: &mut Record<'a>) -> Option<&'a [u8]> {
    let length = usize::try_from(record.u32()?).ok()?;
    let tokens = record.take(length)?;
    let extra = usize::try_from(record.u32()?).ok()?;
    record.take(extra)?;
    Some(tokens)
}

/// Words in one constant text.
fn written_out(tokens: &[u8]) -> List {
    let [0x17, low, high, characters @ ..] = tokens else { return List::Unknown };
    let length = usize::from(u16::from_le_bytes([*low, *high])) * 2;
    let text = encoding_rs::UTF_16LE.decode_without_bom_handling(&characters[..length.min(characters.len())]).0;
    List::Words(text.split([',', '\0']).map(|word| word.trim().to_owned()).collect())
}

/// The cells a reference of one token names (2.5.97).
fn cells_of(tokens: &[u8]) -> List {
    const COLUMN: u16 = 0x3FFF;
    let Some((&token, rest)) = tokens.split_first() else { return List::Unknown };
    let mut record = Record::of(rest);
    let mut found = || {
        // The three classes of a token differ in two bits.
        Some(match token & 0x1F | 0x20 {
            0x23 if token >= 0x20 => List::Name(record.u32()?),
            kind @ (0x25 | 0x3B) if token >= 0x20 => {
                let sheet = if kind == 0x3B { Some(record.u16()?) } else { None };
                let (top, bottom) = (record.u32()?, record.u32()?);
                let (left, right) = (record.u16()? & COLUMN, record.u16()? & COLUMN);
                let last = CellRef::new(bottom, u32::from(right));
                let range = Range::new(CellRef::new(top, u32::from(left)), last);
                if is_on_sheet(last) { List::Cells(sheet, range) } else { return None }
            }
            _ => return None,
        })
    };
    let list = found().unwrap_or(List::Unknown);
    // Anything behind the reference makes it a part of something else.
    if record.is_done() { list } else { List::Unknown }
}

/// What a defined name stands for (2.4.711, BrtName).
pub(super) fn name(record: &mut Record<'_>) -> Option<List> {
    record.take(4 + 1 + 4)?;
    record.wide_string()?;
    formula(record).map(cells_of)
}

/// The numbers of the tabs that formulas name (2.4.657, BrtExternSheet), up to the first that is damaged.
pub(super) fn sheets(record: &mut Record<'_>) -> Vec<u16> {
    let count = record.u32().unwrap_or(0);
    let mut sheet = || {
        record.u32()?;
        let first = record.u32()?;
        record.u32()?;
        Some(u16::try_from(first).unwrap_or(u16::MAX))
    };
    (0..count).map_while(|_| sheet()).collect()
}
