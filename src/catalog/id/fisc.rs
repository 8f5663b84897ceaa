//! The numbers of the FISC security guidelines: 統1, 実14-1, 設138, 監1; in the eighth edition 設, 運, 技.

use std::sync::Arc;

use crate::catalog::edition::EditionFacts;

use super::groups::{GROUPS, Group, group_in_heading, split_prefix};
use super::terms::{self, BranchSpelling, Join, Term};
use super::{CellKind, IdContext, IdError, MAX_RANGE, Notice, Outcome, ParsedId, clean, opaque};

pub(super) fn parse(text: &str, context: &IdContext<'_>) -> ParsedId {
    if context.kind == CellKind::Date {
        return date(text, context);
    }
    if let Some(id) = plain(text, context.edition) {
        return ParsedId::one(id);
    }
    let cleaned = clean::clean(text);
    let core = strip_frame(&cleaned.core);
    let (core, part) = split_part(&core);
    let read = match core {
        "" => blank(cleaned.retired, context),
        // A dash in the id column of a FISC reference is how a vendor leaves a retired number out.
        "-" => ParsedId { retired: true, ..ParsedId::default() },
        _ => number(core, context),
    };
    ParsedId { retired: read.retired || cleaned.retired, marker: cleaned.marker, part: part.map(str::to_owned), ..read }
}

/// The usual spelling, as with nearly every cell: a prefix the edition has and up to seven digits.
pub(super) fn plain<'a>(text: &'a str, edition: Option<&EditionFacts>) -> Option<&'a str> {
    let (prefix, digits) = split_prefix(text)?;
    let is_plain = digits.len() <= 7
        && !digits.is_empty()
        && !digits.starts_with('0')
        && digits.bytes().all(|b| b.is_ascii_digit());
    (is_plain && edition.is_none_or(|edition| edition.has_prefix(prefix))).then_some(text)
}

/// Takes off brackets around the number, `No.`, 項番, FISC before it, and a full stop or colon behind it.
fn strip_frame(core: &str) -> String {
    let unbracketed: String =
        core.chars().filter(|c| !matches!(c, '【' | '】' | '「' | '」' | '[' | ']' | '〔' | '〕')).collect();
    let mut rest = unbracketed.trim();
    loop {
        let before = rest;
        for word in ["FISC", "Fisc", "fisc", "No.", "No", "NO.", "no.", "項番", "番号"] {
            rest = rest.strip_prefix(word).map_or(rest, |rest| rest.trim_start_matches([' ', ':', '.']));
        }
        rest = rest.trim_end_matches(['.', ':', '、', '。', ',', ' ']);
        let inner = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        rest = inner.filter(|inner| !inner.contains(['(', ')'])).unwrap_or(rest).trim();
        if rest == before {
            return rest.to_owned();
        }
    }
}

/// Splits a circled digit off the end, which labels a part of the item; a raised one is a footnote and dropped.
fn split_part(core: &str) -> (&str, Option<&str>) {
    let unraised = core.trim_end_matches(clean::is_raised).trim_end();
    let number = unraised.trim_end_matches(clean::is_circled);
    if number.is_empty() {
        return (core, None);
    }
    let part = &unraised[number.len()..];
    (number.trim_end(), Some(part).filter(|part| !part.is_empty()))
}

fn blank(retired: bool, context: &IdContext<'_>) -> ParsedId {
    let next = context.previous.filter(|_| retired).and_then(successor);
    match next {
        Some(id) => {
            ParsedId { notices: vec![Notice::RetiredSupplied { id: id.clone() }], retired, ..ParsedId::one(id) }
        }
        None => ParsedId { retired, ..ParsedId::default() },
    }
}

/// The number after an id without branch.
fn successor(id: &str) -> Option<String> {
    let (prefix, number) = split_prefix(id)?;
    let number: u32 = number.parse().ok()?;
    Some(format!("{prefix}{}", number.checked_add(1)?))
}

fn number(core: &str, context: &IdContext<'_>) -> ParsedId {
    if opaque::is_count(core) {
        return ParsedId { outcome: Outcome::NotAnId, ..ParsedId::default() };
    }
    if is_date(core) || is_serial(core, context.kind) {
        return date(core, context);
    }
    if let Some(group) = lone_audit(core, context) {
        let id = format!("{group}1");
        return ParsedId { notices: vec![Notice::NumberSupplied { id: id.clone() }], ..ParsedId::one(id) };
    }
    // A number cell shown as 108.0 is item 108 and no branch.
    let whole = core.strip_suffix(".0").filter(|whole| whole.bytes().all(|b| b.is_ascii_digit()));
    match terms::read(whole.unwrap_or(core)) {
        Some(terms) => Meaning::new(context).of(&terms),
        None => {
            let looks_like = || look_alike(core).map(|perhaps| IdError::LooksLike { perhaps });
            let nearly = || without_signs(core).map(|perhaps| IdError::Nearly { perhaps });
            match looks_like().or_else(nearly) {
                Some(error) => ParsedId::error(error),
                None => ParsedId { outcome: Outcome::NotAnId, ..ParsedId::default() },
            }
        }
    }
}

