//! A workbook that holds everything Excel can put into one and other programs commonly lose: made here, invented
//! throughout. What a writing library can make is made with one; the rest is put into the parts by hand.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{
    Chart, ChartType, Color, ConditionalFormat2ColorScale, ConditionalFormat3ColorScale, ConditionalFormatCell,
    ConditionalFormatCellRule, ConditionalFormatDataBar, ConditionalFormatFormula, ConditionalFormatIconSet,
    ConditionalFormatIconType, DataValidation, DocProperties, ExcelDateTime, Format, FormatBorder, FormatUnderline,
    Formula, IgnoreError, Image, Note, ProtectionOptions, Shape, Sparkline, Table, TableColumn, Url, Workbook,
    Worksheet,
};

/// The answer cells: blank, styled, in a table of four items.
pub(crate) const ANSWERS: [&str; 4] = ["D3", "D4", "D5", "D6"];

/// A picture of one pixel.
const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8,
    2, 0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 0x0C, 0x49, 0x44, 0x41, 0x54, 0x08, 0xD7, 0x63, 0xF8, 0xCF, 0xC0, 0,
    0, 3, 1, 1, 0, 0x18, 0xDD, 0x8D, 0xB0, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

/// Everything that must come through: what it is, the part, and what shows it there. An empty text asks for the part.
pub(crate) const FEATURES: &[(&str, &str, &str)] = &[
    ("cell fonts, fills and borders", "xl/styles.xml", "<borders count=\"2\">"),
    ("custom number formats", "xl/styles.xml", "yyyy/mm/dd"),
    ("differential formats", "xl/styles.xml", "<dxfs count="),
    ("theme", "xl/theme/theme1.xml", ""),
    ("rich text in shared strings", "xl/sharedStrings.xml", "<rPr><b/>"),
    ("furigana", "xl/sharedStrings.xml", "<rPh sb=\"0\" eb=\"2\"><t>トウセイ</t></rPh>"),
    ("furigana settings", "xl/sharedStrings.xml", "<phoneticPr fontId=\"1\" type=\"noConversion\"/>"),
    ("merged cells", "xl/worksheets/sheet1.xml", "<mergeCell ref=\"A1:E1\"/>"),
    ("frozen panes", "xl/worksheets/sheet1.xml", "state=\"frozen\""),
    ("zoom", "xl/worksheets/sheet1.xml", "zoomScale=\"85\""),
    ("tab colour", "xl/worksheets/sheet1.xml", "<tabColor"),
    ("column widths", "xl/worksheets/sheet1.xml", "<col min=\"2\" max=\"2\""),
    ("hidden column", "xl/worksheets/sheet1.xml", "hidden=\"1\""),
    ("grouped rows", "xl/worksheets/sheet1.xml", "outlineLevel=\"1\""),
    ("row heights", "xl/worksheets/sheet1.xml", "customHeight=\"1\""),
    ("formula with cached value", "xl/worksheets/sheet1.xml", "<f>LEN(B3)</f><v>9</v>"),
    ("dynamic array formula", "xl/worksheets/sheet1.xml", "<f t=\"array\" ref=\"H3\""),
    ("dynamic array metadata", "xl/metadata.xml", "XLDAPR"),
    ("hyperlinks", "xl/worksheets/sheet1.xml", "<hyperlink ref=\"G3\""),
    ("hyperlink targets", "xl/worksheets/_rels/sheet1.xml.rels", "https://example.com/policy"),
    ("data validation", "xl/worksheets/sheet1.xml", "<dataValidation type=\"list\""),
    ("data validation prompt", "xl/worksheets/sheet1.xml", "promptTitle=\"結果\""),
    ("x14 data validation", "xl/worksheets/sheet1.xml", "<x14:dataValidation type=\"list\""),
    ("conditional format by value", "xl/worksheets/sheet1.xml", "<cfRule type=\"cellIs\""),
    ("conditional format by formula", "xl/worksheets/sheet1.xml", "<cfRule type=\"expression\""),
    ("colour scale of two", "xl/worksheets/sheet1.xml", "<colorScale>"),
    ("data bar", "xl/worksheets/sheet1.xml", "<dataBar>"),
    ("x14 data bar", "xl/worksheets/sheet1.xml", "<x14:dataBar"),
    ("icon set", "xl/worksheets/sheet1.xml", "<iconSet"),
    ("sparklines", "xl/worksheets/sheet1.xml", "<x14:sparkline>"),
    ("sheet protection", "xl/worksheets/sheet1.xml", "<sheetProtection"),
    ("unprotected range", "xl/worksheets/sheet1.xml", "<protectedRange "),
    ("scenarios", "xl/worksheets/sheet1.xml", "<scenario name=\"楽観\""),
    ("phonetic settings of the sheet", "xl/worksheets/sheet1.xml", "<phoneticPr fontId=\"1\"/>"),
    ("ignored errors", "xl/worksheets/sheet1.xml", "<ignoredError "),
    ("page margins", "xl/worksheets/sheet1.xml", "<pageMargins"),
    ("page set-up with printer", "xl/worksheets/sheet1.xml", "paperSize=\"8\""),
    ("printer settings", "xl/printerSettings/printerSettings1.bin", ""),
    ("header and footer", "xl/worksheets/sheet1.xml", "<headerFooter"),
    ("header image", "xl/worksheets/sheet1.xml", "<legacyDrawingHF"),
    ("row breaks", "xl/worksheets/sheet1.xml", "<rowBreaks"),
    ("cell watches", "xl/worksheets/sheet1.xml", "<cellWatch r=\"F3\"/>"),
    ("print area and titles", "xl/workbook.xml", "_xlnm.Print_Titles"),
    ("defined names", "xl/workbook.xml", "<definedName name=\"結果欄\""),
    ("hidden sheet", "xl/workbook.xml", "state=\"hidden\""),
    ("read-only recommendation", "xl/workbook.xml", "readOnlyRecommended=\"1\""),
    ("external link", "xl/externalLinks/externalLink1.xml", "<externalBook"),
    ("external link's target", "xl/externalLinks/_rels/externalLink1.xml.rels", "前年度.xlsx"),
    ("notes", "xl/comments1.xml", "確認のこと"),
    ("note shapes", "xl/drawings/vmlDrawing1.vml", ""),
    ("threaded comments", "xl/threadedComments/threadedComment1.xml", "根拠はどこですか"),
    ("persons", "xl/persons/person.xml", "確認 花子"),
    ("table", "xl/tables/table1.xml", "displayName=\"Documents\""),
    ("column chart", "xl/charts/chart1.xml", "<c:barChart>"),
    ("doughnut chart", "xl/charts/chart2.xml", "<c:doughnutChart>"),
    ("chart sheet", "xl/chartsheets/sheet1.xml", ""),
    ("drawing with a text box", "xl/drawings/drawing1.xml", "記入上の注意"),
    ("pictures", "xl/media/image1.png", ""),
    ("checkbox", "xl/featurePropertyBag/featurePropertyBag.xml", ""),
    ("custom XML", "customXml/item1.xml", "<questionnaire"),
    ("custom XML properties", "customXml/itemProps1.xml", "schemaRef"),
    ("document properties", "docProps/core.xml", "架空 太郎"),
    ("custom properties", "docProps/custom.xml", "文書番号"),
    ("macros", "xl/vbaProject.bin", ""),
    ("pivot table", "xl/pivotTables/pivotTable1.xml", ""),
    ("pivot cache", "xl/pivotCache/pivotCacheDefinition1.xml", ""),
    ("connections", "xl/connections.xml", ""),
    ("slicer", "xl/slicers/slicer1.xml", ""),
    ("form control", "xl/ctrlProps/ctrlProp1.xml", "objectType=\"CheckBox\""),
    ("ActiveX control", "xl/activeX/activeX1.xml", "ax:ocx"),
    ("embedded object", "xl/embeddings/oleObject1.bin", ""),
    ("ink", "xl/ink/ink1.xml", "trace"),
    ("SmartArt", "xl/diagrams/data1.xml", "dgm:dataModel"),
    ("picture in a cell", "xl/richData/rdrichvalue.xml", "rvData"),
    ("timeline", "xl/timelines/timeline1.xml", "timelines"),
    ("query table", "xl/queryTables/queryTable1.xml", "queryTable"),
    ("XML map", "xl/xmlMaps.xml", "MapInfo"),
    ("ribbon", "customUI/customUI14.xml", "customUI"),
    ("add-in pane", "xl/webextensions/taskpanes.xml", "taskpanes"),
    ("newer chart", "xl/charts/chartEx1.xml", "cx:chartSpace"),
    ("data model", "xl/model/item.data", ""),
    ("volatile dependencies", "xl/volatileDependencies.xml", "volTypes"),
    ("tracked changes", "xl/revisions/revisionLog1.xml", "revisions"),
    ("thumbnail", "docProps/thumbnail.wmf", ""),
    ("signature line", "xl/drawings/vmlDrawing1.vml", "<o:signatureline"),
    ("custom sheet view", "xl/worksheets/sheet1.xml", "<customSheetView "),
    ("sensitivity label", "docMetadata/LabelInfo.xml", ""),
];

