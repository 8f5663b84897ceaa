//! The grammar of FISC numbers in a cell: terms such as `実14-1`, joined to lists and ranges.
//!
//! Says what is written; what it means for an edition is decided in `fisc`.

use super::groups::{GROUPS, Group};

/// How a term is joined to the one before it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Join {
    /// The first term.
    First,
    /// A list: `、`, `,`, `・`, 及び, a blank before a prefix.
    List,
    /// A slash, which after a branch joins branches: `統4-1/2`.
    Slash,
    /// A range: `～`, から, or a dash before a prefix.
    Range,
}

/// How the branch of a term is spelled.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum BranchSpelling {
    /// `実14-1`.
    Dash,
    /// `実14(1)`, `実14の1`, `実14.1`.
    Other,
}

/// One number of a cell.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) join: Join,
    /// The prefix where one is written.
    pub(super) group: Option<Group>,
    pub(super) number: u32,
    pub(super) branch: Option<(u32, BranchSpelling)>,
}

/// Reads the whole text as terms; `None` if anything is left over.
pub(super) fn read(text: &str) -> Option<Vec<Term>> {
    let mut reader = Reader { rest: text };
    let mut terms = vec![reader.term(Join::First)?];
    while !reader.at_end() {
        let join = reader.join()?;
        terms.push(reader.term(join)?);
    }
    Some(terms)
}

struct Reader<'a> {
    rest: &'a str,
}

/// How many digits a number has at most behind its prefix: more than any reference needs.
const MOST_DIGITS: usize = 7;
/// How many without a prefix: five are a date's serial number or an amount.
const MOST_BARE_DIGITS: usize = 4;

impl Reader<'_> {
    fn term(&mut self, join: Join) -> Option<Term> {
        let group = self.group();
        let number = self.number(if group.is_some() { MOST_DIGITS } else { MOST_BARE_DIGITS })?;
        let branch = self.branch();
        self.unit();
        // An item has one branch at most: 1-1-1 is of another scheme.
        let goes_on = self.rest.starts_with(['-', '.', '(', 'の']) && self.clone_at().branch().is_some();
        (!goes_on).then_some(Term { join, group, number, branch })
    }

    /// A prefix with what may stand between it and the number: blanks, `-`, `_`, 第.
    fn group(&mut self) -> Option<Group> {
        self.blanks();
        let found = GROUPS.iter().find_map(|group| Some((group, self.rest.strip_prefix(group.word)?)));
        let group = match found {
            Some((word, rest)) => {
                self.rest = rest.trim_start_matches([' ', '-', '_', 'ー', '.', ':']);
                Some(word.group)
            }
            None => None,
        };
        self.rest = self.rest.strip_prefix('第').unwrap_or(self.rest).trim_start();
        group
    }

    fn number(&mut self, most_digits: usize) -> Option<u32> {
        let end = self.rest.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(self.rest.len());
        let number = self.rest[..end].parse().ok().filter(|_| end <= most_digits)?;
        self.rest = &self.rest[end..];
        Some(number)
    }

    fn branch(&mut self) -> Option<(u32, BranchSpelling)> {
        let before = self.rest;
        let branch = self.try_branch();
        if branch.is_none() {
            self.rest = before;
        }
        branch
    }

    fn try_branch(&mut self) -> Option<(u32, BranchSpelling)> {
        self.unit();
        self.blanks();
        let sign = self.rest.chars().next().filter(|c| matches!(c, '-' | 'ー' | 'の' | '.' | '('))?;
        self.rest = self.rest[sign.len_utf8()..].trim_start();
        let number = self.number(MOST_BARE_DIGITS)?;
        self.blanks();
        if sign == '(' {
            self.rest = self.rest.strip_prefix(')')?;
        }
        let spelling = if matches!(sign, '-' | 'ー') { BranchSpelling::Dash } else { BranchSpelling::Other };
        Some((number, spelling))
    }

    /// 項, 号 or 番 behind a number, but not the 項 of 項目.
    fn unit(&mut self) {
        if let Some(rest) = self.rest.strip_prefix(['項', '号', '番']).filter(|_| !self.rest.starts_with("項目")) {
            self.rest = rest;
        }
    }

    fn join(&mut self) -> Option<Join> {
        const SIGNS: &[(&str, Join)] = &[
            ("〜", Join::Range),
            ("から", Join::Range),
            ("及び", Join::List),
            ("および", Join::List),
            ("並びに", Join::List),
            ("ならびに", Join::List),
            ("又は", Join::List),
            ("または", Join::List),
            ("と", Join::List),
            ("、", Join::List),
            (",", Join::List),
            (";", Join::List),
            ("・", Join::List),
            ("&", Join::List),
            ("+", Join::List),
            ("/", Join::Slash),
        ];
        let had_blank = self.rest.starts_with(' ');
        self.blanks();
        for (sign, join) in SIGNS {
            if let Some(rest) = self.rest.strip_prefix(sign) {
                self.rest = rest.trim_start();
                return Some(*join);
            }
        }
        let starts_group = |rest: &str| GROUPS.iter().any(|group| rest.starts_with(group.word));
        if let Some(rest) = self.rest.strip_prefix('-').map(str::trim_start).filter(|rest| starts_group(rest)) {
            self.rest = rest;
            return Some(Join::Range);
        }
        (had_blank && starts_group(self.rest)).then_some(Join::List)
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn at_end(&self) -> bool {
        self.rest.trim().is_empty()
    }

    fn clone_at(&self) -> Self {
        Self { rest: self.rest }
    }
}
