//! Texts in stretches: what of a cell is plain, added, taken away; unchanged passages left out as offices do.

use std::borrow::Cow;

use super::looks::Tone;
use crate::diff::{Segment, SegmentOp, Side};

/// A stretch of a cell's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) tone: Tone,
    pub(super) text: String,
}

impl Piece {
    pub(super) fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self { tone, text: text.into() }
    }

    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::new(Tone::Plain, text)
    }
}

/// Joins neighbours of one tone and drops empty ones: Excel refuses an empty run.
pub(super) fn joined(pieces: impl IntoIterator<Item = Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match out.last_mut() {
            _ if piece.text.is_empty() => {}
            Some(last) if last.tone == piece.tone => last.text.push_str(&piece.text),
            _ => out.push(piece),
        }
    }
    out
}

/// One side of a compared text. What differs in notation only is shown plain.
pub(super) fn side(segments: &[Segment], side: Side) -> Vec<Piece> {
    joined(segments.iter().filter_map(|segment| {
        let tone = match (segment.op, side) {
            (SegmentOp::Equal, _) => Tone::Plain,
            (SegmentOp::Delete, Side::Old) | (SegmentOp::Insert, Side::New) if segment.notation => Tone::Plain,
            (SegmentOp::Delete, Side::Old) => Tone::Deleted,
            (SegmentOp::Insert, Side::New) => Tone::Added,
            (SegmentOp::Move(moved), _) if moved == side => Tone::Moved,
            _ => return None,
        };
        Some(Piece::new(tone, segment.text.as_str()))
    }))
}

/// A text in which `[-…-]` and `{+…+}` mark what was taken away and added, these marks included: what is written in
/// plain text must be read back as it was, and a reader of the sheet should see it at a glance.
pub(super) fn of_marked_text(text: &str) -> Vec<Piece> {
    const MARKS: [(&str, &str, Tone); 2] = [("[-", "-]", Tone::Deleted), ("{+", "+}", Tone::Added)];
    let mut pieces = Vec::new();
    let mut rest = text;
    let next = |rest: &str| {
        let found = MARKS.iter().filter_map(|&(open, close, tone)| {
            let start = rest.find(open)?;
            let end = start + open.len() + rest[start + open.len()..].find(close)? + close.len();
            Some((start, end, tone))
        });
        found.min_by_key(|&(start, ..)| start)
    };
    while let Some((start, end, tone)) = next(rest) {
        pieces.extend([Piece::plain(&rest[..start]), Piece::new(tone, &rest[start..end])]);
        rest = &rest[end..];
    }
    pieces.push(Piece::plain(rest));
    joined(pieces)
}

