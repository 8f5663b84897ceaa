//! Crosswalks: which item of the old edition became which of the new one, as the user declares it.
//!
//! A table of `old_sheet, old_id, new_sheet, new_id, relation, note`, the sheets and the last two columns optional.
//! Whether the items exist is for `diff` to say.

use std::collections::HashSet;
use std::sync::Arc;

use crate::address::SheetRange;
use crate::answers::Answers;
use crate::catalog::ItemKey;
use crate::diagnostic::{Diagnostic, Failure};
use crate::text::fold::{heading_key, value_key};
use crate::text::suggest;
use crate::workbook::{Sheet, Workbook};

/// What became of an item, as declared.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The same item under the new number.
    Same,
    /// One of several new items made of the old one.
    Split,
    /// One of several old items that became the new one.
    Merged,
    /// Has no counterpart in the new edition.
    Removed,
    /// Has no counterpart in the old edition.
    Added,
}

impl Relation {
    const WORDS: [(Self, &'static [&'static str]); 5] = [
        (Self::Same, &["same", "同一", "同じ", "対応"]),
        (Self::Split, &["split", "分割"]),
        (Self::Merged, &["merged", "merge", "統合"]),
        (Self::Removed, &["removed", "廃止", "削除", "欠番"]),
        (Self::Added, &["added", "新設", "追加", "新規"]),
    ];

    fn parse(text: &str) -> Option<Self> {
        let key = value_key(text);
        Self::WORDS.iter().find(|(_, words)| words.contains(&key.as_str())).map(|&(relation, _)| relation)
    }

    fn words() -> Vec<String> {
        Self::WORDS.iter().map(|(_, words)| words[0].to_owned()).collect()
    }
}

/// One row of a crosswalk.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The old item; absent for one added.
    pub old: Option<ItemKey>,
    /// The new item; absent for one removed.
    pub new: Option<ItemKey>,
    /// What the row declares.
    pub relation: Relation,
    /// The user's note.
    pub note: Option<String>,
    /// The row's cells.
    pub at: SheetRange,
}

/// A crosswalk as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crosswalk {
    /// The file it was read from, where the caller knows more than one.
    pub file: Option<Arc<str>>,
    /// Its rows that were understood.
    pub links: Vec<Link>,
    /// What reading it had to say.
    pub diagnostics: Vec<Diagnostic>,
}

/// The columns, by any of the headings they may have.
struct Layout {
    header_row: u32,
    old_sheet: Option<u32>,
    old_id: u32,
    new_sheet: Option<u32>,
    new_id: u32,
    relation: Option<u32>,
    note: Option<u32>,
}

/// Reads a crosswalk from the first sheet that has its headings. Without a relation a row with both ids says `same`,
/// several rows of one old id a split, of one new id a merger, a row with one id `removed` or `added`.
///
/// A row that is not understood is left out with an error at its cells.
///
/// # Errors
///
/// `crosswalk-header-missing` where no sheet has both an `old_id` and a `new_id` column.
pub fn read(workbook: &Workbook) -> Result<Crosswalk, Failure> {
    let found = workbook.sheets.iter().find_map(|sheet| Some((sheet, layout(sheet)?)));
    let Some((sheet, layout)) = found else {
        let first = workbook.sheets.iter().find_map(|sheet| sheet.rows().next());
        let headings = first.map_or(Vec::new(), |(_, row)| row.iter().map(|cell| cell.text.to_string()).collect());
        return Err(Diagnostic::error("crosswalk-header-missing").arg("found", headings).into());
    };
    let mut crosswalk = Crosswalk { diagnostics: workbook.diagnostics.clone(), ..Crosswalk::default() };
    for (row, cells) in sheet.rows().filter(|&(row, _)| row > layout.header_row) {
        let Some((first, last)) = cells.first().zip(cells.last()) else { continue };
        let at = SheetRange::new(&sheet.name, crate::address::Range::new(first.at, last.at));
        match link(sheet, &layout, row, at) {
            Ok(link) => crosswalk.links.extend(link),
            Err(diagnostic) => crosswalk.diagnostics.push(diagnostic),
        }
    }
    infer_relations(&mut crosswalk.links);
    Ok(crosswalk)
}

