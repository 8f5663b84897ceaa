//! The diff workbook: what stands where, and that Excel opens it.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod xlsx_support;

use std::sync::{Arc, LazyLock};

use secref::address::{CellRef, SheetRange};
use secref::answers::{Answer, Answers, CarriedFrom, CarryNote, CarryReason, Recheck, Status};
use secref::carry::Carried;
use secref::catalog::{
    Citation, Conformity, ConformityWord, Document, Edition, Group, ItemKey, ItemStatus, List, Places, Source,
};
use secref::diff::*;
use secref::render::words::{Lang, Words};
use secref::render::xlsx::{self, DiffWorkbook, Sides, Written};
use xlsx_support::{checked, part};

fn place(row: u32) -> SheetRange {
    SheetRange::new(&Arc::from("統制基準"), CellRef::new(row, 3))
}

fn side(id: &str, row: u32) -> Option<ItemSide> {
    Some(ItemSide { key: ItemKey::of(id), index: 0, title: None, at: vec![place(row)] })
}

fn segments(parts: &[(&str, &str)]) -> Vec<Segment> {
    let op = |sign: &str| match sign {
        "-" => SegmentOp::Delete,
        "+" => SegmentOp::Insert,
        _ => SegmentOp::Equal,
    };
    parts.iter().map(|(sign, text)| Segment { op: op(sign), text: (*text).to_owned(), notation: false }).collect()
}

fn field(change: FieldChangeKind, parts: &[(&str, &str)], marks: Option<MarkAgreement>) -> FieldDiff {
    FieldDiff {
        key: "findings".into(),
        label: "本調査で確認した内容".to_owned(),
        is_customer_action: false,
        change: Some(change),
        segments: segments(parts),
        marks,
        marked: Vec::new(),
        unmarked: Vec::new(),
        old_at: vec![place(4)],
        new_at: vec![place(5)],
    }
}

fn item(change: ItemChange, old: Option<ItemSide>, new: Option<ItemSide>, fields: Vec<FieldDiff>) -> ItemDiff {
    ItemDiff {
        change,
        flags: Flags::default(),
        old,
        new,
        group: Some("統".into()),
        evidence: None,
        likeness: 1.0,
        fingerprint: "0".repeat(64),
        severity: ChangeSeverity::Text,
        fields,
        citations_added: Vec::new(),
        citations_removed: Vec::new(),
        conformity: None,
        into: Vec::new(),
        from: Vec::new(),
    }
}

fn edition(version: &str) -> (Edition, Source) {
    let edition = Edition { version: Some(version.to_owned()), ..Edition::default() };
    (edition, Source { file: format!("リファレンス_{version}.xlsx"), sha256: "ab".repeat(32), sheets: Vec::new() })
}

fn example() -> Diff {
    let mut renumbered = item(ItemChange::Unchanged, side("統5", 9), side("統6", 10), Vec::new());
    renumbered.flags.renumbered = true;
    renumbered.evidence = Some(Evidence::Text);
    let mut flipped = item(
        ItemChange::Changed,
        side("統3", 6),
        side("統3", 6),
        vec![field(
            FieldChangeKind::Edited,
            &[("=", "年に"), ("-", "1"), ("+", "2"), ("=", "回点検する。")],
            Some(MarkAgreement::Unmarked),
        )],
    );
    flipped.fields[0].unmarked = vec![(2, 3)];
    flipped.severity = ChangeSeverity::Conformity;
    let word = |word| Some(Conformity { word, note: None });
    flipped.conformity = Some((word(ConformityWord::OutOfScope), word(ConformityWord::Conforming)));
    flipped.citations_added = vec![Citation { list: List::Documents, number: 5, at: place(6) }];
    let document = |title: &str| Document {
        number: 13,
        title: title.to_owned(),
        url: Some("https://example.com/a".to_owned()),
        status: ItemStatus::Active,
        at: Places::one(place(20)),
    };
    Diff {
        old: Some(edition("第9版")),
        new: edition("第9版改訂"),
        summary: Summary {
            added: 1,
            removed: 1,
            changed: 2,
            notation: 3,
            unchanged: 20,
            renumbered: 1,
            ..Summary::default()
        },
        groups: vec![Group { id: "統".into(), title: Some("統制基準".to_owned()) }],
        columns: vec![ColumnChange::Renamed { old: "適合性".to_owned(), new: "適合状況".to_owned() }],
        items: vec![
            item(
                ItemChange::Changed,
                side("統1", 4),
                side("統1", 4),
                vec![field(
                    FieldChangeKind::Appended,
                    &[("=", "方針を定める。"), ("+", "年に一度見直す。")],
                    Some(MarkAgreement::Agrees),
                )],
            ),
            flipped,
            item(
                ItemChange::Added,
                None,
                side("統4", 7),
                vec![field(FieldChangeKind::Filled, &[("+", "新しい項目。")], None)],
            ),
            renumbered,
            item(
                ItemChange::Removed,
                side("統9", 12),
                None,
                vec![field(FieldChangeKind::Emptied, &[("-", "なくなる項目。")], None)],
            ),
        ],
        documents: vec![DocumentDiff {
            list: List::Documents,
            number: 13,
            change: ItemChange::Changed,
            old: Some(document("古い題名")),
            new: Some(document("新しい題名")),
        }],
        marks: Some(MarksAudit { agrees: 1, unmarked: 1, ..MarksAudit::default() }),
        diagnostics: Vec::new(),
    }
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(Lang::Ja));

