//! The words of the pages, looked up once, and the keys that styles, filters and wording share.

use std::collections::HashMap;

use crate::answers::{CarryReason, Status};
use crate::catalog::List;
use crate::diagnostic::Arg;
use crate::diff::{ChangeSeverity, Evidence, FieldChangeKind, ItemChange, MarkAgreement};
use crate::render::words::{Lang, Words};

/// A closed list of values with the keys they have in class names, data attributes and message names.
macro_rules! keys {
    ($($function:ident $(, $all:ident)?: $type:ident $area:literal { $($variant:ident => $key:literal),+ $(,)? })+) => {
        $(
            keys!(@all $($all)?, $type, $($variant),+);

            pub(super) fn $function(value: $type) -> &'static str {
                match value { $($type::$variant => $key),+ }
            }
        )+

        const AREAS: &[(&str, &[&str])] = &[$(($area, &[$($key),+])),+, ("flag", &FLAGS)];
    };
    (@all , $type:ident, $($variant:ident),+) => {};
    (@all $all:ident, $type:ident, $($variant:ident),+) => {
        pub(super) const $all: &[$type] = &[$($type::$variant),+];
    };
}

keys! {
    change_key, CHANGES: ItemChange "change" {
        Added => "added", Removed => "removed", Retired => "retired", Restored => "restored", Changed => "changed",
        Notation => "notation", Unchanged => "unchanged",
    }
    severity_key, SEVERITIES: ChangeSeverity "severity" {
        Conformity => "conformity", CustomerAction => "customer-action", Citation => "citation", Text => "text",
        Notation => "notation", None => "none",
    }
    evidence_key: Evidence "evidence" {
        Declared => "declared", Id => "id", Text => "text", Likeness => "likeness", Neighbours => "neighbours",
    }
    field_key: FieldChangeKind "field" {
        Appended => "appended", Inserted => "inserted", Edited => "edited", Shortened => "shortened",
        Emptied => "emptied", Filled => "filled", Moved => "moved", Notation => "notation",
    }
    marks_key, MARKS: MarkAgreement "marks" {
        Unmarked => "unmarked", Partial => "partial", MarkOnly => "mark-only", Agrees => "agrees",
    }
    reason_key, REASONS: CarryReason "reason" {
        Changed => "changed", Appended => "appended", ReferredChanged => "referred", Renumbered => "renumbered",
        Split => "split", Merged => "merged", Retired => "retired", New => "new", Notation => "notation",
        Same => "same",
    }
    status_key, STATUSES: Status "status" {
        Done => "done", Partial => "partial", Planned => "planned", Open => "open", Excluded => "excluded",
    }
    list_key: List "list" { Documents => "documents", Reports => "reports" }
}

/// The flags of an aligned item, in the order they are shown.
pub(super) const FLAGS: [&str; 4] = ["renumbered", "moved", "split", "merged"];

/// The words of one language, those of the closed lists looked up already.
pub(super) struct Labels {
    words: Words,
    listed: HashMap<(&'static str, &'static str), String>,
}

impl Labels {
    pub(super) fn new(lang: Lang) -> Self {
        let words = Words::new(lang);
        let names = AREAS.iter().flat_map(|&(area, keys)| keys.iter().map(move |&key| (area, key)));
        let listed = names.map(|(area, key)| ((area, key), words.text(&message(area, key)))).collect();
        Self { words, listed }
    }

    pub(super) fn lang(&self) -> Lang {
        self.words.lang
    }

    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// A message without facts.
    pub(super) fn text(&self, name: &str) -> String {
        self.words.text(name)
    }

    /// A message about a number of things.
    pub(super) fn count(&self, name: &str, count: usize) -> String {
        self.words.with(name, &[("count", Arg::from(count))])
    }

    /// A message with facts.
    pub(super) fn with(&self, name: &str, args: &[(&str, Arg)]) -> String {
        self.words.with(name, args)
    }

    /// The word for a value of a closed list.
    pub(super) fn of(&self, area: &'static str, key: &'static str) -> &str {
        self.listed.get(&(area, key)).map_or(key, String::as_str)
    }

    /// The language to announce a text in, where it is not the page's own: `ja` for kana and ideographs, `en` for a
    /// text of Latin letters. A text without letters is in any language.
    pub(super) fn foreign(&self, text: &str) -> Option<&'static str> {
        let lang = text_lang(text)?;
        (lang != self.lang().tag()).then_some(lang)
    }
}

/// The message with the word for a value of a closed list: the page's own, or one that other renderers show as well.
fn message(area: &str, key: &str) -> String {
    if matches!(area, "reason" | "status") { format!("{area}-{key}") } else { format!("html-{area}-{key}") }
}

fn text_lang(text: &str) -> Option<&'static str> {
    let is_japanese =
        |c: char| matches!(c, '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{FF66}'..='\u{FF9F}');
    if text.chars().any(is_japanese) {
        return Some("ja");
    }
    text.chars().any(|c| c.is_ascii_alphabetic()).then_some("en")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_word_has_its_wording() {
        for lang in [Lang::Ja, Lang::En] {
            let labels = Labels::new(lang);
            for ((area, key), word) in &labels.listed {
                assert_ne!(*word, message(area, key));
            }
        }
    }

    #[test]
    fn a_text_is_announced_in_its_own_language() {
        let english = Labels::new(Lang::En);
        assert_eq!(english.foreign("暗号化する"), Some("ja"));
        assert_eq!(english.foreign("Encrypt data"), None);
        assert_eq!(english.foreign("①"), None);
        assert_eq!(Labels::new(Lang::Ja).foreign("Encrypt data"), Some("en"));
    }
}
