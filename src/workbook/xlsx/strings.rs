//! Texts with runs: the shared strings, and the strings written inside cells and comments.
//!
//! All texts of a part go into one arena; a string is a span of it. Phonetic runs are skipped, `_xHHHH_` is decoded,
//! and a `<t>` loses its outer blanks unless it says `xml:space="preserve"`, as Excel reads it.

use memchr::{memchr, memmem};

use super::plain;

use crate::workbook::Font;
use crate::workbook::strings::{RawRun, Strings, StringsBuilder, offset};
use crate::workbook::styles::{Colors, take_font_property};
use crate::workbook::xml::{Scanner, Tag, Token, XmlError, unescape_into};

pub(super) fn shared_strings(text: &str, colors: &Colors) -> Result<Strings, XmlError> {
    let mut strings = StringsBuilder::for_part(text.len());
    let mut fonts = RunFonts::new(colors);
    let mut scanner = Scanner::new(text);
    loop {
        while let Some((string, length)) = plain::plain_string(scanner.rest()) {
            scanner.step_over(length);
            strings.arena.push_str(string);
            strings.push(Vec::new());
        }
        let Some(token) = scanner.next()? else { break };
        let Token::Start(tag) = token else { continue };
        if tag.name == "si" {
            let runs = rich_text(&mut scanner, &tag, &mut fonts, &mut strings.arena)?;
            strings.push(runs);
        } else if tag.name == "extLst" {
            scanner.skip(&tag)?;
        }
    }
    Ok(strings.finish())
}

/// Appends the text of a string element (`si`, `is`, `text`) and returns its runs, none if it has only plain text.
pub(super) fn rich_text<'t>(
    scanner: &mut Scanner<'t>,
    tag: &Tag<'_>,
    fonts: &mut RunFonts<'t, '_>,
    arena: &mut String,
) -> Result<Vec<RawRun>, XmlError> {
    let mut runs = Vec::new();
    if tag.is_empty {
        return Ok(runs);
    }
    let start = arena.len();
    // Text in front of the first run is of the cell's own font.
    let in_front = |arena: &str, runs: &[RawRun]| {
        (runs.is_empty() && arena.len() > start).then(|| RawRun { end: offset(arena), font: None })
    };
    let inside = scanner.depth();
    while scanner.depth() >= inside {
        if let Some((font, text, length)) = fonts.plain_run(scanner.rest()) {
            runs.extend(in_front(arena, &runs));
            scanner.step_over(length);
            arena.push_str(text);
            runs.push(RawRun { end: offset(arena), font });
            continue;
        }
        match scanner.next()?.ok_or(XmlError::Truncated)? {
            Token::Start(tag) => match tag.name {
                "t" => {
                    plain_text(scanner, &tag, arena)?;
                    if !runs.is_empty() {
                        runs.push(RawRun { end: offset(arena), font: None });
                    }
                }
                "r" => {
                    runs.extend(in_front(arena, &runs));
                    runs.push(run(scanner, &tag, fonts, arena)?);
                }
                _ => scanner.skip(&tag)?,
            },
            Token::Text(_) | Token::CData(_) | Token::End(_) => {}
        }
    }
    Ok(runs)
}

fn run<'t>(
    scanner: &mut Scanner<'t>,
    tag: &Tag<'_>,
    fonts: &mut RunFonts<'t, '_>,
    arena: &mut String,
) -> Result<RawRun, XmlError> {
    let mut font = None;
    let inside = scanner.depth();
    while !tag.is_empty && scanner.depth() >= inside {
        match scanner.next()?.ok_or(XmlError::Truncated)? {
            Token::Start(tag) => match tag.name {
                "t" => plain_text(scanner, &tag, arena)?,
                "rPr" => font = Some(fonts.read(scanner, &tag)?),
                _ => scanner.skip(&tag)?,
            },
            Token::Text(_) | Token::CData(_) | Token::End(_) => {}
        }
    }
    Ok(RawRun { end: offset(arena), font })
}

/// The fonts of runs, and how those seen last are written: the thousands of runs of a reference have a few fonts, and
/// reading each anew took a third of the time for its strings.
pub(super) struct RunFonts<'t, 'c> {
    colors: &'c Colors,
    /// What stands in an `rPr` up to its end tag, and the font it makes.
    known: Vec<(&'t str, Font)>,
}

impl<'t, 'c> RunFonts<'t, 'c> {
    /// More are no longer faster to find than to read.
    const MOST: usize = 8;

    pub(super) fn new(colors: &'c Colors) -> Self {
        Self { colors, known: Vec::new() }
    }

