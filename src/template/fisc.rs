//! Whether the numbers of a table are FISC's: by their own prefix, or by what stands beside, above or on the sheet.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::layout::TableLayout;
use super::matching::{Match, Target};
use super::sample::{SAMPLE_ROWS, text_in};
use crate::catalog::id::{IdContext, Scheme};
use crate::catalog::key;
use crate::workbook::Sheet;

/// What the first ids of a table say.
#[derive(Default)]
pub(super) struct Signs {
    /// Rows with an id.
    seen: usize,
    /// Of these, the ids that name their group themselves (統1), or stand where it is named in full (統制基準).
    sure: usize,
    /// Of these, the ids whose group can be told at all.
    told: usize,
    /// Of these, numbers that are FISC's if the headings speak of it.
    bare: usize,
    groups: BTreeSet<&'static str>,
}

impl Signs {
    /// Looks at the rows below a header.
    pub(super) fn of(sheet: &Sheet, layout: &TableLayout, found: &Match) -> Self {
        let mut signs = Self::default();
        let block = &found.block;
        let place = |target: Target| found.targets.iter().position(|known| *known == Some(target));
        let ids: Vec<u32> = (0..layout.id.columns.len())
            .map_while(|part| Some(block.columns[place(Target::Id(part))?].column))
            .collect();
        let prefix = layout.id.prefix_from.as_deref().unwrap_or(key::MAJOR);
        let prefix = layout.columns.iter().position(|column| column.key == prefix);
        let prefix = prefix.and_then(|at| place(Target::Column(at))).map(|at| block.columns[at].column);
        let (mut band, mut above, mut parts) = (None, None, vec![""; ids.len()]);
        for (_, cells) in sheet.rows_from(block.last + 1).take(SAMPLE_ROWS) {
            if let [only] = cells {
                band = Some(only.text.as_str());
            }
            above = prefix.and_then(|column| text_in(cells, column)).or(above);
            let Some(own) = ids.last().and_then(|&last| text_in(cells, last)) else { continue };
            for (part, &column) in parts.iter_mut().zip(&ids) {
                *part = text_in(cells, column).unwrap_or(part);
            }
            let text = if parts.len() > 1 { Cow::Owned(parts.concat()) } else { Cow::Borrowed(own) };
            let hints: Vec<&str> = above.into_iter().chain(band).chain([&*sheet.name]).collect();
            signs.add(&text, &hints, cells.len() > 1);
        }
        signs
    }

    fn add(&mut self, text: &str, hints: &[&str], is_row: bool) {
        let alone = Scheme::Fisc.parse(text, &IdContext::default());
        let names_itself = alone.ids().first().is_some_and(|id| Scheme::Fisc.group_of(id).is_some());
        let parsed = Scheme::Fisc.parse(text, &IdContext { group_hints: hints, ..IdContext::default() });
        self.seen += usize::from(is_row);
        let Some(id) = parsed.ids().first() else { return };
        let group = |id: &Arc<str>| Scheme::Fisc.group_of(id).and_then(|group| Scheme::Fisc.group_in_heading(group));
        match group(id) {
            Some(group) => {
                let named = hints.iter().find(|hint| Scheme::Fisc.group_in_heading(hint) == Some(group));
                self.told += 1;
                self.sure += usize::from(names_itself || named.is_some_and(|hint| is_named_in_full(hint, group)));
                self.groups.insert(group);
            }
            None => self.bare += usize::from(id.bytes().all(|byte| byte.is_ascii_digit())),
        }
    }

    /// Adds what another table of the same reference says.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.seen += other.seen;
        self.sure += other.sure;
        self.told += other.told;
        self.bare += other.bare;
        self.groups.extend(other.groups);
        self
    }

    /// Whether most ids are FISC's, nobody having said so. Words like 監査 and 運用 alone are everyday ones: they count
    /// beside 統制 or 実務 only.
    pub(super) fn are_clear(&self) -> bool {
        let has_telling = self.groups.len() > 1 && ["統", "実"].iter().any(|group| self.groups.contains(group));
        self.sure * 2 > self.seen || (has_telling && self.told * 2 > self.seen)
    }
}

/// Whether a text names one of FISC's groups and says nothing else: 統, 統制, 統制基準.
pub(super) fn is_group(text: &str) -> bool {
    let text = text.trim();
    Scheme::Fisc.group_in_heading(text).is_some_and(|group| {
        text == group || Scheme::Fisc.group_title(group).is_some_and(|title| title.starts_with(text))
    })
}

/// 統 alone or 統制基準 in full, and not 統制 as an everyday word.
fn is_named_in_full(hint: &str, group: &str) -> bool {
    hint.trim() == group || Scheme::Fisc.group_title(group).is_some_and(|title| hint.contains(title))
}

/// Whether a fair share of the cells in a matched id column are ids of the layout's scheme.
///
/// A glossary or cover sheet with the right headings has none; only the strict schemes can tell. A bare number counts
/// where a sheet name, a band row or a column beside it tells its group, or a heading speaks of FISC.
pub(super) fn ids_are_plausible(sheet: &Sheet, layout: &TableLayout, found: &Match) -> bool {
    let Some(Scheme::Fisc) = layout.id.scheme else { return true };
    if !found.targets.contains(&Some(Target::Id(0))) {
        return true;
    }
    let speaks_of_fisc = |key: &String| key.contains("fisc") || key.contains("安全対策基準");
    let is_fisc = found.block.columns.iter().flat_map(|column| &column.folded).any(speaks_of_fisc);
    let signs = Signs::of(sheet, layout, found);
    let hits = signs.told + if is_fisc { signs.bare } else { 0 };
    hits > 0 && hits * 3 >= signs.seen
}
