//! The reader of xlsx and xlsm: values, runs and what stands around them, in one pass over each part.
//!
//! `book` tells the tabs, `strings` the texts, `sheet` the cells, `notes`, `validation` and `rich` the rest; what xlsb has as
//! well is in `parts`. Shared strings and sheets are read side by side where the target has threads. A part that
//! cannot be read costs what it says and nothing else: an error names it.

mod book;
mod notes;
mod plain;
mod rich;
mod sheet;
mod strings;
mod validation;

use std::collections::HashSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use self::sheet::RawSheet;
use super::builder::Context;
use super::limits::{Limits, nothing_left, refuse_limits};
use super::package::{Package, Relationships, xml_failure};
use super::parts::{Beside, Worksheet, colors_of, modified_of, persons_of, text_of, worksheets};
use super::strings::Strings;
use super::styles::{Colors, Styles};
use super::xml;
use super::{Format, Sheet, Workbook, sniff};
use crate::address::Range;
use crate::diagnostic::{Diagnostic, Failure};

/// Below this many bytes a workbook is read by one thread: starting another costs more than it saves.
const THREADS_FROM_BYTES: usize = 256 << 10;

pub(super) fn read(package: &Package<'_>, format: Format, limits: &Limits) -> Result<Workbook, Failure> {
    let main = sniff::main_part(package)?.ok_or_else(|| Diagnostic::error("part-missing").arg("part", "workbook"))?;
    let mut book = book::read(&main, &package.text(&main)?)?;
    let relationships = package.relationships(&main)?;
    let mut diagnostics = std::mem::take(&mut book.diagnostics);
    let styles = styles_of(package, &relationships, &mut diagnostics);
    let worksheets = worksheets(&book.tabs, &relationships, package, &mut diagnostics);
    let context = Context::new(&styles, book.date_1904, limits);
    let (strings, raw) = side_by_side(package, &relationships, &worksheets, &context);
    let strings = strings.unwrap_or_else(|failure| {
        diagnostics.extend(failure.diagnostics);
        Strings::default()
    });
    refuse_limits(&diagnostics)?;
    let persons = persons_of(package, &relationships, &mut diagnostics);
    let (mut sheets, mut validations) = (Vec::new(), Vec::new());
    for (worksheet, raw) in worksheets.into_iter().zip(raw) {
        let RawSheet { builder, hyperlinks, validations: rules, drawing, rich } = match raw {
            Ok(raw) => raw,
            Err(failure) => {
                diagnostics.extend(failure.diagnostics);
                continue;
            }
        };
        let own = package.relationships(&worksheet.part).unwrap_or_else(|failure| {
            diagnostics.extend(failure.diagnostics);
            Relationships::default()
        });
        let mut sheet = builder.finish(&worksheet.name, &strings, &styles, &mut diagnostics);
        sheet.visibility = worksheet.visibility;
        let mut beside = Beside { package, relationships: &own, diagnostics: &mut diagnostics };
        sheet.hyperlinks = beside.hyperlinks(hyperlinks);
        let notes = beside.parts("comments", |text| notes::comments(text, &styles.colors)).concat();
        sheet.comments = beside.joined_with_threads(notes, &persons);
        (sheet.shapes, sheet.pictures) = beside.drawn(drawing.as_deref());
        if !rich.is_empty() {
            let shown = rich::pictures(package, &relationships).unwrap_or_else(|failure| {
                diagnostics.extend(failure.diagnostics);
                HashSet::new()
            });
            let placed = rich.into_iter().filter(|(_, number)| shown.contains(number));
            sheet.pictures.extend(placed.map(|(at, _)| Range::from(at)));
        }
        sheet.part = worksheet.part;
        validations.push(rules);
        sheets.push((worksheet.number, sheet));
    }
    refuse_limits(&diagnostics)?;
    if sheets.is_empty() {
        return Err(nothing_left(diagnostics));
    }
    resolve_validations(&mut sheets, validations, &book);
    Ok(Workbook {
        format,
        sheets: sheets.into_iter().map(|(_, sheet)| sheet).collect(),
        styles: styles.cells,
        date_1904: book.date_1904,
        modified: modified_of(package),
        diagnostics,
    })
}

type Results = (Result<Strings, Failure>, Vec<Result<RawSheet, Failure>>);

/// Reads shared strings and sheets, on two threads where that is worth it.
fn side_by_side(
    package: &Package<'_>,
    relationships: &Relationships,
    worksheets: &[Worksheet],
    context: &Context<'_>,
) -> Results {
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Option<Result<RawSheet, Failure>>>> = worksheets.iter().map(|_| Mutex::new(None)).collect();
    let read_sheets = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(Worksheet { part, .. }) = worksheets.get(index) else { break };
            let result = package.part(part).and_then(|bytes| sheet::read(part, &xml::decode(&bytes).0, context));
            *done[index].lock().expect("no reader of sheets panics while it holds the lock") = Some(result);
        }
    };
    let read_strings = || strings_of(package, relationships, &context.styles.colors);
    let strings = if cfg!(target_family = "wasm") || package.bytes().len() < THREADS_FROM_BYTES {
        let strings = read_strings();
        read_sheets();
        strings
    } else {
        std::thread::scope(|scope| {
            let other = scope.spawn(|| {
                let strings = read_strings();
                read_sheets();
                strings
            });
            read_sheets();
            other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    };
    let taken = done.into_iter().map(|slot| {
        let slot = slot.into_inner().expect("no reader of sheets panics while it holds the lock");
        slot.expect("every sheet was read by one of the threads")
    });
    (strings, taken.collect())
}

fn strings_of(package: &Package<'_>, relationships: &Relationships, colors: &Colors) -> Result<Strings, Failure> {
    let Some(relationship) = relationships.of_kind("sharedStrings").next() else { return Ok(Strings::default()) };
    if package.entry(&relationship.target).is_none() {
        return Ok(Strings::default());
    }
    let part = package.part(&relationship.target)?;
    strings::shared_strings(&xml::decode(&part).0, colors).map_err(|error| xml_failure(&relationship.target, error))
}

/// Styles and theme. Cells without their look still hold their texts, so damage here is an error and no end.
fn styles_of(package: &Package<'_>, relationships: &Relationships, diagnostics: &mut Vec<Diagnostic>) -> Styles {
    let colors = colors_of(package, relationships, diagnostics);
    let Some((part, text)) = text_of(package, relationships, "styles", diagnostics) else {
        return Styles::plain(colors);
    };
    Styles::read(part, &text, colors).unwrap_or_else(|failure| {
        diagnostics.extend(failure.diagnostics);
        Styles::plain(Colors::default())
    })
}

fn resolve_validations(sheets: &mut [(usize, Sheet)], raw: Vec<Vec<validation::RawValidation>>, book: &book::Book) {
    let mut words_left = super::lists::MAX_LIST_WORDS;
    let resolved: Vec<Vec<super::Validation>> = raw
        .into_iter()
        .enumerate()
        .map(|(index, raw)| {
            let here = sheets[index].0;
            raw.into_iter().map(|validation| validation.resolve(here, sheets, &book.names, &mut words_left)).collect()
        })
        .collect();
    for ((_, sheet), validations) in sheets.iter_mut().zip(resolved) {
        sheet.validations = validations;
    }
}
