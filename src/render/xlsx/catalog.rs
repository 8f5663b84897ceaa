//! A catalog laid flat: one item a row, one header row, the publisher's marks kept as runs, the lists it cites beside.

use jiff::civil::DateTime;
use rust_xlsxwriter::XlsxError;

use super::Written;
use super::finish::{Properties, finish, unwritable};
use super::looks::{Looks, Tone};
use super::measure;
use super::rich::{self, Piece};
use super::sheet::{Paper, Sheet};
use crate::catalog::{Catalog, FieldValue, Item, ItemStatus, List, MarkKind};
use crate::diagnostic::Failure;
use crate::render::export::flat::{self, Column, Headings};
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

/// The items in the columns of the flat form, under the same headings as in CSV: with them the form is read back as the
/// same items, whatever a vendor called its columns.
fn items_sheet<'a>(catalog: &Catalog, words: &'a Words, looks: &'a Looks) -> Result<Sheet<'a>, XlsxError> {
    let columns = flat::columns(catalog);
    let headings = Headings::new(catalog, words);
    let widths: Vec<f64> = columns.iter().map(|&column| width(catalog, column)).collect();
    let mut sheet = Sheet::new(&words.text("xlsx-sheet-catalog"), looks, words, &widths)?;
    for (index, &column) in columns.iter().enumerate() {
        sheet.text(0, index, headings.of(column), &looks.header())?;
    }
    let cell = looks.cell();
    for (row, item) in (1..).zip(&catalog.items) {
        for (index, &column) in columns.iter().enumerate() {
            write_cell(&mut sheet, (row, index), item, column, &headings, &cell)?;
        }
    }
    sheet.freeze(1, 1)?;
    sheet.filter(0, u32::try_from(catalog.items.len()).unwrap_or(u32::MAX), columns.len() - 1)?;
    sheet.print_on(&paper(catalog, (0, 0)))?;
    Ok(sheet)
}

fn width(catalog: &Catalog, column: Column) -> f64 {
    match column {
        Column::Field(index) => field_width(catalog, index),
        Column::Sheet => 20.0,
        Column::Revision => 16.0,
        Column::Id | Column::RawId | Column::Group | Column::Status => 12.0,
    }
}

fn field_width(catalog: &Catalog, index: usize) -> f64 {
    let values = catalog.items.iter().filter_map(|item| item.values.get(index)?.as_ref());
    let widest = values.map(|value| measure::text_width_chars(value.text.as_str(), 9.0)).fold(0.0, f64::max);
    (widest + 2.0).clamp(10.0, 48.0)
}

fn write_cell(
    sheet: &mut Sheet<'_>,
    (row, index): (u32, usize),
    item: &Item,
    column: Column,
    headings: &Headings<'_>,
    cell: &super::looks::Look,
) -> Result<(), XlsxError> {
    match column {
        Column::Field(field) => {
            let value = item.values.get(field).and_then(Option::as_ref);
            sheet.pieces(row, index, &value.map(marked).unwrap_or_default(), cell)
        }
        Column::Id | Column::RawId => sheet.text(row, index, &headings.cell(item, column), &cell.as_text()),
        _ => sheet.text(row, index, &headings.cell(item, column), cell),
    }
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
    for (column, name) in Headings::new(catalog, words).list(list).into_iter().enumerate() {
        sheet.text(0, column, name, &looks.header())?;
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
