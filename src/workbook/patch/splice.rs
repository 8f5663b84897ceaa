//! Cuts in a part: which bytes go and what comes in their place. Everything else is copied.

use std::ops::Range;

/// Replacements of stretches of one part, in any order, none overlapping another.
///
/// Insertions are replacements of an empty stretch; several at one place keep the order they were added in.
#[derive(Default)]
pub(crate) struct Splices {
    cuts: Vec<Cut>,
    arena: Vec<u8>,
}

struct Cut {
    old: Range<usize>,
    new: Range<usize>,
}

impl Splices {
    /// Replaces a stretch by what `write` appends.
    pub(crate) fn replace_with(&mut self, old: Range<usize>, write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.arena.len();
        write(&mut self.arena);
        self.cuts.push(Cut { old, new: start..self.arena.len() });
    }

    /// Replaces a stretch.
    pub(crate) fn replace(&mut self, old: Range<usize>, new: &[u8]) {
        self.replace_with(old, |out| out.extend_from_slice(new));
    }

    /// Removes a stretch.
    pub(crate) fn remove(&mut self, old: Range<usize>) {
        self.replace(old, b"");
    }

    /// Inserts in front of a byte.
    pub(crate) fn insert(&mut self, at: usize, new: &[u8]) {
        self.replace(at..at, new);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cuts.is_empty()
    }

    /// The part with all replacements made.
    pub(crate) fn apply(mut self, old: &[u8]) -> Vec<u8> {
        if !self.cuts.is_sorted_by_key(|cut| (cut.old.start, cut.old.end)) {
            self.cuts.sort_by_key(|cut| (cut.old.start, cut.old.end));
        }
        let removed: usize = self.cuts.iter().map(|cut| cut.old.len()).sum();
        let mut out = Vec::with_capacity(old.len() + self.arena.len() - removed.min(old.len()));
        let mut copied = 0;
        for cut in &self.cuts {
            debug_assert!(cut.old.start >= copied, "cuts overlap");
            out.extend_from_slice(&old[copied..cut.old.start]);
            out.extend_from_slice(&self.arena[cut.new.clone()]);
            copied = cut.old.end;
        }
        out.extend_from_slice(&old[copied..]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_replaced_is_copied() {
        let mut splices = Splices::default();
        splices.remove(6..9);
        splices.insert(3, b"-");
        splices.replace(0..1, b"AA");
        splices.insert(3, b"+");
        assert_eq!(splices.apply(b"abcdefghi"), b"AAbc-+def");
    }
}
