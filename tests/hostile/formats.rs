//! The other formats: OpenDocument, xls and texts.

use super::compound::{self, number, record, xls, xls_with};
use super::zips::{stored, zip};
use super::{alone, outcome, outcome_of_cells};

fn ods(name: &str, table: &str) -> Vec<String> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    let bytes = zip(&[stored("mimetype", kind), stored("content.xml", content.as_bytes())]);
    let expanded = content.len();
    drop(content);
    outcome(name, &bytes, expanded)
}

#[test]
fn what_an_ods_repeats_is_bounded() {
    let _alone = alone();
    let table = |inside: &str| format!("<table:table table:name='a'>{inside}</table:table>");
    let cell = |more: &str| {
        format!("<table:table-cell office:value-type='string' {more}><text:p>a</text:p></table:table-cell>")
    };
    let row = |times: u64, cells: &str| {
        format!("<table:table-row table:number-rows-repeated='{times}'>{cells}</table:table-row>")
    };
    let wide = cell("table:number-columns-repeated='16384'");
    assert_eq!(ods("17 thousand million cells", &table(&row(1_048_576, &wide))), ["limit-repeats"]);
    assert_eq!(ods("more rows than there are", &table(&row(u64::MAX, &cell("")))), ["limit-repeats"]);
    assert_eq!(ods("a number that is none", &table(&row(0, &cell("table:number-columns-repeated='-1'")))), ["A1=a"]);
    let just_below = table(&row(24, &wide));
    assert_eq!(ods("just below the limit", &just_below)[0], "A1=a");
    let blank = row(1_048_000, "<table:table-cell table:number-columns-repeated='1000000'/>");
    assert_eq!(ods("blank cells", &table(&[blank, row(1, &cell(""))].concat())), ["A1048001=a"]);
    let spans = cell("table:number-columns-spanned='4000000000' table:number-rows-spanned='4000000000'");
    assert_eq!(ods("a cell over everything", &table(&row(1, &spans))), ["A1=a"]);
    let merged = cell("table:number-columns-repeated='16384' table:number-rows-spanned='9'");
    assert_eq!(ods("merges that repeat", &table(&row(24, &merged)))[0], "A1=a");
    let blanks = "<text:s text:c='4000000000'/>".repeat(1 << 20);
    let cell = format!("<table:table-cell office:value-type='string'><text:p>a{blanks}</text:p></table:table-cell>");
    ods("blanks by number", &table(&row(1, &cell)));
    let hidden = "<table:table-column table:visibility='collapse' table:number-columns-repeated='4000000000'/>";
    assert_eq!(ods("columns by number", &table(&[&hidden.repeat(1000), &*row(1, &cell[..0])].concat())).len(), 0);
    let deep = "<text:span>".repeat(100_000);
    assert_eq!(ods("spans in spans", &table(&row(1, &format!("<table:table-cell><text:p>{deep}")))), ["part-damaged"]);
    let styles: String = (0..200_000)
        .map(|number| {
            format!("<s:style s:family='table-cell' s:name='{number}' s:parent-style-name='{}'/>", number + 1)
        })
        .collect();
    ods("styles of styles", &format!("{styles}{}", table(&row(1, &wide))));
}

