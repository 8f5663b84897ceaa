//! Reads the tables of a binding into a catalog.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::grouping::{self, Groups, Shape};
use super::marks::Marking;
use super::rows::{Merges, Row};
use super::table::{Progress, Reading, TableReader, comments_by_row, line_of};
use super::{documents, edition};
use crate::address::{Range, SheetRange, column_letters, quote_sheet};
use crate::answers::column::form_version;
use crate::catalog::edition::EditionFacts;
use crate::catalog::id::{IdContext, Scheme};
use crate::catalog::{
    Catalog, Conformity, ConformityWord, Edition, Field, FieldValue, Item, Line, List, Places, Source, citation,
    conformity, key,
};
use crate::diagnostic::{Arg, Diagnostic, Failure};
use crate::template::{Binding, BoundTable, Role, TableLayout};
use crate::workbook::{Sheet, Workbook};

/// Reads a reference: every item with its fields, marks, citations and cells, and all that belongs to no item.
///
/// # Errors
///
/// `items-missing` when the tables hold no item at all; with it, what was found instead.
pub fn catalog(workbook: &Workbook, binding: &Binding, source: Source) -> Result<Catalog, Failure> {
    let facts = edition::named(workbook, binding, &source.file);
    let fields = Fields::of(binding);
    let scheme = common_scheme(workbook, binding);
    let mut reading = read_tables(workbook, binding, &fields, scheme, facts);
    let filled = fields.filled_down(&reading);
    let inherited = fields.inherited_by_items(&reading);
    let finished = std::mem::take(&mut reading.items).finish(fields.width(&inherited));
    let mut catalog = Catalog {
        edition: Edition {
            framework: binding.template.framework.clone(),
            version: facts.map(|facts| facts.name().to_owned()),
            provider: edition::provider(binding),
            template: binding.template.name.clone(),
        },
        source: Source { sheets: bound_sheets(workbook, binding), ..source },
        items: finished.items,
        ..Catalog::default()
    };
    catalog.fields = fields.finish(&mut catalog.items, inherited);
    grouping::list(&mut catalog, scheme, &reading.band_titles);
    read_conformity(&mut catalog, &mut reading);
    read_citations(&mut catalog, binding);
    read_lists(workbook, binding, &mut catalog, &mut reading);
    reading.findings.extend(repeats(binding, &finished.repeated));
    reading.findings.extend(shared_ids(binding, &finished.shared));
    reading.findings.extend(hidden(workbook, binding));
    reading.findings.extend(pictures(workbook, binding));
    reading.findings.extend(uncalculated(&reading.uncalculated));
    reading.findings.extend(filled_down(workbook, binding, &filled));
    catalog.bands = reading.bands;
    catalog.notes.extend(reading.notes);
    catalog.notes.extend(shapes(workbook, binding));
    catalog.diagnostics = workbook.diagnostics.iter().chain(&binding.diagnostics).cloned().collect();
    catalog.diagnostics.extend(reading.findings.into_diagnostics());
    if catalog.items.is_empty() {
        return Err(no_items(workbook, binding, catalog.diagnostics));
    }
    Ok(catalog)
}

fn read_tables(
    workbook: &Workbook,
    binding: &Binding,
    fields: &Fields,
    scheme: Scheme,
    facts: Option<&EditionFacts>,
) -> Reading {
    let mut reading = Reading::default();
    let mut progress = Progress::default();
    let default = TableLayout::default();
    let has_sheets = binding.tables.iter().any(|table| table.sheet != binding.tables[0].sheet);
    for (index, table) in binding.tables.iter().enumerate() {
        let sheet = &workbook.sheets[table.sheet];
        let layout = binding.layout(table).unwrap_or(&default);
        let before =
            index.checked_sub(1).map(|before| &binding.tables[before]).filter(|before| before.sheet == table.sheet);
        let title = before.is_none().then(|| title_row(sheet, table, binding.tables.get(index + 1))).flatten();
        let rows = sheet.rows_from(table.rows.0).take_while(|&(row, _)| row <= table.rows.1).count();
        match before {
            None => {
                progress.end(&mut reading);
                progress = Progress::default();
                reading.notes.extend(lines_above(sheet, title.unwrap_or(table.header.first.row)));
                reading.items.begin_scope(&sheet.name, String::new(), rows);
            }
            Some(_) => {
                let label = progress.last_line().map_or_else(|| format!("({})", index + 1), str::to_owned);
                reading.items.begin_scope(&sheet.name, label, rows);
            }
        }
        let reader = TableReader {
            sheet,
            table,
            layout,
            scheme: layout.id.scheme.unwrap_or(scheme),
            edition: facts,
            fields: fields.of_table(table),
            led_text: (layout.id.leads || layout.id.numbered).then(|| fields.place(key::TEXT)).flatten(),
            width: fields.fields.len(),
            band_fields: fields.inherited(table),
            comments: comments_by_row(sheet),
            marking: Marking::new(workbook, sheet, table.rows, &binding.template.marks),
            ids_have_digits: ids_have_digits(sheet, table),
            mostly_alone: layout.id.numbered && ids_stand_alone(sheet, table),
        };
        let sheet_name = has_sheets.then_some(&sheet.name);
        let mut groups = Groups::new(&layout.group, reader.scheme, sheet_name);
        if let Some(title) = title {
            reader.read_title(title, &mut progress, &mut reading);
        }
        reader.read(&mut groups, &mut progress, &mut reading);
        let joined = before.and_then(|_| reading.items.end_repeated_table());
        if let Some((first, last)) = joined {
            progress.follow(first, last);
        }
    }
    progress.end(&mut reading);
    reading
}

