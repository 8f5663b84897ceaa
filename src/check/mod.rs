//! Findings about a reference and about answers: what a careful person would look at before relying on them.
//!
//! Changes nothing and decides nothing: every finding is a [`Diagnostic`] with its cells, worded by `render`.
//! What the reader or the import had to say already is passed through, so that one list holds everything.

mod about;
mod answers;
mod citations;
mod conformity;
mod numbers;
mod policy;
mod references;
mod url;

use std::collections::HashSet;

pub use answers::answers;
pub use policy::{Policy, Requirement, When};

use crate::address::SheetRange;
use crate::catalog::Catalog;
use crate::catalog::edition::EditionFacts;
use crate::diagnostic::Diagnostic;

/// Checks a reference.
///
/// Against the edition, if its facts are given: counts per group, groups, retired numbers. For itself: missing,
/// repeated and odd numbers, empty or unknown 適合性, citations of missing or retired documents, documents nobody
/// cites, malformed URLs, items that say nothing, error values. Findings come most serious first, one kind together.
pub fn catalog(catalog: &Catalog, edition: Option<&EditionFacts>) -> Vec<Diagnostic> {
    let mut findings = catalog.diagnostics.clone();
    let said: HashSet<(String, Option<SheetRange>)> = catalog.diagnostics.iter().map(place_of).collect();
    let mut found = numbers::against_edition(catalog, edition);
    found.extend(numbers::among_themselves(catalog, edition));
    found.extend(conformity::findings(catalog));
    found.extend(citations::findings(catalog));
    findings.extend(found.into_iter().filter(|finding| !said.contains(&place_of(finding))));
    sorted(findings)
}

/// What tells a finding from one that the import reported already.
fn place_of(finding: &Diagnostic) -> (String, Option<SheetRange>) {
    (finding.code.to_string(), finding.at.first().cloned())
}

/// Most serious first, then one kind together in the order the kinds were first met; within a kind as found.
fn sorted(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kinds: Vec<String> = Vec::new();
    for finding in &findings {
        if !kinds.iter().any(|kind| *kind == finding.code) {
            kinds.push(finding.code.to_string());
        }
    }
    let rank = |code: &str| kinds.iter().position(|kind| kind == code);
    let mut ranked: Vec<(Option<usize>, Diagnostic)> =
        findings.into_iter().map(|finding| (rank(&finding.code), finding)).collect();
    ranked.sort_by(|(rank_a, a), (rank_b, b)| b.severity.cmp(&a.severity).then(rank_a.cmp(rank_b)));
    ranked.into_iter().map(|(_, finding)| finding).collect()
}

#[cfg(test)]
mod tests;
