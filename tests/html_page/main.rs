//! The pages as a whole: what stands in them, and that nothing in them can do harm.
//!
//! Also writes them to `target/tmp/pages`, where the tests in `tests/browser` open them.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod editions;
mod markup;

use std::path::Path;
use std::sync::LazyLock;

use secref::diff::{Diff, DiffOptions, diff, marks};
use secref::render::html::{self, Deliverable, DeliverableKind, DiffPage, Index};
use secref::render::words::Lang;

use crate::markup::{Tag, tags, text_between};

fn difference(old: &secref::catalog::Catalog, new: &secref::catalog::Catalog) -> Diff {
    diff(old, new, &DiffOptions::default()).unwrap()
}

fn deliverables() -> Vec<Deliverable> {
    use DeliverableKind::*;
    [
        ("diff.html", DiffPage),
        ("diff.xlsx", DiffWorkbook),
        ("diff.json", DiffJson),
        ("answers.xlsx", AnswersWorkbook),
        ("answers.json", AnswersJson),
        ("self-check.xlsx", SelfCheck),
        ("catalog-old.json", OldCatalog),
        ("catalog-new.json", NewCatalog),
    ]
    .into_iter()
    .map(|(file, kind)| Deliverable { file: file.to_owned(), kind, is_left_alone: kind == SelfCheck })
    .collect()
}

/// Every page the tests know, by file name.
fn pages() -> &'static [(&'static str, String)] {
    static PAGES: LazyLock<Vec<(&str, String)>> = LazyLock::new(render);
    &PAGES
}

fn render() -> Vec<(&'static str, String)> {
    let (old, new) = editions::pair();
    let carried = editions::carried(&new);
    let assessment = secref::assess::assess(&new, &carried.answers, None);
    let found = difference(&old, &new);
    let page = DiffPage { lang: Lang::Ja, old: Some(&old), new: Some(&new), carried: Some(&carried) };
    let files = deliverables();
    let index = |lang| {
        html::index(&Index {
            lang,
            diff: &found,
            carried: Some(&carried),
            assessment: Some(&assessment),
            deliverables: &files,
            diagnostics: &[],
        })
    };
    let (hostile_old, hostile_new) = editions::hostile_pair();
    let hostile = difference(&hostile_old, &hostile_new);
    let hostile_page = DiffPage { old: Some(&hostile_old), new: Some(&hostile_new), ..DiffPage::default() };
    let (big_old, big_new) = editions::big_pair();
    vec![
        ("pair.ja.html", html::diff(&found, &page)),
        ("pair.en.html", html::diff(&found, &DiffPage { lang: Lang::En, ..page })),
        ("plain.ja.html", html::diff(&found, &DiffPage::default())),
        ("same.ja.html", html::diff(&difference(&old, &old), &DiffPage::default())),
        ("marks.ja.html", html::diff(&marks(&new).unwrap(), &DiffPage::default())),
        ("hostile.ja.html", html::diff(&hostile, &hostile_page)),
        ("big.ja.html", html::diff(&difference(&big_old, &big_new), &DiffPage::default())),
        ("index.ja.html", index(Lang::Ja)),
        ("index.en.html", index(Lang::En)),
    ]
}

#[test]
fn the_pages_are_written_for_the_browser() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, page) in pages() {
        std::fs::write(folder.join(name), page).unwrap();
    }
}

/// What stands between the opening and the closing tag of the one element of its kind without attributes.
fn content<'a>(page: &'a str, open: &str, close: &str) -> &'a str {
    let start = page.rfind(open).unwrap() + open.len();
    &page[start..start + page[start..].find(close).unwrap()]
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: String = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let digits = bits.as_bytes().chunks(6).map(|chunk| {
        let bits = format!("{:0<6}", std::str::from_utf8(chunk).unwrap());
        DIGITS[usize::from_str_radix(&bits, 2).unwrap()] as char
    });
    let coded: String = digits.collect();
    format!("{coded}{}", "=".repeat((4 - coded.len() % 4) % 4))
}

fn sha256_source(text: &str) -> String {
    let hex = secref::text::hash::sha256_hex(text.as_bytes());
    let bytes: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).unwrap()).collect();
    format!("'sha256-{}'", base64(&bytes))
}

