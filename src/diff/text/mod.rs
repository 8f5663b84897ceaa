//! Two texts compared for a reader: whole sentences first, then words, numbers whole, notation in a layer of its own.
//!
//! The stages: atoms → sentences aligned → reworded sentences aligned atom by atom (`lcs`) and cleaned (`clean`) →
//! pieces → [`Segment`]s. The work is bounded: where a text would take too long, it is compared more coarsely, and
//! that is said.

mod atoms;
mod clean;
mod lcs;
mod notation;
mod numbering;
mod paragraphs;

use std::collections::HashMap;
use std::ops::Range;

use atoms::{Atom, Keys, atoms};
use lcs::Block;
use paragraphs::{Fate, Paragraphs, SentenceKeys};

use crate::text::fold::notation_key;

use super::{FieldChangeKind, Segment, SegmentOp, Side};

/// How two texts differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextDiff {
    /// Both texts in segments.
    pub segments: Vec<Segment>,
    /// Whether some stretch was too long to be compared word by word, and is shown replaced as a whole.
    pub coarse: bool,
}

/// Compares two texts. Swapped texts give the mirrored segments.
pub fn compare(old: &str, new: &str) -> TextDiff {
    // One direction only is ever worked out, so that ties fall alike both ways.
    if old <= new {
        return compare_in_order(old, new);
    }
    let mirrored = compare_in_order(new, old);
    TextDiff { segments: arranged(mirrored.segments.into_iter().map(swapped).collect()), coarse: mirrored.coarse }
}

fn compare_in_order(old: &str, new: &str) -> TextDiff {
    let mut script = Script { old, new, pieces: Vec::new(), coarse: false };
    if old == new {
        script.equal(old, new);
    } else if notation_key(old) == notation_key(new) {
        notation::pieces(old, new, &mut script.pieces);
    } else {
        script.write();
    }
    TextDiff { segments: arranged(segments(&script.pieces)), coarse: script.coarse }
}

/// A segment that still borrows its text.
#[derive(Copy, Clone, Debug)]
struct Piece<'a> {
    op: SegmentOp,
    text: &'a str,
    notation: bool,
}

struct Script<'a> {
    old: &'a str,
    new: &'a str,
    pieces: Vec<Piece<'a>>,
    coarse: bool,
}

/// Characters a sentence must have to be followed to another place.
const LEAST_MOVED: usize = 6;
/// A sentence split or joined is shown atom by atom where that marks this much less than whole sentences would.
const FLAT_GAIN: f32 = 0.75;

impl<'a> Script<'a> {
    fn write(&mut self) {
        let mut keys = Keys::default();
        let (old_atoms, new_atoms) = (atoms(self.old, &mut keys), atoms(self.new, &mut keys));
        let mut known = SentenceKeys::default();
        let old = Paragraphs::new(&old_atoms, &mut known);
        let new = Paragraphs::new(&new_atoms, &mut known);
        let fates = paragraphs::align(&old, &new);
        let moved = moves(&fates, &old, &new);
        let mut start = 0;
        while start < fates.len() {
            let stays = |fate: &Fate| matches!(fate, Fate::Same(..));
            let end = start + fates[start..].iter().take_while(|fate| !stays(fate)).count();
            self.gap(&fates[start..end], &moved, &old, &new);
            if let Some(&Fate::Same(a, b)) = fates.get(end) {
                let (a, b) = (old.sentences[a].clone(), new.sentences[b].clone());
                self.equal(span(self.old, &old_atoms[a]), span(self.new, &new_atoms[b]));
            }
            start = end + 1;
        }
    }

