//! The first rows of a sheet as headings: merged cells expanded, levels stacked, texts folded once and only when asked.
//!
//! Knows nothing of templates; `matching` compares its columns with a layout.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use crate::address::{CellRef, Range, column_letters};
use crate::text::fold;
use crate::workbook::{Cell, Sheet};

/// How many rows that hold something are looked at for a header. The deepest header seen began in row 10.
const LOOK_ROWS: usize = 100;
/// How many columns a header may have; beyond, cells are still read as columns without a heading.
const MAX_HEADINGS: u32 = 1024;
/// Longer texts are no headings; the longest real one had 119 characters.
const MAX_HEADING_BYTES: usize = 600;

/// The rows of a sheet that may hold a header.
pub(super) struct Head<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The cells whose text may be a heading, in sheet order. Most are none, and folding them all took longer than
    /// everything else there is to a header.
    cells: Vec<(&'a Cell, OnceCell<String>)>,
    merges: HashMap<u32, Vec<Range>>,
    rows: Vec<u32>,
    /// Headers read so far, by their first and last row: all templates look at the same few.
    blocks: RefCell<HashMap<(u32, u32), Rc<Block>>>,
}

/// A column of a header block: the headings above it, top down.
#[derive(Clone, Debug)]
pub(super) struct HeadColumn {
    /// First column, zero-based.
    pub column: u32,
    /// Last column of the lowest heading.
    pub last_column: u32,
    /// The headings as shown, line breaks mended.
    pub shown: Vec<String>,
    /// The headings folded.
    pub folded: Vec<String>,
    /// The lowest heading in each of its two languages, folded, where it says the same in both.
    pub tongues: Vec<String>,
}

impl HeadColumn {
    /// The headings joined by ` > `.
    pub(super) fn label(&self) -> String {
        self.shown.join(" > ")
    }

    /// Whether a heading of a template or of the user's is this column's.
    pub(super) fn fits(&self, heading: &super::layout::Heading) -> bool {
        let levels: Vec<&str> = self.folded.iter().map(String::as_str).collect();
        heading.fit(&levels) > 0
    }

    /// The headings as one to look for, read as they stand: a `*` or ` > ` within is part of the text.
    pub(super) fn heading(&self) -> super::layout::Heading {
        super::layout::Heading::literal(&self.shown)
    }

    /// The lowest heading, folded.
    pub(super) fn folded_leaf(&self) -> &str {
        self.folded.last().map_or("", String::as_str)
    }

    /// The lowest heading.
    pub(super) fn leaf(&self) -> &str {
        self.shown.last().map_or("", String::as_str)
    }
}

/// Some rows read as a header.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// First row, zero-based.
    pub first: u32,
    /// Last row, zero-based.
    pub last: u32,
    /// The columns with a heading, left to right.
    pub columns: Vec<HeadColumn>,
    /// How many headings are merged beyond the block's edges: a better block is likely.
    pub cuts: usize,
}

impl Block {
    /// The cells from the first to the last heading.
    pub(super) fn range(&self) -> Range {
        let left = self.columns.first().map_or(0, |column| column.column);
        let right = self.columns.iter().map(|column| column.last_column).max().unwrap_or(left);
        Range::new(CellRef::new(self.first, left), CellRef::new(self.last, right))
    }

    /// The same header with a column that has no heading, under its letter.
    pub(super) fn with_unheaded(&self, column: u32) -> Self {
        let label = unheaded(column);
        let folded = vec![fold::heading_key(&label)];
        let new = HeadColumn { column, last_column: column, shown: vec![label], folded, tongues: Vec::new() };
        let mut columns = self.columns.clone();
        columns.insert(columns.partition_point(|head| head.column < column), new);
        Self { columns, ..self.clone() }
    }

    /// The place of the column a sheet column belongs to.
    pub(super) fn position(&self, column: u32) -> Option<usize> {
        self.columns.iter().position(|head| (head.column..=head.last_column).contains(&column))
    }
}

impl<'a> Head<'a> {
    /// Takes the first rows of a sheet.
    pub(super) fn new(sheet: &'a Sheet) -> Self {
        Self::of_rows(sheet, sheet.rows().take(LOOK_ROWS).map(|(row, _)| row).collect())
    }

    /// Takes some rows of a sheet, such as those of a header that is repeated further down.
    pub(super) fn of_rows(sheet: &'a Sheet, rows: Vec<u32>) -> Self {
        let cells = rows.iter().flat_map(|&row| sheet.row(row));
        let headings = cells.filter(|cell| cell.text.len() <= MAX_HEADING_BYTES);
        let cells = headings.map(|cell| (cell, OnceCell::new())).collect();
        let (first, last) = (rows.first().copied().unwrap_or(0), rows.last().copied().unwrap_or(0));
        let mut merges: HashMap<u32, Vec<Range>> = HashMap::new();
        for merge in sheet.merges.iter().filter(|merge| merge.first.row <= last && merge.last.row >= first) {
            for row in merge.first.row.max(first)..=merge.last.row.min(last) {
                merges.entry(row).or_default().push(*merge);
            }
        }
        Self { sheet, cells, merges, rows, blocks: RefCell::default() }
    }

    /// The rows looked at, top down.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The cells whose text may be a heading of so many bytes at most, in sheet order, with their folded text.
    pub(super) fn headings(&self, most_bytes: usize) -> impl Iterator<Item = (&'a Cell, &str)> {
        let short = (0..self.cells.len()).filter(move |&index| self.cells[index].0.text.len() <= most_bytes);
        short.filter_map(|index| Some((self.cells[index].0, self.key(index)?)))
    }

    /// The folded text of a cell, if it may be a heading.
    pub(super) fn folded(&self, at: CellRef) -> Option<&str> {
        self.key(self.cells.binary_search_by_key(&at, |(cell, _)| cell.at).ok()?)
    }

