//! Content types and relationships: which part is what, and where a part's references lead.

use std::collections::HashMap;

use crate::diagnostic::Failure;

use super::xml_failure;
use crate::workbook::xml::Scanner;

/// Content types by part name and by extension, both with ASCII letters folded.
#[derive(Debug, Default)]
pub(super) struct ContentTypes {
    overrides: HashMap<String, String>,
    defaults: HashMap<String, String>,
}

impl ContentTypes {
    pub(super) fn of(&self, part: &str) -> Option<&str> {
        let part = part.strip_prefix('/').unwrap_or(part).to_ascii_lowercase();
        let by_extension = || part.rsplit_once('.').and_then(|(_, extension)| self.defaults.get(extension));
        self.overrides.get(&part).or_else(by_extension).map(String::as_str)
    }
}

pub(super) fn content_types(text: &str) -> Result<ContentTypes, Failure> {
    let mut types = ContentTypes::default();
    let mut scanner = Scanner::new(text);
    while let Some(tag) = scanner.next_tag().map_err(|error| xml_failure("[Content_Types].xml", error))? {
        let Some(kind) = tag.get("ContentType") else { continue };
        match tag.name {
            "Override" => {
                let part = tag.get("PartName").unwrap_or_default();
                let part = part.strip_prefix('/').unwrap_or(&part).to_ascii_lowercase();
                types.overrides.insert(part, kind.into_owned());
            }
            "Default" => {
                let extension = tag.get("Extension").unwrap_or_default().to_ascii_lowercase();
                types.defaults.insert(extension, kind.into_owned());
            }
            _ => {}
        }
    }
    Ok(types)
}

/// One relationship of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// Its id within the part, such as `rId1`.
    pub id: String,
    /// The last step of its type's URI, the same for transitional and strict: `worksheet`, `sharedStrings`.
    pub kind: String,
    /// A part's full name without leading `/`, or for an external one the target as written.
    pub target: String,
    /// Whether the target is outside the package.
    pub is_external: bool,
}

/// The relationships of one part, in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relationships(
    /// All of them.
    pub Vec<Relationship>,
);

impl Relationships {
    /// Finds a relationship by id.
    pub(crate) fn by_id(&self, id: &str) -> Option<&Relationship> {
        self.0.iter().find(|relationship| relationship.id == id)
    }

    /// The relationships by their ids, for many look-ups; the first where an id stands twice.
    pub fn index(&self) -> HashMap<&str, &Relationship> {
        self.0.iter().rev().map(|relationship| (relationship.id.as_str(), relationship)).collect()
    }

    /// All relationships of a kind that lead to a part.
    pub(crate) fn of_kind<'r, 'k>(&'r self, kind: &'k str) -> impl Iterator<Item = &'r Relationship> + use<'r, 'k> {
        self.0.iter().filter(move |relationship| relationship.kind == kind && !relationship.is_external)
    }
}

/// The last step of a relationship type's URI, which transitional and strict documents share.
fn kind_of(uri: &str) -> &str {
    uri.rsplit('/').next().unwrap_or(uri)
}

/// Name of the part that holds another part's relationships; `""` is the package.
pub(super) fn rels_name(part: &str) -> String {
    let part = part.strip_prefix('/').unwrap_or(part);
    let (folder, file) = part.rsplit_once('/').map_or(("", part), |(folder, file)| (folder, file));
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}_rels/{file}.rels")
}

pub(super) fn relationships(part: &str, name: &str, text: &str) -> Result<Relationships, Failure> {
    let mut all = Vec::new();
    let mut scanner = Scanner::new(text);
    while let Some(tag) = scanner.next_tag().map_err(|error| xml_failure(name, error))? {
        if tag.name != "Relationship" {
            continue;
        }
        let Some(target) = tag.get("Target") else { continue };
        let is_external = tag.raw("TargetMode") == Some("External");
        all.push(Relationship {
            id: tag.get("Id").unwrap_or_default().into_owned(),
            kind: kind_of(&tag.get("Type").unwrap_or_default()).to_owned(),
            target: if is_external { target.into_owned() } else { resolve(part, &target) },
            is_external,
        });
    }
    Ok(Relationships(all))
}

/// Resolves a target against the part it is written in (RFC 3986 paths; percent escapes as written).
fn resolve(part: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let target = target.split('#').next().unwrap_or_default();
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_resolve_against_their_part() {
        for (part, target, resolved) in [
            ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl/worksheets/sheet1.xml", "../comments1.xml", "xl/comments1.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("", "./xl\\workbook.xml", "xl/workbook.xml"),
            ("a.xml", "../../../b.xml", "b.xml"),
        ] {
            assert_eq!(resolve(part, target), resolved);
        }
        assert_eq!(rels_name("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
        assert_eq!(rels_name(""), "_rels/.rels");
        assert_eq!(rels_name("book.xml"), "_rels/book.xml.rels");
    }
}
