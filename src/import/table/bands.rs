//! Band and heading rows, and what they give to the items below them.

use super::reader::{Progress, Reading, TableReader};
use super::words::fits_any;
use crate::address::{CellRef, Range, SheetRange};
use crate::diagnostic::Diagnostic;
use crate::import::grouping::{Band, Shape};
use crate::import::items::Values;
use crate::import::rows::Row;
use crate::import::value::{line_text, value};
use crate::text::fold::heading_key;
use crate::workbook::Cell;

/// A value beside a heading that is one word, such as 対象外.
const WORD_CHARS: usize = 10;

/// The cells of a band row, told apart.
struct BandCells<'a> {
    /// What says how deep the heading stands, left of it.
    depth: Option<&'a Cell>,
    /// What numbers the heading, left of it (`V1`, アーキテクチャ…); the most significant first.
    numbers: Vec<&'a Cell>,
    heading: &'a Cell,
    /// What else the row holds.
    beside: Vec<&'a Cell>,
}

impl<'a> BandCells<'a> {
    /// The cell whose looks tell the level of the band.
    fn first(&self) -> &'a Cell {
        self.depth.or(self.numbers.first().copied()).unwrap_or(self.heading)
    }

    fn shape(&self) -> Shape {
        let first = self.first();
        if self.depth.is_some() { Shape::of_depth(first) } else { Shape::new(first.at.column, &first.text) }
    }

    /// Number and heading as one line.
    fn title(&self) -> String {
        let number = self.numbers.first().into_iter();
        number.chain([&self.heading]).map(|cell| cell.text.trim()).collect::<Vec<_>>().join(" ")
    }
}

impl<'a> TableReader<'a> {
    /// Reads a band or heading row; what it holds beside its heading is said and stays a line of the catalog.
    pub(super) fn band(&self, row: &Row<'a>, progress: &mut Progress, reading: &mut Reading) {
        let cells = self.band_cells(row);
        if !cells.beside.is_empty() {
            let values: Vec<SheetRange> = cells.beside.iter().map(|cell| self.place(cell.at)).collect();
            reading.findings.push(Diagnostic::note("band-values").at_all(&values).arg("band", cells.title()));
        }
        let is_numbered = self.columns.ids.len() > 1 && !cells.numbers.is_empty();
        let level = if is_numbered { Some(cells.numbers.len() - 1) } else { self.band_level(cells.first()) };
        // A row with values of its own (an example, a legend) is no heading of what stands below it; one word such as
        // 対象外 beside a heading makes it none.
        let is_word = |text: &str| text.trim().chars().count() <= WORD_CHARS;
        let is_word_beside = matches!(cells.beside.as_slice(), [only] if is_word(&only.text));
        if cells.beside.is_empty() || is_word_beside || level.is_some() || self.fits_band(cells.first()) {
            self.begin_band(&cells, row, level, progress, reading);
        }
        progress.end_item();
        progress.pending.push(self.line(row));
    }

    /// Reads a heading of the header as a band over the rows below.
    pub(super) fn header_band(&self, heading: &'a Cell, progress: &mut Progress, reading: &mut Reading) {
        let row = Row::of_one(heading);
        let cells = BandCells { depth: None, numbers: Vec::new(), heading, beside: Vec::new() };
        self.begin_band(&cells, &row, None, progress, reading);
        progress.end_item();
        progress.pending.push(self.line(&row));
    }

    /// Begins a band at the level it is known to have, else at the one its looks tell.
    fn begin_band(
        &self,
        cells: &BandCells<'a>,
        row: &Row<'a>,
        level: Option<usize>,
        progress: &mut Progress,
        reading: &mut Reading,
    ) {
        let span = row.span(cells.heading.at);
        let Some(value) = value(cells.heading, span, &self.sheet.name, &self.marking) else { return };
        let number = cells.numbers.last().and_then(|cell| line_text(cell));
        if let Some(number) = &number {
            reading.band_titles.push((number.clone(), value.text.clone()));
        }
        let band = Band::new(value, number, cells.shape());
        match level {
            Some(level) => progress.bands.begin_at(level, band),
            None => progress.bands.begin(band),
        }
    }

