//! The deliverable: a self-check workbook that can be printed, handed in, worked in and read back.
//!
//! Which sheets and columns there are, and what they are called, comes from the template's `[write]` part; the counts
//! come from [`crate::assess`]. It is a self-check (自己点検) throughout and never claims to be more.

mod cover;
mod data;
mod documents;
mod guide;
mod items;
mod open;
mod retired;
mod summary;

use std::collections::HashMap;

use jiff::civil::{Date, DateTime};
use rust_xlsxwriter::XlsxError;

use super::Written;
use super::diff::Sides;
use super::diff::compare::{self, Comparison};
use super::finish::{Properties, finish, unwritable};
use super::looks::Looks;
use super::sheet::{Paper, Sheet};
use crate::answers::{Answer, Answers};
use crate::assess::Assessment;
use crate::catalog::{Catalog, ItemKey};
use crate::diagnostic::Failure;
use crate::diff::Diff;
use crate::render::words::{Lang, Words};
use crate::template::{self, Write};

/// What stands on the cover. Empty values leave a line to fill in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// The title; empty for the usual one.
    pub title: String,
    /// 機関名.
    pub institution: String,
    /// 対象システム.
    pub system: String,
    /// 利用サービス; empty for the reference's provider.
    pub service: String,
    /// 版数 of the deliverable; empty for that of the last line of 改訂履歴, which is 1.0 where there is none yet.
    pub version: String,
    /// 作成日.
    pub created_on: Option<Date>,
    /// 作成者.
    pub author: String,
    /// 取扱区分; empty for 社外秘.
    pub classification: String,
}

impl Cover {
    /// Takes what the header block of the answers says; `today` is the day it is made.
    pub fn of(answers: &Answers, today: Option<Date>) -> Self {
        let value = |key: &str| {
            let found = answers.header.iter().find(|(known, _)| known == key);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Self {
            title: value("title"),
            institution: value("institution"),
            system: value("system"),
            service: value("services"),
            version: value("version"),
            created_on: today,
            author: value("author"),
            classification: value("classification"),
        }
    }
}

/// A line of 改訂履歴.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryEntry {
    /// 版数.
    pub version: String,
    /// 日付.
    pub date: Option<Date>,
    /// 改訂内容.
    pub text: String,
    /// 担当者.
    pub author: String,
}

/// What a self-check workbook is made from.
pub struct SelfCheck<'a> {
    /// The language of what we say ourselves, and of the template's headings where it has both.
    pub words: &'a Words,
    /// The reference.
    pub catalog: &'a Catalog,
    /// The answers to it.
    pub answers: &'a Answers,
    /// The answers assessed.
    pub assessment: &'a Assessment,
    /// What changed since an older edition; `None` leaves 変更点 out.
    pub diff: Option<&'a Diff>,
    /// The cover.
    pub cover: &'a Cover,
    /// Earlier versions of the deliverable, oldest first; empty for one line of this version.
    pub history: &'a [HistoryEntry],
    /// Whether the reference columns are locked. Excel cannot sort a protected range.
    pub protect: bool,
    /// Whether the reference's texts go in; else numbers, conformity and answers only.
    pub reference_text: bool,
    /// Sheets, columns, widths and print set-up: the `[write]` part of a template such as `self-check`.
    pub write: &'a Write,
    /// The creation time in the document's properties; the only time besides what the cover is given.
    pub created: DateTime,
}

/// Writes the deliverable.
///
/// # Errors
///
/// `workbook-unwritable` where it is more than a workbook holds.
pub fn self_check(input: &SelfCheck<'_>) -> Result<Written, Failure> {
    let write = match input.words.lang {
        Lang::Ja => input.write.clone(),
        Lang::En => input.write.clone().in_english(),
    };
    let input = &SelfCheck { write: &write, ..*input };
    let looks = Looks::of(input.write.font.as_deref().unwrap_or("Meiryo UI"), 9.0).coloured(input.write.colors);
    let book = Book::new(input, &looks);
    let sheets = book.sheets().map_err(unwritable)?;
    let title = book.title();
    finish(sheets, &Properties { title: &title, company: &input.cover.institution, created: input.created })
}

/// What every sheet is made from.
struct Book<'a> {
    input: &'a SelfCheck<'a>,
    words: &'a Words,
    looks: &'a Looks,
    by_key: HashMap<&'a ItemKey, &'a Answer>,
}

