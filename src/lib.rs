//! Reads security references, compares their editions, carries answers over and fills the workbooks.
//!
//! # The map
//!
//! The tree is the data flow, drawn from top to bottom. A stage uses earlier stages only; a test reads `src/` and
//! fails on a reversed import.
//!
//! ```text
//! address  diagnostic  text      where a fact stands · what is worth saying · texts, folded and measured
//!    │
//! workbook                       what a file says: package, cells, runs; and the patch that changes cells only
//!    │
//! catalog  answers               what a reference says · what the user says: models, ids, JSON
//!    │
//! template                       how a known workbook is laid out: detect, bind, propose
//!    │
//! import                         workbook + binding → catalog, answers, crosswalk, decisions
//!    │
//! check  diff                    findings · what changed, down to the word
//!    │
//! carry  assess                  answers to the next edition · 点検結果 and status
//!    │
//! fill                           the vendor's own workbook with only answer cells changed, and the receipt
//!    │
//! render                         all of it shown: words, terminal, html, xlsx, export, json
//!    │
//! review                         the whole job of a revision in one call
//!    ┆
//! cli                            the binary: files, terminal, clock, environment
//! ```
//!
//! # Invariants
//!
//! - The library takes bytes and values and returns bytes and values: no files, no terminal, no clock, no environment,
//!   no network, no processes. It builds for the browser (`wasm32-unknown-unknown`).
//! - `workbook` knows nothing of items, `catalog` nothing of cells' looks, `diff` nothing of how it is shown, and a
//!   renderer decides nothing.
//! - Every fact a user may question carries the cells it came from ([`address::SheetRange`]).
//! - What went wrong is a code with facts ([`diagnostic::Diagnostic`]); only [`render::words`] has sentences.
//! - One external crate has one home; the wire forms are private mirrors of the models.
//! - The same input gives the same bytes.
//!
//! # Glossary
//!
//! | word | meaning |
//! |---|---|
//! | workbook, sheet, cell, range, run | what the file says, as in SpreadsheetML |
//! | catalog, group, item, field, edition | what a reference says (OSCAL: catalog, group, control, part) |
//! | template, binding | how a known workbook is laid out · a template found in a workbook |
//! | answer, answer sheet | what the user says about an item · the file they say it in |
//! | align, change, segment, move, renumber | what the difference is made of |
//! | retired (欠番) | the number exists, the item does not |
//! | notation change (表記のみ) | width, blanks, look-alikes: nothing a reader would answer differently |
//! | mark | what the publisher painted inside a cell to show a revision |
//! | receipt | what a fill wrote and what it left untouched, with hashes |
//!
//! # Example
//!
//! ```
//! use secref::diff::{DiffOptions, diff};
//! # fn main() -> Result<(), secref::diagnostic::Failure> {
//! # let read = |text: &str| -> Result<secref::catalog::Catalog, secref::diagnostic::Failure> {
//! #     let workbook = secref::workbook::read(text.as_bytes(), "a.csv", &Default::default())?;
//! #     let binding = secref::template::bind(&workbook, &Default::default())?;
//! #     secref::import::catalog(&workbook, &binding, Default::default())
//! # };
//! let old = read("項番,本調査で確認した内容\n統1,規程がある。\n統2,台帳がある。\n")?;
//! let new = read("項番,本調査で確認した内容\n統1,規程がある。毎年見直す。\n統2,台帳がある。\n")?;
//! let changes = diff(&old, &new, &DiffOptions::default())?;
//! assert_eq!((changes.summary.changed, changes.summary.unchanged), (1, 1));
//! # Ok(())
//! # }
//! ```

#![warn(unreachable_pub)]

pub mod address;
pub mod answers;
pub mod assess;
pub mod carry;
pub mod catalog;
pub mod check;
pub mod diagnostic;
pub mod diff;
pub mod fill;
pub mod import;
pub mod render;
pub mod review;
pub mod template;
pub mod text;
pub mod workbook;
