//! Every finding of `check` in full, in both languages, from a reference and answers that have them all.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

use std::collections::BTreeSet;

use secref::answers::{Answer, Answers, Applicability, Conflict, Recheck, Status};
use secref::catalog::{ItemKey, edition, json};
use secref::check::{self, Policy};
use secref::diagnostic::Diagnostic;
use secref::render::words::{Lang, Words};

const REFERENCE: &str = r##"{
  "format": "secref-catalog", "format_version": 1,
  "edition": {"framework": "fisc", "version": "第9版改訂"}, "source": {"sheets": ["実務"]},
  "fields": [{"key": "conformity", "label": "適合性"}, {"key": "public_documents", "label": "公開文書"}],
  "groups": [{"id": "実"}, {"id": "運"}],
  "items": [
    {"id": "実1", "raw_id": "実1", "group": "実", "status": "active", "at": ["実務!A2"], "fields": {
      "conformity": {"text": "要相談", "at": ["実務!B2"]},
      "public_documents": {"text": "01、04、09 https://example", "at": ["実務!C2"]}},
      "citations": [{"list": "documents", "number": 1, "at": ["実務!C2"]}, {"list": "documents", "number": 3, "at": ["実務!C2"]},
        {"list": "documents", "number": 9, "at": ["実務!C2"]}, {"list": "reports", "number": 1, "at": ["実務!D2"]}],
      "conformity": "要相談"},
    {"id": "実2", "raw_id": "実2", "group": "実", "status": "active", "at": ["実務!A3"], "fields": {
      "conformity": {"text": "#N/A", "at": ["実務!B3"]}}, "citations": []},
    {"id": "実2", "raw_id": "実２", "group": "実", "status": "active", "at": ["実務!A4"], "fields": {}, "citations": []},
    {"id": "実3", "raw_id": "実3", "group": "実", "status": "retired", "at": ["実務!A5"], "fields": {}, "citations": []},
    {"id": "実6", "raw_id": "実6", "group": "実", "status": "active", "at": ["実務!A6"], "fields": {
      "conformity": {"text": "対象外", "at": ["実務!B6"]}}, "citations": [], "conformity": "対象外"},
    {"id": "実8", "raw_id": "実8", "group": "実", "status": "active", "at": ["実務!A7"], "fields": {
      "conformity": {"text": "対象外", "at": ["実務!B7"]}}, "citations": [], "conformity": "対象外"},
    {"id": "実7", "raw_id": "実7", "group": "実", "status": "active", "at": ["実務!A8"], "fields": {
      "conformity": {"text": "対象外", "at": ["実務!B8"]}}, "citations": [], "conformity": "対象外"},
    {"id": "実9-1", "raw_id": "実9-1", "group": "実", "status": "active", "at": ["実務!A9"], "fields": {
      "conformity": {"text": "対象外", "at": ["実務!B9"]}}, "citations": [], "conformity": "対象外"},
    {"id": "運1", "raw_id": "運1", "group": "運", "status": "active", "at": ["実務!A10"], "fields": {
      "conformity": {"text": "対象外", "at": ["実務!B10"]}}, "citations": [], "conformity": "対象外"},
    {"id": "実10", "raw_id": "実10", "group": "実", "status": "active", "at": ["実務!A11"], "fields": {
      "conformity": {"text": "対象外", "at": ["実務!B11"]}}, "citations": [], "conformity": "対象外"},
    {"id": "実11", "raw_id": "実11", "group": "実", "status": "active", "at": ["実務!A12"], "fields": {
      "conformity": {"text": "対象外", "at": ["実務!B12"]}}, "citations": [], "conformity": "対象外"},
    {"id": "実12", "raw_id": "実12", "group": "実", "status": "active", "at": ["実務!A13"], "fields": {
      "conformity": {"text": "対象外", "at": ["実務!B13"]}}, "citations": [], "conformity": "対象外"}
  ],
  "documents": [
    {"number": 1, "title": "白書", "url": "htps://example.com", "status": "active", "at": ["文書!A2"]},
    {"number": 2, "title": "手引", "status": "active", "at": ["文書!A3"]},
    {"number": 2, "title": "手引の二", "status": "active", "at": ["文書!A4"]},
    {"number": 3, "status": "retired", "at": ["文書!A5"]},
    {"number": 4, "status": "active", "at": ["文書!A6"]}
  ],
  "reports": [], "bands": [], "notes": [], "diagnostics": []
}"##;

