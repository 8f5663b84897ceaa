//! Writes a package again with some parts changed or added: every other byte of the zip is copied as it is, local
//! headers and compressed data included; only offsets move.
//!
//! What a changed part needs of its headers is rewritten in place (CRC, lengths), so that its name, time and flags
//! stay. Leaves to others what the parts say.

use std::io::Write;
use std::ops::Range;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::{Entry, Package};
use crate::diagnostic::{Diagnostic, Failure};

const CENTRAL: &[u8] = b"PK\x01\x02";
const END_ZIP64: &[u8] = b"PK\x06\x06";
const LOCATOR_ZIP64: &[u8] = b"PK\x06\x07";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";
/// The largest offset or length the plain records of a zip hold.
const PLAIN_LIMIT: usize = u32::MAX as usize - 1;

/// A part's new content.
#[derive(Clone, Debug)]
pub(crate) struct NewPart {
    /// The part's name; an entry of this name is changed, else one is added behind the last.
    pub(crate) name: String,
    /// The expanded content.
    pub(crate) content: Vec<u8>,
}

/// Writes the package with these parts in place of the old ones.
///
/// # Errors
///
/// `zip-too-large` beyond what the records of a zip without zip64 fields hold, `part-method` for a part that is to
/// change and is neither stored nor deflated.
pub(crate) fn splice(package: &Package<'_>, parts: &[NewPart]) -> Result<Vec<u8>, Failure> {
    if parts.is_empty() {
        return Ok(package.bytes().to_vec());
    }
    let mut changed = Vec::new();
    let mut added = Vec::new();
    for part in parts {
        match package.entry(&part.name) {
            Some(entry) => changed.push(Packed::replacing(package, entry, &part.content)?),
            None => added.push(Packed::new_entry(&part.name, &part.content)?),
        }
    }
    changed.sort_by_key(|packed| packed.old.start);
    Splicer { package, changed, added, out: Vec::new(), moved: Vec::new() }.run()
}

/// An entry ready to be written.
struct Packed {
    /// The bytes of the old entry, data descriptor included; empty for a new one.
    old: Range<usize>,
    local: Vec<u8>,
    data: Vec<u8>,
    crc32: u32,
    expanded_len: usize,
    name: String,
}

impl Packed {
    fn replacing(package: &Package<'_>, entry: &Entry, content: &[u8]) -> Result<Self, Failure> {
        let data = match entry.method {
            0 => content.to_vec(),
            8 => deflate(content, entry.data.len(), usize::try_from(entry.expanded_len).unwrap_or(usize::MAX)),
            method => {
                let refused = Diagnostic::error("part-method").arg("part", entry.name.as_str());
                return Err(refused.arg("method", u32::from(method)).into());
            }
        };
        let bytes = package.bytes();
        let old = entry.local.start..entry.data.end + descriptor_len(bytes, entry);
        let mut packed = Self {
            old,
            local: bytes[entry.local.clone()].to_vec(),
            data,
            crc32: crc32fast::hash(content),
            expanded_len: content.len(),
            name: entry.name.clone(),
        };
        packed.check()?;
        packed.fill_local();
        Ok(packed)
    }

    fn new_entry(name: &str, content: &[u8]) -> Result<Self, Failure> {
        // Version 2.0, UTF-8 name, deflated, the first day a zip can tell: 1980-01-01 (APPNOTE 4.4).
        let mut local = b"PK\x03\x04\x14\0\0\x08\x08\0\0\0\x21\0".to_vec();
        local.resize(26, 0);
        let name_len = u16::try_from(name.len()).map_err(|_| too_large())?;
        local.extend_from_slice(&name_len.to_le_bytes());
        local.extend_from_slice(&[0, 0]);
        local.extend_from_slice(name.as_bytes());
        let mut packed = Self {
            old: 0..0,
            local,
            data: deflate(content, usize::MAX, content.len()),
            crc32: crc32fast::hash(content),
            expanded_len: content.len(),
            name: name.to_owned(),
        };
        packed.check()?;
        packed.fill_local();
        Ok(packed)
    }

    fn check(&self) -> Result<(), Failure> {
        if self.data.len().max(self.expanded_len) > PLAIN_LIMIT { Err(too_large()) } else { Ok(()) }
    }

