//! Answer tables of a workbook or delimited text to answers: our own sheets, the finished deliverable, a user's table.
//!
//! The table is found by its headings and every row by its id, never by position: sheets may be sorted, filtered and
//! have rows inserted. What stands in the reference's columns beside the answers is never taken for an answer.

mod block;
mod bound;
mod conflicts;
mod layout;
mod row_items;
mod rows;

use crate::address::SheetRange;
use crate::answers::column;
use crate::answers::merge::append;
use crate::answers::place::{Ids, without_duplicates};
use crate::answers::{Answer, Answers, Read};
use crate::catalog::{Catalog, ItemStatus};
use crate::diagnostic::{Diagnostic, Failure};
use crate::template::BindOptions;
use crate::text::fold::value_key;
use crate::workbook::{Format, Sheet, Visibility, Workbook};

use layout::{Layout, Search};
use row_items::RowItems;

/// How to read answers. By default without a catalog, from every sheet that holds an answer table.
#[derive(Clone, Debug, Default)]
pub struct AnswerOptions<'a> {
    /// The edition they are given for: ids are looked up in it, its columns are told from the user's own.
    pub catalog: Option<&'a Catalog>,
    /// Only these sheets.
    pub sheets: Vec<String>,
    /// The first header row, from 1.
    pub header_row: Option<u32>,
    /// How the reference was found: what its template or the user's fields call answers is read as such where the
    /// workbook is laid out as the reference is.
    pub bind: BindOptions,
}

/// Reads the answers of a workbook.
///
/// # Errors
///
/// `answers-no-table` where no sheet has an id column and an answer column under headings we know,
/// `answers-sheet-missing` where a sheet that was asked for is not there, `answers-form-newer` for an answer sheet of a
/// later version of the form. What is wrong with a single answer is among
/// the diagnostics, with its cell; that answer is left out.
pub fn answers(workbook: &Workbook, options: &AnswerOptions<'_>) -> Result<Read, Failure> {
    let tables = tables(workbook, options)?;
    tables.iter().try_for_each(|table| known_form(table).map_err(Failure::from))?;
    let mut read = Read { answers: Answers::default(), diagnostics: workbook.diagnostics.clone() };
    block::cover(workbook, &mut read.answers);
    read.answers.conflicts = conflicts::read(workbook);
    let mut ids = Ids::new(options.catalog);
    let items = RowItems::new(workbook, &options.bind);
    for table in &tables {
        let sheet = table.sheet;
        block::above(sheet, table.layout.first_row, table.layout.is_form(), &mut read.answers);
        read.diagnostics.extend(table.layout.diagnostics(sheet, options.catalog));
        let rows = rows::read(workbook, sheet, &table.layout, &mut ids, &items, &mut read.diagnostics);
        match table.kind {
            Kind::Answers => append(&mut read.answers.answers, rows),
            Kind::Retired => read.answers.retired.extend(rows),
        }
    }
    if let Some(catalog) = options.catalog {
        retire(&mut read, catalog);
        if read.answers.edition.version.is_none() {
            read.answers.edition = catalog.edition.clone();
        }
    }
    Ok(without_duplicates(read))
}

/// Says whether a workbook holds answers and no reference: an answer sheet of ours, by the name of its form, or a table
/// in which answer columns outnumber all others.
pub fn is_answer_table(workbook: &Workbook) -> bool {
    let is_text = matches!(workbook.format, Format::Csv | Format::Tsv);
    let options = AnswerOptions::default();
    let search = Search::new(&options, is_text);
    let layouts = workbook.sheets.iter().filter_map(|sheet| layout::find(sheet, &search));
    layouts.into_iter().any(|layout| layout.is_form() || layout.is_mostly_answers())
}

/// Moves what was said about retired numbers to the retired answers.
fn retire(read: &mut Read, catalog: &Catalog) {
    let gone: std::collections::HashSet<_> =
        catalog.items.iter().filter(|item| item.status == ItemStatus::Retired).map(|item| &item.key).collect();
    let retired: Vec<Answer> = read.answers.answers.extract_if(.., |answer| gone.contains(&answer.key)).collect();
    for answer in retired.into_iter().filter(|answer| !answer.is_blank()) {
        let warning = Diagnostic::warning("answer-for-retired").arg("item", answer.key.to_string());
        read.diagnostics.push(warning.at_all(answer.at.as_ref()));
        read.answers.retired.push(answer);
    }
}

/// What a sheet's table holds.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Kind {
    Answers,
    Retired,
}

struct Table<'a> {
    sheet: &'a Sheet,
    layout: Layout,
    kind: Kind,
}

