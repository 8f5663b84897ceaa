//! Which item of the old edition is which of the new one.
//!
//! In this order: what a crosswalk declares; same number and same text; same text under another number, where it says
//! enough; then what is left, weighed by likeness with the number as a prior (`found`). Nothing is forced.

mod declared;
mod divided;
mod found;
mod keys;
mod likeness;
mod texts;

use std::collections::HashSet;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;

use super::columns::Columns;
use super::direction::starts_from_new;
use super::{Align, DiffOptions, Evidence};
use texts::Texts;

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

    fn old_is_undivided(&self, old: usize) -> bool {
        !self.extra.iter().any(|pairing| pairing.old == Some(old))
    }

    fn new_is_undivided(&self, new: usize) -> bool {
        !self.extra.iter().any(|pairing| pairing.new == Some(new))
    }

    /// Adds a pair of an item split or merged; the first of an item without a counterpart is its counterpart.
    fn divide(&mut self, pairing: Pairing, is_first: bool) {
        if let (Some(old), Some(new), true) = (pairing.old, pairing.new, is_first)
            && self.is_free(old, new)
        {
            self.pair(old, new, Evidence::Likeness);
        } else {
            self.extra.push(pairing);
        }
    }

    fn pair(&mut self, old: usize, new: usize, evidence: Evidence) {
        self.old[old] = Some(new);
        self.new[new] = Some(old);
        self.evidence[old] = Some(evidence);
    }

    /// The same seen from the other edition.
    fn turned(self) -> Self {
        let mut evidence = vec![None; self.new.len()];
        for (from, to) in self.old.iter().enumerate() {
            to.iter().for_each(|&to| evidence[to] = self.evidence[from]);
        }
        let turned = |pairing: Pairing| Pairing {
            old: pairing.new,
            new: pairing.old,
            evidence: pairing.evidence,
            split: pairing.merged,
            merged: pairing.split,
        };
        Self {
            old: self.new,
            new: self.old,
            evidence,
            old_settled: self.new_settled,
            new_settled: self.old_settled,
            extra: self.extra.into_iter().map(turned).collect(),
        }
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
    if starts_from_new(old, new) {
        let turned = columns.common().map(|(from, to)| (to, from)).collect();
        partners = found(new, old, turned, options, partners.turned()).turned();
    } else {
        partners = found(old, new, columns.common().collect(), options, partners);
    }
    partners.into_pairings()
}

/// Adds what is found by numbers and texts, starting from the first of the two.
fn found(
    old: &Catalog,
    new: &Catalog,
    mut columns: Vec<(usize, usize)>,
    options: &DiffOptions,
    mut partners: Partners,
) -> Partners {
    columns.sort_unstable();
    let (old_columns, new_columns) = columns.into_iter().unzip();
    let (old_texts, new_texts) = (Texts::of(old, old_columns), Texts::of(new, new_columns));
    let keyed = keys::same(&old_texts, &new_texts);
    if options.align == Align::Auto {
        let finder = found::Finder {
            old,
            new,
            old_texts,
            new_texts,
            keyed: keyed.iter().copied().collect(),
            keyed_back: keyed.iter().map(|&(from, to)| (to, from)).collect(),
        };
        finder.pair_unchanged(&mut partners);
        finder.pair_same_text(&mut partners);
        if let Some(profiles) = finder.pair_alike(&mut partners) {
            divided::find(&finder, &profiles, &mut partners);
        }
    } else {
        for (from, to) in keyed {
            if partners.is_free(from, to) {
                partners.pair(from, to, Evidence::Id);
            }
        }
    }
    partners
}
