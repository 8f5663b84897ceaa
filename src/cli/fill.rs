//! `secref fill`: a finished workbook, new or the vendor's own, with a receipt; and the proof of it later.

use std::path::{Path, PathBuf};

use secref::answers::{AnswerField, Answers, header};
use secref::assess::assess;
use secref::catalog::Catalog;
use secref::diagnostic::{Diagnostic, Failure};
use secref::diff::{Diff, DiffOptions, diff};
use secref::fill::receipt::{self, CellChange, File, FileState, PartState, Receipt, Role};
use secref::fill::{self, Append, FillOptions};
use secref::import::AnswerOptions;
use secref::render::terminal::summary;
use secref::render::words::Words;
use secref::render::xlsx::{Cover, SelfCheck, self_check};
use secref::text::hash::sha256_hex;
use secref::workbook::Sheet;
use secref::workbook::package::Package;

use super::args::{AnswersArgs, ReadArgs};
use super::context::{Context, Result};
use super::input::{self, Reference};
use super::output::{self, Output, shown};
use super::{Outcome, formats, losses};

/// Fill answers into a workbook: a new one, or with `--into` the vendor's own
///
/// With `--into` only answer cells change; every other part of the file stays as it is, byte
/// for byte. Beside the workbook stands a receipt (OUT.receipt.json): the cells written, what
/// was left alone, and hashes of every file.
///
///     secref fill reference-v9r.xlsx answers.xlsx -o self-check.xlsx
///     secref fill vendor.xlsx answers.csv --into vendor.xlsx -o vendor-filled.xlsx
///     secref fill --verify vendor-filled.xlsx.receipt.json
///
/// Exit status 1 when an answer was skipped.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
#[command(group = clap::ArgGroup::new("job").args(["reference", "verify"]).required(true))]
pub(crate) struct Args {
    /// The reference
    #[arg(requires = "output")]
    reference: Option<PathBuf>,
    /// The answers; several files are taken together
    #[arg(requires = "reference")]
    answers: Vec<PathBuf>,
    /// Fill this workbook instead of making a new one
    #[arg(long, value_name = "WORKBOOK")]
    into: Option<PathBuf>,
    /// The workbook to write
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Say whether the files still are what a receipt says
    #[arg(long, value_name = "RECEIPT", conflicts_with_all = ["into", "output", "answers"])]
    verify: Option<PathBuf>,
    /// Overwrite an output that exists
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    answering: AnswersArgs,
    #[command(flatten)]
    patch: PatchArgs,
    #[command(flatten)]
    made: NewArgs,
    #[command(flatten)]
    read: ReadArgs,
}

/// How the vendor's workbook is filled.
#[derive(clap::Args)]
struct PatchArgs {
    /// Overwrite cells that hold something else (formulas never)
    #[arg(long, requires = "into", help_heading = "Filling the vendor's workbook")]
    overwrite: bool,
    /// Write locked cells of protected sheets; the protection stays
    #[arg(long, requires = "into", help_heading = "Filling the vendor's workbook")]
    unlock: bool,
    /// Answer columns to add right of the table where it lacks them, such as `status,response`; `none` adds none
    #[arg(
        long,
        requires = "into",
        value_delimiter = ',',
        value_name = "FIELDS",
        help_heading = "Filling the vendor's workbook"
    )]
    append: Vec<String>,
}

/// How a new workbook is made.
#[derive(clap::Args)]
struct NewArgs {
    /// An older edition: its differences get a sheet of their own
    #[arg(long, value_name = "OLD", conflicts_with = "into", help_heading = "Making a new workbook")]
    since: Option<PathBuf>,
    /// Leave the reference's texts out: numbers and answers only
    #[arg(long, conflicts_with = "into", help_heading = "Making a new workbook")]
    no_reference_text: bool,
    /// Lock the reference columns (Excel cannot sort a protected sheet)
    #[arg(long, conflicts_with = "into", help_heading = "Making a new workbook")]
    protect: bool,
    /// The template whose `[write]` part lays the workbook out
    #[arg(long, value_name = "NAME|FILE", default_value = "self-check", help_heading = "Making a new workbook")]
    deliverable: String,
    /// What stands on the cover, as `institution=みずうみ銀行`: title, institution, system, services, version, author, classification
    #[arg(long, value_name = "KEY=VALUE", value_parser = super::args::key_value, conflicts_with = "into", help_heading = "Making a new workbook")]
    cover: Vec<(String, String)>,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    match (&args.verify, &args.reference, &args.output) {
        (Some(receipt), _, _) => verify(receipt, context),
        (None, Some(reference), Some(output)) => filled(reference, output, args, context),
        _ => unreachable!("clap asks for a receipt, or for a reference and an output"),
    }
}

