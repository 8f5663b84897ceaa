//! Header drift: what a template expects and a sheet calls otherwise, has elsewhere, or lacks, with "did you mean".

use std::collections::BTreeMap;
use std::sync::Arc;

use super::layout::{TableLayout, Template};
use super::matching::{Match, Target, best_match, headings_of, is_required};
use super::options::{BindOptions, Heads};
use super::tables::heading_cell;
use crate::address::SheetRange;
use crate::answers::column::form_version;
use crate::diagnostic::{Arg, Diagnostic, Failure};
use crate::text::{fold, suggest};
use crate::workbook::Workbook;

/// Columns of the standard itself whose headings look like a vendor's and say something else: 適用区分 tells which
/// premises and channels an item is for, 適合区分 whether the vendor conforms.
const FALSE_FRIENDS: &[&str] = &["適用区分"];

/// Reports how the found headers differ from the template, each finding once for all sheets it holds on.
pub(super) fn report(template: &Template, heads: &Heads<'_>, tables: &[(usize, usize, Match)]) -> Vec<Diagnostic> {
    let mut findings: BTreeMap<(&'static str, String), Diagnostic> = BTreeMap::new();
    for (place, layout, found) in tables {
        let layout = &template.tables[*layout];
        let sheet = &heads[*place].1.sheet.name;
        let renamed = missing(sheet, layout, found);
        let unknown = unknown(sheet, &renamed, found);
        for finding in [renamed, unknown, moved(sheet, layout, found)] {
            for (subject, diagnostic) in finding {
                let code = code_of(&diagnostic);
                match findings.entry((code, subject)) {
                    std::collections::btree_map::Entry::Occupied(mut known) => {
                        let known = &mut known.get_mut().at;
                        let new: Vec<SheetRange> = diagnostic.at.into_iter().filter(|at| !known.contains(at)).collect();
                        known.extend(new);
                    }
                    std::collections::btree_map::Entry::Vacant(free) => _ = free.insert(diagnostic),
                }
            }
        }
    }
    findings.into_values().collect()
}

/// The codes in the order they are reported.
fn code_of(diagnostic: &Diagnostic) -> &'static str {
    let codes = ["header-missing", "header-moved", "header-renamed", "header-unknown"];
    codes.into_iter().find(|code| *code == diagnostic.code).unwrap_or("header-unknown")
}

/// A finding by what it is about.
type Findings = Vec<(String, Diagnostic)>;

/// Known headings that are not there while an unknown one looks like them.
fn missing(sheet: &Arc<str>, layout: &TableLayout, found: &Match) -> Findings {
    let unknown: Vec<(usize, String)> = unknown_columns(found)
        .map(|index| (index, leaf_key(found, index)))
        .filter(|(_, leaf)| !FALSE_FRIENDS.contains(&leaf.as_str()))
        .collect();
    let renamed = found.missing.iter().filter_map(|&target| {
        let heading = headings_of(layout, target).iter().find_map(|heading| {
            let key = heading.leaf_key();
            let near = suggest::nearest(&key, unknown.iter().map(|(_, leaf)| leaf.as_str()))?;
            let (index, _) = unknown.iter().find(|(_, leaf)| leaf == near)?;
            Some((heading, *index))
        });
        let (heading, index) = heading?;
        let shown = found.block.columns[index].label();
        let diagnostic = Diagnostic::warning("header-renamed")
            .at(SheetRange::new(sheet, heading_cell(&found.block, index)))
            .arg("found", shown.as_str())
            .arg("expected", heading.as_str())
            .arg("key", key_of(layout, target));
        Some((shown, diagnostic))
    });
    renamed.collect()
}

/// Headings the template does not know, and that are not like a known one: they become fields of their own.
fn unknown(sheet: &Arc<str>, renamed: &Findings, found: &Match) -> Findings {
    let is_renamed = |index: usize| renamed.iter().any(|(label, _)| *label == found.block.columns[index].label());
    let columns: Vec<usize> = unknown_columns(found).filter(|&index| !is_renamed(index)).collect();
    let labels: Vec<String> = columns.iter().map(|&index| found.block.columns[index].label()).collect();
    if labels.is_empty() {
        return Vec::new();
    }
    let at: Vec<SheetRange> =
        columns.iter().map(|&index| SheetRange::new(sheet, heading_cell(&found.block, index))).collect();
    let subject = labels.join("\n");
    let diagnostic =
        Diagnostic::note("header-unknown").at_all(&at).arg("count", labels.len()).arg("headings", Arg::List(labels));
    vec![(subject, diagnostic)]
}

