//! Delimited texts (csv, tsv): encoding, separator, fields. One sheet with an empty name comes out.
//!
//! Fields follow RFC 4180 as Excel reads it: a quote counts at a field's start only, line breaks may stand in
//! quotes, a blank line is a row. The encoding is the byte order mark's, else UTF-8 if the text is valid UTF-8, else
//! UTF-16 where NULs show it, else what chardetng makes of a Japanese file; what was chosen is a note.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memchr3};

use super::limits::Limits;
use super::{Cell, Format, Sheet, Value, Workbook};
use crate::address::{CellRef, MAX_COLUMNS, SheetRange};
use crate::diagnostic::{Diagnostic, Failure};
use crate::text::{SharedText, Text};

/// At most this many places are listed in one diagnostic; its count tells of all.
const PLACES_LISTED: usize = 50;
/// How much of a text is looked at to tell its separator.
const SEPARATOR_SAMPLE: usize = 64 << 10;

pub(super) fn read(bytes: &[u8], format: Format, encoding: Option<&str>, limits: &Limits) -> Result<Workbook, Failure> {
    if bytes.len() as u64 > limits.part_bytes.min(u64::from(u32::MAX)) {
        return Err(Diagnostic::error("limit-file-bytes").arg("limit", limits.part_bytes).into());
    }
    let (text, mut diagnostics) = decode(bytes, encoding)?;
    // Half-width kana and bytes that fit nothing take three bytes for one.
    if u32::try_from(text.len()).is_err() {
        return Err(Diagnostic::error("limit-file-bytes").arg("limit", limits.part_bytes).into());
    }
    let text = SharedText::from(text);
    let (body, separator) = separate(&text, format);
    let usual = if format == Format::Tsv { b'\t' } else { b',' };
    if separator != usual {
        diagnostics.push(Diagnostic::note("separator-detected").arg("separator", separator_name(separator)));
    }
    let table = Table::parse(&text, body, separator, limits)?;
    let sheet = table.into_sheet(text.contains('\u{FFFD}'), &mut diagnostics);
    Ok(Workbook {
        format,
        sheets: vec![sheet],
        styles: vec![super::CellStyle::default()],
        date_1904: false,
        modified: None,
        diagnostics,
    })
}

fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<(Cow<'a, str>, Vec<Diagnostic>), Failure> {
    let (encoding, how) = match label {
        Some(label) => (named(label)?, "asked"),
        None => detect(bytes),
    };
    let (text, used, has_errors) = encoding.decode(bytes);
    if has_errors && how == "asked" {
        refuse_wrong(used, bytes)?;
    }
    let mut diagnostics = Vec::new();
    // A byte order mark and valid UTF-8 leave nothing to guess.
    if matches!(how, "nul" | "guess") {
        diagnostics.push(Diagnostic::note("encoding-detected").arg("encoding", shown_name(used)).arg("how", how));
    }
    if has_errors {
        diagnostics.push(Diagnostic::warning("encoding-misfit").arg("encoding", shown_name(used)));
    }
    if is_garbled(&text) {
        diagnostics.push(Diagnostic::warning("text-garbled"));
    }
    Ok((text, diagnostics))
}

/// Refuses an encoding that was asked for where another one fits all of the bytes: nobody wants the text it makes.
fn refuse_wrong(asked: &'static Encoding, bytes: &[u8]) -> Result<(), Failure> {
    let (likely, _) = detect(bytes);
    // Where one byte is one character, all bytes fit.
    if likely == asked || likely.is_single_byte() || likely.decode(bytes).2 {
        return Ok(());
    }
    let wrong = Diagnostic::error("encoding-wrong").arg("encoding", shown_name(asked));
    Err(wrong.arg("likely", shown_name(likely)).into())
}

/// Whether a text was UTF-8 that somebody read as CP932 and saved: the bytes most of our characters begin with have
/// become 縺, 繧 and 繝.
fn is_garbled(text: &str) -> bool {
    let sample = || text.chars().take(10_000).filter(|c| !c.is_ascii());
    let signs = sample().filter(|c| matches!(c, '縺' | '繧' | '繝')).count();
    signs >= 5 && signs * 8 > sample().count()
}

