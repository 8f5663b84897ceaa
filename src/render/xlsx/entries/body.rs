//! How the cells below the header look.

use super::super::looks::{self, Look};
use super::super::sheet::Sheet;
use super::{Column, Line, Shows, is_date};

/// The looks of the body, made once: a format is looked up for every cell.
pub(super) struct BodyLooks {
    given: Look,
    given_centred: Look,
    id: Look,
    entry: Look,
    entry_centred: Look,
    entry_date: Look,
    computed: Look,
    retired: Look,
    key: Look,
}

impl BodyLooks {
    pub(super) fn new(sheet: &Sheet<'_>) -> Self {
        let (cell, entry) = (sheet.looks.cell(), sheet.looks.entry());
        Self {
            given_centred: cell.centred(),
            id: cell.as_text().centred().bold(),
            entry_centred: entry.centred(),
            entry_date: entry.centred().number("yyyy-mm-dd"),
            computed: cell.centred().bold(),
            key: sheet.looks.flat().as_text(),
            retired: cell.filled(looks::BAND_FILL).coloured(looks::MUTED),
            entry,
            given: cell,
        }
    }

    pub(super) fn of(&self, column: &Column, line: &Line<'_>) -> &Look {
        if column.is_hidden() {
            return &self.key;
        }
        if line.is_retired() && column.shows != Shows::Id {
            return &self.retired;
        }
        match column.shows {
            Shows::Id => &self.id,
            Shows::Result => &self.computed,
            Shows::Group | Shows::SheetName => &self.given_centred,
            _ if column.is_entry && is_date(&column.shows) => &self.entry_date,
            _ if column.is_entry && !column.choices.is_empty() => &self.entry_centred,
            _ if column.is_entry => &self.entry,
            _ if column.is_short => &self.given_centred,
            _ => &self.given,
        }
    }
}
