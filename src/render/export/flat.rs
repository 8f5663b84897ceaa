//! The flat form: one item a row, one header row. What it holds beside the fields, and in which order.
//!
//! Headings are the keys of catalog JSON (a column no template knows has its own heading for a key), so that the
//! built-in template `flat` reads the form back as the same items whatever a vendor called its columns.

use std::borrow::Cow;

use crate::catalog::{Catalog, Item, ItemStatus, Part};

/// A column of the flat form.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(in crate::render) enum Column {
    /// The canonical id.
    Id,
    /// The id as the cell had it.
    RawId,
    /// The sheet, where the same id stands on several sheets.
    Sheet,
    /// The group's id.
    Group,
    /// `active` or `retired`, where some item is retired.
    Status,
    /// A field, by its place in the catalog.
    Field(usize),
    /// The publisher's words and signs for a whole item, where there are any.
    Revision,
}

/// The columns a catalog needs, left to right.
pub(in crate::render) fn columns(catalog: &Catalog) -> Vec<Column> {
    let any = |has: fn(&Item) -> bool, column| catalog.items.iter().any(has).then_some(column);
    let before = [
        Some(Column::Id),
        Some(Column::RawId),
        any(|item| item.key.sheet.is_some(), Column::Sheet),
        any(|item| item.group.is_some(), Column::Group),
        any(|item| item.status == ItemStatus::Retired, Column::Status),
    ];
    let after = any(|item| !item.revision.is_empty(), Column::Revision);
    let fields = (0..catalog.fields.len()).map(|index| Some(Column::Field(index)));
    before.into_iter().chain(fields).chain([after]).flatten().collect()
}

/// The heading of a column.
pub(in crate::render) fn heading(catalog: &Catalog, column: Column) -> &str {
    match column {
        Column::Id => "id",
        Column::RawId => "raw_id",
        Column::Sheet => "sheet",
        Column::Group => "group",
        // `status` is the key of an answer, 自己評価.
        Column::Status => "item_status",
        Column::Field(index) => &catalog.fields[index].key,
        Column::Revision => "revision",
    }
}

/// What an item says in a column.
pub(in crate::render) fn cell(item: &Item, column: Column) -> Cow<'_, str> {
    match column {
        Column::Id => Cow::Borrowed(&item.key.id),
        Column::RawId => Cow::Borrowed(&item.raw_id),
        Column::Sheet => Cow::Borrowed(item.key.sheet.as_deref().unwrap_or_default()),
        Column::Group => Cow::Borrowed(item.group.as_deref().unwrap_or_default()),
        Column::Status => Cow::Borrowed(if item.status == ItemStatus::Retired { "retired" } else { "active" }),
        Column::Field(index) => field(item, index),
        Column::Revision => {
            let words: Vec<&str> = item.revision.iter().map(|revision| revision.text.as_str()).collect();
            Cow::Owned(words.join("\n"))
        }
    }
}

/// What an item says in a field, as effective text. An item of several rows says what they say, each line once;
/// `import` has joined them already, so the parts add nothing but their labels.
pub(in crate::render) fn field(item: &Item, index: usize) -> Cow<'_, str> {
    item.values.get(index).and_then(Option::as_ref).map_or(Cow::Borrowed(""), |value| value.effective_text())
}

/// What a part says in a field.
pub(in crate::render) fn part_field(part: &Part, index: usize) -> Cow<'_, str> {
    part.values.get(index).and_then(Option::as_ref).map_or(Cow::Borrowed(""), |value| value.effective_text())
}

/// The name of the reference: edition, provider, or at least the file.
pub(in crate::render) fn name(catalog: &Catalog) -> String {
    let edition = &catalog.edition;
    let parts: Vec<&str> = [&edition.provider, &edition.version].into_iter().flatten().map(String::as_str).collect();
    match parts.as_slice() {
        [] if catalog.source.file.is_empty() => "catalog".to_owned(),
        [] => catalog.source.file.clone(),
        parts => parts.join(" "),
    }
}
