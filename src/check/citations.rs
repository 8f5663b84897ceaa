//! Citations and the lists they cite: every number known, every document cited, every URL whole.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Citation, Document, Item, ItemStatus, List, key};
use crate::diagnostic::Diagnostic;

use super::url;

pub(super) fn findings(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for list in [List::Documents, List::Reports] {
        findings.extend(of_citations(catalog, list));
        findings.extend(of_list(catalog, list));
    }
    findings.extend(urls_in_cells(catalog));
    findings
}

fn citing(catalog: &Catalog, list: List) -> impl Iterator<Item = (&Item, &Citation)> {
    let citations = catalog.items.iter().flat_map(|item| item.citations.iter().map(move |citation| (item, citation)));
    citations.filter(move |(_, citation)| citation.list == list)
}

/// How a number is shown: with two digits, as the lists write it.
fn shown(number: u32) -> String {
    format!("{number:02}")
}

fn of_citations(catalog: &Catalog, list: List) -> Vec<Diagnostic> {
    let entries: BTreeMap<u32, &Document> = catalog.list(list).iter().map(|entry| (entry.number, entry)).collect();
    if entries.is_empty() {
        let count = citing(catalog, list).count();
        let without_list = Diagnostic::note("citations-without-list").arg("list", list.as_str()).arg("count", count);
        return if count == 0 { Vec::new() } else { vec![without_list] };
    }
    let last = entries.keys().next_back().copied().unwrap_or(0);
    let finding = |(item, citation): (&Item, &Citation)| {
        let finding = match entries.get(&citation.number) {
            None => Diagnostic::error("citation-dangling").arg("last", shown(last)),
            Some(entry) if entry.status == ItemStatus::Retired => Diagnostic::warning("citation-retired"),
            Some(_) => return None,
        };
        let finding = finding.at(&citation.at).arg("item", item.key.to_string());
        Some(finding.arg("list", list.as_str()).arg("number", shown(citation.number)))
    };
    citing(catalog, list).filter_map(finding).collect()
}

fn of_list(catalog: &Catalog, list: List) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let cited: BTreeSet<u32> = citing(catalog, list).map(|(_, citation)| citation.number).collect();
    let mut seen: BTreeMap<u32, &Document> = BTreeMap::new();
    let about = |code, entry: &Document| {
        Diagnostic::warning(code).at_all(entry.at.iter()).arg("list", list.as_str()).arg("number", shown(entry.number))
    };
    for entry in catalog.list(list) {
        if seen.insert(entry.number, entry).is_some() {
            findings.push(about("document-number-twice", entry));
        }
        if entry.status == ItemStatus::Active && entry.title.trim().is_empty() {
            findings.push(about("document-untitled", entry));
        }
        if let Some((address, fault)) = entry.url.as_deref().and_then(|address| Some((address, url::fault(address)?))) {
            findings.push(about("url-malformed", entry).arg("url", address).arg("fault", fault.as_str()));
        }
    }
    // Without a single citation nothing is known of the cells that cite, so nothing can be uncited.
    let uncited: Vec<&Document> = seen
        .values()
        .copied()
        .filter(|entry| !cited.is_empty() && entry.status == ItemStatus::Active && !cited.contains(&entry.number))
        .collect();
    if !uncited.is_empty() {
        let numbers: Vec<String> = uncited.iter().map(|entry| shown(entry.number)).collect();
        let finding = Diagnostic::note("documents-uncited").at_all(uncited.iter().flat_map(|entry| entry.at.iter()));
        findings.push(finding.arg("list", list.as_str()).arg("count", numbers.len()).arg("numbers", numbers));
    }
    findings
}

/// URLs written directly into the cells that cite.
fn urls_in_cells(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for key in [key::PUBLIC_DOCUMENTS, key::THIRD_PARTY] {
        let Some(index) = catalog.field_index(key) else { continue };
        for item in catalog.active() {
            let Some(value) = item.values.get(index).and_then(Option::as_ref) else { continue };
            let text = value.effective_text();
            for (address, fault) in url::in_text(&text).filter_map(|address| Some((address, url::fault(address)?))) {
                findings.push(
                    Diagnostic::warning("url-malformed")
                        .at_all(value.at.iter())
                        .arg("list", "cell")
                        .arg("number", item.key.to_string())
                        .arg("url", address)
                        .arg("fault", fault.as_str()),
                );
            }
        }
    }
    findings
}
