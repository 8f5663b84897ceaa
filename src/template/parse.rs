//! Reads a template's TOML. The wire form (`wire`) mirrors the file key by key; every error names the line it stands on.
//!
//! The reference page of the format is `templates/README.md`.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned;

use super::layout::{
    AnswerLayout, Bands, Colors, ColumnLayout, ColumnRole, Continuation, Grouping, IdLayout, ItemFact, Kind,
    ListLayout, MarksRule, Paper, PrintSetup, RowRules, TableLayout, Template, Tick, Write, WriteColumn, WriteSheet,
};
use super::wire::{
    OneOrMany, WireAnswer, WireColumn, WireEdition, WireId, WireList, WireRowRules, WireRows, WireTable, WireTemplate,
    WireTick, WireWrite, WireWriteColumn, WireWriteSheet,
};
use crate::answers::AnswerField;
use crate::catalog::List;
use crate::catalog::edition::{self, EditionFacts, GroupCount};
use crate::catalog::id::Scheme;
use crate::diagnostic::{Arg, Diagnostic, Failure};
use crate::text::suggest;

/// The version of the format this build reads.
const FORMAT_VERSION: u32 = 1;

/// Reads a template from its TOML text. `name` is what it is called in messages and in the catalogs read with it.
///
/// # Errors
///
/// One diagnostic at the first fault, with the arguments `line` and `column`: `template-syntax`,
/// `template-key-unknown`, `template-key-missing`, `template-word-unknown`, `template-version`, `template-empty`.
pub fn parse(text: &str, name: &str) -> Result<Template, Failure> {
    let source = Source { text, name };
    let wire: WireTemplate = toml::from_str(text).map_err(|error| source.syntax(&error))?;
    source.template(wire)
}

/// The text being read, to turn byte positions into lines.
struct Source<'a> {
    text: &'a str,
    name: &'a str,
}

