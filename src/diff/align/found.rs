//! Pairs found by the texts: exact ones first, then the likeliest, the number as a prior and the neighbours as support.

use std::collections::{HashMap, HashSet};

use crate::catalog::Catalog;

use super::super::Evidence;
use super::Partners;
use super::likeness::{Grams, Index, Profile, Rarity};
use super::texts::Texts;

/// Bytes an item must say for its text alone to tell it from the others (about twelve Japanese characters).
const SUBSTANCE: usize = 36;
/// Likeness from which a pair of one number is not looked at again.
const SURE: f32 = 0.9;
/// What the number is worth where numbers are stable, on the scale of likeness.
const PRIOR: f32 = 0.25;
/// Likeness a pair of two numbers needs: alone, and where both neighbours stand likewise.
const LEAST: f32 = 0.62;
const LEAST_SUPPORTED: f32 = 0.4;
/// Likeness a pair of one number needs where numbers are known to have shifted.
const LEAST_SHIFTED: f32 = 0.45;
/// Share of unchanged items that kept their number from which numbers count as stable.
const STABLE: f32 = 0.97;
/// Candidates looked at for each item.
const CANDIDATES: usize = 5;

pub(super) struct Finder<'a> {
    pub(super) old: &'a Catalog,
    pub(super) new: &'a Catalog,
    pub(super) old_texts: Texts<'a>,
    pub(super) new_texts: Texts<'a>,
    /// The item of the same key, old to new.
    pub(super) keyed: HashMap<usize, usize>,
    /// The same, new to old.
    pub(super) keyed_back: HashMap<usize, usize>,
}

