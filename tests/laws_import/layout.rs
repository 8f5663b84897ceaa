//! The ways vendors lay a reference out, and any combination of them.

use proptest::prelude::*;

use super::reference::COLUMNS;

/// How the items are numbered.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// 統1, 実14: FISC.
    Fisc,
    /// 1.1, 1.2: chapter and number.
    Dotted,
    /// IAM-01: a domain and a number.
    Lettered,
}

/// How an id is written down.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Spelling {
    Plain,
    /// 統　１.
    Wide,
    /// 統 01.
    Padded,
    /// A bare number, the category in a column of its own.
    Category,
    /// A bare number, the category in the sheet's name.
    SheetOfCategory,
    /// The id as it is, a sheet for each group.
    Sheet,
    /// The prefix and the number in two columns.
    TwoColumns,
}

/// How the groups of the items are shown.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Grouping {
    None,
    Bands,
    MergedBands,
    /// Columns to the left, merged down.
    MergedDown,
    /// Columns to the left, their text given on the first row only.
    Once,
    /// Columns to the left, their text on every row.
    EveryRow,
}

/// One way to lay a reference out.
#[derive(Clone, Debug)]
pub struct Layout {
    pub numbers: Numbers,
    pub spelling: Spelling,
    pub grouping: Grouping,
    /// Items of each group.
    pub groups: Vec<usize>,
    /// Which content columns there are, and how each heading is spelt.
    pub columns: Vec<(usize, usize)>,
    /// Which spelling the heading of the ids has.
    pub id_heading: usize,
    /// How many rows the header takes at most.
    pub header_rows: usize,
    /// Lines above the header.
    pub above: usize,
    /// Blank columns left of the table.
    pub gutter: usize,
    /// Physical columns of a logical one.
    pub narrow: usize,
    /// Whether a column of running numbers stands left of the ids.
    pub running_number: bool,
    /// Every so many items go on over a second row; 0 for none.
    pub continued: usize,
    /// Whether the id of an item that goes on is merged down.
    pub merged_ids: bool,
    /// Whether the header stands anew over every group.
    pub repeats_header: bool,
    /// Whether a blank row ends a group.
    pub blank_between: bool,
    /// Lines below the table, a blank one first.
    pub below: usize,
    /// Whether the last column is hidden.
    pub hidden_column: bool,
    /// Whether the second item is hidden.
    pub hidden_row: bool,
    /// Whether a cover, a history and a glossary stand around the table.
    pub other_sheets: bool,
    /// Whether the title stretches over the table as one merged cell.
    pub wide_title: bool,
    /// Every so many items are retired: 欠番 and nothing else; 0 for none.
    pub retired: usize,
    /// Whether texts that come twice in a row are one merged cell.
    pub merged_texts: bool,
    /// Blank columns for answers at the end.
    pub answers: usize,
    /// Whether the list of cited documents stands on a sheet of its own.
    pub documents: bool,
    /// Whether the first sheet alone is given, as delimited text.
    pub delimited: bool,
    /// Which sentences the items have.
    pub seed: usize,
}

/// Any combination of them that a vendor could make and a person could read.
pub fn layouts() -> impl Strategy<Value = Layout> {
    let numbers = prop_oneof![3 => Just(Numbers::Fisc), 1 => Just(Numbers::Dotted), 1 => Just(Numbers::Lettered)];
    let spelling = prop_oneof![
        4 => Just(Spelling::Plain),
        1 => Just(Spelling::Wide),
        1 => Just(Spelling::Padded),
        1 => Just(Spelling::Category),
        1 => Just(Spelling::SheetOfCategory),
        1 => Just(Spelling::Sheet),
        1 => Just(Spelling::TwoColumns),
    ];
    let grouping = prop_oneof![
        Just(Grouping::None),
        Just(Grouping::Bands),
        Just(Grouping::MergedBands),
        Just(Grouping::MergedDown),
        Just(Grouping::Once),
        Just(Grouping::EveryRow),
    ];
    let columns = proptest::collection::btree_map(0..COLUMNS.len(), 0..4_usize, 2..6);
    let sizes = (proptest::collection::vec(2..7_usize, 1..4), 0..4_usize, 1..4_usize, 0..5_usize, 0..3_usize);
    let rows = (prop_oneof![3 => Just(1_usize), 1 => Just(3)], any::<bool>(), 0..5_usize, any::<bool>(), any::<bool>());
    let rest = (any::<bool>(), 0..5_usize, any::<bool>(), any::<bool>(), any::<bool>(), 0..100_usize);
    let retired = prop_oneof![3 => Just(0_usize), 1 => 3..6_usize];
    let delimited = prop_oneof![4 => Just(false), 1 => Just(true)];
    let more = (any::<bool>(), retired, any::<bool>(), 0..4_usize, any::<bool>(), delimited);
    (numbers, spelling, grouping, columns, sizes, rows, rest, more).prop_map(
        |(numbers, spelling, grouping, columns, sizes, rows, rest, more)| {
            let (wide_title, retired, merged_texts, answers, documents, delimited) = more;
            let (groups, id_heading, header_rows, above, gutter) = sizes;
            let (narrow, running_number, continued, merged_ids, repeats_header) = rows;
            let (blank_between, below, hidden_column, hidden_row, other_sheets, seed) = rest;
            Layout {
                numbers,
                // Only FISC's numbers are spelt in all these ways.
                spelling: match numbers {
                    Numbers::Fisc => spelling,
                    _ if matches!(spelling, Spelling::Sheet) => spelling,
                    _ => Spelling::Plain,
                },
                grouping,
                groups,
                columns: columns.into_iter().collect(),
                id_heading,
                header_rows,
                above,
                gutter,
                narrow,
                running_number,
                continued: if continued == 1 { 0 } else { continued },
                merged_ids,
                repeats_header,
                blank_between,
                below,
                hidden_column,
                hidden_row,
                other_sheets,
                wide_title,
                retired,
                // What a CSV lost with its merged cells nobody can read.
                merged_texts: merged_texts && !delimited,
                answers,
                documents,
                // A CSV has no sheet whose name could say the category.
                delimited: delimited && !matches!(spelling, Spelling::SheetOfCategory),
                seed,
            }
        },
    )
}
