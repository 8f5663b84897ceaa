//! How far a self-check is, as bars: one for each group, then the words with their counts, then what is overdue.

use crate::assess::{Assessment, Counts, OpenItem, PointResult};
use crate::text::width::{columns, truncate};

use super::diagnostics::diagnostics;
use super::{Role, Terminal};

const BAR_COLUMNS: usize = 40;
const BAR_COLUMNS_LEAST: usize = 10;
/// How many open items are named; `status -o status.json` lists all.
const ITEMS_SHOWN: usize = 10;

/// Writes the status.
pub fn status(assessment: &Assessment, terminal: &Terminal<'_>) -> String {
    let mut lines = vec![title(assessment, terminal), String::new()];
    lines.extend(bars(assessment, terminal));
    lines.push(legend(terminal));
    lines.push(String::new());
    let counts = &assessment.total;
    let percent = (counts.answered() * 100).checked_div(counts.items).unwrap_or(100);
    let args = [("answered", counts.answered().into()), ("items", counts.items.into()), ("percent", percent.into())];
    lines.push(terminal.words.with("assess-answered", &args));
    let statuses = assessment.total.statuses().map(|(progress, count)| (terminal.words.status(progress.0), count));
    lines.push(words("assess-by-status", statuses, terminal));
    let results = assessment.total.results().map(|(result, count)| (terminal.words.result(result), count));
    lines.push(words("assess-by-result", results, terminal));
    lines.extend(items("assess-overdue", assessment.open.iter().filter(|item| item.overdue).collect(), terminal));
    if assessment.diagnostics.is_empty() {
        let recheck = assessment.open.iter().filter(|item| item.result == PointResult::Recheck);
        lines.extend(items("assess-recheck", recheck.collect(), terminal));
    } else {
        // What holds for every item is said once, and no item is named for it.
        lines.push(String::new());
        lines.push(diagnostics(&assessment.diagnostics, terminal, true).trim_end().to_owned());
    }
    lines.join("\n") + "\n"
}

fn title(assessment: &Assessment, terminal: &Terminal<'_>) -> String {
    let version = assessment.edition.version.as_deref().unwrap_or("none");
    let today = assessment.today.map_or_else(|| "none".to_owned(), |date| date.to_string());
    let args = [("edition", version.into()), ("today", today.into())];
    terminal.paint(Role::Heading, terminal.words.with("assess-title", &args).trim_end())
}

fn bars(assessment: &Assessment, terminal: &Terminal<'_>) -> Vec<String> {
    let total = (terminal.words.text("assess-total"), &assessment.total);
    let groups = assessment.groups.iter().map(|group| {
        let name = match (&group.title, &*group.id) {
            (Some(title), _) => title.clone(),
            (None, "") => terminal.words.text("assess-ungrouped"),
            (None, id) => id.to_owned(),
        };
        (name, &group.counts)
    });
    let rows: Vec<(String, &Counts)> = std::iter::once(total).chain(groups).collect();
    let widest = rows.iter().map(|(name, _)| columns(name)).max().unwrap_or(0).min(24);
    let digits = assessment.total.items.to_string().len();
    // Name, blank, brackets, blank, `210/308`, blank, `100%`.
    let taken = widest + 1 + 2 + 1 + (2 * digits + 1) + 1 + 4;
    let room = terminal.width.saturating_sub(taken).clamp(BAR_COLUMNS_LEAST, BAR_COLUMNS);
    let line = |(name, counts): (String, &Counts)| {
        let name = truncate(&name, widest);
        let padding = " ".repeat(widest.saturating_sub(columns(&name)));
        let settled = counts.settled();
        let percent = (settled * 100).checked_div(counts.items).unwrap_or(100);
        let bar = bar(counts, room, terminal);
        format!("{name}{padding} [{bar}] {settled:>digits$}/{:<digits$} {percent:>3}%", counts.items)
    };
    rows.into_iter().map(line).collect()
}

/// What the signs of a bar stand for, in the order they are drawn. They are ASCII: every console has them, one wide.
const PARTS: [(char, Role, &[PointResult], &str); 4] = [
    ('#', Role::Good, &[PointResult::Met, PointResult::MetByUser, PointResult::Excluded], "assess-settled"),
    ('?', Role::Warning, &[PointResult::Recheck], "assess-to-recheck"),
    ('+', Role::Error, &[PointResult::ActionNeeded], "assess-to-act"),
    ('.', Role::Muted, &[PointResult::Unanswered], "assess-unanswered"),
];

