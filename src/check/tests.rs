//! Findings on small references and answers made here; their wording is tested in `tests/check_words.rs`.

use std::sync::Arc;

use crate::address::{CellRef, SheetRange};
use crate::answers::{Answer, Answers, Applicability, Recheck, Status};
use crate::catalog::edition::{self, EditionFacts};
use crate::catalog::*;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::owned;

use super::Policy;

fn at(row: u32) -> SheetRange {
    SheetRange::new(&Arc::from("表"), CellRef::new(row, 0))
}

fn item(row: u32, id: &str, text: &str) -> Item {
    let value = (!text.is_empty()).then(|| FieldValue::new(owned(text), at(row)));
    Item {
        group: id.chars().next().map(|c| c.to_string().into()),
        values: vec![value],
        ..Item::new(ItemKey::of(id), Places::one(at(row)))
    }
}

fn fisc(ids: &[&str]) -> Catalog {
    Catalog {
        edition: Edition {
            framework: Some("fisc".to_owned()),
            version: Some("第9版改訂".to_owned()),
            ..Edition::default()
        },
        fields: vec![Field { key: "text".into(), label: "内容".to_owned() }],
        groups: vec![Group { id: "実".into(), title: None }],
        items: (1u32..).zip(ids).map(|(row, id)| item(row, id, "内容")).collect(),
        ..Catalog::default()
    }
}

/// Every finding as `severity code at: args`.
fn shown(findings: &[Diagnostic]) -> Vec<String> {
    let line = |finding: &Diagnostic| {
        let at: Vec<String> = finding.at.iter().map(ToString::to_string).collect();
        let args: Vec<String> = finding.args.iter().map(|(_, value)| serde_json::to_string(value).unwrap()).collect();
        format!("{:?} {} {}: {}", finding.severity, finding.code, at.join(","), args.join(" "))
    };
    findings.iter().map(line).collect()
}

fn check(catalog: &Catalog, edition: Option<&EditionFacts>, expected: &[&str]) {
    assert_eq!(shown(&super::catalog(catalog, edition)), expected);
}

fn facts(key: &str) -> EditionFacts {
    edition::fisc().into_iter().find(|edition| edition.key == key).unwrap()
}

#[test]
fn a_sound_reference_has_no_findings() {
    check(&fisc(&["実1", "実2", "実3"]), None, &[]);
    let mut other = fisc(&["AC-1", "AC-2", "AC-2(1)", "AC-2(2)", "AC-3"]);
    other.edition.framework = None;
    check(&other, None, &[]);
}

#[test]
fn counts_are_held_against_the_edition_and_only_warn() {
    let mut revised = facts("v9r");
    revised.counts.truncate(2);
    check(
        &fisc(&["実1", "実2", "運3"]),
        Some(&revised),
        &[
            "Warning group-count : 2 \"実\" \"実務基準\" 144 \"第9版改訂\"",
            "Note group-missing : \"統\" \"統制基準\" 26 \"第9版改訂\"",
        ],
    );
    let mut unexpected = fisc(&["実1", "運1"]);
    unexpected.groups.push(Group { id: "運".into(), title: None });
    revised.counts.clear();
    check(&unexpected, Some(&revised), &["Warning group-unexpected 表!A3: \"運\" \"第9版改訂\""]);
    let mut thirteenth = facts("v13");
    thirteenth.counts.truncate(1);
    check(
        &fisc(&["統4", "統5"]),
        Some(&thirteenth),
        &["Warning retired-in-use 表!A3: \"統5\" \"第13版\"", "Note group-count : 2 \"統\" \"統制基準\" 36 \"第13版\""],
    );
}

