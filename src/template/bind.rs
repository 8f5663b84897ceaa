//! Finds a template in a workbook, or reads its headings without one.

use std::sync::Arc;

use super::binding::{Binding, BoundTable};
use super::head::Head;
use super::layout::{AnswerLayout, ColumnLayout, Heading, Template};
use super::matching::{Match, best_match};
use super::options::{BindOptions, Heads, answer_field};
use super::{builtin, drift, fisc, generic, lists, tables};
use crate::address::SheetRange;
use crate::diagnostic::{Arg, Diagnostic, Failure};
use crate::text::suggest;
use crate::workbook::{Visibility, Workbook};

/// Finds the tables of a reference and says how.
///
/// # Errors
///
/// `table-missing` when no sheet holds a table, `table-ambiguous` when two readings of the same cells are equally good,
/// `sheet-unknown`, `header-missing`, `field-heading-unknown` when what the options name is not there.
pub fn bind(workbook: &Workbook, options: &BindOptions) -> Result<Binding, Failure> {
    let heads = heads(workbook, &options.sheets)?;
    let row = options.header_row.map(|row| row.saturating_sub(1));
    let mut binding = match &options.template {
        Some(template) => {
            let template = with_fields(template, options);
            let found = Found::of(&template, &heads, row);
            if found.tables.is_empty() {
                return Err(drift::no_fit(workbook, &template, &heads, row, options));
            }
            found.bind(workbook, &heads)
        }
        None if options.fields.is_empty() => match best_builtin(workbook, &heads, row)? {
            Some(found) => found.bind(workbook, &heads),
            None => generic::bind(workbook, &heads, options)?,
        },
        None => generic::bind(workbook, &heads, options)?,
    };
    binding.diagnostics.extend(hidden_sheets(workbook, &binding));
    binding.diagnostics.extend(numbered_rows(workbook, &binding));
    Ok(binding)
}

fn heads<'a>(workbook: &'a Workbook, names: &[String]) -> Result<Heads<'a>, Failure> {
    if names.is_empty() {
        return Ok(shown_heads(workbook));
    }
    let find = |name: &String| {
        let place = workbook.sheets.iter().position(|sheet| *sheet.name == **name);
        place.map(|index| (index, Head::new(&workbook.sheets[index]))).ok_or_else(|| sheet_unknown(workbook, name))
    };
    let mut heads = names.iter().map(find).collect::<Result<Heads<'a>, Diagnostic>>()?;
    heads.sort_by_key(|&(index, _)| index);
    heads.dedup_by_key(|&mut (index, _)| index);
    Ok(heads)
}

/// The heads of all sheets that are shown.
pub(super) fn shown_heads(workbook: &Workbook) -> Heads<'_> {
    let sheets = workbook.sheets.iter().enumerate();
    let shown = sheets.filter(|(_, sheet)| sheet.visibility == Visibility::Visible);
    shown.map(|(index, sheet)| (index, Head::new(sheet))).collect()
}

fn sheet_unknown(workbook: &Workbook, name: &str) -> Diagnostic {
    let names: Vec<String> = workbook.sheets.iter().map(|sheet| sheet.name.to_string()).collect();
    let nearest = suggest::nearest(name, names.iter().map(String::as_str)).unwrap_or("none").to_owned();
    Diagnostic::error("sheet-unknown").arg("sheet", name).arg("nearest", nearest).arg("sheets", Arg::List(names))
}

/// A template with the headings the user gave for its fields.
fn with_fields(template: &Arc<Template>, options: &BindOptions) -> Arc<Template> {
    if options.fields.is_empty() {
        return Arc::clone(template);
    }
    let mut own = Template::clone(template);
    let ids: Vec<Vec<Heading>> = options.ids().map(|heading| vec![Heading::new(heading)]).collect();
    for table in &mut own.tables {
        if !ids.is_empty() {
            table.id.columns.clone_from(&ids);
            table.id.numbered = options.is_numbered();
        }
        for (field, heading) in options.others() {
            let headings = vec![Heading::new(heading)];
            if let Some(column) = table.columns.iter_mut().find(|column| column.key == *field) {
                column.headings = headings;
                column.required = true;
            } else if let Some(answer) = answer_field(field) {
                table.answers.retain(|known| known.field != answer);
                table.answers.push(AnswerLayout { field: answer, headings, required: true, values: Vec::new() });
            } else {
                let column = ColumnLayout { key: field.clone(), headings, required: true, ..ColumnLayout::default() };
                table.columns.push(column);
            }
        }
    }
    Arc::new(own)
}

