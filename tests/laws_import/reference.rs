//! A reference as it is meant: its items and what they say.

use super::layout::{Layout, Numbers};

/// Content columns, each with the spellings of its heading.
pub const COLUMNS: [&[&str]; 8] = [
    &["小項目", "規定内容", "評価内容"],
    &["サンプル社の見解", "FISC安全対策基準に対する␤当社の見解"],
    &["適合性", "適合状況", "FISC安全対策基準␤への適合性"],
    &["本調査で確認した内容", "対応状況", "回答内容"],
    &["確認した公開文書", "参照文書"],
    &["第三者認証等から␤確認した内容*1"],
    &["SI事業者・利用者␤で必要な対応", "お客様の対応"],
    &["備考", "社内管理欄"],
];
const CONFORMITY: usize = 2;
const REMARKS: usize = 7;

const SENTENCES: [&str; 12] = [
    "規程を定め、年1回見直している。",
    "暗号鍵は専用の装置で管理し、担当者を限っている。",
    "対象外の設備については記載しない。",
    "入退室を記録し、90日間保管する。␤記録は月次で点検する。",
    "利用者は、自らの設定を確認する必要がある。",
    "・手順書␤・台帳␤・記録",
    "The provider encrypts data at rest.",
    "障害時の連絡体制を整備している（24時間365日）。",
    "第三者による監査を受けている。",
    "No.1の装置を除き、二重化している。",
    "委託先を選定する基準を定めている。",
    "－",
];

/// The prefix and the name of FISC's chapters, the prefix and the name of another framework's.
pub const CHAPTERS: [[&str; 4]; 4] = [
    ["統", "統制基準", "IAM", "アクセス管理"],
    ["実", "実務基準", "DSP", "データ保護"],
    ["設", "設備基準", "BCR", "事業継続"],
    ["監", "監査基準", "AAC", "監査"],
];

/// A reference as it is meant, whatever it is laid out like.
pub struct Meant {
    pub items: Vec<MeantItem>,
    /// The ids that are 欠番.
    pub retired: Vec<String>,
}

/// An item of it.
pub struct MeantItem {
    /// Its canonical id.
    pub id: String,
    /// Index of its chapter.
    pub group: usize,
    /// The rows of each content column.
    pub columns: Vec<Vec<&'static str>>,
}

impl Layout {
    /// The reference that is laid out.
    pub fn meant(&self) -> Meant {
        let mut items = Vec::new();
        let mut retired = Vec::new();
        for (group, &count) in self.groups.iter().enumerate() {
            // There is one 監 only.
            let count = if self.numbers == Numbers::Fisc && group == 3 { 1 } else { count };
            for number in 1..=count {
                let index = items.len();
                let [fisc, _, letters, _] = CHAPTERS[group];
                let id = match self.numbers {
                    Numbers::Fisc => format!("{fisc}{number}"),
                    Numbers::Dotted => format!("{}.{number}", group + 1),
                    Numbers::Lettered => format!("{letters}-{number:02}"),
                };
                let rows = if self.continued > 0 && index % self.continued == 1 { 2 } else { 1 };
                let text = |column: usize, row: usize| {
                    let pick = self.seed + index * 7 + column * 5 + row * 3;
                    match column {
                        CONFORMITY if row == 0 => ["適合可能", "適合可能", "対象外"][pick % 3],
                        CONFORMITY => "",
                        REMARKS if !pick.is_multiple_of(3) => "",
                        _ => SENTENCES[pick % SENTENCES.len()],
                    }
                };
                let cells = self.columns.iter().map(|&(column, _)| (0..rows).map(|row| text(column, row)).collect());
                let mut cells: Vec<Vec<&str>> = cells.collect();
                if self.retired > 0 && (index + 1).is_multiple_of(self.retired) {
                    cells.iter_mut().for_each(|rows| *rows = vec![""]);
                    cells[0][0] = "欠番";
                    retired.push(id.clone());
                }
                items.push(MeantItem { id, group, columns: cells });
            }
        }
        Meant { items, retired }
    }
}
