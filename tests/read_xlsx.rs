//! The reader on workbooks written here, part by part: what Excel and others write, what attackers write, and what
//! is left of a file that broke. Each ends in a result or in a diagnostic that has words in both languages.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

use std::io::{Cursor, Write};

use secref::address::CellRef;
use secref::diagnostic::Failure;
use secref::render::words::{Lang, Words};
use secref::workbook::{Allowed, Format, Limits, ReadOptions, Rgb, Value, Visibility, Workbook, read};

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
</Types>"#;
const ROOT: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="統制" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELS: &str = r#"<Relationships>
<Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>
<Relationship Id="rId3" Type="http://x/styles" Target="styles.xml"/>
<Relationship Id="rId4" Type="http://x/chartsheet" Target="chartsheets/sheet1.xml"/>
</Relationships>"#;

fn zipped<'a>(parts: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with the parts every one has, some of them replaced or added.
fn book(own: &[(&str, &str)]) -> Vec<u8> {
    let base = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELS),
    ];
    let kept = base.iter().filter(|(name, _)| !own.iter().any(|(own, _)| own == name));
    zipped(kept.chain(own).map(|(name, text)| (*name, text.as_bytes().to_vec())))
}

/// A workbook of one sheet with this inside its `<worksheet>`.
fn sheet(inside: &str) -> Vec<u8> {
    let text = format!("<worksheet xmlns:r='r' xmlns:x14='x14' xmlns:xm='xm'>{inside}</worksheet>");
    book(&[("xl/worksheets/sheet1.xml", &text)])
}

fn taken(bytes: &[u8]) -> Workbook {
    read(bytes, "a.xlsx", &ReadOptions::default()).unwrap()
}

/// Cells as `A1=text`, diagnostics as their codes.
fn shown(bytes: &[u8]) -> Vec<String> {
    match read(bytes, "a.xlsx", &ReadOptions::default()) {
        Ok(workbook) => {
            let cells = workbook.sheets.iter().flat_map(|sheet| sheet.cells());
            let cells = cells.map(|cell| format!("{}={}", cell.at, cell.text));
            let codes = workbook.diagnostics.iter().map(|diagnostic| diagnostic.code.to_string());
            worded(&workbook.diagnostics);
            cells.chain(codes).collect()
        }
        Err(failure) => refused(&failure),
    }
}

fn refused(failure: &Failure) -> Vec<String> {
    worded(&failure.diagnostics);
    failure.diagnostics.iter().map(|diagnostic| diagnostic.code.to_string()).collect()
}

/// Every diagnostic has words in both languages, with no placeable left over.
fn worded(diagnostics: &[secref::diagnostic::Diagnostic]) {
    for lang in [Lang::Ja, Lang::En] {
        let words = Words::new(lang);
        for diagnostic in diagnostics {
            let message = words.diagnostic(diagnostic);
            assert_ne!(message.headline, diagnostic.code, "{diagnostic:?} has no words");
            let all = [Some(message.headline), message.found, message.hint].into_iter().flatten().collect::<String>();
            assert!(!all.contains("{$") && !all.contains("{ $"), "{all}");
        }
    }
}

#[test]
fn values_of_every_type_are_taken() {
    let bytes = sheet(
        "<sheetData><row r='2'><c r='B2' t='str'><f>A1</f><v>式</v></c><c t='b'><v>1</v></c><c t='e'><v>#N/A</v></c>\
         <c t='d'><v>2020-03-13</v></c><c><v>1.10</v></c><c t='inlineStr'><is><t> 項番 </t><rPh><t>コウバン</t></rPh></is></c>\
         <c><f>B1</f></c><c s='9'/><c/></row><row><c><v>2</v></c></row></sheetData>",
    );
    let workbook = taken(&bytes);
    let values: Vec<(String, String, Value, bool)> = workbook.sheets[0]
        .cells()
        .iter()
        .map(|cell| (cell.at.to_string(), cell.text.to_string(), cell.value, cell.is_formula))
        .collect();
    let cell = |at: &str, text: &str, value, is_formula| (at.to_owned(), text.to_owned(), value, is_formula);
    assert_eq!(
        values,
        [
            cell("B2", "式", Value::Text, true),
            cell("C2", "TRUE", Value::Bool(true), false),
            cell("D2", "#N/A", Value::Error, false),
            cell("E2", "2020-03-13", Value::Date(43903.0), false),
            cell("F2", "1.1", Value::Number(1.1), false),
            cell("G2", "項番", Value::Text, false),
            cell("H2", "", Value::Uncalculated, true),
            cell("A3", "2", Value::Number(2.0), false),
        ]
    );
}

