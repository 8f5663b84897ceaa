//! Styles and theme: fonts with their colours resolved, fills, number formats, which cells are unlocked.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::Failure;
use crate::workbook::number_format::{self, NumberFormat};
use crate::workbook::package::xml_failure;
use crate::workbook::xml::{Scanner, Tag, Token, XmlError};
use crate::workbook::{CellStyle, Font, Rgb};

/// Everything cells and runs need to know of the workbook's look.
pub(super) struct Styles {
    pub(super) cells: Vec<CellStyle>,
    /// The number format of each cell style, compiled.
    pub(super) formats: Vec<Arc<NumberFormat>>,
    pub(super) colors: Colors,
}

/// The colours that are named by number.
pub(super) struct Colors {
    theme: Vec<Option<Rgb>>,
    indexed: Vec<Rgb>,
}

/// The default palette (ECMA-376 part 1, 18.8.27), 8 to 63; 0 to 7 repeat 8 to 15.
const PALETTE: [u32; 56] = [
    0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000, 0x008000, 0x000080,
    0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080, 0x9999FF, 0x993366, 0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080,
    0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00, 0x00FFFF, 0x800080, 0x800000, 0x008080, 0x0000FF, 0x00CCFF,
    0xCCFFFF, 0xCCFFCC, 0xFFFF99, 0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99, 0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00,
    0xFF9900, 0xFF6600, 0x666699, 0x969696, 0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366, 0x333399,
    0x333333,
];

fn rgb(number: u32) -> Rgb {
    Rgb((number >> 16) as u8, (number >> 8) as u8, number as u8)
}

/// Reads `FFRRGGBB` or `RRGGBB`.
fn hex_color(text: &str) -> Option<Rgb> {
    let digits = text.trim();
    let digits = digits.get(digits.len().checked_sub(6)?..)?;
    u32::from_str_radix(digits, 16).ok().map(rgb)
}

impl Default for Colors {
    fn default() -> Self {
        Self::new(None).expect("without a theme there is nothing to misread")
    }
}

impl Colors {
    pub(super) fn new(theme: Option<&str>) -> Result<Self, XmlError> {
        let indexed = PALETTE[..8].iter().chain(&PALETTE).map(|&number| rgb(number)).collect();
        Ok(Self { theme: theme.map_or(Ok(Vec::new()), theme_colors)?, indexed })
    }

    /// The colour a `<color>` element names; `None` for automatic.
    pub(super) fn resolve(&self, tag: &Tag<'_>) -> Option<Rgb> {
        let tint = tag.number("tint").unwrap_or(0.0);
        if let Some(text) = tag.raw("rgb") {
            hex_color(text).map(|color| tinted(color, tint))
        } else if let Some(index) = tag.number("theme") {
            self.theme(index, tint)
        } else {
            self.indexed(tag.number("indexed")?, tint)
        }
    }

    /// A colour of the theme, by the number cells know it by.
    pub(super) fn theme(&self, index: usize, tint: f64) -> Option<Rgb> {
        self.theme.get(index).copied().flatten().map(|color| tinted(color, tint))
    }

    /// Puts a workbook's own palette in, from a number on.
    pub(super) fn replace_palette(&mut self, first: usize, palette: &[Rgb]) {
        for (color, own) in self.indexed.iter_mut().skip(first).zip(palette) {
            *color = *own;
        }
    }

    /// A colour of the palette; `None` beyond it, where automatic colours have their numbers.
    pub(super) fn indexed(&self, index: usize, tint: f64) -> Option<Rgb> {
        self.indexed.get(index).map(|&color| tinted(color, tint))
    }
}

/// The theme's colours in the order cells number them: light before dark (18.8.3), unlike the scheme itself.
fn theme_colors(text: &str) -> Result<Vec<Option<Rgb>>, XmlError> {
    const ORDER: [&str; 12] = [
        "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink",
        "folHlink",
    ];
    let mut colors = vec![None; ORDER.len()];
    let mut slot = None;
    let mut scanner = Scanner::new(text);
    while let Some(token) = scanner.next()? {
        match token {
            Token::Start(tag) if tag.name == "srgbClr" || tag.name == "sysClr" => {
                let value = tag.raw(if tag.name == "sysClr" { "lastClr" } else { "val" });
                if let (Some(slot), Some(value)) = (slot, value) {
                    colors[slot] = hex_color(value);
                }
            }
            Token::Start(tag) if slot.is_none() => slot = ORDER.iter().position(|name| *name == tag.name),
            Token::End("clrScheme") => break,
            Token::End(name) if ORDER.contains(&name) => slot = None,
            _ => {}
        }
    }
    Ok(colors)
}

