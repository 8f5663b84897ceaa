//! Number format codes (ECMA-376 part 1, 18.8.31): what Excel shows for a number or a date.
//!
//! Codes are compiled once for each style. What a code leaves to the system's settings (the short date) is shown as
//! a Japanese Windows shows it. A date in a code that is not understood is shown in ISO form, a number as General.

mod code;
mod date;
mod digits;

use code::{Section, Token};
use digits::Decimal;

pub(super) use date::{iso_to_serial, write_iso};

/// A compiled number format.
#[derive(Clone, Debug)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
    /// Whether a section shows a date or time.
    pub(super) is_date: bool,
    is_general: bool,
}

impl NumberFormat {
    pub(super) fn compile(code: &str) -> Self {
        let sections = code::sections(code);
        let is_date = sections.iter().any(|section| section.is_date);
        let is_general =
            matches!(&sections[..], [only] if matches!(only.tokens[..], [] | [Token::General] | [Token::At]));
        Self { sections, is_date, is_general }
    }

    /// Appends what is shown for a number; `raw` is how the file writes it.
    pub(super) fn write(&self, value: f64, raw: &str, date_1904: bool, out: &mut String) {
        if self.is_general {
            return write_general(value, raw, out);
        }
        let start = out.len();
        let (section, shows_sign) = self.section_for(value);
        let is_written = match section {
            None => false,
            Some(section) if section.is_date => date::write(section, value, date_1904, out),
            Some(section) => write_section(section, value, shows_sign, out),
        };
        let hides_everything = self.sections.iter().all(|section| section.tokens.is_empty());
        if !is_written || hides_everything {
            out.truncate(start);
            if self.is_date { write_iso(value, date_1904, out) } else { write_general(value, raw, out) }
        }
    }

    /// The section that applies, and whether the sign is still to be written.
    fn section_for(&self, value: f64) -> (Option<&Section>, bool) {
        let numeric = &self.sections[..self.sections.len().min(3)];
        if numeric.iter().any(|section| section.condition.is_some()) {
            let fits = |section: &&Section| section.condition.as_ref().is_none_or(|condition| condition.holds(value));
            return (numeric.iter().find(fits), value < 0.0);
        }
        match numeric {
            [_, negative, ..] if value < 0.0 => (Some(negative), false),
            [_, _, zero] if value == 0.0 => (Some(zero), false),
            [positive, ..] => (Some(positive), value < 0.0),
            [] => (None, false),
        }
    }
}

/// General, as the formula bar shows it: 15 significant digits, exponents for the very large and very small.
pub(super) fn write_general(value: f64, raw: &str, out: &mut String) {
    let is_plain_integer = raw.len() <= 15 && !raw.is_empty() && raw.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain_integer && (raw.len() == 1 || !raw.starts_with('0')) {
        out.push_str(raw);
    } else if value.is_finite() {
        Decimal::of(value).write_general(value < 0.0, out);
    } else {
        out.push_str(raw);
    }
}

fn write_section(section: &Section, value: f64, shows_sign: bool, out: &mut String) -> bool {
    if section.has_fraction || !value.is_finite() {
        return false;
    }
    let decimal = Decimal::of(value).scaled(2 * section.percents as i32 - 3 * section.thousands as i32);
    let is_shown_as_zero = section.exponent.is_none() && decimal.rounds_to_zero(section.decimals);
    if shows_sign && !is_shown_as_zero {
        out.push('-');
    }
    match section.exponent {
        Some(_) => write_scientific(section, &decimal, out),
        None => write_fixed(section, &decimal, out),
    }
    true
}

fn write_fixed(section: &Section, decimal: &Decimal, out: &mut String) {
    let (whole, fraction) = decimal.rounded(section.decimals);
    write_patterned(section, &whole, &fraction, None, out);
}

fn write_scientific(section: &Section, decimal: &Decimal, out: &mut String) {
    let step = section.whole_places.max(1) as i32;
    let (mantissa, exponent) = decimal.normalised(step, section.decimals);
    let (whole, fraction) = mantissa.rounded(section.decimals);
    write_patterned(section, &whole, &fraction, Some(exponent), out);
}

