//! What was read of a reference, and what goes out with a workbook: a line or two each.

use std::collections::BTreeMap;

use crate::address::{SheetRange, column_letters, quote_sheet};
use crate::catalog::edition::EditionFacts;
use crate::catalog::{Catalog, ItemStatus};
use crate::diagnostic::Arg;
use crate::text::width::truncate;
use crate::workbook::{Carried, CarriedKind};

use super::Terminal;

/// How many groups are counted one by one, and how many texts of one kind are quoted.
const GROUPS_SHOWN: usize = 12;
const TEXTS_SHOWN: usize = 3;
const TEXT_COLUMNS: usize = 60;

/// Says how many items were read, of which edition and by which template, and counts each group, against the edition's
/// own counts where those are known.
///
/// ```text
/// 第9版改訂, template azure-fisc: 308 items, 1 retired
///   統 26 of 26  実 144 of 144  設 137 of 137  監 1 of 1
/// ```
pub fn read(catalog: &Catalog, facts: Option<&EditionFacts>, terminal: &Terminal<'_>) -> String {
    let words = terminal.words;
    let edition = &catalog.edition;
    let none = || "none".to_owned();
    let retired = catalog.items.iter().filter(|item| item.status == ItemStatus::Retired).count();
    let args: [(&str, Arg); 4] = [
        ("edition", edition.version.clone().unwrap_or_else(none).into()),
        ("template", edition.template.clone().unwrap_or_else(none).into()),
        ("items", (catalog.items.len() - retired).into()),
        ("retired", retired.into()),
    ];
    let mut lines = vec![words.with("summary-read", &args)];
    let count = |group: &str| catalog.active().filter(|item| item.group.as_deref() == Some(group)).count();
    let counted =
        catalog.groups.iter().take(GROUPS_SHOWN).map(|group| match facts.and_then(|it| it.count(&group.id)) {
            Some(expected) => {
                let args =
                    [("group", (&*group.id).into()), ("found", count(&group.id).into()), ("expected", expected.into())];
                words.with("summary-group-of", &args)
            }
            None => format!("{} {}", group.id, count(&group.id)),
        });
    let more = (catalog.groups.len() > GROUPS_SHOWN).then(|| "…".to_owned());
    let counted: Vec<String> = counted.chain(more).collect();
    if !counted.is_empty() {
        lines.push(format!("  {}", counted.join("  ")));
    }
    lines.join("\n") + "\n"
}

/// Says what goes out with a workbook beside what its sheets show, kind by kind; nothing where nothing does.
pub fn carried_along(carried: &[Carried], terminal: &Terminal<'_>) -> String {
    if carried.is_empty() {
        return String::new();
    }
    let mut kinds: BTreeMap<CarriedKind, Vec<String>> = BTreeMap::new();
    for one in carried {
        let place = one.at.as_ref().map(|at| place(at, one.kind));
        let text = one.text.as_deref().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let shown = [place, text].into_iter().flatten().collect::<Vec<_>>().join(" ");
        kinds.entry(one.kind).or_default().push(truncate(&shown, TEXT_COLUMNS));
    }
    let lines = kinds.into_iter().map(|(kind, texts)| {
        let shown = texts.iter().take(TEXTS_SHOWN).cloned().collect::<Vec<_>>().join(", ");
        let more =
            if texts.len() > TEXTS_SHOWN { format!(", … (+{})", texts.len() - TEXTS_SHOWN) } else { String::new() };
        let says = terminal.words.text("severity-says");
        format!("  {}{says}{shown}{more}\n", terminal.words.text(&format!("carried-{}", kind.as_str())))
    });
    format!("{}\n{}", terminal.words.text("carried-along"), lines.collect::<String>())
}

/// Where it stands; whole columns and rows as Excel names them, `M:P` and `8:8`.
fn place(at: &SheetRange, kind: CarriedKind) -> String {
    let (first, last) = (at.range.first, at.range.last);
    let whole = match kind {
        CarriedKind::HiddenColumns => format!("{}:{}", column_letters(first.column), column_letters(last.column)),
        CarriedKind::HiddenRows => format!("{}:{}", first.row + 1, last.row + 1),
        _ => return at.to_string(),
    };
    if at.sheet.is_empty() { whole } else { format!("{}!{whole}", quote_sheet(&at.sheet)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::edition;
    use crate::render::words::{Lang, Words};

    #[test]
    fn counts_stand_beside_those_of_the_edition() {
        let csv = "項番,本調査で確認した内容\n統1,規程がある。\n統2,台帳がある。\n実1,記録がある。\n";
        let workbook = crate::workbook::read(csv.as_bytes(), "第9版改訂.csv", &Default::default()).unwrap();
        let binding = crate::template::bind(&workbook, &Default::default()).unwrap();
        let source = crate::catalog::Source { file: "第9版改訂.csv".into(), ..Default::default() };
        let catalog = crate::import::catalog(&workbook, &binding, source).unwrap();
        let facts = edition::fisc().into_iter().find(|facts| facts.key == "v9r");
        for (lang, expected) in [
            (Lang::En, "第9版改訂, template fisc-generic: 3 items\n  統 2 of 26  実 1 of 144\n"),
            (Lang::Ja, "第9版改訂（テンプレート fisc-generic）：3項目\n  統 2／26  実 1／144\n"),
        ] {
            let words = Words::new(lang);
            let terminal = Terminal { words: &words, color: false, width: 80 };
            assert_eq!(read(&catalog, facts.as_ref(), &terminal), expected);
        }
    }

    #[test]
    fn every_kind_that_goes_along_has_its_word() {
        let carried: Vec<Carried> = CarriedKind::ALL
            .into_iter()
            .flat_map(|kind| (0..5).map(move |number| Carried { kind, at: None, text: Some(format!("{number}\n回")) }))
            .collect();
        for (lang, says) in [(Lang::En, ": "), (Lang::Ja, "：")] {
            let words = Words::new(lang);
            let said = carried_along(&carried, &Terminal { words: &words, color: false, width: 80 });
            assert_eq!(said.lines().count(), 1 + CarriedKind::ALL.len());
            let shown = format!("{says}0 回, 1 回, 2 回, … (+2)");
            assert!(said.lines().skip(1).all(|line| line.ends_with(&shown)), "{said}");
            assert!(!said.contains("carried-"), "{said}");
        }
    }
}
