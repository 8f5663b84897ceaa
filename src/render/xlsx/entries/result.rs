//! 点検結果 as a formula over the row, so that it follows what is entered.

use rust_xlsxwriter::XlsxError;

use super::super::looks::Look;
use super::super::sheet::Sheet;
use super::{Entries, Line};
use crate::address::column_letters;
use crate::answers::{Answer, AnswerField};
use crate::assess::PointResult;

impl Entries<'_> {
    /// 点検結果 as a formula over the row, where the row's cells say all that decides it; its word otherwise.
    pub(super) fn write_result(
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
