//! The invented wording: topics, aspects, and sentences about them, chosen by number and never by chance.

/// An item's group: prefix, name, and the topics its items are about.
pub(crate) struct Group {
    pub(crate) prefix: &'static str,
    pub(crate) name: &'static str,
    pub(crate) topics: &'static [&'static str],
}

pub(crate) const GROUPS: [Group; 4] = [
    Group {
        prefix: "統",
        name: "統制基準",
        topics: &["情報保護の方針", "責任者の任命", "外部サービスの選定", "契約の締結", "費用と要員の計画"],
    },
    Group {
        prefix: "実",
        name: "実務基準",
        topics: &[
            "利用者の登録",
            "特権の付与",
            "暗証の保管",
            "通信路の暗号",
            "蓄積データの暗号",
            "鍵の更新",
            "作業の記録",
            "時刻の同期",
            "不正侵入の検知",
            "有害プログラムの駆除",
            "弱点情報の収集",
            "修正プログラムの適用",
            "仮想マシンの構成",
            "仮想ネットワークの区画",
            "遠隔保守の接続",
            "試験用データの取扱い",
            "変更作業の承認",
            "運転計画の作成",
            "容量の監視",
            "予備系への切替え",
            "控えデータの取得",
            "復旧訓練の実施",
            "媒体の廃棄",
            "障害時の連絡",
            "端末の持出し",
        ],
    },
    Group {
        prefix: "設",
        name: "設備基準",
        topics: &[
            "建物の立地",
            "外周の囲い",
            "出入口の施錠",
            "来訪者の受付",
            "監視カメラの配置",
            "室内の区画",
            "床の耐荷重",
            "免震の構造",
            "煙の感知",
            "消火の設備",
            "漏水の検知",
            "空調の余裕",
            "受電の二系統",
            "自家発電の燃料",
            "蓄電池の点検",
            "配線の保護",
            "通信回線の引込み",
            "機器の固定",
            "鍵の貸出し",
            "保守員の立会い",
            "清掃員の身元",
            "搬入口の管理",
            "避難路の表示",
        ],
    },
    Group { prefix: "監", name: "監査基準", topics: &["監査の計画"] },
];

const ASPECTS: [&str; 6] = ["手順の整備", "担当の明確化", "記録の保存", "定期の見直し", "教育の実施", "例外の扱い"];

const ACTORS: [&str; 5] = ["運用の責任者", "情報保護の担当部署", "開発の責任者", "設備の管理者", "委託先の管理者"];

const PERIODS: [&str; 4] = ["3か月ごと", "半年ごと", "毎年4月", "変更のたび"];

/// What the sentences of one item are made of.
pub(crate) struct Subject {
    pub(crate) topic: &'static str,
    pub(crate) aspect: &'static str,
    pub(crate) actor: &'static str,
    pub(crate) period: &'static str,
    seed: usize,
}

impl Subject {
    /// The subject of an item: `group` is its index in [`GROUPS`], `number` counts from 1.
    pub(crate) fn of(group: usize, number: usize) -> Self {
        let topics = GROUPS[group].topics;
        let seed = group * 1_009 + number * 31;
        Self {
            topic: topics[(number - 1) / ASPECTS.len() % topics.len()],
            aspect: ASPECTS[(number - 1) % ASPECTS.len()],
            actor: ACTORS[seed % ACTORS.len()],
            period: PERIODS[seed / 5 % PERIODS.len()],
            seed,
        }
    }

    fn pick<'a>(&self, salt: usize, choices: &[&'a str]) -> &'a str {
        choices[(self.seed / 3 + salt * 7) % choices.len()]
    }

    /// The provider's view of the item.
    pub(crate) fn view(&self) -> String {
        let Self { topic, aspect, actor, .. } = self;
        let end = self.pick(
            1,
            &[
                "当社はこれを基盤の側と利用者の側に分けて考えています。",
                "基盤の範囲は当社が、仮想マシンの中は利用者が受け持つと考えています。",
                "当社の標準の運用に含めています。",
            ],
        );
        format!("{topic}における{aspect}は、{actor}が受け持つべきものと理解しています。{end}")
    }

    /// What the survey found: two to four sentences.
    pub(crate) fn findings(&self) -> Vec<String> {
        let Self { topic, aspect, actor, period, .. } = self;
        let mut sentences =
            vec![format!("{topic}について、{aspect}を定めた社内規程があり、{actor}が{period}に内容を確かめている。")];
        sentences.push(
            self.pick(
                2,
                &[
                    "作業の結果は申請番号とともに1年間保存される。",
                    "承認のない作業は仕組みの上で行えない。",
                    "結果は部門長に報告され、指摘は30日以内に是正される。",
                    "監視室が24時間体制で見守り、異常は15分以内に知らされる。",
                ],
            )
            .to_owned(),
        );
        if self.seed.is_multiple_of(2) {
            sentences.push(format!("利用者は管理画面から{topic}の状況を確かめられる。"));
        }
        if self.seed.is_multiple_of(3) {
            sentences.push("国内の2か所の拠点で同じ手順を使う。".to_owned());
        }
        sentences
    }

    /// What third-party reports show.
    pub(crate) fn third_party(&self) -> String {
        let report = self.seed % 3 + 1;
        format!("外部評価の報告書［0{report}］に、{}の統制が有効に働いていると記されている。", self.topic)
    }

    /// What the interview showed.
    pub(crate) fn interview(&self) -> String {
        let detail = self.pick(
            3,
            &[
                "担当者は年1回の研修を受ける。",
                "夜間と休日も同じ手順で行う。",
                "手順書は四半期ごとに改める。",
                "委託先にも同じ水準を求めている。",
            ],
        );
        format!("{}は専任の班が行う。{detail}", self.topic)
    }

    /// What the integrator or user has to do.
    pub(crate) fn action(&self) -> Vec<String> {
        let Self { topic, aspect, period, .. } = self;
        let mut sentences = vec![format!("利用者は、{topic}に関する{aspect}を自社の規程に定め、{period}に確かめる。")];
        sentences.push(
            self.pick(
                4,
                &[
                    "仮想マシンの中の設定は利用者が行う。",
                    "SI事業者は設計書に分担を明記する。",
                    "利用者は管理画面の記録を自社の保存期間に合わせて取り出す。",
                ],
            )
            .to_owned(),
        );
        sentences
    }

    /// A sentence the revision adds.
    pub(crate) fn addition(&self) -> String {
        let Self { topic, period, .. } = self;
        match self.seed % 4 {
            0 => format!("また、クラウドの利用を始める前に{topic}の責任の分かれ目を文書で確かめる。"),
            1 => format!("さらに、{topic}にかかわる再委託先の状況を{period}に確認する。"),
            2 => format!("なお、{topic}の状況は利用者向けの報告書に含めて公開される。"),
            _ => "あわせて、契約が終わるときのデータの返却と消去の手順を定める。".to_owned(),
        }
    }
}
