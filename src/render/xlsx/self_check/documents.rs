//! 根拠文書: the two numbered lists, and which items cite what.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::super::sheet::Sheet;
use super::Book;
use crate::catalog::{ItemStatus, List};

const FIRST_ROW: u32 = 2;
const WIDTHS_CHARS: [f64; 5] = [8.0, 62.0, 60.0, 9.0, 62.0];

pub(super) fn sheet<'a>(book: &Book<'a>, title: &str) -> Result<Sheet<'a>, XlsxError> {
    let mut sheet = book.begin(title, &WIDTHS_CHARS)?;
    let mut row = FIRST_ROW;
    for list in [List::Documents, List::Reports] {
        row = write_list(book, &mut sheet, row, list)? + 2;
    }
    // Both lists have the same headings, so those of the first head every page.
    sheet.print_on(&book.wide_paper(Some((FIRST_ROW + 1, FIRST_ROW + 1))))?;
    Ok(sheet)
}

fn write_list(book: &Book<'_>, sheet: &mut Sheet<'_>, first_row: u32, list: List) -> Result<u32, XlsxError> {
    let words = book.words;
    let name = words.text(&format!("xlsx-list-{}", list.as_str()));
    sheet.merged(first_row, (0, 4), &name, &book.looks.heading())?;
    sheet.at_least(first_row, 22.0);
    let mut row = first_row + 1;
    let headings = ["document-number", "document-title", "document-url", "cited-times", "cited-by"];
    for (column, name) in headings.into_iter().enumerate() {
        sheet.text(row, column, &words.text(&format!("xlsx-column-{name}")), &book.looks.header())?;
    }
    let cited = cited_by(book, list);
    let cell = book.looks.cell();
    for document in book.input.catalog.list(list) {
        row += 1;
        let ids = cited.get(&document.number).map_or(&[][..], Vec::as_slice);
        let is_retired = document.status == ItemStatus::Retired;
        let title = if is_retired { words.text("xlsx-retired") } else { document.title.clone() };
        let look = if is_retired { cell.coloured(super::super::looks::MUTED) } else { cell.clone() };
        sheet.text(row, 0, &format!("{:02}", document.number), &look.as_text().centred())?;
        sheet.text(row, 1, &title, &look)?;
        sheet.text(row, 2, document.url.as_deref().unwrap_or_default(), &look)?;
        sheet.number(row, 3, ids.len(), &look.right())?;
        sheet.text(row, 4, &ids.join(&words.text("xlsx-list-separator")), &look)?;
    }
    if book.input.catalog.list(list).is_empty() {
        row += 1;
        sheet.merged(row, (0, 4), &words.text("xlsx-documents-none"), &cell)?;
    }
    Ok(row)
}

/// The items that cite each document, each once.
fn cited_by(book: &Book<'_>, list: List) -> BTreeMap<u32, Vec<String>> {
    let mut cited: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for item in &book.input.catalog.items {
        let id = item.key.to_string();
        for citation in item.citations.iter().filter(|citation| citation.list == list) {
            let ids = cited.entry(citation.number).or_default();
            if ids.last() != Some(&id) {
                ids.push(id.clone());
            }
        }
    }
    cited
}
