//! Several people's answers made one. Two different answers for one field are a conflict, and never decided unasked.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::column::{self, CarryField, Column};
use super::{Answer, AnswerField, Answers, Conflict, refer};
use crate::address::SheetRange;
use crate::catalog::{Catalog, Edition, ItemKey, edition, id};
use crate::diagnostic::{Diagnostic, Failure};
use crate::text::fold::notation_key;

/// Which of two different answers for a field is kept.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Prefer {
    /// The one of the earlier part.
    First,
    /// The one of the later part.
    Last,
    /// The one with the later 回答日; of two with the same or none the one of the later part.
    Newest,
}

/// Warns of items that parts answer for different sheets (or one with and one without a sheet): they are taken for
/// different items and never meet, which is as often a slip as it is meant. Where a part itself has the item on several
/// sheets, it is meant.
pub fn on_other_sheets(parts: &[Answers]) -> Option<Diagnostic> {
    let mut sheets: BTreeMap<&str, Vec<(usize, Option<&str>)>> = BTreeMap::new();
    for (number, part) in parts.iter().enumerate() {
        for answer in &part.answers {
            sheets.entry(&answer.key.id).or_default().push((number, answer.key.sheet.as_deref()));
        }
    }
    let is_apart = |places: &[(usize, Option<&str>)]| {
        let (first_part, first_sheet) = places[0];
        let differs = places.iter().any(|&(part, sheet)| part != first_part && sheet != first_sheet);
        let mut parts: Vec<usize> = places.iter().map(|(part, _)| *part).collect();
        parts.dedup();
        differs && parts.len() == places.len()
    };
    let apart = sheets.iter().filter(|(_, places)| is_apart(places));
    let items: Vec<String> = apart.map(|(id, _)| (*id).to_owned()).collect();
    let warning = || Diagnostic::warning("answers-other-sheets").arg("count", items.len());
    (!items.is_empty()).then(|| warning().arg("items", items.iter().take(10).cloned().collect::<Vec<_>>()))
}

/// Takes parts together, field by field: blank gives way to given. Items stand in the order they first come up.
///
/// Linear in the number of answers.
///
/// # Errors
///
/// `answers-editions-differ` where two parts name different editions; without `prefer`, one `answers-conflict` for
/// every field with two different answers, with both files and cells. With `prefer` the loser stays in
/// [`Answers::conflicts`].
pub fn merge(parts: Vec<Answers>, prefer: Option<Prefer>) -> Result<Answers, Failure> {
    let mut merged = Answers { edition: common_edition(&parts)?, ..Answers::default() };
    let mut index: HashMap<ItemKey, usize> = HashMap::new();
    // The part each merged answer is of, and the answers other parts gave to the same item. Nearly every answer stays
    // alone, and where it is in memory.
    let mut part_of: Vec<usize> = Vec::new();
    let mut others: BTreeMap<usize, Vec<(usize, Answer)>> = BTreeMap::new();
    for (number, part) in parts.into_iter().enumerate() {
        part.header.into_iter().for_each(|(key, value)| merge_header(&mut merged.header, key, value));
        merged.conflicts.extend(part.conflicts);
        for answer in part.retired {
            // Parts of one carried file all hold its retired answers. Looking at more than the latest would be quadratic.
            if !merged.retired.iter().rev().take(1_000).any(|known| *known == answer) {
                merged.retired.push(answer);
            }
        }
        let is_new = |answer: Answer| match index.entry(answer.key.clone()) {
            Entry::Occupied(known) => {
                others.entry(*known.get()).or_default().push((number, answer));
                None
            }
            Entry::Vacant(new) => {
                new.insert(part_of.len());
                part_of.push(number);
                Some(answer)
            }
        };
        let new: Vec<Answer> = part.answers.into_iter().filter_map(is_new).collect();
        append(&mut merged.answers, new);
    }
    let mut clashes: Vec<Clash> = Vec::new();
    for (place, others) in others {
        let kept = &mut merged.answers[place];
        let first = std::mem::replace(kept, Answer::blank(kept.key.clone()));
        *kept = combine(std::iter::once((part_of[place], first)).chain(others).collect(), prefer, &mut clashes);
    }
    if prefer.is_none() && !clashes.is_empty() {
        return Err(Failure { diagnostics: clashes.iter().map(Clash::diagnostic).collect() });
    }
    merged.conflicts.extend(clashes.into_iter().map(|clash| clash.conflict));
    Ok(merged)
}

