//! Tables of an OpenDocument file: rows and cells, some written once and repeated.

use super::cell_text::CellText;
use super::styles::Looks;
use super::validation::Rules;
use crate::address::{CellRef, MAX_COLUMNS, MAX_ROWS, Range};
use crate::diagnostic::{Diagnostic, Failure};
use crate::workbook::builder::{Context, Place, SheetBuilder};
use crate::workbook::limits::refuse_many_sheets;
use crate::workbook::number_format::iso_to_serial;
use crate::workbook::package::xml_failure;
use crate::workbook::xml::{Scanner, Tag, Token, XmlError, unescape};
use crate::workbook::{Comment, Font, Hyperlink, Shape, Value, Visibility};

/// Cells that only repeat another, over all tables: at most so many, because a short file can ask for any number.
const MAX_REPEATED: u64 = 400_000;

/// Blanks written by their number, over all tables: at most so many, for the same reason.
const MAX_BLANKS: u32 = 1 << 24;

/// A table as read.
#[derive(Default)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) visibility: Visibility,
    pub(super) builder: SheetBuilder,
    pub(super) hyperlinks: Vec<Hyperlink>,
    pub(super) comments: Vec<Comment>,
    pub(super) shapes: Vec<Shape>,
    /// Which cells point at which rule of validation.
    pub(super) validated: Vec<(String, Range)>,
}

/// Why a table could not be read to its end.
enum Stop {
    Xml(XmlError),
    Limit(Diagnostic),
}

impl From<XmlError> for Stop {
    fn from(error: XmlError) -> Self {
        Self::Xml(error)
    }
}

impl From<Diagnostic> for Stop {
    fn from(limit: Diagnostic) -> Self {
        Self::Limit(limit)
    }
}

pub(super) fn read(
    part: &str,
    text: &str,
    looks: &Looks,
    context: &Context<'_>,
) -> Result<(Vec<Table>, Rules), Failure> {
    let mut reader = Reader {
        scanner: Scanner::new(text),
        looks,
        context,
        table: Table::default(),
        at: CellRef::new(0, 0),
        column: 0,
        column_styles: Vec::new(),
        row_style: None,
        repeated: 0,
        blanks: 0,
        rules: Rules::default(),
    };
    match reader.tables() {
        Ok(tables) => Ok((tables, reader.rules)),
        Err(Stop::Xml(error)) => Err(xml_failure(part, error)),
        Err(Stop::Limit(diagnostic)) => Err(diagnostic.arg("part", part).into()),
    }
}

struct Reader<'a, 'c> {
    scanner: Scanner<'a>,
    looks: &'c Looks,
    context: &'c Context<'c>,
    table: Table,
    at: CellRef,
    /// The next `table-column`'s first column.
    column: u32,
    /// Columns that name the style of cells without one: the last column of each, and the style.
    column_styles: Vec<(u32, u32)>,
    /// The style the row names for them, which comes before its columns'.
    row_style: Option<u32>,
    repeated: u64,
    /// Blanks written by their number, over all tables.
    blanks: u32,
    rules: Rules,
}

/// How often something is repeated: at least once.
fn times(tag: &Tag<'_>, name: &str) -> u32 {
    tag.raw(name).and_then(|value| value.trim().parse::<u64>().ok()).map_or(1, |times| times.clamp(1, 1 << 30) as u32)
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    matches!(tag.raw("visibility"), Some("collapse" | "filter"))
}

