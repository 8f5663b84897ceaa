//! `secref textconv` and `secref git-setup`: readable differences of workbooks in git.

use std::path::PathBuf;

use secref::diagnostic::Failure;

use super::args::ReadArgs;
use super::context::{Context, Result};
use super::{Outcome, input, output};

/// Print a reference as text, one line a fact, for `git diff`
///
/// A file that cannot be read is one line that says why, and status 0: git takes anything else
/// for the end of the whole `git log -p`.
///
///     secref textconv reference-v9r.xlsx
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct TextconvArgs {
    /// The reference
    file: PathBuf,
    #[command(flatten)]
    read: ReadArgs,
}

/// Print the configuration that makes git show differences of workbooks
///
///     secref git-setup
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct SetupArgs {}

pub(crate) fn textconv(args: &TextconvArgs, context: &mut Context) -> Result<Outcome> {
    // Git calls this for `/dev/null` too, the side of a file that does not exist.
    if std::fs::metadata(&args.file).is_ok_and(|metadata| metadata.len() == 0 || !metadata.is_file()) {
        return Ok(Outcome::Done);
    }
    let text = match input::reference(&args.file, &args.read, context) {
        Ok(reference) => secref::render::export::text(&reference.catalog),
        Err(failure) => unreadable(&failure, context),
    };
    output::write_stdout(text.as_bytes())?;
    Ok(Outcome::Done)
}

/// What stands in git's differences in place of a workbook that cannot be read.
fn unreadable(failure: &Failure, context: &Context) -> String {
    let reasons: Vec<String> =
        failure.diagnostics.iter().map(|diagnostic| context.words.diagnostic(diagnostic).headline).collect();
    context.words.with("textconv-unreadable", &[("reason", reasons.join(" / ").into())]) + "\n"
}

pub(crate) fn setup(_: &SetupArgs, context: &mut Context) -> Result<Outcome> {
    let comment = |name: &str| format!("# {}\n", context.words.text(name));
    let text = [
        comment("git-setup-attributes"),
        ATTRIBUTES.to_owned(),
        "\n".to_owned(),
        comment("git-setup-config"),
        CONFIG.to_owned(),
    ];
    output::write_stdout(text.concat().as_bytes())?;
    Ok(Outcome::Done)
}

const ATTRIBUTES: &str = "\
*.xlsx diff=secref
*.xlsm diff=secref
*.xlsb diff=secref
*.xls  diff=secref
*.ods  diff=secref
";

// As it stands in the file: what a shell would make of the quotes differs between cmd, PowerShell and sh.
const CONFIG: &str = r#"[diff "secref"]
	textconv = secref textconv --quiet
	cachetextconv = true
	binary = true
	xfuncname = "^\\[(.*)\\]$"
[difftool "secref"]
	cmd = secref diff --exit-zero \"$LOCAL\" \"$REMOTE\"
	trustExitCode = true
"#;
