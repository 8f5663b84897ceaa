//! Writes delimited texts (csv, tsv): quoting, the guard against formulas, and the encoding.
//!
//! Says nothing about what the columns hold.

use std::sync::Arc;

use encoding_rs::SHIFT_JIS;

use super::PLACES_LISTED;
use crate::address::{CellRef, SheetRange};
use crate::diagnostic::Diagnostic;
use crate::text::fold;
use crate::text::unicode::UnicodeNormalization;

/// The encoding a delimited text is written in.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 with a byte order mark: without one, Excel takes the text for CP932.
    #[default]
    Utf8Bom,
    /// UTF-8 without a byte order mark, for machines.
    Utf8,
    /// CP932, Microsoft's Shift_JIS. What it lacks is said, see [`Encoded`].
    Cp932,
}

impl Encoding {
    /// Finds an encoding by the name a user gives: `utf-8` (with a byte order mark), `utf-8-no-bom`, `cp932`.
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" | "utf-8-bom" | "utf-8-sig" => Some(Self::Utf8Bom),
            "utf-8-no-bom" | "utf8-no-bom" => Some(Self::Utf8),
            "cp932" | "shift_jis" | "shift-jis" | "sjis" | "windows-31j" | "ms932" => Some(Self::Cp932),
            _ => None,
        }
    }
}

/// Rows of a delimited text while they are written. Lines end on CR LF, as Excel writes them.
#[derive(Clone, Debug)]
pub struct Rows {
    separator: char,
    guard: bool,
    text: String,
    at_start: bool,
}

impl Rows {
    /// Starts a text with `,` or a tab between fields; `guard` keeps texts from being taken for formulas.
    pub fn new(separator: char, guard: bool) -> Self {
        Self { separator, guard, text: String::new(), at_start: true }
    }

    /// Adds a field to the row.
    pub fn field(&mut self, field: &str) {
        if !std::mem::take(&mut self.at_start) {
            self.text.push(self.separator);
        }
        let guarded = self.guard && needs_guard(field);
        let is_plain = !guarded
            // Any other separator is quoted as well, so that a reader that looks for one is not led astray.
            && !field.contains(['"', '\n', '\r', ',', ';', '\t'])
            && !field.starts_with([' ', '\'', '\t', '#'])
            && !field.ends_with(' ');
        if is_plain {
            self.text.push_str(field);
            return;
        }
        self.text.push('"');
        if guarded {
            self.text.push('\'');
        }
        for (index, piece) in field.split('"').enumerate() {
            if index > 0 {
                self.text.push_str("\"\"");
            }
            self.text.push_str(piece);
        }
        self.text.push('"');
    }

    /// Ends the row.
    pub fn end_row(&mut self) {
        self.text.push_str("\r\n");
        self.at_start = true;
    }

    /// Adds a whole row.
    pub fn row<'a>(&mut self, fields: impl IntoIterator<Item = &'a str>) {
        for field in fields {
            self.field(field);
        }
        self.end_row();
    }

    /// The text, without a byte order mark.
    pub fn into_text(self) -> String {
        self.text
    }
}

/// Says whether a spreadsheet could take the text for a formula, or would after the first `'` is taken off.
///
/// `=`, `+`, `-`, `@` start one, and so do tab and carriage return before them (OWASP, CSV injection); a lone `-` or
/// `+` is what people write for "none", and no formula. A full-width `－` starts lists and none either.
pub fn needs_guard(field: &str) -> bool {
    let bare = field.trim_start_matches('\'');
    bare.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '＠']) && !matches!(field, "-" | "+")
}

/// Takes the guard off a field again.
pub(crate) fn unguarded(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => field,
    }
}

/// A text in bytes, and what became of characters the encoding lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Encoded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Characters written as one that looks the same, with the cells.
    pub replaced: Vec<(char, CellRef)>,
    /// Characters the encoding has nothing for, written as `〓`, with the cells.
    pub lost: Vec<(char, CellRef)>,
}

/// Encodes a delimited text. With CP932, 〜 − ‖ and their kind become the code points CP932 has, as Windows does;
/// what has no look-alike becomes `〓`, the printer's mark for a missing type, and is reported with its cell.
pub fn encode(text: &str, separator: char, encoding: Encoding) -> Encoded {
    match encoding {
        Encoding::Utf8 => Encoded { bytes: text.as_bytes().to_vec(), ..Encoded::default() },
        Encoding::Utf8Bom => {
            let bytes = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
            Encoded { bytes, ..Encoded::default() }
        }
        Encoding::Cp932 => cp932(text, separator),
    }
}

fn cp932(text: &str, separator: char) -> Encoded {
    let mut encoded = Encoded { bytes: Vec::with_capacity(text.len()), ..Encoded::default() };
    let (mut at, mut is_quoted) = (CellRef::new(0, 0), false);
    let mut buffer = [0; 4];
    // か and a combining ゙ are one character in CP932.
    for c in text.chars().nfc() {
        match c {
            '"' => is_quoted = !is_quoted,
            '\n' if !is_quoted => at = CellRef::new(at.row + 1, 0),
            _ if c == separator && !is_quoted => at.column += 1,
            _ => {}
        }
        if c.is_ascii() {
            encoded.bytes.push(c as u8);
            continue;
        }
        let known = [Some(c), look_alike(c)].into_iter().flatten().find_map(|other| {
            // Writes ¥ as `\` and ‾ as `~`, which read back as something else.
            let (bytes, _, has_errors) = SHIFT_JIS.encode(other.encode_utf8(&mut buffer));
            (!has_errors && (other.is_ascii() || !bytes.is_ascii())).then(|| (other, bytes.into_owned()))
        });
        match known {
            Some((other, bytes)) => {
                encoded.bytes.extend(bytes);
                if other != c {
                    encoded.replaced.push((c, at));
                }
            }
            None if fold::is_ignorable(c) => {}
            None => {
                encoded.bytes.extend(SHIFT_JIS.encode("〓").0.iter());
                encoded.lost.push((c, at));
            }
        }
    }
    encoded
}

