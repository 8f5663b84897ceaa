//! Small invented editions, and what the difference between them must say.

use std::sync::Arc;

use super::*;
use crate::address::{CellRef, SheetRange};
use crate::catalog::{
    Citation, Conformity, ConformityWord, Document, FieldValue, Item, ItemStatus, List, Mark, MarkKind, Places, Source,
    key,
};

/// An edition of items `(id, [text of each field])`; an empty text is no value, ``欠番`` alone retires the item.
pub(crate) fn edition(fields: &[&str], items: &[(&str, &[&str])]) -> Catalog {
    let sheet: Arc<str> = Arc::from("基準");
    let item = |(row, (id, texts)): (u32, &(&str, &[&str]))| {
        let at = |column: u32| SheetRange::new(&sheet, CellRef::new(row, column));
        let value = |(column, text): (u32, &&str)| {
            (!text.is_empty()).then(|| FieldValue::new(crate::text::owned(*text), at(column)))
        };
        Item {
            group: id.chars().next().map(|c| Arc::from(c.to_string())),
            status: if texts.contains(&"欠番") { ItemStatus::Retired } else { ItemStatus::Active },
            values: (1u32..).zip(*texts).map(value).collect(),
            ..Item::new(ItemKey::of(*id), Places::one(at(0)))
        }
    };
    let field = |name: &&str| Field { key: Arc::from(*name), label: (*name).to_owned() };
    Catalog {
        source: Source { file: "edition.xlsx".into(), ..Source::default() },
        fields: fields.iter().map(field).collect(),
        items: (1u32..).zip(items).map(item).collect(),
        ..Catalog::default()
    }
}

const VIEWS: [&str; 6] = [
    "暗号鍵の管理手順を文書化し、関係者に周知すること。",
    "電源設備の点検結果を90日以内に確認し、差異があれば是正すること。",
    "外部委託先の業務遂行状況を年1回以上見直すこと。",
    "入退室の記録に関する規程を整備し、経営層の承認を得ること。",
    "ログの取得及び保管期間の妥当性を検証すること。",
    "障害発生時の連絡体制について責任者と手続を明確にすること。",
];

fn compare(old: &Catalog, new: &Catalog) -> Diff {
    diff(old, new, &DiffOptions::default()).unwrap()
}

/// Old and new ids with what became of them, in order: `実1→実2 changed`.
fn shown(diff: &Diff) -> Vec<String> {
    let id = |side: &Option<ItemSide>| side.as_ref().map_or("–".to_owned(), |side| side.key.to_string());
    let line = |item: &ItemDiff| {
        let mut line = format!("{}→{} {}", id(&item.old), id(&item.new), item.change.key());
        item.flags.keys().iter().for_each(|flag| line.extend([" ", flag]));
        line
    };
    diff.items.iter().map(line).collect()
}

/// A difference with something of everything: flipped conformity, citations, documents, renumbering, marks.
pub(crate) fn sample() -> Diff {
    let fields = [key::VIEW, key::CUSTOMER_ACTION];
    let mut old = edition(
        &fields,
        &[
            ("実1", &[VIEWS[0], "鍵を保管する。"]),
            ("実2", &[VIEWS[1], ""]),
            ("実3", &[VIEWS[2], ""]),
            ("実4", &[VIEWS[3], ""]),
            ("設1", &["計画、実施（１）", ""]),
        ],
    );
    let mut new = edition(
        &fields,
        &[
            ("実1", &[VIEWS[0], "鍵を保管する。年1回棚卸しする。"]),
            ("実2", &["電源設備の点検結果を30日以内に確認し、差異があれば是正すること。", ""]),
            ("実3", &[VIEWS[4], ""]),
            ("実4", &["欠番", ""]),
            ("実5", &[VIEWS[2], ""]),
            ("設1", &["計画，実施(1)", ""]),
            ("設2", &[VIEWS[5], ""]),
        ],
    );
    old.items.push(edition(&fields, &[("監1", &["監査する。", ""])]).items.remove(0));
    new.items.push(edition(&fields, &[("監1", &["監査する。", ""])]).items.remove(0));
    let word = |word: ConformityWord| Some(Conformity { word, note: None });
    old.items[0].conformity = word(ConformityWord::OutOfScope);
    new.items[0].conformity = word(ConformityWord::Conforming);
    let at = new.items[1].at[0].clone();
    new.items[1].citations.push(Citation { list: List::Documents, number: 3, at: at.clone() });
    new.documents.push(Document {
        number: 3,
        title: "点検手順書".into(),
        url: Some("https://example.com/check".into()),
        status: ItemStatus::Active,
        at: Places::one(at),
    });
    let added = new.items[0].values[1].as_mut().unwrap();
    added.marks.push(Mark { start: 7, end: 16, kind: MarkKind::Added });
    compare(&old, &new)
}

