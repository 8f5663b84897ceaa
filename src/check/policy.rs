//! What an institution asks of an answer beyond what every answer must be.

use crate::answers::{Answer, AnswerField, Applicability, Status};
use crate::diagnostic::{Diagnostic, Failure};
use crate::text::suggest;

/// When a field is required.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// In every answer that says anything.
    Answered,
    /// Where 自己評価 is 対応済.
    Done,
    /// Where something is left to do: 一部対応, 計画中, 未対応.
    Open,
    /// Where the item is 対象外.
    Excluded,
}

impl When {
    const SUFFIXES: [(&str, Self); 3] =
        [("-when-done", Self::Done), ("-when-open", Self::Open), ("-when-excluded", Self::Excluded)];

    /// The word that wording selects on.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Done => "done",
            Self::Open => "open",
            Self::Excluded => "excluded",
        }
    }

    /// Says whether the requirement is asked of an answer.
    pub(crate) fn applies(self, answer: &Answer) -> bool {
        let is_excluded =
            answer.status == Some(Status::Excluded) || answer.applicability == Some(Applicability::Excluded);
        match self {
            Self::Answered => !answer.is_blank(),
            Self::Done => answer.status == Some(Status::Done),
            Self::Open => matches!(answer.status, Some(Status::Partial | Status::Planned | Status::Open)),
            Self::Excluded => is_excluded,
        }
    }
}

/// A field an answer must have.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// The field.
    pub field: AnswerField,
    /// When it must be there.
    pub when: When,
}

/// What is asked of answers. The default asks nothing beyond what every answer must be: blanks are allowed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Fields that must be there.
    pub requirements: Vec<Requirement>,
    /// Whether every active item must be answered.
    pub no_blanks: bool,
    /// Whether whoever approves must be another person than whoever answers.
    pub four_eyes: bool,
}

impl Policy {
    /// Reads a policy such as `evidence-when-done,owner,no-blanks,four-eyes`: a field's key or its Japanese heading
    /// (`証跡-when-done`), which may be followed by `-when-done`, `-when-open` or `-when-excluded`; an empty text asks nothing.
    ///
    /// # Errors
    ///
    /// `policy-word-unknown` for every word that is none of these, with the nearest one.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let mut policy = Self::default();
        let mut unknown = Vec::new();
        for word in text.split([',', '、', ' ', '\u{3000}']).map(str::trim).filter(|word| !word.is_empty()) {
            let key = word.to_ascii_lowercase().replace('_', "-");
            match key.as_str() {
                "no-blanks" => policy.no_blanks = true,
                "four-eyes" => policy.four_eyes = true,
                _ => match requirement(&key) {
                    Some(requirement) => policy.requirements.push(requirement),
                    None => unknown.push(unknown_word(word, &key)),
                },
            }
        }
        if unknown.is_empty() { Ok(policy) } else { Err(Failure { diagnostics: unknown }) }
    }
}

fn requirement(key: &str) -> Option<Requirement> {
    let (name, when) = When::SUFFIXES
        .iter()
        .find_map(|&(suffix, when)| Some((key.strip_suffix(suffix)?, when)))
        .unwrap_or((key, When::Answered));
    let is_named = |field: &AnswerField| field.key().replace('_', "-") == name || field.heading() == name;
    let field = AnswerField::ALL.into_iter().find(is_named)?;
    Some(Requirement { field, when })
}

fn unknown_word(word: &str, key: &str) -> Diagnostic {
    let names: Vec<String> = AnswerField::ALL
        .iter()
        .map(|field| field.key().replace('_', "-"))
        .chain(["no-blanks", "four-eyes", "evidence-when-done", "gap-when-open", "due-when-open"].map(str::to_owned))
        .collect();
    let near = suggest::nearest(key, names.iter().map(String::as_str)).unwrap_or("none");
    Diagnostic::error("policy-word-unknown").arg("word", word).arg("near", near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read_from_its_words() {
        let policy = Policy::parse("evidence-when-done, owner,due_when_open,four-eyes").unwrap();
        let words: Vec<(&str, When)> = policy.requirements.iter().map(|r| (r.field.key(), r.when)).collect();
        assert_eq!(words, [("evidence", When::Done), ("owner", When::Answered), ("due", When::Open)]);
        assert!(policy.four_eyes && !policy.no_blanks);
        assert_eq!(Policy::parse("証跡-when-done、担当者、是正期限-when-open four-eyes").unwrap(), policy);
        assert_eq!(Policy::parse("").unwrap(), Policy::default());
    }

    #[test]
    fn every_unknown_word_is_named_with_the_nearest() {
        let failure = Policy::parse("evidense-when-done,owner,xyz").unwrap_err();
        let args: Vec<_> = failure.diagnostics.iter().map(|diagnostic| diagnostic.args[1].1.clone()).collect();
        assert_eq!(args, ["evidence-when-done".into(), "none".into()]);
    }
}
