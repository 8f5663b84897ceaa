//! What went wrong or is worth knowing: a stable code, a severity, the cells, and the facts to word it with.
//!
//! Holds no wording: `render::words` turns a diagnostic into a sentence in Japanese or English.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::address::SheetRange;

/// How much a diagnostic matters, least first.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never changes an exit status.
    Note,
    /// A choice was made that a person may want to look at.
    Warning,
    /// Something was left out, or could not be done at all.
    Error,
}

/// A fact a message is worded with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A count; decides between singular and plural.
    Number(i64),
    /// A name, an id, a text.
    Text(String),
    /// Several of them, in order.
    List(Vec<String>),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}
impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<Vec<String>> for Arg {
    fn from(list: Vec<String>) -> Self {
        Self::List(list)
    }
}

/// One finding. Codes are kebab-case and stable (`id-duplicate`); each is worded in `src/render/words`.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// The file it is about, where the caller knows more than one.
    pub file: Option<Arc<str>>,
    /// The cells it is about, the first one foremost.
    pub at: Vec<SheetRange>,
    /// The facts of the message by name, in the order the code that reports them gives them.
    pub args: Vec<(Cow<'static, str>, Arg)>,
}

impl Diagnostic {
    /// Makes a diagnostic without place or facts.
    pub fn new(severity: Severity, code: &'static str) -> Self {
        Self { code: Cow::Borrowed(code), severity, file: None, at: Vec::new(), args: Vec::new() }
    }

    /// Makes an error.
    pub fn error(code: &'static str) -> Self {
        Self::new(Severity::Error, code)
    }

    /// Makes a warning.
    pub fn warning(code: &'static str) -> Self {
        Self::new(Severity::Warning, code)
    }

    /// Makes a note.
    pub fn note(code: &'static str) -> Self {
        Self::new(Severity::Note, code)
    }

    /// Adds a place.
    #[must_use]
    pub fn at(mut self, place: impl Into<SheetRange>) -> Self {
        self.at.push(place.into());
        self
    }

    /// Adds several places.
    #[must_use]
    pub fn at_all<'a>(mut self, places: impl IntoIterator<Item = &'a SheetRange>) -> Self {
        self.at.extend(places.into_iter().cloned());
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// Names the file.
    #[must_use]
    pub fn in_file(mut self, file: &Arc<str>) -> Self {
        self.file.get_or_insert_with(|| Arc::clone(file));
        self
    }
}

impl From<&SheetRange> for SheetRange {
    fn from(place: &SheetRange) -> Self {
        place.clone()
    }
}

/// Why something could not be done: at least one diagnostic of severity error, most serious first.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{}", .diagnostics.iter().map(|d| d.code.as_ref()).collect::<Vec<_>>().join(", "))]
pub struct Failure {
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostics: vec![diagnostic] }
    }
}

impl Failure {
    /// Names the file in every diagnostic that names none.
    #[must_use]
    pub fn in_file(mut self, file: &Arc<str>) -> Self {
        self.diagnostics = self.diagnostics.into_iter().map(|diagnostic| diagnostic.in_file(file)).collect();
        self
    }
}
