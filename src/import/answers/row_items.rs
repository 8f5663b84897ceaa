//! The item of a row, told as a reference tells it: by more than the cell of its number.
//!
//! A vendor's own sheet numbers its items in two columns, by a band above or by the sheet's name. Whoever fills in that
//! sheet answers the item of the row, whatever its number alone would say.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::catalog::{ItemKey, Source};
use crate::template::{BindOptions, bind};
use crate::workbook::Workbook;

/// Items by the sheet and the row they begin in.
type ByRow = HashMap<(Arc<str>, u32), Vec<ItemKey>>;

/// The items of a workbook by sheet and row, read when first asked for.
pub(super) struct RowItems<'a> {
    workbook: &'a Workbook,
    options: &'a BindOptions,
    by_row: OnceCell<ByRow>,
}

impl<'a> RowItems<'a> {
    pub(super) fn new(workbook: &'a Workbook, options: &'a BindOptions) -> Self {
        Self { workbook, options, by_row: OnceCell::new() }
    }

    /// The items that begin in a row; none where the workbook is no reference.
    pub(super) fn at(&self, sheet: &Arc<str>, row: u32) -> &[ItemKey] {
        let items = self.by_row.get_or_init(|| self.read().unwrap_or_default());
        items.get(&(Arc::clone(sheet), row)).map_or(&[], Vec::as_slice)
    }

    fn read(&self) -> Option<ByRow> {
        // As the reference was found, where the workbook is laid out like it.
        let binding = bind(self.workbook, self.options);
        let binding = binding.or_else(|_| bind(self.workbook, &BindOptions::default())).ok()?;
        let catalog = crate::import::catalog(self.workbook, &binding, Source::default()).ok()?;
        let mut items = ByRow::with_capacity(catalog.items.len());
        for item in catalog.items {
            if let Some(place) = item.at.first() {
                items.entry((Arc::clone(&place.sheet), place.range.first.row)).or_default().push(item.key);
            }
        }
        Some(items)
    }
}
