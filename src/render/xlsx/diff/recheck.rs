//! 再確認一覧: the answers whose basis changed, and those whose item is gone.

use rust_xlsxwriter::{DataValidation, XlsxError};

use super::super::headings;
use super::super::rich::{self, Piece};
use super::super::sheet::Sheet;
use super::compare::fitting;
use super::{Page, Table};
use crate::answers::{Answer, AnswerField, CarryNote, CarryReason, Recheck};
use crate::carry::Carried;
use crate::diff::{Side, text};

const WIDTHS_CHARS: [f64; 13] = [5.0, 10.0, 11.0, 14.0, 12.0, 44.0, 44.0, 44.0, 14.0, 12.0, 9.0, 13.0, 24.0];
const HEADER_ROW: u32 = 3;
const RECHECK: usize = 10;

pub(super) fn sheet<'a>(page: &Page<'a>, carried: &'a Carried) -> Result<Sheet<'a>, XlsxError> {
    let answers = &carried.answers;
    // Those of earlier revisions come first and rest on nothing that changed.
    let retired = answers.retired.get(carried.counts.retired_before..).unwrap_or_default();
    let words = page.words();
    let mut sheet = page.begin("xlsx-sheet-recheck", &WIDTHS_CHARS)?;
    let again: Vec<&Answer> = answers.answers.iter().filter(|answer| answer.recheck == Some(Recheck::Needed)).collect();
    let said = [("count", again.len().into()), ("retired", retired.len().into())];
    sheet.merged(2, (0, 12), &words.with("xlsx-recheck-caption", &said), &page.looks.line())?;
    for (column, heading) in headings(page).into_iter().enumerate() {
        let look = if column < RECHECK { page.looks.header() } else { page.looks.entry_header() };
        sheet.text(HEADER_ROW, column, &heading, &look)?;
    }
    let mut row = HEADER_ROW;
    for (index, answer) in again.iter().copied().chain(retired).enumerate() {
        row = write(page, &mut sheet, row + 1, index + 1, answer)?;
    }
    if row == HEADER_ROW {
        sheet.merged(row + 1, (0, 12), &words.text("xlsx-recheck-nothing"), &page.looks.cell())?;
    } else {
        let choices: Vec<&str> = Recheck::ALL.iter().map(|word| word.word()).collect();
        let list = DataValidation::new().allow_list_strings(&choices)?;
        sheet.inner.add_data_validation(HEADER_ROW + 1, RECHECK as u16, row, RECHECK as u16, &list)?;
    }
    page.end(sheet, Table { header_row: HEADER_ROW, last_row: row, columns: 13, frozen_columns: 2 })
}

fn headings(page: &Page<'_>) -> [String; 13] {
    let words = page.words();
    let own = |name: &str| words.text(&format!("xlsx-column-{name}"));
    let field = |field: AnswerField| headings::field(words, field);
    [
        own("number"),
        own("id"),
        own("old-id"),
        field(AnswerField::RecheckReason),
        field(AnswerField::Status),
        field(AnswerField::Response),
        own("old-text"),
        own("new-text"),
        field(AnswerField::Department),
        field(AnswerField::Owner),
        field(AnswerField::Recheck),
        field(AnswerField::RecheckedOn),
        field(AnswerField::Remarks),
    ]
}

fn write(
    page: &Page<'_>,
    sheet: &mut Sheet<'_>,
    first_row: u32,
    number: usize,
    answer: &Answer,
) -> Result<u32, XlsxError> {
    let look = page.looks.cell();
    let entry = page.looks.entry();
    let note = answer.carry.as_ref();
    let wide = |pieces: Vec<Piece>| fitting(pieces, &look, page.looks, 44.0);
    let (old_text, new_text) = match note {
        Some(note) => sides(note),
        None => (Vec::new(), vec![Piece::plain(answer.changed_text.as_str())]),
    };
    let texts = [wide(vec![Piece::plain(answer.response.as_str())]), wide(old_text), wide(new_text)];
    let rows = texts.iter().map(Vec::len).max().unwrap_or(1);
    for index in 0..rows {
        let row = first_row + u32::try_from(index).unwrap_or(u32::MAX);
        sheet.number(row, 0, number, &look.centred())?;
        sheet.text(row, 1, &answer.key.to_string(), &look.as_text().centred())?;
        sheet.text(row, 2, &old_ids(answer), &look.as_text().centred())?;
        sheet.text(row, 3, &reasons(answer), &look)?;
        sheet.text(row, 4, &answer.text(AnswerField::Status), &look.centred())?;
        for (column, cells) in (5..).zip(&texts) {
            sheet.pieces(row, column, cells.get(index).map_or(&[][..], Vec::as_slice), &look)?;
        }
        sheet.text(row, 8, &answer.department, &look)?;
        sheet.text(row, 9, &answer.owner, &look)?;
        sheet.text(row, RECHECK, &answer.text(AnswerField::Recheck), &entry.centred())?;
        sheet.text(row, 11, &answer.text(AnswerField::RecheckedOn), &entry.centred())?;
        sheet.text(row, 12, &answer.remarks, &entry)?;
    }
    Ok(first_row + u32::try_from(rows - 1).unwrap_or(u32::MAX))
}

/// Both texts with what went and what came; a text without a counterpart stands as it is.
fn sides(note: &CarryNote) -> (Vec<Piece>, Vec<Piece>) {
    let (old, new) = (note.old_text.as_str(), note.new_text.as_str());
    if old.is_empty() || new.is_empty() {
        return (vec![Piece::plain(old)], vec![Piece::plain(new)]);
    }
    let segments = text::compare(old, new).segments;
    (rich::side(&segments, Side::Old), rich::side(&segments, Side::New))
}

fn old_ids(answer: &Answer) -> String {
    let from = answer.carry.iter().flat_map(|note| &note.from);
    from.map(|from| from.key.to_string()).collect::<Vec<_>>().join("\n")
}

fn reasons(answer: &Answer) -> String {
    match &answer.carry {
        Some(note) if !note.reasons.is_empty() => {
            note.reasons.iter().copied().map(CarryReason::word).collect::<Vec<_>>().join("\n")
        }
        _ => answer.recheck_reason.clone(),
    }
}
