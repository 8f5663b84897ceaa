//! Cells and strings as nearly every program writes them, taken byte by byte in one go.
//!
//! Anything else (a prefix, a formula, single quotes, an attribute not known here) is left to the scanner, which
//! reads these forms as well: tests hold the two against each other.

use crate::address::{CellRef, MAX_COLUMNS, MAX_ROWS};

/// A cell of the form `<c r="B12" s="3" t="s"><v>7</v></c>`; style and type may be missing, the type be a number's.
pub(super) struct PlainCell<'a> {
    pub(super) at: CellRef,
    pub(super) style: u32,
    /// The number of its shared string.
    pub(super) shared: Option<u32>,
    /// What stands in `<v>`: plain characters of a number.
    pub(super) value: &'a str,
    /// Bytes the cell takes.
    pub(super) length: usize,
}

/// Takes a plain cell from the start of a text; `None` where the scanner has to look.
#[inline]
pub(super) fn plain_cell(text: &str) -> Option<PlainCell<'_>> {
    let bytes = text.as_bytes();
    if !bytes.starts_with(b"<c r=\"") {
        return None;
    }
    let (at, mut position) = address(bytes, 6)?;
    let mut style = 0;
    let mut is_shared = false;
    loop {
        match *bytes.get(position)? {
            b'>' => break,
            b' ' => {}
            _ => return None,
        }
        let name = bytes.get(position + 1..position + 4)?;
        position += 4;
        match name {
            b"s=\"" => (style, position) = number(bytes, position)?,
            b"t=\"" => {
                is_shared = match bytes.get(position)? {
                    b's' => true,
                    b'n' => false,
                    _ => return None,
                };
                position += 1;
            }
            _ => return None,
        }
        if *bytes.get(position)? != b'"' {
            return None;
        }
        position += 1;
    }
    if !bytes[position..].starts_with(b"><v>") {
        return None;
    }
    let start = position + 4;
    let (shared, end) = if is_shared {
        let (index, end) = number(bytes, start)?;
        (Some(index), end)
    } else {
        let is_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'E' | b'e');
        (None, start + bytes[start..].iter().position(|byte| !is_number(byte))?)
    };
    if end == start || !bytes[end..].starts_with(b"</v></c>") {
        return None;
    }
    Some(PlainCell { at, style, shared, value: &text[start..end], length: end + 8 })
}

/// Reads `B12"` within a sheet's limits; returns the position behind the quote.
#[inline]
fn address(bytes: &[u8], start: usize) -> Option<(CellRef, usize)> {
    let mut position = start;
    let mut column = 0;
    while let letter @ b'A'..=b'Z' = *bytes.get(position)? {
        column = column * 26 + u32::from(letter - b'A') + 1;
        position += 1;
        if position - start > 3 {
            return None;
        }
    }
    let (row, end) = number(bytes, position)?;
    let is_inside = (1..=MAX_COLUMNS).contains(&column) && (1..=MAX_ROWS).contains(&row);
    (is_inside && *bytes.get(end)? == b'"').then(|| (CellRef::new(row - 1, column - 1), end + 1))
}

/// Reads up to nine digits, at least one; returns the position behind them.
#[inline]
fn number(bytes: &[u8], start: usize) -> Option<(u32, usize)> {
    let mut position = start;
    let mut number = 0;
    while let digit @ b'0'..=b'9' = *bytes.get(position)? {
        if position - start == 9 {
            return None;
        }
        number = number * 10 + u32::from(digit - b'0');
        position += 1;
    }
    (position > start).then_some((number, position))
}

/// Takes the text of `<si><t>…</t></si>` from the start of a text, and how many bytes that takes; `None` where there
/// are runs, references, escapes or blanks to look at.
#[inline]
pub(super) fn plain_string(text: &str) -> Option<(&str, usize)> {
    let (string, behind) = plain_text(text.strip_prefix("<si>")?)?;
    let rest = behind.strip_prefix("</si>")?;
    Some((string, text.len() - rest.len()))
}

/// Takes the text of a `<t>` that is as it stands, and what is behind the element; `None` where there is anything to
/// resolve, decode or trim.
#[inline]
pub(super) fn plain_text(text: &str) -> Option<(&str, &str)> {
    let (inside, is_trimmed) = match text.strip_prefix("<t>") {
        Some(inside) => (inside, true),
        None => (text.strip_prefix("<t xml:space=\"preserve\">")?, false),
    };
    let (string, end) = inside.split_at(memchr::memchr3(b'<', b'&', b'\r', inside.as_bytes())?);
    let behind = end.strip_prefix("</t>")?;
    let has_outer_blank = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    let is_to_trim =
        is_trimmed && (has_outer_blank(string.as_bytes().first()) || has_outer_blank(string.as_bytes().last()));
    (!is_to_trim && memchr::memchr(b'_', string.as_bytes()).is_none()).then_some((string, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_forms_are_taken() {
        for (xml, taken) in [
            ("<c r=\"B12\" s=\"3\" t=\"s\"><v>7</v></c>", Some((11, 1, 3, Some(7), "7"))),
            ("<c r=\"A1\"><v>-1.5E+3</v></c>", Some((0, 0, 0, None, "-1.5E+3"))),
            ("<c r=\"A1\" t=\"n\" s=\"1\"><v>1</v></c>", Some((0, 0, 1, None, "1"))),
            ("<c r=\"A1\" t=\"str\"><v>1</v></c>", None),
            ("<c r=\"A1\" t=\"b\"><v>1</v></c>", None),
            ("<c r=\"A1\"><f>A2</f><v>1</v></c>", None),
            ("<c r=\"A1\"/>", None),
            ("<c r=\"A1\"><v></v></c>", None),
            ("<c r=\"A1\"><v>1</v><x/></c>", None),
            ("<c r=\"XFE1\"><v>1</v></c>", None),
            ("<c r=\"A1048577\"><v>1</v></c>", None),
            ("<c r=\"A1\" t=\"s\"><v>9999999999</v></c>", None),
            ("<c r='A1'><v>1</v></c>", None),
            ("<c r=\"A1\" cm=\"1\"><v>1</v></c>", None),
            ("<c r=\"A1", None),
        ] {
            let cell = plain_cell(xml);
            let found = cell.map(|cell| {
                assert_eq!(cell.length, xml.len());
                (cell.at.row, cell.at.column, cell.style, cell.shared, cell.value)
            });
            assert_eq!(found, taken, "{xml}");
        }
        for (xml, taken) in [
            ("<si><t>実1</t></si>", Some("実1")),
            ("<si><t> a</t></si>", None),
            ("<si><t xml:space=\"preserve\"> a\n</t></si>", Some(" a\n")),
            ("<si><t xml:space=\"preserve\"></t></si>", Some("")),
            ("<si><t xml:space=\"default\">a</t></si>", None),
            ("<si><t>a</t><t>b</t></si>", None),
            ("<si><t>a&amp;</t></si>", None),
            ("<si><t>a_x000D_</t></si>", None),
            ("<si><t>a</t><phoneticPr/></si>", None),
            ("<si><t></t></si>", None),
            ("<si><t>a", None),
        ] {
            assert_eq!(plain_string(xml).map(|(string, _)| string), taken, "{xml}");
        }
    }
}
