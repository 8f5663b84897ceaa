//! Records of a BIFF stream (MS-XLS 2.1.4): a kind, a length, and fields read within that length only.

use encoding_rs::Encoding;

pub(super) use crate::workbook::record::Record;

pub(super) const CONTINUE: u16 = 0x003C;

/// Steps through the records of a stream.
pub(super) struct Records<'a> {
    bytes: &'a [u8],
    pub(super) position: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0 }
    }

    /// The records that continue the one just read.
    pub(super) fn continued(&mut self) -> Vec<&'a [u8]> {
        let mut parts = Vec::new();
        loop {
            let before = self.position;
            match self.next() {
                Some(record) if record.kind == CONTINUE => parts.push(record.rest),
                _ => {
                    self.position = before;
                    return parts;
                }
            }
        }
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    /// The next record; `None` at the end of the stream or where it ends inside a record.
    fn next(&mut self) -> Option<Record<'a>> {
        let head = self.bytes.get(self.position..self.position + 4)?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let rest = self.bytes.get(self.position + 4..self.position + 4 + length)?;
        self.position += 4 + length;
        Some(Record { kind, rest })
    }
}

impl Record<'_> {
    /// A string of so many characters: BIFF8 says in a byte how wide they are, BIFF5 has bytes of the code page.
    pub(super) fn string(&mut self, characters: usize, biff: &Biff) -> Option<String> {
        match biff.is_8 {
            true => {
                let is_wide = self.u8()? & 1 != 0;
                let length = if is_wide { characters * 2 } else { characters };
                Some(decoded(self.take(length.min(self.rest.len()))?, is_wide))
            }
            false => {
                let bytes = self.take(characters.min(self.rest.len()))?;
                Some(biff.code_page.decode_without_bom_handling(bytes).0.into_owned())
            }
        }
    }
}

/// The version of a stream and how its bytes are characters.
#[derive(Copy, Clone)]
pub(super) struct Biff {
    pub(super) is_8: bool,
    pub(super) code_page: &'static Encoding,
}

/// Characters of two bytes, or the lower bytes of characters (2.5.293).
pub(super) fn decoded(bytes: &[u8], is_wide: bool) -> String {
    if is_wide {
        encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned()
    } else {
        bytes.iter().map(|&byte| char::from(byte)).collect()
    }
}

/// The encoding of a code page (2.4.52, CodePage).
pub(super) fn code_page(number: u16) -> &'static Encoding {
    match number {
        932 | 10001 => encoding_rs::SHIFT_JIS,
        936 | 10008 => encoding_rs::GBK,
        949 | 10003 => encoding_rs::EUC_KR,
        950 | 10002 => encoding_rs::BIG5,
        874 => encoding_rs::WINDOWS_874,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 => encoding_rs::MACINTOSH,
        65001 => encoding_rs::UTF_8,
        _ => encoding_rs::WINDOWS_1252,
    }
}

/// Reads shared strings over the records that continue them: characters may change their width at a border.
pub(super) struct Continued<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Continued<'a> {
    pub(super) fn new(parts: Vec<&'a [u8]>) -> Self {
        Self { parts, part: 0, at: 0 }
    }

    /// What is left of the current part, moving on to the next where nothing is.
    fn rest(&mut self) -> &'a [u8] {
        while let Some(part) = self.parts.get(self.part) {
            if self.at < part.len() {
                return &part[self.at..];
            }
            self.part += 1;
            self.at = 0;
        }
        &[]
    }

    pub(super) fn is_done(&mut self) -> bool {
        self.rest().is_empty()
    }

    fn u8(&mut self) -> Option<u8> {
        let byte = *self.rest().first()?;
        self.at += 1;
        Some(byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut length: usize) -> Option<()> {
        while length > 0 {
            let step = self.rest().len().min(length);
            if step == 0 {
                return None;
            }
            self.at += step;
            length -= step;
        }
        Some(())
    }

    fn characters(&mut self, mut count: usize, mut is_wide: bool) -> Option<String> {
        let mut text = String::new();
        let mut units: Vec<u8> = Vec::new();
        while count > 0 {
            let is_at_border = self.parts.get(self.part).is_none_or(|part| self.at >= part.len());
            if is_at_border {
                is_wide = self.u8()? & 1 != 0;
            }
            let rest = self.rest();
            let width = if is_wide { 2 } else { 1 };
            let taken = (rest.len() / width).min(count);
            if taken == 0 {
                return None;
            }
            let bytes = &rest[..taken * width];
            // Collected as UTF-16, because a border may part the halves of one character.
            if is_wide {
                units.extend_from_slice(bytes);
            } else {
                units.extend(bytes.iter().flat_map(|&byte| [byte, 0]));
            }
            self.at += taken * width;
            count -= taken;
        }
        text.push_str(&encoding_rs::UTF_16LE.decode_without_bom_handling(&units).0);
        Some(text)
    }

    /// A string and its runs, by first UTF-16 unit and font (2.5.293, XLUnicodeRichExtendedString).
    pub(super) fn rich_string(&mut self) -> Option<(String, Vec<(usize, usize)>)> {
        const HAS_PHONETICS: u8 = 4;
        const HAS_RUNS: u8 = 8;
        let count = usize::from(self.u16()?);
        let flags = self.u8()?;
        let run_count = if flags & HAS_RUNS != 0 { self.u16()? } else { 0 };
        let phonetics_len = if flags & HAS_PHONETICS != 0 { self.u32()? } else { 0 };
        let text = self.characters(count, flags & 1 != 0)?;
        let mut runs = Vec::new();
        for _ in 0..run_count {
            runs.push((usize::from(self.u16()?), usize::from(self.u16()?)));
        }
        self.skip(usize::try_from(phonetics_len).ok()?)?;
        Some((text, runs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_go_on_over_continue_records_and_may_change_their_width() {
        let first = b"\x04\x00\x00ab".as_slice();
        let second = b"\x01\x9F\x5B\x31\x00\x01\x00\x00c".as_slice();
        let mut strings = Continued::new(vec![first, second]);
        assert_eq!(strings.rich_string().unwrap().0, "ab実1");
        assert_eq!(strings.rich_string().unwrap().0, "c");
        assert!(strings.is_done());
        assert!(Continued::new(vec![b"\xFF\xFF\x00a"]).rich_string().is_none());
    }
}
