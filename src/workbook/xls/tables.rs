//! The globals of a BIFF stream: tabs, fonts, formats, shared strings.

use super::record::{Biff, Continued, Record, Records, code_page};
use super::tokens::cells_of;
use super::{Tab, damaged};
use crate::diagnostic::Failure;
use crate::workbook::binary::{List, Names};
use crate::workbook::strings::{Strings, StringsBuilder, offset};
use crate::workbook::styles::{Colors, Format, Raw, Styles};
use crate::workbook::xlsb::runs;
use crate::workbook::{Font, Rgb, Visibility};

/// Kinds of records (MS-XLS 2.3.2).
mod kind {
    pub(super) const EOF: u16 = 0x000A;
    pub(super) const EXTERN_SHEET: u16 = 0x0017;
    pub(super) const NAME: u16 = 0x0018;
    pub(super) const DATE_MODE: u16 = 0x0022;
    pub(super) const FONT: u16 = 0x0031;
    pub(super) const CODE_PAGE: u16 = 0x0042;
    pub(super) const BOUND_SHEET: u16 = 0x0085;
    pub(super) const PALETTE: u16 = 0x0092;
    pub(super) const XF: u16 = 0x00E0;
    pub(super) const SST: u16 = 0x00FC;
    pub(super) const FORMAT: u16 = 0x041E;
    pub(super) const BOF: u16 = 0x0809;
}

/// What sheets need to know of the whole.
pub(super) struct Book {
    pub(super) biff: Biff,
    pub(super) tabs: Vec<Tab>,
    pub(super) fonts: Vec<Font>,
    pub(super) styles: Styles,
    pub(super) date_1904: bool,
    pub(super) names: Names,
}

/// A font before its colour is looked up, which the palette behind it may change.
struct RawFont {
    font: Font,
    color: u16,
}

pub(super) struct Globals {
    biff: Biff,
    tabs: Vec<Tab>,
    fonts: Vec<RawFont>,
    fills: Vec<Option<u16>>,
    raw: Raw,
    palette: Vec<Rgb>,
    strings: Vec<(String, Vec<(usize, usize)>)>,
    date_1904: bool,
    names: Names,
}

impl Globals {
    pub(super) fn read(stream: &[u8]) -> Result<Self, Failure> {
        let mut globals = Self {
            biff: Biff { is_8: true, code_page: encoding_rs::WINDOWS_1252 },
            tabs: Vec::new(),
            fonts: Vec::new(),
            fills: Vec::new(),
            raw: Raw::default(),
            palette: Vec::new(),
            strings: Vec::new(),
            date_1904: false,
            names: Names::default(),
        };
        let mut records = Records::new(stream);
        while let Some(mut record) = records.next() {
            match record.kind {
                kind::EOF => break,
                kind::SST => globals.shared_strings(record, &mut records),
                _ => {
                    globals.take(&mut record).ok_or_else(|| damaged("record"))?;
                }
            }
        }
        if globals.tabs.is_empty() { Err(damaged("record")) } else { Ok(globals) }
    }

    fn take(&mut self, record: &mut Record<'_>) -> Option<()> {
        const VERSION_8: u16 = 0x0600;
        match record.kind {
            kind::BOF => self.biff.is_8 = record.u16()? >= VERSION_8,
            kind::CODE_PAGE => self.biff.code_page = code_page(record.u16()?),
            kind::DATE_MODE => self.date_1904 = record.u16()? == 1,
            kind::FONT => self.fonts.push(font(record)?),
            kind::FORMAT => {
                let id = u32::from(record.u16()?);
                let length = if self.biff.is_8 { usize::from(record.u16()?) } else { usize::from(record.u8()?) };
                let code = record.string(length, &self.biff)?;
                self.raw.codes.insert(id, code);
            }
            kind::XF => self.format(record)?,
            kind::PALETTE => {
                for _ in 0..record.u16()? {
                    let parts = record.take(4)?;
                    self.palette.push(Rgb(parts[0], parts[1], parts[2]));
                }
            }
            // What is damaged here costs lists their words and nothing else.
            kind::EXTERN_SHEET if self.biff.is_8 => {
                let count = record.u16()?;
                for _ in 0..count {
                    let Some(place) = record.take(6) else { break };
                    self.names.sheets.push(u16::from_le_bytes([place[2], place[3]]));
                }
            }
            kind::NAME if self.biff.is_8 => {
                self.names.names.push(name_tokens(record).map_or(List::Unknown, cells_of));
            }
            kind::BOUND_SHEET => {
                let position = usize::try_from(record.u32()?).ok()?;
                let visibility = match record.u8()? & 3 {
                    1 => Visibility::Hidden,
                    2 => Visibility::VeryHidden,
                    _ => Visibility::Visible,
                };
                let kind = record.u8()?;
                let length = usize::from(record.u8()?);
                let name = record.string(length, &self.biff)?;
                self.tabs.push(Tab { name, visibility, position, kind });
            }
            _ => {}
        }
        Some(())
    }