fn write<'a>(diff: &Diff, change: impl FnOnce(&mut DiffWorkbook<'a>)) -> Written {
    let created = jiff::civil::date(2026, 3, 31).at(9, 0, 0, 0);
    let mut options =
        DiffWorkbook { words: &WORDS, sides: Sides::OldNew, old_word: None, new_word: None, carried: None, created };
    change(&mut options);
    xlsx::diff(diff, &options).unwrap()
}

#[test]
fn the_comparison_reads_as_offices_write_it() {
    let sheets = checked("diff-example", &write(&example(), |_| {}).bytes);
    assert_eq!(sheets.names(), ["サマリー", "新旧対照表", "追記一覧", "参照文書差分", "改訂表示の照合"]);
    assert_eq!(sheets.text("新旧対照表", "A3"), "（傍線部分は改正部分）");
    assert_eq!(sheets.text("新旧対照表", "D4"), "現行（第9版）");
    assert_eq!(sheets.text("新旧対照表", "F4"), "改正後（第9版改訂）");
    let added = sheets.row_with("新旧対照表", "（新設）");
    assert_eq!(&added[3..7], ["", "（新設）", "統4", "新しい項目。"]);
    let removed = sheets.row_with("新旧対照表", "（削除）");
    assert_eq!(&removed[3..7], ["統9", "なくなる項目。", "", "（削除）"]);
    let renumbered = sheets.row_with("新旧対照表", "番号変更");
    assert_eq!(&renumbered[3..7], ["統5", "（略）", "統6", "（略）"]);
    assert!(sheets.rows("新旧対照表").iter().flatten().any(|cell| cell.contains("適合性：対象外→適合可能")));
    assert!(sheets.rows("新旧対照表").iter().flatten().any(|cell| cell.contains("発行元の改訂表示なし")));
}

#[test]
fn the_sides_can_be_turned() {
    let written = write(&example(), |options| {
        options.sides = Sides::NewOld;
        options.old_word = Some("改正前");
        options.new_word = Some("改正案");
    });
    let sheets = checked("diff-new-old", &written.bytes);
    assert_eq!(sheets.text("新旧対照表", "D4"), "改正案（第9版改訂）");
    assert_eq!(sheets.text("新旧対照表", "F4"), "改正前（第9版）");
    let added = sheets.row_with("新旧対照表", "（新設）");
    assert_eq!(&added[3..7], ["統4", "新しい項目。", "", "（新設）"]);
}

#[test]
fn changed_words_are_underlined_on_both_sides_and_every_run_names_its_font() {
    let strings = part(&write(&example(), |_| {}).bytes, "xl/sharedStrings.xml");
    let run = |text: &str| {
        let at = strings.find(&format!(">{text}</t>")).unwrap();
        strings[strings[..at].rfind("<r>").unwrap()..at].to_owned()
    };
    assert!(run("1").contains("<u/>") && run("1").contains("<strike/>"));
    assert!(run("2").contains("<u/>") && !run("2").contains("<strike/>"));
    assert!(!run("回点検する。").contains("<u/>"));
    let runs = strings.matches("<r>").count();
    assert!(runs > 0);
    assert_eq!(strings.matches("<rFont val=\"Meiryo UI\"/>").count(), runs);
}

#[test]
fn same_difference_same_bytes() {
    assert_eq!(write(&example(), |_| {}).bytes, write(&example(), |_| {}).bytes);
}

#[test]
fn a_text_longer_than_a_row_goes_on_in_the_next_and_nothing_is_lost() {
    let long = "長い文がここに続きます。".repeat(4_000);
    let mut diff = example();
    diff.items[2].fields[0].segments = segments(&[("+", &long)]);
    let written = write(&diff, |_| {});
    assert_eq!(written.diagnostics, []);
    let sheets = checked("diff-long", &written.bytes);
    let shown: String =
        sheets.rows("新旧対照表").iter().filter(|row| row[5] == "統4").map(|row| row[6].clone()).collect();
    assert_eq!(shown, long);
}

