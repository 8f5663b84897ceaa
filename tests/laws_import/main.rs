//! The law of reading: however the layouts vendors use are combined, the same reference is read out of them.
//!
//! `samples/layouts` shows every layout alone; here they meet: title rows over a two-row header on graph paper, band
//! rows between continuation rows, a running number beside the ids. Answers to every item go into each of these
//! workbooks and come back. A failing case is printed as a description in the samples' own notation and can be dropped
//! there as it is.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

#[path = "../../samples/make/describe.rs"]
mod describe;
mod layout;
#[path = "../nothing_lost/mod.rs"]
mod nothing_lost;
mod reference;
mod written;

use std::fmt::Write;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use secref::answers::{Answer, Answers, Status};
use secref::catalog::{Catalog, ItemStatus, Source};
use secref::diagnostic::Severity;
use secref::fill::{self, FillOptions};
use secref::import::AnswerOptions;
use secref::template::{BindOptions, bind};
use secref::text::fold::heading_key;
use secref::workbook::{ReadOptions, read};

use layout::{Layout, layouts};
use reference::{COLUMNS, Meant};

/// What Excel saves of a description's only sheet as CSV: of a merged cell its first, no looks.
fn as_csv(description: &str) -> String {
    let mut out = String::new();
    for line in description.lines().filter(|line| !line.starts_with("=== ")) {
        let cells = line.trim_start_matches("~ ").split('|').map(str::trim).map(|cell| match cell {
            "<" | "^" => String::new(),
            _ => cell.trim_start_matches(['=', '\'']).replace('␤', "\n").replace('␣', "\u{3000}").replace('"', "\"\""),
        });
        let _ = writeln!(out, "{}", cells.map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(","));
    }
    out
}

/// What reading failed with, in codes.
fn told(failure: secref::diagnostic::Failure) -> String {
    failure.diagnostics.iter().map(|d| format!("{} {:?}", d.code, d.args)).collect::<Vec<_>>().join("; ")
}

/// Reads a description's workbook without a flag.
fn read_described(description: &str, is_delimited: bool) -> Result<Catalog, String> {
    let is_delimited = is_delimited && description.matches("=== ").count() == 1;
    let bytes = match is_delimited {
        true => as_csv(description).into_bytes(),
        false => describe::workbook(description).map_err(|error| error.to_string())?,
    };
    let workbook = read(&bytes, if is_delimited { "reference.csv" } else { "reference.xlsx" }, &ReadOptions::default())
        .map_err(told)?;
    let binding = bind(&workbook, &BindOptions::default()).map_err(told)?;
    let catalog = secref::import::catalog(&workbook, &binding, Source::default()).map_err(told)?;
    nothing_lost::check(&workbook, &binding, &catalog)?;
    Ok(catalog)
}

fn compare(layout: &Layout, meant: &Meant, catalog: &Catalog) -> Result<(), String> {
    let active = catalog.items.iter();
    let ids: Vec<&str> = active.clone().map(|item| &*item.key.id).collect();
    let wanted: Vec<&str> = meant.items.iter().map(|item| item.id.as_str()).collect();
    if ids != wanted {
        return Err(format!("ids {ids:?}\n not {wanted:?}"));
    }
    let retired: Vec<&str> =
        active.clone().filter(|item| item.status == ItemStatus::Retired).map(|item| &*item.key.id).collect();
    if retired != meant.retired {
        return Err(format!("retired {retired:?}\n not {:?}", meant.retired));
    }
    for (index, &(column, spelling)) in layout.columns.iter().enumerate() {
        let heading = COLUMNS[column][spelling % COLUMNS[column].len()].replace('␤', "\n");
        let is_it = |label: &str| heading_key(label.rsplit(" > ").next().unwrap_or_default()) == heading_key(&heading);
        let field = catalog.fields.iter().position(|field| is_it(&field.label));
        let Some(field) = field else {
            if meant.items.iter().all(|item| item.columns[index].iter().all(|text| text.is_empty())) {
                continue;
            }
            let labels: Vec<&str> = catalog.fields.iter().map(|field| &*field.label).collect();
            return Err(format!("no field {heading:?} among {labels:?}"));
        };
        let alive = active.clone().zip(&meant.items).filter(|(item, _)| item.status == ItemStatus::Active);
        for (item, meant) in alive {
            let mut rows: Vec<String> = Vec::new();
            for text in meant.columns[index].iter().filter(|text| !text.is_empty()) {
                let text = text.replace('␤', "\n");
                if !rows.contains(&text) {
                    rows.push(text);
                }
            }
            let found = item.values.get(field).and_then(|value| value.as_ref());
            let found = found.map_or("", |value| &value.text);
            if found != rows.join("\n") {
                return Err(format!("{} {heading:?}: {found:?}\n not {:?}", meant.id, rows.join("\n")));
            }
        }
    }
    let errors: Vec<&str> =
        catalog.diagnostics.iter().filter(|d| d.severity == Severity::Error).map(|d| &*d.code).collect();
    if errors.is_empty() { Ok(()) } else { Err(format!("errors {errors:?}")) }
}

