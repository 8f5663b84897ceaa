//! A catalog laid flat: one item a row, one header row, the publisher's marks kept as runs, the lists it cites beside.

use jiff::civil::DateTime;
use rust_xlsxwriter::XlsxError;

use super::Written;
use super::finish::{Properties, finish, unwritable};
use super::headings;
use super::looks::{Looks, Tone};
use super::measure;
use super::rich::{self, Piece};
use super::sheet::{Paper, Sheet};
use crate::catalog::{Catalog, FieldValue, Item, ItemStatus, List, MarkKind};
use crate::diagnostic::Failure;
use crate::render::words::Words;

/// Writes a catalog as a flat workbook. Text the publisher struck out stays, struck out.
///
/// # Errors
///
/// `workbook-unwritable` where it is more than a workbook holds.
pub fn catalog(catalog: &Catalog, words: &Words, created: DateTime) -> Result<Written, Failure> {
    let looks = Looks::new();
    let sheets = sheets(catalog, words, &looks).map_err(unwritable)?;
    let title = catalog.edition.version.clone().unwrap_or_else(|| catalog.source.file.clone());
    finish(sheets, &Properties { title: &title, company: "", created })
}

fn sheets<'a>(catalog: &Catalog, words: &'a Words, looks: &'a Looks) -> Result<Vec<Sheet<'a>>, XlsxError> {
    let mut sheets = vec![items_sheet(catalog, words, looks)?];
    for list in [List::Documents, List::Reports] {
        if !catalog.list(list).is_empty() {
            sheets.push(list_sheet(catalog, words, looks, list)?);
        }
    }
    Ok(sheets)
}

/// Which columns beside the fields the catalog needs.
struct Columns {
    has_sheet: bool,
    has_group: bool,
    has_status: bool,
    has_revision: bool,
}

impl Columns {
    fn of(catalog: &Catalog) -> Self {
        let any = |has: fn(&Item) -> bool| catalog.items.iter().any(has);
        Self {
            has_sheet: any(|item| item.key.sheet.is_some()),
            has_group: any(|item| item.group.is_some()),
            has_status: any(|item| item.status == ItemStatus::Retired),
            has_revision: any(|item| !item.revision.is_empty()),
        }
    }

    /// What stands left of the fields, heading and width.
    fn before(&self, words: &Words) -> Vec<(String, f64)> {
        let id = Some((words.text("xlsx-column-id"), 12.0));
        let sheet = self.has_sheet.then(|| (headings::sheet(words), 20.0));
        let group = self.has_group.then(|| (words.text("xlsx-column-group"), 12.0));
        [id, sheet, group].into_iter().flatten().collect()
    }

    /// What stands right of the fields.
    fn after(&self, words: &Words) -> Vec<(String, f64)> {
        let status = self.has_status.then(|| (words.text("xlsx-column-status"), 10.0));
        let revision = self.has_revision.then(|| (words.text("xlsx-column-revision"), 16.0));
        [status, revision].into_iter().flatten().collect()
    }
}

fn items_sheet<'a>(catalog: &Catalog, words: &'a Words, looks: &'a Looks) -> Result<Sheet<'a>, XlsxError> {
    let columns = Columns::of(catalog);
    let fields =
        catalog.fields.iter().enumerate().map(|(index, field)| (field.label.clone(), field_width(catalog, index)));
    let headings: Vec<(String, f64)> =
        columns.before(words).into_iter().chain(fields).chain(columns.after(words)).collect();
    let widths: Vec<f64> = headings.iter().map(|(_, width)| *width).collect();
    let mut sheet = Sheet::new(&words.text("xlsx-sheet-catalog"), looks, words, &widths)?;
    for (column, (heading, _)) in headings.iter().enumerate() {
        sheet.text(0, column, heading, &looks.header())?;
    }
    let cell = looks.cell();
    for (row, item) in (1..).zip(&catalog.items) {
        write_item(&mut sheet, row, (catalog, &columns), item, &cell)?;
    }
    sheet.freeze(1, 1)?;
    sheet.filter(0, u32::try_from(catalog.items.len()).unwrap_or(u32::MAX), headings.len() - 1)?;
    sheet.print_on(&paper(catalog, (0, 0)))?;
    Ok(sheet)
}

