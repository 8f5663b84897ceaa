//! Hangs notes on cells of a workbook that is there already, beside those it has.
//!
//! A note is a comment in one part and a shape in another (ECMA-376 part 1, §18.7; part 4, §19.4.2); where a sheet has
//! neither, both are made and named in relationships and content types. No cell is touched.

use std::collections::BTreeMap;

use crate::address::CellRef;
use crate::diagnostic::Failure;
use crate::workbook::package::splice::{NewPart, splice};
use crate::workbook::package::{Package, Relationships};
use crate::workbook::{Limits, Workbook};

use super::layout::{Layout, WORKSHEET};
use super::markup::{Kind, Tag, Tags, escape_attribute};
use super::splice::Splices;
use super::{Merges, Part, PatchOptions, part_failure, xstring};

/// A note to be hung on a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Index into the workbook's sheets.
    pub sheet: usize,
    /// The cell; of merged cells any one.
    pub at: CellRef,
    /// What it says.
    pub text: String,
}

/// A workbook with notes.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotated {
    /// The file.
    pub bytes: Vec<u8>,
    /// Notes that found no place, by their number: Excel shows a threaded comment there, and no note beside it.
    pub left_out: Vec<usize>,
}

/// Hangs notes on cells. A cell that has a note gets the new text below the old; several for one cell are one note.
///
/// # Errors
///
/// As [`patch()`](super::patch()).
pub fn annotate(
    bytes: &[u8],
    workbook: &Workbook,
    notes: &[Note],
    author: &str,
    limits: &Limits,
) -> Result<Annotated, Failure> {
    let options = PatchOptions { limits: limits.clone(), ..PatchOptions::default() };
    let package = super::open(bytes, workbook, &options)?;
    let mut work = Annotation { package: &package, author, parts: BTreeMap::new(), added: Vec::new() };
    let mut left_out = Vec::new();
    for (index, sheet) in workbook.sheets.iter().enumerate() {
        let merges = Merges::of(sheet);
        let threads = threaded_cells(&package, &sheet.part)?;
        let mut texts: BTreeMap<CellRef, String> = BTreeMap::new();
        for (number, note) in notes.iter().enumerate().filter(|(_, note)| note.sheet == index) {
            let at = merges.anchor(note.at);
            if threads.contains(&at) {
                left_out.push(number);
                continue;
            }
            let text = texts.entry(at).or_default();
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&note.text);
        }
        if !texts.is_empty() {
            work.sheet(index, &sheet.part, &texts)?;
        }
    }
    work.name_added_parts()?;
    let parts: Vec<NewPart> = work.finish();
    Ok(Annotated { bytes: splice(&package, &parts)?, left_out })
}

/// The cells of a sheet that have threaded comments.
fn threaded_cells(package: &Package<'_>, sheet: &str) -> Result<Vec<CellRef>, Failure> {
    let mut cells = Vec::new();
    for thread in package.relationships(sheet)?.of_kind("threadedComment") {
        if package.entry(&thread.target).is_none() {
            continue;
        }
        let content = package.part(&thread.target)?;
        let mut tags = Tags::new(&content, 0);
        while let Some(tag) = tags.next_tag().map_err(|_| part_failure(&thread.target, "malformed"))? {
            cells.extend(tag.text_attribute(b"ref").and_then(|text| text.parse::<CellRef>().ok()));
        }
    }
    Ok(cells)
}

struct Annotation<'a> {
    package: &'a Package<'a>,
    author: &'a str,
    /// Parts that change, with their cuts.
    parts: BTreeMap<String, (Part, Splices)>,
    /// New parts, with their content types.
    added: Vec<(NewPart, &'static str)>,
}

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
const RELATIONSHIPS_TYPE: &str = "application/vnd.openxmlformats-package.relationships+xml";
const DRAWING_TYPE: &str = "application/vnd.openxmlformats-officedocument.vmlDrawing";

