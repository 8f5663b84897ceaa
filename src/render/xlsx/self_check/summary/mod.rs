//! 集計: counts by group as formulas over 項目一覧 with their results, two charts, what is left to do.

mod charts;
mod counts;

use rust_xlsxwriter::XlsxError;

use super::super::entries::{Shows, excel_date, group_label};
use super::super::looks::Look;
use super::super::sheet::Sheet;
use super::Book;
use super::items::{Items, TODAY_CELL};
use crate::answers::AnswerField;
use crate::assess::{Counts, PointResult};
use counts::{Counted, count_look};

const WIDTHS_CHARS: [f64; 10] = [24.0, 12.0, 14.0, 12.0, 12.0, 12.0, 12.0, 12.0, 16.0, 3.0];
const LAST: usize = 8;
const FIGURES_ROW: u32 = 2;
const CHART_COLUMN: u16 = 10;

pub(super) fn sheet<'a>(book: &Book<'a>, title: &str, items: &Items<'_>) -> Result<Sheet<'a>, XlsxError> {
    let mut sheet = book.begin(title, &WIDTHS_CHARS)?;
    let summary = Summary { book, ranges: Ranges::of(items), title };
    let groups = summary.groups();
    let status_row = FIGURES_ROW + 3;
    let status_total = summary.write_counts(&mut sheet, Counted::Statuses, status_row, &groups)?;
    let result_row = status_total + 2;
    let result_total = summary.write_counts(&mut sheet, Counted::Results, result_row, &groups)?;
    summary.write_figures(&mut sheet, result_total)?;
    summary.insert_charts(&mut sheet, (result_row + 1, result_total), groups.len())?;
    // The charts stand beside the tables and reach below them where there are few groups.
    summary.write_unanswered(&mut sheet, result_total + 2)?;
    sheet.print_on(&book.wide_paper(None))?;
    Ok(sheet)
}

/// The cells of 項目一覧 that are counted; `None` where the template leaves the column out.
struct Ranges {
    group: Option<String>,
    status: Option<String>,
    applicability: Option<String>,
    due: Option<String>,
    result: Option<String>,
}

impl Ranges {
    fn of(items: &Items<'_>) -> Self {
        let answer = |field| items.range(&Shows::Answer(field));
        Self {
            group: items.range(&Shows::Group),
            status: answer(AnswerField::Status),
            applicability: answer(AnswerField::Applicability),
            due: answer(AnswerField::Due),
            result: items.range(&Shows::Result),
        }
    }
}

/// A group and its counts.
struct GroupRow {
    label: String,
    /// The group as a criterion of COUNTIFS.
    criterion: Criterion,
    counts: Counts,
}

enum Criterion {
    /// The label cell of the same row.
    Label,
    /// A literal, for labels that COUNTIFS would take for a pattern, and for no group.
    Literal(String),
}

struct Summary<'b, 'a> {
    book: &'b Book<'a>,
    ranges: Ranges,
    title: &'b str,
}

impl Summary<'_, '_> {
    fn groups(&self) -> Vec<GroupRow> {
        let catalog = self.book.input.catalog;
        let rows = self.book.input.assessment.groups.iter().filter(|group| group.counts.items > 0).map(|group| {
            let is_none = group.id.is_empty();
            let label = if is_none { self.book.words.text("xlsx-group-none") } else { group_label(catalog, &group.id) };
            let criterion = if is_none { Criterion::Literal(String::new()) } else { criterion(&label) };
            GroupRow { label, criterion, counts: group.counts }
        });
        rows.collect()
    }

    /// The key figures on top.
    fn write_figures(&self, sheet: &mut Sheet<'_>, total: u32) -> Result<(), XlsxError> {
        let assessment = &self.book.input.assessment;
        let row = total + 1;
        let counts = &assessment.total;
        let settled = counts.settled();
        let share = share(settled, counts.items);
        let sum = format!("=SUM(B{row}:D{row})");
        let of = |letter: char| format!("={letter}{row}");
        let result = |result| counts.result(result).to_string();
        let figures = [
            ("xlsx-figure-items", Some(of('H')), counts.items.to_string(), "#,##0"),
            ("xlsx-figure-settled", Some(sum), settled.to_string(), "#,##0"),
            ("xlsx-figure-share", Some(format!("=I{row}")), share.to_string(), "0%"),
            ("xlsx-figure-action-needed", Some(of('E')), result(PointResult::ActionNeeded), "#,##0"),
            ("xlsx-figure-unanswered", Some(of('F')), result(PointResult::Unanswered), "#,##0"),
            ("xlsx-figure-recheck", Some(of('G')), result(PointResult::Recheck), "#,##0"),
            ("xlsx-figure-overdue", self.overdue_formula(), assessment.overdue().to_string(), "#,##0"),
        ];
        let big = self.book.looks.display(14.0).bold().bordered().centred();
        self.write_today(sheet, &big)?;
        for (column, (name, formula, value, format)) in (1..).zip(figures) {
            sheet.text(FIGURES_ROW, column, &self.book.words.text(name), &self.book.looks.header())?;
            let look = big.number(format);
            match formula {
                Some(formula) => sheet.formula(FIGURES_ROW + 1, column, &formula, &value, &look)?,
                None => sheet.number(FIGURES_ROW + 1, column, value.parse().unwrap_or(0), &look)?,
            }
        }
        sheet.at_least(FIGURES_ROW, 20.0);
        sheet.at_least(FIGURES_ROW + 1, 30.0);
        Ok(())
    }