#[test]
fn numbers_in_an_xls_are_not_believed() {
    let _alone = alone();
    let said = |name: &str, bytes: &[u8]| outcome(name, bytes, bytes.len());
    assert_eq!(said("an honest one", &xls(&[number(0, 0, 1.0)])), ["A1=1"]);
    let strings =
        |count: u32, rest: &[u8]| record(0x00FC, &[&count.to_le_bytes()[..], &count.to_le_bytes(), rest].concat());
    let one = number(0, 0, 1.0);
    for (name, globals) in [
        ("four thousand million strings", strings(u32::MAX, b"\x01\x00\x00a")),
        ("a string longer than the file", strings(1, b"\xFF\xFF\x01a\0")),
        ("phonetics of 4 GiB", strings(1, b"\x01\x00\x04\xFF\xFF\xFF\xFFa")),
        ("65,535 runs", strings(1, b"\x01\x00\x08\xFF\xFFa")),
        ("a palette of 65,535 colours", [record(0x0092, &[0xFF, 0xFF])].concat()),
    ] {
        let said = said(name, &xls_with(&globals, std::slice::from_ref(&one)));
        assert!(said == ["A1=1"] || said == ["part-damaged"], "{name}: {said:?}");
    }
    let far = [number(9, u16::MAX, 1.0), number(u16::MAX, 0, 2.0)].concat();
    assert_eq!(said("a column that is none", &xls(&[far])), ["A65536=2", "cell-misplaced"]);
    let numbers = record(0x00BD, &[&[0, 0, 0xFE, 0xFF][..], &[0, 0, 0, 0, 0, 0].repeat(1000)].concat());
    assert_eq!(said("numbers that run off the sheet", &xls(&[numbers])), ["cell-misplaced"]);
    let merges = record(0x00E5, &[&[0xFF, 0xFF][..], &[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF].repeat(1000)].concat());
    let said_of_merges = said("merges over everything", &xls(&[[one.clone(), merges].concat()]));
    assert_eq!(said_of_merges[0], "A1=1");
}

#[test]
fn chains_of_a_compound_file_come_to_an_end() {
    let _alone = alone();
    let honest = xls(&[number(0, 0, 1.0)]);
    let table = compound::SECTOR;
    let said = |name: &str, change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = honest.clone();
        change(&mut bytes);
        outcome(name, &bytes, bytes.len())
    };
    // Sector 0 is the table, 1 the directory, 2 and on the stream.
    assert_eq!(said("a stream that bites its tail", &|bytes| compound::set(bytes, table + 4 * 4, 2)), ["A1=1"]);
    assert_eq!(said("a directory that bites its tail", &|bytes| compound::set(bytes, table + 4, 1)), ["A1=1"]);
    assert_eq!(said("a stream of 4 GiB", &|bytes| compound::set(bytes, table * 2 + 128 + 120, u32::MAX)), ["A1=1"]);
    assert_eq!(said("tables without end", &|bytes| compound::set(bytes, 68, 0)), ["A1=1"]);
    let lost = |code: &str| vec![code.to_owned()];
    assert_eq!(said("sectors of another length", &|bytes| bytes[30] = 31), lost("file-is-other"));
    assert_eq!(said("a directory nowhere", &|bytes| compound::set(bytes, 48, 0x00FF_FFFF)), lost("file-is-other"));
    // What stands in the first sectors of directory and stream is found without it.
    assert_eq!(said("a table nowhere", &|bytes| compound::set(bytes, 76, 0x00FF_FFFF)), ["A1=1"]);
    for length in (0..honest.len()).step_by(7) {
        outcome("cut off", &honest[..length], honest.len());
    }
}

#[test]
fn texts_of_separators_and_quotes_are_bounded() {
    let _alone = alone();
    const MANY: usize = 8 << 20;
    let said = |name: &str, text: String| {
        let cells = text.matches(|c: char| c.is_ascii_digit()).count();
        outcome_of_cells(name, text.as_bytes(), text.len(), cells)
    };
    assert_eq!(said("separators.csv", ",".repeat(MANY)), ["limit-columns"]);
    assert_eq!(said("lines.csv", "\n".repeat(MANY)), ["limit-rows"]);
    assert_eq!(said("quote.csv", format!("\"{}", "a".repeat(MANY))).last().unwrap(), "quote-unclosed");
    assert!(!said("quotes.csv", "\"".repeat(MANY)).is_empty());
    assert_eq!(said("cells.csv", "1,2,3,4,5,6,7,8\n".repeat(MANY / 16))[0], "A1=1");
    assert_eq!(said("narrow.csv", "1,2\n".repeat(1 << 20))[0], "A1=1");
    assert_eq!(said("wide.csv", format!("{}\n", "1,".repeat(5_999) + "1").repeat(1000))[0], "A1=1");
}
