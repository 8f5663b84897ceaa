//! Bands over the items: which level a band row has, what the items below inherit, which group they are in.

use std::collections::HashSet;
use std::sync::Arc;

use crate::catalog::id::Scheme;
use crate::catalog::{Catalog, FieldValue, Group};
use crate::template::Grouping;
use crate::text::fold::value_key;
use crate::text::{Text, owned};
use crate::workbook::Cell;

/// A band row, as the items below see it.
#[derive(Clone, Debug)]
pub(super) struct Band {
    /// Its heading, with its place.
    pub value: FieldValue,
    /// What the id column says, where the heading stands beside it (`V1`, アーキテクチャ…).
    pub number: Option<Text>,
    /// What its rows look like, to tell a new upper level from a lower one.
    pub shape: Shape,
}

impl Band {
    /// Makes a band of its heading. What the items below inherit is the name alone: the ornament before it and a
    /// count of items or pages behind it (`■実務基準（144項目）`, `点検表（2/3）`) say nothing of them, and a count that
    /// changes is no change of theirs. The whole heading stays in the catalog's bands.
    pub(super) fn new(mut value: FieldValue, number: Option<Text>, shape: Shape) -> Self {
        let name = bare_name(&value.text);
        if name.len() < value.text.len() {
            let name = owned(name);
            value.raw.get_or_insert_with(|| value.text.as_str().into());
            value.text = name;
            value.marks.clear();
        }
        Self { value, number, shape }
    }
}

/// What stands in brackets behind a heading whose table goes on from page to page: `2/3`, `2ページ`, `続き`.
fn is_page(inner: &str) -> bool {
    let inner = inner.trim().trim_end_matches(['）', ')']).trim();
    let is_number = |part: &str| !part.trim().is_empty() && part.trim().chars().all(|c| c.is_ascii_digit());
    let number = ["ページ", "頁"].iter().fold(inner, |inner, unit| inner.trim_end_matches(unit));
    let pages: Vec<&str> = number.split('/').collect();
    let counts_pages = matches!(pages.as_slice(), [page, of] if is_number(page) && is_number(of));
    counts_pages
        || number.len() < inner.len() && is_number(number)
        || matches!(inner, "続き" | "つづき" | "続" | "continued" | "cont." | "cont'd")
}

/// A heading without ornament and count; the heading itself where nothing would be left.
fn bare_name(heading: &str) -> &str {
    let is_ornament = |c: char| {
        matches!(c, '■' | '□' | '◆' | '◇' | '●' | '○' | '▼' | '▽' | '★' | '☆' | '・' | '※') || c.is_whitespace()
    };
    let name = heading.trim_start_matches(is_ornament);
    let bracketed = name.trim_end().strip_prefix('【').and_then(|name| name.strip_suffix('】'));
    let name = bracketed.filter(|inner| !inner.contains('】')).unwrap_or(name);
    let counted = name.trim_end().strip_suffix(['）', ')']).and_then(|rest| {
        let open = rest.rfind(['（', '('])?;
        let inner = value_key(rest[open..].trim_start_matches(['（', '(']));
        let unit = inner.trim_start_matches("全").trim_start_matches(|c: char| c.is_ascii_digit());
        let counts_items = unit.len() < inner.len() && matches!(unit.trim(), "項目" | "件" | "items" | "controls");
        (counts_items || is_page(&inner)).then_some(&rest[..open])
    });
    let bare = counted.unwrap_or(name).trim_end();
    if bare.is_empty() { heading } else { bare }
}

/// The looks of a band: where it begins and with what kind of character.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    column: u32,
    first: char,
}

impl Shape {
    /// Takes the looks of a heading from the cell that says how deep it stands.
    pub(super) fn of_depth(cell: &Cell) -> Self {
        Self { column: cell.at.column, first: cell.text.trim().chars().next().unwrap_or(' ') }
    }

    /// Takes the looks of a heading: its column and its first character, digits and letters alike counting as one.
    pub(super) fn new(column: u32, text: &str) -> Self {
        let first = text.trim_start().chars().next().unwrap_or(' ');
        let first = match first {
            c if c.is_numeric() => '1',
            c if c.is_ascii_alphabetic() => 'A',
            c if c.is_alphabetic() => 'あ',
            c => c,
        };
        Self { column, first }
    }
}

