//! Unicode normalisation forms and character classes: the home of their tables, for all who fold or compare.

pub use unicode_normalization::UnicodeNormalization;
pub use unicode_normalization::char::is_combining_mark;
