//! The smallest pieces a change is shown in: a whole number, a word of letters or katakana, else one character.
//!
//! Two atoms with the same key differ in notation at most. Blanks belong to the atom before them.

use std::collections::HashMap;

use crate::text::unicode::UnicodeNormalization;
use crate::text::unicode::is_combining_mark;

use crate::text::fold::{notation_char, notation_key};

/// What an atom is made of; decides where a boundary reads well.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Letters of a script that writes words apart.
    Word,
    Number,
    Katakana,
    Hiragana,
    Kanji,
    /// Ends a sentence: 。！？ and a full stop that ends one.
    Stop,
    Comma,
    Open,
    Close,
    Other,
    /// Blanks at the head of a text.
    Blank,
}

/// A piece of a text.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte, trailing blanks included.
    pub(super) end: usize,
    /// Same key, same content.
    pub(super) key: u32,
    pub(super) class: Class,
    /// Whether a line break follows.
    pub(super) breaks: bool,
    /// Whether any blank follows.
    pub(super) spaced: bool,
}

/// Keys of the words met so far. Keys of single characters are the characters themselves.
#[derive(Default)]
pub(super) struct Keys {
    words: HashMap<String, u32>,
}

const FIRST_WORD_KEY: u32 = 0x11_0000;

impl Keys {
    fn of_word(&mut self, folded: String) -> u32 {
        let next = FIRST_WORD_KEY + u32::try_from(self.words.len()).expect("a text has fewer than 2^31 words");
        *self.words.entry(folded).or_insert(next)
    }
}

/// Cuts a text into atoms.
pub(super) fn atoms(text: &str, keys: &mut Keys) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::with_capacity(text.len() / 3 + 1);
    let mut rest = text.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let Some(folded) = notation_char(c) else {
            add_blank(&mut atoms, start, c);
            continue;
        };
        let class = class_of(folded);
        let mut end = start + c.len_utf8();
        let mut chars = 1;
        while let Some(&(at, next)) = rest.peek() {
            if !belongs(class, next, &text[at + next.len_utf8()..]) {
                break;
            }
            rest.next();
            end = at + next.len_utf8();
            chars += 1;
        }
        let is_word = matches!(class, Class::Word | Class::Number | Class::Katakana) || chars > 1;
        let key = if is_word { keys.of_word(notation_key(&text[start..end]).nfc().collect()) } else { folded as u32 };
        atoms.push(Atom { start, end, key, class, breaks: false, spaced: false });
    }
    mark_full_stops(text, &mut atoms);
    atoms
}

fn add_blank(atoms: &mut Vec<Atom>, start: usize, c: char) {
    let end = start + c.len_utf8();
    if let Some(last) = atoms.last_mut() {
        last.end = end;
        last.breaks |= c == '\n';
        last.spaced |= c.is_whitespace();
    } else {
        atoms.push(Atom { start, end, key: 0, class: Class::Blank, breaks: c == '\n', spaced: true });
    }
}

fn belongs(class: Class, next: char, after: &str) -> bool {
    if is_combining_mark(next) {
        return true;
    }
    let Some(folded) = notation_char(next) else { return false };
    let next_class = class_of(folded);
    match class {
        Class::Word => matches!(next_class, Class::Word | Class::Number) || is_apostrophe(next, after),
        Class::Number => match next_class {
            Class::Number | Class::Word => true,
            _ => matches!(next, '.' | ',' | '．' | '，') && after.starts_with(|c: char| is_digit(c)),
        },
        Class::Katakana => next_class == Class::Katakana || matches!(next, 'ー' | 'ｰ' | 'ﾞ' | 'ﾟ'),
        _ => false,
    }
}

fn is_apostrophe(c: char, after: &str) -> bool {
    matches!(c, '\'' | '’') && after.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn is_digit(c: char) -> bool {
    notation_char(c).is_some_and(|folded| folded.is_ascii_digit())
}

fn class_of(folded: char) -> Class {
    match folded {
        '0'..='9' => Class::Number,
        '\u{3041}'..='\u{309F}' => Class::Hiragana,
        '\u{30A1}'..='\u{30FA}' | '\u{30FD}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9D}' | '\u{31F0}'..='\u{31FF}' => {
            Class::Katakana
        }
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}' => {
            Class::Kanji
        }
        '々' | '〆' => Class::Kanji,
        '。' | '!' | '?' | '！' | '？' | '…' => Class::Stop,
        '、' | ';' | ':' => Class::Comma,
        '(' | '[' | '{' | '「' | '『' | '【' | '〔' | '《' | '〈' | '［' | '｢' => Class::Open,
        ')' | ']' | '}' | '」' | '』' | '】' | '〕' | '》' | '〉' | '］' | '｣' => Class::Close,
        // Thai, Hangul and the like are written in syllables or without blanks: one atom each, as kanji.
        c if c.is_alphabetic() && (c as u32) < 0x0E00 => Class::Word,
        c if c.is_alphabetic() => Class::Kanji,
        _ => Class::Other,
    }
}

