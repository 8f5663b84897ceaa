//! One record of a binary workbook, xls or xlsb: fields read in order, never past the record's own end.
//!
//! How records are told apart, and how their texts are spelt, is each format's own (`xls::record`, `xlsb::record`).

/// A record, and what of it is not read yet. Numbers are little-endian; `None` where the record is too short.
#[derive(Copy, Clone)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) rest: &'a [u8],
}

impl<'a> Record<'a> {
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes(self.take(2)?.try_into().ok()?))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        Some(f64::from_le_bytes(self.take(8)?.try_into().ok()?))
    }
}
