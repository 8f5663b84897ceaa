//! What new columns of a worksheet need beside their cells: merged headings, widths, drop-downs.
//!
//! Elements that are there grow; elements that are not are made where the schema wants them.

use crate::address::Range;

use super::cells::parse_number;
use super::layout::{Child, Layout};
use super::markup::{Kind, Malformed, Tag, escape_attribute};
use super::splice::Splices;

/// Excel takes a list written into a validation up to this length, in UTF-16 units (ECMA-376 part 1, §18.3.1.33).
pub const MAX_LIST_UNITS: usize = 255;

/// A list of words to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DropDown {
    /// The cells it is for.
    pub range: Range,
    /// The words, without commas, at most [`MAX_LIST_UNITS`] together with the commas between them.
    pub words: Vec<String>,
}

impl DropDown {
    /// Says whether Excel takes the words as a list written out.
    pub fn fits(words: &[String]) -> bool {
        let units: usize = words.iter().map(|word| super::utf16_units(word) + 1).sum();
        units <= MAX_LIST_UNITS + 1 && words.iter().all(|word| !word.contains(','))
    }
}

/// Merges cells.
pub(crate) fn add_merges(layout: &Layout<'_>, merges: &[Range], splices: &mut Splices) -> Result<(), Malformed> {
    let prefix = String::from_utf8_lossy(layout.prefix);
    let entries: String = merges.iter().map(|range| format!("<{prefix}mergeCell ref=\"{range}\"/>")).collect();
    append(layout, "mergeCells", &entries, merges.len(), splices)
}

/// Lets cells be chosen from words.
pub(crate) fn add_drop_downs(layout: &Layout<'_>, lists: &[DropDown], splices: &mut Splices) -> Result<(), Malformed> {
    let prefix = String::from_utf8_lossy(layout.prefix);
    let entry = |list: &DropDown| {
        let words = escape_attribute(&list.words.join(",").replace('"', "\"\""));
        format!(
            "<{prefix}dataValidation type=\"list\" allowBlank=\"1\" showInputMessage=\"1\" showErrorMessage=\"1\" \
             sqref=\"{}\"><{prefix}formula1>\"{words}\"</{prefix}formula1></{prefix}dataValidation>",
            list.range
        )
    };
    let entries: String = lists.iter().map(entry).collect();
    append(layout, "dataValidations", &entries, lists.len(), splices)
}

/// Adds entries to a top-level element that counts them, making it where it is missing.
fn append(
    layout: &Layout<'_>,
    name: &str,
    entries: &str,
    added: usize,
    splices: &mut Splices,
) -> Result<(), Malformed> {
    if added == 0 {
        return Ok(());
    }
    let prefix = String::from_utf8_lossy(layout.prefix);
    let Some(child) = layout.child(name) else {
        let element = format!("<{prefix}{name} count=\"{added}\">{entries}</{prefix}{name}>");
        splices.insert(layout.place_for(name), element.as_bytes());
        return Ok(());
    };
    let count = layout.entries(child)?.len() + added;
    if let Some(attribute) = child.open.attributes().find(|attribute| attribute.name == b"count") {
        splices.replace(attribute.span, format!(" count=\"{count}\"").as_bytes());
    }
    insert_at_end(layout, child, entries, splices);
    Ok(())
}

fn insert_at_end(layout: &Layout<'_>, child: &Child<'_>, entries: &str, splices: &mut Splices) {
    if child.open.kind == Kind::Empty {
        let name = String::from_utf8_lossy(child.open.name);
        splices.replace(child.open.end - 2..child.open.end, format!(">{entries}</{name}>").as_bytes());
    } else {
        splices.insert(child.inner(layout.part).end, entries.as_bytes());
    }
}

/// Gives columns (zero-based, in order) a width in characters and shows them. A column keeps its style.
pub(crate) fn set_widths(layout: &Layout<'_>, widths: &[(u32, f64)], splices: &mut Splices) -> Result<(), Malformed> {
    if widths.is_empty() {
        return Ok(());
    }
    let prefix = String::from_utf8_lossy(layout.prefix);
    let Some(child) = layout.child("cols") else {
        let entries: String = widths.iter().map(|&(column, width)| col(&prefix, column, width, None)).collect();
        let element = format!("<{prefix}cols>{entries}</{prefix}cols>");
        splices.insert(layout.place_for("cols"), element.as_bytes());
        return Ok(());
    };
    let mut rest = widths;
    for tag in layout.entries(child)? {
        let bound = |name: &[u8]| tag.attribute(name).and_then(parse_number).ok_or(Malformed { at: tag.start });
        let (first, last) = (bound(b"min")?.saturating_sub(1), bound(b"max")?.saturating_sub(1));
        let before = rest.partition_point(|&(column, _)| column < first);
        let within = rest.partition_point(|&(column, _)| column <= last);
        let new: String = rest[..before].iter().map(|&(column, width)| col(&prefix, column, width, None)).collect();
        splices.insert(tag.start, new.as_bytes());
        if within > before {
            let split = split(layout, &tag, (first, last), &rest[before..within], &prefix);
            splices.replace(tag.span(), split.as_bytes());
        }
        rest = &rest[within..];
    }
    let behind: String = rest.iter().map(|&(column, width)| col(&prefix, column, width, None)).collect();
    insert_at_end(layout, child, &behind, splices);
    Ok(())
}