    /// The font written at the start of a text, if it is one of those seen, and how many bytes it is written in.
    fn known(&self, written: &str) -> Option<(Font, usize)> {
        let (known, font) = self.known.iter().find(|(known, _)| written.starts_with(known))?;
        Some((*font, known.len()))
    }

    /// Takes a run from the start of a text whose font was seen before and whose own text is as it stands: font, text,
    /// and how many bytes the run takes. Nearly all runs are such; by tokens they took half the time for the strings.
    #[inline]
    fn plain_run<'r>(&self, written: &'r str) -> Option<(Option<Font>, &'r str, usize)> {
        let inside = written.strip_prefix("<r>")?;
        let (font, inside) = match inside.strip_prefix("<rPr>") {
            Some(properties) => {
                let (font, length) = self.known(properties)?;
                (Some(font), &properties[length..])
            }
            None => (None, inside),
        };
        let (text, behind) = plain::plain_text(inside)?;
        let rest = behind.strip_prefix("</r>")?;
        Some((font, text, written.len() - rest.len()))
    }

    /// Reads the font in an `rPr` whose start tag was just read.
    fn read(&mut self, scanner: &mut Scanner<'t>, tag: &Tag<'_>) -> Result<Font, XmlError> {
        let mut font = Font::default();
        if tag.is_empty {
            return Ok(font);
        }
        let written = scanner.rest();
        if let Some((font, length)) = self.known(written) {
            scanner.step_out(length);
            return Ok(font);
        }
        let inside = scanner.inside(tag);
        while let Some(property) = scanner.tag_inside(inside)? {
            take_font_property(&mut font, &property, self.colors);
        }
        if self.known.len() < Self::MOST {
            self.known.push((&written[..written.len() - scanner.rest().len()], font));
        }
        Ok(font)
    }
}

/// Appends the text of a `<t>`.
#[inline]
fn plain_text(scanner: &mut Scanner<'_>, tag: &Tag<'_>, arena: &mut String) -> Result<(), XmlError> {
    if tag.is_empty {
        return Ok(());
    }
    let start = arena.len();
    text_inside(scanner, arena)?;
    if tag.raw("space") != Some("preserve") {
        trim(arena, start);
    }
    decode_escapes(arena, start);
    Ok(())
}

/// Appends all text up to the end of the element just entered.
#[inline]
pub(super) fn text_inside(scanner: &mut Scanner<'_>, arena: &mut String) -> Result<(), XmlError> {
    let inside = scanner.depth();
    while scanner.depth() >= inside {
        match scanner.next()?.ok_or(XmlError::Truncated)? {
            Token::Text(raw) => unescape_into(raw, arena),
            Token::CData(text) => arena.push_str(text),
            Token::Start(_) | Token::End(_) => {}
        }
    }
    Ok(())
}

fn trim(arena: &mut String, start: usize) {
    let is_blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
    let text = &arena[start..];
    let end = start + text.trim_end_matches(is_blank).len();
    arena.truncate(end);
    let lead = arena.len() - start - arena[start..].trim_start_matches(is_blank).len();
    if lead > 0 {
        arena.replace_range(start..start + lead, "");
    }
}

