//! Segments cut into the pieces that stand between two tags: one list for each side of a field.

use std::collections::BTreeSet;

use crate::diff::{FieldDiff, Segment, SegmentOp, Side};

/// An equal stretch longer than this is folded around its middle.
const FOLD_OVER_CHARS: usize = 160;
/// So much stays visible next to a change, up to the end of a sentence.
const KEEP_CHARS: usize = 48;
/// How far the end of a sentence is looked for.
const SLACK_CHARS: usize = 32;

/// What a piece does on its side.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Op {
    Equal,
    Delete,
    Insert,
    MoveFrom,
    MoveTo,
}

/// How the publisher's marks stand to a piece.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    /// Marked as added.
    Published,
    /// Changed and not marked.
    Unmarked,
}

/// A stretch of text that is shown in one way.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) op: Op,
    pub(super) notation: bool,
    pub(super) mark: Mark,
    /// Whether it is the middle of a long unchanged stretch.
    pub(super) folded: bool,
    pub(super) text: &'a str,
}

impl Piece<'_> {
    /// How many characters it has, for "… 120 characters unchanged …".
    pub(super) fn chars(&self) -> usize {
        self.text.chars().count()
    }
}

/// The old side: what was, with what was taken away.
pub(super) fn old_side(field: &FieldDiff) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for (position, segment) in field.segments.iter().enumerate() {
        let op = match segment.op {
            SegmentOp::Equal => Op::Equal,
            SegmentOp::Delete => Op::Delete,
            SegmentOp::Move(Side::Old) => Op::MoveFrom,
            SegmentOp::Insert | SegmentOp::Move(Side::New) => continue,
        };
        let fold = foldable(field, segment, position, 0, &[]);
        cut(segment, op, fold, 0, &[], &mut pieces);
    }
    pieces
}

/// The new side: what is, with what was put in. What was taken away stands between, for reading both in one text.
pub(super) fn new_side(field: &FieldDiff) -> Vec<Piece<'_>> {
    let marks: Vec<(u32, u32, Mark)> = (field.marked.iter().map(|&(start, end)| (start, end, Mark::Published)))
        .chain(field.unmarked.iter().map(|&(start, end)| (start, end, Mark::Unmarked)))
        .collect();
    let mut pieces = Vec::new();
    let mut offset = 0;
    for (position, segment) in field.segments.iter().enumerate() {
        let op = match segment.op {
            SegmentOp::Equal => Op::Equal,
            SegmentOp::Insert => Op::Insert,
            SegmentOp::Move(Side::New) => Op::MoveTo,
            SegmentOp::Delete | SegmentOp::Move(Side::Old) => {
                let op = if segment.op == SegmentOp::Delete { Op::Delete } else { Op::MoveFrom };
                cut(segment, op, None, 0, &[], &mut pieces);
                continue;
            }
        };
        let fold = foldable(field, segment, position, offset, &marks);
        cut(segment, op, fold, offset, &marks, &mut pieces);
        offset += segment.text.chars().count();
    }
    pieces
}

/// The middle of a long equal segment, in characters, if it can be folded: nothing in it may be marked.
fn foldable(
    field: &FieldDiff,
    segment: &Segment,
    position: usize,
    offset: usize,
    marks: &[(u32, u32, Mark)],
) -> Option<(usize, usize)> {
    let length = segment.text.chars().count();
    if segment.op != SegmentOp::Equal || length <= FOLD_OVER_CHARS || field.segments.len() == 1 {
        return None;
    }
    let touches = |&(start, end, _): &(u32, u32, Mark)| (start as usize) < offset + length && end as usize > offset;
    if marks.iter().any(touches) {
        return None;
    }
    let chars: Vec<char> = segment.text.chars().collect();
    let start = if position == 0 { 0 } else { sentence_end(&chars, KEEP_CHARS) };
    let is_last = position + 1 == field.segments.len();
    let end = if is_last { length } else { sentence_start(&chars, length - KEEP_CHARS) };
    (end > start + KEEP_CHARS).then_some((start, end))
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '\n' | '．')
}

fn sentence_end(chars: &[char], from: usize) -> usize {
    (from..(from + SLACK_CHARS).min(chars.len())).find(|&at| ends_sentence(chars[at - 1])).unwrap_or(from)
}

fn sentence_start(chars: &[char], from: usize) -> usize {
    (from.saturating_sub(SLACK_CHARS)..=from).rev().find(|&at| at > 0 && ends_sentence(chars[at - 1])).unwrap_or(from)
}