#[test]
fn answers_whose_basis_changed_are_listed_with_both_texts() {
    let mut answer = Answer::blank(ItemKey::of("統6"));
    answer.status = Some(Status::Done);
    answer.response = "規程を定めている。".to_owned();
    answer.recheck = Some(Recheck::Needed);
    answer.carry = Some(CarryNote {
        reasons: vec![CarryReason::Renumbered],
        from: vec![CarriedFrom { edition: Some("第9版".to_owned()), key: ItemKey::of("統5") }],
        old_text: "前".to_owned(),
        new_text: "後".to_owned(),
        ..CarryNote::default()
    });
    let carried = Carried { answers: Answers { answers: vec![answer], ..Answers::default() }, ..Carried::default() };
    let sheets = checked("diff-recheck", &write(&example(), |options| options.carried = Some(&carried)).bytes);
    let row = sheets.row_with("再確認一覧", "統6");
    assert_eq!(&row[1..8], ["統6", "統5", "番号変更", "対応済", "規程を定めている。", "前", "後"]);
    assert_eq!(row[10], "要");
}

#[test]
fn what_changed_stands_out_beside_the_answer() {
    let mut answer = Answer::blank(ItemKey::of("統6"));
    answer.recheck = Some(Recheck::Needed);
    let texts = ("規程を定める。", "規程を定める。毎年見直す。");
    answer.carry =
        Some(CarryNote { old_text: texts.0.to_owned(), new_text: texts.1.to_owned(), ..CarryNote::default() });
    let carried = Carried { answers: Answers { answers: vec![answer], ..Answers::default() }, ..Carried::default() };
    let bytes = write(&example(), |options| options.carried = Some(&carried)).bytes;
    let workbook = secref::workbook::read(&bytes, "diff.xlsx", &Default::default()).unwrap();
    let sheet = workbook.sheet("再確認一覧").unwrap();
    let cell = sheet.cells().iter().find(|cell| cell.text.as_str() == texts.1).unwrap();
    let red = sheet.runs_at(cell.at).iter().filter(|run| run.font.color.is_some_and(secref::workbook::Rgb::is_red));
    let red: Vec<(u32, u32)> = red.map(|run| (run.start, run.end)).collect();
    assert_eq!(red, [(7, 13)]);
}

/// In Excel's code `&8438_…` is size 8438.
#[test]
fn a_file_name_that_begins_with_a_digit_is_no_font_size() {
    let mut diff = example();
    diff.new = (Edition::default(), Source { file: "438_新.xlsx".to_owned(), ..Source::default() });
    diff.old = Some((Edition::default(), Source { file: "438_旧.xlsx".to_owned(), ..Source::default() }));
    let bytes = write(&diff, |_| {}).bytes;
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    let header = xml.split("<oddHeader>").nth(1).unwrap();
    assert!(header.starts_with("&amp;L&amp;8&amp;\"") && header.contains("Regular\"438_旧.xlsx"), "{}", &header[..100]);
    let sheets = checked("diff-digits", &bytes);
    assert!(sheets.row_with("サマリー", "438_新.xlsx").contains(&"（版名の記載なし）".to_owned()));
}

#[test]
fn control_characters_and_formulas_stay_text() {
    let mut diff = example();
    diff.items[0].fields[0].segments = segments(&[("=", "=1+1"), ("+", "\u{1}_x0041_＠")]);
    diff.items[0].fields[0].label = "=HYPERLINK(\"x\")".to_owned();
    let sheets = checked("diff-odd-text", &write(&diff, |_| {}).bytes);
    let cells = sheets.rows("新旧対照表").concat();
    assert!(cells.iter().any(|cell| cell == "=1+1\u{1}_x0041_＠"));
    assert!(cells.iter().any(|cell| cell == "=HYPERLINK(\"x\")"));
}

#[test]
fn no_difference_is_said_on_every_sheet() {
    let diff = Diff {
        old: Some(edition("第9版")),
        new: edition("第9版"),
        summary: Summary { unchanged: 3, ..Summary::default() },
        groups: Vec::new(),
        columns: Vec::new(),
        items: Vec::new(),
        documents: Vec::new(),
        marks: None,
        diagnostics: Vec::new(),
    };
    let sheets = checked("diff-same", &write(&diff, |_| {}).bytes);
    let says = |sheet: &str, text: &str| sheets.rows(sheet).iter().flatten().any(|cell| cell.contains(text));
    assert!(says("新旧対照表", "変更された項目はありません"));
    assert!(says("追記一覧", "追記された文はありません"));
    assert!(says("参照文書差分", "参照文書リストに変更はありません"));
    assert!(says("改訂表示の照合", "照合していません"));
}
