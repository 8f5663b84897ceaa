//! What is read from tables as people keep them.

use super::*;
use crate::address::CellRef;
use crate::answers::{Answer, AnswerField, Status};
use crate::text::owned;
use crate::workbook::{Cell, CellStyle, ReadOptions, Value};

fn csv(text: &str) -> Read {
    let workbook = crate::workbook::read(text.as_bytes(), "answers.csv", &ReadOptions::default()).unwrap();
    answers(&workbook, &AnswerOptions::default()).unwrap()
}

/// A workbook of one sheet, its rows given as texts; `merges` as Excel writes them.
fn book(rows: &[&[&str]], merges: &[&str]) -> Workbook {
    let mut cells = Vec::new();
    for (row, texts) in (0..).zip(rows) {
        for (column, text) in (0..).zip(*texts).filter(|(_, text)| !text.is_empty()) {
            let at = CellRef::new(row, column);
            cells.push(Cell { at, text: owned(*text), value: Value::Text, style: 0, is_formula: false });
        }
    }
    let mut sheet = Sheet::new("項目一覧", cells);
    sheet.merges = merges.iter().map(|merge| merge.parse().unwrap()).collect();
    Workbook {
        format: Format::Xlsx,
        sheets: vec![sheet],
        styles: vec![CellStyle::default()],
        date_1904: false,
        modified: None,
        diagnostics: Vec::new(),
    }
}

fn read(workbook: &Workbook) -> Read {
    answers(workbook, &AnswerOptions::default()).unwrap()
}

fn shown(answer: &Answer, fields: &[AnswerField]) -> Vec<String> {
    std::iter::once(answer.key.to_string()).chain(fields.iter().map(|&field| answer.text(field))).collect()
}

fn codes(read: &Read) -> Vec<String> {
    let place = |d: &Diagnostic| d.at.first().map_or_else(String::new, |at| format!(" {at}"));
    read.diagnostics.iter().map(|d| format!("{}{}", d.code, place(d))).collect()
}

#[test]
fn headings_in_any_order_and_language_are_found_below_a_header_block() {
    let read = csv("# 機関名: みずうみ銀行\n# 版: 第9版\n#備考,社外秘\n\nstatus,Due Date,基準番号,対応内容,台帳番号\n\
         対応済,令和8年3月1日,実 １,規程に定める。,A-1\n,,統2,,\n");
    assert_eq!(read.answers.edition.version.as_deref(), Some("第9版"));
    assert_eq!(read.answers.header[0], ("institution".to_owned(), "みずうみ銀行".to_owned()));
    let fields = [AnswerField::Status, AnswerField::Due, AnswerField::Response];
    assert_eq!(shown(&read.answers.answers[0], &fields), ["実1", "対応済", "2026-03-01", "規程に定める。"]);
    assert_eq!(read.answers.answers[0].extra, [("台帳番号".to_owned(), "A-1".to_owned())]);
    assert!(read.answers.answers[1].is_blank());
    assert_eq!(codes(&read), ["answers-column-unknown E5"]);
}

#[test]
fn every_problem_is_said_with_its_cell_and_the_rest_is_read() {
    let read = csv("項番,自己評価,除外理由,是正期限,対応内容\n\
         実1,対応ずみ,,,規程\n\
         実2,対象外,,,\n\
         実3,対応済,,来月,規程\n\
         ,対応済,,,規程\n\
         実5,対応済,,,規程\n\
         実5,未対応,,,\n\
         実6,対応済,,,規程\n");
    let ids: Vec<String> = read.answers.answers.iter().map(|answer| answer.key.to_string()).collect();
    assert_eq!(ids, ["実5", "実6"]);
    assert_eq!(
        codes(&read),
        [
            "answer-value-unknown B2",
            "answer-exclusion-unreasoned C3",
            "answer-date-invalid D4",
            "answer-id-missing B5",
            "answer-duplicate A7:E7",
        ]
    );
}

#[test]
fn the_deliverable_gives_its_answers_and_never_its_reference() {
    let workbook = book(
        &[
            &["自己点検表"],
            &["項番", "セキュリティリファレンス", "", "", "回答（記入欄）", "", "", "", "点検結果"],
            &["", "適合性", "対応状況", "備考", "適用", "自己評価", "対応内容", "備考", ""],
            &["実1", "適合可能", "提供者の説明", "提供者の備考", "適用", "対応済", "規程", "当行の備考", "充足"],
            &["実2", "対象外", "なし", "提供者の備考", "", "", "", "", "未回答"],
        ],
        &["A2:A3", "B2:D2", "E2:H2", "I2:I3"],
    );
    let read = read(&workbook);
    let fields = [AnswerField::Status, AnswerField::Response, AnswerField::Remarks];
    assert_eq!(shown(&read.answers.answers[0], &fields), ["実1", "対応済", "規程", "当行の備考"]);
    assert!(read.answers.answers[1].is_blank());
    assert_eq!(read.answers.answers[0].extra, []);
    assert_eq!(codes(&read), [""; 0]);
    assert_eq!(read.answers.answers[0].cell(AnswerField::Remarks).unwrap().to_string(), "項目一覧!H4");
}

