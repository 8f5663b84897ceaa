//! The tags of an XML part by position: enough to find where to cut, and nothing of what it means.
//!
//! A part is never parsed into a tree and written again: what is not cut out is copied. Namespaces are told by the
//! root's prefix, since every SpreadsheetML part in use writes its main namespace with one prefix throughout.

use std::ops::Range;

use memchr::memmem;

/// The part is not well formed enough to be cut; `at` is the byte where reading it stopped.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not well formed at byte {at}")]
pub(crate) struct Malformed {
    pub(crate) at: usize,
}

/// Whether a tag opens an element, closes one, or is an element of its own.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Open,
    Close,
    Empty,
}

/// One tag, from `<` to `>`.
#[derive(Copy, Clone, Debug)]
pub(crate) struct Tag<'a> {
    /// Byte of the `<`.
    pub(crate) start: usize,
    /// One past the `>`.
    pub(crate) end: usize,
    /// The name as written, prefix included.
    pub(crate) name: &'a [u8],
    pub(crate) kind: Kind,
    /// What stands between name and `>` (or `/>`).
    attributes: &'a [u8],
    attributes_at: usize,
}

impl<'a> Tag<'a> {
    /// The bytes from `<` to `>`.
    pub(crate) fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The name without its prefix.
    pub(crate) fn local(&self) -> &'a [u8] {
        local(self.name)
    }

    /// The prefix with its colon; empty where there is none.
    pub(crate) fn prefix(&self) -> &'a [u8] {
        &self.name[..self.name.len() - self.local().len()]
    }

    /// All attributes, in order.
    pub(crate) fn attributes(&self) -> Attributes<'a> {
        Attributes { bytes: self.attributes, at: 0, offset: self.attributes_at }
    }

    /// The raw value of the attribute of exactly this name.
    pub(crate) fn attribute(&self, name: &[u8]) -> Option<&'a [u8]> {
        self.attributes().find(|attribute| attribute.name == name).map(|attribute| attribute.value)
    }

    /// The value of an attribute as text, character references resolved.
    pub(crate) fn text_attribute(&self, name: &[u8]) -> Option<String> {
        self.attribute(name).map(unescape)
    }

    /// Says whether an attribute is an XML Schema boolean that is true.
    pub(crate) fn is_true(&self, name: &[u8]) -> bool {
        matches!(self.attribute(name), Some(b"1" | b"true"))
    }
}

fn local(name: &[u8]) -> &[u8] {
    memchr::memchr(b':', name).map_or(name, |colon| &name[colon + 1..])
}

/// An attribute of a tag.
#[derive(Clone, Debug)]
pub(crate) struct Attribute<'a> {
    pub(crate) name: &'a [u8],
    /// The raw value between its quotes.
    pub(crate) value: &'a [u8],
    /// The bytes from the blank in front of it to its closing quote.
    pub(crate) span: Range<usize>,
}

/// See [`Tag::attributes`]. Ends at the first thing that is no attribute.
pub(crate) struct Attributes<'a> {
    bytes: &'a [u8],
    at: usize,
    offset: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let start = self.at;
        let name_at = start + self.bytes[start..].iter().position(|byte| !byte.is_ascii_whitespace())?;
        let equals = name_at + memchr::memchr(b'=', &self.bytes[name_at..])?;
        let quote_at = equals + 1 + self.bytes[equals + 1..].iter().position(|byte| !byte.is_ascii_whitespace())?;
        let quote = self.bytes[quote_at];
        if quote != b'"' && quote != b'\'' {
            return None;
        }
        let value_end = quote_at + 1 + memchr::memchr(quote, &self.bytes[quote_at + 1..])?;
        self.at = value_end + 1;
        Some(Attribute {
            name: self.bytes[name_at..equals].trim_ascii_end(),
            value: &self.bytes[quote_at + 1..value_end],
            span: self.offset + start..self.offset + self.at,
        })
    }
}

/// Walks the tags of a part from a byte on. Comments, CDATA, instructions and text are stepped over.
#[derive(Clone)]
pub(crate) struct Tags<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tags<'a> {
    pub(crate) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// Where the next tag is looked for.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// The next tag; `None` at the end of the part.
    pub(crate) fn next_tag(&mut self) -> Result<Option<Tag<'a>>, Malformed> {
        loop {
            let Some(found) = memchr::memchr(b'<', &self.bytes[self.at..]) else { return Ok(None) };
            let start = self.at + found;
            let rest = &self.bytes[start..];
            let skipped = match rest.get(1) {
                Some(b'!') if rest.starts_with(b"<!--") => memmem::find(rest, b"-->").map(|end| end + 3),
                Some(b'!') if rest.starts_with(b"<![CDATA[") => memmem::find(rest, b"]]>").map(|end| end + 3),
                // A document type may define entities, and with them what no reader here can see.
                Some(b'!') | None => return Err(Malformed { at: start }),
                Some(b'?') => memmem::find(rest, b"?>").map(|end| end + 2),
                Some(_) => {
                    let tag = read_tag(self.bytes, start)?;
                    self.at = tag.end;
                    return Ok(Some(tag));
                }
            };
            self.at = start + skipped.ok_or(Malformed { at: start })?;
        }
    }

    /// The tag that closes the element just opened, everything inside stepped over.
    pub(crate) fn close_of(&mut self, open: &Tag<'a>) -> Result<Tag<'a>, Malformed> {
        let mut depth = 1usize;
        while let Some(tag) = self.next_tag()? {
            match tag.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                Kind::Empty => {}
            }
            if depth == 0 {
                return if tag.name == open.name { Ok(tag) } else { Err(Malformed { at: tag.start }) };
            }
        }
        Err(Malformed { at: open.start })
    }

    /// The same for an element that never holds another of its name, found by that name alone.
    ///
    /// Right only where no comment or CDATA can hold the name; callers see to it with [`has_declarations`].
    pub(crate) fn close_by_name(&mut self, open: &Tag<'a>, finder: &CloseFinder) -> Result<Tag<'a>, Malformed> {
        let start = finder.find(self.bytes, self.at).ok_or(Malformed { at: open.start })?;
        let tag = read_tag(self.bytes, start)?;
        self.at = tag.end;
        Ok(tag)
    }
}

