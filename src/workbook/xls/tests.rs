//! The xls reader on streams written here, record by record.

use super::*;
use crate::address::CellRef;
use crate::workbook::{Rgb, Value};

/// A stream of records as it grows.
#[derive(Default)]
struct Stream(Vec<u8>);

impl Stream {
    fn put(&mut self, kind: u16, parts: &[&[u8]]) -> &mut Self {
        let data = parts.concat();
        self.0.extend(kind.to_le_bytes());
        self.0.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        self.0.extend(data);
        self
    }
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// A cell's row, column and format.
fn place(row: u16, column: u16, format: u16) -> Vec<u8> {
    [row, column, format].iter().flat_map(|number| number.to_le_bytes()).collect()
}

const BIFF8_GLOBALS: &[u8] = &[0, 6, 5, 0];
const BIFF8_SHEET: &[u8] = &[0, 6, 0x10, 0];
const BIFF5_GLOBALS: &[u8] = &[0, 5, 5, 0];
const BIFF5_SHEET: &[u8] = &[0, 5, 0x10, 0];

fn font(color: u16, is_struck: bool) -> Vec<u8> {
    let flags = if is_struck { 8_u16 } else { 0 };
    let numbers = [220, flags, color, 400, 0];
    numbers.iter().flat_map(|number: &u16| number.to_le_bytes()).chain([0, 0, 0, 0, 0, 0]).collect()
}

/// A cell format of BIFF8: locked, with a font, a number format and perhaps a solid yellow fill.
fn format(font: u16, number_format: u16, is_filled: bool) -> Vec<u8> {
    let mut bytes: Vec<u8> = [font, number_format, 1].iter().flat_map(|number| number.to_le_bytes()).collect();
    bytes.extend([0; 8]);
    bytes.extend((if is_filled { 1_u32 << 26 } else { 0 }).to_le_bytes());
    bytes.extend(13_u16.to_le_bytes());
    bytes
}

/// A workbook of one sheet: globals, then what `fill` puts into the sheet.
fn book(fill: impl Fn(&mut Stream)) -> Vec<u8> {
    let globals = |position: u32| {
        let mut stream = Stream::default();
        stream.put(0x0809, &[BIFF8_GLOBALS]).put(0x0022, &[&[0, 0]]);
        for number in 0..5 {
            stream.put(0x0031, &[&font(if number == 4 { 10 } else { 0x7FFF }, number == 4)]);
        }
        stream.put(0x041E, &[&164_u16.to_le_bytes(), &7_u16.to_le_bytes(), &[1], &wide("yyyy\"年\"")]);
        stream.put(0x00E0, &[&format(0, 0, false)]).put(0x00E0, &[&format(5, 164, true)]);
        stream.put(0x0085, &[&position.to_le_bytes(), &[1, 0, 2, 1], &wide("統制")]);
        // `ab実追`, its third character behind a border where the width changes, its last in font 5; then `c`.
        stream.put(0x00FC, &[&[2, 0, 0, 0, 2, 0, 0, 0, 4, 0, 8, 1, 0], b"ab"]);
        stream.put(0x003C, &[&[1], &wide("実追"), &[3, 0, 5, 0], &[1, 0, 0], b"c"]);
        stream.put(0x000A, &[]);
        stream
    };
    let position = globals(0).0.len() as u32;
    let mut stream = globals(position);
    stream.put(0x0809, &[BIFF8_SHEET]);
    fill(&mut stream);
    stream.put(0x000A, &[]);
    stream.0
}

#[test]
fn cells_runs_formats_and_merges_of_biff8_are_taken() {
    let stream = book(|sheet| {
        sheet.put(0x0200, &[&[0xFF; 14]]);
        sheet.put(0x0208, &[&[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0]]);
        sheet.put(0x007D, &[&[2, 0, 3, 0, 0, 0, 0, 0, 1, 0]]);
        sheet.put(0x00FD, &[&place(0, 0, 0), &0_u32.to_le_bytes()]);
        sheet.put(0x00FD, &[&place(0, 1, 0), &9_u32.to_le_bytes()]);
        sheet.put(0x0203, &[&place(1, 0, 1), &43_903.0_f64.to_le_bytes()]);
        sheet.put(0x00BD, &[&[1, 0, 1, 0], &[0, 0], &6_u32.to_le_bytes(), &[0, 0], &11_u32.to_le_bytes(), &[2, 0]]);
        sheet.put(0x0006, &[&place(2, 0, 0), &[0, 0, 0, 0, 0, 0, 0xFF, 0xFF], &[0; 8]]);
        sheet.put(0x0207, &[&[2, 0, 1], &wide("合計")]);
        sheet.put(0x0205, &[&place(2, 1, 0), &[0x2A, 1]]).put(0x0205, &[&place(2, 2, 0), &[1, 0]]);
        // A chart inside the sheet, whose cells are none of the sheet's.
        sheet.put(0x0809, &[BIFF8_SHEET]).put(0x0203, &[&place(9, 9, 0), &1.0_f64.to_le_bytes()]).put(0x000A, &[]);
        sheet.put(0x00E5, &[&[1, 0, 0, 0, 1, 0, 0, 0, 1, 0]]).put(0x0012, &[&[1, 0]]);
    });
    let workbook = read_stream(&stream, &Limits::default()).unwrap();
    let sheet = &workbook.sheets[0];
    assert_eq!((&*sheet.name, sheet.visibility, sheet.protected), ("統制", Visibility::Hidden, true));
    let cells: Vec<String> = sheet.cells().iter().map(|cell| format!("{}={}", cell.at, cell.text)).collect();
    assert_eq!(cells, ["A1=ab実追", "A2=2020年", "B2=1", "C2=0.02", "A3=合計", "B3=#N/A", "C3=TRUE"]);
    assert_eq!(sheet.cells()[1].value, Value::Date(43_903.0));
    assert!(sheet.cell(CellRef::new(2, 0)).unwrap().is_formula);
    let runs = sheet.runs_at(CellRef::new(0, 0));
    assert_eq!(runs.iter().map(|run| (run.start, run.end)).collect::<Vec<_>>(), [(0, 3), (3, 4)]);
    assert!(runs[1].font.strike && runs[1].font.color == Some(Rgb(255, 0, 0)));
    assert_eq!(workbook.styles[1].fill, Some(Rgb(255, 255, 0)));
    assert_eq!((sheet.merges.len(), &*sheet.hidden_rows, &*sheet.hidden_columns), (1, &[(1, 1)][..], &[(2, 3)][..]));
    let codes: Vec<&str> = workbook.diagnostics.iter().map(|diagnostic| diagnostic.code.as_ref()).collect();
    assert_eq!(codes, ["string-missing"]);
}

#[test]
fn biff5_texts_are_in_the_code_page_of_the_file() {
    let globals = |position: u32| {
        let mut stream = Stream::default();
        stream.put(0x0809, &[BIFF5_GLOBALS]).put(0x0042, &[&932_u16.to_le_bytes()]);
        stream.put(0x0085, &[&position.to_le_bytes(), &[0, 0, 4], b"\x93\x9D\x90\xA7"]).put(0x000A, &[]);
        stream
    };
    let mut stream = globals(globals(0).0.len() as u32);
    stream.put(0x0809, &[BIFF5_SHEET]).put(0x0204, &[&place(0, 0, 0), &[3, 0], b"\x8E\xC01"]).put(0x000A, &[]);
    let workbook = read_stream(&stream.0, &Limits::default()).unwrap();
    assert_eq!(&*workbook.sheets[0].name, "統制");
    assert_eq!(workbook.sheets[0].text(CellRef::new(0, 0)), "実1");
}

#[test]
fn what_is_cut_off_or_shared_is_said() {
    let whole = book(|sheet| {
        sheet.put(0x0203, &[&place(0, 0, 0), &1.0_f64.to_le_bytes()]);
    });
    let workbook = read_stream(&whole[..whole.len() - 4], &Limits::default()).unwrap();
    assert_eq!(workbook.sheets[0].text(CellRef::new(0, 0)), "1");
    assert_eq!(workbook.diagnostics[0].code, "sheet-cut-off");
    for length in 0..whole.len() {
        let _ = read_stream(&whole[..length], &Limits::default());
    }
}
