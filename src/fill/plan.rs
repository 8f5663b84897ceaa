//! Which answer goes into which cell, and why some do not. Reads the workbook, changes nothing.

use std::collections::{BTreeMap, HashMap};

use super::added::Added;
use super::columns::{AddedColumns, place_columns};
use super::receipt::{CellChange, Skipped};
use super::targets::{Spot, Table, Target, usual_tick};
use super::words::{Fit, Fitted, Place, fitted, translated};
use super::{Append, FillOptions, NO_COLUMN, about_columns};
use crate::address::{CellRef, Range, SheetRange};
use crate::answers::{Answer, AnswerField, Answers, Conflict, date};
use crate::catalog::{Catalog, Item, ItemKey, ItemStatus};
use crate::diagnostic::Diagnostic;
use crate::template::{Binding, BoundColumn, BoundTable, Role};
use crate::text::normalise::{normalise, with_lf};
use crate::workbook::patch::{CellEdit, Content, Merges, SheetEdits, serial};
use crate::workbook::ranges::RangeIndex;
use crate::workbook::{Cell, Sheet, Validation, Value, Workbook};

/// One answer on its way into a cell.
pub(super) struct Write {
    /// Index of the sheet's edits, and of the cell among them.
    pub(super) edit: (usize, usize),
    at: SheetRange,
    key: ItemKey,
    field: AnswerField,
    old: String,
    order: usize,
}

impl Write {
    /// The change it made by writing `new`.
    pub(super) fn change(self, new: &Content) -> CellChange {
        CellChange { at: self.at, item: self.key, field: self.field.key(), old: self.old, new: shown(new) }
    }

    /// Says why `value` was not written.
    pub(super) fn skipped(self, value: String, diagnostic: Diagnostic) -> Skipped {
        Skipped {
            diagnostic: named(diagnostic, &self.key, self.field).at(&self.at),
            item: self.key,
            field: self.field.key().to_owned(),
            value,
            order: self.order,
        }
    }
}

/// What is to be written into a workbook and what is not, decided: from here on neither answers nor cells are needed.
pub struct Planned {
    /// What changes, sheet by sheet.
    pub(super) edits: Vec<SheetEdits>,
    pub(super) writes: Vec<Write>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) unplaced: Vec<Skipped>,
    /// Rules that could not be evaluated, with the cells they guard.
    pub(super) unchecked: BTreeMap<SheetRange, Unchecked>,
    /// What there is to say of columns that were added.
    pub(super) added: Option<Diagnostic>,
    /// What merging the answers decided, for the receipt.
    pub(super) conflicts: Vec<Conflict>,
}

/// What is to be done to a workbook, as it is decided answer by answer.
pub(super) struct Plan<'a> {
    writes: Vec<Write>,
    pub(super) skipped: Vec<Skipped>,
    unplaced: Vec<Skipped>,
    unchecked: BTreeMap<SheetRange, Unchecked>,
    sheets: BTreeMap<usize, SheetPlan<'a>>,
    added: Added,
    date_1904: bool,
    order: usize,
}

/// What goes into a cell, and the rule that could not be evaluated, with the cells it guards.
struct Fitting {
    content: Content,
    unchecked: Option<(SheetRange, String)>,
}

/// A data validation that only the whole workbook could decide.
pub(super) struct Unchecked {
    pub(super) formula: String,
    pub(super) cells: usize,
}

/// A sheet with its answer columns and what is to be written.
pub(super) struct SheetPlan<'a> {
    pub(super) sheet: &'a Sheet,
    merges: Merges,
    pub(super) tables: Vec<Table<'a>>,
    edits: SheetEdits,
    /// Cells of added columns, styled like their row, that no answer goes to.
    blanks: Vec<CellEdit>,
    /// What each answered cell will hold, so that a second answer can be held against it.
    answered: HashMap<CellRef, Held>,
    validations: RangeIndex<&'a Validation>,
}

