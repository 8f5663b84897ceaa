//! Two sides of an item, field by field: what changed, how much it matters, what it is recognised by.

use std::borrow::Cow;

use crate::address::SheetRange;
use crate::catalog::{Catalog, Citation, Conformity, FieldValue, Item, ItemStatus, MarkKind, key};
use crate::diagnostic::Diagnostic;
use crate::text::fold::notation_key;

use super::align::Pairing;
use super::columns::{Columns, Pair};
use super::fingerprint::fingerprint;
use super::order::Arranged;
use super::roles::{Roles, stands_in};
use super::{
    ChangeSeverity, DiffOptions, FieldChangeKind, FieldDiff, Flags, ItemChange, ItemDiff, ItemSide, Segment, SegmentOp,
    Side, documents, marks, text,
};

/// What every comparison of two items needs to know.
pub(super) struct Context<'a> {
    pub(super) old: &'a Catalog,
    pub(super) new: &'a Catalog,
    pub(super) columns: &'a Columns,
    /// The parts the columns play.
    pub(super) roles: Roles,
    /// The kind of mark that stands for an addition; `None` where marks cannot be read or there are none.
    pub(super) audited: Option<MarkKind>,
    pub(super) options: &'a DiffOptions,
}

impl Context<'_> {
    /// Compares all pairings, in their order.
    pub(super) fn items(&self, pairings: &[Arranged], diagnostics: &mut Vec<Diagnostic>) -> Vec<ItemDiff> {
        let mut buffer = Vec::new();
        pairings.iter().map(|pairing| self.item(pairing, &mut buffer, diagnostics)).collect()
    }

    fn item(&self, arranged: &Arranged, buffer: &mut Vec<u8>, diagnostics: &mut Vec<Diagnostic>) -> ItemDiff {
        let pairing = &arranged.pairing;
        let old = pairing.old.map(|index| &self.old.items[index]);
        let new = pairing.new.map(|index| &self.new.items[index]);
        let fields = self.fields(old, new, diagnostics);
        let citations = |of: Option<&Item>, side| of.map_or(Vec::new(), |item| self.citations(item, side));
        let (old_citations, new_citations) = (citations(old, Side::Old), citations(new, Side::New));
        let mut diff = ItemDiff {
            change: ItemChange::Unchanged,
            flags: flags(arranged, old, new),
            old: pairing.old.map(|index| side(self.old, index)),
            new: pairing.new.map(|index| side(self.new, index)),
            group: new.or(old).and_then(|item| item.group.clone()),
            evidence: pairing.evidence.filter(|_| old.is_some() && new.is_some()),
            likeness: likeness(old, new, &fields, self),
            fingerprint: fingerprint(old, new, buffer),
            severity: ChangeSeverity::None,
            citations_added: documents::only_in(&new_citations, &old_citations),
            citations_removed: documents::only_in(&old_citations, &new_citations),
            conformity: self.conformity(old, new),
            into: Vec::new(),
            from: Vec::new(),
            fields,
        };
        diff.change = item_change(&diff, old, new);
        diff.severity = severity(&diff, new.or(old));
        diff
    }

    fn fields(&self, old: Option<&Item>, new: Option<&Item>, diagnostics: &mut Vec<Diagnostic>) -> Vec<FieldDiff> {
        let pairs = self.columns.pairs.iter();
        match (old, new) {
            (Some(old), Some(new)) => pairs.filter_map(|pair| self.field(*pair, old, new, diagnostics)).collect(),
            (None, Some(new)) => {
                pairs.filter_map(|pair| self.whole(self.new, new, pair.new?, SegmentOp::Insert)).collect()
            }
            (Some(old), None) => {
                pairs.filter_map(|pair| self.whole(self.old, old, pair.old?, SegmentOp::Delete)).collect()
            }
            (None, None) => Vec::new(),
        }
    }

    /// A field both editions have, where it differs or is marked.
    fn field(&self, pair: Pair, old: &Item, new: &Item, diagnostics: &mut Vec<Diagnostic>) -> Option<FieldDiff> {
        let (from, to) = (pair.old?, pair.new?);
        let (old_value, new_value) = (value(old, from), value(new, to));
        // What is painted as it was, on the same text, has nothing for the audit to hold against a change.
        let is_as_painted =
            |new: &FieldValue| old_value.is_some_and(|old| old.marks == new.marks && old.text == new.text);
        let is_marked =
            self.audited.is_some() && new_value.is_some_and(|value| !value.marks.is_empty() && !is_as_painted(value));
        if !is_marked && is_same(old_value, new_value) && old.parts.is_empty() && new.parts.is_empty() {
            return None;
        }
        let (old_text, new_text) = self.texts(old, from, new, to);
        if !is_marked && old_text == new_text {
            return None;
        }
        let compared = text::compare(&old_text, &new_text);
        let own_value = new_value.filter(|value| !is_inherited(new, value));
        let audit = marks::audit(old_value, own_value, &compared.segments, self.audited);
        let change = text::kind(&compared.segments);
        if change.is_none() && audit.agreement.is_none() {
            return None;
        }
        let new_at = places(new_value);
        if compared.coarse {
            let id = new.key.to_string();
            let label = self.new.fields[to].label.clone();
            diagnostics.push(Diagnostic::note("diff-text-coarse").at_all(&new_at).arg("id", id).arg("field", label));
        }
        Some(FieldDiff {
            key: self.new.fields[to].key.clone(),
            label: self.new.fields[to].label.clone(),
            is_customer_action: self.roles.is_customer_action((from, to)),
            change,
            segments: compared.segments,
            marks: audit.agreement,
            marked: audit.marked,
            unmarked: audit.unmarked,
            old_at: places(old_value),
            new_at,
        })
    }

    /// The texts of a field as they are compared: what the item says, or, where only its rows differ, row by row.
    fn texts<'i>(&self, old: &'i Item, from: usize, new: &'i Item, to: usize) -> (Cow<'i, str>, Cow<'i, str>) {
        let (old_text, new_text) = (effective(value(old, from)), effective(value(new, to)));
        if old_text != new_text || old.parts.is_empty() && new.parts.is_empty() {
            return (old_text, new_text);
        }
        let labelled = self.columns.leading == Some((from, to));
        let (old_rows, new_rows) = (rows(old, from, labelled), rows(new, to, labelled));
        if old_rows == new_rows { (old_text, new_text) } else { (Cow::Owned(old_rows), Cow::Owned(new_rows)) }
    }

    /// A field of an item that only one edition has.
    fn whole(&self, catalog: &Catalog, item: &Item, column: usize, op: SegmentOp) -> Option<FieldDiff> {
        let value = value(item, column).filter(|value| !is_inherited(item, value))?;
        let text = value.effective_text();
        if text.is_empty() {
            return None;
        }
        let segments = vec![Segment { op, text: text.into_owned(), notation: false }];
        let is_new = op == SegmentOp::Insert;
        let audit = if is_new {
            marks::audit(None, Some(value), &segments, self.audited)
        } else {
            marks::FieldAudit::default()
        };
        let at = value.at.to_vec();
        let (old_at, new_at) = if is_new { (Vec::new(), at) } else { (at, Vec::new()) };
        Some(FieldDiff {
            key: catalog.fields[column].key.clone(),
            label: catalog.fields[column].label.clone(),
            is_customer_action: &*catalog.fields[column].key == key::CUSTOMER_ACTION,
            change: Some(if is_new { FieldChangeKind::Filled } else { FieldChangeKind::Emptied }),
            segments,
            marks: audit.agreement,
            marked: audit.marked,
            unmarked: audit.unmarked,
            old_at,
            new_at,
        })
    }

    fn conformity(&self, old: Option<&Item>, new: Option<&Item>) -> Option<(Option<Conformity>, Option<Conformity>)> {
        let (old, new) = (old?, new?);
        let field = |catalog: &Catalog| catalog.fields.iter().find(|field| &*field.key == key::CONFORMITY).cloned();
        if let Some(field) = field(self.new).or_else(|| field(self.old))
            && (self.options.ignores(&field) || !self.options.wants(&field))
        {
            return None;
        }
        let [before, after] = self.roles.conformities(old, new)?;
        (!same_word(before.as_deref(), after.as_deref()))
            .then(|| (before.map(Cow::into_owned), after.map(Cow::into_owned)))
    }

    /// The citations of an item that stand in compared columns.
    fn citations(&self, item: &Item, side: Side) -> Vec<Citation> {
        if item.citations.is_empty() {
            return Vec::new();
        }
        let mut citations = item.citations.clone();
        let uncited = self.roles.uncited(side);
        citations.retain(|citation| !uncited.iter().any(|&column| stands_in(item, column, citation)));
        if !self.options.only_fields.is_empty() || !self.options.ignore_fields.is_empty() {
            let columns = self.columns.pairs.iter();
            let columns: Vec<usize> =
                columns.filter_map(|pair| if side == Side::Old { pair.old } else { pair.new }).collect();
            citations.retain(|citation| columns.iter().any(|&column| stands_in(item, column, citation)));
        }
        citations
    }
}

