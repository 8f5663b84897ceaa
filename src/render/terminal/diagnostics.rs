//! Diagnostics as text: what was found, where, what was expected, what to do next.

use std::fmt::Write;

use crate::diagnostic::{Arg, Diagnostic, Severity};

use super::{Role, Terminal};
use crate::render::words::Message;

/// How many diagnostics of one code are shown in full before the rest is counted.
const SHOWN_PER_CODE: usize = 5;

/// Writes diagnostics, most serious first and grouped by kind, each as
///
/// ```text
/// warning: answer `Partially` is not one the workbook allows
///   --> vendor.xlsx, 'Security Q'!D41
///   hint: the cell was left as it was
/// ```
///
/// Of one kind at most five are written out, unless `all`; the rest is counted with its cells. A kind that has words
/// for several at once gets one headline, and a line for each:
///
/// ```text
/// warning: 2 answers are past their due date and not done
///   --> answers.xlsx
///   回答!A42: `実2` (2026-06-30)
///   回答!A51: `実9` (2026-07-01)
///   hint: look at their status or their due date again
/// ```
pub fn diagnostics(diagnostics: &[Diagnostic], terminal: &Terminal<'_>, all: bool) -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        for group in kinds(diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity)) {
            for alike in worded_alike(group, terminal) {
                let shown = if all { alike.len() } else { alike.len().min(SHOWN_PER_CODE) };
                match alike.as_slice() {
                    [first, _, ..] if let Some(message) = terminal.words.many(first, alike.len()) => {
                        many(&mut out, &alike[..shown], &message, terminal);
                    }
                    _ => alike[..shown].iter().for_each(|diagnostic| one(&mut out, diagnostic, terminal)),
                }
                rest(&mut out, &alike[shown..], terminal);
            }
        }
    }
    out
}

/// Groups by code, in the order of each code's first diagnostic.
fn kinds<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) -> Vec<Vec<&'a Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    for diagnostic in diagnostics {
        match groups.iter_mut().find(|group| group[0].code == diagnostic.code) {
            Some(group) => group.push(diagnostic),
            None => groups.push(vec![diagnostic]),
        }
    }
    groups
}

/// Parts a kind by file and by the headline its diagnostics have together; one without such words stays whole.
fn worded_alike<'a>(kind: Vec<&'a Diagnostic>, terminal: &Terminal<'_>) -> Vec<Vec<&'a Diagnostic>> {
    let headline = |diagnostic: &Diagnostic| Some(terminal.words.many(diagnostic, 0)?.headline);
    if kind.len() < 2 || headline(kind[0]).is_none() {
        return vec![kind];
    }
    let is_alike = |a: &Diagnostic, b: &Diagnostic| a.file == b.file && headline(a) == headline(b);
    let mut alike: Vec<Vec<&Diagnostic>> = Vec::new();
    for diagnostic in kind {
        match alike.iter_mut().find(|group| is_alike(group[0], diagnostic)) {
            Some(group) => group.push(diagnostic),
            None => alike.push(vec![diagnostic]),
        }
    }
    alike
}

fn one(out: &mut String, diagnostic: &Diagnostic, terminal: &Terminal<'_>) {
    let message = terminal.words.diagnostic(diagnostic);
    headline(out, diagnostic.severity, &message.headline, terminal);
    let place = place(diagnostic);
    if !place.is_empty() {
        let _ = writeln!(out, "  --> {}", terminal.paint(Role::Place, &place));
    }
    for line in message.found.iter().flat_map(|found| found.lines()) {
        let _ = writeln!(out, "  {line}");
    }
    hint(out, &message, terminal);
}

/// Several diagnostics that share a headline and a file.
fn many(out: &mut String, alike: &[&Diagnostic], message: &Message, terminal: &Terminal<'_>) {
    headline(out, alike[0].severity, &message.headline, terminal);
    if let Some(file) = &alike[0].file {
        let _ = writeln!(out, "  --> {}", terminal.paint(Role::Place, file));
    }
    for diagnostic in alike {
        let cells = cells(diagnostic);
        let place = if cells.is_empty() { cells } else { format!("{}: ", terminal.paint(Role::Place, &cells)) };
        let _ = writeln!(out, "  {place}{}", terminal.words.one_of_many(diagnostic));
    }
    hint(out, message, terminal);
}