    /// Writes what lies between two sentences that stayed.
    fn gap(&mut self, fates: &[Fate], moved: &Moves, old: &Paragraphs<'_>, new: &Paragraphs<'_>) {
        if fates.is_empty() {
            return;
        }
        let mut blocks: Vec<(Option<Side>, Block)> = Vec::new();
        let (mut old_at, mut new_at) = gap_start(fates, old, new);
        for fate in fates {
            match *fate {
                Fate::Same(..) => unreachable!("a gap lies between sentences that stayed"),
                Fate::Reworded(a, b) => {
                    let (a, b) = (old.sentences[a].clone(), new.sentences[b].clone());
                    (old_at, new_at) = (a.end, b.end);
                    blocks.extend(self.reworded(old, a, new, b).into_iter().map(|block| (None, block)));
                }
                Fate::Gone(a) => {
                    let range = old.sentences[a].clone();
                    old_at = range.end;
                    let side = moved.old.contains_key(&a).then_some(Side::Old);
                    blocks.push((side, Block { old: range, new: new_at..new_at, equal: false }));
                }
                Fate::Come(b) => {
                    let range = new.sentences[b].clone();
                    new_at = range.end;
                    let side = moved.new.contains_key(&b).then_some(Side::New);
                    blocks.push((side, Block { old: old_at..old_at, new: range, equal: false }));
                }
            }
        }
        if let Some(flat) = self.flat(fates, &blocks, old, new) {
            blocks = flat.into_iter().map(|block| (None, block)).collect();
        }
        for (side, block) in blocks {
            self.block(
                side,
                span_of(self.old, old.atoms, &block.old),
                span_of(self.new, new.atoms, &block.new),
                block.equal,
            );
        }
    }

    fn reworded(&mut self, old: &Paragraphs<'_>, a: Range<usize>, new: &Paragraphs<'_>, b: Range<usize>) -> Vec<Block> {
        let (old_atoms, new_atoms) = (&old.atoms[a.clone()], &new.atoms[b.clone()]);
        let keys = |atoms: &[Atom]| atoms.iter().map(|atom| atom.key).collect::<Vec<_>>();
        let Some(blocks) = lcs::align(&keys(old_atoms), &keys(new_atoms)) else {
            self.coarse = true;
            return vec![Block { old: a, new: b, equal: false }];
        };
        let moved = |block: Block| Block {
            old: block.old.start + a.start..block.old.end + a.start,
            new: block.new.start + b.start..block.new.end + b.start,
            equal: block.equal,
        };
        clean::clean(blocks, old_atoms, new_atoms).into_iter().map(moved).collect()
    }

    /// The gap aligned atom by atom, where sentences were joined or split and it marks clearly less.
    fn flat(
        &mut self,
        fates: &[Fate],
        blocks: &[(Option<Side>, Block)],
        old: &Paragraphs<'_>,
        new: &Paragraphs<'_>,
    ) -> Option<Vec<Block>> {
        let has = |wanted: fn(&Fate) -> bool| fates.iter().any(wanted);
        let gone = has(|fate| matches!(fate, Fate::Gone(_)));
        let come = has(|fate| matches!(fate, Fate::Come(_)));
        let reworded = has(|fate| matches!(fate, Fate::Reworded(..)));
        let worth_trying = gone && come || reworded && (gone || come);
        if !worth_trying || blocks.iter().any(|(side, _)| side.is_some()) {
            return None;
        }
        let (first, last) = (&blocks.first()?.1, &blocks.last()?.1);
        let (a, b) = (first.old.start..last.old.end, first.new.start..last.new.end);
        // Not worth a second look where it would take long.
        if a.len().saturating_mul(b.len()) > 1_000_000 {
            return None;
        }
        let flat = self.reworded(old, a, new, b);
        let marked = |block: &Block| if block.equal { 0 } else { block.old.len() + block.new.len() };
        let flat_cost: usize = flat.iter().map(marked).sum();
        let cost: usize = blocks.iter().map(|(_, block)| marked(block)).sum();
        ((flat_cost as f32) < FLAT_GAIN * cost as f32).then_some(flat)
    }

    fn block(&mut self, side: Option<Side>, old: &'a str, new: &'a str, equal: bool) {
        match side {
            Some(Side::Old) => self.push(SegmentOp::Move(Side::Old), old),
            Some(Side::New) => self.push(SegmentOp::Move(Side::New), new),
            None if equal => self.equal(old, new),
            None if !old.is_empty() && !new.is_empty() && notation_key(old) == notation_key(new) => {
                notation::pieces(old, new, &mut self.pieces);
            }
            None => {
                self.push(SegmentOp::Delete, old);
                self.push(SegmentOp::Insert, new);
            }
        }
    }

    fn equal(&mut self, old: &'a str, new: &'a str) {
        if old == new { self.push(SegmentOp::Equal, old) } else { notation::pieces(old, new, &mut self.pieces) }
    }

