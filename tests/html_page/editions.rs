//! Invented editions, built as an import would build them, and the answers to one of them.

use std::sync::Arc;

use jiff::civil::date;
use secref::address::{CellRef, SheetRange};
use secref::answers::{Answer, Answers, CarryNote, CarryReason, Recheck, Status};
use secref::carry::{Carried, CarryCounts};
use secref::catalog::{
    Catalog, Citation, Conformity, ConformityWord, Document, Edition, Field, FieldValue, Group, Item, ItemKey,
    ItemStatus, List, Mark, MarkKind, Places, Source, key,
};
use secref::text::{hash::sha256_hex, owned};

const FIELDS: [(&str, &str); 6] = [
    (key::TITLE, "小項目"),
    (key::VIEW, "安全対策基準に対する当社の見解"),
    (key::CONFORMITY, "クラウドにおける対応 > 基準への適合性"),
    (key::FINDINGS, "クラウドにおける対応 > 本調査で確認した内容"),
    (key::PUBLIC_DOCUMENTS, "クラウドにおける対応 > 確認した公開文書"),
    (key::CUSTOMER_ACTION, "SI事業者・利用者で必要な対応"),
];

/// An edition to be filled with items.
pub(crate) struct Editor {
    catalog: Catalog,
    sheet: Arc<str>,
    row: u32,
}

impl Editor {
    pub(crate) fn new(version: &str, file: &str) -> Self {
        let edition = Edition {
            framework: Some("fisc".to_owned()),
            version: Some(version.to_owned()),
            provider: Some("みずほし クラウド".to_owned()),
            template: None,
        };
        let sheet: Arc<str> = Arc::from("リファレンス");
        let source =
            Source { file: file.to_owned(), sha256: sha256_hex(file.as_bytes()), sheets: vec![Arc::clone(&sheet)] };
        let fields = FIELDS.map(|(key, label)| Field { key: key.into(), label: label.to_owned() }).to_vec();
        Self { catalog: Catalog { edition, source, fields, ..Catalog::default() }, sheet, row: 3 }
    }

    pub(crate) fn group(&mut self, id: &str, title: &str) {
        self.catalog.groups.push(Group { id: id.into(), title: Some(title.to_owned()) });
    }

    /// Adds an item of the last group; a text between `⟦` and `⟧` is marked as added by the publisher.
    pub(crate) fn item(&mut self, id: &str, texts: [&str; 6]) -> &mut Item {
        let row = self.row;
        self.row += 1;
        let at = |column: u32| SheetRange::new(&self.sheet, CellRef::new(row, column));
        let value = |(column, text): (u32, &str)| {
            let (text, marks) = unmark(text);
            (!text.is_empty()).then(|| FieldValue { marks, ..FieldValue::new(owned(text), at(column)) })
        };
        let values: Vec<_> = (1..).zip(texts).map(value).collect();
        let word = texts[2];
        let conformity = (!word.is_empty()).then(|| Conformity {
            word: if word == "対象外" { ConformityWord::OutOfScope } else { ConformityWord::Conforming },
            note: None,
        });
        let numbers = texts[4].split('、').filter_map(|number| number.trim_matches(['［', '］']).parse().ok());
        let citations = numbers.map(|number| Citation { list: List::Documents, number, at: at(5) }).collect();
        self.catalog.items.push(Item {
            key: ItemKey::of(id),
            raw_id: owned(id),
            group: self.catalog.groups.last().map(|group| Arc::clone(&group.id)),
            status: ItemStatus::Active,
            at: Places::one(at(0)),
            values,
            parts: Vec::new(),
            citations,
            conformity,
            revision: Vec::new(),
        });
        self.catalog.items.last_mut().expect("one was pushed above")
    }

    pub(crate) fn document(&mut self, number: u32, title: &str, url: &str) {
        self.catalog.documents.push(Document {
            number,
            title: title.to_owned(),
            url: (!url.is_empty()).then(|| url.to_owned()),
            status: if title.is_empty() { ItemStatus::Retired } else { ItemStatus::Active },
            at: Places::one(SheetRange::new(&Arc::from("参照文書リスト"), CellRef::new(number, 1))),
        });
    }

    pub(crate) fn done(self) -> Catalog {
        self.catalog
    }
}

fn unmark(text: &str) -> (String, Vec<Mark>) {
    let (mut plain, mut marks, mut start) = (String::new(), Vec::new(), 0);
    for c in text.chars() {
        let at = plain.chars().count() as u32;
        match c {
            '⟦' => start = at,
            '⟧' => marks.push(Mark { start, end: at, kind: MarkKind::Added }),
            _ => plain.push(c),
        }
    }
    (plain, marks)
}

