//! Strings that cells share, as the readers of all formats collect them: in arenas, each string a span of one.
//!
//! Leaves to the formats how a string is written, and to `builder` which cell holds which.

use super::Font;
use crate::text::{SharedText, Text};

/// An arena is closed when it has so many bytes. It is copied then, because only a finished text can be shared: small
/// arenas are copied while a cache holds them, one for all strings would be there twice.
const ARENA_BYTES: usize = 1 << 18;

/// A run of a string, ending at a byte of the arena; `None` where the run says nothing of its font.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(super) struct RawRun {
    pub(super) end: u32,
    pub(super) font: Option<Font>,
}

/// Where a string is: its arena, its first byte and one past the last.
#[derive(Copy, Clone)]
struct Span {
    arena: u32,
    start: u32,
    end: u32,
}

/// Strings with runs, by their number.
#[derive(Default)]
pub(super) struct Strings {
    arenas: Vec<SharedText>,
    spans: Vec<Span>,
    /// Runs of the strings that have any, by the string's number, in order.
    runs: Vec<(u32, Vec<RawRun>)>,
    /// Whether a writer or a wrong encoding lost a character of some string, which is then U+FFFD.
    pub(super) has_lost_characters: bool,
}

impl Strings {
    /// A string, if there is one of this number.
    pub(super) fn get(&self, number: u32) -> Option<Text> {
        let span = self.spans.get(number as usize)?;
        Some(self.arenas[span.arena as usize].substr(span.start as usize..span.end as usize))
    }

    /// The runs of a string that has any, and the byte of the arena the string begins at.
    pub(super) fn runs_of(&self, number: u32) -> Option<(&[RawRun], u32)> {
        let found = self.runs.binary_search_by_key(&number, |(string, _)| *string).ok()?;
        Some((&self.runs[found].1, self.spans[number as usize].start))
    }
}

/// Strings as they are read.
#[derive(Default)]
pub(super) struct StringsBuilder {
    strings: Strings,
    /// The open arena; what is behind the last string is the next one's.
    pub(super) arena: String,
    start: u32,
}

impl StringsBuilder {
    /// Makes room for a part of so many bytes.
    pub(super) fn for_part(bytes: usize) -> Self {
        Self { arena: String::with_capacity(bytes.min(ARENA_BYTES)), ..Self::default() }
    }

    /// Adds the string whose text was just appended to the arena.
    #[inline]
    pub(super) fn push(&mut self, runs: Vec<RawRun>) {
        if !runs.is_empty() {
            self.strings.runs.push((offset_of(self.strings.spans.len()), runs));
        }
        let (arena, start, end) = (offset_of(self.strings.arenas.len()), self.start, offset(&self.arena));
        self.strings.spans.push(Span { arena, start, end });
        self.start = end;
        if self.arena.len() >= ARENA_BYTES {
            self.close();
        }
    }

    fn close(&mut self) {
        self.strings.has_lost_characters |= self.arena.contains('\u{FFFD}');
        self.strings.arenas.push(SharedText::from(self.arena.as_str()));
        self.arena.clear();
        self.start = 0;
    }

    pub(super) fn finish(mut self) -> Strings {
        self.close();
        self.strings
    }
}

/// The length of an arena as an offset.
pub(super) fn offset(arena: &str) -> u32 {
    offset_of(arena.len())
}

/// A length as an offset.
pub(super) fn offset_of(length: usize) -> u32 {
    u32::try_from(length).expect("a part, and so its texts, is at most 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_runs_are_found_whatever_arena_they_are_in() {
        let texts: Vec<String> = (0..5).map(|number| number.to_string().repeat(ARENA_BYTES / 2)).collect();
        let mut builder = StringsBuilder::for_part(100);
        for text in &texts {
            builder.arena.push_str(text);
            let run = RawRun { end: offset(&builder.arena), font: None };
            builder.push(vec![run]);
        }
        builder.push(Vec::new());
        let strings = builder.finish();
        assert_eq!(strings.arenas.len(), 3);
        for (number, text) in (0..).zip(&texts) {
            assert_eq!(strings.get(number).unwrap(), **text);
            let (runs, start) = strings.runs_of(number).unwrap();
            assert_eq!((runs[0].end - start) as usize, text.len());
        }
        assert_eq!(strings.get(5).unwrap(), "");
        assert!(strings.get(6).is_none() && strings.runs_of(5).is_none() && !strings.has_lost_characters);
    }
}
