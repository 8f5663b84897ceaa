//! What every command shares: language, colour, verbosity, notes to stderr, and how a run ends.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum;
use indicatif::ProgressBar;
use terminal_size::{Height, Width};

use secref::diagnostic::{Arg, Diagnostic, Failure, Severity};
use secref::render::terminal::{Terminal, UNWRAPPED, diagnostics::diagnostics};
use secref::render::words::{Lang, Words};

use super::Outcome;
use super::args::number;
use super::effect::Typed;

/// A command's result: the failure is worded at the end, in one place.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

#[derive(clap::Args)]
pub(crate) struct Global {
    /// Language of messages and deliverables; deliverables are Japanese unless this says otherwise
    #[arg(long, global = true, value_enum, help_heading = "Global options")]
    lang: Option<LangArg>,

    /// Whether to use colour
    ///
    /// `auto` colours a terminal unless `NO_COLOR` is set, and anything when `CLICOLOR_FORCE` is.
    #[arg(long, global = true, value_enum, default_value = "auto", help_heading = "Global options")]
    color: ColorArg,

    /// Warnings count for the exit status, and answers with problems stop the run
    #[arg(long, global = true, help_heading = "Global options")]
    strict: bool,

    /// Say only what went wrong
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Global options")]
    quiet: bool,

    /// Show every note in full
    #[arg(short, long, global = true, help_heading = "Global options")]
    verbose: bool,

    /// The day that counts as today, as 2026-04-01 or 2026/4/1
    #[arg(long, global = true, value_name = "DATE", value_parser = super::args::day, help_heading = "Global options")]
    today: Option<jiff::civil::Date>,

    #[command(flatten)]
    limits: LimitArgs,
}

impl Global {
    /// What holds for saying why a command line was not understood: the language and the colour asked for.
    pub(crate) fn of_unparsed(typed: &[String]) -> Self {
        Self {
            lang: unparsed(typed, "--lang"),
            color: unparsed(typed, "--color").unwrap_or(ColorArg::Auto),
            strict: false,
            quiet: false,
            verbose: false,
            today: None,
            limits: LimitArgs::default(),
        }
    }
}

/// The value of a flag where nothing else is understood: `--flag value` or `--flag=value`, the first that is known.
fn unparsed<T: ValueEnum>(typed: &[String], flag: &str) -> Option<T> {
    let next = |index: usize| typed.get(index + 1).map(String::as_str);
    let values = typed.iter().take_while(|word| *word != "--").enumerate().filter_map(|(index, word)| {
        let rest = word.strip_prefix(flag)?;
        if rest.is_empty() { next(index) } else { rest.strip_prefix('=') }
    });
    values.filter_map(|value| T::from_str(value, false).ok()).next()
}

/// Limits against files made to exhaust the machine; raise one when a real file needs it.
#[derive(clap::Args, Clone, Default)]
pub(crate) struct LimitArgs {
    /// Most bytes one part of a workbook may expand to
    #[arg(long, global = true, value_name = "BYTES", value_parser = number::<u64>, hide_short_help = true, help_heading = "Limits")]
    pub(crate) limit_part_bytes: Option<u64>,
    /// Most bytes a workbook may expand to in all
    #[arg(long, global = true, value_name = "BYTES", value_parser = number::<u64>, hide_short_help = true, help_heading = "Limits")]
    pub(crate) limit_total_bytes: Option<u64>,
    /// Most times a part may be larger than its compressed form
    #[arg(long, global = true, value_name = "N", value_parser = number::<u64>, hide_short_help = true, help_heading = "Limits")]
    pub(crate) limit_ratio: Option<u64>,
    /// Most cells that hold something, in all sheets together
    #[arg(long, global = true, value_name = "N", value_parser = number::<u64>, hide_short_help = true, help_heading = "Limits")]
    pub(crate) limit_cells: Option<u64>,
    /// Most merged ranges in a sheet
    #[arg(long, global = true, value_name = "N", value_parser = number::<u64>, hide_short_help = true, help_heading = "Limits")]
    pub(crate) limit_merges: Option<u64>,
    /// Most rows in a sheet
    #[arg(long, global = true, value_name = "N", value_parser = number::<u32>, hide_short_help = true, help_heading = "Limits")]
    pub(crate) limit_rows: Option<u32>,
}