#[test]
fn the_policy_allows_the_pages_own_style_and_script_and_nothing_else() {
    for (name, page) in pages() {
        let meta = tags(page).into_iter().find(|tag| tag.attribute("http-equiv") == Some("Content-Security-Policy"));
        let meta = meta.unwrap();
        let policy = meta.attribute("content").unwrap();
        let style = content(page, "<style>", "</style>");
        let scripts = if name.starts_with("index") {
            "'none'".to_owned()
        } else {
            sha256_source(content(page, "<script>", "</script>"))
        };
        assert_eq!(
            policy,
            format!(
                "default-src 'none'; script-src {scripts}; style-src {}; base-uri 'none'; form-action 'none'; \
                 require-trusted-types-for 'script'; trusted-types 'none'",
                sha256_source(style)
            ),
            "{name}"
        );
    }
}

/// Every attribute that makes a browser load, run or send something.
fn is_active(tag: &Tag<'_>) -> bool {
    let loads = ["src", "srcset", "data", "action", "formaction", "poster", "background", "ping", "xlink:href"];
    tag.attributes.iter().any(|(name, _)| loads.contains(name) || name.starts_with("on") || *name == "style")
}

#[test]
fn nothing_is_loaded_and_no_cell_becomes_markup() {
    const ELEMENTS: &[&str] = &[
        "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "h3", "h4", "dl", "div",
        "dt", "dd", "span", "b", "aside", "nav", "ul", "ol", "li", "form", "label", "input", "details", "summary",
        "fieldset", "legend", "select", "option", "button", "section", "progress", "main", "meter", "table", "caption",
        "thead", "tr", "th", "tbody", "td", "article", "ins", "del", "footer", "dialog", "kbd", "template", "textarea",
        "script", "br", "i", "code",
    ];
    for (name, page) in pages() {
        let tags = tags(page);
        let scripts = tags.iter().filter(|tag| tag.name == "script").count();
        assert_eq!(scripts, if name.starts_with("index") { 0 } else { 2 }, "{name}");
        for tag in &tags {
            assert!(ELEMENTS.contains(&tag.name), "{name}: <{}>", tag.name);
            assert!(!is_active(tag), "{name}: {tag:?}");
            if let Some(href) = tag.attribute("href") {
                assert!(href.starts_with('#') || href.starts_with("./"), "{name}: {href}");
            }
        }
    }
}

#[test]
fn a_hostile_cell_is_shown_as_it_is_written() {
    let (old, new) = editions::hostile_pair();
    let page = html::diff(&difference(&old, &new), &DiffPage::default());
    let shown = text_between(&page);
    for item in &new.items {
        for text in [&item.raw_id, &item.values[0].as_ref().unwrap().text, &item.values[3].as_ref().unwrap().text] {
            assert!(shown.contains(&**text), "{text}");
        }
    }
}

#[test]
fn every_text_of_both_sides_stands_on_the_page() {
    let (old, new) = editions::pair();
    let found = difference(&old, &new);
    let page = DiffPage { old: Some(&old), new: Some(&new), ..DiffPage::default() };
    let shown = text_between(&html::diff(&found, &page));
    for item in &found.items {
        for field in &item.fields {
            let side = |keep: fn(secref::diff::SegmentOp) -> bool| -> String {
                field.segments.iter().filter(|segment| keep(segment.op)).map(|segment| &*segment.text).collect()
            };
            use secref::diff::SegmentOp::{Delete, Equal, Insert, Move};
            use secref::diff::Side;
            assert!(shown.contains(&side(|op| matches!(op, Equal | Delete | Move(Side::Old)))), "{}", item.key());
            let new_text = side(|op| matches!(op, Equal | Insert | Move(Side::New)));
            let old_and_new = field.segments.iter().any(|segment| segment.op == Delete);
            assert!(old_and_new || shown.contains(&new_text), "{}", item.key());
            for place in field.old_at.iter().chain(&field.new_at) {
                assert!(shown.contains(&place.to_string()), "{place}");
            }
        }
    }
}

