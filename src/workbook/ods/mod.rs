//! The reader of ods (OpenDocument 1.3, part 3): tables of `content.xml`, with the texts as they are shown there.
//!
//! Numbers and dates come with their shown text, so no number format is looked at. Furigana (`text:ruby-text`) are
//! no part of a text. Cells the file only repeats are counted against a bound of their own.

mod cell_text;
mod styles;
mod table;
mod validation;

use std::sync::Arc;

use self::styles::Looks;
use super::builder::Context;
use super::limits::Limits;
use super::lists::MAX_LIST_WORDS;
use super::package::{Package, xml_failure};
use super::strings::Strings;
use super::styles::{Colors, Styles};
use super::xml::{Scanner, XmlError};
use super::{Format, Sheet, Workbook};
use crate::diagnostic::{Diagnostic, Failure};

const CONTENT: &str = "content.xml";
const STYLES: &str = "styles.xml";
const META: &str = "meta.xml";
const MANIFEST: &str = "META-INF/manifest.xml";

pub(super) fn read(package: &Package<'_>, limits: &Limits) -> Result<Workbook, Failure> {
    refuse_encrypted(package)?;
    let content = package.text(CONTENT)?;
    let mut diagnostics = Vec::new();
    let looks = looks(package, &content, &mut diagnostics)?;
    let styles = Styles { cells: looks.cells.clone(), ..Styles::plain(Colors::default()) };
    let context = Context::new(&styles, false, limits);
    let mut sheets = Vec::new();
    let (tables, rules) = table::read(CONTENT, &content, &looks, &context)?;
    let mut validated = Vec::new();
    for (number, table) in tables.into_iter().enumerate() {
        let name: Arc<str> = Arc::from(table.name.as_str());
        let mut sheet = table.builder.finish(&name, &Strings::default(), &styles, &mut diagnostics);
        sheet.visibility = table.visibility;
        sheet.hyperlinks = table.hyperlinks;
        sheet.comments = table.comments;
        sheet.shapes = table.shapes;
        sheet.part = CONTENT.to_owned();
        validated.push(table.validated);
        sheets.push((number, sheet));
    }
    let mut words_left = MAX_LIST_WORDS;
    let of_sheet = |(here, at): (usize, &Vec<_>)| rules.validations(at, here, &sheets, &mut words_left);
    let validations: Vec<_> = validated.iter().enumerate().map(of_sheet).collect();
    let mut sheets: Vec<Sheet> = sheets.into_iter().map(|(_, sheet)| sheet).collect();
    for (sheet, own) in sheets.iter_mut().zip(validations) {
        sheet.validations = own;
    }
    if sheets.is_empty() {
        return Err(super::limits::nothing_left(diagnostics));
    }
    let modified = package.text(META).ok().and_then(|text| modified(&text));
    Ok(Workbook { format: Format::Ods, sheets, styles: looks.cells, date_1904: false, modified, diagnostics })
}

/// Refuses a file whose manifest says that parts are encrypted; the parts themselves do not show it.
fn refuse_encrypted(package: &Package<'_>) -> Result<(), Failure> {
    if package.entry(MANIFEST).is_none() {
        return Ok(());
    }
    let manifest = package.text(MANIFEST)?;
    let is_encrypted = memchr::memmem::find(manifest.as_bytes(), b"encryption-data").is_some();
    if is_encrypted { Err(super::decrypt::unknown("OpenDocument")) } else { Ok(()) }
}

/// The looks both parts name; damage to the shared ones costs colours and no text.
fn looks(package: &Package<'_>, content: &str, diagnostics: &mut Vec<Diagnostic>) -> Result<Looks, Failure> {
    let mut looks = Looks::default();
    if package.entry(STYLES).is_some() {
        let taken = package.text(STYLES);
        let taken = taken.and_then(|text| looks.take(&text).map_err(|error| xml_failure(STYLES, error)));
        diagnostics.extend(taken.err().into_iter().flat_map(|failure| failure.diagnostics));
    }
    looks.take(content).map_err(|error| xml_failure(CONTENT, error))?;
    looks.resolve();
    Ok(looks)
}

fn modified(text: &str) -> Option<String> {
    let mut scanner = Scanner::new(text);
    let mut found = || -> Result<Option<String>, XmlError> {
        while let Some(tag) = scanner.next_tag()? {
            if tag.name == "date" {
                return scanner.text_of(&tag).map(Some);
            }
        }
        Ok(None)
    };
    found().ok().flatten()
}

#[cfg(test)]
mod tests;
