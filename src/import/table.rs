//! Walks the rows of a bound table: items, rows that continue them, bands, footnotes, and what cannot be understood.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::findings::Findings;
use super::grouping::{Band, Bands, Groups, Shape};
use super::items::{Items, NewRow, Values};
use super::marks::Marking;
use super::rows::{Columns, Merges, Row};
use super::value::{line_text, value};
use crate::address::{CellRef, Range, SheetRange};
use crate::catalog::edition::EditionFacts;
use crate::catalog::id::{CellKind, IdContext, Outcome, ParsedId, Scheme};
use crate::catalog::{FieldValue, Line, MarkKind, Places, Revision, key};
use crate::diagnostic::Diagnostic;
use crate::template::{BoundTable, Continuation, Heading, ItemFact, Role, TableLayout};
use crate::text::{Text, fold};
use crate::workbook::delimit::unguarded;
use crate::workbook::{Cell, Comment, Sheet, Value};

/// What the tables of a catalog are read into.
#[derive(Default)]
pub(super) struct Reading {
    /// The items.
    pub items: Items,
    /// Band and heading rows.
    pub bands: Vec<Line>,
    /// Footnotes and legends.
    pub notes: Vec<Line>,
    /// Headings of numbered bands (`V1`, アーキテクチャ…).
    pub band_titles: Vec<(Text, Text)>,
    /// Whether items inherited an upper band.
    pub has_major: bool,
    /// Whether items inherited a lower one.
    pub has_middle: bool,
    /// What there is to say.
    pub findings: Findings,
}

/// What stays the same for all rows of a table.
pub(super) struct TableReader<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// The table.
    pub table: &'a BoundTable,
    /// Its layout.
    pub layout: &'a TableLayout,
    /// The scheme of its ids.
    pub scheme: Scheme,
    /// The edition, if known.
    pub edition: Option<&'a EditionFacts>,
    /// The field each bound column is read into.
    pub fields: Vec<Option<usize>>,
    /// The field the text behind a leading id is read into.
    pub led_text: Option<usize>,
    /// How many fields there are, without the two that are inherited.
    pub width: usize,
    /// The fields that bands are inherited by, if the table has no columns for them.
    pub band_fields: (Option<usize>, Option<usize>),
    /// The sheet's comments by row.
    pub comments: HashMap<u32, Vec<&'a Comment>>,
    /// How marks are told.
    pub marking: Marking<'a>,
    /// Whether the table's ids have digits, so that a word in their column is none.
    pub ids_have_digits: bool,
}

/// What changes from row to row, and from one table of a sheet to the next.
#[derive(Default)]
pub(super) struct Progress {
    bands: Bands,
    /// Places of the items the next continuation row belongs to.
    current: Vec<usize>,
    /// Lines since the last item: bands if an item follows, else notes.
    pending: Vec<Line>,
    last_row: Option<u32>,
    /// The last row the id's merged cell covers.
    id_until: Option<u32>,
    /// Values merged down over the rows that follow, by field.
    merged_down: Vec<(usize, u32, FieldValue)>,
    /// Values given once for the rows below, by field.
    filled_down: Vec<(usize, FieldValue)>,
    /// Texts of the id's parts, for hierarchical numbers given once.
    id_parts: Vec<String>,
    previous_id: Option<Arc<str>>,
}

impl Progress {
    /// The text of the last line, which names a second table on a sheet.
    pub(super) fn last_line(&self) -> Option<&str> {
        self.pending.last().map(|line| line.text.as_str())
    }

    /// Ends a sheet: lines that no item followed are notes.
    pub(super) fn end(&mut self, reading: &mut Reading) {
        reading.notes.append(&mut self.pending);
    }
}

/// What a row turned out to be.
enum Kind<'a> {
    /// An item, or several.
    Item(&'a Cell, Box<ParsedId>),
    /// A further row of the item above.
    Continues(Option<Text>),
    /// A band or heading row.
    Band,
    /// A footnote or legend.
    Note,
    /// Nothing that can be understood; the diagnostics say why.
    Unreadable(Vec<Diagnostic>),
}

