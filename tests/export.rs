//! Our samples, exported: read back, validated by other programs, looked at.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use secref::catalog::{Catalog, Source, json};
use secref::render::export::{self, CsvOptions, oscal};
use secref::render::words::{Lang, Words};
use secref::template::{BindOptions, Template, bind, parse};
use secref::workbook::{ReadOptions, read};

fn imported(bytes: &[u8], name: &str) -> Catalog {
    imported_with(bytes, name, None).unwrap()
}

/// `None` for a workbook that is refused.
fn imported_with(bytes: &[u8], name: &str, template: Option<Arc<Template>>) -> Option<Catalog> {
    let workbook = read(bytes, name, &ReadOptions::default()).unwrap();
    let binding = bind(&workbook, &BindOptions { template, ..BindOptions::default() }).ok()?;
    let source = Source { file: name.to_owned(), ..Source::default() };
    Some(secref::import::catalog(&workbook, &binding, source).unwrap())
}

fn sample(name: &str) -> Catalog {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    imported(&std::fs::read(path).unwrap(), name)
}

/// What the flat form keeps of a reference: its fields, and of each item all but its cells, marks and rows.
fn kept(catalog: &Catalog) -> Vec<String> {
    let fields: Vec<&str> = catalog.fields.iter().map(|field| &*field.key).collect();
    let item = |item: &secref::catalog::Item| {
        let texts: Vec<String> = item
            .values
            .iter()
            .map(|value| value.as_ref().map_or(String::new(), |v| v.effective_text().into_owned()))
            .collect();
        let revision: Vec<&str> = item.revision.iter().map(|revision| revision.text.as_str()).collect();
        format!(
            "{} ‹{}› {:?} {:?} {:?} {texts:?} {}",
            item.key,
            item.raw_id,
            item.group,
            item.status,
            item.conformity,
            revision.join("\n")
        )
    };
    std::iter::once(format!("{fields:?}")).chain(catalog.items.iter().map(item)).collect()
}

/// The two samples and every layout, read with the template beside it where there is one; a refused one has nothing to
/// export.
fn all_samples() -> Vec<(String, Catalog)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut paths = vec![folder.join("reference-v9.xlsx"), folder.join("reference-v9r.xlsx")];
    let layouts = std::fs::read_dir(folder.join("layouts")).unwrap().map(|entry| entry.unwrap().path());
    paths.extend(layouts.filter(|path| path.extension().is_some_and(|end| end == "xlsx")));
    let named = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let template = std::fs::read_to_string(path.with_extension("toml")).ok();
        let template = template.map(|text| Arc::new(parse(&text, &name).unwrap()));
        let catalog = imported_with(&std::fs::read(path).unwrap(), &name, template);
        catalog.map(|catalog| (name, catalog))
    };
    let is_refused = |path: &&PathBuf| {
        std::fs::read_to_string(path.with_extension("snap")).is_ok_and(|kept| kept.contains("\nrefused\n"))
    };
    let samples: Vec<_> = paths.iter().filter_map(named).collect();
    let refused = paths.iter().filter(is_refused).count();
    assert_eq!(samples.len() + refused, paths.len(), "every sample is read but those that are to be refused");
    samples
}

#[test]
fn the_flat_forms_read_back_as_the_same_items() {
    let created = jiff::civil::date(2026, 1, 5).at(0, 0, 0, 0);
    let languages = [Words::new(Lang::Ja), Words::new(Lang::En)];
    for ((name, mut catalog), words) in
        all_samples().into_iter().flat_map(|sample| languages.iter().map(move |words| (sample.clone(), words)))
    {
        // A text that a spreadsheet would take for a formula, anywhere but in the field that is read for its word.
        let word = catalog.field_index(secref::catalog::key::CONFORMITY);
        let mut texts = catalog.items.iter_mut().flat_map(|item| item.values.iter_mut().enumerate());
        // A blank form has none.
        if let Some(first) = texts.find_map(|(index, value)| value.as_mut().filter(|_| Some(index) != word)) {
            first.text = secref::text::owned("=cmd|' /C calc'!A0");
            first.marks.clear();
        }
        let csv = export::csv(&catalog, words, &CsvOptions::default());
        assert_eq!(csv.diagnostics, [], "{name}");
        assert_eq!(kept(&imported(&csv.bytes, "flat.csv")), kept(&catalog), "{name} as csv");
        let xlsx = secref::render::xlsx::catalog(&catalog, words, created).unwrap();
        let again = imported(&xlsx.bytes, "flat.xlsx");
        assert_eq!(kept(&again), kept(&catalog), "{name} as xlsx");
        assert_eq!(again.documents.len(), catalog.documents.len(), "{name}");
        assert_eq!(again.reports.len(), catalog.reports.len(), "{name}");
    }
}