    /// States CRC and lengths in the local header; no descriptor follows then, and no zip64 field is needed.
    fn fill_local(&mut self) {
        self.local[6] &= !8;
        let sizes = self.sizes();
        self.local[14..26].copy_from_slice(&sizes);
        let name_len = usize::from(u16_at(&self.local, 26));
        let extra = without_zip64(&self.local[30 + name_len..]);
        self.local.truncate(30 + name_len);
        self.local[28..30].copy_from_slice(&u16::try_from(extra.len()).unwrap_or(0).to_le_bytes());
        self.local.extend_from_slice(&extra);
    }

    /// CRC, compressed and expanded length, as both headers state them.
    fn sizes(&self) -> [u8; 12] {
        let mut sizes = [0; 12];
        sizes[..4].copy_from_slice(&self.crc32.to_le_bytes());
        sizes[4..8].copy_from_slice(&(self.data.len() as u32).to_le_bytes());
        sizes[8..].copy_from_slice(&(self.expanded_len as u32).to_le_bytes());
        sizes
    }

    fn len(&self) -> usize {
        self.local.len() + self.data.len()
    }

    /// The central record of a new entry.
    fn central(&self, offset: u32) -> Vec<u8> {
        let mut record = Vec::with_capacity(46 + self.name.len());
        record.extend_from_slice(CENTRAL);
        record.extend_from_slice(&[20, 0]);
        record.extend_from_slice(&self.local[4..28]);
        record.resize(42, 0);
        record.extend_from_slice(&offset.to_le_bytes());
        record.extend_from_slice(self.name.as_bytes());
        record
    }
}

struct Splicer<'a> {
    package: &'a Package<'a>,
    changed: Vec<Packed>,
    added: Vec<Packed>,
    out: Vec<u8>,
    /// Old start of what follows each changed entry, and by how much it moved.
    moved: Vec<(usize, i64)>,
}