fn filled(reference: &Path, target: &Path, args: &Args, context: &mut Context) -> Result<Outcome> {
    formats::xlsx_only(target)?;
    let cover = asked_cover(&args.made.cover)?;
    let receipt_path = receipt_beside(target);
    let inputs: Vec<PathBuf> = std::iter::once(reference.to_owned())
        .chain(args.answers.iter().cloned())
        .chain(args.into.clone())
        .chain(args.made.since.clone())
        .collect();
    output::check_targets([target, &receipt_path], &inputs, args.force)?;
    let is_only_file = args.into.is_none() && args.made.since.is_none();
    let flags = if is_only_file { args.read.clone() } else { args.read.shared() };
    let mut read = input::reference(reference, &flags, context)?;
    let fills_itself = args.into.as_ref().is_some_and(|path| same_file::is_same_file(path, reference).unwrap_or(false));
    if !fills_itself {
        // Only the catalog is needed from here on; the cells would be held beside those of another workbook.
        read.bound = None;
    }
    if args.into.is_some() {
        read.catalog.forget_values();
    }
    let mut answers = input::answers(&args.answers, Some(&read), &args.answering, context)?;
    let left_out = context.errors();
    for (key, value) in cover {
        answers.header.retain(|(known, _)| *known != key);
        answers.header.push((key, value));
    }
    let inputs = recorded(&output::folder_of(target), reference, &read, args)?;
    losses::say(target, &answers, Some(&read.catalog), context);
    let filling = Filling { reference: read, answers, inputs, target, args };
    let (bytes, receipt) = match &args.into {
        Some(workbook) => into(workbook, filling, context)?,
        None => new(filling, context)?,
    };
    context.say(&summary::carried_along(&receipt.carried_along, &context.stderr_terminal()));
    let words = &context.words;
    let json = receipt.to_json(|diagnostic| words.diagnostic(diagnostic).headline);
    let skipped = left_out + receipt.skipped.len() + receipt.unplaced.len();
    context.note("fill-done", &[("cells", receipt.cells.len().into()), ("skipped", skipped.into())]);
    let outputs =
        vec![Output { path: target.to_owned(), bytes }, Output { path: receipt_path, bytes: json.into_bytes() }];
    output::write(outputs, context)?;
    Ok(Outcome::look_at_if(skipped > 0))
}

/// What is filled with what, into which file.
struct Filling<'a> {
    reference: Reference,
    answers: Answers,
    /// The files read, for the receipt.
    inputs: Vec<File>,
    target: &'a Path,
    args: &'a Args,
}

/// What is to stand on the cover, by the keys of the header block; its labels (機関名) are taken as well.
fn asked_cover(asked: &[(String, String)]) -> Result<Vec<(String, String)>> {
    const KEYS: [&str; 7] = ["title", "institution", "system", "services", "version", "author", "classification"];
    let known = asked.iter().map(|(name, value)| {
        let named = if name == "service" { "services" } else { header::key(name).unwrap_or(name) };
        if KEYS.contains(&named) {
            return Ok((named.to_owned(), value.clone()));
        }
        let near = secref::text::suggest::nearest(name, KEYS).unwrap_or("none");
        let known: Vec<String> = KEYS.map(str::to_owned).into();
        let unknown = Diagnostic::error("cover-unknown").arg("name", name.as_str()).arg("near", near);
        Err(unknown.arg("known", known).into())
    });
    known.collect()
}

