//! Which items of a difference to show. Display only: what is counted and the exit status never depend on it.

use crate::text::fold::value_key;

use super::{Diff, Flags, ItemChange, ItemDiff};

/// A kind of item to show.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// What became of it.
    Change(ItemChange),
    /// Its number differs.
    Renumbered,
    /// Its place differs.
    Moved,
    /// One of several made of one.
    Split,
    /// One made of several.
    Merged,
}

impl Kind {
    const ALL: [Self; 11] = [
        Self::Change(ItemChange::Added),
        Self::Change(ItemChange::Removed),
        Self::Change(ItemChange::Retired),
        Self::Change(ItemChange::Restored),
        Self::Change(ItemChange::Changed),
        Self::Change(ItemChange::Notation),
        Self::Change(ItemChange::Unchanged),
        Self::Renumbered,
        Self::Moved,
        Self::Split,
        Self::Merged,
    ];

    /// The word in our formats and on the command line, such as `added`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Change(change) => change.key(),
            Self::Renumbered => "renumbered",
            Self::Moved => "moved",
            Self::Split => "split",
            Self::Merged => "merged",
        }
    }

    /// Reads a word such as `added`.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == value_key(word))
    }

    /// All words, for a help text or an error.
    pub fn keys() -> [&'static str; 11] {
        Self::ALL.map(Self::key)
    }

    fn holds(self, item: &ItemDiff) -> bool {
        let Flags { renumbered, moved, split, merged } = item.flags;
        match self {
            Self::Change(change) => item.change == change,
            Self::Renumbered => renumbered,
            Self::Moved => moved,
            Self::Split => split,
            Self::Merged => merged,
        }
    }
}

/// What to show. By default everything but items that only differ in notation or not at all; renumbered and moved
/// items and those marked without a change are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kinds to show; empty for the default.
    pub only: Vec<Kind>,
    /// Ids, prefixes or titles of the groups to show; empty for all.
    pub groups: Vec<String>,
}

impl Filter {
    /// Says whether an item is shown.
    pub fn shows(&self, diff: &Diff, item: &ItemDiff) -> bool {
        self.shows_kind(item) && (self.groups.is_empty() || self.shows_group(diff, item))
    }

    /// The difference with only the items asked for, its counts still those of the whole; `None` where nothing was asked
    /// for. Without kinds, files keep what differs in notation or not at all: they fold it away themselves.
    pub fn narrowed(&self, diff: &Diff) -> Option<Diff> {
        if *self == Self::default() {
            return None;
        }
        let is_wanted = |item: &&ItemDiff| {
            (self.only.is_empty() || self.shows_kind(item)) && (self.groups.is_empty() || self.shows_group(diff, item))
        };
        let items = diff.items.iter().filter(is_wanted).cloned().collect();
        Some(Diff { items, ..diff.clone() })
    }

    fn shows_kind(&self, item: &ItemDiff) -> bool {
        if !self.only.is_empty() {
            return self.only.iter().any(|kind| kind.holds(item));
        }
        match item.change {
            ItemChange::Notation => item.flags != Flags::default(),
            ItemChange::Unchanged => item.flags != Flags::default() || !item.fields.is_empty(),
            _ => true,
        }
    }

    fn shows_group(&self, diff: &Diff, item: &ItemDiff) -> bool {
        let Some(id) = &item.group else { return false };
        let title = diff.groups.iter().find(|group| group.id == *id).and_then(|group| group.title.as_deref());
        let names = [Some(&**id), title];
        self.groups.iter().any(|wanted| names.iter().flatten().any(|name| value_key(name) == value_key(wanted)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    fn shown(only: &[&str], groups: &[&str]) -> Vec<String> {
        let only = only.iter().map(|word| Kind::parse(word).unwrap()).collect();
        let filter = Filter { only, groups: groups.iter().map(|&group| group.to_owned()).collect() };
        let diff = sample();
        diff.items.iter().filter(|item| filter.shows(&diff, item)).map(|item| item.key().to_string()).collect()
    }

    #[test]
    fn notation_and_unchanged_items_are_shown_only_when_asked_for() {
        assert_eq!(shown(&[], &[]), ["実1", "実2", "実3", "実4", "実5", "設2"]);
        assert_eq!(shown(&["notation"], &[]), ["設1"]);
        assert_eq!(shown(&["added", "renumbered"], &["実"]), ["実3", "実5"]);
        assert_eq!(Kind::parse("no such kind"), None);
        let diff = sample();
        assert_eq!(Filter::default().narrowed(&diff), None);
        let only = Filter { only: vec![Kind::Renumbered], groups: vec!["実".into()] }.narrowed(&diff).unwrap();
        assert_eq!(only.summary, diff.summary, "what is counted does not depend on what is shown");
        assert!(!only.items.is_empty() && only.items.iter().all(|item| item.flags.renumbered));
    }
}
