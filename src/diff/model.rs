//! The model of a difference: what became of each item, field, stretch of text, column and listed document.
//!
//! Everything a renderer shows stands here, decided; nothing here decides.

use std::sync::Arc;

use crate::address::SheetRange;
use crate::catalog::{Citation, Conformity, Document, Edition, Group, ItemKey, List, Source};
use crate::diagnostic::Diagnostic;

/// What became of an item.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemChange {
    /// Only in the new edition.
    Added,
    /// Only in the old edition.
    Removed,
    /// In force before, 欠番 now.
    Retired,
    /// 欠番 before, in force now.
    Restored,
    /// A text, citation or conformity differs.
    Changed,
    /// Differs in notation only.
    Notation,
    /// Nothing differs.
    Unchanged,
}

impl ItemChange {
    /// The word in our formats, such as `added`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Retired => "retired",
            Self::Restored => "restored",
            Self::Changed => "changed",
            Self::Notation => "notation",
            Self::Unchanged => "unchanged",
        }
    }
}

/// What else is true of an aligned item.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flags {
    /// The id differs.
    pub renumbered: bool,
    /// The place among its neighbours differs.
    pub moved: bool,
    /// One of several new items made of one old item.
    pub split: bool,
    /// One of several old items that became one new item.
    pub merged: bool,
}

impl Flags {
    /// The words in our formats of those that are set.
    pub fn keys(self) -> Vec<&'static str> {
        let all =
            [(self.renumbered, "renumbered"), (self.moved, "moved"), (self.split, "split"), (self.merged, "merged")];
        all.iter().filter(|(set, _)| *set).map(|&(_, key)| key).collect()
    }
}

/// Why two items are held to be the same.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Evidence {
    /// The user's crosswalk says so.
    Declared,
    /// Same id.
    Id,
    /// Another id, the same texts.
    Text,
    /// Another id, texts alike.
    Likeness,
    /// Another id, between neighbours that moved alike.
    Neighbours,
}

impl Evidence {
    /// The word in our formats, such as `likeness`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Id => "id",
            Self::Text => "text",
            Self::Likeness => "likeness",
            Self::Neighbours => "neighbours",
        }
    }
}

/// How much a change matters to somebody who has answered the item, least first.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeSeverity {
    /// Nothing differs.
    #[default]
    None,
    /// Notation only, or the number only.
    Notation,
    /// Text was added, inserted, edited or taken away.
    Text,
    /// A citation was added or removed.
    Citation,
    /// What the user has to do changed.
    CustomerAction,
    /// The item itself came or went, or its conformity flipped.
    Conformity,
}

impl ChangeSeverity {
    /// The word in our formats, such as `customer_action`.
    pub fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Notation => "notation",
            Self::Text => "text",
            Self::Citation => "citation",
            Self::CustomerAction => "customer_action",
            Self::Conformity => "conformity",
        }
    }
}

/// What became of a field's text.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldChangeKind {
    /// The old text is kept whole and something stands behind it.
    Appended,
    /// The old text is kept whole and something stands before or within it.
    Inserted,
    /// Something was taken away and something put in.
    Edited,
    /// Something was taken away and nothing put in.
    Shortened,
    /// Nothing is left.
    Emptied,
    /// There was nothing before.
    Filled,
    /// Sentences stand in another order; nothing else.
    Moved,
    /// Notation only.
    Notation,
}

impl FieldChangeKind {
    /// The word in our formats, such as `appended`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Appended => "appended",
            Self::Inserted => "inserted",
            Self::Edited => "edited",
            Self::Shortened => "shortened",
            Self::Emptied => "emptied",
            Self::Filled => "filled",
            Self::Moved => "moved",
            Self::Notation => "notation",
        }
    }
}

/// What a segment does.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum SegmentOp {
    /// In both texts.
    Equal,
    /// In the old text only.
    Delete,
    /// In the new text only.
    Insert,
    /// In both texts at different places; stands once on each side.
    Move(Side),
}

/// One of the two editions.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The old edition.
    Old,
    /// The new edition.
    New,
}

/// A stretch of text. Equal and delete segments in order are the old text, equal and insert segments the new one,
/// move segments counted on their side; none is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it does.
    pub op: SegmentOp,
    /// Its text.
    pub text: String,
    /// Whether a deleted or inserted segment differs from its counterpart in notation only, the number of a list entry
    /// that only shifted included.
    pub notation: bool,
}