#[test]
fn catalog_json_of_the_samples_is_the_identity_and_fits_its_schema() {
    let validator = jsonschema::validator_for(&json::schema()).unwrap();
    for name in ["reference-v9.xlsx", "reference-v9r.xlsx"] {
        let catalog = sample(name);
        let text = json::to_json(&catalog);
        assert_eq!(json::from_json(&text).unwrap(), catalog);
        let errors: Vec<String> =
            validator.iter_errors(&serde_json::from_str(&text).unwrap()).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0]);
    }
}

#[test]
fn exports_are_the_same_bytes_every_time() {
    let words = Words::new(Lang::Ja);
    let all = || {
        let catalog = sample("reference-v9r.xlsx");
        let options = oscal::OscalOptions { last_modified: "2026-11-01T00:00:00Z", catalog_href: None, words: &words };
        let texts = [
            json::to_json(&catalog),
            export::markdown(&catalog, &words),
            export::text(&catalog),
            oscal::catalog(&catalog, &options),
            oscal::component_definition(&catalog, &options),
        ];
        (texts, export::csv(&catalog, &words, &CsvOptions::default()))
    };
    assert_eq!(all(), all());
}

/// Python with compliance-trestle, if it is there; says so if not.
fn trestle() -> Option<&'static str> {
    let has_it = Command::new("python3").args(["-c", "import trestle"]).output().is_ok_and(|run| run.status.success());
    if !has_it {
        println!("not run: compliance-trestle is not installed");
    }
    has_it.then_some("python3")
}

/// Reads each file with trestle's own model, which holds OSCAL's constraints, and runs its validators.
const VALIDATE: &str = r#"
import argparse, pathlib, sys
from trestle.core.commands.import_ import ImportCmd
from trestle.core.commands.init import InitCmd
work = pathlib.Path(sys.argv[1])
common = dict(trestle_root=work, verbose=0)
assert InitCmd()._run(argparse.Namespace(**common, full=False, local=True, govdocs=False)) == 0
for index, file in enumerate(sys.argv[2:]):
    args = argparse.Namespace(**common, file=file, output=f'model{index}', regenerate=False)
    code = ImportCmd()._run(args)
    assert code == 0, f'{file}: {code}'
print('valid', len(sys.argv) - 2)
"#;

fn validated(files: &[(String, String)]) {
    let Some(python) = trestle() else { return };
    let folder = tempfile::tempdir().unwrap();
    let work = folder.path().join("work");
    std::fs::create_dir(&work).unwrap();
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .collect();
    let run = Command::new(python).arg("-c").arg(VALIDATE).arg(&work).args(&paths).output().unwrap();
    let said = String::from_utf8_lossy(&run.stderr).into_owned() + &String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}");
    assert!(said.contains(&format!("valid {}", files.len())), "{said}");
}

fn both_forms(name: &str, catalog: &Catalog) -> [(String, String); 2] {
    let words = Words::new(Lang::Ja);
    let options = oscal::OscalOptions { last_modified: "2026-11-01T00:00:00+09:00", catalog_href: None, words: &words };
    [
        (format!("{name}.catalog.json"), oscal::catalog(catalog, &options)),
        (format!("{name}.component.json"), oscal::component_definition(catalog, &options)),
    ]
}

