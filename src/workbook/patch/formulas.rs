//! The formulas of a worksheet part: their texts, and where their cached values stand so that they can be cut out.

use std::ops::Range as Bytes;

use memchr::memmem;

use crate::address::{CellRef, Range};

use super::cells::{cell_column, row_number};
use super::layout::Layout;
use super::markup::{Kind, Malformed, Tag, Tags, unescape};

/// A cell whose value is worked out: by its own formula, or as one of the results of an array formula above it.
#[derive(Debug)]
pub(crate) struct Formula {
    pub(crate) at: CellRef,
    pub(crate) text: Text,
    /// Where an array formula or data table puts its results.
    pub(crate) results: Option<Range>,
    /// The bytes to cut out so that no value is cached; empty where none is.
    pub(crate) cached: Vec<Bytes<usize>>,
}

/// How a formula is given.
#[derive(Debug, PartialEq)]
pub(crate) enum Text {
    /// By its text; with a number where others share it.
    Own { formula: String, shared: Option<u32> },
    /// By the number of a formula it shares.
    Shared(u32),
    /// By input cells only (a what-if table).
    DataTable,
    /// By the array formula or data table whose results hold the cell.
    ResultOf(CellRef),
}

/// Lists the formulas of a sheet in cell order; a part without any costs one pass of a string search.
pub(crate) fn formulas(layout: &Layout<'_>) -> Result<Vec<Formula>, Malformed> {
    let data = layout.child("sheetData").expect("a worksheet has sheet data").inner(layout.part);
    let needle = [b"<", layout.prefix, b"f"].concat();
    let is_formula = |at: usize| matches!(layout.part.get(at), Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'));
    let cells = &layout.part[data.clone()];
    let has_any = memmem::find_iter(cells, &needle).any(|at| is_formula(data.start + at + needle.len()));
    if !has_any {
        return Ok(Vec::new());
    }
    let mut scan =
        Scan { layout, tags: Tags::new(&layout.part[..data.end], data.start), found: Vec::new(), arrays: Vec::new() };
    scan.rows()?;
    Ok(scan.found)
}

struct Scan<'a> {
    layout: &'a Layout<'a>,
    tags: Tags<'a>,
    found: Vec<Formula>,
    /// Array formulas met so far, with their results.
    arrays: Vec<(CellRef, Range)>,
}

impl<'a> Scan<'a> {
    fn rows(&mut self) -> Result<(), Malformed> {
        let mut next_row = 0;
        while let Some(row) = self.tags.next_tag()? {
            let number = row_number(&row, next_row)?;
            next_row = number + 1;
            if row.kind == Kind::Open {
                self.arrays.retain(|(_, results)| results.last.row >= number);
                self.cells(number)?;
            }
        }
        Ok(())
    }

    fn cells(&mut self, row: u32) -> Result<(), Malformed> {
        let mut next_column = 0;
        while let Some(cell) = self.tags.next_tag()? {
            if cell.kind == Kind::Close {
                return Ok(());
            }
            if cell.local() != b"c" {
                if cell.kind == Kind::Open {
                    self.tags.close_of(&cell)?;
                }
                continue;
            }
            let column = cell_column(&cell, row, next_column)?;
            next_column = column + 1;
            if cell.kind == Kind::Open {
                self.cell(&cell, CellRef::new(row, column))?;
            }
        }
        Err(Malformed { at: self.tags.position() })
    }

