//! An answer in the making: texts from any format become words, dates and lists, and what is wrong is said.
//!
//! Knows no cells and no files: whoever reads them adds the place. An answer with a problem is left out by its reader.

use super::column::{CarryField, Column};
use super::{Answer, AnswerField, Applicability, CarriedFrom, CarryNote, CarryReason, Recheck, Responsibility, Status};
use super::{date, refer};
use crate::catalog::ItemKey;
use crate::diagnostic::Diagnostic;
use crate::text::normalise::normalise;
use crate::text::suggest;

/// Excel's limit for a cell, in UTF-16 units.
pub(crate) const LIMIT_UNITS: usize = 32_767;

/// An answer being read.
pub(crate) struct Draft {
    answer: Answer,
    bracketed_reason: Option<String>,
    /// What stands behind the colon of `有：年1回`.
    told_behind: Option<String>,
}

impl Draft {
    pub(crate) fn new(key: ItemKey) -> Self {
        Self { answer: Answer::blank(key), bracketed_reason: None, told_behind: None }
    }

    /// The answer so far, for what is no column: its place and file.
    pub(crate) fn answer_mut(&mut self) -> &mut Answer {
        &mut self.answer
    }

    /// Takes what stands in a column. Blank texts say nothing.
    pub(crate) fn set(&mut self, column: &Column, text: &str) -> Result<(), Diagnostic> {
        let text = normalise(&crate::text::owned(text));
        let text = text.as_str();
        if text.trim().is_empty() {
            return Ok(());
        }
        let units = text.encode_utf16().count();
        if units > LIMIT_UNITS {
            return Err(self
                .problem("answer-too-long", column.heading())
                .arg("length", units)
                .arg("limit", LIMIT_UNITS));
        }
        match column {
            Column::Id | Column::Sheet | Column::Key => {}
            Column::Field(field) => self.set_field(*field, text)?,
            Column::Carry(field) => self.set_carry(*field, text)?,
            Column::Extra(heading) => self.answer.extra.push((heading.clone(), text.to_owned())),
        }
        Ok(())
    }