    fn push(&mut self, op: SegmentOp, text: &'a str) {
        if !text.is_empty() {
            self.pieces.push(Piece { op, text, notation: false });
        }
    }
}

fn gap_start(fates: &[Fate], old: &Paragraphs<'_>, new: &Paragraphs<'_>) -> (usize, usize) {
    let old_first = fates.iter().find_map(|fate| match *fate {
        Fate::Gone(a) | Fate::Reworded(a, _) | Fate::Same(a, _) => Some(old.sentences[a].start),
        Fate::Come(_) => None,
    });
    let new_first = fates.iter().find_map(|fate| match *fate {
        Fate::Come(b) | Fate::Reworded(_, b) | Fate::Same(_, b) => Some(new.sentences[b].start),
        Fate::Gone(_) => None,
    });
    // A side the gap does not touch writes nothing, so its place does not matter.
    (old_first.unwrap_or(0), new_first.unwrap_or(0))
}

fn span<'a>(text: &'a str, atoms: &[Atom]) -> &'a str {
    match (atoms.first(), atoms.last()) {
        (Some(first), Some(last)) => &text[first.start..last.end],
        _ => "",
    }
}

fn span_of<'a>(text: &'a str, atoms: &[Atom], range: &Range<usize>) -> &'a str {
    span(text, &atoms[range.clone()])
}

/// The sentences that went at one place and came at another.
#[derive(Default)]
struct Moves {
    old: HashMap<usize, usize>,
    new: HashMap<usize, usize>,
}

fn moves(fates: &[Fate], old: &Paragraphs<'_>, new: &Paragraphs<'_>) -> Moves {
    let mut gone: HashMap<u32, Vec<usize>> = HashMap::new();
    for fate in fates.iter().rev() {
        if let Fate::Gone(a) = *fate
            && old.sentences[a].len() >= LEAST_MOVED
        {
            gone.entry(old.keys[a]).or_default().push(a);
        }
    }
    let mut moves = Moves::default();
    for fate in fates {
        if let Fate::Come(b) = *fate
            && let Some(a) = gone.get_mut(&new.keys[b]).and_then(Vec::pop)
        {
            moves.old.insert(a, b);
            moves.new.insert(b, a);
        }
    }
    moves
}

fn segments(pieces: &[Piece<'_>]) -> Vec<Segment> {
    let segment = |piece: &Piece<'_>| Segment { op: piece.op, text: piece.text.to_owned(), notation: piece.notation };
    pieces.iter().map(segment).collect()
}

fn swapped(mut segment: Segment) -> Segment {
    segment.op = match segment.op {
        SegmentOp::Equal => SegmentOp::Equal,
        SegmentOp::Delete => SegmentOp::Insert,
        SegmentOp::Insert => SegmentOp::Delete,
        SegmentOp::Move(Side::Old) => SegmentOp::Move(Side::New),
        SegmentOp::Move(Side::New) => SegmentOp::Move(Side::Old),
    };
    segment
}

/// Puts segments into their normal form: equal ones joined; between two of them the old side's before the new side's,
/// blanks joined to the change they stand at, neighbours of one kind joined.
fn arranged(segments: Vec<Segment>) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::with_capacity(segments.len());
    let mut change: Vec<Segment> = Vec::new();
    for segment in segments {
        if segment.op == SegmentOp::Equal {
            arrange_change(&mut change, &mut out);
            push_joined(&mut out, segment);
        } else {
            change.push(segment);
        }
    }
    arrange_change(&mut change, &mut out);
    numbering::settle(out)
}

fn arrange_change(change: &mut Vec<Segment>, out: &mut Vec<Segment>) {
    let is_old = |segment: &Segment| matches!(segment.op, SegmentOp::Delete | SegmentOp::Move(Side::Old));
    let (old, new): (Vec<Segment>, Vec<Segment>) = change.drain(..).partition(is_old);
    for mut side in [old, new] {
        absorb_blanks(&mut side);
        side.into_iter().for_each(|segment| push_joined(out, segment));
    }
}

fn is_blank(segment: &Segment) -> bool {
    notation_key(&segment.text).is_empty()
}

