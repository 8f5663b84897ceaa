//! The items of the review page: sections by group, each change in full, long runs of unchanged items folded.

use std::collections::HashMap;
use std::sync::Arc;

use super::DiffPage;
use super::labels::{self, Labels};
use super::texts::{self, Mark, Piece};
use crate::address::SheetRange;
use crate::answers::{Answer, CarryReason, Recheck};
use crate::catalog::{Catalog, Citation, Conformity, ItemKey, List};
use crate::diff::{Diff, FieldDiff, ItemChange, ItemDiff, ItemSide, MarkAgreement};
use crate::render::stated::stated;

/// The items of one group that follow one another.
pub(super) struct Section<'a> {
    /// The group's name, or its id; empty where the reference has no groups.
    pub(super) title: &'a str,
    pub(super) lang: Option<&'static str>,
    pub(super) entries: Vec<Entry<'a>>,
}

/// What stands in a section.
pub(super) enum Entry<'a> {
    /// An item with its fields.
    Item(Box<ItemView<'a>>),
    /// Items that follow one another and have nothing to show but their number.
    Run(Run<'a>),
}

/// Items whose texts did not change: as they were, or under another number or in another place.
pub(super) struct Run<'a> {
    pub(super) is_renumbered: bool,
    pub(super) items: Vec<Head<'a>>,
}

impl Run<'_> {
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// The first and the last number of the run.
    pub(super) fn span(&self) -> String {
        let (first, last) = (&self.items[0], &self.items[self.items.len() - 1]);
        if self.items.len() == 1 { first.shown.clone() } else { format!("{} – {}", first.shown, last.shown) }
    }

    /// The same for the old numbers of a renumbered run.
    pub(super) fn old_span(&self) -> Option<String> {
        let first = self.items[0].was.as_ref()?;
        let last = self.items[self.items.len() - 1].was.as_ref()?;
        Some(if self.items.len() == 1 { first.clone() } else { format!("{first} – {last}") })
    }
}

/// What every item says of itself: its numbers, its kind, what the filters and the review need.
pub(super) struct Head<'a> {
    /// Its number among all items of the page, from 1; its anchor is `i` and this.
    pub(super) number: usize,
    pub(super) group: usize,
    pub(super) change: &'static str,
    pub(super) change_word: &'a str,
    pub(super) severity: &'static str,
    pub(super) severity_word: &'a str,
    pub(super) flags: Vec<(&'static str, &'a str)>,
    pub(super) shown: String,
    /// The old number, where it differs.
    pub(super) was: Option<String>,
    pub(super) title: Option<&'a str>,
    pub(super) title_lang: Option<&'static str>,
    pub(super) old: Option<&'a ItemSide>,
    pub(super) new: Option<&'a ItemSide>,
    pub(super) evidence: Option<&'a str>,
    /// What the publisher says of where it went.
    pub(super) stated: Vec<String>,
    /// Why the two sides are held to be the same is worth saying: the number alone does not tell.
    pub(super) is_matched_otherwise: bool,
    pub(super) likeness_percent: u32,
    pub(super) fingerprint: &'a str,
    /// Whether a person decides about it.
    pub(super) is_reviewable: bool,
    /// Whether `j` and `k` stop at it.
    pub(super) is_stop: bool,
    pub(super) impact: Option<Impact<'a>>,
}

impl Head<'_> {
    pub(super) fn flag_keys(&self) -> String {
        self.flags.iter().map(|&(key, _)| key).collect::<Vec<_>>().join(" ")
    }

    /// The cells of the side it is shown under.
    pub(super) fn at(&self) -> String {
        self.new.or(self.old).map(|side| places(&side.at)).unwrap_or_default()
    }
}

/// An item with its fields.
pub(super) struct ItemView<'a> {
    pub(super) head: Head<'a>,
    pub(super) is_whole: bool,
    /// The one word on the marks of an item whose fields all stand alike to them.
    pub(super) marks_at_once: Option<(&'static str, &'a str)>,
    pub(super) conformity: Option<(String, String)>,
    pub(super) citations: Vec<CitationView<'a>>,
    pub(super) fields: Vec<FieldView<'a>>,
    /// The fields that did not change, for reading a change in its place.
    pub(super) context: Vec<ContextView<'a>>,
}

