//! What headings are usually called: the words of `DOMAIN` tables of vendors, for the generic reading alone.
//!
//! A template always knows better; this table only keeps 適合性 from being a stranger in a workbook no template fits.

use std::sync::OnceLock;

use super::head::HeadColumn;
use super::layout::{ColumnLayout, Heading};
use crate::catalog::{List, key};
use crate::text::fold;

/// Headings that say "this is the id" and nothing else.
const ID_WORDS: &[&str] = &[
    "項番",
    "基準番号",
    "実務基準番号",
    "fisc実務基準",
    "fisc安全対策基準の項目",
    "管理番号",
    "項目番号",
    "識別子",
    "要件番号",
    "要件id",
    "対策番号",
    "設問番号",
    "質問番号",
    "id",
    "controlid",
    "questionid",
    "requirementid",
    "controlidentifier",
    "itemid",
    "reqid",
    "controlno",
    "controlnumber",
];
/// How headings end that say whose the id is.
const WHOSE_IDS: &[&str] =
    &["controlid", "requirementid", "questionid", "itemid", "policyid", "ruleid", "controlnumber", "controlidentifier"];
/// Headings that usually number the rows.
const NUMBER_WORDS: &[&str] = &["no", "no.", "№", "#", "番号", "通番", "連番", "項", "ref", "number"];

/// How surely a column's headings name an id: 3 by a word for it, 2 by its form, 0 not.
pub(super) fn id_rank(head: &HeadColumn) -> u8 {
    let leaf = std::iter::once(head.folded_leaf());
    let rank = leaf.chain(head.tongues.iter().map(String::as_str)).map(word_rank).max().unwrap_or(0);
    if rank == 2 && ends_in_word(head.leaf()) { 0 } else { rank }
}

/// Whether a heading ends in an English word that ends like `id`: `payout_paid`, `Is Valid`.
fn ends_in_word(heading: &str) -> bool {
    const WORDS: &[&str] =
        &["paid", "unpaid", "valid", "invalid", "void", "avoid", "grid", "hybrid", "android", "mid", "bid"];
    let last = heading.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or(heading);
    WORDS.contains(&last.to_ascii_lowercase().as_str())
}

fn word_rank(leaf: &str) -> u8 {
    if ID_WORDS.contains(&leaf) {
        return 3;
    }
    // `ID-Anforderung` and `ID（要件）`, but neither `Identity` nor `IDとアクセス制御`.
    let leads = leaf.strip_prefix("id").is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()));
    let by_form = leads
        || leaf.ends_with("id")
        || leaf.ends_with("番号")
        || leaf.ends_with("identifier")
        || leaf.ends_with("no.")
        || leaf.ends_with('#');
    // `Rev. 5 Moderate Core Control ID` is long and still no `Hybrid`.
    let says_whose = || leaf.chars().count() <= 48 && WHOSE_IDS.iter().any(|word| leaf.ends_with(word));
    if NUMBER_WORDS.contains(&leaf) || says_whose() || (by_form && leaf.chars().count() <= 24) { 2 } else { 0 }
}

/// Whether a heading numbers the rows and says no more: `No.`, `番号`.
pub(super) fn numbers_rows(head: &HeadColumn) -> bool {
    NUMBER_WORDS.contains(&head.folded_leaf())
}

/// What a list of a document's own revisions is called, folded.
const HISTORY_NAMES: &[&str] = &[
    "改訂履歴",
    "改定履歴",
    "改版履歴",
    "変更履歴",
    "更新履歴",
    "修正履歴",
    "版数履歴",
    "改訂記録",
    "変更記録",
    "revisionhistory",
    "changehistory",
    "versionhistory",
    "documenthistory",
    "changelog",
    "recordofchange",
    "revisionrecord",
    "changerecord",
    "amendmentrecord",
    "版本历史",
    "修订记录",
    "修订历史",
    "变更记录",
    "개정이력",
    "변경이력",
    "änderungshistorie",
    "versionshistorie",
    "historiquedesversions",
    "historialdeversiones",
    "historialdecambios",
    "controldecambios",
];
/// Headings of such a list that say when something changed …
const HISTORY_DAYS: &[&str] = &[
    "改訂日",
    "改定日",
    "改版日",
    "変更日",
    "更新日",
    "修正日",
    "最終更新日",
    "改訂年月日",
    "年月日",
    "日付",
    "日時",
    "date",
    "revisiondate",
];
/// … and what.
const HISTORY_CHANGES: &[&str] = &[
    "改訂内容",
    "改定内容",
    "改版内容",
    "変更内容",
    "更新内容",
    "修正内容",
    "改訂箇所",
    "改訂個所",
    "変更箇所",
    "変更点",
    "改訂理由",
    "変更理由",
    "changes",
    "descriptionofchange",
    "revisioncontent",
];
/// A list of revisions has fewer columns than this; a table of items may have a column for the last change of each.
const HISTORY_COLUMNS: usize = 10;

/// Whether a sheet is a cover or a table of contents by its name.
pub(super) fn names_cover(text: &str) -> bool {
    const NAMES: &[&str] = &["表紙", "目次", "もくじ", "cover", "coverpage", "contents", "tableofcontents"];
    NAMES.contains(&fold::heading_key(text).as_str())
}

