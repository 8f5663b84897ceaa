//! Laws of the difference: segments rebuild both texts, nothing differs from itself, both directions mirror each
//! other, a catalog and its JSON differ alike, a fingerprint moves with either text and with nothing else.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use proptest::prelude::*;
use secref::address::{CellRef, SheetRange};
use secref::catalog::{Catalog, Field, FieldValue, Item, ItemKey, ItemStatus, Places, Source, json, key};
use secref::diff::text;
use secref::diff::{
    ColumnChange, Diff, DiffOptions, FieldDiff, ItemChange, ItemDiff, Segment, SegmentOp, Side, Summary, diff,
};

const SENTENCES: [&str; 24] = [
    "暗号鍵の管理手順を文書化し、関係者に周知すること。",
    "電源設備の点検結果を90日以内に確認し、差異があれば是正すること。",
    "外部委託先の業務遂行状況を年1回以上見直すこと。",
    "入退室の記録に関する規程を整備し、経営層の承認を得ること。",
    "ログの取得及び保管期間の妥当性を検証すること。",
    "障害発生時の連絡体制について責任者と手続を明確にすること。",
    "データセンターへの立入りは許可された者に限ること。",
    "バックアップの媒体は遠隔地に保管すること。",
    "脆弱性に関する情報を収集し、影響を評価すること。",
    "職員に対する教育及び訓練を計画的に行うこと。",
    "ネットワークの構成図を最新の状態に保つこと。",
    "不正アクセスを検知した場合は速やかに遮断すること。",
    "The provider encrypts customer data at rest. ",
    "Access rights are reviewed at least once a year. ",
    "（１）対象範囲を定める。\n",
    "(2)評価の結果を報告する。\n",
    "①計画　②実施　③点検\n",
    "・設置場所の選定、施錠の管理",
    "同上。",
    "－",
    "ｶﾞｰﾄﾞとＡＢＣ",
    "🆕新設👨‍👩‍👧 e\u{301}",
    "規程による。規程による。",
    "",
];