/// Answers every item, fills the answers into the workbook and reads them back.
fn filled_and_read_back(description: &str) -> Result<(), String> {
    let bytes = describe::workbook(description).map_err(|error| error.to_string())?;
    let open = |bytes: &[u8]| -> Result<_, String> {
        let workbook = read(bytes, "reference.xlsx", &ReadOptions::default()).map_err(told)?;
        let binding = bind(&workbook, &BindOptions::default()).map_err(told)?;
        let catalog = secref::import::catalog(&workbook, &binding, Source::default()).map_err(told)?;
        Ok((workbook, binding, catalog))
    };
    let (workbook, binding, catalog) = open(&bytes)?;
    let active = catalog.items.iter().filter(|item| item.status == ItemStatus::Active);
    let answers = active.enumerate().map(|(index, item)| {
        let mut answer = Answer::blank(item.key.clone());
        answer.status = Some([Status::Done, Status::Partial, Status::Open][index % 3]);
        answer.response = format!("当社の対応 {index}\n手順書を参照");
        answer
    });
    let answers = Answers { answers: answers.collect(), ..Answers::default() };
    let filled = fill::into(&bytes, &workbook, &binding, &catalog, &answers, &FillOptions::default()).map_err(told)?;
    if !filled.receipt.skipped.is_empty() || !filled.receipt.unplaced.is_empty() {
        return Err(format!("skipped {:?}, unplaced {:?}", filled.receipt.skipped, filled.receipt.unplaced));
    }
    let (after, _, catalog_after) = open(&filled.bytes)?;
    let ids = |catalog: &Catalog| catalog.items.iter().map(|item| item.key.clone()).collect::<Vec<_>>();
    if ids(&catalog) != ids(&catalog_after) {
        return Err(format!("filled, it is read as {:?}", ids(&catalog_after)));
    }
    let options = AnswerOptions { catalog: Some(&catalog), ..AnswerOptions::default() };
    let back = secref::import::answers(&after, &options).map_err(told)?.answers;
    for answer in &answers.answers {
        let found = back.get(&answer.key).map(|found| (found.status, found.response.as_str()));
        if found != Some((answer.status, &*answer.response)) {
            return Err(format!("{}: {found:?} came back", answer.key));
        }
    }
    Ok(())
}

/// The same 150 layouts each time, so that what fails here fails everywhere; `PROPTEST_RNG_SEED` and `PROPTEST_CASES`
/// look at others.
fn config() -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { 150 };
    let rng_seed = match asked.rng_seed {
        RngSeed::Random => RngSeed::Fixed(308),
        given => given,
    };
    ProptestConfig { cases, rng_seed, failure_persistence: None, ..asked }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_same_reference_is_read_out_of_every_layout(layout in layouts()) {
        let meant = layout.meant();
        let description = layout.describe(&meant);
        let result = read_described(&description, layout.delimited).and_then(|catalog| compare(&layout, &meant, &catalog));
        if let Err(why) = result {
            prop_assert!(false, "{why}\n{layout:?}\n{description}");
        }
    }

    #[test]
    fn answers_go_into_every_layout_and_come_back(layout in layouts()) {
        let description = layout.describe(&layout.meant());
        if let Err(why) = filled_and_read_back(&description) {
            prop_assert!(false, "{why}\n{layout:?}\n{description}");
        }
    }
}
