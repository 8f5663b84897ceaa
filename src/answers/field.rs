//! The fields of an answer and the closed lists of words some of them are chosen from.

use std::sync::LazyLock;

/// The keys of an answer's fields, in the order of the flat form.
///
/// `id` and `sheet` are the answer's [`ItemKey`](crate::catalog::ItemKey) and not fields.
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
    pub(crate) fn of_key(key: &str) -> Option<Self> {
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
