//! Patching real workbooks: one cell, then a column, in every xlsx and xlsm of the corpora. Every other entry of the
//! zip is the same to the byte, and every other cell reads as before, by our reader and by another.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test's own functions may fail and say so")]

mod real_files;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader};
use secref::address::{CellRef, MAX_COLUMNS, Range};
use secref::workbook::package::Package;
use secref::workbook::patch::{CellEdit, Content, Note, PartState, PatchOptions, Patched, SheetEdits, annotate, patch};
use secref::workbook::{Limits, ReadOptions, Sheet, Value, Workbook, read};

const ANSWER: &str = "=対応済 & <確認>\n二行目 _x0041_";

/// A workbook that our reader takes, and that may be patched.
struct Sample {
    name: String,
    bytes: Vec<u8>,
    workbook: Workbook,
}

impl Sample {
    fn open(path: &Path) -> Option<Self> {
        let bytes = std::fs::read(path).unwrap();
        let name = path.display().to_string();
        let workbook = read(&bytes, &name, &ReadOptions::default()).ok()?;
        Some(Self { name, bytes, workbook })
    }

    fn patch(&self, edits: &[SheetEdits]) -> Result<Patched, String> {
        let patched = patch(&self.bytes, &self.workbook, edits, &PatchOptions { unlock: true, ..Default::default() });
        patched.map_err(|failure| format!("{failure} {:?}", failure.diagnostics[0].args))
    }
}

fn text_at(at: CellRef) -> CellEdit {
    CellEdit { at, content: Content::Text(ANSWER.to_owned()), style_of: None }
}

/// The first sheet that holds anything.
fn first_sheet(workbook: &Workbook) -> Option<(usize, &Sheet)> {
    workbook.sheets.iter().enumerate().find(|(_, sheet)| !sheet.cells().is_empty())
}

/// One text cell in the middle of the first sheet.
fn one_cell(workbook: &Workbook) -> Option<SheetEdits> {
    let (index, sheet) = first_sheet(workbook)?;
    let texts: Vec<CellRef> =
        sheet.cells().iter().filter(|cell| cell.value == Value::Text).map(|cell| cell.at).collect();
    let at = *texts.get(texts.len() / 2)?;
    Some(SheetEdits { sheet: index, cells: vec![text_at(at)], ..SheetEdits::default() })
}

/// A new column right of everything, over every row from the first to the last and one beyond.
fn one_column(workbook: &Workbook) -> Option<SheetEdits> {
    let (index, sheet) = first_sheet(workbook)?;
    let extent = sheet.extent()?;
    let column = (extent.last.column + 1).min(MAX_COLUMNS - 1);
    let rows = extent.first.row.saturating_sub(1)..=extent.last.row.min(extent.first.row + 2000);
    Some(SheetEdits {
        sheet: index,
        cells: rows.map(|row| text_at(CellRef::new(row, column))).collect(),
        ..SheetEdits::default()
    })
}

type Cells = BTreeMap<(usize, CellRef), String>;

fn cells(workbook: &Workbook) -> Cells {
    let cell = |(index, sheet): (usize, &Sheet)| {
        sheet
            .cells()
            .iter()
            .map(|cell| {
                (
                    (index, cell.at),
                    format!("{:?} {:?} {} {}", cell.text.as_str(), cell.value, cell.style, cell.is_formula),
                )
            })
            .collect::<Vec<_>>()
    };
    workbook.sheets.iter().enumerate().flat_map(cell).collect()
}

/// The cells of a sheet by row and column.
type SheetCells = Vec<((u32, u32), Data)>;

/// The same by calamine, which some files are too much for.
fn other_cells(bytes: &[u8]) -> Option<BTreeMap<String, SheetCells>> {
    let outcome = std::panic::catch_unwind(|| {
        let mut book = calamine::Xlsx::new(Cursor::new(bytes)).ok()?;
        let names = book.sheet_names();
        names
            .into_iter()
            .map(|name| {
                let mut reader = book.worksheet_cells_reader(&name).ok()?;
                let mut cells = Vec::new();
                while let Some(cell) = reader.next_cell().ok()? {
                    cells.push((cell.get_position(), Data::from(cell.get_value().clone())));
                }
                Some((name, cells))
            })
            .collect()
    });
    outcome.ok().flatten()
}

fn check_parts(sample: &Sample, patched: &Patched) {
    let old = Package::open(&sample.bytes, &Limits::default()).unwrap();
    let new = Package::open(&patched.bytes, &Limits::default()).unwrap();
    assert_eq!(new.entries().len(), old.entries().len(), "{}", sample.name);
    for (entry, (name, state)) in old.entries().iter().zip(&patched.parts) {
        assert_eq!(&entry.name, name, "{}", sample.name);
        let other = new.entry(name).unwrap();
        let is_same =
            patched.bytes[other.local.start..other.data.end] == sample.bytes[entry.local.start..entry.data.end];
        assert_eq!(is_same, *state == PartState::Identical, "{} {name}", sample.name);
        if !is_same {
            let is_expected = name.contains("heet") || name.to_lowercase().contains("workbook");
            assert!(is_expected, "{} {name}", sample.name);
        }
    }
}

