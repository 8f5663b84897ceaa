//! Patching workbooks made here, and the law: what is not named in the outcome reads as before.

use super::*;
use crate::address::CellRef;

/// A workbook of two sheets with a merged range, and what a reader would say of it.
fn sample() -> (Vec<u8>, Workbook) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "項番").unwrap();
    sheet.write(1, 0, "実1").unwrap();
    sheet.merge_range(1, 1, 3, 1, "", &rust_xlsxwriter::Format::new()).unwrap();
    book.add_worksheet().write(0, 0, 1).unwrap();
    let mut sheets = ["Sheet1", "Sheet2"].map(|name| Sheet::new(name, Vec::new()));
    sheets[0].part = "xl/worksheets/sheet1.xml".to_owned();
    sheets[0].merges = vec!["B2:B4".parse().unwrap()];
    sheets[1].part = "xl/worksheets/sheet2.xml".to_owned();
    let workbook = Workbook {
        format: Format::Xlsx,
        sheets: sheets.into(),
        styles: vec![super::super::CellStyle::default()],
        date_1904: false,
        modified: None,
        diagnostics: Vec::new(),
    };
    (book.save_to_buffer().unwrap(), workbook)
}

fn edits(cells: &[(&str, &str)]) -> Vec<SheetEdits> {
    let cell = |&(at, text): &(&str, &str)| CellEdit {
        at: at.parse().unwrap(),
        content: Content::Text(text.to_owned()),
        style_of: None,
    };
    vec![SheetEdits { sheet: 0, cells: cells.iter().map(cell).collect(), ..SheetEdits::default() }]
}

fn check(cells: &[(&str, &str)]) -> Patched {
    let (bytes, workbook) = sample();
    patch(&bytes, &workbook, &edits(cells), &PatchOptions::default()).unwrap()
}

#[test]
fn no_edits_give_the_same_bytes() {
    let (bytes, workbook) = sample();
    assert_eq!(patch(&bytes, &workbook, &[], &PatchOptions::default()).unwrap().bytes, bytes);
    assert_eq!(check(&[]).bytes, bytes);
}

#[test]
fn one_text_changes_one_part() {
    let patched = check(&[("C2", "対応済")]);
    let changed: Vec<&str> = patched
        .parts
        .iter()
        .filter(|(_, state)| *state != PartState::Identical)
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(changed, ["xl/worksheets/sheet1.xml"]);
    let package = Package::open(&patched.bytes, &Limits::default()).unwrap();
    assert!(package.text("xl/worksheets/sheet1.xml").unwrap().contains("<is><t>対応済</t></is>"));
}

#[test]
fn merged_cells_are_written_once_at_their_anchor() {
    let patched = check(&[("B3", "済"), ("B4", "済"), ("B2", "未")]);
    let anchor: CellRef = "B2".parse().unwrap();
    let outcome = |refused| Outcome { at: anchor, refused };
    assert_eq!(patched.outcomes[0], [outcome(None), outcome(None), outcome(Some(Refusal::Conflict))]);
    let package = Package::open(&patched.bytes, &Limits::default()).unwrap();
    assert_eq!(package.text("xl/worksheets/sheet1.xml").unwrap().matches("inlineStr").count(), 1);
}

/// Formulas on two sheets, through a name, a table and a chain, each with a cached value.
fn calculating() -> (Vec<u8>, Workbook) {
    use rust_xlsxwriter::{Formula, Table, TableColumn};
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("回答").unwrap();
    for row in 1..4 {
        sheet.write(row, 0, format!("実{row}")).unwrap();
    }
    let columns = ["項番", "結果"].map(|name| TableColumn::new().set_header(name));
    sheet.add_table(0, 0, 3, 1, &Table::new().set_name("Answers").set_columns(&columns)).unwrap();
    book.define_name("結果欄", "=回答!$B$2:$B$4").unwrap();
    let summary = book.add_worksheet().set_name("集計").unwrap();
    for (row, formula) in [
        "=COUNTIF(回答!B2:B4,\"済\")",
        "=A1*2",
        "=COUNTA(結果欄)",
        "=COUNTA(Answers[結果])",
        "=COUNTA(Answers[項番])",
        "=INDIRECT(\"回答!B2\")",
        "=回答!A2",
        "=NOW()",
    ]
    .into_iter()
    .enumerate()
    {
        summary.write(row as u32, 0, Formula::new(formula).set_result("7")).unwrap();
    }
    let mut sheets = ["回答", "集計"].map(|name| Sheet::new(name, Vec::new()));
    for (index, sheet) in sheets.iter_mut().enumerate() {
        sheet.part = format!("xl/worksheets/sheet{}.xml", index + 1);
    }
    (book.save_to_buffer().unwrap(), Workbook { sheets: sheets.into(), ..sample().1 })
}

