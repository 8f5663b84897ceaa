//! The answer sheet: blank or prefilled, to be filled in by several people and read back.
//!
//! Rows are found again by the id in the row and by a hidden column that repeats it, so they may be sorted, filtered, or
//! have rows between them, and a number mistyped or deleted loses no answer. The answers that were carried or merged are written in the same form, with 旧回答 and 競合 on sheets of their own.

use std::collections::{HashMap, HashSet};

use jiff::civil::DateTime;
use rust_xlsxwriter::XlsxError;

use super::Written;
use super::diff::compare;
use super::entries::{Column as TableColumn, Entries, Line, Pages, Shows, group_label, protect};
use super::finish::{Properties, finish, unwritable};
use super::headings;
use super::looks::Looks;
use super::measure;
use super::sheet::{Paper, Sheet};
use crate::answers::column::{self, CarryField, Column, FORM};
use crate::answers::{Answer, AnswerField, Answers, Conflict, header};
use crate::catalog::{Catalog, Edition, Item, ItemKey, ItemStatus, key};
use crate::diagnostic::Failure;
use crate::render::words::{Lang, Words};

/// How wide the labels of the header block are.
const LABEL_CHARS: f64 = 15.0;

/// What an answer sheet is made from.
pub struct AnswerSheet<'a> {
    /// The language of headings, guidance and messages.
    pub words: &'a Words,
    /// The reference to answer; `None` writes the answers alone.
    pub catalog: Option<&'a Catalog>,
    /// Answers to begin with: last year's, carried or merged ones; `None` for a blank sheet.
    pub answers: Option<&'a Answers>,
    /// The items to list, such as one department's; `None` for all.
    pub only: Option<&'a [ItemKey]>,
    /// The user's own titles of items, for references that hold numbers only.
    pub titles: &'a [(ItemKey, String)],
    /// Whether the reference columns are locked. Excel cannot sort a protected range.
    pub protect: bool,
    /// Whether the reference's texts stand beside the cells to fill in.
    pub reference_text: bool,
    /// The creation time in the document's properties; the only time in the workbook.
    pub created: DateTime,
}

/// Writes an answer sheet.
///
/// # Errors
///
/// `workbook-unwritable` where it is more than a workbook holds.
pub fn answer_sheet(input: &AnswerSheet<'_>) -> Result<Written, Failure> {
    let looks = Looks::new();
    let sheets = sheets(input, &looks).map_err(unwritable)?;
    let title = input.words.text("xlsx-answer-sheet-title");
    let header = input.answers.map(|answers| answers.header.as_slice()).unwrap_or_default();
    let institution = header.iter().find(|(key, _)| key == "institution").map_or("", |(_, value)| value.as_str());
    finish(sheets, &Properties { title: &title, company: institution, created: input.created })
}

fn sheets<'a>(input: &'a AnswerSheet<'a>, looks: &'a Looks) -> Result<Vec<Sheet<'a>>, XlsxError> {
    let words = input.words;
    let page_chars = paper(input, (0, 0)).width_chars();
    let mut entries = entries(input).within_pages(page_chars).widened(9.0, looks.font());
    // The labels of the header block stand in the first column, too.
    let first = &mut entries.columns[0];
    first.width_chars = first.width_chars.max(LABEL_CHARS);
    let mut sheets = vec![answers_sheet(input, looks, &entries, &entries.pages(page_chars))?, guide(input, looks)?];
    sheets.extend(entries.lists_sheet(looks, words)?);
    let Some(answers) = input.answers else { return Ok(sheets) };
    if !answers.retired.is_empty() {
        let mut sheet = write_plain_answers(&words.text("xlsx-sheet-retired"), looks, words, &answers.retired)?;
        sheet.print_on(&paper(input, (0, 0)))?;
        sheets.push(sheet);
    }
    if !answers.conflicts.is_empty() {
        sheets.push(conflicts_sheet(input, looks, &answers.conflicts)?);
    }
    Ok(sheets)
}

