//! Data validations, standard and x14: as written, then with their lists looked up in the cells they name.

use crate::address::{CellRef, MAX_COLUMNS, MAX_ROWS, Range};
use crate::workbook::xml::{Scanner, Tag, Token, XmlError};
use crate::workbook::{Allowed, Bounds, Operator, Sheet, Validation};

/// Words taken from the cells of one list at most; Excel itself shows no more than 32,767.
const MAX_WORDS: usize = 32_767;

/// Ranges of one validation taken at most; Excel writes 8,192.
const MAX_RANGES: usize = 1 << 16;

/// Words of all lists of a workbook together: many lists may name one column of many cells.
pub(in crate::workbook) const MAX_LIST_WORDS: usize = 500_000;

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
    let inside = scanner.depth();
    while !tag.is_empty && scanner.depth() >= inside {
        let Token::Start(child) = scanner.next()?.ok_or(XmlError::Truncated)? else { continue };
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

/// A range, a whole column (`A:C`) or a whole row (`1:3`).
fn area(text: &str) -> Option<Range> {
    if let Ok(range) = text.parse() {
        return Some(range);
    }
    let plain = text.replace('$', "");
    let (first, last) = plain.split_once(':')?;
    if let (Ok(first), Ok(last)) = (first.parse::<u32>(), last.parse::<u32>()) {
        let is_inside = (1..=MAX_ROWS).contains(&first) && (1..=MAX_ROWS).contains(&last);
        return is_inside.then(|| Range::new(CellRef::new(first - 1, 0), CellRef::new(last - 1, MAX_COLUMNS - 1)));
    }
    let first: CellRef = format!("{first}1").parse().ok()?;
    let last: CellRef = format!("{last}{MAX_ROWS}").parse().ok()?;
    Some(Range::new(first, last))
}

/// A defined name and the formula it stands for; `sheet` is the tab's number where the name is the sheet's own.
pub(in crate::workbook) struct DefinedName {
    pub(in crate::workbook) name: String,
    pub(in crate::workbook) sheet: Option<usize>,
    pub(in crate::workbook) formula: String,
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

/// The words a list's formula allows, looked up in the cells it names; `here` is the number of its sheet.
pub(in crate::workbook) fn list_words(
    formula: &str,
    here: usize,
    sheets: &[(usize, Sheet)],
    names: &[DefinedName],
    words_left: &mut usize,
) -> Allowed {
    let formula = formula.strip_prefix('=').unwrap_or(formula).trim();
    if let Some(inner) = formula.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        let words = inner.replace("\"\"", "\"");
        return Allowed::List(words.split(',').map(|word| word.trim().to_owned()).collect());
    }
    let named = names
        .iter()
        .filter(|name| name.name.eq_ignore_ascii_case(formula) && name.sheet.is_none_or(|sheet| sheet == here));
    let target = named.max_by_key(|name| name.sheet.is_some()).map_or(formula, |name| name.formula.as_str());
    match words(target, here, sheets, *words_left) {
        Some(words) => {
            *words_left -= words.len();
            Allowed::List(words)
        }
        None => Allowed::UnresolvedList(formula.to_owned()),
    }
}

/// The words in the cells a reference names, blank cells left out; `None` also where they are more than `most`.
fn words(reference: &str, here: usize, sheets: &[(usize, Sheet)], most: usize) -> Option<Vec<String>> {
    let (sheet_name, place) = match reference.rsplit_once('!') {
        Some((name, place)) => (Some(name), place),
        None => (None, reference),
    };
    let range = area(place.trim())?;
    let sheet = match sheet_name {
        Some(name) => {
            let name = match name.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
                Some(inner) => inner.replace("''", "'"),
                None => name.to_owned(),
            };
            sheets.iter().find(|(_, sheet)| sheet.name.to_lowercase() == name.to_lowercase())
        }
        None => sheets.iter().find(|(number, _)| *number == here),
    };
    let rows = sheet?.1.rows();
    let inside = rows.filter(|(row, _)| (range.first.row..=range.last.row).contains(row));
    let cells = inside.flat_map(|(_, cells)| cells.iter().filter(|cell| range.contains(cell.at)));
    let words = cells.filter(|cell| !cell.text.is_empty()).map(|cell| cell.text.as_str().to_owned());
    let words: Vec<String> = words.take(MAX_WORDS.min(most.saturating_add(1))).collect();
    (words.len() <= most).then_some(words)
}
