//! Walks the rows of a bound table: items, rows that continue them, bands, footnotes, and what cannot be understood.

mod bands;
mod ids;
mod kinds;
mod reader;
mod values;
mod words;

use std::sync::Arc;

use crate::address::{CellRef, SheetRange};
use crate::catalog::Revision;
use crate::catalog::id::ParsedId;
use crate::diagnostic::Diagnostic;
use crate::import::grouping::Groups;
use crate::import::items::NewRow;
use crate::import::rows::{Merges, Row};
use crate::template::ItemFact;
use crate::text::Text;
use crate::workbook::Cell;
use kinds::{Kind, columns_of};
pub(super) use reader::{Progress, Reading, TableReader, comments_by_row, line_of};

/// A header that is repeated group by group is so within this many rows; looking through a million for one took a fifth
/// of the time it takes to read them.
const LONGEST_GROUP: usize = 2_000;

/// A row that goes on with the item above fills fewer cells than these more often than not.
const FULL_ROW: usize = 3;

impl<'a> TableReader<'a> {
    /// Reads the row above the header as a band.
    pub(in crate::import) fn read_title(&self, number: u32, progress: &mut Progress, reading: &mut Reading) {
        let mut merges = Merges::new(self.sheet, (number, number));
        let row = Row::new(number, self.sheet.row(number), &mut merges);
        self.band(&row, progress, reading);
    }

    /// Reads all rows of the table.
    pub(in crate::import) fn read(&self, groups: &mut Groups<'_>, progress: &mut Progress, reading: &mut Reading) {
        let header = self.table.header;
        let mut merges = Merges::new(self.sheet, (header.first.row, self.table.rows.1));
        for (number, cells) in self.sheet.rows_between(header.first.row, header.last.row) {
            let aside = Row::new(number, cells, &mut merges).take_aside(&self.columns);
            reading.notes.extend(aside.map(|aside| self.line(&aside)));
        }
        self.read_header_title(progress, reading);
        let (first, last) = self.table.rows;
        let mut is_over = false;
        for (number, cells) in self.sheet.rows_between(first, last) {
            let mut row = Row::new(number, cells, &mut merges);
            self.note_uncalculated(&row, reading);
            reading.notes.extend(row.take_aside(&self.columns).map(|aside| self.line(&aside)));
            if row.filled().next().is_none() {
                continue;
            }
            if is_over {
                reading.notes.push(self.line(&row));
                continue;
            }
            let kind = self.kind(&row, progress);
            if progress.previous_id.is_none() && matches!(kind, Kind::Band) && self.id_cell(&row).is_none() {
                progress.headings.push(columns_of(row.cells));
            }
            match kind {
                Kind::Item(cell, parsed) => self.item(&row, cell, &parsed, groups, progress, reading),
                Kind::Continues(label) => self.continuation(&row, label, progress, reading),
                Kind::Band => self.band(&row, progress, reading),
                Kind::Note => reading.notes.push(self.line(&row)),
                Kind::Total => {
                    progress.end_item();
                    progress.pending.push(self.line(&row));
                }
                Kind::OtherTable => {
                    is_over = true;
                    progress.end_item();
                    reading.notes.push(self.line(&row));
                    let at = SheetRange::new(&self.sheet.name, self.columns.row_range(number));
                    reading.findings.push(Diagnostic::warning("table-below").at(at).arg("row", number + 1));
                }
                Kind::Unreadable(why) => reading.findings.extend(why),
            }
            progress.last_row = Some(number);
        }
    }

    /// Reads the first heading as a band where the header is repeated below with the title of a group in its place.
    fn read_header_title(&self, progress: &mut Progress, reading: &mut Reading) {
        let Some(id) = self.columns.ids.last().map(|&slot| self.table.columns[slot].column) else { return };
        let (first, last) = self.table.rows;
        // The header right behind the table may be this one again.
        let rows = self.sheet.rows_between(first, last + 1).take(LONGEST_GROUP);
        let mut below = rows.filter(|(_, cells)| self.repeats_header_but(id, cells));
        let at = CellRef::new(self.table.header.last.row, id);
        if let Some(heading) = below.next().and_then(|_| self.sheet.cell(at)) {
            self.header_band(heading, progress, reading);
        }
    }

