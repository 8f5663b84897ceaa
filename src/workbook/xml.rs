//! XML as workbooks use it: a part's bytes to text, and a scanner that yields tags and texts without copying.
//!
//! Names are compared without their prefix, because writers choose any. Well-formedness is checked as far as it
//! keeps content from being misread: a part that ends inside a tag or an element is damaged. A document type
//! declaration is refused, so no entity can expand. Leaves to others what the elements mean.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

/// Why a part could not be scanned to its end.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum XmlError {
    /// The text ends inside a tag or before an element is closed.
    Truncated,
    /// An element is closed that is not open.
    Unbalanced,
    /// There is a document type declaration.
    Dtd,
    /// Elements are nested deeper than any workbook's.
    TooDeep,
}

/// Deepest nesting taken; the schemas of a workbook need about 30 levels (grouped shapes).
const MAX_DEPTH: u32 = 500;

/// A start tag.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Tag<'a> {
    /// The name without prefix.
    pub(crate) name: &'a str,
    attributes: &'a str,
    /// Whether the element ends with the tag (`<c/>`); no end token follows then.
    pub(crate) is_empty: bool,
}

/// What stands next in a part.
#[derive(Copy, Clone, Debug)]
pub(crate) enum Token<'a> {
    /// A start tag.
    Start(Tag<'a>),
    /// An end tag, by its name without prefix.
    End(&'a str),
    /// Text as written, references not yet resolved.
    Text(&'a str),
    /// The inside of a CDATA section.
    CData(&'a str),
}

/// Steps through a part.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    position: usize,
    depth: u32,
}

/// The inside of an element: how many elements are open there.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Inside {
    depth: u32,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, position: 0, depth: 0 }
    }

    /// The next token; `None` at the end of the part.
    #[inline]
    pub(crate) fn next(&mut self) -> Result<Option<Token<'a>>, XmlError> {
        loop {
            let rest = &self.text.as_bytes()[self.position..];
            let Some(&first) = rest.first() else {
                return if self.depth == 0 { Ok(None) } else { Err(XmlError::Truncated) };
            };
            if first != b'<' {
                let length = memchr(b'<', rest).unwrap_or(rest.len());
                let text = &self.text[self.position..self.position + length];
                self.position += length;
                return Ok(Some(Token::Text(text)));
            }
            match rest.get(1) {
                Some(b'/') => return self.end_tag().map(Some),
                Some(b'!') => {
                    if let Some(token) = self.declaration()? {
                        return Ok(Some(token));
                    }
                }
                Some(b'?') => self.skip_past(b"?>", 2)?,
                Some(_) => return self.start_tag().map(Some),
                None => return Err(XmlError::Truncated),
            }
        }
    }

    /// The next start tag, however deep it stands; `None` at the end of the part.
    pub(crate) fn next_tag(&mut self) -> Result<Option<Tag<'a>>, XmlError> {
        while let Some(token) = self.next()? {
            if let Token::Start(tag) = token {
                return Ok(Some(tag));
            }
        }
        Ok(None)
    }

    /// The inside of an element whose start tag was just read, for [`Scanner::tag_inside`].
    pub(crate) fn inside(&self, tag: &Tag<'_>) -> Inside {
        Inside { depth: if tag.is_empty { u32::MAX } else { self.depth } }
    }

    /// The next start tag inside an element, however deep it stands; `None` once the element has ended.
    pub(crate) fn tag_inside(&mut self, element: Inside) -> Result<Option<Tag<'a>>, XmlError> {
        while self.depth >= element.depth {
            if let Token::Start(tag) = self.next()?.ok_or(XmlError::Truncated)? {
                return Ok(Some(tag));
            }
        }
        Ok(None)
    }

    #[inline]
    fn end_tag(&mut self) -> Result<Token<'a>, XmlError> {
        let start = self.position + 2;
        let length = memchr(b'>', &self.text.as_bytes()[start..]).ok_or(XmlError::Truncated)?;
        self.position = start + length + 1;
        self.depth = self.depth.checked_sub(1).ok_or(XmlError::Unbalanced)?;
        Ok(Token::End(local_name(self.text[start..start + length].trim_ascii_end())))
    }

    #[inline]
    fn start_tag(&mut self) -> Result<Token<'a>, XmlError> {
        let start = self.position + 1;
        let length = tag_length(&self.text.as_bytes()[start..]).ok_or(XmlError::Truncated)?;
        self.position = start + length + 1;
        let inside = &self.text[start..start + length];
        let (inside, is_empty) = match inside.strip_suffix('/') {
            Some(inside) => (inside, true),
            None => (inside, false),
        };
        if !is_empty {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(XmlError::TooDeep);
            }
        }
        let name_length = inside.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_length);
        Ok(Token::Start(Tag { name: local_name(name), attributes, is_empty }))
    }

    fn declaration(&mut self) -> Result<Option<Token<'a>>, XmlError> {
        let rest = &self.text[self.position..];
        if rest.starts_with("<!--") {
            self.skip_past(b"-->", 4)?;
            Ok(None)
        } else if rest.starts_with("<![CDATA[") {
            let start = self.position + 9;
            self.skip_past(b"]]>", 9)?;
            Ok(Some(Token::CData(&self.text[start..self.position - 3])))
        } else if rest.len() >= 9 {
            Err(XmlError::Dtd)
        } else {
            Err(XmlError::Truncated)
        }
    }

    fn skip_past(&mut self, end: &[u8], opening: usize) -> Result<(), XmlError> {
        let start = self.position + opening;
        let rest = self.text.as_bytes().get(start..).ok_or(XmlError::Truncated)?;
        let length = memmem::find(rest, end).ok_or(XmlError::Truncated)?;
        self.position = start + length + end.len();
        Ok(())
    }

    /// Skips the rest of an element whose start tag was just read.
    pub(crate) fn skip(&mut self, tag: &Tag<'_>) -> Result<(), XmlError> {
        if tag.is_empty {
            return Ok(());
        }
        let outside = self.depth - 1;
        while self.depth > outside {
            if self.next()?.is_none() {
                return Err(XmlError::Truncated);
            }
        }
        Ok(())
    }

    /// Collects all text inside an element whose start tag was just read, references resolved.
    pub(crate) fn text_of(&mut self, tag: &Tag<'_>) -> Result<String, XmlError> {
        let mut out = String::new();
        if tag.is_empty {
            return Ok(out);
        }
        let outside = self.depth - 1;
        while self.depth > outside {
            match self.next()?.ok_or(XmlError::Truncated)? {
                Token::Text(raw) => unescape_into(raw, &mut out),
                Token::CData(text) => out.push_str(text),
                Token::Start(_) | Token::End(_) => {}
            }
        }
        Ok(out)
    }

    /// What of the part is not stepped through yet; begins at a token.
    #[inline]
    pub(crate) fn rest(&self) -> &'a str {
        &self.text[self.position..]
    }

    /// Steps over whole elements a caller has taken from [`Scanner::rest`] by itself, `length` bytes of them.
    #[inline]
    pub(crate) fn step_over(&mut self, length: usize) {
        self.position += length;
    }

    /// Steps to the end of the element whose start tag was read last, `length` bytes away with its end tag, where a
    /// caller knows what stands in it.
    pub(crate) fn step_out(&mut self, length: usize) {
        self.position += length;
        self.depth -= 1;
    }

    /// How many elements are open.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }
}

