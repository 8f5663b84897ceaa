//! What was typed and is not understood, as diagnostics of ours: clap words it in English only.
//!
//! Help and version stay clap's, and so does a command line that holds nothing at all: it gets the help.

use std::error::Error as _;
use std::process::ExitCode;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use secref::diagnostic::{Diagnostic, Failure};
use secref::text::suggest::nearest;

use super::Cli;
use super::context::{Context, Global};
use super::effect::Typed;

/// Says why the command line was not understood; help and version are printed instead.
pub(super) fn refuse(error: &Error) -> ExitCode {
    let typed: Vec<String> = std::env::args_os().skip(1).map(|arg| arg.to_string_lossy().into_owned()).collect();
    match failure(error, &typed) {
        Some(failure) => Context::new(&Global::of_unparsed(&typed), Typed::default()).finish(Err(failure)),
        None => error.exit(),
    }
}

/// The error in our words; `None` for what is no error, and for kinds no flag of ours can lead to.
fn failure(error: &Error, typed: &[String]) -> Option<Failure> {
    let facts = Facts { error, command: named_command(typed, error) };
    let said = match error.kind() {
        ErrorKind::UnknownArgument => facts.unknown_argument(),
        ErrorKind::InvalidSubcommand => facts.unknown_command(),
        ErrorKind::MissingSubcommand => facts.missing_command(),
        ErrorKind::MissingRequiredArgument => facts.missing_argument(),
        ErrorKind::InvalidValue => facts.value_of_a_list(),
        ErrorKind::ValueValidation => facts.value_we_refused()?,
        ErrorKind::TooManyValues => {
            facts.about_flag(Diagnostic::error("usage-value-unwanted")).arg("value", facts.value())
        }
        ErrorKind::ArgumentConflict => facts.conflict()?,
        ErrorKind::InvalidUtf8 => Diagnostic::error("usage-not-unicode"),
        _ => return None,
    };
    Some(said.arg("command", facts.path()).into())
}

/// The subcommand that was named, as far as one was: `templates new`, or the program itself.
fn named_command(typed: &[String], error: &Error) -> clap::Command {
    let unknown = texts(error, ContextKind::InvalidSubcommand);
    let mut command = Cli::command();
    command.build();
    // `secref help diff` is about `diff`.
    for word in typed.iter().filter(|word| *word != "help").take_while(|word| !unknown.contains(word)) {
        if let Some(sub) = command.find_subcommand(word) {
            command = sub.clone();
        }
    }
    command
}

/// A fact of clap's as texts, in order; none where it has none.
fn texts(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// What there is to say about an error.
struct Facts<'a> {
    error: &'a Error,
    command: clap::Command,
}

impl Facts<'_> {
    /// The command as it is typed, such as `secref templates new`.
    fn path(&self) -> &str {
        self.command.get_bin_name().unwrap_or("secref")
    }

    fn first(&self, kind: ContextKind) -> String {
        texts(self.error, kind).into_iter().next().unwrap_or_default()
    }

    fn value(&self) -> String {
        self.first(ContextKind::InvalidValue)
    }

    /// How the command is called, on one line.
    fn usage(&self) -> String {
        let usage = self.command.clone().render_usage().to_string();
        usage.trim_start_matches("Usage:").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn about_flag(&self, said: Diagnostic) -> Diagnostic {
        said.arg("flag", bare(&self.first(ContextKind::InvalidArg)))
    }

    fn unknown_argument(&self) -> Diagnostic {
        let typed = self.first(ContextKind::InvalidArg);
        if !typed.starts_with('-') {
            return Diagnostic::error("usage-argument-unexpected").arg("value", typed).arg("usage", self.usage());
        }
        let others = commands_with(&typed);
        if !others.is_empty() {
            return Diagnostic::error("usage-flag-elsewhere").arg("flag", typed).arg("others", others);
        }
        let known = self.command.get_arguments().filter_map(|arg| arg.get_long());
        let near = typed.strip_prefix("--").and_then(|name| nearest(name, known));
        let near = near.map_or("none".to_owned(), |name| format!("--{name}"));
        Diagnostic::error("usage-flag-unknown").arg("flag", typed).arg("nearest", near)
    }

    fn unknown_command(&self) -> Diagnostic {
        let name = self.first(ContextKind::InvalidSubcommand);
        let near = nearest(&name, self.command.get_subcommands().map(clap::Command::get_name)).unwrap_or("none");
        Diagnostic::error("usage-command-unknown").arg("nearest", near).arg("name", name)
    }

    fn missing_command(&self) -> Diagnostic {
        let known: Vec<String> = self.command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
        Diagnostic::error("usage-command-missing").arg("known", known)
    }

    fn missing_argument(&self) -> Diagnostic {
        let missing: Vec<String> =
            texts(self.error, ContextKind::InvalidArg).iter().map(|argument| bare(argument)).collect();
        Diagnostic::error("usage-argument-missing").arg("missing", missing).arg("usage", self.usage())
    }

    /// A value that is none of those listed, or no value at all.
    fn value_of_a_list(&self) -> Diagnostic {
        let (value, allowed) = (self.value(), texts(self.error, ContextKind::ValidValue));
        let said = if value.is_empty() {
            Diagnostic::error("usage-value-missing")
        } else {
            let near = nearest(&value, allowed.iter().map(String::as_str)).unwrap_or("none");
            Diagnostic::error("usage-value-unknown").arg("nearest", near).arg("value", value)
        };
        self.about_flag(said).arg("count", allowed.len()).arg("allowed", allowed)
    }

    /// A value one of our own readers refused (see `args`).
    fn value_we_refused(&self) -> Option<Diagnostic> {
        let failure = self.error.source()?.downcast_ref::<Failure>()?;
        Some(self.about_flag(failure.diagnostics.first()?.clone()).arg("value", self.value()))
    }

    fn conflict(&self) -> Option<Diagnostic> {
        let others: Vec<String> =
            texts(self.error, ContextKind::PriorArg).iter().map(|argument| bare(argument)).collect();
        let flag = bare(&self.first(ContextKind::InvalidArg));
        let said = match others.as_slice() {
            [] => return None,
            [other] if *other == flag => Diagnostic::error("usage-flag-twice"),
            _ => Diagnostic::error("usage-conflict").arg("others", others),
        };
        Some(self.about_flag(said))
    }
}

/// The commands that have this flag.
fn commands_with(flag: &str) -> Vec<String> {
    let command = Cli::command();
    let has = |sub: &&clap::Command| {
        sub.get_arguments().any(|arg| arg.get_long().is_some_and(|long| flag.strip_prefix("--") == Some(long)))
    };
    command.get_subcommands().filter(has).map(|sub| format!("secref {}", sub.get_name())).collect()
}

/// An argument without the brackets clap puts around positional ones and choices: `OLD`, `REFERENCE | --verify <RECEIPT>`.
fn bare(argument: &str) -> String {
    let argument = argument.trim_end_matches("...");
    let inner = |open, close| argument.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
    match inner('<', '>').or_else(|| inner('[', ']')) {
        Some(choice) if choice.contains("|--") => choice.replace('|', " | "),
        Some(name) => name.to_owned(),
        None => argument.to_owned(),
    }
}
