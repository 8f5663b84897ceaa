//! What the first rows below a header say of its columns: which could hold the ids, which heading is itself data.

use std::collections::HashSet;
use std::rc::Rc;

use super::head::{Block, HeadColumn};
use super::synonyms;
use crate::address::CellRef;
use crate::workbook::{Cell, Sheet, Value};

/// How many rows below a header are looked at to judge it.
pub(super) const SAMPLE_ROWS: usize = 60;

/// The rows below a header, to judge its columns by.
pub(super) struct Sample<'a> {
    sheet: &'a Sheet,
    pub(super) rows: Vec<&'a [Cell]>,
}

/// Below this nothing in the column looks like an id.
pub(super) const MIN_ID_SCORE: f64 = 1.6;

/// More than the letters or the word that an id without a digit is: below `No` then stand answers, `Yes, in Word`.
const LETTERS: usize = 8;

/// What a column looks like.
pub(super) struct ColumnScore {
    /// How surely the heading names an id: 3 by a word for it, 2 by its form, 0 not.
    pub(super) rank: u8,
    /// Share of the sampled rows that hold something.
    pub(super) filled: f64,
    /// Share of the filled cells with a text of their own.
    pub(super) distinct: f64,
    /// Share of the filled cells that look like an id.
    pub(super) id_like: f64,
    /// Whether the heading itself looks like data.
    pub(super) heading_is_data: bool,
    /// Place from the left.
    pub(super) index: usize,
}

impl ColumnScore {
    pub(super) fn as_id(&self) -> f64 {
        // A column that is not called one holds ids where most of it looks like them; a number among sixty rows, whatever
        // stands over it, numbers none of the others.
        // Grades and levels look like ids as well and come again and again.
        let is_unlikely = self.rank == 0 && (self.id_like <= 0.5 || self.filled < 0.15 || self.distinct < 0.5);
        if self.heading_is_data || self.filled < 0.05 || is_unlikely {
            return f64::MIN;
        }
        let named = f64::from(self.rank) * 0.6;
        // A column to the left is a little better, but never enough to break a tie between two that are called ids.
        let place = if self.rank >= 2 { 0.0 } else { 0.04 * self.index as f64 };
        named + self.id_like + 0.8 * self.distinct + 0.5 * self.filled.min(1.0) - place
    }
}

impl<'a> Sample<'a> {
    pub(super) fn below(sheet: &'a Sheet, block: &Block) -> Self {
        let has_several = |cells: &&[Cell]| cells.len() > 1 || block.columns.len() == 1;
        Self { sheet, rows: rows_below(sheet, block).filter(has_several).take(SAMPLE_ROWS).collect() }
    }

    /// The rows below a header, those of a single cell among them.
    pub(super) fn all_below(sheet: &'a Sheet, block: &Block) -> Self {
        Self { sheet, rows: rows_below(sheet, block).take(SAMPLE_ROWS).collect() }
    }

    /// The rows below a header that hold an id each and nothing else yet: a form nobody has filled in.
    pub(super) fn of_blank_form(sheet: &'a Sheet, block: &Block) -> Option<Self> {
        let ids = block.columns.iter().find(|column| synonyms::id_rank(column) >= 2)?.column;
        let has_only_id =
            |cells: &&[Cell]| cells.iter().all(|cell| cell.at.column == ids || cell.text.trim().is_empty());
        let place = sheet.rows_from(block.last + 1).map(|(_, cells)| cells).take(SAMPLE_ROWS);
        let rows: Vec<&[Cell]> = place.take_while(has_only_id).collect();
        let sample = Self { sheet, rows };
        let texts = sample.texts(ids, false);
        let distinct: HashSet<&&str> = texts.iter().collect();
        let alike = texts.iter().filter(|text| looks_like_id(text)).count();
        let are_ids = texts.len() >= 3 && distinct.len() == texts.len() && alike * 10 >= texts.len() * 8;
        (block.columns.len() >= 2 && are_ids).then_some(sample)
    }

    /// Whether the ids of a column are what formulas take from elsewhere: the table is a view of another one. Numbers
    /// that count the rows are none.
    pub(super) fn is_derived(&self, column: u32) -> bool {
        let index = |cells: &&'a [Cell]| cells.binary_search_by_key(&column, |cell| cell.at.column).ok();
        let cells = self.rows.iter().filter_map(|cells| Some(&cells[index(cells)?]));
        let cells: Vec<&Cell> = cells.filter(|cell| !cell.text.trim().is_empty()).collect();
        let taken = cells.iter().filter(|cell| cell.is_formula && matches!(cell.value, Value::Text | Value::Error));
        let taken = taken.count();
        taken > 0 && taken * 2 >= cells.len()
    }

