//! The flat form: one item a row, one header row. What it holds beside the fields, and in which order.
//!
//! Headings are those of the built-in template `flat`, which reads the form back as the same items whatever a vendor
//! called its columns: in English the keys of catalog JSON, in Japanese words. A column no template knows keeps its own.

use std::borrow::Cow;
use std::sync::Arc;

use crate::catalog::{Catalog, Item, ItemStatus, List, Part};
use crate::render::words::{Lang, Words};
use crate::template::{Heading, TableLayout, Template, builtin};
use crate::text::fold;

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
    /// Whether the item is retired, where some item is.
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

/// The headings and the words of closed lists, in the language of a deliverable.
pub(in crate::render) struct Headings<'a> {
    catalog: &'a Catalog,
    template: Arc<Template>,
    lang: Lang,
}

impl<'a> Headings<'a> {
    pub(in crate::render) fn new(catalog: &'a Catalog, words: &Words) -> Self {
        let template = builtin("flat").expect("it is built in");
        let mut headings = Self { catalog, template, lang: words.lang };
        if headings.lang == Lang::Ja && headings.has_taken_words() {
            headings.lang = Lang::En;
        }
        headings
    }

    /// The heading of a column.
    pub(in crate::render) fn of(&self, column: Column) -> &str {
        match column {
            Column::Id => written(&self.table().id.columns[0]),
            Column::Field(index) => {
                let key = &*self.catalog.fields[index].key;
                self.known(key).unwrap_or(key)
            }
            _ => self.known(column_key(column)).expect("the template has every column of the form"),
        }
    }

    /// The headings of a list of documents: number, title, URL.
    pub(in crate::render) fn list(&self, list: List) -> [&str; 3] {
        let layout = self.template.lists.iter().find(|layout| layout.list == list).expect("it has both lists");
        let place = usize::from(self.lang == Lang::Ja);
        [&layout.number, &layout.title, &layout.url].map(|headings| headings[place].as_str())
    }

    /// What an item says in a column.
    pub(in crate::render) fn cell<'i>(&self, item: &'i Item, column: Column) -> Cow<'i, str> {
        match column {
            Column::Status => Cow::Borrowed(match (self.lang, item.status) {
                (Lang::Ja, ItemStatus::Active) => "有効",
                (Lang::Ja, ItemStatus::Retired) => "欠番",
                (Lang::En, ItemStatus::Active) => "active",
                (Lang::En, ItemStatus::Retired) => "retired",
            }),
            Column::Id => Cow::Borrowed(&item.key.id),
            Column::RawId => Cow::Borrowed(&item.raw_id),
            Column::Sheet => Cow::Borrowed(item.key.sheet.as_deref().unwrap_or_default()),
            Column::Group => Cow::Borrowed(item.group.as_deref().unwrap_or_default()),
            Column::Field(index) => field(item, index),
            Column::Revision => {
                let words: Vec<&str> = item.revision.iter().map(|revision| revision.text.as_str()).collect();
                Cow::Owned(words.join("\n"))
            }
        }
    }

    fn table(&self) -> &TableLayout {
        &self.template.tables[usize::from(self.lang == Lang::Ja)]
    }

    fn known(&self, key: &str) -> Option<&str> {
        let column = self.table().columns.iter().find(|column| column.key == key)?;
        Some(written(&column.headings))
    }

    /// Whether a column of the publisher's own would be read back as one of ours for its name.
    fn has_taken_words(&self) -> bool {
        let ours: Vec<&str> = columns(self.catalog).into_iter().map(|column| self.of(column)).collect();
        let own = self.catalog.fields.iter().filter(|field| self.known(&field.key).is_none());
        let headings = || self.table().columns.iter().flat_map(|column| &column.headings);
        own.map(|field| (&*field.key, fold::heading_key(&field.key))).any(|(key, folded)| {
            let leaf = fold::heading_key(key.rsplit(" > ").next().unwrap_or(key));
            headings().chain(&self.table().id.columns[0]).any(|heading| {
                let is_written = ours.contains(&heading.as_str());
                if is_written { heading.leaf_key() == folded } else { heading.leaf_fits(&leaf) }
            })
        })
    }
}

fn written(headings: &[Heading]) -> &str {
    headings[0].as_str()
}

/// The key in the template of a column that is no field.
fn column_key(column: Column) -> &'static str {
    match column {
        Column::Id | Column::Field(_) => "",
        Column::RawId => "raw_id",
        Column::Sheet => "sheet",
        Column::Group => "group",
        // `status` is the key of an answer, 自己評価.
        Column::Status => "item_status",
        Column::Revision => "revision",
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
