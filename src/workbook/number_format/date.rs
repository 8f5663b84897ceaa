//! Dates: from serial numbers to calendar days and back, and the date parts of a format code.

use super::code::{DatePart, Section, Token};

/// A moment as a sheet shows it.
struct Moment {
    year: i64,
    month: u32,
    day: u32,
    /// 0 is Sunday.
    weekday: usize,
    hour: u32,
    minute: u32,
    second: u32,
    millisecond: u32,
    /// The serial number in milliseconds, for elapsed times.
    total: i64,
}

const DAY: i64 = 86_400_000;
/// The day after 9999-12-31, Excel's last, in the 1900 system.
const LAST_SERIAL: f64 = 2_958_466.0;
/// Days from 1970-01-01 back to 1899-12-30.
const EPOCH_1900: i64 = -25_569;
/// Days between the two date systems.
const DAYS_1904: i64 = 1462;

impl Moment {
    /// Finds the moment of a serial number, to `precision` milliseconds; `None` outside Excel's calendar.
    fn of(serial: f64, date_1904: bool, precision: i64) -> Option<Self> {
        if !(0.0..LAST_SERIAL).contains(&serial) {
            return None;
        }
        let exact = (serial * DAY as f64).round() as i64;
        let total = (exact + precision / 2) / precision * precision;
        let (mut days, time) = (total / DAY, (total % DAY) as u32);
        if date_1904 {
            days += DAYS_1904;
        }
        let (year, month, day) = match days {
            // Excel takes 1900 for a leap year; day 0 is the day before 1900-01-01.
            60 if !date_1904 => (1900, 2, 29),
            0 if !date_1904 => (1900, 1, 0),
            1..60 if !date_1904 => civil(days + EPOCH_1900 + 1),
            _ => civil(days + EPOCH_1900),
        };
        let weekday = ((days + 6) % 7) as usize;
        let (hour, minute) = (time / 3_600_000, time / 60_000 % 60);
        let (second, millisecond) = (time / 1000 % 60, time % 1000);
        Some(Self { year, month, day, weekday, hour, minute, second, millisecond, total })
    }
}

/// Year, month and day of a day counted from 1970-01-01 (Howard Hinnant, "chrono-compatible date algorithms").
fn civil(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u32;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u32;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Days from 1970-01-01 (the inverse of [`civil`]).
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Reads `2020-03-13`, `2020-03-13T12:30:00.5`, `12:30:00` (cells of type `d`) to a serial number.
pub(in crate::workbook) fn iso_to_serial(text: &str, date_1904: bool) -> Option<f64> {
    let text = text.trim().trim_end_matches('Z');
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (Some(date), Some(time)),
        None if text.contains(':') => (None, Some(text)),
        None => (Some(text), None),
    };
    let mut serial = 0.0;
    if let Some(date) = date {
        let mut parts = date.splitn(3, '-').map(str::parse::<i64>);
        let mut next = || parts.next()?.ok();
        let (year, month, day) = (next()?, next()?, next()?);
        if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let epoch = if date_1904 { EPOCH_1900 + DAYS_1904 } else { EPOCH_1900 };
        serial = (days_of(year, month, day) - epoch) as f64;
    }
    if let Some(time) = time {
        let mut parts = time.splitn(3, ':').map(str::parse::<f64>);
        let hours = parts.next()?.ok()?;
        let minutes = parts.next()?.ok()?;
        let seconds = parts.next().map_or(Some(0.0), Result::ok)?;
        serial += (hours * 3600.0 + minutes * 60.0 + seconds) / 86_400.0;
    }
    Some(serial)
}

/// Appends a serial number in ISO form: a date, a time, or both; a number outside the calendar as it is.
pub(in crate::workbook) fn write_iso(serial: f64, date_1904: bool, out: &mut String) {
    let Some(moment) = Moment::of(serial, date_1904, 1000) else {
        return super::write_general(serial, "", out);
    };
    let has_date = serial >= 1.0;
    let has_time = moment.total % DAY != 0 || !has_date;
    if has_date {
        out.push_str(&format!("{:04}-{:02}-{:02}", moment.year, moment.month, moment.day));
    }
    if has_date && has_time {
        out.push('T');
    }
    if has_time {
        out.push_str(&format!("{:02}:{:02}:{:02}", moment.hour, moment.minute, moment.second));
    }
}