impl Finder<'_> {
    /// Pairs items of one key and one text: nothing speaks against them.
    pub(super) fn pair_unchanged(&self, partners: &mut Partners) {
        for (&from, &to) in &self.keyed {
            if partners.is_free(from, to) && self.old_texts.hashes[from] == self.new_texts.hashes[to] {
                partners.pair(from, to, Evidence::Id);
            }
        }
    }

    /// Pairs items of two keys whose text stands once in each edition and says enough to be theirs alone.
    pub(super) fn pair_same_text(&self, partners: &mut Partners) {
        let free_old: Vec<usize> = (0..self.old.items.len()).filter(|&index| self.may_find(partners, index)).collect();
        if free_old.is_empty() {
            return;
        }
        // Some(index) where the text stands once, None where it stands more often.
        let mut once: HashMap<u64, Option<usize>> = HashMap::new();
        for index in (0..self.new.items.len()).filter(|&index| partners.new_is_free(index)) {
            if self.new_texts.is_active(index) && self.new_texts.lengths[index] >= SUBSTANCE {
                once.entry(self.new_texts.hashes[index]).and_modify(|seen| *seen = None).or_insert(Some(index));
            }
        }
        let mut taken: HashMap<usize, Option<usize>> = HashMap::new();
        for &from in &free_old {
            if let Some(Some(to)) = once.get(&self.old_texts.hashes[from]) {
                taken.entry(*to).and_modify(|seen| *seen = None).or_insert(Some(from));
            }
        }
        let mut pairs: Vec<(usize, usize)> = taken.into_iter().filter_map(|(to, from)| Some((from?, to))).collect();
        pairs.sort_unstable();
        for (from, to) in pairs {
            partners.pair(from, to, self.evidence(from, to, 1.0, 0));
        }
    }

    fn may_find(&self, partners: &Partners, index: usize) -> bool {
        partners.old_is_free(index) && self.old_texts.is_active(index) && self.old_texts.lengths[index] >= SUBSTANCE
    }

    /// Pairs what is left, the surest first. Gives the profiles it took, if anything was left on both sides.
    pub(super) fn pair_alike(&self, partners: &mut Partners) -> Option<Profiles> {
        self.pair_where_only_the_number_speaks(partners);
        let old_left: Vec<usize> = (0..self.old.items.len()).filter(|&index| partners.old_is_free(index)).collect();
        let new_left: Vec<usize> = (0..self.new.items.len()).filter(|&index| partners.new_is_free(index)).collect();
        if old_left.is_empty() || new_left.is_empty() {
            return None;
        }
        let stability = Stability::of(self, partners);
        let profiles = Profiles::of(self, &old_left, &new_left);
        self.pair_candidates(partners, &profiles, &stability);
        Some(profiles)
    }

    fn pair_candidates(&self, partners: &mut Partners, profiles: &Profiles, stability: &Stability) {
        self.pair_sure(partners, profiles, stability);
        let mut candidates = self.candidates(partners, profiles, stability);
        // Twice: what the first round settles supports its neighbours in the second.
        for least in [0.8, 0.0] {
            self.score(&mut candidates, partners, stability);
            for candidate in &candidates {
                if candidate.score >= least
                    && candidate.is_enough(least > 0.0)
                    && partners.is_free(candidate.old, candidate.new)
                {
                    let evidence = self.evidence(candidate.old, candidate.new, candidate.likeness, candidate.support);
                    partners.pair(candidate.old, candidate.new, evidence);
                }
            }
        }
    }

    /// An item that says next to nothing, or is 欠番 on one side, goes by its number.
    fn pair_where_only_the_number_speaks(&self, partners: &mut Partners) {
        for (&from, &to) in &self.keyed {
            let little = self.old_texts.lengths[from].min(self.new_texts.lengths[to]) < SUBSTANCE;
            let retired = !self.old_texts.is_active(from) || !self.new_texts.is_active(to);
            if (little || retired) && partners.is_free(from, to) {
                partners.pair(from, to, Evidence::Id);
            }
        }
    }

    /// Pairs of one number and nearly one text, where numbers did not shift.
    fn pair_sure(&self, partners: &mut Partners, profiles: &Profiles, stability: &Stability) {
        for (&from, &to) in &self.keyed {
            if partners.is_free(from, to)
                && profiles.likeness(from, to) >= SURE
                && stability.of_item(self.old, from) >= STABLE
            {
                partners.pair(from, to, Evidence::Id);
            }
        }
    }

    fn candidates(&self, partners: &Partners, profiles: &Profiles, stability: &Stability) -> Vec<Candidate> {
        let mut pairs: HashSet<(usize, usize)> = HashSet::new();
        let old_left: Vec<usize> = profiles.old_indices().filter(|&index| partners.old_is_free(index)).collect();
        let new_left: Vec<usize> = profiles.new_indices().filter(|&index| partners.new_is_free(index)).collect();
        let new_index = Index::of(new_left.iter().map(|&index| (index, &profiles.new[&index])));
        let old_index = Index::of(old_left.iter().map(|&index| (index, &profiles.old[&index])));
        for &from in &old_left {
            let near = new_index.nearest(&profiles.old[&from], CANDIDATES);
            pairs.extend(near.into_iter().map(|to| (from, to)));
            pairs.extend(beside(from, &partners.old).map(|to| (from, to)));
            pairs.extend(self.keyed.get(&from).map(|&to| (from, to)));
        }
        for &to in &new_left {
            let near = old_index.nearest(&profiles.new[&to], CANDIDATES);
            pairs.extend(near.into_iter().map(|from| (from, to)));
            pairs.extend(beside(to, &partners.new).map(|from| (from, to)));
        }
        // A neighbour may stand beyond the last item.
        let is_left = |&(from, to): &(usize, usize)| {
            profiles.old.contains_key(&from) && profiles.new.contains_key(&to) && partners.is_free(from, to)
        };
        let candidate = |(from, to): (usize, usize)| {
            let is_keyed = self.keyed.get(&from) == Some(&to);
            let stable = stability.of_item(self.old, from) >= STABLE;
            let likeness = profiles.likeness(from, to);
            // A number given up for another text must be given up for good reason.
            let gives_up_number = !is_keyed
                && stable
                && (self.keyed.get(&from).is_some_and(|&other| partners.new_is_free(other))
                    || self.keyed_back.get(&to).is_some_and(|&other| partners.old_is_free(other)));
            Candidate {
                old: from,
                new: to,
                likeness,
                is_keyed,
                stable,
                gives_up_number,
                background: profiles.background,
                support: 0,
                score: 0.0,
            }
        };
        let mut candidates: Vec<Candidate> = pairs.into_iter().filter(is_left).map(candidate).collect();
        candidates.sort_unstable_by_key(|candidate| (candidate.old, candidate.new));
        candidates
    }

    fn score(&self, candidates: &mut [Candidate], partners: &Partners, stability: &Stability) {
        for candidate in candidates.iter_mut() {
            candidate.support = support(candidate.old, candidate.new, partners);
            let prior = if candidate.is_keyed { PRIOR * stability.of_item(self.old, candidate.old) } else { 0.0 };
            candidate.score = candidate.likeness + prior + 0.08 * f32::from(candidate.support);
        }
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.old, a.new).cmp(&(b.old, b.new))));
    }

    fn evidence(&self, from: usize, to: usize, likeness: f32, support: u8) -> Evidence {
        if self.old.items[from].key.id == self.new.items[to].key.id {
            Evidence::Id
        } else if self.old_texts.hashes[from] == self.new_texts.hashes[to] {
            Evidence::Text
        } else if likeness < LEAST && support == 2 {
            Evidence::Neighbours
        } else {
            Evidence::Likeness
        }
    }
}

