//! What becomes of answers, difference by difference.

use super::*;
use crate::answers::{Answer, Recheck, Status};
use crate::catalog::{Edition, Item, ItemKey, Places, Source as CatalogSource};
use crate::diff::{
    ChangeSeverity, Evidence, FieldChangeKind, FieldDiff, Flags, ItemChange, ItemDiff, ItemSide, Segment, SegmentOp,
    Summary,
};
use crate::import::decisions::{Decision, ReviewState};

fn catalog(version: &str, ids: &[&str]) -> Catalog {
    let items = ids.iter().map(|&id| Item::new(ItemKey::of(id), Places::Many(Box::new([]))));
    let edition = Edition { version: Some(version.to_owned()), ..Edition::default() };
    Catalog { edition, items: items.collect(), ..Catalog::default() }
}

fn item(change: ItemChange, old: &str, new: &str) -> ItemDiff {
    let side = |id: &str| ItemSide { key: ItemKey::of(id), index: 0, title: None, at: Vec::new() };
    let both = !old.is_empty() && !new.is_empty();
    ItemDiff {
        change,
        flags: Flags { renumbered: both && old != new, ..Flags::default() },
        old: (!old.is_empty()).then(|| side(old)),
        new: (!new.is_empty()).then(|| side(new)),
        group: None,
        evidence: both.then_some(if old == new { Evidence::Id } else { Evidence::Text }),
        likeness: 1.0,
        fingerprint: format!("{old}>{new}"),
        severity: ChangeSeverity::None,
        fields: Vec::new(),
        citations_added: Vec::new(),
        citations_removed: Vec::new(),
        conformity: None,
        into: Vec::new(),
        from: Vec::new(),
    }
}

fn changed(old: &str, new: &str, kind: FieldChangeKind) -> ItemDiff {
    let segment = |op, text: &str| Segment { op, text: text.to_owned(), notation: false };
    let field = FieldDiff {
        key: "view".into(),
        label: "見解".to_owned(),
        is_customer_action: false,
        change: Some(kind),
        segments: vec![segment(SegmentOp::Equal, "規程に定める。"), segment(SegmentOp::Insert, "毎年見直す。")],
        marks: None,
        marked: Vec::new(),
        unmarked: Vec::new(),
        old_at: Vec::new(),
        new_at: Vec::new(),
    };
    ItemDiff { fields: vec![field], ..item(ItemChange::Changed, old, new) }
}

fn diff(items: Vec<ItemDiff>) -> Diff {
    Diff {
        old: Some((Edition::default(), CatalogSource::default())),
        new: (Edition::default(), CatalogSource::default()),
        summary: Summary::default(),
        groups: Vec::new(),
        columns: Vec::new(),
        items,
        documents: Vec::new(),
        marks: None,
        diagnostics: Vec::new(),
    }
}

fn answer(id: &str, response: &str) -> Answer {
    let mut answer = Answer::blank(ItemKey::of(id));
    answer.status = Some(Status::Done);
    answer.response = response.to_owned();
    answer.reviewer = "木下".to_owned();
    answer.approver = "久保".to_owned();
    answer.approved_on = jiff::civil::Date::new(2019, 4, 12).ok();
    answer.refers_to = crate::answers::refer::refers_to(&answer);
    answer
}

/// Carries answers from 第9版 to 第9版改訂 along the items' differences.
fn check(answers: Vec<Answer>, items: Vec<ItemDiff>, options: &CarryOptions) -> Carried {
    let ids = |side: fn(&ItemDiff) -> Option<&ItemSide>| {
        let mut ids: Vec<String> = items.iter().filter_map(side).map(|side| side.key.id.to_string()).collect();
        ids.dedup();
        ids
    };
    let old = catalog("第9版", &ids(|d| d.old.as_ref()).iter().map(String::as_str).collect::<Vec<_>>());
    let new = catalog("第9版改訂", &ids(|d| d.new.as_ref()).iter().map(String::as_str).collect::<Vec<_>>());
    let answers = Answers { edition: old.edition.clone(), answers, ..Answers::default() };
    let carried = carry(&answers, &old, &new, &diff(items), options).unwrap();
    let counts = &carried.counts;
    assert_eq!(counts.kept + counts.flagged + counts.retired, counts.answers);
    carried
}

