//! Cells cut into rows of every shape.

use super::*;

fn text(at: &str, text: &str) -> (CellRef, Content, Option<u32>) {
    (at.parse().unwrap(), Content::Text(text.to_owned()), None)
}

fn facts(styles: &[CellStyle]) -> Facts<'_> {
    Facts { styles, date_1904: false, respects_locks: false, results: Vec::new() }
}

fn patch(part: &str, edits: &[(CellRef, Content, Option<u32>)], facts: &Facts<'_>) -> (String, Vec<Found>) {
    let layout = Layout::worksheet(part.as_bytes()).unwrap();
    let ops: Vec<Op<'_>> =
        edits.iter().map(|(at, content, style_of)| Op { at: *at, content, style_of: *style_of }).collect();
    let mut splices = Splices::default();
    let found = write_cells(&layout, &ops, facts, &mut splices).unwrap();
    (String::from_utf8(splices.apply(part.as_bytes())).unwrap(), found)
}

/// Writes cells into the rows and shows the rows.
fn rows(rows: &str, edits: &[(CellRef, Content, Option<u32>)]) -> String {
    let part = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let (out, _) = patch(&part, edits, &facts(&[]));
    out.strip_prefix("<worksheet><sheetData>").unwrap().strip_suffix("</sheetData></worksheet>").unwrap().to_owned()
}

