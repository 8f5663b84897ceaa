//! The zip container (PKWARE APPNOTE 6.3): directory, entry spans, inflating within limits.
//!
//! Nothing the file says about a size is believed before the bytes are there.

use std::ops::Range;

use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

use crate::diagnostic::{Diagnostic, Failure};

use crate::workbook::limits::Limits;

/// What the directory of a zip holds, and where its own records stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// All entries in directory order, folders left out.
    pub entries: Vec<Entry>,
    /// The span of the central directory.
    pub central: Range<usize>,
    /// Where the end-of-central-directory record begins (its zip64 forms, if any, stand between).
    pub end_record: usize,
    /// Bytes before the zip begins, to be added to every offset it states (self-extracting files).
    pub shift: usize,
    /// Whether the file uses zip64 records or fields.
    pub is_zip64: bool,
}

/// One entry of a zip, with the spans it takes in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name; `\` read as `/`, no leading `/`.
    pub name: String,
    /// The record in the central directory.
    pub central: Range<usize>,
    /// The local header, up to the data.
    pub local: Range<usize>,
    /// The data as stored.
    pub data: Range<usize>,
    /// The general purpose flags: bit 0 encrypted, bit 3 a data descriptor follows the data, bit 11 UTF-8 name.
    pub flags: u16,
    /// The compression method: 0 stored, 8 deflated.
    pub method: u16,
    /// The CRC-32 of the expanded data, as stated.
    pub crc32: u32,
    /// The expanded length in bytes, as stated; checked when the entry is inflated.
    pub expanded_len: u64,
}

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const END_ZIP64: &[u8] = b"PK\x06\x06";
const LOCATOR_ZIP64: &[u8] = b"PK\x06\x07";
const END_LEN: usize = 22;

fn damaged(reason: &str) -> Failure {
    Diagnostic::error("zip-damaged").arg("reason", reason).into()
}

/// Little-endian fields of a record; `None` beyond its end.
struct Record<'a>(&'a [u8]);

impl Record<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.0.get(at..at + 2)?.try_into().ok()?))
    }
    fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.0.get(at..at + 4)?.try_into().ok()?))
    }
    fn u64(&self, at: usize) -> Option<u64> {
        Some(u64::from_le_bytes(self.0.get(at..at + 8)?.try_into().ok()?))
    }
}

impl Directory {
    /// Reads the directory of a zip.
    ///
    /// # Errors
    ///
    /// `zip-damaged` where a record is missing or leads outside the file, `zip-overlap` where entries share bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, Failure> {
        let end_record = find_end(bytes).ok_or_else(|| damaged("no-end-record"))?;
        let end = Record(&bytes[end_record..]);
        let mut count = u64::from(end.u16(10).unwrap_or(0));
        let mut size = u64::from(end.u32(12).unwrap_or(0));
        let mut offset = u64::from(end.u32(16).unwrap_or(0));
        let mut directory_end = end_record;
        let zip64 = find_zip64_end(bytes, end_record);
        if let Some(at) = zip64 {
            let record = Record(&bytes[at..]);
            let field = |at| record.u64(at).ok_or_else(|| damaged("directory"));
            (count, size, offset) = (field(32)?, field(40)?, field(48)?);
            directory_end = at;
        }
        let start = directory_end
            .checked_sub(usize::try_from(size).map_err(|_| damaged("directory"))?)
            .ok_or_else(|| damaged("directory"))?;
        // Some writers leave bytes between directory and end record; then the offset is right as it stands.
        let stated = usize::try_from(offset).unwrap_or(usize::MAX);
        let is_there = |at: usize| count == 0 || bytes.get(at..).is_some_and(|rest| rest.starts_with(CENTRAL));
        let (start, shift) = match start.checked_sub(stated) {
            Some(shift) if is_there(start) => (start, shift),
            _ if is_there(stated) => (stated, 0),
            _ => return Err(damaged("directory")),
        };
        let mut directory =
            Self { entries: Vec::new(), central: start..start, end_record, shift, is_zip64: zip64.is_some() };
        directory.read_entries(bytes, count)?;
        // Data comes before the directory (APPNOTE 4.3.6); what reaches into it would be read twice.
        if directory.entries.iter().any(|entry| entry.data.end > start) {
            return Err(damaged("entry"));
        }
        refuse_overlap(&directory.entries)?;
        Ok(directory)
    }

    fn read_entries(&mut self, bytes: &[u8], count: u64) -> Result<(), Failure> {
        for _ in 0..count {
            let rest = &bytes[self.central.end..];
            if !rest.starts_with(CENTRAL) {
                return Err(damaged("directory"));
            }
            let (entry, is_zip64) = read_entry(bytes, self.central.end, self.shift).ok_or_else(|| damaged("entry"))?;
            self.is_zip64 |= is_zip64;
            self.central.end = entry.central.end;
            if !entry.name.ends_with('/') {
                self.entries.push(entry);
            }
        }
        Ok(())
    }
}

