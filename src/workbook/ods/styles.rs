//! Named styles of an OpenDocument file: fonts and fills of cells and spans, hidden tables.

use std::collections::HashMap;

use crate::workbook::xml::{Scanner, Tag, Token, XmlError};
use crate::workbook::{CellStyle, Font, Rgb};

/// What a style says of itself; the rest is its parent's.
#[derive(Clone, Default)]
struct Own {
    parent: Option<String>,
    color: Option<Option<Rgb>>,
    bold: Option<bool>,
    underline: Option<bool>,
    strike: Option<bool>,
    fill: Option<Option<Rgb>>,
    unlocked: Option<bool>,
    is_hidden: bool,
}

/// The styles of a file, by family and name.
#[derive(Default)]
pub(super) struct Looks {
    own: HashMap<(String, String), Own>,
    /// Cell styles; the first is the default.
    pub(super) cells: Vec<CellStyle>,
    cell_numbers: HashMap<String, u32>,
}

/// How many parents are followed; real files have two or three.
const MAX_PARENTS: usize = 20;

impl Looks {
    /// Takes the styles of a part.
    pub(super) fn take(&mut self, text: &str) -> Result<(), XmlError> {
        let mut scanner = Scanner::new(text);
        let mut current: Option<(String, String)> = None;
        while let Some(token) = scanner.next()? {
            let tag = match token {
                Token::Start(tag) => tag,
                // Number formats behind it have properties as well: red for what is negative, say.
                Token::End("style" | "default-style") => {
                    current = None;
                    continue;
                }
                _ => continue,
            };
            match tag.name {
                "style" | "default-style" => {
                    let family = tag.get("family").unwrap_or_default().into_owned();
                    let key = (family, tag.get("name").unwrap_or_default().into_owned());
                    let parent = tag.get("parent-style-name").map(|name| name.into_owned());
                    self.own.insert(key.clone(), Own { parent, ..Own::default() });
                    current = (!tag.is_empty).then_some(key);
                }
                "body" => break,
                _ => {
                    if let Some(own) = current.as_ref().and_then(|key| self.own.get_mut(key)) {
                        own.take(&tag);
                    }
                }
            }
        }
        Ok(())
    }

    /// Gives every cell style its number.
    pub(super) fn resolve(&mut self) {
        self.cells.push(self.cell_style("Default"));
        let mut names: Vec<String> =
            self.own.keys().filter(|(family, _)| family == "table-cell").map(|(_, name)| name.clone()).collect();
        names.sort();
        for name in names {
            let style = self.cell_style(&name);
            let number = u32::try_from(self.cells.len()).expect("a part has fewer than 2^32 styles");
            self.cell_numbers.insert(name, number);
            self.cells.push(style);
        }
    }

    /// The number of a cell style; an unknown one is the default.
    pub(super) fn cell_number(&self, name: &str) -> u32 {
        self.cell_numbers.get(name).copied().unwrap_or(0)
    }

    pub(super) fn is_hidden_table(&self, name: &str) -> bool {
        self.own.get(&("table".to_owned(), name.to_owned())).is_some_and(|own| own.is_hidden)
    }

    /// The font of a span inside a text of some font.
    pub(super) fn span_font(&self, name: &str, around: Font) -> Font {
        self.lineage("text", name).into_iter().rev().fold(around, |font, own| own.over(font))
    }

    /// A style and its parents, nearest first.
    fn lineage(&self, family: &str, name: &str) -> Vec<&Own> {
        let mut lineage = Vec::new();
        let mut next = Some(name.to_owned());
        while let Some(own) = next.and_then(|name| self.own.get(&(family.to_owned(), name))) {
            lineage.push(own);
            if lineage.len() == MAX_PARENTS {
                break;
            }
            next = own.parent.clone();
        }
        lineage.extend(self.own.get(&(family.to_owned(), String::new())));
        lineage
    }

    fn cell_style(&self, name: &str) -> CellStyle {
        let lineage = self.lineage("table-cell", name);
        let font = lineage.iter().rev().fold(Font::default(), |font, own| own.over(font));
        CellStyle {
            font,
            fill: lineage.iter().find_map(|own| own.fill).flatten(),
            unlocked: lineage.iter().find_map(|own| own.unlocked).unwrap_or(false),
            ..CellStyle::default()
        }
    }
}

impl Own {
    fn take(&mut self, tag: &Tag<'_>) {
        let is_line = |name: &str| tag.raw(name).map(|value| value != "none");
        match tag.name {
            "text-properties" => {
                self.color = tag.raw("color").map(color).or(self.color);
                self.bold = tag.raw("font-weight").map(is_bold).or(self.bold);
                // A line has a style or, as LibreOffice writes it when it saves an xlsx as ods, a type alone.
                let line = |style: &str, kind: &str| is_line(style).or(is_line(kind));
                self.underline = line("text-underline-style", "text-underline-type").or(self.underline);
                self.strike = line("text-line-through-style", "text-line-through-type").or(self.strike);
            }
            "table-cell-properties" => {
                self.fill = tag.raw("background-color").map(color).or(self.fill);
                self.unlocked = tag.raw("cell-protect").map(|value| value == "none").or(self.unlocked);
            }
            "table-properties" => self.is_hidden = tag.raw("display") == Some("false"),
            _ => {}
        }
    }

    fn over(&self, font: Font) -> Font {
        Font {
            color: self.color.unwrap_or(font.color),
            bold: self.bold.unwrap_or(font.bold),
            underline: self.underline.unwrap_or(font.underline),
            strike: self.strike.unwrap_or(font.strike),
        }
    }
}

fn is_bold(weight: &str) -> bool {
    weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
}

/// Reads `#RRGGBB`; anything else (`transparent`) is no colour.
fn color(text: &str) -> Option<Rgb> {
    let number = u32::from_str_radix(text.strip_prefix('#')?, 16).ok()?;
    Some(Rgb((number >> 16) as u8, (number >> 8) as u8, number as u8))
}
