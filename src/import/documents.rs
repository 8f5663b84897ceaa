//! Lists of cited documents: number, title and URL, however they share their cells.

use super::findings::Findings;
use super::rows::{Merges, Row};
use super::table::line_of;
use super::value::line_text;
use crate::address::{CellRef, SheetRange};
use crate::catalog::{Document, ItemStatus, Line, Places, citation};
use crate::diagnostic::Diagnostic;
use crate::template::BoundList;
use crate::workbook::Sheet;

/// Reads a list; what stands in it and is no entry comes back as notes, and a row with a title behind something that
/// is no number as a finding too.
pub(super) fn read(sheet: &Sheet, list: &BoundList, notes: &mut Vec<Line>, findings: &mut Findings) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    let mut merges = Merges::new(sheet, list.rows);
    let mut last_row = None;
    for (number, cells) in sheet.rows_between(list.rows.0, list.rows.1) {
        let row = Row::new(number, cells, &mut merges);
        if row.filled().next().is_none() {
            continue;
        }
        let entry = row.cell(list.number).and_then(|cell| citation::entry_number(&cell.text));
        let is_next = last_row.is_some_and(|last| number == last + 1);
        match (entry, documents.last_mut()) {
            (Some(entry), _) => documents.push(document(sheet, list, &row, entry)),
            (None, Some(above)) if is_next && row.cell(list.number).is_none() => go_on(sheet, list, &row, above),
            _ => {
                findings.extend(number_not_understood(sheet, list, &row));
                notes.push(line_of(sheet, &row));
                continue;
            }
        }
        last_row = Some(number);
    }
    documents
}

/// A row with a title whose number cannot be read. A heading or a footnote stands alone in its row.
fn number_not_understood(sheet: &Sheet, list: &BoundList, row: &Row<'_>) -> Option<Diagnostic> {
    let number = row.cell(list.number)?;
    row.cell(list.title)?;
    let at = SheetRange::new(&sheet.name, row.span(number.at));
    Some(Diagnostic::error("document-number-unknown").at(at).arg("text", number.text.trim()))
}

fn document(sheet: &Sheet, list: &BoundList, row: &Row<'_>, number: u32) -> Document {
    let text = |column: u32| row.cell(column).and_then(line_text).map(|text| text.to_string()).unwrap_or_default();
    let mut shown = text(list.title);
    let number_text = text(list.number);
    let retired = citation::is_retired(&number_text) || citation::is_retired(&shown);
    let url_text = list.url.map(text).filter(|url| !url.is_empty());
    if let Some(url) = url_text {
        shown = format!("{shown}\n{url}");
    }
    let (title, url) = split_url(&shown);
    let url = url.or_else(|| link_target(sheet, list, row.number));
    let columns = [Some(list.number), Some(list.title), list.url];
    let at = columns.into_iter().flatten().filter_map(|column| row.cell(column));
    Document {
        number,
        title: if retired { String::new() } else { title },
        url,
        status: if retired { ItemStatus::Retired } else { ItemStatus::Active },
        at: at.map(|cell| SheetRange::new(&sheet.name, row.span(cell.at))).collect(),
    }
}

/// A row without a number goes on with the entry above.
fn go_on(sheet: &Sheet, list: &BoundList, row: &Row<'_>, above: &mut Document) {
    let mut places: Vec<SheetRange> = above.at.to_vec();
    let mut shown = above.title.clone();
    if let Some(url) = &above.url {
        shown = format!("{shown}\n{url}");
    }
    for column in [Some(list.title), list.url].into_iter().flatten() {
        let Some(cell) = row.cell(column) else { continue };
        shown = format!("{shown}\n{}", line_text(cell).unwrap_or_default());
        places.push(SheetRange::new(&sheet.name, row.span(cell.at)));
    }
    let (title, url) = split_url(&shown);
    above.title = title;
    above.url = url.or_else(|| link_target(sheet, list, row.number)).or(above.url.take());
    above.at = Places::from_iter(places);
}

fn link_target(sheet: &Sheet, list: &BoundList, row: u32) -> Option<String> {
    let columns = [list.url, Some(list.title), Some(list.number)];
    columns.into_iter().flatten().find_map(|column| {
        let at = CellRef::new(row, column);
        let link = sheet.hyperlinks.iter().find(|link| link.range.contains(at))?;
        (!link.target.starts_with('#')).then(|| link.target.clone())
    })
}

/// Takes a title and the URL below or behind it apart; a URL broken over lines is mended, so is a title.
fn split_url(text: &str) -> (String, Option<String>) {
    let start = url_start(text);
    let (title, rest) = start.map_or((text, ""), |start| text.split_at(start));
    let mut url = String::new();
    let mut behind: Vec<&str> = Vec::new();
    for line in rest.lines().flat_map(pieces) {
        let goes_on = url.is_empty() || (behind.is_empty() && is_url_piece(line) && looks_broken(&url, line));
        match (goes_on, line.split_once(char::is_whitespace)) {
            (true, None) => url.push_str(line),
            // A blank within the URL stays in it: `check` says so.
            (true, Some((piece, more))) if is_rest_of_url(piece, more) => url.push_str(line),
            (true, Some((piece, more))) => {
                url.push_str(piece);
                behind.push(more.trim());
            }
            (false, _) => behind.push(line),
        }
    }
    let title_lines = title.lines().map(str::trim).filter(|line| !line.is_empty());
    let title = title_lines.chain(behind).collect::<Vec<_>>().join(" ");
    (title, (!url.is_empty()).then_some(url))
}

