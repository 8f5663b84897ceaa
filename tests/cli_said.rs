//! What the command says unasked: choices it made, and what a reader would otherwise believe wrongly.
#![allow(clippy::unwrap_used, reason = "tests, helpers included")]

mod command;

use command::secref;

const OLD: &str = "samples/reference-v9.xlsx";
const NEW: &str = "samples/reference-v9r.xlsx";
const ANSWERS: &str = "samples/answers-v9.csv";

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

#[test]
fn answers_to_another_edition_are_said_once_and_refused_only_under_strict() {
    let folder = folder();
    let (filled, carried) = (path(&folder, "filled.xlsx"), path(&folder, "carried.xlsx"));
    let commands: [&[&str]; 4] = [
        &["status", NEW, ANSWERS],
        &["check", NEW, ANSWERS],
        &["fill", NEW, ANSWERS, "-o", &filled],
        &["carry", ANSWERS, "--from", NEW, "--to", OLD, "-o", &carried],
    ];
    for args in commands {
        let ran = secref(args);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        let warning = "warning: these answers are for 第9版, and the reference is 第9版改訂\n  --> answers-v9.csv\n";
        assert_eq!(said.matches(warning).count(), 1, "{args:?}: {said}");
        assert_ne!(ran.status, 2, "{args:?}");
    }
    let strict = secref(&["status", NEW, ANSWERS, "--strict"]);
    assert_eq!((strict.status, strict.stdout.as_str()), (2, ""), "{}", strict.stderr);
    let japanese = secref(&["status", NEW, ANSWERS, "--lang", "ja"]);
    assert!(
        japanese.stderr.contains("この回答は第9版に対するものですが、リファレンスは第9版改訂です"),
        "{}",
        japanese.stderr
    );
    assert!(!secref(&["status", OLD, ANSWERS]).stderr.contains("these answers are for"));
}

#[test]
fn carried_answers_fit_the_edition_they_were_carried_to() {
    let folder = folder();
    for name in ["carried.csv", "carried.xlsx", "carried.json"] {
        let carried = path(&folder, name);
        assert_eq!(secref(&["carry", ANSWERS, "--from", OLD, "--to", NEW, "-o", &carried]).status, 0);
        let ran = secref(&["status", NEW, &carried]);
        assert!(!ran.stderr.contains("these answers are for"), "{name}: {}", ran.stderr);
    }
}

