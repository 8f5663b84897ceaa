//! The whole job of a revision: two editions and the answers to the older one, to every deliverable.
//!
//! Calls the stages in order and decides nothing itself. Names the files; leaves writing them, and what to do about
//! files somebody has edited, to the binary.

use jiff::civil::{Date, DateTime};

use crate::answers::{self, Answers};
use crate::assess::{Assessment, assess};
use crate::carry::{Carried, CarryOptions, carry};
use crate::catalog::{self, Catalog};
use crate::diagnostic::{Diagnostic, Failure};
use crate::diff::{Diff, DiffOptions, diff};
use crate::render;
use crate::render::html::{self, Deliverable, DeliverableKind, DiffPage, Index};
use crate::render::words::Words;
use crate::render::xlsx::{self, AnswerSheet, Cover, DiffWorkbook, SelfCheck, Sides, Written};
use crate::template::Write;

/// What a review is made with.
pub struct ReviewOptions<'a> {
    /// The language of the deliverables.
    pub words: &'a Words,
    /// How to compare.
    pub diff: DiffOptions,
    /// How to carry.
    pub carry: CarryOptions,
    /// The day that counts as today: decides what is overdue, and stands on the cover.
    pub today: Option<Date>,
    /// How the self-check workbook is laid out: the `[write]` part of a template.
    pub write: &'a Write,
    /// The creation time in the properties of workbooks.
    pub created: DateTime,
}

/// A file of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without folders.
    pub name: &'static str,
    /// What it is.
    pub kind: DeliverableKind,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A finished review. The index page is made last, when it is known which files were left alone: [`Review::index`].
pub struct Review {
    /// What changed.
    pub diff: Diff,
    /// The answers carried to the new edition, where any were given.
    pub carried: Option<Carried>,
    /// How far they are, where any were given.
    pub assessment: Option<Assessment>,
    /// The files, in the order the index lists them.
    pub files: Vec<File>,
    /// What the stages had to say.
    pub diagnostics: Vec<Diagnostic>,
}

/// The name of the index page.
pub const INDEX: &str = "index.html";

/// The names of all files a review may write beside the index page.
pub const FILES: [&str; 8] = {
    use DeliverableKind::{
        AnswersJson, AnswersWorkbook, DiffJson, DiffPage, DiffWorkbook, NewCatalog, OldCatalog, SelfCheck,
    };
    [
        name_of(DiffPage),
        name_of(DiffWorkbook),
        name_of(SelfCheck),
        name_of(AnswersWorkbook),
        name_of(AnswersJson),
        name_of(DiffJson),
        name_of(OldCatalog),
        name_of(NewCatalog),
    ]
};

const fn name_of(kind: DeliverableKind) -> &'static str {
    match kind {
        DeliverableKind::DiffPage => "diff.html",
        DeliverableKind::DiffWorkbook => "diff.xlsx",
        DeliverableKind::SelfCheck => "self-check.xlsx",
        DeliverableKind::AnswersWorkbook => "answers.xlsx",
        DeliverableKind::AnswersJson => "answers.json",
        DeliverableKind::DiffJson => "diff.json",
        DeliverableKind::OldCatalog => "catalog-old.json",
        DeliverableKind::NewCatalog => "catalog-new.json",
    }
}