fn reasons(answer: &Answer) -> Vec<&'static str> {
    answer.carry.iter().flat_map(|note| &note.reasons).map(|reason| reason.word()).collect()
}

#[test]
fn an_unchanged_item_keeps_its_answer_and_approval() {
    let items = vec![item(ItemChange::Unchanged, "実1", "実1"), item(ItemChange::Notation, "実2", "実2")];
    let carried = check(vec![answer("実1", "規程"), answer("実2", "手順")], items, &CarryOptions::default());
    let [same, notation] = &carried.answers.answers[..] else { panic!("two answers") };
    assert_eq!((reasons(same), reasons(notation)), (vec!["同一"], vec!["表記のみ"]));
    assert_eq!((same.recheck, same.approver.as_str(), same.answered_edition.as_str()), (None, "久保", "第9版改訂"));
    assert_eq!(same.carry.as_ref().unwrap().from[0].edition.as_deref(), Some("第9版"));
}

#[test]
fn a_changed_text_flags_the_answer_and_withdraws_its_approval() {
    let items = vec![changed("実1", "実1", FieldChangeKind::Appended), changed("実2", "実2", FieldChangeKind::Edited)];
    let carried = check(vec![answer("実1", "規程"), answer("実2", "手順")], items, &CarryOptions::default());
    let [appended, edited] = &carried.answers.answers[..] else { panic!("two answers") };
    assert_eq!((reasons(appended), reasons(edited)), (vec!["追記あり"], vec!["変更あり"]));
    assert_eq!(appended.recheck, Some(Recheck::Needed));
    assert_eq!(appended.changed_text, "【見解】規程に定める。{+毎年見直す。+}");
    assert_eq!(
        (appended.approver.as_str(), appended.approved_on, appended.answered_edition.as_str()),
        ("", None, "第9版")
    );
    let note = appended.carry.as_ref().unwrap();
    assert_eq!((note.previous_reviewer.as_str(), note.previous_approver.as_str()), ("木下", "久保"));
    assert_eq!(note.old_text, "【見解】\n規程に定める。");
    assert_eq!(note.new_text, "【見解】\n規程に定める。毎年見直す。");
    assert_eq!(carried.counts.flagged, 2);
}

#[test]
fn a_renumbered_item_takes_its_answer_along_and_a_crosswalk_spares_the_look() {
    let declared = ItemDiff { evidence: Some(Evidence::Declared), ..item(ItemChange::Unchanged, "実3", "実5") };
    let items = vec![item(ItemChange::Unchanged, "実1", "実4"), declared];
    let carried = check(vec![answer("実1", "規程"), answer("実3", "手順")], items, &CarryOptions::default());
    let [found, declared] = &carried.answers.answers[..] else { panic!("two answers") };
    assert_eq!((found.key.to_string(), found.recheck), ("実4".to_owned(), Some(Recheck::Needed)));
    assert_eq!((declared.key.to_string(), declared.recheck), ("実5".to_owned(), None));
    assert_eq!((reasons(declared), declared.approver.as_str()), (vec!["番号変更"], "久保"));
}

#[test]
fn a_split_copies_and_a_merge_joins() {
    let flags = |diff: ItemDiff, flags: Flags| ItemDiff { flags, ..diff };
    let split = Flags { split: true, ..Flags::default() };
    let merged = Flags { merged: true, ..Flags::default() };
    let items = vec![
        flags(changed("実1", "実1", FieldChangeKind::Shortened), split),
        flags(changed("実1", "実2", FieldChangeKind::Edited), Flags { renumbered: true, ..split }),
        flags(changed("実3", "実3", FieldChangeKind::Edited), merged),
        flags(changed("実4", "実3", FieldChangeKind::Edited), Flags { renumbered: true, ..merged }),
    ];
    let mut partial = answer("実4", "手順");
    partial.status = Some(Status::Partial);
    let carried = check(vec![answer("実1", "規程"), answer("実3", "台帳"), partial], items, &CarryOptions::default());
    let [first, second, joined] = &carried.answers.answers[..] else { panic!("three answers") };
    assert_eq!((first.response.as_str(), second.response.as_str()), ("規程", "規程"));
    assert_eq!(reasons(second), ["分割", "変更あり", "番号変更"]);
    assert_eq!(joined.response, "［実3］\n台帳\n［実4］\n手順");
    assert_eq!(joined.status, Some(Status::Partial));
    assert_eq!(joined.recheck_reason.lines().next(), Some("統合（実3：対応済、実4：一部対応）、変更あり、番号変更"));
    assert_eq!(joined.carry.as_ref().unwrap().from.len(), 2);
    assert_eq!((carried.counts.answers, carried.counts.flagged), (3, 3));
}

