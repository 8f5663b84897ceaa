//! What there is to say of the tables as a whole: once each, however many cells it concerns.

use crate::address::{Range, SheetRange, column_letters, quote_sheet};
use crate::answers::column::form_version;
use crate::diagnostic::{Arg, Diagnostic};
use crate::template::{Binding, BoundTable};
use crate::workbook::{self, Workbook};

/// How many places a diagnostic names at most; the count says the rest.
pub(super) const MOST_PLACES: usize = 20;

/// Says which rows have an id that stood already above; a note where the template expects it.
pub(super) fn repeated_ids(binding: &Binding, repeated: &[SheetRange]) -> Option<Diagnostic> {
    let is_expected = binding.template.tables.iter().any(|table| table.rows.repeats);
    let make = if is_expected { Diagnostic::note } else { Diagnostic::warning };
    let diagnostic = || make("id-repeated").at_all(repeated.iter().take(MOST_PLACES)).arg("count", repeated.len());
    (!repeated.is_empty()).then(diagnostic)
}

/// Says which ids stand on several sheets, so that their items are told apart by the sheet.
pub(super) fn shared_ids(binding: &Binding, shared: &[SheetRange]) -> Option<Diagnostic> {
    let is_expected = binding.template.tables.iter().any(|table| table.ids_per_sheet);
    let make = if is_expected { Diagnostic::note } else { Diagnostic::warning };
    let diagnostic = || make("id-on-several-sheets").at_all(shared.iter().take(MOST_PLACES)).arg("count", shared.len());
    (!shared.is_empty()).then(diagnostic)
}

/// Says which cells hold a formula without a value: they read as blank.
pub(super) fn uncalculated(cells: &[SheetRange]) -> Option<Diagnostic> {
    let said = || Diagnostic::warning("formula-uncalculated").at_all(cells.iter().take(MOST_PLACES));
    (!cells.is_empty()).then(|| said().arg("count", cells.len()))
}

/// Says what the generic reading filled down; a template that is told to needs no word.
pub(super) fn filled_down(workbook: &Workbook, binding: &Binding, filled: &[(String, usize)]) -> Option<Diagnostic> {
    if binding.template.name.is_some() || filled.is_empty() {
        return None;
    }
    let at = binding.headers_in(workbook);
    let headings: Vec<String> = filled.iter().map(|(label, _)| label.clone()).collect();
    let count: usize = filled.iter().map(|(_, count)| count).sum();
    Some(Diagnostic::note("filled-down").at_all(&at).arg("headings", Arg::List(headings)).arg("count", count))
}

/// Fewer rows than these without an id are what they seem: more of the item above.
const FEWEST_FULL_ROWS: usize = 5;

/// Says that rows without an id look like items, where there are as many as a tenth of the items.
pub(super) fn full_rows(rows: &[SheetRange], items: usize) -> Option<Diagnostic> {
    let said = || Diagnostic::note("rows-without-id").at_all(rows.iter().take(MOST_PLACES)).arg("count", rows.len());
    (rows.len() >= FEWEST_FULL_ROWS && rows.len() * 10 >= items).then(said)
}

/// Says once which cells of the tables have pictures over them: what they show is not read.
pub(super) fn pictures(workbook: &Workbook, binding: &Binding) -> Option<Diagnostic> {
    let over = |table: &BoundTable| -> Vec<SheetRange> {
        let sheet = &workbook.sheets[table.sheet];
        let right = table.last_column();
        let is_over = |range: &&Range| {
            range.first.row <= table.rows.1 && range.last.row >= table.rows.0 && range.first.column <= right
        };
        sheet.pictures.iter().filter(is_over).map(|&range| SheetRange::new(&sheet.name, range)).collect()
    };
    let mut places: Vec<SheetRange> = Vec::new();
    for place in binding.tables.iter().flat_map(over) {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let said = || Diagnostic::note("pictures-not-read").at_all(places.iter().take(MOST_PLACES));
    (!places.is_empty()).then(|| said().arg("count", places.len()))
}

/// Says once which rows and columns of the tables are hidden; they are read all the same.
pub(super) fn hidden(workbook: &Workbook, binding: &Binding) -> Option<Diagnostic> {
    let (mut headers, mut all) = (Vec::new(), Vec::new());
    for table in &binding.tables {
        let sheet = &workbook.sheets[table.sheet];
        let right = table.last_column();
        let rows = sheet.hidden_rows.iter().filter(|(first, last)| *first <= table.rows.1 && *last >= table.rows.0);
        // What our own answer sheets hide is no text of the reference.
        let is_ours = |&(first, last): &(u32, u32)| {
            let hidden = table.columns.iter().filter(|column| (first..=last).contains(&column.column));
            hidden.map(|column| form_version(&column.label).is_some()).reduce(|all, is_key| all && is_key) == Some(true)
        };
        let columns = sheet.hidden_columns.iter().filter(|hidden| hidden.0 <= right && !is_ours(hidden));
        let name = match &*sheet.name {
            "" => String::new(),
            name => format!("{}!", quote_sheet(name)),
        };
        let rows =
            workbook::runs(rows.copied()).into_iter().map(|(first, last)| format!("{name}{}:{}", first + 1, last + 1));
        let columns = workbook::runs(columns.map(|&(first, last)| (first, last.min(right))));
        let letters = |(first, last)| format!("{name}{}:{}", column_letters(first), column_letters(last));
        let places: Vec<String> = rows.chain(columns.into_iter().map(letters)).collect();
        if !places.is_empty() {
            headers.push(table.header_in(workbook));
            all.extend(places);
        }
    }
    all.dedup();
    let read = || Diagnostic::note("hidden-read").at_all(&headers).arg("count", all.len());
    (!all.is_empty()).then(|| read().arg("places", Arg::List(all.clone())))
}

#[cfg(test)]
mod tests {
    use crate::catalog::Source;
    use crate::diagnostic::Diagnostic;
    use crate::import;

    #[test]
    fn pictures_over_the_table_are_said_once_and_a_logo_above_it_is_not() {
        let csv = "会社の印,\n項番,本調査で確認した内容\n統1,規程がある。\n統2,台帳がある。\n";
        let mut workbook = crate::workbook::read(csv.as_bytes(), "a.csv", &Default::default()).unwrap();
        workbook.sheets[0].pictures = ["A1:B1", "B3", "B4:D9"].map(|range| range.parse().unwrap()).to_vec();
        let binding = crate::template::bind(&workbook, &Default::default()).unwrap();
        let read = import::catalog(&workbook, &binding, Source::default()).unwrap();
        let said: Vec<&Diagnostic> = read.diagnostics.iter().filter(|said| said.code == "pictures-not-read").collect();
        let places: Vec<String> = said[0].at.iter().map(ToString::to_string).collect();
        assert_eq!((said.len(), places), (1, vec!["B3".to_owned(), "B4:D9".to_owned()]));
    }
}