impl ItemView<'_> {
    /// The marks' words among its fields, as the filter knows them.
    pub(super) fn mark_keys(&self) -> String {
        let keys: Vec<&str> = self.fields.iter().filter_map(|field| field.marks.map(|(key, _)| key)).collect();
        labels::MARKS
            .iter()
            .map(|&mark| labels::marks_key(mark))
            .filter(|key| keys.contains(key))
            .collect::<Vec<_>>()
            .join(" ")
    }

    pub(super) fn field_keys(&self) -> String {
        self.fields
            .iter()
            .filter(|field| field.change.is_some())
            .map(|field| field.column.to_string())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A citation that came or went.
pub(super) struct CitationView<'a> {
    pub(super) is_added: bool,
    pub(super) list: &'a str,
    pub(super) number: u32,
    pub(super) title: Option<&'a str>,
    pub(super) at: &'a SheetRange,
}

/// A field that differs or is marked.
pub(super) struct FieldView<'a> {
    pub(super) label: &'a str,
    pub(super) label_lang: Option<&'static str>,
    /// Its place among the page's columns.
    pub(super) column: usize,
    pub(super) change: Option<(&'static str, &'a str)>,
    pub(super) marks: Option<(&'static str, &'a str)>,
    pub(super) is_marks_worth_saying: bool,
    pub(super) lang: Option<&'static str>,
    pub(super) old: Vec<Piece<'a>>,
    pub(super) new: Vec<Piece<'a>>,
    pub(super) old_at: String,
    pub(super) new_at: String,
}

/// A field that did not change.
pub(super) struct ContextView<'a> {
    pub(super) label: &'a str,
    pub(super) text: std::borrow::Cow<'a, str>,
    pub(super) lang: Option<&'static str>,
    pub(super) at: String,
}

/// What a change means for the answer to the item.
pub(super) struct Impact<'a> {
    pub(super) is_recheck: bool,
    pub(super) is_retired: bool,
    pub(super) is_new: bool,
    pub(super) reasons: Vec<&'a str>,
    pub(super) status: Option<&'a str>,
    pub(super) response: &'a str,
    pub(super) response_lang: Option<&'static str>,
    pub(super) who: String,
}

/// Prepares every item of the difference, in its order.
pub(super) fn sections<'a>(diff: &'a Diff, page: &DiffPage<'a>, labels: &'a Labels) -> Vec<Section<'a>> {
    let context = Context::new(diff, page, labels);
    let mut sections: Vec<Section<'a>> = Vec::new();
    let mut group_of_last = None;
    for (position, item) in diff.items.iter().enumerate() {
        let group = context.group(item);
        if sections.is_empty() || group_of_last != Some(group) {
            let title = diff.groups.get(group).map_or("", |group| group.title.as_deref().unwrap_or(&group.id));
            sections.push(Section { title, lang: labels.foreign(title), entries: Vec::new() });
            group_of_last = Some(group);
        }
        let section = sections.last_mut().expect("one was pushed above");
        let head = context.head(item, position + 1, group);
        if is_line(item) { push_line(section, head) } else { section.entries.push(context.item(item, head)) }
    }
    sections
}

/// An item with nothing to show but its number.
fn is_line(item: &ItemDiff) -> bool {
    item.change == ItemChange::Unchanged
        && item.fields.is_empty()
        && item.conformity.is_none()
        && item.citations_added.is_empty()
        && item.citations_removed.is_empty()
}

fn push_line<'a>(section: &mut Section<'a>, head: Head<'a>) {
    let is_renumbered = !head.flags.is_empty();
    if let Some(Entry::Run(run)) = section.entries.last_mut()
        && run.is_renumbered == is_renumbered
    {
        run.items.push(head);
        return;
    }
    section.entries.push(Entry::Run(Run { is_renumbered, items: vec![head] }));
}

/// What the items are looked up in.
struct Context<'a> {
    labels: &'a Labels,
    page: DiffPage<'a>,
    groups: HashMap<&'a str, usize>,
    columns: HashMap<&'a str, usize>,
    current: HashMap<&'a ItemKey, &'a Answer>,
    retired: HashMap<&'a ItemKey, &'a Answer>,
    /// Whether an unmarked change is worth pointing at.
    flags_unmarked: bool,
}