/// What an answered cell will hold.
enum Held {
    /// What the edit of this number writes.
    Edit(usize),
    /// What it holds already.
    There(Content),
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        workbook: &'a Workbook,
        binding: &'a Binding,
        catalog: &Catalog,
        answers: &Answers,
        options: &FillOptions,
    ) -> Self {
        let mut plan = Self {
            writes: Vec::new(),
            skipped: Vec::new(),
            unplaced: Vec::new(),
            unchecked: BTreeMap::new(),
            sheets: BTreeMap::new(),
            added: Added::default(),
            date_1904: workbook.date_1904,
            order: 0,
        };
        let items: HashMap<&ItemKey, &Item> = catalog.items.iter().map(|item| (&item.key, item)).collect();
        let given = answers.answers.iter().filter(|answer| !answer.is_blank());
        let given: Vec<(&Answer, Option<&Item>)> =
            given.map(|answer| (answer, items.get(&answer.key).copied())).collect();
        for bound in &binding.tables {
            let is_alike = |table: &&BoundTable| table.sheet == bound.sheet && table.layout == bound.layout;
            let alike: Vec<&BoundTable> = binding.tables.iter().filter(is_alike).collect();
            // Whoever reads the answers back finds them in the same columns for all tables of the sheet.
            let is_on_sheet = |table: &&BoundTable| table.sheet == bound.sheet;
            let on_sheet: Vec<&BoundTable> = binding.tables.iter().filter(is_on_sheet).collect();
            plan.find_columns(workbook, bound, (&alike, &on_sheet), &given, options);
        }
        for (answer, item) in given {
            match item {
                Some(item) if item.status == ItemStatus::Retired => plan.without_place(answer, "answer-item-retired"),
                Some(item) => plan.answer(item, answer, options),
                None => plan.without_place(answer, "answer-item-unknown"),
            }
        }
        plan
    }

    pub(super) fn finish(self) -> Planned {
        let Self { writes, skipped, unplaced, unchecked, sheets, added, .. } = self;
        let edits = sheets.into_values().map(SheetPlan::into_edits).collect();
        Planned { edits, writes, skipped, unplaced, unchecked, added: added.said(), conflicts: Vec::new() }
    }

    /// Finds a table's answer columns and adds those it lacks.
    fn find_columns(
        &mut self,
        workbook: &'a Workbook,
        bound: &'a BoundTable,
        (alike, on_sheet): (&[&BoundTable], &[&BoundTable]),
        given: &[(&Answer, Option<&Item>)],
        options: &FillOptions,
    ) {
        let sheet = &workbook.sheets[bound.sheet];
        let plan = self.sheets.entry(bound.sheet).or_insert_with(|| SheetPlan::new(sheet, bound.sheet));
        let mut columns = targets(bound);
        let in_rows = |row: u32| alike.iter().any(|table| (table.rows.0..=table.rows.1).contains(&row));
        let holds = |place: &SheetRange| *place.sheet == *sheet.name && in_rows(place.range.first.row);
        let is_here = |item: &Item| item.at.iter().any(holds);
        let here = given.iter().filter(|(_, item)| item.is_some_and(is_here)).map(|&(answer, _)| answer);
        let takes_answers =
            bound.columns.iter().any(|column| matches!(column.role, Role::Answer { .. } | Role::Tick(_)));
        let missing = missing_fields(&columns, takes_answers, &here.collect::<Vec<_>>(), &options.append);
        let is_locked = sheet.protected && !options.unlock;
        if !missing.is_empty() && !is_locked {
            let added = place_columns(sheet, bound, on_sheet, &plan.edits, &missing);
            if !added.header.is_empty() {
                self.added.add(sheet, bound, &added, &missing);
            }
            columns.extend(added.targets());
            plan.add(added);
        }
        let usual_tick = usual_tick(sheet, bound.rows, &columns);
        plan.tables.push(Table { rows: bound.rows, columns, usual_tick, is_locked });
    }

    fn answer(&mut self, item: &Item, answer: &Answer, options: &FillOptions) {
        let Some(spot) = self.row_of(item) else {
            return self.without_place(answer, "answer-row-missing");
        };
        for field in AnswerField::ALL {
            let text = answer.text(field);
            if text.is_empty() {
                continue;
            }
            let Table { columns, is_locked, .. } = self.table(spot);
            let takes = |index: &usize| columns[*index].field == field;
            let (ticks, targets): (Vec<usize>, Vec<usize>) =
                (0..columns.len()).filter(takes).partition(|&index| columns[index].tick.is_some());
            if targets.is_empty() && ticks.is_empty() {
                let code = if *is_locked { "answer-column-locked" } else { NO_COLUMN };
                self.not_placed(answer, field, text, code);
                continue;
            }
            if !ticks.is_empty() {
                self.tick(spot, &ticks, (&item.key, field, &text), options);
            }
            for target in targets {
                self.cell(spot, target, (&item.key, &text), options);
            }
        }
    }

    pub(super) fn sheet(&self, spot: Spot) -> &SheetPlan<'a> {
        &self.sheets[&spot.sheet]
    }

    pub(super) fn table(&self, spot: Spot) -> &Table<'a> {
        &self.sheet(spot).tables[spot.table]
    }

    /// The first row of an item's places that lies in a bound table.
    fn row_of(&self, item: &Item) -> Option<Spot> {
        item.at.iter().find_map(|place| {
            let (&index, sheet) = self.sheets.iter().find(|(_, plan)| plan.sheet.name == place.sheet)?;
            let row = place.range.first.row;
            let table = sheet.tables.iter().position(|table| (table.rows.0..=table.rows.1).contains(&row))?;
            Some(Spot { sheet: index, table, row })
        })
    }

    /// Plans one cell, or says why not.
    pub(super) fn cell(&mut self, spot: Spot, target: usize, (key, text): (&ItemKey, &str), options: &FillOptions) {
        let date_1904 = self.date_1904;
        let target = &self.table(spot).columns[target];
        let (field, style_of, mut new) = (target.field, target.style_of, translated(text, target.values));
        let at = self.sheet(spot).anchor(CellRef::new(spot.row, target.column));
        let write = self.write(spot.sheet, at, (key, field));
        let plan = self.sheets.get_mut(&spot.sheet).expect("the row was found on this sheet");
        let content = match plan.content(at, field, &new, date_1904) {
            Ok(Fitting { content, unchecked }) => {
                if let Some((range, formula)) = unchecked {
                    let rule = Unchecked { formula, cells: 0 };
                    self.unchecked.entry(range).or_insert(rule).cells += 1;
                }
                content
            }
            Err(diagnostic) => return self.skipped.push(write.skipped(new, *diagnostic)),
        };
        new = shown(&content);
        if let Some(other) = plan.answer_at(at) {
            if *other != content {
                self.skipped.push(write.skipped(new, Diagnostic::warning("cell-conflict")));
            }
            return;
        }
        let there = plan.sheet.cell(at);
        let is_blank = there.is_none_or(|cell| normalise(&cell.text).is_empty());
        if there.is_some_and(|cell| says_the_same(cell, &content, date_1904)) {
            plan.answered.insert(at, Held::There(content));
        } else if !is_blank && there.is_some_and(|cell| cell.is_formula) {
            self.skipped.push(write.skipped(new, Diagnostic::warning("cell-formula")));
        } else if !is_blank && !options.overwrite {
            let held = Diagnostic::warning("cell-not-empty").arg("old", write.old.as_str());
            self.skipped.push(write.skipped(new, held));
        } else {
            self.put(spot.sheet, write, content, style_of);
        }
    }

    /// A write to a cell, not planned yet.
    pub(super) fn write(&mut self, sheet: usize, at: CellRef, (key, field): (&ItemKey, AnswerField)) -> Write {
        self.order += 1;
        let edit = self.sheets.range(..sheet).count();
        let plan = &self.sheets[&sheet];
        Write {
            edit: (edit, plan.edits.cells.len()),
            at: SheetRange::new(&plan.sheet.name, at),
            key: key.clone(),
            field,
            old: plan.sheet.text(at).to_owned(),
            order: self.order,
        }
    }

    /// Plans a write.
    pub(super) fn put(&mut self, sheet: usize, write: Write, content: Content, style_of: Option<u32>) {
        let plan = self.sheets.get_mut(&sheet).expect("a write goes to a sheet of the plan");
        let at = write.at.range.first;
        plan.answered.insert(at, Held::Edit(write.edit.1));
        plan.edits.cells.push(CellEdit { at, content, style_of });
        self.writes.push(write);
    }

    fn without_place(&mut self, answer: &Answer, code: &'static str) {
        for field in AnswerField::ALL {
            let text = answer.text(field);
            if !text.is_empty() {
                self.not_placed(answer, field, text, code);
            }
        }
    }

    fn not_placed(&mut self, answer: &Answer, field: AnswerField, value: String, code: &'static str) {
        self.order += 1;
        let mut diagnostic = named(Diagnostic::warning(code), &answer.key, field).at_all(&answer.at);
        if code == NO_COLUMN {
            diagnostic = about_columns(diagnostic, &[field], &[field], 1);
        }
        // The place is the answer's own, not one of the workbook that is filled.
        diagnostic.file.clone_from(&answer.file);
        let (item, field) = (answer.key.clone(), field.key().to_owned());
        self.unplaced.push(Skipped { item, field, value, diagnostic, order: self.order });
    }
}

