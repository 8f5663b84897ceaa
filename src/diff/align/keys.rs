//! Items of the same key: the sheet where ids stand on several sheets, and the id.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::catalog::{Catalog, Item};

/// The pairs of items with the same key, each item at most once, in the old edition's order.
///
/// Sheets count by name; where a sheet was renamed or cut up, its items are looked for on the sheets that took most
/// of its ids, then anywhere the id stands once. Of a key that stands several times the first goes with the first.
pub(super) fn same(old: &Catalog, new: &Catalog) -> Vec<(usize, usize)> {
    let mut by_key: HashMap<(Option<&str>, &str), Vec<usize>> = HashMap::with_capacity(new.items.len());
    for (index, item) in new.items.iter().enumerate().rev() {
        by_key.entry(key_of(item)).or_default().push(index);
    }
    let mut pairs = Vec::with_capacity(old.items.len());
    let mut left = Vec::new();
    for (index, item) in old.items.iter().enumerate() {
        match by_key.get_mut(&key_of(item)).and_then(Vec::pop) {
            Some(partner) => pairs.push((index, partner)),
            None => left.push(index),
        }
    }
    let mut free: Vec<usize> = by_key.into_values().flatten().collect();
    free.sort_unstable();
    if !left.is_empty() && !free.is_empty() {
        pairs.extend(across_sheets(old, &left, new, &free));
        pairs.sort_unstable();
    }
    pairs
}

fn key_of(item: &Item) -> (Option<&str>, &str) {
    (item.key.sheet.as_deref(), &item.key.id)
}

fn sheet_of(item: &Item) -> &str {
    match (&item.key.sheet, item.at.first()) {
        (Some(sheet), _) => sheet,
        (None, Some(place)) => &place.sheet,
        (None, None) => "",
    }
}

fn across_sheets(old: &Catalog, left: &[usize], new: &Catalog, free: &[usize]) -> Vec<(usize, usize)> {
    let mut by_id: HashMap<&Arc<str>, Vec<usize>> = HashMap::new();
    for &index in free {
        by_id.entry(&new.items[index].key.id).or_default().push(index);
    }
    // How many ids each old sheet shares with each new one, over the items whose sheet is not found again.
    let mut shared: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for &index in left {
        let item = &old.items[index];
        for &candidate in by_id.get(&item.key.id).into_iter().flatten() {
            *shared.entry((sheet_of(item), sheet_of(&new.items[candidate]))).or_default() += 1;
        }
    }
    let votes = |from: usize, to: usize| {
        shared.get(&(sheet_of(&old.items[from]), sheet_of(&new.items[to]))).copied().unwrap_or(0)
    };
    let candidates = left
        .iter()
        .flat_map(|&from| by_id.get(&old.items[from].key.id).into_iter().flatten().map(move |&to| (from, to)));
    let mut candidates: Vec<(usize, usize)> = candidates.collect();
    candidates.sort_by_key(|&(from, to)| (std::cmp::Reverse(votes(from, to)), from, to));
    let mut taken_old = std::collections::HashSet::new();
    let mut taken_new = std::collections::HashSet::new();
    candidates.retain(|&(from, to)| {
        let free = !taken_old.contains(&from) && !taken_new.contains(&to);
        if free {
            taken_old.insert(from);
            taken_new.insert(to);
        }
        free
    });
    candidates
}