fn find_end(bytes: &[u8]) -> Option<usize> {
    let window = bytes.len().saturating_sub(END_LEN + 0xFFFF);
    let mut found = memmem::rfind_iter(&bytes[window..], END).map(|at| window + at);
    // A comment may hold the signature by chance, so the record must fit what follows it.
    found.find(|&at| {
        let comment = Record(&bytes[at..]).u16(20);
        comment.is_some_and(|comment| at + END_LEN + usize::from(comment) <= bytes.len())
    })
}

fn find_zip64_end(bytes: &[u8], end_record: usize) -> Option<usize> {
    let locator_at = end_record.checked_sub(20)?;
    if !bytes[locator_at..].starts_with(LOCATOR_ZIP64) {
        return None;
    }
    let stated = usize::try_from(Record(&bytes[locator_at..]).u64(8)?).ok()?;
    let is_there = |at: usize| at < locator_at && bytes[at..].starts_with(END_ZIP64);
    if is_there(stated) { Some(stated) } else { locator_at.checked_sub(56).filter(|&at| is_there(at)) }
}

/// Reads one central record and finds its local header; `None` where it leads outside the file.
fn read_entry(bytes: &[u8], at: usize, shift: usize) -> Option<(Entry, bool)> {
    let record = Record(bytes.get(at..)?);
    let flags = record.u16(8)?;
    let name_len = usize::from(record.u16(28)?);
    let extra_len = usize::from(record.u16(30)?);
    let comment_len = usize::from(record.u16(32)?);
    let name_bytes = record.0.get(46..46 + name_len)?;
    let extra = record.0.get(46 + name_len..46 + name_len + extra_len)?;
    let sizes = Sizes {
        expanded: u64::from(record.u32(24)?),
        compressed: u64::from(record.u32(20)?),
        offset: u64::from(record.u32(42)?),
    };
    let (sizes, is_zip64) = sizes.widened(extra)?;
    let central = at..at + 46 + name_len + extra_len + comment_len;
    if central.end > bytes.len() {
        return None;
    }
    let local_at = usize::try_from(sizes.offset).ok()?.checked_add(shift)?;
    let local = Record(bytes.get(local_at..)?);
    if !local.0.starts_with(LOCAL) {
        return None;
    }
    let data_at = local_at + 30 + usize::from(local.u16(26)?) + usize::from(local.u16(28)?);
    let data_end = data_at.checked_add(usize::try_from(sizes.compressed).ok()?)?;
    if data_end > bytes.len() {
        return None;
    }
    let entry = Entry {
        name: entry_name(name_bytes),
        central,
        local: local_at..data_at,
        data: data_at..data_end,
        flags,
        method: record.u16(10)?,
        crc32: record.u32(16)?,
        expanded_len: sizes.expanded,
    };
    Some((entry, is_zip64))
}

fn entry_name(bytes: &[u8]) -> String {
    let name = String::from_utf8_lossy(bytes).replace('\\', "/");
    name.trim_start_matches('/').to_owned()
}

struct Sizes {
    expanded: u64,
    compressed: u64,
    offset: u64,
}

impl Sizes {
    /// Takes the fields that are all ones from the zip64 extra field (APPNOTE 4.5.3).
    fn widened(mut self, extra: &[u8]) -> Option<(Self, bool)> {
        const FULL: u64 = u32::MAX as u64;
        if self.expanded != FULL && self.compressed != FULL && self.offset != FULL {
            return Some((self, false));
        }
        let mut rest = extra;
        while rest.len() >= 4 {
            let length = usize::from(Record(rest).u16(2)?);
            let field = rest.get(4..4 + length)?;
            if Record(rest).u16(0)? == 1 {
                let mut at = 0;
                for size in [&mut self.expanded, &mut self.compressed, &mut self.offset] {
                    if *size == FULL {
                        *size = Record(field).u64(at)?;
                        at += 8;
                    }
                }
                return Some((self, true));
            }
            rest = &rest[4 + length..];
        }
        Some((self, false))
    }
}