    /// Takes the answers it is made of, as objects with `edition`, `sheet` and `id`.
    pub(crate) fn set_origins(&mut self, origins: &[Vec<(String, String)>]) {
        let value = |origin: &[(String, String)], name: &str| {
            let value = origin.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim().to_owned());
            value.filter(|value| !value.is_empty())
        };
        let read = origins.iter().filter_map(|origin| {
            let key = ItemKey { sheet: value(origin, "sheet").map(Into::into), id: value(origin, "id")?.into() };
            Some(CarriedFrom { edition: value(origin, "edition"), key })
        });
        let from: Vec<CarriedFrom> = read.collect();
        if !from.is_empty() {
            self.answer.carry.get_or_insert_default().from = from;
        }
    }

    /// Ends the reading: what one field needs of another, and what is read from the texts.
    pub(crate) fn finish(mut self) -> Result<Answer, Diagnostic> {
        if let Some(reason) = self.bracketed_reason.take() {
            let own = &mut self.answer.exclusion_reason;
            if own.is_empty() {
                *own = reason;
            } else if !own.contains(&reason) {
                *own = format!("{own}\n{reason}");
            }
        }
        if let Some(behind) = self.told_behind.take() {
            let own = &mut self.answer.scope;
            *own = if own.is_empty() { behind } else { format!("{behind}\n{own}") };
        }
        let excluded =
            self.answer.applicability == Some(Applicability::Excluded) || self.answer.status == Some(Status::Excluded);
        if excluded && self.answer.exclusion_reason.is_empty() {
            return Err(self.problem("answer-exclusion-unreasoned", AnswerField::ExclusionReason.heading()));
        }
        if let Some(note) = &mut self.answer.carry {
            note.from.retain(|from| !from.key.id.is_empty());
        }
        self.answer.refers_to = refer::refers_to(&self.answer);
        Ok(self.answer)
    }

    /// A problem of this answer in a column.
    pub(crate) fn problem(&self, code: &'static str, field: &str) -> Diagnostic {
        Diagnostic::error(code).arg("item", self.answer.key.to_string()).arg("field", field)
    }

    fn set_field(&mut self, field: AnswerField, text: &str) -> Result<(), Diagnostic> {
        match field {
            AnswerField::Responsibility => {
                self.answer.responsibility =
                    self.word(field, text, Responsibility::ALL, Responsibility::parse, Responsibility::word)?;
            }
            AnswerField::Applicability => {
                let (word, reason) =
                    split_reason(text, |word| Applicability::parse(word) == Some(Applicability::Excluded));
                self.answer.applicability =
                    self.word(field, word, Applicability::ALL, Applicability::parse, Applicability::word)?;
                self.bracketed_reason = self.bracketed_reason.take().or(reason);
            }
            AnswerField::Status => {
                let (word, reason) = split_reason(text, |word| Status::parse(word) == Some(Status::Excluded));
                let (word, behind) = split_colon(word, |word| Status::parse(word).is_some());
                self.answer.status = self.word(field, word, Status::ALL, Status::parse, Status::word)?;
                let is_excluded = self.answer.status == Some(Status::Excluded);
                let place = if is_excluded { &mut self.bracketed_reason } else { &mut self.told_behind };
                *place = place.take().or(reason).or(behind);
            }
            AnswerField::Recheck => {
                self.answer.recheck = self.word(field, text, Recheck::ALL, Recheck::parse, Recheck::word)?;
            }
            AnswerField::Evidence => {
                let entries = text.split('\n').map(str::trim).filter(|entry| !entry.is_empty());
                self.answer.evidence.extend(entries.map(str::to_owned));
            }
            AnswerField::Due => self.answer.due = Some(self.date(field.heading(), text)?),
            AnswerField::AnsweredOn => self.answer.answered_on = Some(self.date(field.heading(), text)?),
            AnswerField::ApprovedOn => self.answer.approved_on = Some(self.date(field.heading(), text)?),
            AnswerField::RecheckedOn => self.answer.rechecked_on = Some(self.date(field.heading(), text)?),
            AnswerField::ExclusionReason => self.answer.exclusion_reason = text.to_owned(),
            AnswerField::Response => self.answer.response = text.to_owned(),
            AnswerField::Scope => self.answer.scope = text.to_owned(),
            AnswerField::Gap => self.answer.gap = text.to_owned(),
            AnswerField::Department => self.answer.department = text.to_owned(),
            AnswerField::Owner => self.answer.owner = text.to_owned(),
            AnswerField::Reviewer => self.answer.reviewer = text.to_owned(),
            AnswerField::Approver => self.answer.approver = text.to_owned(),
            AnswerField::AnsweredEdition => self.answer.answered_edition = text.to_owned(),
            AnswerField::RecheckReason => self.answer.recheck_reason = text.to_owned(),
            AnswerField::ChangedText => self.answer.changed_text = text.to_owned(),
            AnswerField::Remarks => self.answer.remarks = text.to_owned(),
        }
        Ok(())
    }

    fn set_carry(&mut self, field: CarryField, text: &str) -> Result<(), Diagnostic> {
        let mut note = self.answer.carry.take().unwrap_or_default();
        let result = self.fill_note(&mut note, field, text);
        self.answer.carry = Some(note);
        result
    }

    fn fill_note(&self, note: &mut CarryNote, field: CarryField, text: &str) -> Result<(), Diagnostic> {
        let lines = || text.split('\n').enumerate();
        match field {
            CarryField::Reasons => {
                for word in text.split(['、', ',', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
                    let reason = CarryReason::parse(word);
                    note.reasons.push(reason.ok_or_else(|| {
                        self.unknown_word(field.heading(), word, CarryReason::ALL.iter().map(|reason| reason.word()))
                    })?);
                }
            }
            CarryField::From => lines().for_each(|(index, line)| origin(note, index).key.id = line.trim().into()),
            CarryField::FromSheet => lines().for_each(|(index, line)| {
                origin(note, index).key.sheet = Some(line).filter(|line| !line.is_empty()).map(Into::into);
            }),
            CarryField::FromEdition => lines().for_each(|(index, line)| {
                origin(note, index).edition = Some(line).filter(|line| !line.is_empty()).map(Into::into);
            }),
            CarryField::OldText => note.old_text = text.to_owned(),
            CarryField::NewText => note.new_text = text.to_owned(),
            CarryField::PreviousReviewer => note.previous_reviewer = text.to_owned(),
            CarryField::PreviousApprover => note.previous_approver = text.to_owned(),
            CarryField::PreviousApprovedOn => note.previous_approved_on = Some(self.date(field.heading(), text)?),
        }
        Ok(())
    }

    fn word<T: Copy>(
        &self,
        field: AnswerField,
        text: &str,
        all: &[T],
        parse: impl Fn(&str) -> Option<T>,
        word: impl Fn(T) -> &'static str,
    ) -> Result<Option<T>, Diagnostic> {
        if matches!(text.trim(), "未回答" | "未記入" | "要確認" | "（未回答）" | "(未回答)") {
            return Ok(None);
        }
        let unknown = || self.unknown_word(field.heading(), text, all.iter().map(|&known| word(known)));
        parse(text).map(Some).ok_or_else(unknown)
    }

    fn unknown_word(&self, field: &str, text: &str, allowed: impl Iterator<Item = &'static str>) -> Diagnostic {
        let allowed: Vec<String> = allowed.map(str::to_owned).collect();
        let near = nearest_word(text, &allowed).unwrap_or("none").to_owned();
        self.problem("answer-value-unknown", field).arg("value", shown(text)).arg("allowed", allowed).arg("near", near)
    }

    fn date(&self, field: &str, text: &str) -> Result<jiff::civil::Date, Diagnostic> {
        date::parse(text).ok_or_else(|| self.problem("answer-date-invalid", field).arg("value", shown(text)))
    }
}