/// Length of a tag up to its `>`, which may also stand inside an attribute's quotes.
#[inline]
fn tag_length(rest: &[u8]) -> Option<usize> {
    let end = memchr(b'>', rest)?;
    let inside = &rest[..end];
    let quotes = inside.iter().filter(|&&byte| byte == b'"').count();
    if quotes % 2 == 0 && !inside.contains(&b'\'') {
        return Some(end);
    }
    let mut position = 0;
    loop {
        position += rest[position..].iter().position(|byte| matches!(byte, b'>' | b'"' | b'\''))?;
        if rest[position] == b'>' {
            return Some(position);
        }
        position += 2 + memchr(rest[position], &rest[position + 1..])?;
    }
}

#[inline]
fn local_name(name: &str) -> &str {
    match memchr(b':', name.as_bytes()) {
        Some(colon) => &name[colon + 1..],
        None => name,
    }
}

impl<'a> Tag<'a> {
    /// The attributes in order: name without prefix, value as written. Namespace declarations are left out.
    #[inline]
    pub(crate) fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.attributes }
    }

    /// The raw value of an attribute, by its name without prefix.
    pub(crate) fn raw(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|&(key, _)| key == name).map(|(_, value)| value)
    }

    /// The value of an attribute, references resolved.
    pub(crate) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        self.raw(name).map(unescape)
    }

    /// Whether a boolean attribute is set: `1`, `true` and (VML) `t`.
    pub(crate) fn is_true(&self, name: &str) -> bool {
        self.raw(name).is_some_and(is_true)
    }

    /// A number in an attribute.
    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.raw(name)?.trim().parse().ok()
    }
}

/// Whether a boolean of the schema is true: `1`, `true`, `on`, and (VML) `t`.
pub(crate) fn is_true(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on" | "t" | "True" | "TRUE")
}

/// Iterates the attributes of a tag.
pub(crate) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.rest.trim_ascii_start();
            let bytes = rest.as_bytes();
            let equals = memchr(b'=', bytes)?;
            let open = equals + 1 + bytes[equals + 1..].iter().position(|byte| !byte.is_ascii_whitespace())?;
            let quote = bytes[open];
            if quote != b'"' && quote != b'\'' {
                return None;
            }
            let length = bytes[open + 1..].iter().position(|&byte| byte == quote)?;
            let name = rest[..equals].trim_ascii_end();
            let value = &rest[open + 1..open + 1 + length];
            self.rest = &rest[open + length + 2..];
            if name != "xmlns" && !name.starts_with("xmlns:") {
                return Some((local_name(name), value));
            }
        }
    }
}