fn headline(out: &mut String, severity: Severity, text: &str, terminal: &Terminal<'_>) {
    let (name, role) = match severity {
        Severity::Error => ("severity-error", Role::Error),
        Severity::Warning => ("severity-warning", Role::Warning),
        Severity::Note => ("severity-note", Role::Note),
    };
    let _ = writeln!(
        out,
        "{}{}{text}",
        terminal.paint(role, &terminal.words.text(name)),
        terminal.words.text("severity-says")
    );
}

fn hint(out: &mut String, message: &Message, terminal: &Terminal<'_>) {
    if let Some(hint) = &message.hint {
        let _ = writeln!(
            out,
            "  {}{}{hint}",
            terminal.paint(Role::Hint, &terminal.words.text("severity-hint")),
            terminal.words.text("severity-says")
        );
    }
}

/// The file and the first few cells.
fn place(diagnostic: &Diagnostic) -> String {
    let file = diagnostic.file.iter().map(|file| file.to_string());
    let cells = std::iter::once(cells(diagnostic)).filter(|cells| !cells.is_empty());
    file.chain(cells).collect::<Vec<_>>().join(", ")
}

/// The first few cells.
fn cells(diagnostic: &Diagnostic) -> String {
    let mut cells: Vec<String> = diagnostic.at.iter().take(4).map(ToString::to_string).collect();
    if diagnostic.at.len() > cells.len() {
        cells.push(format!("… (+{})", diagnostic.at.len() - cells.len()));
    }
    cells.join(", ")
}

fn rest(out: &mut String, rest: &[&Diagnostic], terminal: &Terminal<'_>) {
    if rest.is_empty() {
        return;
    }
    let args = [("count", Arg::from(rest.len()))];
    let cells: Vec<String> =
        rest.iter().filter_map(|diagnostic| diagnostic.at.first()).map(ToString::to_string).collect();
    let _ = writeln!(out, "{}", terminal.paint(Role::Muted, &terminal.words.with("diagnostics-more", &args)));
    if let (Some(first), Some(last)) = (cells.first(), cells.last()) {
        let _ = writeln!(out, "  --> {}", terminal.paint(Role::Place, &format!("{first} … {last}")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::{CellRef, SheetRange};
    use crate::render::words::{Lang, Words};

    #[test]
    fn several_of_a_kind_that_has_words_for_it_share_a_headline() {
        let words = Words::new(Lang::Ja);
        let terminal = Terminal { words: &words, color: false, width: 80 };
        let overdue = |row, item: &str| {
            let at = SheetRange::new(&"回答".into(), CellRef::new(row, 0));
            let finding = Diagnostic::warning("answer-overdue").at(at).arg("item", item).arg("due", "2026-06-30");
            finding.in_file(&"a.xlsx".into())
        };
        let required = |item: &str, field: &str| {
            let finding = Diagnostic::error("answer-required").arg("item", item).arg("field", field);
            finding.arg("key", field).arg("when", "answered")
        };
        let found = [
            overdue(41, "実2"),
            overdue(50, "実9"),
            required("実1", "担当者"),
            required("実1", "証跡"),
            required("実3", "担当者"),
        ];
        insta::assert_snapshot!(diagnostics(&found, &terminal, true), @r"
        エラー：「担当者」が空の回答が2件あります（必須）
          `実1`
          `実3`
        エラー：`実1` の「証跡」が空です（必須）
        警告：是正期限を過ぎて対応が残る項目が2件あります
          --> a.xlsx
          回答!A42: `実2`（2026-06-30）
          回答!A51: `実9`（2026-06-30）
          対処：自己評価か是正期限を見直してください
        ");
    }

    #[test]
    fn serious_ones_come_first_and_many_of_a_kind_are_counted() {
        let words = Words::new(Lang::En);
        let terminal = Terminal { words: &words, color: false, width: 80 };
        let at = |row| SheetRange::new(&"Sheet 1".into(), CellRef::new(row, 0));
        let mut found: Vec<Diagnostic> = (0..8).map(|row| Diagnostic::note("x-note").at(at(row))).collect();
        found.push(Diagnostic::error("x-error").in_file(&"a.xlsx".into()).at(at(40)));
        let text = diagnostics(&found, &terminal, false);
        assert!(text.starts_with("error: x-error\n  --> a.xlsx, 'Sheet 1'!A41\n"), "{text}");
        assert!(text.ends_with("… 3 more of this kind; `-v` shows all\n  --> 'Sheet 1'!A6 … 'Sheet 1'!A8\n"), "{text}");
    }
}
