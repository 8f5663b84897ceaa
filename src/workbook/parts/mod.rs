//! What xlsx and xlsb have in common: which tabs are worksheets, and the XML parts around the sheets.
//!
//! A part that cannot be read costs what it says and nothing else: an error in the diagnostics names it.

mod around;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

pub(super) use self::around::RawHyperlink;
use super::package::{Package, Relationships, xml_failure};
use super::styles::Colors;
use super::xml::XmlError;
use super::{Comment, Hyperlink, Shape, Visibility};
use crate::address::Range;
use crate::diagnostic::Diagnostic;

/// A tab, as the workbook part lists it.
pub(super) struct Tab {
    pub(super) name: String,
    pub(super) visibility: Visibility,
    /// Id of the relationship that leads to its part.
    pub(super) id: Option<String>,
}

/// A worksheet to read.
pub(super) struct Worksheet {
    /// The number of its tab, from 0.
    pub(super) number: usize,
    pub(super) name: Arc<str>,
    pub(super) visibility: Visibility,
    pub(super) part: String,
}

/// The worksheets among the tabs, by the parts their relationships lead to; the others are said to be left out.
pub(super) fn worksheets(
    tabs: &[Tab],
    relationships: &Relationships,
    package: &Package<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Worksheet> {
    let mut worksheets = Vec::new();
    let mut taken = HashSet::new();
    let by_id = relationships.index();
    for (number, tab) in tabs.iter().enumerate() {
        let name = tab.name.as_str();
        let found = tab.id.as_deref().and_then(|id| by_id.get(id).copied());
        let Some(found) = found.filter(|found| package.entry(&found.target).is_some()) else {
            diagnostics.push(Diagnostic::error("sheet-without-part").arg("sheet", name));
            continue;
        };
        if found.kind != "worksheet" {
            diagnostics.push(Diagnostic::note("sheet-skipped").arg("sheet", name).arg("kind", found.kind.as_str()));
            continue;
        }
        // Tabs that share a part would let a small file stand for a large one; Excel refuses such a file.
        if !taken.insert(found.target.as_str()) {
            diagnostics.push(Diagnostic::error("sheet-without-part").arg("sheet", name));
            continue;
        }
        let part = found.target.clone();
        worksheets.push(Worksheet { number, name: Arc::from(name), visibility: tab.visibility, part });
    }
    worksheets
}

/// The colours of the theme and the default palette.
pub(super) fn colors_of(
    package: &Package<'_>,
    relationships: &Relationships,
    diagnostics: &mut Vec<Diagnostic>,
) -> Colors {
    let Some((part, text)) = text_of(package, relationships, "theme", diagnostics) else { return Colors::default() };
    Colors::new(Some(&text)).unwrap_or_else(|error| {
        diagnostics.extend(xml_failure(part, error).diagnostics);
        Colors::default()
    })
}

/// The one part of a kind and its text; damage goes to the diagnostics.
pub(super) fn text_of<'r>(
    package: &Package<'_>,
    relationships: &'r Relationships,
    kind: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<(&'r str, String)> {
    let found = relationships.of_kind(kind).find(|found| package.entry(&found.target).is_some())?;
    match package.text(&found.target) {
        Ok(text) => Some((&found.target, text)),
        Err(failure) => {
            diagnostics.extend(failure.diagnostics);
            None
        }
    }
}

/// The people of a workbook, whom threaded comments name by id.
pub(super) fn persons_of(
    package: &Package<'_>,
    relationships: &Relationships,
    diagnostics: &mut Vec<Diagnostic>,
) -> HashMap<String, String> {
    let mut beside = Beside { package, relationships, diagnostics };
    beside.parts("person", around::persons).into_iter().flatten().collect()
}

/// When the workbook was last changed, as its core properties say.
pub(super) fn modified_of(package: &Package<'_>) -> Option<String> {
    let relationships = package.relationships("").ok()?;
    let part = relationships.of_kind("core-properties").next()?;
    around::modified(&package.text(&part.target).ok()?)
}

/// The parts beside a sheet's own, reached through its relationships.
pub(super) struct Beside<'a, 'b> {
    pub(super) package: &'a Package<'b>,
    pub(super) relationships: &'a Relationships,
    pub(super) diagnostics: &'a mut Vec<Diagnostic>,
}

impl Beside<'_, '_> {
    /// Reads every part of a kind; one that cannot be read is an error in the diagnostics.
    pub(super) fn parts<T>(&mut self, kind: &str, read: impl Fn(&str) -> Result<T, XmlError>) -> Vec<T> {
        let mut all = Vec::new();
        for relationship in self.relationships.of_kind(kind) {
            let part = relationship.target.as_str();
            let text = self.package.text(part);
            match text.and_then(|text| read(&text).map_err(|error| xml_failure(part, error))) {
                Ok(one) => all.push(one),
                Err(failure) => self.diagnostics.extend(failure.diagnostics),
            }
        }
        all
    }

    /// The links of a sheet, with the targets its relationships name.
    pub(super) fn hyperlinks(&self, raw: Vec<RawHyperlink>) -> Vec<Hyperlink> {
        around::hyperlinks(raw, self.relationships)
    }

    /// A sheet's notes and its threaded comments, by their place.
    pub(super) fn joined_with_threads(
        &mut self,
        notes: Vec<Comment>,
        persons: &HashMap<String, String>,
    ) -> Vec<Comment> {
        let threads = self.parts("threadedComment", |text| around::threaded_comments(text, persons)).concat();
        around::joined(notes, threads)
    }

    /// The texts of shapes, and the cells under pictures.
    pub(super) fn drawn(&mut self, drawing: Option<&str>) -> (Vec<Shape>, Vec<Range>) {
        let Some(relationship) = drawing.and_then(|id| self.relationships.by_id(id)) else { return Default::default() };
        let one = Relationships(vec![relationship.clone()]);
        let mut only = Beside { package: self.package, relationships: &one, diagnostics: self.diagnostics };
        let drawings = only.parts(&relationship.kind, around::drawing);
        let (mut shapes, mut pictures) = (Vec::new(), Vec::new());
        for mut drawing in drawings {
            shapes.append(&mut drawing.shapes);
            shapes.extend(self.diagrams(&relationship.target, drawing.diagrams));
            pictures.append(&mut drawing.pictures);
        }
        (shapes, pictures)
    }

    /// The texts of a drawing's diagrams, which its own relationships lead to.
    fn diagrams(&mut self, drawing: &str, diagrams: Vec<(Range, String)>) -> Vec<Shape> {
        if diagrams.is_empty() {
            return Vec::new();
        }
        let own = self.package.relationships(drawing).unwrap_or_else(|failure| {
            self.diagnostics.extend(failure.diagnostics);
            Relationships::default()
        });
        let mut shapes = Vec::new();
        for (range, id) in diagrams {
            let one = Relationships(own.by_id(&id).cloned().into_iter().collect());
            let mut only = Beside { package: self.package, relationships: &one, diagnostics: self.diagnostics };
            let texts = only.parts("diagramData", around::diagram).into_iter().filter(|text| !text.is_empty());
            shapes.extend(texts.map(|text| Shape { range, text }));
        }
        shapes
    }
}
