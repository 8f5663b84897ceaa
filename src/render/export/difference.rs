//! A difference as Markdown and as CSV: the items that differ, field by field, with their cells.
//!
//! The CSV has one row per changed field (or per item that has none), for filtering in Excel; changes within a text
//! are marked `[-removed-]{+added+}` as on a terminal. An item split or merged has a row for each of its partners; where
//! the publisher says what became of a number it gave up, the numbers stand in two columns.

use std::fmt::Write;

use crate::diff::{Diff, FieldDiff, ItemChange, ItemDiff, Segment, SegmentOp, Side};
use crate::render::stated::stated;
use crate::render::words::Words;
use crate::workbook::delimited::write::Rows;

use super::markdown::{block, inline};

/// Writes a difference as Markdown: the counts, then a section for every item that differs. Added text stands in
/// `<ins>`, removed text in `<del>`, which CommonMark passes through.
pub fn diff_markdown(diff: &Diff, words: &Words) -> String {
    let mut out = format!("# {}\n\n", words.text("diff-heading"));
    let edition = |side: &(crate::catalog::Edition, crate::catalog::Source)| {
        inline(side.0.version.as_deref().unwrap_or(&side.1.file))
    };
    if let Some(old) = &diff.old {
        let _ = writeln!(out, "{} → {}\n", edition(old), edition(&diff.new));
    }
    counts(&mut out, diff, words);
    for item in shown(diff) {
        section(&mut out, item, words);
    }
    out
}

fn shown(diff: &Diff) -> impl Iterator<Item = &ItemDiff> {
    diff.items.iter().filter(|item| item.change != ItemChange::Unchanged || !item.flags.keys().is_empty())
}

fn counts(out: &mut String, diff: &Diff, words: &Words) {
    let summary = &diff.summary;
    let rows = [
        ("added", summary.added),
        ("removed", summary.removed),
        ("retired", summary.retired),
        ("restored", summary.restored),
        ("changed", summary.changed),
        ("notation", summary.notation),
        ("unchanged", summary.unchanged),
    ];
    let _ = writeln!(out, "| {} | {} |\n|---|--:|", words.text("diff-change"), words.text("diff-count"));
    for (key, count) in rows {
        let _ = writeln!(out, "| {} | {count} |", words.text(&format!("diff-change-{key}")));
    }
}

fn section(out: &mut String, item: &ItemDiff, words: &Words) {
    let title = item.title().map(|title| format!(" {}", inline(&title.replace('\n', " ")))).unwrap_or_default();
    let _ = writeln!(out, "\n## {}{title}\n\n{}", inline(&number(item)), kinds(item, words));
    if let Some((old, new)) = &item.conformity {
        let word = |side: &Option<crate::catalog::Conformity>| {
            side.as_ref().map_or_else(|| "—".to_owned(), |conformity| inline(conformity.word.as_str()))
        };
        let _ = writeln!(out, "\n{}: {} → {}", words.text("diff-conformity"), word(old), word(new));
    }
    for sentence in stated(item, words) {
        let _ = writeln!(out, "\n{}", inline(&sentence));
    }
    for field in &item.fields {
        let place = places(field);
        let _ = write!(out, "\n**{}** {}", inline(&field.label.replace('\n', " ")), field_kind(field, words));
        let _ = writeln!(
            out,
            "{}\n\n{}",
            if place.is_empty() { String::new() } else { format!(" `{place}`") },
            marked_up(field)
        );
    }
}

/// The number, old and new where they differ.
fn number(item: &ItemDiff) -> String {
    match (&item.old, &item.new) {
        (Some(old), Some(new)) if old.key != new.key => format!("{} → {}", old.key, new.key),
        _ => item.key().to_string(),
    }
}

fn kinds(item: &ItemDiff, words: &Words) -> String {
    let change = words.text(&format!("diff-change-{}", item.change.key()));
    let flags = item.flags.keys().into_iter().map(|flag| words.text(&format!("diff-flag-{flag}")));
    let severity = words.text(&format!("diff-severity-{}", item.severity.key()));
    std::iter::once(change).chain(flags).chain([severity]).collect::<Vec<_>>().join(" · ")
}

fn field_kind(field: &FieldDiff, words: &Words) -> String {
    let change = field.change.map(|change| words.text(&format!("diff-field-{}", change.key())));
    let marks = field.marks.map(|marks| words.text(mark_name(marks.key())));
    change.into_iter().chain(marks).collect::<Vec<_>>().join(" · ")
}

fn mark_name(key: &str) -> &'static str {
    match key {
        "agrees" => "diff-mark-agrees",
        "partial" => "diff-mark-partial",
        "unmarked" => "diff-mark-unmarked",
        _ => "diff-mark-only",
    }
}

