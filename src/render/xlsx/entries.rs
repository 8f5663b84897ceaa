//! The table of items with the columns to fill in: shared by the deliverable's 項目一覧 and the answer sheet.
//!
//! Two header rows, reference columns left, 記入欄 tinted. Nothing is merged below the header, so that it can be sorted
//! and filtered; rows are found again by their id.

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime,
    Format, Formula, ProtectionOptions, XlsxError,
};

use super::looks::{self, Look};
use super::measure::{self, MAX_HEIGHT_PT};
use super::sheet::Sheet;
use crate::address::column_letters;
use crate::answers::column::{self, CarryField};
use crate::answers::{Answer, AnswerField};
use crate::assess::PointResult;
use crate::catalog::{Catalog, Item, ItemKey, ItemStatus, key};
use crate::diagnostic::Diagnostic;
use crate::render::words::Words;

/// Excel's limit for the choices of a drop-down written into the validation itself, commas included.
const MAX_CHOICES_UNITS: usize = 255;
/// A column is never made wider than this to keep its rows low.
const MAX_WIDTH_CHARS: f64 = 96.0;

/// What a column shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shows {
    Id,
    SheetName,
    Group,
    Title,
    /// The field of the catalog with this index.
    Field(usize),
    Answer(AnswerField),
    /// A part of what carrying the answer over had to say.
    Carry(CarryField),
    /// The unknown column of the answers under this heading.
    Extra(String),
    Result,
}

/// A column of the table.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) shows: Shows,
    /// Upper heading; neighbours with the same one share it.
    pub(super) over: String,
    pub(super) heading: String,
    pub(super) width_chars: f64,
    /// Whether it is to be filled in.
    pub(super) is_entry: bool,
    pub(super) choices: Vec<String>,
    pub(super) prompt: Option<String>,
    /// Whether it is folded away.
    pub(super) is_folded: bool,
    /// Whether its texts are short words, shown centred; told when the widths are set.
    pub(super) is_short: bool,
}

/// A line of the table.
pub(super) struct Line<'a> {
    pub(super) key: ItemKey,
    pub(super) item: Option<&'a Item>,
    pub(super) title: Option<&'a str>,
    pub(super) answer: Option<&'a Answer>,
    pub(super) result: Option<PointResult>,
}

impl Line<'_> {
    fn is_retired(&self) -> bool {
        self.item.is_some_and(|item| item.status == ItemStatus::Retired)
    }
}

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

/// The table to write.
pub(super) struct Entries<'a> {
    pub(super) words: &'a Words,
    pub(super) catalog: Option<&'a Catalog>,
    pub(super) columns: Vec<Column>,
    pub(super) lines: Vec<Line<'a>>,
    /// Whether 点検結果 is a formula over the row; a plain word otherwise.
    pub(super) live_results: bool,
    /// The cell that holds the day a due date is compared with, as a formula names it.
    pub(super) today_cell: Option<String>,
}

/// Where a table was written.
#[derive(Copy, Clone, Debug)]
pub(super) struct Placed {
    pub(super) first_row: u32,
    pub(super) last_row: u32,
}