/// Resolves the references of a text as written; line ends become LF as XML demands.
pub(crate) fn unescape(raw: &str) -> Cow<'_, str> {
    if memchr2(b'&', b'\r', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    unescape_into(raw, &mut out);
    Cow::Owned(out)
}

/// Appends a text with its references resolved and its line ends made LF. An unknown reference stays as written.
#[inline]
pub(crate) fn unescape_into(raw: &str, out: &mut String) {
    let mut rest = raw;
    while let Some(position) = memchr2(b'&', b'\r', rest.as_bytes()) {
        out.push_str(&rest[..position]);
        if rest.as_bytes()[position] == b'\r' {
            let after = &rest[position + 1..];
            out.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
            continue;
        }
        let end = rest.as_bytes()[position..].iter().take(12).position(|&byte| byte == b';');
        match end.and_then(|end| Some((end, reference(&rest[position + 1..position + end])?))) {
            Some((end, character)) => {
                out.push(character);
                rest = &rest[position + end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[position + 1..];
            }
        }
    }
    out.push_str(rest);
}

fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// A part's bytes as text, and whether some bytes were no characters and became U+FFFD.
///
/// The encoding is the byte order mark's, else UTF-16 where the first character shows it, else the declaration's,
/// else UTF-8 (XML 1.0, appendix F). A byte order mark is dropped.
///
/// Borrows from the bytes what is UTF-8 already, as nearly every part is.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if bytes.starts_with(b"<\0") => encoding_rs::UTF_16LE,
        None if bytes.starts_with(b"\0<") => encoding_rs::UTF_16BE,
        None => declared_encoding(bytes).unwrap_or(encoding_rs::UTF_8),
    };
    if encoding == encoding_rs::UTF_8 && !bytes.starts_with(b"\xEF\xBB\xBF") {
        return match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), false),
            Err(_) => (String::from_utf8_lossy(bytes), true),
        };
    }
    let (text, _, is_lossy) = encoding.decode(bytes);
    (text, is_lossy)
}

fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.strip_prefix(b"<?xml")?;
    let head = &head[..memmem::find(&head[..head.len().min(200)], b"?>")?];
    let value = &head[memmem::find(head, b"encoding")? + 8..];
    let open = value.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let length = memchr(value[open], &value[open + 1..])?;
    let encoding = encoding_rs::Encoding::for_label(&value[open + 1..open + 1 + length])?;
    // The bytes are no UTF-16, or the declaration could not have been read.
    (encoding.output_encoding() == encoding).then_some(encoding)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut scanner = Scanner::new(text);
        let mut out = String::new();
        loop {
            match scanner.next() {
                Ok(Some(Token::Start(tag))) => {
                    out += &format!("<{}", tag.name);
                    for (name, value) in tag.attributes() {
                        out += &format!(" {name}={}", unescape(value));
                    }
                    out += if tag.is_empty { "/>" } else { ">" };
                }
                Ok(Some(Token::End(name))) => out += &format!("</{name}>"),
                Ok(Some(Token::Text(raw))) => out += &unescape(raw),
                Ok(Some(Token::CData(text))) => out += &format!("[{text}]"),
                Ok(None) => return out,
                Err(error) => return format!("{out} {error:?}"),
            }
        }
    }

    #[test]
    fn tags_attributes_texts_and_sections_are_told_apart() {
        for (xml, tokens) in [
            ("<?xml version='1.0'?><x:a r:id = \"1\" b='>' /><!-- <c> -->", "<a id=1 b=>/>"),
            ("<a xmlns=\"u\" xmlns:r=\"v\" c=\"'&gt;\"><![CDATA[<&]]>&#x5B9F;&amp;&#10;</a >", "<a c='>>[<&]実&\n</a>"),
            ("<a>x\r\ny\rz&unknown;</a>", "<a>x\ny\nz&unknown;</a>"),
            ("<a><b></a>", "<a><b></a> Truncated"),
            ("<a", " Truncated"),
            ("</a>", " Unbalanced"),
            ("<!DOCTYPE x [<!ENTITY y 'z'>]><a/>", " Dtd"),
        ] {
            assert_eq!(shown(xml), tokens);
        }
    }

    #[test]
    fn parts_in_utf_16_and_declared_encodings_are_decoded() {
        let utf16: Vec<u8> = "\u{FEFF}<a>実</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16), ("<a>実</a>".into(), false));
        assert_eq!(decode(&utf16[2..]), ("<a>実</a>".into(), false));
        let sjis = b"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>\x8E\xC0</a>";
        assert!(decode(sjis).0.ends_with("<a>実</a>"));
        assert_eq!(decode(b"<a>\xFF</a>"), ("<a>\u{FFFD}</a>".into(), true));
    }
}
