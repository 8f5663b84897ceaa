//! Folding: what counts as the same key, and what differs in notation only.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Folds a heading for matching: NFKC, radicals, all white space dropped, footnote marks and edition brackets dropped,
/// `【】「」` dropped, lower case.
pub fn heading_key(heading: &str) -> String {
    let mut folded = compatible(heading);
    folded.retain(|c| !c.is_whitespace());
    let mut bare = drop_edition_brackets(folded);
    bare.retain(|c| !matches!(c, '【' | '】' | '「' | '」'));
    bare.truncate(drop_footnote_mark(&bare).len());
    bare
}

/// Whether a text's [`heading_key`] is this one.
pub fn has_heading_key(text: &str, key: &str) -> bool {
    may_have_heading_key(text, key) && heading_key(text) == key
}

/// A look before folding, as every row of a table is asked for a heading: `false` where a text's first character says
/// already that its [`heading_key`] is another one. An ideograph or a letter stays in front, whatever is dropped
/// behind it.
pub fn may_have_heading_key(text: &str, key: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next().unwrap_or(' ');
    // A letter may be one with the accent that follows it.
    let stays =
        matches!(first, '一'..='鿿') || first.is_ascii_alphanumeric() && chars.next().is_none_or(|c| c.is_ascii());
    !stays || key.is_empty() || key.starts_with(first.to_ascii_lowercase())
}

/// A heading without what changes from edition to edition and says nothing of the column: edition brackets and
/// footnote marks. Nothing else is folded.
pub(crate) fn heading_label(heading: &str) -> String {
    let mut out = String::with_capacity(heading.len());
    let mut rest = heading;
    while let Some(open) = rest.find(['(', '（']) {
        let Some(close) = rest[open..].find([')', '）']) else { break };
        let end = open + close + rest[open + close..].chars().next().map_or(0, char::len_utf8);
        let inner: String = rest[open..end].nfkc().filter(|c| !c.is_whitespace()).collect();
        let names_edition = drop_edition_brackets(inner).is_empty();
        out.push_str(&rest[..if names_edition { open } else { end }]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    drop_footnote_mark(&out).to_owned()
}

/// Folds a value for matching against a list of words: NFKC, radicals, the three white circles, outer blanks dropped,
/// inner ones made one, lower case. A value that is nothing but a dash folds to `-`, however it is drawn; the
/// long-vowel mark within a word stays.
pub fn value_key(value: &str) -> String {
    let folded = compatible(value);
    let mut key = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().map(fold_circle));
    }
    if is_one_dash(&key) { "-".to_owned() } else { key }
}

fn fold_circle(c: char) -> char {
    if matches!(c, '〇' | '◯') { '○' } else { c }
}

/// NFKC and lower case, radicals made ideographs, invisible characters dropped.
fn compatible(text: &str) -> String {
    simply_compatible(text).unwrap_or_else(|| {
        let folded: String = text.chars().map(fold_radical).nfkc().filter(|c| !is_ignorable(*c)).collect();
        folded.to_lowercase()
    })
}

/// The same for a text of the characters nearly every Japanese text is made of, each of which has its own key
/// whatever stands beside it; `None` for any other. A hundred rows are folded to find a header, so it counts.
fn simply_compatible(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        out.push(match c {
            '\0'..='\u{7F}' => c.to_ascii_lowercase(),
            'ぁ'..='ゖ' | 'ァ'..='ヾ' | '一'..='鿿' | '、'..='〃' | '〈'..='】' | '〇' | '○' | '◯' | '●' | '※' => {
                c
            }
            '\u{3000}' => ' ',
            '！'..='～' => char::from(u8::try_from(c as u32 - 0xFEE0).ok()?).to_ascii_lowercase(),
            _ => return None,
        });
    }
    Some(out)
}

fn is_one_dash(key: &str) -> bool {
    let mut chars = key.chars();
    let is_dash = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | 'ー');
    chars.next().is_some_and(is_dash) && chars.next().is_none()
}

/// Folds a text so that two texts with the same key differ in notation only: width, blanks, line breaks, dash and
/// tilde look-alikes, `、，` and `。．`, `○〇◯`, radicals, kana width, bracket width; never `²`, `①`, digits or letters.
///
/// A text that is nothing but `ー` is a dash that somebody typed with a Japanese keyboard.
pub fn notation_key(text: &str) -> String {
    // Half-width kana compose with their voicing marks, so the width is folded over the text and not a character alone.
    let widened = widen_kana(text);
    let mut key = String::with_capacity(widened.len());
    key.extend(widened.chars().filter_map(notation_char));
    if key == "ー" { "-".to_owned() } else { key }
}

