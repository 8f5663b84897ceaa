//! Which edition a workbook is: told by its title lines, its headings, its cover, its file name, in this order.

use crate::answers::Answers;
use crate::catalog::edition::{self, EditionFacts, named_in};
use crate::catalog::{Catalog, Edition};
use crate::diagnostic::Diagnostic;
use crate::template::{self, Binding, BoundTable};
use crate::workbook::{Sheet, Visibility, Workbook};

/// How many rows of a cover or title are looked at.
const TITLE_ROWS: usize = 30;

/// Finds the edition a workbook names, of those the template knows.
pub(super) fn named<'a>(workbook: &Workbook, binding: &'a Binding, file: &str) -> Option<&'a EditionFacts> {
    let editions = &binding.template.editions;
    if editions.is_empty() {
        return None;
    }
    let name = |text: &str| named_in(editions, text);
    let bound = || binding.tables.iter().map(|table| (&workbook.sheets[table.sheet], table));
    let mut titles = bound().flat_map(|(sheet, table)| title_texts(sheet, table));
    let labels = bound().flat_map(|(_, table)| table.columns.iter().map(|column| column.label.as_str()));
    let mut names = workbook.sheets.iter().map(|sheet| &*sheet.name);
    let is_cover =
        |sheet: &&Sheet| sheet.visibility == Visibility::Visible && !bound().any(|(bound, _)| bound.name == sheet.name);
    let mut covers = workbook.sheets.iter().filter(is_cover).flat_map(|sheet| first_texts(sheet, u32::MAX));
    // Of several editions side by side the newest is what the reference is about.
    let place = |facts: &&EditionFacts| editions.iter().position(|known| std::ptr::eq(known, *facts));
    titles
        .find_map(name)
        .or_else(|| labels.filter_map(name).max_by_key(place))
        .or_else(|| names.find_map(name))
        .or_else(|| covers.find_map(name))
        .or_else(|| name(file))
}

/// The texts above a table.
fn title_texts<'a>(sheet: &'a Sheet, table: &BoundTable) -> impl Iterator<Item = &'a str> {
    first_texts(sheet, table.header.first.row)
}

fn first_texts(sheet: &Sheet, before: u32) -> impl Iterator<Item = &str> {
    let rows = sheet.rows().take(TITLE_ROWS).take_while(move |&(row, _)| row < before);
    rows.flat_map(|(_, cells)| cells.iter().map(|cell| cell.text.as_str())).filter(|text| text.len() <= 600)
}

/// Warns where answers say that they are for another edition than the reference's: their items may have changed since.
///
/// What counts is the edition in the answers' header. That single answers were given for an earlier edition
/// (`answered_edition`) is what carrying leaves behind, and no mistake.
pub fn answers_edition(answers: &Answers, reference: &Catalog) -> Option<Diagnostic> {
    let (given, wanted) = differing(&answers.edition, &reference.edition)?;
    let is_later = crate::catalog::edition::is_later(
        &Edition { framework: reference.edition.framework.clone(), ..answers.edition.clone() },
        &reference.edition,
    );
    let said = Diagnostic::warning("answers-edition").arg("answers", given).arg("reference", wanted);
    Some(said.arg("are", if is_later { "later" } else { "earlier" }))
}

/// The versions of two editions as they are written, where both are known and are not one: 第9版（令和2年3月版） is
/// 第9版改訂, and a version nobody knows may be any.
pub fn differing<'a>(a: &'a Edition, b: &'a Edition) -> Option<(&'a str, &'a str)> {
    let (first, second) = (a.version.as_deref()?, b.version.as_deref()?);
    let knows = |edition: &Edition| edition.template.as_deref().and_then(template::builtin);
    let known = match knows(b).or_else(|| knows(a)) {
        Some(template) if !template.editions.is_empty() => template.editions.clone(),
        _ => edition::fisc(),
    };
    let key = |text: &str| named_in(&known, text).map(|edition| edition.key.as_str());
    (key(first)? != key(second)?).then_some((first, second))
}