#[test]
fn a_cell_keeps_its_style_and_loses_what_belonged_to_its_old_value() {
    let out = rows(
        r#"<row r="1"><c r="A1" s="3" t="s" cm="1" vm="2" ph="1"><v>7</v></c><c r="B1"/></row>"#,
        &[text("A1", "済")],
    );
    assert_eq!(out, r#"<row r="1"><c r="A1" s="3" t="inlineStr"><is><t>済</t></is></c><c r="B1"/></row>"#);
}

#[test]
fn missing_cells_and_rows_go_in_order() {
    let sheet = r#"<row r="2" spans="2:3"><c r="B2"/><c r="D2"><v>1</v></c></row><row r="5" s="4" customFormat="1"/>"#;
    let edits = [text("A1", "a"), text("A2", "b"), text("C2", "c"), text("E2", "d"), text("B5", "e"), text("A9", "f")];
    let cell =
        |at: &str, style: &str, text: &str| format!(r#"<c r="{at}"{style} t="inlineStr"><is><t>{text}</t></is></c>"#);
    let expected = format!(
        r#"<row r="1">{}</row><row r="2">{}<c r="B2"/>{}<c r="D2"><v>1</v></c>{}</row><row r="5" s="4" customFormat="1">{}</row><row r="9">{}</row>"#,
        cell("A1", "", "a"),
        cell("A2", "", "b"),
        cell("C2", "", "c"),
        cell("E2", "", "d"),
        cell("B5", r#" s="4""#, "e"),
        cell("A9", "", "f"),
    );
    assert_eq!(rows(sheet, &edits), expected);
}

#[test]
fn an_empty_sheet_opens_up() {
    let (out, _) =
        patch("<x:worksheet><x:dimension ref=\"A1\"/><x:sheetData/></x:worksheet>", &[text("B2", "a")], &facts(&[]));
    assert_eq!(
        out,
        "<x:worksheet><x:dimension ref=\"A1:B2\"/><x:sheetData><x:row r=\"2\"><x:c r=\"B2\" t=\"inlineStr\"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"
    );
}

#[test]
fn rows_and_cells_without_numbers_count_from_their_neighbours() {
    let out = rows("<row><c/><c><v>1</v></c></row><row><c r=\"C2\"/></row>", &[text("B1", "a"), text("B2", "b")]);
    assert_eq!(
        out,
        "<row><c/><c r=\"B1\" t=\"inlineStr\"><is><t>a</t></is></c></row><row><c r=\"B2\" t=\"inlineStr\"><is><t>b</t></is></c><c r=\"C2\"/></row>"
    );
}

#[test]
fn spans_stay_where_they_are_still_right() {
    let sheet = r#"<row r="1" spans="1:9" ht="20"><c r="C1"/></row>"#;
    assert!(rows(sheet, &[text("B1", "a")]).starts_with(r#"<row r="1" spans="1:9" ht="20"><c r="B1""#));
    assert!(rows(sheet, &[text("J1", "a")]).starts_with(r#"<row r="1" ht="20"><c r="C1"/><c r="J1""#));
}

#[test]
fn a_new_cell_takes_the_style_of_its_row_else_of_its_column_or_of_the_neighbour_asked_for() {
    let part = r#"<worksheet><cols><col min="2" max="3" style="7"/></cols><sheetData><row r="1" s="5" customFormat="1"/><row r="2" s="5"/><row r="3"><c r="A3" s="9"/></row></sheetData></worksheet>"#;
    let like = |at: &str| (at.parse().unwrap(), Content::Number(1.0), Some(0));
    let (out, _) = patch(part, &[text("B1", "a"), text("B2", "b"), like("B3"), like("D4")], &facts(&[]));
    assert!(out.contains(r#"<c r="B1" s="5""#) && out.contains(r#"<c r="B2" s="7""#));
    assert!(out.contains(r#"<c r="B3" s="9"><v>1</v></c>"#) && out.contains(r#"<c r="D4"><v>1</v></c>"#));
}

#[test]
fn formulas_their_results_and_locked_cells_are_left_alone() {
    let part = r#"<worksheet><sheetData><row r="1"><c r="A1"><f>B1</f><v>1</v></c><c r="B1"><f t="shared" si="0"/></c><c r="C1" s="1"/><c r="D1"/><c r="E1"/></row></sheetData></worksheet>"#;
    let styles = [CellStyle { unlocked: true, ..CellStyle::default() }, CellStyle::default()];
    let facts = Facts { respects_locks: true, results: vec!["E1:E9".parse().unwrap()], ..facts(&styles) };
    let edits = ["A1", "B1", "C1", "D1", "E1", "E5"].map(|at| text(at, "x"));
    let (out, found) = patch(part, &edits, &facts);
    use Found::{Formula, Locked, Written};
    assert_eq!(found, [Formula, Formula, Locked, Written, Formula, Formula]);
    assert_eq!(out, part.replace(r#"<c r="D1"/>"#, r#"<c r="D1" t="inlineStr"><is><t>x</t></is></c>"#));
}

#[test]
fn dates_are_stored_as_dates_only_where_the_cell_shows_them() {
    let styles = [CellStyle::default(), CellStyle { is_date: true, ..CellStyle::default() }];
    let date =
        |at: &str, as_date| (at.parse().unwrap(), Content::Date { date: "2026-03-31".parse().unwrap(), as_date }, None);
    let part = r#"<worksheet><sheetData><row r="1"><c r="A1"/><c r="B1" s="1"/></row></sheetData></worksheet>"#;
    let (out, _) = patch(part, &[date("A1", false), date("B1", false), date("C1", true)], &facts(&styles));
    assert!(out.contains(r#"<c r="A1" t="inlineStr"><is><t>2026-03-31</t></is></c>"#));
    assert!(out.contains(r#"<c r="B1" s="1"><v>46112</v></c><c r="C1"><v>46112</v></c>"#));
}

#[test]
fn excel_counts_a_day_that_never_was() {
    let serial_of = |text: &str, date_1904| serial(text.parse().unwrap(), date_1904);
    for (date, in_1900, in_1904) in [
        ("1899-12-31", None, None),
        ("1900-01-01", Some(1.0), None),
        ("1900-02-28", Some(59.0), None),
        ("1900-03-01", Some(61.0), None),
        ("1904-01-01", Some(1462.0), Some(0.0)),
        ("2026-11-26", Some(46352.0), Some(44890.0)),
    ] {
        assert_eq!(serial_of(date, false), in_1900, "{date}");
        assert_eq!(serial_of(date, true), in_1904, "{date}");
    }
}

#[test]
fn a_sheet_out_of_order_is_refused() {
    for sheet in [
        r#"<row r="2"/><row r="1"/>"#,
        r#"<row r="1"><c r="B1"/><c r="A1"/></row>"#,
        r#"<row r="1"><c r="B2"/></row>"#,
        r#"<row r="0"/>"#,
        r#"<row r="1"><c r="XFE1"/></row>"#,
        "<cell/>",
    ] {
        let part = format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>");
        let layout = Layout::worksheet(part.as_bytes()).unwrap();
        let content = Content::Number(1.0);
        let op = |at: &str| Op { at: at.parse().unwrap(), content: &content, style_of: None };
        let written = write_cells(&layout, &[op("F1"), op("A9")], &facts(&[]), &mut Splices::default());
        assert!(written.is_err(), "{sheet}");
    }
}
