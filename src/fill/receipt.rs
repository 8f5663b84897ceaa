//! The receipt of a fill: which cells were written, what was left alone and why, and by which hashes the files can
//! be told again later.
//!
//! The model is public; the wire form (`format: "secref-receipt"`) is a private mirror. Wording of skipped answers is
//! asked of the caller, for codes are all that is known here.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Append, FillOptions};
use crate::address::SheetRange;
use crate::answers::Conflict;
use crate::catalog::ItemKey;
use crate::diagnostic::{Diagnostic, Failure};
use crate::workbook::Carried;

/// The value of `format`.
pub const FORMAT: &str = "secref-receipt";
/// The value of `format_version` that is written, and the only one that is read.
pub const FORMAT_VERSION: u32 = 1;

/// What a file was to a fill.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The reference the answers are for.
    Reference,
    /// Answers.
    Answers,
    /// The older edition the reference was compared with.
    Since,
    /// The workbook that was filled.
    Workbook,
    /// The filled workbook.
    Output,
}

/// A file by name and content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct File {
    /// What it was to the fill.
    pub role: Role,
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes, 64 lowercase hex digits.
    pub sha256: String,
}

/// The file that was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Output {
    /// Its name.
    pub file: String,
    /// SHA-256 of its bytes, 64 lowercase hex digits.
    pub sha256: String,
}

/// How the fill was asked to go about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Options {
    /// Whether cells that held something else were overwritten.
    pub overwrite: bool,
    /// Whether locked cells of protected sheets were written.
    pub unlock: bool,
    /// Which answer columns were added: `where-none`, `never`, or the keys of the fields asked for.
    pub append: Vec<String>,
}

impl Options {
    /// The options as a receipt tells them.
    pub fn of(options: &FillOptions) -> Self {
        let append = match &options.append {
            Append::WhereNone => vec!["where-none".to_owned()],
            Append::Never => vec!["never".to_owned()],
            Append::Fields(fields) => fields.iter().map(|field| field.key().to_owned()).collect(),
        };
        Self { overwrite: options.overwrite, unlock: options.unlock, append }
    }
}

/// A cell that was written.
#[derive(Clone, Debug, PartialEq)]
pub struct CellChange {
    /// The cell.
    pub at: SheetRange,
    /// The item answered.
    pub item: ItemKey,
    /// Key of the answer's field.
    pub field: &'static str,
    /// What the cell showed before; empty if nothing.
    pub old: String,
    /// What it shows now.
    pub new: String,
}

/// An answer that was not written.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    /// The item answered.
    pub item: ItemKey,
    /// Key of the answer's field.
    pub field: String,
    /// The answer.
    pub value: String,
    /// Why, and at which cell.
    pub diagnostic: Diagnostic,
    /// Its place among all answers.
    pub(super) order: usize,
}

impl Skipped {
    /// Makes an answer that was not written; `order` says where it stands among others.
    pub fn new(item: ItemKey, field: String, value: String, diagnostic: Diagnostic, order: usize) -> Self {
        Self { item, field, value, diagnostic, order }
    }
}

/// What became of a part of the workbook.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PartState {
    /// The same to the byte, compressed bytes included.
    Identical,
    /// Its content differs.
    Changed,
    /// It was not there before.
    Added,
    /// It is not there any more.
    Removed,
}

impl From<crate::workbook::patch::PartState> for PartState {
    fn from(state: crate::workbook::patch::PartState) -> Self {
        match state {
            crate::workbook::patch::PartState::Identical => Self::Identical,
            crate::workbook::patch::PartState::Changed => Self::Changed,
            crate::workbook::patch::PartState::Added => Self::Added,
        }
    }
}

/// What a fill did. A new workbook's receipt has no old values, no recalculated cells, and only added parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Receipt {
    /// How it was asked to go about it.
    pub options: Options,
    /// The files it read.
    pub inputs: Vec<File>,
    /// The file it wrote.
    pub output: Output,
    /// The cells it wrote, in the order of the answers.
    pub cells: Vec<CellChange>,
    /// The formulas whose values were taken out, to be calculated when the workbook is opened. Charts keep the values
    /// they were last drawn with until then.
    pub recalculated: Vec<SheetRange>,
    /// All parts of the workbook.
    pub parts: Vec<(String, PartState)>,
    /// Answers that have a cell and were not written.
    pub skipped: Vec<Skipped>,
    /// Answers without a cell.
    pub unplaced: Vec<Skipped>,
    /// Answers that were not used because another file says otherwise and was preferred.
    pub conflicts: Vec<Conflict>,
    /// What goes out with the workbook beside the answers, left as it is.
    pub carried_along: Vec<Carried>,
}

