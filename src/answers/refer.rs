//! Which other items an answer points at: 「実4と同じ」, 「実１～３を参照」, `see AC-2`, `same as AC-2(1)`.
//!
//! Only ids beside such a cue count; a number elsewhere is text. Whether the item exists is for `check` to say.

use std::sync::Arc;

use super::Answer;
use crate::text::fold::is_ignorable;

/// Words behind an id that make it a reference. `の対応`, `の回答` and the like may stand between.
const CUES_BEHIND: &[&str] = &[
    "と同じ",
    "と同様",
    "と同一",
    "と同等",
    "に同じ",
    "に準じ",
    "に準ず",
    "に記載",
    "を参照",
    "参照",
    "による",
    "のとおり",
];
const LINKS_BEHIND: &[&str] =
    &["の対応内容", "の対応策", "の対応", "の回答内容", "の回答", "の記載", "の証跡", "の項", "」", ")", " "];
/// Words before an id that make it a reference.
const CUES_BEFORE: &[&str] =
    &["see also ", "see ", "same as for ", "same as ", "refer to ", "identical to ", "as in ", "cf. ", "参照:", "→"];
const LINKS_BEFORE: &[&str] = &["control ", "item ", "question ", "the answer to ", "answer to ", "「", "(", " "];
/// What joins the ids of one list.
const JOINTS: &[&str] = &["、", ",", "・", "/", "および", "及び", "並びに", "ならびに", "と", "や", " and ", "&", " "];
const MOST_IN_A_RANGE: u32 = 100;

/// The ids an answer's texts point at, each once, in reading order.
pub fn refers_to(answer: &Answer) -> Vec<Arc<str>> {
    let texts = [&answer.response, &answer.exclusion_reason, &answer.scope, &answer.gap, &answer.remarks];
    let mut ids: Vec<Arc<str>> = Vec::new();
    for id in texts.into_iter().filter(|text| may_refer(text)).flat_map(|text| in_text(text)) {
        if !ids.iter().any(|known| **known == *id) {
            ids.push(id.into());
        }
    }
    ids
}

/// Cheap test that spares most texts the scan: every cue holds one of these.
fn may_refer(text: &str) -> bool {
    ["同", "準", "記載", "参照", "による", "とおり", "→"].iter().any(|cue| text.contains(cue))
        || !text.is_ascii() && text.chars().any(|c| ('Ａ'..='ｚ').contains(&c))
        || text.bytes().any(|b| matches!(b, b's' | b'S' | b'r' | b'R' | b'i' | b'I' | b'c' | b'C' | b'a' | b'A'))
            && text.bytes().any(|b| b.is_ascii_digit())
}

fn in_text(text: &str) -> Vec<String> {
    let folded = Folded::new(text);
    let tokens = tokens(&folded.shown);
    let mut is_referred = vec![false; tokens.len()];
    for index in 0..tokens.len() {
        if cue_behind(&folded.lower, tokens[index].end) {
            is_referred[index] = true;
            let mut first = index;
            while first > 0 && joined(&folded.lower, &tokens[first - 1], &tokens[first]).is_some() {
                first -= 1;
                is_referred[first] = true;
            }
        }
        if cue_before(&folded.lower, tokens[index].start) {
            is_referred[index] = true;
        }
        let follows = index > 0 && is_referred[index - 1];
        if follows && joined(&folded.lower, &tokens[index - 1], &tokens[index]).is_some() {
            is_referred[index] = true;
        }
    }
    spell_out(&folded.lower, &tokens, &is_referred)
}

/// Spells the referred ids out: a bare number takes the prefix before it, `実1～3` the numbers between.
fn spell_out(text: &[char], tokens: &[Token], is_referred: &[bool]) -> Vec<String> {
    let mut ids = Vec::new();
    let mut prefix: &str = "";
    for (index, token) in tokens.iter().enumerate() {
        if !token.prefix.is_empty() {
            prefix = &token.prefix;
        }
        if !is_referred[index] {
            continue;
        }
        if index > 0 && joined(text, &tokens[index - 1], token) == Some(Joint::Range) {
            let between = tokens[index - 1].number.zip(token.number).map(|(first, last)| first + 1..last);
            let few = between.filter(|between| between.len() as u32 <= MOST_IN_A_RANGE);
            ids.extend(few.into_iter().flatten().map(|number| format!("{prefix}{number}")));
        }
        if token.prefix.is_empty() && token.number.is_some() {
            if !prefix.is_empty() {
                ids.push(format!("{prefix}{}", token.rest));
            }
        } else {
            ids.push(format!("{}{}", token.prefix, token.rest));
        }
    }
    ids
}

