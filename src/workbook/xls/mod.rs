//! The reader of xls: BIFF5 and BIFF8 in a compound file (MS-XLS).
//!
//! Cells, runs, merges, hidden rows and columns are taken, and what stands around them: links, notes, texts of shapes,
//! validations (these of BIFF8 only). Every length is checked against the bytes that are there, so no file can make it
//! allocate more than it holds.

mod around;
mod encrypted;
mod record;
mod sheet;
mod tables;
mod tokens;

use std::sync::Arc;

use self::tables::Globals;
use super::binary::with_validations;
use super::builder::Context;
use super::compound::Compound;
use super::limits::{Limits, refuse_many_sheets};
use super::{Format, Sheet, Visibility, Workbook};
use crate::diagnostic::{Diagnostic, Failure};

/// The workbook's stream, in the order of preference: a file saved for Excel 5 and 97 alike has both.
const STREAMS: [&str; 2] = ["Workbook", "Book"];

fn damaged(reason: &str) -> Failure {
    Diagnostic::error("part-damaged").arg("part", "Workbook").arg("reason", reason).into()
}

/// A tab.
struct Tab {
    name: String,
    visibility: Visibility,
    /// Where its records begin in the stream.
    position: usize,
    kind: u8,
}

pub(super) fn read(bytes: &[u8], password: Option<&str>, limits: &Limits) -> Result<Workbook, Failure> {
    let file = Compound::open(bytes).ok_or_else(|| damaged("compound"))?;
    let stream = STREAMS.iter().find_map(|name| file.stream(name)).ok_or_else(|| damaged("compound"))?;
    read_stream(&encrypted::decrypted(stream, password)?, limits)
}

fn read_stream(stream: &[u8], limits: &Limits) -> Result<Workbook, Failure> {
    if stream.len() as u64 > limits.part_bytes.min(u64::from(u32::MAX)) {
        let limit = Diagnostic::error("limit-part-bytes").arg("part", "Workbook").arg("limit", limits.part_bytes);
        return Err(limit.into());
    }
    let globals = Globals::read(stream)?;
    let (book, strings) = globals.finish();
    refuse_many_sheets(book.tabs.len())?;
    let context = Context::new(&book.styles, book.date_1904, limits);
    let mut diagnostics = Vec::new();
    let mut sheets: Vec<(usize, Sheet)> = Vec::new();
    let mut validations = Vec::new();
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (number, tab) in book.tabs.iter().enumerate() {
        let name: Arc<str> = Arc::from(tab.name.as_str());
        if let Some(kind) = kind_name(tab.kind) {
            diagnostics.push(Diagnostic::note("sheet-skipped").arg("sheet", &*name).arg("kind", kind));
            continue;
        }
        // Sheets that share records would let a small file stand for a large one.
        let is_shared = taken.iter().any(|&(start, end)| (start..end).contains(&tab.position));
        let records = stream.get(tab.position..).filter(|rest| !rest.is_empty() && !is_shared);
        let Some(records) = records else {
            diagnostics.push(Diagnostic::error("sheet-without-part").arg("sheet", &*name));
            continue;
        };
        let mut raw = sheet::read(records, &book, &context)?;
        taken.push((tab.position, tab.position + raw.length));
        if !raw.is_whole {
            diagnostics.push(Diagnostic::error("sheet-cut-off").arg("sheet", &*name));
        }
        let mut sheet = raw.builder.finish(&name, &strings, &book.styles, &mut diagnostics);
        sheet.visibility = tab.visibility;
        sheet.comments = raw.around.comments();
        sheet.shapes = raw.around.shapes();
        sheet.hyperlinks = raw.around.links;
        validations.push(raw.around.validations);
        sheets.push((number, sheet));
    }
    if sheets.is_empty() {
        return Err(super::limits::nothing_left(diagnostics));
    }
    let sheets = with_validations(sheets, validations, &book.names);
    Ok(Workbook {
        format: Format::Xls,
        sheets,
        styles: book.styles.cells,
        date_1904: book.date_1904,
        modified: None,
        diagnostics,
    })
}

/// What a tab is if it is no worksheet (2.4.28, BoundSheet8).
fn kind_name(kind: u8) -> Option<&'static str> {
    match kind {
        0 => None,
        1 => Some("macrosheet"),
        2 => Some("chartsheet"),
        _ => Some("module"),
    }
}

#[cfg(test)]
mod tests;