/// Compares two editions, carries the answers over, and makes every deliverable.
///
/// Without answers there are no answer files, and the self-check workbook is blank.
///
/// # Errors
///
/// Those of [`diff`], [`carry`] and of the workbooks' limits.
pub fn review(
    old: &Catalog,
    new: &Catalog,
    answers: Option<&Answers>,
    options: &ReviewOptions<'_>,
) -> Result<Review, Failure> {
    let changes = diff(old, new, &options.diff)?;
    let carried = answers.map(|answers| carry(answers, old, new, &changes, &options.carry)).transpose()?;
    let carried_answers = carried.as_ref().map(|carried| &carried.answers);
    let blank = Answers { edition: new.edition.clone(), ..Answers::default() };
    let assessment = assess(new, carried_answers.unwrap_or(&blank), options.today);

    let mut made = Made::default();
    made.diagnostics.extend(changes.diagnostics.iter().cloned());
    made.diagnostics.extend(carried.iter().flat_map(|carried| carried.diagnostics.iter().cloned()));
    made.diagnostics.extend(assessment.diagnostics.iter().cloned());
    let page = DiffPage { lang: options.words.lang, old: Some(old), new: Some(new), carried: carried.as_ref() };
    made.file(DeliverableKind::DiffPage, html::diff(&changes, &page));
    made.workbook(DeliverableKind::DiffWorkbook, diff_workbook(&changes, carried.as_ref(), options)?);
    let answered = carried_answers.unwrap_or(&blank);
    made.workbook(DeliverableKind::SelfCheck, self_check(new, answered, &assessment, &changes, options)?);
    if let Some(answers) = carried_answers {
        made.workbook(DeliverableKind::AnswersWorkbook, answer_sheet(new, answers, options)?);
        made.file(DeliverableKind::AnswersJson, answers::json::to_json(answers));
    }
    made.file(DeliverableKind::DiffJson, render::json::diff::to_json(&changes, false));
    made.file(DeliverableKind::OldCatalog, catalog::json::to_json_bytes(old));
    made.file(DeliverableKind::NewCatalog, catalog::json::to_json_bytes(new));
    let Made { files, diagnostics } = made;
    Ok(Review { diff: changes, assessment: carried.is_some().then_some(assessment), carried, files, diagnostics })
}

/// The files of a review as they are made.
#[derive(Default)]
struct Made {
    files: Vec<File>,
    diagnostics: Vec<Diagnostic>,
}

impl Made {
    fn file(&mut self, kind: DeliverableKind, bytes: impl Into<Vec<u8>>) {
        self.files.push(File { name: name_of(kind), kind, bytes: bytes.into() });
    }

    fn workbook(&mut self, kind: DeliverableKind, written: Written) {
        self.diagnostics.extend(written.diagnostics);
        self.file(kind, written.bytes);
    }
}

fn diff_workbook(changes: &Diff, carried: Option<&Carried>, options: &ReviewOptions<'_>) -> Result<Written, Failure> {
    let workbook = DiffWorkbook {
        words: options.words,
        sides: Sides::default(),
        old_word: None,
        new_word: None,
        carried,
        created: options.created,
    };
    xlsx::diff(changes, &workbook)
}

fn self_check(
    catalog: &Catalog,
    answers: &Answers,
    assessment: &Assessment,
    changes: &Diff,
    options: &ReviewOptions<'_>,
) -> Result<Written, Failure> {
    xlsx::self_check(&SelfCheck {
        words: options.words,
        catalog,
        answers,
        assessment,
        diff: Some(changes),
        cover: &Cover::of(answers, options.today),
        history: &[],
        protect: false,
        reference_text: true,
        write: options.write,
        created: options.created,
    })
}

fn answer_sheet(catalog: &Catalog, answers: &Answers, options: &ReviewOptions<'_>) -> Result<Written, Failure> {
    xlsx::answer_sheet(&AnswerSheet {
        words: options.words,
        catalog: Some(catalog),
        answers: Some(answers),
        only: None,
        titles: &[],
        protect: false,
        reference_text: true,
        created: options.created,
    })
}

impl Review {
    /// The manager's page. `left_alone` names the files that were not written because somebody has edited them.
    pub fn index(&self, words: &Words, left_alone: &[&str]) -> String {
        let deliverables: Vec<Deliverable> = self
            .files
            .iter()
            .map(|file| Deliverable {
                file: file.name.to_owned(),
                kind: file.kind,
                is_left_alone: left_alone.contains(&file.name),
            })
            .collect();
        html::index(&Index {
            lang: words.lang,
            diff: &self.diff,
            carried: self.carried.as_ref(),
            assessment: self.assessment.as_ref(),
            deliverables: &deliverables,
            diagnostics: &self.diagnostics,
        })
    }
}
