//! What a publisher painted: red is added, struck is deleted, any other colour, fill or underline is emphasis.
//!
//! A look that most cells of a column share marks nothing: it is the column's own.

use crate::address::{CellRef, Range};
use crate::catalog::{Mark, MarkKind};
use crate::template::MarksRule;
use crate::text::normalise;
use crate::workbook::{Cell, Font, Rgb, Sheet, Workbook};

/// Labels that mark from themselves to the end of the cell, whatever the template.
const LABELS: &[&str] = &["【追記】", "【追加】", "［追記］", "[追記]", "（追記）", "(追記)"];
/// A column needs this many cells before its usual look is known.
const ENOUGH_CELLS: u32 = 8;

/// How the marks of a sheet's cells are told.
pub(super) struct Marking<'a> {
    sheet: &'a Sheet,
    /// The look of every style.
    looks: Vec<Look>,
    /// The usual look by column.
    usual: Vec<Look>,
    labels: Vec<&'a str>,
    /// Characters one of which each label holds: one search for each settles nearly every text.
    signals: Vec<char>,
    links: Links,
    ignore_colors: bool,
}

impl<'a> Marking<'a> {
    /// Takes the styles of a workbook and the usual looks of a sheet's columns, judged by the cells of some rows.
    pub(super) fn new(workbook: &'a Workbook, sheet: &'a Sheet, rows: (u32, u32), rule: &'a MarksRule) -> Self {
        let looks: Vec<Look> = workbook.styles.iter().map(|style| look(&style.font, style.fill)).collect();
        let is_plain = looks.iter().all(|look| *look == Look::default());
        let usual = if is_plain { Vec::new() } else { usual_looks(&looks, sheet, rows) };
        let labels: Vec<&str> = LABELS.iter().copied().chain(rule.labels.iter().map(String::as_str)).collect();
        let signals = signals(&labels);
        let links = Links::new(sheet);
        Self { sheet, looks, usual, labels, signals, links, ignore_colors: rule.ignore_colors }
    }

    /// The marks of a cell, in offsets of its normalised text.
    pub(super) fn of(&self, cell: &Cell, text: &str) -> Vec<Mark> {
        let mut marks = self.painted(cell, text);
        if self.signals.iter().any(|&signal| text.contains(signal)) {
            marks.extend(self.labelled(text));
            marks.sort_by_key(|mark| (mark.start, mark.end));
        }
        marks
    }

    fn labelled(&self, text: &str) -> Option<Mark> {
        let start = self.labels.iter().filter_map(|label| text.find(label)).min()?;
        let start = chars(&text[..start]);
        Some(Mark { start, end: start + chars(text.get(byte_of(text, start)..).unwrap_or("")), kind: MarkKind::Added })
    }

    fn painted(&self, cell: &Cell, text: &str) -> Vec<Mark> {
        let own = self.looks.get(cell.style as usize).copied().unwrap_or_default();
        let usual = self.usual.get(cell.at.column as usize).copied().unwrap_or_default();
        let runs = if self.sheet.runs.is_empty() { &[][..] } else { self.sheet.runs_at(cell.at) };
        if runs.is_empty() {
            let kind =
                self.kind(own, usual).filter(|kind| !(*kind == MarkKind::Emphasis && self.links.contains(cell.at)));
            return kind.map(|kind| Mark { start: 0, end: chars(text), kind }).into_iter().collect();
        }
        let is_same = cell.text.len() == text.len();
        let offsets = if is_same { Vec::new() } else { normalise::offsets(&cell.text, text) };
        let place = |offset: u32| match is_same {
            true => offset,
            false => offsets.get(offset as usize).or(offsets.last()).copied().unwrap_or(0),
        };
        let mut marks: Vec<Mark> = Vec::new();
        for run in runs {
            let look = Look { fill: own.fill, ..look(&run.font, None) };
            let Some(kind) = self.kind(look, usual) else { continue };
            let (start, end) = (place(run.start), place(run.end));
            match marks.last_mut() {
                Some(last) if last.kind == kind && last.end == start => last.end = end,
                _ if start < end => marks.push(Mark { start, end, kind }),
                _ => {}
            }
        }
        marks
    }