impl<'a> TableReader<'a> {
    /// Reads the row above the header as a band.
    pub(super) fn read_title(&self, number: u32, progress: &mut Progress, reading: &mut Reading) {
        let mut merges = Merges::new(self.sheet, (number, number));
        let row = Row::new(number, self.sheet.row(number), &mut merges);
        self.band(&row, &Columns::new(self.table), progress, reading);
    }

    /// Reads all rows of the table.
    pub(super) fn read(&self, groups: &mut Groups<'_>, progress: &mut Progress, reading: &mut Reading) {
        let columns = Columns::new(self.table);
        let mut merges = Merges::new(self.sheet, self.table.rows);
        let (first, last) = self.table.rows;
        for (number, cells) in self.sheet.rows_from(first).take_while(|&(number, _)| number <= last) {
            let row = Row::new(number, cells, &mut merges);
            if row.filled().next().is_none() {
                continue;
            }
            match self.kind(&row, &columns, progress) {
                Kind::Item(cell, parsed) => self.item(&row, &columns, cell, &parsed, groups, progress, reading),
                Kind::Continues(label) => self.continuation(&row, &columns, label, progress, reading),
                Kind::Band => self.band(&row, &columns, progress, reading),
                Kind::Note => reading.notes.push(self.line(&row)),
                Kind::Unreadable(why) => reading.findings.extend(why),
            }
            progress.last_row = Some(number);
        }
    }

    fn kind(&self, row: &Row<'a>, columns: &Columns, progress: &mut Progress) -> Kind<'a> {
        let mut filled = row.filled();
        let first = filled.next().expect("the row holds something");
        let is_alone = filled.next().is_none();
        if is_alone && is_footnote(&first.text) {
            return Kind::Note;
        }
        if is_alone && self.is_wide(row.span(first.at)) || self.fits_band(first) {
            return Kind::Band;
        }
        match self.id_cell(row, columns) {
            Some(cell) => self.kind_by_id(row, columns, cell, is_alone, progress),
            None => self.kind_without_id(row, columns, first, is_alone, progress),
        }
    }

    fn kind_by_id(
        &self,
        row: &Row<'a>,
        columns: &Columns,
        cell: &'a Cell,
        is_alone: bool,
        progress: &mut Progress,
    ) -> Kind<'a> {
        let text = self.id_text(row, columns, cell, progress);
        if self.heads_lower_numbers(row, columns) {
            return Kind::Band;
        }
        if let Some(label) = self.part_label(&text, progress) {
            return Kind::Continues(Some(label));
        }
        let is_gap = progress.last_row.is_none_or(|last| row.number > last + 1);
        let is_named = looks_like_number(&text) || (is_word(&text) && !progress.current.is_empty());
        if is_alone && self.scheme != Scheme::Fisc && (is_gap || !is_named) {
            return Kind::Band;
        }
        let parsed = self.parse(row, columns, cell, &text, progress);
        match &parsed.outcome {
            Outcome::One(id) if self.is_stray_word(id) => Kind::Band,
            Outcome::One(_) | Outcome::Several(_) => Kind::Item(cell, Box::new(parsed)),
            Outcome::Error(_) => Kind::Unreadable(parsed.diagnostics(&text, &self.place(cell.at))),
            Outcome::NotAnId | Outcome::Blank if is_alone || row.filled().count() <= 3 => Kind::Band,
            Outcome::NotAnId | Outcome::Blank => Kind::Unreadable(vec![
                Diagnostic::error("row-not-understood").at(self.place(cell.at)).arg("text", text.into_owned()),
            ]),
        }
    }

    /// Whether an id over several columns lacks its last part, as the heading of the numbers below it does. Of two
    /// parts the second may be a branch number that only some items have: then the row says more than a title.
    fn heads_lower_numbers(&self, row: &Row<'a>, columns: &Columns) -> bool {
        let [.., last] = columns.ids.as_slice() else { return false };
        let lacks_last = columns.ids.len() > 1 && self.cell_of(row, *last).is_none();
        let parts = columns.ids.iter().filter(|&&slot| self.cell_of(row, slot).is_some()).count();
        lacks_last && (columns.ids.len() > 2 || row.filled().count() <= parts + 1)
    }

