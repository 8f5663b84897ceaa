//! Every layout a vendor is known to use, as a workbook of our own and what it must be read as.
//!
//! A workbook dropped into `samples/layouts` becomes a test: its expected catalog stands beside it under the same name
//! (`samples/layouts/README.md` says how it is made and accepted).
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

#[path = "../../samples/make/describe.rs"]
mod describe;
#[path = "../nothing_lost/mod.rs"]
mod nothing_lost;
mod show;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use secref::catalog::{Source, json};
use secref::diagnostic::Failure;
use secref::render::words::{Lang, Words};
use secref::template::{BindOptions, bind, parse, propose};
use secref::workbook::{ReadOptions, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/layouts")
}

/// The files of the folder with one of these endings.
fn files(endings: &[&str]) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let has_ending = |path: &PathBuf| path.extension().is_some_and(|end| endings.iter().any(|known| end == *known));
    let mut files: Vec<PathBuf> = entries.filter(has_ending).collect();
    files.sort();
    files
}

#[test]
fn every_sample_is_read_as_the_catalog_beside_it() {
    let filter = std::env::var("LAYOUT").unwrap_or_default();
    let samples = files(&["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv"]);
    let mut failed: Vec<String> = Vec::new();
    for path in samples.iter().filter(|path| path.to_string_lossy().contains(&filter)) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let compare = || {
            let text = match catalog_of(path) {
                Ok(text) => text,
                Err(failure) => refused(&failure),
            };
            insta::with_settings!({
                snapshot_path => folder(),
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, { insta::assert_snapshot!(name.as_str(), text) });
        };
        if catch_unwind(AssertUnwindSafe(compare)).is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "read otherwise than expected: {}", failed.join(", "));
}

/// Reads a sample without a flag, or with the template beside it, and holds it to the laws of reading.
fn catalog_of(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let template = std::fs::read_to_string(path.with_extension("toml")).ok();
    let template = template.map(|text| Arc::new(parse(&text, "the template beside it").unwrap()));
    let workbook = read(&bytes, &name, &ReadOptions::default())?;
    let binding = bind(&workbook, &BindOptions { template, ..BindOptions::default() })?;
    let catalog = secref::import::catalog(&workbook, &binding, Source { file: name, ..Source::default() })?;
    nothing_lost::check(&workbook, &binding, &catalog).unwrap();
    assert_eq!(json::from_json(&json::to_json(&catalog)).unwrap(), catalog, "its JSON says the same");
    Ok(show::show(&catalog))
}

#[test]
fn a_first_template_reads_a_workbook_as_it_was_read_without_one() {
    let mut told = Vec::new();
    for path in files(&["xlsx"]) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let workbook = read(&std::fs::read(&path).unwrap(), &name, &ReadOptions::default()).unwrap();
        let Ok(toml) = propose(&workbook, &BindOptions::default(), &Default::default()) else { continue };
        let template = parse(&toml, "first").unwrap_or_else(|failure| panic!("{name}: {failure:?}\n{toml}"));
        let said = |options: BindOptions| {
            let binding = bind(&workbook, &options).unwrap_or_else(|failure| panic!("{name}: {failure:?}\n{toml}"));
            let catalog = secref::import::catalog(&workbook, &binding, Source::default()).unwrap();
            let texts = |item: &secref::catalog::Item| -> Vec<String> {
                item.values.iter().flatten().map(|value| value.text.to_string()).collect()
            };
            catalog.items.iter().map(|item| (item.key.clone(), item.status, texts(item))).collect::<Vec<_>>()
        };
        let with = said(BindOptions { template: Some(Arc::new(template)), ..BindOptions::default() });
        if with != said(BindOptions::default()) {
            told.push(format!("{name}\n{toml}\n{with:#?}"));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn a_first_template_reads_well() {
    let path = folder().join("L19-lists-on-one-sheet.xlsx");
    let workbook = read(&std::fs::read(path).unwrap(), "vendor.xlsx", &ReadOptions::default()).unwrap();
    let options = BindOptions { fields: vec![("id".to_owned(), "項番".to_owned())], ..BindOptions::default() };
    insta::assert_snapshot!(propose(&workbook, &options, &Default::default()).unwrap());
}

/// What a user sees of a workbook that is refused.
fn refused(failure: &Failure) -> String {
    let words = Words::new(Lang::En);
    let lines = failure.diagnostics.iter().map(|diagnostic| {
        let message = words.diagnostic(diagnostic);
        let texts = [Some(message.headline), message.found, message.hint];
        format!("{:?}: {}", diagnostic.severity, texts.into_iter().flatten().collect::<Vec<_>>().join("\n  "))
    });
    format!("refused\n{}\n", lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn every_workbook_with_a_description_is_what_it_describes() {
    for path in files(&["txt"]) {
        let made = describe::workbook(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let kept = std::fs::read(path.with_extension("xlsx")).unwrap_or_default();
        assert!(made == kept, "{}: run `cargo run --example make_samples`", path.display());
    }
}
