//! What of a cell's text counts as its content: line ends, trailing blanks, invisible characters.

use super::Text;

/// Normalises a cell's text: line ends to LF; blanks at line ends and at the end dropped; zero-width characters and
/// byte order marks dropped. Width, circled digits, variation selectors and all else stay.
///
/// Most texts are normal already and come back without a copy.
pub fn normalise(text: &Text) -> Text {
    if is_normal(text.as_str()) { text.clone() } else { super::owned(normalised(text.as_str())) }
}

/// Makes LF of every line end: CRLF and CR become one.
pub(crate) fn with_lf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

fn is_dropped(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}')
}

/// Looks at pairs of bytes, many at a time, and reads the text only where a pair could be part of something to drop.
fn is_normal(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(&last) = bytes.last() else { return true };
    let ends_a_blank = |b: u8| matches!(b, b' ' | b'\t' | 0xA0 | 0x80);
    let begins_invisible = |a: u8, b: u8| (a == 0xE2) & ((b == 0x80) | (b == 0x81)) | (a == 0xEF) & (b == 0xBB);
    let is_suspect =
        |&(&a, &b): &(&u8, &u8)| (a == b'\r') | (b == b'\r') | (b == b'\n') & ends_a_blank(a) | begins_invisible(a, b);
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let has_suspects = pairs.fold(false, |found, pair| found | is_suspect(&pair));
    let ends_suspect = ends_a_blank(last) || matches!(last, b'\r' | b'\n');
    !(has_suspects || ends_suspect) || is_read_normal(text)
}

fn is_read_normal(text: &str) -> bool {
    let mut before = 'x';
    for c in text.chars() {
        if c == '\r' || is_dropped(c) || (c == '\n' && is_blank(before)) {
            return false;
        }
        before = c;
    }
    !is_blank(before) && before != '\n'
}

fn normalised(text: &str) -> String {
    let visible: String = with_lf(text).chars().filter(|&c| !is_dropped(c)).collect();
    let lines: Vec<&str> = visible.split('\n').map(|line| line.trim_end_matches(is_blank)).collect();
    lines.join("\n").trim_end_matches('\n').to_owned()
}

/// For every character of a stored text, and one past them, its place in the normalised text: what a run of the stored
/// text becomes.
///
/// Normalising only drops characters and makes a line end of CR and CRLF, so what does not match was dropped.
pub fn offsets(stored: &str, normal: &str) -> Vec<u32> {
    let mut offsets = Vec::with_capacity(stored.len());
    let mut kept = normal.chars().peekable();
    let mut place = 0;
    let mut chars = stored.chars().peekable();
    while let Some(c) = chars.next() {
        offsets.push(place);
        let shown = if c == '\r' && chars.peek() != Some(&'\n') { '\n' } else { c };
        if kept.peek() == Some(&shown) {
            kept.next();
            place += 1;
        }
    }
    offsets.push(place);
    offsets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_at_the_bytes_agrees_with_reading_the_text() {
        let blanks = [
            ' ', '\t', '\u{A0}', '\u{3000}', '\r', '\n', '\u{200B}', '\u{2060}', '\u{FEFF}', 'a', 'あ', '…', '％',
            '\u{FEC0}',
        ];
        for first in blanks {
            for second in blanks {
                for text in [
                    format!("{first}{second}"),
                    format!("文{first}{second}文"),
                    format!("{first}文{second}"),
                    first.to_string(),
                ] {
                    assert_eq!(is_normal(&text), is_read_normal(&text), "{text:?}");
                }
            }
        }
        assert!(is_normal(""));
    }

    #[test]
    fn only_what_no_reader_sees_is_dropped() {
        for (raw, normal) in [
            ("計画する\r\n実施する\r", "計画する\n実施する"),
            ("計画する \u{3000}\n実施する\u{A0}", "計画する\n実施する"),
            ("\u{FEFF}計\u{200B}画", "計画"),
            ("①㈱ １２３", "①㈱ １２３"),
            ("\n\n", ""),
            ("  字下げ", "  字下げ"),
        ] {
            assert_eq!(normalise(&super::super::owned(raw)).as_str(), normal);
        }
    }

    #[test]
    fn offsets_follow_what_normalising_drops() {
        assert_eq!(offsets("a \r\nb\u{200B}c", "a\nbc"), [0, 1, 1, 1, 2, 3, 3, 4]);
        assert_eq!(offsets("a\rb", "a\nb"), [0, 1, 2, 3]);
    }
}
