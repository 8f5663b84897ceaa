//! 適合性 of every item: said at all, and in a word that is known.

use std::collections::HashMap;
use std::sync::Arc;

use crate::address::{CellRef, SheetRange};
use crate::catalog::{Catalog, ConformityWord, Item, key};
use crate::diagnostic::Diagnostic;

/// The column in which a sheet says 適合性, by the sheet's name.
type Columns<'a> = HashMap<&'a Arc<str>, u32>;

pub(super) fn findings(catalog: &Catalog) -> Vec<Diagnostic> {
    let Some(index) = catalog.field_index(key::CONFORMITY) else { return Vec::new() };
    let said = catalog.items.iter().filter_map(|item| item.values.get(index)?.as_ref()?.at.first());
    let columns: Columns<'_> = said.map(|at| (&at.sheet, at.range.first.column)).collect();
    catalog.active().filter_map(|item| finding(item, index, &columns)).collect()
}

/// The cell an item leaves blank, told by where its neighbours have theirs; its row where none has.
fn blank_cell(item: &Item, columns: &Columns<'_>) -> Option<SheetRange> {
    let row = item.at.first()?;
    let cell = |&column| SheetRange::new(&row.sheet, CellRef::new(row.range.first.row, column));
    Some(columns.get(&row.sheet).map_or_else(|| row.clone(), cell))
}

fn finding(item: &Item, index: usize, columns: &Columns<'_>) -> Option<Diagnostic> {
    let value = item.values.get(index)?.as_ref();
    let places = value.map_or(&item.at, |value| &value.at);
    match item.conformity.as_ref().map(|conformity| &conformity.word) {
        Some(ConformityWord::Other(word)) => Some(
            Diagnostic::warning("conformity-unknown")
                .at_all(places.iter())
                .arg("item", item.key.to_string())
                .arg("word", word.as_str()),
        ),
        Some(_) => None,
        // Rows that disagree have values and no word; the import says so.
        None if value.is_some() => None,
        None => {
            let place = blank_cell(item, columns);
            Some(Diagnostic::warning("conformity-missing").at_all(&place).arg("item", item.key.to_string()))
        }
    }
}
