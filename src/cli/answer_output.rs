//! Answers written to files: the format by extension, and what stands beside a CSV.

use std::path::{Path, PathBuf};

use secref::answers::table::TableOptions;
use secref::answers::{Answers, json, table, yaml};
use secref::catalog::{Catalog, ItemKey};
use secref::render::words::Words;
use secref::render::xlsx;

use super::context::{Context, Result};
use super::formats::CsvArgs;
use super::losses;
use super::output::{self, Output};

/// The formats answers are written in.
pub(crate) const FORMATS: [&str; 4] = ["json", "yaml", "csv", "xlsx"];

/// Refuses targets that could not be written, the files beside a CSV included.
pub(crate) fn check_targets(targets: &[(PathBuf, &str)], inputs: &[PathBuf], force: bool) -> Result<()> {
    let beside = targets.iter().filter(|(path, format)| *format == "csv" && !output::is_standard(path));
    let all: Vec<PathBuf> = targets
        .iter()
        .map(|(path, _)| path.clone())
        .chain(beside.flat_map(|(path, _)| [beside_csv(path, "retired"), beside_csv(path, "conflicts")]))
        .collect();
    output::check_targets(all.iter().map(PathBuf::as_path), inputs, force)
}

/// `carried.csv` → `carried.retired.csv`.
fn beside_csv(path: &Path, what: &str) -> PathBuf {
    path.with_extension(format!("{what}.csv"))
}

/// How an answer sheet in Excel is laid out.
pub(crate) struct Form<'a> {
    /// The items to list; `None` for all.
    pub(crate) only: Option<&'a [ItemKey]>,
    /// The user's own titles.
    pub(crate) titles: &'a [(ItemKey, String)],
    /// Whether all but the cells to fill in are locked.
    pub(crate) protect: bool,
    /// Whether the reference's texts stand beside.
    pub(crate) reference_text: bool,
}

/// Writes answers in every format asked for, laid out plainly.
pub(crate) fn rendered(
    answers: &Answers,
    catalog: Option<&Catalog>,
    targets: Vec<(PathBuf, &str)>,
    csv: &CsvArgs,
    context: &mut Context,
) -> Result<Vec<Output>> {
    let form = Form { only: None, titles: &[], protect: false, reference_text: true };
    rendered_as(answers, catalog, targets, csv, &form, context)
}

/// Writes answers in every format asked for.
pub(crate) fn rendered_as(
    answers: &Answers,
    catalog: Option<&Catalog>,
    targets: Vec<(PathBuf, &str)>,
    csv: &CsvArgs,
    form: &Form<'_>,
    context: &mut Context,
) -> Result<Vec<Output>> {
    let mut outputs = Vec::new();
    for (path, format) in targets {
        losses::say(&path, answers, catalog, context);
        match format {
            "json" => outputs.push(Output { path, bytes: json::to_json(answers).into_bytes() }),
            "yaml" => outputs.push(Output { path, bytes: yaml::to_yaml(answers).into_bytes() }),
            "csv" => outputs.extend(csv_files(answers, path, csv, context)),
            _ => outputs.push(Output { path, bytes: workbook(answers, catalog, form, context)? }),
        }
    }
    Ok(outputs)
}

/// The CSV, and beside it the retired answers and the conflicts, where there are any.
fn csv_files(answers: &Answers, path: PathBuf, csv: &CsvArgs, context: &mut Context) -> Vec<Output> {
    let options = TableOptions { guard: !csv.no_guard, bom: false, ..TableOptions::default() };
    let mut texts = vec![(path.clone(), table::to_text(answers, &options))];
    if !output::is_standard(&path) {
        texts.extend(table::retired_to_text(answers, &options).map(|text| (beside_csv(&path, "retired"), text)));
        texts.extend(table::conflicts_to_text(answers, &options).map(|text| (beside_csv(&path, "conflicts"), text)));
    }
    texts.into_iter().map(|(path, text)| Output { path, bytes: csv.encoded(&text, context) }).collect()
}

fn workbook(answers: &Answers, catalog: Option<&Catalog>, form: &Form<'_>, context: &mut Context) -> Result<Vec<u8>> {
    let words = Words::new(context.deliverable_lang);
    let written = xlsx::answer_sheet(&xlsx::AnswerSheet {
        words: &words,
        catalog,
        answers: Some(answers),
        only: form.only,
        titles: form.titles,
        protect: form.protect,
        reference_text: form.reference_text,
        created: context.created(),
    })?;
    context.report(&written.diagnostics);
    Ok(written.bytes)
}
