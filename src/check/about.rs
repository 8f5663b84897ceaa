//! Says which answer a finding is about.

use crate::answers::Answer;
use crate::diagnostic::Diagnostic;

/// Gives a finding the answer's place, file and item.
pub(super) fn about(finding: Diagnostic, answer: &Answer) -> Diagnostic {
    let placed = finding.at_all(answer.at.as_ref());
    let filed = match &answer.file {
        Some(file) => placed.in_file(file),
        None => placed,
    };
    filed.arg("item", answer.key.to_string())
}
