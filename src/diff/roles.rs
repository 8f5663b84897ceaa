//! What columns mean where only one edition says so: a column under a new heading keeps the part it played.
//!
//! 適合性, citations and the user's own part are told by the columns' standard keys. A heading nobody knows hides them in
//! one edition; what the other edition knows of the same column holds for both.

use std::borrow::Cow;

use crate::catalog::{Catalog, Citation, Conformity, FieldValue, Item, conformity, key};

use super::Side;
use super::columns::Columns;

/// The parts the aligned columns play.
pub(super) struct Roles {
    customer_action: Option<(usize, usize)>,
    conformity: ConformityBy,
    /// Columns of each edition whose citations have nothing to be compared with.
    uncited: [Vec<usize>; 2],
}

/// Where the two conformities of an item are taken from.
enum ConformityBy {
    /// From the items.
    Items,
    /// From what the columns say, as this edition does not know its own for 適合性.
    Column(Side, (usize, usize)),
    /// One edition has none: a column that came or went is no change of an item.
    Nothing,
}

impl Roles {
    pub(super) fn of(old: &Catalog, new: &Catalog, columns: &Columns) -> Self {
        let either = |wanted: &str| {
            let plays =
                |&(from, to): &(usize, usize)| *old.fields[from].key == *wanted || *new.fields[to].key == *wanted;
            columns.common().find(plays)
        };
        let knows = |catalog: &Catalog| catalog.fields.iter().any(|field| &*field.key == key::CONFORMITY);
        let conformity = match (either(key::CONFORMITY), knows(old), knows(new)) {
            (Some(pair), false, true) => ConformityBy::Column(Side::Old, pair),
            (Some(pair), true, false) => ConformityBy::Column(Side::New, pair),
            (None, false, true) | (None, true, false) => ConformityBy::Nothing,
            _ => ConformityBy::Items,
        };
        Self { customer_action: either(key::CUSTOMER_ACTION), conformity, uncited: uncited(old, new, columns) }
    }

    /// Whether a pair of columns says what the user has to do.
    pub(super) fn is_customer_action(&self, pair: (usize, usize)) -> bool {
        self.customer_action == Some(pair)
    }

    /// The conformities of an item to compare; `None` where there is nothing to compare.
    pub(super) fn conformities<'i>(&self, old: &'i Item, new: &'i Item) -> Option<[Option<Cow<'i, Conformity>>; 2]> {
        let own = |item: &'i Item| item.conformity.as_ref().map(Cow::Borrowed);
        let text = |item: &'i Item, column: usize| {
            item.values.get(column).and_then(Option::as_ref).map_or(Cow::Borrowed(""), FieldValue::effective_text)
        };
        let said = |item: &'i Item, column: usize| conformity::parse(&text(item, column)).map(Cow::Owned);
        match self.conformity {
            ConformityBy::Items => Some([own(old), own(new)]),
            // The edition that knows the column may know the publisher's own words as well.
            ConformityBy::Column(_, (from, to)) if text(old, from) == text(new, to) => None,
            ConformityBy::Column(Side::Old, (from, _)) => Some([said(old, from), own(new)]),
            ConformityBy::Column(Side::New, (_, to)) => Some([own(old), said(new, to)]),
            ConformityBy::Nothing => None,
        }
    }

    /// The columns of an edition whose citations count for nothing.
    pub(super) fn uncited(&self, side: Side) -> &[usize] {
        &self.uncited[usize::from(side == Side::New)]
    }
}

fn uncited(old: &Catalog, new: &Catalog, columns: &Columns) -> [Vec<usize>; 2] {
    let mut uncited = [Vec::new(), Vec::new()];
    for pair in &columns.pairs {
        match (pair.old, pair.new) {
            (Some(from), Some(to)) if old.fields[from].key == new.fields[to].key => {}
            (Some(from), Some(to)) => {
                if cites(old, from) != cites(new, to) {
                    uncited[0].push(from);
                    uncited[1].push(to);
                }
            }
            (from, to) => {
                uncited[0].extend(from);
                uncited[1].extend(to);
            }
        }
    }
    uncited
}

fn cites(catalog: &Catalog, column: usize) -> bool {
    catalog.items.iter().any(|item| item.citations.iter().any(|citation| stands_in(item, column, citation)))
}

/// Whether a citation stands in a column of its item.
pub(super) fn stands_in(item: &Item, column: usize, citation: &Citation) -> bool {
    let places = item.values.get(column).into_iter().flatten().flat_map(|value| value.at.iter());
    places.into_iter().any(|place| place.sheet == citation.at.sheet && place.range.intersects(&citation.at.range))
}
