//! Catalog JSON: the wire form of a [`Catalog`], its reader and its schema.
//!
//! The form is exactly the model (`format: "secref-catalog"`, `format_version: 1`): keys in one order, arrays in sheet
//! order, no timestamps, absent means left out, one item a line. `wire` holds the private mirror types that say what
//! the keys are; `write` writes them and `read` takes them back. Files and streams are left to the caller.

pub(crate) mod lines;
mod read;
mod wire;
mod write;

use crate::diagnostic::Failure;

use super::Catalog;

/// The value of `format`.
pub const FORMAT: &str = "secref-catalog";
/// The value of `format_version` that is written, and the only one that is read.
pub const FORMAT_VERSION: u32 = 1;

/// Writes a catalog as JSON.
///
/// The same catalog gives the same bytes, and [`from_json`] gives the same catalog back.
pub fn to_json(catalog: &Catalog) -> String {
    String::from_utf8(to_json_bytes(catalog)).expect("serde_json writes UTF-8")
}

/// Writes a catalog as JSON in UTF-8: for a file, which needs no proof that it is text.
pub fn to_json_bytes(catalog: &Catalog) -> Vec<u8> {
    write::write(catalog)
}

/// Reads a catalog from JSON.
///
/// # Errors
///
/// `json-invalid` with line and column, `json-format` for another kind of file, `json-version` for a version this
/// program does not know.
pub fn from_json(text: &str) -> Result<Catalog, Failure> {
    read::read(text)
}

/// The JSON Schema (draft 2020-12) of catalog JSON.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(wire::Document<'static>).to_value()
}

#[cfg(test)]
mod tests;