impl Annotation<'_> {
    fn part(&mut self, name: &str) -> Result<&mut (Part, Splices), Failure> {
        if !self.parts.contains_key(name) {
            self.parts.insert(name.to_owned(), (Part::load(self.package, name)?, Splices::default()));
        }
        Ok(self.parts.get_mut(name).expect("just inserted"))
    }

    fn sheet(&mut self, index: usize, sheet: &str, texts: &BTreeMap<CellRef, String>) -> Result<(), Failure> {
        let relationships = self.package.relationships(sheet)?;
        let is_there = |target: &str| self.package.entry(target).is_some();
        let comments = relationships.of_kind("comments").map(|found| found.target.clone()).find(|t| is_there(t));
        let drawing = self.legacy_drawing(sheet, &relationships)?.filter(|target| is_there(target));
        let mut links: Vec<(&str, String)> = Vec::new();
        let new_cells = match comments {
            Some(comments) => self.add_comments(&comments, texts)?,
            None => {
                let name = self.free_name("xl/comments", ".xml");
                let content = self.comments_part(sheet, texts)?;
                links.push(("comments", name.clone()));
                self.added.push((NewPart { name, content }, COMMENTS_TYPE));
                texts.keys().copied().collect()
            }
        };
        match drawing {
            Some(drawing) => self.add_shapes(&drawing, &new_cells)?,
            None => {
                let name = self.free_name("xl/drawings/vmlDrawing", ".vml");
                let content = drawing_part(index, &new_cells).into_bytes();
                links.push(("vmlDrawing", name.clone()));
                self.added.push((NewPart { name, content }, DRAWING_TYPE));
            }
        }
        self.link(sheet, &relationships, &links)
    }

    /// The part with the shapes of a sheet's notes and controls.
    fn legacy_drawing(&mut self, sheet: &str, relationships: &Relationships) -> Result<Option<String>, Failure> {
        let (part, _) = self.part(sheet)?;
        let layout = part.layout(&WORKSHEET)?;
        let Some(child) = layout.child("legacyDrawing") else { return Ok(None) };
        let id = child.open.attributes().find(|attribute| attribute.name.ends_with(b":id"));
        let id = id.map(|attribute| String::from_utf8_lossy(attribute.value).into_owned()).unwrap_or_default();
        Ok(relationships.by_id(&id).map(|relationship| relationship.target.clone()))
    }

    /// Adds comments to a part that has some, and lists the cells that had none.
    fn add_comments(&mut self, name: &str, texts: &BTreeMap<CellRef, String>) -> Result<Vec<CellRef>, Failure> {
        let author = escape_attribute(self.author);
        let (part, cuts) = self.part(name)?;
        let malformed = |_| part_failure(name, "malformed");
        let existing = Comments::read(&part.content).map_err(malformed)?;
        let prefix = String::from_utf8_lossy(&existing.prefix).into_owned();
        let mut new_cells = Vec::new();
        let mut entries = Vec::new();
        for (&at, text) in texts {
            match existing.text_ends.get(&at) {
                Some(&end) => cuts.replace_with(end..end, |out| run(&prefix, &format!("\n{text}"), out)),
                None => {
                    comment(&prefix, at, existing.authors, text, &mut entries);
                    new_cells.push(at);
                }
            }
        }
        if !new_cells.is_empty() {
            let author = format!("<{prefix}author>{author}</{prefix}author>");
            cuts.insert(existing.authors_end, author.as_bytes());
            cuts.insert(existing.list_end, &entries);
        }
        Ok(new_cells)
    }

    /// A part of comments for a sheet that has none, in the sheet's own namespace.
    fn comments_part(&mut self, sheet: &str, texts: &BTreeMap<CellRef, String>) -> Result<Vec<u8>, Failure> {
        let author = escape_attribute(self.author);
        let namespace = self.main_namespace(sheet)?;
        let head = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{namespace}\">\
             <authors><author>{author}</author></authors><commentList>"
        );
        let mut out = head.into_bytes();
        texts.iter().for_each(|(&at, text)| comment("", at, 0, text, &mut out));
        out.extend_from_slice(b"</commentList></comments>");
        Ok(out)
    }

    /// The sheet's namespace: transitional or strict.
    fn main_namespace(&mut self, sheet: &str) -> Result<&'static str, Failure> {
        let (part, _) = self.part(sheet)?;
        let is_strict =
            memchr::memmem::find(&part.content[..part.content.len().min(4096)], STRICT.as_bytes()).is_some();
        Ok(if is_strict { STRICT } else { TRANSITIONAL })
    }

    fn add_shapes(&mut self, name: &str, cells: &[CellRef]) -> Result<(), Failure> {
        if cells.is_empty() {
            return Ok(());
        }
        let (part, cuts) = self.part(name)?;
        let end = memchr::memmem::rfind(&part.content, b"</xml>").ok_or_else(|| part_failure(name, "malformed"))?;
        let text = String::from_utf8_lossy(&part.content);
        let shape_type = if text.contains("_x0000_t202\"") { "" } else { SHAPE_TYPE };
        let numbers = text.match_indices("_x0000_s").filter_map(|(at, sign)| {
            let digits: String = text[at + sign.len()..].chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<u64>().ok()
        });
        let first = numbers.max().unwrap_or(1024) + 1;
        let shapes: String = (first..).zip(cells).map(|(number, &at)| shape(number, at)).collect();
        cuts.insert(end, format!("{shape_type}{shapes}").as_bytes());
        Ok(())
    }

    /// Names new parts in the sheet's relationships, and the drawing in the sheet.
    fn link(&mut self, sheet: &str, old: &Relationships, links: &[(&str, String)]) -> Result<(), Failure> {
        if links.is_empty() {
            return Ok(());
        }
        let kinds = if self.main_namespace(sheet)? == STRICT { STRICT_KINDS } else { TRANSITIONAL_KINDS };
        let (folder, file) = sheet.rsplit_once('/').unwrap_or(("", sheet));
        let name = format!("{folder}/_rels/{file}.rels");
        let mut number = old.0.len() + 1;
        let mut entries = String::new();
        for (kind, target) in links {
            while old.by_id(&format!("rId{number}")).is_some() {
                number += 1;
            }
            let id = format!("rId{number}");
            entries += &format!("<Relationship Id=\"{id}\" Type=\"{kinds}/{kind}\" Target=\"/{target}\"/>");
            if *kind == "vmlDrawing" {
                self.show_drawing(sheet, &id, kinds)?;
            }
            number += 1;
        }
        if self.package.entry(&name).is_none() {
            let root = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
            let content = format!("{root}{entries}</Relationships>").into_bytes();
            self.added.push((NewPart { name, content }, RELATIONSHIPS_TYPE));
            return Ok(());
        }
        self.append_to_root(&name, &entries)
    }

    fn show_drawing(&mut self, sheet: &str, id: &str, kinds: &str) -> Result<(), Failure> {
        let (part, cuts) = self.part(sheet)?;
        let layout: Layout<'_> = part.layout(&WORKSHEET)?;
        let prefix = String::from_utf8_lossy(layout.prefix);
        let element = format!("<{prefix}legacyDrawing xmlns:r=\"{kinds}\" r:id=\"{id}\"/>");
        match layout.child("legacyDrawing") {
            Some(dangling) => cuts.replace(dangling.span.clone(), element.as_bytes()),
            None => cuts.insert(layout.place_for("legacyDrawing"), element.as_bytes()),
        }
        Ok(())
    }

    /// Gives the new parts their content types.
    fn name_added_parts(&mut self) -> Result<(), Failure> {
        const TYPES: &str = "[Content_Types].xml";
        let mut entries = String::new();
        for (part, kind) in &self.added {
            if self.package.content_type(&part.name) != Some(*kind) {
                entries += &format!("<Override PartName=\"/{}\" ContentType=\"{kind}\"/>", part.name);
            }
        }
        if entries.is_empty() { Ok(()) } else { self.append_to_root(TYPES, &entries) }
    }

    fn append_to_root(&mut self, name: &str, entries: &str) -> Result<(), Failure> {
        let (part, cuts) = self.part(name)?;
        let malformed = || part_failure(name, "malformed");
        let root = Tags::new(&part.content, 0).next_tag().ok().flatten().ok_or_else(malformed)?;
        let prefix = String::from_utf8_lossy(root.prefix());
        let entries = if prefix.is_empty() { entries.to_owned() } else { entries.replace('<', &format!("<{prefix}")) };
        if root.kind == Kind::Empty {
            let close = format!(">{entries}</{}>", String::from_utf8_lossy(root.name));
            cuts.replace(root.end - 2..root.end, close.as_bytes());
        } else {
            let end = memchr::memmem::rfind(&part.content, b"</").ok_or_else(malformed)?;
            cuts.insert(end, entries.as_bytes());
        }
        Ok(())
    }

    fn free_name(&self, stem: &str, ending: &str) -> String {
        let is_taken =
            |name: &str| self.package.entry(name).is_some() || self.added.iter().any(|(part, _)| part.name == name);
        (1..).map(|number| format!("{stem}{number}{ending}")).find(|name| !is_taken(name)).expect("numbers do not end")
    }

    fn finish(self) -> Vec<NewPart> {
        let changed = self.parts.into_values().filter(|(_, cuts)| !cuts.is_empty());
        let changed = changed.map(|(part, cuts)| NewPart { content: part.finish(cuts), name: part.name });
        changed.chain(self.added.into_iter().map(|(part, _)| part)).collect()
    }
}

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const TRANSITIONAL_KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT_KINDS: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

