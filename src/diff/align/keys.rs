//! Items of the same key: the sheet where ids stand on several sheets, and the id.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::Arc;

use crate::catalog::{Catalog, Item};

use super::texts::Texts;

/// The pairs of items with the same key, each item at most once, in the old edition's order.
///
/// Sheets count by name; where a sheet was renamed or cut up, its items are looked for on the sheets that took most
/// of its ids, then anywhere the id stands once. Of a key that stands several times those of one text go together,
/// the others in their order.
pub(super) fn same(old: &Texts<'_>, new: &Texts<'_>) -> Vec<(usize, usize)> {
    let (olds, news) = (&old.catalog.items, &new.catalog.items);
    // Items of one key are chained: the first by key, each with the next.
    let mut first_new: HashMap<(Option<&str>, &str), usize> = HashMap::with_capacity(news.len());
    let mut next_new = vec![None; news.len()];
    for (index, item) in news.iter().enumerate().rev() {
        next_new[index] = first_new.insert(key_of(item), index);
    }
    let mut first_old = vec![None; news.len()];
    let mut next_old = vec![None; olds.len()];
    let (mut left, mut free) = (Vec::new(), Vec::new());
    for (index, item) in olds.iter().enumerate().rev() {
        match first_new.get(&key_of(item)) {
            Some(&partner) => next_old[index] = first_old[partner].replace(index),
            None => left.push(index),
        }
    }
    let mut pairs = Vec::with_capacity(olds.len());
    for &to in first_new.values() {
        match first_old[to] {
            None => free.extend(chain(Some(to), &next_new)),
            Some(from) if next_old[from].is_none() && next_new[to].is_none() => pairs.push((from, to)),
            Some(from) => {
                let chains = (chain(Some(from), &next_old).collect(), chain(Some(to), &next_new).collect());
                let (olds, news) = pair_repeated(chains, old, new, &mut pairs);
                left.extend(olds);
                free.extend(news);
            }
        }
    }
    if !left.is_empty() && !free.is_empty() {
        left.sort_unstable();
        free.sort_unstable();
        let across = across_sheets(old.catalog, &left, new.catalog, &free);
        let (from, to): (HashSet<usize>, HashSet<usize>) = across.iter().copied().unzip();
        left.retain(|index| !from.contains(index));
        free.retain(|index| !to.contains(index));
        pairs.extend(across);
        pairs.extend(but_for_zeros(olds, &left, news, &free));
    }
    pairs.sort_unstable();
    pairs
}

fn chain(first: Option<usize>, next: &[Option<usize>]) -> impl Iterator<Item = usize> {
    std::iter::successors(first, |&index| next[index])
}

/// Pairs the items of one key: those of one text, then the others in their order. Gives back who is left.
fn pair_repeated(
    (mut olds, mut news): (Vec<usize>, Vec<usize>),
    old: &Texts<'_>,
    new: &Texts<'_>,
    pairs: &mut Vec<(usize, usize)>,
) -> (Vec<usize>, Vec<usize>) {
    let mut by_text: HashMap<u64, VecDeque<usize>> = HashMap::new();
    for &to in &news {
        by_text.entry(new.hashes[to]).or_default().push_back(to);
    }
    let mut taken = HashSet::new();
    olds.retain(|&from| {
        let partner = by_text.get_mut(&old.hashes[from]).and_then(VecDeque::pop_front);
        pairs.extend(partner.map(|to| (from, to)));
        taken.extend(partner);
        partner.is_none()
    });
    news.retain(|to| !taken.contains(to));
    let in_order = olds.len().min(news.len());
    pairs.extend(olds.drain(..in_order).zip(news.drain(..in_order)));
    (olds, news)
}

/// Items whose ids differ in leading zeros alone (`3.1.1` and `03.01.01`), each such number standing once on both sides.
fn but_for_zeros(olds: &[Item], left: &[usize], news: &[Item], free: &[usize]) -> Vec<(usize, usize)> {
    let once = |items: &[Item], indices: &[usize]| {
        let mut places: HashMap<String, Option<usize>> = HashMap::new();
        for &index in indices {
            let id = without_zeros(&items[index].key.id);
            places.entry(id).and_modify(|place| *place = None).or_insert(Some(index));
        }
        places
    };
    let olds = once(olds, left);
    let pairs = once(news, free).into_iter().filter_map(|(id, to)| Some((olds.get(&id).copied()??, to?)));
    pairs.collect()
}

fn without_zeros(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    let mut chars = id.chars().peekable();
    while let Some(c) = chars.next() {
        let is_led = out.chars().next_back().is_some_and(|last| last.is_ascii_digit());
        let leads = c == '0' && !is_led && chars.peek().is_some_and(char::is_ascii_digit);
        if !leads {
            out.extend(c.to_lowercase());
        }
    }
    out
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
    let mut taken_old = HashSet::new();
    let mut taken_new = HashSet::new();
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
