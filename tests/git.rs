//! What `git-setup` prints, tried in a real repository. Passes with a printed note where there is no git or no shell.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    /// A repository set up by the lines `git-setup` prints, with both editions of the sample as its two commits.
    fn new() -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            println!("not run: no git");
            return None;
        }
        let repository = Self { folder: tempfile::tempdir().unwrap() };
        let setup = Command::new(binary()).arg("git-setup").output().unwrap();
        let setup = String::from_utf8(setup.stdout).unwrap();
        let attributes: Vec<&str> = setup.lines().filter(|line| line.starts_with('*')).collect();
        std::fs::create_dir_all(repository.path("repo")).unwrap();
        std::fs::write(repository.path("repo/.gitattributes"), attributes.join("\n")).unwrap();
        let config = setup.find("[diff").map(|start| &setup[start..]).unwrap();
        std::fs::write(repository.path("gitconfig"), config).unwrap();
        for args in [["config", "--global", "user.name", "n"], ["config", "--global", "user.email", "n@example.com"]] {
            repository.git(&args);
        }
        repository.git(&["init", "-q"]);
        for edition in ["reference-v9.xlsx", "reference-v9r.xlsx"] {
            let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(edition);
            std::fs::copy(sample, repository.path("repo/reference.xlsx")).unwrap();
            repository.git(&["add", "-A"]);
            repository.git(&["commit", "-qm", edition]);
        }
        Some(repository)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, program: &str) -> Command {
        let beside = binary().parent().unwrap().to_owned();
        let path = std::env::join_paths(
            std::iter::once(beside).chain(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())),
        );
        let mut command = Command::new(program);
        command
            .current_dir(self.path("repo"))
            .env("PATH", path.unwrap())
            .env("HOME", self.folder.path())
            .env("GIT_CONFIG_GLOBAL", self.path("gitconfig"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("SECREF_LANG", "ja")
            .env("LC_ALL", "C.UTF-8");
        command
    }

    fn git(&self, args: &[&str]) -> Output {
        let done = self.command("git").args(args).output().unwrap();
        assert!(done.status.success(), "git {args:?}: {done:?}");
        done
    }

    fn lines(&self, args: &[&str]) -> Vec<String> {
        String::from_utf8(self.git(args).stdout).unwrap().lines().map(str::to_owned).collect()
    }
}

fn binary() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_secref"))
}

#[test]
fn git_shows_the_lines_that_changed_under_the_number_of_their_item() {
    let Some(repository) = Repository::new() else { return };
    for args in [&["diff", "HEAD~1", "HEAD"][..], &["log", "-p", "-1", "--format="]] {
        let lines = repository.lines(args);
        assert!(lines.iter().any(|line| line.starts_with("@@ ") && line.ends_with("@@ 統3")), "{args:?}");
        let removed = lines.iter().filter(|line| line.starts_with('-') && !line.starts_with("---")).count();
        // 55 items differ; the name of the edition in the headings must not make every line differ.
        assert!((50..120).contains(&removed), "{removed}");
    }
    // The first commit brings the whole workbook.
    assert!(repository.lines(&["log", "-p", "--format=", "HEAD~1"]).contains(&"+[統1]".to_owned()));
}

#[test]
fn the_difftool_shows_editions_that_changed_came_and_went() {
    let Some(repository) = Repository::new() else { return };
    let tool = ["difftool", "-y", "-t", "secref"];
    let changed = repository.lines(&[&tool[..], &["HEAD~1", "HEAD", "--", "reference.xlsx"]].concat());
    assert!(changed.iter().any(|line| line.starts_with("統3")), "{changed:?}");
    repository.git(&["rm", "-q", "reference.xlsx"]);
    let gone = repository.lines(&[&tool[..], &["HEAD", "--", "reference.xlsx"]].concat());
    assert!(gone.iter().any(|line| line.starts_with("統1  削除") || line.starts_with("統1  removed")), "{gone:?}");
}

/// A workbook that cannot be read used to end `git log -p` with "fatal: unable to read files to diff".
#[test]
fn workbooks_that_cannot_be_read_are_a_line_and_no_end() {
    let Some(repository) = Repository::new() else { return };
    let unreadable = ["empty.xlsx", "broken.xlsx", "page.xls"];
    std::fs::write(repository.path("repo/empty.xlsx"), "").unwrap();
    std::fs::write(repository.path("repo/broken.xlsx"), "PK\u{3}\u{4}no zip").unwrap();
    std::fs::write(repository.path("repo/page.xls"), "<html><body>no workbook</body></html>").unwrap();
    repository.git(&["add", "-A"]);
    repository.git(&["commit", "-qm", "unreadable"]);
    let lines = repository.lines(&["log", "-p", "--format="]);
    let said =
        lines.iter().filter(|line| line.starts_with("+（表として読めません: ") || line.starts_with("+(cannot be read"));
    assert_eq!(said.count(), unreadable.len() - 1, "an empty file is no text at all: {lines:#?}");
    assert!(lines.contains(&"+[統1]".to_owned()), "the commits behind it are shown");
}
