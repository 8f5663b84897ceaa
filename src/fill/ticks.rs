//! Answers given by ticking one of several columns (`Yes`, `No`, `NA`), as CAIQ v3.1 asks for them.
//!
//! The template says which of our words a column stands for. A row gets one tick: where another column holds one
//! already, nothing is written unless cells may be overwritten, and then that one is cleared.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::FillOptions;
use super::plan::{Plan, Spot, Target};
use crate::address::CellRef;
use crate::answers::AnswerField;
use crate::catalog::ItemKey;
use crate::diagnostic::Diagnostic;
use crate::text::fold::value_key;
use crate::workbook::patch::Content;
use crate::workbook::{Allowed, Cell, Sheet};

/// What people write to tick a box.
const TICKS: &[&str] = &["x", "○", "〇", "◯", "●", "✓", "✔", "☑", "レ", "1", "true", "yes", "y", "有"];

impl Plan<'_> {
    /// Ticks the column that stands for an answer's word.
    pub(super) fn tick(
        &mut self,
        spot: Spot,
        ticks: &[usize],
        (key, field, text): (&ItemKey, AnswerField, &str),
        options: &FillOptions,
    ) {
        let Some(chosen) = ticks.iter().copied().find(|&index| self.stands_for(spot, index, text)) else {
            return self.no_column(spot, ticks, (key, field, text));
        };
        let others = ticks.iter().copied().filter(|&index| index != chosen);
        let held: Vec<CellRef> =
            others.map(|index| self.tick_cell(spot, index)).filter(|&at| self.is_ticked(spot, at)).collect();
        if let Some(&other) = held.first().filter(|_| !options.overwrite) {
            let write = self.write(spot.sheet, other, (key, field), self.mark(spot, chosen));
            return self.skipped.push(write.skipped(Diagnostic::warning("tick-elsewhere").arg("value", text)));
        }
        let at = self.tick_cell(spot, chosen);
        if !self.is_ticked(spot, at) {
            let before = self.skipped.len();
            let mark = self.mark(spot, chosen);
            self.cell(spot, chosen, (key, &mark), options);
            if self.skipped.len() > before {
                return;
            }
        }
        for other in held {
            let write = self.write(spot.sheet, other, (key, field), String::new());
            self.put(spot.sheet, write, Content::Empty, None);
        }
    }

    /// Says that no column stands for an answer's word, and which words have one.
    fn no_column(&mut self, spot: Spot, ticks: &[usize], (key, field, text): (&ItemKey, AnswerField, &str)) {
        let known = ticks.iter().filter_map(|&index| self.table(spot).columns[index].tick);
        let known: Vec<String> = known.flat_map(|tick| tick.words.iter().cloned()).collect();
        let at = self.tick_cell(spot, ticks[0]);
        let write = self.write(spot.sheet, at, (key, field), text.to_owned());
        let problem = Diagnostic::warning("value-not-allowed").arg("value", text).arg("allowed", known);
        self.skipped.push(write.skipped(problem));
    }

    fn stands_for(&self, spot: Spot, column: usize, text: &str) -> bool {
        let tick = self.table(spot).columns[column].tick;
        tick.is_some_and(|tick| tick.words.iter().any(|word| value_key(word) == value_key(text)))
    }

    fn tick_cell(&self, spot: Spot, column: usize) -> CellRef {
        self.sheet(spot).anchor(CellRef::new(spot.row, self.table(spot).columns[column].column))
    }

    fn is_ticked(&self, spot: Spot, at: CellRef) -> bool {
        self.sheet(spot).sheet.cell(at).is_some_and(is_tick)
    }

    /// What a tick looks like here: the cell's only choice, else as the table's other ticks, else the template's.
    fn mark(&self, spot: Spot, column: usize) -> String {
        let plan = self.sheet(spot);
        if let Some((_, guard)) = plan.guard(self.tick_cell(spot, column))
            && let Allowed::List(words) = &guard.allowed
            && let Some(word) = words.iter().find(|word| TICKS.contains(&value_key(word).as_str()))
        {
            return word.clone();
        }
        let table = self.table(spot);
        let usual = table.usual_tick.clone();
        usual.or_else(|| Some(table.columns[column].tick?.mark.clone())).unwrap_or_default()
    }
}

/// How the cells of a table's tick columns are ticked most often; `None` without ticks.
pub(super) fn usual(sheet: &Sheet, rows: (u32, u32), columns: &[Target<'_>]) -> Option<String> {
    let columns: Vec<u32> = columns.iter().filter(|target| target.tick.is_some()).map(|target| target.column).collect();
    if columns.is_empty() {
        return None;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let rows = sheet.rows().filter(|(row, _)| (rows.0..=rows.1).contains(row));
    for cell in rows.flat_map(|(_, cells)| cells).filter(|cell| columns.contains(&cell.at.column) && is_tick(cell)) {
        *seen.entry(cell.text.as_str().trim()).or_default() += 1;
    }
    let most = seen.into_iter().max_by_key(|&(text, count)| (count, Reverse(text)));
    most.map(|(text, _)| text.to_owned())
}

fn is_tick(cell: &Cell) -> bool {
    TICKS.contains(&value_key(cell.text.as_str()).as_str())
}
