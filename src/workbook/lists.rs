//! Lists of data validations: the words written out, or those in the cells a formula or a defined name points at.
//!
//! Formulas are spreadsheet formulas whatever the format; its reader writes them so.

use super::{Allowed, Sheet};
use crate::address::{CellRef, MAX_COLUMNS, MAX_ROWS, Range};

/// Words taken from the cells of one list at most; Excel itself shows no more than 32,767.
const MAX_WORDS: usize = 32_767;

/// Words of all lists of a workbook together: many lists may name one column of many cells.
pub(super) const MAX_LIST_WORDS: usize = 500_000;

/// A defined name and the formula it stands for; `sheet` is the tab's number where the name is the sheet's own.
pub(super) struct DefinedName {
    pub(super) name: String,
    pub(super) sheet: Option<usize>,
    pub(super) formula: String,
}

/// The words a list's formula allows, looked up in the cells it names; `here` is the number of its sheet.
pub(super) fn list_words(
    formula: &str,
    here: usize,
    sheets: &[(usize, Sheet)],
    names: &[DefinedName],
    words_left: &mut usize,
) -> Allowed {
    let formula = formula.strip_prefix('=').unwrap_or(formula).trim();
    if let Some(inner) = formula.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let words = inner.replace("\"\"", "\"");
        return Allowed::List(words.split(',').map(|word| word.trim().to_owned()).collect());
    }
    let named = names
        .iter()
        .filter(|name| name.name.eq_ignore_ascii_case(formula) && name.sheet.is_none_or(|sheet| sheet == here));
    let target = named.max_by_key(|name| name.sheet.is_some()).map_or(formula, |name| name.formula.as_str());
    match words(target, here, sheets, *words_left) {
        Some(words) => {
            *words_left -= words.len();
            Allowed::List(words)
        }
        None => Allowed::UnresolvedList(formula.to_owned()),
    }
}

/// The words in the cells a reference names, blank cells left out; `None` also where they are more than `most`.
fn words(reference: &str, here: usize, sheets: &[(usize, Sheet)], most: usize) -> Option<Vec<String>> {
    let (sheet_name, place) = match reference.rsplit_once('!') {
        Some((name, place)) => (Some(name), place),
        None => (None, reference),
    };
    let range = area(place.trim())?;
    let sheet = match sheet_name {
        Some(name) => {
            let name = match name.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
                Some(inner) => inner.replace("''", "'"),
                None => name.to_owned(),
            };
            sheets.iter().find(|(_, sheet)| sheet.name.to_lowercase() == name.to_lowercase())
        }
        None => sheets.iter().find(|(number, _)| *number == here),
    };
    let rows = sheet?.1.rows();
    let inside = rows.filter(|(row, _)| (range.first.row..=range.last.row).contains(row));
    let cells = inside.flat_map(|(_, cells)| cells.iter().filter(|cell| range.contains(cell.at)));
    let words = cells.filter(|cell| !cell.text.is_empty()).map(|cell| cell.text.as_str().to_owned());
    let words: Vec<String> = words.take(MAX_WORDS.min(most.saturating_add(1))).collect();
    (words.len() <= most).then_some(words)
}

/// A range, a whole column (`A:C`) or a whole row (`1:3`).
pub(super) fn area(text: &str) -> Option<Range> {
    if let Ok(range) = text.parse() {
        return Some(range);
    }
    let plain = text.replace('$', "");
    let (first, last) = plain.split_once(':')?;
    if let (Ok(first), Ok(last)) = (first.parse::<u32>(), last.parse::<u32>()) {
        let is_inside = (1..=MAX_ROWS).contains(&first) && (1..=MAX_ROWS).contains(&last);
        return is_inside.then(|| Range::new(CellRef::new(first - 1, 0), CellRef::new(last - 1, MAX_COLUMNS - 1)));
    }
    let first: CellRef = format!("{first}1").parse().ok()?;
    let last: CellRef = format!("{last}{MAX_ROWS}").parse().ok()?;
    Some(Range::new(first, last))
}
