//! Results as JSON: one format a file, its schema beside the code that writes it.

pub mod diff;
pub mod status;