/// A line, and by itself what stands right behind a URL in it and is none of it: `（2018年版）`, `を参照`.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{309F}');
    let ends = |(at, c): (usize, char)| {
        let is_bracket = matches!(c, '（' | '）' | '「' | '」' | '『' | '』' | '【' | '】' | '、' | '。' | '；' | '※');
        let is_behind_a_word = line[..at].ends_with(|before: char| before.is_ascii_alphanumeric());
        at > 0 && (is_bracket || is_kana(c) && is_behind_a_word)
    };
    let end = url_start(line).map_or(line.len(), |start| {
        let mut behind = line[start..].char_indices().map(|(at, c)| (start + at, c));
        behind.find(|&found| ends(found)).map_or(line.len(), |(at, _)| at)
    });
    let (url, more) = line.split_at(end);
    [url.trim(), more.trim()].into_iter().filter(|piece| !piece.is_empty())
}

/// Where a URL begins, also one whose scheme is misspelt (`htps://`, `http//`, `https:/`): `check` says what is wrong.
fn url_start(text: &str) -> Option<usize> {
    // Characters in full width as their ASCII ones, one for one.
    let (places, folded): (Vec<usize>, Vec<char>) = text.char_indices().map(|(at, c)| (at, narrow(c))).unzip();
    let begins = |at: usize, sign: &str| {
        folded[at..].iter().copied().zip(sign.chars()).filter(|(a, b)| a == b).count() == sign.len()
    };
    let letters_before = |end: usize| {
        let letters = folded[..end].iter().rev().take_while(|c| c.is_ascii_alphabetic()).count();
        (letters > 0).then_some(end - letters)
    };
    let proper = (0..folded.len()).find(|&at| begins(at, "://")).and_then(letters_before);
    let misspelt = (0..folded.len()).find(|&at| {
        let rest = if begins(at, "https") { at + 5 } else { at + 4 };
        begins(at, "http") && (begins(rest, ":/") || begins(rest, "//"))
    });
    proper.into_iter().chain(misspelt).min().map(|at| places[at])
}

/// A character in full width as the ASCII one it looks like.
fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// Whether what stands behind a blank belongs to the URL before it: it goes on like a path, or the URL has no host yet.
fn is_rest_of_url(url: &str, more: &str) -> bool {
    const SUFFIXES: [&str; 8] = [".html", ".htm", ".pdf", ".aspx", ".php", ".xlsx", ".docx", ".zip"];
    let more = more.trim();
    let is_path = more.contains('/') || SUFFIXES.iter().any(|suffix| more.ends_with(suffix));
    let is_word = more.is_ascii() && !more.contains(' ') && more.starts_with(|c: char| c.is_ascii_alphanumeric());
    is_word && !more.starts_with("http") && (is_path || url.ends_with("//"))
}

fn is_url_piece(line: &str) -> bool {
    line.is_ascii() && !line.starts_with("http") && !line.contains(' ')
}

/// A URL is broken where it ends on a separator or its next piece begins or goes on like a path.
fn looks_broken(url: &str, next: &str) -> bool {
    url.ends_with(['-', '/', '_', '.', '=', '&', '?', '%'])
        || next.contains(['/', '-', '.', '='])
        || next.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_url_are_taken_apart_and_mended() {
        for (text, title, url) in [
            ("暗号化の概要\nhttps://example.com/a", "暗号化の概要", Some("https://example.com/a")),
            (
                "可用性\nhttps://example.com/reliable-global-\nnetwork/",
                "可用性",
                Some("https://example.com/reliable-global-network/"),
            ),
            ("長い題名が\n二行になる https://example.com/", "長い題名が 二行になる", Some("https://example.com/")),
            ("URLのない文書", "URLのない文書", None),
            ("綴りの誤り\nhtps://example.com/a", "綴りの誤り", Some("htps://example.com/a")),
            ("点の抜け http//example.com", "点の抜け", Some("http//example.com")),
            ("線の抜け\nhttps:/example.com", "線の抜け", Some("https:/example.com")),
            ("空白\nhttps://example.com/a b.html", "空白", Some("https://example.com/a b.html")),
            ("空白\nhttps:// example.com/x", "空白", Some("https:// example.com/x")),
            ("版 https://example.com/a v1.0", "版 v1.0", Some("https://example.com/a")),
            ("全角\nｈｔｔｐｓ：／／example.com/x", "全角", Some("ｈｔｔｐｓ：／／example.com/x")),
            ("文書 https://example.com/a（2018年版）", "文書 （2018年版）", Some("https://example.com/a")),
            ("https://example.com/aを参照", "を参照", Some("https://example.com/a")),
            ("https://example.com/資料/あらまし.pdf", "", Some("https://example.com/資料/あらまし.pdf")),
            ("文書\nhttps://example.com/a\n（2018年版）", "文書 （2018年版）", Some("https://example.com/a")),
        ] {
            assert_eq!(split_url(text), (title.to_owned(), url.map(str::to_owned)), "{text}");
        }
    }
}
