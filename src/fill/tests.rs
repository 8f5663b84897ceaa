//! Filling workbooks made here and read by our reader.

use std::sync::Arc;

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, FormatBorder};

use super::*;
use crate::address::{CellRef, Range, SheetRange};
use crate::answers::{Answer, Status};
use crate::catalog::{Item, ItemKey, Places};
use crate::render::words::{Lang, Words};
use crate::template::{BoundColumn, BoundTable, Role, TableLayout, Template};
use crate::workbook::{ReadOptions, Validation, read};

/// A vendor's table: header in two rows, 項番 and 適合性, and 自己評価 and 期限 as answer columns where asked for.
struct Vendor {
    bytes: Vec<u8>,
    workbook: Workbook,
    binding: Binding,
    catalog: Catalog,
}

const IDS: [&str; 3] = ["実1", "実2", "実3"];

impl Vendor {
    fn new(has_answers: bool, change: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Self {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet().set_name("回答").unwrap();
        let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
        let body = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
        let day = Format::new().set_border(FormatBorder::Thin).set_num_format("yyyy/mm/dd");
        let headings: &[&str] =
            if has_answers { &["項番", "適合性", "結果", "期限"] } else { &["項番", "適合性"] };
        for (column, heading) in (0u16..).zip(headings) {
            sheet.merge_range(0, column, 1, column, heading, &head).unwrap();
            for row in 2..5 {
                sheet.write_blank(row, column, if column == 3 { &day } else { &body }).unwrap();
            }
        }
        for (row, id) in (2..).zip(IDS) {
            sheet.write_with_format(row, 0, id, &body).unwrap();
            sheet.write_with_format(row, 1, "適合可能", &body).unwrap();
        }
        change(sheet);
        let bytes = book.save_to_buffer().unwrap();
        let workbook = read(&bytes, "vendor.xlsx", &ReadOptions::default()).unwrap();
        Self { binding: binding(has_answers), catalog: catalog(), workbook, bytes }
    }

    fn fill(&self, answers: &[Answer], options: &FillOptions) -> Filled {
        let answers = Answers { answers: answers.to_vec(), ..Answers::default() };
        into(&self.bytes, &self.workbook, &self.binding, &self.catalog, &answers, options).unwrap()
    }
}

fn binding(has_answers: bool) -> Binding {
    let values = vec![("対応済".to_owned(), "Pass".to_owned()), ("未対応".to_owned(), "Fail".to_owned())];
    let mut columns = vec![
        ("id", "項番", Role::Id(0)),
        ("conformity", "適合性", Role::Field),
        ("status", "結果", Role::Answer { field: AnswerField::Status, values }),
        ("due", "期限", Role::Answer { field: AnswerField::Due, values: Vec::new() }),
    ];
    columns.truncate(if has_answers { 4 } else { 2 });
    let bound = (0..).zip(columns).map(|(column, (key, label, role))| BoundColumn {
        column,
        last_column: column,
        key: key.into(),
        label: label.to_owned(),
        role,
    });
    let columns: Vec<BoundColumn> = bound.collect();
    let header = Range::new(CellRef::new(0, 0), CellRef::new(1, columns.len() as u32 - 1));
    Binding {
        template: Arc::new(Template { tables: vec![TableLayout::default()], ..Template::default() }),
        tables: vec![BoundTable { sheet: 0, layout: 0, header, rows: (2, 4), columns }],
        lists: Vec::new(),
        diagnostics: Vec::new(),
    }
}

fn catalog() -> Catalog {
    let sheet: Arc<str> = "回答".into();
    let items = (2..)
        .zip(IDS)
        .map(|(row, id)| Item::new(ItemKey::of(id), Places::one(SheetRange::new(&sheet, CellRef::new(row, 0)))));
    Catalog { items: items.collect(), ..Catalog::default() }
}

fn answer(id: &str, status: Status) -> Answer {
    Answer { status: Some(status), ..Answer::blank(ItemKey::of(id)) }
}

/// What the sheet shows, row by row.
fn shown(filled: &Filled) -> Vec<String> {
    let workbook = read(&filled.bytes, "filled.xlsx", &ReadOptions::default()).unwrap();
    workbook.sheets[0]
        .rows()
        .map(|(_, cells)| cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" | "))
        .collect()
}