#[test]
fn missing_repeated_and_unordered_numbers_are_found() {
    check(
        &fisc(&["実1", "実2", "実5", "実6", "実7", "実8", "実9", "実10"]),
        None,
        &["Warning number-gap 表!A4: 2 \"実3\" \"実4\" \"実5\""],
    );
    check(&fisc(&["実1", "実2", "実2"]), None, &["Error id-twice 表!A3,表!A4: \"実2\" 2"]);
    check(&fisc(&["実1", "実3", "実2"]), None, &["Warning number-order 表!A4: 1 [\"実2\"]"]);
    check(&fisc(&["実14-1", "実14-2"]), None, &["Note branch-alone 表!A2: \"実14-1\" \"実14\""]);
    // Numbers are filled up with zeros as their neighbours are; days are no numbers.
    let mut csf = fisc(&["DE.AE-02", "DE.AE-03", "DE.AE-04", "DE.AE-06", "DE.AE-07", "DE.AE-08"]);
    csf.edition.framework = None;
    check(
        &csf,
        None,
        &[
            "Note number-gap 表!A2: 1 \"DE.AE-01\" \"DE.AE-01\" \"DE.AE-02\"",
            "Note number-gap 表!A5: 1 \"DE.AE-05\" \"DE.AE-05\" \"DE.AE-06\"",
        ],
    );
    check(&fisc(&["1974/5/1", "1974/5/2", "1974/5/3", "1974/5/5"]), None, &[]);
    // A vendor that answers a few numbers only leaves no gaps.
    check(&fisc(&["実1", "実40", "実90"]), None, &[]);
    check(&fisc(&["実108", "実109", "実110"]), None, &[]);
}

#[test]
fn a_number_known_as_retired_is_no_gap() {
    let ids = ["統1", "統2", "統3", "統4", "統6", "統7", "統8", "統9"];
    let mut thirteenth = facts("v13");
    thirteenth.counts.clear();
    check(&fisc(&ids), Some(&thirteenth), &[]);
    check(&fisc(&ids), None, &["Warning number-gap 表!A6: 1 \"統5\" \"統5\" \"統6\""]);
    let mut listed = fisc(&["統1", "統2", "統3", "統4", "統5", "統6"]);
    listed.items[4].status = ItemStatus::Retired;
    listed.items[4].values = vec![None];
    check(&listed, None, &[]);
}

#[test]
fn silent_items_and_error_values_are_found() {
    let mut catalog = fisc(&["実1", "実2"]);
    catalog.items[0].values = vec![None];
    catalog.items[1] = item(2, "実2", "#N/A");
    check(
        &catalog,
        None,
        &["Warning item-empty 表!A2: \"実1\"", "Warning value-is-error 表!A3: \"実2\" \"内容\" \"#N/A\""],
    );
}

#[test]
fn the_providers_word_must_be_there_and_known() {
    let mut catalog = fisc(&["実1", "実2", "実3", "実4"]);
    catalog.fields[0].key = key::CONFORMITY.into();
    let conformity = |text: &str| conformity::parse(text);
    for (item, word) in catalog.items.iter_mut().zip(["適合可能", "要相談", "対象外（設備）", ""]) {
        item.conformity = conformity(word);
        item.values = vec![(!word.is_empty()).then(|| FieldValue::new(owned(word), item.at[0].clone()))];
    }
    catalog.items[3].values = vec![None];
    let found = shown(&super::catalog(&catalog, None));
    assert_eq!(found[0], "Warning item-empty 表!A5: \"実4\"");
    assert_eq!(
        found[1..],
        ["Warning conformity-unknown 表!A3: \"実2\" \"要相談\"", "Warning conformity-missing 表!A5: \"実4\""]
    );
}

#[test]
fn blank_conformity_is_said_at_the_cell_its_neighbours_fill() {
    let mut catalog = fisc(&["実1", "実2"]);
    catalog.fields.push(Field { key: key::CONFORMITY.into(), label: "適合性".to_owned() });
    let cell = SheetRange::new(&Arc::from("表"), CellRef::new(1, 3));
    catalog.items[0].values.push(Some(FieldValue::new(owned("適合可能"), cell)));
    catalog.items[0].conformity = conformity::parse("適合可能");
    catalog.items[1].values.push(None);
    check(&catalog, None, &["Warning conformity-missing 表!D3: \"実2\""]);
}

