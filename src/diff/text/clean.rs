//! Makes an alignment readable: chance matches absorbed, boundaries slid to where a reader would cut, rewrites told.

use super::atoms::{Atom, Class};
use super::lcs::Block;

/// Equal atoms that are too weak between two changes to help a reader.
const WEAK: f32 = 2.0;
/// Share of a pair of sentences that has to be equal, else it is shown as a rewrite.
const LEAST_EQUAL: f32 = 0.3;

/// Cleans the alignment of two runs of atoms.
pub(super) fn clean(blocks: Vec<Block>, old: &[Atom], new: &[Atom]) -> Vec<Block> {
    let slid = slide(joined(blocks), old, new);
    let absorbed = absorb(slid, old, new);
    let cleaned = slide(absorbed, old, new);
    if is_rewrite(&cleaned, old, new) { vec![whole(old, new)] } else { cleaned }
}

fn whole(old: &[Atom], new: &[Atom]) -> Block {
    Block { old: 0..old.len(), new: 0..new.len(), equal: false }
}

/// Joins neighbours of one kind and drops empty blocks.
pub(super) fn joined(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        if block.old.is_empty() && block.new.is_empty() {
            continue;
        }
        match joined.last_mut() {
            Some(last) if last.equal == block.equal => {
                last.old.end = block.old.end;
                last.new.end = block.new.end;
            }
            _ => joined.push(block),
        }
    }
    joined
}

fn strength(atoms: &[Atom]) -> f32 {
    atoms.iter().map(atom_strength).sum()
}

fn atom_strength(atom: &Atom) -> f32 {
    match atom.class {
        Class::Hiragana => 1.0,
        Class::Kanji => 1.5,
        Class::Katakana | Class::Word | Class::Number => 2.5,
        Class::Stop => 2.0,
        Class::Comma | Class::Open | Class::Close | Class::Other | Class::Blank => 0.75,
    }
}

/// Gives up equal stretches that are weak in themselves, or much weaker than the changes on both their sides.
fn absorb(mut blocks: Vec<Block>, old: &[Atom], new: &[Atom]) -> Vec<Block> {
    loop {
        let before = blocks.len();
        for index in 1..blocks.len().saturating_sub(1) {
            if blocks[index].equal && is_weak(&blocks, index, old, new) {
                blocks[index].equal = false;
            }
        }
        blocks = joined(blocks);
        if blocks.len() == before {
            return blocks;
        }
    }
}

fn is_weak(blocks: &[Block], index: usize, old: &[Atom], new: &[Atom]) -> bool {
    let equal = &old[blocks[index].old.clone()];
    // Two sides that both end a sentence or line here are two changes.
    if equal.last().is_some_and(|last| last.breaks) {
        return false;
    }
    let size = |block: &Block| strength(&old[block.old.clone()]).max(strength(&new[block.new.clone()]));
    let (left, right) = (size(&blocks[index - 1]), size(&blocks[index + 1]));
    let own = strength(equal);
    own < WEAK || own < 6.0 && own < 0.5 * left.min(right)
}

/// Moves pure insertions and deletions along equal atoms to the cut that reads best.
fn slide(mut blocks: Vec<Block>, old: &[Atom], new: &[Atom]) -> Vec<Block> {
    for index in 0..blocks.len() {
        let block = &blocks[index];
        if block.equal || !(block.old.is_empty() ^ block.new.is_empty()) {
            continue;
        }
        let room_left = index.checked_sub(1).map_or(0, |left| blocks[left].old.len());
        let room_right = blocks.get(index + 1).map_or(0, |right| right.old.len());
        let by = if block.old.is_empty() {
            best_shift(new, &block.new, room_left, room_right)
        } else {
            best_shift(old, &block.old, room_left, room_right)
        };
        shift(&mut blocks, index, by, old.len(), new.len());
    }
    joined(blocks)
}

fn best_shift(atoms: &[Atom], range: &std::ops::Range<usize>, room_left: usize, room_right: usize) -> isize {
    let (start, end) = (range.start, range.end);
    let left = (1..=room_left).take_while(|&by| atoms[start - by].key == atoms[end - by].key).count();
    let right = (1..=room_right).take_while(|&by| atoms[start + by - 1].key == atoms[end + by - 1].key).count();
    let score = |by: isize| {
        let (start, end) = (start.wrapping_add_signed(by), end.wrapping_add_signed(by));
        cut_quality(atoms, start) + cut_quality(atoms, end)
    };
    let shifts = -(left as isize)..=right as isize;
    shifts.max_by(|&a, &b| score(a).total_cmp(&score(b))).unwrap_or(0)
}

/// How well a reader could cut in front of an atom.
fn cut_quality(atoms: &[Atom], at: usize) -> f32 {
    let Some(before) = at.checked_sub(1).map(|before| &atoms[before]) else { return 6.0 };
    let Some(after) = atoms.get(at) else { return 6.0 };
    let after_stop =
        before.class == Class::Stop || before.class == Class::Close && at >= 2 && atoms[at - 2].class == Class::Stop;
    match (before.class, after.class) {
        _ if before.breaks => 6.0,
        (_, Class::Stop | Class::Close) if after_stop => 1.0,
        _ if after_stop => 5.0,
        (_, Class::Stop | Class::Comma | Class::Close) => 0.5,
        (Class::Comma, _) => 3.0,
        (Class::Close, _) | (_, Class::Open) => 2.5,
        (Class::Open, _) => 0.5,
        _ if before.spaced => 2.0,
        (Class::Hiragana, Class::Hiragana) | (Class::Kanji, Class::Kanji) => 0.0,
        (Class::Hiragana, _) => 1.5,
        (a, b) if a != b => 1.0,
        _ => 0.5,
    }
}

fn shift(blocks: &mut Vec<Block>, index: usize, by: isize, old_len: usize, new_len: usize) {
    if by == 0 {
        return;
    }
    let moved = |edge: usize| edge.wrapping_add_signed(by);
    let block = &mut blocks[index];
    block.old = moved(block.old.start)..moved(block.old.end);
    block.new = moved(block.new.start)..moved(block.new.end);
    let Block { old, new, .. } = block.clone();
    if let Some(left) = index.checked_sub(1) {
        blocks[left].old.end = old.start;
        blocks[left].new.end = new.start;
    }
    if let Some(right) = blocks.get_mut(index + 1) {
        right.old.start = old.end;
        right.new.start = new.end;
    } else {
        blocks.push(Block { old: old.end..old_len, new: new.end..new_len, equal: true });
    }
    if index == 0 {
        blocks.insert(0, Block { old: 0..old.start, new: 0..new.start, equal: true });
    }
}

/// Says whether so little is equal that the two are better shown whole.
fn is_rewrite(blocks: &[Block], old: &[Atom], new: &[Atom]) -> bool {
    let changes = || blocks.iter().filter(|block| !block.equal);
    let one_way = changes().all(|block| block.old.is_empty()) || changes().all(|block| block.new.is_empty());
    if one_way && changes().count() <= 2 {
        return false;
    }
    let equal: f32 = blocks.iter().filter(|block| block.equal).map(|block| strength(&old[block.old.clone()])).sum();
    2.0 * equal < LEAST_EQUAL * (strength(old) + strength(new))
}
