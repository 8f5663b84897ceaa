//! Which item an answer belongs to: ids in any spelling, against a catalog where there is one.
//!
//! Without a catalog an id is only brought to its canonical spelling. With one, an id it does not have is a problem.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use super::{Answer, Read};
use crate::address::SheetRange;
use crate::catalog::id::{CellKind, IdContext, ParsedId, Scheme};
use crate::catalog::{Catalog, Item, ItemKey, ItemStatus};
use crate::diagnostic::Diagnostic;
use crate::text::fold::value_key;
use crate::text::suggest;

/// How much comparing goes into suggestions before they are left out.
const SUGGESTION_BUDGET: usize = 2_000_000;

/// What the text of an id cell means.
#[derive(Debug)]
pub(crate) enum Found {
    /// These items; several for a range or list.
    Keys(Vec<ItemKey>, Vec<Diagnostic>),
    /// Nothing that names an item: blank, a band, a footnote.
    NotAnId,
    /// An id that cannot be used, and why.
    Problem(Vec<Diagnostic>),
}

/// Reads ids, with the items of a catalog to find them among, or without.
pub(crate) struct Ids<'a> {
    roster: Option<Roster<'a>>,
    suggestions_left: usize,
}

struct Roster<'a> {
    by_id: HashMap<&'a str, Vec<&'a Item>>,
    /// `None` for what several ids are spelt like, as the bare numbers of two chapters.
    by_spelling: HashMap<String, Option<&'a str>>,
    schemes: Vec<Scheme>,
}

impl<'a> Roster<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let mut by_id: HashMap<&str, Vec<&Item>> = HashMap::with_capacity(catalog.items.len());
        let mut by_spelling: HashMap<String, Option<&str>> = HashMap::with_capacity(catalog.items.len());
        for item in &catalog.items {
            by_id.entry(&item.key.id).or_default().push(item);
            for text in [item.raw_id.as_str(), &item.key.id] {
                let known = by_spelling.entry(spelling(text)).or_insert(Some(&*item.key.id));
                *known = known.filter(|id| **id == *item.key.id);
            }
        }
        // The edition's own scheme first; the others tell the spellings of a questionnaire no template knows.
        let framework = catalog.edition.framework.as_deref().and_then(Scheme::named);
        let mut schemes: Vec<Scheme> = framework.into_iter().collect();
        schemes.extend(Scheme::ALL.into_iter().filter(|&scheme| Some(scheme) != framework));
        Self { by_id, by_spelling, schemes }
    }
}

/// A spelling blind to width, case and all blanks.
pub(crate) fn spelling(id: &str) -> String {
    value_key(id).replace(' ', "")
}

/// Where an id stands, as far as it helps to read it.
pub(crate) struct IdCell<'a> {
    pub(crate) text: &'a str,
    pub(crate) kind: CellKind,
    /// The sheet the answer names for its item.
    pub(crate) sheet: Option<&'a str>,
    /// Where it stands; the sheet's name helps with bare numbers and repeated ids.
    pub(crate) at: Option<&'a SheetRange>,
}

/// The ids a cell names, and what reading them had to say.
type NamedIds = (Vec<Arc<str>>, Vec<Diagnostic>);

impl<'a> Ids<'a> {
    pub(crate) fn new(catalog: Option<&'a Catalog>) -> Self {
        Self { roster: catalog.map(Roster::new), suggestions_left: SUGGESTION_BUDGET }
    }

    pub(crate) fn read(&mut self, cell: &IdCell<'_>) -> Found {
        let text = cell.text.trim();
        if text.is_empty() {
            return Found::NotAnId;
        }
        match &self.roster {
            None => spelled(text, cell),
            Some(roster) => match roster.ids(text, cell) {
                Ok((ids, notices)) => self.keys(&ids, notices, cell),
                Err(found) => found.unwrap_or_else(|| Found::Problem(vec![self.unknown(text)])),
            },
        }
    }

