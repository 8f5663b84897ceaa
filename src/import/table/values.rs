//! The values of a row, and what it says of its revision.

use super::reader::{Progress, Reading, TableReader};
use super::words::{fits_any, is_retired_word};
use crate::address::{Range, SheetRange};
use crate::catalog::{FieldValue, MarkKind, Revision};
use crate::import::items::Values;
use crate::import::rows::Row;
use crate::import::value::{joined, line_text, value};
use crate::template::Role;
use crate::workbook::delimited::write::unguarded;
use crate::workbook::{Cell, Value};

impl<'a> TableReader<'a> {
    /// The values of a row by field, and what it says about its revision.
    pub(super) fn values(&self, row: &Row<'a>, progress: &mut Progress) -> (Values, Vec<Revision>) {
        let mut values: Values = vec![None; self.width];
        let mut revision = Vec::new();
        for cell in row.cells {
            let Some(slot) = self.columns.slot(cell.at.column) else { continue };
            let span = row.span(cell.at);
            if self.table.columns[slot].role == Role::Revision {
                revision.extend(self.revision(cell, span, &self.table.columns[slot].label));
                continue;
            }
            let Some(field) = self.fields[slot] else { continue };
            let bare = self.is_guarded().then(|| unguarded_cell(cell)).flatten();
            let Some(read) = value(bare.as_ref().unwrap_or(cell), span, &self.sheet.name, &self.marking) else {
                continue;
            };
            if span.last.row > row.number {
                progress.merged_down.retain(|(known, _, _)| *known != field);
                progress.merged_down.push((field, span.last.row, read.clone()));
            }
            let place = &mut values[field];
            *place = match place.take() {
                Some(left) => joined(&[&left, &read]),
                None => Some(read),
            };
        }
        revision.extend(self.comments(row));
        (values, revision)
    }

    /// Notes the table's cells whose formula the file has no value for: they read as blank.
    pub(super) fn note_uncalculated(&self, row: &Row<'a>, reading: &mut Reading) {
        let found = row.cells.iter().filter(|cell| cell.value == Value::Uncalculated);
        let bound = found.filter(|cell| self.columns.slot(cell.at.column).is_some());
        reading.uncalculated.extend(bound.map(|cell| self.place(cell.at)));
    }

    /// What a 改訂区分 cell says; a dash says nothing.
    pub(super) fn revision(&self, cell: &Cell, span: Range, heading: &str) -> Option<Revision> {
        let text = line_text(cell)?;
        let is_none = text.chars().all(|c| matches!(c, '-' | '－' | 'ー' | '―' | '—' | '–' | '−' | ' ' | '\u{3000}'));
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let kind = match () {
            () if has(&["削除", "廃止"]) => MarkKind::Deleted,
            () if has(&["追加", "新設", "新規", "追記"]) => MarkKind::Added,
            () if heading.contains("追記") || heading.contains("追加") => MarkKind::Added,
            () => MarkKind::Emphasis,
        };
        let at = SheetRange::new(&self.sheet.name, span);
        (!is_none).then(|| Revision { text: text.to_string(), kind, at })
    }

    pub(super) fn comments(&self, row: &Row<'a>) -> impl Iterator<Item = Revision> {
        self.comments.get(&row.number).into_iter().flatten().map(|comment| Revision {
            text: comment.text.clone(),
            kind: MarkKind::Emphasis,
            at: self.place(comment.at),
        })
    }

    pub(super) fn says_retired(&self, values: &Values) -> bool {
        let rules = &self.layout.rows;
        let says = |value: &FieldValue| {
            let is_short = value.text.len() <= 120;
            is_short && is_retired_word(&value.text)
                || !rules.retired.is_empty() && fits_any(&rules.retired, &value.text)
        };
        let is_blank = |key: &String| self.field_of(key).is_some_and(|field| values[field].is_none());
        values.iter().flatten().any(says) || rules.retired_when_blank.as_ref().is_some_and(is_blank)
    }
}

/// A cell without its guard, where it has one.
pub(super) fn unguarded_cell(cell: &Cell) -> Option<Cell> {
    let bare = unguarded(&cell.text);
    (bare.len() < cell.text.len()).then(|| Cell { text: cell.text.substr_from(bare), ..cell.clone() })
}
