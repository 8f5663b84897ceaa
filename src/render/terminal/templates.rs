//! Known templates, and why each fits a workbook or does not, as text.

use std::fmt::Write;

use crate::diagnostic::Arg;
use crate::template::{Candidate, Template};

use super::{Role, Terminal};
use crate::text::width::columns;

/// Writes the templates, one a line below a headline: name, framework, what it reads, editions it knows.
pub fn list<'a>(templates: impl IntoIterator<Item = &'a Template>, terminal: &Terminal<'_>) -> String {
    let headline = ["name", "framework", "title", "editions"]
        .map(|column| terminal.words.text(&format!("templates-column-{column}")));
    let mut rows = vec![headline];
    for template in templates {
        let text = |text: &Option<String>| text.as_deref().unwrap_or("-").to_owned();
        let editions: Vec<&str> = template.editions.iter().map(|edition| edition.name()).collect();
        rows.push([
            text(&template.name),
            text(&template.framework),
            text(&template.title),
            if editions.is_empty() { "-".to_owned() } else { editions.join(", ") },
        ]);
    }
    let width = |column: usize| rows.iter().map(|row| columns(&row[column])).max().unwrap_or_default();
    let widths = [width(0), width(1), width(2)];
    let mut out = String::new();
    for (index, [name, framework, title, editions]) in rows.iter().enumerate() {
        let gap = |text: &str, column: usize| " ".repeat(widths[column] - columns(text) + 2);
        let role = if index == 0 { Role::Muted } else { Role::Heading };
        let _ = writeln!(
            out,
            "{}{}{framework}{}{title}{}{}",
            terminal.paint(role, name),
            gap(name, 0),
            gap(framework, 1),
            gap(title, 2),
            terminal.paint(Role::Muted, editions),
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
    if candidates.iter().any(|candidate| candidate.score > 0.0) {
        let _ = writeln!(out, "{}", terminal.paint(Role::Muted, &terminal.words.text("templates-score")));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::{Lang, Words};
    use crate::template::builtin;

    #[test]
    fn the_list_says_what_each_template_reads() {
        let words = Words::new(Lang::Ja);
        let terminal = Terminal { words: &words, color: false, width: 80 };
        let templates = ["azure-fisc", "meti", "flat"].map(|name| builtin(name).unwrap());
        let list = list(templates.iter().map(AsRef::as_ref), &terminal);
        insta::assert_snapshot!(list, @r"
        名前        フレームワーク      表題                                                                 版
        azure-fisc  fisc                『Microsoft Azure』対応セキュリティリファレンス（FISC安全対策基準）  第9版改訂, 第9版
        meti        meti-service-level  経済産業省 クラウドサービスレベルのチェックリスト                    -
        flat        -                   secref の一覧形式（1行1項目）                                        -
        ");
        assert!(list.lines().all(|line| line.trim_end() == line), "{list}");
    }
}
