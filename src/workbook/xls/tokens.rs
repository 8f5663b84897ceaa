//! Formulas of a few tokens, as validations and defined names have them for lists (MS-XLS 2.5.198).

use super::record::{Record, decoded};
use crate::address::{CellRef, Range};
use crate::workbook::binary::List;

/// Words in one constant text, a NUL between them.
pub(super) fn written_out(tokens: &[u8]) -> List {
    let [0x17, length, flags, characters @ ..] = tokens else { return List::Unknown };
    let is_wide = flags & 1 != 0;
    let length = usize::from(*length) * if is_wide { 2 } else { 1 };
    let text = decoded(&characters[..length.min(characters.len())], is_wide);
    List::Words(text.split('\0').map(|word| word.trim().to_owned()).collect())
}

/// The cells a reference of one token names (2.5.198).
pub(super) fn cells_of(tokens: &[u8]) -> List {
    const COLUMN: u16 = 0x3FFF;
    let Some((&token, rest)) = tokens.split_first() else { return List::Unknown };
    let mut record = Record { kind: 0, rest };
    let mut found = || {
        // The three classes of a token differ in two bits.
        Some(match token & 0x1F | 0x20 {
            0x23 if token >= 0x20 => List::Name(record.u32()?),
            kind @ (0x25 | 0x3B) if token >= 0x20 => {
                let sheet = if kind == 0x3B { Some(record.u16()?) } else { None };
                let (top, bottom) = (record.u16()?, record.u16()?);
                let (left, right) = (record.u16()? & COLUMN, record.u16()? & COLUMN);
                let corner = |row: u16, column: u16| CellRef::new(u32::from(row), u32::from(column));
                List::Cells(sheet, Range::new(corner(top, left), corner(bottom, right)))
            }
            _ => return None,
        })
    };
    let list = found().unwrap_or(List::Unknown);
    // Anything behind the reference makes it a part of something else.
    if record.rest.is_empty() || matches!(list, List::Name(_)) { list } else { List::Unknown }
}
