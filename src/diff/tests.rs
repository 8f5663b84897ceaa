//! Small invented editions, and what the difference between them must say.

mod align;
mod marks;

use std::sync::Arc;

use super::*;
use crate::address::{CellRef, SheetRange};
use crate::catalog::{
    Citation, Conformity, ConformityWord, Document, FieldValue, Item, ItemStatus, List, Mark, MarkKind, Places, Source,
    key,
};

/// An edition of items `(id, [text of each field])`; an empty text is no value, 欠番 alone retires the item.
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
