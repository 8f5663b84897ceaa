//! From bytes of any format to a [`Workbook`].

use super::compound::Compound;
use super::limits::Limits;
use super::package::Package;
use super::sniff::{self, Container, sniff};
use super::{Format, Workbook, decrypt, delimited, ods, xls, xlsb, xlsx};
use crate::diagnostic::{Diagnostic, Failure};

/// How a file is read. Defaults: the default [`Limits`], the encoding told from the bytes, no password.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// How much is taken in.
    pub limits: Limits,
    /// The encoding of a delimited text, by its WHATWG label or `cp932`; told from the bytes where absent.
    pub encoding: Option<String>,
    /// The password of an encrypted workbook. The one Excel tries by itself is tried without being asked for.
    pub password: Option<String>,
}

/// Reads a workbook or delimited text.
///
/// The format is told from the bytes ([`sniff()`](super::sniff())); the name helps with texts only. What could be read is in the
/// result even where parts of the file could not: its diagnostics say what is missing.
///
/// # Errors
///
/// Those of [`sniff()`](super::sniff()), a limit, or damage that leaves nothing to read.
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
    let limits = &options.limits;
    let workbook = match sniff::container(bytes) {
        Container::Zip => read_zip(bytes, limits)?,
        Container::Compound => read_compound(bytes, name, options)?,
        _ => delimited::read(bytes, sniff(bytes, name)?, options.encoding.as_deref(), limits)?,
    };
    // While reading, cells are counted by the thousand.
    let cells: usize = workbook.sheets.iter().map(|sheet| sheet.cells().len()).sum();
    if cells as u64 > limits.cells {
        return Err(Diagnostic::error("limit-cells").arg("limit", limits.cells).into());
    }
    Ok(workbook)
}

fn read_compound(bytes: &[u8], name: &str, options: &ReadOptions) -> Result<Workbook, Failure> {
    let password = options.password.as_deref();
    match Compound::open(bytes).filter(sniff::is_encrypted) {
        Some(file) => read_zip(&decrypt::package(&file, password, &options.limits)?, &options.limits),
        None => {
            sniff(bytes, name)?;
            xls::read(bytes, password, &options.limits)
        }
    }
}

fn read_zip(bytes: &[u8], limits: &Limits) -> Result<Workbook, Failure> {
    let package = Package::open(bytes, limits)?;
    match sniff::package_format(&package)? {
        Format::Xlsb => xlsb::read(&package, limits),
        Format::Ods => ods::read(&package, limits),
        format => xlsx::read(&package, format, limits),
    }
}
