//! The two tables of 集計: groups down, 自己評価 or 点検結果 across, as formulas over 項目一覧 with their results.

use rust_xlsxwriter::{Color, ConditionalFormatDataBar, ConditionalFormatType, XlsxError};

use super::super::super::looks::{BAND_FILL, Look};
use super::super::super::sheet::Sheet;
use super::{Criterion, GroupRow, LAST, Summary, share};
use crate::address::column_letters;
use crate::answers::Status;
use crate::assess::{Counts, PointResult, Progress};

/// What is counted across.
#[derive(Copy, Clone)]
pub(super) enum Counted {
    /// Items by 自己評価, blank ones included.
    Statuses,
    /// Items by 点検結果.
    Results,
}

impl Counted {
    /// The message over the table, and the one over the share of what is done.
    fn headings(self) -> (&'static str, &'static str) {
        match self {
            Self::Statuses => ("xlsx-summary-statuses", "xlsx-column-answered"),
            Self::Results => ("xlsx-summary-results", "xlsx-column-progress"),
        }
    }

    /// The words across.
    fn words(self) -> Vec<&'static str> {
        match self {
            Self::Statuses => Progress::ALL.iter().map(|progress| progress.word()).collect(),
            Self::Results => PointResult::ALL.iter().map(|result| result.word()).collect(),
        }
    }

    /// How many items have the word of this number.
    fn count(self, counts: &Counts, index: usize) -> usize {
        match self {
            Self::Statuses => counts.status(Progress::ALL[index]),
            Self::Results => counts.result(PointResult::ALL[index]),
        }
    }

    /// How many items are done, and the letters of the columns that say so.
    fn done(self, counts: &Counts) -> (usize, (char, char)) {
        match self {
            Self::Statuses => (counts.answered(), ('B', 'F')),
            Self::Results => (counts.settled(), ('B', 'D')),
        }
    }
}

/// A row of a table.
struct CountRow<'a> {
    row: u32,
    label: &'a str,
    label_look: Look,
    counts: &'a Counts,
    /// One for each word across; `None` where 項目一覧 lacks the column.
    formulas: Vec<Option<String>>,
    look: Look,
}

impl Summary<'_, '_> {
    /// Writes a table: header, a row for each group, totals, shares. Returns the row of the totals.
    pub(super) fn write_counts(
        &self,
        sheet: &mut Sheet<'_>,
        counted: Counted,
        row: u32,
        groups: &[GroupRow],
    ) -> Result<u32, XlsxError> {
        let looks = self.book.looks;
        let header_row = row + 1;
        self.write_header(sheet, counted, row)?;
        let look = count_look(&looks.cell());
        let columns = 0..counted.words().len();
        let letters = |index: usize| column_letters(index as u32 + 1);
        let header = |index: usize| format!("{}${}", letters(index), header_row + 1);
        for (row, group) in (header_row + 1..).zip(groups) {
            let of_group = Some((&group.criterion, row));
            let formulas = columns.clone().map(|index| self.formula(counted, index, &header(index), of_group));
            let (label, counts, formulas) = (&group.label, &group.counts, formulas.collect());
            write_row(
                sheet,
                counted,
                CountRow { row, label, label_look: looks.band(), counts, formulas, look: look.clone() },
            )?;
        }
        let row = header_row + 1 + groups.len() as u32;
        let total = |index: usize| match groups {
            [] => self.formula(counted, index, &header(index), None),
            _ => Some(format!("=SUM({0}{1}:{0}{2})", letters(index), header_row + 2, row)),
        };
        let formulas = columns.map(total).collect();
        let (label, label_look) = (&self.book.words.text("xlsx-total"), looks.band().bold());
        let (counts, look) = (&self.book.input.assessment.total, look.bold().filled(BAND_FILL));
        write_row(sheet, counted, CountRow { row, label, label_look, counts, formulas, look })?;
        self.write_shares(sheet, counted, header_row, groups)?;
        Ok(row)
    }

    fn write_header(&self, sheet: &mut Sheet<'_>, counted: Counted, row: u32) -> Result<(), XlsxError> {
        let (words, looks) = (self.book.words, self.book.looks);
        sheet.merged(row, (0, LAST), &words.text(counted.headings().0), &looks.heading())?;
        sheet.at_least(row, 22.0);
        sheet.text(row + 1, 0, &words.text("xlsx-column-group"), &looks.header())?;
        let across = counted.words();
        for (column, word) in (1..).zip(&across) {
            sheet.text(row + 1, column, word, &looks.header())?;
        }
        sheet.text(row + 1, across.len() + 1, &words.text("xlsx-total-items"), &looks.header())?;
        sheet.at_least(row + 1, 22.0);
        Ok(())
    }

