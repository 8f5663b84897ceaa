//! The law that reading loses nothing: every character of every non-empty cell of a bound table is in exactly one
//! field, id, band, note or revision of the catalog.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use secref::address::{CellRef, Range, SheetRange};
use secref::catalog::{Catalog, FieldValue};
use secref::template::{Binding, Role};
use secref::text::normalise::normalise;
use secref::workbook::Workbook;

/// A text without its blanks, so that joining lines and trimming make no difference.
fn visible(text: &str) -> String {
    normalise(&secref::text::owned(text)).chars().filter(|c| !c.is_whitespace()).collect()
}

/// Checks the law; says which cell breaks it.
pub fn check(workbook: &Workbook, binding: &Binding, catalog: &Catalog) -> Result<(), String> {
    let told = Told::of(catalog);
    for table in &binding.tables {
        let sheet = &workbook.sheets[table.sheet];
        let rows = sheet.rows_from(table.rows.0).take_while(|&(row, _)| row <= table.rows.1);
        for cell in rows.flat_map(|(_, cells)| cells) {
            let wanted = visible(&cell.text);
            let column =
                table.columns.iter().find(|column| (column.column..=column.last_column).contains(&cell.at.column));
            let is_revision = column.is_some_and(|column| column.role == Role::Revision);
            if wanted.is_empty() || (is_revision && wanted.chars().all(|c| "-－ー―—–−".contains(c))) {
                continue;
            }
            let place = SheetRange::new(&sheet.name, cell.at);
            if told.is_left_out(&sheet.name, cell.at.row) {
                continue;
            }
            let is_id = column.is_some_and(|column| matches!(column.role, Role::Id(_)));
            let found = told.texts_at(&sheet.name, cell.at, is_id);
            // A line or value of several cells holds each text once; a merged one stands alone.
            let tells = |text: &&String| match text.strip_prefix('\u{1}') {
                Some(joined) => joined.contains(&wanted),
                None => **text == wanted || (is_id && text.contains(&wanted)),
            };
            let count = found.iter().filter(tells).count();
            let in_two = found.concat() == wanted;
            if count == 0 && !in_two || count > 1 && !is_id {
                return Err(format!("{place} holds {wanted:?} and is told as {found:?}"));
            }
        }
    }
    Ok(())
}

/// Every text of a catalog by the cell it came from.
struct Told {
    by_cell: HashMap<(Arc<str>, CellRef), Vec<String>>,
    ids: HashMap<(Arc<str>, u32), Vec<String>>,
    left_out: Vec<SheetRange>,
}

impl Told {
    fn of(catalog: &Catalog) -> Self {
        let mut told = Self { by_cell: HashMap::new(), ids: HashMap::new(), left_out: Vec::new() };
        let bands: HashSet<&SheetRange> = catalog.bands.iter().flat_map(|line| line.at.iter()).collect();
        for item in &catalog.items {
            let values: Vec<&FieldValue> = if item.parts.is_empty() {
                item.values.iter().flatten().collect()
            } else {
                item.parts.iter().flat_map(|part| part.values.iter().flatten()).collect()
            };
            // What an item inherits from a band is the band's.
            let own = values.into_iter().filter(|value| !value.at.iter().all(|at| bands.contains(at)));
            own.for_each(|value| told.value(value));
            for (index, place) in item.at.iter().enumerate() {
                let label = item.parts.get(index).and_then(|part| part.label.as_ref());
                let labelled = label.map(|label| format!("{}{label}", item.key.id));
                let raw = visible(&item.raw_id);
                let texts = [Some(raw), labelled.map(|text| visible(&text))];
                told.ids
                    .entry((Arc::clone(&place.sheet), place.range.first.row))
                    .or_default()
                    .extend(texts.into_iter().flatten());
            }
            for revision in &item.revision {
                told.add(&revision.at, visible(&revision.text));
            }
        }
        for line in catalog.bands.iter().chain(&catalog.notes) {
            match line.at.iter().collect::<Vec<_>>().as_slice() {
                [only] => told.add(only, visible(&line.text)),
                places => {
                    // A line of several cells holds their texts in order; each place gets the whole to look in.
                    for place in places {
                        told.line(place, &line.text);
                    }
                }
            }
        }
        let errors = catalog.diagnostics.iter().filter(|d| d.severity == secref::diagnostic::Severity::Error);
        told.left_out = errors.flat_map(|diagnostic| diagnostic.at.iter().cloned()).collect();
        told
    }

    fn value(&mut self, value: &FieldValue) {
        match value.at.iter().collect::<Vec<_>>().as_slice() {
            [only] => self.add(only, visible(&value.text)),
            places => places.iter().for_each(|place| self.line(place, &value.text)),
        }
    }

    fn line(&mut self, place: &SheetRange, text: &str) {
        let key = (Arc::clone(&place.sheet), place.range.first);
        self.by_cell.entry(key).or_default().push(format!("\u{1}{}", visible(text)));
    }

    /// A text shared by several items counts once.
    fn add(&mut self, place: &SheetRange, text: String) {
        let texts = self.by_cell.entry((Arc::clone(&place.sheet), place.range.first)).or_default();
        if !texts.contains(&text) {
            texts.push(text);
        }
    }

    fn is_left_out(&self, sheet: &str, row: u32) -> bool {
        self.left_out.iter().any(|at| &*at.sheet == sheet && covers(at.range, row))
    }

    fn texts_at(&self, sheet: &Arc<str>, at: CellRef, is_id: bool) -> Vec<String> {
        let mut texts = self.by_cell.get(&(Arc::clone(sheet), at)).cloned().unwrap_or_default();
        if is_id {
            let ids = self.ids.get(&(Arc::clone(sheet), at.row)).cloned().unwrap_or_default();
            texts.splice(0..0, ids);
        }
        texts
    }
}

fn covers(range: Range, row: u32) -> bool {
    (range.first.row..=range.last.row).contains(&row)
}