/// The text of some pieces.
pub(super) fn text_of(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// Both sides of a compared text, old and new, with passages without any change left out as offices do: those longer
/// than `keep` characters, but for the sentence next to a change; `omitted` (「（略）」) stands in their place, on both
/// sides alike.
pub(super) fn sides(segments: &[Segment], keep: usize, omitted: &str) -> (Vec<Piece>, Vec<Piece>) {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for stretch in stretches(segments) {
        match stretch {
            Stretch::Same { old: text, new: same, first, last } => {
                old.extend(shortened(&text, keep, omitted, (first, last)));
                new.extend(shortened(&same, keep, omitted, (first, last)));
            }
            Stretch::Changed(Side::Old, piece) => old.push(piece),
            Stretch::Changed(Side::New, piece) => new.push(piece),
        }
    }
    (joined(old), joined(new))
}

/// A run of segments that say the same, or one that does not.
enum Stretch {
    /// The same on both sides but for notation; whether it begins and ends the text.
    Same { old: String, new: String, first: bool, last: bool },
    /// On one side only.
    Changed(Side, Piece),
}

fn stretches(segments: &[Segment]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for segment in segments {
        let (in_old, in_new, piece) = match segment.op {
            SegmentOp::Equal => (true, true, None),
            SegmentOp::Delete if segment.notation => (true, false, None),
            SegmentOp::Insert if segment.notation => (false, true, None),
            SegmentOp::Delete => (true, false, Some(Tone::Deleted)),
            SegmentOp::Insert => (false, true, Some(Tone::Added)),
            SegmentOp::Move(side) => (side == Side::Old, side == Side::New, Some(Tone::Moved)),
        };
        if let Some(tone) = piece {
            let side = if in_old { Side::Old } else { Side::New };
            out.push(Stretch::Changed(side, Piece::new(tone, segment.text.as_str())));
            continue;
        }
        if !matches!(out.last(), Some(Stretch::Same { .. })) {
            out.push(Stretch::Same { old: String::new(), new: String::new(), first: out.is_empty(), last: false });
        }
        if let Some(Stretch::Same { old, new, .. }) = out.last_mut() {
            old.push_str(if in_old { &segment.text } else { "" });
            new.push_str(if in_new { &segment.text } else { "" });
        }
    }
    if let Some(Stretch::Same { last, .. }) = out.last_mut() {
        *last = true;
    }
    out
}

/// Leaves out passages without any change of one text alone, likewise.
pub(super) fn elided(pieces: Vec<Piece>, keep: usize, omitted: &str) -> Vec<Piece> {
    if !pieces.iter().any(|piece| piece.tone != Tone::Plain) {
        return pieces;
    }
    let last = pieces.len() - 1;
    let shorten = |(index, piece): (usize, Piece)| match piece.tone {
        Tone::Plain => shortened(&piece.text, keep, omitted, (index == 0, index == last)),
        _ => vec![piece],
    };
    joined(pieces.into_iter().enumerate().flat_map(shorten))
}

/// A passage without any change; `ends` says whether it begins and ends the text.
fn shortened(text: &str, keep: usize, omitted: &str, ends: (bool, bool)) -> Vec<Piece> {
    let (first, last) = ends;
    if text.chars().count() <= keep || first && last {
        return vec![Piece::plain(text)];
    }
    let (head, tail) = ends_of(text);
    let head = if first { "" } else { head };
    let tail = if last { "" } else { tail };
    vec![Piece::plain(head), Piece::new(Tone::Muted, omitted), Piece::plain(tail)]
}

/// The rest of the sentence a text begins with, and the beginning of the sentence it ends in.
fn ends_of(text: &str) -> (&str, &str) {
    let ends: Vec<usize> = sentence_ends(text).collect();
    let head = ends.first().copied().unwrap_or(0);
    let tail = ends.iter().rev().copied().find(|&end| end < text.trim_end().len()).unwrap_or(text.len());
    if head < tail { (&text[..head], &text[tail..]) } else { ("", &text[tail..]) }
}

/// Byte offsets just behind each 。, line end, or full stop before a blank.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let is_end = |at: usize, c: char| match c {
        '。' | '\n' => true,
        '.' => text[at + 1..].starts_with(' '),
        _ => false,
    };
    text.char_indices().filter(move |&(at, c)| is_end(at, c)).map(|(at, c)| at + c.len_utf8())
}

/// Splits pieces into several cells of at most `limit` UTF-16 units each, at sentence ends where there is one.
pub(super) fn split(pieces: Vec<Piece>, limit: usize) -> Vec<Vec<Piece>> {
    let mut cells = Vec::new();
    let mut current: Vec<Piece> = Vec::new();
    let mut room = limit;
    for piece in pieces {
        let mut rest = piece.text.as_str();
        while utf16_len(rest) > room {
            let cut = cut_at(rest, room, current.is_empty());
            current.push(Piece::new(piece.tone, &rest[..cut]));
            cells.push(joined(std::mem::take(&mut current)));
            rest = &rest[cut..];
            room = limit;
        }
        room -= utf16_len(rest);
        current.push(Piece::new(piece.tone, rest));
    }
    cells.push(joined(current));
    cells.retain(|cell| !cell.is_empty());
    cells
}

/// Where to cut a text so that at most `room` units stay: behind a sentence in its second half, or anywhere.
fn cut_at(text: &str, room: usize, must_advance: bool) -> usize {
    let end = prefix_end(text, room);
    let at_sentence = sentence_ends(text).take_while(|&at| at <= end).last().filter(|&at| at * 2 > end);
    let cut = at_sentence.unwrap_or(end);
    if cut == 0 && must_advance { text.chars().next().map_or(0, char::len_utf8) } else { cut }
}