#[test]
fn the_sample_says_what_became_of_everything() {
    let diff = sample();
    assert_eq!(
        shown(&diff),
        [
            "実1→実1 changed",
            "実2→実2 changed",
            "–→実3 added",
            "実4→実4 retired",
            "実3→実5 unchanged renumbered",
            "設1→設1 notation",
            "–→設2 added",
            "監1→監1 unchanged",
        ]
    );
    let severities: Vec<&str> = diff.items.iter().map(|item| item.severity.key()).collect();
    assert_eq!(
        severities,
        ["conformity", "citation", "conformity", "conformity", "notation", "notation", "conformity", "none"]
    );
    assert_eq!(diff.items[0].fields[0].marks, Some(MarkAgreement::Agrees));
    assert_eq!(diff.items[1].fields[0].marks, Some(MarkAgreement::Unmarked));
    assert_eq!(diff.items[1].fields[0].unmarked, [(10, 12)]);
    assert_eq!(diff.documents.len(), 1);
}

#[test]
fn an_edition_against_itself_has_no_change() {
    let edition = edition(&["view"], &[("実1", &[VIEWS[0]]), ("実2", &["短"]), ("実3", &["短"]), ("実4", &["欠番"])]);
    let diff = compare(&edition, &edition);
    assert!(diff.is_same());
    assert_eq!(diff.summary.unchanged, 4);
}

#[test]
fn a_rewritten_item_keeps_its_number() {
    let old = edition(&["view"], &[("実1", &[VIEWS[0]]), ("実2", &[VIEWS[1]]), ("実3", &[VIEWS[2]])]);
    let new = edition(&["view"], &[("実1", &[VIEWS[0]]), ("実2", &[VIEWS[5]]), ("実3", &[VIEWS[2]])]);
    assert_eq!(shown(&compare(&old, &new)), ["実1→実1 unchanged", "実2→実2 changed", "実3→実3 unchanged"]);
}

#[test]
fn an_insertion_shifts_numbers_and_not_items() {
    let old = edition(&["view"], &[("実1", &[VIEWS[0]]), ("実2", &[VIEWS[1]]), ("実3", &[VIEWS[2]])]);
    let edited = VIEWS[1].replace("90", "30");
    let new =
        edition(&["view"], &[("実1", &[VIEWS[0]]), ("実2", &[VIEWS[5]]), ("実3", &[&edited]), ("実4", &[VIEWS[2]])]);
    assert_eq!(
        shown(&compare(&old, &new)),
        ["実1→実1 unchanged", "–→実2 added", "実2→実3 changed renumbered", "実3→実4 unchanged renumbered"]
    );
    let by_id = DiffOptions { align: Align::Id, ..DiffOptions::default() };
    assert_eq!(
        shown(&diff(&old, &new, &by_id).unwrap()),
        ["実1→実1 unchanged", "実2→実2 changed", "実3→実3 changed", "–→実4 added"]
    );
}