/// Lightens or darkens a colour by its luminance (18.8.19).
fn tinted(color: Rgb, tint: f64) -> Rgb {
    if tint == 0.0 || !tint.is_finite() {
        return color;
    }
    let [red, green, blue] = [color.0, color.1, color.2].map(|part| f64::from(part) / 255.0);
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    let luminance = (most + least) / 2.0;
    let changed =
        if tint < 0.0 { luminance * (1.0 + tint.max(-1.0)) } else { luminance + (1.0 - luminance) * tint.min(1.0) };
    // Keeping hue and saturation, each part moves with the luminance: HSL is linear in between.
    let half_range = |luminance: f64| (1.0 - (2.0 * luminance - 1.0).abs()) / 2.0;
    let scale = if half_range(luminance) > 0.0 { half_range(changed) / half_range(luminance) } else { 0.0 };
    let part = |value: f64| ((changed + (value - luminance) * scale).clamp(0.0, 1.0) * 255.0).round() as u8;
    Rgb(part(red), part(green), part(blue))
}

/// Takes one property of a font (`<font>` of a style, `<rPr>` of a run).
pub(super) fn take_font_property(font: &mut Font, tag: &Tag<'_>, colors: &Colors) {
    let is_on = || tag.raw("val").is_none_or(crate::workbook::xml::is_true);
    match tag.name {
        "b" => font.bold = is_on(),
        "strike" | "dstrike" => font.strike = is_on(),
        "u" => font.underline = tag.raw("val") != Some("none"),
        "color" => font.color = colors.resolve(tag),
        _ => {}
    }
}

/// Cell formats as written: indices into fonts, fills and number formats.
#[derive(Copy, Clone, Default)]
pub(super) struct Format {
    pub(super) font: usize,
    pub(super) fill: usize,
    pub(super) number_format: u32,
    pub(super) unlocked: bool,
}

/// The tables of a styles part as written.
#[derive(Default)]
pub(super) struct Raw {
    pub(super) fonts: Vec<Font>,
    pub(super) fills: Vec<Option<Rgb>>,
    pub(super) codes: HashMap<u32, String>,
    pub(super) formats: Vec<Format>,
}

impl Styles {
    /// The style of a workbook without a styles part.
    pub(super) fn plain(colors: Colors) -> Self {
        Self { cells: vec![CellStyle::default()], formats: vec![Arc::new(NumberFormat::compile(""))], colors }
    }

    pub(super) fn read(part: &str, text: &str, colors: Colors) -> Result<Self, Failure> {
        Self::scan(text, colors).map_err(|error| xml_failure(part, error))
    }

    fn scan(text: &str, mut colors: Colors) -> Result<Self, XmlError> {
        if let Some(palette) = own_palette(text)? {
            colors.replace_palette(0, &palette);
        }
        let mut raw = Raw::default();
        let mut scanner = Scanner::new(text);
        while let Some(tag) = scanner.next_tag()? {
            match tag.name {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode")) {
                        raw.codes.insert(id, code.into_owned());
                    }
                }
                "fonts" => raw.fonts = fonts(&mut scanner, &tag, &colors)?,
                "fills" => raw.fills = fills(&mut scanner, &tag, &colors)?,
                "cellXfs" => raw.formats = formats(&mut scanner, &tag)?,
                "dxfs" | "cellStyleXfs" | "tableStyles" | "borders" => scanner.skip(&tag)?,
                _ => {}
            }
        }
        Ok(raw.resolved(colors))
    }

    /// Joins fonts, fills and number formats of the binary formats to styles.
    pub(super) fn of(raw: Raw, colors: Colors) -> Self {
        raw.resolved(colors)
    }

    /// The style of a cell; an index the file does not have is the default style.
    pub(super) fn index(&self, stated: u32) -> u32 {
        if (stated as usize) < self.cells.len() { stated } else { 0 }
    }
}

