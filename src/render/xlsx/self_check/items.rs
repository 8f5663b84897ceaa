//! 項目一覧: which columns the template asks for, and the items with their answers.

use rust_xlsxwriter::XlsxError;

use super::super::diff::compare;
use super::super::entries::{Column, Entries, Line, Pages, Placed, Shows, protect};
use super::super::measure;
use super::super::sheet::Sheet;
use super::Book;
use crate::address::{CellRef, Range, SheetRange, column_letters, quote_sheet};
use crate::answers::AnswerField;
use crate::catalog::{Catalog, key};
use crate::template::{Kind, WriteColumn};

/// The cell of 集計 with the day due dates are compared with, as formulas of both sheets name it.
pub(super) const TODAY_CELL: &str = "$A$4";

const HEADER_ROW: u32 = 0;

/// The table of items, laid out.
pub(super) struct Items<'a> {
    pub(super) entries: Entries<'a>,
    pub(super) title: String,
    layout: Layout,
}

/// How the table is laid on paper.
enum Layout {
    /// On one page's width where its texts have room there, else on a page for each part of it.
    Paged(Pages),
    /// On so many pages side by side as a template asks for, 0 for as many as it takes.
    Fitted(u16),
}

impl<'a> Items<'a> {
    pub(super) fn new(book: &Book<'a>) -> Self {
        let input = book.input;
        let lines = input.catalog.items.iter().zip(&input.assessment.results).map(|(item, &result)| Line {
            key: item.key.clone(),
            item: Some(item),
            title: None,
            answer: book.by_key.get(&item.key).copied(),
            result,
        });
        let title = book.sheet_title("items").unwrap_or("items").to_owned();
        let today_cell = book.sheet_title("summary").map(|summary| format!("{}!{}", quote_sheet(summary), TODAY_CELL));
        let entries = Entries {
            words: book.words,
            catalog: Some(input.catalog),
            columns: columns(book),
            lines: lines.collect(),
            live_results: input.reference_text,
            today_cell,
        };
        let page = book.wide_paper(None).width_chars();
        let wide = input.write.print.pages_wide;
        let entries = entries.folded();
        let entries =
            if wide == 1 { entries.within_pages(page) } else { entries.within(page / 0.6 * f64::from(wide.max(1))) };
        let entries = entries.widened(9.0, book.looks.font());
        let layout = if wide == 1 { Layout::Paged(entries.pages(page)) } else { Layout::Fitted(wide) };
        Self { entries, title, layout }
    }

    /// Where the lines will stand.
    pub(super) fn placed(&self) -> Placed {
        let lines = u32::try_from(self.entries.lines.len()).unwrap_or(u32::MAX).max(1);
        Placed { first_row: HEADER_ROW + 2, last_row: HEADER_ROW + 1 + lines }
    }

    /// The cells of a column, as a formula on another sheet names them.
    pub(super) fn range(&self, shows: &Shows) -> Option<String> {
        let column = column_letters(u32::try_from(self.entries.column(shows)?).ok()?);
        let Placed { first_row, last_row } = self.placed();
        Some(format!("{}!${column}${}:${column}${}", quote_sheet(&self.title), first_row + 1, last_row + 1))
    }

    /// The id cell of the item at this place among the catalog's.
    pub(super) fn place(&self, index: usize) -> SheetRange {
        let column = self.entries.column(&Shows::Id).unwrap_or(0) as u32;
        let cell = CellRef::new(self.placed().first_row + index as u32, column);
        SheetRange::new(&self.title.as_str().into(), Range::from(cell))
    }

