//! The tree as it is read: every scalar as text first, then each entry to an answer or to the problems it has.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{FORMAT, FORMAT_VERSION};
use crate::answers::column::{CarryField, Column, extra_heading};
use crate::answers::draft::{Draft, shown};
use crate::answers::{Answer, AnswerField, Answers, Conflict, Read, header};
use crate::catalog::{Edition, ItemKey};
use crate::diagnostic::{Diagnostic, Failure};
use crate::text::suggest;

/// The whole document, as read. `TYPED` says that a scalar is to be asked for as text: in YAML that keeps an id like
/// `1.10` whole; JSON has to be asked what the scalar is.
#[derive(Debug)]
pub(in crate::answers) struct Input<const TYPED: bool> {
    format: Option<String>,
    format_version: Option<String>,
    edition: Entries,
    header: Entries,
    answers: Vec<Entry>,
    retired: Vec<Entry>,
    conflicts: Vec<Entries>,
    unknown: Vec<String>,
}

type Entries = Vec<(String, String)>;

/// One answer as read: its scalars by key, the rest apart.
#[derive(Debug, Default)]
struct Entry {
    scalars: Entries,
    evidence: Vec<String>,
    reasons: Vec<String>,
    from: Vec<Entries>,
    carry: Entries,
    extra: Entries,
}

impl<const TYPED: bool> Input<TYPED> {
    /// Takes the document to the model, every problem collected.
    pub(in crate::answers) fn into_answers(self) -> Result<Read, Failure> {
        self.check_format()?;
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        for key in &self.unknown {
            diagnostics.push(unknown_key(key, &["edition", "header", "answers", "retired", "conflicts"]));
        }
        let mut answers = Answers { edition: edition(self.edition), ..Answers::default() };
        self.header.iter().for_each(|(key, value)| header::take(&mut answers, key, value));
        answers.answers = read_all(self.answers, "answers", &mut diagnostics);
        answers.retired = read_all(self.retired, "retired", &mut diagnostics);
        answers.conflicts = self.conflicts.into_iter().map(conflict).collect();
        Ok(Read { answers, diagnostics })
    }

    fn check_format(&self) -> Result<(), Failure> {
        match self.format.as_deref() {
            Some(FORMAT) => {}
            format => {
                let found = format.unwrap_or("none");
                return Err(Diagnostic::error("answers-format-other")
                    .arg("found", found)
                    .arg("expected", FORMAT)
                    .into());
            }
        }
        let version = self.format_version.as_deref().unwrap_or("1");
        if version.parse() != Ok(FORMAT_VERSION) {
            return Err(Diagnostic::error("answers-version-other")
                .arg("found", version)
                .arg("expected", FORMAT_VERSION)
                .into());
        }
        Ok(())
    }
}

fn edition(entries: Entries) -> Edition {
    let mut edition = Edition::default();
    for (key, value) in entries {
        let value = value.trim().to_owned();
        if value.is_empty() {
            continue;
        }
        match key.as_str() {
            "framework" => edition.framework = Some(value),
            "version" => edition.version = Some(value),
            "provider" => edition.provider = Some(value),
            "template" => edition.template = Some(value),
            _ => {}
        }
    }
    edition
}

fn conflict(entries: Entries) -> Conflict {
    let mut conflict = Conflict {
        key: ItemKey::of(""),
        field: String::new(),
        kept: String::new(),
        other: String::new(),
        from: String::new(),
    };
    for (key, value) in entries {
        match key.as_str() {
            "id" => conflict.key.id = value.into(),
            "sheet" => conflict.key.sheet = Some(value.into()),
            "field" => conflict.field = value,
            "kept" => conflict.kept = value,
            "other" => conflict.other = value,
            "from" => conflict.from = value,
            _ => {}
        }
    }
    conflict
}