#[test]
fn an_added_column_alone_changes_no_item() {
    let old = edition(&["view"], &[("実1", &[VIEWS[0]]), ("実2", &[VIEWS[1]])]);
    let new = edition(&["view", "対象"], &[("実1", &[VIEWS[0], "全業態"]), ("実2", &[VIEWS[1], "全業態"])]);
    let diff = compare(&old, &new);
    assert_eq!(diff.summary.unchanged, 2);
    assert_eq!(diff.columns, [ColumnChange::Added { new: "対象".into() }]);
}

#[test]
fn an_ignored_column_drowns_nothing() {
    let old = edition(&["view", "更新日"], &[("実1", &[VIEWS[0], "2024-04-01"]), ("実2", &[VIEWS[1], "2024-04-01"])]);
    let new = edition(&["view", "更新日"], &[("実1", &[VIEWS[0], "2025-04-01"]), ("実2", &[VIEWS[2], "2025-04-01"])]);
    let ignoring = DiffOptions { ignore_fields: vec!["更新日".into()], ..DiffOptions::default() };
    assert_eq!(diff(&old, &new, &ignoring).unwrap().summary.changed, 1);
    let only = DiffOptions { only_fields: vec!["更新日".into()], ..DiffOptions::default() };
    assert_eq!(diff(&old, &new, &only).unwrap().summary.changed, 2);
}

#[test]
fn a_field_is_named_by_its_key_or_by_its_heading_as_the_sheet_shows_it() {
    let mut old = edition(&["conformity", "view"], &[("実1", &["適合可能", VIEWS[0]])]);
    old.fields[0].label = "当社における対応 > FISC安全対策基準への適合性".into();
    let mut new = old.clone();
    new.items[0].values[0].as_mut().unwrap().text = "対象外".into();
    let only = |name: &str| DiffOptions { only_fields: vec![name.into()], ..DiffOptions::default() };
    for name in [
        "conformity",
        "FISC安全対策基準への適合性",
        "ＦＩＳＣ安全対策基準への適合性",
        "当社における対応 > FISC安全対策基準への適合性",
    ] {
        assert_eq!(diff(&old, &new, &only(name)).unwrap().summary.changed, 1, "{name}");
    }
    assert_eq!(diff(&old, &new, &only("view")).unwrap().summary.changed, 0);
    for (name, near) in
        [("conformty", "conformity"), ("FISC安全対策基準の適合性", "FISC安全対策基準への適合性"), ("xyz", "none")]
    {
        for options in [only(name), DiffOptions { ignore_fields: vec![name.into()], ..DiffOptions::default() }] {
            let refused = diff(&old, &new, &options).unwrap_err().diagnostics.remove(0);
            assert_eq!(refused.code, "diff-field-unknown");
            assert!(refused.args.contains(&("near".into(), near.into())), "{refused:?}");
        }
    }
}

#[test]
fn struck_text_counts_as_gone() {
    let old = edition(&["view"], &[("実1", &["記録する。保管する。"])]);
    let mut new = old.clone();
    let value = new.items[0].values[0].as_mut().unwrap();
    value.marks.push(Mark { start: 5, end: 10, kind: MarkKind::Deleted });
    let diff = compare(&old, &new);
    assert_eq!(diff.items[0].fields[0].change, Some(FieldChangeKind::Shortened));
    assert_eq!(diff.items[0].fields[0].segments[1].text, "保管する。");
}

#[test]
fn rows_of_an_item_are_compared_even_where_their_joined_text_is_the_same() {
    let mut old = edition(&["view"], &[("実1", &["適合\n不適合"])]);
    let part = |text: &str| crate::catalog::Part {
        label: None,
        at: old.items[0].at.clone(),
        values: vec![Some(FieldValue::new(crate::text::owned(text), old.items[0].at[0].clone()))],
    };
    let (yes, no) = (part("適合"), part("不適合"));
    let mut new = old.clone();
    old.items[0].parts = vec![yes.clone(), no.clone(), yes.clone()];
    new.items[0].parts = vec![yes, no.clone(), no];
    assert_eq!(compare(&old, &new).summary.changed, 1);
    assert!(compare(&old, &old).is_same());
}

