//! What the user says about the items of an edition: the model every answer format is read to and written from.
//!
//! Knows nothing of files or sheets beyond the cell an answer was read from. The words of the lists are Japanese in
//! every format; English spellings are read as well.

mod answer;
pub mod column;
pub mod compared;
pub mod date;
pub(crate) mod draft;
mod field;
pub mod header;
pub mod json;
pub mod merge;
pub mod place;
pub mod refer;
pub mod table;
mod wire;
pub mod yaml;

use std::collections::HashMap;
use std::sync::Arc;

use crate::catalog::{Edition, ItemKey};
use crate::diagnostic::Diagnostic;

pub use answer::{Answer, CarriedFrom, CarryNote, FieldColumns};
pub use field::{AnswerField, Applicability, CarryReason, Recheck, Responsibility, Status};

/// Two different answers for one field, and which was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The item.
    pub key: ItemKey,
    /// The field: a key of [`AnswerField`], or the heading of an extra column.
    pub field: String,
    /// What was kept.
    pub kept: String,
    /// What was not.
    pub other: String,
    /// The file, and the cell where known, that `other` came from.
    pub from: String,
}

impl Conflict {
    /// The field's Japanese heading; the user's own for a column of theirs.
    pub fn heading(&self) -> &str {
        match AnswerField::of_key(&self.field) {
            Some(field) => field.heading(),
            None => &self.field,
        }
    }
}

/// The answers to an edition. One answer per item at most.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// The edition they are given for.
    pub edition: Edition,
    /// The header block, by key (`institution`, `system`, …), in order.
    pub header: Vec<(String, String)>,
    /// The answers.
    pub answers: Vec<Answer>,
    /// Answers whose item is gone: kept, never counted.
    pub retired: Vec<Answer>,
    /// Answers that lost to another when parts were merged.
    pub conflicts: Vec<Conflict>,
}

/// Answers as read, with what reading them had to say. An answer with a problem is left out, and the problem is an
/// error among the diagnostics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// The answers without a problem.
    pub answers: Answers,
    /// Every problem found.
    pub diagnostics: Vec<Diagnostic>,
}

impl Read {
    /// Names the file in every answer and diagnostic that names none.
    #[must_use]
    pub fn in_file(mut self, file: &Arc<str>) -> Self {
        let Answers { answers, retired, .. } = &mut self.answers;
        for answer in answers.iter_mut().chain(retired) {
            answer.file.get_or_insert_with(|| Arc::clone(file));
        }
        self.diagnostics = self.diagnostics.into_iter().map(|diagnostic| diagnostic.in_file(file)).collect();
        self
    }
}

impl Answers {
    /// All answers by their item, for many look-ups.
    pub fn by_key(&self) -> HashMap<&ItemKey, &Answer> {
        self.answers.iter().map(|answer| (&answer.key, answer)).collect()
    }

    /// Finds the answer of an item. Linear in the number of answers: use [`Answers::by_key`] for many look-ups.
    pub fn get(&self, key: &ItemKey) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.key == *key)
    }
}
