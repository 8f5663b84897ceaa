//! What the publisher says became of a number it gave up, in words.

use crate::catalog::ItemKey;
use crate::diff::{ItemChange, ItemDiff};

use super::words::Words;

/// Where an item went and what went to it, a sentence each.
pub(super) fn stated(item: &ItemDiff, words: &Words) -> Vec<String> {
    let into = if item.change == ItemChange::Retired { "diff-into" } else { "diff-into-part" };
    let from = if item.change == ItemChange::Restored { "diff-from-before" } else { "diff-from" };
    let said = [(into, &item.into), (from, &item.from)].into_iter().filter(|(_, keys)| !keys.is_empty());
    said.map(|(name, keys)| words.with(name, &[("ids", names(keys).into())])).collect()
}

fn names(keys: &[ItemKey]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