fn field_width(catalog: &Catalog, index: usize) -> f64 {
    let values = catalog.items.iter().filter_map(|item| item.values.get(index)?.as_ref());
    let widest = values.map(|value| measure::text_width_chars(value.text.as_str(), 9.0)).fold(0.0, f64::max);
    (widest + 2.0).clamp(10.0, 48.0)
}

fn write_item(
    sheet: &mut Sheet<'_>,
    row: u32,
    (catalog, columns): (&Catalog, &Columns),
    item: &Item,
    cell: &super::looks::Look,
) -> Result<(), XlsxError> {
    sheet.text(row, 0, &item.key.id, &cell.as_text())?;
    let mut column = 1;
    let mut next = || {
        column += 1;
        column - 1
    };
    if columns.has_sheet {
        sheet.text(row, next(), item.key.sheet.as_deref().unwrap_or_default(), cell)?;
    }
    if columns.has_group {
        sheet.text(row, next(), item.group.as_deref().unwrap_or_default(), cell)?;
    }
    for index in 0..catalog.fields.len() {
        let value = item.values.get(index).and_then(Option::as_ref);
        sheet.pieces(row, next(), &value.map(marked).unwrap_or_default(), cell)?;
    }
    if columns.has_status {
        let word = if item.status == ItemStatus::Retired { sheet.words().text("xlsx-retired") } else { String::new() };
        sheet.text(row, next(), &word, cell)?;
    }
    if columns.has_revision {
        let words: Vec<&str> = item.revision.iter().map(|revision| revision.text.as_str()).collect();
        sheet.text(row, next(), &words.join("\n"), cell)?;
    }
    Ok(())
}

/// A value's text in the publisher's marks.
fn marked(value: &FieldValue) -> Vec<Piece> {
    if value.marks.is_empty() {
        return vec![Piece::plain(value.text.as_str())];
    }
    let tone_at = |index: u32| {
        let kinds = value.marks.iter().filter(|mark| (mark.start..mark.end).contains(&index)).map(|mark| mark.kind);
        kinds.map(tone).max_by_key(|tone| *tone as u8).unwrap_or(Tone::Plain)
    };
    let pieces = (0u32..).zip(value.text.chars()).map(|(index, c)| Piece::new(tone_at(index), c));
    rich::joined(pieces)
}

fn tone(kind: MarkKind) -> Tone {
    match kind {
        MarkKind::Added => Tone::MarkedAdded,
        MarkKind::Deleted => Tone::MarkedDeleted,
        MarkKind::Emphasis => Tone::MarkedEmphasis,
    }
}

fn list_sheet<'a>(catalog: &Catalog, words: &'a Words, looks: &'a Looks, list: List) -> Result<Sheet<'a>, XlsxError> {
    let name = words.text(&format!("xlsx-list-{}", list.as_str()));
    let mut sheet = Sheet::new(&name, looks, words, &[10.0, 80.0, 70.0])?;
    for (column, name) in ["document-number", "document-title", "document-url"].into_iter().enumerate() {
        sheet.text(0, column, &words.text(&format!("xlsx-column-{name}")), &looks.header())?;
    }
    let cell = looks.cell();
    for (row, document) in (1..).zip(catalog.list(list)) {
        let is_retired = document.status == ItemStatus::Retired;
        let title = if is_retired { words.text("xlsx-retired") } else { document.title.clone() };
        sheet.text(row, 0, &format!("{:02}", document.number), &cell.as_text())?;
        sheet.text(row, 1, &title, &cell)?;
        sheet.text(row, 2, document.url.as_deref().unwrap_or_default(), &cell)?;
    }
    sheet.freeze(1, 1)?;
    sheet.print_on(&paper(catalog, (0, 0)))?;
    Ok(sheet)
}

fn paper(catalog: &Catalog, repeated_rows: (u32, u32)) -> Paper {
    let edition = catalog.edition.version.clone().unwrap_or_else(|| catalog.source.file.clone());
    Paper { is_a3: true, is_landscape: true, repeated_rows: Some(repeated_rows), header: edition }
}
