//! What changed between two editions: items aligned, fields compared, texts segmented, marks audited.
//!
//! Decides everything a renderer shows; knows nothing of how it is shown. The stages: `columns` aligned, items
//! aligned (`align`), each pair compared (`compare`, with `text` for its texts and `marks` for what the publisher
//! painted), `documents` and the summary beside it.

mod align;
mod columns;
mod compare;
mod direction;
mod documents;
pub mod filter;
mod fingerprint;
mod marks;
mod model;
mod order;
mod roles;
mod schemes;
mod stated;
pub mod text;

use std::collections::HashSet;

use crate::catalog::{Catalog, Field, Group, Item, ItemKey, ItemStatus};
use crate::diagnostic::{Diagnostic, Failure};
use crate::import::crosswalk::Crosswalk;
use crate::text::fold::heading_key;
use crate::text::suggest;

pub use marks::marks;
pub use model::{
    ChangeSeverity, ColumnChange, Diff, DocumentDiff, Evidence, FieldChangeKind, FieldDiff, Flags, ItemChange,
    ItemDiff, ItemSide, MarkAgreement, MarksAudit, Segment, SegmentOp, Side, Summary,
};

/// How items are found again in the other edition.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// By the crosswalk, the number, the texts and the neighbours.
    #[default]
    Auto,
    /// By the crosswalk and the number alone.
    Id,
}

/// What to compare, and how. By default every field, items aligned by all there is to go by, without a crosswalk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DiffOptions {
    /// Which item became which, as far as the user declares it.
    pub crosswalk: Option<Crosswalk>,
    /// How items are found again.
    pub align: Align,
    /// Keys or headings of the only fields to compare; empty for all.
    pub only_fields: Vec<String>,
    /// Keys or headings of fields not to compare.
    pub ignore_fields: Vec<String>,
}

impl DiffOptions {
    fn wants(&self, field: &Field) -> bool {
        self.only_fields.is_empty() || names(&self.only_fields, field)
    }

    fn ignores(&self, field: &Field) -> bool {
        names(&self.ignore_fields, field)
    }
}

/// Says whether one of the names means the field: its key, its heading with all levels, or with the last ones only.
fn names(names: &[String], field: &Field) -> bool {
    let levels: Vec<String> = field.label.split(" > ").map(heading_key).collect();
    let is_heading = |name: &String| {
        let name: Vec<String> = name.split(" > ").map(heading_key).collect();
        levels.ends_with(&name)
    };
    names.iter().any(|name| **name == *field.key || is_heading(name))
}

/// Compares two editions.
///
/// # Errors
///
/// `diff-schemes-fisc`: the editions number their items by the two schemes of FISC (運/技/設 and 統/実/設/監), where
/// the same number is another item, and no crosswalk says which is which. `diff-field-unknown`: neither edition has a
/// field that the options name; comparing what is left would say "no change" of what nobody compared.
pub fn diff(old: &Catalog, new: &Catalog, options: &DiffOptions) -> Result<Diff, Failure> {
    let mut diagnostics = Vec::new();
    diagnostics.extend(schemes::check(old, new, options)?);
    known_fields(old, new, options)?;
    diagnostics.extend(sides_swapped(old, new));
    diagnostics.extend(repeated_ids(old, "old"));
    diagnostics.extend(repeated_ids(new, "new"));
    let columns = columns::align(old, new, options);
    let pairings = order::arranged(align::align(old, new, &columns, options, &mut diagnostics), old, new);
    let audited = marks::audited_kind(new, &mut diagnostics);
    let roles = roles::Roles::of(old, new, &columns);
    let context = compare::Context { old, new, columns: &columns, roles, audited, options };
    let items = context.items(&pairings, &mut diagnostics);
    diagnostics.extend(schemes::given_anew(&items, options));
    let mut diff = Diff {
        old: Some((old.edition.clone(), old.source.clone())),
        new: (new.edition.clone(), new.source.clone()),
        summary: Summary::of(&items),
        groups: groups(old, new),
        marks: audited.map(|_| MarksAudit::of(&items)),
        items,
        columns: columns.changes,
        documents: documents::compare(old, new),
        diagnostics,
    };
    stated::note(&mut diff, old, new);
    diff.diagnostics.extend(diff.marks.filter(MarksAudit::is_hardly_marking).map(|audit| {
        let note = Diagnostic::note("diff-marks-hardly").arg("file", new.source.file.clone());
        note.arg("marked", audit.marked()).arg("changed", audit.changed())
    }));
    Ok(diff)
}

