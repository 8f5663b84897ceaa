//! One item's answer, and what carrying it over had to say.

use std::sync::Arc;

use jiff::civil::Date;

use super::field::{AnswerField, Applicability, CarryReason, Recheck, Responsibility, Status};
use crate::address::{CellRef, SheetRange};
use crate::catalog::ItemKey;

/// Where a carried answer comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedFrom {
    /// The edition it was given for, as far as it is known.
    pub edition: Option<String>,
    /// The item it was given for.
    pub key: ItemKey,
}

/// What carrying an answer over had to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarryNote {
    /// The reasons, most telling first.
    pub reasons: Vec<CarryReason>,
    /// The old answers it is made of.
    pub from: Vec<CarriedFrom>,
    /// The changed fields' old text, each headed by its label.
    pub old_text: String,
    /// The changed fields' new text.
    pub new_text: String,
    /// Reviewer, approver and approval date of the earlier edition, which no longer count.
    pub previous_reviewer: String,
    /// See `previous_reviewer`.
    pub previous_approver: String,
    /// See `previous_reviewer`.
    pub previous_approved_on: Option<Date>,
}

/// One item's answer. Blank texts mean that nothing was said.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The item.
    pub key: ItemKey,
    /// 責任主体.
    pub responsibility: Option<Responsibility>,
    /// 適用.
    pub applicability: Option<Applicability>,
    /// 除外理由.
    pub exclusion_reason: String,
    /// 自己評価.
    pub status: Option<Status>,
    /// 対応内容.
    pub response: String,
    /// 範囲・例外・補足.
    pub scope: String,
    /// 証跡, one entry each.
    pub evidence: Vec<String>,
    /// 残課題・代替策.
    pub gap: String,
    /// 是正期限.
    pub due: Option<Date>,
    /// 担当部署.
    pub department: String,
    /// 担当者.
    pub owner: String,
    /// 回答日.
    pub answered_on: Option<Date>,
    /// 確認者.
    pub reviewer: String,
    /// 承認者.
    pub approver: String,
    /// 承認日.
    pub approved_on: Option<Date>,
    /// 回答版.
    pub answered_edition: String,
    /// 再確認.
    pub recheck: Option<Recheck>,
    /// 再確認理由.
    pub recheck_reason: String,
    /// 変更箇所.
    pub changed_text: String,
    /// 再確認日.
    pub rechecked_on: Option<Date>,
    /// 備考.
    pub remarks: String,
    /// Items the answer points at (「実4と同じ」), read from its text.
    pub refers_to: Vec<Arc<str>>,
    /// What carrying it over had to say.
    pub carry: Option<CarryNote>,
    /// Columns we do not know, by heading, in sheet order; kept and written back.
    pub extra: Vec<(String, String)>,
    /// Where it was read from.
    pub at: Option<SheetRange>,
    /// The file it was read from.
    pub file: Option<Arc<str>>,
    /// Which column each field stood in, shared by all answers of a table.
    pub columns: Option<Arc<FieldColumns>>,
}

/// Zero-based columns of a table, by [`AnswerField`].
pub type FieldColumns = [Option<u32>; AnswerField::ALL.len()];

impl Answer {
    /// Makes a blank answer.
    pub fn blank(key: ItemKey) -> Self {
        Self {
            key,
            responsibility: None,
            applicability: None,
            exclusion_reason: String::new(),
            status: None,
            response: String::new(),
            scope: String::new(),
            evidence: Vec::new(),
            gap: String::new(),
            due: None,
            department: String::new(),
            owner: String::new(),
            answered_on: None,
            reviewer: String::new(),
            approver: String::new(),
            approved_on: None,
            answered_edition: String::new(),
            recheck: None,
            recheck_reason: String::new(),
            changed_text: String::new(),
            rechecked_on: None,
            remarks: String::new(),
            refers_to: Vec::new(),
            carry: None,
            extra: Vec::new(),
            at: None,
            file: None,
            columns: None,
        }
    }

    /// The cell a field was read from, where that is known.
    pub fn cell(&self, field: AnswerField) -> Option<SheetRange> {
        let at = self.at.as_ref()?;
        let column = self.columns.as_ref()?[field as usize]?;
        Some(SheetRange::new(&at.sheet, CellRef::new(at.range.first.row, column)))
    }

