//! One way to read a sheet without a template: its header row and its id column, and how good a way it is.

use std::collections::HashSet;
use std::rc::Rc;

use super::head::{Block, Head, HeadColumn};
use super::header_rows::{continues_rows_above, natural_block, stands_amid_rows};
use super::id_column::IdColumn;
use super::layout::{AnswerLayout, ColumnLayout, Heading, IdLayout, TableLayout};
use super::options::{BindOptions, answer_field};
use super::sample::{Sample, leading_id, looks_like_id, repeats_with_more_headings, text_in};
use super::synonyms;
use crate::address::{CellRef, Range};
use crate::catalog::key;
use crate::workbook::{Allowed, Cell, Sheet, Validation};

/// Fewer rows than these are a legend or a history as often as a table.
const FEW_ITEMS: usize = 3;
/// So many rows like those of a table are one.
const MANY_ROWS: usize = 10;
/// More ids than these make a table no better than another.
const COUNTED_ITEMS: usize = 500;

/// One way to read a sheet.
pub(super) struct Reading {
    pub(super) place: usize,
    pub(super) block: Rc<Block>,
    pub(super) id: usize,
    /// All columns of the id from the most significant part: another one may be needed to tell the ids apart.
    pub(super) ids: Vec<usize>,
    /// How well the rows are a header with an id column, against other rows of the sheet.
    score: f64,
    /// How surely the id column is one.
    id_score: f64,
    /// How many columns have a heading and something below it.
    headed: usize,
    /// Whether the id column says by its heading that it is one.
    pub(super) is_named: bool,
    /// Whether half of its cells look like ids.
    ids_look_right: bool,
    /// Whether the ids lead longer texts.
    leads: bool,
    /// Whether the row above is filled just like the header: one more row of the same list, such as keys and values.
    continues: bool,
    /// Whether it lists the revisions of the document itself: nobody answers those.
    pub(super) is_history: bool,
    /// The headings of the id columns that are equally good, the chosen one among them.
    pub(super) rivals: Vec<String>,
    /// Whether one of the rivals is taken, because it numbers the rows or stands in front.
    pub(super) is_settled: bool,
    /// Whether its ids are taken from other cells by formulas: a report on another table of the workbook.
    pub(super) is_derived: bool,
    /// Whether its sheet has drop-downs in several of its rows: there somebody is to answer.
    is_form: bool,
    /// How many rows of the sheet hold an id; 0 until the reading is the best of its sheet.
    pub(super) items: usize,
}

impl Reading {
    /// The best way to read a sheet, if there is any.
    pub(super) fn best(place: usize, head: &Head<'_>, row: Option<u32>, options: &BindOptions) -> Option<Self> {
        let rows = head.rows().iter().copied().filter(|&start| row.is_none_or(|row| row == start));
        let readings = rows.filter_map(|start| Self::of_block(place, head, natural_block(head, start), options));
        let is_cover = synonyms::names_cover(&head.sheet.name);
        let is_of_items = |reading: &Self| {
            let is_other = || is_cover || reading.is_history || reading.is_list_of_keys() || reading.is_remnant(head);
            options.is_pinned() || !is_other()
        };
        let mut readings: Vec<Self> = readings.filter(is_of_items).collect();
        // Of equally good headers the lower one counts: what stands above is then a title over the same columns.
        let best = readings.iter().enumerate().reduce(|(at, best), (next_at, next)| {
            let is_better = next.score > best.score + 1e-9 || best.covers_the_same(next);
            if is_better { (next_at, next) } else { (at, best) }
        });
        let (at, best) = best?;
        // A header that is repeated further down is one table, whichever repetition reads best: it begins at the first.
        let is_above = |reading: &Self| reading.block.last < best.block.first && reading.has_the_headings_of(best);
        let first = readings.iter().position(is_above).unwrap_or(at);
        let mut best = readings.swap_remove(first);
        best.items = best.rows_with_id(head.sheet);
        Some(best)
    }

    /// The table above this one whose header it repeats with another first heading and more of the others: the first
    /// part of a form, which is the lower one's table as well.
    pub(super) fn above(&self, head: &Head<'_>, options: &BindOptions) -> Option<Self> {
        let id = self.block.columns[self.id].column;
        let header = head.sheet.row(self.block.last);
        let rows = head.rows().iter().copied().take_while(|&start| start < self.block.first);
        let readings = rows.filter_map(|start| Self::of_block(self.place, head, natural_block(head, start), options));
        let above =
            readings.filter(|reading| reading.block.last < self.block.first && !reading.is_history).filter(|reading| {
                let heading = |cell: &Cell| head.sheet.text(CellRef::new(reading.block.last, cell.at.column)).trim();
                reading.block.columns[reading.id].column == id && repeats_with_more_headings(header, heading)
            });
        // Of a header with a title over it the header alone.
        let mut above = above.peekable();
        let mut first = above.next()?;
        while let Some(lower) = above.next_if(|lower| lower.block.last == first.block.last) {
            first = lower;
        }
        let mut above = first;
        above.items = above.rows_with_id(head.sheet);
        Some(above)
    }

