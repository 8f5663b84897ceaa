//! The deliverable: its sheets, its counts, and that it reads back.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod xlsx_support;

use std::sync::LazyLock;

use secref::answers::Answers;
use secref::assess::{PointResult, assess};
use secref::catalog::Catalog;
use secref::import::{AnswerOptions, answers as read_answers};
use secref::render::words::{Lang, Words};
use secref::render::xlsx::{self, Cover, HistoryEntry, SelfCheck, Written};
use secref::template::{Write, builtin};
use secref::workbook::{ReadOptions, read};
use xlsx_support::{checked, example, part};

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(Lang::Ja));
static TEMPLATE: LazyLock<Write> = LazyLock::new(|| builtin("self-check").unwrap().write.clone());

fn write(catalog: &Catalog, answers: &Answers, change: impl FnOnce(&mut SelfCheck<'_>)) -> Written {
    let assessment = assess(catalog, answers, Some(jiff::civil::date(2026, 3, 31)));
    let today = Some(jiff::civil::date(2026, 3, 31));
    let cover = Cover { version: "1.0".to_owned(), ..Cover::of(answers, today) };
    let mut input = SelfCheck {
        words: &WORDS,
        catalog,
        answers,
        assessment: &assessment,
        diff: None,
        cover: &cover,
        history: &[],
        protect: false,
        reference_text: true,
        write: &TEMPLATE,
        created: jiff::civil::date(2026, 3, 31).at(9, 0, 0, 0),
    };
    change(&mut input);
    xlsx::self_check(&input).unwrap()
}

#[test]
fn the_deliverable_has_its_sheets_and_right_counts() {
    let catalog = example::catalog(308);
    let answers = example::answers(&catalog);
    let written = write(&catalog, &answers, |_| {});
    let sheets = checked("self-check", &written.bytes);
    assert_eq!(
        sheets.names(),
        ["表紙", "改訂履歴", "利用方法・凡例", "集計", "未完了一覧", "項目一覧", "根拠文書", "データ"]
    );
    let assessment = assess(&catalog, &answers, Some(jiff::civil::date(2026, 3, 31)));
    // Figures, cached under their formulas.
    assert_eq!(sheets.text("集計", "B4"), assessment.total.items.to_string());
    assert_eq!(sheets.text("集計", "F4"), assessment.total.result(PointResult::Unanswered).to_string());
    assert_eq!(sheets.text("集計", "H4"), assessment.overdue().to_string());
    let heading = sheets.rows("集計").iter().position(|row| row.iter().any(|cell| cell == "点検結果の状況")).unwrap();
    for (offset, group) in assessment.groups.iter().enumerate() {
        let row = &sheets.rows("集計")[heading + 2 + offset];
        assert_eq!(row[0], group.title.as_deref().unwrap());
        let counts: Vec<String> = group.counts.results().map(|(_, count)| count.to_string()).collect();
        assert_eq!(row[1..7], counts[..]);
    }
}

#[test]
fn more_unanswered_items_than_a_cell_can_name_are_counted() {
    let catalog = example::catalog(12_000);
    let written = write(&catalog, &Answers::default(), |_| {});
    assert!(written.diagnostics.iter().all(|found| found.code != "cell-cut"), "{:?}", written.diagnostics);
    let workbook = read(&written.bytes, "self-check.xlsx", &ReadOptions::default()).unwrap();
    let named = workbook.sheet("集計").unwrap().cells().iter().find(|cell| cell.text.contains("、ほか")).unwrap();
    let units = named.text.encode_utf16().count();
    assert!(units < 4_000 && named.text.ends_with("件"), "{units}: {}", named.text);
}

#[test]
fn cover_and_history_say_the_same_version() {
    let catalog = example::catalog(10);
    let line = |version: &str| HistoryEntry { version: version.to_owned(), ..HistoryEntry::default() };
    let earlier = || vec![line("1.0"), line("1.1")];
    for (own, history, expected) in [("", vec![], "1.0"), ("2.0", vec![], "2.0"), ("", earlier(), "1.1")] {
        let cover = Box::leak(Box::new(Cover { version: own.to_owned(), ..Cover::default() }));
        let written = write(&catalog, &Answers::default(), |input| {
            input.cover = cover;
            input.history = history.leak();
        });
        let sheets = checked("self-check-version", &written.bytes);
        let on_cover = sheets.row_with("表紙", "版数");
        let label = on_cover.iter().position(|cell| cell == "版数").unwrap();
        assert_eq!(on_cover[label + 1], expected);
        let rows = sheets.rows("改訂履歴");
        let versions: Vec<&str> = rows.iter().skip_while(|row| row[0] != "版数").map(|row| row[0].as_str()).collect();
        let last = versions.iter().rfind(|version| !version.is_empty());
        assert_eq!(last, Some(&expected));
    }
}

#[test]
fn the_deliverable_reads_back_as_the_answers_it_was_made_from() {
    let catalog = example::catalog(308);
    let answers = example::answers(&catalog);
    let bytes = write(&catalog, &answers, |_| {}).bytes;
    let workbook = read(&bytes, "self-check.xlsx", &ReadOptions::default()).unwrap();
    let back = read_answers(&workbook, &AnswerOptions { catalog: Some(&catalog), ..AnswerOptions::default() }).unwrap();
    let problems: Vec<_> =
        back.diagnostics.iter().filter(|found| found.severity > secref::diagnostic::Severity::Note).collect();
    assert!(problems.is_empty(), "{problems:?}");
    let plain = |answers: &Answers| {
        let mut all = answers.answers.clone();
        all.retain(|answer| !answer.is_blank());
        all.into_iter()
            .map(|answer| secref::answers::Answer { at: None, file: None, columns: None, ..answer })
            .collect::<Vec<_>>()
    };
    assert_eq!(plain(&back.answers), plain(&answers));
    assert!(back.answers.header.contains(&("institution".to_owned(), "みずうみ銀行".to_owned())));
}

#[test]
fn nothing_of_the_reference_goes_in_without_its_texts() {
    let catalog = example::catalog(30);
    let written = write(&catalog, &example::answers(&catalog), |input| input.reference_text = false);
    let sheets = checked("self-check-no-text", &written.bytes);
    let view = catalog.text(&catalog.items[0], "view").into_owned();
    for name in sheets.names() {
        assert!(sheets.rows(name).iter().flatten().all(|cell| !cell.starts_with(&view)), "{name}");
    }
    assert!(sheets.row_with("項目一覧", "統1").contains(&"適合可能".to_owned()));
}

#[test]
fn only_the_cells_to_fill_in_stay_open_on_a_protected_sheet() {
    let catalog = example::catalog(30);
    let answers = example::answers(&catalog);
    let open = write(&catalog, &answers, |_| {}).bytes;
    let locked = write(&catalog, &answers, |input| input.protect = true).bytes;
    let protected = |bytes: &[u8]| {
        (1..=8).filter(|n| part(bytes, &format!("xl/worksheets/sheet{n}.xml")).contains("<sheetProtection")).count()
    };
    assert_eq!((protected(&open), protected(&locked)), (0, 1));
    checked("self-check-protected", &locked);
}

#[test]
fn nothing_is_claimed_beyond_a_self_check() {
    let catalog = example::catalog(30);
    let sheets = checked("self-check-words", &write(&catalog, &example::answers(&catalog), |_| {}).bytes);
    for sheet in ["表紙", "利用方法・凡例", "集計"] {
        for cell in sheets.rows(sheet).concat() {
            assert!(!cell.contains("認証済") && !cell.contains("準拠") && !cell.contains("適合しています"), "{cell}");
        }
    }
    assert!(sheets.rows("表紙").concat().iter().any(|cell| cell.contains("自己点検")));
}

#[test]
fn same_input_same_bytes() {
    let catalog = example::catalog(30);
    let answers = example::answers(&catalog);
    assert_eq!(write(&catalog, &answers, |_| {}).bytes, write(&catalog, &answers, |_| {}).bytes);
}

#[test]
fn an_edition_without_groups_or_answers_is_written_too() {
    let mut catalog = example::catalog(10);
    catalog.groups.clear();
    catalog.items.iter_mut().for_each(|item| item.group = None);
    checked("self-check-bare", &write(&catalog, &Answers::default(), |_| {}).bytes);
    checked("self-check-empty", &write(&Catalog::default(), &Answers::default(), |_| {}).bytes);
}

#[test]
fn the_looks_are_the_templates() {
    static OWN: LazyLock<Write> = LazyLock::new(|| {
        let choices: Vec<String> = (1..=40).map(|number| format!("\"{number:02}番の部署の名前\"")).collect();
        let text = format!(
            r##"
            format_version = 1
            title = "架空銀行の様式"
            [write]
            font = "Yu Gothic"
            colors = {{ header = "E2EFDA", entry_header = "#F8CBAD", entry = "FFF2CC" }}
            print = {{ paper = "A4", landscape = false, pages_wide = 2, header = "&L架空銀行", footer = "&R&P頁" }}
            sheets = [{{ key = "items", title = "点検項目" }}, {{ key = "cover", title = "扉" }}]
            column = [
              {{ key = "status", heading = "当行の評価 > 評価", kind = "answer", width = 12 }},
              {{ key = "id", heading = "基準 > 番号" }},
              {{ key = "department", heading = "当行の評価 > 部署", kind = "answer", choices = [{}] }},
            ]
            "##,
            choices.join(", ")
        );
        secref::template::parse(&text, "own.toml").unwrap().write
    });
    let catalog = example::catalog(30);
    let written = write(&catalog, &example::answers(&catalog), |input| input.write = &OWN);
    let sheets = checked("self-check-own", &written.bytes);
    assert_eq!(sheets.names(), ["点検項目", "扉", "選択肢"]);
    assert_eq!(sheets.rows("点検項目")[1][..3], ["評価", "番号", "部署"]);
    let styles = part(&written.bytes, "xl/styles.xml");
    for look in ["Yu Gothic", "FFE2EFDA", "FFF8CBAD", "FFFFF2CC"] {
        assert!(styles.contains(look), "{look}");
    }
    let items = part(&written.bytes, "xl/worksheets/sheet1.xml");
    for look in ["fitToWidth=\"2\"", "&amp;L架空銀行", "&amp;R&amp;P頁", "paperSize=\"9\""] {
        assert!(items.contains(look), "{look}");
    }
    // Forty departments are more than a validation holds: they stand on a sheet of their own.
    assert!(items.contains("選択肢!$A$2:$A$41"), "{items}");
    let wrong =
        "format_version = 1\n[write]\ncolors = { entry = \"黄\" }\ncolumn = [{ key = \"id\", heading = \"番号\" }]\n";
    let fault = secref::template::parse(wrong, "own.toml").unwrap_err();
    assert_eq!(fault.diagnostics[0].code, "template-word-unknown");
}
