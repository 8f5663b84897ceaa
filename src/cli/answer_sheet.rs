//! `secref answer-sheet`: a blank answer sheet for an edition.

use std::path::PathBuf;

use secref::answers::{Answer, Answers};
use secref::catalog::{Catalog, ItemKey};
use secref::diagnostic::Diagnostic;

use super::args::{AnswersArgs, OutputArgs, ReadArgs};
use super::context::{Context, Result};
use super::{Outcome, answer_output, formats, input, output};

/// Make a blank answer sheet with drop-downs and guidance
///
///     secref answer-sheet reference-v9r.xlsx -o answers.xlsx
///     secref answer-sheet reference-v9r.xlsx -o facilities.xlsx --only 設
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The reference
    reference: PathBuf,
    /// Only the items of this group, or those earlier answers give to this department; may be given several times
    #[arg(long, value_name = "GROUP|DEPARTMENT")]
    only: Vec<String>,
    /// Answers to begin with; they also say which item is which department's
    #[arg(long, value_name = "FILE")]
    answers: Vec<PathBuf>,
    /// The user's own item titles: a table with a number and a title column
    #[arg(long, value_name = "FILE")]
    titles: Option<PathBuf>,
    /// Lock all but the cells to fill in (Excel cannot sort a protected sheet)
    #[arg(long)]
    protect: bool,
    /// Leave the reference's texts out
    #[arg(long)]
    no_reference_text: bool,
    #[command(flatten)]
    answering: AnswersArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    csv: formats::CsvArgs,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let targets = formats::targets(&args.output, &answer_output::FORMATS, "json", context)?;
    let inputs: Vec<PathBuf> =
        std::iter::once(&args.reference).chain(&args.answers).chain(&args.titles).cloned().collect();
    answer_output::check_targets(&targets, &inputs, args.output.force)?;
    let reference = input::reference(&args.reference, &args.read, context)?;
    let catalog = &reference.catalog;
    let given = match args.answers.as_slice() {
        [] => Answers::default(),
        files => input::answers(files, Some(&reference), &args.answering, context)?,
    };
    let keys = chosen(args, catalog, &given)?;
    let sheet = begun(catalog, &given, &keys, !args.only.is_empty());
    let titles = input::titles(args.titles.as_deref(), catalog, context)?;
    let form = answer_output::Form {
        only: Some(&keys),
        titles: &titles,
        protect: args.protect,
        reference_text: !args.no_reference_text,
    };
    let outputs = answer_output::rendered_as(&sheet, Some(catalog), targets, &args.csv, &form, context)?;
    output::write(outputs, context)?;
    Ok(Outcome::look_at_if(context.has_errors()))
}

/// The items asked for, in the reference's order: all that are in force, or those of the groups and departments named.
fn chosen(args: &Args, catalog: &Catalog, given: &Answers) -> Result<Vec<ItemKey>> {
    let by_key = given.by_key();
    let belongs = |item: &secref::catalog::Item, name: &str| {
        let group = item.group.as_ref().and_then(|id| catalog.groups.iter().find(|group| group.id == *id));
        let is_group = group.is_some_and(|group| *group.id == *name || group.title.as_deref() == Some(name));
        is_group || by_key.get(&item.key).is_some_and(|answer| answer.department == name)
    };
    let unknown: Vec<&String> =
        args.only.iter().filter(|name| !catalog.active().any(|item| belongs(item, name))).collect();
    if let Some(name) = unknown.first() {
        let shown = |group: &secref::catalog::Group| match group.title.as_deref() {
            Some(title) if *title != *group.id => format!("{} ({title})", group.id),
            _ => group.id.to_string(),
        };
        let mut known: Vec<String> = catalog.groups.iter().map(shown).collect();
        let mut departments: Vec<String> =
            given.answers.iter().map(|answer| answer.department.clone()).filter(|name| !name.is_empty()).collect();
        departments.sort();
        departments.dedup();
        known.extend(departments);
        return Err(Diagnostic::error("only-unknown").arg("name", name.as_str()).arg("known", known).into());
    }
    let wanted =
        catalog.active().filter(|item| args.only.is_empty() || args.only.iter().any(|name| belongs(item, name)));
    Ok(wanted.map(|item| item.key.clone()).collect())
}

/// An answer for every item asked for: the one given, or a blank one. What was answered on numbers that are gone, and
/// what a merge left undecided, stays with the whole sheet; one department's part has none of it.
fn begun(catalog: &Catalog, given: &Answers, keys: &[ItemKey], is_part: bool) -> Answers {
    let by_key = given.by_key();
    let answers = keys.iter().map(|key| match by_key.get(key) {
        Some(answer) => (*answer).clone(),
        None => Answer::blank(key.clone()),
    });
    let begun = Answers {
        answers: answers.collect(),
        edition: catalog.edition.clone(),
        header: given.header.clone(),
        ..Answers::default()
    };
    if is_part {
        return begun;
    }
    Answers { retired: given.retired.clone(), conflicts: given.conflicts.clone(), ..begun }
}
