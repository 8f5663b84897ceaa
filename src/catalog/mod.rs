//! What a reference says: groups, items, fields, the documents it cites, each fact with its cells.
//!
//! Terms follow OSCAL (catalog, group, control, part). Knows nothing of how it was laid out (`template`) or read
//! (`import`). `json` holds the wire form; the types here are free to change.

pub mod citation;
pub mod conformity;
pub mod edition;
pub mod id;
pub mod json;

use std::borrow::Cow;
use std::sync::Arc;

use crate::address::SheetRange;
use crate::diagnostic::Diagnostic;
use crate::text::Text;

/// The keys of the standard fields, in the order a reference usually shows them.
pub mod key {
    /// Name of the item.
    pub const TITLE: &str = "title";
    /// Upper level of the hierarchy.
    pub const MAJOR: &str = "major";
    /// Lower level of the hierarchy.
    pub const MIDDLE: &str = "middle";
    /// What the provider thinks of the item (…の見解).
    pub const VIEW: &str = "view";
    /// 適合性.
    pub const CONFORMITY: &str = "conformity";
    /// 本調査で確認した内容.
    pub const FINDINGS: &str = "findings";
    /// 確認した公開文書.
    pub const PUBLIC_DOCUMENTS: &str = "public_documents";
    /// 第三者認証等から確認した内容.
    pub const THIRD_PARTY: &str = "third_party";
    /// インタビューで確認した内容.
    pub const INTERVIEW: &str = "interview";
    /// SI事業者・利用者で必要な対応.
    pub const CUSTOMER_ACTION: &str = "customer_action";
    /// Requirement or question.
    pub const TEXT: &str = "text";
    /// Explanation of the requirement.
    pub const GUIDANCE: &str = "guidance";
    /// 備考.
    pub const REMARKS: &str = "remarks";
}

/// Which edition of which reference it is; every part only where it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// The framework's key, such as `fisc`.
    pub framework: Option<String>,
    /// The edition as a person would name it, such as `第9版改訂`.
    pub version: Option<String>,
    /// Who answers in the reference, such as the cloud vendor.
    pub provider: Option<String>,
    /// Name of the template it was read with; `None` for the generic reading.
    pub template: Option<String>,
}

/// The file a catalog was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// File name without folders.
    pub file: String,
    /// SHA-256 of the file, 64 lowercase hex digits.
    pub sha256: String,
    /// The sheets the catalog was read from, in tab order.
    pub sheets: Vec<Arc<str>>,
}

/// A column of the reference: every item has at most one value for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// A standard key of [`key`], or the heading itself for a column no template knows.
    pub key: Arc<str>,
    /// The heading as the sheet shows it, levels joined by ` > `.
    pub label: String,
}

/// A group of items, such as 統制基準.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The group's id: the prefix of its items (`統`), or the sheet or band it stands under.
    pub id: Arc<str>,
    /// The group's name where the reference gives one.
    pub title: Option<String>,
}

/// How the publisher marked a stretch of text.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkKind {
    /// Marked as added in this edition (red text, 【追記】…).
    Added,
    /// Marked as deleted (strike-through). Still part of `text`, not of the effective text.
    Deleted,
    /// Marked in another way: another colour, a fill, an underline.
    Emphasis,
}

/// A marked stretch of a value's text.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// First character, in Unicode scalar values of the text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// What the mark means.
    pub kind: MarkKind,
}

/// What an item says in one field.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldValue {
    /// The normalised text, never empty.
    pub text: Text,
    /// The text as stored, where normalising changed more than line ends.
    pub raw: Option<Box<str>>,
    /// Every cell it came from.
    pub at: Places,
    /// The publisher's marks, in order of their start.
    pub marks: Vec<Mark>,
}

impl FieldValue {
    /// Makes a value of one cell without marks.
    pub fn new(text: Text, at: SheetRange) -> Self {
        Self { text, raw: None, at: Places::one(at), marks: Vec::new() }
    }

