//! `secref templates`: known layouts, why one fits, and a first template for an unknown workbook.

use std::path::PathBuf;

use secref::render::terminal;
use secref::template;

use super::args::ReadArgs;
use super::context::{Context, Result};
use super::output::{self, Output};
use super::{Outcome, input};

/// List known layouts, say why one fits a workbook, or write a first template for an unknown one
///
///     secref templates detect vendor.xlsx
///     secref templates new vendor.xlsx -o vendor.toml
///     secref convert vendor.xlsx --template vendor.toml
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(clap::Subcommand)]
enum Action {
    /// List the built-in templates
    List,
    /// Print a built-in template
    Show {
        /// Its name
        name: String,
    },
    /// Say which templates fit a workbook, and why the others do not
    Detect {
        /// The workbook
        file: PathBuf,
        /// Encoding of a CSV or TSV, such as `utf-8` or `cp932`; detected unless given
        #[arg(long, value_name = "NAME", help_heading = "Reading")]
        encoding: Option<String>,
        /// Environment variable that holds the password of an encrypted workbook
        #[arg(long, value_name = "VAR", help_heading = "Reading")]
        password_env: Option<String>,
    },
    /// Write a first template for a workbook no template fits
    New {
        /// The workbook
        file: PathBuf,
        #[command(flatten)]
        read: ReadArgs,
        /// Where to write it; standard output unless given
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Overwrite an output that exists
        #[arg(long)]
        force: bool,
    },
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    match args.action.as_ref().unwrap_or(&Action::List) {
        Action::List => {
            let builtins: Vec<_> = template::builtin_names().filter_map(template::builtin).collect();
            output::print(&terminal::templates::list(builtins.iter().map(AsRef::as_ref), &context.terminal()))?;
        }
        Action::Show { name } => output::write_stdout(source(name)?.as_bytes())?,
        Action::Detect { file, encoding, password_env } => {
            let file = input::file(file)?;
            let read =
                ReadArgs { encoding: encoding.clone(), password_env: password_env.clone(), ..ReadArgs::default() };
            let workbook = input::workbook(&file, &read, context)?;
            let candidates = template::detect(&workbook);
            output::print(&terminal::templates::candidates(&candidates, &context.terminal()))?;
            return Ok(Outcome::look_at_if(!candidates.iter().any(|candidate| candidate.fits)));
        }
        Action::New { file, read, output: target, force } => {
            let path = target.clone().unwrap_or_else(|| PathBuf::from("-"));
            output::check_targets([path.as_path()], std::slice::from_ref(file), *force)?;
            let input = input::file(file)?;
            let workbook = input::workbook(&input, read, context)?;
            let proposal = template::propose(&workbook, &input::bind_options(read)?, &remarks(context))
                .map_err(|failure| failure.in_file(&input.name))?;
            let next = [("file", output::shown(file).into()), ("template", output::shown(&path).into())];
            let is_file = !output::is_standard(&path);
            output::write(vec![Output { path, bytes: proposal.into_bytes() }], context)?;
            if is_file {
                context.note("templates-next", &next);
            }
        }
    }
    Ok(Outcome::Done)
}

/// What stands in a proposal beside its keys, in the user's language.
fn remarks(context: &Context) -> template::Remarks {
    let text = |name: &str| context.words.text(&format!("templates-new-{name}"));
    template::Remarks {
        head: text("head"),
        title: text("title"),
        sheets: text("sheets"),
        ids_per_sheet: text("ids-per-sheet"),
    }
}

fn source(name: &str) -> Result<&'static str> {
    template::builtin_source(name).ok_or_else(|| input::template_unknown(name))
}
