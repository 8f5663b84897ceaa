//! A catalog as Markdown (CommonMark with tables): a section a group, a section an item, a paragraph a field.

use std::fmt::Write;

use crate::catalog::{Catalog, Document, Item, ItemStatus, List, key};
use crate::render::words::Words;

use super::flat;

/// Writes a catalog as Markdown.
pub fn markdown(catalog: &Catalog, words: &Words) -> String {
    let mut out = format!("# {}\n", inline(&flat::name(catalog)));
    source(&mut out, catalog, words);
    let title = catalog.field_index(key::TITLE);
    let mut group = None;
    for item in &catalog.items {
        if item.group != group {
            group.clone_from(&item.group);
            heading(&mut out, catalog, group.as_deref());
        }
        section(&mut out, catalog, item, title, words);
    }
    for list in [List::Documents, List::Reports] {
        entries(&mut out, catalog.list(list), &words.text(&format!("export-list-{}", list.as_str())), words);
    }
    if !catalog.notes.is_empty() {
        let _ = write!(out, "\n## {}\n", words.text("export-notes"));
        for note in &catalog.notes {
            let _ = write!(out, "\n{}\n", block(&note.text));
        }
    }
    out
}

/// Where it comes from, and how many items it has.
fn source(out: &mut String, catalog: &Catalog, words: &Words) {
    let retired = catalog.items.len() - catalog.active().count();
    let count = words.with("export-count", &[("items", catalog.active().count().into()), ("retired", retired.into())]);
    let _ = write!(out, "\n{}\n", inline(&count));
    if !catalog.source.file.is_empty() {
        let _ = write!(out, "\n{}: `{}`\n", words.text("export-source"), catalog.source.file.replace('`', "'"));
    }
}

fn heading(out: &mut String, catalog: &Catalog, group: Option<&str>) {
    let Some(id) = group else { return };
    let title = catalog.groups.iter().find(|group| &*group.id == id).and_then(|group| group.title.as_deref());
    let _ = write!(out, "\n## {}\n", inline(title.unwrap_or(id)));
}

fn section(out: &mut String, catalog: &Catalog, item: &Item, title: Option<usize>, words: &Words) {
    let name = title.map(|index| flat::field(item, index)).unwrap_or_default();
    let retired = if item.status == ItemStatus::Retired { words.text("export-retired") } else { String::new() };
    let parts = [item.key.to_string(), one_line(&name), retired];
    let shown: Vec<String> = parts.iter().filter(|part| !part.is_empty()).map(|part| inline(part)).collect();
    let _ = write!(out, "\n### {}\n", shown.join(" "));
    for (index, field) in catalog.fields.iter().enumerate().filter(|(index, _)| Some(*index) != title) {
        let text = flat::field(item, index);
        if !text.is_empty() {
            let _ = write!(out, "\n**{}**\n\n{}\n", inline(&one_line(&field.label)), block(&text));
        }
    }
    labelled_parts(out, catalog, item);
}

/// Rows with a label of their own: what they say stands in the fields already, so only where it belongs is shown.
fn labelled_parts(out: &mut String, catalog: &Catalog, item: &Item) {
    for part in item.parts.iter().filter(|part| part.label.is_some()) {
        let label = part.label.as_deref().unwrap_or_default();
        let texts = (0..catalog.fields.len()).map(|index| flat::part_field(part, index));
        let said: Vec<String> = texts.filter(|text| !text.is_empty()).map(|text| inline(&one_line(&text))).collect();
        let _ = write!(out, "\n- {}: {}\n", inline(label), said.join(" / "));
    }
}

fn entries(out: &mut String, entries: &[Document], title: &str, words: &Words) {
    if entries.is_empty() {
        return;
    }
    let column = |name: &str| words.text(&format!("export-column-{name}"));
    let _ = write!(out, "\n## {title}\n\n| {} | {} | URL |\n|---|---|---|\n", column("number"), column("document"));
    for entry in entries {
        let title =
            if entry.status == ItemStatus::Retired { words.text("export-retired") } else { one_line(&entry.title) };
        let url = entry.url.as_deref().unwrap_or_default();
        let _ = writeln!(out, "| {:02} | {} | {} |", entry.number, inline(&title), link(url));
    }
}

/// A URL as an autolink, where it is a whole one; else its text.
fn link(url: &str) -> String {
    let is_whole =
        url.starts_with("http") && !url.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '|'));
    if is_whole { format!("<{url}>") } else { inline(&one_line(url)) }
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// Escapes what Markdown would take for markup within a line.
pub(super) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Escapes a text of several lines and keeps its line breaks, blank lines and indents.
pub(super) fn block(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let (blank, rest) = line.split_at(indent);
        format!("{}{}", blank.replace(['\t', ' '], "&nbsp;"), escape_start(&inline(rest)))
    });
    let mut out = String::with_capacity(text.len());
    for (index, line) in lines.enumerate() {
        if index > 0 {
            // A line break within a paragraph is a backslash in CommonMark; an empty line ends the paragraph anyway.
            out.push_str(if out.ends_with('\n') || out.is_empty() || line.is_empty() { "\n" } else { "\\\n" });
        }
        out.push_str(&line);
    }
    out
}

/// A line that starts like a list, a rule or a numbered list is none.
fn escape_start(line: &str) -> String {
    if line.starts_with(['-', '+', '=']) {
        return format!("\\{line}");
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_cell_never_becomes_markup() {
        for (text, shown) in [
            ("a*b_c|d", "a\\*b\\_c\\|d"),
            ("<script>", "\\<script\\>"),
            ("- 項目\n- 項目", "\\- 項目\\\n\\- 項目"),
            ("1. 任命\n2) 監査", "1\\. 任命\\\n2\\) 監査"),
            ("一\n\n二", "一\n\n二"),
            ("  字下げ", "&nbsp;&nbsp;字下げ"),
            ("2026年", "2026年"),
        ] {
            assert_eq!(block(text), shown);
        }
    }
}
