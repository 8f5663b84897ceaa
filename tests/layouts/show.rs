//! A catalog as a short text to read: what a sample of `samples/layouts` is read as.

use std::fmt::Write;

use secref::address::SheetRange;
use secref::catalog::{Catalog, Document, FieldValue, Item, ItemStatus, Line, MarkKind, Revision};
use secref::render::words::{Lang, Words};

/// Shows everything of a catalog a reader may question, leaving out the sheet's name where there is only one.
pub(crate) fn show(catalog: &Catalog) -> String {
    let mut out = String::new();
    let text = &mut out;
    let edition = &catalog.edition;
    let words = [
        ("template", &edition.template),
        ("framework", &edition.framework),
        ("version", &edition.version),
        ("provider", &edition.provider),
    ];
    for (name, word) in words {
        line(text, 0, name, word.as_deref().unwrap_or("-"));
    }
    line(text, 0, "sheets", &catalog.source.sheets.join(", "));
    let fields: Vec<String> =
        catalog
            .fields
            .iter()
            .map(|field| {
                if *field.key == *field.label {
                    field.label.clone()
                } else {
                    format!("{} ({})", field.key, field.label)
                }
            })
            .collect();
    line(text, 0, "fields", &fields.join(", "));
    let groups: Vec<String> = catalog
        .groups
        .iter()
        .map(|group| group.title.as_ref().map_or(group.id.to_string(), |title| format!("{} ({title})", group.id)))
        .collect();
    line(text, 0, "groups", &groups.join(", "));
    let one = catalog.source.sheets.len() < 2;
    catalog.items.iter().for_each(|item| show_item(text, catalog, item, one));
    show_documents(text, "documents", &catalog.documents);
    show_documents(text, "reports", &catalog.reports);
    show_lines(text, "bands", &catalog.bands, one);
    show_lines(text, "notes", &catalog.notes, one);
    let words = Words::new(Lang::En);
    if !catalog.diagnostics.is_empty() {
        text.push_str("\ndiagnostics\n");
    }
    for diagnostic in &catalog.diagnostics {
        let head = format!("{:?} {}", diagnostic.severity, diagnostic.code).to_lowercase();
        let at =
            if diagnostic.at.is_empty() { String::new() } else { format!("  @ {}", places(&diagnostic.at, false)) };
        line(text, 2, &head, &format!("{}{at}", words.diagnostic(diagnostic).headline));
    }
    out
}

fn show_item(text: &mut String, catalog: &Catalog, item: &Item, one: bool) {
    let mut head = format!("\n{}", item.key);
    if *item.raw_id != *item.key.id {
        write!(head, "  ‹{}›", item.raw_id.replace('\n', "␤")).unwrap();
    }
    if let Some(group) = &item.group {
        write!(head, "  [{group}]").unwrap();
    }
    if item.status == ItemStatus::Retired {
        head.push_str("  retired");
    }
    if let Some(conformity) = &item.conformity {
        write!(head, "  conformity: {}", conformity.word.as_str()).unwrap();
        conformity.note.iter().for_each(|note| write!(head, "（{note}）").unwrap());
    }
    if !item.citations.is_empty() {
        let cited: Vec<String> =
            item.citations.iter().map(|cited| format!("{} {:02}", cited.list.as_str(), cited.number)).collect();
        write!(head, "  cites: {}", cited.join(", ")).unwrap();
    }
    writeln!(text, "{head}  @ {}", places(&item.at, one)).unwrap();
    item.revision.iter().for_each(|revision| show_revision(text, revision, one));
    if item.parts.is_empty() {
        show_values(text, 2, catalog, &item.values, one);
    }
    for part in &item.parts {
        let label = part.label.as_ref().map_or(String::new(), |label| format!(" {label}"));
        writeln!(text, "  part{label}  @ {}", places(&part.at, one)).unwrap();
        show_values(text, 4, catalog, &part.values, one);
    }
}

fn show_revision(text: &mut String, revision: &Revision, one: bool) {
    let place = places(std::slice::from_ref(&revision.at), one);
    line(text, 2, &format!("revision {:?} {place}", revision.kind).to_lowercase(), &revision.text);
}

fn show_values(text: &mut String, indent: usize, catalog: &Catalog, values: &[Option<FieldValue>], one: bool) {
    for (field, value) in catalog.fields.iter().zip(values) {
        let Some(value) = value else { continue };
        line(text, indent, &format!("{} {}", field.key, places(&value.at, one)), &marked(value));
    }
}

/// A text with its marks: `{+added+}`, `[-deleted-]`, `{*emphasis*}`.
fn marked(value: &FieldValue) -> String {
    let mut out = String::new();
    let sign = |kind: MarkKind| match kind {
        MarkKind::Added => ("{+", "+}"),
        MarkKind::Deleted => ("[-", "-]"),
        MarkKind::Emphasis => ("{*", "*}"),
    };
    let count = u32::try_from(value.text.chars().count()).unwrap();
    let mut chars = value.text.chars();
    for place in 0..=count {
        value
            .marks
            .iter()
            .filter(|mark| mark.end == place && mark.start < place)
            .for_each(|m| out.push_str(sign(m.kind).1));
        value
            .marks
            .iter()
            .filter(|mark| mark.start == place && mark.end > place)
            .for_each(|m| out.push_str(sign(m.kind).0));
        out.extend(chars.next());
    }
    out
}

fn show_documents(text: &mut String, name: &str, documents: &[Document]) {
    if !documents.is_empty() {
        writeln!(text, "\n{name}").unwrap();
    }
    for document in documents {
        let word = if document.status == ItemStatus::Retired { "retired" } else { &document.title };
        let url = document.url.as_ref().map_or(String::new(), |url| format!("  <{url}>"));
        line(text, 2, &format!("{:02} {}", document.number, places(&document.at, false)), &format!("{word}{url}"));
    }
}

fn show_lines(text: &mut String, name: &str, lines: &[Line], one: bool) {
    if !lines.is_empty() {
        writeln!(text, "\n{name}").unwrap();
    }
    lines.iter().for_each(|told| line(text, 2, &places(&told.at, one), &told.text));
}

fn places(at: &[SheetRange], one: bool) -> String {
    let shown: Vec<String> =
        at.iter().map(|place| if one { place.range.to_string() } else { place.to_string() }).collect();
    shown.join(", ")
}

fn line(text: &mut String, indent: usize, name: &str, value: &str) {
    writeln!(text, "{:indent$}{name}: {}", "", value.replace('\n', "␤")).unwrap();
}
