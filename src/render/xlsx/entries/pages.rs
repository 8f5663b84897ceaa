//! How a table wider than a page is laid on pages side by side: what is given on the first, what is filled in on the
//! next, the ids repeated on each, all of it at one size that can be read.

use std::ops::Range;

use super::{Column, Entries, Shows};

/// A table is printed no smaller than this: 9 points become 6.3.
const LEAST_SCALE: f64 = 0.7;
/// So much smaller it may be where that saves a page with a column or two on it.
const LOOSE: f64 = 1.08;
/// Excel's columns are a little wider on other fonts and printers than on ours.
const SLACK: f64 = 1.07;
/// What Excel adds to a column beside its characters: 5 pixels.
const PADDING_CHARS: f64 = 5.0 / 7.0;

/// The pages side by side of a wide table.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Pages {
    /// The column each page but the first begins with.
    pub(in super::super) breaks: Vec<usize>,
    /// The size of the print, in percent.
    pub(in super::super) percent: u16,
}

impl Entries<'_> {
    /// Sets the widths for pages that show so many characters at full size: for one page where the texts have room
    /// there, else for a page for each part of the table.
    pub(in super::super) fn within_pages(self, page_chars: f64) -> Self {
        let room = room(page_chars);
        let all = 0..self.columns.len();
        let wanted: f64 = self.shown(all).map(|index| self.wanted_chars(index) + PADDING_CHARS).sum();
        if wanted <= room {
            return self.within(room);
        }
        let repeated: f64 = self.shown(0..1).map(|index| self.wanted_chars(index) + PADDING_CHARS).sum();
        self.parts().into_iter().fold(self, |entries, part| {
            let beside = if part.start == 0 { 0.0 } else { repeated };
            let padding = entries.shown(part.clone()).count() as f64 * PADDING_CHARS;
            entries.part_within(part, room - beside - padding)
        })
    }

    /// The pages the table takes in the widths it has: one, or one for each part of it, more where even the narrowest
    /// columns of a part need them.
    pub(in super::super) fn pages(&self, page_chars: f64) -> Pages {
        let strict = self.laid_out(page_chars, room(page_chars));
        let loose = self.laid_out(page_chars, room(page_chars) * LOOSE);
        if loose.breaks.len() < strict.breaks.len() { loose } else { strict }
    }

    fn laid_out(&self, page_chars: f64, room: f64) -> Pages {
        let repeated = self.width_chars(0..self.column(&Shows::Id).unwrap_or(0) + 1);
        let parts = self.parts();
        let (mut breaks, mut used, mut widest) = (Vec::new(), 0.0, 0.0_f64);
        let is_one_page = self.width_chars(0..self.columns.len()) <= room;
        for index in self.shown(0..self.columns.len()) {
            let width = self.width_chars(index..index + 1);
            // What is left of a page takes no part of the table that does not fit into it whole.
            let part = parts.iter().find(|part| part.start == index).cloned();
            let next = part.map_or(width, |part| self.width_chars(part));
            if !is_one_page && used > repeated && used + next > room {
                breaks.push(index);
                used = repeated;
            }
            used += width;
            widest = widest.max(used);
        }
        let percent = (page_chars / widest.max(1.0) / SLACK * 100.0).floor().clamp(10.0, 100.0);
        Pages { breaks, percent: percent as u16 }
    }

    /// The parts of a table: what is given, what carrying had to say, what is filled in and what comes of it.
    fn parts(&self) -> Vec<Range<usize>> {
        let part = |column: &Column| match column.shows {
            _ if column.is_entry => 2,
            Shows::Result | Shows::Key => 2,
            Shows::Carry(_) => 1,
            _ => 0,
        };
        let mut parts: Vec<Range<usize>> = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            match parts.last_mut() {
                Some(last) if part(&self.columns[last.start]) == part(column) => last.end = index + 1,
                _ => parts.push(index..index + 1),
            }
        }
        parts
    }

    fn width_chars(&self, columns: Range<usize>) -> f64 {
        self.shown(columns).map(|index| self.columns[index].width_chars + PADDING_CHARS).sum()
    }

    /// The columns that are neither folded away nor hidden.
    pub(super) fn shown(&self, columns: Range<usize>) -> impl Iterator<Item = usize> {
        columns.filter(|&index| !self.columns[index].is_folded && !self.columns[index].is_hidden())
    }
}

/// How many characters stand side by side on a page at the least size.
fn room(page_chars: f64) -> f64 {
    page_chars / LEAST_SCALE / SLACK
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::words::{Lang, Words};

    fn column(shows: Shows, is_entry: bool, width_chars: f64) -> Column {
        Column { is_entry, ..Column::given(shows, String::new(), "欄".to_owned(), width_chars) }
    }

    /// The pages of a table with so many columns that are given, and to fill in, each up to 30 characters wide.
    fn pages(given: usize, to_fill_in: usize) -> Pages {
        let words = Words::new(Lang::Ja);
        let wide = |is_entry| column(Shows::Extra("独自".to_owned()), is_entry, 30.0);
        let mut columns = vec![column(Shows::Id, false, 10.0)];
        columns.extend(std::iter::repeat_n(wide(false), given));
        columns.extend(std::iter::repeat_n(wide(true), to_fill_in));
        let table =
            Entries { words: &words, catalog: None, columns, lines: Vec::new(), live_results: false, today_cell: None };
        table.within_pages(216.0).pages(216.0)
    }

    #[test]
    fn a_table_that_can_be_read_on_one_page_stays_on_it() {
        assert_eq!(pages(4, 4).breaks, Vec::<usize>::new());
    }

    #[test]
    fn a_wider_table_breaks_between_what_is_given_and_what_is_filled_in() {
        let pages = pages(6, 8);
        assert_eq!(pages.breaks, [7]);
        assert!((70..100).contains(&pages.percent), "{}", pages.percent);
    }

    #[test]
    fn a_page_that_would_hold_one_column_is_saved_by_a_smaller_print() {
        // The narrowest 20 take a little more room than the second page has.
        let pages = pages(6, 20);
        assert_eq!(pages.breaks, [7]);
        assert!((64..70).contains(&pages.percent), "{}", pages.percent);
    }

    #[test]
    fn columns_that_even_their_narrowest_fit_no_page_take_another() {
        let pages = pages(3, 40);
        assert_eq!(pages.breaks[0], 4);
        assert!(pages.breaks.len() > 1 && pages.percent >= 64, "{pages:?}");
    }
}