/// Where an item would stand in the other edition if it had moved as its neighbours did.
fn beside(index: usize, partners: &[Option<usize>]) -> impl Iterator<Item = usize> {
    const NEAR: usize = 8;
    let before = (1..=NEAR.min(index)).find_map(|by| Some(partners[index - by]? + by));
    let after = (1..=NEAR).find_map(|by| partners.get(index + by).copied().flatten()?.checked_sub(by));
    [before, after].into_iter().flatten()
}

/// How many of an item's two neighbours are paired with the neighbours of the other, 0 to 2.
fn support(from: usize, to: usize, partners: &Partners) -> u8 {
    let before = from > 0 && to > 0 && partners.old[from - 1] == Some(to - 1);
    let after = partners.old.get(from + 1).copied().flatten() == Some(to + 1);
    u8::from(before) + u8::from(after)
}

struct Candidate {
    old: usize,
    new: usize,
    likeness: f32,
    is_keyed: bool,
    /// Whether numbers are stable around it.
    stable: bool,
    gives_up_number: bool,
    /// How alike any two items of these editions are.
    background: f32,
    support: u8,
    score: f32,
}

impl Candidate {
    fn is_enough(&self, first_round: bool) -> bool {
        if self.is_keyed {
            // A rewritten item keeps its number, unless numbers are known to shift.
            let least = LEAST_SHIFTED.max(self.background);
            return if self.stable { !first_round || self.likeness >= SURE } else { self.likeness >= least };
        }
        let least = if self.support == 2 { LEAST_SUPPORTED } else { LEAST }.max(self.background);
        self.likeness >= least && (!self.gives_up_number || self.likeness >= SURE || self.support > 0)
    }
}

/// How far numbers can be trusted, group by group: the share of unchanged items that kept theirs.
struct Stability {
    by_group: HashMap<String, (u32, u32)>,
    all: (u32, u32),
}