    fn cell_of(&self, row: &Row<'a>, slot: usize) -> Option<&'a Cell> {
        let column = &self.table.columns[slot];
        (column.column..=column.last_column).find_map(|column| row.cell(column))
    }

    /// A word where the table's ids have digits: a legend's or an example's.
    fn is_stray_word(&self, id: &str) -> bool {
        self.scheme == Scheme::Opaque && self.ids_have_digits && !id.contains(char::is_numeric)
    }

    fn kind_without_id(
        &self,
        row: &Row<'a>,
        columns: &Columns,
        first: &Cell,
        is_alone: bool,
        progress: &Progress,
    ) -> Kind<'a> {
        if progress.id_until.is_some_and(|until| row.number <= until) {
            return Kind::Continues(None);
        }
        let id_column = columns.ids.first().map_or(0, |&id| self.table.columns[id].column);
        let is_gap = progress.last_row.is_none_or(|last| row.number > last + 1);
        let names_band = !self.layout.rows.bands.columns.is_empty() && self.band_level(columns, first).is_some();
        if names_band || progress.current.is_empty() || self.layout.rows.continuation == Continuation::None {
            return Kind::Band;
        }
        if is_alone && (first.at.column < id_column || is_gap) {
            return Kind::Band;
        }
        Kind::Continues(None)
    }

    /// Reads a row of an item, or of several that share it.
    #[expect(clippy::too_many_arguments, reason = "the row, what is known of it, and where it goes")]
    fn item(
        &self,
        row: &Row<'a>,
        columns: &Columns,
        cell: &'a Cell,
        parsed: &ParsedId,
        groups: &mut Groups<'_>,
        progress: &mut Progress,
        reading: &mut Reading,
    ) {
        reading.bands.append(&mut progress.pending);
        let at = self.place(cell.at);
        if !parsed.notices.is_empty() {
            reading.findings.extend(parsed.diagnostics(&cell.text, &at));
        }
        let (mut values, mut revision) = self.values(row, columns, progress);
        let raw_id = self.raw_id(row, columns, cell, &mut values);
        if let Some(marker) = &parsed.marker {
            revision.insert(0, Revision { text: marker.text.clone(), kind: marker.kind, at: at.clone() });
        }
        self.inherit(row.number, &mut values, progress, reading);
        let status = self.item_fact(row, ItemFact::Status);
        let retired = parsed.retired || self.says_retired(&values) || status.is_some_and(|word| &*word == "retired");
        let own_group = self.item_fact(row, ItemFact::Group).map(|group| Arc::<str>::from(group.as_str()));
        let sheet = self.item_fact(row, ItemFact::Sheet).map(|sheet| Arc::<str>::from(sheet.as_str()));
        let ids = parsed.ids();
        progress.bands.item();
        progress.current.clear();
        progress.id_until = self.id_until(row, columns);
        for (index, id) in ids.iter().enumerate() {
            let is_last = index + 1 == ids.len();
            let field = |key: &str| self.field_text(key, &values);
            let group = own_group.clone().or_else(|| groups.of(id, &progress.bands, field));
            let (values, revision) = if is_last {
                (std::mem::take(&mut values), std::mem::take(&mut revision))
            } else {
                (values.clone(), revision.clone())
            };
            let known_retired = self.edition.is_some_and(|edition| edition.retired.iter().any(|known| **known == **id));
            let new = NewRow {
                raw_id: raw_id.clone(),
                group,
                sheet: sheet.clone(),
                retired: retired || (known_retired && values.iter().all(Option::is_none)),
                at: self.row_range(row),
                label: parsed.part.as_deref().map(crate::text::owned),
                values,
                revision,
            };
            progress.current.push(reading.items.add(id, new));
        }
        progress.previous_id = ids.last().cloned();
    }