/// 監 alone is its only item in the ninth edition.
fn lone_audit(core: &str, context: &IdContext<'_>) -> Option<Group> {
    let names_audit = matches!(core, "監" | "監査" | "監査基準");
    (names_audit && context.edition.is_some_and(|edition| matches!(edition.key.as_str(), "v9" | "v9r"))).then_some("監")
}

/// What Excel, or a person who saw Excel do it, writes for `1-14`.
fn is_date(core: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = core.to_ascii_lowercase();
    let names_month = |part: &str| MONTHS.contains(&part);
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = lower.split(['-', '/', ' ', ':', '.']).filter(|part| !part.is_empty()).collect();
    let with_month_name =
        parts.iter().any(|part| names_month(part)) && parts.iter().all(|part| names_month(part) || is_number(part));
    let with_year = parts.len() >= 3 && parts[0].len() == 4 && parts.iter().all(|part| is_number(part));
    let slashed = core.contains('/') && parts.len() == 2 && parts.iter().all(|part| is_number(part));
    with_month_name || with_year || slashed || month_and_day(core).is_some()
}

/// The numbers of 1月14日.
fn month_and_day(core: &str) -> Option<(u32, u32)> {
    let rest = core.split_once('年').map_or(core, |(_, rest)| rest);
    let (month, rest) = rest.split_once('月')?;
    Some((month.parse().ok()?, rest.strip_suffix('日')?.parse().ok()?))
}

/// A day count of 1954 to 2118 where an id should be.
fn is_serial(core: &str, kind: CellKind) -> bool {
    let whole = core.strip_suffix(".0").unwrap_or(core);
    let is_number = kind == CellKind::Number || whole.bytes().all(|b| b.is_ascii_digit());
    is_number && whole.parse::<u32>().is_ok_and(|number| (20_000..80_000).contains(&number))
}

/// The error for a date, with the id it was where the date shows it.
fn date(text: &str, context: &IdContext<'_>) -> ParsedId {
    let folded = clean::fold(text);
    let numbers: Vec<u32> = folded
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok())
        .collect();
    let pair = month_and_day(&folded).or(match numbers.as_slice() {
        [_, month, day] | [month, day] if *month <= 12 && *day <= 31 => Some((*month, *day)),
        _ => None,
    });
    let group = hinted(context).unwrap_or("");
    ParsedId::error(IdError::Date { perhaps: pair.map(|(month, day)| format!("{group}{month}-{day}")) })
}

/// A prefix followed by digits and letters that a scan mistakes for digits: 実１l, 実O1.
fn look_alike(core: &str) -> Option<String> {
    let word = GROUPS.iter().find(|word| core.starts_with(word.word))?;
    let rest = core[word.word.len()..].trim_start();
    let is_digit_like = |c: char| matches!(c, '0'..='9' | 'l' | 'I' | '|' | 'O' | 'o' | '-');
    if !rest.chars().all(is_digit_like) || !rest.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mended: String = rest
        .chars()
        .map(|c| match c {
            'l' | 'I' | '|' => '1',
            'O' | 'o' => '0',
            other => other,
        })
        .collect();
    match terms::read(&format!("{}{mended}", word.group))?.as_slice() {
        [term] => Some(id_of(word.group, term.number, term.branch.map(|(branch, _)| branch))),
        _ => None,
    }
}

/// An id with signs in it that no id has: 統6?, 実?12, 設3*.
fn without_signs(core: &str) -> Option<String> {
    const MOST_SIGNS: usize = 3;
    let word = GROUPS.iter().find(|word| core.starts_with(word.word))?;
    let is_sign = |c: &char| !c.is_alphanumeric() && *c != '-';
    let signs = core.chars().filter(is_sign).count();
    let mended: String = core[word.word.len()..].chars().filter(|c| !is_sign(c)).collect();
    match terms::read(&format!("{}{mended}", word.group))?.as_slice() {
        [term] if (1..=MOST_SIGNS).contains(&signs) => {
            Some(id_of(word.group, term.number, term.branch.map(|(branch, _)| branch)))
        }
        _ => None,
    }
}

fn hinted(context: &IdContext<'_>) -> Option<Group> {
    context.group_hints.iter().find_map(|hint| group_in_heading(hint))
}

fn id_of(group: &str, number: u32, branch: Option<u32>) -> String {
    match branch {
        Some(branch) => format!("{group}{number}-{branch}"),
        None => format!("{group}{number}"),
    }
}

/// A number with everything it leaves out filled in.
#[derive(Copy, Clone)]
struct Number {
    group: Group,
    number: u32,
    branch: Option<u32>,
}

impl Number {
    fn id(self) -> String {
        id_of(self.group, self.number, self.branch)
    }
}

