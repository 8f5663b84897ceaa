//! `secref review`: the whole job of a revision in one go.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secref::carry::CarryOptions;
use secref::diagnostic::{Diagnostic, Failure};
use secref::diff::DiffOptions;
use secref::render::terminal::{
    self,
    diff::{Detail, DiffView},
};
use secref::render::words::Words;
use secref::review::{FILES, INDEX, Review, ReviewOptions, review};
use secref::text::hash::sha256_hex;

use super::args::{AnswersArgs, FieldFilterArgs, NewArgs, OldArgs, ReadArgs};
use super::context::{Context, Result};
use super::output::{self, Output, shown};
use super::{Outcome, input};

/// Do the whole job of a revision: compare two editions, carry the answers over, fill the new workbook
///
/// Writes `index.html` (start there), `diff.html`, `diff.xlsx`, `diff.json`, `answers.xlsx` and
/// `.json` (carried), `self-check.xlsx` and both catalogs into DIR. A file in DIR that was
/// edited since is never overwritten.
///
///     secref review reference-v9.xlsx reference-v9r.xlsx --answers answers-v9.csv -o review
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The old edition
    old: PathBuf,
    /// The new edition
    new: PathBuf,
    /// The answers to the old edition; may be given several times
    #[arg(long, value_name = "FILE")]
    answers: Vec<PathBuf>,
    /// The folder to write into; made if it is not there
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Decisions exported from the review page
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    /// A table of declared moves: old_sheet,old_id,new_sheet,new_id,relation,note
    #[arg(long, value_name = "FILE")]
    crosswalk: Option<PathBuf>,
    #[command(flatten)]
    answering: AnswersArgs,
    /// Write again over the files of an earlier review (edited ones are still left alone)
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    fields: FieldFilterArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    old_read: OldArgs,
    #[command(flatten)]
    new_read: NewArgs,
}

/// The file in DIR that remembers what was written, so that an edited file is told from ours.
const MANIFEST: &str = "manifest.json";
const MANIFEST_FORMAT: &str = "secref-manifest";

/// The JSON Schema (draft 2020-12) of the manifest.
pub(crate) fn manifest_schema() -> serde_json::Value {
    schemars::schema_for!(Manifest).to_value()
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    let inputs: Vec<PathBuf> = [&args.old, &args.new]
        .into_iter()
        .chain(&args.answers)
        .chain(&args.decisions)
        .chain(&args.crosswalk)
        .cloned()
        .collect();
    let present = Present::of(&args.output, &inputs)?;
    let made = make(args, context)?;
    let words = Words::new(context.deliverable_lang);
    let mut left_alone = present.edited(&made);
    let index = made.index(&words, &left_alone);
    if present.is_edited(INDEX, index.as_bytes()) {
        left_alone.push(INDEX);
    }
    let outputs = outputs(&made, &index, &left_alone, &present)?;
    present.refuse_to_overwrite(&outputs, args.force)?;
    std::fs::create_dir_all(&args.output).map_err(|error| folder_unwritable(&args.output, &error))?;
    output::write(outputs, context)?;
    summarise(&made, args, context)?;
    for name in &left_alone {
        context.report(&[Diagnostic::warning("review-file-edited").arg("file", shown(&args.output.join(name)))]);
    }
    Ok(Outcome::look_at_if(!left_alone.is_empty()))
}

fn make(args: &Args, context: &mut Context) -> Result<Review> {
    let old = input::reference(&args.old, &args.old_read.over(&args.read), context)?;
    let new = input::reference(&args.new, &args.new_read.over(&args.read), context)?;
    let answers = match args.answers.as_slice() {
        [] => None,
        files => Some(input::answers(files, Some(&old), &args.answering, context)?),
    };
    let words = Words::new(context.deliverable_lang);
    let template = input::template_named("self-check")?;
    let options = ReviewOptions {
        words: &words,
        diff: DiffOptions {
            crosswalk: input::crosswalk(args.crosswalk.as_deref(), context)?,
            only_fields: args.fields.only_field.clone(),
            ignore_fields: args.fields.ignore_field.clone(),
            ..DiffOptions::default()
        },
        carry: CarryOptions {
            decisions: input::decisions(args.decisions.as_deref(), context)?,
            today: Some(context.today()),
        },
        today: Some(context.today()),
        write: &template.write,
        created: context.created(),
    };
    let made = review(&old.catalog, &new.catalog, answers.as_ref(), &options)?;
    context.report(&made.diagnostics);
    Ok(made)
}

