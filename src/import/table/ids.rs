//! The id of a row: from one column or several, alone or in front of a text.

use std::borrow::Cow;

use super::reader::{Progress, TableReader};
use super::words::trimmed;
use crate::address::CellRef;
use crate::catalog::id::{CellKind, IdContext, ParsedId, Scheme};
use crate::catalog::{FieldValue, key};
use crate::import::items::Values;
use crate::import::rows::Row;
use crate::import::value::{line_text, value};
use crate::template::ItemFact;
use crate::text::Text;
use crate::workbook::delimited::write::unguarded;
use crate::workbook::{Cell, Value};

impl<'a> TableReader<'a> {
    pub(super) fn id_cell(&self, row: &Row<'a>) -> Option<&'a Cell> {
        self.columns.ids.iter().rev().find_map(|&slot| self.cell_of(row, slot))
    }

    /// The id as one text: the parts of several columns joined, an upper part given once filled in.
    pub(super) fn id_text(&self, row: &Row<'a>, cell: &'a Cell, progress: &mut Progress) -> Cow<'a, str> {
        if self.columns.ids.len() < 2 {
            let text = cell.text.trim();
            let text = if self.is_guarded() { unguarded(text) } else { text };
            let led = if self.layout.id.leads { text.split([':', '：']).next().unwrap_or(text) } else { text };
            return Cow::Borrowed(led);
        }
        progress.id_parts.resize(self.columns.ids.len(), String::new());
        let mut parts = Vec::new();
        for (index, &slot) in self.columns.ids.iter().enumerate() {
            let own = row.cell(self.table.columns[slot].column).map(|cell| cell.text.trim().to_owned());
            let is_last = index + 1 == self.columns.ids.len();
            match own {
                // A new upper part ends the lower ones given once above.
                Some(own) if own != progress.id_parts[index] => {
                    progress.id_parts[index] = own;
                    progress.id_parts[index + 1..].iter_mut().for_each(String::clear);
                }
                Some(_) => {}
                None if is_last => progress.id_parts[index].clear(),
                None => {}
            }
            parts.push(progress.id_parts[index].clone());
        }
        Cow::Owned(self.composed(&parts))
    }

    /// The parts of an id as one: blank parts are left out, and so is a part that the next one begins with (`3.1`,
    /// `3.1.1`); a part in brackets needs no sign before it.
    pub(super) fn composed(&self, parts: &[String]) -> String {
        let mut out = String::new();
        for part in parts.iter().filter(|part| !part.is_empty()) {
            let repeats = part.strip_prefix(out.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
            if repeats {
                out.clear();
            }
            let sign = match (out.ends_with(char::is_numeric), self.scheme) {
                _ if out.is_empty() || part.starts_with(['(', '（']) => "",
                (false, Scheme::Fisc) => "",
                (true, Scheme::Fisc) => "-",
                _ => &self.layout.id.join,
            };
            out.push_str(sign);
            out.push_str(part);
        }
        out
    }

    pub(super) fn parse(&self, row: &Row<'a>, cell: &Cell, text: &str, progress: &Progress) -> ParsedId {
        let kind = match cell.value {
            Value::Date(_) => CellKind::Date,
            Value::Number(_) => CellKind::Number,
            _ => CellKind::Text,
        };
        if self.scheme != Scheme::Fisc {
            let context = IdContext { kind, ..IdContext::default() };
            return self.scheme.parse(text, &context);
        }
        if kind == CellKind::Text
            && let Some(plain) = self.scheme.parse_plain(text, self.edition)
        {
            return plain;
        }
        let own = self.prefix_text(row, progress);
        let mut hints: Vec<&str> = own.as_deref().into_iter().collect();
        hints.extend(progress.bands.hints());
        hints.push(&self.sheet.name);
        let previous = progress.previous_id.as_deref();
        let kind = if self.columns.ids.len() > 1 { CellKind::Text } else { kind };
        self.scheme.parse(text, &IdContext { group_hints: &hints, edition: self.edition, previous, kind })
    }

    /// The text beside a bare number that names its group: in this row, or merged or given once above.
    pub(super) fn prefix_text(&self, row: &Row<'a>, progress: &Progress) -> Option<Text> {
        let keys = self.layout.id.prefix_from.as_deref().into_iter().chain([key::MAJOR, "group"]);
        let mut found = keys.filter_map(|key| {
            let slot = self.table.columns.iter().position(|column| *column.key == *key)?;
            let column = &self.table.columns[slot];
            let own = row.cell(column.column).and_then(line_text);
            let field = self.fields[slot]?;
            let above = || {
                let merged = progress.merged_down.iter().filter(|(_, until, _)| *until >= row.number);
                let merged = merged.map(|(known, _, value)| (*known, value));
                let mut all = merged.chain(progress.filled_down.iter().map(|(known, value)| (*known, value)));
                all.find(|(known, _)| *known == field).map(|(_, value)| value.text.clone())
            };
            own.or_else(above)
        });
        found.next()
    }

    /// The id as the cell has it; where the id leads a text, the rest becomes a field.
    pub(super) fn raw_id(&self, row: &Row<'a>, cell: &Cell, values: &mut Values) -> Text {
        if self.layout.id.numbered {
            if let Some(field) = self.led_text {
                values[field] = value(cell, row.span(cell.at), &self.sheet.name, &self.marking);
            }
            return Text::default();
        }
        if self.columns.ids.len() > 1 {
            let parts = self.columns.ids.iter().filter_map(|&slot| row.cell(self.table.columns[slot].column));
            let texts: Vec<String> = parts.map(|cell| cell.text.trim().to_owned()).collect();
            return crate::text::owned(self.composed(&texts));
        }
        if let Some(raw) = self.item_fact(row, ItemFact::RawId) {
            return raw;
        }
        if !self.layout.id.leads {
            return trimmed(&cell.text);
        }
        let colon = cell.text.find([':', '：']);
        let end = colon.map_or(cell.text.len(), |at| at + cell.text[at..].chars().next().map_or(0, char::len_utf8));
        let led = Cell { text: trimmed(&cell.text.substr(end..)), ..cell.clone() };
        if let Some(field) = self.led_text {
            let plain = value(&led, row.span(cell.at), &self.sheet.name, &self.marking);
            values[field] = plain.map(|value| FieldValue { marks: Vec::new(), ..value });
        }
        trimmed(&cell.text.substr(..end))
    }

    pub(super) fn id_until(&self, row: &Row<'a>) -> Option<u32> {
        let slots = self.columns.ids.iter().map(|&slot| CellRef::new(row.number, self.table.columns[slot].column));
        slots.map(|at| row.span(at).last.row).max().filter(|&last| last > row.number)
    }
}
