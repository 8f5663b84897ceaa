//! The command line: wiring, exit status, and what it says when it cannot.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod command;

use std::path::{Path, PathBuf};

use command::{ANSWERS, NEW, OLD, Ran, folder, path, secref};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn review_into(folder: &str, more: &[&str]) -> Ran {
    secref(&[&["review", OLD, NEW, "--answers", ANSWERS, "-o", folder], more].concat())
}

#[test]
fn review_writes_every_deliverable_and_the_same_bytes_again() {
    let folder = folder();
    let (first, second) = (path(&folder, "first"), path(&folder, "second"));
    let ran = review_into(&first, &[]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let expected = [
        "answers.json",
        "answers.xlsx",
        "catalog-new.json",
        "catalog-old.json",
        "diff.html",
        "diff.json",
        "diff.xlsx",
        "index.html",
        "manifest.json",
        "self-check.xlsx",
    ];
    assert_eq!(names(Path::new(&first)), expected);
    review_into(&second, &[]);
    for name in expected {
        let read = |folder: &str| std::fs::read(Path::new(folder).join(name)).unwrap();
        assert!(read(&first) == read(&second), "{name} differs between two runs");
    }
}

#[test]
fn review_leaves_an_edited_file_alone_even_with_force() {
    let folder = folder();
    let target = path(&folder, "review");
    review_into(&target, &[]);
    assert_eq!(review_into(&target, &[]).status, 0, "nothing would change, so nothing is in the way");
    let edited = PathBuf::from(&target).join("diff.json");
    std::fs::write(&edited, "mine").unwrap();
    let ran = review_into(&target, &["--force"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("was edited since it was written"), "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(edited).unwrap(), "mine");
}

#[test]
fn a_catalog_json_gives_the_same_difference_as_its_workbook() {
    let folder = folder();
    let catalog = path(&folder, "old.json");
    assert_eq!(secref(&["convert", OLD, "-o", &catalog]).status, 0);
    let items = |old: &str| {
        let ran = secref(&["diff", old, NEW, "--format", "json"]);
        assert_eq!(ran.status, 1);
        let diff: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        (diff["summary"].clone(), diff["items"].clone(), diff["documents"].clone())
    };
    assert_eq!(items(OLD), items(&catalog));
    assert_eq!(secref(&["diff", OLD, &catalog]).status, 0, "a workbook and its catalog are the same");
}

#[test]
fn the_status_of_diff_is_that_of_diff_and_filters_do_not_change_it() {
    assert_eq!(secref(&["diff", OLD, OLD]).status, 0);
    assert_eq!(secref(&["diff", OLD, NEW]).status, 1);
    assert_eq!(secref(&["diff", OLD, NEW, "--only", "removed"]).status, 1);
    assert_eq!(secref(&["diff", OLD, NEW, "--exit-zero"]).status, 0);
}

#[test]
fn what_cannot_be_done_is_said_with_what_to_do_and_nothing_is_written() {
    let folder = folder();
    let there = path(&folder, "there.json");
    std::fs::write(&there, "{}").unwrap();
    let text = path(&folder, "text.xlsx");
    std::fs::write(&text, "<html><body>no workbook</body></html>").unwrap();
    let empty = path(&folder, "empty.xlsx");
    std::fs::write(&empty, "").unwrap();
    let nowhere = path(&folder, "nowhere/out.json");
    let cases: [(&[&str], &str); 8] = [
        (&["convert", "no-such-file.xlsx"], "error: `no-such-file.xlsx` does not exist"),
        (&["convert", OLD, "-o", &there], "exists already"),
        (&["convert", OLD, "-o", OLD, "--force"], "inputs are never written"),
        (&["convert", OLD, "-o", &nowhere], "does not exist"),
        (&["convert", OLD, "-o", "out.pdf"], "names no format"),
        (&["convert", OLD, "--template", "azure-fisk"], "did you mean `azure-fisc`?"),
        (&["convert", &text], "error: "),
        (&["convert", &empty], "error: "),
    ];
    let before = names(folder.path());
    for (args, said) in cases {
        let ran = secref(args);
        assert_eq!(ran.status, 2, "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains("hint: "), "{args:?}: {}", ran.stderr);
        assert!(ran.stdout.is_empty(), "{args:?}");
    }
    assert_eq!(names(folder.path()), before);
    assert_eq!(std::fs::read_to_string(there).unwrap(), "{}");
}

#[test]
fn a_fill_is_proved_by_its_receipt_until_a_file_changes() {
    let folder = folder();
    let vendor = path(&folder, "vendor.xlsx");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(OLD), &vendor).unwrap();
    let filled = path(&folder, "filled.xlsx");
    let ran = secref(&["fill", &vendor, ANSWERS, "--into", &vendor, "-o", &filled]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let receipt = format!("{filled}.receipt.json");
    let ran = secref(&["fill", "--verify", &receipt, "--lang", "en"]);
    assert_eq!(ran.status, 0);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[0], "unchanged  vendor.xlsx (the reference, the workbook to fill)");
    assert!(lines[1].ends_with("answers-v9.csv (answers)"), "{}", lines[1]);
    assert_eq!(lines[2..], ["unchanged  filled.xlsx (the workbook written)"]);
    let its_own = format!("hint: give `{receipt}`");
    for (workbook, hint) in [(&filled, its_own.as_str()), (&vendor, "hint: give the `.receipt.json` beside")] {
        let ran = secref(&["fill", "--verify", workbook, "--lang", "en"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
        assert!(ran.stderr.contains(hint), "{}", ran.stderr);
    }
    std::fs::write(&filled, "touched").unwrap();
    let ran = secref(&["fill", "--verify", &receipt]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("CHANGED    filled.xlsx"), "{}", ran.stdout);
}

#[test]
fn an_annotated_workbook_comes_with_the_list_of_all_findings() {
    let folder = folder();
    let ran = secref(&["check", NEW, ANSWERS, "-o", &path(&folder, "annotated.xlsx")]);
    assert_eq!(ran.status, 1);
    assert!(ran.stdout.contains("warnings, 1 note"), "{}", ran.stdout);
    assert_eq!(names(folder.path()), ["annotated.xlsx"]);
}

#[test]
fn answers_go_through_every_format_and_come_back() {
    let folder = folder();
    let status = |answers: &str| secref(&["status", OLD, answers, "--format", "json"]).stdout;
    let expected = status(ANSWERS);
    for name in ["a.xlsx", "a.csv", "a.yaml", "a.json"] {
        let target = path(&folder, name);
        let ran = secref(&["merge", ANSWERS, "--reference", OLD, "-o", &target]);
        assert_eq!(ran.status, 0, "{name}: {}", ran.stderr);
        assert_eq!(status(&target), expected, "{name}");
    }
}

#[test]
fn status_fails_only_on_what_is_named() {
    assert_eq!(secref(&["status", OLD, ANSWERS]).status, 0);
    assert_eq!(secref(&["status", OLD, ANSWERS, "--fail-on", "overdue"]).status, 1);
    assert_eq!(secref(&["status", OLD, ANSWERS, "--fail-on", "recheck"]).status, 0);
}

#[test]
fn every_schema_is_a_schema() {
    for format in ["catalog", "answers", "diff", "receipt", "review", "status"] {
        let ran = secref(&["schema", format]);
        let schema: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        assert!(jsonschema::validator_for(&schema).is_ok(), "{format}");
    }
}

#[test]
fn a_difference_that_makes_no_sense_is_refused_with_what_would_in_both_languages() {
    let cases: [(&[&str], &str, &str); 5] = [
        (&[OLD, ANSWERS], "--answers answers-v9.csv", "--answers answers-v9.csv"),
        (&[ANSWERS, NEW], "two answer files", "回答どうし"),
        (&[OLD], "the second file to compare is missing", "比べるもう1つのファイルがありません"),
        (&[OLD, NEW, "--marks"], "two files were given", "ファイルが2つ指定されています"),
        (&[OLD, "--marks"], "what was added cannot be told", "どこが改訂されたか分かりません"),
    ];
    for (args, english, japanese) in cases {
        for (lang, said) in [("en", english), ("ja", japanese)] {
            let ran = secref(&[&["diff", "--lang", lang], args].concat());
            assert_eq!(ran.status, 2, "{args:?}: {}", ran.stderr);
            assert!(ran.stderr.contains(said), "{args:?}: {}", ran.stderr);
            assert!(ran.stdout.is_empty(), "{args:?}");
        }
    }
}

#[test]
fn carried_answers_are_compared_with_the_old_ones_item_by_item() {
    let folder = folder();
    let carried = path(&folder, "carried.xlsx");
    assert_eq!(secref(&["carry", ANSWERS, "--from", OLD, "--to", NEW, "-o", &carried]).status, 0);
    let ran = secref(&["diff", ANSWERS, &carried, "--format", "json"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let diff: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(diff["columns"], serde_json::json!([]), "the reference's columns are no answers");
    let summary = |name: &str| diff["summary"][name].as_u64().unwrap();
    assert_eq!((summary("added"), summary("removed"), summary("retired")), (5, 0, 1));
}

#[test]
fn an_answer_sheet_of_carried_answers_keeps_those_on_numbers_that_are_gone() {
    let folder = folder();
    let carried = path(&folder, "carried.json");
    secref(&["carry", ANSWERS, "--from", OLD, "--to", NEW, "-o", &carried]);
    let retired = |name: &str| {
        let text = std::fs::read(name).unwrap();
        let answers: serde_json::Value = serde_json::from_slice(&text).unwrap();
        answers["retired"].as_array().map_or(0, Vec::len)
    };
    let (whole, part) = (path(&folder, "whole.json"), path(&folder, "part.json"));
    secref(&["answer-sheet", NEW, "--answers", &carried, "-o", &whole]);
    secref(&["answer-sheet", NEW, "--answers", &carried, "--only", "統", "-o", &part]);
    assert_eq!([&carried, &whole, &part].map(|name| retired(name)), [1, 1, 0]);
}

#[test]
fn every_flag_and_argument_has_its_help() {
    let commands = secref(&["--help"]).stdout;
    let names = commands.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap().lines();
    // A command's name stands two blanks in; the lines its description goes on with stand further in.
    let names = names.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    for name in names.filter(|name| *name != "help") {
        let help = secref(&[name, "--help"]).stdout;
        let mut lines = help.lines().peekable();
        while let Some(line) = lines.next() {
            if line.starts_with("  -") || line.starts_with("      --") || line.starts_with("  <") {
                let explained = line.contains("  Print") || lines.peek().is_some_and(|next| !next.trim().is_empty());
                assert!(explained, "{name}: {line}");
            }
        }
    }
}

#[test]
fn help_is_a_command_too() {
    assert_eq!(secref(&["help"]).stdout, secref(&["--help"]).stdout);
    for path in [&["diff"][..], &["templates"], &["templates", "new"]] {
        let (asked, flagged) = (secref(&[&["help"], path].concat()), secref(&[path, &["--help"]].concat()));
        assert_eq!((asked.status, &asked.stdout), (0, &flagged.stdout), "{path:?}: {}", asked.stderr);
    }
    let unknown = secref(&["help", "dif"]);
    let said =
        "error: `secref` has no command `dif`\n  hint: did you mean `diff`? `secref --help` lists all commands\n";
    assert_eq!((unknown.status, unknown.stderr.as_str()), (2, said));
}

#[test]
fn every_page_the_manual_points_at_is_in_it() {
    let manual = secref(&["man"]).stdout.replace("\\-", "-");
    let named: Vec<&str> = manual.lines().filter_map(|line| line.strip_suffix("(1)")).collect();
    assert!(named.contains(&"secref-templates-new"), "{named:?}");
    for name in named {
        assert!(manual.contains(&format!(".TH {name} 1 ")), "{name}");
    }
}

#[test]
fn the_receipt_names_the_older_edition_too() {
    let folder = folder();
    let filled = path(&folder, "filled.xlsx");
    let ran = secref(&["fill", NEW, ANSWERS, "--since", OLD, "-o", &filled]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let proof = secref(&["fill", "--verify", &(filled + ".receipt.json")]);
    assert!(proof.stdout.contains("reference-v9.xlsx (the older edition)\n"), "{}", proof.stdout);
}

#[test]
fn a_proposed_template_speaks_the_language_and_says_what_comes_next() {
    let folder = folder();
    let (table, template) = (path(&folder, "表.csv"), path(&folder, "表.toml"));
    std::fs::write(&table, "No,統制,証跡\nA-1,記録を残す,台帳\nA-2,鍵を替える,手順書\n").unwrap();
    let ran = secref(&["templates", "new", &table, "-o", &template, "--lang", "ja"]);
    assert!(ran.stderr.contains(&format!("--template \"{template}\"")), "{}", ran.stderr);
    let toml = std::fs::read_to_string(&template).unwrap();
    assert!(toml.starts_with("# 見出しから作った最初のテンプレートです。"), "{toml}");
    assert_eq!(secref(&["convert", &table, "--template", &template]).status, 0);
}
