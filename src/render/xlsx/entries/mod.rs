//! The table of items with the columns to fill in: shared by the deliverable's 項目一覧 and the answer sheet.
//!
//! Two header rows, reference columns left, 記入欄 tinted. Nothing is merged below the header, so that it can be sorted
//! and filtered; rows are found again by their id. A sheet to be handed round also keeps every id in a hidden column.

mod body;
mod choices;
mod highlight;
mod pages;
mod result;
mod widths;

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, ProtectionOptions, XlsxError};

use super::measure::MAX_HEIGHT_PT;
use super::rich;
use super::sheet::Sheet;
use crate::answers::column::{self, CarryField};
use crate::answers::{Answer, AnswerField};
use crate::assess::PointResult;
use crate::catalog::{Catalog, Item, ItemKey, ItemStatus, key};
use crate::diagnostic::Diagnostic;
use crate::render::words::Words;
use body::BodyLooks;
pub(super) use pages::Pages;

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
    /// The item, for the row to be found by whatever becomes of its number: [`column::key_text`].
    Key,
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

impl Column {
    /// A column that is read and not filled in.
    pub(super) fn given(shows: Shows, over: String, heading: String, width_chars: f64) -> Self {
        Self {
            shows,
            over,
            heading,
            width_chars,
            is_entry: false,
            choices: Vec::new(),
            prompt: None,
            is_folded: false,
            is_short: false,
        }
    }

    /// The hidden column that keeps each row's item.
    pub(super) fn key() -> Self {
        Self::given(Shows::Key, column::FORM.to_owned(), column::FORM.to_owned(), 12.0)
    }

    fn is_hidden(&self) -> bool {
        self.shows == Shows::Key
    }
}

impl Line<'_> {
    fn is_retired(&self) -> bool {
        self.item.is_some_and(|item| item.status == ItemStatus::Retired)
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

    /// Folds neighbouring columns together and hides what is hidden.
    fn fold(&self, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
        let mut first = 0;
        while first < self.columns.len() {
            let folded = self.columns[first..].iter().take_while(|column| column.is_folded).count();
            if folded > 0 {
                sheet.inner.group_columns_collapsed(first as u16, (first + folded - 1) as u16)?;
            }
            first += folded.max(1);
        }
        for (index, _) in self.columns.iter().enumerate().filter(|(_, column)| column.is_hidden()) {
            sheet.inner.set_column_hidden(index as u16)?;
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
        let text = self.text(line, column);
        if column.shows == Shows::Answer(AnswerField::ChangedText) {
            return sheet.pieces(row, index, &rich::of_marked_text(&text), look);
        }
        sheet.text(row, index, &text, look)
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
            Shows::Key => column::key_text(&line.key),
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