/// Says whether a value stands in a band over the item and in none of its rows: then it came or went with the band,
/// and nobody marks it item by item.
fn is_inherited(item: &Item, value: &FieldValue) -> bool {
    let shares_rows = |own: &SheetRange, place: &SheetRange| {
        own.sheet == place.sheet
            && own.range.first.row <= place.range.last.row
            && place.range.first.row <= own.range.last.row
    };
    let is_own = |place: &SheetRange| item.at.iter().any(|own| shares_rows(own, place));
    !value.at.is_empty() && !item.at.is_empty() && !value.at.iter().any(is_own)
}

fn value(item: &Item, column: usize) -> Option<&FieldValue> {
    item.values.get(column)?.as_ref()
}

fn effective(value: Option<&FieldValue>) -> Cow<'_, str> {
    value.map_or(Cow::Borrowed(""), FieldValue::effective_text)
}

fn places(value: Option<&FieldValue>) -> Vec<SheetRange> {
    value.map_or(Vec::new(), |value| value.at.to_vec())
}

fn is_same(old: Option<&FieldValue>, new: Option<&FieldValue>) -> bool {
    match (old, new) {
        (None, None) => true,
        (Some(old), Some(new)) => old.effective_text() == new.effective_text(),
        (Some(one), None) | (None, Some(one)) => one.effective_text().is_empty(),
    }
}

