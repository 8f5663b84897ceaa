//! The templates in the binary: every file of `templates/`.

use std::sync::{Arc, OnceLock};

use super::layout::Template;
use super::parse::parse;

/// Name and text of every file in `templates/`; a test compares the list with the folder.
macro_rules! embedded {
    ($($name:literal),+ $(,)?) => {
        const SOURCES: &[(&str, &str)] = &[$((
            $name,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/", $name, ".toml")),
        )),+];
    };
}
embedded![
    "azure-fisc",
    "fisc-generic",
    "caiq-v3.1",
    "caiq-v4",
    "meti",
    "masvs",
    "nist-800-53-r5",
    "nist-800-53-r4",
    "nist-csf",
    "gif-core-data-model",
    "flat",
    "self-check"
];

/// Names of the built-in templates, in the order they are tried.
pub fn builtin_names() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|&(name, _)| name)
}

/// The TOML of a built-in template, to show or to start one's own from.
pub fn builtin_source(name: &str) -> Option<&'static str> {
    SOURCES.iter().find(|&&(known, _)| known == name).map(|&(_, text)| text)
}

/// A built-in template by its name.
pub fn builtin(name: &str) -> Option<Arc<Template>> {
    all().iter().find(|template| template.name.as_deref() == Some(name)).map(Arc::clone)
}

/// All built-in templates, read once.
pub(super) fn all() -> &'static [Arc<Template>] {
    static ALL: OnceLock<Vec<Arc<Template>>> = OnceLock::new();
    ALL.get_or_init(|| {
        let read =
            |&(name, text): &(&str, &str)| Arc::new(parse(text, name).expect("a test reads every built-in template"));
        SOURCES.iter().map(read).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_embedded_and_reads() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| {
                entry.unwrap().file_name().into_string().unwrap().strip_suffix(".toml").map(str::to_owned)
            })
            .collect();
        files.sort();
        let mut names: Vec<&str> = builtin_names().collect();
        names.sort_unstable();
        assert_eq!(files, names);
        for (name, text) in SOURCES {
            if let Err(failure) = parse(text, name) {
                panic!("{name}: {failure:#?}");
            }
        }
    }
}
