//! Compound files (MS-CFB): streams by name. The container of xls, and of whatever Office encrypts.
//!
//! Chains are followed for as many sectors as the file has and no further, so that no cycle and no stated size can
//! make more of a file than is in it.

/// First bytes of a compound file (2.2).
pub(super) const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Streams shorter than this are kept in the mini stream.
const MINI_CUTOFF: u64 = 4096;
const MINI_SECTOR: usize = 64;
/// Sector numbers from here on are no sectors but signs (2.1).
const LAST_SECTOR: u32 = 0xFFFF_FFFA;

/// A compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector_len: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: u64,
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|chunk| u32::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]))
}

impl<'a> Compound<'a> {
    /// Reads header, allocation tables and directory; `None` if they are no compound file's.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        let sector_len = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self {
            bytes,
            sector_len,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
        };
        file.fat = file.read_fat()?;
        let directory = file.chain(u32_at(bytes, 48)?, u64::MAX);
        file.mini_fat = numbers(&file.chain(u32_at(bytes, 60)?, u64::MAX)).collect();
        file.read_directory(&directory);
        Some(file)
    }

    fn sector_count(&self) -> usize {
        self.bytes.len() / self.sector_len + 1
    }

    /// The bytes of a sector; fewer at the end of a file that was cut off, none beyond it.
    fn sector(&self, number: u32) -> &'a [u8] {
        let start = (number as usize + 1).saturating_mul(self.sector_len);
        let end = start.saturating_add(self.sector_len).min(self.bytes.len());
        self.bytes.get(start..end).unwrap_or_default()
    }

    /// The allocation table, whose own sectors are listed in the header and a chain behind it (2.5).
    fn read_fat(&self) -> Option<Vec<u32>> {
        let mut listed: Vec<u32> = numbers(self.bytes.get(76..512)?).collect();
        let mut next = u32_at(self.bytes, 68)?;
        let mut steps = 0;
        while next < LAST_SECTOR && steps <= self.sector_count() {
            let mut more: Vec<u32> = numbers(self.sector(next)).collect();
            let Some(after) = more.pop() else { break };
            listed.extend(more);
            next = after;
            steps += 1;
        }
        let sectors = listed.into_iter().filter(|&number| number < LAST_SECTOR).take(self.sector_count());
        Some(sectors.flat_map(|number| numbers(self.sector(number))).take(self.sector_count()).collect())
    }

    fn chain(&self, start: u32, length: u64) -> Vec<u8> {
        let mut out = Vec::new();
        let mut next = start;
        for _ in 0..self.sector_count() {
            if next >= LAST_SECTOR || out.len() as u64 >= length {
                break;
            }
            out.extend_from_slice(self.sector(next));
            next = self.fat.get(next as usize).copied().unwrap_or(u32::MAX);
        }
        out.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        out
    }

    fn mini_chain(&self, start: u32, length: u64) -> Vec<u8> {
        let mut out = Vec::new();
        let mut next = start;
        for _ in 0..=self.mini_fat.len() {
            let at = (next as usize).saturating_mul(MINI_SECTOR);
            let Some(rest) = self.mini_stream.get(at..).filter(|_| next < LAST_SECTOR) else { break };
            if out.len() as u64 >= length {
                break;
            }
            out.extend_from_slice(&rest[..rest.len().min(MINI_SECTOR)]);
            next = self.mini_fat.get(next as usize).copied().unwrap_or(u32::MAX);
        }
        out.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        out
    }

    /// Reads the directory's streams; its first entry is the root, which holds the mini stream (2.6).
    fn read_directory(&mut self, directory: &[u8]) {
        const STREAM: u8 = 2;
        for (index, entry) in directory.chunks_exact(128).enumerate() {
            let name_len = usize::from(u16_at(entry, 64).unwrap_or(0)).clamp(2, 64) - 2;
            let name = encoding_rs::UTF_16LE.decode_without_bom_handling(&entry[..name_len]).0.into_owned();
            let start = u32_at(entry, 116).unwrap_or(u32::MAX);
            // The upper half of the length is rubbish in files with short sectors.
            let length = u64::from(u32_at(entry, 120).unwrap_or(0));
            if index == 0 {
                self.mini_stream = self.chain(start, length);
            } else if entry[66] == STREAM {
                self.entries.push(Entry { name, start, length });
            }
        }
    }

    /// Whether there is a stream of this name, in any storage.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of the first stream of this name, in any storage; fewer than stated where the file was cut off.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let is_mini = entry.length < MINI_CUTOFF;
        Some(if is_mini { self.mini_chain(entry.start, entry.length) } else { self.chain(entry.start, entry.length) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECTOR: usize = 512;

    fn put(bytes: &mut [u8], at: usize, number: u32) {
        bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }

    fn entry(name: &str, kind: u8, start: u32, length: u32) -> Vec<u8> {
        let mut entry = vec![0; 128];
        let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry[..units.len()].copy_from_slice(&units);
        entry[64] = units.len() as u8 + 2;
        entry[66] = kind;
        put(&mut entry, 116, start);
        put(&mut entry, 120, length);
        entry
    }

    /// Sector 0: allocation table; 1: directory; 2: mini table; 3: mini stream; 4 to 12: a stream of 4,200 bytes.
    fn file() -> Vec<u8> {
        let mut bytes = vec![0; SECTOR];
        bytes[..8].copy_from_slice(MAGIC);
        bytes[30] = 9;
        put(&mut bytes, 48, 1);
        put(&mut bytes, 60, 2);
        put(&mut bytes, 68, u32::MAX - 1);
        bytes[76..].fill(0xFF);
        put(&mut bytes, 76, 0);
        const END: u32 = u32::MAX - 1;
        let chains = [0xFFFF_FFFD, END, END, END, 5, 6, 7, 8, 9, 10, 11, 12, END];
        let mut table: Vec<u8> = chains.iter().flat_map(|number: &u32| number.to_le_bytes()).collect();
        table.resize(SECTOR, 0xFF);
        let directory =
            [entry("Root Entry", 5, 3, 128), entry("Workbook", 2, 4, 4200), entry("Small", 2, 0, 70), vec![0; 128]];
        let mut mini: Vec<u8> = [1, END].iter().flat_map(|number: &u32| number.to_le_bytes()).collect();
        mini.resize(SECTOR, 0xFF);
        let small: Vec<u8> = (0..SECTOR).map(|number| number as u8).collect();
        let large: Vec<u8> = (0..9 * SECTOR).map(|number| (number / 7) as u8).collect();
        [bytes, table, directory.concat(), mini, small, large].concat()
    }

    #[test]
    fn streams_are_found_by_name_in_both_sizes() {
        let bytes = file();
        let file = Compound::open(&bytes).unwrap();
        assert!(file.has("WORKBOOK") && !file.has("Root Entry") && !file.has("Book"));
        let large = file.stream("workbook").unwrap();
        assert_eq!((large.len(), large[4199]), (4200, (4199 / 7) as u8));
        assert_eq!(file.stream("Small").unwrap(), (0..70).collect::<Vec<u8>>());
    }

    #[test]
    fn cycles_and_cut_off_files_come_to_an_end() {
        let mut bytes = file();
        put(&mut bytes, SECTOR + 12 * 4, 4);
        put(&mut bytes, 68, 0);
        let cyclic = Compound::open(&bytes).unwrap();
        assert!(cyclic.stream("Workbook").unwrap().len() <= 4200);
        for length in 0..bytes.len() {
            if let Some(file) = Compound::open(&bytes[..length]) {
                let _ = (file.stream("Workbook"), file.stream("Small"));
            }
        }
    }
}
