//! The longest common subsequence of two runs of keys, within a bound on the work.

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A stretch of both sides: equal key by key, or replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    pub(super) equal: bool,
}

/// Matching pairs that Hunt's algorithm may be asked to look at: well under a second, and more than cells need that
/// are not made to take long.
const MOST_PAIRS: usize = 4_000_000;

/// Aligns two runs of keys; `None` where that would take more work than the bound allows.
pub(super) fn align(old: &[u32], new: &[u32]) -> Option<Vec<Block>> {
    if old.len().saturating_mul(new.len()) > MOST_PAIRS && matching_pairs(old, new) > MOST_PAIRS {
        return None;
    }
    let ops = capture_diff_slices(Algorithm::Hunt, old, new);
    Some(ops.iter().map(block).collect())
}

fn block(op: &DiffOp) -> Block {
    Block { old: op.old_range(), new: op.new_range(), equal: matches!(op, DiffOp::Equal { .. }) }
}

fn matching_pairs(old: &[u32], new: &[u32]) -> usize {
    let mut counts: HashMap<u32, usize> = HashMap::new();
    for &key in old {
        *counts.entry(key).or_default() += 1;
    }
    new.iter().map(|key| counts.get(key).copied().unwrap_or(0)).sum()
}
