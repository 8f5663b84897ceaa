//! The columns of two editions: which are the same, and what became of the others.

use std::collections::HashMap;

use crate::catalog::{Catalog, Field};
use crate::text::fold::heading_key;
use crate::text::suggest::likeness;

use super::direction::starts_from_new;
use super::{ColumnChange, DiffOptions};

/// A column of either or both editions, by its place in [`Catalog::fields`].
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) old: Option<usize>,
    pub(super) new: Option<usize>,
}

/// The columns that are compared, and what to say of them.
#[derive(Debug, Default)]
pub(super) struct Columns {
    /// The columns of the new edition in its order, then those only the old one has.
    pub(super) pairs: Vec<Pair>,
    pub(super) changes: Vec<ColumnChange>,
    /// The first column both have, under which the labels of rows are shown.
    pub(super) leading: Option<(usize, usize)>,
}

impl Columns {
    /// The columns both editions have.
    pub(super) fn common(&self) -> impl Iterator<Item = (usize, usize)> {
        self.pairs.iter().filter_map(|pair| Some((pair.old?, pair.new?)))
    }
}

/// Likeness two columns of different key need to be held to be one renamed.
const LEAST_LIKENESS: f64 = 0.5;
/// Values looked at in each column; columns longer than that are judged by an even sample.
const SAMPLE: usize = 2_000;

/// Aligns the columns: by key, by heading, then by what they say.
pub(super) fn align(old: &Catalog, new: &Catalog, options: &DiffOptions) -> Columns {
    let turned = |pairs: Vec<(usize, usize)>| pairs.into_iter().map(|(a, b)| (b, a)).collect();
    let starts_from_new = starts_from_new(old, new);
    let same = if starts_from_new { turned(same(new, old)) } else { same(old, new) };
    let partner = |to: usize| same.iter().find(|pair| pair.1 == to).map(|pair| pair.0);
    let is_gone = |from: &usize| !same.iter().any(|pair| pair.0 == *from);

    let both = (0..new.fields.len()).map(|to| Pair { old: partner(to), new: Some(to) });
    let gone = (0..old.fields.len()).filter(is_gone).map(|from| Pair { old: Some(from), new: None });
    let mut pairs: Vec<Pair> = both.chain(gone).collect();
    pairs.retain(|pair| {
        let fields = [pair.old.map(|from| &old.fields[from]), pair.new.map(|to| &new.fields[to])];
        let sides = || fields.iter().flatten();
        sides().any(|field| options.wants(field)) && !sides().any(|field| options.ignores(field))
    });
    let mut common: Vec<(usize, usize)> = pairs.iter().filter_map(|pair| Some((pair.old?, pair.new?))).collect();
    common.sort_unstable_by_key(|&(from, to)| if starts_from_new { (to, from) } else { (from, to) });
    let moved =
        if starts_from_new { turned(moved(&turned(common.clone()), new, old)) } else { moved(&common, old, new) };
    Columns { changes: changes(old, new, &pairs, &moved), leading: common.first().copied(), pairs }
}

/// The columns held to be the same, starting from the first of the two.
fn same(old: &Catalog, new: &Catalog) -> Vec<(usize, usize)> {
    let mut partner: Vec<Option<usize>> = vec![None; new.fields.len()];
    let mut taken = vec![false; old.fields.len()];
    let mut pair_by = |same: &dyn Fn(&Field, &Field) -> bool, partner: &mut Vec<Option<usize>>| {
        for (to, field) in new.fields.iter().enumerate() {
            let from = || (0..old.fields.len()).find(|&from| !taken[from] && same(&old.fields[from], field));
            if partner[to].is_none()
                && let Some(from) = from()
            {
                taken[from] = true;
                partner[to] = Some(from);
            }
        }
    };
    pair_by(&|a, b| a.key == b.key, &mut partner);
    pair_by(&|a, b| heading_key(&a.label) == heading_key(&b.label), &mut partner);
    pair_renamed(old, new, &mut taken, &mut partner);
    partner.iter().enumerate().filter_map(|(to, from)| Some(((*from)?, to))).collect()
}

