//! What is one thing on the wire and two in memory: borrowed from the model on the way out, texts on the way in.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Str, ValueWire};
use crate::address::SheetRange;
use crate::catalog::{Field, FieldValue};
use crate::diagnostic::Arg;

/// Ranges as a list of texts like `Sheet!B12`.
pub(in crate::catalog::json) enum Places<'a> {
    /// On the way out: the model's ranges.
    Model(&'a [SheetRange]),
    /// On the way in: nearly always one text, which then costs no list.
    One(Str<'a>),
    /// On the way in: none, or several.
    Many(Vec<Str<'a>>),
}

impl Serialize for Places<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Model(places) => serializer.collect_seq(*places),
            Self::One(text) => serializer.collect_seq([text]),
            Self::Many(texts) => serializer.collect_seq(texts),
        }
    }
}

impl JsonSchema for Places<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Places".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Cells or ranges as Excel writes them: `Sheet!B12`, `'Q1 24'!B12:B14`; `B12` in a delimited text.",
            "type": "array",
            "items": { "type": "string", "pattern": "^(.+!)?[A-Z]{1,3}[1-9][0-9]{0,6}(:[A-Z]{1,3}[1-9][0-9]{0,6})?$" }
        })
    }
}

/// Values by field key.
pub(in crate::catalog::json) enum Values<'a> {
    /// On the way out: the columns, and a value or none for each.
    Model(&'a [Field], &'a [Option<FieldValue>]),
    /// On the way in.
    Read(Vec<(Str<'a>, ValueWire<'a>)>),
}

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Model(fields, values) => {
                let mut map = serializer.serialize_map(None)?;
                for (field, value) in fields.iter().zip(values.iter()) {
                    if let Some(value) = value {
                        map.serialize_entry(&*field.key, &ValueWire::from(value))?;
                    }
                }
                map.end()
            }
            Self::Read(pairs) => serializer.collect_map(pairs.iter().map(|(key, value)| (key, value))),
        }
    }
}

impl JsonSchema for Values<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Values".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<ValueWire<'static>>();
        json_schema!({ "type": "object", "additionalProperties": value })
    }
}

/// The facts of a diagnostic by name.
pub(in crate::catalog::json) enum Args<'a> {
    /// On the way out.
    Model(&'a [(Cow<'static, str>, Arg)]),
    /// On the way in.
    Read(Vec<(Str<'a>, Arg)>),
}

impl Serialize for Args<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Model(args) => serializer.collect_map(args.iter().map(|(name, value)| (name, value))),
            Self::Read(args) => serializer.collect_map(args.iter().map(|(name, value)| (name, value))),
        }
    }
}

impl JsonSchema for Args<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Args".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "additionalProperties": {
                "anyOf": [{ "type": "integer" }, { "type": "string" }, { "type": "array", "items": { "type": "string" } }]
            }
        })
    }
}
