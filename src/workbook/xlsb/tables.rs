//! Styles and shared strings of an xlsb.

use super::record::{Record, Records};
use crate::workbook::strings::{RawRun, Strings, StringsBuilder, offset_of};
use crate::workbook::styles::{Colors, Format, Raw, Styles};
use crate::workbook::{Font, Rgb};

const NUMBER_FORMAT: u16 = 0x002C;
const FONT: u16 = 0x002B;
const FILL: u16 = 0x002D;
const CELL_FORMAT: u16 = 0x002F;
const CELL_FORMATS_BEGIN: u16 = 0x0269;
const CELL_FORMATS_END: u16 = 0x026A;
const STRING: u16 = 0x0013;

/// Reads the styles part; the fonts come along for the runs that name them.
pub(super) fn styles(bytes: &[u8], colors: Colors) -> Option<(Styles, Vec<Font>)> {
    let mut raw = Raw::default();
    let mut is_cell_format = false;
    let mut records = Records::new(bytes);
    while let Some(mut record) = records.next()? {
        match record.kind {
            NUMBER_FORMAT => {
                let id = u32::from(record.u16()?);
                raw.codes.insert(id, record.wide_string()?);
            }
            FONT => raw.fonts.push(font(&mut record, &colors)?),
            FILL => raw.fills.push(fill(&mut record, &colors)?),
            CELL_FORMATS_BEGIN => is_cell_format = true,
            CELL_FORMATS_END => is_cell_format = false,
            CELL_FORMAT if is_cell_format => raw.formats.push(format(&mut record)?),
            _ => {}
        }
    }
    let fonts = raw.fonts.clone();
    Some((Styles::of(raw, colors), fonts))
}

/// A font (2.4.149, BrtFont).
fn font(record: &mut Record<'_>, colors: &Colors) -> Option<Font> {
    record.u16()?;
    let flags = record.u16()?;
    let weight = record.u16()?;
    record.u16()?;
    let underline = record.u8()?;
    record.take(3)?;
    let color = color(record, colors)?;
    Some(Font { color, bold: weight >= 700, underline: underline != 0, strike: flags & 8 != 0 })
}

/// A fill (2.4.157, BrtFill): its pattern and the pattern's foreground.
fn fill(record: &mut Record<'_>, colors: &Colors) -> Option<Option<Rgb>> {
    const GRAY_125: u32 = 0x11;
    let pattern = record.u32()?;
    let color = color(record, colors)?;
    Some(color.filter(|_| pattern != 0 && pattern != GRAY_125))
}

/// A colour (2.5.20, BrtColor).
fn color(record: &mut Record<'_>, colors: &Colors) -> Option<Option<Rgb>> {
    let kind = record.u8()? >> 1;
    let index = usize::from(record.u8()?);
    let tint = f64::from(record.u16()? as i16) / 32767.0;
    let parts = record.take(4)?;
    Some(match kind {
        1 => colors.indexed(index, tint),
        2 => Some(Rgb(parts[0], parts[1], parts[2])),
        3 => colors.theme(index, tint),
        _ => None,
    })
}

/// A cell format (2.4.899, BrtXF).
fn format(record: &mut Record<'_>) -> Option<Format> {
    const LOCKED: u16 = 1 << 12;
    record.u16()?;
    let number_format = u32::from(record.u16()?);
    let font = usize::from(record.u16()?);
    let fill = usize::from(record.u16()?);
    record.take(4)?;
    let flags = record.u16()?;
    Some(Format { font, fill, number_format, unlocked: flags & LOCKED == 0 })
}

pub(super) fn shared_strings(bytes: &[u8], fonts: &[Font]) -> Option<Strings> {
    let mut strings = StringsBuilder::for_part(bytes.len());
    let mut records = Records::new(bytes);
    while let Some(mut record) = records.next()? {
        if record.kind != STRING {
            continue;
        }
        let runs = rich_string(&mut record, fonts, &mut strings.arena)?;
        strings.push(runs);
    }
    Some(strings.finish())
}

/// Appends a string with runs (2.5.120, RichStr); phonetic runs behind it are not looked at.
pub(super) fn rich_string(record: &mut Record<'_>, fonts: &[Font], arena: &mut String) -> Option<Vec<RawRun>> {
    const HAS_RUNS: u8 = 1;
    let flags = record.u8()?;
    let text = record.wide_string()?;
    let start = arena.len();
    arena.push_str(&text);
    if flags & HAS_RUNS == 0 {
        return Some(Vec::new());
    }
    let mut starts = Vec::new();
    for _ in 0..record.u32()? {
        starts.push((usize::from(record.u16()?), usize::from(record.u16()?)));
    }
    Some(runs(&text, start, &starts, fonts))
}

/// Runs given by their first UTF-16 unit and their font, as runs that end at a byte of the arena.
///
/// What stands before the first run is of the cell's own font.
pub(in crate::workbook) fn runs(text: &str, start: usize, starts: &[(usize, usize)], fonts: &[Font]) -> Vec<RawRun> {
    let mut runs = Vec::new();
    if starts.is_empty() {
        return runs;
    }
    let mut font = None;
    let mut next = starts.iter().peekable();
    let mut unit = 0;
    for (byte, character) in text.char_indices() {
        while let Some(&(_, index)) = next.next_if(|&&(first, _)| first <= unit) {
            if byte > 0 {
                runs.push(RawRun { end: offset_of(start + byte), font });
            }
            font = fonts.get(index).copied();
        }
        unit += character.len_utf16();
    }
    runs.push(RawRun { end: offset_of(start + text.len()), font });
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_begin_at_utf_16_units() {
        let bold = Font { bold: true, ..Font::default() };
        let fonts = [Font::default(), bold];
        let found = runs("😀実1追記", 10, &[(3, 1), (4, 0)], &fonts);
        assert_eq!(
            found,
            [
                RawRun { end: 17, font: None },
                RawRun { end: 18, font: Some(bold) },
                RawRun { end: 24, font: Some(Font::default()) }
            ]
        );
        assert_eq!(runs("ab", 0, &[(0, 1)], &fonts), [RawRun { end: 2, font: Some(bold) }]);
        assert_eq!(runs("ab", 0, &[], &fonts), []);
    }
}
