//! The marks audit: what the publisher painted against what really changed, and one workbook's marks alone.

use crate::catalog::{Catalog, FieldValue, Item, Mark, MarkKind};
use crate::diagnostic::{Diagnostic, Failure};
use crate::text::fold::{is_ignorable, notation_char};

use super::fingerprint::fingerprint;
use super::{
    ChangeSeverity, Diff, FieldChangeKind, FieldDiff, Flags, ItemChange, ItemDiff, ItemSide, MarkAgreement, Segment,
    SegmentOp, Side, Summary, text,
};

/// What the audit of one field says.
#[derive(Debug, Default)]
pub(super) struct FieldAudit {
    pub(super) agreement: Option<MarkAgreement>,
    pub(super) marked: Vec<(u32, u32)>,
    pub(super) unmarked: Vec<(u32, u32)>,
}

/// The kind of mark that stands for an addition in an edition: red text, or, where nothing is red, whatever it
/// paints. `None` where its format carries no marks or nothing is marked, and that is said.
pub(super) fn audited_kind(catalog: &Catalog, diagnostics: &mut Vec<Diagnostic>) -> Option<MarkKind> {
    if !carries_marks(&catalog.source.file) {
        diagnostics.push(Diagnostic::note("diff-marks-unreadable").arg("file", catalog.source.file.clone()));
        return None;
    }
    let has = |kind: MarkKind| values(catalog).any(|value| value.marks.iter().any(|mark| mark.kind == kind));
    if has(MarkKind::Added) {
        return Some(MarkKind::Added);
    }
    if has(MarkKind::Emphasis) {
        diagnostics.push(Diagnostic::note("diff-marks-emphasis").arg("file", catalog.source.file.clone()));
        return Some(MarkKind::Emphasis);
    }
    diagnostics.push(Diagnostic::note("diff-marks-none").arg("file", catalog.source.file.clone()));
    None
}

fn values(catalog: &Catalog) -> impl Iterator<Item = &FieldValue> {
    catalog.items.iter().flat_map(|item| item.values.iter().flatten())
}

/// Runs, and so marks inside a cell, are read from workbooks; a delimited text has none.
fn carries_marks(file: &str) -> bool {
    let extension = file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("xlsx" | "xlsm" | "xlsb" | "xls" | "ods"))
}

/// Holds a field's marks against its change. What was painted the same in the old edition is no mark of this revision:
/// a column of coloured words, or the additions of the revision before.
pub(super) fn audit(
    old: Option<&FieldValue>,
    value: Option<&FieldValue>,
    segments: &[Segment],
    audited: Option<MarkKind>,
) -> FieldAudit {
    let (Some(kind), Some(value)) = (audited, value) else { return FieldAudit::default() };
    let new: Vec<char> = side(segments, Side::New).collect();
    let kept = old.map_or_else(Vec::new, |old| kept_spans(old, kind, segments));
    let marked = trimmed(minus(&effective_spans(value, kind), &kept), &new);
    let added = trimmed(added_spans(segments), &new);
    if added.is_empty() {
        let agreement = (!marked.is_empty()).then_some(MarkAgreement::MarkOnly);
        return FieldAudit { agreement, marked, unmarked: Vec::new() };
    }
    if marked.is_empty() {
        return FieldAudit { agreement: Some(MarkAgreement::Unmarked), marked, unmarked: added };
    }
    // An insertion can often be cut in two ways (`AのBの`); the publisher's cut is right if what is not marked was
    // there before, in order.
    let rest = outside(&marked, &new);
    if is_within(&rest, side(segments, Side::Old)) {
        let (count, needed) = (length(&marked), length(&added));
        let agrees = count <= needed + (needed / 4).max(3);
        let agreement = if agrees { MarkAgreement::Agrees } else { MarkAgreement::Partial };
        return FieldAudit { agreement: Some(agreement), marked, unmarked: Vec::new() };
    }
    let unmarked = trimmed(minus(&added, &marked), &new);
    let touches = added.iter().any(|&(start, end)| marked.iter().any(|&(from, to)| start < to && from < end));
    let agreement = if unmarked.is_empty() || touches { MarkAgreement::Partial } else { MarkAgreement::Unmarked };
    FieldAudit { agreement: Some(agreement), marked, unmarked }
}

fn side(segments: &[Segment], side: Side) -> impl Iterator<Item = char> + '_ {
    let counts = move |segment: &&Segment| match segment.op {
        SegmentOp::Equal => true,
        SegmentOp::Delete => side == Side::Old,
        SegmentOp::Insert => side == Side::New,
        SegmentOp::Move(of) => side == of,
    };
    segments.iter().filter(counts).flat_map(|segment| segment.text.chars())
}

