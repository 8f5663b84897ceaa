//! Scores every template against a workbook and says why.

use std::sync::Arc;

use super::bind::shown_heads;
use super::builtin;
use super::fisc::ids_are_plausible;
use super::head::{Head, HeadColumn};
use super::layout::{TableLayout, Template};
use super::matching::{Match, Target, best_match, headings_of, is_required};
use crate::address::SheetRange;
use crate::workbook::Workbook;

/// How well a template fits a workbook.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The template.
    pub template: Arc<Template>,
    /// Whether it fits well enough to be used.
    pub fits: bool,
    /// Share of its headings that its best table shows, 0.0 to 1.0.
    pub score: f64,
    /// How exactly the headings fit; of the templates that fit, the heaviest is used.
    pub weight: u32,
    /// The header of its best table, if one was found at all.
    pub header: Option<SheetRange>,
    /// Headings of the sheet that were found in the template.
    pub found: Vec<String>,
    /// Headings of the template that were not found, and whether it does not fit without them.
    pub missing: Vec<(String, bool)>,
    /// Headings of the sheet that the template does not know.
    pub unknown: Vec<String>,
    /// Whether the id column holds ids of the template's scheme.
    pub ids_fit: bool,
}

/// Scores every built-in template against a workbook, best first. Looks at the headings of every sheet that is shown.
pub fn detect(workbook: &Workbook) -> Vec<Candidate> {
    let heads = shown_heads(workbook);
    let mut candidates: Vec<Candidate> = builtin::all()
        .iter()
        .map(|template| {
            let tables = heads.iter().flat_map(|(_, head)| template.tables.iter().map(move |layout| (head, layout)));
            let matches =
                tables.filter_map(|(head, layout)| best_match(head, layout, None).map(|found| (head, layout, found)));
            let is_copy =
                |head: &Head<'_>, layout: &TableLayout| layout.copies.iter().any(|name| *name == *head.sheet.name);
            let best = matches
                .max_by_key(|(head, layout, found)| (found.is_complete(layout), !is_copy(head, layout), found.weight));
            best.map_or_else(
                || without_table(template),
                |(head, layout, found)| candidate(template, head, layout, &found),
            )
        })
        .collect();
    candidates.sort_by(|a, b| (b.fits, b.weight).cmp(&(a.fits, a.weight)).then(b.score.total_cmp(&a.score)));
    candidates
}

fn candidate(template: &Arc<Template>, head: &Head<'_>, layout: &TableLayout, found: &Match) -> Candidate {
    let labels = |is_known: bool| -> Vec<String> {
        let columns = found.block.columns.iter().zip(&found.targets);
        columns
            .filter(|(_, target)| target.is_some() == is_known)
            .map(|(column, _)| HeadColumn::label(column))
            .collect()
    };
    let mut missing: Vec<(String, bool)> =
        found.missing.iter().map(|&target| (first_heading(layout, target), is_required(layout, target))).collect();
    missing.sort_by_key(|(_, is_required)| !is_required);
    let known = labels(true);
    let ids_fit = ids_are_plausible(head.sheet, layout, found);
    Candidate {
        template: Arc::clone(template),
        fits: ids_fit && found.is_complete(layout),
        score: known.len() as f64 / (known.len() + missing.len()).max(1) as f64,
        weight: found.weight,
        header: Some(SheetRange::new(&head.sheet.name, found.block.range())),
        found: known,
        missing,
        unknown: labels(false),
        ids_fit,
    }
}

fn without_table(template: &Arc<Template>) -> Candidate {
    let ids = template.tables.iter().filter_map(|table| table.id.columns.first()?.first());
    Candidate {
        template: Arc::clone(template),
        fits: false,
        score: 0.0,
        weight: 0,
        header: None,
        found: Vec::new(),
        missing: ids.map(|heading| (heading.as_str().to_owned(), true)).collect(),
        unknown: Vec::new(),
        ids_fit: false,
    }
}

fn first_heading(layout: &TableLayout, target: Target) -> String {
    headings_of(layout, target).first().map(|heading| heading.as_str().to_owned()).unwrap_or_default()
}
