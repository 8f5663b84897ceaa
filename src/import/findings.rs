//! Diagnostics as they are found, bounded: of one code at most so many in full, the rest as a count.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;

/// Nobody reads more of a kind, and a hostile file could have a million.
const MOST_OF_A_CODE: usize = 200;

/// Diagnostics in the making.
#[derive(Default)]
pub(super) struct Findings {
    kept: Vec<Diagnostic>,
    counts: HashMap<String, usize>,
}

impl Findings {
    /// Adds one.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        let count = self.counts.entry(diagnostic.code.to_string()).or_default();
        *count += 1;
        if *count <= MOST_OF_A_CODE {
            self.kept.push(diagnostic);
        }
    }

    /// Adds several.
    pub(super) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// All that were kept, and how many of a kind were not.
    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut kept = self.kept;
        let mut dropped: Vec<(String, usize)> =
            self.counts.into_iter().filter(|&(_, count)| count > MOST_OF_A_CODE).collect();
        dropped.sort();
        for (code, count) in dropped {
            let severity =
                kept.iter().find(|d| d.code == code).map_or(crate::diagnostic::Severity::Note, |d| d.severity);
            let more = Diagnostic::new(severity, "findings-more").arg("count", count - MOST_OF_A_CODE);
            kept.push(more.arg("code", code));
        }
        kept
    }
}
