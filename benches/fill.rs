//! Filling the vendor's workbook against what it cannot do without: inflating and deflating the touched sheet, and
//! reading the reference. On 308 items with two answers each and 5 MB of pictures, and on 100,000 × 12 with one. And
//! the new workbook of 100,000 items, in time and memory.
//!
//! `cargo bench --bench fill` measures by criterion and then prints the ratios of one run, taken in turns so that all
//! meet the same machine. `cargo bench --bench fill -- ratios` prints the ratios alone.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

#[path = "../tests/xlsx_support/example.rs"]
#[allow(dead_code, reason = "the bench uses its part")]
mod example;

use std::hint::black_box;
use std::io::{Cursor, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use calamine::Reader;
use criterion::Criterion;
use flate2::{Compression, write::DeflateEncoder};
use secref::address::{CellRef, Range, SheetRange};
use secref::answers::{Answer, AnswerField, Answers, Status};
use secref::assess::assess;
use secref::catalog::{Catalog, Item, ItemKey, Places};
use secref::fill::{self, FillOptions, Filled};
use secref::render::words::{Lang, Words};
use secref::render::xlsx::{self, Cover, SelfCheck};
use secref::template::{Binding, BoundColumn, BoundTable, Role, TableLayout, Template, builtin};
use secref::workbook::package::Package;
use secref::workbook::{Limits, ReadOptions, Workbook, read};

/// An invented sentence, different for each number.
fn sentence(number: usize) -> String {
    const SUBJECTS: [&str; 5] = ["利用者の認証", "通信の暗号化", "入退室の管理", "記録の保存", "委託先の点検"];
    const ACTIONS: [&str; 4] = ["について手順を定める。", "を年一回見直す。", "の責任者を置く。", "の結果を報告する。"];
    let parts = (0..3).map(|part| {
        let index = number.wrapping_mul(2_654_435_761).wrapping_add(part * 97) >> 3;
        format!("{}{}{}", SUBJECTS[index % 5], ACTIONS[index / 5 % 4], index % 9973)
    });
    parts.collect()
}

/// Bytes that do not compress, as pictures are.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_u32;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// A table of the vendor's, everything needed to fill it, and answers to each of its items.
struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    workbook: Workbook,
    binding: Binding,
    catalog: Catalog,
    answers: Answers,
    rounds: usize,
}

impl Case {
    fn new(name: &'static str, rows: u32, columns: u16, fields: &[AnswerField], rounds: usize) -> Self {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for row in 0..=rows {
            for column in 0..columns {
                sheet.write(row, column, sentence(row as usize * usize::from(columns) + usize::from(column))).unwrap();
            }
        }
        let mut bytes = book.save_to_buffer().unwrap();
        if rows < 1000 {
            let mut archive = zip::ZipWriter::new_append(Cursor::new(&mut bytes)).unwrap();
            archive.start_file("xl/media/picture.png", zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(&noise(5 << 20)).unwrap();
            archive.finish().unwrap();
        }
        let workbook = read(&bytes, "bench.xlsx", &ReadOptions::default()).unwrap();
        let binding = binding(rows, columns.into(), fields);
        let (catalog, answers) = items(rows, &workbook.sheets[0].name, fields);
        Self { name, bytes, workbook, binding, catalog, answers, rounds }
    }

    fn fill(&self) -> Filled {
        let options = FillOptions::default();
        fill::into(&self.bytes, &self.workbook, &self.binding, &self.catalog, &self.answers, &options).unwrap()
    }

    /// Inflating and deflating the touched sheet.
    fn rezip(&self, level: u32) -> usize {
        let package = Package::open(&self.bytes, &Limits::default()).unwrap();
        let content = package.part(&self.workbook.sheets[0].part).unwrap();
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
        encoder.write_all(&content).unwrap();
        encoder.finish().unwrap().len()
    }

    fn calamine(&self) -> usize {
        let mut book: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(&self.bytes)).unwrap();
        book.worksheet_range_at(0).unwrap().unwrap().used_cells().count()
    }

    fn whole_zip(&self) -> usize {
        let mut old = zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..old.len() {
            let mut entry = old.by_index(index).unwrap();
            new.start_file(entry.name().unwrap(), zip::write::SimpleFileOptions::default()).unwrap();
            std::io::copy(&mut entry, &mut new).unwrap();
        }
        new.finish().unwrap().into_inner().len()
    }
}

