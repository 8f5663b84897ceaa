//! Two texts that fold to the same: where they differ, character by character.

use super::{Piece, SegmentOp};
use crate::text::fold::{notation_char, notation_key};
use crate::text::unicode::is_combining_mark;

/// Writes the pieces of two texts that differ in notation only.
///
/// Should they differ in more after all, the rest is written as replaced: nothing is ever lost.
pub(super) fn pieces<'a>(old: &'a str, new: &'a str, out: &mut Vec<Piece<'a>>) {
    let (mut old, mut new) = (old, new);
    while !old.is_empty() || !new.is_empty() {
        let (old_blank, new_blank) = (blank_head(old), blank_head(new));
        let (old_char, new_char) = (cluster(&old[old_blank..]), cluster(&new[new_blank..]));
        write(&old[..old_blank], &new[..new_blank], out);
        (old, new) = (&old[old_blank..], &new[new_blank..]);
        if old_char == 0 || new_char == 0 || notation_key(&old[..old_char]) != notation_key(&new[..new_char]) {
            write(old, new, out);
            return;
        }
        write(&old[..old_char], &new[..new_char], out);
        (old, new) = (&old[old_char..], &new[new_char..]);
    }
}

/// Bytes of the blanks and invisible characters at the head of a text.
fn blank_head(text: &str) -> usize {
    text.char_indices().find(|&(_, c)| notation_char(c).is_some()).map_or(text.len(), |(at, _)| at)
}

/// Bytes of the first character with what composes with it.
fn cluster(text: &str) -> usize {
    let mut chars = text.char_indices();
    chars.next();
    let rest = chars.find(|&(_, c)| !(is_combining_mark(c) || matches!(c, 'ﾞ' | 'ﾟ')));
    rest.map_or(text.len(), |(at, _)| at)
}

fn write<'a>(old: &'a str, new: &'a str, out: &mut Vec<Piece<'a>>) {
    let head: usize = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    for (op, text) in
        [(SegmentOp::Equal, &old[..head]), (SegmentOp::Delete, &old[head..]), (SegmentOp::Insert, &new[head..])]
    {
        if !text.is_empty() {
            out.push(Piece { op, text, notation: op != SegmentOp::Equal });
        }
    }
}
