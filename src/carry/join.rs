//! Several answers made one, where their items became one: texts under a line `［実3］` each, the weakest status.

use std::sync::Arc;

use crate::answers::column::extra_heading;
use crate::answers::draft::LIMIT_UNITS;
use crate::answers::{Answer, AnswerField, Applicability, Responsibility, Status};
use crate::catalog::ItemKey;

/// Joins the answers to `key`. `is_complete` says whether every one of the old items was answered: what nobody
/// answered makes the whole unanswered.
pub(super) fn join(key: &ItemKey, answers: &[&Answer], is_complete: bool) -> Answer {
    let mut joined = Answer::blank(key.clone());
    joined.responsibility = responsibility(answers);
    joined.applicability = applicability(answers);
    joined.status = weakest(answers.iter().map(|answer| answer.status), is_complete);
    joined.evidence = evidence(answers);
    joined.due = answers.iter().filter_map(|answer| answer.due).min();
    joined.answered_on = answers.iter().filter_map(|answer| answer.answered_on).min();
    joined.approved_on = answers.iter().filter_map(|answer| answer.approved_on).min();
    joined.rechecked_on = answers.iter().filter_map(|answer| answer.rechecked_on).min();
    let mut overflow = Vec::new();
    let mut labelled = |field: AnswerField| labelled_text(answers, field, &mut overflow);
    joined.response = labelled(AnswerField::Response);
    joined.scope = labelled(AnswerField::Scope);
    joined.exclusion_reason = labelled(AnswerField::ExclusionReason);
    joined.gap = labelled(AnswerField::Gap);
    joined.remarks = labelled(AnswerField::Remarks);
    joined.recheck_reason = labelled(AnswerField::RecheckReason);
    joined.changed_text = labelled(AnswerField::ChangedText);
    joined.department = names(answers, AnswerField::Department);
    joined.owner = names(answers, AnswerField::Owner);
    joined.reviewer = names(answers, AnswerField::Reviewer);
    joined.approver = names(answers, AnswerField::Approver);
    joined.answered_edition = names(answers, AnswerField::AnsweredEdition);
    joined.extra = extras(answers);
    joined.extra.extend(overflow);
    joined.refers_to = refers_to(answers);
    joined.at = answers[0].at.clone();
    joined.file = answers[0].file.clone();
    joined
}

/// The weakest of the given: 未回答, 未対応, 計画中, 一部対応, 対応済. 対象外 counts only where all are.
pub(super) fn weakest(statuses: impl Iterator<Item = Option<Status>>, is_complete: bool) -> Option<Status> {
    let statuses: Vec<Option<Status>> = statuses.collect();
    let rank = |status: &Option<Status>| match status {
        None => 0,
        Some(Status::Open) => 1,
        Some(Status::Planned) => 2,
        Some(Status::Partial) => 3,
        Some(Status::Done) => 4,
        Some(Status::Excluded) => 5,
    };
    if !is_complete {
        return None;
    }
    statuses.into_iter().min_by_key(rank).flatten()
}

fn responsibility(answers: &[&Answer]) -> Option<Responsibility> {
    let mut given = answers.iter().filter_map(|answer| answer.responsibility);
    let first = given.next()?;
    Some(if given.all(|other| other == first) { first } else { Responsibility::Shared })
}

fn applicability(answers: &[&Answer]) -> Option<Applicability> {
    let given: Vec<Applicability> = answers.iter().filter_map(|answer| answer.applicability).collect();
    match given.as_slice() {
        [] => None,
        all if all.len() == answers.len() && all.iter().all(|&word| word == Applicability::Excluded) => {
            Some(Applicability::Excluded)
        }
        some if some.contains(&Applicability::Applicable) => Some(Applicability::Applicable),
        _ => None,
    }
}

fn evidence(answers: &[&Answer]) -> Vec<String> {
    let given: Vec<&&Answer> = answers.iter().filter(|answer| !answer.evidence.is_empty()).collect();
    let Some(first) = given.first() else { return Vec::new() };
    if given.iter().all(|answer| answer.evidence == first.evidence) {
        return first.evidence.clone();
    }
    let entries = given.iter().flat_map(|answer| std::iter::once(label(answer)).chain(answer.evidence.iter().cloned()));
    entries.collect()
}

