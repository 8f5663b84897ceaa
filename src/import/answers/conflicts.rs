//! 競合: what lost when parts were merged, as our answer sheets list it beside the answers.

use crate::answers::Conflict;
use crate::answers::column::Column;
use crate::catalog::ItemKey;
use crate::text::fold::value_key;
use crate::workbook::{Cell, Sheet, Workbook};

const SHEETS: &[&str] = &["競合", "conflicts"];
/// The headings in either language, for the item, its sheet, the field, what was kept, what was not, and its place.
const HEADINGS: [&[&str]; 6] = [
    &["項番", "id"],
    &["シート", "sheet"],
    &["欄", "項目", "field"],
    &["採用した値", "採用", "kept"],
    &["採用しなかった値", "不採用", "not kept"],
    &["出所", "不採用の出所", "from"],
];

/// Reads the conflicts of a workbook; whoever settles one deletes its row.
pub(super) fn read(workbook: &Workbook) -> Vec<Conflict> {
    let sheets = workbook.sheets.iter().filter(|sheet| SHEETS.contains(&value_key(&sheet.name).as_str()));
    sheets.flat_map(of_sheet).collect()
}

fn of_sheet(sheet: &Sheet) -> Vec<Conflict> {
    let Some((header, columns)) = sheet.rows().take(10).find_map(|(row, cells)| Some((row, columns(cells)?))) else {
        return Vec::new();
    };
    sheet.rows_from(header + 1).filter_map(|(_, cells)| conflict(cells, columns)).collect()
}

fn columns(cells: &[Cell]) -> Option<[u32; 6]> {
    let column = |names: &[&str]| {
        let is_it = |cell: &&Cell| names.contains(&value_key(&cell.text).as_str());
        cells.iter().find(is_it).map(|cell| cell.at.column)
    };
    let found: Option<Vec<u32>> = HEADINGS.into_iter().map(column).collect();
    found?.try_into().ok()
}

fn conflict(cells: &[Cell], columns: [u32; 6]) -> Option<Conflict> {
    let text = |column: u32| {
        let cell = cells.iter().find(|cell| cell.at.column == column);
        cell.map(|cell| cell.text.to_string()).unwrap_or_default()
    };
    let [id, sheet, field, kept, other, from] = columns.map(text);
    let id = id.trim();
    (!id.is_empty()).then(|| Conflict {
        key: ItemKey { sheet: (!sheet.is_empty()).then(|| sheet.into()), id: id.into() },
        field: match Column::named(&field) {
            Some(Column::Field(known)) => known.key().to_owned(),
            _ => field,
        },
        kept,
        other,
        from,
    })
}