/// Appends a date in a section's form; false where it is outside the calendar.
pub(super) fn write(section: &Section, serial: f64, date_1904: bool, out: &mut String) -> bool {
    let parts =
        || section.tokens.iter().filter_map(|token| if let Token::Date(part) = token { Some(*part) } else { None });
    let precision =
        match parts().find_map(|part| if let DatePart::Fraction(places) = part { Some(places) } else { None }) {
            Some(places) => 10_i64.pow(3 - places as u32),
            None => 1000,
        };
    let Some(moment) = Moment::of(serial, date_1904, precision) else { return false };
    let is_half_day = parts().any(|part| matches!(part, DatePart::HalfDay(_)));
    for token in &section.tokens {
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::Date(part) => out.push_str(&shown(*part, &moment, section, is_half_day)),
            Token::Percent => out.push('%'),
            _ => {}
        }
    }
    true
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const JAPANESE_WEEKDAYS: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];

fn shown(part: DatePart, moment: &Moment, section: &Section, is_half_day: bool) -> String {
    let padded = |number: i64, places: usize| format!("{number:0places$}");
    match part {
        DatePart::Year(1..=2) => padded(moment.year % 100, 2),
        DatePart::Year(_) => padded(moment.year, 4),
        DatePart::Month(count @ 1..=2) => padded(i64::from(moment.month), count),
        DatePart::Month(3) => MONTHS[moment.month as usize - 1][..3].to_owned(),
        DatePart::Month(5) => MONTHS[moment.month as usize - 1][..1].to_owned(),
        DatePart::Month(_) => MONTHS[moment.month as usize - 1].to_owned(),
        DatePart::Day(count) => padded(i64::from(moment.day), count),
        DatePart::Weekday(3) => WEEKDAYS[moment.weekday][..3].to_owned(),
        DatePart::Weekday(_) => WEEKDAYS[moment.weekday].to_owned(),
        DatePart::JapaneseWeekday(3) => JAPANESE_WEEKDAYS[moment.weekday].to_owned(),
        DatePart::JapaneseWeekday(_) => format!("{}曜日", JAPANESE_WEEKDAYS[moment.weekday]),
        DatePart::Era(count) => era(moment).0[count.min(3) - 1].to_owned(),
        DatePart::EraYear(_) if section.is_chinese => padded(moment.year, 4),
        DatePart::EraYear(count) => match era(moment).1 {
            1 if section.is_gannen => "元".to_owned(),
            year => padded(year, count.min(2)),
        },
        DatePart::Hour(count) if is_half_day => padded(i64::from((moment.hour + 11) % 12 + 1), count.min(2)),
        DatePart::Hour(count) => padded(i64::from(moment.hour), count.min(2)),
        DatePart::Minute(count) => padded(i64::from(moment.minute), count.min(2)),
        DatePart::Second(count) => padded(i64::from(moment.second), count.min(2)),
        DatePart::Fraction(places) => format!(".{}", &format!("{:03}", moment.millisecond)[..places.min(3)]),
        DatePart::HalfDay(is_long) => {
            let word = if moment.hour < 12 { "AM" } else { "PM" };
            word[..if is_long { 2 } else { 1 }].to_owned()
        }
        DatePart::ElapsedHours(count) => padded(moment.total / 3_600_000, count),
        DatePart::ElapsedMinutes(count) => padded(moment.total / 60_000, count),
        DatePart::ElapsedSeconds(count) => padded(moment.total / 1000, count),
    }
}

/// The names of the era a day lies in (short, middle, long) and the year in it.
fn era(moment: &Moment) -> ([&'static str; 3], i64) {
    let day = (moment.year, moment.month, moment.day);
    let eras = [
        ((2019, 5, 1), ["R", "令", "令和"]),
        ((1989, 1, 8), ["H", "平", "平成"]),
        ((1926, 12, 25), ["S", "昭", "昭和"]),
        ((1912, 7, 30), ["T", "大", "大正"]),
        ((1868, 1, 25), ["M", "明", "明治"]),
    ];
    let found = eras.into_iter().find(|(first, _)| day >= *first);
    found.map_or((["", "", ""], moment.year), |((first, _, _), names)| (names, moment.year - first + 1))
}
