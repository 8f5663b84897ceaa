//! The tree as it is written: keys in the order of the flat form, nothing for what is blank.

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};

use super::{FORMAT, FORMAT_VERSION};
use crate::answers::column::CarryField;
use crate::answers::{Answer, AnswerField, Answers, CarryNote, Conflict};
use crate::catalog::{Edition, ItemKey};

/// The whole document, for writing.
pub(in crate::answers) struct Document<'a>(pub(in crate::answers) &'a Answers);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let answers = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("format", FORMAT)?;
        map.serialize_entry("format_version", &FORMAT_VERSION)?;
        map.serialize_entry("edition", &Pairs(&edition_pairs(&answers.edition)))?;
        map.serialize_entry("header", &Pairs(&answers.header))?;
        map.serialize_entry("answers", &List(&answers.answers))?;
        map.serialize_entry("retired", &List(&answers.retired))?;
        if !answers.conflicts.is_empty() {
            map.serialize_entry("conflicts", &Conflicts(&answers.conflicts))?;
        }
        map.end()
    }
}

fn edition_pairs(edition: &Edition) -> Vec<(&'static str, &str)> {
    let Edition { framework, version, provider, template } = edition;
    let parts = [("framework", framework), ("version", version), ("provider", provider), ("template", template)];
    parts.into_iter().filter_map(|(key, value)| value.as_deref().map(|value| (key, value))).collect()
}

/// Keys and texts as an object, in order.
struct Pairs<'a, K, V>(&'a [(K, V)]);

impl<K: AsRef<str>, V: AsRef<str>> Serialize for Pairs<'_, K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key.as_ref(), value.as_ref())))
    }
}

struct List<'a>(&'a [Answer]);

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        self.0.iter().try_for_each(|answer| list.serialize_element(&One(answer)))?;
        list.end()
    }
}

struct One<'a>(&'a Answer);

impl Serialize for One<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let answer = self.0;
        let mut map = serializer.serialize_map(None)?;
        key_entries(&mut map, &answer.key)?;
        for field in AnswerField::ALL {
            if field == AnswerField::Evidence {
                if !answer.evidence.is_empty() {
                    map.serialize_entry(field.key(), &answer.evidence)?;
                }
                continue;
            }
            let text = answer.text(field);
            if !text.is_empty() {
                map.serialize_entry(field.key(), &text)?;
            }
        }
        if !answer.refers_to.is_empty() {
            map.serialize_entry("refers_to", &answer.refers_to.iter().map(|id| &**id).collect::<Vec<_>>())?;
        }
        if let Some(note) = &answer.carry {
            map.serialize_entry("carry", &Carry(note))?;
        }
        if !answer.extra.is_empty() {
            map.serialize_entry("extra", &Pairs(&answer.extra))?;
        }
        map.end()
    }
}

fn key_entries<M: SerializeMap>(map: &mut M, key: &ItemKey) -> Result<(), M::Error> {
    map.serialize_entry("id", &*key.id)?;
    key.sheet.iter().try_for_each(|sheet| map.serialize_entry("sheet", &**sheet))
}

struct Carry<'a>(&'a CarryNote);

impl Serialize for Carry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let note = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("reasons", &note.reasons.iter().map(|reason| reason.word()).collect::<Vec<_>>())?;
        map.serialize_entry("from", &Origins(note))?;
        let approved = note.previous_approved_on.map(|date| date.to_string()).unwrap_or_default();
        for (field, text) in [
            (CarryField::OldText, &note.old_text),
            (CarryField::NewText, &note.new_text),
            (CarryField::PreviousReviewer, &note.previous_reviewer),
            (CarryField::PreviousApprover, &note.previous_approver),
            (CarryField::PreviousApprovedOn, &approved),
        ] {
            if !text.is_empty() {
                map.serialize_entry(field.key(), text)?;
            }
        }
        map.end()
    }
}

struct Origins<'a>(&'a CarryNote);

impl Serialize for Origins<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.from.iter().map(|from| {
            let mut entry: Vec<(&str, &str)> = Vec::new();
            entry.extend(from.edition.as_deref().map(|edition| ("edition", edition)));
            entry.extend(from.key.sheet.as_deref().map(|sheet| ("sheet", sheet)));
            entry.push(("id", &from.key.id));
            OwnedPairs(entry)
        }))
    }
}

struct OwnedPairs<'a>(Vec<(&'a str, &'a str)>);

impl Serialize for OwnedPairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Pairs(&self.0).serialize(serializer)
    }
}

struct Conflicts<'a>(&'a [Conflict]);

impl Serialize for Conflicts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|conflict| {
            let mut entry = vec![("id", &*conflict.key.id)];
            entry.extend(conflict.key.sheet.as_deref().map(|sheet| ("sheet", sheet)));
            entry.extend([("field", conflict.field.as_str()), ("kept", conflict.kept.as_str())]);
            entry.extend([("other", conflict.other.as_str()), ("from", conflict.from.as_str())]);
            OwnedPairs(entry)
        }))
    }
}
