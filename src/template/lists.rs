//! Finds the lists of cited documents: a number column and a title column side by side, restarting at 01.

use super::binding::BoundList;
use super::layout::{Heading, ListLayout};
use crate::address::{CellRef, Range};
use crate::text::fold;
use crate::workbook::{Cell, Sheet};

/// Finds every list of a template on a sheet, top down.
///
/// Where two lists have the same headings, the title above the list or the sheet's name decides.
pub(super) fn bound_lists(layouts: &[ListLayout], sheet: &Sheet, sheet_index: usize) -> Vec<BoundList> {
    if layouts.is_empty() {
        return Vec::new();
    }
    let mut lists: Vec<BoundList> = Vec::new();
    let mut above = None;
    for (row, cells) in sheet.rows() {
        if let Some(list) = list_header(layouts, sheet, sheet_index, row, cells, above) {
            lists.push(list);
        }
        above = Some((row, cells));
    }
    let last_row = sheet.rows().next_back().map_or(0, |(row, _)| row);
    let starts: Vec<u32> = lists.iter().map(|list| list.header.first.row).collect();
    for (list, next) in lists.iter_mut().zip(starts.iter().skip(1).map(Some).chain([None])) {
        list.rows.1 = next.map_or(last_row, |&row| row - 1);
    }
    lists
}

fn list_header(
    layouts: &[ListLayout],
    sheet: &Sheet,
    sheet_index: usize,
    row: u32,
    cells: &[Cell],
    above: Option<(u32, &[Cell])>,
) -> Option<BoundList> {
    let may_be_heading = |cell: &&Cell| cell.text.len() <= 120;
    if cells.len() < 2 || cells.len() > 8 || !cells.iter().all(|cell| may_be_heading(&cell)) {
        return None;
    }
    let starts_like_number = |text: &str| {
        matches!(
            text.trim_start().chars().next(),
            Some('番' | '文' | 'N' | 'n' | 'Ｎ' | '№' | '#' | '＃' | '項' | '【')
        )
    };
    if !cells.iter().any(|cell| starts_like_number(&cell.text)) {
        return None;
    }
    let keys: Vec<(u32, String)> = cells.iter().map(|cell| (cell.at.column, fold::heading_key(&cell.text))).collect();
    let column = |headings: &[Heading], but: &[u32]| {
        keys.iter()
            .find(|(column, key)| !but.contains(column) && headings.iter().any(|h| h.leaf_fits(key)))
            .map(|(c, _)| *c)
    };
    let is_titled = |layout: &ListLayout| {
        let title_above = above.iter().flat_map(|(_, cells)| cells.iter()).any(|cell| fits(&layout.titles, &cell.text));
        title_above || fits(&layout.titles, &sheet.name)
    };
    let found = layouts.iter().filter_map(|layout| {
        let number = column(&layout.number, &[])?;
        let title = column(&layout.title, &[number])?;
        let url = column(&layout.url, &[number, title]);
        Some((layout, number, title, url))
    });
    let (layout, number, title, url) = found.max_by_key(|(layout, ..)| is_titled(layout))?;
    let left = keys.first().map_or(number, |&(column, _)| column);
    let right = keys.last().map_or(title, |&(column, _)| column);
    Some(BoundList {
        list: layout.list,
        sheet: sheet_index,
        header: Range::new(CellRef::new(row, left), CellRef::new(row, right)),
        rows: (row + 1, row),
        number,
        title,
        url,
    })
}

fn fits(titles: &[Heading], text: &str) -> bool {
    text.len() <= 200 && {
        let key = fold::heading_key(text);
        titles.iter().any(|title| title.leaf_fits(&key))
    }
}