/// Finds an encoding by its label (WHATWG), or by the names Japanese users know it by.
fn named(label: &str) -> Result<&'static Encoding, Failure> {
    let plain = label.trim().to_ascii_lowercase();
    match plain.as_str() {
        "cp932" | "ms-kanji" | "windows-932" => return Ok(SHIFT_JIS),
        "utf-16" | "utf16" => return Ok(UTF_16LE),
        "utf8-bom" | "utf-8-sig" | "utf-8-bom" => return Ok(UTF_8),
        _ => {}
    }
    Encoding::for_label(plain.as_bytes())
        .ok_or_else(|| Diagnostic::error("encoding-unknown").arg("encoding", label).into())
}

/// The name a Japanese user knows the encoding by.
fn shown_name(encoding: &'static Encoding) -> &'static str {
    if encoding == SHIFT_JIS { "CP932 (Shift_JIS)" } else { encoding.name() }
}

fn detect(bytes: &[u8]) -> (&'static Encoding, &'static str) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, "bom");
    }
    if memchr(0, &bytes[..bytes.len().min(8192)]).is_none() && simdutf8::basic::from_utf8(bytes).is_ok() {
        return (UTF_8, "valid");
    }
    if let Some(encoding) = utf16_of(bytes) {
        return (encoding, "nul");
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    (detector.guess(Some(b"jp"), chardetng::Utf8Detection::Deny), "guess")
}

/// UTF-16 without a byte order mark: NULs stand at odd bytes only (LE) or at even bytes only (BE).
fn utf16_of(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(8192)];
    let nuls = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    match (nuls(0), nuls(1)) {
        (0, 1..) => Some(UTF_16LE),
        (1.., 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes with NULs are a text in UTF-16: they decode, and to no control characters.
pub(super) fn looks_like_utf16(head: &[u8]) -> bool {
    let head = &head[..head.len() & !1];
    utf16_of(head).is_some_and(|encoding| {
        let (text, has_errors) = encoding.decode_without_bom_handling(head);
        !has_errors && !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n'))
    })
}

/// The table without Excel's `sep=;` line, and its separator.
fn separate(text: &str, format: Format) -> (&str, u8) {
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

fn separator_name(separator: u8) -> &'static str {
    match separator {
        b'\t' => "tab",
        b';' => ";",
        b'|' => "|",
        _ => ",",
    }
}

/// One field as it stands in the text.
struct Field<'a> {
    /// The part in quotes, quotes dropped, doubled ones still doubled; empty if the field has none.
    quoted: &'a str,
    /// The part without quotes.
    plain: &'a str,
    ends_row: bool,
    is_unclosed: bool,
}

impl Field<'_> {
    /// The text of the field, which shares the memory of the whole text it stands in wherever it stands there in one
    /// piece: all but doubled quotes, and what follows a closing quote.
    fn text(&self, whole: &SharedText) -> Text {
        match (self.quoted, self.plain) {
            ("", plain) => whole.substr_from(plain),
            (quoted, "") if memchr(b'"', quoted.as_bytes()).is_none() => whole.substr_from(quoted),
            (quoted, plain) => crate::text::owned(quoted.replace("\"\"", "\"") + plain),
        }
    }
}

/// Steps through the fields of a text.
struct Fields<'a> {
    text: &'a str,
    position: usize,
    separator: u8,
    is_done: bool,
}

impl<'a> Fields<'a> {
    fn new(text: &'a str, separator: u8) -> Self {
        Self { text, position: 0, separator, is_done: text.is_empty() }
    }

    fn next(&mut self) -> Option<Field<'a>> {
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

/// The fields that hold something, and how wide each row is.
#[derive(Default)]
struct Table {
    cells: Vec<Cell>,
    /// Fields of each row, blank ones counted.
    widths: Vec<u32>,
    unclosed: Option<CellRef>,
}

impl Table {
    fn parse(whole: &SharedText, body: &str, separator: u8, limits: &Limits) -> Result<Self, Failure> {
        let mut table = Self::default();
        let mut at = CellRef::new(0, 0);
        let mut fields = Fields::new(body, separator);
        while let Some(field) = fields.next() {
            table.take(&field, at, whole, limits)?;
            at.column += 1;
            if field.ends_row {
                let is_blank = at.column == 1 && field.plain.is_empty() && field.quoted.is_empty();
                table.widths.push(if is_blank { 0 } else { at.column });
                at = CellRef::new(at.row + 1, 0);
            }
        }
        Ok(table)
    }

