//! 適合性 of every item: said at all, and in a word that is known.

use crate::catalog::{Catalog, ConformityWord, Item, key};
use crate::diagnostic::Diagnostic;

pub(super) fn findings(catalog: &Catalog) -> Vec<Diagnostic> {
    let Some(index) = catalog.field_index(key::CONFORMITY) else { return Vec::new() };
    catalog.active().filter_map(|item| finding(item, index)).collect()
}

fn finding(item: &Item, index: usize) -> Option<Diagnostic> {
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
        None => Some(
            Diagnostic::warning("conformity-missing").at_all(places.iter().take(1)).arg("item", item.key.to_string()),
        ),
    }
}