impl Receipt {
    /// Writes the receipt as JSON. `message` words a diagnostic in the reader's language.
    ///
    /// The same receipt gives the same bytes.
    pub fn to_json(&self, message: impl Fn(&Diagnostic) -> String) -> String {
        let wire = Wire::of(self, &message);
        let mut json = serde_json::to_string_pretty(&wire).expect("our own types always serialise into memory");
        json.push('\n');
        json
    }
}

/// The JSON Schema (draft 2020-12) of a receipt.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Wire).to_value()
}

/// What became of a file since the receipt was written.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// It is what it was.
    Same,
    /// Its content differs.
    Differs,
    /// It is not there.
    Missing,
}

/// A file held against its receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileCheck {
    /// Its name in the receipt.
    pub file: String,
    /// The SHA-256 it had.
    pub sha256: String,
    /// What it was to the fill: the reference may be the workbook that was filled, too.
    pub roles: Vec<Role>,
    /// What became of it.
    pub state: FileState,
}

/// Holds the files a receipt names against their hashes: the inputs, then the output, each file once.
///
/// `sha256_of` gives the hash of a file as it is now, `None` where there is none of that name.
///
/// # Errors
///
/// `receipt-invalid` for a text that is no receipt, with line and column; `receipt-version` for a version this program
/// does not know.
pub fn verify(json: &str, sha256_of: impl Fn(&File) -> Option<String>) -> Result<Vec<FileCheck>, Failure> {
    let wire: Files = serde_json::from_str(json).map_err(|error| {
        Failure::from(Diagnostic::error("receipt-invalid").arg("line", error.line()).arg("column", error.column()))
    })?;
    if wire.format != FORMAT {
        return Err(Diagnostic::error("receipt-invalid").arg("line", 1usize).arg("column", 1usize).into());
    }
    if wire.format_version != FORMAT_VERSION {
        return Err(Diagnostic::error("receipt-version").arg("version", wire.format_version).into());
    }
    let output = File { role: Role::Output, file: wire.output.file, sha256: wire.output.sha256 };
    let mut checks: Vec<FileCheck> = Vec::new();
    for file in wire.inputs.into_iter().chain([output]) {
        if let Some(known) = checks.iter_mut().find(|known| known.file == file.file && known.sha256 == file.sha256) {
            known.roles.push(file.role);
            continue;
        }
        let state = match sha256_of(&file) {
            None => FileState::Missing,
            Some(sha256) if sha256.eq_ignore_ascii_case(&file.sha256) => FileState::Same,
            Some(_) => FileState::Differs,
        };
        checks.push(FileCheck { file: file.file, sha256: file.sha256, roles: vec![file.role], state });
    }
    Ok(checks)
}

/// What of a receipt is needed to verify it.
#[derive(Deserialize)]
struct Files {
    format: String,
    format_version: u32,
    inputs: Vec<File>,
    output: Output,
}

/// A receipt of `secref fill`: what was written into which cell, what was not and why, and the files it is about.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Receipt")]
struct Wire<'a> {
    /// Always `secref-receipt`.
    #[schemars(extend("const" = FORMAT))]
    format: &'static str,
    /// Always 1.
    #[schemars(extend("const" = FORMAT_VERSION))]
    format_version: u32,
    /// The program that wrote it.
    tool: WireTool,
    /// How it was asked to go about it.
    options: Options,
    /// The files it read.
    inputs: Vec<File>,
    /// The file it wrote.
    output: Output,
    /// The cells it wrote.
    #[serde(serialize_with = "each_cell")]
    #[schemars(with = "Vec<WireCell<'static>>")]
    cells: &'a [CellChange],
    /// Formulas whose values were taken out, to be calculated when the workbook is opened.
    recalculated: Vec<WirePlace>,
    /// All parts of the workbook.
    parts: Vec<WirePart>,
    /// Answers that have a cell and were not written.
    skipped: Vec<WireSkipped>,
    /// Answers without a cell.
    unplaced: Vec<WireSkipped>,
    /// Answers that were not used because another file says otherwise and was preferred.
    conflicts: Vec<WireConflict>,
    /// What goes out with the workbook beside the answers, left as it is.
    carried_along: Vec<WireCarried>,
}

