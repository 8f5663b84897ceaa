//! Writes a first template for a workbook that none fits: what `bind` found, as TOML to read and go on from.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::bind::bind;
use super::binding::{Binding, BoundColumn, BoundTable, Role};
use super::layout::{Continuation, Grouping, Heading, ItemFact, ListLayout, TableLayout};
use super::options::BindOptions;
use crate::answers::AnswerField;
use crate::answers::column::Column;
use crate::diagnostic::Failure;
use crate::workbook::Workbook;

/// What stands in a proposal for the person who goes on from it, in their language. English by default.
pub struct Remarks {
    /// What to do with it, a line each.
    pub head: String,
    /// What a title says.
    pub title: String,
    /// What the names of sheets are good for.
    pub sheets: String,
    /// What `ids_per_sheet` means.
    pub ids_per_sheet: String,
}

impl Default for Remarks {
    fn default() -> Self {
        Self {
            head: "A first template: what the headings say. Correct the keys, then read with `--template THIS-FILE`.\n\
                Every key is explained in templates/README.md; `secref templates show NAME` prints a finished one."
                .to_owned(),
            title: "what this template reads, in one line".to_owned(),
            sheets: "Hints only; the headings decide.".to_owned(),
            ids_per_sheet: "The same id on another sheet is another item.".to_owned(),
        }
    }
}

/// Writes the TOML of a template that reads the workbook as it is read without one, for a person to go on from.
///
/// Headings stand as in the workbook, each field under its key. A column that is blank throughout and is called like an
/// answer becomes one, so that `fill --into` finds it.
///
/// # Errors
///
/// As [`bind`].
pub fn propose(workbook: &Workbook, options: &BindOptions, remarks: &Remarks) -> Result<String, Failure> {
    let binding = bind(workbook, options)?;
    let mut out: String = remarks.head.lines().map(|line| format!("# {line}\n")).collect();
    out.push_str("format_version = 1\n");
    line(&mut out, "title", &remarks.title);
    match &binding.template.framework {
        Some(framework) => line(&mut out, "framework", framework),
        None => out.push_str("# framework = \"fisc\"\n"),
    }
    if !binding.template.marks.labels.is_empty() {
        let _ = writeln!(out, "\n[marks]\nlabels = {}", list(&binding.template.marks.labels));
    }
    for tables in of_one_shape(&binding) {
        table(&mut out, workbook, &binding, &tables, remarks);
    }
    for layout in found_lists(&binding) {
        document_list(&mut out, layout);
    }
    Ok(out)
}

/// The headings of a table's ids, and the fields given once in it.
type Shape<'a> = (Vec<&'a str>, &'a [String]);

