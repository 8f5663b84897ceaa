//! Data validations as both binary formats, xls and xlsb, tell them: flags, ranges, and formulas as tokens.
//!
//! Their readers take the tokens apart, which differ in width; what they mean is the same.

use super::lists::{MAX_LIST_WORDS, list_words};
use super::{Allowed, Bounds, Operator, Sheet, Validation};
use crate::address::{Range, quote_sheet};

/// What a validation's list is made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum List {
    Words(Vec<String>),
    /// Cells of a sheet: of another one, by its number in the table of sheets named in formulas.
    Cells(Option<u16>, Range),
    /// A defined name, by its number from 1.
    Name(u32),
    Unknown,
}

/// What formulas of a workbook know by a number.
#[derive(Default)]
pub(super) struct Names {
    /// Number of the tab that stands for each sheet of formulas.
    pub(super) sheets: Vec<u16>,
    /// What each defined name stands for.
    pub(super) names: Vec<List>,
}

impl Names {
    /// What a list is, a defined name looked up.
    fn named<'a>(&'a self, list: &'a List) -> &'a List {
        match list {
            List::Name(number) => {
                let name = (*number as usize).checked_sub(1).and_then(|index| self.names.get(index));
                name.unwrap_or(&List::Unknown)
            }
            other => other,
        }
    }
}

/// A validation before its list is looked up.
pub(super) struct RawValidation {
    ranges: Vec<Range>,
    kind: u32,
    list: List,
    bounds: Bounds,
    allow_blank: bool,
    stops: bool,
}

/// Whether a validation's list is written out in its first formula.
pub(super) fn is_written_out(flags: u32) -> bool {
    flags & 1 << 7 != 0
}

impl RawValidation {
    /// Makes a validation of its flags (MS-XLS 2.4.96, MS-XLSB 2.4.356); the bounds are the tokens of its formulas.
    pub(super) fn new(flags: u32, ranges: Vec<Range>, list: List, [first, second]: [&[u8]; 2]) -> Self {
        const ALLOW_BLANK: u32 = 1 << 8;
        const SHOW_ERROR: u32 = 1 << 19;
        let operator = operator(flags >> 20 & 0xF);
        Self {
            ranges,
            kind: flags & 0xF,
            list,
            bounds: Bounds { operator, first: constant(first), second: constant(second) },
            allow_blank: flags & ALLOW_BLANK != 0,
            stops: flags & SHOW_ERROR != 0 && flags >> 4 & 7 == 0,
        }
    }

    /// Looks up the list in the cells it names; `here` is the number of the sheet's tab. `None` if it allows anything.
    fn resolve(
        self,
        here: usize,
        sheets: &[(usize, Sheet)],
        names: &Names,
        words_left: &mut usize,
    ) -> Option<Validation> {
        let allowed = match self.kind {
            1 => Allowed::Whole(self.bounds),
            2 => Allowed::Decimal(self.bounds),
            3 => match names.named(&self.list) {
                List::Words(words) => Allowed::List(words.clone()),
                List::Cells(sheet, range) => {
                    let tab = match sheet {
                        Some(number) => usize::from(*names.sheets.get(usize::from(*number))?),
                        None => here,
                    };
                    let name = sheets.iter().find(|(number, _)| *number == tab).map(|(_, sheet)| &*sheet.name);
                    let reference = format!("{}!{range}", quote_sheet(name.unwrap_or_default()));
                    list_words(&reference, here, sheets, &[], words_left)
                }
                List::Name(_) | List::Unknown => Allowed::UnresolvedList(String::new()),
            },
            4 | 5 => Allowed::Date(self.bounds),
            6 => Allowed::TextLength(self.bounds),
            7 => Allowed::Custom(String::new()),
            _ => return None,
        };
        Some(Validation { ranges: self.ranges, allowed, allow_blank: self.allow_blank, stops: self.stops })
    }
}

/// Puts the validations of each sheet in, their lists looked up in the sheets.
pub(super) fn with_validations(
    mut sheets: Vec<(usize, Sheet)>,
    raw: Vec<Vec<RawValidation>>,
    names: &Names,
) -> Vec<Sheet> {
    let mut words_left = MAX_LIST_WORDS;
    let mut resolved = Vec::new();
    for (raw, (here, _)) in raw.into_iter().zip(&sheets) {
        let of_sheet = raw.into_iter().filter_map(|one| one.resolve(*here, &sheets, names, &mut words_left));
        resolved.push(of_sheet.collect());
    }
    for ((_, sheet), validations) in sheets.iter_mut().zip(resolved) {
        sheet.validations = validations;
    }
    sheets.into_iter().map(|(_, sheet)| sheet).collect()
}

fn operator(number: u32) -> Operator {
    use Operator::{Between, Equal, GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual, NotBetween, NotEqual};
    const ALL: [Operator; 8] =
        [Between, NotBetween, Equal, NotEqual, GreaterThan, LessThan, GreaterThanOrEqual, LessThanOrEqual];
    ALL.get(number as usize).copied().unwrap_or_default()
}

/// A bound that is a number, as text; empty for anything worked out.
fn constant(tokens: &[u8]) -> String {
    match tokens {
        [0x1E, low, high] => u16::from_le_bytes([*low, *high]).to_string(),
        [0x1F, number @ ..] => {
            number.try_into().map_or_else(|_| String::new(), |bytes| f64::from_le_bytes(bytes).to_string())
        }
        _ => String::new(),
    }
}
