//! Reads the rows of an answer table, each by its id; every problem is said with its cell.

use std::collections::HashMap;
use std::sync::Arc;

use crate::address::{CellRef, Range, SheetRange};
use crate::answers::column::{self, Column};
use crate::answers::draft::{Draft, shown};
use crate::answers::place::{Found, IdCell, Ids};
use crate::answers::{Answer, AnswerField, FieldColumns, date, table};
use crate::catalog::ItemKey;
use crate::catalog::id::CellKind;
use crate::diagnostic::Diagnostic;
use crate::workbook::{Cell, Sheet, Value, Workbook};

use super::layout::Layout;
use super::row_items::RowItems;

/// Reads every row below the header. An answer with a problem is left out and said.
pub(super) fn read(
    workbook: &Workbook,
    sheet: &Sheet,
    layout: &Layout,
    ids: &mut Ids<'_>,
    items: &RowItems<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Answer> {
    let reader = Reader {
        workbook,
        items,
        sheet,
        layout,
        merged: merged_down(sheet, layout),
        field_columns: Arc::new(layout.field_columns()),
    };
    let rows = sheet.rows().map(|(row, _)| row).filter(|&row| row > layout.last_row);
    let is_read = |row: &u32| layout.until.is_none_or(|last| *row <= last && !items.at(&sheet.name, *row).is_empty());
    let rows: Vec<u32> = rows.filter(is_read).collect();
    let mut answers = Vec::with_capacity(rows.len());
    // Rows under one merged id belong to one answer.
    for group in rows.chunk_by(|&above, &row| reader.continues(above, row)) {
        reader.read_group(group, ids, &mut answers, diagnostics);
    }
    answers
}

struct Reader<'a> {
    workbook: &'a Workbook,
    items: &'a RowItems<'a>,
    sheet: &'a Sheet,
    layout: &'a Layout,
    merged: HashMap<CellRef, CellRef>,
    field_columns: Arc<FieldColumns>,
}

/// The anchors of cells that are merged over several rows of the table.
fn merged_down(sheet: &Sheet, layout: &Layout) -> HashMap<CellRef, CellRef> {
    let last_row = sheet.rows().next_back().map_or(0, |(row, _)| row);
    let mut merged = HashMap::new();
    for merge in sheet.merges.iter().filter(|merge| merge.first.row > layout.last_row) {
        for &(column, _) in &layout.columns {
            if (merge.first.column..=merge.last.column).contains(&column) {
                let rows = merge.first.row..=merge.last.row.min(last_row);
                merged.extend(rows.map(|row| (CellRef::new(row, column), merge.first)));
            }
        }
    }
    merged
}

