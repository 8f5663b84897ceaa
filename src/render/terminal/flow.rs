//! Painted text flowed into lines: widths counted for Japanese, words whole, no stop at the head of a line.
//!
//! A word that is longer than a line, such as a URL, stays whole on a line of its own: cut in two it could neither be
//! clicked nor found.

use crate::text::width::columns;

use super::{Role, Terminal};

/// Stretches of text, each in its role, that are wrapped as one paragraph.
#[derive(Default)]
pub(super) struct Flow {
    units: Vec<Unit>,
    /// Whether what comes next stays with the last unit.
    sticks: bool,
}

/// The smallest piece that stays on one line.
struct Unit {
    role: Option<Role>,
    text: String,
    /// A line break in the text.
    breaks: bool,
}

impl Flow {
    /// Adds a stretch. Control characters, which could steer a terminal, are shown as `�`.
    pub(super) fn push(&mut self, role: Option<Role>, text: &str) {
        let mut glue = std::mem::take(&mut self.sticks);
        let mut sticks = glue;
        for c in text.chars() {
            if c == '\n' {
                self.units.push(Unit { role, text: String::new(), breaks: true });
                glue = false;
                continue;
            }
            let shown = if steers(c) { '\u{FFFD}' } else { c };
            let narrow = is_narrow_word(shown);
            let keeps = std::mem::take(&mut sticks) || (glue && narrow) || shown == ' ' || is_line_head_shunned(shown);
            match self.units.last_mut() {
                Some(last) if keeps && last.role == role && !last.breaks && !last.text.is_empty() => {
                    last.text.push(shown)
                }
                _ => self.units.push(Unit { role, text: shown.to_string(), breaks: false }),
            }
            glue = narrow;
        }
    }

    /// Adds a text that is never broken, such as the address of a cell, blanks in it and all.
    pub(super) fn push_whole(&mut self, role: Option<Role>, text: &str) {
        let text = text.chars().map(|c| if steers(c) { '\u{FFFD}' } else { c }).collect();
        self.units.push(Unit { role, text, breaks: false });
        self.sticks = false;
    }

    /// Adds a sign that stays with what stands behind it, such as `[-`.
    pub(super) fn open(&mut self, role: Option<Role>, sign: &str) {
        self.units.push(Unit { role, text: sign.to_owned(), breaks: false });
        self.sticks = true;
    }

    /// Adds a sign that stays with what stands before it, such as `-]`.
    pub(super) fn close(&mut self, role: Option<Role>, sign: &str) {
        self.sticks = false;
        match self.units.last_mut() {
            Some(last) if last.role == role && !last.breaks => last.text.push_str(sign),
            _ => self.units.push(Unit { role, text: sign.to_owned(), breaks: false }),
        }
    }

    /// Writes the lines, each indented, into `out`.
    pub(super) fn write(self, terminal: &Terminal<'_>, indent: usize, out: &mut String) {
        let room = terminal.width.saturating_sub(indent).max(8);
        let mut line: Vec<(Option<Role>, String)> = Vec::new();
        let mut used = 0;
        let mut end_line = |line: &mut Vec<(Option<Role>, String)>| {
            if !line.is_empty() {
                out.push_str(&" ".repeat(indent));
            }
            for (role, text) in line.drain(..) {
                match role {
                    Some(role) => out.push_str(&terminal.paint(role, &text)),
                    None => out.push_str(&text),
                }
            }
            out.push('\n');
        };
        for unit in self.units {
            let width = columns(unit.text.trim_end());
            if unit.breaks || used > 0 && used + width > room {
                end_line(&mut line);
                used = 0;
                if unit.breaks {
                    continue;
                }
            }
            used += columns(&unit.text);
            match line.last_mut() {
                Some((role, text)) if *role == unit.role => text.push_str(&unit.text),
                _ => line.push((unit.role, unit.text)),
            }
        }
        if !line.is_empty() {
            end_line(&mut line);
        }
    }
}

/// Escape sequences, other control characters, and what turns the reading direction.
pub(super) fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

fn is_narrow_word(c: char) -> bool {
    (c as u32) < 0x1100 && !c.is_whitespace()
}

/// Characters that do not stand at the head of a line (JIS X 4051).
fn is_line_head_shunned(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '，'
            | '．'
            | '」'
            | '』'
            | '）'
            | '】'
            | '〕'
            | '》'
            | '〉'
            | '・'
            | 'ー'
            | '：'
            | '；'
            | '！'
            | '？'
    ) || matches!(c, 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | '々')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::{Lang, Words};

    fn flowed(texts: &[(Option<Role>, &str)], width: usize, color: bool) -> String {
        let words = Words::new(Lang::En);
        let terminal = Terminal { words: &words, color, width };
        let mut flow = Flow::default();
        texts.iter().for_each(|&(role, text)| flow.push(role, text));
        let mut out = String::new();
        flow.write(&terminal, 2, &mut out);
        out
    }

    #[test]
    fn lines_fit_and_neither_words_nor_stops_are_torn() {
        assert_eq!(flowed(&[(None, "計画を実施する。")], 13, false), "  計画を実施\n  する。\n");
        assert_eq!(flowed(&[(None, "計画を実施。")], 13, false), "  計画を実\n  施。\n");
        assert_eq!(flowed(&[(None, "the provider keeps logs")], 16, false), "  the provider \n  keeps logs\n");
        assert_eq!(flowed(&[(None, "a\nb")], 14, false), "  a\n  b\n");
    }

    #[test]
    fn what_one_copies_or_looks_for_stays_whole() {
        let url = flowed(&[(None, "規程は https://example.com/a/long/way にある")], 14, false);
        assert_eq!(url, "  規程は \n  https://example.com/a/long/way \n  にある\n");
        let words = Words::new(Lang::En);
        let terminal = Terminal { words: &words, color: false, width: 24 };
        let (mut flow, mut out) = (Flow::default(), String::new());
        flow.push(None, "確認した内容 edited  ");
        flow.push_whole(Some(Role::Place), "'安全 対策'!D16");
        flow.write(&terminal, 2, &mut out);
        assert_eq!(out, "  確認した内容 edited  \n  '安全 対策'!D16\n");
    }

    #[test]
    fn unwrapped_a_paragraph_is_one_line() {
        let long = "実施する。".repeat(200);
        assert_eq!(flowed(&[(None, &long)], crate::render::terminal::UNWRAPPED, false), format!("  {long}\n"));
    }

    #[test]
    fn every_line_closes_its_colour() {
        let text = flowed(&[(None, "実施"), (Some(Role::Added), "計画及び実施")], 10, true);
        assert_eq!(text, "  実施\u{1b}[32m計画\u{1b}[0m\n  \u{1b}[32m及び実施\u{1b}[0m\n");
    }

    #[test]
    fn a_text_cannot_steer_the_terminal() {
        assert!(!flowed(&[(None, "a\u{1b}[31mb\u{7}\u{202E}")], 40, false).contains(['\u{1b}', '\u{7}', '\u{202E}']));
    }
}
