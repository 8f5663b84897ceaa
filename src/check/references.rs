//! Answers that point at other answers (「実4と同じ」): dead ends and circles.

use std::collections::{HashMap, HashSet};

use super::about::about;
use crate::answers::{Answer, Answers};
use crate::catalog::{Catalog, ItemStatus};
use crate::diagnostic::Diagnostic;

pub(super) fn findings(catalog: &Catalog, answers: &Answers) -> Vec<Diagnostic> {
    let by_id: HashMap<&str, &Answer> = answers.answers.iter().map(|answer| (&*answer.key.id, answer)).collect();
    let active: HashSet<&str> = catalog.active().map(|item| &*item.key.id).collect();
    let retired: HashSet<&str> =
        catalog.items.iter().filter(|item| item.status == ItemStatus::Retired).map(|item| &*item.key.id).collect();
    let mut findings = Vec::new();
    for answer in &answers.answers {
        for target in &answer.refers_to {
            let code = if active.contains(&**target) {
                match by_id.get(&**target) {
                    Some(other) if !other.is_blank() => continue,
                    _ => "refers-to-unanswered",
                }
            } else if retired.contains(&**target) {
                "refers-to-retired"
            } else {
                "refers-to-unknown"
            };
            let finding = about(Diagnostic::warning(code), answer);
            findings.push(finding.arg("target", &**target));
        }
    }
    findings.extend(circles(answers, &by_id));
    findings
}

/// Every circle once, told from its first answer.
fn circles(answers: &Answers, by_id: &HashMap<&str, &Answer>) -> Vec<Diagnostic> {
    let mut done: HashSet<&str> = HashSet::new();
    let mut findings = Vec::new();
    for start in &answers.answers {
        // An explicit stack: a chain of references may be as long as the reference.
        let mut path: Vec<(&Answer, usize)> = Vec::new();
        let mut on_path: HashMap<&str, usize> = HashMap::new();
        if done.insert(&start.key.id) {
            on_path.insert(&start.key.id, 0);
            path.push((start, 0));
        }
        while let Some((answer, next)) = path.last_mut() {
            let Some(target) = answer.refers_to.get(*next) else {
                on_path.remove(&*answer.key.id);
                path.pop();
                continue;
            };
            *next += 1;
            if let Some(&at) = on_path.get(&**target) {
                findings.push(circle(&path[at..]));
            } else if let Some(&other) = by_id.get(&**target).filter(|other| done.insert(&other.key.id)) {
                on_path.insert(&other.key.id, path.len());
                path.push((other, 0));
            }
        }
    }
    findings
}

fn circle(path: &[(&Answer, usize)]) -> Diagnostic {
    let ids = path.iter().chain(path.first()).map(|(answer, _)| answer.key.id.to_string());
    let first = path.first().map(|(answer, _)| *answer).expect("a circle has at least one answer");
    let finding = about(Diagnostic::error("refers-to-circular"), first);
    finding.arg("path", ids.collect::<Vec<_>>().join(" → "))
}
