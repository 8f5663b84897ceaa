//! Which formulas read, directly or through others, cells that were changed.

use crate::address::{CellRef, Range};

use super::book::{Names, Table};
use super::formula::{Precedent, Sheets, precedents};
use super::formulas::{Formula, Text};

/// Areas of at most this many cells are looked up cell by cell; larger ones are tried one after another.
const SMALL_AREA: u64 = 16;
/// Comparisons after which it is cheaper to recalculate everything than to know what to spare.
const WORK_LIMIT: u64 = 200_000_000;
/// Names may use names; deeper than this they go round in a circle.
const NAME_DEPTH: usize = 16;

/// The formulas of all sheets and what they read.
pub(crate) struct Graph<'a> {
    names: &'a Names,
    /// Every formula with its sheet; results of array formulas directly behind their order in the sheet.
    formulas: Vec<(usize, &'a Formula)>,
    /// What formulas read in small areas: sheet, cell, formula; sorted.
    small: Vec<(usize, CellRef, u32)>,
    /// What they read in large ones, by sheet.
    large: Vec<Vec<(Range, u32)>>,
    /// Formulas that may read anything.
    everything: Vec<u32>,
}

impl<'a> Graph<'a> {
    /// Links the formulas of all sheets; `sheets[i]` are those of sheet `i`.
    pub(crate) fn new(sheets: &'a [Vec<Formula>], names: &'a Names) -> Self {
        let formulas: Vec<(usize, &Formula)> = sheets
            .iter()
            .enumerate()
            .flat_map(|(sheet, list)| list.iter().map(move |formula| (sheet, formula)))
            .collect();
        let large = vec![Vec::new(); sheets.len()];
        let mut graph = Self { names, formulas, small: Vec::new(), large, everything: Vec::new() };
        graph.link();
        graph.small.sort_unstable();
        graph
    }

    fn link(&mut self) {
        let shared = self.shared_masters();
        for index in 0..self.formulas.len() {
            let (sheet, formula) = self.formulas[index];
            let index = index as u32;
            let here = Here { sheet, at: formula.at, formula: index };
            match &formula.text {
                Text::Own { formula: text, .. } => self.read(&precedents(text), here, (0, 0), 0),
                Text::Shared(number) => match shared.get(&(sheet, *number)) {
                    Some((master, reads)) => {
                        let rows = i64::from(formula.at.row) - i64::from(master.row);
                        let columns = i64::from(formula.at.column) - i64::from(master.column);
                        self.read(reads, here, (rows, columns), 0);
                    }
                    None => self.everything.push(index),
                },
                Text::DataTable => self.everything.push(index),
                Text::ResultOf(master) => self.reads(sheet, Range::from(*master), index),
            }
        }
    }

    fn shared_masters(&self) -> std::collections::HashMap<(usize, u32), (CellRef, Vec<Precedent>)> {
        let masters = self.formulas.iter().filter_map(|(sheet, formula)| match &formula.text {
            Text::Own { formula: text, shared: Some(number) } => {
                Some(((*sheet, *number), (formula.at, precedents(text))))
            }
            _ => None,
        });
        masters.collect()
    }

    fn read(&mut self, list: &[Precedent], here: Here, shift: (i64, i64), depth: usize) {
        for precedent in list {
            match precedent {
                Precedent::Everything => self.everything.push(here.formula),
                Precedent::Cells { sheets, area } => {
                    let range = area.shifted(shift.0, shift.1);
                    for sheet in self.sheets(sheets.as_ref(), here.sheet) {
                        self.reads(sheet, range, here.formula);
                    }
                }
                Precedent::Name { sheets, name } => self.read_name(sheets.as_ref(), name, here, depth),
                Precedent::Table { table: Some(name), inside } => {
                    if let Some(table) = self.names.table(name) {
                        self.reads(table.sheet, columns_of(table, inside, here.at), here.formula);
                    }
                }
                Precedent::Table { table: None, inside } => {
                    let own = self.names.tables_on(here.sheet).find(|table| table.range.contains(here.at));
                    if let Some(table) = own {
                        self.reads(table.sheet, columns_of(table, inside, here.at), here.formula);
                    }
                }
            }
        }
    }