/// Makes the workbook.
pub(crate) fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let properties = DocProperties::new()
        .set_author("架空 太郎")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2026, 3, 1).unwrap())
        .set_custom_property("文書番号", "架空-001");
    book.set_properties(&properties);
    book.read_only_recommended();
    book.define_name("結果欄", "=回答!$D$3:$D$6").unwrap();
    answer_sheet(book.add_worksheet());
    summary_sheet(book.add_worksheet());
    list_sheet(book.add_worksheet());
    let mut column = Chart::new(ChartType::Column);
    column.add_series().set_values("集計!$B$2:$B$4");
    book.add_chartsheet().set_name("図").unwrap().insert_chart(0, 0, &column).unwrap();
    completed(&book.save_to_buffer().unwrap())
}

fn answer_sheet(sheet: &mut Worksheet) {
    let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_background_color(Color::RGB(0xDDEBF7));
    let body = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_unlocked();
    let (bold, plain) = (Format::new().set_bold(), Format::new().set_underline(FormatUnderline::Single));
    sheet.set_name("回答").unwrap().set_tab_color(Color::RGB(0x2E75B6)).set_zoom(85);
    sheet.merge_range(0, 0, 0, 4, "架空銀行 自己点検票", &head).unwrap();
    for (column, heading) in (0u16..).zip(["項番", "項目", "統制", "結果", "根拠"]) {
        sheet.write_with_format(1, column, heading, &head).unwrap();
    }
    for (row, id) in (2u32..).zip(["統1", "統2", "実1", "実2"]) {
        sheet.write_with_format(row, 0, id, &body).unwrap();
        let runs = [(&bold, "方針を定める。"), (&plain, "毎年見直す。")];
        sheet.write_rich_string_with_format(row, 1, &runs, &body).unwrap();
        sheet.write_with_format(row, 2, "適合可能", &body).unwrap();
        sheet.write_blank(row, 3, &body).unwrap();
        sheet.write_blank(row, 4, &body).unwrap();
        sheet.write(row, 8, row).unwrap();
    }
    sheet.write(2, 5, Formula::new("=LEN(B3)").set_result("9")).unwrap();
    sheet.write(3, 5, Formula::new("=IF(D3=\"\",\"未\",D3)").set_result("未")).unwrap();
    sheet.write_url(2, 6, Url::new("https://example.com/policy").set_text("方針")).unwrap();
    sheet.write_dynamic_array_formula(2, 7, 2, 7, Formula::new("=SORT(I3:I6)").set_result("2")).unwrap();
    sheet.insert_checkbox(3, 7, true).unwrap();
    sheet.set_column_width(1, 40).unwrap().set_column_hidden(9).unwrap();
    sheet.set_row_height(2, 30).unwrap().group_rows(3, 4).unwrap().set_freeze_panes(2, 1).unwrap();
    guards(sheet);
    formats(sheet);
    sheet.add_sparkline(2, 10, &Sparkline::new().set_range(("回答", 2, 8, 5, 8))).unwrap();
    sheet.ignore_error(2, 0, IgnoreError::NumberStoredAsText).unwrap();
    sheet.insert_note(2, 3, &Note::new("確認のこと").set_author("上司")).unwrap();
    sheet.insert_image(8, 0, &Image::new_from_buffer(PIXEL).unwrap()).unwrap();
    sheet.insert_shape(8, 2, &Shape::textbox().set_text("記入上の注意")).unwrap();
    page(sheet);
}

