//! Mutated files against the reader: no input may panic, hang, or take more memory than the law allows
//! (64 MiB + 4 × the expanded size of what is read).
//!
//! Bits are flipped, bytes inserted, removed and repeated, numbers made huge; in zips inside the parts, because a
//! flip in compressed bytes ends at the checksum. A normal test run takes a few seconds;
//! `SECREF_FUZZ_SECONDS=1800 cargo test --release --test fuzz_read` goes on. `SECREF_FUZZ_SEED` picks another course.
//! The input at work is kept in the target folder, so that an abort leaves it behind.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use secref::workbook::{ReadOptions, read};

#[global_allocator]
static ALLOCATOR: cap::Cap<std::alloc::System> = cap::Cap::new(std::alloc::System, usize::MAX);

/// The longest one read may take, on a machine busy with other tests; inputs are small.
const LONGEST: Duration = Duration::from_secs(120);
/// Seeds larger than this are left out.
const LARGEST_SEED: usize = 300 << 10;

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
    let folder = std::env::var_os("SECREF_DATA").map_or_else(beside, PathBuf::from).join("corpus/calamine/tests");
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    paths.sort();
    let named = paths.into_iter().map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path));
    let read = named.map(|(name, path)| (name, std::fs::read(path).unwrap()));
    read.filter(|(_, bytes)| bytes.len() <= LARGEST_SEED).map(|(name, bytes)| (name, seed(bytes))).collect()
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
        match dice.roll(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            1 if at < bytes.len() => bytes[at] = dice.roll(256) as u8,
            2 => drop(bytes.drain(at..end)),
            3 => {
                let copy: Vec<u8> = bytes[at..end].repeat(1 + dice.roll(20));
                bytes.splice(at..at, copy);
            }
            4 => bytes.truncate(at),
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

#[test]
fn mutated_files_neither_panic_nor_hang_nor_take_too_much() {
    let seconds = std::env::var("SECREF_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(4);
    let seed = std::env::var("SECREF_FUZZ_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(3108);
    let mut dice = Dice(seed);
    let mut seeds = own_seeds();
    seeds.extend(real_seeds());
    let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fuzz-input-{seed}"));
    let (started, mut runs) = (Instant::now(), 0_u64);
    while started.elapsed() < Duration::from_secs(seconds) {
        let (name, seed) = &seeds[dice.roll(seeds.len())];
        let (bytes, expanded) = mutated(seed, &mut dice);
        std::fs::write(&kept, &bytes).unwrap();
        let law = (64 << 20) + 4 * expanded;
        ALLOCATOR.set_limit(ALLOCATOR.allocated() + law).unwrap();
        let before = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| read(&bytes, name, &ReadOptions::default()).map(drop)));
        ALLOCATOR.set_limit(usize::MAX).unwrap();
        assert!(before.elapsed() < LONGEST, "{name}, mutated, takes too long: {}", kept.display());
        match result {
            Err(_) => panic!("{name}, mutated, panics: {}", kept.display()),
            Ok(Err(failure)) => assert!(!failure.diagnostics.is_empty()),
            Ok(Ok(())) => {}
        }
        runs += 1;
    }
    println!("{runs} mutated files of {} seeds", seeds.len());
}
