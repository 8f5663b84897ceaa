//! The generic reading: the best header row and the best id column of a table no template knows.
//!
//! Never silent: what was chosen comes back as a warning with the flags that pin it; two equally good choices are an
//! error that lists them.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use super::binding::Binding;
use super::drift::field_unknown;
use super::fisc;
use super::head::{Head, HeadColumn};
use super::layout::{TableLayout, Template};
use super::matching::{Match, match_block};
use super::missing::{self, field_flag, quoted};
use super::options::{BindOptions, Heads};
use super::reading::Reading;
use super::tables;
use crate::address::SheetRange;
use crate::catalog::edition;
use crate::catalog::id::Scheme;
use crate::diagnostic::{Arg, Diagnostic, Failure};
use crate::workbook::Workbook;

/// Reads the headings of a workbook without a template.
pub(super) fn bind(workbook: &Workbook, heads: &Heads<'_>, options: &BindOptions) -> Result<Binding, Failure> {
    let row = options.header_row.map(|row| row.saturating_sub(1));
    let readings = heads.iter().enumerate().filter_map(|(place, (_, head))| Reading::best(place, head, row, options));
    let readings = chosen(readings.collect(), !options.sheets.is_empty());
    let is_free = row.is_none() && options.ids().next().is_none();
    let above = |reading: &Reading| reading.above(&heads[reading.place].1, options).filter(|_| is_free);
    let readings: Vec<Reading> =
        readings.into_iter().flat_map(|found| above(&found).into_iter().chain([found])).collect();
    if readings.is_empty() {
        return Err(missing::nothing_found(workbook, heads, row, options));
    }
    let rivals: Vec<&Reading> = readings.iter().filter(|reading| reading.is_ambiguous()).collect();
    if !rivals.is_empty() {
        return Err(ambiguous(heads, &rivals));
    }
    // A list of documents looks alike whoever publishes it.
    let lists = super::builtin::builtin("fisc-generic").map(|known| known.lists.clone()).unwrap_or_default();
    let mut template = Template { lists, ..Template::default() };
    let mut bound = Vec::new();
    let mut unread = Vec::new();
    let laid_out = |reading: &Reading| {
        let sheet = heads[reading.place].1.sheet;
        let layout = reading.layout(sheet, options);
        let found = match_block(Rc::clone(&reading.block), &layout);
        (fisc::Signs::of(sheet, &layout, &found), layout, found)
    };
    let (signs, layouts): (Vec<_>, Vec<_>) =
        readings.iter().map(laid_out).map(|(signs, layout, found)| (signs, (layout, found))).unzip();
    let is_fisc = signs.into_iter().reduce(fisc::Signs::and).is_some_and(|signs| signs.are_clear());
    if is_fisc {
        template.framework = Some("fisc".to_owned());
        template.editions = edition::fisc();
    }
    for (reading, (mut layout, found)) in readings.iter().zip(layouts) {
        let (index, head) = &heads[reading.place];
        layout.id.scheme = is_fisc.then_some(Scheme::Fisc);
        unread.extend(unknown_fields(head, &layout, &found, options));
        let lists = super::lists::bound_lists(&template.lists, head.sheet, *index);
        let same_sheet = readings.iter().filter(|other| other.place == reading.place).map(|other| other.block.first);
        let stops = lists.iter().map(|list| list.header.first.row).chain(same_sheet);
        let stops: Vec<u32> = stops.filter(|&row| row > found.block.last).collect();
        bound.extend(tables::bound_tables(head.sheet, *index, template.tables.len(), &layout, found, &stops));
        template.tables.push(layout);
    }
    if !unread.is_empty() {
        return Err(Failure { diagnostics: unread });
    }
    let lists = all_lists(heads, &template, &bound);
    let mut diagnostics = Vec::new();
    let is_pinned = options.ids().next().is_some() && options.header_row.is_some();
    if !is_pinned {
        diagnostics.push(announcement(heads, &readings, options.id_key()));
    }
    if is_fisc {
        let at: Vec<SheetRange> = readings.iter().map(|reading| place_of(heads, reading)).collect();
        diagnostics.push(Diagnostic::note("framework-inferred").at_all(&at).arg("framework", "fisc"));
    }
    diagnostics.extend(left_out(heads, &readings, &lists));
    diagnostics.extend(tables::repeated_headings(workbook, &bound));
    Ok(Binding { template: Arc::new(template), tables: bound, lists, diagnostics })
}

/// The lists of documents on all sheets, but for those that are the tables themselves.
fn all_lists(heads: &Heads<'_>, template: &Template, bound: &[super::BoundTable]) -> Vec<super::BoundList> {
    let found = heads.iter().flat_map(|(index, head)| super::lists::bound_lists(&template.lists, head.sheet, *index));
    let is_table = |list: &super::BoundList| {
        bound.iter().any(|table| table.sheet == list.sheet && table.header.intersects(&list.header))
    };
    found.filter(|list| !is_table(list)).collect()
}

