//! A sheet being written: cells with their look, rows as high as their texts need, the limits of a cell kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_xlsxwriter::{ExcelDateTime, Formula, Url, Worksheet, XlsxError};

use super::entries::Pages;
use super::looks::{Look, Looks};
use super::measure::{self, MAX_HEIGHT_PT};
use super::rich::{self, Piece};
use crate::address::{CellRef, SheetRange};
use crate::diagnostic::Diagnostic;
use crate::render::words::Words;
use crate::template;

/// Excel's limit for a cell's text, in UTF-16 units.
pub(super) const MAX_CELL_UNITS: usize = 32_767;

/// Paper and what is repeated on it.
pub(super) struct Paper {
    /// Whether A3 (else A4).
    pub(super) is_a3: bool,
    /// Whether landscape.
    pub(super) is_landscape: bool,
    /// Rows repeated on every page, zero-based.
    pub(super) repeated_rows: Option<(u32, u32)>,
    /// What stands at the head of every page.
    pub(super) header: String,
}

impl Paper {
    /// How many characters of a table stand side by side on a page at full size.
    pub(super) fn width_chars(&self) -> f64 {
        let width_mm = match (self.is_a3, self.is_landscape) {
            (true, true) => 420.0,
            (true, false) | (false, true) => 297.0,
            (false, false) => 210.0,
        };
        // 0.4 inches of margin on both sides; 7 pixels a character at 96 dots an inch.
        (width_mm / 25.4 - 0.8) * 96.0 / 7.0
    }
}