/// The terminal's summary: what changed, what became of the answers, how far they are.
fn summarise(made: &Review, args: &Args, context: &Context) -> Result<()> {
    let terminal = context.terminal();
    let view = DiffView { detail: Detail::Stat, ..DiffView::default() };
    let mut text = terminal::diff::diff(&made.diff, &view, &terminal);
    if let Some(carried) = &made.carried {
        text += &terminal::carry::counts(carried, &terminal);
    }
    if let Some(assessment) = &made.assessment {
        text += &terminal::status::status(assessment, &terminal);
    }
    let index = shown(&args.output.join(INDEX));
    text += &format!("{}\n", context.words.with("review-open", &[("file", index.into())]));
    output::print(&text)
}

/// The files of an earlier review that stand in DIR.
struct Present {
    folder: PathBuf,
    /// What stands there now, by name.
    hashes: BTreeMap<String, String>,
    /// What we wrote, as the manifest remembers it.
    written: BTreeMap<String, String>,
}

impl Present {
    fn of(folder: &Path, inputs: &[PathBuf]) -> Result<Self> {
        if folder.exists() && !folder.is_dir() {
            return Err(Diagnostic::error("review-not-a-folder").arg("file", shown(folder)).into());
        }
        let names = FILES.iter().chain([&INDEX, &MANIFEST]);
        let targets: Vec<PathBuf> = names.clone().map(|name| folder.join(name)).filter(|path| path.exists()).collect();
        output::check_targets(targets.iter().map(PathBuf::as_path), inputs, true)?;
        let hashes = names
            .filter_map(|name| Some(((*name).to_owned(), sha256_hex(&std::fs::read(folder.join(name)).ok()?))))
            .collect();
        let written =
            std::fs::read(folder.join(MANIFEST)).ok().and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok());
        Ok(Self {
            folder: folder.to_owned(),
            hashes,
            written: written.map(|manifest| manifest.files).unwrap_or_default(),
        })
    }

    /// The names of files that are neither as we wrote them nor as we would write them now.
    fn edited(&self, made: &Review) -> Vec<&'static str> {
        made.files.iter().filter(|file| self.is_edited(file.name, &file.bytes)).map(|file| file.name).collect()
    }

    fn is_edited(&self, name: &str, bytes: &[u8]) -> bool {
        self.hashes.get(name).is_some_and(|hash| self.written.get(name) != Some(hash) && *hash != sha256_hex(bytes))
    }

    /// Refuses to overwrite what an earlier review wrote, unless `force` or it would stay the same.
    fn refuse_to_overwrite(&self, outputs: &[Output], force: bool) -> Result<()> {
        let name = |output: &Output| output.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let changed = outputs.iter().filter(|output| {
            name(output) != MANIFEST
                && self.hashes.get(&name(output)).is_some_and(|hash| *hash != sha256_hex(&output.bytes))
        });
        let problems: Vec<Diagnostic> =
            changed.map(|output| Diagnostic::error("output-exists").arg("file", shown(&output.path))).collect();
        if force || problems.is_empty() { Ok(()) } else { Err(Failure { diagnostics: problems }) }
    }
}

/// The wire form of the manifest: what the last run wrote into the folder, so that a file edited since is told.
#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[schemars(title = "secref manifest")]
struct Manifest {
    /// Always `secref-manifest`.
    #[schemars(extend("const" = MANIFEST_FORMAT))]
    format: String,
    /// The version of this form.
    #[schemars(extend("const" = 1))]
    format_version: u32,
    /// SHA-256 of every file as it was written, by name.
    files: BTreeMap<String, String>,
}

/// Every file to write: those not left alone, the index page, and the manifest of all of them.
fn outputs(made: &Review, index: &str, left_alone: &[&str], present: &Present) -> Result<Vec<Output>> {
    let mut outputs: Vec<Output> = made
        .files
        .iter()
        .filter(|file| !left_alone.contains(&file.name))
        .map(|file| Output { path: present.folder.join(file.name), bytes: file.bytes.clone() })
        .collect();
    if !left_alone.contains(&INDEX) {
        outputs.push(Output { path: present.folder.join(INDEX), bytes: index.as_bytes().to_vec() });
    }
    let mut files: BTreeMap<String, String> = present.written.clone();
    files.extend(outputs.iter().map(|output| {
        let name = output.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        (name, sha256_hex(&output.bytes))
    }));
    let manifest = Manifest { format: MANIFEST_FORMAT.to_owned(), format_version: 1, files };
    let text = serde_json::to_string_pretty(&manifest).expect("names and hashes are always written") + "\n";
    outputs.push(Output { path: present.folder.join(MANIFEST), bytes: text.into_bytes() });
    Ok(outputs)
}

fn folder_unwritable(folder: &Path, error: &std::io::Error) -> Failure {
    output::because(Diagnostic::error("review-folder-unwritable").arg("folder", shown(folder)), error).into()
}