    fn take(&mut self, field: &Field<'_>, at: CellRef, whole: &SharedText, limits: &Limits) -> Result<(), Failure> {
        let refused = |code, limit: u64| Err(Failure::from(Diagnostic::error(code).at(place(at)).arg("limit", limit)));
        if at.row >= limits.rows {
            return refused("limit-rows", u64::from(limits.rows));
        }
        if at.column >= MAX_COLUMNS {
            return refused("limit-columns", u64::from(MAX_COLUMNS));
        }
        if field.is_unclosed {
            self.unclosed = Some(at);
        }
        if field.quoted.is_empty() && field.plain.is_empty() {
            return Ok(());
        }
        if self.cells.len() as u64 >= limits.cells {
            return refused("limit-cells", limits.cells);
        }
        // A cell of one letter takes two bytes of the file; doubling the room for its like would break the law.
        if self.cells.len() == self.cells.capacity() {
            self.cells.reserve_exact((self.cells.len() / 8).max(1024));
        }
        let text = field.text(whole);
        self.cells.push(Cell { at, text, value: Value::Text, style: 0, is_formula: false });
        Ok(())
    }

    fn into_sheet(self, has_lost_characters: bool, diagnostics: &mut Vec<Diagnostic>) -> Sheet {
        diagnostics.extend(ragged_rows(&self.widths));
        if let Some(at) = self.unclosed {
            diagnostics.push(Diagnostic::error("quote-unclosed").at(place(at)));
        }
        let sheet = Sheet::new("", self.cells);
        if has_lost_characters {
            let is_damaged = diagnostics.iter().position(|said| said.code == "encoding-misfit");
            match (is_damaged, super::lost_characters(&sheet)) {
                // The bytes that fit no character are the ones that are lost.
                (Some(misfit), Some(lost)) => diagnostics[misfit].at.extend(lost.at),
                (_, lost) => diagnostics.extend(lost),
            }
        }
        sheet
    }
}

fn place(at: CellRef) -> SheetRange {
    SheetRange::new(&Arc::from(""), at)
}

/// Rows wider than most: a separator or a line break that should have been quoted.
fn ragged_rows(widths: &[u32]) -> Option<Diagnostic> {
    let mut by_width: BTreeMap<u32, usize> = BTreeMap::new();
    for &width in widths.iter().filter(|&&width| width > 1) {
        *by_width.entry(width).or_default() += 1;
    }
    let usual = by_width.iter().max_by_key(|&(_, rows)| rows).map(|(&width, _)| width)?;
    let wider: Vec<usize> = (0..widths.len()).filter(|&row| widths[row] > usual).collect();
    if wider.is_empty() {
        return None;
    }
    let places: Vec<SheetRange> =
        wider.iter().take(PLACES_LISTED).map(|&row| place(CellRef::new(row as u32, usual))).collect();
    Some(Diagnostic::warning("rows-ragged").at_all(&places).arg("count", wider.len()).arg("usual", usual))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(bytes: &[u8], name: &str) -> Workbook {
        super::super::read(bytes, name, &super::super::ReadOptions::default()).unwrap()
    }

    fn shown(workbook: &Workbook) -> Vec<String> {
        workbook.sheets[0].cells().iter().map(|cell| format!("{}={}", cell.at, cell.text)).collect()
    }

    fn codes(workbook: &Workbook) -> Vec<&str> {
        workbook.diagnostics.iter().map(|diagnostic| diagnostic.code.as_ref()).collect()
    }

    #[test]
    fn a_sign_within_texts_is_no_separator() {
        let text = "# 機関名: a|b\n項番,自己評価,対応内容,証跡\n実1,対応済,\"一|二\n三|四\n五|六\",規程\n";
        let sheet = &check(text.as_bytes(), "answers.csv").sheets[0];
        assert_eq!(sheet.text(CellRef::new(2, 2)), "一|二\n三|四\n五|六");
    }

    #[test]
    fn quotes_breaks_and_blank_lines_read_as_in_excel() {
        let workbook = check(
            "項番,内容\r\n\r\n実1,\"一行目\n二行目 \"\"引用\"\"\"続き\r\n,末尾\"そのまま,\r\n".as_bytes(),
            "a.csv",
        );
        assert_eq!(
            shown(&workbook),
            ["A1=項番", "B1=内容", "A3=実1", "B3=一行目\n二行目 \"引用\"続き", "B4=末尾\"そのまま"]
        );
        assert_eq!(codes(&workbook), ["rows-ragged"]);
    }

    #[test]
    fn every_encoding_of_a_japanese_office_is_told_and_said_where_it_was_guessed() {
        let text = "項番,適合性\r\n実１,適合可能\r\n実２,対象外\r\n";
        let utf16 = |to_bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>();
        let bom = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        for (bytes, codes_expected) in [
            (text.as_bytes().to_vec(), vec![]),
            (bom(b"\xEF\xBB\xBF", text.as_bytes().to_vec()), vec![]),
            (SHIFT_JIS.encode(text).0.into_owned(), vec!["encoding-detected"]),
            (encoding_rs::EUC_JP.encode(text).0.into_owned(), vec!["encoding-detected"]),
            (bom(b"\xFF\xFE", utf16(u16::to_le_bytes)), vec![]),
            (bom(b"\xFE\xFF", utf16(u16::to_be_bytes)), vec![]),
            (utf16(u16::to_le_bytes), vec!["encoding-detected"]),
            (utf16(u16::to_be_bytes), vec!["encoding-detected"]),
        ] {
            let workbook = check(&bytes, "a.csv");
            assert_eq!(workbook.sheets[0].text(CellRef::new(1, 1)), "適合可能");
            assert_eq!(workbook.sheets[0].text(CellRef::new(0, 0)), "項番");
            assert_eq!(codes(&workbook), codes_expected);
        }
    }

    #[test]
    fn separators_are_told_by_what_cuts_rows_alike() {
        for (text, name, second) in [
            ("a;b;c\n1,5;2;3\n2,5;3;4\n", "a.csv", "b"),
            ("a\tb\n1, 2\t3\n", "a.csv", "b"),
            ("a,b\n1,2\n", "a.tsv", "b"),
            ("sep=;\na;b,c\n", "a.csv", "b,c"),
            ("\"a,b\nc\",b\n", "a.csv", "b"),
        ] {
            assert_eq!(check(text.as_bytes(), name).sheets[0].text(CellRef::new(0, 1)), second, "{text}");
        }
    }

    #[test]
    fn an_encoding_that_does_not_fit_is_refused_where_another_one_does() {
        let (cp932, ..) = SHIFT_JIS.encode("項番,内容\n統1,規程を定める。\n");
        let read = |bytes: &[u8], label| super::read(bytes, Format::Csv, Some(label), &Limits::default());
        let refused = read(&cp932, "utf-8").unwrap_err().diagnostics;
        assert_eq!(refused[0].code, "encoding-wrong");
        assert!(refused[0].args.contains(&("likely".into(), "CP932 (Shift_JIS)".into())), "{refused:?}");
        assert!(read(&cp932, "cp932").is_ok());
        // Damaged text fits no encoding: what can be read of it is.
        let damaged = [&cp932[..], b"\x81\xFF"].concat();
        assert!(codes(&read(&damaged, "cp932").unwrap()).contains(&"encoding-misfit"));
    }

    #[test]
    fn a_text_garbled_before_it_came_here_is_said() {
        let (garbled, ..) = SHIFT_JIS.decode("項番,内容\n統1,ふだんのきまりをさだめる。\n".as_bytes());
        assert!(codes(&check(garbled.as_bytes(), "a.csv")).contains(&"text-garbled"));
        assert_eq!(codes(&check("項番,内容\n統1,規程を定める。\n".as_bytes(), "a.csv")), [""; 0]);
    }

    #[test]
    fn lost_characters_and_open_quotes_are_pointed_out_with_their_cell() {
        let workbook = check("a,b\n1,\u{FFFD}\u{FFFD}\n2,\"x\n".as_bytes(), "a.csv");
        assert_eq!(codes(&workbook), ["quote-unclosed", "text-lost"]);
        assert_eq!(workbook.diagnostics[0].at[0].to_string(), "B3");
        assert_eq!(workbook.diagnostics[1].at[0].to_string(), "B2");
    }

    proptest! {
        /// The csv crate is the oracle; it skips blank lines, so those are left out on both sides.
        #[test]
        fn fields_are_those_the_csv_crate_reads(text in "[a\",\n実 \r]{0,40}") {
            let mut ours: Vec<Vec<String>> = vec![Vec::new()];
            let whole = SharedText::from(text.as_str());
            let mut fields = Fields::new(&whole, b',');
            while let Some(field) = fields.next() {
                ours.last_mut().unwrap().push(field.text(&whole).to_string());
                if field.ends_row {
                    ours.push(Vec::new());
                }
            }
            let is_blank = |row: &Vec<String>| row.is_empty() || row.len() == 1 && row[0].is_empty();
            ours.retain(|row| !is_blank(row));
            let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let theirs: Vec<Vec<String>> = reader
                .records()
                .map(|record| record.unwrap().iter().map(str::to_owned).collect())
                .filter(|row| !is_blank(row))
                .collect();
            prop_assert_eq!(ours, theirs);
        }
    }
}
