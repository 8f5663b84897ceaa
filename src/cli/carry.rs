//! `secref carry`: last edition's answers to the new edition.

use std::path::PathBuf;

use secref::carry::{CarryOptions, carry};
use secref::diff::{DiffOptions, diff};
use secref::render;

use super::args::{AnswersArgs, FieldFilterArgs, NewArgs, OldArgs, OutputArgs, ReadArgs};
use super::context::{Context, Result};
use super::{Outcome, answer_output, formats, input, output};

/// Carry answers over to a new edition, each with why it may stand or must be looked at again
///
/// Nothing is dropped: answers to items that are gone are kept apart, and the counts add up.
///
///     secref carry answers-v9.csv --from reference-v9.xlsx --to reference-v9r.xlsx -o answers-v9r.xlsx
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The answers to the old edition; several files are taken together
    #[arg(required = true)]
    answers: Vec<PathBuf>,
    /// The old edition
    #[arg(long, value_name = "OLD")]
    from: PathBuf,
    /// The new edition
    #[arg(long, value_name = "NEW")]
    to: PathBuf,
    /// Decisions exported from the review page; an `ok` clears its item's flag where the texts are still the same
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// A table of declared moves: old_sheet,old_id,new_sheet,new_id,relation,note
    #[arg(long, value_name = "FILE")]
    crosswalk: Option<PathBuf>,
    #[command(flatten)]
    answering: AnswersArgs,
    #[command(flatten)]
    fields: FieldFilterArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    old: OldArgs,
    #[command(flatten)]
    new: NewArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    csv: formats::CsvArgs,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let targets = formats::targets(&args.output, &answer_output::FORMATS, "json", context)?;
    let inputs: Vec<PathBuf> = args
        .answers
        .iter()
        .chain([&args.from, &args.to])
        .chain(&args.decisions)
        .chain(&args.crosswalk)
        .cloned()
        .collect();
    answer_output::check_targets(&targets, &inputs, args.output.force)?;
    let old = input::reference(&args.from, &args.old.over(&args.read), context)?;
    let new = input::reference(&args.to, &args.new.over(&args.read), context)?;
    let answers = input::answers(&args.answers, Some(&old), &args.answering, context)?;
    let options = DiffOptions {
        crosswalk: input::crosswalk(args.crosswalk.as_deref(), context)?,
        only_fields: args.fields.only_field.clone(),
        ignore_fields: args.fields.ignore_field.clone(),
        ..DiffOptions::default()
    };
    let changes = diff(&old.catalog, &new.catalog, &options)?;
    context.report(&changes.diagnostics);
    let decisions = input::decisions(args.decisions.as_deref(), context)?;
    let carried = carry(
        &answers,
        &old.catalog,
        &new.catalog,
        &changes,
        &CarryOptions { decisions, today: Some(context.today()) },
    )?;
    context.report(&carried.diagnostics);
    context.say(&render::terminal::carry::counts(&carried, &context.stderr_terminal()));
    let outputs = answer_output::rendered(&carried.answers, Some(&new.catalog), targets, &args.csv, context)?;
    output::write(outputs, context)?;
    Ok(Outcome::look_at_if(context.has_errors()))
}