/// Warns where the old side is the later edition: then every addition reads as a removal.
fn sides_swapped(old: &Catalog, new: &Catalog) -> Option<Diagnostic> {
    let version = |catalog: &Catalog| catalog.edition.version.clone().unwrap_or_default();
    let is_swapped = crate::catalog::edition::is_later(&old.edition, &new.edition);
    is_swapped.then(|| Diagnostic::warning("diff-old-later").arg("old", version(old)).arg("new", version(new)))
}

/// Refuses fields that neither edition has: most likely slips of the pen.
fn known_fields(old: &Catalog, new: &Catalog, options: &DiffOptions) -> Result<(), Failure> {
    let fields = || old.fields.iter().chain(&new.fields);
    let asked = options.only_fields.iter().chain(&options.ignore_fields);
    let unknown = asked.filter(|name| !fields().any(|field| names(std::slice::from_ref(name), field)));
    let leaf = |field: &'_ Field| field.label.rsplit(" > ").next().unwrap_or_default().to_owned();
    let spellings: Vec<String> = fields().flat_map(|field| [field.key.to_string(), leaf(field)]).collect();
    let mut keys: HashSet<&str> = HashSet::new();
    let shown = |field: &Field| match leaf(field) {
        heading if *heading == *field.key => heading,
        heading => format!("{} ({heading})", field.key),
    };
    let known: Vec<String> = fields().filter(|field| keys.insert(&field.key)).map(shown).collect();
    let diagnostics = unknown.map(|name| {
        let near = suggest::nearest(name, spellings.iter().map(String::as_str)).unwrap_or("none");
        let error = Diagnostic::error("diff-field-unknown").arg("name", name.as_str()).arg("near", near);
        error.arg("known", known.clone())
    });
    let diagnostics: Vec<Diagnostic> = diagnostics.collect();
    if diagnostics.is_empty() { Ok(()) } else { Err(Failure { diagnostics }) }
}

/// The ids an edition has more than once, with their cells: which of them is which is for the texts to tell.
///
/// A retired answer whose number is in use again is no repeat: one is current, the other is not.
fn repeated_ids(catalog: &Catalog, side: &'static str) -> Option<Diagnostic> {
    const MOST: usize = 20;
    let mut seen: HashSet<(&ItemKey, ItemStatus)> = HashSet::with_capacity(catalog.items.len());
    let repeats = catalog.items.iter().filter(|item| !seen.insert((&item.key, item.status)));
    let repeats: Vec<&Item> = repeats.take(MOST).collect();
    let mut ids: Vec<String> = repeats.iter().map(|item| item.key.to_string()).collect();
    ids.dedup();
    let places = repeats.iter().flat_map(|item| item.at.iter());
    let diagnostic = || Diagnostic::warning("diff-id-repeated").at_all(places).arg("side", side).arg("ids", ids);
    (!repeats.is_empty()).then(diagnostic)
}

fn groups(old: &Catalog, new: &Catalog) -> Vec<Group> {
    let mut groups = new.groups.clone();
    let gone = old.groups.iter().filter(|group| !new.groups.iter().any(|other| other.id == group.id));
    groups.extend(gone.cloned());
    groups
}

#[cfg(test)]
pub(crate) mod tests;
