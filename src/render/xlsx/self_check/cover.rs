//! 表紙 and 改訂履歴.

use rust_xlsxwriter::XlsxError;

use super::super::entries::excel_date;
use super::super::sheet::Sheet;
use super::{Book, HistoryEntry};

/// A4 portrait: a margin, labels, values, and three boxes for seals at the lower right.
const WIDTHS_CHARS: [f64; 8] = [3.0, 16.0, 10.0, 13.0, 13.0, 13.0, 13.0, 3.0];
const VALUES: (usize, usize) = (2, 6);

pub(super) fn sheet<'a>(book: &Book<'a>, title: &str) -> Result<Sheet<'a>, XlsxError> {
    let mut sheet = Sheet::new(title, book.looks, book.words, &WIDTHS_CHARS)?;
    let looks = book.looks;
    let classification = looks.display(11.0).bold().bordered().centred();
    sheet.text(1, 5, &book.words.text("xlsx-cover-classification"), &looks.band().centred())?;
    sheet.text(1, 6, &book.classification(), &classification)?;
    sheet.at_least(1, 26.0);
    sheet.at_least(2, 90.0);
    sheet.merged(
        3,
        (1, 6),
        &book.title(),
        &looks.display(24.0).bold().coloured(super::super::looks::NAVY).centred().ruled_below(),
    )?;
    sheet.at_least(3, 48.0);
    let subtitle = book.words.with("xlsx-cover-subtitle", &[("edition", book.edition().into())]);
    sheet.merged(4, (1, 6), &subtitle, &looks.display(12.0).centred())?;
    sheet.at_least(4, 30.0);
    sheet.at_least(5, 70.0);
    let mut row = 6;
    for (name, value) in particulars(book) {
        sheet.text(row, 1, &book.words.text(name), &looks.band())?;
        sheet.merged(row, VALUES, &value, &looks.cell().middle())?;
        sheet.at_least(row, 26.0);
        row += 1;
    }
    sheet.at_least(row, 50.0);
    seals(book, &mut sheet, row + 1)?;
    let note = book.words.text("xlsx-cover-note");
    sheet.at_least(row + 3, 40.0);
    sheet.merged(row + 4, (1, 6), &note, &looks.paragraph())?;
    sheet.print_on(&book.narrow_paper(false, None))?;
    sheet.inner.set_header("").set_footer("");
    Ok(sheet)
}

fn particulars(book: &Book<'_>) -> [(&'static str, String); 8] {
    let cover = &book.input.cover;
    let provider = || book.input.catalog.edition.provider.clone().unwrap_or_default();
    let service = if cover.service.is_empty() { provider() } else { cover.service.clone() };
    [
        ("xlsx-cover-institution", cover.institution.clone()),
        ("xlsx-cover-system", cover.system.clone()),
        ("xlsx-cover-service", service),
        ("xlsx-cover-edition", book.edition()),
        ("xlsx-cover-items", book.input.assessment.total.items.to_string()),
        ("xlsx-cover-version", book.version().to_owned()),
        ("xlsx-cover-created-on", cover.created_on.map(|date| date.to_string()).unwrap_or_default()),
        ("xlsx-cover-author", cover.author.clone()),
    ]
}

/// 押印欄: approved, checked, made.
fn seals(book: &Book<'_>, sheet: &mut Sheet<'_>, row: u32) -> Result<(), XlsxError> {
    for (column, name) in [(4, "xlsx-seal-approved"), (5, "xlsx-seal-checked"), (6, "xlsx-seal-made")] {
        sheet.text(row, column, &book.words.text(name), &book.looks.header())?;
        sheet.text(row + 1, column, "", &book.looks.cell())?;
    }
    sheet.at_least(row + 1, 62.0);
    Ok(())
}

pub(super) fn history<'a>(book: &Book<'a>, title: &str) -> Result<Sheet<'a>, XlsxError> {
    const BLANK_LINES: usize = 12;
    let mut sheet = book.begin(title, &[10.0, 14.0, 62.0, 18.0])?;
    for (column, name) in ["version", "date", "history-text", "history-author"].into_iter().enumerate() {
        sheet.text(2, column, &book.words.text(&format!("xlsx-column-{name}")), &book.looks.header())?;
    }
    sheet.at_least(2, 22.0);
    let first = [first_entry(book)];
    let entries = if book.input.history.is_empty() { &first[..] } else { book.input.history };
    let entry = book.looks.entry();
    let mut row = 3;
    for HistoryEntry { version, date, text, author } in entries {
        sheet.text(row, 0, version, &entry.as_text().centred())?;
        match date.and_then(excel_date) {
            Some(date) => sheet.date(row, 1, &date, &entry.number("yyyy-mm-dd").centred())?,
            None => sheet.text(row, 1, "", &entry.number("yyyy-mm-dd").centred())?,
        }
        sheet.text(row, 2, text, &entry)?;
        sheet.text(row, 3, author, &entry)?;
        sheet.at_least(row, 24.0);
        row += 1;
    }
    for row in row..row + BLANK_LINES as u32 {
        for column in 0..4 {
            let look = if column == 1 { entry.number("yyyy-mm-dd") } else { entry.clone() };
            sheet.text(row, column, "", &look)?;
        }
        sheet.at_least(row, 24.0);
    }
    sheet.freeze(3, 0)?;
    sheet.print_on(&book.narrow_paper(false, Some((2, 2))))?;
    Ok(sheet)
}

fn first_entry(book: &Book<'_>) -> HistoryEntry {
    let cover = &book.input.cover;
    HistoryEntry {
        version: book.version().to_owned(),
        date: cover.created_on,
        text: book.words.text("xlsx-history-first"),
        author: cover.author.clone(),
    }
}
