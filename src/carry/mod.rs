//! Answers carried to the next edition, each with why it may stand or must be looked at again.
//!
//! Takes the difference as [`crate::diff`] decided it and compares nothing itself. Nothing is ever dropped.

use jiff::civil::Date;

use crate::answers::{Answers, CarryReason};
use crate::diagnostic::Diagnostic;

/// How to carry. By default no decisions and no date.
#[derive(Clone, Debug, Default)]
pub struct CarryOptions {
    /// The day a decision that clears a flag is dated with (再確認日); without one it stays undated.
    pub today: Option<Date>,
}

/// The answers for the new edition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carried {
    /// The answers, in the new edition's order, new items blank; answers whose item is gone under `retired`.
    pub answers: Answers,
    /// What became of the old answers.
    pub counts: CarryCounts,
    /// What carrying had to say.
    pub diagnostics: Vec<Diagnostic>,
}

/// What became of the old answers: `kept + flagged + retired = answers`, each old answer counted once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarryCounts {
    /// The old answers.
    pub answers: usize,
    /// Those that stand.
    pub kept: usize,
    /// Those to be looked at again, wherever they went.
    pub flagged: usize,
    /// Those whose item is gone.
    pub retired: usize,
    /// Of those kept, the ones a review decision cleared.
    pub cleared: usize,
    /// Answers that were retired before, kept beside.
    pub retired_before: usize,
    /// New items, with a blank answer each.
    pub new: usize,
    /// How many old answers (for 新規: items) each reason was given to, in the order of [`CarryReason`].
    pub reasons: Vec<(CarryReason, usize)>,
}
