//! Arguments several commands share: how a reference is read, where a result goes.

use std::path::PathBuf;

use secref::answers::date;
use secref::answers::merge::Prefer;
use secref::diagnostic::{Diagnostic, Failure};

/// How a reference is read, where detection is not to decide.
#[derive(clap::Args, Clone, Default)]
pub(crate) struct ReadArgs {
    /// Read with this template: a built-in name (`secref templates list`) or a TOML file
    #[arg(long, value_name = "NAME|FILE", help_heading = "Reading")]
    pub(crate) template: Option<String>,
    /// Read only this sheet; may be given several times
    #[arg(long, value_name = "NAME", help_heading = "Reading")]
    pub(crate) sheet: Vec<String>,
    /// The first header row, counted from 1
    #[arg(long, value_name = "N", value_parser = row, help_heading = "Reading")]
    pub(crate) header_row: Option<u32>,
    /// Take the column under this heading as a field, as `id=項番`; may be given several times, `id` too for its parts.
    /// A column without a heading is `id=(E)`; `numbered=設問` numbers the rows where no column holds ids
    #[arg(long, value_name = "KEY=HEADER", value_parser = key_value, help_heading = "Reading")]
    pub(crate) field: Vec<(String, String)>,
    /// Encoding of a CSV or TSV, such as `utf-8` or `cp932`; detected unless given
    #[arg(long, value_name = "NAME", help_heading = "Reading")]
    pub(crate) encoding: Option<String>,
    /// Environment variable that holds the password of an encrypted workbook
    #[arg(long, value_name = "VAR", help_heading = "Reading")]
    pub(crate) password_env: Option<String>,
    /// Whether the flags hold for several files, of which some have no use for them.
    #[arg(skip)]
    pub(crate) is_shared: bool,
}

impl ReadArgs {
    /// The flags for one of several files they hold for.
    pub(crate) fn shared(&self) -> Self {
        Self { is_shared: true, ..self.clone() }
    }

    /// The flags that were given for this one file.
    pub(crate) fn given(&self) -> Vec<&'static str> {
        if self.is_shared {
            return Vec::new();
        }
        let flags = [
            ("--template", self.template.is_some()),
            ("--sheet", !self.sheet.is_empty()),
            ("--header-row", self.header_row.is_some()),
            ("--field", !self.field.is_empty()),
            ("--encoding", self.encoding.is_some()),
            ("--password-env", self.password_env.is_some()),
        ];
        flags.into_iter().filter(|(_, is_given)| *is_given).map(|(flag, _)| flag).collect()
    }
}

/// Splits `KEY=VALUE`. (What the readers of values refuse is worded in `usage`, which knows the flag.)
pub(crate) fn key_value(text: &str) -> Result<(String, String), Failure> {
    let (key, value) = text.split_once('=').ok_or_else(|| Diagnostic::error("usage-value-pair"))?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}

/// Reads a day, in any of the spellings answers may use.
pub(crate) fn day(text: &str) -> Result<jiff::civil::Date, Failure> {
    Ok(date::parse(text).ok_or_else(|| Diagnostic::error("usage-value-date"))?)
}

/// Reads a whole number.
pub(crate) fn number<T: TryFrom<u64>>(text: &str) -> Result<T, Failure> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Diagnostic::error("usage-value-number").into());
    }
    let number = text.parse::<u64>().ok().and_then(|number| T::try_from(number).ok());
    Ok(number.ok_or_else(|| Diagnostic::error("usage-value-large"))?)
}

/// Reads a row, counted from 1.
fn row(text: &str) -> Result<u32, Failure> {
    match number(text)? {
        0 => Err(Diagnostic::error("usage-value-row").into()),
        row => Ok(row),
    }
}

