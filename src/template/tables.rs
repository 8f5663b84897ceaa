//! From a matched header to bound tables: every column with a role, headers repeated further down, rows in between.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::binding::{BoundColumn, BoundTable, Role};
use super::head::{Block, Head, HeadColumn, unheaded};
use super::layout::{ColumnRole, TableLayout};
use super::matching::{Match, Target, match_block, with_unheaded};
use crate::address::{CellRef, SheetRange};
use crate::diagnostic::{Arg, Diagnostic};
use crate::text::{fold, is_blank};
use crate::workbook::{Sheet, Workbook, cell_in};

/// Binds a matched header and every repetition of it further down the sheet.
///
/// A repeated header begins a table of its own; `import` tells a page break from a second table by its ids. `stops`
/// are rows where something else begins, such as a list of documents.
pub(super) fn bound_tables(
    sheet: &Sheet,
    sheet_index: usize,
    layout_index: usize,
    layout: &TableLayout,
    found: Match,
    stops: &[u32],
) -> Vec<BoundTable> {
    let mut headers = vec![found];
    headers.extend(repeated_headers(sheet, layout, &headers[0]));
    let last_row = sheet.rows().next_back().map_or(0, |(row, _)| row);
    let starts: Vec<u32> =
        headers.iter().skip(1).map(|header| header.block.first).chain(stops.iter().copied()).collect();
    let bind = |header: &Match| {
        let next = starts.iter().copied().filter(|&row| row > header.block.last).min();
        let rows = (header.block.last + 1, next.map_or(last_row, |row| row - 1));
        let header_range = header.block.range();
        let columns = bound_columns(sheet, layout, header, rows);
        BoundTable { sheet: sheet_index, layout: layout_index, header: header_range, rows, columns }
    };
    headers.iter().map(bind).collect()
}

/// Finds rows below the table's header that repeat its id heading.
fn repeated_headers(sheet: &Sheet, layout: &TableLayout, first: &Match) -> Vec<Match> {
    let Some(id) = first.targets.iter().position(|target| *target == Some(Target::Id(0))) else { return Vec::new() };
    let id = &first.block.columns[id];
    let depth = first.block.last - first.block.first;
    let is_heading =
        |text: &str| text.len() <= 200 && id.folded.iter().any(|folded| fold::has_heading_key(text, folded));
    let below = sheet.rows().skip_while(|&(row, _)| row <= first.block.last);
    let hits = below.filter(|(_, cells)| cell_in(cells, id.column).is_some_and(|cell| is_heading(&cell.text)));
    let mut headers: Vec<Match> = Vec::new();
    for (row, _) in hits {
        if headers.last().is_some_and(|header| row <= header.block.last) {
            continue;
        }
        let rows = (row..=row + depth).collect();
        let found = match_block(with_unheaded(Head::of_rows(sheet, rows).block(row, row + depth), layout), layout);
        if found.targets.iter().flatten().count() * 2 > first.targets.iter().flatten().count() {
            headers.push(found);
        }
    }
    headers
}

/// Gives every column of the table a key and a role, left to right; columns with cells and no heading are named by
/// their letter.
fn bound_columns(sheet: &Sheet, layout: &TableLayout, header: &Match, rows: (u32, u32)) -> Vec<BoundColumn> {
    let mut used = used_columns(sheet, rows);
    let aside = aside(sheet, header, rows, &used);
    used.retain(|&column| column < aside);
    let mut keys = Keys::new(&header.block);
    let mut columns: Vec<BoundColumn> = Vec::new();
    for (head, target) in header.block.columns.iter().zip(&header.targets).filter(|(head, _)| head.column < aside) {
        let split = used.range(head.column + 1..head.last_column + 1).copied();
        let mut starts: Vec<u32> = std::iter::once(head.column).chain(split).collect();
        starts.dedup();
        let is_split_id = matches!(target, Some(Target::Id(_))) && ids_need_all(sheet, rows, &starts);
        for (index, &column) in starts.iter().enumerate() {
            let last_column = starts.get(index + 1).map_or(head.last_column, |next| next - 1);
            let role = if index == 0 || is_split_id { role_of(layout, *target) } else { Role::Field };
            // What stands beside the ids under their heading has none of its own.
            let is_beside_ids = matches!(target, Some(Target::Id(_))) && role == Role::Field;
            let label = if is_beside_ids { unheaded(column) } else { head.label() };
            let key = if is_beside_ids { keys.distinct(&label) } else { keys.key(layout, head, *target) };
            columns.push(BoundColumn { column, last_column, key, label, role });
        }
    }
    for &column in used.iter().filter(|&&column| header.block.position(column).is_none()) {
        let label = unheaded(column);
        let key = keys.distinct(&label);
        columns.push(BoundColumn { column, last_column: column, key, label, role: Role::Field });
    }
    columns.sort_by_key(|column| column.column);
    columns
}

