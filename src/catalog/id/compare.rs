//! The natural order of ids: `実2` before `実10`, `実14` before `実14-1` before `実15`, 統 before 実 before 設 before 監.

use std::cmp::Ordering;

use super::groups;

/// Compares two canonical ids as a reader would sort them.
///
/// Runs of digits compare as numbers of any length, all else by code point; a number with a branch follows the number
/// itself. Ids of FISC stand in the order of its groups (統, 実, 設, 監; in the eighth edition 設, 運, 技). Ids that
/// only differ in leading zeros are told apart by their bytes, so the order is total.
pub fn compare(a: &str, b: &str) -> Ordering {
    let (rank_a, rest_a) = split_rank(a);
    let (rank_b, rest_b) = split_rank(b);
    rank_a.cmp(&rank_b).then_with(|| compare_chunks(rest_a, rest_b)).then_with(|| a.cmp(b))
}

/// FISC's groups first, by their place among them; anything else behind, whole.
fn split_rank(id: &str) -> (usize, &str) {
    match groups::split_prefix(id) {
        Some((prefix, rest)) => (groups::rank(prefix), rest),
        None => (usize::MAX, id),
    }
}

fn compare_chunks(mut a: &str, mut b: &str) -> Ordering {
    loop {
        match (a.chars().next(), b.chars().next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(first_a), Some(first_b)) if first_a.is_ascii_digit() && first_b.is_ascii_digit() => {
                let (number_a, rest_a) = split_digits(a);
                let (number_b, rest_b) = split_digits(b);
                let order = number_a.len().cmp(&number_b.len()).then_with(|| number_a.cmp(number_b));
                if order != Ordering::Equal {
                    return order;
                }
                (a, b) = (rest_a, rest_b);
            }
            (Some(first_a), Some(first_b)) => {
                if first_a != first_b {
                    return first_a.cmp(&first_b);
                }
                (a, b) = (&a[first_a.len_utf8()..], &b[first_b.len_utf8()..]);
            }
        }
    }
}

/// Splits the digits off the front, their leading zeros dropped.
fn split_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|b| !b.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].trim_start_matches('0'), &text[end..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ids_sort_as_a_reader_would_sort_them() {
        for sorted in [
            &["統1", "統1-1", "統1-2", "統2", "統10", "実1", "実14", "実14-1", "実15", "実148", "設1", "監1"][..],
            &["設1", "設138", "運1", "運108", "技1", "技28"],
            &["AC-1", "AC-2", "AC-2(1)", "AC-2(2)", "AC-2(10)", "AC-10", "AU-1"],
            &["1", "1-1", "1-1-1", "1-2", "1-10", "2", "10"],
            &["1.1", "1.1.1.1", "1.2", "1.10"],
            &["A&A-01.1", "A&A-01.2", "AIS-01.1"],
            &["(a)", "(b)", "(ア)", "(イ)"],
            &["Ⅰ-01-0-(01)", "Ⅱ-01-0-(01)", "Ⅱ-02-0-(04)"],
            &["01", "1", "2", "18446744073709551616", "28446744073709551616"],
        ] {
            let mut shuffled = sorted.to_vec();
            shuffled.reverse();
            shuffled.sort_by(|a, b| compare(a, b));
            assert_eq!(shuffled, sorted);
        }
    }

    proptest! {
        #[test]
        fn the_order_is_total(a in "[統実A1-9()-]{0,6}", b in "[統実A0-2-]{0,6}", c in "[統実A0-2-]{0,6}") {
            prop_assert_eq!(compare(&a, &b), compare(&b, &a).reverse());
            prop_assert_eq!(compare(&a, &b) == Ordering::Equal, a == b);
            if compare(&a, &b).is_le() && compare(&b, &c).is_le() {
                prop_assert!(compare(&a, &c).is_le());
            }
        }
    }
}
