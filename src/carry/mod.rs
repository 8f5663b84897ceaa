//! Answers carried to the next edition, each with why it may stand or must be looked at again.
//!
//! Takes the difference as [`crate::diff`] decided it and compares nothing itself. Nothing is ever dropped: every old
//! answer is kept, flagged or retired. An approval never outlives the text it was given for.

mod change;
mod job;
mod join;
mod references;

use jiff::civil::Date;

use crate::answers::{Answers, CarryReason};
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Failure};
use crate::diff::Diff;
use crate::import::decisions::Decisions;

use job::Job;

/// How to carry. By default without decisions and date.
#[derive(Clone, Debug, Default)]
pub struct CarryOptions {
    /// The day a decision that clears a flag is dated with (再確認日); without one it stays undated.
    pub today: Option<Date>,
    /// What reviewers decided on the page of this difference.
    pub decisions: Option<Decisions>,
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
    /// Of these, the ones in which nobody had said anything.
    pub blank: usize,
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

/// Carries answers from the old edition to the new one along their difference.
///
/// Answers are those of the old edition, placed on its items. Takes time linear in answers and items.
///
/// # Errors
///
/// `carry-without-old` where the difference is not one between two editions.
pub fn carry(
    answers: &Answers,
    old: &Catalog,
    new: &Catalog,
    diff: &Diff,
    options: &CarryOptions,
) -> Result<Carried, Failure> {
    if diff.old.is_none() {
        return Err(Diagnostic::error("carry-without-old").into());
    }
    let mut job = Job::new(answers, old, new, diff, options);
    job.sort_out();
    job.build();
    Ok(job.finish())
}

#[cfg(test)]
mod tests;
