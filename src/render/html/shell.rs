//! The frame of a page: its head, its policy, its styles and its script.

use super::labels::Labels;
use crate::diff::Diff;
use crate::text::hash::{sha256, sha256_hex};

const BASE_CSS: &str = include_str!("base.css");
const DIFF_CSS: &str = include_str!("diff.css");
const INDEX_CSS: &str = include_str!("index.css");
const DIFF_SCRIPTS: [&str; 4] =
    [include_str!("fold.js"), include_str!("review.js"), include_str!("filter.js"), include_str!("page.js")];

/// The words the script needs, by the name it knows them under: `html-js-NAME` in the wording.
const SCRIPT_WORDS: &[&str] = &[
    "shown",
    "shown-folded",
    "notation-hidden",
    "open",
    "ok",
    "rework",
    "state",
    "note",
    "note-label",
    "more",
    "progress",
    "stored-not",
    "exported",
    "imported",
    "replaced",
    "skipped-unknown",
    "skipped-changed",
    "import-json",
    "import-format",
    "import-version",
    "import-item",
    "import-twice",
    "import-nothing",
    "import-read",
    "cleared",
    "clear-ask",
    "other-tab",
    "focus-none",
];

/// What stands around the body of a page.
pub(super) struct Shell {
    /// The page's language tag.
    pub(super) lang: &'static str,
    /// The content security policy.
    pub(super) policy: String,
    /// The style sheet.
    pub(super) style: String,
    /// The script; empty for a page without one.
    pub(super) script: String,
    /// Facts and words for the script, as JSON without `<`.
    pub(super) config: String,
}

impl Shell {
    pub(super) fn diff_page(labels: &Labels, review: &str) -> Self {
        let script = format!("'use strict';\n{}", DIFF_SCRIPTS.concat());
        let words: serde_json::Map<String, serde_json::Value> = SCRIPT_WORDS
            .iter()
            .map(|name| ((*name).to_owned(), labels.text(&format!("html-js-{name}")).into()))
            .collect();
        let config = serde_json::json!({ "review": review, "words": words });
        Self::new(labels, [BASE_CSS, DIFF_CSS].concat(), script, json_in_script(&config))
    }

    pub(super) fn index_page(labels: &Labels) -> Self {
        Self::new(labels, [BASE_CSS, INDEX_CSS].concat(), String::new(), String::new())
    }

    fn new(labels: &Labels, style: String, script: String, config: String) -> Self {
        Self { lang: labels.lang().tag(), policy: policy(&style, &script), style, script, config }
    }
}

/// Nothing may be loaded, sent or framed; the page's own style and script run because their hash is named.
///
/// See CSP Level 3, section 2.3.1; `trusted-types 'none'` also forbids the script to make HTML of strings.
fn policy(style: &str, script: &str) -> String {
    let script_source = if script.is_empty() { "'none'".to_owned() } else { hash_source(script) };
    let style_source = hash_source(style);
    format!(
        "default-src 'none'; script-src {script_source}; style-src {style_source}; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

fn hash_source(text: &str) -> String {
    format!("'sha256-{}'", base64(&sha256(text.as_bytes())))
}

/// Base64 with padding, as RFC 4648 section 4 has it.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 0x3F) as usize];
            out.push(if place <= chunk.len() { digit as char } else { '=' });
        }
    }
    out
}

/// JSON that may stand in a script element: `<` is written so that no tag can end it.
fn json_in_script(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// The name a browser keeps the review under: the same for the same two files, whatever they are called.
pub(super) fn review_key(diff: &Diff) -> String {
    let old = diff.old.as_ref().map_or("", |(_, source)| source.sha256.as_str());
    sha256_hex(format!("{old}\n{}", diff.new.1.sha256).as_bytes())[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, section 10.
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn neither_style_nor_script_can_end_its_element() {
        for text in [BASE_CSS, DIFF_CSS, INDEX_CSS].into_iter().chain(DIFF_SCRIPTS) {
            assert!(!text.contains("</"), "{text}");
            assert!(!text.contains("<!--"), "{text}");
        }
        let config = json_in_script(&serde_json::json!({ "a": "</script><!--" }));
        assert!(!config.contains('<'));
    }
}
