//! 適合性: the provider's word on an item, with the reason in brackets behind it.

use crate::text::fold::value_key;

use super::{Conformity, ConformityWord};

const CONFORMING: &[&str] = &["適合可能", "適合可"];
const OUT_OF_SCOPE: &[&str] = &["対象外", "非該当", "該当なし", "適用外", "n/a", "na", "notapplicable"];

/// Reads a 適合性 cell; `None` if it is blank.
///
/// `対象外（業務アプリケーションでの対策）` is the word with the reason as its note, however the brackets are drawn.
/// A dash is the publisher's own word and never 対象外: what it means differs from vendor to vendor, so only a
/// template may say (see [`parse_with`]).
pub fn parse(text: &str) -> Option<Conformity> {
    parse_with(text, &[])
}

/// Reads a 適合性 cell whose words a template names: pairs of our word (適合可能, 対象外) and the workbook's word.
pub fn parse_with(text: &str, values: &[(String, String)]) -> Option<Conformity> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if let Some(word) = known(text, values) {
        return Some(Conformity { word, note: None });
    }
    let (head, note) = split_note(text).unwrap_or((text, ""));
    match known(head, values) {
        Some(word) => Some(Conformity { word, note: Some(note.to_owned()).filter(|note| !note.is_empty()) }),
        None => Some(Conformity { word: ConformityWord::Other(text.to_owned()), note: None }),
    }
}

/// Takes a word as our own formats write it: the two words of ours, or else the publisher's.
pub fn word(text: &str) -> ConformityWord {
    match text {
        "適合可能" => ConformityWord::Conforming,
        "対象外" => ConformityWord::OutOfScope,
        other => ConformityWord::Other(other.to_owned()),
    }
}

/// No word of ours is as long as this many bytes, however it is broken over lines or drawn.
const LONGEST_WORD_BYTES: usize = 80;

fn known(word: &str, values: &[(String, String)]) -> Option<ConformityWord> {
    let longest = values.iter().map(|(_, theirs)| 4 * theirs.len()).fold(LONGEST_WORD_BYTES, usize::max);
    if word.len() > longest {
        return None;
    }
    // A narrow column breaks 適合可能 over two lines, so blanks do not count.
    let key_of = |word: &str| value_key(word).replace(' ', "");
    let key = key_of(word);
    let ours = values.iter().find(|(_, theirs)| key_of(theirs) == key).map(|(ours, _)| key_of(ours));
    match ours.as_deref().unwrap_or(&key) {
        word if CONFORMING.contains(&word) => Some(ConformityWord::Conforming),
        word if OUT_OF_SCOPE.contains(&word) => Some(ConformityWord::OutOfScope),
        _ => None,
    }
}

/// Splits `対象外（理由）`, `対象外：理由` and `対象外␤理由` behind the word; a footnote mark is no reason.
fn split_note(text: &str) -> Option<(&str, &str)> {
    let at = text.find(['(', '（', '[', '［', '【', ':', '：', '\n', '※', '*', '＊', '、'])?;
    let (word, rest) = (text[..at].trim_end(), text[at..].trim());
    let footnote = rest.trim_start_matches(['※', '*', '＊']);
    if footnote.len() < rest.len() {
        let is_mark = footnote.chars().all(|c| c.is_numeric());
        return Some((word, if is_mark { "" } else { rest }));
    }
    Some((word, unbracketed(rest.trim_start_matches([':', '：', '、']).trim())))
}

/// Drops a pair of brackets around the whole text.
fn unbracketed(text: &str) -> &str {
    let pairs = [('(', ')'), ('（', '）'), ('[', ']'), ('［', '］'), ('【', '】'), ('（', ')'), ('(', '）')];
    let inner = pairs.iter().find_map(|&(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.contains([open, close])).then_some(inner.trim())
    });
    inner.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, word: &str, note: Option<&str>) {
        let found = parse(text).unwrap();
        assert_eq!((found.word.as_str(), found.note.as_deref()), (word, note), "{text}");
    }

    #[test]
    fn the_two_words_are_read_in_every_spelling() {
        check("適合可能", "適合可能", None);
        check("適合\n可能", "適合可能", None);
        check("適合可", "適合可能", None);
        check("対象外", "対象外", None);
        check(" 非該当\u{3000}", "対象外", None);
        check("該当なし", "対象外", None);
        check("Ｎ／Ａ", "対象外", None);
        check("Not Applicable", "対象外", None);
        check("適用外", "対象外", None);
        assert_eq!(parse(" \u{3000}\n"), None);
    }

    #[test]
    fn the_reason_behind_the_word_is_its_note() {
        check("対象外（業務アプリケーションでの対策）", "対象外", Some("業務アプリケーションでの対策"));
        check("対象外\n(管理・運用プロセスでの対策)", "対象外", Some("管理・運用プロセスでの対策"));
        check("対象外：設備は事業者の管理", "対象外", Some("設備は事業者の管理"));
        check("対象外（A（B）の場合）", "対象外", Some("（A（B）の場合）"));
        check("適合可能（条件付）\u{3000}", "適合可能", Some("条件付"));
        check("適合可能※1", "適合可能", None);
        check("適合可能 *1", "適合可能", None);
    }

    #[test]
    fn a_dash_or_an_unknown_word_stays_the_publishers_own() {
        for text in ["-", "－", "ー", "―", "○", "◎", "要確認（未定）", "一部適合"] {
            check(text, text, None);
        }
    }

    #[test]
    fn a_template_may_say_what_a_word_means() {
        let values = [("適合可能".to_owned(), "○".to_owned()), ("対象外".to_owned(), "－".to_owned())];
        let word = |text| parse_with(text, &values).unwrap().word;
        assert_eq!(word("〇"), ConformityWord::Conforming);
        assert_eq!(word("○"), ConformityWord::Conforming);
        assert_eq!(word("－"), ConformityWord::OutOfScope);
        assert_eq!(word("○（一部）"), ConformityWord::Conforming);
    }
}
