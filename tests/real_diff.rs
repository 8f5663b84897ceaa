//! The difference between editions whose every edit is known, made by somebody else: the invented pairs beside the
//! checkout (`SECREF_DATA`, else `../shared/data`). Where they are absent nothing is run, and that is printed.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod real_files;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use secref::address::{CellRef, SheetRange};
use secref::catalog::{Catalog, Field, FieldValue, Item, ItemKey, ItemStatus, Places, Source};
use secref::diff::{ColumnChange, Diff, DiffOptions, FieldChangeKind, ItemChange, ItemDiff, SegmentOp, diff};
use serde_json::Value;

/// The pairs that come with the data, and more of them where `SECREF_SEEDS` names a folder.
fn seeds() -> Vec<PathBuf> {
    let more = std::env::var_os("SECREF_SEEDS").map(PathBuf::from);
    let folders = real_files::folder().map(|data| data.join("editions-synthetic")).into_iter().chain(more);
    let entries = folders.flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let mut seeds: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.join("truth.json").exists()).collect();
    seeds.sort();
    seeds
}

fn catalog(path: &Path) -> Catalog {
    let mut reader = csv::ReaderBuilder::new().from_path(path).unwrap();
    let headings: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let sheet: Arc<str> = Arc::from("基準一覧");
    let id_column = headings.iter().position(|heading| heading == "項番").unwrap();
    let columns: Vec<usize> = (0..headings.len()).filter(|&column| column != id_column).collect();
    let fields = columns
        .iter()
        .map(|&column| Field { key: Arc::from(headings[column].as_str()), label: headings[column].clone() });
    let item = |(row, record): (usize, csv::Result<csv::StringRecord>)| {
        let record = record.unwrap();
        let at = |column: usize| SheetRange::new(&sheet, CellRef::new(row as u32 + 1, column as u32));
        let value = |&column: &usize| {
            let text = &record[column];
            (!text.is_empty()).then(|| FieldValue::new(secref::text::owned(text), at(column)))
        };
        Item {
            group: Some(Arc::from(record[id_column].chars().next().unwrap().to_string())),
            values: columns.iter().map(value).collect(),
            ..Item::new(ItemKey::of(&record[id_column]), Places::one(at(id_column)))
        }
    };
    Catalog {
        source: Source { file: "made.xlsx".into(), ..Source::default() },
        fields: fields.collect(),
        items: reader.records().enumerate().map(item).collect(),
        ..Catalog::default()
    }
}

fn pair(seed: &Path, new: &str) -> (Diff, Value) {
    let truth: Value = serde_json::from_slice(&std::fs::read(seed.join("truth.json")).unwrap()).unwrap();
    let (old, new) = (catalog(&seed.join("old.csv")), catalog(&seed.join(format!("{new}.csv"))));
    (diff(&old, &new, &DiffOptions::default()).unwrap(), truth)
}