/// Whether a name or a title is that of a list of the document's own revisions.
pub(super) fn names_history(text: &str) -> bool {
    let key = fold::heading_key(text);
    key.chars().count() <= 30 && (key == "履歴" || HISTORY_NAMES.iter().any(|name| key.contains(name)))
}

/// Whether headings are those of a list of the document's own revisions: when and what, and nothing an item has.
pub(super) fn heads_history(columns: &[HeadColumn]) -> bool {
    let has = |words: &[&str]| columns.iter().any(|head| head.folded.iter().any(|key| words.contains(&key.as_str())));
    let is_of_items = |head: &HeadColumn| column(head).is_some_and(|known| known.key != key::REMARKS);
    let is_small = columns.len() < HISTORY_COLUMNS;
    is_small && has(HISTORY_DAYS) && has(HISTORY_CHANGES) && !columns.iter().any(is_of_items)
}

/// Standard keys and what their columns are called.
const FIELDS: &[(&str, &[&str])] = &[
    (key::MAJOR, &["基準大項目", "大項目", "大分類", "カテゴリ", "カテゴリー", "Control Domain", "CCM Domain Title"]),
    (key::MIDDLE, &["基準中項目", "中項目", "中分類"]),
    (
        key::TITLE,
        &[
            "小項目",
            "基準小項目",
            "項目名",
            "基準項目名",
            "項目",
            "チェック項目",
            "点検項目",
            "対策項目",
            "管理策",
            "Title",
            "Control Name",
            "Control Title",
            "Recommendation",
        ],
    ),
    (
        key::TEXT,
        &[
            "評価内容",
            "規定内容",
            "対策内容",
            "詳細チェック項目",
            "確認事項",
            "確認内容",
            "チェック内容",
            "設問",
            "質問",
            "質問内容",
            "要求事項",
            "遵守事項",
            "Question",
            "Requirement",
            "Control Text",
            "Control Specification",
        ],
    ),
    (key::GUIDANCE, &["解説", "Guidance", "Discussion"]),
    (key::VIEW, &["*の見解", "見解"]),
    (key::CONFORMITY, &["*への適合性", "適合性", "適合状況", "適合区分", "対応可否"]),
    (
        key::FINDINGS,
        &[
            "本調査で確認した内容",
            "クラウド事業者の対応",
            "*の対応状況",
            "対応状況",
            "*における対応",
            "*の回答",
            "*の情報",
        ],
    ),
    (key::PUBLIC_DOCUMENTS, &["確認した公開文書", "参照文書", "根拠文書"]),
    (key::THIRD_PARTY, &["第三者認証等から確認した内容"]),
    (key::INTERVIEW, &["*インタビューで確認した内容"]),
    (
        key::CUSTOMER_ACTION,
        &[
            "SI事業者・利用者で必要な対応",
            "*で必要な対応",
            "お客様の対応",
            "利用者の対応",
            "使用者側での追加の対策の例/考慮事項",
            "CSC Responsibilities",
        ],
    ),
    (key::REMARKS, &["備考", "コメント", "補足", "Remarks", "Notes", "Comments"]),
];

/// Headings of levels above the items, beside those of [`key::MAJOR`] and [`key::MIDDLE`].
const LEVELS: &[&str] = &[
    "区分",
    "分類",
    "種別",
    "領域",
    "分野",
    "章",
    "節",
    "基準区分",
    "domain",
    "category",
    "controlfamily",
    "family",
    "section",
];

/// Whether a heading names a level above the items: a chapter, a category.
pub(super) fn is_level(head: &HeadColumn) -> bool {
    let is_standard = || column(head).is_some_and(|known| matches!(known.key.as_str(), key::MAJOR | key::MIDDLE));
    let leaf = std::iter::once(head.folded_leaf());
    leaf.chain(head.tongues.iter().map(String::as_str)).any(|word| LEVELS.contains(&word)) || is_standard()
}

/// The standard column a heading stands for, if its words are well known.
pub(super) fn column(head: &HeadColumn) -> Option<ColumnLayout> {
    static KNOWN: OnceLock<Vec<(&str, Vec<Heading>)>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        FIELDS.iter().map(|&(key, words)| (key, words.iter().map(|word| Heading::new(word)).collect())).collect()
    });
    let levels: Vec<&str> = head.folded.iter().map(String::as_str).collect();
    let find =
        |levels: &[&str]| known.iter().find(|(_, headings)| headings.iter().any(|heading| heading.fit(levels) > 0));
    let found = find(&levels).or_else(|| head.tongues.iter().find_map(|word| find(&[word.as_str()])))?;
    // The heading as it stands, and not the wildcard, so that it is found again in this workbook alone.
    Some(ColumnLayout {
        key: found.0.to_owned(),
        headings: vec![head.heading()],
        cites: match found.0 {
            key::PUBLIC_DOCUMENTS => Some(List::Documents),
            key::THIRD_PARTY => Some(List::Reports),
            _ => None,
        },
        ..ColumnLayout::default()
    })
}
