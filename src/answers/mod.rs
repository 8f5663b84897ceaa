//! What the user says about the items of an edition: the model every answer format is read to and written from.
//!
//! Knows nothing of files or sheets beyond the cell an answer was read from. The words of the lists are Japanese in
//! every format; English spellings are read as well.

pub mod column;
pub mod compared;
pub mod date;
pub(crate) mod draft;
pub mod header;
pub mod json;
pub mod merge;
pub mod place;
pub mod refer;
pub mod table;
mod wire;
pub mod yaml;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;

use crate::address::{CellRef, SheetRange};
use crate::catalog::{Edition, ItemKey};
use crate::diagnostic::Diagnostic;

/// The keys of an answer's fields, in the order of the flat form.
///
/// `id` and `sheet` are the answer's [`ItemKey`] and not fields.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is described by its heading, see `AnswerField::heading`")]
pub enum AnswerField {
    Responsibility,
    Applicability,
    ExclusionReason,
    Status,
    Response,
    Scope,
    Evidence,
    Gap,
    Due,
    Department,
    Owner,
    AnsweredOn,
    Reviewer,
    Approver,
    ApprovedOn,
    AnsweredEdition,
    Recheck,
    RecheckReason,
    ChangedText,
    RecheckedOn,
    Remarks,
}

impl AnswerField {
    /// All fields, in the order of the flat form.
    pub const ALL: [Self; 21] = [
        Self::Responsibility,
        Self::Applicability,
        Self::ExclusionReason,
        Self::Status,
        Self::Response,
        Self::Scope,
        Self::Evidence,
        Self::Gap,
        Self::Due,
        Self::Department,
        Self::Owner,
        Self::AnsweredOn,
        Self::Reviewer,
        Self::Approver,
        Self::ApprovedOn,
        Self::AnsweredEdition,
        Self::Recheck,
        Self::RecheckReason,
        Self::ChangedText,
        Self::RecheckedOn,
        Self::Remarks,
    ];

    /// The key in JSON, YAML and English headings.
    pub fn key(self) -> &'static str {
        self.row().0
    }

    /// The field of a key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// The words of the closed list it is chosen from; none where it is free text.
    pub fn choices(self) -> Vec<String> {
        fn words<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<String> {
            all.iter().map(|&value| word(value).to_owned()).collect()
        }
        match self {
            Self::Responsibility => words(Responsibility::ALL, Responsibility::word),
            Self::Applicability => words(Applicability::ALL, Applicability::word),
            Self::Status => words(Status::ALL, Status::word),
            Self::Recheck => words(Recheck::ALL, Recheck::word),
            _ => Vec::new(),
        }
    }

    /// The Japanese heading.
    pub fn heading(self) -> &'static str {
        self.row().1
    }

    fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::Responsibility => ("responsibility", "責任主体"),
            Self::Applicability => ("applicability", "適用"),
            Self::ExclusionReason => ("exclusion_reason", "除外理由"),
            Self::Status => ("status", "自己評価"),
            Self::Response => ("response", "対応内容"),
            Self::Scope => ("scope", "範囲・例外・補足"),
            Self::Evidence => ("evidence", "証跡"),
            Self::Gap => ("gap", "残課題・代替策"),
            Self::Due => ("due", "是正期限"),
            Self::Department => ("department", "担当部署"),
            Self::Owner => ("owner", "担当者"),
            Self::AnsweredOn => ("answered_on", "回答日"),
            Self::Reviewer => ("reviewer", "確認者"),
            Self::Approver => ("approver", "承認者"),
            Self::ApprovedOn => ("approved_on", "承認日"),
            Self::AnsweredEdition => ("answered_edition", "回答版"),
            Self::Recheck => ("recheck", "再確認"),
            Self::RecheckReason => ("recheck_reason", "再確認理由"),
            Self::ChangedText => ("changed_text", "変更箇所"),
            Self::RecheckedOn => ("rechecked_on", "再確認日"),
            Self::Remarks => ("remarks", "備考"),
        }
    }
}

/// 責任主体: who acts.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Responsibility {
    /// 事業者: the provider.
    Provider,
    /// SI事業者: the system integrator.
    Integrator,
    /// 利用者: the user.
    User,
    /// 共同: shared.
    Shared,
}

/// 適用: whether the item applies.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Applicability {
    /// 適用.
    Applicable,
    /// 対象外; needs an exclusion reason.
    Excluded,
}

/// 自己評価: how far the item is met. A blank answer (未回答) is `None`.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// 対応済.
    Done,
    /// 一部対応.
    Partial,
    /// 計画中.
    Planned,
    /// 未対応.
    Open,
    /// 対象外.
    Excluded,
}

/// 再確認: whether the answer must be looked at again.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Recheck {
    /// 要.
    Needed,
    /// 済.
    Done,
}

/// Implements `word`, `ALL` and `parse` for a closed list of words.
macro_rules! words {
    ($type:ident { $($variant:ident => $word:literal $(| $spelling:literal)*),+ $(,)? }) => {
        impl $type {
            /// All words, in the order a drop-down shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in our formats.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the word or one of its other spellings, blind to width and case.
            pub fn parse(text: &str) -> Option<Self> {
                const SPELLINGS: &[(&str, $type)] =
                    &[$(($word, $type::$variant), $(($spelling, $type::$variant),)*)+];
                static KEYS: LazyLock<Vec<(String, $type)>> = LazyLock::new(|| {
                    SPELLINGS.iter().map(|&(word, value)| (crate::text::fold::value_key(word), value)).collect()
                });
                // Nearly every cell holds the word itself.
                if let Some(&(_, value)) = SPELLINGS.iter().find(|(word, _)| *word == text) {
                    return Some(value);
                }
                let key = crate::text::fold::value_key(text);
                KEYS.iter().find(|(word, _)| *word == key).map(|&(_, value)| value)
            }
        }
    };
}