/// Known columns that stand in another order than the template's, where its order means something.
fn moved(sheet: &Arc<str>, layout: &TableLayout, found: &Match) -> Findings {
    if !layout.ordered {
        return Vec::new();
    }
    let known: Vec<(usize, usize)> = (0..)
        .zip(&found.targets)
        .filter_map(|(index, target)| match target {
            Some(Target::Column(column)) => Some((index, *column)),
            _ => None,
        })
        .collect();
    let kept = longest_rising(&known.iter().map(|&(_, column)| column).collect::<Vec<_>>());
    let moved = known.iter().enumerate().filter(|(place, _)| !kept.contains(place)).map(|(_, &(index, _))| index);
    let finding = |index: usize| {
        let label = found.block.columns[index].label();
        let at = SheetRange::new(sheet, heading_cell(&found.block, index));
        (label.clone(), Diagnostic::note("header-moved").at(at).arg("heading", label))
    };
    moved.map(finding).collect()
}

/// The places of a longest rising sequence: what need not have moved.
fn longest_rising(numbers: &[usize]) -> Vec<usize> {
    let mut best: Vec<Vec<usize>> = Vec::new();
    for (place, number) in numbers.iter().enumerate() {
        let before = best.iter().filter(|places| places.last().is_some_and(|&last| numbers[last] < *number));
        let mut places = before.max_by_key(|places| places.len()).cloned().unwrap_or_default();
        places.push(place);
        best.push(places);
    }
    best.into_iter().max_by_key(Vec::len).unwrap_or_default()
}

/// The columns the template does not know. The hidden column of our own answer sheets is none of them.
fn unknown_columns(found: &Match) -> impl Iterator<Item = usize> {
    let without_target = found.targets.iter().enumerate().filter(|(_, target)| target.is_none());
    without_target.map(|(index, _)| index).filter(|&index| form_version(&found.block.columns[index].label()).is_none())
}

fn leaf_key(found: &Match, index: usize) -> String {
    found.block.columns[index].folded.last().cloned().unwrap_or_default()
}

/// The key a user would give to `--field` for a column.
pub(super) fn key_of(layout: &TableLayout, target: Target) -> &str {
    match target {
        Target::Id(_) => "id",
        Target::Column(index) => &layout.columns[index].key,
        Target::Answer(index) => layout.answers[index].field.key(),
    }
}

/// Says why a template the user asked for is not in the workbook.
pub(super) fn no_fit(
    workbook: &Workbook,
    template: &Arc<Template>,
    heads: &Heads<'_>,
    row: Option<u32>,
    options: &BindOptions,
) -> Failure {
    if heads.iter().all(|(_, head)| head.rows().is_empty()) {
        return nothing_there(workbook, heads);
    }
    let matches = heads.iter().flat_map(|(_, head)| {
        let layouts = template.tables.iter();
        layouts.filter_map(move |layout| best_match(head, layout, row).map(|found| (head, layout, found)))
    });
    let best = matches.max_by_key(|(_, _, found)| found.weight);
    let diagnostics = match best {
        Some((head, layout, found)) => {
            let lacking: Vec<Target> =
                found.missing.iter().copied().filter(|&target| is_required(layout, target)).collect();
            let at = SheetRange::new(&head.sheet.name, found.block.range());
            let shown: Vec<String> = found.block.columns.iter().map(super::head::HeadColumn::label).collect();
            let report = |&target: &Target| header_missing(layout, target, &at, &shown, options);
            lacking.iter().map(report).collect()
        }
        None => vec![id_missing(template, heads, options)],
    };
    if diagnostics.is_empty() {
        vec_failure(vec![id_missing(template, heads, options)])
    } else {
        vec_failure(diagnostics)
    }
}