    /// The list of the document's own revisions on a sheet, if it has one.
    pub(super) fn history(head: &Head<'_>, row: Option<u32>, options: &BindOptions) -> Option<Self> {
        let rows = head.rows().iter().copied().filter(|&start| row.is_none_or(|row| row == start));
        let mut readings = rows.filter_map(|start| Self::of_block(0, head, natural_block(head, start), options));
        readings.find(|reading| reading.is_history)
    }

    /// How many rows below the header hold an id, over all of its repetitions. A column called one may hold words.
    fn rows_with_id(&self, sheet: &Sheet) -> usize {
        self.ids_below(sheet).count()
    }

    fn ids_below<'a>(&self, sheet: &'a Sheet) -> impl Iterator<Item = &'a str> {
        let column = self.block.columns[self.id].column;
        let (is_named, leads) = (self.is_named, self.leads);
        let texts = sheet.rows_from(self.block.last + 1).filter_map(move |(_, cells)| text_in(cells, column));
        let ids = texts.take(COUNTED_ITEMS);
        ids.filter(move |text| is_named || looks_like_id(text) || leads && leading_id(text).is_some())
    }

    /// Whether it is the middle of a list of keys and values, whose first row is no header: there is none.
    fn is_list_of_keys(&self) -> bool {
        self.continues && self.block.columns.len() == 2
    }

    /// Whether nearly all of a larger table stands above it: rows of that table taken for a header and its items.
    fn is_remnant(&self, head: &Head<'_>) -> bool {
        let is_filled = |row: u32| {
            let filled =
                self.block.columns.iter().filter(|column| text_in(head.sheet.row(row), column.column).is_some());
            filled.count() * 2 > self.block.columns.len()
        };
        let above = head.rows().iter().copied().take_while(|&row| row < self.block.first);
        above.filter(|&row| is_filled(row)).take(MANY_ROWS).count() == MANY_ROWS
            && self.ids_below(head.sheet).take(FEW_ITEMS).count() < FEW_ITEMS
    }

    fn has_the_headings_of(&self, other: &Self) -> bool {
        let id = |reading: &Self| {
            let column = &reading.block.columns[reading.id];
            (column.column, column.folded.last().cloned())
        };
        id(self) == id(other) && self.likeness(other) >= 0.5
    }

    fn covers_the_same(&self, other: &Self) -> bool {
        self.block.last == other.block.last && self.score <= other.score + 1e-9
    }

    fn of_block(place: usize, head: &Head<'_>, block: Rc<Block>, options: &BindOptions) -> Option<Self> {
        let sample = Sample::below(head.sheet, &block);
        let blank_form = if sample.rows.is_empty() { Sample::of_blank_form(head.sheet, &block) } else { None };
        let is_blank_form = blank_form.is_some();
        let sample = blank_form.unwrap_or(sample);
        let block = match options.ids().find_map(|heading| Heading::new(heading).unheaded()) {
            Some(column) if block.position(column).is_none() => Rc::new(block.with_unheaded(column)),
            Some(_) => block,
            None => sample.with_unheaded_ids(block),
        };
        let columns = sample.scores(&block);
        let headed = columns.iter().filter(|column| column.filled > 0.0 && !column.heading_is_data).count();
        let has_data_heading = columns.iter().any(|column| column.heading_is_data);
        let asks = headed == 1
            && !has_data_heading
            && columns.len() >= 2
            && (is_blank_form || sample.asks_without_heading(&block));
        if headed < 2 && !asks || sample.rows.is_empty() {
            return None;
        }
        let IdColumn { id, ids, score: id_score, rivals, is_settled, leads } =
            IdColumn::choose(&sample, &block, &columns, options)?;
        let rivals: Vec<String> = rivals.iter().map(|&index| block.columns[index].label()).collect();
        let as_data = columns.iter().filter(|column| column.heading_is_data).count();
        let data_share = as_data as f64 / columns.len() as f64;
        // One of the rows, whatever stands over the ids.
        let is_sure = columns[id].rank >= 3 || synonyms::numbers_rows(&block.columns[id]);
        let is_row = !is_sure && (data_share >= 0.5 || stands_amid_rows(head.sheet, &block, id));
        if is_row && !options.is_pinned() {
            return None;
        }
        let continues = continues_rows_above(head.sheet, &block);
        let faults = 4.0 * data_share + 0.5 * block.cuts as f64 + if continues { 2.0 } else { 0.0 };
        // A legend or a second, smaller table below has few rows; the table above it goes on over them.
        let is_short = if sample.rows.len() < FEW_ITEMS { 2.0 } else { 0.0 };
        let score = headed as f64 + 3.0 * id_score - faults - is_short;
        let is_named = columns[id].rank >= 2;
        let ids_look_right = leads || columns[id].id_like >= 0.5;
        Some(Self {
            place,
            id,
            ids,
            score,
            id_score,
            headed,
            is_named,
            ids_look_right,
            leads,
            continues,
            is_history: is_history(head, &block),
            is_derived: sample.is_derived(block.columns[id].column),
            is_form: has_drop_downs(head.sheet, &block),
            rivals,
            is_settled,
            items: 0,
            block,
        })
    }

    /// Takes the ids from the column a table of the same shape has them in, where it is as good here: a number that is
    /// out of turn on one sheet is no reason to number its items otherwise than all others.
    pub(super) fn take_id_of(&mut self, other: &Self) {
        let wanted = &other.block.columns[other.id];
        let Some(index) = self.block.columns.iter().position(|column| column.folded == wanted.folded) else { return };
        let is_rival = self.rivals.contains(&self.block.columns[index].label());
        if index != self.id && is_rival && other.ids.len() == 1 && self.ids.len() == 1 && self.likeness(other) >= 0.8 {
            self.id = index;
            self.ids = vec![index];
            self.is_settled = true;
        }
    }

    /// Whether several columns could hold the ids and nothing speaks for one of them.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.rivals.len() > 1 && !self.is_settled
    }

    /// The headings of the other columns that could hold the ids.
    pub(super) fn others(&self) -> impl Iterator<Item = &str> {
        let chosen = self.block.columns[self.id].label();
        self.rivals.iter().map(String::as_str).filter(move |rival| *rival != chosen)
    }

    /// Whether it is a table in its own right, and not a legend or a history: named ids, several columns, some rows.
    pub(super) fn is_table_of_ids(&self) -> bool {
        self.is_named && self.ids_look_right && self.items >= FEW_ITEMS && self.block.columns.len() >= 3
    }

    pub(super) fn id_labels(&self) -> Vec<String> {
        self.ids.iter().map(|&index| self.block.columns[index].label()).collect()
    }

    pub(super) fn layout(&self, sheet: &Sheet, options: &BindOptions) -> TableLayout {
        let ids = self.ids.iter().map(|&index| vec![self.block.columns[index].heading()]).collect();
        let others = (0..self.block.columns.len()).filter(|index| !self.ids.contains(index));
        let mut layout = TableLayout {
            header_rows: (self.block.last - self.block.first + 1, self.block.last - self.block.first + 1),
            ids_per_sheet: true,
            id: IdLayout {
                columns: ids,
                join: ".".to_owned(),
                numbered: options.is_numbered(),
                leads: self.leads && !options.is_numbered(),
                ..IdLayout::default()
            },
            ..TableLayout::default()
        };
        for (key, heading) in options.others() {
            let headings = vec![Heading::new(heading)];
            match answer_field(key) {
                Some(field) => {
                    layout.answers.push(AnswerLayout { field, headings, required: true, values: Vec::new() });
                }
                None => layout.columns.push(ColumnLayout {
                    key: key.clone(),
                    headings,
                    required: true,
                    ..ColumnLayout::default()
                }),
            }
        }
        let others: Vec<&HeadColumn> = others.map(|index| &self.block.columns[index]).collect();
        // A heading of its own before one under a wider heading: 備考 before 一次回答 > コメント.
        let mut by_depth = others.clone();
        by_depth.sort_by_key(|column| column.folded.len());
        // What the user named is the user's: 備考 may be where the answers go.
        let is_named = |column: &HeadColumn| options.others().any(|(_, heading)| column.fits(&Heading::new(heading)));
        for column in by_depth.into_iter().filter(|column| !is_named(column)) {
            // The column the rows are numbered by is the text itself.
            let is_taken = |key: &str| options.is_numbered() && key == key::TEXT || layout.column(key).is_some();
            let known = synonyms::column(column).filter(|known| !is_taken(&known.key));
            layout.columns.extend(known);
        }
        let sample = if options.is_numbered() { Sample::all_below } else { Sample::below };
        layout.rows.fill_down = self.given_once(&sample(sheet, &self.block), &others, &layout);
        layout
    }

    /// The keys of the levels above the items whose values are given once for the rows below.
    fn given_once(&self, sample: &Sample<'_>, columns: &[&HeadColumn], layout: &TableLayout) -> Vec<String> {
        let id = self.block.columns[self.id].column;
        let mut upper: Vec<&HeadColumn> = Vec::new();
        // What stands right of a column that names each item is no level above the items, unless it is called one.
        let items = columns.iter().map(|column| column.column).take_while(|&column| column < id);
        let first_of_items = items.into_iter().find(|&column| sample.tells_items_apart(column)).unwrap_or(id);
        for &column in columns {
            let is_left = column.column < first_of_items && !synonyms::numbers_rows(column);
            if (is_left || synonyms::is_level(column)) && sample.is_given_once(column.column, &upper, id) {
                upper.push(column);
            }
        }
        let key = |column: &&HeadColumn| {
            let known = layout.columns.iter().find(|known| known.headings.iter().any(|heading| column.fits(heading)));
            known.map_or_else(|| column.label(), |known| known.key.clone())
        };
        upper.iter().map(key).collect()
    }

    /// Whether two sheets are laid out alike: the ids under the same heading, and most of the others. Where the title
    /// of a group stands for the heading of the ids, all of the others.
    pub(super) fn has_shape_of(&self, other: &Self) -> bool {
        let heading = |reading: &Self| reading.block.columns[reading.id].folded.last().cloned();
        if heading(self) == heading(other) {
            return self.likeness(other) >= 0.5;
        }
        let column = |reading: &Self| reading.block.columns[reading.id].column;
        let others = |reading: &Self| -> Vec<Option<String>> {
            let others = reading.block.columns.iter().filter(|head| head.column != column(reading));
            others.map(|head| head.folded.last().cloned()).collect()
        };
        let is_titled = |reading: &Self| !reading.is_named && reading.ids_look_right;
        is_titled(self)
            && is_titled(other)
            && column(self) == column(other)
            && self.block.columns.len() >= 3
            && others(self) == others(other)
    }

    /// How alike the headings of two readings are, 0.0 to 1.0.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        let keys = |reading: &Self| -> HashSet<String> {
            reading.block.columns.iter().filter_map(|column| column.folded.last().cloned()).collect()
        };
        let (a, b) = (keys(self), keys(other));
        a.intersection(&b).count() as f64 / a.len().max(b.len()).max(1) as f64
    }
}

