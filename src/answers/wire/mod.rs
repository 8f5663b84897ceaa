//! The tree of `secref-answers`, format version 1, as JSON and YAML share it: written from the model, read leniently.
//!
//! Reading takes every scalar as text (numbers and dates too), so that problems are collected and not the first one
//! alone is said. Blank means absent and is never written.

mod read;
mod write;

pub(super) use read::Input;
pub(super) use write::Document;

pub(super) const FORMAT: &str = "secref-answers";
pub(super) const FORMAT_VERSION: u64 = 1;
