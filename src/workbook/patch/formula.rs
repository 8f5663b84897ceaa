//! What a formula reads: the cells, names and tables it mentions, taken from its text without parsing its grammar.
//!
//! Errs on the side of more: what cannot be told apart counts as read, and a reference made at run time
//! (`INDIRECT`, `OFFSET`, a range operator on anything but plain cells) counts as reading everything.
//! Syntax: ECMA-376 part 1, §18.17.2.

use crate::address::{CellRef, MAX_COLUMNS, MAX_ROWS, Range};

/// One thing a formula reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Precedent {
    /// Cells; of the formula's own sheet where `sheets` is `None`.
    Cells { sheets: Option<Sheets>, area: Area },
    /// A defined name, or a whole table by its name.
    Name { sheets: Option<Sheets>, name: String },
    /// A structured reference: the table's name (`None` within the table itself) and what stands in its brackets.
    Table { table: Option<String>, inside: String },
    /// Anything at all.
    Everything,
}

/// One sheet, or several from the first to the last in tab order (`Sheet1:Sheet3!A1`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sheets {
    pub(crate) first: String,
    pub(crate) last: Option<String>,
}

/// A rectangle whose edges may move with the cell the formula stands in.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) range: Range,
    /// Whether first row, first column, last row and last column are relative.
    relative: [bool; 4],
}

impl Area {
    /// The area as a shared formula means it in a cell so many rows and columns away from its master.
    pub(crate) fn shifted(&self, rows: i64, columns: i64) -> Range {
        let Range { first, last } = self.range;
        let [first_row, first_column, last_row, last_column] = self.relative;
        let move_by = |value: u32, by: i64, is_relative: bool, limit: u32| {
            if is_relative { (i64::from(value) + by).rem_euclid(i64::from(limit)) as u32 } else { value }
        };
        Range::new(
            CellRef::new(
                move_by(first.row, rows, first_row, MAX_ROWS),
                move_by(first.column, columns, first_column, MAX_COLUMNS),
            ),
            CellRef::new(
                move_by(last.row, rows, last_row, MAX_ROWS),
                move_by(last.column, columns, last_column, MAX_COLUMNS),
            ),
        )
    }
}

/// Lists what a formula reads, in the order of its text.
pub(crate) fn precedents(formula: &str) -> Vec<Precedent> {
    let mut lexer = Lexer { text: formula, at: 0, found: Vec::new() };
    lexer.run();
    lexer.found
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    found: Vec<Precedent>,
}

