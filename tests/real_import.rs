//! Reads the publishers' own workbooks, where they are at hand, and compares ids and counts with figures worked out
//! independently of this project. Every cell of every bound table must be found again in the catalog.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod nothing_lost;
mod real_files;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use secref::catalog::{Catalog, Source};
use secref::diagnostic::{Failure, Severity};
use secref::template::{BindOptions, Binding, bind};
use secref::workbook::{ReadOptions, Workbook, read};

type Imported = Arc<Result<(Workbook, Binding, Catalog), Failure>>;

/// Reads a file once for all tests.
fn import(path: &Path) -> Imported {
    static READ: Mutex<BTreeMap<PathBuf, Imported>> = Mutex::new(BTreeMap::new());
    if let Some(known) = READ.lock().unwrap().get(path) {
        return Arc::clone(known);
    }
    let imported = Arc::new(import_afresh(path));
    READ.lock().unwrap().insert(path.to_owned(), Arc::clone(&imported));
    imported
}

fn import_afresh(path: &Path) -> Result<(Workbook, Binding, Catalog), Failure> {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let workbook = read(&bytes, &name, &ReadOptions::default())?;
    let binding = bind(&workbook, &BindOptions::default())?;
    let catalog = secref::import::catalog(&workbook, &binding, Source { file: name, ..Source::default() })?;
    Ok((workbook, binding, catalog))
}

fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(workbooks(&path));
        } else if path.extension().is_some_and(|end| ["xlsx", "csv", "tsv"].iter().any(|known| *known == end)) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The id as `expected` writes it: with the sheet where the publisher numbers each sheet afresh.
fn expected_id(catalog: &Catalog, item: &secref::catalog::Item, with_sheet: bool) -> String {
    let sheet = item.at.first().map_or("", |at| &*at.sheet);
    let id = if catalog.edition.template.as_deref().is_some_and(|name| name.starts_with("nist")) {
        item.key.id.to_string()
    } else {
        item.raw_id.trim().to_owned()
    };
    if with_sheet { format!("{sheet}!{id}") } else { id }
}

#[test]
fn ids_and_counts_are_those_worked_out_independently() {
    let Some(folder) = real_files::folder() else { return };
    let mut files = 0;
    for pair in std::fs::read_dir(folder.join("expected/pairs")).unwrap() {
        let path = pair.unwrap().path();
        let expected: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let strings = |name: &str| -> BTreeSet<String> {
            let list = expected[name].as_array().map(Vec::as_slice).unwrap_or_default();
            list.iter().map(|id| id.as_str().unwrap().to_owned()).collect()
        };
        let with_sheet = expected["note"].as_str().is_some_and(|note| note.contains("sheet!"))
            || strings("added").iter().chain(&strings("removed")).any(|id| id.contains('!'));
        let mut sides = Vec::new();
        for side in ["old", "new"] {
            let file = folder.join(expected[side]["file"].as_str().unwrap());
            let imported = import(&file);
            let (_, _, catalog) =
                imported.as_ref().as_ref().unwrap_or_else(|failure| panic!("{}: {failure:?}", file.display()));
            let ids: BTreeSet<String> =
                catalog.items.iter().map(|item| expected_id(catalog, item, with_sheet)).collect();
            let wanted = usize::try_from(expected[side]["items"].as_u64().unwrap()).unwrap();
            if !file.to_string_lossy().contains("DMD__2022-04-12") {
                assert_eq!(catalog.items.len(), wanted, "{}", file.display());
            }
            files += 1;
            sides.push(ids);
        }
        let added: BTreeSet<String> = sides[1].difference(&sides[0]).cloned().collect();
        let removed: BTreeSet<String> = sides[0].difference(&sides[1]).cloned().collect();
        assert_eq!(added, strings("added"), "{}", path.display());
        if !path.to_string_lossy().contains("dmd-2022-04-12") {
            assert_eq!(removed, strings("removed"), "{}", path.display());
        }
    }
    println!("{files} files of pairs read as expected");
}

/// The independent count took the 22 lines below the tables of this edition for items; they are footnotes.
#[test]
fn footnotes_of_the_first_data_model_edition_are_notes() {
    let Some(folder) = real_files::folder() else { return };
    let pair = folder.join("expected/pairs/gif-dmd-2022-04-12_e28721b__2022-04-13_e1d69b8.json");
    let expected: serde_json::Value = serde_json::from_slice(&std::fs::read(pair).unwrap()).unwrap();
    let file = folder.join(expected["old"]["file"].as_str().unwrap());
    let imported = import(&file);
    let (_, _, catalog) = imported.as_ref().as_ref().unwrap();
    assert_eq!(catalog.items.len(), 269 - 22);
    for id in expected["removed"].as_array().unwrap() {
        let (sheet, text) = id.as_str().unwrap().split_once('!').unwrap();
        let is_it =
            |note: &&secref::catalog::Line| note.at.iter().any(|at| &*at.sheet == sheet) && note.text.contains(text);
        assert!(catalog.notes.iter().any(|note| is_it(&note)), "{sheet}: {text}");
    }
}