    fn keys(&mut self, ids: &[Arc<str>], notices: Vec<Diagnostic>, cell: &IdCell<'_>) -> Found {
        let mut keys = Vec::with_capacity(ids.len());
        let mut problems = Vec::new();
        for id in ids {
            let items = self.roster.as_ref().and_then(|roster| roster.by_id.get(&**id)).map_or(&[][..], Vec::as_slice);
            match choose(items, cell) {
                Ok(item) => keys.push(item.key.clone()),
                Err(sheets) if sheets.is_empty() => problems.push(self.unknown(id)),
                Err(sheets) => {
                    problems.push(Diagnostic::error("answer-sheet-unclear").arg("item", &**id).arg("sheets", sheets));
                }
            }
        }
        if problems.is_empty() { Found::Keys(keys, notices) } else { Found::Problem(problems) }
    }

    fn unknown(&mut self, text: &str) -> Diagnostic {
        let known = self.roster.as_ref().map_or(0, |roster| roster.by_id.len());
        let mut near = None;
        if let Some(roster) = self.roster.as_ref().filter(|_| self.suggestions_left >= known) {
            // The keys of a map come in no order; the greatest of equally near ones makes the choice a fixed one.
            let mut ids: Vec<&str> = roster.by_id.keys().copied().collect();
            ids.sort_unstable();
            near = suggest::nearest(text, ids);
            self.suggestions_left -= known;
        }
        Diagnostic::error("answer-id-unknown")
            .arg("item", super::draft::shown(text))
            .arg("near", near.unwrap_or("none"))
    }
}

impl Roster<'_> {
    /// The ids a cell names: as it stands, in the spelling of a scheme, or blind to width and case.
    fn ids(&self, text: &str, cell: &IdCell<'_>) -> Result<NamedIds, Option<Found>> {
        if cell.kind != CellKind::Date && self.by_id.contains_key(text) {
            return Ok((vec![text.into()], Vec::new()));
        }
        let mut first_error = None;
        for &scheme in &self.schemes {
            let parsed = parse(scheme, text, cell);
            if !parsed.ids().is_empty() && parsed.ids().iter().all(|id| self.by_id.contains_key(&**id)) {
                return Ok((parsed.ids().to_vec(), diagnostics(&parsed, cell)));
            }
            if matches!(parsed.outcome, crate::catalog::id::Outcome::Error(_)) && first_error.is_none() {
                first_error = Some(Found::Problem(diagnostics(&parsed, cell)));
            }
        }
        match self.by_spelling.get(&spelling(text)) {
            Some(&Some(id)) if cell.kind != CellKind::Date => Ok((vec![id.into()], Vec::new())),
            _ => Err(first_error),
        }
    }
}

/// The one item an id means: of several sheets the one the answer names, or the one it stands on; of several tables on
/// one sheet the one whose item has the very same row, as in the reference itself once it is filled.
///
/// The error lists the sheets to choose from; none where there is no such item.
fn choose<'a>(items: &[&'a Item], cell: &IdCell<'_>) -> Result<&'a Item, Vec<String>> {
    let on = |sheet: &str| items.iter().copied().find(|item| item.key.sheet.as_deref() == Some(sheet));
    let in_row = |at: &SheetRange| items.iter().copied().find(|item| item.at.iter().any(|own| own.shares_row(at)));
    if let Some(item) = cell.sheet.and_then(on) {
        return Ok(item);
    }
    match items {
        [] => Err(Vec::new()),
        [item] if cell.sheet.is_none() || item.key.sheet.is_none() => Ok(item),
        _ if cell.sheet.is_none() => match cell.at.and_then(|at| in_row(at).or_else(|| on(&at.sheet))) {
            Some(item) => Ok(item),
            None => Err(sheets(items)),
        },
        _ => Err(sheets(items)),
    }
}

fn sheets(items: &[&Item]) -> Vec<String> {
    items.iter().filter_map(|item| item.key.sheet.as_deref().map(str::to_owned)).collect()
}

/// An id brought to its canonical spelling without a catalog: FISC's where it is one, else as it stands.
fn spelled(text: &str, cell: &IdCell<'_>) -> Found {
    let sheet = cell.sheet.map(Arc::from);
    let keys = |ids: &[Arc<str>]| ids.iter().map(|id| ItemKey { sheet: sheet.clone(), id: Arc::clone(id) }).collect();
    let fisc = parse(Scheme::Fisc, text, cell);
    if !fisc.ids().is_empty() {
        return Found::Keys(keys(fisc.ids()), diagnostics(&fisc, cell));
    }
    if cell.kind == CellKind::Date {
        return Found::Problem(diagnostics(&fisc, cell));
    }
    let opaque = parse(Scheme::Opaque, text, cell);
    match opaque.ids() {
        [] => Found::NotAnId,
        ids => Found::Keys(keys(ids), Vec::new()),
    }
}

