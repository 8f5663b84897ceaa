//! What other parts say of a sheet: targets of links, threaded comments, texts of shapes and diagrams.

use std::collections::HashMap;

use crate::address::{CellRef, MAX_COLUMNS, MAX_ROWS, Range};
use crate::workbook::package::Relationships;
use crate::workbook::xml::{Scanner, Tag, XmlError};
use crate::workbook::{Comment, Hyperlink, Shape};

/// A link before its target is looked up.
pub(in crate::workbook) struct RawHyperlink {
    pub(in crate::workbook) range: Range,
    /// Id of the relationship that names the target.
    pub(in crate::workbook) id: Option<String>,
    /// Where in the target it leads.
    pub(in crate::workbook) location: Option<String>,
}

/// Joins links with the targets their relationships name.
pub(super) fn hyperlinks(raw: Vec<RawHyperlink>, relationships: &Relationships) -> Vec<Hyperlink> {
    let targets: HashMap<&str, &str> =
        relationships.0.iter().map(|one| (one.id.as_str(), one.target.as_str())).collect();
    raw.into_iter()
        .filter_map(|link| {
            let mut target = link.id.and_then(|id| targets.get(id.as_str()).copied()).unwrap_or_default().to_owned();
            if let Some(location) = link.location.filter(|location| !location.is_empty()) {
                target = format!("{target}#{location}");
            }
            (!target.is_empty()).then_some(Hyperlink { range: link.range, target })
        })
        .collect()
}

/// Reads the people of a workbook: display name by id.
pub(super) fn persons(text: &str) -> Result<HashMap<String, String>, XmlError> {
    let mut persons = HashMap::new();
    let mut scanner = Scanner::new(text);
    while let Some(tag) = scanner.next_tag()? {
        if let (Some(id), Some(name)) = (tag.get("id"), tag.get("displayName")) {
            persons.insert(id.to_ascii_lowercase(), name.into_owned());
        }
    }
    Ok(persons)
}

/// Reads a part of threaded comments (MS-XLSX 2.6.204).
pub(super) fn threaded_comments(text: &str, persons: &HashMap<String, String>) -> Result<Vec<Comment>, XmlError> {
    let mut comments: Vec<Comment> = Vec::new();
    let mut scanner = Scanner::new(text);
    while let Some(tag) = scanner.next_tag()? {
        match tag.name {
            "threadedComment" => {
                let Some(at) = tag.get("ref").and_then(|at| at.parse().ok()) else { continue };
                let person = tag.get("personId").unwrap_or_default().to_ascii_lowercase();
                let author = persons.get(&person).cloned().unwrap_or_default();
                comments.push(Comment { at, author, text: String::new() });
            }
            "text" => {
                let words = scanner.text_of(&tag)?;
                if let Some(comment) = comments.last_mut() {
                    comment.text = words;
                }
            }
            _ => {}
        }
    }
    Ok(comments)
}

/// Joins notes and threads: the note that stands for a thread in older Excel is left out (its author is `tc={…}`).
pub(super) fn joined(mut notes: Vec<Comment>, threads: Vec<Comment>) -> Vec<Comment> {
    if !threads.is_empty() {
        let places: std::collections::HashSet<CellRef> = threads.iter().map(|comment| comment.at).collect();
        notes.retain(|note| !(note.author.starts_with("tc=") && places.contains(&note.at)));
    }
    notes.extend(threads);
    notes.sort_by_key(|comment| comment.at);
    notes
}

/// When the workbook was last changed, from its core properties.
pub(super) fn modified(text: &str) -> Option<String> {
    let mut scanner = Scanner::new(text);
    while let Some(tag) = scanner.next_tag().ok()? {
        if tag.name == "modified" {
            return Some(scanner.text_of(&tag).ok()?.trim().to_owned());
        }
    }
    None
}

/// What a drawing holds: texts, and diagrams whose texts are in parts of their own.
#[derive(Default)]
pub(super) struct Drawing {
    pub(super) shapes: Vec<Shape>,
    /// The cells under each picture.
    pub(super) pictures: Vec<Range>,
    /// The cells under each diagram and the id of the relationship to its data.
    pub(super) diagrams: Vec<(Range, String)>,
}