    fn continuation(
        &self,
        row: &Row<'a>,
        columns: &Columns,
        label: Option<Text>,
        progress: &mut Progress,
        reading: &mut Reading,
    ) {
        reading.bands.append(&mut progress.pending);
        let (values, revision) = self.values(row, columns, progress);
        for &place in &progress.current {
            let new = NewRow {
                raw_id: Text::default(),
                group: None,
                sheet: None,
                retired: false,
                at: self.row_range(row),
                label: label.clone(),
                values: values.clone(),
                revision: revision.clone(),
            };
            reading.items.continue_with(place, new);
        }
    }

    fn band(&self, row: &Row<'a>, columns: &Columns, progress: &mut Progress, reading: &mut Reading) {
        let line = self.line(row);
        let cells: Vec<&Cell> = row.filled().collect();
        let first = cells[0];
        let numbers = self.number_cells(row, columns, &cells);
        let heading = cells.get(numbers).copied().unwrap_or(first);
        let beside: Vec<&Cell> =
            cells.iter().skip(numbers).copied().filter(|cell| cell.at != first.at && cell.at != heading.at).collect();
        let values: Vec<SheetRange> = beside.iter().map(|cell| self.place(cell.at)).collect();
        if !values.is_empty() {
            reading.findings.push(Diagnostic::note("band-values").at_all(&values).arg("band", line.text.to_string()));
        }
        let span = row.span(heading.at);
        // A row with values of its own (an example, a legend) is no heading of what stands below it; one word such as
        // 対象外 beside a heading makes it none.
        let is_word_beside = matches!(beside.as_slice(), [only] if only.text.trim().chars().count() <= WORD_CHARS);
        let is_numbered = columns.ids.len() > 1 && numbers > 0;
        let level = if is_numbered { Some(numbers - 1) } else { self.band_level(columns, first) };
        let is_heading = beside.is_empty() || is_word_beside || level.is_some() || self.fits_band(first);
        if !is_heading {
            progress.current.clear();
            progress.pending.push(line);
            return;
        }
        if let Some(value) = value(heading, span, &self.sheet.name, &self.marking) {
            let shape = Shape::new(first.at.column, &first.text);
            let number = cells[..numbers].last().and_then(|cell| line_text(cell));
            if let Some(number) = &number {
                reading.band_titles.push((number.clone(), value.text.clone()));
            }
            let band = Band::new(value, number, shape);
            match level {
                Some(level) => progress.bands.begin_at(level, band),
                None => progress.bands.begin(band),
            }
        }
        // A band ends the item above: what follows without an id belongs to the band.
        progress.current.clear();
        progress.id_until = None;
        progress.pending.push(line);
    }

