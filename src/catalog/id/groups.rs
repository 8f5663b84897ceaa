//! The groups of the FISC security guidelines (統制, 実務, 設備, 監査; 運用 and 技術 in the eighth edition): every word
//! that stands for one, and their order.

use super::clean;

/// A group's prefix.
pub(super) type Group = &'static str;

/// A word that stands for a group.
pub(super) struct GroupWord {
    pub(super) word: &'static str,
    pub(super) group: Group,
}

/// Every way a group is written before a number, longest first.
pub(super) const GROUPS: &[GroupWord] = &[
    GroupWord { word: "統制基準", group: "統" },
    GroupWord { word: "実務基準", group: "実" },
    GroupWord { word: "設備基準", group: "設" },
    GroupWord { word: "監査基準", group: "監" },
    GroupWord { word: "運用基準", group: "運" },
    GroupWord { word: "技術基準", group: "技" },
    GroupWord { word: "統制", group: "統" },
    GroupWord { word: "実務", group: "実" },
    GroupWord { word: "設備", group: "設" },
    GroupWord { word: "監査", group: "監" },
    GroupWord { word: "運用", group: "運" },
    GroupWord { word: "技術", group: "技" },
    GroupWord { word: "統", group: "統" },
    GroupWord { word: "実", group: "実" },
    GroupWord { word: "設", group: "設" },
    GroupWord { word: "監", group: "監" },
    GroupWord { word: "運", group: "運" },
    GroupWord { word: "技", group: "技" },
];

/// The groups in the order references show them, with their names. The eighth edition has 設, 運, 技 in this order too.
const ORDER: [(Group, &str); 6] = [
    ("統", "統制基準"),
    ("実", "実務基準"),
    ("設", "設備基準"),
    ("監", "監査基準"),
    ("運", "運用基準"),
    ("技", "技術基準"),
];

pub(super) fn rank(group: &str) -> usize {
    ORDER.iter().position(|(known, _)| *known == group).unwrap_or(ORDER.len())
}

pub(super) fn group_title(group: &str) -> Option<&'static str> {
    ORDER.iter().find(|(known, _)| *known == group).map(|(_, title)| *title)
}

/// Splits a canonical id into its group and number; `None` for an id of another scheme.
pub(super) fn split_prefix(id: &str) -> Option<(&str, &str)> {
    let first = id.chars().next()?;
    let (prefix, rest) = id.split_at(first.len_utf8());
    let is_group = ORDER.iter().any(|(known, _)| *known == prefix);
    (is_group && rest.starts_with(|c: char| c.is_ascii_digit())).then_some((prefix, rest))
}

/// The one group a heading names: 実務基準（144項目）, `2.実務`, 【実】. None if it names several or none.
pub(super) fn group_in_heading(heading: &str) -> Option<Group> {
    let folded = clean::fold(heading);
    let is_word = |c: char| !c.is_ascii() && c.is_alphabetic();
    let letters: String = folded.chars().filter(|&c| is_word(c)).collect();
    if let Some((group, _)) = ORDER.iter().find(|(group, _)| *group == letters) {
        return Some(group);
    }
    // 統制基準 in full anywhere, or 統制 alone at the front: 運用 and 技術 are everyday words in the middle of a text.
    let in_full: Vec<Group> =
        ORDER.iter().filter(|(_, title)| folded.contains(title)).map(|(group, _)| *group).collect();
    match in_full.as_slice() {
        [group] => Some(group),
        [] => GROUPS
            .iter()
            .filter(|word| word.word.chars().count() == 2)
            .find(|word| letters.starts_with(word.word))
            .map(|word| word.group),
        _ => None,
    }
}
