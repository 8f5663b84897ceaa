//! 新旧対照表: old and new side by side in the words and lines offices use.

use rust_xlsxwriter::XlsxError;

use super::super::looks::{Look, Looks, Tone};
use super::super::measure::{self, MAX_HEIGHT_PT};
use super::super::rich::{self, Piece};
use super::super::sheet::{MAX_CELL_UNITS, Paper, Sheet};
use super::{Sides, edition_name, editions_line};
use crate::address::SheetRange;
use crate::catalog::{Citation, Conformity};
use crate::diff::{
    ChangeSeverity, Diff, Evidence, FieldChangeKind, FieldDiff, ItemChange, ItemDiff, MarkAgreement, Side,
};
use crate::render::stated::stated;
use crate::render::words::Words;

/// Unchanged passages longer than this many characters are left out.
const KEEP_CHARS: usize = 120;
const HEADER_ROWS: (u32, u32) = (3, 4);

/// What the sheet is made from.
pub(in super::super) struct Comparison<'a> {
    pub(in super::super) diff: &'a Diff,
    pub(in super::super) words: &'a Words,
    pub(in super::super) looks: &'a Looks,
    pub(in super::super) sides: Sides,
    pub(in super::super) old_word: Option<&'a str>,
    pub(in super::super) new_word: Option<&'a str>,
}

/// One line of the table.
struct Row {
    old: Cell,
    new: Cell,
    title: String,
    label: String,
    kind: String,
    severity: ChangeSeverity,
    remarks: Vec<String>,
    at: String,
}

/// One side of a line.
#[derive(Default)]
struct Cell {
    id: Vec<Piece>,
    text: Vec<Piece>,
}

/// The columns by what they show; the two sides each take two.
struct Columns {
    number: usize,
    group: usize,
    title: Option<usize>,
    label: usize,
    old: usize,
    new: usize,
    kind: usize,
    severity: usize,
    remarks: usize,
    at: usize,
    widths_chars: Vec<f64>,
}

impl Columns {
    fn new(sides: Sides, has_titles: bool) -> Self {
        let mut widths_chars = vec![5.0, 9.0];
        let title = has_titles.then_some(widths_chars.len());
        if has_titles {
            widths_chars.push(20.0);
        }
        let label = widths_chars.len();
        let text_width = if has_titles { 58.0 } else { 66.0 };
        widths_chars.extend([17.0, 9.0, text_width, 9.0, text_width, 11.0, 11.0, 26.0, 20.0]);
        let (left, right) = (label + 1, label + 3);
        let (old, new) = if sides == Sides::OldNew { (left, right) } else { (right, left) };
        let kind = label + 5;
        Self {
            number: 0,
            group: 1,
            title,
            label,
            old,
            new,
            kind,
            severity: kind + 1,
            remarks: kind + 2,
            at: kind + 3,
            widths_chars,
        }
    }

    fn last(&self) -> usize {
        self.widths_chars.len() - 1
    }
}

/// Writes the table as a sheet of this name.
pub(in super::super) fn sheet<'a>(comparison: &Comparison<'a>, name: &str) -> Result<Sheet<'a>, XlsxError> {
    let Comparison { diff, words, looks, sides, .. } = comparison;
    let columns = Columns::new(*sides, diff.items.iter().any(|item| item.title().is_some()));
    let mut sheet = Sheet::new(name, looks, words, &columns.widths_chars)?;
    heading(comparison, &mut sheet, &columns, name)?;
    let mut row = HEADER_ROWS.1;
    let mut number = 0;
    for item in diff.items.iter().filter(|item| is_shown(item)) {
        let group = item.group.as_deref().unwrap_or_default();
        for line in rows(comparison, item) {
            number += 1;
            row = write_row(&mut sheet, &columns, row + 1, (number, group), &line)?;
        }
    }
    if number == 0 {
        row += 1;
        sheet.merged(row, (0, columns.last()), &words.text("xlsx-nothing-changed"), &looks.cell())?;
    } else {
        sheet.filter(HEADER_ROWS.1, row, columns.last())?;
    }
    sheet.freeze(HEADER_ROWS.1 + 1, columns.label + 1)?;
    sheet.print_on(&Paper {
        is_a3: true,
        is_landscape: true,
        repeated_rows: Some(HEADER_ROWS),
        header: editions_line(diff, words),
    })?;
    Ok(sheet)
}