fn ids(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

fn ids_of(diff: &Diff, wanted: impl Fn(&&ItemDiff) -> bool) -> BTreeSet<String> {
    diff.items
        .iter()
        .filter(wanted)
        .map(|item| item.old.as_ref().or(item.new.as_ref()).unwrap().key.to_string())
        .collect()
}

/// The items that moved. An item added among them is added and nothing else.
fn moved(truth: &Value) -> BTreeSet<String> {
    ids(&truth["newA"]["moved"]).difference(&ids(&truth["newA"]["added"])).cloned().collect()
}

/// Characters marked as deleted and inserted in changed items.
fn marked(diff: &Diff) -> (usize, usize) {
    let (mut deleted, mut inserted) = (0, 0);
    let kept = diff.items.iter().filter(|item| item.old.is_some() && item.new.is_some());
    for segment in kept.flat_map(|item| &item.fields).flat_map(|field| &field.segments) {
        match segment.op {
            SegmentOp::Delete if !segment.notation => deleted += segment.text.chars().count(),
            SegmentOp::Insert if !segment.notation => inserted += segment.text.chars().count(),
            _ => {}
        }
    }
    (deleted, inserted)
}

/// The fewest characters that turn one text into the other, by the plainest algorithm there is.
fn minimal(old: &str, new: &str) -> (usize, usize) {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let mut row = vec![0usize; new.len() + 1];
    for a in &old {
        let mut diagonal = 0;
        for (j, b) in new.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if a == b { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    let common = row[new.len()];
    (old.len() - common, new.len() - common)
}

fn check_changed_items(diff: &Diff, truth: &Value, edition: &str, field: &str) -> (usize, usize) {
    let changed = &truth[edition]["changed"];
    let kinds = ["word", "ending", "sentence-added", "sentence-removed"];
    let substantive: BTreeSet<String> = kinds.iter().flat_map(|kind| ids(&changed[kind])).collect();
    assert_eq!(ids_of(diff, |item| item.change == ItemChange::Changed), substantive);
    assert_eq!(ids_of(diff, |item| item.change == ItemChange::Notation), ids(&changed["notation"]));
    let mut fewest = (0, 0);
    for item in diff.items.iter().filter(|item| matches!(item.change, ItemChange::Changed)) {
        assert_eq!(item.fields.len(), 1);
        assert_eq!(&*item.fields[0].key, field);
        let edit = &truth["edits"][item.old.as_ref().unwrap().key.to_string()];
        let (deleted, inserted) = minimal(edit["old"].as_str().unwrap(), edit["new"].as_str().unwrap());
        fewest = (fewest.0 + deleted, fewest.1 + inserted);
    }
    fewest
}

fn check_characters(seed: &Path, diff: &Diff, fewest: (usize, usize)) {
    let (deleted, inserted) = marked(diff);
    println!("{}: marked {deleted}/{inserted}, at least {}/{}", seed.display(), fewest.0, fewest.1);
    assert!(deleted * 10 <= fewest.0 * 11 && inserted * 10 <= fewest.1 * 11);
}

fn check_sentences(diff: &Diff, truth: &Value, edition: &str) {
    for (kind, op) in [("sentence-added", SegmentOp::Insert), ("sentence-removed", SegmentOp::Delete)] {
        for id in ids(&truth[edition]["changed"][kind]) {
            let item = diff.items.iter().find(|item| item.old.as_ref().is_some_and(|old| *old.key.id == *id)).unwrap();
            let marked: Vec<&str> =
                item.fields[0].segments.iter().filter(|it| it.op == op).map(|it| it.text.as_str()).collect();
            assert!(marked.len() == 1 && marked[0].trim_end().ends_with('。'), "{id}: {marked:?}");
        }
    }
}

#[test]
fn a_stable_numbering_is_followed_exactly() {
    for seed in seeds() {
        let (diff, truth) = pair(&seed, "newA");
        assert_eq!(ids_of(&diff, |item| item.change == ItemChange::Added), ids(&truth["newA"]["added"]));
        assert_eq!(ids_of(&diff, |item| item.change == ItemChange::Removed), ids(&truth["newA"]["removed"]));
        assert_eq!(ids_of(&diff, |item| item.flags.moved), moved(&truth));
        assert_eq!(diff.summary.renumbered, 0);
        assert!(diff.columns.is_empty());
        let fewest = check_changed_items(&diff, &truth, "newA", "解説");
        check_characters(&seed, &diff, fewest);
        check_sentences(&diff, &truth, "newA");
    }
}

#[test]
fn renumbered_items_are_found_again_and_none_is_forced() {
    for seed in seeds() {
        let (diff, truth) = pair(&seed, "newB");
        let expected: BTreeMap<String, String> = truth["newB"]["ids"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(old, new)| (old.clone(), new.as_str().unwrap().to_owned()))
            .collect();
        let found: BTreeMap<String, String> = diff
            .items
            .iter()
            .filter_map(|item| Some((item.old.as_ref()?.key.to_string(), item.new.as_ref()?.key.to_string())))
            .collect();
        let wrong: Vec<_> = found.iter().filter(|(old, new)| expected.get(*old) != Some(new)).collect();
        let missed: Vec<_> = expected.iter().filter(|(old, _)| !found.contains_key(*old)).collect();
        assert!(wrong.is_empty() && missed.is_empty(), "{}: wrong {wrong:?}, missed {missed:?}", seed.display());
        assert_eq!(diff.summary.renumbered, truth["newB"]["renumbered"].as_array().unwrap().len());
        assert_eq!(ids_of(&diff, |item| item.flags.moved), moved(&truth));
        let fewest = check_changed_items(&diff, &truth, "newB", "解説");
        check_characters(&seed, &diff, fewest);
        let (stable, _) = pair(&seed, "newA");
        assert_eq!(marked(&diff), marked(&stable));
    }
}

#[test]
fn a_renamed_and_moved_column_keeps_its_edits() {
    for seed in seeds() {
        let (diff, truth) = pair(&seed, "newC");
        let text = str::to_owned;
        assert_eq!(
            diff.columns,
            [
                ColumnChange::Renamed { old: text("解説"), new: text("解説文") },
                ColumnChange::Moved { old: text("解説"), new: text("解説文") },
                ColumnChange::Added { new: text("対象") },
            ]
        );
        let fewest = check_changed_items(&diff, &truth, "newC", "解説文");
        check_characters(&seed, &diff, fewest);
    }
}

#[test]
fn typography_alone_changes_nothing() {
    for seed in seeds() {
        let (diff, truth) = pair(&seed, "typography");
        let expected: BTreeSet<String> = truth["typography"]["notation"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(ids_of(&diff, |item| item.change == ItemChange::Notation), expected);
        assert_eq!(diff.summary.unchanged + diff.summary.notation, diff.items.len());
        let kinds = diff.items.iter().flat_map(|item| &item.fields).filter_map(|field| field.change);
        assert!(kinds.into_iter().all(|kind| kind == FieldChangeKind::Notation));
    }
}

fn imported(path: &Path) -> Catalog {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let workbook = secref::workbook::read(&std::fs::read(path).unwrap(), &name, &Default::default()).unwrap();
    let binding = secref::template::bind(&workbook, &Default::default()).unwrap();
    secref::import::catalog(&workbook, &binding, Source { file: name, ..Source::default() }).unwrap()
}

/// The publisher's own comparison of SP 800-53 Rev. 4 and Rev. 5 says which controls are new and which withdrawn.
#[test]
fn the_publishers_own_lists_of_new_and_withdrawn_controls_are_met() {
    let Some(data) = real_files::folder() else { return };
    let pair = std::fs::read(data.join("expected/pairs/nist-800-53-r4-tsv__r5-xlsx.json")).unwrap();
    let pair: Value = serde_json::from_slice(&pair).unwrap();
    let labelled = |is: fn(&str) -> bool| -> BTreeSet<String> {
        let labels = pair["publisher"]["labels"].as_object().unwrap().iter();
        let said = labels.filter(|(_, labels)| labels.as_array().unwrap().iter().any(|it| is(it.as_str().unwrap())));
        said.map(|(id, _)| id.clone()).collect()
    };
    let folder = data.join("references/nist-800-53");
    let old = imported(&folder.join("nist800-53-r4-controls.tsv"));
    let new = imported(&folder.join("sp800-53r5-control-catalog.xlsx"));
    let found = diff(&old, &new, &DiffOptions::default()).unwrap();
    let of = |change: ItemChange| ids_of(&found, |item| item.change == change);
    let but = |more: &BTreeSet<String>, less: &BTreeSet<String>| more.difference(less).cloned().collect::<Vec<_>>();

    let (added, listed) = (of(ItemChange::Added), labelled(|label| label.starts_with("New ")));
    assert_eq!(but(&added, &listed), [""; 0]);
    // SI-2(4) stood in Rev. 4 as withdrawn; AC-12(2) is the second half of what AC-12(1) said there.
    assert_eq!(but(&listed, &added), ["AC-12(2)", "SI-2(4)"]);
    assert_eq!(of(ItemChange::Restored), BTreeSet::from(["SI-2(4)".to_owned()]));
    let half =
        found.items.iter().find(|item| item.new.as_ref().is_some_and(|side| *side.key.id == *"AC-12(2)")).unwrap();
    assert!(half.flags.split && *half.old.as_ref().unwrap().key.id == *"AC-12(1)");

    let (retired, listed) = (of(ItemChange::Retired), labelled(|label| label == "Withdrawn"));
    assert_eq!(but(&retired, &listed), [""; 0]);
    let before = but(&listed, &retired);
    assert_eq!(before, ["SA-12(3)", "SA-12(4)", "SA-12(6)"]);
    let was_retired = |id: &String| old.items.iter().any(|it| *it.key.id == **id && it.status == ItemStatus::Retired);
    assert!(before.iter().all(was_retired), "they were withdrawn in Rev. 4 already");

    let titled =
        ids_of(&found, |item| item.fields.iter().any(|field| &*field.key == "title" && field.change.is_some()));
    assert_eq!(but(&labelled(|label| label == "Changes title"), &titled), [""; 0]);
}
