//! The manager's page of a review: what changed, what it means for us, what to look at, and where everything is.

use askama::Template;

use super::DiffPage;
use super::grave::Most;
use super::labels::{self, Labels};
use super::overview::{Overview, Remark, remark};
use super::shell::Shell;
use crate::answers::{Answer, CarryReason, Recheck};
use crate::assess::{Assessment, Counts, GroupCounts, PointResult};
use crate::carry::Carried;
use crate::diagnostic::Diagnostic;
use crate::diff::Diff;
use crate::render::words::Lang;

/// What the manager's page of a review is made with.
#[derive(Clone, Copy, Debug)]
pub struct Index<'a> {
    /// The language of the page.
    pub lang: Lang,
    /// The difference of the two editions.
    pub diff: &'a Diff,
    /// The answers carried to the new edition, if any were given, and what became of the old ones.
    pub carried: Option<&'a Carried>,
    /// How far the carried answers are.
    pub assessment: Option<&'a Assessment>,
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
        }
    }
}

/// Renders the manager's page of a review. The same review gives the same bytes.
pub fn index(index: &Index<'_>) -> String {
    let labels = Labels::new(index.lang);
    let page = DiffPage { lang: index.lang, old: None, new: None, carried: index.carried };
    let template = IndexTemplate {
        shell: Shell::index_page(&labels),
        l: &labels,
        overview: Overview::new(index.diff, &page, &labels, Most::ON_THE_INDEX),
        page: index
            .deliverables
            .iter()
            .find(|file| file.kind == DeliverableKind::DiffPage)
            .map(|file| link(&file.file)),
        files: index.deliverables.iter().map(|file| file_view(file, &labels)).collect(),
        rechecks: rechecks(index, &labels),
        steps: steps(index, &labels),
        status: index.assessment.map(|assessment| status_rows(assessment, &labels)).unwrap_or_default(),
        statuses: (labels::STATUSES.iter().map(|&status| labels.of("status", labels::status_key(status)).to_owned()))
            .chain([labels.text("review-blank")])
            .collect(),
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
    rechecks: Vec<RecheckRow>,
    steps: Vec<Step>,
    status: Vec<StatusRow>,
    statuses: Vec<String>,
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
struct RecheckRow {
    key: String,
    /// The item's number on the review page.
    anchor: usize,
    who: String,
    reason: String,
}

fn rechecks(index: &Index<'_>, labels: &Labels) -> Vec<RecheckRow> {
    let Some(Carried { answers, .. }) = index.carried else { return Vec::new() };
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
                reason: reason(answer, index.lang, labels),
            })
        })
        .collect()
}

/// Why to look at an answer again. What an answer says is said in Japanese; a page in English words what carrying
/// found, with the items it names.
fn reason(answer: &Answer, lang: Lang, labels: &Labels) -> String {
    if lang == Lang::Ja {
        return answer.recheck_reason.clone();
    }
    let worded = |part: &str| {
        let known = CarryReason::ALL.iter().find(|reason| part.starts_with(reason.word()))?;
        let named = part[known.word().len()..].trim_matches(['（', '）']);
        let word = labels.of("reason", labels::reason_key(*known));
        Some(if named.is_empty() { word.to_owned() } else { format!("{word} ({named})") })
    };
    let mut lines = answer.recheck_reason.lines();
    let first: Option<Vec<String>> =
        lines.next().map(|line| line.split('、').map(worded).collect()).unwrap_or_default();
    match first {
        Some(parts) => std::iter::once(parts.join(", ")).chain(lines.map(str::to_owned)).collect::<Vec<_>>().join("\n"),
        None => answer.recheck_reason.clone(),
    }
}

/// What is left to do for whoever opens the page, each with a command to type where there is one.
struct Step {
    text: String,
    command: String,
}

fn steps(index: &Index<'_>, labels: &Labels) -> Vec<Step> {
    let file = |kind| index.deliverables.iter().find(|file| file.kind == kind).map(|file| file.file.as_str());
    let quoted = |name: &str| if name.contains(char::is_whitespace) { format!("\"{name}\"") } else { name.to_owned() };
    let new = quoted(&index.diff.new.1.file);
    let mut steps = Vec::new();
    if let Some(page) = file(DeliverableKind::DiffPage) {
        let text = labels.with("review-next-look", &[("file", page.into())]);
        steps.push(Step { text, command: String::new() });
    }
    match (index.carried, file(DeliverableKind::AnswersWorkbook)) {
        (Some(carried), Some(answers)) => {
            let counts = &carried.counts;
            let numbers = [("file", answers.into()), ("recheck", counts.flagged.into()), ("fresh", counts.new.into())];
            steps.push(Step { text: labels.with("review-next-answer", &numbers), command: String::new() });
            let command =
                labels.with("review-next-fill-command", &[("new", new.into()), ("answers", quoted(answers).into())]);
            steps.push(Step { text: labels.text("review-next-fill"), command });
        }
        _ => {
            let command = labels.with("review-next-sheet-command", &[("new", new.into())]);
            steps.push(Step { text: labels.text("review-next-sheet"), command });
        }
    }
    steps
}

/// How far one group is, as the assessment has it.
struct StatusRow {
    title: String,
    total: usize,
    /// One number for each progress, 未回答 last.
    counts: Vec<usize>,
    settled: usize,
    recheck: usize,
}

fn status_rows(assessment: &Assessment, labels: &Labels) -> Vec<StatusRow> {
    let row = |title: String, counts: &Counts| StatusRow {
        title,
        total: counts.items,
        counts: counts.statuses().map(|(_, count)| count).collect(),
        settled: counts.settled(),
        recheck: counts.result(PointResult::Recheck),
    };
    let groups = assessment.groups.iter().filter(|group| group.counts.items > 0);
    let mut rows: Vec<StatusRow> = groups.map(|group| row(group_title(group, labels), &group.counts)).collect();
    if rows.len() != 1 {
        rows.push(row(labels.text("review-all"), &assessment.total));
    }
    rows
}

fn group_title(group: &GroupCounts, labels: &Labels) -> String {
    match &group.title {
        Some(title) => title.clone(),
        None if group.id.is_empty() => labels.text("review-ungrouped"),
        None => group.id.to_string(),
    }
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