fn bar(counts: &Counts, room: usize, terminal: &Terminal<'_>) -> String {
    let mut done = 0;
    let mut drawn = 0;
    let mut bar = String::new();
    for (sign, role, results, _) in PARTS {
        done += results.iter().map(|&result| counts.result(result)).sum::<usize>();
        let end = (done * room).checked_div(counts.items).unwrap_or(0);
        bar += &terminal.paint(role, &sign.to_string().repeat(end - drawn));
        drawn = end;
    }
    bar + &" ".repeat(room - drawn)
}

fn legend(terminal: &Terminal<'_>) -> String {
    let part = |(sign, role, _, name): (char, Role, &[PointResult], &str)| {
        format!("{} {}", terminal.paint(role, &sign.to_string()), terminal.words.text(name))
    };
    PARTS.map(part).join("  ")
}

fn words(heading: &str, counts: impl Iterator<Item = (String, usize)>, terminal: &Terminal<'_>) -> String {
    let counts: Vec<String> = counts.map(|(word, count)| format!("{word} {count}")).collect();
    terminal.words.with(heading, &[("counts", counts.join("  ").into())])
}

fn items(heading: &str, items: Vec<&OpenItem>, terminal: &Terminal<'_>) -> Vec<String> {
    if items.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new()];
    let heading = terminal.words.with(heading, &[("count", items.len().into())]);
    lines.push(terminal.paint(Role::Heading, &heading));
    let shown = &items[..items.len().min(ITEMS_SHOWN)];
    let widest = shown.iter().map(|item| columns(&item.key.to_string())).max().unwrap_or(0);
    for item in shown {
        let key = item.key.to_string();
        let padding = " ".repeat(widest - columns(&key));
        let due = item.due.map(|date| date.to_string()).unwrap_or_default();
        let result = terminal.words.result(item.result);
        let parts = [&result, &due, &item.department, &item.owner];
        let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        lines.push(truncate(&format!("  {key}{padding}  {}", parts.join("  ")), terminal.width.max(20)));
    }
    if items.len() > shown.len() {
        let rest = terminal.words.with("assess-more", &[("count", (items.len() - shown.len()).into())]);
        lines.push(terminal.paint(Role::Muted, &format!("  {rest}")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::{Answer, Answers, Status};
    use crate::catalog::{Catalog, Conformity, ConformityWord, Group, Item, ItemKey, ItemStatus, Places};
    use crate::render::words::{Lang, Words};

    #[test]
    fn a_bar_a_group_then_what_is_overdue() {
        let item = |id: &str| Item {
            key: ItemKey::of(id),
            raw_id: crate::text::owned(id),
            group: Some(id.chars().next().unwrap().to_string().into()),
            status: ItemStatus::Active,
            at: Places::Many(Box::new([])),
            values: Vec::new(),
            parts: Vec::new(),
            citations: Vec::new(),
            conformity: Some(Conformity { word: ConformityWord::Conforming, note: None }),
            revision: Vec::new(),
        };
        let group = |id: &str, title: &str| Group { id: id.into(), title: Some(title.to_owned()) };
        let mut catalog = Catalog {
            items: ["統1", "統2", "実1", "実2", "実3"].map(item).to_vec(),
            groups: vec![group("統", "統制基準"), group("実", "実務基準")],
            ..Catalog::default()
        };
        catalog.edition.version = Some("第9版改訂".to_owned());
        let answer = |id: &str, status: Status| Answer { status: Some(status), ..Answer::blank(ItemKey::of(id)) };
        let mut late = answer("実2", Status::Planned);
        (late.due, late.department) = ("2026-03-01".parse().ok(), "総務部".to_owned());
        let answers = vec![answer("統1", Status::Done), answer("実1", Status::Done), late];
        let answers = Answers { answers, ..Answers::default() };
        let assessment = crate::assess::assess(&catalog, &answers, "2026-04-01".parse().ok());
        let words = Words::new(Lang::Ja);
        let shown = status(&assessment, &Terminal { words: &words, color: false, width: 60 });
        insta::assert_snapshot!(shown, @r"
        自己点検の状況 第9版改訂（2026-04-01現在）

        全体     [################++++++++................] 2/5  40%
        統制基準 [####################....................] 1/2  50%
        実務基準 [#############+++++++++++++..............] 1/3  33%
        # 完了（充足・対象外）  ? 要再確認  + 要対応  . 未回答

        回答済：3/5項目（60%）。棒は点検結果（適合性と自己評価から判定）
        自己評価：対応済 2  一部対応 0  計画中 1  未対応 0  対象外 0  未回答 2
        点検結果：充足 2  充足(利用者対応) 0  対象外 0  要対応 1  未回答 2  要再確認 0

        期限超過：1項目
          実2  要対応  2026-03-01  総務部
        ");
    }
}
