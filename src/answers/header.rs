//! The header block above an answer table: who answers, for which system and which edition.

use super::Answers;
use super::column::plain_key;

/// Labels of the header block with their keys; the first is the one we write in Japanese, the last the one in English.
const LABELS: &[(&str, &[&str])] = &[
    ("institution", &["機関名", "金融機関名", "会社名", "Institution"]),
    ("system", &["対象システム", "システム名", "対象システム名", "System"]),
    ("system_class", &["システム区分", "特定/通常システム", "特定システム・通常システム", "System class"]),
    ("services", &["利用サービス", "対象サービス", "Services"]),
    ("date", &["作成日", "記入日", "Date"]),
    ("author", &["作成者", "記入者", "Author"]),
    ("classification", &["取扱区分", "公開区分", "Classification"]),
];
const EDITION: &[(&str, &[&str])] = &[
    ("framework", &["基準", "Framework"]),
    ("version", &["版", "基準の版", "対象版", "version", "Edition"]),
    ("provider", &["提供者", "クラウド事業者", "Provider"]),
    ("template", &["テンプレート", "Template"]),
];

/// What people call the frameworks our templates are for: the key, in Japanese, in English.
const FRAMEWORKS: &[(&str, &str, &str)] = &[
    ("fisc", "FISC安全対策基準", "FISC Security Guidelines"),
    ("caiq", "CSA CAIQ", "CSA CAIQ"),
    ("nist-800-53", "NIST SP 800-53", "NIST SP 800-53"),
    ("nist-csf", "NIST Cybersecurity Framework", "NIST Cybersecurity Framework"),
    ("masvs", "OWASP MASVS", "OWASP MASVS"),
    ("meti-service-level", "クラウドサービスレベルのチェックリスト", "METI cloud service level checklist"),
    ("gif-core-data-model", "GIF コアデータモデル", "GIF core data model"),
];

/// A word in both languages; either is read back.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Label<'a> {
    /// In Japanese.
    pub ja: &'a str,
    /// In English.
    pub en: &'a str,
}

impl<'a> Label<'a> {
    fn of(labels: &[&'a str], key: &'a str) -> Self {
        Self { ja: labels.first().unwrap_or(&key), en: labels.last().unwrap_or(&key) }
    }
}

/// The label that is written for a key of the header block; a key nobody knows is its own.
pub fn label(key: &str) -> Label<'_> {
    let known = LABELS.iter().find(|(known, _)| *known == key);
    Label::of(known.map_or(&[], |(_, labels)| labels), key)
}

/// What people call a framework; one nobody knows goes by its key.
pub fn framework(key: &str) -> Label<'_> {
    let known = FRAMEWORKS.iter().find(|(known, ..)| *known == key);
    known.map_or(Label { ja: key, en: key }, |&(_, ja, en)| Label { ja, en })
}

/// The key of a framework by what people call it; a name nobody knows is its own.
fn framework_key(name: &str) -> &str {
    let wanted = plain_key(name);
    let known = FRAMEWORKS.iter().find(|(_, ja, en)| [ja, en].iter().any(|known| plain_key(known) == wanted));
    known.map_or(name, |(key, ..)| key)
}

/// The key of the header block that a label stands for.
pub fn key(text: &str) -> Option<&'static str> {
    let wanted = plain_label(text);
    let is_wanted = |label: &&str| plain_key(label) == wanted;
    LABELS.iter().find(|(key, labels)| *key == wanted || labels.iter().any(is_wanted)).map(|row| row.0)
}

/// Says whether a cell's text is a label we know.
pub(crate) fn is_label(text: &str) -> bool {
    let key = plain_label(text);
    LABELS.iter().chain(EDITION).any(|(_, labels)| labels.iter().any(|label| plain_key(label) == key))
}

/// The header block as labels and values, the edition's parts first.
pub fn lines(answers: &Answers) -> Vec<(Label<'_>, &str)> {
    let edition = &answers.edition;
    let parts = [&edition.framework, &edition.version, &edition.provider, &edition.template];
    let edition =
        EDITION.iter().zip(parts).filter_map(|((key, labels), part)| Some((Label::of(labels, key), part.as_deref()?)));
    let header = answers.header.iter().map(|(key, value)| (label(key), value.as_str()));
    edition.chain(header).filter(|(_, value)| !value.is_empty()).collect()
}

/// Takes a label and its value; a label we do not know is its own key. The first value of a label counts.
pub(crate) fn take(answers: &mut Answers, text: &str, value: &str) {
    let (key, mut value) = (plain_label(text), value.trim());
    if value.is_empty() || key.is_empty() {
        return;
    }
    let known = |table: &[(&'static str, &[&str])]| {
        table.iter().find(|(_, labels)| labels.iter().any(|label| plain_key(label) == key)).map(|&(known, _)| known)
    };
    let edition = &mut answers.edition;
    let part = match known(EDITION) {
        Some("framework") => {
            value = framework_key(value);
            &mut edition.framework
        }
        Some("version") => &mut edition.version,
        Some("provider") => &mut edition.provider,
        Some("template") => &mut edition.template,
        _ => {
            let key = known(LABELS).map_or_else(|| text.trim().trim_end_matches([':', '：']).to_owned(), str::to_owned);
            if !answers.header.iter().any(|(known, _)| *known == key) {
                answers.header.push((key, value.to_owned()));
            }
            return;
        }
    };
    part.get_or_insert_with(|| value.to_owned());
}

fn plain_label(text: &str) -> String {
    plain_key(text.trim().trim_end_matches([':', '：']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_framework_of_a_template_has_a_name_that_reads_back() {
        for name in crate::template::builtin_names() {
            let template = crate::template::builtin(name).unwrap();
            let Some(key) = &template.framework else { continue };
            let Label { ja, en } = framework(key);
            assert!(FRAMEWORKS.iter().any(|(known, ..)| known == key), "{key} has no name");
            for (label, value) in [("基準", ja), ("Framework", en), ("基準", key)] {
                let mut answers = Answers::default();
                take(&mut answers, label, value);
                assert_eq!(answers.edition.framework.as_deref(), Some(key.as_str()), "{value}");
            }
        }
    }
}