#[derive(Copy, Clone, ValueEnum)]
enum LangArg {
    Ja,
    En,
}

#[derive(Copy, Clone, ValueEnum)]
enum ColorArg {
    Auto,
    Always,
    Never,
}

/// A sign of life on the terminal, gone when dropped.
pub(crate) struct Progress(ProgressBar);

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// The state of a run.
pub(crate) struct Context {
    /// Wording of messages.
    pub(crate) words: Words,
    /// Language of deliverables.
    pub(crate) deliverable_lang: Lang,
    /// Whether warnings count and answers with problems stop the run.
    pub(crate) strict: bool,
    /// The limits asked for.
    pub(crate) limits: LimitArgs,
    quiet: bool,
    verbose: bool,
    today: Option<jiff::civil::Date>,
    color: ColorArg,
    typed: Typed,
    reported: Vec<Severity>,
}

impl Context {
    /// Begins a run, and says which of the flags typed have no effect beside the others.
    pub(crate) fn new(global: &Global, typed: Typed) -> Self {
        let asked = global.lang.map(|lang| match lang {
            LangArg::Ja => Lang::Ja,
            LangArg::En => Lang::En,
        });
        let idle = typed.idle();
        let mut context = Self {
            words: Words::new(asked.unwrap_or_else(locale_lang)),
            deliverable_lang: asked.unwrap_or(Lang::Ja),
            strict: global.strict,
            limits: global.limits.clone(),
            quiet: global.quiet,
            verbose: global.verbose,
            today: global.today,
            color: global.color,
            typed,
            reported: Vec::new(),
        };
        context.report(&idle);
        context
    }

    /// Says which of the flags typed have no effect on what is written in these formats.
    pub(crate) fn report_idle_for(&mut self, formats: &[&str]) {
        let idle = self.typed.idle_for(formats);
        self.report(&idle);
    }

    /// The day that counts as today: `--today`, else the machine's clock.
    pub(crate) fn today(&self) -> jiff::civil::Date {
        self.today.unwrap_or_else(|| jiff::ZonedDateTime::now().date())
    }

    /// The creation time in the properties of workbooks: `SOURCE_DATE_EPOCH` (reproducible-builds.org), else a fixed
    /// day, so that the same input gives the same bytes.
    pub(crate) fn created(&self) -> jiff::civil::DateTime {
        let epoch = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
        let stamp = epoch.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        let fixed = jiff::civil::date(2020, 1, 1).at(0, 0, 0, 0);
        stamp.map_or(fixed, |stamp| jiff::tz::TimeZone::UTC.to_datetime(stamp))
    }