fn parse(scheme: Scheme, text: &str, cell: &IdCell<'_>) -> ParsedId {
    let hints: Vec<&str> = cell.sheet.into_iter().chain(cell.at.map(|at| &*at.sheet)).collect();
    scheme.parse(text, &IdContext { group_hints: &hints, kind: cell.kind, ..IdContext::default() })
}

fn diagnostics(parsed: &ParsedId, cell: &IdCell<'_>) -> Vec<Diagnostic> {
    let nowhere = SheetRange::new(&Arc::from(""), crate::address::CellRef::new(0, 0));
    let mut diagnostics = parsed.diagnostics(cell.text, cell.at.unwrap_or(&nowhere));
    if cell.at.is_none() {
        diagnostics.iter_mut().for_each(|diagnostic| diagnostic.at.clear());
    }
    diagnostics
}

/// Takes answers to the items of a catalog: every id in the catalog's spelling, with the sheet where it needs one.
///
/// Left out, and said: an answer to an item the catalog does not have (`answer-id-unknown`, did you mean) or has on
/// several sheets (`answer-sheet-unclear`), and a second answer to the same item (`answer-duplicate`). An answer to a
/// retired number goes to the retired ones (`answer-for-retired`).
pub fn place(mut read: Read, catalog: &Catalog) -> Read {
    let mut ids = Ids::new(Some(catalog));
    let retired: std::collections::HashSet<&ItemKey> =
        catalog.items.iter().filter(|item| item.status == ItemStatus::Retired).map(|item| &item.key).collect();
    let answers = std::mem::take(&mut read.answers.answers);
    for answer in answers {
        let sheet = answer.key.sheet.clone();
        let id = Arc::clone(&answer.key.id);
        let cell = IdCell { text: &id, kind: CellKind::Text, sheet: sheet.as_deref(), at: answer.at.as_ref() };
        match ids.read(&cell) {
            Found::Keys(keys, notices) => {
                read.diagnostics.extend(notices.into_iter().map(|notice| located(notice, &answer)));
                for key in keys {
                    let mut placed = answer.clone();
                    placed.key = key;
                    if !retired.contains(&placed.key) {
                        read.answers.answers.push(placed);
                    } else if !placed.is_blank() {
                        let warning = Diagnostic::warning("answer-for-retired").arg("item", placed.key.to_string());
                        read.diagnostics.push(located(warning, &placed));
                        read.answers.retired.push(placed);
                    }
                }
            }
            Found::NotAnId => {}
            Found::Problem(_) if answer.is_blank() => {}
            Found::Problem(problems) => {
                read.diagnostics.extend(problems.into_iter().map(|problem| located(problem, &answer)));
            }
        }
    }
    without_duplicates(read)
}

/// Keeps one answer for each item: of a blank and a given one the given one, of two equal ones the first, of two
/// different ones the first, and the second is said (`answer-duplicate`).
pub(crate) fn without_duplicates(mut read: Read) -> Read {
    let (mut kept, again) = distinct(std::mem::take(&mut read.answers.answers));
    for (known, answer) in again {
        let first = &mut kept[known];
        if first.is_blank() && !answer.is_blank() {
            *first = answer;
        } else if !answer.is_blank() {
            read.diagnostics.push(duplicate(first, &answer));
        }
    }
    read.answers.answers = kept;
    read
}

/// Tells the first answers of items from later ones, which come with the place of the first one of their item. Nearly
/// all are first, so they stay where they are in memory.
fn distinct(answers: Vec<Answer>) -> (Vec<Answer>, Vec<(usize, Answer)>) {
    let mut index: HashMap<ItemKey, usize> = HashMap::with_capacity(answers.len());
    let mut again = Vec::new();
    let is_first = |answer: Answer| {
        let next = index.len();
        match index.entry(answer.key.clone()) {
            Entry::Occupied(known) => {
                again.push((*known.get(), answer));
                None
            }
            Entry::Vacant(new) => {
                new.insert(next);
                Some(answer)
            }
        }
    };
    let first = answers.into_iter().filter_map(is_first).collect();
    (first, again)
}

