//! The reader of xlsb (MS-XLSB): the same parts as xlsx, written as binary records.
//!
//! Every length is checked against the bytes that are there, so no file can make it allocate more than it holds.
//! Drawings and threaded comments are XML here too.

mod around;
mod record;
mod sheet;
mod tables;

use self::record::{Record, Records};
pub(super) use self::sheet::{error_text, short_number};
pub(super) use self::tables::runs;
use super::binary::{List, Names, with_validations};
use super::builder::Context;
use super::limits::{Limits, nothing_left, refuse_limits, refuse_many_sheets};
use super::package::{Package, Relationships};
use super::parts::{Beside, Tab, colors_of, modified_of, persons_of, worksheets};
use super::strings::Strings;
use super::styles::Styles;
use super::{Comment, Format, Visibility, Workbook, sniff};
use crate::diagnostic::{Diagnostic, Failure};

/// The failure of a part that ends inside a record or holds one that is no such record.
fn damaged(part: &str) -> Failure {
    Diagnostic::error("part-damaged").arg("part", part).arg("reason", "record").into()
}

pub(super) fn read(package: &Package<'_>, limits: &Limits) -> Result<Workbook, Failure> {
    let main = sniff::main_part(package)?.ok_or_else(|| Diagnostic::error("part-missing").arg("part", "workbook"))?;
    let Book { tabs, date_1904, names } = book(&package.part(&main)?).ok_or_else(|| damaged(&main))?;
    refuse_many_sheets(tabs.len())?;
    let relationships = package.relationships(&main)?;
    let mut diagnostics = Vec::new();
    let colors = colors_of(package, &relationships, &mut diagnostics);
    let (styles, fonts) = match part_of(package, &relationships, "styles")? {
        Some((part, bytes)) => tables::styles(&bytes, colors).ok_or_else(|| damaged(&part))?,
        None => (Styles::plain(colors), Vec::new()),
    };
    let strings = match part_of(package, &relationships, "sharedStrings")? {
        Some((part, bytes)) => tables::shared_strings(&bytes, &fonts).ok_or_else(|| damaged(&part))?,
        None => Strings::default(),
    };
    let context = Context::new(&styles, date_1904, limits);
    let persons = persons_of(package, &relationships, &mut diagnostics);
    let (mut sheets, mut validations) = (Vec::new(), Vec::new());
    for worksheet in worksheets(&tabs, &relationships, package, &mut diagnostics) {
        let part = worksheet.part;
        let raw = match package.part(&part).and_then(|bytes| sheet::read(&part, &bytes, &fonts, &context)) {
            Ok(raw) => raw,
            Err(failure) => {
                diagnostics.extend(failure.diagnostics);
                continue;
            }
        };
        let own = package.relationships(&part)?;
        let mut sheet = raw.builder.finish(&worksheet.name, &strings, &styles, &mut diagnostics);
        let mut beside = Beside { package, relationships: &own, diagnostics: &mut diagnostics };
        sheet.hyperlinks = beside.hyperlinks(raw.hyperlinks);
        (sheet.shapes, sheet.pictures) = beside.drawn(raw.drawing.as_deref());
        let notes = notes(package, &own, beside.diagnostics);
        sheet.comments = beside.joined_with_threads(notes, &persons);
        sheet.visibility = worksheet.visibility;
        sheet.part = part;
        validations.push(raw.validations);
        sheets.push((worksheet.number, sheet));
    }
    refuse_limits(&diagnostics)?;
    if sheets.is_empty() {
        return Err(nothing_left(diagnostics));
    }
    let modified = modified_of(package);
    let sheets = with_validations(sheets, validations, &names);
    Ok(Workbook { format: Format::Xlsb, sheets, styles: styles.cells, date_1904, modified, diagnostics })
}

fn part_of(
    package: &Package<'_>,
    relationships: &Relationships,
    kind: &str,
) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let Some(found) = relationships.of_kind(kind).find(|found| package.entry(&found.target).is_some()) else {
        return Ok(None);
    };
    Ok(Some((found.target.clone(), package.part(&found.target)?)))
}

/// A sheet's notes; a part of them that cannot be read is an error in the diagnostics.
fn notes(package: &Package<'_>, own: &Relationships, diagnostics: &mut Vec<Diagnostic>) -> Vec<Comment> {
    let mut all = Vec::new();
    for part in own.of_kind("comments").map(|found| found.target.as_str()) {
        match package.part(part).and_then(|bytes| around::comments(&bytes).ok_or_else(|| damaged(part))) {
            Ok(notes) => all.extend(notes),
            Err(failure) => diagnostics.extend(failure.diagnostics),
        }
    }
    all
}

/// What the workbook part says.
#[derive(Default)]
struct Book {
    tabs: Vec<Tab>,
    date_1904: bool,
    names: Names,
}

fn book(bytes: &[u8]) -> Option<Book> {
    const NAME: u16 = 0x0027;
    const PROPERTIES: u16 = 0x0099;
    const SHEET: u16 = 0x009C;
    const EXTERN_SHEET: u16 = 0x016A;
    let mut book = Book::default();
    let mut records = Records::new(bytes);
    while let Some(mut record) = records.next()? {
        match record.kind {
            PROPERTIES => book.date_1904 = record.u32()? & 1 != 0,
            SHEET => book.tabs.push(tab(&mut record)?),
            // What is damaged here costs lists their words and nothing else.
            NAME => book.names.names.push(around::name(&mut record).unwrap_or(List::Unknown)),
            EXTERN_SHEET => book.names.sheets = around::sheets(&mut record),
            _ => {}
        }
    }
    Some(book)
}

fn tab(record: &mut Record<'_>) -> Option<Tab> {
    let visibility = match record.u32()? {
        1 => Visibility::Hidden,
        2 => Visibility::VeryHidden,
        _ => Visibility::Visible,
    };
    record.u32()?;
    let id = record.nullable_wide_string()?;
    Some(Tab { visibility, id, name: record.wide_string()? })
}

#[cfg(test)]
mod tests;
