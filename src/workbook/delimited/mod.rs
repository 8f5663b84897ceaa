//! Delimited texts (csv, tsv) read: one sheet with an empty name comes out. `write` is the way back.
//!
//! Fields follow RFC 4180 as Excel reads it: a quote counts at a field's start only, line breaks may stand in
//! quotes, a blank line is a row. The encoding is the byte order mark's, else UTF-8 if the text is valid UTF-8, else
//! UTF-16 where NULs show it, else what chardetng makes of a Japanese file; what was chosen is a note.

mod encoding;
mod fields;
pub mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) use encoding::looks_like_utf16;
use fields::{Field, Fields, separate, separator_name};

use super::limits::Limits;
use super::{Cell, Format, Sheet, Value, Workbook};
use crate::address::{CellRef, MAX_COLUMNS, SheetRange};
use crate::diagnostic::{Diagnostic, Failure};
use crate::text::SharedText;

/// At most this many places are listed in one diagnostic; its count tells of all.
const PLACES_LISTED: usize = 50;

pub(super) fn read(bytes: &[u8], format: Format, encoding: Option<&str>, limits: &Limits) -> Result<Workbook, Failure> {
    if bytes.len() as u64 > limits.part_bytes.min(u64::from(u32::MAX)) {
        return Err(Diagnostic::error("limit-file-bytes").arg("limit", limits.part_bytes).into());
    }
    let (text, mut diagnostics) = encoding::decode(bytes, encoding)?;
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
    use encoding_rs::SHIFT_JIS;

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
