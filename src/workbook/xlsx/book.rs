//! The workbook part: sheets in tab order, defined names, the date system.

use crate::diagnostic::{Diagnostic, Failure};
use crate::workbook::Visibility;
use crate::workbook::limits::refuse_many_sheets;
use crate::workbook::lists::DefinedName;
use crate::workbook::package::xml_failure;
use crate::workbook::parts::Tab;
use crate::workbook::xml::{Scanner, Tag, XmlError};

#[derive(Default)]
pub(super) struct Book {
    pub(super) tabs: Vec<Tab>,
    pub(super) names: Vec<DefinedName>,
    pub(super) date_1904: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

pub(super) fn read(part: &str, text: &str) -> Result<Book, Failure> {
    let mut book = Book::default();
    book.scan(text).map_err(|error| xml_failure(part, error))?;
    refuse_many_sheets(book.tabs.len())?;
    Ok(book)
}

impl Book {
    fn scan(&mut self, text: &str) -> Result<(), XmlError> {
        let mut scanner = Scanner::new(text);
        while let Some(tag) = scanner.next_tag()? {
            match tag.name {
                "workbookPr" => self.date_1904 = tag.is_true("date1904"),
                "sheet" => self.tab(&tag),
                "definedName" => {
                    let name = tag.get("name").unwrap_or_default().into_owned();
                    let sheet = tag.number("localSheetId");
                    self.names.push(DefinedName { name, sheet, formula: scanner.text_of(&tag)? });
                }
                "extLst" | "Fallback" => scanner.skip(&tag)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn tab(&mut self, tag: &Tag<'_>) {
        let mut name = tag.get("name").unwrap_or_default().into_owned();
        super::strings::decode_escapes(&mut name, 0);
        let visibility = match tag.get("state").as_deref() {
            None | Some("visible" | "") => Visibility::Visible,
            Some("hidden") => Visibility::Hidden,
            Some("veryHidden") => Visibility::VeryHidden,
            Some(other) => {
                let note = Diagnostic::note("sheet-state-unknown").arg("sheet", name.as_str()).arg("state", other);
                self.diagnostics.push(note);
                Visibility::Visible
            }
        };
        self.tabs.push(Tab { name, visibility, id: tag.get("id").map(|id| id.into_owned()) });
    }
}
