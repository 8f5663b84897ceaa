//! What the workbook part says that formulas depend on: sheets in tab order, defined names, tables; and the switch
//! that makes Excel calculate on load.

use std::collections::HashMap;

use crate::address::{CellRef, Range};
use crate::diagnostic::Failure;
use crate::workbook::Workbook;
use crate::workbook::package::Package;

use super::layout::WORKBOOK;
use super::markup::{Kind, Tags, unescape};
use super::splice::Splices;
use super::{Part, part_failure, xstring};

/// A table of a sheet.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Index into the workbook's sheets.
    pub(crate) sheet: usize,
    pub(crate) range: Range,
    pub(crate) header_rows: u32,
    /// The columns' names, as formulas write them.
    pub(crate) columns: Vec<String>,
}

impl Table {
    /// The header cells, whose texts are the columns' names.
    pub(crate) fn header(&self) -> Option<Range> {
        let last = self.range.first.row + self.header_rows.checked_sub(1)?;
        Some(Range { first: self.range.first, last: CellRef::new(last, self.range.last.column) })
    }
}

/// The names formulas may use.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Every tab, charts included, with the workbook's sheet where it is one.
    pub(crate) tabs: Vec<(String, Option<usize>)>,
    /// Lower-case name and the tab it belongs to (`None` for all) to its formula.
    defined: HashMap<(String, Option<usize>), String>,
    /// Tables by lower-case name.
    tables: HashMap<String, Table>,
}

impl Names {
    /// Reads the workbook part and every sheet's tables.
    pub(crate) fn read(package: &Package<'_>, part: &Part, workbook: &Workbook) -> Result<Self, Failure> {
        let mut names = Self::default();
        let layout = part.layout(&WORKBOOK)?;
        let malformed = |_| part_failure(&part.name, "malformed");
        for sheets in layout.all("sheets") {
            for tab in layout.entries(sheets).map_err(malformed)? {
                let name = tab.text_attribute(b"name").unwrap_or_default();
                let sheet = workbook.sheets.iter().position(|sheet| *sheet.name == *name);
                names.tabs.push((name, sheet));
            }
        }
        for defined in layout.all("definedNames") {
            let inner = defined.inner(layout.part);
            let mut tags = Tags::new(&layout.part[..inner.end], inner.start);
            while let Some(tag) = tags.next_tag().map_err(malformed)? {
                if tag.kind != Kind::Open {
                    continue;
                }
                let close = tags.close_of(&tag).map_err(malformed)?;
                let name = tag.text_attribute(b"name").unwrap_or_default().to_lowercase();
                let tab = tag.text_attribute(b"localSheetId").and_then(|id| id.parse().ok());
                names.defined.insert((name, tab), unescape(&layout.part[tag.end..close.start]));
            }
        }
        for sheet in 0..workbook.sheets.len() {
            for (name, table) in tables(package, workbook, sheet)? {
                names.tables.insert(name.to_lowercase(), table);
            }
        }
        Ok(names)
    }

    /// The formula of a defined name, as seen from a tab: the tab's own name first.
    pub(crate) fn defined(&self, name: &str, tab: Option<usize>) -> Option<&str> {
        let name = name.to_lowercase();
        let own = tab.and_then(|tab| self.defined.get(&(name.clone(), Some(tab))));
        own.or_else(|| self.defined.get(&(name, None))).map(String::as_str)
    }

    pub(crate) fn table(&self, name: &str) -> Option<&Table> {
        self.tables.get(&name.to_lowercase())
    }

    /// The tables of a sheet.
    pub(crate) fn tables_on(&self, sheet: usize) -> impl Iterator<Item = &Table> {
        self.tables.values().filter(move |table| table.sheet == sheet)
    }

    /// Finds a tab by name, blind to case as Excel is.
    pub(crate) fn tab(&self, name: &str) -> Option<usize> {
        let name = name.to_lowercase();
        self.tabs.iter().position(|(tab, _)| tab.to_lowercase() == name)
    }

