//! Comparing editions: 308 items, the same with half the numbers shifted, and 100,000 × 12 where one item in a hundred
//! is new and every number behind the first of them shifts; and single long texts.
//!
//! `cargo bench --bench diff` prints CPU times of one run and the ratio to the two conversions that come before any
//! difference, taken in turns so that both meet the same machine. `-- criterion` measures the small ones by criterion.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use rust_xlsxwriter::Workbook;
use secref::catalog::{Catalog, Source, json};
use secref::diff::filter::Filter;
use secref::diff::{Diff, DiffOptions, diff, text};
use secref::import;
use secref::render::terminal::diff::{Detail, DiffView};
use secref::render::terminal::{self, Terminal};
use secref::render::words::{Lang, Words};
use secref::render::{self, html, xlsx};
use secref::template::{self, BindOptions};
use secref::workbook::{ReadOptions, read};

const SUBJECTS: [&str; 8] = [
    "利用者の認証",
    "通信の暗号化",
    "入退室の管理",
    "記録の保存",
    "委託先の点検",
    "媒体の廃棄",
    "障害時の連絡",
    "職員の教育",
];
const ACTIONS: [&str; 6] = [
    "について手順を定め、関係者に周知する。",
    "を年一回見直し、結果を報告する。",
    "の責任者を置く。",
    "の結果を経営層に報告する。",
    "に関する規程を整備する。",
    "を四半期ごとに点検し、差異があれば是正する。",
];

/// Three invented sentences, different for each number.
fn sentences(number: usize) -> String {
    let sentence = |part: usize| {
        let index = number.wrapping_add(part * 97).wrapping_mul(2_654_435_761) >> 5;
        format!("{}{}第{}条", SUBJECTS[index % 8], ACTIONS[index / 8 % 6], index % 99_991)
    };
    (0..3).map(sentence).collect()
}

/// An edition as rows of texts: what the items are, by number, and which of them were edited.
struct Rows {
    items: Vec<usize>,
    edited_every: Option<usize>,
}

impl Rows {
    fn old(count: usize) -> Self {
        Self { items: (0..count).collect(), edited_every: None }
    }

    /// A new item before every `every`th of the old ones from `from` on; numbers behind it shift.
    fn with_new(count: usize, from: usize, every: usize, edited_every: usize) -> Self {
        let new = |item: usize| (item >= from && (item - from).is_multiple_of(every)).then_some(1_000_000 + item);
        let items = (0..count).flat_map(|item| new(item).into_iter().chain([item])).collect();
        Self { items, edited_every: Some(edited_every) }
    }

    fn workbook(&self, columns: u16) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let headings =
            ["項番", "大項目", "中項目", "小項目", "内容説明", "解説", "見解", "対応状況", "公開文書", "対応", "担当"];
        for (column, heading) in (0..columns).zip(headings.into_iter().chain(["備考"])) {
            sheet.write(0, column, heading).unwrap();
        }
        for (row, &item) in (1u32..).zip(&self.items) {
            sheet.write(row, 0, format!("実{row}")).unwrap();
            for column in 1..columns {
                let mut text = sentences(item * usize::from(columns) + usize::from(column));
                if column == 4 && self.edited_every.is_some_and(|every| item % every == 0) {
                    text.push_str("あわせて記録を三年間保存する。");
                }
                sheet.write(row, column, text).unwrap();
            }
        }
        workbook.save_to_buffer().unwrap()
    }
}

fn imported(bytes: &[u8]) -> Catalog {
    let workbook = read(bytes, "bench.xlsx", &ReadOptions::default()).unwrap();
    let binding = template::bind(&workbook, &BindOptions::default()).unwrap();
    import::catalog(&workbook, &binding, Source::default()).unwrap()
}

fn converted(bytes: &[u8]) -> usize {
    json::to_json(&imported(bytes)).len()
}

fn compared(old: &Catalog, new: &Catalog) -> Diff {
    diff(old, new, &DiffOptions::default()).unwrap()
}

fn on_terminal(diff: &Diff, words: &Words) -> String {
    let view = DiffView { detail: Detail::Full, filter: Filter::default(), context: Some(24), answers: None };
    terminal::diff::diff(diff, &view, &Terminal { words, color: true, width: 100 })
}

