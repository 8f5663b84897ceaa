//! The answer sheet: blank and prefilled, and that it reads back whatever people do to its rows.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod xlsx_support;

use std::sync::LazyLock;

use secref::answers::{Answer, Answers, Conflict};
use secref::catalog::{Catalog, Edition, ItemKey};
use secref::import::{AnswerOptions, answers as read_answers};
use secref::render::words::{Lang, Words};
use secref::render::xlsx::{self, AnswerSheet, Written};
use secref::workbook::{ReadOptions, read};
use xlsx_support::{checked, example, part};

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(Lang::Ja));
static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words::new(Lang::En));

fn write<'a>(
    catalog: Option<&'a Catalog>,
    answers: Option<&'a Answers>,
    change: impl FnOnce(&mut AnswerSheet<'a>),
) -> Written {
    let mut input = AnswerSheet {
        words: &WORDS,
        catalog,
        answers,
        only: None,
        titles: &[],
        protect: false,
        reference_text: true,
        created: jiff::civil::date(2026, 3, 31).at(9, 0, 0, 0),
    };
    change(&mut input);
    xlsx::answer_sheet(&input).unwrap()
}

fn read_back(bytes: &[u8], catalog: Option<&Catalog>) -> Answers {
    let workbook = read(bytes, "answers.xlsx", &ReadOptions::default()).unwrap();
    let read = read_answers(&workbook, &AnswerOptions { catalog, ..AnswerOptions::default() }).unwrap();
    let problems: Vec<_> =
        read.diagnostics.iter().filter(|found| found.severity > secref::diagnostic::Severity::Note).collect();
    assert!(problems.is_empty(), "{problems:?}");
    read.answers
}

/// The answers that say something, without where they were read.
fn said(answers: &[Answer]) -> Vec<Answer> {
    let said = answers.iter().filter(|answer| !answer.is_blank());
    said.map(|answer| Answer { at: None, file: None, columns: None, ..answer.clone() }).collect()
}

#[test]
fn a_blank_sheet_lists_every_item_in_force_and_reads_back_blank() {
    let catalog = example::catalog(60);
    let written = write(Some(&catalog), None, |_| {});
    let sheets = checked("answer-sheet-blank", &written.bytes);
    assert_eq!(sheets.names(), ["回答", "記入方法"]);
    let listed = sheets.rows("回答").iter().filter(|row| row[0].starts_with(['統', '実', '設', '監'])).count();
    assert_eq!(listed, catalog.active().count());
    assert_eq!(said(&read_back(&written.bytes, Some(&catalog)).answers), []);
}

#[test]
fn prefilled_answers_read_back_as_they_were() {
    let catalog = example::catalog(308);
    let mut answers = example::answers(&catalog);
    answers.header.push(("点検期間".to_owned(), "2026年度".to_owned()));
    answers.answers[0].extra = vec![("管理番号".to_owned(), "A-001".to_owned())];
    answers.answers[1].response = "=1+1 と書いても式ではない\n２行目 _x0041_".to_owned();
    for words in [&WORDS, &ENGLISH] {
        let written = write(Some(&catalog), Some(&answers), |input| input.words = words);
        checked(&format!("answer-sheet-{}", words.lang.tag()), &written.bytes);
        let back = read_back(&written.bytes, Some(&catalog));
        assert_eq!(said(&back.answers), said(&answers.answers));
        assert_eq!(back.edition.version, answers.edition.version);
        for line in &answers.header {
            assert!(back.header.contains(line), "{line:?} in {:?}", back.header);
        }
    }
}

