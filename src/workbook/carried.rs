//! What goes out with a workbook beside what its sheets show: who wrote it and when, properties, comments, hidden
//! rows, columns and sheets, links to other files, macros. For whoever hands the file in to look at.

use crate::address::{CellRef, MAX_COLUMNS, MAX_ROWS, Range, SheetRange};
use crate::diagnostic::Failure;

use super::package::{Package, xml_failure};
use super::xml::Scanner;
use super::{Format, Limits, Sheet, Visibility, Workbook};

/// What kind of thing goes along.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CarriedKind {
    /// Who made the file.
    Creator,
    /// Who saved it last.
    LastModifiedBy,
    /// When it was made.
    Created,
    /// When it was saved last.
    Modified,
    /// The company it was made in.
    Company,
    /// The manager named in it.
    Manager,
    /// A property of the user's own: `name: value`.
    CustomProperty,
    /// A note or threaded comment: `author: text`.
    Comment,
    /// A hidden sheet, by its name.
    HiddenSheet,
    /// Hidden rows.
    HiddenRows,
    /// Hidden columns.
    HiddenColumns,
    /// A link to another file.
    ExternalLink,
    /// Macros.
    Macros,
}

impl CarriedKind {
    /// All kinds, in the order they are listed.
    pub const ALL: [Self; 13] = [
        Self::Creator,
        Self::LastModifiedBy,
        Self::Created,
        Self::Modified,
        Self::Company,
        Self::Manager,
        Self::CustomProperty,
        Self::Comment,
        Self::HiddenSheet,
        Self::HiddenRows,
        Self::HiddenColumns,
        Self::ExternalLink,
        Self::Macros,
    ];

    /// The word in our formats.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Creator => "creator",
            Self::LastModifiedBy => "last-modified-by",
            Self::Created => "created",
            Self::Modified => "modified",
            Self::Company => "company",
            Self::Manager => "manager",
            Self::CustomProperty => "custom-property",
            Self::Comment => "comment",
            Self::HiddenSheet => "hidden-sheet",
            Self::HiddenRows => "hidden-rows",
            Self::HiddenColumns => "hidden-columns",
            Self::ExternalLink => "external-link",
            Self::Macros => "macros",
        }
    }
}

/// One thing that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// What it is.
    pub kind: CarriedKind,
    /// Where it stands, if it stands in cells.
    pub at: Option<SheetRange>,
    /// What it says.
    pub text: Option<String>,
}

/// Lists what goes out with a workbook: properties first, then sheet by sheet, then links and macros.
///
/// Properties, links and macros are known for xlsx and xlsm only.
///
/// # Errors
///
/// What opening the package or reading its properties says.
pub fn carried_along(bytes: &[u8], workbook: &Workbook, limits: &Limits) -> Result<Vec<Carried>, Failure> {
    let mut carried = Vec::new();
    if !matches!(workbook.format, Format::Xlsx | Format::Xlsm) {
        workbook.sheets.iter().for_each(|sheet| of_sheet(sheet, &mut carried));
        return Ok(carried);
    }
    let package = Package::open(bytes, limits)?;
    properties(&package, &mut carried)?;
    workbook.sheets.iter().for_each(|sheet| of_sheet(sheet, &mut carried));
    external_links(&package, &mut carried)?;
    let macros = package.entries().iter().filter(|entry| entry.name.to_ascii_lowercase().ends_with("vbaproject.bin"));
    carried.extend(macros.map(|entry| said(CarriedKind::Macros, entry.name.clone())));
    Ok(carried)
}

fn said(kind: CarriedKind, text: impl Into<String>) -> Carried {
    Carried { kind, at: None, text: Some(text.into()) }
}

fn properties(package: &Package<'_>, carried: &mut Vec<Carried>) -> Result<(), Failure> {
    let root = package.relationships("")?;
    for relationship in root.0.iter().filter(|relationship| !relationship.is_external) {
        let part = relationship.target.as_str();
        if package.entry(part).is_none() {
            continue;
        }
        match relationship.kind.as_str() {
            "core-properties" | "extended-properties" | "extendedProperties" => named(package, part, carried)?,
            "custom-properties" | "customProperties" => custom(package, part, carried)?,
            _ => {}
        }
    }
    Ok(())
}

/// Properties with names of the standard's own.
fn named(package: &Package<'_>, part: &str, carried: &mut Vec<Carried>) -> Result<(), Failure> {
    let text = package.text(part)?;
    let mut scanner = Scanner::new(&text);
    while let Some(tag) = scanner.next_tag().map_err(|error| xml_failure(part, error))? {
        let kind = match tag.name {
            "creator" => CarriedKind::Creator,
            "lastModifiedBy" => CarriedKind::LastModifiedBy,
            "created" => CarriedKind::Created,
            "modified" => CarriedKind::Modified,
            "Company" => CarriedKind::Company,
            "Manager" => CarriedKind::Manager,
            _ => continue,
        };
        let text = scanner.text_of(&tag).map_err(|error| xml_failure(part, error))?;
        if !text.trim().is_empty() {
            carried.push(said(kind, text.trim()));
        }
    }
    Ok(())
}