/// Folds one character as [`notation_key`] does, after kana width; `None` for blanks and invisible characters.
pub(crate) fn notation_char(c: char) -> Option<char> {
    // Nearly every character of a reference is one of these, and they all stand for themselves.
    if matches!(c, 'ぁ'..='ヿ' | '一'..='鿿') {
        return Some(c);
    }
    if c.is_whitespace() || is_ignorable(c) {
        return None;
    }
    Some(match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}' | '\u{2500}' | '\u{FE63}' => '-',
        '\u{301C}' | '\u{FF5E}' | '\u{223C}' | '\u{3030}' => '~',
        '，' | '､' | ',' => '、',
        // `．` is a wide `.` as well as a look-alike of `。`, so all of them fold to one.
        '．' | '｡' | '.' => '。',
        '○' | '〇' | '◯' => '○',
        '｢' => '「',
        '｣' => '」',
        '･' => '・',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '￥' => '¥',
        _ => fold_radical(c),
    })
}

/// Folds a text for searching: NFKC and lower case, blanks dropped.
pub(crate) fn search_key(text: &str) -> String {
    let mut key = compatible(text);
    key.retain(|c| !c.is_whitespace());
    key
}

/// Says whether a character never counts in a comparison: zero width, variation selectors, byte order marks.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Folds a Kangxi or supplementary radical to the ideograph it looks like, as copies out of a PDF hold them.
///
/// # Source
///
/// U+2F00–2FD5: NFKC. The supplement U+2E80–2EF3, of which NFKC folds two: Unicode's list of equivalent unified
/// ideographs, as far as the equivalent is in the basic plane.
pub(crate) fn fold_radical(c: char) -> char {
    match c {
        '\u{2F00}'..='\u{2FD5}' => std::iter::once(c).nfkc().next().unwrap_or(c),
        '\u{2E80}'..='\u{2EF3}' => match SUPPLEMENT.chars().nth(c as usize - 0x2E80) {
            Some('・') | None => c,
            Some(ideograph) => ideograph,
        },
        _ => c,
    }
}

/// The ideographs of U+2E80–2EF3 in order; `・` where there is none.
const SUPPLEMENT: &str = "\
    ・厂乛乚乙亻冂・・刂卜㔾小小兀尣\
    尢・巳幺彑彐忄㣺扌攵・旡日月歺母\
    民氵氺灬爫爫丬牛犭王・目示礻竹糹\
    纟罓罒・・・羊羊羊耂肀聿肉・艹艹\
    艹虎衤覀西见角角讠贝足车辶辶辶邑\
    钅長镸长门・阝雨青韦页风飞食・飠\
    饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜\
    龙龜亀龟";

/// Makes half-width kana full-width, voicing marks composed, and composes the kana that a Mac writes in two.
fn widen_kana(text: &str) -> Cow<'_, str> {
    // U+FF61–FF9F and the combining marks U+3099, U+309A: nearly no text has any.
    let is_odd = |c: char| matches!(c, '\u{FF66}'..='\u{FF9F}' | '\u{3099}' | '\u{309A}');
    if !text.chars().any(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut kana = String::new();
    for c in text.chars() {
        if is_odd(c) || matches!(c, 'ぁ'..='ヿ') {
            kana.push(c);
        } else {
            out.extend(kana.nfkc());
            kana.clear();
            out.push(c);
        }
    }
    out.extend(kana.nfkc());
    Cow::Owned(out)
}