fn answer(id: &str, change: impl FnOnce(&mut Answer)) -> Answer {
    let mut answer = Answer::blank(ItemKey::of(id));
    answer.status = Some(Status::Done);
    answer.owner = "山田".to_owned();
    answer.at = Some("回答!A9".parse().unwrap());
    change(&mut answer);
    answer
}

fn answers() -> Answers {
    let date = |text: &str| Some(text.parse().unwrap());
    let all = vec![
        answer("実1", |answer| {
            answer.response = "あ".repeat(40_000);
            answer.evidence = vec!["規程\u{7}".to_owned(), "https://example".to_owned()];
            answer.answered_on = date("2026-12-01");
            answer.approved_on = date("2026-11-01");
            answer.recheck = Some(Recheck::Needed);
            answer.recheck_reason = "追記あり".to_owned();
        }),
        answer("実1", |answer| answer.exclusion_reason = "対象の設備がない。".to_owned()),
        answer("実2", |answer| {
            answer.applicability = Some(Applicability::Excluded);
            answer.recheck = Some(Recheck::Needed);
        }),
        answer("実3", |answer| answer.owner = String::new()),
        answer("実6", |answer| {
            answer.status = Some(Status::Planned);
            answer.due = date("2026-10-31");
            answer.answered_edition = "第9版".to_owned();
            answer.refers_to = vec!["実7".into(), "実99".into(), "実3".into(), "実8".into()];
        }),
        answer("実8", |answer| {
            answer.status = Some(Status::Excluded);
            answer.approver = "山田".to_owned();
            answer.refers_to = vec!["実6".into()];
        }),
        answer("実l2", |_| {}),
        answer("甲乙丙", |_| {}),
    ];
    let conflict = Conflict {
        key: ItemKey::of("実1"),
        field: "対応内容".to_owned(),
        kept: "実施".to_owned(),
        other: "未実施".to_owned(),
        from: "b.csv B3".to_owned(),
    };
    Answers { answers: all, conflicts: vec![conflict], ..Answers::default() }
}

fn findings() -> Vec<Diagnostic> {
    let catalog = json::from_json(REFERENCE).unwrap();
    let editions = edition::fisc();
    let mut revised = editions.iter().find(|edition| edition.key == "v9r").unwrap().clone();
    revised.retired = vec!["実6".to_owned()];
    let policy = "evidence-when-done,owner,gap-when-open,response-when-excluded,no-blanks,four-eyes";
    let policy = Policy::parse(policy).unwrap();
    let mut findings = check::catalog(&catalog, Some(&revised));
    findings.extend(check::answers(&catalog, &answers(), &policy, Some("2026-11-26".parse().unwrap())));
    findings.extend(Policy::parse("onwer,evidence-when-dun,xyz").unwrap_err().diagnostics);
    findings
}

/// Every part of a message on a line of its own, behind the place.
fn said(diagnostic: &Diagnostic, words: &Words) -> String {
    let message = words.diagnostic(diagnostic);
    let places: Vec<String> = diagnostic.at.iter().map(ToString::to_string).collect();
    let mut out = format!("{:?} {} {}\n  {}", diagnostic.severity, diagnostic.code, places.join(" "), message.headline);
    for part in [message.found, message.hint].into_iter().flatten() {
        out.push_str(&format!("\n    {part}"));
    }
    if let Some(message) = words.many(diagnostic, 2) {
        out.push_str(&format!("\n  {}\n    {}", message.headline, words.one_of_many(diagnostic)));
        message.hint.iter().for_each(|hint| out.push_str(&format!("\n    {hint}")));
    }
    out
}

fn all_said(lang: Lang) -> String {
    let words = Words::new(lang);
    findings().iter().map(|finding| said(finding, &words)).collect::<Vec<_>>().join("\n")
}

#[test]
fn findings_are_worded_in_japanese() {
    insta::assert_snapshot!(all_said(Lang::Ja));
}

#[test]
fn findings_are_worded_in_english() {
    insta::assert_snapshot!(all_said(Lang::En));
}

#[test]
fn every_message_of_the_area_is_shown_here() {
    let ftl = include_str!("../src/render/words/en/check.ftl");
    let names = ftl.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    let names = names.filter_map(|line| line.split_once(" =")).map(|(name, _)| name);
    let worded: BTreeSet<&str> = names.map(|name| name.strip_suffix("-many").unwrap_or(name)).collect();
    let found = findings();
    let codes: BTreeSet<&str> = found.iter().map(|finding| finding.code.as_ref()).collect();
    assert_eq!(codes, worded);
}
