//! A difference as text for a terminal: the summary by group first, then item by item what changed.
//!
//! Fits the width, reads as well without colour (`[-old-]{+new+}`), and shows of a long text only the stretches
//! around its changes.

mod items;
mod summary;

use std::fmt::Write;

use crate::answers::{Answer, Answers, Recheck};
use crate::diagnostic::Arg;
use crate::diff::filter::Filter;
use crate::diff::{ColumnChange, Diff, DocumentDiff, ItemChange, ItemDiff};
use crate::text::width::truncate;

use super::flow::Flow;
use super::{Role, Terminal};

/// How much to say of each item.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Detail {
    /// Every change with its text.
    #[default]
    Full,
    /// One line an item, with the characters that came and went.
    Stat,
    /// The ids alone, one a line.
    NameOnly,
}

/// What to show. By default the full changes, 24 characters around each.
pub struct DiffView<'a> {
    /// How much to say of each item.
    pub detail: Detail,
    /// Which items to show.
    pub filter: Filter,
    /// Characters of unchanged text shown around a change; `None` for all of it.
    pub context: Option<usize>,
    /// The answers carried to the new edition, to say which ones must be looked at again.
    pub answers: Option<&'a Answers>,
}

impl Default for DiffView<'_> {
    fn default() -> Self {
        Self { detail: Detail::Full, filter: Filter::default(), context: Some(24), answers: None }
    }
}

/// Writes a difference for a terminal.
pub fn diff(diff: &Diff, view: &DiffView<'_>, terminal: &Terminal<'_>) -> String {
    let mut writer = Writer { diff, view, terminal, out: String::new() };
    if view.detail == Detail::NameOnly {
        writer.shown().iter().for_each(|item| {
            let _ = writeln!(writer.out, "{}", clean(&item.key().to_string()));
        });
        return writer.out;
    }
    writer.head();
    writer.summary();
    writer.answers();
    writer.columns();
    if view.detail == Detail::Stat {
        writer.stat()
    } else {
        writer.items()
    }
    writer.documents();
    writer.audit();
    writer.hidden();
    writer.out
}

struct Writer<'a> {
    diff: &'a Diff,
    view: &'a DiffView<'a>,
    terminal: &'a Terminal<'a>,
    out: String,
}

impl<'a> Writer<'a> {
    fn text(&self, name: &str) -> String {
        self.terminal.words.text(name)
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn heading(&mut self, name: &str) {
        self.out.push('\n');
        let heading = self.text(name);
        self.flow(Some(Role::Heading), &heading, 0);
    }

    fn shown(&self) -> Vec<&'a ItemDiff> {
        self.diff.items.iter().filter(|item| self.view.filter.shows(self.diff, item)).collect()
    }

    fn head(&mut self) {
        let name = |(edition, source): &(crate::catalog::Edition, crate::catalog::Source)| match &edition.version {
            Some(version) if !source.file.is_empty() => format!("{version} ({})", source.file),
            Some(version) => version.clone(),
            None => source.file.clone(),
        };
        let old = self.diff.old.as_ref().map(|old| format!("{} → ", name(old))).unwrap_or_default();
        let head = clean(&format!("{old}{}", name(&self.diff.new)));
        let head = truncate(&head, self.terminal.width.max(20));
        let head = self.terminal.paint(Role::Heading, &head);
        self.line(&head);
        if self.diff.old.is_some() && self.diff.is_same() {
            let same = self.text("diff-same");
            self.line(&same);
        }
    }

    /// What it means for the answers there are.
    fn answers(&mut self) {
        let Some(answers) = self.view.answers else { return };
        let is_flagged = |answer: &&Answer| answer.recheck == Some(Recheck::Needed);
        let again = answers.answers.iter().filter(is_flagged).count();
        let (blank, given): (Vec<&Answer>, Vec<&Answer>) = answers.answers.iter().partition(|answer| answer.is_blank());
        let stand = given.iter().filter(|answer| !is_flagged(answer)).count();
        let args = [
            ("again", Arg::from(again)),
            ("blank", Arg::from(blank.len())),
            ("stand", Arg::from(stand)),
            ("retired", Arg::from(answers.retired.len())),
        ];
        let text = self.terminal.words.with("diff-answers-impact", &args);
        self.out.push('\n');
        self.flow(if again > 0 { Some(Role::Warning) } else { None }, &text, 0);
    }