#[test]
fn shared_strings_runs_and_styles_come_together() {
    let strings = "<sst><si><t>無地</t></si><si><r><rPr><b/></rPr><t>旧</t></r><r><rPr><color rgb='FFFF0000'/><strike/>\
                   </rPr><t xml:space='preserve'>新 </t></r></si></sst>";
    let styles = "<styleSheet><fonts><font/><font><color rgb='FF0000FF'/></font></fonts><fills><fill/></fills>\
                  <cellXfs><xf/><xf fontId='1' numFmtId='14'/></cellXfs></styleSheet>";
    let worksheet = "<worksheet><dimension ref='A1:XFD1048576'/><cols><col min='2' max='3' hidden='1'/></cols><sheetData>\
                     <row r='1' hidden='1'><c r='A1' t='s'><v>1</v></c><c r='B1' s='1' t='s'><v>0</v></c>\
                     <c r='C1' s='1'><v>43903</v></c><c r='D1' t='s'><v>99</v></c></row></sheetData>\
                     <mergeCells><mergeCell ref='A1:B2'/><mergeCell ref='C1'/></mergeCells></worksheet>";
    let workbook = taken(&book(&[
        ("xl/worksheets/sheet1.xml", worksheet),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", styles),
    ]));
    let sheet = &workbook.sheets[0];
    let runs = sheet.runs_at(CellRef::new(0, 0));
    assert_eq!(runs.iter().map(|run| (run.start, run.end)).collect::<Vec<_>>(), [(0, 1), (1, 3)]);
    assert!(runs[0].font.bold && runs[1].font.strike);
    assert_eq!(runs[1].font.color, Some(Rgb(255, 0, 0)));
    assert_eq!(
        workbook.styles[sheet.cell(CellRef::new(0, 1)).unwrap().style as usize].font.color,
        Some(Rgb(0, 0, 255))
    );
    assert_eq!(sheet.text(CellRef::new(0, 2)), "2020/3/13");
    assert_eq!(sheet.merges.len(), 1);
    assert_eq!((&*sheet.hidden_rows, &*sheet.hidden_columns), (&[(0, 0)][..], &[(1, 2)][..]));
    assert_eq!(workbook.diagnostics.len(), 1);
    assert_eq!(workbook.diagnostics[0].code, "string-missing");
    assert_eq!(workbook.diagnostics[0].at[0].to_string(), "統制!D1");
    worded(&workbook.diagnostics);
}

