//! Excel workbooks: the difference, the self-check deliverable, the answer sheet, a catalog laid flat.
//!
//! The home of rust_xlsxwriter. What stands in a workbook is decided elsewhere (`diff`, `assess`, `carry`); here it is
//! laid out, so that it can be printed, filtered, filled in and read back. Same input, same bytes: the only time in a
//! workbook is the one it is given.

mod answer_sheet;
mod catalog;
mod diff;
mod entries;
mod finish;
mod headings;
mod looks;
mod measure;
mod rich;
mod self_check;
mod sheet;

pub use answer_sheet::{AnswerSheet, answer_sheet};
pub use catalog::catalog;
pub use diff::{DiffWorkbook, Sides, diff};
pub use self_check::{Cover, HistoryEntry, SelfCheck, self_check};

use crate::diagnostic::Diagnostic;

/// A finished workbook, and what could not be shown in it whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The xlsx file.
    pub bytes: Vec<u8>,
    /// What a limit of Excel cut short, each with its cell in the new workbook.
    pub diagnostics: Vec<Diagnostic>,
}
