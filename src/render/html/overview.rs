//! The upper part of the review page: what changed in numbers, what it means for the answers, the lists beside the items.

use super::DiffPage;
use super::grave::{Grave, Most};
use super::items::{self, places};
use super::labels::{self, Labels};
use crate::answers::{Answers, Recheck};
use crate::carry::CarryCounts;
use crate::catalog::{Document, Edition, ItemStatus, Source};
use crate::diagnostic::{Diagnostic, Severity};
use crate::diff::{ChangeSeverity, ColumnChange, Diff, DocumentDiff, ItemChange};

/// The facts above and below the items.
pub(super) struct Overview<'a> {
    pub(super) title: String,
    pub(super) old: Option<Side<'a>>,
    pub(super) new: Side<'a>,
    pub(super) counts: Vec<Count<'a>>,
    pub(super) flags: Vec<Count<'a>>,
    pub(super) severities: Vec<Count<'a>>,
    pub(super) marks: Vec<Count<'a>>,
    /// That the publisher hardly marks anything, where it is so.
    pub(super) hardly_marked: Option<String>,
    pub(super) groups: Vec<GroupRow<'a>>,
    /// The kinds of change that are met, as the table of groups heads its columns.
    pub(super) kinds: Vec<&'a str>,
    /// What the longest bar of a severity stands for.
    pub(super) widest: usize,
    /// Items whose notation alone differs: hidden until asked for.
    pub(super) notation: usize,
    pub(super) columns: Vec<ColumnView<'a>>,
    pub(super) changed_columns: Vec<(&'a str, &'a str)>,
    pub(super) documents: Vec<DocumentView<'a>>,
    pub(super) answers: Option<AnswersView<'a>>,
    pub(super) remarks: Vec<Remark>,
    pub(super) verdict: String,
    pub(super) grave: Grave<'a>,
    pub(super) is_same: bool,
}

/// One edition.
pub(super) struct Side<'a> {
    pub(super) name: String,
    pub(super) lang: Option<&'static str>,
    /// Whether the name is the edition's own; else it is the file's.
    pub(super) has_version: bool,
    pub(super) source: &'a Source,
    pub(super) sheets: String,
}

/// How many items are of a kind.
pub(super) struct Count<'a> {
    pub(super) key: &'static str,
    pub(super) word: &'a str,
    pub(super) count: usize,
}

/// One group's line of the table.
pub(super) struct GroupRow<'a> {
    pub(super) place: usize,
    pub(super) title: &'a str,
    pub(super) lang: Option<&'static str>,
    pub(super) total: usize,
    /// One number for each of [`Overview::kinds`].
    pub(super) counts: Vec<usize>,
    pub(super) recheck: usize,
    /// The first item of the group, to go to.
    pub(super) first: usize,
}

/// What became of a column.
pub(super) struct ColumnView<'a> {
    pub(super) word: String,
    pub(super) old: &'a str,
    pub(super) new: &'a str,
}

/// What became of a listed document.
pub(super) struct DocumentView<'a> {
    pub(super) list: &'a str,
    pub(super) number: u32,
    pub(super) change: &'static str,
    pub(super) change_word: &'a str,
    /// The entry before and after.
    pub(super) sides: [Option<Entry<'a>>; 2],
}

/// A document as a list has it. The URL is text: nothing a workbook says becomes a link.
pub(super) struct Entry<'a> {
    pub(super) title: &'a str,
    pub(super) is_retired: bool,
    pub(super) url: Option<&'a str>,
    pub(super) at: String,
}

/// What the change means for the answers.
pub(super) struct AnswersView<'a> {
    pub(super) recheck: usize,
    pub(super) kept: usize,
    pub(super) fresh: usize,
    pub(super) retired: usize,
    pub(super) reasons: Vec<Count<'a>>,
}

/// A diagnostic in words.
pub(super) struct Remark {
    pub(super) severity: &'static str,
    pub(super) severity_word: String,
    pub(super) headline: String,
    pub(super) found: Option<String>,
    pub(super) hint: Option<String>,
    pub(super) at: String,
}

