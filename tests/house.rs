//! The house rules that a compiler does not check: data flows one way, one external crate has one home, the library
//! is pure, and every message has its words.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The stages in the order of the data flow; a stage uses earlier ones only. `lib.rs` draws the same list.
const STAGES: [&str; 16] = [
    "address",
    "diagnostic",
    "text",
    "workbook",
    "catalog",
    "answers",
    "template",
    "import",
    "check",
    "diff",
    "carry",
    "assess",
    "fill",
    "render",
    "review",
    "cli",
];

/// Every external crate's home. A crate that is not listed may be used anywhere (serde and its kin).
const HOMES: [(&str, &[&str]); 27] = [
    ("askama", &["render/html"]),
    ("aes", &["workbook/"]),
    ("md5", &["workbook/"]),
    ("rc4", &["workbook/"]),
    ("sha1", &["workbook/"]),
    ("quick_xml", &["workbook/"]),
    ("flate2", &["workbook/"]),
    ("crc32fast", &["workbook/"]),
    ("memchr", &["workbook/", "text/"]),
    ("chardetng", &["workbook/"]),
    ("simdutf8", &["workbook/"]),
    ("hashbrown", &["import/"]),
    ("encoding_rs", &["workbook/"]),
    ("csv", &["workbook/"]),
    ("arcstr", &["text/"]),
    ("unicode_normalization", &["text/"]),
    ("unicode_width", &["text/"]),
    ("strsim", &["text/"]),
    ("sha2", &["text/", "workbook/"]),
    ("similar", &["diff/"]),
    ("toml", &["template/"]),
    ("rust_xlsxwriter", &["render/xlsx"]),
    ("fluent_bundle", &["render/words"]),
    ("serde_saphyr", &["answers/"]),
    ("uuid", &["render/export"]),
    ("clap", &["cli"]),
    ("tempfile", &["cli"]),
];

/// What a pure library does not touch.
const IMPURE: [&str; 8] = [
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "SystemTime",
    "Instant::now",
    "println!(",
    "ZonedDateTime::now",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every source file by its path below `src`, test modules cut off.
fn sources() -> BTreeMap<String, String> {
    fn visit(folder: &Path, base: &Path, found: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, base, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(base).unwrap().to_string_lossy().replace('\\', "/");
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                if !name.ends_with("tests.rs") && !name.contains("/tests/") {
                    found.insert(name, code);
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    let base = root().join("src");
    visit(&base, &base, &mut found);
    found
}

/// The names that follow a prefix such as `crate::`, comments left out.
fn names_after<'a>(code: &'a str, prefix: &str) -> BTreeSet<&'a str> {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut names = BTreeSet::new();
    for line in lines {
        for (start, _) in line.match_indices(prefix) {
            let before = line[..start].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let rest = &line[start + prefix.len()..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            names.insert(&rest[..end]);
        }
    }
    names
}

fn stage_of(file: &str) -> Option<usize> {
    let first = file.split(['/', '.']).next()?;
    STAGES.iter().position(|&stage| stage == first)
}

#[test]
fn data_flows_one_way() {
    let mut reversed = Vec::new();
    for (file, code) in sources() {
        let Some(own) = stage_of(&file) else { continue };
        let prefix = if STAGES[own] == "cli" { "secref::" } else { "crate::" };
        for name in names_after(&code, prefix) {
            if STAGES.iter().position(|&stage| stage == name).is_some_and(|used| used > own) {
                reversed.push(format!("{file} uses {name}"));
            }
        }
    }
    assert!(reversed.is_empty(), "a stage uses earlier ones only: {reversed:#?}");
}

#[test]
fn every_module_is_a_stage_of_the_drawing() {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules: BTreeSet<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let drawn: BTreeSet<&str> = STAGES.into_iter().filter(|&stage| stage != "cli").collect();
    assert_eq!(modules, drawn);
    let drawing: String = lib.lines().filter(|line| line.starts_with("//!")).collect();
    let missing: Vec<&str> = STAGES.into_iter().filter(|stage| !drawing.contains(stage)).collect();
    assert!(missing.is_empty(), "the map in lib.rs leaves out {missing:?}");
}

#[test]
fn an_external_crate_has_one_home() {
    let mut strays = Vec::new();
    for (file, code) in sources() {
        for (name, homes) in HOMES {
            let is_used = !names_after(&code, &format!("{name}::")).is_empty();
            if is_used && !homes.iter().any(|home| file.starts_with(home)) {
                strays.push(format!("{file} uses {name}, at home in {homes:?}"));
            }
        }
    }
    assert!(strays.is_empty(), "{strays:#?}");
}

#[test]
fn the_library_touches_no_files_clock_or_environment() {
    let library = sources().into_iter().filter(|(file, _)| !file.starts_with("cli/") && file != "main.rs");
    let mut touched = Vec::new();
    for (file, code) in library {
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let found = lines.flat_map(|line| IMPURE.iter().filter(move |impure| line.contains(**impure)));
        touched.extend(found.map(|impure| format!("{file}: {impure}")));
    }
    assert!(touched.is_empty(), "{touched:#?}");
}

#[test]
fn every_diagnostic_has_its_words() {
    let mut codes: BTreeSet<String> = BTreeSet::new();
    for code in sources().values() {
        for call in ["::error(\"", "::warning(\"", "::note(\""] {
            let starts = code.match_indices(call).map(|(start, _)| start + call.len());
            codes.extend(starts.filter_map(|start| code[start..].split('"').next()).map(str::to_owned));
        }
    }
    for lang in ["ja", "en"] {
        let folder = root().join("src/render/words").join(lang);
        let text: String = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap() + "\n")
            .collect();
        let worded: BTreeSet<&str> = text.lines().filter_map(|line| Some(line.split_once(" =")?.0)).collect();
        let missing: Vec<&String> = codes.iter().filter(|code| !worded.contains(code.as_str())).collect();
        assert!(missing.is_empty(), "{lang} has no words for {missing:?}");
    }
}