fn codes(skipped: &[Skipped]) -> Vec<String> {
    skipped.iter().map(|skip| format!("{} {}", skip.item, skip.diagnostic.code)).collect()
}

#[test]
fn answers_go_into_the_vendors_columns_in_the_vendors_words() {
    let vendor = Vendor::new(true, |_| {});
    let due = Answer { due: Some("2026-03-31".parse().unwrap()), ..answer("実3", Status::Open) };
    let filled = vendor.fill(&[answer("実1", Status::Done), due], &FillOptions::default());
    assert_eq!(
        shown(&filled),
        [
            "項番 | 適合性 | 結果 | 期限",
            "実1 | 適合可能 | Pass",
            "実2 | 適合可能",
            "実3 | 適合可能 | Fail | 2026/03/31"
        ]
    );
    let changes: Vec<String> = filled
        .receipt
        .cells
        .iter()
        .map(|cell| format!("{} {} {} `{}` `{}`", cell.at, cell.item, cell.field, cell.old, cell.new))
        .collect();
    assert_eq!(
        changes,
        ["回答!C3 実1 status `` `Pass`", "回答!C5 実3 status `` `Fail`", "回答!D5 実3 due `` `2026-03-31`",]
    );
    let changed = filled.receipt.parts.iter().filter(|(_, state)| *state != receipt::PartState::Identical);
    assert_eq!(changed.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["xl/worksheets/sheet1.xml"]);
}

#[test]
fn filling_again_changes_not_a_byte() {
    let mut vendor = Vendor::new(true, |_| {});
    let due = Answer { due: Some("2026-03-31".parse().unwrap()), ..answer("実1", Status::Done) };
    let answers = [due, answer("実2", Status::Open)];
    let first = vendor.fill(&answers, &FillOptions::default());
    vendor.workbook = read(&first.bytes, "filled.xlsx", &ReadOptions::default()).unwrap();
    vendor.bytes = first.bytes;
    let second = vendor.fill(&answers, &FillOptions::default());
    assert!(second.bytes == vendor.bytes);
    assert!(second.receipt.cells.is_empty() && second.receipt.skipped.is_empty());
    assert!(vendor.fill(&[], &FillOptions::default()).bytes == vendor.bytes);
}

#[test]
fn what_stands_there_stays_unless_asked() {
    let vendor = Vendor::new(true, |sheet| {
        sheet.write(2, 2, "Fail").unwrap();
        sheet.write(3, 2, rust_xlsxwriter::Formula::new("=B4").set_result("適合可能")).unwrap();
    });
    let answers = IDS.map(|id| answer(id, Status::Done));
    let filled = vendor.fill(&answers, &FillOptions::default());
    assert_eq!(codes(&filled.receipt.skipped), ["実1 cell-not-empty", "実2 cell-formula"]);
    let overwritten = vendor.fill(&answers, &FillOptions { overwrite: true, ..FillOptions::default() });
    assert_eq!(codes(&overwritten.receipt.skipped), ["実2 cell-formula"]);
    assert_eq!(
        (overwritten.receipt.cells[0].old.as_str(), overwritten.receipt.cells[0].new.as_str()),
        ("Fail", "Pass")
    );
}