    fn flow(&mut self, role: Option<Role>, text: &str, indent: usize) {
        let mut flow = Flow::default();
        flow.push(role, text);
        flow.write(self.terminal, indent, &mut self.out);
    }

    fn columns(&mut self) {
        if self.diff.columns.is_empty() {
            return;
        }
        self.heading("diff-columns");
        for change in &self.diff.columns {
            let (name, role, text) = match change {
                ColumnChange::Renamed { old, new } => ("diff-column-renamed", Role::Moved, format!("{old} → {new}")),
                ColumnChange::Moved { new, .. } => ("diff-column-moved", Role::Moved, new.clone()),
                ColumnChange::Added { new } => ("diff-column-added", Role::Added, new.clone()),
                ColumnChange::Removed { old } => ("diff-column-removed", Role::Removed, old.clone()),
            };
            let mut flow = Flow::default();
            flow.push(Some(role), &self.text(name));
            flow.push(None, &format!(" {text}"));
            flow.write(self.terminal, 2, &mut self.out);
        }
    }

    fn documents(&mut self) {
        if self.diff.documents.is_empty() {
            return;
        }
        self.heading("diff-documents");
        for document in &self.diff.documents {
            self.document(document);
        }
    }

    fn document(&mut self, diff: &DocumentDiff) {
        let list = self.text(&format!("diff-list-{}", diff.list.as_str()));
        let change = self.text(&format!("diff-change-{}", diff.change.key()));
        let mut flow = Flow::default();
        flow.push(None, &format!("{list} {:02} ", diff.number));
        flow.push(Some(role_of_change(diff.change)), &change);
        let shown = |document: &Option<crate::catalog::Document>| {
            let document = document.as_ref()?;
            let title = document.title.replace('\n', " ");
            Some(document.url.as_ref().map_or_else(|| title.clone(), |url| format!("{title} <{url}>")))
        };
        match (shown(&diff.old), shown(&diff.new)) {
            (Some(old), Some(new)) if old != new => {
                flow.push(None, " ");
                self.segments(&crate::diff::text::compare(&old, &new).segments, None, &mut flow);
            }
            (old, new) => flow.push(None, &format!(" {}", new.or(old).unwrap_or_default())),
        }
        flow.write(self.terminal, 2, &mut self.out);
    }

    fn hardly_marks(&self) -> bool {
        self.diff.marks.is_some_and(|audit| audit.is_hardly_marking())
    }

    fn audit(&mut self) {
        let Some(audit) = self.diff.marks else { return };
        self.heading("diff-audit");
        let counts = [
            ("diff-audit-agrees", audit.agrees, Role::Good),
            ("diff-audit-partial", audit.partial, Role::Warning),
            ("diff-audit-unmarked", audit.unmarked, Role::Warning),
            ("diff-audit-mark-only", audit.mark_only, Role::Warning),
        ];
        for (name, count, role) in counts {
            let text = self.terminal.words.with(name, &[("count", Arg::from(count))]);
            let role = if count > 0 { role } else { Role::Muted };
            self.flow(Some(role), &text, 2);
        }
    }

    /// Says what differs and was not shown.
    fn hidden(&mut self) {
        let hidden =
            |item: &&ItemDiff| item.change != ItemChange::Unchanged && !self.view.filter.shows(self.diff, item);
        let notation = |item: &&ItemDiff| item.change == ItemChange::Notation;
        let all = self.diff.items.iter().filter(hidden).count();
        let of_notation = self.diff.items.iter().filter(hidden).filter(notation).count();
        for (name, count) in [("diff-hidden-notation", of_notation), ("diff-hidden", all - of_notation)] {
            if count > 0 {
                let text = self.terminal.words.with(name, &[("count", Arg::from(count))]);
                self.out.push('\n');
                self.flow(Some(Role::Muted), &text, 0);
            }
        }
    }
}

fn role_of_change(change: ItemChange) -> Role {
    match change {
        ItemChange::Added | ItemChange::Restored => Role::Added,
        ItemChange::Removed | ItemChange::Retired => Role::Removed,
        ItemChange::Changed => Role::Warning,
        ItemChange::Notation | ItemChange::Unchanged => Role::Muted,
    }
}