fn heading(comparison: &Comparison<'_>, sheet: &mut Sheet<'_>, columns: &Columns, name: &str) -> Result<(), XlsxError> {
    let Comparison { diff, words, looks, .. } = comparison;
    sheet.merged(0, (0, columns.last()), name, &looks.title().ruled_below())?;
    let note = if diff.summary.notation > 0 {
        words.with("xlsx-compare-notation-left-out", &[("count", diff.summary.notation.into())])
    } else {
        String::new()
    };
    sheet.merged(1, (0, columns.new.min(columns.old) + 1), &editions_line(diff, words), &looks.line())?;
    sheet.merged(1, (columns.new.max(columns.old), columns.last()), &note, &looks.small().right())?;
    sheet.merged(2, (0, columns.last()), &words.text("xlsx-compare-caption"), &looks.line().right())?;
    let header = looks.header();
    for (column, name) in single_headings(columns) {
        sheet.merged_rows(HEADER_ROWS, (column, column), &words.text(name), &header)?;
    }
    let old_name = diff.old.as_ref().map(|(edition, source)| edition_name(edition, source)).unwrap_or_default();
    let new_name = edition_name(&diff.new.0, &diff.new.1);
    for (first, word, default, edition) in [
        (columns.old, comparison.old_word, "xlsx-side-old", old_name),
        (columns.new, comparison.new_word, "xlsx-side-new", new_name),
    ] {
        let word = word.map_or_else(|| words.text(default), str::to_owned);
        let over = words.with("xlsx-side-edition", &[("side", word.into()), ("edition", edition.into())]);
        sheet.merged(HEADER_ROWS.0, (first, first + 1), &over, &header)?;
        sheet.text(HEADER_ROWS.1, first, &words.text("xlsx-column-id"), &header)?;
        sheet.text(HEADER_ROWS.1, first + 1, &words.text("xlsx-column-content"), &header)?;
    }
    sheet.at_least(HEADER_ROWS.0, 20.0);
    sheet.at_least(HEADER_ROWS.1, 20.0);
    Ok(())
}

fn single_headings(columns: &Columns) -> impl Iterator<Item = (usize, &'static str)> {
    let named = [
        (Some(columns.number), "xlsx-column-number"),
        (Some(columns.group), "xlsx-column-group"),
        (columns.title, "xlsx-column-title"),
        (Some(columns.label), "xlsx-column-field"),
        (Some(columns.kind), "xlsx-column-change"),
        (Some(columns.severity), "xlsx-column-severity"),
        (Some(columns.remarks), "xlsx-column-remarks"),
        (Some(columns.at), "xlsx-column-cells"),
    ];
    named.into_iter().filter_map(|(column, name)| Some((column?, name)))
}

/// Writes a line, over several rows where its texts are longer than a row can be high; returns the last row.
fn write_row(
    sheet: &mut Sheet<'_>,
    columns: &Columns,
    first_row: u32,
    (number, group): (usize, &str),
    line: &Row,
) -> Result<u32, XlsxError> {
    let look = sheet.looks.cell();
    let id_look = look.as_text().centred();
    let width = columns.widths_chars[columns.old + 1];
    let old = fitting(line.old.text.clone(), &look, sheet.looks, width);
    let new = fitting(line.new.text.clone(), &look, sheet.looks, width);
    let rows = old.len().max(new.len()).max(1);
    for index in 0..rows {
        let row = first_row + u32::try_from(index).unwrap_or(u32::MAX);
        let continued = if index > 0 { sheet.words().text("xlsx-continued") } else { String::new() };
        sheet.number(row, columns.number, number, &look.centred())?;
        sheet.text(row, columns.group, group, &look.centred())?;
        if let Some(column) = columns.title {
            sheet.text(row, column, &line.title, &look)?;
        }
        sheet.text(row, columns.label, &format!("{}{continued}", line.label), &look)?;
        for (column, cell, texts) in [(columns.old, &line.old, &old), (columns.new, &line.new, &new)] {
            sheet.pieces(row, column, &cell.id, &id_look)?;
            sheet.pieces(row, column + 1, texts.get(index).map_or(&[][..], Vec::as_slice), &look)?;
        }
        sheet.text(row, columns.kind, &line.kind, &look.centred())?;
        sheet.text(row, columns.severity, &severity_word(sheet.words(), line.severity), &look.centred())?;
        sheet.text(row, columns.remarks, &line.remarks.join("\n"), &look)?;
        sheet.text(row, columns.at, &line.at, &look)?;
    }
    Ok(first_row + u32::try_from(rows - 1).unwrap_or(u32::MAX))
}

