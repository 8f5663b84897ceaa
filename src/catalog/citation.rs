//! Citations of numbered documents in a cell of a citing column, and the numbers and titles of the lists themselves.
//!
//! Which columns cite which list is the template's word. A number elsewhere is text, and so is a number within a URL,
//! a date or a sentence.

use crate::address::SheetRange;
use crate::text::fold;

use super::{Citation, List};

/// The most documents a range may stand for; the longest list seen has 20.
const MAX_RANGE: u32 = 100;

/// Reads the citations of a cell in reading order, each number once.
///
/// Counts as a citation: a number in square or lenticular brackets (`[01]`, 【01】), with a word or sign before it
/// (文献01, 文献番号：01, 公開文書01, ※01, #1), and any number of a line that holds nothing but numbers (`01、02`,
/// `(01)`, `01～04`, `01-04`), and one with a leading zero before a title (`01 暗号化の概要`). Ranges are expanded; `01` and `1` are the same number.
pub fn parse(text: &str, list: List, at: &SheetRange) -> Vec<Citation> {
    numbers(text).into_iter().map(|number| Citation { list, number, at: at.clone() }).collect()
}

/// The numbers a text cites; see [`parse`].
pub fn numbers(text: &str) -> Vec<u32> {
    let mut found = Vec::new();
    for line in text.split(['\n', '\r']).filter(|line| may_cite(line)) {
        found.extend(numbers_of_line(line));
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|number| seen.insert(*number));
    found
}

fn numbers_of_line(line: &str) -> Vec<u32> {
    let folded = fold_line(line);
    let list = strip_words(&folded).as_deref().and_then(number_list);
    list.unwrap_or_else(|| leading_number(&folded).into_iter().chain(marked_numbers(&folded)).collect())
}

/// A cheap look before folding: somewhere a number has no plain letter before it. Numbers within a sentence have.
fn may_cite(line: &str) -> bool {
    let ends_a_word = |c: char| matches!(c, '号' | '書' | '献' | '料' | 'ト' | '照');
    let is_plain = |c: char| matches!(c, 'ぁ'..='ヺ' | '一'..='鿿' | '。') && !ends_a_word(c);
    let mut before = None;
    for c in line.chars() {
        let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '０'..='９');
        if is_digit(c) && !before.is_some_and(|before| is_digit(before) || is_plain(before)) {
            return true;
        }
        before = Some(c);
    }
    false
}

/// The number before a title, as the list itself writes it: `01 暗号化の概要`. Only with its leading zero and a blank
/// behind it, for `24 時間監視` and `1 暗号化` are sentences and their points.
fn leading_number(line: &str) -> Option<u32> {
    let (number, title) = line.trim_start().split_once([' ', ':'])?;
    let is_padded = number.len() == 2 && number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit());
    let has_title = title.trim_start().starts_with(char::is_alphabetic);
    number.parse().ok().filter(|&number| is_padded && has_title && number > 0)
}

/// Words that announce a number of a list, folded; longer ones first.
const WORDS: &[&str] = &[
    "参照公開文書番号",
    "公開文書番号",
    "参照公開文書",
    "参照文書番号",
    "参考文献番号",
    "文書番号",
    "文献番号",
    "公開文書",
    "参照文書",
    "参考文書",
    "参考文献",
    "レポート番号",
    "認証レポート",
    "レポート",
    "資料番号",
    "参考資料",
    "参照",
    "文献",
    "文書",
    "資料",
    "report",
    "doc.",
    "ref.",
    "ref",
    "no.",
    "※",
    "#",
    "*",
];

/// Width and dashes folded, URLs and invisible characters dropped, lower case.
fn fold_line(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    for c in line.chars().filter(|&c| !fold::is_ignorable(c)) {
        folded.push(match c {
            // Nearly every character of a sentence; the marks below are none of them.
            'ぁ'..='ヺ' | '一'..='鿿' => c,
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}' | 'ー' => '-',
            '\u{301C}' | '\u{FF5E}' | '\u{223C}' => '~',
            '、' | '，' | '､' | '・' | '；' => ',',
            '【' | '［' | '〔' => '[',
            '】' | '］' | '〕' => ']',
            '\u{FF01}'..='\u{FF5D}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c).to_ascii_lowercase(),
            c if c.is_whitespace() => ' ',
            c => c.to_ascii_lowercase(),
        });
    }
    drop_urls(folded)
}