    /// Says whether nobody has said anything yet (the edition and what carrying noted do not count).
    pub fn is_blank(&self) -> bool {
        AnswerField::ALL
            .into_iter()
            .filter(|field| {
                !matches!(
                    field,
                    AnswerField::AnsweredEdition
                        | AnswerField::Recheck
                        | AnswerField::RecheckReason
                        | AnswerField::ChangedText
                )
            })
            .all(|field| self.text(field).is_empty())
            && self.extra.iter().all(|(_, value)| value.is_empty())
    }

    /// Takes a field over from another answer.
    pub(crate) fn copy_field(&mut self, from: &Answer, field: AnswerField) {
        match field {
            AnswerField::Responsibility => self.responsibility = from.responsibility,
            AnswerField::Applicability => self.applicability = from.applicability,
            AnswerField::ExclusionReason => self.exclusion_reason.clone_from(&from.exclusion_reason),
            AnswerField::Status => self.status = from.status,
            AnswerField::Response => self.response.clone_from(&from.response),
            AnswerField::Scope => self.scope.clone_from(&from.scope),
            AnswerField::Evidence => self.evidence.clone_from(&from.evidence),
            AnswerField::Gap => self.gap.clone_from(&from.gap),
            AnswerField::Due => self.due = from.due,
            AnswerField::Department => self.department.clone_from(&from.department),
            AnswerField::Owner => self.owner.clone_from(&from.owner),
            AnswerField::AnsweredOn => self.answered_on = from.answered_on,
            AnswerField::Reviewer => self.reviewer.clone_from(&from.reviewer),
            AnswerField::Approver => self.approver.clone_from(&from.approver),
            AnswerField::ApprovedOn => self.approved_on = from.approved_on,
            AnswerField::AnsweredEdition => self.answered_edition.clone_from(&from.answered_edition),
            AnswerField::Recheck => self.recheck = from.recheck,
            AnswerField::RecheckReason => self.recheck_reason.clone_from(&from.recheck_reason),
            AnswerField::ChangedText => self.changed_text.clone_from(&from.changed_text),
            AnswerField::RecheckedOn => self.rechecked_on = from.rechecked_on,
            AnswerField::Remarks => self.remarks.clone_from(&from.remarks),
        }
    }

    /// Says whether the item is unanswered: who is to answer may be set, but nobody has said how it stands.
    pub(crate) fn is_unanswered(&self) -> bool {
        let texts = [&self.response, &self.scope, &self.exclusion_reason, &self.gap, &self.remarks];
        self.status.is_none()
            && self.applicability.is_none()
            && self.evidence.is_empty()
            && texts.into_iter().all(String::is_empty)
    }

    /// A field as the flat form writes it: words, texts, ISO dates, evidence one entry per line; empty if blank.
    pub fn text(&self, field: AnswerField) -> String {
        let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        match field {
            AnswerField::Responsibility => self.responsibility.map(Responsibility::word).unwrap_or_default().to_owned(),
            AnswerField::Applicability => self.applicability.map(Applicability::word).unwrap_or_default().to_owned(),
            AnswerField::ExclusionReason => self.exclusion_reason.clone(),
            AnswerField::Status => self.status.map(Status::word).unwrap_or_default().to_owned(),
            AnswerField::Response => self.response.clone(),
            AnswerField::Scope => self.scope.clone(),
            AnswerField::Evidence => self.evidence.join("\n"),
            AnswerField::Gap => self.gap.clone(),
            AnswerField::Due => date(self.due),
            AnswerField::Department => self.department.clone(),
            AnswerField::Owner => self.owner.clone(),
            AnswerField::AnsweredOn => date(self.answered_on),
            AnswerField::Reviewer => self.reviewer.clone(),
            AnswerField::Approver => self.approver.clone(),
            AnswerField::ApprovedOn => date(self.approved_on),
            AnswerField::AnsweredEdition => self.answered_edition.clone(),
            AnswerField::Recheck => self.recheck.map(Recheck::word).unwrap_or_default().to_owned(),
            AnswerField::RecheckReason => self.recheck_reason.clone(),
            AnswerField::ChangedText => self.changed_text.clone(),
            AnswerField::RecheckedOn => date(self.rechecked_on),
            AnswerField::Remarks => self.remarks.clone(),
        }
    }
}