impl<'a> Context<'a> {
    fn new(diff: &'a Diff, page: &DiffPage<'a>, labels: &'a Labels) -> Self {
        let by_key = |answers: &'a [Answer]| answers.iter().map(|answer| (&answer.key, answer)).collect();
        Self {
            labels,
            page: *page,
            groups: diff.groups.iter().enumerate().map(|(place, group)| (&*group.id, place)).collect(),
            columns: columns(diff).into_iter().enumerate().map(|(place, (key, _))| (key, place)).collect(),
            flags_unmarked: !diff.marks.is_some_and(|audit| audit.is_hardly_marking()),
            current: page.carried.map(|carried| by_key(&carried.answers.answers)).unwrap_or_default(),
            retired: page.carried.map(|carried| by_key(&carried.answers.retired)).unwrap_or_default(),
        }
    }

    fn group(&self, item: &ItemDiff) -> usize {
        let place = item.group.as_deref().and_then(|group| self.groups.get(group));
        place.copied().unwrap_or(self.groups.len())
    }

    fn head(&self, item: &'a ItemDiff, number: usize, group: usize) -> Head<'a> {
        let labels = self.labels;
        let (change, severity) = (labels::change_key(item.change), labels::severity_key(item.severity));
        let set = [item.flags.renumbered, item.flags.moved, item.flags.split, item.flags.merged];
        let flags = labels::FLAGS.into_iter().zip(set).filter(|&(_, is_set)| is_set);
        let was = item.old.as_ref().filter(|old| old.key != *item.key()).map(|old| old.key.to_string());
        let evidence = item.evidence.map(labels::evidence_key);
        let is_stop = !matches!(item.change, ItemChange::Notation | ItemChange::Unchanged);
        Head {
            number,
            group,
            change,
            change_word: labels.of("change", change),
            severity,
            severity_word: labels.of("severity", severity),
            flags: flags.map(|(flag, _)| (flag, labels.of("flag", flag))).collect(),
            shown: item.key().to_string(),
            was,
            title: item.title(),
            title_lang: item.title().and_then(|title| labels.foreign(title)),
            old: item.old.as_ref(),
            new: item.new.as_ref(),
            evidence: evidence.map(|evidence| labels.of("evidence", evidence)),
            stated: stated(item, labels.words()),
            is_matched_otherwise: evidence.is_some_and(|evidence| evidence != "id"),
            likeness_percent: (item.likeness * 100.0).floor() as u32,
            fingerprint: &item.fingerprint,
            is_reviewable: !is_line(item) || item.flags != Default::default(),
            is_stop,
            impact: self.impact(item),
        }
    }

    fn impact(&self, item: &'a ItemDiff) -> Option<Impact<'a>> {
        let current = item.new.as_ref().and_then(|side| self.current.get(&side.key).map(|answer| (answer, false)));
        let retired = || item.old.as_ref().and_then(|side| self.retired.get(&side.key).map(|answer| (answer, true)));
        let (answer, is_retired) = current.or_else(retired)?;
        let reasons = answer.carry.iter().flat_map(|carry| &carry.reasons);
        let labels = self.labels;
        Some(Impact {
            is_recheck: answer.recheck == Some(Recheck::Needed),
            is_retired,
            is_new: answer.carry.as_ref().is_some_and(|carry| carry.reasons.contains(&CarryReason::New)),
            reasons: reasons.map(|&reason| labels.of("reason", labels::reason_key(reason))).collect(),
            status: answer.status.map(|status| labels.of("status", labels::status_key(status))),
            response: &answer.response,
            response_lang: labels.foreign(&answer.response),
            who: who(answer),
        })
    }

    fn item(&self, item: &'a ItemDiff, head: Head<'a>) -> Entry<'a> {
        let is_whole = item.old.is_none() || item.new.is_none();
        let citations = (item.citations_added.iter().map(|citation| self.citation(citation, true)))
            .chain(item.citations_removed.iter().map(|citation| self.citation(citation, false)))
            .collect();
        let conformity = (item.conformity.as_ref())
            .map(|(old, new)| (conformity_text(self.labels, old), conformity_text(self.labels, new)));
        let mut fields: Vec<FieldView<'a>> = item.fields.iter().map(|field| self.field(field)).collect();
        let marks_at_once = if is_whole { take_common_marks(&mut fields) } else { None };
        Entry::Item(Box::new(ItemView {
            is_whole,
            marks_at_once,
            conformity,
            citations,
            fields,
            context: if is_whole { Vec::new() } else { self.unchanged_fields(item) },
            head,
        }))
    }

    fn citation(&self, citation: &'a Citation, is_added: bool) -> CitationView<'a> {
        let catalog = if is_added { self.page.new } else { self.page.old };
        CitationView {
            is_added,
            list: self.labels.of("list", labels::list_key(citation.list)),
            number: citation.number,
            title: catalog.and_then(|catalog| document_title(catalog, citation.list, citation.number)),
            at: &citation.at,
        }
    }

    fn field(&self, field: &'a FieldDiff) -> FieldView<'a> {
        let labels = self.labels;
        let word = |area, key| (key, labels.of(area, key));
        let mut new = texts::new_side(field);
        if !self.flags_unmarked {
            new.iter_mut().filter(|piece| piece.mark == Mark::Unmarked).for_each(|piece| piece.mark = Mark::None);
        }
        let is_flagged =
            |marks| marks != MarkAgreement::Agrees && (marks != MarkAgreement::Unmarked || self.flags_unmarked);
        FieldView {
            label: &field.label,
            label_lang: labels.foreign(&field.label),
            column: self.columns.get(&*field.key).copied().unwrap_or(0),
            change: field.change.map(|change| word("field", labels::field_key(change))),
            marks: field.marks.map(|marks| word("marks", labels::marks_key(marks))),
            is_marks_worth_saying: field.marks.is_some_and(is_flagged),
            lang: field.segments.iter().find_map(|segment| labels.foreign(&segment.text)),
            old: texts::old_side(field),
            new,
            old_at: places(&field.old_at),
            new_at: places(&field.new_at),
        }
    }

    /// The new side's fields that are not among the changed ones.
    fn unchanged_fields(&self, item: &'a ItemDiff) -> Vec<ContextView<'a>> {
        let (Some(catalog), Some(side)) = (self.page.new, &item.new) else { return Vec::new() };
        let Some(values) = catalog.items.get(side.index).map(|item| &item.values) else { return Vec::new() };
        let is_shown = |key: &Arc<str>| item.fields.iter().any(|field| field.key == *key);
        (catalog.fields.iter().zip(values))
            .filter(|(field, _)| !is_shown(&field.key))
            .filter_map(|(field, value)| {
                let text = value.as_ref()?.effective_text();
                let at = places(&value.as_ref()?.at);
                Some(ContextView { label: &field.label, lang: self.labels.foreign(&text), text, at })
            })
            .collect()
    }
}

/// Says once for the item what would be said of each of its fields: that none of them is marked.
fn take_common_marks<'a>(fields: &mut [FieldView<'a>]) -> Option<(&'static str, &'a str)> {
    let first = fields.first()?.marks.filter(|_| fields.len() > 1)?;
    let is_common = fields.iter().all(|field| field.is_marks_worth_saying && field.marks == Some(first));
    is_common.then(|| {
        fields.iter_mut().for_each(|field| field.is_marks_worth_saying = false);
        first
    })
}

/// The columns that changed somewhere, in the order they are met, with their headings.
pub(super) fn columns(diff: &Diff) -> Vec<(&str, &str)> {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    let changed = diff.items.iter().flat_map(|item| &item.fields).filter(|field| field.change.is_some());
    for field in changed {
        if !seen.iter().any(|&(key, _)| key == &*field.key) {
            seen.push((&field.key, &field.label));
        }
    }
    seen
}

/// Ranges as a person would look them up; the sheet once where they share it.
pub(super) fn places(at: &[SheetRange]) -> String {
    let mut out = String::new();
    for (position, place) in at.iter().enumerate() {
        let is_same_sheet = position > 0 && at[position - 1].sheet == place.sheet;
        if position > 0 {
            out.push_str(", ");
        }
        out.push_str(&if is_same_sheet { place.range.to_string() } else { place.to_string() });
    }
    out
}

fn conformity_text(labels: &Labels, conformity: &Option<Conformity>) -> String {
    match conformity {
        None => labels.text("html-conformity-none"),
        Some(Conformity { word, note: None }) => word.as_str().to_owned(),
        Some(Conformity { word, note: Some(note) }) => format!("{}（{note}）", word.as_str()),
    }
}

fn document_title(catalog: &Catalog, list: List, number: u32) -> Option<&str> {
    let document = catalog.list(list).iter().find(|document| document.number == number)?;
    Some(document.title.as_str()).filter(|title| !title.is_empty())
}

fn who(answer: &Answer) -> String {
    let parts = [answer.department.as_str(), answer.owner.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
