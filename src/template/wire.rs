//! The TOML of a template, key by key: what `parse` makes the layout of.
//!
//! A word that can be wrong is kept with its place, so that the error names its line.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::layout::Heading;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireTemplate {
    pub(super) format_version: Spanned<u32>,
    pub(super) title: Option<String>,
    pub(super) framework: Option<String>,
    pub(super) provider: Option<String>,
    #[serde(default)]
    pub(super) edition: Vec<WireEdition>,
    #[serde(default)]
    pub(super) table: Vec<WireTable>,
    #[serde(default)]
    pub(super) list: Vec<WireList>,
    #[serde(default)]
    pub(super) marks: WireMarks,
    #[serde(default)]
    pub(super) write: WireWrite,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireEdition {
    pub(super) key: String,
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) prefixes: Vec<String>,
    #[serde(default)]
    pub(super) counts: BTreeMap<String, Spanned<u32>>,
    #[serde(default)]
    pub(super) advisory: bool,
    #[serde(default)]
    pub(super) retired: Vec<String>,
    #[serde(default)]
    pub(super) branches: bool,
    #[serde(default)]
    pub(super) known_branches: Vec<String>,
}

/// A text or a list of texts.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a text or a list of texts")]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl OneOrMany {
    pub(super) fn texts(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }

    pub(super) fn headings(&self) -> Vec<Heading> {
        self.texts().iter().map(|text| Heading::new(text)).collect()
    }
}

/// A number of rows, or the fewest and the most.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a number of rows or `[fewest, most]`")]
pub(super) enum WireRows {
    Exactly(u32),
    Between([u32; 2]),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireTable {
    #[serde(default)]
    pub(super) sheets: OneOrMany,
    #[serde(default)]
    pub(super) copies: Vec<String>,
    pub(super) header_rows: Option<Spanned<WireRows>>,
    #[serde(default)]
    pub(super) ids_per_sheet: bool,
    #[serde(default)]
    pub(super) ordered: bool,
    #[serde(default)]
    pub(super) guarded: bool,
    pub(super) id: WireId,
    #[serde(default)]
    pub(super) rows: WireRowRules,
    pub(super) group: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) column: Vec<WireColumn>,
    #[serde(default)]
    pub(super) answer: Vec<WireAnswer>,
}

pub(super) enum WireId {
    Parts(Vec<OneOrMany>),
    Table(WireIdTable),
}

impl<'de> Deserialize<'de> for WireId {
    /// Written by hand because serde's untagged form would lose the positions of the words within.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = WireId;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`{ columns = [...], scheme = \"...\" }` or a list of headings")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, parts: A) -> Result<WireId, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(parts)).map(WireId::Parts)
            }

            fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<WireId, A::Error> {
                WireIdTable::deserialize(MapAccessDeserializer::new(table)).map(WireId::Table)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireIdTable {
    pub(super) columns: Vec<OneOrMany>,
    pub(super) scheme: Option<Spanned<String>>,
    pub(super) join: Option<String>,
    #[serde(default)]
    pub(super) leads: bool,
    #[serde(default)]
    pub(super) numbered: bool,
    pub(super) prefix_from: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireRowRules {
    pub(super) continuation: Option<Spanned<String>>,
    pub(super) repeat: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) band: OneOrMany,
    #[serde(default)]
    pub(super) band_columns: Vec<String>,
    #[serde(default)]
    pub(super) retired: OneOrMany,
    pub(super) retired_when_blank: Option<String>,
    #[serde(default)]
    pub(super) fill_down: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireColumn {
    pub(super) key: String,
    pub(super) header: OneOrMany,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) role: Option<Spanned<String>>,
    pub(super) cites: Option<Spanned<String>>,
    pub(super) tick: Option<WireTick>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireTick {
    pub(super) key: Spanned<String>,
    pub(super) words: Vec<String>,
    pub(super) mark: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireAnswer {
    pub(super) key: Spanned<String>,
    pub(super) header: OneOrMany,
    #[serde(default)]
    pub(super) required: bool,
    #[serde(default)]
    pub(super) values: BTreeMap<String, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireList {
    pub(super) list: Spanned<String>,
    #[serde(default)]
    pub(super) titles: OneOrMany,
    #[serde(default)]
    pub(super) number: OneOrMany,
    #[serde(default)]
    pub(super) title: OneOrMany,
    #[serde(default)]
    pub(super) url: OneOrMany,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireMarks {
    #[serde(default)]
    pub(super) labels: Vec<String>,
    #[serde(default)]
    pub(super) ignore_colors: bool,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireWrite {
    #[serde(default)]
    pub(super) colors: WireColors,
    pub(super) font: Option<String>,
    #[serde(default)]
    pub(super) sheets: Vec<WireWriteSheet>,
    #[serde(default)]
    pub(super) print: WirePrint,
    #[serde(default)]
    pub(super) column: Vec<WireWriteColumn>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireWriteSheet {
    pub(super) key: String,
    pub(super) title: String,
    pub(super) title_en: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireColors {
    pub(super) header: Option<Spanned<String>>,
    pub(super) entry_header: Option<Spanned<String>>,
    pub(super) entry: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WirePrint {
    pub(super) paper: Option<Spanned<String>>,
    pub(super) landscape: Option<bool>,
    pub(super) pages_wide: Option<u16>,
    pub(super) repeat_header: Option<bool>,
    pub(super) header: Option<String>,
    pub(super) footer: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireWriteColumn {
    pub(super) key: String,
    pub(super) heading: String,
    pub(super) heading_en: Option<String>,
    pub(super) width: Option<u32>,
    pub(super) kind: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) choices: Vec<String>,
    pub(super) prompt: Option<String>,
    pub(super) prompt_en: Option<String>,
}