/// What carrying declared: carried answers name the old answers each of them is made of.
///
/// `None` where they were not carried from these old answers: both are of one edition and both were carried, so that
/// what they name is older than either.
pub fn carried(old: &Answers, new: &Answers) -> Option<Crosswalk> {
    let has_notes = |answers: &Answers| answers.answers.iter().any(|answer| answer.carry.is_some());
    if !has_notes(new) || has_notes(old) && old.edition.version == new.edition.version {
        return None;
    }
    let known: HashSet<&ItemKey> = old.answers.iter().map(|answer| &answer.key).collect();
    let nowhere = SheetRange::new(&Arc::from(""), crate::address::CellRef::new(0, 0));
    let links = new.answers.iter().flat_map(|answer| {
        let from = answer.carry.iter().flat_map(|note| &note.from).filter(|from| known.contains(&from.key));
        from.map(|from| Link {
            old: Some(from.key.clone()),
            new: Some(answer.key.clone()),
            relation: Relation::Same,
            note: None,
            at: answer.at.clone().unwrap_or_else(|| nowhere.clone()),
        })
    });
    let mut links: Vec<Link> = links.collect();
    infer_relations(&mut links);
    (!links.is_empty()).then_some(Crosswalk { links, ..Crosswalk::default() })
}

fn layout(sheet: &Sheet) -> Option<Layout> {
    const HEADER_WITHIN: usize = 10;
    sheet.rows().take(HEADER_WITHIN).find_map(|(header_row, cells)| {
        let column = |names: &[&str]| {
            let is_named = |text: &str| names.contains(&heading_key(text).replace([' ', '-'], "_").as_str());
            cells.iter().find(|cell| is_named(cell.text.as_str())).map(|cell| cell.at.column)
        };
        Some(Layout {
            header_row,
            old_id: column(&["old_id", "oldid", "旧番号", "旧項番", "旧"])?,
            new_id: column(&["new_id", "newid", "新番号", "新項番", "新"])?,
            old_sheet: column(&["old_sheet", "oldsheet", "旧シート"]),
            new_sheet: column(&["new_sheet", "newsheet", "新シート"]),
            relation: column(&["relation", "関係", "区分"]),
            note: column(&["note", "備考", "注記"]),
        })
    })
}

fn link(sheet: &Sheet, layout: &Layout, row: u32, at: SheetRange) -> Result<Option<Link>, Diagnostic> {
    let text = |column: Option<u32>| {
        let column = column?;
        let text = sheet.text(crate::address::CellRef::new(row, column)).trim();
        (!text.is_empty()).then_some(text)
    };
    let key = |sheet: Option<&str>, id: &str| ItemKey { sheet: sheet.map(Arc::from), id: Arc::from(id) };
    let old = text(Some(layout.old_id)).map(|id| key(text(layout.old_sheet), id));
    let new = text(Some(layout.new_id)).map(|id| key(text(layout.new_sheet), id));
    let note = text(layout.note).map(str::to_owned);
    let declared = match text(layout.relation) {
        None => None,
        Some(word) => Some(Relation::parse(word).ok_or_else(|| unknown_relation(sheet, layout, row, word))?),
    };
    let relation = match (declared, &old, &new) {
        (None, None, None) => return Ok(None),
        (None | Some(Relation::Removed), Some(_), None) => Relation::Removed,
        (None | Some(Relation::Added), None, Some(_)) => Relation::Added,
        (None, Some(_), Some(_)) => Relation::Same,
        (Some(relation @ (Relation::Same | Relation::Split | Relation::Merged)), Some(_), Some(_)) => relation,
        _ => return Err(Diagnostic::error("crosswalk-row-incomplete").at(at)),
    };
    Ok(Some(Link { old, new, relation, note, at }))
}

fn unknown_relation(sheet: &Sheet, layout: &Layout, row: u32, word: &str) -> Diagnostic {
    let column = layout.relation.expect("the word was read from this column");
    let all = Relation::WORDS.iter().flat_map(|(_, words)| words.iter().copied());
    Diagnostic::error("crosswalk-relation-unknown")
        .at(SheetRange::new(&sheet.name, crate::address::CellRef::new(row, column)))
        .arg("word", word)
        .arg("near", suggest::nearest(word, all).unwrap_or("none"))
        .arg("known", Relation::words())
}

