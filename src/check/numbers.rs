//! Item numbers: against the edition, and among themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::catalog::edition::EditionFacts;
use crate::catalog::id::{self, Scheme};
use crate::catalog::{Catalog, Item, ItemKey, key};
use crate::diagnostic::{Diagnostic, Severity};

/// Counts per group, groups the edition does not have, numbers it knows as 欠番.
pub(super) fn against_edition(catalog: &Catalog, edition: Option<&EditionFacts>) -> Vec<Diagnostic> {
    let Some(edition) = edition else { return Vec::new() };
    let mut findings = Vec::new();
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for item in catalog.active() {
        *counts.entry(group_of(catalog, item)).or_default() += 1;
    }
    for expected in &edition.counts {
        let title = group_title(catalog, &expected.group);
        let found = counts.get(expected.group.as_str()).copied().unwrap_or(0);
        let severity = if edition.advisory { Severity::Note } else { Severity::Warning };
        // A vendor that leaves a whole group out does so on purpose.
        let finding = match found {
            0 => Diagnostic::note("group-missing"),
            _ if found != expected.items => Diagnostic::new(severity, "group-count").arg("found", found),
            _ => continue,
        };
        let finding = finding.arg("group", expected.group.as_str()).arg("title", title);
        findings.push(finding.arg("expected", expected.items).arg("edition", edition.name()));
    }
    let is_unexpected = |id: &str| counts.contains_key(id) && !edition.has_prefix(id);
    for group in catalog.groups.iter().filter(|group| is_unexpected(&group.id)) {
        let first = catalog.active().find(|item| group_of(catalog, item) == &*group.id);
        let finding = Diagnostic::warning("group-unexpected").at_all(first.into_iter().flat_map(|item| item.at.iter()));
        findings.push(finding.arg("group", &*group.id).arg("edition", edition.name()));
    }
    for item in catalog.active().filter(|item| edition.retired.iter().any(|retired| **retired == *item.key.id)) {
        let finding = Diagnostic::warning("retired-in-use").at_all(item.at.first());
        findings.push(finding.arg("item", item.key.to_string()).arg("edition", edition.name()));
    }
    findings
}

/// The item's group, or else what its own number says.
fn group_of<'a>(catalog: &Catalog, item: &'a Item) -> &'a str {
    let by_number = || scheme(catalog).group_of(&item.key.id).unwrap_or("");
    item.group.as_deref().unwrap_or_else(by_number)
}

fn scheme(catalog: &Catalog) -> Scheme {
    match catalog.edition.framework.as_deref() {
        Some("fisc") => Scheme::Fisc,
        _ => Scheme::Opaque,
    }
}

fn group_title(catalog: &Catalog, group: &str) -> String {
    let named = catalog.groups.iter().find(|known| &*known.id == group).and_then(|known| known.title.clone());
    named.or_else(|| scheme(catalog).group_title(group).map(str::to_owned)).unwrap_or_else(|| group.to_owned())
}

/// Numbers that are given twice, left out, out of order, or a branch of nothing; items that say nothing.
pub(super) fn among_themselves(catalog: &Catalog, edition: Option<&EditionFacts>) -> Vec<Diagnostic> {
    let mut findings = twice(catalog);
    findings.extend(gaps(catalog, edition));
    findings.extend(out_of_order(catalog));
    findings.extend(branches_of_nothing(catalog));
    findings.extend(silent(catalog));
    findings
}

fn twice(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut items: BTreeMap<&ItemKey, Vec<&Item>> = BTreeMap::new();
    for item in &catalog.items {
        items.entry(&item.key).or_default().push(item);
    }
    let repeated = items.into_iter().filter(|(_, items)| items.len() > 1);
    let finding = |(key, items): (&ItemKey, Vec<&Item>)| {
        let places = items.iter().filter_map(|item| item.at.first());
        Diagnostic::error("id-twice").at_all(places).arg("item", key.to_string()).arg("count", items.len())
    };
    repeated.map(finding).collect()
}

/// An id up to its last number, and the number: `実14-` and 1, `実` and 14, `AC-2(` and 1.
fn stem(id: &str) -> Option<(&str, u32)> {
    let bare = id.strip_suffix(')').unwrap_or(id);
    let stem = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((stem, bare[stem.len()..].parse().ok()?))
}

/// Items of one sheet and stem, by number. `1.2` is the second of `1.`.
fn series(catalog: &Catalog) -> BTreeMap<(Option<&str>, &str), BTreeMap<u32, &Item>> {
    let mut series: BTreeMap<(Option<&str>, &str), BTreeMap<u32, &Item>> = BTreeMap::new();
    // A calendar has no numbers that could be left out.
    let is_date = |item: &&Item| crate::answers::date::parse(&item.key.id).is_some();
    for item in catalog.items.iter().filter(|item| !is_date(item)) {
        if let Some((stem, number)) = stem(&item.key.id) {
            series.entry((item.key.sheet.as_deref(), stem)).or_default().insert(number, item);
        }
    }
    series
}