fn drop_edition_brackets(text: String) -> String {
    if !text.contains('(') {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(open) = rest.find('(') {
        let Some(length) = rest[open..].find(')') else { break };
        let inner = &rest[open + 1..open + length];
        out.push_str(&rest[..open]);
        let names_edition =
            inner.starts_with('第') && inner.contains('版') || inner.starts_with("令和") && inner.contains('版');
        if !names_edition && !matches!(inner, "optional/recommended" | "optional" | "recommended") {
            out.push_str(&rest[open..=open + length]);
        }
        rest = &rest[open + length + 1..];
    }
    out.push_str(rest);
    out
}

fn drop_footnote_mark(text: &str) -> &str {
    let without_digits = text.trim_end_matches(|c: char| c.is_ascii_digit());
    ["*", "※", "注"]
        .iter()
        .find_map(|mark| without_digits.strip_suffix(mark))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_loses_its_edition_and_nothing_else() {
        for (heading, label) in [
            ("FISC安全対策基準（第９版改訂）に対する見解", "FISC安全対策基準に対する見解"),
            ("基準(第9版) 番号*1", "基準 番号"),
            ("確認（インタビュー）※2", "確認（インタビュー）"),
            ("対応（未完", "対応（未完"),
        ] {
            assert_eq!(heading_label(heading), label);
        }
    }

    #[test]
    fn headings_match_across_breaks_footnotes_and_editions() {
        for (heading, key) in [
            ("FISC安全対策基準\nの項目", "fisc安全対策基準の項目"),
            ("ＦＩＳＣ安全対策基準（第９版改訂）に対する\nＭicrosoftの見解", "fisc安全対策基準に対するmicrosoftの見解"),
            ("第三者認証等から確認した内容 *1", "第三者認証等から確認した内容"),
            ("CSC Responsibilities  (Optional/Recommended)", "cscresponsibilities"),
            ("【項番】", "項番"),
            ("＃", "#"),
        ] {
            assert_eq!(heading_key(heading), key);
        }
    }

    #[test]
    fn the_first_character_answers_as_the_whole_key_does() {
        let beginnings = ["合", "計", "T", "ｔ", "e", "e\u{301}", "（第9版）", "【", "注", "⾏", " ", "㈱", "1", "*"];
        let ends = ["", "計", "otal", "*1", "1", "（第9版改訂）", "】", " 計"];
        let texts: Vec<String> =
            beginnings.iter().flat_map(|first| ends.iter().map(move |end| format!("{first}{end}"))).collect();
        let keys: Vec<String> = texts.iter().map(|text| heading_key(text)).collect();
        for text in &texts {
            for key in &keys {
                assert_eq!(has_heading_key(text, key), heading_key(text) == *key, "{text:?} {key:?}");
            }
        }
    }

    #[test]
    fn the_short_way_to_a_key_agrees_with_the_long_one() {
        let long = |text: &str| -> String {
            let folded: String = text.chars().map(fold_radical).nfkc().filter(|c| !is_ignorable(*c)).collect();
            folded.to_lowercase()
        };
        for c in '\0'..=char::MAX {
            // Beside a kana, as a voicing mark would change it, and between two others.
            for text in [format!("カ{c}"), format!("{c}a"), format!("一{c}ー")] {
                if let Some(short) = simply_compatible(&text) {
                    assert_eq!(short, long(&text), "{text:?}");
                }
            }
        }
        assert!(simply_compatible("第９版、ＦＩＳＣの【項番】（No.）").is_some());
    }

    #[test]
    fn every_radical_of_the_supplement_has_its_place_in_the_table() {
        assert_eq!(SUPPLEMENT.chars().count(), 0x2EF4 - 0x2E80);
        // Beside the table, NFKC knows two of them.
        assert_eq!(fold_radical('\u{2E9F}'), '母');
        assert_eq!(fold_radical('\u{2EF3}'), '龟');
        assert_eq!(fold_radical('\u{2EA0}'), '民');
        assert_eq!(fold_radical('\u{2ED8}'), '青');
        assert_eq!(fold_radical('\u{2ECA}'), '足');
        assert_eq!(fold_radical('\u{2E80}'), '\u{2E80}');
    }

    #[test]
    fn notation_folds_looks_and_never_meaning() {
        for (a, b, same) in [
            ("ＡＢＣ（１）", "ABC(1)", true),
            ("ガード", "ｶﾞｰﾄﾞ", true),
            ("計画、実施", "計画，実施", true),
            ("計 画\n実施", "計画実施", true),
            ("⾏う", "行う", true),
            ("⻄⻑⻘⻩⻯", "西長青黄竜", true),
            ("⽅⾯", "方面", true),
            ("か\u{3099}ード", "がード", true),
            ("ｶﾞｰﾄﾞ･｢甲｣", "ガード・「甲」", true),
            ("葛\u{E0100}", "葛", true),
            ("ー", "－", true),
            ("サーバー", "サーバ", false),
            ("ガ", "カ", false),
            ("○", "〇", true),
            ("1〜2", "1～2", true),
            ("1．任命", "1.任命", true),
            ("①", "1", false),
            ("m²", "m2", false),
            ("実1", "実2", false),
        ] {
            assert_eq!(notation_key(a) == notation_key(b), same, "{a} / {b}");
        }
    }
}
