//! `secref merge`: several people's parts into one.

use std::path::PathBuf;

use secref::answers::Answer;

use super::args::{AnswersArgs, OutputArgs, ReadArgs};
use super::context::{Context, Result};
use super::{Outcome, answer_output, formats, input, output};

/// Merge several people's answers into one file, conflicts listed
///
/// Two different answers for one field are a conflict: without `--prefer` all are listed and
/// nothing is written. Items come out in the order of their numbers, or in the reference's.
///
///     secref merge answers-it.xlsx answers-facilities.csv -o answers.xlsx --reference reference-v9r.xlsx
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The answer files
    #[arg(required = true)]
    answers: Vec<PathBuf>,
    /// The reference the answers belong to, so that unknown item numbers are found
    #[arg(long, value_name = "FILE")]
    reference: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    csv: formats::CsvArgs,
    #[command(flatten)]
    answering: AnswersArgs,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let targets = formats::targets(&args.output, &answer_output::FORMATS, "json", context)?;
    let inputs: Vec<PathBuf> = args.answers.iter().chain(&args.reference).cloned().collect();
    answer_output::check_targets(&targets, &inputs, args.output.force)?;
    let reference = args.reference.as_ref().map(|path| input::reference(path, &args.read, context)).transpose()?;
    let catalog = reference.as_ref().map(|reference| &reference.catalog);
    let mut merged = input::answers(&args.answers, reference.as_ref(), &args.answering, context)?;
    secref::answers::merge::arrange(&mut merged.answers, catalog);
    let outputs = answer_output::rendered(&merged, catalog, targets, &args.csv, context)?;
    let (blank, filled): (Vec<&Answer>, Vec<&Answer>) = merged.answers.iter().partition(|answer| answer.is_blank());
    context.note(
        "merge-counts",
        &[
            ("files", args.answers.len().into()),
            ("filled", filled.len().into()),
            ("blank", blank.len().into()),
            ("retired", merged.retired.len().into()),
        ],
    );
    output::write(outputs, context)?;
    Ok(Outcome::look_at_if(context.has_errors()))
}
