//! Review decisions, as the HTML page exports them (`secref-review`, format version 1).
//!
//! A decision holds for the texts it was made on: its fingerprint says which. What it clears is for `carry` to say.

use serde::Deserialize;

use crate::catalog::ItemKey;
use crate::diagnostic::{Diagnostic, Failure};

/// What a reviewer decided about an item.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum ReviewState {
    /// 未確認.
    Open,
    /// 確認済: the answer may stand.
    Ok,
    /// 要修正: the answer has to be changed.
    Rework,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The item in the old edition, unless it is new.
    pub old: Option<ItemKey>,
    /// The item in the new edition, unless it is gone.
    pub new: Option<ItemKey>,
    /// The fingerprint of the item's difference when it was decided.
    pub fingerprint: String,
    /// What was decided.
    pub state: ReviewState,
    /// What the reviewer noted.
    pub note: String,
}

impl Decision {
    /// The item to name it by.
    pub fn item(&self) -> String {
        self.new.as_ref().or(self.old.as_ref()).map(ToString::to_string).unwrap_or_default()
    }
}

/// The decisions of a file, and those that could not be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decisions {
    /// The decisions, in the file's order.
    pub decisions: Vec<Decision>,
    /// What was passed over.
    pub diagnostics: Vec<Diagnostic>,
}

#[derive(Deserialize)]
struct Wire {
    format: Option<String>,
    format_version: Option<u64>,
    #[serde(default)]
    items: Vec<WireItem>,
}

#[derive(Deserialize)]
struct WireItem {
    old_sheet: Option<String>,
    old_id: Option<String>,
    new_sheet: Option<String>,
    new_id: Option<String>,
    #[serde(default)]
    fingerprint: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    note: String,
}

/// Reads the decisions.
///
/// # Errors
///
/// `decisions-invalid` where it is no JSON of this shape, `decisions-format-other` where it is another format. A
/// decision in an unknown state or without a fingerprint is passed over and said (`decision-unclear`).
pub fn decisions(bytes: &[u8]) -> Result<Decisions, Failure> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    let wire: Wire = serde_json::from_slice(bytes).map_err(|error| {
        Diagnostic::error("decisions-invalid")
            .arg("line", error.line())
            .arg("column", error.column())
            .arg("message", error.to_string())
    })?;
    if wire.format.as_deref() != Some("secref-review") || wire.format_version.unwrap_or(1) != 1 {
        let found = wire.format.unwrap_or_else(|| "none".to_owned());
        return Err(Diagnostic::error("decisions-format-other").arg("found", found).into());
    }
    let mut decisions = Decisions::default();
    for item in wire.items {
        match decision(item) {
            Ok(decision) => decisions.decisions.push(decision),
            Err(diagnostic) => decisions.diagnostics.push(diagnostic),
        }
    }
    Ok(decisions)
}

/// The JSON Schema (2020-12) of the format.
pub fn schema() -> serde_json::Value {
    let text = serde_json::json!({ "type": "string" });
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "secref review decisions",
        "description": "What reviewers decided on the page of a difference.",
        "type": "object",
        "required": ["format", "format_version", "items"],
        "properties": {
            "format": { "const": "secref-review" },
            "format_version": { "const": 1 },
            "items": { "type": "array", "items": {
                "type": "object",
                "required": ["fingerprint", "state"],
                "anyOf": [{ "required": ["old_id"] }, { "required": ["new_id"] }],
                "properties": {
                    "old_sheet": text, "old_id": text, "new_sheet": text, "new_id": text,
                    "fingerprint": {
                        "description": "The item's fingerprint in the difference: a decision holds for these texts only.",
                        "type": "string", "pattern": "^[0-9a-f]{64}$",
                    },
                    "state": { "description": "未確認, 確認済 or 要修正.", "enum": ["open", "ok", "rework"] },
                    "note": text,
                },
            } },
        },
    })
}

fn decision(item: WireItem) -> Result<Decision, Diagnostic> {
    let key = |sheet: Option<String>, id: Option<String>| {
        let id = id.filter(|id| !id.is_empty())?;
        Some(ItemKey { sheet: sheet.filter(|sheet| !sheet.is_empty()).map(Into::into), id: id.into() })
    };
    let (old, new) = (key(item.old_sheet, item.old_id), key(item.new_sheet, item.new_id));
    let state = match item.state.as_str() {
        "open" | "" => Some(ReviewState::Open),
        "ok" => Some(ReviewState::Ok),
        "rework" => Some(ReviewState::Rework),
        _ => None,
    };
    let named = new.as_ref().or(old.as_ref()).map(ToString::to_string);
    match (state, named) {
        (Some(state), Some(_)) if !item.fingerprint.is_empty() => {
            Ok(Decision { old, new, fingerprint: item.fingerprint, state, note: item.note.trim().to_owned() })
        }
        (_, named) => Err(Diagnostic::warning("decision-unclear")
            .arg("item", named.unwrap_or_else(|| "?".to_owned()))
            .arg("state", item.state)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_are_read_and_unclear_ones_are_said() {
        let json = r#"{"format": "secref-review", "format_version": 1, "items": [
            {"old_id": "実1", "new_id": "実2", "fingerprint": "ab", "state": "ok", "note": "変わらない"},
            {"new_id": "実3", "fingerprint": "cd", "state": "maybe"},
            {"fingerprint": "ef", "state": "ok"}]}"#;
        let read = decisions(json.as_bytes()).unwrap();
        assert_eq!(read.decisions.len(), 1);
        assert_eq!((read.decisions[0].state, read.decisions[0].item()), (ReviewState::Ok, "実2".to_owned()));
        assert_eq!(read.diagnostics.iter().map(|d| &*d.code).collect::<Vec<_>>(), ["decision-unclear"; 2]);
    }

    #[test]
    fn another_format_is_refused() {
        let failure = decisions(br#"{"format": "secref-diff"}"#).unwrap_err();
        assert_eq!(failure.diagnostics[0].code, "decisions-format-other");
        assert_eq!(decisions(b"{").unwrap_err().diagnostics[0].code, "decisions-invalid");
    }
}
