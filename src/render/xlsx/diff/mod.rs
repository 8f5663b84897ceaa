//! The diff workbook: サマリー, 新旧対照表, 追記一覧, 参照文書差分, 改訂表示の照合, 再確認一覧.
//!
//! Shows what [`crate::diff`] decided. A sheet without anything to say is still there and says so: a reader who misses
//! one cannot tell whether nothing was found or nothing was looked for.

mod additions;
mod audit;
pub(super) mod compare;
mod documents;
mod recheck;
mod summary;

use jiff::civil::DateTime;
use rust_xlsxwriter::XlsxError;

use super::Written;
use super::finish::{Properties, finish, unwritable};
use super::looks::Looks;
use super::sheet::{Paper, Sheet};
use crate::carry::Carried;
use crate::catalog::{Edition, Source};
use crate::diagnostic::Failure;
use crate::diff::{Diff, FieldDiff, ItemDiff};
use crate::render::words::Words;

/// Which side of 新旧対照表 is on the left.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sides {
    /// 現行 left, 改正後 right, as the financial regulator writes it.
    #[default]
    OldNew,
    /// 改正後 left, 現行 right, as law gazettes write it.
    NewOld,
}

/// What goes into a diff workbook beside the difference.
pub struct DiffWorkbook<'a> {
    /// The language of headings and notes.
    pub words: &'a Words,
    /// Which side is on the left.
    pub sides: Sides,
    /// The word over the old side, such as 改正前; `None` for 現行.
    pub old_word: Option<&'a str>,
    /// The word over the new side, such as 改正案; `None` for 改正後.
    pub new_word: Option<&'a str>,
    /// The answers carried to the new edition: those to be looked at again get a sheet. `None` leaves it out.
    pub carried: Option<&'a Carried>,
    /// The creation time in the document's properties; the only time in the workbook.
    pub created: DateTime,
}

/// Writes the difference between two editions, or the marks of one, as a workbook.
///
/// # Errors
///
/// `workbook-unwritable` where the difference is more than a workbook holds.
pub fn diff(diff: &Diff, options: &DiffWorkbook<'_>) -> Result<Written, Failure> {
    let looks = Looks::new();
    let page = Page { diff, options, looks: &looks };
    let sheets = page.sheets().map_err(unwritable)?;
    let title = options.words.text("xlsx-diff-title");
    finish(sheets, &Properties { title: &title, company: "", created: options.created })
}

/// What every sheet of the workbook is made from.
struct Page<'a> {
    diff: &'a Diff,
    options: &'a DiffWorkbook<'a>,
    looks: &'a Looks,
}

impl<'a> Page<'a> {
    fn sheets(&self) -> Result<Vec<Sheet<'a>>, XlsxError> {
        let mut sheets = vec![summary::sheet(self)?];
        if self.diff.old.is_some() {
            sheets.push(compare::sheet(&self.comparison(), &self.words().text("xlsx-sheet-compare"))?);
        }
        sheets.push(additions::sheet(self)?);
        if self.diff.old.is_some() {
            sheets.push(documents::sheet(self)?);
        }
        sheets.push(audit::sheet(self)?);
        if let Some(carried) = self.options.carried {
            sheets.push(recheck::sheet(self, carried)?);
        }
        Ok(sheets)
    }

    fn words(&self) -> &'a Words {
        self.options.words
    }

    fn comparison(&self) -> compare::Comparison<'a> {
        compare::Comparison {
            diff: self.diff,
            words: self.options.words,
            looks: self.looks,
            sides: self.options.sides,
            old_word: self.options.old_word,
            new_word: self.options.new_word,
        }
    }

    /// Begins a sheet: title line, and the editions compared below it.
    fn begin(&self, name: &str, widths_chars: &[f64]) -> Result<Sheet<'a>, XlsxError> {
        let name = self.words().text(name);
        let mut sheet = Sheet::new(&name, self.looks, self.words(), widths_chars)?;
        let last = widths_chars.len() - 1;
        let look = self.looks.title().ruled_below();
        sheet.merged(0, (0, last), &name, &look)?;
        sheet.merged(1, (0, last), &editions_line(self.diff, self.words()), &self.looks.line())?;
        Ok(sheet)
    }

    /// Begins the row of a field: its number, and whose field it is. A text too long for one cell goes on in rows below.
    fn write_whose(
        &self,
        sheet: &mut Sheet<'_>,
        (row, number): (u32, usize),
        (item, field): (&ItemDiff, &FieldDiff),
        is_continued: bool,
    ) -> Result<(), XlsxError> {
        let look = self.looks.cell();
        let continued = if is_continued { self.words().text("xlsx-continued") } else { String::new() };
        sheet.number(row, 0, number, &look.centred())?;
        sheet.text(row, 1, item.group.as_deref().unwrap_or_default(), &look.centred())?;
        sheet.text(row, 2, &item.key().to_string(), &look.as_text().centred())?;
        sheet.text(row, 3, &format!("{}{continued}", compare::leaf(&field.label)), &look)
    }

    /// Ends a table sheet: header frozen, filters, page set-up.
    fn end(&self, mut sheet: Sheet<'a>, table: Table) -> Result<Sheet<'a>, XlsxError> {
        sheet.freeze(table.header_row + 1, table.frozen_columns)?;
        if table.last_row > table.header_row {
            sheet.filter(table.header_row, table.last_row, table.columns - 1)?;
        }
        sheet.print_on(&Paper {
            is_a3: true,
            is_landscape: true,
            repeated_rows: Some((table.header_row, table.header_row)),
            header: editions_line(self.diff, self.words()),
        })?;
        Ok(sheet)
    }
}

/// Where a table stands on its sheet.
struct Table {
    header_row: u32,
    last_row: u32,
    columns: usize,
    frozen_columns: usize,
}

/// 「第9版 → 第9版改訂」, or the one edition.
pub(super) fn editions_line(diff: &Diff, words: &Words) -> String {
    let new = edition_name(&diff.new.0, &diff.new.1);
    match &diff.old {
        Some((edition, source)) => {
            words.with("xlsx-editions-compared", &[("old", edition_name(edition, source).into()), ("new", new.into())])
        }
        None => new,
    }
}

/// The edition's name, or else its file's.
pub(super) fn edition_name(edition: &Edition, source: &Source) -> String {
    edition.version.clone().unwrap_or_else(|| source.file.clone())
}