/// A text folded for scanning, character by character: width, dashes, tildes; `lower` the same in lower case.
struct Folded {
    shown: Vec<char>,
    lower: Vec<char>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let shown: Vec<char> = text.chars().filter(|&c| !is_ignorable(c)).map(fold).collect();
        let lower = shown.iter().map(|c| c.to_ascii_lowercase()).collect();
        Self { shown, lower }
    }
}

fn fold(c: char) -> char {
    match c {
        '\u{FF5E}' | '〜' | '\u{223C}' | '~' => '~',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}' => '-',
        '『' => '「',
        '』' => '」',
        '\n' | '\t' | '\u{3000}' | '\u{A0}' => ' ',
        '\u{FF01}'..='\u{FF5D}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Something that looks like an id, at characters `start..end`.
#[derive(Debug)]
struct Token {
    start: usize,
    end: usize,
    /// `実` of `実14-1`; empty for other schemes and for bare numbers.
    prefix: String,
    /// What follows the prefix.
    rest: String,
    /// The number, where `rest` is one.
    number: Option<u32>,
}

fn tokens(text: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let before = at.checked_sub(1).map(|index| text[index]);
        let token = fisc(text, at)
            .or_else(|| (!before.is_some_and(|c| c.is_ascii_alphanumeric())).then(|| lettered(text, at)).flatten())
            .or_else(|| {
                (!before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.')).then(|| numbered(text, at)).flatten()
            });
        at = token.as_ref().map_or(at + 1, |token| token.end);
        tokens.extend(token);
    }
    tokens
}

/// 統1, 実務基準14-1, 設 3.
fn fisc(text: &[char], start: usize) -> Option<Token> {
    const GROUPS: [(char, char); 6] =
        [('統', '制'), ('実', '務'), ('設', '備'), ('監', '査'), ('技', '術'), ('運', '用')];
    let &(prefix, second) = GROUPS.iter().find(|(prefix, _)| text.get(start) == Some(prefix))?;
    let mut at = start + 1;
    if text.get(at) == Some(&second) {
        at += 1;
        if starts_with(text, at, "基準") {
            at += 2;
        }
    }
    at += blanks(text, at);
    let end = branched_number(text, at)?;
    let rest: String = canonical_number(&text[at..end]);
    let number = rest.parse().ok();
    Some(Token { start, end, prefix: prefix.to_string(), rest, number })
}

/// AC-2, AC-2(1), A&A-01.1, ID.AM-6.
fn lettered(text: &[char], start: usize) -> Option<Token> {
    let mut at = start;
    while text.get(at).is_some_and(|c| c.is_ascii_uppercase() || (matches!(c, '&' | '.') && at > start)) {
        at += 1;
    }
    if at == start || at - start > 8 || text.get(at) != Some(&'-') {
        return None;
    }
    let mut end = digits_with(text, at + 1, &['.', '-'])?;
    let bracket = end + blanks(text, end);
    if text.get(bracket) == Some(&'(')
        && let Some(close) = digits_with(text, bracket + 1, &[])
        && text.get(close) == Some(&')')
    {
        end = close + 1;
    }
    let rest: String = text[start..end].iter().filter(|c| **c != ' ').collect();
    Some(Token { start, end, prefix: String::new(), rest, number: None })
}

/// 1.1, 1-1-1, and a bare number, which only counts behind an id with a prefix.
fn numbered(text: &[char], start: usize) -> Option<Token> {
    let end = digits_with(text, start, &['.', '-'])?;
    let rest: String = text[start..end].iter().collect();
    let number = rest.parse().ok();
    Some(Token { start, end, prefix: String::new(), rest, number })
}

/// Digits, then any number of (separator, digits); the end, if there is at least one digit.
fn digits_with(text: &[char], start: usize, separators: &[char]) -> Option<usize> {
    let digits = |from: usize| text[from.min(text.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    let first = digits(start);
    if first == 0 {
        return None;
    }
    let mut end = start + first;
    while text.get(end).is_some_and(|c| separators.contains(c)) {
        let more = digits(end + 1);
        if more == 0 {
            break;
        }
        end += 1 + more;
    }
    Some(end)
}

fn branched_number(text: &[char], start: usize) -> Option<usize> {
    digits_with(text, start, &['-'])
}

fn canonical_number(digits: &[char]) -> String {
    let text: String = digits.iter().collect();
    let parts = text.split('-').map(|part| part.trim_start_matches('0'));
    parts.map(|part| if part.is_empty() { "0" } else { part }).collect::<Vec<_>>().join("-")
}

fn blanks(text: &[char], start: usize) -> usize {
    text[start.min(text.len())..].iter().take_while(|c| **c == ' ').count()
}

fn starts_with(text: &[char], start: usize, word: &str) -> bool {
    let mut rest = text[start.min(text.len())..].iter();
    word.chars().all(|c| rest.next() == Some(&c))
}

fn ends_with(text: &[char], end: usize, word: &str) -> bool {
    let length = word.chars().count();
    end >= length && starts_with(text, end - length, word)
}

fn cue_behind(text: &[char], mut at: usize) -> bool {
    while let Some(link) = LINKS_BEHIND.iter().find(|link| starts_with(text, at, link)) {
        at += link.chars().count();
    }
    CUES_BEHIND.iter().any(|cue| starts_with(text, at, cue))
}

fn cue_before(text: &[char], mut end: usize) -> bool {
    loop {
        if CUES_BEFORE.iter().any(|cue| ends_with(text, end, cue) && starts_a_word(text, end, cue)) {
            return true;
        }
        let Some(link) = LINKS_BEFORE.iter().find(|link| ends_with(text, end, link)) else { return false };
        end -= link.chars().count();
    }
}

fn starts_a_word(text: &[char], end: usize, word: &str) -> bool {
    let start = end - word.chars().count();
    start == 0 || !text[start - 1].is_ascii_alphanumeric()
}

/// How two ids that follow each other belong together.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Joint {
    List,
    Range,
}

fn joined(text: &[char], first: &Token, second: &Token) -> Option<Joint> {
    if second.prefix.is_empty() && second.number.is_some() && first.prefix.is_empty() && first.number.is_none() {
        return None;
    }
    let between: String = text[first.end..second.start].iter().collect();
    if matches!(between.trim(), "~" | "から") {
        return Some(Joint::Range);
    }
    JOINTS.iter().any(|joint| between == *joint || between.trim() == joint.trim()).then_some(Joint::List)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = if may_refer(text) { in_text(text) } else { Vec::new() };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn an_id_beside_a_cue_is_a_reference() {
        check("実4と同じ", &["実4"]);
        check("対応策は実 4 と同じ", &["実4"]);
        check("対応策は実４と同じ。", &["実4"]);
        check("実務基準１４－１の対応内容と同様。", &["実14-1"]);
        check("「設3」を参照のこと", &["設3"]);
        check("実4、5及び統2と同じ", &["実4", "実5", "統2"]);
        check("実1～3を参照", &["実1", "実2", "実3"]);
        check("See AC-2.", &["AC-2"]);
        check("same as AC-2 (1) and AC-3", &["AC-2(1)", "AC-3"]);
        check("Refer to A&A-01.1", &["A&A-01.1"]);
        check("1.10と同じ", &["1.10"]);
        check("→実8", &["実8"]);
    }

    #[test]
    fn a_number_elsewhere_is_text() {
        check("実4の考え方に沿って整備した。", &[]);
        check("12文字以上とし、3か月ごとに同じ手順で変える。", &[]);
        check("Reviewed AC-2 in May", &[]);
        check("規程第5条に記載", &[]);
        check("oversee AC-2", &[]);
        check("ISO 27001と同等", &[]);
    }
}
