//! The columns of the flat form: what a heading means, and which columns a set of answers needs.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::{Answer, AnswerField, CarryReason};
use crate::catalog::ItemKey;
use crate::text::fold::heading_key;

/// Said behind a heading of ours, in a workbook whose publisher uses it for something else: 備考（回答）.
pub(crate) const ADDED: &str = "（回答）";

/// What a column of the flat form holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Column {
    /// The item's id.
    Id,
    /// The item's sheet, where ids repeat.
    Sheet,
    /// The row's item as [`key_text`] has it, in the hidden column of an answer sheet.
    Key,
    /// A field of the answer.
    Field(AnswerField),
    /// A part of what carrying the answer over had to say.
    Carry(CarryField),
    /// A column we do not know, by its heading.
    Extra(String),
}

/// The parts of a [`super::CarryNote`].
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is described by its heading, see `CarryField::heading`")]
pub enum CarryField {
    Reasons,
    From,
    FromSheet,
    FromEdition,
    OldText,
    NewText,
    PreviousReviewer,
    PreviousApprover,
    PreviousApprovedOn,
}

impl CarryField {
    /// All parts, in the order of the flat form.
    pub const ALL: [Self; 9] = [
        Self::Reasons,
        Self::From,
        Self::FromSheet,
        Self::FromEdition,
        Self::OldText,
        Self::NewText,
        Self::PreviousReviewer,
        Self::PreviousApprover,
        Self::PreviousApprovedOn,
    ];

    /// The English heading.
    pub fn key(self) -> &'static str {
        self.row().0
    }

    /// The Japanese heading.
    pub fn heading(self) -> &'static str {
        self.row().1
    }

    fn row(self) -> (&'static str, &'static str) {
        match self {
            Self::Reasons => ("carry_reasons", "引継区分"),
            Self::From => ("carried_from", "引継元"),
            Self::FromSheet => ("carried_from_sheet", "引継元シート"),
            Self::FromEdition => ("carried_from_edition", "引継元版"),
            Self::OldText => ("old_text", "改正前の本文"),
            Self::NewText => ("new_text", "改正後の本文"),
            Self::PreviousReviewer => ("previous_reviewer", "前版の確認者"),
            Self::PreviousApprover => ("previous_approver", "前版の承認者"),
            Self::PreviousApprovedOn => ("previous_approved_on", "前版の承認日"),
        }
    }
}

/// The heading of the id column in the flat form.
pub(crate) const ID_HEADING: &str = "項番";
/// The heading of the sheet column in the flat form.
pub(crate) const SHEET_HEADING: &str = "シート";
/// The form of our answer sheets and its version, so that later ones can be told: heading of the hidden column.
pub(crate) const FORM: &str = "secref-answers 1";
/// What every version of the form begins with.
const FORM_NAME: &str = "secref-answers ";

/// The version of the form a text names, if it names one.
pub(crate) fn form_version(text: &str) -> Option<u32> {
    text.trim().strip_prefix(FORM_NAME)?.trim().parse().ok()
}

/// An item as the hidden column of an answer sheet has it: the id, and in a line of its own the sheet, where it has one.
pub fn key_text(key: &ItemKey) -> String {
    match &key.sheet {
        Some(sheet) => format!("{}\n{sheet}", key.id),
        None => key.id.to_string(),
    }
}

/// The item a text of the hidden column means.
pub(crate) fn key_of_text(text: &str) -> Option<ItemKey> {
    let (id, sheet) = text.split_once('\n').map_or((text, None), |(id, sheet)| (id, Some(sheet.trim())));
    let sheet = sheet.filter(|sheet| !sheet.is_empty()).map(Into::into);
    (!id.trim().is_empty()).then(|| ItemKey { sheet, id: id.trim().into() })
}

