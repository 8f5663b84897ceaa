//! Changes cells of an xlsx or xlsm and nothing else: sheet parts by cutting cells in, the zip by copying every other
//! entry as it is.
//!
//! Keeps what is right beside the cells themselves: values that formulas had worked out from a changed cell are taken
//! out, and the workbook is told to calculate them on load. Which answers go where, and whether a cell's value may be
//! replaced, is decided by `fill`.

mod book;
mod cells;
mod dependants;
mod formula;
mod formulas;
mod layout;
pub(crate) mod markup;
mod notes;
mod outside;
mod part;
mod splice;
mod structure;
mod xstring;

#[cfg(test)]
mod tests;

pub use cells::serial;
pub use notes::{Annotated, Note, annotate};
pub use outside::{Frame, Outside};
pub use structure::{DropDown, MAX_LIST_UNITS};
pub use xstring::{MAX_UNITS, utf16_units};

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::address::{CellRef, Range, SheetRange};
use crate::diagnostic::{Diagnostic, Failure};

use super::package::Package;
use super::package::splice::{NewPart, splice};
use super::ranges::RangeIndex;
use super::{Format, Limits, Sheet, Workbook};
use book::{Names, Table};
use cells::{Facts, Found, Op};
use dependants::Graph;
use formulas::Formula;
pub(crate) use part::Part;
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

/// Everything to be changed on one sheet. A sheet has one of these at most.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetEdits {
    /// Index into the workbook's sheets.
    pub sheet: usize,
    /// Cells to be written, in any order.
    pub cells: Vec<CellEdit>,
    /// Cells to be merged; they meet no merged cells that are there already.
    pub merges: Vec<Range>,
    /// Widths in characters of columns (zero-based, in order), which are shown.
    pub widths: Vec<(u32, f64)>,
    /// Lists to choose from.
    pub drop_downs: Vec<DropDown>,
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
    /// What ends left of columns that were added: print area, filter, tables.
    pub outside: Vec<Outside>,
}

/// Changes cells of a workbook.
///
/// `workbook` is what [`read`](super::read()) made of the same bytes. Cells that cannot be written are left alone and told
/// in the outcomes; if none is written, the bytes are those given.
///
/// # Errors
///
/// `patch-format` (not xlsx or xlsm), `patch-encrypted`, `patch-signed` (a signature would break), `patch-part` (a
/// part is not well formed, or in an encoding that is neither UTF-8 nor UTF-16), or what opening the package says.
pub fn patch(
    bytes: &[u8],
    workbook: &Workbook,
    edits: &[SheetEdits],
    options: &PatchOptions,
) -> Result<Patched, Failure> {
    let package = open(bytes, workbook, options)?;
    let mut work = Work::new(&package, workbook, edits)?;
    let mut outcomes = Vec::with_capacity(edits.len());
    for sheet_edits in edits {
        outcomes.push(work.write(sheet_edits, options)?);
    }
    let outside = work.outside(edits)?;
    let recalculated = work.forget_stale_values(edits, &outcomes)?;
    let parts = work.finish();
    let bytes = splice(&package, &parts)?;
    Ok(Patched { bytes, outcomes, recalculated, parts: part_states(&package, &parts), outside })
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

fn part_failure(part: &str, reason: &str) -> Failure {
    Diagnostic::error("patch-part").arg("part", part).arg("reason", reason).into()
}

/// A workbook being patched: its parts as far as they are needed, and the cuts made in them.
struct Work<'a> {
    package: &'a Package<'a>,
    workbook: &'a Workbook,
    book: Part,
    book_cuts: Splices,
    names: Names,
    sheets: Vec<SheetWork>,
}

/// One sheet being patched.
#[derive(Default)]
struct SheetWork {
    /// The part; inflated only while it is needed.
    part: Option<Part>,
    formulas: Vec<Formula>,
    cuts: Splices,
}