/// Whether a header is that of a list of the document's own revisions: by its sheet's name, its title or its headings.
fn is_history(head: &Head<'_>, block: &Block) -> bool {
    let above = head.rows().iter().rev().filter(|&&row| row < block.first).take(2);
    let mut titles = above.filter_map(|&row| match head.sheet.row(row) {
        [only] => Some(only),
        _ => None,
    });
    synonyms::names_history(&head.sheet.name)
        || titles.any(|title| synonyms::names_history(&title.text))
        || synonyms::heads_history(&block.columns)
}

/// Whether a sheet has drop-downs below a header, in columns of it.
fn has_drop_downs(sheet: &Sheet, block: &Block) -> bool {
    let is_list = |guard: &&Validation| matches!(guard.allowed, Allowed::List(_) | Allowed::UnresolvedList(_));
    let ranges = sheet.validations.iter().filter(is_list).flat_map(|guard| &guard.ranges);
    let is_below = |range: &&Range| range.last.row > block.last && block.position(range.first.column).is_some();
    let rows = ranges.filter(is_below).map(|range| (range.last.row - range.first.row.max(block.last + 1) + 1) as usize);
    rows.sum::<usize>() >= FEW_ITEMS
}

impl Reading {
    /// A surer id column before a doubtful one, more items before fewer; past some columns their number says nothing.
    /// `items` are those of all sheets of its shape.
    pub(super) fn strength(&self, items: usize) -> f64 {
        let points = [
            (self.is_named, 1.5),
            (self.items < FEW_ITEMS, -4.0),
            (self.is_ambiguous(), -1.5),
            (self.continues, -4.0),
            (self.is_derived, -10.0),
            (self.is_form, 2.5),
        ];
        let said: f64 = points.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum();
        let size = 0.5 * self.headed.min(6) as f64 + 2.5 * (items as f64).ln_1p();
        3.0 * self.id_score + size + said
    }
}

#[cfg(test)]
mod tests {
    use crate::template::{BindOptions, Role, bind};
    use crate::workbook::read;

    #[test]
    fn a_column_the_user_names_for_answers_is_no_field_of_a_well_known_name() {
        let text = "No,設問,備考\n1,方針を定めているか。,\n2,責任者を置いているか。,\n3,点検しているか。,\n";
        let workbook = read(text.as_bytes(), "a.csv", &Default::default()).unwrap();
        let fields = vec![("response".to_owned(), "備考".to_owned())];
        let binding = bind(&workbook, &BindOptions { fields, ..BindOptions::default() }).unwrap();
        let column = binding.tables[0].columns.iter().find(|column| column.label == "備考").unwrap();
        assert!(matches!(column.role, Role::Answer { .. }), "{column:?}");
    }
}
