//! Reading, importing and converting against calamine's owned `worksheet_range`, on a reference of 308 items,
//! 100,000 × 12 and 1,000,000 × 2.
//!
//! `cargo bench --bench read` measures by criterion and then prints the ratios of one run, taken in turns so that
//! both meet the same machine. `cargo bench --bench read -- ratios` prints the ratios alone.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};

use calamine::Reader;
use criterion::Criterion;
use rust_xlsxwriter::{Color, Format, Workbook};
use secref::catalog::{Catalog, Source, json};
use secref::import;
use secref::template::{self, BindOptions};
use secref::workbook::{ReadOptions, read};

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

const HEADINGS: [&str; 12] = [
    "項番",
    "大項目",
    "中項目",
    "小項目",
    "内容説明",
    "解説",
    "見解",
    "対応状況",
    "公開文書",
    "利用者の対応",
    "担当",
    "備考",
];

fn table(rows: u32, columns: u16) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, heading) in
        (0..columns).zip(if columns == 2 { vec!["項番", "内容説明"] } else { HEADINGS.to_vec() })
    {
        sheet.write(0, column, heading).unwrap();
    }
    for row in 1..rows {
        sheet.write(row, 0, format!("実{row}")).unwrap();
        for column in 1..columns {
            sheet.write(row, column, sentence(row as usize * usize::from(columns) + usize::from(column))).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A reference as vendors publish it: merged cells, wrapped texts, additions in red.
fn reference() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let (plain, red) = (Format::new(), Format::new().set_font_color(Color::Red));
    sheet.merge_range(0, 2, 0, 6, "クラウドにおける対応", &plain).unwrap();
    for (column, heading) in [(0, "項番"), (1, "見解")].into_iter().chain((2..7).zip([
        "適合性",
        "本調査で確認した内容",
        "公開文書",
        "第三者認証",
        "インタビュー",
    ])) {
        sheet.write(1, column, heading).unwrap();
    }
    sheet.write(1, 7, "利用者で必要な対応").unwrap();
    for row in 2..310 {
        sheet.write(row, 0, format!("実{}", row - 1)).unwrap();
        for column in 1..8 {
            let (base, addition) = (sentence(row as usize * 9), sentence(row as usize * 7 + usize::from(column)));
            sheet.write_rich_string(row, column, &[(&plain, base.as_str()), (&red, addition.as_str())]).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn ours(bytes: &[u8]) -> usize {
    let workbook = read(bytes, "bench.xlsx", &ReadOptions::default()).unwrap();
    workbook.sheets[0].cells().len()
}

fn imported(bytes: &[u8]) -> Catalog {
    let workbook = read(bytes, "bench.xlsx", &ReadOptions::default()).unwrap();
    let binding = template::bind(&workbook, &BindOptions::default()).unwrap();
    import::catalog(&workbook, &binding, Source::default()).unwrap()
}

fn calamines(bytes: &[u8]) -> usize {
    let mut workbook: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes)).unwrap();
    workbook.worksheet_range_at(0).unwrap().unwrap().used_cells().count()
}

/// Processor time of the whole process, threads included, where the system tells it.
fn cpu() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().ok()? + fields[12].parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

fn measured(rounds: usize, run: impl Fn() -> usize) -> (Duration, Duration) {
    let (wall, before) = (Instant::now(), cpu().unwrap_or_default());
    for _ in 0..rounds {
        black_box(run());
    }
    (wall.elapsed() / rounds as u32, (cpu().unwrap_or_default() - before) / rounds as u32)
}

fn ratios(name: &str, bytes: &[u8], rounds: usize, ours: impl Fn(&[u8]) -> usize) {
    let mut totals = [Duration::ZERO; 4];
    for _ in 0..3 {
        let (wall, used) = measured(rounds, || ours(bytes));
        let (their_wall, their_used) = measured(rounds, || calamines(bytes));
        for (total, part) in totals.iter_mut().zip([wall, used, their_wall, their_used]) {
            *total += part / 3;
        }
    }
    let [wall, used, their_wall, their_used] = totals.map(|total| total.as_secs_f64());
    println!(
        "{name}: wall {:.1} ms = {:.2} × calamine's {:.1} ms; CPU {:.1} ms = {:.2} × calamine's {:.1} ms",
        wall * 1e3,
        wall / their_wall,
        their_wall * 1e3,
        used * 1e3,
        used / their_used,
        their_used * 1e3,
    );
}

fn main() {
    let files = [
        ("308 items", reference(), 200),
        ("100,000 x 12", table(100_000, 12), 2),
        ("1,000,000 x 2", table(1_000_000, 2), 2),
    ];
    if !std::env::args().any(|arg| arg == "ratios") {
        let mut criterion = Criterion::default().sample_size(10).configure_from_args();
        for (name, bytes, _) in &files {
            let mut group = criterion.benchmark_group(*name);
            group.bench_function("secref", |bencher| bencher.iter(|| ours(bytes)));
            group.bench_function("calamine", |bencher| bencher.iter(|| calamines(bytes)));
            group.finish();
        }
        criterion.final_summary();
    }
    for (name, bytes, rounds) in &files {
        ratios(&format!("{name}, read"), bytes, *rounds, ours);
        ratios(&format!("{name}, catalog in memory"), bytes, *rounds, |bytes| imported(bytes).items.len());
        ratios(&format!("{name}, catalog JSON"), bytes, *rounds, |bytes| json::to_json_bytes(&imported(bytes)).len());
    }
}
