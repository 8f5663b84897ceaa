//! Every spelling of an item number that real references were seen to have, and what it must be read as.

use super::*;
use crate::address::SheetRange;
use crate::catalog::edition;

/// What is expected of a cell, written as one short text:
/// the ids joined by a blank, `-` for a blank cell, `no` for no id, `error: code perhaps` for an error;
/// then `+ code` for every notice and `+ retired`, `+ new`, `+ changed`, `+ part ①`.
fn shown(parsed: &ParsedId) -> String {
    let mut out = match &parsed.outcome {
        Outcome::One(id) => id.to_string(),
        Outcome::Several(ids) => ids.join(" "),
        Outcome::Blank => "-".to_owned(),
        Outcome::NotAnId => "no".to_owned(),
        Outcome::Error(_) => "error:".to_owned(),
    };
    let at = SheetRange::new(&Arc::from(""), crate::address::CellRef::new(0, 0));
    for diagnostic in parsed.diagnostics("x", &at) {
        if let Outcome::Error(error) = &parsed.outcome {
            let perhaps = match error {
                IdError::Date { perhaps } => perhaps.clone().unwrap_or_default(),
                IdError::LooksLike { perhaps } | IdError::Nearly { perhaps } => perhaps.clone(),
                _ => String::new(),
            };
            out.push_str(format!(" {} {perhaps}", diagnostic.code).trim_end());
        } else if parsed.outcome_is_list() && diagnostic.code == "id-expanded" {
            continue;
        } else {
            out.push_str(&format!(" + {}", diagnostic.code));
        }
    }
    if parsed.retired {
        out.push_str(" + retired");
    }
    if let Some(marker) = &parsed.marker {
        out.push_str(if marker.kind == MarkKind::Added { " + new" } else { " + changed" });
    }
    if let Some(part) = &parsed.part {
        out.push_str(&format!(" + part {part}"));
    }
    out
}

impl ParsedId {
    fn outcome_is_list(&self) -> bool {
        matches!(self.outcome, Outcome::Several(_))
    }
}