#[test]
fn an_answer_merged_over_several_items_is_the_answer_of_each() {
    let workbook = book(
        &[&["項番", "自己評価", "対応内容"], &["設2", "対応済", "規程"], &["設3", "一部対応"], &["設4", "対応済"]],
        &["C2:C3"],
    );
    let read = read(&workbook);
    let responses: Vec<&str> = read.answers.answers.iter().map(|answer| answer.response.as_str()).collect();
    assert_eq!(responses, ["規程", "規程", ""]);
}

#[test]
fn rows_under_one_merged_id_are_one_answer() {
    let workbook = book(
        &[&["項番", "自己評価", "対応内容"], &["設2", "対応済", "規程"], &["", "対応済", "手順"], &["設4", "対応済"]],
        &["A2:A3"],
    );
    let read = read(&workbook);
    assert_eq!(read.answers.answers[0].response, "規程\n手順");
    assert_eq!(read.answers.answers[0].status, Some(Status::Done));
    assert_eq!(read.answers.answers.len(), 2);
}

#[test]
fn a_range_of_ids_shares_its_answer() {
    let read = csv("項番,自己評価\n実25～27,対応済\n");
    assert_eq!(read.answers.answers.iter().map(|a| a.key.to_string()).collect::<Vec<_>>(), ["実25", "実26", "実27"]);
    assert_eq!(codes(&read), ["id-expanded A2"]);
}

#[test]
fn dates_of_cells_are_read_from_their_serial_number() {
    let mut workbook = book(&[&["項番", "是正期限", "対応内容"], &["実1", "3月1日", "46082"]], &[]);
    let cells = workbook.sheets[0].cells().to_vec();
    let cells = cells.into_iter().map(|mut cell| {
        if cell.text.as_str() == "3月1日" {
            cell.value = Value::Date(46_082.0);
        }
        cell
    });
    workbook.sheets[0] = Sheet::new("回答", cells.collect());
    let read = read(&workbook);
    assert_eq!(
        shown(&read.answers.answers[0], &[AnswerField::Due, AnswerField::Response]),
        ["実1", "2026-03-01", "46082"]
    );
}

#[test]
fn a_text_without_an_answer_table_is_refused() {
    let workbook = crate::workbook::read("名称,値\na,1\n".as_bytes(), "x.csv", &ReadOptions::default()).unwrap();
    let failure = answers(&workbook, &AnswerOptions::default()).unwrap_err();
    assert_eq!(failure.diagnostics[0].code, "answers-no-table");
}

#[test]
fn answer_columns_beside_a_vendors_merged_header_are_read_and_its_own_columns_are_not() {
    let catalog = Catalog {
        fields: ["クラウドにおける対応 > 適合性", "クラウドにおける対応 > 確認した内容"]
            .map(|label| crate::catalog::Field { key: label.into(), label: label.to_owned() })
            .into(),
        items: Vec::new(),
        ..Catalog::default()
    };
    let workbook = book(
        &[
            &["項番", "クラウドにおける対応", "", "自己評価", "対応内容"],
            &["", "適合性", "確認した内容"],
            &["統1", "適合可能", "規程がある。", "対応済", "定めた。"],
        ],
        &["A1:A2", "B1:C1", "D1:D2", "E1:E2"],
    );
    let read = answers(&workbook, &AnswerOptions { catalog: Some(&catalog), ..AnswerOptions::default() }).unwrap();
    assert!(!codes(&read).iter().any(|code| code.starts_with("answers-column")), "{:?}", codes(&read));
}

#[test]
fn a_table_of_answers_is_told_from_a_reference() {
    let is_answers = |rows: &[&[&str]]| is_answer_table(&book(rows, &[]));
    assert!(is_answers(&[&["id", "status", "response", "note"], &["AC-1", "対応済", "規程", ""]]));
    assert!(is_answers(&[
        &["ID", "本調査で確認した内容", "要件", "Status", "secref-answers 1"],
        &["実1", "a", "b", "", "実1"]
    ]));
    assert!(!is_answers(&[&["項番", "基準内容", "解説", "備考"], &["実1", "規程を定める。", "b", "c"]]));
    assert!(!is_answers(&[&["ID", "Requirement", "Guidance", "Level", "Status"], &["1.1", "a", "b", "c", "d"]]));
}

