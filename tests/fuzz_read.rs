//! Mutated files against the reader and what follows it (binding, import, patching): no input may panic, hang, or
//! take more memory than the law allows (64 MiB + 4 × the expanded size of what is read).
//!
//! Bits are flipped, bytes inserted, removed and repeated, numbers made huge; in zips inside the parts, because a
//! flip in compressed bytes ends at the checksum. A normal test run takes a few seconds;
//! `SECREF_FUZZ_SECONDS=1800 cargo test --release --test fuzz_read` goes on. `SECREF_FUZZ_SEED` picks another course.
//! The input at work is kept in the target folder, so that an abort leaves it behind.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod whole_way;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: cap::Cap<std::alloc::System> = cap::Cap::new(std::alloc::System, usize::MAX);

/// The longest one file may take, on a machine busy with other tests; inputs are small.
const LONGEST: Duration = Duration::from_secs(60);
/// A run ends when so many files have been found.
const MOST_FINDINGS: usize = 20;
/// Seeds larger than this are left out.
const LARGEST_SEED: u64 = 300 << 10;

/// Xorshift64*: the same course for the same seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides.max(1)
    }
}

/// What a seed is made of: the parts of a zip, or plain bytes.
enum Seed {
    Zip(Vec<(String, Vec<u8>)>),
    Plain(Vec<u8>),
}

fn own_seeds() -> Vec<(String, Seed)> {
    use rust_xlsxwriter::{Color, DataValidation, Format, Note, Workbook};
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let red = Format::new().set_font_color(Color::Red);
    let plain = Format::new();
    for row in 0..20 {
        sheet.write(row, 0, format!("実{row}")).unwrap();
        sheet.write_rich_string(row, 1, &[(&plain, "定める"), (&red, "追記")]).unwrap();
        sheet.write_with_format(row, 2, 43_903.5, &Format::new().set_num_format("yyyy/m/d h:mm")).unwrap();
        sheet.write(row, 3, rust_xlsxwriter::Formula::new("=A1").set_result("x")).unwrap();
    }
    sheet.merge_range(21, 0, 22, 3, "注", &plain).unwrap();
    sheet.insert_note(1, 1, &Note::new("確認")).unwrap();
    sheet.add_data_validation(0, 4, 9, 4, &DataValidation::new().allow_list_strings(&["済", "未"]).unwrap()).unwrap();
    sheet.write_url(0, 5, "https://example.jp/").unwrap();
    let table = "<office:document-content><office:body><table:table table:name='表'><table:table-row \
        table:number-rows-repeated='3'><table:table-cell office:value-type='string' table:number-columns-repeated='2'>\
        <text:p>実<text:span text:style-name='T1'>1</text:span><text:s text:c='2'/></text:p></table:table-cell>\
        <table:table-cell office:value-type='float' office:value='1.5'><text:p>1.5</text:p></table:table-cell>\
        </table:table-row></table:table></office:body></office:document-content>";
    vec![
        ("own.xlsx".to_owned(), seed(workbook.save_to_buffer().unwrap())),
        (
            "own.ods".to_owned(),
            Seed::Zip(vec![
                ("mimetype".into(), b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
                ("content.xml".into(), table.as_bytes().to_vec()),
            ]),
        ),
        ("own.csv".to_owned(), Seed::Plain("項番,内容\r\n実1,\"a\nb\"\"c\"\n;\t,\n".as_bytes().to_vec())),
    ]
}

fn seed(bytes: Vec<u8>) -> Seed {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(&bytes)) else { return Seed::Plain(bytes) };
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let Ok(mut file) = archive.by_index(index) else { continue };
        let mut part = Vec::new();
        if file.name().is_ok() && file.read_to_end(&mut part).is_ok() {
            parts.push((file.name().unwrap().into_owned(), part));
        }
    }
    Seed::Zip(parts)
}

/// Real files, where they are.
fn real_seeds() -> Vec<(String, Seed)> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let data = std::env::var_os("SECREF_DATA").map_or_else(beside, PathBuf::from);
    let mut folders = vec![data.join("corpus"), data.join("references")];
    let mut paths = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    paths.retain(|path| path.metadata().is_ok_and(|file| file.len() <= LARGEST_SEED));
    let named = paths.into_iter().map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path));
    named.map(|(name, path)| (name, seed(std::fs::read(path).unwrap()))).collect()
}

/// The seeds by the ending of their names, so that each format has its share of the runs.
fn by_format(seeds: Vec<(String, Seed)>) -> Vec<Vec<(String, Seed)>> {
    let mut formats: BTreeMap<String, Vec<(String, Seed)>> = BTreeMap::new();
    for (name, seed) in seeds {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        formats.entry(ending).or_default().push((name, seed));
    }
    formats.into_values().collect()
}

