//! Workbook and binding to catalog; answer tables to answers; crosswalks and decisions.
//!
//! Reads what `template` found and nothing else of the sheets; says what it could not read, and loses nothing.

mod answers;
mod catalog;
pub mod crosswalk;
pub mod decisions;
mod documents;
mod edition;
mod fields;
mod findings;
mod grouping;
mod id_sample;
mod items;
mod marks;
mod overall;
mod rows;
mod table;
mod value;

pub use answers::{AnswerOptions, answers, is_answer_table};
pub use catalog::catalog;
pub use decisions::decisions;
pub use edition::{answers_edition, differing as differing_editions};
