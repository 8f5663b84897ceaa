//! Content validations of an OpenDocument file (part 3, 9.4.5): named rules that cells point at.

use std::collections::HashMap;

use crate::address::Range;
use crate::workbook::lists::{DefinedName, list_words};
use crate::workbook::xml::{Scanner, Tag, XmlError};
use crate::workbook::{Allowed, Bounds, Operator, Sheet, Validation};

/// A rule as written.
pub(super) struct Rule {
    condition: String,
    allow_blank: bool,
    stops: bool,
}

/// The rules of a file by name, and the ranges that have names.
#[derive(Default)]
pub(super) struct Rules {
    by_name: HashMap<String, Rule>,
    pub(super) names: Vec<DefinedName>,
}

impl Rules {
    /// Takes a `content-validation` whose start tag was just read.
    pub(super) fn take(&mut self, scanner: &mut Scanner<'_>, tag: &Tag<'_>) -> Result<(), XmlError> {
        let mut rule = Rule {
            condition: tag.get("condition").unwrap_or_default().into_owned(),
            allow_blank: tag.raw("allow-empty-cell") != Some("false"),
            stops: false,
        };
        let inside = scanner.inside(tag);
        while let Some(child) = scanner.tag_inside(inside)? {
            if child.name == "error-message" {
                let is_stop = matches!(child.raw("message-type"), None | Some("stop"));
                rule.stops = is_stop && child.raw("display") == Some("true");
            }
        }
        self.by_name.insert(tag.get("name").unwrap_or_default().into_owned(), rule);
        Ok(())
    }

    /// Takes the name of a range.
    pub(super) fn name(&mut self, tag: &Tag<'_>) {
        if let (Some(name), Some(address)) = (tag.get("name"), tag.get("cell-range-address")) {
            let formula = reference(&address);
            self.names.push(DefinedName { name: name.into_owned(), sheet: None, formula });
        }
    }

    /// The validations of a sheet, from the ranges that point at rules.
    pub(super) fn validations(
        &self,
        places: &[(String, Range)],
        here: usize,
        sheets: &[(usize, Sheet)],
        words_left: &mut usize,
    ) -> Vec<Validation> {
        let mut validations = Vec::new();
        let mut by_rule: Vec<(&str, Vec<Range>)> = Vec::new();
        let mut index: HashMap<&str, usize> = HashMap::new();
        for (name, range) in places {
            let at = *index.entry(name).or_insert_with(|| {
                by_rule.push((name, Vec::new()));
                by_rule.len() - 1
            });
            by_rule[at].1.push(*range);
        }
        for (name, ranges) in by_rule {
            let Some(rule) = self.by_name.get(name) else { continue };
            let Some(allowed) = rule.allowed(here, sheets, &self.names, words_left) else { continue };
            let ranges = joined(ranges);
            validations.push(Validation { ranges, allowed, allow_blank: rule.allow_blank, stops: rule.stops });
        }
        validations
    }
}

/// Ranges of the same columns, one right below the other, are one.
fn joined(ranges: Vec<Range>) -> Vec<Range> {
    let mut out: Vec<Range> = Vec::new();
    for range in ranges {
        let is_below = |above: &&mut Range| {
            (above.first.column, above.last.column, above.last.row + 1)
                == (range.first.column, range.last.column, range.first.row)
        };
        match out.iter_mut().rev().take(16).find(is_below) {
            Some(above) => above.last = range.last,
            None => out.push(range),
        }
    }
    out
}

impl Rule {
    /// What the condition allows; `None` where it allows anything.
    fn allowed(
        &self,
        here: usize,
        sheets: &[(usize, Sheet)],
        names: &[DefinedName],
        words_left: &mut usize,
    ) -> Option<Allowed> {
        let condition = self.condition.split_once(':').map_or(self.condition.as_str(), |(_, rest)| rest).trim();
        let inner = |function: &str| condition.strip_prefix(function)?.strip_prefix('(')?.strip_suffix(')');
        if let Some(list) = inner("cell-content-is-in-list") {
            return Some(match quoted_words(list) {
                Some(words) => Allowed::List(words),
                None => list_words(&reference(list), here, sheets, names, words_left),
            });
        }
        if let Some(formula) = inner("is-true-formula") {
            return Some(Allowed::Custom(formula.to_owned()));
        }
        let says = |word: &str| condition.contains(word);
        Some(if condition.is_empty() {
            return None;
        } else if says("is-date") || says("is-time") {
            Allowed::Date(bounds(condition))
        } else if says("text-length") {
            Allowed::TextLength(bounds(condition))
        } else if says("whole-number") {
            Allowed::Whole(bounds(condition))
        } else if says("decimal-number") {
            Allowed::Decimal(bounds(condition))
        } else {
            Allowed::Custom(condition.to_owned())
        })
    }
}

