//! Catalog JSON: the wire form of a [`Catalog`], its reader and its schema.
//!
//! The form is exactly the model (`format: "secref-catalog"`, `format_version: 1`): keys in one order, arrays in sheet
//! order, no timestamps, absent means left out, one item a line. `wire` holds the private mirror types that say what
//! the keys are; `read` takes them back. Files and streams are left to the caller.

pub(crate) mod lines;
mod read;
mod wire;

use serde::Serialize;

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
    let mut bytes = Vec::with_capacity(estimate(catalog));
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, lines::Lines::default());
    wire::Document::of(catalog).serialize(&mut serializer).expect("our own types always serialise into memory");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("serde_json writes UTF-8")
}

/// A first guess at the size, so that a large catalog is not copied again and again while it grows.
fn estimate(catalog: &Catalog) -> usize {
    let of_item = |item: &super::Item| -> usize {
        160 + item.values.iter().flatten().map(|value| value.text.len() + 60).sum::<usize>()
    };
    let sample: usize = catalog.items.iter().take(100).map(of_item).sum();
    4_096 + sample / catalog.items.len().clamp(1, 100) * catalog.items.len() * 5 / 4
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