/// A name or number on one line, without what could steer the terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if crate::render::terminal::flow::steers(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::tests::sample;
    use crate::render::words::{Lang, Words};
    use crate::text::width::columns;

    fn shown(view: &DiffView<'_>, lang: Lang, width: usize) -> String {
        let words = Words::new(lang);
        diff(&sample(), view, &Terminal { words: &words, color: false, width })
    }

    #[test]
    fn the_whole_difference_reads_without_colour() {
        insta::assert_snapshot!(shown(&DiffView::default(), Lang::Ja, 72), @r"
        edition.xlsx → edition.xlsx

               追加  欠番化   変更  表記のみ  変更なし  番号変更
        合計      2       1      2         1         2         1

        実1  変更 · 適合性・項目の増減
          適合性 対象外 → 適合可能
          customer_action 追記  基準!C2
            鍵を保管する。{+年1回棚卸しする。+}

        実2  変更 · 引用
          引用の追加 公開文書 03
          view 書き換え  基準!B3
            電源設備の点検結果を[-90-]{+30+}日以内に確認し、差異があれば是正する
            こと。
            改訂表示のない変更

        実3  追加
          view  基準!B4
            {+ログの取得及び保管期間の妥当性を検証すること。+}
            改訂表示のない変更

        実4  欠番化
          view 書き換え  基準!B5
            [-入退室の記録に関する規程を整備し、経営層の承認を得ること。-]{+欠
            番+}
            改訂表示のない変更

        実3 → 実5  番号変更
          番号は違うが本文は同じ

        設2  追加
          view  基準!B8
            {+障害発生時の連絡体制について責任者と手続を明確にすること。+}
            改訂表示のない変更

        参照文書の変更
          公開文書 03 追加 点検手順書 <https://example.com/check>

        改訂表示と実際の変更の照合
          改訂表示と変更が一致：1欄
          改訂表示が一部不一致：0欄
          改訂表示のない変更：4欄
          改訂表示のみ（変更なし）：0欄

        ほかに表記だけの違いが1項目あります（`--only notation` で表示）
        ");
    }

    #[test]
    fn a_line_an_item_counts_characters() {
        let view = DiffView { detail: Detail::Stat, ..DiffView::default() };
        insta::assert_snapshot!(shown(&view, Lang::En, 72), @r"
        edition.xlsx → edition.xlsx

               added  retired  changed  notation only  unchanged  renumbered
        total      2        1        2              1          2           1

        実1         changed  +9
        実2         changed  -2  +2
        実3         added  +23
        実4         retired  -29  +2
        実3 → 実5  renumbered
        設2         added  +29

        Cited documents
          public document 03 added 点検手順書 <https://example.com/check>

        Marks audit: the publisher’s marks against what changed
          marked and changed: 1 field
          marked in part, or too much: 0 fields
          changed, not marked: 4 fields
          marked, not changed: 0 fields

        1 more item differs in notation only (`--only notation` shows it)
        ");
    }

    #[test]
    fn names_alone_can_be_piped() {
        let view = DiffView { detail: Detail::NameOnly, ..DiffView::default() };
        assert_eq!(shown(&view, Lang::En, 72), "実1\n実2\n実3\n実4\n実5\n設2\n");
    }

    #[test]
    fn every_line_fits_any_width_but_one_of_a_url_alone() {
        for width in [20, 34, 60, 100] {
            for lang in [Lang::Ja, Lang::En] {
                let text = shown(&DiffView::default(), lang, width);
                let is_url = |line: &&str| line.trim().starts_with("<https://");
                let long = text.lines().filter(|line| columns(line.trim_end()) > width && !is_url(line));
                let long: Vec<&str> = long.collect();
                assert!(long.is_empty(), "{width}: {long:?}");
            }
        }
    }

    #[test]
    fn only_what_stands_near_a_change_is_shown() {
        let view = DiffView { context: Some(2), ..DiffView::default() };
        assert!(shown(&view, Lang::Ja, 72).contains("…果を[-90-]{+30+}日以…"));
        let all = DiffView { context: None, ..DiffView::default() };
        assert!(shown(&all, Lang::Ja, 72).contains("電源設備の点検結果を[-90-]{+30+}日以内に確認し"));
    }
}
