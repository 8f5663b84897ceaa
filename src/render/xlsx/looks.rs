//! Fonts, colours and lines: one theme that maps roles to looks, for every workbook we write.
//!
//! Lines and words carry the meaning, so that a black-and-white print loses nothing; colour only adds.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::template::Colors;

/// Dark blue of titles and rules.
pub(super) const NAVY: u32 = 0x1F_3864;
/// Fill of a header over what is given.
const HEADER_FILL: u32 = 0xDC_E6F1;
/// Fill of a header over what is to be filled in.
const ENTRY_HEADER_FILL: u32 = 0xFF_E8A3;
/// Tint of cells to be filled in (記入欄).
const ENTRY_FILL: u32 = 0xFF_FBEB;
/// Fill of bands, labels and totals.
pub(super) const BAND_FILL: u32 = 0xF2_F2F2;
/// Fill of what is unanswered.
pub(super) const UNANSWERED_FILL: u32 = 0xFC_E4D6;
/// Fill of what must be looked at again.
pub(super) const RECHECK_FILL: u32 = 0xFF_E699;
/// Fill of what is overdue or to be acted on.
pub(super) const OVERDUE_FILL: u32 = 0xFF_D9D9;
/// Fill of what is met.
pub(super) const MET_FILL: u32 = 0xE2_EFDA;
/// Lines between cells.
pub(super) const LINE: u32 = 0xA6_A6A6;
/// Text that matters less.
pub(super) const MUTED: u32 = 0x59_5959;
/// Text that was added.
pub(super) const ADDED: u32 = 0xC0_0000;
/// Text that was taken away.
pub(super) const DELETED: u32 = 0x1F_4E79;
/// Text that only moved.
pub(super) const MOVED: u32 = 0x37_5623;
/// Links.
pub(super) const LINK: u32 = 0x05_63C1;

/// Which stretch of a text it is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Tone {
    /// As it was.
    Plain,
    /// Added: underlined, red.
    Added,
    /// Taken away: underlined, struck, blue.
    Deleted,
    /// Moved: underlined, green.
    Moved,
    /// A number that changed: double underline.
    Renumbered,
    /// Left out or said by us: grey.
    Muted,
    /// Added and not marked by the publisher: double underline, red, bold.
    Unmarked,
    /// Marked by the publisher in a way of its own: blue. Read back as emphasis.
    MarkedEmphasis,
    /// Marked by the publisher as added: red. Read back as added.
    MarkedAdded,
    /// Marked by the publisher as deleted: struck. Read back as deleted.
    MarkedDeleted,
}

/// The look of a cell, and what its height is reckoned from.
#[derive(Clone, Debug)]
pub(super) struct Look {
    /// The writer's format.
    pub(super) format: Format,
    /// Font size in points.
    pub(super) size_pt: f64,
    /// Whether text wraps; a row grows only for texts that wrap.
    pub(super) wraps: bool,
}

impl Look {
    fn with(&self, change: impl FnOnce(Format) -> Format) -> Self {
        Self { format: change(self.format.clone()), ..*self }
    }

    pub(super) fn centred(&self) -> Self {
        self.with(|format| format.set_align(FormatAlign::Center))
    }

    pub(super) fn middle(&self) -> Self {
        self.with(|format| format.set_align(FormatAlign::VerticalCenter))
    }

    pub(super) fn right(&self) -> Self {
        self.with(|format| format.set_align(FormatAlign::Right).set_indent(1))
    }

    pub(super) fn bold(&self) -> Self {
        self.with(Format::set_bold)
    }

    pub(super) fn filled(&self, color: u32) -> Self {
        self.with(|format| format.set_background_color(Color::RGB(color)))
    }

    pub(super) fn coloured(&self, color: u32) -> Self {
        self.with(|format| format.set_font_color(Color::RGB(color)))
    }

    pub(super) fn bordered(&self) -> Self {
        self.with(|format| format.set_border(FormatBorder::Thin).set_border_color(Color::RGB(LINE)))
    }

    pub(super) fn ruled_below(&self) -> Self {
        self.with(|format| format.set_border_bottom(FormatBorder::Medium).set_border_bottom_color(Color::RGB(NAVY)))
    }

    pub(super) fn number(&self, number_format: &str) -> Self {
        self.with(|format| format.set_num_format(number_format))
    }

    /// A cell that stays open on a protected sheet.
    pub(super) fn unlocked(&self) -> Self {
        self.with(Format::set_unlocked)
    }

    /// Letter text, right for ids: Excel makes no number or date of it when it is edited.
    pub(super) fn as_text(&self) -> Self {
        self.with(|format| format.set_num_format_index(49))
    }

    pub(super) fn underlined_as_link(&self) -> Self {
        self.with(|format| format.set_font_color(Color::RGB(LINK)).set_underline(FormatUnderline::Single))
    }

    /// The whole cell in a tone: a text of one stretch cannot be a rich string.
    pub(super) fn toned(&self, tone: Tone) -> Self {
        self.with(|format| tone_format(format, tone))
    }
}

