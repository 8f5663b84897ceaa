//! Reads security references (vendors' answers to FISC 安全対策基準, CAIQ and their kin, mostly Excel workbooks), compares
//! their editions, carries your answers over and fills the workbooks.
//!
//! # Where to begin
//!
//! | you have | you call | you get |
//! |---|---|---|
//! | the bytes of a file | [`workbook::read()`] | its sheets and cells, whatever the format |
//! | a workbook | [`template::bind()`] | the table in it: with a template, or by its headings |
//! | both | [`import::catalog()`] | a [`catalog::Catalog`]: items, fields, marks, citations, each with its cells |
//! | an answer sheet | [`import::answers()`] | [`answers::Answers`] |
//! | a catalog and answers | [`check::catalog()`], [`assess::assess()`] | findings, 点検結果 |
//! | two catalogs | [`diff::diff()`] | what changed, down to the word |
//! | answers and a difference | [`carry::carry()`] | answers to the new edition, each with why it may stand |
//! | answers and a workbook | [`fill::into()`] | the workbook with only the answer cells changed, and a receipt |
//! | any of these | [`render`] | text, HTML, Excel, Markdown, CSV, JSON, OSCAL |
//! | all of it | [`review::review()`] | every deliverable of a revision |
//!
//! ```
//! use secref::answers::Recheck;
//! use secref::carry::{CarryOptions, carry};
//! use secref::catalog::{Catalog, Source};
//! use secref::diagnostic::Failure;
//! use secref::diff::{DiffOptions, diff};
//! use secref::import::{self, AnswerOptions};
//! use secref::template::{BindOptions, bind};
//! use secref::workbook::{ReadOptions, read};
//!
//! fn reference(bytes: &[u8], file: &str) -> Result<Catalog, Failure> {
//!     let workbook = read(bytes, file, &ReadOptions::default())?;
//!     let binding = bind(&workbook, &BindOptions::default())?;
//!     import::catalog(&workbook, &binding, Source { file: file.to_owned(), ..Source::default() })
//! }
//!
//! # fn main() -> Result<(), Failure> {
//! let old = "項番,本調査で確認した内容\n統1,規程がある。\n統2,台帳がある。\n";
//! let new = "項番,本調査で確認した内容\n統1,規程がある。毎年見直す。\n統2,台帳がある。\n";
//! let (old, new) = (reference(old.as_bytes(), "old.csv")?, reference(new.as_bytes(), "new.csv")?);
//!
//! let changes = diff(&old, &new, &DiffOptions::default())?;
//! assert_eq!((changes.summary.changed, changes.summary.unchanged), (1, 1));
//!
//! let sheet = "項番,自己評価,対応内容\n統1,対応済,規程を定めた。\n統2,対応済,台帳を置いた。\n";
//! let sheet = read(sheet.as_bytes(), "answers.csv", &ReadOptions::default())?;
//! let options = AnswerOptions { catalog: Some(&old), ..AnswerOptions::default() };
//! let answers = import::answers(&sheet, &options)?.answers;
//!
//! let carried = carry(&answers, &old, &new, &changes, &CarryOptions::default())?.answers;
//! assert_eq!(carried.answers[0].recheck, Some(Recheck::Needed));
//! assert_eq!(carried.answers[1].recheck, None);
//! # Ok(())
//! # }
//! ```
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