/// Whether a sheet only repeats what a table of the template holds.
fn is_copy(template: &Template, sheet: &crate::workbook::Sheet) -> bool {
    template.tables.iter().flat_map(|table| &table.copies).any(|name| *name == *sheet.name)
}

/// A template with the headers it was found by.
pub(super) struct Found {
    template: Arc<Template>,
    /// Place in the heads, place of the layout, and the header.
    tables: Vec<(usize, usize, Match)>,
}

impl Found {
    /// Finds a template's tables: on every sheet the layout that fits best, and those that name the same sheet by its
    /// very name and have a header of their own on it.
    pub(super) fn of(template: &Arc<Template>, heads: &Heads<'_>, row: Option<u32>) -> Self {
        let on_sheet = |place: usize, head: &Head<'_>| {
            let layouts = template.tables.iter().enumerate();
            let matches = layouts.filter_map(|(index, layout)| {
                let found = best_match(head, layout, row)?;
                let is_good = found.is_complete(layout) && fisc::ids_are_plausible(head.sheet, layout, &found);
                is_good.then_some((place, index, found))
            });
            let mut matches: Vec<(usize, usize, Match)> = matches.collect();
            let is_named =
                |index: usize| template.tables[index].sheets.iter().any(|name| name.as_str() == &*head.sheet.name);
            // Of layouts that fit alike the one that names the sheet.
            matches.sort_by_key(|(_, index, found)| (std::cmp::Reverse(found.weight), !is_named(*index), *index));
            let mut taken: Vec<(usize, usize, Match)> = Vec::new();
            for (place, index, found) in matches {
                let stands_apart = |(_, other, taken): &(usize, usize, Match)| {
                    is_named(index) && is_named(*other) && !taken.block.range().intersects(&found.block.range())
                };
                if taken.iter().all(stands_apart) {
                    taken.push((place, index, found));
                }
            }
            taken.sort_by_key(|(_, _, found)| found.block.first);
            taken
        };
        let tables = heads.iter().enumerate().flat_map(|(place, (_, head))| on_sheet(place, head)).collect();
        let mut found = Self { template: Arc::clone(template), tables };
        if found.tables.iter().any(|(place, ..)| !is_copy(template, heads[*place].1.sheet)) {
            found.tables.retain(|(place, ..)| !is_copy(template, heads[*place].1.sheet));
        }
        found
    }

    /// How well the best header fits.
    fn weight(&self) -> u32 {
        self.tables.iter().map(|(_, _, found)| found.weight).max().unwrap_or(0)
    }

    fn bind(self, workbook: &Workbook, heads: &Heads<'_>) -> Binding {
        let mut bound: Vec<BoundTable> = Vec::new();
        let mut diagnostics = drift::report(&self.template, heads, &self.tables);
        let lists: Vec<_> = heads
            .iter()
            .flat_map(|(index, head)| lists::bound_lists(&self.template.lists, head.sheet, *index))
            .filter(|list| {
                !self.tables.iter().any(|(place, _, found)| {
                    heads[*place].0 == list.sheet && found.block.range().intersects(&list.header)
                })
            })
            .collect();
        let headers: Vec<(usize, u32)> =
            self.tables.iter().map(|(place, _, found)| (*place, found.block.first)).collect();
        for (place, layout_index, found) in self.tables {
            let (index, head) = &heads[place];
            let below = headers.iter().filter(|&&(other, row)| other == place && row > found.block.last);
            let lists = lists.iter().filter(|list| list.sheet == *index).map(|list| list.header.first.row);
            let stops: Vec<u32> = lists.chain(below.map(|&(_, row)| row)).collect();
            let layout = &self.template.tables[layout_index];
            bound.extend(tables::bound_tables(head.sheet, *index, layout_index, layout, found, &stops));
        }
        diagnostics.extend(tables::repeated_headings(workbook, &bound));
        let is_bound = |index: usize| {
            bound.iter().any(|table| table.sheet == index)
                || lists.iter().any(|list| list.sheet == index)
                || is_copy(&self.template, &workbook.sheets[index])
        };
        diagnostics.extend(generic::other_tables(heads, &is_bound));
        Binding { template: self.template, tables: bound, lists, diagnostics }
    }
}