/// Cells without anything known around them.
const BARE: &[(&str, &str)] = &[
    ("統1", "統1"),
    ("統１", "統1"),
    ("統 1", "統1"),
    ("統　1", "統1"),
    ("｢統1｣", "統1"),
    ("【統1】", "統1"),
    ("(統1)", "統1"),
    ("統1.", "統1"),
    ("統1：", "統1"),
    ("統01", "統1"),
    ("統001", "統1"),
    ("No.統1", "統1"),
    ("№統1", "統1"),
    ("統\u{200B}1\u{FEFF}", "統1"),
    ("統\u{A0}1\n", "統1"),
    ("統制1", "統1"),
    ("統制基準1", "統1"),
    ("統制基準 １", "統1"),
    ("統制-1", "統1"),
    ("統－1", "統1"),
    ("統-1", "統1"),
    ("統_1", "統1"),
    ("統制基準第1項", "統1"),
    ("FISC 統1", "統1"),
    ("実1", "実1"),
    ("実 1", "実1"),
    ("実務1", "実1"),
    ("実務基準１", "実1"),
    ("実務基準 1", "実1"),
    ("設1", "設1"),
    ("設備1", "設1"),
    ("設備基準1", "設1"),
    ("監1", "監1"),
    ("監査1", "監1"),
    ("監査基準1", "監1"),
    ("監", "no"),
    ("技28", "技28"),
    ("技術28", "技28"),
    ("運108", "運108"),
    ("運用108", "運108"),
    ("運用基準108", "運108"),
    ("108", "108 + id-group-unknown"),
    ("実14-1", "実14-1"),
    ("実14－1", "実14-1"),
    ("実１４−１", "実14-1"),
    ("実14‐1", "実14-1"),
    ("実14–1", "実14-1"),
    ("実14—1", "実14-1"),
    ("実14ー1", "実14-1"),
    ("実14ｰ1", "実14-1"),
    ("実 14 - 1", "実14-1"),
    ("実14の1", "実14-1 + id-branch-spelling"),
    ("実14(1)", "実14-1 + id-branch-spelling"),
    ("実14（１）", "実14-1 + id-branch-spelling"),
    ("実14.1", "実14-1 + id-branch-spelling"),
    ("統1 ✏️", "統1 + changed"),
    ("統1-1 🆕", "統1-1 + new"),
    ("統1*", "統1 + changed"),
    ("統1※", "統1 + changed"),
    ("統1(改)", "統1 + changed"),
    ("統1改", "統1 + changed"),
    ("統1【新設】", "統1 + new"),
    ("★統1", "統1 + changed"),
    ("実25～28", "実25 実26 実27 実28"),
    ("実25〜実28", "実25 実26 実27 実28"),
    ("実25~28", "実25 実26 実27 実28"),
    ("実25-実28", "実25 実26 実27 実28"),
    ("設2〜設5", "設2 設3 設4 設5"),
    ("実1～実3、実5", "実1 実2 実3 実5"),
    ("統5-1〜5-5", "統5-1 統5-2 統5-3 統5-4 統5-5"),
    ("統5-1〜統5-3", "統5-1 統5-2 統5-3"),
    ("統5-1〜5", "統5-1 統5-2 統5-3 統5-4 統5-5"),
    ("統4-1/2", "統4-1 統4-2"),
    ("実1、2、5", "実1 実2 実5"),
    ("実1,2", "実1 実2"),
    ("実1・2", "実1 実2"),
    ("実1及び実2", "実1 実2"),
    ("実1/実2", "実1 実2"),
    ("実1/2", "実1 実2"),
    ("実1\n実2", "実1 実2"),
    ("実1、設2", "実1 設2"),
    ("統1-3", "統1-3 + id-branch-or-range"),
    ("実1-19", "実1-19 + id-branch-or-range"),
    ("実75-101", "実75-101 + id-branch-or-range"),
    ("実28～25", "error: id-range-unclear"),
    ("実1～設5", "error: id-range-unclear"),
    ("実1～実4-2", "error: id-range-unclear"),
    ("実1～999", "error: id-range-too-long"),
    ("2020/14/1", "error: id-date"),
    ("2020/1/14", "error: id-date 1-14"),
    ("2020-01-14", "error: id-date 1-14"),
    ("45292", "error: id-date"),
    ("45292.0", "error: id-date"),
    ("1月14日", "error: id-date 1-14"),
    ("2020年1月14日", "error: id-date 1-14"),
    ("Jan-14", "error: id-date"),
    ("14-Jan", "error: id-date"),
    ("1/14", "error: id-date 1-14"),
    ("統制基準１項目", "no"),
    ("144項目", "no"),
    ("実務基準（144項目）", "no"),
    ("統1対応策は実4と同じ", "no"),
    ("実１l", "error: id-looks-like 実11"),
    ("実O1", "error: id-looks-like 実1"),
    ("実l4", "error: id-looks-like 実14"),
    ("実14-l", "error: id-looks-like 実14-1"),
    ("統6?", "error: id-nearly 統6"),
    ("実?14", "error: id-nearly 実14"),
    ("設3!", "error: id-nearly 設3"),
    ("統?", "no"),
    ("統6????", "no"),
    ("欠番", "- + retired"),
    ("（欠番）", "- + retired"),
    ("統5（欠番）", "統5 + retired"),
    ("統5 欠番", "統5 + retired"),
    ("実111（欠番/予備）", "実111 + retired"),
    ("－", "- + retired"),
    ("", "-"),
    (" \u{3000}\n", "-"),
    ("統一基準", "no"),
    ("統一基準群1", "no"),
    ("実績1", "no"),
    ("設計1", "no"),
    ("設定1", "no"),
    ("監視1", "no"),
    ("運転1", "no"),
    ("実1-1-1", "no"),
    ("実1①", "実1 + part ①"),
    ("実1²", "実1"),
    ("①", "no"),
    ("AC-2(1)", "no"),
];

#[test]
fn every_spelling_is_read_without_anything_around_it() {
    for (text, expected) in BARE {
        assert_eq!(shown(&Scheme::Fisc.parse(text, &IdContext::default())), *expected, "{text:?}");
    }
}

