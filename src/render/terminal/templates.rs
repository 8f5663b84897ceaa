//! Known templates, and why each fits a workbook or does not, as text.

use std::fmt::Write;

use crate::diagnostic::Arg;
use crate::template::{Candidate, Template};

use super::{Role, Terminal};

/// Writes the templates, one a line: name, framework, editions it knows.
pub fn list<'a>(templates: impl IntoIterator<Item = &'a Template>, terminal: &Terminal<'_>) -> String {
    let mut out = String::new();
    for template in templates {
        let name = template.name.as_deref().unwrap_or_default();
        let editions: Vec<&str> = template.editions.iter().map(|edition| edition.name()).collect();
        let framework = template.framework.as_deref().unwrap_or("-");
        let _ = writeln!(
            out,
            "{}{} {framework:<12} {}",
            terminal.paint(Role::Heading, name),
            " ".repeat(20_usize.saturating_sub(name.len())),
            terminal.paint(Role::Muted, &editions.join(", ")),
        );
    }
    out
}

/// Writes the candidates, best first: what was found, what is missing, what the template does not know.
pub fn candidates(candidates: &[Candidate], terminal: &Terminal<'_>) -> String {
    let mut out = String::new();
    let chosen = candidates.iter().position(|candidate| candidate.fits);
    for (index, candidate) in candidates.iter().enumerate() {
        one(&mut out, candidate, chosen == Some(index), terminal);
    }
    let name = match chosen {
        Some(_) => "templates-fits",
        None => "templates-none-fits",
    };
    let chosen = chosen.and_then(|index| candidates[index].template.name.clone()).unwrap_or_default();
    let _ = writeln!(out, "{}", terminal.words.with(name, &[("name", chosen.into())]));
    out
}

fn one(out: &mut String, candidate: &Candidate, is_chosen: bool, terminal: &Terminal<'_>) {
    let (sign, role) = match (is_chosen, candidate.fits) {
        (true, _) => ("✓", Role::Good),
        (false, true) => ("○", Role::Note),
        (false, false) => ("×", Role::Muted),
    };
    let place = candidate.header.as_ref().map(|header| format!("  --> {header}")).unwrap_or_default();
    let percent = (candidate.score * 100.0).round();
    let name = candidate.template.name.as_deref().unwrap_or_default();
    let _ = writeln!(
        out,
        "{} {percent:>3}%{}",
        terminal.paint(role, &format!("{sign} {name}")),
        terminal.paint(Role::Place, &place)
    );
    let (required, optional): (Vec<_>, Vec<_>) = candidate.missing.iter().partition(|(_, is_required)| *is_required);
    let named = |list: Vec<&(String, bool)>| list.into_iter().map(|(heading, _)| heading.clone()).collect::<Vec<_>>();
    line(out, "templates-found", &candidate.found, terminal);
    line(out, "templates-missing", &named(required), terminal);
    if candidate.fits {
        line(out, "templates-absent", &named(optional), terminal);
        line(out, "templates-unknown", &candidate.unknown, terminal);
    }
    if !candidate.ids_fit && candidate.header.is_some() {
        let _ = writeln!(out, "    {}", terminal.words.text("templates-ids"));
    }
}

/// A line of headings, line breaks within them shown as blanks.
fn line(out: &mut String, name: &str, headings: &[String], terminal: &Terminal<'_>) {
    if !headings.is_empty() {
        let shown: Vec<String> = headings.iter().map(|heading| heading.replace('\n', " ")).collect();
        let _ = writeln!(out, "    {}", terminal.words.with(name, &[("headings", Arg::List(shown))]));
    }
}