/// Our own sheet read without its reference: the reference's columns came back as the user's own.
#[test]
fn beside_a_band_of_answers_another_band_is_the_references_and_a_column_without_one_is_the_users() {
    let rows: &[&[&str]] = &[
        &["", "リファレンス", "", "記入欄", "", ""],
        &["項番", "基準内容", "備考", "自己評価", "備考", "台帳番号"],
        &["実1", "規程を定める。", "参考", "対応済", "確認中", "A-7"],
    ];
    let read = read(&book(rows, &["B1:C1", "D1:E1"]));
    let answer = &read.answers.answers[0];
    assert_eq!(shown(answer, &[AnswerField::Status, AnswerField::Remarks]), ["実1", "対応済", "確認中"]);
    assert_eq!(answer.extra, [("台帳番号".to_owned(), "A-7".to_owned())]);
}

/// The answers of a text read as the user says the reference is laid out.
fn csv_as(text: &str, bind: BindOptions) -> Read {
    let workbook = crate::workbook::read(text.as_bytes(), "vendor.csv", &ReadOptions::default()).unwrap();
    answers(&workbook, &AnswerOptions { bind, ..AnswerOptions::default() }).unwrap()
}

#[test]
fn columns_the_user_names_for_answers_are_read_back_from_the_vendors_own_sheet() {
    let fields = [("status", "結果"), ("response", "詳細")];
    let fields = fields.map(|(key, heading)| (key.to_owned(), heading.to_owned())).to_vec();
    let read = csv_as(
        "調査票,,\nNo,設問,結果,詳細\n1,方針を定めているか。,対応済,規程に定める。\n2,責任者を置いているか。,,\n\
         3,点検しているか。,未対応,来年度から行う。\n",
        BindOptions { fields, ..BindOptions::default() },
    );
    let shown: Vec<Vec<String>> =
        read.answers.answers.iter().map(|it| shown(it, &[AnswerField::Status, AnswerField::Response])).collect();
    assert_eq!(shown, [["1", "対応済", "規程に定める。"], ["2", "", ""], ["3", "未対応", "来年度から行う。"]]);
    assert_eq!(codes(&read), [""; 0]);
}

#[test]
fn rows_that_were_numbered_are_read_back_by_their_number() {
    let fields = [("numbered", "設問"), ("response", "回答")];
    let fields = fields.map(|(key, heading)| (key.to_owned(), heading.to_owned())).to_vec();
    let read = csv_as(
        "分類,設問,回答\n組織,方針を定めているか。,定めている。\n,責任者を置いているか。,\n技術,暗号化しているか。,している。\n",
        BindOptions { fields, ..BindOptions::default() },
    );
    let shown: Vec<Vec<String>> = read.answers.answers.iter().map(|it| shown(it, &[AnswerField::Response])).collect();
    assert_eq!(shown, [["1", "定めている。"], ["2", ""], ["3", "している。"]]);
}

#[test]
fn the_words_of_a_template_are_read_back_as_ours() {
    let template = "format_version = 1\n[[table]]\nheader_rows = 1\nid = { columns = [\"No\"], scheme = \"auto\" }\n\
        [[table.column]]\nkey = \"text\"\nheader = [\"設問\"]\nrequired = true\n\
        [[table.answer]]\nkey = \"status\"\nheader = [\"判定\"]\nvalues = { \"対応済\" = \"Pass\", \"未対応\" = \"Fail\" }\n";
    let template = crate::template::parse(template, "own.toml").unwrap();
    let read = csv_as(
        "No,設問,判定\n1,方針を定めているか。,Pass\n2,点検しているか。,Fail\n3,暗号化しているか。,\n",
        BindOptions { template: Some(std::sync::Arc::new(template)), ..BindOptions::default() },
    );
    let shown: Vec<Vec<String>> = read.answers.answers.iter().map(|it| shown(it, &[AnswerField::Status])).collect();
    assert_eq!(shown, [["1", "対応済"], ["2", "未対応"], ["3", ""]]);
}

#[test]
fn a_column_added_beside_one_of_the_same_heading_is_read_back() {
    let read = csv("No,設問,備考,備考（回答）\n1,方針を定めているか。,発行元の注。,次回に確認\n2,点検しているか。,,\n");
    assert_eq!(shown(&read.answers.answers[0], &[AnswerField::Remarks]), ["1", "次回に確認"]);
}
