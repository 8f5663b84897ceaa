//! `secref check`: validate a reference, and answers to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secref::address::CellRef;
use secref::check::{self, Policy};
use secref::diagnostic::{Diagnostic, Failure, Severity};
use secref::render;
use secref::render::terminal::{Terminal, summary};
use secref::render::words::Words;
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
        let (file, read) = input::answer_file(path, Some(&reference), &args.answering, context)?;
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
    let notes = notes(findings, &file.name, &workbook, &context.words);
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

/// Findings that are noted in the cells though they may be no more than notes: whoever goes through the rows wants to
/// see them there.
const IN_CELLS: [&str; 2] = ["id-repeated", "band-values"];

/// A note for every cell of the file, the words of all its findings in it, most serious first.
fn notes(findings: &[Diagnostic], file: &str, workbook: &Workbook, words: &Words) -> Notes {
    let mut texts: BTreeMap<(usize, CellRef), Vec<String>> = BTreeMap::new();
    let mut elsewhere = 0;
    for finding in
        findings.iter().filter(|finding| finding.severity > Severity::Note || IN_CELLS.contains(&&*finding.code))
    {
        let is_of_file = finding.file.as_deref() == Some(file);
        // What is said once of several rows is about each of them; else the first cell is the one to look at.
        let places = if IN_CELLS.contains(&&*finding.code) { finding.at.len() } else { 1 };
        let placed = finding.at.iter().take(places).filter(|_| is_of_file).filter_map(|place| {
            Some((workbook.sheets.iter().position(|sheet| sheet.name == place.sheet)?, place.range.first))
        });
        let placed: Vec<(usize, CellRef)> = placed.collect();
        if placed.is_empty() {
            elsewhere += 1;
        }
        for place in placed {
            let message = words.diagnostic(finding);
            let text = [Some(message.headline), message.found, message.hint].into_iter().flatten();
            texts.entry(place).or_default().push(text.collect::<Vec<_>>().join("\n"));
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

#[cfg(test)]
mod tests {
    use super::*;
    use secref::address::SheetRange;
    use secref::render::words::{Lang, Words};

    #[test]
    fn repeated_ids_are_noted_in_each_of_their_rows() {
        let csv = "項番,本調査で確認した内容\n統1,規程がある。\n統1,台帳がある。\n統1,記録がある。\n";
        let workbook = secref::workbook::read(csv.as_bytes(), "a.csv", &Default::default()).unwrap();
        let binding = secref::template::bind(&workbook, &Default::default()).unwrap();
        let catalog = secref::import::catalog(&workbook, &binding, Default::default()).unwrap();
        let at = SheetRange::new(&workbook.sheets[0].name, CellRef::new(1, 1));
        let other = Diagnostic::note("field-unknown").at(at);
        let findings = named([catalog.diagnostics, vec![other]].concat(), &"a.csv".into());
        let notes = notes(&findings, "a.csv", &workbook, &Words::new(Lang::En));
        let places: Vec<String> = notes.placed.iter().map(|note| note.at.to_string()).collect();
        assert_eq!(places, ["A3", "A4"]);
    }
}