    pub(super) fn sheet(&self, book: &Book<'a>) -> Result<Sheet<'a>, XlsxError> {
        let mut sheet = Sheet::new(&self.title, book.looks, book.words, &self.entries.widths_chars())?;
        let placed = self.entries.write(&mut sheet, HEADER_ROW)?;
        debug_assert_eq!(placed.last_row, self.placed().last_row);
        let id = self.entries.column(&Shows::Id).unwrap_or(0);
        sheet.freeze(HEADER_ROW + 2, id + 1)?;
        sheet.print_on(&book.wide_paper(Some((HEADER_ROW, HEADER_ROW + 1))))?;
        let print = &book.input.write.print;
        match &self.layout {
            Layout::Paged(pages) => sheet.paged(pages, id)?,
            Layout::Fitted(pages_wide) => sheet.spread(*pages_wide, id)?,
        }
        sheet.print_around(&print.header, &print.footer);
        if book.input.protect {
            protect(&mut sheet);
        }
        Ok(sheet)
    }
}

/// The template's columns, `*` replaced by the reference's own, columns without any content left out.
fn columns(book: &Book<'_>) -> Vec<Column> {
    let catalog = book.input.catalog;
    let write = &book.input.write.columns;
    let is_named = |key: &str| write.iter().any(|column| column.key == key);
    let mut columns = Vec::new();
    for column in write {
        if column.key == "*" {
            let rest = catalog.fields.iter().enumerate().filter(|(_, field)| !is_named(&field.key));
            columns.extend(rest.filter_map(|(index, _)| reference_column(book, column, index)));
        } else {
            columns.extend(named_column(book, column));
        }
    }
    if catalog.items.iter().any(|item| item.key.sheet.is_some()) {
        let heading = crate::render::xlsx::headings::sheet(book.words);
        let over = columns.first().map(|column: &Column| column.over.clone()).unwrap_or_default();
        columns.insert(1.min(columns.len()), Column::given(Shows::SheetName, over, heading, 18.0));
    }
    let extras = super::super::headings::extras(book.input.answers);
    let over =
        columns.iter().rev().find(|column| column.is_entry).map(|column| column.over.clone()).unwrap_or_default();
    let at = columns.iter().rposition(|column| column.is_entry).map_or(columns.len(), |at| at + 1);
    columns.splice(
        at..at,
        extras.into_iter().map(|heading| Column {
            is_entry: true,
            ..Column::given(Shows::Extra(heading.clone()), over.clone(), heading, 18.0)
        }),
    );
    columns
}

fn named_column(book: &Book<'_>, column: &WriteColumn) -> Option<Column> {
    let (over, heading) = levels(column);
    let width = |usual: f64| column.width_chars.map_or(usual, f64::from);
    match column.key.as_str() {
        "id" => Some(Column::given(Shows::Id, over, heading, width(10.0))),
        "group" if book.input.catalog.groups.is_empty() => None,
        "group" => Some(Column::given(Shows::Group, over, heading, width(11.0))),
        "result" => Some(Column::given(Shows::Result, over, heading, width(16.0))),
        name => match AnswerField::ALL.into_iter().find(|field| field.key() == name) {
            Some(field) if column.kind == Kind::Answer => Some(Column {
                is_entry: true,
                choices: choices(column, field),
                prompt: column.prompt.clone(),
                ..Column::given(Shows::Answer(field), over, heading, width(18.0))
            }),
            _ => {
                let index = book.input.catalog.field_index(name)?;
                let found = reference_column(book, column, index)?;
                Some(Column { heading, over, ..found })
            }
        },
    }
}

/// A column of the reference, as wide as its texts need and no wider than the template says.
fn reference_column(book: &Book<'_>, column: &WriteColumn, index: usize) -> Option<Column> {
    let catalog = book.input.catalog;
    let field = &catalog.fields[index];
    let is_text = &*field.key != key::CONFORMITY;
    if is_text && !book.input.reference_text {
        return None;
    }
    let widest = widest_chars(catalog, index)?;
    let (over, _) = levels(column);
    let own = compare::leaf(&field.label);
    let limit = column.width_chars.map_or(34.0, f64::from);
    let over = if over.is_empty() { column.heading.last().cloned().unwrap_or_default() } else { over };
    Some(Column::given(Shows::Field(index), over, own.to_owned(), (widest + 2.0).clamp(9.0, limit.max(9.0))))
}

/// Width of the widest line in a field over all items; `None` where no item has a text.
fn widest_chars(catalog: &Catalog, index: usize) -> Option<f64> {
    let values = catalog.items.iter().filter_map(|item| item.values.get(index)?.as_ref());
    values.map(|value| measure::text_width_chars(value.text.as_str(), 9.0)).reduce(f64::max)
}

fn levels(column: &WriteColumn) -> (String, String) {
    match column.heading.as_slice() {
        [] => (String::new(), column.key.clone()),
        [only] => (String::new(), only.clone()),
        [over, .., own] => (over.clone(), own.clone()),
    }
}

/// The template's choices, or the words of the list.
fn choices(column: &WriteColumn, field: AnswerField) -> Vec<String> {
    if column.choices.is_empty() { field.choices() } else { column.choices.clone() }
}