fn read_all(entries: Vec<Entry>, list: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Answer> {
    let mut answers = Vec::with_capacity(entries.len());
    for (index, entry) in entries.into_iter().enumerate() {
        let path = format!("{list}[{index}]");
        match read_one(entry, &path, diagnostics) {
            Ok(answer) => answers.push(answer),
            Err(problems) => diagnostics.extend(problems.into_iter().map(|problem| problem.arg("path", path.clone()))),
        }
    }
    answers
}

fn read_one(entry: Entry, path: &str, warnings: &mut Vec<Diagnostic>) -> Result<Answer, Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let scalar = |name: &str| entry.scalars.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
    let Some(id) = scalar("id").filter(|id| !id.is_empty()) else {
        return Err(vec![Diagnostic::error("answer-id-missing").arg("count", 1usize)]);
    };
    let sheet = scalar("sheet").filter(|sheet| !sheet.is_empty()).map(Into::into);
    let mut draft = Draft::new(ItemKey { sheet, id: id.into() });
    let mut set = |column: &Column, text: &str| problems.extend(draft.set(column, text).err());
    for (key, value) in &entry.scalars {
        match Column::named(key) {
            Some(column) => set(&column, value),
            None => {
                let keys = AnswerField::ALL.map(AnswerField::key);
                warnings.push(unknown_key(key, &keys).arg("path", path.to_owned()));
                set(&Column::Extra(extra_heading(key)), value);
            }
        }
    }
    set(&Column::Field(AnswerField::Evidence), &entry.evidence.join("\n"));
    set(&Column::Carry(CarryField::Reasons), &entry.reasons.join("\n"));
    for (key, value) in &entry.carry {
        if let Some(column @ Column::Carry(_)) = Column::named(key) {
            set(&column, value);
        }
    }
    for (heading, value) in &entry.extra {
        set(&Column::Extra(extra_heading(heading)), value);
    }
    draft.set_origins(&entry.from);
    if !problems.is_empty() {
        return Err(problems);
    }
    draft.finish().map_err(|problem| vec![problem])
}

fn unknown_key(key: &str, known: &[&str]) -> Diagnostic {
    let near = suggest::nearest(key, known.iter().copied()).unwrap_or("none");
    Diagnostic::warning("answers-key-unknown").arg("key", shown(key)).arg("near", near)
}

/// A scalar of any type as text; null is blank.
struct Scalar<const TYPED: bool>;

impl<'de, const TYPED: bool> DeserializeSeed<'de> for Scalar<TYPED> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, const TYPED: bool> Visitor<'de> for Scalar<TYPED> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }
    fn visit_none<E>(self) -> Result<String, E> {
        Ok(String::new())
    }
    fn visit_unit<E>(self) -> Result<String, E> {
        Ok(String::new())
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        if TYPED { deserializer.deserialize_str(self) } else { deserializer.deserialize_any(self) }
    }
    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }
    fn visit_string<E>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
    fn visit_u64<E>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }
    fn visit_i64<E>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }
    fn visit_f64<E>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }
    fn visit_bool<E>(self, value: bool) -> Result<String, E> {
        Ok(value.to_string())
    }
}

/// An object whose values are scalars.
struct Object<const TYPED: bool>;

impl<'de, const TYPED: bool> DeserializeSeed<'de> for Object<TYPED> {
    type Value = Entries;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Entries, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const TYPED: bool> Visitor<'de> for Object<TYPED> {
    type Value = Entries;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of texts")
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Entries, M::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            entries.push((key, map.next_value_seed(Scalar::<TYPED>)?));
        }
        Ok(entries)
    }
}

/// A list of whatever the seed reads; one alone is a list of one.
struct ListOf<S, T>(S, PhantomData<T>);

impl<'de, S: DeserializeSeed<'de, Value = T> + Copy, T> DeserializeSeed<'de> for ListOf<S, T> {
    type Value = Vec<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, S: DeserializeSeed<'de, Value = T> + Copy, T> Visitor<'de> for ListOf<S, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }
    fn visit_seq<Q: SeqAccess<'de>>(self, mut seq: Q) -> Result<Vec<T>, Q::Error> {
        let mut list = Vec::new();
        while let Some(entry) = seq.next_element_seed(self.0)? {
            list.push(entry);
        }
        Ok(list)
    }
}

/// A list of texts, or one text.
struct Texts<const TYPED: bool>;

