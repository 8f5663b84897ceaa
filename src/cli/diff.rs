//! `secref diff`: what changed between two editions, or between two answer files.

use std::path::{Path, PathBuf};

use secref::carry::{Carried, CarryOptions, carry};
use secref::diagnostic::{Diagnostic, Failure};
use secref::diff::filter::{Filter, Kind};
use secref::diff::{Align, Diff, DiffOptions};
use secref::import::crosswalk::{self, Crosswalk};
use secref::render::terminal::diff::{Detail, DiffView};
use secref::render::terminal::{self, Terminal, UNWRAPPED};
use secref::render::words::Words;
use secref::render::{self, html, xlsx};

use super::args::{AnswersArgs, FieldFilterArgs, NewArgs, OldArgs, OutputArgs, ReadArgs, number};
use super::context::{Context, Result};
use super::input::{self, Reference};
use super::output::{self, Output};
use super::{Outcome, formats, pager};

/// Compare two editions of a reference, or two answer files
///
/// Without `-o` the difference goes to the terminal. With `--answers` it says which answers to
/// look at again. `secref diff NEW --marks` lists what one revised workbook itself marks as
/// added.
///
///     secref diff reference-v9.xlsx reference-v9r.xlsx
///     secref diff reference-v9.xlsx reference-v9r.xlsx --answers answers-v9.csv -o diff.html -o diff.xlsx
///
/// Exit status: 0 the same, 1 different, 2 could not; filters of what is shown never change it.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The old edition (with `--marks`: the only one)
    old: PathBuf,
    /// The new edition
    new: Option<PathBuf>,
    /// List the additions one workbook marks, without an older edition
    #[arg(long)]
    marks: bool,
    /// The answers to the old edition: say which to look at again; may be given several times
    #[arg(long, value_name = "FILE")]
    answers: Vec<PathBuf>,
    /// A table of declared moves: old_sheet,old_id,new_sheet,new_id,relation,note
    #[arg(long, value_name = "FILE")]
    crosswalk: Option<PathBuf>,
    /// How items are found again: by all there is to go by, or by their numbers alone
    #[arg(long, value_enum, default_value = "auto")]
    align: AlignArg,
    #[command(flatten)]
    fields: FieldFilterArgs,
    #[command(flatten)]
    view: ViewArgs,
    /// Which side of 新旧対照表 is on the left
    #[arg(long, value_enum, default_value = "old-new")]
    sides: SidesArg,
    /// List unchanged items in the JSON as well
    #[arg(long)]
    all: bool,
    /// End with status 0 although the editions differ, for git
    #[arg(long)]
    exit_zero: bool,
    #[command(flatten)]
    answering: AnswersArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    old_read: OldArgs,
    #[command(flatten)]
    new_read: NewArgs,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    csv: formats::CsvArgs,
}

/// What is shown of a difference; never changes the exit status. `--only` and `--group` hold for files as well.
#[derive(clap::Args)]
struct ViewArgs {
    /// Show a line for each item that differs, and the counts, without the texts
    #[arg(long, help_heading = "Showing")]
    stat: bool,
    /// Show nothing but the numbers of the items that differ
    #[arg(long, conflicts_with = "stat", help_heading = "Showing")]
    name_only: bool,
    /// Show only these kinds: added, removed, retired, restored, changed, notation, unchanged, renumbered, moved,
    /// split, merged
    #[arg(long, value_delimiter = ',', value_name = "KIND", help_heading = "Showing")]
    only: Vec<String>,
    /// Show only this group; may be given several times
    #[arg(long, value_name = "GROUP", help_heading = "Showing")]
    group: Vec<String>,
    /// How many characters of unchanged text to show around a change; 0 shows all of it
    #[arg(long, value_name = "N", default_value_t = 24, value_parser = number::<usize>, allow_negative_numbers = true, help_heading = "Showing")]
    context: usize,
    /// Write to the terminal at once, without `SECREF_PAGER`, `PAGER` or `less`
    #[arg(long, help_heading = "Showing")]
    no_pager: bool,
}

#[derive(Copy, Clone, clap::ValueEnum)]
enum AlignArg {
    Auto,
    Id,
}

#[derive(Copy, Clone, clap::ValueEnum)]
pub(crate) enum SidesArg {
    OldNew,
    NewOld,
}

const FORMATS: [&str; 6] = ["html", "xlsx", "md", "json", "csv", "text"];