impl<'a> Lexer<'a> {
    fn run(&mut self) {
        while let Some(c) = self.peek() {
            match c {
                '"' => self.skip_quoted('"'),
                '\'' => self.quoted_sheet(),
                '[' => self.bracket(),
                '#' => self.error_value(),
                // A range operator that no plain reference took: `A1:INDEX(…)`, `)` and so on.
                ':' => {
                    self.at += 1;
                    self.found.push(Precedent::Everything);
                }
                c if is_word(c) => self.word(),
                c => self.at += c.len_utf8(),
            }
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Steps over a quoted stretch and gives its inside, doubled quotes made one.
    fn take_quoted(&mut self, quote: char) -> String {
        let mut inside = String::new();
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((index, c)) = chars.next() {
            if c != quote {
                inside.push(c);
            } else if chars.peek().is_some_and(|&(_, next)| next == quote) {
                inside.push(c);
                chars.next();
            } else {
                self.at += index + 1;
                return inside;
            }
        }
        self.at = self.text.len();
        inside
    }

    fn skip_quoted(&mut self, quote: char) {
        self.take_quoted(quote);
    }

    fn quoted_sheet(&mut self) {
        let inside = self.take_quoted('\'');
        if self.rest().starts_with('!') {
            self.at += 1;
            let sheets = match inside.split_once(':') {
                Some((first, last)) => Sheets { first: first.to_owned(), last: Some(last.to_owned()) },
                None => Sheets { first: inside, last: None },
            };
            self.reference(Some(sheets));
        }
    }

    /// `[1]Sheet!A1`, or a structured reference within its table (`[@[col]]`).
    fn bracket(&mut self) {
        let inside = self.take_brackets();
        let is_workbook = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
        let next = self.peek();
        if is_workbook && next.is_some_and(|c| is_word(c) || c == '!') {
            let name = self.take_word();
            let last = self.range_end_sheet();
            if self.rest().starts_with('!') {
                self.at += 1;
                self.reference(Some(Sheets { first: format!("[{inside}]{name}"), last }));
            }
        } else {
            self.found.push(Precedent::Table { table: None, inside });
        }
    }

    /// Steps over a bracketed stretch, brackets within it included; `'` escapes the character behind it.
    fn take_brackets(&mut self) -> String {
        let mut depth = 0;
        let mut is_escaped = false;
        for (index, c) in self.rest().char_indices() {
            match c {
                _ if is_escaped => is_escaped = false,
                '\'' => is_escaped = true,
                '[' => depth += 1,
                ']' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let inside = self.rest()[1..index].to_owned();
                self.at += index + 1;
                return inside;
            }
        }
        let inside = self.rest()[1..].to_owned();
        self.at = self.text.len();
        inside
    }

    /// `#REF!`, `#N/A`; or the spill sign behind a reference.
    fn error_value(&mut self) {
        self.at += 1;
        let error = self.rest().bytes().take_while(|byte| byte.is_ascii_uppercase() || b"/0!?_".contains(byte)).count();
        self.at += error;
    }

    fn take_word(&mut self) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// `:Sheet3` of `Sheet1:Sheet3!A1`, if that is what follows.
    fn range_end_sheet(&mut self) -> Option<String> {
        let rest = self.rest().strip_prefix(':')?;
        let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        if length == 0 || !rest[length..].starts_with('!') {
            return None;
        }
        self.at += 1 + length;
        Some(rest[..length].to_owned())
    }

    fn word(&mut self) {
        let start = self.at;
        let word = self.take_word();
        let last = self.range_end_sheet();
        match self.peek() {
            Some('!') => {
                self.at += 1;
                self.reference(Some(Sheets { first: word.to_owned(), last }));
            }
            Some('(') => {
                if makes_references(word) {
                    self.found.push(Precedent::Everything);
                }
            }
            _ => {
                self.at = start;
                self.reference(None);
            }
        }
    }

    /// A reference or name behind its sheet, if one follows.
    fn reference(&mut self, sheets: Option<Sheets>) {
        let word = self.take_word();
        if word.is_empty() {
            return;
        }
        if self.rest().starts_with('[') {
            let inside = self.take_brackets();
            self.found.push(Precedent::Table { table: Some(word.to_owned()), inside });
            return;
        }
        let behind = self.rest().strip_prefix(':').map(|rest| {
            let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            (&rest[..length], &rest[length..])
        });
        if let Some((end, after)) = behind
            && !after.starts_with(['(', '!', '['])
            && let Some(area) = parse_area(word, end)
        {
            self.at += 1 + end.len();
            self.found.push(Precedent::Cells { sheets, area });
            return;
        }
        match parse_area(word, word) {
            Some(area) if parse_corner(word).is_some_and(|corner| corner.is_cell()) => {
                self.found.push(Precedent::Cells { sheets, area });
            }
            _ if word.starts_with(|c: char| c.is_ascii_digit()) => {}
            _ => self.found.push(Precedent::Name { sheets, name: word.to_owned() }),
        }
    }
}

/// Characters of names, references, numbers and unquoted sheet names.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '\\' | '?') || (!c.is_ascii() && !c.is_whitespace())
}

/// Functions that make a reference at run time.
fn makes_references(function: &str) -> bool {
    matches!(function.to_ascii_uppercase().as_str(), "INDIRECT" | "OFFSET" | "EVALUATE" | "GETPIVOTDATA")
}

/// One corner of a reference: `B12`, `B` or `12`, each part with or without `$`.
#[derive(Copy, Clone)]
struct Corner {
    row: Option<(u32, bool)>,
    column: Option<(u32, bool)>,
}

impl Corner {
    fn is_cell(self) -> bool {
        self.row.is_some() && self.column.is_some()
    }
}

fn parse_corner(text: &str) -> Option<Corner> {
    let mut rest = text.as_bytes();
    let take_dollar = |rest: &mut &[u8]| {
        let is_there = rest.first() == Some(&b'$');
        if is_there {
            *rest = &rest[1..];
        }
        is_there
    };
    let first_dollar = take_dollar(&mut rest);
    let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters > 3 {
        return None;
    }
    let column = rest[..letters].iter().fold(0u32, |sum, b| sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1);
    rest = &rest[letters..];
    let row_dollar = if letters > 0 { take_dollar(&mut rest) } else { first_dollar };
    let digits = rest;
    if digits.len() > 7 || !digits.iter().all(u8::is_ascii_digit) || column > MAX_COLUMNS {
        return None;
    }
    let row = digits.iter().fold(0u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    if (digits.is_empty() && (letters == 0 || row_dollar)) || (!digits.is_empty() && !(1..=MAX_ROWS).contains(&row)) {
        return None;
    }
    Some(Corner {
        row: (!digits.is_empty()).then(|| (row - 1, !row_dollar)),
        column: (letters > 0).then(|| (column - 1, !first_dollar)),
    })
}

fn parse_area(first: &str, last: &str) -> Option<Area> {
    let (first, last) = (parse_corner(first)?, parse_corner(last)?);
    let (mut a, mut b) = ((first.row, first.column), (last.row, last.column));
    // Whole columns have no rows, whole rows no columns; a mixture is no reference.
    if a.0.is_none() && b.0.is_none() {
        (a.0, b.0) = (Some((0, false)), Some((MAX_ROWS - 1, false)));
    }
    if a.1.is_none() && b.1.is_none() {
        (a.1, b.1) = (Some((0, false)), Some((MAX_COLUMNS - 1, false)));
    }
    let ((row_a, column_a), (row_b, column_b)) = ((a.0?, a.1?), (b.0?, b.1?));
    let (top, bottom) = if row_a.0 <= row_b.0 { (row_a, row_b) } else { (row_b, row_a) };
    let (left, right) = if column_a.0 <= column_b.0 { (column_a, column_b) } else { (column_b, column_a) };
    let range = Range::new(CellRef::new(top.0, left.0), CellRef::new(bottom.0, right.0));
    Some(Area { range, relative: [top.1, left.1, bottom.1, right.1] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(formula: &str) -> String {
        let on = |sheets: &Option<Sheets>| match sheets {
            Some(Sheets { first, last: Some(last) }) => format!("<{first}..{last}>"),
            Some(Sheets { first, last: None }) => format!("<{first}>"),
            None => String::new(),
        };
        let all = precedents(formula).into_iter().map(|precedent| match precedent {
            Precedent::Cells { sheets, area } => format!("{}{}", on(&sheets), area.range),
            Precedent::Name { sheets, name } => format!("{}name {name}", on(&sheets)),
            Precedent::Table { table, inside } => format!("{}[{inside}]", table.unwrap_or_default()),
            Precedent::Everything => "*".to_owned(),
        });
        all.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_a_formula_reads_is_found_in_its_text() {
        for (formula, reads) in [
            ("A1+$B$2*2", "A1 B2"),
            ("SUM(a1:B9,C:C,$3:4)", "A1:B9 C1:C1048576 A3:XFD4"),
            ("IF(B1=\"A1 \"\"x\"\" Sheet2!C3\",1.5E+3,TRUE)", "B1 name TRUE"),
            ("統制基準!B2&'実務 基準'!B3&'it''s'!B4", "<統制基準>B2 <実務 基準>B3 <it's>B4"),
            ("SUM(Sheet1:Sheet3!A1)+SUM('S 1:S 3'!A1:B2)", "<Sheet1..Sheet3>A1 <S 1..S 3>A1:B2"),
            ("[1]Sheet1!A1+'[2]S 1'!B1+[0]!total", "<[1]Sheet1>A1 <[2]S 1>B1 <[0]>name total"),
            ("COUNTIF(回答,\"○\")+Sheet2!local", "name 回答 <Sheet2>name local"),
            ("SUM(Answers[結果])+[@[単価]]*[数量]", "Answers[結果] [@[単価]] [数量]"),
            ("Answers[[#This Row],[a']b]]+LOG10(A1)", "Answers[[#This Row],[a']b]] A1"),
            ("INDIRECT(\"A\"&1)", "*"),
            ("SUM(A1:INDEX(B:B,3))", "A1 * B1:B1048576"),
            ("A1#+@B2:B9+#REF!+Sheet1!#REF!", "A1 B2:B9"),
            ("_xlfn.XLOOKUP(A1,B1:B2,C1:C2)", "A1 B1:B2 C1:C2"),
            ("B9:A1", "A1:B9"),
            ("XFE1+A1048577", "name XFE1 name A1048577"),
            ("'unclosed", ""),
            ("\"unclosed", ""),
            ("T[unclosed", "T[unclosed]"),
        ] {
            assert_eq!(shown(formula), reads, "{formula}");
        }
    }

    #[test]
    fn relative_edges_move_with_a_shared_formula() {
        let area = |text: &str| match &precedents(text)[..] {
            [Precedent::Cells { area, .. }] => *area,
            other => panic!("{other:?}"),
        };
        assert_eq!(area("$A1:B$2").shifted(3, 2).to_string(), "A2:D4");
        assert_eq!(area("C:C").shifted(3, 2).to_string(), "E1:E1048576");
        assert_eq!(area("A1").shifted(-1, 0).to_string(), "A1048576");
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(text in "[A-C1-3$!:#'\"\\[\\](@, 実_.]{0,24}") {
            precedents(&text);
        }
    }
}
