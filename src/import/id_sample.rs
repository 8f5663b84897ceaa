//! What the ids of a table look like, told from the first of them.

use std::borrow::Cow;

use crate::catalog::id::{IdContext, Scheme};
use crate::template::{Binding, BoundTable, Role};
use crate::text::is_blank;
use crate::workbook::{Cell, Sheet, Workbook};

/// So many ids tell what they all look like.
const SAMPLE: usize = 100;
/// Fewer than so many tell nothing.
const FEWEST: u32 = 5;

/// The scheme the ids themselves follow, where the template leaves it to them: FISC if most of them do.
pub(super) fn common_scheme(workbook: &Workbook, binding: &Binding) -> Scheme {
    if let Some(scheme) = binding.tables.iter().find_map(|table| binding.layout(table).id.scheme) {
        return scheme;
    }
    let (mut seen, mut fisc) = (0, 0);
    for table in &binding.tables {
        for text in sampled_ids(&workbook.sheets[table.sheet], table) {
            let parsed = Scheme::Fisc.parse(&text, &IdContext::default());
            seen += 1;
            fisc += usize::from(parsed.ids().first().is_some_and(|id| Scheme::Fisc.group_of(id).is_some()));
        }
    }
    if fisc * 2 > seen { Scheme::Fisc } else { Scheme::Opaque }
}

/// The share of a table's ids that have a digit, 0.0 to 1.0: where most have, a word in their column belongs to a legend
/// or an example. Too few ids say nothing: 0.0.
pub(super) fn digit_share(sheet: &Sheet, table: &BoundTable) -> f64 {
    let (mut seen, mut with_digit) = (0_u32, 0_u32);
    for text in sampled_ids(sheet, table) {
        seen += 1;
        with_digit += u32::from(text.contains(char::is_numeric));
    }
    if seen >= FEWEST { f64::from(with_digit) / f64::from(seen) } else { 0.0 }
}

/// Whether most rows with something in the id column hold nothing else: all of them, or the first ones.
pub(super) fn stand_alone(sheet: &Sheet, table: &BoundTable, are_all: bool) -> bool {
    let columns: Vec<u32> =
        table.columns.iter().filter(|column| matches!(column.role, Role::Id(_))).map(|column| column.column).collect();
    let rows = sheet.rows_between(table.rows.0, table.rows.1).take(if are_all { usize::MAX } else { SAMPLE });
    // A form is laid out the same whoever has answered in it.
    let answers: Vec<u32> =
        table.columns.iter().filter(|column| column.role.is_answer()).map(|column| column.column).collect();
    let says = |cell: &&Cell| !is_blank(&cell.text) && !answers.contains(&cell.at.column);
    let filled = rows.map(|(_, cells)| cells.iter().filter(says));
    let (mut all, mut alone) = (0, 0);
    for cells in filled {
        let texts: Vec<u32> = cells.map(|cell| cell.at.column).collect();
        let has_id = texts.iter().any(|column| columns.contains(column));
        all += usize::from(has_id);
        alone += usize::from(has_id && texts.len() == 1);
    }
    alone * 2 > all
}

/// Texts of the id columns, from the first rows that have one.
fn sampled_ids<'a>(sheet: &'a Sheet, table: &BoundTable) -> impl Iterator<Item = Cow<'a, str>> {
    let ids = table.columns.iter().filter(|column| matches!(column.role, Role::Id(_)));
    let columns: Vec<u32> = ids.map(|column| column.column).collect();
    let texts = sheet.rows_between(table.rows.0, table.rows.1).map(move |(_, cells)| {
        let part = |&column: &u32| {
            let index = cells.binary_search_by_key(&column, |cell| cell.at.column).ok()?;
            Some(cells[index].text.trim())
        };
        match columns.as_slice() {
            [only] => Cow::Borrowed(part(only).unwrap_or("")),
            several => Cow::Owned(several.iter().filter_map(part).collect()),
        }
    });
    texts.filter(|text| !text.is_empty()).take(SAMPLE)
}