#[test]
fn values_worked_out_from_a_changed_cell_are_taken_out_and_no_others() {
    let (bytes, workbook) = calculating();
    let patched = patch(&bytes, &workbook, &edits(&[("B3", "済")]), &PatchOptions::default()).unwrap();
    let shown: Vec<String> = patched.recalculated.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["集計!A1:A4", "集計!A6"]);
    let package = Package::open(&patched.bytes, &Limits::default()).unwrap();
    let summary = package.text("xl/worksheets/sheet2.xml").unwrap();
    assert_eq!((summary.matches("<f>").count(), summary.matches("<v>7</v>").count()), (8, 3));
    assert!(package.text("xl/workbook.xml").unwrap().contains(r#"fullCalcOnLoad="1""#));
}

#[test]
fn a_cell_no_formula_reads_changes_its_own_part_only() {
    let (bytes, workbook) = calculating();
    // The formula with INDIRECT may read anything, so it goes; the rest stays.
    let patched = patch(&bytes, &workbook, &edits(&[("D9", "済")]), &PatchOptions::default()).unwrap();
    assert_eq!(patched.recalculated.iter().map(ToString::to_string).collect::<Vec<_>>(), ["集計!A6"]);
}

#[test]
fn the_header_of_a_table_keeps_its_column_names() {
    let (bytes, workbook) = calculating();
    let patched = patch(&bytes, &workbook, &edits(&[("B1", "自己評価")]), &PatchOptions::default()).unwrap();
    assert_eq!(patched.outcomes[0][0].refused, Some(Refusal::TableHeader));
    assert_eq!(patched.bytes, bytes);
}

#[test]
fn a_text_that_excel_would_cut_is_left_out() {
    let long = "字".repeat(MAX_UNITS);
    let longer = format!("{long}字");
    assert_eq!(check(&[("C2", &long)]).outcomes[0][0].refused, None);
    assert_eq!(check(&[("C2", &longer)]).outcomes[0][0].refused, Some(Refusal::TooLong));
}

#[test]
fn what_cannot_be_patched_is_refused_with_its_reason() {
    let (bytes, workbook) = sample();
    let code = |bytes: &[u8], format| {
        let workbook = Workbook { format, ..workbook.clone() };
        patch(bytes, &workbook, &[], &PatchOptions::default()).unwrap_err().diagnostics[0].code.to_string()
    };
    assert_eq!(code(&bytes, Format::Xlsb), "patch-format");
    assert_eq!(code(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Xlsx), "patch-encrypted");
    let package = Package::open(&bytes, &Limits::default()).unwrap();
    let signature = NewPart { name: "_xmlsignatures/sig1.xml".to_owned(), content: b"<Signature/>".to_vec() };
    assert_eq!(code(&splice(&package, &[signature]).unwrap(), Format::Xlsx), "patch-signed");
}

/// A sheet part with some rows and cells, as different programs write them.
fn arbitrary_rows() -> impl proptest::strategy::Strategy<Value = String> {
    use proptest::prelude::*;
    let cell = prop_oneof![
        Just(String::from("<c r=\"{}\" s=\"0\"/>")),
        Just(String::from("<c r=\"{}\"><v>7</v></c>")),
        Just(String::from("<c r=\"{}\" t=\"str\"><f>A1</f><v>x</v></c>")),
        Just(String::from("<c r=\"{}\" t=\"inlineStr\"><is><t> y </t></is></c>")),
        Just(String::from("<!-- </row> --><c r=\"{}\"><v>8</v></c>")),
    ];
    let row = (proptest::collection::btree_map(0u32..8, cell, 0..6), any::<bool>());
    proptest::collection::btree_map(0u32..12, row, 0..8).prop_map(|rows| {
        let row = |(row, (cells, has_spans)): (u32, (BTreeMap<u32, String>, bool))| {
            let cells =
                cells.into_iter().map(|(column, cell)| cell.replace("{}", &CellRef::new(row, column).to_string()));
            let cells: String = cells.collect();
            let spans = if has_spans { " spans=\"1:9\"" } else { "" };
            let number = row + 1;
            if cells.is_empty() {
                format!("<row r=\"{number}\"{spans}/>")
            } else {
                format!("<row r=\"{number}\"{spans}>{cells}</row>")
            }
        };
        rows.into_iter().map(row).collect()
    })
}

proptest::proptest! {
    #[test]
    fn what_is_not_written_reads_as_before(
        rows in arbitrary_rows(),
        cells in proptest::collection::vec((0u32..14, 0u32..10, "[a-z<&_x0-9= ]{1,8}"), 0..10),
    ) {
        use crate::workbook::{ReadOptions, read};
        let (bytes, _) = sample();
        let package = Package::open(&bytes, &Limits::default()).unwrap();
        let part = NewPart {
            name: "xl/worksheets/sheet1.xml".to_owned(),
            content: format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>").into_bytes(),
        };
        let bytes = splice(&package, &[part]).unwrap();
        let workbook = read(&bytes, "law.xlsx", &ReadOptions::default()).unwrap();
        let edit = |(row, column, text): &(u32, u32, String)| CellEdit {
            at: CellRef::new(*row, *column),
            content: Content::Text(text.clone()),
            style_of: None,
        };
        let edits = vec![SheetEdits { sheet: 0, cells: cells.iter().map(edit).collect(), ..SheetEdits::default() }];
        let patched = patch(&bytes, &workbook, &edits, &PatchOptions::default()).unwrap();
        let after = read(&patched.bytes, "law.xlsx", &ReadOptions::default()).unwrap();
        let is_written = |at: CellRef| patched.outcomes[0].iter().any(|outcome| outcome.at == at && outcome.refused.is_none());
        let is_emptied = |at: CellRef| patched.recalculated.iter().any(|place| place.range.contains(at));
        let kept = |workbook: &Workbook| -> Vec<crate::workbook::Cell> {
            let cells = workbook.sheets[0].cells().iter();
            cells.filter(|cell| !is_written(cell.at) && !is_emptied(cell.at)).cloned().collect()
        };
        proptest::prop_assert_eq!(kept(&after), kept(&workbook));
        for (edit, outcome) in edits[0].cells.iter().zip(&patched.outcomes[0]) {
            let Content::Text(text) = &edit.content else { continue };
            if outcome.refused.is_none() {
                proptest::prop_assert_eq!(after.sheets[0].text(outcome.at), text.as_str());
            }
        }
        // The same bytes where nothing was written.
        if patched.outcomes[0].iter().all(|outcome| outcome.refused.is_some()) {
            proptest::prop_assert!(patched.bytes == bytes);
        }
    }
}
