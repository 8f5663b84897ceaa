//! How much of a file is taken in: bounds that real workbooks stay far below and hostile ones run into.

use crate::diagnostic::{Diagnostic, Failure, Severity};

/// Bounds for reading one file. Each has a flag of the binary (`--limit-part-bytes` and so on) that raises it.
///
/// Defaults: 1 GiB a part, 2 GiB in all, ratio 400 (looked at above 16 MiB only), 20,000,000 cells,
/// 1,000,000 merges, 1,048,576 rows a sheet (Excel's own limit).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes one part of the package may expand to; never more than 4 GiB are taken.
    pub part_bytes: u64,
    /// Bytes all parts that are read may expand to together.
    pub total_bytes: u64,
    /// How many times its compressed size a part may expand to. Parts below 16 MiB are not held to it: a sheet of
    /// blank cells compresses well, and does no harm while it is small.
    pub ratio: u64,
    /// Cells that hold something, over all sheets.
    pub cells: u64,
    /// Merged ranges, over all sheets.
    pub merges: u64,
    /// Rows of one sheet or of a delimited text.
    pub rows: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            part_bytes: 1 << 30,
            total_bytes: 2 << 30,
            ratio: 400,
            cells: 20_000_000,
            merges: 1_000_000,
            rows: crate::address::MAX_ROWS,
        }
    }
}

/// Sheets of a workbook at most. Excel has no bound but memory; a file of a megabyte can list a hundred thousand.
const MAX_SHEETS: usize = 10_000;

/// Refuses a workbook that lists more sheets than any real one.
pub(super) fn refuse_many_sheets(count: usize) -> Result<(), Diagnostic> {
    if count > MAX_SHEETS { Err(Diagnostic::error("limit-sheets").arg("limit", MAX_SHEETS)) } else { Ok(()) }
}

/// Fails where a limit was hit, whatever part it was hit in: what is read must not depend on which part came first.
pub(super) fn refuse_limits(diagnostics: &[Diagnostic]) -> Result<(), Failure> {
    let hit: Vec<Diagnostic> =
        diagnostics.iter().filter(|diagnostic| diagnostic.code.starts_with("limit-")).cloned().collect();
    if hit.is_empty() { Ok(()) } else { Err(Failure { diagnostics: hit }) }
}

/// The failure of a workbook of which no sheet could be read, with what was wrong with each.
pub(super) fn nothing_left(diagnostics: Vec<Diagnostic>) -> Failure {
    let mut errors: Vec<Diagnostic> =
        diagnostics.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
    errors.insert(0, Diagnostic::error("workbook-without-sheets"));
    Failure { diagnostics: errors }
}
