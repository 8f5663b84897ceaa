//! Our words in the workbook's: what a drop-down or the template calls them.

use crate::answers::{AnswerField, Applicability, Recheck, Responsibility, Status};
use crate::text::fold::value_key;
use crate::workbook::Allowed;

/// How a text fits what a cell allows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fit {
    /// As it is, or in the list's own spelling.
    Text(String),
    /// As a number.
    Number(f64),
    /// Not at all; the words that would.
    NotAllowed(Vec<String>),
}

/// The workbook's word for an answer: the template's, else the answer's own.
pub(super) fn translated(text: &str, values: &[(String, String)]) -> String {
    let key = value_key(text);
    let known = values.iter().find(|(ours, _)| value_key(ours) == key);
    known.map_or(text, |(_, theirs)| theirs).to_owned()
}

/// Fits an answer's text into what the cell's validation allows.
///
/// A word of a list is found in any width and case; where our word is not among them, the one word of the list that
/// means the same to us (`はい` for 対応済) is taken.
pub(super) fn fitted(field: AnswerField, text: &str, allowed: &Allowed) -> Fit {
    match allowed {
        Allowed::List(words) => match listed(field, text, words) {
            Some(word) => Fit::Text(word.to_owned()),
            None => Fit::NotAllowed(words.clone()),
        },
        Allowed::Number => match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => Fit::Number(number),
            _ => Fit::NotAllowed(vec!["0".to_owned()]),
        },
        Allowed::Date => Fit::NotAllowed(vec!["2026-03-31".to_owned()]),
        Allowed::UnresolvedList(_) | Allowed::TextLength | Allowed::Custom(_) => Fit::Text(text.to_owned()),
    }
}

fn listed<'a>(field: AnswerField, text: &str, words: &'a [String]) -> Option<&'a str> {
    let key = value_key(text);
    let exact = words.iter().find(|word| *word == text).or_else(|| words.iter().find(|word| value_key(word) == key));
    if let Some(word) = exact {
        return Some(word);
    }
    let meaning = meaning(field, text)?;
    let mut same = words.iter().filter(|word| self::meaning(field, word) == Some(meaning));
    match (same.next(), same.next()) {
        (Some(word), None) => Some(word),
        _ => None,
    }
}

/// What a word of one of our closed lists means, as its place in the list.
fn meaning(field: AnswerField, word: &str) -> Option<usize> {
    fn place<T: PartialEq + Copy>(word: Option<T>, all: &[T]) -> Option<usize> {
        all.iter().position(|other| Some(*other) == word)
    }
    match field {
        AnswerField::Status => place(Status::parse(word), Status::ALL),
        AnswerField::Applicability => place(Applicability::parse(word), Applicability::ALL),
        AnswerField::Responsibility => place(Responsibility::parse(word), Responsibility::ALL),
        AnswerField::Recheck => place(Recheck::parse(word), Recheck::ALL),
        _ => None,
    }
}

/// The words a field of ours is chosen from, for a drop-down of our own.
pub(super) fn choices(field: AnswerField) -> Vec<String> {
    fn words<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<String> {
        all.iter().map(|&value| word(value).to_owned()).collect()
    }
    match field {
        AnswerField::Status => words(Status::ALL, Status::word),
        AnswerField::Applicability => words(Applicability::ALL, Applicability::word),
        AnswerField::Responsibility => words(Responsibility::ALL, Responsibility::word),
        AnswerField::Recheck => words(Recheck::ALL, Recheck::word),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: AnswerField, text: &str, words: &[&str], expected: Option<&str>) {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        let expected = match expected {
            Some(word) => Fit::Text(word.to_owned()),
            None => Fit::NotAllowed(words.clone()),
        };
        assert_eq!(fitted(field, text, &Allowed::List(words)), expected, "{text}");
    }

    #[test]
    fn a_drop_down_gets_its_own_word() {
        use AnswerField::{Remarks, Status};
        check(Status, "対応済", &["対応済", "未対応"], Some("対応済"));
        check(Status, "対応済", &["Ｙｅｓ", "No", "N/A"], Some("Ｙｅｓ"));
        check(Status, "対象外", &["Yes", "No", "NA"], Some("NA"));
        check(Remarks, "yes", &["YES"], Some("YES"));
    }

    #[test]
    fn what_no_word_means_is_not_allowed() {
        use AnswerField::{Remarks, Status};
        check(Status, "計画中", &["Yes", "No", "NA"], None);
        // Two words mean 対象外 to us: which one is meant is not ours to say.
        check(Status, "対象外", &["Yes", "N/A", "該当なし"], None);
        check(Remarks, "対応済", &["Yes", "No"], None);
    }

    #[test]
    fn the_template_knows_the_workbooks_words() {
        let values = [("対応済".to_owned(), "Pass".to_owned())];
        assert_eq!(translated("対応済", &values), "Pass");
        assert_eq!(translated("未対応", &values), "未対応");
    }
}
