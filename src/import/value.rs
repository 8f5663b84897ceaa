//! One cell's text as a field's value: normalised, with what it was before, its place and its marks.

use std::sync::Arc;

use super::marks::Marking;
use crate::address::{Range, SheetRange};
use crate::catalog::{FieldValue, Mark, Places};
use crate::text::{Text, is_blank, normalise};
use crate::workbook::Cell;

/// Makes a field's value of a cell; `None` where nothing is left of its text. `at` is the cell or its merged range.
pub(super) fn value(cell: &Cell, at: Range, sheet: &Arc<str>, marking: &Marking<'_>) -> Option<FieldValue> {
    let text = normalise::normalise(&cell.text);
    if is_blank(&text) {
        return None;
    }
    let is_changed = text.len() != cell.text.len();
    let raw = is_changed.then(|| raw_text(&cell.text, &text)).flatten();
    let marks = marking.of(cell, &text);
    Some(FieldValue { text, raw, at: Places::one(SheetRange::new(sheet, at)), marks })
}

/// The text as stored, if more than line ends changed.
fn raw_text(stored: &str, text: &str) -> Option<Box<str>> {
    (normalise::with_lf(stored) != text).then(|| Box::from(stored))
}

/// Joins the distinct texts of an item's rows by one LF; marks move with their text.
pub(super) fn joined(values: &[&FieldValue]) -> Option<FieldValue> {
    let (first, others) = values.split_first()?;
    let mut distinct: Vec<&FieldValue> = vec![first];
    for value in others {
        if !distinct.iter().any(|known| known.text == value.text) {
            distinct.push(value);
        }
    }
    let mut at: Vec<SheetRange> = Vec::new();
    for place in values.iter().flat_map(|value| value.at.iter()) {
        if at.last() != Some(place) {
            at.push(place.clone());
        }
    }
    let at = Places::from_iter(at);
    if let [only] = distinct.as_slice() {
        return Some(FieldValue { text: only.text.clone(), raw: None, at, marks: only.marks.clone() });
    }
    let mut text = String::new();
    let mut marks = Vec::new();
    let mut start = 0;
    for value in distinct {
        if !text.is_empty() {
            text.push('\n');
            start += 1;
        }
        marks.extend(value.marks.iter().map(|mark| Mark { start: mark.start + start, end: mark.end + start, ..*mark }));
        text.push_str(&value.text);
        start += u32::try_from(value.text.chars().count()).unwrap_or(u32::MAX);
    }
    Some(FieldValue { text: crate::text::owned(text), raw: None, at, marks })
}

/// The text of a cell for a line that belongs to no item.
pub(super) fn line_text(cell: &Cell) -> Option<Text> {
    Some(normalise::normalise(&cell.text)).filter(|text| !is_blank(text))
}
