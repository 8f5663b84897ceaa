//! Which format an output gets: its extension says it, or `--format`.

use std::path::{Path, PathBuf};

use secref::diagnostic::Diagnostic;
use secref::workbook::delimited::write::{Encoding, encode};

use super::args::OutputArgs;
use super::context::{Context, Result};
use super::output::{is_standard, shown};

/// How a CSV is written.
#[derive(clap::Args, Clone)]
pub(crate) struct CsvArgs {
    /// Encoding of CSV outputs: `utf-8` (with a byte order mark, for Excel), `utf-8-no-bom` or `cp932`
    #[arg(long, value_name = "NAME", default_value = "utf-8", value_parser = ["utf-8", "utf-8-no-bom", "cp932"], help_heading = "CSV")]
    pub(crate) csv_encoding: String,
    /// Write texts that begin with `=`, `+`, `-` or `@` as they are; Excel would take them for formulas
    #[arg(long, help_heading = "CSV")]
    pub(crate) no_guard: bool,
}

impl CsvArgs {
    /// The encoding asked for.
    pub(crate) fn encoding(&self) -> Encoding {
        Encoding::named(&self.csv_encoding).expect("clap takes no other names")
    }

    /// A text in the encoding asked for, and what that encoding lacks.
    pub(crate) fn encoded(&self, text: &str, context: &mut Context) -> Vec<u8> {
        let encoded = encode(text, ',', self.encoding());
        context.report(&encoded.diagnostics());
        encoded.bytes
    }
}

/// The outputs asked for, each with its format out of `known` (longest extensions first); standard output in the
/// default format when none is asked for. Flags that are for other formats are said.
pub(crate) fn targets<'a>(
    args: &OutputArgs,
    known: &[&'a str],
    default: &'a str,
    context: &mut Context,
) -> Result<Vec<(PathBuf, &'a str)>> {
    let standard = [PathBuf::from("-")];
    let paths = if args.output.is_empty() { standard.as_slice() } else { &args.output };
    let format = |path: &PathBuf| Ok((path.clone(), format_of(path, args.format.as_deref(), known, default)?));
    let targets: Vec<(PathBuf, &str)> = paths.iter().map(format).collect::<Result<_>>()?;
    let formats: Vec<&str> = targets.iter().map(|(_, format)| *format).collect();
    context.report_idle_for(&formats);
    Ok(targets)
}

fn format_of<'a>(path: &Path, asked: Option<&str>, known: &[&'a str], default: &'a str) -> Result<&'a str> {
    if let Some(format) = named(asked, known)? {
        return Ok(format);
    }
    if is_standard(path) {
        return Ok(default);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let is_named = |format: &str| {
        let extensions: &[&str] = match format {
            "yaml" => &["yaml", "yml"],
            "text" => &["txt", "text"],
            _ => &[format],
        };
        extensions.iter().any(|extension| name.ends_with(&format!(".{extension}")))
    };
    known.iter().copied().find(|format| is_named(format)).ok_or_else(|| {
        let extension = |format: &&str| if *format == "text" { ".txt".to_owned() } else { format!(".{format}") };
        // A list as text is what `.txt`, `.tsv` and `.tab` ask for.
        let is_list = [".txt", ".tsv", ".tab"].iter().any(|extension| name.ends_with(extension));
        let is_workbook = [".xls", ".xlsm", ".xlsb", ".ods"].iter().any(|extension| name.ends_with(extension));
        let instead = match (is_list, is_workbook) {
            (true, _) if known.contains(&"csv") => "csv",
            (_, true) if known.contains(&"xlsx") => "xlsx",
            _ => "none",
        };
        let unknown = Diagnostic::error("output-format-unknown").arg("file", shown(path)).arg("instead", instead);
        unknown.arg("known", known.iter().map(extension).collect::<Vec<_>>()).into()
    })
}

/// Refuses an output that is no workbook by its name.
pub(crate) fn xlsx_only(path: &Path) -> Result<()> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    if matches!(extension.as_deref(), Some("xlsx" | "xlsm")) {
        return Ok(());
    }
    Err(Diagnostic::error("fill-only-xlsx").arg("file", shown(path)).into())
}

fn named<'a>(asked: Option<&str>, known: &[&'a str]) -> Result<Option<&'a str>> {
    let Some(asked) = asked else { return Ok(None) };
    let asked = asked.trim_start_matches('.').to_lowercase();
    match known.iter().find(|format| **format == asked) {
        Some(format) => Ok(Some(format)),
        None => {
            let known: Vec<String> = known.iter().map(|format| (*format).to_owned()).collect();
            Err(Diagnostic::error("format-unknown").arg("format", asked).arg("known", known).into())
        }
    }
}