const VIEW: &str = "基準の趣旨に沿い、当社は責任の分担を契約書に明記している。";
const FINDINGS: &str = "運用の手順は年に一度見直され、見直しの結果は情報セキュリティ委員会に報告される。委員会の記録は5年間保管され、監査の際に閲覧できる。\
手順に例外を設ける場合は、責任者の承認を得たうえで、例外の理由と期限を台帳に記録する。台帳は四半期ごとに棚卸しを行い、期限を過ぎた例外は速やかに解消する。";
const ACTION: &str = "利用者は、自らの環境における設定を確認し、必要に応じて手順を整備すること。";

/// The two editions that the page is shown with: every kind of change once at least.
pub(crate) fn pair() -> (Catalog, Catalog) {
    let mut old = Editor::new("第9版", "reference-v9.xlsx");
    let mut new = Editor::new("第9版改訂", "reference-v9r.xlsx");
    for editor in [&mut old, &mut new] {
        editor.group("統", "統制基準");
    }
    same(&mut old, &mut new, "統", 1..=3);
    old.item("統4", ["外部委託先の管理", VIEW, "対象外", FINDINGS, "［01］", ACTION]);
    new.item("統4", ["外部委託先の管理", VIEW, "適合可能", FINDINGS, "［01］、［03］", ACTION]);
    old.item("統5", ["規程の整備", VIEW, "適合可能", FINDINGS, "［02］", ACTION]);
    let added = format!("{FINDINGS}⟦第9版改訂に伴い、委託先を含む訓練を年1回実施することを確認した。⟧");
    new.item("統5", ["規程の整備", VIEW, "適合可能", &added, "［02］", ACTION]);
    old.item("統6", ["教育・訓練", VIEW, "適合可能", FINDINGS, "［02］", "利用者は、年に1回の教育を実施すること。"]);
    new.item(
        "統6",
        ["教育・訓練", VIEW, "適合可能", FINDINGS, "［02］", "利用者は、年に2回の教育を実施し、結果を記録すること。"],
    );
    same(&mut old, &mut new, "統", 7..=18);
    old.item("統19", ["旧システムの保守", VIEW, "対象外", "磁気テープの保管庫は施錠されている。", "", "特になし。"]);
    new.item(
        "統20",
        [
            "クラウド利用の統制",
            VIEW,
            "適合可能",
            "⟦利用するクラウドの一覧を作成し、責任者が承認する。⟧",
            "［03］",
            "⟦一覧を年に一度見直すこと。⟧",
        ],
    );

    for editor in [&mut old, &mut new] {
        editor.group("実", "実務基準");
    }
    same(&mut old, &mut new, "実", 1..=2);
    old.item(
        "実3",
        [
            "アクセス権限",
            "権限は職務に応じて与える。",
            "適合可能",
            "権限（アクセス権）は、半角ｶﾅの台帳で管理する。",
            "［01］",
            ACTION,
        ],
    );
    new.item(
        "実3",
        [
            "アクセス権限",
            "権限は職務に応じて与える。",
            "適合可能",
            "権限(アクセス権)は，半角カナの台帳で管理する。",
            "［01］",
            ACTION,
        ],
    );
    old.item(
        "実4",
        ["暗号化", VIEW, "適合可能", "通信はTLS 1.0以上で暗号化される。鍵は12か月ごとに更新される。", "［01］", ACTION],
    );
    new.item(
        "実4",
        [
            "暗号化",
            VIEW,
            "適合可能",
            "通信はTLS 1.2以上で暗号化される。鍵は6か月ごとに更新され、更新の記録が残る。",
            "［01］",
            ACTION,
        ],
    );
    for number in 5..=9 {
        let text = format!("第{number}の統制について、記録の取得と保管の方法を確認した。");
        let shifted = format!("実{}", number + 1);
        old.item(&format!("実{number}"), [&topic(number), VIEW, "適合可能", &text, "［02］", ACTION]);
        new.item(&shifted, [&topic(number), VIEW, "適合可能", &text, "［02］", ACTION]);
    }
    documents(&mut old, &mut new);
    (old.done(), new.done())
}

fn documents(old: &mut Editor, new: &mut Editor) {
    old.document(1, "セキュリティ白書", "https://example.invalid/security");
    new.document(1, "セキュリティ白書（改訂）", "https://example.invalid/security-2");
    for editor in [old, &mut *new] {
        editor.document(2, "運用管理の概要", "https://example.invalid/operations");
    }
    new.document(3, "クラウド統制の手引き", "https://example.invalid/governance");
}

fn topic(number: usize) -> String {
    let topics = ["体制の整備", "記録の保管", "設備の点検", "障害時の連絡", "媒体の廃棄", "変更の管理", "監視の方法"];
    topics[number % topics.len()].to_owned()
}

