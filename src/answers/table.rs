//! Answers as a delimited text: the flat form, one row an item, as Excel and people with scripts like it.
//!
//! The header block stands above in lines starting with `#`. A text that a spreadsheet would take for a formula is
//! guarded: `'` goes before it, and reading takes that `'` off again, so that texts come back as they were. A lone
//! `-` is no formula. Read by `import`, which takes workbooks and delimited texts alike.

use super::column::{self, Column};
use super::{Answer, Answers, header};
use crate::workbook::delimited::write::{needs_guard, unguarded};

/// How to write a delimited text. By default commas, guarded, with a byte order mark (Excel takes a UTF-8 text
/// without one for CP932).
#[derive(Copy, Clone, Debug)]
pub struct TableOptions {
    /// The separator: `,` or a tab.
    pub separator: char,
    /// Whether texts that look like formulas are guarded; machines may want them bare.
    pub guard: bool,
    /// Whether the text starts with a byte order mark.
    pub bom: bool,
}

impl Default for TableOptions {
    fn default() -> Self {
        Self { separator: ',', guard: true, bom: true }
    }
}

/// Writes the answers, the header block above; lines end on CR LF. Retired answers go into a text of their own.
pub fn to_text(answers: &Answers, options: &TableOptions) -> String {
    let mut writer = Writer::new(*options);
    for (label, value) in header::lines(answers) {
        let label = label.ja;
        if label.contains([':', '：']) {
            writer.bare_row(&[&format!("# {label}"), value]);
        } else {
            writer.bare_row(&[&format!("# {label}: {value}")]);
        }
    }
    writer.table(&answers.answers);
    writer.text
}

/// Writes the answers whose item is gone; `None` if there are none.
pub fn retired_to_text(answers: &Answers, options: &TableOptions) -> Option<String> {
    if answers.retired.is_empty() {
        return None;
    }
    let mut writer = Writer::new(*options);
    writer.table(&answers.retired);
    Some(writer.text)
}

/// The headings of the list of conflicts.
pub(crate) const CONFLICT_HEADINGS: [&str; 6] = ["項番", "シート", "欄", "採用した値", "採用しなかった値", "出所"];

/// Writes what lost when parts were merged; `None` if nothing did.
pub fn conflicts_to_text(answers: &Answers, options: &TableOptions) -> Option<String> {
    if answers.conflicts.is_empty() {
        return None;
    }
    let mut writer = Writer::new(*options);
    writer.bare_row(&CONFLICT_HEADINGS);
    for conflict in &answers.conflicts {
        let sheet = conflict.key.sheet.as_deref().unwrap_or_default();
        let row = [&*conflict.key.id, sheet, conflict.heading(), &conflict.kept, &conflict.other, &conflict.from];
        writer.row(row.into_iter());
    }
    Some(writer.text)
}

struct Writer {
    options: TableOptions,
    text: String,
}

impl Writer {
    fn new(options: TableOptions) -> Self {
        Self { options, text: if options.bom { "\u{FEFF}".to_owned() } else { String::new() } }
    }

    fn table(&mut self, answers: &[Answer]) {
        let columns = column::columns(answers);
        self.bare_row(&columns.iter().map(Column::heading).collect::<Vec<_>>());
        for answer in answers {
            for (index, column) in columns.iter().enumerate() {
                if index > 0 {
                    self.text.push(self.options.separator);
                }
                self.field(&column::text(answer, column));
            }
            self.text.push_str("\r\n");
        }
    }

    fn row<'a>(&mut self, fields: impl Iterator<Item = &'a str>) {
        for (index, field) in fields.enumerate() {
            if index > 0 {
                self.text.push(self.options.separator);
            }
            self.field(field);
        }
        self.text.push_str("\r\n");
    }

    fn bare_row(&mut self, fields: &[&str]) {
        let guard = std::mem::replace(&mut self.options.guard, false);
        self.row(fields.iter().copied());
        self.options.guard = guard;
    }

    fn field(&mut self, field: &str) {
        let guarded = self.options.guard && needs_guard(field);
        let quoted = guarded
            || field.contains(['"', '\n', '\r', self.options.separator])
            || field.starts_with([' ', '\'', '\t'])
            || field.ends_with(' ');
        if !quoted {
            self.text.push_str(field);
            return;
        }
        self.text.push('"');
        if guarded {
            self.text.push('\'');
        }
        for c in field.chars() {
            if c == '"' {
                self.text.push('"');
            }
            self.text.push(c);
        }
        self.text.push('"');
    }
}

/// Takes the guard off where the text may be guarded.
pub(crate) fn unguarded_if(guarded: bool, field: &str) -> &str {
    if guarded { unguarded(field) } else { field }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::ItemKey;

    #[test]
    fn a_formula_is_guarded_and_comes_back() {
        for text in ["=1+1", "+81-3", "-5", "@SUM(A1)", "'=1", "''=1", "'", "-", "'-", "普通の文", "－", "\t=1"] {
            let mut writer = Writer::new(TableOptions { bom: false, ..TableOptions::default() });
            writer.field(text);
            let read = writer.text.trim_matches('"').replace("\"\"", "\"");
            assert_eq!(unguarded(&read), text, "{text}");
            assert!(!read.starts_with(['=', '+', '@']), "{text}");
        }
    }

    #[test]
    fn the_header_block_stands_above_the_table() {
        let mut answer = Answer::blank(ItemKey::of("実1"));
        answer.response = "規程に定める。\n毎年確かめる。".to_owned();
        let mut answers = Answers { answers: vec![answer], ..Answers::default() };
        answers.edition.version = Some("第9版".to_owned());
        answers.header = vec![("institution".to_owned(), "みずうみ銀行".to_owned())];
        let text = to_text(&answers, &TableOptions { bom: false, ..TableOptions::default() });
        insta::assert_snapshot!(text.replace("\r\n", "⏎\n"), @r#"
        # 版: 第9版⏎
        # 機関名: みずうみ銀行⏎
        項番,責任主体,適用,除外理由,自己評価,対応内容,範囲・例外・補足,証跡,残課題・代替策,是正期限,担当部署,担当者,回答日,確認者,承認者,承認日,回答版,再確認,再確認理由,変更箇所,再確認日,備考⏎
        実1,,,,,"規程に定める。
        毎年確かめる。",,,,,,,,,,,,,,,,⏎
        "#);
    }
}