/// Splits a text into cells that a row can show whole.
pub(in super::super) fn fitting(pieces: Vec<Piece>, look: &Look, looks: &Looks, width_chars: f64) -> Vec<Vec<Piece>> {
    let text = rich::text_of(&pieces);
    let lines = measure::wrapped_lines(&text, look.size_pt, measure::text_pixels(width_chars));
    let height = measure::lines_height_pt(lines, look.size_pt, looks.font());
    let units = rich::utf16_len(&text);
    if height <= MAX_HEIGHT_PT && units <= MAX_CELL_UNITS || units < 2 {
        return vec![pieces];
    }
    // A share of the text as large as the share of its height that fits, and a little less: lines are not even.
    let limit = ((units as f64 * MAX_HEIGHT_PT * 0.95 / height) as usize).clamp(1, MAX_CELL_UNITS);
    let limit = if limit >= units { units.div_ceil(2) } else { limit };
    rich::split(pieces, limit).into_iter().flat_map(|cell| fitting(cell, look, looks, width_chars)).collect()
}

fn is_shown(item: &ItemDiff) -> bool {
    let flags = item.flags;
    !matches!(item.change, ItemChange::Unchanged | ItemChange::Notation)
        || flags.renumbered
        || flags.moved
        || flags.split
        || flags.merged
}

fn rows(comparison: &Comparison<'_>, item: &ItemDiff) -> Vec<Row> {
    let words = comparison.words;
    let fields = item.fields.iter().filter_map(|field| field_row(comparison, item, field));
    let mut rows: Vec<Row> = fields.chain(citation_row(words, item)).collect();
    if rows.is_empty() {
        rows.push(item_row(words, item));
    }
    rows[0].remarks.splice(0..0, item_remarks(words, item));
    rows
}

/// A line for an item whose number or place is all that changed, or that has no text.
fn item_row(words: &Words, item: &ItemDiff) -> Row {
    let (old, new) = match item.change {
        ItemChange::Added | ItemChange::Restored => (words.text("xlsx-word-new"), words.text("xlsx-word-no-text")),
        ItemChange::Removed | ItemChange::Retired => (words.text("xlsx-word-no-text"), words.text("xlsx-word-deleted")),
        _ => (words.text("xlsx-word-omitted"), words.text("xlsx-word-omitted")),
    };
    Row {
        old: Cell { id: id_pieces(item, Side::Old), text: vec![Piece::new(Tone::Muted, old)] },
        new: Cell { id: id_pieces(item, Side::New), text: vec![Piece::new(Tone::Muted, new)] },
        title: item.title().unwrap_or_default().to_owned(),
        label: words.text("xlsx-whole-item"),
        kind: item_word(words, item),
        severity: item.severity,
        remarks: Vec::new(),
        at: places(&item_at(item)),
    }
}

