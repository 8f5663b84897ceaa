//! The mirror of a catalog made of the model, one item at a time.

use std::borrow::Cow;

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::{
    Args, CitationWire, DiagnosticWire, Document, EditionWire, EntryWire, FieldWire, GroupWire, ItemWire, LineWire,
    MarkWire, PartWire, Places, RevisionWire, SourceWire, Str, ValueWire, Values,
};
use crate::catalog::json;
use crate::catalog::{
    Catalog, Citation, Document as ListEntry, Edition, Field, FieldValue, Group, Item, Line, Mark, Part, Revision,
    Source, key,
};
use crate::diagnostic::Diagnostic;

/// The items, mirrored one at a time while they are written.
pub(super) struct Items<'a>(&'a Catalog, &'a [Item]);

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let title = self.0.field_index(key::TITLE);
        let mut seq = serializer.serialize_seq(Some(self.1.len()))?;
        for item in self.1 {
            seq.serialize_element(&ItemWire::of(item, &self.0.fields, title))?;
        }
        seq.end()
    }
}

impl<'a> Document<'a> {
    /// The mirror of a whole catalog.
    #[cfg(test)]
    pub(in crate::catalog::json) fn of(catalog: &'a Catalog) -> Self {
        Self { items: Items(catalog, &catalog.items), ..Self::without_items(catalog) }
    }

    /// The mirror of a catalog but for its items, of which it has none.
    pub(in crate::catalog::json) fn without_items(catalog: &'a Catalog) -> Self {
        Self {
            format: json::FORMAT,
            format_version: json::FORMAT_VERSION,
            edition: EditionWire::from(&catalog.edition),
            source: SourceWire::from(&catalog.source),
            fields: mirrored(&catalog.fields),
            groups: mirrored(&catalog.groups),
            items: Items(catalog, &[]),
            documents: mirrored(&catalog.documents),
            reports: mirrored(&catalog.reports),
            bands: mirrored(&catalog.bands),
            notes: mirrored(&catalog.notes),
            diagnostics: mirrored(&catalog.diagnostics),
        }
    }
}

fn mirrored<'a, M, W: From<&'a M>>(models: &'a [M]) -> Vec<W> {
    models.iter().map(W::from).collect()
}

fn borrowed(text: &Option<String>) -> Option<Str<'_>> {
    text.as_deref().map(Cow::Borrowed)
}

impl<'a> From<&'a Edition> for EditionWire<'a> {
    fn from(edition: &'a Edition) -> Self {
        Self {
            framework: borrowed(&edition.framework),
            version: borrowed(&edition.version),
            provider: borrowed(&edition.provider),
            template: borrowed(&edition.template),
        }
    }
}

impl<'a> From<&'a Source> for SourceWire<'a> {
    fn from(source: &'a Source) -> Self {
        let sheets = source.sheets.iter().map(|sheet| Cow::Borrowed(&**sheet)).collect();
        Self { file: source.file.as_str().into(), sha256: source.sha256.as_str().into(), sheets }
    }
}

impl<'a> From<&'a Field> for FieldWire<'a> {
    fn from(field: &'a Field) -> Self {
        Self { key: Cow::Borrowed(&field.key), label: field.label.as_str().into() }
    }
}

impl<'a> From<&'a Group> for GroupWire<'a> {
    fn from(group: &'a Group) -> Self {
        Self { id: Cow::Borrowed(&group.id), title: borrowed(&group.title) }
    }
}

impl<'a> ItemWire<'a> {
    fn of(item: &'a Item, fields: &'a [Field], title: Option<usize>) -> Self {
        let title = title.and_then(|index| item.values.get(index)?.as_ref());
        let conformity = item.conformity.as_ref();
        Self {
            id: Cow::Borrowed(&item.key.id),
            raw_id: Cow::Borrowed(&item.raw_id),
            group: item.group.as_deref().map(Cow::Borrowed),
            title: title.map(FieldValue::effective_text),
            sheet: item.key.sheet.as_deref().map(Cow::Borrowed),
            status: item.status.into(),
            at: Places::Model(&item.at),
            fields: Values::Model(fields, &item.values),
            parts: item.parts.iter().map(|part| PartWire::of(part, fields)).collect(),
            citations: mirrored(&item.citations),
            conformity: conformity.map(|conformity| conformity.word.as_str().into()),
            conformity_note: conformity.and_then(|conformity| borrowed(&conformity.note)),
            revision: mirrored(&item.revision),
        }
    }
}

impl<'a> PartWire<'a> {
    pub(in crate::catalog::json) fn of(part: &'a Part, fields: &'a [Field]) -> Self {
        Self {
            label: part.label.as_deref().map(Cow::Borrowed),
            at: Places::Model(&part.at),
            fields: Values::Model(fields, &part.values),
        }
    }
}

impl<'a> From<&'a FieldValue> for ValueWire<'a> {
    fn from(value: &'a FieldValue) -> Self {
        Self {
            text: Cow::Borrowed(&value.text),
            raw: value.raw.as_deref().map(Cow::Borrowed),
            at: Places::Model(&value.at),
            marks: mirrored(&value.marks),
        }
    }
}

impl From<&Mark> for MarkWire {
    fn from(mark: &Mark) -> Self {
        Self { start: mark.start, end: mark.end, kind: mark.kind.into() }
    }
}

impl<'a> From<&'a Citation> for CitationWire<'a> {
    fn from(citation: &'a Citation) -> Self {
        let at = Places::Model(std::slice::from_ref(&citation.at));
        Self { list: citation.list.into(), number: citation.number, at }
    }
}

impl<'a> From<&'a Revision> for RevisionWire<'a> {
    fn from(revision: &'a Revision) -> Self {
        let at = Places::Model(std::slice::from_ref(&revision.at));
        Self { text: revision.text.as_str().into(), kind: revision.kind.into(), at }
    }
}

impl<'a> From<&'a ListEntry> for EntryWire<'a> {
    fn from(entry: &'a ListEntry) -> Self {
        Self {
            number: entry.number,
            title: entry.title.as_str().into(),
            url: borrowed(&entry.url),
            status: entry.status.into(),
            at: Places::Model(&entry.at),
        }
    }
}

impl<'a> From<&'a Line> for LineWire<'a> {
    fn from(line: &'a Line) -> Self {
        Self { text: Cow::Borrowed(&line.text), at: Places::Model(&line.at) }
    }
}

impl<'a> From<&'a Diagnostic> for DiagnosticWire<'a> {
    fn from(diagnostic: &'a Diagnostic) -> Self {
        Self {
            code: Cow::Borrowed(&diagnostic.code),
            severity: diagnostic.severity,
            at: Places::Model(&diagnostic.at),
            args: Args::Model(&diagnostic.args),
            file: diagnostic.file.as_deref().map(Cow::Borrowed),
        }
    }
}
