//! サマリー: what was compared, how much of it changed where, and what a reviewer should look at first.

use rust_xlsxwriter::XlsxError;

use super::super::sheet::{Paper, Sheet};
use super::compare::severity_word;
use super::{Page, editions_line};
use crate::address::{CellRef, SheetRange};
use crate::catalog::{Edition, Source};
use crate::diagnostic::Severity;
use crate::diff::{ChangeSeverity, ColumnChange, ItemChange, ItemDiff};

const WIDTHS_CHARS: [f64; 10] = [26.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0];
const LAST: usize = WIDTHS_CHARS.len() - 1;
const CHANGES: [ItemChange; 7] = [
    ItemChange::Added,
    ItemChange::Removed,
    ItemChange::Retired,
    ItemChange::Restored,
    ItemChange::Changed,
    ItemChange::Notation,
    ItemChange::Unchanged,
];

pub(super) fn sheet<'a>(page: &Page<'a>) -> Result<Sheet<'a>, XlsxError> {
    let words = page.words();
    let mut sheet = Sheet::new(&words.text("xlsx-sheet-summary"), page.looks, words, &WIDTHS_CHARS)?;
    sheet.merged(0, (0, LAST), &words.text("xlsx-diff-title"), &page.looks.title().ruled_below())?;
    sheet.at_least(0, 30.0);
    let mut row = write_editions(page, &mut sheet, 2)?;
    if page.diff.old.is_some() {
        row = write_groups(page, &mut sheet, row + 1)?;
        row = write_flags(page, &mut sheet, row + 1)?;
        row = write_severities(page, &mut sheet, row + 1)?;
        row = write_columns(page, &mut sheet, row + 1)?;
    }
    row = write_sheets(page, &mut sheet, row + 1)?;
    write_diagnostics(page, &mut sheet, row + 1)?;
    sheet.print_on(&Paper {
        is_a3: false,
        is_landscape: true,
        repeated_rows: None,
        header: editions_line(page.diff, words),
    })?;
    Ok(sheet)
}

fn write_editions(page: &Page<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<u32, XlsxError> {
    let words = page.words();
    let header = page.looks.header();
    let headings = [((0, 0), "side"), ((1, 2), "edition"), ((3, 6), "file"), ((7, 9), "sha256")];
    for (columns, name) in headings {
        sheet.merged(first_row, columns, &words.text(&format!("xlsx-column-{name}")), &header)?;
    }
    let old = page.diff.old.as_ref().map(|side| ("xlsx-side-old", side));
    let sides = old.into_iter().chain([("xlsx-side-new", &page.diff.new)]);
    let mut row = first_row;
    for (name, (edition, source)) in sides {
        row += 1;
        write_edition(page, sheet, row, &words.text(name), (edition, source))?;
    }
    Ok(row + 1)
}

fn write_edition(
    page: &Page<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    side: &str,
    (edition, source): (&Edition, &Source),
) -> Result<(), XlsxError> {
    let cell = page.looks.cell().middle();
    sheet.text(row, 0, side, &page.looks.band())?;
    let name = [edition.provider.as_deref(), edition.version.as_deref()];
    let name: Vec<&str> = name.into_iter().flatten().collect();
    let name = if name.is_empty() { page.words().text("xlsx-edition-unnamed") } else { name.join(" ") };
    sheet.merged(row, (1, 2), &name, &cell)?;
    sheet.merged(row, (3, 6), &source.file, &cell)?;
    sheet.merged(row, (7, 9), &source.sha256, &cell)
}

/// Group by change, with totals.
fn write_groups(page: &Page<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<u32, XlsxError> {
    let words = page.words();
    sheet.merged(first_row, (0, LAST), &words.text("xlsx-summary-by-group"), &page.looks.heading())?;
    let header_row = first_row + 1;
    sheet.text(header_row, 0, &words.text("xlsx-column-group"), &page.looks.header())?;
    for (column, change) in (1..).zip(CHANGES) {
        sheet.text(header_row, column, &words.text(change_name(change)), &page.looks.header())?;
    }
    sheet.text(header_row, 8, &words.text("xlsx-total"), &page.looks.header())?;
    let mut row = header_row;
    for (label, items) in by_group(page) {
        row += 1;
        write_counts(page, sheet, row, &label, &counts(items.iter().copied()), false)?;
    }
    row += 1;
    let total = summary_counts(page);
    write_counts(page, sheet, row, &words.text("xlsx-total"), &total, true)?;
    Ok(row + 1)
}

fn write_counts(
    page: &Page<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    label: &str,
    counts: &[usize; 7],
    is_total: bool,
) -> Result<(), XlsxError> {
    let weigh = |look: super::super::looks::Look| {
        if is_total { look.bold().filled(super::super::looks::BAND_FILL) } else { look }
    };
    let number = weigh(page.looks.cell().middle().number("#,##0;-#,##0;－").right());
    sheet.text(row, 0, label, &weigh(page.looks.band()))?;
    for (column, &count) in (1..).zip(counts) {
        sheet.number(row, column, count, &number)?;
    }
    sheet.number(row, 8, counts.iter().sum(), &number.bold())
}

/// The listed items by group, in the difference's order of groups, items without a group last.
fn by_group<'a>(page: &Page<'a>) -> Vec<(String, Vec<&'a ItemDiff>)> {
    let groups = page.diff.groups.iter().map(|group| {
        let label = match &group.title {
            Some(title) => format!("{}（{title}）", group.id),
            None => group.id.to_string(),
        };
        let items = page.diff.items.iter().filter(|item| item.group.as_ref() == Some(&group.id)).collect();
        (label, items)
    });
    let mut groups: Vec<(String, Vec<&ItemDiff>)> = groups.collect();
    let is_known =
        |item: &&ItemDiff| item.group.as_ref().is_some_and(|id| page.diff.groups.iter().any(|group| group.id == *id));
    let rest: Vec<&ItemDiff> = page.diff.items.iter().filter(|item| !is_known(item)).collect();
    if !rest.is_empty() {
        groups.push((page.words().text("xlsx-group-none"), rest));
    }
    groups
}

fn counts<'a>(items: impl Iterator<Item = &'a ItemDiff>) -> [usize; 7] {
    let mut counts = [0; 7];
    for item in items {
        let index = CHANGES.iter().position(|&change| change == item.change).expect("every change is listed");
        counts[index] += 1;
    }
    counts
}

