//! Files made to harm a reader, written here byte by byte. Each ends in a result or in a diagnostic with words in
//! both languages, in bounded time, and within the law of memory: 64 MiB + 4 × the expanded size of the input, and
//! for delimited texts, where a cell can be two bytes, the 48 bytes of the cell itself.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod compound;
mod formats;
mod zips;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use secref::render::words::{Lang, Words};
use secref::template::{BindOptions, bind};
use secref::workbook::{ReadOptions, Workbook, read};

use zips::{Entry, deflated, stored, zip};

#[global_allocator]
static ALLOCATOR: cap::Cap<std::alloc::System> = cap::Cap::new(std::alloc::System, usize::MAX);

/// Held by a test from first to last: what it allocates is counted, and other tests would be counted with it.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads a file under the law, and says which cells came out and what was said.
fn outcome(name: &str, bytes: &[u8], expanded: usize) -> Vec<String> {
    outcome_of_cells(name, bytes, expanded, 0)
}

/// The same for a file that holds so many cells.
///
/// Taking more memory than the law allows ends the process; the name printed before it is that of the file.
fn outcome_of_cells(name: &str, bytes: &[u8], expanded: usize, cells_inside: usize) -> Vec<String> {
    const LONGEST: Duration = Duration::from_secs(60);
    println!("{name}");
    let law = (64 << 20) + 4 * expanded + 48 * cells_inside;
    ALLOCATOR.set_limit(ALLOCATOR.allocated() + law).unwrap();
    let before = Instant::now();
    let result = read(bytes, name, &ReadOptions::default());
    ALLOCATOR.set_limit(usize::MAX).unwrap();
    // Binding takes its time by the cell: a million of them is no matter of minutes, but of more than a test's wait.
    if let Ok(workbook) = &result
        && workbook.sheets.iter().map(|sheet| sheet.cells().len()).sum::<usize>() < 100_000
        && let Ok(binding) = bind(workbook, &BindOptions::default())
    {
        drop(secref::import::catalog(workbook, &binding, Default::default()));
    }
    assert!(before.elapsed() < LONGEST, "{name} takes {:?}", before.elapsed());
    let diagnostics = match &result {
        Ok(workbook) => &workbook.diagnostics,
        Err(failure) => &failure.diagnostics,
    };
    assert!(result.is_ok() || !diagnostics.is_empty(), "{name} is refused without a word");
    for lang in [Lang::Ja, Lang::En] {
        for diagnostic in diagnostics {
            assert_ne!(Words::new(lang).diagnostic(diagnostic).headline, diagnostic.code, "{name}: no words");
        }
    }
    let codes = diagnostics.iter().map(|diagnostic| diagnostic.code.to_string());
    result.iter().flat_map(cells).chain(codes).collect()
}

/// Up to three cells as `A1=text`.
fn cells(workbook: &Workbook) -> Vec<String> {
    let cells = workbook.sheets.iter().flat_map(|sheet| sheet.cells());
    cells.take(3).map(|cell| format!("{}={}", cell.at, cell.text)).collect()
}

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
</Types>"#;
const ROOT: &str = r#"<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="統制" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>
<Relationship Id="rId3" Type="http://x/styles" Target="styles.xml"/></Relationships>"#;
const SHEET: &str = "<worksheet><sheetData><row r='1'><c r='A1'><v>7</v></c></row></sheetData></worksheet>";

/// The parts of an xlsx, some of them replaced or added.
fn parts(own: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let base = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELS),
        ("xl/worksheets/sheet1.xml", SHEET),
    ];
    let kept = base.iter().filter(|(name, _)| !own.iter().any(|(own, _)| own == name));
    kept.chain(own).map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
}

/// Checks an xlsx of these parts.
fn xlsx(name: &str, own: &[(&str, &str)]) -> Vec<String> {
    let parts = parts(own);
    let expanded = parts.iter().map(|(_, data)| data.len()).sum();
    // Stored, so that the law is met by the reader and not by the limit for what compresses too well.
    let entries: Vec<Entry> = parts.iter().map(|(name, data)| stored(name, data)).collect();
    drop(parts);
    let bytes = zip(&entries);
    drop(entries);
    outcome(name, &bytes, expanded)
}