/// A sheet being written. Cells may come in any order; heights are set when it is closed.
pub(super) struct Sheet<'a> {
    pub(super) inner: Worksheet,
    pub(super) looks: &'a Looks,
    words: &'a Words,
    name: Arc<str>,
    widths_chars: Vec<f64>,
    heights_pt: BTreeMap<u32, f64>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Sheet<'a> {
    /// Makes a sheet with columns of these widths.
    pub(super) fn new(name: &str, looks: &'a Looks, words: &'a Words, widths_chars: &[f64]) -> Result<Self, XlsxError> {
        let mut inner = Worksheet::new();
        inner.set_name(name)?;
        inner.set_screen_gridlines(false);
        for (column, &width) in widths_chars.iter().enumerate() {
            inner.set_column_width(column_number(column), width)?;
        }
        Ok(Self {
            inner,
            looks,
            words,
            name: name.into(),
            widths_chars: widths_chars.to_vec(),
            heights_pt: BTreeMap::new(),
            diagnostics: Vec::new(),
        })
    }

    /// Writes a text as text, whatever it begins with; an empty one leaves a cell with its look only.
    pub(super) fn text(&mut self, row: u32, column: usize, text: &str, look: &Look) -> Result<(), XlsxError> {
        let number = column_number(column);
        if text.is_empty() {
            self.inner.write_blank(row, number, &look.format)?;
            return Ok(());
        }
        let kept = self.kept(row, column, text);
        self.inner.write_string_with_format(row, number, kept.as_str(), &look.format)?;
        self.grow(row, &kept, look, self.width(column));
        Ok(())
    }

    /// Writes a text in stretches.
    pub(super) fn pieces(&mut self, row: u32, column: usize, pieces: &[Piece], look: &Look) -> Result<(), XlsxError> {
        match pieces {
            [] => return self.text(row, column, "", look),
            [only] => return self.text(row, column, &only.text, &look.toned(only.tone)),
            _ => {}
        }
        let whole = rich::text_of(pieces);
        if rich::utf16_len(&whole) > MAX_CELL_UNITS {
            // A text that long is split beforehand wherever it may be; here only a plain cut is left.
            return self.text(row, column, &whole, look);
        }
        let fonts: Vec<_> = pieces.iter().map(|piece| self.looks.run(piece.tone)).collect();
        let texts: Vec<_> = pieces.iter().map(|piece| rich::escaped(&piece.text)).collect();
        let runs: Vec<_> = fonts.iter().zip(&texts).map(|(font, text)| (font, text.as_ref())).collect();
        self.inner.write_rich_string_with_format(row, column_number(column), &runs, &look.format)?;
        self.grow(row, &whole, look, self.width(column));
        Ok(())
    }

    /// Writes a count.
    pub(super) fn number(&mut self, row: u32, column: usize, number: usize, look: &Look) -> Result<(), XlsxError> {
        self.inner.write_number_with_format(row, column_number(column), number as f64, &look.format)?;
        Ok(())
    }

    /// Writes a date.
    pub(super) fn date(&mut self, row: u32, column: usize, date: &ExcelDateTime, look: &Look) -> Result<(), XlsxError> {
        self.inner.write_datetime_with_format(row, column_number(column), date, &look.format)?;
        Ok(())
    }

    /// Writes a formula with the result it has.
    pub(super) fn formula(
        &mut self,
        row: u32,
        column: usize,
        formula: &str,
        result: &str,
        look: &Look,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(result);
        self.inner.write_formula_with_format(row, column_number(column), formula, &look.format)?;
        Ok(())
    }

    /// Writes a link to a cell of this workbook.
    pub(super) fn link(
        &mut self,
        row: u32,
        column: usize,
        target: &SheetRange,
        text: &str,
        look: &Look,
    ) -> Result<(), XlsxError> {
        let url = Url::new(format!("internal:{target}")).set_text(text);
        let look = look.underlined_as_link();
        self.inner.write_url_with_format(row, column_number(column), &url, &look.format)?;
        self.grow(row, text, &look, self.width(column));
        Ok(())
    }

    /// Writes a text over several columns of a row, merged.
    pub(super) fn merged(
        &mut self,
        row: u32,
        columns: (usize, usize),
        text: &str,
        look: &Look,
    ) -> Result<(), XlsxError> {
        self.merged_rows((row, row), columns, text, look)
    }

    /// Writes a text over a rectangle, merged. Rows grow only for a text of one row.
    pub(super) fn merged_rows(
        &mut self,
        rows: (u32, u32),
        columns: (usize, usize),
        text: &str,
        look: &Look,
    ) -> Result<(), XlsxError> {
        let (first, last) = (column_number(columns.0), column_number(columns.1));
        if rows.0 == rows.1 && columns.0 == columns.1 {
            return self.text(rows.0, columns.0, text, look);
        }
        let kept = self.kept(rows.0, columns.0, text);
        self.inner.merge_range(rows.0, first, rows.1, last, &kept, &look.format)?;
        if rows.0 == rows.1 {
            self.grow(rows.0, &kept, look, (columns.0..=columns.1).map(|column| self.width(column)).sum());
        }
        Ok(())
    }

    /// Makes a row at least so high.
    pub(super) fn at_least(&mut self, row: u32, height_pt: f64) {
        let height = self.heights_pt.entry(row).or_insert(0.0);
        *height = height.max(height_pt);
    }

    /// The height a row needs so far.
    pub(super) fn height_pt(&self, row: u32) -> f64 {
        self.heights_pt.get(&row).copied().unwrap_or(0.0)
    }

    /// The place of a cell of this sheet.
    pub(super) fn place(&self, row: u32, column: usize) -> SheetRange {
        SheetRange::new(&self.name, CellRef::new(row, u32::from(column_number(column))))
    }

    /// Notes what a reader of this workbook should know.
    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Freezes what is above and left of a cell, and sets filters from its heading row down.
    pub(super) fn freeze(&mut self, row: u32, column: usize) -> Result<(), XlsxError> {
        self.inner.set_freeze_panes(row, column_number(column))?;
        Ok(())
    }

    /// Sets filters over the columns of a table whose last heading row is `header_row`.
    pub(super) fn filter(&mut self, header_row: u32, last_row: u32, last_column: usize) -> Result<(), XlsxError> {
        self.inner.autofilter(header_row, 0, last_row.max(header_row + 1), column_number(last_column))?;
        Ok(())
    }

    /// Sets the page up: one page wide, header rows repeated, page x/N.
    pub(super) fn print_on(&mut self, paper: &Paper) -> Result<(), XlsxError> {
        self.inner.set_paper_size(if paper.is_a3 { 8 } else { 9 });
        if paper.is_landscape {
            self.inner.set_landscape();
        } else {
            self.inner.set_portrait();
        }
        self.inner.set_print_fit_to_pages(1, 0);
        self.inner.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
        self.inner.set_print_center_horizontally(true);
        if let Some((first, last)) = paper.repeated_rows {
            self.inner.set_repeat_rows(first, last)?;
        }
        self.print_under(&paper.header);
        let font = self.print_font();
        self.inner.set_footer(format!("&C{font}&P / &N"));
        Ok(())
    }

    /// Puts a text at the head of every page, the sheet's name opposite.
    pub(super) fn print_under(&mut self, header: &str) {
        let (font, header) = (self.print_font(), header_text(header));
        self.inner.set_header(format!("&L{font}{header}&R{font}&A"));
    }

    /// The font of headers and footers, in Excel's codes.
    fn print_font(&self) -> String {
        // The size first: digits behind it, as of a file named `438_…`, would be read as part of it.
        format!("&8&\"{},Regular\"", self.looks.font())
    }

    /// Fits a wide table to as many pages side by side as a template asks for, its first columns repeated; 0 as many as
    /// it takes.
    pub(super) fn spread(&mut self, pages_wide: u16, last_repeated: usize) -> Result<(), XlsxError> {
        if pages_wide != 1 {
            self.inner.set_print_fit_to_pages(pages_wide, 0);
            // Over, then down.
            self.inner.set_page_order(false);
            self.inner.set_repeat_columns(0, column_number(last_repeated))?;
        }
        Ok(())
    }

    /// Lays a wide table on pages side by side that begin with these columns, its first columns repeated on each.
    pub(super) fn paged(&mut self, pages: &Pages, last_repeated: usize) -> Result<(), XlsxError> {
        if !pages.breaks.is_empty() {
            let breaks: Vec<u32> = pages.breaks.iter().map(|&column| u32::from(column_number(column))).collect();
            // Excel minds no breaks where a table is fitted to pages.
            self.inner.set_print_scale(pages.percent);
            self.inner.set_vertical_page_breaks(&breaks)?;
            // Over, then down.
            self.inner.set_page_order(false);
            self.inner.set_repeat_columns(0, column_number(last_repeated))?;
        }
        Ok(())
    }

    /// Puts a template's own header and footer, in Excel's codes, in the place of ours; empty ones leave ours.
    pub(super) fn print_around(&mut self, header: &str, footer: &str) {
        if !header.is_empty() {
            self.inner.set_header(header);
        }
        if !footer.is_empty() && footer != template::PrintSetup::default().footer {
            self.inner.set_footer(footer);
        }
    }

    /// Sets the row heights and hands the sheet over, with what was said on the way.
    pub(super) fn close(mut self) -> Result<(Worksheet, Vec<Diagnostic>), XlsxError> {
        for (&row, &height) in &self.heights_pt {
            self.inner.set_row_height(row, height.min(MAX_HEIGHT_PT))?;
        }
        Ok((self.inner, self.diagnostics))
    }

    fn width(&self, column: usize) -> f64 {
        self.widths_chars.get(column).copied().unwrap_or(8.43)
    }

    fn grow(&mut self, row: u32, text: &str, look: &Look, width_chars: f64) {
        let lines =
            if look.wraps { measure::wrapped_lines(text, look.size_pt, measure::text_pixels(width_chars)) } else { 1 };
        self.at_least(row, measure::lines_height_pt(lines, look.size_pt, self.looks.font()));
    }

    /// The text as far as a cell holds it; what is cut is said in the cell and in a diagnostic.
    fn kept(&mut self, row: u32, column: usize, text: &str) -> String {
        let units = rich::utf16_len(text);
        if units <= MAX_CELL_UNITS {
            return text.to_owned();
        }
        let notice = self.words.with("xlsx-cell-cut-notice", &[("units", units.into())]);
        let end = rich::prefix_end(text, MAX_CELL_UNITS - rich::utf16_len(&notice));
        let place = self.place(row, column);
        self.say(Diagnostic::warning("cell-cut").at(place).arg("units", units).arg("limit", MAX_CELL_UNITS));
        format!("{}{notice}", &text[..end])
    }

    /// The words everything is said in.
    pub(super) fn words(&self) -> &'a Words {
        self.words
    }
}

/// Text of a page header: `&` doubled, at most 200 characters (Excel's limit for the whole is 255).
fn header_text(text: &str) -> String {
    text.chars().take(80).collect::<String>().replace('&', "&&").replace('\n', " ")
}

fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}
