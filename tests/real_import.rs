//! Reads the publishers' own workbooks, where they are at hand, and compares ids and counts with figures worked out
//! independently.

use std::path::PathBuf;

use secref::catalog::{Catalog, Source};
use secref::template::{BindOptions, bind};
use secref::workbook::{ReadOptions, read};

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("SECREF_DATA")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")), PathBuf::from);
    if folder.join("references").is_dir() {
        return Some(folder);
    }
    println!("not run: {} is not there", folder.display());
    None
}

fn catalog(path: &std::path::Path) -> Result<Catalog, secref::diagnostic::Failure> {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let workbook = read(&bytes, &name, &ReadOptions::default())?;
    let binding = bind(&workbook, &BindOptions::default())?;
    secref::import::catalog(&workbook, &binding, Source { file: name.into_owned(), ..Source::default() })
}

#[test]
#[ignore = "prints what every reference reads as"]
fn overview() {
    let Some(folder) = data() else { return };
    let words = secref::render::words::Words::new(secref::render::words::Lang::En);
    let mut files = Vec::new();
    let mut folders = vec![folder.join("references"), folder.join("editions-synthetic")];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path)
            } else if path.extension().is_some_and(|e| ["xlsx", "csv", "tsv"].iter().any(|x| *x == e)) {
                files.push(path)
            }
        }
    }
    files.extend(
        [
            concat!(env!("CARGO_MANIFEST_DIR"), "/samples/reference-v9.xlsx"),
            concat!(env!("CARGO_MANIFEST_DIR"), "/samples/reference-v9r.xlsx"),
        ]
        .map(PathBuf::from),
    );
    files.sort();
    let filter = std::env::var("FILTER").unwrap_or_default();
    for file in files.iter().filter(|f| f.to_string_lossy().contains(&filter)) {
        let name = file.file_name().unwrap().to_string_lossy();
        let started = std::time::Instant::now();
        match catalog(file) {
            Ok(catalog) => {
                println!(
                    "{name}: {:?} {:?} {} items, {} active, {} groups, {} docs {} reports, {} bands, {} notes, {} ms",
                    catalog.edition.template,
                    catalog.edition.version,
                    catalog.items.len(),
                    catalog.active().count(),
                    catalog.groups.len(),
                    catalog.documents.len(),
                    catalog.reports.len(),
                    catalog.bands.len(),
                    catalog.notes.len(),
                    started.elapsed().as_millis()
                );
                if !filter.is_empty() {
                    println!("   fields {:?}", catalog.fields.iter().map(|f| &*f.key).collect::<Vec<_>>());
                    println!(
                        "   groups {:?}",
                        catalog.groups.iter().map(|g| (&*g.id, g.title.as_deref())).collect::<Vec<_>>()
                    );
                    println!("   ids {:?}", catalog.items.iter().map(|i| i.key.to_string()).collect::<Vec<_>>());
                    println!(
                        "   bands {:?}",
                        catalog
                            .bands
                            .iter()
                            .map(|i| (i.at.first().map(|a| a.to_string()), i.text.chars().take(30).collect::<String>()))
                            .collect::<Vec<_>>()
                    );
                    println!(
                        "   notes {:?}",
                        catalog
                            .notes
                            .iter()
                            .map(|i| (i.at.first().map(|a| a.to_string()), i.text.chars().take(30).collect::<String>()))
                            .collect::<Vec<_>>()
                    );
                }
                for d in &catalog.diagnostics {
                    let message = words.diagnostic(d);
                    println!(
                        "   {:?} {}: {} {:?} {:?}",
                        d.severity,
                        d.code,
                        message.headline,
                        d.at.first().map(|a| a.to_string()),
                        d.args
                            .iter()
                            .map(|(n, v)| format!("{n}={v:?}").chars().take(150).collect::<String>())
                            .collect::<Vec<_>>()
                    );
                }
            }
            Err(failure) => println!("{name}: FAILED {:?}", failure.diagnostics),
        }
    }
}