impl Entries<'_> {
    /// The place of the column that shows something.
    pub(super) fn column(&self, shows: &Shows) -> Option<usize> {
        self.columns.iter().position(|column| column.shows == *shows)
    }

    fn answer_column(&self, field: AnswerField) -> Option<usize> {
        self.column(&Shows::Answer(field))
    }

    /// The place of the column with the provider's word.
    fn conformity_column(&self) -> Option<usize> {
        let index = self.catalog?.field_index(key::CONFORMITY)?;
        self.column(&Shows::Field(index))
    }

    /// Widens the columns whose texts would make a row higher than Excel lets it be.
    pub(super) fn widened(mut self, size_pt: f64, font: &str) -> Self {
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
    pub(super) fn within(mut self, budget_chars: f64) -> Self {
        let demands: Vec<Demand> = self.columns.iter().map(|column| self.demand(column)).collect();
        let shown = || self.columns.iter().zip(&demands).filter(|(column, _)| !column.is_folded);
        let total = |scale: f64| -> f64 { shown().map(|(column, demand)| demand.width_chars(column, scale)).sum() };
        // Widths grow with the scale, so halving finds the largest that keeps to the budget.
        let (mut least, mut most) = (0.0, 64.0);
        for _ in 0..24 {
            let middle = (least + most) / 2.0;
            if total(middle) > budget_chars { most = middle } else { least = middle }
        }
        for (column, demand) in self.columns.iter_mut().zip(&demands) {
            column.width_chars = demand.width_chars(column, least);
            column.is_short = matches!(demand, Demand::Short { is_word: true, .. });
        }
        self
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
    pub(super) fn folded(mut self) -> Self {
        let is_used = |column: &Column| self.lines.iter().any(|line| !self.text(line, column).is_empty());
        let used: Vec<bool> = self.columns.iter().map(is_used).collect();
        let any_entry = self.columns.iter().zip(&used).any(|(column, &used)| column.is_entry && used);
        for (column, used) in self.columns.iter_mut().zip(used) {
            column.is_folded = any_entry && !used && is_foldable(&column.shows);
        }
        self
    }

    pub(super) fn widths_chars(&self) -> Vec<f64> {
        self.columns.iter().map(|column| column.width_chars).collect()
    }

    /// Writes header and lines from a row down.
    pub(super) fn write(&self, sheet: &mut Sheet<'_>, header_row: u32) -> Result<Placed, XlsxError> {
        self.write_header(sheet, header_row)?;
        let first_row = header_row + 2;
        let looks = BodyLooks::new(sheet);
        let mut row = first_row;
        for line in &self.lines {
            for (index, column) in self.columns.iter().enumerate() {
                self.write_cell(sheet, &looks, (row, index), line, column)?;
            }
            self.say_if_too_high(sheet, row, line);
            row += 1;
        }
        let placed = Placed { first_row, last_row: row.max(first_row + 1) - 1 };
        self.validate(sheet, placed)?;
        self.highlight(sheet, placed)?;
        sheet.filter(header_row + 1, placed.last_row, self.columns.len() - 1)?;
        self.fold(sheet)?;
        Ok(placed)
    }

    /// Writes the same columns as one flat table with one header row from the first row down: values only.
    pub(super) fn write_flat(&self, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
        let looks = sheet.looks;
        for (index, column) in self.columns.iter().enumerate() {
            sheet.text(0, index, &column.heading, &looks.header())?;
        }
        let (plain, id, date) = (looks.flat(), looks.flat().as_text(), looks.flat().number("yyyy-mm-dd"));
        for (row, line) in (1..).zip(&self.lines) {
            for (index, column) in self.columns.iter().enumerate() {
                if let Some(date_value) = cell_date(line, column) {
                    sheet.date(row, index, &date_value, &date)?;
                    continue;
                }
                let text = self.text(line, column);
                if !text.is_empty() {
                    sheet.text(row, index, &text, if column.shows == Shows::Id { &id } else { &plain })?;
                }
            }
        }
        sheet.freeze(1, 1)?;
        sheet.filter(0, u32::try_from(self.lines.len()).unwrap_or(u32::MAX), self.columns.len() - 1)
    }

    fn write_header(&self, sheet: &mut Sheet<'_>, row: u32) -> Result<(), XlsxError> {
        let mut first = 0;
        while first < self.columns.len() {
            let column = &self.columns[first];
            let look = if column.is_entry { sheet.looks.entry_header() } else { sheet.looks.header() };
            let same = self.columns[first..].iter().take_while(|other| other.over == column.over);
            let last = first + same.count() - 1;
            if column.over.is_empty() {
                for index in first..=last {
                    let look =
                        if self.columns[index].is_entry { sheet.looks.entry_header() } else { sheet.looks.header() };
                    sheet.merged_rows((row, row + 1), (index, index), &self.columns[index].heading, &look)?;
                }
            } else {
                sheet.merged(row, (first, last), &column.over, &look)?;
                for index in first..=last {
                    sheet.text(row + 1, index, &self.columns[index].heading, &look)?;
                }
            }
            first = last + 1;
        }
        sheet.at_least(row, 20.0);
        sheet.at_least(row + 1, 32.0);
        Ok(())
    }

    /// Folds neighbouring columns together.
    fn fold(&self, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
        let mut first = 0;
        while first < self.columns.len() {
            let folded = self.columns[first..].iter().take_while(|column| column.is_folded).count();
            if folded > 0 {
                sheet.inner.group_columns_collapsed(first as u16, (first + folded - 1) as u16)?;
            }
            first += folded.max(1);
        }
        Ok(())
    }

    fn write_cell(
        &self,
        sheet: &mut Sheet<'_>,
        looks: &BodyLooks,
        (row, index): (u32, usize),
        line: &Line<'_>,
        column: &Column,
    ) -> Result<(), XlsxError> {
        let look = looks.of(column, line);
        if let Some(date) = cell_date(line, column) {
            return sheet.date(row, index, &date, look);
        }
        if column.shows == Shows::Result && !line.is_retired() {
            return self.write_result(sheet, (row, index), line, look);
        }
        sheet.text(row, index, &self.text(line, column), look)
    }

    /// 点検結果 as a formula over the row, where the row's cells say all that decides it; its word otherwise.
    fn write_result(
        &self,
        sheet: &mut Sheet<'_>,
        (row, index): (u32, usize),
        line: &Line<'_>,
        look: &Look,
    ) -> Result<(), XlsxError> {
        let word = line.result.map(PointResult::word).unwrap_or_default();
        match self.result_formula(row, line) {
            Some(formula) if self.live_results => sheet.formula(row, index, &formula, word, look),
            _ => sheet.text(row, index, word, look),
        }
    }

    /// The rules of `assess::point_result` in Excel's words; `None` where the cells shown would give another result.
    fn result_formula(&self, row: u32, line: &Line<'_>) -> Option<String> {
        let cell = |column: usize| format!("${}{}", column_letters(column as u32), row + 1);
        let conformity_column = self.conformity_column()?;
        let [conformity, applicability, reason, status, recheck] = [
            cell(conformity_column),
            cell(self.answer_column(AnswerField::Applicability)?),
            cell(self.answer_column(AnswerField::ExclusionReason)?),
            cell(self.answer_column(AnswerField::Status)?),
            cell(self.answer_column(AnswerField::Recheck)?),
        ];
        let shown = self.text(line, &self.columns[conformity_column]);
        let read = shown_result(&shown, line.answer);
        if Some(read) != line.result {
            return None;
        }
        let conforms = format!("{conformity}=\"適合可能\"");
        let outside = format!("LEFT({conformity},3)=\"対象外\"");
        Some(format!(
            "=IF(OR({recheck}=\"要\",NOT(OR({conforms},{outside}))),\"要再確認\",\
             IF(OR({applicability}=\"対象外\",{status}=\"対象外\"),IF({reason}=\"\",\"要対応\",\"対象外\"),\
             IF({status}=\"\",\"未回答\",\
             IF({status}=\"対応済\",IF({outside},\"充足(利用者対応)\",\"充足\"),\"要対応\"))))"
        ))
    }

    /// What a line has in a column.
    fn text(&self, line: &Line<'_>, column: &Column) -> String {
        match &column.shows {
            Shows::Id => line.key.id.to_string(),
            Shows::SheetName => line.key.sheet.as_deref().unwrap_or_default().to_owned(),
            Shows::Group => self.group_label(line),
            Shows::Title => line.title.unwrap_or_default().to_owned(),
            Shows::Field(index) => self.field_text(line, *index),
            Shows::Answer(field) => line.answer.map(|answer| answer.text(*field)).unwrap_or_default(),
            Shows::Carry(field) => answer_text(line, &column::Column::Carry(*field)),
            Shows::Extra(heading) => answer_text(line, &column::Column::Extra(heading.clone())),
            Shows::Result if line.is_retired() => self.words.text("xlsx-retired"),
            Shows::Result => line.result.map(PointResult::word).unwrap_or_default().to_owned(),
        }
    }

    fn group_label(&self, line: &Line<'_>) -> String {
        let group = line.item.and_then(|item| item.group.as_deref());
        match (group, self.catalog) {
            (Some(group), Some(catalog)) => group_label(catalog, group),
            _ => String::new(),
        }
    }

    fn field_text(&self, line: &Line<'_>, index: usize) -> String {
        let value = line.item.and_then(|item| item.values.get(index)?.as_ref());
        value.map(|value| value.effective_text().into_owned()).unwrap_or_default()
    }

    fn say_if_too_high(&self, sheet: &mut Sheet<'_>, row: u32, line: &Line<'_>) {
        if sheet.height_pt(row) > MAX_HEIGHT_PT {
            let place = sheet.place(row, 0);
            sheet.say(Diagnostic::note("row-too-low").at(place).arg("item", line.key.to_string()));
        }
    }

    fn validate(&self, sheet: &mut Sheet<'_>, placed: Placed) -> Result<(), XlsxError> {
        for (index, column) in self.columns.iter().enumerate().filter(|(_, column)| column.is_entry) {
            if let Some(validation) = self.validation(column)? {
                let column = index as u16;
                sheet.inner.add_data_validation(placed.first_row, column, placed.last_row, column, &validation)?;
            }
        }
        Ok(())
    }

    fn validation(&self, column: &Column) -> Result<Option<DataValidation>, XlsxError> {
        let title = cut(&column.heading, 32);
        let validation = if !column.choices.is_empty() {
            let list = column.choices.join(",");
            if list.encode_utf16().count() > MAX_CHOICES_UNITS {
                return self.prompt_only(column, &title);
            }
            let error = self.words.with("xlsx-choose-one-of", &[("choices", column.choices.clone().into())]);
            DataValidation::new()
                .allow_list_strings(&column.choices)?
                .set_error_title(title.as_str())?
                .set_error_message(cut(&error, 255))?
        } else if is_date(&column.shows) {
            let first = ExcelDateTime::from_ymd(2000, 1, 1)?;
            DataValidation::new()
                .allow_date(DataValidationRule::GreaterThanOrEqualTo(first))
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title(title.as_str())?
                .set_error_message(self.words.text("xlsx-enter-a-date"))?
        } else {
            return self.prompt_only(column, &title);
        };
        match self.prompt(column) {
            Some(prompt) => Ok(Some(validation.set_input_title(title.as_str())?.set_input_message(cut(&prompt, 255))?)),
            None => Ok(Some(validation)),
        }
    }

    fn prompt_only(&self, column: &Column, title: &str) -> Result<Option<DataValidation>, XlsxError> {
        let Some(prompt) = self.prompt(column) else { return Ok(None) };
        let validation = DataValidation::new().allow_any_value().set_input_title(title)?;
        Ok(Some(validation.set_input_message(cut(&prompt, 255))?))
    }

    /// The template's prompt, or ours.
    fn prompt(&self, column: &Column) -> Option<String> {
        let own = || match &column.shows {
            Shows::Answer(field) => Some(self.words.text(&format!("xlsx-prompt-{}", field.key().replace('_', "-")))),
            _ => None,
        };
        column.prompt.clone().or_else(own)
    }

    /// Tints what is open: 未回答, 要再確認, 期限切れ.
    fn highlight(&self, sheet: &mut Sheet<'_>, placed: Placed) -> Result<(), XlsxError> {
        let cell = |column: usize| format!("${}{}", column_letters(column as u32), placed.first_row + 1);
        let id = cell(self.column(&Shows::Id).unwrap_or(0));
        let status = self.answer_column(AnswerField::Status);
        let applicability = self.answer_column(AnswerField::Applicability);
        let result = self.column(&Shows::Result);
        let mut rules: Vec<(usize, String, u32, u32)> = Vec::new();
        let is_live = result
            .map_or(String::new(), |column| format!(",{}<>\"{}\"", cell(column), self.words.text("xlsx-retired")));
        if let (Some(status), Some(applicability)) = (status, applicability) {
            let rule = format!("=AND({id}<>\"\",{}=\"\",{}<>\"対象外\"{is_live})", cell(status), cell(applicability));
            rules.push((status, rule, looks::UNANSWERED_FILL, 0x84_3C0C));
        }
        if let Some(recheck) = self.answer_column(AnswerField::Recheck) {
            rules.push((recheck, format!("={}=\"要\"", cell(recheck)), looks::RECHECK_FILL, 0x7F_3F00));
        }
        if let (Some(due), Some(today)) = (self.answer_column(AnswerField::Due), &self.today_cell) {
            let settled = match (result, status) {
                (Some(result), _) => {
                    ["充足", "充足(利用者対応)", "対象外"].map(|word| format!("{}=\"{word}\"", cell(result))).join(",")
                }
                (None, Some(status)) => {
                    ["対応済", "対象外"].map(|word| format!("{}=\"{word}\"", cell(status))).join(",")
                }
                (None, None) => "FALSE".to_owned(),
            };
            let rule = format!("=AND(ISNUMBER({0}),{0}<{today},NOT(OR({settled})))", cell(due));
            rules.push((due, rule, looks::OVERDUE_FILL, 0x9C_0006));
        }
        if let Some(result) = result {
            for (word, fill, text) in [
                ("未回答", looks::UNANSWERED_FILL, 0x84_3C0C),
                ("要再確認", looks::RECHECK_FILL, 0x7F_3F00),
                ("要対応", looks::OVERDUE_FILL, 0x9C_0006),
                ("充足", looks::MET_FILL, 0x37_5623),
                ("充足(利用者対応)", looks::MET_FILL, 0x37_5623),
            ] {
                rules.push((result, format!("={}=\"{word}\"", cell(result)), fill, text));
            }
        }
        for (column, rule, fill, text) in rules {
            let format =
                Format::new().set_background_color(Color::RGB(fill)).set_font_color(Color::RGB(text)).set_bold();
            let rule = ConditionalFormatFormula::new().set_rule(Formula::new(rule)).set_format(format);
            let column = column as u16;
            sheet.inner.add_conditional_format(placed.first_row, column, placed.last_row, column, &rule)?;
        }
        Ok(())
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
                | Remarks
        ),
        _ => false,
    }
}

