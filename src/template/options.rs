//! What a table is looked for with: what the user pins, and the heads of the sheets to look at.

use std::sync::Arc;

use super::head::Head;
use super::layout::Template;
use crate::answers::AnswerField;
use crate::catalog::key;

/// How a table is to be found. By default the best built-in template decides, and without one the generic reading.
#[derive(Clone, Debug, Default)]
pub struct BindOptions {
    /// The template to use, whatever others fit.
    pub template: Option<Arc<Template>>,
    /// The only sheets to look at, by name; hidden ones count when named. Empty for all that are shown.
    pub sheets: Vec<String>,
    /// The first header row, from 1.
    pub header_row: Option<u32>,
    /// Fields and the headings of their columns, `id` among the keys; `id` several times for the parts of an id that
    /// stands in several columns, the most significant first. `numbered` instead of `id` numbers the rows that hold
    /// something in that column, where none holds ids. Without a template they pin the generic reading.
    pub fields: Vec<(String, String)>,
}

/// The key that stands for the id where the rows are to be numbered.
const NUMBERED: &str = "numbered";

impl BindOptions {
    /// The headings of the columns the user names for the id, or for numbering the rows by.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(|(key, _)| is_id(key)).map(|(_, heading)| heading.as_str())
    }

    /// The key the user names the id's column by.
    pub(super) fn id_key(&self) -> &str {
        if self.is_numbered() { NUMBERED } else { "id" }
    }

    /// Whether the user says anything of where the table is.
    pub(super) fn is_pinned(&self) -> bool {
        !self.sheets.is_empty() || self.header_row.is_some() || !self.fields.is_empty()
    }

    /// Whether the rows are to be numbered.
    pub(super) fn is_numbered(&self) -> bool {
        self.fields.iter().any(|(key, _)| key == NUMBERED)
    }

    /// The fields the user names beside the id, and their headings.
    pub(super) fn others(&self) -> impl Iterator<Item = &(String, String)> {
        self.fields.iter().filter(|(key, _)| !is_id(key))
    }
}

fn is_id(key: &str) -> bool {
    key == "id" || key == NUMBERED
}

/// The heads of the sheets to look at, each with its place in the workbook.
pub(super) type Heads<'a> = Vec<(usize, Head<'a>)>;

/// The answer field of a key, unless a field of the catalog has the same one.
pub(super) fn answer_field(name: &str) -> Option<AnswerField> {
    let field = AnswerField::ALL.into_iter().find(|field| field.key() == name);
    field.filter(|_| name != key::REMARKS)
}
