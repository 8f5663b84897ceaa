//! The items as they are found: one id, one item, every further row a part; which ids stand twice and where.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use hashbrown::HashTable;

use super::value::joined;
use crate::address::{Range, SheetRange};
use crate::catalog::{FieldValue, Item, ItemKey, ItemStatus, Part, Places, Revision};
use crate::text::Text;

/// The values of one row, one place for each field.
pub(super) type Values = Vec<Option<FieldValue>>;

/// Where an id is one and the same item: usually a sheet, sometimes one of two tables on a sheet.
struct Scope {
    sheet: Arc<str>,
    label: String,
    /// The name the rows themselves give, as in our flat form.
    given: Option<Arc<str>>,
    ids: Ids,
}

/// The places of items by their ids. Holds places alone, so that a million of them are a few megabytes.
struct Ids {
    places: HashTable<u32>,
    hasher: RandomState,
}

impl Ids {
    fn with_capacity(count: usize) -> Self {
        Self { places: HashTable::with_capacity(count), hasher: RandomState::new() }
    }

    fn find(&self, items: &[Item], id: &str) -> Option<usize> {
        let is_it = |&place: &u32| *items[place as usize].key.id == *id;
        self.places.find(hash(&self.hasher, id), is_it).map(|&place| place as usize)
    }

    /// The place of an id; `new` where it is not there yet, and from then on its place.
    fn find_or_add(&mut self, items: &[Item], id: &str, new: usize) -> usize {
        let id_of = |place: u32| &*items[place as usize].key.id;
        let hash_of = |&place: &u32| hash(&self.hasher, id_of(place));
        let new = u32::try_from(new).expect("a sheet has fewer than 2^32 rows");
        let entry = self.places.entry(hash(&self.hasher, id), |&place| id_of(place) == id, hash_of);
        *entry.or_insert(new).get() as usize
    }

    fn places(&self) -> impl Iterator<Item = usize> {
        self.places.iter().map(|&place| place as usize)
    }
}

/// The hash of an id. Ids that differ in their last digit only lie side by side: rows come in order, and a million
/// places far from each other are in no cache.
fn hash(hasher: &RandomState, id: &str) -> u64 {
    let (stem, digit) = match id.as_bytes() {
        [stem @ .., digit @ b'0'..=b'9'] => (stem, *digit),
        stem => (stem, 0),
    };
    // The table goes by the lower bits and tells neighbours apart by the upper seven.
    hasher.hash_one(stem) ^ u64::from(digit) << 57
}

/// What a row says about an item.
pub(super) struct NewRow {
    /// The id as the cell has it.
    pub raw_id: Text,
    /// The group, where it is known.
    pub group: Option<Arc<str>>,
    /// The sheet it tells that its item stood on; the same id of another one is another item.
    pub sheet: Option<Arc<str>>,
    /// Whether the row says that the number is 欠番.
    pub retired: bool,
    /// The row's cells.
    pub at: Range,
    /// A part's label, where the row has one.
    pub label: Option<Text>,
    /// What it says.
    pub values: Values,
    /// What the publisher says of its revision.
    pub revision: Vec<Revision>,
}

/// All items of a catalog in the making.
#[derive(Default)]
pub(super) struct Items {
    items: Vec<Item>,
    scope_of: Vec<usize>,
    scopes: Vec<Scope>,
    /// Where rows go that tell no sheet of their own.
    current: usize,
    repeated: Vec<SheetRange>,
}

impl Items {
    /// Begins a scope: from here on the same id is another item. `rows` is how many there are at most.
    pub(super) fn begin_scope(&mut self, sheet: &Arc<str>, label: String, rows: usize) {
        let is_taken = |label: &str| self.scopes.iter().any(|scope| scope.sheet == *sheet && scope.label == label);
        // Two tables of a sheet under the same title are told apart by a number.
        let numbered = (2..).map(|number| format!("{label} ({number})"));
        let label = std::iter::once(label.clone()).chain(numbered).find(|label| !is_taken(label)).unwrap_or_default();
        // A map that grows reads every id again each time, and a million of them are in no cache.
        self.scopes.push(Scope { sheet: Arc::clone(sheet), label, given: None, ids: Ids::with_capacity(rows) });
        self.current = self.scopes.len() - 1;
        self.items.reserve(rows);
    }

    /// Adds a row of an id: a new item, or a part of the one it continues. Gives the item's place.
    pub(super) fn add(&mut self, id: &Arc<str>, row: NewRow) -> usize {
        let scope_index = row.sheet.as_ref().map_or(self.current, |given| self.given_scope(given));
        let scope = &mut self.scopes[scope_index];
        let place = scope.ids.find_or_add(&self.items, id, self.items.len());
        if place < self.items.len() {
            self.repeated.push(SheetRange::new(&scope.sheet, row.at));
            self.continue_with(place, row);
            return place;
        }
        let at = Places::one(SheetRange::new(&scope.sheet, row.at));
        self.scope_of.push(scope_index);
        self.items.push(Item {
            key: ItemKey { sheet: None, id: Arc::clone(id) },
            raw_id: row.raw_id,
            group: row.group,
            status: if row.retired { ItemStatus::Retired } else { ItemStatus::Active },
            at,
            values: row.values,
            parts: Vec::new(),
            citations: Vec::new(),
            conformity: None,
            revision: row.revision,
        });
        place
    }

    /// The scope of the sheet a row tells of.
    fn given_scope(&mut self, given: &Arc<str>) -> usize {
        let known = self.scopes.iter().position(|scope| scope.given.as_ref() == Some(given));
        known.unwrap_or_else(|| {
            let sheet = Arc::clone(&self.scopes[self.current].sheet);
            let given = Some(Arc::clone(given));
            self.scopes.push(Scope { sheet, label: String::new(), given, ids: Ids::with_capacity(0) });
            self.scopes.len() - 1
        })
    }

