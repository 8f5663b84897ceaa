//! Headings that several sheets share, and the columns of answers we do not know.

use crate::answers::column::Column;
use crate::answers::{AnswerField, Answers};
use crate::render::words::{Lang, Words};

/// The heading of an answer's field: the one it is read back by, in either language.
pub(super) fn field(words: &Words, field: AnswerField) -> String {
    either(words, field.heading(), field.key())
}

/// The heading of any column of answers.
pub(super) fn column(words: &Words, column: &Column) -> String {
    match column {
        Column::Id => words.text("xlsx-column-id"),
        Column::Sheet => sheet(words),
        Column::Key => column.heading().to_owned(),
        Column::Field(own) => field(words, *own),
        Column::Carry(own) => either(words, own.heading(), own.key()),
        Column::Extra(heading) => heading.clone(),
    }
}

fn either(words: &Words, heading: &str, key: &str) -> String {
    match words.lang {
        Lang::Ja => heading.to_owned(),
        Lang::En => {
            let spaced = key.replace('_', " ");
            spaced[..1].to_uppercase() + &spaced[1..]
        }
    }
}

/// The heading over the sheet an item stands on.
pub(super) fn sheet(words: &Words) -> String {
    words.text("xlsx-column-sheet")
}

/// The headings of unknown columns, in the order they first come up.
pub(super) fn extras(answers: &Answers) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    let headings = answers.answers.iter().chain(&answers.retired).flat_map(|answer| &answer.extra);
    headings.map(|(heading, _)| heading).filter(|heading| seen.insert(heading.as_str())).cloned().collect()
}