    /// Whether a column has a text of its own in nearly every row: it says what the item is, and what stands right of
    /// it is no level above.
    pub(super) fn tells_items_apart(&self, column: u32) -> bool {
        let texts = self.texts(column, false);
        let distinct: HashSet<&&str> = texts.iter().filter(|text| !text.is_empty()).collect();
        distinct.len() >= 3 && distinct.len() * 10 >= texts.len() * 9
    }

    /// Whether a column that has no heading between those that have holds something in most rows: a blank form asks
    /// there, `組織 | | 回答` over `ORG-01 | 規程はあるか | `.
    pub(super) fn asks_without_heading(&self, block: &Block) -> bool {
        let right = block.columns.last().map_or(0, |head| head.column);
        let left = block.columns.first().map_or(0, |head| head.column);
        // The heading of the ids may be merged over the questions beside them.
        let begins = |column: u32| block.columns.iter().any(|head| head.column == column);
        let mut unheaded = (left..right).filter(|&column| !begins(column));
        let filled = |column| self.rows.iter().filter(|cells| text_in(cells, column).is_some()).count();
        unheaded.any(|column| filled(column) * 2 > self.rows.len())
    }

    /// The texts of a column, one a row; a blank one is that above where a value is given once for the rows below.
    pub(super) fn texts(&self, column: u32, is_given_once: bool) -> Vec<&'a str> {
        let mut above = "";
        let mut text = |cells: &&'a [Cell]| {
            let own = text_in(cells, column).unwrap_or(if is_given_once { above } else { "" });
            above = own;
            own
        };
        self.rows.iter().map(&mut text).collect()
    }

    /// Whether a column's values are given once for the rows below them: the first row has one, rows with an id have
    /// none, and none comes again under the same values of the levels above.
    pub(super) fn is_given_once(&self, column: u32, upper: &[&HeadColumn], id: u32) -> bool {
        let levels: Vec<Vec<&str>> = upper.iter().map(|level| self.texts(level.column, true)).collect();
        let texts = self.texts(column, false);
        let ids = self.texts(id, false);
        let mut seen = HashSet::new();
        let given = texts.iter().enumerate().filter(|(_, text)| !text.is_empty());
        let is_once = given.map(|(row, text)| (levels.iter().map(|level| level[row]).collect::<Vec<_>>(), text));
        let is_blank = |(text, id): (&&str, &&str)| text.is_empty() && !id.is_empty();
        texts.first().is_some_and(|first| !first.is_empty())
            && texts.iter().zip(&ids).any(is_blank)
            && is_once.into_iter().all(|value| seen.insert(value))
    }

    /// The header with a column that has no heading and holds the ids, where no column is called one: `| 要件 |` over
    /// `1.1.1 | … |`.
    pub(super) fn with_unheaded_ids(&self, block: Rc<Block>) -> Rc<Block> {
        let is_japanese = has_japanese(&block);
        let has_named = (0..block.columns.len()).any(|index| {
            let score = self.score(&block, index, is_japanese);
            score.rank >= 2 && score.id_like > 0.0
        });
        let right = block.columns.last().map_or(0, |head| head.column);
        let unheaded = (0..right).filter(|&column| block.position(column).is_none());
        let best = unheaded.filter_map(|column| Some((self.ids_in(column)?, column))).max();
        match best {
            Some((_, column)) if !has_named => Rc::new(block.with_unheaded(column)),
            _ => block,
        }
    }

    /// How many ids a column holds, where it holds nothing else, each once, on most rows.
    fn ids_in(&self, column: u32) -> Option<usize> {
        let texts: Vec<&str> = self.texts(column, false).into_iter().filter(|text| !text.is_empty()).collect();
        let distinct: HashSet<&&str> = texts.iter().collect();
        let are_ids = texts.iter().all(|text| looks_like_id(text)) && distinct.len() == texts.len();
        (texts.len() >= 3 && texts.len() * 2 > self.rows.len() && are_ids).then_some(texts.len())
    }

    /// The column whose texts all begin with an id of their own (`GV.OC-01: …`), where no column holds ids alone: the
    /// one with the most of them.
    pub(super) fn column_of_leading_ids(
        &self,
        block: &Block,
        columns: &[ColumnScore],
        wanted: Option<usize>,
    ) -> Option<usize> {
        let count = |index: usize| {
            let texts = self.texts(block.columns[index].column, false).into_iter().filter(|text| !text.is_empty());
            let texts: Vec<&str> = texts.collect();
            let ids: HashSet<&str> = texts.iter().filter_map(|text| leading_id(text)).collect();
            let is_full = texts.len() * 10 >= self.rows.len() * 8;
            (is_full && ids.len() >= 3 && ids.len() * 10 >= texts.len() * 9).then_some(ids.len())
        };
        // Scores and grades come again; ids that nothing names do not.
        let has_ids =
            |column: &ColumnScore| column.as_id() >= MIN_ID_SCORE && (column.rank >= 2 || column.distinct >= 0.95);
        match wanted {
            Some(index) => count(index).filter(|_| columns[index].id_like < 0.5).map(|_| index),
            None if columns.iter().any(has_ids) => None,
            None => {
                let found = (0..columns.len()).filter(|&index| !columns[index].heading_is_data);
                found.filter_map(|index| Some((count(index)?, index))).max_by_key(|&(count, _)| count).map(|it| it.1)
            }
        }
    }

    /// What all columns of a header look like. Headings that count upwards from left to right number what stands under
    /// a wider heading: `結果 > 1`, `2`, `3`.
    pub(super) fn scores(&self, block: &Block) -> Vec<ColumnScore> {
        let is_japanese = has_japanese(block);
        let mut scores: Vec<ColumnScore> =
            (0..block.columns.len()).map(|index| self.score(block, index, is_japanese)).collect();
        let number = |column: &HeadColumn| column.folded_leaf().parse::<u32>().ok().filter(|_| column.shown.len() > 1);
        let numbers: Vec<Option<u32>> = block.columns.iter().map(number).collect();
        for (score, _) in scores.iter_mut().zip(counts_up(&numbers)).filter(|(_, counts)| *counts) {
            score.heading_is_data = false;
        }
        scores
    }

    /// `is_beside_japanese` tells whether some heading of the block is Japanese: asked once, for a header may have
    /// sixteen thousand columns.
    fn score(&self, block: &Block, index: usize, is_beside_japanese: bool) -> ColumnScore {
        let column = &block.columns[index];
        let texts: Vec<&str> = self.rows.iter().filter_map(|cells| text_in(cells, column.column)).collect();
        let distinct: HashSet<&str> = texts.iter().copied().collect();
        let rank = synonyms::id_rank(column);
        // A row of a list may say 品目分類番号 or `user_id` as well as a header: below one there are ids, or names without
        // blanks where it is no such name itself beside Japanese ones.
        let is_name = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
        let may_be_names = !(is_name(column.leaf()) && is_beside_japanese);
        let names_ids = || {
            let ids = texts.iter().filter(|text| looks_like_id(text) || may_be_names && is_name(text)).count();
            let is_sure = rank == 3 && column.leaf() != "id" || synonyms::numbers_rows(column);
            is_sure || ids * 2 > texts.len()
        };
        let rank = if rank > 0 && names_ids() { rank } else { 0 };
        // A date is an id that Excel has damaged only where the heading speaks of ids: 実施日 is a column of days.
        let is_day = |cells: &&&[Cell]| rank == 0 && is_date_in(cells, column.column);
        let ids = self.rows.iter().filter(|cells| !is_day(cells)).filter_map(|cells| text_in(cells, column.column));
        let id_like = ids.filter(|text| looks_like_id(text)).count();
        let id_like = if rank == 0 && are_amounts(&texts) { 0 } else { id_like };
        let share = |count: usize, of: usize| if of == 0 { 0.0 } else { count as f64 / of as f64 };
        let key = column.folded.last().map_or("", String::as_str);
        // A heading merged down stands in its first row.
        let rows = (block.first..=block.last).rev();
        let mut cells = rows.filter_map(|row| self.sheet.cell(CellRef::new(row, column.column)));
        let heading = cells.find(|cell| !cell.text.trim().is_empty());
        // A category, a grade, a state that stands below as well: the "header" is one of the rows.
        let is_value = |cell: &Cell| texts.iter().filter(|text| **text == cell.text.trim()).count() >= 2;
        ColumnScore {
            rank,
            filled: share(texts.len(), self.rows.len()),
            distinct: share(distinct.len(), texts.len()),
            id_like: share(id_like, texts.len()),
            heading_is_data: heading.is_some_and(|cell| heading_is_data(cell, key) || is_value(cell))
                || key == "no" && id_like == 0 && texts.iter().any(|text| text.chars().count() > LETTERS)
                || counts_on(column.leaf(), &texts),
            index,
        }
    }
}

