//! Texts: cheap slices, normalising, folding for keys and for comparing, hashes, width on a terminal, near misses.
//!
//! Knows nothing of cells or items. Content is never folded; folding is for keys and comparisons only.

pub mod fold;
pub mod hash;
pub mod normalise;
pub mod suggest;
pub mod unicode;
pub mod width;

/// The memory that [`Text`]s share: all texts of one part, say.
pub type SharedText = arcstr::ArcStr;

/// A text that shares its memory with others read from the same part: cloning one costs no allocation.
pub type Text = arcstr::Substr;

/// Whether a text holds nothing but white space. Nearly always the first character tells.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Makes a [`Text`] that owns its memory.
pub fn owned(text: impl Into<SharedText>) -> Text {
    Text::full(text.into())
}
