//! Pages for people: the review page of a difference, and the manager's page of a whole review.
//!
//! Each page is one file that loads nothing: styles and script stand in it and are allowed by their hash alone
//! (`default-src 'none'`). Everything a workbook said is escaped by the templates. The page reads well without its
//! script, which adds filters, search, keys and the review states. Shows what `diff` and `carry` decided.
//!
//! The templates, styles and scripts lie beside this file; `labels` holds the words, `texts` turns segments into what
//! stands between two tags, `items` and `overview` prepare the parts of the review page.

mod grave;
mod index;
mod items;
mod labels;
mod overview;
mod shell;
mod texts;

use askama::Template;

pub use self::index::{Deliverable, DeliverableKind, Index, index};

use self::grave::Most;
use self::items::{Entry, Section};
use self::labels::Labels;
use self::overview::Overview;
use self::shell::Shell;
use self::texts::{Mark, Op};
use super::words::Lang;
use crate::carry::Carried;
use crate::catalog::Catalog;
use crate::diff::Diff;

/// What a review page of a difference is made with.
///
/// By default it is in Japanese and shows the difference alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiffPage<'a> {
    /// The language of the page; the workbooks' texts stay as they are.
    pub lang: Lang,
    /// The old edition: gives the unchanged texts around a change, and the titles of cited documents.
    pub old: Option<&'a Catalog>,
    /// The new edition, likewise.
    pub new: Option<&'a Catalog>,
    /// The answers carried to the new edition: shows which ones to look at again, and why.
    pub carried: Option<&'a Carried>,
}

/// Renders a difference as a self-contained review page.
///
/// The same difference gives the same bytes. With [`Diff::old`] absent the page lists what the publisher marked.
pub fn diff(diff: &Diff, page: &DiffPage<'_>) -> String {
    let labels = Labels::new(page.lang);
    let overview = Overview::new(diff, page, &labels, Most::ON_THE_REVIEW_PAGE);
    let sections = items::sections(diff, page, &labels);
    let review = shell::review_key(diff);
    let template = DiffTemplate { shell: Shell::diff_page(&labels, &review), l: &labels, overview, sections };
    template.render().expect("writing to a string does not fail")
}

#[derive(Template)]
#[template(path = "diff.html", config = "src/render/html/askama.toml")]
struct DiffTemplate<'a> {
    shell: Shell,
    l: &'a Labels,
    overview: Overview<'a>,
    sections: Vec<Section<'a>>,
}