/// The first column of a legend that stands right of the table: behind a blank column, and called one. Without any, a
/// column that no sheet has.
fn aside(sheet: &Sheet, header: &Match, rows: (u32, u32), used: &BTreeSet<u32>) -> u32 {
    const WORDS: &[&str] =
        &["凡例", "記入要領", "記入方法", "記入上の注意", "記入例", "選択肢", "注意事項", "legend", "instructions"];
    let has_heading = |column: u32| header.block.position(column).is_some();
    let is_blank = |column: u32| !used.contains(&column) && !has_heading(column);
    let first_text = |column: u32| {
        let heading = header.block.position(column).map(|index| header.block.columns[index].folded.concat());
        heading.or_else(|| {
            let cells = cells_between(sheet, rows.0, rows.1).iter();
            let first = cells.filter(|cell| cell.at.column == column).find(|cell| !cell.text.trim().is_empty())?;
            Some(fold::heading_key(&first.text))
        })
    };
    let is_legend =
        |column: u32| first_text(column).is_some_and(|text| WORDS.iter().any(|word| text.starts_with(word)));
    let is_bound = |column: u32| header.block.position(column).is_some_and(|index| header.targets[index].is_some());
    let last_bound = header.block.columns.iter().map(|head| head.column).filter(|&column| is_bound(column)).max();
    let headed = header.block.columns.iter().map(|head| head.column);
    let mut candidates: Vec<u32> = used.iter().copied().chain(headed).collect();
    candidates.sort_unstable();
    let behind_table = candidates.into_iter().filter(|&column| last_bound.is_some_and(|bound| column > bound));
    let mut found = behind_table.filter(|&column| column > 0 && is_blank(column - 1) && is_legend(column));
    found.next().unwrap_or(u32::MAX)
}

/// How many rows are looked at to tell whether an id stands in several cells.
const ID_SAMPLE: usize = 200;
/// A part of an id is short.
const ID_PART_CHARS: usize = 8;

/// Whether the columns under one id heading (`A | 1`) hold parts of one id: short texts, of which the first alone does
/// not tell the rows apart.
fn ids_need_all(sheet: &Sheet, (first, last): (u32, u32), columns: &[u32]) -> bool {
    let [upper, lower @ ..] = columns else { return false };
    let rows = sheet.rows_between(first, last).take(ID_SAMPLE);
    let (mut uppers, mut rows_with_lower) = (BTreeSet::new(), 0);
    for (_, cells) in rows {
        let text = |column: u32| cell_in(cells, column).map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
        let mut parts = lower.iter().filter_map(|&column| text(column)).peekable();
        rows_with_lower += usize::from(parts.peek().is_some());
        if parts.any(|part| part.chars().count() > ID_PART_CHARS) {
            return false;
        }
        uppers.extend(text(*upper));
    }
    uppers.len() < rows_with_lower
}

