//! Answers given by ticking one of several columns (`Yes`, `No`, `NA`), as CAIQ v3.1 asks for them.
//!
//! The template says which of our words a column stands for. A row gets one tick: where another column holds one
//! already, nothing is written unless cells may be overwritten, and then that one is cleared.

use super::FillOptions;
use super::plan::Plan;
use super::targets::{Spot, TICKS, is_tick};
use crate::address::CellRef;
use crate::answers::AnswerField;
use crate::catalog::ItemKey;
use crate::diagnostic::Diagnostic;
use crate::text::fold::value_key;
use crate::workbook::Allowed;
use crate::workbook::patch::Content;

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
            let (mark, write) = (self.mark(spot, chosen), self.write(spot.sheet, other, (key, field)));
            return self.skipped.push(write.skipped(mark, Diagnostic::warning("tick-elsewhere").arg("value", text)));
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
            let write = self.write(spot.sheet, other, (key, field));
            self.put(spot.sheet, write, Content::Empty, None);
        }
    }

    /// Says that no column stands for an answer's word, and which words have one.
    fn no_column(&mut self, spot: Spot, ticks: &[usize], (key, field, text): (&ItemKey, AnswerField, &str)) {
        let known = ticks.iter().filter_map(|&index| self.table(spot).columns[index].tick);
        let known: Vec<String> = known.flat_map(|tick| tick.words.iter().cloned()).collect();
        let at = self.tick_cell(spot, ticks[0]);
        let write = self.write(spot.sheet, at, (key, field));
        let problem = Diagnostic::warning("value-not-allowed").arg("value", text).arg("allowed", known);
        self.skipped.push(write.skipped(text.to_owned(), problem));
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