/// The `index`th item an answer was carried from, made if it is not there yet.
fn origin(note: &mut CarryNote, index: usize) -> &mut CarriedFrom {
    while note.from.len() <= index {
        note.from.push(CarriedFrom { edition: None, key: ItemKey::of("") });
    }
    &mut note.from[index]
}

/// Splits `対象外（業務アプリケーションでの対策）` into word and reason, if the word alone is the one asked for.
fn split_reason(text: &str, is_excluded: impl Fn(&str) -> bool) -> (&str, Option<String>) {
    let brackets = [('（', '）'), ('(', ')'), ('【', '】')];
    for (open, close) in brackets {
        let Some((word, rest)) = text.split_once(open) else { continue };
        let Some(reason) = rest.trim_end().strip_suffix(close) else { continue };
        if is_excluded(word) && !reason.trim().is_empty() {
            return (word, Some(reason.trim().to_owned()));
        }
    }
    (text, None)
}

/// Splits `有：年1回` into the word and what is told behind it, if the word alone is one.
fn split_colon(text: &str, is_word: impl Fn(&str) -> bool) -> (&str, Option<String>) {
    match text.split_once([':', '：']) {
        Some((word, behind)) if is_word(word) && !behind.trim().is_empty() => (word, Some(behind.trim().to_owned())),
        _ => (text, None),
    }
}

/// The word meant: by likeness, or the one that begins alike (`対応ずみ` for `対応済`).
fn nearest_word<'a>(text: &str, allowed: &'a [String]) -> Option<&'a str> {
    let shared = |word: &str| word.chars().zip(text.chars()).take_while(|(a, b)| a == b).count();
    let near = suggest::nearest(text, allowed.iter().map(String::as_str));
    let begins_alike = || allowed.iter().map(String::as_str).rev().max_by_key(|word| shared(word));
    near.or_else(|| begins_alike().filter(|word| shared(word) >= 2))
}