impl<'a> Work<'a> {
    fn new(package: &'a Package<'a>, workbook: &'a Workbook, edits: &[SheetEdits]) -> Result<Self, Failure> {
        let root = package.relationships("")?;
        let book = root.of_kind("officeDocument").next().map_or("xl/workbook.xml", |found| &found.target);
        let book = Part::load(package, book)?;
        let names = Names::read(package, &book, workbook)?;
        let mut sheets = Vec::with_capacity(workbook.sheets.len());
        for (index, sheet) in workbook.sheets.iter().enumerate() {
            let is_edited = edits.iter().any(|edits| edits.sheet == index);
            sheets.push(SheetWork::load(package, sheet, is_edited)?);
        }
        Ok(Self { package, workbook, book, book_cuts: Splices::default(), names, sheets })
    }

    /// Cuts a sheet's cells in and says what came of each.
    fn write(&mut self, edits: &SheetEdits, options: &PatchOptions) -> Result<Vec<Outcome>, Failure> {
        let sheet = &self.workbook.sheets[edits.sheet];
        let SheetWork { part, formulas, cuts } = &mut self.sheets[edits.sheet];
        let part = part.as_ref().expect("the part of an edited sheet is loaded");
        let headers = self.names.tables_on(edits.sheet).filter_map(Table::header);
        let plan = Plan::new(edits, sheet, &headers.collect::<Vec<_>>());
        let facts = Facts {
            styles: &self.workbook.styles,
            date_1904: self.workbook.date_1904,
            respects_locks: sheet.protected && !options.unlock,
            results: formulas.iter().filter_map(|formula| formula.results).collect(),
        };
        let layout = part.worksheet()?;
        let found = cells::write_cells(&layout, &plan.ops(), &facts, cuts).and_then(|found| {
            structure::add_merges(&layout, &edits.merges, cuts)?;
            structure::set_widths(&layout, &edits.widths, cuts)?;
            structure::add_drop_downs(&layout, &edits.drop_downs, cuts)?;
            Ok(found)
        });
        Ok(plan.outcomes(found.map_err(|_| part_failure(&part.name, "malformed"))?))
    }

    /// What ends left of the columns that are added to a sheet.
    fn outside(&self, edits: &[SheetEdits]) -> Result<Vec<Outside>, Failure> {
        let mut found = Vec::new();
        for edits in edits.iter().filter(|edits| !edits.widths.is_empty()) {
            let sheet = &self.workbook.sheets[edits.sheet];
            let part = self.sheets[edits.sheet].part.as_ref().expect("the part of an edited sheet is loaded");
            let columns: Vec<u32> = edits.widths.iter().map(|&(column, _)| column).collect();
            found.extend(outside::outside(sheet, edits.sheet, &part.worksheet()?, &self.names, &columns));
        }
        Ok(found)
    }

    /// Takes out what formulas had worked out from cells that are now different, and lists these formulas.
    fn forget_stale_values(
        &mut self,
        edits: &[SheetEdits],
        outcomes: &[Vec<Outcome>],
    ) -> Result<Vec<SheetRange>, Failure> {
        let written = edits.iter().zip(outcomes).flat_map(|(edits, outcomes)| {
            outcomes.iter().filter(|outcome| outcome.refused.is_none()).map(move |outcome| (edits.sheet, outcome.at))
        });
        let written: Vec<(usize, CellRef)> = written.collect();
        let formulas: Vec<Vec<Formula>> =
            self.sheets.iter_mut().map(|sheet| std::mem::take(&mut sheet.formulas)).collect();
        let stale = Graph::new(&formulas, &self.names).dependants(&written);
        if stale.is_empty() {
            return Ok(Vec::new());
        }
        book::calculate_on_load(&self.book, &mut self.book_cuts)?;
        for (sheet, formula) in &stale {
            let cuts = &mut self.sheets[*sheet].cuts;
            formula.cached.iter().for_each(|cut| cuts.remove(cut.clone()));
        }
        for (work, sheet) in self.sheets.iter_mut().zip(&self.workbook.sheets) {
            if work.part.is_none() && !work.cuts.is_empty() {
                work.part = Some(Part::load(self.package, &sheet.part)?);
            }
        }
        let emptied = stale.iter().filter(|(_, formula)| !formula.cached.is_empty());
        let cells: Vec<(usize, CellRef)> = emptied.map(|(sheet, formula)| (*sheet, formula.at)).collect();
        let place = |(sheet, range): (usize, Range)| SheetRange::new(&self.workbook.sheets[sheet].name, range);
        Ok(dependants::stretches(&cells).into_iter().map(place).collect())
    }

