//! What is odd about an id cell, as data, and as diagnostics with the cell.

use crate::address::SheetRange;
use crate::diagnostic::Diagnostic;

use super::{Outcome, ParsedId};

/// Something a person may want to know or decide about an id that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// `実14(1)`, `実14の1`, `実14.1` was read as the branch `実14-1`.
    BranchSpelling {
        /// The id as read.
        id: String,
    },
    /// `実1-19` was read as a branch number, and a range is as likely.
    BranchOrRange {
        /// The id as read.
        id: String,
        /// The range it may mean.
        range: String,
    },
    /// The edition is not known to have branch numbers.
    BranchUnexpected {
        /// The id as read.
        id: String,
        /// The edition's name.
        edition: String,
    },
    /// A range or list stands for several ids.
    Expanded {
        /// How many.
        count: usize,
        /// The first.
        first: String,
        /// The last.
        last: String,
    },
    /// `監` alone was read as its only number.
    NumberSupplied {
        /// The id as read.
        id: String,
    },
    /// A bare 欠番 was given the number that follows the item above.
    RetiredSupplied {
        /// The id as read.
        id: String,
    },
    /// A bare number, and nothing around it names its group.
    GroupUnknown {
        /// The id as read.
        id: String,
    },
}

/// Why a cell that should hold an id has none that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdError {
    /// Excel, or whoever saved the file, turned an id like `1-2` into a date.
    Date {
        /// The id it may have been, where that can be told.
        perhaps: Option<String>,
    },
    /// Letters that look like digits, as a scan leaves them.
    LooksLike {
        /// The id it may be.
        perhaps: String,
    },
    /// Signs in it that no id has.
    Nearly {
        /// The id it may be.
        perhaps: String,
    },
    /// The edition has no such prefix: 運108 belongs to the eighth edition and not to the ninth.
    PrefixNotInEdition {
        /// The id as read.
        id: String,
        /// The edition's name.
        edition: String,
    },
    /// A range whose ends do not go together, or that goes backwards.
    RangeUnclear {
        /// Its first id.
        first: String,
        /// Its last id.
        last: String,
    },
    /// A range of more ids than a reference has.
    RangeTooLong {
        /// Its first id.
        first: String,
        /// Its last id.
        last: String,
        /// How many a range may have.
        limit: u32,
    },
}

impl Notice {
    /// The diagnostic, without its place.
    fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::BranchSpelling { id } => Diagnostic::note("id-branch-spelling").arg("id", id.as_str()),
            Self::BranchOrRange { id, range } => {
                Diagnostic::warning("id-branch-or-range").arg("id", id.as_str()).arg("range", range.as_str())
            }
            Self::BranchUnexpected { id, edition } => {
                Diagnostic::warning("id-branch-unexpected").arg("id", id.as_str()).arg("edition", edition.as_str())
            }
            Self::Expanded { count, first, last } => Diagnostic::note("id-expanded")
                .arg("count", *count)
                .arg("first", first.as_str())
                .arg("last", last.as_str()),
            Self::NumberSupplied { id } => Diagnostic::warning("id-number-supplied").arg("id", id.as_str()),
            Self::RetiredSupplied { id } => Diagnostic::warning("id-retired-supplied").arg("id", id.as_str()),
            Self::GroupUnknown { id } => Diagnostic::warning("id-group-unknown").arg("id", id.as_str()),
        }
    }
}

impl IdError {
    /// The diagnostic, without its place.
    fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Date { perhaps: Some(perhaps) } => Diagnostic::error("id-date").arg("perhaps", perhaps.as_str()),
            Self::Date { perhaps: None } => Diagnostic::error("id-date").arg("perhaps", "none"),
            Self::LooksLike { perhaps } => Diagnostic::error("id-looks-like").arg("perhaps", perhaps.as_str()),
            Self::Nearly { perhaps } => Diagnostic::error("id-nearly").arg("perhaps", perhaps.as_str()),
            Self::PrefixNotInEdition { id, edition } => {
                Diagnostic::error("id-prefix-not-in-edition").arg("id", id.as_str()).arg("edition", edition.as_str())
            }
            Self::RangeUnclear { first, last } => {
                Diagnostic::error("id-range-unclear").arg("first", first.as_str()).arg("last", last.as_str())
            }
            Self::RangeTooLong { first, last, limit } => Diagnostic::error("id-range-too-long")
                .arg("first", first.as_str())
                .arg("last", last.as_str())
                .arg("limit", *limit),
        }
    }
}

impl ParsedId {
    /// What there is to say about the cell, each with its place and, as `text`, what the cell says.
    pub fn diagnostics(&self, text: &str, at: &SheetRange) -> Vec<Diagnostic> {
        let error = match &self.outcome {
            Outcome::Error(error) => Some(error.diagnostic()),
            _ => None,
        };
        let all = error.into_iter().chain(self.notices.iter().map(Notice::diagnostic));
        all.map(|diagnostic| diagnostic.at(at).arg("text", text)).collect()
    }
}
