//! A difference as JSON (`secref-diff`, format version 1), and the JSON Schema of it.
//!
//! Keys in one order, absent means left out, one item a line, no timestamps. Items without any change are left out
//! unless asked for, except those renumbered, moved, or marked by the publisher.

mod mirror;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::catalog::json::lines::Lines;
use crate::diff::Diff;

/// The value of `format`.
pub const FORMAT: &str = "secref-diff";
/// The value of `format_version`.
pub const FORMAT_VERSION: u32 = 1;

/// Writes a difference as JSON; with `all` the unchanged items as well.
pub fn to_json(diff: &Diff, all: bool) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Lines::default());
    mirror::document(diff, all).serialize(&mut serializer).expect("texts and numbers always serialise into memory");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("serde_json writes UTF-8")
}

/// The JSON Schema (draft 2020-12) of diff JSON.
pub fn schema() -> Value {
    schemars::schema_for!(DocumentWire<'static>).to_value()
}

/// What changed between two editions of a reference, or, without `old`, what one edition marks as changed.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "secref diff")]
struct DocumentWire<'a> {
    /// Always `secref-diff`.
    #[schemars(extend("const" = FORMAT))]
    format: &'static str,
    /// The version of this form.
    #[schemars(extend("const" = FORMAT_VERSION))]
    format_version: u32,
    /// The files compared, the old one first.
    inputs: Vec<InputWire<'a>>,
    /// The old edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<EditionWire<'a>>,
    /// The new edition.
    new: EditionWire<'a>,
    /// How many items became what.
    summary: SummaryWire,
    /// What became of the columns.
    columns: Vec<ColumnWire<'a>>,
    /// What comparing had to say: codes and facts.
    diagnostics: Vec<DiagnosticWire<'a>>,
    /// The items, in the new edition's order, removed ones behind their old neighbour.
    items: Vec<ItemWire<'a>>,
    /// The listed documents that differ.
    documents: Vec<DocumentEntryWire<'a>>,
    /// The marks audit: fields by agreement of the publisher's marks with what changed; left out where the new
    /// edition has no marks.
    #[serde(skip_serializing_if = "Option::is_none")]
    marks: Option<MarksWire>,
}

/// A file.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Input")]
struct InputWire<'a> {
    /// `old` or `new`.
    #[schemars(extend("enum" = ["old", "new"]))]
    role: &'static str,
    /// Its name without folders.
    file: &'a str,
    /// Its SHA-256, 64 lowercase hex digits; left out where it is not known.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    sha256: &'a str,
}

/// Which edition of which reference it is, as far as that is known.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Edition")]
struct EditionWire<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    framework: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<&'a str>,
}

/// Items by what became of them, and how many carry each flag.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Summary")]
struct SummaryWire {
    added: usize,
    removed: usize,
    retired: usize,
    restored: usize,
    changed: usize,
    notation: usize,
    unchanged: usize,
    renumbered: usize,
    moved: usize,
    split: usize,
    merged: usize,
}

/// What became of a column.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Column")]
struct ColumnWire<'a> {
    #[schemars(extend("enum" = ["renamed", "moved", "added", "removed"]))]
    change: &'static str,
    /// The old heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<&'a str>,
    /// The new heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<&'a str>,
}

/// A finding.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Diagnostic")]
struct DiagnosticWire<'a> {
    /// The stable code.
    code: &'a str,
    /// `note`, `warning` or `error`.
    #[schemars(extend("enum" = ["note", "warning", "error"]))]
    severity: Value,
    /// The cells it is about.
    at: Vec<String>,
    /// The facts by name.
    args: Map<String, Value>,
}

/// One aligned item.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Item")]
struct ItemWire<'a> {
    /// What became of it.
    #[schemars(extend("enum" = ["added", "removed", "retired", "restored", "changed", "notation", "unchanged"]))]
    change: &'static str,
    /// What else is true of it: `renumbered`, `moved`, `split`, `merged`.
    flags: Vec<&'static str>,
    /// The old sheet, only where ids repeat across sheets.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_sheet: Option<&'a str>,
    /// The old id; left out for an added item.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_id: Option<&'a str>,
    /// The new sheet, only where ids repeat across sheets.
    #[serde(skip_serializing_if = "Option::is_none")]
    new_sheet: Option<&'a str>,
    /// The new id; left out for a removed item.
    #[serde(skip_serializing_if = "Option::is_none")]
    new_id: Option<&'a str>,
    /// The id of its group.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    /// Its title, of the new edition where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    /// Why both sides are held to be the same item; left out for one side only.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["declared", "id", "text", "likeness", "neighbours"]))]
    evidence: Option<&'static str>,
    /// How alike the texts of both sides are, 0 to 1, four decimals.
    likeness: f64,
    /// SHA-256 over both sides' keys and effective texts, 64 lowercase hex digits.
    fingerprint: &'a str,
    /// The cells of the old item.
    old_at: Vec<String>,
    /// The cells of the new item.
    new_at: Vec<String>,
    /// How much it matters to somebody who has answered the item.
    #[schemars(extend("enum" = ["none", "notation", "text", "citation", "customer_action", "conformity"]))]
    severity: &'static str,
    /// The fields that differ or are marked, in sheet order.
    fields: Vec<FieldWire<'a>>,
    /// Citations that came and went.
    #[serde(skip_serializing_if = "Option::is_none")]
    citations: Option<CitationsWire>,
    /// The provider's word before and after, where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    conformity: Option<ConformityWire<'a>>,
    /// The new items this number went to, as the publisher says where it withdraws it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    into: Vec<KeyWire<'a>>,
    /// The old numbers that went to this item, likewise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    from: Vec<KeyWire<'a>>,
}