/// Gives terms their meaning within an edition.
struct Meaning<'a> {
    context: &'a IdContext<'a>,
    numbers: Vec<Number>,
    notices: Vec<Notice>,
}

impl<'a> Meaning<'a> {
    fn new(context: &'a IdContext<'a>) -> Self {
        Self { context, numbers: Vec::new(), notices: Vec::new() }
    }

    fn of(mut self, terms: &[Term]) -> ParsedId {
        for term in terms {
            if let Err(error) = self.add(term) {
                return ParsedId::error(error);
            }
        }
        let ids: Vec<Arc<str>> = self.numbers.iter().map(|number| Arc::from(number.id())).collect();
        let outcome = match ids.as_slice() {
            [id] => Outcome::One(Arc::clone(id)),
            [first, .., last] => {
                let (first, last) = (first.to_string(), last.to_string());
                self.notices.push(Notice::Expanded { count: ids.len(), first, last });
                Outcome::Several(ids)
            }
            [] => Outcome::Blank,
        };
        ParsedId { outcome, notices: self.notices, ..ParsedId::default() }
    }

    fn add(&mut self, term: &Term) -> Result<(), IdError> {
        let number = self.complete(term);
        self.check_edition(number)?;
        match (term.join, self.numbers.last().copied()) {
            (Join::Range, Some(first)) => self.expand(first, number),
            _ => {
                self.note_branch(term, number);
                self.numbers.push(number);
                Ok(())
            }
        }
    }

    /// Fills in what a term leaves to the one before it, or to what stands around the cell.
    fn complete(&mut self, term: &Term) -> Number {
        let before = self.numbers.last().copied();
        let branch = term.branch.map(|(branch, _)| branch);
        if let (Some(before), None, None) = (before, term.group, branch)
            && let Some(branch_before) = before.branch
        {
            // 統4-1/2 and 実14-1、2 go on with branches; 統1-1、28 with another item.
            let is_branch = match term.join {
                Join::Slash => true,
                Join::Range => term.number > branch_before,
                Join::List | Join::First => term.number < before.number,
            };
            if is_branch {
                return Number { branch: Some(term.number), ..before };
            }
        }
        let group = term.group.or(before.map(|number| number.group)).or_else(|| hinted(self.context));
        if group.is_none() {
            let id = id_of("", term.number, branch);
            self.notices.push(Notice::GroupUnknown { id });
        }
        Number { group: group.unwrap_or(""), number: term.number, branch }
    }

    fn check_edition(&self, number: Number) -> Result<(), IdError> {
        match self.context.edition {
            Some(edition) if !number.group.is_empty() && !edition.has_prefix(number.group) => {
                Err(IdError::PrefixNotInEdition { id: number.id(), edition: edition.name().to_owned() })
            }
            _ => Ok(()),
        }
    }

    fn expand(&mut self, first: Number, last: Number) -> Result<(), IdError> {
        let unclear = || IdError::RangeUnclear { first: first.id(), last: last.id() };
        if first.group != last.group {
            return Err(unclear());
        }
        let (from, to) = match (first.branch, last.branch) {
            (None, None) => (first.number, last.number),
            (Some(from), Some(to)) if first.number == last.number => (from, to),
            _ => return Err(unclear()),
        };
        if from >= to {
            return Err(unclear());
        }
        if to - from >= MAX_RANGE {
            return Err(IdError::RangeTooLong { first: first.id(), last: last.id(), limit: MAX_RANGE });
        }
        self.numbers.extend((from + 1..=to).map(|index| match first.branch {
            Some(_) => Number { branch: Some(index), ..first },
            None => Number { number: index, ..first },
        }));
        Ok(())
    }

    /// Notes what is odd about a branch: its spelling, that it may be a range, that the edition has none.
    fn note_branch(&mut self, term: &Term, number: Number) {
        let Some((branch, spelling)) = term.branch else { return };
        let id = number.id();
        if spelling == BranchSpelling::Other {
            self.notices.push(Notice::BranchSpelling { id });
        } else if branch > number.number && !self.is_known_branch(number, branch) {
            let range = format!("{}〜{}", id_of(number.group, number.number, None), id_of(number.group, branch, None));
            self.notices.push(Notice::BranchOrRange { id, range });
        } else if let Some(edition) = self.context.edition.filter(|edition| lacks_branches(edition)) {
            self.notices.push(Notice::BranchUnexpected { id, edition: edition.name().to_owned() });
        }
    }

    /// The edition lists the branch, or it follows the item above or the branch above.
    fn is_known_branch(&self, number: Number, branch: u32) -> bool {
        let id = number.id();
        let listed = self.context.edition.is_some_and(|edition| edition.known_branches.contains(&id));
        let before = Number { branch: branch.checked_sub(1).filter(|&before| before > 0), ..number }.id();
        listed || branch > 1 && self.context.previous.is_some_and(|previous| previous == before)
    }
}

fn lacks_branches(edition: &EditionFacts) -> bool {
    !edition.branches
}