/// What an item's rows say in a field, one a line, with their labels where asked for.
fn rows(item: &Item, column: usize, labelled: bool) -> String {
    if item.parts.is_empty() {
        return effective(value(item, column)).into_owned();
    }
    let row = |part: &crate::catalog::Part| {
        let text = effective(part.values.get(column).and_then(Option::as_ref)).into_owned();
        match &part.label {
            Some(label) if labelled => Some(format!("{label} {text}")),
            _ => Some(text).filter(|text| !text.is_empty()),
        }
    };
    item.parts.iter().filter_map(row).collect::<Vec<_>>().join("\n")
}

fn same_word(old: Option<&Conformity>, new: Option<&Conformity>) -> bool {
    let fold = |conformity: &Conformity| {
        (notation_key(conformity.word.as_str()), conformity.note.as_deref().map(notation_key))
    };
    old.map(fold) == new.map(fold)
}

fn flags(arranged: &Arranged, old: Option<&Item>, new: Option<&Item>) -> Flags {
    let renumbered = old.zip(new).is_some_and(|(old, new)| old.key.id != new.key.id);
    let Pairing { split, merged, .. } = arranged.pairing;
    Flags { renumbered, moved: arranged.moved, split, merged }
}

fn side(catalog: &Catalog, index: usize) -> ItemSide {
    let item = &catalog.items[index];
    let title = Some(catalog.text(item, key::TITLE)).filter(|title| !title.is_empty()).map(Cow::into_owned);
    ItemSide { key: item.key.clone(), index, title, at: item.at.to_vec() }
}

