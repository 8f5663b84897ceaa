//! Writes answers into the vendor's own workbook and proves what was written.
//!
//! `plan` decides which answer goes into which cell and why some do not, `columns` adds answer columns where the
//! vendor has none, `workbook::patch` cuts the cells in, `receipt` says what was done. New workbooks are laid out by
//! `render::xlsx`; their receipts are made here.

mod added;
mod columns;
mod plan;
pub mod receipt;
mod rules;
mod targets;
mod ticks;
mod words;

#[cfg(test)]
mod tests;

pub use plan::Planned;
pub use receipt::Receipt;

use std::collections::HashSet;

use crate::address::SheetRange;
use crate::answers::{AnswerField, Answers};
use crate::catalog::{Catalog, ItemKey};
use crate::diagnostic::{Diagnostic, Failure};
use crate::template::Binding;
use crate::text::hash::sha256_hex;
use crate::workbook::patch::{PatchOptions, Patched, SheetEdits, patch};
use crate::workbook::{Limits, Workbook, carried_along};
use plan::{Plan, Write};
use receipt::{CellChange, File, Output, Skipped};

/// Said of answers to fields that the workbook has no column for.
const NO_COLUMN: &str = "answer-column-missing";

/// Which answer columns are added right of a table that lacks them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Append {
    /// Those the answers use, where a table has no answer column at all.
    #[default]
    WhereNone,
    /// These, where a table lacks them.
    Fields(Vec<AnswerField>),
    /// None.
    Never,
}

/// How answers are written into a workbook. Defaults: what stands there stays, locked cells stay, columns are added
/// where a table has none, the default [`Limits`], nothing known of the files.
#[derive(Clone, Debug, Default)]
pub struct FillOptions {
    /// Whether a cell that holds something else is overwritten. Formulas never are.
    pub overwrite: bool,
    /// Whether locked cells of protected sheets are written. The protection itself stays.
    pub unlock: bool,
    /// Which answer columns are added.
    pub append: Append,
    /// How much of the file is taken in.
    pub limits: Limits,
    /// Name of the workbook's file, for the receipt.
    pub workbook_file: String,
    /// Name of the file the result goes to, for the receipt.
    pub output_file: String,
    /// The other inputs, for the receipt: the reference and the answers.
    pub inputs: Vec<File>,
}

/// A filled workbook.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The file.
    pub bytes: Vec<u8>,
    /// What was written and what was left alone.
    pub receipt: Receipt,
    /// One warning for each answer that was skipped or has no item, one note on all fields without a column.
    pub diagnostics: Vec<Diagnostic>,
}

/// Writes answers into the vendor's workbook, cell by cell, and nothing else.
///
/// `bytes` is the file, `workbook` and `binding` what was read of it, `catalog` what was imported with them: an item's
/// row is the first row of its `at` within a bound table. No answers, or answers that are there already, give the same
/// bytes. What cannot be written is skipped, said and left as it was; the rest is written.
///
/// # Errors
///
/// Those of [`patch()`]: formats that cannot be written, encrypted or signed workbooks, damaged parts.
pub fn into(
    bytes: &[u8],
    workbook: &Workbook,
    binding: &Binding,
    catalog: &Catalog,
    answers: &Answers,
    options: &FillOptions,
) -> Result<Filled, Failure> {
    write(bytes, workbook, plan(workbook, binding, catalog, answers, options), options)
}

/// Decides which answer goes into which cell, and why some do not: the first half of [`into()`].
pub fn plan(
    workbook: &Workbook,
    binding: &Binding,
    catalog: &Catalog,
    answers: &Answers,
    options: &FillOptions,
) -> Planned {
    let planned = Plan::new(workbook, binding, catalog, answers, options).finish();
    Planned { conflicts: answers.conflicts.clone(), ..planned }
}

