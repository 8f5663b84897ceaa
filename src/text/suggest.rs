//! Near misses: the word a user probably meant.

/// Finds the candidate most like the text, if any is close enough to be worth suggesting (Jaro–Winkler of 0.8 and up).
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = candidates.into_iter().map(|candidate| (strsim::jaro_winkler(text, candidate), candidate));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= 0.8).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_one_letter_is_suggested_and_nonsense_is_not() {
        assert_eq!(nearest("conformty", ["conformity", "remarks"]), Some("conformity"));
        assert_eq!(nearest("xyz", ["conformity", "remarks"]), None);
    }
}