#[test]
fn nothing_is_dropped_and_new_items_come_blank() {
    let items = vec![
        item(ItemChange::Removed, "実1", ""),
        item(ItemChange::Retired, "実2", "実2"),
        item(ItemChange::Added, "", "実3"),
    ];
    let answers = vec![answer("実1", "規程"), answer("実2", "手順"), answer("実99", "台帳")];
    let carried = check(answers, items, &CarryOptions::default());
    let retired: Vec<String> = carried.answers.retired.iter().map(|answer| answer.key.to_string()).collect();
    assert_eq!(retired, ["実1", "実2", "実99"]);
    assert_eq!(reasons(&carried.answers.retired[0]), ["廃止/欠番"]);
    assert_eq!(carried.answers.retired[0].approver, "久保");
    let [new] = &carried.answers.answers[..] else { panic!("one new item") };
    assert!(new.is_blank());
    assert_eq!((reasons(new), carried.counts.new, carried.counts.retired), (vec!["新規"], 1, 3));
    assert_eq!(carried.diagnostics[0].code, "carry-answer-unknown");
}

#[test]
fn an_answer_that_points_at_a_changed_item_is_flagged_too() {
    let items = vec![
        item(ItemChange::Unchanged, "実1", "実1"),
        item(ItemChange::Unchanged, "実2", "実2"),
        changed("実4", "実4", FieldChangeKind::Edited),
    ];
    let answers = vec![answer("実1", "実4と同じ"), answer("実2", "実1と同じ"), answer("実4", "規程")];
    let carried = check(answers, items, &CarryOptions::default());
    let [first, second, _] = &carried.answers.answers[..] else { panic!("three answers") };
    assert_eq!((first.recheck, first.recheck_reason.as_str()), (Some(Recheck::Needed), "参照先変更（実4）"));
    assert_eq!(second.recheck_reason, "参照先変更（実1）");
    assert_eq!(first.response, "実4と同じ");
}

fn decision(fingerprint: &str, id: &str, state: ReviewState) -> Decision {
    let key = Some(ItemKey::of(id));
    Decision { old: key.clone(), new: key, fingerprint: fingerprint.to_owned(), state, note: "影響なし".to_owned() }
}

#[test]
fn only_an_ok_on_the_same_texts_clears_a_flag_and_no_approval_comes_back() {
    let items = || {
        vec![
            changed("実1", "実1", FieldChangeKind::Edited),
            changed("実2", "実2", FieldChangeKind::Edited),
            changed("実3", "実3", FieldChangeKind::Edited),
        ]
    };
    let options = CarryOptions {
        today: jiff::civil::Date::new(2020, 4, 1).ok(),
        decisions: Some(Decisions {
            decisions: vec![
                decision("実1>実1", "実1", ReviewState::Ok),
                decision("other", "実2", ReviewState::Ok),
                decision("実3>実3", "実3", ReviewState::Rework),
            ],
            diagnostics: Vec::new(),
        }),
    };
    let answers = vec![answer("実1", "規程"), answer("実2", "手順"), answer("実3", "台帳")];
    let carried = check(answers, items(), &options);
    let [ok, stale, rework] = &carried.answers.answers[..] else { panic!("three answers") };
    assert_eq!(
        (ok.recheck, ok.text(crate::answers::AnswerField::RecheckedOn).as_str()),
        (Some(Recheck::Done), "2020-04-01")
    );
    assert_eq!((ok.approver.as_str(), ok.answered_edition.as_str()), ("", "第9版改訂"));
    assert_eq!(ok.recheck_reason, "変更あり\n確認済: 影響なし");
    assert_eq!((stale.recheck, rework.recheck), (Some(Recheck::Needed), Some(Recheck::Needed)));
    assert_eq!(rework.recheck_reason, "変更あり\n要修正: 影響なし");
    assert_eq!((carried.counts.kept, carried.counts.cleared, carried.counts.flagged), (1, 1, 2));
    assert_eq!(carried.diagnostics.iter().map(|d| &*d.code).collect::<Vec<_>>(), ["decision-stale"]);
}

