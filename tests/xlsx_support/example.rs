//! An invented reference in the shape of a vendor's, as large as asked, and answers to it.

use std::sync::Arc;

use secref::address::{CellRef, SheetRange};
use secref::answers::{Answer, Answers, Applicability, Recheck, Responsibility, Status};
use secref::catalog::{
    Catalog, Citation, Conformity, ConformityWord, Document, Edition, Field, FieldValue, Group, Item, ItemKey,
    ItemStatus, List, Places, Source, key,
};
use secref::text::owned;

const GROUPS: [(&str, &str, usize); 4] =
    [("統", "統制基準", 26), ("実", "実務基準", 144), ("設", "設備基準", 137), ("監", "監査基準", 1)];

const SENTENCES: [&str; 6] = [
    "サービスの運用に関する方針と手順は文書化されており、年に一度以上見直されている。",
    "データセンターへの入退室は、本人確認と事前の申請に基づいて管理され、記録は90日以上保存される。",
    "利用者の仮想マシンの設定、鍵の管理、アクセス権の付与と剥奪は、利用者の責任で行う必要がある。",
    "監査報告書により、変更管理の手続きが定められ、承認のない変更が行われていないことを確認した。",
    "障害の際は、影響の範囲と復旧の見込みを管理画面と電子メールで通知している。",
    "SI事業者は、契約において役割の分担を明らかにし、再委託先を含めて管理状況を点検すること。",
];

fn text(seed: usize, sentences: usize) -> String {
    (0..sentences).map(|index| SENTENCES[(seed * 7 + index * 5) % SENTENCES.len()]).collect::<Vec<_>>().join("")
}

/// A catalog of about so many items: 26 + 144 + 137 + 1 in proportion, one of them retired.
pub fn catalog(items: usize) -> Catalog {
    let labels = [
        (key::VIEW, "FISC安全対策基準に対するExampleの見解"),
        (key::CONFORMITY, "Example Cloudにおける対応 > FISC安全対策基準への適合性"),
        (key::FINDINGS, "Example Cloudにおける対応 > 本調査で確認した内容"),
        (key::PUBLIC_DOCUMENTS, "Example Cloudにおける対応 > 確認した公開文書"),
        (key::THIRD_PARTY, "Example Cloudにおける対応 > 第三者認証等から確認した内容"),
        (key::CUSTOMER_ACTION, "SI事業者・利用者で必要な対応"),
    ];
    let sheet: Arc<str> = "リファレンス".into();
    let mut catalog = Catalog {
        edition: Edition {
            framework: Some("fisc".to_owned()),
            version: Some("第9版改訂".to_owned()),
            provider: Some("Example Cloud".to_owned()),
            template: None,
        },
        source: Source { file: "reference-v9r.xlsx".to_owned(), sha256: "0".repeat(64), sheets: vec![sheet.clone()] },
        fields: labels.map(|(key, label)| Field { key: key.into(), label: label.to_owned() }).to_vec(),
        groups: GROUPS.map(|(id, title, _)| Group { id: id.into(), title: Some(title.to_owned()) }).to_vec(),
        ..Catalog::default()
    };
    for (group, _, count) in GROUPS {
        for number in 1..=(count * items).div_ceil(308) {
            let row = catalog.items.len();
            catalog.items.push(item(&sheet, row, group, number, labels.len()));
        }
    }
    catalog.documents = (1..=12).map(|number| document(&sheet, number)).collect();
    catalog.reports = (1..=3).map(|number| document(&sheet, number)).collect();
    catalog.documents[10].status = ItemStatus::Retired;
    catalog
}

fn item(sheet: &Arc<str>, row: usize, group: &str, number: usize, fields: usize) -> Item {
    let at = |column| SheetRange::new(sheet, CellRef::new(row as u32 + 2, column));
    let word = if row % 9 == 4 { ConformityWord::OutOfScope } else { ConformityWord::Conforming };
    let is_retired = row == 12;
    let cited = row as u32 % 10 + 1;
    let texts = [
        text(row, 1 + row % 3),
        word.as_str().to_owned(),
        text(row + 1, 2 + row % 7),
        format!("[{cited:02}]"),
        text(row + 2, row % 4),
        text(row + 3, 1 + row % 5),
    ];
    let value = |(column, text): (usize, String)| {
        (!text.is_empty() && !is_retired).then(|| FieldValue::new(owned(text), at(column as u32 + 1)))
    };
    assert_eq!(texts.len(), fields);
    Item {
        key: ItemKey::of(format!("{group}{number}")),
        raw_id: owned(format!("{group}{number}")),
        group: Some(group.into()),
        status: if is_retired { ItemStatus::Retired } else { ItemStatus::Active },
        at: Places::one(at(0)),
        values: texts.into_iter().enumerate().map(value).collect(),
        parts: Vec::new(),
        citations: vec![Citation { list: List::Documents, number: cited, at: at(4) }],
        conformity: (!is_retired).then_some(Conformity { word, note: None }),
        revision: Vec::new(),
    }
}

fn document(sheet: &Arc<str>, number: u32) -> Document {
    Document {
        number,
        title: format!("Example Cloud セキュリティ文書 第{number}部"),
        url: Some(format!("https://example.com/documents/{number}/overview-of-security-controls")),
        status: ItemStatus::Active,
        at: Places::one(SheetRange::new(sheet, CellRef::new(number, 0))),
    }
}

/// Answers to about two thirds of the items, of every kind.
pub fn answers(catalog: &Catalog) -> Answers {
    let answered =
        catalog.active().enumerate().filter(|(row, _)| row % 3 != 2).map(|(row, item)| answer(row, &item.key));
    Answers {
        edition: catalog.edition.clone(),
        header: vec![
            ("institution".to_owned(), "みずうみ銀行".to_owned()),
            ("system".to_owned(), "口座照会システム".to_owned()),
            ("author".to_owned(), "システム企画部 山田".to_owned()),
        ],
        answers: answered.collect(),
        ..Answers::default()
    }
}

fn answer(row: usize, key: &ItemKey) -> Answer {
    let mut answer = Answer::blank(key.clone());
    answer.responsibility = Some(Responsibility::ALL[row % 4]);
    answer.applicability = Some(Applicability::Applicable);
    answer.status = Some(Status::ALL[[0, 0, 0, 1, 0, 2, 0, 3][row % 8]]);
    answer.response = format!("当社では、規程に従い{}", text(row, 1 + row % 3));
    answer.evidence = vec![format!("情報セキュリティ管理規程 第{}条", row % 30 + 1), "点検記録（2025年度）".to_owned()];
    answer.department = ["システム企画部", "システム運用部", "総務部"][row % 3].to_owned();
    answer.owner = ["山田", "佐藤", "鈴木"][row % 3].to_owned();
    answer.answered_on = Some(jiff::civil::date(2026, 2, 1 + (row % 28) as i8));
    if answer.status != Some(Status::Done) {
        answer.gap = "次年度の計画に含めている。".to_owned();
        answer.due = Some(jiff::civil::date(2026, 1 + (row % 12) as i8, 15));
    }
    if row % 20 == 6 {
        answer.applicability = Some(Applicability::Excluded);
        answer.exclusion_reason = "当該設備を利用していないため".to_owned();
        answer.status = None;
    }
    if row % 25 == 10 {
        answer.recheck = Some(Recheck::Needed);
        answer.recheck_reason = "追記あり".to_owned();
    }
    answer
}
