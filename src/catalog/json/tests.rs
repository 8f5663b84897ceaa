//! The wire form: its look, its schema, its way back, and what it says to a file that is none.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::address::{CellRef, Range, SheetRange};
use crate::catalog::*;
use crate::diagnostic::{Arg, Diagnostic, Severity};
use crate::text::owned;

fn place(sheet: &str, row: u32, column: u32) -> SheetRange {
    SheetRange::new(&Arc::from(sheet), CellRef::new(row, column))
}

fn small() -> Catalog {
    let sheet = "実務基準";
    let mut value = FieldValue::new(owned("暗号化する。\n削る。"), place(sheet, 2, 2));
    value.marks.push(Mark { start: 7, end: 10, kind: MarkKind::Deleted });
    value.raw = Some("暗号化する。 \r\n削る。".into());
    let item = Item {
        key: ItemKey::of("実1"),
        raw_id: owned("実１"),
        group: Some("実".into()),
        status: ItemStatus::Active,
        at: Places::one(place(sheet, 2, 0)),
        values: vec![Some(FieldValue::new(owned("暗号"), place(sheet, 2, 1))), Some(value), None],
        parts: Vec::new(),
        citations: vec![Citation { list: List::Documents, number: 3, at: place(sheet, 2, 3) }],
        conformity: Some(Conformity { word: ConformityWord::OutOfScope, note: Some("設備".to_owned()) }),
        revision: vec![Revision { text: "🆕".to_owned(), kind: MarkKind::Added, at: place(sheet, 2, 0) }],
    };
    let field = |key: &str, label: &str| Field { key: key.into(), label: label.to_owned() };
    Catalog {
        edition: Edition {
            framework: Some("fisc".to_owned()),
            version: Some("第9版改訂".to_owned()),
            ..Edition::default()
        },
        source: Source { file: "new.xlsx".to_owned(), sha256: "00".repeat(32), sheets: vec![sheet.into()] },
        fields: vec![field("title", "小項目"), field("view", "見解"), field("備考", "備考")],
        groups: vec![Group { id: "実".into(), title: Some("実務基準".to_owned()) }],
        items: vec![item],
        documents: vec![Document {
            number: 19,
            title: String::new(),
            url: None,
            status: ItemStatus::Retired,
            at: Places::one(place("Q1 '24", 20, 0)),
        }],
        diagnostics: vec![Diagnostic::note("id-expanded").at(place(sheet, 2, 0)).arg("count", 4usize)],
        ..Catalog::default()
    }
}

