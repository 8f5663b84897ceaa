//! The words of closed lists that several renderers show: why an answer stands or not, how it is met.

use super::Words;
use crate::answers::{CarryReason, Status};
use crate::assess::PointResult;

impl Words {
    /// Why a carried answer stands or must be re-checked.
    pub(in crate::render) fn reason(&self, reason: CarryReason) -> String {
        let name = match reason {
            CarryReason::Same => "same",
            CarryReason::Notation => "notation",
            CarryReason::Appended => "appended",
            CarryReason::Changed => "changed",
            CarryReason::Renumbered => "renumbered",
            CarryReason::Split => "split",
            CarryReason::Merged => "merged",
            CarryReason::Retired => "retired",
            CarryReason::New => "new",
            CarryReason::ReferredChanged => "referred",
        };
        self.text(&format!("reason-{name}"))
    }

    /// A self-assessment; none is unanswered.
    pub(in crate::render) fn status(&self, status: Option<Status>) -> String {
        self.text(&format!("status-{}", status_name(status)))
    }

    /// A result of the self-check.
    pub(in crate::render) fn result(&self, result: PointResult) -> String {
        self.text(&format!("result-{}", result_name(result)))
    }
}

/// What the messages about a self-assessment end in.
pub(in crate::render) fn status_name(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Done) => "done",
        Some(Status::Partial) => "partial",
        Some(Status::Planned) => "planned",
        Some(Status::Open) => "open",
        Some(Status::Excluded) => "excluded",
        None => "unanswered",
    }
}

/// What the messages about a result end in.
pub(in crate::render) fn result_name(result: PointResult) -> &'static str {
    match result {
        PointResult::Met => "met",
        PointResult::MetByUser => "met-by-user",
        PointResult::Excluded => "excluded",
        PointResult::ActionNeeded => "action-needed",
        PointResult::Unanswered => "unanswered",
        PointResult::Recheck => "recheck",
    }
}

#[cfg(test)]
mod tests {
    use crate::render::words::{Lang, Words};

    use super::*;

    #[test]
    fn in_japanese_they_are_the_words_of_our_formats() {
        let words = Words::new(Lang::Ja);
        for &reason in CarryReason::ALL {
            assert_eq!(words.reason(reason), reason.word());
        }
        for &status in Status::ALL {
            assert_eq!(words.status(Some(status)), status.word());
        }
        for result in PointResult::ALL {
            assert_eq!(words.result(result), result.word());
        }
    }
}