fn drop_urls(line: String) -> String {
    // A search for one character is far cheaper than three for a scheme, and most lines have no URL.
    if !line.contains(':') && !line.contains("www.") {
        return line;
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some(start) = ["http://", "https://", "www."].iter().filter_map(|scheme| rest.find(scheme)).min() {
        out.push_str(&rest[..start]);
        out.push('|');
        let url = &rest[start..];
        rest = &url[url.find(|c: char| c == ' ' || !c.is_ascii()).unwrap_or(url.len())..];
    }
    out.push_str(rest);
    out
}

/// Drops announcing words and brackets, so that what is left of `文献番号：01、[02]` is `01,02`; `None` as soon as there
/// is anything else than numbers and what stands between them.
fn strip_words(line: &str) -> Option<String> {
    let mut bare = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '0'..='9' | ' ' | ',' | '~' | '-' | '/' | '.' | '&' | ';' => {
                bare.push(c);
                1
            }
            '[' | ']' | '(' | ')' | '<' | '>' | ':' => {
                bare.push(' ');
                1
            }
            _ => {
                let word = WORDS.iter().find(|word| rest.starts_with(**word))?;
                bare.push(' ');
                word.len()
            }
        };
        rest = &rest[length..];
    }
    Some(bare)
}

/// The numbers of a line that holds nothing but numbers, ranges and commas.
fn number_list(line: &str) -> Option<Vec<u32>> {
    // `1.0` is how a number cell may be shown; any other full stop makes it a version or an amount.
    let line = line.trim();
    let whole = line.strip_suffix(".0").or(line.strip_suffix('.')).unwrap_or(line);
    let joined = whole.replace(" -", "-").replace("- ", "-").replace(" ~", "~").replace("~ ", "~");
    let mut numbers = Vec::new();
    for entry in joined.split([' ', ',', '/', '&', ';']).filter(|entry| !entry.is_empty()) {
        numbers.extend(range(entry)?);
    }
    (!numbers.is_empty()).then_some(numbers)
}

/// `01`, `01~04` or `01-04`; nothing else.
fn range(entry: &str) -> Option<Vec<u32>> {
    match entry.split_once(['~', '-']) {
        None => Some(vec![document_digits(entry)?]),
        Some((first, last)) => {
            let (first, last) = (document_digits(first)?, document_digits(last)?);
            (first <= last && last - first < MAX_RANGE).then(|| (first..=last).collect())
        }
    }
}

/// One to three digits; more are a year or an amount.
fn document_digits(digits: &str) -> Option<u32> {
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|&number| is_number && number > 0)
}

/// The numbers of a line with other text that are marked as citations.
fn marked_numbers(line: &str) -> Vec<u32> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let before = rest[..start].trim_end();
        let end = start + rest[start..].bytes().position(|b| !is_list_byte(b)).unwrap_or(rest.len() - start);
        let list = rest[start..end].trim_end_matches([',', ' ', '-', '~', '/', '.']);
        let after = rest[start + list.len()..].trim_start();
        let bracketed = before.ends_with('[') && after.starts_with(']');
        let padded_in_brackets = before.ends_with('(') && after.starts_with(')') && list.starts_with('0');
        let word_end = before.trim_end_matches([':', ' ']);
        let announced = WORDS.iter().any(|word| word_end.ends_with(word)) && !is_glued(after);
        if bracketed || padded_in_brackets || announced {
            found.extend(number_list(list).into_iter().flatten());
        }
        rest = &rest[end..];
    }
    found
}

fn is_list_byte(b: u8) -> bool {
    b.is_ascii_digit() || matches!(b, b',' | b' ' | b'-' | b'~' | b'/')
}

