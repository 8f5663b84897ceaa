//! `secref status`: how far the self-check is.

use std::path::PathBuf;

use secref::assess::{Assessment, PointResult, assess};
use secref::render;

use super::args::{AnswersArgs, OutputArgs, ReadArgs};
use super::context::{Context, Result};
use super::output::{self, Output};
use super::{Outcome, formats, input};

/// Show how far the self-check is: per group and status, what is open, overdue, to re-check
///
///     secref status reference-v9r.xlsx answers.xlsx
///     secref status catalog.json answers.json --format json --fail-on overdue
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The reference
    reference: PathBuf,
    /// The answers; several files are taken together
    #[arg(required = true)]
    answers: Vec<PathBuf>,
    #[command(flatten)]
    answering: AnswersArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// End with status 1 when something is open, overdue or to be looked at again
    #[arg(long, value_enum, value_delimiter = ',', value_name = "WHAT")]
    fail_on: Vec<FailOn>,
}

#[derive(Copy, Clone, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    /// An item that is neither met nor out of scope
    Open,
    /// A due date before today
    Overdue,
    /// An answer to be looked at again
    Recheck,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let targets = formats::targets(&args.output, &["json", "text"], "text", context)?;
    let inputs: Vec<PathBuf> = std::iter::once(&args.reference).chain(&args.answers).cloned().collect();
    output::check_targets(targets.iter().map(|(path, _)| path.as_path()), &inputs, args.output.force)?;
    let reference = input::reference(&args.reference, &args.read, context)?;
    let answers = input::answers(&args.answers, Some(&reference), &args.answering, context)?;
    let assessment = assess(&reference.catalog, &answers, Some(context.today()));
    if targets.iter().any(|(_, format)| *format == "json") {
        context.report(&assessment.diagnostics);
    } else {
        // The text says it itself.
        context.count(&assessment.diagnostics);
    }
    let mut outputs = Vec::new();
    for (path, format) in targets {
        match format {
            "json" => outputs.push(Output { path, bytes: render::json::status::to_json(&assessment).into_bytes() }),
            _ if output::is_standard(&path) => {
                output::print(&render::terminal::status::status(&assessment, &context.terminal()))?;
            }
            _ => {
                let terminal = context.text_file();
                outputs.push(Output {
                    path,
                    bytes: render::terminal::status::status(&assessment, &terminal).into_bytes(),
                });
            }
        }
    }
    output::write(outputs, context)?;
    Ok(Outcome::look_at_if(args.fail_on.iter().any(|what| has(&assessment, *what))))
}

fn has(assessment: &Assessment, what: FailOn) -> bool {
    match what {
        FailOn::Open => !assessment.open.is_empty(),
        FailOn::Overdue => assessment.overdue() > 0,
        FailOn::Recheck => assessment.total.result(PointResult::Recheck) > 0,
    }
}