impl<'a> SheetPlan<'a> {
    fn new(sheet: &'a Sheet, index: usize) -> Self {
        let ranges =
            sheet.validations.iter().flat_map(|validation| validation.ranges.iter().map(move |&r| (r, validation)));
        Self {
            sheet,
            merges: Merges::of(sheet),
            tables: Vec::new(),
            edits: SheetEdits { sheet: index, ..SheetEdits::default() },
            blanks: Vec::new(),
            answered: HashMap::new(),
            validations: RangeIndex::new(ranges),
        }
    }

    fn add(&mut self, added: AddedColumns) {
        self.edits.cells.extend(added.header);
        self.blanks.extend(added.blanks);
        self.edits.merges.extend(added.merges);
        self.edits.widths.extend(added.widths);
        self.edits.drop_downs.extend(added.drop_downs);
    }

    fn into_edits(self) -> SheetEdits {
        let Self { mut edits, blanks, answered, .. } = self;
        edits.cells.extend(blanks.into_iter().filter(|blank| !answered.contains_key(&blank.at)));
        edits
    }

    /// What an answered cell will hold.
    fn answer_at(&self, at: CellRef) -> Option<&Content> {
        Some(match self.answered.get(&at)? {
            Held::Edit(index) => &self.edits.cells[*index].content,
            Held::There(content) => content,
        })
    }

