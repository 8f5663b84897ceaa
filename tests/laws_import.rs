//! The law of reading: however the layouts vendors use are combined, the same reference is read out of them.
//!
//! `samples/layouts` shows every layout alone; here they meet: title rows over a two-row header on graph paper, band
//! rows between continuation rows, a running number beside the ids. Answers to every item go into each of these
//! workbooks and come back. A failing case is printed as a description in the samples' own notation and can be dropped
//! there as it is.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

#[path = "../samples/make/describe.rs"]
mod describe;
mod nothing_lost;

use std::fmt::Write;

use proptest::prelude::*;
use secref::answers::{Answer, Answers, Status};
use secref::catalog::{Catalog, ItemStatus, Source};
use secref::diagnostic::Severity;
use secref::fill::{self, FillOptions};
use secref::import::AnswerOptions;
use secref::template::{BindOptions, bind};
use secref::text::fold::heading_key;
use secref::workbook::{ReadOptions, read};

/// How the items are numbered.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Numbers {
    /// 統1, 実14: FISC.
    Fisc,
    /// 1.1, 1.2: chapter and number.
    Dotted,
    /// IAM-01: a domain and a number.
    Lettered,
}

/// How an id is written down.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Spelling {
    Plain,
    /// 統　１.
    Wide,
    /// 統 01.
    Padded,
    /// A bare number, the category in a column of its own.
    Category,
    /// A bare number, the category in the sheet's name.
    SheetOfCategory,
    /// The id as it is, a sheet for each group.
    Sheet,
    /// The prefix and the number in two columns.
    TwoColumns,
}

/// How the groups of the items are shown.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Grouping {
    None,
    Bands,
    MergedBands,
    /// Columns to the left, merged down.
    MergedDown,
    /// Columns to the left, their text given on the first row only.
    Once,
    /// Columns to the left, their text on every row.
    EveryRow,
}

#[derive(Clone, Debug)]
struct Layout {
    numbers: Numbers,
    spelling: Spelling,
    grouping: Grouping,
    /// Items of each group.
    groups: Vec<usize>,
    /// Which content columns there are, and how each heading is spelt.
    columns: Vec<(usize, usize)>,
    id_heading: usize,
    header_rows: usize,
    above: usize,
    gutter: usize,
    /// Physical columns of a logical one.
    narrow: usize,
    running_number: bool,
    /// Every so many items go on over a second row; 0 for none.
    continued: usize,
    merged_ids: bool,
    repeats_header: bool,
    blank_between: bool,
    below: usize,
    hidden_column: bool,
    hidden_row: bool,
    other_sheets: bool,
    /// Whether the title stretches over the table as one merged cell.
    wide_title: bool,
    /// Every so many items are retired: 欠番 and nothing else; 0 for none.
    retired: usize,
    /// Whether texts that come twice in a row are one merged cell.
    merged_texts: bool,
    /// Blank columns for answers at the end.
    answers: usize,
    /// Whether the list of cited documents stands on a sheet of its own.
    documents: bool,
    /// Whether the first sheet alone is given, as delimited text.
    delimited: bool,
    seed: usize,
}

/// Content columns, each with the spellings of its heading.
const COLUMNS: [&[&str]; 8] = [
    &["小項目", "規定内容", "評価内容"],
    &["サンプル社の見解", "FISC安全対策基準に対する␤当社の見解"],
    &["適合性", "適合状況", "FISC安全対策基準␤への適合性"],
    &["本調査で確認した内容", "対応状況", "回答内容"],
    &["確認した公開文書", "参照文書"],
    &["第三者認証等から␤確認した内容*1"],
    &["SI事業者・利用者␤で必要な対応", "お客様の対応"],
    &["備考", "社内管理欄"],
];
const CONFORMITY: usize = 2;
const REMARKS: usize = 7;

const SENTENCES: [&str; 12] = [
    "規程を定め、年1回見直している。",
    "暗号鍵は専用の装置で管理し、担当者を限っている。",
    "対象外の設備については記載しない。",
    "入退室を記録し、90日間保管する。␤記録は月次で点検する。",
    "利用者は、自らの設定を確認する必要がある。",
    "・手順書␤・台帳␤・記録",
    "The provider encrypts data at rest.",
    "障害時の連絡体制を整備している（24時間365日）。",
    "第三者による監査を受けている。",
    "No.1の装置を除き、二重化している。",
    "委託先を選定する基準を定めている。",
    "－",
];

