//! Answers as JSON (`secref-answers`, format version 1), and the JSON Schema of it.

use serde_json::{Map, Value, json};

use super::column::CarryField;
use super::wire::{self, Document, Input};
use super::{AnswerField, Answers, Applicability, CarryReason, Read, Recheck, Responsibility, Status};
use crate::diagnostic::{Diagnostic, Failure};

/// Writes answers as JSON: keys in a fixed order, blank fields left out, answers in their own order.
pub fn to_json(answers: &Answers) -> String {
    let mut text = serde_json::to_string_pretty(&Document(answers)).expect("texts and lists always serialise");
    text.push('\n');
    text
}

/// Reads answers from JSON, with or without a byte order mark.
///
/// # Errors
///
/// `answers-json-invalid` where it is no JSON, `answers-format-other` and `answers-version-other` where it is not this
/// format. An answer with a problem is left out, and its problem is among the diagnostics, with its path.
pub fn from_json(bytes: &[u8]) -> Result<Read, Failure> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let input: Input<false> = serde_json::from_slice(bytes).map_err(|error| {
        Diagnostic::error("answers-json-invalid")
            .arg("line", error.line())
            .arg("column", error.column())
            .arg("message", error.to_string())
    })?;
    input.into_answers()
}

/// The JSON Schema (2020-12) of the format. YAML is the same tree.
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "secref answers",
        "description": "What a user says about the items of a security reference. Blank means absent.",
        "type": "object",
        "required": ["format", "format_version", "answers"],
        "properties": {
            "format": { "const": wire::FORMAT },
            "format_version": { "const": wire::FORMAT_VERSION },
            "edition": texts("The edition the answers are given for.", &["framework", "version", "provider", "template"]),
            "header": {
                "description": "The header block: institution, system, services, author, date …",
                "type": "object",
                "additionalProperties": { "type": "string" },
            },
            "answers": { "description": "One answer per item at most.", "type": "array", "items": { "$ref": "#/$defs/answer" } },
            "retired": { "description": "Answers whose item is gone.", "type": "array", "items": { "$ref": "#/$defs/answer" } },
            "conflicts": { "description": "What lost when parts were merged.", "type": "array", "items": conflict() },
        },
        "additionalProperties": false,
        "$defs": { "answer": answer() },
    })
}

fn texts(description: &str, keys: &[&str]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|&key| (key.to_owned(), json!({ "type": "string" }))).collect();
    json!({ "description": description, "type": "object", "properties": properties, "additionalProperties": false })
}

fn conflict() -> Value {
    let mut schema = texts("Two different answers for one field.", &["id", "sheet", "field", "kept", "other", "from"]);
    schema["required"] = json!(["id", "field", "kept", "other", "from"]);
    schema
}

fn answer() -> Value {
    let mut properties = Map::new();
    properties.insert(
        "id".to_owned(),
        json!({ "description": "The item's canonical id.", "type": "string", "minLength": 1 }),
    );
    properties
        .insert("sheet".to_owned(), json!({ "description": "The item's sheet, where ids repeat.", "type": "string" }));
    for field in AnswerField::ALL {
        properties.insert(field.key().to_owned(), field_schema(field));
    }
    properties.insert(
        "refers_to".to_owned(),
        json!({ "description": "Items the texts point at; read anew from the texts.", "type": "array", "items": { "type": "string" } }),
    );
    properties.insert("carry".to_owned(), carry());
    properties.insert(
        "extra".to_owned(),
        json!({ "description": "Columns of the user's own, by heading.", "type": "object", "additionalProperties": { "type": "string" } }),
    );
    json!({ "type": "object", "required": ["id"], "properties": properties, "additionalProperties": false })
}

fn field_schema(field: AnswerField) -> Value {
    let words = |words: Vec<&str>| json!({ "description": field.heading(), "enum": words });
    match field {
        AnswerField::Responsibility => words(Responsibility::ALL.iter().map(|word| word.word()).collect()),
        AnswerField::Applicability => words(Applicability::ALL.iter().map(|word| word.word()).collect()),
        AnswerField::Status => words(Status::ALL.iter().map(|word| word.word()).collect()),
        AnswerField::Recheck => words(Recheck::ALL.iter().map(|word| word.word()).collect()),
        AnswerField::Evidence => {
            json!({ "description": field.heading(), "type": "array", "items": { "type": "string" } })
        }
        AnswerField::Due | AnswerField::AnsweredOn | AnswerField::ApprovedOn | AnswerField::RecheckedOn => {
            json!({ "description": field.heading(), "type": "string", "format": "date" })
        }
        _ => json!({ "description": field.heading(), "type": "string", "minLength": 1 }),
    }
}

fn carry() -> Value {
    let words: Vec<&str> = CarryReason::ALL.iter().map(|reason| reason.word()).collect();
    let mut from = texts("An answer it is made of.", &["edition", "sheet", "id"]);
    from["required"] = json!(["id"]);
    let mut properties = Map::new();
    properties.insert("reasons".to_owned(), json!({ "type": "array", "items": { "enum": words } }));
    properties.insert("from".to_owned(), json!({ "type": "array", "items": from }));
    for field in [CarryField::OldText, CarryField::NewText, CarryField::PreviousReviewer, CarryField::PreviousApprover]
    {
        properties.insert(field.key().to_owned(), json!({ "description": field.heading(), "type": "string" }));
    }
    let date = json!({ "description": CarryField::PreviousApprovedOn.heading(), "type": "string", "format": "date" });
    properties.insert(CarryField::PreviousApprovedOn.key().to_owned(), date);
    json!({
        "description": "What carrying the answer to this edition had to say.",
        "type": "object",
        "required": ["reasons", "from"],
        "properties": properties,
        "additionalProperties": false,
    })
}