/// Locks what is given; what is to be filled in, filters, widths and heights stay free.
pub(super) fn protect(sheet: &mut Sheet<'_>) {
    let mut options = ProtectionOptions::new();
    options.use_autofilter = true;
    options.sort = true;
    options.format_columns = true;
    options.format_rows = true;
    sheet.inner.protect_with_options(&options);
}

/// How a group is shown: by its name; with its id where names repeat, so that counts by name stay apart.
pub(super) fn group_label(catalog: &Catalog, id: &str) -> String {
    let title = |group: &crate::catalog::Group| group.title.clone();
    let Some(own) = catalog.groups.iter().find(|group| &*group.id == id).and_then(title) else { return id.to_owned() };
    let same = catalog.groups.iter().filter(|group| title(group).as_deref() == Some(&own)).count();
    if same > 1 { format!("{id} {own}") } else { own }
}

/// The result a reader of the row would come to, with the conformity as shown.
fn shown_result(conformity: &str, answer: Option<&Answer>) -> PointResult {
    use crate::catalog::{Conformity, ConformityWord};
    let word = match conformity {
        "適合可能" => Some(ConformityWord::Conforming),
        text if text.starts_with("対象外") => Some(ConformityWord::OutOfScope),
        _ => None,
    };
    let conformity = word.map(|word| Conformity { word, note: None });
    crate::assess::point_result(conformity.as_ref(), answer)
}

