//! How our JSON is laid out: top-level keys on lines of their own, then one element of an array a line.
//!
//! A line per item keeps large files small and lets `grep`, `diff` and a person find an item.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// Lays out JSON with one line for each top-level key and for each element of a top-level array.
#[derive(Default)]
pub(crate) struct Lines {
    depth: u32,
    /// Whether the top-level array that is being written has an element.
    has_lines: bool,
}

impl Lines {
    /// The layout of what stands within an element of a top-level array: on one line.
    pub(crate) fn within_a_line() -> Self {
        Self { depth: 3, has_lines: true }
    }

    fn open<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        writer.write_all(bracket)
    }
}

impl Formatter for Lines {
    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.open(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(if self.depth == 0 { b"\n}" } else { b"}" })
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        match (self.depth, first) {
            (1, true) => writer.write_all(b"\n  "),
            (1, false) => writer.write_all(b",\n  "),
            (_, true) => Ok(()),
            (_, false) => writer.write_all(b", "),
        }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.has_lines &= self.depth != 1;
        self.open(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth -= 1;
        writer.write_all(if self.depth == 1 && self.has_lines { b"\n  ]" } else { b"]" })
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.has_lines |= self.depth == 2;
        match (self.depth, first) {
            (2, true) => writer.write_all(b"\n    "),
            (2, false) => writer.write_all(b",\n    "),
            (_, true) => Ok(()),
            (_, false) => writer.write_all(b", "),
        }
    }
}
