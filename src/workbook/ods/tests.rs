//! The ods reader on files written here.

use std::io::{Cursor, Write};

use crate::address::CellRef;
use crate::workbook::{Font, ReadOptions, Rgb, Value, Visibility, Workbook, read};

const STYLES: &str = "<s:styles xmlns:s='s'><style:style style:name='Base' style:family='table-cell'>\
    <style:text-properties fo:color='#0000ff'/></style:style><number:currency-style style:name='N1'>\
    <style:text-properties fo:color='#ff0000'/></number:currency-style></s:styles>";

fn taken(inside: &str) -> Result<Workbook, crate::diagnostic::Failure> {
    let content = format!(
        "<office:document-content><office:automatic-styles>\
         <style:style style:name='T1' style:family='text'><style:text-properties fo:color='#ff0000' \
         style:text-line-through-style='solid'/></style:style>\
         <style:style style:name='ce1' style:family='table-cell' style:parent-style-name='Base'>\
         <style:table-cell-properties fo:background-color='#ffff00'/></style:style>\
         <style:style style:name='ta1' style:family='table'><style:table-properties table:display='false'/></style:style>\
         </office:automatic-styles><office:body><office:spreadsheet>{inside}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    for (name, text) in [("mimetype", kind), ("styles.xml", STYLES), ("content.xml", content.as_str())] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    read(&zip.finish().unwrap().into_inner(), "a.ods", &ReadOptions::default())
}

#[test]
fn texts_are_as_shown_and_repeats_are_written_out() {
    let workbook = taken(
        "<table:table table:name='統制' table:style-name='ta1'><table:table-column table:number-columns-repeated='2'/>\
         <table:table-column table:visibility='collapse'/>\
         <table:table-row table:number-rows-repeated='2'><table:table-cell table:style-name='ce1' office:value-type='string'>\
         <text:p>  旧\n <text:span text:style-name='T1'>新</text:span><text:s text:c='2'/>\n</text:p><text:p><text:ruby>\
         <text:ruby-base>統制</text:ruby-base><text:ruby-text>とうせい</text:ruby-text></text:ruby></text:p></table:table-cell>\
         <table:table-cell table:number-columns-repeated='2' office:value-type='percentage' office:value='0.5'><text:p>50%</text:p>\
         </table:table-cell><table:table-cell table:number-columns-repeated='16000'/></table:table-row>\
         <table:table-row table:number-rows-repeated='3' table:visibility='filter'><table:table-cell/></table:table-row>\
         <table:table-row><table:table-cell office:value-type='date' office:date-value='2020-03-13' \
         table:number-columns-spanned='2'><office:annotation><dc:creator>審査</dc:creator><text:p>確認</text:p></office:annotation>\
         <text:p>令和2年3月13日</text:p></table:table-cell><table:covered-table-cell/>\
         <table:table-cell office:value-type='boolean' office:boolean-value='true'/>\
         <table:table-cell table:formula='of:=1/0' office:value-type='string' office:string-value='' calcext:value-type='error'>\
         <text:p>#DIV/0!</text:p></table:table-cell><table:table-cell office:value-type='time' office:time-value='PT06H00M00S'>\
         <text:p><text:a xlink:href='https://example.jp/'>6:00</text:a></text:p></table:table-cell></table:table-row></table:table>",
    )
    .unwrap();
    let sheet = &workbook.sheets[0];
    let cells: Vec<String> = sheet.cells().iter().map(|cell| format!("{}={}", cell.at, cell.text)).collect();
    let text = "旧 新  \n統制";
    let repeated = |row| [format!("A{row}={text}"), format!("B{row}=50%"), format!("C{row}=50%")];
    let last = ["A6=令和2年3月13日", "C6=TRUE", "D6=#DIV/0!", "E6=6:00"].map(str::to_owned);
    assert_eq!(cells, [&repeated(1)[..], &repeated(2), &last].concat());
    let values: Vec<Value> = sheet.row(5).iter().map(|cell| cell.value).collect();
    assert_eq!(values, [Value::Date(43_903.0), Value::Bool(true), Value::Error, Value::Date(0.25)]);
    assert_eq!(sheet.row(0)[1].value, Value::Number(0.5));
    let runs = sheet.runs_at(CellRef::new(0, 0));
    assert_eq!(runs.iter().map(|run| (run.start, run.end)).collect::<Vec<_>>(), [(0, 2), (2, 3), (3, 8)]);
    assert!(runs[1].font.strike && runs[1].font.color == Some(Rgb(255, 0, 0)));
    assert_eq!(runs[0].font.color, Some(Rgb(0, 0, 255)));
    assert_eq!(workbook.styles[sheet.row(0)[0].style as usize].fill, Some(Rgb(255, 255, 0)));
    assert_eq!((sheet.visibility, sheet.merges.len()), (Visibility::Hidden, 1));
    assert_eq!((&*sheet.hidden_rows, &*sheet.hidden_columns), (&[(2, 4)][..], &[(2, 2)][..]));
    assert_eq!((sheet.comments[0].author.as_str(), sheet.comments[0].text.as_str()), ("審査", "確認"));
    assert_eq!(sheet.hyperlinks[0].target, "https://example.jp/");
}

#[test]
fn validations_name_their_words_and_cells() {
    let workbook = taken(
        "<table:content-validations><table:content-validation table:name='v1' \
         table:condition='of:cell-content-is-in-list(&quot;対応済&quot;;&quot;未対応&quot;)'><table:error-message \
         table:message-type='stop' table:display='true'/></table:content-validation><table:content-validation \
         table:name='v2' table:condition='of:cell-content-is-in-list([.$A$1:.$A$2])' table:allow-empty-cell='false'/>\
         </table:content-validations><table:table table:name='統制'><table:table-row table:number-rows-repeated='2'>\
         <table:table-cell table:content-validation-name='v1' office:value-type='string'><text:p>済</text:p>\
         </table:table-cell><table:table-cell table:content-validation-name='v2' \
         table:number-columns-repeated='2'/></table:table-row><table:table-row>\
         <table:table-cell table:content-validation-name='v1'/></table:table-row></table:table>",
    )
    .unwrap();
    let validations = &workbook.sheets[0].validations;
    let list = |words: [&str; 2]| crate::workbook::Allowed::List(words.map(str::to_owned).to_vec());
    let ranges = |number: usize| validations[number].ranges.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!((ranges(0), &validations[0].allowed), (vec!["A1:A3".to_owned()], &list(["対応済", "未対応"])));
    assert_eq!((ranges(1), &validations[1].allowed), (vec!["B1:C2".to_owned()], &list(["済", "済"])));
    assert!(validations[0].stops && validations[0].allow_blank && !validations[1].stops && !validations[1].allow_blank);
}

#[test]
fn repeats_are_bounded() {
    let row = "<table:table-row table:number-rows-repeated='1048576'><table:table-cell table:number-columns-repeated='16384' \
               office:value-type='string'><text:p>a</text:p></table:table-cell></table:table-row>";
    let failure = taken(&format!("<table:table table:name='a'>{row}</table:table>")).unwrap_err();
    assert_eq!(failure.diagnostics[0].code, "limit-repeats");
}

#[test]
fn line_through_is_told_by_its_type_alone_as_libreoffice_writes_it() {
    let taken = |line: &str| {
        let mut looks = super::styles::Looks::default();
        let text = format!(
            "<office:automatic-styles><style:style style:name='T1' style:family='text'><style:text-properties {line}/>\
             </style:style></office:automatic-styles>"
        );
        looks.take(&text).unwrap();
        let font = looks.span_font("T1", Font::default());
        (font.strike, font.underline)
    };
    assert_eq!(taken("style:text-line-through-type='single'"), (true, false));
    assert_eq!(taken("style:text-line-through-style='none' style:text-line-through-type='none'"), (false, false));
    assert_eq!(taken("style:text-underline-type='double' style:text-underline-width='auto'"), (false, true));
}

#[test]
fn cells_without_a_style_take_that_of_their_row_or_column() {
    let workbook = taken(
        "<table:table table:name='a'><table:table-column/><table:table-column table:number-columns-repeated='2' \
         table:default-cell-style-name='ce1'/><table:table-column table:default-cell-style-name='Default'/>\
         <table:table-row><table:table-cell table:number-columns-repeated='4' office:value-type='string'><text:p>a</text:p>\
         </table:table-cell></table:table-row><table:table-row><table:table-cell/><table:table-cell office:value-type='string'>\
         <text:p>b</text:p></table:table-cell><table:table-cell table:style-name='Default' office:value-type='string'>\
         <text:p>c</text:p></table:table-cell></table:table-row><table:table-row table:default-cell-style-name='ce1'>\
         <table:table-cell office:value-type='string'><text:p>d</text:p></table:table-cell></table:table-row></table:table>",
    )
    .unwrap();
    let filled = workbook.sheets[0].cells().iter().filter(|cell| workbook.styles[cell.style as usize].fill.is_some());
    let places: Vec<String> = filled.map(|cell| format!("{}={}", cell.at, cell.text)).collect();
    assert_eq!(places, ["B1=a", "C1=a", "B2=b", "A3=d"]);
}
