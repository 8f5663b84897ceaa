//! What is known of an edition before reading it: the prefixes of its numbers, how many items, which are retired.
//!
//! Facts are data: the table of FISC editions below, and the `[[edition]]` tables of templates. Counts only ever warn,
//! because vendors publish partial references.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

use super::Edition;

/// What is known of one edition of a framework. Read from a template's `[[edition]]` as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EditionFacts {
    /// A short key, such as `v9r`.
    pub key: String,
    /// The names it goes by, the one to show first.
    pub names: Vec<String>,
    /// The prefixes its numbers have, in the order of its groups; empty where any will do.
    pub prefixes: Vec<String>,
    /// How many items each group has, as far as that is published: `{ "統" = 26, "実" = 144 }`.
    #[serde(deserialize_with = "count_table")]
    pub counts: Vec<GroupCount>,
    /// Whether `counts` come from a secondary source: then a difference is a note and no warning.
    pub advisory: bool,
    /// Whether its numbers are known to have branches (`実14-1`). Where not, a branch is read and said.
    pub branches: bool,
    /// Numbers with a branch that are known to be items, so that `統1-2` is not taken for a range.
    pub known_branches: Vec<String>,
    /// Numbers known to be 欠番.
    pub retired: Vec<String>,
}

/// How many items a group has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCount {
    /// The group's id, such as `統`.
    pub group: String,
    /// Its items in force.
    pub items: u32,
}

fn count_table<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<GroupCount>, D::Error> {
    struct Table;
    impl<'de> Visitor<'de> for Table {
        type Value = Vec<GroupCount>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a table of groups and their number of items, like `{ \"統\" = 26 }`")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut counts = Vec::new();
            while let Some((group, items)) = map.next_entry()? {
                counts.push(GroupCount { group, items });
            }
            Ok(counts)
        }
    }
    deserializer.deserialize_map(Table)
}

impl EditionFacts {
    /// The name to show: the first one, or else the key.
    pub fn name(&self) -> &str {
        self.names.first().unwrap_or(&self.key)
    }

    /// Says whether numbers of the edition may have the prefix.
    pub(crate) fn has_prefix(&self, prefix: &str) -> bool {
        self.prefixes.is_empty() || self.prefixes.iter().any(|known| known == prefix)
    }

    /// How many items the group should have, where that is known.
    pub fn count(&self, group: &str) -> Option<u32> {
        self.counts.iter().find(|count| count.group == group).map(|count| count.items)
    }
}

/// Finds the edition a text names: the longest name that stands in it, blind to width, case and blanks.
///
/// `第9版改訂` is not taken for `第9版`, and `セキュリティリファレンス（FISC第９版改訂）` names 第9版改訂.
pub(crate) fn named_in<'a>(editions: &'a [EditionFacts], text: &str) -> Option<&'a EditionFacts> {
    let key = crate::text::fold::search_key(text);
    let names = editions.iter().flat_map(|edition| edition.names.iter().map(move |name| (edition, name)));
    names
        .map(|(edition, name)| (edition, crate::text::fold::search_key(name)))
        .filter(|(_, name)| key.contains(name.as_str()))
        .max_by_key(|(_, name)| name.len())
        .map(|(edition, _)| edition)
}

/// Says whether one edition is later than another, where that can be told: by the order FISC published its editions
/// in, else by the numbers in two versions of one framework (`CAIQ v3.1`, `CAIQ v4.0.3`).
pub(crate) fn is_later(edition: &Edition, than: &Edition) -> bool {
    let (Some(a), Some(b)) = (edition.version.as_deref(), than.version.as_deref()) else { return false };
    let fisc = fisc();
    let place = |text: &str| {
        let named = named_in(&fisc, text)?;
        fisc.iter().position(|known| known.key == named.key)
    };
    if let (Some(a), Some(b)) = (place(a), place(b)) {
        return a > b;
    }
    let numbers = |text: &str| -> Vec<u32> {
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
    };
    let (a, b) = (numbers(a), numbers(b));
    edition.framework.is_some() && edition.framework == than.framework && !a.is_empty() && !b.is_empty() && a > b
}

const V8_PREFIXES: &[&str] = &["設", "運", "技"];
const V9_PREFIXES: &[&str] = &["統", "実", "設", "監"];

