//! 改訂表示の照合: what the publisher marked against what really changed.

use rust_xlsxwriter::XlsxError;

use super::super::looks::Tone;
use super::super::rich::{self, Piece};
use super::super::sheet::Sheet;
use super::compare::{fitting, places};
use super::{Page, Table};
use crate::diff::{FieldDiff, ItemDiff, MarkAgreement, MarksAudit, SegmentOp, Side};

const WIDTHS_CHARS: [f64; 9] = [5.0, 9.0, 10.0, 20.0, 17.0, 78.0, 44.0, 44.0, 20.0];
const HEADINGS: [&str; 9] = [
    "xlsx-column-number",
    "xlsx-column-group",
    "xlsx-column-id",
    "xlsx-column-field",
    "xlsx-column-verdict",
    "xlsx-column-text-with-marks",
    "xlsx-column-unmarked",
    "xlsx-column-marked-unchanged",
    "xlsx-column-cells",
];
const COUNTS_ROW: u32 = 3;
const HEADER_ROW: u32 = 9;
const TEXT: usize = 5;

pub(super) fn sheet<'a>(page: &Page<'a>) -> Result<Sheet<'a>, XlsxError> {
    let mut sheet = page.begin("xlsx-sheet-audit", &WIDTHS_CHARS)?;
    let words = page.words();
    let Some(counts) = page.diff.marks else {
        let can_mark = page.diff.diagnostics.iter().all(|said| said.code != "diff-marks-unreadable");
        let said = if can_mark { "xlsx-audit-none-marked" } else { "xlsx-audit-no-marks" };
        sheet.merged(3, (0, 8), &words.text(said), &page.looks.paragraph())?;
        return page.end(sheet, Table { header_row: 3, last_row: 3, columns: 9, frozen_columns: 0 });
    };
    let mut caption = words.text("xlsx-audit-caption");
    if let Some(said) = page.diff.diagnostics.iter().find(|said| said.code == "diff-marks-hardly") {
        caption = format!("{caption}\n{}", words.diagnostic(said).headline);
    }
    sheet.merged(2, (0, 8), &caption, &page.looks.paragraph())?;
    write_counts(page, &mut sheet, &counts)?;
    for (column, name) in HEADINGS.into_iter().enumerate() {
        sheet.text(HEADER_ROW, column, &words.text(name), &page.looks.header())?;
    }
    let mut row = HEADER_ROW;
    let mut number = 0;
    for item in &page.diff.items {
        for field in &item.fields {
            let Some(agreement) = field.marks else { continue };
            number += 1;
            row = write(page, &mut sheet, row + 1, number, (item, field, agreement))?;
        }
    }
    if number == 0 {
        sheet.merged(row + 1, (0, 8), &words.text("xlsx-audit-nothing"), &page.looks.cell())?;
    }
    page.end(sheet, Table { header_row: HEADER_ROW, last_row: row, columns: 9, frozen_columns: 3 })
}

fn write_counts(page: &Page<'_>, sheet: &mut Sheet<'_>, counts: &MarksAudit) -> Result<(), XlsxError> {
    let rows = [
        (MarkAgreement::Agrees, counts.agrees),
        (MarkAgreement::Partial, counts.partial),
        (MarkAgreement::Unmarked, counts.unmarked),
        (MarkAgreement::MarkOnly, counts.mark_only),
    ];
    for (row, (agreement, count)) in (COUNTS_ROW..).zip(rows) {
        sheet.merged(row, (0, 3), &verdict(page, agreement), &page.looks.band())?;
        sheet.number(row, 4, count, &page.looks.cell().number("#,##0").right())?;
        let explained = page.words().text(&format!("{}-explained", verdict_name(agreement)));
        sheet.merged(row, (5, 8), &explained, &page.looks.line())?;
    }
    Ok(())
}

fn verdict_name(agreement: MarkAgreement) -> &'static str {
    match agreement {
        MarkAgreement::Agrees => "xlsx-audit-agrees",
        MarkAgreement::Partial => "xlsx-audit-partial",
        MarkAgreement::Unmarked => "xlsx-audit-unmarked",
        MarkAgreement::MarkOnly => "xlsx-audit-mark-only",
    }
}

