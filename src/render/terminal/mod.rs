//! Results as text for a terminal: roles painted by one theme, widths counted for Japanese.
//!
//! Writes to no terminal; the binary decides on colour and width.

pub mod carry;
pub mod diagnostics;
pub mod diff;
mod flow;
pub mod status;
pub mod summary;
pub mod templates;

use crate::render::words::Words;

/// What a stretch of text is, so that one theme colours all of them.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// An error's word, a count that needs action.
    Error,
    /// A warning's word.
    Warning,
    /// A note's word.
    Note,
    /// A hint's word.
    Hint,
    /// A file or cell.
    Place,
    /// Text only the new edition has.
    Added,
    /// Text only the old edition has.
    Removed,
    /// Text at another place.
    Moved,
    /// A heading.
    Heading,
    /// What a reader may skip.
    Muted,
    /// What is good.
    Good,
}

impl Role {
    /// The SGR parameters: sixteen colours only, so that the user's own palette decides.
    fn sgr(self) -> &'static str {
        match self {
            Self::Error | Self::Removed => "31",
            Self::Warning => "33",
            Self::Note | Self::Hint => "36",
            Self::Place => "34",
            Self::Added | Self::Good => "32",
            Self::Moved => "35",
            Self::Heading => "1",
            Self::Muted => "2",
        }
    }
}

/// How text for a terminal is written.
pub struct Terminal<'a> {
    /// The wording.
    pub words: &'a Words,
    /// Whether roles are coloured.
    pub color: bool,
    /// Columns to fit into; [`UNWRAPPED`] where nobody looks at lines of a width, but at lines.
    pub width: usize,
}

/// The width of text that is piped or written to a file: a paragraph is one line, so that `grep` finds all of it.
pub const UNWRAPPED: usize = usize::MAX;

impl Terminal<'_> {
    /// Paints a text in its role, or leaves it as it is where colour is off.
    pub fn paint(&self, role: Role, text: &str) -> String {
        if self.color && !text.is_empty() { format!("\u{1b}[{}m{text}\u{1b}[0m", role.sgr()) } else { text.to_owned() }
    }
}