fn guards(sheet: &mut Worksheet) {
    let list = DataValidation::new().allow_list_strings(&["対応済", "未対応", "対象外"]).unwrap();
    let list = list.set_input_title("結果").unwrap().set_input_message("一つ選ぶ").unwrap();
    sheet.add_data_validation(2, 3, 5, 3, &list).unwrap();
    sheet.protect_with_options(&ProtectionOptions { format_cells: true, ..ProtectionOptions::default() });
    sheet.unprotect_range(2, 4, 5, 4).unwrap();
}

fn formats(sheet: &mut Worksheet) {
    let red = Format::new().set_font_color(Color::Red);
    let open = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::EqualTo("未対応")).set_format(&red);
    sheet.add_conditional_format(2, 3, 5, 3, &open).unwrap();
    let empty = ConditionalFormatFormula::new().set_rule("=LEN($D3)=0").set_format(&red);
    sheet.add_conditional_format(2, 3, 5, 3, &empty).unwrap();
    sheet.add_conditional_format(2, 8, 5, 8, &ConditionalFormat2ColorScale::new()).unwrap();
    sheet.add_conditional_format(2, 8, 5, 8, &ConditionalFormat3ColorScale::new()).unwrap();
    sheet.add_conditional_format(2, 8, 5, 8, &ConditionalFormatDataBar::new()).unwrap();
    let icons = ConditionalFormatIconSet::new().set_icon_type(ConditionalFormatIconType::ThreeTrafficLights);
    sheet.add_conditional_format(2, 8, 5, 8, &icons).unwrap();
}

