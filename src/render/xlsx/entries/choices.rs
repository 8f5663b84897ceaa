//! What may be entered: drop-downs, dates, and the prompt that says how.
//!
//! Choices that a validation cannot hold itself (over Excel's 255 characters, or with a comma) stand on a sheet of lists.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, XlsxError,
};

use super::super::looks::Looks;
use super::super::sheet::Sheet;
use super::{Column, Entries, Placed, Shows, is_date};
use crate::address::{column_letters, quote_sheet};
use crate::render::words::Words;

/// Excel's limit for the choices of a drop-down written into the validation itself, commas included.
const MAX_CHOICES_UNITS: usize = 255;

impl Entries<'_> {
    pub(super) fn validate(&self, sheet: &mut Sheet<'_>, placed: Placed) -> Result<(), XlsxError> {
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
            let quoted = |choice: &String| self.words.with("xlsx-choice", &[("choice", choice.as_str().into())]);
            let choices = self.words.list(&column.choices.iter().map(quoted).collect::<Vec<_>>());
            let error = self.words.with("xlsx-choose-one-of", &[("choices", choices.into())]);
            self.list(column)?.set_error_title(title.as_str())?.set_error_message(cut(&error, 255))?
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

    /// The drop-down of a column's choices.
    fn list(&self, column: &Column) -> Result<DataValidation, XlsxError> {
        let Some(place) = self.long_lists().position(|other| other.shows == column.shows) else {
            return DataValidation::new().allow_list_strings(&column.choices);
        };
        let sheet = quote_sheet(&self.words.text("xlsx-sheet-lists")).into_owned();
        let letters = column_letters(place as u32);
        let range = format!("={sheet}!${letters}$2:${letters}${}", column.choices.len() + 1);
        Ok(DataValidation::new().allow_list_formula(Formula::new(range)))
    }

    /// The columns whose choices stand on the sheet of lists, in its order.
    fn long_lists(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| column.is_entry && !fits(&column.choices))
    }

    /// The sheet of lists, where a validation cannot hold its choices itself.
    pub(in super::super) fn lists_sheet<'a>(
        &self,
        looks: &'a Looks,
        words: &'a Words,
    ) -> Result<Option<Sheet<'a>>, XlsxError> {
        let widths: Vec<f64> = self.long_lists().map(|_| 30.0).collect();
        if widths.is_empty() {
            return Ok(None);
        }
        let mut sheet = Sheet::new(&words.text("xlsx-sheet-lists"), looks, words, &widths)?;
        for (index, column) in self.long_lists().enumerate() {
            sheet.text(0, index, &column.heading, &looks.header())?;
            for (row, choice) in (1..).zip(&column.choices) {
                sheet.text(row, index, choice, &looks.cell())?;
            }
        }
        sheet.freeze(1, 0)?;
        Ok(Some(sheet))
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
}

/// Whether Excel takes the choices as a list written into the validation.
fn fits(choices: &[String]) -> bool {
    let units: usize = choices.iter().map(|choice| choice.encode_utf16().count() + 1).sum();
    units <= MAX_CHOICES_UNITS + 1 && choices.iter().all(|choice| !choice.contains(','))
}

/// The first characters of a text, `…` behind them where something was cut.
fn cut(text: &str, limit: usize) -> String {
    if text.encode_utf16().count() <= limit {
        return text.to_owned();
    }
    let end = super::super::rich::prefix_end(text, limit - 1);
    format!("{}…", &text[..end])
}