impl Splicer<'_> {
    fn run(mut self) -> Result<Vec<u8>, Failure> {
        let bytes = self.package.bytes();
        let directory = self.package.directory();
        let changed: usize = self.changed.iter().chain(&self.added).map(Packed::len).sum();
        self.out.reserve_exact(bytes.len() + changed + 128 * self.added.len());
        let data_end = self.write_entries(directory.central.start);
        let added_at = self.write_added();
        self.moved.push((directory.central.start, self.out.len() as i64 - data_end as i64));
        let central_at = self.out.len();
        self.write_central(&added_at)?;
        let central = central_at..self.out.len();
        self.write_end(central)?;
        Ok(self.out)
    }

    /// Copies everything up to the directory, the changed entries in place of the old ones.
    fn write_entries(&mut self, end: usize) -> usize {
        let bytes = self.package.bytes();
        let mut copied = 0;
        for packed in &self.changed {
            self.out.extend_from_slice(&bytes[copied..packed.old.start]);
            self.out.extend_from_slice(&packed.local);
            self.out.extend_from_slice(&packed.data);
            copied = packed.old.end;
            self.moved.push((copied, self.out.len() as i64 - copied as i64));
        }
        self.out.extend_from_slice(&bytes[copied..end]);
        end
    }

    fn write_added(&mut self) -> Vec<usize> {
        let mut places = Vec::new();
        for packed in &self.added {
            places.push(self.out.len());
            self.out.extend_from_slice(&packed.local);
            self.out.extend_from_slice(&packed.data);
        }
        places
    }

    fn write_central(&mut self, added_at: &[usize]) -> Result<(), Failure> {
        let bytes = self.package.bytes();
        let directory = self.package.directory();
        let mut at = directory.central.start;
        while at < directory.central.end {
            let record = &bytes[at..];
            let length = central_len(record);
            self.write_record(&record[..length])?;
            at += length;
        }
        for (packed, &place) in self.added.iter().zip(added_at) {
            let record = packed.central(plain(place - directory.shift)?);
            self.out.extend_from_slice(&record);
        }
        Ok(())
    }

    fn write_record(&mut self, record: &[u8]) -> Result<(), Failure> {
        let shift = self.package.directory().shift;
        let (stated, wide_at) = offset_of(record);
        let old = usize::try_from(stated).map_err(|_| too_large())? + shift;
        let new = self.moved_to(old) - shift;
        let start = self.out.len();
        self.out.extend_from_slice(record);
        match self.changed.iter().find(|packed| packed.old.start == old) {
            Some(packed) => {
                let extra_at = 46 + usize::from(u16_at(record, 28));
                let comment_at = extra_at + usize::from(u16_at(record, 30));
                let extra = without_zip64(&record[extra_at..comment_at]);
                self.out.truncate(start + extra_at);
                self.out.extend_from_slice(&extra);
                self.out.extend_from_slice(&record[comment_at..]);
                let header = &mut self.out[start..];
                header[8] &= !8;
                header[16..28].copy_from_slice(&packed.sizes());
                header[30..32].copy_from_slice(&u16::try_from(extra.len()).unwrap_or(0).to_le_bytes());
                header[42..46].copy_from_slice(&plain(new)?.to_le_bytes());
            }
            None => match wide_at {
                Some(at) => self.out[start + at..start + at + 8].copy_from_slice(&(new as u64).to_le_bytes()),
                None => self.out[start + 42..start + 46].copy_from_slice(&plain(new)?.to_le_bytes()),
            },
        }
        Ok(())
    }

    fn moved_to(&self, old: usize) -> usize {
        let passed = self.moved.partition_point(|&(from, _)| from <= old);
        let by = passed.checked_sub(1).map_or(0, |last| self.moved[last].1);
        usize::try_from(old as i64 + by).expect("an entry moves behind what stands in front of it")
    }

    /// Copies what follows the directory, its place and length stated anew.
    fn write_end(&mut self, central: Range<usize>) -> Result<(), Failure> {
        let bytes = self.package.bytes();
        let directory = self.package.directory();
        let tail_at = self.out.len();
        self.out.extend_from_slice(&bytes[directory.central.end..]);
        let old_tail = directory.central.end;
        let offset = central.start - directory.shift;
        let added = self.added.len() as u64;
        let end_at = tail_at + directory.end_record - old_tail;
        if let Some(locator_at) = end_at.checked_sub(20).filter(|&at| self.out[at..].starts_with(LOCATOR_ZIP64)) {
            let window = tail_at..locator_at;
            let found = memchr::memmem::rfind(&self.out[window.clone()], END_ZIP64).ok_or_else(too_large)?;
            let record = window.start + found;
            for (at, value) in [(40, central.len() as u64), (48, offset as u64)] {
                self.out[record + at..record + at + 8].copy_from_slice(&value.to_le_bytes());
            }
            for at in [24, 32] {
                let count = u64_at(&self.out, record + at) + added;
                self.out[record + at..record + at + 8].copy_from_slice(&count.to_le_bytes());
            }
            let record_offset = (record - directory.shift) as u64;
            self.out[locator_at + 8..locator_at + 16].copy_from_slice(&record_offset.to_le_bytes());
        }
        let end = &mut self.out[end_at..];
        for at in [8, 10] {
            let count = u16_at(end, at);
            if count != u16::MAX {
                let count = u16::try_from(u64::from(count) + added).map_err(|_| too_large())?;
                end[at..at + 2].copy_from_slice(&count.to_le_bytes());
            }
        }
        for (at, value) in [(12, central.len()), (16, offset)] {
            if u32_at(end, at) != u32::MAX {
                end[at..at + 4].copy_from_slice(&plain(value)?.to_le_bytes());
            }
        }
        Ok(())
    }
}

/// Deflates a part. A small one at level 6; a large one at level 4, which takes half the time, unless the part would
/// then grow by more than a tenth of what its old compression allows.
fn deflate(content: &[u8], old_compressed: usize, old_expanded: usize) -> Vec<u8> {
    const LARGE: usize = 1 << 20;
    if content.len() >= LARGE && old_compressed != usize::MAX {
        let quick = deflate_at(content, 4);
        let allowed = old_compressed as f64 * 1.1 * (content.len() as f64 / old_expanded.max(1) as f64).max(1.0);
        if quick.len() as f64 <= allowed {
            return quick;
        }
    }
    deflate_at(content, 6)
}

fn deflate_at(content: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(content.len() / 6 + 64), Compression::new(level));
    encoder.write_all(content).expect("writing to memory does not fail");
    encoder.finish().expect("writing to memory does not fail")
}

/// Length of the data descriptor behind an entry (APPNOTE 4.3.9); 0 where there is none that fits.
fn descriptor_len(bytes: &[u8], entry: &Entry) -> usize {
    let after = &bytes[entry.data.end..];
    if entry.flags & 8 == 0 {
        return 0;
    }
    let signature = if after.starts_with(DESCRIPTOR) { 4 } else { 0 };
    let fields = &after[signature..];
    let compressed = entry.data.len() as u64;
    if fields.len() >= 20 && u64_at(fields, 4) == compressed && u64_at(fields, 12) == entry.expanded_len {
        signature + 20
    } else if fields.len() >= 12 && u64::from(u32_at(fields, 4)) == compressed {
        signature + 12
    } else {
        0
    }
}

