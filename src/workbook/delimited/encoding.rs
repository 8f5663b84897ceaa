//! The encoding of a delimited text: told by its bytes or asked for, and what was not told is said.

use std::borrow::Cow;

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memchr;

use crate::diagnostic::{Diagnostic, Failure};

/// How an encoding was told.
#[derive(Copy, Clone, PartialEq, Eq)]
enum How {
    Asked,
    ByteOrderMark,
    ValidUtf8,
    /// NULs show UTF-16.
    Nuls,
    Guess,
}

impl How {
    /// What there is to say of it; a byte order mark and valid UTF-8 leave nothing to guess.
    fn said(self) -> Option<&'static str> {
        match self {
            Self::Asked | Self::ByteOrderMark | Self::ValidUtf8 => None,
            Self::Nuls => Some("nul"),
            Self::Guess => Some("guess"),
        }
    }
}

/// Decodes a text by the encoding asked for, else by the one its bytes show.
///
/// # Errors
///
/// `encoding-unknown` for a label nobody knows, `encoding-wrong` where another encoding than the one asked for fits.
pub(super) fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<(Cow<'a, str>, Vec<Diagnostic>), Failure> {
    let (encoding, how) = match label {
        Some(label) => (named(label)?, How::Asked),
        None => detect(bytes),
    };
    let (text, used, has_errors) = encoding.decode(bytes);
    if has_errors && how == How::Asked {
        refuse_wrong(used, bytes)?;
    }
    let mut diagnostics = Vec::new();
    if let Some(how) = how.said() {
        diagnostics.push(Diagnostic::note("encoding-detected").arg("encoding", shown_name(used)).arg("how", how));
    }
    if has_errors {
        diagnostics.push(Diagnostic::warning("encoding-misfit").arg("encoding", shown_name(used)));
    }
    if is_garbled(&text) {
        diagnostics.push(Diagnostic::warning("text-garbled"));
    }
    Ok((text, diagnostics))
}

/// Refuses an encoding that was asked for where another one fits all of the bytes: nobody wants the text it makes.
fn refuse_wrong(asked: &'static Encoding, bytes: &[u8]) -> Result<(), Failure> {
    let (likely, _) = detect(bytes);
    // Where one byte is one character, all bytes fit.
    if likely == asked || likely.is_single_byte() || likely.decode(bytes).2 {
        return Ok(());
    }
    let wrong = Diagnostic::error("encoding-wrong").arg("encoding", shown_name(asked));
    Err(wrong.arg("likely", shown_name(likely)).into())
}

/// Whether a text was UTF-8 that somebody read as CP932 and saved: the bytes most of our characters begin with have
/// become 縺, 繧 and 繝.
fn is_garbled(text: &str) -> bool {
    let sample = || text.chars().take(10_000).filter(|c| !c.is_ascii());
    let signs = sample().filter(|c| matches!(c, '縺' | '繧' | '繝')).count();
    signs >= 5 && signs * 8 > sample().count()
}

/// Finds an encoding by its label (WHATWG), or by the names Japanese users know it by.
fn named(label: &str) -> Result<&'static Encoding, Failure> {
    let plain = label.trim().to_ascii_lowercase();
    match plain.as_str() {
        "cp932" | "ms-kanji" | "windows-932" => return Ok(SHIFT_JIS),
        "utf-16" | "utf16" => return Ok(UTF_16LE),
        "utf8-bom" | "utf-8-sig" | "utf-8-bom" => return Ok(UTF_8),
        _ => {}
    }
    Encoding::for_label(plain.as_bytes())
        .ok_or_else(|| Diagnostic::error("encoding-unknown").arg("encoding", label).into())
}

/// The name a Japanese user knows the encoding by.
fn shown_name(encoding: &'static Encoding) -> &'static str {
    if encoding == SHIFT_JIS { "CP932 (Shift_JIS)" } else { encoding.name() }
}

/// The encoding of bytes nobody named one for, and how it was told.
fn detect(bytes: &[u8]) -> (&'static Encoding, How) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, How::ByteOrderMark);
    }
    if memchr(0, &bytes[..bytes.len().min(8192)]).is_none() && simdutf8::basic::from_utf8(bytes).is_ok() {
        return (UTF_8, How::ValidUtf8);
    }
    if let Some(encoding) = utf16_of(bytes) {
        return (encoding, How::Nuls);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    (detector.guess(Some(b"jp"), chardetng::Utf8Detection::Deny), How::Guess)
}

/// UTF-16 without a byte order mark: NULs stand at odd bytes only (LE) or at even bytes only (BE).
fn utf16_of(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(8192)];
    let nuls = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    match (nuls(0), nuls(1)) {
        (0, 1..) => Some(UTF_16LE),
        (1.., 0) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes with NULs are a text in UTF-16: they decode, and to no control characters.
pub(in crate::workbook) fn looks_like_utf16(head: &[u8]) -> bool {
    let head = &head[..head.len() & !1];
    utf16_of(head).is_some_and(|encoding| {
        let (text, has_errors) = encoding.decode_without_bom_handling(head);
        !has_errors && !text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n'))
    })
}