/// The stretches of the new text that were there before and painted as now.
fn kept_spans(old: &FieldValue, kind: MarkKind, segments: &[Segment]) -> Vec<(u32, u32)> {
    let was_marked = effective_spans(old, kind);
    if was_marked.is_empty() {
        return Vec::new();
    }
    let is_marked = |at: u32| was_marked.iter().any(|&(start, end)| (start..end).contains(&at));
    let (mut at, mut flags) = (0, Vec::new());
    for segment in segments {
        let length = u32::try_from(segment.text.chars().count()).unwrap_or(u32::MAX);
        match segment.op {
            SegmentOp::Equal => flags.extend((at..at + length).map(is_marked)),
            SegmentOp::Insert | SegmentOp::Move(Side::New) => flags.extend((0..length).map(|_| false)),
            SegmentOp::Delete | SegmentOp::Move(Side::Old) => {}
        }
        at += if matches!(segment.op, SegmentOp::Insert | SegmentOp::Move(Side::New)) { 0 } else { length };
    }
    spans(flags.into_iter())
}

/// The marks of a kind as stretches of the effective text, which leaves struck text out.
fn effective_spans(value: &FieldValue, kind: MarkKind) -> Vec<(u32, u32)> {
    let is_struck = |index: u32| {
        value.marks.iter().any(|mark| mark.kind == MarkKind::Deleted && (mark.start..mark.end).contains(&index))
    };
    let is_marked =
        |index: u32| value.marks.iter().any(|mark| mark.kind == kind && (mark.start..mark.end).contains(&index));
    if !value.marks.iter().any(|mark| mark.kind == kind) {
        return Vec::new();
    }
    let length = u32::try_from(value.text.chars().count()).unwrap_or(u32::MAX);
    let shown = (0..length).filter(|&index| !is_struck(index));
    spans(shown.map(is_marked))
}

/// The stretches of `true`.
fn spans(flags: impl Iterator<Item = bool>) -> Vec<(u32, u32)> {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for (index, flag) in (0u32..).zip(flags) {
        match spans.last_mut() {
            Some(last) if flag && last.1 == index => last.1 = index + 1,
            _ if flag => spans.push((index, index + 1)),
            _ => {}
        }
    }
    spans
}

fn added_spans(segments: &[Segment]) -> Vec<(u32, u32)> {
    let on_new = |segment: &&Segment| !matches!(segment.op, SegmentOp::Delete | SegmentOp::Move(Side::Old));
    let flags = segments.iter().filter(on_new).flat_map(|segment| {
        let added = segment.op == SegmentOp::Insert && !segment.notation;
        segment.text.chars().map(move |_| added)
    });
    spans(flags)
}

/// Leaves out blanks at the ends of each stretch, and stretches of nothing else: nobody sees whether those are painted.
fn trimmed(spans: Vec<(u32, u32)>, text: &[char]) -> Vec<(u32, u32)> {
    let blank = |index: u32| text.get(index as usize).is_none_or(|&c| c.is_whitespace() || is_ignorable(c));
    let trim = |(mut start, mut end): (u32, u32)| {
        while start < end && blank(start) {
            start += 1;
        }
        while start < end && blank(end - 1) {
            end -= 1;
        }
        (start < end).then_some((start, end))
    };
    spans.into_iter().filter_map(trim).collect()
}

fn length(spans: &[(u32, u32)]) -> u32 {
    spans.iter().map(|(start, end)| end - start).sum()
}

fn outside(spans: &[(u32, u32)], text: &[char]) -> Vec<char> {
    let is_inside = |index: u32| spans.iter().any(|&(start, end)| (start..end).contains(&index));
    (0u32..).zip(text).filter(|&(index, _)| !is_inside(index)).map(|(_, &c)| c).collect()
}

/// Says whether the characters stand in the text in this order, notation apart.
fn is_within(part: &[char], mut whole: impl Iterator<Item = char>) -> bool {
    let mut wanted = part.iter().filter_map(|&c| notation_char(c));
    wanted.all(|c| whole.any(|other| notation_char(other) == Some(c)))
}

fn minus(these: &[(u32, u32)], those: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut rest = these.to_vec();
    for &(from, to) in those {
        rest = rest
            .into_iter()
            .flat_map(|(start, end)| [(start, end.min(from)), (start.max(to), end)])
            .filter(|(start, end)| start < end)
            .collect();
    }
    rest
}

