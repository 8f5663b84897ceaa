//! What a row is: an item, more of the item above, a band, a note, or nothing that can be understood.

use super::reader::{Progress, TableReader};
use super::words::{is_copyright, is_footnote, is_total_word, is_word, looks_like_number};
use crate::catalog::id::{IdContext, Outcome, ParsedId, Scheme};
use crate::diagnostic::Diagnostic;
use crate::import::rows::Row;
use crate::template::Continuation;
use crate::text::{Text, is_blank};
use crate::workbook::Cell;

/// What a row turned out to be.
pub(super) enum Kind<'a> {
    /// An item, or several.
    Item(&'a Cell, Box<ParsedId>),
    /// A further row of the item above.
    Continues(Option<Text>),
    /// A band or heading row.
    Band,
    /// A footnote or legend.
    Note,
    /// A sum over the rows above.
    Total,
    /// The header of another table, which begins here.
    OtherTable,
    /// Nothing that can be understood; the diagnostics say why.
    Unreadable(Vec<Diagnostic>),
}

/// A longer text is no heading.
const HEADING_CHARS: usize = 120;

/// The columns of a row that hold more than blanks.
pub(super) fn columns_of(cells: &[Cell]) -> Vec<u32> {
    cells.iter().filter(|cell| !is_blank(&cell.text)).map(|cell| cell.at.column).collect()
}

impl<'a> TableReader<'a> {
    pub(super) fn kind(&self, row: &Row<'a>, progress: &mut Progress) -> Kind<'a> {
        let mut filled = row.filled();
        let first = filled.next().expect("the row holds something");
        let is_alone = filled.next().is_none();
        if is_alone && is_footnote(&first.text) || is_copyright(&first.text) {
            return Kind::Note;
        }
        if is_alone && self.is_wide(row.span(first.at)) || self.fits_band(first) {
            return Kind::Band;
        }
        if self.is_total(first) {
            return Kind::Total;
        }
        match self.id_cell(row) {
            Some(cell) if self.layout.id.numbered => self.kind_by_count(row, cell, progress),
            Some(cell) => self.kind_by_id(row, cell, is_alone, progress),
            None => self.kind_without_id(row, first, is_alone, progress),
        }
    }

    /// Whether a row begins, in the id column or left of it, with a word for a sum.
    fn is_total(&self, first: &Cell) -> bool {
        let last_id = self.columns.ids.last().map_or(0, |&id| self.table.columns[id].last_column);
        first.at.column <= last_id && is_total_word(&first.text)
    }

    /// A row that gets the next number, unless it is a heading among rows that say more. What is answered in it says
    /// nothing of that, and what is given once or merged down over it is said of it as well.
    fn kind_by_count(&self, row: &Row<'a>, cell: &'a Cell, progress: &mut Progress) -> Kind<'a> {
        let is_answer = |cell: &Cell| {
            let column = self.columns.slot(cell.at.column).map(|slot| &self.table.columns[slot]);
            column.is_some_and(|column| column.role.is_answer())
        };
        let is_alone = row.filled().filter(|cell| !is_answer(cell)).count() == 1;
        let is_covered = !self.layout.rows.fill_down.is_empty()
            || progress.merged_down.iter().any(|(_, until, _)| *until >= row.number);
        if is_alone && !is_covered && !self.mostly_alone {
            return Kind::Band;
        }
        progress.numbered += 1;
        let parsed = Scheme::Opaque.parse(&progress.numbered.to_string(), &IdContext::default());
        Kind::Item(cell, Box::new(parsed))
    }