fn col(prefix: &str, column: u32, width_chars: f64, style: Option<&str>) -> String {
    let style = style.map(|style| format!(" style=\"{style}\"")).unwrap_or_default();
    let number = column + 1;
    format!("<{prefix}col min=\"{number}\" max=\"{number}\" width=\"{width_chars}\"{style} customWidth=\"1\"/>")
}

/// The stretches of a `col` around and at the columns that get a width of their own.
fn split(layout: &Layout<'_>, tag: &Tag<'_>, (first, last): (u32, u32), widths: &[(u32, f64)], prefix: &str) -> String {
    let style = tag.text_attribute(b"style");
    let mut out = String::new();
    let mut next = first;
    for &(column, width) in widths {
        if column > next {
            out.push_str(&stretch(layout, tag, next, column - 1));
        }
        out.push_str(&col(prefix, column, width, style.as_deref()));
        next = column + 1;
    }
    if next <= last {
        out.push_str(&stretch(layout, tag, next, last));
    }
    out
}

/// The same `col` for fewer columns.
fn stretch(layout: &Layout<'_>, tag: &Tag<'_>, first: u32, last: u32) -> String {
    let mut splices = Splices::default();
    for attribute in tag.attributes() {
        let offset = attribute.span.start - tag.start..attribute.span.end - tag.start;
        match attribute.name {
            b"min" => splices.replace(offset, format!(" min=\"{}\"", first + 1).as_bytes()),
            b"max" => splices.replace(offset, format!(" max=\"{}\"", last + 1).as_bytes()),
            _ => {}
        }
    }
    let element = &layout.part[tag.span()];
    let whole = if tag.kind == Kind::Empty {
        element.to_vec()
    } else {
        // `<col …></col>` has no content; only the opening tag is repeated.
        [&element[..element.len() - 1], b"/>"].concat()
    };
    String::from_utf8_lossy(&splices.apply(&whole)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patched(inside: &str, change: impl Fn(&Layout<'_>, &mut Splices) -> Result<(), Malformed>) -> String {
        let part = format!("<worksheet>{inside}</worksheet>");
        let mut splices = Splices::default();
        change(&Layout::worksheet(part.as_bytes()).unwrap(), &mut splices).unwrap();
        let out = String::from_utf8(splices.apply(part.as_bytes())).unwrap();
        out.replace("<worksheet>", "").replace("</worksheet>", "")
    }

    #[test]
    fn columns_get_a_width_and_their_neighbours_keep_theirs() {
        let widths = |cols: &str| {
            let out = patched(&format!("{cols}<sheetData/>"), |layout, splices| {
                set_widths(layout, &[(4, 12.0), (5, 40.0)], splices)
            });
            out.replace("<sheetData/>", "")
        };
        let (five, six) = (
            r#"<col min="5" max="5" width="12" customWidth="1"/>"#,
            r#"<col min="6" max="6" width="40" customWidth="1"/>"#,
        );
        assert_eq!(widths(""), format!("<cols>{five}{six}</cols>"));
        let around = r#"<col min="1" max="4" width="9"/>{}<col min="7" max="16384" width="9" style="3" hidden="1"/>"#;
        assert_eq!(
            widths(&format!("<cols>{}</cols>", around.replace("{}", ""))),
            format!("<cols>{}</cols>", around.replace("{}", &format!("{five}{six}")))
        );
        assert_eq!(
            widths(r#"<cols><col min="3" max="16384" style="3" hidden="1"/></cols>"#),
            concat!(
                r#"<cols><col min="3" max="4" style="3" hidden="1"/><col min="5" max="5" width="12" style="3" customWidth="1"/>"#,
                r#"<col min="6" max="6" width="40" style="3" customWidth="1"/><col min="7" max="16384" style="3" hidden="1"/></cols>"#
            )
        );
    }

    #[test]
    fn merges_and_drop_downs_join_those_that_are_there() {
        let merges =
            |inside: &str| patched(inside, |layout, splices| add_merges(layout, &["E1:E2".parse().unwrap()], splices));
        assert_eq!(
            merges(r#"<sheetData/><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells><pageMargins/>"#),
            r#"<sheetData/><mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="E1:E2"/></mergeCells><pageMargins/>"#
        );
        assert_eq!(
            merges("<sheetData/><pageMargins/>"),
            r#"<sheetData/><mergeCells count="1"><mergeCell ref="E1:E2"/></mergeCells><pageMargins/>"#
        );
        let list = DropDown { range: "E3:E9".parse().unwrap(), words: ["済", "<未>"].map(str::to_owned).to_vec() };
        let out = patched("<sheetData/><dataValidations count=\"0\"/>", |layout, splices| {
            add_drop_downs(layout, std::slice::from_ref(&list), splices)
        });
        assert!(out.starts_with(r#"<sheetData/><dataValidations count="1"><dataValidation type="list""#), "{out}");
        assert!(
            out.ends_with(r#"sqref="E3:E9"><formula1>"済,&lt;未&gt;"</formula1></dataValidation></dataValidations>"#),
            "{out}"
        );
    }

    #[test]
    fn a_list_too_long_for_excel_does_not_fit() {
        let words = |count: usize, word: &str| vec![word.to_owned(); count];
        assert!(DropDown::fits(&words(64, "字字字")));
        assert!(!DropDown::fits(&words(65, "字字字")));
        assert!(!DropDown::fits(&words(1, "a,b")));
    }
}
