//! One carrying: the old answers sorted out by the items they go to, then an answer built for each item.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::references::References;
use super::{Carried, CarryCounts, CarryOptions, change, join};
use crate::answers::place::located;
use crate::answers::{Answer, Answers, CarriedFrom, CarryNote, CarryReason, Recheck, Status};
use crate::catalog::{Catalog, ItemKey, ItemStatus};
use crate::diagnostic::Diagnostic;
use crate::diff::{Diff, ItemChange, ItemDiff, Side};
use crate::import::decisions::{Decision, ReviewState};

/// An old answer on its way to a new item.
#[derive(Copy, Clone)]
struct Source<'a> {
    /// Index into the old answers.
    index: usize,
    answer: &'a Answer,
    /// The item's difference; `None` for an answer whose item only the new edition has.
    diff: Option<&'a ItemDiff>,
}

/// What became of an old answer; the later one counts where it went to several items.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Retired,
    Kept,
    Cleared,
    Flagged,
}

pub(super) struct Job<'a> {
    answers: &'a Answers,
    old: &'a Catalog,
    new: &'a Catalog,
    options: &'a CarryOptions,
    diffs: &'a [ItemDiff],
    by_old: HashMap<&'a ItemKey, Vec<&'a ItemDiff>>,
    by_new: HashMap<&'a ItemKey, Vec<&'a ItemDiff>>,
    decisions: HashMap<&'a str, &'a Decision>,
    references: References<'a>,
    /// The old answers that go to each of the new edition's items.
    targets: Vec<Vec<Source<'a>>>,
    fates: Vec<Option<Fate>>,
    reasons: HashMap<CarryReason, BTreeSet<usize>>,
    carried: Carried,
}

impl<'a> Job<'a> {
    pub(super) fn new(
        answers: &'a Answers,
        old: &'a Catalog,
        new: &'a Catalog,
        diff: &'a Diff,
        options: &'a CarryOptions,
    ) -> Self {
        let mut by_old: HashMap<&ItemKey, Vec<&ItemDiff>> = HashMap::with_capacity(diff.items.len());
        let mut by_new: HashMap<&ItemKey, Vec<&ItemDiff>> = HashMap::with_capacity(diff.items.len());
        for item in &diff.items {
            if let Some(side) = &item.old {
                by_old.entry(&side.key).or_default().push(item);
            }
            if let Some(side) = &item.new {
                by_new.entry(&side.key).or_default().push(item);
            }
        }
        let decisions: HashMap<&str, &Decision> =
            decided(options).map(|decision| (decision.fingerprint.as_str(), decision)).collect();
        let carried = Carried {
            answers: Answers {
                edition: new.edition.clone(),
                header: answers.header.clone(),
                answers: Vec::new(),
                retired: answers.retired.clone(),
                conflicts: answers.conflicts.clone(),
            },
            ..Carried::default()
        };
        Self {
            answers,
            old,
            new,
            options,
            diffs: &diff.items,
            references: References::new(answers, &diff.items),
            by_old,
            by_new,
            decisions,
            targets: vec![Vec::new(); new.items.len()],
            fates: vec![None; answers.answers.len()],
            reasons: HashMap::new(),
            carried,
        }
    }

    /// Sends every old answer to the items it is for in the new edition, or to the retired ones.
    pub(super) fn sort_out(&mut self) {
        let new_index: HashMap<&ItemKey, usize> =
            self.new.items.iter().enumerate().map(|(index, item)| (&item.key, index)).collect();
        let answers = self.answers;
        for (index, answer) in answers.answers.iter().enumerate() {
            let diffs = self.by_old.get(&answer.key).cloned().unwrap_or_default();
            if diffs.is_empty() {
                self.sort_out_unknown(index, answer, new_index.get(&answer.key).copied());
                continue;
            }
            let mut has_target = false;
            for diff in &diffs {
                let goes_on = !matches!(diff.change, ItemChange::Removed | ItemChange::Retired);
                let target = diff.new.as_ref().filter(|_| goes_on).and_then(|side| new_index.get(&side.key));
                // A number given up may say itself where its matter went.
                for &target in target.into_iter().chain(diff.into.iter().filter_map(|key| new_index.get(key))) {
                    has_target = true;
                    self.targets[target].push(Source { index, answer, diff: Some(diff) });
                }
            }
            if !has_target {
                self.retire(index, answer, Some(diffs[0]));
            }
        }
    }