fn field_row(comparison: &Comparison<'_>, item: &ItemDiff, field: &FieldDiff) -> Option<Row> {
    let words = comparison.words;
    let hardly_marks = comparison.diff.marks.is_some_and(|audit| audit.is_hardly_marking());
    let change = field.change?;
    if change == FieldChangeKind::Notation {
        return None;
    }
    let omitted = words.text("xlsx-word-omitted");
    let (old_text, new_text) = rich::sides(&field.segments, KEEP_CHARS, &omitted);
    let side = |side, text| match one_sided(words, item, side) {
        Some(word) => vec![Piece::new(Tone::Muted, word)],
        None => text,
    };
    let remarks = match field.marks {
        Some(MarkAgreement::Unmarked) if !hardly_marks => vec![words.text("xlsx-remark-unmarked")],
        Some(MarkAgreement::Partial) => vec![words.text("xlsx-remark-partly-marked")],
        _ => Vec::new(),
    };
    let at: Vec<_> = field.old_at.iter().take(1).chain(field.new_at.iter().take(1)).cloned().collect();
    Some(Row {
        old: Cell { id: id_pieces(item, Side::Old), text: side(Side::Old, old_text) },
        new: Cell { id: id_pieces(item, Side::New), text: side(Side::New, new_text) },
        title: item.title().unwrap_or_default().to_owned(),
        label: leaf(&field.label).to_owned(),
        kind: if is_one_sided(item) { item_word(words, item) } else { field_word(words, change) },
        severity: item.severity,
        remarks,
        at: places(&at),
    })
}

fn citation_row(words: &Words, item: &ItemDiff) -> Option<Row> {
    let is_empty = item.citations_added.is_empty() && item.citations_removed.is_empty();
    if is_empty || is_one_sided(item) {
        return None;
    }
    let at = item.citations_removed.iter().chain(&item.citations_added).map(|citation| citation.at.clone());
    let at: Vec<SheetRange> = at.take(2).collect();
    Some(Row {
        old: Cell {
            id: id_pieces(item, Side::Old),
            text: citation_pieces(words, Tone::Deleted, &item.citations_removed),
        },
        new: Cell { id: id_pieces(item, Side::New), text: citation_pieces(words, Tone::Added, &item.citations_added) },
        title: item.title().unwrap_or_default().to_owned(),
        label: words.text("xlsx-field-citations"),
        kind: words.text("xlsx-change-citations"),
        severity: item.severity,
        remarks: Vec::new(),
        at: places(&at),
    })
}

fn citation_pieces(words: &Words, tone: Tone, citations: &[Citation]) -> Vec<Piece> {
    if citations.is_empty() {
        return vec![Piece::new(Tone::Muted, words.text("xlsx-word-none"))];
    }
    vec![Piece::new(tone, citation_list(words, citations))]
}

/// Citations as 「公開文書01、公開文書05」.
pub(super) fn citation_list(words: &Words, citations: &[Citation]) -> String {
    let names = citations.iter().map(|citation| {
        let list = words.text(&format!("xlsx-cite-{}", citation.list.as_str()));
        format!("{list}{:02}", citation.number)
    });
    names.collect::<Vec<_>>().join(&words.text("xlsx-list-separator"))
}

fn is_one_sided(item: &ItemDiff) -> bool {
    matches!(item.change, ItemChange::Added | ItemChange::Removed | ItemChange::Retired | ItemChange::Restored)
}

/// (新設) or (削除) on the side where an item is not.
fn one_sided(words: &Words, item: &ItemDiff, side: Side) -> Option<String> {
    let name = match (item.change, side) {
        (ItemChange::Added, Side::Old) => "xlsx-word-new",
        (ItemChange::Restored, Side::Old) => "xlsx-word-retired",
        (ItemChange::Removed, Side::New) => "xlsx-word-deleted",
        (ItemChange::Retired, Side::New) => "xlsx-word-deleted-retired",
        _ => return None,
    };
    Some(words.text(name))
}

/// The item's number on one side; a changed number is underlined twice on both.
fn id_pieces(item: &ItemDiff, side: Side) -> Vec<Piece> {
    let this = if side == Side::Old { &item.old } else { &item.new };
    let Some(this) = this else { return Vec::new() };
    let tone = if item.flags.renumbered { Tone::Renumbered } else { Tone::Plain };
    let id = Piece::new(tone, &*this.key.id);
    match &this.key.sheet {
        Some(sheet) => rich::joined([id, Piece::new(Tone::Muted, format!("\n{sheet}"))]),
        None => vec![id],
    }
}

