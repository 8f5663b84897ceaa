//! Whether the two editions number their items by one scheme, so that the same number can be the same item.

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Failure};

use super::model::ItemDiff;
use super::{DiffOptions, Evidence};

/// Refuses two schemes of FISC, warns of two schemes elsewhere; a crosswalk settles both.
pub(super) fn check(old: &Catalog, new: &Catalog, options: &DiffOptions) -> Result<Option<Diagnostic>, Failure> {
    if options.crosswalk.is_some() || old.items.is_empty() || new.items.is_empty() {
        return Ok(None);
    }
    let (old_fisc, new_fisc) = (fisc_scheme(old), fisc_scheme(new));
    if let (Some(old_scheme), Some(new_scheme)) = (old_fisc, new_fisc)
        && old_scheme != new_scheme
    {
        let words = |scheme: FiscScheme| scheme.prefixes().iter().map(ToString::to_string).collect::<Vec<_>>();
        let failure =
            Diagnostic::error("diff-schemes-fisc").arg("old", words(old_scheme)).arg("new", words(new_scheme));
        return Err(failure.into());
    }
    let (old_shape, new_shape) = (shape(old), shape(new));
    let differ = old_shape != new_shape && !shares_ids(old, new);
    Ok(differ.then(|| {
        let first = |catalog: &Catalog| catalog.items[0].key.id.to_string();
        Diagnostic::warning("diff-schemes-differ").arg("old", first(old)).arg("new", first(new))
    }))
}

/// Items of the same number that share fewer of their texts' characters than this have nothing in common. Rewritten ones
/// of real editions shared 0.3 and more, those of an edition numbered anew 0.03.
const LEAST_LIKENESS: f64 = 0.15;
/// Fewer than so many were rewritten, each for itself.
const FEWEST_UNLIKE: usize = 10;

/// Warns where many items share their number and nothing else: an edition numbered anew, whose items are listed as
/// changed because a rewritten item keeps its number.
pub(super) fn given_anew(items: &[ItemDiff], options: &DiffOptions) -> Option<Diagnostic> {
    if options.crosswalk.is_some() {
        return None;
    }
    let same = || items.iter().filter(|item| item.evidence == Some(Evidence::Id));
    let unlike = same().filter(|item| item.likeness < LEAST_LIKENESS).count();
    let all = same().count();
    let said = || Diagnostic::warning("diff-numbers-anew").arg("count", unlike).arg("all", all);
    (unlike >= FEWEST_UNLIKE && unlike * 3 >= all).then(said)
}

/// The numbering of FISC 安全対策基準: three groups up to 第8版, four since 第9版.
#[derive(Copy, Clone, PartialEq, Eq)]
enum FiscScheme {
    V8,
    V9,
}

impl FiscScheme {
    fn prefixes(self) -> [char; 3] {
        match self {
            Self::V8 => ['運', '技', '設'],
            Self::V9 => ['統', '実', '監'],
        }
    }
}

/// Tells the scheme by its own prefixes; 設 is in both and tells nothing.
fn fisc_scheme(catalog: &Catalog) -> Option<FiscScheme> {
    let has = |prefixes: &[char]| {
        let is_of = |id: &str| {
            let mut chars = id.chars();
            chars.next().is_some_and(|first| prefixes.contains(&first))
                && chars.next().is_some_and(|c| c.is_ascii_digit())
        };
        catalog.items.iter().any(|item| is_of(&item.key.id))
    };
    match (has(&['運', '技']), has(&['統', '実', '監'])) {
        (true, false) => Some(FiscScheme::V8),
        (false, true) => Some(FiscScheme::V9),
        _ => None,
    }
}

/// The commonest form of id: letters as `a`, digits as `9`, runs shortened, the rest as it is.
fn shape(catalog: &Catalog) -> String {
    let mut counts: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for item in &catalog.items {
        *counts.entry(shape_of(&item.key.id)).or_default() += 1;
    }
    counts.into_iter().max_by_key(|&(_, count)| count).map(|(shape, _)| shape).unwrap_or_default()
}

fn shape_of(id: &str) -> String {
    let mut shape = String::new();
    for c in id.chars() {
        let sign = if c.is_numeric() {
            '9'
        } else if c.is_alphabetic() {
            'a'
        } else {
            c
        };
        if !shape.ends_with(sign) {
            shape.push(sign);
        }
    }
    shape
}

/// Says whether at least one id in twenty stands in both editions.
fn shares_ids(old: &Catalog, new: &Catalog) -> bool {
    let ids: std::collections::HashSet<&str> = old.items.iter().map(|item| &*item.key.id).collect();
    let common = new.items.iter().filter(|item| ids.contains(&*item.key.id)).count();
    common * 20 >= old.items.len().min(new.items.len())
}