/// The bands in force, outermost first.
#[derive(Default)]
pub(super) struct Bands {
    /// The upper one.
    pub major: Option<Band>,
    /// The lower one.
    pub middle: Option<Band>,
    follows_band: bool,
}

impl Bands {
    /// A band begins: below another one without items in between it is the lower level; else it replaces the level
    /// it looks like.
    pub(super) fn begin(&mut self, band: Band) {
        let is_like = |known: &Option<Band>| known.as_ref().is_some_and(|known| known.shape == band.shape);
        let is_lower = is_like(&self.middle) || (self.follows_band && self.major.is_some() && !is_like(&self.major));
        if is_lower {
            self.middle = Some(band);
        } else {
            self.major = Some(band);
            self.middle = None;
        }
        self.follows_band = true;
    }

    /// A band of a known level begins, 0 the outermost.
    pub(super) fn begin_at(&mut self, level: usize, band: Band) {
        if level == 0 {
            self.major = Some(band);
            self.middle = None;
        } else {
            self.middle = Some(band);
        }
        self.follows_band = true;
    }

    /// An item stands below the bands.
    pub(super) fn item(&mut self) {
        self.follows_band = false;
    }

    /// Texts that may name the group of a bare number, nearest first.
    pub(super) fn hints(&self) -> impl Iterator<Item = &str> {
        [&self.middle, &self.major].into_iter().flatten().map(|band| band.value.text.as_str())
    }
}

/// Tells the group of each item and keeps one shared name for each.
pub(super) struct Groups<'a> {
    rule: &'a Grouping,
    scheme: Scheme,
    sheet: Option<Arc<str>>,
    last: Option<Arc<str>>,
}

impl<'a> Groups<'a> {
    /// Takes the template's rule; `sheet` is the sheet's name where there are several.
    pub(super) fn new(rule: &'a Grouping, scheme: Scheme, sheet: Option<&Arc<str>>) -> Self {
        Self { rule, scheme, sheet: sheet.cloned(), last: None }
    }

    /// The group of an item by its id, the bands above it, its own field.
    pub(super) fn of(&mut self, id: &str, bands: &Bands, field: impl Fn(&str) -> Option<Text>) -> Option<Arc<str>> {
        let band = || bands.major.as_ref().map(|band| band.number.as_ref().unwrap_or(&band.value.text).as_str());
        let prefix = || self.scheme.group_of(id);
        let value;
        let name = match self.rule {
            Grouping::None => None,
            Grouping::Prefix => prefix(),
            Grouping::Sheet => self.sheet.as_deref(),
            Grouping::Band => band(),
            Grouping::Field(key) => {
                value = field(key)?;
                Some(value.as_str())
            }
            Grouping::Auto => prefix().or_else(band).or(self.sheet.as_deref()),
        }?;
        if self.last.as_deref() != Some(name) {
            self.last = Some(Arc::from(name));
        }
        self.last.clone()
    }
}

/// Lists the groups of a catalog in the order of their first item. `titles` are band headings by their number.
pub(super) fn list(catalog: &mut Catalog, scheme: Scheme, titles: &[(Text, Text)]) {
    let mut groups: Vec<Group> = Vec::new();
    let mut seen: HashSet<Arc<str>> = HashSet::new();
    let mut last: Option<Arc<str>> = None;
    for item in &catalog.items {
        let Some(id) = &item.group else { continue };
        if last.as_ref() == Some(id) {
            continue;
        }
        last = Some(Arc::clone(id));
        if seen.insert(Arc::clone(id)) {
            let known = scheme.group_title(id).map(str::to_owned);
            let band =
                || titles.iter().find(|(number, _)| number.as_str() == &**id).map(|(_, title)| title.to_string());
            groups.push(Group { id: Arc::clone(id), title: known.or_else(band) });
        }
    }
    catalog.groups = groups;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_inherit_the_name_of_a_band_and_not_its_count() {
        for (heading, name) in [
            ("■実務基準（144項目）", "実務基準"),
            ("◆統制基準（２６項目）", "統制基準"),
            ("V1: Architecture (12 controls)", "V1: Architecture"),
            ("アクセス制御（物理）", "アクセス制御（物理）"),
            ("【設備基準】", "設備基準"),
            ("■【実務】（３項目）", "【実務】"),
            ("■", "■"),
        ] {
            assert_eq!(bare_name(heading), name);
        }
    }
}