/// Shows one workbook's marks as changes: its additions as the publisher painted them.
///
/// Nothing is compared: what is painted as added is shown inserted, what is struck out deleted.
///
/// # Errors
///
/// `diff-marks-alone-unreadable` for a format that shows no colours, `diff-marks-alone-none` where nothing is marked:
/// without an older edition nobody can tell then what was added.
pub fn marks(catalog: &Catalog) -> Result<Diff, Failure> {
    let mut diagnostics = Vec::new();
    let audited = audited_kind(catalog, &mut diagnostics);
    if audited.is_none() && !catalog.items.iter().any(is_marked) {
        let code =
            if carries_marks(&catalog.source.file) { "diff-marks-alone-none" } else { "diff-marks-alone-unreadable" };
        return Err(Diagnostic::error(code).arg("file", catalog.source.file.clone()).into());
    }
    // What is not held against any change need not be said here.
    diagnostics.retain(|said| said.code == "diff-marks-emphasis");
    let items: Vec<ItemDiff> =
        (0..catalog.items.len()).map(|index| marked_item(catalog, index, audited.unwrap_or(MarkKind::Added))).collect();
    Ok(Diff {
        old: None,
        new: (catalog.edition.clone(), catalog.source.clone()),
        summary: Summary::of(&items),
        groups: catalog.groups.clone(),
        columns: Vec::new(),
        items,
        documents: Vec::new(),
        marks: None,
        diagnostics,
    })
}

/// Says whether an item's own marker (改訂区分, a comment) or a stroke through its text speaks of a revision.
fn is_marked(item: &Item) -> bool {
    let is_struck = |value: &FieldValue| value.marks.iter().any(|mark| mark.kind == MarkKind::Deleted);
    !item.revision.is_empty() || item.values.iter().flatten().any(is_struck)
}

fn marked_item(catalog: &Catalog, index: usize, audited: MarkKind) -> ItemDiff {
    let item = &catalog.items[index];
    let fields: Vec<FieldDiff> = catalog
        .fields
        .iter()
        .zip(&item.values)
        .filter_map(|(field, value)| marked_field(field, value.as_ref()?, audited))
        .collect();
    let change = marked_change(item, &fields);
    let title = Some(catalog.text(item, crate::catalog::key::TITLE)).filter(|title| !title.is_empty());
    ItemDiff {
        change,
        flags: Flags::default(),
        old: None,
        new: Some(ItemSide {
            key: item.key.clone(),
            index,
            title: title.map(std::borrow::Cow::into_owned),
            at: item.at.to_vec(),
        }),
        group: item.group.clone(),
        evidence: None,
        likeness: 0.0,
        fingerprint: fingerprint(None, Some(item), &mut Vec::new()),
        severity: marked_severity(change, &fields),
        fields,
        citations_added: Vec::new(),
        citations_removed: Vec::new(),
        conformity: None,
        into: Vec::new(),
        from: Vec::new(),
    }
}

fn marked_severity(change: ItemChange, fields: &[FieldDiff]) -> ChangeSeverity {
    match change {
        ItemChange::Unchanged => ChangeSeverity::None,
        ItemChange::Added | ItemChange::Retired => ChangeSeverity::Conformity,
        _ if fields.iter().any(|field| field.is_customer_action) => ChangeSeverity::CustomerAction,
        _ => ChangeSeverity::Text,
    }
}

/// What the marks say of the whole item: its own marker first, else whether every word of it is painted.
fn marked_change(item: &Item, fields: &[FieldDiff]) -> ItemChange {
    match item.revision.first().map(|revision| revision.kind) {
        Some(MarkKind::Added) => return ItemChange::Added,
        Some(MarkKind::Deleted) => return ItemChange::Retired,
        Some(MarkKind::Emphasis) => return ItemChange::Changed,
        None => {}
    }
    let whole = fields.iter().filter(|field| field.change == Some(FieldChangeKind::Filled)).count();
    if fields.is_empty() {
        ItemChange::Unchanged
    } else if whole == item.values.iter().flatten().count() {
        ItemChange::Added
    } else {
        ItemChange::Changed
    }
}

fn marked_field(field: &crate::catalog::Field, value: &FieldValue, audited: MarkKind) -> Option<FieldDiff> {
    if !value.marks.iter().any(|mark| mark.kind == audited || mark.kind == MarkKind::Deleted) {
        return None;
    }
    let has = |index: u32, kind: MarkKind| {
        value.marks.iter().any(|mark: &Mark| mark.kind == kind && (mark.start..mark.end).contains(&index))
    };
    let mut segments: Vec<Segment> = Vec::new();
    for (index, c) in (0u32..).zip(value.text.chars()) {
        let op = if has(index, MarkKind::Deleted) {
            SegmentOp::Delete
        } else if has(index, audited) {
            SegmentOp::Insert
        } else {
            SegmentOp::Equal
        };
        match segments.last_mut() {
            Some(last) if last.op == op => last.text.push(c),
            _ => segments.push(Segment { op, text: c.to_string(), notation: false }),
        }
    }
    let new: Vec<char> = side(&segments, Side::New).collect();
    Some(FieldDiff {
        key: field.key.clone(),
        label: field.label.clone(),
        is_customer_action: &*field.key == crate::catalog::key::CUSTOMER_ACTION,
        change: text::kind(&segments),
        marks: None,
        marked: trimmed(added_spans(&segments), &new),
        unmarked: Vec::new(),
        segments,
        old_at: Vec::new(),
        new_at: value.at.to_vec(),
    })
}