impl Reader<'_> {
    fn anchor(&self, row: u32, column: u32) -> CellRef {
        let cell = CellRef::new(row, column);
        self.merged.get(&cell).copied().unwrap_or(cell)
    }

    fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        self.sheet.cell(self.anchor(row, column))
    }

    fn continues(&self, above: u32, row: u32) -> bool {
        let id = self.anchor(row, self.layout.id);
        id.row < row && id == self.anchor(above, self.layout.id)
    }

    fn at(&self, row: u32) -> SheetRange {
        let columns = || self.layout.columns.iter().map(|&(column, _)| column);
        let (first, last) = (columns().min().unwrap_or(0), columns().max().unwrap_or(0));
        SheetRange::new(&self.sheet.name, Range::new(CellRef::new(row, first), CellRef::new(row, last)))
    }

    /// Reads the rows of one id: an answer for each item it names.
    fn read_group(
        &self,
        rows: &[u32],
        ids: &mut Ids<'_>,
        answers: &mut Vec<Answer>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let text = self.cell(rows[0], self.layout.id).map_or("", |cell| cell.text.as_str());
        if self.layout.until.is_none() && self.is_no_answer(rows, text) {
            return;
        }
        match self.found(rows, text, ids) {
            Found::Keys(keys, notices) => {
                diagnostics.extend(notices);
                for key in keys {
                    match self.draft(Draft::new(key), rows) {
                        Ok(answer) => answers.push(answer),
                        Err(problems) => diagnostics.extend(problems),
                    }
                }
            }
            Found::NotAnId => diagnostics.extend(self.unplaced(rows, text)),
            Found::Problem(problems) if self.has_answer(rows) => diagnostics.extend(problems),
            // A row nobody answered: a band or a title that looks like an id does no harm.
            Found::Problem(_) => {}
        }
    }

    /// The items the rows of one id are for: told by the number, else by the item that begins in the row, and settled
    /// with the hidden key. Every problem has a cell.
    fn found(&self, rows: &[u32], text: &str, ids: &mut Ids<'_>) -> Found {
        let row = rows[0];
        let at = SheetRange::new(&self.sheet.name, self.anchor(row, self.layout.id));
        let id = IdCell {
            text: table::unguarded_if(self.layout.guarded, text),
            kind: kind(self.cell(row, self.layout.id)),
            sheet: self.column_text(row, &Column::Sheet),
            at: Some(&at),
        };
        if self.layout.until.is_some() {
            let begun = self.items.at(&self.sheet.name, row);
            let keys: Vec<ItemKey> = begun.iter().filter_map(|item| known(item, ids)).collect();
            if !keys.is_empty() || !self.has_answer(rows) {
                return Found::Keys(keys, Vec::new());
            }
        }
        let visible = match ids.read(&id) {
            found @ Found::Keys(..) => found,
            other if !self.has_answer(rows) => other,
            other => self.item_of(row, ids).map_or(other, |key| Found::Keys(vec![key], Vec::new())),
        };
        let placed = |problem: Diagnostic| if problem.at.is_empty() { problem.at(&at) } else { problem };
        match self.settled(visible, ids, rows, &at, text) {
            Found::Problem(problems) => Found::Problem(problems.into_iter().map(placed).collect()),
            found => found,
        }
    }

    /// The item of a row whose number alone does not tell, if the reference has one that begins there.
    fn item_of(&self, row: u32, ids: &mut Ids<'_>) -> Option<ItemKey> {
        match self.items.at(&self.sheet.name, row) {
            [only] => known(only, ids),
            _ => None,
        }
    }

    /// What the visible number means, settled with the row's hidden key where the sheet keeps one.
    ///
    /// A number that is gone or cannot be read is made good by the key, and said. Where both name an item and not the
    /// same one, nobody but the user knows which is meant.
    fn settled(&self, visible: Found, ids: &mut Ids<'_>, rows: &[u32], at: &SheetRange, text: &str) -> Found {
        let kept = self.column_text(rows[0], &Column::Key).and_then(column::key_of_text);
        let Some(kept) = kept.and_then(|kept| known(&kept, ids)) else { return visible };
        let restored = |code: &'static str| {
            let said = Diagnostic::warning(code).arg("item", kept.to_string()).arg("value", shown(text)).at(at);
            let notices = if self.has_answer(rows) { vec![said] } else { Vec::new() };
            Found::Keys(vec![kept.clone()], notices)
        };
        match visible {
            Found::Keys(keys, notices) if keys.contains(&kept) => Found::Keys(keys, notices),
            Found::Keys(keys, _) => {
                let named: Vec<String> = keys.iter().map(ToString::to_string).collect();
                let problem = Diagnostic::error("answer-id-disagrees").arg("item", named).arg("kept", kept.to_string());
                Found::Problem(vec![problem.at(at)])
            }
            Found::NotAnId if text.trim().is_empty() => restored("answer-id-restored"),
            Found::NotAnId | Found::Problem(_) => restored("answer-id-mistyped"),
        }
    }

    /// Reads the rows of one id. The values of several rows are joined line by line.
    fn draft(&self, mut draft: Draft, rows: &[u32]) -> Result<Answer, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        for &(at, ref column) in
            self.layout.columns.iter().filter(|(_, column)| !matches!(column, Column::Id | Column::Sheet | Column::Key))
        {
            match self.value(rows, at, column) {
                Ok(text) => {
                    // A word that is none of ours may be the workbook's own for one of them.
                    let said = draft.set(column, &text).or_else(|problem| {
                        let ours = self.items.our_word(&self.sheet.name, at, &text);
                        ours.map_or(Err(problem), |ours| draft.set(column, ours))
                    });
                    problems.extend(said.err().map(|problem| self.placed(problem, rows[0], at)));
                }
                Err(cell) => {
                    let code = if cell.value == Value::Error { "answer-cell-error" } else { "answer-uncalculated" };
                    let problem = draft.problem(code, column.heading()).arg("value", cell.text.as_str());
                    problems.push(problem.at(SheetRange::new(&self.sheet.name, cell.at)));
                }
            }
        }
        let answer = draft.answer_mut();
        answer.at = Some(self.at(rows[0]));
        answer.columns = Some(Arc::clone(&self.field_columns));
        if !problems.is_empty() {
            return Err(problems);
        }
        draft.finish().map_err(|problem| {
            let column = self.field_columns[AnswerField::ExclusionReason as usize].unwrap_or(self.layout.id);
            vec![self.placed(problem, rows[0], column)]
        })
    }

    fn placed(&self, problem: Diagnostic, row: u32, column: u32) -> Diagnostic {
        problem.at(SheetRange::new(&self.sheet.name, self.anchor(row, column)))
    }

    /// What a column says over the rows of one id; the error is the cell of a formula without a value.
    fn value(&self, rows: &[u32], at: u32, column: &Column) -> Result<String, &Cell> {
        let mut texts: Vec<String> = Vec::new();
        for &row in rows {
            let Some(cell) = self.cell(row, at) else { continue };
            if matches!(cell.value, Value::Error | Value::Uncalculated) {
                return Err(cell);
            }
            let text = self.text(cell, column);
            let words = self.layout.words.iter().find(|(own, _)| *own == at).filter(|_| !text.trim().is_empty());
            let text = words.map_or_else(|| text.clone(), |(_, words)| words.ours(&text).to_owned());
            if !text.trim().is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        Ok(texts.join("\n"))
    }

    /// A cell's text; dates in a date column as ISO, whatever the cell's format shows.
    fn text(&self, cell: &Cell, column: &Column) -> String {
        let is_date = matches!(
            column,
            Column::Field(
                AnswerField::Due | AnswerField::AnsweredOn | AnswerField::ApprovedOn | AnswerField::RecheckedOn
            ) | Column::Carry(crate::answers::column::CarryField::PreviousApprovedOn)
        );
        let serial = match cell.value {
            Value::Date(serial) if is_date => Some(serial),
            // A date whose cell lost its format: 1982 to 2173.
            Value::Number(serial) if is_date && (30_000.0..100_000.0).contains(&serial) => Some(serial),
            _ => None,
        };
        match serial.and_then(|serial| date::of_serial(serial, self.workbook.date_1904)) {
            Some(date) => date.to_string(),
            None => table::unguarded_if(self.layout.guarded, cell.text.as_str()).to_owned(),
        }
    }

    fn column_text(&self, row: u32, wanted: &Column) -> Option<&str> {
        let &(at, _) = self.layout.columns.iter().find(|(_, column)| column == wanted)?;
        let text = self.cell(row, at)?.text.as_str().trim();
        (!text.is_empty()).then_some(text)
    }

    /// A header repeated between rows, or the example.
    fn is_no_answer(&self, rows: &[u32], id: &str) -> bool {
        let is_heading = |text: &str, column: &Column| {
            Column::named(text).as_ref() == Some(column) || Column::called(text).as_ref() == Some(column)
        };
        // An item may be called `ID`; its answers are no headings.
        let repeats_header = || self.first_answer(rows).is_none_or(|cell| self.heads_its_column(cell, is_heading));
        // The header of a further part, with the part's title over the ids.
        let heads_all = || {
            let mut answers = self.answer_cells(rows).peekable();
            answers.peek().is_some() && answers.all(|cell| self.heads_its_column(cell, is_heading))
        };
        matches!(id.trim(), "例" | "記入例" | "Example")
            || heads_all()
            || !id.is_empty() && is_heading(id, &Column::Id) && repeats_header()
    }

    fn heads_its_column(&self, cell: &Cell, is_heading: impl Fn(&str, &Column) -> bool) -> bool {
        let mut columns = self.layout.columns.iter();
        columns.any(|(at, column)| *at == cell.at.column && is_heading(&cell.text, column))
    }

    /// The first cell that holds an answer of these rows: a field of ours, not merged down from above.
    fn first_answer(&self, rows: &[u32]) -> Option<&Cell> {
        self.answer_cells(rows).next()
    }

    /// The cells that hold answers of these rows.
    fn answer_cells(&self, rows: &[u32]) -> impl Iterator<Item = &Cell> {
        let fields = || self.layout.columns.iter().filter(|(_, column)| matches!(column, Column::Field(_)));
        let cells = rows.iter().flat_map(move |&row| fields().map(move |&(at, _)| CellRef::new(row, at)));
        cells.filter_map(|at| self.sheet.cell(at)).filter(|cell| !cell.text.as_str().trim().is_empty())
    }

    fn has_answer(&self, rows: &[u32]) -> bool {
        self.first_answer(rows).is_some()
    }

    /// Says that rows without a usable id hold answers, if they do.
    fn unplaced(&self, rows: &[u32], id: &str) -> Option<Diagnostic> {
        let place = SheetRange::new(&self.sheet.name, self.first_answer(rows)?.at);
        let diagnostic = match id.trim() {
            "" => Diagnostic::error("answer-id-missing").arg("count", rows.len()),
            id => Diagnostic::error("answer-id-unknown").arg("item", shown(id)).arg("near", "none"),
        };
        Some(diagnostic.at(place))
    }
}

/// The item a hidden key means, if the edition has it.
fn known(kept: &ItemKey, ids: &mut Ids<'_>) -> Option<ItemKey> {
    let cell = IdCell { text: &kept.id, kind: CellKind::Text, sheet: kept.sheet.as_deref(), at: None };
    match ids.read(&cell) {
        Found::Keys(mut keys, _) if keys.len() == 1 => keys.pop(),
        _ => None,
    }
}

fn kind(cell: Option<&Cell>) -> CellKind {
    match cell.map(|cell| cell.value) {
        Some(Value::Date(_)) => CellKind::Date,
        Some(Value::Number(_)) => CellKind::Number,
        _ => CellKind::Text,
    }
}
