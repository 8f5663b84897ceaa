//! Diagnostics as text: what was found, where, what was expected, what to do next.

use std::fmt::Write;

use crate::diagnostic::{Arg, Diagnostic, Severity};

use super::{Role, Terminal};

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
/// Of one kind at most five are written out, unless `all`; the rest is counted with its cells.
pub fn diagnostics(diagnostics: &[Diagnostic], terminal: &Terminal<'_>, all: bool) -> String {
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        for group in kinds(diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity)) {
            let shown = if all { group.len() } else { group.len().min(SHOWN_PER_CODE) };
            group[..shown].iter().for_each(|diagnostic| one(&mut out, diagnostic, terminal));
            rest(&mut out, &group[shown..], terminal);
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

fn one(out: &mut String, diagnostic: &Diagnostic, terminal: &Terminal<'_>) {
    let (name, role) = match diagnostic.severity {
        Severity::Error => ("severity-error", Role::Error),
        Severity::Warning => ("severity-warning", Role::Warning),
        Severity::Note => ("severity-note", Role::Note),
    };
    let message = terminal.words.diagnostic(diagnostic);
    let _ = writeln!(out, "{}: {}", terminal.paint(role, &terminal.words.text(name)), message.headline);
    let place = place(diagnostic);
    if !place.is_empty() {
        let _ = writeln!(out, "  --> {}", terminal.paint(Role::Place, &place));
    }
    for line in message.found.iter().flat_map(|found| found.lines()) {
        let _ = writeln!(out, "  {line}");
    }
    if let Some(hint) = message.hint {
        let _ = writeln!(out, "  {}: {hint}", terminal.paint(Role::Hint, &terminal.words.text("severity-hint")));
    }
}

/// The file and the first few cells.
fn place(diagnostic: &Diagnostic) -> String {
    let mut cells: Vec<String> = diagnostic.at.iter().take(4).map(ToString::to_string).collect();
    if diagnostic.at.len() > cells.len() {
        cells.push(format!("… (+{})", diagnostic.at.len() - cells.len()));
    }
    let file = diagnostic.file.iter().map(|file| file.to_string());
    file.chain(std::iter::once(cells.join(", ")).filter(|cells| !cells.is_empty())).collect::<Vec<_>>().join(", ")
}

fn rest(out: &mut String, rest: &[&Diagnostic], terminal: &Terminal<'_>) {
    let Some(first) = rest.first() else { return };
    let args = [("count", Arg::from(rest.len())), ("code", Arg::from(first.code.as_ref()))];
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
    fn serious_ones_come_first_and_many_of_a_kind_are_counted() {
        let words = Words::new(Lang::En);
        let terminal = Terminal { words: &words, color: false, width: 80 };
        let at = |row| SheetRange::new(&"Sheet 1".into(), CellRef::new(row, 0));
        let mut found: Vec<Diagnostic> = (0..8).map(|row| Diagnostic::note("x-note").at(at(row))).collect();
        found.push(Diagnostic::error("x-error").in_file(&"a.xlsx".into()).at(at(40)));
        let text = diagnostics(&found, &terminal, false);
        assert!(text.starts_with("error: x-error\n  --> a.xlsx, 'Sheet 1'!A41\n"), "{text}");
        assert!(text.ends_with("… 3 more of `x-note`; `-v` shows all\n  --> 'Sheet 1'!A6 … 'Sheet 1'!A8\n"), "{text}");
    }
}
