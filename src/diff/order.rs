//! The order items are shown in, and which of them changed their place.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::catalog::{Catalog, Item, ItemStatus};

use super::align::Pairing;
use super::direction::starts_from_new;

/// The sheet of an item's key, where it needs one.
type Sheet<'a> = Option<&'a Arc<str>>;

/// A pairing in its place.
#[derive(Clone, Debug)]
pub(super) struct Arranged {
    pub(super) pairing: Pairing,
    /// Whether the item stands elsewhere among its neighbours.
    pub(super) moved: bool,
}

/// Puts pairings into the new edition's order, removed ones behind their old neighbour, and tells who moved.
pub(super) fn arranged(mut pairings: Vec<Pairing>, old: &Catalog, new: &Catalog) -> Vec<Arranged> {
    let moved = moved(&pairings, old, new);
    pairings.sort_by_key(|pairing| (pairing.new.is_none(), pairing.new, pairing.old));
    let kept = pairings.partition_point(|pairing| pairing.new.is_some());
    let mut place_of_old: HashMap<usize, usize> = HashMap::new();
    for (place, pairing) in pairings[..kept].iter().enumerate() {
        if let Some(index) = pairing.old {
            place_of_old.entry(index).or_insert(place + 1);
        }
    }
    // Behind which place (0: before all) each removed item goes: behind its old neighbour, removed or not.
    let mut followers: Vec<Vec<Pairing>> = vec![Vec::new(); kept + 1];
    for pairing in &pairings[kept..] {
        let index = pairing.old.expect("a pairing without a new side has an old one");
        let place = index.checked_sub(1).and_then(|before| place_of_old.get(&before).copied()).unwrap_or(0);
        place_of_old.insert(index, place);
        followers[place].push(pairing.clone());
    }
    let mut out: Vec<Pairing> = std::mem::take(&mut followers[0]);
    for (place, pairing) in pairings.drain(..kept).enumerate() {
        out.push(pairing);
        out.append(&mut followers[place + 1]);
    }
    let arranged = |pairing: Pairing| {
        let moved = pairing.old.zip(pairing.new).is_some_and(|pair| moved.contains(&pair));
        Arranged { pairing, moved }
    };
    out.into_iter().map(arranged).collect()
}

fn sheet(item: &Item) -> Option<&Arc<str>> {
    item.at.first().map(|place| &place.sheet)
}

/// The pairs that do not stand in the longest run that kept its order; sheet by sheet, as sheets are put in another
/// order without anything in them moving. An item that went to another sheet has moved, unless its old sheet is gone
/// and its new one has just come.
fn moved(pairings: &[Pairing], old: &Catalog, new: &Catalog) -> HashSet<(usize, usize)> {
    let old_sheets: HashSet<&Arc<str>> = old.items.iter().filter_map(sheet).collect();
    let new_sheets: HashSet<&Arc<str>> = new.items.iter().filter_map(sheet).collect();
    let mut moved = HashSet::new();
    let mut by_sheets: BTreeMap<(Sheet<'_>, Sheet<'_>), Vec<(usize, usize)>> = BTreeMap::new();
    let mut seen_old = HashSet::new();
    let mut seen_new = HashSet::new();
    for pairing in pairings {
        let (Some(from), Some(to)) = (pairing.old, pairing.new) else { continue };
        // A number that is 欠番 has no place to move from or to. Of an item split or merged the first pair tells it.
        if [&old.items[from], &new.items[to]].iter().any(|item| item.status == ItemStatus::Retired) {
            continue;
        }
        if !seen_old.insert(from) || !seen_new.insert(to) {
            continue;
        }
        let (old_sheet, new_sheet) = (sheet(&old.items[from]), sheet(&new.items[to]));
        let sheets_tell = old.items[from].key.sheet.is_some() && new.items[to].key.sheet.is_some();
        let stays = |sheet: Sheet<'_>, others: &HashSet<&Arc<str>>| sheet.is_some_and(|name| others.contains(name));
        if sheets_tell && old_sheet != new_sheet && (stays(old_sheet, &new_sheets) || stays(new_sheet, &old_sheets)) {
            moved.insert((from, to));
        } else {
            by_sheets.entry((old_sheet, new_sheet)).or_default().push((from, to));
        }
    }
    let starts_from_new = starts_from_new(old, new);
    for mut pairs in by_sheets.into_values() {
        let sides = |&(from, to): &(usize, usize)| if starts_from_new { (from, to) } else { (to, from) };
        pairs.sort_unstable_by_key(sides);
        let others: Vec<usize> = pairs.iter().map(|pair| sides(pair).1).collect();
        let kept = longest_rise(&others);
        moved.extend(pairs.iter().zip(kept).filter(|(_, kept)| !kept).map(|(&pair, _)| pair));
    }
    moved
}

/// Marks a longest strictly rising subsequence.
pub(super) fn longest_rise(values: &[usize]) -> Vec<bool> {
    // tails[k]: place of the least last value of a rising run of k + 1.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (place, &value) in values.iter().enumerate() {
        let length = tails.partition_point(|&tail| values[tail] < value);
        before.push(length.checked_sub(1).map(|last| tails[last]));
        if length == tails.len() { tails.push(place) } else { tails[length] = place }
    }
    let mut kept = vec![false; values.len()];
    let mut at = tails.last().copied();
    while let Some(place) = at {
        kept[place] = true;
        at = before[place];
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rise_leaves_out_what_moved() {
        let kept = longest_rise(&[0, 3, 4, 5, 1, 2, 6]);
        assert_eq!(kept, [true, true, true, true, false, false, true]);
        assert_eq!(longest_rise(&[]), [false; 0]);
    }
}