/// Writes what was planned: the second half of [`into()`].
///
/// Of a large workbook catalog and answers can be dropped and the cells forgotten
/// ([`Sheet::forget_cells`](crate::workbook::Sheet::forget_cells)) in between; a sheet's part alone takes its room.
///
/// # Errors
///
/// Those of [`into()`].
pub fn write(bytes: &[u8], workbook: &Workbook, planned: Planned, options: &FillOptions) -> Result<Filled, Failure> {
    let Planned { edits, writes, mut skipped, unplaced, unchecked, added, conflicts } = planned;
    let patch_options = PatchOptions { unlock: options.unlock, limits: options.limits.clone() };
    let patched = patch(bytes, workbook, &edits, &patch_options)?;
    let carried = carried_along(bytes, workbook, &options.limits)?;
    let workbook_file =
        File { role: receipt::Role::Workbook, file: options.workbook_file.clone(), sha256: sha256_hex(bytes) };
    let output = Output { file: options.output_file.clone(), sha256: sha256_hex(&patched.bytes) };
    let (cells, refused) = outcomes(writes, &edits, &patched);
    skipped.extend(refused);
    skipped.sort_by_key(|skip| skip.order);
    let receipt = Receipt {
        options: receipt::Options::of(options),
        inputs: options.inputs.iter().cloned().chain([workbook_file]).collect(),
        output,
        cells,
        recalculated: patched.recalculated,
        parts: patched.parts.into_iter().map(|(name, state)| (name, state.into())).collect(),
        skipped,
        unplaced,
        conflicts,
        carried_along: carried,
    };
    let mut diagnostics = diagnostics(&receipt);
    diagnostics.extend(added);
    diagnostics.extend(unchecked.iter().map(not_checked));
    diagnostics.extend(
        patched
            .outside
            .iter()
            .map(|outside| Diagnostic::note("columns-outside").arg("frame", outside.frame.key()).at(&outside.at)),
    );
    Ok(Filled { bytes: patched.bytes, receipt, diagnostics })
}

/// What the patch made of the planned cells: changes, and cells it refused.
fn outcomes(writes: Vec<Write>, edits: &[SheetEdits], patched: &Patched) -> (Vec<CellChange>, Vec<Skipped>) {
    let mut changes = Vec::with_capacity(writes.len());
    let mut refused = Vec::new();
    for write in writes {
        let (sheet, cell) = write.edit;
        let new = &edits[sheet].cells[cell].content;
        match patched.outcomes[sheet][cell].refused {
            None => changes.push(write.change(new)),
            Some(refusal) => refused.push(write.skipped(plan::shown(new), Diagnostic::warning(refusal.code()))),
        }
    }
    (changes, refused)
}

/// Says that a rule was not evaluated: Excel will not object to what was written, but the rule may.
fn not_checked((range, rule): (&SheetRange, &plan::Unchecked)) -> Diagnostic {
    Diagnostic::note("validation-not-checked").arg("formula", rule.formula.as_str()).arg("count", rule.cells).at(range)
}

fn diagnostics(receipt: &Receipt) -> Vec<Diagnostic> {
    let (no_column, unplaced): (Vec<&Skipped>, Vec<&Skipped>) =
        receipt.unplaced.iter().partition(|skip| skip.diagnostic.code == NO_COLUMN);
    // What is wrong with an item as a whole is said once, not for each of its fields.
    let mut said: HashSet<(String, ItemKey)> = HashSet::new();
    let mut is_news = |skip: &Skipped| {
        let code = skip.diagnostic.code.as_ref();
        !["answer-item-unknown", "answer-item-retired", "answer-row-missing"].contains(&code)
            || said.insert((code.to_owned(), skip.item.clone()))
    };
    let each = receipt.skipped.iter().chain(unplaced).filter(|skip| is_news(skip)).map(|skip| skip.diagnostic.clone());
    let is_missing = |field: &AnswerField| no_column.iter().any(|skip| skip.field == field.key());
    // Columns asked for this time are asked for again: `--append` takes all there are to be.
    let is_asked = |field: &AnswerField| receipt.options.append.iter().any(|key| key == field.key());
    let missing: Vec<AnswerField> = AnswerField::ALL.into_iter().filter(is_missing).collect();
    let wanted: Vec<AnswerField> =
        AnswerField::ALL.into_iter().filter(|field| is_missing(field) || is_asked(field)).collect();
    let note = Diagnostic::note(NO_COLUMN);
    each.chain((!missing.is_empty()).then(|| about_columns(note, &missing, &wanted, no_column.len()))).collect()
}

/// Says which columns are missing, and which `--append` is to be given.
fn about_columns(diagnostic: Diagnostic, missing: &[AnswerField], wanted: &[AnswerField], count: usize) -> Diagnostic {
    let headings: Vec<String> = missing.iter().map(|field| field.heading().to_owned()).collect();
    let keys: Vec<&str> = wanted.iter().map(|field| field.key()).collect();
    diagnostic.arg("headings", headings).arg("fields", keys.join(",")).arg("count", count)
}
