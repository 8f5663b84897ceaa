//! The pairs a crosswalk declares.

use std::collections::HashMap;
use std::sync::Arc;

use crate::catalog::{Catalog, ItemKey};
use crate::diagnostic::Diagnostic;
use crate::import::crosswalk::{Crosswalk, Link, Relation};
use crate::text::fold::value_key;

use super::super::Evidence;
use super::{Pairing, Partners};

/// Pairs what is declared; says which rows name an item that is not there or contradict an earlier row.
pub(super) fn apply(
    crosswalk: &Crosswalk,
    old: &Catalog,
    new: &Catalog,
    partners: &mut Partners,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (olds, news) = (Index::of(old), Index::of(new));
    let said_before = diagnostics.len();
    for link in &crosswalk.links {
        let from = find(&olds, link.old.as_ref(), link, diagnostics);
        let to = find(&news, link.new.as_ref(), link, diagnostics);
        if let (Ok(from), Ok(to)) = (from, to)
            && !apply_link(link, from, to, partners)
        {
            let names = |key: &Option<ItemKey>| key.as_ref().map_or(String::new(), ToString::to_string);
            diagnostics.push(
                Diagnostic::error("crosswalk-contradiction")
                    .at(&link.at)
                    .arg("old", names(&link.old))
                    .arg("new", names(&link.new)),
            );
        }
    }
    if let Some(file) = &crosswalk.file {
        diagnostics[said_before..].iter_mut().for_each(|said| said.file = Some(Arc::clone(file)));
    }
}

/// Applies one row; `false` where an earlier row says otherwise.
fn apply_link(link: &Link, from: Option<usize>, to: Option<usize>, partners: &mut Partners) -> bool {
    match (from, to) {
        (Some(from), Some(to)) if partners.is_free(from, to) => {
            partners.pair(from, to, Evidence::Declared);
            true
        }
        (Some(from), Some(to)) => {
            let split = link.relation == Relation::Split && partners.new_is_free(to);
            let merged = link.relation == Relation::Merged && partners.old_is_free(from);
            let fits = (split || merged) && !partners.old_settled[from] && !partners.new_settled[to];
            if fits {
                partners.extra.push(Pairing { split, merged, ..Pairing::pair(from, to, Evidence::Declared) });
            }
            fits || partners.old[from] == Some(to)
        }
        (Some(from), None) => {
            let free = partners.old[from].is_none();
            partners.old_settled[from] |= free;
            free
        }
        (None, Some(to)) => {
            let free = partners.new[to].is_none();
            partners.new_settled[to] |= free;
            free
        }
        (None, None) => true,
    }
}

/// Items by sheet and id as written, and by id alone with its spelling folded.
struct Index<'a> {
    exact: HashMap<(Option<&'a str>, &'a str), usize>,
    folded: HashMap<String, Vec<usize>>,
    catalog: &'a Catalog,
}

impl<'a> Index<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        let mut exact = HashMap::new();
        let mut folded: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, item) in catalog.items.iter().enumerate() {
            exact.entry((item.key.sheet.as_deref(), &*item.key.id)).or_insert(index);
            folded.entry(fold(&item.key.id)).or_default().push(index);
        }
        Self { exact, folded, catalog }
    }

    fn find(&self, key: &ItemKey) -> Option<usize> {
        if let Some(&index) = self.exact.get(&(key.sheet.as_deref(), &*key.id)) {
            return Some(index);
        }
        let candidates = self.folded.get(&fold(&key.id))?;
        let on_sheet = |&&index: &&usize| {
            let item = &self.catalog.items[index];
            let sheet = item.key.sheet.as_deref().or(item.at.first().map(|place| &*place.sheet));
            key.sheet.is_none() || sheet == key.sheet.as_deref()
        };
        let mut fitting = candidates.iter().filter(on_sheet);
        let found = fitting.next().copied();
        found.filter(|_| fitting.next().is_none())
    }
}

fn fold(id: &str) -> String {
    value_key(id).replace(' ', "")
}

fn find(
    index: &Index<'_>,
    key: Option<&ItemKey>,
    link: &Link,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<usize>, ()> {
    let Some(key) = key else { return Ok(None) };
    match index.find(key) {
        Some(found) => Ok(Some(found)),
        None => {
            diagnostics.push(Diagnostic::error("crosswalk-item-unknown").at(&link.at).arg("id", key.to_string()));
            Err(())
        }
    }
}
