//! Reads catalog JSON back, item by item, so that the wire form is never held as a whole.
//!
//! Texts without escapes share the memory of the file; sheet names and keys are held once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::address::{Range, SheetRange};
use crate::catalog::{self, Catalog, Citation, Conformity, Field, FieldValue, Group, Item, ItemKey, Part, Revision};
use crate::diagnostic::{Arg, Diagnostic, Failure};
use crate::text::{SharedText, Text};

use super::wire::{
    Args, CitationWire, DiagnosticWire, EditionWire, EntryWire, FieldWire, GroupWire, ItemWire, LineWire, MarkWire,
    PartWire, Places, RevisionWire, SourceWire, ValueWire, Values,
};
use super::{FORMAT, FORMAT_VERSION};

pub(super) fn read(text: &str) -> Result<Catalog, Failure> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let shared = SharedText::from(text);
    let mut deserializer = serde_json::Deserializer::from_str(&shared);
    let catalog = Reader::new(&shared).deserialize(&mut deserializer);
    let whole = catalog.and_then(|catalog| deserializer.end().map(|()| catalog));
    whole.map_err(|error| check_format(text).err().unwrap_or_else(|| invalid(&error)))
}

/// Looks at `format` and `format_version` alone, so that another kind of file is called what it is.
fn check_format(text: &str) -> Result<(), Failure> {
    #[derive(serde::Deserialize)]
    struct Head {
        format: Option<String>,
        format_version: Option<u64>,
    }
    let head: Head = serde_json::from_str(text).map_err(|error| invalid(&error))?;
    let format = head.format.unwrap_or_default();
    if format != FORMAT {
        let code = Diagnostic::error("json-format");
        return Err(code
            .arg("expected", FORMAT)
            .arg("found", if format.is_empty() { "-".to_owned() } else { format })
            .into());
    }
    match head.format_version {
        Some(version) if version == u64::from(FORMAT_VERSION) => Ok(()),
        other => {
            let found = other.map_or_else(|| "-".to_owned(), |version| version.to_string());
            Err(Diagnostic::error("json-version")
                .arg("supported", FORMAT_VERSION.to_string())
                .arg("found", found)
                .into())
        }
    }
}

fn invalid(error: &serde_json::Error) -> Failure {
    let message = error.to_string();
    // The position is an argument of its own.
    let reason = message.rsplit_once(" at line ").map_or(message.as_str(), |(reason, _)| reason);
    Diagnostic::error("json-invalid")
        .arg("line", error.line())
        .arg("column", error.column())
        .arg("reason", reason)
        .into()
}

/// Turns the wire form into the model.
struct Reader<'a> {
    shared: &'a SharedText,
    names: HashMap<&'a str, Arc<str>>,
    /// The place of each key among the fields, in the order they were met.
    places: HashMap<String, usize>,
    last_sheet: Option<(String, Arc<str>)>,
}

impl<'a> Reader<'a> {
    fn new(shared: &'a SharedText) -> Self {
        Self { shared, names: HashMap::new(), places: HashMap::new(), last_sheet: None }
    }

    fn text(&self, text: Cow<'a, str>) -> Text {
        match text {
            Cow::Borrowed(slice) => self.shared.substr_from(slice),
            Cow::Owned(owned) => crate::text::owned(owned),
        }
    }

    /// A name that comes again and again: held once.
    fn name(&mut self, name: Cow<'a, str>) -> Arc<str> {
        match name {
            Cow::Borrowed(name) => Arc::clone(self.names.entry(name).or_insert_with(|| Arc::from(name))),
            Cow::Owned(name) => Arc::from(name),
        }
    }

    fn range(&mut self, text: &str) -> Result<SheetRange, String> {
        let Some((sheet, range)) = text.rsplit_once('!') else {
            return Ok(SheetRange { sheet: self.sheet("", text)?, range: parse_range(text)? });
        };
        Ok(SheetRange { sheet: self.sheet(sheet, text)?, range: parse_range(range)? })
    }