fn item_remarks(words: &Words, item: &ItemDiff) -> Vec<String> {
    let flags = [
        (item.flags.renumbered, "xlsx-flag-renumbered"),
        (item.flags.moved, "xlsx-flag-moved"),
        (item.flags.split, "xlsx-flag-split"),
        (item.flags.merged, "xlsx-flag-merged"),
    ];
    let flags = flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, name)| words.text(name));
    let evidence = evidence_remark(words, item);
    flags.chain(conformity_remark(words, item)).chain(evidence).chain(stated(item, words)).collect()
}

fn conformity_remark(words: &Words, item: &ItemDiff) -> Option<String> {
    let (old, new) = item.conformity.as_ref()?;
    let shown = |word: &Option<Conformity>| word.as_ref().map_or("－", |word| word.word.as_str()).to_owned();
    Some(words.with("xlsx-remark-conformity", &[("old", shown(old).into()), ("new", shown(new).into())]))
}

fn evidence_remark(words: &Words, item: &ItemDiff) -> Option<String> {
    let name = match item.evidence? {
        Evidence::Id => return None,
        Evidence::Declared => "xlsx-evidence-declared",
        Evidence::Text => "xlsx-evidence-text",
        Evidence::Likeness => "xlsx-evidence-likeness",
        Evidence::Neighbours => "xlsx-evidence-neighbours",
    };
    let percent = (item.likeness * 100.0).round() as u32;
    Some(words.with(name, &[("percent", percent.into())]))
}

/// What became of an item, in a word.
pub(super) fn item_word(words: &Words, item: &ItemDiff) -> String {
    let flags = item.flags;
    let name = match item.change {
        ItemChange::Added => "xlsx-change-added",
        ItemChange::Removed => "xlsx-change-removed",
        ItemChange::Retired => "xlsx-change-retired",
        ItemChange::Restored => "xlsx-change-restored",
        ItemChange::Changed => "xlsx-change-changed",
        _ if flags.split => "xlsx-flag-split",
        _ if flags.merged => "xlsx-flag-merged",
        _ if flags.renumbered => "xlsx-flag-renumbered",
        _ if flags.moved => "xlsx-flag-moved",
        ItemChange::Notation => "xlsx-change-notation",
        ItemChange::Unchanged => "xlsx-change-unchanged",
    };
    words.text(name)
}

/// What became of a field, in a word.
pub(super) fn field_word(words: &Words, change: FieldChangeKind) -> String {
    words.text(match change {
        FieldChangeKind::Appended => "xlsx-field-appended",
        FieldChangeKind::Inserted => "xlsx-field-inserted",
        FieldChangeKind::Edited => "xlsx-field-edited",
        FieldChangeKind::Shortened => "xlsx-field-shortened",
        FieldChangeKind::Emptied => "xlsx-field-emptied",
        FieldChangeKind::Filled => "xlsx-field-filled",
        FieldChangeKind::Moved => "xlsx-field-moved",
        FieldChangeKind::Notation => "xlsx-change-notation",
    })
}

/// How much a change matters, in a word.
pub(super) fn severity_word(words: &Words, severity: ChangeSeverity) -> String {
    words.text(match severity {
        ChangeSeverity::None => "xlsx-severity-none",
        ChangeSeverity::Notation => "xlsx-severity-notation",
        ChangeSeverity::Text => "xlsx-severity-text",
        ChangeSeverity::Citation => "xlsx-severity-citation",
        ChangeSeverity::CustomerAction => "xlsx-severity-customer-action",
        ChangeSeverity::Conformity => "xlsx-severity-conformity",
    })
}

fn item_at(item: &ItemDiff) -> Vec<SheetRange> {
    let sides = [&item.old, &item.new];
    sides.into_iter().flatten().filter_map(|side| side.at.first().cloned()).collect()
}

/// The lowest level of a heading.
pub(in super::super) fn leaf(label: &str) -> &str {
    label.rsplit(" > ").next().unwrap_or(label)
}

/// Cells, one a line; old above new, one that is both once.
pub(super) fn places(at: &[SheetRange]) -> String {
    let mut places: Vec<String> = at.iter().map(SheetRange::to_string).collect();
    places.dedup();
    places.join("\n")
}
