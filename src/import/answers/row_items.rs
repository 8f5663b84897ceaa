//! The item of a row, told as a reference tells it: by more than the cell of its number.
//!
//! A vendor's own sheet numbers its items in two columns, by a band above or by the sheet's name. Whoever fills in that
//! sheet answers the item of the row, whatever its number alone would say.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::catalog::{ItemKey, Source};
use crate::template::{BindOptions, Role, bind};
use crate::workbook::Workbook;

use super::layout::our_word;

/// Items by the sheet and the row they begin in.
type ByRow = HashMap<(Arc<str>, u32), Vec<ItemKey>>;

/// Our word and the workbook's, for one column of a sheet.
type Words = HashMap<(Arc<str>, u32), Vec<(String, String)>>;

/// The items of a workbook by sheet and row, read when first asked for.
pub(super) struct RowItems<'a> {
    workbook: &'a Workbook,
    options: &'a BindOptions,
    known: OnceCell<Known>,
}

/// What reading the workbook as a reference tells.
#[derive(Default)]
struct Known {
    by_row: ByRow,
    words: Words,
}

impl<'a> RowItems<'a> {
    pub(super) fn new(workbook: &'a Workbook, options: &'a BindOptions) -> Self {
        Self { workbook, options, known: OnceCell::new() }
    }

    /// The items that begin in a row; none where the workbook is no reference.
    pub(super) fn at(&self, sheet: &Arc<str>, row: u32) -> &[ItemKey] {
        self.known().by_row.get(&(Arc::clone(sheet), row)).map_or(&[], Vec::as_slice)
    }

    /// Our word for one of the workbook's own in a column that a template knows as one of answers.
    pub(super) fn our_word(&self, sheet: &Arc<str>, column: u32, text: &str) -> Option<&str> {
        our_word(self.known().words.get(&(Arc::clone(sheet), column))?, text)
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| self.read().unwrap_or_default())
    }

    fn read(&self) -> Option<Known> {
        // As the reference was found, where the workbook is laid out like it.
        let binding = bind(self.workbook, self.options);
        let binding = binding.or_else(|_| bind(self.workbook, &BindOptions::default())).ok()?;
        let mut known = Known::default();
        for table in &binding.tables {
            let name = &self.workbook.sheets[table.sheet].name;
            for column in &table.columns {
                if let Role::Answer { values, .. } = &column.role {
                    known.words.entry((Arc::clone(name), column.column)).or_default().extend(values.iter().cloned());
                }
            }
        }
        let catalog = crate::import::catalog(self.workbook, &binding, Source::default()).ok()?;
        for item in catalog.items {
            if let Some(place) = item.at.first() {
                known.by_row.entry((Arc::clone(&place.sheet), place.range.first.row)).or_default().push(item.key);
            }
        }
        Some(known)
    }
}
