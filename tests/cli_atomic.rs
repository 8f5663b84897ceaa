//! Files are written whole or not at all: killed at any moment, without room, over links and protected files.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn secref(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_secref"));
    command.args(["--lang", "en", "--today", "2026-04-01"]).args(args);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn said(args: &[&str]) -> (i32, String) {
    let output = secref(args).stderr(Stdio::piped()).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn named(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn write(&self, name: &str, content: &str) -> String {
        std::fs::write(self.path(name), content).unwrap();
        self.named(name)
    }

    /// The files left that nobody asked for.
    fn leftovers(&self) -> Vec<String> {
        let names = std::fs::read_dir(self.folder.path()).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.starts_with(".secref-")).collect()
    }
}

/// Answers to so many items, as a CSV.
fn answers(items: usize, response: &str) -> String {
    let rows = (1..=items).map(|number| format!("実{number},対応済,{response}{number}\r\n"));
    format!("項番,自己評価,対応内容\r\n{}", rows.collect::<String>())
}

#[test]
fn killed_at_any_moment_the_target_is_the_old_file_or_the_new_one() {
    let desk = Desk::new();
    let input = desk.write("new.csv", &answers(3_000, "見直した手順書のとおり"));
    let old = answers(3_000, "去年の回答");
    let target = desk.named("target.json");
    let args = ["merge", &input, "-o", &target, "--force"];
    desk.write("target.json", &old);
    let began = Instant::now();
    assert!(secref(&args).status().unwrap().success());
    let whole = began.elapsed();
    let new = std::fs::read(&target).unwrap();
    let mut olds = 0;
    for step in 0..24u32 {
        desk.write("target.json", &old);
        let mut child = secref(&args).spawn().unwrap();
        // Half of the kills fall into the last fifth of the run, where the writing is.
        let share = if step % 2 == 0 { f64::from(step) / 24.0 } else { 0.8 + f64::from(step) / 100.0 };
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        let _ = child.kill();
        child.wait().unwrap();
        let found = std::fs::read(&target).unwrap();
        assert!(found == new || found == old.as_bytes(), "{} bytes after {share}", found.len());
        olds += usize::from(found == old.as_bytes());
    }
    println!("{olds} of 24 runs were killed before the new file stood");
    assert!(olds > 0, "no run was killed in time to prove anything");
}

#[cfg(unix)]
#[test]
fn without_room_the_old_file_stays_and_nothing_is_left_behind() {
    let desk = Desk::new();
    let input = desk.write("new.csv", &answers(500, "長い回答"));
    let old = desk.write("target.json", "古い");
    // A file may grow to 4 KiB; the signal for more is ignored, so that writing fails as on a full disk.
    let script = "ulimit -f 8; trap '' XFSZ; exec \"$@\"";
    let output = Command::new("sh")
        .args([
            "-c",
            script,
            "sh",
            env!("CARGO_BIN_EXE_secref"),
            "--lang",
            "en",
            "merge",
            &input,
            "-o",
            &old,
            "--force",
        ])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"), "{output:?}");
    assert_eq!(std::fs::read_to_string(&old).unwrap(), "古い");
    assert_eq!(desk.leftovers(), Vec::<String>::new());
}

#[test]
fn an_input_is_never_written_by_whatever_name_or_link() {
    let desk = Desk::new();
    let input = desk.write("answers.csv", &answers(3, "回答"));
    let before = std::fs::read(&input).unwrap();
    let hard = desk.path("hard.csv");
    std::fs::hard_link(&input, &hard).unwrap();
    let mut names = vec![hard, desk.path("./x/../answers.csv")];
    std::fs::create_dir(desk.path("x")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&input, desk.path("soft.csv")).unwrap();
        names.push(desk.path("soft.csv"));
    }
    for name in names {
        let (status, message) = said(&["merge", &input, "-o", &name.display().to_string(), "--force"]);
        assert_eq!(status, 2);
        assert!(message.contains("is the input") || message.contains("same file"), "{message}");
        assert!(std::fs::read(&input).unwrap() == before);
    }
}

#[test]
fn a_read_only_target_is_left_alone_also_by_force() {
    let desk = Desk::new();
    let input = desk.write("answers.csv", &answers(3, "回答"));
    let target = desk.write("target.json", "提出済");
    let mut permissions = std::fs::metadata(&target).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&target, permissions).unwrap();
    let (status, message) = said(&["merge", &input, "-o", &target, "--force"]);
    assert_eq!(status, 2);
    assert!(message.contains("read-only"), "{message}");
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "提出済");
}

#[test]
fn force_says_first_which_answers_would_be_lost() {
    let desk = Desk::new();
    let input = desk.write("answers.csv", &answers(3, "去年の回答"));
    let target = desk.named("answers.xlsx");
    assert_eq!(said(&["merge", &input, "-o", &target]).0, 0);
    let (_, again) = said(&["merge", &input, "-o", &target, "--force"]);
    assert!(!again.contains("loses"), "{again}");
    // Somebody works in the file, then it is made again.
    let edited = answers(3, "去年の回答").replace("去年の回答2", "今年の回答").replace("実3,対応済", "実3,一部対応");
    let edited = desk.write("edited.csv", &edited);
    assert_eq!(said(&["merge", &edited, "-o", &target, "--force"]).0, 0);
    let (status, message) = said(&["merge", &input, "-o", &target, "--force"]);
    assert_eq!(status, 0);
    assert!(message.contains("loses what 2 answers say there\n") && message.contains("`実2`, `実3`"), "{message}");
    let warned = message.find("loses").unwrap();
    assert!(warned < message.find("wrote").unwrap(), "said before it is done: {message}");
}

#[test]
fn a_review_leaves_every_file_that_was_edited_the_index_page_too() {
    let desk = Desk::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let sample = |name: &str| root.join(name).display().to_string();
    let (old, new, folder) = (sample("reference-v9.xlsx"), sample("reference-v9r.xlsx"), desk.named("review"));
    assert_eq!(said(&["review", &old, &new, "-o", &folder]).0, 0);
    let page = desk.path("review/index.html");
    let edited = std::fs::read_to_string(&page).unwrap().replace("</body>", "<p>部長へ: 3月中に</p></body>");
    std::fs::write(&page, &edited).unwrap();
    let (status, message) = said(&["review", &old, &new, "-o", &folder, "--force"]);
    assert_eq!(status, 1, "{message}");
    assert!(message.contains("index.html"), "{message}");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), edited);
}
