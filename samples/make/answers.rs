//! The answers an invented bank gave to 第9版, as a CSV the way a Japanese Excel saves it: CP932 and CRLF.

use crate::reference::{Edition, is_out_of_scope};
use crate::wording::{GROUPS, Subject};

const HEADINGS: [&str; 16] = [
    "項番",
    "責任主体",
    "適用",
    "除外理由",
    "自己評価",
    "対応内容",
    "範囲・例外・補足",
    "証跡",
    "残課題・代替策",
    "是正期限",
    "担当部署",
    "担当者",
    "回答日",
    "確認者",
    "承認者",
    "承認日",
];

/// Writes the CSV.
pub(crate) fn csv() -> Vec<u8> {
    let mut lines = vec![
        "# 機関名: みずうみ銀行".to_owned(),
        "# 対象システム: 口座照会システム".to_owned(),
        "# 版: 第9版".to_owned(),
        HEADINGS.join(","),
    ];
    for (group, highest) in (0..).zip(Edition::V9.highest()) {
        lines.extend((1..=highest).map(|number| row(group, number)));
    }
    let text = lines.join("\r\n") + "\r\n";
    let (bytes, _, lossy) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!lossy, "every character of the answers has a place in CP932");
    bytes.into_owned()
}

fn row(group: usize, number: usize) -> String {
    let subject = Subject::of(group, number);
    let id = format!("{}{number}", GROUPS[group].prefix);
    let department = ["システム企画部", "システム運用部", "総務部", "リスク統括部"][(group + number / 11) % 4];
    let owner = ["青木", "入江", "上田", "遠藤", "小川", "川村"][(group * 5 + number) % 6];
    let is_open = (number * 13 + group * 3) % 37 == 5;
    if is_open {
        return record(&[&id, "", "", "", "", "", "", "", "", "", department, owner, "", "", "", ""]);
    }
    let date = format!("2019/{}/{}", number % 3 + 1, number % 27 + 1);
    let responsibility = if is_out_of_scope(group, number, Edition::V9) { "利用者" } else { "共同" };
    if (number * 11 + group) % 31 == 7 {
        let reason = format!("対象システムでは{}を扱わないため。", subject.topic);
        return record(&[
            &id,
            responsibility,
            "対象外",
            &reason,
            "対象外",
            "",
            "",
            "",
            "",
            "",
            department,
            owner,
            &date,
            "木下",
            "久保",
            "2019/4/12",
        ]);
    }
    let status = match (number * 17 + group) % 23 {
        0 | 1 => "一部対応",
        2 => "計画中",
        3 => "未対応",
        _ => "対応済",
    };
    let is_like_another = group == 1 && matches!(number, 18 | 51 | 92);
    let response = match (is_like_another, status) {
        (true, _) => format!("実{}と同じ。", number - 1),
        (_, "対応済") => {
            format!("{}について規程に定め、{}に確かめている。\n担当は{department}。", subject.topic, subject.period)
        }
        (_, "一部対応") => format!("{}のうち本番環境の分を行っている。", subject.topic),
        (_, "計画中") => format!("{}の手順を作成している。", subject.topic),
        _ => String::new(),
    };
    let evidence = match status {
        "対応済" => format!("{}要領 第{}条\n点検記録（2019年3月）", subject.topic, number % 20 + 1),
        "一部対応" => format!("{}要領 第{}条", subject.topic, number % 20 + 1),
        _ => String::new(),
    };
    let scope = if number.is_multiple_of(9) { "開発環境を除く。" } else { "" };
    let (gap, due) = match status {
        "一部対応" => ("試験環境の分は次の更改で行う。", "2020/3/31"),
        "計画中" => ("手順書の承認待ち。", "2019/9/30"),
        "未対応" => ("代替として月次の目視点検を行う。", "2020/9/30"),
        _ => ("", ""),
    };
    let approved = if status == "対応済" { ("木下", "久保", "2019/4/12") } else { ("木下", "", "") };
    record(&[
        &id,
        responsibility,
        "適用",
        "",
        status,
        &response,
        scope,
        &evidence,
        gap,
        due,
        department,
        owner,
        &date,
        approved.0,
        approved.1,
        approved.2,
    ])
}

fn record(fields: &[&str]) -> String {
    let quoted = |field: &&str| {
        if field.contains([',', '"', '\n']) {
            format!("\"{}\"", field.replace('"', "\"\""))
        } else {
            (*field).to_owned()
        }
    };
    fields.iter().map(quoted).collect::<Vec<_>>().join(",")
}
