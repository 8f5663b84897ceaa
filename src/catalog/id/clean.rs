//! What is common to all schemes before an id is read: width and look-alikes folded, signs and 欠番 taken off.

use crate::text::unicode::UnicodeNormalization;

use crate::catalog::MarkKind;
use crate::text::fold;

use super::Marker;

/// An id cell's text without what is no part of the number.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Cleaned {
    /// What is left, folded and trimmed.
    pub(super) core: String,
    /// The first sign found.
    pub(super) marker: Option<Marker>,
    /// Whether 欠番 or its like was found.
    pub(super) retired: bool,
}

/// Folds width, dashes, tildes and blanks. Circled and raised digits and Roman numerals stay: NFKC would make `実1①`
/// into `実11`.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut plain = String::new();
    for c in text.chars().filter(|&c| !fold::is_ignorable(c)) {
        if is_kept(c) {
            out.extend(plain.nfkc());
            plain.clear();
            out.push(c);
        } else {
            plain.push(fold_look_alike(c));
        }
    }
    out.extend(plain.nfkc());
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Digits in circles, brackets or raised, Roman numerals, and signs in squares: one token each.
fn is_kept(c: char) -> bool {
    is_circled(c) || is_raised(c) || matches!(c, '\u{2160}'..='\u{217F}' | '\u{1F100}'..='\u{1FAFF}' | '〜')
}

pub(super) fn is_circled(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{249B}' | '\u{24EA}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3251}'..='\u{325F}' | '\u{32B1}'..='\u{32BF}')
}

pub(super) fn is_raised(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{2089}')
}

fn fold_look_alike(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' | '\u{2500}' => '-',
        '\u{FF5E}' | '~' | '\u{223C}' | '\u{3030}' => '〜',
        '\u{FF70}' => 'ー',
        _ => fold::fold_radical(c),
    }
}

/// Words that say a number is not in use.
const RETIRED: &[&str] = &["欠番", "欠号", "廃番", "廃止", "削除", "予備", "withdrawn", "retired", "deleted"];
/// Words that say an item is new.
const ADDED: &[&str] = &["新設", "新規", "新", "追加", "追記", "new"];
/// Words that say an item changed.
const CHANGED: &[&str] = &["改", "改訂", "改正", "改定", "変更", "変", "修正", "修", "updated", "changed"];

/// What a word or sign beside a number says.
enum Sign {
    Retired,
    Marker(MarkKind),
}

fn sign(word: &str) -> Option<Sign> {
    let word = word.trim().to_lowercase();
    let parts: Vec<&str> = word.split(['/', '・', '、', ',']).map(str::trim).collect();
    if parts.iter().any(|part| RETIRED.contains(part)) || word.starts_with("withdrawn") {
        return Some(Sign::Retired);
    }
    // 第13版新設 and 令和7年改正 name the edition before the word.
    let names = |words: &[&str]| {
        words.contains(&word.as_str())
            || (word.starts_with('第') || word.starts_with("令和")) && words.iter().any(|known| word.ends_with(known))
    };
    if names(ADDED) {
        return Some(Sign::Marker(MarkKind::Added));
    }
    names(CHANGED).then_some(Sign::Marker(MarkKind::Emphasis))
}

/// Folds an id cell's text and takes off signs (🆕, ★, `*`, 【新設】, (改)) and 欠番, in brackets or not.
pub(super) fn clean(text: &str) -> Cleaned {
    let folded = fold(text);
    let mut cleaned = Cleaned::default();
    let without_emoji = take_emoji(&folded, &mut cleaned.marker);
    let mut rest = without_emoji.trim();
    while let Some(shorter) = take_sign(rest, &mut cleaned) {
        rest = shorter.trim();
    }
    cleaned.core = rest.to_owned();
    cleaned
}

fn take_emoji(text: &str, marker: &mut Option<Marker>) -> String {
    let is_emoji = |c: char| matches!(c, '\u{1F100}'..='\u{1FAFF}' | '\u{2600}'..='\u{2775}' | '\u{2794}'..='\u{27BF}');
    for c in text.chars().filter(|&c| is_emoji(c)) {
        let kind = if matches!(c, '🆕' | '➕') { MarkKind::Added } else { MarkKind::Emphasis };
        marker.get_or_insert_with(|| Marker { text: c.to_string(), kind });
    }
    text.chars().filter(|&c| !is_emoji(c)).collect()
}

