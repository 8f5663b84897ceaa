//! Pictures placed in cells: the cell holds an error, and a number that leads over the workbook's metadata to a rich
//! value, whose structure says that it is a picture ([MS-XLSX] 2.2.4.18, 2.3.6.1).

use std::collections::HashSet;

use crate::diagnostic::Failure;
use crate::workbook::package::{Package, Relationships, xml_failure};
use crate::workbook::xml::{Scanner, Token, XmlError};

/// Finds which numbers of value metadata (`vm`, from 1) stand for a picture.
pub(super) fn pictures(package: &Package<'_>, workbook: &Relationships) -> Result<HashSet<u32>, Failure> {
    let part =
        |kind| workbook.of_kind(kind).map(|found| found.target.as_str()).find(|name| package.entry(name).is_some());
    let parts = (part("sheetMetadata"), part("rdRichValue"), part("rdRichValueStructure"));
    let (Some(metadata), Some(values), Some(structures)) = parts else { return Ok(HashSet::new()) };
    let read = |part: &str, each: &dyn Fn(&str) -> Result<Vec<u32>, XmlError>| {
        each(&package.text(part)?).map_err(|error| xml_failure(part, error))
    };
    let shown = read(structures, &|text| picture_structures(text))?;
    let structure_of = read(values, &|text| numbers(text, "rv", "s"))?;
    let value_of = read(metadata, &|text| rich_values(text))?;
    let is_picture = |value: u32| structure_of.get(value as usize).is_some_and(|structure| shown.contains(structure));
    Ok((1..).zip(value_of).filter(|&(_, value)| is_picture(value)).map(|(number, _)| number).collect())
}

/// The places of the structures that are pictures: one kept in the file, or shown from an address.
fn picture_structures(text: &str) -> Result<Vec<u32>, XmlError> {
    let (mut found, mut place) = (Vec::new(), 0);
    let mut scanner = Scanner::new(text);
    while let Some(token) = scanner.next()? {
        let Token::Start(tag) = token else { continue };
        if tag.name == "s" {
            let kind = tag.get("t").unwrap_or_default();
            if ["_localImage", "_webimage"].iter().any(|known| kind.eq_ignore_ascii_case(known)) {
                found.push(place);
            }
            place += 1;
        }
    }
    Ok(found)
}

/// A number of each element of a name, in their order.
fn numbers(text: &str, element: &str, attribute: &str) -> Result<Vec<u32>, XmlError> {
    let mut found = Vec::new();
    let mut scanner = Scanner::new(text);
    while let Some(token) = scanner.next()? {
        if let Token::Start(tag) = token
            && tag.name == element
        {
            found.push(tag.number(attribute).unwrap_or(u32::MAX));
        }
    }
    Ok(found)
}

/// The rich value of each block of value metadata; `u32::MAX` for one that has none.
fn rich_values(text: &str) -> Result<Vec<u32>, XmlError> {
    let (mut types, mut future, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let (mut is_rich, mut is_value) = (false, false);
    let mut scanner = Scanner::new(text);
    while let Some(token) = scanner.next()? {
        let Token::Start(tag) = token else { continue };
        match tag.name {
            "metadataType" => types.push(tag.get("name").is_some_and(|name| name == "XLRICHVALUE")),
            "futureMetadata" => is_rich = tag.get("name").is_some_and(|name| name == "XLRICHVALUE"),
            "cellMetadata" => (is_rich, is_value) = (false, false),
            "valueMetadata" => (is_rich, is_value) = (false, true),
            "rvb" if is_rich => future.push(tag.number("i").unwrap_or(u32::MAX)),
            "rc" if is_value => {
                let kind = tag.number::<usize>("t").and_then(|kind| types.get(kind.checked_sub(1)?));
                let place = tag.number::<usize>("v").filter(|_| kind == Some(&true));
                values.push(place.and_then(|place| future.get(place)).copied().unwrap_or(u32::MAX));
            }
            _ => {}
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use crate::workbook::{ReadOptions, read};

    /// One grey dot.
    const PNG: &[u8] =
        b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\
        \x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\x0d\x49\x44\x41\x54\x78\xda\x63\x64\xf8\xcf\x50\
        \x0f\x00\x03\x86\x01\x80\x5a\x34\x7d\x6b\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

    #[test]
    fn a_picture_placed_in_a_cell_is_known_as_one() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(0, 0, "統1").unwrap();
        let picture = rust_xlsxwriter::Image::new_from_buffer(PNG).unwrap();
        sheet.embed_image(1, 2, &picture).unwrap();
        sheet.write_formula(2, 0, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let workbook = read(&bytes, "book.xlsx", &ReadOptions::default()).unwrap();
        let places: Vec<String> = workbook.sheets[0].pictures.iter().map(ToString::to_string).collect();
        assert_eq!(places, ["C2"]);
    }
}