    /// How many of a band's first cells hold its number, where a heading stands beside it.
    fn number_cells(&self, row: &Row<'a>, columns: &Columns, cells: &[&Cell]) -> usize {
        let ids: Vec<CellRef> = columns.ids.iter().filter_map(|&slot| Some(self.cell_of(row, slot)?.at)).collect();
        let count = cells.iter().take_while(|cell| ids.contains(&cell.at)).count();
        // A number outside the id's columns that has nothing but a heading beside it.
        let is_bare = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_numeric() || c == '.' || c == '．');
        match (count, cells) {
            (0, [first, _]) if is_bare(first.text.trim()) => 1,
            (count, cells) if count < cells.len() => count,
            _ => 0,
        }
    }

    /// The level a template gives to the column a band stands in, 0 the outermost.
    fn band_level(&self, columns: &Columns, first: &Cell) -> Option<usize> {
        let key = &self.table.columns[columns.slot(first.at.column)?].key;
        self.layout.rows.bands.columns.iter().position(|known| **known == **key)
    }

    /// The values of a row by field, and what it says about its revision.
    fn values(&self, row: &Row<'a>, columns: &Columns, progress: &mut Progress) -> (Values, Vec<Revision>) {
        let mut values: Values = vec![None; self.width];
        let mut revision = Vec::new();
        for cell in row.cells {
            let Some(slot) = columns.slot(cell.at.column) else { continue };
            let span = row.span(cell.at);
            if self.table.columns[slot].role == Role::Revision {
                revision.extend(self.revision(cell, span, &self.table.columns[slot].label));
                continue;
            }
            let Some(field) = self.fields[slot] else { continue };
            let bare = self.is_guarded().then(|| unguarded_cell(cell)).flatten();
            let Some(read) = value(bare.as_ref().unwrap_or(cell), span, &self.sheet.name, &self.marking) else {
                continue;
            };
            if span.last.row > row.number {
                progress.merged_down.retain(|(known, _, _)| *known != field);
                progress.merged_down.push((field, span.last.row, read.clone()));
            }
            let place = &mut values[field];
            *place = match place.take() {
                Some(left) => super::value::joined(&[&left, &read]),
                None => Some(read),
            };
        }
        revision.extend(self.comments(row));
        (values, revision)
    }

    /// Gives an item what was merged or filled down from above, and its bands.
    fn inherit(&self, row: u32, values: &mut Values, progress: &mut Progress, reading: &mut Reading) {
        progress.merged_down.retain(|&(_, until, _)| until >= row);
        for (field, _, value) in &progress.merged_down {
            values[*field].get_or_insert_with(|| value.clone());
        }
        for key in &self.layout.rows.fill_down {
            let Some(field) = self.field_of(key) else { continue };
            match &values[field] {
                Some(value) => {
                    progress.filled_down.retain(|(known, _)| *known != field);
                    progress.filled_down.push((field, value.clone()));
                }
                None => {
                    let above = progress.filled_down.iter().find(|(known, _)| *known == field);
                    values[field] = above.map(|(_, value)| value.clone());
                }
            }
        }
        let (major, middle) = self.band_fields;
        let mut give = |field: usize, band: &Band| {
            if field >= values.len() {
                values.resize(self.width + 2, None);
            }
            values[field].get_or_insert_with(|| band.value.clone());
        };
        if let (Some(field), Some(band)) = (major, &progress.bands.major) {
            reading.has_major = true;
            give(field, band);
        }
        if let (Some(field), Some(band)) = (middle, &progress.bands.middle) {
            reading.has_middle = true;
            give(field, band);
        }
    }

    fn field_of(&self, key: &str) -> Option<usize> {
        let slot = self.table.columns.iter().position(|column| *column.key == *key)?;
        self.fields[slot]
    }

    fn field_text(&self, key: &str, values: &Values) -> Option<Text> {
        values[self.field_of(key)?].as_ref().map(|value| value.text.clone())
    }

    /// What a 改訂区分 cell says; a dash says nothing.
    fn revision(&self, cell: &Cell, span: Range, heading: &str) -> Option<Revision> {
        let text = line_text(cell)?;
        let is_none = text.chars().all(|c| matches!(c, '-' | '－' | 'ー' | '―' | '—' | '–' | '−' | ' ' | '\u{3000}'));
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let kind = match () {
            () if has(&["削除", "廃止"]) => MarkKind::Deleted,
            () if has(&["追加", "新設", "新規", "追記"]) => MarkKind::Added,
            () if heading.contains("追記") || heading.contains("追加") => MarkKind::Added,
            () => MarkKind::Emphasis,
        };
        let at = SheetRange::new(&self.sheet.name, span);
        (!is_none).then(|| Revision { text: text.to_string(), kind, at })
    }

    fn comments(&self, row: &Row<'a>) -> impl Iterator<Item = Revision> {
        self.comments.get(&row.number).into_iter().flatten().map(|comment| Revision {
            text: comment.text.clone(),
            kind: MarkKind::Emphasis,
            at: self.place(comment.at),
        })
    }

    fn id_cell(&self, row: &Row<'a>, columns: &Columns) -> Option<&'a Cell> {
        columns.ids.iter().rev().find_map(|&slot| self.cell_of(row, slot))
    }

    /// The id as one text: the parts of several columns joined, an upper part given once filled in.
    fn id_text(&self, row: &Row<'a>, columns: &Columns, cell: &'a Cell, progress: &mut Progress) -> Cow<'a, str> {
        if columns.ids.len() < 2 {
            let text = cell.text.trim();
            let text = if self.is_guarded() { unguarded(text) } else { text };
            let led = if self.layout.id.leads { text.split([':', '：']).next().unwrap_or(text) } else { text };
            return Cow::Borrowed(led);
        }
        progress.id_parts.resize(columns.ids.len(), String::new());
        let mut parts = Vec::new();
        for (index, &slot) in columns.ids.iter().enumerate() {
            let own = row.cell(self.table.columns[slot].column).map(|cell| cell.text.trim().to_owned());
            let is_last = index + 1 == columns.ids.len();
            match own {
                // A new upper part ends the lower ones given once above.
                Some(own) if own != progress.id_parts[index] => {
                    progress.id_parts[index] = own;
                    progress.id_parts[index + 1..].iter_mut().for_each(String::clear);
                }
                Some(_) => {}
                None if is_last => progress.id_parts[index].clear(),
                None => {}
            }
            parts.push(progress.id_parts[index].clone());
        }
        Cow::Owned(self.composed(&parts))
    }

    /// The parts of an id as one: blank parts are left out, and so is a part that the next one begins with (`3.1`,
    /// `3.1.1`); a part in brackets needs no sign before it.
    fn composed(&self, parts: &[String]) -> String {
        let mut out = String::new();
        for part in parts.iter().filter(|part| !part.is_empty()) {
            let repeats = part.strip_prefix(out.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
            if repeats {
                out.clear();
            }
            let sign = match (out.ends_with(char::is_numeric), self.scheme) {
                _ if out.is_empty() || part.starts_with(['(', '（']) => "",
                (false, Scheme::Fisc) => "",
                (true, Scheme::Fisc) => "-",
                _ => &self.layout.id.join,
            };
            out.push_str(sign);
            out.push_str(part);
        }
        out
    }

    fn parse(&self, row: &Row<'a>, columns: &Columns, cell: &Cell, text: &str, progress: &Progress) -> ParsedId {
        let kind = match cell.value {
            Value::Date(_) => CellKind::Date,
            Value::Number(_) => CellKind::Number,
            _ => CellKind::Text,
        };
        if self.scheme != Scheme::Fisc {
            let context = IdContext { kind, ..IdContext::default() };
            return self.scheme.parse(text, &context);
        }
        if kind == CellKind::Text
            && let Some(plain) = self.scheme.parse_plain(text, self.edition)
        {
            return plain;
        }
        let own = self.prefix_text(row, progress);
        let mut hints: Vec<&str> = own.as_deref().into_iter().collect();
        hints.extend(progress.bands.hints());
        hints.push(&self.sheet.name);
        let previous = progress.previous_id.as_deref();
        let kind = if columns.ids.len() > 1 { CellKind::Text } else { kind };
        self.scheme.parse(text, &IdContext { group_hints: &hints, edition: self.edition, previous, kind })
    }

    /// The text beside a bare number that names its group: in this row, or merged or given once above.
    fn prefix_text(&self, row: &Row<'a>, progress: &Progress) -> Option<Text> {
        let keys = self.layout.id.prefix_from.as_deref().into_iter().chain([key::MAJOR, "group"]);
        let mut found = keys.filter_map(|key| {
            let slot = self.table.columns.iter().position(|column| *column.key == *key)?;
            let column = &self.table.columns[slot];
            let own = row.cell(column.column).and_then(line_text);
            let field = self.fields[slot]?;
            let above = || {
                let merged = progress.merged_down.iter().filter(|(_, until, _)| *until >= row.number);
                let merged = merged.map(|(known, _, value)| (*known, value));
                let mut all = merged.chain(progress.filled_down.iter().map(|(known, value)| (*known, value)));
                all.find(|(known, _)| *known == field).map(|(_, value)| value.text.clone())
            };
            own.or_else(above)
        });
        found.next()
    }

    /// The id as the cell has it; where the id leads a text, the rest becomes a field.
    fn raw_id(&self, row: &Row<'a>, columns: &Columns, cell: &Cell, values: &mut Values) -> Text {
        if columns.ids.len() > 1 {
            let parts = columns.ids.iter().filter_map(|&slot| row.cell(self.table.columns[slot].column));
            let texts: Vec<String> = parts.map(|cell| cell.text.trim().to_owned()).collect();
            return crate::text::owned(self.composed(&texts));
        }
        if let Some(raw) = self.item_fact(row, ItemFact::RawId) {
            return raw;
        }
        if !self.layout.id.leads {
            return trimmed(&cell.text);
        }
        let colon = cell.text.find([':', '：']);
        let end = colon.map_or(cell.text.len(), |at| at + cell.text[at..].chars().next().map_or(0, char::len_utf8));
        let led = Cell { text: trimmed(&cell.text.substr(end..)), ..cell.clone() };
        if let Some(field) = self.led_text {
            let plain = value(&led, row.span(cell.at), &self.sheet.name, &self.marking);
            values[field] = plain.map(|value| FieldValue { marks: Vec::new(), ..value });
        }
        trimmed(&cell.text.substr(..end))
    }

    /// What a column of the flat form tells of the item.
    fn item_fact(&self, row: &Row<'a>, fact: ItemFact) -> Option<Text> {
        let slot = self.table.columns.iter().position(|column| column.role == Role::Item(fact))?;
        let cell = self.cell_of(row, slot)?;
        let text = trimmed(&cell.text);
        Some(if self.is_guarded() { text.substr_from(unguarded(&text)) } else { text })
    }

    /// Whether texts were guarded against being taken for formulas: in a delimited text, whose sheet has no name.
    fn is_guarded(&self) -> bool {
        self.layout.guarded && self.sheet.name.is_empty()
    }

    fn id_until(&self, row: &Row<'a>, columns: &Columns) -> Option<u32> {
        let slots = columns.ids.iter().map(|&slot| CellRef::new(row.number, self.table.columns[slot].column));
        slots.map(|at| row.span(at).last.row).max().filter(|&last| last > row.number)
    }

    /// The label of a part, where the id cell holds the id above and something that is no number behind it.
    fn part_label(&self, text: &str, progress: &Progress) -> Option<Text> {
        if self.layout.rows.continuation != Continuation::PartLabel {
            return None;
        }
        let above = progress.previous_id.as_deref().filter(|_| !progress.current.is_empty())?;
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let label = bare.strip_prefix(above)?;
        let starts = label.trim_start_matches('(').chars().next()?;
        (starts.is_alphabetic()).then(|| crate::text::owned(label))
    }

    fn says_retired(&self, values: &Values) -> bool {
        let rules = &self.layout.rows;
        let says = |value: &FieldValue| {
            let is_short = value.text.len() <= 40;
            is_short && is_retired_word(&value.text)
                || !rules.retired.is_empty() && fits_any(&rules.retired, &value.text)
        };
        let is_blank = |key: &String| self.field_of(key).is_some_and(|field| values[field].is_none());
        values.iter().flatten().any(says) || rules.retired_when_blank.as_ref().is_some_and(is_blank)
    }

    fn fits_band(&self, cell: &Cell) -> bool {
        let patterns = &self.layout.rows.bands.patterns;
        !patterns.is_empty() && cell.text.len() <= 400 && fits_any(patterns, &cell.text)
    }

    /// Whether a merged cell covers at least half of the table's width, and more than one column.
    fn is_wide(&self, span: Range) -> bool {
        let width = |first: u32, last: u32| last - first + 1;
        let covered = self
            .table
            .columns
            .iter()
            .filter(|column| column.column >= span.first.column && column.last_column <= span.last.column);
        width(span.first.column, span.last.column) > 1 && covered.count() * 2 >= self.table.columns.len()
    }

    /// A row as one line: its texts joined by one LF, with the place of each.
    pub(super) fn line(&self, row: &Row<'a>) -> Line {
        line_of(self.sheet, row)
    }

    fn row_range(&self, row: &Row<'a>) -> Range {
        let first = self.table.columns.first().map_or(0, |column| column.column);
        let last = self.table.columns.iter().map(|column| column.last_column).max().unwrap_or(first);
        Range::new(CellRef::new(row.number, first), CellRef::new(row.number, last))
    }

    fn place(&self, at: CellRef) -> SheetRange {
        SheetRange::new(&self.sheet.name, at)
    }
}