/// The character of CP932 that looks the same, for one that it lacks.
fn look_alike(c: char) -> Option<char> {
    Some(match c {
        '〜' => '～',
        '−' => '－',
        '‖' => '∥',
        '¢' => '￠',
        '£' => '￡',
        '¬' => '￢',
        '—' => '―',
        '–' | '\u{2011}' => '‐',
        '¥' => '￥',
        '‾' => '￣',
        '¦' => '￤',
        '•' => '・',
        '\u{A0}' | '\u{2002}' | '\u{2003}' | '\u{2009}' => ' ',
        '◯' => '○',
        _ => match fold::fold_radical(c) {
            folded if folded != c => folded,
            _ => return None,
        },
    })
}

impl Encoded {
    /// What there is to say: characters replaced by a look-alike (a note), characters lost (a warning), each with the
    /// cells of the text.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let replaced =
            (!self.replaced.is_empty()).then(|| about(Diagnostic::note("characters-replaced"), &self.replaced));
        let lost = (!self.lost.is_empty()).then(|| about(Diagnostic::warning("characters-lost"), &self.lost));
        [lost, replaced].into_iter().flatten().collect()
    }
}

fn about(finding: Diagnostic, characters: &[(char, CellRef)]) -> Diagnostic {
    let mut distinct: Vec<char> = characters.iter().map(|(c, _)| *c).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let mut cells: Vec<CellRef> = characters.iter().map(|(_, at)| *at).collect();
    cells.dedup();
    let sheet = Arc::from("");
    let places: Vec<SheetRange> = cells.iter().take(PLACES_LISTED).map(|&at| SheetRange::new(&sheet, at)).collect();
    let shown = distinct.iter().map(|&c| format!("{c} (U+{:04X})", u32::from(c))).collect::<Vec<_>>();
    finding.at_all(&places).arg("count", characters.len()).arg("characters", shown)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::workbook::{ReadOptions, read};

    fn one_field(field: &str, guard: bool) -> String {
        let mut rows = Rows::new(',', guard);
        rows.row([field]);
        rows.into_text()
    }

    #[test]
    fn a_formula_is_guarded_and_comes_back() {
        for (field, written) in [
            ("=1+1", "\"'=1+1\"\r\n"),
            ("@SUM(A1)", "\"'@SUM(A1)\"\r\n"),
            ("-5%", "\"'-5%\"\r\n"),
            ("'=1", "\"''=1\"\r\n"),
            ("-", "-\r\n"),
            ("－", "－\r\n"),
            ("－ 設備", "－ 設備\r\n"),
            ("a\"b,c", "\"a\"\"b,c\"\r\n"),
            ("一行\n二行", "\"一行\n二行\"\r\n"),
        ] {
            assert_eq!(one_field(field, true), written);
        }
        assert_eq!(one_field("=1+1", false), "=1+1\r\n");
    }

    #[test]
    fn cp932_takes_look_alikes_and_says_what_it_lacks() {
        let encoded = encode("a,〜−‖¥—⾏\r\n\"x\ny\",🆕か\u{3099}é①㈱髙\r\n", ',', Encoding::Cp932);
        let (text, _, has_errors) = SHIFT_JIS.decode(&encoded.bytes);
        assert!(!has_errors);
        assert_eq!(text, "a,～－∥￥―行\r\n\"x\ny\",〓が〓①㈱髙\r\n");
        assert_eq!(encoded.lost, [('🆕', CellRef::new(1, 1)), ('é', CellRef::new(1, 1))]);
        assert_eq!(encoded.replaced.len(), 5);
        let shown: Vec<String> =
            encoded.diagnostics().iter().map(|found| format!("{} {}", found.code, found.at[0])).collect();
        assert_eq!(shown, ["characters-lost B2", "characters-replaced B1"]);
    }

    #[test]
    fn utf8_has_a_byte_order_mark_for_excel() {
        assert_eq!(encode("実", ',', Encoding::Utf8Bom).bytes, "\u{FEFF}実".as_bytes());
        assert_eq!(encode("実", ',', Encoding::Utf8).bytes, "実".as_bytes());
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read(fields in prop::collection::vec("[a\",\n'=実 #@+-]{0,8}", 6), tabs: bool) {
            let (separator, name) = if tabs { ('\t', "x.tsv") } else { (',', "x.csv") };
            let mut rows = Rows::new(separator, true);
            rows.row(["id", "a", "b", "c", "d", "e"]);
            // The reader tells the separator by most rows.
            (0..40).for_each(|_| rows.row(["1", "2", "3", "4", "5", "6"]));
            rows.row(fields.iter().map(String::as_str));
            let bytes = encode(&rows.into_text(), separator, Encoding::Utf8Bom).bytes;
            let sheet = read(&bytes, name, &ReadOptions::default()).unwrap().sheets.remove(0);
            for (column, field) in (0u32..).zip(&fields) {
                prop_assert_eq!(unguarded(sheet.text(CellRef::new(41, column))), field.as_str());
            }
        }
    }
}
