//! Reads the tables of a binding into a catalog.

use std::collections::HashMap;
use std::sync::Arc;

use super::fields::Fields;
use super::grouping::{self, Groups, Shape};
use super::marks::Marking;
use super::overall::{self, MOST_PLACES};
use super::rows::{Columns, Merges, Row};
use super::table::{Progress, Reading, TableReader, comments_by_row, line_of};
use super::{documents, edition, id_sample};
use crate::address::SheetRange;
use crate::catalog::edition::EditionFacts;
use crate::catalog::id::Scheme;
use crate::catalog::{
    Catalog, Conformity, ConformityWord, Edition, FieldValue, Line, List, Places, Source, citation, conformity, key,
};
use crate::diagnostic::{Arg, Diagnostic, Failure};
use crate::template::{Binding, BoundTable};
use crate::workbook::{Sheet, Workbook};

/// Reads a reference: every item with its fields, marks, citations and cells, and all that belongs to no item.
///
/// # Errors
///
/// `items-missing` when the tables hold no item at all; with it, what was found instead.
pub fn catalog(workbook: &Workbook, binding: &Binding, source: Source) -> Result<Catalog, Failure> {
    let facts = edition::named(workbook, binding, &source.file);
    let fields = Fields::of(binding);
    let scheme = id_sample::common_scheme(workbook, binding);
    let mut reading = Tables { workbook, binding, fields: &fields, scheme, edition: facts }.read();
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
    reading.findings.extend(overall::repeated_ids(binding, &finished.repeated));
    reading.findings.extend(overall::shared_ids(binding, &finished.shared));
    reading.findings.extend(overall::hidden(workbook, binding));
    reading.findings.extend(overall::pictures(workbook, binding));
    reading.findings.extend(overall::uncalculated(&reading.uncalculated));
    reading.findings.extend(overall::filled_down(workbook, binding, &filled));
    reading.findings.extend(overall::full_rows(&reading.full_rows, catalog.items.len()));
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

/// What all tables of a catalog are read with.
struct Tables<'a> {
    workbook: &'a Workbook,
    binding: &'a Binding,
    fields: &'a Fields,
    /// The scheme of ids whose layout names none.
    scheme: Scheme,
    edition: Option<&'a EditionFacts>,
}

impl<'a> Tables<'a> {
    /// Reads them in tab order and top down.
    fn read(&self) -> Reading {
        let (mut reading, mut progress) = (Reading::default(), Progress::default());
        let tables = &self.binding.tables;
        let has_sheets = tables.iter().any(|table| table.sheet != tables[0].sheet);
        for (index, table) in tables.iter().enumerate() {
            let sheet = &self.workbook.sheets[table.sheet];
            let rows = sheet.rows_between(table.rows.0, table.rows.1).count();
            let reader = self.reader(table);
            let is_first = index == 0 || tables[index - 1].sheet != table.sheet;
            if is_first {
                std::mem::take(&mut progress).end(&mut reading);
                let title = title_row(sheet, table, tables.get(index + 1));
                reading.notes.extend(lines_above(sheet, title.unwrap_or(table.header.first.row)));
                reading.items.begin_scope(&sheet.name, String::new(), rows);
                if let Some(title) = title {
                    reader.read_title(title, &mut progress, &mut reading);
                }
            } else {
                let label = progress.last_line().map_or_else(|| format!("({})", index + 1), str::to_owned);
                reading.items.begin_scope(&sheet.name, label, rows);
            }
            let mut groups = Groups::new(&reader.layout.group, reader.scheme, has_sheets.then_some(&sheet.name));
            reader.read(&mut groups, &mut progress, &mut reading);
            if !is_first && let Some((first, last)) = reading.items.end_repeated_table() {
                progress.follow(first, last);
            }
        }
        progress.end(&mut reading);
        reading
    }

    fn reader(&self, table: &'a BoundTable) -> TableReader<'a> {
        let sheet = &self.workbook.sheets[table.sheet];
        let layout = self.binding.layout(table);
        let leaves_text = layout.id.leads || layout.id.numbered;
        TableReader {
            sheet,
            table,
            columns: Columns::new(table),
            layout,
            scheme: layout.id.scheme.unwrap_or(self.scheme),
            edition: self.edition,
            fields: self.fields.of_table(table),
            led_text: leaves_text.then(|| self.fields.place(key::TEXT)).flatten(),
            width: self.fields.count(),
            band_fields: self.fields.inherited(table),
            comments: comments_by_row(sheet),
            marking: Marking::new(self.workbook, sheet, table.rows, &self.binding.template.marks),
            digit_share: id_sample::digit_share(sheet, table),
            mostly_alone: id_sample::stand_alone(sheet, table, layout.id.numbered),
        }
    }
}

/// The names of the sheets the tables stand on.
fn bound_sheets(workbook: &Workbook, binding: &Binding) -> Vec<Arc<str>> {
    let mut sheets: Vec<usize> = binding.tables.iter().map(|table| table.sheet).collect();
    sheets.sort_unstable();
    sheets.dedup();
    sheets.into_iter().map(|sheet| Arc::clone(&workbook.sheets[sheet].name)).collect()
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

/// The texts of the text boxes and shapes on the sheets of the tables: vendors write notes in them.
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
        let unknown = Diagnostic::warning("conformity-own-word").at_all(places.iter().take(MOST_PLACES));
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

/// Reads the lists of cited documents.
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

/// Says that no row was an item, with what was wrong with the rows.
fn no_items(workbook: &Workbook, binding: &Binding, diagnostics: Vec<Diagnostic>) -> Failure {
    let errors = diagnostics.into_iter().filter(|d| d.severity == crate::diagnostic::Severity::Error);
    let missing = Diagnostic::error("items-missing").at_all(&binding.headers_in(workbook));
    Failure { diagnostics: std::iter::once(missing).chain(errors).collect() }
}
