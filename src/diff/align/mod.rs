//! Which item of the old edition is which of the new one.

mod declared;
mod keys;

use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;

use super::columns::Columns;
use super::{DiffOptions, Evidence};

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
        let mut pairings = Vec::with_capacity(self.old.len().max(self.new.len()));
        let in_extra = |pick: fn(&Pairing) -> Option<usize>, index: usize| {
            self.extra.iter().any(|pairing| pick(pairing) == Some(index))
        };
        for (index, partner) in self.old.iter().enumerate() {
            match *partner {
                Some(new) => {
                    let evidence = self.evidence[index].expect("a pair has its evidence");
                    let mut pairing = Pairing::pair(index, new, evidence);
                    pairing.split = self.extra.iter().any(|it| it.split && it.old == Some(index));
                    pairing.merged = self.extra.iter().any(|it| it.merged && it.new == Some(new));
                    pairings.push(pairing);
                }
                None if in_extra(|it| it.old, index) => {}
                None => {
                    pairings.push(Pairing { old: Some(index), new: None, evidence: None, split: false, merged: false });
                }
            }
        }
        for index in (0..self.new.len()).filter(|&index| self.new[index].is_none()) {
            if !in_extra(|it| it.new, index) {
                pairings.push(Pairing { old: None, new: Some(index), evidence: None, split: false, merged: false });
            }
        }
        pairings.extend(self.extra);
        pairings
    }
}

/// Aligns the items of two editions. Every item stands in at least one pairing.
pub(super) fn align(
    old: &Catalog,
    new: &Catalog,
    _columns: &Columns,
    options: &DiffOptions,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Pairing> {
    let mut partners = Partners::new(old, new);
    if let Some(crosswalk) = &options.crosswalk {
        declared::apply(crosswalk, old, new, &mut partners, diagnostics);
    }
    for (from, to) in keys::same(old, new) {
        if partners.is_free(from, to) {
            partners.pair(from, to, Evidence::Id);
        }
    }
    partners.into_pairings()
}