#[test]
fn lists_links_comments_and_shapes_are_looked_up() {
    let worksheet = "<worksheet xmlns:r='r' xmlns:x14='x' xmlns:xm='m'><sheetData><row r='1'><c r='A1' t='str'><v>対応済</v></c></row>\
        <row r='2'><c r='A2' t='str'><v>未対応</v></c></row></sheetData>\
        <sheetProtection sheet='1'/><dataValidations>\
        <dataValidation type='list' sqref='B1:B9 D1' allowBlank='1' showErrorMessage='1'><formula1>\"適合可能, 対象外\"</formula1></dataValidation>\
        <dataValidation type='list' sqref='C1'><formula1>$A$1:$A$2</formula1></dataValidation>\
        <dataValidation type='list' sqref='C2'><formula1>結果</formula1></dataValidation>\
        <dataValidation type='list' sqref='C3'><formula1>INDIRECT(A1)</formula1></dataValidation>\
        <dataValidation type='none' sqref='C4'/></dataValidations>\
        <hyperlinks><hyperlink ref='A1' r:id='rId1'/><hyperlink ref='A2' location='統制!A1'/></hyperlinks>\
        <drawing r:id='rId3'/>\
        <extLst><ext><x14:dataValidations><x14:dataValidation type='list'><x14:formula1><xm:f>統制!$A:$A</xm:f></x14:formula1>\
        <xm:sqref>E1</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>";
    let rels = "<Relationships><Relationship Id='rId1' Type='x/hyperlink' Target='https://example.jp/?a=1&amp;b=2' TargetMode='External'/>\
        <Relationship Id='rId2' Type='x/comments' Target='../comments1.xml'/>\
        <Relationship Id='rId3' Type='x/drawing' Target='../drawings/drawing1.xml'/>\
        <Relationship Id='rId4' Type='x/threadedComment' Target='../threadedComments/t1.xml'/></Relationships>";
    let comments = "<comments><authors><author>審査</author><author>tc={1}</author></authors><commentList>\
        <comment ref='A1' authorId='0'><text><r><t>要</t></r><r><t>確認</t></r><rPh><t>カクニン</t></rPh></text></comment>\
        <comment ref='A2' authorId='1'><text><t>[Threaded comment]</t></text></comment></commentList></comments>";
    let threads = "<ThreadedComments><threadedComment ref='A2' personId='{P}'><text>期限は?</text></threadedComment></ThreadedComments>";
    let drawing = "<d:wsDr xmlns:d='d' xmlns:a='a'><d:twoCellAnchor><d:from><d:col>1</d:col><d:row>2</d:row></d:from><d:to><d:col>3</d:col>\
        <d:row>4</d:row></d:to><d:sp><d:txBody><a:p><a:r><a:t>凡例</a:t></a:r></a:p><a:p><a:r><a:t>○：実施</a:t></a:r></a:p></d:txBody></d:sp>\
        </d:twoCellAnchor><d:oneCellAnchor><d:from><d:col>0</d:col><d:row>9</d:row></d:from><d:graphicFrame>\
        <dgm:relIds xmlns:dgm='dgm' r:dm='rId1' r:lo='rId2'/></d:graphicFrame></d:oneCellAnchor></d:wsDr>";
    let drawing_rels =
        "<Relationships><Relationship Id='rId1' Type='x/diagramData' Target='../diagrams/data1.xml'/></Relationships>";
    let diagram = "<m:dataModel xmlns:m='m' xmlns:a='a'><m:ptLst><m:pt><m:prSet/><m:t><a:bodyPr/><a:p><a:r><a:t>受付</a:t></a:r></a:p>\
        </m:t></m:pt><m:pt type='sibTrans'><m:t><a:p><a:endParaRPr/></a:p></m:t></m:pt><m:pt><m:t><a:p><a:r><a:t>審</a:t></a:r><a:r>\
        <a:t>査</a:t></a:r></a:p></m:t></m:pt></m:ptLst></m:dataModel>";
    let names = BOOK.replace(
        "</sheets>",
        "</sheets><definedNames><definedName name='結果'>統制!$A$1:$A$2</definedName></definedNames>",
    );
    let workbook = taken(&book(&[
        ("xl/workbook.xml", &names),
        ("xl/worksheets/sheet1.xml", worksheet),
        ("xl/worksheets/_rels/sheet1.xml.rels", rels),
        ("xl/comments1.xml", comments),
        ("xl/threadedComments/t1.xml", threads),
        ("xl/drawings/drawing1.xml", drawing),
        ("xl/drawings/_rels/drawing1.xml.rels", drawing_rels),
        ("xl/diagrams/data1.xml", diagram),
    ]));
    let sheet = &workbook.sheets[0];
    let list = |words: &[&str]| Allowed::List(words.iter().map(|word| (*word).to_owned()).collect());
    let allowed: Vec<Allowed> = sheet.validations.iter().map(|validation| validation.allowed.clone()).collect();
    let cells = list(&["対応済", "未対応"]);
    assert_eq!(
        allowed,
        [
            list(&["適合可能", "対象外"]),
            cells.clone(),
            cells.clone(),
            Allowed::UnresolvedList("INDIRECT(A1)".into()),
            cells
        ]
    );
    assert!(sheet.validations[0].stops && sheet.validations[0].allow_blank && !sheet.validations[1].stops);
    assert!(sheet.protected);
    let targets: Vec<&str> = sheet.hyperlinks.iter().map(|link| link.target.as_str()).collect();
    assert_eq!(targets, ["https://example.jp/?a=1&b=2", "#統制!A1"]);
    let comments: Vec<(String, &str)> = sheet.comments.iter().map(|c| (c.at.to_string(), c.text.as_str())).collect();
    assert_eq!(comments, [("A1".to_owned(), "要確認"), ("A2".to_owned(), "期限は?")]);
    assert_eq!((sheet.shapes[0].range.to_string().as_str(), sheet.shapes[0].text.as_str()), ("B3:D5", "凡例\n○：実施"));
    assert_eq!((sheet.shapes[1].range.to_string().as_str(), sheet.shapes[1].text.as_str()), ("A10", "受付\n審査"));
    assert_eq!(workbook.diagnostics, []);
}