words!(Responsibility {
    Provider => "事業者" | "クラウド事業者" | "provider" | "csp",
    Integrator => "SI事業者" | "SI" | "integrator",
    User => "利用者" | "お客様" | "user" | "customer" | "csc",
    Shared => "共同" | "共有" | "shared",
});
words!(Applicability {
    Applicable => "適用" | "該当" | "applicable" | "yes",
    Excluded => "対象外" | "適用外" | "非該当" | "該当なし" | "excluded" | "not applicable" | "n/a" | "na" | "no",
});
words!(Status {
    Done => "対応済" | "対応済み" | "済" | "実施済" | "実施済み" | "対応" | "実施" | "対応しています" | "はい" | "有" | "適合" | "○" | "〇" | "◯" | "●" | "done" | "yes" | "y" | "true" | "1" | "implemented",
    Partial => "一部対応" | "一部" | "部分" | "部分対応" | "一部実施" | "△" | "▲" | "partial" | "partially" | "p",
    Planned => "計画中" | "予定" | "検討中" | "対応予定" | "実施予定" | "planned",
    Open => "未対応" | "未実施" | "未" | "非対応" | "いいえ" | "無" | "不適合" | "×" | "✕" | "✖" | "x" | "open" | "no" | "n" | "false" | "not implemented",
    Excluded => "対象外" | "適用外" | "非該当" | "該当なし" | "excluded" | "not applicable" | "n/a" | "na",
});
words!(Recheck {
    Needed => "要" | "要再確認" | "needed" | "yes",
    Done => "済" | "done" | "no",
});

/// Why a carried answer stands or must be looked at again.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CarryReason {
    /// 同一: nothing changed.
    Same,
    /// 表記のみ: only notation changed.
    Notation,
    /// 追記あり: text was added, nothing taken away.
    Appended,
    /// 変更あり: text changed.
    Changed,
    /// 番号変更: the item has another number now.
    Renumbered,
    /// 分割: the item became several.
    Split,
    /// 統合: several items became this one.
    Merged,
    /// 廃止/欠番: the item is gone.
    Retired,
    /// 新規: the item is new; the answer is blank.
    New,
    /// 参照先変更: the item this answer points at changed.
    ReferredChanged,
}

words!(CarryReason {
    Same => "同一",
    Notation => "表記のみ",
    Appended => "追記あり",
    Changed => "変更あり",
    Renumbered => "番号変更",
    Split => "分割",
    Merged => "統合",
    Retired => "廃止/欠番" | "廃止" | "欠番",
    New => "新規",
    ReferredChanged => "参照先変更",
});

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
    pub fn is_unanswered(&self) -> bool {
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

/// Two different answers for one field, and which was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The item.
    pub key: ItemKey,
    /// The field: a key of [`AnswerField`], or the heading of an extra column.
    pub field: String,
    /// What was kept.
    pub kept: String,
    /// What was not.
    pub other: String,
    /// The file, and the cell where known, that `other` came from.
    pub from: String,
}

impl Conflict {
    /// The field's Japanese heading; the user's own for a column of theirs.
    pub fn heading(&self) -> &str {
        match AnswerField::of_key(&self.field) {
            Some(field) => field.heading(),
            None => &self.field,
        }
    }
}

/// The answers to an edition. One answer per item at most.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// The edition they are given for.
    pub edition: Edition,
    /// The header block, by key (`institution`, `system`, …), in order.
    pub header: Vec<(String, String)>,
    /// The answers.
    pub answers: Vec<Answer>,
    /// Answers whose item is gone: kept, never counted.
    pub retired: Vec<Answer>,
    /// Answers that lost to another when parts were merged.
    pub conflicts: Vec<Conflict>,
}

/// Answers as read, with what reading them had to say. An answer with a problem is left out, and the problem is an
/// error among the diagnostics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// The answers without a problem.
    pub answers: Answers,
    /// Every problem found.
    pub diagnostics: Vec<Diagnostic>,
}

impl Read {
    /// Names the file in every answer and diagnostic that names none.
    #[must_use]
    pub fn in_file(mut self, file: &Arc<str>) -> Self {
        let Answers { answers, retired, .. } = &mut self.answers;
        for answer in answers.iter_mut().chain(retired) {
            answer.file.get_or_insert_with(|| Arc::clone(file));
        }
        self.diagnostics = self.diagnostics.into_iter().map(|diagnostic| diagnostic.in_file(file)).collect();
        self
    }
}

impl Answers {
    /// All answers by their item, for many look-ups.
    pub fn by_key(&self) -> HashMap<&ItemKey, &Answer> {
        self.answers.iter().map(|answer| (&answer.key, answer)).collect()
    }

    /// Finds the answer of an item. Linear in the number of answers: use [`Answers::by_key`] for many look-ups.
    pub fn get(&self, key: &ItemKey) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.key == *key)
    }
}
