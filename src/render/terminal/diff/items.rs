//! Item by item what changed: a line each, or every change with the stretch of text around it.

use std::fmt::Write;

use super::{Writer, clean, role_of_change};
use crate::answers::Recheck;
use crate::diagnostic::Arg;
use crate::diff::{ChangeSeverity, FieldDiff, ItemChange, ItemDiff, ItemSide, MarkAgreement, Segment, SegmentOp, Side};
use crate::render::stated::stated;
use crate::render::terminal::Role;
use crate::render::terminal::flow::Flow;
use crate::text::width::{columns, truncate};

impl Writer<'_> {
    pub(super) fn stat(&mut self) {
        let items = self.shown();
        let id_width = items.iter().map(|item| columns(&number(item))).max().unwrap_or(0).min(self.terminal.width / 3);
        self.out.push('\n');
        for item in items {
            let id = truncate(&number(item), id_width);
            let (deleted, inserted) = characters(item);
            let mut line = format!("{id}{}  ", " ".repeat(id_width - columns(&id)));
            line.push_str(&self.terminal.paint(role_of(item), &self.change_words(item)));
            let is_mark_only = |field: &FieldDiff| field.marks == Some(MarkAgreement::MarkOnly);
            if item.change == ItemChange::Unchanged && item.fields.iter().any(is_mark_only) {
                let why = self.terminal.paint(Role::Warning, &self.text("diff-mark-only"));
                line.push_str(&format!("  {why}"));
            }
            if deleted > 0 {
                let _ = write!(line, "  {}", self.terminal.paint(Role::Removed, &format!("-{deleted}")));
            }
            if inserted > 0 {
                let _ = write!(line, "  {}", self.terminal.paint(Role::Added, &format!("+{inserted}")));
            }
            self.line(&line);
        }
    }

    pub(super) fn items(&mut self) {
        for item in self.shown() {
            self.item(item);
        }
    }

    fn item(&mut self, item: &ItemDiff) {
        let mut flow = Flow::default();
        flow.push(Some(Role::Heading), &number(item));
        flow.push(None, "  ");
        flow.push(Some(role_of(item)), &self.change_words(item));
        if let Some(severity) = severity_name(item) {
            flow.push(None, " · ");
            flow.push(Some(Role::Warning), &self.text(severity));
        }
        if let Some(title) = item.title() {
            flow.push(None, &format!("  {title}"));
        }
        self.out.push('\n');
        flow.write(self.terminal, 0, &mut self.out);
        self.evidence(item);
        for sentence in stated(item, self.terminal.words) {
            self.flow(Some(Role::Moved), &sentence, 2);
        }
        self.conformity(item);
        self.citations(item);
        for field in &item.fields {
            self.field(item, field);
        }
        self.answer(item);
    }

    /// Why two numbers are held to be one item.
    fn evidence(&mut self, item: &ItemDiff) {
        let Some(evidence) = item.evidence.filter(|_| item.flags.renumbered) else { return };
        let percent = (item.likeness * 100.0).floor() as usize;
        let name = format!("diff-evidence-{}", evidence.key());
        let text = self.terminal.words.with(&name, &[("percent", Arg::from(percent))]);
        self.flow(Some(Role::Muted), &text, 2);
    }

    fn conformity(&mut self, item: &ItemDiff) {
        let Some((old, new)) = &item.conformity else { return };
        let word = |conformity: &Option<crate::catalog::Conformity>| match conformity {
            Some(conformity) => match &conformity.note {
                Some(note) => format!("{}（{note}）", conformity.word.as_str()),
                None => conformity.word.as_str().to_owned(),
            },
            None => "–".to_owned(),
        };
        let mut flow = Flow::default();
        flow.push(Some(Role::Warning), &self.text("diff-conformity"));
        flow.push(None, &format!(" {} → {}", word(old), word(new)));
        flow.write(self.terminal, 2, &mut self.out);
    }

    fn citations(&mut self, item: &ItemDiff) {
        let sides = [
            (&item.citations_removed, "diff-citation-removed", Role::Removed),
            (&item.citations_added, "diff-citation-added", Role::Added),
        ];
        for (citations, name, role) in sides.into_iter().filter(|(citations, ..)| !citations.is_empty()) {
            let numbers: Vec<String> = citations
                .iter()
                .map(|it| format!("{} {:02}", self.text(&format!("diff-list-{}", it.list.as_str())), it.number))
                .collect();
            let mut flow = Flow::default();
            flow.push(Some(role), &self.text(name));
            flow.push(None, &format!(" {}", numbers.join(", ")));
            flow.write(self.terminal, 2, &mut self.out);
        }
    }

    fn field(&mut self, item: &ItemDiff, field: &FieldDiff) {
        let mut head = Flow::default();
        head.push(Some(Role::Note), &field.label);
        if let Some(change) = field.change.filter(|_| item.old.is_some() == item.new.is_some()) {
            head.push(None, " ");
            head.push(Some(Role::Muted), &self.text(&format!("diff-field-{}", change.key())));
        }
        if let Some(place) = field.at().first() {
            head.push(None, "  ");
            head.push_whole(Some(Role::Place), &place.to_string());
        }
        head.write(self.terminal, 2, &mut self.out);
        let mut flow = Flow::default();
        self.segments(&field.segments, self.view.context, &mut flow);
        flow.write(self.terminal, 4, &mut self.out);
        let is_said_once = field.marks == Some(MarkAgreement::Unmarked) && self.hardly_marks();
        if let Some(name) = mark_name(field.marks).filter(|_| !is_said_once) {
            let text = self.text(name);
            self.flow(Some(Role::Warning), &text, 4);
        }
    }

    /// Segments with their signs, and of long unchanged stretches the characters that `context` asks for.
    pub(super) fn segments(&self, segments: &[Segment], context: Option<usize>, flow: &mut Flow) {
        for (index, segment) in segments.iter().enumerate() {
            let (role, open, close) = match segment.op {
                SegmentOp::Equal => {
                    let (first, last) = (index == 0, index + 1 == segments.len());
                    flow.push(None, &near(&segment.text, context, first, last));
                    continue;
                }
                SegmentOp::Delete => (Role::Removed, "[-", "-]"),
                SegmentOp::Insert => (Role::Added, "{+", "+}"),
                SegmentOp::Move(Side::Old) => (Role::Moved, "[<", "<]"),
                SegmentOp::Move(Side::New) => (Role::Moved, "{>", ">}"),
            };
            let role = Some(if segment.notation { Role::Muted } else { role });
            if self.terminal.color {
                flow.push(role, &segment.text);
            } else {
                flow.open(role, open);
                flow.push(role, &segment.text);
                flow.close(role, close);
            }
        }
    }

    fn answer(&mut self, item: &ItemDiff) {
        let Some(answers) = self.view.answers else { return };
        let Some(side) = &item.new else { return };
        let Some(answer) = answers.get(&side.key).filter(|answer| answer.recheck == Some(Recheck::Needed)) else {
            return;
        };
        let mut flow = Flow::default();
        flow.push(Some(Role::Warning), &self.text("diff-answer-recheck"));
        if !answer.recheck_reason.is_empty() {
            flow.push(None, &format!(" {}", answer.recheck_reason));
        }
        flow.write(self.terminal, 2, &mut self.out);
    }

    /// What became of an item, with its flags.
    fn change_words(&self, item: &ItemDiff) -> String {
        let flags = item.flags.keys();
        let mut words = Vec::new();
        if item.change != ItemChange::Unchanged || flags.is_empty() {
            words.push(self.text(&format!("diff-change-{}", item.change.key())));
        }
        words.extend(flags.iter().map(|flag| self.text(&format!("diff-flag-{flag}"))));
        words.join(&self.text("diff-joiner"))
    }
}