#[test]
fn formulas_that_were_never_calculated_are_no_empty_texts() {
    let row = "<sheetData><row r='1'><c r='A1'><f>B1</f><v></v></c><c r='B1'><f>1+1</f></c><c r='C1' t='str'><f>\"\"</f><v></v></c>\
        <c r='D1' t='str'><f>\"\"</f></c><c r='E1'><f>1+1</f><v>2</v></c><c r='F1'><f>1/0</f><v/></c></row></sheetData>";
    let workbook = taken(&sheet(row));
    let cells = workbook.sheets[0].cells().iter();
    let uncalculated: Vec<String> =
        cells.filter(|cell| cell.value == Value::Uncalculated).map(|cell| cell.at.to_string()).collect();
    assert_eq!(uncalculated, ["A1", "B1", "F1"]);
}

#[test]
fn odd_but_honest_files_are_read() {
    let prefixed = "<x:worksheet xmlns:x='x'><x:sheetData><x:row><x:c t='inlineStr'><x:is><x:t>実1</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>";
    assert_eq!(shown(&book(&[("xl/worksheets/sheet1.xml", prefixed)])), ["A1=実1"]);

    let utf16: Vec<u8> = "\u{FEFF}<?xml version='1.0' encoding='UTF-16'?><worksheet><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELS),
    ];
    let parts = parts.map(|(name, text)| (name, text.as_bytes().to_vec()));
    assert_eq!(shown(&zipped(parts.into_iter().chain([("xl/worksheets/sheet1.xml", utf16)]))), ["A1=7"]);

    // Without `_rels/.rels` the content types still say which part is the workbook.
    let worksheet = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELS),
        ("xl/worksheets/sheet1.xml", worksheet),
    ];
    assert_eq!(shown(&zipped(parts.map(|(name, text)| (name, text.as_bytes().to_vec())))), ["A1=1"]);

    let tabs = "<workbook xmlns:r='r'><workbookPr date1904='1'/><sheets><sheet name='図' r:id='rId4'/><sheet name='無'/>\
                <sheet name='a' state='veryHidden' r:id='rId1'/><sheet name='b' state='show' r:id='rId5'/><sheet name='c' r:id='rId1'/></sheets></workbook>";
    let rels = RELS.replace("</", "<Relationship Id='rId5' Type='x/worksheet' Target='worksheets/sheet2.xml'/></");
    let worksheet = "<worksheet><sheetData><row><c t='d'><v>2020-03-13</v></c></row></sheetData></worksheet>";
    let parts = [
        ("xl/workbook.xml", tabs),
        ("xl/_rels/workbook.xml.rels", &rels),
        ("xl/worksheets/sheet1.xml", worksheet),
        ("xl/worksheets/sheet2.xml", worksheet),
        ("xl/chartsheets/sheet1.xml", "<chartsheet/>"),
    ];
    let workbook = taken(&book(&parts));
    assert!(workbook.date_1904);
    assert_eq!(workbook.format, Format::Xlsx);
    assert_eq!(workbook.sheets[0].visibility, Visibility::VeryHidden);
    assert_eq!(workbook.sheets[0].cells()[0].value, Value::Date(42441.0));
    let codes: Vec<&str> = workbook.diagnostics.iter().map(|diagnostic| diagnostic.code.as_ref()).collect();
    assert_eq!(codes, ["sheet-state-unknown", "sheet-skipped", "sheet-without-part", "sheet-without-part"]);
    worded(&workbook.diagnostics);
}

#[test]
fn cells_out_of_order_written_twice_or_off_the_sheet_are_said() {
    let bytes = sheet(
        "<sheetData><row r='2'><c r='B2'><v>1</v></c><c r='A2'><v>2</v></c><c r='B2'><v>3</v></c></row>\
         <row r='1'><c r='A1'><v>4</v></c><c r='ZZZ1'><v>5</v></c></row><row r='9999999'/></sheetData>",
    );
    assert_eq!(shown(&bytes), ["A1=4", "B1=5", "A2=2", "B2=3", "cell-misplaced", "cell-twice"]);
}

