//! From bytes of any format to a [`Workbook`].

use super::limits::Limits;
use super::package::Package;
use super::sniff::{self, Container, sniff};
use super::{Format, Workbook, delimited, ods, xls, xlsb, xlsx};
use crate::diagnostic::{Diagnostic, Failure};

/// How a file is read. Defaults: the default [`Limits`], the encoding told from the bytes, no password.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// How much is taken in.
    pub limits: Limits,
    /// The encoding of a delimited text, by its WHATWG label or `cp932`; told from the bytes where absent.
    pub encoding: Option<String>,
    /// The password of an encrypted workbook.
    pub password: Option<String>,
}

/// Reads a workbook or delimited text.
///
/// The format is told from the bytes ([`sniff`]); the name helps with texts only. What could be read is in the
/// result even where parts of the file could not: its diagnostics say what is missing.
///
/// # Errors
///
/// Those of [`sniff`], a limit, or damage that leaves nothing to read.
///
/// # Examples
///
/// ```
/// use secref::address::CellRef;
/// use secref::workbook::{ReadOptions, read};
///
/// let workbook = read("項番,適合性\n実1,適合可能\n".as_bytes(), "reference.csv", &ReadOptions::default())?;
/// assert_eq!(workbook.sheets[0].text(CellRef::new(1, 1)), "適合可能");
/// # Ok::<(), secref::diagnostic::Failure>(())
/// ```
pub fn read(bytes: &[u8], name: &str, options: &ReadOptions) -> Result<Workbook, Failure> {
    let options_of_text = options.encoding.as_deref();
    match sniff::container(bytes) {
        Container::Zip => read_zip(bytes, &options.limits),
        _ => match sniff(bytes, name)? {
            format @ (Format::Csv | Format::Tsv) => delimited::read(bytes, format, options_of_text, &options.limits),
            Format::Xls => xls::read(bytes, &options.limits),
            _ => Err(Diagnostic::error("file-is-other").arg("kind", "binary").into()),
        },
    }
}

fn read_zip(bytes: &[u8], limits: &Limits) -> Result<Workbook, Failure> {
    let package = Package::open(bytes, limits)?;
    match sniff::package_format(&package)? {
        format @ (Format::Xlsx | Format::Xlsm) => xlsx::read(&package, format, limits),
        Format::Xlsb => xlsb::read(&package, limits),
        Format::Ods => ods::read(&package, limits),
        _ => Err(Diagnostic::error("file-is-other").arg("kind", "zip").into()),
    }
}