/// Checks an xlsx of entries that `change` has altered.
fn altered(name: &str, change: impl Fn(&mut Vec<Entry>)) -> Vec<String> {
    let mut entries: Vec<Entry> = parts(&[]).iter().map(|(name, data)| deflated(name, data)).collect();
    change(&mut entries);
    let expanded = entries.iter().map(|entry| entry.expanded_len).sum();
    outcome(name, &zip(&entries), expanded)
}

#[test]
fn document_types_are_refused_in_every_part() {
    let _alone = alone();
    let laughs = |root: &str| {
        let steps: String =
            (1..10).map(|step| format!("<!ENTITY l{step} '{}'>", format!("&l{};", step - 1).repeat(10))).collect();
        format!("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY l0 'ha'>{steps}]><{root}>&l9;</{root}>")
    };
    let outside = "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><worksheet/>";
    for (part, text, said) in [
        ("[Content_Types].xml", laughs("Types"), vec!["xml-dtd"]),
        ("_rels/.rels", laughs("Relationships"), vec!["xml-dtd"]),
        ("xl/workbook.xml", laughs("workbook"), vec!["xml-dtd"]),
        ("xl/_rels/workbook.xml.rels", laughs("Relationships"), vec!["xml-dtd"]),
        ("xl/worksheets/sheet1.xml", laughs("worksheet"), vec!["workbook-without-sheets", "xml-dtd"]),
        ("xl/worksheets/sheet1.xml", outside.to_owned(), vec!["workbook-without-sheets", "xml-dtd"]),
        ("xl/sharedStrings.xml", laughs("sst"), vec!["A1=7", "xml-dtd"]),
        ("xl/styles.xml", laughs("styleSheet"), vec!["A1=7", "xml-dtd"]),
    ] {
        assert_eq!(xlsx(part, &[(part, &text)]), said, "{part}");
    }
}

#[test]
fn bombs_end_at_a_limit() {
    let _alone = alone();
    let zeros = vec![b' '; 200 << 20];
    let bomb = deflated("xl/worksheets/sheet1.xml", &zeros);
    drop(zeros);
    assert_eq!(altered("one part of blanks", |entries| entries[4] = bomb.clone()), ["limit-ratio"]);
    // The same bytes under another name, stated as small as they pretend to be.
    let small = Entry { stated_len: Some(100), ..bomb.clone() };
    assert_eq!(altered("a part that lies about its size", |entries| entries[4] = small.clone()), ["limit-ratio"]);
    let huge = Entry { stated_len: Some(u32::MAX - 1), ..deflated("xl/worksheets/sheet1.xml", SHEET.as_bytes()) };
    let said = altered("a part that says it has 4 GiB", |entries| entries[4] = huge.clone());
    assert_eq!(said, ["workbook-without-sheets", "part-damaged"]);
    let many = |entries: &mut Vec<Entry>| {
        entries.extend((0..2000).map(|number| Entry { name: format!("x/{number}").into_bytes(), ..bomb_of_16_mib() }));
    };
    assert_eq!(altered("many bombs nobody reads", many), ["A1=7"]);
}

fn bomb_of_16_mib() -> Entry {
    static MADE: std::sync::OnceLock<Entry> = std::sync::OnceLock::new();
    MADE.get_or_init(|| deflated("x", &vec![0; 16 << 20])).clone()
}

#[test]
fn entries_that_share_bytes_or_names_are_refused() {
    let _alone = alone();
    for (name, other) in [
        ("twice", "xl/worksheets/sheet1.xml"),
        ("in another case", "XL/Worksheets/SHEET1.xml"),
        ("with a slash in front", "/xl/worksheets/sheet1.xml"),
        ("with backslashes", "xl\\worksheets\\sheet1.xml"),
    ] {
        let said = altered(name, |entries| entries.push(stored(other, b"<worksheet/>")));
        assert_eq!(said, ["zip-name-twice"], "{name}");
    }
    let again = |entries: &mut Vec<Entry>| {
        let shared = Entry { name: b"xl/other.xml".to_vec(), shares: Some(4), ..entries[4].clone() };
        entries.push(shared);
    };
    assert_eq!(altered("two names for the same bytes", again), ["zip-overlap"]);
}