    fn key(&self, index: usize) -> Option<&str> {
        let (cell, key) = &self.cells[index];
        Some(key.get_or_init(|| fold::heading_key(&cell.text)).as_str()).filter(|key| !key.is_empty())
    }

    /// The cell itself, or the merged range it belongs to.
    pub(super) fn span(&self, at: CellRef) -> Range {
        let merges = self.merges.get(&at.row).map_or(&[][..], Vec::as_slice);
        merges.iter().find(|merge| merge.contains(at)).copied().unwrap_or(Range::from(at))
    }

    /// Some rows as a header.
    pub(super) fn block(&self, first: u32, last: u32) -> Rc<Block> {
        let mut blocks = self.blocks.borrow_mut();
        Rc::clone(blocks.entry((first, last)).or_insert_with(|| Rc::new(self.read_block(first, last))))
    }

    fn read_block(&self, first: u32, last: u32) -> Block {
        let mut stacks: BTreeMap<u32, Vec<(CellRef, u32)>> = BTreeMap::new();
        let mut cuts = 0;
        for row in first..=last {
            for cell in self.sheet.row(row) {
                let span = self.span(cell.at);
                if self.folded(cell.at).is_none() || span.first != cell.at {
                    continue;
                }
                cuts += usize::from(span.last.row > last);
                let right = span.last.column.min(span.first.column + MAX_HEADINGS);
                for column in span.first.column..=right {
                    stacks.entry(column).or_default().push((cell.at, right));
                }
            }
            if row < last {
                self.carry_right(row, last, &mut stacks);
            }
        }
        Block { first, last, columns: self.columns(&stacks), cuts }
    }

    /// Lets an upper heading that is not merged (a CSV has no merges) stand over the columns to its right that only
    /// have a lower heading.
    fn carry_right(&self, row: u32, last: u32, stacks: &mut BTreeMap<u32, Vec<(CellRef, u32)>>) {
        let has_lower = |column: u32| (row + 1..=last).any(|lower| self.folded(CellRef::new(lower, column)).is_some());
        let mut group: Option<CellRef> = None;
        let right = (row..=last).filter_map(|r| self.sheet.row(r).last()).map(|cell| cell.at.column).max().unwrap_or(0);
        for column in 0..=right.min(MAX_HEADINGS) {
            let at = CellRef::new(row, column);
            let span = self.span(at);
            if self.folded(at).is_some() {
                group = (span.is_cell() && has_lower(column)).then_some(at);
            } else if !span.is_cell() {
                group = None;
            } else if let Some(upper) = group
                && has_lower(column)
            {
                stacks.entry(column).or_default().push((upper, column));
            }
        }
    }

    fn columns(&self, stacks: &BTreeMap<u32, Vec<(CellRef, u32)>>) -> Vec<HeadColumn> {
        let mut columns: Vec<HeadColumn> = Vec::new();
        let mut before: Option<&Vec<(CellRef, u32)>> = None;
        for (&column, stack) in stacks {
            let Some(&(leaf, _)) = stack.last() else { continue };
            let spans_on = before.is_some_and(|stack| stack.last().map(|&(at, _)| at) == Some(leaf));
            before = Some(stack);
            if spans_on && let Some(left) = columns.last_mut() {
                left.last_column = column;
                continue;
            }
            let texts = stack.iter().map(|&(at, _)| at);
            columns.push(HeadColumn {
                column,
                last_column: column,
                shown: texts.clone().map(|at| shown_heading(self.sheet.text(at))).collect(),
                folded: texts.map(|at| self.folded(at).unwrap_or_default().to_owned()).collect(),
                tongues: tongues(self.sheet.text(leaf)),
            });
        }
        columns
    }
}

/// What a column without a heading is called: its letter in brackets.
pub(super) fn unheaded(column: u32) -> String {
    format!("({})", column_letters(column))
}

/// A heading in two languages (`Question / 質問`, one above the other, one in brackets), taken apart and folded.
fn tongues(text: &str) -> Vec<String> {
    let parts = text.split(['\n', '/', '／', '|', '｜', '(', '（']);
    let parts: Vec<&str> = parts.map(|part| part.trim().trim_end_matches([')', '）'])).collect();
    match parts.as_slice() {
        [first, second] if first.is_ascii() != second.is_ascii() => {
            parts.iter().map(|part| fold::heading_key(part)).filter(|key| !key.is_empty()).collect()
        }
        _ => Vec::new(),
    }
}

/// A heading on one line: breaks become a blank between Latin words and vanish between Japanese ones.
pub(super) fn shown_heading(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii());
        // Levels that share a cell, as in our flat form, stay apart as levels do.
        let is_level = !out.is_empty() && (word == ">" || out.ends_with(" >"));
        if is_level || latin(out.chars().last()) && latin(word.chars().next()) {
            out.push(' ');
        }
        out.extend(word.chars().filter(|&c| !fold::is_ignorable(c)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heading_in_two_languages_is_taken_apart() {
        for text in ["Question\n質問", "質問 / Question", "質問（Question）"] {
            let mut parts = tongues(text);
            parts.sort();
            assert_eq!(parts, ["question", "質問"], "{text}");
        }
        assert_eq!(tongues("公開文書名\nリスト"), [""; 0]);
        assert_eq!(tongues("Yes / No"), [""; 0]);
    }

    #[test]
    fn heading_is_shown_on_one_line() {
        assert_eq!(shown_heading("Microsoft \nAzure にお\nける対応"), "Microsoft Azureにおける対応");
        assert_eq!(shown_heading("Focal Document\nElement"), "Focal Document Element");
        assert_eq!(shown_heading("現行 > 見解"), "現行 > 見解");
    }
}