/// Properties the user named.
fn custom(package: &Package<'_>, part: &str, carried: &mut Vec<Carried>) -> Result<(), Failure> {
    let text = package.text(part)?;
    let mut scanner = Scanner::new(&text);
    while let Some(tag) = scanner.next_tag().map_err(|error| xml_failure(part, error))? {
        if tag.name != "property" {
            continue;
        }
        let name = tag.get("name").unwrap_or_default().into_owned();
        let value = scanner.text_of(&tag).map_err(|error| xml_failure(part, error))?;
        carried.push(said(CarriedKind::CustomProperty, format!("{name}: {}", value.trim())));
    }
    Ok(())
}

fn of_sheet(sheet: &Sheet, carried: &mut Vec<Carried>) {
    if sheet.visibility != Visibility::Visible {
        carried.push(said(CarriedKind::HiddenSheet, &*sheet.name));
    }
    let place = |range: Range| Some(SheetRange::new(&sheet.name, range));
    let rows = runs(sheet.hidden_rows.iter().copied()).into_iter().map(|(first, last)| {
        let range = Range::new(CellRef::new(first, 0), CellRef::new(last, MAX_COLUMNS - 1));
        Carried { kind: CarriedKind::HiddenRows, at: place(range), text: None }
    });
    carried.extend(rows);
    let columns = runs(sheet.hidden_columns.iter().copied()).into_iter().map(|(first, last)| {
        let range = Range::new(CellRef::new(0, first), CellRef::new(MAX_ROWS - 1, last));
        Carried { kind: CarriedKind::HiddenColumns, at: place(range), text: None }
    });
    carried.extend(columns);
    let comments = sheet.comments.iter().map(|comment| {
        let author = if comment.author.is_empty() { String::new() } else { format!("{}: ", comment.author) };
        let text = Some(format!("{author}{}", comment.text));
        Carried { kind: CarriedKind::Comment, at: place(comment.at.into()), text }
    });
    carried.extend(comments);
}

/// Spans that follow each other as one: Excel writes the hidden columns M to P as four.
pub fn runs(spans: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for (first, last) in spans {
        match runs.last_mut() {
            Some((_, end)) if first <= *end + 1 => *end = last.max(*end),
            _ => runs.push((first, last)),
        }
    }
    runs
}

fn external_links(package: &Package<'_>, carried: &mut Vec<Carried>) -> Result<(), Failure> {
    let links =
        package.entries().iter().map(|entry| entry.name.as_str()).filter(|name| {
            package.content_type(name).is_some_and(|kind| kind.ends_with("spreadsheetml.externalLink+xml"))
        });
    for link in links {
        for relationship in package.relationships(link)?.0 {
            if relationship.is_external {
                carried.push(said(CarriedKind::ExternalLink, relationship.target));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{ReadOptions, read};

    #[test]
    fn what_a_reader_of_the_sheets_would_not_see_is_listed() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let properties = rust_xlsxwriter::DocProperties::new()
            .set_author("担当 花子")
            .set_company("架空銀行")
            .set_creation_datetime(&rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 3, 1).unwrap())
            .set_custom_property("文書番号", "A-1");
        book.set_properties(&properties);
        let sheet = book.add_worksheet().set_name("回答").unwrap();
        sheet.write(4, 0, "実1").unwrap();
        sheet.set_row_hidden(4).unwrap();
        sheet.set_column_hidden(2).unwrap();
        sheet
            .insert_note(0, 1, &rust_xlsxwriter::Note::new("要確認").set_author("上司").add_author_prefix(false))
            .unwrap();
        book.add_worksheet().set_name("控え").unwrap().set_hidden(true);
        let bytes = book.save_to_buffer().unwrap();
        let workbook = read(&bytes, "book.xlsx", &ReadOptions::default()).unwrap();
        let carried = carried_along(&bytes, &workbook, &Limits::default()).unwrap();
        let shown: Vec<String> = carried
            .iter()
            .map(|carried| {
                let at = carried.at.as_ref().map(|at| format!(" {at}")).unwrap_or_default();
                format!("{}{at} {}", carried.kind.as_str(), carried.text.as_deref().unwrap_or_default())
            })
            .collect();
        for line in [
            "creator 担当 花子",
            "created 2026-03-01T00:00:00Z",
            "company 架空銀行",
            "custom-property 文書番号: A-1",
            "hidden-rows 回答!A5:XFD5 ",
            "hidden-columns 回答!C1:C1048576 ",
            "comment 回答!B1 上司: 要確認",
            "hidden-sheet 控え",
        ] {
            assert!(shown.iter().any(|shown| shown == line), "{line} is missing in {shown:?}");
        }
    }
}
