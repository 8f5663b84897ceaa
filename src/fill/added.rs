//! What there is to say of answer columns of ours that were added: where they stand, and that the vendor has some.

use super::columns::AddedColumns;
use crate::address::SheetRange;
use crate::answers::AnswerField;
use crate::answers::column::Column;
use crate::diagnostic::Diagnostic;
use crate::template::{BoundTable, Role, field_flag};
use crate::workbook::Sheet;

/// The columns added to all tables.
#[derive(Default)]
pub(super) struct Added {
    at: Vec<SheetRange>,
    fields: Vec<AnswerField>,
    /// The flags that take the vendor's own columns instead.
    flags: Vec<String>,
    are_hidden: bool,
}

impl Added {
    /// Takes note of columns that were added to a table.
    pub(super) fn add(&mut self, sheet: &Sheet, table: &BoundTable, added: &AddedColumns, fields: &[AnswerField]) {
        self.at.extend(added.header.first().map(|cell| SheetRange::new(&sheet.name, cell.at)));
        self.are_hidden |= added.are_hidden;
        self.fields.extend(fields.iter().filter(|field| !self.fields.contains(field)).copied().collect::<Vec<_>>());
        for column in table.columns.iter().filter(|column| column.role == Role::Field) {
            let heading = column.label.rsplit(" > ").next().unwrap_or(&column.label);
            let Some(Column::Field(field)) = Column::named(heading).or_else(|| Column::called(heading)) else {
                continue;
            };
            let flag = field_flag(field.key(), heading);
            let begins = |known: &String| known.starts_with(&format!("--field {}=", field.key()));
            if fields.contains(&field) && !self.flags.iter().any(begins) {
                self.flags.push(flag);
            }
        }
    }

    /// Says it once, if anything was added.
    pub(super) fn said(mut self) -> Option<Diagnostic> {
        self.fields.sort_by_key(|&field| AnswerField::ALL.iter().position(|&known| known == field));
        let headings: Vec<String> = self.fields.iter().map(|field| field.heading().to_owned()).collect();
        let has_own = !self.flags.is_empty();
        let flags = if has_own { self.flags.join(" ") } else { "none".to_owned() };
        let said = || {
            let said = match (self.are_hidden, has_own) {
                (true, _) => Diagnostic::warning("columns-added-hidden"),
                (false, true) => Diagnostic::note("columns-added-beside"),
                (false, false) => Diagnostic::note("columns-added"),
            };
            said.at_all(&self.at).arg("headings", headings).arg("flags", flags)
        };
        (!self.at.is_empty()).then(said)
    }
}
