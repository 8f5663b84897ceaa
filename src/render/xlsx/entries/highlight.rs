//! What is tinted while it is open: 未回答, 要再確認, 期限切れ.

use rust_xlsxwriter::{Color, ConditionalFormatFormula, Format, Formula, XlsxError};

use super::super::looks;
use super::super::sheet::Sheet;
use super::{Entries, Placed, Shows};
use crate::address::column_letters;
use crate::answers::AnswerField;

impl Entries<'_> {
    /// Tints what is open: 未回答, 要再確認, 期限切れ.
    pub(super) fn highlight(&self, sheet: &mut Sheet<'_>, placed: Placed) -> Result<(), XlsxError> {
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
