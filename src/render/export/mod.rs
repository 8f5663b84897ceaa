//! A catalog for other programs and other readers: CSV, Markdown, plain text for git, OSCAL; findings as JSON.
//!
//! Everything but JSON shows the effective text: what the publisher struck out is left out. Same input, same bytes.

mod delimited;
mod difference;
mod findings;
pub(super) mod flat;
mod markdown;
pub mod oscal;
mod text;

pub use delimited::{CsvOptions, csv};
pub use difference::{diff_csv, diff_markdown};
pub use findings::{findings_json, findings_schema};
pub use markdown::markdown;
pub use text::text;

use crate::diagnostic::Diagnostic;

/// A file's bytes, and what there is to say about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What could not be written as it is.
    pub diagnostics: Vec<Diagnostic>,
}
