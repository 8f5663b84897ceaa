//! How wide a text is on a terminal or in a cell: East Asian characters count two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Counts the columns a text takes on a terminal set to a Japanese font.
pub fn columns(text: &str) -> usize {
    text.width_cjk()
}

/// Cuts a text to at most `limit` columns, ending on `…` where something was cut.
pub fn truncate(text: &str, limit: usize) -> String {
    if columns(text) <= limit {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let width = c.width_cjk().unwrap_or(0);
        if used + width + 2 > limit {
            break;
        }
        used += width;
        out.push(c);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_counts_two() {
        assert_eq!(columns("実1"), 3);
        assert_eq!(truncate("安全対策基準", 7), "安全…");
    }
}