#[test]
fn a_drop_down_takes_only_its_words() {
    let vendor = Vendor::new(true, |sheet| {
        let list = DataValidation::new().allow_list_strings(&["Pass", "N/A"]).unwrap();
        sheet.add_data_validation(2, 2, 4, 2, &list).unwrap();
    });
    let answers = [answer("実1", Status::Done), answer("実2", Status::Open), answer("実3", Status::Excluded)];
    let filled = vendor.fill(&answers, &FillOptions::default());
    assert_eq!(codes(&filled.receipt.skipped), ["実2 value-not-allowed"]);
    assert_eq!(shown(&filled)[1..], ["実1 | 適合可能 | Pass", "実2 | 適合可能", "実3 | 適合可能 | N/A"]);
}

#[test]
fn locked_cells_are_left_and_unlocked_ones_written() {
    let vendor = Vendor::new(true, |sheet| {
        sheet.protect();
        sheet.write_blank(3, 2, &Format::new().set_unlocked()).unwrap();
    });
    let answers = [answer("実1", Status::Done), answer("実2", Status::Done)];
    let filled = vendor.fill(&answers, &FillOptions::default());
    assert_eq!(codes(&filled.receipt.skipped), ["実1 cell-locked"]);
    let unlocked = vendor.fill(&answers, &FillOptions { unlock: true, ..FillOptions::default() });
    assert!(unlocked.receipt.skipped.is_empty());
    let after = read(&unlocked.bytes, "filled.xlsx", &ReadOptions::default()).unwrap();
    assert!(after.sheets[0].protected);
}

#[test]
fn one_merged_cell_takes_one_answer() {
    let vendor = Vendor::new(true, |sheet| {
        sheet.merge_range(2, 2, 4, 2, "", &Format::new()).unwrap();
    });
    let answers = [answer("実1", Status::Done), answer("実2", Status::Done), answer("実3", Status::Open)];
    let filled = vendor.fill(&answers, &FillOptions::default());
    assert_eq!(codes(&filled.receipt.skipped), ["実3 cell-conflict"]);
    assert_eq!(filled.receipt.cells.len(), 1);
    assert_eq!(filled.receipt.cells[0].at.to_string(), "回答!C3");
}

#[test]
fn answers_without_item_or_column_are_said() {
    let vendor = Vendor::new(true, |_| {});
    let mut known = answer("実1", Status::Done);
    known.response = "=1+1".to_owned();
    known.remarks = "別紙".to_owned();
    let filled = vendor.fill(&[known.clone(), answer("実9", Status::Done)], &FillOptions::default());
    assert_eq!(
        codes(&filled.receipt.unplaced),
        ["実1 answer-column-missing", "実1 answer-column-missing", "実9 answer-item-unknown"]
    );
    let said: Vec<&str> = filled.diagnostics.iter().map(|diagnostic| &*diagnostic.code).collect();
    assert_eq!(said, ["answer-item-unknown", "answer-column-missing"]);
    let message = Words::new(Lang::Ja).diagnostic(&filled.diagnostics[1]);
    assert_eq!(message.headline, "ブックに `対応内容`、`備考` の列がないため、2件の回答を書き込みませんでした");
    assert_eq!(message.hint.unwrap(), "`--append response,remarks` を付けると列を追加します");
    let asked = FillOptions { append: Append::Fields(vec![AnswerField::Remarks]), ..FillOptions::default() };
    let filled = vendor.fill(&[known], &asked);
    let message = Words::new(Lang::En).diagnostic(&filled.diagnostics[0]);
    assert_eq!(message.headline, "the workbook has no column for `対応内容`; 1 answer was left out");
    assert_eq!(message.hint.unwrap(), "`--append response,remarks` adds what is missing");
}

#[test]
fn an_answer_without_a_cell_is_said_at_its_place_in_its_own_file() {
    let vendor = Vendor::new(true, |_| {});
    let place = SheetRange::new(&"答".into(), CellRef::new(6, 0));
    let read = Answer { at: Some(place), file: Some("answers.csv".into()), ..answer("実9", Status::Done) };
    let filled = vendor.fill(&[read], &FillOptions::default());
    let said = &filled.diagnostics[0];
    assert_eq!((said.file.as_deref(), said.at[0].to_string().as_str()), (Some("answers.csv"), "答!A7"));
    let receipt: serde_json::Value = serde_json::from_str(&filled.receipt.to_json(|_| String::new())).unwrap();
    assert_eq!([&receipt["unplaced"][0]["file"], &receipt["unplaced"][0]["at"]], ["answers.csv", "答!A7"]);
}

