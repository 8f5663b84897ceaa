//! Finds the answer table of a sheet: its header rows, its id column, the column of every answer field.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::address::{CellRef, SheetRange};
use crate::answers::column::{self, Column};
use crate::answers::place::spelling;
use crate::answers::{AnswerField, FieldColumns, Status};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::text::fold::{heading_key, value_key};
use crate::text::suggest;
use crate::workbook::Sheet;

use super::AnswerOptions;

/// How many rows are looked at for a header, and how many rows a header may take.
const ROWS_SEARCHED: usize = 80;
const MOST_HEADER_ROWS: u32 = 3;

/// A table's columns. Rows and columns are zero-based.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    /// The first header row.
    pub(super) first_row: u32,
    /// The last header row.
    pub(super) last_row: u32,
    /// The id column.
    pub(super) id: u32,
    /// The columns that are read, left to right, the id among them.
    pub(super) columns: Vec<(u32, Column)>,
    /// Whether fields are guarded against being taken for formulas.
    pub(super) guarded: bool,
    /// The last row, where the user's template or fields say what the table is: then an answer is of the item that begins
    /// in its row.
    pub(super) until: Option<u32>,
    /// The workbook's own words, by column.
    pub(super) words: Vec<(u32, Words)>,
    points: u32,
    /// Whether a band stands over the answers.
    is_zoned: bool,
}

/// What the texts of an answer column stand for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Words {
    /// Our word = the workbook's word; other texts are taken as they are.
    Of(Vec<(String, String)>),
    /// Whatever stands there is a tick for this word.
    Tick(String),
}

impl Words {
    /// Our word for a text of the column.
    pub(super) fn ours<'a>(&'a self, text: &'a str) -> &'a str {
        match self {
            Self::Tick(word) => word,
            Self::Of(values) => our_word(values, text).unwrap_or(text),
        }
    }
}

/// Our word for one of the workbook's own, out of pairs of ours and theirs; blind to width and case.
pub(super) fn our_word<'a>(values: &'a [(String, String)], text: &str) -> Option<&'a str> {
    let key = value_key(text);
    values.iter().find(|(_, theirs)| value_key(theirs) == key).map(|(ours, _)| ours.as_str())
}

impl Layout {
    /// The columns of a table as a template or the user's fields name them.
    pub(super) fn bound(
        (first_row, last_row): (u32, u32),
        until: u32,
        id: u32,
        columns: Vec<(u32, Column)>,
        words: Vec<(u32, Words)>,
    ) -> Self {
        let points = 2 * columns.len() as u32;
        Self { first_row, last_row, id, columns, guarded: false, until: Some(until), words, points, is_zoned: false }
    }

    /// How many answer fields the table has; a heading of ours counts more than what users call it.
    pub(super) fn score(&self) -> u32 {
        self.points
    }

    /// Where each field stands.
    pub(super) fn field_columns(&self) -> FieldColumns {
        let mut columns: FieldColumns = [None; AnswerField::ALL.len()];
        for (at, column) in &self.columns {
            if let Column::Field(field) = column {
                columns[*field as usize] = Some(*at);
            }
        }
        columns
    }

    /// Whether it is a form of ours: its hidden column of keys says so.
    pub(super) fn is_form(&self) -> bool {
        self.columns.iter().any(|(_, column)| *column == Column::Key)
    }

    /// Whether 自己評価 or 対応内容 is among its columns and most of them are answers.
    pub(super) fn is_mostly_answers(&self) -> bool {
        let has = |wanted| self.columns.iter().any(|(_, column)| *column == Column::Field(wanted));
        let count = |is: fn(&Column) -> bool| self.columns.iter().filter(|(_, column)| is(column)).count();
        let (fields, extras) =
            (count(|column| matches!(column, Column::Field(_))), count(|column| matches!(column, Column::Extra(_))));
        (has(AnswerField::Status) || has(AnswerField::Response)) && fields > extras
    }

