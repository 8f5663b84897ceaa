//! The self-check: 点検結果 of every item, counts by group, what is still open.
//!
//! A result needs the provider's conformity and the user's answer. It is a self-check and never a certificate: FISC
//! has no scheme to certify by. Shows nothing; `render` does.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::answers::{Answer, Answers, Applicability, Recheck, Status};
use crate::catalog::{Catalog, Conformity, ConformityWord, Edition, Item, ItemKey, ItemStatus};
use crate::diagnostic::Diagnostic;

/// 点検結果: what provider and user together say about an item.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PointResult {
    /// 充足: the provider conforms and the user has acted.
    Met,
    /// 充足(利用者対応): outside the service, the user has acted.
    MetByUser,
    /// 対象外, with a reason.
    Excluded,
    /// 要対応: something is left to do.
    ActionNeeded,
    /// 未回答: nobody has answered.
    Unanswered,
    /// 要再確認: the answer or what it rests on must be looked at again.
    Recheck,
}

impl PointResult {
    /// All results, in the order they are shown.
    pub const ALL: [Self; 6] =
        [Self::Met, Self::MetByUser, Self::Excluded, Self::ActionNeeded, Self::Unanswered, Self::Recheck];

    /// The word in our formats.
    pub fn word(self) -> &'static str {
        match self {
            Self::Met => "充足",
            Self::MetByUser => "充足(利用者対応)",
            Self::Excluded => "対象外",
            Self::ActionNeeded => "要対応",
            Self::Unanswered => "未回答",
            Self::Recheck => "要再確認",
        }
    }

    /// Says whether nothing is left to do.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Met | Self::MetByUser | Self::Excluded)
    }
}

/// How far an item is answered: its 自己評価, 対象外 by 適用 alone included, or 未回答.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Progress(pub Option<Status>);

impl Progress {
    /// All, in the order they are shown.
    pub const ALL: [Self; 6] = [
        Self(Some(Status::Done)),
        Self(Some(Status::Partial)),
        Self(Some(Status::Planned)),
        Self(Some(Status::Open)),
        Self(Some(Status::Excluded)),
        Self(None),
    ];

    /// The progress of an item with this answer, or with none.
    pub fn of(answer: Option<&Answer>) -> Self {
        let excluded = answer.is_some_and(|answer| answer.applicability == Some(Applicability::Excluded));
        Self(if excluded { Some(Status::Excluded) } else { answer.and_then(|answer| answer.status) })
    }

    /// The word in our formats.
    pub fn word(self) -> &'static str {
        self.0.map_or("未回答", Status::word)
    }

    fn index(self) -> usize {
        Self::ALL.iter().position(|&progress| progress == self).expect("every progress is listed")
    }
}

/// How many items of an edition or group stand where.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The items in force.
    pub items: usize,
    by_status: [usize; 6],
    by_result: [usize; 6],
}

impl Counts {
    /// The items with this progress.
    pub fn status(&self, progress: Progress) -> usize {
        self.by_status[progress.index()]
    }

    /// The items with this result.
    pub fn result(&self, result: PointResult) -> usize {
        self.by_result[result as usize]
    }

    /// Every progress with its count, in the order they are shown.
    pub fn statuses(&self) -> impl Iterator<Item = (Progress, usize)> {
        Progress::ALL.into_iter().zip(self.by_status)
    }

    /// Every result with its count, in the order they are shown.
    pub fn results(&self) -> impl Iterator<Item = (PointResult, usize)> {
        PointResult::ALL.into_iter().zip(self.by_result)
    }

    /// The items with nothing left to do.
    pub fn settled(&self) -> usize {
        self.results().filter(|(result, _)| result.is_settled()).map(|(_, count)| count).sum()
    }

    /// The items with an answer, whatever it says.
    pub fn answered(&self) -> usize {
        self.items - self.status(Progress::of(None))
    }

    fn add(&mut self, progress: Progress, result: PointResult) {
        self.items += 1;
        self.by_status[progress.index()] += 1;
        self.by_result[result as usize] += 1;
    }
}

/// The counts of one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCounts {
    /// The group's id; empty for the items without a group, which come last.
    pub id: Arc<str>,
    /// Its name.
    pub title: Option<String>,
    /// How many of its items stand where.
    pub counts: Counts,
}

/// An item with something left to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenItem {
    /// The item.
    pub key: ItemKey,
    /// Its result: 要対応, 未回答 or 要再確認.
    pub result: PointResult,
    /// 是正期限.
    pub due: Option<Date>,
    /// Whether it was due before today.
    pub overdue: bool,
    /// 担当部署; empty where nobody said.
    pub department: String,
    /// 担当者; empty where nobody said.
    pub owner: String,
}

/// How far the self-check of an edition is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    /// The edition.
    pub edition: Edition,
    /// The day `overdue` was told by; without one nothing is overdue.
    pub today: Option<Date>,
    /// Over all items in force.
    pub total: Counts,
    /// By group, in the catalog's order.
    pub groups: Vec<GroupCounts>,
    /// One place for each of the catalog's items; `None` for a retired one.
    pub results: Vec<Option<PointResult>>,
    /// What is left to do, in sheet order.
    pub open: Vec<OpenItem>,
    /// What assessing had to say.
    pub diagnostics: Vec<Diagnostic>,
}

impl Assessment {
    /// The open items that were due before today.
    pub fn overdue(&self) -> usize {
        self.open.iter().filter(|item| item.overdue).count()
    }
}