/// `filled.xlsx` → `filled.xlsx.receipt.json`.
fn receipt_beside(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".receipt.json");
    PathBuf::from(name)
}

/// The inputs as the receipt names them.
fn recorded(folder: &Path, reference: &Path, read: &Reference, args: &Args) -> Result<Vec<File>> {
    let mut files =
        vec![File { role: Role::Reference, file: seen_from(folder, reference), sha256: read.file.sha256() }];
    let answers = args.answers.iter().map(|path| (Role::Answers, path));
    for (role, path) in answers.chain(args.made.since.iter().map(|path| (Role::Since, path))) {
        files.push(File { role, file: seen_from(folder, path), sha256: input::file(path)?.sha256() });
    }
    Ok(files)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A path as seen from the folder the receipt is in, with `/` between folders: that is where `--verify` looks, and no
/// name of a user or machine goes out with the receipt. The bare name where there is no way from there (another drive).
fn seen_from(folder: &Path, path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (Ok(folder), Ok(path)) = (folder.canonicalize(), path.canonicalize()) else {
        return name;
    };
    let shared = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return name;
    }
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// Fills the vendor's workbook: the file, and the receipt that says what was written.
fn into(path: &Path, filling: Filling<'_>, context: &mut Context) -> Result<(Vec<u8>, Receipt)> {
    let Filling { reference, answers, inputs, target, args } = filling;
    // Where the reference itself is filled, it is read already.
    let is_other = reference.bound.is_none();
    let edition = reference.catalog.edition.clone();
    let vendor = if is_other { input::reference_silently(path, &args.read.shared(), context)? } else { reference };
    let Reference { file, catalog, bound: Some((mut workbook, binding)), .. } = vendor else {
        return Err(Diagnostic::error("into-not-a-workbook").arg("file", shown(path)).into());
    };
    if is_other && !inputs.iter().any(|input| input.role == Role::Reference && input.sha256 == file.sha256()) {
        context.report_in(&file.name, &catalog.diagnostics);
        if let Some((of_reference, of_workbook)) = secref::import::differing_editions(&edition, &catalog.edition) {
            let warning = Diagnostic::warning("into-edition").arg("reference", of_reference);
            context.report_in(&file.name, &[warning.arg("workbook", of_workbook)]);
        }
    }
    let options = FillOptions {
        overwrite: args.patch.overwrite,
        unlock: args.patch.unlock,
        append: append(&args.patch.append)?,
        limits: input::limits(context),
        workbook_file: seen_from(&output::folder_of(target), path),
        output_file: name_of(target),
        inputs,
    };
    let planned = fill::plan(&workbook, &binding, &catalog, &answers, &options);
    // A large workbook takes its room twice over while it is written: what was read makes way.
    drop((catalog, answers));
    workbook.sheets.iter_mut().for_each(Sheet::forget_cells);
    let filled =
        fill::write(&file.bytes, &workbook, planned, &options).map_err(|failure| failure.in_file(&file.name))?;
    context.report_in(&file.name, &filled.diagnostics);
    Ok((filled.bytes, filled.receipt))
}

fn append(asked: &[String]) -> Result<Append> {
    match asked {
        [] => return Ok(Append::WhereNone),
        [word] if word == "none" => return Ok(Append::Never),
        _ => {}
    }
    let named =
        |name: &String| AnswerField::ALL.into_iter().find(|field| field.key() == name || field.heading() == name);
    let fields = asked.iter().map(|name| {
        named(name).ok_or_else(|| {
            let known: Vec<String> = AnswerField::ALL.iter().map(|field| field.key().to_owned()).collect();
            Diagnostic::error("append-unknown").arg("name", name.as_str()).arg("known", known).into()
        })
    });
    Ok(Append::Fields(fields.collect::<Result<_>>()?))
}

/// Makes a new workbook: the file, and its receipt.
fn new(filling: Filling<'_>, context: &mut Context) -> Result<(Vec<u8>, Receipt)> {
    let Filling { reference, answers, inputs, target, args } = filling;
    let catalog = &reference.catalog;
    let assessment = assess(catalog, &answers, Some(context.today()));
    context.report(&assessment.diagnostics);
    let since = args.made.since.as_deref().map(|old| since(old, &reference, args, context)).transpose()?;
    let words = Words::new(context.deliverable_lang);
    let template = input::template_named(&args.made.deliverable)?;
    let written = self_check(&SelfCheck {
        words: &words,
        catalog,
        answers: &answers,
        assessment: &assessment,
        diff: since.as_ref(),
        cover: &Cover::of(&answers, Some(context.today())),
        history: &[],
        protect: args.made.protect,
        reference_text: !args.made.no_reference_text,
        write: &template.write,
        created: context.created(),
    })?;
    context.report(&written.diagnostics);
    let receipt = receipt_of_new(&written.bytes, target, catalog, context)?;
    Ok((written.bytes, Receipt { inputs, conflicts: answers.conflicts, ..receipt }))
}

fn since(old: &Path, reference: &Reference, args: &Args, context: &mut Context) -> Result<Diff> {
    let old = input::reference(old, &args.read.shared(), context)?;
    let diff = diff(&old.catalog, &reference.catalog, &DiffOptions::default())?;
    context.report(&diff.diagnostics);
    Ok(diff)
}

/// The receipt of a new workbook: its answer cells as they read back from the bytes that are written.
fn receipt_of_new(bytes: &[u8], target: &Path, catalog: &Catalog, context: &Context) -> Result<Receipt> {
    let workbook = secref::workbook::read(bytes, &shown(target), &Default::default())?;
    let options = AnswerOptions { catalog: Some(catalog), ..AnswerOptions::default() };
    let read = secref::import::answers(&workbook, &options)?;
    let cells = read.answers.answers.iter().flat_map(|answer| {
        AnswerField::ALL.into_iter().filter_map(move |field| {
            let new = answer.text(field);
            let at = answer.cell(field)?;
            (!new.is_empty()).then(|| CellChange {
                at,
                item: answer.key.clone(),
                field: field.key(),
                old: String::new(),
                new,
            })
        })
    });
    let package = Package::open(bytes, &input::limits(context))?;
    Ok(Receipt {
        output: receipt::Output { file: name_of(target), sha256: sha256_hex(bytes) },
        cells: cells.collect(),
        parts: package.entries().iter().map(|entry| (entry.name.clone(), PartState::Added)).collect(),
        ..Receipt::default()
    })
}

fn verify(path: &Path, context: &mut Context) -> Result<Outcome> {
    let file = input::file(path)?;
    let beside = receipt_beside(path);
    if file.is_package() || beside.exists() {
        let there = if beside.exists() { "yes" } else { "no" };
        let taken = Diagnostic::error("verify-workbook").arg("receipt", shown(&beside)).arg("there", there);
        return Err(Failure::from(taken).in_file(&file.name));
    }
    let folder = path.parent().unwrap_or(Path::new(""));
    let checks = receipt::verify(file.text()?, |named| {
        let name = Path::new(&named.file).file_name().unwrap_or_default();
        let places = [folder.join(&named.file), folder.join(name)];
        places.iter().find_map(|place| std::fs::read(place).ok()).map(|bytes| sha256_hex(&bytes))
    })
    .map_err(|failure| failure.in_file(&file.name))?;
    let mut text = String::new();
    for check in &checks {
        let message = match check.state {
            FileState::Same => "verify-same",
            FileState::Differs => "verify-differs",
            FileState::Missing => "verify-missing",
        };
        let roles: Vec<String> = check.roles.iter().map(|&role| context.words.text(role_message(role))).collect();
        let facts = [("file", check.file.as_str().into()), ("roles", context.words.list(&roles).into())];
        text += &format!("{}\n", context.words.with(message, &facts));
    }
    output::print(&text)?;
    Ok(Outcome::look_at_if(checks.iter().any(|check| check.state != FileState::Same)))
}

fn role_message(role: Role) -> &'static str {
    match role {
        Role::Reference => "verify-role-reference",
        Role::Answers => "verify-role-answers",
        Role::Since => "verify-role-since",
        Role::Workbook => "verify-role-workbook",
        Role::Output => "verify-role-output",
    }
}
