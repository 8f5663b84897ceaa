//! Laws of answers: every format says the same, nothing is dropped, what is written fits its schema.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

use std::sync::Arc;

use jsonschema::Validator;
use proptest::prelude::*;
use secref::answers::merge::{Prefer, merge};
use secref::answers::table::{self, TableOptions};
use secref::answers::{
    Answer, AnswerField, Answers, Applicability, CarriedFrom, CarryNote, CarryReason, Read, Recheck, Responsibility,
    Status, json, yaml,
};
use secref::assess::assess;
use secref::catalog::{Catalog, Edition, ItemKey};
use secref::import::{self, AnswerOptions};
use secref::workbook::ReadOptions;

/// Texts as people and machines write them, everything a format could trip over included.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "規程に定める。",
        "実4と同じ",
        "=1+1",
        "-",
        "- 箇条書き",
        "+81",
        "@here",
        "'",
        "''=",
        "\"",
        ",",
        "\n",
        "\r\n",
        " ",
        "\u{3000}",
        "#",
        "# 機関名: x",
        ": ",
        "- a: b",
        "null",
        "~",
        "true",
        "yes",
        "1.10",
        "0x1F",
        "2026-03-01",
        "|",
        ">",
        "&a",
        "*a",
        "!x",
        "%",
        "{",
        "}",
        "[",
        "]",
        "\\",
        "①㈱",
        "🆕✏️",
        "e\u{301}",
        "ﾃｽﾄ",
        "\u{A0}",
        "項番",
        "対象外",
        "...",
        "---",
    ]);
    prop::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
}

fn line() -> impl Strategy<Value = String> {
    text().prop_map(|text| text.replace(['\n', '\r'], " ").trim().to_owned())
}