#[test]
fn columns_are_added_where_the_vendor_has_none() {
    let vendor = Vendor::new(false, |sheet| {
        sheet.write(2, 2, "欄外の注").unwrap();
    });
    let mut first = answer("実1", Status::Done);
    first.response = "手順書を整備し、\n年1回見直す".to_owned();
    let filled = vendor.fill(&[first.clone(), answer("実3", Status::Open)], &FillOptions::default());
    // Column C holds a note beside the table, so ours begin at D.
    assert_eq!(
        shown(&filled),
        [
            "項番 | 適合性 | 自己評価 | 対応内容",
            "実1 | 適合可能 | 欄外の注 | 対応済 | 手順書を整備し、\n年1回見直す",
            "実2 | 適合可能",
            "実3 | 適合可能 | 未対応",
        ]
    );
    let after = read(&filled.bytes, "filled.xlsx", &ReadOptions::default()).unwrap();
    let sheet = &after.sheets[0];
    assert!(sheet.merges.contains(&"D1:D2".parse().unwrap()) && sheet.merges.contains(&"E1:E2".parse().unwrap()));
    let list: &Validation = &sheet.validations[0];
    assert_eq!(list.ranges, ["D3:D5".parse().unwrap()]);
    let style = |at: &str| sheet.cell(at.parse().unwrap()).unwrap().style;
    assert_eq!((style("D1"), style("D3")), (style("B1"), style("B3")));
}

#[test]
fn columns_are_not_added_where_a_stray_validation_asks_for_other_words() {
    let vendor = Vendor::new(false, |sheet| {
        let marks = DataValidation::new().allow_list_strings(&["◎", "〇", "×"]).unwrap();
        sheet.add_data_validation(3, 2, 3, 2, &marks).unwrap();
    });
    let filled = vendor.fill(&[answer("実1", Status::Done), answer("実2", Status::Open)], &FillOptions::default());
    let places: Vec<String> = filled.receipt.cells.iter().map(|cell| cell.at.to_string()).collect();
    assert_eq!(places, ["回答!D3", "回答!D4"]);
}

#[test]
fn columns_added_once_are_found_again() {
    let mut vendor = Vendor::new(false, |_| {});
    let first = vendor.fill(&[answer("実1", Status::Done)], &FillOptions::default());
    vendor.workbook = read(&first.bytes, "filled.xlsx", &ReadOptions::default()).unwrap();
    vendor.bytes = first.bytes;
    let column = BoundColumn {
        column: 2,
        last_column: 2,
        key: "自己評価".into(),
        label: "自己評価".to_owned(),
        role: Role::Field,
    };
    vendor.binding.tables[0].columns.push(column);
    assert!(vendor.fill(&[answer("実1", Status::Done)], &FillOptions::default()).bytes == vendor.bytes);
    let mut more = answer("実2", Status::Open);
    more.owner = "架空".to_owned();
    let second = vendor.fill(&[more], &FillOptions::default());
    let places: Vec<String> = second.receipt.cells.iter().map(|cell| cell.at.to_string()).collect();
    assert_eq!(places, ["回答!C4", "回答!D4"]);
}

#[test]
fn a_protected_sheet_gets_no_columns_unless_asked() {
    let vendor = Vendor::new(false, |sheet| {
        sheet.protect();
    });
    let answers = [answer("実1", Status::Done)];
    let filled = vendor.fill(&answers, &FillOptions::default());
    assert!(filled.bytes == vendor.bytes);
    assert_eq!(codes(&filled.receipt.unplaced), ["実1 answer-column-locked"]);
    let unlocked = vendor.fill(&answers, &FillOptions { unlock: true, ..FillOptions::default() });
    assert_eq!(unlocked.receipt.cells.len(), 1);
}

