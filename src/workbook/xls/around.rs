//! What stands around the cells of an xls sheet: links, notes, texts of shapes, validations.

use std::collections::HashMap;

use super::record::{Biff, Record, decoded};
use super::tokens::{cells_of, written_out};
use crate::address::{CellRef, Range};
use crate::text::normalise::with_lf;
use crate::workbook::binary::{RawValidation, is_written_out};
use crate::workbook::builder::is_on_sheet;
use crate::workbook::{Comment, Hyperlink, Shape};

/// Kinds of records (MS-XLS 2.3.2).
pub(super) mod kind {
    pub(in super::super) const NOTE: u16 = 0x001C;
    pub(in super::super) const OBJECT: u16 = 0x005D;
    pub(in super::super) const DRAWING: u16 = 0x00EC;
    pub(in super::super) const OBJECT_TEXT: u16 = 0x01B6;
    pub(in super::super) const LINK: u16 = 0x01B8;
    pub(in super::super) const VALIDATION: u16 = 0x01BE;
}

/// Everything around a sheet's cells, as it is collected.
#[derive(Default)]
pub(super) struct Around {
    pub(super) links: Vec<Hyperlink>,
    pub(super) validations: Vec<RawValidation>,
    notes: Vec<Note>,
    /// Texts of objects by their number.
    texts: HashMap<u16, String>,
    shapes: Vec<(u16, Range)>,
    /// The object whose text comes next.
    object: Option<u16>,
    anchor: Option<Range>,
}

struct Note {
    at: CellRef,
    author: String,
    /// BIFF5 has the text in the note itself.
    text: String,
    object: Option<u16>,
}

impl Around {
    /// Takes a record; `continued` are those that go on with it. `None` where it is damaged, which costs it alone.
    pub(super) fn take(&mut self, record: &mut Record<'_>, continued: &[&[u8]], biff: &Biff) -> Option<()> {
        match record.kind {
            kind::LINK => self.links.extend(link(record)?),
            kind::NOTE => self.note(record, biff)?,
            kind::DRAWING => self.anchor = anchor(record.rest).or(self.anchor),
            kind::OBJECT => self.object(record)?,
            kind::OBJECT_TEXT => self.text(record, continued)?,
            kind::VALIDATION if biff.is_8 => self.validations.push(validation(record, biff)?),
            _ => {}
        }
        Some(())
    }

    fn note(&mut self, record: &mut Record<'_>, biff: &Biff) -> Option<()> {
        const GOES_ON: u16 = 0xFFFF;
        let (row, column) = (record.u16()?, record.u16()?);
        if biff.is_8 {
            let (_, object) = (record.u16()?, record.u16()?);
            let length = usize::from(record.u16()?);
            let author = record.string(length, biff).unwrap_or_default().trim().to_owned();
            let at = CellRef::new(u32::from(row), u32::from(column));
            self.notes.push(Note { at, author, text: String::new(), object: Some(object) });
            return Some(());
        }
        let length = usize::from(record.u16()?);
        let text = record.string(length, biff)?;
        match self.notes.last_mut() {
            Some(note) if row == GOES_ON => note.text.push_str(&text),
            _ => {
                let at = CellRef::new(u32::from(row), u32::from(column));
                self.notes.push(Note { at, author: String::new(), text, object: None });
            }
        }
        Some(())
    }

    /// An object: its kind and number stand in its first sub-record (2.5.143, FtCmo).
    fn object(&mut self, record: &mut Record<'_>) -> Option<()> {
        const COMMON: u16 = 0x15;
        const NOTE: u16 = 0x19;
        self.object = None;
        if record.u16()? != COMMON {
            return Some(());
        }
        record.u16()?;
        let (kind, number) = (record.u16()?, record.u16()?);
        self.object = Some(number);
        if kind != NOTE {
            self.shapes.push((number, self.anchor.unwrap_or(Range::from(CellRef::new(0, 0)))));
        }
        Some(())
    }

    /// The text of the object before it: its length here, its characters in the records that go on (2.4.329).
    fn text(&mut self, record: &mut Record<'_>, continued: &[&[u8]]) -> Option<()> {
        record.take(10)?;
        let mut left = usize::from(record.u16()?);
        let mut text = String::new();
        for part in continued {
            let Some((&flags, characters)) = part.split_first().filter(|_| left > 0) else { break };
            let is_wide = flags & 1 != 0;
            let width = if is_wide { 2 } else { 1 };
            let taken = (characters.len() / width).min(left);
            text.push_str(&decoded(&characters[..taken * width], is_wide));
            left -= taken;
        }
        if let Some(object) = self.object {
            self.texts.insert(object, with_lf(&text));
        }
        Some(())
    }

    /// The notes with their texts.
    pub(super) fn comments(&mut self) -> Vec<Comment> {
        let notes = std::mem::take(&mut self.notes);
        let comment = |note: Note| {
            let of_object = note.object.and_then(|object| self.texts.remove(&object));
            let text = of_object.unwrap_or(note.text);
            is_on_sheet(note.at).then_some(Comment { at: note.at, author: note.author, text })
        };
        let mut comments: Vec<Comment> = notes.into_iter().filter_map(comment).collect();
        comments.sort_by_key(|comment| comment.at);
        comments
    }