fn binding(rows: u32, columns: u32, fields: &[AnswerField]) -> Binding {
    let bound = |column, key: &str, role| BoundColumn {
        column,
        last_column: column,
        key: key.into(),
        label: key.to_owned(),
        role,
    };
    let answers = (columns..)
        .zip(fields)
        .map(|(column, &field)| bound(column, field.key(), Role::Answer { field, values: Vec::new() }));
    let columns = std::iter::once(bound(0, "id", Role::Id(0))).chain(answers).collect();
    let header = Range::new(CellRef::new(0, 0), CellRef::new(0, 0));
    let table = BoundTable { sheet: 0, layout: 0, header, rows: (1, rows), columns };
    let template = Template { tables: vec![TableLayout::default()], ..Template::default() };
    Binding { template: Arc::new(template), tables: vec![table], lists: Vec::new(), diagnostics: Vec::new() }
}

fn items(rows: u32, sheet: &Arc<str>, fields: &[AnswerField]) -> (Catalog, Answers) {
    let items = (1..=rows).map(|row| {
        Item::new(ItemKey::of(format!("実{row}")), Places::one(SheetRange::new(sheet, CellRef::new(row, 0))))
    });
    let answers = (1..=rows).map(|row| {
        let mut answer = Answer::blank(ItemKey::of(format!("実{row}")));
        answer.status = Some(Status::ALL[row as usize % Status::ALL.len()]);
        if fields.contains(&AnswerField::Response) {
            answer.response = sentence(row as usize * 31);
        }
        answer
    });
    let answers = Answers { answers: answers.collect(), ..Answers::default() };
    (Catalog { items: items.collect(), ..Catalog::default() }, answers)
}

/// Processor time of the whole process, threads included, where the system tells it.
fn cpu() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().ok()? + fields[12].parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

fn measured(rounds: usize, run: impl Fn() -> usize) -> f64 {
    let (wall, before) = (Instant::now(), cpu());
    for _ in 0..rounds {
        black_box(run());
    }
    let spent = cpu().zip(before).map_or_else(|| wall.elapsed(), |(after, before)| after - before);
    spent.as_secs_f64() * 1000.0 / rounds as f64
}

fn ratios(case: &Case) {
    let filled = case.fill();
    assert_eq!(filled.receipt.skipped.len(), 0);
    let rounds = case.rounds;
    let fill = measured(rounds, || case.fill().bytes.len());
    let rezip = measured(rounds, || case.rezip(6));
    let calamine = measured(rounds, || case.calamine());
    let reading = measured(rounds, || read(&case.bytes, "b.xlsx", &ReadOptions::default()).unwrap().sheets.len());
    let whole = measured(rounds, || case.whole_zip());
    let part = &case.workbook.sheets[0].part;
    let size = |bytes: &[u8]| Package::open(bytes, &Limits::default()).unwrap().entry(part).unwrap().data.len() as f64;
    println!(
        "{}: fill {fill:.1} ms, read {reading:.1}, inflate and deflate the sheet {rezip:.1}, calamine {calamine:.1}, whole zip anew {whole:.1}; \
         (read + fill) / (inflate and deflate + calamine) = {:.2}; sheet {:.2} x its old compressed size, {} cells",
        case.name,
        (reading + fill) / (rezip + calamine),
        size(&filled.bytes) / size(&case.bytes),
        filled.receipt.cells.len(),
    );
}

/// The most memory the process has had so far, where the system tells it.
fn peak_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

/// The deliverable of so many items, each answered.
fn new_workbook(items: usize) {
    let words = Words::new(Lang::Ja);
    let template = builtin("self-check").unwrap();
    let catalog = example::catalog(items);
    let answers = example::answers(&catalog);
    let today = jiff::civil::date(2026, 3, 31);
    let assessment = assess(&catalog, &answers, Some(today));
    let deliverable = SelfCheck {
        words: &words,
        catalog: &catalog,
        answers: &answers,
        assessment: &assessment,
        diff: None,
        cover: &Cover::of(&answers, None),
        history: &[],
        protect: false,
        reference_text: true,
        write: &template.write,
        created: today.at(9, 0, 0, 0),
    };
    let before = peak_mib();
    let spent = measured(1, || xlsx::self_check(&deliverable).unwrap().bytes.len());
    let peak = before.zip(peak_mib()).map(|(before, after)| format!("; peak {after} MiB, {before} before"));
    println!("new workbook of {items} items: {spent:.0} ms{}", peak.unwrap_or_default());
}

fn main() {
    // First of all: the peak of memory only ever grows.
    new_workbook(308);
    new_workbook(100_000);
    let cases = [
        Case::new("308 x 9", 308, 9, &[AnswerField::Status, AnswerField::Response], 50),
        Case::new("100,000 x 12", 100_000, 12, &[AnswerField::Status], 3),
    ];
    if !std::env::args().any(|argument| argument == "ratios") {
        let mut criterion = Criterion::default().sample_size(10).configure_from_args();
        for case in &cases {
            criterion.bench_function(&format!("fill {}", case.name), |bencher| bencher.iter(|| case.fill()));
        }
    }
    cases.iter().for_each(ratios);
}
