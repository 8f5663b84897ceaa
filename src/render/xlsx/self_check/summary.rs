//! 集計: counts by group as formulas over 項目一覧 with their results, two charts, what is left to do.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartPoint, ChartSolidFill,
    ChartType, Color, ConditionalFormatDataBar, XlsxError,
};

use super::super::entries::{Shows, excel_date, group_label};
use super::super::looks::{BAND_FILL, Look};
use super::super::sheet::Sheet;
use super::Book;
use super::items::{Items, TODAY_CELL};
use crate::address::{column_letters, quote_sheet};
use crate::answers::{AnswerField, Status};
use crate::assess::{Counts, PointResult, Progress};

const WIDTHS_CHARS: [f64; 10] = [24.0, 12.0, 14.0, 12.0, 12.0, 12.0, 12.0, 12.0, 16.0, 3.0];
const LAST: usize = 8;
const FIGURES_ROW: u32 = 2;
const CHART_COLUMN: u16 = 10;

/// Colours of the results, settled ones green and blue, open ones warm.
const RESULT_COLORS: [u32; 6] = [0x54_8235, 0xA9_D08E, 0xBF_BFBF, 0xE0_7B39, 0xF4_B9A7, 0xFF_C000];

pub(super) fn sheet<'a>(book: &Book<'a>, title: &str, items: &Items<'_>) -> Result<Sheet<'a>, XlsxError> {
    let mut sheet = book.begin(title, &WIDTHS_CHARS)?;
    let summary = Summary { book, ranges: Ranges::of(items), title };
    let groups = summary.groups();
    let status_row = FIGURES_ROW + 3;
    let status_total = summary.write_statuses(&mut sheet, status_row, &groups)?;
    let result_row = status_total + 2;
    let result_total = summary.write_results(&mut sheet, result_row, &groups)?;
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

/// A line of the tables: a group and its counts.
struct Row {
    label: String,
    /// The group as a criterion of COUNTIFS; `None` for all items.
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
    fn groups(&self) -> Vec<Row> {
        let catalog = self.book.input.catalog;
        let rows = self.book.input.assessment.groups.iter().filter(|group| group.counts.items > 0).map(|group| {
            let is_none = group.id.is_empty();
            let label = if is_none { self.book.words.text("xlsx-group-none") } else { group_label(catalog, &group.id) };
            let criterion = if is_none { Criterion::Literal(String::new()) } else { criterion(&label) };
            Row { label, criterion, counts: group.counts }
        });
        rows.collect()
    }

    fn write_statuses(&self, sheet: &mut Sheet<'_>, row: u32, groups: &[Row]) -> Result<u32, XlsxError> {
        let words: Vec<&str> = Progress::ALL.iter().map(|progress| progress.word()).collect();
        let total = self.write_table(
            sheet,
            row,
            "xlsx-summary-statuses",
            &words,
            groups,
            |counts, index| counts.status(Progress::ALL[index]),
            |index, header, group| self.status_formula(Progress::ALL[index], header, group),
        )?;
        self.write_share(sheet, row + 1, total, groups, "xlsx-column-answered", "B{0}:F{0}", Counts::answered)?;
        Ok(total)
    }

    fn write_results(&self, sheet: &mut Sheet<'_>, row: u32, groups: &[Row]) -> Result<u32, XlsxError> {
        let words: Vec<&str> = PointResult::ALL.iter().map(|result| result.word()).collect();
        let total = self.write_table(
            sheet,
            row,
            "xlsx-summary-results",
            &words,
            groups,
            |counts, index| counts.result(PointResult::ALL[index]),
            |_, header, group| self.result_formula(header, group),
        )?;
        self.write_share(sheet, row + 1, total, groups, "xlsx-column-progress", "B{0}:D{0}", Counts::settled)?;
        Ok(total)
    }

    /// A table of counts: header, a row a group, totals. Returns the row of the totals.
    #[allow(clippy::too_many_arguments, reason = "the two tables differ in exactly these")]
    fn write_table(
        &self,
        sheet: &mut Sheet<'_>,
        row: u32,
        heading: &str,
        words: &[&str],
        groups: &[Row],
        count: impl Fn(&Counts, usize) -> usize,
        formula: impl Fn(usize, &str, Option<(&Criterion, u32)>) -> Option<String>,
    ) -> Result<u32, XlsxError> {
        let looks = self.book.looks;
        sheet.merged(row, (0, LAST), &self.book.words.text(heading), &looks.heading())?;
        sheet.at_least(row, 22.0);
        let header_row = row + 1;
        sheet.text(header_row, 0, &self.book.words.text("xlsx-column-group"), &looks.header())?;
        for (column, word) in (1..).zip(words) {
            sheet.text(header_row, column, word, &looks.header())?;
        }
        sheet.text(header_row, words.len() + 1, &self.book.words.text("xlsx-total-items"), &looks.header())?;
        sheet.at_least(header_row, 22.0);
        let number = count_look(&looks.cell());
        let mut row = header_row;
        for group in groups {
            row += 1;
            sheet.text(row, 0, &group.label, &looks.band())?;
            for index in 0..words.len() {
                let header = format!("{}${}", column_letters(index as u32 + 1), header_row + 1);
                let found = formula(index, &header, Some((&group.criterion, row)));
                write_count(sheet, (row, index + 1), found.as_deref(), count(&group.counts, index), &number)?;
            }
            self.write_row_sum(sheet, row, words.len(), group.counts.items, &number)?;
            sheet.at_least(row, 20.0);
        }
        let total_row = row + 1;
        let total = number.bold().filled(BAND_FILL);
        let counts = &self.book.input.assessment.total;
        sheet.text(total_row, 0, &self.book.words.text("xlsx-total"), &looks.band().bold())?;
        for index in 0..words.len() {
            let letters = column_letters(index as u32 + 1);
            let header = format!("{letters}${}", header_row + 1);
            let found = if groups.is_empty() {
                formula(index, &header, None)
            } else {
                Some(format!("=SUM({letters}{}:{letters}{})", header_row + 2, total_row))
            };
            write_count(sheet, (total_row, index + 1), found.as_deref(), count(counts, index), &total)?;
        }
        self.write_row_sum(sheet, total_row, words.len(), counts.items, &total)?;
        sheet.at_least(total_row, 20.0);
        Ok(total_row)
    }

    fn write_row_sum(
        &self,
        sheet: &mut Sheet<'_>,
        row: u32,
        columns: usize,
        items: usize,
        look: &Look,
    ) -> Result<(), XlsxError> {
        let formula = format!("=SUM(B{0}:{1}{0})", row + 1, column_letters(columns as u32));
        write_count(sheet, (row, columns + 1), Some(&formula), items, &look.bold())
    }

    /// How much of each group is answered or settled, with a bar in the cell; `cells` are those of a row that count,
    /// `{0}` for its number.
    #[allow(clippy::too_many_arguments, reason = "the two shares differ in the last three")]
    fn write_share(
        &self,
        sheet: &mut Sheet<'_>,
        header_row: u32,
        total: u32,
        groups: &[Row],
        heading: &str,
        cells: &str,
        count: fn(&Counts) -> usize,
    ) -> Result<(), XlsxError> {
        let looks = self.book.looks;
        sheet.text(header_row, LAST, &self.book.words.text(heading), &looks.header())?;
        let look = looks.cell().middle().number("0%").right();
        let counts = groups.iter().map(|group| group.counts).chain([self.book.input.assessment.total]);
        for (row, counts) in (header_row + 1..).zip(counts) {
            let number = (row + 1).to_string();
            let formula = "=IF(H{0}=0,0,SUM(CELLS)/H{0})".replace("CELLS", cells).replace("{0}", &number);
            let share = if counts.items == 0 { 0.0 } else { count(&counts) as f64 / counts.items as f64 };
            sheet.formula(row, LAST, &formula, &share.to_string(), &look)?;
        }
        let bar = ConditionalFormatDataBar::new()
            .set_fill_color(Color::RGB(0xA9_D08E))
            .set_solid_fill(true)
            .set_minimum(rust_xlsxwriter::ConditionalFormatType::Number, 0)
            .set_maximum(rust_xlsxwriter::ConditionalFormatType::Number, 1);
        sheet.inner.add_conditional_format(header_row + 1, LAST as u16, total, LAST as u16, &bar)?;
        Ok(())
    }

    /// The key figures on top.
    fn write_figures(&self, sheet: &mut Sheet<'_>, total: u32) -> Result<(), XlsxError> {
        let assessment = &self.book.input.assessment;
        let row = total + 1;
        let counts = &assessment.total;
        let settled = counts.settled();
        let share = if counts.items == 0 { 0.0 } else { settled as f64 / counts.items as f64 };
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

    fn overdue_formula(&self) -> Option<String> {
        let (due, result) = (self.ranges.due.as_ref()?, self.ranges.result.as_ref()?);
        let open = [PointResult::ActionNeeded, PointResult::Unanswered, PointResult::Recheck];
        let counts = open.map(|open| format!("COUNTIFS({due},\"<\"&{TODAY_CELL},{result},\"{}\")", open.word()));
        Some(format!("={}", counts.join("+")))
    }

    fn insert_charts(&self, sheet: &mut Sheet<'_>, rows: (u32, u32), groups: usize) -> Result<(), XlsxError> {
        let bars = self.bar_chart(rows, groups);
        sheet.inner.insert_chart(FIGURES_ROW, CHART_COLUMN, &bars)?;
        let doughnut = self.doughnut_chart(rows);
        sheet.inner.insert_chart_with_offset(FIGURES_ROW, CHART_COLUMN, &doughnut, 0, 340)?;
        Ok(())
    }

    fn reference(&self, first: (u32, u32), last: (u32, u32)) -> String {
        let cell = |(row, column): (u32, u32)| format!("${}${}", column_letters(column), row + 1);
        format!("={}!{}:{}", quote_sheet(self.title), cell(first), cell(last))
    }

    /// Groups against results, stacked.
    fn bar_chart(&self, (header, total): (u32, u32), groups: usize) -> Chart {
        let (first, last) = if groups == 0 { (total, total) } else { (header + 1, total - 1) };
        let mut chart = Chart::new(ChartType::BarStacked);
        for (column, color) in (1..).zip(RESULT_COLORS) {
            let series = chart.add_series();
            series
                .set_name(self.reference((header, column), (header, column)).as_str())
                .set_categories(self.reference((first, 0), (last, 0)).as_str())
                .set_values(self.reference((first, column), (last, column)).as_str())
                .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(color))))
                .set_data_label(
                    ChartDataLabel::new().show_value().set_num_format("#,##0;;").set_font(&self.label_font(color)),
                )
                .set_gap(60);
        }
        // In a bar chart the values run along the x axis; the groups read downwards, as in the table.
        let grid = ChartLine::new().set_color(Color::RGB(0xD9_D9D9)).clone();
        chart.x_axis().set_font(&self.font(8)).set_major_gridlines_line(&grid).set_num_format("#,##0");
        chart.y_axis().set_font(&self.font(9)).set_reverse().set_major_gridlines(false);
        self.finish_chart(&mut chart, "xlsx-chart-by-group", (640, 330));
        chart
    }

    /// All items by result.
    fn doughnut_chart(&self, (header, total): (u32, u32)) -> Chart {
        let mut chart = Chart::new(ChartType::Doughnut);
        let points: Vec<ChartPoint> = RESULT_COLORS
            .iter()
            .map(|&color| {
                ChartPoint::new()
                    .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(color))))
            })
            .collect();
        chart
            .add_series()
            .set_categories(self.reference((header, 1), (header, 6)).as_str())
            .set_values(self.reference((total, 1), (total, 6)).as_str())
            .set_points(&points)
            .set_data_label(ChartDataLabel::new().show_value().set_num_format("#,##0;;").set_font(&self.font(9)));
        chart.set_hole_size(55);
        self.finish_chart(&mut chart, "xlsx-chart-overall", (640, 330));
        chart
    }

    fn finish_chart(&self, chart: &mut Chart, title: &str, (width, height): (u32, u32)) {
        let title = self.book.words.text(title);
        chart.title().set_name(title.as_str()).set_font(self.font(11).set_bold());
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&self.font(8));
        chart.set_width(width).set_height(height).set_alt_text(title.as_str());
    }

    /// White on the dark colour, black on the others.
    fn label_font(&self, color: u32) -> ChartFont {
        let mut font = self.font(8);
        if color == RESULT_COLORS[0] {
            font.set_color(Color::White);
        }
        font
    }

    fn font(&self, size: u32) -> ChartFont {
        ChartFont::new().set_name(self.book.looks.font()).set_size(size).clone()
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

fn count_look(cell: &Look) -> Look {
    cell.middle().number("#,##0;-#,##0;－").right()
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

/// How COUNTIFS is told a label: by its cell, unless it would be read as a pattern or comparison.
fn criterion(label: &str) -> Criterion {
    let is_pattern = label.contains(['*', '?', '~']) || label.starts_with(['=', '<', '>']);
    if !is_pattern {
        return Criterion::Label;
    }
    let escaped = label.replace('~', "~~").replace('*', "~*").replace('?', "~?").replace('"', "\"\"");
    Criterion::Literal(format!("={escaped}"))
}