fn entries<'a>(input: &'a AnswerSheet<'a>) -> Entries<'a> {
    Entries {
        words: input.words,
        catalog: input.catalog,
        columns: columns(input),
        lines: lines(input),
        live_results: false,
        today_cell: Some("TODAY()".to_owned()),
    }
}

/// The items in the catalog's order, then answers to items it does not have. 欠番 is listed only where it is answered.
fn lines<'a>(input: &'a AnswerSheet<'a>) -> Vec<Line<'a>> {
    let by_key = input.answers.map(Answers::by_key).unwrap_or_default();
    let titles: HashMap<&ItemKey, &str> = input.titles.iter().map(|(key, title)| (key, title.as_str())).collect();
    let only: Option<HashSet<&ItemKey>> = input.only.map(|only| only.iter().collect());
    let is_listed = |key: &ItemKey| only.as_ref().is_none_or(|only| only.contains(key));
    let items = input.catalog.map(|catalog| catalog.items.as_slice()).unwrap_or_default();
    let listed = items
        .iter()
        .filter(|item| is_listed(&item.key) && (item.status == ItemStatus::Active || by_key.contains_key(&item.key)));
    let known = listed.map(|item| Line {
        key: item.key.clone(),
        item: Some(item),
        title: titles.get(&item.key).copied(),
        answer: by_key.get(&item.key).copied(),
        result: None,
    });
    let in_catalog: HashSet<&ItemKey> = items.iter().map(|item| &item.key).collect();
    let answers = input.answers.map(|answers| answers.answers.as_slice()).unwrap_or_default();
    let others = answers.iter().filter(|answer| !in_catalog.contains(&answer.key) && is_listed(&answer.key));
    let others = others.map(|answer| Line {
        key: answer.key.clone(),
        item: None,
        title: titles.get(&answer.key).copied(),
        answer: Some(answer),
        result: None,
    });
    known.chain(others).collect()
}

fn columns(input: &AnswerSheet<'_>) -> Vec<TableColumn> {
    let words = input.words;
    let over_item = words.text("xlsx-over-item");
    let given = |shows, heading, width_chars| TableColumn::given(shows, over_item.clone(), heading, width_chars);
    let mut columns = vec![given(Shows::Id, words.text("xlsx-column-id"), 12.0)];
    let items = input.catalog.map(|catalog| catalog.items.as_slice()).unwrap_or_default();
    let answers = input.answers.map(|answers| answers.answers.as_slice()).unwrap_or_default();
    if items.iter().map(|item| &item.key).chain(answers.iter().map(|answer| &answer.key)).any(|key| key.sheet.is_some())
    {
        columns.push(given(Shows::SheetName, headings::sheet(words), 18.0));
    }
    if input.catalog.is_some_and(|catalog| !catalog.groups.is_empty() && !says_groups(input, catalog)) {
        columns.push(given(Shows::Group, words.text("xlsx-column-group"), 12.0));
    }
    if !input.titles.is_empty() {
        columns.push(given(Shows::Title, words.text("xlsx-column-title"), 26.0));
    }
    columns.extend(input.catalog.map(|catalog| reference_columns(input, catalog)).unwrap_or_default());
    columns.extend(carry_columns(input));
    columns.extend(AnswerField::ALL.into_iter().filter_map(|field| answer_column(input, field)));
    let over = words.text("xlsx-over-entry");
    columns.extend(input.answers.map(headings::extras).unwrap_or_default().into_iter().map(|heading| TableColumn {
        over: over.clone(),
        is_entry: true,
        ..given(Shows::Extra(heading.clone()), heading, 18.0)
    }));
    columns.push(TableColumn::key());
    columns
}

/// Whether a column of the reference says of every item the name of its group: then it is not said twice.
fn says_groups(input: &AnswerSheet<'_>, catalog: &Catalog) -> bool {
    let Some(major) = catalog.field_index(key::MAJOR).filter(|_| input.reference_text) else { return false };
    let label = |item: &Item| item.group.as_deref().map(|group| group_label(catalog, group));
    let says = |item: &Item| item.values.get(major)?.as_ref().map(|value| value.text.to_string());
    catalog.active().all(|item| label(item).is_some() && label(item) == says(item))
}