impl Source<'_> {
    fn template(&self, wire: WireTemplate) -> Result<Template, Failure> {
        if *wire.format_version.get_ref() != FORMAT_VERSION {
            let fault = self.fault("template-version", wire.format_version.span().start);
            return Err(fault.arg("found", *wire.format_version.get_ref()).arg("known", FORMAT_VERSION).into());
        }
        if wire.table.is_empty() && wire.write.column.is_empty() {
            return Err(self.fault("template-empty", 0).into());
        }
        // What is known of the FISC editions need not be written into every vendor's template.
        let knows_fisc = wire.edition.is_empty() && wire.framework.as_deref() == Some("fisc");
        Ok(Template {
            name: Some(self.name.to_owned()),
            title: wire.title,
            framework: wire.framework,
            provider: wire.provider,
            editions: if knows_fisc { edition::fisc() } else { wire.edition.into_iter().map(edition_facts).collect() },
            tables: wire.table.into_iter().map(|table| self.table(table)).collect::<Result<_, _>>()?,
            lists: wire.list.into_iter().map(|list| self.list(&list)).collect::<Result<_, _>>()?,
            marks: MarksRule { labels: wire.marks.labels, ignore_colors: wire.marks.ignore_colors },
            write: self.write(wire.write)?,
        })
    }

    fn table(&self, wire: WireTable) -> Result<TableLayout, Failure> {
        let default = TableLayout::default();
        let header_rows = match &wire.header_rows {
            None => default.header_rows,
            Some(rows) => match *rows.get_ref() {
                WireRows::Exactly(count) if count > 0 => (count, count),
                WireRows::Between([fewest, most]) if 0 < fewest && fewest <= most => (fewest, most),
                _ => return Err(self.fault("template-header-rows", rows.span().start).into()),
            },
        };
        Ok(TableLayout {
            sheets: wire.sheets.headings(),
            copies: wire.copies,
            header_rows,
            ids_per_sheet: wire.ids_per_sheet,
            ordered: wire.ordered,
            guarded: wire.guarded,
            id: self.id(wire.id)?,
            rows: self.rows(wire.rows)?,
            group: self.group(wire.group.as_ref())?,
            columns: wire.column.iter().map(|column| self.column(column)).collect::<Result<_, _>>()?,
            answers: wire.answer.into_iter().map(|answer| self.answer(answer)).collect::<Result<_, _>>()?,
        })
    }

    fn id(&self, wire: WireId) -> Result<IdLayout, Failure> {
        let parts = |columns: &[OneOrMany]| columns.iter().map(OneOrMany::headings).collect();
        Ok(match wire {
            WireId::Parts(columns) => {
                IdLayout { columns: parts(&columns), join: ".".to_owned(), ..IdLayout::default() }
            }
            WireId::Table(table) => IdLayout {
                columns: parts(&table.columns),
                scheme: Scheme::named(self.word(table.scheme.as_ref(), "auto", &scheme_words())?),
                join: table.join.unwrap_or_else(|| ".".to_owned()),
                leads: table.leads,
                numbered: table.numbered,
                prefix_from: table.prefix_from,
            },
        })
    }

    fn rows(&self, wire: WireRowRules) -> Result<RowRules, Failure> {
        let continuation =
            match self.word(wire.continuation.as_ref(), "blank-id", &["blank-id", "part-label", "none"])? {
                "part-label" => Continuation::PartLabel,
                "none" => Continuation::None,
                _ => Continuation::BlankId,
            };
        Ok(RowRules {
            continuation,
            repeats: self.word(wire.repeat.as_ref(), "warn", &["warn", "parts"])? == "parts",
            bands: Bands { patterns: wire.band.headings(), columns: wire.band_columns },
            retired: wire.retired.headings(),
            retired_when_blank: wire.retired_when_blank,
            fill_down: wire.fill_down,
        })
    }

    fn group(&self, wire: Option<&Spanned<String>>) -> Result<Grouping, Failure> {
        if let Some(field) = wire.and_then(|group| group.get_ref().strip_prefix("field:")) {
            return Ok(Grouping::Field(field.to_owned()));
        }
        let words = &["auto", "prefix", "sheet", "band", "none", "field:KEY"];
        Ok(match self.word(wire, "auto", words)? {
            "prefix" => Grouping::Prefix,
            "sheet" => Grouping::Sheet,
            "band" => Grouping::Band,
            "none" => Grouping::None,
            _ => Grouping::Auto,
        })
    }

    fn column(&self, wire: &WireColumn) -> Result<ColumnLayout, Failure> {
        let role = match self.word(
            wire.role.as_ref(),
            "field",
            &["field", "revision", "raw-id", "sheet", "group", "status"],
        )? {
            "revision" => ColumnRole::Revision,
            "raw-id" => ColumnRole::Item(ItemFact::RawId),
            "sheet" => ColumnRole::Item(ItemFact::Sheet),
            "group" => ColumnRole::Item(ItemFact::Group),
            "status" => ColumnRole::Item(ItemFact::Status),
            _ => ColumnRole::Field,
        };
        Ok(ColumnLayout {
            key: wire.key.clone(),
            headings: wire.header.headings(),
            required: wire.required,
            role,
            cites: wire.cites.as_ref().map(|list| self.list_word(list)).transpose()?,
            tick: wire.tick.as_ref().map(|tick| self.tick(tick)).transpose()?,
        })
    }

    fn tick(&self, wire: &WireTick) -> Result<Tick, Failure> {
        Ok(Tick {
            field: self.answer_field(&wire.key)?,
            words: wire.words.clone(),
            mark: wire.mark.clone().unwrap_or_else(|| "X".to_owned()),
        })
    }

    fn answer_field(&self, wire: &Spanned<String>) -> Result<AnswerField, Failure> {
        let keys: Vec<&str> = AnswerField::ALL.iter().map(|field| field.key()).collect();
        let key = self.word(Some(wire), "", &keys)?;
        let field = AnswerField::ALL.into_iter().find(|field| field.key() == key);
        Ok(field.expect("the word was found among the keys of all fields"))
    }

    fn answer(&self, wire: WireAnswer) -> Result<AnswerLayout, Failure> {
        Ok(AnswerLayout {
            field: self.answer_field(&wire.key)?,
            headings: wire.header.headings(),
            required: wire.required,
            values: in_file_order(wire.values),
        })
    }

    fn list(&self, wire: &WireList) -> Result<ListLayout, Failure> {
        Ok(ListLayout {
            list: self.list_word(&wire.list)?,
            titles: wire.titles.headings(),
            number: wire.number.headings(),
            title: wire.title.headings(),
            url: wire.url.headings(),
        })
    }

    fn list_word(&self, wire: &Spanned<String>) -> Result<List, Failure> {
        Ok(match self.word(Some(wire), "", &["documents", "reports"])? {
            "reports" => List::Reports,
            _ => List::Documents,
        })
    }

    fn write(&self, wire: WireWrite) -> Result<Write, Failure> {
        let default = PrintSetup::default();
        let paper = match self.word(wire.print.paper.as_ref(), "A3", &["A3", "A4"])? {
            "A4" => Paper::A4,
            _ => Paper::A3,
        };
        Ok(Write {
            sheets: (wire.sheets.into_iter())
                .map(|WireWriteSheet { key, title, title_en }| WriteSheet { key, title, title_en })
                .collect(),
            columns: wire.column.into_iter().map(|column| self.write_column(column)).collect::<Result<_, _>>()?,
            print: PrintSetup {
                paper,
                landscape: wire.print.landscape.unwrap_or(default.landscape),
                pages_wide: wire.print.pages_wide.unwrap_or(default.pages_wide),
                repeat_header: wire.print.repeat_header.unwrap_or(default.repeat_header),
                header: wire.print.header.unwrap_or(default.header),
                footer: wire.print.footer.unwrap_or(default.footer),
            },
            font: wire.font,
            colors: Colors {
                header: self.color(wire.colors.header.as_ref())?,
                entry_header: self.color(wire.colors.entry_header.as_ref())?,
                entry: self.color(wire.colors.entry.as_ref())?,
            },
        })
    }

    /// A colour as `DCE6F1` or `#DCE6F1`.
    fn color(&self, wire: Option<&Spanned<String>>) -> Result<Option<u32>, Failure> {
        let Some(word) = wire else { return Ok(None) };
        let digits = word.get_ref().trim_start_matches('#');
        let is_color = digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit());
        match u32::from_str_radix(digits, 16) {
            Ok(color) if is_color => Ok(Some(color)),
            _ => {
                let fault = self.fault("template-word-unknown", word.span().start);
                let fault = fault.arg("word", word.get_ref().as_str());
                Err(with_suggestion(fault, word.get_ref(), &["RRGGBB"]).into())
            }
        }
    }

    fn write_column(&self, wire: WireWriteColumn) -> Result<WriteColumn, Failure> {
        let kind = match self.word(wire.kind.as_ref(), "reference", &["reference", "answer"])? {
            "answer" => Kind::Answer,
            _ => Kind::Reference,
        };
        let levels = |heading: &str| heading.split(" > ").map(|level| level.trim().to_owned()).collect();
        Ok(WriteColumn {
            key: wire.key,
            heading: levels(&wire.heading),
            heading_en: wire.heading_en.as_deref().map(levels),
            width_chars: wire.width,
            kind,
            choices: wire.choices,
            prompt: wire.prompt,
            prompt_en: wire.prompt_en,
        })
    }

    /// Checks that a word is one of those allowed; an absent one is the default.
    fn word<'w>(
        &self,
        wire: Option<&'w Spanned<String>>,
        default: &'w str,
        allowed: &[&str],
    ) -> Result<&'w str, Failure> {
        let Some(word) = wire else { return Ok(default) };
        if allowed.contains(&word.get_ref().as_str()) {
            return Ok(word.get_ref());
        }
        let fault = self.fault("template-word-unknown", word.span().start);
        Err(with_suggestion(fault.arg("word", word.get_ref().as_str()), word.get_ref(), allowed).into())
    }

    fn syntax(&self, error: &toml::de::Error) -> Failure {
        let start = error.span().map_or(0, |span| span.start);
        let message = error.message();
        if let Some((key, allowed)) = unknown_field(message) {
            return with_suggestion(self.fault("template-key-unknown", start).arg("key", key), key, &allowed).into();
        }
        match message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
            Some(key) => self.fault("template-key-missing", start).arg("key", key).into(),
            None => self.fault("template-syntax", start).arg("message", message.lines().next().unwrap_or("")).into(),
        }
    }

    fn fault(&self, code: &'static str, offset: usize) -> Diagnostic {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |tail| tail.chars().count()) + 1;
        Diagnostic::error(code).in_file(&Arc::from(self.name)).arg("line", line).arg("column", column)
    }
}