    /// The name of a sheet as quoted before `!`; neighbours nearly always stand on the same sheet.
    fn sheet(&mut self, quoted: &str, whole: &str) -> Result<Arc<str>, String> {
        if let Some((last, name)) = &self.last_sheet
            && last == quoted
        {
            return Ok(Arc::clone(name));
        }
        let place: SheetRange = whole.parse().map_err(|error: crate::address::AddressError| error.to_string())?;
        self.last_sheet = Some((quoted.to_owned(), Arc::clone(&place.sheet)));
        Ok(place.sheet)
    }

    fn places(&mut self, places: &Places<'a>) -> Result<catalog::Places, String> {
        match places {
            Places::Model(places) => Ok(places.iter().cloned().collect()),
            Places::One(text) => Ok(catalog::Places::one(self.range(text)?)),
            Places::Many(texts) => texts.iter().map(|text| self.range(text)).collect(),
        }
    }

    fn one_place(&mut self, places: &Places<'a>) -> Result<SheetRange, String> {
        let places = self.places(places)?;
        places.first().cloned().ok_or_else(|| "expected at least one range in `at`".to_owned())
    }

    fn value(&mut self, wire: ValueWire<'a>) -> Result<FieldValue, String> {
        Ok(FieldValue {
            at: self.places(&wire.at)?,
            raw: wire.raw.map(|raw| raw.into_owned().into_boxed_str()),
            marks: wire.marks.into_iter().map(mark).collect(),
            text: self.text(wire.text),
        })
    }

    fn values(&mut self, wire: Values<'a>) -> Result<Vec<Option<FieldValue>>, String> {
        let Values::Read(pairs) = wire else { return Ok(Vec::new()) };
        let mut values = vec![None; self.places.len()];
        for (key, wire) in pairs {
            let place = match self.places.get(&*key) {
                Some(&place) => place,
                None => {
                    self.places.insert(key.into_owned(), values.len());
                    values.push(None);
                    values.len() - 1
                }
            };
            values[place] = Some(self.value(wire)?);
        }
        Ok(values)
    }

    fn part(&mut self, wire: PartWire<'a>) -> Result<Part, String> {
        Ok(Part {
            label: wire.label.map(|label| self.text(label)),
            at: self.places(&wire.at)?,
            values: self.values(wire.fields)?,
        })
    }

    fn item(&mut self, wire: ItemWire<'a>) -> Result<Item, String> {
        let conformity = wire.conformity.map(|word| Conformity {
            word: catalog::conformity::word(&word),
            note: wire.conformity_note.map(Cow::into_owned),
        });
        Ok(Item {
            key: ItemKey { sheet: wire.sheet.map(|sheet| self.name(sheet)), id: Arc::from(&*wire.id) },
            raw_id: self.text(wire.raw_id),
            group: wire.group.map(|group| self.name(group)),
            status: wire.status.into(),
            at: self.places(&wire.at)?,
            values: self.values(wire.fields)?,
            parts: wire.parts.into_iter().map(|part| self.part(part)).collect::<Result<_, _>>()?,
            citations: wire.citations.iter().map(|wire| self.citation(wire)).collect::<Result<_, _>>()?,
            conformity,
            revision: wire.revision.into_iter().map(|wire| self.revision(wire)).collect::<Result<_, _>>()?,
        })
    }

    fn citation(&mut self, wire: &CitationWire<'a>) -> Result<Citation, String> {
        Ok(Citation { list: wire.list.into(), number: wire.number, at: self.one_place(&wire.at)? })
    }

    fn revision(&mut self, wire: RevisionWire<'a>) -> Result<Revision, String> {
        Ok(Revision { at: self.one_place(&wire.at)?, text: wire.text.into_owned(), kind: wire.kind.into() })
    }

    fn entry(&mut self, wire: EntryWire<'a>) -> Result<catalog::Document, String> {
        Ok(catalog::Document {
            number: wire.number,
            title: wire.title.into_owned(),
            url: wire.url.map(Cow::into_owned),
            status: wire.status.into(),
            at: self.places(&wire.at)?,
        })
    }