    /// How text for standard output is written.
    pub(crate) fn terminal(&self) -> Terminal<'_> {
        let stdout = std::io::stdout();
        self.terminal_for(stdout.is_terminal(), terminal_size::terminal_size_of(&stdout))
    }

    fn terminal_for(&self, is_terminal: bool, size: Option<(Width, Height)>) -> Terminal<'_> {
        let color = match self.color {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => environment_color().unwrap_or(is_terminal),
        };
        let asked = std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.trim().parse().ok())
            .filter(|&columns: &usize| columns > 0);
        let width = asked.or_else(|| size.map(|(width, _)| usize::from(width.0))).map_or(UNWRAPPED, narrowest);
        Terminal { words: &self.words, color, width }
    }

    /// How text for a file is written.
    pub(crate) fn text_file(&self) -> Terminal<'_> {
        Terminal { words: &self.words, color: false, width: UNWRAPPED }
    }

    /// Remembers how serious diagnostics were that are said elsewhere.
    pub(crate) fn count(&mut self, found: &[Diagnostic]) {
        self.reported.extend(found.iter().map(|diagnostic| diagnostic.severity));
    }

    /// Shows diagnostics on stderr and remembers how serious they were.
    pub(crate) fn report(&mut self, found: &[Diagnostic]) {
        self.count(found);
        let least = if self.quiet { Severity::Error } else { Severity::Note };
        let shown: Vec<Diagnostic> = found.iter().filter(|diagnostic| diagnostic.severity >= least).cloned().collect();
        say(&diagnostics(&shown, &self.stderr_terminal(), self.verbose));
    }

    /// Shows diagnostics about one file.
    pub(crate) fn report_in(&mut self, file: &Arc<str>, found: &[Diagnostic]) {
        let named: Vec<Diagnostic> = found.iter().map(|diagnostic| diagnostic.clone().in_file(file)).collect();
        self.report(&named);
    }

    /// Says a line on stderr, unless `--quiet`.
    pub(crate) fn note(&self, name: &str, args: &[(&str, Arg)]) {
        if !self.quiet {
            say(&format!("{}\n", self.words.with(name, args)));
        }
    }

    /// Shows on a terminal that a file is being read, until the guard is dropped; elsewhere and with `--quiet` nothing.
    pub(crate) fn reading(&self, file: &str) -> Progress {
        if self.quiet || !std::io::stderr().is_terminal() {
            return Progress(ProgressBar::hidden());
        }
        let message = self.words.with("progress-reading", &[("file", file.into())]);
        let bar = ProgressBar::new_spinner().with_message(message);
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress(bar)
    }

    /// Says a text on stderr, unless `--quiet`.
    pub(crate) fn say(&self, text: &str) {
        if !self.quiet {
            say(text);
        }
    }

    /// How text for standard error is written.
    pub(crate) fn stderr_terminal(&self) -> Terminal<'_> {
        let stderr = std::io::stderr();
        self.terminal_for(stderr.is_terminal(), terminal_size::terminal_size_of(&stderr))
    }

    /// Whether an error was reported so far.
    pub(crate) fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many errors were reported so far.
    pub(crate) fn errors(&self) -> usize {
        self.reported.iter().filter(|&&severity| severity == Severity::Error).count()
    }

    /// Words the failure if there is one, and turns the outcome into an exit status.
    pub(crate) fn finish(&mut self, result: Result<Outcome>) -> ExitCode {
        match result {
            Ok(Outcome::Done) if self.strict && self.reported.iter().any(|&severity| severity >= Severity::Warning) => {
                ExitCode::from(1)
            }
            Ok(Outcome::Done) => ExitCode::SUCCESS,
            Ok(Outcome::LookAt) => ExitCode::from(1),
            Err(failure) => {
                self.report(&failure.diagnostics);
                ExitCode::from(2)
            }
        }
    }
}

/// The least width anything is laid out for.
fn narrowest(width: usize) -> usize {
    width.max(40)
}

/// Writes to stderr, translated for old Windows consoles; a closed stderr is nobody's error. (Whether there is colour
/// is decided by then.)
fn say(text: &str) {
    let _ = anstream::AutoStream::always(std::io::stderr().lock()).write_all(text.as_bytes());
}

fn locale_lang() -> Lang {
    let locale = sys_locale::get_locale().unwrap_or_default();
    if locale.starts_with("ja") { Lang::Ja } else { Lang::En }
}

/// What `NO_COLOR`, `CLICOLOR_FORCE` and `TERM=dumb` say, in that order (no-color.org, bixense.com/clicolors).
fn environment_color() -> Option<bool> {
    let value = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    if value("NO_COLOR").is_some() {
        return Some(false);
    }
    if value("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return Some(true);
    }
    value("TERM").is_some_and(|term| term == "dumb").then_some(false)
}
