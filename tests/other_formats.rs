//! One workbook of our own in every format an office has: LibreOffice makes xls and ods of the xlsx written here, and
//! what stands in and around the cells must be the same. Without LibreOffice nothing runs and that is said.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

use std::path::Path;
use std::process::Command;

use rust_xlsxwriter::{Color, DataValidation, DataValidationRule, Format, Note, Workbook as Writer};
use secref::workbook::{ReadOptions, Sheet, Workbook, read};

/// A reference with all that readers must find around its cells.
fn sample() -> Vec<u8> {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("統制 基準").unwrap();
    let (plain, red) = (Format::new(), Format::new().set_font_color(Color::Red));
    for (column, heading) in (0..).zip(["項番", "内容", "結果", "参照", "確認日", "区分"]) {
        sheet.write(0, column, heading).unwrap();
    }
    for row in 1..=9_u32 {
        sheet.write(row, 0, format!("統{row}")).unwrap();
        sheet.write_rich_string(row, 1, &[(&plain, "規程を定める。"), (&red, "毎年見直す。")]).unwrap();
        sheet.write(row, 2, if row % 2 == 0 { "対応済" } else { "未対応" }).unwrap();
        let date = Format::new().set_num_format("yyyy/mm/dd");
        sheet.write_with_format(row, 4, 43_903 + row, &date).unwrap();
    }
    sheet.write_url_with_text(1, 3, "https://example.jp/?a=1&b=2", "公開文書").unwrap();
    sheet.write_url_with_text(2, 3, "internal:'別表'!A1", "別表").unwrap();
    sheet.insert_note(1, 1, &Note::new("要確認\n二行目").set_author("審査").add_author_prefix(false)).unwrap();
    let words = DataValidation::new().allow_list_strings(&["対応済", "未対応"]).unwrap();
    sheet.add_data_validation(1, 2, 9, 2, &words).unwrap();
    let cells = DataValidation::new().allow_list_formula("別表!$A$1:$A$2".into());
    sheet.add_data_validation(1, 5, 9, 5, &cells).unwrap();
    let number = DataValidation::new().allow_whole_number(DataValidationRule::Between(1, 5));
    sheet.add_data_validation(1, 6, 9, 6, &number).unwrap();
    sheet.merge_range(11, 0, 12, 3, "注　欠番あり", &plain).unwrap();
    sheet.set_row_hidden(4).unwrap();
    sheet.set_column_hidden(7).unwrap();
    let other = writer.add_worksheet().set_name("別表").unwrap();
    other.write(0, 0, "基礎").unwrap();
    other.write(1, 0, "付加").unwrap();
    writer.save_to_buffer().unwrap()
}

/// Makes another format of a workbook; `None` where there is no LibreOffice.
fn converted(bytes: &[u8], extension: &str) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("other-formats-{extension}"));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("sample.xlsx"), bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let mut office = Command::new("soffice");
    office.args([&profile, "--headless", "--convert-to", extension, "--outdir"]).arg(&folder);
    let done = office.arg(folder.join("sample.xlsx")).output();
    if done.is_err() {
        println!("not run: there is no LibreOffice");
    }
    done.ok()?;
    Some(std::fs::read(folder.join(format!("sample.{extension}"))).unwrap())
}

/// What a sheet says, in lines.
fn said(workbook: &Workbook, sheet: &Sheet) -> Vec<String> {
    let mut lines: Vec<String> = sheet.cells().iter().map(|cell| format!("{}={}", cell.at, cell.text)).collect();
    for (at, runs) in &sheet.runs {
        let red = runs.iter().filter(|run| run.font.color.is_some_and(secref::workbook::Rgb::is_red));
        lines.extend(red.map(|run| format!("{at} red {}..{}", run.start, run.end)));
    }
    lines.extend(sheet.merges.iter().map(|merge| format!("merged {merge}")));
    lines.extend(sheet.hidden_rows.iter().map(|rows| format!("hidden rows {rows:?}")));
    lines.extend(sheet.hidden_columns.iter().map(|columns| format!("hidden columns {columns:?}")));
    lines.extend(sheet.hyperlinks.iter().map(|link| format!("{} links {}", link.range, link.target.replace('.', "!"))));
    // LibreOffice leaves the author out.
    lines.extend(sheet.comments.iter().map(|note| format!("{} note {:?}", note.at, note.text)));
    for validation in &sheet.validations {
        let ranges = validation.ranges.iter().map(ToString::to_string).collect::<Vec<_>>();
        lines.push(format!("{ranges:?} allows {:?}, stops: {}", validation.allowed, validation.stops));
    }
    assert_eq!(workbook.diagnostics, []);
    lines.sort();
    lines
}

#[test]
fn every_format_of_a_workbook_says_the_same() {
    let xlsx = sample();
    let first = read(&xlsx, "sample.xlsx", &ReadOptions::default()).unwrap();
    let expected = said(&first, &first.sheets[0]);
    for extension in ["xls", "ods"] {
        let Some(bytes) = converted(&xlsx, extension) else { return };
        let workbook = read(&bytes, &format!("sample.{extension}"), &ReadOptions::default()).unwrap();
        assert_eq!(said(&workbook, &workbook.sheets[0]), expected, "{extension}");
    }
}