    /// A cell format (2.4.353, XF); the fill's colour is looked up when the palette is known.
    fn format(&mut self, record: &mut Record<'_>) -> Option<()> {
        const LOCKED: u16 = 1;
        let font = font_index(usize::from(record.u16()?));
        let number_format = u32::from(record.u16()?);
        let unlocked = record.u16()? & LOCKED == 0;
        let (pattern, color) = if self.biff.is_8 {
            record.take(8)?;
            let border = record.u32()?;
            (border >> 26, record.u16()? & 0x7F)
        } else {
            record.take(2)?;
            let colors = record.u16()?;
            (u32::from(record.u16()? & 0x3F), colors & 0x7F)
        };
        const GRAY_125: u32 = 0x11;
        self.raw.formats.push(Format { font, fill: self.fills.len(), number_format, unlocked });
        self.fills.push((pattern != 0 && pattern != GRAY_125).then_some(color));
        Some(())
    }

    /// Takes the shared strings; where they are cut off, those before stay.
    fn shared_strings<'a>(&mut self, mut record: Record<'a>, records: &mut Records<'a>) {
        let Some(_counts) = record.take(8) else { return };
        let mut parts = vec![record.rest];
        parts.extend(records.continued());
        let mut strings = Continued::new(parts);
        while !strings.is_done() {
            let Some(string) = strings.rich_string() else { return };
            self.strings.push(string);
        }
    }

    /// Resolves colours and makes styles and strings.
    pub(super) fn finish(mut self) -> (Book, Strings) {
        let mut colors = Colors::default();
        colors.replace_palette(8, &self.palette);
        let color_of = |index: u16| colors.indexed(usize::from(index), 0.0);
        self.raw.fonts = self.fonts.iter().map(|raw| Font { color: color_of(raw.color), ..raw.font }).collect();
        self.raw.fills = self.fills.iter().map(|fill| fill.and_then(color_of)).collect();
        let fonts = self.raw.fonts.clone();
        let strings = strings(&self.strings, &fonts);
        let styles = Styles::of(self.raw, colors);
        (
            Book { biff: self.biff, tabs: self.tabs, fonts, styles, date_1904: self.date_1904, names: self.names },
            strings,
        )
    }
}

/// The tokens of a defined name (2.4.150, Lbl).
fn name_tokens<'a>(record: &mut Record<'a>) -> Option<&'a [u8]> {
    record.take(3)?;
    let length = usize::from(record.u8()?);
    let tokens_len = usize::from(record.u16()?);
    record.take(8)?;
    let is_wide = record.u8()? & 1 != 0;
    record.take(if is_wide { length * 2 } else { length })?;
    record.take(tokens_len)
}

fn font(record: &mut Record<'_>) -> Option<RawFont> {
    record.u16()?;
    let flags = record.u16()?;
    let color = record.u16()?;
    let weight = record.u16()?;
    record.u16()?;
    let underline = record.u8()?;
    let font = Font { color: None, bold: weight >= 700, underline: underline != 0, strike: flags & 8 != 0 };
    Some(RawFont { font, color })
}

/// The place of a font in the list; number 4 is left out in counting (2.5.129, FontIndex).
pub(super) fn font_index(number: usize) -> usize {
    if number > 4 { number - 1 } else { number }
}

fn strings(raw: &[(String, Vec<(usize, usize)>)], fonts: &[Font]) -> Strings {
    let mut strings = StringsBuilder::default();
    for (text, starts) in raw {
        let start = offset(&strings.arena);
        let starts: Vec<(usize, usize)> = starts.iter().map(|&(first, number)| (first, font_index(number))).collect();
        let runs = runs(text, start as usize, &starts, fonts);
        strings.arena.push_str(text);
        strings.push(runs);
    }
    strings.finish()
}
