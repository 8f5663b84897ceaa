//! Texts that tell a row's kind: footnotes, 欠番, numbers, single words.

use crate::template::Heading;
use crate::text::{Text, fold};

pub(super) fn fits_any(headings: &[Heading], text: &str) -> bool {
    let folded = fold::heading_key(text);
    headings.iter().any(|heading| heading.fit(&[folded.as_str()]) > 0)
}

/// Whether a text stands below a table and not in it: `※…`, `*1：…`, 注, 凡例. A lone `*` marks a row as often.
pub(super) fn is_footnote(text: &str) -> bool {
    const HEADS: [&str; 14] =
        ["※", "＊", "注）", "注)", "（注", "(注", "注記", "注：", "注:", "注1", "注１", "凡例", "【凡例", "■凡例"];
    const ENGLISH: [&str; 2] = ["Note:", "Notes:"];
    let text = text.trim_start();
    let after_star = |rest: &str| rest.starts_with(|c: char| c.is_numeric());
    HEADS.iter().chain(&ENGLISH).any(|head| text.starts_with(head)) || text.strip_prefix('*').is_some_and(after_star)
}

/// Whether a text is the publisher's notice of copyright.
pub(super) fn is_copyright(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('©') || ["Copyright ©", "Copyright (c)", "© "].iter().any(|mark| text.starts_with(mark))
}

/// A word for the sum of a column and nothing else.
pub(super) fn is_total_word(text: &str) -> bool {
    const LONGEST: usize = 60;
    const WORDS: [&str; 10] =
        ["合計", "小計", "総計", "計", "平均", "合計点", "total", "subtotal", "grandtotal", "average"];
    text.len() <= LONGEST && WORDS.iter().any(|word| fold::has_heading_key(text, word))
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

/// An id is short: what is longer is a heading or a sentence.
const LONGEST_ID_CHARS: usize = 24;

/// Whether a lone text in the id column could number an item: it has a digit and no blank.
pub(super) fn looks_like_number(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= LONGEST_ID_CHARS
        && text.chars().any(char::is_numeric)
        && !text.contains(char::is_whitespace)
}

/// Whether a text is one short word, as an id made of a name is.
pub(super) fn is_word(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= LONGEST_ID_CHARS && !text.contains(char::is_whitespace) && !text.contains(['。', '：', ':'])
}

/// A text without outer blanks; shares its memory.
pub(super) fn trimmed(text: &Text) -> Text {
    let inner = text.trim();
    if inner.len() == text.len() { text.clone() } else { text.substr_from(inner) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn footnotes_and_legends_are_told_from_items_that_begin_alike() {
        for note in
            ["※1　対象外を除く。", "＊印は必須", "*1：報告書による", "（注）別紙", "注1", "凡例　○：適合", "Note: a"]
        {
            assert!(is_footnote(note), "{note}");
        }
        for text in ["*", "* 記録する。", "注意を払うこと。", "Notebook", "統1"] {
            assert!(!is_footnote(text), "{text}");
        }
    }

    #[test]
    fn a_sum_is_a_word_for_one_and_nothing_else() {
        assert!(["合計", "小 計", "Total", "Grand Total", "平均"].iter().all(|text| is_total_word(text)));
        assert!(!["合計点の算出方法", "計画", "total cost"].iter().any(|text| is_total_word(text)));
    }

    #[test]
    fn a_number_is_given_up_by_a_word_for_it_whatever_stands_around() {
        for text in ["欠番", "（欠番）", "－欠番－", "欠番（統1に統合）", "欠番/予備", "Withdrawn: moved"]
        {
            assert!(is_retired_word(text), "{text}");
        }
        for text in ["欠番の扱いを定める。", "withdrawn from use", "削除"] {
            assert!(!is_retired_word(text), "{text}");
        }
    }

    #[test]
    fn a_lone_number_or_word_is_no_sentence() {
        assert!(looks_like_number("実14-1") && looks_like_number("1.1"));
        assert!(!looks_like_number("1 情報の取扱い") && !looks_like_number("総則"));
        assert!(is_word("パスワード") && !is_word("範囲：全社") && !is_word("two words"));
    }
}
