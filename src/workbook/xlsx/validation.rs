//! Data validations, standard and x14: as written, then with their lists looked up by `lists`.

use crate::address::Range;
use crate::workbook::lists::{DefinedName, area, list_words};
use crate::workbook::xml::{Scanner, Tag, XmlError};
use crate::workbook::{Allowed, Bounds, Operator, Sheet, Validation};

/// Ranges of one validation taken at most; Excel writes 8,192.
const MAX_RANGES: usize = 1 << 16;

/// A validation as written. A crafted sheet has half a million of them, so it is kept small.
pub(super) struct RawValidation {
    ranges: Box<[Range]>,
    kind: Kind,
    operator: Operator,
    formula: Box<str>,
    second: Box<str>,
    allow_blank: bool,
    stops: bool,
}

/// What a validation is about (ECMA-376, 18.18.21).
#[derive(Copy, Clone)]
enum Kind {
    List,
    Date,
    Whole,
    Decimal,
    TextLength,
    Custom,
}

impl Kind {
    /// `None` for one that allows anything.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "" | "none" => return None,
            "list" => Self::List,
            "date" | "time" => Self::Date,
            "whole" => Self::Whole,
            "decimal" => Self::Decimal,
            "textLength" => Self::TextLength,
            _ => Self::Custom,
        })
    }
}

/// Reads a `dataValidation` whose start tag was just read; `None` if it allows anything.
pub(super) fn read(scanner: &mut Scanner<'_>, tag: &Tag<'_>) -> Result<Option<RawValidation>, XmlError> {
    let mut places = tag.get("sqref").unwrap_or_default().into_owned();
    let (mut formula, mut second) = (String::new(), String::new());
    let inside = scanner.inside(tag);
    while let Some(child) = scanner.tag_inside(inside)? {
        match child.name {
            "formula1" => formula = scanner.text_of(&child)?,
            "formula2" => second = scanner.text_of(&child)?,
            "sqref" => places = scanner.text_of(&child)?,
            // Some writers keep a long list beside its shortened form: `<x12ac:list>`, with a standard fallback.
            "list" if !child.is_empty => formula = format!("\"{}\"", scanner.text_of(&child)?),
            "Fallback" => scanner.skip(&child)?,
            _ => {}
        }
    }
    let Some(kind) = Kind::named(&tag.get("type").unwrap_or_default()) else { return Ok(None) };
    let style = tag.raw("errorStyle").unwrap_or("stop");
    Ok(Some(RawValidation {
        ranges: places.split_ascii_whitespace().take(MAX_RANGES).filter_map(area).collect(),
        kind,
        operator: Operator::named(tag.raw("operator").unwrap_or_default()),
        formula: formula.trim().into(),
        second: second.trim().into(),
        allow_blank: tag.is_true("allowBlank"),
        stops: tag.is_true("showErrorMessage") && style == "stop",
    }))
}

impl RawValidation {
    /// Looks up a list in the cells it names. `here` is the number of the sheet the validation is on.
    pub(super) fn resolve(
        self,
        here: usize,
        sheets: &[(usize, Sheet)],
        names: &[DefinedName],
        words_left: &mut usize,
    ) -> Validation {
        let first = self.formula.into_string();
        let bounds = |first, second: Box<str>| Bounds { operator: self.operator, first, second: second.into_string() };
        let allowed = match self.kind {
            Kind::List => list_words(&first, here, sheets, names, words_left),
            Kind::Date => Allowed::Date(bounds(first, self.second)),
            Kind::Whole => Allowed::Whole(bounds(first, self.second)),
            Kind::Decimal => Allowed::Decimal(bounds(first, self.second)),
            Kind::TextLength => Allowed::TextLength(bounds(first, self.second)),
            Kind::Custom => Allowed::Custom(first),
        };
        Validation { ranges: self.ranges.into_vec(), allowed, allow_blank: self.allow_blank, stops: self.stops }
    }
}