fn same(old: &mut Editor, new: &mut Editor, prefix: &str, numbers: std::ops::RangeInclusive<usize>) {
    for number in numbers {
        let text = format!("{}に関する第{number}の手順を確認した。{FINDINGS}", topic(number));
        for editor in [&mut *old, &mut *new] {
            editor.item(&format!("{prefix}{number}"), [&topic(number), VIEW, "適合可能", &text, "［01］", ACTION]);
        }
    }
}

/// Answers as carrying them to the new edition leaves them.
pub(crate) fn carried(new: &Catalog) -> Carried {
    let carried = |item: &Item| {
        let reason = match &*item.key.id {
            "統4" | "統6" | "実4" => CarryReason::Changed,
            "統5" => CarryReason::Appended,
            "統20" => CarryReason::New,
            _ => CarryReason::Same,
        };
        let is_recheck = matches!(reason, CarryReason::Changed | CarryReason::Appended);
        let is_new = reason == CarryReason::New;
        let mut answer = Answer::blank(item.key.clone());
        answer.status = (!is_new).then_some(Status::Done);
        answer.response = if is_new {
            String::new()
        } else {
            "社内規程第12号に定め、年に一度確認している。".to_owned()
        };
        answer.department = "システム企画部".to_owned();
        answer.owner = "青木".to_owned();
        answer.answered_on = Some(date(2019, 2, 1));
        answer.recheck = is_recheck.then_some(Recheck::Needed);
        answer.recheck_reason = if is_recheck { reason.word().to_owned() } else { String::new() };
        answer.carry = Some(CarryNote { reasons: vec![reason], ..CarryNote::default() });
        answer
    };
    let mut retired = Answer::blank(ItemKey::of("統19"));
    retired.response = "保管庫は毎日点検している。".to_owned();
    retired.carry = Some(CarryNote { reasons: vec![CarryReason::Retired], ..CarryNote::default() });
    let answers = Answers {
        edition: new.edition.clone(),
        answers: new.items.iter().map(carried).collect(),
        retired: vec![retired],
        ..Answers::default()
    };
    let flagged = answers.answers.iter().filter(|answer| answer.recheck.is_some()).count();
    let old = answers.answers.len() - 1;
    let counts = CarryCounts {
        answers: old + 1,
        kept: old - flagged,
        flagged,
        retired: 1,
        new: 1,
        reasons: vec![(CarryReason::Changed, 3), (CarryReason::Appended, 1), (CarryReason::Same, old - flagged)],
        ..CarryCounts::default()
    };
    Carried { answers, counts, ..Carried::default() }
}

/// Cells that try to be more than text.
pub(crate) fn hostile_pair() -> (Catalog, Catalog) {
    let (mut old, mut new) =
        (Editor::new("<b>旧</b>", "a\"><script>alert(1)</script>.xlsx"), Editor::new("新", "b.xlsx"));
    for editor in [&mut old, &mut new] {
        editor.group("\"><img src=x onerror=fail()>", "</style><script>fail()</script>");
    }
    let attacks = [
        "<script>document.title='owned'</script>",
        "\"><img src=x onerror=\"document.title='owned'\">",
        "javascript:document.title='owned'",
        "</script><script>document.title='owned'</script>",
        "<!-- --><svg onload=document.title='owned'>",
        "{{ 7*7 }} &lt;b&gt; &amp;",
        "]]></style><style>body{display:none}</style>",
    ];
    for (number, attack) in attacks.into_iter().enumerate() {
        let id = format!("実{number}'\"><i>");
        old.item(&id, [attack, "前の文。", "適合可能", attack, "", "同じ文。"]);
        let longer = format!("{attack}追記{attack}");
        new.item(&id, [attack, attack, "対象外", &longer, "", "同じ文。"]);
    }
    old.document(1, "<img src=x onerror=fail()>", "javascript:alert(1)");
    new.document(1, "<script>fail()</script>", "javascript:alert(2)");
    (old.done(), new.done())
}

/// 1,000 changed items and about 5 MB of text.
pub(crate) fn big_pair() -> (Catalog, Catalog) {
    let (mut old, mut new) = (Editor::new("第1版", "big-1.xlsx"), Editor::new("第2版", "big-2.xlsx"));
    for group in 0..10 {
        for editor in [&mut old, &mut new] {
            editor.group(&format!("群{group}"), &format!("第{group}群"));
        }
        for number in 0..100 {
            let id = format!("群{group}-{number}");
            let text = format!("第{group}群の{number}について。{}", FINDINGS.repeat(4));
            let longer = format!("{text}第2版で手順{number}を見直した。");
            old.item(&id, [&topic(number), VIEW, "適合可能", &text, "", ACTION]);
            new.item(&id, [&topic(number), VIEW, "適合可能", &longer, "", ACTION]);
        }
    }
    (old.done(), new.done())
}
