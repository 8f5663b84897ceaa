//! The private mirror of a catalog on the wire: every key, in order, with what it means.
//!
//! Written straight from the model, one item at a time; the schema comes from the same types.

mod mirror;
mod values;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalog::json;
use crate::catalog::{ItemStatus, List, MarkKind};
use crate::diagnostic::Severity;

use mirror::Items;
pub(super) use values::{Args, Places, Values};

type Str<'a> = Cow<'a, str>;

/// A reference (a vendor's security reference, checklist or questionnaire), normalised.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "secref catalog")]
pub(super) struct Document<'a> {
    /// Always `secref-catalog`.
    #[schemars(extend("const" = json::FORMAT))]
    format: &'static str,
    /// The version of this form.
    #[schemars(extend("const" = json::FORMAT_VERSION))]
    format_version: u32,
    /// Which edition of which reference it is.
    edition: EditionWire<'a>,
    /// The file it was read from.
    source: SourceWire<'a>,
    /// The columns, in sheet order.
    fields: Vec<FieldWire<'a>>,
    /// The groups, in the order of their first item.
    groups: Vec<GroupWire<'a>>,
    /// The items, in sheet order.
    #[schemars(with = "Vec<ItemWire<'a>>")]
    items: Items<'a>,
    /// The public documents it lists.
    documents: Vec<EntryWire<'a>>,
    /// The third-party reports it lists, numbered apart from the documents.
    reports: Vec<EntryWire<'a>>,
    /// Band and heading rows of the tables.
    bands: Vec<LineWire<'a>>,
    /// Footnotes, legends, texts of text boxes and shapes.
    notes: Vec<LineWire<'a>>,
    /// What reading it had to say.
    diagnostics: Vec<DiagnosticWire<'a>>,
}

/// Which edition of which reference it is, as far as that is known.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EditionWire<'a> {
    /// The framework's key, such as `fisc`.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) framework: Option<Str<'a>>,
    /// The edition as a person would name it, such as `第9版改訂`.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<Str<'a>>,
    /// Who answers in the reference, such as the cloud vendor.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) provider: Option<Str<'a>>,
    /// Name of the template it was read with; left out where none fitted.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) template: Option<Str<'a>>,
}

/// The file a catalog was read from.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceWire<'a> {
    /// File name without folders.
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub(super) file: Str<'a>,
    /// SHA-256 of the file, 64 lowercase hex digits.
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub(super) sha256: Str<'a>,
    /// The sheets it was read from, in tab order; the sheet of a delimited text has an empty name.
    #[serde(borrow)]
    pub(super) sheets: Vec<Str<'a>>,
}

/// A column of the reference.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldWire<'a> {
    /// A standard key (`title`, `view`, `conformity`, …), or the heading itself for a column no template knows.
    #[serde(borrow)]
    pub(super) key: Str<'a>,
    /// The heading as the sheet shows it, levels joined by ` > `.
    #[serde(borrow)]
    pub(super) label: Str<'a>,
}

/// A group of items.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupWire<'a> {
    /// The group's id, such as `統`.
    #[serde(borrow)]
    pub(super) id: Str<'a>,
    /// Its name, where the reference gives one.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Str<'a>>,
}

/// One item of the reference.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Item")]
pub(super) struct ItemWire<'a> {
    /// The canonical id, such as `統1`, `実14-1` or `AC-2(1)`.
    #[serde(borrow)]
    pub(super) id: Str<'a>,
    /// The id as the cell has it.
    #[serde(borrow)]
    pub(super) raw_id: Str<'a>,
    /// The id of its group.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) group: Option<Str<'a>>,
    /// The plain text of `fields.title`, without what is struck out.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<Str<'a>>,
    /// The sheet, only where the same id stands on several sheets.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) sheet: Option<Str<'a>>,
    /// Whether it is in force.
    pub(super) status: StatusWire,
    /// The ranges of its rows, the id's row first.
    #[serde(borrow)]
    pub(super) at: Places<'a>,
    /// What it says, by field key, in the order of `fields`.
    #[serde(borrow)]
    pub(super) fields: Values<'a>,
    /// The rows of an item that takes several.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub(super) parts: Vec<PartWire<'a>>,
    /// Its citations, in reading order.
    #[serde(borrow)]
    pub(super) citations: Vec<CitationWire<'a>>,
    /// 適合可能, 対象外, or the publisher's own word.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) conformity: Option<Str<'a>>,
    /// The reason given in brackets behind the word.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) conformity_note: Option<Str<'a>>,
    /// What the publisher says about the revision of the whole item.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub(super) revision: Vec<RevisionWire<'a>>,
}