#[test]
fn a_bare_number_takes_its_group_from_what_stands_around_it() {
    for (hint, text, kind, expected) in [
        ("運用基準", "108", CellKind::Number, "運108"),
        ("運用基準", "108.0", CellKind::Number, "運108"),
        ("実務基準", "1", CellKind::Text, "実1"),
        ("2.【実務】", "14-1", CellKind::Text, "実14-1"),
        ("■実務基準（144項目）", "１", CellKind::Text, "実1"),
        ("実務", "1月14日", CellKind::Text, "error: id-date 実1-14"),
        ("実", "2020-01-14", CellKind::Date, "error: id-date 実1-14"),
        ("Sheet1", "3", CellKind::Number, "3 + id-group-unknown"),
    ] {
        let context = IdContext { group_hints: &["適用", hint], kind, ..IdContext::default() };
        assert_eq!(shown(&Scheme::Fisc.parse(text, &context)), expected, "{text:?} under {hint}");
    }
    let nearest_first = IdContext { group_hints: &["設備基準", "実務基準"], ..IdContext::default() };
    assert_eq!(shown(&Scheme::Fisc.parse("7", &nearest_first)), "設7");
}

#[test]
fn the_edition_decides_what_a_number_may_be() {
    let editions = edition::fisc();
    for (key, text, previous, expected) in [
        ("v9r", "運108", None, "error: id-prefix-not-in-edition"),
        ("v9r", "技28", None, "error: id-prefix-not-in-edition"),
        ("v8", "運108", None, "運108"),
        ("v8", "統1", None, "error: id-prefix-not-in-edition"),
        ("v9r", "監", None, "監1 + id-number-supplied"),
        ("v9", "監査基準", None, "監1 + id-number-supplied"),
        ("v13", "監", None, "no"),
        ("v9r", "実14-1", None, "実14-1 + id-branch-unexpected"),
        ("v13", "実14-1", None, "実14-1"),
        ("v13", "統1-2", None, "統1-2"),
        ("v13", "統1-3", None, "統1-3 + id-branch-or-range"),
        ("v13", "統1-3", Some("統1-2"), "統1-3"),
        ("v13", "実1-19", Some("実1"), "実1-19 + id-branch-or-range"),
        ("v13", "欠番", Some("統4"), "統5 + id-retired-supplied + retired"),
    ] {
        let edition = editions.iter().find(|edition| edition.key == key);
        let context = IdContext { edition, previous, ..IdContext::default() };
        assert_eq!(shown(&Scheme::Fisc.parse(text, &context)), expected, "{text:?} in {key}");
    }
}

#[test]
fn headings_name_at_most_one_group() {
    for (heading, group) in [
        ("統制基準", Some("統")),
        ("1.統制", Some("統")),
        ("【実務】", Some("実")),
        ("■実務基準（144項目）", Some("実")),
        ("３．設備基準", Some("設")),
        ("監", Some("監")),
        ("技術基準", Some("技")),
        ("統制基準・実務基準", None),
        ("適用", None),
        ("本調査の運用について", None),
        ("Sheet1", None),
    ] {
        assert_eq!(Scheme::Fisc.group_in_heading(heading), group, "{heading}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_is_too_odd_to_be_answered(text in "\\PC{0,12}|[統実設監0-9〜、・/() の-]{0,14}") {
        for scheme in Scheme::ALL {
            let parsed = scheme.parse(&text, &IdContext::default());
            let is_list = parsed.outcome_is_list();
            proptest::prop_assert!(parsed.ids().iter().all(|id| !id.is_empty() && id.trim() == &**id));
            proptest::prop_assert!(!is_list || parsed.ids().len() > 1);
        }
    }

    #[test]
    fn a_canonical_id_reads_as_itself(group in "[統実設監運技]", number in 1u32..999, branch in proptest::option::of(1u32..20)) {
        let id = branch.map_or(format!("{group}{number}"), |branch| format!("{group}{number}-{branch}"));
        let parsed = Scheme::Fisc.parse(&id, &IdContext::default());
        proptest::prop_assert_eq!(parsed.ids(), &[Arc::from(id)]);
    }
}