impl Stability {
    fn of(finder: &Finder<'_>, partners: &Partners) -> Self {
        let mut stability = Self { by_group: HashMap::new(), all: (0, 0) };
        for (from, to) in partners.old.iter().enumerate() {
            let Some(to) = *to else { continue };
            if finder.old_texts.hashes[from] != finder.new_texts.hashes[to] {
                continue;
            }
            let kept = u32::from(finder.old.items[from].key.id == finder.new.items[to].key.id);
            let group = stability.by_group.entry(group(finder.old, from)).or_default();
            for counts in [group, &mut stability.all] {
                counts.0 += kept;
                counts.1 += 1;
            }
        }
        stability
    }

    fn of_item(&self, old: &Catalog, index: usize) -> f32 {
        const ENOUGH: u32 = 5;
        let counts = self.by_group.get(&group(old, index)).filter(|counts| counts.1 >= ENOUGH).unwrap_or(&self.all);
        if counts.1 == 0 { 1.0 } else { counts.0 as f32 / counts.1 as f32 }
    }
}

/// The group of an item, or, without groups, the letters its id begins with.
fn group(catalog: &Catalog, index: usize) -> String {
    let item = &catalog.items[index];
    match &item.group {
        Some(group) => group.to_string(),
        None => item.key.id.chars().take_while(|c| !c.is_numeric()).collect(),
    }
}

/// The items that are left, as profiles.
pub(super) struct Profiles {
    pub(super) old: HashMap<usize, Profile>,
    pub(super) new: HashMap<usize, Profile>,
    /// What two items are alike that have nothing to do with each other: mean and three deviations.
    background: f32,
}

impl Profiles {
    fn of(finder: &Finder<'_>, old_left: &[usize], new_left: &[usize]) -> Self {
        // Some of the settled items as well, so that the wording all items share counts as common.
        const SAMPLE: usize = 200;
        let sampled = |count: usize| (0..count).step_by(count.div_ceil(SAMPLE).max(1));
        let sample: Vec<Grams> = sampled(finder.old.items.len()).map(|index| finder.old_texts.grams(index)).collect();
        let grams_of = |texts: &Texts<'_>, left: &[usize]| -> Vec<(usize, Grams)> {
            let is_known = |&&index: &&usize| texts.lengths[index] >= SUBSTANCE && texts.is_active(index);
            left.iter().filter(is_known).map(|&index| (index, texts.grams(index))).collect()
        };
        let old = grams_of(&finder.old_texts, old_left);
        let new = grams_of(&finder.new_texts, new_left);
        let left = old.iter().chain(&new).map(|(_, grams)| grams);
        let rarity = Rarity::of(left.chain(&sample));
        let profiled = |grams: Vec<(usize, Grams)>| -> HashMap<usize, Profile> {
            grams.into_iter().map(|(index, grams)| (index, rarity.profile(&grams))).collect()
        };
        let sample: Vec<Profile> = sample.iter().map(|grams| rarity.profile(grams)).collect();
        Self { background: background(&sample), old: profiled(old), new: profiled(new) }
    }

    fn likeness(&self, from: usize, to: usize) -> f32 {
        match (self.old.get(&from), self.new.get(&to)) {
            (Some(old), Some(new)) => old.likeness(new),
            _ => 0.0,
        }
    }

    fn old_indices(&self) -> impl Iterator<Item = usize> {
        let mut indices: Vec<usize> = self.old.keys().copied().collect();
        indices.sort_unstable();
        indices.into_iter()
    }

    fn new_indices(&self) -> impl Iterator<Item = usize> {
        let mut indices: Vec<usize> = self.new.keys().copied().collect();
        indices.sort_unstable();
        indices.into_iter()
    }
}

fn background(sample: &[Profile]) -> f32 {
    let count = sample.len();
    if count < 8 {
        return 0.0;
    }
    let pairs = (0..count).map(|index| sample[index].likeness(&sample[(index + count / 3 + 1) % count]));
    let values: Vec<f32> = pairs.collect();
    let mean = values.iter().sum::<f32>() / count as f32;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / count as f32;
    // Editions of many near-duplicates have no background to tell from.
    (mean + 3.0 * variance.sqrt()).min(0.8)
}