    fn line(&mut self, wire: LineWire<'a>) -> Result<catalog::Line, String> {
        Ok(catalog::Line { at: self.places(&wire.at)?, text: self.text(wire.text) })
    }

    fn diagnostic(&mut self, wire: DiagnosticWire<'a>) -> Result<Diagnostic, String> {
        let args: Vec<(Cow<'static, str>, Arg)> = match wire.args {
            Args::Model(args) => args.to_vec(),
            Args::Read(args) => args.into_iter().map(|(name, arg)| (Cow::Owned(name.into_owned()), arg)).collect(),
        };
        Ok(Diagnostic {
            code: Cow::Owned(wire.code.into_owned()),
            severity: wire.severity,
            file: wire.file.map(|file| self.name(file)),
            at: self.places(&wire.at)?.to_vec(),
            args,
        })
    }

    fn field(&mut self, wire: FieldWire<'a>) -> Field {
        Field { key: self.name(wire.key), label: wire.label.into_owned() }
    }

    fn group(&mut self, wire: GroupWire<'a>) -> Group {
        Group { id: self.name(wire.id), title: wire.title.map(Cow::into_owned) }
    }
}

fn parse_range(text: &str) -> Result<Range, String> {
    text.parse().map_err(|error: crate::address::AddressError| error.to_string())
}

fn mark(wire: MarkWire) -> catalog::Mark {
    catalog::Mark { start: wire.start, end: wire.end, kind: wire.kind.into() }
}

fn edition(wire: EditionWire<'_>) -> catalog::Edition {
    catalog::Edition {
        framework: wire.framework.map(Cow::into_owned),
        version: wire.version.map(Cow::into_owned),
        provider: wire.provider.map(Cow::into_owned),
        template: wire.template.map(Cow::into_owned),
    }
}

impl<'a> DeserializeSeed<'a> for Reader<'a> {
    type Value = Catalog;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Catalog, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Reader<'a> {
    type Value = Catalog;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a catalog")
    }

    fn visit_map<A: MapAccess<'a>>(mut self, mut map: A) -> Result<Catalog, A::Error> {
        let mut catalog = Catalog::default();
        let (mut has_items, mut is_known) = (false, (false, false));
        while let Some(key) = map.next_key::<Cow<'a, str>>()? {
            match &*key {
                "format" => is_known.0 = map.next_value::<Cow<'a, str>>()? == FORMAT,
                "format_version" => is_known.1 = map.next_value::<u64>()? == u64::from(FORMAT_VERSION),
                "edition" => catalog.edition = edition(map.next_value()?),
                "source" => catalog.source = self.source(map.next_value()?),
                "fields" => {
                    catalog.fields =
                        map.next_value::<Vec<FieldWire<'a>>>()?.into_iter().map(|wire| self.field(wire)).collect();
                    for field in &catalog.fields {
                        let next = self.places.len();
                        self.places.entry(field.key.to_string()).or_insert(next);
                    }
                }
                "groups" => {
                    catalog.groups = map.next_value::<Vec<_>>()?.into_iter().map(|wire| self.group(wire)).collect()
                }
                "items" => {
                    catalog.items = map.next_value_seed(Each { reader: &mut self, convert: Reader::item })?;
                    has_items = true;
                }
                "documents" => {
                    catalog.documents = map.next_value_seed(Each { reader: &mut self, convert: Reader::entry })?
                }
                "reports" => {
                    catalog.reports = map.next_value_seed(Each { reader: &mut self, convert: Reader::entry })?
                }
                "bands" => catalog.bands = map.next_value_seed(Each { reader: &mut self, convert: Reader::line })?,
                "notes" => catalog.notes = map.next_value_seed(Each { reader: &mut self, convert: Reader::line })?,
                "diagnostics" => {
                    catalog.diagnostics =
                        map.next_value_seed(Each { reader: &mut self, convert: Reader::diagnostic })?;
                }
                other => return Err(de::Error::custom(format!("unknown key `{other}`"))),
            }
        }
        if is_known != (true, true) {
            return Err(de::Error::custom("not a catalog of a version this program knows"));
        }
        if !has_items {
            return Err(de::Error::missing_field("items"));
        }
        self.order_values(&mut catalog);
        Ok(catalog)
    }
}