fn page(sheet: &mut Worksheet) {
    sheet.set_paper_size(8).set_landscape().set_print_area(0, 0, 9, 4).unwrap().set_repeat_rows(0, 1).unwrap();
    sheet.set_page_breaks(&[6]).unwrap();
    sheet.set_header("&L&G&C社外秘").set_footer("&P/&N");
    let picture = Image::new_from_buffer(PIXEL).unwrap();
    sheet.set_header_image(&picture, rust_xlsxwriter::HeaderImagePosition::Left).unwrap();
}

fn summary_sheet(sheet: &mut Worksheet) {
    sheet.set_name("集計").unwrap();
    let day = Format::new().set_num_format("yyyy/mm/dd");
    for (row, word) in (1u32..).zip(["対応済", "未対応", "対象外"]) {
        sheet.write(row, 0, word).unwrap();
        let count = Formula::new(format!("=COUNTIF(結果欄,A{})", row + 1)).set_result("0");
        sheet.write(row, 1, count).unwrap();
    }
    sheet.write(4, 1, Formula::new("=SUM(B2:B4)").set_result("0")).unwrap();
    sheet.write(5, 1, Formula::new("=ROWS(回答!A3:A6)").set_result("4")).unwrap();
    sheet.write_with_format(6, 1, ExcelDateTime::from_ymd(2026, 3, 31).unwrap(), &day).unwrap();
    for (row, kind) in [(8, ChartType::Column), (24, ChartType::Doughnut)] {
        let mut chart = Chart::new(kind);
        chart.add_series().set_categories("集計!$A$2:$A$4").set_values("集計!$B$2:$B$4");
        sheet.insert_chart(row, 3, &chart).unwrap();
    }
}

fn list_sheet(sheet: &mut Worksheet) {
    sheet.set_name("文書").unwrap().set_hidden(true);
    let columns = ["番号", "公開文書名"].map(|name| TableColumn::new().set_header(name));
    sheet.write(1, 0, 1).unwrap().write(1, 1, "架空の方針書").unwrap();
    sheet.add_table(0, 0, 2, 1, &Table::new().set_name("Documents").set_columns(&columns)).unwrap();
}

