//! What the publisher says became of a number it gave up, in words.

use crate::catalog::ItemKey;
use crate::diff::ItemDiff;

use super::words::Words;

/// Where an item went and what went to it, a sentence each.
pub(super) fn stated(item: &ItemDiff, words: &Words) -> Vec<String> {
    let sides = [("diff-into", &item.into), ("diff-from", &item.from)];
    let said = sides.into_iter().filter(|(_, keys)| !keys.is_empty());
    said.map(|(name, keys)| words.with(name, &[("ids", names(keys).into())])).collect()
}

fn names(keys: &[ItemKey]) -> Vec<String> {
    keys.iter().map(ToString::to_string).collect()
}
