//! The reader on real files: every file of the corpora and references ends in a result or a diagnostic, and values
//! are those calamine reads. The files are not part of the project; without them nothing runs and that is said.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod real_files;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use calamine::{Data, Reader};
use secref::address::CellRef;
use secref::diagnostic::Failure;
use secref::workbook::{Format, ReadOptions, Sheet, Value, Workbook, read};

fn every_file() -> Vec<PathBuf> {
    let Some(data) = real_files::folder() else { return Vec::new() };
    [data.join("corpus"), data.join("references"), data.join("editions-synthetic")]
        .iter()
        .flat_map(|folder| real_files::under(folder))
        .collect()
}

/// Reads a file, failing the test if that takes longer than any file may.
fn read_in_time(path: &Path) -> Result<Workbook, Failure> {
    const LONGEST: Duration = Duration::from_secs(20);
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || sender.send(read(&bytes, &name, &ReadOptions::default())));
    match receiver.recv_timeout(LONGEST) {
        Ok(result) => result,
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("{} takes longer than {LONGEST:?}", path.display()),
        Err(mpsc::RecvTimeoutError::Disconnected) => panic!("{} panics", path.display()),
    }
}

#[test]
fn every_file_ends_in_a_result_or_a_diagnostic() {
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    for path in every_file() {
        match read_in_time(&path) {
            Ok(workbook) => {
                *outcomes.entry(format!("read as {:?}", workbook.format)).or_default() += 1;
                for diagnostic in &workbook.diagnostics {
                    *outcomes.entry(format!("said {}", diagnostic.code)).or_default() += 1;
                    if std::env::var_os("SHOW").is_some() {
                        println!("{}: {diagnostic:?}", path.display());
                    }
                }
            }
            Err(failure) => {
                assert!(!failure.diagnostics.is_empty());
                *outcomes.entry(format!("refused {}", failure.diagnostics[0].code)).or_default() += 1;
                if std::env::var_os("SHOW").is_some() {
                    println!("{}: {failure:?}", path.display());
                }
            }
        }
    }
    println!("{outcomes:#?}");
}

/// What a cell of calamine's should be with us: kind and text, as far as the two can agree.
fn agrees(ours: Option<(&str, Value)>, theirs: &Data) -> bool {
    let text = ours.map_or("", |(text, _)| text);
    match (theirs, ours.map(|(_, value)| value)) {
        (Data::Empty, _) => text.is_empty(),
        (Data::String(string), _) => text == string,
        (Data::Float(number), Some(Value::Number(ours) | Value::Date(ours))) => ours == *number,
        (Data::Int(number), Some(Value::Number(ours) | Value::Date(ours))) => ours == *number as f64,
        (Data::DateTime(moment), Some(Value::Date(ours) | Value::Number(ours))) => ours == moment.as_f64(),
        (Data::DateTimeIso(_) | Data::DurationIso(_), Some(Value::Date(_))) => true,
        (Data::Bool(bool), Some(Value::Bool(ours))) => ours == *bool,
        (Data::Error(error), Some(Value::Error)) => text == error.to_string(),
        _ => false,
    }
}

fn compare(path: &Path, sheet: &Sheet, range: &calamine::Range<Data>) -> Vec<String> {
    let mut differences = Vec::new();
    let mut seen = 0;
    for (row, column, theirs) in range.used_cells() {
        let (top, left) = range.start().unwrap_or_default();
        let at = CellRef::new(top + row as u32, left + column as u32);
        let ours = sheet.cell(at).map(|cell| (cell.text.as_str(), cell.value));
        seen += usize::from(ours.is_some());
        if !agrees(ours, theirs) {
            differences.push(format!("{} {}!{at}: ours {ours:?}, calamine's {theirs:?}", path.display(), sheet.name));
        }
    }
    let more = sheet.cells().iter().filter(|cell| !cell.text.is_empty()).count();
    if seen < more {
        differences.push(format!("{} {}: {} cells more than calamine", path.display(), sheet.name, more - seen));
    }
    differences
}

/// Files that make calamine ask for gigabytes.
const TOO_MUCH_FOR_CALAMINE: [&str; 4] = ["OOM_alloc.xls", "OOM_alloc2.xls", "OOM_alloc3.xls", "issue_594_dos.ods"];

/// Differences known to be calamine's: file, cell, and why.
const KNOWN: [(&str, &str, &str); 1] =
    [("sheet_name_parsing.xls", "Sheet1!", "calamine reads a BIFF8 string of one byte a character as of two")];

#[test]
fn values_are_those_calamine_reads() {
    let mut differences = Vec::new();
    let mut compared: BTreeMap<String, usize> = BTreeMap::new();
    for path in every_file() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(workbook) = read_in_time(&path) else { continue };
        if TOO_MUCH_FOR_CALAMINE.contains(&name.as_str()) || matches!(workbook.format, Format::Csv | Format::Tsv) {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let Ok(mut theirs) = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(bytes)) else { continue };
        for sheet in &workbook.sheets {
            let Ok(range) = theirs.worksheet_range(&sheet.name) else { continue };
            *compared.entry(format!("{:?}", workbook.format)).or_default() += sheet.cells().len();
            differences.extend(compare(&path, sheet, &range));
        }
    }
    println!("cells compared: {compared:?}");
    differences.retain(|difference| {
        !KNOWN.iter().any(|(file, cell, _)| difference.contains(file) && difference.contains(cell))
    });
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn protected_workbooks_open_with_their_password_only() {
    let Some(data) = real_files::folder() else { return };
    for (file, password) in [
        ("corpus/calamine/tests/pass_protected.xlsx", "123"),
        ("corpus/excelize/test/encryptAES.xlsx", "password"),
        ("corpus/excelize/test/encryptSHA512.xlsx", "password"),
        ("corpus/excelize/test/encryptSHA1.xlsx", "password"),
    ] {
        let bytes = std::fs::read(data.join(file)).unwrap();
        let code = |password: Option<&str>| {
            let options = ReadOptions { password: password.map(str::to_owned), ..ReadOptions::default() };
            read(&bytes, file, &options).map_err(|failure| failure.diagnostics[0].code.to_string())
        };
        assert_eq!(code(None).unwrap_err(), "workbook-encrypted", "{file}");
        assert_eq!(code(Some("wrong")).unwrap_err(), "password-wrong", "{file}");
        let workbook = code(Some(password)).unwrap();
        assert!(!workbook.sheets.is_empty(), "{file}");
    }
}