/// A blank that came or went beside a word goes with the word; a blank alone is notation.
fn absorb_blanks(side: &mut [Segment]) {
    let is_substance =
        |segment: &Segment| matches!(segment.op, SegmentOp::Delete | SegmentOp::Insert) && !is_blank(segment);
    let has_substance = side.iter().any(|segment| is_substance(segment) && !segment.notation);
    for segment in side.iter_mut() {
        if is_blank(segment) && !matches!(segment.op, SegmentOp::Move(_)) {
            segment.notation = !has_substance;
        }
    }
}

fn push_joined(out: &mut Vec<Segment>, segment: Segment) {
    match out.last_mut() {
        Some(last) if last.op == segment.op && last.notation == segment.notation => last.text.push_str(&segment.text),
        _ => out.push(segment),
    }
}

/// Says what became of a text by its segments; `None` where nothing differs.
pub fn kind(segments: &[Segment]) -> Option<FieldChangeKind> {
    let is = |op: SegmentOp| segments.iter().any(|segment| segment.op == op && !segment.notation);
    let (deletes, inserts) = (is(SegmentOp::Delete), is(SegmentOp::Insert));
    let moves = segments.iter().any(|segment| matches!(segment.op, SegmentOp::Move(_)));
    let has_old = segments.iter().any(|segment| !matches!(segment.op, SegmentOp::Insert | SegmentOp::Move(Side::New)));
    let has_new = segments.iter().any(|segment| !matches!(segment.op, SegmentOp::Delete | SegmentOp::Move(Side::Old)));
    Some(match (deletes, inserts) {
        (_, true) if !has_old => FieldChangeKind::Filled,
        (true, _) if !has_new => FieldChangeKind::Emptied,
        (true, true) => FieldChangeKind::Edited,
        (true, false) => FieldChangeKind::Shortened,
        (false, true) if !moves && is_appended(segments) => FieldChangeKind::Appended,
        (false, true) => FieldChangeKind::Inserted,
        (false, false) if moves => FieldChangeKind::Moved,
        (false, false) if segments.iter().any(|segment| segment.notation) => FieldChangeKind::Notation,
        (false, false) => return None,
    })
}

