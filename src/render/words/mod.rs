//! All wording, in Japanese and English: Fluent files in `ja/` and `en/`, one per area, and the look-up.
//!
//! A diagnostic's code is the name of its message; its attributes `found` and `hint` follow the headline. Labels of
//! renderers are messages too. A missing message is a bug that the tests find; a user then sees the bare name.

mod terms;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::diagnostic::{Arg, Diagnostic};

pub(in crate::render) use terms::{result_name, status_name};

/// The language of what is shown.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Japanese, the default of deliverables.
    #[default]
    Ja,
    /// English.
    En,
}

impl Lang {
    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }
}

/// Area by area: the Japanese and the English file.
macro_rules! areas {
    ($($area:literal),+ $(,)?) => {
        const AREAS: &[(&str, &str, &str)] = &[$((
            $area,
            include_str!(concat!("ja/", $area, ".ftl")),
            include_str!(concat!("en/", $area, ".ftl")),
        )),+];
    };
}
areas![
    "workbook", "catalog", "template", "import", "answers", "check", "diff", "carry", "assess", "fill", "terminal",
    "html", "xlsx", "export", "review", "cli"
];

/// A diagnostic in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What was found or done, one line.
    pub headline: String,
    /// What was found instead, where it helps.
    pub found: Option<String>,
    /// What to do next.
    pub hint: Option<String>,
}

