//! The manager's page of a review: what changed, what it means for us, what to look at, and where everything is.

use askama::Template;

use super::DiffPage;
use super::labels::{self, Labels};
use super::overview::{Overview, Remark, remark};
use super::shell::Shell;
use crate::answers::{Answer, Answers, Recheck, Status};
use crate::diagnostic::Diagnostic;
use crate::diff::{ChangeSeverity, Diff, ItemChange};
use crate::render::words::Lang;

/// What the manager's page of a review is made with.
#[derive(Clone, Copy, Debug)]
pub struct Index<'a> {
    /// The language of the page.
    pub lang: Lang,
    /// The difference of the two editions.
    pub diff: &'a Diff,
    /// The answers carried to the new edition, if any were given.
    pub answers: Option<&'a Answers>,
    /// The files of the review, in the order they are listed.
    pub deliverables: &'a [Deliverable],
    /// What the whole review had to say.
    pub diagnostics: &'a [Diagnostic],
}

/// One file of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deliverable {
    /// Its name, relative to the page.
    pub file: String,
    /// What it is.
    pub kind: DeliverableKind,
    /// Whether it was left as it is because somebody has edited it since.
    pub is_left_alone: bool,
}

/// What a file of a review is.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum DeliverableKind {
    /// The review page of the difference.
    DiffPage,
    /// The difference as a workbook.
    DiffWorkbook,
    /// The difference as JSON.
    DiffJson,
    /// The normalised old edition.
    OldCatalog,
    /// The normalised new edition.
    NewCatalog,
    /// The carried answers as a workbook.
    AnswersWorkbook,
    /// The carried answers as JSON.
    AnswersJson,
    /// The finished self-check.
    SelfCheck,
    /// Anything else.
    Other,
}

impl DeliverableKind {
    fn key(self) -> &'static str {
        match self {
            Self::DiffPage => "diff-page",
            Self::DiffWorkbook => "diff-workbook",
            Self::DiffJson => "diff-json",
            Self::OldCatalog => "old-catalog",
            Self::NewCatalog => "new-catalog",
            Self::AnswersWorkbook => "answers-workbook",
            Self::AnswersJson => "answers-json",
            Self::SelfCheck => "self-check",
            Self::Other => "other",
        }
    }
}

/// Renders the manager's page of a review. The same review gives the same bytes.
pub fn index(index: &Index<'_>) -> String {
    let labels = Labels::new(index.lang);
    let page = DiffPage { lang: index.lang, old: None, new: None, answers: index.answers };
    let template = IndexTemplate {
        shell: Shell::index_page(&labels),
        l: &labels,
        overview: Overview::new(index.diff, &page, &labels),
        page: index
            .deliverables
            .iter()
            .find(|file| file.kind == DeliverableKind::DiffPage)
            .map(|file| link(&file.file)),
        files: index.deliverables.iter().map(|file| file_view(file, &labels)).collect(),
        rechecks: rechecks(index),
        gravest: gravest(index, &labels),
        status: index.answers.map(|answers| status_rows(index.diff, answers)).unwrap_or_default(),
        statuses: labels::STATUSES.iter().map(|&status| labels.of("status", labels::status_key(status))).collect(),
        remarks: index.diagnostics.iter().map(|diagnostic| remark(diagnostic, &labels)).collect(),
    };
    template.render().expect("writing to a string does not fail")
}

#[derive(Template)]
#[template(path = "index.html", config = "src/render/html/askama.toml")]
struct IndexTemplate<'a> {
    shell: Shell,
    l: &'a Labels,
    overview: Overview<'a>,
    /// The review page, to link items to.
    page: Option<String>,
    files: Vec<FileView<'a>>,
    rechecks: Vec<RecheckRow<'a>>,
    gravest: Vec<GraveRow<'a>>,
    status: Vec<StatusRow<'a>>,
    statuses: Vec<&'a str>,
    remarks: Vec<Remark>,
}

struct FileView<'a> {
    href: String,
    name: &'a str,
    what: String,
    is_left_alone: bool,
}

/// A file name as a relative link: `./` keeps a name like `a:b` from being read as a scheme.
fn link(file: &str) -> String {
    let mut href = String::from("./");
    for byte in file.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => href.push(byte as char),
            _ => href.push_str(&format!("%{byte:02X}")),
        }
    }
    href
}