fn role_of(item: &ItemDiff) -> Role {
    if item.change == ItemChange::Unchanged { Role::Moved } else { role_of_change(item.change) }
}

/// The number, or both where it differs.
fn number(item: &ItemDiff) -> String {
    let id = |side: &ItemSide| clean(&side.key.to_string());
    match (&item.old, &item.new) {
        (Some(old), Some(new)) if item.flags.renumbered => format!("{} → {}", id(old), id(new)),
        _ => clean(&item.key().to_string()),
    }
}

/// Severities worth a word beside the change itself.
fn severity_name(item: &ItemDiff) -> Option<&'static str> {
    if item.change != ItemChange::Changed {
        return None;
    }
    match item.severity {
        ChangeSeverity::Conformity => Some("diff-severity-conformity"),
        ChangeSeverity::CustomerAction => Some("diff-severity-customer_action"),
        ChangeSeverity::Citation => Some("diff-severity-citation"),
        ChangeSeverity::Text | ChangeSeverity::Notation | ChangeSeverity::None => None,
    }
}

/// Agreement worth a line.
fn mark_name(agreement: Option<MarkAgreement>) -> Option<&'static str> {
    match agreement? {
        MarkAgreement::Agrees => None,
        MarkAgreement::Partial => Some("diff-mark-partial"),
        MarkAgreement::Unmarked => Some("diff-mark-unmarked"),
        MarkAgreement::MarkOnly => Some("diff-mark-only"),
    }
}

fn characters(item: &ItemDiff) -> (usize, usize) {
    let count = |op: SegmentOp| {
        let of = item.fields.iter().flat_map(|field| &field.segments);
        of.filter(|segment| segment.op == op && !segment.notation).map(|segment| segment.text.chars().count()).sum()
    };
    (count(SegmentOp::Delete), count(SegmentOp::Insert))
}

/// The part of an unchanged stretch that stands near a change, `context` characters of it; all of it for `None`.
fn near(text: &str, context: Option<usize>, first: bool, last: bool) -> String {
    let Some(context) = context.filter(|_| !(first && last)) else { return text.to_owned() };
    let count = text.chars().count();
    let (before, after) = (if first { 0 } else { context }, if last { 0 } else { context });
    if count <= before + after + 3 {
        return text.to_owned();
    }
    let head: String = text.chars().take(before).collect();
    let tail: String = text.chars().skip(count - after).collect();
    format!("{head}…{tail}")
}
