//! Which format a file is in, told by its bytes; the name only decides between texts.

use super::Format;
use super::compound::{self, Compound};
use super::package::Package;
use crate::diagnostic::{Diagnostic, Failure};

use super::limits::Limits;

/// First bytes of BIFF2 to BIFF4 files, which have no container.
const OLD_BIFF: &[&[u8]] = &[b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"];

/// Tells a file's format by its bytes.
///
/// A name is needed for texts only: `.tsv` and `.tab` are tab-separated, all else is read as separated by what it
/// holds most of.
///
/// # Errors
///
/// `file-empty`, `file-is-html` (a web page named `.xls`), `file-is-other` (a zip, a compound file or binary data
/// that is no workbook), `workbook-encrypted` (no error of [`read()`](super::read()) where the password is known), and what
/// [`Package::open`] says of a zip.
pub fn sniff(bytes: &[u8], name: &str) -> Result<Format, Failure> {
    match container(bytes) {
        Container::Empty => Err(Diagnostic::error("file-empty").into()),
        Container::Zip => zip_format(bytes),
        Container::Compound => compound_format(bytes),
        Container::Html => Err(Diagnostic::error("file-is-html").into()),
        Container::Xml if head(bytes).contains("excel.sheet") => Err(other("xml-workbook")),
        Container::Xml => Err(other("xml")),
        Container::OldBiff => Err(other("biff4")),
        Container::Binary => Err(other(signed(bytes).unwrap_or("binary"))),
        Container::Document(kind) => Err(other(kind)),
        Container::Text if is_named_workbook(name) => Err(other("text")),
        Container::Text => Ok(text_format(name)),
    }
}

fn other(kind: &str) -> Failure {
    Diagnostic::error("file-is-other").arg("kind", kind).into()
}

#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Container {
    Empty,
    Zip,
    Compound,
    Html,
    Xml,
    OldBiff,
    Binary,
    /// A text that is no table: the word for it.
    Document(&'static str),
    Text,
}

pub(super) fn container(bytes: &[u8]) -> Container {
    if bytes.is_empty() {
        Container::Empty
    } else if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        Container::Zip
    } else if bytes.starts_with(compound::MAGIC) {
        Container::Compound
    } else if OLD_BIFF.iter().any(|magic| bytes.starts_with(magic)) {
        Container::OldBiff
    } else if is_html(bytes) {
        Container::Html
    } else if starts_like(bytes, "<?xml") {
        Container::Xml
    } else if let Some(kind) = document(bytes) {
        Container::Document(kind)
    } else if is_binary(bytes) {
        Container::Binary
    } else {
        Container::Text
    }
}

/// Whether a compound file is the wrapping of an encrypted package (MS-OFFCRYPTO 2.3).
pub(super) fn is_encrypted(file: &Compound<'_>) -> bool {
    file.has("EncryptedPackage") && file.has("EncryptionInfo")
}

fn compound_format(bytes: &[u8]) -> Result<Format, Failure> {
    let Some(file) = Compound::open(bytes) else { return Err(other("compound")) };
    if is_encrypted(&file) {
        Err(Diagnostic::error("workbook-encrypted").into())
    } else if file.has("Workbook") || file.has("Book") {
        Ok(Format::Xls)
    } else if file.has("WordDocument") {
        Err(other("word"))
    } else if file.has("PowerPoint Document") {
        Err(other("slides"))
    } else if file.has("__properties_version1.0") {
        Err(other("mail"))
    } else {
        Err(other("compound"))
    }
}

const MAIN: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

/// The format of a package by the content type of its main part; OpenDocument by its `mimetype`.
fn zip_format(bytes: &[u8]) -> Result<Format, Failure> {
    package_format(&Package::open(bytes, &Limits::default())?)
}

pub(super) fn package_format(package: &Package<'_>) -> Result<Format, Failure> {
    if package.entry("mimetype").is_some() {
        let kind = String::from_utf8_lossy(&package.part("mimetype")?).trim().to_owned();
        return match kind.as_str() {
            "application/vnd.oasis.opendocument.spreadsheet"
            | "application/vnd.oasis.opendocument.spreadsheet-template" => Ok(Format::Ods),
            _ => Err(other("opendocument")),
        };
    }
    let Some(part) = main_part(package)? else { return Err(other(no_workbook(package))) };
    let kind = package.content_type(&part).unwrap_or_default();
    if kind.starts_with("application/vnd.ms-excel.sheet.binary.macroEnabled") {
        Ok(Format::Xlsb)
    } else if kind.contains("macroEnabled") && kind.starts_with("application/vnd.ms-excel.") {
        Ok(Format::Xlsm)
    } else if kind.starts_with(MAIN) {
        Ok(Format::Xlsx)
    } else {
        Err(other(no_workbook(package)))
    }
}