/// Finds `</name` quickly.
pub(crate) struct CloseFinder {
    finder: memmem::Finder<'static>,
    length: usize,
}

impl CloseFinder {
    pub(crate) fn new(name: &[u8]) -> Self {
        let needle = [b"</", name].concat();
        Self { length: needle.len(), finder: memmem::Finder::new(&needle).into_owned() }
    }

    fn find(&self, bytes: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let start = at + self.finder.find(&bytes[at..])?;
            at = start + self.length;
            if matches!(bytes.get(at), Some(b'>' | b' ' | b'\t' | b'\r' | b'\n')) {
                return Some(start);
            }
        }
    }
}

/// Says whether a stretch holds a comment, CDATA or an instruction.
pub(crate) fn has_declarations(bytes: &[u8]) -> bool {
    memmem::find(bytes, b"<!").is_some() || memmem::find(bytes, b"<?").is_some()
}

fn read_tag(bytes: &[u8], start: usize) -> Result<Tag<'_>, Malformed> {
    let end = tag_end(bytes, start).ok_or(Malformed { at: start })?;
    let is_close = bytes[start + 1] == b'/';
    let is_empty = !is_close && bytes[end - 2] == b'/' && end - 2 > start;
    let name_at = start + 1 + usize::from(is_close);
    let inner_end = end - 1 - usize::from(is_empty);
    let name_length = bytes[name_at..inner_end].iter().position(u8::is_ascii_whitespace).unwrap_or(inner_end - name_at);
    if name_length == 0 {
        return Err(Malformed { at: start });
    }
    let attributes_at = name_at + name_length;
    Ok(Tag {
        start,
        end,
        name: &bytes[name_at..attributes_at],
        kind: if is_close {
            Kind::Close
        } else if is_empty {
            Kind::Empty
        } else {
            Kind::Open
        },
        attributes: &bytes[attributes_at..inner_end],
        attributes_at,
    })
}

/// One past the `>` of a tag; a `>` inside quotes does not end it.
fn tag_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at += memchr::memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        match bytes[at] {
            b'>' => return Some(at + 1),
            quote => at += 1 + memchr::memchr(quote, &bytes[at + 1..])? + 1,
        }
    }
}

/// Resolves the five entities and character references of a raw attribute value or text.
pub(crate) fn unescape(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    quick_xml::escape::unescape(&text).map_or_else(|_| text.to_string(), std::borrow::Cow::into_owned)
}

/// Escapes a text for an attribute value in double quotes, line breaks kept as references.
pub(crate) fn escape_attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Result<Vec<String>, Malformed> {
        let mut tags = Tags::new(text.as_bytes(), 0);
        let mut names = Vec::new();
        while let Some(tag) = tags.next_tag()? {
            names.push(format!("{:?} {}", tag.kind, String::from_utf8_lossy(tag.name)));
        }
        Ok(names)
    }

    #[test]
    fn tags_are_found_past_comments_quotes_and_instructions() {
        let found =
            names("\u{FEFF}<?xml version='1.0'?><!-- <a> --><x:a t='>' u=\"/>\"><![CDATA[<b>]]><c /></x:a >").unwrap();
        assert_eq!(found, ["Open x:a", "Empty c", "Close x:a"]);
    }

    #[test]
    fn what_cannot_be_cut_safely_is_refused() {
        for text in ["<!DOCTYPE a []><a/>", "<a", "<a b=\"><c>", "<", "<>", "</>", "<!-- ", "</"] {
            assert!(names(text).is_err(), "{text}");
        }
    }

    #[test]
    fn attributes_keep_their_place() {
        let text = "<c r = 'B12'  s=\"5\" x:id='&lt;'/>";
        let tag = Tags::new(text.as_bytes(), 0).next_tag().unwrap().unwrap();
        assert_eq!(tag.attribute(b"r"), Some(&b"B12"[..]));
        assert_eq!(tag.text_attribute(b"x:id").as_deref(), Some("<"));
        let style = tag.attributes().find(|attribute| attribute.name == b"s").unwrap();
        assert_eq!(&text[style.span], "  s=\"5\"");
    }
}