/// The editions of the FISC security guidelines, oldest first.
///
/// # Source
///
/// Names and prefixes: the vendors' references of each edition. Counts: for 第9版改訂 the overview of the Azure
/// reference (26 + 144 + 137 + 1 = 308); for 第13版 a public draft mapping, hence advisory. No other count is published
/// in a source at hand, so none is given.
pub fn fisc() -> Vec<EditionFacts> {
    let edition = |key: &str, names: &[&str], prefixes: &[&str], branches: bool| EditionFacts {
        key: key.into(),
        names: strings(names),
        prefixes: strings(prefixes),
        branches,
        ..EditionFacts::default()
    };
    let v9r_names = ["第9版改訂", "第9版（令和2年3月版）", "第9版(令和2年3月版)"];
    vec![
        edition("v8", &["第8版"], V8_PREFIXES, false),
        edition("v8s", &["第8版追補"], V8_PREFIXES, false),
        edition("v8r", &["第8版追補改訂"], V8_PREFIXES, false),
        edition("v9", &["第9版"], V9_PREFIXES, false),
        EditionFacts {
            counts: counts(&[("統", 26), ("実", 144), ("設", 137), ("監", 1)]),
            ..edition("v9r", &v9r_names, V9_PREFIXES, false)
        },
        edition("v10", &["第10版"], V9_PREFIXES, false),
        EditionFacts { known_branches: strings(&["実103-1"]), ..edition("v11", &["第11版"], V9_PREFIXES, true) },
        EditionFacts { known_branches: strings(&["実103-1"]), ..edition("v12", &["第12版"], V9_PREFIXES, true) },
        EditionFacts {
            counts: counts(&[("統", 36), ("実", 152), ("設", 134), ("監", 2)]),
            advisory: true,
            known_branches: strings(&[
                "統1-1", "統1-2", "統4-1", "統4-2", "統5-1", "統5-2", "統5-3", "統5-4", "統5-5", "実14-1", "実14-2",
                "実73-1", "実103-1", "監1-1",
            ]),
            retired: strings(&["統5"]),
            ..edition("v13", &["第13版"], V9_PREFIXES, true)
        },
    ]
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn counts(pairs: &[(&str, u32)]) -> Vec<GroupCount> {
    pairs.iter().map(|&(group, items)| GroupCount { group: group.to_owned(), items }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_is_told_by_its_longest_name() {
        let editions = fisc();
        for (text, key) in [
            ("セキュリティリファレンス（FISC第９版改訂）", Some("v9r")),
            ("FISC 安全対策基準 第 9 版 対応", Some("v9")),
            ("第9版（令和２年３月版）", Some("v9r")),
            ("第8版追補改訂対応", Some("v8r")),
            ("第13版", Some("v13")),
            ("第3版", None),
        ] {
            assert_eq!(named_in(&editions, text).map(|edition| edition.key.as_str()), key, "{text}");
        }
    }

    #[test]
    fn editions_have_an_order_where_it_is_known() {
        let of = |framework: &str, version: &str| Edition {
            framework: (!framework.is_empty()).then(|| framework.to_owned()),
            version: (!version.is_empty()).then(|| version.to_owned()),
            ..Edition::default()
        };
        for (framework, a, b, later) in [
            ("fisc", "第9版改訂", "第9版", true),
            ("fisc", "第9版", "第9版改訂", false),
            ("", "FISC安全対策基準 第13版", "第9版（令和２年３月版）", true),
            ("fisc", "第9版", "第9版", false),
            ("caiq", "CAIQ v4.0.3", "CAIQ v3.1", true),
            ("caiq", "CAIQ v3.1", "CAIQ v4.0.3", false),
            ("", "v4", "v3", false),
            ("caiq", "v4", "", false),
        ] {
            assert_eq!(is_later(&of(framework, a), &of(framework, b)), later, "{a} {b}");
        }
    }

    #[test]
    fn the_revised_ninth_edition_has_308_items() {
        let editions = fisc();
        let revised = editions.iter().find(|edition| edition.key == "v9r").unwrap();
        assert_eq!(revised.counts.iter().map(|count| count.items).sum::<u32>(), 308);
        assert_eq!(revised.count("設"), Some(137));
    }
}