/// The reference's columns that say something, as wide as they need and no wider than 40.
fn reference_columns(input: &AnswerSheet<'_>, catalog: &Catalog) -> Vec<TableColumn> {
    let over = input.words.text("xlsx-over-reference");
    let fields = catalog.fields.iter().enumerate();
    let shown = fields.filter(|(_, field)| input.reference_text || &*field.key == key::CONFORMITY);
    let columns = shown.filter_map(|(index, field)| {
        let texts = catalog.items.iter().filter_map(|item| item.values.get(index)?.as_ref());
        let widest = texts.map(|value| measure::text_width_chars(value.text.as_str(), 9.0)).reduce(f64::max)?;
        let heading = compare::leaf(&field.label).to_owned();
        Some(TableColumn::given(Shows::Field(index), over.clone(), heading, (widest + 2.0).clamp(10.0, 40.0)))
    });
    columns.collect()
}

/// What carrying had to say, where the answers were carried: to be read, not filled in.
fn carry_columns(input: &AnswerSheet<'_>) -> Vec<TableColumn> {
    let answers = input.answers.map(|answers| answers.answers.as_slice()).unwrap_or_default();
    let said = |field| answers.iter().any(|answer| !column::text(answer, &Column::Carry(field)).is_empty());
    let fields = CarryField::ALL.into_iter().filter(|&field| said(field));
    let over = input.words.text("xlsx-over-carried");
    let columns = fields.map(|field| {
        let heading = headings::column(input.words, &Column::Carry(field));
        TableColumn::given(Shows::Carry(field), over.clone(), heading, carry_width_chars(field))
    });
    columns.collect()
}

/// The column of a field; those about re-checking only where an answer is to be re-checked.
fn answer_column(input: &AnswerSheet<'_>, field: AnswerField) -> Option<TableColumn> {
    use AnswerField::{ChangedText, Recheck, RecheckReason, RecheckedOn};
    let answers = input.answers.map(|answers| answers.answers.as_slice()).unwrap_or_default();
    let is_about_rechecking = matches!(field, Recheck | RecheckReason | ChangedText | RecheckedOn);
    let needed = [Recheck, RecheckReason, ChangedText, RecheckedOn];
    if is_about_rechecking && !answers.iter().any(|answer| needed.iter().any(|&field| !answer.text(field).is_empty())) {
        return None;
    }
    let (over, heading) = (input.words.text("xlsx-over-entry"), headings::field(input.words, field));
    Some(TableColumn {
        is_entry: true,
        choices: field.choices(),
        ..TableColumn::given(Shows::Answer(field), over, heading, usual_width_chars(field))
    })
}

/// Widths that suit what people write.
fn usual_width_chars(field: AnswerField) -> f64 {
    use AnswerField::*;
    match field {
        Applicability | Recheck => 10.0,
        Responsibility | Status => 12.0,
        Due | AnsweredOn | ApprovedOn | RecheckedOn | Reviewer | Approver | Owner | AnsweredEdition => 13.0,
        Department => 16.0,
        RecheckReason => 16.0,
        ExclusionReason | Scope | Gap | Remarks => 26.0,
        Evidence => 30.0,
        Response | ChangedText => 42.0,
    }
}

fn answers_sheet<'a>(
    input: &'a AnswerSheet<'a>,
    looks: &'a Looks,
    entries: &Entries<'_>,
    pages: &Pages,
) -> Result<Sheet<'a>, XlsxError> {
    let words = input.words;
    let mut sheet = Sheet::new(&words.text("xlsx-sheet-answers"), looks, words, &entries.widths_chars())?;
    sheet.text(0, 0, &words.text("xlsx-answer-sheet-title"), &looks.title())?;
    sheet.at_least(0, 28.0);
    sheet.text(1, 0, &words.text("xlsx-answer-sheet-lead"), &looks.line())?;
    let header_row = header_block(input, &mut sheet, 2)? + 1;
    entries.write(&mut sheet, header_row)?;
    let id = entries.column(&Shows::Id).unwrap_or(0);
    sheet.freeze(header_row + 2, id + 1)?;
    sheet.print_on(&paper(input, (header_row, header_row + 1)))?;
    sheet.paged(pages, id)?;
    if input.protect {
        protect(&mut sheet);
    }
    Ok(sheet)
}

