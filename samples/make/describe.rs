//! Workbooks from a description that can be read and written by hand: the samples of `samples/layouts`.
//!
//! The notation is taught in `samples/layouts/README.md`. What a line cannot say (print set-up, validations) no layout
//! needs. The same description gives the same bytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatUnderline, Formula, Note, Url, Workbook, Worksheet, XlsxError,
};

/// Makes the xlsx a description describes.
///
/// # Errors
///
/// The library's own, such as a sheet name Excel does not take.
pub fn workbook(description: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2026, 1, 5)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    for (title, rows) in sheets(description) {
        write_sheet(book.add_worksheet(), title, &rows)?;
    }
    let bytes = book.save_to_buffer()?;
    if description.contains("{indexed:10") { with_indexed_red(&bytes) } else { Ok(bytes) }
}

/// The library writes no colours by number: a red of its own stands in for number 10 and is put right in the part.
const STAND_IN: u32 = 0xFE_0A0A;

fn with_indexed_red(bytes: &[u8]) -> Result<Vec<u8>, XlsxError> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut part = Vec::new();
        let mut entry = package.by_index(index)?;
        let name = entry.name()?.into_owned();
        entry.read_to_end(&mut part)?;
        if name == "xl/sharedStrings.xml" {
            let text = String::from_utf8_lossy(&part).replace(&format!("rgb=\"FF{STAND_IN:06X}\""), "indexed=\"10\"");
            part = text.into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default())?;
        out.write_all(&part)?;
    }
    Ok(out.finish()?.into_inner())
}

/// The sheets: each title line with the lines below it. What stands above the first says what the sample shows.
fn sheets(description: &str) -> Vec<(&str, Vec<&str>)> {
    let mut sheets: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in description.lines() {
        match (line.strip_prefix("=== "), sheets.last_mut()) {
            (Some(title), _) => sheets.push((title, Vec::new())),
            (None, Some((_, rows))) => rows.push(line),
            (None, None) => {}
        }
    }
    sheets
}

fn write_sheet(sheet: &mut Worksheet, title: &str, rows: &[&str]) -> Result<(), XlsxError> {
    let mut words = title.split(" ; ").map(str::trim);
    sheet.set_name(words.next().unwrap_or("Sheet"))?;
    for option in words {
        match option.split_once(' ') {
            Some(("hide", columns)) => {
                columns.split(' ').try_for_each(|letter| sheet.set_column_hidden(column(letter)).map(drop))?;
            }
            Some(("narrow", count)) => {
                (0..column(count)).try_for_each(|index| sheet.set_column_width(index, 2.6).map(drop))?;
            }
            _ if option == "very hidden" => _ = sheet.set_very_hidden(true),
            _ => _ = sheet.set_hidden(true),
        }
    }
    let grid: Vec<Vec<&str>> = rows.iter().map(|row| cells(row)).collect();
    let merged = merges(&grid);
    for (row, line) in (0u32..).zip(rows) {
        if line.starts_with("~ ") {
            sheet.set_row_hidden(row)?;
        }
    }
    for (row, line) in (0u32..).zip(&grid) {
        for (column, &text) in (0u16..).zip(line) {
            if !matches!(text, "" | "^" | "<") {
                let to = merged.get(&(row, column)).copied().unwrap_or((row, column));
                write_cell(sheet, (row, column), to, text)?;
            }
        }
    }
    Ok(())
}

fn column(letters: &str) -> u16 {
    letters.bytes().fold(0, |number, letter| number * 26 + u16::from(letter - b'A' + 1)) - 1
}

/// The cells of a line.
fn cells(line: &str) -> Vec<&str> {
    let line = line.strip_prefix("~ ").unwrap_or(line);
    if line.trim().is_empty() {
        return Vec::new();
    }
    line.split('|').map(str::trim).collect()
}

/// The last cell of every merged range by its first: `<` goes on from the left, `^` from above.
fn merges(grid: &[Vec<&str>]) -> BTreeMap<(u32, u16), (u32, u16)> {
    let mut anchors: BTreeMap<(u32, u16), (u32, u16)> = BTreeMap::new();
    let mut merged = BTreeMap::new();
    for (row, line) in (0u32..).zip(grid) {
        for (column, &text) in (0u16..).zip(line) {
            let from = match text {
                "<" => column.checked_sub(1).and_then(|left| anchors.get(&(row, left))),
                "^" => row.checked_sub(1).and_then(|above| anchors.get(&(above, column))),
                _ => None,
            };
            let anchor = from.copied().unwrap_or((row, column));
            anchors.insert((row, column), anchor);
            if anchor != (row, column) {
                let last = merged.entry(anchor).or_insert(anchor);
                *last = (last.0.max(row), last.1.max(column));
            }
        }
    }
    merged
}

