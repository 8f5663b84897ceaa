//! The review page of real editions: our samples always, the publishers' workbooks where the folder of real files is
//! there. Every page is taken apart strictly and written to `target/tmp/pages`, to be looked at.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

#[path = "html_page/markup.rs"]
mod markup;
#[allow(dead_code, reason = "only the folder is asked for here")]
mod real_files;

use std::path::{Path, PathBuf};

use secref::answers::Answers;
use secref::carry::{CarryOptions, carry};
use secref::catalog::{Catalog, Source};
use secref::diff::{Diff, DiffOptions, diff};
use secref::import::{self, AnswerOptions};
use secref::render::html::{self, DiffPage, Index};
use secref::render::words::Lang;
use secref::template::{BindOptions, bind};
use secref::text::hash::sha256_hex;
use secref::workbook::{ReadOptions, read};

use crate::markup::{tags, text_between};

fn catalog(path: &Path) -> Catalog {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let workbook = read(&bytes, &name, &ReadOptions::default()).unwrap();
    let binding = bind(&workbook, &BindOptions::default()).unwrap();
    let sheets = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    import::catalog(&workbook, &binding, Source { file: name, sha256: sha256_hex(&bytes), sheets }).unwrap()
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)
}

fn sample_answers(old: &Catalog) -> Answers {
    let bytes = std::fs::read(sample("answers-v9.csv")).unwrap();
    let workbook = read(&bytes, "answers-v9.csv", &ReadOptions::default()).unwrap();
    import::answers(&workbook, &AnswerOptions { catalog: Some(old), ..AnswerOptions::default() }).unwrap().answers
}

/// Writes a page and holds it to what every page must be.
fn keep(name: &str, page: &str, found: &Diff) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), page).unwrap();
    let tags = tags(page);
    assert_eq!(tags.iter().filter(|tag| tag.attribute("data-n").is_some()).count(), found.items.len(), "{name}");
    for tag in &tags {
        let href = tag.attribute("href").unwrap_or("#");
        assert!(href.starts_with('#'), "{name}: {href}");
        assert!(tag.attribute("src").is_none() && tag.name != "img", "{name}");
    }
    let shown = text_between(page);
    for item in &found.items {
        assert!(shown.contains(&*item.key().id), "{name}: {}", item.key());
        for place in item.fields.iter().flat_map(|field| field.old_at.iter().chain(&field.new_at)) {
            assert!(shown.contains(&place.range.to_string()), "{name}: {place}");
        }
    }
}

#[test]
fn the_samples_make_the_pages_of_a_review() {
    let (old, new) = (catalog(&sample("reference-v9.xlsx")), catalog(&sample("reference-v9r.xlsx")));
    let found = diff(&old, &new, &DiffOptions::default()).unwrap();
    let carried = carry(&sample_answers(&old), &old, &new, &found, &CarryOptions::default()).unwrap();
    for lang in [Lang::Ja, Lang::En] {
        let page = DiffPage { lang, old: Some(&old), new: Some(&new), carried: Some(&carried) };
        keep(&format!("sample.{}.html", lang.tag()), &html::diff(&found, &page), &found);
    }
    let assessment = secref::assess::assess(&new, &carried.answers, None);
    let index = Index {
        lang: Lang::Ja,
        diff: &found,
        carried: Some(&carried),
        assessment: Some(&assessment),
        deliverables: &[],
        diagnostics: &[],
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    let page = html::index(&index);
    let retired = "<li><span class=\"tag retired\">欠番化</span> <b>実60</b>";
    assert!(page.contains(retired), "a number given up is no change of conformity");
    std::fs::write(folder.join("sample-index.ja.html"), page).unwrap();
}

#[test]
fn the_publishers_editions_make_review_pages() {
    const PAIRS: [(&str, &str, &str, Lang); 6] = [
        (
            "mastg-ja",
            "references/mastg/Mobile_App_Security_Checklist-Japanese_1.1.2__2019-08-13_ad5fcb9.xlsx",
            "references/mastg/Mobile_App_Security_Checklist-Japanese_1.1.3.1__2020-05-11_49aecab.xlsx",
            Lang::Ja,
        ),
        (
            "gif-438",
            "references/japan-gif/438_コアデータモデル_DMD__2023-01-10_08d6a86.xlsx",
            "references/japan-gif/438_コアデータモデル_DMD__2025-03-26_7faaa6c.xlsx",
            Lang::Ja,
        ),
        (
            "benchmark",
            "references/ms-benchmarks/azure-security-benchmark-v2.0.xlsx",
            "references/ms-benchmarks/azure-security-benchmark-v3.0.xlsx",
            Lang::En,
        ),
        ("made-a", "editions-synthetic/seed-3108/old.xlsx", "editions-synthetic/seed-3108/newA.xlsx", Lang::Ja),
        ("made-b", "editions-synthetic/seed-3108/old.xlsx", "editions-synthetic/seed-3108/newB.xlsx", Lang::Ja),
        ("made-t", "editions-synthetic/seed-3108/old.xlsx", "editions-synthetic/seed-3108/typography.xlsx", Lang::Ja),
    ];
    let Some(folder) = real_files::folder() else { return };
    for (name, old, new, lang) in PAIRS {
        let (old, new) = (catalog(&folder.join(old)), catalog(&folder.join(new)));
        let found = diff(&old, &new, &DiffOptions::default()).unwrap();
        let page = DiffPage { lang, old: Some(&old), new: Some(&new), carried: None };
        keep(&format!("real-{name}.html"), &html::diff(&found, &page), &found);
    }
}