fn is_appended(segments: &[Segment]) -> bool {
    let inserts = segments.iter().filter(|segment| segment.op == SegmentOp::Insert && !segment.notation).count();
    inserts == 1 && segments.last().is_some_and(|last| last.op == SegmentOp::Insert && !last.notation)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The segments in one line: `[-old-]{+new+}`, notation as `[~old~]{~new~}`, moves as `<-old-><+new+>`.
    fn shown(old: &str, new: &str) -> String {
        let show = |segment: &Segment| match (segment.op, segment.notation) {
            (SegmentOp::Equal, _) => segment.text.clone(),
            (SegmentOp::Delete, false) => format!("[-{}-]", segment.text),
            (SegmentOp::Insert, false) => format!("{{+{}+}}", segment.text),
            (SegmentOp::Delete, true) => format!("[~{}~]", segment.text),
            (SegmentOp::Insert, true) => format!("{{~{}~}}", segment.text),
            (SegmentOp::Move(Side::Old), _) => format!("<-{}->", segment.text),
            (SegmentOp::Move(Side::New), _) => format!("<+{}+>", segment.text),
        };
        compare(old, new).segments.iter().map(show).collect()
    }

    #[test]
    fn changes_are_shown_as_a_reader_would_mark_them() {
        for (old, new, expected) in [
            (
                "90日以内に確認し、是正すること。",
                "30日以内に確認し、是正すること。",
                "[-90-]{+30+}日以内に確認し、是正すること。",
            ),
            ("経営層の承認を得ること。", "取締役会の承認を得ること。", "[-経営層-]{+取締役会+}の承認を得ること。"),
            ("暗号鍵の管理手順", "暗号鍵及び電子証明書の管理手順", "暗号鍵{+及び電子証明書+}の管理手順"),
            (
                "Aを行うこと。Bを行うこと。",
                "Aを行うこと。Cを行うこと。Bを行うこと。",
                "Aを行うこと。{+Cを行うこと。+}Bを行うこと。",
            ),
            ("記録すること。", "記録すること。\n追記する。", "記録すること。{+\n追記する。+}"),
            ("計画、実施（１）", "計画，実施(1)", "計画[~、~]{~，~}実施[~（１）~]{~(1)~}"),
            (
                "the provider keeps logs",
                "the cloud provider keeps the logs",
                "the {+cloud +}provider keeps {+the +}logs",
            ),
            ("適合可能", "対象外", "[-適合可能-]{+対象外+}"),
            (
                "通信を暗号化すること。鍵を年一回更新すること。",
                "鍵を年一回更新すること。通信を暗号化すること。",
                "<-通信を暗号化すること。->鍵を年一回更新すること。<+通信を暗号化すること。+>",
            ),
        ] {
            assert_eq!(shown(old, new), expected);
        }
    }

    #[test]
    fn list_numbers_that_only_shift_are_notation() {
        for (old, new, expected) in [
            (
                "(1)規程を定める。\n(2)記録を残す。\n(3)教育を行う。",
                "(1)規程を定める。\n(2)責任者を任命する。\n(3)記録を残す。\n(4)教育を行う。",
                "(1)規程を定める。\n{+(2)責任者を任命する。\n+}([~2~]{~3~})記録を残す。\n([~3~]{~4~})教育を行う。",
            ),
            (
                "①規程を定める。②責任者を任命する。③記録を三年間残す。",
                "①規程を定める。②記録を三年間残す。",
                "①規程を定める。[-②責任者を任命する。-][~③~]{~②~}記録を三年間残す。",
            ),
            (
                "ア．規程を定める。\nイ．記録を三年間残す。",
                "ア．規程を定める。\nイ．責任者を置く。\nウ．記録を三年間残す。",
                "ア．規程を定める。\n[~イ~]{+イ．責任者を置く。\n+}{~ウ~}．記録を三年間残す。",
            ),
            // The first of a list, and a number out of its turn, are text.
            ("(1)記録を三年間残す。", "(2)記録を三年間残す。", "([-1-]{+2+})記録を三年間残す。"),
            (
                "(1)規程を定める。\n(2)記録を三年間残す。",
                "(1)規程を定める。\n(5)記録を三年間残す。",
                "(1)規程を定める。\n([-2-]{+5+})記録を三年間残す。",
            ),
            ("1日以内。2日以内に報告する。", "1日以内。3日以内に報告する。", "1日以内。[-2-]{+3+}日以内に報告する。"),
        ] {
            assert_eq!(shown(old, new), expected);
            let (there, back) = (compare(old, new).segments, compare(new, old).segments);
            let quiet = |segments: &[Segment]| segments.iter().filter(|segment| segment.notation).count();
            assert_eq!(quiet(&there), quiet(&back));
        }
        let (old, new) = ("(1)規程。\n(2)記録を残す。", "(1)規程。\n(2)責任者を置く。\n(3)記録を残す。");
        assert_eq!(kind(&compare(old, new).segments), Some(FieldChangeKind::Inserted));
    }

    #[test]
    fn a_rewritten_sentence_is_shown_as_a_rewrite() {
        let old = "監視装置の設置場所を選定すること。";
        let new = "委託先との契約では再委託の条件を明らかにしておく。";
        assert_eq!(shown(old, new), format!("[-{old}-]{{+{new}+}}"));
    }

    #[test]
    fn the_kind_says_what_became_of_the_text() {
        for (old, new, expected) in [
            ("記録する。", "記録する。保管する。", Some(FieldChangeKind::Appended)),
            ("記録する。", "点検を行う。記録する。", Some(FieldChangeKind::Inserted)),
            ("90日", "30日", Some(FieldChangeKind::Edited)),
            ("記録する。保管する。", "記録する。", Some(FieldChangeKind::Shortened)),
            ("", "記録する。", Some(FieldChangeKind::Filled)),
            ("記録する。", "", Some(FieldChangeKind::Emptied)),
            ("計画、実施", "計画，実施", Some(FieldChangeKind::Notation)),
            ("計画 実施\n", "計画実施", Some(FieldChangeKind::Notation)),
            ("実施", "実施", None),
        ] {
            assert_eq!(kind(&compare(old, new).segments), expected, "{old} / {new}");
        }
    }
}
