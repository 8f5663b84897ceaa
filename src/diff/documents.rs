//! What became of the documents a reference lists, and of what its items cite.

use std::collections::BTreeMap;

use crate::catalog::{Catalog, Citation, Document, ItemStatus, List};
use crate::text::fold::notation_key;

use super::{DocumentDiff, ItemChange};

/// Compares both lists, number by number.
pub(super) fn compare(old: &Catalog, new: &Catalog) -> Vec<DocumentDiff> {
    [List::Documents, List::Reports].into_iter().flat_map(|list| compare_list(old, new, list)).collect()
}

fn compare_list(old: &Catalog, new: &Catalog, list: List) -> Vec<DocumentDiff> {
    let by_number = |catalog: &Catalog| -> BTreeMap<u32, Document> {
        // Of a number that stands twice the first entry counts; `check` says that it stands twice.
        catalog.list(list).iter().rev().map(|document| (document.number, document.clone())).collect()
    };
    let (mut olds, news) = (by_number(old), by_number(new));
    let mut diffs = Vec::new();
    for (number, document) in news {
        let before = olds.remove(&number);
        if let Some(change) = change(before.as_ref(), &document) {
            diffs.push(DocumentDiff { list, number, change, old: before, new: Some(document) });
        }
    }
    diffs.extend(olds.into_iter().map(|(number, document)| DocumentDiff {
        list,
        number,
        change: ItemChange::Removed,
        old: Some(document),
        new: None,
    }));
    diffs.sort_by_key(|diff| diff.number);
    diffs
}

fn change(old: Option<&Document>, new: &Document) -> Option<ItemChange> {
    let Some(old) = old else { return Some(ItemChange::Added) };
    match (old.status, new.status) {
        (ItemStatus::Active, ItemStatus::Retired) => return Some(ItemChange::Retired),
        (ItemStatus::Retired, ItemStatus::Active) => return Some(ItemChange::Restored),
        _ => {}
    }
    let differs = notation_key(&old.title) != notation_key(&new.title) || old.url != new.url;
    let notation = old.title != new.title;
    if differs { Some(ItemChange::Changed) } else { notation.then_some(ItemChange::Notation) }
}

/// Citations the first has and the second has not, each once.
pub(super) fn only_in(these: &[Citation], those: &[Citation]) -> Vec<Citation> {
    let same = |a: &Citation, b: &Citation| (a.list, a.number) == (b.list, b.number);
    let mut only: Vec<Citation> = Vec::new();
    for citation in these {
        if !those.iter().any(|other| same(citation, other)) && !only.iter().any(|other| same(citation, other)) {
            only.push(citation.clone());
        }
    }
    only
}