#[test]
fn text_stays_text() {
    let vendor = Vendor::new(false, |_| {});
    let texts = ["=1+1", "+81", "-", "@x", "a\u{1}b", "_x0041_", " 前後 ", "1-2", "00123", "TRUE", "<&>\"'"];
    for text in texts {
        let mut answer = Answer::blank(ItemKey::of("実1"));
        answer.remarks = text.to_owned();
        let filled = vendor.fill(&[answer], &FillOptions::default());
        let after = read(&filled.bytes, "filled.xlsx", &ReadOptions::default()).unwrap();
        let cell = after.sheets[0].cell("C3".parse().unwrap()).unwrap();
        assert_eq!((cell.text.as_str(), cell.value, cell.is_formula), (text, crate::workbook::Value::Text, false));
    }
}

#[test]
fn a_receipt_says_it_all_and_proves_it_later() {
    let vendor = Vendor::new(true, |sheet| {
        sheet.write(3, 2, "Fail").unwrap();
    });
    let options = FillOptions {
        workbook_file: "vendor.xlsx".to_owned(),
        output_file: "out.xlsx".to_owned(),
        inputs: vec![File { role: receipt::Role::Answers, file: "answers.csv".to_owned(), sha256: "0".repeat(64) }],
        ..FillOptions::default()
    };
    let answers = [answer("実1", Status::Done), answer("実2", Status::Done), answer("実9", Status::Done)];
    let filled = vendor.fill(&answers, &options);
    let json = filled.receipt.to_json(|diagnostic| format!("({})", diagnostic.code));
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let schema = receipt::schema();
    jsonschema::validate(&schema, &value).unwrap();
    assert_eq!(
        value["cells"][0],
        serde_json::json!({"at": "回答!C3", "item": "実1", "field": "status", "old": "", "new": "Pass"})
    );
    assert_eq!(
        value["skipped"][0],
        serde_json::json!({"item": "実2", "field": "status", "value": "Pass", "code": "cell-not-empty", "message": "(cell-not-empty)", "at": "回答!C4"})
    );
    assert_eq!(value["unplaced"][0]["code"], "answer-item-unknown");
    let hashes = |file: &File| match file.file.as_str() {
        "vendor.xlsx" => Some(sha256_hex(&vendor.bytes)),
        "out.xlsx" => Some(sha256_hex(b"touched since")),
        _ => None,
    };
    let states: Vec<receipt::FileState> =
        receipt::verify(&json, hashes).unwrap().into_iter().map(|check| check.state).collect();
    use receipt::FileState::{Differs, Missing, Same};
    assert_eq!(states, [Missing, Same, Differs]);
    assert_eq!(receipt::verify("{}", |_| None).unwrap_err().diagnostics[0].code, "receipt-invalid");
    let newer = json.replace("\"format_version\": 1", "\"format_version\": 2");
    assert_eq!(receipt::verify(&newer, |_| None).unwrap_err().diagnostics[0].code, "receipt-version");
}

#[test]
fn columns_beside_the_print_area_and_the_filter_are_said() {
    let vendor = Vendor::new(false, |sheet| {
        sheet.set_print_area(0, 0, 9, 1).unwrap();
        sheet.autofilter(1, 0, 4, 1).unwrap();
    });
    let filled = vendor.fill(&[answer("実1", Status::Done)], &FillOptions::default());
    let said: Vec<String> = filled
        .diagnostics
        .iter()
        .filter(|found| found.code == "columns-outside")
        .map(|found| format!("{} {:?} {}", found.code, found.args[0].1, found.at[0]))
        .collect();
    assert_eq!(
        said,
        ["columns-outside Text(\"filter\") 回答!A2:B5", "columns-outside Text(\"print-area\") 回答!A1:B10"]
    );
}
