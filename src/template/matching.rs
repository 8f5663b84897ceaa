//! Compares a header with a layout: which heading is which column, how well, and what is missing.

use std::rc::Rc;

use super::head::{Block, Head, HeadColumn};
use super::layout::{Heading, TableLayout};
use super::unmerged;

/// What a heading was recognised as: a place in the layout.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A part of the id.
    Id(usize),
    /// A known column.
    Column(usize),
    /// A column for answers.
    Answer(usize),
}

/// A layout found in a header.
#[derive(Clone, Debug)]
pub(super) struct Match {
    /// The header.
    pub block: Rc<Block>,
    /// For each of the block's columns, what it is.
    pub targets: Vec<Option<Target>>,
    /// How exactly the headings fit, summed: what one fit is compared with another by.
    pub weight: u32,
    /// What was not found.
    pub missing: Vec<Target>,
}

impl Match {
    /// Says whether everything the layout insists on is there, and something beside the id.
    pub(super) fn is_complete(&self, layout: &TableLayout) -> bool {
        let others = self.targets.iter().flatten().filter(|target| !matches!(target, Target::Id(_))).count();
        others > 0 && !self.missing.iter().any(|&target| is_required(layout, target))
    }

    fn rank(&self) -> (u32, std::cmp::Reverse<usize>, std::cmp::Reverse<u32>) {
        (self.weight, std::cmp::Reverse(self.block.cuts), std::cmp::Reverse(self.block.last - self.block.first))
    }
}

/// Whether a layout does not fit without the column.
pub(super) fn is_required(layout: &TableLayout, target: Target) -> bool {
    match target {
        Target::Id(_) => true,
        Target::Column(index) => layout.columns[index].required,
        Target::Answer(index) => layout.answers[index].required,
    }
}

/// The headings a column may have.
pub(super) fn headings_of(layout: &TableLayout, target: Target) -> &[Heading] {
    match target {
        Target::Id(index) => &layout.id.columns[index],
        Target::Column(index) => &layout.columns[index].headings,
        Target::Answer(index) => &layout.answers[index].headings,
    }
}

/// Every column of a layout, the id first.
pub(super) fn targets_of(layout: &TableLayout) -> impl Iterator<Item = Target> {
    let ids = (0..layout.id.columns.len()).map(Target::Id);
    let columns = (0..layout.columns.len()).map(Target::Column);
    ids.chain(columns).chain((0..layout.answers.len()).map(Target::Answer))
}

/// Finds the header on a sheet that fits a layout best, if any has its id column. `row` pins the first header row.
pub(super) fn best_match(head: &Head<'_>, layout: &TableLayout, row: Option<u32>) -> Option<Match> {
    let blocks = candidate_blocks(head, layout, row);
    let of_block = |(first, last)| match_block(with_unheaded(head.block(first, last), layout), layout);
    let matches = blocks.into_iter().map(of_block);
    let with_id = matches.filter(|found| !found.missing.iter().any(|target| matches!(target, Target::Id(_))));
    // Of equal fits the upper one counts: a header repeated further down is the same table going on.
    with_id.fold(None, |best: Option<Match>, found| match best {
        Some(best) if best.rank() >= found.rank() => Some(best),
        _ => Some(found),
    })
}

/// A header with the columns that the layout's id names by their letter, for want of a heading.
pub(super) fn with_unheaded(block: Rc<Block>, layout: &TableLayout) -> Rc<Block> {
    let named = layout.id.columns.iter().flatten().filter_map(Heading::unheaded);
    named.fold(block, |block, column| match block.position(column) {
        None => Rc::new(block.with_unheaded(column)),
        Some(_) => block,
    })
}

/// The heading of an id column is short; most texts of the rows looked at are not.
const MAX_ID_HEADING_BYTES: usize = 200;

/// The blocks of rows around every heading that may be the id's.
fn candidate_blocks(head: &Head<'_>, layout: &TableLayout, row: Option<u32>) -> Vec<(u32, u32)> {
    let (fewest, most) = layout.header_rows;
    let first_part = layout.id.columns.first().map_or(&[][..], Vec::as_slice);
    // Where the id has no heading, any other of the layout's may be in its header.
    let is_unheaded = first_part.iter().any(|heading| heading.unheaded().is_some());
    let others = layout.columns.iter().filter(|_| is_unheaded).flat_map(|column| &column.headings);
    let headings: Vec<&Heading> = first_part.iter().chain(others).collect();
    let mut blocks = Vec::new();
    for (cell, key) in head.headings(MAX_ID_HEADING_BYTES) {
        if !headings.iter().any(|heading| heading.leaf_fits(key)) {
            continue;
        }
        let mut span = head.span(cell.at);
        span.last.row += unmerged::rows_below(head, span.last.row);
        for depth in fewest..=most {
            for first in (span.last.row + 1).saturating_sub(depth)..=span.first.row {
                let is_pinned_elsewhere = row.is_some_and(|row| row != first);
                if !is_pinned_elsewhere && !blocks.contains(&(first, first + depth - 1)) {
                    blocks.push((first, first + depth - 1));
                }
            }
        }
    }
    blocks
}