/// The fields of a catalog in the making: those of the columns, then two that bands are inherited by.
struct Fields {
    fields: Vec<Field>,
}

impl Fields {
    fn of(binding: &Binding) -> Self {
        let mut fields: Vec<Field> = Vec::new();
        let mut add = |key: &Arc<str>, label: &str| {
            if !fields.iter().any(|field| field.key == *key) {
                fields.push(Field { key: Arc::clone(key), label: label.to_owned() });
            }
        };
        for table in &binding.tables {
            let has_text = |layout: &TableLayout| layout.id.leads || layout.id.numbered;
            let has_text = binding.layout(table).is_some_and(has_text);
            for column in &table.columns {
                match column.role {
                    Role::Field | Role::Tick(_) | Role::Answer { .. } => add(&column.key, &column.label),
                    Role::Id(_) if has_text => add(&Arc::from(key::TEXT), &column.label),
                    Role::Id(_) | Role::Revision | Role::Item(_) => {}
                }
            }
        }
        Self { fields }
    }

    /// The fields that no column has and items were given by the bands above them: the place and the field of each.
    fn inherited_by_items(&self, reading: &Reading) -> Vec<(usize, Field)> {
        let columns = self.fields.len();
        let levels = [(reading.has_major, key::MAJOR, "大項目"), (reading.has_middle, key::MIDDLE, "中項目")];
        let places = (columns..).zip(levels).filter(|(_, (is_there, key, _))| *is_there && self.place(key).is_none());
        places.map(|(place, (_, key, label))| (place, Field { key: Arc::from(key), label: label.to_owned() })).collect()
    }

    /// The headings of the fields that were filled down from the rows above, and how many values.
    fn filled_down(&self, reading: &Reading) -> Vec<(String, usize)> {
        let labels = reading.filled_down.iter().map(|(&field, &count)| (self.fields[field].label.clone(), count));
        labels.collect()
    }

    /// The places of an item's values: the columns' fields, and the two inherited ones where there are any.
    fn width(&self, inherited: &[(usize, Field)]) -> usize {
        self.fields.len() + if inherited.is_empty() { 0 } else { 2 }
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| *field.key == *key)
    }

    fn of_table(&self, table: &BoundTable) -> Vec<Option<usize>> {
        let place = |column: &crate::template::BoundColumn| match column.role {
            Role::Field | Role::Tick(_) | Role::Answer { .. } => self.place(&column.key),
            Role::Id(_) | Role::Revision | Role::Item(_) => None,
        };
        table.columns.iter().map(place).collect()
    }

    /// Where a table's bands go: nowhere if it has columns of its own for them.
    fn inherited(&self, table: &BoundTable) -> (Option<usize>, Option<usize>) {
        let has = |key: &str| table.columns.iter().any(|column| *column.key == *key);
        let (major, middle) = (self.fields.len(), self.fields.len() + 1);
        if has(key::MAJOR) {
            return (None, None);
        }
        (
            Some(self.place(key::MAJOR).unwrap_or(major)),
            (!has(key::MIDDLE)).then(|| self.place(key::MIDDLE).unwrap_or(middle)),
        )
    }

    /// The fields in order, the inherited ones in front; the items' values are put in the same order.
    fn finish(self, items: &mut [Item], inherited: Vec<(usize, Field)>) -> Vec<Field> {
        let columns = self.fields.len();
        let mut fields = self.fields;
        if inherited.is_empty() {
            return fields;
        }
        let rearrange = |values: &mut Vec<Option<FieldValue>>| {
            if values.is_empty() {
                return;
            }
            let front: Vec<Option<FieldValue>> = inherited.iter().map(|&(place, _)| values[place].take()).collect();
            values.truncate(columns);
            values.splice(0..0, front);
        };
        for item in items {
            rearrange(&mut item.values);
            item.parts.iter_mut().for_each(|part| rearrange(&mut part.values));
        }
        fields.splice(0..0, inherited.into_iter().map(|(_, field)| field));
        fields
    }
}