    /// An answer to an item the old edition does not have: it may be meant for the new one already.
    fn sort_out_unknown(&mut self, index: usize, answer: &'a Answer, target: Option<usize>) {
        let code = if target.is_some() { "carry-answer-ahead" } else { "carry-answer-unknown" };
        let diagnostic = Diagnostic::warning(code).arg("item", answer.key.to_string());
        self.carried.diagnostics.push(located(diagnostic, answer));
        match target {
            Some(target) => self.targets[target].push(Source { index, answer, diff: None }),
            None => self.retire(index, answer, None),
        }
    }

    fn retire(&mut self, index: usize, answer: &Answer, diff: Option<&ItemDiff>) {
        let reasons = vec![CarryReason::Retired];
        let mut retired = answer.clone();
        let mut note = self.note(answer, &reasons);
        note.old_text = diff.map(|diff| change::side_text(diff, Side::Old)).unwrap_or_default();
        retired.carry = Some(note);
        self.carried.answers.retired.push(retired);
        self.count(&[index], &reasons, Fate::Retired);
    }

    /// Builds the answers of the new edition, in its order.
    pub(super) fn build(&mut self) {
        let targets = std::mem::take(&mut self.targets);
        for (item, sources) in self.new.items.iter().zip(targets) {
            if !sources.is_empty() {
                self.build_one(&item.key, &sources);
            } else if item.status == ItemStatus::Active && self.is_new(&item.key) {
                let mut blank = Answer::blank(item.key.clone());
                blank.carry = Some(CarryNote { reasons: vec![CarryReason::New], ..CarryNote::default() });
                self.carried.answers.answers.push(blank);
                self.carried.counts.new += 1;
            }
        }
    }

    fn is_new(&self, key: &ItemKey) -> bool {
        let diffs = self.by_new.get(key).map_or(&[][..], Vec::as_slice);
        diffs.is_empty() || diffs.iter().all(|diff| matches!(diff.change, ItemChange::Added | ItemChange::Restored))
    }