    /// How much of each group, and of all items, is answered or settled, with a bar in the cell.
    fn write_shares(
        &self,
        sheet: &mut Sheet<'_>,
        counted: Counted,
        header_row: u32,
        groups: &[GroupRow],
    ) -> Result<(), XlsxError> {
        let looks = self.book.looks;
        sheet.text(header_row, LAST, &self.book.words.text(counted.headings().1), &looks.header())?;
        let look = looks.cell().middle().number("0%").right();
        let counts = groups.iter().map(|group| group.counts).chain([self.book.input.assessment.total]);
        for (row, counts) in (header_row + 1..).zip(counts) {
            let (done, (first, last)) = counted.done(&counts);
            // Whole percents, cut as `status` cuts them: 100 % is all of them.
            let formula = format!("=IF(H{0}=0,0,INT(SUM({first}{0}:{last}{0})*100/H{0})/100)", row + 1);
            let share = share(done, counts.items);
            sheet.formula(row, LAST, &formula, &share.to_string(), &look)?;
        }
        let bar = ConditionalFormatDataBar::new()
            .set_fill_color(Color::RGB(0xA9_D08E))
            .set_solid_fill(true)
            .set_minimum(ConditionalFormatType::Number, 0)
            .set_maximum(ConditionalFormatType::Number, 1);
        let total_row = header_row + 1 + groups.len() as u32;
        sheet.inner.add_conditional_format(header_row + 1, LAST as u16, total_row, LAST as u16, &bar)?;
        Ok(())
    }

    /// Counts the items with the word in the `header` cell, of one group or of all.
    fn formula(
        &self,
        counted: Counted,
        index: usize,
        header: &str,
        group: Option<(&Criterion, u32)>,
    ) -> Option<String> {
        match counted {
            Counted::Statuses => self.status_formula(Progress::ALL[index], header, group),
            Counted::Results => self.result_formula(header, group),
        }
    }

    fn status_formula(&self, progress: Progress, header: &str, group: Option<(&Criterion, u32)>) -> Option<String> {
        let (status, applicability) = (self.ranges.status.as_ref()?, self.ranges.applicability.as_ref()?);
        let (group, active) = (self.group_part(group)?, self.active_part());
        Some(match progress.0 {
            None => format!("=COUNTIFS({group}{status},\"\",{applicability},\"<>対象外\"{active})"),
            Some(Status::Excluded) => format!(
                "=COUNTIFS({group}{status},{header}{active})+COUNTIFS({group}{applicability},\"対象外\",{status},\"<>\"&{header}{active})"
            ),
            Some(_) => format!("=COUNTIFS({group}{status},{header},{applicability},\"<>対象外\"{active})"),
        })
    }

    fn result_formula(&self, header: &str, group: Option<(&Criterion, u32)>) -> Option<String> {
        let result = self.ranges.result.as_ref()?;
        let group = self.group_part(group)?;
        Some(format!("=COUNTIFS({group}{result},{header})"))
    }

    /// The condition that an item is in the group of this row.
    fn group_part(&self, group: Option<(&Criterion, u32)>) -> Option<String> {
        let Some((criterion, row)) = group else { return Some(String::new()) };
        let range = self.ranges.group.as_ref()?;
        Some(match criterion {
            Criterion::Label => format!("{range},$A{},", row + 1),
            Criterion::Literal(text) => format!("{range},\"{text}\","),
        })
    }

    /// The condition that an item is in force.
    fn active_part(&self) -> String {
        let retired = self.book.words.text("xlsx-retired");
        self.ranges.result.as_ref().map_or(String::new(), |range| format!(",{range},\"<>{retired}\""))
    }
}

fn write_row(sheet: &mut Sheet<'_>, counted: Counted, line: CountRow<'_>) -> Result<(), XlsxError> {
    let CountRow { row, label, label_look, counts, formulas, look } = line;
    sheet.text(row, 0, label, &label_look)?;
    for (index, formula) in formulas.iter().enumerate() {
        write_count(sheet, (row, index + 1), formula.as_deref(), counted.count(counts, index), &look)?;
    }
    let sum = format!("=SUM(B{0}:{1}{0})", row + 1, column_letters(formulas.len() as u32));
    write_count(sheet, (row, formulas.len() + 1), Some(&sum), counts.items, &look.bold())?;
    sheet.at_least(row, 20.0);
    Ok(())
}

fn write_count(
    sheet: &mut Sheet<'_>,
    (row, column): (u32, usize),
    formula: Option<&str>,
    count: usize,
    look: &Look,
) -> Result<(), XlsxError> {
    match formula {
        Some(formula) => sheet.formula(row, column, formula, &count.to_string(), look),
        None => sheet.number(row, column, count, look),
    }
}

/// The look of a count: zero is a dash.
pub(super) fn count_look(cell: &Look) -> Look {
    cell.middle().number("#,##0;-#,##0;－").right()
}
