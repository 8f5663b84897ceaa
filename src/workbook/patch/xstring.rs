//! Cell texts as SpreadsheetML writes them (`ST_Xstring`, ECMA-376 part 1, §22.9.2.19).

/// Excel's limit of a cell, in UTF-16 units.
pub const MAX_UNITS: usize = 32_767;

/// Counts a text as Excel does.
pub fn utf16_units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Appends a text as the content of a `t` element: markup escaped, characters XML does not know as `_xHHHH_`, and a
/// literal `_xHHHH_` so that it stays one.
pub(crate) fn write(text: &str, out: &mut Vec<u8>) {
    for (index, c) in text.char_indices() {
        match c {
            '&' => out.extend_from_slice(b"&amp;"),
            '<' => out.extend_from_slice(b"&lt;"),
            '>' => out.extend_from_slice(b"&gt;"),
            '\n' | '\t' => out.push(c as u8),
            // A bare carriage return would be read as a line feed (XML 1.0, §2.11).
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                out.extend_from_slice(format!("_x{:04X}_", c as u32).as_bytes())
            }
            '_' if looks_escaped(&text.as_bytes()[index..]) => out.extend_from_slice(b"_x005F_"),
            _ => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

/// Says whether XML readers may drop blanks of the text, so that it needs `xml:space="preserve"`.
pub(crate) fn needs_preserve(text: &str) -> bool {
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    text.starts_with(is_blank) || text.ends_with(is_blank) || text.contains(['\n', '\t']) || text.contains("  ")
}

fn looks_escaped(rest: &[u8]) -> bool {
    rest.len() >= 7 && rest[1] == b'x' && rest[2..6].iter().all(u8::is_ascii_hexdigit) && rest[6] == b'_'
}

/// Decodes `_xHHHH_`, leaving alone what stands for no character.
pub(crate) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(found) = rest.find("_x") {
        out.push_str(&rest[..found]);
        rest = &rest[found..];
        let decoded = looks_escaped(rest.as_bytes())
            .then(|| u32::from_str_radix(&rest[2..6], 16).ok().and_then(char::from_u32))
            .flatten();
        match decoded {
            Some(c) => out.push(c),
            None => out.push_str("_x"),
        }
        rest = &rest[if decoded.is_some() { 7 } else { 2 }..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_as_they_were() {
        for (text, written) in [
            ("A & <b>", "A &amp; &lt;b&gt;"),
            ("一行目\n二行目", "一行目\n二行目"),
            ("a\r\nb", "a_x000D_\nb"),
            ("\u{1}\u{FFFF}", "_x0001__xFFFF_"),
            ("_x0041_", "_x005F_x0041_"),
            ("_x00g1_ _x004", "_x00g1_ _x004"),
            ("__x0041_", "__x005F_x0041_"),
            ("=1+1", "=1+1"),
            ("😀", "😀"),
        ] {
            let mut out = Vec::new();
            write(text, &mut out);
            let out = String::from_utf8(out).unwrap();
            assert_eq!(out, written);
            assert_eq!(decode(&crate::workbook::patch::markup::unescape(out.as_bytes())), text);
        }
    }

    #[test]
    fn length_is_counted_as_excel_does() {
        assert_eq!(utf16_units("統1😀"), 4);
    }
}