/// The prefix and the name of FISC's chapters, the prefix and the name of another framework's.
const CHAPTERS: [[&str; 4]; 4] = [
    ["統", "統制基準", "IAM", "アクセス管理"],
    ["実", "実務基準", "DSP", "データ保護"],
    ["設", "設備基準", "BCR", "事業継続"],
    ["監", "監査基準", "AAC", "監査"],
];

/// A reference as it is meant, whatever it is laid out like.
struct Meant {
    /// Canonical id, group, and the rows of each content column.
    items: Vec<(String, usize, Vec<Vec<&'static str>>)>,
    retired: Vec<String>,
}

impl Layout {
    fn meant(&self) -> Meant {
        let mut items: Vec<(String, usize, Vec<Vec<&'static str>>)> = Vec::new();
        let mut retired = Vec::new();
        for (group, &count) in self.groups.iter().enumerate() {
            // There is one 監 only.
            let count = if self.numbers == Numbers::Fisc && group == 3 { 1 } else { count };
            for number in 1..=count {
                let index = items.len();
                let [fisc, _, letters, _] = CHAPTERS[group];
                let id = match self.numbers {
                    Numbers::Fisc => format!("{fisc}{number}"),
                    Numbers::Dotted => format!("{}.{number}", group + 1),
                    Numbers::Lettered => format!("{letters}-{number:02}"),
                };
                let rows = if self.continued > 0 && index % self.continued == 1 { 2 } else { 1 };
                let text = |column: usize, row: usize| {
                    let pick = self.seed + index * 7 + column * 5 + row * 3;
                    match column {
                        CONFORMITY if row == 0 => ["適合可能", "適合可能", "対象外"][pick % 3],
                        CONFORMITY => "",
                        REMARKS if !pick.is_multiple_of(3) => "",
                        _ => SENTENCES[pick % SENTENCES.len()],
                    }
                };
                let cells = self.columns.iter().map(|&(column, _)| (0..rows).map(|row| text(column, row)).collect());
                let mut cells: Vec<Vec<&str>> = cells.collect();
                if self.retired > 0 && (index + 1).is_multiple_of(self.retired) {
                    cells.iter_mut().for_each(|rows| *rows = vec![""]);
                    cells[0][0] = "欠番";
                    retired.push(id.clone());
                }
                items.push((id, group, cells));
            }
        }
        Meant { items, retired }
    }

    fn chapter(&self, group: usize) -> &'static str {
        CHAPTERS[group][if self.numbers == Numbers::Fisc { 1 } else { 3 }]
    }

    fn id_cells(&self, id: &str, group: usize) -> Vec<String> {
        let number = id.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned();
        let [fisc, category, ..] = CHAPTERS[group];
        match self.spelling {
            Spelling::Plain | Spelling::Sheet => vec![format!("'{id}")],
            Spelling::Wide => {
                let wide = id.chars().map(|c| match c {
                    '0'..='9' => char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap(),
                    _ => c,
                });
                vec![wide.collect::<String>().replace(fisc, &format!("{fisc}␣"))]
            }
            Spelling::Padded => vec![id.replace(fisc, &format!("{fisc} 0"))],
            Spelling::Category => vec![category.to_owned(), format!("={number}")],
            Spelling::SheetOfCategory => vec![format!("={number}")],
            Spelling::TwoColumns => vec![fisc.to_owned(), format!("={number}")],
        }
    }

    fn id_headings(&self) -> Vec<String> {
        let plain = match self.numbers {
            Numbers::Fisc => ["項番", "基準番号", "FISC安全対策基準␤の項目", "項目番号"][self.id_heading % 4],
            _ => ["管理番号", "項番", "Control ID", "番号"][self.id_heading % 4],
        };
        match self.spelling {
            Spelling::Category => vec!["基準大項目".to_owned(), "項番".to_owned()],
            Spelling::TwoColumns => vec!["区分".to_owned(), "番号".to_owned()],
            _ => vec![plain.to_owned()],
        }
    }

    fn has_group_columns(&self) -> bool {
        matches!(self.grouping, Grouping::MergedDown | Grouping::Once | Grouping::EveryRow)
    }