    fn kind(&self, look: Look, usual: Look) -> Option<MarkKind> {
        if look.strike && !usual.strike {
            return Some(MarkKind::Deleted);
        }
        let is_new = |mine: Option<(u8, u8, u8)>, theirs| mine.is_some() && mine != theirs;
        if self.ignore_colors {
            return (look.underline && !usual.underline).then_some(MarkKind::Emphasis);
        }
        if is_new(look.color, usual.color) && look.is_red {
            return Some(MarkKind::Added);
        }
        let is_emphasis =
            is_new(look.color, usual.color) || is_new(look.fill, usual.fill) || (look.underline && !usual.underline);
        is_emphasis.then_some(MarkKind::Emphasis)
    }
}

/// The cells that link: they are blue and underlined by themselves.
struct Links {
    /// In order.
    cells: Vec<CellRef>,
    ranges: Vec<Range>,
}

impl Links {
    fn new(sheet: &Sheet) -> Self {
        let (cells, ranges): (Vec<Range>, Vec<Range>) =
            sheet.hyperlinks.iter().map(|link| link.range).partition(Range::is_cell);
        let mut cells: Vec<CellRef> = cells.into_iter().map(|range| range.first).collect();
        cells.sort_unstable();
        Self { cells, ranges }
    }

    fn contains(&self, at: CellRef) -> bool {
        self.cells.binary_search(&at).is_ok() || self.ranges.iter().any(|range| range.contains(at))
    }
}

/// Characters one of which each label holds, as few as come easily: the labels of revisions share 追.
fn signals(labels: &[&str]) -> Vec<char> {
    let mut rest: Vec<&str> = labels.iter().copied().filter(|label| !label.is_empty()).collect();
    let mut signals = Vec::new();
    while let Some(&label) = rest.first() {
        let shared_by = |c: &char| rest.iter().filter(|label| label.contains(*c)).count();
        // Brackets are in many texts; a letter is rarer.
        let best = label.chars().max_by_key(|c| (c.is_alphanumeric(), shared_by(c))).unwrap_or_default();
        signals.push(best);
        rest.retain(|label| !label.contains(best));
    }
    signals
}

fn chars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

fn byte_of(text: &str, place: u32) -> usize {
    text.char_indices().nth(place as usize).map_or(text.len(), |(byte, _)| byte)
}

/// What of a font and fill can mark anything. Black and white are no colours.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
struct Look {
    color: Option<(u8, u8, u8)>,
    is_red: bool,
    fill: Option<(u8, u8, u8)>,
    underline: bool,
    strike: bool,
}

fn look(font: &Font, fill: Option<Rgb>) -> Look {
    // Dark greys are print black in another theme.
    let is_dark = |r: u8, g: u8, b: u8| r < 0x50 && g < 0x50 && b < 0x50;
    let color = font.color.map(|rgb| (rgb.0, rgb.1, rgb.2)).filter(|&(r, g, b)| !is_dark(r, g, b));
    let fill = fill.map(|rgb| (rgb.0, rgb.1, rgb.2)).filter(|&rgb| rgb != (0xFF, 0xFF, 0xFF));
    let is_red = font.color.is_some_and(Rgb::is_red);
    Look { color, is_red, fill, underline: font.underline, strike: font.strike }
}

/// The look of most cells of each column, where there are enough to tell.
fn usual_looks(looks: &[Look], sheet: &Sheet, (first, last): (u32, u32)) -> Vec<Look> {
    // Few styles stand in one column, so a short list beats a map; the newest style stays in front.
    let mut counts: Vec<Vec<(u32, u32)>> = Vec::new();
    for (_, cells) in sheet.rows_from(first).take_while(|(row, _)| *row <= last) {
        for cell in cells {
            let column = cell.at.column as usize;
            if column >= counts.len() {
                counts.resize(column + 1, Vec::new());
            }
            count(&mut counts[column], cell.style);
        }
    }
    let usual = counts.into_iter().map(|styles| {
        let all: u32 = styles.iter().map(|&(_, count)| count).sum();
        let most = styles.into_iter().max_by_key(|&(style, count)| (count, std::cmp::Reverse(style)));
        let usual = most.filter(|&(_, count)| all >= ENOUGH_CELLS && count * 2 > all);
        usual.and_then(|(style, _)| looks.get(style as usize)).copied().unwrap_or_default()
    });
    usual.collect()
}

fn count(styles: &mut Vec<(u32, u32)>, style: u32) {
    match styles.iter().position(|&(known, _)| known == style) {
        Some(place) => {
            styles[place].1 += 1;
            styles.swap(0, place);
        }
        None => styles.push((style, 1)),
    }
}
