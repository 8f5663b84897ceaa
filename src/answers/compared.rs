//! Answers as a catalog, so that two answer files are compared the way two editions are.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Answer, AnswerField, Answers};
use crate::catalog::{Catalog, Field, FieldValue, Group, Item, ItemStatus, Places, Source};
use crate::text::{fold, owned};

/// Turns answers into a catalog: one item per answer, one field per answer column, cells kept. Retired answers are
/// retired items.
pub fn as_catalog(answers: &Answers, source: Source) -> Catalog {
    let extra: BTreeSet<&str> =
        all(answers).flat_map(|(answer, _)| answer.extra.iter().map(|(heading, _)| heading.as_str())).collect();
    let own = AnswerField::ALL.map(|field| Field { key: field.key().into(), label: field.heading().to_owned() });
    let fields: Vec<Field> = own
        .into_iter()
        .chain(extra.iter().map(|heading| Field { key: (*heading).into(), label: (*heading).to_owned() }))
        .collect();
    let items: Vec<Item> = all(answers).map(|(answer, status)| item(answer, status, &extra)).collect();
    let mut groups: Vec<Group> = Vec::new();
    for id in items.iter().filter_map(|item| item.group.as_ref()) {
        if groups.iter().all(|group| group.id != *id) {
            groups.push(Group { id: Arc::clone(id), title: None });
        }
    }
    Catalog { edition: answers.edition.clone(), source, fields, groups, items, ..Catalog::default() }
}

fn all(answers: &Answers) -> impl Iterator<Item = (&Answer, ItemStatus)> {
    let current = answers.answers.iter().map(|answer| (answer, ItemStatus::Active));
    current.chain(answers.retired.iter().map(|answer| (answer, ItemStatus::Retired)))
}

fn item(answer: &Answer, status: ItemStatus, extra: &BTreeSet<&str>) -> Item {
    let of_field = |field: AnswerField| value(answer.text(field), answer.cell(field).into_iter().collect());
    let of_extra = |heading: &&str| {
        let found = answer.extra.iter().find(|(known, _)| known == heading);
        value(found.map(|(_, text)| text.clone()).unwrap_or_default(), answer.at.clone().into_iter().collect())
    };
    let prefix: String = answer.key.id.chars().take_while(|c| !c.is_numeric()).collect();
    Item {
        group: (!fold::value_key(&prefix).is_empty()).then(|| prefix.trim_end_matches('-').into()),
        status,
        values: AnswerField::ALL.into_iter().map(of_field).chain(extra.iter().map(of_extra)).collect(),
        ..Item::new(answer.key.clone(), answer.at.clone().into_iter().collect())
    }
}

fn value(text: String, at: Places) -> Option<FieldValue> {
    (!text.is_empty()).then(|| FieldValue { text: owned(text), raw: None, at, marks: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Status;
    use crate::catalog::ItemKey;

    #[test]
    fn every_answer_is_an_item_with_a_value_for_what_it_says() {
        let mut answer = Answer::blank(ItemKey::of("実1"));
        answer.status = Some(Status::Done);
        answer.extra = vec![("台帳番号".to_owned(), "A-7".to_owned())];
        let answers =
            Answers { answers: vec![answer], retired: vec![Answer::blank(ItemKey::of("実2"))], ..Answers::default() };
        let catalog = as_catalog(&answers, Source::default());
        assert_eq!(catalog.text(&catalog.items[0], "status"), "対応済");
        assert_eq!(catalog.text(&catalog.items[0], "台帳番号"), "A-7");
        assert_eq!((catalog.active().count(), catalog.items.len()), (1, 2));
    }
}
