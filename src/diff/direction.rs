//! Which of two editions an alignment starts from.
//!
//! Where several alignments are equally good, the one found depends on where the search starts. It always starts from
//! the same of the two, whichever is called old: so a difference and the one the other way round mirror each other.

use std::cmp::Ordering;

use crate::catalog::{Catalog, Field, FieldValue, Item, ItemStatus};

/// Says whether the alignment of two editions starts from the new one.
pub(super) fn starts_from_new(old: &Catalog, new: &Catalog) -> bool {
    compare(old, new) == Ordering::Greater
}

/// Orders editions by what an alignment goes by; equal ones align alike both ways.
fn compare(a: &Catalog, b: &Catalog) -> Ordering {
    let sizes = a.items.len().cmp(&b.items.len());
    let fields = || a.fields.iter().map(field).cmp(b.fields.iter().map(field));
    sizes.then_with(fields).then_with(|| {
        let items = a.items.iter().zip(&b.items).map(|(a, b)| compare_items(a, b));
        items.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    })
}

fn field(field: &Field) -> (&str, &str) {
    (&field.key, &field.label)
}

fn compare_items(a: &Item, b: &Item) -> Ordering {
    let key = |item: &Item| (item.key.clone(), item.group.clone(), item.status == ItemStatus::Retired);
    let sheet = |item: &Item| item.at.first().map(|place| place.sheet.clone());
    let texts = || a.values.iter().map(text).cmp(b.values.iter().map(text));
    key(a).cmp(&key(b)).then_with(|| sheet(a).cmp(&sheet(b))).then_with(texts)
}

fn text(value: &Option<FieldValue>) -> Option<std::borrow::Cow<'_, str>> {
    value.as_ref().map(FieldValue::effective_text)
}
