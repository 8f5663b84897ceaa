//! A catalog as plain text for `git diff`: a line an item that tells its number, then a line a fact.
//!
//! No cell addresses and no file names, so that a row inserted above changes nothing below.

use std::fmt::Write;

use crate::catalog::{Catalog, ItemStatus, List};

use crate::text::fold::heading_label;

use super::flat;

/// Writes a catalog as text. Items start with `[実1]`; the lines of a long text are indented.
pub fn text(catalog: &Catalog) -> String {
    let mut out = String::new();
    let edition = &catalog.edition;
    for (name, value) in
        [("framework", &edition.framework), ("version", &edition.version), ("provider", &edition.provider)]
    {
        if let Some(value) = value {
            fact(&mut out, name, value);
        }
    }
    // An edition's name in the headings would make every line differ from the next edition's.
    let labels: Vec<String> = catalog.fields.iter().map(|field| heading_label(&field.label)).collect();
    for item in &catalog.items {
        let retired = if item.status == ItemStatus::Retired { " 欠番" } else { "" };
        let _ = write!(out, "\n[{}]{retired}\n", item.key);
        for (index, label) in labels.iter().enumerate() {
            fact(&mut out, label, &flat::field(item, index));
        }
        for revision in &item.revision {
            fact(&mut out, "revision", &revision.text);
        }
    }
    for list in [List::Documents, List::Reports] {
        for entry in catalog.list(list) {
            let _ = write!(out, "\n[{} {:02}]\n", list.as_str(), entry.number);
            let title = if entry.status == ItemStatus::Retired { "欠番" } else { &entry.title };
            fact(&mut out, "title", title);
            fact(&mut out, "url", entry.url.as_deref().unwrap_or_default());
        }
    }
    for line in catalog.notes.iter() {
        fact(&mut out, "\nnote", &line.text);
    }
    out
}

fn fact(out: &mut String, label: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let label = if label.starts_with('\n') { label.to_owned() } else { label.replace('\n', " ") };
    if text.contains('\n') {
        let _ = writeln!(out, "{label}:");
        for line in text.split('\n') {
            let _ = writeln!(out, "    {line}");
        }
    } else {
        let _ = writeln!(out, "{label}: {text}");
    }
}