/// Refuses entries that share bytes: how a small zip repeats one bomb many times.
fn refuse_overlap(entries: &[Entry]) -> Result<(), Failure> {
    let mut spans: Vec<(usize, usize, &str)> =
        entries.iter().map(|entry| (entry.local.start, entry.data.end, entry.name.as_str())).collect();
    spans.sort_unstable();
    match spans.windows(2).find(|pair| pair[1].0 < pair[0].1) {
        Some(pair) => Err(Diagnostic::error("zip-overlap").arg("name", pair[1].2).arg("other", pair[0].2).into()),
        None => Ok(()),
    }
}

/// Expands an entry, within the limits for a part, and checks its length and CRC-32.
pub(super) fn inflate(bytes: &[u8], entry: &Entry, limits: &Limits) -> Result<Vec<u8>, Failure> {
    let part = entry.name.as_str();
    let refused = |code: &'static str| Diagnostic::error(code).arg("part", part);
    if entry.flags & 1 != 0 {
        return Err(refused("part-encrypted").into());
    }
    let data = &bytes[entry.data.clone()];
    let expanded = match entry.method {
        0 => stored(data, entry, limits)?,
        8 => inflated(data, entry, limits)?,
        method => return Err(refused("part-method").arg("method", u32::from(method)).into()),
    };
    if expanded.len() as u64 != entry.expanded_len {
        return Err(refused("part-damaged").arg("reason", "length").into());
    }
    if crc32fast::hash(&expanded) != entry.crc32 {
        return Err(refused("part-damaged").arg("reason", "checksum").into());
    }
    Ok(expanded)
}

/// Bytes a part may expand to: the limit for parts, the ratio, and what a text may index.
fn allowance(data: &[u8], limits: &Limits) -> (u64, &'static str) {
    const RATIO_FLOOR: u64 = 16 << 20;
    let by_ratio = (data.len() as u64).saturating_mul(limits.ratio).max(RATIO_FLOOR);
    let by_size = limits.part_bytes.min(u64::from(u32::MAX));
    if by_ratio < by_size { (by_ratio, "limit-ratio") } else { (by_size, "limit-part-bytes") }
}

fn over_limit(code: &'static str, entry: &Entry, limits: &Limits) -> Failure {
    let limit = if code == "limit-ratio" { limits.ratio } else { limits.part_bytes };
    Diagnostic::error(code).arg("part", entry.name.as_str()).arg("limit", limit).into()
}

fn stored(data: &[u8], entry: &Entry, limits: &Limits) -> Result<Vec<u8>, Failure> {
    if data.len() as u64 > limits.part_bytes {
        return Err(over_limit("limit-part-bytes", entry, limits));
    }
    Ok(data.to_vec())
}

fn inflated(data: &[u8], entry: &Entry, limits: &Limits) -> Result<Vec<u8>, Failure> {
    /// A first guess at most this many times the compressed size; beyond it the buffer grows with what comes out.
    const USUAL_RATIO: u64 = 16;
    let (allowed, limit_code) = allowance(data, limits);
    let believed = entry.expanded_len.min(data.len() as u64 * USUAL_RATIO + 1024).min(allowed);
    let mut out = Vec::with_capacity(usize::try_from(believed).unwrap_or(0) + 1);
    let mut inflater = Decompress::new(false);
    loop {
        let consumed = inflater.total_in() as usize;
        let before = inflater.total_out();
        let status = inflater.decompress_vec(&data[consumed..], &mut out, FlushDecompress::None);
        if out.len() as u64 > allowed {
            return Err(over_limit(limit_code, entry, limits));
        }
        match status {
            Ok(Status::StreamEnd) => return Ok(out),
            Ok(_) if out.len() == out.capacity() => {
                out.reserve(out.len().clamp(4096, 64 << 20));
            }
            Ok(_) if inflater.total_in() as usize != consumed || inflater.total_out() != before => {}
            _ => {
                let damage = Diagnostic::error("part-damaged").arg("part", entry.name.as_str());
                return Err(damage.arg("reason", "deflate").into());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;

    fn stored_zip() -> Vec<u8> {
        let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = ::zip::write::SimpleFileOptions::default().compression_method(::zip::CompressionMethod::Stored);
        writer.start_file("a.xml", stored).unwrap();
        writer.write_all(b"aaaa").unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn an_entry_ends_where_the_directory_begins_and_not_a_byte_later() {
        let mut bytes = stored_zip();
        let directory = Directory::read(&bytes).unwrap();
        let central = directory.central.start;
        assert_eq!(directory.entries[0].data.end, central);

        // The compressed length stands at 20 in the record.
        bytes[central + 20] += 1;
        let Err(failure) = Directory::read(&bytes) else { panic!("the entry reaches into the directory") };
        assert!(failure.diagnostics.iter().any(|found| found.code == "zip-damaged"), "{failure:?}");
    }
}
