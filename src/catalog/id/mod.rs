//! Item numbers: from every spelling a cell may have to the canonical id, and what is odd about it.
//!
//! A [`Scheme`] knows one family of numbers. [`Scheme::parse`] reads an id cell and never guesses in silence: what it
//! chose, or could not read, comes back as a [`Notice`] or an [`IdError`] that turns into a diagnostic with the cell.
//! Which cell holds an id, and what becomes of a row without one, is left to `import`.

mod clean;
mod compare;
mod fisc;
mod groups;
mod notice;
mod opaque;
#[cfg(test)]
mod table;
mod terms;

use std::sync::Arc;

pub use compare::compare;
pub use notice::{IdError, Notice};

use super::MarkKind;
use super::edition::EditionFacts;

/// A family of item numbers.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// FISC security guidelines: 統1, 実14-1, 設138, 監1; in the eighth edition 設, 運, 技.
    Fisc,
    /// NIST SP 800-53: `AC-2`, `AC-2(1)`; blanks and leading zeros within are dropped.
    Nist,
    /// NIST CSF and its kind: `ID.AM-06`, the last number with two digits, a text behind a colon dropped.
    Csf,
    /// Any other: the id as it stands, its width and blanks folded.
    #[default]
    Opaque,
}

/// What stands in the id cell, beside its text.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum CellKind {
    /// A text.
    #[default]
    Text,
    /// A number that is no date.
    Number,
    /// A date: what Excel makes of `1-2`.
    Date,
}

/// What is known around an id cell. All of it is optional.
#[derive(Copy, Clone, Default)]
pub struct IdContext<'a> {
    /// Texts that may name the group of a bare number, nearest first: category column, band row, sheet name.
    pub group_hints: &'a [&'a str],
    /// The edition, if known: its prefixes, branches and retired numbers.
    pub edition: Option<&'a EditionFacts>,
    /// The canonical id of the item above, which tells a branch from a range.
    pub previous: Option<&'a str>,
    /// What kind of value the cell holds.
    pub kind: CellKind,
}

/// How many ids a range may stand for; FISC's largest group has fewer than 160 items.
pub const MAX_RANGE: u32 = 200;

/// What an id cell says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParsedId {
    /// The id or ids, or why there are none.
    pub outcome: Outcome,
    /// Whether the cell says that the number is 欠番.
    pub retired: bool,
    /// The publisher's sign that the item is new or changed.
    pub marker: Option<Marker>,
    /// A label of a part behind the number: `①` in `実1①`.
    pub part: Option<String>,
    /// What a person may want to know or decide.
    pub notices: Vec<Notice>,
}

/// The id or ids of a cell, or why there are none.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Outcome {
    /// One id.
    One(Arc<str>),
    /// Several: a range or list, expanded in order.
    Several(Vec<Arc<str>>),
    /// Nothing, or a bare 欠番 whose number cannot be told.
    #[default]
    Blank,
    /// A text that is no id: a heading, a count, a sentence.
    NotAnId,
    /// An id that was damaged or cannot be.
    Error(IdError),
}

/// A sign in an id cell that the item is new or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The sign as it stands: `🆕`, `改`.
    pub text: String,
    /// What it means: added for new items, emphasis for everything else.
    pub kind: MarkKind,
}

impl Scheme {
    /// Finds a scheme by the name templates use: `fisc`, `nist`, `csf`, `opaque`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.name() == name)
    }

    /// All schemes.
    pub const ALL: [Self; 4] = [Self::Fisc, Self::Nist, Self::Csf, Self::Opaque];

    /// The name templates use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fisc => "fisc",
            Self::Nist => "nist",
            Self::Csf => "csf",
            Self::Opaque => "opaque",
        }
    }

    /// Reads an id text that needs nothing around it to be understood, as nearly all do; [`Scheme::parse`] gives the
    /// same. `None` where it has to decide.
    pub(crate) fn parse_plain(self, text: &str, edition: Option<&EditionFacts>) -> Option<ParsedId> {
        match self {
            Self::Fisc => fisc::plain(text, edition).map(ParsedId::one),
            Self::Nist | Self::Csf | Self::Opaque => None,
        }
    }

    /// Reads an id cell.
    pub fn parse(self, text: &str, context: &IdContext<'_>) -> ParsedId {
        match self {
            Self::Fisc => fisc::parse(text, context),
            Self::Nist | Self::Csf | Self::Opaque => opaque::parse(self, text, context),
        }
    }

    /// The group an id belongs to by its own spelling: `実` of `実14-1`, `AC` of `AC-2(1)`.
    pub fn group_of(self, id: &str) -> Option<&str> {
        match self {
            Self::Fisc => groups::split_prefix(id).map(|(prefix, _)| prefix),
            Self::Nist => id.split_once('-').map(|(family, _)| family).filter(|family| !family.is_empty()),
            Self::Csf => id.split_once(['.', '-']).map(|(function, _)| function).filter(|name| !name.is_empty()),
            Self::Opaque => None,
        }
    }

    /// The name of a group as the framework gives it: 統制基準 for `統`.
    pub fn group_title(self, group: &str) -> Option<&'static str> {
        match self {
            Self::Fisc => groups::group_title(group),
            _ => None,
        }
    }

    /// The group a heading, band or sheet name speaks of: `実` for 実務基準（144項目）.
    pub(crate) fn group_in_heading(self, heading: &str) -> Option<&'static str> {
        match self {
            Self::Fisc => groups::group_in_heading(heading),
            _ => None,
        }
    }
}

impl ParsedId {
    fn one(id: impl Into<Arc<str>>) -> Self {
        Self { outcome: Outcome::One(id.into()), ..Self::default() }
    }

    fn error(error: IdError) -> Self {
        Self { outcome: Outcome::Error(error), ..Self::default() }
    }

    /// The ids, none, one or several.
    pub fn ids(&self) -> &[Arc<str>] {
        match &self.outcome {
            Outcome::One(id) => std::slice::from_ref(id),
            Outcome::Several(ids) => ids,
            _ => &[],
        }
    }
}