/// The theme of a workbook.
#[derive(Clone, Debug)]
pub(super) struct Looks {
    font: String,
    size_pt: f64,
    /// Fill of a header over what is given.
    header_fill: u32,
    /// Fill of a header over what is to be filled in.
    entry_header_fill: u32,
    /// Tint of cells to be filled in.
    entry_fill: u32,
}

impl Looks {
    /// The usual theme: Meiryo UI, which every Windows Excel in Japanese has, at 9 points, dense and still readable.
    pub(super) fn new() -> Self {
        Self::of("Meiryo UI", 9.0)
    }

    /// A theme in another font.
    pub(super) fn of(font: &str, size_pt: f64) -> Self {
        Self {
            font: font.to_owned(),
            size_pt,
            header_fill: HEADER_FILL,
            entry_header_fill: ENTRY_HEADER_FILL,
            entry_fill: ENTRY_FILL,
        }
    }

    /// The theme in a template's colours.
    pub(super) fn coloured(self, colors: Colors) -> Self {
        Self {
            header_fill: colors.header.unwrap_or(self.header_fill),
            entry_header_fill: colors.entry_header.unwrap_or(self.entry_header_fill),
            entry_fill: colors.entry.unwrap_or(self.entry_fill),
            ..self
        }
    }

    pub(super) fn header_fill(&self) -> u32 {
        self.header_fill
    }

    pub(super) fn entry_fill(&self) -> u32 {
        self.entry_fill
    }

    pub(super) fn font(&self) -> &str {
        &self.font
    }

    fn sized(&self, size_pt: f64) -> Look {
        let format = Format::new()
            .set_font_name(self.font.as_str())
            .set_font_size(size_pt)
            .set_font_family(2)
            .set_font_charset(128);
        Look { format, size_pt, wraps: false }
    }

    /// A line of text on the bare sheet.
    pub(super) fn line(&self) -> Look {
        self.sized(self.size_pt).middle()
    }

    /// A wrapped text on the bare sheet.
    pub(super) fn paragraph(&self) -> Look {
        let look = self.sized(self.size_pt).with(|format| format.set_text_wrap().set_align(FormatAlign::Top));
        Look { wraps: true, ..look }
    }

    /// The title of a sheet.
    pub(super) fn title(&self) -> Look {
        self.sized(16.0).bold().coloured(NAVY).middle()
    }

    /// The heading of a section within a sheet.
    pub(super) fn heading(&self) -> Look {
        self.sized(11.0).bold().coloured(NAVY).middle()
    }

    /// Small print.
    pub(super) fn small(&self) -> Look {
        self.sized(8.0).coloured(MUTED).middle()
    }

    /// A line of any size.
    pub(super) fn display(&self, size_pt: f64) -> Look {
        self.sized(size_pt).middle()
    }

    /// A cell of a table's body.
    pub(super) fn cell(&self) -> Look {
        self.paragraph().bordered()
    }

    /// A cell of a flat table for machines: no lines, no wrapping.
    pub(super) fn flat(&self) -> Look {
        self.sized(self.size_pt).with(|format| format.set_align(FormatAlign::Top))
    }

    /// A cell of a table's body to be filled in.
    pub(super) fn entry(&self) -> Look {
        self.cell().filled(self.entry_fill).unlocked()
    }

    /// A heading of a table.
    pub(super) fn header(&self) -> Look {
        self.cell().bold().filled(self.header_fill).centred().middle()
    }

    /// A heading over cells to be filled in.
    pub(super) fn entry_header(&self) -> Look {
        self.cell().bold().filled(self.entry_header_fill).centred().middle()
    }

    /// A label beside a value, or a row of totals.
    pub(super) fn band(&self) -> Look {
        self.cell().filled(BAND_FILL).middle()
    }

    /// The font of a stretch within a cell. Every stretch names its font: a run without one is shown in Calibri.
    pub(super) fn run(&self, tone: Tone) -> Format {
        tone_format(self.sized(self.size_pt).format, tone)
    }
}

fn tone_format(format: Format, tone: Tone) -> Format {
    let coloured = |format: Format, color: u32| format.set_font_color(Color::RGB(color));
    match tone {
        Tone::Plain => format,
        Tone::Added => coloured(format.set_underline(FormatUnderline::Single), ADDED),
        Tone::Deleted => coloured(format.set_underline(FormatUnderline::Single).set_font_strikethrough(), DELETED),
        Tone::Moved => coloured(format.set_underline(FormatUnderline::Single), MOVED),
        Tone::Renumbered => format.set_underline(FormatUnderline::Double),
        Tone::Muted => coloured(format, MUTED),
        Tone::Unmarked => coloured(format.set_underline(FormatUnderline::Double).set_bold(), ADDED),
        Tone::MarkedAdded => coloured(format, 0xFF_0000),
        Tone::MarkedDeleted => format.set_font_strikethrough(),
        Tone::MarkedEmphasis => coloured(format, 0x00_70C0),
    }
}