/// Assigns the headings of a block to a layout's columns, the most exact fits first, each once.
pub(super) fn match_block(block: Rc<Block>, layout: &TableLayout) -> Match {
    let mut fits: Vec<(u32, Target, usize)> = Vec::new();
    let columns: Vec<Levels<'_>> = block.columns.iter().map(|column| Levels::new(column, &block)).collect();
    for target in targets_of(layout) {
        for (index, column) in columns.iter().enumerate() {
            let fit = headings_of(layout, target).iter().map(|heading| column.fit(heading)).max().unwrap_or(0);
            let fit = if fit > 1 && column.is_old { fit - 1 } else { fit };
            if fit > 0 {
                fits.push((fit, target, index));
            }
        }
    }
    fits.sort_by_key(|&(fit, _, _)| std::cmp::Reverse(fit));
    let mut targets = vec![None; block.columns.len()];
    let mut weight = 0;
    for (fit, target, index) in fits {
        if targets[index].is_none() && !targets.contains(&Some(target)) {
            targets[index] = Some(target);
            weight += fit;
        }
    }
    let missing = targets_of(layout).filter(|target| !targets.contains(&Some(*target))).collect();
    Match { block, targets, weight, missing }
}

/// Words for the older one of two editions side by side, and for the newer one; folded.
const OLD_SIDE: [&str; 7] = ["現行", "改正前", "改訂前", "改定前", "変更前", "旧版", "前版"];
const NEW_SIDE: [&str; 5] = ["改正後", "改訂後", "改定後", "変更後", "新版"];

/// Whether a column of two editions side by side is the older one's: what is known of an item is the newer one's.
fn is_of_the_old_edition(column: &HeadColumn, block: &Block) -> bool {
    let is_old = |level: &String| OLD_SIDE.iter().any(|word| level.contains(word)) || level == "旧";
    let has_levels = column.folded.len() > 1;
    let newer = |other: &HeadColumn| {
        edition_of(other) > edition_of(column) && without_edition(other) == without_edition(column)
    };
    has_levels && (column.folded.iter().any(is_old) || edition_of(column).is_some() && block.columns.iter().any(newer))
}

/// The edition one of a column's headings is the name of and nothing else: its number, and how often it was revised.
fn edition_of(column: &HeadColumn) -> Option<(u32, usize)> {
    column.folded.iter().find_map(|level| edition(level))
}

fn edition(level: &str) -> Option<(u32, usize)> {
    let name = level.strip_prefix("fisc").unwrap_or(level);
    let (number, revised) = name.strip_prefix('第')?.split_once('版')?;
    let rest = ["追補", "改訂", "改定"].iter().fold(revised.to_owned(), |rest, word| rest.replacen(word, "", 1));
    rest.is_empty().then_some((number.parse().ok()?, revised.chars().count()))
}

/// A column's headings but for one that is an edition's name, or a word for the newer or older one of two.
fn without_edition(column: &HeadColumn) -> Vec<&str> {
    let is_side = |level: &str| OLD_SIDE.contains(&level) || NEW_SIDE.contains(&level) || matches!(level, "旧" | "新");
    let levels = column.folded.iter().map(String::as_str);
    levels.filter(|level| edition(level).is_none() && !is_side(level)).collect()
}

/// A column's folded headings, as the headings of a layout are compared with them.
struct Levels<'a> {
    levels: Vec<&'a str>,
    /// The levels that a flat heading names (`対応_適合性`).
    split: Option<Vec<&'a str>>,
    /// Those above or below the name of an edition (`適合性 > 第9版改訂`).
    bare: Option<Vec<&'a str>>,
    is_old: bool,
}

impl<'a> Levels<'a> {
    fn new(column: &'a HeadColumn, block: &Block) -> Self {
        let levels: Vec<&str> = column.folded.iter().map(String::as_str).collect();
        let is_flat = levels.last().is_some_and(|leaf| leaf.contains('_'));
        let split = is_flat.then(|| levels.iter().flat_map(|level| level.split('_')).collect());
        let bare = Some(without_edition(column)).filter(|bare| !bare.is_empty() && bare.len() < levels.len());
        Self { levels, split, bare, is_old: is_of_the_old_edition(column, block) }
    }

    /// How exactly a heading fits the column; a flat one fits a little less, and so does one beside an edition's name.
    fn fit(&self, heading: &Heading) -> u32 {
        match (heading.fit(&self.levels), &self.split) {
            (0, Some(split)) => heading.fit(split).saturating_sub(1),
            (0, None) => self.bare.as_ref().map_or(0, |bare| heading.fit(bare).saturating_sub(1)),
            (fit, _) => fit,
        }
    }
}