fn duplicate(first: &Answer, second: &Answer) -> Diagnostic {
    let diagnostic = if same_words(first, second) {
        Diagnostic::warning("answer-repeated")
    } else {
        Diagnostic::error("answer-duplicate")
    };
    let first_at = first.at.as_ref().map_or_else(|| "none".to_owned(), ToString::to_string);
    located(diagnostic.arg("item", second.key.to_string()).arg("first", first_at), second)
}

fn same_words(a: &Answer, b: &Answer) -> bool {
    super::AnswerField::ALL.into_iter().all(|field| a.text(field) == b.text(field)) && a.extra == b.extra
}

/// Adds the answer's place and file to a diagnostic that has none.
pub(crate) fn located(mut diagnostic: Diagnostic, answer: &Answer) -> Diagnostic {
    if diagnostic.at.is_empty() {
        diagnostic.at.extend(answer.at.clone());
    }
    match &answer.file {
        Some(file) => diagnostic.in_file(file),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::{Answers, Status};
    use crate::catalog::Places;

    fn catalog(keys: &[(&str, Option<&str>)]) -> Catalog {
        let items = keys.iter().map(|&(id, sheet)| {
            Item::new(ItemKey { sheet: sheet.map(Into::into), id: id.into() }, Places::Many(Box::new([])))
        });
        Catalog { items: items.collect(), ..Catalog::default() }
    }

    fn check(catalog: &Catalog, id: &str, sheet: Option<&str>, keys: &[&str], codes: &[&str]) {
        let mut answer = Answer::blank(ItemKey { sheet: sheet.map(Into::into), id: id.into() });
        answer.status = Some(Status::Done);
        let read = Read { answers: Answers { answers: vec![answer], ..Answers::default() }, diagnostics: Vec::new() };
        let placed = place(read, catalog);
        let found: Vec<String> = placed.answers.answers.iter().map(|answer| answer.key.to_string()).collect();
        let said: Vec<&str> = placed.diagnostics.iter().map(|diagnostic| &*diagnostic.code).collect();
        assert_eq!(
            (found.iter().map(String::as_str).collect::<Vec<_>>(), said),
            (keys.to_vec(), codes.to_vec()),
            "{id}"
        );
    }

    #[test]
    fn any_spelling_finds_its_item() {
        let fisc = catalog(&[("統1", None), ("実14-1", None), ("実25", None), ("実26", None)]);
        check(&fisc, "統制基準　１", None, &["統1"], &[]);
        check(&fisc, "実１４－１", None, &["実14-1"], &[]);
        check(&fisc, "実25～26", None, &["実25", "実26"], &["id-expanded"]);
        check(&fisc, "実27", None, &[], &["answer-id-unknown"]);
        let nist = catalog(&[("AC-2(1)", None), ("1.10", None)]);
        check(&nist, "ac-2 (1)", None, &["AC-2(1)"], &[]);
        check(&nist, "1.10", None, &["1.10"], &[]);
        check(&nist, "1.1", None, &[], &["answer-id-unknown"]);
    }

    #[test]
    fn an_id_in_two_tables_of_a_sheet_is_told_by_its_row() {
        let row = |row| SheetRange::new(&Arc::from("調査票"), crate::address::CellRef::new(row, 0));
        let mut two = catalog(&[("a-1", Some("調査票")), ("a-1", Some("調査票 > システム全体"))]);
        two.items[0].at = crate::catalog::Places::one(row(4));
        two.items[1].at = crate::catalog::Places::one(row(9));
        let mut ids = Ids::new(Some(&two));
        let mut found =
            |at: u32| match ids.read(&IdCell { text: "a-1", kind: CellKind::Text, sheet: None, at: Some(&row(at)) }) {
                Found::Keys(keys, _) => keys[0].to_string(),
                other => panic!("{other:?}"),
            };
        assert_eq!([found(4), found(9)], ["a-1 [調査票]", "a-1 [調査票 > システム全体]"]);
    }

    #[test]
    fn an_id_on_several_sheets_needs_its_sheet() {
        let two = catalog(&[("1.1", Some("Android")), ("1.1", Some("iOS"))]);
        check(&two, "1.1", Some("iOS"), &["1.1 [iOS]"], &[]);
        check(&two, "1.1", None, &[], &["answer-sheet-unclear"]);
        check(&two, "1.1", Some("Windows"), &[], &["answer-sheet-unclear"]);
    }
}
