//! What the readers of all workbook formats share: a sheet as it grows cell by cell.
//!
//! A cell's text is a span of the sheet's own arena or a number of a shared string, so that cells can be read before
//! the strings are there; [`SheetBuilder::finish`] puts them together. Counts are held to the limits on the way.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::limits::Limits;
use super::number_format::{write_general, write_iso};
use super::strings::{RawRun, Strings, offset, offset_of};
use super::styles::Styles;
use super::{Cell, Run, Sheet, Value};
use crate::address::{CellRef, MAX_COLUMNS, MAX_ROWS, Range, SheetRange};
use crate::diagnostic::Diagnostic;
use crate::text::{SharedText, Text};

/// At most this many places are listed in one diagnostic; its count tells of all.
const LISTED: usize = 50;

/// What all sheets of a workbook share while they are read.
pub(super) struct Context<'a> {
    pub(super) styles: &'a Styles,
    pub(super) date_1904: bool,
    pub(super) limits: &'a Limits,
    cells: AtomicU64,
    merges: AtomicU64,
}

impl<'a> Context<'a> {
    pub(super) fn new(styles: &'a Styles, date_1904: bool, limits: &'a Limits) -> Self {
        Self { styles, date_1904, limits, cells: AtomicU64::new(0), merges: AtomicU64::new(0) }
    }
}

/// Where a cell's text is.
#[derive(Copy, Clone)]
enum Source {
    Shared(u32),
    Own(u32, u32),
}

/// A cell's place and what is known of it beside its value.
#[derive(Copy, Clone)]
pub(super) struct Place {
    pub(super) at: CellRef,
    pub(super) style: u32,
    pub(super) is_formula: bool,
}

/// A sheet as it grows.
#[derive(Default)]
pub(super) struct SheetBuilder {
    cells: Vec<Cell>,
    sources: Vec<Source>,
    /// Texts of cells; what is behind the last cell's text is the next one's.
    pub(super) arena: String,
    /// Where the next cell's text begins in the arena.
    start: u32,
    /// Runs of texts in the arena, by the number of the cell.
    runs: Vec<(u32, Vec<RawRun>)>,
    merges: Vec<Range>,
    hidden_rows: Vec<(u32, u32)>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
    pub(super) protected: bool,
    misplaced: Vec<String>,
    misplaced_count: usize,
}

impl SheetBuilder {
    /// Makes room for about so many cells.
    pub(super) fn reserve(&mut self, cells: usize) {
        self.cells.reserve_exact(cells);
        self.sources.reserve_exact(cells);
    }

    /// Notes an address that is none or lies outside a sheet.
    pub(super) fn misplaced(&mut self, address: impl Into<String>) {
        self.misplaced_count += 1;
        if self.misplaced.len() < LISTED {
            self.misplaced.push(address.into());
        }
    }

    /// Adds a cell that holds a shared string.
    pub(super) fn shared(&mut self, place: Place, index: u32, context: &Context<'_>) -> Result<(), Diagnostic> {
        self.arena.truncate(self.start as usize);
        self.push(place, Value::Text, Source::Shared(index), context)
    }

    /// Adds a cell whose text was just appended to the arena.
    #[inline]
    pub(super) fn own(
        &mut self,
        place: Place,
        value: Value,
        runs: Vec<RawRun>,
        context: &Context<'_>,
    ) -> Result<(), Diagnostic> {
        let end = offset(&self.arena);
        if end == self.start && !place.is_formula {
            return Ok(());
        }
        if !runs.is_empty() {
            self.runs.push((offset_of(self.cells.len()), runs));
        }
        let source = Source::Own(self.start, end);
        self.start = end;
        self.push(place, value, source, context)
    }

    /// Adds a cell that holds a number, shown in its format; `raw` is how the file writes it, if it does.
    #[inline]
    pub(super) fn number(
        &mut self,
        place: Place,
        number: f64,
        raw: &str,
        context: &Context<'_>,
    ) -> Result<(), Diagnostic> {
        let format = &context.styles.formats[place.style as usize];
        if place.style == 0 && !format.is_date {
            write_general(number, raw, &mut self.arena);
        } else {
            format.write(number, raw, context.date_1904, &mut self.arena);
        }
        let value = if format.is_date { Value::Date(number) } else { Value::Number(number) };
        self.own(place, value, Vec::new(), context)
    }

    /// Adds a cell that holds a date the file writes as one: in its format, or in ISO form if that is no date's.
    pub(super) fn date(&mut self, place: Place, serial: f64, context: &Context<'_>) -> Result<(), Diagnostic> {
        if context.styles.formats[place.style as usize].is_date {
            return self.number(place, serial, "", context);
        }
        write_iso(serial, context.date_1904, &mut self.arena);
        self.own(place, Value::Date(serial), Vec::new(), context)
    }

    /// Adds a cell that holds TRUE or FALSE.
    pub(super) fn bool(&mut self, place: Place, is_true: bool, context: &Context<'_>) -> Result<(), Diagnostic> {
        self.arena.push_str(if is_true { "TRUE" } else { "FALSE" });
        self.own(place, Value::Bool(is_true), Vec::new(), context)
    }

    /// How many cells there are so far.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Adds a cell that holds what another one holds, at a place made of that one's; it shares its text.
    pub(super) fn repeat(
        &mut self,
        index: usize,
        place: impl Fn(Place) -> Place,
        context: &Context<'_>,
    ) -> Result<(), Diagnostic> {
        let (cell, source) = (&self.cells[index], self.sources[index]);
        let copy = place(Place { at: cell.at, style: cell.style, is_formula: cell.is_formula });
        self.push(copy, cell.value, source, context)
    }