/// Adds answers behind others, without a copy where there are none yet.
pub(crate) fn append(answers: &mut Vec<Answer>, mut more: Vec<Answer>) {
    if answers.is_empty() { *answers = more } else { answers.append(&mut more) }
}

/// Puts answers in the order of the reference's items; without one, or where it has no such item, in the natural order
/// of their numbers, sheet by sheet as the sheets first come up.
pub fn arrange(answers: &mut Vec<Answer>, reference: Option<&Catalog>) {
    let items = reference.map_or(&[][..], |catalog| &catalog.items);
    let places: HashMap<ItemKey, usize> = (0..).zip(items).map(|(place, item)| (item.key.clone(), place)).collect();
    let mut sheets: Vec<Option<std::sync::Arc<str>>> = Vec::new();
    for answer in answers.iter() {
        if !sheets.contains(&answer.key.sheet) {
            sheets.push(answer.key.sheet.clone());
        }
    }
    let place = |answer: &Answer| places.get(&answer.key).copied().unwrap_or(usize::MAX);
    let sheet = |answer: &Answer| sheets.iter().position(|sheet| *sheet == answer.key.sheet);
    let placed = std::mem::take(answers).into_iter().map(|answer| ((place(&answer), sheet(&answer)), answer));
    let mut placed: Vec<_> = placed.collect();
    placed.sort_by(|(a, first), (b, second)| a.cmp(b).then_with(|| id::compare(&first.key.id, &second.key.id)));
    answers.extend(placed.into_iter().map(|(_, answer)| answer));
}

/// Two different answers for one field, and where both stand.
struct Clash {
    conflict: Conflict,
    kept_from: String,
}

impl Clash {
    fn diagnostic(&self) -> Diagnostic {
        let Conflict { key, kept, other, from, .. } = &self.conflict;
        Diagnostic::error("answers-conflict")
            .arg("item", key.to_string())
            .arg("field", self.conflict.heading())
            .arg("first", super::draft::shown(kept))
            .arg("first_file", self.kept_from.as_str())
            .arg("second", super::draft::shown(other))
            .arg("second_file", from.as_str())
    }
}

fn combine(mut group: Vec<(usize, Answer)>, prefer: Option<Prefer>, clashes: &mut Vec<Clash>) -> Answer {
    match prefer {
        None | Some(Prefer::First) => {}
        Some(Prefer::Last) => group.reverse(),
        Some(Prefer::Newest) => {
            group.sort_by(|(a, first), (b, second)| (second.answered_on, b).cmp(&(first.answered_on, a)))
        }
    }
    let mut rest = group.into_iter();
    let (first_part, mut kept) = rest.next().expect("a group has at least one answer");
    let others: Vec<(usize, Answer)> = rest.collect();
    if others.is_empty() {
        return kept;
    }
    // Where each of the kept fields comes from, as long as it is not the first answer.
    let first = kept.clone();
    for column in all_columns(&kept, &others) {
        let mut holder = (first_part, &first);
        for (part, other) in &others {
            let (mine, theirs) = (comparable(&kept, &column), comparable(other, &column));
            if theirs.is_empty() || mine == theirs {
                continue;
            }
            if mine.is_empty() {
                copy(&mut kept, other, &column);
                holder = (*part, other);
            } else {
                clashes.push(clash(&column, holder, (*part, other), mine, theirs));
            }
        }
    }
    kept.refers_to = refer::refers_to(&kept);
    kept
}

/// Every column any of the answers has something in; what carrying said counts as one.
fn all_columns(kept: &Answer, others: &[(usize, Answer)]) -> Vec<Column> {
    let mut columns: Vec<Column> = AnswerField::ALL.into_iter().map(Column::Field).collect();
    columns.push(Column::Carry(CarryField::Reasons));
    for answer in std::iter::once(kept).chain(others.iter().map(|(_, answer)| answer)) {
        for (heading, _) in &answer.extra {
            if !columns.iter().any(|column| matches!(column, Column::Extra(known) if known == heading)) {
                columns.push(Column::Extra(heading.clone()));
            }
        }
    }
    columns
}