/// The looks of the body, made once: a format is looked up for every cell.
struct BodyLooks {
    given: Look,
    given_centred: Look,
    id: Look,
    entry: Look,
    entry_centred: Look,
    entry_date: Look,
    computed: Look,
    retired: Look,
}

impl BodyLooks {
    fn new(sheet: &Sheet<'_>) -> Self {
        let (cell, entry) = (sheet.looks.cell(), sheet.looks.entry());
        Self {
            given_centred: cell.centred(),
            id: cell.as_text().centred().bold(),
            entry_centred: entry.centred(),
            entry_date: entry.centred().number("yyyy-mm-dd"),
            computed: cell.centred().bold(),
            retired: cell.filled(looks::BAND_FILL).coloured(looks::MUTED),
            entry,
            given: cell,
        }
    }

    fn of(&self, column: &Column, line: &Line<'_>) -> &Look {
        if line.is_retired() && column.shows != Shows::Id {
            return &self.retired;
        }
        match column.shows {
            Shows::Id => &self.id,
            Shows::Result => &self.computed,
            Shows::Group | Shows::SheetName => &self.given_centred,
            _ if column.is_entry && is_date(&column.shows) => &self.entry_date,
            _ if column.is_entry && !column.choices.is_empty() => &self.entry_centred,
            _ if column.is_entry => &self.entry,
            _ if column.is_short => &self.given_centred,
            _ => &self.given,
        }
    }
}

