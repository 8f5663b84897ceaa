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
    for (_, cells) in sheet.rows() {
        if may_be_header(layouts, cells)
            && let Some(list) = list_header(layouts, (sheet_index, sheet), cells, above)
        {
            lists.push(list);
        }
        above = Some(cells);
    }
    let last_row = sheet.rows().next_back().map_or(0, |(row, _)| row);
    let starts: Vec<u32> = lists.iter().map(|list| list.header.first.row).collect();
    for (list, next) in lists.iter_mut().zip(starts.iter().skip(1).map(Some).chain([None])) {
        list.rows.1 = next.map_or(last_row, |&row| row - 1);
    }
    lists
}

/// The cells of a list's header: number and title at least; a wider row heads another table.
const HEADER_CELLS: std::ops::RangeInclusive<usize> = 2..=8;
/// A heading is short, and so is the whole row; texts are not.
const LONGEST_HEADING_BYTES: usize = 120;

/// Whether a row could be the header of a list, as far as that can be told without folding: every row of every sheet
/// is asked.
fn may_be_header(layouts: &[ListLayout], cells: &[Cell]) -> bool {
    let is_short = |cell: &Cell| cell.text.len() <= LONGEST_HEADING_BYTES;
    let may_head_numbers = |cell: &Cell| {
        let mut numbers = layouts.iter().flat_map(|layout| &layout.number);
        // A flat heading names its levels (`文書_番号`).
        cell.text.contains('_')
            || numbers.any(|heading| {
                heading.literal_leaf().is_none_or(|leaf| fold::may_have_heading_key(cell.text.trim(), leaf))
            })
    };
    HEADER_CELLS.contains(&cells.len()) && cells.iter().all(is_short) && cells.iter().any(may_head_numbers)
}

fn list_header(
    layouts: &[ListLayout],
    (sheet_index, sheet): (usize, &Sheet),
    cells: &[Cell],
    above: Option<&[Cell]>,
) -> Option<BoundList> {
    let row = cells.first()?.at.row;
    let keys: Vec<(u32, String)> = cells.iter().map(|cell| (cell.at.column, fold::heading_key(&cell.text))).collect();
    let column = |headings: &[Heading], but: &[u32]| {
        keys.iter()
            .find(|(column, key)| !but.contains(column) && headings.iter().any(|h| h.leaf_fits(key)))
            .map(|(c, _)| *c)
    };
    let is_titled = |layout: &ListLayout| {
        let title_above = above.into_iter().flatten().any(|cell| fits(&layout.titles, &cell.text));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::List;

    fn layout(number: &str) -> ListLayout {
        let headings = |text: &str| vec![Heading::new(text)];
        let (titles, number, title) = (headings("参照文書*"), headings(number), headings("文書名*"));
        ListLayout { list: List::Documents, titles, number, title, url: headings("URL") }
    }

    #[test]
    fn a_list_is_found_whatever_its_numbers_are_called() {
        for (number, heading) in [("番号", "番号"), ("資料ID", "資料ＩＤ"), ("*番号", "管理番号"), ("No", "Ｎｏ")]
        {
            let csv = format!("参照文書一覧,,\n{heading},文書名,URL\n1,規程,https://example.com\n");
            let workbook = crate::workbook::read(csv.as_bytes(), "a.csv", &Default::default()).unwrap();
            let lists = bound_lists(&[layout(number)], &workbook.sheets[0], 0);
            let found: Vec<(u32, u32, u32)> = lists.iter().map(|list| (list.number, list.title, list.rows.0)).collect();
            assert_eq!(found, [(0, 1, 2)], "{number}");
        }
    }
}
