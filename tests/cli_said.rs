//! What the command says unasked: choices it made, and what a reader would otherwise believe wrongly.
#![allow(clippy::unwrap_used, reason = "tests, helpers included")]

mod command;

use command::{ANSWERS, NEW, OLD, folder, path, secref};

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
fn commands_that_write_nothing_do_not_say_that_an_answer_was_kept() {
    for command in ["check", "status"] {
        let ran = secref(&[command, NEW, ANSWERS, "--lang", "ja"]);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(said.contains("`実60` はこの版では欠番のため、回答を旧回答として扱います"), "{command}: {said}");
    }
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

/// What command lines that are not understood are told, one under the other.
fn refused(lang: &str, lines: &[&str]) -> String {
    let mut said = String::new();
    for line in lines {
        let ran = secref(&line.split(' ').chain(["--lang", lang]).collect::<Vec<_>>());
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{line}: {}", ran.stderr);
        said += &format!("$ secref {line}\n{}", ran.stderr);
    }
    said
}

/// One line of every kind of misunderstanding.
const NOT_UNDERSTOOD: [&str; 22] = [
    "dif OLD NEW",
    "templates lst",
    "templates frob",
    "--strict",
    "diff OLD NEW --formt html",
    "diff OLD NEW -x",
    "diff OLD NEW --into BOOK",
    "diff OLD NEW THIRD",
    "review OLD",
    "fill",
    "fill REFERENCE -o OUT --overwrite",
    "diff OLD NEW --sides new-odl",
    "diff OLD NEW --force=yes",
    "diff OLD NEW --stat --name-only",
    "fill ANSWERS --verify RECEIPT --into BOOK -o OUT",
    "diff OLD NEW --align id --align id",
    "check REFERENCE --today 4/1",
    "diff OLD NEW --old-header-row 一",
    "convert REFERENCE --header-row 0",
    "convert REFERENCE --limit-rows 99999999999",
    "diff OLD NEW --context -1",
    "convert REFERENCE --field 項番",
];

#[test]
fn a_command_line_that_is_not_understood_is_explained() {
    insta::assert_snapshot!(refused("en", &NOT_UNDERSTOOD), @r"
    $ secref dif OLD NEW
    error: `secref` has no command `dif`
      hint: did you mean `diff`? `secref --help` lists all commands
    $ secref templates lst
    error: `secref templates` has no command `lst`
      hint: did you mean `list`? `secref templates --help` lists all commands
    $ secref templates frob
    error: `secref templates` has no command `frob`
      hint: `secref templates --help` lists the commands
    $ secref --strict
    error: `secref` needs a command after it
      commands: `review`, `convert`, `check`, `diff`, `answer-sheet`, `merge`, `fill`, `carry`, `status`, `templates`, `textconv`, `git-setup`, `schema`, `completions`, `man`, `help`
      hint: `secref --help` says what each does
    $ secref diff OLD NEW --formt html
    error: `secref diff` has no flag `--formt`
      hint: did you mean `--format`? `secref diff --help` lists all flags
    $ secref diff OLD NEW -x
    error: `secref diff` has no flag `-x`
      hint: `secref diff --help` lists its flags
    $ secref diff OLD NEW --into BOOK
    error: `secref diff` has no flag `--into`
      commands that have it: `secref fill`
      hint: `secref diff --help` lists the flags it has
    $ secref diff OLD NEW THIRD
    error: `THIRD` is one argument more than `secref diff` takes
      usage: secref diff [OPTIONS] <OLD> [NEW]
      hint: put a name that holds spaces into quotes; `secref diff --help` explains every argument
    $ secref review OLD
    error: `secref review` lacks `--output <DIR>`, `NEW`
      usage: secref review [OPTIONS] --output <DIR> <OLD> <NEW>
      hint: `secref review --help` explains every argument
    $ secref fill
    error: `secref fill` lacks `REFERENCE | --verify <RECEIPT>`
      usage: secref fill [OPTIONS] <REFERENCE|--verify <RECEIPT>> [ANSWERS]...
      hint: `secref fill --help` explains every argument
    $ secref fill REFERENCE -o OUT --overwrite
    error: `secref fill` lacks `--into <WORKBOOK>`
      usage: secref fill [OPTIONS] <REFERENCE|--verify <RECEIPT>> [ANSWERS]...
      hint: `secref fill --help` explains every argument
    $ secref diff OLD NEW --sides new-odl
    error: `new-odl` is not a value of `--sides <SIDES>`
      allowed: `old-new`, `new-old`
      hint: did you mean `new-old`? `secref diff --help` says what each means
    $ secref diff OLD NEW --force=yes
    error: `--force` takes no value, and `yes` was given
      hint: give the flag alone; `secref diff --help` explains it
    $ secref diff OLD NEW --stat --name-only
    error: `--stat` cannot be used together with `--name-only`
      hint: leave one of them out; `secref diff --help` explains them
    $ secref fill ANSWERS --verify RECEIPT --into BOOK -o OUT
    error: `REFERENCE` cannot be used together with `--verify <RECEIPT>`
      hint: leave one of them out; `secref fill --help` explains them
    $ secref diff OLD NEW --align id --align id
    error: `--align <ALIGN>` is given twice
      hint: give it once; `secref diff --help` says which flags may be given several times
    $ secref check REFERENCE --today 4/1
    error: `4/1` is not a date, as `--today <DATE>` takes it
      hint: write it with a full year, as 2026-04-01 or 2026/4/1; see `secref check --help`
    $ secref diff OLD NEW --old-header-row 一
    error: `一` is not a whole number, as `--old-header-row <N>` takes it
      hint: write digits only, without a sign or commas; see `secref diff --help`
    $ secref convert REFERENCE --header-row 0
    error: `0` is not a row number, as `--header-row <N>` takes it: rows are counted from 1
      hint: give the number Excel shows left of the row; see `secref convert --help`
    $ secref convert REFERENCE --limit-rows 99999999999
    error: `99999999999` is too large for `--limit-rows <N>`
      hint: give a smaller number; see `secref convert --help`
    $ secref diff OLD NEW --context -1
    error: `-1` is not a whole number, as `--context <N>` takes it
      hint: write digits only, without a sign or commas; see `secref diff --help`
    $ secref convert REFERENCE --field 項番
    error: `項番` is not of the form that `--field <KEY=HEADER>` takes
      hint: join the two parts by `=` without spaces around it; see `secref convert --help`
    ");
}

#[test]
fn a_command_line_that_is_not_understood_is_explained_in_japanese() {
    insta::assert_snapshot!(refused("ja", &NOT_UNDERSTOOD), @r"
    $ secref dif OLD NEW
    エラー：`secref` に `dif` というコマンドはありません
      対処：`diff` のことですか。使えるコマンドは `secref --help` で確認できます
    $ secref templates lst
    エラー：`secref templates` に `lst` というコマンドはありません
      対処：`list` のことですか。使えるコマンドは `secref templates --help` で確認できます
    $ secref templates frob
    エラー：`secref templates` に `frob` というコマンドはありません
      対処：使えるコマンドは `secref templates --help` で確認できます
    $ secref --strict
    エラー：`secref` の後にコマンドが指定されていません
      使えるコマンド：`review`、`convert`、`check`、`diff`、`answer-sheet`、`merge`、`fill`、`carry`、`status`、`templates`、`textconv`、`git-setup`、`schema`、`completions`、`man`、`help`
      対処：それぞれの説明は `secref --help` にあります
    $ secref diff OLD NEW --formt html
    エラー：`secref diff` に `--formt` というオプションはありません
      対処：`--format` のことですか。使えるオプションは `secref diff --help` で確認できます
    $ secref diff OLD NEW -x
    エラー：`secref diff` に `-x` というオプションはありません
      対処：使えるオプションは `secref diff --help` で確認できます
    $ secref diff OLD NEW --into BOOK
    エラー：`secref diff` に `--into` というオプションはありません
      このオプションがあるコマンド：`secref fill`
      対処：使えるオプションは `secref diff --help` で確認できます
    $ secref diff OLD NEW THIRD
    エラー：引数 `THIRD` は余分です。`secref diff` はこれ以上の引数を取りません
      使い方：secref diff [OPTIONS] <OLD> [NEW]
      対処：空白を含むファイル名は引用符で囲んでください。引数の説明は `secref diff --help` にあります
    $ secref review OLD
    エラー：`secref review` に必要な`--output <DIR>`、`NEW` が指定されていません
      使い方：secref review [OPTIONS] --output <DIR> <OLD> <NEW>
      対処：引数の説明は `secref review --help` にあります
    $ secref fill
    エラー：`secref fill` に必要な`REFERENCE | --verify <RECEIPT>` が指定されていません
      使い方：secref fill [OPTIONS] <REFERENCE|--verify <RECEIPT>> [ANSWERS]...
      対処：引数の説明は `secref fill --help` にあります
    $ secref fill REFERENCE -o OUT --overwrite
    エラー：`secref fill` に必要な`--into <WORKBOOK>` が指定されていません
      使い方：secref fill [OPTIONS] <REFERENCE|--verify <RECEIPT>> [ANSWERS]...
      対処：引数の説明は `secref fill --help` にあります
    $ secref diff OLD NEW --sides new-odl
    エラー：`new-odl` は `--sides <SIDES>` に指定できない値です
      指定できるもの：`old-new`、`new-old`
      対処：`new-old` のことですか。それぞれの意味は `secref diff --help` にあります
    $ secref diff OLD NEW --force=yes
    エラー：`--force` は値を取りませんが、`yes` が指定されています
      対処：値を付けずに指定してください。説明は `secref diff --help` にあります
    $ secref diff OLD NEW --stat --name-only
    エラー：`--stat` は `--name-only` と同時に指定できません
      対処：どちらかを外してください。説明は `secref diff --help` にあります
    $ secref fill ANSWERS --verify RECEIPT --into BOOK -o OUT
    エラー：`REFERENCE` は `--verify <RECEIPT>` と同時に指定できません
      対処：どちらかを外してください。説明は `secref fill --help` にあります
    $ secref diff OLD NEW --align id --align id
    エラー：`--align <ALIGN>` が2度指定されています
      対処：一度だけ指定してください。繰り返せるオプションは `secref diff --help` で確認できます
    $ secref check REFERENCE --today 4/1
    エラー：`--today <DATE>` の値 `4/1` を日付として読めません
      対処：2026-04-01や2026/4/1のように、4桁の年から書いてください（`secref check --help` も参照）
    $ secref diff OLD NEW --old-header-row 一
    エラー：`--old-header-row <N>` の値 `一` は整数ではありません
      対処：符号やコンマを付けず、半角の数字だけで書いてください（`secref diff --help` も参照）
    $ secref convert REFERENCE --header-row 0
    エラー：`--header-row <N>` の値 `0` は行番号ではありません。行は1から数えます
      対処：Excelの左端に出る行番号を指定してください（`secref convert --help` も参照）
    $ secref convert REFERENCE --limit-rows 99999999999
    エラー：`--limit-rows <N>` の値 `99999999999` は大きすぎます
      対処：もっと小さい数を指定してください（`secref convert --help` も参照）
    $ secref diff OLD NEW --context -1
    エラー：`--context <N>` の値 `-1` は整数ではありません
      対処：符号やコンマを付けず、半角の数字だけで書いてください（`secref diff --help` も参照）
    $ secref convert REFERENCE --field 項番
    エラー：`--field <KEY=HEADER>` の値 `項番` は決まった形になっていません
      対処：名前と値を、前後に空白を入れずに `=` でつないでください（`secref convert --help` も参照）
    ");
}

#[test]
fn a_flag_without_its_value_is_told_the_values() {
    let ran = secref(&["--lang", "ja", "diff", OLD, NEW, "--align"]);
    insta::assert_snapshot!(ran.stderr, @r"
    エラー：`--align <ALIGN>` の値が指定されていません
      指定できるもの：`auto`、`id`
      対処：指定できる値は `secref diff --help` にあります
    ");
    assert_eq!(ran.status, 2);
}

#[test]
fn the_day_may_be_written_as_people_write_it() {
    for day in ["2026-04-01", "2026/4/1", "2026年4月1日", "令和8年4月1日"] {
        let ran = secref(&["check", OLD, "--today", day]);
        assert_eq!(ran.status, 0, "{day}: {}", ran.stderr);
    }
}

#[test]
fn help_and_version_go_to_standard_output() {
    for args in [&["--help"][..], &["--version"], &["diff", "-h"], &["templates", "new", "--help"]] {
        let ran = secref(args);
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""), "{args:?}");
        assert!(!ran.stdout.is_empty(), "{args:?}");
    }
}

#[test]
fn a_flag_without_effect_is_said_and_counts_under_strict() {
    let folder = folder();
    let sheet = path(&folder, "sheet.csv");
    let ran = secref(&["answer-sheet", OLD, "-o", &sheet, "--protect", "--strict"]);
    assert_eq!(ran.status, 1, "{}", ran.stderr);
    let said = "warning: `--protect` has no effect here\n  it is for outputs in xlsx, and none is written\n";
    assert!(ran.stderr.starts_with(said), "{}", ran.stderr);
    let catalog = path(&folder, "catalog.json");
    secref(&["convert", OLD, "-o", &catalog]);
    let ran = secref(&["convert", &catalog, "--sheet", "x", "--header-row", "2"]);
    let said = "warning: this is a catalog, which is read as it is; of no effect: `--sheet`, `--header-row`\n";
    assert!(ran.stderr.starts_with(said), "{}", ran.stderr);
    // Flags for both sides are for the side that needs them.
    let ran = secref(&["diff", &catalog, NEW, "--sheet", "リファレンス", "--stat"]);
    assert!(!ran.stderr.contains("no effect"), "{}", ran.stderr);
}

#[test]
fn files_in_the_wrong_order_are_told_apart() {
    let ran = secref(&["status", ANSWERS, OLD]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("warning: this file holds answers, and it is read as a reference\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("error: this file is a reference, and answers are wanted here\n"), "{}", ran.stderr);
    let later = "warning: the old edition given is 第9版改訂, which is later than the new one, 第9版\n";
    let folder = folder();
    let (review, carried) = (path(&folder, "review"), path(&folder, "carried.csv"));
    let commands: [&[&str]; 3] = [
        &["diff", NEW, OLD, "--stat"],
        &["review", NEW, OLD, "-o", &review],
        &["carry", ANSWERS, "--from", NEW, "--to", OLD, "-o", &carried],
    ];
    for args in commands {
        let ran = secref(args);
        assert_eq!(ran.stderr.matches(later).count(), 1, "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn standard_input_stands_for_one_file() {
    let ran = secref(&["diff", "-", "-"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.starts_with("error: `-` is given for two files"), "{}", ran.stderr);
}

#[test]
fn a_piped_text_is_not_wrapped_unless_asked_for() {
    let widest = |ran: &str| ran.lines().map(|line| line.chars().count()).max().unwrap();
    let ran = secref(&["diff", OLD, NEW]);
    assert!(widest(&ran.stdout) > 100, "{}", ran.stdout);
    let narrow =
        assert_cmd::Command::cargo_bin("secref").unwrap().env("COLUMNS", "60").args(["diff", OLD, NEW]).output();
    let narrow = String::from_utf8(narrow.unwrap().stdout).unwrap();
    assert!(widest(&narrow) <= 60, "{narrow}");
}

#[test]
fn a_folder_in_place_of_a_file_is_called_one() {
    let ran = secref(&["convert", "samples"]);
    assert_eq!(ran.status, 2);
    assert_eq!(ran.stderr, "error: `samples` is a folder\n  hint: give the name of a file in it\n");
}

#[test]
fn a_changed_document_is_shown_whole() {
    let ran = secref(&["diff", OLD, NEW, "--stat"]);
    let line = ran.stdout.lines().find(|line| line.contains("document 09")).unwrap();
    assert!(line.contains("<https://aozora-cloud.example/[-docs-]{+trust+}/ja-jp/09>"), "{line}");
}

#[test]
fn a_file_that_is_no_template_and_a_name_that_is_no_output_are_said() {
    let ran = secref(&["convert", NEW, "--template", NEW]);
    assert!(
        ran.stderr.starts_with("error: this file is no template: a template is a text in TOML\n"),
        "{}",
        ran.stderr
    );
    let ran = secref(&["convert", NEW, "-o", "catalog.xls"]);
    assert!(
        ran.stderr.contains("hint: workbooks are written as .xlsx; give it a name that ends so\n"),
        "{}",
        ran.stderr
    );
}

#[test]
fn colour_asked_for_holds_for_what_goes_to_standard_error_too() {
    for (color, is_coloured) in [("always", true), ("never", false), ("auto", false)] {
        let ran = secref(&["convert", "no-such.xlsx", "--color", color]);
        assert_eq!(ran.stderr.contains("\u{1b}[31merror"), is_coloured, "{color}: {}", ran.stderr);
    }
}