    /// What there is to say about the header: columns that are not ours, with what they may have been meant for.
    pub(super) fn diagnostics(&self, sheet: &Sheet, _catalog: Option<&Catalog>) -> Vec<Diagnostic> {
        let known = AnswerField::ALL.map(AnswerField::heading);
        let extras = self.columns.iter().filter_map(|(at, column)| match column {
            Column::Extra(heading) => Some((*at, heading)),
            _ => None,
        });
        // Columns of one's own in a sheet we wrote were said when they first came up.
        let is_ours = self.is_form();
        extras
            .filter_map(|(at, heading)| {
                let place = SheetRange::new(&sheet.name, CellRef::new(self.last_row, at));
                let missing = known.iter().copied().filter(|name| !self.has(name));
                let said = match suggest::nearest(heading, missing) {
                    Some(near) => Diagnostic::warning("answers-column-like").arg("near", near),
                    None if is_ours => return None,
                    None => Diagnostic::note("answers-column-unknown"),
                };
                Some(said.arg("heading", heading.as_str()).at(place))
            })
            .collect()
    }

    /// How many merged headings of the header go on below its last row.
    fn merges_cut(&self, sheet: &Sheet) -> usize {
        let header = self.first_row..=self.last_row;
        sheet.merges.iter().filter(|merge| header.contains(&merge.first.row) && merge.last.row > self.last_row).count()
    }

    fn has(&self, heading: &str) -> bool {
        self.columns.iter().any(|(_, column)| matches!(column, Column::Field(field) if field.heading() == heading))
    }
}

/// What a header is looked for with.
pub(super) struct Search<'a> {
    options: &'a AnswerOptions<'a>,
    /// The numbers of the reference in any spelling: they tell the id column where its heading does not.
    ids: HashSet<String>,
    is_text: bool,
}

impl<'a> Search<'a> {
    /// Prepares the search in workbooks or, with `is_text`, in delimited text.
    pub(super) fn new(options: &'a AnswerOptions<'a>, is_text: bool) -> Self {
        let items = options.catalog.iter().flat_map(|catalog| &catalog.items);
        let ids = items.flat_map(|item| [spelling(&item.key.id), spelling(item.raw_id.as_str())]).collect();
        Self { options, ids, is_text }
    }
}

/// Finds the table of a sheet, if it has one.
pub(super) fn find(sheet: &Sheet, search: &Search<'_>) -> Option<Layout> {
    let merges = Merges::near_top(sheet);
    let mut best: Option<Layout> = None;
    for (row, _) in sheet.rows().take(ROWS_SEARCHED) {
        if search.options.header_row.is_some_and(|wanted| wanted != row + 1) {
            continue;
        }
        for last in row..row + MOST_HEADER_ROWS {
            let header = Header::of(sheet, &merges, row, last);
            let found = bind(&header, sheet, search);
            // Of equal finds the one that cuts no merged heading in two, then the one with a band over the answers, then
            // the one of fewer rows: a title or a `#` line above is no part of the header.
            let rank = |layout: &Layout| {
                let rows = Reverse(layout.last_row - layout.first_row);
                (layout.points, Reverse(layout.merges_cut(sheet)), layout.is_zoned, rows)
            };
            if let Some(found) = found.filter(|found| best.as_ref().is_none_or(|best| rank(found) > rank(best))) {
                best = Some(found);
            }
        }
    }
    best
}

/// The merged cells of the first rows, by the cells they cover.
struct Merges {
    anchors: HashMap<CellRef, CellRef>,
}

impl Merges {
    fn near_top(sheet: &Sheet) -> Self {
        let last = sheet.rows().take(ROWS_SEARCHED).next_back().map_or(0, |(row, _)| row) + MOST_HEADER_ROWS;
        let mut anchors = HashMap::new();
        for merge in sheet.merges.iter().filter(|merge| merge.first.row <= last) {
            for row in merge.first.row..=merge.last.row.min(last) {
                for column in merge.first.column..=merge.last.column.min(merge.first.column + 500) {
                    anchors.insert(CellRef::new(row, column), merge.first);
                }
            }
        }
        Self { anchors }
    }