#[test]
fn odd_but_honest_zips_are_read() {
    let _alone = alone();
    assert_eq!(
        altered("stored", |entries| *entries = parts(&[]).iter().map(|(name, data)| stored(name, data)).collect()),
        ["A1=7"]
    );
    assert_eq!(
        altered("descriptors", |entries| entries.iter_mut().for_each(|entry| entry.has_descriptor = true)),
        ["A1=7"]
    );
    assert_eq!(altered("zip64", |entries| entries.iter_mut().for_each(|entry| entry.is_zip64 = true)), ["A1=7"]);
    let both = |entries: &mut Vec<Entry>| {
        for entry in entries {
            (entry.is_zip64, entry.has_descriptor) = (true, true);
        }
    };
    assert_eq!(altered("zip64 and descriptors", both), ["A1=7"]);
    let climbing = |entries: &mut Vec<Entry>| {
        for name in ["../../../../etc/passwd", "/etc/passwd", "C:\\windows\\win.ini", "a\0b", ""] {
            entries.push(stored(name, b"x"));
        }
        entries.push(Entry { name: b"\xFF\xFE\x80".to_vec(), ..stored("", b"x") });
    };
    assert_eq!(altered("names that climb out of the folder", climbing), ["A1=7",]);
}

#[test]
fn parts_of_another_kind_than_they_say_are_named() {
    let _alone = alone();
    let sheet = |change: fn(&mut Entry)| move |entries: &mut Vec<Entry>| change(&mut entries[4]);
    for (name, change, code) in [
        ("encrypted", (|entry| entry.flags = zips::ENCRYPTED) as fn(&mut Entry), "part-encrypted"),
        ("bzip2", |entry| entry.method = 12, "part-method"),
        ("zstd", |entry| entry.method = 93, "part-method"),
        ("no deflate stream", |entry| entry.data = vec![0xFF; 40], "part-damaged"),
        ("a deflate stream cut off", |entry| entry.data.truncate(20), "part-damaged"),
        ("another length", |entry| entry.stated_len = Some(3), "part-damaged"),
    ] {
        assert_eq!(altered(name, sheet(change)), ["workbook-without-sheets", code], "{name}");
    }
    let types = altered("encrypted types", |entries| entries[0].flags = zips::ENCRYPTED);
    assert_eq!(types, ["part-encrypted"]);
    let rels = RELS.replace("worksheets/sheet1.xml", "../../../../etc/passwd");
    assert_eq!(
        xlsx("a target outside the package", &[("xl/_rels/workbook.xml.rels", &rels)]),
        ["workbook-without-sheets", "sheet-without-part"]
    );
    let rels = RELS.replace("worksheets/sheet1.xml", "workbook.xml");
    assert_eq!(
        xlsx("a sheet that is the workbook", &[("xl/_rels/workbook.xml.rels", &rels)]),
        ["workbook-without-sheets", "part-damaged"]
    );
}

#[test]
fn every_part_may_be_in_utf_16() {
    let _alone = alone();
    let strings = "<sst><si><t>統制</t></si></sst>";
    let sheet = SHEET.replace("<c r='A1'>", "<c r='A1' t='s'>").replace("<v>7</v>", "<v>0</v>");
    let own =
        [("xl/sharedStrings.xml", strings), ("xl/worksheets/sheet1.xml", &*sheet), ("xl/styles.xml", "<styleSheet/>")];
    let parts = parts(&own);
    for (name, to_bytes, has_mark) in [
        ("little-endian", u16::to_le_bytes as fn(u16) -> [u8; 2], true),
        ("big-endian", u16::to_be_bytes, true),
        ("without a mark", u16::to_le_bytes, false),
    ] {
        let entries: Vec<Entry> = parts
            .iter()
            .map(|(name, data)| {
                let mark = if has_mark { "\u{FEFF}" } else { "" };
                let text = format!("{mark}<?xml version='1.0' encoding='UTF-16'?>{}", String::from_utf8_lossy(data));
                deflated(name, &text.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>())
            })
            .collect();
        assert_eq!(outcome(name, &zip(&entries), 1 << 16), ["A1=統制"], "{name}");
    }
}

