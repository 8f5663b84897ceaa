//! Results shown: terminal text, HTML, Excel, Markdown, CSV, JSON, OSCAL. Renderers show; they decide nothing.

pub mod export;
pub mod html;
pub mod json;
mod stated;
pub mod terminal;
pub mod words;
pub mod xlsx;