#[test]
fn every_reference_reads_without_a_flag() {
    let Some(folder) = real_files::folder() else { return };
    let counts = [
        ("465-3", 177),
        ("465-4", 13),
        ("465-5", 12),
        ("465-6", 96),
        ("csf2", 106 + 79),
        ("Crosswalk", 134),
        ("comparison", 1189),
        ("old", 308),
        ("newA", 310),
        ("newB", 310),
        ("newC", 310),
        ("typography", 308),
    ];
    for file in workbooks(&folder.join("references")).iter().chain(&workbooks(&folder.join("editions-synthetic"))) {
        let imported = import(file);
        let (workbook, binding, catalog) =
            imported.as_ref().as_ref().unwrap_or_else(|failure| panic!("{}: {failure:?}", file.display()));
        let name = file.file_name().unwrap().to_string_lossy();
        if let Some((_, items)) = counts.iter().find(|(part, _)| name.contains(part)) {
            assert_eq!(catalog.items.len(), *items, "{name}");
        }
        let errors: Vec<_> = catalog.diagnostics.iter().filter(|d| d.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        nothing_lost::check(workbook, binding, catalog).unwrap_or_else(|lost| panic!("{name}: {lost}"));
    }
}

/// `templates new` on what no template fits: the template reads the same items, texts and all.
#[test]
fn a_first_template_reads_every_unknown_reference_as_it_was_read() {
    let Some(folder) = real_files::folder() else { return };
    let mut read_again = 0;
    for file in workbooks(&folder.join("references")) {
        let imported = import(&file);
        let (workbook, binding, catalog) = imported.as_ref().as_ref().unwrap();
        if binding.template.name.is_some() {
            continue;
        }
        let toml = secref::template::propose(workbook, &BindOptions::default(), &Default::default()).unwrap();
        let template = Some(Arc::new(secref::template::parse(&toml, "first").unwrap()));
        let again = bind(workbook, &BindOptions { template, ..BindOptions::default() }).unwrap();
        let again = secref::import::catalog(workbook, &again, Source::default()).unwrap();
        assert_eq!(again.items, catalog.items, "{}\n{toml}", file.display());
        read_again += 1;
    }
    println!("{read_again} references read again with a first template");
}

#[test]
fn retired_subcategories_of_the_csf_are_listed_as_such() {
    let Some(folder) = real_files::folder() else { return };
    let expected: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("expected/nist-csf-2.0.json")).unwrap()).unwrap();
    let imported = import(&folder.join("references/nist-csf/csf2.xlsx"));
    let (_, _, catalog) = imported.as_ref().as_ref().unwrap();
    let active: BTreeSet<&str> = catalog.active().map(|item| &*item.key.id).collect();
    let wanted: BTreeSet<&str> = expected["active"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(active, wanted);
    let retired = catalog.items.iter().filter(|item| item.status == secref::catalog::ItemStatus::Retired);
    let retired: BTreeSet<&str> = retired.map(|item| &*item.key.id).collect();
    assert_eq!(retired, expected["retired"].as_object().unwrap().keys().map(String::as_str).collect());
}

#[test]
#[ignore = "prints what every reference reads as: FILTER=name cargo test --test real_import overview -- --ignored --nocapture"]
fn overview() {
    let Some(folder) = real_files::folder() else { return };
    let words = secref::render::words::Words::new(secref::render::words::Lang::En);
    let filter = std::env::var("FILTER").unwrap_or_default();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let files =
        [folder.join("references"), folder.join("editions-synthetic"), samples].map(|folder| workbooks(&folder));
    for file in files.iter().flatten().filter(|file| file.to_string_lossy().contains(&filter)) {
        let name = file.file_name().unwrap().to_string_lossy();
        let started = std::time::Instant::now();
        match import_afresh(file) {
            Ok((_, _, catalog)) => {
                let template = catalog.edition.template.as_deref().unwrap_or("-");
                let (all, active) = (catalog.items.len(), catalog.active().count());
                println!("{name}: {template}, {all} items, {active} active, {:?}", started.elapsed());
                if !filter.is_empty() {
                    println!("   fields {:?}", catalog.fields.iter().map(|field| &*field.key).collect::<Vec<_>>());
                    println!("   groups {:?}", catalog.groups);
                    println!("   ids {:?}", catalog.items.iter().map(|item| item.key.to_string()).collect::<Vec<_>>());
                    println!("   bands {:?}", catalog.bands.iter().map(|line| &line.text).collect::<Vec<_>>());
                    println!("   notes {:?}", catalog.notes.iter().map(|line| &line.text).collect::<Vec<_>>());
                }
                for diagnostic in &catalog.diagnostics {
                    let at = diagnostic.at.first().map(ToString::to_string).unwrap_or_default();
                    println!("   {:?} {} {at}", diagnostic.severity, words.diagnostic(diagnostic).headline);
                }
            }
            Err(failure) => println!("{name}: {failure:?}"),
        }
    }
}
