//! Writes catalog JSON about as fast as memory takes it.
//!
//! A hundred thousand items are a hundred million bytes, nearly all of them texts and cells. Serialising them piece by
//! piece took longer than reading the workbook, so the items are put together here from pieces made once; all else is
//! serialised from `wire`. The tests hold this against serialising `wire::Document` as a whole: the same bytes.

use std::io::Write;
use std::sync::Arc;

use serde::Serialize;

use super::lines::Lines;
use super::wire::{CitationWire, Document, MarkWire, PartWire, RevisionWire};
use crate::address::{SheetRange, quote_sheet};
use crate::catalog::{Catalog, FieldValue, Item, ItemStatus, key};

/// Where the items go in a document without any. No text of a JSON holds a line break, so it stands there once.
const NO_ITEMS: &str = "\n  \"items\": []";

/// Writes a catalog in UTF-8.
pub(super) fn write(catalog: &Catalog) -> Vec<u8> {
    let mut frame = serialised(&Document::without_items(catalog), Lines::default());
    frame.push(b'\n');
    let frame = String::from_utf8(frame).expect("serde_json writes UTF-8");
    let (head, tail) = frame.split_once(NO_ITEMS).expect("a document has a list of items");
    let mut items = ItemWriter::new(catalog, frame.len());
    items.out.extend_from_slice(head.as_bytes());
    items.write_all(&catalog.items);
    items.out.extend_from_slice(tail.as_bytes());
    items.out
}

pub(super) fn serialised(value: &impl Serialize, lines: Lines) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, lines);
    value.serialize(&mut serializer).expect("our own types always serialise into memory");
    bytes
}

struct ItemWriter<'a> {
    out: Vec<u8>,
    catalog: &'a Catalog,
    title: Option<usize>,
    /// `"title": {"text": ` for every field.
    field_heads: Vec<Vec<u8>>,
    /// The sheet written last, and what a range on it begins with: `"'Security Q'!`.
    sheet: Option<(Arc<str>, Vec<u8>)>,
}

impl<'a> ItemWriter<'a> {
    fn new(catalog: &'a Catalog, more_bytes: usize) -> Self {
        let head = |key: &str| [&serialised(&key, Lines::default()), b": {\"text\": ".as_slice()].concat();
        Self {
            out: Vec::with_capacity(more_bytes + estimate(catalog)),
            catalog,
            title: catalog.field_index(key::TITLE),
            field_heads: catalog.fields.iter().map(|field| head(&field.key)).collect(),
            sheet: None,
        }
    }

    fn write_all(&mut self, items: &[Item]) {
        self.put("\n  \"items\": [");
        for (index, item) in items.iter().enumerate() {
            self.put(if index == 0 { "\n    " } else { ",\n    " });
            self.item(item);
        }
        self.put(if items.is_empty() { "]" } else { "\n  ]" });
    }

    /// An item's keys, in the order of `wire::ItemWire`.
    fn item(&mut self, item: &Item) {
        self.put("{\"id\": ");
        self.text(&item.key.id);
        self.put(", \"raw_id\": ");
        self.text(&item.raw_id);
        self.some_text(", \"group\": ", item.group.as_deref());
        if let Some(title) = self.title.and_then(|index| item.values.get(index)?.as_ref()) {
            self.put(", \"title\": ");
            self.text(&title.effective_text());
        }
        self.some_text(", \"sheet\": ", item.key.sheet.as_deref());
        self.put(match item.status {
            ItemStatus::Active => ", \"status\": \"active\", \"at\": ",
            ItemStatus::Retired => ", \"status\": \"retired\", \"at\": ",
        });
        self.places(&item.at);
        self.put(", \"fields\": {");
        self.values(&item.values);
        self.put("}");
        if !item.parts.is_empty() {
            let fields = &self.catalog.fields;
            let parts: Vec<PartWire> = item.parts.iter().map(|part| PartWire::of(part, fields)).collect();
            self.serialise(", \"parts\": ", &parts);
        }
        let citations: Vec<CitationWire> = item.citations.iter().map(CitationWire::from).collect();
        self.serialise(", \"citations\": ", &citations);
        let conformity = item.conformity.as_ref();
        self.some_text(", \"conformity\": ", conformity.map(|conformity| conformity.word.as_str()));
        self.some_text(", \"conformity_note\": ", conformity.and_then(|conformity| conformity.note.as_deref()));
        if !item.revision.is_empty() {
            let revision: Vec<RevisionWire> = item.revision.iter().map(RevisionWire::from).collect();
            self.serialise(", \"revision\": ", &revision);
        }
        self.put("}");
    }

    fn values(&mut self, values: &[Option<FieldValue>]) {
        let mut is_first = true;
        for (index, value) in values.iter().enumerate().take(self.field_heads.len()) {
            let Some(value) = value else { continue };
            if !std::mem::take(&mut is_first) {
                self.put(", ");
            }
            self.out.extend_from_slice(&self.field_heads[index]);
            self.text(&value.text);
            self.some_text(", \"raw\": ", value.raw.as_deref());
            self.put(", \"at\": ");
            self.places(&value.at);
            if !value.marks.is_empty() {
                let marks: Vec<MarkWire> = value.marks.iter().map(MarkWire::from).collect();
                self.serialise(", \"marks\": ", &marks);
            }
            self.put("}");
        }
    }

    fn places(&mut self, places: &[SheetRange]) {
        self.put("[");
        for (index, place) in places.iter().enumerate() {
            if index > 0 {
                self.put(", ");
            }
            let is_last_sheet = self.sheet.as_ref().is_some_and(|(sheet, _)| Arc::ptr_eq(sheet, &place.sheet));
            if !is_last_sheet {
                self.sheet = Some((Arc::clone(&place.sheet), range_head(&place.sheet)));
            }
            self.out.extend(self.sheet.iter().flat_map(|(_, head)| head));
            write!(self.out, "{}", place.range).expect("writing into memory does not fail");
            self.put("\"");
        }
        self.put("]");
    }

    fn some_text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.put(key);
            self.text(text);
        }
    }

    /// A text in quotes; one without anything to escape, as most are, goes out as it is.
    fn text(&mut self, text: &str) {
        let is_escaped = |b: u8| (b < 0x20) | (b == b'"') | (b == b'\\');
        if text.bytes().fold(false, |found, b| found | is_escaped(b)) {
            serde_json::to_writer(&mut self.out, text).expect("writing into memory does not fail");
        } else {
            self.put("\"");
            self.put(text);
            self.put("\"");
        }
    }

    fn serialise(&mut self, key: &str, value: &impl Serialize) {
        self.put(key);
        self.out.extend(serialised(value, Lines::within_a_line()));
    }

    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }
}

/// What a range on a sheet begins with, the quote included.
fn range_head(sheet: &str) -> Vec<u8> {
    let name = if sheet.is_empty() { String::new() } else { format!("{}!", quote_sheet(sheet)) };
    let mut quoted = serialised(&name, Lines::default());
    quoted.pop();
    quoted
}

/// A first guess at the size, so that a large catalog is not copied again and again while it grows.
fn estimate(catalog: &Catalog) -> usize {
    let of_item =
        |item: &Item| -> usize { 160 + item.values.iter().flatten().map(|value| value.text.len() + 60).sum::<usize>() };
    let sample: usize = catalog.items.iter().take(100).map(of_item).sum();
    4_096 + sample / catalog.items.len().clamp(1, 100) * catalog.items.len() * 5 / 4
}
