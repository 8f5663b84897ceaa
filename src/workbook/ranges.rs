//! Ranges of a sheet, found by the cells they hold. A sheet may have one for every row, and some over all of them.

use crate::address::{CellRef, Range};

/// Ranges with what belongs to each, found by a cell in logarithmic time however tall some of them are.
///
/// A balanced tree laid out in the sorted list itself: the root of a stretch is its middle, and `reaches` holds for
/// every root the last row any range of its stretch goes down to.
pub(crate) struct RangeIndex<T> {
    ranges: Vec<(Range, usize, T)>,
    reaches: Vec<u32>,
}

impl<T> RangeIndex<T> {
    pub(crate) fn new(ranges: impl IntoIterator<Item = (Range, T)>) -> Self {
        let mut ranges: Vec<(Range, usize, T)> =
            ranges.into_iter().enumerate().map(|(order, (range, of))| (range, order, of)).collect();
        ranges.sort_by_key(|&(range, order, _)| (range.first, order));
        let mut index = Self { reaches: vec![0; ranges.len()], ranges };
        index.measure(0, index.ranges.len());
        index
    }

    /// The range that holds a cell: of several the one that was given first.
    pub(crate) fn first(&self, at: CellRef) -> Option<(Range, &T)> {
        let mut found: Option<&(Range, usize, T)> = None;
        self.look(at, (0, self.ranges.len()), &mut |entry| {
            if entry.0.contains(at) && found.is_none_or(|earlier| entry.1 < earlier.1) {
                found = Some(entry);
            }
        });
        found.map(|(range, _, of)| (*range, of))
    }

    fn measure(&mut self, start: usize, end: usize) -> u32 {
        if start == end {
            return 0;
        }
        let root = start + (end - start) / 2;
        let below = self.measure(start, root).max(self.measure(root + 1, end));
        self.reaches[root] = below.max(self.ranges[root].0.last.row);
        self.reaches[root]
    }

    /// Shows every range that may hold a cell.
    fn look<'a>(&'a self, at: CellRef, (start, end): (usize, usize), show: &mut impl FnMut(&'a (Range, usize, T))) {
        let root = start + (end - start) / 2;
        if start == end || self.reaches[root] < at.row {
            return;
        }
        self.look(at, (start, root), show);
        if self.ranges[root].0.first.row <= at.row {
            show(&self.ranges[root]);
            self.look(at, (root + 1, end), show);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> Range {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        Range::new(first.parse().unwrap(), last.parse().unwrap())
    }

    fn found(index: &RangeIndex<&'static str>, at: &str) -> Option<&'static str> {
        index.first(at.parse().unwrap()).map(|(_, of)| *of)
    }

    #[test]
    fn of_ranges_that_overlap_the_first_given_is_found() {
        let ranges = [("C5:C9", "a"), ("A1:D20", "b"), ("C1:C5", "c"), ("F7", "d")];
        let index = RangeIndex::new(ranges.map(|(text, of)| (range(text), of)));
        let cases =
            [("C5", Some("a")), ("C4", Some("b")), ("D20", Some("b")), ("F7", Some("d")), ("F8", None), ("E1", None)];
        for (at, expected) in cases {
            assert_eq!(found(&index, at), expected, "{at}");
        }
        assert_eq!(found(&RangeIndex::new([]), "A1"), None);
    }

    #[test]
    fn a_range_for_every_row_and_one_over_all_of_them_take_few_looks() {
        const ROWS: u32 = 1 << 16;
        let cell = |row| Range::from(CellRef::new(row, 3));
        let tall = Range::new(CellRef::new(0, 7), CellRef::new(ROWS, 7));
        let index = RangeIndex::new((0..ROWS).map(cell).chain([tall]).map(|range| (range, ())));
        for row in [0, 1, ROWS / 3, ROWS - 1, ROWS] {
            let mut looks = 0;
            let at = CellRef::new(row, 3);
            index.look(at, (0, index.ranges.len()), &mut |_| looks += 1);
            // The height of the tree, and the tall range's path in it.
            assert!(looks <= 2 * 17, "{looks} looks at row {row}");
            assert_eq!(index.first(at).map(|(range, _)| range), (row < ROWS).then(|| cell(row)));
        }
    }
}
