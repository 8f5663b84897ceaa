//! Our words in the workbook's: what a drop-down or the template calls them.

use super::rules::{self, Candidate};
use crate::address::CellRef;
use crate::answers::{AnswerField, Applicability, Recheck, Responsibility, Status, date};
use crate::text::fold::value_key;
use crate::workbook::patch::{serial, utf16_units};
use crate::workbook::{Allowed, Bounds};

/// How a text fits what a cell allows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fit {
    /// As it is, or in the list's own spelling.
    Text(String),
    /// As a number.
    Number(f64),
    /// As a date; what it is stored as is decided by its field.
    Date(jiff::civil::Date),
    /// Not at all; the words that would.
    NotAllowed(Vec<String>),
}

/// How a text fits, and the rule that could not be evaluated, if one could not.
pub(super) struct Fitted<'a> {
    pub(super) fit: Fit,
    pub(super) unchecked: Option<&'a str>,
}

impl Fitted<'_> {
    fn checked(fit: Fit) -> Self {
        Self { fit, unchecked: None }
    }
}

/// The workbook's word for an answer: the template's, else the answer's own.
pub(super) fn translated(text: &str, values: &[(String, String)]) -> String {
    let key = value_key(text);
    let known = values.iter().find(|(ours, _)| value_key(ours) == key);
    known.map_or(text, |(_, theirs)| theirs).to_owned()
}

/// Where a value goes: the cell, the first cell of its validation, the workbook's date system.
pub(super) struct Place {
    pub(super) at: CellRef,
    pub(super) first: CellRef,
    pub(super) date_1904: bool,
}

/// Fits an answer's text into what the cell's validation allows.
///
/// A word of a list is found in any width and case; where our word is not among them, the one word of the list that
/// means the same to us (`はい` for 対応済) is taken. Bounds and formulas that need the workbook calculated are not
/// evaluated, and told.
pub(super) fn fitted<'a>(field: AnswerField, text: &str, allowed: &'a Allowed, place: &Place) -> Fitted<'a> {
    let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let bounded = |bounds: &'a Bounds, measured: f64, fit: Fit| match rules::within(bounds, measured, place.date_1904) {
        Some(true) => Fitted::checked(fit),
        Some(false) => Fitted::checked(Fit::NotAllowed(vec![rules::shown(bounds)])),
        None => Fitted { fit, unchecked: Some(&bounds.first) },
    };
    match allowed {
        Allowed::List(words) => Fitted::checked(match listed(field, text, words) {
            Some(word) => Fit::Text(word.to_owned()),
            None => Fit::NotAllowed(words.clone()),
        }),
        Allowed::Whole(bounds) | Allowed::Decimal(bounds) => match number {
            Some(number) if matches!(allowed, Allowed::Decimal(_)) || number.fract() == 0.0 => {
                bounded(bounds, number, Fit::Number(number))
            }
            _ => Fitted::checked(Fit::NotAllowed(vec![rules::shown(bounds)])),
        },
        Allowed::Date(bounds) => match date::parse(text) {
            Some(day) => match serial(day, place.date_1904) {
                Some(number) => bounded(bounds, number, Fit::Date(day)),
                None => Fitted::checked(Fit::NotAllowed(vec![rules::shown(bounds)])),
            },
            None => Fitted::checked(Fit::NotAllowed(vec![rules::shown(bounds)])),
        },
        Allowed::TextLength(bounds) => bounded(bounds, utf16_units(text) as f64, Fit::Text(text.to_owned())),
        Allowed::UnresolvedList(formula) => Fitted { fit: Fit::Text(text.to_owned()), unchecked: Some(formula) },
        Allowed::Custom(formula) => {
            let holds = |value| rules::satisfies(formula, place.first, place.at, value);
            // A number is tried where a text alone will not do: `ISNUMBER(B2)`.
            let as_number = || number.filter(|&number| holds(Candidate::Number(number)) == Some(true));
            match holds(Candidate::Text(text)) {
                Some(true) => Fitted::checked(Fit::Text(text.to_owned())),
                found => match (as_number(), found) {
                    (Some(number), _) => Fitted::checked(Fit::Number(number)),
                    (None, Some(_)) => Fitted::checked(Fit::NotAllowed(vec![formula.clone()])),
                    (None, None) => Fitted { fit: Fit::Text(text.to_owned()), unchecked: Some(formula) },
                },
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: AnswerField, text: &str, words: &[&str], expected: Option<&str>) {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        let expected = match expected {
            Some(word) => Fit::Text(word.to_owned()),
            None => Fit::NotAllowed(words.clone()),
        };
        let place = Place { at: CellRef::new(0, 0), first: CellRef::new(0, 0), date_1904: false };
        assert_eq!(fitted(field, text, &Allowed::List(words), &place).fit, expected, "{text}");
    }

    #[test]
    fn a_drop_down_gets_its_own_word() {
        use AnswerField::{Remarks, Status};
        check(Status, "対応済", &["対応済", "未対応"], Some("対応済"));
        check(Status, "対応済", &["Ｙｅｓ", "No", "N/A"], Some("Ｙｅｓ"));
        check(Status, "対象外", &["Yes", "No", "NA"], Some("NA"));
        check(Status, "対応済", &["実施", "一部実施", "未実施"], Some("実施"));
        check(Status, "一部対応", &["実施", "一部実施", "未実施"], Some("一部実施"));
        check(Status, "未対応", &["済", "未", "－"], Some("未"));
        check(Status, "対応済", &["○", "△", "×"], Some("○"));
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