/// Defines the `--old-…` and `--new-…` forms of [`ReadArgs`], which win over the common ones. (The help is an argument:
/// of a doc comment clap reads literals only.)
macro_rules! side_args {
    ($name:ident, $side:literal) => {
        #[doc = concat!("How the ", $side, " reference is read, where it differs from the common flags.")]
        #[derive(clap::Args, Clone, Default)]
        pub(crate) struct $name {
            #[arg(help = concat!("`--template` for the ", $side, " reference only"), long = concat!($side, "-template"), id = concat!($side, "-template"), value_name = "NAME|FILE", hide_short_help = true, help_heading = "Reading")]
            template: Option<String>,
            #[arg(help = concat!("`--sheet` for the ", $side, " reference only"), long = concat!($side, "-sheet"), id = concat!($side, "-sheet"), value_name = "NAME", hide_short_help = true, help_heading = "Reading")]
            sheet: Vec<String>,
            #[arg(help = concat!("`--header-row` for the ", $side, " reference only"), long = concat!($side, "-header-row"), id = concat!($side, "-header-row"), value_name = "N", value_parser = row, hide_short_help = true, help_heading = "Reading")]
            header_row: Option<u32>,
            #[arg(help = concat!("`--field` for the ", $side, " reference only"), long = concat!($side, "-field"), id = concat!($side, "-field"), value_name = "KEY=HEADER", value_parser = key_value, hide_short_help = true, help_heading = "Reading")]
            field: Vec<(String, String)>,
            #[arg(help = concat!("`--encoding` for the ", $side, " reference only"), long = concat!($side, "-encoding"), id = concat!($side, "-encoding"), value_name = "NAME", hide_short_help = true, help_heading = "Reading")]
            encoding: Option<String>,
            #[arg(help = concat!("`--password-env` for the ", $side, " reference only"), long = concat!($side, "-password-env"), id = concat!($side, "-password-env"), value_name = "VAR", hide_short_help = true, help_heading = "Reading")]
            password_env: Option<String>,
        }

        impl $name {
            /// The flags that hold for this side: its own, else the common ones.
            pub(crate) fn over(&self, common: &ReadArgs) -> ReadArgs {
                ReadArgs {
                    template: self.template.clone().or_else(|| common.template.clone()),
                    sheet: if self.sheet.is_empty() { common.sheet.clone() } else { self.sheet.clone() },
                    header_row: self.header_row.or(common.header_row),
                    field: if self.field.is_empty() { common.field.clone() } else { self.field.clone() },
                    encoding: self.encoding.clone().or_else(|| common.encoding.clone()),
                    password_env: self.password_env.clone().or_else(|| common.password_env.clone()),
                    is_shared: true,
                }
            }
        }
    };
}
side_args!(OldArgs, "old");
side_args!(NewArgs, "new");

/// How answer files are read and taken together.
#[derive(clap::Args, Clone, Default)]
pub(crate) struct AnswersArgs {
    /// Which answer wins where two files differ; without it, differing answers stop the run and are all listed
    #[arg(long, value_enum, help_heading = "Answers")]
    pub(crate) prefer: Option<PreferArg>,
    #[command(flatten)]
    pub(crate) file: AnswerFileArgs,
}

/// How an answer file is read.
#[derive(clap::Args, Clone, Default)]
pub(crate) struct AnswerFileArgs {
    /// Encoding of CSV and TSV answers, such as `cp932`; detected unless given
    #[arg(long, value_name = "NAME", help_heading = "Answers")]
    pub(crate) answers_encoding: Option<String>,
    /// Read answers from this sheet only; may be given several times
    #[arg(long, value_name = "NAME", hide_short_help = true, help_heading = "Answers")]
    pub(crate) answers_sheet: Vec<String>,
    /// The first header row of the answers, counted from 1
    #[arg(long, value_name = "N", value_parser = row, hide_short_help = true, help_heading = "Answers")]
    pub(crate) answers_header_row: Option<u32>,
    /// Environment variable that holds the password of encrypted answers
    #[arg(long, value_name = "VAR", hide_short_help = true, help_heading = "Answers")]
    pub(crate) answers_password_env: Option<String>,
}

impl AnswerFileArgs {
    /// The part that says how the file is read.
    pub(crate) fn read_args(&self) -> ReadArgs {
        ReadArgs {
            encoding: self.answers_encoding.clone(),
            password_env: self.answers_password_env.clone(),
            ..ReadArgs::default()
        }
    }
}

/// Which answer wins where two files differ.
#[derive(Copy, Clone, clap::ValueEnum)]
pub(crate) enum PreferArg {
    /// The one answered last
    Newest,
    /// The one of the later file
    Last,
    /// The one of the earlier file
    First,
}

impl From<PreferArg> for Prefer {
    fn from(asked: PreferArg) -> Self {
        match asked {
            PreferArg::Newest => Self::Newest,
            PreferArg::Last => Self::Last,
            PreferArg::First => Self::First,
        }
    }
}

/// Where results go.
#[derive(clap::Args, Clone)]
pub(crate) struct OutputArgs {
    /// Write to this file; the extension chooses the format. May be given several times; `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Vec<PathBuf>,
    /// The format, where the extension does not say it
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<String>,
    /// Overwrite an output that exists
    #[arg(long)]
    pub(crate) force: bool,
}

/// Which fields count in a comparison.
#[derive(clap::Args, Clone, Default)]
pub(crate) struct FieldFilterArgs {
    /// Compare only this field (its key or heading); may be given several times
    #[arg(long, value_name = "KEY")]
    pub(crate) only_field: Vec<String>,
    /// Leave this field out of the comparison, such as a date of update; may be given several times
    #[arg(long, value_name = "KEY", conflicts_with = "only_field")]
    pub(crate) ignore_field: Vec<String>,
}