fn all_outputs(old: &Catalog, new: &Catalog, diff: &Diff, words: &Words) -> usize {
    let page = html::DiffPage { lang: Lang::Ja, old: Some(old), new: Some(new), carried: None };
    let workbook = xlsx::DiffWorkbook {
        words,
        sides: xlsx::Sides::OldNew,
        old_word: None,
        new_word: None,
        carried: None,
        created: jiff::civil::date(2026, 4, 1).at(0, 0, 0, 0),
    };
    on_terminal(diff, words).len()
        + html::diff(diff, &page).len()
        + xlsx::diff(diff, &workbook).unwrap().bytes.len()
        + render::json::diff::to_json(diff, false).len()
        + render::export::diff_markdown(diff, words).len()
        + render::export::diff_csv(diff, words, true).len()
}

/// Processor time of the whole process, threads included, where the system tells it, else wall time.
fn cpu() -> Duration {
    let start = || Instant::now().elapsed();
    let Ok(stat) = std::fs::read_to_string("/proc/self/stat") else { return start() };
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    Duration::from_millis(ticks * 10)
}

fn milliseconds<T>(rounds: u32, run: impl Fn() -> T) -> f64 {
    let before = cpu();
    for _ in 0..rounds {
        black_box(run());
    }
    (cpu() - before).as_secs_f64() * 1e3 / f64::from(rounds)
}

/// The old edition and the new one, as workbooks, with how often to measure them.
fn pairs() -> [(&'static str, Vec<u8>, Vec<u8>, u32); 3] {
    [
        ("308 items", Rows::old(308).workbook(12), Rows::with_new(308, 300, 5, 8).workbook(12), 40),
        ("308 items, half shifted", Rows::old(308).workbook(12), Rows::with_new(308, 154, 40, 8).workbook(12), 40),
        (
            "100,000 x 12, 1 % new, all shifted",
            Rows::old(100_000).workbook(12),
            Rows::with_new(100_000, 0, 100, 50).workbook(12),
            1,
        ),
    ]
}

fn report(name: &str, old: &[u8], new: &[u8], rounds: u32, words: &Words) {
    let convert = milliseconds(rounds, || converted(old) + converted(new));
    let (from, to) = (imported(old), imported(new));
    let difference = milliseconds(rounds, || compared(&from, &to));
    let counts = compared(&from, &to).summary;
    println!(
        "{name}: diff {difference:.1} ms = {:.2} × two converts ({convert:.1} ms); {counts:?}",
        difference / convert
    );
    if rounds > 1 {
        let terminal = milliseconds(rounds, || on_terminal(&compared(&imported(old), &imported(new)), words));
        let all = milliseconds(rounds, || all_outputs(&from, &to, &compared(&imported(old), &imported(new)), words));
        println!("{name}: xlsx to terminal {terminal:.1} ms; all six outputs {all:.1} ms");
    }
}

fn long_texts() {
    let text = |characters: usize, from: usize| -> String {
        (from..).map(sentences).flat_map(|it| it.chars().collect::<Vec<_>>()).take(characters).collect()
    };
    for characters in [32_767, 333_000] {
        let old = text(characters, 0);
        let edited = old.replace("三", "四").replace("第9", "第8").replace("報告する。", "報告し、保存する。");
        let rewritten = text(characters, 500_000);
        let tangled: String = old.chars().rev().collect();
        for (name, new) in [("edited", edited), ("rewritten", rewritten), ("reversed", tangled)] {
            let time = milliseconds(1, || text::compare(&old, &new));
            println!("a text of {characters} characters, {name}: {time:.0} ms");
        }
    }
}

fn main() {
    let words = Words::new(Lang::Ja);
    let pairs = pairs();
    if std::env::args().any(|arg| arg == "criterion") {
        let mut criterion = Criterion::default().sample_size(20);
        for (name, old, new, _) in pairs.iter().filter(|pair| pair.3 > 1) {
            let (old, new) = (imported(old), imported(new));
            criterion.bench_function(name, |bencher| bencher.iter(|| compared(&old, &new)));
        }
    }
    pairs.iter().for_each(|(name, old, new, rounds)| report(name, old, new, *rounds, &words));
    long_texts();
}
