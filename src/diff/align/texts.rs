//! What is known of every item before any two are compared: a hash of its texts, how much it says.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::catalog::{Catalog, Item, ItemStatus};

use super::likeness::{Grams, grams};

/// The texts of one edition's items, over the columns both editions have.
pub(super) struct Texts<'a> {
    pub(super) catalog: &'a Catalog,
    columns: Vec<usize>,
    /// A hash of each item's texts.
    pub(super) hashes: Vec<u64>,
    /// Bytes of each item's texts.
    pub(super) lengths: Vec<usize>,
}

impl<'a> Texts<'a> {
    pub(super) fn of(catalog: &'a Catalog, columns: Vec<usize>) -> Self {
        let (hashes, lengths) = catalog.items.iter().map(|item| hash(item, &columns)).unzip();
        Self { catalog, columns, hashes, lengths }
    }

    pub(super) fn is_active(&self, index: usize) -> bool {
        self.catalog.items[index].status == ItemStatus::Active
    }

    pub(super) fn grams(&self, index: usize) -> Grams {
        let item = &self.catalog.items[index];
        let texts: Vec<Cow<'_, str>> = texts(item, &self.columns).collect();
        grams(texts.iter().map(AsRef::as_ref))
    }
}

fn texts<'i>(item: &'i Item, columns: &[usize]) -> impl Iterator<Item = Cow<'i, str>> {
    columns.iter().filter_map(|&column| Some(item.values.get(column)?.as_ref()?.effective_text()))
}

fn hash(item: &Item, columns: &[usize]) -> (u64, usize) {
    // Fixed keys: the same editions are aligned alike every time.
    let mut hasher = DefaultHasher::new();
    let mut length = 0;
    for &column in columns {
        if let Some(value) = item.values.get(column).and_then(Option::as_ref) {
            let text = value.effective_text();
            length += text.len();
            text.hash(&mut hasher);
        }
        hasher.write_u8(0);
    }
    (hasher.finish(), length)
}
