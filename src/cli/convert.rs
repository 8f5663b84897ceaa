//! `secref convert`: a reference to a normalised catalog in one or several formats.

use std::path::PathBuf;

use secref::catalog::{Catalog, json};
use secref::diagnostic::Severity;
use secref::render::export::oscal::OscalOptions;
use secref::render::export::{self, CsvOptions};
use secref::render::terminal;
use secref::render::words::Words;
use secref::render::xlsx;

use super::Outcome;
use super::args::{OutputArgs, ReadArgs};
use super::context::{Context, Result};
use super::output::{self, Output};
use super::{formats, input};

/// Convert a reference to a normalised catalog
///
/// Writes JSON to standard output unless `-o` names files. Exit status 1 when a row could not
/// be understood. What was read (items, edition, counts of the groups) is said on standard error.
///
///     secref convert reference-v9r.xlsx -o catalog.json -o catalog.csv
///     secref convert vendor.xlsx --header-row 4 --field id=項番 -o catalog.json
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The reference
    input: PathBuf,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// What to write as OSCAL
    #[arg(long, value_enum, default_value = "catalog")]
    oscal: OscalArg,
    #[command(flatten)]
    csv: formats::CsvArgs,
}

#[derive(Copy, Clone, clap::ValueEnum)]
enum OscalArg {
    Catalog,
    ComponentDefinition,
}

const FORMATS: [&str; 5] = ["oscal.json", "json", "csv", "xlsx", "md"];

pub(crate) fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let targets = formats::targets(&args.output, &FORMATS, "json", context)?;
    output::check_targets(
        targets.iter().map(|(path, _)| path.as_path()),
        std::slice::from_ref(&args.input),
        args.output.force,
    )?;
    let reference = input::reference(&args.input, &args.read, context)?;
    let facts = input::edition_facts(&reference.catalog);
    context.say(&terminal::summary::read(&reference.catalog, facts.as_ref(), &context.stderr_terminal()));
    let mut outputs = Vec::new();
    for (path, format) in targets {
        let bytes = rendered(&reference.catalog, format, args, context)?;
        outputs.push(Output { path, bytes });
    }
    output::write(outputs, context)?;
    let has_errors = reference.catalog.diagnostics.iter().any(|found| found.severity == Severity::Error);
    Ok(Outcome::look_at_if(has_errors))
}

fn rendered(catalog: &Catalog, format: &str, args: &Args, context: &mut Context) -> Result<Vec<u8>> {
    let words = || Words::new(context.deliverable_lang);
    Ok(match format {
        "json" => json::to_json_bytes(catalog),
        "oscal.json" => oscal(catalog, args.oscal, &words(), context).into_bytes(),
        "md" => export::markdown(catalog, &words()).into_bytes(),
        "csv" => {
            let options =
                CsvOptions { encoding: args.csv.encoding(), guard: !args.csv.no_guard, ..CsvOptions::default() };
            let written = export::csv(catalog, &words(), &options);
            context.report(&written.diagnostics);
            written.bytes
        }
        _ => {
            let written = xlsx::catalog(catalog, &words(), context.created())?;
            context.report(&written.diagnostics);
            written.bytes
        }
    })
}

fn oscal(catalog: &Catalog, which: OscalArg, words: &Words, context: &Context) -> String {
    let last_modified = format!("{}Z", context.created());
    let options = OscalOptions { last_modified: &last_modified, catalog_href: None, words };
    match which {
        OscalArg::Catalog => export::oscal::catalog(catalog, &options),
        OscalArg::ComponentDefinition => export::oscal::component_definition(catalog, &options),
    }
}
