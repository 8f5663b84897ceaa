//! What a difference means for an answer: the reasons, and the changed texts to put beside it.

use std::fmt::Write;

use crate::answers::CarryReason;
use crate::answers::draft::LIMIT_UNITS;
use crate::catalog::Citation;
use crate::diff::{Evidence, FieldChangeKind, FieldDiff, ItemChange, ItemDiff, Segment, SegmentOp, Side};

/// How many characters of unchanged text stand around a change.
const CONTEXT_CHARS: usize = 30;

/// The reasons an answer to this item gets, most telling first.
pub(super) fn reasons(diff: &ItemDiff) -> Vec<CarryReason> {
    let mut reasons = Vec::new();
    reasons.extend(diff.flags.merged.then_some(CarryReason::Merged));
    reasons.extend((diff.flags.split || diff.into.len() > 1).then_some(CarryReason::Split));
    reasons.extend(text_reason(diff));
    let went_elsewhere = !diff.into.is_empty() && !diff.flags.merged;
    reasons.extend((diff.flags.renumbered || went_elsewhere).then_some(CarryReason::Renumbered));
    if reasons.is_empty() {
        reasons.push(if diff.change == ItemChange::Notation { CarryReason::Notation } else { CarryReason::Same });
    }
    reasons
}

fn text_reason(diff: &ItemDiff) -> Option<CarryReason> {
    match diff.change {
        ItemChange::Added => Some(CarryReason::New),
        ItemChange::Retired if !diff.into.is_empty() => None,
        ItemChange::Removed | ItemChange::Retired => Some(CarryReason::Retired),
        ItemChange::Restored => Some(CarryReason::Changed),
        ItemChange::Changed if only_adds(diff) => Some(CarryReason::Appended),
        ItemChange::Changed => Some(CarryReason::Changed),
        ItemChange::Notation if diff.flags.renumbered || diff.flags.split || diff.flags.merged => {
            Some(CarryReason::Notation)
        }
        ItemChange::Notation | ItemChange::Unchanged => None,
    }
}

/// Whether something was added and nothing taken away: no text, no citation, no conformity that was another.
fn only_adds(diff: &ItemDiff) -> bool {
    use FieldChangeKind::{Appended, Filled, Inserted, Moved, Notation};
    let kinds = || diff.fields.iter().filter_map(|field| field.change);
    let adds = kinds().any(|kind| matches!(kind, Appended | Inserted | Filled)) || !diff.citations_added.is_empty();
    adds && diff.citations_removed.is_empty()
        && diff.conformity.is_none()
        && kinds().all(|kind| matches!(kind, Appended | Inserted | Filled | Notation | Moved))
}

/// Whether an answer with these reasons has to be looked at again. A declared renumbering alone needs no look.
pub(super) fn needs_recheck(reasons: &[CarryReason], evidence: Option<Evidence>) -> bool {
    reasons.iter().any(|reason| match reason {
        CarryReason::Same | CarryReason::Notation | CarryReason::New | CarryReason::Retired => false,
        CarryReason::Renumbered => evidence != Some(Evidence::Declared),
        CarryReason::Appended
        | CarryReason::Changed
        | CarryReason::Split
        | CarryReason::Merged
        | CarryReason::ReferredChanged => true,
    })
}

/// Whether what an answer elsewhere says about this item may no longer hold: its text, its number or itself changed.
pub(super) fn unsettles(diff: &ItemDiff) -> bool {
    diff.flags.renumbered
        || diff.flags.split
        || diff.flags.merged
        || !matches!(diff.change, ItemChange::Unchanged | ItemChange::Notation | ItemChange::Added)
}

/// The changed fields' text on one side, each headed by its label.
pub(super) fn side_text(diff: &ItemDiff, side: Side) -> String {
    let is_on_side = |segment: &&Segment| match segment.op {
        SegmentOp::Equal => true,
        SegmentOp::Delete => side == Side::Old,
        SegmentOp::Insert => side == Side::New,
        SegmentOp::Move(of) => of == side,
    };
    let texts = diff.fields.iter().filter(|field| field.change.is_some()).filter_map(|field| {
        let text: String = field.segments.iter().filter(is_on_side).map(|segment| segment.text.as_str()).collect();
        (!text.is_empty()).then(|| format!("【{}】\n{text}", field.label))
    });
    capped(texts.collect::<Vec<_>>().join("\n"))
}

/// What changed, for the cell beside the answer: `【列】…[-旧-]{+新+}…`, conformity and citations first.
pub(super) fn changed_text(diff: &ItemDiff) -> String {
    let mut lines = Vec::new();
    if let Some((old, new)) = &diff.conformity {
        let word = |side: &Option<crate::catalog::Conformity>| {
            side.as_ref().map_or("（なし）", |conformity| conformity.word.as_str()).to_owned()
        };
        lines.push(format!("【適合性】[-{}-]{{+{}+}}", word(old), word(new)));
    }
    for field in diff.fields.iter().filter(|field| field.change.is_some()) {
        lines.push(format!("【{}】{}", field.label, excerpt(field)));
    }
    if !diff.citations_added.is_empty() || !diff.citations_removed.is_empty() {
        let removed = diff.citations_removed.iter().map(|citation| format!("[-{}-]", cited(citation)));
        let added = diff.citations_added.iter().map(|citation| format!("{{+{}+}}", cited(citation)));
        lines.push(format!("【参照】{}", removed.chain(added).collect::<Vec<_>>().join(" ")));
    }
    capped(lines.join("\n"))
}

fn cited(citation: &Citation) -> String {
    let list =
        if citation.list == crate::catalog::List::Documents { "公開文書" } else { "第三者認証レポート" };
    format!("{list} {:02}", citation.number)
}

fn excerpt(field: &FieldDiff) -> String {
    let mut out = String::new();
    let last = field.segments.len().saturating_sub(1);
    for (index, segment) in field.segments.iter().enumerate() {
        let _ = match segment.op {
            SegmentOp::Equal => write!(out, "{}", shortened(&segment.text, index == 0, index == last)),
            SegmentOp::Delete | SegmentOp::Move(Side::Old) => write!(out, "[-{}-]", segment.text),
            SegmentOp::Insert | SegmentOp::Move(Side::New) => write!(out, "{{+{}+}}", segment.text),
        };
    }
    out
}

/// Unchanged text cut down to its ends next to a change.
fn shortened(text: &str, is_first: bool, is_last: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let (head, tail) = (if is_first { 0 } else { CONTEXT_CHARS }, if is_last { 0 } else { CONTEXT_CHARS });
    if chars.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let head: String = chars[..head].iter().collect();
    let tail: String = chars[chars.len() - tail..].iter().collect();
    format!("{head}…{tail}")
}

/// Cuts a text to what a cell of Excel holds.
pub(super) fn capped(text: String) -> String {
    if text.encode_utf16().count() <= LIMIT_UNITS {
        return text;
    }
    let mut units = 1;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= LIMIT_UNITS
    });
    let mut kept: String = kept.collect();
    kept.push('…');
    kept
}