    fn cell(&mut self, cell: &Tag<'a>, at: CellRef) -> Result<(), Malformed> {
        let mut formula: Option<(Text, Option<Range>)> = None;
        let mut values = Vec::new();
        while let Some(tag) = self.tags.next_tag()? {
            if tag.kind == Kind::Close {
                break;
            }
            let close = if tag.kind == Kind::Open { Some(self.tags.close_of(&tag)?) } else { None };
            let end = close.map_or(tag.end, |close| close.end);
            match tag.local() {
                b"f" => {
                    let inside = close.map_or(&b""[..], |close| &self.layout.part[tag.end..close.start]);
                    formula = Some(read_formula(&tag, inside));
                }
                b"v" | b"is" => values.push(tag.start..end),
                _ => {}
            }
        }
        let (text, results) = match formula {
            Some(formula) => formula,
            None => match self.arrays.iter().rev().find(|(_, results)| results.contains(at)) {
                Some(&(master, _)) => (Text::ResultOf(master), None),
                None => return Ok(()),
            },
        };
        if let Some(results) = results.filter(|results| !results.is_cell()) {
            self.arrays.push((at, results));
        }
        self.found.push(Formula { at, text, results, cached: cached(cell, values) });
        Ok(())
    }
}

fn read_formula(tag: &Tag<'_>, inside: &[u8]) -> (Text, Option<Range>) {
    let shared = tag.attribute(b"si").and_then(super::cells::parse_number);
    let reference = tag.text_attribute(b"ref").and_then(|text| text.parse::<Range>().ok());
    let formula = unescape(inside);
    match tag.attribute(b"t") {
        Some(b"dataTable") => (Text::DataTable, reference),
        Some(b"array") => (Text::Own { formula, shared: None }, reference),
        Some(b"shared") => match shared {
            Some(number) if formula.is_empty() => (Text::Shared(number), None),
            _ => (Text::Own { formula, shared }, None),
        },
        _ => (Text::Own { formula, shared: None }, None),
    }
}

/// What to cut so that a cell has no value: the value itself, and what is said of its kind.
fn cached(cell: &Tag<'_>, values: Vec<Bytes<usize>>) -> Vec<Bytes<usize>> {
    if values.is_empty() {
        return values;
    }
    let of_value = cell.attributes().filter(|attribute| matches!(attribute.name, b"t" | b"vm"));
    of_value.map(|attribute| attribute.span).chain(values).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::patch::splice::Splices;

    fn read(rows: &str) -> (String, Vec<Formula>) {
        let part = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        let found = formulas(&Layout::worksheet(part.as_bytes()).unwrap()).unwrap();
        (part, found)
    }

    #[test]
    fn values_of_formulas_can_be_cut_out() {
        let (part, found) = read(
            r#"<row><c r="A1" s="1" t="str"><f>B1&amp;"&lt;"</f><v>x</v></c><c><v>1</v></c><c r="C1"><f/></c></row>"#,
        );
        let mut splices = Splices::default();
        found.iter().flat_map(|formula| &formula.cached).for_each(|cut| splices.remove(cut.clone()));
        let cut = String::from_utf8(splices.apply(part.as_bytes())).unwrap();
        assert!(cut.contains(r#"<c r="A1" s="1"><f>B1&amp;"&lt;"</f></c><c><v>1</v></c><c r="C1"><f/></c>"#));
        assert_eq!(found[0].text, Text::Own { formula: "B1&\"<\"".to_owned(), shared: None });
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn shared_and_array_formulas_know_their_own() {
        let (_, found) = read(concat!(
            r#"<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="3">B1</f><v>1</v></c><c r="D1"><f t="array" ref="D1:D2">E1:E2</f><v>1</v></c></row>"#,
            r#"<row r="2"><c r="A2"><f t="shared" si="3"/><v>1</v></c><c r="D2"><v>2</v></c><c r="E2"><v>2</v></c></row>"#,
        ));
        let texts: Vec<&Text> = found.iter().map(|formula| &formula.text).collect();
        assert_eq!(texts[0], &Text::Own { formula: "B1".to_owned(), shared: Some(3) });
        assert_eq!(texts[2..], [&Text::Shared(3), &Text::ResultOf("D1".parse().unwrap())]);
        assert_eq!(found[1].results, Some("D1:D2".parse().unwrap()));
    }

    #[test]
    fn a_sheet_without_formulas_is_not_walked() {
        assert!(read("<row r=\"2\"/><row r=\"1\"><font/></row>").1.is_empty());
    }
}
