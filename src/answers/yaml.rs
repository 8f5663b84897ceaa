//! Answers as YAML: the same tree as the JSON, for people who edit it by hand.

use serde_saphyr::SerializerOptions;

use super::wire::{Document, Input};
use super::{Answers, Read};
use crate::diagnostic::{Diagnostic, Failure};

/// Writes answers as YAML; texts of several lines as block scalars.
pub fn to_yaml(answers: &Answers) -> String {
    serde_saphyr::to_string_with_options(&Document(answers), options()).expect("texts and lists always serialise")
}

fn options() -> SerializerOptions {
    // A long line stays one line: folding it would break where Japanese has no blanks anyway.
    serde_saphyr::ser_options! { folded_wrap_chars: usize::MAX }
}

/// Reads answers from YAML, with or without a byte order mark. Scalars count as texts: `1.10` stays `1.10`.
///
/// # Errors
///
/// As [`super::json::from_json`], with `answers-yaml-invalid` where it is no YAML.
pub fn from_yaml(bytes: &[u8]) -> Result<Read, Failure> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        Diagnostic::error("answers-yaml-invalid")
            .arg("line", line_of(bytes, error.valid_up_to()))
            .arg("message", "UTF-8")
    })?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let input: Input<true> = serde_saphyr::from_str_with_options(text, read_options(text.len())).map_err(|error| {
        let line = error.location().map_or(0, |location| location.line());
        let message = error.without_snippet().to_string();
        Diagnostic::error("answers-yaml-invalid").arg("line", line).arg("message", message)
    })?;
    input.into_answers()
}

fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().filter(|&&b| b == b'\n').count() + 1
}

/// Budgets in proportion to the text: whatever it expands to beyond that is an alias bomb.
fn read_options(bytes: usize) -> serde_saphyr::Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: bytes + 1_000,
            max_nodes: bytes + 1_000,
            max_total_scalar_bytes: 2 * bytes + 1_000,
        },
    }
}