/// The rows below a header, to where it or another one stands anew.
fn rows_below<'a, 'b>(sheet: &'a Sheet, block: &'b Block) -> impl Iterator<Item = &'a [Cell]> + use<'a, 'b> {
    let first = block.last + 1;
    // Where the header is repeated another page or table begins, whose ids say nothing of these. Its first heading
    // may be another one: that of the group which begins there.
    let is_heading = move |cell: &&Cell| {
        let mut rows = block.first..=block.last;
        rows.any(|row| sheet.text(CellRef::new(row, cell.at.column)).trim() == cell.text.trim())
    };
    let heading = move |cell: &Cell| sheet.text(CellRef::new(block.last, cell.at.column)).trim();
    let ids: Vec<u32> =
        block.columns.iter().filter(|column| synonyms::id_rank(column) >= 2).map(|column| column.column).collect();
    let repeats_header = move |cells: &[Cell]| {
        let again = cells.iter().filter(is_heading);
        let names_ids = again.clone().any(|cell| ids.contains(&cell.at.column));
        cells.len() > 1 && again.count() * 2 > cells.len()
            || names_ids && cells.len() >= 3
            || repeats_with_more_headings(cells, heading)
    };
    let place = sheet.rows_from(first).take_while(move |(_, cells)| !repeats_header(cells));
    place.map(|(_, cells)| cells)
}