    fn anchor(&self, cell: CellRef) -> CellRef {
        self.anchors.get(&cell).copied().unwrap_or(cell)
    }
}

/// A block of rows read as a header: every column's heading, and the bands above it.
struct Header {
    first_row: u32,
    last_row: u32,
    headings: Vec<Heading>,
}

struct Heading {
    column: u32,
    leaf: String,
    bands: Vec<String>,
}

impl Header {
    fn of(sheet: &Sheet, merges: &Merges, first_row: u32, last_row: u32) -> Self {
        let rows = || (first_row..=last_row).map(|row| sheet.row(row));
        let width = rows().filter_map(|cells| cells.last()).map(|cell| cell.at.column + 1).max().unwrap_or(0);
        // A heading merged over several narrow columns is that of the first: there the cells below have their text.
        let mut before: Option<CellRef> = None;
        let headings = (0..width).filter_map(|column| {
            let mut levels: Vec<(CellRef, &str)> = Vec::new();
            for row in first_row..=last_row {
                let anchor = merges.anchor(CellRef::new(row, column));
                // A merge that begins above the header is a title over it.
                let text = if anchor.row < first_row { "" } else { sheet.text(anchor).trim() };
                if !text.is_empty() && levels.last().is_none_or(|&(known, _)| known != anchor) {
                    levels.push((anchor, text));
                }
            }
            let (anchor, leaf) = levels.pop()?;
            if before.replace(anchor) == Some(anchor) {
                return None;
            }
            let bands = levels.into_iter().map(|(_, text)| text.to_owned()).collect();
            Some(Heading { column, leaf: leaf.to_owned(), bands })
        });
        Self { first_row, last_row, headings: headings.collect() }
    }
}

/// Says whether a band stands over what the user fills in.
fn is_answer_band(band: &str) -> bool {
    let key = heading_key(band);
    ["記入欄", "自己点検", "回答欄", "youranswer", "answers"].iter().any(|word| key.contains(word))
        || matches!(key.as_str(), "回答" | "ご回答" | "answer" | "自己評価" | "対応状況")
}

fn bind(header: &Header, sheet: &Sheet, search: &Search<'_>) -> Option<Layout> {
    let catalog = search.options.catalog;
    // A band over one of its own words is a heading over the first row of answers.
    let is_answered = |heading: &Heading| {
        let heads_status = |band: &String| Column::named(band) == Some(Column::Field(AnswerField::Status));
        Status::parse(&heading.leaf).is_some() && heading.bands.iter().any(heads_status)
    };
    if header.headings.iter().any(is_answered) {
        return None;
    }
    let has_band = |heading: &Heading| heading.bands.iter().any(|band| is_answer_band(band));
    let known = |heading: &Heading| {
        let named = Column::named(&heading.leaf).map(|column| (column, true));
        named.or_else(|| Column::called(&heading.leaf).map(|column| (column, false)))
    };
    let named: Vec<Option<(Column, bool)>> = header.headings.iter().map(known).collect();
    let mut zone: Vec<bool> = header.headings.iter().map(has_band).collect();
    // A 対応状況 with nothing of ours below it is a heading over the first row of a table.
    let is_zoned = named.iter().zip(&zone).any(|(found, &in_zone)| in_zone && is_field(found));
    if !is_zoned {
        zone.fill(false);
    }
    // Beside a band of answers, a reference's own 備考 or 回答 is no answer.
    let is_beside = |found: &Option<(Column, bool)>, in_zone: bool| is_field(found) && is_zoned && !in_zone;
    let is_kept = |(column, is_ours): &(Column, bool)| *is_ours && !is_common(column);
    let fields = named.into_iter().zip(&zone);
    let mut fields: Vec<Option<(Column, bool)>> = fields
        .map(|(found, &in_zone)| if is_beside(&found, in_zone) { found.filter(is_kept) } else { found })
        .collect();
    choose_among_equals(header, &mut fields, &zone, catalog);
    let points = fields.iter().flatten().map(|(column, is_ours)| match column {
        Column::Field(_) if *is_ours => 2,
        Column::Field(_) => 1,
        _ => 0,
    });
    let points = points.sum::<u32>();
    if points == 0 {
        return None;
    }
    let id = choose_id(header, sheet, &fields, &search.ids)?;
    let columns = columns(header, fields, id, &zone, catalog);
    let (first_row, last_row) = (header.first_row, header.last_row);
    Some(Layout {
        first_row,
        last_row,
        id,
        columns,
        guarded: search.is_text,
        until: None,
        words: Vec::new(),
        points,
        is_zoned,
    })
}

