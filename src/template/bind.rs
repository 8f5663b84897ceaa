//! Finds a template in a workbook, or reads its headings without one.

use std::sync::Arc;

use super::binding::Binding;
use super::layout::Template;
use crate::diagnostic::{Diagnostic, Failure};
use crate::workbook::Workbook;

/// How a table is to be found. By default the best built-in template decides, and without one the generic reading.
#[derive(Clone, Debug, Default)]
pub struct BindOptions {
    /// The template to use, whatever others fit.
    pub template: Option<Arc<Template>>,
    /// The only sheets to look at, by name; hidden ones count when named. Empty for all that are shown.
    pub sheets: Vec<String>,
    /// The first header row, from 1.
    pub header_row: Option<u32>,
    /// Fields and the headings of their columns, `id` among the keys.
    pub fields: Vec<(String, String)>,
}

/// Finds the tables of a reference and says how.
///
/// # Errors
///
/// `table-missing` when no sheet holds a table, `table-ambiguous` when two readings of the same cells are equally good,
/// `sheet-unknown`, `header-missing`, `field-heading-unknown` when what the options name is not there.
pub fn bind(workbook: &Workbook, options: &BindOptions) -> Result<Binding, Failure> {
    let _ = (workbook, options);
    Err(Diagnostic::error("table-missing").into())
}
