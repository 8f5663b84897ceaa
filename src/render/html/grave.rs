//! The changes a reviewer wants to know first: a few lines at the top of the page, each leading to its item.

use super::labels::{self, Labels};
use crate::diff::{ChangeSeverity, Diff, FieldChangeKind, FieldDiff, ItemChange, ItemDiff, Segment, SegmentOp};
use crate::render::stated::stated;

/// How many lines are shown.
#[derive(Copy, Clone)]
pub(super) struct Most {
    of_kind: usize,
    of_all: usize,
    /// Items of a difference up to which a list of the gravest is not worth its room.
    items_plain: usize,
}

impl Most {
    /// Above the items themselves.
    pub(super) const ON_THE_REVIEW_PAGE: Self = Self { of_kind: 4, of_all: 10, items_plain: 10 };
    /// Where the items are on another page.
    pub(super) const ON_THE_INDEX: Self = Self { of_kind: 30, of_all: 60, items_plain: 0 };
}

/// Characters from which a text says something.
const TELLING: usize = 16;
/// Characters shown around a short change.
const AROUND: usize = 10;
/// Characters of a text that are quoted.
const QUOTED: usize = 56;

/// The gravest changes, and how many more are as grave.
pub(super) struct Grave<'a> {
    pub(super) lines: Vec<Line<'a>>,
    pub(super) more: usize,
}

/// One of them.
pub(super) struct Line<'a> {
    /// The item's place on the page.
    pub(super) number: usize,
    pub(super) shown: String,
    pub(super) title: Option<&'a str>,
    pub(super) change: &'static str,
    pub(super) change_word: &'a str,
    pub(super) what: String,
    pub(super) lang: Option<&'static str>,
    pub(super) gone: Option<String>,
    pub(super) come: Option<String>,
}

/// Why a change is grave, gravest first.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Flip,
    Gone,
    ActionEdited,
    ActionAppended,
    Restored,
    Added,
}

impl<'a> Grave<'a> {
    pub(super) fn new(diff: &'a Diff, labels: &'a Labels, most: Most) -> Self {
        let mut grave: Vec<(Kind, usize)> =
            diff.items.iter().enumerate().filter_map(|(place, item)| Some((kind(item)?, place))).collect();
        grave.sort_unstable();
        let all = grave.len();
        let mut shown: Vec<(Kind, usize)> = Vec::new();
        for &(kind, place) in &grave {
            if shown.len() < most.of_all && shown.iter().filter(|known| known.0 == kind).count() < most.of_kind {
                shown.push((kind, place));
            }
        }
        // One edition's marks alone, or a handful of items, need no list of the gravest.
        if diff.old.is_none() || diff.items.len() <= most.items_plain {
            shown.clear();
        }
        let lines: Vec<Line<'a>> =
            shown.iter().map(|&(kind, place)| line(kind, place, &diff.items[place], labels)).collect();
        Self { more: all - lines.len(), lines }
    }
}

fn kind(item: &ItemDiff) -> Option<Kind> {
    match (item.severity, item.change) {
        (ChangeSeverity::Conformity, ItemChange::Changed) => Some(Kind::Flip),
        (ChangeSeverity::Conformity, ItemChange::Removed | ItemChange::Retired) => Some(Kind::Gone),
        (ChangeSeverity::Conformity, ItemChange::Restored) => Some(Kind::Restored),
        (ChangeSeverity::Conformity, ItemChange::Added) => Some(Kind::Added),
        (ChangeSeverity::CustomerAction, _) => {
            let is_appended = action(item)?.change == Some(FieldChangeKind::Appended);
            Some(if is_appended { Kind::ActionAppended } else { Kind::ActionEdited })
        }
        _ => None,
    }
}

fn action(item: &ItemDiff) -> Option<&FieldDiff> {
    item.fields.iter().find(|field| field.is_customer_action)
}

fn line<'a>(kind: Kind, place: usize, item: &'a ItemDiff, labels: &'a Labels) -> Line<'a> {
    let change = labels::change_key(item.change);
    let mut line = Line {
        number: place + 1,
        shown: item.key().to_string(),
        title: item.title(),
        change,
        change_word: labels.of("change", change),
        what: String::new(),
        lang: None,
        gone: None,
        come: None,
    };
    match kind {
        Kind::Flip => {
            let (old, new) = item.conformity.as_ref().map_or((None, None), |(old, new)| (old.as_ref(), new.as_ref()));
            let word = |side: Option<&crate::catalog::Conformity>| side.map(|it| it.word.as_str().to_owned());
            line.what = labels.text("html-flip");
            (line.gone, line.come) = (word(old), word(new));
        }
        Kind::ActionEdited | Kind::ActionAppended => {
            let Some(field) = action(item) else { return line };
            line.what = labels.of("severity", "customer-action").to_owned();
            (line.gone, line.come) = (quoted(field, SegmentOp::Delete), quoted(field, SegmentOp::Insert));
        }
        Kind::Gone | Kind::Restored | Kind::Added => {
            line.what = stated(item, labels.words()).join(" ");
            let op = if kind == Kind::Gone { SegmentOp::Delete } else { SegmentOp::Insert };
            // The first text that says something; numbers and words of a list say little.
            let mut texts = item.fields.iter().filter_map(|field| quoted(field, op));
            let text = texts.find(|text| text.chars().count() >= TELLING);
            let text = text.filter(|_| line.title.is_none() && line.what.is_empty());
            if op == SegmentOp::Delete { line.gone = text } else { line.come = text }
        }
    }
    line.lang = line.come.as_deref().or(line.gone.as_deref()).and_then(|text| labels.foreign(text));
    line
}

/// The first stretch that came or went, cut to a line; a short one with the words around it.
fn quoted(field: &FieldDiff, op: SegmentOp) -> Option<String> {
    let place = field.segments.iter().position(|segment| segment.op == op && !segment.notation)?;
    let segment = &field.segments[place];
    let is_short = segment.text.chars().count() < TELLING;
    let equal = |segment: &&Segment| is_short && segment.op == SegmentOp::Equal;
    let before = field.segments[..place].iter().rev().find(|it| it.op != other(op)).filter(equal);
    let after = field.segments[place + 1..].iter().find(|it| it.op != other(op)).filter(equal);
    let tail: String = before.map_or(String::new(), |it| last_chars(&it.text, AROUND).to_owned());
    let head: String = after.map_or(String::new(), |it| it.text.chars().take(AROUND).collect());
    let text = format!("{tail}{}{head}", segment.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = text.chars().take(QUOTED).collect();
    Some(if cut.len() < text.len() { cut + "…" } else { cut }).filter(|text| !text.is_empty())
}

fn other(op: SegmentOp) -> SegmentOp {
    if op == SegmentOp::Delete { SegmentOp::Insert } else { SegmentOp::Delete }
}

fn last_chars(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().nth(count.saturating_sub(1)).map_or(0, |(at, _)| at);
    &text[start..]
}
