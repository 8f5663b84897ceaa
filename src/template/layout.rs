//! The model of a template: what its TOML file says, checked and ready to use.
//!
//! Knows nothing of any workbook; `bind` looks for it there. The file format is `parse`'s.

use crate::address::column_of_letters;
use crate::answers::AnswerField;
use crate::catalog::List;
use crate::catalog::edition::EditionFacts;
use crate::catalog::id::Scheme;
use crate::text::fold;

/// A known layout, as read from its TOML file. The generic reading makes one of its own, without a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    /// The template's name, such as `azure-fisc`; `None` for a generic reading.
    pub name: Option<String>,
    /// One line that says what it reads.
    pub title: Option<String>,
    /// The framework's key, such as `fisc`.
    pub framework: Option<String>,
    /// Who answers in the reference, such as the cloud vendor.
    pub provider: Option<String>,
    /// The editions it knows.
    pub editions: Vec<EditionFacts>,
    /// The tables of items.
    pub tables: Vec<TableLayout>,
    /// The lists of cited documents.
    pub lists: Vec<ListLayout>,
    /// How additions are marked.
    pub marks: MarksRule,
    /// How a workbook is written in this layout.
    pub write: Write,
}

/// A heading to look for: one or more levels, each with `*` for any text, written `upper > lower`.
///
/// Compared after [`fold::heading_key`], so width, blanks, line breaks, footnote marks and edition brackets are free.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    text: String,
    levels: Vec<Glob>,
}

/// One level of a heading, split at its `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Glob {
    pieces: Vec<String>,
}

impl Heading {
    /// Makes a heading of its text.
    pub fn new(text: &str) -> Self {
        let levels = text.split(" > ").map(Glob::new).collect();
        Self { text: text.to_owned(), levels }
    }

    /// Makes a heading of levels that are to be read as they stand, without wildcards.
    pub(super) fn literal(levels: &[String]) -> Self {
        let globs = levels.iter().map(|level| Glob { pieces: vec![fold::heading_key(level)] }).collect();
        Self { text: levels.join(" > "), levels: globs }
    }

    /// The heading as written in the template.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The levels as written in the template, top down.
    pub fn levels(&self) -> impl Iterator<Item = &str> {
        self.text.split(" > ").map(str::trim)
    }

    /// Says whether the heading fits a column's folded headings, top down, and how exactly: 0 is no fit, more is
    /// more exact. The lowest level must fit the lowest heading; the others must be found above it, in order.
    pub fn fit(&self, folded: &[&str]) -> u32 {
        let (Some((leaf, upper)), Some((leaf_text, above))) = (self.levels.split_last(), folded.split_last()) else {
            return 0;
        };
        if !leaf.matches(leaf_text) {
            return 0;
        }
        let mut rest = above.iter();
        if !upper.iter().all(|level| rest.any(|text| level.matches(text))) {
            return 0;
        }
        let exact = if leaf.is_literal() { 4 } else { 2 };
        exact + u32::try_from(upper.len()).unwrap_or(0)
    }

    /// The column that a heading such as `(E)` means where none has it: the one with that letter and no heading.
    pub(super) fn unheaded(&self) -> Option<u32> {
        column_of_letters(self.text.strip_prefix('(')?.strip_suffix(')')?)
    }

    /// Says whether the lowest level fits a folded heading.
    pub fn leaf_fits(&self, folded: &str) -> bool {
        let matches_flat = |leaf: &Glob| folded.rsplit_once('_').is_some_and(|(_, flat)| leaf.matches(flat));
        self.levels.last().is_some_and(|leaf| leaf.matches(folded) || matches_flat(leaf))
    }

    /// The lowest level, folded, if it has no wildcard.
    pub(super) fn literal_leaf(&self) -> Option<&str> {
        self.levels.last().filter(|leaf| leaf.is_literal()).map(|leaf| leaf.pieces[0].as_str())
    }

    /// The lowest level, folded, wildcards as `*`: what a "did you mean" compares with.
    pub(crate) fn leaf_key(&self) -> String {
        self.levels.last().map(|leaf| leaf.pieces.join("*")).unwrap_or_default()
    }
}

