//! 利用方法・凡例: how the workbook is worked in, and what its words and colours mean.

use rust_xlsxwriter::XlsxError;

use super::super::sheet::Sheet;
use super::Book;
use crate::assess::{PointResult, Progress};
use crate::render::words::{result_name, status_name};

const WIDTHS_CHARS: [f64; 3] = [22.0, 30.0, 70.0];

pub(super) fn sheet<'a>(book: &Book<'a>, title: &str) -> Result<Sheet<'a>, XlsxError> {
    let mut sheet = book.begin(title, &WIDTHS_CHARS)?;
    let mut row = steps(book, &mut sheet, 2)?;
    row = sheets(book, &mut sheet, row + 1)?;
    row = statuses(book, &mut sheet, row + 1)?;
    row = results(book, &mut sheet, row + 1)?;
    colours(book, &mut sheet, row + 1)?;
    sheet.print_on(&book.narrow_paper(false, None))?;
    Ok(sheet)
}

fn section(book: &Book<'_>, sheet: &mut Sheet<'_>, row: u32, name: &str) -> Result<(), XlsxError> {
    sheet.merged(row, (0, 2), &book.words.text(name), &book.looks.heading())?;
    sheet.at_least(row, 22.0);
    Ok(())
}

fn line(book: &Book<'_>, sheet: &mut Sheet<'_>, row: u32, word: &str, meaning: &str) -> Result<(), XlsxError> {
    sheet.text(row, 0, word, &book.looks.band())?;
    sheet.merged(row, (1, 2), meaning, &book.looks.cell().middle())?;
    sheet.at_least(row, 20.0);
    Ok(())
}

fn steps(book: &Book<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<u32, XlsxError> {
    section(book, sheet, first_row, "xlsx-guide-steps")?;
    let items = book.sheet_title("items").unwrap_or_default();
    let mut row = first_row;
    for number in 1..=6 {
        row += 1;
        let text = book.words.with(&format!("xlsx-guide-step-{number}"), &[("items", items.into())]);
        line(book, sheet, row, &number.to_string(), &text)?;
    }
    if book.input.protect {
        row += 1;
        line(book, sheet, row, "※", &book.words.text("xlsx-guide-protected"))?;
    }
    if book.input.answers.answers.iter().any(|answer| !answer.changed_text.is_empty()) {
        row += 1;
        line(book, sheet, row, "※", &book.words.text("xlsx-guide-changed-text"))?;
    }
    if !book.input.reference_text {
        row += 1;
        line(book, sheet, row, "※", &book.words.text("xlsx-guide-no-reference-text"))?;
    }
    Ok(row + 1)
}

fn sheets(book: &Book<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<u32, XlsxError> {
    section(book, sheet, first_row, "xlsx-guide-sheets")?;
    let mut row = first_row;
    for entry in &book.input.write.sheets {
        let is_there = match entry.key.as_str() {
            "changes" => book.input.diff.is_some() && book.input.reference_text,
            "retired" => !book.input.answers.retired.is_empty(),
            "guide" => false,
            _ => true,
        };
        if is_there {
            row += 1;
            line(book, sheet, row, &entry.title, &book.words.text(&format!("xlsx-guide-sheet-{}", entry.key)))?;
        }
    }
    Ok(row + 1)
}

fn statuses(book: &Book<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<u32, XlsxError> {
    section(book, sheet, first_row, "xlsx-guide-statuses")?;
    let mut row = first_row;
    for progress in Progress::ALL {
        row += 1;
        let name = status_name(progress.0);
        line(book, sheet, row, progress.word(), &book.words.text(&format!("xlsx-guide-status-{name}")))?;
    }
    Ok(row + 1)
}

fn results(book: &Book<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<u32, XlsxError> {
    section(book, sheet, first_row, "xlsx-guide-results")?;
    let mut row = first_row;
    for result in PointResult::ALL {
        row += 1;
        let name = result_name(result);
        line(book, sheet, row, result.word(), &book.words.text(&format!("xlsx-guide-result-{name}")))?;
    }
    Ok(row + 1)
}

fn colours(book: &Book<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<(), XlsxError> {
    use super::super::looks;
    section(book, sheet, first_row, "xlsx-guide-colours")?;
    let swatches = [
        (book.looks.header_fill(), "given"),
        (book.looks.entry_fill(), "entry"),
        (looks::UNANSWERED_FILL, "unanswered"),
        (looks::RECHECK_FILL, "recheck"),
        (looks::OVERDUE_FILL, "overdue"),
        (looks::MET_FILL, "met"),
        (looks::BAND_FILL, "retired"),
    ];
    for (row, (fill, name)) in (first_row + 1..).zip(swatches) {
        sheet.text(row, 0, "", &book.looks.cell().filled(fill))?;
        sheet.merged(
            row,
            (1, 2),
            &book.words.text(&format!("xlsx-guide-colour-{name}")),
            &book.looks.cell().middle(),
        )?;
        sheet.at_least(row, 20.0);
    }
    Ok(())
}