/// Where a part of comments can be added to.
struct Comments {
    prefix: Vec<u8>,
    authors: usize,
    authors_end: usize,
    list_end: usize,
    /// Where the text of each cell's comment ends, readings left behind it.
    text_ends: BTreeMap<CellRef, usize>,
}

impl Comments {
    fn read(content: &[u8]) -> Result<Self, super::markup::Malformed> {
        let mut tags = Tags::new(content, 0);
        let mut found =
            Self { prefix: Vec::new(), authors: 0, authors_end: 0, list_end: 0, text_ends: BTreeMap::new() };
        let mut at: Option<CellRef> = None;
        while let Some(tag) = tags.next_tag()? {
            match (tag.local(), tag.kind) {
                (b"comments", Kind::Open) => found.prefix = tag.prefix().to_vec(),
                (b"author", Kind::Open | Kind::Empty) => found.authors += 1,
                (b"authors", Kind::Close) => found.authors_end = tag.start,
                (b"commentList", Kind::Close) => found.list_end = tag.start,
                (b"comment", Kind::Open) => at = cell_of(&tag),
                // Readings come last in a text (ECMA-376 part 1, §18.4.8).
                (b"text", Kind::Close) | (b"rPh" | b"phoneticPr", Kind::Open | Kind::Empty) => {
                    if let Some(at) = at {
                        found.text_ends.entry(at).or_insert(tag.start);
                    }
                }
                _ => {}
            }
        }
        let is_whole = found.authors_end > 0 && found.list_end > 0;
        if is_whole { Ok(found) } else { Err(super::markup::Malformed { at: content.len() }) }
    }
}

