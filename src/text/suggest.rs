//! Near misses: the word a user probably meant.

use super::fold::search_key;

/// Finds the candidate most like the text, if any is close enough to be worth suggesting.
///
/// The same in another width, case or with letters that look like digits (`実l` for `実1`) comes first; then, for short
/// texts, one character too many or too few; then a Jaro–Winkler likeness of 0.8 and up. Of equals the first wins.
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let key = look_key(text);
    let is_short = key.chars().count() <= 5;
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let other = look_key(candidate);
        if other == key {
            return Some(candidate);
        }
        let likeness = strsim::jaro_winkler(&key, &other);
        // Jaro–Winkler sees no likeness in 実l1 and 実1: the window of so short a text holds one character.
        let slip = is_short && other.len() != key.len() && strsim::levenshtein(&key, &other) == 1;
        let score = if slip { likeness.max(0.8) } else { likeness };
        if score >= 0.8 && best.is_none_or(|(highest, _)| score > highest) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Folds width, case, blanks, and the letters a scan or a hasty eye takes for digits.
fn look_key(text: &str) -> String {
    let digit = |c: char| match c {
        'l' | 'i' | '|' => '1',
        'o' => '0',
        other => other,
    };
    search_key(text).chars().map(digit).collect()
}

/// Says how alike two short texts are, 0.0 to 1.0: one less the share of characters to edit (Levenshtein).
pub fn likeness(a: &str, b: &str) -> f64 {
    strsim::normalized_levenshtein(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_suggested_and_nonsense_is_not() {
        for (text, candidates, expected) in [
            ("conformty", &["conformity", "remarks"][..], Some("conformity")),
            ("xyz", &["conformity", "remarks"], None),
            ("実l", &["設1", "実1", "実11"], Some("実1")),
            ("実l1", &["実1", "実2"], Some("実1")),
            ("実O1", &["実1", "実01"], Some("実01")),
            ("AC－２", &["AC-1", "AC-2"], Some("AC-2")),
            ("対応済み", &["対応済", "未対応"], Some("対応済")),
        ] {
            assert_eq!(nearest(text, candidates.iter().copied()), expected, "{text}");
        }
    }
}
