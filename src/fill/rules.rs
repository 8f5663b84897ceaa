//! Whether a value satisfies a cell's data validation, as far as that can be told without calculating the workbook.
//!
//! Bounds that are numbers, dates or `DATE(…)`, and the usual formulas over the cell itself (`LEN(B2)<=100`,
//! `ISNUMBER(B2)`, `B2<>""`, joined by AND, OR, NOT) are decided; everything else is left undecided and said.

use crate::address::CellRef;
use crate::workbook::{Bounds, Operator};

/// A value on its way into a cell.
#[derive(Copy, Clone, Debug)]
pub(super) enum Candidate<'a> {
    Text(&'a str),
    Number(f64),
}

/// Says whether a number lies within bounds; `None` where a bound is no constant.
pub(super) fn within(bounds: &Bounds, number: f64, date_1904: bool) -> Option<bool> {
    let first = constant(&bounds.first, date_1904)?;
    let second = || constant(&bounds.second, date_1904);
    Some(match bounds.operator {
        Operator::Between => first <= number && number <= second()?,
        Operator::NotBetween => number < first || second()? < number,
        Operator::Equal => number == first,
        Operator::NotEqual => number != first,
        Operator::LessThan => number < first,
        Operator::LessThanOrEqual => number <= first,
        Operator::GreaterThan => number > first,
        Operator::GreaterThanOrEqual => number >= first,
    })
}

/// The bounds as a message shows them.
pub(super) fn shown(bounds: &Bounds) -> String {
    let Bounds { operator, first, second } = bounds;
    match operator {
        Operator::Between => format!("{first} – {second}"),
        Operator::NotBetween => format!("< {first}, > {second}"),
        Operator::Equal => format!("= {first}"),
        Operator::NotEqual => format!("≠ {first}"),
        Operator::LessThan => format!("< {first}"),
        Operator::LessThanOrEqual => format!("≤ {first}"),
        Operator::GreaterThan => format!("> {first}"),
        Operator::GreaterThanOrEqual => format!("≥ {first}"),
    }
}

/// A bound that is a number, `DATE(y,m,d)` or a date in quotes.
fn constant(formula: &str, date_1904: bool) -> Option<f64> {
    let formula = formula.trim().trim_start_matches('=');
    if let Ok(number) = formula.parse::<f64>() {
        return number.is_finite().then_some(number);
    }
    let serial = |date| crate::workbook::patch::serial(date, date_1904);
    if let Some(text) = formula.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return serial(crate::answers::date::parse(text)?);
    }
    let inside = call(formula, "DATE")?;
    let parts: Vec<i32> = inside.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let &[year, month, day] = parts.as_slice() else { return None };
    let date = jiff::civil::Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    serial(date)
}

/// Says whether a value satisfies a formula; `None` where the formula is not one of the forms we know.
///
/// The formula is written for the first cell of the validation's range; `at` is the cell the value goes to.
pub(super) fn satisfies(formula: &str, first: CellRef, at: CellRef, value: Candidate<'_>) -> Option<bool> {
    let own = Own { first, at, value };
    own.holds(formula.trim().trim_start_matches('=').trim(), 0)
}

struct Own<'a> {
    first: CellRef,
    at: CellRef,
    value: Candidate<'a>,
}

/// Formulas nested deeper than this are left undecided.
const DEEPEST: usize = 16;

impl Own<'_> {
    fn holds(&self, formula: &str, depth: usize) -> Option<bool> {
        if depth > DEEPEST {
            return None;
        }
        let each = |inside: &str| -> Option<Vec<bool>> {
            arguments(inside).into_iter().map(|argument| self.holds(argument, depth + 1)).collect()
        };
        if let Some(inside) = call(formula, "AND") {
            return Some(each(inside)?.into_iter().all(|holds| holds));
        }
        if let Some(inside) = call(formula, "OR") {
            return Some(each(inside)?.into_iter().any(|holds| holds));
        }
        if let Some(inside) = call(formula, "NOT") {
            return self.holds(inside, depth + 1).map(|holds| !holds);
        }
        if let Some(inside) = call(formula, "ISNUMBER") {
            return self.is_own(inside).then_some(matches!(self.value, Candidate::Number(_)));
        }
        if let Some(inside) = call(formula, "ISTEXT") {
            return self.is_own(inside).then_some(matches!(self.value, Candidate::Text(_)));
        }
        if let Some(inside) = call(formula, "ISBLANK") {
            return self.is_own(inside).then_some(false);
        }
        self.compares(formula)
    }

    /// `LEN(B2)<=100`, `B2<>""`, `B2>0`.
    fn compares(&self, formula: &str) -> Option<bool> {
        let (left, sign, right) = comparison(formula)?;
        if let Some(inside) = call(left, "LEN") {
            let length = match self.value {
                Candidate::Text(text) => text.encode_utf16().count() as f64,
                Candidate::Number(_) => return None,
            };
            return if self.is_own(inside) { ordered(length, sign, right.parse().ok()?) } else { None };
        }
        if !self.is_own(left) {
            return None;
        }
        match (self.value, right.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'))) {
            (Candidate::Text(text), Some(other)) => {
                let same = text.to_lowercase() == other.replace("\"\"", "\"").to_lowercase();
                match sign {
                    "=" => Some(same),
                    "<>" => Some(!same),
                    _ => None,
                }
            }
            (Candidate::Number(number), None) => ordered(number, sign, right.parse().ok()?),
            _ => None,
        }
    }

    /// Whether a reference of the formula means the cell itself, once moved from the first cell to this one.
    fn is_own(&self, reference: &str) -> bool {
        let reference = reference.trim();
        let is_fixed_row = reference.rfind('$').is_some_and(|at| at > 0);
        let is_fixed_column = reference.starts_with('$');
        let Ok(named) = reference.replace('$', "").parse::<CellRef>() else { return false };
        named == self.first
            && (!is_fixed_row || self.at.row == named.row)
            && (!is_fixed_column || self.at.column == named.column)
    }
}

