//! Runs the command for the tests of its wiring.

use assert_cmd::Command;

pub(crate) const OLD: &str = "samples/reference-v9.xlsx";
pub(crate) const NEW: &str = "samples/reference-v9r.xlsx";
pub(crate) const ANSWERS: &str = "samples/answers-v9.csv";

/// How a run of the command ended, and what it said.
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A folder for what a test writes.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// The path of a file in it.
pub(crate) fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

/// Runs the command in English, in the project's root, on a fixed day.
pub(crate) fn secref(args: &[&str]) -> Ran {
    let output = Command::cargo_bin("secref")
        .unwrap()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("SOURCE_DATE_EPOCH")
        .env_remove("COLUMNS")
        .args(if args.contains(&"--today") { &[][..] } else { &["--today", "2020-04-01"] })
        .args(if args.contains(&"--lang") { &[][..] } else { &["--lang", "en"] })
        .args(args)
        .output()
        .unwrap();
    Ran {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