/// Takes one sign off either end, if there is one.
fn take_sign<'a>(text: &'a str, cleaned: &mut Cleaned) -> Option<&'a str> {
    let (rest, word) = bracketed_end(text)
        .or_else(|| bracketed_start(text))
        .filter(|(_, word)| sign(word).is_some())
        .or_else(|| bare_end(text))?;
    match sign(word) {
        Some(Sign::Retired) => cleaned.retired = true,
        Some(Sign::Marker(kind)) => {
            cleaned.marker.get_or_insert_with(|| Marker { text: word.trim().to_owned(), kind });
        }
        None => {
            cleaned.marker.get_or_insert_with(|| Marker { text: word.to_owned(), kind: MarkKind::Emphasis });
        }
    }
    Some(rest)
}

const BRACKETS: &[(char, char)] = &[('(', ')'), ('[', ']'), ('【', '】'), ('「', '」'), ('〔', '〕'), ('<', '>')];

fn bracketed_end(text: &str) -> Option<(&str, &str)> {
    let &(open, close) = BRACKETS.iter().find(|&&(_, close)| text.ends_with(close))?;
    let start = text.rfind(open)?;
    Some((&text[..start], &text[start + open.len_utf8()..text.len() - close.len_utf8()]))
}

fn bracketed_start(text: &str) -> Option<(&str, &str)> {
    let &(open, close) = BRACKETS.iter().find(|&&(open, _)| text.starts_with(open))?;
    let end = text.find(close)?;
    Some((&text[end + close.len_utf8()..], &text[open.len_utf8()..end]))
}

/// A word without brackets: 統1改, 統5 欠番, 欠番; or a footnote sign: `統1*`, `統1※2`, `*統1`.
fn bare_end(text: &str) -> Option<(&str, &str)> {
    let words = RETIRED.iter().chain(ADDED).chain(CHANGED).filter(|word| word.chars().count() > 1 || **word == "改");
    for word in words {
        let Some(rest) = text.strip_suffix(word) else { continue };
        let after_number = rest.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == ')');
        if after_number || (rest.is_empty() && RETIRED.contains(word)) {
            return Some((rest, &text[rest.len()..]));
        }
    }
    let before_digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_footnote = |c: char| matches!(c, '*' | '※' | '†' | '‡');
    let rest = before_digits.trim_end_matches(is_footnote);
    if rest.len() < before_digits.len() && rest.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == ')') {
        return Some((rest, &text[rest.len()..]));
    }
    let behind_star = text.strip_prefix('*').filter(|rest| !rest.is_empty())?;
    Some((behind_star, &text[..1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_come_off_and_the_number_stays() {
        let check = |text: &str, core: &str, marker: Option<(&str, MarkKind)>, retired: bool| {
            let cleaned = clean(text);
            let found = cleaned.marker.as_ref().map(|marker| (marker.text.as_str(), marker.kind));
            assert_eq!((cleaned.core.as_str(), found, cleaned.retired), (core, marker, retired), "{text}");
        };
        check("統1 ✏️", "統1", Some(("✏", MarkKind::Emphasis)), false);
        check("統1-1 🆕", "統1-1", Some(("🆕", MarkKind::Added)), false);
        check("統1*", "統1", Some(("*", MarkKind::Emphasis)), false);
        check("統1※２", "統1", Some(("※2", MarkKind::Emphasis)), false);
        check("統1（改）", "統1", Some(("改", MarkKind::Emphasis)), false);
        check("統1改", "統1", Some(("改", MarkKind::Emphasis)), false);
        check("統1【新設】", "統1", Some(("新設", MarkKind::Added)), false);
        check("実103-1（第13版新設）", "実103-1", Some(("第13版新設", MarkKind::Added)), false);
        check("★統1", "統1", Some(("★", MarkKind::Emphasis)), false);
        check("統5（欠番）", "統5", None, true);
        check("実111 （欠番/予備）", "実111", None, true);
        check("欠番", "", None, true);
        check("AC-2(1)", "AC-2(1)", None, false);
        check("実1①", "実1①", None, false);
        check("新", "新", None, false);
    }
}
