//! The counts by group: a table where it fits, the totals one below the other where not.

use std::fmt::Write;

use super::{Writer, clean};
use crate::diff::{Diff, ItemDiff};
use crate::render::terminal::{Role, Terminal};
use crate::text::width::{columns, truncate};

impl Writer<'_> {
    /// Counts by group, the columns that count nothing left out.
    pub(super) fn summary(&mut self) {
        if self.diff.items.is_empty() {
            return;
        }
        let rows = summary_rows(self.diff, self.terminal);
        let kinds: Vec<usize> = (0..KINDS.len()).filter(|&kind| rows.iter().any(|row| row.counts[kind] > 0)).collect();
        let headings: Vec<String> = kinds.iter().map(|&kind| self.text(KINDS[kind])).collect();
        let name_width = rows.iter().map(|row| columns(&row.name)).max().unwrap_or(0);
        let widths: Vec<usize> = headings.iter().map(|heading| columns(heading).max(5)).collect();
        if name_width + widths.iter().map(|width| width + 2).sum::<usize>() > self.terminal.width {
            return self.narrow_summary(&rows, &kinds);
        }
        let mut line = " ".repeat(name_width);
        for (heading, width) in headings.iter().zip(&widths) {
            let _ = write!(line, "  {}{heading}", " ".repeat(width - columns(heading)));
        }
        let line = self.terminal.paint(Role::Muted, &line);
        let _ = writeln!(self.out, "\n{line}");
        for row in &rows {
            let mut line = format!("{}{}", row.name, " ".repeat(name_width - columns(&row.name)));
            for (&kind, &width) in kinds.iter().zip(&widths) {
                let count = row.counts[kind];
                let shown = format!("{count:>width$}");
                let role = if count > 0 { role_of_kind(kind) } else { Some(Role::Muted) };
                let painted = role.map_or_else(|| shown.clone(), |role| self.terminal.paint(role, &shown));
                let _ = write!(line, "  {painted}");
            }
            self.line(&line);
        }
    }

    /// The totals one below the other, where a table does not fit.
    fn narrow_summary(&mut self, rows: &[SummaryRow], kinds: &[usize]) {
        let Some(total) = rows.last() else { return };
        self.out.push('\n');
        for &kind in kinds {
            let line = format!("{} {}", self.text(KINDS[kind]), total.counts[kind]);
            self.line(&line);
        }
    }
}

/// Message names of the summary's columns, in their order.
const KINDS: [&str; 11] = [
    "diff-change-added",
    "diff-change-removed",
    "diff-change-retired",
    "diff-change-restored",
    "diff-change-changed",
    "diff-change-notation",
    "diff-change-unchanged",
    "diff-flag-renumbered",
    "diff-flag-moved",
    "diff-flag-split",
    "diff-flag-merged",
];

struct SummaryRow {
    name: String,
    counts: [usize; KINDS.len()],
}

fn summary_rows(diff: &Diff, terminal: &Terminal<'_>) -> Vec<SummaryRow> {
    let row = |name: String, items: &mut dyn Iterator<Item = &ItemDiff>| {
        let mut counts = [0; KINDS.len()];
        for item in items {
            let flags = item.flags;
            counts[item.change as usize] += 1;
            for (place, set) in (7..).zip([flags.renumbered, flags.moved, flags.split, flags.merged]) {
                counts[place] += usize::from(set);
            }
        }
        SummaryRow { name, counts }
    };
    let name = |group: &crate::catalog::Group| match &group.title {
        Some(title) if **title != *group.id => clean(&format!("{} {title}", group.id)),
        _ => clean(&group.id),
    };
    let of = |id: &std::sync::Arc<str>| {
        let id = id.clone();
        diff.items.iter().filter(move |item| item.group.as_ref() == Some(&id))
    };
    let mut rows: Vec<SummaryRow> =
        diff.groups.iter().map(|group| row(truncate(&name(group), 30), &mut of(&group.id))).collect();
    rows.retain(|row| row.counts[..7].iter().sum::<usize>() > 0);
    if rows.len() == 1 {
        rows.clear();
    }
    rows.push(row(terminal.words.text("diff-total"), &mut diff.items.iter()));
    rows
}

fn role_of_kind(kind: usize) -> Option<Role> {
    match kind {
        0 | 3 => Some(Role::Added),
        1 | 2 => Some(Role::Removed),
        4 => Some(Role::Warning),
        7..=10 => Some(Role::Moved),
        _ => None,
    }
}
