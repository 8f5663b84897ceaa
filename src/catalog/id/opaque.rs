//! Ids of frameworks other than FISC: kept as they stand, with width, blanks and look-alike dashes folded.

use super::{CellKind, IdContext, IdError, Outcome, ParsedId, Scheme, clean};

/// An id longer than this is a sentence in the id column. `Ⅱ-02-0-(04)` has 10 characters; the longest seen have 24, and
/// 92 where words stand for numbers (`network-firewall-installed-and-…`).
const LONGEST_CHARS: usize = 64;
const LONGEST_OF_ONE_WORD: usize = 128;

pub(super) fn parse(scheme: Scheme, text: &str, context: &IdContext<'_>) -> ParsedId {
    if context.kind == CellKind::Date {
        return ParsedId::error(IdError::Date { perhaps: None });
    }
    if scheme == Scheme::Opaque && is_plain(text) {
        return ParsedId::one(text);
    }
    let cleaned = clean::clean(text);
    let outcome = if cleaned.core.is_empty() { Outcome::Blank } else { outcome(scheme, &cleaned.core) };
    ParsedId { outcome, retired: cleaned.retired, marker: cleaned.marker, ..ParsedId::default() }
}

/// Says whether nothing of the id needs folding, as with nearly all of them.
fn is_plain(text: &str) -> bool {
    let is_id_byte = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'&');
    let ends_well = text.bytes().last().is_some_and(|b| b.is_ascii_alphanumeric());
    text.len() <= LONGEST_OF_ONE_WORD && ends_well && text.bytes().all(is_id_byte) && !is_numbered(text)
}

fn is_numbered(text: &str) -> bool {
    text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("no"))
}

fn outcome(scheme: Scheme, core: &str) -> Outcome {
    let id = match scheme {
        Scheme::Nist => nist(core),
        Scheme::Csf => csf(core),
        Scheme::Opaque | Scheme::Fisc => tidy(core),
    };
    if id.is_empty() || id.chars().count() > LONGEST_CHARS || id.contains('。') || is_count(&id) {
        return Outcome::NotAnId;
    }
    Outcome::One(id.into())
}

/// 144項目 counts items and is none.
pub(super) fn is_count(text: &str) -> bool {
    ["項目", "件", "問"].iter().any(|unit| {
        let inner = text.trim_end_matches([')', '】']);
        inner.strip_suffix(unit).is_some_and(|rest| rest.trim_end().ends_with(|c: char| c.is_ascii_digit()))
    })
}

/// `No. 1` → `1`, `1.` and `1:` → `1`, a long-vowel mark between digits → `-`, no blanks around dashes and brackets.
fn tidy(core: &str) -> String {
    let numbered = core.get(..2).filter(|_| is_numbered(core)).map(|_| core[2..].trim_start_matches(['.', ' ']));
    let bare = numbered.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(core);
    let trimmed = bare.trim_end_matches([':', '.', '、', ' ']);
    let chars: Vec<char> = if trimmed.is_empty() { bare.chars().collect() } else { trimmed.chars().collect() };
    let digit_at = |index: Option<usize>| index.and_then(|index| chars.get(index)).is_some_and(char::is_ascii_digit);
    let mut out = String::with_capacity(core.len());
    for (index, &c) in chars.iter().enumerate() {
        let before = chars[..index].last().copied().unwrap_or('x');
        let after = chars.get(index + 1).copied().unwrap_or('x');
        match c {
            'ー' if digit_at(index.checked_sub(1)) && digit_at(Some(index + 1)) => out.push('-'),
            ' ' if matches!(before, '-' | '(') || matches!(after, '-' | ')') => {}
            _ => out.push(c),
        }
    }
    out
}

/// `AC-03 (01)` → `AC-3(1)`.
fn nist(core: &str) -> String {
    let mut out = String::with_capacity(core.len());
    let tight = tidy(core);
    let mut rest = tight.as_str();
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            let end = rest.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(rest.len());
            let number = rest[..end].trim_start_matches('0');
            out.push_str(if number.is_empty() { "0" } else { number });
            rest = &rest[end..];
        } else {
            if c != ' ' {
                out.push(c.to_ascii_uppercase());
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// `ID.AM-6: Priorities…` → `ID.AM-06`.
fn csf(core: &str) -> String {
    let id = tidy(core.split(':').next().unwrap_or(core));
    match id.rsplit_once('-') {
        Some((category, number)) if number.len() == 1 && number.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{category}-0{number}")
        }
        _ => id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_schemes_keep_their_ids() {
        for (scheme, text, id) in [
            (Scheme::Opaque, "A&A-01.1", "A&A-01.1"),
            (Scheme::Opaque, "AIS-01.1", "AIS-01.1"),
            (Scheme::Opaque, "5.1.1.1", "5.1.1.1"),
            (Scheme::Opaque, "Ⅱ-02-0-(04)", "Ⅱ-02-0-(04)"),
            (Scheme::Opaque, "１－１−１", "1-1-1"),
            (Scheme::Opaque, "(a)(ｱ)", "(a)(ア)"),
            (Scheme::Opaque, "(c )", "(c)"),
            (Scheme::Opaque, "No. 12", "12"),
            (Scheme::Opaque, "№１２", "12"),
            (Scheme::Opaque, "1ー2", "1-2"),
            (Scheme::Opaque, "MSTG-ARCH-1\n", "MSTG-ARCH-1"),
            (Scheme::Opaque, "G 0", "G 0"),
            (Scheme::Nist, "AC-3 (1)", "AC-3(1)"),
            (Scheme::Nist, "AC-02(01)", "AC-2(1)"),
            (Scheme::Csf, "ID.AM-6", "ID.AM-06"),
            (Scheme::Csf, "GV.OC-01: The mission is understood", "GV.OC-01"),
        ] {
            let parsed = scheme.parse(text, &IdContext::default());
            assert_eq!(parsed, ParsedId::one(id), "{text}");
        }
    }

    #[test]
    fn sentences_and_counts_are_no_ids() {
        for text in ["144項目", "（144項目）", "経営層は、方針を定める。", &"長い".repeat(40)] {
            assert_eq!(Scheme::Opaque.parse(text, &IdContext::default()).outcome, Outcome::NotAnId, "{text}");
        }
        assert_eq!(Scheme::Opaque.parse(" \u{3000}", &IdContext::default()), ParsedId::default());
        let retired = Scheme::Opaque.parse("1.2（欠番）", &IdContext::default());
        assert_eq!((retired.ids()[0].as_ref(), retired.retired), ("1.2", true));
    }
}
