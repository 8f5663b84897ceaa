//! How alike the texts of two items are: by their words and character pairs, rare ones counting more, and by the
//! sentences they share.

use std::collections::HashMap;

use crate::text::fold::notation_char;

/// Bits of a gram's number. Two grams that fall together make texts a little more alike, never less.
const GRAM_BITS: u32 = 18;

/// What an item's texts are made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Grams {
    /// Words of letters and digits whole, other scripts in pairs of neighbours: by number, with how often it stands there.
    counts: Vec<(u32, u32)>,
    /// Hashes of the sentences, in order, with their lengths.
    sentences: Vec<(u64, u32)>,
}

/// Cuts texts into grams and sentences.
pub(super) fn grams<'a>(texts: impl Iterator<Item = &'a str>) -> Grams {
    let mut all: Vec<u32> = Vec::new();
    let mut sentences: Vec<(u64, u32)> = Vec::new();
    texts.for_each(|text| collect(text, &mut all, &mut sentences));
    all.sort_unstable();
    sentences.sort_unstable();
    let mut counts: Vec<(u32, u32)> = Vec::with_capacity(all.len());
    for gram in all {
        match counts.last_mut() {
            Some((last, count)) if *last == gram => *count += 1,
            _ => counts.push((gram, 1)),
        }
    }
    Grams { counts, sentences }
}

fn collect(text: &str, out: &mut Vec<u32>, sentences: &mut Vec<(u64, u32)>) {
    let mut word: Option<u64> = None;
    let mut before: Option<char> = None;
    let mut sentence = (1u64, 0u32);
    let mut end_sentence = |sentence: &mut (u64, u32)| {
        let ended = std::mem::replace(sentence, (1, 0));
        sentences.extend((ended.1 > 0).then_some(ended));
    };
    for c in text.chars() {
        let folded = if c.is_ascii() { Some(c.to_ascii_lowercase()) } else { notation_char(c) };
        let Some(c) = folded.filter(|c| c.is_alphanumeric() || *c == 'ー') else {
            out.extend(word.take().map(number));
            before = None;
            if matches!(c, '。' | '\n' | '．') {
                end_sentence(&mut sentence);
            }
            continue;
        };
        sentence = (mixed(sentence.0, u64::from(c)), sentence.1 + 1);
        if (c as u32) < 0x0E00 {
            word = Some(mixed(word.unwrap_or(1), u64::from(c)));
            before = None;
        } else {
            out.extend(word.take().map(number));
            if let Some(before) = before {
                out.push(number(mixed(u64::from(before), u64::from(c))));
            }
            before = Some(c);
        }
    }
    out.extend(word.map(number));
    end_sentence(&mut sentence);
}

fn mixed(seed: u64, value: u64) -> u64 {
    (seed.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn number(hash: u64) -> u32 {
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - GRAM_BITS)) as u32
}

/// An item's grams weighed by how rare they are, of length 1.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    /// By number.
    weights: Vec<(u32, f32)>,
    /// Hashes of the sentences, in order, with their lengths, common ones counted for less.
    sentences: Vec<(u64, u32)>,
}

impl Profile {
    /// How alike two items are, 0.0 to 1.0: alike in wording or in whole sentences, and more so in both.
    pub(super) fn likeness(&self, other: &Self) -> f32 {
        1.0 - (1.0 - self.cosine(other)) * (1.0 - self.shared_sentences(other))
    }

    /// The share of both texts that stands in sentences both have.
    fn shared_sentences(&self, other: &Self) -> f32 {
        let (mut a, mut b) = (self.sentences.as_slice(), other.sentences.as_slice());
        let total: u32 = a.iter().chain(b).map(|(_, length)| length).sum();
        let mut shared = 0;
        while let (Some(left), Some(right)) = (a.first(), b.first()) {
            if left == right {
                shared += left.1;
            }
            (a, b) = (&a[usize::from(left <= right)..], &b[usize::from(right <= left)..]);
        }
        if total == 0 { 0.0 } else { 2.0 * shared as f32 / total as f32 }
    }

    fn cosine(&self, other: &Self) -> f32 {
        let (mut a, mut b) = (self.weights.as_slice(), other.weights.as_slice());
        let mut sum = 0.0;
        while let (Some(&(left, x)), Some(&(right, y))) = (a.first(), b.first()) {
            if left == right {
                sum += x * y;
            }
            (a, b) = (&a[usize::from(left <= right)..], &b[usize::from(right <= left)..]);
        }
        sum.min(1.0)
    }

    /// The share of this item's wording that stands in another one and not in those left out, rare wording counting
    /// more, 0.0 to 1.0.
    pub(super) fn share_in(&self, whole: &Self, without: &[&Self]) -> f32 {
        let has = |profile: &Self, gram: u32| profile.weights.binary_search_by_key(&gram, |it| it.0).is_ok();
        let counts = |gram: u32| has(whole, gram) && !without.iter().any(|other| has(other, gram));
        self.weights.iter().filter(|it| counts(it.0)).map(|(_, weight)| weight * weight).sum::<f32>().min(1.0)
    }