fn is_field(found: &Option<(Column, bool)>) -> bool {
    matches!(found, Some((Column::Field(_), _)))
}

/// Headings so common that a reference may have them as well.
fn is_common(column: &Column) -> bool {
    matches!(
        column,
        Column::Field(
            AnswerField::Remarks | AnswerField::Responsibility | AnswerField::Applicability | AnswerField::Scope
        )
    )
}

/// Of several columns for one field keeps one: in the band of answers, under our own heading, furthest right (answers
/// stand right of the reference). A 備考 or 責任主体 left of everything else is the reference's, where the catalog says
/// so.
fn choose_among_equals(
    header: &Header,
    fields: &mut [Option<(Column, bool)>],
    zone: &[bool],
    catalog: Option<&Catalog>,
) {
    let mut best: HashMap<Column, (bool, bool, usize)> = HashMap::new();
    for (index, found) in fields.iter().enumerate() {
        let Some((column, is_ours)) = found.as_ref().filter(|(column, _)| *column != Column::Id) else { continue };
        let rank = (zone[index], *is_ours, index);
        let known = best.entry(column.clone()).or_insert(rank);
        *known = rank.max(*known);
    }
    for (index, found) in fields.iter_mut().enumerate() {
        let Some((column, _)) = found.as_ref().filter(|(column, _)| *column != Column::Id) else { continue };
        if best[column].2 != index {
            *found = None;
        }
    }
    let is_field = |column: &Column| matches!(column, Column::Field(_)) && !is_common(column);
    let first_answer = fields.iter().position(|found| found.as_ref().is_some_and(|(column, _)| is_field(column)));
    for index in 0..first_answer.unwrap_or(0) {
        let is_common = fields[index].as_ref().is_some_and(|(column, _)| is_common(column));
        if is_common && !zone[index] && is_of_catalog(&header.headings[index].leaf, catalog) {
            fields[index] = None;
        }
    }
}

fn is_of_catalog(heading: &str, catalog: Option<&Catalog>) -> bool {
    let key = heading_key(heading);
    let leaf = |label: &str| heading_key(label.rsplit(" > ").next().unwrap_or(label));
    catalog.is_some_and(|catalog| catalog.fields.iter().any(|field| leaf(&field.label) == key))
}

/// How many rows below a header are looked at for its id column.
const ROWS_SAMPLED: usize = 200;

/// So many columns left of the first heading are looked at for ids.
const MOST_LEFT: u32 = 8;