fn cell_of(comment: &Tag<'_>) -> Option<CellRef> {
    comment.attribute(b"ref").and_then(super::cells::parse_cell)
}

fn comment(prefix: &str, at: CellRef, author: usize, text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("<{prefix}comment ref=\"{at}\" authorId=\"{author}\"><{prefix}text>").as_bytes());
    run(prefix, text, out);
    out.extend_from_slice(format!("</{prefix}text></{prefix}comment>").as_bytes());
}

fn run(prefix: &str, text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("<{prefix}r><{prefix}t xml:space=\"preserve\">").as_bytes());
    xstring::write(text, out);
    out.extend_from_slice(format!("</{prefix}t></{prefix}r>").as_bytes());
}

const SHAPE_TYPE: &str = "<v:shapetype xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
     id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\">\
     <v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";

/// A drawing for the notes of a sheet that has none.
fn drawing_part(sheet: usize, cells: &[CellRef]) -> String {
    let map = sheet + 1;
    let first = 1024 * map as u64 + 1;
    let shapes: String = (first..).zip(cells).map(|(number, &at)| shape(number, at)).collect();
    format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\">\
         <o:idmap v:ext=\"edit\" data=\"{map}\"/></o:shapelayout>{SHAPE_TYPE}{shapes}</xml>"
    )
}