impl Glob {
    fn new(text: &str) -> Self {
        Self { pieces: text.split('*').map(fold::heading_key).collect() }
    }

    fn is_literal(&self) -> bool {
        self.pieces.len() == 1
    }

    fn matches(&self, folded: &str) -> bool {
        let Some((first, others)) = self.pieces.split_first() else { return false };
        let Some(mut rest) = folded.strip_prefix(first.as_str()) else { return false };
        let Some((last, middle)) = others.split_last() else { return rest.is_empty() };
        for piece in middle {
            let Some(found) = rest.find(piece.as_str()) else { return false };
            rest = &rest[found + piece.len()..];
        }
        rest.ends_with(last.as_str())
    }
}

/// How one kind of table is laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct TableLayout {
    /// Names the sheet may have, with `*`; hints only, the headings decide.
    pub sheets: Vec<Heading>,
    /// Names of sheets that repeat the table, or part of it, and are not read beside it.
    pub copies: Vec<String>,
    /// Fewest and most rows of the header.
    pub header_rows: (u32, u32),
    /// Whether the same id on another sheet is another item.
    pub ids_per_sheet: bool,
    /// Whether the order of the columns is the publisher's own, so that a moved one is worth saying.
    pub ordered: bool,
    /// Whether a delimited text of this layout holds a `'` before what a spreadsheet would take for a formula.
    pub guarded: bool,
    /// Where the ids stand.
    pub id: IdLayout,
    /// How rows are told apart.
    pub rows: RowRules,
    /// How items are grouped.
    pub group: Grouping,
    /// The columns the template knows, in the order it writes them.
    pub columns: Vec<ColumnLayout>,
    /// The columns of the user's answers.
    pub answers: Vec<AnswerLayout>,
}

impl Default for TableLayout {
    fn default() -> Self {
        Self {
            sheets: Vec::new(),
            copies: Vec::new(),
            header_rows: (1, 3),
            ids_per_sheet: false,
            ordered: false,
            guarded: false,
            id: IdLayout::default(),
            rows: RowRules::default(),
            group: Grouping::default(),
            columns: Vec::new(),
            answers: Vec::new(),
        }
    }
}

impl TableLayout {
    /// Finds the layout of a column by its key.
    pub fn column(&self, key: &str) -> Option<&ColumnLayout> {
        self.columns.iter().find(|column| column.key == key)
    }
}

/// Where the ids stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IdLayout {
    /// The id's columns, from the most to the least significant part; for each the headings it may have.
    pub columns: Vec<Vec<Heading>>,
    /// The scheme the ids follow; `None` lets the ids themselves decide.
    pub scheme: Option<Scheme>,
    /// What joins the parts of an id in several columns.
    pub join: String,
    /// Whether the id leads a longer text (`GV.OC-01: …`); the rest of the cell is then the field `text`.
    pub leads: bool,
    /// Whether the rows have no id and are numbered from 1 on every sheet: those that hold something in the column,
    /// which is the field `text` then.
    pub numbered: bool,
    /// Key of the column that gives the prefix where an id cell holds a bare number (`運用基準` and `108`).
    pub prefix_from: Option<String>,
}

/// How the rows below the header are told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct RowRules {
    /// What continues the item above.
    pub continuation: Continuation,
    /// Whether the template expects the same id on several rows (detail rows), so that it is a note and no warning.
    pub repeats: bool,
    /// What a band or heading row is.
    pub bands: Bands,
    /// Values, with `*`, that say an item is 欠番, beyond 欠番 itself.
    pub retired: Vec<Heading>,
    /// Key of a field whose absence says that the item is 欠番.
    pub retired_when_blank: Option<String>,
    /// Keys of fields whose value is given once and holds for the rows below until the next one.
    pub fill_down: Vec<String>,
}

impl Default for RowRules {
    fn default() -> Self {
        Self {
            continuation: Continuation::BlankId,
            repeats: false,
            bands: Bands::default(),
            retired: Vec::new(),
            retired_when_blank: None,
            fill_down: Vec::new(),
        }
    }
}