    /// The header: the levels of each logical column, outermost first, padded at the end.
    fn header(&self) -> Vec<Vec<String>> {
        let mut columns: Vec<Vec<&str>> = Vec::new();
        let ids = self.id_headings();
        if self.has_group_columns() {
            columns.extend([vec!["大項目"], vec!["中項目"]]);
        }
        if self.running_number {
            columns.push(vec!["通番"]);
        }
        columns.extend(ids.iter().map(|heading| vec![heading.as_str()]));
        for &(column, spelling) in &self.columns {
            let leaf = COLUMNS[column][spelling % COLUMNS[column].len()];
            columns.push(match column {
                2..=5 if self.header_rows == 2 => vec!["サンプルサービスにおける対応", leaf],
                2..=5 if self.header_rows == 3 => vec!["クラウド事業者", "サンプルサービスにおける対応", leaf],
                _ => vec![leaf],
            });
        }
        columns.extend([vec!["自己評価"], vec!["対応内容"], vec!["担当部署"]].into_iter().take(self.answers));
        let rows = columns.iter().map(Vec::len).max().unwrap();
        let mut header: Vec<Vec<String>> = vec![Vec::new(); rows];
        for (index, column) in columns.iter().enumerate() {
            for (row, line) in header.iter_mut().enumerate() {
                let same_above =
                    index > 0 && column.len() > row + 1 && columns[index - 1].get(..=row) == column.get(..=row);
                line.push(match column.get(row) {
                    Some(_) if same_above => "<".to_owned(),
                    Some(text) => (*text).to_owned(),
                    None => "^".to_owned(),
                });
            }
        }
        header
    }

    /// A line of logical cells as a line of the notation.
    fn line(&self, cells: &[String]) -> String {
        let mut physical = vec![String::new(); self.gutter];
        for cell in cells {
            physical.push(cell.clone());
            let filler = if cell.is_empty() { "" } else { "<" };
            physical.extend(std::iter::repeat_n(filler.to_owned(), self.narrow - 1));
        }
        physical.join(" | ")
    }

    fn describe(&self, meant: &Meant) -> String {
        let mut out = String::new();
        if self.other_sheets {
            out.push_str("=== 表紙\n\nセキュリティリファレンス\n\n第1.0版 | 2026年1月5日\n\n");
            out.push_str("=== 改訂履歴\n版 | 日付 | 内容\n1.0 | 2026-01-05 | 初版\n1.1 | 2026-02-01 | 誤記の訂正\n\n");
        }
        let by_sheet = matches!(self.spelling, Spelling::Sheet | Spelling::SheetOfCategory);
        let sheets: Vec<Option<usize>> = if by_sheet { (0..self.groups.len()).map(Some).collect() } else { vec![None] };
        for only in sheets {
            self.describe_sheet(meant, only, &mut out);
        }
        if self.documents {
            out.push_str("=== 参照文書一覧\n番号 | 公開文書名 | URL\n=1 | サービス仕様書 | https://example.com/a\n=2 | 運用の手引き | https://example.com/b\n");
        }
        if self.other_sheets {
            out.push_str("=== 用語\n用語 | 説明\n統制 | 管理のしくみ\n実務 | 日々の作業\n");
        }
        out
    }