impl Column {
    /// The heading the flat form writes.
    pub fn heading(&self) -> &str {
        match self {
            Self::Id => ID_HEADING,
            Self::Sheet => SHEET_HEADING,
            Self::Key => FORM,
            Self::Field(field) => field.heading(),
            Self::Carry(field) => field.heading(),
            Self::Extra(heading) => heading,
        }
    }

    /// Says what a heading of the flat form means: one of ours, in Japanese or English, blind to width, case and blanks.
    pub fn named(heading: &str) -> Option<Self> {
        static OURS: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
            let ids = [ID_HEADING, "id"].map(|name| (name, Column::Id));
            let sheets = [SHEET_HEADING, "sheet", "シート名"].map(|name| (name, Column::Sheet));
            let fields = AnswerField::ALL.into_iter();
            let fields =
                fields.flat_map(|field| [field.heading(), field.key()].map(|name| (name, Column::Field(field))));
            let carry = CarryField::ALL.into_iter();
            let carry = carry.flat_map(|field| [field.heading(), field.key()].map(|name| (name, Column::Carry(field))));
            let all = ids.into_iter().chain(sheets).chain([(FORM, Column::Key)]).chain(fields).chain(carry);
            // A name as it is written spares the folding; both spellings are in the table.
            all.flat_map(|(name, column)| [(name.to_owned(), column.clone()), (plain_key(name), column)]).collect()
        });
        let heading = heading.trim_end().strip_suffix(ADDED).unwrap_or(heading);
        OURS.get(heading).or_else(|| OURS.get(&plain_key(heading))).cloned()
    }

    /// Says what a heading probably means in a sheet that is not ours: what users call these columns.
    pub fn called(heading: &str) -> Option<Self> {
        static THEIRS: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
            let ids = ID_SYNONYMS.iter().map(|name| (plain_key(name), Column::Id));
            let fields = SYNONYMS
                .iter()
                .flat_map(|&(field, names)| names.iter().map(move |name| (plain_key(name), Column::Field(field))));
            ids.chain(fields).collect()
        });
        THEIRS.get(&plain_key(heading)).cloned()
    }
}

/// Says whether a heading belongs to a reference or is computed from answers, and so is no answer itself.
pub(crate) fn is_reference_heading(heading: &str) -> bool {
    let key = plain_key(heading);
    let has_ending = REFERENCE_ENDINGS.iter().any(|ending| key.ends_with(&plain_key(ending)));
    has_ending || REFERENCE_HEADINGS.iter().any(|name| plain_key(name) == key)
}

/// Says whether a heading stands over what is computed from answers and never read back.
pub(crate) fn is_computed_heading(heading: &str) -> bool {
    let key = plain_key(heading);
    ["点検結果", "改訂影響", "変更区分"].iter().any(|name| plain_key(name) == key)
}

/// Names an unknown column so that the flat form can hold it: a heading of ours gets a number behind it.
pub(crate) fn extra_heading(heading: &str) -> String {
    let trimmed = heading.trim();
    if Column::named(trimmed).is_some() { format!("{trimmed} (2)") } else { trimmed.to_owned() }
}

/// Headings fold as in references; `_`, `-`, `.` and `・` between the words count as nothing.
pub(crate) fn plain_key(heading: &str) -> String {
    heading_key(heading).chars().filter(|c| !matches!(c, '_' | '-' | '.' | '・' | '/')).collect()
}

const ID_SYNONYMS: &[&str] = &[
    "基準番号",
    "実務基準番号",
    "FISC実務基準",
    "FISC安全対策基準の項目",
    "項目番号",
    "管理番号",
    "番号",
    "No",
    "#",
    "Control ID",
    "Control Identifier",
    "Question ID",
    "Requirement ID",
    "Azure ID",
    "ASB ID",
    "MSTG-ID",
    "Item",
    "Item ID",
];