/// What a difference is made of, for its renderers.
struct Compared {
    old: Option<Reference>,
    new: Reference,
    diff: Diff,
    carried: Option<Carried>,
}

pub(crate) fn run(args: &Args, context: &mut Context) -> Result<Outcome> {
    check_sides(args)?;
    let targets = formats::targets(&args.output, &FORMATS, "text", context)?;
    output::check_targets(targets.iter().map(|(path, _)| path.as_path()), &inputs(args), args.output.force)?;
    let compared = compare(args, context)?;
    context.report(&compared.diff.diagnostics);
    let narrowed = view(args, &compared)?.filter.narrowed(&compared.diff);
    if let Some(narrowed) = narrowed.as_ref().filter(|_| targets.iter().any(|(_, format)| *format != "text")) {
        let args = [("shown", narrowed.items.len().into()), ("all", compared.diff.items.len().into())];
        context.note("diff-files-filtered", &args);
    }
    let mut outputs = Vec::new();
    for (path, format) in targets {
        if format == "text" && output::is_standard(&path) {
            let text = terminal::diff::diff(&compared.diff, &view(args, &compared)?, &context.terminal());
            pager::print(&text, !args.view.no_pager)?;
        } else {
            let bytes = rendered(&compared, narrowed.as_ref(), format, args, context)?;
            outputs.push(Output { path, bytes });
        }
    }
    output::write(outputs, context)?;
    Ok(Outcome::look_at_if(!compared.diff.is_same() && !args.exit_zero))
}

/// Two files are compared, one is asked for its marks. (The parser's own words for it are English only.)
fn check_sides(args: &Args) -> Result<()> {
    match (&args.new, args.marks) {
        (Some(_), true) => Err(Diagnostic::error("diff-marks-two").into()),
        (None, false) => Err(Diagnostic::error("diff-one-file").arg("file", output::shown(&args.old)).into()),
        _ => Ok(()),
    }
}

fn inputs(args: &Args) -> Vec<PathBuf> {
    std::iter::once(&args.old).chain(&args.new).chain(&args.answers).chain(&args.crosswalk).cloned().collect()
}

fn compare(args: &Args, context: &mut Context) -> Result<Compared> {
    let Some(new) = &args.new else {
        let new = input::reference(&args.old, &args.new_read.over(&args.read), context)?;
        let diff = secref::diff::marks(&new.catalog)?;
        return Ok(Compared { old: None, new, diff, carried: None });
    };
    let (old, new, carried_along) = sides(new, args, context)?;
    let options = DiffOptions {
        crosswalk: input::crosswalk(args.crosswalk.as_deref(), context)?.or(carried_along),
        align: match args.align {
            AlignArg::Auto => Align::Auto,
            AlignArg::Id => Align::Id,
        },
        only_fields: args.fields.only_field.clone(),
        ignore_fields: args.fields.ignore_field.clone(),
    };
    let mut diff = secref::diff::diff(&old.catalog, &new.catalog, &options)?;
    if new.is_answers {
        // Nobody paints additions into answers.
        diff.marks = None;
        diff.diagnostics.retain(|said| !said.code.starts_with("diff-marks-"));
    }
    let carried = if args.answers.is_empty() {
        None
    } else {
        let answers = input::answers(&args.answers, Some(&old), &args.answering, context)?;
        let carried = carry(&answers, &old.catalog, &new.catalog, &diff, &CarryOptions::default())?;
        context.report(&carried.diagnostics);
        Some(carried)
    };
    Ok(Compared { old: Some(old), new, diff, carried })
}

