//! The fields of a delimited text, and the separator between them.

use std::collections::BTreeMap;

use memchr::{memchr, memchr3};

use crate::text::{SharedText, Text};
use crate::workbook::Format;

/// How much of a text is looked at to tell its separator.
const SEPARATOR_SAMPLE: usize = 64 << 10;

/// The table without Excel's `sep=;` line, and its separator.
pub(super) fn separate(text: &str, format: Format) -> (&str, u8) {
    if let Some((line, rest)) = text.split_once('\n')
        && let Some(separator) = line.trim_end_matches('\r').strip_prefix("sep=")
        && let [separator @ (b',' | b';' | b'\t' | b'|')] = separator.as_bytes()
    {
        return (rest, *separator);
    }
    (text, detect_separator(text, format))
}

/// The separator that cuts most rows into the same number of fields, and into most; the format's own on a tie.
///
/// Rows count against all rows it makes: a sign that only stands in texts cuts few of them, and cuts them unevenly.
fn detect_separator(text: &str, format: Format) -> u8 {
    let candidates = if format == Format::Tsv { *b"\t,;|" } else { *b",\t;|" };
    let score = |&separator: &u8| -> u64 {
        let mut by_width: BTreeMap<usize, usize> = BTreeMap::new();
        let mut width = 1;
        let mut fields = Fields::new(text, separator);
        while let Some(field) = fields.next() {
            if fields.position > SEPARATOR_SAMPLE && !by_width.is_empty() {
                break;
            }
            if field.ends_row {
                *by_width.entry(width).or_default() += 1;
                width = 1;
            } else {
                width += 1;
            }
        }
        let all: usize = by_width.values().sum();
        let points = |(width, rows): (usize, usize)| (width - 1) as u64 * (rows * rows * 1_000 / all.max(1)) as u64;
        by_width.into_iter().map(points).max().unwrap_or_default()
    };
    // `max_by_key` takes the last of equals, so the usual one stands last.
    candidates.into_iter().rev().max_by_key(score).unwrap_or(candidates[0])
}

/// The separator as a user knows it.
pub(super) fn separator_name(separator: u8) -> &'static str {
    match separator {
        b'\t' => "tab",
        b';' => ";",
        b'|' => "|",
        _ => ",",
    }
}

/// One field as it stands in the text.
pub(super) struct Field<'a> {
    /// The part in quotes, quotes dropped, doubled ones still doubled; empty if the field has none.
    pub(super) quoted: &'a str,
    /// The part without quotes.
    pub(super) plain: &'a str,
    /// Whether it is the last of its row.
    pub(super) ends_row: bool,
    /// Whether the quote at its start is never closed.
    pub(super) is_unclosed: bool,
}

impl Field<'_> {
    /// The text of the field, which shares the memory of the whole text it stands in wherever it stands there in one
    /// piece: all but doubled quotes, and what follows a closing quote.
    pub(super) fn text(&self, whole: &SharedText) -> Text {
        match (self.quoted, self.plain) {
            ("", plain) => whole.substr_from(plain),
            (quoted, "") if memchr(b'"', quoted.as_bytes()).is_none() => whole.substr_from(quoted),
            (quoted, plain) => crate::text::owned(quoted.replace("\"\"", "\"") + plain),
        }
    }
}

/// Steps through the fields of a text.
pub(super) struct Fields<'a> {
    text: &'a str,
    /// Where the next field begins, in bytes.
    pub(super) position: usize,
    separator: u8,
    is_done: bool,
}

impl<'a> Fields<'a> {
    pub(super) fn new(text: &'a str, separator: u8) -> Self {
        Self { text, position: 0, separator, is_done: text.is_empty() }
    }

    pub(super) fn next(&mut self) -> Option<Field<'a>> {
        if self.is_done {
            return None;
        }
        let (quoted, is_unclosed) = self.quoted();
        let rest = &self.text[self.position..];
        let length = memchr3(self.separator, b'\r', b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let plain = &rest[..length];
        self.position += length;
        let after = &rest.as_bytes()[length..];
        let (step, ends_row) = match after {
            [] => (0, true),
            [b'\r', b'\n', ..] => (2, true),
            [b'\r' | b'\n', ..] => (1, true),
            _ => (1, false),
        };
        self.position += step;
        // A separator at the very end opens one more, empty field; a line end does not open one more row.
        self.is_done = self.position == self.text.len() && (ends_row || step == 0);
        Some(Field { quoted, plain, ends_row, is_unclosed })
    }

    /// Takes what stands in quotes at the field's start, and says whether the closing quote is missing.
    fn quoted(&mut self) -> (&'a str, bool) {
        let bytes = self.text.as_bytes();
        if bytes.get(self.position) != Some(&b'"') {
            return ("", false);
        }
        let start = self.position + 1;
        let mut at = start;
        while let Some(length) = memchr(b'"', &bytes[at..]) {
            if bytes.get(at + length + 1) != Some(&b'"') {
                self.position = at + length + 1;
                return (&self.text[start..at + length], false);
            }
            at += length + 2;
        }
        self.position = self.text.len();
        (&self.text[start..], true)
    }
}