impl<'a> Reader<'a, '_> {
    fn tables(&mut self) -> Result<Vec<Table>, Stop> {
        let mut tables = Vec::new();
        while let Some(tag) = self.scanner.next_tag()? {
            match tag.name {
                "table" => {
                    self.table(&tag)?;
                    tables.push(std::mem::take(&mut self.table));
                    refuse_many_sheets(tables.len())?;
                }
                "content-validation" => self.rules.take(&mut self.scanner, &tag)?,
                "named-range" => self.rules.name(&tag),
                // Deleted cells and the cells of linked files are no tables of the workbook.
                "tracked-changes" | "dde-links" | "automatic-styles" => self.scanner.skip(&tag)?,
                _ => {}
            }
        }
        Ok(tables)
    }

    fn table(&mut self, tag: &Tag<'a>) -> Result<(), Stop> {
        self.table.name = tag.get("name").unwrap_or_default().into_owned();
        self.table.builder.protected = tag.is_true("protected");
        if self.looks.is_hidden_table(&tag.get("style-name").unwrap_or_default()) {
            self.table.visibility = Visibility::Hidden;
        }
        (self.at, self.column) = (CellRef::new(0, 0), 0);
        self.column_styles.clear();
        let inside = self.scanner.inside(tag);
        while let Some(child) = self.scanner.tag_inside(inside)? {
            match child.name {
                "table-row" => self.row(&child)?,
                "table-column" => self.columns(&child),
                "shapes" => self.shapes(&child, CellRef::new(0, 0))?,
                "table-header-rows"
                | "table-row-group"
                | "table-rows"
                | "table-header-columns"
                | "table-column-group"
                | "table-columns" => {}
                _ => self.scanner.skip(&child)?,
            }
        }
        Ok(())
    }

    fn columns(&mut self, tag: &Tag<'_>) {
        let first = self.column;
        self.column = first.saturating_add(times(tag, "number-columns-repeated")).min(MAX_COLUMNS);
        if is_hidden(tag) && first < self.column {
            self.table.builder.hidden_columns.push((first, self.column - 1));
        }
        if first < self.column {
            self.column_styles.push((self.column - 1, self.default_style(tag).unwrap_or(0)));
        }
    }

    fn default_style(&self, tag: &Tag<'_>) -> Option<u32> {
        tag.get("default-cell-style-name").map(|name| self.looks.cell_number(&name))
    }

    /// The style of a cell: its own, or the one its row or its column names for cells without (part 3, 19.615).
    fn style(&self, tag: &Tag<'_>, at: CellRef) -> u32 {
        if let Some(name) = tag.get("style-name") {
            return self.looks.cell_number(&name);
        }
        let of_column = || {
            let index = self.column_styles.partition_point(|&(last, _)| last < at.column);
            self.column_styles.get(index).map_or(0, |&(_, style)| style)
        };
        self.row_style.unwrap_or_else(of_column)
    }

    fn row(&mut self, tag: &Tag<'a>) -> Result<(), Stop> {
        let times = times(tag, "number-rows-repeated");
        let (row, cells_before) = (self.at.row, self.table.builder.len());
        let validated_before = self.table.validated.len();
        self.at.column = 0;
        self.row_style = self.default_style(tag);
        let inside = self.scanner.inside(tag);
        while let Some(child) = self.scanner.tag_inside(inside)? {
            match child.name {
                "table-cell" | "covered-table-cell" => self.cell(&child)?,
                _ => self.scanner.skip(&child)?,
            }
        }
        let last = row.saturating_add(times - 1);
        for (_, range) in &mut self.table.validated[validated_before..] {
            range.last.row = last.min(MAX_ROWS - 1);
        }
        let cells_after = self.table.builder.len();
        if cells_after > cells_before {
            self.table.builder.row(row, false, self.context)?;
            for repeat in row + 1..=last {
                self.table.builder.row(repeat, false, self.context)?;
                for index in cells_before..cells_after {
                    self.repeat(index, |cell| Place { at: CellRef::new(repeat, cell.at.column), ..cell })?;
                }
            }
        }
        if is_hidden(tag) && row < MAX_ROWS {
            self.table.builder.hide_rows(row, last.min(MAX_ROWS - 1));
        }
        self.at.row = last.saturating_add(1);
        Ok(())
    }

    fn repeat(&mut self, index: usize, place: impl Fn(Place) -> Place) -> Result<(), Stop> {
        self.repeated += 1;
        if self.repeated > MAX_REPEATED {
            return Err(Diagnostic::error("limit-repeats").arg("limit", MAX_REPEATED).into());
        }
        Ok(self.table.builder.repeat(index, place, self.context)?)
    }

    fn cell(&mut self, tag: &Tag<'a>) -> Result<(), Stop> {
        let times = times(tag, "number-columns-repeated");
        let at = self.at;
        self.at.column = at.column.saturating_add(times);
        self.validated(tag, at);
        let style = self.style(tag, at);
        let place = Place { at, style, is_formula: tag.raw("formula").is_some() };
        let before = self.table.builder.len();
        if at.column >= MAX_COLUMNS || at.row >= MAX_ROWS {
            if !tag.is_empty {
                self.table.builder.misplaced(at.to_string());
            }
            return Ok(self.scanner.skip(tag)?);
        }
        self.content(tag, place)?;
        if self.table.builder.len() > before {
            for column in at.column + 1..self.at.column.min(MAX_COLUMNS) {
                let at = CellRef::new(at.row, column);
                let style = self.style(tag, at);
                self.repeat(before, |cell| Place { at, style, ..cell })?;
            }
        }
        self.merge(tag, at)
    }

    /// Notes the rule a cell points at, for as many cells as it stands for.
    fn validated(&mut self, tag: &Tag<'_>, at: CellRef) {
        let Some(rule) = tag.get("content-validation-name") else { return };
        if at.column < MAX_COLUMNS && at.row < MAX_ROWS {
            let last = CellRef::new(at.row, self.at.column.min(MAX_COLUMNS) - 1);
            self.table.validated.push((rule.into_owned(), Range::new(at, last)));
        }
    }

    fn merge(&mut self, tag: &Tag<'_>, at: CellRef) -> Result<(), Stop> {
        let span = |name: &str, limit: u32| times(tag, name).min(limit);
        let last = CellRef::new(
            at.row.saturating_add(span("number-rows-spanned", MAX_ROWS) - 1).min(MAX_ROWS - 1),
            at.column.saturating_add(span("number-columns-spanned", MAX_COLUMNS) - 1).min(MAX_COLUMNS - 1),
        );
        if last != at {
            self.table.builder.merge(Range::new(at, last), self.context)?;
        }
        Ok(())
    }

    fn content(&mut self, tag: &Tag<'a>, place: Place) -> Result<(), Stop> {
        let around = self.context.styles.cells[place.style as usize].font;
        let mut text = CellText::new(around, &self.table.builder.arena);
        let inside = self.scanner.inside(tag);
        while let Some(child) = self.scanner.tag_inside(inside)? {
            match child.name {
                "p" | "h" => self.paragraph(&child, &mut text, place.at)?,
                "annotation" => self.comment(&child, place.at)?,
                "list" | "list-item" | "section" => {}
                "frame" | "custom-shape" | "rect" | "g" | "ellipse" => self.shapes(&child, place.at)?,
                _ => self.scanner.skip(&child)?,
            }
        }
        let runs = text.finish(&self.table.builder.arena);
        let value = self.value(tag, text.paragraphs > 0);
        Ok(self.table.builder.own(place, value, runs, self.context)?)
    }

    /// The value the attributes say; where no text is shown for it, its own is appended.
    fn value(&mut self, tag: &Tag<'_>, has_text: bool) -> Value {
        let arena = &mut self.table.builder.arena;
        // `calcext:value-type` says `error` where the standard has no word for it.
        if tag.attributes().any(|(name, value)| name == "value-type" && value == "error") {
            return Value::Error;
        }
        let mut shown = |text: &str| {
            if !has_text {
                arena.push_str(text);
            }
        };
        match tag.raw("value-type") {
            Some("float" | "percentage" | "currency") => {
                let number = tag.number::<f64>("value").filter(|number| number.is_finite());
                number.map_or(Value::Text, |number| {
                    shown(&number.to_string());
                    Value::Number(number)
                })
            }
            Some("date") => dated(tag.raw("date-value"), |text| iso_to_serial(text, false), shown),
            Some("time") => dated(tag.raw("time-value"), duration, shown),
            Some("boolean") => {
                let is_true = tag.raw("boolean-value") == Some("true");
                shown(if is_true { "TRUE" } else { "FALSE" });
                Value::Bool(is_true)
            }
            _ => {
                shown(&tag.get("string-value").unwrap_or_default());
                Value::Text
            }
        }
    }

    fn paragraph(&mut self, tag: &Tag<'a>, text: &mut CellText, at: CellRef) -> Result<(), XmlError> {
        text.begin_paragraph(&mut self.table.builder.arena);
        self.inline(tag, text, at, text.around)?;
        text.end_paragraph(&mut self.table.builder.arena);
        Ok(())
    }

    /// Appends the text of a paragraph or span, and what stands in it.
    fn inline(&mut self, tag: &Tag<'a>, text: &mut CellText, at: CellRef, font: Font) -> Result<(), XmlError> {
        let inside = self.scanner.depth();
        while !tag.is_empty && self.scanner.depth() >= inside {
            match self.scanner.next()?.ok_or(XmlError::Truncated)? {
                Token::Text(raw) => text.push(&unescape(raw), font, &mut self.table.builder.arena),
                Token::CData(raw) => text.push(raw, font, &mut self.table.builder.arena),
                Token::Start(child) => match child.name {
                    "span" => {
                        let name = child.get("style-name").unwrap_or_default();
                        let own = self.looks.span_font(&name, font);
                        self.inline(&child, text, at, own)?;
                    }
                    "a" => {
                        if let Some(target) = child.get("href") {
                            let target = target.into_owned();
                            self.table.hyperlinks.push(Hyperlink { range: Range::from(at), target });
                        }
                        self.inline(&child, text, at, font)?;
                    }
                    "s" => {
                        let count = times(&child, "c").min(MAX_BLANKS - self.blanks.min(MAX_BLANKS));
                        self.blanks += count;
                        text.push_exactly(&" ".repeat(count as usize), font, &mut self.table.builder.arena);
                        self.scanner.skip(&child)?;
                    }
                    "tab" => {
                        text.push_exactly("\t", font, &mut self.table.builder.arena);
                        self.scanner.skip(&child)?;
                    }
                    "line-break" => {
                        text.push_exactly("\n", font, &mut self.table.builder.arena);
                        self.scanner.skip(&child)?;
                    }
                    "ruby-text" | "annotation" | "note" => self.scanner.skip(&child)?,
                    _ => self.inline(&child, text, at, font)?,
                },
                Token::End(_) => {}
            }
        }
        Ok(())
    }

    fn comment(&mut self, tag: &Tag<'a>, at: CellRef) -> Result<(), XmlError> {
        let (mut author, mut lines) = (String::new(), Vec::new());
        let inside = self.scanner.inside(tag);
        while let Some(child) = self.scanner.tag_inside(inside)? {
            match child.name {
                "creator" => author = self.scanner.text_of(&child)?,
                "p" => lines.push(self.scanner.text_of(&child)?),
                _ => {}
            }
        }
        self.table.comments.push(Comment { at, author, text: lines.join("\n") });
        Ok(())
    }

    fn shapes(&mut self, tag: &Tag<'a>, at: CellRef) -> Result<(), XmlError> {
        let mut lines = Vec::new();
        let inside = self.scanner.inside(tag);
        while let Some(child) = self.scanner.tag_inside(inside)? {
            match child.name {
                "p" => lines.push(self.scanner.text_of(&child)?),
                "object" | "image" => self.scanner.skip(&child)?,
                _ => {}
            }
        }
        let text = lines.join("\n");
        if !text.trim().is_empty() {
            self.table.shapes.push(Shape { range: Range::from(at), text });
        }
        Ok(())
    }
}

fn dated(raw: Option<&str>, serial: impl Fn(&str) -> Option<f64>, mut shown: impl FnMut(&str)) -> Value {
    let Some(raw) = raw else { return Value::Text };
    shown(raw);
    serial(raw).map_or(Value::Text, Value::Date)
}

/// Reads a duration such as `PT12H30M00S` to days.
fn duration(text: &str) -> Option<f64> {
    let mut rest = text.trim().strip_prefix("PT")?;
    let mut seconds = 0.0;
    for (unit, length) in [('H', 3600.0), ('M', 60.0), ('S', 1.0)] {
        if let Some((number, after)) = rest.split_once(unit) {
            seconds += number.parse::<f64>().ok()? * length;
            rest = after;
        }
    }
    Some(seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_parts_of_a_day() {
        for (text, days) in [("PT12H00M00S", Some(0.5)), ("PT06H", Some(0.25)), ("PT36H00M00S", Some(1.5)), ("x", None)]
        {
            assert_eq!(duration(text), days);
        }
    }
}
