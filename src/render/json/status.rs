//! How far a self-check is, as JSON (`secref-status`, format version 1), and the JSON Schema of it.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Value, json};

use crate::assess::{Assessment, Counts, OpenItem, PointResult, Progress};

const FORMAT: &str = "secref-status";
const FORMAT_VERSION: u32 = 1;

/// Writes an assessment; every word of both lists is there, zeros too.
pub fn to_json(assessment: &Assessment) -> String {
    let mut text = serde_json::to_string_pretty(&Status::of(assessment)).expect("texts and numbers always serialise");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Status<'a> {
    format: &'static str,
    format_version: u32,
    /// The edition assessed.
    edition: Edition<'a>,
    /// The day `overdue` was told by.
    #[serde(skip_serializing_if = "Option::is_none")]
    today: Option<String>,
    /// Over all items in force.
    total: Tally,
    /// By group, in the reference's order.
    groups: Vec<Group<'a>>,
    /// What is left to do, in sheet order.
    open: Vec<Open<'a>>,
}

#[derive(Serialize)]
struct Edition<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    framework: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    template: Option<&'a str>,
}

#[derive(Serialize)]
struct Tally {
    items: usize,
    by_status: Words,
    by_result: Words,
}

#[derive(Serialize)]
struct Group<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(flatten)]
    counts: Tally,
}

#[derive(Serialize)]
struct Open<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    result: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    overdue: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    department: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    owner: &'a str,
}

/// Words with their counts, in order.
struct Words(Vec<(&'static str, usize)>);

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(word, count)| map.serialize_entry(word, count))?;
        map.end()
    }
}

impl<'a> Status<'a> {
    fn of(assessment: &'a Assessment) -> Self {
        let edition = &assessment.edition;
        let group = |group: &'a crate::assess::GroupCounts| Group {
            id: &group.id,
            title: group.title.as_deref(),
            counts: Tally::of(&group.counts),
        };
        Self {
            format: FORMAT,
            format_version: FORMAT_VERSION,
            edition: Edition {
                framework: edition.framework.as_deref(),
                version: edition.version.as_deref(),
                provider: edition.provider.as_deref(),
                template: edition.template.as_deref(),
            },
            today: assessment.today.map(|date| date.to_string()),
            total: Tally::of(&assessment.total),
            groups: assessment.groups.iter().map(group).collect(),
            open: assessment.open.iter().map(Open::of).collect(),
        }
    }
}

impl Tally {
    fn of(counts: &Counts) -> Self {
        Self {
            items: counts.items,
            by_status: Words(counts.statuses().map(|(progress, count)| (progress.word(), count)).collect()),
            by_result: Words(counts.results().map(|(result, count)| (result.word(), count)).collect()),
        }
    }
}

impl<'a> Open<'a> {
    fn of(item: &'a OpenItem) -> Self {
        Self {
            id: &item.key.id,
            sheet: item.key.sheet.as_deref(),
            result: item.result.word(),
            due: item.due.map(|date| date.to_string()),
            overdue: item.overdue,
            department: &item.department,
            owner: &item.owner,
        }
    }
}

/// The JSON Schema (2020-12) of the format.
pub fn schema() -> Value {
    let count = json!({ "type": "integer", "minimum": 0 });
    let words = |words: Vec<&str>| {
        let properties: serde_json::Map<String, Value> =
            words.iter().map(|word| ((*word).to_owned(), count.clone())).collect();
        json!({ "type": "object", "required": words, "properties": properties, "additionalProperties": false })
    };
    let counts = json!({
        "items": { "description": "Items in force.", "type": "integer", "minimum": 0 },
        "by_status": words(Progress::ALL.iter().map(|progress| progress.word()).collect()),
        "by_result": words(PointResult::ALL.iter().map(|result| result.word()).collect()),
    });
    let mut group = counts.clone();
    group["id"] = json!({ "description": "The group's id; empty for items without a group.", "type": "string" });
    group["title"] = json!({ "type": "string" });
    let open: Vec<&str> =
        PointResult::ALL.iter().filter(|result| !result.is_settled()).map(|result| result.word()).collect();
    let text = json!({ "type": "string" });
    let required = ["items", "by_status", "by_result"];
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "secref status",
        "description": "How far the self-check of an edition is. A self-check, never a certificate.",
        "type": "object",
        "required": ["format", "format_version", "edition", "total", "groups", "open"],
        "properties": {
            "format": { "const": FORMAT },
            "format_version": { "const": FORMAT_VERSION },
            "edition": {
                "type": "object",
                "properties": { "framework": text, "version": text, "provider": text, "template": text },
                "additionalProperties": false,
            },
            "today": { "description": "The day `overdue` was told by.", "type": "string", "format": "date" },
            "total": { "type": "object", "required": required, "properties": counts, "additionalProperties": false },
            "groups": { "type": "array", "items": {
                "type": "object",
                "required": ["id", "items", "by_status", "by_result"],
                "properties": group,
                "additionalProperties": false,
            } },
            "open": { "description": "What is left to do, in sheet order.", "type": "array", "items": {
                "type": "object",
                "required": ["id", "result", "overdue"],
                "properties": {
                    "id": text,
                    "sheet": text,
                    "result": { "enum": open },
                    "due": { "type": "string", "format": "date" },
                    "overdue": { "description": "Due before today.", "type": "boolean" },
                    "department": text,
                    "owner": text,
                },
                "additionalProperties": false,
            } },
        },
        "additionalProperties": false,
    })
}