#[test]
fn two_schemes_of_fisc_are_refused_and_elsewhere_said() {
    let v8 = edition(&["view"], &[("運1", &[VIEWS[0]]), ("技1", &[VIEWS[1]]), ("設1", &[VIEWS[2]])]);
    let v9 = edition(&["view"], &[("統1", &[VIEWS[3]]), ("実1", &[VIEWS[0]]), ("設1", &[VIEWS[2]])]);
    let failure = diff(&v8, &v9, &DiffOptions::default()).unwrap_err();
    assert_eq!(failure.diagnostics[0].code, "diff-schemes-fisc");
    let numbers = edition(&["view"], &[("1.1", &[VIEWS[0]]), ("1.2", &[VIEWS[1]])]);
    let letters = edition(&["view"], &[("NS-1", &[VIEWS[3]]), ("NS-2", &[VIEWS[4]])]);
    assert_eq!(compare(&numbers, &letters).diagnostics[0].code, "diff-schemes-differ");
}

#[test]
fn a_crosswalk_goes_before_everything() {
    use crate::import::crosswalk::{Link, Relation};
    let v8 = edition(&["view"], &[("運1", &[VIEWS[0]]), ("運2", &[VIEWS[1]]), ("技1", &[VIEWS[2]])]);
    let v9 = edition(&["view"], &[("実1", &[VIEWS[0]]), ("実2", &[VIEWS[1]]), ("実3", &[VIEWS[4]])]);
    let at = v8.items[0].at[0].clone();
    let link = |old: &str, new: &str, relation: Relation| Link {
        old: (!old.is_empty()).then(|| ItemKey::of(old)),
        new: (!new.is_empty()).then(|| ItemKey::of(new)),
        relation,
        note: None,
        at: at.clone(),
    };
    let links = vec![
        link("運 1", "実1", Relation::Split),
        link("運1", "実2", Relation::Split),
        link("運2", "", Relation::Removed),
        link("運2", "実3", Relation::Same),
        link("運9", "実3", Relation::Same),
    ];
    let options =
        DiffOptions { crosswalk: Some(Crosswalk { links, ..Crosswalk::default() }), ..DiffOptions::default() };
    let diff = diff(&v8, &v9, &options).unwrap();
    assert_eq!(
        shown(&diff),
        [
            "運1→実1 unchanged renumbered split",
            "運2→– removed",
            "技1→– removed",
            "運1→実2 changed renumbered split",
            "–→実3 added",
        ]
    );
    let codes: Vec<&str> = diff.diagnostics.iter().map(|it| it.code.as_ref()).collect();
    assert_eq!(codes[..2], ["crosswalk-contradiction", "crosswalk-item-unknown"]);
}

#[test]
fn a_mark_elsewhere_than_the_change_is_found_out() {
    let old = edition(&["view"], &[("実1", &["記録する。保管する。"]), ("実2", &[VIEWS[0]])]);
    let mut new = edition(&["view"], &[("実1", &["記録する。保管する。廃棄する。"]), ("実2", &[VIEWS[0]])]);
    new.items[0].values[0].as_mut().unwrap().marks = vec![Mark { start: 0, end: 5, kind: MarkKind::Added }];
    new.items[1].values[0].as_mut().unwrap().marks = vec![Mark { start: 0, end: 3, kind: MarkKind::Added }];
    let diff = compare(&old, &new);
    let field = &diff.items[0].fields[0];
    assert_eq!((field.marks, field.unmarked.as_slice()), (Some(MarkAgreement::Unmarked), &[(10, 15)][..]));
    assert_eq!(diff.items[1].change, ItemChange::Unchanged);
    assert_eq!(diff.items[1].fields[0].marks, Some(MarkAgreement::MarkOnly));
    assert_eq!(diff.marks, Some(MarksAudit { unmarked: 1, mark_only: 1, ..MarksAudit::default() }));
}

