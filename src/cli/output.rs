//! Where results go: standard output, or files written beside their target and renamed.
//!
//! Nothing is written before everything is ready to be written, an input is never written, by whatever name or link,
//! and a file that exists is left alone without `--force`.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use secref::diagnostic::{Diagnostic, Failure};

use super::context::{Context, Result};

/// A result on its way to a file.
pub(crate) struct Output {
    pub(crate) path: PathBuf,
    pub(crate) bytes: Vec<u8>,
}

/// The path that stands for standard input and output.
pub(crate) fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Refuses outputs that could not be written, before any work is done: an input, a file that exists (without `force`),
/// a folder that does not.
pub(crate) fn check_targets<'a>(
    targets: impl IntoIterator<Item = &'a Path>,
    inputs: &[PathBuf],
    force: bool,
) -> Result<()> {
    let mut seen: Vec<&Path> = Vec::new();
    let mut problems = Vec::new();
    for target in targets.into_iter().filter(|target| !is_standard(target)) {
        problems.extend(target_problem(target, inputs, force));
        if seen.contains(&target) {
            problems.push(Diagnostic::error("output-twice").arg("file", shown(target)));
        }
        seen.push(target);
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure { diagnostics: problems }) }
}

fn target_problem(target: &Path, inputs: &[PathBuf], force: bool) -> Option<Diagnostic> {
    if let Some(input) = inputs.iter().find(|input| is_same_file(input, target)) {
        return Some(Diagnostic::error("output-is-input").arg("file", shown(target)).arg("input", shown(input)));
    }
    if target.is_dir() {
        return Some(Diagnostic::error("output-is-folder").arg("file", shown(target)));
    }
    if target.exists() && !force {
        return Some(Diagnostic::error("output-exists").arg("file", shown(target)));
    }
    if target.metadata().is_ok_and(|metadata| metadata.permissions().readonly()) {
        return Some(Diagnostic::error("output-read-only").arg("file", shown(target)));
    }
    let folder = folder_of(target);
    (!folder.is_dir())
        .then(|| Diagnostic::error("output-folder-missing").arg("file", shown(target)).arg("folder", shown(&folder)))
}

/// Says whether two paths lead to one file, through links as well.
fn is_same_file(a: &Path, b: &Path) -> bool {
    same_file::is_same_file(a, b).unwrap_or(false)
}

/// A path as messages show it.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The folder a file is in, `.` for a bare name.
pub(crate) fn folder_of(target: &Path) -> PathBuf {
    match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Writes all outputs or none: each to a temporary file beside its target first, then renamed.
///
/// # Errors
///
/// `output-unwritable` with the system's reason. A target that another program holds open (`output-held`) keeps its
/// old content, and the new file is kept beside it under the name that is said.
pub(crate) fn write(outputs: Vec<Output>, context: &Context) -> Result<()> {
    let (standard, files): (Vec<Output>, Vec<Output>) =
        outputs.into_iter().partition(|output| is_standard(&output.path));
    let staged = files.iter().map(stage).collect::<Result<Vec<_>>>()?;
    let held: Vec<Diagnostic> =
        files.iter().zip(staged).filter_map(|(output, staged)| persist(output, staged, context).err()).collect();
    for output in &standard {
        write_stdout(&output.bytes)?;
    }
    if held.is_empty() { Ok(()) } else { Err(Failure { diagnostics: held }) }
}

fn stage(output: &Output) -> Result<tempfile::NamedTempFile> {
    let folder = folder_of(&output.path);
    let staged =
        tempfile::Builder::new().prefix(".secref-").suffix(".tmp").permissions_like_new_file().tempfile_in(folder);
    staged
        .and_then(|mut file| {
            file.write_all(&output.bytes)?;
            file.as_file().sync_all()?;
            Ok(file)
        })
        .map_err(|error| unwritable(&output.path, &error).into())
}

fn persist(output: &Output, staged: tempfile::NamedTempFile, context: &Context) -> std::result::Result<(), Diagnostic> {
    match staged.persist(&output.path) {
        Ok(_) => {
            context.note("output-written", &[("file", shown(&output.path).into())]);
            Ok(())
        }
        Err(error) => Err(keep_beside(output, error)),
    }
}

/// Keeps what could not replace its target, under a free name beside it.
fn keep_beside(output: &Output, error: tempfile::PersistError) -> Diagnostic {
    let stem = output.path.file_stem().unwrap_or_default().to_string_lossy();
    let extension =
        output.path.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    let free = (1..100)
        .map(|number| folder_of(&output.path).join(format!("{stem}.new{number}{extension}")))
        .find(|candidate| !candidate.exists());
    let reason = error.error.to_string();
    match free.and_then(|beside| error.file.persist(&beside).ok().map(|_| beside)) {
        Some(beside) => Diagnostic::error("output-held")
            .arg("file", shown(&output.path))
            .arg("beside", shown(&beside))
            .arg("reason", reason),
        None => Diagnostic::error("output-unwritable").arg("file", shown(&output.path)).arg("reason", reason),
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("output-unwritable").arg("file", shown(path)).arg("reason", error.to_string())
}

/// Writes to standard output. A reader that has gone away is no error.
pub(crate) fn write_stdout(bytes: &[u8]) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(unwritable(Path::new("-"), &error).into()),
        _ => Ok(()),
    }
}

/// Writes text for a person to standard output, translated for old Windows consoles.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut stdout = anstream::AutoStream::always(std::io::stdout().lock());
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(unwritable(Path::new("-"), &error).into()),
        _ => Ok(()),
    }
}

/// Gives a temporary file the permissions a new file would have; without it the result would be private to its owner.
trait LikeNewFile {
    fn permissions_like_new_file(&mut self) -> &mut Self;
}

impl LikeNewFile for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_like_new_file(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt;
        // The process's umask takes its part away from these.
        self.permissions(std::fs::Permissions::from_mode(0o666))
    }

    #[cfg(not(unix))]
    fn permissions_like_new_file(&mut self) -> &mut Self {
        self
    }
}