/// The built-in template that fits best.
fn best_builtin(workbook: &Workbook, heads: &Heads<'_>, row: Option<u32>) -> Result<Option<Found>, Failure> {
    let all = builtin::all().iter().map(|template| Found::of(template, heads, row));
    let mut fits: Vec<Found> = all.filter(|found| !found.tables.is_empty()).collect();
    fits.sort_by_key(|found| std::cmp::Reverse(found.weight()));
    let best = fits.first().map_or(0, Found::weight);
    fits.retain(|found| found.weight() == best);
    if fits.len() > 1 && fits.iter().any(|other| !read_the_same(&fits[0], other)) {
        return Err(ambiguous(workbook, heads, &fits));
    }
    Ok(fits.into_iter().next())
}

/// Whether two templates give the same columns the same keys.
fn read_the_same(a: &Found, b: &Found) -> bool {
    let columns = |found: &Found| -> Vec<(usize, u32, Vec<String>)> {
        let of_table = |(place, layout, found_table): &(usize, usize, Match)| {
            let layout = &found.template.tables[*layout];
            let keys = found_table.targets.iter().map(|target| match target {
                Some(super::matching::Target::Column(index)) => layout.columns[*index].key.clone(),
                other => format!("{other:?}"),
            });
            (*place, found_table.block.first, keys.collect())
        };
        found.tables.iter().map(of_table).collect()
    };
    columns(a) == columns(b)
}

fn ambiguous(workbook: &Workbook, heads: &Heads<'_>, fits: &[Found]) -> Failure {
    let names = fits.iter().filter_map(|found| found.template.name.clone());
    let flags: Vec<String> = names.map(|name| format!("--template {name}")).collect();
    let places = fits
        .iter()
        .flat_map(|found| found.tables.first())
        .map(|(place, _, found)| SheetRange::new(&workbook.sheets[heads[*place].0].name, found.block.range()));
    let mut at: Vec<SheetRange> = places.collect();
    at.dedup();
    let first = flags.first().cloned().unwrap_or_default();
    Diagnostic::error("table-ambiguous").at_all(&at).arg("candidates", Arg::List(flags)).arg("first", first).into()
}

/// Says that the ids are numbers of ours, which are others after a row was put in.
fn numbered_rows(workbook: &Workbook, binding: &Binding) -> Option<Diagnostic> {
    let numbered = binding.tables.iter().filter(|table| binding.layout(table).id.numbered);
    let at: Vec<SheetRange> = numbered.map(|table| table.header_in(workbook)).collect();
    (!at.is_empty()).then(|| Diagnostic::note("rows-numbered").at_all(&at))
}

/// Says which hidden sheets were left out.
fn hidden_sheets(workbook: &Workbook, binding: &Binding) -> Option<Diagnostic> {
    let is_left_out =
        |&(index, _): &(usize, &crate::workbook::Sheet)| !binding.tables.iter().any(|table| table.sheet == index);
    let hidden = workbook.sheets.iter().enumerate().filter(is_left_out).map(|(_, sheet)| sheet);
    let hidden = hidden.filter(|sheet| sheet.visibility != Visibility::Visible && !sheet.cells().is_empty());
    let names: Vec<String> = hidden.map(|sheet| sheet.name.to_string()).collect();
    (!names.is_empty())
        .then(|| Diagnostic::note("sheet-hidden").arg("count", names.len()).arg("sheets", Arg::List(names)))
}