/// Who answers for which system: a line each, label and value. Returns the row behind it.
fn header_block(input: &AnswerSheet<'_>, sheet: &mut Sheet<'_>, first_row: u32) -> Result<u32, XlsxError> {
    let label = sheet.looks.band();
    let value = sheet.looks.cell().middle().filled(sheet.looks.entry_fill()).unlocked();
    let mut row = first_row;
    for (name, text) in header_lines(input) {
        sheet.text(row, 0, &name, &label)?;
        sheet.merged(row, (1, 3), &text, &value)?;
        row += 1;
    }
    sheet.text(row, 0, &input.words.text("xlsx-header-form"), &sheet.looks.small())?;
    sheet.text(row, 1, FORM, &sheet.looks.small())?;
    Ok(row + 1)
}

/// What is known of edition and header, then blank lines for what is usually asked. Frameworks go by their name, and the
/// template, a matter of how the reference was read, is left out.
fn header_lines(input: &AnswerSheet<'_>) -> Vec<(String, String)> {
    let edition = |answers: &Answers| answers.edition != Edition::default();
    let own = input.answers.filter(|answers| edition(answers)).map(|answers| answers.edition.clone());
    let edition = own.or_else(|| input.catalog.map(|catalog| catalog.edition.clone())).unwrap_or_default();
    let shown = |label: header::Label<'_>| match input.words.lang {
        Lang::Ja => label.ja.to_owned(),
        Lang::En => label.en.to_owned(),
    };
    let framework = edition.framework.as_deref().map(|key| shown(header::framework(key)));
    let header = input.answers.map(|answers| answers.header.clone()).unwrap_or_default();
    let known = Answers { edition: Edition { framework, template: None, ..edition }, header, ..Answers::default() };
    let lines = header::lines(&known).into_iter().map(|(label, value)| (shown(label), value.to_owned()));
    let mut lines: Vec<(String, String)> = lines.collect();
    for label in ["institution", "system", "services", "date", "author"].map(|key| shown(header::label(key))) {
        if !lines.iter().any(|(known, _)| *known == label) {
            lines.push((label, String::new()));
        }
    }
    lines
}

fn paper(input: &AnswerSheet<'_>, repeated_rows: (u32, u32)) -> Paper {
    Paper {
        is_a3: true,
        is_landscape: true,
        repeated_rows: Some(repeated_rows),
        header: input.words.text("xlsx-answer-sheet-title"),
    }
}

/// 記入方法: each column, how it is filled in, and an example.
fn guide<'a>(input: &'a AnswerSheet<'a>, looks: &'a Looks) -> Result<Sheet<'a>, XlsxError> {
    let words = input.words;
    let mut sheet = Sheet::new(&words.text("xlsx-sheet-how-to"), looks, words, &[22.0, 62.0, 50.0])?;
    sheet.merged(0, (0, 2), &words.text("xlsx-sheet-how-to"), &looks.title().ruled_below())?;
    sheet.at_least(0, 30.0);
    let mut row = 1;
    for number in 1..=5 {
        row += 1;
        let text = words.text(&format!("xlsx-how-to-{number}"));
        sheet.merged(row, (0, 2), &format!("{number}. {text}"), &looks.paragraph())?;
    }
    row += 2;
    for (column, name) in ["entry-name", "entry-how", "entry-example"].into_iter().enumerate() {
        sheet.text(row, column, &words.text(&format!("xlsx-column-{name}")), &looks.header())?;
    }
    for field in AnswerField::ALL.into_iter().filter(|&field| answer_column(input, field).is_some()) {
        row += 1;
        let name = field.key().replace('_', "-");
        sheet.text(row, 0, &headings::field(words, field), &looks.band())?;
        sheet.text(row, 1, &words.text(&format!("xlsx-prompt-{name}")), &looks.cell())?;
        sheet.text(row, 2, &words.text(&format!("xlsx-example-{name}")), &looks.cell())?;
        sheet.at_least(row, 22.0);
    }
    sheet.print_on(&Paper {
        is_a3: false,
        is_landscape: false,
        repeated_rows: None,
        header: words.text("xlsx-answer-sheet-title"),
    })?;
    Ok(sheet)
}

