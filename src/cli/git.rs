//! `secref textconv` and `secref git-setup`: readable differences of workbooks in git.

use std::path::PathBuf;

use super::args::ReadArgs;
use super::context::{Context, Result};
use super::{Outcome, input, output};

/// Print a reference as text, one line a fact, for `git diff`
#[derive(clap::Args)]
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
    let reference = input::reference(&args.file, &args.read, context)?;
    output::write_stdout(secref::render::export::text(&reference.catalog).as_bytes())?;
    Ok(Outcome::Done)
}

pub(crate) fn setup(_: &SetupArgs, _: &mut Context) -> Result<Outcome> {
    output::write_stdout(SETUP.as_bytes())?;
    Ok(Outcome::Done)
}

const SETUP: &str = "\
# 1. In .gitattributes of the repository (or ~/.config/git/attributes):
*.xlsx diff=secref
*.xlsm diff=secref
*.xls  diff=secref
*.ods  diff=secref

# 2. Once on each machine:
git config --global diff.secref.textconv \"secref textconv --quiet\"
git config --global diff.secref.cachetextconv true
git config --global diff.secref.binary true
git config --global diff.secref.xfuncname \"^\\[(.*)\\]$\"

# 3. The full comparison as a difftool, opened with `git difftool -t secref`:
git config --global difftool.secref.cmd 'secref diff --exit-zero \"$LOCAL\" \"$REMOTE\"'
git config --global difftool.secref.trustExitCode true
";