impl<'a> Overview<'a> {
    pub(super) fn new(diff: &'a Diff, page: &DiffPage<'a>, labels: &'a Labels, most_grave: Most) -> Self {
        let old = diff.old.as_ref().map(|(edition, source)| side(edition, source, labels));
        let new = side(&diff.new.0, &diff.new.1, labels);
        let mut counts = change_counts(diff, labels);
        if old.is_none() {
            counts.retain(|count| count.count > 0);
        }
        let severities = severity_counts(diff, labels);
        let differing: usize = counts.iter().filter(|count| count.key != "unchanged").map(|count| count.count).sum();
        Self {
            title: page_title(&diff.new.0, labels),
            flags: flag_counts(diff, labels),
            widest: severities.iter().map(|count| count.count).max().unwrap_or(0).max(differing).max(1),
            severities,
            marks: marks_counts(diff, labels),
            hardly_marked: (diff.diagnostics.iter().find(|said| said.code == "diff-marks-hardly"))
                .map(|said| labels.words().diagnostic(said).headline),
            groups: group_rows(diff, page.carried.map(|carried| &carried.answers), labels),
            kinds: met_kinds(diff)
                .into_iter()
                .map(|kind| labels.of("change", labels::change_key(labels::CHANGES[kind])))
                .collect(),
            notation: diff.summary.notation,
            columns: diff.columns.iter().map(|change| column(change, labels)).collect(),
            changed_columns: items::columns(diff),
            documents: diff.documents.iter().map(|document| document_view(document, labels)).collect(),
            answers: page.carried.map(|carried| answers_view(&carried.counts, labels)),
            remarks: diff.diagnostics.iter().map(|diagnostic| remark(diagnostic, labels)).collect(),
            counts,
            grave: Grave::new(diff, labels, most_grave),
            verdict: verdict(diff, differing, labels),
            is_same: diff.is_same(),
            old,
            new,
        }
    }
}

/// The whole difference in a sentence or two, the gravest first.
fn verdict(diff: &Diff, differing: usize, labels: &Labels) -> String {
    let notation = diff.summary.notation;
    let total = [
        ("total", diff.items.len().into()),
        ("differing", (differing - notation).into()),
        ("notation", notation.into()),
    ];
    if diff.old.is_none() {
        return labels.with("html-verdict-marks", &total);
    }
    let grave = [
        (ChangeSeverity::Conformity, labels.text("html-verdict-conformity")),
        (ChangeSeverity::CustomerAction, labels.of("severity", "customer-action").to_owned()),
        (ChangeSeverity::Citation, labels.of("severity", "citation").to_owned()),
    ];
    let parts: Vec<String> = (grave.into_iter())
        .map(|(severity, what)| (diff.items.iter().filter(|item| item.severity == severity).count(), what))
        .filter(|&(count, _)| count > 0)
        .map(|(count, what)| labels.with("html-verdict-part", &[("what", what.into()), ("count", count.into())]))
        .collect();
    let mut verdict = labels.with("html-verdict", &total);
    if !parts.is_empty() {
        verdict += &labels.text("html-verdict-gap");
        verdict += &parts.join(&labels.text("html-verdict-join"));
        verdict += &labels.text("html-verdict-end");
    }
    verdict
}

/// How many sheets are named before the rest is counted.
const SHEETS_NAMED: usize = 4;

fn side<'a>(edition: &'a Edition, source: &'a Source, labels: &Labels) -> Side<'a> {
    let name = edition.version.clone().unwrap_or_else(|| source.file.clone());
    let named: Vec<&str> = source.sheets.iter().filter(|sheet| !sheet.is_empty()).map(|sheet| &**sheet).collect();
    let mut sheets = named.iter().take(SHEETS_NAMED).copied().collect::<Vec<_>>().join(", ");
    if let Some(more) = named.len().checked_sub(SHEETS_NAMED).filter(|&more| more > 0) {
        sheets += &labels.count("html-more-sheets", more);
    }
    Side { lang: labels.foreign(&name), has_version: edition.version.is_some(), name, source, sheets }
}

fn page_title(edition: &Edition, labels: &Labels) -> String {
    match &edition.provider {
        Some(provider) => labels.with("html-title-of", &[("provider", provider.as_str().into())]),
        None => labels.text("html-title"),
    }
}

fn change_counts<'a>(diff: &Diff, labels: &'a Labels) -> Vec<Count<'a>> {
    let summary = &diff.summary;
    (labels::CHANGES.iter())
        .map(|&change| {
            let count = match change {
                ItemChange::Added => summary.added,
                ItemChange::Removed => summary.removed,
                ItemChange::Retired => summary.retired,
                ItemChange::Restored => summary.restored,
                ItemChange::Changed => summary.changed,
                ItemChange::Notation => summary.notation,
                ItemChange::Unchanged => summary.unchanged,
            };
            let key = labels::change_key(change);
            Count { key, word: labels.of("change", key), count }
        })
        .collect()
}

fn flag_counts<'a>(diff: &Diff, labels: &'a Labels) -> Vec<Count<'a>> {
    let summary = &diff.summary;
    let counts = [summary.renumbered, summary.moved, summary.split, summary.merged];
    let flags = labels::FLAGS.into_iter().zip(counts).filter(|&(_, count)| count > 0);
    flags.map(|(key, count)| Count { key, word: labels.of("flag", key), count }).collect()
}

fn severity_counts<'a>(diff: &Diff, labels: &'a Labels) -> Vec<Count<'a>> {
    let of = |severity| diff.items.iter().filter(|item| item.severity == severity).count();
    (labels::SEVERITIES.iter())
        .map(|&severity| {
            let key = labels::severity_key(severity);
            Count { key, word: labels.of("severity", key), count: of(severity) }
        })
        .filter(|count| count.key != "none")
        .collect()
}