/// Cuts a segment at the ends of its fold and of the marks in it.
fn cut<'a>(
    segment: &'a Segment,
    op: Op,
    fold: Option<(usize, usize)>,
    offset: usize,
    marks: &[(u32, u32, Mark)],
    pieces: &mut Vec<Piece<'a>>,
) {
    let plain = Piece { op, notation: segment.notation, mark: Mark::None, folded: false, text: &segment.text };
    if fold.is_none() && marks.is_empty() {
        pieces.push(plain);
        return;
    }
    let bounds: Vec<usize> =
        segment.text.char_indices().map(|(at, _)| at).chain(std::iter::once(segment.text.len())).collect();
    let length = bounds.len() - 1;
    let inside = |at: usize| at.checked_sub(offset).filter(|&at| at > 0 && at < length);
    let mark_cuts = marks.iter().flat_map(|&(start, end, _)| [inside(start as usize), inside(end as usize)]);
    let fold_cuts = fold.iter().flat_map(|&(start, end)| [Some(start), Some(end)]);
    let cuts: BTreeSet<usize> =
        [Some(0), Some(length)].into_iter().chain(mark_cuts).chain(fold_cuts).flatten().collect();
    let cuts: Vec<usize> = cuts.into_iter().collect();
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        let covers =
            |&&(from, to, _): &&(u32, u32, Mark)| from as usize <= offset + start && offset + end <= to as usize;
        let mark = marks.iter().rfind(covers).map_or(Mark::None, |&(_, _, mark)| mark);
        let folded = fold == Some((start, end));
        pieces.push(Piece { mark, folded, text: &segment.text[bounds[start]..bounds[end]], ..plain });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(op: SegmentOp, text: &str) -> Segment {
        Segment { op, text: text.to_owned(), notation: false }
    }

    fn field(segments: Vec<Segment>) -> FieldDiff {
        FieldDiff {
            key: "text".into(),
            label: "本文".to_owned(),
            is_customer_action: false,
            change: None,
            segments,
            marks: None,
            marked: Vec::new(),
            unmarked: Vec::new(),
            old_at: Vec::new(),
            new_at: Vec::new(),
        }
    }

    fn joined(pieces: &[Piece<'_>], keep: impl Fn(Op) -> bool) -> String {
        pieces.iter().filter(|piece| keep(piece.op)).map(|piece| piece.text).collect()
    }

    #[test]
    fn the_pieces_of_each_side_are_its_text() {
        let long = "これは長い文である。".repeat(40);
        let mut field = field(vec![
            segment(SegmentOp::Equal, &long),
            segment(SegmentOp::Delete, "旧"),
            segment(SegmentOp::Insert, "新しい語"),
            segment(SegmentOp::Equal, &long),
            segment(SegmentOp::Move(Side::Old), "移った。"),
            segment(SegmentOp::Insert, "末尾。"),
        ]);
        field.unmarked = vec![(402, 404)];
        let old = joined(&old_side(&field), |_| true);
        assert_eq!(old, format!("{long}旧{long}移った。"));
        let new = joined(&new_side(&field), |op| matches!(op, Op::Equal | Op::Insert | Op::MoveTo));
        assert_eq!(new, format!("{long}新しい語{long}末尾。"));
    }

    #[test]
    fn an_unmarked_stretch_is_cut_out_exactly() {
        let mut field =
            field(vec![segment(SegmentOp::Equal, "前段。"), segment(SegmentOp::Insert, "印あり。印なし。")]);
        field.marked = vec![(3, 7)];
        field.unmarked = vec![(7, 11)];
        let pieces: Vec<_> = new_side(&field).iter().map(|piece| (piece.text, piece.mark)).collect();
        assert_eq!(pieces, [("前段。", Mark::None), ("印あり。", Mark::Published), ("印なし。", Mark::Unmarked)]);
    }

    #[test]
    fn a_fold_leaves_whole_sentences_beside_the_change() {
        let long = "これは長い文である。".repeat(40);
        let field = field(vec![segment(SegmentOp::Equal, &long), segment(SegmentOp::Insert, "追記。")]);
        let pieces = new_side(&field);
        assert!(pieces[0].folded && pieces[0].text.ends_with('。'));
        assert_eq!(pieces[1].text.chars().count() % 10, 0);
        assert!(!pieces[1].folded && pieces[1].chars() >= KEEP_CHARS);
    }

    #[test]
    fn a_marked_stretch_is_never_folded_away() {
        let long = "これは長い文である。".repeat(40);
        let mut field = field(vec![segment(SegmentOp::Equal, &long), segment(SegmentOp::Insert, "追記。")]);
        field.marked = vec![(100, 110)];
        assert!(new_side(&field).iter().all(|piece| !piece.folded));
    }
}