/// The wording of one language.
pub struct Words {
    /// The language.
    pub lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Words {
    /// Loads the wording of a language.
    ///
    /// # Panics
    ///
    /// Never: the files are part of the binary, and a test parses them.
    pub fn new(lang: Lang) -> Self {
        let tag = lang.tag().parse().expect("a tag of ours is well formed");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        for &(area, ja, en) in AREAS {
            let text = if lang == Lang::Ja { ja } else { en };
            let resource = match FluentResource::try_new(text.to_owned()) {
                Ok(resource) => resource,
                Err((_, errors)) => panic!("{area}.ftl does not parse: {errors:?}"),
            };
            if let Err(errors) = bundle.add_resource(resource) {
                panic!("{area}.ftl names a message twice: {errors:?}");
            }
        }
        Self { lang, bundle }
    }

    /// A message without facts.
    pub fn text(&self, name: &str) -> String {
        self.with(name, &[])
    }

    /// A message with facts.
    pub fn with(&self, name: &str, args: &[(&str, Arg)]) -> String {
        let args = fluent_args(args.iter().map(|(name, value)| (*name, value)), self.lang);
        self.pattern(name, None, &args).unwrap_or_else(|| name.to_owned())
    }

    /// Texts one after the other, as the language lists them.
    pub fn list(&self, texts: &[String]) -> String {
        texts.join(separator(self.lang))
    }

    /// Words a diagnostic.
    pub fn diagnostic(&self, diagnostic: &Diagnostic) -> Message {
        let args: Vec<(&str, Arg)> =
            diagnostic.args.iter().map(|(name, value)| (name.as_ref(), on_one_line(value))).collect();
        let args = fluent_args(args.iter().map(|(name, value)| (*name, value)), self.lang);
        let code = diagnostic.code.as_ref();
        Message {
            headline: self.pattern(code, None, &args).unwrap_or_else(|| code.to_owned()),
            found: self.pattern(code, Some("found"), &args),
            hint: self.pattern(code, Some("hint"), &args),
        }
    }

    /// Words several diagnostics as one, where their kind has words for that (`CODE-many`): a headline with their
    /// count, and what to do. Those that give the same headline stand together; [`Words::one_of_many`] tells them apart.
    pub fn many(&self, first: &Diagnostic, count: usize) -> Option<Message> {
        let count = Arg::from(count);
        let args = first.args.iter().map(|(name, value)| (name.as_ref(), value)).chain([("count", &count)]);
        let args = fluent_args(args, self.lang);
        let name = format!("{}-many", first.code);
        let hint = self.pattern(&name, Some("hint"), &args);
        Some(Message { headline: self.pattern(&name, None, &args)?, found: None, hint })
    }

    /// What tells one of several diagnostics from the others, in one line.
    pub fn one_of_many(&self, diagnostic: &Diagnostic) -> String {
        let args = fluent_args(diagnostic.args.iter().map(|(name, value)| (name.as_ref(), value)), self.lang);
        let text = self.pattern(&format!("{}-many", diagnostic.code), Some("each"), &args).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn pattern(&self, name: &str, attribute: Option<&str>, args: &FluentArgs<'_>) -> Option<String> {
        let message = self.bundle.get_message(name)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        // A fact that is missing would show as `{$name}`: every test that words something finds it.
        debug_assert!(errors.is_empty(), "`{name}` is worded without all its facts: {errors:?}");
        Some(text)
    }
}

/// Facts as a sentence takes them: of a cell's several lines the first, and a sign that there are more.
fn on_one_line(arg: &Arg) -> Arg {
    let first = |text: &str| match text.trim().split_once('\n') {
        Some((first, _)) => format!("{} …", first.trim_end()),
        None => text.to_owned(),
    };
    match arg {
        Arg::Text(text) => Arg::Text(first(text)),
        Arg::List(list) => Arg::List(list.iter().map(|entry| first(entry)).collect()),
        Arg::Number(number) => Arg::Number(*number),
    }
}

fn separator(lang: Lang) -> &'static str {
    match lang {
        Lang::Ja => "、",
        Lang::En => ", ",
    }
}

fn fluent_args<'a>(args: impl Iterator<Item = (&'a str, &'a Arg)>, lang: Lang) -> FluentArgs<'a> {
    args.map(|(name, value)| {
        let value = match value {
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Text(text) => FluentValue::from(text.as_str()),
            Arg::List(list) => FluentValue::from(
                list.iter().map(|entry| format!("`{entry}`")).collect::<Vec<_>>().join(separator(lang)),
            ),
        };
        (name, value)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_several_lines_is_quoted_by_its_first() {
        let said = Diagnostic::note("band-values").arg("band", "大分類\n説明\n備考");
        let headline = Words::new(Lang::En).diagnostic(&said).headline;
        assert_eq!(headline, "values beside the heading `大分類 …` are not passed on to the items below it");
    }

    /// Messages of one language by name, headlines only.
    fn messages(lang: Lang) -> Vec<(&'static str, &'static str, &'static str)> {
        let text = |ja, en| if lang == Lang::Ja { ja } else { en };
        let lines = AREAS.iter().flat_map(move |&(area, ja, en)| text(ja, en).lines().map(move |line| (area, line)));
        lines.filter_map(|(area, line)| line.split_once(" = ").map(|(name, text)| (area, name, text))).collect()
    }

    #[test]
    fn one_thing_is_called_the_same_on_every_surface() {
        const LISTS: [&str; 7] = ["change-", "flag-", "field-", "severity-", "column-renamed", "column-moved", "list-"];
        for lang in [Lang::Ja, Lang::En] {
            let messages = messages(lang);
            let word = |name: &str| messages.iter().find(|(_, known, _)| *known == name).map(|(_, _, text)| *text);
            let ours = messages.iter().filter_map(|(_, name, text)| Some((name.strip_prefix("diff-")?, *text)));
            for (name, text) in ours.filter(|(name, _)| LISTS.iter().any(|list| name.starts_with(list))) {
                let other = name.replace('_', "-");
                for surface in ["html", "xlsx"].map(|surface| format!("{surface}-{other}")) {
                    // The lists of documents are titles in a workbook.
                    if let Some(there) = word(&surface).filter(|_| !surface.starts_with("xlsx-list")) {
                        assert_eq!(there.to_lowercase(), text.to_lowercase(), "{lang:?} {surface}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_has_a_word_of_ours_is_called_by_no_other() {
        // Ours, and what it is not called.
        const JAPANESE: [(&str, &[&str]); 8] = [
            ("発行元", &["発行者", "ベンダー"]),
            ("改訂表示", &["追記表示", "追記の表示", "追記の印", "の印"]),
            ("期限超過", &["期限切れ"]),
            ("区分", &["グループ"]),
            ("自己点検", &["セルフチェック"]),
            ("自社", &["当社"]),
            ("移動", &["位置変更", "位置の変更"]),
            ("確認", &["確かめ"]),
        ];
        const ENGLISH: [(&str, &[&str]); 3] = [
            ("re-check", &["look at again", "looked at again"]),
            ("Severity", &["Weight"]),
            ("Restored", &["used again"]),
        ];
        for (lang, words) in [(Lang::Ja, &JAPANESE[..]), (Lang::En, &ENGLISH[..])] {
            for &(area, ja, en) in AREAS {
                let text = if lang == Lang::Ja { ja } else { en };
                for (ours, others) in words {
                    let found = others.iter().find(|other| text.contains(**other));
                    assert_eq!(found, None, "{area}.ftl: call it {ours}");
                }
            }
        }
    }

    #[test]
    fn both_languages_load_and_name_the_same_messages() {
        let names = |text: &str| -> Vec<String> {
            let ids = text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()));
            let mut names: Vec<String> =
                ids.filter_map(|line| line.split_once('=')).map(|(id, _)| id.trim().to_owned()).collect();
            names.sort();
            names
        };
        for &(area, ja, en) in AREAS {
            assert_eq!(names(ja), names(en), "{area}");
        }
        Words::new(Lang::Ja);
        Words::new(Lang::En);
    }
}