/// Reads both sides: as answers where both files are answers, with what carrying them declares, else as references.
fn sides(new: &Path, args: &Args, context: &mut Context) -> Result<(Reference, Reference, Option<Crosswalk>)> {
    let read_old = || input::reference_silently(&args.old, &args.old_read.over(&args.read), context);
    let read_new = || input::reference_silently(new, &args.new_read.over(&args.read), context);
    match (input::is_no_file(&args.old), input::is_no_file(new)) {
        (true, false) => {
            let new_side = read_new()?;
            return Ok((input::no_edition_beside(&new_side), new_side, None));
        }
        (false, true) => {
            let old_side = read_old()?;
            let new_side = input::no_edition_beside(&old_side);
            return Ok((old_side, new_side, None));
        }
        _ => {}
    }
    let (mut old_side, mut new_side) = (read_old()?, read_new()?);
    let mut carried = None;
    if old_side.is_answers && new_side.is_answers {
        context.note("diff-answers", &[]);
        let (old_answers, new_answers);
        (old_side, old_answers) = input::answers_as_reference(&args.old, &args.answering.file, context)?;
        (new_side, new_answers) = input::answers_as_reference(new, &args.answering.file, context)?;
        carried = crosswalk::carried(&old_answers, &new_answers);
    }
    if old_side.is_answers != new_side.is_answers {
        let (answers, reference) =
            if old_side.is_answers { (&old_side.file, &new_side.file) } else { (&new_side.file, &old_side.file) };
        let refused = Diagnostic::error("diff-answers-beside-reference").arg("answers", &*answers.name);
        return Err(refused.arg("reference", &*reference.name).into());
    }
    for side in [&old_side, &new_side] {
        if !side.is_answers {
            context.report_in(&side.file.name, &side.oddities());
        }
        context.report_in(&side.file.name, &side.catalog.diagnostics);
    }
    Ok((old_side, new_side, carried))
}

/// What the terminal is to show, from the flags.
fn view<'a>(args: &Args, compared: &'a Compared) -> Result<DiffView<'a>> {
    let detail = match (args.view.stat, args.view.name_only) {
        (true, _) => Detail::Stat,
        (_, true) => Detail::NameOnly,
        _ => Detail::Full,
    };
    let only = args.view.only.iter().map(|word| Kind::parse(word).ok_or_else(|| kind_unknown(word)));
    let filter = Filter { only: only.collect::<Result<_>>()?, groups: args.view.group.clone() };
    let is_known = |name: &String| {
        let groups = &compared.diff.groups;
        groups.iter().any(|group| {
            *group.id == **name || group.title.as_deref().is_some_and(|title| title.contains(name.as_str()))
        })
    };
    if let Some(name) = filter.groups.iter().find(|name| !is_known(name)) {
        let known: Vec<String> = compared.diff.groups.iter().map(|group| group.id.to_string()).collect();
        return Err(Diagnostic::error("diff-group-unknown").arg("name", name.as_str()).arg("known", known).into());
    }
    let context = (args.view.context > 0).then_some(args.view.context);
    Ok(DiffView { detail, filter, context, answers: compared.carried.as_ref().map(|carried| &carried.answers) })
}

fn kind_unknown(word: &str) -> Failure {
    let known: Vec<String> = Kind::keys().map(str::to_owned).into();
    let nearest = secref::text::suggest::nearest(word, Kind::keys()).unwrap_or("none");
    Diagnostic::error("diff-kind-unknown").arg("name", word).arg("nearest", nearest).arg("known", known).into()
}

/// A file of the difference; `narrowed` where only some items are to be in it.
fn rendered(
    compared: &Compared,
    narrowed: Option<&Diff>,
    format: &str,
    args: &Args,
    context: &mut Context,
) -> Result<Vec<u8>> {
    let words = Words::new(context.deliverable_lang);
    let Compared { old, new, diff: whole, carried } = compared;
    let diff = narrowed.unwrap_or(whole);
    Ok(match format {
        "html" => {
            let page = html::DiffPage {
                lang: words.lang,
                old: old.as_ref().map(|old| &old.catalog),
                new: Some(&new.catalog),
                carried: carried.as_ref(),
            };
            html::diff(diff, &page).into_bytes()
        }
        "xlsx" => {
            let sides = match args.sides {
                SidesArg::OldNew => xlsx::Sides::OldNew,
                SidesArg::NewOld => xlsx::Sides::NewOld,
            };
            let options = xlsx::DiffWorkbook {
                words: &words,
                sides,
                old_word: None,
                new_word: None,
                carried: carried.as_ref(),
                created: context.created(),
            };
            let written = xlsx::diff(diff, &options)?;
            context.report(&written.diagnostics);
            written.bytes
        }
        "json" => render::json::diff::to_json(diff, args.all).into_bytes(),
        "md" => render::export::diff_markdown(diff, &words).into_bytes(),
        "csv" => args.csv.encoded(&render::export::diff_csv(diff, &words, !args.csv.no_guard), context),
        _ => {
            let terminal = Terminal { words: &words, color: false, width: UNWRAPPED };
            terminal::diff::diff(whole, &view(args, compared)?, &terminal).into_bytes()
        }
    })
}