fn label(answer: &Answer) -> String {
    format!("［{}］", answer.key)
}

/// The texts under a line each that says whose they are; one alone, or the same everywhere, stands without it. What
/// would not fit into a cell goes into a column of its own.
fn labelled_text(answers: &[&Answer], field: AnswerField, overflow: &mut Vec<(String, String)>) -> String {
    let given: Vec<(&&Answer, String)> =
        answers.iter().map(|answer| (answer, answer.text(field))).filter(|(_, text)| !text.is_empty()).collect();
    let Some((_, first)) = given.first() else { return String::new() };
    if given.iter().all(|(_, text)| text == first) {
        return first.clone();
    }
    let mut joined = String::new();
    for (answer, text) in &given {
        let piece = format!("{}\n{text}", label(answer));
        let units = joined.encode_utf16().count() + piece.encode_utf16().count() + 1;
        if units > LIMIT_UNITS {
            overflow.push((extra_heading(&format!("{}{}", field.heading(), label(answer))), text.clone()));
            continue;
        }
        if !joined.is_empty() {
            joined.push('\n');
        }
        joined.push_str(&piece);
    }
    joined
}

/// Short entries such as names: each once, in order.
fn names(answers: &[&Answer], field: AnswerField) -> String {
    let mut names: Vec<String> = Vec::new();
    for text in answers.iter().map(|answer| answer.text(field)) {
        if !text.is_empty() && !names.contains(&text) {
            names.push(text);
        }
    }
    names.join("、")
}

fn extras(answers: &[&Answer]) -> Vec<(String, String)> {
    let mut extras: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for answer in answers {
        for (heading, value) in &answer.extra {
            match extras.iter_mut().find(|(known, _)| known == heading) {
                Some((_, values)) => values.push((label(answer), value.clone())),
                None => extras.push((heading.clone(), vec![(label(answer), value.clone())])),
            }
        }
    }
    let joined = extras.into_iter().map(|(heading, values)| {
        let same = values.iter().all(|(_, value)| *value == values[0].1);
        let lines = values.iter().map(|(label, value)| format!("{label}\n{value}"));
        let text = if same { values[0].1.clone() } else { lines.collect::<Vec<_>>().join("\n") };
        (heading, text)
    });
    joined.collect()
}

fn refers_to(answers: &[&Answer]) -> Vec<Arc<str>> {
    let mut ids: Vec<Arc<str>> = Vec::new();
    for id in answers.iter().flat_map(|answer| &answer.refers_to) {
        if !ids.contains(id) {
            ids.push(Arc::clone(id));
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weakest_status_decides() {
        use Status::{Done, Excluded, Open, Partial};
        for (statuses, expected) in [
            (vec![Some(Done), Some(Partial)], Some(Partial)),
            (vec![Some(Open), Some(Done)], Some(Open)),
            (vec![Some(Done), None], None),
            (vec![Some(Excluded), Some(Done)], Some(Done)),
            (vec![Some(Excluded), Some(Excluded)], Some(Excluded)),
        ] {
            assert_eq!(weakest(statuses.iter().copied(), true), expected, "{statuses:?}");
        }
        assert_eq!(weakest([Some(Done)].into_iter(), false), None);
    }

    #[test]
    fn texts_stand_under_the_number_they_were_given_for() {
        let mut first = Answer::blank(ItemKey::of("実3"));
        (first.response, first.department) = ("規程に定める。".to_owned(), "総務部".to_owned());
        let mut second = Answer::blank(ItemKey::of("実4"));
        (second.response, second.department) = ("手順に定める。".to_owned(), "総務部".to_owned());
        let joined = join(&ItemKey::of("実9"), &[&first, &second], true);
        assert_eq!(joined.response, "［実3］\n規程に定める。\n［実4］\n手順に定める。");
        assert_eq!(joined.department, "総務部");
    }
}
