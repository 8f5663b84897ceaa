//! Which item of the new edition an old one became.

use super::*;

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

#[test]
fn an_edition_numbered_anew_is_said_though_its_items_keep_their_numbers() {
    let old_texts: Vec<String> =
        VIEWS.iter().cycle().take(12).enumerate().map(|(n, text)| format!("{text}{n}")).collect();
    let new_texts: Vec<String> = (0..12).map(|n| format!("Zq {n}: vwx yz {} qqq", n * 7)).collect();
    let ids: Vec<String> = (1..=12).map(|n| format!("A{n}")).collect();
    let of = |texts: &[String]| {
        let texts: Vec<[&str; 1]> = texts.iter().map(|text| [text.as_str()]).collect();
        let items: Vec<(&str, &[&str])> =
            ids.iter().zip(&texts).map(|(id, text)| (id.as_str(), text.as_slice())).collect();
        edition(&["text"], &items)
    };
    let anew = compare(&of(&old_texts), &of(&new_texts));
    assert_eq!(anew.summary.changed, 12);
    let says_so = |diff: &Diff| diff.diagnostics.iter().any(|said| said.code == "diff-numbers-anew");
    assert!(says_so(&anew));
    assert!(!says_so(&compare(&of(&old_texts), &of(&old_texts))));
}

#[test]
fn a_column_that_stays_in_its_place_is_renamed_where_its_heading_goes_on() {
    let old = edition(&["text", "Controls", "remarks"], &[("A1", &["甲を定める。", "9.2", "あ"])]);
    let new =
        edition(&["text", "Controls v7 IDs", "remarks"], &[("A1", &["甲を定める。", "9.2: Ports are closed", "あ"])]);
    let diff = compare(&old, &new);
    let renamed = ColumnChange::Renamed { old: "Controls".to_owned(), new: "Controls v7 IDs".to_owned() };
    assert_eq!(diff.columns, [renamed]);
}
