//! 追記一覧: the additions of a revision at a glance, highlighted within their text.

use rust_xlsxwriter::XlsxError;

use super::super::looks::Tone;
use super::super::rich::{self, Piece};
use super::super::sheet::Sheet;
use super::compare::{field_word, fitting, item_word, places};
use super::{Page, Table};
use crate::diff::{FieldDiff, ItemChange, ItemDiff, MarkAgreement, Side};

const WIDTHS_CHARS: [f64; 9] = [5.0, 9.0, 10.0, 20.0, 78.0, 60.0, 9.0, 11.0, 20.0];
const HEADINGS: [&str; 9] = [
    "xlsx-column-number",
    "xlsx-column-group",
    "xlsx-column-id",
    "xlsx-column-field",
    "xlsx-column-text-with-additions",
    "xlsx-column-additions",
    "xlsx-column-added-characters",
    "xlsx-column-change",
    "xlsx-column-cells",
];
const HEADER_ROW: u32 = 3;
const TEXT: usize = 4;

pub(super) fn sheet<'a>(page: &Page<'a>) -> Result<Sheet<'a>, XlsxError> {
    let mut sheet = page.begin("xlsx-sheet-additions", &WIDTHS_CHARS)?;
    let caption = if page.diff.old.is_some() { "xlsx-additions-caption" } else { "xlsx-additions-caption-marks" };
    sheet.merged(2, (0, 8), &page.words().text(caption), &page.looks.line().right())?;
    for (column, name) in HEADINGS.into_iter().enumerate() {
        sheet.text(HEADER_ROW, column, &page.words().text(name), &page.looks.header())?;
    }
    let mut row = HEADER_ROW;
    let mut number = 0;
    for item in &page.diff.items {
        for field in &item.fields {
            let text = highlighted(page, field);
            if text.iter().any(|piece| piece.tone == Tone::Added) {
                number += 1;
                row = write(page, &mut sheet, row + 1, number, (item, field), text)?;
            }
        }
    }
    if number == 0 {
        sheet.merged(row + 1, (0, 8), &page.words().text("xlsx-nothing-added"), &page.looks.cell())?;
    }
    page.end(sheet, Table { header_row: HEADER_ROW, last_row: row, columns: 9, frozen_columns: 3 })
}

/// The new text with what was added; of one edition alone, with what its publisher marked as added.
fn highlighted(page: &Page<'_>, field: &FieldDiff) -> Vec<Piece> {
    if page.diff.old.is_some() {
        return rich::side(&field.segments, Side::New);
    }
    super::audit::marked_pieces(field)
}

fn write(
    page: &Page<'_>,
    sheet: &mut Sheet<'_>,
    first_row: u32,
    number: usize,
    (item, field): (&ItemDiff, &FieldDiff),
    text: Vec<Piece>,
) -> Result<u32, XlsxError> {
    let words = page.words();
    let look = page.looks.cell();
    let added: Vec<&str> = added_texts(&text);
    let count: usize = added.iter().map(|text| text.chars().count()).sum();
    let additions = vec![Piece::plain(added.join("\n"))];
    let shown = rich::elided(text, 400, &words.text("xlsx-word-omitted"));
    let texts = fitting(shown, &look, page.looks, WIDTHS_CHARS[TEXT]);
    let additions = fitting(additions, &look, page.looks, WIDTHS_CHARS[TEXT + 1]);
    let rows = texts.len().max(additions.len());
    for index in 0..rows {
        let row = first_row + u32::try_from(index).unwrap_or(u32::MAX);
        page.write_whose(sheet, (row, number), (item, field), index > 0)?;
        sheet.pieces(row, TEXT, texts.get(index).map_or(&[][..], Vec::as_slice), &look)?;
        sheet.pieces(row, TEXT + 1, additions.get(index).map_or(&[][..], Vec::as_slice), &look)?;
        sheet.number(row, 6, count, &look.number("#,##0").right())?;
        sheet.text(row, 7, &kind(page, item, field), &look.centred())?;
        sheet.text(row, 8, &places(&field.new_at), &look)?;
    }
    Ok(first_row + u32::try_from(rows - 1).unwrap_or(u32::MAX))
}

fn added_texts(text: &[Piece]) -> Vec<&str> {
    text.iter().filter(|piece| piece.tone == Tone::Added).map(|piece| piece.text.trim()).collect()
}

fn kind(page: &Page<'_>, item: &ItemDiff, field: &FieldDiff) -> String {
    match field.change {
        _ if matches!(item.change, ItemChange::Added | ItemChange::Restored) => item_word(page.words(), item),
        Some(change) => field_word(page.words(), change),
        None if field.marks == Some(MarkAgreement::MarkOnly) || page.diff.old.is_none() => {
            page.words().text("xlsx-marked")
        }
        None => String::new(),
    }
}
