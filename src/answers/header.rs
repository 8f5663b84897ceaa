//! The header block above an answer table: who answers, for which system and which edition.

use super::Answers;
use super::column::plain_key;

/// Labels of the header block with their keys; the first is the one we write.
const LABELS: &[(&str, &[&str])] = &[
    ("institution", &["機関名", "金融機関名", "会社名", "institution"]),
    ("system", &["対象システム", "システム名", "対象システム名", "system"]),
    ("system_class", &["システム区分", "特定/通常システム", "特定システム・通常システム", "system class"]),
    ("services", &["利用サービス", "対象サービス", "services"]),
    ("date", &["作成日", "記入日", "date"]),
    ("author", &["作成者", "記入者", "author"]),
    ("classification", &["取扱区分", "公開区分", "classification"]),
];
const EDITION: &[(&str, &[&str])] = &[
    ("framework", &["基準", "framework"]),
    ("version", &["版", "基準の版", "対象版", "version", "edition"]),
    ("provider", &["提供者", "クラウド事業者", "provider"]),
    ("template", &["テンプレート", "template"]),
];

/// The label the flat form writes for a key of the header block.
pub fn label(key: &str) -> &str {
    let known = LABELS.iter().find(|(known, _)| *known == key);
    known.map_or(key, |(_, labels)| labels[0])
}

/// The key of the header block that a label stands for.
pub fn key(text: &str) -> Option<&'static str> {
    let wanted = plain_label(text);
    let is_wanted = |label: &&str| plain_key(label) == wanted;
    LABELS.iter().find(|(key, labels)| *key == wanted || labels.iter().any(is_wanted)).map(|row| row.0)
}

/// Says whether a cell's text is a label we know.
pub fn is_label(text: &str) -> bool {
    let key = plain_label(text);
    LABELS.iter().chain(EDITION).any(|(_, labels)| labels.iter().any(|label| plain_key(label) == key))
}

/// The header block as labels and values, the edition's parts first.
pub fn lines(answers: &Answers) -> Vec<(&str, &str)> {
    let edition = &answers.edition;
    let parts = [&edition.framework, &edition.version, &edition.provider, &edition.template];
    let edition = EDITION.iter().zip(parts).filter_map(|((_, labels), part)| Some((labels[0], part.as_deref()?)));
    let header = answers.header.iter().map(|(key, value)| (label(key), value.as_str()));
    edition.chain(header).filter(|(_, value)| !value.is_empty()).collect()
}

/// Takes a label and its value; a label we do not know is its own key. The first value of a label counts.
pub(crate) fn take(answers: &mut Answers, text: &str, value: &str) {
    let (key, value) = (plain_label(text), value.trim());
    if value.is_empty() || key.is_empty() {
        return;
    }
    let known = |table: &[(&'static str, &[&str])]| {
        table.iter().find(|(_, labels)| labels.iter().any(|label| plain_key(label) == key)).map(|&(known, _)| known)
    };
    let edition = &mut answers.edition;
    let part = match known(EDITION) {
        Some("framework") => &mut edition.framework,
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