fn is_date(shows: &Shows) -> bool {
    use AnswerField::{AnsweredOn, ApprovedOn, Due, RecheckedOn};
    matches!(shows, Shows::Answer(Due | AnsweredOn | ApprovedOn | RecheckedOn))
}

fn answer_text(line: &Line<'_>, column: &column::Column) -> String {
    line.answer.map(|answer| column::text(answer, column)).unwrap_or_default()
}

/// The date a cell holds, as Excel counts it; `None` for all other cells.
fn cell_date(line: &Line<'_>, column: &Column) -> Option<ExcelDateTime> {
    let Shows::Answer(field) = column.shows else { return None };
    excel_date(date_of(line.answer?, field)?)
}

fn date_of(answer: &Answer, field: AnswerField) -> Option<Date> {
    match field {
        AnswerField::Due => answer.due,
        AnswerField::AnsweredOn => answer.answered_on,
        AnswerField::ApprovedOn => answer.approved_on,
        AnswerField::RecheckedOn => answer.rechecked_on,
        _ => None,
    }
}

/// A date as Excel counts it; `None` before 1900-03-01, where its calendar is wrong: such a date stays text.
pub(super) fn excel_date(date: Date) -> Option<ExcelDateTime> {
    if date < jiff::civil::date(1900, 3, 1) {
        return None;
    }
    let year = u16::try_from(date.year()).ok()?;
    ExcelDateTime::from_ymd(year, u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?).ok()
}

/// The first characters of a text, `…` behind them where something was cut.
fn cut(text: &str, limit: usize) -> String {
    if text.encode_utf16().count() <= limit {
        return text.to_owned();
    }
    let end = super::rich::prefix_end(text, limit - 1);
    format!("{}…", &text[..end])
}