fn summary_counts(page: &Page<'_>) -> [usize; 7] {
    let summary = page.diff.summary;
    [
        summary.added,
        summary.removed,
        summary.retired,
        summary.restored,
        summary.changed,
        summary.notation,
        summary.unchanged,
    ]
}

fn change_name(change: ItemChange) -> &'static str {
    match change {
        ItemChange::Added => "xlsx-change-added",
        ItemChange::Removed => "xlsx-change-removed",
        ItemChange::Retired => "xlsx-change-retired",
        ItemChange::Restored => "xlsx-change-restored",
        ItemChange::Changed => "xlsx-change-changed",
        ItemChange::Notation => "xlsx-change-notation",
        ItemChange::Unchanged => "xlsx-change-unchanged",
    }
}

fn write_flags(page: &Page<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<u32, XlsxError> {
    let words = page.words();
    let summary = page.diff.summary;
    let flags = [
        ("xlsx-flag-renumbered", summary.renumbered),
        ("xlsx-flag-moved", summary.moved),
        ("xlsx-flag-split", summary.split),
        ("xlsx-flag-merged", summary.merged),
    ];
    sheet.text(first_row, 0, &words.text("xlsx-summary-flags"), &page.looks.band())?;
    for (index, (name, count)) in flags.into_iter().enumerate() {
        sheet.text(first_row, 1 + index * 2, &words.text(name), &page.looks.header())?;
        sheet.number(first_row, 2 + index * 2, count, &page.looks.cell().middle().number("#,##0").right())?;
    }
    Ok(first_row + 1)
}

/// What to look at first: the weightiest changes on top.
fn write_severities(page: &Page<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<u32, XlsxError> {
    let words = page.words();
    sheet.merged(first_row, (0, LAST), &words.text("xlsx-summary-severity"), &page.looks.heading())?;
    let severities = [
        ChangeSeverity::Conformity,
        ChangeSeverity::CustomerAction,
        ChangeSeverity::Citation,
        ChangeSeverity::Text,
        ChangeSeverity::Notation,
    ];
    let mut row = first_row;
    for severity in severities {
        row += 1;
        let items: Vec<&ItemDiff> = page.diff.items.iter().filter(|item| item.severity == severity).collect();
        sheet.text(row, 0, &severity_word(words, severity), &page.looks.band())?;
        sheet.number(row, 1, items.len(), &page.looks.cell().middle().number("#,##0").right())?;
        sheet.merged(row, (2, LAST), &ids(page, &items), &page.looks.cell().middle())?;
    }
    Ok(row + 1)
}

/// The first ids, and how many more there are.
fn ids(page: &Page<'_>, items: &[&ItemDiff]) -> String {
    const SHOWN: usize = 24;
    let separator = page.words().text("xlsx-list-separator");
    // Of a number both given up and used again, the one is not the other.
    let shown = items.iter().take(SHOWN).map(|item| match item.change {
        ItemChange::Added | ItemChange::Removed | ItemChange::Retired | ItemChange::Restored => {
            let change = page.words().text(change_name(item.change));
            page.words().with("xlsx-id-and-change", &[("id", item.key().to_string().into()), ("change", change.into())])
        }
        _ => item.key().to_string(),
    });
    let shown: Vec<String> = shown.collect();
    let shown = shown.join(&separator);
    if items.len() <= SHOWN {
        return shown;
    }
    page.words().with("xlsx-and-more", &[("shown", shown.into()), ("count", (items.len() - SHOWN).into())])
}

fn write_columns(page: &Page<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<u32, XlsxError> {
    if page.diff.columns.is_empty() {
        return Ok(first_row - 1);
    }
    let words = page.words();
    sheet.merged(first_row, (0, LAST), &words.text("xlsx-summary-columns"), &page.looks.heading())?;
    let cell = page.looks.cell().middle();
    let mut row = first_row;
    for change in &page.diff.columns {
        row += 1;
        let (name, old, new) = match change {
            ColumnChange::Renamed { old, new } => ("xlsx-column-renamed", old.as_str(), new.as_str()),
            ColumnChange::Moved { old, new } => ("xlsx-column-moved", old.as_str(), new.as_str()),
            ColumnChange::Added { new } => ("xlsx-column-added", "", new.as_str()),
            ColumnChange::Removed { old } => ("xlsx-column-removed", old.as_str(), ""),
        };
        sheet.text(row, 0, &words.text(name), &page.looks.band())?;
        sheet.merged(row, (1, 4), old, &cell)?;
        sheet.merged(row, (5, LAST), new, &cell)?;
    }
    Ok(row + 1)
}

/// Where to find what: links to the other sheets.
fn write_sheets(page: &Page<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<u32, XlsxError> {
    let words = page.words();
    sheet.merged(first_row, (0, LAST), &words.text("xlsx-summary-sheets"), &page.looks.heading())?;
    let compared = page.diff.old.is_some();
    let sheets = [
        (compared, "xlsx-sheet-compare"),
        (true, "xlsx-sheet-additions"),
        (compared, "xlsx-sheet-documents"),
        (true, "xlsx-sheet-audit"),
        (page.options.carried.is_some(), "xlsx-sheet-recheck"),
    ];
    let mut row = first_row;
    for (_, name) in sheets.into_iter().filter(|(is_there, _)| *is_there) {
        row += 1;
        let title = words.text(name);
        let target = SheetRange::new(&title.as_str().into(), CellRef::new(0, 0));
        sheet.link(row, 0, &target, &title, &page.looks.cell().middle())?;
        sheet.merged(row, (1, LAST), &words.text(&format!("{name}-about")), &page.looks.cell().middle())?;
    }
    Ok(row + 1)
}

fn write_diagnostics(page: &Page<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<(), XlsxError> {
    const SHOWN: usize = 50;
    let words = page.words();
    let told: Vec<_> = page.diff.diagnostics.iter().filter(|diagnostic| diagnostic.severity > Severity::Note).collect();
    if told.is_empty() {
        return Ok(());
    }
    sheet.merged(first_row, (0, LAST), &words.text("xlsx-summary-diagnostics"), &page.looks.heading())?;
    for (row, diagnostic) in (first_row + 1..).zip(told.iter().take(SHOWN)) {
        let message = words.diagnostic(diagnostic);
        let place = diagnostic.at.first().map(SheetRange::to_string).unwrap_or_default();
        sheet.merged(row, (0, 1), &place, &page.looks.cell())?;
        sheet.merged(row, (2, LAST), &message.headline, &page.looks.cell())?;
    }
    if told.len() > SHOWN {
        let row = first_row + 1 + SHOWN as u32;
        let more = words.with("xlsx-diagnostics-more", &[("count", (told.len() - SHOWN).into())]);
        sheet.merged(row, (0, LAST), &more, &page.looks.line())?;
    }
    Ok(())
}