/// A sheet's comments by their row, so that a row need not look at them all.
pub(super) fn comments_by_row(sheet: &Sheet) -> HashMap<u32, Vec<&Comment>> {
    let mut rows: HashMap<u32, Vec<&Comment>> = HashMap::new();
    for comment in &sheet.comments {
        rows.entry(comment.at.row).or_default().push(comment);
    }
    rows
}

/// The texts of a row as one line.
pub(super) fn line_of(sheet: &Sheet, row: &Row<'_>) -> Line {
    let cells: Vec<(Text, SheetRange)> = row
        .filled()
        .filter_map(|cell| Some((line_text(cell)?, SheetRange::new(&sheet.name, row.span(cell.at)))))
        .collect();
    let at: Places = cells.iter().map(|(_, at)| at.clone()).collect();
    match cells.as_slice() {
        [(text, _)] => Line { text: text.clone(), at },
        _ => {
            let texts: Vec<&str> = cells.iter().map(|(text, _)| text.as_str()).collect();
            Line { text: crate::text::owned(texts.join("\n")), at }
        }
    }
}

/// A value beside a heading that is one word, such as 対象外.
const WORD_CHARS: usize = 10;

/// A cell without its guard, where it has one.
fn unguarded_cell(cell: &Cell) -> Option<Cell> {
    let bare = unguarded(&cell.text);
    (bare.len() < cell.text.len()).then(|| Cell { text: cell.text.substr_from(bare), ..cell.clone() })
}