/// The scheme the ids themselves follow, where the template leaves it to them: FISC if most of them do.
fn common_scheme(workbook: &Workbook, binding: &Binding) -> Scheme {
    let default = TableLayout::default();
    let known = binding.tables.iter().filter_map(|table| binding.layout(table).unwrap_or(&default).id.scheme).next();
    if let Some(scheme) = known {
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

fn bound_sheets(workbook: &Workbook, binding: &Binding) -> Vec<Arc<str>> {
    let mut sheets: Vec<usize> = binding.tables.iter().map(|table| table.sheet).collect();
    sheets.sort_unstable();
    sheets.dedup();
    sheets.into_iter().map(|sheet| Arc::clone(&workbook.sheets[sheet].name)).collect()
}

/// Whether nearly all of a table's ids have a digit: then a word in their column belongs to a legend or an example.
fn ids_have_digits(sheet: &Sheet, table: &BoundTable) -> bool {
    let (mut seen, mut with_digit) = (0, 0);
    for text in sampled_ids(sheet, table) {
        seen += 1;
        with_digit += usize::from(text.contains(char::is_numeric));
    }
    seen >= 5 && with_digit * 10 >= seen * 6
}

/// Whether most rows with something in the id column hold nothing else.
fn ids_stand_alone(sheet: &Sheet, table: &BoundTable) -> bool {
    let columns: Vec<u32> =
        table.columns.iter().filter(|column| matches!(column.role, Role::Id(_))).map(|column| column.column).collect();
    let rows = sheet.rows_from(table.rows.0).take_while(|&(row, _)| row <= table.rows.1);
    let filled = rows.map(|(_, cells)| cells.iter().filter(|cell| !crate::text::is_blank(&cell.text)));
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
    let rows = sheet.rows_from(table.rows.0).take_while({
        let last = table.rows.1;
        move |&(row, _)| row <= last
    });
    let texts = rows.map(move |(_, cells)| {
        let part = |&column: &u32| {
            let index = cells.binary_search_by_key(&column, |cell| cell.at.column).ok()?;
            Some(cells[index].text.trim())
        };
        match columns.as_slice() {
            [only] => Cow::Borrowed(part(only).unwrap_or("")),
            several => Cow::Owned(several.iter().filter_map(part).collect()),
        }
    });
    texts.filter(|text| !text.is_empty()).take(100)
}

/// A title stands at most so many rows above its header: blank rows may be between them.
const TITLE_ROWS: u32 = 3;

/// The row above a sheet's first header that names its items, told by the next header's having one like it just as far
/// above: a heading above each repetition of the header is a band, and so is the first.
fn title_row(sheet: &Sheet, table: &BoundTable, next: Option<&BoundTable>) -> Option<u32> {
    let next = next.filter(|next| next.sheet == table.sheet)?;
    let above = |table: &BoundTable| -> Option<(u32, u32, Shape)> {
        let header = table.header.first.row;
        let is_filled = |row: &u32| sheet.row(*row).iter().any(|cell| !cell.text.trim().is_empty());
        let row = (header.saturating_sub(TITLE_ROWS)..header).rev().find(is_filled)?;
        let mut filled = sheet.row(row).iter().filter(|cell| !cell.text.trim().is_empty());
        let only = filled.next().filter(|_| filled.next().is_none())?;
        Some((row, header - row, Shape::new(only.at.column, &only.text)))
    };
    let ((row, distance, shape), (_, next_distance, next_shape)) = (above(table)?, above(next)?);
    (shape == next_shape && distance == next_distance).then_some(row)
}

/// Title and licence lines above a table, down to a row.
fn lines_above(sheet: &Sheet, end: u32) -> Vec<Line> {
    let Some(last) = end.checked_sub(1) else { return Vec::new() };
    let mut merges = Merges::new(sheet, (0, last));
    let rows = sheet.rows().take_while(|&(row, _)| row <= last);
    let lines = rows.map(|(number, cells)| line_of(sheet, &Row::new(number, cells, &mut merges)));
    lines.filter(|line| !line.text.is_empty()).collect()
}

fn shapes(workbook: &Workbook, binding: &Binding) -> Vec<Line> {
    let sheets = workbook.sheets.iter().enumerate();
    let bound = sheets.filter(|(index, _)| binding.tables.iter().any(|table| table.sheet == *index));
    let lines = bound.flat_map(|(_, sheet)| {
        sheet.shapes.iter().filter(|shape| !shape.text.trim().is_empty()).map(|shape| Line {
            text: crate::text::normalise::normalise(&crate::text::owned(shape.text.as_str())),
            at: Places::one(SheetRange::new(&sheet.name, shape.range)),
        })
    });
    lines.collect()
}

/// Reads 適合性 of every item; rows that disagree leave it open.
fn read_conformity(catalog: &mut Catalog, reading: &mut Reading) {
    let Some(field) = catalog.field_index(key::CONFORMITY) else { return };
    let mut others: Vec<(String, Vec<SheetRange>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for item in &mut catalog.items {
        let own = |values: &[Option<FieldValue>]| -> Vec<Conformity> {
            let value = values.get(field).and_then(Option::as_ref);
            value.map(|value| said_in(&value.effective_text())).unwrap_or_default()
        };
        let said: Vec<Conformity> = if item.parts.is_empty() {
            own(&item.values)
        } else {
            item.parts.iter().flat_map(|part| own(&part.values)).collect()
        };
        let Some(first) = said.first() else { continue };
        let place = item.values[field].as_ref().map(|value| value.at.to_vec()).unwrap_or_default();
        if said.iter().any(|other| other.word != first.word) {
            let words: Vec<String> = said.iter().map(|word| word.word.as_str().to_owned()).collect();
            let differs = Diagnostic::warning("conformity-differs").at_all(&place).arg("id", item.key.to_string());
            reading.findings.push(differs.arg("words", Arg::List(words)));
            continue;
        }
        if let ConformityWord::Other(word) = &first.word {
            match known.get(word) {
                Some(&index) => others[index].1.extend(place),
                None => {
                    known.insert(word.clone(), others.len());
                    others.push((word.clone(), place));
                }
            }
        }
        item.conformity = Some(first.clone());
    }
    for (word, places) in others {
        let unknown = Diagnostic::warning("conformity-own-word").at_all(places.iter().take(20));
        reading.findings.push(unknown.arg("word", word).arg("count", places.len()));
    }
}

/// What a cell says of 適合性: each of its lines where every one is a word of its own, else the cell as a whole.
fn said_in(text: &str) -> Vec<Conformity> {
    if text.contains('\n') {
        let is_word = |said: &Conformity| !matches!(said.word, ConformityWord::Other(_));
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let lines: Option<Vec<Conformity>> = lines.map(|line| conformity::parse(line).filter(is_word)).collect();
        if let Some(lines) = lines {
            return lines;
        }
    }
    conformity::parse(text).into_iter().collect()
}

/// Reads the citations of the columns a template names as citing.
fn read_citations(catalog: &mut Catalog, binding: &Binding) {
    let columns = binding.template.tables.iter().flat_map(|table| &table.columns);
    let mut citing: Vec<(usize, List)> =
        columns.filter_map(|column| Some((catalog.field_index(&column.key)?, column.cites?))).collect();
    citing.sort_by_key(|&(field, _)| field);
    citing.dedup();
    for item in &mut catalog.items {
        for &(field, list) in &citing {
            let Some(value) = &item.values[field] else { continue };
            let Some(at) = value.at.first() else { continue };
            item.citations.extend(citation::parse(&value.effective_text(), list, at));
        }
    }
}

fn read_lists(workbook: &Workbook, binding: &Binding, catalog: &mut Catalog, reading: &mut Reading) {
    for list in &binding.lists {
        let sheet = &workbook.sheets[list.sheet];
        let entries = documents::read(sheet, list, &mut reading.notes, &mut reading.findings);
        match list.list {
            List::Documents => catalog.documents.extend(entries),
            List::Reports => catalog.reports.extend(entries),
        }
    }
}

/// How many places a diagnostic names at most; the count says the rest.
const MOST_PLACES: usize = 20;

fn repeats(binding: &Binding, repeated: &[SheetRange]) -> Option<Diagnostic> {
    let is_expected = binding.template.tables.iter().any(|table| table.rows.repeats);
    let make = if is_expected { Diagnostic::note } else { Diagnostic::warning };
    let diagnostic = || make("id-repeated").at_all(repeated.iter().take(MOST_PLACES)).arg("count", repeated.len());
    (!repeated.is_empty()).then(diagnostic)
}

fn shared_ids(binding: &Binding, shared: &[SheetRange]) -> Option<Diagnostic> {
    let is_expected = binding.template.tables.iter().any(|table| table.ids_per_sheet);
    let make = if is_expected { Diagnostic::note } else { Diagnostic::warning };
    let diagnostic = || make("id-on-several-sheets").at_all(shared.iter().take(MOST_PLACES)).arg("count", shared.len());
    (!shared.is_empty()).then(diagnostic)
}

fn uncalculated(cells: &[SheetRange]) -> Option<Diagnostic> {
    let said = || Diagnostic::warning("formula-uncalculated").at_all(cells.iter().take(MOST_PLACES));
    (!cells.is_empty()).then(|| said().arg("count", cells.len()))
}

/// Says what the generic reading filled down; a template that is told to needs no word.
fn filled_down(workbook: &Workbook, binding: &Binding, filled: &[(String, usize)]) -> Option<Diagnostic> {
    if binding.template.name.is_some() || filled.is_empty() {
        return None;
    }
    let headers = binding.tables.iter().map(|table| SheetRange::new(&workbook.sheets[table.sheet].name, table.header));
    let at: Vec<SheetRange> = headers.collect();
    let headings: Vec<String> = filled.iter().map(|(label, _)| label.clone()).collect();
    let count: usize = filled.iter().map(|(_, count)| count).sum();
    Some(Diagnostic::note("filled-down").at_all(&at).arg("headings", Arg::List(headings)).arg("count", count))
}

/// Says once which cells of the tables have pictures over them: what they show is not read.
fn pictures(workbook: &Workbook, binding: &Binding) -> Option<Diagnostic> {
    let over = |table: &BoundTable| -> Vec<SheetRange> {
        let sheet = &workbook.sheets[table.sheet];
        let right = table.columns.iter().map(|column| column.last_column).max().unwrap_or(0);
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
fn hidden(workbook: &Workbook, binding: &Binding) -> Option<Diagnostic> {
    let (mut headers, mut all) = (Vec::new(), Vec::new());
    for table in &binding.tables {
        let sheet = &workbook.sheets[table.sheet];
        let right = table.columns.iter().map(|column| column.last_column).max().unwrap_or(0);
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
        let rows = runs(rows.copied()).into_iter().map(|(first, last)| format!("{name}{}:{}", first + 1, last + 1));
        let columns = runs(columns.map(|&(first, last)| (first, last.min(right))));
        let letters = |(first, last)| format!("{name}{}:{}", column_letters(first), column_letters(last));
        let places: Vec<String> = rows.chain(columns.into_iter().map(letters)).collect();
        if !places.is_empty() {
            headers.push(SheetRange::new(&sheet.name, table.header));
            all.extend(places);
        }
    }
    all.dedup();
    let read = || Diagnostic::note("hidden-read").at_all(&headers).arg("count", all.len());
    (!all.is_empty()).then(|| read().arg("places", Arg::List(all.clone())))
}

/// Spans that follow each other as one: Excel writes the hidden columns M to P as four.
fn runs(spans: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for (first, last) in spans {
        match runs.last_mut() {
            Some((_, end)) if first <= *end + 1 => *end = last.max(*end),
            _ => runs.push((first, last)),
        }
    }
    runs
}

fn no_items(workbook: &Workbook, binding: &Binding, diagnostics: Vec<Diagnostic>) -> Failure {
    let headers = binding.tables.iter().map(|table| SheetRange::new(&workbook.sheets[table.sheet].name, table.header));
    let at: Vec<SheetRange> = headers.collect();
    let errors = diagnostics.into_iter().filter(|d| d.severity == crate::diagnostic::Severity::Error);
    let missing = Diagnostic::error("items-missing").at_all(&at);
    Failure { diagnostics: std::iter::once(missing).chain(errors).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_over_the_table_are_said_once_and_a_logo_above_it_is_not() {
        let csv = "会社の印,\n項番,本調査で確認した内容\n統1,規程がある。\n統2,台帳がある。\n";
        let mut workbook = crate::workbook::read(csv.as_bytes(), "a.csv", &Default::default()).unwrap();
        workbook.sheets[0].pictures = ["A1:B1", "B3", "B4:D9"].map(|range| range.parse().unwrap()).to_vec();
        let binding = crate::template::bind(&workbook, &Default::default()).unwrap();
        let read = catalog(&workbook, &binding, Source::default()).unwrap();
        let said: Vec<&Diagnostic> = read.diagnostics.iter().filter(|said| said.code == "pictures-not-read").collect();
        let places: Vec<String> = said[0].at.iter().map(ToString::to_string).collect();
        assert_eq!((said.len(), places), (1, vec!["B3".to_owned(), "B4:D9".to_owned()]));
    }
}
