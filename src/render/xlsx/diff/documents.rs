//! 参照文書差分: what became of the listed documents, and which items cite other ones now.

use rust_xlsxwriter::XlsxError;

use super::super::looks::Tone;
use super::super::rich::{self, Piece};
use super::super::sheet::{Paper, Sheet};
use super::compare::{citation_list, places};
use super::{Page, editions_line};
use crate::catalog::{Document, ItemStatus};
use crate::diff::{DocumentDiff, ItemChange};

const WIDTHS_CHARS: [f64; 7] = [20.0, 8.0, 12.0, 66.0, 66.0, 30.0, 22.0];
const LAST: usize = WIDTHS_CHARS.len() - 1;

pub(super) fn sheet<'a>(page: &Page<'a>) -> Result<Sheet<'a>, XlsxError> {
    let mut sheet = page.begin("xlsx-sheet-documents", &WIDTHS_CHARS)?;
    let words = page.words();
    let header = page.looks.header();
    let headings = ["list", "document-number", "change", "document-old", "document-new", "remarks", "cells"];
    let mut row = 3;
    for (column, name) in headings.into_iter().enumerate() {
        sheet.text(row, column, &words.text(&format!("xlsx-column-{name}")), &header)?;
    }
    sheet.freeze(row + 1, 2)?;
    for document in &page.diff.documents {
        row += 1;
        write_document(page, &mut sheet, row, document)?;
    }
    if page.diff.documents.is_empty() {
        row += 1;
        sheet.merged(row, (0, LAST), &words.text("xlsx-documents-same"), &page.looks.cell())?;
    } else {
        sheet.filter(3, row, LAST)?;
    }
    write_citations(page, &mut sheet, row + 2)?;
    sheet.print_on(&Paper {
        is_a3: true,
        is_landscape: true,
        repeated_rows: None,
        header: editions_line(page.diff, words),
    })?;
    Ok(sheet)
}

fn write_document(page: &Page<'_>, sheet: &mut Sheet<'_>, row: u32, document: &DocumentDiff) -> Result<(), XlsxError> {
    let words = page.words();
    let look = page.looks.cell();
    sheet.text(row, 0, &words.text(&format!("xlsx-list-{}", document.list.as_str())), &look)?;
    sheet.text(row, 1, &format!("{:02}", document.number), &look.as_text().centred())?;
    sheet.text(row, 2, &change_word(page, document.change), &look.centred())?;
    let differ = document.change == ItemChange::Changed;
    sheet.pieces(row, 3, &entry(page, document.old.as_ref(), Tone::Deleted, differ, document.new.as_ref()), &look)?;
    sheet.pieces(row, 4, &entry(page, document.new.as_ref(), Tone::Added, differ, document.old.as_ref()), &look)?;
    sheet.text(row, 5, &document_remarks(page, document), &look)?;
    let at = [&document.old, &document.new].into_iter().flatten().filter_map(|entry| entry.at.first().cloned());
    sheet.text(row, 6, &places(&at.collect::<Vec<_>>()), &look)
}

/// An entry: title and URL, each underlined where it differs from the other side's.
fn entry(page: &Page<'_>, entry: Option<&Document>, tone: Tone, differ: bool, other: Option<&Document>) -> Vec<Piece> {
    let words = page.words();
    let Some(document) = entry else { return vec![Piece::new(Tone::Muted, words.text("xlsx-word-none"))] };
    if document.status == ItemStatus::Retired {
        return vec![Piece::new(Tone::Muted, words.text("xlsx-word-retired"))];
    }
    let toned = |is_same: bool| if differ && !is_same { tone } else { Tone::Plain };
    let title_tone = toned(other.is_some_and(|other| other.title == document.title));
    let mut pieces = vec![Piece::new(title_tone, document.title.as_str())];
    if let Some(url) = &document.url {
        pieces.push(Piece::plain("\n"));
        pieces.push(Piece::new(toned(other.is_some_and(|other| other.url.as_ref() == Some(url))), url.as_str()));
    }
    rich::joined(pieces)
}

fn document_remarks(page: &Page<'_>, document: &DocumentDiff) -> String {
    let (Some(old), Some(new)) = (&document.old, &document.new) else { return String::new() };
    let differs =
        [(old.title != new.title, "xlsx-document-title-differs"), (old.url != new.url, "xlsx-document-url-differs")];
    let names = differs.into_iter().filter(|(is_set, _)| *is_set && document.change == ItemChange::Changed);
    names.map(|(_, name)| page.words().text(name)).collect::<Vec<_>>().join("\n")
}

fn change_word(page: &Page<'_>, change: ItemChange) -> String {
    page.words().text(match change {
        ItemChange::Added => "xlsx-document-added",
        ItemChange::Removed => "xlsx-document-removed",
        ItemChange::Retired => "xlsx-document-retired",
        ItemChange::Restored => "xlsx-document-restored",
        _ => "xlsx-change-changed",
    })
}

fn write_citations(page: &Page<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<(), XlsxError> {
    let words = page.words();
    let look = page.looks.cell();
    sheet.merged(first_row, (0, LAST), &words.text("xlsx-citations-heading"), &page.looks.heading())?;
    let header_row = first_row + 1;
    let headings = [
        ((0, 0), "id"),
        ((1, 3), "citations-removed"),
        ((4, 4), "citations-added"),
        ((5, 5), "remarks"),
        ((6, 6), "cells"),
    ];
    for (columns, name) in headings {
        sheet.merged(header_row, columns, &words.text(&format!("xlsx-column-{name}")), &page.looks.header())?;
    }
    let cites = page.diff.items.iter().filter(|item| {
        let is_one_sided = item.old.is_none() || item.new.is_none();
        !is_one_sided && (!item.citations_added.is_empty() || !item.citations_removed.is_empty())
    });
    let mut row = header_row;
    for item in cites {
        row += 1;
        sheet.text(row, 0, &item.key().to_string(), &look.as_text())?;
        sheet.merged(row, (1, 3), &citation_list(words, &item.citations_removed), &look.toned(Tone::Deleted))?;
        sheet.text(row, 4, &citation_list(words, &item.citations_added), &look.toned(Tone::Added))?;
        sheet.text(row, 5, "", &look)?;
        let at = item.citations_removed.iter().chain(&item.citations_added).map(|citation| citation.at.clone());
        sheet.text(row, 6, &places(&at.take(2).collect::<Vec<_>>()), &look)?;
    }
    if row == header_row {
        sheet.merged(row + 1, (0, LAST), &words.text("xlsx-citations-same"), &look)?;
    }
    Ok(())
}