/// Reads the texts of a drawing's shapes (20.5), each with the cells under its anchor.
pub(super) fn drawing(text: &str) -> Result<Drawing, XmlError> {
    let mut drawing = Drawing::default();
    let mut scanner = Scanner::new(text);
    while let Some(tag) = scanner.next_tag()? {
        match tag.name {
            "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => anchor(&mut scanner, &tag, &mut drawing)?,
            "Fallback" => scanner.skip(&tag)?,
            _ => {}
        }
    }
    Ok(drawing)
}

fn anchor(scanner: &mut Scanner<'_>, tag: &Tag<'_>, drawing: &mut Drawing) -> Result<(), XmlError> {
    let mut corners: Vec<CellRef> = Vec::new();
    let mut texts = Vec::new();
    let mut diagrams = Vec::new();
    let mut has_picture = false;
    let inside = scanner.inside(tag);
    while let Some(child) = scanner.tag_inside(inside)? {
        match child.name {
            "from" | "to" if corners.len() < 2 => corners.push(corner(scanner, &child)?),
            "pic" => has_picture = true,
            "txBody" => texts.push(paragraphs(scanner, &child)?),
            "relIds" => diagrams.extend(child.get("dm").map(|id| id.into_owned())),
            "Fallback" => scanner.skip(&child)?,
            _ => {}
        }
    }
    let first = corners.first().copied().unwrap_or(CellRef::new(0, 0));
    let range = Range::new(first, corners.get(1).copied().unwrap_or(first));
    let shapes = texts.into_iter().filter(|text| !text.trim().is_empty()).map(|text| Shape { range, text });
    drawing.shapes.extend(shapes);
    drawing.pictures.extend(has_picture.then_some(range));
    drawing.diagrams.extend(diagrams.into_iter().map(|id| (range, id)));
    Ok(())
}

/// Reads the texts of a diagram's data (21.4.2, SmartArt): one line for each of its points that says something.
pub(super) fn diagram(text: &str) -> Result<String, XmlError> {
    let mut lines = Vec::new();
    let mut scanner = Scanner::new(text);
    while let Some(tag) = scanner.next_tag()? {
        // Inside a point, `t` is its body; the `t` of a run is inside that.
        if tag.name == "t" {
            lines.push(paragraphs(&mut scanner, &tag)?);
        }
    }
    lines.retain(|line| !line.trim().is_empty());
    Ok(lines.join("\n"))
}

fn corner(scanner: &mut Scanner<'_>, tag: &Tag<'_>) -> Result<CellRef, XmlError> {
    let mut at = CellRef::new(0, 0);
    let inside = scanner.inside(tag);
    while let Some(child) = scanner.tag_inside(inside)? {
        match child.name {
            "col" => at.column = scanner.text_of(&child)?.trim().parse().unwrap_or(0).min(MAX_COLUMNS - 1),
            "row" => at.row = scanner.text_of(&child)?.trim().parse().unwrap_or(0).min(MAX_ROWS - 1),
            _ => {}
        }
    }
    Ok(at)
}

/// The text of a DrawingML body: paragraphs joined by LF, `<a:br>` an LF too.
fn paragraphs(scanner: &mut Scanner<'_>, tag: &Tag<'_>) -> Result<String, XmlError> {
    let mut paragraphs: Vec<String> = Vec::new();
    let inside = scanner.inside(tag);
    while let Some(child) = scanner.tag_inside(inside)? {
        match (child.name, paragraphs.last_mut()) {
            ("p", _) => paragraphs.push(String::new()),
            ("t", Some(paragraph)) => paragraph.push_str(&scanner.text_of(&child)?),
            ("br", Some(paragraph)) => paragraph.push('\n'),
            _ => {}
        }
    }
    Ok(paragraphs.join("\n").trim_end_matches('\n').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_where_its_anchor_is() {
        let anchor = |first: u32, last: u32, inside: &str| {
            format!(
                "<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:row>{first}</xdr:row></xdr:from>\
                 <xdr:to><xdr:col>2</xdr:col><xdr:row>{last}</xdr:row></xdr:to>{inside}</xdr:twoCellAnchor>"
            )
        };
        let text = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>注</a:t></a:r></a:p></xdr:txBody></xdr:sp>";
        let parts = [anchor(4, 6, "<xdr:pic><xdr:blipFill/></xdr:pic>"), anchor(8, 9, text)].concat();
        let drawing = drawing(&format!("<xdr:wsDr>{parts}</xdr:wsDr>")).unwrap();
        let places: Vec<String> = drawing.pictures.iter().map(ToString::to_string).collect();
        assert_eq!(places, ["B5:C7"]);
        assert_eq!(drawing.shapes.len(), 1);
    }
}
