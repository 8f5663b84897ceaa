//! The container of a workbook (Open Packaging Conventions, ECMA-376 part 2): entries of the zip, parts by name,
//! relationships and content types.
//!
//! Every entry keeps the spans it takes in the file, so that a patch can copy what it does not touch. Parts are
//! found through relationships and content types and never by a guessed name. Leaves to others what parts mean.

mod relations;
pub(crate) mod splice;
mod zip;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::diagnostic::{Diagnostic, Failure};

use super::limits::Limits;
use super::xml;

pub use relations::{Relationship, Relationships};
pub use zip::{Directory, Entry};

/// A zip file opened as a package. Holds the file's bytes and what its directory says; parts are inflated on demand.
#[derive(Debug)]
pub struct Package<'a> {
    bytes: &'a [u8],
    directory: Directory,
    /// Entry by name, ASCII letters folded: part names are equivalent without regard to case.
    by_name: HashMap<String, usize>,
    content_types: relations::ContentTypes,
    limits: Limits,
    expanded: AtomicU64,
}

impl<'a> Package<'a> {
    /// Reads the directory of a zip and its content types.
    ///
    /// # Errors
    ///
    /// `zip-damaged`, `zip-name-twice` (the same name, or one that differs in case only, which readers resolve
    /// differently), `zip-overlap` (entries that share bytes), or what [`Package::part`] says of the content types.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Failure> {
        let directory = Directory::read(bytes)?;
        let mut by_name = HashMap::with_capacity(directory.entries.len());
        for (index, entry) in directory.entries.iter().enumerate() {
            if let Some(other) = by_name.insert(entry.name.to_ascii_lowercase(), index) {
                let other = directory.entries[other].name.as_str();
                let twice = Diagnostic::error("zip-name-twice").arg("name", entry.name.as_str()).arg("other", other);
                return Err(twice.into());
            }
        }
        let limits = limits.clone();
        let mut package = Self {
            bytes,
            directory,
            by_name,
            content_types: relations::ContentTypes::default(),
            limits,
            expanded: AtomicU64::new(0),
        };
        if package.entry("[Content_Types].xml").is_some() {
            package.content_types = relations::content_types(&package.text("[Content_Types].xml")?)?;
        }
        Ok(package)
    }

    /// The file's bytes.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The zip's directory: all entries in its order, and where directory and end record stand.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// All entries in the directory's order.
    pub fn entries(&self) -> &[Entry] {
        &self.directory.entries
    }

    /// Finds an entry by a part's name, with or without a leading `/`, without regard to the case of ASCII letters.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        let name = name.strip_prefix('/').unwrap_or(name).to_ascii_lowercase();
        self.by_name.get(&name).map(|&index| &self.directory.entries[index])
    }

    /// The compressed bytes of an entry.
    pub fn raw(&self, entry: &Entry) -> &'a [u8] {
        &self.bytes[entry.data.clone()]
    }

    /// Inflates a part and checks its length and CRC-32.
    ///
    /// # Errors
    ///
    /// `part-missing`, `part-damaged`, `part-encrypted`, `part-method`, `limit-part-bytes`, `limit-total-bytes`,
    /// `limit-ratio`.
    pub fn part(&self, name: &str) -> Result<Vec<u8>, Failure> {
        let entry = self.entry(name).ok_or_else(|| Diagnostic::error("part-missing").arg("part", name))?;
        let bytes = zip::inflate(self.bytes, entry, &self.limits)?;
        let total = self.expanded.fetch_add(bytes.len() as u64, Ordering::Relaxed) + bytes.len() as u64;
        if total > self.limits.total_bytes {
            return Err(Diagnostic::error("limit-total-bytes").arg("limit", self.limits.total_bytes).into());
        }
        Ok(bytes)
    }

    /// Inflates a part of XML and decodes it (UTF-8, UTF-16 or what it declares). Bytes that are no characters
    /// become U+FFFD.
    ///
    /// # Errors
    ///
    /// As [`Package::part`].
    pub fn text(&self, name: &str) -> Result<String, Failure> {
        Ok(xml::decode(&self.part(name)?).0.into_owned())
    }

    /// The content type of a part: its own, else that of its extension.
    pub(crate) fn content_type(&self, name: &str) -> Option<&str> {
        self.content_types.of(name)
    }

    /// Names of the parts whose content type is one of these, in the directory's order.
    pub(crate) fn parts_of_type(&self, types: &[&str]) -> Vec<&str> {
        let names = self.entries().iter().map(|entry| entry.name.as_str());
        names.filter(|name| self.content_type(name).is_some_and(|kind| types.contains(&kind))).collect()
    }

    /// The relationships of a part (of the package itself for `""`); none where the part has no `.rels`.
    ///
    /// # Errors
    ///
    /// As [`Package::part`].
    pub fn relationships(&self, part: &str) -> Result<Relationships, Failure> {
        let name = relations::rels_name(part);
        if self.entry(&name).is_none() {
            return Ok(Relationships::default());
        }
        relations::relationships(part, &name, &self.text(&name)?)
    }
}

/// The failure of a part that cannot be read to its end.
pub(crate) fn xml_failure(part: &str, error: xml::XmlError) -> Failure {
    let reason = match error {
        xml::XmlError::Dtd => return Diagnostic::error("xml-dtd").arg("part", part).into(),
        xml::XmlError::Truncated => "xml-truncated",
        xml::XmlError::Unbalanced => "xml-unbalanced",
        xml::XmlError::TooDeep => "xml-too-deep",
    };
    Diagnostic::error("part-damaged").arg("part", part).arg("reason", reason).into()
}