/// All values under a key, wherever it stands.
fn values_under(key: &str, value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(object) => {
            found.extend(object.get(key).and_then(|own| own.as_str()).map(str::to_owned));
            object.values().for_each(|own| values_under(key, own, found));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|own| values_under(key, own, found)),
        _ => {}
    }
}

#[test]
fn no_two_things_of_an_oscal_catalog_share_an_id() {
    for (name, catalog) in all_samples() {
        let text = both_forms(&name, &catalog)[0].1.clone();
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        for key in ["id", "uuid"] {
            let mut ids = Vec::new();
            values_under(key, &value["catalog"], &mut ids);
            ids.sort();
            let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0].eq_ignore_ascii_case(&pair[1])).collect();
            assert!(twice.is_empty(), "{name}: {key} {twice:?}");
        }
    }
}

#[test]
fn oscal_of_the_samples_is_valid() {
    validated(&["reference-v9.xlsx", "reference-v9r.xlsx"].map(|name| both_forms(name, &sample(name))).concat());
}

#[test]
fn oscal_of_real_references_is_valid() {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("SECREF_DATA").map_or_else(beside, PathBuf::from).join("references");
    if !folder.is_dir() {
        println!("not run: {} is not there", folder.display());
        return;
    }
    let mut files = Vec::new();
    for kind in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let mut books: Vec<PathBuf> = std::fs::read_dir(kind).unwrap().map(|entry| entry.unwrap().path()).collect();
        books.retain(|path| path.extension().is_some_and(|extension| extension == "xlsx" || extension == "csv"));
        books.sort();
        let Some(last) = books.pop() else { continue };
        let name = last.file_name().unwrap().to_string_lossy().into_owned();
        let workbook = read(&std::fs::read(&last).unwrap(), &name, &ReadOptions::default()).unwrap();
        let Ok(binding) = bind(&workbook, &BindOptions::default()) else { continue };
        let source = Source { file: name.clone(), ..Source::default() };
        if let Ok(catalog) = secref::import::catalog(&workbook, &binding, source) {
            files.extend(both_forms(&name, &catalog));
        }
    }
    assert!(files.len() > 8);
    validated(&files);
}

const SMALL: &str = r##"{
  "format": "secref-catalog", "format_version": 1,
  "edition": {"framework": "fisc", "version": "第9版改訂", "provider": "あおぞら"}, "source": {"file": "対応表.xlsx", "sheets": ["実務"]},
  "fields": [{"key": "title", "label": "小項目"}, {"key": "view", "label": "対応 > 見解"}],
  "groups": [{"id": "実", "title": "実務基準"}],
  "items": [
    {"id": "実1", "raw_id": "実１", "group": "実", "status": "active", "at": ["実務!A2"], "fields": {
      "title": {"text": "入退管理", "at": ["実務!B2"]},
      "view": {"text": "- 記録する。\n=SUM(A1)削る。", "at": ["実務!C2"], "marks": [{"start": 16, "end": 19, "kind": "deleted"}]}}, "citations": []},
    {"id": "実2", "raw_id": "実2（欠番）", "group": "実", "status": "retired", "at": ["実務!A3"], "fields": {}, "citations": []}
  ],
  "documents": [{"number": 1, "title": "白書|一", "url": "https://example.com/a_b", "status": "active", "at": ["文書!A2"]},
    {"number": 2, "status": "retired", "at": ["文書!A3"]}],
  "reports": [], "bands": [], "notes": [{"text": "*1：抜粋", "at": ["実務!A9"]}], "diagnostics": []
}"##;

#[test]
fn a_small_reference_looks_like_this() {
    let catalog = json::from_json(SMALL).unwrap();
    insta::assert_snapshot!("markdown", export::markdown(&catalog, &Words::new(Lang::Ja)));
    insta::assert_snapshot!("text", export::text(&catalog));
    let csv = export::csv(&catalog, &Words::new(Lang::Ja), &CsvOptions::default());
    insta::assert_snapshot!("csv", String::from_utf8(csv.bytes).unwrap().trim_start_matches('\u{FEFF}'));
}
