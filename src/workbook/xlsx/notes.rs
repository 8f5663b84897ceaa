//! The notes of a sheet.

use super::strings::{RunFonts, rich_text};
use crate::workbook::Comment;
use crate::workbook::styles::Colors;
use crate::workbook::xml::{Scanner, XmlError};

/// Reads a comments part (18.7).
pub(super) fn comments(text: &str, colors: &Colors) -> Result<Vec<Comment>, XmlError> {
    let mut authors = Vec::new();
    let mut comments: Vec<Comment> = Vec::new();
    let mut scanner = Scanner::new(text);
    let mut fonts = RunFonts::new(colors);
    while let Some(tag) = scanner.next_tag()? {
        match tag.name {
            "author" => authors.push(scanner.text_of(&tag)?),
            "comment" => {
                let author = tag.number::<usize>("authorId").and_then(|id| authors.get(id)).cloned();
                let Some(at) = tag.get("ref").and_then(|at| at.parse().ok()) else { continue };
                comments.push(Comment { at, author: author.unwrap_or_default(), text: String::new() });
            }
            "text" => {
                let mut words = String::new();
                rich_text(&mut scanner, &tag, &mut fonts, &mut words)?;
                if let Some(comment) = comments.last_mut() {
                    comment.text = words;
                }
            }
            _ => {}
        }
    }
    Ok(comments)
}
