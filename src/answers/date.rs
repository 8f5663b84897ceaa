//! Dates as people write them: `2026/3/1`, `2026-03-01`, `2026年3月1日`, `令和8年3月1日`, `R8.3.1`, `1 March 2026`.

use crate::text::unicode::UnicodeNormalization;
use jiff::civil::Date;

/// The eras of the Japanese calendar: names, and the year before their first (明治 to 令和).
const ERAS: &[(&[&str], i16)] = &[
    (&["令和", "r"], 2018),
    (&["平成", "h"], 1988),
    (&["昭和", "s"], 1925),
    (&["大正", "t"], 1911),
    (&["明治", "m"], 1867),
];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads a date with a full year. A time behind it and a weekday in brackets are passed over.
///
/// A date without a year, or with a year of two digits and no era, is none: it could be read in several ways.
pub fn parse(text: &str) -> Option<Date> {
    let folded: String = text.nfkc().collect::<String>().trim().to_lowercase();
    let bare = without_time(without_weekday(&folded));
    english(bare).or_else(|| {
        let (base, rest) = era(bare);
        let [year, month, day] = numbers(rest, base.is_some())?;
        let year = match base {
            Some(base) => base.checked_add(year)?,
            None if (1000..=9999).contains(&year) => year,
            None => return None,
        };
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    })
}

/// The date of a serial number of Excel, its time of day dropped; `None` outside 1900 to 9999.
///
/// In the 1900 system serial 60 is 29 February 1900, a day that never was (ECMA-376 Part 1, 18.17.4.1).
pub(crate) fn of_serial(serial: f64, date_1904: bool) -> Option<Date> {
    if !(0.0..=2_958_465.0).contains(&serial) {
        return None;
    }
    let days = serial as i32;
    let (year, month, day, offset) = match (date_1904, days) {
        (true, _) => (1904, 1, 1, days),
        (false, 60) => return None,
        (false, 0..60) => (1899, 12, 31, days),
        (false, _) => (1899, 12, 30, days),
    };
    Date::new(year, month, day).ok()?.checked_add(jiff::Span::new().try_days(offset).ok()?).ok()
}

fn without_weekday(text: &str) -> &str {
    let inner = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match inner {
        Some((date, day)) if day.chars().count() <= 4 => date.trim_end(),
        _ => text,
    }
}

/// Drops `00:00:00` or `T09:30:00+09:00` behind a date.
fn without_time(text: &str) -> &str {
    let separators = |c: char| c == ' ' || c == 't';
    match text.split_once(separators) {
        Some((date, time))
            if time.contains(':') && time.trim_start().starts_with(|c: char| c.is_ascii_digit()) && date.len() >= 5 =>
        {
            date.trim_end()
        }
        _ => text,
    }
}

fn era(text: &str) -> (Option<i16>, &str) {
    for &(names, base) in ERAS {
        for name in names {
            let Some(rest) = text.strip_prefix(name) else { continue };
            let rest = rest.trim_start_matches(['.', ' ']);
            if rest.starts_with(|c: char| c.is_ascii_digit() || c == '元') {
                return (Some(base), rest);
            }
        }
    }
    (None, text)
}

/// Year, month and day, told apart by `/`, `-`, `.`, `年月日` or, with a year of four digits, by nothing.
fn numbers(text: &str, in_era: bool) -> Option<[i16; 3]> {
    if text.len() == 8 && !in_era && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some([text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?]);
    }
    let year_one = text.replacen('元', "1", 1);
    let text = if in_era { year_one.as_str() } else { text };
    let is_dash = |c: char| matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー');
    let parts: Vec<&str> = if let Some(year_month) = text.strip_suffix('日') {
        let (year, rest) = year_month.split_once('年')?;
        let (month, day) = rest.split_once('月')?;
        vec![year, month, day]
    } else {
        text.split(|c: char| matches!(c, '/' | '-' | '.') || is_dash(c)).collect()
    };
    let [year, month, day] = parts.try_into().ok()?;
    let number = |part: &str| part.trim().parse::<u16>().ok().and_then(|number| i16::try_from(number).ok());
    Some([number(year)?, number(month)?, number(day)?])
}

/// `1 March 2026`, `Mar 1, 2026`, `1-Mar-2026`.
fn english(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split([' ', ',', '-', '.']).filter(|word| !word.is_empty()).collect();
    let [first, second, year] = words.try_into().ok()?;
    let month_of = |word: &str| {
        let index = MONTHS.iter().position(|month| word.starts_with(month))?;
        word.bytes().all(|b| b.is_ascii_alphabetic()).then_some(index as i8 + 1)
    };
    let (month, day) = match (month_of(first), month_of(second)) {
        (Some(month), None) => (month, second),
        (None, Some(month)) => (month, first),
        _ => return None,
    };
    if year.len() != 4 {
        return None;
    }
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_spellings_are_read() {
        for text in [
            "2026/3/1",
            "2026-03-01",
            "2026.3.1",
            "2026－３－１",
            "２０２６年３月１日",
            "2026年 3月 1日",
            "2026年3月1日（日）",
            "20260301",
            "令和8年3月1日",
            "R8.3.1",
            "R8/3/1",
            "r.8.3.1",
            "㋿8年3月1日",
            "平成38年3月1日",
            "2026/03/01 0:00:00",
            "2026-03-01T09:30:00+09:00",
            "1 March 2026",
            "Mar 1, 2026",
            "1-Mar-2026",
        ] {
            assert_eq!(parse(text).map(|date| date.to_string()).as_deref(), Some("2026-03-01"), "{text}");
        }
        assert_eq!(parse("令和元年5月1日"), Date::new(2019, 5, 1).ok());
        assert_eq!(parse("H31.4.30"), Date::new(2019, 4, 30).ok());
    }

    #[test]
    fn what_could_be_read_in_several_ways_is_no_date() {
        for text in ["", "3/1", "26/3/1", "3/1/2026", "2026/2/30", "2026年3月", "未定", "2026/13/1", "R8", "99999999"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn serial_numbers_count_as_excel_does() {
        for (serial, date_1904, date) in [
            (1.0, false, "1900-01-01"),
            (59.0, false, "1900-02-28"),
            (61.0, false, "1900-03-01"),
            (46_082.75, false, "2026-03-01"),
            (44_620.0, true, "2026-03-01"),
        ] {
            assert_eq!(of_serial(serial, date_1904).map(|date| date.to_string()).as_deref(), Some(date));
        }
        assert_eq!(of_serial(60.0, false), None);
        assert_eq!(of_serial(f64::NAN, false), None);
        assert_eq!(of_serial(1e9, false), None);
    }
}