#[test]
fn the_marks_of_one_workbook_are_shown_as_its_additions() {
    let mut new = edition(&["view"], &[("実1", &["記録する。保管する。"]), ("実2", &[VIEWS[0]]), ("実3", &[VIEWS[1]])]);
    new.items[0].values[0].as_mut().unwrap().marks = vec![Mark { start: 5, end: 10, kind: MarkKind::Added }];
    let end = VIEWS[1].chars().count() as u32;
    new.items[2].values[0].as_mut().unwrap().marks = vec![Mark { start: 0, end, kind: MarkKind::Added }];
    let diff = marks(&new).unwrap();
    assert_eq!(shown(&diff), ["–→実1 changed", "–→実2 unchanged", "–→実3 added"]);
    assert_eq!(diff.items[0].fields[0].change, Some(FieldChangeKind::Appended));
    assert!(diff.old.is_none());
}

#[test]
fn a_workbook_without_marks_cannot_say_what_was_added_to_it() {
    let mut new = edition(&["view"], &[("実1", &["記録する。保管する。"])]);
    let code = |new: &Catalog| marks(new).unwrap_err().diagnostics[0].code.to_string();
    assert_eq!(code(&new), "diff-marks-alone-none");
    new.items[0].values[0].as_mut().unwrap().marks = vec![Mark { start: 5, end: 10, kind: MarkKind::Deleted }];
    assert_eq!(marks(&new).unwrap().items[0].fields[0].change, Some(FieldChangeKind::Shortened));
    new.source.file = "new.csv".to_owned();
    new.items[0].values[0].as_mut().unwrap().marks.clear();
    assert_eq!(code(&new), "diff-marks-alone-unreadable");
}

#[test]
fn sheets_that_were_renamed_or_cut_up_keep_their_items() {
    let on = |catalog: &mut Catalog, sheets: &[&str]| {
        for (item, sheet) in catalog.items.iter_mut().zip(sheets) {
            item.key.sheet = Some(Arc::from(*sheet));
            item.at = Places::one(SheetRange::new(&Arc::from(*sheet), CellRef::new(1, 0)));
        }
    };
    let items: [(&str, &[&str]); 4] =
        [("名称", &[VIEWS[0]]), ("住所", &[VIEWS[1]]), ("名称", &[VIEWS[2]]), ("電話", &[VIEWS[3]])];
    let (mut old, mut new) = (edition(&["説明"], &items), edition(&["説明"], &items));
    on(&mut old, &["法人", "法人", "個人", "個人"]);
    on(&mut new, &["法人(基本)", "法人(所在)", "個人", "個人"]);
    let diff = compare(&old, &new);
    assert_eq!(diff.summary.unchanged, 4);
    assert_eq!(diff.summary.renumbered, 0);
}

const LONG: [&str; 2] = [
    "サーバー設備の設置場所を選定し、施錠により入室を制限すること。入室の記録は三年間保管すること。",
    "通信経路を暗号化し、証明書の有効期限を管理すること。期限の切れる三十日前に担当者へ通知すること。",
];

#[test]
fn an_item_cut_up_into_two_is_followed_to_both() {
    let both = LONG.concat();
    let old = edition(&["view"], &[("実13", &[VIEWS[0]]), ("実14", &[&both]), ("実15", &[VIEWS[1]])]);
    let split = [
        ("実13", [VIEWS[0]]),
        ("実14-1", [LONG[0]]),
        ("実14-2", [LONG[1]]),
        ("実15", [VIEWS[1]]),
        ("実16", [VIEWS[5]]),
    ];
    let rows: Vec<(&str, &[&str])> = split.iter().map(|(id, texts)| (*id, &texts[..])).collect();
    let new = edition(&["view"], &rows);
    let diff = compare(&old, &new);
    assert_eq!(
        shown(&diff),
        [
            "実13→実13 unchanged",
            "実14→実14-1 changed renumbered split",
            "実14→実14-2 changed renumbered split",
            "実15→実15 unchanged",
            "–→実16 added",
        ]
    );
    let back = compare(&new, &old);
    assert_eq!((back.summary.merged, back.summary.split, back.summary.removed), (2, 0, 1));
}