/// The yellow box of one note, its prefixes declared for drawings that call them otherwise; hidden until the mouse is over its cell.
fn shape(number: u64, at: CellRef) -> String {
    let (row, column) = (at.row, at.column);
    let anchor = format!("{},15,{},10,{},15,{},4", column + 1, row.saturating_sub(1), column + 4, row + 5);
    format!(
        "<v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\" id=\"_x0000_s{number}\" type=\"#_x0000_t202\" \
         style=\"position:absolute;z-index:{number};visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
         <v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
         <x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{ReadOptions, read};

    fn annotated(change: impl FnOnce(&mut rust_xlsxwriter::Worksheet), notes: &[(&str, &str)]) -> (Vec<u8>, Workbook) {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write(1, 0, "実1").unwrap();
        change(sheet);
        let bytes = book.save_to_buffer().unwrap();
        let workbook = read(&bytes, "book.xlsx", &ReadOptions::default()).unwrap();
        let note = |&(at, text): &(&str, &str)| Note { sheet: 0, at: at.parse().unwrap(), text: text.to_owned() };
        let notes: Vec<Note> = notes.iter().map(note).collect();
        let out = annotate(&bytes, &workbook, &notes, "secref", &Limits::default()).unwrap();
        assert!(out.left_out.is_empty());
        let after = read(&out.bytes, "book.xlsx", &ReadOptions::default()).unwrap();
        assert_eq!(after.sheets[0].cells(), workbook.sheets[0].cells());
        (out.bytes, after)
    }

    fn shown(workbook: &Workbook) -> Vec<String> {
        let comments = workbook.sheets[0].comments.iter();
        comments.map(|comment| format!("{} {}: {}", comment.at, comment.author, comment.text)).collect()
    }

    #[test]
    fn a_sheet_without_notes_gets_some() {
        let notes = [("B2", "適合性が空です"), ("A2", "番号が重複しています <&>"), ("B2", "もう一つ")];
        let (bytes, after) = annotated(|_| {}, &notes);
        let mut comments = shown(&after);
        comments.sort();
        assert_eq!(comments, ["A2 secref: 番号が重複しています <&>", "B2 secref: 適合性が空です\nもう一つ"]);
        let package = Package::open(&bytes, &Limits::default()).unwrap();
        let relationships = package.relationships("xl/worksheets/sheet1.xml").unwrap();
        let kinds: Vec<&str> = relationships.0.iter().map(|relationship| relationship.kind.as_str()).collect();
        assert_eq!(kinds, ["comments", "vmlDrawing"]);
        assert_eq!(package.content_type("xl/comments1.xml"), Some(COMMENTS_TYPE));
        assert_eq!(package.content_type("xl/drawings/vmlDrawing1.vml"), Some(DRAWING_TYPE));
    }

    #[test]
    fn notes_that_are_there_stay_and_grow() {
        let note = rust_xlsxwriter::Note::new("確認済").set_author("上司").add_author_prefix(false);
        let change = |sheet: &mut rust_xlsxwriter::Worksheet| {
            sheet.insert_note(1, 0, &note).unwrap();
        };
        let (bytes, after) = annotated(change, &[("A2", "番号が重複しています"), ("C9", "空です")]);
        assert_eq!(shown(&after), ["A2 上司: 確認済\n番号が重複しています", "C9 secref: 空です"]);
        let package = Package::open(&bytes, &Limits::default()).unwrap();
        assert_eq!(package.text("xl/drawings/vmlDrawing1.vml").unwrap().matches("<v:shape ").count(), 2);
    }

    #[test]
    fn no_notes_give_the_same_bytes() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet();
        let bytes = book.save_to_buffer().unwrap();
        let workbook = read(&bytes, "book.xlsx", &ReadOptions::default()).unwrap();
        assert!(annotate(&bytes, &workbook, &[], "secref", &Limits::default()).unwrap().bytes == bytes);
    }
}
