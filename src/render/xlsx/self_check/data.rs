//! データ: everything in one flat table for machines: one header row, one item a row, nothing merged, nothing coloured.

use rust_xlsxwriter::XlsxError;

use super::super::sheet::Sheet;
use super::Book;
use super::items::Items;

pub(super) fn sheet<'a>(book: &Book<'a>, title: &str, items: &Items<'_>) -> Result<Sheet<'a>, XlsxError> {
    let mut sheet = Sheet::new(title, book.looks, book.words, &items.entries.widths_chars())?;
    items.entries.write_flat(&mut sheet)?;
    sheet.print_on(&book.wide_paper(Some((0, 0))))?;
    Ok(sheet)
}
