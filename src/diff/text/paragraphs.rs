//! Sentences against sentences: which stayed, which were reworded, which came, went or moved.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::atoms::{Atom, sentences};

/// What became of a sentence; numbers are places in the lists of sentences.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Same(usize, usize),
    Reworded(usize, usize),
    Gone(usize),
    Come(usize),
}

/// Sentence pairs a gap may hold to be aligned by likeness.
const MOST_PAIRS: usize = 10_000;
/// Share of adjacent atoms two sentences must have in common to be held to be one reworded.
const LEAST_LIKENESS: f32 = 0.35;

/// A text as sentences, each with a key: same key, same content.
pub(super) struct Paragraphs<'a> {
    pub(super) atoms: &'a [Atom],
    pub(super) sentences: Vec<Range<usize>>,
    pub(super) keys: Vec<u32>,
}

/// Keys of the sentences met so far.
#[derive(Default)]
pub(super) struct SentenceKeys {
    known: HashMap<Vec<u32>, u32>,
}

impl<'a> Paragraphs<'a> {
    pub(super) fn new(atoms: &'a [Atom], known: &mut SentenceKeys) -> Self {
        let sentences = sentences(atoms);
        let keys = sentences.iter().map(|range| {
            let next = u32::try_from(known.known.len()).expect("a text has fewer than 2^32 sentences");
            *known.known.entry(atoms[range.clone()].iter().map(|atom| atom.key).collect()).or_insert(next)
        });
        let keys = keys.collect();
        Self { atoms, sentences, keys }
    }

    fn pairs_of(&self, sentence: usize) -> Vec<u64> {
        let atoms = &self.atoms[self.sentences[sentence].clone()];
        let mut pairs: Vec<u64> =
            atoms.windows(2).map(|pair| u64::from(pair[0].key) << 32 | u64::from(pair[1].key)).collect();
        pairs.extend(atoms.first().filter(|_| atoms.len() == 1).map(|atom| u64::from(atom.key)));
        pairs.sort_unstable();
        pairs
    }
}

/// Aligns the sentences of two texts, in reading order; of a replaced stretch the old ones come first.
pub(super) fn align(old: &Paragraphs<'_>, new: &Paragraphs<'_>) -> Vec<Fate> {
    let head = old.keys.iter().zip(&new.keys).take_while(|(a, b)| a == b).count();
    let tail_room = old.keys.len().min(new.keys.len()) - head;
    let tail = old.keys.iter().rev().zip(new.keys.iter().rev()).take(tail_room).take_while(|(a, b)| a == b).count();
    let mut fates: Vec<Fate> = (0..head).map(|index| Fate::Same(index, index)).collect();
    let (old_end, new_end) = (old.keys.len() - tail, new.keys.len() - tail);
    align_gap(old, head..old_end, new, head..new_end, &mut fates);
    fates.extend((0..tail).map(|index| Fate::Same(old_end + index, new_end + index)));
    fates
}

fn align_gap(
    old: &Paragraphs<'_>,
    old_range: Range<usize>,
    new: &Paragraphs<'_>,
    new_range: Range<usize>,
    fates: &mut Vec<Fate>,
) {
    if old_range.len() * new_range.len() <= MOST_PAIRS {
        align_by_likeness(old, old_range, new, new_range, fates);
        return;
    }
    // Long texts: sentences that stayed are the anchors, and only what lies between them is weighed.
    let ops = capture_diff_slices(Algorithm::Myers, &old.keys[old_range.clone()], &new.keys[new_range.clone()]);
    for op in ops {
        let olds = op.old_range().start + old_range.start..op.old_range().end + old_range.start;
        let news = op.new_range().start + new_range.start..op.new_range().end + new_range.start;
        match op {
            DiffOp::Equal { .. } => fates.extend(olds.zip(news).map(|(a, b)| Fate::Same(a, b))),
            _ if olds.len() * news.len() <= MOST_PAIRS => align_by_likeness(old, olds, new, news, fates),
            _ => align_in_steps(old, olds, new, news, fates),
        }
    }
}

/// A long stretch without a sentence in common: weighed piece by piece, in proportion.
fn align_in_steps(
    old: &Paragraphs<'_>,
    olds: Range<usize>,
    new: &Paragraphs<'_>,
    news: Range<usize>,
    fates: &mut Vec<Fate>,
) {
    let steps = olds.len().max(news.len()).div_ceil(64);
    for step in 0..steps {
        let cut = |range: &Range<usize>, step: usize| range.start + range.len() * step / steps;
        let old_piece = cut(&olds, step)..cut(&olds, step + 1);
        let new_piece = cut(&news, step)..cut(&news, step + 1);
        align_by_likeness(old, old_piece, new, new_piece, fates);
    }
}

fn align_by_likeness(
    old: &Paragraphs<'_>,
    olds: Range<usize>,
    new: &Paragraphs<'_>,
    news: Range<usize>,
    fates: &mut Vec<Fate>,
) {
    let (rows, columns) = (olds.len(), news.len());
    if rows == 1 && columns == 1 {
        fates.push(Fate::Reworded(olds.start, news.start));
        return;
    }
    if rows == 0 || columns == 0 {
        fates.extend(olds.map(Fate::Gone));
        fates.extend(news.map(Fate::Come));
        return;
    }
    let gain = gains(old, &olds, new, &news);
    // best[i][j]: the most that rows from i and columns from j can have in common.
    let width = columns + 1;
    let mut best = vec![0.0f32; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let paired = gain[i * columns + j];
            best[i * width + j] = if paired > 0.0 { skip.max(paired + best[(i + 1) * width + j + 1]) } else { skip };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut come = Vec::new();
    while i < rows || j < columns {
        let here = best[i * width + j];
        let paired = i < rows
            && j < columns
            && gain[i * columns + j] > 0.0
            && here == gain[i * columns + j] + best[(i + 1) * width + j + 1];
        if paired {
            fates.append(&mut come);
            let (a, b) = (olds.start + i, news.start + j);
            fates.push(if old.keys[a] == new.keys[b] { Fate::Same(a, b) } else { Fate::Reworded(a, b) });
            (i, j) = (i + 1, j + 1);
        } else if i < rows && (j == columns || here == best[(i + 1) * width + j]) {
            fates.push(Fate::Gone(olds.start + i));
            i += 1;
        } else {
            come.push(Fate::Come(news.start + j));
            j += 1;
        }
    }
    fates.append(&mut come);
}

/// What each pair has in common, in atoms; 0 where too little to be the same sentence.
fn gains(old: &Paragraphs<'_>, olds: &Range<usize>, new: &Paragraphs<'_>, news: &Range<usize>) -> Vec<f32> {
    let old_pairs: Vec<Vec<u64>> = olds.clone().map(|sentence| old.pairs_of(sentence)).collect();
    let new_pairs: Vec<Vec<u64>> = news.clone().map(|sentence| new.pairs_of(sentence)).collect();
    let mut gain = Vec::with_capacity(olds.len() * news.len());
    for (a, old_sentence) in olds.clone().zip(&old_pairs) {
        for (b, new_sentence) in news.clone().zip(&new_pairs) {
            let length = (old_sentence.len() + new_sentence.len()) as f32;
            gain.push(if old.keys[a] == new.keys[b] {
                length * 0.5 + 1.0
            } else {
                let common = common(old_sentence, new_sentence) as f32;
                if 2.0 * common >= LEAST_LIKENESS * length { common } else { 0.0 }
            });
        }
    }
    gain
}

/// Counts what two sorted lists have in common.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}
