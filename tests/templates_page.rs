//! `templates/README.md` is the reference of the template format: it explains every key the parser knows.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use secref::diagnostic::Arg;
use secref::template::{builtin_names, parse};

fn page() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/README.md")).unwrap()
}

/// The part of the page below a heading.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let start = page.find(&format!("{heading}\n")).unwrap_or_else(|| panic!("the page has no section {heading}"));
    let rest = &page[start + heading.len()..];
    &rest[..rest.find("\n#").unwrap_or(rest.len())]
}

/// The keys the parser takes where an unknown one stands.
fn keys_where(text: &str) -> Vec<String> {
    let failure = parse(text, "page").unwrap_err();
    let found = &failure.diagnostics[0];
    assert_eq!(found.code, "template-key-unknown", "{text}: {found:?}");
    match found.args.iter().find(|(name, _)| name == "allowed").map(|(_, arg)| arg) {
        Some(Arg::List(keys)) => keys.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_key_of_the_parser_is_explained() {
    let page = page();
    for (heading, text) in [
        ("## The file", "format_version = 1\nunheard_of = 1\n"),
        ("### `[[edition]]`", "format_version = 1\n[[edition]]\nunheard_of = 1\n"),
        ("### `[[table]]`", "format_version = 1\n[[table]]\nunheard_of = 1\n"),
        ("### `id`", "format_version = 1\n[[table]]\nid = { unheard_of = 1 }\n"),
        ("### `rows`", "format_version = 1\n[[table]]\nid = [\"項番\"]\nrows = { unheard_of = 1 }\n"),
        (
            "### `[[table.column]]`",
            "format_version = 1\n[[table]]\nid = [\"項番\"]\n[[table.column]]\nunheard_of = 1\n",
        ),
        (
            "### `tick`",
            "format_version = 1\n[[table]]\nid = [\"項番\"]\n[[table.column]]\nkey = \"a\"\ntick = { unheard_of = 1 }\n",
        ),
        (
            "### `[[table.answer]]`",
            "format_version = 1\n[[table]]\nid = [\"項番\"]\n[[table.answer]]\nunheard_of = 1\n",
        ),
        ("### `[[list]]`", "format_version = 1\n[[list]]\nunheard_of = 1\n"),
        ("### `[marks]`", "format_version = 1\n[marks]\nunheard_of = 1\n"),
        ("### `[write]`", "format_version = 1\n[write]\nunheard_of = 1\n"),
        ("### `[[write.sheets]]`", "format_version = 1\n[[write.sheets]]\nunheard_of = 1\n"),
        ("### `[write.colors]`", "format_version = 1\n[write.colors]\nunheard_of = 1\n"),
        ("### `[write.print]`", "format_version = 1\n[write.print]\nunheard_of = 1\n"),
        ("### `[[write.column]]`", "format_version = 1\n[[write.column]]\nunheard_of = 1\n"),
    ] {
        let section = section(&page, heading);
        for key in keys_where(text) {
            assert!(section.contains(&format!("| `{key}` |")), "{heading} explains no `{key}`");
        }
    }
}

#[test]
fn every_word_of_the_parser_is_explained() {
    let page = page();
    let table = "format_version = 1\n[[table]]\n";
    for text in [
        format!("{table}id = {{ columns = [\"項番\"], scheme = \"unheard-of\" }}\n"),
        format!("{table}id = [\"項番\"]\nrows = {{ continuation = \"unheard-of\" }}\n"),
        format!("{table}id = [\"項番\"]\nrows = {{ repeat = \"unheard-of\" }}\n"),
        format!("{table}id = [\"項番\"]\ngroup = \"unheard-of\"\n"),
        format!("{table}id = [\"項番\"]\n[[table.column]]\nkey = \"a\"\nheader = \"b\"\nrole = \"unheard-of\"\n"),
        format!("{table}id = [\"項番\"]\n[[table.column]]\nkey = \"a\"\nheader = \"b\"\ncites = \"unheard-of\"\n"),
        format!("{table}id = [\"項番\"]\n[[table.answer]]\nkey = \"unheard-of\"\nheader = \"b\"\n"),
        format!("{table}id = [\"項番\"]\n[write.print]\npaper = \"unheard-of\"\n"),
        format!("{table}id = [\"項番\"]\n[[write.column]]\nkey = \"a\"\nheading = \"b\"\nkind = \"unheard-of\"\n"),
    ] {
        let failure = parse(&text, "page").unwrap_err();
        let found = &failure.diagnostics[0];
        assert_eq!(found.code, "template-word-unknown", "{text}: {found:?}");
        let Some((_, Arg::List(words))) = found.args.iter().find(|(name, _)| name == "allowed") else {
            panic!("{text}")
        };
        for word in words {
            assert!(page.contains(&format!("`{word}`")), "the page explains no `{word}`");
        }
    }
}

#[test]
fn the_example_of_the_page_reads() {
    let page = page();
    let start = page.find("```toml\n").unwrap() + "```toml\n".len();
    let example = &page[start..start + page[start..].find("```").unwrap()];
    let template = parse(example, "example").unwrap();
    assert_eq!((template.tables.len(), template.tables[0].columns.len(), template.lists.len()), (1, 2, 1));
}

#[test]
fn every_built_in_template_names_its_source() {
    let page = page();
    let sources = section(&page, "## Where the headings come from");
    builtin_names().for_each(|name| assert!(sources.contains(&format!("`{name}`")), "{name}"));
}

#[test]
fn a_mistake_is_told_with_its_line_and_column() {
    for (text, line, column, word) in [
        ("format_version = 1\n[[table]]\nid = [\"項番\"]\nheader_row = 1\n", 4, 1, "header_rows"),
        ("format_version = 1\n[[table]]\nid = { columns = [\"項番\"], scheme = \"fics\" }\n", 3, 35, "fisc"),
        (
            "format_version = 1\n[[table]]\nid = [\"項番\"]\n[[table.column]]\nkey = \"a\"\nheaders = \"b\"\n",
            6,
            1,
            "header",
        ),
        ("format_version = 1\n[[table]]\nid = [\"項番\"]\nheader_rows = 0\n", 4, 15, ""),
        ("format_version = 1\n[[table]\n", 2, 9, ""),
        ("format_version = 9\n[[table]]\nid = [\"項番\"]\n", 1, 18, ""),
    ] {
        let failure = parse(text, "mine.toml").unwrap_err();
        let found = &failure.diagnostics[0];
        let arg = |name: &str| {
            found.args.iter().find(|(known, _)| known == name).map(|(_, arg)| match arg {
                Arg::Text(text) => text.clone(),
                Arg::Number(number) => number.to_string(),
                Arg::List(words) => words.join(" "),
            })
        };
        let place = (arg("line"), arg("column"));
        assert_eq!(place, (Some(line.to_string()), Some(column.to_string())), "{text}: {found:?}");
        if !word.is_empty() {
            assert_eq!(arg("nearest").as_deref(), Some(word), "{text}");
        }
    }
}