/// Whether some heading is Japanese.
fn has_japanese(block: &Block) -> bool {
    block.columns.iter().any(|column| !column.leaf().is_ascii())
}

/// Which of the headings side by side count upwards from 0 or 1, as levels and rounds do. A calendar counts further.
pub(super) fn counts_up(headings: &[Option<u32>]) -> Vec<bool> {
    const MOST: usize = 10;
    let mut counts = vec![false; headings.len()];
    let mut first = 0;
    while first < headings.len() {
        let length = match headings[first] {
            Some(start @ 0..=1) => {
                headings[first..].iter().zip(start..).take_while(|(own, next)| **own == Some(*next)).count()
            }
            _ => 1,
        };
        counts[first..first + length].fill((2..=MOST).contains(&length));
        first += length;
    }
    counts
}

/// Whether a heading is the first of the numbered titles below it: `4.画面` over `5.帳票`, `2次` over `3次`.
fn counts_on(heading: &str, below: &[&str]) -> bool {
    let number = |text: &str| -> Option<(u32, char)> {
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        Some((text[..digits].parse().ok()?, text[digits..].chars().next()?))
    };
    let next = below.first().and_then(|text| number(text));
    next.is_some() && next == number(heading).map(|(own, behind)| (own.saturating_add(1), behind))
}

/// Whether a column of bare numbers counts nothing: neither upwards nor anew from 1 in every group.
fn are_amounts(texts: &[&str]) -> bool {
    let numbers: Option<Vec<u32>> = texts.iter().map(|text| text.parse().ok()).collect();
    numbers.is_some_and(|numbers| numbers.windows(2).any(|pair| pair[1] < pair[0] && pair[1] > 1))
}

/// Whether a row is the header again with another first heading, that of the group which begins there, and headings
/// over columns that had none in the header above.
pub(super) fn repeats_with_more_headings<'a>(cells: &[Cell], heading: impl Fn(&Cell) -> &'a str) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.text.trim().is_empty());
    let first = filled.next();
    let others: Vec<&Cell> = filled.collect();
    first.is_some_and(|cell| cell.text.trim() != heading(cell))
        && others.iter().any(|cell| cell.text.trim() == heading(cell))
        && others.iter().all(|cell| heading(cell).is_empty() || cell.text.trim() == heading(cell))
}