#[test]
fn a_part_that_cannot_be_read_costs_what_it_says_and_no_more() {
    let good = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    let cut = "<worksheet><sheetData><row><c><v>1</v>";
    assert_eq!(shown(&book(&[("xl/worksheets/sheet1.xml", cut)])), ["workbook-without-sheets", "part-damaged"]);
    let shown = shown(&book(&[
        ("xl/worksheets/sheet1.xml", good),
        ("xl/styles.xml", "<styleSheet"),
        ("xl/sharedStrings.xml", "</a>"),
    ]));
    assert_eq!(shown, ["A1=1", "part-damaged", "part-damaged"]);
}

#[test]
fn bombs_and_tricks_are_refused() {
    let bomb = "<!DOCTYPE x [<!ENTITY a '&b;&b;'><!ENTITY b 'ha'>]><worksheet><sheetData><row><c t='str'><v>&a;</v></c></row></sheetData></worksheet>";
    assert_eq!(shown(&book(&[("xl/worksheets/sheet1.xml", bomb)])), ["workbook-without-sheets", "xml-dtd"]);

    let blanks = format!("<worksheet>{}</worksheet>", " ".repeat(40 << 20));
    assert_eq!(shown(&book(&[("xl/worksheets/sheet1.xml", &blanks)])), ["limit-ratio"]);

    let deep = "<a>".repeat(100_000);
    assert_eq!(shown(&book(&[("xl/worksheets/sheet1.xml", &deep)])), ["workbook-without-sheets", "part-damaged"]);

    let twice = book(&[("XL/WORKBOOK.XML", "<workbook/>")]);
    assert_eq!(shown(&twice), ["zip-name-twice"]);

    let count = "<sst count='4294967295' uniqueCount='4294967295'><si><t>a</t></si></sst>";
    let worksheet = "<worksheet><dimension ref='A1:XFD1048576'/><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row>\
                     <row r='1048576'><c r='XFD1048576' t='s'><v>0</v></c></row></sheetData></worksheet>";
    let bytes = book(&[("xl/worksheets/sheet1.xml", worksheet), ("xl/sharedStrings.xml", count)]);
    assert_eq!(shown(&bytes), ["A1=a", "XFD1048576=a"]);
}

#[test]
fn limits_name_the_flag_that_raises_them() {
    let rows: String = (1..=50).map(|row| format!("<row r='{row}'><c><v>1</v></c></row>")).collect();
    let merges: String = (1..=50).map(|row| format!("<mergeCell ref='A{row}:B{row}'/>")).collect();
    let bytes = sheet(&format!("<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"));
    let default = Limits::default();
    for (limits, code) in [
        (Limits { cells: 49, ..default.clone() }, "limit-cells"),
        (Limits { merges: 49, ..default.clone() }, "limit-merges"),
        (Limits { rows: 49, ..default.clone() }, "limit-rows"),
        (Limits { part_bytes: 1000, ..default.clone() }, "limit-part-bytes"),
        (Limits { total_bytes: 2000, ..default.clone() }, "limit-total-bytes"),
    ] {
        let failure = read(&bytes, "a.xlsx", &ReadOptions { limits, ..ReadOptions::default() }).unwrap_err();
        assert_eq!(refused(&failure), [code]);
        let hint = Words::new(Lang::En).diagnostic(&failure.diagnostics[0]).hint.unwrap();
        assert!(hint.contains(&format!("--{code}")), "{hint}");
    }
    let exactly = Limits { cells: 50, merges: 50, rows: 50, ..default };
    assert!(read(&bytes, "a.xlsx", &ReadOptions { limits: exactly, ..ReadOptions::default() }).is_ok());
}

#[test]
fn truncated_and_flipped_files_end_in_a_result_or_a_diagnostic() {
    let strings = "<sst><si><t>実1</t></si><si><r><rPr><b/></rPr><t>a</t></r></si></sst>";
    let worksheet = "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row></sheetData></worksheet>";
    let bytes = book(&[("xl/worksheets/sheet1.xml", worksheet), ("xl/sharedStrings.xml", strings)]);
    assert_eq!(shown(&bytes), ["A1=実1", "B1=a"]);
    for length in 0..bytes.len() {
        if let Err(failure) = read(&bytes[..length], "a.xlsx", &ReadOptions::default()) {
            assert!(!failure.diagnostics.is_empty());
        }
    }
    let mut flipped = bytes.clone();
    for position in 0..bytes.len() {
        for bit in [1, 0x80] {
            flipped[position] ^= bit;
            let _ = read(&flipped, "a.xlsx", &ReadOptions::default());
            flipped[position] ^= bit;
        }
    }
}