/// The readings to use: the best one, those of the same shape, and every other table that names its id column.
fn chosen(mut readings: Vec<Reading>, are_named: bool) -> Vec<Reading> {
    let items = |reading: &Reading| match readings.len() {
        // A form in several sheets counts as a whole; nobody has a hundred.
        0..=100 => readings.iter().filter(|other| other.has_shape_of(reading)).map(|other| other.items).sum(),
        _ => reading.items,
    };
    let strengths: Vec<f64> = readings.iter().map(|reading| reading.strength(items(reading))).collect();
    // Of equally good ones the first sheet's.
    let best = (0..readings.len()).rev().max_by(|&a, &b| strengths[a].total_cmp(&strengths[b]));
    let Some(best) = best else { return Vec::new() };
    let (left, right) = readings.split_at_mut(best);
    if let Some((best, right)) = right.split_first_mut() {
        left.iter_mut().chain(right).for_each(|reading| reading.take_id_of(best));
    }
    let is_used: Vec<bool> = readings
        .iter()
        .enumerate()
        .map(|(index, reading)| {
            let is_report = reading.is_derived && !readings[best].is_derived;
            let is_table = readings[best].is_named && reading.is_table_of_ids();
            index == best || are_named || !is_report && (is_table || reading.has_shape_of(&readings[best]))
        })
        .collect();
    let mut used = is_used.into_iter();
    readings.retain(|_| used.next().unwrap_or(false));
    readings
}

/// Fields the user named whose heading is not there.
fn unknown_fields(head: &Head<'_>, layout: &TableLayout, found: &Match, options: &BindOptions) -> Vec<Diagnostic> {
    let at = SheetRange::new(&head.sheet.name, found.block.range());
    let shown: Vec<String> = found.block.columns.iter().map(HeadColumn::label).collect();
    let is_lost = |key: &str| found.missing.iter().any(|&target| super::drift::key_of(layout, target) == key);
    let lost = options.others().filter(|(key, _)| is_lost(key));
    lost.map(|(key, heading)| field_unknown(key, heading, at.clone(), &shown)).collect()
}

/// Says how the tables were read and which flags pin it.
fn announcement(heads: &Heads<'_>, readings: &[Reading], key: &str) -> Diagnostic {
    let at: Vec<SheetRange> = readings.iter().map(|reading| place_of(heads, reading)).collect();
    let rows: HashSet<u32> = readings.iter().map(|reading| reading.block.first).collect();
    let ids: HashSet<Vec<String>> = readings.iter().map(Reading::id_labels).collect();
    let mut places: Vec<usize> = readings.iter().map(|reading| reading.place).collect();
    places.dedup();
    let sheets = places.iter().map(|&place| &heads[place].1.sheet.name).filter(|name| !name.is_empty());
    let mut flags: Vec<String> = sheets.map(|name| format!("--sheet {}", quoted(name))).collect();
    if places.len() == heads.len() {
        flags.clear();
    }
    if let (1, Some(row)) = (rows.len(), rows.iter().next()) {
        flags.push(format!("--header-row {}", row + 1));
    }
    if let (1, Some(ids)) = (ids.len(), ids.iter().next()) {
        flags.extend(ids.iter().map(|id| field_flag(key, id)));
    }
    let others: Vec<&str> = readings[0].others().collect();
    Diagnostic::warning("template-none")
        .at_all(&at)
        .arg("id", readings[0].id_labels().join("` + `"))
        .arg("row", readings[0].block.first + 1)
        .arg("tables", readings.len())
        .arg("others", if others.is_empty() { "none".to_owned() } else { others.join("`, `") })
        .arg("flags", if flags.is_empty() { "none".to_owned() } else { flags.join(" ") })
}

fn place_of(heads: &Heads<'_>, reading: &Reading) -> SheetRange {
    SheetRange::new(&heads[reading.place].1.sheet.name, reading.block.range())
}

/// Says which sheets no template's table is on hold a table all the same, and how the first of them is read.
pub(super) fn other_tables(heads: &Heads<'_>, is_bound: &dyn Fn(usize) -> bool) -> Option<Diagnostic> {
    let unbound = (0..).zip(heads).filter(|(_, (index, _))| !is_bound(*index));
    let readings = unbound.filter_map(|(place, (_, head))| Reading::best(place, head, None, &BindOptions::default()));
    let tables: Vec<Reading> = readings.filter(Reading::is_table_of_ids).collect();
    let first = tables.first()?;
    let names: Vec<String> = tables.iter().map(|table| heads[table.place].1.sheet.name.to_string()).collect();
    let at: Vec<SheetRange> = tables.iter().map(|table| place_of(heads, table)).collect();
    let mut flags = vec![format!("--sheet {}", quoted(&names[0])), format!("--header-row {}", first.block.first + 1)];
    flags.extend(first.id_labels().iter().map(|id| field_flag("id", id)));
    let note = Diagnostic::note("sheet-of-no-template").at_all(&at).arg("count", names.len());
    Some(note.arg("sheets", Arg::List(names)).arg("flags", flags.join(" ")))
}

/// Says which sheets with something on them were not read.
fn left_out(heads: &Heads<'_>, readings: &[Reading], lists: &[super::BoundList]) -> Option<Diagnostic> {
    let is_read = |place: usize| {
        readings.iter().any(|reading| reading.place == place) || lists.iter().any(|list| list.sheet == heads[place].0)
    };
    let unread = heads.iter().enumerate().filter(|(place, (_, head))| !is_read(*place) && !head.rows().is_empty());
    let names: Vec<String> = unread.map(|(_, (_, head))| head.sheet.name.to_string()).collect();
    (!names.is_empty())
        .then(|| Diagnostic::note("sheet-not-read").arg("count", names.len()).arg("sheets", Arg::List(names)))
}

fn ambiguous(heads: &Heads<'_>, readings: &[&Reading]) -> Failure {
    let report = |reading: &&Reading| {
        let flags: Vec<String> = reading.rivals.iter().map(|label| field_flag("id", label)).collect();
        let first = flags.first().cloned().unwrap_or_default();
        let at = place_of(heads, reading);
        Diagnostic::error("table-ambiguous").at(at).arg("candidates", Arg::List(flags)).arg("first", first)
    };
    Failure { diagnostics: readings.iter().map(report).collect() }
}