#[test]
fn an_item_that_takes_in_another_is_merged_and_one_that_borrows_a_sentence_is_not() {
    let both = LONG.concat();
    let old = edition(&["view"], &[("実14", &[LONG[0]]), ("実15", &[LONG[1]]), ("実16", &[VIEWS[1]])]);
    let new = edition(&["view"], &[("実14", &[&both]), ("実16", &[VIEWS[1]])]);
    assert_eq!(
        shown(&compare(&old, &new)),
        ["実14→実14 changed merged", "実15→実14 changed renumbered merged", "実16→実16 unchanged"]
    );
    let borrowed = format!("{}入室の記録は三年間保管すること。", VIEWS[2]);
    let new = edition(
        &["view"],
        &[("実14", &[LONG[0]]), ("実15", &[LONG[1]]), ("実16", &[VIEWS[1]]), ("実17", &[&borrowed])],
    );
    assert_eq!(compare(&old, &new).summary, Summary { added: 1, unchanged: 3, ..Summary::default() });
}

#[test]
fn a_number_given_up_says_where_it_went() {
    let old = edition(&["view"], &[("実3", &[VIEWS[0]]), ("実4", &[VIEWS[1]]), ("実14", &[VIEWS[2]])]);
    let mut new = edition(
        &["view"],
        &[
            ("実3", &["欠番（実４に統合）。実14を参照。"]),
            ("実4", &[VIEWS[1]]),
            ("実14", &["実20へ移動"]),
            ("実20", &[VIEWS[3]]),
        ],
    );
    new.items[0].status = ItemStatus::Retired;
    new.items[2].status = ItemStatus::Retired;
    let diff = compare(&old, &new);
    assert_eq!(
        shown(&diff),
        ["実3→実3 retired merged", "実4→実4 unchanged merged", "実14→実14 retired", "–→実20 added"]
    );
    assert_eq!(diff.items[0].into, [ItemKey::of("実4")]);
    assert_eq!(diff.items[1].from, [ItemKey::of("実3")]);
    assert_eq!((&*diff.items[2].into, &*diff.items[3].from), (&[ItemKey::of("実20")][..], &[ItemKey::of("実14")][..]));
}

#[test]
fn numbers_that_gained_leading_zeros_are_the_same_numbers() {
    let old = edition(&["text"], &[("3.1.1", &[VIEWS[0]]), ("3.1.10", &[VIEWS[1]])]);
    // Rewritten as well, as in NIST SP 800-171 revision 3: the number alone tells them.
    let new = edition(&["text"], &[("03.01.01", &[VIEWS[2]]), ("03.01.10", &[VIEWS[3]])]);
    let expected = ["3.1.1→03.01.01 changed renumbered", "3.1.10→03.01.10 changed renumbered"];
    assert_eq!(shown(&compare(&old, &new)), expected);
}

#[test]
fn items_of_one_number_are_paired_by_their_texts_and_said() {
    let old = edition(&["view"], &[("実1", &["有"]), ("実1", &["無"]), ("実2", &[VIEWS[0]])]);
    let new = edition(&["view"], &[("実1", &["無"]), ("実1", &["有"]), ("実1", &["否"]), ("実2", &[VIEWS[0]])]);
    let diff = compare(&old, &new);
    assert_eq!((diff.summary.unchanged, diff.summary.added, diff.summary.changed), (3, 1, 0));
    let said: Vec<&str> = diff.diagnostics.iter().map(|it| it.code.as_ref()).collect();
    assert_eq!(said[..2], ["diff-id-repeated", "diff-id-repeated"]);
}