/// Whether a cell that should be a heading is data: a number, a date, an id, a sentence.
pub(super) fn heading_is_data(cell: &Cell, key: &str) -> bool {
    !matches!(cell.value, Value::Text)
        || cell.text.contains('。')
        || cell.text.contains("://")
        || cell.text.chars().count() > 80
        || is_guid(cell.text.trim())
        || (key.chars().count() <= 12 && looks_like_id(key) && key.chars().any(|c| c.is_ascii_digit()))
}

pub(super) fn text_in(cells: &[Cell], column: u32) -> Option<&str> {
    let index = cells.binary_search_by_key(&column, |cell| cell.at.column).ok()?;
    Some(cells[index].text.trim()).filter(|text| !text.is_empty())
}

/// The id before the colon of a text that says more behind it. A time of day has no letter before its colon.
pub(super) fn leading_id(text: &str) -> Option<&str> {
    let (id, rest) = text.split_once([':', '：'])?;
    let id = id.trim();
    let is_named = id.chars().any(char::is_alphabetic) || id.contains(['.', '-']);
    (is_named && looks_like_id(id) && rest.trim().chars().any(char::is_alphabetic)).then_some(id)
}

fn is_date_in(cells: &[Cell], column: u32) -> bool {
    let place = cells.binary_search_by_key(&column, |cell| cell.at.column);
    place.is_ok_and(|index| matches!(cells[index].value, Value::Date(_)))
}

/// Whether a text could be an id: short, one word, with a digit, no sentence: of hiragana の alone is found in ids.
pub(super) fn looks_like_id(text: &str) -> bool {
    let text = text.trim();
    let chars = text.chars().count();
    let blanks = text.chars().filter(|c| c.is_whitespace()).count();
    // 〇 is a number to Unicode and a tick to everyone else.
    let has_digit = text.chars().any(|c| c.is_numeric() && c != '〇');
    let hiragana = text.chars().filter(|c| matches!(c, 'ぁ'..='ん')).count();
    let is_drawn = text.chars().any(|c| matches!(c, '─'..='╿'));
    let is_date = text.chars().all(|c| c.is_ascii_digit() || c == '/');
    if is_amount(text) {
        return false;
    }
    let is_prose = text.contains(['。', '、', '％', '%', '/', ':', '：', '円', '¥', '￥', '$']) && !is_date;
    (chars > 0 && chars <= 24 && blanks <= 1 && has_digit && !is_prose && hiragana < 2 && !is_drawn) || is_guid(text)
}

/// Whether a text is a number with what it counts or measures: `4回`, `30点以下`, `500dpi`, `66×66mm`.
fn is_amount(text: &str) -> bool {
    const COUNTED: &[char] = &[
        '回', '点', '個', '人', '名', '枚', '台', '年', '月', '日', '時', '分', '秒', '歳', '才', '本', '冊', '社',
        '週', '間', '倍', '割', '位', '泊', '階',
    ];
    const UNITS: &[&str] = &[
        "mm", "cm", "km", "kg", "mg", "dpi", "px", "kb", "mb", "gb", "tb", "ms", "sec", "min", "hour", "hours", "day",
        "days",
    ];
    let text = text.trim_start_matches(['〜', '～', '約']);
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '×' | '〜' | '～' | '０'..='９');
    let rest = text.trim_start_matches(digits);
    let is_number = rest.len() < text.len() && text.starts_with(|c: char| c.is_numeric());
    let unit = rest.trim_start().to_ascii_lowercase();
    is_number && (rest.starts_with(COUNTED) || UNITS.contains(&unit.as_str()))
}

/// Whether a text is a GUID (RFC 9562: 8-4-4-4-12 hexadecimal digits), as Azure's review checklists number their items.
fn is_guid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_hex = |part: &&str| part.bytes().all(|b| b.is_ascii_hexdigit());
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12]) && parts.iter().all(is_hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_a_tick_and_a_drawn_tree_are_no_ids() {
        for id in ["1", "統1", "A&A-01.1", "実14の1", "①-1", "Ⅱ-02-0-(04)", "2021/1/1", "第1章", "1項", "3a", "1.2.3-4"]
        {
            assert!(looks_like_id(id), "{id}");
        }
        for text in [
            "",
            "〇",
            "要件",
            "名前は1～10の10文字",
            "├--E001.jpg",
            "1円",
            "3年以上とする。",
            "4回",
            "30点以下",
            "〜10月中旬",
            "500dpi",
            "66×66×29mm",
        ] {
            assert!(!looks_like_id(text), "{text}");
        }
    }
}
