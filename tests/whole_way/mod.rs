//! The way a stranger's file goes through the library: read, bound, imported, checked, and patched where it can be.
//! Shared by the mutation run (`fuzz_read.rs`) and the fuzz target (`fuzz/`).

use secref::address::CellRef;
use secref::catalog::Source;
use secref::diagnostic::Failure;
use secref::import::{AnswerOptions, answers, catalog};
use secref::template::{BindOptions, bind, detect, propose};
use secref::workbook::patch::{CellEdit, Content, Note, PatchOptions, SheetEdits, annotate, patch};
use secref::workbook::{Format, Limits, ReadOptions, Workbook, read};

/// A password, so that what lies behind encryption is reached as well; that of the corpora's encrypted files.
pub const PASSWORD: &str = "password";

/// Takes a file the whole way. Whatever it does beside returning is a finding.
///
/// # Errors
///
/// What reading says of the file; what the later stages say of its content is no error here.
pub fn go(bytes: &[u8], name: &str) -> Result<(), Failure> {
    let options = ReadOptions { password: Some(PASSWORD.to_owned()), ..ReadOptions::default() };
    let workbook = read(bytes, name, &options)?;
    detect(&workbook);
    let _ = propose(&workbook, &BindOptions::default(), &Default::default());
    if let Ok(binding) = bind(&workbook, &BindOptions::default()) {
        let _ = catalog(&workbook, &binding, Source { file: name.to_owned(), ..Source::default() });
    }
    let _ = answers(&workbook, &AnswerOptions::default());
    if matches!(workbook.format, Format::Xlsx | Format::Xlsm) {
        patch_some(bytes, &workbook);
    }
    Ok(())
}

/// Writes the first cell that holds something and one far below, then a note on each sheet's first cell.
fn patch_some(bytes: &[u8], workbook: &Workbook) {
    let edit = |at, text: &str| CellEdit { at, content: Content::Text(text.to_owned()), style_of: None };
    let edits = workbook.sheets.iter().enumerate().map(|(sheet, of)| {
        let first = of.cells().first().map_or(CellRef::new(0, 0), |cell| cell.at);
        let cells = vec![edit(first, "対応済"), edit(CellRef::new(999, 7), "=未対応")];
        SheetEdits { sheet, cells, ..SheetEdits::default() }
    });
    let edits: Vec<SheetEdits> = edits.collect();
    let _ = patch(bytes, workbook, &edits, &PatchOptions { unlock: true, ..PatchOptions::default() });
    let notes: Vec<Note> = (0..workbook.sheets.len())
        .map(|sheet| Note { sheet, at: CellRef::new(1, 1), text: "確認".to_owned() })
        .collect();
    let _ = annotate(bytes, workbook, &notes, "点検", &Limits::default());
}