/// What continues the item above.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Continuation {
    /// A row without an id that is no band.
    #[default]
    BlankId,
    /// The same, and a row whose id cell holds the id above and a part's label behind it (`AC-1a.`).
    PartLabel,
    /// Nothing: a row without an id is a band or a note.
    None,
}

/// What a band or heading row is: a row whose texts all stand in the id column, or left of it, or in one merged cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bands {
    /// Texts, with `*`, that make a row a band whatever else stands in it.
    pub patterns: Vec<Heading>,
    /// Key of the columns whose rows are bands when the id's column is blank (`Function`, `Category`), outermost first.
    pub columns: Vec<String>,
}

/// How items are grouped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// By the id's prefix where the scheme has one, else by band, else by sheet where there are several.
    #[default]
    Auto,
    /// By the id's prefix.
    Prefix,
    /// By sheet.
    Sheet,
    /// By the band row above.
    Band,
    /// By the value of this field.
    Field(String),
    /// Not at all.
    None,
}

/// What a known column is for, beside the answers.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum ColumnRole {
    /// A field of the catalog.
    #[default]
    Field,
    /// Says how the item was revised (改訂区分).
    Revision,
    /// Tells of the item itself.
    Item(ItemFact),
}

/// What a column of the flat form tells of an item beside its fields.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum ItemFact {
    /// The id as the publisher's cell had it.
    RawId,
    /// The sheet, where the same id stands on several sheets.
    Sheet,
    /// The group's id.
    Group,
    /// `retired`, or any other word for an active item.
    Status,
}

/// A column the template knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnLayout {
    /// Key of the field.
    pub key: String,
    /// The headings it may have; the first is the one that is written.
    pub headings: Vec<Heading>,
    /// Whether the layout does not fit without it.
    pub required: bool,
    /// What it is for.
    pub role: ColumnRole,
    /// The list its cells cite by number.
    pub cites: Option<List>,
    /// What a tick in it answers, where answering is done by ticking one of several columns.
    pub tick: Option<Tick>,
}

/// What ticking a column says: one of these words for a field of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// The field of ours.
    pub field: AnswerField,
    /// Our words that the column stands for.
    pub words: Vec<String>,
    /// What is written, where the workbook has no ticks of its own to go by.
    pub mark: String,
}

/// A column of the user's answers.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerLayout {
    /// The field of ours.
    pub field: AnswerField,
    /// The headings it may have.
    pub headings: Vec<Heading>,
    /// Whether the layout does not fit without it.
    pub required: bool,
    /// Our word = the workbook's word, for drop-downs with words of their own.
    pub values: Vec<(String, String)>,
}

/// A list of cited documents.
#[derive(Clone, Debug, PartialEq)]
pub struct ListLayout {
    /// Which list.
    pub list: List,
    /// Titles, with `*`, that stand above the list or name its sheet.
    pub titles: Vec<Heading>,
    /// Headings of the number's column.
    pub number: Vec<Heading>,
    /// Headings of the title's column.
    pub title: Vec<Heading>,
    /// Headings of a URL column of its own.
    pub url: Vec<Heading>,
}

/// How a publisher marks additions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarksRule {
    /// Labels that mark from themselves to the end of the cell as added, such as `【追記】`.
    pub labels: Vec<String>,
    /// Whether colours say nothing about additions (a publisher who prints headings in red).
    pub ignore_colors: bool,
}

/// How a workbook is written in a layout; for `self-check` the whole deliverable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Write {
    /// Sheets in tab order.
    pub sheets: Vec<WriteSheet>,
    /// Columns of the items' sheet, left to right.
    pub columns: Vec<WriteColumn>,
    /// Print set-up of the items' sheet.
    pub print: PrintSetup,
    /// Font of every cell; `None` leaves Excel's own.
    pub font: Option<String>,
    /// Fills of headings and cells to be filled in.
    pub colors: Colors,
}