fn tables<'a>(workbook: &'a Workbook, options: &AnswerOptions<'_>) -> Result<Vec<Table<'a>>, Failure> {
    let sheets = asked_for(workbook, options)?;
    let is_text = matches!(workbook.format, Format::Csv | Format::Tsv);
    let search = Search::new(options, is_text);
    let bound = bound::layouts(workbook, &options.bind).into_iter();
    let bound = bound.map(|(place, layout)| Table { sheet: &workbook.sheets[place], layout, kind: Kind::Answers });
    let bound: Vec<Table<'a>> =
        bound.filter(|table| sheets.iter().any(|sheet| sheet.name == table.sheet.name)).collect();
    if !bound.is_empty() {
        return Ok(bound);
    }
    let mut found: Vec<Table<'a>> = Vec::new();
    for sheet in &sheets {
        if let Some(layout) = layout::find(sheet, &search) {
            let kind = if is_named(sheet, RETIRED_SHEETS) { Kind::Retired } else { Kind::Answers };
            found.push(Table { sheet, layout, kind });
        }
    }
    let best = found.iter().filter(|table| table.kind == Kind::Answers).map(|table| table.layout.score()).max();
    let Some(best) = best else { return Err(no_table(&sheets).into()) };
    if options.sheets.is_empty() {
        keep_answer_sheets(&mut found, best);
    }
    Ok(found)
}

/// Of several tables keeps those people answer in: not the flat copy for machines, not the example, not a list that
/// repeats some columns (the unanswered ones, say).
fn keep_answer_sheets(found: &mut Vec<Table<'_>>, best: u32) {
    let answers = |table: &&Table<'_>| table.kind == Kind::Answers && table.layout.score() * 2 >= best;
    let plain: Vec<bool> = found
        .iter()
        .map(|table| answers(&table) && !is_named(table.sheet, COPY_SHEETS) && is_shown(table.sheet))
        .collect();
    let has_plain = plain.contains(&true);
    let mut plain = plain.into_iter();
    found.retain(|table| {
        let is_plain = plain.next().expect("one for each table");
        table.kind == Kind::Retired || if has_plain { is_plain } else { answers(&table) }
    });
}

const RETIRED_SHEETS: &[&str] = &["旧回答", "廃止項目の回答", "retired", "retired answers"];
const COPY_SHEETS: &[&str] =
    &["データ", "data", "記入例", "example", "サンプル", "競合", "conflicts", "集計", "summary"];

fn is_named(sheet: &Sheet, names: &[&str]) -> bool {
    names.contains(&value_key(&sheet.name).as_str())
}

fn is_shown(sheet: &Sheet) -> bool {
    sheet.visibility == Visibility::Visible
}

fn asked_for<'a>(workbook: &'a Workbook, options: &AnswerOptions<'_>) -> Result<Vec<&'a Sheet>, Failure> {
    if options.sheets.is_empty() {
        return Ok(workbook.sheets.iter().collect());
    }
    let names = || workbook.sheets.iter().map(|sheet| &*sheet.name);
    let missing = |name: &String| {
        let near = crate::text::suggest::nearest(name, names()).unwrap_or("none");
        Failure::from(Diagnostic::error("answers-sheet-missing").arg("sheet", name.as_str()).arg("near", near))
    };
    options.sheets.iter().map(|name| workbook.sheet(name).ok_or_else(|| missing(name))).collect()
}

/// Refuses an answer sheet of a form that is later than ours: its columns may mean something else.
fn known_form(table: &Table<'_>) -> Result<(), Diagnostic> {
    let own = column::form_version(column::FORM);
    let head = table.sheet.rows().take_while(|&(row, _)| row <= table.layout.last_row).flat_map(|(_, cells)| cells);
    for cell in head {
        let version = column::form_version(&cell.text);
        if version > own {
            let version = version.unwrap_or_default();
            let place = SheetRange::new(&table.sheet.name, cell.at);
            return Err(Diagnostic::error("answers-form-newer").arg("version", version.to_string()).at(place));
        }
    }
    Ok(())
}

fn no_table(sheets: &[&Sheet]) -> Diagnostic {
    let first_row = |sheet: &&Sheet| {
        let (_, cells) = sheet.rows().next()?;
        let last = cells.last()?.at;
        Some(SheetRange::new(&sheet.name, crate::address::Range::new(cells[0].at, last)))
    };
    let mut diagnostic = Diagnostic::error("answers-no-table");
    diagnostic.at.extend(sheets.iter().filter_map(first_row).take(5));
    diagnostic
}

#[cfg(test)]
mod tests;
