//! Answers against the reference, against themselves and against an institution's policy.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::answers::{Answer, AnswerField, Answers, Applicability, Recheck, Status};
use crate::catalog::{Catalog, ItemKey, ItemStatus};
use crate::diagnostic::Diagnostic;
use crate::text::suggest;

use super::about::about;
use super::policy::{Policy, When};
use super::{references, sorted, url};

/// Excel's limit for a cell, in UTF-16 code units.
const CELL_LIMIT_UNITS: usize = 32_767;
/// Suggesting takes a look at every item; answers to another reference altogether would take a look for each answer.
const MAX_SUGGESTED: usize = 100;

/// Checks answers: items that do not exist, 対象外 without a reason, words and dates that contradict each other, texts
/// no cell can hold, dead and circular references, and what the policy asks. `today` is needed for what is overdue
/// or lies in the future. Findings come most serious first, one kind together.
pub fn answers(catalog: &Catalog, answers: &Answers, policy: &Policy, today: Option<Date>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    findings.extend(of_items(catalog, answers));
    for answer in &answers.answers {
        findings.extend(contradictions(answer));
        findings.extend(dates(answer, today));
        findings.extend(texts(answer));
        findings.extend(asked(answer, policy));
    }
    findings.extend(references::findings(catalog, answers));
    findings.extend(blanks(catalog, answers, policy));
    findings.extend(left_open(catalog, answers));
    sorted(findings)
}

/// Answers to no item, to a retired item, and second answers.
fn of_items(catalog: &Catalog, answers: &Answers) -> Vec<Diagnostic> {
    let items: HashMap<&ItemKey, ItemStatus> = catalog.items.iter().map(|item| (&item.key, item.status)).collect();
    let ids: Vec<Arc<str>> = catalog.items.iter().map(|item| Arc::clone(&item.key.id)).collect();
    let mut seen = HashSet::new();
    let mut findings = Vec::new();
    for answer in &answers.answers {
        match items.get(&answer.key) {
            None => {
                let near = match findings.len() {
                    0..MAX_SUGGESTED => suggest::nearest(&answer.key.id, ids.iter().map(|id| &**id)),
                    _ => None,
                };
                findings
                    .push(about(Diagnostic::error("answer-without-item"), answer).arg("near", near.unwrap_or("none")));
            }
            Some(ItemStatus::Retired) if !answer.is_blank() => {
                findings.push(about(Diagnostic::warning("answer-to-retired"), answer));
            }
            Some(_) => {}
        }
        if !seen.insert(&answer.key) {
            findings.push(about(Diagnostic::error("answer-given-twice"), answer));
        }
    }
    findings
}

/// 適用, 自己評価 and 除外理由 that do not go together.
fn contradictions(answer: &Answer) -> Vec<Diagnostic> {
    let status_excluded = answer.status == Some(Status::Excluded);
    let is_excluded = status_excluded || answer.applicability == Some(Applicability::Excluded);
    let mut findings = Vec::new();
    if is_excluded && answer.exclusion_reason.trim().is_empty() {
        findings.push(about(Diagnostic::error("exclusion-without-reason"), answer));
    }
    let says_both = match (answer.applicability, answer.status) {
        (Some(Applicability::Excluded), Some(status)) => status != Status::Excluded,
        (Some(Applicability::Applicable), Some(Status::Excluded)) => true,
        _ => false,
    };
    if let (true, Some(applicability), Some(status)) = (says_both, answer.applicability, answer.status) {
        let finding = about(Diagnostic::warning("status-against-applicability"), answer);
        findings.push(finding.arg("applicability", applicability.word()).arg("status", status.word()));
    }
    if !is_excluded && !answer.exclusion_reason.trim().is_empty() {
        findings.push(about(Diagnostic::warning("reason-without-exclusion"), answer));
    }
    findings
}

/// Dates in the future, in the wrong order, or past while something is left to do.
fn dates(answer: &Answer, today: Option<Date>) -> Vec<Diagnostic> {
    use AnswerField::{AnsweredOn, ApprovedOn, Due, RecheckedOn};
    let mut findings = Vec::new();
    let given =
        [(AnsweredOn, answer.answered_on), (ApprovedOn, answer.approved_on), (RecheckedOn, answer.rechecked_on)];
    for (field, date) in given {
        if let (Some(date), Some(today)) = (date, today)
            && date > today
        {
            let finding = about(Diagnostic::warning("date-in-future"), answer);
            findings.push(finding.arg("field", field.heading()).arg("key", field.key()).arg("date", date.to_string()));
        }
    }
    let pairs = [
        (AnsweredOn, answer.answered_on, ApprovedOn, answer.approved_on),
        (AnsweredOn, answer.answered_on, RecheckedOn, answer.rechecked_on),
        (AnsweredOn, answer.answered_on, Due, answer.due),
    ];
    for (first, earlier, second, later) in pairs {
        if let (Some(earlier), Some(later)) = (earlier, later)
            && later < earlier
        {
            findings.push(
                about(Diagnostic::warning("date-order"), answer)
                    .arg("field", second.heading())
                    .arg("key", second.key())
                    .arg("date", later.to_string())
                    .arg("earlier_field", first.heading())
                    .arg("earlier_key", first.key())
                    .arg("earlier_date", earlier.to_string()),
            );
        }
    }
    if let (Some(due), Some(today)) = (answer.due, today)
        && due < today
        && When::Open.applies(answer)
    {
        findings.push(about(Diagnostic::warning("answer-overdue"), answer).arg("due", due.to_string()));
    }
    if answer.approved_on.is_some() && answer.approver.trim().is_empty() {
        findings.push(about(Diagnostic::warning("approval-without-approver"), answer));
    }
    findings
}