fn used_columns(sheet: &Sheet, (first, last): (u32, u32)) -> BTreeSet<u32> {
    let mut seen = Vec::new();
    for cell in cells_between(sheet, first, last) {
        let column = cell.at.column as usize;
        if column >= seen.len() {
            seen.resize(column + 1, false);
        }
        seen[column] = seen[column] || !is_blank(&cell.text);
    }
    let columns = seen.iter().enumerate().filter(|&(_, &is_used)| is_used);
    columns.map(|(column, _)| u32::try_from(column).expect("columns are below 16,384")).collect()
}

/// The cells of some rows: they lie side by side.
fn cells_between(sheet: &Sheet, first: u32, last: u32) -> &[crate::workbook::Cell] {
    let cells = sheet.cells();
    let start = cells.partition_point(|cell| cell.at.row < first);
    let end = cells.partition_point(|cell| cell.at.row <= last);
    cells.get(start..end).unwrap_or_default()
}

fn role_of(layout: &TableLayout, target: Option<Target>) -> Role {
    match target {
        Some(Target::Id(part)) => Role::Id(part),
        Some(Target::Answer(index)) => {
            let answer = &layout.answers[index];
            Role::Answer { field: answer.field, values: answer.values.clone() }
        }
        Some(Target::Column(index)) => match layout.columns[index].role {
            ColumnRole::Revision => Role::Revision,
            ColumnRole::Item(fact) => Role::Item(fact),
            ColumnRole::Field => layout.columns[index].tick.clone().map_or(Role::Field, Role::Tick),
        },
        None => Role::Field,
    }
}

/// Hands out keys, each once.
struct Keys {
    /// Each name handed out, and the number to try next for it: a thousand columns may have the same heading.
    taken: BTreeMap<Arc<str>, usize>,
    leaves: Vec<String>,
}

impl Keys {
    fn new(block: &Block) -> Self {
        Self { taken: BTreeMap::new(), leaves: block.columns.iter().map(|column| column.leaf().to_owned()).collect() }
    }

    fn key(&mut self, layout: &TableLayout, head: &HeadColumn, target: Option<Target>) -> Arc<str> {
        match target {
            Some(Target::Id(_)) => self.distinct("id"),
            Some(Target::Column(index)) => self.distinct(&layout.columns[index].key),
            Some(Target::Answer(index)) => self.distinct(layout.answers[index].field.key()),
            None => {
                let is_alone = self.leaves.iter().filter(|leaf| *leaf == head.leaf()).count() == 1;
                let name = if is_alone { head.leaf().to_owned() } else { head.label() };
                self.distinct(&name)
            }
        }
    }

    /// The name itself, or `備考 (2)` where it is taken.
    fn distinct(&mut self, name: &str) -> Arc<str> {
        let mut number = self.taken.get(name).copied().unwrap_or(1);
        let key: Arc<str> = loop {
            let key = if number == 1 { name.to_owned() } else { format!("{name} ({number})") };
            number += 1;
            if !self.taken.contains_key(key.as_str()) {
                break key.into();
            }
        };
        self.taken.insert(Arc::clone(&key), 2);
        self.taken.insert(name.into(), number);
        key
    }
}

/// The cell of a heading, to point at.
pub(super) fn heading_cell(block: &Block, index: usize) -> CellRef {
    CellRef::new(block.last, block.columns[index].column)
}

/// Says which columns stand under the same heading.
pub(super) fn repeated_headings(workbook: &Workbook, bound: &[BoundTable]) -> Option<Diagnostic> {
    let mut at = Vec::new();
    let mut headings: Vec<String> = Vec::new();
    for table in bound {
        let is_numbered =
            |key: &str, label: &str| key.ends_with(')') && key.starts_with(label) && key.len() > label.len();
        for column in table.columns.iter().filter(|column| is_numbered(&column.key, &column.label)) {
            let sheet = &workbook.sheets[table.sheet];
            at.push(SheetRange::new(&sheet.name, CellRef::new(table.header.last.row, column.column)));
            if !headings.contains(&column.label) {
                headings.push(column.label.clone());
            }
        }
    }
    (!at.is_empty()).then(|| Diagnostic::note("heading-repeated").at_all(&at).arg("headings", Arg::List(headings)))
}
