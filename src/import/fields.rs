//! The fields of a catalog in the making: one for each column of the tables, and two that bands are inherited by.

use std::sync::Arc;

use super::table::Reading;
use crate::catalog::{Field, FieldValue, Item, key};
use crate::template::{Binding, BoundColumn, BoundTable, Role};

/// The fields of a catalog in the making: those of the columns, then two that bands are inherited by.
pub(super) struct Fields {
    fields: Vec<Field>,
}

impl Fields {
    /// The fields of the columns of all tables: columns of one key are one field.
    pub(super) fn of(binding: &Binding) -> Self {
        let mut fields: Vec<Field> = Vec::new();
        let mut add = |key: &Arc<str>, label: &str| {
            if !fields.iter().any(|field| field.key == *key) {
                fields.push(Field { key: Arc::clone(key), label: label.to_owned() });
            }
        };
        for table in &binding.tables {
            let id = &binding.layout(table).id;
            let has_text = id.leads || id.numbered;
            for column in &table.columns {
                match column.role {
                    Role::Field | Role::Tick(_) | Role::Answer { .. } => add(&column.key, &column.label),
                    Role::Id(_) if has_text => add(&Arc::from(key::TEXT), &column.label),
                    Role::Id(_) | Role::Revision | Role::Item(_) => {}
                }
            }
        }
        Self { fields }
    }

    /// The fields that no column has and items were given by the bands above them: the place and the field of each.
    pub(super) fn inherited_by_items(&self, reading: &Reading) -> Vec<(usize, Field)> {
        let columns = self.fields.len();
        let levels = [(reading.has_major, key::MAJOR, "大項目"), (reading.has_middle, key::MIDDLE, "中項目")];
        let places = (columns..).zip(levels).filter(|(_, (is_there, key, _))| *is_there && self.place(key).is_none());
        places.map(|(place, (_, key, label))| (place, Field { key: Arc::from(key), label: label.to_owned() })).collect()
    }

    /// The headings of the fields that were filled down from the rows above, and how many values.
    pub(super) fn filled_down(&self, reading: &Reading) -> Vec<(String, usize)> {
        let labels = reading.filled_down.iter().map(|(&field, &count)| (self.fields[field].label.clone(), count));
        labels.collect()
    }

    /// The places of an item's values: the columns' fields, and the two inherited ones where there are any.
    pub(super) fn width(&self, inherited: &[(usize, Field)]) -> usize {
        self.fields.len() + if inherited.is_empty() { 0 } else { 2 }
    }

    /// How many columns have fields, without the two inherited ones.
    pub(super) fn count(&self) -> usize {
        self.fields.len()
    }

    /// The place of a field among an item's values.
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        self.fields.iter().position(|field| *field.key == *key)
    }

    /// The place each column of a table is read into; none for the id and for what is told of the item itself.
    pub(super) fn of_table(&self, table: &BoundTable) -> Vec<Option<usize>> {
        let place = |column: &BoundColumn| match column.role {
            Role::Field | Role::Tick(_) | Role::Answer { .. } => self.place(&column.key),
            Role::Id(_) | Role::Revision | Role::Item(_) => None,
        };
        table.columns.iter().map(place).collect()
    }

    /// The places of the upper and the lower band over a table's items: nowhere if it has columns of its own for them.
    pub(super) fn inherited(&self, table: &BoundTable) -> (Option<usize>, Option<usize>) {
        let has = |key: &str| table.columns.iter().any(|column| *column.key == *key);
        let (major, middle) = (self.fields.len(), self.fields.len() + 1);
        if has(key::MAJOR) {
            return (None, None);
        }
        (
            Some(self.place(key::MAJOR).unwrap_or(major)),
            (!has(key::MIDDLE)).then(|| self.place(key::MIDDLE).unwrap_or(middle)),
        )
    }

    /// The fields in order, the inherited ones in front; the items' values are put in the same order.
    pub(super) fn finish(self, items: &mut [Item], inherited: Vec<(usize, Field)>) -> Vec<Field> {
        let columns = self.fields.len();
        let mut fields = self.fields;
        if inherited.is_empty() {
            return fields;
        }
        let rearrange = |values: &mut Vec<Option<FieldValue>>| {
            if values.is_empty() {
                return;
            }
            let front: Vec<Option<FieldValue>> = inherited.iter().map(|&(place, _)| values[place].take()).collect();
            values.truncate(columns);
            values.splice(0..0, front);
        };
        for item in items {
            rearrange(&mut item.values);
            item.parts.iter_mut().for_each(|part| rearrange(&mut part.values));
        }
        fields.splice(0..0, inherited.into_iter().map(|(_, field)| field));
        fields
    }
}