#[test]
fn every_item_carries_its_numbers_and_its_fingerprint() {
    let (old, new) = editions::pair();
    let found = difference(&old, &new);
    let page = html::diff(&found, &DiffPage::default());
    let tags = tags(&page);
    let items: Vec<&Tag<'_>> = tags.iter().filter(|tag| tag.attribute("data-n").is_some()).collect();
    assert_eq!(items.len(), found.items.len());
    for (tag, item) in items.iter().zip(&found.items) {
        assert_eq!(tag.attribute("data-fingerprint"), Some(&*item.fingerprint));
        assert_eq!(tag.attribute("data-old-id"), item.old.as_ref().map(|side| &*side.key.id));
        assert_eq!(tag.attribute("data-new-id"), item.new.as_ref().map(|side| &*side.key.id));
    }
}

#[test]
fn japanese_texts_are_announced_as_such_on_an_english_page() {
    let page = &pages().iter().find(|(name, _)| *name == "pair.en.html").unwrap().1;
    let tags = tags(page);
    let texts: Vec<&Tag<'_>> = tags.iter().filter(|tag| tag.attribute("class") == Some("text")).collect();
    let japanese = texts.iter().filter(|tag| tag.attribute("lang") == Some("ja")).count();
    // The other texts are numbers in brackets, which are in no language.
    let citing = texts.iter().filter(|tag| tag.attribute("lang").is_none()).count();
    assert!(japanese > 40 && citing > 0);
    assert_eq!(japanese + citing, texts.len());
    assert_eq!(tags.iter().find(|tag| tag.name == "html").unwrap().attribute("lang"), Some("en"));
}

#[test]
fn every_label_is_worded_in_both_languages() {
    for (name, page) in pages() {
        let shown = text_between(page);
        for prefix in ["html-", "review-"] {
            let bare = shown
                .match_indices(prefix)
                .find(|(at, _)| shown[at + prefix.len()..].starts_with(|c: char| c.is_ascii_lowercase()));
            assert!(bare.is_none(), "{name}: {}", &shown[bare.unwrap().0..][..30]);
        }
    }
}

#[test]
fn the_same_review_gives_the_same_bytes() {
    assert_eq!(pages(), render());
}

/// `tests/browser` holds the page's export to this very file.
#[test]
fn what_the_page_exports_is_read_as_decisions() {
    let exported = include_bytes!("../browser/exported.json");
    let (old, new) = editions::pair();
    let found = difference(&old, &new);
    let read = secref::import::decisions(exported).unwrap();
    assert_eq!(read.diagnostics, []);
    let states: Vec<String> =
        read.decisions.iter().map(|it| format!("{} {:?} {}", it.item(), it.state, it.note)).collect();
    assert_eq!(states, ["統4 Ok ", "統5 Rework 要確認 <b>&\"", "統20 Ok "]);
    for decision in &read.decisions {
        let item = found.items.iter().find(|item| item.new.as_ref().map(|side| &side.key) == decision.new.as_ref());
        assert_eq!(item.unwrap().fingerprint, decision.fingerprint);
        assert_eq!(item.unwrap().old.as_ref().map(|side| &side.key), decision.old.as_ref());
    }
    let schema = jsonschema::validator_for(&secref::import::decisions::schema()).unwrap();
    assert!(schema.is_valid(&serde_json::from_slice(exported).unwrap()));
}

#[test]
fn the_index_says_of_the_gravest_changes_what_the_review_page_says() {
    let (old, new) = editions::pair();
    let found = difference(&old, &new);
    let page = |wanted: &str| &pages().iter().find(|(name, _)| *name == wanted).unwrap().1;
    let lines = |page: &'static str| -> Vec<&str> {
        content(page, "<div class=\"grave\">", "</ol>").split("<li>").skip(1).collect()
    };
    let index = lines(page("index.ja.html"));
    for line in &index {
        let number: usize = content(line, "href=\"./diff.html#i", "\"").parse().unwrap();
        let item = &found.items[number - 1];
        assert_eq!(content(line, "class=\"tag ", "\""), item.change.key(), "{line}");
    }
    let without_page = |line: &&str| line.replace("./diff.html#", "#");
    let index: Vec<String> = index.iter().map(without_page).collect();
    assert!(lines(page("pair.ja.html")).iter().all(|line| index.contains(&(*line).to_owned())));
}
