//! The flat form: one item a row, one header row. What it holds beside the fields, and in which order.

use std::borrow::Cow;

use crate::catalog::{Catalog, Item, ItemStatus, Part};
use crate::render::words::Words;

/// A column of the flat form.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// 項番: the canonical id.
    Id,
    /// シート, where the same id stands on several sheets.
    Sheet,
    /// 区分: the group's id.
    Group,
    /// A field, by its place in the catalog.
    Field(usize),
    /// 状態: 欠番 or blank, where some item is retired.
    Status,
    /// 改訂区分: the publisher's words and signs, where there are any.
    Revision,
}

/// The columns a catalog needs, left to right.
pub(super) fn columns(catalog: &Catalog) -> Vec<Column> {
    let any = |has: fn(&Item) -> bool, column| catalog.items.iter().any(has).then_some(column);
    let before = [
        Some(Column::Id),
        any(|item| item.key.sheet.is_some(), Column::Sheet),
        any(|item| item.group.is_some(), Column::Group),
    ];
    let after = [
        any(|item| item.status == ItemStatus::Retired, Column::Status),
        any(|item| !item.revision.is_empty(), Column::Revision),
    ];
    let fields = (0..catalog.fields.len()).map(|index| Some(Column::Field(index)));
    before.into_iter().chain(fields).chain(after).flatten().collect()
}

/// The heading of a column: the one it is read back by.
pub(super) fn heading(catalog: &Catalog, column: Column, words: &Words) -> String {
    match column {
        Column::Id => words.text("export-column-id"),
        Column::Sheet => words.text("export-column-sheet"),
        Column::Group => words.text("export-column-group"),
        Column::Field(index) => catalog.fields[index].label.replace('\n', " "),
        Column::Status => words.text("export-column-status"),
        Column::Revision => words.text("export-column-revision"),
    }
}

/// What an item says in a column.
pub(super) fn cell<'a>(item: &'a Item, column: Column, retired: &'a str) -> Cow<'a, str> {
    match column {
        Column::Id => Cow::Borrowed(&item.key.id),
        Column::Sheet => Cow::Borrowed(item.key.sheet.as_deref().unwrap_or_default()),
        Column::Group => Cow::Borrowed(item.group.as_deref().unwrap_or_default()),
        Column::Field(index) => field(item, index),
        Column::Status if item.status == ItemStatus::Retired => Cow::Borrowed(retired),
        Column::Status => Cow::Borrowed(""),
        Column::Revision => {
            let words: Vec<&str> = item.revision.iter().map(|revision| revision.text.as_str()).collect();
            Cow::Owned(words.join("\n"))
        }
    }
}

/// What an item says in a field, as effective text. An item of several rows says what they say, each line once;
/// `import` has joined them already, so the parts add nothing but their labels.
pub(super) fn field(item: &Item, index: usize) -> Cow<'_, str> {
    item.values.get(index).and_then(Option::as_ref).map_or(Cow::Borrowed(""), |value| value.effective_text())
}

/// What a part says in a field.
pub(super) fn part_field(part: &Part, index: usize) -> Cow<'_, str> {
    part.values.get(index).and_then(Option::as_ref).map_or(Cow::Borrowed(""), |value| value.effective_text())
}

/// The name of the reference: edition, provider, or at least the file.
pub(super) fn name(catalog: &Catalog) -> String {
    let edition = &catalog.edition;
    let parts: Vec<&str> = [&edition.provider, &edition.version].into_iter().flatten().map(String::as_str).collect();
    match parts.as_slice() {
        [] if catalog.source.file.is_empty() => "catalog".to_owned(),
        [] => catalog.source.file.clone(),
        parts => parts.join(" "),
    }
}
