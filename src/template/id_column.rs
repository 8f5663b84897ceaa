//! Which column of a header holds the ids, and which could hold them as well.

use std::collections::HashSet;

use super::head::Block;
use super::layout::Heading;
use super::options::BindOptions;
use super::sample::{ColumnScore, MIN_ID_SCORE, Sample, looks_like_id};
use super::{fisc, synonyms};
use crate::catalog::key;

/// The column of the ids; columns by their place in the header.
pub(super) struct IdColumn {
    /// The column that tells the rows apart.
    pub(super) id: usize,
    /// All columns of the id from the most significant part: another one may be needed to tell the ids apart.
    pub(super) ids: Vec<usize>,
    /// How surely it is one.
    pub(super) score: f64,
    /// The columns that are equally good, itself among them.
    pub(super) rivals: Vec<usize>,
    /// Whether one of the rivals is taken, because it numbers the rows or stands in front.
    pub(super) is_settled: bool,
    /// Whether the ids stand in front of the texts of their column.
    pub(super) leads: bool,
}

impl IdColumn {
    /// Takes the columns the user names, else the one that looks most like an id's. `None` where a column that is
    /// named is not there, or none looks like one.
    pub(super) fn choose(
        sample: &Sample<'_>,
        block: &Block,
        columns: &[ColumnScore],
        options: &BindOptions,
    ) -> Option<Self> {
        let wanted: Vec<usize> = options
            .ids()
            .map(Heading::new)
            .map(|heading| block.columns.iter().position(|column| column.fits(&heading)))
            .collect::<Option<_>>()?;
        let grouped = numbered_in_groups(sample, block, columns);
        let leading = sample.column_of_leading_ids(block, columns, wanted.last().copied());
        let scores: Vec<(usize, f64)> = match wanted.last() {
            Some(&index) => vec![(index, columns[index].as_id().max(MIN_ID_SCORE))],
            None if grouped.is_some() => grouped.map(|index| (index, MIN_ID_SCORE + 2.0)).into_iter().collect(),
            None if leading.is_some() => leading.map(|index| (index, MIN_ID_SCORE)).into_iter().collect(),
            None => columns.iter().enumerate().map(|(index, column)| (index, column.as_id())).collect(),
        };
        let (id, best) =
            scores.iter().copied().fold((0, f64::MIN), |best, next| if next.1 > best.1 { next } else { best });
        if best < MIN_ID_SCORE {
            return None;
        }
        let equally_good =
            |&&(index, score): &&(usize, f64)| best - score < 0.05 && columns[index].rank == columns[id].rank;
        let rivals: Vec<usize> = scores.iter().filter(equally_good).map(|&(index, _)| index).collect();
        // People number the rows in front; another id further right is a reference to something else as often.
        let front = numbering_beside(sample, block, columns, &rivals).or_else(|| {
            rivals.first().copied().filter(|&first| first == 0 || synonyms::numbers_rows(&block.columns[first]))
        });
        let id = front.unwrap_or(id);
        let score = front.map_or(best, |index| columns[index].as_id());
        let ids = if wanted.is_empty() {
            // What is known as 大項目 names the group as it is.
            let is_major =
                |left: &usize| synonyms::column(&block.columns[*left]).is_some_and(|it| it.key == key::MAJOR);
            let upper = match () {
                () if grouped.is_some() => id.checked_sub(1).filter(|left| !is_major(left)),
                () if leading.is_some() => None,
                () => beside(sample, block, id),
            };
            let mut ids: Vec<usize> = upper.into_iter().chain([id]).collect();
            ids.sort_unstable();
            ids
        } else {
            wanted
        };
        Some(Self { id, ids, score, rivals, is_settled: front.is_some(), leads: leading.is_some() })
    }
}

/// The column beside the ids without which they are not told apart: `区分 | 番号`, `項 | 号`.
///
/// Short texts right beside them, which together with the ids name every row once.
fn beside(sample: &Sample<'_>, block: &Block, id: usize) -> Option<usize> {
    const LOWER: &[&str] = &["号", "枝番", "枝", "細目", "番号", "小番号", "no", "no."];
    let own = sample.texts(block.columns[id].column, false);
    let numbered = own.iter().filter(|text| !text.is_empty()).count();
    let distinct: HashSet<&&str> = own.iter().collect();
    if numbered < 3 || distinct.len() * 10 > numbered * 8 {
        return None;
    }
    let tells_apart = |index: usize| {
        let parts = sample.texts(block.columns[index].column, index < id);
        let is_short = parts.iter().all(|part| part.chars().count() <= 8 && !part.contains(['。', '、']));
        let pairs: HashSet<(&&str, &&str)> = own.iter().zip(&parts).filter(|(own, _)| !own.is_empty()).collect();
        is_short && pairs.len() == numbered
    };
    let upper = id.checked_sub(1);
    let lower = Some(id + 1)
        .filter(|&index| block.columns.get(index).is_some_and(|column| LOWER.contains(&column.folded_leaf())));
    [upper, lower].into_iter().flatten().find(|&index| tells_apart(index))
}

/// The column of bare numbers right beside a column that names nothing but FISC's groups: `区分 | 番号`.
fn numbered_in_groups(sample: &Sample<'_>, block: &Block, columns: &[ColumnScore]) -> Option<usize> {
    let is_number = |text: &str| text.is_empty() || text.bytes().all(|byte| byte.is_ascii_digit());
    let names_group = |text: &str| text.is_empty() || fisc::is_group(text);
    (1..columns.len()).find(|&index| {
        let numbers = sample.texts(block.columns[index].column, false);
        let groups = sample.texts(block.columns[index - 1].column, true);
        let pairs: HashSet<(&str, &str)> = groups.iter().copied().zip(numbers.iter().copied()).collect();
        let numbered = numbers.iter().filter(|text| !text.is_empty()).count();
        columns[index].rank >= 2
            && numbered > 0
            && numbers.iter().all(|text| is_number(text))
            && groups.iter().all(|text| names_group(text))
            && groups.first().is_some_and(|first| !first.is_empty())
            && pairs.iter().filter(|(_, number)| !number.is_empty()).count() == numbered
    })
}

/// The column of ids right of the one that only counts the rows: `No. | 機能ID`.
///
/// A row that is inserted moves every count behind it, the ids stay: they are what the next edition is compared by.
/// Only ids that are no counts themselves, and name every row once.
fn numbering_beside(sample: &Sample<'_>, block: &Block, columns: &[ColumnScore], rivals: &[usize]) -> Option<usize> {
    let &[counted, beside, ..] = rivals else { return None };
    let is_sum = |text: &&str| !text.is_empty() && !text.contains(char::is_numeric);
    let counts = sample.texts(block.columns[counted].column, false);
    let rows = counts.iter().position(is_sum).unwrap_or(counts.len());
    let counts = &counts[..rows];
    let mut filled = counts.iter().filter(|text| !text.is_empty()).map(|text| text.parse::<u32>().ok());
    let first = filled.next().flatten()?;
    let counts_rows = (first + 1..).zip(filled).all(|(next, count)| count == Some(next));
    let ids = sample.texts(block.columns[beside].column, false);
    let are_ids = ids.iter().zip(counts).all(|(id, count)| id.is_empty() == count.is_empty())
        && ids[..rows].iter().filter(|id| !id.is_empty()).all(|id| looks_like_id(id) && id.parse::<u32>().is_err());
    (beside == counted + 1 && counts_rows && are_ids && columns[beside].distinct >= 1.0).then_some(beside)
}
