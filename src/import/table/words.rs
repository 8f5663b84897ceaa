//! Texts that tell a row's kind: footnotes, 欠番, numbers, single words.

use crate::template::Heading;
use crate::text::{Text, fold};

pub(super) fn fits_any(headings: &[Heading], text: &str) -> bool {
    let folded = fold::heading_key(text);
    headings.iter().any(|heading| heading.fit(&[folded.as_str()]) > 0)
}

/// Whether a text stands below a table and not in it: `※…`, `*1：…`, 注, 凡例.
pub(super) fn is_footnote(text: &str) -> bool {
    let text = text.trim_start();
    let after_star = |rest: &str| rest.starts_with(|c: char| c.is_numeric());
    text.starts_with(['※', '＊'])
        || text.strip_prefix('*').is_some_and(after_star)
        || [
            "注）",
            "注)",
            "（注",
            "(注",
            "注記",
            "注：",
            "注:",
            "注1",
            "注１",
            "凡例",
            "【凡例",
            "■凡例",
            "Note:",
            "Notes:",
        ]
        .iter()
        .any(|mark| text.starts_with(mark))
}

/// A word for the sum of a column and nothing else.
pub(super) fn is_total_word(text: &str) -> bool {
    const LONGEST: usize = 60;
    const WORDS: [&str; 10] =
        ["合計", "小計", "総計", "計", "平均", "合計点", "total", "subtotal", "grandtotal", "average"];
    text.len() <= LONGEST && WORDS.contains(&fold::heading_key(text).as_str())
}

/// 欠番 or a word for it, with or without brackets, and nothing else.
pub(super) fn is_retired_word(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '（' | '）' | '(' | ')' | '【' | '】' | '「' | '」' | '[' | ']' | '―' | '－' | '-')
    });
    // `欠番/予備`, `欠番（統1に統合）`: what the number is kept for, where its matter went.
    let word = bare.split(['/', '／', '・', '、', '：', ':', '（', '(']).next().unwrap_or(bare).trim();
    matches!(word, "欠番" | "欠号" | "廃番")
        || ["withdrawn", "entfallen"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a lone text in the id column could number an item: it has a digit and no blank.
pub(super) fn looks_like_number(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 24 && text.chars().any(char::is_numeric) && !text.contains(char::is_whitespace)
}

/// Whether a text is one short word, as an id made of a name is.
pub(super) fn is_word(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 24 && !text.contains(char::is_whitespace) && !text.contains(['。', '：', ':'])
}

/// A text without outer blanks; shares its memory.
pub(super) fn trimmed(text: &Text) -> Text {
    let inner = text.trim();
    if inner.len() == text.len() { text.clone() } else { text.substr_from(inner) }
}