/// The offset a central record states, and where in the record its zip64 field holds it.
fn offset_of(record: &[u8]) -> (u64, Option<usize>) {
    let plain = u32_at(record, 42);
    if plain != u32::MAX {
        return (u64::from(plain), None);
    }
    let mut at = 46 + usize::from(u16_at(record, 28));
    let end = at + usize::from(u16_at(record, 30));
    while at + 4 <= end {
        if u16_at(record, at) == 1 {
            let before = [20, 24].iter().filter(|&&size_at| u32_at(record, size_at) == u32::MAX).count();
            let field = at + 4 + 8 * before;
            if field + 8 <= end {
                return (u64_at(record, field), Some(field));
            }
        }
        at += 4 + usize::from(u16_at(record, at + 2));
    }
    (u64::from(plain), None)
}

fn central_len(record: &[u8]) -> usize {
    46 + [28, 30, 32].iter().map(|&at| usize::from(u16_at(record, at))).sum::<usize>()
}

/// Extra fields without the zip64 one.
fn without_zip64(extra: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(extra.len());
    let mut rest = extra;
    while rest.len() >= 4 {
        let length = (4 + usize::from(u16_at(rest, 2))).min(rest.len());
        if u16_at(rest, 0) != 1 {
            out.extend_from_slice(&rest[..length]);
        }
        rest = &rest[length..];
    }
    out.extend_from_slice(rest);
    out
}

fn plain(value: usize) -> Result<u32, Failure> {
    if value > PLAIN_LIMIT { Err(too_large()) } else { Ok(value as u32) }
}

fn too_large() -> Failure {
    Diagnostic::error("zip-too-large").into()
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::workbook::Limits;

    fn sample(comment: &str) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let deflated = zip::write::SimpleFileOptions::default();
        let stored = deflated.compression_method(zip::CompressionMethod::Stored);
        for (name, options, content) in
            [("a.xml", deflated, "aaaa"), ("表.xml", stored, "bbbb"), ("c.xml", deflated.large_file(true), "cccc")]
        {
            writer.start_file(name, options).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.set_comment(comment).unwrap();
        writer.finish().unwrap().into_inner()
    }

    fn part(name: &str, content: &str) -> NewPart {
        NewPart { name: name.to_owned(), content: content.into() }
    }

    fn check(bytes: &[u8], parts: &[NewPart]) {
        let package = Package::open(bytes, &Limits::default()).unwrap();
        let out = splice(&package, parts).unwrap();
        let spliced = Package::open(&out, &Limits::default()).unwrap();
        for entry in package.entries() {
            let new = spliced.entry(&entry.name).unwrap();
            match parts.iter().find(|part| part.name == entry.name) {
                Some(part) => assert_eq!(spliced.part(&part.name).unwrap(), part.content),
                None => {
                    assert_eq!(out[new.local.start..new.data.end], bytes[entry.local.start..entry.data.end]);
                    let (record, old) = (&out[new.central.clone()], &bytes[entry.central.clone()]);
                    assert_eq!((&record[..42], &record[46..]), (&old[..42], &old[46..]));
                }
            }
        }
        // A second reader agrees on every part.
        let mut archive = zip::ZipArchive::new(Cursor::new(&out)).unwrap();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut content).unwrap();
            assert_eq!(content, spliced.part(&entry.name().unwrap()).unwrap());
        }
        for new in parts {
            assert_eq!(spliced.part(&new.name).unwrap(), new.content);
        }
    }

    #[test]
    fn untouched_entries_are_copied_and_only_offsets_move() {
        for bytes in [sample(""), sample("a comment"), [b"MZ stub".to_vec(), sample("")].concat()] {
            check(&bytes, &[]);
            check(&bytes, &[part("a.xml", "longer than before")]);
            check(&bytes, &[part("表.xml", "stored stays stored"), part("c.xml", "")]);
            check(&bytes, &[part("c.xml", "x"), part("xl/new.xml", "new"), part("a.xml", "y")]);
        }
    }

    #[test]
    fn nothing_to_change_gives_the_same_bytes() {
        let bytes = sample("comment");
        assert_eq!(splice(&Package::open(&bytes, &Limits::default()).unwrap(), &[]).unwrap(), bytes);
    }
}