#[test]
fn a_workbook_of_another_edition_is_said_and_its_retired_rows_are_left_alone() {
    let folder = folder();
    let filled = path(&folder, "filled.xlsx");
    let ran = secref(&["fill", OLD, ANSWERS, "--into", NEW, "-o", &filled]);
    assert_eq!(ran.status, 1, "an answer was skipped");
    assert!(ran.stderr.contains("warning: the workbook is 第9版改訂, and the reference is 第9版\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("item 実60 is retired (欠番) in the workbook"), "{}", ran.stderr);
    let receipt: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(filled + ".receipt.json").unwrap()).unwrap();
    let cells = receipt["cells"].as_array().unwrap();
    assert!(!cells.is_empty() && cells.iter().all(|cell| cell["item"] != "実60"));
}

#[test]
fn a_mistyped_column_stops_the_comparison() {
    let ran = secref(&["diff", OLD, NEW, "--only-field", "customer_acton"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("hint: did you mean `customer_action`?"), "{}", ran.stderr);
    let heading = secref(&["diff", OLD, NEW, "--only-field", "FISC安全対策基準への適合性", "--only", "changed"]);
    assert!(heading.stdout.contains("実55"), "{}{}", heading.stdout, heading.stderr);
}

#[test]
fn a_row_of_the_crosswalk_that_is_not_understood_is_said_at_its_cell() {
    let folder = folder();
    let (crosswalk, carried) = (path(&folder, "moves.csv"), path(&folder, "carried.json"));
    std::fs::write(&crosswalk, "old_id,new_id,relation\n実60,実144,sam\n統999,統1,same\n").unwrap();
    let ran = secref(&["carry", ANSWERS, "--from", OLD, "--to", NEW, "--crosswalk", &crosswalk, "-o", &carried]);
    assert_eq!(ran.status, 1, "rows were left out: {}", ran.stderr);
    assert!(ran.stderr.contains("relation `sam` of the crosswalk is not known"), "{}", ran.stderr);
    assert!(ran.stderr.contains("--> moves.csv, C2\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("`same`, `split`, `merged`, `removed`, `added`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("--> moves.csv, A3:C3\n"), "{}", ran.stderr);
}

#[test]
fn what_prefer_decides_is_said_by_every_command_and_kept_by_fill() {
    let folder = folder();
    let (second, filled) = (path(&folder, "second.csv"), path(&folder, "filled.xlsx"));
    std::fs::write(&second, "項番,自己評価\n統1,未対応\n").unwrap();
    let (carried, review) = (path(&folder, "carried.xlsx"), path(&folder, "review"));
    let prefer = ["--prefer", "last"];
    let commands: [&[&str]; 5] = [
        &["status", OLD, ANSWERS, &second],
        &["fill", OLD, ANSWERS, &second, "-o", &filled],
        &["carry", ANSWERS, &second, "--from", OLD, "--to", NEW, "-o", &carried],
        &["review", OLD, NEW, "--answers", ANSWERS, "--answers", &second, "-o", &review],
        &["merge", ANSWERS, &second],
    ];
    for args in commands {
        let ran = secref(&[args, &prefer].concat());
        assert_eq!(ran.status, 0, "{args:?}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("warning: 1 conflict was decided by `--prefer`\n  `統1 自己評価`\n"),
            "{args:?}: {}",
            ran.stderr
        );
    }
    let receipt: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(filled + ".receipt.json").unwrap()).unwrap();
    let conflict = &receipt["conflicts"][0];
    assert_eq!([&conflict["item"], &conflict["field"], &conflict["kept"]], ["統1", "status", "未対応"]);
    assert!(conflict["from"].as_str().unwrap().starts_with("answers-v9.csv, "), "{conflict}");
}

/// The debug build refuses to word a message without its facts; this says so of what a reader gets in the end.
#[test]
fn no_receipt_holds_a_placeholder() {
    let folder = folder();
    for (number, append) in [(0, "none"), (1, "status"), (2, "status,response")] {
        for lang in ["en", "ja"] {
            let filled = path(&folder, &format!("{number}{lang}.xlsx"));
            let args = ["fill", OLD, ANSWERS, "--into", OLD, "--append", append, "-o", &filled, "--lang", lang];
            let ran = secref(&args);
            let receipt = std::fs::read_to_string(filled + ".receipt.json").unwrap();
            assert!(receipt.contains("answer-column-missing"), "{append}: {}", ran.stderr);
            for text in [&receipt, &ran.stderr] {
                assert!(!text.contains("{$") && !text.contains("{ $"), "{append}: {text}");
            }
        }
    }
}

#[test]
fn titles_are_taken_from_a_column_of_any_usual_name() {
    let folder = folder();
    for (number, heading) in ["標題", "題名", "わが社の呼び名", "小項目"].iter().enumerate() {
        let (titles, sheet) = (path(&folder, &format!("{number}.csv")), path(&folder, &format!("{number}.xlsx")));
        std::fs::write(&titles, format!("項番,{heading}\n統1,方針の策定\n統2,規程の整備\n")).unwrap();
        let ran = secref(&["answer-sheet", NEW, "--titles", &titles, "-o", &sheet]);
        assert_eq!(ran.status, 0, "{heading}: {}", ran.stderr);
        assert!(!ran.stderr.contains("templates new"), "{heading}: {}", ran.stderr);
    }
    let (titles, sheet) = (path(&folder, "two.csv"), path(&folder, "two.xlsx"));
    std::fs::write(&titles, "項番,甲,乙\n統1,方針,あ\n統2,規程,い\n").unwrap();
    let ran = secref(&["answer-sheet", NEW, "--titles", &titles, "-o", &sheet]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("the table has no column with titles"), "{}", ran.stderr);
}

#[test]
fn a_cover_takes_the_keys_it_has_and_no_others() {
    let folder = folder();
    let filled = path(&folder, "filled.xlsx");
    let ran = secref(&["fill", OLD, ANSWERS, "-o", &filled, "--cover", "instituton=みずうみ銀行"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("hint: did you mean `institution`?"), "{}", ran.stderr);
    let ran =
        secref(&["fill", OLD, ANSWERS, "-o", &filled, "--cover", "機関名=みずうみ銀行", "--cover", "service=照会"]);
    assert_eq!(ran.status, 0, "{}", ran.stderr);
}

#[test]
fn check_and_convert_say_what_they_read() {
    let counts = "第9版改訂, template fisc-generic: 308 items, 1 retired\n  統 26 of 26  実 144 of 144  設 137 of 137";
    let checked = secref(&["check", NEW]);
    assert!(checked.stdout.starts_with(counts), "{}", checked.stdout);
    assert!(checked.stdout.contains("\n  creator: "), "what goes out with the file: {}", checked.stdout);
    let converted = secref(&["convert", NEW, "--format", "md"]);
    assert!(converted.stderr.contains(counts), "{}", converted.stderr);
}

#[test]
fn what_is_asked_to_be_shown_holds_for_files_too() {
    let folder = folder();
    let list = path(&folder, "added.csv");
    let ran = secref(&["diff", OLD, NEW, "--group", "統", "--only", "added", "-o", &list]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("the files hold "), "{}", ran.stderr);
    let text = std::fs::read_to_string(list).unwrap();
    assert!(text.contains(",統26,統,") && !text.contains(",実60,") && !text.contains(",統5,"), "{text}");
}
