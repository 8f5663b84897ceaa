//! A part of XML in memory: read as UTF-8 whatever it is stored in, and stored again as it was.

use super::layout::{self, Layout, Schema};
use super::part_failure;
use super::splice::Splices;
use crate::diagnostic::Failure;
use crate::workbook::package::Package;

/// A part of XML, inflated, in UTF-8.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
    stored: Stored,
}

/// How a part is stored.
#[derive(Copy, Clone)]
enum Stored {
    Utf8,
    /// UTF-16, in either order of bytes, with a byte order mark in front or without.
    Utf16 {
        is_little: bool,
        has_mark: bool,
    },
}

impl Part {
    pub(super) fn load(package: &Package<'_>, name: &str) -> Result<Self, Failure> {
        let name = package.entry(name).map_or_else(|| name.to_owned(), |entry| entry.name.clone());
        let stored = package.part(&name)?;
        Self::of(name, stored)
    }

    pub(super) fn of(name: String, stored: Vec<u8>) -> Result<Self, Failure> {
        if let Some((content, stored)) = utf16(&stored) {
            return Ok(Self { name, content, stored });
        }
        if !is_utf8(&stored) {
            return Err(part_failure(&name, "encoding"));
        }
        Ok(Self { name, content: stored, stored: Stored::Utf8 })
    }

    pub(super) fn layout(&self, schema: &Schema) -> Result<Layout<'_>, Failure> {
        Layout::read(&self.content, schema).map_err(|_| part_failure(&self.name, "malformed"))
    }

    pub(super) fn worksheet(&self) -> Result<Layout<'_>, Failure> {
        Layout::worksheet(&self.content).map_err(|_| part_failure(&self.name, "malformed"))
    }

    pub(super) fn is_worksheet(&self) -> bool {
        Layout::read(&self.content, &layout::WORKSHEET).is_ok()
    }

    /// The part with cuts made, as it is stored.
    pub(super) fn finish(&self, splices: Splices) -> Vec<u8> {
        let content = splices.apply(&self.content);
        let Stored::Utf16 { is_little, has_mark } = self.stored else { return content };
        let text = String::from_utf8(content).expect("UTF-8 was cut at its tags and joined with UTF-8");
        let units = has_mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }
}

/// A part stored in UTF-16, told by its mark or its first character (XML 1.0, appendix F); `None` for any other, and
/// where it holds half characters.
fn utf16(stored: &[u8]) -> Option<(Vec<u8>, Stored)> {
    let (is_little, has_mark) = match stored {
        [0xFF, 0xFE, ..] => (true, true),
        [0xFE, 0xFF, ..] => (false, true),
        [b'<', 0, ..] => (true, false),
        [0, b'<', ..] => (false, false),
        _ => return None,
    };
    let unit = |pair: &[u8]| {
        let pair = pair.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let units: Option<Vec<u16>> = stored[if has_mark { 2 } else { 0 }..].chunks(2).map(unit).collect();
    let text = String::from_utf16(&units?).ok()?;
    Some((text.into_bytes(), Stored::Utf16 { is_little, has_mark }))
}

/// Says whether a part is in UTF-8, by its bytes and by what it declares.
fn is_utf8(content: &[u8]) -> bool {
    let head = &content[..content.len().min(200)];
    let declaration = memchr::memmem::find(head, b"?>").map_or(&b""[..], |end| &head[..end]).to_ascii_lowercase();
    let names_other = memchr::memmem::find(&declaration, b"encoding").is_some()
        && memchr::memmem::find(&declaration, b"utf-8").is_none()
        && memchr::memmem::find(&declaration, b"us-ascii").is_none();
    !names_other && !head.contains(&0) && std::str::from_utf8(content).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_in_utf16_is_cut_as_text_and_stored_as_it_was() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>実1</a>";
        for (is_little, mark) in [(true, true), (false, true), (true, false)] {
            let bytes_of = |unit: u16| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() };
            let stored = |text: &str| -> Vec<u8> {
                mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16()).flat_map(bytes_of).collect()
            };
            let part = Part::of("a.xml".to_owned(), stored(text)).unwrap();
            assert_eq!(part.content, text.as_bytes());
            assert_eq!(part.finish(Splices::default()), stored(text));
            let mut cuts = Splices::default();
            cuts.insert(text.find("</a>").unwrap(), "済🙂".as_bytes());
            assert_eq!(part.finish(cuts), stored(&text.replace("</a>", "済🙂</a>")));
        }
    }

    #[test]
    fn other_encodings_and_half_characters_are_refused() {
        for stored in
            [&b"\xFF\xFE<\0\0\xD8"[..], b"\xFF\xFE<", b"<?xml version='1.0' encoding='Shift_JIS'?><a/>", b"<a>\x8E</a>"]
        {
            assert!(Part::of("a.xml".to_owned(), stored.to_vec()).is_err(), "{stored:?}");
        }
    }
}