impl Raw {
    fn resolved(self, colors: Colors) -> Styles {
        let mut compiled: HashMap<u32, (Arc<str>, Arc<NumberFormat>)> = HashMap::new();
        let mut styles = Styles { cells: Vec::new(), formats: Vec::new(), colors };
        let default = [Format::default()];
        for format in if self.formats.is_empty() { &default[..] } else { &self.formats } {
            let (code, compiled_format) = compiled
                .entry(format.number_format)
                .or_insert_with_key(|id| {
                    let own = self.codes.get(id).map(String::as_str);
                    let code = own.or_else(|| number_format::builtin(*id)).unwrap_or_default();
                    let shown_code = if code == "General" { "" } else { code };
                    (Arc::from(shown_code), Arc::new(NumberFormat::compile(code)))
                })
                .clone();
            styles.cells.push(CellStyle {
                font: self.fonts.get(format.font).copied().unwrap_or_default(),
                fill: self.fills.get(format.fill).copied().flatten(),
                number_format: code,
                is_date: compiled_format.is_date,
                unlocked: format.unlocked,
            });
            styles.formats.push(compiled_format);
        }
        styles
    }
}

/// The workbook's own palette, which stands behind the styles that use it.
fn own_palette(text: &str) -> Result<Option<Vec<Rgb>>, XmlError> {
    if memchr::memmem::find(text.as_bytes(), b"indexedColors").is_none() {
        return Ok(None);
    }
    let mut palette = Vec::new();
    let mut scanner = Scanner::new(text);
    while let Some(tag) = scanner.next_tag()? {
        if tag.name == "rgbColor" {
            palette.push(tag.raw("rgb").and_then(hex_color).unwrap_or(rgb(0)));
        }
    }
    Ok(Some(palette))
}

/// Calls `take` for each tag inside an element, with its level (1 for children).
fn each_inside<'a>(
    scanner: &mut Scanner<'a>,
    tag: &Tag<'_>,
    mut take: impl FnMut(u32, &Tag<'a>),
) -> Result<(), XmlError> {
    if tag.is_empty {
        return Ok(());
    }
    let inside = scanner.depth();
    while scanner.depth() >= inside {
        match scanner.next()? {
            Some(Token::Start(tag)) => {
                let level = scanner.depth() - inside + u32::from(tag.is_empty);
                take(level, &tag);
            }
            Some(_) => {}
            None => return Err(XmlError::Truncated),
        }
    }
    Ok(())
}

fn fonts(scanner: &mut Scanner<'_>, tag: &Tag<'_>, colors: &Colors) -> Result<Vec<Font>, XmlError> {
    let mut fonts: Vec<Font> = Vec::new();
    each_inside(scanner, tag, |level, tag| match (level, tag.name, fonts.last_mut()) {
        (1, "font", _) => fonts.push(Font::default()),
        (2, _, Some(font)) => take_font_property(font, tag, colors),
        _ => {}
    })?;
    Ok(fonts)
}

fn fills(scanner: &mut Scanner<'_>, tag: &Tag<'_>, colors: &Colors) -> Result<Vec<Option<Rgb>>, XmlError> {
    let mut fills: Vec<Option<Rgb>> = Vec::new();
    let mut has_pattern = false;
    each_inside(scanner, tag, |_, tag| match (tag.name, fills.last_mut()) {
        ("fill", _) => {
            fills.push(None);
            has_pattern = false;
        }
        ("patternFill", _) => {
            has_pattern = !matches!(tag.raw("patternType"), None | Some("none" | "gray125"));
        }
        ("fgColor", Some(fill)) if has_pattern => *fill = colors.resolve(tag),
        // A gradient has no foreground; its first colour stands for it.
        ("color", Some(fill)) if fill.is_none() => *fill = colors.resolve(tag),
        _ => {}
    })?;
    Ok(fills)
}

/// Cell formats taken at most: Excel's limit is 65,490. Cells of a format beyond have the default one.
const MAX_STYLES: usize = 1 << 16;