    fn write_today(&self, sheet: &mut Sheet<'_>, big: &Look) -> Result<(), XlsxError> {
        sheet.text(FIGURES_ROW, 0, &self.book.words.text("xlsx-figure-today"), &self.book.looks.entry_header())?;
        let look = big.number("yyyy-mm-dd").filled(sheet.looks.entry_fill()).unlocked();
        match self.book.input.assessment.today.and_then(excel_date) {
            Some(date) => sheet.date(FIGURES_ROW + 1, 0, &date, &look),
            None => sheet.text(FIGURES_ROW + 1, 0, "", &look),
        }
    }

    fn overdue_formula(&self) -> Option<String> {
        let (due, result) = (self.ranges.due.as_ref()?, self.ranges.result.as_ref()?);
        let open = [PointResult::ActionNeeded, PointResult::Unanswered, PointResult::Recheck];
        let counts = open.map(|open| format!("COUNTIFS({due},\"<\"&{TODAY_CELL},{result},\"{}\")", open.word()));
        Some(format!("={}", counts.join("+")))
    }

    /// 未回答一覧: by group, the ids nobody has answered.
    fn write_unanswered(&self, sheet: &mut Sheet<'_>, row: u32) -> Result<(), XlsxError> {
        let (words, looks) = (self.book.words, self.book.looks);
        sheet.merged(row, (0, LAST), &words.text("xlsx-summary-unanswered"), &looks.heading())?;
        sheet.at_least(row, 22.0);
        let header_row = row + 1;
        sheet.text(header_row, 0, &words.text("xlsx-column-group"), &looks.header())?;
        sheet.text(header_row, 1, &words.text("xlsx-column-count"), &looks.header())?;
        sheet.merged(header_row, (2, LAST), &words.text("xlsx-column-id"), &looks.header())?;
        let mut row = header_row;
        for (label, ids) in self.unanswered_by_group() {
            row += 1;
            sheet.text(row, 0, &label, &looks.band())?;
            sheet.number(row, 1, ids.len(), &count_look(&looks.cell()))?;
            sheet.merged(row, (2, LAST), &self.named(&ids), &looks.cell().middle())?;
        }
        if row == header_row {
            sheet.merged(row + 1, (0, LAST), &words.text("xlsx-nothing-unanswered"), &looks.cell())?;
        }
        Ok(())
    }

    /// Ids in a row, as many as a row can be high for; the rest is counted.
    fn named(&self, ids: &[String]) -> String {
        const NAMED: usize = 400;
        let words = self.book.words;
        let mut named = ids[..ids.len().min(NAMED)].join(&words.text("xlsx-list-separator"));
        if ids.len() > NAMED {
            named += &words.with("xlsx-list-more", &[("count", (ids.len() - NAMED).into())]);
        }
        named
    }

    fn unanswered_by_group(&self) -> Vec<(String, Vec<String>)> {
        let catalog = self.book.input.catalog;
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for (item, result) in catalog.items.iter().zip(&self.book.input.assessment.results) {
            if *result != Some(PointResult::Unanswered) {
                continue;
            }
            let label = item
                .group
                .as_deref()
                .map_or_else(|| self.book.words.text("xlsx-group-none"), |id| group_label(catalog, id));
            match groups.iter_mut().find(|(known, _)| *known == label) {
                Some((_, ids)) => ids.push(item.key.to_string()),
                None => groups.push((label, vec![item.key.to_string()])),
            }
        }
        groups
    }
}

/// How COUNTIFS is told a label: by its cell, unless it would be read as a pattern or comparison.
fn criterion(label: &str) -> Criterion {
    let is_pattern = label.contains(['*', '?', '~']) || label.starts_with(['=', '<', '>']);
    if !is_pattern {
        return Criterion::Label;
    }
    let escaped = label.replace('~', "~~").replace('*', "~*").replace('?', "~?").replace('"', "\"\"");
    Criterion::Literal(format!("={escaped}"))
}

/// A share in whole percents, rounded down; 0 of nothing.
fn share(part: usize, whole: usize) -> f64 {
    (part * 100).checked_div(whole).unwrap_or(0) as f64 / 100.0
}