/// Numbers left out of a series that otherwise runs on. Where a quarter is missing, numbers do not run on at all.
fn gaps(catalog: &Catalog, edition: Option<&EditionFacts>) -> Vec<Diagnostic> {
    let is_fisc = scheme(catalog) == Scheme::Fisc;
    let mut findings = Vec::new();
    for ((sheet, stem), items) in series(catalog) {
        let numbers: Vec<u32> = items.keys().copied().collect();
        let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) else { continue };
        let from = if first <= 2 { 1 } else { first };
        let span = u64::from(last - from.min(last)) + 1;
        let missing_count = span.saturating_sub(numbers.iter().filter(|&&number| number >= from).count() as u64);
        if numbers.len() < 3 || missing_count == 0 || missing_count * 4 > span {
            continue;
        }
        let is_retired = |number: u32| {
            let id = format!("{stem}{number}");
            edition.is_some_and(|edition| edition.retired.contains(&id))
        };
        let missing: Vec<u32> =
            (from..=last).filter(|number| !items.contains_key(number) && !is_retired(*number)).collect();
        let digits = items.values().map(|item| padded_to(&item.key.id)).max().unwrap_or(0);
        for (start, end) in runs(&missing) {
            let severity = if is_fisc { Severity::Warning } else { Severity::Note };
            let close = if stem.ends_with('(') { ")" } else { "" };
            let shown = |number: u32| {
                let id = format!("{stem}{number:0digits$}{close}").into();
                ItemKey { sheet: sheet.map(Into::into), id }
            };
            let after = items.range(end..).next().map(|(_, item)| *item);
            findings.push(
                Diagnostic::new(severity, "number-gap")
                    .at_all(after.and_then(|item| item.at.first()))
                    .arg("count", end - start + 1)
                    .arg("first", shown(start).to_string())
                    .arg("last", shown(end).to_string())
                    .arg("after", after.map_or_else(String::new, |item| item.key.to_string())),
            );
        }
    }
    findings
}

/// How many digits an id fills up with zeros: 2 for `DE.AE-02`, 0 where it fills up none.
fn padded_to(id: &str) -> usize {
    let bare = id.strip_suffix(')').unwrap_or(id);
    let digits = &bare[bare.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    if digits.starts_with('0') { digits.len() } else { 0 }
}

/// Runs of numbers that follow each other, first and last.
fn runs(numbers: &[u32]) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    runs
}

/// Items whose number is lower than one of the same series above them.
fn out_of_order(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut highest: HashMap<(Option<&str>, &str), &Item> = HashMap::new();
    let mut low: Vec<&Item> = Vec::new();
    for item in &catalog.items {
        let Some((stem, _)) = stem(&item.key.id) else { continue };
        let above = highest.entry((item.key.sheet.as_deref(), stem)).or_insert(item);
        match id::compare(&item.key.id, &above.key.id) {
            std::cmp::Ordering::Less => low.push(item),
            _ => *above = item,
        }
    }
    if low.is_empty() {
        return Vec::new();
    }
    let places = low.iter().filter_map(|item| item.at.first());
    let ids: Vec<String> = low.iter().map(|item| item.key.to_string()).collect();
    vec![Diagnostic::warning("number-order").at_all(places).arg("count", ids.len()).arg("items", ids)]
}

/// `実14-1` where there is no 実14, not even as 欠番.
fn branches_of_nothing(catalog: &Catalog) -> Vec<Diagnostic> {
    if scheme(catalog) != Scheme::Fisc {
        return Vec::new();
    }
    let ids: HashSet<&str> = catalog.items.iter().map(|item| &*item.key.id).collect();
    let mut reported = BTreeSet::new();
    let mut findings = Vec::new();
    for item in catalog.active() {
        let Some((parent, _)) = item.key.id.split_once('-') else { continue };
        if !ids.contains(parent) && reported.insert(parent) {
            let finding = Diagnostic::note("branch-alone").at_all(item.at.first());
            findings.push(finding.arg("item", item.key.to_string()).arg("parent", parent));
        }
    }
    findings
}

/// Active items without any text, and values that are Excel's error words.
fn silent(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for item in catalog.active() {
        let says_something = catalog.fields.iter().zip(&item.values).any(|(field, value)| {
            let is_heading = matches!(&*field.key, key::MAJOR | key::MIDDLE);
            !is_heading && value.as_ref().is_some_and(|value| !value.effective_text().trim().is_empty())
        });
        if !says_something && item.parts.is_empty() {
            findings.push(Diagnostic::warning("item-empty").at_all(item.at.first()).arg("item", item.key.to_string()));
        }
        for (field, value) in catalog.fields.iter().zip(&item.values) {
            if let Some(value) = value.as_ref().filter(|value| is_error_word(&value.text)) {
                findings.push(
                    Diagnostic::warning("value-is-error")
                        .at_all(value.at.iter())
                        .arg("item", item.key.to_string())
                        .arg("field", field.label.as_str())
                        .arg("value", value.text.as_str()),
                );
            }
        }
    }
    findings
}

/// The error words of Excel, the same in every language version of the file format (ECMA-376, 18.18.11).
fn is_error_word(text: &str) -> bool {
    const WORDS: [&str; 8] = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"];
    text.starts_with('#') && WORDS.contains(&text)
}