/// Puts another number where the next one is written in digits.
fn number_replaced(bytes: &mut Vec<u8>, from: usize, dice: &mut Dice) {
    const NUMBERS: [&[u8]; 9] =
        [b"0", b"1", b"255", b"65536", b"1048577", b"2147483648", b"18446744073709551615", b"-1", b"1e300"];
    let Some(start) = bytes[from..].iter().position(u8::is_ascii_digit).map(|at| from + at) else { return };
    let length = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    bytes.splice(start..start + length, NUMBERS[dice.roll(NUMBERS.len())].iter().copied());
}

fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const TOKENS: [&[u8]; 12] = [
        b"\xFF\xFF\xFF\xFF",
        b"\0\0\0\0",
        b"\x7F\xFF\xFF\xFF",
        b"4294967295",
        b"-1",
        b"1e308",
        b"<",
        b"\"",
        b"<r><t>",
        b"_x0000_",
        b"XFD1048576",
        b"&#x10FFFF;",
    ];
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(bytes.len() + 1);
        let end = (at + dice.roll(64)).min(bytes.len());
        match dice.roll(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            1 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            2 => drop(bytes.drain(at..end)),
            3 => {
                let copy: Vec<u8> = bytes[at..end].repeat(1 + dice.roll(20));
                bytes.splice(at..at, copy);
            }
            4 => bytes.truncate(at),
            5 => number_replaced(bytes, at, dice),
            _ => {
                let token = TOKENS[dice.roll(TOKENS.len())];
                let end = if dice.roll(2) == 0 { at } else { (at + token.len()).min(bytes.len()) };
                bytes.splice(at..end, token.iter().copied());
            }
        }
    }
}

/// A mutated file, and the bytes it expands to.
fn mutated(seed: &Seed, dice: &mut Dice) -> (Vec<u8>, usize) {
    let parts = match seed {
        Seed::Plain(bytes) => {
            let mut bytes = bytes.clone();
            mutate(&mut bytes, dice);
            let length = bytes.len();
            return (bytes, length);
        }
        Seed::Zip(parts) => parts,
    };
    let chosen = dice.roll(parts.len());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut expanded = 0;
    for (index, (name, part)) in parts.iter().enumerate() {
        let mut part = part.clone();
        if index == chosen {
            mutate(&mut part, dice);
        }
        expanded += part.len();
        // A name may stand twice in a seed; the writer refuses that, and the reader has a test of its own for it.
        if zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).is_ok() {
            zip.write_all(&part).unwrap();
        }
    }
    let mut bytes = zip.finish().unwrap().into_inner();
    if dice.roll(10) == 0 {
        mutate(&mut bytes, dice);
    }
    (bytes, expanded)
}

/// What is wrong with how a file was taken, if anything. Taking too much memory ends the process.
fn finding(bytes: &[u8], name: &str, expanded: usize) -> Option<&'static str> {
    let law = (64 << 20) + 4 * expanded;
    ALLOCATOR.set_limit(ALLOCATOR.allocated() + law).unwrap();
    let before = Instant::now();
    let result = catch_unwind(AssertUnwindSafe(|| whole_way::go(bytes, name)));
    ALLOCATOR.set_limit(usize::MAX).unwrap();
    match result {
        Err(_) => Some("panics"),
        Ok(_) if before.elapsed() > LONGEST => Some("takes too long"),
        Ok(Err(failure)) if failure.diagnostics.is_empty() => Some("is refused without a word"),
        Ok(_) => None,
    }
}

#[test]
fn mutated_files_neither_panic_nor_hang_nor_take_too_much() {
    let seconds = std::env::var("SECREF_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(4);
    let seed = std::env::var("SECREF_FUZZ_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(3108);
    let mut dice = Dice(seed);
    let mut seeds = own_seeds();
    seeds.extend(real_seeds());
    let seeds = by_format(seeds);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let kept = folder.join(format!("fuzz-input-{seed}"));
    let (started, mut runs, mut findings) = (Instant::now(), 0_u64, Vec::new());
    while started.elapsed() < Duration::from_secs(seconds) && findings.len() < MOST_FINDINGS {
        let format = &seeds[dice.roll(seeds.len())];
        let (name, seed_file) = &format[dice.roll(format.len())];
        let (bytes, expanded) = mutated(seed_file, &mut dice);
        std::fs::write(&kept, &bytes).unwrap();
        if let Some(finding) = finding(&bytes, name, expanded) {
            let file = folder.join(format!("fuzz-finding-{seed}-{runs}"));
            std::fs::copy(&kept, &file).unwrap();
            findings.push(format!("{name}, mutated, {finding}: {}", file.display()));
        }
        runs += 1;
    }
    println!("{runs} mutated files of {} seeds", seeds.iter().map(Vec::len).sum::<usize>());
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}