/// What may befall an edition. Numbers choose where, modulo what there is.
#[derive(Clone, Debug)]
enum Edit {
    /// An item comes in, and the numbers behind it shift where asked for.
    Insert(usize, usize, bool),
    /// An item goes, and the numbers behind it shift where asked for.
    Remove(usize, bool),
    /// An item goes to another place.
    Move(usize, usize),
    /// Two items change places and keep their numbers, or change numbers.
    Swap(usize, usize, bool),
    /// An item stands twice under one number.
    Repeat(usize, usize),
    /// An item's sentences are divided between it and a new one.
    Split(usize),
    /// An item's text goes to the next one's.
    Merge(usize),
    Append(usize, usize, usize),
    Rewrite(usize, usize, usize),
    Cut(usize, usize),
    /// Another width, other commas, other blanks.
    Notation(usize, usize),
    Retire(usize),
    SwapColumns(usize, usize),
    RenameColumn(usize),
    DropColumn(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let n = || 0usize..40;
    prop_oneof![
        (n(), n(), any::<bool>()).prop_map(|(at, text, shift)| Edit::Insert(at, text, shift)),
        (n(), any::<bool>()).prop_map(|(at, shift)| Edit::Remove(at, shift)),
        (n(), n()).prop_map(|(from, to)| Edit::Move(from, to)),
        (n(), n(), any::<bool>()).prop_map(|(a, b, renumber)| Edit::Swap(a, b, renumber)),
        (n(), n()).prop_map(|(a, b)| Edit::Repeat(a, b)),
        n().prop_map(Edit::Split),
        n().prop_map(Edit::Merge),
        (n(), n(), n()).prop_map(|(at, column, text)| Edit::Append(at, column, text)),
        (n(), n(), n()).prop_map(|(at, column, text)| Edit::Rewrite(at, column, text)),
        (n(), n()).prop_map(|(at, column)| Edit::Cut(at, column)),
        (n(), n()).prop_map(|(at, column)| Edit::Notation(at, column)),
        n().prop_map(Edit::Retire),
        (n(), n()).prop_map(|(a, b)| Edit::SwapColumns(a, b)),
        n().prop_map(Edit::RenameColumn),
        n().prop_map(Edit::DropColumn),
    ]
}

#[derive(Clone, Debug)]
struct Row {
    number: usize,
    retired: bool,
    texts: Vec<String>,
}

/// An edition as rows: numbers run 実1, 実2, … until an edit makes them otherwise.
#[derive(Clone, Debug)]
struct Rows {
    fields: Vec<(String, String)>,
    rows: Vec<Row>,
}

fn sentences(numbers: &[usize]) -> String {
    numbers.iter().map(|&number| SENTENCES[number % SENTENCES.len()]).collect()
}

fn rows() -> impl Strategy<Value = Rows> {
    let cell = prop::collection::vec(0usize..24, 0..4);
    let row = prop::collection::vec(cell, 3);
    prop::collection::vec(row, 0..14).prop_map(|rows| Rows {
        fields: [key::VIEW, "本調査", key::REMARKS].map(|name| (name.to_owned(), name.to_owned())).to_vec(),
        rows: (1..)
            .zip(rows)
            .map(|(number, row)| Row {
                number,
                retired: false,
                texts: row.iter().map(|cell| sentences(cell)).collect(),
            })
            .collect(),
    })
}

impl Rows {
    fn apply(&mut self, edit: &Edit) {
        let (rows, columns) = (self.rows.len(), self.fields.len());
        if let Edit::Insert(at, text, shift) = *edit {
            let at = at % (rows + 1);
            let number = if at < rows { self.rows[at].number } else { rows + 1 };
            self.shift(at, shift, 1);
            let text = |column: usize| sentences(&[text + column, text * 7 + column]);
            self.rows.insert(at, Row { number, retired: false, texts: (0..columns).map(text).collect() });
            return;
        }
        if rows == 0 || columns == 0 {
            return;
        }
        match *edit {
            Edit::Insert(..) => {}
            Edit::Remove(at, shift) => {
                self.rows.remove(at % rows);
                self.shift(at % rows, shift, -1);
            }
            Edit::Move(from, to) => {
                let row = self.rows.remove(from % rows);
                self.rows.insert(to % rows, row);
            }
            Edit::Swap(a, b, renumber) => {
                let (a, b) = (a % rows, b % rows);
                self.rows.swap(a, b);
                if renumber {
                    let number = self.rows[a].number;
                    self.rows[a].number = self.rows[b].number;
                    self.rows[b].number = number;
                }
            }
            Edit::Repeat(a, b) => self.rows[a % rows].number = self.rows[b % rows].number,
            Edit::Split(at) => {
                let row = &mut self.rows[at % rows];
                let mut other = row.clone();
                for (text, rest) in row.texts.iter_mut().zip(&mut other.texts) {
                    let cut = text.find('。').map_or(text.len(), |at| at + '。'.len_utf8());
                    *rest = text.split_off(cut);
                }
                other.number = rows + 20;
                self.rows.insert(at % rows + 1, other);
            }
            Edit::Merge(at) if rows > 1 => {
                let row = self.rows.remove(at % (rows - 1));
                let into = &mut self.rows[at % (rows - 1)];
                into.texts.iter_mut().zip(row.texts).for_each(|(text, more)| text.insert_str(0, &more));
            }
            Edit::Merge(_) => {}
            Edit::Append(at, column, text) => {
                self.rows[at % rows].texts[column % columns].push_str(SENTENCES[text % SENTENCES.len()]);
            }
            Edit::Rewrite(at, column, text) => self.rows[at % rows].texts[column % columns] = sentences(&[text]),
            Edit::Cut(at, column) => {
                let text = &mut self.rows[at % rows].texts[column % columns];
                *text = text.chars().skip(text.chars().count() / 3).collect();
            }
            Edit::Notation(at, column) => {
                let text = &mut self.rows[at % rows].texts[column % columns];
                *text = text.replace('、', "，").replace('（', "(").replace('9', "９").replace("。", "。 ");
            }
            Edit::Retire(at) => self.rows[at % rows].retired = true,
            Edit::SwapColumns(a, b) => {
                self.fields.swap(a % columns, b % columns);
                self.rows.iter_mut().for_each(|row| row.texts.swap(a % columns, b % columns));
            }
            Edit::RenameColumn(at) => {
                let (key, label) = &mut self.fields[at % columns];
                key.push_str("_改");
                label.push_str("（改訂）");
            }
            Edit::DropColumn(at) => {
                self.fields.remove(at % columns);
                self.rows.iter_mut().for_each(|row| drop(row.texts.remove(at % columns)));
            }
        }
    }

    fn shift(&mut self, from: usize, shift: bool, by: isize) {
        if shift {
            self.rows[from..].iter_mut().for_each(|row| row.number = row.number.wrapping_add_signed(by));
        }
    }