const SYNONYMS: &[(AnswerField, &[&str])] = &[
    (AnswerField::Responsibility, &["対応主体", "実施主体", "対応の主体", "責任分界"]),
    (AnswerField::Applicability, &["適用有無", "適用の有無", "適用可否", "適用/対象外", "applicable"]),
    (
        AnswerField::ExclusionReason,
        &["適用除外の理由", "適用除外理由", "対象外の理由", "対象外理由", "除外の理由", "reason for exclusion"],
    ),
    (
        AnswerField::Status,
        &["自己評価結果", "評価結果", "評価", "実施状況", "対応状況", "self assessment", "assessment"],
    ),
    (AnswerField::Response, &["当社の対応", "当行の対応", "対応内容(当社の対応)", "回答", "回答内容", "answer"]),
    (AnswerField::Scope, &["範囲・例外", "例外・補足", "補足", "scope and exceptions"]),
    (AnswerField::Evidence, &["エビデンス", "証憑", "証跡・根拠資料", "根拠資料", "evidences"]),
    (AnswerField::Gap, &["残課題", "課題", "代替策", "残課題・代替案", "gaps"]),
    (AnswerField::Due, &["対応期限", "期限", "完了予定日", "due date", "deadline"]),
    (AnswerField::Department, &["担当部門", "所管部署", "主管部署", "部署", "部門", "dept"]),
    (AnswerField::Owner, &["担当", "担当者名", "回答者", "記入者", "assignee"]),
    (AnswerField::AnsweredOn, &["記入日", "回答年月日", "answered at", "answer date", "date answered"]),
    (AnswerField::Reviewer, &["レビュー者", "レビューア", "点検者", "reviewed by"]),
    (AnswerField::Approver, &["承認者名", "責任者", "approved by"]),
    (AnswerField::ApprovedOn, &["承認年月日", "approval date"]),
    (AnswerField::AnsweredEdition, &["出典版", "回答時の版", "edition"]),
    (AnswerField::Recheck, &["要再確認", "再確認要否", "再確認の要否"]),
    (AnswerField::RecheckReason, &["再確認の理由"]),
    (AnswerField::ChangedText, &["変更点", "変更内容"]),
    (AnswerField::RecheckedOn, &["再確認年月日"]),
    (AnswerField::Remarks, &["コメント", "備考欄", "notes", "comments", "comment"]),
];

/// Headings of references (DOMAIN §6) that could be mistaken for a column of one's own.
const REFERENCE_HEADINGS: &[&str] = &[
    "基準大項目",
    "大項目",
    "区分",
    "分類",
    "種別",
    "基準区分",
    "中項目",
    "基準中項目",
    "小項目",
    "基準小項目",
    "項目",
    "項目名",
    "見解",
    "適合性",
    "適合状況",
    "適合区分",
    "本調査で確認した内容",
    "確認した公開文書",
    "参照文書",
    "第三者認証等から確認した内容",
    "第三者認証",
    "SI事業者・利用者で必要な対応",
    "お客様の対応",
    "利用者の対応",
    "点検結果",
    "改訂影響",
    "変更区分",
    "title",
    "group",
    "conformity",
];
const REFERENCE_ENDINGS: &[&str] = &["の見解", "への適合性", "インタビューで確認した内容", "で必要な対応"];

/// The columns the flat form of these answers needs, in order: id, sheet (if any key names one), all fields, what
/// carrying had to say (if there is any), then the unknown columns in the order they first come up.
pub fn columns<'a>(answers: impl IntoIterator<Item = &'a Answer>) -> Vec<Column> {
    let (mut has_sheet, mut has_carry, mut has_carry_sheet) = (false, false, false);
    let mut extras: Vec<&str> = Vec::new();
    let mut seen: HashSet<&str> = HashSet::new();
    for answer in answers {
        has_sheet |= answer.key.sheet.is_some();
        has_carry |= answer.carry.is_some();
        let from = answer.carry.iter().flat_map(|note| &note.from);
        has_carry_sheet |= from.into_iter().any(|from| from.key.sheet.is_some());
        extras.extend(answer.extra.iter().map(|(heading, _)| heading.as_str()).filter(|heading| seen.insert(heading)));
    }
    let fields = AnswerField::ALL.into_iter().map(Column::Field);
    let carry = CarryField::ALL.into_iter().filter(|&field| field != CarryField::FromSheet || has_carry_sheet);
    let carry = carry.filter(|_| has_carry).map(Column::Carry);
    std::iter::once(Column::Id)
        .chain(has_sheet.then_some(Column::Sheet))
        .chain(fields)
        .chain(carry)
        .chain(extras.into_iter().map(|heading| Column::Extra(heading.to_owned())))
        .collect()
}