/// One row of an item that takes several.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Part")]
pub(super) struct PartWire<'a> {
    /// The part's own label, such as `(ア)`.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) label: Option<Str<'a>>,
    /// The row's cells.
    #[serde(borrow)]
    pub(super) at: Places<'a>,
    /// The row's values, by field key.
    #[serde(borrow)]
    pub(super) fields: Values<'a>,
}

/// What an item says in one field.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Value")]
pub(super) struct ValueWire<'a> {
    /// The normalised text, what is struck out included.
    #[serde(borrow)]
    pub(super) text: Str<'a>,
    /// The text as stored, where normalising changed more than line ends.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) raw: Option<Str<'a>>,
    /// Every cell it came from.
    #[serde(borrow)]
    pub(super) at: Places<'a>,
    /// The publisher's marks, in order of their start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) marks: Vec<MarkWire>,
}

/// A marked stretch of a text.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Mark")]
pub(super) struct MarkWire {
    /// First character, in Unicode scalar values of the text.
    pub(super) start: u32,
    /// One past the last character.
    pub(super) end: u32,
    /// What the mark means.
    pub(super) kind: MarkKindWire,
}

/// A citation of a numbered document.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Citation")]
pub(super) struct CitationWire<'a> {
    /// The list the number belongs to.
    pub(super) list: ListWire,
    /// The number, from 1.
    pub(super) number: u32,
    /// The citing cell.
    #[serde(borrow)]
    pub(super) at: Places<'a>,
}

/// What the publisher says about the revision of a whole item.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Revision")]
pub(super) struct RevisionWire<'a> {
    /// The publisher's word or sign, or a comment's text.
    #[serde(borrow)]
    pub(super) text: Str<'a>,
    /// What it means.
    pub(super) kind: MarkKindWire,
    /// Where it stands.
    #[serde(borrow)]
    pub(super) at: Places<'a>,
}

/// A document or report of a list.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Entry")]
pub(super) struct EntryWire<'a> {
    /// The number, from 1.
    pub(super) number: u32,
    /// The title; left out where the list gives none.
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub(super) title: Str<'a>,
    /// The URL, line breaks within it mended.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<Str<'a>>,
    /// `retired` where the number is 欠番.
    pub(super) status: StatusWire,
    /// The cells of the entry.
    #[serde(borrow)]
    pub(super) at: Places<'a>,
}

/// A line that belongs to the table or sheet and to no item.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Line")]
pub(super) struct LineWire<'a> {
    /// Its text.
    #[serde(borrow)]
    pub(super) text: Str<'a>,
    /// Its cells.
    #[serde(borrow)]
    pub(super) at: Places<'a>,
}

/// What reading had to say: a code and the facts to word it with.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Diagnostic")]
pub(super) struct DiagnosticWire<'a> {
    /// The stable code, such as `id-repeated`.
    #[serde(borrow)]
    pub(super) code: Str<'a>,
    /// How much it matters.
    #[schemars(with = "SeverityWire")]
    pub(super) severity: Severity,
    /// The cells it is about, the first one foremost.
    #[serde(borrow)]
    pub(super) at: Places<'a>,
    /// The facts by name: numbers, texts or lists of texts.
    #[serde(borrow)]
    pub(super) args: Args<'a>,
    /// The file, where it is another one than `source.file`.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<Str<'a>>,
}

#[derive(JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Severity")]
#[allow(dead_code, reason = "speaks for `Severity` in the schema")]
enum SeverityWire {
    Note,
    Warning,
    Error,
}

/// Whether an item is in force, or 欠番.
#[derive(Copy, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Status")]
pub(super) enum StatusWire {
    Active,
    Retired,
}

/// What a mark means: added in this edition, deleted, or marked in another way.
#[derive(Copy, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "MarkKind")]
pub(super) enum MarkKindWire {
    Added,
    Deleted,
    Emphasis,
}

/// One of the two lists.
#[derive(Copy, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "List")]
pub(super) enum ListWire {
    Documents,
    Reports,
}

macro_rules! same_words {
    ($wire:ident, $model:ident, $($word:ident),+) => {
        impl From<$model> for $wire {
            fn from(model: $model) -> Self {
                match model { $($model::$word => Self::$word),+ }
            }
        }
        impl From<$wire> for $model {
            fn from(wire: $wire) -> Self {
                match wire { $($wire::$word => Self::$word),+ }
            }
        }
    };
}
same_words!(StatusWire, ItemStatus, Active, Retired);
same_words!(MarkKindWire, MarkKind, Added, Deleted, Emphasis);
same_words!(ListWire, List, Documents, Reports);