/// Tells a full stop that ends a sentence from the dot of `1.`, `e.g.` and `2．`.
fn mark_full_stops(text: &str, atoms: &mut [Atom]) {
    for index in 0..atoms.len() {
        let dot = text[atoms[index].start..].starts_with(['.', '．']);
        if !dot {
            continue;
        }
        let before = index.checked_sub(1).map(|before| (atoms[before].class, atoms[before].spaced));
        let next = atoms.get(index + 1).map(|next| (next.class, &text[next.start..]));
        atoms[index].class = if ends_sentence(&atoms[index], index, before, next) { Class::Stop } else { Class::Other };
    }
}

fn ends_sentence(dot: &Atom, index: usize, before: Option<(Class, bool)>, next: Option<(Class, &str)>) -> bool {
    let Some((class, spaced)) = before else { return false };
    let Some((_, next)) = next else { return true };
    let is_numbering = class == Class::Number && (index == 1 || spaced);
    let wide_end = matches!(class, Class::Hiragana | Class::Kanji) && !dot.spaced;
    let latin_end = dot.breaks || dot.spaced && !next.starts_with(|c: char| c.is_lowercase());
    !is_numbering && (wide_end || latin_end)
}

/// Cuts atoms into sentences: after a stop and the brackets that close behind it, and after a line break.
pub(super) fn sentences(atoms: &[Atom]) -> Vec<std::ops::Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for index in 0..atoms.len() {
        let closes_on = atoms.get(index + 1).is_some_and(|next| matches!(next.class, Class::Close | Class::Stop));
        let stops = atoms[index].class == Class::Stop
            || atoms[index].class == Class::Close && index > start && atoms[index - 1].class == Class::Stop;
        if atoms[index].breaks || stops && !closes_on {
            sentences.push(start..index + 1);
            start = index + 1;
        }
    }
    if start < atoms.len() {
        sentences.push(start..atoms.len());
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        atoms(text, &mut Keys::default()).iter().map(|atom| &text[atom.start..atom.end]).collect()
    }

    #[test]
    fn numbers_and_words_stay_whole_and_blanks_go_with_the_atom_before() {
        assert_eq!(cut("年12回以上"), ["年", "12", "回", "以", "上"]);
        assert_eq!(cut("1,000.5円 AES256"), ["1,000.5", "円 ", "AES256"]);
        assert_eq!(cut("システムのﾊﾞｯｸｱｯﾌﾟ"), ["システム", "の", "ﾊﾞｯｸｱｯﾌﾟ"]);
        assert_eq!(cut("the provider's  data"), ["the ", "provider's  ", "data"]);
        assert_eq!(cut(" 字\n"), [" ", "字\n"]);
    }

    #[test]
    fn the_same_content_has_the_same_key_whatever_its_notation() {
        let keys = |text: &str, keys: &mut Keys| atoms(text, keys).iter().map(|atom| atom.key).collect::<Vec<_>>();
        let mut shared = Keys::default();
        for (a, b) in [("ＡＢＣ（１２）", "ABC(12)"), ("ガード", "ｶﾞｰﾄﾞ"), ("e\u{301}te", "éte")] {
            assert_eq!(keys(a, &mut shared), keys(b, &mut shared), "{a} / {b}");
        }
        assert_ne!(keys("①", &mut shared), keys("1", &mut shared));
    }

    #[test]
    fn sentences_end_on_stops_and_line_breaks_and_not_on_list_numbers() {
        let sentences_of = |text: &str| -> Vec<String> {
            let atoms = atoms(text, &mut Keys::default());
            let ranges = sentences(&atoms);
            ranges.iter().map(|range| text[atoms[range.start].start..atoms[range.end - 1].end].to_owned()).collect()
        };
        assert_eq!(sentences_of("Aする。（Bする。）Cする"), ["Aする。", "（Bする。）", "Cする"]);
        assert_eq!(sentences_of("次による。\n1．任命\n2．策定"), ["次による。\n", "1．任命\n", "2．策定"]);
        assert_eq!(sentences_of("1. Do it, e.g. so. Then rest."), ["1. Do it, e.g. so. ", "Then rest."]);
    }
}