fn comparable(answer: &Answer, column: &Column) -> String {
    match column {
        Column::Carry(_) => {
            let parts = CarryField::ALL.map(|field| column::text(answer, &Column::Carry(field)));
            parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("\n")
        }
        column => column::text(answer, column),
    }
}

fn copy(kept: &mut Answer, other: &Answer, column: &Column) {
    match column {
        Column::Field(field) => kept.copy_field(other, *field),
        Column::Carry(_) => kept.carry.clone_from(&other.carry),
        Column::Extra(heading) => {
            kept.extra.retain(|(known, _)| known != heading);
            kept.extra.extend(other.extra.iter().filter(|(known, _)| known == heading).cloned());
        }
        Column::Id | Column::Sheet | Column::Key => {}
    }
}

fn clash(column: &Column, kept: (usize, &Answer), other: (usize, &Answer), mine: String, theirs: String) -> Clash {
    let field = match column {
        Column::Field(field) => field.key(),
        Column::Carry(_) => "carry",
        other => other.heading(),
    };
    Clash {
        conflict: Conflict {
            key: other.1.key.clone(),
            field: field.to_owned(),
            kept: mine,
            other: theirs,
            from: place(other, column),
        },
        kept_from: place(kept, column),
    }
}

fn cell(answer: &Answer, column: &Column) -> Option<SheetRange> {
    match column {
        Column::Field(field) => answer.cell(*field).or_else(|| answer.at.clone()),
        _ => answer.at.clone(),
    }
}

/// `part.xlsx, 回答!F12`; where the file is not known, which part it is.
fn place((part, answer): (usize, &Answer), column: &Column) -> String {
    let file = answer.file.as_deref().map_or_else(|| format!("#{}", part + 1), str::to_owned);
    match cell(answer, column) {
        Some(at) => format!("{file}, {at}"),
        None => file,
    }
}

/// Parts of one person each have their own 作成者: different values stand side by side.
fn merge_header(header: &mut Vec<(String, String)>, key: String, value: String) {
    let Some((_, known)) = header.iter_mut().find(|(known, _)| *known == key) else {
        header.push((key, value));
        return;
    };
    for piece in value.split('、').filter(|piece| !piece.is_empty()) {
        if !known.split('、').any(|known| known == piece) {
            known.push('、');
            known.push_str(piece);
        }
    }
}

fn common_edition(parts: &[Answers]) -> Result<Edition, Failure> {
    let versions = || parts.iter().filter_map(|part| part.edition.version.as_deref());
    let mut distinct: Vec<&str> = Vec::new();
    for version in versions() {
        if !distinct.iter().any(|known| same_edition(known, version)) {
            distinct.push(version);
        }
    }
    if distinct.len() > 1 {
        let editions: Vec<String> = distinct.into_iter().map(str::to_owned).collect();
        return Err(Diagnostic::error("answers-editions-differ").arg("editions", editions).into());
    }
    let known = |part: fn(&Edition) -> &Option<String>| parts.iter().find_map(|answers| part(&answers.edition).clone());
    Ok(Edition {
        framework: known(|edition| &edition.framework),
        version: known(|edition| &edition.version),
        provider: known(|edition| &edition.provider),
        template: known(|edition| &edition.template),
    })
}