    fn catalog(&self) -> Catalog {
        let sheet: Arc<str> = Arc::from("基準");
        let item = |(row, it): (u32, &Row)| {
            let at = |column: u32| SheetRange::new(&sheet, CellRef::new(row, column));
            let value = |(column, text): (u32, &String)| {
                (!text.is_empty()).then(|| FieldValue::new(secref::text::owned(text), at(column)))
            };
            let id = format!("実{}", it.number);
            Item {
                group: Some(Arc::from("実")),
                status: if it.retired { ItemStatus::Retired } else { ItemStatus::Active },
                values: (1u32..).zip(&it.texts).map(value).collect(),
                ..Item::new(ItemKey::of(&*id), Places::one(at(0)))
            }
        };
        let field = |(key, label): &(String, String)| Field { key: Arc::from(key.as_str()), label: label.clone() };
        Catalog {
            source: Source { file: "edition.xlsx".into(), ..Source::default() },
            fields: self.fields.iter().map(field).collect(),
            items: (1u32..).zip(&self.rows).map(item).collect(),
            ..Catalog::default()
        }
    }
}

fn editions() -> impl Strategy<Value = (Catalog, Catalog)> {
    (rows(), prop::collection::vec(edit(), 0..8)).prop_map(|(rows, edits)| {
        let mut new = rows.clone();
        edits.iter().for_each(|edit| new.apply(edit));
        (rows.catalog(), new.catalog())
    })
}

fn compare(old: &Catalog, new: &Catalog) -> Diff {
    diff(old, new, &DiffOptions::default()).unwrap()
}

/// The text of one side, as the segments have it.
fn rebuilt(segments: &[Segment], side: Side) -> String {
    let is_there = |segment: &&Segment| match segment.op {
        SegmentOp::Equal => true,
        SegmentOp::Delete => side == Side::Old,
        SegmentOp::Insert => side == Side::New,
        SegmentOp::Move(of) => of == side,
    };
    segments.iter().filter(is_there).map(|segment| segment.text.as_str()).collect()
}

fn turned(segment: &Segment) -> (u8, &str, bool) {
    let op = match segment.op {
        SegmentOp::Equal => 0,
        SegmentOp::Delete | SegmentOp::Move(Side::Old) => 1,
        SegmentOp::Insert | SegmentOp::Move(Side::New) => 2,
    };
    (op, &segment.text, segment.notation)
}

/// What an item's difference says, seen from either side: its places, what became of it, its texts.
fn told(item: &ItemDiff, turn: bool) -> Told {
    let index = |side: &Option<secref::diff::ItemSide>| side.as_ref().map(|side| side.index);
    let (mut old, mut new) = (index(&item.old), index(&item.new));
    let mut change = item.change;
    let mut flags = item.flags;
    if turn {
        std::mem::swap(&mut old, &mut new);
        std::mem::swap(&mut flags.split, &mut flags.merged);
        change = match change {
            ItemChange::Added => ItemChange::Removed,
            ItemChange::Removed => ItemChange::Added,
            ItemChange::Retired => ItemChange::Restored,
            ItemChange::Restored => ItemChange::Retired,
            same => same,
        };
    }
    let fact = format!(
        "{} {:?} {:?} {:.6} {:?}",
        change.key(),
        flags.keys(),
        item.evidence.map(|evidence| evidence.key()),
        item.likeness,
        item.severity
    );
    (old, new, fact, item.fields.iter().map(|field| field_told(field, turn)).collect())
}

fn field_told(field: &FieldDiff, turn: bool) -> String {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    // Between equal segments the order of the two sides carries nothing.
    for segment in &field.segments {
        let (op, text, notation) = turned(segment);
        let op = if turn && op > 0 { 3 - op } else { op };
        if op != 2 {
            first.push((op, text, notation));
        }
        if op != 1 {
            second.push((op, text, notation));
        }
    }
    format!("{first:?} {second:?}")
}

/// The places on both sides, what is said, the flags.
type Told = (Option<usize>, Option<usize>, String, BTreeSet<String>);

fn items_told(diff: &Diff, turn: bool) -> Vec<Told> {
    let mut told: Vec<_> = diff.items.iter().map(|item| told(item, turn)).collect();
    told.sort();
    told
}

fn columns_told(diff: &Diff, turn: bool) -> BTreeSet<(u8, String, String)> {
    let told = |change: &ColumnChange| match change {
        ColumnChange::Renamed { old, new } if turn => (0, new.clone(), old.clone()),
        ColumnChange::Renamed { old, new } => (0, old.clone(), new.clone()),
        ColumnChange::Moved { old, new } if turn => (1, new.clone(), old.clone()),
        ColumnChange::Moved { old, new } => (1, old.clone(), new.clone()),
        ColumnChange::Added { new } => (if turn { 3 } else { 2 }, new.clone(), String::new()),
        ColumnChange::Removed { old } => (if turn { 2 } else { 3 }, old.clone(), String::new()),
    };
    diff.columns.iter().map(told).collect()
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(SENTENCES.to_vec()).prop_map(str::to_owned),
        2 => "[一-五の、。ア-オ0-9a-c１２（）() \n　\u{301}]{0,12}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// A text and one made from it by cutting, doubling and putting in.
fn text_pair() -> impl Strategy<Value = (String, String)> {
    let related = (any_text(), any_text(), 0usize..60, 0usize..60).prop_map(|(old, more, from, to)| {
        let chars: Vec<char> = old.chars().collect();
        let (from, to) = (from.min(chars.len()), to.min(chars.len()));
        let new = chars[..from].iter().copied().chain(more.chars()).chain(chars[to..].iter().copied()).collect();
        (old, new)
    });
    prop_oneof![related, (any_text(), any_text())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn segments_rebuild_both_texts_and_none_is_empty((old, new) in text_pair()) {
        let compared = text::compare(&old, &new);
        prop_assert_eq!(rebuilt(&compared.segments, Side::Old), old.clone());
        prop_assert_eq!(rebuilt(&compared.segments, Side::New), new.clone());
        prop_assert!(compared.segments.iter().all(|segment| !segment.text.is_empty()));
        prop_assert_eq!(text::kind(&compared.segments).is_none(), old == new);
    }

    #[test]
    fn a_moved_sentence_stands_once_on_each_side((old, new) in text_pair()) {
        let compared = text::compare(&old, &new);
        let of = |side: Side| {
            let moved = compared.segments.iter().filter(|segment| segment.op == SegmentOp::Move(side));
            moved.map(|segment| segment.text.chars().filter(|c| !c.is_whitespace()).count()).sum::<usize>()
        };
        // Their notation may differ, but hardly what they say.
        prop_assert_eq!(of(Side::Old) == 0, of(Side::New) == 0);
    }

    #[test]
    fn texts_the_other_way_round_mirror((old, new) in text_pair()) {
        let (there, back) = (text::compare(&old, &new), text::compare(&new, &old));
        let side = |segments: &[Segment], of: u8, turn: bool| -> Vec<(bool, String, bool)> {
            let op = |segment: &Segment| { let op = turned(segment).0; if turn && op > 0 { 3 - op } else { op } };
            let wanted = segments.iter().filter(|segment| op(segment) != of);
            wanted.map(|segment| (op(segment) == 0, segment.text.clone(), segment.notation)).collect()
        };
        for of in [1, 2] {
            prop_assert_eq!(side(&there.segments, of, false), side(&back.segments, of, true));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn an_edition_against_itself_has_no_change((_, edition) in editions()) {
        let diff = compare(&edition, &edition);
        prop_assert!(diff.is_same(), "{:?}", diff.summary);
        prop_assert_eq!(diff.items.len(), edition.items.len());
        prop_assert!(diff.items.iter().all(|item| item.fields.is_empty()));
    }

    #[test]
    fn every_item_is_accounted_for((old, new) in editions()) {
        let diff = compare(&old, &new);
        let side = |pick: fn(&ItemDiff) -> &Option<secref::diff::ItemSide>| -> BTreeMap<usize, Vec<&ItemDiff>> {
            let mut by_index: BTreeMap<usize, Vec<&ItemDiff>> = BTreeMap::new();
            for item in &diff.items {
                pick(item).iter().for_each(|side| by_index.entry(side.index).or_default().push(item));
            }
            by_index
        };
        let (olds, news) = (side(|item| &item.old), side(|item| &item.new));
        prop_assert!(olds.keys().copied().eq(0..old.items.len()));
        prop_assert!(news.keys().copied().eq(0..new.items.len()));
        // An item stands in several pairs only where it was split or merged.
        prop_assert!(olds.values().all(|items| items.len() == 1 || items.iter().all(|it| it.flags.split || it.flags.merged)));
        prop_assert!(news.values().all(|items| items.len() == 1 || items.iter().all(|it| it.flags.split || it.flags.merged)));
        let Summary { added, removed, retired, restored, changed, notation, unchanged, .. } = diff.summary;
        prop_assert_eq!(added + removed + retired + restored + changed + notation + unchanged, diff.items.len());
    }

    #[test]
    fn fields_rebuild_both_items((old, new) in editions()) {
        for item in compare(&old, &new).items {
            let (Some(from), Some(to)) = (&item.old, &item.new) else { continue };
            for field in &item.fields {
                let has = |catalog: &Catalog, index: usize, text: &str| {
                    let values = catalog.items[index].values.iter();
                    text.is_empty() || values.flatten().any(|value| value.effective_text() == text)
                };
                prop_assert!(has(&old, from.index, &rebuilt(&field.segments, Side::Old)));
                prop_assert!(has(&new, to.index, &rebuilt(&field.segments, Side::New)));
            }
        }
    }

    #[test]
    fn the_other_way_round_mirrors((old, new) in editions()) {
        let (there, back) = (compare(&old, &new), compare(&new, &old));
        prop_assert_eq!(items_told(&there, false), items_told(&back, true));
        prop_assert_eq!(columns_told(&there, false), columns_told(&back, true));
    }

    #[test]
    fn a_catalog_and_its_json_differ_alike((old, new) in editions()) {
        let read = |catalog: &Catalog| json::from_json(&json::to_json(catalog)).unwrap();
        prop_assert!(compare(&old, &read(&old)).is_same());
        let (direct, through) = (compare(&old, &new), compare(&read(&old), &read(&new)));
        prop_assert_eq!(direct.items, through.items);
    }

    #[test]
    fn a_fingerprint_moves_with_either_text_and_with_nothing_else((old, new) in editions()) {
        let prints = |diff: &Diff| diff.items.iter().map(|item| item.fingerprint.clone()).collect::<Vec<_>>();
        let diff = compare(&old, &new);
        let elsewhere = |catalog: &Catalog| {
            let mut catalog = catalog.clone();
            catalog.source.file = "other.csv".into();
            catalog.edition.version = Some("第10版".into());
            catalog.items.iter_mut().for_each(|item| item.raw_id = secref::text::owned(format!("{}※", item.raw_id)));
            catalog
        };
        prop_assert_eq!(prints(&diff), prints(&compare(&elsewhere(&old), &elsewhere(&new))));
        // All differ but for items that are each other's double.
        let keys: Vec<_> = diff.items.iter().map(|item| (item.fingerprint.clone(), sides(item, &old, &new))).collect();
        let distinct: HashSet<_> = keys.iter().map(|(_, sides)| sides.clone()).collect();
        prop_assert_eq!(keys.iter().map(|(print, _)| print).collect::<HashSet<_>>().len(), distinct.len());
    }
}

/// Keys and texts of both sides, written out.
fn sides(item: &ItemDiff, old: &Catalog, new: &Catalog) -> String {
    let write = |side: &Option<secref::diff::ItemSide>, catalog: &Catalog| {
        side.as_ref().map(|side| {
            let item = &catalog.items[side.index];
            let texts: Vec<_> = item.values.iter().flatten().map(|value| value.effective_text().into_owned()).collect();
            format!("{:?} {:?} {texts:?}", item.key, item.status)
        })
    };
    format!("{:?}", (write(&item.old, old), write(&item.new, new)))
}

/// Texts made to take long: a megabyte of short sentences, of one character, of words without an end.
#[test]
fn long_texts_are_compared_in_good_time_and_a_coarse_look_is_said() {
    let scrambled = |number: usize| number.wrapping_mul(2_654_435_761) >> 7;
    let made = |count: usize, seed: usize, piece: &dyn Fn(usize) -> String| -> String {
        (0..count).map(|number| piece(scrambled(number + seed))).collect()
    };
    let short = |number: usize| format!("{}。", char::from_u32(0x4E00 + (number % 400) as u32).unwrap());
    let pair = |number: usize| if number.is_multiple_of(2) { "あ".to_owned() } else { "い".to_owned() };
    let word = |number: usize| format!("w{} ", number % 5_000);
    let kanji = |number: usize| char::from_u32(0x4E00 + (number % 2_000) as u32).unwrap().to_string();
    let pieces: [(&str, &dyn Fn(usize) -> String); 4] =
        [("sentences", &short), ("two characters", &pair), ("words", &word), ("kanji", &kanji)];
    for (name, piece) in pieces {
        for count in [30_000, 170_000] {
            let (old, new) = (made(count, 0, piece), made(count, 1_000_003, piece));
            let started = std::time::Instant::now();
            let compared = text::compare(&old, &new);
            let took = started.elapsed();
            println!("{name} × {count}: {took:?}, coarse: {}", compared.coarse);
            assert_eq!(rebuilt(&compared.segments, Side::Old), old);
            assert_eq!(rebuilt(&compared.segments, Side::New), new);
            // A fraction of a second as built for use; tests run unoptimised and side by side.
            assert!(took.as_secs() < 60, "{name} × {count} took {took:?}");
        }
    }
}
