//! Texts and runs of real workbooks against a plain reader made of quick-xml events, the oracle of the fast one.
//!
//! The files are not part of the project; without them nothing runs and that is said.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod real_files;

use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use secref::address::CellRef;
use secref::workbook::{Font, Format, ReadOptions, Sheet, read};

/// A run: its text, and whether it is bold, struck, underlined, if it says so.
#[derive(Clone, Debug, Default, PartialEq)]
struct PlainRun {
    text: String,
    look: Option<(bool, bool, bool)>,
}

/// A shared string: its runs, one without a look if it is plain.
#[derive(Clone, Debug, Default)]
struct PlainString {
    runs: Vec<PlainRun>,
    is_rich: bool,
}

fn is_on(tag: &BytesStart<'_>, off: &[&str]) -> bool {
    let value = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == "val");
    value.is_none_or(|attribute| !off.contains(&attribute.value.as_ref()))
}

/// `_xHHHH_`, character by character.
fn decoded(text: &str) -> String {
    let mut units = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let code = rest.get(..7).filter(|part| part.starts_with("_x") && part.ends_with('_')).map(|part| &part[2..6]);
        match code.and_then(|code| u16::from_str_radix(code, 16).ok()) {
            Some(unit) => {
                units.push(unit);
                rest = &rest[7..];
            }
            None => {
                units.extend(first.encode_utf16(&mut [0; 2]).iter());
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    String::from_utf16_lossy(&units)
}

/// Reads the shared strings event by event.
fn plain_strings(xml: &str) -> Vec<PlainString> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut strings: Vec<PlainString> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let (mut text, mut is_kept) = (String::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_owned();
                match name.as_str() {
                    _ if path.iter().any(|parent| parent == "rPh") => {}
                    "si" => strings.push(PlainString::default()),
                    "r" => {
                        let string = strings.last_mut().unwrap();
                        string.is_rich = true;
                        string.runs.push(PlainRun::default());
                    }
                    "rPr" => strings.last_mut().unwrap().runs.last_mut().unwrap().look = Some((false, false, false)),
                    "t" => {
                        text.clear();
                        let space = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == "space");
                        is_kept = space.is_some_and(|attribute| attribute.value.as_ref() == "preserve");
                    }
                    "b" | "strike" | "u" if path.last().is_some_and(|parent| parent == "rPr") => {
                        let look = strings.last_mut().unwrap().runs.last_mut().unwrap().look.as_mut().unwrap();
                        match name.as_str() {
                            "b" => look.0 = is_on(&tag, &["0", "false"]),
                            "strike" => look.1 = is_on(&tag, &["0", "false"]),
                            _ => look.2 = is_on(&tag, &["none"]),
                        }
                    }
                    _ => {}
                }
                path.push(name);
            }
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::CData(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(part) => match part.resolve_char_ref().unwrap() {
                Some(character) => text.push(character),
                None => text.push_str(quick_xml::escape::resolve_predefined_entity(&part.xml10_content()).unwrap()),
            },
            Event::End(_) => {
                let name = path.pop().unwrap();
                let parent = path.last().map(String::as_str);
                let is_phonetic = path.iter().any(|parent| parent == "rPh");
                if name == "t" && !is_phonetic && matches!(parent, Some("si" | "r")) {
                    let blanks = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n');
                    let shown = decoded(if is_kept { &text } else { text.trim_matches(blanks) });
                    let string = strings.last_mut().unwrap();
                    if parent == Some("si") {
                        string.runs.push(PlainRun::default());
                    }
                    string.runs.last_mut().unwrap().text.push_str(&shown);
                }
            }
            Event::Eof => return strings,
            _ => {}
        }
    }
}

/// The cells of a sheet that hold shared strings: address as written, and the string's number.
fn plain_cells(xml: &str) -> Vec<(String, usize)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut cells = Vec::new();
    let (mut address, mut is_shared, mut is_value, mut text) = (None, false, false, String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.local_name().as_ref() == "c" => {
                let value = |name: &str| {
                    let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
                    found.map(|attribute| attribute.value.to_string())
                };
                address = value("r");
                is_shared = value("t").as_deref() == Some("s");
            }
            Event::Start(tag) => is_value = tag.local_name().as_ref() == "v",
            Event::Text(part) if is_value => text.push_str(&part.xml10_content()),
            Event::End(tag) => {
                if tag.local_name().as_ref() == "v" && is_shared {
                    cells.extend(address.take().zip(text.trim().parse().ok()));
                }
                is_value = false;
                text.clear();
            }
            Event::Eof => return cells,
            _ => {}
        }
    }
}

fn look(font: Font) -> (bool, bool, bool) {
    (font.bold, font.strike, font.underline)
}

/// Compares a cell; returns how many runs it has.
fn compare(file: &str, sheet: &Sheet, at: CellRef, string: &PlainString) -> usize {
    let place = format!("{file} {}!{at}", sheet.name);
    let whole: String = string.runs.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(sheet.text(at), whole, "{place}");
    let runs = sheet.runs_at(at);
    if !string.is_rich {
        assert!(runs.is_empty(), "{place}");
        return 0;
    }
    let theirs: Vec<&PlainRun> = string.runs.iter().filter(|run| !run.text.is_empty()).collect();
    assert_eq!(runs.len(), theirs.len(), "{place}");
    let characters: Vec<char> = whole.chars().collect();
    for (run, their) in runs.iter().zip(theirs) {
        let text: String = characters[run.start as usize..run.end as usize].iter().collect();
        assert_eq!(text, their.text, "{place}");
        if let Some(their_look) = their.look {
            assert_eq!(look(run.font), their_look, "{place}");
        }
    }
    runs.len()
}

#[test]
fn texts_and_runs_are_those_a_plain_reader_finds() {
    let Some(data) = real_files::folder() else { return };
    let (mut cells, mut runs) = (0, 0);
    for path in ["corpus", "references"].iter().flat_map(|folder| real_files::under(&data.join(folder))) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).unwrap();
        let Ok(workbook) = read(&bytes, &name, &ReadOptions::default()) else { continue };
        if !matches!(workbook.format, Format::Xlsx | Format::Xlsm) {
            continue;
        }
        let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        let mut part = |name: &str| {
            let mut text = String::new();
            let entry = archive.by_name(name).ok().and_then(|mut file| file.read_to_string(&mut text).ok());
            entry.map(|_| text.trim_start_matches('\u{FEFF}').to_owned())
        };
        let Some(strings) = part("xl/sharedStrings.xml").map(|text| plain_strings(&text)) else { continue };
        for sheet in &workbook.sheets {
            let Some(text) = part(&sheet.part) else { continue };
            for (address, number) in plain_cells(&text) {
                let (Ok(at), Some(string)) = (address.parse(), strings.get(number)) else { continue };
                runs += compare(&name, sheet, at, string);
                cells += 1;
            }
        }
    }
    println!("{cells} cells with shared strings compared, {runs} runs");
    assert!(runs > 10_000, "the real files hold runs by the thousand");
}
