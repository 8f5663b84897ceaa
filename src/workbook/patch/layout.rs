//! The frame of a part: its top-level elements by position, and for a worksheet where the cells stand between them.
//!
//! Knows the order the schema asks for, so that a missing element goes where it belongs.

use std::ops::Range as Bytes;

use super::markup::{CloseFinder, Kind, Malformed, Tag, Tags, has_declarations};

/// A root element and its children in schema order.
pub(crate) struct Schema {
    root: &'static str,
    order: &'static [&'static str],
}

/// ECMA-376 part 1, §18.2.27.
pub(crate) const WORKBOOK: Schema = Schema {
    root: "workbook",
    order: &[
        "fileVersion",
        "fileSharing",
        "workbookPr",
        "workbookProtection",
        "bookViews",
        "sheets",
        "functionGroups",
        "externalReferences",
        "definedNames",
        "calcPr",
        "oleSize",
        "customWorkbookViews",
        "pivotCaches",
        "smartTagPr",
        "smartTagTypes",
        "webPublishing",
        "fileRecoveryPr",
        "webPublishObjects",
    ],
};

/// ECMA-376 part 1, §18.3.1.99.
pub(crate) const WORKSHEET: Schema = Schema { root: "worksheet", order: &WORKSHEET_ORDER };

const WORKSHEET_ORDER: [&str; 38] = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
];

/// A top-level element.
#[derive(Debug)]
pub(crate) struct Child<'a> {
    pub(crate) open: Tag<'a>,
    /// The whole element.
    pub(crate) span: Bytes<usize>,
}

impl Child<'_> {
    /// What stands between its tags; empty for an element without content.
    pub(crate) fn inner(&self, part: &[u8]) -> Bytes<usize> {
        if self.open.kind == Kind::Empty {
            return self.span.end..self.span.end;
        }
        let close = memchr::memrchr(b'<', &part[self.span.clone()]).map_or(self.span.end, |at| self.span.start + at);
        self.open.end..close
    }
}

/// Where everything of a part stands.
pub(crate) struct Layout<'a> {
    pub(crate) part: &'a [u8],
    /// The root's prefix with its colon; empty where there is none.
    pub(crate) prefix: &'a [u8],
    pub(crate) children: Vec<Child<'a>>,
    /// Whether the cells hold comments or CDATA, so that no short cut over them is safe.
    pub(crate) has_declarations: bool,
    /// Byte of the root's closing tag.
    pub(crate) end: usize,
    order: &'static [&'static str],
}

impl<'a> Layout<'a> {
    /// Finds the frame of a worksheet part.
    pub(crate) fn worksheet(part: &'a [u8]) -> Result<Self, Malformed> {
        let layout = Self::read(part, &WORKSHEET)?;
        if layout.child("sheetData").is_some() { Ok(layout) } else { Err(Malformed { at: part.len() }) }
    }

    /// Finds the frame of any part.
    pub(crate) fn read(part: &'a [u8], schema: &Schema) -> Result<Self, Malformed> {
        let mut tags = Tags::new(part, 0);
        let root = tags.next_tag()?.filter(|tag| tag.local() == schema.root.as_bytes() && tag.kind == Kind::Open);
        let root = root.ok_or(Malformed { at: 0 })?;
        let (prefix, order) = (root.prefix(), schema.order);
        let mut layout = Layout { part, prefix, children: Vec::new(), has_declarations: false, end: 0, order };
        while let Some(tag) = tags.next_tag()? {
            match tag.kind {
                Kind::Close if tag.name == root.name => {
                    layout.end = tag.start;
                    break;
                }
                Kind::Close => return Err(Malformed { at: tag.start }),
                Kind::Empty => layout.children.push(Child { open: tag, span: tag.span() }),
                Kind::Open => {
                    let close = layout.close(&mut tags, &tag)?;
                    layout.children.push(Child { open: tag, span: tag.start..close.end });
                }
            }
        }
        if layout.end == 0 { Err(Malformed { at: part.len() }) } else { Ok(layout) }
    }

    fn close(&mut self, tags: &mut Tags<'a>, open: &Tag<'a>) -> Result<Tag<'a>, Malformed> {
        if open.local() == b"sheetData" {
            let mut quick = tags.clone();
            let close = quick.close_by_name(open, &CloseFinder::new(open.name))?;
            self.has_declarations = has_declarations(&self.part[open.end..close.start]);
            if !self.has_declarations {
                *tags = quick;
                return Ok(close);
            }
        }
        tags.close_of(open)
    }

    /// The first top-level element of this name, in the main namespace.
    pub(crate) fn child(&self, name: &str) -> Option<&Child<'a>> {
        self.all(name).next()
    }

    /// All top-level elements of this name.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &Child<'a>> {
        let matches =
            move |child: &&Child<'a>| child.open.local() == name.as_bytes() && child.open.prefix() == self.prefix;
        self.children.iter().filter(matches)
    }

    /// Where a new top-level element of this name goes.
    pub(crate) fn place_for(&self, name: &str) -> usize {
        let order = self.order;
        let rank = |local: &[u8]| order.iter().position(|other| other.as_bytes() == local).unwrap_or(order.len());
        let own = rank(name.as_bytes());
        self.children.iter().find(|child| rank(child.open.local()) > own).map_or(self.end, |child| child.span.start)
    }

    /// The tags of direct children of a top-level element (`mergeCell`, `tablePart`, `col`).
    pub(crate) fn entries(&self, child: &Child<'a>) -> Result<Vec<Tag<'a>>, Malformed> {
        let inner = child.inner(self.part);
        let mut tags = Tags::new(&self.part[..inner.end], inner.start);
        let mut entries = Vec::new();
        while let Some(tag) = tags.next_tag()? {
            if tag.kind == Kind::Open {
                tags.close_of(&tag)?;
            }
            entries.push(tag);
        }
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_element_goes_where_the_schema_wants_it() {
        let part = br#"<x:worksheet xmlns:x="m"><x:sheetFormatPr/><x:sheetData><x:row/></x:sheetData><x:pageMargins/><x:extLst></x:extLst></x:worksheet>"#;
        let layout = Layout::worksheet(part).unwrap();
        assert_eq!(layout.prefix, b"x:");
        for (name, before) in [
            ("dimension", "<x:sheetFormatPr/>"),
            ("cols", "<x:sheetData>"),
            ("mergeCells", "<x:pageMargins/>"),
            ("legacyDrawing", "<x:extLst>"),
        ] {
            assert!(part[layout.place_for(name)..].starts_with(before.as_bytes()), "{name}");
        }
    }

    #[test]
    fn a_comment_that_looks_like_an_end_ends_nothing() {
        let part = b"<worksheet><sheetData><!--</sheetData>--><row/></sheetData></worksheet>";
        let layout = Layout::worksheet(part).unwrap();
        assert!(layout.has_declarations);
        assert_eq!(layout.child("sheetData").unwrap().span.end, part.len() - "</worksheet>".len());
    }

    #[test]
    fn no_sheet_data_is_no_worksheet() {
        assert!(Layout::worksheet(b"<worksheet></worksheet>").is_err());
        assert!(Layout::worksheet(b"<chartsheet/>").is_err());
        assert!(Layout::worksheet(b"<worksheet><sheetData><row>").is_err());
    }
}