#[test]
fn citations_are_held_against_their_own_list() {
    let mut catalog = fisc(&["実1"]);
    let entry = |number, title: &str, url: Option<&str>| Document {
        number,
        title: title.to_owned(),
        url: url.map(str::to_owned),
        status: if title == "欠番" { ItemStatus::Retired } else { ItemStatus::Active },
        at: Places::one(at(100 + number)),
    };
    catalog.documents = vec![
        entry(1, "白書", Some("https://example.com/a")),
        entry(2, "手引", Some("https://example.com/reliable-global-")),
        entry(2, "手引の二", None),
        entry(3, "欠番", None),
        entry(4, "", None),
    ];
    let cite = |list, number| Citation { list, number, at: at(1) };
    catalog.items[0].citations =
        vec![cite(List::Documents, 1), cite(List::Documents, 3), cite(List::Documents, 9), cite(List::Reports, 1)];
    check(
        &catalog,
        None,
        &[
            "Error citation-dangling 表!A2: \"04\" \"実1\" \"documents\" \"09\"",
            "Warning citation-retired 表!A2: \"実1\" \"documents\" \"03\"",
            "Warning url-malformed 表!A103: \"documents\" \"02\" \"https://example.com/reliable-global-\" \"broken\"",
            "Warning document-number-twice 表!A103: \"documents\" \"02\"",
            "Warning document-untitled 表!A105: \"documents\" \"04\"",
            "Note documents-uncited 表!A103,表!A105: \"documents\" 2 [\"02\",\"04\"]",
            "Note citations-without-list : \"reports\" 1",
        ],
    );
}

#[test]
fn what_reading_said_is_passed_through_and_not_said_twice() {
    let mut catalog = fisc(&["実1", "実2", "実2"]);
    catalog.diagnostics = vec![
        Diagnostic::warning("header-drift").at(at(0)),
        Diagnostic::error("id-twice").at(at(2)).arg("item", "実2").arg("count", 2usize),
    ];
    check(&catalog, None, &["Error id-twice 表!A3: \"実2\" 2", "Warning header-drift 表!A1: "]);
}

fn answered(id: &str, change: impl FnOnce(&mut Answer)) -> Answer {
    let mut answer = Answer::blank(ItemKey::of(id));
    answer.status = Some(Status::Done);
    answer.response = "実施している。".to_owned();
    answer.at = Some(at(id.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0)));
    change(&mut answer);
    answer
}

fn check_answers(answers: Vec<Answer>, policy: &str, expected: &[&str]) {
    let catalog = fisc(&["実1", "実2", "実3"]);
    let answers = Answers { answers, ..Answers::default() };
    let today = Some("2026-11-26".parse().unwrap());
    assert_eq!(shown(&super::answers(&catalog, &answers, &Policy::parse(policy).unwrap(), today)), expected);
}

#[test]
fn an_answer_must_be_of_an_item_and_only_one() {
    check_answers(
        vec![answered("実1", |_| {}), answered("実l1", |_| {}), answered("実1", |_| {})],
        "",
        &["Error answer-without-item 表!A2: \"実l1\" \"実1\"", "Error answer-given-twice 表!A2: \"実1\""],
    );
}

#[test]
fn exclusion_needs_a_reason_and_agreement() {
    let excluded = |answer: &mut Answer| {
        answer.status = Some(Status::Excluded);
        answer.applicability = Some(Applicability::Applicable);
    };
    check_answers(
        vec![
            answered("実1", excluded),
            answered("実2", |answer| answer.applicability = Some(Applicability::Excluded)),
            answered("実3", |answer| answer.exclusion_reason = "設備がない。".to_owned()),
        ],
        "",
        &[
            "Error exclusion-without-reason 表!A2: \"実1\"",
            "Error exclusion-without-reason 表!A3: \"実2\"",
            "Warning status-against-applicability 表!A2: \"実1\" \"適用\" \"対象外\"",
            "Warning status-against-applicability 表!A3: \"実2\" \"対象外\" \"対応済\"",
            "Warning reason-without-exclusion 表!A4: \"実3\"",
        ],
    );
}

#[test]
fn dates_go_forward_and_not_beyond_today() {
    check_answers(
        vec![
            answered("実1", |answer| {
                answer.answered_on = Some("2026-11-27".parse().unwrap());
                answer.approved_on = Some("2026-11-01".parse().unwrap());
            }),
            answered("実2", |answer| {
                answer.status = Some(Status::Planned);
                answer.due = Some("2026-11-25".parse().unwrap());
            }),
            answered("実3", |answer| answer.due = Some("2026-11-25".parse().unwrap())),
        ],
        "",
        &[
            "Warning date-in-future 表!A2: \"実1\" \"回答日\" \"answered_on\" \"2026-11-27\"",
            "Warning date-order 表!A2: \"実1\" \"承認日\" \"approved_on\" \"2026-11-01\" \"回答日\" \"answered_on\" \"2026-11-27\"",
            "Warning approval-without-approver 表!A2: \"実1\"",
            "Warning answer-overdue 表!A3: \"実2\" \"2026-11-25\"",
        ],
    );
}