    /// The cells of a band row, without those that only repeat the header.
    fn band_cells(&self, row: &Row<'a>) -> BandCells<'a> {
        // A header repeated with the group's title in place of its first heading says nothing but that title, though it
        // may head columns that the header above left without a heading.
        let is_header = row.filled().count() >= 3 && row.filled().any(|cell| self.repeats_heading(cell));
        let title = row.filled().next().map(|cell| cell.at);
        let says_nothing = |cell: &Cell| {
            self.repeats_heading(cell) || is_header && Some(cell.at) != title && self.heading(cell).is_empty()
        };
        let own: Vec<&Cell> = row.filled().filter(|cell| !says_nothing(cell)).collect();
        let mut numbers = if own.is_empty() { row.filled().collect() } else { own };
        if self.begins_with_depth(row, &numbers) {
            let (depth, heading) = (numbers.remove(0), numbers.remove(0));
            return BandCells { depth: Some(depth), numbers: Vec::new(), heading, beside: numbers };
        }
        let mut rest = numbers.split_off(self.count_numbers(row, &numbers));
        let heading = rest.remove(0);
        BandCells { depth: None, numbers, heading, beside: rest }
    }

    /// Whether a band begins with the depth it stands at and not with its number: the row below has another one there.
    fn begins_with_depth(&self, row: &Row<'a>, cells: &[&Cell]) -> bool {
        let is_digit = |text: &str| matches!(text.trim().as_bytes(), [b'0'..=b'9']);
        let [first, _, ..] = cells else { return false };
        let is_of_id = || self.columns.slot(first.at.column).is_some_and(|slot| self.columns.ids.contains(&slot));
        let below = || self.sheet.rows_from(row.number + 1).next().map(|(_, cells)| cells);
        let is_other = |cell: &Cell| {
            let is_there = cell.at.column == first.at.column;
            is_there && is_digit(&cell.text) && cell.text.trim() != first.text.trim()
        };
        is_digit(&first.text) && !is_of_id() && below().is_some_and(|cells| cells.iter().any(is_other))
    }

    /// How many of a band's first cells hold its number, where a heading stands beside it.
    fn count_numbers(&self, row: &Row<'a>, cells: &[&Cell]) -> usize {
        let ids: Vec<CellRef> = self.columns.ids.iter().filter_map(|&slot| Some(self.cell_of(row, slot)?.at)).collect();
        let count = cells.iter().take_while(|cell| ids.contains(&cell.at)).count();
        // A number outside the id's columns that has nothing but a heading beside it.
        let is_bare = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_numeric() || c == '.' || c == '．');
        match (count, cells) {
            (0, [first, _]) if is_bare(first.text.trim()) => 1,
            (count, cells) if count < cells.len() => count,
            _ => 0,
        }
    }

    /// The level a template gives to the column a band stands in, 0 the outermost.
    pub(super) fn band_level(&self, first: &Cell) -> Option<usize> {
        let key = &self.table.columns[self.columns.slot(first.at.column)?].key;
        self.layout.rows.bands.columns.iter().position(|known| **known == **key)
    }

    pub(super) fn repeats_heading(&self, cell: &Cell) -> bool {
        let heading = self.columns.slot(cell.at.column).map(|slot| &self.table.columns[slot].label);
        heading.is_some_and(|label| heading_key(label) == heading_key(&cell.text))
    }

    /// Whether a row is the header again, but for the column of the ids: what stands there is the title of a group.
    pub(super) fn repeats_header_but(&self, id: u32, cells: &[Cell]) -> bool {
        let filled = || cells.iter().filter(|cell| !crate::text::is_blank(&cell.text));
        let is_again = |cell: &Cell| cell.text.trim() == self.heading(cell);
        // Every row of the table is asked, and most say no at their second cell.
        filled().all(|cell| match cell.at.column == id {
            true => !is_again(cell),
            false => is_again(cell) || self.heading(cell).is_empty(),
        }) && filled().any(|cell| cell.at.column == id)
            && filled().any(is_again)
            && filled().count() >= 3
    }

    /// What stands in the header's lowest row over a cell; empty over a column without a heading.
    fn heading(&self, cell: &Cell) -> &'a str {
        self.sheet.text(CellRef::new(self.table.header.last.row, cell.at.column)).trim()
    }

    pub(super) fn fits_band(&self, cell: &Cell) -> bool {
        let patterns = &self.layout.rows.bands.patterns;
        !patterns.is_empty() && cell.text.len() <= 400 && fits_any(patterns, &cell.text)
    }

    /// Whether a merged cell covers at least half of the table's width, and more than one column.
    pub(super) fn is_wide(&self, span: Range) -> bool {
        let width = |first: u32, last: u32| last - first + 1;
        let covered = self
            .table
            .columns
            .iter()
            .filter(|column| column.column >= span.first.column && column.last_column <= span.last.column);
        width(span.first.column, span.last.column) > 1 && covered.count() * 2 >= self.table.columns.len()
    }

    /// Gives an item what was merged or filled down from above, and its bands.
    pub(super) fn inherit(&self, row: u32, values: &mut Values, progress: &mut Progress, reading: &mut Reading) {
        progress.merged_down.retain(|&(_, until, _)| until >= row);
        for (field, _, value) in &progress.merged_down {
            values[*field].get_or_insert_with(|| value.clone());
        }
        self.fill_down(values, progress, reading);
        let (major, middle) = self.band_fields;
        let mut give = |field: usize, band: &Band| {
            if field >= values.len() {
                values.resize(self.width + 2, None);
            }
            values[field].get_or_insert_with(|| band.value.clone());
        };
        if let (Some(field), Some(band)) = (major, &progress.bands.major) {
            reading.has_major = true;
            give(field, band);
        }
        if let (Some(field), Some(band)) = (middle, &progress.bands.middle) {
            reading.has_middle = true;
            give(field, band);
        }
    }

    /// Gives an item what was given once above. A level given anew ends those below it, which the template names later.
    fn fill_down(&self, values: &mut Values, progress: &mut Progress, reading: &mut Reading) {
        let mut is_ended = false;
        for field in self.layout.rows.fill_down.iter().filter_map(|key| self.field_of(key)) {
            let above = progress.filled_down.iter().position(|(known, _)| *known == field);
            if let Some(value) = &values[field] {
                is_ended |= above.is_none_or(|above| progress.filled_down[above].1.text != value.text);
                progress.filled_down.retain(|(known, _)| *known != field);
                progress.filled_down.push((field, value.clone()));
            } else if let Some(above) = above {
                if is_ended {
                    progress.filled_down.remove(above);
                } else {
                    values[field] = Some(progress.filled_down[above].1.clone());
                    *reading.filled_down.entry(field).or_default() += 1;
                }
            }
        }
    }
}