#[test]
fn the_header_block_is_in_the_readers_words_and_reads_back() {
    let mut catalog = example::catalog(10);
    let edition = |template: Option<&str>| Edition {
        framework: Some("fisc".to_owned()),
        version: Some("第9版改訂".to_owned()),
        provider: Some("あおぞらクラウド".to_owned()),
        template: template.map(str::to_owned),
    };
    catalog.edition = edition(Some("fisc-generic"));
    let header = vec![("institution".to_owned(), "みずうみ銀行".to_owned()), ("社内番号".to_owned(), "7".to_owned())];
    let answers = Answers { edition: catalog.edition.clone(), header: header.clone(), ..Answers::default() };
    let japanese = ["基準", "版", "提供者", "機関名", "社内番号", "対象システム", "利用サービス", "作成日", "作成者"];
    let english =
        ["Framework", "Edition", "Provider", "Institution", "社内番号", "System", "Services", "Date", "Author"];
    for (words, name, labels) in
        [(&WORDS, "FISC安全対策基準", japanese), (&ENGLISH, "FISC Security Guidelines", english)]
    {
        let written = write(Some(&catalog), Some(&answers), |input| input.words = words);
        let sheets = checked(&format!("answer-sheet-header-{}", words.lang.tag()), &written.bytes);
        let rows = sheets.rows(sheets.names()[0]);
        let block: Vec<&str> = rows[2..11].iter().map(|row| row[0].as_str()).collect();
        assert_eq!(block, labels);
        assert_eq!(rows[2][1], name);
        let workbook = read(&written.bytes, "answers.xlsx", &ReadOptions::default()).unwrap();
        let back = read_answers(&workbook, &AnswerOptions::default()).unwrap().answers;
        assert_eq!(back.edition, edition(None));
        assert!(back.header.contains(&header[0]), "{:?}", back.header);
    }
}

#[test]
fn answers_alone_with_retired_ones_and_conflicts_read_back() {
    let catalog = example::catalog(20);
    let mut answers = example::answers(&catalog);
    let mut gone = answers.answers[0].clone();
    gone.key = ItemKey::of("実999");
    answers.retired = vec![gone, Answer::blank(ItemKey::of("実998"))];
    answers.conflicts = vec![Conflict {
        key: ItemKey::of("統1"),
        field: "response".to_owned(),
        kept: "甲".to_owned(),
        other: "乙".to_owned(),
        from: "b.xlsx, 回答!H12".to_owned(),
    }];
    let written = write(None, Some(&answers), |_| {});
    let sheets = checked("answer-sheet-merged", &written.bytes);
    assert_eq!(sheets.names(), ["回答", "記入方法", "旧回答", "競合"]);
    assert_eq!(&sheets.row_with("競合", "統1")[2..], ["対応内容", "甲", "乙", "b.xlsx, 回答!H12"]);
    let back = read_back(&written.bytes, None);
    assert_eq!(said(&back.answers), said(&answers.answers));
    assert_eq!(said(&back.retired), said(&answers.retired));
    assert_eq!(back.conflicts, answers.conflicts);
    let english = write(None, Some(&answers), |input| input.words = &ENGLISH);
    assert_eq!(read_back(&english.bytes, None).conflicts, answers.conflicts);
    answers.retired.remove(0);
    let alone = write(None, Some(&answers), |_| {});
    assert_eq!(read_back(&alone.bytes, None).retired.len(), 1);
}

#[test]
fn one_departments_part_lists_its_items_only_with_the_users_titles() {
    let catalog = example::catalog(30);
    let only = [ItemKey::of("統1"), ItemKey::of("設2")];
    let titles = [(ItemKey::of("設2"), "入館の管理".to_owned())];
    let written = write(Some(&catalog), None, |input| {
        input.only = Some(&only);
        input.titles = &titles;
        input.reference_text = false;
    });
    let sheets = checked("answer-sheet-part", &written.bytes);
    let rows = sheets.rows("回答");
    let ids: Vec<&str> = rows.iter().map(|row| row[0].as_str()).filter(|id| id.starts_with(['統', '設'])).collect();
    assert_eq!(ids, ["統1", "設2"]);
    assert!(sheets.row_with("回答", "設2").contains(&"入館の管理".to_owned()));
}