    /// The tab of a sheet.
    pub(crate) fn tab_of(&self, sheet: usize) -> Option<usize> {
        self.tabs.iter().position(|&(_, index)| index == Some(sheet))
    }
}

/// The tables of one sheet, by name.
pub(crate) fn tables(
    package: &Package<'_>,
    workbook: &Workbook,
    sheet: usize,
) -> Result<Vec<(String, Table)>, Failure> {
    let relationships = package.relationships(&workbook.sheets[sheet].part)?;
    let mut tables = Vec::new();
    for relationship in relationships.of_kind("table") {
        if package.entry(&relationship.target).is_none() {
            continue;
        }
        let content = package.part(&relationship.target)?;
        // A table that cannot be read is one that Excel drops; it guards no cell.
        if let Some(table) = read_table(&content, sheet) {
            tables.push(table);
        }
    }
    Ok(tables)
}

fn read_table(content: &[u8], sheet: usize) -> Option<(String, Table)> {
    let mut tags = Tags::new(content, 0);
    let root = tags.next_tag().ok()??;
    let name = root.text_attribute(b"displayName").or_else(|| root.text_attribute(b"name"))?;
    let range: Range = root.text_attribute(b"ref")?.parse().ok()?;
    let header_rows = root.text_attribute(b"headerRowCount").and_then(|count| count.parse().ok()).unwrap_or(1).min(1);
    let mut columns = Vec::new();
    while let Some(tag) = tags.next_tag().ok()? {
        if tag.local() == b"tableColumn" && tag.kind != Kind::Close {
            columns.push(xstring::decode(&tag.text_attribute(b"name").unwrap_or_default()));
        }
    }
    Some((name, Table { sheet, range, header_rows, columns }))
}

/// Makes Excel calculate everything when it opens the workbook.
pub(crate) fn calculate_on_load(part: &Part, splices: &mut Splices) -> Result<(), Failure> {
    const ATTRIBUTE: &[u8] = b" fullCalcOnLoad=\"1\"";
    let layout = part.layout(&WORKBOOK)?;
    let Some(calc) = layout.child("calcPr") else {
        let element = [b"<", layout.prefix, b"calcPr", ATTRIBUTE, b"/>"].concat();
        splices.insert(layout.place_for("calcPr"), &element);
        return Ok(());
    };
    match calc.open.attributes().find(|attribute| attribute.name == b"fullCalcOnLoad") {
        Some(attribute) if matches!(attribute.value, b"1" | b"true") => {}
        Some(attribute) => splices.replace(attribute.span, ATTRIBUTE),
        None => splices.insert(calc.open.start + 1 + calc.open.name.len(), ATTRIBUTE),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calculated(inside: &str) -> String {
        let content = format!("<workbook><sheets/>{inside}</workbook>").into_bytes();
        let part = Part::of("xl/workbook.xml".to_owned(), content).unwrap();
        let mut splices = Splices::default();
        calculate_on_load(&part, &mut splices).unwrap();
        let out = String::from_utf8(part.finish(splices)).unwrap();
        out.replace("<workbook><sheets/>", "").replace("</workbook>", "")
    }

    #[test]
    fn excel_is_told_to_calculate_on_load() {
        for (before, after) in [
            ("", r#"<calcPr fullCalcOnLoad="1"/>"#),
            ("<definedNames/><extLst/>", r#"<definedNames/><calcPr fullCalcOnLoad="1"/><extLst/>"#),
            (r#"<calcPr calcId="191029"/>"#, r#"<calcPr fullCalcOnLoad="1" calcId="191029"/>"#),
            (r#"<calcPr fullCalcOnLoad="0" calcId="1"/>"#, r#"<calcPr fullCalcOnLoad="1" calcId="1"/>"#),
            (r#"<calcPr fullCalcOnLoad="true"/>"#, r#"<calcPr fullCalcOnLoad="true"/>"#),
        ] {
            assert_eq!(calculated(before), after);
        }
    }
}
