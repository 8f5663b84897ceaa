//! What the publisher painted, against what really changed.

use super::*;

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