/// How far the publisher's marks agree with what really changed in a field.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkAgreement {
    /// Every added character is marked, and nothing else.
    Agrees,
    /// Some added characters are marked, or more than was added.
    Partial,
    /// Something was added and nothing is marked.
    Unmarked,
    /// Something is marked and nothing changed.
    MarkOnly,
}

impl MarkAgreement {
    /// The word in our formats, such as `mark-only`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Partial => "partial",
            Self::Unmarked => "unmarked",
            Self::MarkOnly => "mark-only",
        }
    }
}

/// A field that differs, or that the publisher marked.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldDiff {
    /// Key of the field (of the new edition where it was renamed).
    pub key: Arc<str>,
    /// Its heading.
    pub label: String,
    /// Whether it says what the user has to do, by the key it has in either edition.
    pub is_customer_action: bool,
    /// What became of it; `None` for a field that is only marked.
    pub change: Option<FieldChangeKind>,
    /// The whole text in segments.
    pub segments: Vec<Segment>,
    /// The marks against the change; `None` where there is nothing to mark or marks cannot be read.
    pub marks: Option<MarkAgreement>,
    /// The stretches the publisher marked as added, in Unicode scalar values of the new effective text.
    pub marked: Vec<(u32, u32)>,
    /// The stretches that were added or edited and are not marked, likewise.
    pub unmarked: Vec<(u32, u32)>,
    /// Cells of the old text.
    pub old_at: Vec<SheetRange>,
    /// Cells of the new text.
    pub new_at: Vec<SheetRange>,
}

impl FieldDiff {
    /// Where a reader finds it: the new cells, or the old ones where the text is gone.
    pub fn at(&self) -> &[SheetRange] {
        if self.new_at.is_empty() { &self.old_at } else { &self.new_at }
    }
}

/// One side of an aligned item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemSide {
    /// The item's key.
    pub key: ItemKey,
    /// Its index in the edition's items.
    pub index: usize,
    /// Its title, if the edition has one.
    pub title: Option<String>,
    /// Its cells.
    pub at: Vec<SheetRange>,
}

/// One aligned item. At least one side is there.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemDiff {
    /// What became of it.
    pub change: ItemChange,
    /// What else is true of it.
    pub flags: Flags,
    /// The old side.
    pub old: Option<ItemSide>,
    /// The new side.
    pub new: Option<ItemSide>,
    /// The group, of the new side where there is one.
    pub group: Option<Arc<str>>,
    /// Why the two sides are held to be the same; `None` for one side only.
    pub evidence: Option<Evidence>,
    /// How alike the texts are, 0.0 to 1.0; 0.0 for one side only.
    pub likeness: f64,
    /// SHA-256 over both sides' keys and effective texts, 64 lowercase hex digits.
    pub fingerprint: String,
    /// How much it matters.
    pub severity: ChangeSeverity,
    /// The fields that differ or are marked, in sheet order; all fields for an added or removed item.
    pub fields: Vec<FieldDiff>,
    /// Citations only the new side has.
    pub citations_added: Vec<Citation>,
    /// Citations only the old side has.
    pub citations_removed: Vec<Citation>,
    /// Conformity before and after, where it differs.
    pub conformity: Option<(Option<Conformity>, Option<Conformity>)>,
    /// The new items this one went to, as the publisher says of a number it gave up.
    pub into: Vec<ItemKey>,
    /// The old items that went to this one, likewise.
    pub from: Vec<ItemKey>,
}

impl ItemDiff {
    /// The key to show it under: the new one where there is one.
    pub fn key(&self) -> &ItemKey {
        let side = self.new.as_ref().or(self.old.as_ref());
        &side.expect("an aligned item has at least one side").key
    }

    /// The title to show, of the new side where there is one.
    pub fn title(&self) -> Option<&str> {
        let side = self.new.as_ref().or(self.old.as_ref())?;
        side.title.as_deref()
    }
}

/// What became of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnChange {
    /// Another heading over the same contents.
    Renamed {
        /// The old heading.
        old: String,
        /// The new heading.
        new: String,
    },
    /// Another place among the columns.
    Moved {
        /// The old heading.
        old: String,
        /// The new heading.
        new: String,
    },
    /// Only in the new edition.
    Added {
        /// The heading.
        new: String,
    },
    /// Only in the old edition.
    Removed {
        /// The heading.
        old: String,
    },
}