    /// The text without what is struck out: what is compared, answered and exported.
    pub fn effective_text(&self) -> Cow<'_, str> {
        if !self.marks.iter().any(|mark| mark.kind == MarkKind::Deleted) {
            return Cow::Borrowed(self.text.as_str());
        }
        let is_struck = |index: u32| {
            self.marks.iter().any(|mark| mark.kind == MarkKind::Deleted && (mark.start..mark.end).contains(&index))
        };
        let kept = (0u32..).zip(self.text.chars()).filter(|&(index, _)| !is_struck(index)).map(|(_, c)| c);
        Cow::Owned(kept.collect())
    }
}

/// The ranges a fact came from. Nearly always one, which then costs no allocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Places {
    /// One range.
    One(SheetRange),
    /// None, or several in sheet order.
    Many(Box<[SheetRange]>),
}

impl Places {
    /// Makes places of one range.
    pub fn one(at: SheetRange) -> Self {
        Self::One(at)
    }
}

impl std::ops::Deref for Places {
    type Target = [SheetRange];

    fn deref(&self) -> &[SheetRange] {
        match self {
            Self::One(place) => std::slice::from_ref(place),
            Self::Many(places) => places,
        }
    }
}

impl FromIterator<SheetRange> for Places {
    fn from_iter<I: IntoIterator<Item = SheetRange>>(places: I) -> Self {
        let mut all: Vec<SheetRange> = places.into_iter().collect();
        if all.len() == 1 { Self::One(all.remove(0)) } else { Self::Many(all.into()) }
    }
}

/// One row of an item that takes several.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The part's own label, such as `(ア)` or `a.`, where the row has one.
    pub label: Option<Text>,
    /// The row's cells.
    pub at: Places,
    /// The row's values, one place for each of [`Catalog::fields`].
    pub values: Vec<Option<FieldValue>>,
}

/// Whether an item is in force.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum ItemStatus {
    /// In force.
    #[default]
    Active,
    /// 欠番: the number exists, the item does not. Never counted among the active.
    Retired,
}

/// A provider's word on an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conformity {
    /// The word.
    pub word: ConformityWord,
    /// The reason given in brackets behind it.
    pub note: Option<String>,
}

/// The words a provider uses for 適合性.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConformityWord {
    /// 適合可能: what the service does, with what the user has to do, meets the item.
    Conforming,
    /// 対象外: outside the service; the user acts if needed.
    OutOfScope,
    /// The publisher's own word, kept as it is.
    Other(String),
}

impl ConformityWord {
    /// The word as it is written in references and in our formats.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Conforming => "適合可能",
            Self::OutOfScope => "対象外",
            Self::Other(word) => word,
        }
    }
}

/// Which of a reference's two lists a citation or document belongs to. Both are numbered from 01.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum List {
    /// 参照公開文書リスト.
    Documents,
    /// 参照第三者認証レポートリスト.
    Reports,
}

impl List {
    /// The list's key in our formats: `documents` or `reports`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Reports => "reports",
        }
    }
}

/// A citation of a numbered document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The list.
    pub list: List,
    /// The number, from 1.
    pub number: u32,
    /// The citing cell.
    pub at: SheetRange,
}

/// A document or report of a reference's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The number, from 1, shown with two digits.
    pub number: u32,
    /// The title; empty for a retired number.
    pub title: String,
    /// The URL, line breaks within it mended.
    pub url: Option<String>,
    /// Whether the number is 欠番.
    pub status: ItemStatus,
    /// The cells of the entry.
    pub at: Places,
}

/// What tells one item from another within an edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemKey {
    /// The sheet, only where the same id stands on several sheets.
    pub sheet: Option<Arc<str>>,
    /// The canonical id.
    pub id: Arc<str>,
}

impl ItemKey {
    /// Makes the key of an id that stands on one sheet only.
    pub fn of(id: impl Into<Arc<str>>) -> Self {
        Self { sheet: None, id: id.into() }
    }
}

impl std::fmt::Display for ItemKey {
    /// Shows the id, with the sheet in brackets where it is needed: `1.1 [Anti-RE - iOS]`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.sheet {
            Some(sheet) => write!(f, "{} [{sheet}]", self.id),
            None => f.write_str(&self.id),
        }
    }
}