/// Puts digits into the places of a section; literal text stands between them where the code has it.
fn write_patterned(section: &Section, whole: &str, fraction: &str, exponent: Option<i32>, out: &mut String) {
    let places = section.whole_places;
    let whole = whole.trim_start_matches('0').as_bytes();
    let fraction_kept = fraction.trim_end_matches('0').len();
    let mut place = 0;
    let mut decimal_place = 0;
    for token in &section.tokens {
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::General | Token::At => out.push_str(std::str::from_utf8(whole).unwrap_or_default()),
            Token::Percent => out.push('%'),
            Token::Point => {
                // A code without places before the point, such as `.00`, still shows the whole number.
                if places == 0 {
                    out.push_str(std::str::from_utf8(whole).unwrap_or_default());
                }
                out.push('.');
            }
            Token::Whole(kind) => {
                let from_right = places - place;
                let first = if place == 0 { whole.len().max(from_right) } else { from_right };
                for position in (from_right..=first).rev() {
                    write_whole_digit(section, whole, position, *kind, out);
                }
                place += 1;
            }
            Token::Decimal(kind) => {
                let digit = fraction.as_bytes().get(decimal_place).copied().unwrap_or(b'0');
                match kind {
                    _ if decimal_place < fraction_kept || *kind == '0' => out.push(char::from(digit)),
                    '?' => out.push(' '),
                    _ => {}
                }
                decimal_place += 1;
            }
            Token::Exponent { plus, places } => {
                let exponent = exponent.unwrap_or(0);
                out.push('E');
                if exponent < 0 {
                    out.push('-');
                } else if *plus {
                    out.push('+');
                }
                out.push_str(&format!("{:0places$}", exponent.unsigned_abs()));
            }
            Token::Date(_) => {}
        }
    }
}

/// Writes the digit `position` places left of the point (from 1), with its separator.
fn write_whole_digit(section: &Section, whole: &[u8], position: usize, kind: char, out: &mut String) {
    let digit = whole.len().checked_sub(position).map(|index| char::from(whole[index]));
    match (digit, kind) {
        (Some(digit), _) => out.push(digit),
        (None, '0') => out.push('0'),
        (None, '?') => out.push(' '),
        (None, _) => return,
    }
    if section.is_grouped && position > 1 && (position - 1).is_multiple_of(3) {
        out.push(',');
    }
}

