//! Findings as JSON, for CI and for other programs: stable codes, cells, facts, and the wording beside.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{Arg, Diagnostic, Severity};
use crate::render::words::Words;

const FORMAT: &str = "secref-check";
const FORMAT_VERSION: u32 = 1;

/// What `check` found.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "secref check")]
struct FindingsWire<'a> {
    /// Always `secref-check`.
    #[schemars(extend("const" = FORMAT))]
    format: &'static str,
    /// The version of this form.
    #[schemars(extend("const" = FORMAT_VERSION))]
    format_version: u32,
    /// How many findings there are of each severity.
    summary: SummaryWire,
    /// The findings, most serious first.
    findings: Vec<FindingWire<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SummaryWire {
    /// Something was left out or cannot stand.
    errors: usize,
    /// Something a person should look at.
    warnings: usize,
    /// Worth knowing.
    notes: usize,
}

/// One finding.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FindingWire<'a> {
    /// The stable code, such as `citation-dangling`.
    code: &'a str,
    /// `note`, `warning` or `error`.
    severity: &'static str,
    /// The file it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    /// The cells it is about, as Excel writes them, the first one foremost.
    at: Vec<String>,
    /// The facts by name: numbers, texts or lists of texts.
    args: BTreeMap<&'a str, ArgWire<'a>>,
    /// The finding in words.
    message: String,
    /// What was found instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<String>,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
enum ArgWire<'a> {
    Number(i64),
    Text(Cow<'a, str>),
    List(&'a [String]),
}

/// Writes findings as JSON, worded in the language of `words`. Codes, cells and facts do not depend on it.
pub fn findings_json(findings: &[Diagnostic], words: &Words) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let wire = FindingsWire {
        format: FORMAT,
        format_version: FORMAT_VERSION,
        summary: SummaryWire {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
        },
        findings: findings.iter().map(|finding| mirrored(finding, words)).collect(),
    };
    let mut json = serde_json::to_string_pretty(&wire).expect("our own types always serialise");
    json.push('\n');
    json
}

fn mirrored<'a>(finding: &'a Diagnostic, words: &Words) -> FindingWire<'a> {
    let message = words.diagnostic(finding);
    FindingWire {
        code: &finding.code,
        severity: match finding.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        file: finding.file.as_deref(),
        at: finding.at.iter().map(ToString::to_string).collect(),
        args: finding.args.iter().map(|(name, value)| (name.as_ref(), argument(value))).collect(),
        message: message.headline,
        found: message.found,
        hint: message.hint,
    }
}

fn argument(value: &Arg) -> ArgWire<'_> {
    match value {
        Arg::Number(number) => ArgWire::Number(*number),
        Arg::Text(text) => ArgWire::Text(Cow::Borrowed(text)),
        Arg::List(list) => ArgWire::List(list),
    }
}

/// The JSON Schema (draft 2020-12) of findings.
pub fn findings_schema() -> serde_json::Value {
    schemars::schema_for!(FindingsWire<'static>).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::Lang;

    #[test]
    fn findings_fit_their_schema() {
        let at = "実務!B12".parse::<crate::address::SheetRange>().unwrap();
        let findings = [
            Diagnostic::error("citation-dangling")
                .at(&at)
                .arg("item", "実1")
                .arg("list", "documents")
                .arg("number", "09")
                .arg("last", "04"),
            Diagnostic::warning("number-order").arg("count", 1usize).arg("items", vec!["実2".to_owned()]),
        ];
        let text = findings_json(&findings, &Words::new(Lang::En));
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let validator = jsonschema::validator_for(&findings_schema()).unwrap();
        assert_eq!(validator.iter_errors(&json).map(|error| error.to_string()).collect::<Vec<_>>(), [""; 0]);
        assert_eq!(json["summary"], serde_json::json!({"errors": 1, "warnings": 1, "notes": 0}));
        assert_eq!(json["findings"][0]["at"][0], "実務!B12");
        assert_eq!(json["findings"][0]["message"], "`実1` cites document 09, which is not in the list");
        assert_eq!(json["findings"][1]["args"]["items"][0], "実2");
    }
}