/// One item of a reference.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What tells it from the others.
    pub key: ItemKey,
    /// The id as the cell has it.
    pub raw_id: Text,
    /// The id of its group, if the reference has groups.
    pub group: Option<Arc<str>>,
    /// Whether it is in force.
    pub status: ItemStatus,
    /// The ranges of its rows, the id's row first.
    pub at: Places,
    /// One place for each of [`Catalog::fields`]; `None` where the item says nothing.
    pub values: Vec<Option<FieldValue>>,
    /// The rows of an item that takes several; empty for an item of one row.
    pub parts: Vec<Part>,
    /// Its citations, in reading order.
    pub citations: Vec<Citation>,
    /// The provider's word, where there is one and the item's rows agree.
    pub conformity: Option<Conformity>,
    /// Marks of the whole item: 改訂区分, a marker in the id cell, comments. In the publisher's words.
    pub revision: Vec<Revision>,
}

impl Item {
    /// Makes an item in force of which nothing is known but its id, written as it is, and its cells.
    pub fn new(key: ItemKey, at: Places) -> Self {
        Self {
            raw_id: crate::text::owned(&*key.id),
            key,
            group: None,
            status: ItemStatus::Active,
            at,
            values: Vec::new(),
            parts: Vec::new(),
            citations: Vec::new(),
            conformity: None,
            revision: Vec::new(),
        }
    }
}

/// What a publisher says about the revision of a whole item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The publisher's word or sign: `追加`, `🆕`, or a comment's text.
    pub text: String,
    /// What it means, where that can be told.
    pub kind: MarkKind,
    /// Where it stands.
    pub at: SheetRange,
}

/// A line that belongs to the table or sheet and to no item: a band, a heading row, a footnote, a text box.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its text.
    pub text: Text,
    /// Its cells.
    pub at: Places,
}

/// A reference, normalised. Items are in sheet order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalog {
    /// Which edition it is.
    pub edition: Edition,
    /// Where it was read from.
    pub source: Source,
    /// The columns, in sheet order; several sheets of one shape share them.
    pub fields: Vec<Field>,
    /// The groups, in the order of their first item.
    pub groups: Vec<Group>,
    /// The items.
    pub items: Vec<Item>,
    /// The public documents it lists.
    pub documents: Vec<Document>,
    /// The third-party reports it lists.
    pub reports: Vec<Document>,
    /// Band and heading rows of the tables.
    pub bands: Vec<Line>,
    /// Footnotes, legends, texts of text boxes and shapes.
    pub notes: Vec<Line>,
    /// What reading it had to say.
    pub diagnostics: Vec<Diagnostic>,
}

impl Catalog {
    /// Forgets what the items say and keeps which they are and where they stand: what filling a workbook needs of a
    /// large one.
    pub fn forget_values(&mut self) {
        for item in &mut self.items {
            (item.values, item.parts) = (Vec::new(), Vec::new());
        }
        // The ids were allocated between the values and hold all of that memory in pieces, unless they move together.
        let ids: Vec<Arc<str>> = self.items.iter().map(|item| Arc::from(&*item.key.id)).collect();
        self.items.iter_mut().zip(ids).for_each(|(item, id)| item.key.id = id);
    }

    /// The place of a field in every item's `values`.
    pub fn field_index(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| &*field.key == key)
    }

    /// What an item says in a field.
    pub fn value<'a>(&self, item: &'a Item, key: &str) -> Option<&'a FieldValue> {
        item.values.get(self.field_index(key)?)?.as_ref()
    }

    /// What an item says in a field, as effective text; empty where it says nothing.
    pub fn text<'a>(&self, item: &'a Item, key: &str) -> Cow<'a, str> {
        self.value(item, key).map_or(Cow::Borrowed(""), FieldValue::effective_text)
    }

    /// Finds an item by its key.
    pub fn item(&self, key: &ItemKey) -> Option<&Item> {
        self.items.iter().find(|item| item.key == *key)
    }

    /// The items in force.
    pub fn active(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.status == ItemStatus::Active)
    }

    /// The documents of one list.
    pub fn list(&self, list: List) -> &[Document] {
        match list {
            List::Documents => &self.documents,
            List::Reports => &self.reports,
        }
    }
}
