//! Changes cells of an xlsx or xlsm and nothing else: sheet parts by cutting cells in, the zip by copying every other
//! entry as it is.
//!
//! Keeps what is right beside the cells themselves: values that formulas had worked out from a changed cell are taken
//! out, and the workbook is told to calculate them on load. Which answers go where, and whether a cell's value may be
//! replaced, is decided by `fill`.

mod cells;
mod layout;
pub(crate) mod markup;
mod splice;
mod xstring;

pub use cells::serial;
pub use xstring::{MAX_UNITS, utf16_units};

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::address::{CellRef, Range, SheetRange};
use crate::diagnostic::{Diagnostic, Failure};

use super::package::Package;
use super::package::splice::{NewPart, splice};
use super::{Format, Limits, Sheet, Workbook};
use cells::{Facts, Found, Op};
use layout::Layout;
use splice::Splices;

/// What is written into a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A text, which stays one whatever it begins with.
    Text(String),
    /// A number.
    Number(f64),
    /// A date: stored as one where the cell's style shows dates or `as_date` asks for it, else as ISO text.
    Date {
        /// The date.
        date: Date,
        /// Whether to store a date whatever the style, because the cell's validation wants one.
        as_date: bool,
    },
    /// Nothing; the cell keeps its style.
    Empty,
}

/// One cell to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct CellEdit {
    /// The cell; of merged cells any one.
    pub at: CellRef,
    /// What goes in.
    pub content: Content,
    /// The column of the same row whose style the cell takes; `None` keeps its own.
    pub style_of: Option<u32>,
}

/// Everything to be changed on one sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetEdits {
    /// Index into the workbook's sheets.
    pub sheet: usize,
    /// Cells to be written, in any order.
    pub cells: Vec<CellEdit>,
}

/// How a workbook is patched. Defaults: locked cells of protected sheets are left alone, the default [`Limits`].
#[derive(Clone, Debug, Default)]
pub struct PatchOptions {
    /// Whether locked cells of protected sheets are written. The protection itself stays.
    pub unlock: bool,
    /// How much of the file is taken in.
    pub limits: Limits,
}

/// Why a cell was not written.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It holds a formula, or the result of one.
    Formula,
    /// It is locked and its sheet protected.
    Locked,
    /// It is a header cell of a table, which must say what the table's column is called.
    TableHeader,
    /// Its text is longer than Excel's [`MAX_UNITS`].
    TooLong,
    /// Another edit writes something else into the same (merged) cell.
    Conflict,
}

impl Refusal {
    /// The code of the diagnostic that says so.
    pub fn code(self) -> &'static str {
        match self {
            Self::Formula => "cell-formula",
            Self::Locked => "cell-locked",
            Self::TableHeader => "cell-table-header",
            Self::TooLong => "text-too-long",
            Self::Conflict => "cell-conflict",
        }
    }
}

/// What came of one [`CellEdit`].
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The cell that was meant: the anchor where cells are merged.
    pub at: CellRef,
    /// Why it was left alone, if it was.
    pub refused: Option<Refusal>,
}

/// What became of a part of the package.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum PartState {
    /// Not a byte of it differs, compressed or not.
    Identical,
    /// Its content differs.
    Changed,
    /// It was not there.
    Added,
}

/// A patched workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Patched {
    /// The file.
    pub bytes: Vec<u8>,
    /// For each of the given [`SheetEdits`], what came of its cells, in their order.
    pub outcomes: Vec<Vec<Outcome>>,
    /// The formulas whose values were taken out, to be calculated on load.
    pub recalculated: Vec<SheetRange>,
    /// All entries of the package, in its order.
    pub parts: Vec<(String, PartState)>,
}

/// Changes cells of a workbook.
///
/// `workbook` is what [`read`](super::read()) made of the same bytes. Cells that cannot be written are left alone and told
/// in the outcomes; if none is written, the bytes are those given.
///
/// # Errors
///
/// `patch-format` (not xlsx or xlsm), `patch-encrypted`, `patch-signed` (a signature would break), `patch-part` (a
/// part is not well formed, or in an encoding that is not UTF-8), or what opening the package says.
pub fn patch(
    bytes: &[u8],
    workbook: &Workbook,
    edits: &[SheetEdits],
    options: &PatchOptions,
) -> Result<Patched, Failure> {
    let package = open(bytes, workbook, options)?;
    let mut outcomes = Vec::with_capacity(edits.len());
    let mut parts = Vec::new();
    for sheet_edits in edits {
        let sheet = &workbook.sheets[sheet_edits.sheet];
        let part = SheetPart::load(&package, sheet)?;
        let mut splices = Splices::default();
        outcomes.push(write_sheet(&part, workbook, sheet_edits, options, &mut splices)?);
        if !splices.is_empty() {
            parts.push(NewPart { name: part.name.clone(), content: part.finish(splices) });
        }
    }
    let bytes = splice(&package, &parts)?;
    Ok(Patched { bytes, outcomes, recalculated: Vec::new(), parts: part_states(&package, &parts) })
}

