//! Numbers of list entries that only shifted: (2) that became (3) because an entry came in before it.
//!
//! Such a number counts as notation where it continues its list on both sides; a number that stands first, or out of
//! its turn, is text like any other.

use crate::text::unicode::UnicodeNormalization;

use super::super::{Segment, SegmentOp, Side};

/// How a list counts: what stands before and behind its numbers, and what they are.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
struct Style {
    open: Option<char>,
    close: Option<char>,
    series: Series,
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Series {
    Digits,
    Circled,
    Roman,
    SmallRoman,
    Letters,
    SmallLetters,
    Katakana,
    Kanji,
}

/// The number of a list entry.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Number {
    /// Where it stands, in bytes.
    start: usize,
    end: usize,
    style: Style,
    value: u32,
    /// Whether the entry before it in its list has the number before it.
    continues: bool,
}

/// Calls the numbers that only shifted notation, each a segment of its own.
pub(super) fn settle(segments: Vec<Segment>) -> Vec<Segment> {
    let is_pair = |pair: &[Segment]| pair[0].op == SegmentOp::Delete && pair[1].op == SegmentOp::Insert;
    if !segments.windows(2).any(is_pair) {
        return segments;
    }
    let (old, new) = (text(&segments, Side::Old), text(&segments, Side::New));
    let (old_numbers, new_numbers) = (numbers(&old), numbers(&new));
    if old_numbers.len() < 2 || new_numbers.len() < 2 {
        return segments;
    }
    let mut settled: Vec<Segment> = Vec::with_capacity(segments.len());
    let (mut old_at, mut new_at) = (0, 0);
    let mut rest = segments.into_iter().peekable();
    while let Some(segment) = rest.next() {
        old_at += if is_on(&segment, Side::Old) { segment.text.len() } else { 0 };
        new_at += if is_on(&segment, Side::New) { segment.text.len() } else { 0 };
        let inserted = rest.next_if(|next| segment.op == SegmentOp::Delete && next.op == SegmentOp::Insert);
        let Some(inserted) = inserted else {
            settled.push(segment);
            continue;
        };
        new_at += inserted.text.len();
        let old_number = ending(&old_numbers, old_at, segment.text.len());
        let new_number = ending(&new_numbers, new_at, inserted.text.len());
        match (old_number, new_number) {
            (Some(old), Some(new)) if old.style == new.style && old.continues && new.continues => {
                settled.extend(cut(segment, old.end - old.start));
                settled.extend(cut(inserted, new.end - new.start));
            }
            _ => settled.extend([segment, inserted]),
        }
    }
    settled
}

/// A segment whose last bytes are a number that shifted: what stands before it, and the number.
fn cut(mut segment: Segment, number: usize) -> impl Iterator<Item = Segment> {
    let text = segment.text.split_off(segment.text.len() - number);
    let shifted = Segment { text, notation: true, ..segment };
    let before = (!segment.text.is_empty()).then_some(segment);
    before.into_iter().chain([shifted])
}

fn is_on(segment: &Segment, side: Side) -> bool {
    match segment.op {
        SegmentOp::Equal => true,
        SegmentOp::Delete => side == Side::Old,
        SegmentOp::Insert => side == Side::New,
        SegmentOp::Move(of) => of == side,
    }
}

fn text(segments: &[Segment], side: Side) -> String {
    segments.iter().filter(|segment| is_on(segment, side)).map(|segment| segment.text.as_str()).collect()
}

/// The number that ends at a place, within so many bytes.
fn ending(numbers: &[Number], end: usize, within: usize) -> Option<&Number> {
    let place = numbers.binary_search_by_key(&end, |number| number.end).ok()?;
    Some(&numbers[place]).filter(|number| number.end - number.start <= within)
}

/// The numbers of the list entries of a text: at the head of a line or sentence.
fn numbers(text: &str) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut is_head = true;
    for (at, c) in text.char_indices() {
        if is_head && let Some(mut number) = number_at(text, at) {
            let before = numbers.iter().rev().find(|it| it.style == number.style);
            number.continues = before.is_some_and(|before| before.value + 1 == number.value);
            numbers.push(number);
        }
        is_head = matches!(c, '\n' | '。') || is_head && c.is_whitespace();
    }
    numbers
}

fn number_at(text: &str, at: usize) -> Option<Number> {
    let mut chars = text[at..].char_indices().map(|(by, c)| (at + by, c)).peekable();
    let open = chars.next_if(|(_, c)| matches!(c, '(' | '（' | '〔' | '[' | '［'));
    let (start, first) = chars.next()?;
    let mut series = series_of(first)?;
    let mut end = start + first.len_utf8();
    while let Some((by, c)) = chars.next_if(|&(_, c)| is_more(series, c)) {
        end = by + c.len_utf8();
    }
    let value = value(&mut series, &text[start..end])?;
    let next = chars.peek().map(|&(_, c)| c);
    let close = next.filter(|c| matches!(c, ')' | '）' | '〕' | ']' | '］' | '.' | '．' | '、' | ' ' | '\u{3000}'));
    let is_marked = close.is_some() || series == Series::Circled;
    let open = open.map(|(_, c)| c);
    is_marked.then_some(Number { start, end, style: Style { open, close, series }, value, continues: false })
}

fn series_of(c: char) -> Option<Series> {
    Some(match c {
        '0'..='9' | '０'..='９' => Series::Digits,
        '①'..='⑳' | '㉑'..='㉟' => Series::Circled,
        'Ⅰ'..='Ⅻ' => Series::Roman,
        'ⅰ'..='ⅻ' => Series::SmallRoman,
        'A'..='Z' | 'Ａ'..='Ｚ' => Series::Letters,
        'a'..='z' | 'ａ'..='ｚ' => Series::SmallLetters,
        _ if KATAKANA.contains(c) => Series::Katakana,
        _ if KANJI.contains(c) => Series::Kanji,
        _ => return None,
    })
}

const KATAKANA: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const KANJI: &str = "一二三四五六七八九十";

/// Whether the number goes on with a character; all but digits and letters of Roman numbers are single.
fn is_more(series: Series, c: char) -> bool {
    match series {
        Series::Digits => matches!(c, '0'..='9' | '０'..='９'),
        Series::SmallLetters => matches!(c, 'i' | 'v' | 'x'),
        _ => false,
    }
}

fn value(series: &mut Series, text: &str) -> Option<u32> {
    let first = text.chars().next()?;
    let place = |all: &str| all.chars().position(|c| c == first).and_then(|place| u32::try_from(place + 1).ok());
    let from = |start: char| u32::from(first) - u32::from(start) + 1;
    Some(match series {
        Series::Digits => text.nfkc().collect::<String>().parse().ok().filter(|value| *value < 1_000)?,
        Series::Circled if first >= '㉑' => from('㉑') + 20,
        Series::Circled => from('①'),
        Series::Roman => from('Ⅰ'),
        Series::SmallRoman => from('ⅰ'),
        Series::Letters => u32::from(text.nfkc().next()?) - u32::from('A') + 1,
        Series::SmallLetters if text.chars().nth(1).is_some() => {
            *series = Series::SmallRoman;
            u32::try_from(ROMAN.iter().position(|&roman| roman == text)? + 1).ok()?
        }
        Series::SmallLetters => u32::from(text.nfkc().next()?) - u32::from('a') + 1,
        Series::Katakana => place(KATAKANA)?,
        Series::Kanji => place(KANJI)?,
    })
}

const ROMAN: [&str; 20] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
];