/// Texts no cell can hold, characters no workbook can hold, URLs that are not whole.
fn texts(answer: &Answer) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for field in AnswerField::ALL {
        let text = answer.text(field);
        let about_field = |finding| about(finding, answer).arg("field", field.heading()).arg("key", field.key());
        let units = text.encode_utf16().count();
        if units > CELL_LIMIT_UNITS {
            let finding = about_field(Diagnostic::error("answer-over-long"));
            findings.push(finding.arg("length", units).arg("limit", CELL_LIMIT_UNITS));
        }
        if let Some(c) = text.chars().find(|&c| c.is_control() && !matches!(c, '\n' | '\t' | '\r')) {
            let finding = about_field(Diagnostic::warning("answer-control-character"));
            findings.push(finding.arg("character", format!("U+{:04X}", u32::from(c))));
        }
        for (address, fault) in url::in_text(&text).filter_map(|address| Some((address, url::fault(address)?))) {
            let finding = about_field(Diagnostic::warning("answer-url-malformed"));
            findings.push(finding.arg("url", address).arg("fault", fault.as_str()));
        }
    }
    findings
}

fn asked(answer: &Answer, policy: &Policy) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for requirement in policy.requirements.iter().filter(|requirement| requirement.when.applies(answer)) {
        if answer.text(requirement.field).trim().is_empty() {
            findings.push(
                about(Diagnostic::error("answer-required"), answer)
                    .arg("field", requirement.field.heading())
                    .arg("key", requirement.field.key())
                    .arg("when", requirement.when.as_str()),
            );
        }
    }
    let same_person = !answer.approver.trim().is_empty()
        && [&answer.owner, &answer.reviewer].iter().any(|person| person.trim() == answer.approver.trim());
    if policy.four_eyes && same_person {
        findings.push(about(Diagnostic::error("approver-is-owner"), answer).arg("person", answer.approver.trim()));
    }
    findings
}

/// Active items nobody has answered, where the policy asks for all of them.
fn blanks(catalog: &Catalog, answers: &Answers, policy: &Policy) -> Option<Diagnostic> {
    let answered: HashSet<&ItemKey> =
        answers.answers.iter().filter(|answer| !answer.is_blank()).map(|answer| &answer.key).collect();
    let open: Vec<String> =
        catalog.active().filter(|item| !answered.contains(&item.key)).map(|item| item.key.to_string()).collect();
    if !policy.no_blanks || open.is_empty() {
        return None;
    }
    let places: HashMap<&ItemKey, &Answer> = answers.answers.iter().map(|answer| (&answer.key, answer)).collect();
    let rows = catalog.active().filter(|item| !answered.contains(&item.key)).filter_map(|item| places.get(&item.key));
    let finding = Diagnostic::error("items-unanswered").at_all(rows.filter_map(|answer| answer.at.as_ref()));
    Some(finding.arg("count", open.len()).arg("items", open))
}

/// What is known to need another look: conflicts of a merge, answers to re-check, answers given for another edition.
fn left_open(catalog: &Catalog, answers: &Answers) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for conflict in &answers.conflicts {
        findings.push(
            Diagnostic::warning("conflict-open")
                .arg("item", conflict.key.to_string())
                .arg("field", conflict.heading())
                .arg("kept", conflict.kept.as_str())
                .arg("other", conflict.other.as_str())
                .arg("from", conflict.from.as_str()),
        );
    }
    for answer in answers.answers.iter().filter(|answer| answer.recheck == Some(Recheck::Needed)) {
        let finding = about(Diagnostic::warning("recheck-open"), answer);
        let reason = answer.recheck_reason.trim();
        findings.push(finding.arg("reason", if reason.is_empty() { "none" } else { reason }));
    }
    if let Some(version) = &catalog.edition.version {
        let is_other = |answer: &&Answer| {
            !answer.answered_edition.trim().is_empty()
                && answer.recheck != Some(Recheck::Needed)
                && crate::text::fold::search_key(&answer.answered_edition) != crate::text::fold::search_key(version)
        };
        for answer in answers.answers.iter().filter(is_other) {
            let finding = about(Diagnostic::note("answered-for-other-edition"), answer);
            findings.push(finding.arg("edition", answer.answered_edition.as_str()).arg("version", version.as_str()));
        }
    }
    findings
}