/// Several rows of one old id are a split, several of one new id a merger, whatever word stands there.
fn infer_relations(links: &mut [Link]) {
    let count = |links: &[Link], pick: fn(&Link) -> Option<&ItemKey>| {
        let mut counts: std::collections::HashMap<ItemKey, usize> = std::collections::HashMap::new();
        for key in links.iter().filter_map(pick) {
            *counts.entry(key.clone()).or_default() += 1;
        }
        counts
    };
    let olds = count(links, |link| link.old.as_ref());
    let news = count(links, |link| link.new.as_ref());
    for link in links.iter_mut().filter(|link| link.relation == Relation::Same) {
        if link.old.as_ref().is_some_and(|key| olds[key] > 1) {
            link.relation = Relation::Split;
        } else if link.new.as_ref().is_some_and(|key| news[key] > 1) {
            link.relation = Relation::Merged;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::CellRef;
    use crate::workbook::{Cell, Format, Value};

    fn workbook(rows: &[&[&str]]) -> Workbook {
        let mut cells = Vec::new();
        for (row, texts) in (0u32..).zip(rows) {
            for (column, text) in (0u32..).zip(*texts).filter(|(_, text)| !text.is_empty()) {
                cells.push(Cell {
                    at: CellRef::new(row, column),
                    text: crate::text::owned(*text),
                    value: Value::Text,
                    style: 0,
                    is_formula: false,
                });
            }
        }
        Workbook {
            format: Format::Csv,
            sheets: vec![Sheet::new("", cells)],
            styles: Vec::new(),
            date_1904: false,
            modified: None,
            diagnostics: Vec::new(),
        }
    }

    #[test]
    fn relations_are_read_or_follow_from_the_rows() {
        let crosswalk = read(&workbook(&[
            &["old_id", "new_id", "relation", "note"],
            &["運1", "実1", "", ""],
            &["運2", "実2", "", "前半"],
            &["運2", "実3", "", "後半"],
            &["運3", "", "", ""],
            &["", "実4", "新設", ""],
        ]))
        .unwrap();
        let relations: Vec<Relation> = crosswalk.links.iter().map(|link| link.relation).collect();
        assert_eq!(relations, [Relation::Same, Relation::Split, Relation::Split, Relation::Removed, Relation::Added]);
        assert_eq!(crosswalk.links[1].note.as_deref(), Some("前半"));
        assert!(crosswalk.diagnostics.is_empty());
    }

    #[test]
    fn carried_answers_say_which_old_answers_they_are_made_of() {
        use crate::answers::{Answer, CarriedFrom, CarryNote};
        let carried_from = |id: &str, from: &[&str]| {
            let from = from.iter().map(|from| CarriedFrom { edition: None, key: ItemKey::of(*from) }).collect();
            Answer { carry: Some(CarryNote { from, ..CarryNote::default() }), ..Answer::blank(ItemKey::of(id)) }
        };
        let plain = |ids: &[&str]| ids.iter().map(|id| Answer::blank(ItemKey::of(*id))).collect();
        let old = Answers { answers: plain(&["実1", "実2", "実3", "実4"]), ..Answers::default() };
        let answers = vec![
            carried_from("実1", &[]),
            carried_from("実2", &["実1"]),
            carried_from("実3", &["実2"]),
            carried_from("実4", &["実2"]),
            carried_from("実5", &["実3", "実4"]),
            carried_from("実6", &["実99"]),
        ];
        let new = Answers { answers, ..Answers::default() };
        let links = carried(&old, &new).unwrap().links;
        let shown =
            |link: &Link| format!("{}→{} {:?}", link.old.as_ref().unwrap(), link.new.as_ref().unwrap(), link.relation);
        let shown: Vec<String> = links.iter().map(shown).collect();
        assert_eq!(shown, ["実1→実2 Same", "実2→実3 Split", "実2→実4 Split", "実3→実5 Merged", "実4→実5 Merged"]);
        assert_eq!(carried(&new, &new), None, "two states of the same carried answers");
    }

    #[test]
    fn a_row_that_is_not_understood_is_reported_at_its_cells() {
        let crosswalk =
            read(&workbook(&[&["old_id", "new_id", "relation"], &["運1", "実1", "似ている"], &["運1", "", "same"]]))
                .unwrap();
        assert!(crosswalk.links.is_empty());
        let said: Vec<(&str, String)> =
            crosswalk.diagnostics.iter().map(|it| (it.code.as_ref(), it.at[0].to_string())).collect();
        assert_eq!(
            said,
            [("crosswalk-relation-unknown", "C2".to_owned()), ("crosswalk-row-incomplete", "A3:C3".to_owned())]
        );
    }

    #[test]
    fn a_table_without_the_columns_is_refused() {
        let failure = read(&workbook(&[&["a", "b"]])).unwrap_err();
        assert_eq!(failure.diagnostics[0].code, "crosswalk-header-missing");
    }
}
