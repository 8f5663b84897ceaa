//! The answer sheet: blank and prefilled, and that it reads back whatever people do to its rows.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod xlsx_support;

use std::sync::LazyLock;

use secref::answers::{Answer, Answers, Conflict};
use secref::catalog::{Catalog, ItemKey};
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
fn answers_alone_with_retired_ones_and_conflicts_read_back() {
    let catalog = example::catalog(20);
    let mut answers = example::answers(&catalog);
    let mut gone = answers.answers[0].clone();
    gone.key = ItemKey::of("実999");
    answers.retired = vec![gone];
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
    assert!(part(&bytes, "xl/styles.xml").contains("numFmtId=\"49\""));
}