fn pair_renamed(old: &Catalog, new: &Catalog, taken: &mut [bool], partner: &mut [Option<usize>]) {
    let free_old: Vec<usize> = (0..old.fields.len()).filter(|&from| !taken[from]).collect();
    let free_new: Vec<usize> = (0..new.fields.len()).filter(|&to| partner[to].is_none()).collect();
    if free_old.is_empty() || free_new.is_empty() {
        return;
    }
    let old_values: Vec<Values<'_>> = free_old.iter().map(|&from| Values::of(old, from)).collect();
    let new_values: Vec<Values<'_>> = free_new.iter().map(|&to| Values::of(new, to)).collect();
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for (a, &from) in free_old.iter().enumerate() {
        for (b, &to) in free_new.iter().enumerate() {
            let neighbours = neighbours_agree(from, to, old.fields.len(), new.fields.len(), partner);
            let headings = heading_likeness(&old.fields[from].label, &new.fields[to].label);
            // `CIS Controls`, now `CIS Controls v7.1`, in the same place: the same, whatever its cells say.
            let (shorter, longer) = (heading_key(&old.fields[from].label), heading_key(&new.fields[to].label));
            let goes_on = longer.starts_with(&shorter) || shorter.starts_with(&longer);
            let stays = neighbours == 1.0 && goes_on && shorter.chars().count().min(longer.chars().count()) >= 4;
            let place = 0.15 * neighbours + if stays { LEAST_LIKENESS } else { 0.0 };
            scored.push((old_values[a].likeness(&new_values[b]) + 0.3 * headings + place, from, to));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (score, from, to) in scored {
        if score >= LEAST_LIKENESS && !taken[from] && partner[to].is_none() {
            taken[from] = true;
            partner[to] = Some(from);
        }
    }
}

fn heading_likeness(old: &str, new: &str) -> f64 {
    likeness(&heading_key(old), &heading_key(new))
}

/// 1 where both neighbours are a pair as well (an edge pairs with an edge), 0.5 where one is, else 0.
fn neighbours_agree(from: usize, to: usize, olds: usize, news: usize, partner: &[Option<usize>]) -> f64 {
    let before = if to == 0 { from == 0 } else { from > 0 && partner[to - 1] == Some(from - 1) };
    let after = if to + 1 == news { from + 1 == olds } else { partner[to + 1] == Some(from + 1) };
    (f64::from(u8::from(before)) + f64::from(u8::from(after))) / 2.0
}

/// What a column says, without regard to the items: each distinct text with how often it stands there.
struct Values<'a> {
    counts: HashMap<&'a str, usize>,
    total: usize,
}

impl<'a> Values<'a> {
    fn of(catalog: &'a Catalog, column: usize) -> Self {
        let step = catalog.items.len().div_ceil(SAMPLE).max(1);
        let values = catalog.items.iter().step_by(step).filter_map(|item| item.values.get(column)?.as_ref());
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut total = 0;
        for value in values {
            *counts.entry(value.text.as_str()).or_default() += 1;
            total += 1;
        }
        Self { counts, total }
    }

    /// The share of values both columns have, 0.0 to 1.0, worth less where a few words make up all of it.
    fn likeness(&self, other: &Self) -> f64 {
        let most = self.total.max(other.total);
        if most == 0 {
            return 0.0;
        }
        let common: usize =
            self.counts.iter().map(|(text, count)| *count.min(other.counts.get(text).unwrap_or(&0))).sum();
        let distinct = self.counts.len().min(other.counts.len());
        let trust = if distinct >= 10 { 1.0 } else { 0.3 + 0.07 * distinct as f64 };
        common as f64 / most as f64 * trust
    }
}

fn changes(old: &Catalog, new: &Catalog, pairs: &[Pair], moved: &[(usize, usize)]) -> Vec<ColumnChange> {
    let label = |catalog: &Catalog, index: usize| catalog.fields[index].label.clone();
    let mut changes = Vec::new();
    for pair in pairs {
        match (pair.old, pair.new) {
            (Some(from), Some(to)) => {
                let (old_label, new_label) = (label(old, from), label(new, to));
                if heading_key(&old_label) != heading_key(&new_label) {
                    changes.push(ColumnChange::Renamed { old: old_label.clone(), new: new_label.clone() });
                }
                if moved.contains(&(from, to)) {
                    changes.push(ColumnChange::Moved { old: old_label, new: new_label });
                }
            }
            (None, Some(to)) => changes.push(ColumnChange::Added { new: label(new, to) }),
            (Some(from), None) => changes.push(ColumnChange::Removed { old: label(old, from) }),
            (None, None) => {}
        }
    }
    changes
}

/// The columns outside the heaviest run that kept its order; a renamed column is the first to be called moved.
fn moved(common: &[(usize, usize)], old: &Catalog, new: &Catalog) -> Vec<(usize, usize)> {
    let weight = |&(from, to): &(usize, usize)| {
        if heading_key(&old.fields[from].label) == heading_key(&new.fields[to].label) { 10u32 } else { 9 }
    };
    let mut best: Vec<(u32, Option<usize>)> = Vec::with_capacity(common.len());
    for (index, pair) in common.iter().enumerate() {
        let before = (0..index).filter(|&before| common[before].1 < pair.1);
        let last = before.max_by_key(|&before| (best[before].0, std::cmp::Reverse(before)));
        best.push((weight(pair) + last.map_or(0, |last| best[last].0), last));
    }
    let mut kept = vec![false; common.len()];
    let mut at = (0..common.len()).max_by_key(|&index| (best[index].0, std::cmp::Reverse(index)));
    while let Some(index) = at {
        kept[index] = true;
        at = best[index].1;
    }
    common.iter().zip(kept).filter(|(_, kept)| !kept).map(|(&pair, _)| pair).collect()
}
