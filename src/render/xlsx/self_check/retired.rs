//! 旧回答: answers whose item is gone. Kept, never counted.

use rust_xlsxwriter::XlsxError;

use super::super::answer_sheet::write_plain_answers;
use super::super::sheet::Sheet;
use super::Book;

pub(super) fn sheet<'a>(book: &Book<'a>, title: &str) -> Result<Option<Sheet<'a>>, XlsxError> {
    let retired = &book.input.answers.retired;
    if retired.is_empty() {
        return Ok(None);
    }
    let mut sheet = write_plain_answers(title, book.looks, book.words, retired)?;
    sheet.print_on(&book.wide_paper(Some((0, 0))))?;
    Ok(Some(sheet))
}