/// 文書2年 counts years and 資料3.1 is a version: what follows the number belongs to it.
fn is_glued(after: &str) -> bool {
    after.starts_with(|c: char| {
        c.is_ascii_alphabetic() || matches!(c, '年' | '月' | '日' | '回' | '件' | '点' | '%' | '章' | '版')
    }) || after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Reads the number of a list's own entry: `01`, `1`, `19 欠番`; `None` for a heading or a note below the list.
pub(crate) fn entry_number(text: &str) -> Option<u32> {
    let folded = fold_line(text);
    let digits = folded.replace("欠番", " ").replace(['[', ']', '(', ')', '.', ':'], " ");
    let stripped = strip_words(&digits)?;
    let mut entries = stripped.split_whitespace();
    let number = document_digits(entries.next()?)?;
    // A number cell may show `1.0`.
    entries.all(|rest| rest == "0").then_some(number)
}

/// Says whether a list's entry is 欠番.
pub fn is_retired(text: &str) -> bool {
    text.contains("欠番")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_citation_is_read() {
        for (text, cited) in [
            ("01", &[1][..]),
            ("1", &[1]),
            ("1.0", &[1]),
            ("[01]", &[1]),
            ("［０１］", &[1]),
            ("(01)", &[1]),
            ("【01】", &[1]),
            ("文献01", &[1]),
            ("文献番号：01", &[1]),
            ("公開文書01", &[1]),
            ("※01", &[1]),
            ("01、02", &[1, 2]),
            ("01,02", &[1, 2]),
            ("01\n02", &[1, 2]),
            ("01～04", &[1, 2, 3, 4]),
            ("01-04", &[1, 2, 3, 4]),
            ("０１－０４", &[1, 2, 3, 4]),
            ("#1", &[1]),
            ("[01][03]", &[1, 3]),
            ("[01, 03]", &[1, 3]),
            ("文献番号：01、02、05～07", &[1, 2, 5, 6, 7]),
            ("文献01に記載がある。文献03も参照。", &[1, 3]),
            ("データの消去（文献 03）および監査[05]による", &[3, 5]),
            ("02 01 02", &[2, 1]),
            ("01 暗号化の概要", &[1]),
            ("０１　暗号化の概要\n02 可用性の概要 [05]", &[1, 2, 5]),
        ] {
            assert_eq!(numbers(text), cited, "{text}");
        }
    }

    #[test]
    fn numbers_of_urls_dates_and_sentences_are_text() {
        for text in [
            "https://example.com/a/01?page=02",
            "ISO/IEC 27001:2013 による",
            "2017年12月に 24 時間監視",
            "(1) 暗号化\n(2) 監査",
            "第9版",
            "11.2.2017",
            "なし",
            "",
            "100% の稼働",
            "文書2年保存",
            "24 時間監視",
            "00 はない",
            "1 暗号化\n2 監査",
        ] {
            assert_eq!(numbers(text), [0u32; 0], "{text}");
        }
        assert_eq!(numbers("[01] https://example.com/02\n03"), [1, 3]);
    }

    #[test]
    fn the_look_before_folding_misses_no_citation() {
        let pieces =
            ["", "は", "。", "文献", "号", "[", "】", "1", "０２", " ", "、", "\u{200B}", "年", "ref", "www.a", "a:"];
        for first in pieces {
            for second in pieces {
                for third in pieces {
                    for line in [format!("{first}{second}{third}1"), format!("{first}{second}1{third}")] {
                        assert!(may_cite(&line) || numbers_of_line(&line).is_empty(), "{line}");
                    }
                }
            }
        }
        assert!(WORDS.iter().all(|word| may_cite(&format!("{word}1"))));
        assert!(!may_cite("利用者の認証を年1回、委託先の点検を年２回行う。3年保存する。"));
    }

    #[test]
    fn a_lists_own_numbers_are_read() {
        for (text, number) in [
            ("01", Some(1)),
            ("1", Some(1)),
            ("1.0", Some(1)),
            ("19 欠番", Some(19)),
            ("［０３］", Some(3)),
            ("文献03", Some(3)),
            ("番号", None),
            ("※ 2017年", None),
            ("", None),
        ] {
            assert_eq!(entry_number(text), number, "{text}");
        }
    }
}