    /// The texts of text boxes and shapes.
    pub(super) fn shapes(&mut self) -> Vec<Shape> {
        let shapes = std::mem::take(&mut self.shapes).into_iter();
        let shape = |(object, range)| Some(Shape { range, text: self.texts.remove(&object)? });
        shapes.filter_map(shape).filter(|shape| !shape.text.trim().is_empty()).collect()
    }
}

/// The cells under the last anchor of a drawing's records (MS-XLS 2.5.193, OfficeArtClientAnchorSheet).
fn anchor(bytes: &[u8]) -> Option<Range> {
    const HEAD: [u8; 6] = [0x10, 0xF0, 0x12, 0, 0, 0];
    let at = memchr::memmem::rfind(bytes, &HEAD)? + HEAD.len();
    let mut record = Record { kind: 0, rest: bytes.get(at..)? };
    record.u16()?;
    let mut corner = || {
        let column = u32::from(record.u16()?);
        record.u16()?;
        let row = u32::from(record.u16()?);
        record.u16()?;
        Some(CellRef::new(row, column)).filter(|&at| is_on_sheet(at))
    };
    let first = corner()?;
    Some(Range::new(first, corner().unwrap_or(first)))
}

fn range(record: &mut Record<'_>) -> Option<Range> {
    let [top, bottom, left, right] = [record.u16()?, record.u16()?, record.u16()?, record.u16()?].map(u32::from);
    Some(Range::new(CellRef::new(top, left), CellRef::new(bottom, right)))
}

/// A link (2.4.140): the range, then what MS-OSHARED 2.3.7.1 calls a hyperlink object; `None` inside if it has no target.
#[expect(clippy::option_option, reason = "the outer level is damage, which callers pass on with `?`")]
fn link(record: &mut Record<'_>) -> Option<Option<Hyperlink>> {
    const HAS_MONIKER: u32 = 0x1;
    const HAS_LOCATION: u32 = 0x8;
    const HAS_NAME: u32 = 0x10;
    const HAS_FRAME: u32 = 0x80;
    const MONIKER_IS_TEXT: u32 = 0x100;
    let range = range(record)?;
    record.take(16 + 4)?;
    let flags = record.u32()?;
    let has = |flag: u32| flags & flag != 0;
    for flag in [HAS_NAME, HAS_FRAME] {
        if has(flag) {
            link_text(record)?;
        }
    }
    let mut target = match (has(HAS_MONIKER), has(MONIKER_IS_TEXT)) {
        (true, true) => link_text(record)?,
        (true, false) => moniker(record)?,
        (false, _) => String::new(),
    };
    if has(HAS_LOCATION) {
        target = format!("{target}#{}", link_text(record)?);
    }
    let is_link = is_on_sheet(range.last) && !matches!(target.as_str(), "" | "#");
    Some(is_link.then_some(Hyperlink { range, target }))
}

/// A text of a link: characters, the last one NUL, their number in front.
fn link_text(record: &mut Record<'_>) -> Option<String> {
    let length = usize::try_from(record.u32()?).ok()?.checked_mul(2)?;
    Some(until_nul(&decoded(record.take(length)?, true)))
}

fn until_nul(text: &str) -> String {
    text.split('\0').next().unwrap_or_default().to_owned()
}

/// Where a link leads (MS-OSHARED 2.3.7.2): an address, or a file by its path.
fn moniker(record: &mut Record<'_>) -> Option<String> {
    const URL: [u8; 4] = [0xE0, 0xC9, 0xEA, 0x79];
    let class = record.take(16)?;
    if class.starts_with(&URL) {
        let length = usize::try_from(record.u32()?).ok()?;
        return Some(until_nul(&decoded(record.take(length)?, true)));
    }
    let levels_up = usize::from(record.u16()?).min(100);
    let length = usize::try_from(record.u32()?).ok()?;
    let short_path = encoding_rs::SHIFT_JIS.decode_without_bom_handling(record.take(length)?).0.into_owned();
    record.take(24)?;
    let wide_len = usize::try_from(record.u32()?).ok()?;
    let path = if wide_len >= 6 {
        let bytes = usize::try_from(record.u32()?).ok()?;
        record.u16()?;
        decoded(record.take(bytes)?, true)
    } else {
        until_nul(&short_path)
    };
    Some(format!("{}{path}", "..\\".repeat(levels_up)))
}

/// A validation (2.4.96, Dv).
fn validation(record: &mut Record<'_>, biff: &Biff) -> Option<RawValidation> {
    let flags = record.u32()?;
    for _ in 0..4 {
        let length = usize::from(record.u16()?);
        record.string(length, biff)?;
    }
    let mut formula = || {
        let length = usize::from(record.u16()?);
        record.u16()?;
        record.take(length)
    };
    let (first, second) = (formula()?, formula()?);
    let count = usize::from(record.u16()?);
    let mut ranges = Vec::new();
    for _ in 0..count {
        ranges.push(range(record)?);
    }
    ranges.retain(|range| is_on_sheet(range.last));
    let list = if is_written_out(flags) { written_out(first) } else { cells_of(first) };
    Some(RawValidation::new(flags, ranges, list, [first, second]))
}