fn fits_any(headings: &[Heading], text: &str) -> bool {
    let folded = fold::heading_key(text);
    headings.iter().any(|heading| heading.fit(&[folded.as_str()]) > 0)
}

/// Whether a text stands below a table and not in it: `※…`, `*1：…`, 注, 凡例.
fn is_footnote(text: &str) -> bool {
    let text = text.trim_start();
    let after_star = |rest: &str| rest.starts_with(|c: char| c.is_numeric());
    text.starts_with(['※', '＊'])
        || text.strip_prefix('*').is_some_and(after_star)
        || [
            "注）",
            "注)",
            "（注",
            "(注",
            "注記",
            "注：",
            "注:",
            "注1",
            "注１",
            "凡例",
            "【凡例",
            "■凡例",
            "Note:",
            "Notes:",
        ]
        .iter()
        .any(|mark| text.starts_with(mark))
}

/// 欠番 or a word for it, with or without brackets, and nothing else.
fn is_retired_word(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '（' | '）' | '(' | ')' | '【' | '】' | '「' | '」' | '[' | ']' | '―' | '－' | '-')
    });
    // `欠番/予備`: what the number is kept for.
    let word = bare.split(['/', '／', '・', '、', '：', ':']).next().unwrap_or(bare).trim();
    matches!(word, "欠番" | "欠号" | "廃番")
        || ["withdrawn", "entfallen"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a lone text in the id column could number an item: it has a digit and no blank.
fn looks_like_number(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 24 && text.chars().any(char::is_numeric) && !text.contains(char::is_whitespace)
}

/// Whether a text is one short word, as an id made of a name is.
fn is_word(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 24 && !text.contains(char::is_whitespace) && !text.contains(['。', '：', ':'])
}

/// A text without outer blanks; shares its memory.
fn trimmed(text: &Text) -> Text {
    let inner = text.trim();
    if inner.len() == text.len() { text.clone() } else { text.substr_from(inner) }
}