    fn read_name(&mut self, sheets: Option<&Sheets>, name: &str, here: Here, depth: usize) {
        let names = self.names;
        let tab = match sheets {
            Some(sheets) => own_workbook(&sheets.first).and_then(|sheet| names.tab(sheet)),
            None => names.tab_of(here.sheet),
        };
        if sheets.is_some_and(|sheets| own_workbook(&sheets.first).is_none()) {
            return;
        }
        if let Some(formula) = names.defined(name, tab) {
            if depth == NAME_DEPTH {
                self.everything.push(here.formula);
            } else {
                // Relative references of a name are written as seen from A1.
                self.read(&precedents(formula), here, (here.at.row.into(), here.at.column.into()), depth + 1);
            }
        } else if let Some(table) = names.table(name) {
            self.reads(table.sheet, table.range, here.formula);
        }
    }

    /// The workbook's sheets that a reference names; none for another workbook's or a chart's.
    fn sheets(&self, sheets: Option<&Sheets>, own: usize) -> Vec<usize> {
        let Some(Sheets { first, last }) = sheets else { return vec![own] };
        let tab = |name: &str| own_workbook(name).and_then(|name| self.names.tab(name));
        let Some(first) = tab(first) else { return Vec::new() };
        let last = last.as_deref().map_or(Some(first), tab).unwrap_or(first);
        let tabs = &self.names.tabs[first.min(last)..=first.max(last)];
        tabs.iter().filter_map(|&(_, sheet)| sheet).collect()
    }

    fn reads(&mut self, sheet: usize, range: Range, formula: u32) {
        let rows = u64::from(range.last.row - range.first.row) + 1;
        let columns = u64::from(range.last.column - range.first.column) + 1;
        if rows * columns > SMALL_AREA {
            self.large[sheet].push((range, formula));
            return;
        }
        for row in range.first.row..=range.last.row {
            for column in range.first.column..=range.last.column {
                self.small.push((sheet, CellRef::new(row, column), formula));
            }
        }
    }

    /// Finds all formulas that depend on the changed cells, each with its sheet, in sheet and cell order.
    pub(crate) fn dependants(mut self, changed: &[(usize, CellRef)]) -> Vec<(usize, &'a Formula)> {
        let mut walk = Walk { is_stale: vec![false; self.formulas.len()], work: 0, queue: Vec::new() };
        walk.queue.extend(stretches(changed));
        if !changed.is_empty() {
            for index in std::mem::take(&mut self.everything) {
                walk.mark(index, &self.formulas);
            }
        }
        while let Some((sheet, range)) = walk.queue.pop() {
            self.step(sheet, range, &mut walk);
            if walk.work > WORK_LIMIT {
                return self.formulas;
            }
        }
        self.formulas.iter().zip(&walk.is_stale).filter(|(_, stale)| **stale).map(|(formula, _)| *formula).collect()
    }

    fn step(&mut self, sheet: usize, range: Range, walk: &mut Walk) {
        let start = self.small.partition_point(|&(other, cell, _)| (other, cell) < (sheet, range.first));
        for &(other, cell, formula) in &self.small[start..] {
            if (other, cell) > (sheet, range.last) {
                break;
            }
            walk.work += 1;
            if range.contains(cell) {
                walk.mark(formula, &self.formulas);
            }
        }
        let large = &mut self.large[sheet];
        walk.work += large.len() as u64;
        // A formula found stale need not be found again.
        large.retain(|&(area, formula)| {
            let is_hit = area.intersects(&range);
            if is_hit {
                walk.mark(formula, &self.formulas);
            }
            !is_hit
        });
    }
}

/// Where a formula stands while its precedents are resolved.
#[derive(Copy, Clone)]
struct Here {
    sheet: usize,
    at: CellRef,
    formula: u32,
}

struct Walk {
    is_stale: Vec<bool>,
    work: u64,
    queue: Vec<(usize, Range)>,
}

