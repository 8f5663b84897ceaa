#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "each test uses its part; a test's own functions may fail"
)]
//! What every test of a workbook does with it: a second reader, and the checker for Excel's repair triggers.

pub mod example;

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader, Xlsx};

/// The sheets of a workbook by name, as a second reader sees them.
pub struct Sheets {
    names: Vec<String>,
    cells: BTreeMap<String, calamine::Range<Data>>,
}

impl Sheets {
    /// The names, in tab order.
    pub fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    /// The text of a cell, `B12` counted from 1; empty where nothing stands.
    pub fn text(&self, sheet: &str, cell: &str) -> String {
        let cell: secref::address::CellRef = cell.parse().unwrap();
        self.cells[sheet].get_value((cell.row, cell.column)).map(ToString::to_string).unwrap_or_default()
    }

    /// The rows of a sheet as texts, from its first used row.
    pub fn rows(&self, sheet: &str) -> Vec<Vec<String>> {
        self.cells[sheet].rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    }

    /// Finds the first row that holds a text, as texts.
    pub fn row_with(&self, sheet: &str, text: &str) -> Vec<String> {
        let rows = self.rows(sheet);
        rows.into_iter().find(|row| row.iter().any(|cell| cell == text)).unwrap_or_else(|| panic!("no row with {text}"))
    }
}

/// Reads a workbook back and has it checked for everything known to make Excel offer a repair.
///
/// The file stays in the target folder under its name, to be looked at.
pub fn checked(name: &str, bytes: &[u8]) -> Sheets {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.xlsx"));
    std::fs::write(&path, bytes).unwrap();
    check_for_repairs(&path);
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = workbook.sheet_names();
    let cells = names.iter().map(|name| (name.clone(), workbook.worksheet_range(name).unwrap())).collect();
    Sheets { names, cells }
}

fn check_for_repairs(path: &Path) {
    let Some(tool) = tool() else {
        println!("not run: excel_opens.py is not there");
        return;
    };
    let output = Command::new("python3").arg(tool).arg(path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

fn tool() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tools/excel_opens.py");
    let from_data = std::env::var_os("SECREF_DATA").map(|data| Path::new(&data).join("../tools/excel_opens.py"));
    [Some(beside), from_data].into_iter().flatten().find(|path| path.exists())
}

/// The text of a part of the package.
pub fn part(bytes: &[u8], name: &str) -> String {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}
