//! Records of a binary part (MS-XLSB 2.1.4): a kind, a length, and fields read within that length only.

pub(super) use crate::workbook::record::Record;

/// Steps through the records of a part.
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next record; `Some(None)` at the end of the part, `None` where the part ends inside a record.
    #[expect(clippy::option_option, reason = "the outer level is damage, which callers pass on with `?`")]
    pub(super) fn next(&mut self) -> Option<Option<Record<'a>>> {
        if self.rest.is_empty() {
            return Some(None);
        }
        let low = self.byte()?;
        let kind =
            if low & 0x80 == 0 { u16::from(low) } else { u16::from(low & 0x7F) | u16::from(self.byte()? & 0x7F) << 7 };
        let mut length = 0;
        for step in 0..4 {
            let byte = self.byte()?;
            length |= usize::from(byte & 0x7F) << (7 * step);
            if byte & 0x80 == 0 {
                break;
            }
        }
        let (data, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(Some(Record { kind, rest: data }))
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }
}

impl<'a> Record<'a> {
    /// Bytes inside a record, to be read like one.
    pub(super) fn of(rest: &'a [u8]) -> Self {
        Self { kind: 0, rest }
    }

    /// Whether all is read.
    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// A string of UTF-16 units, their number in front (2.5.168, XLWideString).
    pub(super) fn wide_string(&mut self) -> Option<String> {
        let length = usize::try_from(self.u32()?).ok()?;
        Some(encoding_rs::UTF_16LE.decode_without_bom_handling(self.take(length.checked_mul(2)?)?).0.into_owned())
    }

    /// A string that may be absent (2.5.166, XLNullableWideString).
    #[expect(clippy::option_option, reason = "the outer level is damage, which callers pass on with `?`")]
    pub(super) fn nullable_wide_string(&mut self) -> Option<Option<String>> {
        if self.rest.get(..4)? == [0xFF; 4] {
            self.u32()?;
            return Some(None);
        }
        self.wide_string().map(Some)
    }
}
