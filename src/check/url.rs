//! Whether a URL is whole, as far as that can be told without a network.

/// What is wrong with a URL.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// No `http://` or `https://`, or it is written in full width.
    Scheme,
    /// No host, or none with a dot.
    Host,
    /// A blank, a line break or a character that no URL has.
    Character,
    /// It ends on a hyphen or the like, as where a line was broken.
    Broken,
}

impl Fault {
    /// The word that wording selects on.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Scheme => "scheme",
            Self::Host => "host",
            Self::Character => "character",
            Self::Broken => "broken",
        }
    }
}

/// Finds what is wrong with a URL, if anything.
pub(super) fn fault(url: &str) -> Option<Fault> {
    let is_forbidden = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`' | '、' | '。' | '「' | '」')
            || ('\u{FF01}'..='\u{FF5E}').contains(&c)
    };
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else {
        return Some(Fault::Scheme);
    };
    if rest.contains(is_forbidden) {
        return Some(Fault::Character);
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = authority.rsplit('@').next().unwrap_or("").split(':').next().unwrap_or("");
    let has_labels = host.contains('.')
        && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
    if !has_labels && host != "localhost" {
        return Some(Fault::Host);
    }
    rest.ends_with(['-', '&', '=', '%', '_', '?']).then_some(Fault::Broken)
}

/// The URLs of a text, each up to the next blank, bracket or Japanese character; a letter in full width is neither, and
/// is what is wrong with the URL.
pub(super) fn in_text(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices("http").map(|(at, _)| at).filter(|&at| {
        let rest = &text[at..];
        rest.starts_with("http:/") || rest.starts_with("https:/")
    });
    starts.map(|at| {
        let rest = &text[at..];
        let is_wide = |c: char| matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９' | '．' | '／' | '－' | '＿');
        let ends =
            |c: char| c.is_whitespace() || !(c.is_ascii() || is_wide(c)) || matches!(c, ')' | ']' | '>' | '"' | '<');
        let url = &rest[..rest.find(ends).unwrap_or(rest.len())];
        url.trim_end_matches(['.', ',', ';'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_whole_or_says_what_it_lacks() {
        for (url, expected) in [
            ("https://example.com/a/b?c=1#d", None),
            ("https://user@example.com:8080/", None),
            ("http://例え.jp/文書", None),
            ("https://localhost/x", None),
            ("example.com/a", Some(Fault::Scheme)),
            ("ｈttps://example.com", Some(Fault::Scheme)),
            ("htps://example.com", Some(Fault::Scheme)),
            ("https://example/a", Some(Fault::Host)),
            ("https:///a", Some(Fault::Host)),
            ("https://example..com/a", Some(Fault::Host)),
            ("https://example.com/a b", Some(Fault::Character)),
            ("https://example.com/reliable-\nnetwork/", Some(Fault::Character)),
            ("https://example.com/ａ", Some(Fault::Character)),
            ("https://example.com/reliable-global-", Some(Fault::Broken)),
        ] {
            assert_eq!(fault(url), expected, "{url}");
        }
    }

    #[test]
    fn urls_are_found_within_a_text() {
        let text = "文献01（https://example.com/a）、https://example.com/b.\nhttp://x/c と http、https://example.com／ｄを見る";
        let found: Vec<&str> = in_text(text).collect();
        assert_eq!(found, ["https://example.com/a", "https://example.com/b", "http://x/c", "https://example.com／ｄ"]);
    }
}
