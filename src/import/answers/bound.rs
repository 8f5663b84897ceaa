//! The answer columns of a vendor's own sheet, where the user says which they are: by a template or by fields.

use crate::answers::column::Column;
use crate::template::{BindOptions, BoundColumn, BoundTable, Role, bind};
use crate::workbook::Workbook;

use super::layout::{Layout, Words};

/// The tables in which the user's template or fields name answer columns, each with the place of its sheet. None where
/// the user names nothing or the workbook is laid out otherwise: then the headings tell.
pub(super) fn layouts(workbook: &Workbook, options: &BindOptions) -> Vec<(usize, Layout)> {
    if options.template.is_none() && options.fields.is_empty() {
        return Vec::new();
    }
    let tables = bind(workbook, options).map(|binding| binding.tables).unwrap_or_default();
    tables.iter().filter_map(|table| Some((table.sheet, layout(table)?))).collect()
}

fn layout(table: &BoundTable) -> Option<Layout> {
    let id = table.columns.iter().rev().find(|column| matches!(column.role, Role::Id(_)))?;
    let mut columns = vec![(id.column, Column::Id)];
    let mut words = Vec::new();
    for column in &table.columns {
        let field = match &column.role {
            Role::Answer { field, values } => {
                words.push((column.column, Words::Of(values.clone())));
                *field
            }
            Role::Tick(tick) => {
                words.push((column.column, Words::Tick(tick.words.first()?.clone())));
                tick.field
            }
            _ => continue,
        };
        columns.push((column.column, Column::Field(field)));
    }
    if words.is_empty() {
        return None;
    }
    // Columns that an earlier fill added stand under our own headings.
    columns.extend(
        table
            .columns
            .iter()
            .filter_map(added)
            .filter(|(_, field)| !columns.iter().any(|(_, known)| known == field))
            .collect::<Vec<_>>(),
    );
    columns.sort_by_key(|&(column, _)| column);
    Some(Layout::bound((table.header.first.row, table.header.last.row), table.rows.1, id.column, columns, words))
}

fn added(column: &BoundColumn) -> Option<(u32, Column)> {
    let named = Column::named(&column.label).filter(|_| column.role == Role::Field && *column.key == *column.label)?;
    matches!(named, Column::Field(_)).then_some((column.column, named))
}
