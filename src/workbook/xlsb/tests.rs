//! The xlsb reader on packages written here, record by record.

use std::io::{Cursor, Write};

use crate::address::CellRef;
use crate::workbook::{Allowed, Bounds, Operator, ReadOptions, Rgb, Value, Visibility, Workbook, read};

/// Records of a part as they grow.
#[derive(Default)]
struct Part(Vec<u8>);

impl Part {
    fn put(&mut self, kind: u16, fields: &[&[u8]]) -> &mut Self {
        let data = fields.concat();
        if kind < 0x80 {
            self.0.push(kind as u8);
        } else {
            self.0.extend([(kind & 0x7F) as u8 | 0x80, (kind >> 7) as u8]);
        }
        let mut length = data.len();
        while length > 0x7F {
            self.0.push((length & 0x7F) as u8 | 0x80);
            length >>= 7;
        }
        self.0.push(length as u8);
        self.0.extend(data);
        self
    }
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap().to_le_bytes();
    length.into_iter().chain(units.iter().flat_map(|unit| unit.to_le_bytes())).collect()
}

fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A formula of these tokens, with nothing behind them.
fn formula(tokens: &[u8]) -> Vec<u8> {
    [&numbers(&[u32::try_from(tokens.len()).unwrap()]), tokens, &[0; 4]].concat()
}

