//! Which answers point at an item that changed: their words may no longer hold, though their own item is the same.

use std::collections::{HashMap, HashSet};

use crate::answers::{Answer, Answers};
use crate::catalog::ItemKey;
use crate::diff::ItemDiff;

use super::change;

/// The old items that are unsettled, by id: changed, renumbered, gone, or answered by pointing at such an item.
pub(super) struct References<'a> {
    unsettled: HashMap<&'a str, Vec<&'a ItemKey>>,
}

impl<'a> References<'a> {
    pub(super) fn new(answers: &'a Answers, diffs: &'a [ItemDiff]) -> Self {
        let old_keys = diffs.iter().filter(|diff| change::unsettles(diff)).filter_map(|diff| diff.old.as_ref());
        let mut queue: Vec<&ItemKey> = old_keys.map(|side| &side.key).collect();
        let mut pointing: HashMap<&str, Vec<&Answer>> = HashMap::new();
        for answer in &answers.answers {
            answer.refers_to.iter().for_each(|id| pointing.entry(id).or_default().push(answer));
        }
        let mut seen: HashSet<&ItemKey> = queue.iter().copied().collect();
        let mut unsettled: HashMap<&str, Vec<&ItemKey>> = HashMap::new();
        while let Some(key) = queue.pop() {
            unsettled.entry(&key.id).or_default().push(key);
            let answers = pointing.get(&*key.id).into_iter().flatten();
            for answer in answers.filter(|answer| is_meant(answer, key) && answer.key != *key) {
                if seen.insert(&answer.key) {
                    queue.push(&answer.key);
                }
            }
        }
        for keys in unsettled.values_mut() {
            keys.sort_unstable();
            keys.dedup();
        }
        Self { unsettled }
    }

    /// The unsettled items these answers point at, each once.
    pub(super) fn unsettled<'b>(&self, answers: impl Iterator<Item = &'b Answer>) -> Vec<&'a ItemKey> {
        let mut keys: Vec<&ItemKey> = Vec::new();
        for answer in answers {
            for id in &answer.refers_to {
                let meant = self.unsettled.get(&**id).into_iter().flatten().copied();
                for key in meant.filter(|key| is_meant(answer, key) && answer.key != **key) {
                    if !keys.contains(&key) {
                        keys.push(key);
                    }
                }
            }
        }
        keys
    }
}

/// Of several sheets an answer means its own.
fn is_meant(answer: &Answer, key: &ItemKey) -> bool {
    answer.key.sheet.is_none() || key.sheet.is_none() || answer.key.sheet == key.sheet
}
