//! How a known workbook is laid out: one TOML file each, read by `import` and written by `fill`.
//!
//! [`parse()`] reads a template's TOML, [`builtin()`] gives the embedded ones, [`detect()`] says which template fits a
//! workbook and why, [`bind()`] finds a template (or a generic reading) in it, [`propose()`] writes a first TOML for an
//! unknown one. Reads headings and looks no further than the first rows; items are `import`'s.

mod bind;
mod binding;
mod builtin;
mod detect;
mod drift;
mod fisc;
mod generic;
mod head;
mod header_rows;
mod id_column;
mod layout;
mod lists;
mod matching;
mod missing;
mod options;
mod parse;
mod propose;
mod reading;
mod sample;
mod synonyms;
mod tables;
mod unmerged;
mod wire;

pub use bind::bind;
pub use binding::{Binding, BoundColumn, BoundList, BoundTable, Role};
pub use builtin::{builtin, builtin_names, builtin_source};
pub use detect::{Candidate, detect};
pub use layout::{
    AnswerLayout, Bands, Colors, ColumnLayout, ColumnRole, Continuation, Grouping, Heading, IdLayout, ItemFact, Kind,
    ListLayout, MarksRule, Paper, PrintSetup, RowRules, TableLayout, Template, Tick, Write, WriteColumn, WriteSheet,
};
pub(crate) use missing::field_flag;
pub use options::BindOptions;
pub use parse::parse;
pub use propose::{Remarks, propose};