/// The tables by the headings of their ids and what is given once in them: tables of one shape are one in the template.
fn of_one_shape(binding: &Binding) -> Vec<Vec<&BoundTable>> {
    let mut shapes: Vec<(Shape<'_>, Vec<&BoundTable>)> = Vec::new();
    for table in &binding.tables {
        let ids: Vec<&str> = ids(table).map(|column| column.label.as_str()).collect();
        let given_once = binding.layout(table).rows.fill_down.as_slice();
        let shape = (ids, given_once);
        match shapes.iter_mut().find(|(known, _)| *known == shape) {
            Some((_, tables)) => tables.push(table),
            None => shapes.push((shape, vec![table])),
        }
    }
    shapes.into_iter().map(|(_, tables)| tables).collect()
}

/// The columns of the id, each heading once: one merged over several columns is one heading.
fn ids(table: &BoundTable) -> impl Iterator<Item = &BoundColumn> {
    let mut ids: Vec<(usize, &BoundColumn)> = Vec::new();
    for column in &table.columns {
        if let Role::Id(part) = column.role
            && !ids.iter().any(|&(known, _)| known == part)
        {
            ids.push((part, column));
        }
    }
    ids.sort_by_key(|&(part, _)| part);
    ids.into_iter().map(|(_, column)| column)
}

fn table(out: &mut String, workbook: &Workbook, binding: &Binding, tables: &[&BoundTable], remarks: &Remarks) {
    let layout = binding.layout(tables[0]);
    let depth = |table: &&BoundTable| table.header.last.row - table.header.first.row + 1;
    let (fewest, most) = (tables.iter().map(depth).min().unwrap_or(1), tables.iter().map(depth).max().unwrap_or(1));
    let mut sheets: Vec<&str> = tables.iter().map(|table| &*workbook.sheets[table.sheet].name).collect();
    sheets.dedup();
    out.push_str("\n[[table]]\n");
    if sheets.iter().any(|sheet| !sheet.is_empty()) {
        let _ = writeln!(out, "# {}\nsheets = {}", remarks.sheets, list(&sheets));
    }
    if fewest == most {
        let _ = writeln!(out, "header_rows = {fewest}");
    } else {
        let _ = writeln!(out, "header_rows = [{fewest}, {most}]");
    }
    if layout.ids_per_sheet {
        let _ = writeln!(out, "# {}\nids_per_sheet = true", remarks.ids_per_sheet);
    }
    id(out, tables[0], layout);
    rows(out, layout);
    group(out, layout);
    let needed = tables.iter().map(|table| table.columns.len()).max().unwrap_or(0).min(2);
    let mut columns: BTreeMap<usize, (&BoundColumn, Vec<String>, usize)> = BTreeMap::new();
    for column in tables.iter().flat_map(|table| table.columns.iter().filter(|column| is_written(column))) {
        let known = columns.iter().find(|(_, (known, ..))| known.key == column.key).map(|(&place, _)| place);
        let place = known.unwrap_or(columns.len());
        let (_, headings, count) = columns.entry(place).or_insert((column, Vec::new(), 0));
        let heading = heading_text(&column.label);
        if !headings.contains(&heading) {
            headings.push(heading);
        }
        *count += 1;
    }
    let mut required = 0;
    for (column, headings, count) in columns.values() {
        let is_required = *count == tables.len() && required < needed;
        required += usize::from(is_required);
        let answer = answer_of(column).or_else(|| blank_answer(workbook, tables, column));
        one_column(out, layout, column, answer, headings, is_required);
    }
}

/// Whether a column can be found again by its heading: it has one, and the sheet has it once.
fn is_written(column: &BoundColumn) -> bool {
    let is_named_by_letter = column.label.starts_with('(') && *column.key == *column.label;
    let is_second = column.key.ends_with(')') && column.label.rsplit(" > ").any(|level| second_of(&column.key, level));
    !matches!(column.role, Role::Id(_)) && !is_named_by_letter && !is_second
}

/// Whether a key is `備考 (2)` for the heading 備考.
fn second_of(key: &str, heading: &str) -> bool {
    let number = key.strip_prefix(heading).and_then(|rest| rest.strip_prefix(" (")?.strip_suffix(')'));
    number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
}

fn id(out: &mut String, table: &BoundTable, layout: &TableLayout) {
    let headings: Vec<String> = ids(table).map(|column| heading_text(&column.label)).collect();
    let mut parts = vec![format!("columns = {}", list(&headings))];
    let scheme = layout.id.scheme.map_or("auto", |scheme| scheme.name());
    parts.push(format!("scheme = {}", quoted(scheme)));
    if layout.id.join != "." && !layout.id.join.is_empty() {
        parts.push(format!("join = {}", quoted(&layout.id.join)));
    }
    if layout.id.leads {
        parts.push("leads = true".to_owned());
    }
    if layout.id.numbered {
        parts.push("numbered = true".to_owned());
    }
    if let Some(key) = &layout.id.prefix_from {
        parts.push(format!("prefix_from = {}", quoted(key)));
    }
    let _ = writeln!(out, "id = {{ {} }}", parts.join(", "));
}

fn rows(out: &mut String, layout: &TableLayout) {
    let rules = &layout.rows;
    let continuation = match rules.continuation {
        Continuation::BlankId => "blank-id",
        Continuation::PartLabel => "part-label",
        Continuation::None => "none",
    };
    let mut parts = vec![format!("continuation = {}", quoted(continuation))];
    let texts = |headings: &[Heading]| list(&headings.iter().map(Heading::as_str).collect::<Vec<_>>());
    if rules.repeats {
        parts.push("repeat = \"parts\"".to_owned());
    }
    if !rules.bands.patterns.is_empty() {
        parts.push(format!("band = {}", texts(&rules.bands.patterns)));
    }
    if !rules.bands.columns.is_empty() {
        parts.push(format!("band_columns = {}", list(&rules.bands.columns)));
    }
    if !rules.retired.is_empty() {
        parts.push(format!("retired = {}", texts(&rules.retired)));
    }
    if let Some(key) = &rules.retired_when_blank {
        parts.push(format!("retired_when_blank = {}", quoted(key)));
    }
    if !rules.fill_down.is_empty() {
        parts.push(format!("fill_down = {}", list(&rules.fill_down)));
    }
    let _ = writeln!(out, "rows = {{ {} }}", parts.join(", "));
}

fn group(out: &mut String, layout: &TableLayout) {
    let word = match &layout.group {
        Grouping::Auto => return,
        Grouping::Prefix => "prefix".to_owned(),
        Grouping::Sheet => "sheet".to_owned(),
        Grouping::Band => "band".to_owned(),
        Grouping::Field(key) => format!("field:{key}"),
        Grouping::None => "none".to_owned(),
    };
    line(out, "group", &word);
}

fn one_column(
    out: &mut String,
    layout: &TableLayout,
    column: &BoundColumn,
    answer: Option<AnswerField>,
    headings: &[String],
    is_required: bool,
) {
    out.push_str(if answer.is_some() { "\n[[table.answer]]\n" } else { "\n[[table.column]]\n" });
    line(out, "key", answer.map_or(&*column.key, |field| field.key()));
    let _ = writeln!(out, "header = {}", list(headings));
    if is_required {
        out.push_str("required = true\n");
    }
    match column.role {
        Role::Revision => line(out, "role", "revision"),
        Role::Item(fact) => line(
            out,
            "role",
            match fact {
                ItemFact::RawId => "raw-id",
                ItemFact::Sheet => "sheet",
                ItemFact::Group => "group",
                ItemFact::Status => "status",
            },
        ),
        _ => {}
    }
    if let Some(list) = layout.column(&column.key).and_then(|known| known.cites).filter(|_| answer.is_none()) {
        line(out, "cites", list.as_str());
    }
    if let Role::Tick(tick) = &column.role {
        let (key, words, mark) = (quoted(tick.field.key()), list(&tick.words), quoted(&tick.mark));
        let _ = writeln!(out, "tick = {{ key = {key}, words = {words}, mark = {mark} }}");
    }
    if let Role::Answer { values, .. } = &column.role
        && !values.is_empty()
    {
        let words: Vec<String> =
            values.iter().map(|(ours, theirs)| format!("{} = {}", quoted(ours), quoted(theirs))).collect();
        let _ = writeln!(out, "values = {{ {} }}", words.join(", "));
    }
}

fn answer_of(column: &BoundColumn) -> Option<AnswerField> {
    match column.role {
        Role::Answer { field, .. } => Some(field),
        _ => None,
    }
}

/// The answer a column asks for: blank throughout, and called like one.
fn blank_answer(workbook: &Workbook, tables: &[&BoundTable], column: &BoundColumn) -> Option<AnswerField> {
    let is_blank = |table: &&BoundTable| {
        let own = table.columns.iter().find(|own| own.key == column.key);
        own.is_none_or(|own| {
            let rows = workbook.sheets[table.sheet].rows_between(table.rows.0, table.rows.1);
            let mut cells = rows.flat_map(|(_, cells)| cells);
            !cells.any(|cell| cell.at.column == own.column && !cell.text.trim().is_empty())
        })
    };
    let heading = column.label.rsplit(" > ").next()?;
    let Some(Column::Field(field)) = Column::named(heading).or_else(|| Column::called(heading)) else { return None };
    tables.iter().all(is_blank).then_some(field)
}

/// The list layouts of the template that were found.
fn found_lists(binding: &Binding) -> impl Iterator<Item = &ListLayout> {
    binding.template.lists.iter().filter(|layout| binding.lists.iter().any(|list| list.list == layout.list))
}

fn document_list(out: &mut String, layout: &ListLayout) {
    out.push_str("\n[[list]]\n");
    line(out, "list", layout.list.as_str());
    let parts =
        [("titles", &layout.titles), ("number", &layout.number), ("title", &layout.title), ("url", &layout.url)];
    for (name, headings) in parts.into_iter().filter(|(_, headings)| !headings.is_empty()) {
        let texts: Vec<&str> = headings.iter().map(Heading::as_str).collect();
        let _ = writeln!(out, "{name} = {}", list(&texts));
    }
}

/// A heading as a template writes it: a footnote mark behind it is dropped, as it is when headings are compared.
fn heading_text(label: &str) -> String {
    let levels: Vec<&str> = label.split(" > ").map(without_footnote).collect();
    levels.join(" > ")
}

fn without_footnote(level: &str) -> &str {
    let bare = level.trim_end_matches(|c: char| c.is_numeric() || c == ')' || c == '）');
    let marked = bare.len() < level.len() && bare.ends_with(['*', '＊', '※']);
    if marked { bare.trim_end_matches(['*', '＊', '※', '(', '（', ' ']) } else { level }
}

fn line(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "{name} = {}", quoted(text));
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn list<T: AsRef<str>>(texts: &[T]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}