/// Puts in by hand what no library writes.
fn completed(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (entry.name().unwrap().into_owned(), content)
        })
        .collect();
    for &(part, before, inserted) in INSERTIONS {
        let (_, content) = parts.iter_mut().find(|(name, _)| name == part).unwrap();
        let text = std::str::from_utf8(content).unwrap();
        assert!(text.contains(before), "{part} has no {before}");
        *content = text.replacen(before, &format!("{inserted}{before}"), 1).into_bytes();
    }
    for &(part, before, after) in REPLACEMENTS {
        let (_, content) = parts.iter_mut().find(|(name, _)| name == part).unwrap();
        let text = std::str::from_utf8(content).unwrap();
        assert!(text.contains(before), "{part} has no {before}");
        *content = text.replacen(before, after, 1).into_bytes();
    }
    parts.extend(ADDED.iter().map(|&(name, content)| (name.to_owned(), content.as_bytes().to_vec())));
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        // As Excel does, pictures are stored and the rest is deflated.
        let method =
            if name.ends_with(".png") { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        writer.start_file(name, zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Part, what stands behind the insertion, the insertion.
const INSERTIONS: &[(&str, &str, &str)] = &[
    (
        "xl/worksheets/sheet1.xml",
        "</extLst>",
        "<ext uri=\"{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}\" xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\"><x14:dataValidations xmlns:xm=\"http://schemas.microsoft.com/office/excel/2006/main\" count=\"1\"><x14:dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\"><x14:formula1><xm:f>文書!$B$2:$B$3</xm:f></x14:formula1><xm:sqref>E3:E6</xm:sqref></x14:dataValidation></x14:dataValidations></ext>",
    ),
    (
        "xl/worksheets/sheet1.xml",
        "<mergeCells ",
        "<scenarios current=\"0\"><scenario name=\"楽観\" count=\"1\" user=\"架空\"><inputCells r=\"I3\" val=\"9\"/></scenario></scenarios>",
    ),
    (
        "xl/worksheets/sheet1.xml",
        "<mergeCells ",
        "<customSheetViews><customSheetView guid=\"{44444444-4444-4444-8444-444444444444}\" scale=\"85\"/></customSheetViews>",
    ),
    (
        "xl/drawings/vmlDrawing1.vml",
        "</xml>",
        "<v:shape id=\"sign\" style=\"width:192pt;height:96pt\"><o:signatureline v:ext=\"edit\" id=\"{55555555-5555-4555-8555-555555555555}\" o:suggestedsigner=\"架空 太郎\" issignatureline=\"t\"/></v:shape>",
    ),
    ("xl/worksheets/sheet1.xml", "<conditionalFormatting ", "<phoneticPr fontId=\"1\"/>"),
    ("xl/worksheets/sheet1.xml", "<ignoredErrors>", "<cellWatches><cellWatch r=\"F3\"/></cellWatches>"),
    (
        "xl/worksheets/_rels/sheet1.xml.rels",
        "</Relationships>",
        "<Relationship Id=\"rId91\" Type=\"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment\" Target=\"../threadedComments/threadedComment1.xml\"/><Relationship Id=\"rId92\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/printerSettings\" Target=\"../printerSettings/printerSettings1.bin\"/>",
    ),
    (
        "xl/workbook.xml",
        "<definedNames>",
        "<externalReferences><externalReference r:id=\"rId93\"/></externalReferences>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        "<Relationship Id=\"rId93\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink\" Target=\"externalLinks/externalLink1.xml\"/><Relationship Id=\"rId94\" Type=\"http://schemas.microsoft.com/office/2017/10/relationships/person\" Target=\"persons/person.xml\"/><Relationship Id=\"rId95\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml\" Target=\"../customXml/item1.xml\"/><Relationship Id=\"rId96\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"vbaProject.bin\"/>",
    ),
    (
        "[Content_Types].xml",
        "</Types>",
        "<Default Extension=\"bin\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings\"/><Override PartName=\"/xl/externalLinks/externalLink1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml\"/><Override PartName=\"/xl/persons/person.xml\" ContentType=\"application/vnd.ms-excel.person+xml\"/><Override PartName=\"/xl/threadedComments/threadedComment1.xml\" ContentType=\"application/vnd.ms-excel.threadedcomments+xml\"/><Override PartName=\"/customXml/itemProps1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.customXmlProperties+xml\"/><Override PartName=\"/xl/vbaProject.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>",
    ),
];

/// Part, what it says, what it says instead.
const REPLACEMENTS: &[(&str, &str, &str)] = &[
    (
        "xl/sharedStrings.xml",
        "<si><t>統制</t></si>",
        "<si><t>統制</t><rPh sb=\"0\" eb=\"2\"><t>トウセイ</t></rPh><phoneticPr fontId=\"1\" type=\"noConversion\"/></si>",
    ),
    // Excel calculates as it goes and saves without the wish to do it again.
    ("xl/workbook.xml", " fullCalcOnLoad=\"1\"", ""),
    (
        "[Content_Types].xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ),
];

/// Parts of their own. Some are no more than a name and a root: they only have to be there after as before.
const ADDED: &[(&str, &str)] = &[
    (
        "xl/externalLinks/externalLink1.xml",
        "<externalLink xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><externalBook r:id=\"rId1\"><sheetNames><sheetName val=\"回答\"/></sheetNames></externalBook></externalLink>",
    ),
    (
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath\" Target=\"前年度.xlsx\" TargetMode=\"External\"/></Relationships>",
    ),
    (
        "xl/persons/person.xml",
        "<personList xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments\"><person displayName=\"確認 花子\" id=\"{11111111-1111-4111-8111-111111111111}\" userId=\"hanako\" providerId=\"None\"/></personList>",
    ),
    (
        "xl/threadedComments/threadedComment1.xml",
        "<ThreadedComments xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments\"><threadedComment ref=\"D3\" dT=\"2026-03-01T00:00:00.00\" personId=\"{11111111-1111-4111-8111-111111111111}\" id=\"{22222222-2222-4222-8222-222222222222}\"><text>根拠はどこですか</text></threadedComment></ThreadedComments>",
    ),
    ("xl/printerSettings/printerSettings1.bin", "printer"),
    ("customXml/item1.xml", "<questionnaire xmlns=\"urn:example:questionnaire\" edition=\"2026\"/>"),
    (
        "customXml/itemProps1.xml",
        "<ds:datastoreItem ds:itemID=\"{33333333-3333-4333-8333-333333333333}\" xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\"><ds:schemaRefs><ds:schemaRef ds:uri=\"urn:example:questionnaire\"/></ds:schemaRefs></ds:datastoreItem>",
    ),
    (
        "customXml/_rels/item1.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps\" Target=\"itemProps1.xml\"/></Relationships>",
    ),
    ("xl/vbaProject.bin", "macros of no one"),
    (
        "xl/pivotTables/pivotTable1.xml",
        "<pivotTableDefinition xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>",
    ),
    (
        "xl/pivotCache/pivotCacheDefinition1.xml",
        "<pivotCacheDefinition xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>",
    ),
    ("xl/connections.xml", "<connections xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>"),
    ("xl/slicers/slicer1.xml", "<slicers xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\"/>"),
    (
        "docMetadata/LabelInfo.xml",
        "<clbl:labelList xmlns:clbl=\"http://schemas.microsoft.com/office/2020/mipLabelMetadata\"/>",
    ),
    (
        "xl/ctrlProps/ctrlProp1.xml",
        "<formControlPr xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\" objectType=\"CheckBox\" checked=\"Checked\" fmlaLink=\"$I$3\"/>",
    ),
    ("xl/activeX/activeX1.xml", "<ax:ocx xmlns:ax=\"http://schemas.microsoft.com/office/2006/activeX\"/>"),
    ("xl/embeddings/oleObject1.bin", "object"),
    (
        "xl/ink/ink1.xml",
        "<inkml:ink xmlns:inkml=\"http://www.w3.org/2003/InkML\"><inkml:trace>1 1, 2 2</inkml:trace></inkml:ink>",
    ),
    (
        "xl/diagrams/data1.xml",
        "<dgm:dataModel xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\"/>",
    ),
    (
        "xl/richData/rdrichvalue.xml",
        "<rvData xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2017/richdata\" count=\"0\"/>",
    ),
    (
        "xl/timelines/timeline1.xml",
        "<timelines xmlns=\"http://schemas.microsoft.com/office/spreadsheetml/2010/11/main\"/>",
    ),
    (
        "xl/queryTables/queryTable1.xml",
        "<queryTable xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" name=\"q\" connectionId=\"1\"/>",
    ),
    (
        "xl/xmlMaps.xml",
        "<MapInfo xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" SelectionNamespaces=\"\"/>",
    ),
    ("customUI/customUI14.xml", "<customUI xmlns=\"http://schemas.microsoft.com/office/2009/07/customui\"/>"),
    (
        "xl/webextensions/taskpanes.xml",
        "<wetp:taskpanes xmlns:wetp=\"http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11\"/>",
    ),
    (
        "xl/charts/chartEx1.xml",
        "<cx:chartSpace xmlns:cx=\"http://schemas.microsoft.com/office/drawing/2014/chartex\"/>",
    ),
    ("xl/model/item.data", "model"),
    ("xl/volatileDependencies.xml", "<volTypes xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>"),
    (
        "xl/revisions/revisionLog1.xml",
        "<revisions xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>",
    ),
    ("docProps/thumbnail.wmf", "picture"),
];
