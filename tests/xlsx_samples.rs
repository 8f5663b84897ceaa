//! Every workbook made from the samples, as a user would get it.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod xlsx_support;

use std::path::Path;

use secref::answers::Answers;
use secref::assess::assess;
use secref::catalog::{Catalog, Source};
use secref::diff::{DiffOptions, diff};
use secref::import::{self, AnswerOptions};
use secref::render::words::{Lang, Words};
use secref::render::xlsx::{self, AnswerSheet, Cover, DiffWorkbook, SelfCheck, Sides};
use secref::template::{BindOptions, bind, builtin};
use secref::workbook::{ReadOptions, read};
use xlsx_support::checked;

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)).unwrap()
}

fn catalog(name: &str) -> Catalog {
    let bytes = sample(name);
    let workbook = read(&bytes, name, &ReadOptions::default()).unwrap();
    let binding = bind(&workbook, &BindOptions::default()).unwrap();
    let source = Source { file: name.to_owned(), sha256: "0".repeat(64), sheets: Vec::new() };
    import::catalog(&workbook, &binding, source).unwrap()
}

fn answers(catalog: &Catalog) -> Answers {
    let workbook = read(&sample("answers-v9.csv"), "answers-v9.csv", &ReadOptions::default()).unwrap();
    import::answers(&workbook, &AnswerOptions { catalog: Some(catalog), ..AnswerOptions::default() }).unwrap().answers
}

#[test]
fn every_workbook_of_the_samples_opens_and_is_made_the_same_twice() {
    let (old, new) = (catalog("reference-v9.xlsx"), catalog("reference-v9r.xlsx"));
    let answers = answers(&old);
    let words = Words::new(Lang::Ja);
    let created = jiff::civil::date(2026, 3, 31).at(9, 0, 0, 0);
    let difference = diff(&old, &new, &DiffOptions::default()).unwrap();
    let of_diff = || {
        let options = DiffWorkbook {
            words: &words,
            sides: Sides::OldNew,
            old_word: None,
            new_word: None,
            carried: None,
            created,
        };
        xlsx::diff(&difference, &options).unwrap()
    };
    checked("samples-diff", &of_diff().bytes);
    assert_eq!(of_diff().bytes, of_diff().bytes);

    let assessment = assess(&new, &answers, Some(jiff::civil::date(2026, 3, 31)));
    let template = builtin("self-check").unwrap();
    let cover = Cover::of(&answers, Some(jiff::civil::date(2026, 3, 31)));
    let deliverable = SelfCheck {
        words: &words,
        catalog: &new,
        answers: &answers,
        assessment: &assessment,
        diff: Some(&difference),
        cover: &cover,
        history: &[],
        protect: false,
        reference_text: true,
        write: &template.write,
        created,
    };
    let written = xlsx::self_check(&deliverable).unwrap();
    assert_eq!(written.diagnostics, []);
    let sheets = checked("samples-self-check", &written.bytes);
    assert!(sheets.names().contains(&"変更点"));

    let blank = AnswerSheet {
        words: &words,
        catalog: Some(&new),
        answers: None,
        only: None,
        titles: &[],
        protect: true,
        reference_text: true,
        created,
    };
    checked("samples-answer-sheet", &xlsx::answer_sheet(&blank).unwrap().bytes);
    checked("samples-catalog", &xlsx::catalog(&new, &words, created).unwrap().bytes);
}