    /// Adds a further row to an item.
    pub(super) fn continue_with(&mut self, place: usize, row: NewRow) {
        let sheet = &self.scopes[self.scope_of[place]].sheet;
        let item = &mut self.items[place];
        if item.parts.is_empty() {
            let first = Part { label: None, at: item.at.clone(), values: std::mem::take(&mut item.values) };
            item.parts.push(first);
        }
        let at = Places::one(SheetRange::new(sheet, row.at));
        item.parts.push(Part { label: row.label, at, values: row.values });
        item.revision.extend(row.revision);
    }

    /// Ends a table that repeats the header of the one before on the same sheet. Where its ids are new, or only its
    /// first one goes on from the page before, it is the same table going on; else it stays a table of its own.
    ///
    /// Gives the place of a first item that became part of another one, and the place of that: all behind it moved up.
    pub(super) fn end_repeated_table(&mut self) -> Option<(usize, usize)> {
        let [.., before, this] = self.scopes.as_slice() else { return None };
        if before.sheet != this.sheet {
            return None;
        }
        let both = |place: usize| Some((place, before.ids.find(&self.items, &self.items[place].key.id)?));
        let shared: Vec<(usize, usize)> = this.ids.places().filter_map(both).collect();
        let first_and_last = this.ids.places().min().zip(before.ids.places().max());
        match shared.as_slice() {
            [] => {
                self.merge_last_scope(None);
                None
            }
            [only] if Some(*only) == first_and_last => {
                self.merge_last_scope(first_and_last);
                first_and_last
            }
            _ => None,
        }
    }

    fn merge_last_scope(&mut self, continued: Option<(usize, usize)>) {
        let this = self.scopes.pop().expect("two scopes were seen");
        let target = self.scopes.len() - 1;
        self.current = target;
        if let Some((first, last)) = continued {
            let again = self.items.remove(first);
            self.scope_of.remove(first);
            self.repeated.extend(again.at.iter().cloned());
            self.append(last, again);
        }
        let removed = continued.map(|(first, _)| first);
        for place in this.ids.places().filter(|&place| removed != Some(place)) {
            let shift = usize::from(removed.is_some_and(|first| place > first));
            let id = &self.items[place - shift].key.id;
            self.scopes[target].ids.find_or_add(&self.items, id, place - shift);
        }
        for scope in &mut self.scope_of {
            *scope = (*scope).min(target);
        }
    }

    fn append(&mut self, place: usize, again: Item) {
        let item = &mut self.items[place];
        if item.parts.is_empty() {
            let values = std::mem::take(&mut item.values);
            item.parts.push(Part { label: None, at: item.at.clone(), values });
        }
        if again.parts.is_empty() {
            item.parts.push(Part { label: None, at: again.at, values: again.values });
        } else {
            item.parts.extend(again.parts);
        }
        item.revision.extend(again.revision);
    }

    /// Closes the collection: joins the rows of each item, tells same ids apart by their sheets. Every item then has
    /// `width` values.
    pub(super) fn finish(mut self, width: usize) -> Finished {
        for item in &mut self.items {
            item.values.resize(width, None);
            if !item.parts.is_empty() {
                join_parts(item, width);
            }
        }
        let shared = self.name_scopes();
        Finished { items: self.items, repeated: self.repeated, shared }
    }

    /// Gives every item whose id stands in several scopes the name of its own; says where they stand.
    fn name_scopes(&mut self) -> Vec<SheetRange> {
        if self.scopes.len() < 2 {
            return Vec::new();
        }
        let mut seen: HashMap<Arc<str>, usize> = HashMap::new();
        // A scope has every id once, so an id that is seen again is another scope's.
        for item in &self.items {
            *seen.entry(Arc::clone(&item.key.id)).or_default() += 1;
        }
        let names: Vec<Arc<str>> = self.scopes.iter().map(Scope::name).collect();
        let mut shared = Vec::new();
        for (item, scope) in self.items.iter_mut().zip(&self.scope_of) {
            if self.scopes[*scope].given.is_some() || seen.get(&item.key.id).is_some_and(|&count| count > 1) {
                shared.extend(item.at.first().cloned());
                item.key.sheet = Some(Arc::clone(&names[*scope]));
            }
        }
        shared
    }
}

impl Scope {
    /// The sheet's name, and the table's where the sheet has two.
    fn name(&self) -> Arc<str> {
        if let Some(given) = &self.given {
            return Arc::clone(given);
        }
        match (self.label.as_str(), &*self.sheet) {
            ("", _) => Arc::clone(&self.sheet),
            (label, "") => label.into(),
            (label, sheet) => format!("{sheet} > {label}").into(),
        }
    }
}

/// What [`Items::finish`] gives.
pub(super) struct Finished {
    /// The items, in sheet order.
    pub items: Vec<Item>,
    /// Rows whose id stood already above.
    pub repeated: Vec<SheetRange>,
    /// Items whose id stands on several sheets.
    pub shared: Vec<SheetRange>,
}

fn join_parts(item: &mut Item, width: usize) {
    for part in &mut item.parts {
        part.values.resize(width, None);
    }
    let parts = &item.parts;
    let column =
        |index: usize| -> Vec<&FieldValue> { parts.iter().filter_map(|part| part.values[index].as_ref()).collect() };
    item.values = (0..width).map(|index| joined(&column(index))).collect();
    item.at = parts.iter().flat_map(|part| part.at.iter().cloned()).collect();
}