#[test]
fn the_lists_say_what_to_choose_and_ids_are_text() {
    let catalog = example::catalog(10);
    let bytes = write(Some(&catalog), None, |_| {}).bytes;
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("対応済,一部対応,計画中,未対応,対象外"));
    assert!(sheet.contains("promptTitle=\"自己評価\"") && sheet.contains("errorTitle=\"自己評価\""));
    assert!(sheet.contains("error=\"「適用」、「対象外」のいずれかを選んでください。"), "{sheet}");
    let english = write(Some(&catalog), None, |input| input.words = &ENGLISH).bytes;
    let english = part(&english, "xl/worksheets/sheet1.xml");
    assert!(english.contains("error=\"Choose one of “適用”, “対象外”, or leave"), "{english}");
    assert!(part(&bytes, "xl/styles.xml").contains("numFmtId=\"49\""));
}

/// The sheet as somebody else's program saved it again, after they did something to its rows.
fn resaved(bytes: &[u8], change: impl FnOnce(&mut Vec<Vec<String>>)) -> Vec<u8> {
    // Tests run side by side: each has its own file.
    let test = std::thread::current().name().unwrap().to_owned();
    let sheets = checked(&test, bytes);
    let mut rows = sheets.rows(sheets.names()[0]);
    change(&mut rows);
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("回答").unwrap();
    for (row, cells) in (0..).zip(&rows) {
        for (column, text) in (0..).zip(cells) {
            sheet.write(row, column, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Three answered items, and where the first of them and its columns stand.
fn three(words: &'static Words) -> (Catalog, Answers, Vec<u8>) {
    let catalog = example::catalog(30);
    let answered = ["統1", "実1", "設2"].map(|id| Answer {
        status: Some(secref::answers::Status::Done),
        response: format!("{id}の対応"),
        ..Answer::blank(ItemKey::of(id))
    });
    let answers = Answers { answers: answered.to_vec(), ..Answers::default() };
    let bytes = write(Some(&catalog), Some(&answers), |input| input.words = words).bytes;
    (catalog, answers, bytes)
}

fn row_of(rows: &[Vec<String>], id: &str) -> usize {
    rows.iter().position(|row| row[0] == id).unwrap()
}

/// What is read of a sheet: `id: response`, and what is said, each with its cell.
fn understood(bytes: &[u8], catalog: &Catalog) -> (Vec<String>, Vec<String>) {
    let workbook = read(bytes, "answers.xlsx", &ReadOptions::default()).unwrap();
    let options = AnswerOptions { catalog: Some(catalog), ..AnswerOptions::default() };
    let read = read_answers(&workbook, &options).unwrap();
    let answers = read.answers.answers.iter().filter(|answer| !answer.is_blank());
    let mut answers: Vec<String> = answers.map(|answer| format!("{}: {}", answer.key, answer.response)).collect();
    answers.sort();
    let said = read.diagnostics.iter().filter(|found| found.severity > secref::diagnostic::Severity::Note);
    let said = said.map(|found| {
        let at: Vec<String> = found.at.iter().map(ToString::to_string).collect();
        format!("{} {}", found.code, at.join(" "))
    });
    (answers, said.collect())
}

const ALL_THREE: [&str; 3] = ["実1: 実1の対応", "統1: 統1の対応", "設2: 設2の対応"];

#[test]
fn rows_may_be_sorted_filtered_out_deleted_and_inserted() {
    let (catalog, _, bytes) = three(&WORDS);
    let sorted = resaved(&bytes, |rows| {
        let first = row_of(rows, "統1");
        rows[first..].reverse();
        rows.insert(first + 2, vec![String::new(); rows[first].len()]);
        rows.insert(first + 4, vec!["（部内メモ）担当に確認中".to_owned()]);
    });
    assert_eq!(understood(&sorted, &catalog), (ALL_THREE.map(str::to_owned).to_vec(), vec![]));
    let shortened = resaved(&bytes, |rows| {
        let gone = row_of(rows, "実1");
        rows.remove(gone);
    });
    assert_eq!(understood(&shortened, &catalog).0, ["統1: 統1の対応", "設2: 設2の対応"]);
}

#[test]
fn a_number_mistyped_or_deleted_loses_no_answer() {
    let (catalog, _, bytes) = three(&ENGLISH);
    for (typed, code) in [("", "answer-id-restored"), ("統l", "answer-id-mistyped"), ("統999", "answer-id-mistyped")]
    {
        let mut at = 0;
        let changed = resaved(&bytes, |rows| {
            at = row_of(rows, "統1");
            rows[at][0] = typed.to_owned();
        });
        let (answers, said) = understood(&changed, &catalog);
        assert_eq!(answers, ALL_THREE, "{typed}");
        assert_eq!(said, [format!("{code} 回答!A{}", at + 1)], "{typed}");
    }
}

#[test]
fn a_number_that_names_another_item_than_the_hidden_one_is_said() {
    let (catalog, _, bytes) = three(&WORDS);
    let mut at = 0;
    let moved = resaved(&bytes, |rows| {
        at = row_of(rows, "統1");
        rows[at][0] = "統2".to_owned();
    });
    let (answers, said) = understood(&moved, &catalog);
    assert_eq!(answers, ["実1: 実1の対応", "設2: 設2の対応"]);
    assert_eq!(said, [format!("answer-id-disagrees 回答!A{}", at + 1)]);
}

#[test]
fn a_form_of_a_later_version_is_refused() {
    let (_, _, bytes) = three(&WORDS);
    let later = resaved(&bytes, |rows| {
        for cell in rows.iter_mut().flatten().filter(|cell| *cell == "secref-answers 1") {
            *cell = "secref-answers 2".to_owned();
        }
    });
    let workbook = read(&later, "answers.xlsx", &ReadOptions::default()).unwrap();
    let failure = read_answers(&workbook, &AnswerOptions::default()).unwrap_err();
    assert_eq!(failure.diagnostics[0].code, "answers-form-newer");
}

#[test]
fn read_as_a_reference_its_hidden_column_is_not_called_unknown() {
    let (_, _, bytes) = three(&WORDS);
    let workbook = read(&bytes, "answers.xlsx", &ReadOptions::default()).unwrap();
    let binding = secref::template::bind(&workbook, &Default::default()).unwrap();
    let catalog = secref::import::catalog(&workbook, &binding, Default::default()).unwrap();
    let said = format!("{:?}", catalog.diagnostics);
    assert!(!said.contains("secref-answers") && !said.contains("hidden-read"), "{said}");
}

#[test]
fn a_group_that_the_reference_names_itself_is_named_once() {
    let mut catalog = example::catalog(60);
    let headings = |catalog: &Catalog| {
        let sheets = checked("answer-sheet-groups", &write(Some(catalog), None, |_| {}).bytes);
        sheets.rows("回答").iter().find(|row| row[0] == "項番").unwrap().clone()
    };
    assert!(headings(&catalog).contains(&"区分".to_owned()));
    let titles: Vec<Option<String>> = catalog
        .items
        .iter()
        .map(|item| {
            item.group.as_ref().map(|id| {
                let group = catalog.groups.iter().find(|group| group.id == *id);
                group.and_then(|group| group.title.clone()).unwrap_or_else(|| id.to_string())
            })
        })
        .collect();
    let field = catalog.field_index("major").unwrap_or_else(|| {
        catalog.fields.push(secref::catalog::Field { key: "major".into(), label: "大項目".to_owned() });
        catalog.items.iter_mut().for_each(|item| item.values.push(None));
        catalog.fields.len() - 1
    });
    for (item, title) in catalog.items.iter_mut().zip(titles) {
        let at = item.at[0].clone();
        item.values[field] = title.map(|title| secref::catalog::FieldValue::new(secref::text::owned(&title), at));
    }
    assert!(!headings(&catalog).contains(&"区分".to_owned()));
}