fn with_suggestion(fault: Diagnostic, word: &str, allowed: &[&str]) -> Diagnostic {
    let near = suggest::nearest(word, allowed.iter().copied()).unwrap_or("none");
    let list: Vec<String> = allowed.iter().map(|&word| word.to_owned()).collect();
    fault.arg("nearest", near).arg("allowed", Arg::List(list))
}

/// The words for `scheme`: what each reads is `catalog::id`'s, and `auto` lets the ids decide.
fn scheme_words() -> Vec<&'static str> {
    std::iter::once("auto").chain(Scheme::ALL.map(Scheme::name)).collect()
}

/// Takes serde's "unknown field `x`, expected one of `a`, `b`" apart.
fn unknown_field(message: &str) -> Option<(&str, Vec<&str>)> {
    let rest = message.strip_prefix("unknown field `")?;
    let (key, expected) = rest.split_once('`')?;
    Some((key, expected.split('`').skip(1).step_by(2).collect()))
}

fn edition_facts(wire: WireEdition) -> EditionFacts {
    let counts = in_file_order(wire.counts).into_iter();
    EditionFacts {
        key: wire.key,
        names: wire.names,
        prefixes: wire.prefixes,
        counts: counts.map(|(group, items)| GroupCount { group, items }).collect(),
        advisory: wire.advisory,
        retired: wire.retired,
        branches: wire.branches,
        known_branches: wire.known_branches,
    }
}

/// The entries of a table in the order the file has them, which the TOML reader does not keep.
fn in_file_order<T>(wire: BTreeMap<String, Spanned<T>>) -> Vec<(String, T)> {
    let mut entries: Vec<(String, Spanned<T>)> = wire.into_iter().collect();
    entries.sort_by_key(|(_, value)| value.span().start);
    entries.into_iter().map(|(key, value)| (key, value.into_inner())).collect()
}
