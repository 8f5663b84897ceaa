//! Zips written byte by byte, so that they can lie: names twice, sizes that are not so, zip64, data descriptors.

use std::io::Write;

/// One entry and how it is written.
#[derive(Clone)]
pub struct Entry {
    pub name: Vec<u8>,
    pub data: Vec<u8>,
    pub method: u16,
    pub flags: u16,
    /// What the records say of the expanded length, where that is not so.
    pub stated_len: Option<u32>,
    /// Sizes are written behind the data, as programs do that write to a pipe.
    pub has_descriptor: bool,
    /// Sizes and offset are written in the zip64 field.
    pub is_zip64: bool,
    /// The number of an earlier entry whose bytes it shares.
    pub shares: Option<usize>,
    pub expanded_len: usize,
    pub crc: u32,
}

pub const ENCRYPTED: u16 = 1;

pub fn stored(name: &str, data: &[u8]) -> Entry {
    Entry {
        name: name.as_bytes().to_vec(),
        data: data.to_vec(),
        method: 0,
        flags: 0,
        stated_len: None,
        has_descriptor: false,
        is_zip64: false,
        shares: None,
        expanded_len: data.len(),
        crc: crc32fast::hash(data),
    }
}

pub fn deflated(name: &str, data: &[u8]) -> Entry {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    Entry { data: encoder.finish().unwrap(), method: 8, ..stored(name, data) }
}

fn put(out: &mut Vec<u8>, halves: &[u16]) {
    out.extend(halves.iter().flat_map(|half| half.to_le_bytes()));
}

fn put_words(out: &mut Vec<u8>, words: &[u32]) {
    out.extend(words.iter().flat_map(|word| word.to_le_bytes()));
}

impl Entry {
    fn lengths(&self) -> (u32, u32) {
        let expanded = self.stated_len.unwrap_or(self.expanded_len as u32);
        (self.data.len() as u32, expanded)
    }

    fn wide_field(&self, offset: Option<u64>) -> Vec<u8> {
        if !self.is_zip64 {
            return Vec::new();
        }
        let sizes = [self.expanded_len as u64, self.data.len() as u64];
        let numbers: Vec<u8> = sizes.into_iter().chain(offset).flat_map(u64::to_le_bytes).collect();
        let mut field = Vec::new();
        put(&mut field, &[1, numbers.len() as u16]);
        field.extend(numbers);
        field
    }

    fn put_sizes(&self, out: &mut Vec<u8>, in_descriptor: bool) {
        let (compressed, expanded) = self.lengths();
        match (in_descriptor, self.is_zip64) {
            (true, _) => put_words(out, &[0, 0, 0]),
            (_, true) => put_words(out, &[self.crc, u32::MAX, u32::MAX]),
            _ => put_words(out, &[self.crc, compressed, expanded]),
        }
    }
}

/// Writes entries, directory and end record.
pub fn zip(entries: &[Entry]) -> Vec<u8> {
    const DESCRIPTOR: u16 = 8;
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let mut offsets: Vec<u32> = Vec::new();
    for entry in entries {
        let offset = entry.shares.map_or(out.len() as u32, |other| offsets[other]);
        offsets.push(offset);
        let flags = entry.flags | if entry.has_descriptor { DESCRIPTOR } else { 0 };
        if entry.shares.is_none() {
            put_local(&mut out, entry, flags);
        }
        directory.extend(b"PK\x01\x02");
        put(&mut directory, &[45, 45, flags, entry.method, 0, 0x21]);
        entry.put_sizes(&mut directory, false);
        let wide = entry.wide_field(Some(u64::from(offset)));
        put(&mut directory, &[entry.name.len() as u16, wide.len() as u16, 0, 0, 0]);
        put_words(&mut directory, &[0, if entry.is_zip64 { u32::MAX } else { offset }]);
        directory.extend(&entry.name);
        directory.extend(wide);
    }
    let start = out.len() as u32;
    let length = directory.len() as u32;
    out.extend(directory);
    if entries.iter().any(|entry| entry.is_zip64) {
        put_wide_end(&mut out, entries.len() as u64, u64::from(length), u64::from(start));
    }
    out.extend(b"PK\x05\x06");
    put(&mut out, &[0, 0, entries.len() as u16, entries.len() as u16]);
    put_words(&mut out, &[length, start]);
    put(&mut out, &[0]);
    out
}

/// Writes an entry's header, data, and sizes behind them.
fn put_local(out: &mut Vec<u8>, entry: &Entry, flags: u16) {
    out.extend(b"PK\x03\x04");
    put(out, &[45, flags, entry.method, 0, 0x21]);
    entry.put_sizes(out, entry.has_descriptor);
    let wide = if entry.has_descriptor { Vec::new() } else { entry.wide_field(None) };
    put(out, &[entry.name.len() as u16, wide.len() as u16]);
    out.extend(&entry.name);
    out.extend(wide);
    out.extend(&entry.data);
    if entry.has_descriptor {
        out.extend(b"PK\x07\x08");
        let (compressed, expanded) = entry.lengths();
        put_words(out, &[entry.crc, compressed, expanded]);
    }
}

fn put_wide_end(out: &mut Vec<u8>, count: u64, length: u64, start: u64) {
    let at = out.len() as u64;
    out.extend(b"PK\x06\x06");
    out.extend(44_u64.to_le_bytes());
    put(out, &[45, 45]);
    put_words(out, &[0, 0]);
    out.extend([count, count, length, start].iter().flat_map(|number| number.to_le_bytes()));
    out.extend(b"PK\x06\x07");
    put_words(out, &[0]);
    out.extend(at.to_le_bytes());
    put_words(out, &[1]);
}