/// What became of a listed document.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentDiff {
    /// The list.
    pub list: List,
    /// The number.
    pub number: u32,
    /// What became of it: added, removed, changed, retired or restored.
    pub change: ItemChange,
    /// The entry before.
    pub old: Option<Document>,
    /// The entry after.
    pub new: Option<Document>,
}

/// How many items became what. The flags are counted over all items.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "named after `ItemChange` and `Flags`")]
pub struct Summary {
    pub added: usize,
    pub removed: usize,
    pub retired: usize,
    pub restored: usize,
    pub changed: usize,
    pub notation: usize,
    pub unchanged: usize,
    pub renumbered: usize,
    pub moved: usize,
    pub split: usize,
    pub merged: usize,
}

impl Summary {
    pub(super) fn of(items: &[ItemDiff]) -> Self {
        let mut summary = Self::default();
        for item in items {
            let count = match item.change {
                ItemChange::Added => &mut summary.added,
                ItemChange::Removed => &mut summary.removed,
                ItemChange::Retired => &mut summary.retired,
                ItemChange::Restored => &mut summary.restored,
                ItemChange::Changed => &mut summary.changed,
                ItemChange::Notation => &mut summary.notation,
                ItemChange::Unchanged => &mut summary.unchanged,
            };
            *count += 1;
            summary.renumbered += usize::from(item.flags.renumbered);
            summary.moved += usize::from(item.flags.moved);
            summary.split += usize::from(item.flags.split);
            summary.merged += usize::from(item.flags.merged);
        }
        summary
    }
}

/// The marks audit: fields by agreement. All zero where the new edition's format carries no marks.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct MarksAudit {
    /// Marked and changed.
    pub agrees: usize,
    /// Marked in part, or more than changed.
    pub partial: usize,
    /// Changed but unmarked.
    pub unmarked: usize,
    /// Marked but unchanged.
    pub mark_only: usize,
}

impl MarksAudit {
    /// The fields that changed and are marked, at least in part.
    pub fn marked(&self) -> usize {
        self.agrees + self.partial
    }

    /// The fields that changed, marked or not.
    pub fn changed(&self) -> usize {
        self.marked() + self.unmarked
    }

    /// Whether the publisher hardly marks what it changes: of 20 changed fields or more at most one in ten. What is
    /// unmarked is then worth saying once, not of every field.
    pub(crate) fn is_hardly_marking(&self) -> bool {
        self.changed() >= 20 && self.marked() * 10 <= self.changed()
    }

    pub(super) fn of(items: &[ItemDiff]) -> Self {
        let mut audit = Self::default();
        for agreement in items.iter().flat_map(|item| &item.fields).filter_map(|field| field.marks) {
            match agreement {
                MarkAgreement::Agrees => audit.agrees += 1,
                MarkAgreement::Partial => audit.partial += 1,
                MarkAgreement::Unmarked => audit.unmarked += 1,
                MarkAgreement::MarkOnly => audit.mark_only += 1,
            }
        }
        audit
    }
}

/// The difference between two editions, or the marks of one (`old` is then `None`).
#[derive(Clone, Debug, PartialEq)]
pub struct Diff {
    /// The old edition.
    pub old: Option<(Edition, Source)>,
    /// The new edition.
    pub new: (Edition, Source),
    /// How many items became what.
    pub summary: Summary,
    /// The groups of both editions, the new one's order first.
    pub groups: Vec<Group>,
    /// What became of the columns.
    pub columns: Vec<ColumnChange>,
    /// Every item of both editions, in the new edition's order, removed ones after their old neighbour.
    pub items: Vec<ItemDiff>,
    /// The listed documents that differ.
    pub documents: Vec<DocumentDiff>,
    /// The marks audit; `None` where the new edition's format carries no marks.
    pub marks: Option<MarksAudit>,
    /// What comparing had to say.
    pub diagnostics: Vec<Diagnostic>,
}

impl Diff {
    /// Says whether the editions are the same, notation and order included.
    pub fn is_same(&self) -> bool {
        let Summary {
            added,
            removed,
            retired,
            restored,
            changed,
            notation,
            unchanged: _,
            renumbered,
            moved,
            split,
            merged,
        } = self.summary;
        let counts = [added, removed, retired, restored, changed, notation, renumbered, moved, split, merged];
        counts.iter().sum::<usize>() == 0 && self.columns.is_empty() && self.documents.is_empty()
    }
}