#[test]
fn a_split_under_a_heading_that_both_parts_keep_is_found() {
    let heading = "システム運用における基本的な管理の考え方を定めるとともに、責任の分担を明らかにすること。";
    let both = LONG.concat();
    let old = edition(&["title", "view"], &[("実13", &["規程", VIEWS[0]]), ("実14", &[heading, &both])]);
    let new = edition(
        &["title", "view"],
        &[("実13", &["規程", VIEWS[0]]), ("実14-1", &[heading, LONG[0]]), ("実14-2", &[heading, LONG[1]])],
    );
    assert_eq!(
        compare(&old, &new).summary,
        Summary { changed: 2, unchanged: 1, renumbered: 2, split: 2, ..Summary::default() }
    );
}

/// Carried answers keep the answer to a number that was given up, and the number may be in use again.
#[test]
fn a_retired_answer_whose_number_is_in_use_again_is_no_repeat() {
    let old = edition(&["response"], &[("実1", &[VIEWS[0]]), ("実2", &[VIEWS[1]]), ("実3", &[VIEWS[2]])]);
    let mut new = edition(&["response"], &[("実1", &[VIEWS[0]]), ("実2", &[VIEWS[2]]), ("実2", &[VIEWS[1]])]);
    new.items[2].status = ItemStatus::Retired;
    let diff = compare(&old, &new);
    assert_eq!(shown(&diff), ["実1→実1 unchanged", "実3→実2 unchanged renumbered", "実2→実2 retired"]);
    assert!(diff.diagnostics.iter().all(|said| said.code != "diff-id-repeated"), "{:?}", diff.diagnostics);
}

#[test]
fn paint_that_the_old_edition_had_as_well_marks_no_revision() {
    let mut old = edition(&["view"], &[("実1", &["必"]), ("実2", &["規程がある。"]), ("実3", &["必"])]);
    let mut new = edition(&["view"], &[("実1", &["必"]), ("実2", &["規程がある。毎年見直す。"]), ("実3", &["必"])]);
    let mark = |item: &mut Item, start: u32, end: u32| {
        let value = item.values[0].as_mut().unwrap();
        value.marks = vec![Mark { start, end, kind: MarkKind::Added }];
    };
    mark(&mut old.items[0], 0, 1);
    mark(&mut old.items[1], 0, 6);
    mark(&mut new.items[0], 0, 1);
    mark(&mut new.items[1], 0, 12);
    mark(&mut new.items[2], 0, 1);
    let diff = compare(&old, &new);
    // The old red of 実1 and 実2 says nothing; that of 実3 is new, on a text that did not change.
    assert_eq!(diff.marks, Some(MarksAudit { agrees: 1, mark_only: 1, ..MarksAudit::default() }));
    assert_eq!(diff.items[1].fields[0].marked, [(6, 12)]);
}

#[test]
fn that_a_publisher_hardly_marks_anything_is_said_once() {
    let ids: Vec<String> = (1..=22).map(|number| format!("実{number}")).collect();
    let of = |end: &str| {
        let texts: Vec<String> = ids.iter().map(|id| format!("{id}の手順を文書化し、{}{end}", VIEWS[0])).collect();
        let texts: Vec<[&str; 1]> = texts.iter().map(|text| [text.as_str()]).collect();
        let items: Vec<(&str, &[&str])> = ids.iter().zip(&texts).map(|(id, text)| (id.as_str(), &text[..])).collect();
        edition(&["view"], &items)
    };
    let (old, mut new) = (of(""), of("毎年見直す。"));
    let mark = |item: &mut Item| {
        let value = item.values[0].as_mut().unwrap();
        let end = value.text.chars().count() as u32;
        value.marks = vec![Mark { start: end - 6, end, kind: MarkKind::Added }];
    };
    new.items.iter_mut().take(2).for_each(mark);
    let said = |diff: &Diff| diff.diagnostics.iter().filter(|it| it.code == "diff-marks-hardly").count();
    let diff = compare(&old, &new);
    assert_eq!(diff.marks, Some(MarksAudit { agrees: 2, unmarked: 20, ..MarksAudit::default() }));
    assert_eq!(said(&diff), 1);
    new.items.iter_mut().take(3).for_each(mark);
    assert_eq!(said(&compare(&old, &new)), 0, "three of 22 are more than a tenth");
}