fn ordered(left: f64, sign: &str, right: f64) -> Option<bool> {
    match sign {
        "<=" => Some(left <= right),
        ">=" => Some(left >= right),
        "<>" => Some(left != right),
        "<" => Some(left < right),
        ">" => Some(left > right),
        "=" => Some(left == right),
        _ => None,
    }
}

/// What stands in the brackets of a call of one function, if the whole formula is that.
fn call<'a>(formula: &'a str, name: &str) -> Option<&'a str> {
    let formula = formula.trim();
    let head = formula.get(..name.len()).filter(|head| head.eq_ignore_ascii_case(name))?;
    let inside = formula[head.len()..].trim_start().strip_prefix('(')?.strip_suffix(')')?;
    closes_last(inside).then_some(inside)
}

/// Whether no bracket of a text closes one opened before it.
fn closes_last(inside: &str) -> bool {
    let mut open = 0i32;
    outside_quotes(inside).all(|(_, c)| {
        open += i32::from(c == '(') - i32::from(c == ')');
        open >= 0
    })
}

/// The arguments of a call, split at the commas of its own level.
fn arguments(inside: &str) -> Vec<&str> {
    let mut open = 0i32;
    let mut cuts = Vec::new();
    for (at, c) in outside_quotes(inside) {
        open += i32::from(c == '(') - i32::from(c == ')');
        if c == ',' && open == 0 {
            cuts.push(at);
        }
    }
    let starts = std::iter::once(0).chain(cuts.iter().map(|at| at + 1));
    let ends = cuts.iter().copied().chain([inside.len()]);
    starts.zip(ends).map(|(start, end)| inside[start..end].trim()).collect()
}

/// A comparison's sides and its sign; `None` where the formula is none or has several.
fn comparison(formula: &str) -> Option<(&str, &str, &str)> {
    let signs: Vec<usize> =
        outside_quotes(formula).filter(|(_, c)| matches!(c, '<' | '>' | '=')).map(|(at, _)| at).collect();
    let (&first, &last) = (signs.first()?, signs.last()?);
    let is_one_sign = signs.len() == 1 || signs.len() == 2 && last == first + 1;
    is_one_sign.then(|| (formula[..first].trim(), &formula[first..=last], formula[last + 1..].trim()))
}

/// The characters outside quoted texts, with their places.
fn outside_quotes(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut is_quoted = false;
    text.char_indices().filter(move |&(_, c)| {
        is_quoted ^= c == '"';
        !is_quoted && c != '"'
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(operator: Operator, first: &str, second: &str) -> Bounds {
        Bounds { operator, first: first.to_owned(), second: second.to_owned() }
    }

    #[test]
    fn bounds_that_are_constants_are_decided() {
        use Operator::{Between, GreaterThan, NotEqual};
        let check = |bounds: &Bounds, number| within(bounds, number, false);
        assert_eq!(check(&bounds(Between, "1", "5"), 5.0), Some(true));
        assert_eq!(check(&bounds(Between, "1", "5"), 5.5), Some(false));
        assert_eq!(check(&bounds(NotEqual, "3", ""), 3.0), Some(false));
        assert_eq!(check(&bounds(GreaterThan, "DATE(2026,1,1)", ""), 46_024.0), Some(true));
        assert_eq!(check(&bounds(GreaterThan, "DATE(2026,1,1)", ""), 46_023.0), Some(false));
        assert_eq!(check(&bounds(GreaterThan, "TODAY()", ""), 46_024.0), None);
        assert_eq!(check(&bounds(Between, "1", "$B$2"), 3.0), None);
    }

    #[track_caller]
    fn check(formula: &str, value: Candidate<'_>, expected: Option<bool>) {
        let (first, at) = ("D5".parse().unwrap(), "D9".parse().unwrap());
        assert_eq!(satisfies(formula, first, at, value), expected, "{formula} {value:?}");
    }

    #[test]
    fn the_usual_formulas_over_the_cell_itself_are_decided() {
        use Candidate::{Number, Text};
        check("LEN(D5)<=3", Text("三文字"), Some(true));
        check("len( $D5 ) < 3", Text("三文字"), Some(false));
        check("=AND(ISTEXT(D5),LEN(D5)<=10)", Text("x"), Some(true));
        check("OR(D5=\"A,(\",D5=\"b\")", Text("a,("), Some(true));
        check("NOT(ISTEXT(D5))", Text("x"), Some(false));
        check("D5<>\"\"", Text("x"), Some(true));
        check("AND(D5>=1,D5<=5)", Number(7.0), Some(false));
    }

    #[test]
    fn what_needs_the_workbook_stays_undecided() {
        use Candidate::Text;
        for formula in
            ["COUNTIF($D$5:$D$99,D5)=1", "LEN(D$5)<3", "LEN(E5)<3", "C5=\"済\"", "A1", "", "(((", "D5=1=1", "AND("]
        {
            check(formula, Text("x"), None);
        }
    }
}