/// The bounds of a condition: `… and cell-content()>=1`, `…is-between(1,5)`, `cell-content-text-length()<9`.
fn bounds(condition: &str) -> Bounds {
    const OPERATORS: [(&str, Operator); 6] = [
        ("<=", Operator::LessThanOrEqual),
        (">=", Operator::GreaterThanOrEqual),
        ("!=", Operator::NotEqual),
        ("<", Operator::LessThan),
        (">", Operator::GreaterThan),
        ("=", Operator::Equal),
    ];
    let two = |function: &str| {
        let inside = condition.split_once(function)?.1.strip_prefix('(')?.strip_suffix(')')?;
        inside.split_once([',', ';'])
    };
    let of = |operator, first: &str, second: &str| {
        let [first, second] = [first, second].map(|bound| bound.trim().to_owned());
        Bounds { operator, first, second }
    };
    for (function, operator) in [("is-not-between", Operator::NotBetween), ("is-between", Operator::Between)] {
        if let Some((first, second)) = two(function) {
            return of(operator, first, second);
        }
    }
    let compared = condition.rsplit_once("()").map_or("", |(_, rest)| rest);
    let found = OPERATORS.iter().find_map(|(sign, operator)| Some((compared.strip_prefix(sign)?, *operator)));
    found.map_or_else(Bounds::default, |(bound, operator)| of(operator, bound, ""))
}

/// Reads `"a";"b"`; `None` if that is not what stands there.
fn quoted_words(list: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut rest = list.trim();
    while let Some(inside) = rest.strip_prefix('"') {
        let mut word = String::new();
        let mut at = inside;
        loop {
            let (part, behind) = at.split_once('"')?;
            word.push_str(part);
            match behind.strip_prefix('"') {
                Some(more) => {
                    word.push('"');
                    at = more;
                }
                None => {
                    rest = behind.trim_start();
                    break;
                }
            }
        }
        words.push(word);
        rest = rest.strip_prefix(';').unwrap_or(rest).trim_start();
    }
    (rest.is_empty() && !words.is_empty()).then_some(words)
}

/// `[$表.$A$1:.$A$3]` as `表!$A$1:$A$3`; a name stays as it is.
fn reference(text: &str) -> String {
    let bare = text.trim().trim_start_matches('[').trim_end_matches(']');
    let Some((first, last)) = bare.split_once(':') else { return address(bare) };
    let last = last.rsplit_once('.').map_or(last, |(_, cell)| cell);
    format!("{}:{last}", address(first))
}

fn address(text: &str) -> String {
    match text.rsplit_once('.') {
        Some(("", cell)) => cell.to_owned(),
        Some((sheet, cell)) => format!("{}!{cell}", sheet.trim_start_matches('$')),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_references_are_read_as_opendocument_writes_them() {
        let words = |list: &str| quoted_words(list).map(|words| words.join("|"));
        assert_eq!(words("\"対応済\";\"未,対応\" ; \"a\"\"b\"").as_deref(), Some("対応済|未,対応|a\"b"));
        assert_eq!(words("[.$A$2:.$A$3]"), None);
        for (text, plain) in [
            ("[.$A$2:.$A$3]", "$A$2:$A$3"),
            ("[$統制.$A$2:.$A$3]", "統制!$A$2:$A$3"),
            ("[$'a.b'.A1:$'a.b'.A3]", "'a.b'!A1:A3"),
            ("結果", "結果"),
        ] {
            assert_eq!(reference(text), plain);
        }
    }

    #[test]
    fn bounds_are_read_in_each_form() {
        let check = |condition: &str| {
            let Bounds { operator, first, second } = bounds(condition);
            (operator, first, second)
        };
        let of = |operator, first: &str, second: &str| (operator, first.to_owned(), second.to_owned());
        for (condition, read) in [
            ("cell-content-is-date() and cell-content()>43903", of(Operator::GreaterThan, "43903", "")),
            ("cell-content-is-whole-number() and cell-content-is-between(1,5)", of(Operator::Between, "1", "5")),
            ("cell-content-text-length()<=9", of(Operator::LessThanOrEqual, "9", "")),
            ("cell-content-text-length-is-not-between(1,2)", of(Operator::NotBetween, "1", "2")),
        ] {
            assert_eq!(check(condition), read);
        }
    }
}