fn formats(scanner: &mut Scanner<'_>, tag: &Tag<'_>) -> Result<Vec<Format>, XmlError> {
    let mut formats: Vec<Format> = Vec::new();
    each_inside(scanner, tag, |level, tag| {
        if formats.len() == MAX_STYLES && tag.name == "xf" {
            return;
        }
        match (level, tag.name, formats.last_mut()) {
            (1, "xf", _) => formats.push(Format {
                font: tag.number("fontId").unwrap_or(0),
                fill: tag.number("fillId").unwrap_or(0),
                number_format: tag.number("numFmtId").unwrap_or(0),
                unlocked: false,
            }),
            (2, "protection", Some(format)) => {
                format.unlocked = tag.raw("locked").is_some_and(|value| !crate::workbook::xml::is_true(value));
            }
            _ => {}
        }
    })?;
    Ok(formats)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEME: &str = "<a:theme xmlns:a='x'><a:clrScheme name='Office'><a:dk1><a:sysClr val='windowText' \
        lastClr='000000'/></a:dk1><a:lt1><a:sysClr val='window' lastClr='FFFFFF'/></a:lt1><a:dk2><a:srgbClr \
        val='44546A'/></a:dk2><a:lt2><a:srgbClr val='E7E6E6'/></a:lt2><a:accent1><a:srgbClr val='4472C4'/></a:accent1>\
        <a:accent2><a:srgbClr val='FF0000'/></a:accent2></a:clrScheme></a:theme>";

    #[test]
    fn colours_resolve_by_rgb_theme_index_and_tint() {
        let colors = Colors::new(Some(THEME)).unwrap();
        for (xml, color) in [
            ("<color rgb='FFC00000'/>", Some(Rgb(0xC0, 0, 0))),
            ("<color rgb='FF0000'/>", Some(Rgb(0xFF, 0, 0))),
            ("<color theme='0'/>", Some(Rgb(0xFF, 0xFF, 0xFF))),
            ("<color theme='1'/>", Some(Rgb(0, 0, 0))),
            ("<color theme='3'/>", Some(Rgb(0x44, 0x54, 0x6A))),
            ("<color theme='5'/>", Some(Rgb(0xFF, 0, 0))),
            // Office shows accent 1, 40 % lighter, as 8EAADB (Word) or 8EA9DB (Excel).
            ("<color theme='4' tint='0.39997558519241921'/>", Some(Rgb(0x8F, 0xAA, 0xDC))),
            ("<color theme='0' tint='-0.249977111117893'/>", Some(Rgb(0xBF, 0xBF, 0xBF))),
            ("<color indexed='10'/>", Some(Rgb(0xFF, 0, 0))),
            ("<color indexed='2'/>", Some(Rgb(0xFF, 0, 0))),
            ("<color indexed='64'/>", None),
            ("<color auto='1'/>", None),
            ("<color theme='99'/>", None),
        ] {
            let Some(Token::Start(tag)) = Scanner::new(xml).next().unwrap() else { panic!("a tag") };
            assert_eq!(colors.resolve(&tag), color, "{xml}");
        }
    }

    #[test]
    fn styles_join_fonts_fills_formats_and_locks() {
        let text = "<styleSheet><numFmts count='1'><numFmt numFmtId='164' formatCode='yyyy\"年\"'/></numFmts>\
            <fonts><font><sz val='11'/></font><font><b/><strike/><u/><color indexed='10'/></font></fonts>\
            <fills><fill><patternFill patternType='none'/></fill><fill><patternFill patternType='solid'>\
            <fgColor rgb='FFFFFF00'/><bgColor indexed='64'/></patternFill></fill></fills>\
            <cellStyleXfs><xf fontId='1'/></cellStyleXfs><cellXfs><xf numFmtId='0' fontId='0' fillId='0'/>\
            <xf numFmtId='164' fontId='1' fillId='1'><alignment wrapText='1'/><protection locked='0'/></xf></cellXfs>\
            <dxfs><dxf><font><b/></font></dxf></dxfs></styleSheet>";
        let styles = Styles::scan(&text.replace("\"年\"", "&quot;年&quot;"), Colors::new(None).unwrap()).unwrap();
        assert_eq!(styles.cells.len(), 2);
        assert_eq!(styles.cells[0], CellStyle::default());
        let style = &styles.cells[1];
        assert_eq!(style.font, Font { color: Some(Rgb(0xFF, 0, 0)), bold: true, underline: true, strike: true });
        assert_eq!(style.fill, Some(Rgb(0xFF, 0xFF, 0)));
        assert_eq!(&*style.number_format, "yyyy\"年\"");
        assert!(style.is_date && style.unlocked);
    }
}
