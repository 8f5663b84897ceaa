//! From sheets to bytes: document properties, the one creation time, errors in our words.

use jiff::civil::DateTime;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::Written;
use super::sheet::Sheet;
use crate::diagnostic::{Diagnostic, Failure};
use crate::workbook::package::Directory;

/// What the properties of a workbook say.
pub(super) struct Properties<'a> {
    pub(super) title: &'a str,
    pub(super) company: &'a str,
    pub(super) created: DateTime,
}

/// Puts the sheets into a workbook, in order, the first one in front.
pub(super) fn finish(sheets: Vec<Sheet<'_>>, properties: &Properties<'_>) -> Result<Written, Failure> {
    let mut workbook = Workbook::new();
    let mut diagnostics = Vec::new();
    for sheet in sheets {
        let (worksheet, said) = sheet.close().map_err(unwritable)?;
        workbook.push_worksheet(worksheet);
        diagnostics.extend(said);
    }
    workbook.set_properties(&document_properties(properties).map_err(unwritable)?);
    let mut bytes = workbook.save_to_buffer().map_err(unwritable)?;
    forget_the_machine(&mut bytes)?;
    Ok(Written { bytes, diagnostics })
}

/// Takes the operating system out of the zip's directory, so that Windows and Linux write the same bytes: the upper
/// half of `version made by` (APPNOTE.TXT 4.4.2), 0 for all.
fn forget_the_machine(bytes: &mut [u8]) -> Result<(), Failure> {
    const HOST_SYSTEM: usize = 5;
    for entry in Directory::read(bytes)?.entries {
        bytes[entry.central.start + HOST_SYSTEM] = 0;
    }
    Ok(())
}

fn document_properties(properties: &Properties<'_>) -> Result<DocProperties, XlsxError> {
    let created = excel_datetime(properties.created)?;
    Ok(DocProperties::new()
        .set_title(properties.title)
        .set_company(properties.company)
        .set_author("secref")
        .set_creation_datetime(&created))
}

/// A time as the writer wants it; years before 1900, which Excel has not, become 1900.
fn excel_datetime(time: DateTime) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(time.year()).unwrap_or(1900).max(1900);
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    ExcelDateTime::from_ymd(year, part(time.month()), part(time.day()))?.and_hms(
        u16::from(part(time.hour())),
        part(time.minute()),
        f64::from(part(time.second())),
    )
}

/// An error of the writer: what was asked of it is more than a workbook holds, such as 1,048,577 rows.
pub(super) fn unwritable(error: XlsxError) -> Failure {
    Diagnostic::error("workbook-unwritable").arg("reason", error.to_string()).into()
}
