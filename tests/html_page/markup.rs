//! A page taken apart into its tags, strictly: what a browser would be lenient about fails here.

/// An opening tag.
#[derive(Debug)]
pub(crate) struct Tag<'a> {
    pub(crate) name: &'a str,
    pub(crate) attributes: Vec<(&'a str, String)>,
}

impl Tag<'_> {
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| *other == name).map(|(_, value)| value.as_str())
    }
}

/// The opening tags, in order. The contents of `style` and `script` are passed over.
pub(crate) fn tags(page: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    walk(page, |tag| tags.push(tag), |_| ());
    tags
}

/// Everything a reader sees, tags left out and references resolved.
pub(crate) fn text_between(page: &str) -> String {
    let mut text = String::new();
    walk(page, |_| (), |part| text.push_str(&unescape(part)));
    text
}

fn walk<'a>(page: &'a str, mut on_tag: impl FnMut(Tag<'a>), mut on_text: impl FnMut(&'a str)) {
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        on_text(&rest[..open]);
        rest = &rest[open..];
        if rest.starts_with("</") || rest.starts_with("<!") {
            rest = &rest[rest.find('>').unwrap() + 1..];
            continue;
        }
        let tag = read_tag(&mut rest);
        if matches!(tag.name, "style" | "script") {
            let close = format!("</{}>", tag.name);
            rest = &rest[rest.find(&close).unwrap() + close.len()..];
        }
        on_tag(tag);
    }
    on_text(rest);
}

fn read_tag<'a>(rest: &mut &'a str) -> Tag<'a> {
    let end = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap();
    let name = &rest[1..end];
    assert!(!name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()), "<{name}");
    *rest = &rest[end..];
    let mut attributes = Vec::new();
    loop {
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            *rest = after;
            return Tag { name, attributes };
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>')).unwrap();
        let attribute = &rest[..end];
        assert!(attribute.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}: {attribute}");
        *rest = &rest[end..];
        let Some(after) = rest.strip_prefix("=\"") else {
            attributes.push((attribute, String::new()));
            continue;
        };
        let close = after.find('"').unwrap();
        assert!(!after[..close].contains('<'), "{name} {attribute}: {}", &after[..close]);
        attributes.push((attribute, unescape(&after[..close])));
        *rest = &after[close + 1..];
    }
}

fn unescape(text: &str) -> String {
    [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
        ("&#38;", "&"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (reference, c)| text.replace(reference, c))
}
