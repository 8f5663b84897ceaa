//! Filling the publishers' own workbooks: every item answered, in their columns or in columns of ours.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test's own functions may fail and say so")]

mod real_files;

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use secref::answers::{Answer, AnswerField, Answers, Status};
use secref::catalog::{Catalog, ItemKey, ItemStatus, Source};
use secref::fill::{self, Append, FillOptions, Filled};
use secref::import::AnswerOptions;
use secref::template::{BindOptions, Binding, bind};
use secref::workbook::{ReadOptions, Workbook, read};

struct Reference {
    name: String,
    bytes: Vec<u8>,
    workbook: Workbook,
    binding: Binding,
    catalog: Catalog,
}

impl Reference {
    fn open(path: &Path) -> Option<Self> {
        let bytes = std::fs::read(path).unwrap();
        Self::of(path.display().to_string(), bytes, &BindOptions::default())
    }

    fn of(name: String, bytes: Vec<u8>, options: &BindOptions) -> Option<Self> {
        let workbook = read(&bytes, &name, &ReadOptions::default()).ok()?;
        let binding = bind(&workbook, options).ok()?;
        let catalog = secref::import::catalog(&workbook, &binding, Source::default()).ok()?;
        Some(Self { name, bytes, workbook, binding, catalog })
    }

    /// A status and a response for every item in force.
    fn answers(&self) -> Answers {
        let active = self.catalog.items.iter().filter(|item| item.status == ItemStatus::Active);
        let answers = active.enumerate().map(|(index, item)| {
            let mut answer = Answer::blank(item.key.clone());
            answer.status = Some([Status::Done, Status::Open, Status::Excluded][index % 3]);
            if answer.status == Some(Status::Excluded) {
                answer.exclusion_reason = "使っていない".to_owned();
            }
            answer.response = format!("=当社の対応 {index}\n手順書を参照");
            answer
        });
        Answers { answers: answers.collect(), ..Answers::default() }
    }

    fn fill(&self) -> Filled {
        let options = FillOptions { overwrite: true, unlock: true, ..FillOptions::default() };
        fill::into(&self.bytes, &self.workbook, &self.binding, &self.catalog, &self.answers(), &options).unwrap()
    }
}

/// What the tool that stands in for Excel says of a filled file; `None` where it has nothing to say.
fn complaint(original: &Path, filled: &[u8]) -> Option<String> {
    let tool = real_files::excel_opens()?;
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("filled").with_extension(original.extension().unwrap());
    std::fs::write(&out, filled).unwrap();
    let run = Command::new("python3").arg(tool).arg("--since").arg(original).arg(&out).output().ok()?;
    (!run.status.success()).then(|| String::from_utf8_lossy(&run.stdout).into_owned())
}

#[test]
fn the_publishers_workbooks_take_an_answer_for_every_item() {
    let files = real_files::with_extensions(&["xlsx", "xlsm"]);
    let published: Vec<_> = files.iter().filter(|path| !path.to_string_lossy().contains("/corpus/")).collect();
    let mut filled_files = 0;
    for (index, path) in published.iter().enumerate() {
        let Some(reference) = Reference::open(path) else { continue };
        let filled = reference.fill();
        check_answers(&reference, &filled);
        check_again(&reference, &filled);
        check_read_back(&reference, &filled);
        // The tool takes its time; every few files show what all would.
        let complaint = if index % 6 == 0 { complaint(path, &filled.bytes) } else { None };
        assert_eq!(complaint, None, "{}", reference.name);
        filled_files += 1;
    }
    println!("{filled_files} of {} files filled", published.len());
    assert!(filled_files * 10 >= published.len() * 9);
}

/// Every answer is in its cell, or said not to be.
fn check_answers(reference: &Reference, filled: &Filled) {
    let after = read(&filled.bytes, &reference.name, &ReadOptions::default()).unwrap();
    for cell in &filled.receipt.cells {
        let text = after.sheet(&cell.at.sheet).unwrap().text(cell.at.range.first);
        assert_eq!(text, cell.new, "{} {}", reference.name, cell.at);
    }
    let receipt = &filled.receipt;
    let said = receipt.cells.len() + receipt.skipped.len() + receipt.unplaced.len();
    let expected = reference
        .answers()
        .answers
        .iter()
        .map(|answer| 2 + usize::from(!answer.exclusion_reason.is_empty()))
        .sum::<usize>();
    assert!(said <= expected && said * 10 >= expected * 9, "{}: {said} of {expected}", reference.name);
}

/// What went into columns of ours is read back from them, each answer at its own item.
fn check_read_back(reference: &Reference, filled: &Filled) {
    let after = read(&filled.bytes, &reference.name, &ReadOptions::default()).unwrap();
    let options = AnswerOptions { catalog: Some(&reference.catalog), ..AnswerOptions::default() };
    let back = secref::import::answers(&after, &options).unwrap().answers.answers;
    let back: HashMap<&ItemKey, &Answer> = back.iter().map(|answer| (&answer.key, answer)).collect();
    let written = |key: &ItemKey, field: AnswerField| {
        filled.receipt.cells.iter().any(|cell| cell.item == *key && cell.field == field.key())
    };
    for answer in &reference.answers().answers {
        if written(&answer.key, AnswerField::Response) && written(&answer.key, AnswerField::Status) {
            let found = back.get(&answer.key).map(|found| (found.status, found.response.as_str()));
            assert_eq!(found, Some((answer.status, &*answer.response)), "{} {}", reference.name, answer.key);
        }
    }
}

/// The same answers again change nothing, by whatever headings the filled workbook is read now.
fn check_again(reference: &Reference, filled: &Filled) {
    // With answer columns beside it a vendor's table looks like a self-check as well; which it is, is known here.
    let template = Some(reference.binding.template.clone()).filter(|template| template.name.is_some());
    let bind_options = BindOptions { template, ..BindOptions::default() };
    let again = Reference::of(reference.name.clone(), filled.bytes.clone(), &bind_options).unwrap();
    let options = FillOptions { overwrite: true, unlock: true, append: Append::Never, ..FillOptions::default() };
    let answers = reference.answers();
    let second = fill::into(&again.bytes, &again.workbook, &again.binding, &again.catalog, &answers, &options).unwrap();
    assert!(second.bytes == again.bytes, "{}: {:?}", reference.name, second.receipt.cells.first());
}