#[derive(Serialize, JsonSchema)]
struct WireConflict {
    /// Canonical id of the item.
    item: String,
    /// The item's sheet, where the same id stands on several.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    /// Key of the answer's field, or the heading of a column of the user's own.
    field: String,
    /// The answer that was used.
    kept: String,
    /// The answer that was not.
    other: String,
    /// The file, and the cell where known, that `other` came from.
    from: String,
}

#[derive(Serialize, JsonSchema)]
struct WireTool {
    /// Version of secref.
    version: &'static str,
}

#[derive(Serialize, JsonSchema)]
struct WireCell<'a> {
    /// The cell, as `Sheet!B12`.
    at: String,
    /// Canonical id of the item.
    item: &'a str,
    /// The item's sheet, where the same id stands on several.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    /// Key of the answer's field.
    field: &'static str,
    /// What the cell showed before; empty if nothing.
    old: &'a str,
    /// What it shows now.
    new: &'a str,
}

/// Writes cells one by one: a large workbook has more of them than should stand in memory twice.
fn each_cell<S: serde::Serializer>(cells: &&[CellChange], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(cells.iter().map(|cell| WireCell {
        at: cell.at.to_string(),
        item: &cell.item.id,
        sheet: cell.item.sheet.as_deref(),
        field: cell.field,
        old: &cell.old,
        new: &cell.new,
    }))
}

#[derive(Serialize, JsonSchema)]
struct WirePlace {
    /// The cells, as `Sheet!F2:F9`.
    at: String,
}

#[derive(Serialize, JsonSchema)]
struct WirePart {
    /// The part's name.
    name: String,
    /// What became of it.
    state: PartState,
}

#[derive(Serialize, JsonSchema)]
struct WireSkipped {
    /// Canonical id of the item.
    item: String,
    /// The item's sheet, where the same id stands on several.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    /// Key of the answer's field.
    field: String,
    /// The answer.
    value: String,
    /// Why, as a stable code.
    code: String,
    /// Why, in words.
    message: String,
    /// The cell, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// The file of answers that cell is in, where it is not in the workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct WireCarried {
    /// What it is: `creator`, `comment`, `hidden-sheet`, `macros` and so on.
    kind: &'static str,
    /// Where it stands, if it stands in cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

impl<'a> Wire<'a> {
    fn of(receipt: &'a Receipt, message: &dyn Fn(&Diagnostic) -> String) -> Self {
        let sheet = |key: &ItemKey| key.sheet.as_deref().map(str::to_owned);
        let skipped = |skip: &Skipped| WireSkipped {
            item: skip.item.id.to_string(),
            sheet: sheet(&skip.item),
            field: skip.field.clone(),
            value: skip.value.clone(),
            code: skip.diagnostic.code.to_string(),
            message: message(&skip.diagnostic),
            at: skip.diagnostic.at.first().map(ToString::to_string),
            file: skip.diagnostic.file.as_deref().map(str::to_owned),
        };
        let conflict = |conflict: &Conflict| WireConflict {
            item: conflict.key.id.to_string(),
            sheet: sheet(&conflict.key),
            field: conflict.field.clone(),
            kept: conflict.kept.clone(),
            other: conflict.other.clone(),
            from: conflict.from.clone(),
        };
        let carried = |carried: &Carried| WireCarried {
            kind: carried.kind.as_str(),
            at: carried.at.as_ref().map(ToString::to_string),
            text: carried.text.clone(),
        };
        Self {
            format: FORMAT,
            format_version: FORMAT_VERSION,
            tool: WireTool { version: env!("CARGO_PKG_VERSION") },
            options: receipt.options.clone(),
            inputs: receipt.inputs.clone(),
            output: receipt.output.clone(),
            cells: &receipt.cells,
            recalculated: receipt.recalculated.iter().map(|at| WirePlace { at: at.to_string() }).collect(),
            parts: receipt.parts.iter().map(|(name, state)| WirePart { name: name.clone(), state: *state }).collect(),
            skipped: receipt.skipped.iter().map(skipped).collect(),
            unplaced: receipt.unplaced.iter().map(skipped).collect(),
            conflicts: receipt.conflicts.iter().map(conflict).collect(),
            carried_along: receipt.carried_along.iter().map(carried).collect(),
        }
    }
}