#[test]
fn a_catalog_looks_like_this() {
    insta::assert_snapshot!(to_json(&small()), @r#"
{
  "format": "secref-catalog",
  "format_version": 1,
  "edition": {"framework": "fisc", "version": "第9版改訂"},
  "source": {"file": "new.xlsx", "sha256": "0000000000000000000000000000000000000000000000000000000000000000", "sheets": ["実務基準"]},
  "fields": [
    {"key": "title", "label": "小項目"},
    {"key": "view", "label": "見解"},
    {"key": "備考", "label": "備考"}
  ],
  "groups": [
    {"id": "実", "title": "実務基準"}
  ],
  "items": [
    {"id": "実1", "raw_id": "実１", "group": "実", "title": "暗号", "status": "active", "at": ["実務基準!A3"], "fields": {"title": {"text": "暗号", "at": ["実務基準!B3"]}, "view": {"text": "暗号化する。\n削る。", "raw": "暗号化する。 \r\n削る。", "at": ["実務基準!C3"], "marks": [{"start": 7, "end": 10, "kind": "deleted"}]}}, "citations": [{"list": "documents", "number": 3, "at": ["実務基準!D3"]}], "conformity": "対象外", "conformity_note": "設備", "revision": [{"text": "🆕", "kind": "added", "at": ["実務基準!A3"]}]}
  ],
  "documents": [
    {"number": 19, "status": "retired", "at": ["'Q1 ''24'!A21"]}
  ],
  "reports": [],
  "bands": [],
  "notes": [],
  "diagnostics": [
    {"code": "id-expanded", "severity": "note", "at": ["実務基準!A3"], "args": {"count": 4}}
  ]
}
"#);
}

#[test]
fn the_schema_holds_for_what_is_written_and_for_nothing_else() {
    let schema = schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(&to_json(&small())).unwrap();
    assert_eq!(validator.iter_errors(&json).map(|error| error.to_string()).collect::<Vec<_>>(), [""; 0]);
    json["items"][0]["at"][0] = "2行目".into();
    assert!(!validator.is_valid(&json));
    json["items"][0]["at"][0] = "A3".into();
    json["items"][0]["comment"] = "x".into();
    assert!(!validator.is_valid(&json));
}

#[test]
fn keys_may_come_in_any_order() {
    let catalog = small();
    let json: serde_json::Value = serde_json::from_str(&to_json(&catalog)).unwrap();
    let mut reversed = serde_json::Map::new();
    for (key, value) in json.as_object().unwrap().iter().rev() {
        reversed.insert(key.clone(), value.clone());
    }
    let mut fields = reversed["items"][0]["fields"].as_object().unwrap().clone();
    fields = fields.into_iter().rev().collect();
    reversed["items"][0]["fields"] = fields.into();
    assert_eq!(from_json(&serde_json::Value::from(reversed).to_string()).unwrap(), catalog);
}

#[test]
fn a_byte_order_mark_is_no_harm() {
    let text = format!("\u{FEFF}{}", to_json(&small()));
    assert_eq!(from_json(&text).unwrap(), small());
}

fn a_text() -> impl Strategy<Value = String> {
    "[ -~あ-ん①\\n\"\\\\\u{1}🆕!']{1,8}"
}

fn a_place() -> impl Strategy<Value = SheetRange> {
    let sheets = prop::sample::select(vec!["", "実務", "A1", "Q1 '24", "x!y", "B2!C3"]);
    (sheets, 0u32..1_048_576, 0u32..16_384, 0u32..3).prop_map(|(sheet, row, column, more)| {
        let first = CellRef::new(row, column);
        let last = CellRef::new((row + more).min(1_048_575), column);
        SheetRange::new(&Arc::from(sheet), Range::new(first, last))
    })
}

fn places() -> impl Strategy<Value = Places> {
    prop::collection::vec(a_place(), 0..3).prop_map(|places| places.into_iter().collect())
}

fn a_kind() -> impl Strategy<Value = MarkKind> {
    prop::sample::select(vec![MarkKind::Added, MarkKind::Deleted, MarkKind::Emphasis])
}

fn a_status() -> impl Strategy<Value = ItemStatus> {
    prop::sample::select(vec![ItemStatus::Active, ItemStatus::Retired])
}

fn a_value() -> impl Strategy<Value = Option<FieldValue>> {
    let mark = (0u32..5, 1u32..4, a_kind()).prop_map(|(start, length, kind)| Mark { start, end: start + length, kind });
    let value = (a_text(), prop::option::of(a_text()), places(), prop::collection::vec(mark, 0..2));
    prop::option::of(value.prop_map(|(text, raw, at, marks)| FieldValue {
        text: owned(text),
        raw: raw.map(String::into_boxed_str),
        at,
        marks,
    }))
}

fn a_row() -> impl Strategy<Value = Vec<Option<FieldValue>>> {
    prop::collection::vec(a_value(), 3)
}

fn an_item() -> impl Strategy<Value = Item> {
    let part = (prop::option::of(a_text()), places(), a_row()).prop_map(|(label, at, values)| Part {
        label: label.map(owned),
        at,
        values,
    });
    let word = prop::sample::select(vec![
        ConformityWord::Conforming,
        ConformityWord::OutOfScope,
        ConformityWord::Other("－".to_owned()),
    ]);
    let conformity = (word, prop::option::of(a_text())).prop_map(|(word, note)| Conformity { word, note });
    let list = prop::sample::select(vec![List::Documents, List::Reports]);
    let citation = (list, 1u32..99, a_place()).prop_map(|(list, number, at)| Citation { list, number, at });
    let revision = (a_text(), a_kind(), a_place()).prop_map(|(text, kind, at)| Revision { text, kind, at });
    let name = (a_text(), prop::option::of(a_text()), a_text(), prop::option::of(a_text()));
    let lists = (
        prop::collection::vec(part, 0..2),
        prop::collection::vec(citation, 0..3),
        prop::collection::vec(revision, 0..2),
    );
    (name, a_status(), places(), a_row(), lists, prop::option::of(conformity)).prop_map(
        |((id, sheet, raw_id, group), status, at, values, (parts, citations, revision), conformity)| Item {
            key: ItemKey { sheet: sheet.map(Arc::from), id: id.into() },
            raw_id: owned(raw_id),
            group: group.map(Arc::from),
            status,
            at,
            values,
            parts,
            citations,
            conformity,
            revision,
        },
    )
}

fn a_diagnostic() -> impl Strategy<Value = Diagnostic> {
    let arg = prop_oneof![
        any::<i64>().prop_map(Arg::Number),
        a_text().prop_map(Arg::Text),
        prop::collection::vec(a_text(), 0..3).prop_map(Arg::List)
    ];
    (prop::option::of(a_text()), prop::collection::vec(a_place(), 0..3), prop::option::of(arg)).prop_map(
        |(file, at, arg)| Diagnostic {
            code: "id-expanded".into(),
            severity: Severity::Warning,
            file: file.map(Arc::from),
            at,
            args: arg.map(|arg| ("count".into(), arg)).into_iter().collect(),
        },
    )
}

fn entries() -> impl Strategy<Value = Vec<Document>> {
    let entry = (1u32..99, "[a-z]{0,3}", prop::option::of(a_text()), a_status(), places());
    let document = |(number, title, url, status, at)| Document { number, title, url, status, at };
    prop::collection::vec(entry.prop_map(document), 0..3)
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let line = (a_text(), places()).prop_map(|(text, at)| Line { text: owned(text), at });
    prop::collection::vec(line, 0..2)
}

fn a_catalog() -> impl Strategy<Value = Catalog> {
    let labels = prop::collection::vec(a_text(), 3).prop_map(|labels| -> Vec<Field> {
        let keys = ["title", "備考", "備考 (2)"];
        labels.into_iter().zip(keys).map(|(label, key)| Field { key: key.into(), label }).collect()
    });
    let items = prop::collection::vec(an_item(), 0..4);
    let diagnostics = prop::collection::vec(a_diagnostic(), 0..2);
    (labels, items, entries(), entries(), lines(), lines(), diagnostics).prop_map(
        |(fields, items, documents, reports, bands, notes, diagnostics)| Catalog {
            fields,
            items,
            documents,
            reports,
            bands,
            notes,
            diagnostics,
            ..small()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn it_is_written_as_its_mirror_serialises(catalog in a_catalog()) {
        let mut plain = write::serialised(&wire::Document::of(&catalog), lines::Lines::default());
        plain.push(b'\n');
        prop_assert_eq!(to_json(&catalog), String::from_utf8(plain).unwrap());
    }

    #[test]
    fn there_and_back_is_the_identity(catalog in a_catalog()) {
        let json = to_json(&catalog);
        prop_assert_eq!(from_json(&json), Ok(catalog));
    }

    #[test]
    fn no_text_makes_reading_panic(cut in 0usize..2000, junk in "\\PC{0,5}") {
        let json = to_json(&small());
        let at = (0..=cut.min(json.len())).rev().find(|&at| json.is_char_boundary(at)).unwrap();
        let _ = from_json(&format!("{}{junk}{}", &json[..at], &json[at..]));
        let _ = from_json(&json[..at]);
    }
}
