//! What of a cell's text counts as its content: line ends, trailing blanks, invisible characters.

use super::Text;

/// Normalises a cell's text: line ends to LF; blanks at line ends and at the end dropped; zero-width characters and
/// byte order marks dropped. Width, circled digits, variation selectors and all else stay.
///
/// Most texts are normal already and come back without a copy.
pub fn normalise(text: &Text) -> Text {
    if is_normal(text.as_str()) { text.clone() } else { super::owned(normalised(text.as_str())) }
}

fn is_dropped(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}')
}

fn is_normal(text: &str) -> bool {
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
    let visible: String = text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|&c| !is_dropped(c)).collect();
    let lines: Vec<&str> = visible.split('\n').map(|line| line.trim_end_matches(is_blank)).collect();
    lines.join("\n").trim_end_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
