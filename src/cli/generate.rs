//! `secref schema`, `completions` and `man`: what is generated from our own definitions.

use std::io::Write;

use clap_complete::Shell;

use secref::diagnostic::Diagnostic;
use secref::render;

use super::Outcome;
use super::context::Result;
use super::output;

/// Print the JSON Schema of one of our formats
#[derive(clap::Args)]
pub(crate) struct SchemaArgs {
    /// The format
    #[arg(value_enum)]
    format: SchemaOf,
}

#[derive(Copy, Clone, clap::ValueEnum)]
enum SchemaOf {
    /// A normalised reference (`convert`, `review`)
    Catalog,
    /// Answers (`answer-sheet`, `carry`, `merge`)
    Answers,
    /// What changed (`diff`, `review`)
    Diff,
    /// What a fill wrote (`fill`)
    Receipt,
    /// Decisions exported from the review page, read by `carry --decisions`
    Review,
    /// How far the self-check is (`status --format json`)
    Status,
    /// Findings (`check --format json`)
    Check,
    /// What `review` wrote into its folder (`manifest.json`)
    Manifest,
}

/// Print a completion script for a shell
///
///     secref completions powershell >> $PROFILE
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Print the manual page
#[derive(clap::Args)]
pub(crate) struct ManArgs {}

pub(crate) fn schema(args: &SchemaArgs) -> Result<Outcome> {
    let schema = match args.format {
        SchemaOf::Catalog => secref::catalog::json::schema(),
        SchemaOf::Answers => secref::answers::json::schema(),
        SchemaOf::Diff => render::json::diff::schema(),
        SchemaOf::Receipt => secref::fill::receipt::schema(),
        SchemaOf::Review => secref::import::decisions::schema(),
        SchemaOf::Status => render::json::status::schema(),
        SchemaOf::Check => render::export::findings_schema(),
        SchemaOf::Manifest => super::review::manifest_schema(),
    };
    let text = serde_json::to_string_pretty(&schema).expect("a JSON value is always written") + "\n";
    output::write_stdout(text.as_bytes())?;
    Ok(Outcome::Done)
}

pub(crate) fn completions(args: &CompletionsArgs, command: &mut clap::Command) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "secref", &mut script);
    output::write_stdout(&script)?;
    Ok(Outcome::Done)
}

pub(crate) fn man(_: &ManArgs, command: clap::Command) -> Result<Outcome> {
    let mut page = Vec::new();
    render_pages(command, &mut page)
        .map_err(|error| output::because(Diagnostic::error("output-unwritable").arg("file", "-"), &error))?;
    output::write_stdout(&page)?;
    Ok(Outcome::Done)
}

/// The page of the program, then one of every subcommand a user may call.
fn render_pages(command: clap::Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    // `help` has no page of its own that the first one could point at.
    let command = command.disable_help_subcommand(true);
    render_page("secref", command, page)
}

/// A command's page, then those of the commands it has; what one page points at is another one's title.
fn render_page(name: &str, command: clap::Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    let command = command.disable_help_subcommand(true).display_name(name.to_owned());
    let subcommands: Vec<clap::Command> = command.get_subcommands().filter(|sub| !sub.is_hide_set()).cloned().collect();
    let source = concat!("secref ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(command).title(name).source(source).render(page)?;
    for subcommand in subcommands {
        writeln!(page)?;
        render_page(&format!("{name}-{}", subcommand.get_name()), subcommand, page)?;
    }
    Ok(())
}