/// Answers as a plain table of one header row, every field that any of them has.
pub(super) fn write_plain_answers<'a>(
    name: &str,
    looks: &'a Looks,
    words: &'a Words,
    answers: &[Answer],
) -> Result<Sheet<'a>, XlsxError> {
    let said = |column: &Column| answers.iter().any(|answer| !column::text(answer, column).is_empty());
    // Without a column for answers the table would not be known as one, and blank answers would be lost.
    let stays = |column: &Column| said(column) || *column == Column::Field(AnswerField::Status);
    let columns: Vec<Column> = column::columns(answers).into_iter().filter(stays).collect();
    let widths: Vec<f64> = columns.iter().map(width_chars).collect();
    let mut sheet = Sheet::new(name, looks, words, &widths)?;
    for (index, column) in columns.iter().enumerate() {
        sheet.text(0, index, &headings::column(words, column), &looks.header())?;
    }
    sheet.at_least(0, 24.0);
    let cell = looks.cell();
    let id = cell.as_text();
    for (row, answer) in (1..).zip(answers) {
        for (index, column) in columns.iter().enumerate() {
            let look = if *column == Column::Id { &id } else { &cell };
            sheet.text(row, index, &column::text(answer, column), look)?;
        }
    }
    sheet.freeze(1, 1)?;
    sheet.filter(0, u32::try_from(answers.len()).unwrap_or(u32::MAX), columns.len() - 1)?;
    Ok(sheet)
}

fn width_chars(column: &Column) -> f64 {
    match column {
        Column::Id | Column::Key => 12.0,
        Column::Field(field) => usual_width_chars(*field),
        Column::Carry(field) => carry_width_chars(*field),
        Column::Sheet | Column::Extra(_) => 18.0,
    }
}

fn carry_width_chars(field: CarryField) -> f64 {
    match field {
        CarryField::OldText | CarryField::NewText => 42.0,
        _ => 14.0,
    }
}

/// 競合: what was kept and what was not, where parts that were merged disagree.
fn conflicts_sheet<'a>(
    input: &'a AnswerSheet<'a>,
    looks: &'a Looks,
    conflicts: &[Conflict],
) -> Result<Sheet<'a>, XlsxError> {
    let words = input.words;
    let widths = [12.0, 18.0, 18.0, 54.0, 54.0, 40.0];
    let mut sheet = Sheet::new(&words.text("xlsx-sheet-conflicts"), looks, words, &widths)?;
    let headings = ["id", "sheet", "field", "kept", "other", "from"];
    for (column, name) in headings.into_iter().enumerate() {
        sheet.text(0, column, &words.text(&format!("xlsx-column-{name}")), &looks.header())?;
    }
    let cell = looks.cell();
    for (row, conflict) in (1..).zip(conflicts) {
        let known = AnswerField::of_key(&conflict.field);
        let field = known.map_or_else(|| conflict.field.clone(), |field| headings::field(words, field));
        sheet.text(row, 0, &conflict.key.id, &cell.as_text())?;
        sheet.text(row, 1, conflict.key.sheet.as_deref().unwrap_or_default(), &cell)?;
        for (column, text) in (2..).zip([&field, &conflict.kept, &conflict.other, &conflict.from]) {
            sheet.text(row, column, text, &cell)?;
        }
    }
    sheet.freeze(1, 1)?;
    sheet.filter(0, u32::try_from(conflicts.len()).unwrap_or(u32::MAX), 5)?;
    sheet.print_on(&paper(input, (0, 0)))?;
    Ok(sheet)
}