    fn describe_sheet(&self, meant: &Meant, only: Option<usize>, out: &mut String) {
        let header = self.header();
        let width = header[0].len();
        let narrow = if self.narrow > 1 { " ; narrow AZ" } else { "" };
        let hidden = if self.hidden_column && self.narrow == 1 {
            format!(" ; hide {}", char::from(b'A' + u8::try_from(self.gutter + width - 1).unwrap()))
        } else {
            String::new()
        };
        let name = only.map_or("対応一覧", |group| self.chapter(group));
        let _ = writeln!(out, "=== {name}{narrow}{hidden}");
        let above = [
            "クラウドサービス セキュリティリファレンス（第9版改訂対応）",
            "作成：サンプル株式会社　2026年1月",
            "※本書の無断転載を禁じます。",
            "",
        ];
        for (index, text) in above.iter().cycle().skip(4 - self.above).take(self.above).enumerate() {
            let wide = if self.wide_title && index == 0 && !text.is_empty() {
                " | <".repeat(width * self.narrow - 1)
            } else {
                String::new()
            };
            let _ = writeln!(out, "{}{text}{wide}", " | ".repeat(self.gutter));
        }
        let header: Vec<String> = header.iter().map(|line| self.line(line)).collect();
        header.iter().for_each(|line| {
            let _ = writeln!(out, "{line}");
        });
        let mut group_before = None;
        let mut above: Vec<&str> = Vec::new();
        let mut running = 0;
        for (id, group, columns) in &meant.items {
            if only.is_some_and(|only| only != *group) {
                continue;
            }
            let starts = group_before != Some(*group);
            if starts && group_before.is_some() {
                if self.blank_between {
                    out.push('\n');
                }
                if self.repeats_header {
                    header.iter().for_each(|line| {
                        let _ = writeln!(out, "{line}");
                    });
                }
            }
            if starts && matches!(self.grouping, Grouping::Bands | Grouping::MergedBands) {
                let mut band = vec![String::new(); width];
                band[0] = format!("■{}（{}項目）", self.chapter(*group), self.groups[*group]);
                if self.grouping == Grouping::MergedBands {
                    band[1..].fill("<".to_owned());
                }
                let _ = writeln!(out, "{}", self.line(&band));
            }
            group_before = Some(*group);
            running += 1;
            let rows = columns[0].len();
            for row in 0..rows {
                let mut cells: Vec<String> = Vec::new();
                if self.has_group_columns() {
                    let names = [self.chapter(*group).to_owned(), format!("{}の管理", self.chapter(*group))];
                    cells.extend(names.map(|name| match self.grouping {
                        _ if starts && row == 0 => name,
                        Grouping::EveryRow => name,
                        Grouping::MergedDown => "^".to_owned(),
                        _ => String::new(),
                    }));
                }
                if self.running_number {
                    cells.push(if row == 0 { format!("={running}") } else { String::new() });
                }
                let ids = self.id_cells(id, *group);
                cells.extend(ids.into_iter().map(|id| match row {
                    0 => id,
                    _ if self.merged_ids => "^".to_owned(),
                    _ => String::new(),
                }));
                let texts: Vec<&str> = columns.iter().map(|rows| rows[row]).collect();
                let is_again = |column: usize| {
                    self.merged_texts
                        && !starts
                        && row == 0
                        && rows == 1
                        && above.get(column) == Some(&texts[column])
                        && !texts[column].is_empty()
                };
                cells.extend((0..texts.len()).map(|column| match is_again(column) {
                    true => "^".to_owned(),
                    false => texts[column].to_owned(),
                }));
                cells.extend(std::iter::repeat_n(String::new(), self.answers));
                above = texts;
                let hide = if self.hidden_row && running == 2 { "~ " } else { "" };
                let _ = writeln!(out, "{hide}{}", self.line(&cells));
            }
        }
        let below =
            ["", "*1：第三者認証の報告書による。", "※2　対象外の理由は別途照会のこと。", "凡例　○：適合　×：不適合"];
        for text in below.iter().take(self.below) {
            let _ = writeln!(out, "{}{text}", " | ".repeat(self.gutter));
        }
    }
}

fn layouts() -> impl Strategy<Value = Layout> {
    let numbers = prop_oneof![3 => Just(Numbers::Fisc), 1 => Just(Numbers::Dotted), 1 => Just(Numbers::Lettered)];
    let spelling = prop_oneof![
        4 => Just(Spelling::Plain),
        1 => Just(Spelling::Wide),
        1 => Just(Spelling::Padded),
        1 => Just(Spelling::Category),
        1 => Just(Spelling::SheetOfCategory),
        1 => Just(Spelling::Sheet),
        1 => Just(Spelling::TwoColumns),
    ];
    let grouping = prop_oneof![
        Just(Grouping::None),
        Just(Grouping::Bands),
        Just(Grouping::MergedBands),
        Just(Grouping::MergedDown),
        Just(Grouping::Once),
        Just(Grouping::EveryRow),
    ];
    let columns = proptest::collection::btree_map(0..COLUMNS.len(), 0..4_usize, 2..6);
    let sizes = (proptest::collection::vec(2..7_usize, 1..4), 0..4_usize, 1..4_usize, 0..5_usize, 0..3_usize);
    let rows = (prop_oneof![3 => Just(1_usize), 1 => Just(3)], any::<bool>(), 0..5_usize, any::<bool>(), any::<bool>());
    let rest = (any::<bool>(), 0..5_usize, any::<bool>(), any::<bool>(), any::<bool>(), 0..100_usize);
    let retired = prop_oneof![3 => Just(0_usize), 1 => 3..6_usize];
    let delimited = prop_oneof![4 => Just(false), 1 => Just(true)];
    let more = (any::<bool>(), retired, any::<bool>(), 0..4_usize, any::<bool>(), delimited);
    (numbers, spelling, grouping, columns, sizes, rows, rest, more).prop_map(
        |(numbers, spelling, grouping, columns, sizes, rows, rest, more)| {
            let (wide_title, retired, merged_texts, answers, documents, delimited) = more;
            let (groups, id_heading, header_rows, above, gutter) = sizes;
            let (narrow, running_number, continued, merged_ids, repeats_header) = rows;
            let (blank_between, below, hidden_column, hidden_row, other_sheets, seed) = rest;
            Layout {
                numbers,
                // Only FISC's numbers are spelt in all these ways.
                spelling: match numbers {
                    Numbers::Fisc => spelling,
                    _ if matches!(spelling, Spelling::Sheet) => spelling,
                    _ => Spelling::Plain,
                },
                grouping,
                groups,
                columns: columns.into_iter().collect(),
                id_heading,
                header_rows,
                above,
                gutter,
                narrow,
                running_number,
                continued: if continued == 1 { 0 } else { continued },
                merged_ids,
                repeats_header,
                blank_between,
                below,
                hidden_column,
                hidden_row,
                other_sheets,
                wide_title,
                retired,
                // What a CSV lost with its merged cells nobody can read.
                merged_texts: merged_texts && !delimited,
                answers,
                documents,
                delimited,
                seed,
            }
        },
    )
}

/// What Excel saves of a description's only sheet as CSV: of a merged cell its first, no looks.
fn as_csv(description: &str) -> String {
    let mut out = String::new();
    for line in description.lines().filter(|line| !line.starts_with("=== ")) {
        let cells = line.trim_start_matches("~ ").split('|').map(str::trim).map(|cell| match cell {
            "<" | "^" => String::new(),
            _ => cell.trim_start_matches(['=', '\'']).replace('␤', "\n").replace('␣', "\u{3000}").replace('"', "\"\""),
        });
        let _ = writeln!(out, "{}", cells.map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(","));
    }
    out
}

/// What reading failed with, in codes.
fn told(failure: secref::diagnostic::Failure) -> String {
    failure.diagnostics.iter().map(|d| format!("{} {:?}", d.code, d.args)).collect::<Vec<_>>().join("; ")
}

/// Reads a description's workbook without a flag.
fn read_described(description: &str, is_delimited: bool) -> Result<Catalog, String> {
    let is_delimited = is_delimited && description.matches("=== ").count() == 1;
    let bytes = match is_delimited {
        true => as_csv(description).into_bytes(),
        false => describe::workbook(description).map_err(|error| error.to_string())?,
    };
    let workbook = read(&bytes, if is_delimited { "reference.csv" } else { "reference.xlsx" }, &ReadOptions::default())
        .map_err(told)?;
    let binding = bind(&workbook, &BindOptions::default()).map_err(told)?;
    let catalog = secref::import::catalog(&workbook, &binding, Source::default()).map_err(told)?;
    nothing_lost::check(&workbook, &binding, &catalog)?;
    Ok(catalog)
}

fn compare(layout: &Layout, meant: &Meant, catalog: &Catalog) -> Result<(), String> {
    let active = catalog.items.iter();
    let ids: Vec<&str> = active.clone().map(|item| &*item.key.id).collect();
    let wanted: Vec<&str> = meant.items.iter().map(|(id, ..)| id.as_str()).collect();
    if ids != wanted {
        return Err(format!("ids {ids:?}\n not {wanted:?}"));
    }
    let retired: Vec<&str> =
        active.clone().filter(|item| item.status == ItemStatus::Retired).map(|item| &*item.key.id).collect();
    if retired != meant.retired {
        return Err(format!("retired {retired:?}\n not {:?}", meant.retired));
    }
    for (index, &(column, spelling)) in layout.columns.iter().enumerate() {
        let heading = COLUMNS[column][spelling % COLUMNS[column].len()].replace('␤', "\n");
        let is_it = |label: &str| heading_key(label.rsplit(" > ").next().unwrap_or_default()) == heading_key(&heading);
        let field = catalog.fields.iter().position(|field| is_it(&field.label));
        let Some(field) = field else {
            if meant.items.iter().all(|(.., columns)| columns[index].iter().all(|text| text.is_empty())) {
                continue;
            }
            let labels: Vec<&str> = catalog.fields.iter().map(|field| &*field.label).collect();
            return Err(format!("no field {heading:?} among {labels:?}"));
        };
        let alive = active.clone().zip(&meant.items).filter(|(item, _)| item.status == ItemStatus::Active);
        for (item, (id, _, columns)) in alive {
            let mut rows: Vec<String> = Vec::new();
            for text in columns[index].iter().filter(|text| !text.is_empty()) {
                let text = text.replace('␤', "\n");
                if !rows.contains(&text) {
                    rows.push(text);
                }
            }
            let found = item.values.get(field).and_then(|value| value.as_ref());
            let found = found.map_or("", |value| &value.text);
            if found != rows.join("\n") {
                return Err(format!("{id} {heading:?}: {found:?}\n not {:?}", rows.join("\n")));
            }
        }
    }
    let errors: Vec<&str> =
        catalog.diagnostics.iter().filter(|d| d.severity == Severity::Error).map(|d| &*d.code).collect();
    if errors.is_empty() { Ok(()) } else { Err(format!("errors {errors:?}")) }
}

/// Answers every item, fills the answers into the workbook and reads them back.
fn filled_and_read_back(description: &str) -> Result<(), String> {
    let bytes = describe::workbook(description).map_err(|error| error.to_string())?;
    let open = |bytes: &[u8]| -> Result<_, String> {
        let workbook = read(bytes, "reference.xlsx", &ReadOptions::default()).map_err(told)?;
        let binding = bind(&workbook, &BindOptions::default()).map_err(told)?;
        let catalog = secref::import::catalog(&workbook, &binding, Source::default()).map_err(told)?;
        Ok((workbook, binding, catalog))
    };
    let (workbook, binding, catalog) = open(&bytes)?;
    let active = catalog.items.iter().filter(|item| item.status == ItemStatus::Active);
    let answers = active.enumerate().map(|(index, item)| {
        let mut answer = Answer::blank(item.key.clone());
        answer.status = Some([Status::Done, Status::Partial, Status::Open][index % 3]);
        answer.response = format!("当社の対応 {index}\n手順書を参照");
        answer
    });
    let answers = Answers { answers: answers.collect(), ..Answers::default() };
    let filled = fill::into(&bytes, &workbook, &binding, &catalog, &answers, &FillOptions::default()).map_err(told)?;
    if !filled.receipt.skipped.is_empty() || !filled.receipt.unplaced.is_empty() {
        return Err(format!("skipped {:?}, unplaced {:?}", filled.receipt.skipped, filled.receipt.unplaced));
    }
    let (after, _, catalog_after) = open(&filled.bytes)?;
    let ids = |catalog: &Catalog| catalog.items.iter().map(|item| item.key.clone()).collect::<Vec<_>>();
    if ids(&catalog) != ids(&catalog_after) {
        return Err(format!("filled, it is read as {:?}", ids(&catalog_after)));
    }
    let options = AnswerOptions { catalog: Some(&catalog), ..AnswerOptions::default() };
    let back = secref::import::answers(&after, &options).map_err(told)?.answers;
    for answer in &answers.answers {
        let found = back.get(&answer.key).map(|found| (found.status, found.response.as_str()));
        if found != Some((answer.status, &*answer.response)) {
            return Err(format!("{}: {found:?} came back", answer.key));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn the_same_reference_is_read_out_of_every_layout(layout in layouts()) {
        let meant = layout.meant();
        let description = layout.describe(&meant);
        let result = read_described(&description, layout.delimited).and_then(|catalog| compare(&layout, &meant, &catalog));
        if let Err(why) = result {
            prop_assert!(false, "{why}\n{layout:?}\n{description}");
        }
    }

    #[test]
    fn answers_go_into_every_layout_and_come_back(layout in layouts()) {
        let description = layout.describe(&layout.meant());
        if let Err(why) = filled_and_read_back(&description) {
            prop_assert!(false, "{why}\n{layout:?}\n{description}");
        }
    }
}