/// A cell taken apart: what stands in it, how it looks, what hangs on it.
struct Cell {
    runs: Vec<(Format, String)>,
    format: Format,
    note: Option<String>,
    link: Option<String>,
}

fn write_cell(sheet: &mut Worksheet, at: (u32, u16), to: (u32, u16), text: &str) -> Result<(), XlsxError> {
    let cell = taken_apart(text);
    let (row, column) = at;
    let format = &cell.format;
    if to != at {
        sheet.merge_range(row, column, to.0, to.1, "", format)?;
    }
    match cell.runs.as_slice() {
        [] => _ = sheet.write_blank(row, column, format)?,
        [(_, text)] if cell.link.is_some() => {
            let target = cell.link.as_deref().unwrap_or_default();
            sheet.write_url_with_format(row, column, Url::new(target).set_text(text), format)?;
        }
        [(_, text)] if text.starts_with('=') => write_value(sheet, at, &text[1..], format)?,
        [(run, text)] if *run == Format::new() => {
            sheet.write_string_with_format(row, column, text.trim_start_matches('\''), format)?;
        }
        runs => {
            let runs: Vec<(&Format, &str)> = runs.iter().map(|(format, text)| (format, text.as_str())).collect();
            sheet.write_rich_string_with_format(row, column, &runs, format)?;
        }
    }
    if let Some(note) = cell.note {
        sheet.insert_note(row, column, &Note::new(note).add_author_prefix(false))?;
    }
    Ok(())
}

/// `=108` a number, `=2020-01-14` a date, `=TRUE` a truth value, `=SUM(A1) => 3` a formula with its cached value.
fn write_value(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str, format: &Format) -> Result<(), XlsxError> {
    if let Ok(number) = text.parse::<f64>() {
        sheet.write_number_with_format(row, column, number, format)?;
    } else if let Ok(date) = ExcelDateTime::parse_from_str(text) {
        sheet.write_datetime_with_format(row, column, &date, &format.clone().set_num_format("d-mmm"))?;
    } else if matches!(text, "TRUE" | "FALSE") {
        sheet.write_boolean_with_format(row, column, text == "TRUE", format)?;
    } else {
        let (formula, result) = text.split_once("=>").unwrap_or((text, ""));
        let formula = Formula::new(formula.trim()).set_result(result.trim());
        sheet.write_formula_with_format(row, column, formula, format)?;
    }
    Ok(())
}

/// Takes `{look text}` apart: a run where it holds a text, the whole cell's look where it holds none.
fn taken_apart(text: &str) -> Cell {
    let mut cell = Cell { runs: Vec::new(), format: Format::new(), note: None, link: None };
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        push_run(&mut cell, Format::new(), &rest[..open]);
        let close = rest[open..].find('}').map_or(rest.len(), |end| open + end);
        let (word, inner) = rest[open + 1..close].split_once(' ').unwrap_or((&rest[open + 1..close], ""));
        match word {
            "note" => cell.note = Some(inner.replace('␤', "\n")),
            "link" => cell.link = Some(inner.to_owned()),
            _ if inner.is_empty() => cell.format = look(word, cell.format),
            _ => push_run(&mut cell, look(word, Format::new()), inner),
        }
        rest = rest.get(close + 1..).unwrap_or("");
    }
    push_run(&mut cell, Format::new(), rest);
    cell
}

fn push_run(cell: &mut Cell, format: Format, text: &str) {
    if !text.is_empty() {
        cell.runs.push((format, text.replace('␤', "\n").replace('␣', "\u{3000}")));
    }
}

fn look(words: &str, format: Format) -> Format {
    words.split('+').fold(format, |format, word| match word.split_once(':') {
        None if word == "strike" => format.set_font_strikethrough(),
        None if word == "underline" => format.set_underline(FormatUnderline::Single),
        None if word == "bold" => format.set_bold(),
        None => format.set_font_color(color(word)),
        Some(("fill", word)) => format.set_background_color(color(word)),
        Some(("indexed", _)) => format.set_font_color(Color::RGB(STAND_IN)),
        Some((_, number)) => format.set_font_color(Color::Theme(number.parse().unwrap_or(1), 0)),
    })
}

fn color(word: &str) -> Color {
    match word {
        "red" => Color::RGB(0xFF_0000),
        "darkred" => Color::RGB(0xC0_0000),
        "blue" => Color::RGB(0x00_70C0),
        "green" => Color::RGB(0x00_B050),
        "yellow" => Color::RGB(0xFF_FF00),
        "grey" => Color::RGB(0xD9_D9D9),
        "white" => Color::RGB(0xFF_FFFF),
        _ => Color::Automatic,
    }
}