fn places(field: &FieldDiff) -> String {
    field.at().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn marked_up(field: &FieldDiff) -> String {
    let piece = |segment: &Segment| {
        let text = block(&segment.text);
        match segment.op {
            SegmentOp::Equal => text,
            SegmentOp::Delete | SegmentOp::Move(Side::Old) => format!("<del>{text}</del>"),
            SegmentOp::Insert | SegmentOp::Move(Side::New) => format!("<ins>{text}</ins>"),
        }
    };
    field.segments.iter().map(piece).collect()
}

/// Writes a difference as CSV text, lines ending on CR LF. `guard` keeps texts from being taken for formulas.
pub fn diff_csv(diff: &Diff, words: &Words, guard: bool) -> String {
    let mut rows = Rows::new(',', guard);
    let headings = [
        "old-number",
        "new-number",
        "group",
        "title",
        "change",
        "flags",
        "went-into",
        "came-from",
        "severity",
        "field",
        "field-change",
        "old",
        "new",
        "marked-text",
        "marks",
        "place",
    ];
    rows.row(headings.map(|name| words.text(&format!("diff-{name}"))).iter().map(String::as_str));
    for item in shown(diff) {
        let own = own_columns(item, words);
        if item.fields.is_empty() {
            rows.row(own.iter().map(String::as_str).chain([""; 7]));
        }
        for field in &item.fields {
            rows.row(own.iter().chain(&field_columns(field, words)).map(String::as_str));
        }
    }
    rows.into_text()
}

fn own_columns(item: &ItemDiff, words: &Words) -> [String; 9] {
    let id = |side: &Option<crate::diff::ItemSide>| side.as_ref().map(|side| side.key.to_string()).unwrap_or_default();
    let flags = item.flags.keys().into_iter().map(|flag| words.text(&format!("diff-flag-{flag}")));
    [
        id(&item.old),
        id(&item.new),
        item.group.as_deref().unwrap_or_default().to_owned(),
        item.title().unwrap_or_default().to_owned(),
        words.text(&format!("diff-change-{}", item.change.key())),
        flags.collect::<Vec<_>>().join(" "),
        keys(&item.into),
        keys(&item.from),
        words.text(&format!("diff-severity-{}", item.severity.key())),
    ]
}

fn keys(keys: &[crate::catalog::ItemKey]) -> String {
    keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

fn field_columns(field: &FieldDiff, words: &Words) -> [String; 7] {
    let side = |wanted: Side| -> String {
        let is_on = |segment: &&Segment| match segment.op {
            SegmentOp::Equal => true,
            SegmentOp::Delete => wanted == Side::Old,
            SegmentOp::Insert => wanted == Side::New,
            SegmentOp::Move(side) => side == wanted,
        };
        field.segments.iter().filter(is_on).map(|segment| segment.text.as_str()).collect()
    };
    let piece = |segment: &Segment| match segment.op {
        SegmentOp::Equal => segment.text.clone(),
        SegmentOp::Delete | SegmentOp::Move(Side::Old) => format!("[-{}-]", segment.text),
        SegmentOp::Insert | SegmentOp::Move(Side::New) => format!("{{+{}+}}", segment.text),
    };
    [
        field.label.clone(),
        field.change.map(|change| words.text(&format!("diff-field-{}", change.key()))).unwrap_or_default(),
        side(Side::Old),
        side(Side::New),
        field.segments.iter().map(piece).collect(),
        field.marks.map(|marks| words.text(mark_name(marks.key()))).unwrap_or_default(),
        places(field),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Catalog, Source};
    use crate::diff::DiffOptions;
    use crate::render::words::Lang;

    fn read(text: &str) -> Catalog {
        let workbook = crate::workbook::read(text.as_bytes(), "a.csv", &Default::default()).unwrap();
        let binding = crate::template::bind(&workbook, &Default::default()).unwrap();
        crate::import::catalog(&workbook, &binding, Source::default()).unwrap()
    }

    fn example() -> Diff {
        let old = read("項番,本調査で確認した内容\n統1,台帳がある。\n統2,=危険\n");
        let new = read("項番,本調査で確認した内容\n統1,台帳がある。毎年<見直す>。\n統3,新しい手順を定める。\n");
        crate::diff::diff(&old, &new, &DiffOptions::default()).unwrap()
    }

    #[test]
    fn markdown_shows_what_came_and_went_and_escapes_the_rest() {
        let text = diff_markdown(&example(), &Words::new(Lang::En));
        assert!(text.contains("| changed | 1 |"), "{text}");
        assert!(text.contains("台帳がある。<ins>毎年\\<見直す\\>。</ins>"), "{text}");
        assert!(text.contains("## 統3"), "{text}");
    }

    #[test]
    fn csv_says_where_a_number_that_was_given_up_went() {
        let fields = "項番,本調査で確認した内容\n";
        let (kept, gone) = ("統1,規程を定めて毎年見直す手順がある。\n", "統2,台帳に利用者を登録して管理する。\n");
        let old = read(&format!("{fields}{kept}{gone}"));
        let new = read(&format!("{fields}{kept}統2,欠番（改訂にあたり統1に統合）\n"));
        let text =
            diff_csv(&crate::diff::diff(&old, &new, &DiffOptions::default()).unwrap(), &Words::new(Lang::Ja), true);
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        let headings = rows.headers().unwrap().clone();
        let of = |row: &csv::StringRecord, name: &str| {
            row[headings.iter().position(|heading| heading == name).unwrap()].to_owned()
        };
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        let shown: Vec<[String; 3]> =
            rows.iter().map(|row| ["新項番", "統合・移動先", "統合・移動元"].map(|name| of(row, name))).collect();
        assert_eq!(shown, [["統1", "", "統2"], ["統2", "統1", ""]].map(|row| row.map(str::to_owned)));
    }

    #[test]
    fn csv_has_a_row_a_field_and_guards_formulas() {
        let text = diff_csv(&example(), &Words::new(Lang::Ja), true);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4, "{text}");
        assert!(lines[1].starts_with("統1,統1,") && lines[1].contains("台帳がある。{+毎年<見直す>。+}"), "{text}");
        assert!(text.contains("'=危険"), "{text}");
    }
}