/// The share of both sides' characters that is equal, moved or equal but for its notation.
fn likeness(old: Option<&Item>, new: Option<&Item>, fields: &[FieldDiff], context: &Context<'_>) -> f64 {
    let (Some(old), Some(new)) = (old, new) else { return 0.0 };
    let changes = |field: &&FieldDiff| !matches!(field.change, None | Some(FieldChangeKind::Notation));
    if !fields.iter().any(|field| changes(&field)) {
        return 1.0;
    }
    let length = |value: Option<&FieldValue>| value.map_or(0, |value| value.text.chars().count());
    let total: usize =
        context.columns.common().map(|(from, to)| length(value(old, from)) + length(value(new, to))).sum();
    let is_changed =
        |segment: &&Segment| matches!(segment.op, SegmentOp::Delete | SegmentOp::Insert) && !segment.notation;
    let changed: usize = fields
        .iter()
        .filter(changes)
        .flat_map(|field| field.segments.iter().filter(is_changed))
        .map(|segment| segment.text.chars().count())
        .sum();
    if total == 0 { 1.0 } else { (1.0 - changed as f64 / total as f64).clamp(0.0, 1.0) }
}

fn item_change(diff: &ItemDiff, old: Option<&Item>, new: Option<&Item>) -> ItemChange {
    let (old, new) = match (old, new) {
        (None, _) => return ItemChange::Added,
        (_, None) => return ItemChange::Removed,
        (Some(old), Some(new)) => (old, new),
    };
    match (old.status, new.status) {
        (ItemStatus::Active, ItemStatus::Retired) => return ItemChange::Retired,
        (ItemStatus::Retired, ItemStatus::Active) => return ItemChange::Restored,
        _ => {}
    }
    let changes = || diff.fields.iter().filter_map(|field| field.change);
    let cites_otherwise = !diff.citations_added.is_empty() || !diff.citations_removed.is_empty();
    if cites_otherwise || diff.conformity.is_some() || changes().any(|change| change != FieldChangeKind::Notation) {
        ItemChange::Changed
    } else if changes().next().is_some() {
        ItemChange::Notation
    } else {
        ItemChange::Unchanged
    }
}

fn severity(diff: &ItemDiff, item: Option<&Item>) -> ChangeSeverity {
    let is_retired = item.is_some_and(|item| item.status == ItemStatus::Retired);
    match diff.change {
        // A number listed as 欠番, or no longer listed as such, touches nothing in force; nor does a text beside it.
        ItemChange::Added | ItemChange::Removed | ItemChange::Changed if is_retired => return ChangeSeverity::Notation,
        ItemChange::Added | ItemChange::Removed | ItemChange::Retired | ItemChange::Restored => {
            return ChangeSeverity::Conformity;
        }
        ItemChange::Notation => return ChangeSeverity::Notation,
        ItemChange::Unchanged if diff.flags != Flags::default() => return ChangeSeverity::Notation,
        ItemChange::Unchanged => return ChangeSeverity::None,
        ItemChange::Changed => {}
    }
    let substantive = |field: &&FieldDiff| field.change.is_some_and(|change| change != FieldChangeKind::Notation);
    let word = |conformity: &Option<Conformity>| conformity.as_ref().map(|it| notation_key(it.word.as_str()));
    let flips = diff.conformity.as_ref().is_some_and(|(old, new)| word(old) != word(new));
    if flips {
        ChangeSeverity::Conformity
    } else if diff.fields.iter().filter(substantive).any(|field| field.is_customer_action) {
        ChangeSeverity::CustomerAction
    } else if !diff.citations_added.is_empty() || !diff.citations_removed.is_empty() {
        ChangeSeverity::Citation
    } else {
        ChangeSeverity::Text
    }
}