fn marks_counts<'a>(diff: &Diff, labels: &'a Labels) -> Vec<Count<'a>> {
    let Some(audit) = diff.marks else { return Vec::new() };
    let counts = [
        ("unmarked", audit.unmarked),
        ("partial", audit.partial),
        ("mark-only", audit.mark_only),
        ("agrees", audit.agrees),
    ];
    counts.into_iter().map(|(key, count)| Count { key, word: labels.of("marks", key), count }).collect()
}

fn group_rows<'a>(diff: &'a Diff, answers: Option<&Answers>, labels: &Labels) -> Vec<GroupRow<'a>> {
    let recheck: std::collections::HashSet<_> = answers
        .iter()
        .flat_map(|answers| &answers.answers)
        .filter(|answer| answer.recheck == Some(Recheck::Needed))
        .map(|answer| &answer.key)
        .collect();
    let mut rows: Vec<GroupRow<'a>> = (diff.groups.iter().enumerate())
        .map(|(place, group)| {
            let title = group.title.as_deref().unwrap_or(&group.id);
            let counts = vec![0; labels::CHANGES.len()];
            GroupRow { place, title, lang: labels.foreign(title), total: 0, counts, recheck: 0, first: 0 }
        })
        .collect();
    let places: std::collections::HashMap<_, _> =
        diff.groups.iter().enumerate().map(|(place, group)| (&group.id, place)).collect();
    for (position, item) in diff.items.iter().enumerate() {
        let Some(&place) = item.group.as_ref().and_then(|group| places.get(group)) else { continue };
        let row = &mut rows[place];
        let kind = labels::CHANGES.iter().position(|&change| change == item.change);
        row.counts[kind.expect("the list holds every change")] += 1;
        row.total += 1;
        row.recheck += usize::from(item.new.as_ref().is_some_and(|side| recheck.contains(&side.key)));
        if row.first == 0 {
            row.first = position + 1;
        }
    }
    rows.retain(|row| row.total > 0);
    for row in &mut rows {
        row.counts = met_kinds(diff).into_iter().map(|kind| row.counts[kind]).collect();
    }
    rows
}

/// The kinds of change that some item has, by their place in the list of all.
fn met_kinds(diff: &Diff) -> Vec<usize> {
    let is_met = |kind: &usize| diff.items.iter().any(|item| item.change == labels::CHANGES[*kind]);
    (0..labels::CHANGES.len()).filter(is_met).collect()
}

fn column<'a>(change: &'a ColumnChange, labels: &Labels) -> ColumnView<'a> {
    let (name, old, new) = match change {
        ColumnChange::Renamed { old, new } => ("html-column-renamed", old.as_str(), new.as_str()),
        ColumnChange::Moved { old, new } => ("html-column-moved", old.as_str(), new.as_str()),
        ColumnChange::Added { new } => ("html-column-added", "", new.as_str()),
        ColumnChange::Removed { old } => ("html-column-removed", old.as_str(), ""),
    };
    ColumnView { word: labels.text(name), old, new }
}

fn document_view<'a>(document: &'a DocumentDiff, labels: &'a Labels) -> DocumentView<'a> {
    let change = labels::change_key(document.change);
    DocumentView {
        list: labels.of("list", labels::list_key(document.list)),
        number: document.number,
        change,
        change_word: labels.of("change", change),
        sides: [document.old.as_ref().map(entry), document.new.as_ref().map(entry)],
    }
}

fn entry(document: &Document) -> Entry<'_> {
    Entry {
        title: &document.title,
        is_retired: document.status == ItemStatus::Retired,
        url: document.url.as_deref(),
        at: places(&document.at),
    }
}

fn answers_view<'a>(counts: &CarryCounts, labels: &'a Labels) -> AnswersView<'a> {
    let reasons = labels::REASONS.iter().map(|&reason| {
        let key = labels::reason_key(reason);
        let given = counts.reasons.iter().find(|(given, _)| *given == reason);
        Count { key, word: labels.of("reason", key), count: given.map_or(0, |&(_, count)| count) }
    });
    AnswersView {
        recheck: counts.flagged,
        kept: counts.kept,
        fresh: counts.new,
        retired: counts.retired,
        reasons: reasons.filter(|count| count.count > 0).collect(),
    }
}

pub(super) fn remark(diagnostic: &Diagnostic, labels: &Labels) -> Remark {
    let message = labels.words().diagnostic(diagnostic);
    let severity = match diagnostic.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let file = diagnostic.file.as_deref().map(|file| format!("{file} "));
    Remark {
        severity,
        severity_word: labels.text(&format!("html-remark-{severity}")),
        headline: message.headline,
        found: message.found,
        hint: message.hint,
        at: file.unwrap_or_default() + &places(&diagnostic.at),
    }
}