/// 第9版改訂, 第９版改訂 and 第9版（令和2年3月版） are one edition.
fn same_edition(a: &str, b: &str) -> bool {
    if notation_key(a) == notation_key(b) {
        return true;
    }
    let editions = edition::fisc();
    let key = |text: &str| edition::named_in(&editions, text).map(|edition| edition.key.clone());
    key(a).is_some_and(|key_of_a| key(b) == Some(key_of_a))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Status;

    fn part(file: &str, response: &str, on: &str) -> Answers {
        let mut answer = Answer::blank(ItemKey::of("実1"));
        answer.response = response.to_owned();
        answer.answered_on = on.parse().ok();
        answer.file = Some(file.into());
        Answers { answers: vec![answer], ..Answers::default() }
    }

    #[test]
    fn the_same_number_on_other_sheets_is_said() {
        let on = |sheets: &[&str]| {
            let answer = |sheet: &&str| {
                let key = ItemKey { sheet: (!sheet.is_empty()).then(|| (*sheet).into()), ..ItemKey::of("実1") };
                Answer::blank(key)
            };
            Answers { answers: sheets.iter().map(answer).collect(), ..Answers::default() }
        };
        for (parts, is_said) in [
            (vec![on(&["表1"]), on(&["表2"])], true),
            (vec![on(&["表1"]), on(&[""])], true),
            (vec![on(&["表1"]), on(&["表1"])], false),
            (vec![on(&["表1", "表2"]), on(&["表1"])], false),
            (vec![on(&["表1", "表2"])], false),
        ] {
            assert_eq!(on_other_sheets(&parts).is_some(), is_said, "{parts:?}");
        }
    }

    #[test]
    fn blank_gives_way_to_given() {
        let mut second = part("b.csv", "", "");
        second.answers[0].status = Some(Status::Done);
        let merged = merge(vec![part("a.csv", "規程", ""), second], None).unwrap();
        assert_eq!((merged.answers.len(), merged.answers[0].status), (1, Some(Status::Done)));
        assert_eq!(merged.answers[0].response, "規程");
    }

    #[test]
    fn a_conflict_is_listed_with_both_files_and_refused_unless_decided() {
        let parts = || vec![part("a.csv", "規程", "2026-03-02"), part("b.csv", "手順", "2026-03-01")];
        let failure = merge(parts(), None).unwrap_err();
        let codes: Vec<&str> = failure.diagnostics.iter().map(|d| &*d.code).collect();
        assert_eq!(codes, ["answers-conflict"; 2]);
        for (prefer, kept) in [(Prefer::First, "規程"), (Prefer::Last, "手順"), (Prefer::Newest, "規程")] {
            let merged = merge(parts(), Some(prefer)).unwrap();
            assert_eq!(merged.answers[0].response, kept, "{prefer:?}");
            let loser = if kept == "規程" { ("手順", "b.csv") } else { ("規程", "a.csv") };
            let conflict = &merged.conflicts[0];
            assert_eq!((conflict.field.as_str(), conflict.kept.as_str()), ("response", kept));
            assert_eq!((conflict.other.as_str(), conflict.from.as_str()), loser);
        }
    }

    #[test]
    fn different_editions_are_refused_and_different_spellings_are_not() {
        let of = |version: &str| {
            let mut part = part("a.csv", "規程", "");
            part.edition.version = Some(version.to_owned());
            part
        };
        assert!(merge(vec![of("第9版改訂"), of("第９版改訂")], None).is_ok());
        let failure = merge(vec![of("第9版"), of("第13版")], None).unwrap_err();
        assert_eq!(failure.diagnostics[0].code, "answers-editions-differ");
    }

    #[test]
    fn merged_answers_stand_in_the_order_of_their_numbers_or_of_the_reference() {
        let of = |ids: &[&str]| -> Vec<Answer> {
            ids.iter().map(|id| Answer::blank(ItemKey { sheet: None, id: (*id).into() })).collect()
        };
        let ids = |answers: &[Answer]| answers.iter().map(|answer| answer.key.to_string()).collect::<Vec<_>>();
        let mut answers = of(&["統22", "実11", "設1", "統1", "実14-1", "実14", "実2"]);
        arrange(&mut answers, None);
        assert_eq!(ids(&answers), ["統1", "統22", "実2", "実11", "実14", "実14-1", "設1"]);
        let listed = Answers { answers: of(&["設1", "実2", "統1"]), ..Answers::default() };
        let reference = crate::answers::compared::as_catalog(&listed, crate::catalog::Source::default());
        arrange(&mut answers, Some(&reference));
        assert_eq!(ids(&answers), ["設1", "実2", "統1", "統22", "実11", "実14", "実14-1"]);
        let mut sheets = of(&["2", "1"]);
        for (answer, sheet) in sheets.iter_mut().zip(["設備", "運用"]) {
            answer.key.sheet = Some(sheet.into());
        }
        arrange(&mut sheets, None);
        assert_eq!(sheets[0].key.id.as_ref(), "2", "sheet by sheet, as they came");
    }

    #[test]
    fn several_authors_stand_side_by_side() {
        let of =
            |author: &str| Answers { header: vec![("author".to_owned(), author.to_owned())], ..Answers::default() };
        let merged = merge(vec![of("青木"), of("入江"), of("青木、入江")], None).unwrap();
        assert_eq!(merged.header, [("author".to_owned(), "青木、入江".to_owned())]);
    }
}