fn date() -> impl Strategy<Value = Option<jiff::civil::Date>> {
    prop::option::of((1900i16..2100, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| jiff::civil::Date::new(y, m, d).unwrap()))
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Option<T>> {
    prop::option::of(prop::sample::select(all))
}

fn note() -> impl Strategy<Value = CarryNote> {
    let from = (prop::option::of(Just("第9版".to_owned())), "実[1-9]", prop::option::of("[A-C]{1,3}"));
    let from = from.prop_map(|(edition, id, sheet)| CarriedFrom {
        edition,
        key: ItemKey { sheet: sheet.map(Into::into), id: id.into() },
    });
    let reasons = prop::collection::vec(prop::sample::select(CarryReason::ALL), 1..3);
    (reasons, prop::collection::vec(from, 0..3), text(), text(), line(), line(), date()).prop_map(
        |(reasons, from, old_text, new_text, previous_reviewer, previous_approver, previous_approved_on)| CarryNote {
            reasons,
            from,
            old_text,
            new_text,
            previous_reviewer,
            previous_approver,
            previous_approved_on,
        },
    )
}

prop_compose! {
    fn answer(index: usize)(
        lists in (one_of(Responsibility::ALL), one_of(Applicability::ALL), one_of(Status::ALL), one_of(Recheck::ALL)),
        dates in (date(), date(), date(), date()),
        texts in prop::collection::vec(text(), 7),
        names in prop::collection::vec(line(), 5),
        evidence in prop::collection::vec(line(), 0..3),
        extra in prop::collection::vec((prop::sample::select(vec!["台帳番号", "備考", "No", "メモ欄", "区分"]), text()), 0..3),
        sheet in prop::option::of(prop::sample::select(vec!["Android", "iOS"])),
        carry in prop::option::of(note()),
    ) -> Answer {
        let mut answer = Answer::blank(ItemKey { sheet: sheet.map(Into::into), id: format!("実{}", index + 1).into() });
        (answer.responsibility, answer.applicability, answer.status, answer.recheck) = lists;
        (answer.due, answer.answered_on, answer.approved_on, answer.rechecked_on) = dates;
        let [response, scope, reason, gap, remarks, recheck_reason, changed] = texts.try_into().unwrap();
        (answer.response, answer.scope, answer.gap, answer.remarks) = (response, scope, gap, remarks);
        (answer.exclusion_reason, answer.recheck_reason, answer.changed_text) = (format!("理由{reason}"), recheck_reason, changed);
        let [department, owner, reviewer, approver, edition] = names.try_into().unwrap();
        (answer.department, answer.owner, answer.reviewer, answer.approver) = (department, owner, reviewer, approver);
        (answer.answered_edition, answer.evidence, answer.carry) = (edition, evidence, carry);
        for (heading, value) in extra {
            if !answer.extra.iter().any(|(known, _)| known == heading) {
                answer.extra.push((heading.to_owned(), value));
            }
        }
        answer
    }
}

fn answers() -> impl Strategy<Value = Answers> {
    let list = (0usize..5).prop_flat_map(|count| (0..count).map(answer).collect::<Vec<_>>());
    let retired = (0usize..2).prop_flat_map(|count| (0..count).map(answer).collect::<Vec<_>>());
    (list, retired, line(), prop::option::of(line())).prop_map(|(answers, retired, institution, version)| Answers {
        edition: Edition { version, ..Edition::default() },
        header: vec![("institution".to_owned(), institution)],
        answers,
        retired,
        conflicts: Vec::new(),
    })
}

/// What answers say, without where they were read from.
fn content(mut answers: Answers) -> Answers {
    for answer in answers.answers.iter_mut().chain(&mut answers.retired) {
        (answer.at, answer.file, answer.columns) = (None, None, None);
        // The flat form has one order of columns for all rows.
        answer.extra.sort();
    }
    answers
}

fn read_json(answers: &Answers) -> Answers {
    without_errors(json::from_json(json::to_json(answers).as_bytes()).unwrap())
}

fn read_table(text: &str, name: &str) -> Answers {
    let workbook = secref::workbook::read(text.as_bytes(), name, &ReadOptions::default()).unwrap();
    without_errors(import::answers(&workbook, &AnswerOptions::default()).unwrap())
}

fn without_errors(read: Read) -> Answers {
    let errors: Vec<_> =
        read.diagnostics.iter().filter(|d| d.severity == secref::diagnostic::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    read.answers
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_format_reads_back_what_was_written(made in answers()) {
        let first = read_json(&made);
        prop_assert_eq!(content(read_json(&first)), content(first.clone()), "json");
        let yaml = yaml::to_yaml(&first);
        prop_assert_eq!(content(without_errors(yaml::from_yaml(yaml.as_bytes()).unwrap())), content(first.clone()), "{}", yaml);

        let text = table::to_text(&first, &TableOptions::default());
        let mut back = read_table(&text, "answers.csv");
        back.retired = match table::retired_to_text(&first, &TableOptions::default()) {
            Some(text) => read_table(&text, "answers.retired.csv").answers,
            None => Vec::new(),
        };
        prop_assert_eq!(content(back), content(first), "{}", text);
    }

    #[test]
    fn what_is_written_fits_its_schema(made in answers()) {
        let schema = Validator::new(&json::schema()).unwrap();
        let value: serde_json::Value = serde_json::from_str(&json::to_json(&read_json(&made))).unwrap();
        let errors: Vec<String> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
        prop_assert!(errors.is_empty(), "{:?}", errors);
    }

    #[test]
    fn merging_loses_no_word(first in answers(), second in answers()) {
        let (mut first, mut second) = (read_json(&first), read_json(&second));
        (first.edition.version, second.edition.version) = (None, None);
        let merged = merge(vec![first.clone(), second.clone()], Some(Prefer::Last)).unwrap();
        for answer in first.answers.iter().chain(&second.answers) {
            for field in AnswerField::ALL {
                let text = answer.text(field);
                let is_kept = merged.get(&answer.key).is_some_and(|kept| kept.text(field) == text);
                let is_beside = merged.conflicts.iter().any(|c| c.key == answer.key && c.field == field.key() && c.other == text);
                prop_assert!(text.is_empty() || is_kept || is_beside, "{} {}", answer.key, text);
            }
        }
        prop_assert_eq!(content(merge(vec![merged.clone(), merged.clone()], None).unwrap()).answers, content(merged).answers);
    }

    #[test]
    fn broken_input_is_refused_and_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[\\PC\n]{0,80}") {
        for input in [&bytes[..], text.as_bytes()] {
            let _ = json::from_json(input);
            let _ = yaml::from_yaml(input);
            let _ = import::decisions(input);
            if let Ok(workbook) = secref::workbook::read(input, "answers.csv", &ReadOptions::default()) {
                let _ = import::answers(&workbook, &AnswerOptions::default());
            }
        }
        let csv = format!("項番,自己評価,是正期限,対応内容\n{text},{text},{text},{text}\n");
        let workbook = secref::workbook::read(csv.as_bytes(), "answers.csv", &ReadOptions::default()).unwrap();
        let _ = import::answers(&workbook, &AnswerOptions::default());
    }
}

#[test]
fn the_banks_sample_is_read_whole() {
    let bytes = std::fs::read("samples/answers-v9.csv").unwrap();
    let workbook = secref::workbook::read(&bytes, "answers-v9.csv", &ReadOptions::default()).unwrap();
    let read = import::answers(&workbook, &AnswerOptions::default()).unwrap();
    assert_eq!(read.answers.edition.version.as_deref(), Some("第9版"));
    assert_eq!(read.answers.header[0], ("institution".to_owned(), "みずうみ銀行".to_owned()));
    assert!(read.answers.answers.len() > 290, "{}", read.answers.answers.len());
    let pointing: Vec<Vec<Arc<str>>> =
        read.answers.answers.iter().filter(|a| !a.refers_to.is_empty()).map(|a| a.refers_to.clone()).collect();
    assert!(!pointing.is_empty());
    let errors: Vec<_> =
        read.diagnostics.iter().filter(|d| d.severity == secref::diagnostic::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn a_tab_separates_as_well_as_a_comma() {
    let made = read_table("項番,自己評価,対応内容\n実1,対応済,規程\n実2,未対応,=手順\n", "answers.csv");
    let text = table::to_text(&made, &TableOptions { separator: '\t', guard: false, bom: false });
    assert!(text.contains("実2\t\t\t\t未対応\t=手順"), "{text}");
    assert_eq!(content(read_table(&text, "answers.tsv")), content(made));
}

#[test]
fn yaml_keeps_ids_and_texts_that_look_like_something_else() {
    let text = "format: secref-answers\nformat_version: 1\nanswers:\n- id: 1.10\n  status: 対応済\n  due: 2026-03-01\n  \
                owner: no\n  evidence: 規程\n  response: |\n    一行目\n    二行目\n- id: 0012\n  remarks: 1e3\n";
    let read = yaml::from_yaml(text.as_bytes()).unwrap();
    assert_eq!(read.diagnostics, []);
    let [first, second] = &read.answers.answers[..] else { panic!("two answers") };
    assert_eq!((&*first.key.id, first.owner.as_str(), first.response.as_str()), ("1.10", "no", "一行目\n二行目"));
    assert_eq!(
        (first.text(AnswerField::Due).as_str(), first.evidence.as_slice()),
        ("2026-03-01", &["規程".to_owned()][..])
    );
    assert_eq!((&*second.key.id, second.remarks.as_str()), ("0012", "1e3"));
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut bomb = "format: secref-answers\nformat_version: 1\nheader: &a {x: lol}\n".to_owned();
    for level in 0..20 {
        bomb.push_str(&format!(
            "l{level}: &l{level} [{}]\n",
            vec![if level == 0 { "*a".to_owned() } else { format!("*l{}", level - 1) }; 10].join(",")
        ));
    }
    let failure = yaml::from_yaml(bomb.as_bytes()).unwrap_err();
    assert_eq!(failure.diagnostics[0].code, "answers-yaml-invalid");
}

#[test]
fn a_status_fits_its_schema() {
    let schema = Validator::new(&secref::render::json::status::schema()).unwrap();
    let assessment = assess(&Catalog::default(), &Answers::default(), "2026-04-01".parse().ok());
    let value: serde_json::Value = serde_json::from_str(&secref::render::json::status::to_json(&assessment)).unwrap();
    assert!(schema.is_valid(&value), "{value}");
}