    pub(super) fn kind_by_id(
        &self,
        row: &Row<'a>,
        cell: &'a Cell,
        is_alone: bool,
        progress: &mut Progress,
    ) -> Kind<'a> {
        let text = self.id_text(row, cell, progress);
        if self.is_id_heading(&text) {
            let cells = row.filled().count();
            let repeated = row.filled().filter(|cell| self.repeats_heading(cell)).count();
            return if cells >= 3 && repeated * 2 < cells { Kind::OtherTable } else { Kind::Band };
        }
        if self.heads_lower_numbers(row) {
            return Kind::Band;
        }
        if let Some(label) = self.part_label(&text, progress) {
            return Kind::Continues(Some(label));
        }
        if is_alone && !self.mostly_alone && self.scheme != Scheme::Fisc {
            let is_gap = progress.last_row.is_none_or(|last| row.number > last + 1);
            let is_named = looks_like_number(&text) || (is_word(&text) && !progress.current.is_empty());
            if is_gap || !is_named {
                return Kind::Band;
            }
        }
        let parsed = self.parse(row, cell, &text, progress);
        match &parsed.outcome {
            Outcome::One(id) if self.is_stray_word(id, row, progress) => Kind::Band,
            Outcome::One(_) | Outcome::Several(_) => Kind::Item(cell, Box::new(parsed)),
            Outcome::Error(_) => Kind::Unreadable(parsed.diagnostics(&text, &self.place(cell.at))),
            Outcome::NotAnId | Outcome::Blank if is_alone || row.filled().count() <= 3 => Kind::Band,
            Outcome::NotAnId | Outcome::Blank => Kind::Unreadable(vec![
                Diagnostic::error("row-not-understood").at(self.place(cell.at)).arg("text", text.into_owned()),
            ]),
        }
    }

    /// Whether a text is the heading of the ids, but for a dot: another table's header (`No` below `No.`).
    fn is_id_heading(&self, text: &str) -> bool {
        let [only] = self.columns.ids.as_slice() else { return false };
        let bare = |text: &str| text.trim_end_matches(['.', '．']).to_lowercase();
        let label = self.table.columns[*only].label.as_str();
        // An id ends in a digit more often than not, and a heading has none.
        !text.ends_with(|c: char| c.is_ascii_digit())
            && !text.contains(char::is_numeric)
            && bare(text.trim()) == bare(label.rsplit(" > ").next().unwrap_or(label))
    }

    /// Whether an id over several columns lacks its last part, as the heading of the numbers below it does. Of two
    /// parts the second may be a branch number that only some items have: then the row says more than a title.
    pub(super) fn heads_lower_numbers(&self, row: &Row<'a>) -> bool {
        let [.., last] = self.columns.ids.as_slice() else { return false };
        let lacks_last = self.columns.ids.len() > 1 && self.cell_of(row, *last).is_none();
        let parts = self.columns.ids.iter().filter(|&&slot| self.cell_of(row, slot).is_some()).count();
        lacks_last && (self.columns.ids.len() > 2 || row.filled().count() <= parts + 1)
    }

    /// A word where the table's ids have digits: a legend's or an example's. Short names such as `AAL` among `AFL-1.1`
    /// are ids like the others, unless hardly any other id is a name, the row is the header again, or no item stands right
    /// above: a legend stands apart.
    fn is_stray_word(&self, id: &str, row: &Row<'a>, progress: &Progress) -> bool {
        const MOST: f64 = 0.6;
        const NEARLY_ALL: f64 = 0.9;
        if self.scheme != Scheme::Opaque || self.digit_share < MOST || id.contains(char::is_numeric) {
            return false;
        }
        let (cells, again) = (row.filled().count(), row.filled().filter(|cell| self.repeats_heading(cell)).count());
        let goes_on = progress.last_row.is_none_or(|last| row.number == last + 1)
            && (progress.previous_id.is_none() || !progress.current.is_empty());
        let is_name = goes_on && cells > 1 && again * 2 < cells && id.bytes().all(|byte| byte.is_ascii_graphic());
        !is_name || self.digit_share >= NEARLY_ALL
    }

    pub(super) fn kind_without_id(&self, row: &Row<'a>, first: &Cell, is_alone: bool, progress: &Progress) -> Kind<'a> {
        if progress.id_until.is_some_and(|until| row.number <= until) {
            return Kind::Continues(None);
        }
        let id_column = self.columns.ids.first().map_or(0, |&id| self.table.columns[id].column);
        let is_gap = progress.last_row.is_none_or(|last| row.number > last + 1);
        let names_band = !self.layout.rows.bands.columns.is_empty() && self.band_level(first).is_some();
        if names_band || progress.current.is_empty() || self.layout.rows.continuation == Continuation::None {
            return Kind::Band;
        }
        if is_alone && (first.at.column < id_column || is_gap) || self.heads_like_the_first(row, progress) {
            return Kind::Band;
        }
        Kind::Continues(None)
    }

    /// Whether a row fills the same cells as a heading that stood above the first item, and has an item below it as
    /// well: the heading of the next group.
    fn heads_like_the_first(&self, row: &Row<'a>, progress: &Progress) -> bool {
        let is_short = |cell: &Cell| cell.text.chars().count() <= HEADING_CHARS && !cell.text.contains('。');
        let filled = || row.filled().map(|cell| cell.at.column);
        let is_like = progress.headings.iter().any(|known| filled().eq(known.iter().copied()));
        is_like && row.filled().all(is_short) && {
            let below = self.sheet.rows_from(row.number + 1).map(|(_, cells)| cells);
            let next = below.map(columns_of).find(|filled| !filled.is_empty());
            let is_id = |column: &u32| {
                self.columns
                    .ids
                    .iter()
                    .map(|&slot| &self.table.columns[slot])
                    .any(|id| (id.column..=id.last_column).contains(column))
            };
            next.is_some_and(|filled| filled.iter().any(is_id) || progress.headings.contains(&filled))
        }
    }

    /// The label of a part, where the id cell holds the id above and something that is no number behind it.
    pub(super) fn part_label(&self, text: &str, progress: &Progress) -> Option<Text> {
        if self.layout.rows.continuation != Continuation::PartLabel {
            return None;
        }
        let above = progress.previous_id.as_deref().filter(|_| !progress.current.is_empty())?;
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let label = bare.strip_prefix(above)?;
        let starts = label.trim_start_matches('(').chars().next()?;
        (starts.is_alphabetic()).then(|| crate::text::owned(label))
    }
}
