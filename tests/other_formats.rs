//! One workbook of our own in every format an office has: LibreOffice makes xls and ods of the xlsx written here, with
//! a password too, and what stands in and around the cells must be the same. Without LibreOffice nothing runs and that
//! is said.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

use std::path::{Path, PathBuf};
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
    let folder = folder(extension, bytes);
    let mut office = office(&folder);
    office.args(["--convert-to", extension, "--outdir"]).arg(&folder).arg(folder.join("sample.xlsx"));
    ran(office)?;
    Some(std::fs::read(folder.join(format!("sample.{extension}"))).unwrap())
}

fn folder(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("other-formats-{name}-{}", bytes.len()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("sample.xlsx"), bytes).unwrap();
    folder
}

fn office(folder: &Path) -> Command {
    let mut office = Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}/profile", folder.display())).arg("--headless");
    office
}

fn ran(mut office: Command) -> Option<()> {
    let done = office.output();
    if done.is_err() {
        println!("not run: there is no LibreOffice");
    }
    done.ok().map(|_| ())
}

/// A macro that saves a workbook with a password; the command line has no word for it.
const MACRO: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Seal(source As String, target As String, word As String)
  Dim none(0) As New com.sun.star.beans.PropertyValue
  none(0).Name = "Hidden" : none(0).Value = True
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = "MS Excel 97"
  how(1).Name = "Password" : how(1).Value = word
  Dim document As Object
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, none())
  document.storeToURL(target, how())
  document.close(True)
End Sub
</script:module>"#;
const LIBRARY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Module1"/>
</library:library>"#;

/// An xls saved with a password; `None` where there is no LibreOffice. (It does not save an xlsx so.)
fn sealed(bytes: &[u8], password: &str) -> Option<Vec<u8>> {
    let folder = folder("sealed", bytes);
    let library = folder.join("profile/user/basic/Standard");
    if !library.is_dir() {
        // The first start makes the profile.
        let mut first = office(&folder);
        first.args(["--convert-to", "csv", "--outdir"]).arg(&folder).arg(folder.join("sample.xlsx"));
        ran(first)?;
    }
    std::fs::write(library.join("Module1.xba"), MACRO).unwrap();
    std::fs::write(library.join("script.xlb"), LIBRARY).unwrap();
    let url = |name: &str| format!("file://{}/{name}", folder.display());
    let (from, to) = (url("sample.xlsx"), url("sealed.xls"));
    let mut office = office(&folder);
    office.arg(format!(r#"macro:///Standard.Module1.Seal("{from}","{to}","{password}")"#));
    ran(office)?;
    Some(std::fs::read(folder.join("sealed.xls")).unwrap())
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

#[test]
fn a_workbook_with_a_password_says_the_same() {
    let xlsx = sample();
    let first = read(&xlsx, "sample.xlsx", &ReadOptions::default()).unwrap();
    let expected = said(&first, &first.sheets[0]);
    let with = |password: &str| ReadOptions { password: Some(password.to_owned()), ..ReadOptions::default() };
    let Some(bytes) = sealed(&xlsx, "合言葉1") else { return };
    let workbook = read(&bytes, "sealed.xls", &with("合言葉1")).unwrap();
    assert_eq!(said(&workbook, &workbook.sheets[0]), expected);
    let code = |options| read(&bytes, "sealed.xls", &options).unwrap_err().diagnostics[0].code.clone();
    assert_eq!(code(with("合言葉2")), "password-wrong");
    assert_eq!(code(ReadOptions::default()), "workbook-encrypted");

    // What Excel encrypts only to protect the structure opens without a word.
    let Some(bytes) = sealed(&xlsx, "VelvetSweatshop") else { return };
    for options in [ReadOptions::default(), with("合言葉1")] {
        assert!(read(&bytes, "sealed.xls", &options).is_ok());
    }
}

/// The marks of a revision: a reader of xls or ods must be told the same of them as one of xlsx.
#[test]
fn every_format_of_an_edition_marks_the_same() {
    let old = std::fs::read("samples/reference-v9.xlsx").unwrap();
    let new = std::fs::read("samples/reference-v9r.xlsx").unwrap();
    let catalog = |bytes: &[u8], name: &str| {
        let workbook = read(bytes, name, &ReadOptions::default()).unwrap();
        let binding = secref::template::bind(&workbook, &Default::default()).unwrap();
        let source = secref::catalog::Source { file: name.to_owned(), ..Default::default() };
        secref::import::catalog(&workbook, &binding, source).unwrap()
    };
    let old = catalog(&old, "old.xlsx");
    let audited =
        |bytes: &[u8], name: &str| secref::diff::diff(&old, &catalog(bytes, name), &Default::default()).unwrap();
    let expected = audited(&new, "new.xlsx");
    assert!(expected.marks.unwrap().agrees > 0);
    for extension in ["xls", "ods"] {
        let Some(bytes) = converted(&new, extension) else { return };
        let found = audited(&bytes, &format!("new.{extension}"));
        assert_eq!((found.marks, found.summary), (expected.marks, expected.summary), "{extension}");
    }
}
