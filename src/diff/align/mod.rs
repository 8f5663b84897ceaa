//! Which item of the old edition is which of the new one.
//!
//! In this order: what a crosswalk declares; same number and same text; same text under another number, where it says
//! enough; then what is left, weighed by likeness with the number as a prior (`found`). Nothing is forced.

mod declared;
mod found;
mod keys;
mod likeness;
mod texts;

use std::collections::HashSet;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;

use super::columns::Columns;
use super::{Align, DiffOptions, Evidence};

/// Two items held to be the same, or one without a counterpart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pairing {
    pub(super) old: Option<usize>,
    pub(super) new: Option<usize>,
    pub(super) evidence: Option<Evidence>,
    pub(super) split: bool,
    pub(super) merged: bool,
}

impl Pairing {
    fn pair(old: usize, new: usize, evidence: Evidence) -> Self {
        Self { old: Some(old), new: Some(new), evidence: Some(evidence), split: false, merged: false }
    }
}

/// Who is still without a counterpart.
pub(super) struct Partners {
    old: Vec<Option<usize>>,
    new: Vec<Option<usize>>,
    evidence: Vec<Option<Evidence>>,
    /// Items declared to have no counterpart.
    old_settled: Vec<bool>,
    new_settled: Vec<bool>,
    /// Further pairs of items split or merged.
    extra: Vec<Pairing>,
}

impl Partners {
    fn new(old: &Catalog, new: &Catalog) -> Self {
        Self {
            old: vec![None; old.items.len()],
            new: vec![None; new.items.len()],
            evidence: vec![None; old.items.len()],
            old_settled: vec![false; old.items.len()],
            new_settled: vec![false; new.items.len()],
            extra: Vec::new(),
        }
    }

    fn is_free(&self, old: usize, new: usize) -> bool {
        self.old_is_free(old) && self.new_is_free(new)
    }

    fn old_is_free(&self, old: usize) -> bool {
        self.old[old].is_none() && !self.old_settled[old]
    }

    fn new_is_free(&self, new: usize) -> bool {
        self.new[new].is_none() && !self.new_settled[new]
    }

    fn pair(&mut self, old: usize, new: usize, evidence: Evidence) {
        self.old[old] = Some(new);
        self.new[new] = Some(old);
        self.evidence[old] = Some(evidence);
    }

    fn into_pairings(self) -> Vec<Pairing> {
        let of =
            |pick: fn(&Pairing) -> Option<usize>| -> HashSet<usize> { self.extra.iter().filter_map(pick).collect() };
        let (old_extra, new_extra) = (of(|it| it.old), of(|it| it.new));
        let split = of(|it| it.old.filter(|_| it.split));
        let merged = of(|it| it.new.filter(|_| it.merged));
        let alone =
            |old: Option<usize>, new: Option<usize>| Pairing { old, new, evidence: None, split: false, merged: false };
        let olds = (0..self.old.len()).filter_map(|index| match self.old[index] {
            Some(partner) => Some(Pairing {
                evidence: self.evidence[index],
                split: split.contains(&index),
                merged: merged.contains(&partner),
                ..alone(Some(index), Some(partner))
            }),
            None => (!old_extra.contains(&index)).then(|| alone(Some(index), None)),
        });
        let is_alone = |index: &usize| self.new[*index].is_none() && !new_extra.contains(index);
        let news = (0..self.new.len()).filter(is_alone).map(|index| alone(None, Some(index)));
        let mut pairings: Vec<Pairing> = olds.chain(news).collect();
        pairings.extend(self.extra.iter().cloned());
        pairings
    }
}

/// Aligns the items of two editions. Every item stands in at least one pairing.
pub(super) fn align(
    old: &Catalog,
    new: &Catalog,
    columns: &Columns,
    options: &DiffOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Pairing> {
    let mut partners = Partners::new(old, new);
    if let Some(crosswalk) = &options.crosswalk {
        declared::apply(crosswalk, old, new, &mut partners, diagnostics);
    }
    let keyed = keys::same(old, new);
    if options.align == Align::Auto {
        find(old, new, columns, &keyed, &mut partners);
    }
    for (from, to) in keyed {
        if options.align == Align::Id && partners.is_free(from, to) {
            partners.pair(from, to, Evidence::Id);
        }
    }
    partners.into_pairings()
}

fn find(old: &Catalog, new: &Catalog, columns: &Columns, keyed: &[(usize, usize)], partners: &mut Partners) {
    let (old_columns, new_columns) = columns.common().unzip();
    let finder = found::Finder {
        old,
        new,
        old_texts: texts::Texts::of(old, old_columns),
        new_texts: texts::Texts::of(new, new_columns),
        keyed: keyed.iter().copied().collect(),
        keyed_back: keyed.iter().map(|&(from, to)| (to, from)).collect(),
    };
    finder.pair_unchanged(partners);
    finder.pair_same_text(partners);
    finder.pair_alike(partners);
}