/// Who answers, read from a heading like `Microsoft Azureにおける対応` or `AWSの見解`, where the template does not say.
pub(super) fn provider(binding: &Binding) -> Option<String> {
    if binding.template.provider.is_some() {
        return binding.template.provider.clone();
    }
    let levels = || binding.tables.iter().flat_map(|table| &table.columns).flat_map(|column| column.label.split(" > "));
    let before = |suffix: &str| levels().find_map(|level| vendor(level.strip_suffix(suffix)?));
    let named = ["における対応", "の見解", "の対応状況", "の回答", "の情報"].into_iter().find_map(before);
    // Without の only a Latin name is sure to be one: `AWS回答`, not 選択回答.
    named.or_else(|| before("回答").filter(|name| name.is_ascii()))
}

/// The vendor's name before such a suffix; a word for either side is none.
fn vendor(text: &str) -> Option<String> {
    const SIDES: &[&str] = &[
        "当社",
        "弊社",
        "自社",
        "貴社",
        "御社",
        "お客様",
        "クラウド事業者",
        "事業者",
        "利用者",
        "当サービス",
        "本サービス",
        "SI",
        "Answer",
        "Response",
        "Reply",
    ];
    let name = text.rsplit("に対する").next().unwrap_or(text);
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '【' | '】' | '「' | '」' | '『' | '』'));
    let is_side = SIDES.iter().any(|side| name.starts_with(side));
    (!name.is_empty() && !is_side && name.chars().count() <= 40).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_editions_that_are_known_to_be_two_are_said_to_differ() {
        let of = |template: Option<&str>, version: &str| Edition {
            template: template.map(str::to_owned),
            version: (!version.is_empty()).then(|| version.to_owned()),
            ..Edition::default()
        };
        for (template, answers, reference, differ) in [
            (Some("fisc-generic"), "第9版", "第9版改訂", true),
            (Some("fisc-generic"), "第９版（令和２年３月版）", "第9版改訂", false),
            (Some("fisc-generic"), "FISC安全対策基準 第9版改訂", "第9版改訂", false),
            (Some("fisc-generic"), "1.0", "第9版改訂", false),
            (Some("fisc-generic"), "", "第9版改訂", false),
            (Some("fisc-generic"), "第9版", "", false),
            (None, "第12版", "第13版", true),
        ] {
            let (a, b) = (of(None, answers), of(template, reference));
            assert_eq!(differing(&a, &b), differ.then_some((answers, reference)), "{answers} and {reference}");
        }
    }

    #[test]
    fn answers_carried_for_a_second_look_are_no_answers_to_another_edition() {
        let mut answer = crate::answers::Answer::blank(crate::catalog::ItemKey::of("統1"));
        answer.answered_edition = "第9版".to_owned();
        let edition = |version: &str| Edition { version: Some(version.to_owned()), ..Edition::default() };
        let mut answers = Answers { edition: edition("第9版改訂"), answers: vec![answer], ..Answers::default() };
        let reference = Catalog { edition: edition("第9版改訂"), ..Catalog::default() };
        assert_eq!(answers_edition(&answers, &reference), None);
        answers.edition = edition("第9版");
        let said = |answers: &Answers, reference: &Catalog| {
            let words = crate::diagnostic::Diagnostic::warning("answers-edition");
            let (given, wanted) = (answers.edition.version.clone(), reference.edition.version.clone());
            words.arg("answers", given.unwrap()).arg("reference", wanted.unwrap())
        };
        let earlier = said(&answers, &reference).arg("are", "earlier");
        assert_eq!(answers_edition(&answers, &reference), Some(earlier));
        let (answers, reference) = (
            Answers { edition: reference.edition, ..Answers::default() },
            Catalog { edition: answers.edition, ..Catalog::default() },
        );
        let later = said(&answers, &reference).arg("are", "later");
        assert_eq!(answers_edition(&answers, &reference), Some(later), "there is nothing to carry");
    }
}