impl<'a> Book<'a> {
    fn new(input: &'a SelfCheck<'a>, looks: &'a Looks) -> Self {
        Self { input, words: input.words, looks, by_key: input.answers.by_key() }
    }

    /// The sheets in the template's order; the counts need to know where the items stand, so those are laid out first.
    fn sheets(&self) -> Result<Vec<Sheet<'a>>, XlsxError> {
        let items = items::Items::new(self);
        let mut sheets = Vec::new();
        for sheet in &self.input.write.sheets {
            let title = sheet.title.as_str();
            let sheet = match sheet.key.as_str() {
                "cover" => Some(cover::sheet(self, title)?),
                "history" => Some(cover::history(self, title)?),
                "guide" => Some(guide::sheet(self, title)?),
                "summary" => Some(summary::sheet(self, title, &items)?),
                "open" => Some(open::sheet(self, title, &items)?),
                "items" => Some(items.sheet(self)?),
                "changes" => self.changes(title)?,
                "documents" => Some(documents::sheet(self, title)?),
                "retired" => retired::sheet(self, title)?,
                "data" => Some(data::sheet(self, title, &items)?),
                _ => None,
            };
            sheets.extend(sheet);
        }
        sheets.extend(items.entries.lists_sheet(self.looks, self.words)?);
        Ok(sheets)
    }

    fn changes(&self, title: &str) -> Result<Option<Sheet<'a>>, XlsxError> {
        let Some(diff) = self.input.diff.filter(|_| self.input.reference_text) else { return Ok(None) };
        let comparison = Comparison {
            diff,
            words: self.words,
            looks: self.looks,
            sides: Sides::OldNew,
            old_word: None,
            new_word: None,
        };
        let mut sheet = compare::sheet(&comparison, title)?;
        sheet.print_under(&self.running_title());
        Ok(Some(sheet))
    }

    /// The name of a sheet of the template, where it has one.
    fn sheet_title(&self, key: &str) -> Option<&'a str> {
        self.input.write.sheets.iter().find(|sheet| sheet.key == key).map(|sheet| sheet.title.as_str())
    }

    fn title(&self) -> String {
        let own = &self.input.cover.title;
        if own.is_empty() { self.words.text("xlsx-self-check-title") } else { own.clone() }
    }

    /// The reference and its edition, as far as they are known.
    fn edition(&self) -> String {
        let edition = &self.input.catalog.edition;
        edition.version.clone().unwrap_or_else(|| self.input.catalog.source.file.clone())
    }

    /// Begins a sheet with its title.
    fn begin(&self, name: &str, widths_chars: &[f64]) -> Result<Sheet<'a>, XlsxError> {
        let mut sheet = Sheet::new(name, self.looks, self.words, widths_chars)?;
        sheet.merged(0, (0, widths_chars.len() - 1), name, &self.looks.title().ruled_below())?;
        sheet.at_least(0, 30.0);
        Ok(sheet)
    }

    /// Paper as the template wants it for its wide sheets.
    fn wide_paper(&self, repeated_rows: Option<(u32, u32)>) -> Paper {
        let print = &self.input.write.print;
        Paper {
            is_a3: print.paper == template::Paper::A3,
            is_landscape: print.landscape,
            repeated_rows: repeated_rows.filter(|_| print.repeat_header),
            header: self.running_title(),
        }
    }

    /// A4, for what is read and not worked in.
    fn narrow_paper(&self, is_landscape: bool, repeated_rows: Option<(u32, u32)>) -> Paper {
        Paper { is_a3: false, is_landscape, repeated_rows, header: self.running_title() }
    }

    /// What stands at the head of every page: institution, title, handling.
    fn running_title(&self) -> String {
        let cover = &self.input.cover;
        let parts = [self.classification(), cover.institution.clone(), self.title()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
    }

    /// 版数, the same on 表紙 and 改訂履歴.
    fn version(&self) -> &str {
        let own = self.input.cover.version.as_str();
        let last = self.input.history.last().map_or("1.0", |entry| entry.version.as_str());
        if own.is_empty() { last } else { own }
    }

    fn classification(&self) -> String {
        let own = &self.input.cover.classification;
        if own.is_empty() { self.words.text("xlsx-classification") } else { own.clone() }
    }
}