    /// The cell that is meant: the anchor where cells are merged.
    pub(super) fn anchor(&self, at: CellRef) -> CellRef {
        self.merges.anchor(at)
    }

    /// The validation that guards a cell, and which of its ranges does.
    pub(super) fn guard(&self, at: CellRef) -> Option<(Range, &'a Validation)> {
        self.validations.first(at).map(|(range, &validation)| (range, validation))
    }

    /// What an answer becomes in a cell, and the rule that could not be evaluated on the way.
    fn content(
        &self,
        at: CellRef,
        field: AnswerField,
        text: &str,
        date_1904: bool,
    ) -> Result<Fitting, Box<Diagnostic>> {
        let day = if is_date(field) { date::parse(text) } else { None };
        let plain = || match day {
            Some(date) => Content::Date { date, as_date: false },
            None => Content::Text(with_lf(text)),
        };
        let Some((range, guard)) = self.guard(at) else {
            return Ok(Fitting { content: plain(), unchecked: None });
        };
        let first = guard.ranges.first().map_or(range.first, |range| range.first);
        let Fitted { fit, unchecked } = fitted(field, text, &guard.allowed, &Place { at, first, date_1904 });
        let content = match fit {
            Fit::Date(date) => Content::Date { date, as_date: true },
            Fit::Number(number) => Content::Number(number),
            // A day keeps being one, unless the list of a drop-down says it in other words.
            Fit::Text(fitting) if day.is_some() && fitting == text => plain(),
            Fit::Text(fitting) => Content::Text(with_lf(&fitting)),
            Fit::NotAllowed(_) if !guard.stops => plain(),
            Fit::NotAllowed(words) => {
                let problem = Diagnostic::warning("value-not-allowed").arg("value", text).arg("allowed", words);
                return Err(Box::new(problem));
            }
        };
        let place = SheetRange::new(&self.sheet.name, range);
        Ok(Fitting { content, unchecked: unchecked.map(|formula| (place, formula.to_owned())) })
    }
}