#[test]
fn a_second_carry_keeps_what_nobody_looked_at() {
    let first = check(
        vec![answer("実1", "規程")],
        vec![changed("実1", "実1", FieldChangeKind::Edited)],
        &CarryOptions::default(),
    );
    let second =
        check(first.answers.answers, vec![item(ItemChange::Unchanged, "実1", "実2")], &CarryOptions::default());
    let [again] = &second.answers.answers[..] else { panic!("one answer") };
    assert_eq!((again.recheck, again.answered_edition.as_str()), (Some(Recheck::Needed), "第9版"));
    assert_eq!(again.recheck_reason, "番号変更\n前回: 変更あり");
    assert_eq!(reasons(again), ["番号変更", "変更あり"]);
    assert_eq!(again.changed_text, "【見解】規程に定める。{+毎年見直す。+}");
    assert_eq!(again.carry.as_ref().unwrap().previous_approver, "久保");
    assert_eq!(second.counts.flagged, 1);
}

#[test]
fn an_unanswered_item_stays_unanswered() {
    let mut open = Answer::blank(ItemKey::of("実1"));
    open.department = "総務部".to_owned();
    let carried = check(vec![open], vec![changed("実1", "実1", FieldChangeKind::Edited)], &CarryOptions::default());
    assert_eq!((carried.answers.answers[0].recheck, carried.counts.kept), (None, 1));
    assert_eq!(reasons(&carried.answers.answers[0]), ["変更あり"]);
}

#[test]
fn the_answer_to_a_number_given_up_goes_where_its_matter_went() {
    let merged = Flags { merged: true, ..Flags::default() };
    let keys = |ids: &[&str]| ids.iter().map(|&id| ItemKey::of(id)).collect::<Vec<_>>();
    let items = vec![
        // 実3 says it was merged into 実4, 実14 that it moved to the new 実20; 実15 says nothing.
        ItemDiff { into: keys(&["実4"]), flags: merged, ..item(ItemChange::Retired, "実3", "実3") },
        ItemDiff { from: keys(&["実3"]), flags: merged, ..item(ItemChange::Unchanged, "実4", "実4") },
        ItemDiff { into: keys(&["実20"]), ..item(ItemChange::Retired, "実14", "実14") },
        item(ItemChange::Retired, "実15", "実15"),
        ItemDiff { from: keys(&["実14"]), ..item(ItemChange::Added, "", "実20") },
    ];
    let mut partly = answer("実3", "鍵を管理する");
    partly.status = Some(Status::Partial);
    let answers = vec![partly, answer("実4", "規程"), answer("実14", "手順"), answer("実15", "記録")];
    let carried = check(answers, items, &CarryOptions::default());
    let [joined, moved] = &carried.answers.answers[..] else { panic!("{:?}", carried.answers.answers) };
    assert_eq!((&*joined.key.id, joined.status, joined.recheck), ("実4", Some(Status::Partial), Some(Recheck::Needed)));
    assert!(joined.response.contains("［実3］") && joined.response.contains("規程"), "{}", joined.response);
    assert!(reasons(joined).contains(&CarryReason::Merged.word()));
    assert_eq!((&*moved.key.id, &*moved.response, moved.recheck), ("実20", "手順", Some(Recheck::Needed)));
    assert_eq!(reasons(moved), [CarryReason::Renumbered.word()]);
    assert_eq!(carried.answers.retired.len(), 1);
    assert_eq!((carried.counts.flagged, carried.counts.retired), (3, 1));
}