/// What an answer has in a column, as the flat form writes it; empty if nothing.
pub fn text(answer: &Answer, column: &Column) -> String {
    match column {
        Column::Id => answer.key.id.to_string(),
        Column::Key => key_text(&answer.key),
        Column::Sheet => answer.key.sheet.as_deref().unwrap_or_default().to_owned(),
        Column::Field(field) => answer.text(*field),
        Column::Carry(field) => carry_text(answer, *field),
        Column::Extra(heading) => {
            let value = answer.extra.iter().find(|(known, _)| known == heading);
            value.map(|(_, value)| value.clone()).unwrap_or_default()
        }
    }
}

fn carry_text(answer: &Answer, field: CarryField) -> String {
    let Some(note) = &answer.carry else { return String::new() };
    let lines = |lines: Vec<&str>| lines.join("\n").trim_end_matches('\n').to_owned();
    match field {
        CarryField::Reasons => {
            note.reasons.iter().map(|reason| CarryReason::word(*reason)).collect::<Vec<_>>().join("、")
        }
        CarryField::From => lines(note.from.iter().map(|from| &*from.key.id).collect()),
        CarryField::FromSheet => {
            lines(note.from.iter().map(|from| from.key.sheet.as_deref().unwrap_or_default()).collect())
        }
        CarryField::FromEdition => {
            lines(note.from.iter().map(|from| from.edition.as_deref().unwrap_or_default()).collect())
        }
        CarryField::OldText => note.old_text.clone(),
        CarryField::NewText => note.new_text.clone(),
        CarryField::PreviousReviewer => note.previous_reviewer.clone(),
        CarryField::PreviousApprover => note.previous_approver.clone(),
        CarryField::PreviousApprovedOn => note.previous_approved_on.map(|date| date.to_string()).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_of_ours_reads_back_in_both_languages() {
        let fields = AnswerField::ALL.map(|field| (Column::Field(field), field.heading(), field.key()));
        let carry = CarryField::ALL.map(|field| (Column::Carry(field), field.heading(), field.key()));
        for (column, heading, key) in fields.into_iter().chain(carry) {
            assert_eq!(Column::named(heading), Some(column.clone()), "{heading}");
            assert_eq!(Column::named(key), Some(column.clone()), "{key}");
            assert_eq!(Column::named(&key.replace('_', " ").to_uppercase()), Some(column), "{key}");
        }
    }

    #[test]
    fn what_users_call_a_column_is_told_from_what_a_reference_calls_it() {
        assert_eq!(Column::called("基準番号"), Some(Column::Id));
        assert_eq!(Column::called("№"), Some(Column::Id));
        assert_eq!(Column::called("当社の\n対応"), Some(Column::Field(AnswerField::Response)));
        assert_eq!(Column::called("Due Date"), Some(Column::Field(AnswerField::Due)));
        assert!(is_reference_heading("FISC安全対策基準に対するMicrosoftの見解"));
        assert!(!is_reference_heading("備考"));
    }

    #[test]
    fn a_synonym_never_names_two_columns_and_never_one_of_ours() {
        let mut seen = HashSet::new();
        let names = SYNONYMS.iter().flat_map(|(_, names)| names.iter()).chain(ID_SYNONYMS);
        for name in names {
            assert!(seen.insert(plain_key(name)), "{name} stands twice");
            assert_eq!(Column::named(name), None, "{name}");
        }
    }
}