/// Says in a diagnostic whose answer it is.
fn named(diagnostic: Diagnostic, key: &ItemKey, field: AnswerField) -> Diagnostic {
    diagnostic.arg("item", key.to_string()).arg("field", field.key()).arg("heading", field.heading())
}

fn is_date(field: AnswerField) -> bool {
    use AnswerField::{AnsweredOn, ApprovedOn, Due, RecheckedOn};
    matches!(field, Due | AnsweredOn | ApprovedOn | RecheckedOn)
}

/// A table's columns that take answers: the vendor's, and those an earlier fill added at its right end.
fn targets(table: &BoundTable) -> Vec<Target<'_>> {
    let ours = table.columns.iter().rev().map_while(added_earlier);
    let mut targets: Vec<Target<'_>> = ours.collect();
    targets.reverse();
    let vendors = table.columns.iter().filter_map(|column| match &column.role {
        Role::Answer { field, values } => {
            Some(Target { field: *field, column: column.column, values, style_of: None, tick: None })
        }
        Role::Tick(tick) => {
            Some(Target { field: tick.field, column: column.column, values: &[], style_of: None, tick: Some(tick) })
        }
        _ => None,
    });
    vendors.chain(targets).collect()
}

/// A column under one of our own headings. One that is a field of references as well (備考) is the vendor's.
fn added_earlier(column: &BoundColumn) -> Option<Target<'_>> {
    let is_unknown = column.role == Role::Field && *column.key == *column.label;
    let field = super::columns::field_of_heading(&column.label).filter(|_| is_unknown)?;
    Some(Target { field, column: column.column, values: &[], style_of: None, tick: None })
}

/// The fields that need a column of ours.
fn missing_fields(columns: &[Target<'_>], takes_answers: bool, given: &[&Answer], append: &Append) -> Vec<AnswerField> {
    let has = |field: AnswerField| columns.iter().any(|column| column.field == field);
    match append {
        _ if given.is_empty() => Vec::new(),
        Append::Never => Vec::new(),
        Append::Fields(fields) => fields.iter().copied().filter(|&field| !has(field)).collect(),
        Append::WhereNone if takes_answers => Vec::new(),
        Append::WhereNone => {
            let is_used = |field: AnswerField| given.iter().any(|answer| !answer.text(field).is_empty());
            AnswerField::ALL.into_iter().filter(|&field| !has(field) && is_used(field)).collect()
        }
    }
}

/// Says whether a cell holds already what would be written, apart from blanks no reader sees.
fn says_the_same(cell: &Cell, content: &Content, date_1904: bool) -> bool {
    match (content, cell.value) {
        (Content::Number(number), Value::Number(there)) => *number == there,
        (Content::Date { date, .. }, Value::Date(there)) => serial(*date, date_1904) == Some(there),
        _ => normalise(&cell.text) == normalise(&crate::text::owned(shown(content))),
    }
}

/// What a cell with this content shows.
pub(super) fn shown(content: &Content) -> String {
    match content {
        Content::Text(text) => text.clone(),
        Content::Number(number) => number.to_string(),
        Content::Date { date, .. } => date.to_string(),
        Content::Empty => String::new(),
    }
}
