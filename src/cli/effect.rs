//! Flags that have no effect beside what else was typed, or on what is written: said, so that nobody believes a sheet
//! to be locked that is a CSV.
//!
//! One table for all commands. What makes no sense at all together clap refuses (`conflicts_with`); what only depends
//! on the file that is read is said where it is read (`input`).

use std::collections::BTreeSet;

use clap::ArgMatches;
use clap::parser::ValueSource;

use secref::diagnostic::Diagnostic;

/// Where a flag has an effect.
enum Where {
    /// On outputs in one of these formats.
    Writing(&'static [&'static str]),
    /// Beside this argument.
    With(&'static str),
    /// Unless this flag is given.
    Without(&'static str),
}
use Where::{With, Without, Writing};

/// How answers are read.
const READING_ANSWERS: &[&str] =
    &["--answers-encoding", "--answers-sheet", "--answers-header-row", "--answers-password-env"];
/// How a reference is read.
const READING: &[&str] = &["--template", "--sheet", "--header-row", "--field", "--encoding", "--password-env"];

/// The command (all of them where it is empty), its flags, and where they have an effect.
const RULES: &[(&str, &[&str], Where)] = &[
    ("", &["--csv-encoding", "--no-guard"], Writing(&["csv"])),
    ("convert", &["--oscal"], Writing(&["oscal.json"])),
    ("check", &["--require"], With("ANSWERS")),
    ("check", READING_ANSWERS, With("ANSWERS")),
    ("diff", &["--sides"], Writing(&["xlsx"])),
    ("diff", &["--all"], Writing(&["json"])),
    ("diff", &["--stat", "--name-only", "--context"], Writing(&["text"])),
    ("diff", &["--context"], Without("--stat")),
    ("diff", &["--context"], Without("--name-only")),
    ("diff", &["--answers"], Writing(&["text", "html", "xlsx"])),
    ("diff", &["--prefer"], With("--answers")),
    ("diff", &["--answers", "--crosswalk", "--align", "--only-field", "--ignore-field", "--sides"], Without("--marks")),
    ("diff", &["--old-template", "--old-sheet", "--old-header-row", "--old-field"], Without("--marks")),
    ("diff", &["--old-encoding", "--old-password-env"], Without("--marks")),
    ("answer-sheet", &["--titles", "--protect", "--no-reference-text"], Writing(&["xlsx"])),
    ("answer-sheet", &["--prefer"], With("--answers")),
    ("answer-sheet", READING_ANSWERS, With("--answers")),
    ("merge", READING, With("--reference")),
    ("fill", &["--prefer"], With("ANSWERS")),
    ("fill", READING_ANSWERS, With("ANSWERS")),
    ("fill", READING, Without("--verify")),
    ("fill", &["--deliverable"], Without("--into")),
    (
        "fill",
        &["--force", "--since", "--no-reference-text", "--protect", "--deliverable", "--cover"],
        Without("--verify"),
    ),
    ("review", &["--prefer", "--decisions"], With("--answers")),
    ("review", READING_ANSWERS, With("--answers")),
];

/// What was typed: the command, and which of its arguments.
#[derive(Default)]
pub(crate) struct Typed {
    command: String,
    /// By name, such as `--csv-encoding` or `ANSWERS`.
    arguments: BTreeSet<String>,
}

impl Typed {
    /// Takes what was typed from what clap made of it; what stands for itself by default was not typed.
    pub(crate) fn of(matches: &ArgMatches) -> Self {
        let Some((command, matches)) = matches.subcommand() else { return Self::default() };
        let typed = matches.ids().filter(|id| matches.value_source(id.as_str()) == Some(ValueSource::CommandLine));
        Self { command: command.to_owned(), arguments: typed.map(|id| plain(id.as_str())).collect() }
    }

    fn has(&self, argument: &str) -> bool {
        self.arguments.contains(&plain(argument))
    }

    /// One warning for each flag that was typed and has no effect, as far as that depends on the other arguments.
    pub(crate) fn idle(&self) -> Vec<Diagnostic> {
        self.warnings(|place| match place {
            With(other) => (!self.has(other)).then(|| ("with", (*other).to_owned())),
            Without(other) => self.has(other).then(|| ("without", (*other).to_owned())),
            Writing(_) => None,
        })
    }

    /// The same for what depends on the formats that are written.
    pub(crate) fn idle_for(&self, written: &[&str]) -> Vec<Diagnostic> {
        self.warnings(|place| match place {
            Writing(formats) if !formats.iter().any(|format| written.contains(format)) => {
                Some(("writing", formats.join(", ")))
            }
            _ => None,
        })
    }

    fn warnings(&self, why: impl Fn(&Where) -> Option<(&'static str, String)>) -> Vec<Diagnostic> {
        let rules = RULES.iter().filter(|(command, ..)| command.is_empty() || *command == self.command);
        let idle = rules.filter_map(|(_, flags, place)| Some((flags, why(place)?)));
        let warnings = idle.flat_map(|(flags, (why, other))| {
            flags.iter().filter(|flag| self.has(flag)).map(move |flag| {
                Diagnostic::warning("flag-idle").arg("flag", *flag).arg("why", why).arg("other", other.clone())
            })
        });
        warnings.collect()
    }
}

/// An argument's name as clap's derive makes it: `--csv-encoding` is `csv_encoding`.
fn plain(argument: &str) -> String {
    argument.trim_start_matches('-').to_ascii_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn typed(line: &str) -> Typed {
        Typed::of(&crate::cli::Cli::command().try_get_matches_from(line.split(' ')).unwrap())
    }

    #[test]
    fn every_rule_is_about_flags_there_are() {
        let mut program = crate::cli::Cli::command();
        program.build();
        for (command, flags, place) in RULES.iter().filter(|(command, ..)| !command.is_empty()) {
            let command = program.find_subcommand(command).unwrap();
            let known: Vec<String> =
                command.get_arguments().map(|argument| plain(argument.get_id().as_str())).collect();
            let other = match place {
                With(other) | Without(other) => Some(other),
                Writing(_) => None,
            };
            for flag in flags.iter().chain(other) {
                assert!(known.contains(&plain(flag)), "{} {flag}", command.get_name());
            }
        }
    }

    #[test]
    fn a_flag_is_idle_beside_arguments_or_formats_it_is_not_for() {
        for (line, written, expected) in [
            ("secref convert a.xlsx --oscal catalog", "json", vec!["--oscal writing oscal.json"]),
            ("secref convert a.xlsx --oscal catalog", "oscal.json", vec![]),
            ("secref convert a.xlsx", "json", vec![]),
            ("secref convert a.xlsx --no-guard", "md", vec!["--no-guard writing csv"]),
            ("secref diff a b --stat --sides new-old", "xlsx", vec!["--stat writing text"]),
            ("secref diff a b --stat --context 3", "text", vec!["--context without --stat"]),
            ("secref diff b --marks --old-sheet x", "text", vec!["--old-sheet without --marks"]),
            ("secref review a b -o c --decisions d", "", vec!["--decisions with --answers"]),
            ("secref check a --require owner", "text", vec!["--require with ANSWERS"]),
            ("secref check a b --require owner", "text", vec![]),
            ("secref fill --verify a --protect", "", vec!["--protect without --verify"]),
        ] {
            let typed = typed(line);
            let said =
                typed.idle().into_iter().chain(typed.idle_for(&[written]).into_iter().filter(|_| !written.is_empty()));
            let said: Vec<String> = said
                .map(|said| {
                    let words: Vec<String> = said
                        .args
                        .iter()
                        .map(|(_, value)| match value {
                            secref::diagnostic::Arg::Text(text) => text.clone(),
                            other => format!("{other:?}"),
                        })
                        .collect();
                    words.join(" ")
                })
                .collect();
            assert_eq!(said, expected, "{line}");
        }
    }
}