fn vec_failure(diagnostics: Vec<Diagnostic>) -> Failure {
    Failure { diagnostics }
}

fn header_missing(
    layout: &TableLayout,
    target: Target,
    at: &SheetRange,
    shown: &[String],
    options: &BindOptions,
) -> Diagnostic {
    let expected: Vec<String> = headings_of(layout, target).iter().map(|heading| heading.as_str().to_owned()).collect();
    let key = key_of(layout, target);
    if options.fields.iter().any(|(field, _)| field == key) {
        return field_unknown(key, &expected.join(" / "), at.clone(), shown);
    }
    let nearest = nearest_heading(&expected, shown);
    Diagnostic::error("header-missing")
        .at(at.clone())
        .arg("key", key)
        .arg("expected", Arg::List(expected))
        .arg("found", Arg::List(shown.to_vec()))
        .arg("nearest", nearest)
}

/// Says that a heading the user gave for a field is not there.
pub(super) fn field_unknown(key: &str, heading: &str, at: SheetRange, shown: &[String]) -> Diagnostic {
    let nearest = nearest_heading(&[heading.to_owned()], shown);
    Diagnostic::error("field-heading-unknown")
        .at(at)
        .arg("key", key)
        .arg("heading", heading)
        .arg("found", Arg::List(shown.to_vec()))
        .arg("nearest", nearest)
}

fn id_missing(template: &Template, heads: &Heads<'_>, options: &BindOptions) -> Diagnostic {
    let id = template.tables.iter().flat_map(|table| table.id.columns.first()).flatten();
    let expected: Vec<String> = id.map(|heading| heading.as_str().to_owned()).collect();
    let busiest = heads.iter().flat_map(|(_, head)| head.rows().iter().map(move |&row| (head, row)));
    let busiest = busiest.max_by_key(|(head, row)| (head.block(*row, *row).columns.len(), std::cmp::Reverse(*row)));
    let (at, shown) = match busiest {
        Some((head, row)) => {
            let block = head.block(row, row);
            let shown: Vec<String> = block.columns.iter().map(super::head::HeadColumn::label).collect();
            (Some(SheetRange::new(&head.sheet.name, block.range())), shown)
        }
        None => (None, Vec::new()),
    };
    let place = at.clone().unwrap_or_else(|| SheetRange::new(&Arc::from(""), crate::address::CellRef::new(0, 0)));
    if let Some(heading) = options.ids().next() {
        return field_unknown(options.id_key(), heading, place, &shown);
    }
    let nearest = nearest_heading(&expected, &shown);
    let missing = Diagnostic::error("header-missing").arg("key", "id").arg("expected", Arg::List(expected));
    missing.arg("found", Arg::List(shown)).arg("nearest", nearest).at_all(at.as_ref())
}

/// The shown heading most like one of those expected; `none` when none is.
fn nearest_heading(expected: &[String], shown: &[String]) -> String {
    let keys: Vec<(String, &String)> =
        shown.iter().map(|label| (fold::heading_key(label.rsplit(" > ").next().unwrap_or(label)), label)).collect();
    let near = expected.iter().find_map(|heading| {
        let leaf = fold::heading_key(heading.rsplit(" > ").next().unwrap_or(heading));
        suggest::nearest(&leaf, keys.iter().map(|(key, _)| key.as_str())).map(str::to_owned)
    });
    let found = near.and_then(|near| keys.iter().find(|(key, _)| *key == near));
    found.map_or_else(|| "none".to_owned(), |(_, label)| (*label).clone())
}

/// Says that no sheet holds a table.
pub(super) fn nothing_there(workbook: &Workbook, heads: &Heads<'_>) -> Failure {
    let names: Vec<String> =
        heads.iter().map(|(_, head)| head.sheet.name.to_string()).filter(|name| !name.is_empty()).collect();
    let is_empty = workbook.sheets.iter().all(|sheet| sheet.cells().is_empty());
    let code = if is_empty { "workbook-empty" } else { "table-missing" };
    Diagnostic::error(code).arg("count", names.len()).arg("sheets", Arg::List(names)).into()
}
