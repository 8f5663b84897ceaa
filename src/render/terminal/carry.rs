//! What became of the answers, in a few lines.

use crate::answers::CarryReason;
use crate::carry::Carried;

use super::{Role, Terminal};

/// Writes the counts: kept, flagged and retired add up to all, then the reasons, then what came beside.
pub fn counts(carried: &Carried, terminal: &Terminal<'_>) -> String {
    let counts = &carried.counts;
    let args = [
        ("answers", counts.answers.into()),
        ("kept", counts.kept.into()),
        ("flagged", counts.flagged.into()),
        ("retired", counts.retired.into()),
    ];
    let mut lines = vec![terminal.paint(Role::Heading, &terminal.words.with("carry-counts", &args))];
    let reasons = counts.reasons.iter().filter(|(reason, count)| *count > 0 && *reason != CarryReason::New);
    let reasons: Vec<String> =
        reasons.map(|(reason, count)| format!("{} {count}", terminal.words.reason(*reason))).collect();
    if !reasons.is_empty() {
        lines.push(format!("  {}", reasons.join("  ")));
    }
    for (name, count) in [
        ("carry-counts-blank", counts.blank),
        ("carry-counts-cleared", counts.cleared),
        ("carry-counts-new", counts.new),
        ("carry-counts-retired-before", counts.retired_before),
    ] {
        if count > 0 {
            lines.push(format!("  {}", terminal.words.with(name, &[("count", count.into())])));
        }
    }
    lines.join("\n") + "\n"
}