/// Byte length of the longest prefix of at most `room` UTF-16 units.
pub(super) fn prefix_end(text: &str, room: usize) -> usize {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.len_utf16();
        if used > room {
            return at;
        }
    }
    text.len()
}

/// Escapes what a reader would take for an escaped character: `_x0041_` becomes `_x005F_x0041_` (ECMA-376 Part 1,
/// §22.9.2.19). The writer does so in plain strings only.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let is_escape = |at: usize| {
        let rest = text.as_bytes().get(at + 2..at + 7);
        rest.is_some_and(|rest| rest[..4].iter().all(u8::is_ascii_hexdigit) && rest[4] == b'_')
    };
    let mut out = String::with_capacity(text.len() + 5);
    let mut done = 0;
    for (at, _) in text.match_indices("_x").filter(|&(at, _)| is_escape(at)) {
        out.push_str(&text[done..at]);
        out.push_str("_x005F");
        done = at;
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Length as Excel counts it.
pub(super) fn utf16_len(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(char::len_utf16).sum() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(op: SegmentOp, text: &str) -> Segment {
        Segment { op, text: text.to_owned(), notation: false }
    }

    #[test]
    fn each_side_shows_its_own_text() {
        let segments = [
            segment(SegmentOp::Equal, "計画を"),
            segment(SegmentOp::Delete, "定める"),
            segment(SegmentOp::Insert, "見直す"),
            segment(SegmentOp::Equal, "。"),
        ];
        assert_eq!(text_of(&side(&segments, Side::Old)), "計画を定める。");
        assert_eq!(text_of(&side(&segments, Side::New)), "計画を見直す。");
        assert_eq!(side(&segments, Side::Old)[1].tone, Tone::Deleted);
    }

    #[test]
    fn marks_in_a_plain_text_are_toned_and_kept() {
        let text = "【対応】[-社内-]{+全社の+}規程 {+ 閉じない";
        let pieces = of_marked_text(text);
        let tones: Vec<Tone> = pieces.iter().map(|piece| piece.tone).collect();
        assert_eq!(tones, [Tone::Plain, Tone::Deleted, Tone::Added, Tone::Plain]);
        assert_eq!(text_of(&pieces), text);
        assert_eq!(of_marked_text(""), []);
    }

    #[test]
    fn passages_without_change_are_left_out_and_the_sentence_at_the_change_stays() {
        let before = "一つ目の文。二つ目の文。三つ目の文は";
        let pieces =
            vec![Piece::plain(before), Piece::new(Tone::Added, "変わった。"), Piece::plain("四つ目。五つ目。六つ目。")];
        assert_eq!(text_of(&elided(pieces, 10, "（略）")), "（略）三つ目の文は変わった。四つ目。（略）");
    }

    #[test]
    fn what_is_left_out_is_left_out_on_both_sides() {
        let before = "一つ目の文。二つ目の文。三つ目の文。";
        let segments = [segment(SegmentOp::Equal, before), segment(SegmentOp::Insert, "加えた文。")];
        let (old, new) = sides(&segments, 10, "（略）");
        assert_eq!(text_of(&old), "（略）三つ目の文。");
        assert_eq!(text_of(&new), "（略）三つ目の文。加えた文。");
    }

    #[test]
    fn nothing_is_lost_where_a_text_takes_several_cells() {
        let text = "あいう。えお😀か。きくけ".repeat(5);
        let half = text.char_indices().nth(20).unwrap().0;
        let pieces = vec![Piece::plain(&text[..half]), Piece::new(Tone::Added, &text[half..])];
        for limit in [1, 2, 5, 9, 1000] {
            let cells = split(pieces.clone(), limit);
            assert_eq!(cells.iter().map(|cell| text_of(cell)).collect::<String>(), text);
            // A character of two units is not torn apart, so a limit of one cannot hold it.
            assert!(cells.iter().all(|cell| utf16_len(&text_of(cell)) <= limit.max(2)), "{limit}");
        }
    }
}
