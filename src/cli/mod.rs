//! The command line: files, terminal, clock and environment, and nothing else.
//!
//! One file per subcommand: an `Args` whose doc comments are the help, and one `run`. What was typed becomes options
//! here, once; nothing in the library sees clap.

mod args;
mod context;
mod effect;
mod formats;
mod input;
mod losses;
mod output;
mod pager;
mod usage;

mod answer_output;
mod answer_sheet;
mod carry;
mod check;
mod convert;
mod diff;
mod fill;
mod generate;
mod git;
mod merge;
mod review;
mod status;
mod templates;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use context::{Context, Global};
use effect::Typed;

/// Read security references, compare their editions, carry answers over and fill the workbooks
///
/// A reference is a workbook (xlsx, xlsm, xlsb, xls, ods), a CSV or TSV, or a catalog JSON made
/// by `secref convert`. `-` stands for standard input and output.
///
/// The whole job in one go:
///
///     secref review reference-v9.xlsx reference-v9r.xlsx --answers answers-v9.csv -o review
///
/// Text fits the width of the terminal, or what COLUMNS says; piped or written to a file it is
/// not wrapped, so that `grep` finds all of a paragraph.
///
/// Exit status: 0 done (for `diff`: same), 1 done and there is something to look at, 2 could
/// not.
#[derive(Parser)]
#[command(verbatim_doc_comment)]
#[command(name = "secref", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Review(review::Args),
    Convert(convert::Args),
    Check(check::Args),
    Diff(diff::Args),
    AnswerSheet(answer_sheet::Args),
    Merge(merge::Args),
    Fill(fill::Args),
    Carry(carry::Args),
    Status(status::Args),
    Templates(templates::Args),
    Textconv(git::TextconvArgs),
    GitSetup(git::SetupArgs),
    Schema(generate::SchemaArgs),
    Completions(generate::CompletionsArgs),
    Man(generate::ManArgs),
}

/// How a command ended; see the help's exit status.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Outcome {
    /// Done.
    Done,
    /// Done, and there is something to look at.
    LookAt,
}

impl Outcome {
    /// `LookAt` if there is something to look at.
    fn look_at_if(condition: bool) -> Self {
        if condition { Self::LookAt } else { Self::Done }
    }
}

/// Runs the command line of this process.
pub(crate) fn run() -> ExitCode {
    let parsed = Cli::command()
        .try_get_matches()
        .and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, Typed::of(&matches))));
    let (cli, typed) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return usage::refuse(&error),
    };
    let mut context = Context::new(&cli.global, typed);
    let result = dispatch(&cli.command, &mut context);
    context.finish(result)
}

fn dispatch(command: &Command, context: &mut Context) -> context::Result<Outcome> {
    match command {
        Command::Review(args) => review::run(args, context),
        Command::Convert(args) => convert::run(args, context),
        Command::Check(args) => check::run(args, context),
        Command::Diff(args) => diff::run(args, context),
        Command::AnswerSheet(args) => answer_sheet::run(args, context),
        Command::Merge(args) => merge::run(args, context),
        Command::Fill(args) => fill::run(args, context),
        Command::Carry(args) => carry::run(args, context),
        Command::Status(args) => status::run(args, context),
        Command::Templates(args) => templates::run(args, context),
        Command::Textconv(args) => git::textconv(args, context),
        Command::GitSetup(args) => git::setup(args, context),
        Command::Schema(args) => generate::schema(args),
        Command::Completions(args) => generate::completions(args, &mut Cli::command()),
        Command::Man(args) => generate::man(args, Cli::command()),
    }
}
