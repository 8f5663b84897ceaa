//! 未完了一覧: every item with something left to do, with who does it by when. As of writing; the counts stay live.

use rust_xlsxwriter::XlsxError;

use super::super::entries::{excel_date, group_label};
use super::super::headings;
use super::super::looks::Look;
use super::super::sheet::Sheet;
use super::Book;
use super::items::Items;
use crate::address::SheetRange;
use crate::answers::AnswerField;
use crate::assess::OpenItem;

const WIDTHS_CHARS: [f64; 10] = [12.0, 14.0, 14.0, 12.0, 60.0, 44.0, 13.0, 11.0, 18.0, 14.0];
const LAST: usize = WIDTHS_CHARS.len() - 1;
const HEADER_ROW: u32 = 2;

pub(super) fn sheet<'a>(book: &Book<'a>, title: &str, items: &Items<'_>) -> Result<Sheet<'a>, XlsxError> {
    let mut sheet = book.begin(title, &WIDTHS_CHARS)?;
    sheet.merged(1, (0, LAST), &book.words.text("xlsx-open-lead"), &book.looks.line())?;
    for (column, heading) in headings(book).into_iter().enumerate() {
        sheet.text(HEADER_ROW, column, &heading, &book.looks.header())?;
    }
    sheet.at_least(HEADER_ROW, 22.0);
    let mut row = HEADER_ROW;
    let mut places = book.input.catalog.items.iter().enumerate();
    let looks = Looks::new(book);
    for item in &book.input.assessment.open {
        row += 1;
        // Both lists are in the catalog's order, so one walk finds every item.
        let found = places.find(|(_, other)| other.key == item.key);
        let group = found.and_then(|(_, found)| found.group.as_deref());
        let group = group.map(|group| group_label(book.input.catalog, group)).unwrap_or_default();
        write(book, &mut sheet, row, (item, &group, found.map(|(index, _)| items.place(index))), &looks)?;
    }
    if row == HEADER_ROW {
        sheet.merged(row + 1, (0, LAST), &book.words.text("xlsx-nothing-open"), &book.looks.cell())?;
    } else {
        sheet.filter(HEADER_ROW, row, LAST)?;
    }
    sheet.freeze(HEADER_ROW + 1, 1)?;
    sheet.print_on(&book.wide_paper(Some((HEADER_ROW, HEADER_ROW))))?;
    Ok(sheet)
}

fn headings(book: &Book<'_>) -> [String; 10] {
    let own = |name: &str| book.words.text(&format!("xlsx-column-{name}"));
    let field = |field| headings::field(book.words, field);
    [
        own("id"),
        own("group"),
        own("result"),
        field(AnswerField::Status),
        field(AnswerField::Response),
        field(AnswerField::Gap),
        field(AnswerField::Due),
        own("overdue"),
        field(AnswerField::Department),
        field(AnswerField::Owner),
    ]
}

struct Looks {
    cell: Look,
    centred: Look,
    date: Look,
    overdue: Look,
}

impl Looks {
    fn new(book: &Book<'_>) -> Self {
        let cell = book.looks.cell();
        Self {
            centred: cell.centred(),
            date: cell.centred().number("yyyy-mm-dd"),
            overdue: cell.centred().bold().coloured(0x9C_0006),
            cell,
        }
    }
}

fn write(
    book: &Book<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    (item, group, place): (&OpenItem, &str, Option<SheetRange>),
    looks: &Looks,
) -> Result<(), XlsxError> {
    let id = item.key.to_string();
    match place {
        Some(place) => sheet.link(row, 0, &place, &id, &looks.cell)?,
        None => sheet.text(row, 0, &id, &looks.cell)?,
    }
    let answer = book.by_key.get(&item.key);
    let text = |field| answer.map(|answer| answer.text(field)).unwrap_or_default();
    sheet.text(row, 1, group, &looks.centred)?;
    sheet.text(row, 2, item.result.word(), &looks.centred)?;
    sheet.text(row, 3, &text(AnswerField::Status), &looks.centred)?;
    sheet.text(row, 4, &text(AnswerField::Response), &looks.cell)?;
    sheet.text(row, 5, &text(AnswerField::Gap), &looks.cell)?;
    match item.due.and_then(excel_date) {
        Some(date) => sheet.date(row, 6, &date, &looks.date)?,
        None => sheet.text(row, 6, "", &looks.cell)?,
    }
    let overdue = if item.overdue { book.words.text("xlsx-overdue") } else { String::new() };
    sheet.text(row, 7, &overdue, &looks.overdue)?;
    sheet.text(row, 8, &item.department, &looks.cell)?;
    sheet.text(row, 9, &item.owner, &looks.cell)
}