fn file_view<'a>(file: &'a Deliverable, labels: &Labels) -> FileView<'a> {
    FileView {
        href: link(&file.file),
        name: &file.file,
        what: labels.text(&format!("review-file-{}", file.kind.key())),
        is_left_alone: file.is_left_alone,
    }
}

/// An answer to look at again.
struct RecheckRow<'a> {
    key: String,
    /// The item's number on the review page.
    anchor: usize,
    who: String,
    reason: &'a str,
}

fn rechecks<'a>(index: &Index<'a>) -> Vec<RecheckRow<'a>> {
    let Some(answers) = index.answers else { return Vec::new() };
    let by_key: std::collections::HashMap<_, &Answer> =
        answers.answers.iter().map(|answer| (&answer.key, answer)).collect();
    let numbered = (1..).zip(&index.diff.items);
    numbered
        .filter_map(|(anchor, item)| {
            let answer = by_key.get(&item.new.as_ref()?.key)?;
            let is_needed = answer.recheck == Some(Recheck::Needed);
            let who = [answer.department.as_str(), answer.owner.as_str()];
            is_needed.then(|| RecheckRow {
                key: answer.key.to_string(),
                anchor,
                who: who.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
                reason: &answer.recheck_reason,
            })
        })
        .collect()
}

/// A change that ranks highest.
struct GraveRow<'a> {
    key: String,
    anchor: usize,
    title: Option<&'a str>,
    change: &'static str,
    what: String,
}

fn gravest<'a>(index: &Index<'a>, labels: &Labels) -> Vec<GraveRow<'a>> {
    let numbered = (1..).zip(&index.diff.items);
    let grave = numbered.filter(|(_, item)| item.severity >= ChangeSeverity::CustomerAction);
    grave
        .map(|(anchor, item)| {
            let what = match (&item.conformity, item.change) {
                (Some((old, new)), _) => {
                    let word = |side: &Option<crate::catalog::Conformity>| {
                        side.as_ref().map_or(labels.text("html-conformity-none"), |side| side.word.as_str().to_owned())
                    };
                    labels.with("review-flip", &[("old", word(old).into()), ("new", word(new).into())])
                }
                (None, ItemChange::Changed) => labels.of("severity", "customer-action").to_owned(),
                (None, change) => labels.of("change", labels::change_key(change)).to_owned(),
            };
            let change = labels::change_key(item.change);
            GraveRow { key: item.key().to_string(), anchor, title: item.title(), change, what }
        })
        .collect()
}

/// How far one group is.
struct StatusRow<'a> {
    title: &'a str,
    total: usize,
    /// One number for each of the page's statuses.
    counts: Vec<usize>,
    blank: usize,
    recheck: usize,
}

fn status_rows<'a>(diff: &'a Diff, answers: &Answers) -> Vec<StatusRow<'a>> {
    let by_key: std::collections::HashMap<_, &Answer> =
        answers.answers.iter().map(|answer| (&answer.key, answer)).collect();
    let is_active = |change| !matches!(change, ItemChange::Removed | ItemChange::Retired);
    (diff.groups.iter())
        .map(|group| {
            let items =
                diff.items.iter().filter(|item| item.group.as_ref() == Some(&group.id) && is_active(item.change));
            let given: Vec<Option<&&Answer>> =
                items.map(|item| item.new.as_ref().and_then(|side| by_key.get(&side.key))).collect();
            let of = |status: Option<Status>| {
                given.iter().filter(|answer| answer.and_then(|answer| answer.status) == status).count()
            };
            let is_recheck =
                |answer: &&Option<&&Answer>| answer.is_some_and(|answer| answer.recheck == Some(Recheck::Needed));
            StatusRow {
                title: group.title.as_deref().unwrap_or(&group.id),
                total: given.len(),
                counts: labels::STATUSES.iter().map(|&status| of(Some(status))).collect(),
                blank: of(None),
                recheck: given.iter().filter(is_recheck).count(),
            }
        })
        .filter(|row| row.total > 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_never_becomes_a_scheme() {
        assert_eq!(link("diff.html"), "./diff.html");
        assert_eq!(link("javascript:alert(1)"), "./javascript%3Aalert%281%29");
        assert_eq!(link("回答 v2.xlsx"), "./%E5%9B%9E%E7%AD%94%20v2.xlsx");
    }
}