/// Codes of the built-in formats, as a Japanese Excel has them (18.8.30; 27 to 36 and 50 to 58 are the ja-JP ones).
pub(super) fn builtin(id: u32) -> Option<&'static str> {
    Some(match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        5 | 6 => "\"¥\"#,##0;\"¥\"-#,##0",
        7 | 8 => "\"¥\"#,##0.00;\"¥\"-#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        14 => "yyyy/m/d",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 => "h:mm",
        21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 57 => "[$-411]ge.m.d",
        28 | 29 | 51 | 54 | 58 => "[$-411]ggge\"年\"m\"月\"d\"日\"",
        30 => "m/d/yy",
        31 => "yyyy\"年\"m\"月\"d\"日\"",
        32 => "h\"時\"mm\"分\"",
        33 => "h\"時\"mm\"分\"ss\"秒\"",
        34 | 52 | 55 => "yyyy\"年\"m\"月\"",
        35 | 53 | 56 => "m\"月\"d\"日\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 => "#,##0;-#,##0;\"-\"",
        42 => "\"¥\"#,##0;\"¥\"-#,##0;\"¥\"\"-\"",
        43 => "#,##0.00;-#,##0.00;\"-\"??",
        44 => "\"¥\"#,##0.00;\"¥\"-#,##0.00;\"¥\"\"-\"??",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: &str, value: f64) -> String {
        let mut out = String::new();
        NumberFormat::compile(code).write(value, &value.to_string(), false, &mut out);
        out
    }

    #[test]
    fn numbers_show_as_in_excel() {
        for (code, value, shown) in [
            ("General", 1.0, "1"),
            ("General", 1.1, "1.1"),
            ("General", 0.1 + 0.2, "0.3"),
            ("General", -1234567.5, "-1234567.5"),
            ("General", 1e25, "1E+25"),
            ("General", 1.5e-12, "1.5E-12"),
            ("", 12.0, "12"),
            ("0", 2.5, "3"),
            ("0.00", 1.005, "1.01"),
            ("0.00", 2.0, "2.00"),
            ("#,##0", 1234567.0, "1,234,567"),
            ("#,##0", 12.0, "12"),
            ("#,##0;-#,##0;\"-\"", 0.0, "-"),
            ("#,##0;[Red]-#,##0", -1234.0, "-1,234"),
            ("0;(0)", -5.0, "(5)"),
            ("0", -0.4, "0"),
            ("0%", 0.256, "26%"),
            ("0.0%", -0.256, "-25.6%"),
            ("000", 7.0, "007"),
            ("000-0000", 1234567.0, "123-4567"),
            ("\"第\"0\"版\"", 9.0, "第9版"),
            ("0\"件\"", 308.0, "308件"),
            ("#.##", 0.5, ".5"),
            ("0.###", 1.5, "1.5"),
            ("#,##0,", 1234567.0, "1,235"),
            ("0.00E+00", 12345.0, "1.23E+04"),
            ("##0.0E+0", 12345.0, "12.3E+3"),
            ("[>=100]\"多\";\"少\"", 100.0, "多"),
            ("[>=100]\"多\";\"少\"", 5.0, "少"),
            (";;;", 5.0, "5"),
            ("0;-0;;@", 0.0, ""),
            ("General\"点\"", 5.0, "5点"),
            ("# ?/?", 0.5, "0.5"),
            ("_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)", 1234.0, "1,234"),
            ("[$¥-411]#,##0", 1200.0, "¥1,200"),
            ("\\A0", 3.0, "A3"),
        ] {
            assert_eq!(check(code, value), shown, "{code} of {value}");
        }
    }

    #[test]
    fn dates_show_as_in_excel_eras_included() {
        for (code, value, shown) in [
            ("yyyy/m/d", 43903.0, "2020/3/13"),
            ("yyyy-mm-dd", 43903.0, "2020-03-13"),
            ("yyyy\"年\"m\"月\"d\"日\"", 43903.0, "2020年3月13日"),
            ("[$-411]ggge\"年\"m\"月\"d\"日\"", 43903.0, "令和2年3月13日"),
            ("[$-411]ge.m.d", 43585.0, "H31.4.30"),
            ("[$-411]ge.mm.dd", 43586.0, "R1.05.01"),
            ("[$-ja-JP-x-gannen]ggge\"年\"m\"月\"", 43586.0, "令和元年5月"),
            ("m/d/yy", 43903.0, "3/13/20"),
            ("d-mmm-yy", 43903.0, "13-Mar-20"),
            ("m\"月\"d\"日\"(aaa)", 43903.0, "3月13日(金)"),
            ("h:mm:ss", 0.75, "18:00:00"),
            ("h:mm AM/PM", 0.75, "6:00 PM"),
            ("[h]:mm", 1.5, "36:00"),
            ("mm:ss.0", 0.000_011_574_074_074, "00:01.0"),
            ("yyyy/m/d h:mm", 43903.5, "2020/3/13 12:00"),
            ("yyyy/mm/dd;@", 43903.0, "2020/03/13"),
            ("[$-F800]dddd, mmmm dd, yyyy", 43903.0, "2020年3月13日"),
            ("yyyy/m/d", 60.0, "1900/2/29"),
            ("yyyy/m/d", 1.0, "1900/1/1"),
            ("yyyy/m/d", -1.0, "-1"),
            ("yyyy/m/d", 1e9, "1000000000"),
        ] {
            assert_eq!(check(code, value), shown, "{code} of {value}");
        }
        assert!(NumberFormat::compile("yyyy/mm/dd;@").is_date);
        assert!(!NumberFormat::compile("[Red]0.00;\"dd\"").is_date);
        assert!(!NumberFormat::compile("General").is_date);
        assert!(!NumberFormat::compile("0.00E+00").is_date);
    }
}
