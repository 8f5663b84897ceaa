//! Items cut up into several, and items joined into one, told by where their wording went.
//!
//! Looked for last, among items without a counterpart: the wording of a new item that an old one lost, and the other
//! way round. Only what accounts for nearly all of the wording counts; a sentence borrowed is no split.

use std::collections::{BTreeMap, HashMap};

use super::super::Evidence;
use super::found::{Finder, Profiles};
use super::likeness::{Index, Profile};
use super::{Pairing, Partners};
use crate::catalog::ItemKey;

/// Share of a part's wording that has to come from the whole, and of the whole's that has to be in its parts.
const LEAST_OF_PART: f32 = 0.75;
const LEAST_OF_WHOLE: f32 = 0.75;
/// The same for a part whose number branches off the whole's (実14 to 実14-1): both were edited while being cut up.
const LEAST_OF_BRANCH: f32 = 0.33;
/// Share of its own and of the whole's wording that each part has to have from the whole for itself.
const LEAST_SHARE: f32 = 0.1;
/// Bytes a part must say (about twenty Japanese characters).
const SUBSTANCE: usize = 60;
/// Wholes looked at for each part.
const CANDIDATES: usize = 3;
/// Items without a counterpart from which nothing is looked for: the editions have little to do with each other.
const MOST_FREE: usize = 5_000;

/// Pairs the parts with their whole: what was split, then what was merged.
pub(super) fn find(finder: &Finder<'_>, profiles: &Profiles, partners: &mut Partners) {
    let free = |is_free: &dyn Fn(usize) -> bool, count: usize, lengths: &[usize]| -> Vec<usize> {
        (0..count).filter(|&index| is_free(index) && lengths[index] >= SUBSTANCE).collect()
    };
    let olds = free(&|index| partners.old_is_free(index), partners.old.len(), &finder.old_texts.lengths);
    let news = free(&|index| partners.new_is_free(index), partners.new.len(), &finder.new_texts.lengths);
    let branches = |whole: usize, part: usize| is_branch(&finder.old.items[whole].key, &finder.new.items[part].key);
    let splits = divided(&profiles.old, &profiles.new, &news, |whole| partner(finder, partners, whole), branches);
    for (whole, parts) in &splits {
        let first = partner(finder, partners, *whole).is_none();
        settle(parts, first, |part, is_first| {
            let pairing = Pairing { split: true, ..Pairing::pair(*whole, part, Evidence::Likeness) };
            partners.divide(pairing, is_first);
        });
    }
    let back = |partners: &Partners, whole: usize| partners.new[whole].filter(|&from| finder.old_texts.is_active(from));
    let olds: Vec<usize> = olds.into_iter().filter(|&index| partners.old_is_undivided(index)).collect();
    let branches = |whole: usize, part: usize| is_branch(&finder.new.items[whole].key, &finder.old.items[part].key);
    let merges = divided(&profiles.new, &profiles.old, &olds, |whole| back(partners, whole), branches);
    for (whole, parts) in &merges {
        if !partners.new_is_undivided(*whole) {
            continue;
        }
        let first = back(partners, *whole).is_none();
        settle(parts, first, |part, is_first| {
            let pairing = Pairing { merged: true, ..Pairing::pair(part, *whole, Evidence::Likeness) };
            partners.divide(pairing, is_first);
        });
    }
}

/// The item a whole goes on as; a number listed as 欠番 is none.
fn partner(finder: &Finder<'_>, partners: &Partners, whole: usize) -> Option<usize> {
    partners.old[whole].filter(|&to| finder.new_texts.is_active(to))
}

/// Whether a number is another one with something behind it: 実14-1 of 実14, AC-2(1) of AC-2.
fn is_branch(whole: &ItemKey, part: &ItemKey) -> bool {
    let behind = part.id.strip_prefix(&*whole.id).filter(|_| whole.sheet == part.sheet);
    behind.is_some_and(|behind| behind.starts_with(|c: char| !c.is_alphanumeric()))
}

fn settle(parts: &[usize], first_pairs: bool, mut pair: impl FnMut(usize, bool)) {
    for (place, &part) in parts.iter().enumerate() {
        pair(part, first_pairs && place == 0);
    }
}

/// The wholes with their parts among the free items, each part once, in order.
fn divided(
    wholes: &HashMap<usize, Profile>,
    parts: &HashMap<usize, Profile>,
    free: &[usize],
    partner: impl Fn(usize) -> Option<usize>,
    branches: impl Fn(usize, usize) -> bool,
) -> BTreeMap<usize, Vec<usize>> {
    let mut by_whole: BTreeMap<usize, Vec<(f32, usize)>> = BTreeMap::new();
    if free.is_empty() || free.len() > MOST_FREE {
        return BTreeMap::new();
    }
    let mut indices: Vec<usize> = wholes.keys().copied().collect();
    indices.sort_unstable();
    let index = Index::of(indices.iter().map(|index| (*index, &wholes[index])));
    for &part in free {
        let Some(profile) = parts.get(&part) else { continue };
        let shares = index.nearest(profile, CANDIDATES).into_iter().map(|whole| {
            let kept = partner(whole).and_then(|to| parts.get(&to));
            (drawn_from(profile, &wholes[&whole], kept), whole)
        });
        let shares: Vec<(f32, usize)> = shares.collect();
        let best = |least: f32, may: &dyn Fn(usize) -> bool| {
            let enough = shares.iter().copied().filter(|&(share, whole)| share >= least && may(whole));
            enough.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        };
        let found = best(LEAST_OF_PART, &|_| true).or_else(|| best(LEAST_OF_BRANCH, &|whole| branches(whole, part)));
        if let Some((share, whole)) = found {
            by_whole.entry(whole).or_default().push((share, part));
        }
    }
    let checked = |(whole, found): (usize, Vec<(f32, usize)>)| {
        let found = accounted(&wholes[&whole], found, partner(whole).map(|to| parts.get(&to)), parts)?;
        Some((whole, found))
    };
    by_whole.into_iter().filter_map(checked).collect()
}

/// The share of a part's wording that comes from the whole; what it has in common with the part the whole goes on as
/// (a heading over both, say) speaks neither for it nor against.
fn drawn_from(part: &Profile, whole: &Profile, kept: Option<&Profile>) -> f32 {
    let own = part.share_in(whole, kept.as_slice());
    let apart = 1.0 - kept.map_or(0.0, |kept| part.share_in(kept, &[]));
    if own < LEAST_SHARE { 0.0 } else { own / apart.max(own) }
}

/// The parts, if together with what the whole goes on as they account for it and each adds to it. The share of the
/// whole a part has for itself is weighed in the whole's own wording.
fn accounted(
    whole: &Profile,
    found: Vec<(f32, usize)>,
    goes_on: Option<Option<&Profile>>,
    parts: &HashMap<usize, Profile>,
) -> Option<Vec<usize>> {
    let mut pieces: Vec<&Profile> = Vec::new();
    let mut covered = 0.0;
    if let Some(kept) = goes_on {
        let kept = kept?;
        covered = whole.share_in(kept, &[]);
        if covered < LEAST_SHARE || kept.share_in(whole, &[]) < 0.5 {
            return None;
        }
        pieces.push(kept);
    }
    let mut members = Vec::new();
    for (_, part) in found {
        let own = whole.share_in(&parts[&part], &pieces);
        if own >= LEAST_SHARE {
            covered += own;
            pieces.push(&parts[&part]);
            members.push(part);
        }
    }
    (pieces.len() >= 2 && !members.is_empty() && covered >= LEAST_OF_WHOLE).then_some(members)
}