/// Assesses every item in force. Takes time linear in items and answers.
pub fn assess(catalog: &Catalog, answers: &Answers, today: Option<Date>) -> Assessment {
    let by_key = answers.by_key();
    let mut assessment = Assessment { edition: catalog.edition.clone(), today, ..Assessment::default() };
    let mut groups = GroupTally::new(catalog);
    for item in &catalog.items {
        if item.status == ItemStatus::Retired {
            assessment.results.push(None);
            continue;
        }
        let answer = by_key.get(&item.key).copied();
        let (progress, result) = (Progress::of(answer), point_result(item.conformity.as_ref(), answer));
        assessment.total.add(progress, result);
        groups.of(item).add(progress, result);
        assessment.results.push(Some(result));
        if !result.is_settled() {
            assessment.open.push(open_item(item, answer, result, today));
        }
    }
    assessment.groups = groups.finish();
    if assessment.total.items > 0 && catalog.items.iter().all(|item| item.conformity.is_none()) {
        assessment.diagnostics.push(Diagnostic::warning("assess-no-conformity").arg("items", assessment.total.items));
    }
    assessment
}

/// The result of one item; the first rule that matches decides.
///
/// A conformity in a word that is neither 適合可能 nor 対象外 says nothing we could rely on and counts as missing;
/// so does one the item's rows disagree on, which the catalog then leaves out.
pub fn point_result(conformity: Option<&Conformity>, answer: Option<&Answer>) -> PointResult {
    let provider = match conformity.map(|conformity| &conformity.word) {
        Some(ConformityWord::Conforming) => PointResult::Met,
        Some(ConformityWord::OutOfScope) => PointResult::MetByUser,
        Some(ConformityWord::Other(_)) | None => return PointResult::Recheck,
    };
    if answer.is_some_and(|answer| answer.recheck == Some(Recheck::Needed)) {
        return PointResult::Recheck;
    }
    match Progress::of(answer).0 {
        Some(Status::Excluded) if answer.is_some_and(|answer| !answer.exclusion_reason.is_empty()) => {
            PointResult::Excluded
        }
        Some(Status::Excluded | Status::Partial | Status::Planned | Status::Open) => PointResult::ActionNeeded,
        None => PointResult::Unanswered,
        Some(Status::Done) => provider,
    }
}

fn open_item(item: &Item, answer: Option<&Answer>, result: PointResult, today: Option<Date>) -> OpenItem {
    let due = answer.and_then(|answer| answer.due);
    OpenItem {
        key: item.key.clone(),
        result,
        due,
        overdue: due.zip(today).is_some_and(|(due, today)| due < today),
        department: answer.map(|answer| answer.department.clone()).unwrap_or_default(),
        owner: answer.map(|answer| answer.owner.clone()).unwrap_or_default(),
    }
}

/// Counts by group while the items go by.
struct GroupTally<'a> {
    index: HashMap<&'a str, usize>,
    groups: Vec<GroupCounts>,
    ungrouped: Counts,
}

impl<'a> GroupTally<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let index = catalog.groups.iter().enumerate().map(|(index, group)| (&*group.id, index)).collect();
        let groups = catalog.groups.iter().map(|group| GroupCounts {
            id: Arc::clone(&group.id),
            title: group.title.clone(),
            counts: Counts::default(),
        });
        Self { index, groups: groups.collect(), ungrouped: Counts::default() }
    }

    fn of(&mut self, item: &Item) -> &mut Counts {
        match item.group.as_deref().and_then(|group| self.index.get(group)) {
            Some(&index) => &mut self.groups[index].counts,
            None => &mut self.ungrouped,
        }
    }

    fn finish(mut self) -> Vec<GroupCounts> {
        if !self.groups.is_empty() && self.ungrouped.items > 0 {
            self.groups.push(GroupCounts { id: Arc::from(""), title: None, counts: self.ungrouped });
        }
        self.groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(conformity: Option<ConformityWord>, fill: impl FnOnce(&mut Answer), expected: PointResult) {
        let mut answer = Answer::blank(ItemKey::of("実1"));
        fill(&mut answer);
        let conformity = conformity.map(|word| Conformity { word, note: None });
        assert_eq!(point_result(conformity.as_ref(), Some(&answer)), expected);
    }

    #[test]
    fn the_first_rule_that_matches_decides() {
        use ConformityWord::{Conforming, OutOfScope};
        check(Some(Conforming), |a| a.status = Some(Status::Done), PointResult::Met);
        check(Some(OutOfScope), |a| a.status = Some(Status::Done), PointResult::MetByUser);
        for status in [Status::Partial, Status::Planned, Status::Open] {
            check(Some(Conforming), |a| a.status = Some(status), PointResult::ActionNeeded);
        }
        check(Some(Conforming), |_| (), PointResult::Unanswered);
        check(None, |a| a.status = Some(Status::Done), PointResult::Recheck);
        check(
            Some(ConformityWord::Other("要確認".to_owned())),
            |a| a.status = Some(Status::Done),
            PointResult::Recheck,
        );
        check(Some(Conforming), |a| a.recheck = Some(Recheck::Needed), PointResult::Recheck);
        check(
            Some(Conforming),
            |a| (a.status, a.recheck) = (Some(Status::Done), Some(Recheck::Done)),
            PointResult::Met,
        );
    }

    #[test]
    fn an_exclusion_needs_its_reason() {
        let excluded = |a: &mut Answer| a.applicability = Some(Applicability::Excluded);
        check(Some(ConformityWord::Conforming), excluded, PointResult::ActionNeeded);
        check(
            Some(ConformityWord::Conforming),
            |a| {
                (a.applicability, a.status) = (Some(Applicability::Excluded), Some(Status::Done));
                a.exclusion_reason = "当行は利用しない".to_owned();
            },
            PointResult::Excluded,
        );
    }
}