impl<'de, const TYPED: bool> DeserializeSeed<'de> for Texts<TYPED> {
    type Value = Vec<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<String>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, const TYPED: bool> Visitor<'de> for Texts<TYPED> {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }
    fn visit_unit<E>(self) -> Result<Vec<String>, E> {
        Ok(Vec::new())
    }
    fn visit_str<E>(self, text: &str) -> Result<Vec<String>, E> {
        Ok(vec![text.to_owned()])
    }
    fn visit_u64<E>(self, number: u64) -> Result<Vec<String>, E> {
        Ok(vec![number.to_string()])
    }
    fn visit_seq<Q: SeqAccess<'de>>(self, mut seq: Q) -> Result<Vec<String>, Q::Error> {
        let mut list = Vec::new();
        while let Some(text) = seq.next_element_seed(Scalar::<TYPED>)? {
            list.push(text);
        }
        Ok(list)
    }
}

impl<'de, const TYPED: bool> Deserialize<'de> for Input<TYPED> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InputVisitor::<TYPED>)
    }
}

struct InputVisitor<const TYPED: bool>;

impl<'de, const TYPED: bool> Visitor<'de> for InputVisitor<TYPED> {
    type Value = Input<TYPED>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `format`: `secref-answers`")
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut input = Input {
            format: None,
            format_version: None,
            edition: Vec::new(),
            header: Vec::new(),
            answers: Vec::new(),
            retired: Vec::new(),
            conflicts: Vec::new(),
            unknown: Vec::new(),
        };
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "format" => input.format = Some(map.next_value_seed(Scalar::<TYPED>)?),
                "format_version" => input.format_version = Some(map.next_value_seed(Scalar::<TYPED>)?),
                "edition" => input.edition = map.next_value_seed(Object::<TYPED>)?,
                "header" => input.header = map.next_value_seed(Object::<TYPED>)?,
                "answers" => input.answers = map.next_value_seed(ListOf(EntrySeed::<TYPED>, PhantomData))?,
                "retired" => input.retired = map.next_value_seed(ListOf(EntrySeed::<TYPED>, PhantomData))?,
                "conflicts" => input.conflicts = map.next_value_seed(ListOf(ObjectSeed::<TYPED>, PhantomData))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    input.unknown.push(key);
                }
            }
        }
        Ok(input)
    }
}

#[derive(Copy, Clone)]
struct ObjectSeed<const TYPED: bool>;

impl<'de, const TYPED: bool> DeserializeSeed<'de> for ObjectSeed<TYPED> {
    type Value = Entries;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Entries, D::Error> {
        Object::<TYPED>.deserialize(deserializer)
    }
}

#[derive(Copy, Clone)]
struct EntrySeed<const TYPED: bool>;

impl<'de, const TYPED: bool> DeserializeSeed<'de> for EntrySeed<TYPED> {
    type Value = Entry;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Entry, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const TYPED: bool> Visitor<'de> for EntrySeed<TYPED> {
    type Value = Entry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer")
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Entry, M::Error> {
        let mut entry = Entry::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "evidence" | "証跡" => entry.evidence = map.next_value_seed(Texts::<TYPED>)?,
                "extra" => entry.extra = map.next_value_seed(Object::<TYPED>)?,
                "carry" => map.next_value_seed(CarrySeed::<TYPED>(&mut entry))?,
                // Read anew from the texts, so that it never contradicts them.
                "refers_to" => drop(map.next_value::<IgnoredAny>()?),
                _ => entry.scalars.push((key, map.next_value_seed(Scalar::<TYPED>)?)),
            }
        }
        Ok(entry)
    }
}

struct CarrySeed<'a, const TYPED: bool>(&'a mut Entry);

impl<'de, const TYPED: bool> DeserializeSeed<'de> for CarrySeed<'_, TYPED> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, const TYPED: bool> Visitor<'de> for CarrySeed<'_, TYPED> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("what carrying had to say")
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "reasons" => self.0.reasons = map.next_value_seed(Texts::<TYPED>)?,
                "from" => self.0.from = map.next_value_seed(ListOf(ObjectSeed::<TYPED>, PhantomData))?,
                _ => self.0.carry.push((key, map.next_value_seed(Scalar::<TYPED>)?)),
            }
        }
        Ok(())
    }
}