    /// The parts that changed.
    fn finish(self) -> Vec<NewPart> {
        let book = (Some(self.book), self.book_cuts);
        let sheets = self.sheets.into_iter().map(|sheet| (sheet.part, sheet.cuts));
        let changed = std::iter::once(book).chain(sheets).filter(|(_, cuts)| !cuts.is_empty());
        let finished = changed.filter_map(|(part, cuts)| {
            let part = part?;
            Some(NewPart { content: part.finish(cuts), name: part.name })
        });
        finished.collect()
    }
}

impl SheetWork {
    fn load(package: &Package<'_>, sheet: &Sheet, is_edited: bool) -> Result<Self, Failure> {
        if !is_edited && package.entry(&sheet.part).is_none() {
            return Ok(Self::default());
        }
        let part = Part::load(package, &sheet.part)?;
        let layout = match part.worksheet() {
            Ok(layout) => layout,
            Err(failure) if is_edited => return Err(failure),
            // A dialog or macro sheet; a worksheet in disorder is told from it by its root.
            Err(failure) => {
                return if part.is_worksheet() { Err(failure) } else { Ok(Self::default()) };
            }
        };
        let formulas = formulas::formulas(&layout).map_err(|_| part_failure(&part.name, "malformed"))?;
        Ok(Self { part: is_edited.then_some(part), formulas, cuts: Splices::default() })
    }
}

/// The edits of a sheet gathered by the cell they really mean.
struct Plan<'a> {
    outcomes: Vec<Outcome>,
    /// Each cell with its edit and the places in `outcomes` that it answers for.
    cells: BTreeMap<CellRef, (&'a CellEdit, Vec<usize>)>,
}

impl<'a> Plan<'a> {
    fn new(edits: &'a SheetEdits, sheet: &Sheet, headers: &[Range]) -> Self {
        let merges = Merges::of(sheet);
        let mut plan = Self { outcomes: Vec::with_capacity(edits.cells.len()), cells: BTreeMap::new() };
        for (index, edit) in edits.cells.iter().enumerate() {
            let at = merges.anchor(edit.at);
            let refused = if is_too_long(&edit.content) {
                Some(Refusal::TooLong)
            } else if headers.iter().any(|header| header.contains(at)) {
                Some(Refusal::TableHeader)
            } else {
                let (first, indexes) = plan.cells.entry(at).or_insert((edit, Vec::new()));
                let agrees = first.content == edit.content;
                if agrees {
                    indexes.push(index);
                }
                (!agrees).then_some(Refusal::Conflict)
            };
            plan.outcomes.push(Outcome { at, refused });
        }
        plan
    }

    fn ops(&self) -> Vec<Op<'_>> {
        let op = |(&at, (edit, _)): (&CellRef, &(&'a CellEdit, Vec<usize>))| Op {
            at,
            content: &edit.content,
            style_of: edit.style_of,
        };
        self.cells.iter().map(op).collect()
    }

    fn outcomes(mut self, found: Vec<Found>) -> Vec<Outcome> {
        for ((_, indexes), found) in self.cells.into_values().zip(found) {
            let refused = match found {
                Found::Written => None,
                Found::Formula => Some(Refusal::Formula),
                Found::Locked => Some(Refusal::Locked),
            };
            indexes.into_iter().for_each(|index| self.outcomes[index].refused = refused);
        }
        self.outcomes
    }
}

fn is_too_long(content: &Content) -> bool {
    matches!(content, Content::Text(text) if text.len() > MAX_UNITS && utf16_units(text) > MAX_UNITS)
}

/// The merged cells of a sheet, for many look-ups.
pub(crate) struct Merges {
    merges: RangeIndex<()>,
}

impl Merges {
    pub(crate) fn of(sheet: &Sheet) -> Self {
        Self { merges: RangeIndex::new(sheet.merges.iter().map(|&range| (range, ()))) }
    }

    /// The cell that holds the value shown at a place.
    pub(crate) fn anchor(&self, at: CellRef) -> CellRef {
        self.range(at).map_or(at, |range| range.first)
    }

    /// The merged range a cell belongs to.
    pub(crate) fn range(&self, at: CellRef) -> Option<Range> {
        self.merges.first(at).map(|(range, ())| range)
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