/// The id column: under a heading of ours, else the one with the most different texts (a running number loses against
/// ids only if it has fewer), else the first; but where hardly any of its texts is a number of the reference, the
/// column in which most of them are.
fn choose_id(header: &Header, sheet: &Sheet, fields: &[Option<(Column, bool)>], ids: &HashSet<String>) -> Option<u32> {
    let by_heading = id_by_heading(header, sheet, fields);
    let rows = || sheet.rows_from(header.last_row + 1).take(ROWS_SAMPLED).map(|(row, _)| row);
    let hits = |column: u32| {
        let texts = rows().map(|row| sheet.text(CellRef::new(row, column)));
        // Some publishers let the id lead its text: `GV.OC-01: The mission …`.
        let leads = |text: &str| text.split_once(':').is_some_and(|(id, _)| ids.contains(&spelling(id)));
        texts.filter(|text| !text.is_empty() && (ids.contains(&spelling(text)) || leads(text))).count()
    };
    if ids.is_empty() || by_heading.is_some_and(|column| hits(column) * 4 >= rows().count()) {
        return by_heading;
    }
    let is_free = |found: &Option<(Column, bool)>| matches!(found, None | Some((Column::Id, _)));
    let columns = header.headings.iter().zip(fields).filter(|(_, found)| is_free(found)).map(|(head, _)| head.column);
    // The ids of some forms stand under no heading, left of everything that has one.
    let is_headed = |column: u32| header.headings.iter().any(|head| head.column == column);
    let left = header.headings.first().map_or(0, |head| head.column).min(MOST_LEFT);
    let columns = columns.chain((0..left).filter(|&column| !is_headed(column)));
    let best = columns.map(|column| (hits(column), Reverse(column))).max();
    let known = by_heading.map_or(0, hits);
    best.filter(|&(count, _)| count > 2 * known).map(|(_, Reverse(column))| column).or(by_heading)
}

fn id_by_heading(header: &Header, sheet: &Sheet, fields: &[Option<(Column, bool)>]) -> Option<u32> {
    let candidates = header.headings.iter().zip(fields).filter_map(|(heading, found)| match found {
        Some((Column::Id, is_ours)) => Some((heading.column, *is_ours)),
        _ => None,
    });
    let candidates: Vec<(u32, bool)> = candidates.collect();
    let rank = |&(column, is_ours): &(u32, bool)| {
        let sample = sheet.rows().filter(|&(row, _)| row > header.last_row).take(ROWS_SAMPLED);
        let texts = sample.map(|(row, _)| sheet.text(CellRef::new(row, column)));
        let lettered = texts.filter(|text| text.chars().any(char::is_alphabetic)).count();
        (is_ours, lettered, u32::MAX - column)
    };
    match candidates.as_slice() {
        [] => None,
        [(column, _)] => Some(*column),
        many => many.iter().max_by_key(|candidate| rank(candidate)).map(|&(column, _)| column),
    }
}

/// The columns that are read. What is no answer is one of the reference's, or the user's own and kept.
fn columns(
    header: &Header,
    fields: Vec<Option<(Column, bool)>>,
    id: u32,
    zone: &[bool],
    catalog: Option<&Catalog>,
) -> Vec<(u32, Column)> {
    let is_zoned = zone.contains(&true);
    let first_answer = fields.iter().position(|found| matches!(found, Some((Column::Field(_), _)))).unwrap_or(0);
    let mut columns: Vec<(u32, Column)> = Vec::new();
    for (index, found) in fields.into_iter().enumerate() {
        let heading = &header.headings[index];
        match found {
            Some((Column::Id, _)) if heading.column == id => columns.push((id, Column::Id)),
            Some((column, _)) if column != Column::Id => columns.push((heading.column, column)),
            _ => {
                let left = index < first_answer;
                let is_reference = left
                    && (column::is_reference_heading(&heading.leaf) || is_of_catalog(&heading.leaf, catalog))
                    || column::is_computed_heading(&heading.leaf)
                    // Beside the band of answers another band is the reference's; a column without one is the user's.
                    || is_zoned && !zone[index] && (left || !heading.bands.is_empty());
                if !is_reference {
                    let name = unused(&columns, &column::extra_heading(&heading.leaf));
                    columns.push((heading.column, Column::Extra(name)));
                }
            }
        }
    }
    if !columns.iter().any(|&(column, _)| column == id) {
        columns.insert(0, (id, Column::Id));
    }
    columns
}

/// A second column under the same heading is told apart by a number.
fn unused(columns: &[(u32, Column)], heading: &str) -> String {
    let is_used =
        |name: &str| columns.iter().any(|(_, column)| matches!(column, Column::Extra(known) if known == name));
    if !is_used(heading) {
        return heading.to_owned();
    }
    let numbered = (2..).map(|number| format!("{heading} ({number})"));
    numbered.into_iter().find(|name| !is_used(name)).expect("numbers do not run out")
}