fn check_cells(sample: &Sample, edits: &SheetEdits, patched: &Patched) {
    let after = read(&patched.bytes, &sample.name, &ReadOptions::default()).unwrap();
    let recalculated: BTreeSet<(usize, CellRef)> = patched
        .recalculated
        .iter()
        .flat_map(|place| {
            let sheet = sample.workbook.sheets.iter().position(|sheet| sheet.name == place.sheet).unwrap();
            let Range { first, last } = place.range;
            (first.row..=last.row)
                .flat_map(move |row| (first.column..=last.column).map(move |column| (sheet, CellRef::new(row, column))))
        })
        .collect();
    let written: BTreeSet<(usize, CellRef)> = patched.outcomes[0]
        .iter()
        .filter(|outcome| outcome.refused.is_none())
        .map(|outcome| (edits.sheet, outcome.at))
        .collect();
    let is_untouched = |place: &(usize, CellRef)| !written.contains(place) && !recalculated.contains(place);
    let keep = |cells: Cells| -> Cells { cells.into_iter().filter(|(place, _)| is_untouched(place)).collect() };
    assert_eq!(keep(cells(&after)), keep(cells(&sample.workbook)), "{}", sample.name);
    for &(sheet, at) in &written {
        assert_eq!(after.sheets[sheet].text(at), ANSWER, "{} {at}", sample.name);
    }
    for &(sheet, at) in &recalculated {
        assert_eq!(after.sheets[sheet].text(at), "", "{} {at}", sample.name);
    }
    let (Some(before), Some(after)) = (other_cells(&sample.bytes), other_cells(&patched.bytes)) else { return };
    let index = |name: &str| sample.workbook.sheets.iter().position(|sheet| &*sheet.name == name);
    for (name, list) in before {
        let Some(index) = index(&name) else { continue };
        let keep = |list: &[((u32, u32), Data)]| -> BTreeMap<(u32, u32), Data> {
            let kept = list
                .iter()
                .filter(|(at, data)| *data != Data::Empty && is_untouched(&(index, CellRef::new(at.0, at.1))));
            kept.cloned().collect()
        };
        assert_eq!(keep(&after[&name]), keep(&list), "{} {name}", sample.name);
    }
}

fn check(sample: &Sample, edits: Option<SheetEdits>, counts: &mut BTreeMap<String, u32>) {
    let Some(edits) = edits else { return };
    match sample.patch(std::slice::from_ref(&edits)) {
        Ok(patched) => {
            check_parts(sample, &patched);
            check_cells(sample, &edits, &patched);
            *counts.entry("patched".to_owned()).or_default() += 1;
        }
        Err(reason) => {
            println!("{}: {reason}", sample.name);
            *counts.entry(reason).or_default() += 1;
        }
    }
}

#[test]
fn only_the_cells_written_differ() {
    let mut counts = BTreeMap::new();
    let files: Vec<PathBuf> = real_files::with_extensions(&["xlsx", "xlsm"]);
    let samples: Vec<Sample> = files.iter().filter_map(|path| Sample::open(path)).collect();
    for sample in &samples {
        let name = &sample.name;
        if let Ok(patched) = sample.patch(&[]) {
            assert!(patched.bytes == sample.bytes, "{name}");
        }
        check(sample, one_cell(&sample.workbook), &mut counts);
        check(sample, one_column(&sample.workbook), &mut counts);
    }
    println!("{} of {} files: {counts:?}", samples.len(), files.len());
    assert!(counts.keys().all(|outcome| outcome == "patched" || outcome.starts_with("patch-format")), "{counts:?}");
}

#[test]
fn notes_hang_on_their_cells_and_no_cell_differs() {
    let mut annotated = 0;
    for path in real_files::with_extensions(&["xlsx", "xlsm"]) {
        let Some(sample) = Sample::open(&path) else { continue };
        let Some((sheet, first)) = first_sheet(&sample.workbook) else { continue };
        let at = [first.cells()[0].at, first.cells().last().unwrap().at];
        let notes = at.map(|at| Note { sheet, at, text: format!("{at} を確認") });
        let out = match annotate(&sample.bytes, &sample.workbook, &notes, "secref", &Limits::default()) {
            Ok(out) => out,
            Err(failure) => {
                println!("{}: {failure}", sample.name);
                continue;
            }
        };
        let after = read(&out.bytes, &sample.name, &ReadOptions::default()).unwrap();
        assert_eq!(cells(&after), cells(&sample.workbook), "{}", sample.name);
        let said = |text: &str| after.sheets[sheet].comments.iter().any(|comment| comment.text.ends_with(text));
        for (number, note) in notes.iter().enumerate() {
            assert!(said(&note.text) || out.left_out.contains(&number), "{} {}", sample.name, note.at);
        }
        annotated += 1;
    }
    println!("{annotated} files annotated");
}
