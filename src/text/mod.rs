//! Texts: cheap slices, normalising, folding for keys and for comparing, hashes, width on a terminal, near misses.
//!
//! Knows nothing of cells or items. Content is never folded; folding is for keys and comparisons only.

pub mod fold;
pub mod hash;
pub mod normalise;
pub mod suggest;
pub mod width;

/// A text that shares its memory with others read from the same part: cloning one costs no allocation.
pub type Text = arcstr::Substr;

/// Makes a [`Text`] that owns its memory.
pub fn owned(text: impl Into<arcstr::ArcStr>) -> Text {
    Text::full(text.into())
}
