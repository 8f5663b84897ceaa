//! Names of things in OSCAL: tokens for ids, UUIDs from what they name, texts that sort.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use crate::catalog::id::Scheme;
use crate::catalog::{Catalog, ItemKey};

/// Gives every item an OSCAL token and every thing a UUID.
pub(super) struct Names {
    base: Uuid,
    tokens: HashMap<ItemKey, String>,
}

impl Names {
    pub(super) fn of(catalog: &Catalog) -> Self {
        let edition = &catalog.edition;
        let known = [&edition.framework, &edition.version, &edition.provider];
        let name = match known.iter().any(|part| part.is_some()) {
            true => known.map(|part| part.as_deref().unwrap_or("")).join("|"),
            false => format!("{}|{}", catalog.source.file, catalog.source.sha256),
        };
        let root = Uuid::new_v5(&Uuid::NAMESPACE_URL, super::model::NAMESPACE.as_bytes());
        Self { base: Uuid::new_v5(&root, name.as_bytes()), tokens: tokens(catalog) }
    }

    /// The UUID of a thing, by what it is and its name within the edition.
    pub(super) fn uuid(&self, kind: &str, name: &str) -> String {
        Uuid::new_v5(&self.base, format!("{kind}|{name}").as_bytes()).to_string()
    }

    /// The token of an item.
    pub(super) fn token(&self, key: &ItemKey) -> &str {
        self.tokens.get(key).map_or("_", String::as_str)
    }
}

/// One token an item, told apart by a number where two ids give the same.
fn tokens(catalog: &Catalog) -> HashMap<ItemKey, String> {
    let mut used = HashSet::new();
    let mut tokens = HashMap::new();
    for item in &catalog.items {
        let name = match &item.key.sheet {
            Some(sheet) => format!("{sheet}.{}", item.key.id),
            None => item.key.id.to_string(),
        };
        tokens.entry(item.key.clone()).or_insert_with(|| unique(&token(&name), &mut used));
    }
    tokens
}

/// Makes a token different from all in use, and puts it in use. Tokens that differ in case only count as the same.
pub(super) fn unique(token: &str, used: &mut HashSet<String>) -> String {
    let mut name = token.to_owned();
    let mut count = 1;
    while !used.insert(name.to_lowercase()) {
        count += 1;
        name = format!("{token}_{count}");
    }
    name
}

/// Makes a token of a text: letters, digits, `.`, `-`, `_`, and a letter or `_` first. `AC-2(1)` gives `AC-2.1`,
/// as NIST writes it.
pub(super) fn token(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let is_letter = c.is_alphabetic() || c.is_ascii_digit();
        match c {
            _ if is_letter || matches!(c, '-' | '_' | '.') => out.push(c),
            _ if out.ends_with(['.', '-', '_']) || out.is_empty() => {}
            _ => out.push('.'),
        }
    }
    let trimmed = out.trim_end_matches('.');
    if trimmed.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        trimmed.to_owned()
    } else {
        format!("_{trimmed}")
    }
}

/// A text that sorts as the ids do: 統 before 実, 2 before 10.
pub(super) fn sort_id(id: &str) -> String {
    let group = Scheme::Fisc.group_of(id);
    let rank = group.and_then(|group| ["統", "実", "設", "監", "運", "技"].iter().position(|known| *known == group));
    let mut out = rank.map_or_else(String::new, |rank| (rank + 1).to_string());
    let mut digits = String::new();
    for c in id.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            out.push_str(&format!("{digits:0>4}"));
            digits.clear();
        }
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

/// A file name or URL as a URI reference: what no URI may hold is percent-encoded.
pub(super) fn href(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.trim().bytes() {
        let is_allowed = byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
        if is_allowed {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_tokens() {
        for (id, expected) in [
            ("統1", "統1"),
            ("実14-1", "実14-1"),
            ("AC-2(1)", "AC-2.1"),
            ("A&A-01.1", "A.A-01.1"),
            ("1", "_1"),
            ("1.10", "_1.10"),
            ("①", "_"),
            ("Anti-RE - iOS.1.1", "Anti-RE.-iOS.1.1"),
            ("(a)(ア)", "a.ア"),
        ] {
            assert_eq!(token(id), expected, "{id}");
        }
        let mut used = HashSet::new();
        assert_eq!(["a", "A", "a"].map(|token| unique(token, &mut used)), ["a", "A_2", "a_3"]);
    }

    #[test]
    fn sort_ids_sort_as_ids_do() {
        let ids = ["統1", "統2", "統10", "実1", "実14", "実14-1", "実15", "設1", "監1"];
        let keys: Vec<String> = ids.iter().map(|id| sort_id(id)).collect();
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(sort_id("AC-2(1)"), "AC-0002(0001)");
    }
}
