//! The mirror of a difference made of the model.

use super::{
    CitationWire, CitationsWire, ColumnWire, ConformityWire, ConformityWordWire, DiagnosticWire, DocumentEntryWire,
    DocumentWire, EditionWire, EntryWire, FORMAT, FORMAT_VERSION, FieldWire, InputWire, ItemWire, KeyWire, MarksWire,
    SegmentWire, SummaryWire,
};
use crate::address::SheetRange;
use crate::catalog::{self, Source};
use crate::diagnostic::{Arg, Diagnostic};
use crate::diff::{
    ColumnChange, Diff, DocumentDiff, Evidence, FieldChangeKind, FieldDiff, Flags, ItemChange, ItemDiff, MarkAgreement,
    MarksAudit, Segment, SegmentOp, Side, Summary,
};

/// Mirrors a difference; of the unchanged items only those worth a line, unless `all` are asked for.
pub(super) fn document(diff: &Diff, all: bool) -> DocumentWire<'_> {
    let old = diff.old.as_ref();
    let inputs = old.map(|(_, source)| input("old", source)).into_iter().chain([input("new", &diff.new.1)]);
    DocumentWire {
        format: FORMAT,
        format_version: FORMAT_VERSION,
        inputs: inputs.collect(),
        old: old.map(|(edition, _)| edition_wire(edition)),
        new: edition_wire(&diff.new.0),
        summary: summary(&diff.summary),
        columns: diff.columns.iter().map(column).collect(),
        diagnostics: diff.diagnostics.iter().map(diagnostic).collect(),
        items: diff.items.iter().filter(|item| all || is_listed(item)).map(item).collect(),
        documents: diff.documents.iter().map(document_entry).collect(),
        marks: diff.marks.as_ref().map(marks),
    }
}

/// Unchanged items are worth a line where their number, their place or a mark says something.
fn is_listed(item: &ItemDiff) -> bool {
    item.change != ItemChange::Unchanged || item.flags != Flags::default() || !item.fields.is_empty()
}

fn input<'a>(role: &'static str, source: &'a Source) -> InputWire<'a> {
    InputWire { role, file: &source.file, sha256: &source.sha256 }
}

fn edition_wire(edition: &catalog::Edition) -> EditionWire<'_> {
    EditionWire {
        framework: edition.framework.as_deref(),
        version: edition.version.as_deref(),
        provider: edition.provider.as_deref(),
        template: edition.template.as_deref(),
    }
}

fn summary(summary: &Summary) -> SummaryWire {
    let &Summary { added, removed, retired, restored, changed, notation, unchanged, renumbered, moved, split, merged } =
        summary;
    SummaryWire { added, removed, retired, restored, changed, notation, unchanged, renumbered, moved, split, merged }
}

fn column(change: &ColumnChange) -> ColumnWire<'_> {
    match change {
        ColumnChange::Renamed { old, new } => ColumnWire { change: "renamed", old: Some(old), new: Some(new) },
        ColumnChange::Moved { old, new } => ColumnWire { change: "moved", old: Some(old), new: Some(new) },
        ColumnChange::Added { new } => ColumnWire { change: "added", old: None, new: Some(new) },
        ColumnChange::Removed { old } => ColumnWire { change: "removed", old: Some(old), new: None },
    }
}

fn diagnostic(diagnostic: &Diagnostic) -> DiagnosticWire<'_> {
    let value = |value: &Arg| serde_json::to_value(value).expect("texts and numbers serialise");
    DiagnosticWire {
        code: &diagnostic.code,
        severity: serde_json::to_value(diagnostic.severity).expect("a word serialises"),
        at: places(&diagnostic.at),
        args: diagnostic.args.iter().map(|(name, arg)| (name.to_string(), value(arg))).collect(),
    }
}

fn places(at: &[SheetRange]) -> Vec<String> {
    at.iter().map(ToString::to_string).collect()
}

fn item(item: &ItemDiff) -> ItemWire<'_> {
    let (old, new) = (item.old.as_ref(), item.new.as_ref());
    let cites = !item.citations_added.is_empty() || !item.citations_removed.is_empty();
    ItemWire {
        change: item.change.key(),
        flags: item.flags.keys(),
        old_sheet: old.and_then(|side| side.key.sheet.as_deref()),
        old_id: old.map(|side| &*side.key.id),
        new_sheet: new.and_then(|side| side.key.sheet.as_deref()),
        new_id: new.map(|side| &*side.key.id),
        group: item.group.as_deref(),
        title: item.title(),
        evidence: item.evidence.map(Evidence::key),
        likeness: (item.likeness * 10_000.0).round() / 10_000.0,
        fingerprint: &item.fingerprint,
        old_at: old.map_or(Vec::new(), |side| places(&side.at)),
        new_at: new.map_or(Vec::new(), |side| places(&side.at)),
        severity: item.severity.key(),
        fields: item.fields.iter().map(field).collect(),
        citations: cites.then(|| CitationsWire {
            added: item.citations_added.iter().map(citation).collect(),
            removed: item.citations_removed.iter().map(citation).collect(),
        }),
        conformity: item
            .conformity
            .as_ref()
            .map(|(old, new)| ConformityWire { old: old.as_ref().map(word), new: new.as_ref().map(word) }),
        into: item.into.iter().map(key).collect(),
        from: item.from.iter().map(key).collect(),
    }
}

fn key(key: &catalog::ItemKey) -> KeyWire<'_> {
    KeyWire { sheet: key.sheet.as_deref(), id: &key.id }
}

fn field(field: &FieldDiff) -> FieldWire<'_> {
    FieldWire {
        key: &field.key,
        label: &field.label,
        change: field.change.map(FieldChangeKind::key),
        segments: field.segments.iter().map(segment).collect(),
        marks: field.marks.map(MarkAgreement::key),
        marked: &field.marked,
        unmarked: &field.unmarked,
        old_at: places(&field.old_at),
        new_at: places(&field.new_at),
    }
}

fn segment(segment: &Segment) -> SegmentWire<'_> {
    let (op, side) = match segment.op {
        SegmentOp::Equal => ("equal", None),
        SegmentOp::Delete => ("delete", None),
        SegmentOp::Insert => ("insert", None),
        SegmentOp::Move(Side::Old) => ("move", Some("old")),
        SegmentOp::Move(Side::New) => ("move", Some("new")),
    };
    SegmentWire { op, text: &segment.text, side, notation: segment.notation }
}

fn citation(citation: &catalog::Citation) -> CitationWire {
    CitationWire { list: citation.list.as_str(), number: citation.number, at: citation.at.to_string() }
}

fn word(conformity: &catalog::Conformity) -> ConformityWordWire<'_> {
    ConformityWordWire { word: conformity.word.as_str(), note: conformity.note.as_deref() }
}

fn document_entry(diff: &DocumentDiff) -> DocumentEntryWire<'_> {
    DocumentEntryWire {
        list: diff.list.as_str(),
        number: diff.number,
        change: diff.change.key(),
        old: diff.old.as_ref().map(entry),
        new: diff.new.as_ref().map(entry),
    }
}

fn entry(document: &catalog::Document) -> EntryWire<'_> {
    EntryWire { title: &document.title, url: document.url.as_deref(), at: places(&document.at) }
}

fn marks(audit: &MarksAudit) -> MarksWire {
    let &MarksAudit { agrees, partial, unmarked, mark_only } = audit;
    MarksWire { agrees, partial, unmarked, mark_only }
}