/// An item of one edition.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Key")]
struct KeyWire<'a> {
    /// Its sheet, only where ids repeat across sheets.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    id: &'a str,
}

/// A field that differs, or that the publisher marked.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Field")]
struct FieldWire<'a> {
    /// The field's key.
    key: &'a str,
    /// Its heading.
    label: &'a str,
    /// What became of its text; left out for a field that is marked and did not change.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["appended", "inserted", "edited", "shortened", "emptied", "filled", "moved", "notation"]))]
    change: Option<&'static str>,
    /// Both texts in segments: equal and delete segments in order are the old text, equal and insert segments the new.
    segments: Vec<SegmentWire<'a>>,
    /// Whether the publisher's marks agree with the change; left out where there is nothing to mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["agrees", "partial", "unmarked", "mark-only"]))]
    marks: Option<&'static str>,
    /// The stretches the publisher marked, in Unicode scalar values of the new text: first, one past the last.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    marked: &'a [(u32, u32)],
    /// The stretches that were added and are not marked, likewise.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    unmarked: &'a [(u32, u32)],
    /// The cells of the old text.
    old_at: Vec<String>,
    /// The cells of the new text.
    new_at: Vec<String>,
}

/// A stretch of text.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Segment")]
struct SegmentWire<'a> {
    #[schemars(extend("enum" = ["equal", "delete", "insert", "move"]))]
    op: &'static str,
    /// Never empty.
    text: &'a str,
    /// Which text a moved stretch stands in here: `old` or `new`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["old", "new"]))]
    side: Option<&'static str>,
    /// True where it differs from its counterpart in notation only, or is the number of a list entry that only
    /// shifted; else left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    notation: bool,
}

/// Citations that came and went.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Citations")]
struct CitationsWire {
    added: Vec<CitationWire>,
    removed: Vec<CitationWire>,
}

/// A citation of a numbered document.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Citation")]
struct CitationWire {
    /// `documents` or `reports`.
    list: &'static str,
    number: u32,
    /// The citing cell.
    at: String,
}

/// The provider's word before and after.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Conformity")]
struct ConformityWire<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<ConformityWordWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<ConformityWordWire<'a>>,
}

/// A provider's word.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ConformityWord")]
struct ConformityWordWire<'a> {
    /// 適合可能, 対象外, or the publisher's own word.
    word: &'a str,
    /// The reason given in brackets behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

/// A listed document that differs.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Document")]
struct DocumentEntryWire<'a> {
    /// `documents` or `reports`.
    list: &'static str,
    number: u32,
    #[schemars(extend("enum" = ["added", "removed", "changed", "retired", "restored", "notation"]))]
    change: &'static str,
    /// The entry before.
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<EntryWire<'a>>,
    /// The entry after.
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<EntryWire<'a>>,
}

/// An entry of a list.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Entry")]
struct EntryWire<'a> {
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    at: Vec<String>,
}

/// Fields by agreement of marks and changes.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Marks")]
struct MarksWire {
    /// Marked and changed.
    agrees: usize,
    /// Marked in part, or more than changed.
    partial: usize,
    /// Changed but unmarked.
    unmarked: usize,
    /// Marked but unchanged.
    #[serde(rename = "mark-only")]
    mark_only: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::tests::sample;

    #[test]
    fn real_output_fits_the_schema() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        for all in [false, true] {
            let json: Value = serde_json::from_str(&to_json(&sample(), all)).unwrap();
            let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{errors:?}");
        }
    }

    #[test]
    fn unchanged_items_are_listed_only_when_asked_for() {
        let listed = |all: bool| -> usize {
            let json: Value = serde_json::from_str(&to_json(&sample(), all)).unwrap();
            json["items"].as_array().unwrap().len()
        };
        assert_eq!(listed(true), sample().items.len());
        assert_eq!(listed(false), sample().items.len() - 1);
    }

    #[test]
    fn an_item_is_written_on_a_line_of_its_own() {
        let json = to_json(&sample(), false);
        let line = json.lines().find(|line| line.contains("\"old_id\": \"実1\"")).unwrap();
        insta::assert_snapshot!(line.trim_start(), @r##"{"change": "changed", "flags": [], "old_id": "実1", "new_id": "実1", "group": "実", "evidence": "id", "likeness": 0.8767, "fingerprint": "ab7ca29a8047245e7a8489bae53f4c4bb6a309f218c155b8bca504249a2cc1fd", "old_at": ["基準!A2"], "new_at": ["基準!A2"], "severity": "conformity", "fields": [{"key": "customer_action", "label": "customer_action", "change": "appended", "segments": [{"op": "equal", "text": "鍵を保管する。"}, {"op": "insert", "text": "年1回棚卸しする。"}], "marks": "agrees", "marked": [[7, 16]], "old_at": ["基準!C2"], "new_at": ["基準!C2"]}], "conformity": {"old": {"word": "対象外"}, "new": {"word": "適合可能"}}},"##);
    }
}