fn open<'a>(bytes: &'a [u8], workbook: &Workbook, options: &PatchOptions) -> Result<Package<'a>, Failure> {
    const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0";
    if !matches!(workbook.format, Format::Xlsx | Format::Xlsm) {
        return Err(Diagnostic::error("patch-format").into());
    }
    if bytes.starts_with(COMPOUND_FILE) {
        return Err(Diagnostic::error("patch-encrypted").into());
    }
    let package = Package::open(bytes, &options.limits)?;
    let mut names = package.entries().iter().map(|entry| entry.name.as_str());
    if let Some(signature) = names.find(|name| name.to_ascii_lowercase().starts_with("_xmlsignatures/")) {
        return Err(Diagnostic::error("patch-signed").arg("part", signature).into());
    }
    Ok(package)
}

/// A sheet's part, inflated.
struct SheetPart {
    name: String,
    content: Vec<u8>,
}

impl SheetPart {
    fn load(package: &Package<'_>, sheet: &Sheet) -> Result<Self, Failure> {
        let name = package.entry(&sheet.part).map_or_else(|| sheet.part.clone(), |entry| entry.name.clone());
        let content = package.part(&name)?;
        let is_wide = content.starts_with(b"\xFF\xFE") || content.starts_with(b"\xFE\xFF") || content.contains(&0);
        if is_wide || std::str::from_utf8(&content).is_err() {
            return Err(part_failure(&name, "encoding"));
        }
        Ok(Self { name, content })
    }

    fn layout(&self) -> Result<Layout<'_>, Failure> {
        Layout::read(&self.content).map_err(|_| part_failure(&self.name, "malformed"))
    }

    fn finish(&self, splices: Splices) -> Vec<u8> {
        splices.apply(&self.content)
    }
}

fn part_failure(part: &str, reason: &str) -> Failure {
    Diagnostic::error("patch-part").arg("part", part).arg("reason", reason).into()
}

/// Cuts a sheet's cells in and says what came of each.
fn write_sheet(
    part: &SheetPart,
    workbook: &Workbook,
    edits: &SheetEdits,
    options: &PatchOptions,
    splices: &mut Splices,
) -> Result<Vec<Outcome>, Failure> {
    let sheet = &workbook.sheets[edits.sheet];
    let layout = part.layout()?;
    let merges = Merges::of(sheet);
    let mut outcomes = Vec::with_capacity(edits.cells.len());
    let mut ops: BTreeMap<CellRef, (&CellEdit, Vec<usize>)> = BTreeMap::new();
    for (index, edit) in edits.cells.iter().enumerate() {
        let at = merges.anchor(edit.at);
        let refused = match ops.get_mut(&at) {
            _ if is_too_long(&edit.content) => Some(Refusal::TooLong),
            Some((other, _)) if other.content != edit.content => Some(Refusal::Conflict),
            Some((_, indexes)) => {
                indexes.push(index);
                None
            }
            None => {
                ops.insert(at, (edit, vec![index]));
                None
            }
        };
        outcomes.push(Outcome { at, refused });
    }
    let facts = Facts {
        styles: &workbook.styles,
        date_1904: workbook.date_1904,
        respects_locks: sheet.protected && !options.unlock,
        results: Vec::new(),
    };
    let list: Vec<Op<'_>> =
        ops.iter().map(|(&at, (edit, _))| Op { at, content: &edit.content, style_of: edit.style_of }).collect();
    let found =
        cells::write_cells(&layout, &list, &facts, splices).map_err(|_| part_failure(&part.name, "malformed"))?;
    for ((_, indexes), found) in ops.values().zip(found) {
        let refused = match found {
            Found::Written => None,
            Found::Formula => Some(Refusal::Formula),
            Found::Locked => Some(Refusal::Locked),
        };
        indexes.iter().for_each(|&index| outcomes[index].refused = refused);
    }
    Ok(outcomes)
}

fn is_too_long(content: &Content) -> bool {
    matches!(content, Content::Text(text) if text.len() > MAX_UNITS && utf16_units(text) > MAX_UNITS)
}

/// The merged cells of a sheet, for many look-ups.
pub(crate) struct Merges {
    by_row: Vec<Range>,
    tallest: u32,
}

impl Merges {
    pub(crate) fn of(sheet: &Sheet) -> Self {
        let mut by_row = sheet.merges.clone();
        by_row.sort_by_key(|range| range.first);
        let tallest = by_row.iter().map(|range| range.last.row - range.first.row).max().unwrap_or(0);
        Self { by_row, tallest }
    }

    /// The cell that holds the value shown at a place.
    pub(crate) fn anchor(&self, at: CellRef) -> CellRef {
        self.range(at).map_or(at, |range| range.first)
    }

    /// The merged range a cell belongs to.
    pub(crate) fn range(&self, at: CellRef) -> Option<Range> {
        let from = self.by_row.partition_point(|range| range.first.row < at.row.saturating_sub(self.tallest));
        let candidates = self.by_row[from..].iter().take_while(|range| range.first.row <= at.row);
        candidates.copied().find(|range| range.contains(at))
    }
}

fn part_states(package: &Package<'_>, parts: &[NewPart]) -> Vec<(String, PartState)> {
    let is_changed = |name: &str| parts.iter().any(|part| part.name == name);
    let old = package.entries().iter().map(|entry| {
        let state = if is_changed(&entry.name) { PartState::Changed } else { PartState::Identical };
        (entry.name.clone(), state)
    });
    let added = parts.iter().filter(|part| package.entry(&part.name).is_none());
    old.chain(added.map(|part| (part.name.clone(), PartState::Added))).collect()
}

#[cfg(test)]
mod tests {
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
        vec![SheetEdits { sheet: 0, cells: cells.iter().map(cell).collect() }]
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
}