    fn push(&mut self, place: Place, value: Value, source: Source, context: &Context<'_>) -> Result<(), Diagnostic> {
        /// The count all sheets share is looked at once for so many cells.
        const STEP: u64 = 1024;
        let Place { at, style, is_formula } = place;
        self.cells.push(Cell { at, text: Text::new(), value, style, is_formula });
        self.sources.push(source);
        let limit = context.limits.cells;
        let is_due = (self.cells.len() as u64).is_multiple_of(STEP);
        if is_due && context.cells.fetch_add(STEP, Ordering::Relaxed) + STEP > limit {
            return Err(Diagnostic::error("limit-cells").arg("limit", limit));
        }
        Ok(())
    }

    /// Adds a merged range; one of a single cell is none.
    pub(super) fn merge(&mut self, range: Range, context: &Context<'_>) -> Result<(), Diagnostic> {
        let limit = context.limits.merges;
        if context.merges.fetch_add(1, Ordering::Relaxed) >= limit {
            return Err(Diagnostic::error("limit-merges").arg("limit", limit));
        }
        if !range.is_cell() {
            self.merges.push(range);
        }
        Ok(())
    }

    /// Says that a row is met, hidden or not.
    ///
    /// # Errors
    ///
    /// `limit-rows`.
    pub(super) fn row(&mut self, row: u32, is_hidden: bool, context: &Context<'_>) -> Result<(), Diagnostic> {
        if row >= context.limits.rows {
            return Err(Diagnostic::error("limit-rows").arg("limit", context.limits.rows));
        }
        if is_hidden {
            self.hide_rows(row, row);
        }
        Ok(())
    }

    pub(super) fn hide_rows(&mut self, first: u32, last: u32) {
        match self.hidden_rows.last_mut() {
            Some((_, before)) if *before + 1 == first => *before = last,
            _ => self.hidden_rows.push((first, last)),
        }
    }

    /// Puts the shared strings in and makes the sheet; what was wrong with cells goes to `diagnostics`.
    pub(super) fn finish(
        mut self,
        name: &Arc<str>,
        strings: &Strings,
        styles: &Styles,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Sheet {
        let arena = SharedText::from(std::mem::take(&mut self.arena));
        let mut runs = self.own_runs(&arena, styles);
        let mut dangling = Vec::new();
        for (cell, source) in self.cells.iter_mut().zip(&self.sources) {
            match *source {
                Source::Own(start, end) => cell.text = arena.substr(start as usize..end as usize),
                Source::Shared(index) => match strings.get(index) {
                    Some(text) => {
                        cell.text = text;
                        if let Some((raw, start)) = strings.runs_of(index) {
                            runs.push((cell.at, resolved_runs(raw, start, &cell.text, cell.style, styles)));
                        }
                    }
                    None => dangling.push(SheetRange::new(name, cell.at)),
                },
            }
        }
        self.sources = Vec::new();
        runs.sort_by_key(|(at, _)| *at);
        runs.dedup_by_key(|(at, _)| *at);
        self.cells.retain(|cell| cell.is_formula || !cell.text.is_empty());
        let read = self.cells.len();
        let mut sheet = Sheet::new(Arc::clone(name), std::mem::take(&mut self.cells));
        self.report(name, read - sheet.cells().len(), &dangling, diagnostics);
        if strings.has_lost_characters || arena.contains('\u{FFFD}') {
            diagnostics.extend(super::lost_characters(&sheet));
        }
        sheet.runs = runs;
        sheet.merges = self.merges;
        sheet.hidden_rows = self.hidden_rows;
        sheet.hidden_columns = self.hidden_columns;
        sheet.protected = self.protected;
        sheet
    }

    fn own_runs(&self, arena: &str, styles: &Styles) -> Vec<(CellRef, Vec<Run>)> {
        let resolve = |(index, raw): &(u32, Vec<RawRun>)| {
            let cell = &self.cells[*index as usize];
            let Source::Own(start, end) = self.sources[*index as usize] else { return (cell.at, Vec::new()) };
            let text = &arena[start as usize..end as usize];
            (cell.at, resolved_runs(raw, start, text, cell.style, styles))
        };
        self.runs.iter().map(resolve).collect()
    }

    fn report(&self, name: &Arc<str>, twice: usize, dangling: &[SheetRange], diagnostics: &mut Vec<Diagnostic>) {
        if self.misplaced_count > 0 {
            let diagnostic = Diagnostic::error("cell-misplaced").arg("sheet", &**name);
            let diagnostic = diagnostic.arg("addresses", self.misplaced.clone());
            diagnostics.push(diagnostic.arg("count", self.misplaced_count));
        }
        if twice > 0 {
            diagnostics.push(Diagnostic::warning("cell-twice").arg("sheet", &**name).arg("count", twice));
        }
        if !dangling.is_empty() {
            let diagnostic = Diagnostic::error("string-missing").at_all(dangling.iter().take(LISTED));
            diagnostics.push(diagnostic.arg("count", dangling.len()));
        }
    }
}

/// Whether a place lies on a sheet.
pub(super) fn is_on_sheet(at: CellRef) -> bool {
    at.row < MAX_ROWS && at.column < MAX_COLUMNS
}

/// Runs of a cell in characters of its text; a run without properties takes the cell's font.
fn resolved_runs(raw: &[RawRun], start: u32, text: &str, style: u32, styles: &Styles) -> Vec<Run> {
    let own = styles.cells[style as usize].font;
    let mut runs = Vec::with_capacity(raw.len());
    let (mut byte, mut character) = (0, 0);
    for run in raw {
        let end_byte = (run.end - start) as usize;
        let end = character + text[byte..end_byte].chars().count() as u32;
        if end > character {
            runs.push(Run { start: character, end, font: run.font.unwrap_or(own) });
        }
        (byte, character) = (end_byte, end);
    }
    runs
}