/// What a zip is that is no workbook.
fn no_workbook(package: &Package<'_>) -> &'static str {
    let holds = |name: &str| package.entry(name).is_some();
    if holds("word/document.xml") {
        "word"
    } else if holds("ppt/presentation.xml") {
        "slides"
    } else if holds("Index/Document.iwa") {
        "iwork"
    } else if holds("[Content_Types].xml") {
        "office"
    } else {
        "zip"
    }
}

/// The name of a package's main part: by the package's relationships, else by content type.
pub(super) fn main_part(package: &Package<'_>) -> Result<Option<String>, Failure> {
    let relationships = package.relationships("")?;
    let named = relationships.of_kind("officeDocument").map(|relationship| &relationship.target);
    let mut present = named.filter(|target| package.entry(target).is_some());
    if let Some(part) = present.next() {
        return Ok(Some(part.clone()));
    }
    let mains = package.parts_of_type(&[
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-excel.template.macroEnabled.main+xml",
        "application/vnd.ms-excel.addin.macroEnabled.main+xml",
        "application/vnd.ms-excel.sheet.binary.macroEnabled.main",
    ]);
    Ok(mains.first().map(|&part| part.to_owned()))
}

/// The first characters of a text in lower case, whatever its width and byte order mark.
fn head(bytes: &[u8]) -> String {
    let bytes: Vec<u8> = bytes.iter().copied().filter(|&byte| byte != 0).take(1024).collect();
    let marks: [&[u8]; 3] = [b"\xEF\xBB\xBF", b"\xFF\xFE", b"\xFE\xFF"];
    let bare = marks.iter().find_map(|mark| bytes.strip_prefix(*mark)).unwrap_or(&bytes);
    String::from_utf8_lossy(bare).trim_start().to_ascii_lowercase()
}

fn starts_like(bytes: &[u8], start: &str) -> bool {
    head(bytes).starts_with(start)
}

/// A web page, as many systems export under the name `.xls`, also in the form a browser saves (MHTML).
fn is_html(bytes: &[u8]) -> bool {
    let head = head(bytes);
    let is_markup = head.starts_with('<');
    let holds = |tags: &[&str]| tags.iter().any(|tag| head.contains(tag));
    is_markup && holds(&["<html", "<!doctype html", "<table", "<meta", "<head", "<body"])
        || head.starts_with("mime-version:")
}

/// Documents that are given in place of the workbook they show or hold, by their first bytes.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n", "image"),
    (b"\xFF\xD8\xFF", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"RIFF", "image"),
    (b"7z\xBC\xAF\x27\x1C", "archive"),
    (b"Rar!", "archive"),
    (b"\x1F\x8B", "archive"),
    (b"BZh", "archive"),
    (b"\xFD7zXZ", "archive"),
];

/// What binary data is, by its first bytes.
fn signed(bytes: &[u8]) -> Option<&'static str> {
    SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)).map(|(_, kind)| *kind)
}

/// Documents that are texts at their head.
fn document(bytes: &[u8]) -> Option<&'static str> {
    let head = head(bytes);
    if head.starts_with("%pdf-") {
        Some("pdf")
    } else if head.starts_with("{\\rtf") {
        Some("word")
    } else {
        let is_mail =
            ["from: ", "received: ", "return-path: ", "delivered-to: "].iter().any(|line| head.starts_with(line));
        is_mail.then_some("mail")
    }
}

/// Whether the bytes are no text: NUL bytes that are no UTF-16, or many control characters.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(8192)];
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") || super::delimited::looks_like_utf16(head) {
        return false;
    }
    let controls = head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31)).count();
    head.contains(&0) || controls * 20 > head.len()
}

/// Whether a name promises a zip; Excel refuses a text under it as well.
fn is_named_workbook(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".xlsx", ".xlsm", ".xlsb", ".ods"].iter().any(|extension| name.ends_with(extension))
}

fn text_format(name: &str) -> Format {
    let name = name.to_ascii_lowercase();
    if name.ends_with(".tsv") || name.ends_with(".tab") { Format::Tsv } else { Format::Csv }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_workbook_is_named() {
        for (bytes, name, told) in [
            (b"".as_slice(), "a.xlsx", "file-empty"),
            (b"<html><table>".as_slice(), "a.xls", "file-is-html"),
            (b"\xEF\xBB\xBF\r\n<!DOCTYPE html>", "a.xls", "file-is-html"),
            (b"MIME-Version: 1.0\r\n", "a.xls", "file-is-html"),
            (b"<?xml version=\"1.0\"?><Workbook/>", "a.xls", "xml"),
            (b"\x09\x04\x06\x00\x00\x00", "a.xls", "biff4"),
            (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>", "a.xml", "xml-workbook"),
            (b"\x89PNG\r\n\x1A\n\0\0\0\x0D", "a.csv", "image"),
            (b"\0\x01\x02\x03", "a.csv", "binary"),
            (b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", "a.pdf", "pdf"),
            (b"{\\rtf1\\ansi", "a.rtf", "word"),
            (b"Received: from a by b\r\n", "a.eml", "mail"),
            (b"\x1F\x8B\x08\0\0\0", "a.csv.gz", "archive"),
            (b"a,b\n", "a.xlsx", "text"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.xls", "compound"),
            (b"PK\x03\x04", "a.xlsx", "zip-damaged"),
        ] {
            let failure = sniff(bytes, name).unwrap_err();
            let diagnostic = &failure.diagnostics[0];
            let kind = diagnostic.args.first().map(|(_, kind)| kind.clone());
            assert!(diagnostic.code == told || kind == Some(told.into()), "{failure:?}");
        }
        assert_eq!(sniff(b"a,b\n", "A.CSV"), Ok(Format::Csv));
        assert_eq!(sniff(b"a\tb\n", "a.TSV"), Ok(Format::Tsv));
        assert_eq!(sniff("項番\t内容\n".as_bytes(), "a.xls"), Ok(Format::Csv));
    }
}