impl Walk {
    fn mark(&mut self, index: u32, formulas: &[(usize, &Formula)]) {
        if !std::mem::replace(&mut self.is_stale[index as usize], true) {
            let (sheet, formula) = formulas[index as usize];
            self.queue.push((sheet, formula.results.unwrap_or(Range::from(formula.at))));
        }
    }
}

/// A sheet's name without the number of this workbook; `None` for another workbook's sheet.
fn own_workbook(sheet: &str) -> Option<&str> {
    match sheet.strip_prefix('[') {
        None => Some(sheet),
        Some(rest) => rest.strip_prefix("0]"),
    }
}

/// Changed cells gathered into stretches of one column, so that a filled column counts as one.
pub(crate) fn stretches(changed: &[(usize, CellRef)]) -> Vec<(usize, Range)> {
    let mut cells = changed.to_vec();
    cells.sort_unstable_by_key(|&(sheet, at)| (sheet, at.column, at.row));
    let mut stretches: Vec<(usize, Range)> = Vec::new();
    for (sheet, at) in cells {
        match stretches.last_mut() {
            Some((last, range)) if *last == sheet && range.last.column == at.column && at.row <= range.last.row + 1 => {
                range.last.row = at.row;
            }
            _ => stretches.push((sheet, Range::from(at))),
        }
    }
    stretches
}

/// The cells a structured reference means; the whole table where its columns cannot be told.
fn columns_of(table: &Table, inside: &str, at: CellRef) -> Range {
    let Range { mut first, mut last } = table.range;
    let mut is_this_row = false;
    let mut columns: Option<(u32, u32)> = None;
    for name in specifiers(inside) {
        let name = match name.strip_prefix('@') {
            Some(rest) => {
                is_this_row = true;
                rest.trim()
            }
            None => name.as_str(),
        };
        if name.eq_ignore_ascii_case("#This Row") {
            is_this_row = true;
        } else if !name.is_empty() && !name.starts_with('#') {
            let name = name.to_lowercase();
            let Some(index) = table.columns.iter().position(|column| column.to_lowercase() == name) else {
                return table.range;
            };
            let column = table.range.first.column + index as u32;
            columns = Some(columns.map_or((column, column), |(a, b)| (a.min(column), b.max(column))));
        }
    }
    if is_this_row && table.range.contains(CellRef::new(at.row, first.column)) {
        (first.row, last.row) = (at.row, at.row);
    }
    if let Some((left, right)) = columns {
        (first.column, last.column) = (left, right);
    }
    Range { first, last }
}

/// The names within a structured reference's brackets, escapes resolved: `[#This Row],[a]:[b]`, `@col`, `col`.
fn specifiers(inside: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut depth = 0;
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        match c {
            '\'' => names.last_mut().expect("never empty").extend(chars.next()),
            '[' => {
                depth += 1;
                names.push(String::new());
            }
            ']' => {
                depth -= 1;
                names.push(String::new());
            }
            ',' | ':' | ' ' if depth == 0 && inside.contains('[') => {}
            _ => names.last_mut().expect("never empty").push(c),
        }
    }
    names.retain(|name| !name.trim().is_empty());
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structured_references_mean_their_columns() {
        let columns = ["項番", "結果", "a]b"].map(str::to_owned).to_vec();
        let table = Table { sheet: 0, range: "B2:D9".parse().unwrap(), header_rows: 1, columns };
        for (inside, cells) in [
            ("結果", "C2:C9"),
            ("@結果", "C5"),
            ("@[a']b]", "D5"),
            ("[#This Row],[項番]:[結果]", "B5:C5"),
            ("#All", "B2:D9"),
            ("", "B2:D9"),
            ("無い列", "B2:D9"),
        ] {
            assert_eq!(columns_of(&table, inside, "E5".parse().unwrap()).to_string(), cells, "{inside}");
        }
    }

    #[test]
    fn a_filled_column_is_one_stretch() {
        let cells = ["B3", "B2", "C2", "B5", "B3"].map(|at| (0, at.parse::<CellRef>().unwrap()));
        let shown: Vec<String> = stretches(&cells).iter().map(|(_, range)| range.to_string()).collect();
        assert_eq!(shown, ["B2:B3", "B5", "C2"]);
    }
}
