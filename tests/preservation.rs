//! One answer in a workbook that holds everything: all of it is still there, to the byte.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test's own functions may fail")]

mod everything;

use everything::{ANSWERS, FEATURES};
use secref::workbook::package::Package;
use secref::workbook::patch::{CellEdit, Content, PartState, PatchOptions, Patched, SheetEdits, patch};
use secref::workbook::{Limits, ReadOptions, Workbook, read};

const SHEET: &str = "xl/worksheets/sheet1.xml";
const SUMMARY: &str = "xl/worksheets/sheet2.xml";

fn filled(bytes: &[u8], workbook: &Workbook, cells: &[&str]) -> Patched {
    let edit =
        |at: &&str| CellEdit {
            at: at.parse().unwrap(), content: Content::Text("対応済".to_owned()), style_of: None
        };
    let edits = SheetEdits { sheet: 0, cells: cells.iter().map(edit).collect(), ..SheetEdits::default() };
    patch(bytes, workbook, &[edits], &PatchOptions::default()).unwrap()
}

fn text_of(bytes: &[u8], part: &str) -> String {
    String::from_utf8(Package::open(bytes, &Limits::default()).unwrap().part(part).unwrap()).unwrap()
}

/// The features a workbook does not hold.
fn missing(bytes: &[u8]) -> Vec<&'static str> {
    let package = Package::open(bytes, &Limits::default()).unwrap();
    let is_missing = |&&(_, part, sign): &&(&str, &str, &str)| {
        let content = package.part(part).unwrap_or_default();
        content.is_empty() || !String::from_utf8_lossy(&content).contains(sign)
    };
    FEATURES.iter().filter(is_missing).map(|&(name, _, _)| name).collect()
}

#[test]
fn everything_is_still_there() {
    let bytes = everything::workbook();
    assert_eq!(missing(&bytes), Vec::<&str>::new(), "the fixture holds what it says");
    let workbook = read(&bytes, "everything.xlsx", &ReadOptions::default()).unwrap();
    assert!(patch(&bytes, &workbook, &[], &PatchOptions::default()).unwrap().bytes == bytes);
    let patched = filled(&bytes, &workbook, &ANSWERS[..1]);
    assert_eq!(missing(&patched.bytes), Vec::<&str>::new());
    let changed: Vec<&str> = patched
        .parts
        .iter()
        .filter(|(_, state)| *state != PartState::Identical)
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(changed, ["xl/workbook.xml", SHEET, SUMMARY]);
    assert!(FEATURES.len() >= 62);
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(folder.join("everything.xlsm"), &bytes).unwrap();
    std::fs::write(folder.join("everything-filled.xlsm"), &patched.bytes).unwrap();
    let (before, after) = (stored(&bytes), stored(&patched.bytes));
    let same = before.iter().zip(&after).filter(|(old, new)| old == new).count();
    println!("kept {0}/{0}, identical parts {same}/{1}", FEATURES.len(), before.len());
    assert_eq!((before.len(), before.len() - same), (after.len(), changed.len()));
}

/// The entries of a package as another reader finds them: name, and the bytes as they are stored.
fn stored(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let entries = (0..archive.len()).map(|index| {
        let mut entry = archive.by_index_raw(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (entry.name().unwrap().into_owned(), content)
    });
    entries.collect()
}

#[test]
fn the_sheet_differs_in_the_answer_and_in_values_worked_out_from_it() {
    let bytes = everything::workbook();
    let workbook = read(&bytes, "everything.xlsx", &ReadOptions::default()).unwrap();
    let patched = filled(&bytes, &workbook, &ANSWERS[..1]);
    let (old, new) = (text_of(&bytes, SHEET), text_of(&patched.bytes, SHEET));
    let answer = "<c r=\"D3\" s=\"3\" t=\"inlineStr\"><is><t>対応済</t></is></c>";
    assert!(new.contains(answer));
    let without = new
        .replace(answer, "<c r=\"D3\" s=\"3\"/>")
        .replace("<f>IF(D3=\"\",\"未\",D3)</f>", "<f>IF(D3=\"\",\"未\",D3)</f><v>未</v>")
        .replace("<c r=\"F4\"><f>", "<c r=\"F4\" t=\"str\"><f>");
    assert_eq!(without, old);
    let summary = text_of(&patched.bytes, SUMMARY);
    assert_eq!(summary.matches("<v>0</v>").count(), 0, "counts are to be worked out anew");
    assert!(summary.contains("<f>ROWS(回答!A3:A6)</f><v>4</v>"), "what reads no answer keeps its value");
    let places: Vec<String> = patched.recalculated.iter().map(ToString::to_string).collect();
    assert_eq!(places, ["回答!F4", "集計!B2:B5"]);
}

#[test]
fn every_other_cell_reads_as_before() {
    let bytes = everything::workbook();
    let workbook = read(&bytes, "everything.xlsx", &ReadOptions::default()).unwrap();
    let patched = filled(&bytes, &workbook, &ANSWERS);
    let mut after = read(&patched.bytes, "everything.xlsx", &ReadOptions::default()).unwrap();
    for at in ANSWERS {
        assert_eq!(after.sheets[0].text(at.parse().unwrap()), "対応済");
    }
    for (sheet, old) in after.sheets.iter_mut().zip(&workbook.sheets) {
        let is_kept = |cell: &&secref::workbook::Cell| {
            let is_answer = ANSWERS.iter().any(|at| at.parse() == Ok(cell.at)) && old.part == SHEET;
            let is_gone =
                patched.recalculated.iter().any(|place| place.sheet == old.name && place.range.contains(cell.at));
            !is_answer && !is_gone
        };
        let kept = |sheet: &secref::workbook::Sheet| sheet.cells().iter().filter(is_kept).cloned().collect::<Vec<_>>();
        assert_eq!(kept(sheet), kept(old));
        assert_eq!(
            (&sheet.merges, &sheet.comments, &sheet.validations, &sheet.hyperlinks, &sheet.runs),
            (&old.merges, &old.comments, &old.validations, &old.hyperlinks, &old.runs)
        );
    }
}