    fn build_one(&mut self, key: &ItemKey, sources: &[Source<'a>]) {
        let diffs: Vec<&ItemDiff> = sources.iter().filter_map(|source| source.diff).collect();
        let mut answer = self.moved(key, sources);
        let mut reasons = combined_reasons(sources);
        let referred = self.references.unsettled(sources.iter().map(|source| source.answer));
        reasons.extend((!referred.is_empty()).then_some(CarryReason::ReferredChanged));
        if reasons.len() > 1 {
            reasons.retain(|reason| *reason != CarryReason::Same);
        }
        let pending = is_pending(sources);
        let evidence = diffs.first().and_then(|diff| diff.evidence);
        let is_blank = sources.iter().all(|source| source.answer.is_unanswered());
        let changed = change::needs_recheck(&reasons, evidence) || diffs.is_empty();
        let flagged = (changed || pending) && !is_blank;

        let mut note = self.combined_note(key, sources, &diffs, &reasons);
        let mut fate = if flagged { Fate::Flagged } else { Fate::Kept };
        if flagged {
            withdraw_approval(&mut answer, &mut note);
            fill_edition(&mut answer, self.answers.edition.version.as_ref().or(self.old.edition.version.as_ref()));
            if changed {
                flag(&mut answer, reason_text(&reasons, &referred, sources), pending);
            }
            join_text(&mut answer.changed_text, diffs.iter().map(|diff| change::changed_text(diff)));
            fate = self.decide(&mut answer, &diffs, &referred, pending);
        }
        if fate != Fate::Flagged
            && !is_blank
            && let Some(version) = &self.new.edition.version
        {
            answer.answered_edition.clone_from(version);
        }
        answer.carry = Some(note);
        let indices: Vec<usize> = sources.iter().map(|source| source.index).collect();
        self.count(&indices, &reasons, fate);
        self.carried.answers.answers.push(answer);
    }

    /// The answer under its new key: one as it is, several joined.
    fn moved(&self, key: &ItemKey, sources: &[Source<'_>]) -> Answer {
        match sources {
            [source] => {
                let mut answer = source.answer.clone();
                answer.key = key.clone();
                let is_merged = source.diff.is_some_and(|diff| diff.flags.merged);
                if is_merged && !self.is_complete(key, sources) {
                    answer.status = None;
                }
                answer
            }
            many => {
                let answers: Vec<&Answer> = many.iter().map(|source| source.answer).collect();
                join::join(key, &answers, self.is_complete(key, sources))
            }
        }
    }

    /// Whether all old items that became this one were answered.
    fn is_complete(&self, key: &ItemKey, sources: &[Source<'_>]) -> bool {
        self.by_new.get(key).is_none_or(|diffs| {
            let olds = diffs.iter().filter(|diff| diff.old.is_some()).count();
            olds + diffs.iter().map(|diff| diff.from.len()).sum::<usize>() <= sources.len()
        })
    }

    /// The note of one old answer, what an earlier carry said of it kept.
    fn note(&self, answer: &Answer, reasons: &[CarryReason]) -> CarryNote {
        let earlier = answer.carry.clone().unwrap_or_default();
        let edition = Some(answer.answered_edition.clone()).filter(|edition| !edition.is_empty());
        let edition =
            edition.or_else(|| self.answers.edition.version.clone()).or_else(|| self.old.edition.version.clone());
        let mut note = CarryNote {
            reasons: reasons.to_vec(),
            from: vec![CarriedFrom { edition, key: answer.key.clone() }],
            previous_reviewer: earlier.previous_reviewer,
            previous_approver: earlier.previous_approver,
            previous_approved_on: earlier.previous_approved_on,
            ..CarryNote::default()
        };
        if answer.recheck == Some(Recheck::Needed) {
            let earlier_from = earlier.from.into_iter().filter(|from| !note.from.contains(from)).collect::<Vec<_>>();
            note.from.splice(0..0, earlier_from);
            (note.old_text, note.new_text) = (earlier.old_text, earlier.new_text);
            let still = earlier.reasons.into_iter().filter(|reason| change::needs_recheck(&[*reason], None));
            let still: Vec<CarryReason> = still.filter(|reason| !reasons.contains(reason)).collect();
            note.reasons.extend(still);
        }
        note
    }

    fn combined_note(
        &self,
        key: &ItemKey,
        sources: &[Source<'_>],
        diffs: &[&ItemDiff],
        reasons: &[CarryReason],
    ) -> CarryNote {
        let mut notes = sources.iter().map(|source| self.note(source.answer, reasons));
        let mut note = notes.next().unwrap_or_default();
        for other in notes {
            note.from.extend(other.from);
            note.reasons.extend(other.reasons.into_iter().filter(|reason| !reasons.contains(reason)));
            join_name(&mut note.previous_reviewer, &other.previous_reviewer);
            join_name(&mut note.previous_approver, &other.previous_approver);
            note.previous_approved_on =
                [note.previous_approved_on, other.previous_approved_on].into_iter().flatten().min();
            join_text(&mut note.old_text, [other.old_text]);
            join_text(&mut note.new_text, [other.new_text]);
        }
        if note.reasons.len() > 1 {
            note.reasons.retain(|reason| *reason != CarryReason::Same);
        }
        join_text(&mut note.old_text, diffs.iter().map(|diff| change::side_text(diff, Side::Old)));
        let own = self.by_new.get(key).and_then(|diffs| diffs.first());
        join_text(&mut note.new_text, own.map(|diff| change::side_text(diff, Side::New)));
        note
    }

    /// Lets reviewers' decisions clear or confirm a flag: `ok` clears it, if it was given for exactly these texts and
    /// every item the answer points at is settled as well.
    fn decide(&mut self, answer: &mut Answer, diffs: &[&ItemDiff], referred: &[&ItemKey], pending: bool) -> Fate {
        let decisions: Vec<&Decision> =
            diffs.iter().filter_map(|diff| self.decisions.get(diff.fingerprint.as_str()).copied()).collect();
        for decision in &decisions {
            let word = match decision.state {
                ReviewState::Open => continue,
                ReviewState::Ok => "確認済",
                ReviewState::Rework => "要修正",
            };
            let note = if decision.note.is_empty() { word.to_owned() } else { format!("{word}: {}", decision.note) };
            join_text(&mut answer.recheck_reason, [note]);
        }
        let is_ok = |decision: &&Decision| decision.state == ReviewState::Ok;
        let all_ok = !diffs.is_empty() && decisions.len() == diffs.len() && decisions.iter().all(is_ok);
        let settled = referred.iter().all(|key| self.is_settled(key));
        if !all_ok || !settled || pending {
            return Fate::Flagged;
        }
        answer.recheck = Some(Recheck::Done);
        answer.rechecked_on = self.options.today.or(answer.rechecked_on);
        Fate::Cleared
    }

    /// Whether a reviewer found every difference of this old item to be fine.
    fn is_settled(&self, old: &ItemKey) -> bool {
        self.by_old.get(old).is_some_and(|diffs| {
            diffs.iter().all(|diff| {
                self.decisions.get(diff.fingerprint.as_str()).is_some_and(|decision| decision.state == ReviewState::Ok)
            })
        })
    }

    fn count(&mut self, indices: &[usize], reasons: &[CarryReason], fate: Fate) {
        for &index in indices {
            self.fates[index] = self.fates[index].max(Some(fate));
            for &reason in reasons {
                self.reasons.entry(reason).or_default().insert(index);
            }
        }
    }

    pub(super) fn finish(mut self) -> Carried {
        self.say_about_decisions();
        self.say_about_returns();
        let count = |fate: Fate| self.fates.iter().filter(|known| **known == Some(fate)).count();
        let cleared = count(Fate::Cleared);
        let counts = CarryCounts {
            answers: self.answers.answers.len(),
            blank: self.answers.answers.iter().filter(|answer| answer.is_blank()).count(),
            kept: count(Fate::Kept) + cleared,
            flagged: count(Fate::Flagged),
            retired: count(Fate::Retired),
            cleared,
            retired_before: self.answers.retired.len(),
            new: self.carried.counts.new,
            reasons: Vec::new(),
        };
        debug_assert_eq!(counts.kept + counts.flagged + counts.retired, counts.answers, "no answer is ever dropped");
        let of = |reason: &CarryReason| match reason {
            CarryReason::New => counts.new,
            other => self.reasons.get(other).map_or(0, BTreeSet::len),
        };
        let reasons = CarryReason::ALL.iter().map(|reason| (*reason, of(reason))).collect();
        Carried { counts: CarryCounts { reasons, ..counts }, ..self.carried }
    }

    /// Says which decisions no longer fit: made on other texts, or on an item that is not there.
    fn say_about_decisions(&mut self) {
        let current: HashSet<&str> = self.diffs.iter().map(|diff| diff.fingerprint.as_str()).collect();
        for decision in decided(self.options) {
            if current.contains(decision.fingerprint.as_str()) || decision.state == ReviewState::Open {
                continue;
            }
            let is_known = |key: &Option<ItemKey>, map: &HashMap<&ItemKey, Vec<&ItemDiff>>| {
                key.as_ref().is_some_and(|key| map.contains_key(key))
            };
            let known = is_known(&decision.new, &self.by_new) || is_known(&decision.old, &self.by_old);
            let code = if known { "decision-stale" } else { "decision-item-unknown" };
            self.carried.diagnostics.push(Diagnostic::warning(code).arg("item", decision.item()));
        }
    }

    /// Says where an answer stands under the retired ones although its number is in force again.
    fn say_about_returns(&mut self) {
        let active: HashSet<&ItemKey> = self.new.active().map(|item| &item.key).collect();
        for answer in &self.answers.retired {
            if active.contains(&answer.key) {
                let note = Diagnostic::note("carry-retired-returns").arg("item", answer.key.to_string());
                self.carried.diagnostics.push(note);
            }
        }
    }
}

fn decided(options: &CarryOptions) -> impl Iterator<Item = &Decision> {
    options.decisions.iter().flat_map(|decisions| &decisions.decisions)
}

fn combined_reasons(sources: &[Source<'_>]) -> Vec<CarryReason> {
    let mut reasons: Vec<CarryReason> = Vec::new();
    for source in sources {
        let own = source.diff.map_or_else(|| vec![CarryReason::New], change::reasons);
        reasons.extend(own.into_iter().filter(|reason| !reasons.contains(reason)).collect::<Vec<_>>());
    }
    reasons
}

/// Whether an answer was to be looked at again already and nobody did.
fn is_pending(sources: &[Source<'_>]) -> bool {
    sources.iter().any(|source| source.answer.recheck == Some(Recheck::Needed))
}

fn withdraw_approval(answer: &mut Answer, note: &mut CarryNote) {
    if answer.reviewer.is_empty() && answer.approver.is_empty() && answer.approved_on.is_none() {
        return;
    }
    note.previous_reviewer = std::mem::take(&mut answer.reviewer);
    note.previous_approver = std::mem::take(&mut answer.approver);
    note.previous_approved_on = answer.approved_on.take();
}

/// An answer that does not say which edition it was given for was given for the old one.
fn fill_edition(answer: &mut Answer, version: Option<&String>) {
    if let Some(version) = version.filter(|_| answer.answered_edition.is_empty()) {
        answer.answered_edition.clone_from(version);
    }
}

/// 再確認理由: the reasons, with what they are about where that helps.
fn reason_text(reasons: &[CarryReason], referred: &[&ItemKey], sources: &[Source<'_>]) -> String {
    let words = reasons.iter().map(|reason| match reason {
        CarryReason::ReferredChanged => {
            let items = referred.iter().map(ToString::to_string).collect::<Vec<_>>().join("、");
            format!("{}（{items}）", reason.word())
        }
        CarryReason::Merged => {
            let status = |answer: &Answer| answer.status.map_or("未回答", Status::word);
            let parts = sources.iter().map(|source| format!("{}：{}", source.answer.key, status(source.answer)));
            format!("{}（{}）", reason.word(), parts.collect::<Vec<_>>().join("、"))
        }
        other => other.word().to_owned(),
    });
    words.collect::<Vec<_>>().join("、")
}

/// Sets 再確認 to 要. What was said about an earlier look stays behind it.
fn flag(answer: &mut Answer, reason: String, is_pending: bool) {
    let earlier = std::mem::take(&mut answer.recheck_reason);
    let earlier_date = if is_pending { None } else { answer.rechecked_on.take() };
    answer.recheck_reason = reason;
    if !earlier.is_empty() || earlier_date.is_some() {
        let on = earlier_date.map(|date| format!("（再確認日 {date}）")).unwrap_or_default();
        join_text(&mut answer.recheck_reason, [format!("前回: {earlier}{on}")]);
    }
    if !is_pending {
        answer.changed_text.clear();
    }
    answer.recheck = Some(Recheck::Needed);
}

/// Adds lines to a text, each once.
fn join_text(text: &mut String, more: impl IntoIterator<Item = String>) {
    for piece in more.into_iter().filter(|piece| !piece.is_empty()) {
        if *text == piece {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&piece);
    }
    *text = change::capped(std::mem::take(text));
}

fn join_name(names: &mut String, more: &str) {
    if more.is_empty() || names.split('、').any(|name| name == more) {
        return;
    }
    if !names.is_empty() {
        names.push('、');
    }
    names.push_str(more);
}