impl<'a> Reader<'a> {
    fn source(&mut self, wire: SourceWire<'a>) -> catalog::Source {
        catalog::Source {
            file: wire.file.into_owned(),
            sha256: wire.sha256.into_owned(),
            sheets: wire.sheets.into_iter().map(|sheet| self.name(sheet)).collect(),
        }
    }

    /// Gives every item one place for each field, in the order of the fields, whatever order the file had them in.
    fn order_values(&self, catalog: &mut Catalog) {
        let in_order =
            catalog.fields.iter().enumerate().all(|(index, field)| self.places.get(&*field.key) == Some(&index));
        for (key, _) in sorted_by_place(&self.places) {
            if !catalog.fields.iter().any(|field| *field.key == **key) {
                catalog.fields.push(Field { key: Arc::from(key.as_str()), label: key.clone() });
            }
        }
        let places: Vec<usize> = catalog.fields.iter().map(|field| self.places[&*field.key]).collect();
        let order = |values: &mut Vec<Option<FieldValue>>| {
            values.resize(places.len(), None);
            if !in_order {
                *values = places.iter().map(|&place| values[place].take()).collect();
            }
        };
        for item in &mut catalog.items {
            order(&mut item.values);
            item.parts.iter_mut().for_each(|part| order(&mut part.values));
        }
    }
}

fn sorted_by_place(places: &HashMap<String, usize>) -> Vec<(&String, &usize)> {
    let mut pairs: Vec<_> = places.iter().collect();
    pairs.sort_by_key(|(_, place)| **place);
    pairs
}

/// Reads an array, turning each element into the model as soon as it is read.
struct Each<'r, 'a, W, M> {
    reader: &'r mut Reader<'a>,
    convert: fn(&mut Reader<'a>, W) -> Result<M, String>,
}

impl<'a, W: Deserialize<'a>, M> DeserializeSeed<'a> for Each<'_, 'a, W, M> {
    type Value = Vec<M>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Vec<M>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'a, W: Deserialize<'a>, M> Visitor<'a> for Each<'_, 'a, W, M> {
    type Value = Vec<M>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<Vec<M>, A::Error> {
        let mut models = Vec::new();
        while let Some(wire) = seq.next_element::<W>()? {
            models.push((self.convert)(self.reader, wire).map_err(de::Error::custom)?);
        }
        Ok(models)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Places<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = Places<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of ranges like `Sheet!B12`")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Places<'de>, A::Error> {
                let Some(BorrowedStr(first)) = seq.next_element()? else { return Ok(Places::Many(Vec::new())) };
                let Some(BorrowedStr(second)) = seq.next_element()? else { return Ok(Places::One(first)) };
                let mut texts = vec![first, second];
                while let Some(BorrowedStr(next)) = seq.next_element()? {
                    texts.push(next);
                }
                Ok(Places::Many(texts))
            }
        }
        deserializer.deserialize_seq(Texts)
    }
}

/// A text that borrows from the file where it has no escapes; a bare `Cow` always copies.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct BorrowedStr<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Values<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Values::Read(deserializer.deserialize_map(Pairs(std::marker::PhantomData))?))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Args<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Args::Read(deserializer.deserialize_map(Pairs(std::marker::PhantomData))?))
    }
}

/// The entries of an object, in the order of the file.
struct Pairs<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Pairs<T> {
    type Value = Vec<(Cow<'de, str>, T)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some((BorrowedStr(key), value)) = map.next_entry()? {
            pairs.push((key, value));
        }
        Ok(pairs)
    }
}
