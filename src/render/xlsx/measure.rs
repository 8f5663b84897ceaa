//! How high a row must be to show its wrapped texts whole. Excel reckons this itself only for rows a person touches.
//!
//! Widths are in Excel's character units: a digit of the default font (Calibri 11, 7 pixels at 96 dpi) counts one.

/// Excel's limit for the height of a row, in points.
pub(super) const MAX_HEIGHT_PT: f64 = 409.5;

/// Height of one line as a multiple of the font size. Meiryo UI takes 1.33, Noto Sans CJK 1.45, Yu Gothic 1.7.
const LINE_HEIGHT: f64 = 1.45;
/// Space above and below the text of a row, in points.
const PADDING_PT: f64 = 4.0;

/// Width in pixels that is left for text in columns of this width together.
pub(super) fn text_pixels(width_chars: f64) -> f64 {
    // 5 pixels of padding belong to a column; what is left is reckoned a little narrow, as fonts differ.
    (width_chars * 7.0 * 0.98 - 2.0).max(8.0)
}

/// Height in points of so many lines.
pub(super) fn lines_height_pt(lines: usize, size_pt: f64, font: &str) -> f64 {
    lines as f64 * size_pt * line_height(font) + PADDING_PT
}

fn line_height(font: &str) -> f64 {
    let is_tall = ["游ゴシック", "游明朝", "Yu Gothic", "Yu Mincho", "メイリオ", "Meiryo"].contains(&font);
    if is_tall { 1.72 } else { LINE_HEIGHT }
}

/// Width of the widest line of a text, in character units.
pub(super) fn text_width_chars(text: &str, size_pt: f64) -> f64 {
    let em = size_pt * 96.0 / 72.0;
    let pixels = text.split('\n').map(|line| line.chars().map(advance).sum::<f64>() * em);
    pixels.fold(0.0, f64::max) / 7.0
}

/// Counts the lines a text takes in so many pixels: Japanese breaks anywhere but before closing marks, Latin words
/// stay whole where they fit.
pub(super) fn wrapped_lines(text: &str, size_pt: f64, pixels: f64) -> usize {
    let em = size_pt * 96.0 / 72.0;
    text.split('\n').map(|line| lines_of(line, em, pixels)).sum()
}

fn lines_of(line: &str, em: f64, pixels: f64) -> usize {
    let mut lines = 1;
    let mut used = 0.0;
    let mut word = 0.0;
    for c in line.chars() {
        let width = em * advance(c);
        if sticks_to_neighbours(c) {
            word += width;
            // A word longer than the column is broken wherever the column ends.
            if word > pixels {
                lines += usize::from(used > 0.0) + 1;
                used = 0.0;
                word = width;
            }
            continue;
        }
        place(word, pixels, &mut used, &mut lines);
        word = 0.0;
        // A closing mark takes its neighbour along to the next line; half a character in hand covers it.
        let room = if is_closing(c) { width * 0.5 } else { width };
        if c == ' ' {
            used += width;
        } else {
            place_char(width, room, pixels, &mut used, &mut lines);
        }
    }
    place(word, pixels, &mut used, &mut lines);
    lines
}

fn place(width: f64, pixels: f64, used: &mut f64, lines: &mut usize) {
    if width == 0.0 {
        return;
    }
    if *used + width > pixels && *used > 0.0 {
        *lines += 1;
        *used = 0.0;
    }
    *used += width;
}

fn place_char(width: f64, room: f64, pixels: f64, used: &mut f64, lines: &mut usize) {
    if *used + room > pixels && *used > 0.0 {
        *lines += 1;
        // A closing mark never stands first: the character before it comes along.
        *used = if room < width { width } else { 0.0 };
    }
    *used += width;
}

/// Width of a character in ems.
fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'I' | ' ' | '(' | ')' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.9,
        'A'..='Z' | '&' => 0.68,
        '\u{FF61}'..='\u{FF9F}' => 0.5,
        c if c.is_ascii() => 0.58,
        '\u{300}'..='\u{36F}' => 0.0,
        c if crate::text::fold::is_ignorable(c) => 0.0,
        _ => 1.0,
    }
}

fn sticks_to_neighbours(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '-' | '?') || ('\u{C0}'..='\u{24F}').contains(&c)
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '，'
            | '．'
            | '）'
            | '」'
            | '』'
            | '】'
            | '］'
            | '・'
            | 'ー'
            | '〉'
            | '》'
            | '：'
            | '！'
            | '？'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_grow_with_text_and_shrink_with_width() {
        // 9 points are 12 pixels; ten ideographs need 120.
        assert_eq!(wrapped_lines("安全対策基準の項目表", 9.0, 120.0), 1);
        assert_eq!(wrapped_lines("安全対策基準の項目表", 9.0, 119.0), 2);
        assert_eq!(wrapped_lines("安全\n\n対策", 9.0, 500.0), 3);
        assert_eq!(wrapped_lines("", 9.0, 100.0), 1);
    }

    #[test]
    fn a_latin_word_is_not_broken_where_it_fits() {
        // Two words that do not fit beside each other, though their letters would fill less than two lines.
        assert_eq!(wrapped_lines("authentication authorisation", 9.0, 110.0), 2);
        assert!(wrapped_lines("https://example.com/a/very/long/address/that/fits/nowhere", 9.0, 60.0) >= 6);
    }

    #[test]
    fn a_closing_mark_brings_its_neighbour_along() {
        assert_eq!(wrapped_lines("計画する。", 9.0, 50.0), 2);
    }
}
