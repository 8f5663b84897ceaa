//! `secref check`: validate a reference, and answers to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secref::address::CellRef;
use secref::check::{self, Policy};
use secref::diagnostic::{Diagnostic, Failure, Severity};
use secref::render;
use secref::render::terminal::{Terminal, summary};
use secref::workbook::patch::{Note, annotate};
use secref::workbook::{Workbook, carried_along};

use super::args::{AnswerFileArgs, OutputArgs, ReadArgs};
use super::context::{Context, Result};
use super::output::{self, Output};
use super::{Outcome, formats, input};

/// Validate a reference, and answers to it
///
/// Counts per group against the edition, missing and odd numbers, 適合性, citations, URLs, header
/// drift; of answers what the policy of `--require` asks. `-o annotated.xlsx` is the user's own
/// file with a note on each bad cell.
///
///     secref check reference-v9r.xlsx
///     secref check reference-v9r.xlsx answers.xlsx --require evidence-when-done,owner --format json
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The reference
    reference: PathBuf,
    /// Answers to it
    answers: Vec<PathBuf>,
    /// What answers must hold: field keys, with `-when-done`, `-when-open` or `-when-excluded`, `no-blanks`, `four-eyes`
    #[arg(long, value_name = "POLICY", default_value = "")]
    require: String,
    #[command(flatten)]
    answering: AnswerFileArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let policy = Policy::parse(&args.require)?;
    let targets = formats::targets(&args.output, &["json", "text", "xlsx", "xlsm"], "text", context)?;
    let inputs: Vec<PathBuf> = std::iter::once(&args.reference).chain(&args.answers).cloned().collect();
    output::check_targets(targets.iter().map(|(path, _)| path.as_path()), &inputs, args.output.force)?;

    let reference = input::reference_silently(&args.reference, &args.read, context)?;
    let facts = input::edition_facts(&reference.catalog);
    let mut findings = named(reference.oddities(), &reference.file.name);
    findings.extend(named(check::catalog(&reference.catalog, facts.as_ref()), &reference.file.name));
    for path in &args.answers {
        let (file, read) = input::answer_file(path, Some(&reference.catalog), &args.answering, context)?;
        findings.extend(named(read.diagnostics, &file.name));
        findings.extend(named(
            check::answers(&reference.catalog, &read.answers, &policy, Some(context.today())),
            &file.name,
        ));
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));

    let limits = input::limits(context);
    let head = |terminal: &Terminal<'_>| -> Result<String> {
        let read = summary::read(&reference.catalog, facts.as_ref(), terminal);
        let along = match &reference.bound {
            Some((workbook, _)) => carried_along(&reference.file.bytes, workbook, &limits)?,
            None => Vec::new(),
        };
        Ok(read + &summary::carried_along(&along, terminal))
    };
    // A workbook holds the findings about its own cells; the list of all of them is still wanted.
    if targets.iter().all(|(_, format)| matches!(*format, "xlsx" | "xlsm")) {
        output::print(&(head(&context.terminal())? + &text(&findings, &context.terminal())))?;
    }
    let mut outputs = Vec::new();
    for (path, format) in targets {
        match format {
            "json" => outputs
                .push(Output { path, bytes: render::export::findings_json(&findings, &context.words).into_bytes() }),
            "xlsx" | "xlsm" => outputs.push(Output { path, bytes: annotated(args, &findings, context)? }),
            _ if output::is_standard(&path) => {
                output::print(&(head(&context.terminal())? + &text(&findings, &context.terminal())))?;
            }
            _ => {
                let terminal = context.text_file();
                outputs.push(Output { path, bytes: (head(&terminal)? + &text(&findings, &terminal)).into_bytes() });
            }
        }
    }
    output::write(outputs, context)?;
    Ok(Outcome::look_at_if(findings.iter().any(|finding| finding.severity > Severity::Note)))
}

fn named(findings: Vec<Diagnostic>, file: &std::sync::Arc<str>) -> Vec<Diagnostic> {
    findings.into_iter().map(|finding| finding.in_file(file)).collect()
}

/// The user's own workbook with a note on each cell a finding is about: the first answer file that is an xlsx, else
/// the reference. Findings about other files, or about no cell, are counted and said.
fn annotated(args: &Args, findings: &[Diagnostic], context: &mut Context) -> Result<Vec<u8>> {
    let mut candidates = args.answers.iter().chain([&args.reference]);
    let chosen = candidates.find(|path| matches!(extension(path).as_deref(), Some("xlsx" | "xlsm")));
    let path = chosen.ok_or_else(|| Failure::from(Diagnostic::error("check-annotate-which")))?;
    let file = input::file(path)?;
    let workbook = input::workbook(&file, &args.read, context)?;
    let notes = notes(findings, &file.name, &workbook, context);
    let author = context.words.text("check-note-author");
    let annotated = annotate(&file.bytes, &workbook, &notes.placed, &author, &input::limits(context))
        .map_err(|failure| failure.in_file(&file.name))?;
    let elsewhere = notes.elsewhere + annotated.left_out.len();
    if elsewhere > 0 {
        context.note("check-notes-elsewhere", &[("count", elsewhere.into()), ("file", file.name.to_string().into())]);
    }
    Ok(annotated.bytes)
}

fn extension(path: &Path) -> Option<String> {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase())
}

struct Notes {
    placed: Vec<Note>,
    /// Findings that are about no cell of the workbook.
    elsewhere: usize,
}

/// A note for every cell of the file, the words of all its findings in it, most serious first.
fn notes(findings: &[Diagnostic], file: &str, workbook: &Workbook, context: &Context) -> Notes {
    let mut texts: BTreeMap<(usize, CellRef), Vec<String>> = BTreeMap::new();
    let mut elsewhere = 0;
    for finding in findings.iter().filter(|finding| finding.severity > Severity::Note) {
        let place = finding.at.first().filter(|_| finding.file.as_deref() == Some(file));
        let sheet = place.and_then(|place| workbook.sheets.iter().position(|sheet| sheet.name == place.sheet));
        match (sheet, place) {
            (Some(sheet), Some(place)) => {
                let message = context.words.diagnostic(finding);
                let text = [Some(message.headline), message.found, message.hint].into_iter().flatten();
                texts.entry((sheet, place.range.first)).or_default().push(text.collect::<Vec<_>>().join("\n"));
            }
            _ => elsewhere += 1,
        }
    }
    let placed = texts.into_iter().map(|((sheet, at), texts)| Note { sheet, at, text: texts.join("\n\n") });
    Notes { placed: placed.collect(), elsewhere }
}

fn text(findings: &[Diagnostic], terminal: &Terminal<'_>) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let args = [
        ("errors", count(Severity::Error).into()),
        ("warnings", count(Severity::Warning).into()),
        ("notes", count(Severity::Note).into()),
    ];
    let list = render::terminal::diagnostics::diagnostics(findings, terminal, true);
    format!("{list}{}\n", terminal.words.with("check-summary", &args))
}