impl Write {
    /// The layout of a deliverable in English: names, headings and prompts in English where the template has them.
    pub fn in_english(mut self) -> Self {
        for sheet in &mut self.sheets {
            sheet.title = sheet.title_en.take().unwrap_or(std::mem::take(&mut sheet.title));
        }
        for column in &mut self.columns {
            column.heading = column.heading_en.take().unwrap_or(std::mem::take(&mut column.heading));
            column.prompt = column.prompt_en.take().or(column.prompt.take());
        }
        self
    }
}

/// Fills, as 0xRRGGBB; `None` leaves the usual one.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Colors {
    /// Of headings over what the reference says.
    pub header: Option<u32>,
    /// Of headings over what is to be filled in.
    pub entry_header: Option<u32>,
    /// Of the cells to be filled in.
    pub entry: Option<u32>,
}

/// A sheet to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteSheet {
    /// What it is: `cover`, `history`, `guide`, `summary`, `items`, `changes`, `documents`, `data`, `retired`.
    pub key: String,
    /// The name on its tab.
    pub title: String,
    /// The name in a deliverable in English, where it is another.
    pub title_en: Option<String>,
}

/// Whether a column to write shows the reference or takes an answer.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Shows what the reference says, or something computed.
    #[default]
    Reference,
    /// Takes an answer.
    Answer,
}

/// A column to write.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteColumn {
    /// `id`, a field's key, an answer field's key, `result` (点検結果), or `*` for every field not named.
    pub key: String,
    /// The heading, its levels top down; equal upper levels of neighbours are merged.
    pub heading: Vec<String>,
    /// The heading in a deliverable in English, where it is another.
    pub heading_en: Option<Vec<String>>,
    /// Width in characters of the default font, a Japanese character counting two; `None` by content.
    pub width_chars: Option<u32>,
    /// Whether it shows the reference or takes an answer.
    pub kind: Kind,
    /// Words of its drop-down; empty for none.
    pub choices: Vec<String>,
    /// What Excel shows beside the selected cell.
    pub prompt: Option<String>,
    /// The same in a deliverable in English.
    pub prompt_en: Option<String>,
}

/// A paper size.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 297 × 420 mm.
    #[default]
    A3,
    /// 210 × 297 mm.
    A4,
}

/// How a sheet is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintSetup {
    /// Paper size.
    pub paper: Paper,
    /// Whether the long side lies flat.
    pub landscape: bool,
    /// Pages side by side; 0 as many as it takes.
    pub pages_wide: u16,
    /// Whether the header rows are repeated on every page.
    pub repeat_header: bool,
    /// Header and footer in Excel's codes, such as `&P / &N`; empty for none.
    pub header: String,
    /// See `header`.
    pub footer: String,
}

impl Default for PrintSetup {
    /// A3 landscape, one page wide, header rows repeated, page numbers below.
    fn default() -> Self {
        Self {
            paper: Paper::A3,
            landscape: true,
            pages_wide: 1,
            repeat_header: true,
            header: String::new(),
            footer: "&P / &N".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(heading: &str, column: &[&str]) -> u32 {
        let folded: Vec<String> = column.iter().map(|text| fold::heading_key(text)).collect();
        Heading::new(heading).fit(&folded.iter().map(String::as_str).collect::<Vec<_>>())
    }

    #[test]
    fn heading_fits_by_its_lowest_level_and_the_levels_above_in_order() {
        let column = ["Microsoft Azure に\nおける対応", "FISC安全対策基準\nへの適合性"];
        assert!(fit("Microsoft Azureにおける対応 > FISC安全対策基準への適合性", &column) > 0);
        assert!(fit("*への適合性", &column) > 0);
        assert!(fit("AWSにおける対応 > *への適合性", &column) == 0);
        assert!(fit("適合性", &column) == 0);
        assert!(fit("Microsoft Azureにおける対応", &column) == 0);
    }

    #[test]
    fn literal_heading_fits_better_than_a_wildcard() {
        assert!(
            fit("FISC安全対策基準の項目", &["FISC安全対策基準␤の項目".replace('␤', "\n").as_str()])
                > fit("*の項目", &["FISC安全対策基準の項目"])
        );
        assert_eq!(fit("*の見解", &["見解"]), 0);
        assert!(fit("*見解*", &["当社の見解について"]) > 0);
    }
}