/// Decodes `_xHHHH_` (18.4.8, ST_Xstring) in the arena from `start` on; two may be the halves of one character.
pub(super) fn decode_escapes(arena: &mut String, start: usize) {
    let holds_one =
        memchr(b'_', &arena.as_bytes()[start..]).is_some() && memmem::find(&arena.as_bytes()[start..], b"_x").is_some();
    if !holds_one {
        return;
    }
    let text = arena.split_off(start);
    let mut rest = text.as_str();
    let mut units: Vec<u16> = Vec::new();
    while !rest.is_empty() {
        if let Some(unit) = escape(rest) {
            units.push(unit);
            rest = &rest[7..];
            continue;
        }
        push_units(&mut units, arena);
        let length = memmem::find(&rest.as_bytes()[1..], b"_x").map_or(rest.len(), |at| at + 1);
        arena.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    push_units(&mut units, arena);
}

/// The code unit of an escape at the start of a text.
fn escape(text: &str) -> Option<u16> {
    let bytes = text.as_bytes().get(..7)?;
    let is_escape = bytes.starts_with(b"_x") && bytes[6] == b'_' && bytes[2..6].iter().all(u8::is_ascii_hexdigit);
    if is_escape { u16::from_str_radix(&text[2..6], 16).ok() } else { None }
}

fn push_units(units: &mut Vec<u16>, arena: &mut String) {
    arena.extend(char::decode_utf16(units.drain(..)).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str) -> Vec<String> {
        let strings = shared_strings(&format!("<sst>{xml}</sst>"), &Colors::new(None).unwrap()).unwrap();
        (0..).map_while(|number| strings.get(number)).map(|text| text.to_string()).collect()
    }

    #[test]
    fn texts_come_without_phonetics_and_with_escapes_decoded() {
        for (xml, text) in [
            ("<si><t>統制</t><rPh sb='0' eb='2'><t>トウセイ</t></rPh><phoneticPr fontId='1'/></si>", "統制"),
            ("<si><r><t>統</t></r><r><rPr><b/></rPr><t>制</t></r><rPh sb='0' eb='1'><t>トウ</t></rPh></si>", "統制"),
            ("<si><t> a </t></si>", "a"),
            ("<si><t xml:space='preserve'> a </t></si>", " a "),
            ("<si><t>\u{3000}a\u{A0}</t></si>", "\u{3000}a\u{A0}"),
            ("<si><t>a_x000D_&#10;b</t></si>", "a\r\nb"),
            ("<si><t>_x005F_x0041_</t></si>", "_x0041_"),
            ("<si><t>_xD83D__xDE00_x_x_xZZZZ_実_x</t></si>", "😀x_x_xZZZZ_実_x"),
            ("<si><t>_xD83D_a</t></si>", "\u{FFFD}a"),
            ("<si><t><![CDATA[<&>]]>&lt;</t></si>", "<&><"),
            ("<si><t/></si>", ""),
            ("<si/>", ""),
        ] {
            assert_eq!(check(xml), [text], "{xml}");
        }
        assert_eq!(check("<si><t>a</t></si><x:si xmlns:x='y'><x:t>b</x:t></x:si>"), ["a", "b"]);
    }

    #[test]
    fn runs_keep_their_fonts_and_where_they_end() {
        let xml = "<sst><si><t>無地</t></si><si><r><t>旧</t></r><r><rPr><color rgb='FFFF0000'/><u val='none'/></rPr>\
                   <t>新規</t></r></si><si><r><rPr><color rgb='FFFF0000'/><u val='none'/></rPr><t>赤</t></r><r><rPr/>\
                   <t>無</t></r><r><rPr><color rgb='FFFF0000'/></rPr><t>朱</t></r></si></sst>";
        let strings = shared_strings(xml, &Colors::new(None).unwrap()).unwrap();
        assert_eq!(strings.runs_of(0), None);
        let red = Font { color: Some(crate::workbook::Rgb(0xFF, 0, 0)), ..Font::default() };
        let run = |end, font| RawRun { end, font };
        assert_eq!(strings.runs_of(1).unwrap(), (&[run(9, None), run(15, Some(red))][..], 6));
        let fonts = [run(18, Some(red)), run(21, Some(Font::default())), run(24, Some(red))];
        assert_eq!(strings.runs_of(2).unwrap(), (&fonts[..], 15));
    }

    #[test]
    fn the_short_way_over_plain_runs_reads_what_the_tokens_say() {
        let red = "<rPr><color rgb='FFFF0000'/></rPr>";
        let pieces = [
            "<r><t>統制</t></r>".to_owned(),
            format!("<r>{red}<t>追加</t></r>"),
            format!("<r>{red}<t xml:space=\"preserve\"> 追\n</t></r>"),
            format!("<r>{red}<t> a </t></r>"),
            format!("<r>{red}<t>a_x0041_&amp;</t></r>"),
            format!("<r>{red}<t></t></r>"),
            format!("<r>{red}</r>"),
            "<r><t>a</t><t>b</t></r>".to_owned(),
            "<t>前</t>".to_owned(),
            "<rPh sb='0' eb='1'><t>トウ</t></rPh>".to_owned(),
        ];
        let read = |xml: &str| {
            let strings = shared_strings(&format!("<sst>{xml}</sst>"), &Colors::new(None).unwrap()).unwrap();
            let string = |number| {
                Some((strings.get(number)?.to_string(), strings.runs_of(number).map(|runs| format!("{runs:?}"))))
            };
            (0..).map_while(string).collect::<Vec<_>>()
        };
        for first in &pieces {
            for second in &pieces {
                for third in &pieces {
                    let xml = format!("<si>{first}</si><si>{second}{third}{first}</si>");
                    // A blank in the tags is the same to XML, and no plain form.
                    let by_tokens = xml.replace("<r>", "<r >").replace("<si>", "<si >");
                    assert_eq!(read(&xml), read(&by_tokens), "{xml}");
                }
            }
        }
    }
}