/// A value as a message shows it: the beginning of its first line.
pub(crate) fn shown(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    let cut = crate::text::width::truncate(first, 60);
    if first.len() < text.trim_end().len() && !cut.ends_with('…') { format!("{cut}…") } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(values: &[(AnswerField, &str)]) -> Result<Answer, Diagnostic> {
        let mut draft = Draft::new(ItemKey::of("実1"));
        for &(field, text) in values {
            draft.set(&Column::Field(field), text)?;
        }
        draft.finish()
    }

    #[test]
    fn words_dates_and_lists_are_understood() {
        let answer = draft(&[
            (AnswerField::Status, "○"),
            (AnswerField::Due, "令和8年3月1日"),
            (AnswerField::Evidence, "規程 第2条\r\n\r\n点検記録"),
        ])
        .unwrap();
        assert_eq!(answer.status, Some(Status::Done));
        assert_eq!(answer.text(AnswerField::Due), "2026-03-01");
        assert_eq!(answer.evidence, ["規程 第2条", "点検記録"]);
    }

    /// The spellings seen in questionnaires, one class a line.
    #[test]
    fn every_spelling_of_a_status_is_known() {
        for (status, spellings) in [
            (Some(Status::Done), "○ 〇 ◯ ● はい 有 Yes Y ＹＥＳ 済 対応済 実施済 適合 TRUE true 1 １"),
            (Some(Status::Partial), "△ ▲ 一部 一部対応 部分 Partial P Ｐ"),
            (Some(Status::Open), "× ✕ ✖ X x ｘ いいえ 無 No N 未対応 未実施 不適合 FALSE"),
            (Some(Status::Planned), "予定 計画中 検討中"),
            (Some(Status::Excluded), "対象外 非該当 該当なし N/A NA Ｎ／Ａ 適用外"),
            (None, "未記入 要確認 未回答"),
        ] {
            for spelling in spellings.split(' ') {
                let reason = (AnswerField::ExclusionReason, "範囲の外");
                let answer = draft(&[(AnswerField::Status, spelling), reason]).unwrap();
                assert_eq!(answer.status, status, "{spelling}");
            }
        }
        let spaced = draft(&[(AnswerField::Status, "Not Applicable"), (AnswerField::ExclusionReason, "a")]).unwrap();
        assert_eq!(spaced.status, Some(Status::Excluded));
        // ◎ is better than ○ where it is used, and a dash means what the workbook says it means: only a template knows.
        for unknown in ["◎", "-", "－", "ー", "―", "‐"] {
            assert_eq!(draft(&[(AnswerField::Status, unknown)]).unwrap_err().code, "answer-value-unknown", "{unknown}");
        }
    }

    #[test]
    fn what_is_told_behind_a_colon_is_kept() {
        let answer = draft(&[(AnswerField::Status, "有：年1回"), (AnswerField::Scope, "本店のみ")]).unwrap();
        assert_eq!((answer.status, &*answer.scope), (Some(Status::Done), "年1回\n本店のみ"));
        let excluded = draft(&[(AnswerField::Status, "対象外：設備は事業者の管理")]).unwrap();
        assert_eq!((excluded.status, &*excluded.exclusion_reason), (Some(Status::Excluded), "設備は事業者の管理"));
        assert!(draft(&[(AnswerField::Status, "参照：規程")]).is_err());
    }

    #[test]
    fn an_exclusion_brings_its_reason_or_is_refused() {
        let answer = draft(&[(AnswerField::Status, "対象外（業務アプリケーションでの対策）")]).unwrap();
        assert_eq!(answer.exclusion_reason, "業務アプリケーションでの対策");
        let error = draft(&[(AnswerField::Applicability, "対象外")]).unwrap_err();
        assert_eq!(error.code, "answer-exclusion-unreasoned");
    }

    #[test]
    fn a_word_outside_the_list_is_refused_with_the_one_meant() {
        let error = draft(&[(AnswerField::Status, "対応ずみ")]).unwrap_err();
        let near = error.args.iter().find(|(name, _)| name == "near").unwrap();
        assert_eq!((&*error.code, &near.1), ("answer-value-unknown", &"対応済".into()));
        assert_eq!(draft(&[(AnswerField::Due, "来月")]).unwrap_err().code, "answer-date-invalid");
        let long = "あ".repeat(LIMIT_UNITS + 1);
        assert_eq!(draft(&[(AnswerField::Response, &long)]).unwrap_err().code, "answer-too-long");
    }
}