#[test]
fn small_elements_by_the_million_stay_within_the_law() {
    let _alone = alone();
    const MANY: usize = 24 << 20;
    let filled = |element: &str| element.repeat(MANY / element.len());
    let sheet = |inside: String| format!("<worksheet>{inside}</worksheet>");
    let with = |name: &str, part: &str, text: String| xlsx(name, &[(part, &text)]);
    const SHEET_PART: &str = "xl/worksheets/sheet1.xml";

    let cells = filled("<c><v>1</v></c>");
    let rows: String = format!("<sheetData><row>{}</row></sheetData>", &cells[..15 * 16_000]);
    assert_eq!(with("one wide row", SHEET_PART, sheet(rows))[0], "A1=1");
    let rows = format!("<sheetData>{}</sheetData>", filled("<row><c><v>1</v></c><c><v>2</v></c></row>"));
    let said = with("cells", SHEET_PART, sheet(rows));
    assert_eq!(said[0], "A1=1");
    let rows = format!("<sheetData>{}</sheetData>", filled("<row/>"));
    assert_eq!(with("rows", SHEET_PART, sheet(rows)), ["limit-rows"]);
    let merges = filled("<mergeCell ref='A1:B1'/>");
    with("merges", SHEET_PART, sheet(format!("<mergeCells>{merges}</mergeCells>")));
    with("links", SHEET_PART, sheet(filled("<hyperlink ref='A1' location='a'/>")));
    let validations = filled("<dataValidation type='list' sqref='A1'/>");
    with("validations", SHEET_PART, sheet(validations));
    let validation = format!("<dataValidation type='list' sqref='{}'/>", filled("A1 "));
    with("ranges of a validation", SHEET_PART, sheet(validation));
    let columns = filled("<col min='1' max='9' hidden='1'/>");
    with("columns", SHEET_PART, sheet(columns));
    with("strings", "xl/sharedStrings.xml", format!("<sst>{}</sst>", filled("<si/>")));
    let runs = format!("<sst><si>{}</si></sst>", filled("<r><t>a</t></r>"));
    with("runs", "xl/sharedStrings.xml", runs);
    with("styles", "xl/styles.xml", format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", filled("<xf/>")));
    with("fonts", "xl/styles.xml", format!("<styleSheet><fonts>{}</fonts></styleSheet>", filled("<font/>")));
    let tabs = format!("<workbook xmlns:r='r'><sheets>{}</sheets></workbook>", filled("<sheet name='a' r:id='rId1'/>"));
    assert_eq!(with("tabs by the million", "xl/workbook.xml", tabs), ["limit-sheets"]);
    let tabs =
        format!("<workbook xmlns:r='r'><sheets>{}</sheets></workbook>", "<sheet name='a' r:id='rId1'/>".repeat(9));
    let said = with("tabs that share a sheet", "xl/workbook.xml", tabs);
    assert_eq!(said[..2], ["A1=7", "sheet-without-part"]);
    let names = format!(
        "<workbook><definedNames>{}</definedNames></workbook>",
        filled("<definedName name='a'>b</definedName>")
    );
    with("names", "xl/workbook.xml", names);
    let rels = RELS.replace("</Relationships>", &format!("{}</Relationships>", filled("<Relationship/>")));
    with("relationships", "xl/_rels/workbook.xml.rels", rels);
    let types = TYPES.replace("</Types>", &format!("{}</Types>", filled("<Default ContentType='a'/>")));
    with("content types", "[Content_Types].xml", types);
}