    /// Reads a row of an item, or of several that share it.
    fn item(
        &self,
        row: &Row<'a>,
        cell: &'a Cell,
        parsed: &ParsedId,
        groups: &mut Groups<'_>,
        progress: &mut Progress,
        reading: &mut Reading,
    ) {
        reading.bands.append(&mut progress.pending);
        if !parsed.notices.is_empty() {
            reading.findings.extend(parsed.diagnostics(&cell.text, &self.place(cell.at)));
        }
        let (mut values, mut revision) = self.values(row, progress);
        let raw_id = self.raw_id(row, cell, &mut values);
        let raw_id = if self.layout.id.numbered { crate::text::owned(&*parsed.ids()[0]) } else { raw_id };
        if let Some(marker) = &parsed.marker {
            revision.insert(0, Revision { text: marker.text.clone(), kind: marker.kind, at: self.place(cell.at) });
        }
        self.inherit(row.number, &mut values, progress, reading);
        let status = self.item_fact(row, ItemFact::Status);
        let retired = parsed.retired
            || self.says_retired(&values)
            || status.is_some_and(|word| &*word == "retired" || words::is_retired_word(&word));
        let own_group = self.item_fact(row, ItemFact::Group).map(|group| Arc::<str>::from(group.as_str()));
        let sheet = self.item_fact(row, ItemFact::Sheet).map(|sheet| Arc::<str>::from(sheet.as_str()));
        let ids = parsed.ids();
        progress.bands.item();
        progress.current.clear();
        progress.id_until = self.id_until(row);
        progress.item_row = row.number;
        for (index, id) in ids.iter().enumerate() {
            let is_last = index + 1 == ids.len();
            let field = |key: &str| self.field_text(key, &values);
            let group = own_group.clone().or_else(|| groups.of(id, &progress.bands, field));
            let (values, revision) = if is_last {
                (std::mem::take(&mut values), std::mem::take(&mut revision))
            } else {
                (values.clone(), revision.clone())
            };
            let known_retired = self.edition.is_some_and(|edition| edition.retired.iter().any(|known| **known == **id));
            let new = NewRow {
                raw_id: raw_id.clone(),
                group,
                sheet: sheet.clone(),
                retired: retired || (known_retired && values.iter().all(Option::is_none)),
                at: self.columns.row_range(row.number),
                label: parsed.part.as_deref().map(crate::text::owned),
                values,
                revision,
            };
            progress.current.push(reading.items.add(id, new));
        }
        progress.previous_id = ids.last().cloned();
    }

    fn continuation(&self, row: &Row<'a>, label: Option<Text>, progress: &mut Progress, reading: &mut Reading) {
        reading.bands.append(&mut progress.pending);
        let filled = row.filled().count();
        let is_full = || filled + self.columns.ids.len() >= columns_of(self.sheet.row(progress.item_row)).len();
        if label.is_none() && filled >= FULL_ROW && is_full() {
            reading.full_rows.push(SheetRange::new(&self.sheet.name, self.columns.row_range(row.number)));
        }
        let (values, revision) = self.values(row, progress);
        for &place in &progress.current {
            let new = NewRow {
                raw_id: Text::default(),
                group: None,
                sheet: None,
                retired: false,
                at: self.columns.row_range(row.number),
                label: label.clone(),
                values: values.clone(),
                revision: revision.clone(),
            };
            reading.items.continue_with(place, new);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::Source;
    use crate::{import, template, workbook};

    #[test]
    fn a_row_goes_on_with_the_item_above_after_two_pages_were_joined() {
        let text = "項番,内容説明,解説\n実1,甲,あ\n実2,乙,い\n\
                    項番,内容説明,解説\n実2,丙,う\n実3,丁,え\n\
                    項番,内容説明,解説\n,戊,お\n実4,己,か\n";
        let workbook = workbook::read(text.as_bytes(), "a.csv", &Default::default()).unwrap();
        let binding = template::bind(&workbook, &Default::default()).unwrap();
        let catalog = import::catalog(&workbook, &binding, Source::default()).unwrap();
        let read: Vec<(&str, String)> =
            catalog.items.iter().map(|item| (&*item.key.id, catalog.text(item, "text").into_owned())).collect();
        let expected = [("実1", "甲"), ("実2", "乙\n丙"), ("実3", "丁\n戊"), ("実4", "己")];
        assert_eq!(read, expected.map(|(id, text)| (id, text.to_owned())));
    }
}
