//! Why a workbook was not read: the rows that come nearest to a header, what they lack, and the flags that help.

use super::drift::{field_unknown, nothing_there};
use super::head::{Block, Head, HeadColumn};
use super::header_rows::natural_block;
use super::options::{BindOptions, Heads};
use super::reading::Reading;
use super::sample::{ColumnScore, Sample};
use crate::address::SheetRange;
use crate::diagnostic::{Arg, Diagnostic, Failure};
use crate::workbook::Workbook;

/// Says that no sheet could be read.
pub(super) fn nothing_found(
    workbook: &Workbook,
    heads: &Heads<'_>,
    row: Option<u32>,
    options: &BindOptions,
) -> Failure {
    let blocks = heads.iter().flat_map(|(_, head)| {
        let rows = head.rows().iter().filter(move |&&start| row.is_none_or(|row| row == start));
        rows.map(move |&start| Near::new(head, start))
    });
    let blocks: Vec<Near<'_>> = blocks.collect();
    if let Some(heading) = options.ids().next() {
        let widest = blocks.iter().max_by_key(|near| (near.block.columns.len(), std::cmp::Reverse(near.block.first)));
        return match widest {
            Some(near) => field_unknown(options.id_key(), heading, near.place(), &near.labels()).into(),
            None => nothing_there(workbook, heads),
        };
    }
    let history = only_history(heads, row, options);
    // Of equally good ones the upper one counts.
    let best = blocks.iter().reduce(|best, next| if next.score() > best.score() { next } else { best });
    if let Some(history) = history.filter(|history| !best.is_some_and(|near| near.is_larger_than(history))) {
        return history.into();
    }
    match best.filter(|near| near.block.columns.len() >= 2) {
        Some(near) if near.is_table() => near.without_ids(heads.len() > 1).into(),
        Some(near) if near.is_blank_form() => {
            Diagnostic::error("table-without-rows").at(near.place()).arg("found", Arg::List(near.labels())).into()
        }
        _ => nothing_there(workbook, heads),
    }
}

/// Says that there is a list of the document's own revisions, and nothing else that reads as a table.
fn only_history(heads: &Heads<'_>, row: Option<u32>, options: &BindOptions) -> Option<Diagnostic> {
    if options.is_pinned() {
        return None;
    }
    let (_, head) = heads.iter().find(|(_, head)| Reading::history(head, row, options).is_some())?;
    let block = Reading::history(head, row, options)?.block;
    let sheet = format!("--sheet {}", quoted(&head.sheet.name));
    let at = SheetRange::new(&head.sheet.name, block.range());
    Some(Diagnostic::error("table-only-history").at(at).arg("flags", sheet))
}

/// Rows that could be a header.
struct Near<'a> {
    head: &'a Head<'a>,
    block: std::rc::Rc<Block>,
    columns: Vec<ColumnScore>,
    /// Rows below it that hold several cells.
    rows: usize,
    /// How long the texts of each column are together.
    lengths: Vec<usize>,
}

impl<'a> Near<'a> {
    fn new(head: &'a Head<'a>, first: u32) -> Self {
        let block = natural_block(head, first);
        let sample = Sample::below(head.sheet, &block);
        let columns = sample.scores(&block);
        let length = |column: &HeadColumn| sample.texts(column.column, false).iter().map(|text| text.len()).sum();
        let lengths = block.columns.iter().map(length).collect();
        let rows = sample.rows.len();
        Self { head, block, columns, rows, lengths }
    }

    fn place(&self) -> SheetRange {
        SheetRange::new(&self.head.sheet.name, self.block.range())
    }

    fn labels(&self) -> Vec<String> {
        self.block.columns.iter().map(HeadColumn::label).collect()
    }

    /// How much it looks like the header of a table: columns with something below them, few of them data.
    fn score(&self) -> f64 {
        let headed = self.columns.iter().filter(|column| column.filled > 0.0 && !column.heading_is_data).count();
        let data = self.columns.iter().filter(|column| column.heading_is_data).count();
        let filled: f64 = self.columns.iter().map(|column| column.filled).sum();
        headed as f64 - 2.0 * data as f64 + filled + 0.1 * self.columns.len().min(20) as f64
    }

    fn is_table(&self) -> bool {
        let headed = self.columns.iter().filter(|column| column.filled > 0.0 && !column.heading_is_data).count();
        self.rows >= 2 && headed >= 2
    }

    /// Whether it heads a table of some rows on another sheet than the list of the document's own revisions.
    fn is_larger_than(&self, history: &Diagnostic) -> bool {
        let is_elsewhere = history.at.iter().all(|at| at.sheet != self.head.sheet.name);
        is_elsewhere && self.is_table() && self.rows >= 5 && self.columns.len() >= 3
    }

    /// Whether it is a header with nothing below it.
    fn is_blank_form(&self) -> bool {
        self.rows == 0 && self.block.columns.len() >= 3 && self.columns.iter().all(|column| !column.heading_is_data)
    }

    /// Says that no column holds ids, and how to read the rows all the same.
    fn without_ids(&self, has_sheets: bool) -> Diagnostic {
        let usable = (0..self.columns.len()).filter(|&index| !self.columns[index].heading_is_data);
        let usable: Vec<usize> = usable.collect();
        let by_fill = |a: &usize, b: &usize| {
            let (a, b) = (*a, *b);
            self.columns[a].filled.total_cmp(&self.columns[b].filled).then(self.lengths[a].cmp(&self.lengths[b]))
        };
        let by_text = usable.iter().copied().max_by(by_fill).unwrap_or(0);
        let tells_apart = |&index: &usize| self.columns[index].filled > 0.9 && self.columns[index].distinct > 0.99;
        let as_id = usable.iter().copied().filter(tells_apart).min_by_key(|&index| self.lengths[index]);
        let label = |index: usize| self.block.columns[index].label();
        let mut place = Vec::new();
        if has_sheets {
            place.push(format!("--sheet {}", quoted(&self.head.sheet.name)));
        }
        place.push(format!("--header-row {}", self.block.first + 1));
        let place = place.join(" ");
        Diagnostic::error("table-without-ids")
            .at(self.place())
            .arg("found", Arg::List(self.labels()))
            .arg("numbered", format!("{place} {}", field_flag("numbered", &label(by_text))))
            .arg("id", as_id.map_or_else(|| "none".to_owned(), |index| field_flag("id", &label(index))))
    }
}

/// The flag that names a column for a field.
pub(crate) fn field_flag(key: &str, heading: &str) -> String {
    format!("--field {key}={}", quoted(heading))
}

/// A word as a shell takes it: quoted where it holds blanks or signs.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if is_plain { word.to_owned() } else { format!("\"{}\"", word.replace('"', "\\\"")) }
}
