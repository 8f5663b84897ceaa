//! How wide the columns are: short words as wide as they are, long texts sharing what is left of the page.

use std::ops::Range;

use super::super::measure::{self, MAX_HEIGHT_PT};
use super::{Column, Entries, Shows};
use crate::answers::{AnswerField, Recheck};

/// A column is never made wider than this to keep its rows low.
const MAX_WIDTH_CHARS: f64 = 96.0;
/// Up to this width a column is as wide as its widest text.
const LONG_CHARS: f64 = 20.0;
/// A column of long texts is at least so wide.
const LEAST_LONG_CHARS: f64 = 14.0;

/// What a column asks of the table's width.
enum Demand {
    /// So many characters, no more and no less; whether its texts are words to be centred.
    Short { width_chars: f64, is_word: bool },
    /// A share of what is left.
    Long(f64),
}

impl Demand {
    fn width_chars(&self, column: &Column, scale: f64) -> f64 {
        match *self {
            Self::Short { width_chars, .. } => width_chars.min(column.width_chars.max(9.0)),
            Self::Long(weight) => (weight * scale).clamp(LEAST_LONG_CHARS, column.width_chars.max(LEAST_LONG_CHARS)),
        }
    }
}

impl Entries<'_> {
    /// Widens the columns whose texts would make a row higher than Excel lets it be.
    pub(in super::super) fn widened(mut self, size_pt: f64, font: &str) -> Self {
        let most = ((MAX_HEIGHT_PT - 6.0) / (measure::lines_height_pt(1, size_pt, font) - 4.0)) as usize;
        for index in 0..self.columns.len() {
            let longest = self.lines.iter().map(|line| self.text(line, &self.columns[index]));
            let longest = longest.max_by_key(String::len).unwrap_or_default();
            let column = &mut self.columns[index];
            while column.width_chars < MAX_WIDTH_CHARS
                && measure::wrapped_lines(&longest, size_pt, measure::text_pixels(column.width_chars)) > most
            {
                column.width_chars = (column.width_chars * 1.15).min(MAX_WIDTH_CHARS);
            }
        }
        self
    }

    /// Sets the widths: columns of short texts as wide as these, the others sharing what is left of the budget by how
    /// much they hold, none wider than it was.
    pub(in super::super) fn within(self, budget_chars: f64) -> Self {
        let all = 0..self.columns.len();
        self.part_within(all, budget_chars)
    }

    /// The same for some of the columns.
    pub(super) fn part_within(mut self, part: Range<usize>, budget_chars: f64) -> Self {
        let demands: Vec<Demand> = self.columns[part.clone()].iter().map(|column| self.demand(column)).collect();
        let total = |scale: f64| -> f64 {
            let shown = self.shown(part.clone());
            shown.map(|index| demands[index - part.start].width_chars(&self.columns[index], scale)).sum()
        };
        // Widths grow with the scale, so halving finds the largest that keeps to the budget.
        let (mut least, mut most) = (0.0, 64.0);
        for _ in 0..24 {
            let middle = (least + most) / 2.0;
            if total(middle) > budget_chars { most = middle } else { least = middle }
        }
        for (column, demand) in self.columns[part].iter_mut().zip(&demands) {
            column.width_chars = demand.width_chars(column, least);
            column.is_short = matches!(demand, Demand::Short { is_word: true, .. });
        }
        self
    }

    /// How wide a column is where there is room for all.
    pub(super) fn wanted_chars(&self, index: usize) -> f64 {
        let column = &self.columns[index];
        self.demand(column).width_chars(column, f64::INFINITY)
    }

    fn demand(&self, column: &Column) -> Demand {
        let heading = measure::text_width_chars(&column.heading, 9.0) * 1.1;
        let texts: Vec<String> = self.lines.iter().map(|line| self.text(line, column)).collect();
        let widest = texts.iter().map(|text| measure::text_width_chars(text, 9.0)).fold(0.0, f64::max);
        let is_blank = widest == 0.0;
        if !is_blank && widest <= LONG_CHARS || is_blank && column.width_chars <= LONG_CHARS {
            // A heading may take two lines.
            let needed = if is_blank && column.is_entry { column.width_chars } else { widest + 2.0 };
            return Demand::Short { width_chars: needed.max(heading / 2.0 + 3.0), is_word: widest <= 12.0 };
        }
        let mut volumes: Vec<usize> =
            texts.iter().map(|text| text.chars().count() + 24 * text.matches('\n').count()).collect();
        volumes.sort_unstable();
        let typical = volumes.get(volumes.len() * 9 / 10).copied().unwrap_or(0);
        Demand::Long((typical as f64).max(if is_blank { 120.0 } else { 40.0 }).sqrt())
    }

    /// Folds away the columns that nobody used, where others were used: they stay and open with a click.
    pub(in super::super) fn folded(mut self) -> Self {
        let is_used = |column: &Column| self.lines.iter().any(|line| !self.text(line, column).is_empty());
        let used: Vec<bool> = self.columns.iter().map(is_used).collect();
        let any_entry = self.columns.iter().zip(&used).any(|(column, &used)| column.is_entry && used);
        // Where answers are to be looked at again, the day they were is asked for.
        let is_rechecked =
            self.lines.iter().any(|line| line.answer.is_some_and(|answer| answer.recheck == Some(Recheck::Needed)));
        for (column, used) in self.columns.iter_mut().zip(used) {
            let is_asked = is_rechecked && matches!(column.shows, Shows::Answer(AnswerField::RecheckedOn));
            column.is_folded = any_entry && !used && !is_asked && is_foldable(&column.shows);
        }
        self
    }

    pub(in super::super) fn widths_chars(&self) -> Vec<f64> {
        self.columns.iter().map(|column| column.width_chars).collect()
    }
}

/// Fields that a self-check can do without: who reviewed and approved, and what re-checking had to say.
fn is_foldable(shows: &Shows) -> bool {
    use AnswerField::*;
    match shows {
        Shows::Answer(field) => matches!(
            field,
            Scope
                | AnsweredOn
                | Reviewer
                | Approver
                | ApprovedOn
                | AnsweredEdition
                | Recheck
                | RecheckReason
                | ChangedText
                | RecheckedOn
        ),
        _ => false,
    }
}
