//! The reader of xlsx and xlsm: values, runs and what stands around them, in one pass over each part.
//!
//! `book` tells the sheets, `styles` the look, `strings` the texts, `sheet` the cells, `validation` and `around` the
//! rest. Shared strings and sheets are read side by side where the target has threads. A part that cannot be read
//! costs what it says and nothing else: an error names it.

mod around;
mod book;
mod plain;
mod sheet;
mod strings;
mod validation;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(super) use self::around::hyperlinks;
pub(super) use self::sheet::RawHyperlink;
use self::sheet::RawSheet;
use super::builder::Context;
use super::limits::Limits;
use super::package::{Package, Relationships, xml_failure};
use super::strings::Strings;
use super::styles::{Colors, Styles};
use super::xml::{self, XmlError};
use super::{Format, Sheet, Workbook, sniff};
use crate::address::Range;
use crate::diagnostic::{Diagnostic, Failure, Severity};

/// Below this many bytes a workbook is read by one thread: starting another costs more than it saves.
const THREADS_FROM_BYTES: usize = 256 << 10;

/// A worksheet to read: its tab's number, its name, its part.
struct Job {
    number: usize,
    name: Arc<str>,
    visibility: super::Visibility,
    part: String,
}

pub(super) fn read(package: &Package<'_>, format: Format, limits: &Limits) -> Result<Workbook, Failure> {
    let main = sniff::main_part(package)?.ok_or_else(|| Diagnostic::error("part-missing").arg("part", "workbook"))?;
    let mut book = book::read(&main, &package.text(&main)?)?;
    let relationships = package.relationships(&main)?;
    let mut diagnostics = std::mem::take(&mut book.diagnostics);
    let styles = styles_of(package, &relationships, &mut diagnostics);
    let jobs = jobs(&book, &relationships, package, &mut diagnostics);
    let context = Context::new(&styles, book.date_1904, limits);
    let (strings, raw) = side_by_side(package, &relationships, &jobs, &context);
    let strings = strings.unwrap_or_else(|failure| {
        diagnostics.extend(failure.diagnostics);
        Strings::default()
    });
    refuse_limits(&diagnostics)?;
    let persons = persons_of(package, &relationships, &mut diagnostics);
    let mut sheets = Vec::new();
    let mut validations = Vec::new();
    for (job, raw) in jobs.into_iter().zip(raw) {
        let mut raw = match raw {
            Ok(raw) => raw,
            Err(failure) => {
                diagnostics.extend(failure.diagnostics);
                continue;
            }
        };
        let own = package.relationships(&job.part).unwrap_or_else(|failure| {
            diagnostics.extend(failure.diagnostics);
            Relationships::default()
        });
        validations.push(std::mem::take(&mut raw.validations));
        let links = around::hyperlinks(std::mem::take(&mut raw.hyperlinks), &own);
        let drawing = raw.drawing.take();
        let mut sheet = raw.builder.finish(&job.name, &strings, &styles, &mut diagnostics);
        sheet.visibility = job.visibility;
        sheet.hyperlinks = links;
        let mut beside = Beside { package, relationships: &own, diagnostics: &mut diagnostics };
        sheet.comments = beside.comments(&styles.colors, &persons);
        (sheet.shapes, sheet.pictures) = beside.drawn(drawing.as_deref());
        sheet.part = job.part;
        sheets.push((job.number, sheet));
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

/// A limit that was hit is no matter of one part: what is read must not depend on which part came first.
pub(super) fn refuse_limits(diagnostics: &[Diagnostic]) -> Result<(), Failure> {
    let hit: Vec<Diagnostic> =
        diagnostics.iter().filter(|diagnostic| diagnostic.code.starts_with("limit-")).cloned().collect();
    if hit.is_empty() { Ok(()) } else { Err(Failure { diagnostics: hit }) }
}

pub(super) fn nothing_left(diagnostics: Vec<Diagnostic>) -> Failure {
    let mut errors: Vec<Diagnostic> =
        diagnostics.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
    errors.insert(0, Diagnostic::error("workbook-without-sheets"));
    Failure { diagnostics: errors }
}

/// The worksheets among the tabs; the others are said to be left out.
fn jobs(
    book: &book::Book,
    relationships: &Relationships,
    package: &Package<'_>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Job> {
    let mut jobs = Vec::new();
    let mut taken = HashSet::new();
    let by_id = relationships.index();
    for (number, tab) in book.tabs.iter().enumerate() {
        let name = tab.name.as_str();
        let relationship = tab.id.as_deref().and_then(|id| by_id.get(id).copied());
        let Some(relationship) = relationship.filter(|found| package.entry(&found.target).is_some()) else {
            out.push(Diagnostic::error("sheet-without-part").arg("sheet", name));
            continue;
        };
        if relationship.kind != "worksheet" {
            out.push(Diagnostic::note("sheet-skipped").arg("sheet", name).arg("kind", relationship.kind.as_str()));
            continue;
        }
        let part = relationship.target.clone();
        // Tabs that share a part would let a small file stand for a large one; Excel refuses such a file.
        if !taken.insert(part.clone()) {
            out.push(Diagnostic::error("sheet-without-part").arg("sheet", name));
            continue;
        }
        jobs.push(Job { number, name: Arc::from(name), visibility: tab.visibility, part });
    }
    jobs
}

type Results = (Result<Strings, Failure>, Vec<Result<RawSheet, Failure>>);

/// Reads shared strings and sheets, on two threads where that is worth it.
fn side_by_side(package: &Package<'_>, relationships: &Relationships, jobs: &[Job], context: &Context<'_>) -> Results {
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Option<Result<RawSheet, Failure>>>> = jobs.iter().map(|_| Mutex::new(None)).collect();
    let read_sheets = || {
        while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let part = package.part(&job.part);
            let result = part.and_then(|part| sheet::read(&job.part, &xml::decode(&part).0, context));
            let number = job_number(jobs, job);
            *done[number].lock().expect("no reader of sheets panics while it holds the lock") = Some(result);
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

fn job_number(jobs: &[Job], job: &Job) -> usize {
    jobs.iter().position(|other| std::ptr::eq(other, job)).expect("a job is one of the jobs")
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

/// The colours of the theme and the default palette.
pub(super) fn colors_of(
    package: &Package<'_>,
    relationships: &Relationships,
    diagnostics: &mut Vec<Diagnostic>,
) -> Colors {
    let Some((part, text)) = text_of(package, relationships, "theme", diagnostics) else { return Colors::default() };
    Colors::new(Some(&text)).unwrap_or_else(|error| {
        diagnostics.extend(xml_failure(part, error).diagnostics);
        Colors::default()
    })
}

/// The one part of a kind and its text; damage goes to the diagnostics.
fn text_of<'r>(
    package: &Package<'_>,
    relationships: &'r Relationships,
    kind: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(&'r str, String)> {
    let found = relationships.of_kind(kind).find(|found| package.entry(&found.target).is_some())?;
    match package.text(&found.target) {
        Ok(text) => Some((&found.target, text)),
        Err(failure) => {
            diagnostics.extend(failure.diagnostics);
            None
        }
    }
}

pub(super) fn persons_of(
    package: &Package<'_>,
    relationships: &Relationships,
    diagnostics: &mut Vec<Diagnostic>,
) -> HashMap<String, String> {
    let mut beside = Beside { package, relationships, diagnostics };
    beside.parts("person", around::persons).into_iter().flatten().collect()
}

pub(super) fn modified_of(package: &Package<'_>) -> Option<String> {
    let relationships = package.relationships("").ok()?;
    let part = relationships.of_kind("core-properties").next()?;
    book::modified(&package.text(&part.target).ok()?)
}

/// The parts beside a sheet's own, reached through its relationships.
pub(super) struct Beside<'a, 'b> {
    pub(super) package: &'a Package<'b>,
    pub(super) relationships: &'a Relationships,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

impl Beside<'_, '_> {
    /// Reads every part of a kind; one that cannot be read is an error in the diagnostics.
    fn parts<T>(&mut self, kind: &str, read: impl Fn(&str) -> Result<T, XmlError>) -> Vec<T> {
        let mut all = Vec::new();
        for relationship in self.relationships.of_kind(kind) {
            let part = relationship.target.as_str();
            let text = self.package.text(part);
            match text.and_then(|text| read(&text).map_err(|error| xml_failure(part, error))) {
                Ok(one) => all.push(one),
                Err(failure) => self.diagnostics.extend(failure.diagnostics),
            }
        }
        all
    }

    fn comments(&mut self, colors: &Colors, persons: &HashMap<String, String>) -> Vec<super::Comment> {
        let notes = self.parts("comments", |text| around::comments(text, colors)).concat();
        self.joined_with_threads(notes, persons)
    }

    /// A sheet's notes and its threaded comments, by their place.
    pub(super) fn joined_with_threads(
        &mut self,
        notes: Vec<super::Comment>,
        persons: &HashMap<String, String>,
    ) -> Vec<super::Comment> {
        let threads = self.parts("threadedComment", |text| around::threaded_comments(text, persons)).concat();
        around::joined(notes, threads)
    }

    /// The texts of shapes, and the cells under pictures.
    pub(super) fn drawn(&mut self, drawing: Option<&str>) -> (Vec<super::Shape>, Vec<Range>) {
        let Some(relationship) = drawing.and_then(|id| self.relationships.by_id(id)) else { return Default::default() };
        let one = Relationships(vec![relationship.clone()]);
        let mut only = Beside { package: self.package, relationships: &one, diagnostics: self.diagnostics };
        let drawings = only.parts(&relationship.kind, around::drawing);
        let (mut shapes, mut pictures) = (Vec::new(), Vec::new());
        for mut drawing in drawings {
            shapes.append(&mut drawing.shapes);
            shapes.extend(self.diagrams(&relationship.target, drawing.diagrams));
            pictures.append(&mut drawing.pictures);
        }
        (shapes, pictures)
    }

    /// The texts of a drawing's diagrams, which its own relationships lead to.
    fn diagrams(&mut self, drawing: &str, diagrams: Vec<(Range, String)>) -> Vec<super::Shape> {
        if diagrams.is_empty() {
            return Vec::new();
        }
        let own = self.package.relationships(drawing).unwrap_or_else(|failure| {
            self.diagnostics.extend(failure.diagnostics);
            Relationships::default()
        });
        let mut shapes = Vec::new();
        for (range, id) in diagrams {
            let one = Relationships(own.by_id(&id).cloned().into_iter().collect());
            let mut only = Beside { package: self.package, relationships: &one, diagnostics: self.diagnostics };
            let texts = only.parts("diagramData", around::diagram).into_iter().filter(|text| !text.is_empty());
            shapes.extend(texts.map(|text| super::Shape { range, text }));
        }
        shapes
    }
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