#[test]
fn texts_that_no_cell_holds_are_found() {
    check_answers(
        vec![answered("実1", |answer| {
            answer.response = "あ".repeat(32_768);
            answer.evidence = vec!["規程\u{7}第3条".to_owned(), "https://example".to_owned()];
        })],
        "",
        &[
            "Error answer-over-long 表!A2: \"実1\" \"対応内容\" \"response\" 32768 32767",
            "Warning answer-control-character 表!A2: \"実1\" \"証跡\" \"evidence\" \"U+0007\"",
            "Warning answer-url-malformed 表!A2: \"実1\" \"証跡\" \"evidence\" \"https://example\" \"host\"",
        ],
    );
}

#[test]
fn references_lead_to_an_answer_and_in_no_circle() {
    let to = |ids: &[&str]| -> Vec<Arc<str>> { ids.iter().map(|&id| id.into()).collect() };
    check_answers(
        vec![
            answered("実1", |answer| answer.refers_to = to(&["実2"])),
            answered("実2", |answer| answer.refers_to = to(&["実1", "実9", "実3"])),
            Answer::blank(ItemKey::of("実3")),
        ],
        "",
        &[
            "Error refers-to-circular 表!A2: \"実1\" \"実1 → 実2 → 実1\"",
            "Warning refers-to-unknown 表!A3: \"実2\" \"実9\"",
            "Warning refers-to-unanswered 表!A3: \"実2\" \"実3\"",
        ],
    );
    check_answers(
        vec![
            answered("実1", |answer| answer.refers_to = to(&["実1"])),
            answered("実2", |answer| answer.refers_to = to(&["実1"])),
        ],
        "",
        &["Error refers-to-circular 表!A2: \"実1\" \"実1 → 実1\""],
    );
}

#[test]
fn a_policy_asks_for_what_an_institution_wants() {
    check_answers(
        vec![
            answered("実1", |answer| answer.owner = "山田".to_owned()),
            answered("実2", |answer| {
                answer.status = Some(Status::Open);
                answer.approver = "佐藤".to_owned();
                answer.owner = "佐藤 ".to_owned();
            }),
            Answer::blank(ItemKey::of("実3")),
        ],
        "evidence-when-done,owner,due-when-open,no-blanks,four-eyes",
        &[
            "Error answer-required 表!A2: \"実1\" \"証跡\" \"evidence\" \"done\"",
            "Error answer-required 表!A3: \"実2\" \"是正期限\" \"due\" \"open\"",
            "Error approver-is-owner 表!A3: \"実2\" \"佐藤\"",
            "Error items-unanswered : 1 [\"実3\"]",
        ],
    );
}

#[test]
fn what_is_left_open_is_said() {
    check_answers(
        vec![
            answered("実1", |answer| answer.recheck = Some(Recheck::Needed)),
            answered("実2", |answer| answer.answered_edition = "第9版".to_owned()),
            answered("実3", |answer| answer.answered_edition = "第９版改訂".to_owned()),
        ],
        "",
        &[
            "Warning recheck-open 表!A2: \"実1\" \"none\"",
            "Note answered-for-other-edition 表!A3: \"実2\" \"第9版\" \"第9版改訂\"",
        ],
    );
}

#[test]
fn a_long_chain_of_references_is_followed_without_end() {
    let mut answers = Vec::new();
    for number in 0..50_000u32 {
        answers.push(answered(&format!("実{number}"), |answer| {
            answer.refers_to = vec![format!("実{}", number + 1).into()]
        }));
    }
    let findings = super::references::findings(&fisc(&[]), &Answers { answers, ..Answers::default() });
    assert_eq!(findings.iter().filter(|finding| finding.severity == Severity::Error).count(), 0);
}
