//! What the publisher itself says became of a number it gave up: `Withdrawn: Incorporated into AC-2(1)`, 「実4に統合」.
//!
//! The number stays 欠番; where it went is kept beside it, on both items, for whoever has answered it.

use std::collections::HashMap;

use crate::catalog::{Catalog, Item, ItemKey};
use crate::text::fold::search_key;

use super::{Diff, ItemChange, ItemDiff, ItemSide};

/// Words that say where an item went, folded for searching.
const CUES: [&str; 13] = [
    "incorporatedinto",
    "movedto",
    "mergedinto",
    "replacedby",
    "supersededby",
    "統合",
    "移動",
    "移管",
    "集約",
    "包含",
    "吸収",
    "へ移行",
    "に含め",
];
/// Characters of a sentence that can be such a statement.
const LONGEST: usize = 300;

/// Notes on the items of a difference where a retired one went, and where a restored one had been.
pub(super) fn note(diff: &mut Diff, old: &Catalog, new: &Catalog) {
    if !diff.items.iter().any(|item| matches!(item.change, ItemChange::Retired | ItemChange::Restored)) {
        return;
    }
    let (olds, news) = (Ids::of(old), Ids::of(new));
    let mut links: Vec<(usize, Side, usize)> = Vec::new();
    let by_old = places(diff, |item| &item.old);
    let by_new = places(diff, |item| &item.new);
    for (place, item) in diff.items.iter().enumerate() {
        match (item.change, &item.old, &item.new) {
            (ItemChange::Retired, _, Some(side)) => {
                let targets = news.stated_in(&new.items[side.index]);
                links.extend(targets.iter().filter_map(|key| Some((place, Side::Into, *by_new.get(key)?))));
            }
            (ItemChange::Restored, Some(side), _) => {
                let sources = olds.stated_in(&old.items[side.index]);
                links.extend(sources.iter().filter_map(|key| Some((place, Side::From, *by_old.get(key)?))));
            }
            _ => {}
        }
    }
    for (place, side, other) in links.into_iter().filter(|&(place, _, other)| place != other) {
        let (went, took) = if matches!(side, Side::Into) { (place, other) } else { (other, place) };
        link(diff, went, took, side);
    }
    diff.summary = super::Summary::of(&diff.items);
}

#[derive(Copy, Clone)]
enum Side {
    Into,
    From,
}

fn places(diff: &Diff, pick: fn(&ItemDiff) -> &Option<ItemSide>) -> HashMap<ItemKey, usize> {
    let sides = diff.items.iter().enumerate().rev();
    sides.filter_map(|(place, item)| Some((pick(item).as_ref()?.key.clone(), place))).collect()
}

/// Ties the two together; an item that was there before and took another in is merged (seen the other way: split).
fn link(diff: &mut Diff, went: usize, took: usize, side: Side) {
    let key = |side: &Option<ItemSide>| side.as_ref().map(|side| side.key.clone());
    let (Some(from), Some(into)) = (key(&diff.items[went].old), key(&diff.items[took].new)) else { return };
    let stays = |item: &ItemDiff| item.old.is_some() && item.new.is_some();
    let (stayed, flagged) = match side {
        Side::Into => (stays(&diff.items[took]), [went, took]),
        Side::From => (stays(&diff.items[went]), [went, took]),
    };
    for place in flagged.into_iter().filter(|_| stayed) {
        let flags = &mut diff.items[place].flags;
        match side {
            Side::Into => flags.merged = true,
            Side::From => flags.split = true,
        }
    }
    diff.items[went].into.push(into);
    diff.items[took].from.push(from);
}

/// The items of an edition by their ids, folded.
struct Ids<'a> {
    by_id: HashMap<String, Vec<&'a ItemKey>>,
    longest: usize,
}

impl<'a> Ids<'a> {
    fn of(catalog: &'a Catalog) -> Self {
        let mut by_id: HashMap<String, Vec<&ItemKey>> = HashMap::with_capacity(catalog.items.len());
        for item in &catalog.items {
            by_id.entry(search_key(&item.key.id)).or_default().push(&item.key);
        }
        let longest = by_id.keys().map(|id| id.chars().count()).max().unwrap_or(0);
        Self { by_id, longest }
    }

    /// The other items an item says it went to, in reading order.
    fn stated_in(&self, item: &Item) -> Vec<ItemKey> {
        let texts = item.values.iter().flatten().map(|value| value.effective_text());
        let mut keys: Vec<ItemKey> = Vec::new();
        for text in texts.chain([(&*item.raw_id).into()]) {
            for sentence in text.split(['。', '\n']).filter(|sentence| sentence.len() <= 4 * LONGEST) {
                let folded: Vec<char> = search_key(sentence).chars().collect();
                let said: String = folded.iter().collect();
                if CUES.iter().any(|cue| said.contains(cue)) {
                    self.collect(&folded, item, &mut keys);
                }
            }
        }
        keys
    }

    fn collect(&self, text: &[char], item: &Item, keys: &mut Vec<ItemKey>) {
        let mut at = 0;
        while at < text.len() {
            match self.at(text, at, item) {
                Some((key, length)) => {
                    if *key != item.key && !keys.contains(key) {
                        keys.push(key.clone());
                    }
                    at += length;
                }
                None => at += 1,
            }
        }
    }

    /// The longest id that stands at a place, of the item's own sheet where it stands on several.
    fn at(&self, text: &[char], at: usize, item: &Item) -> Option<(&'a ItemKey, usize)> {
        if !text[at].is_alphanumeric() || at > 0 && text[at - 1].is_ascii_digit() && text[at].is_ascii_digit() {
            return None;
        }
        let most = self.longest.min(text.len() - at);
        (1..=most).rev().find_map(|length| {
            // A number goes on, and so would the id: `実1` does not stand in `実14` or `実1-2`.
            let rest = &text[at + length..];
            let goes_on = rest.first().is_some_and(char::is_ascii_digit)
                || matches!(rest, ['-' | '.', next, ..] if next.is_ascii_digit());
            let keys = self.by_id.get(&text[at..at + length].iter().collect::<String>()).filter(|_| !goes_on)?;
            let own = keys.iter().find(|key| key.sheet == item.key.sheet);
            let key = own.or_else(|| keys.first().filter(|_| keys.len() == 1))?;
            Some((*key, length))
        })
    }
}
