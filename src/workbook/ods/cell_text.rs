//! The text of a cell of an OpenDocument file: paragraphs and spans put together, white space folded, runs noted.

use crate::workbook::Font;
use crate::workbook::strings::{RawRun, offset};

/// The text of a cell as it grows, and the runs of it that are of another font than the cell.
#[derive(Default)]
pub(super) struct CellText {
    /// Where it begins in the arena.
    start: usize,
    /// The font of the cell, which a run differs from.
    pub(super) around: Font,
    /// How many paragraphs it has so far.
    pub(super) paragraphs: usize,
    /// Whether white space that follows adds nothing.
    is_after_blank: bool,
    /// Whether the text ends in a blank that stands for white space, which goes at a paragraph's end.
    ends_in_space: bool,
    runs: Vec<RawRun>,
}

impl CellText {
    /// Begins the text of a cell of a font at the end of the arena.
    pub(super) fn new(around: Font, arena: &str) -> Self {
        Self { start: arena.len(), around, ..Self::default() }
    }

    /// Begins a paragraph, on a line of its own.
    pub(super) fn begin_paragraph(&mut self, arena: &mut String) {
        if self.paragraphs > 0 {
            arena.push('\n');
        }
        self.paragraphs += 1;
        self.is_after_blank = true;
    }

    /// Appends text; any run of white space counts as one blank (part 3, 6.1.2).
    pub(super) fn push(&mut self, text: &str, font: Font, arena: &mut String) {
        let before = arena.len();
        for c in text.chars() {
            let is_blank = matches!(c, ' ' | '\t' | '\n' | '\r');
            if !is_blank {
                arena.push(c);
                self.ends_in_space = false;
            } else if !self.is_after_blank {
                arena.push(' ');
                // A blank stays, as LibreOffice keeps it; a line break is of the file's own lay-out.
                self.ends_in_space = c != ' ';
            }
            self.is_after_blank = is_blank;
        }
        self.note(before, font, arena);
    }

    /// Appends blanks and breaks that the file writes by elements of their own: they stay as they are.
    pub(super) fn push_exactly(&mut self, text: &str, font: Font, arena: &mut String) {
        let before = arena.len();
        arena.push_str(text);
        self.is_after_blank = text.ends_with('\n');
        self.ends_in_space = false;
        self.note(before, font, arena);
    }

    /// Takes off white space at the end of a paragraph.
    pub(super) fn end_paragraph(&mut self, arena: &mut String) {
        if !std::mem::take(&mut self.ends_in_space) {
            return;
        }
        arena.pop();
        let end = offset(arena);
        while self.runs.last().is_some_and(|run| run.end as usize > arena.len()) {
            let before = self.runs.len().checked_sub(2).map_or(self.start, |index| self.runs[index].end as usize);
            match self.runs.last_mut() {
                Some(last) if before < arena.len() => last.end = end,
                _ => drop(self.runs.pop()),
            }
        }
    }

    /// Notes the font of what was appended from `before` on.
    fn note(&mut self, before: usize, font: Font, arena: &str) {
        if arena.len() == before {
            return;
        }
        if font == self.around && self.runs.is_empty() {
            return;
        }
        if self.runs.is_empty() && before > self.start {
            self.runs.push(RawRun { end: before as u32, font: None });
        }
        let end = offset(arena);
        match self.runs.last_mut() {
            Some(last) if last.font == Some(font) => last.end = end,
            _ => self.runs.push(RawRun { end, font: Some(font) }),
        }
    }

    /// The runs, if any is of another font than the cell.
    pub(super) fn finish(&mut self, arena: &str) -> Vec<RawRun> {
        let mut runs = std::mem::take(&mut self.runs);
        if let Some(last) = runs.last_mut() {
            last.end = offset(arena);
        }
        runs
    }
}