    /// The heaviest grams, heaviest first.
    fn heaviest(&self, count: usize) -> Vec<(u32, f32)> {
        let mut weights = self.weights.clone();
        weights.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        weights.truncate(count);
        weights
    }
}

/// How many of the items a gram or sentence stands in.
pub(super) struct Rarity {
    counts: Vec<u32>,
    sentences: HashMap<u64, u32>,
    items: u32,
}

/// Items a sentence may stand in and still count in full: its own in both editions, and another.
const RARE: u32 = 3;
/// What the lengths of sentences are counted in, to weigh the common ones in whole numbers.
const UNIT: u32 = 64;

impl Rarity {
    pub(super) fn of<'a>(pool: impl Iterator<Item = &'a Grams>) -> Self {
        let mut rarity = Self { counts: vec![0; 1 << GRAM_BITS], sentences: HashMap::new(), items: 0 };
        for grams in pool {
            rarity.items += 1;
            let distinct = grams.sentences.chunk_by(|a, b| a.0 == b.0).map(|same| same[0].0);
            distinct.for_each(|sentence| *rarity.sentences.entry(sentence).or_default() += 1);
            grams.counts.iter().for_each(|&(gram, _)| rarity.counts[gram as usize] += 1);
        }
        rarity
    }

    pub(super) fn profile(&self, grams: &Grams) -> Profile {
        let weigh = |&(gram, count): &(u32, u32)| {
            let rarity = (1.0 + self.items as f32 / (1.0 + self.counts[gram as usize] as f32)).ln();
            (gram, (1.0 + (count as f32).ln()) * rarity)
        };
        let mut weights: Vec<(u32, f32)> = grams.counts.iter().map(weigh).collect();
        let length = weights.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        if length > 0.0 {
            weights.iter_mut().for_each(|(_, weight)| *weight /= length);
        }
        let counted = |&(sentence, length): &(u64, u32)| {
            let items = self.sentences.get(&sentence).copied().unwrap_or(1);
            (sentence, length * UNIT * RARE / items.max(RARE))
        };
        Profile { weights, sentences: grams.sentences.iter().map(counted).collect() }
    }
}

/// Finds the items most like another by the rare grams they share.
pub(super) struct Index {
    postings: HashMap<u32, Vec<(u32, f32)>>,
}

/// Grams of an item that are looked up, and of an item's number of others a gram may stand in to be worth it.
const LOOKED_UP: usize = 48;
const MOST_POSTINGS: usize = 256;

impl Index {
    pub(super) fn of<'a>(profiles: impl Iterator<Item = (usize, &'a Profile)>) -> Self {
        let mut postings: HashMap<u32, Vec<(u32, f32)>> = HashMap::new();
        for (index, profile) in profiles {
            let index = u32::try_from(index).expect("an edition has fewer than 2^32 items");
            for (gram, weight) in profile.heaviest(LOOKED_UP * 2) {
                postings.entry(gram).or_default().push((index, weight));
            }
        }
        Self { postings }
    }

    /// Up to `count` items that share most of the weight, best first.
    pub(super) fn nearest(&self, profile: &Profile, count: usize) -> Vec<usize> {
        let mut scores: HashMap<u32, f32> = HashMap::new();
        for (gram, weight) in profile.heaviest(LOOKED_UP) {
            let postings = self.postings.get(&gram).map_or(&[][..], Vec::as_slice);
            if postings.len() <= MOST_POSTINGS {
                postings.iter().for_each(|&(index, other)| *scores.entry(index).or_default() += weight * other);
            }
        }
        let mut nearest: Vec<(u32, f32)> = scores.into_iter().collect();
        nearest.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        nearest.into_iter().take(count).map(|(index, _)| index as usize).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edited_text_is_nearer_than_another_one() {
        let texts = [
            "暗号鍵の管理手順を文書化し、関係者に周知すること。",
            "暗号鍵の管理手順を文書化し、関係者及び委託先に周知すること。",
            "電源設備の点検結果を定期的に点検すること。",
            "The provider keeps logs of all access.",
        ];
        let grams: Vec<Grams> = texts.iter().map(|text| grams([*text].into_iter())).collect();
        let rarity = Rarity::of(grams.iter());
        let profiles: Vec<Profile> = grams.iter().map(|grams| rarity.profile(grams)).collect();
        assert!(profiles[0].likeness(&profiles[0]) > 0.999);
        assert!(profiles[0].likeness(&profiles[1]) > 0.7);
        assert!(profiles[0].likeness(&profiles[2]) < 0.3);
        assert_eq!(profiles[0].likeness(&profiles[3]), 0.0);
        let index = Index::of(profiles.iter().enumerate().skip(1));
        assert_eq!(index.nearest(&profiles[0], 1), [1]);
    }
}
