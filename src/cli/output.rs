//! Where results go: standard output, or files written beside their target and renamed.
//!
//! Nothing is written before everything is ready to be written, an input is never written, by whatever name or link,
//! and a file that exists is left alone without `--force`.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use secref::diagnostic::{Diagnostic, Failure};
use secref::text::hash::sha256_hex;

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
/// a folder that does not; and standard input where two inputs are to come from it.
pub(crate) fn check_targets<'a>(
    targets: impl IntoIterator<Item = &'a Path>,
    inputs: &[PathBuf],
    force: bool,
) -> Result<()> {
    let mut seen: Vec<&Path> = Vec::new();
    let mut problems = Vec::new();
    if inputs.iter().filter(|input| is_standard(input)).count() > 1 {
        problems.push(Diagnostic::error("input-standard-twice"));
    }
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

/// Writes an output to a file beside its target, named after it.
///
/// A run that is killed leaves that file behind, and the next one to the same target takes it away. An unnamed file
/// (`O_TMPFILE`) would leave nothing, but cannot take the place of a file that is there already.
fn stage(output: &Output) -> Result<tempfile::NamedTempFile> {
    let folder = folder_of(&output.path);
    let prefix = staged_prefix(&output.path);
    remove_stale(&folder, &prefix);
    let staged =
        tempfile::Builder::new().prefix(&prefix).suffix(STAGED_SUFFIX).permissions_like_new_file().tempfile_in(folder);
    staged
        .and_then(|mut file| {
            // Tells other runs that it is in use; where a file system knows no locks, they leave it alone as well.
            let _ = file.as_file().try_lock();
            file.write_all(&output.bytes)?;
            file.as_file().sync_all()?;
            Ok(file)
        })
        .map_err(|error| unwritable(&output.path, &error).into())
}

const STAGED_SUFFIX: &str = ".tmp";

/// How the name of a staged file begins: a hash stands for the target's name, which may be as long as names can be.
fn staged_prefix(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    format!(".secref-{}-", &sha256_hex(name.as_bytes())[..16])
}

/// Removes what killed runs left of one target: files under its staged name that have lain for a while and that no
/// run holds locked. What cannot be told or removed stays; it is in nobody's way.
fn remove_stale(folder: &Path, prefix: &str) {
    /// Between making a file and locking it a run takes no longer than this.
    const SETTLED: Duration = Duration::from_secs(10);
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let staged = entries.filter(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with(prefix) && name.ends_with(STAGED_SUFFIX)
    });
    for entry in staged {
        let is_settled = entry
            .metadata()
            .and_then(|metadata| metadata.modified())
            .is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age > SETTLED));
        let is_free = || std::fs::File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if is_settled && is_free() {
            let _ = std::fs::remove_file(entry.path());
        }
    }
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
    let cause = error.error;
    match free.and_then(|beside| error.file.persist(&beside).ok().map(|_| beside)) {
        Some(beside) => {
            let held = Diagnostic::error("output-held").arg("file", shown(&output.path));
            because(held.arg("beside", shown(&beside)), &cause)
        }
        None => unwritable(&output.path, &cause),
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Diagnostic {
    because(Diagnostic::error("output-unwritable").arg("file", shown(path)), error)
}

/// Adds why the system refused something: a word the wording knows, and what the system itself says of it.
pub(crate) fn because(said: Diagnostic, error: &std::io::Error) -> Diagnostic {
    said.arg("why", why(error)).arg("reason", error.to_string())
}

fn why(error: &std::io::Error) -> &'static str {
    // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION: Windows, where Excel holds the file.
    let is_held = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    match error.kind() {
        _ if is_held => "held",
        ErrorKind::PermissionDenied => "denied",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "full",
        ErrorKind::ReadOnlyFilesystem => "read-only",
        _ => "other",
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_run_left_goes_and_what_another_one_writes_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let output = |name: &str| Output { path: folder.path().join(name), bytes: b"new".to_vec() };
        let long_ago = std::time::SystemTime::now() - Duration::from_secs(3600);
        let staged = |name: &str| {
            let staged = stage(&output(name)).expect("the folder takes files");
            staged.as_file().set_modified(long_ago).expect("a time of our own file");
            staged
        };
        let names = || {
            let entries = std::fs::read_dir(folder.path()).expect("the folder");
            let mut names: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
            names.sort();
            names
        };
        // A killed process lets go of its lock and leaves the file.
        let (_, left) = staged("表.xlsx").keep().expect("the file stays");
        let (_, of_another) = staged("別の表.xlsx").keep().expect("the file stays");
        let in_use = staged("表.xlsx");
        assert!(!left.exists(), "the second run takes the first one's away");
        let next = staged("表.xlsx");
        let mut expected = vec![of_another, in_use.path().to_owned(), next.path().to_owned()];
        expected.sort();
        assert_eq!(names(), expected);
    }
}