/// A heading nobody knows hid 適合性, the customer's part and the citations of one edition: every item flipped.
#[test]
fn a_column_under_a_new_heading_keeps_the_part_it_played() {
    let citation = |at: &SheetRange| Citation { list: List::Documents, number: 1, at: at.clone() };
    let of = |fields: &[&str], texts: &[[String; 3]], is_known: bool| {
        let items: Vec<(String, Vec<&str>)> = (1..)
            .zip(texts)
            .map(|(number, texts)| (format!("実{number}"), texts.iter().map(String::as_str).collect()))
            .collect();
        let items: Vec<(&str, &[&str])> = items.iter().map(|(id, texts)| (id.as_str(), &texts[..])).collect();
        let mut catalog = edition(fields, &items);
        for item in catalog.items.iter_mut().filter(|_| is_known) {
            item.conformity = crate::catalog::conformity::parse(&item.values[0].as_ref().unwrap().text);
            let at = item.values[2].as_ref().unwrap().at.iter().next().unwrap().clone();
            item.citations = vec![citation(&at)];
        }
        catalog
    };
    let mut texts: Vec<[String; 3]> = (1..=20)
        .map(|number| {
            ["適合可能".to_owned(), format!("利用者は設定{number}を年1回確認する。"), format!("[{number}]手引")]
        })
        .collect();
    let old = of(&[key::CONFORMITY, key::CUSTOMER_ACTION, key::PUBLIC_DOCUMENTS], &texts, true);
    texts[3][0] = "対象外".to_owned();
    texts[5][1] += "記録を残す。";
    let new = of(&["conformity評価", "お客さま側で実施する事項", "参照資料一覧"], &texts, false);
    let said = |diff: &Diff| -> Vec<String> {
        let changed = diff.items.iter().filter(|item| item.change != ItemChange::Unchanged);
        changed.map(|item| format!("{} {}", item.key(), item.severity.key())).collect()
    };
    assert_eq!(said(&compare(&old, &new)), ["実4 conformity", "実6 customer_action"]);
    assert_eq!(said(&compare(&new, &old)), ["実4 conformity", "実6 customer_action"]);
    let dropped = of(&["title"], &texts, false);
    let without =
        |diff: &Diff| diff.items.iter().all(|item| item.conformity.is_none() && item.citations_removed.is_empty());
    assert!(without(&compare(&old, &dropped)), "a column that went is no change of an item");
}

/// Both halves were edited as well; without the branch number nothing tells the second from a new item.
#[test]
fn a_split_in_other_words_is_found_where_the_number_branches_off() {
    let first = "運用責任者は入退室の記録を毎日点検し、異常を認めたときは速やかに報告すること。";
    let second = "委託先管理者は契約の更新にあたり再委託の範囲と監査の結果を確かめること。";
    let second_edited = "委託先管理者は契約の更新にあたり再委託の範囲と監査の結果を評価すること。記録は台帳に残して経営層へ報告すること。";
    let unrelated = "開発責任者は暗号方式の選定にあたり、鍵の長さと有効期間の基準を定めておくこと。";
    let of = |items: &[(&str, &str)]| {
        let others = [("実1", VIEWS[0]), ("実2", VIEWS[1]), ("実3", VIEWS[2]), ("実4", VIEWS[4])];
        let items: Vec<(&str, [&str; 1])> = others.iter().chain(items).map(|&(id, text)| (id, [text])).collect();
        edition(&["view"], &items.iter().map(|(id, text)| (*id, &text[..])).collect::<Vec<_>>())
    };
    let old = of(&[("実14", &format!("{first}{second}"))]);
    let with = |id: &str, text: &str| compare(&old, &of(&[("実14", first), (id, text)])).summary;
    assert_eq!(with("実14-1", second_edited).split, 2);
    assert_eq!(with("実30", second_edited), Summary { added: 1, changed: 1, unchanged: 4, ..Summary::default() });
    assert_eq!(with("実14-1", unrelated).split, 0);
}
