//! Reads security references, compares their editions, carries answers over and fills the workbooks.

pub mod address;
pub mod answers;
pub mod assess;
pub mod carry;
pub mod catalog;
pub mod check;
pub mod diagnostic;
pub mod diff;
pub mod fill;
pub mod import;
pub mod render;
pub mod template;
pub mod text;
pub mod workbook;