fn verdict(page: &Page<'_>, agreement: MarkAgreement) -> String {
    page.words().text(verdict_name(agreement))
}

fn write(
    page: &Page<'_>,
    sheet: &mut Sheet<'_>,
    first_row: u32,
    number: usize,
    (item, field, agreement): (&ItemDiff, &FieldDiff, MarkAgreement),
) -> Result<u32, XlsxError> {
    let words = page.words();
    let look = page.looks.cell();
    let text = new_text(field);
    let unmarked = passages(&text, &field.unmarked);
    let unchanged = if agreement == MarkAgreement::MarkOnly { passages(&text, &field.marked) } else { String::new() };
    let shown = rich::elided(audited_pieces(field, &text), 400, &words.text("xlsx-word-omitted"));
    let texts = fitting(shown, &look, page.looks, WIDTHS_CHARS[TEXT]);
    let unmarked = fitting(vec![Piece::plain(unmarked)], &look, page.looks, WIDTHS_CHARS[TEXT + 1]);
    let unchanged = fitting(vec![Piece::plain(unchanged)], &look, page.looks, WIDTHS_CHARS[TEXT + 2]);
    let rows = texts.len().max(unmarked.len()).max(unchanged.len());
    let verdict_look = if agreement == MarkAgreement::Agrees { look.centred() } else { look.centred().bold() };
    for index in 0..rows {
        let row = first_row + u32::try_from(index).unwrap_or(u32::MAX);
        page.write_whose(sheet, (row, number), (item, field), index > 0)?;
        sheet.text(row, 4, &verdict(page, agreement), &verdict_look)?;
        for (column, cells) in [(TEXT, &texts), (TEXT + 1, &unmarked), (TEXT + 2, &unchanged)] {
            sheet.pieces(row, column, cells.get(index).map_or(&[][..], Vec::as_slice), &look)?;
        }
        sheet.text(row, 8, &places(&field.new_at), &look)?;
    }
    Ok(first_row + u32::try_from(rows - 1).unwrap_or(u32::MAX))
}

/// The new effective text of a field.
fn new_text(field: &FieldDiff) -> String {
    let is_new = |op| matches!(op, SegmentOp::Equal | SegmentOp::Insert | SegmentOp::Move(Side::New));
    field.segments.iter().filter(|segment| is_new(segment.op)).map(|segment| segment.text.as_str()).collect()
}

/// The new text with what the publisher marked as added.
pub(super) fn marked_pieces(field: &FieldDiff) -> Vec<Piece> {
    toned(&new_text(field), |index| if within(&field.marked, index) { Tone::Added } else { Tone::Plain })
}

/// The new text: marked stretches as the publisher meant them, unmarked changes standing out.
fn audited_pieces(field: &FieldDiff, text: &str) -> Vec<Piece> {
    toned(text, |index| {
        if within(&field.unmarked, index) {
            Tone::Unmarked
        } else if within(&field.marked, index) {
            Tone::Added
        } else {
            Tone::Plain
        }
    })
}

fn toned(text: &str, tone_of: impl Fn(u32) -> Tone) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (index, c) in (0u32..).zip(text.chars()) {
        let tone = tone_of(index);
        match pieces.last_mut() {
            Some(last) if last.tone == tone => last.text.push(c),
            _ => pieces.push(Piece::new(tone, c)),
        }
    }
    pieces
}

fn within(ranges: &[(u32, u32)], index: u32) -> bool {
    let behind = ranges.partition_point(|&(start, _)| start <= index);
    behind > 0 && index < ranges[behind - 1].1
}

/// The passages at these character ranges, one a line.
fn passages(text: &str, ranges: &[(u32, u32)]) -> String {
    let passage = |&(start, end): &(u32, u32)| -> String {
        text.chars().skip(start as usize).take(end.saturating_sub(start) as usize).collect()
    };
    ranges.iter().map(passage).collect::<Vec<_>>().join("\n")
}
