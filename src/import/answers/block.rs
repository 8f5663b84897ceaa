//! The header block: labels with values above a table, in `#` lines of a delimited text, or on the cover sheet.

use crate::answers::{Answers, header};
use crate::text::fold::value_key;
use crate::workbook::{Cell, Sheet, Workbook};

/// Takes what stands above a table's header row. In a form of ours every line is taken, also one whose label a person
/// made up; above a table of theirs anything may stand.
pub(super) fn above(sheet: &Sheet, header_row: u32, is_form: bool, answers: &mut Answers) {
    for (_, cells) in sheet.rows().take_while(|&(row, _)| row < header_row) {
        match cells {
            [label, value] if is_form && label.at.column == 0 && value.at.column == 1 => line(label, value, answers),
            _ => row(cells, answers, sheet.name.is_empty()),
        }
    }
}

/// A line of a form: what it says of the form itself is none of the header.
fn line(label: &Cell, value: &Cell, answers: &mut Answers) {
    if !value.text.starts_with("secref-answers ") {
        header::take(answers, &label.text, &value.text);
    }
}

/// Takes what stands on the cover sheet, if the workbook has one.
pub(super) fn cover(workbook: &Workbook, answers: &mut Answers) {
    let is_cover = |sheet: &&Sheet| matches!(value_key(&sheet.name).as_str(), "表紙" | "cover");
    for sheet in workbook.sheets.iter().filter(is_cover) {
        sheet.rows().take(200).for_each(|(_, cells)| row(cells, answers, false));
    }
}

fn row(cells: &[Cell], answers: &mut Answers, is_text: bool) {
    let mut index = 0;
    while let Some(cell) = cells.get(index) {
        let next = cells.get(index + 1).map(|cell| cell.text.as_str());
        let text = cell.text.as_str().trim();
        if is_text && let Some(line) = text.strip_prefix(['#', '＃']) {
            // A line of ours, or one a person typed: `# 機関名: みずうみ銀行`, `#機関名,みずうみ銀行`.
            match (line.split_once([':', '：']), next) {
                (_, Some(value)) if is_label_only(line) => header::take(answers, line, value),
                (Some((label, value)), _) => header::take(answers, label, value),
                (None, Some(value)) => header::take(answers, line, value),
                (None, None) => {}
            }
            return;
        }
        if let Some((label, value)) = text.split_once([':', '：']).filter(|(_, value)| !value.trim().is_empty()) {
            if header::is_label(label) {
                header::take(answers, label, value);
            }
        } else if header::is_label(text)
            && let Some(value) = next.filter(|value| !header::is_label(value))
        {
            header::take(answers, text, value);
            index += 1;
        }
        index += 1;
    }
}

/// Whether the value stands in the next field: the line ends on its colon, or holds none but those of the label.
fn is_label_only(line: &str) -> bool {
    match line.split_once([':', '：']) {
        Some((label, value)) => value.trim().is_empty() || !header::is_label(label),
        None => true,
    }
}