fn cell(column: u32, style: u32) -> Vec<u8> {
    [column, style].iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn font(flags: u16, color: [u8; 8]) -> Vec<u8> {
    let mut bytes = vec![220, 0];
    bytes.extend(flags.to_le_bytes());
    bytes.extend([0x90, 1, 0, 0, 0, 0, 0, 0]);
    bytes.extend(color);
    bytes
}

fn format(number_format: u16, font: u16, fill: u16, flags: u16) -> Vec<u8> {
    let numbers = [0, number_format, font, fill, 0, 0, flags];
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn parts() -> Vec<(&'static str, Vec<u8>)> {
    const TYPES: &str = r#"<Types><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"#;
    const ROOT: &str =
        r#"<Relationships><Relationship Id="rId1" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>"#;
    const RELS: &str = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.bin"/>
        <Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.bin"/>
        <Relationship Id="rId3" Type="x/styles" Target="styles.bin"/></Relationships>"#;
    const SHEET_RELS: &str = r#"<Relationships><Relationship Id="rId1" Type="x/hyperlink" Target="https://example.jp/" TargetMode="External"/>
        <Relationship Id="rId2" Type="x/comments" Target="../comments1.bin"/></Relationships>"#;
    let mut book = Part::default();
    book.put(0x0099, &[&1_u32.to_le_bytes()]);
    book.put(0x009C, &[&2_u32.to_le_bytes(), &1_u32.to_le_bytes(), &text("rId1"), &text("統制")]);
    book.put(0x016A, &[&numbers(&[1, 0, 0, 0])]);
    let area = [&[0x3B, 0, 0][..], &numbers(&[0, 0]), &[0, 0, 1, 0]].concat();
    book.put(0x0027, &[&[0; 5], &[0xFF; 4], &text("結果"), &formula(&area)]);
    let mut styles = Part::default();
    styles.put(0x002C, &[&164_u16.to_le_bytes(), &text("yyyy")]);
    styles.put(0x002B, &[&font(0, [0; 8])]).put(0x002B, &[&font(8, [5, 0, 0, 0, 255, 0, 0, 255])]);
    styles.put(0x002D, &[&[0; 12]]).put(0x002D, &[&1_u32.to_le_bytes(), &[3, 13, 0, 0, 0, 0, 0, 0]]);
    styles.put(0x0272, &[]).put(0x002F, &[&format(0, 0, 0, 0)]).put(0x0273, &[]).put(0x0269, &[]);
    styles.put(0x002F, &[&format(0, 0, 0, 1 << 12)]).put(0x002F, &[&format(164, 1, 1, 0)]).put(0x026A, &[]);
    let mut strings = Part::default();
    let runs = [1_u32.to_le_bytes(), [1, 0, 1, 0]].concat();
    strings.put(0x0013, &[&[1], &text("旧新"), &runs]).put(0x0013, &[&[0], &text("無地")]);
    let mut sheet = Part::default();
    sheet.put(0x003C, &[&1_u32.to_le_bytes(), &2_u32.to_le_bytes(), &[0; 8], &1_u16.to_le_bytes()]);
    sheet.put(0x0000, &[&0_u32.to_le_bytes(), &[0; 6], &(1_u16 << 12).to_le_bytes()]);
    sheet.put(0x0007, &[&cell(0, 0), &0_u32.to_le_bytes()]).put(0x0007, &[&cell(1, 0), &1_u32.to_le_bytes()]);
    sheet.put(0x0002, &[&cell(2, 0), &0x04D3_u32.to_le_bytes()]).put(0x0005, &[&cell(3, 1), &366.0_f64.to_le_bytes()]);
    sheet.put(0x0008, &[&cell(4, 0), &text("式"), &[0; 8]]).put(0x0004, &[&cell(5, 0), &[1]]);
    sheet.put(0x0003, &[&cell(6, 0), &[0x2A]]).put(0x0007, &[&cell(7, 0), &9_u32.to_le_bytes()]);
    sheet.put(0x003E, &[&cell(8, 0), &[1], &text("旧新"), &runs]);
    sheet.put(0x00B0, &[0_u32, 1, 0, 1].map(u32::to_le_bytes).each_ref().map(<[u8; 4]>::as_slice));
    sheet.put(0x01EE, &[&[0; 16], &text("rId1"), &[0xFF; 4]]);
    sheet.put(0x0217, &[&[0, 0], &1_u32.to_le_bytes()]);
    let words = [&[0x17, 7, 0][..], &text("対応済,未対応")[4..]].concat();
    let local = [&[0x25][..], &numbers(&[0, 0]), &[0, 0, 1, 0]].concat();
    for (flags, first, second) in [
        (3 | 1 << 7 | 1 << 8 | 1 << 19, words.as_slice(), &[][..]),
        (3 | 1 << 19, &local, &[]),
        (3, &area, &[]),
        (3, &[0x23, 1, 0, 0, 0], &[]),
        (3, &[0x23, 9, 0, 0, 0], &[]),
        (1 | 4 << 20, &[0x1E, 5, 0], &[0x1E, 9, 0]),
    ] {
        let ranges = numbers(&[flags, 1, 1, 9, 2, 2]);
        sheet.put(0x0040, &[&ranges, &[0xFF; 16], &formula(first), &formula(second)]);
    }
    let mut comments = Part::default();
    comments.put(0x0278, &[&text("審査")]).put(0x027B, &[&numbers(&[0, 2, 2, 1, 1]), &[0; 16]]);
    comments.put(0x027D, &[&[0], &text("要確認")]);
    vec![
        ("[Content_Types].xml", TYPES.as_bytes().to_vec()),
        ("_rels/.rels", ROOT.as_bytes().to_vec()),
        ("xl/workbook.bin", book.0),
        ("xl/_rels/workbook.bin.rels", RELS.as_bytes().to_vec()),
        ("xl/styles.bin", styles.0),
        ("xl/sharedStrings.bin", strings.0),
        ("xl/worksheets/sheet1.bin", sheet.0),
        ("xl/worksheets/_rels/sheet1.bin.rels", SHEET_RELS.as_bytes().to_vec()),
        ("xl/comments1.bin", comments.0),
    ]
}

fn taken(parts: &[(&str, Vec<u8>)]) -> Result<Workbook, crate::diagnostic::Failure> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    read(&zip.finish().unwrap().into_inner(), "a.xlsb", &ReadOptions::default())
}

#[test]
fn cells_runs_styles_and_what_stands_around_them_are_taken() {
    let workbook = taken(&parts()).unwrap();
    let sheet = &workbook.sheets[0];
    assert_eq!((&*sheet.name, sheet.visibility, sheet.protected), ("統制", Visibility::VeryHidden, true));
    assert!(workbook.date_1904);
    let cells: Vec<String> = sheet.cells().iter().map(|cell| format!("{}={}", cell.at, cell.text)).collect();
    assert_eq!(cells, ["A1=旧新", "B1=無地", "C1=3.08", "D1=1905", "E1=式", "F1=TRUE", "G1=#N/A", "I1=旧新"]);
    assert_eq!(sheet.cells()[3].value, Value::Date(366.0));
    assert!(sheet.cells()[4].is_formula);
    for at in [CellRef::new(0, 0), CellRef::new(0, 8)] {
        let runs = sheet.runs_at(at);
        assert_eq!(runs.iter().map(|run| (run.start, run.end)).collect::<Vec<_>>(), [(0, 1), (1, 2)]);
        assert!(runs[1].font.strike && runs[1].font.color == Some(Rgb(255, 0, 0)));
    }
    assert_eq!(workbook.styles[1].fill, Some(Rgb(255, 255, 0)));
    assert!(workbook.styles[1].unlocked && !workbook.styles[0].unlocked);
    assert_eq!((sheet.merges.len(), &*sheet.hidden_rows, &*sheet.hidden_columns), (1, &[(0, 0)][..], &[(1, 2)][..]));
    assert_eq!(sheet.hyperlinks[0].target, "https://example.jp/");
    let note = &sheet.comments[0];
    assert_eq!((note.at.to_string().as_str(), &*note.author, &*note.text), ("B3", "審査", "要確認"));
    let list = |words: &[&str]| Allowed::List(words.iter().map(|word| (*word).to_owned()).collect());
    let allowed: Vec<Allowed> = sheet.validations.iter().map(|one| one.allowed.clone()).collect();
    let cells = list(&["旧新", "無地"]);
    let five = Bounds { operator: Operator::GreaterThan, first: "5".into(), second: "9".into() };
    let unknown = Allowed::UnresolvedList(String::new());
    let expected = [list(&["対応済", "未対応"]), cells.clone(), cells.clone(), cells, unknown, Allowed::Whole(five)];
    assert_eq!(allowed, expected);
    let first = &sheet.validations[0];
    assert_eq!((first.ranges[0].to_string().as_str(), first.stops, first.allow_blank), ("C2:C10", true, true));
    let codes: Vec<&str> = workbook.diagnostics.iter().map(|diagnostic| diagnostic.code.as_ref()).collect();
    assert_eq!(codes, ["string-missing"]);
}

#[test]
fn a_part_cut_off_anywhere_is_damage_and_no_panic() {
    let whole = parts();
    for index in 2..whole.len() {
        for length in 0..whole[index].1.len() {
            let mut cut = whole.clone();
            cut[index].1.truncate(length);
            if let Err(failure) = taken(&cut) {
                assert!(!failure.diagnostics.is_empty());
            }
        }
    }
}

/// Found by mutation: the column's letters were counted past 2^32.
#[test]
fn a_cell_off_the_sheet_is_said_with_its_address() {
    let mut parts = parts();
    let sheet = &mut parts[6].1;
    let mut wrong = Part::default();
    wrong.put(0x0002, &[&cell(u32::MAX, 0), &6_u32.to_le_bytes()]);
    sheet.extend(wrong.0);
    let workbook = taken(&parts).unwrap();
    let misplaced = workbook.diagnostics.iter().find(|diagnostic| diagnostic.code == "cell-misplaced").unwrap();
    assert_eq!(misplaced.args[1].1, crate::diagnostic::Arg::List(vec!["MWLQKWV1".to_owned()]));
}
