//! The reference workbook: cover, how to read, the table in the overview layout, the two lists of documents.
//!
//! Everything a real one was seen to do is in it: merged two-row headers with line breaks and a footnote mark, band
//! rows, continuation rows, ids in several spellings, 欠番, furigana, additions in red and some left unmarked.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::wording::{GROUPS, Subject};

#[derive(Copy, Clone, PartialEq, Eq)]
pub(crate) enum Edition {
    V9,
    V9Revised,
}

impl Edition {
    fn name(self) -> &'static str {
        match self {
            Self::V9 => "第9版",
            Self::V9Revised => "第9版改訂",
        }
    }

    fn is_revised(self) -> bool {
        self == Self::V9Revised
    }

    /// The highest number of each group; 実60 is 欠番 in the revised edition.
    pub(crate) fn highest(self) -> [usize; 4] {
        match self {
            Self::V9 => [25, 143, 135, 1],
            Self::V9Revised => [26, 145, 137, 1],
        }
    }
}

/// What the revision does to an item, by its running number over the highest numbers of the revised edition.
#[derive(Copy, Clone, PartialEq, Eq)]
enum Revision {
    None,
    /// A sentence is added to the findings, in red.
    FindingsMarked,
    /// A sentence is added to what the user has to do, in red.
    ActionMarked,
    /// A sentence is added to the findings and left unmarked.
    FindingsUnmarked,
    /// A sentence is painted red although it stood there before.
    MarkedOnly,
    /// A word is replaced within the findings.
    Reworded,
    /// 対象外 becomes 適合可能.
    Flipped,
    /// One more document is cited, in red.
    Cited,
    /// Only the notation differs.
    Notation,
    /// The interview adds a sentence behind the label 【追記】.
    Labelled,
}

fn revision(group: usize, number: usize) -> Revision {
    match (group, number) {
        (0, 3 | 8 | 15 | 21)
        | (1, 4 | 17 | 29 | 41 | 52 | 66 | 78 | 90 | 103 | 117 | 131)
        | (2, 12 | 36 | 71 | 109) => Revision::FindingsMarked,
        (0, 5 | 12) | (1, 9 | 23 | 47 | 71 | 95 | 119) | (2, 20 | 58) | (3, 1) => Revision::ActionMarked,
        (0, 18) | (1, 14 | 62 | 100) | (2, 44) => Revision::FindingsUnmarked,
        (1, 31 | 85) => Revision::MarkedOnly,
        (0, 10) | (1, 36 | 74 | 125) | (2, 90) => Revision::Reworded,
        (1, 55) | (2, 101) => Revision::Flipped,
        (0, 20) | (1, 44 | 110) => Revision::Cited,
        (0, 7) | (1, 20 | 80 | 140) | (2, 5 | 66 | 120) => Revision::Notation,
        (1, 12 | 98) => Revision::Labelled,
        _ => Revision::None,
    }
}

/// Says whether the provider leaves the item to the user.
pub(crate) fn is_out_of_scope(group: usize, number: usize, edition: Edition) -> bool {
    let flipped = edition.is_revised() && revision(group, number) == Revision::Flipped;
    !flipped && (revision(group, number) == Revision::Flipped || (number * 7 + group) % 19 == 3)
}

/// Column widths, in characters of the default font; a Japanese character takes two.
const WIDTHS: [u16; 8] = [10, 36, 12, 52, 14, 36, 36, 46];

/// Makes a row as high as its fullest cell: `texts` are those of the columns given.
fn fit_height(sheet: &mut Worksheet, row: u32, texts: &[(usize, &str)]) -> Result<(), XlsxError> {
    let lines = texts.iter().map(|(column, text)| text.chars().count().div_ceil(usize::from(WIDTHS[*column]) / 2 - 1));
    let most = u32::try_from(lines.max().unwrap_or(1)).unwrap_or(1);
    sheet.set_row_height(row, 13 * most + 4)?;
    Ok(())
}

#[derive(Clone)]
struct Looks {
    text: Format,
    heading: Format,
    band: Format,
    title: Format,
    plain: Format,
    red: Format,
}

impl Looks {
    /// The looks of an item that is new as a whole: every cell in red.
    fn for_new_items(&self) -> Self {
        Self { text: self.text.clone().set_font_color(RED), ..self.clone() }
    }
}

const RED: Color = Color::RGB(0x00FF_0000);

fn looks() -> Looks {
    let base = || Format::new().set_font_name("ＭＳ Ｐゴシック").set_font_size(10);
    let cell = || base().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    Looks {
        text: cell(),
        heading: cell()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color(Color::RGB(0x00D9_E2F3)),
        band: cell().set_bold().set_background_color(Color::RGB(0x00F2_F2F2)),
        title: base().set_bold().set_font_size(14),
        plain: base(),
        red: base().set_font_color(RED),
    }
}

/// Writes the workbook of an edition.
pub(crate) fn workbook(edition: Edition) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let looks = looks();
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(if edition.is_revised() { 2020 } else { 2018 }, 10, 1)?;
    workbook
        .set_properties(&DocProperties::new().set_author("あおぞらクラウド株式会社").set_creation_datetime(&created));
    cover(workbook.add_worksheet(), edition, &looks)?;
    table(workbook.add_worksheet(), edition, &looks)?;
    lists(workbook.add_worksheet(), edition, &looks)?;
    with_furigana(&workbook.save_to_buffer()?)
}

fn cover(sheet: &mut Worksheet, edition: Edition, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name("はじめに")?.set_column_width(1, 90)?;
    let lines = [
        format!("金融機関向け「あおぞらクラウド」対応セキュリティリファレンス（{}）", edition.name()),
        "この資料は見本のために作った架空のものです。".to_owned(),
        "各項目には項番だけを記し、基準の本文は載せていません。".to_owned(),
        "適合可能：あおぞらクラウドの状況に加えて、SI事業者・利用者が必要な対応を行うことで適合できる。".to_owned(),
        "対象外：あおぞらクラウドの対応の外にあり、必要に応じてSI事業者・利用者が対応する。".to_owned(),
    ];
    sheet.write_with_format(1, 1, &lines[0], &looks.title)?;
    for (row, line) in (3..).zip(&lines[1..]) {
        sheet.write_with_format(row, 1, line, &looks.plain)?;
    }
    sheet.write_with_format(9, 1, "改版履歴", &looks.title)?;
    sheet.write_with_format(10, 1, "1.00　第9版に対応", &looks.plain)?;
    if edition.is_revised() {
        sheet.write_with_format(11, 1, "2.00　第9版改訂に伴う追記（追記は赤字）", &looks.plain)?;
    }
    Ok(())
}

fn table(sheet: &mut Worksheet, edition: Edition, looks: &Looks) -> Result<(), XlsxError> {
    sheet
        .set_name("リファレンス")?
        .set_freeze_panes(5, 1)?
        .set_landscape()
        .set_paper_size(8)
        .set_print_fit_to_pages(1, 0);
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let title = format!("金融機関向け「あおぞらクラウド」対応セキュリティリファレンス（FISC{}）", edition.name());
    sheet.write_with_format(0, 0, title, &looks.title)?;
    sheet.write_with_format(1, 0, "※ 架空の見本です。", &looks.plain)?;
    header(sheet, edition, looks)?;
    let mut row = 5;
    for (group, highest) in (0..).zip(edition.highest()) {
        let count = if edition.is_revised() && group == 1 { highest - 1 } else { highest };
        let band = format!("■{}（{count}項目）", GROUPS[group].name);
        sheet.merge_range(row, 0, row, 7, &band, &looks.band)?;
        row += 1;
        for number in 1..=highest {
            row = item(sheet, row, group, number, edition, looks)?;
        }
    }
    sheet.write_with_format(row + 1, 0, "*1：報告書は利用者向けの窓口から入手できる。", &looks.plain)?;
    sheet.write_with_format(row + 2, 0, "※ 文献番号は「参照文書リスト」に示した。", &looks.plain)?;
    Ok(())
}

fn header(sheet: &mut Worksheet, edition: Edition, looks: &Looks) -> Result<(), XlsxError> {
    let heading = &looks.heading;
    let edition_mark = if edition.is_revised() { "（第９版改訂）" } else { "" };
    sheet.merge_range(3, 0, 4, 0, "FISC安全対策基準\nの項目", heading)?;
    let view = format!("FISC安全対策基準{edition_mark}に対する\nあおぞらクラウド社の見解");
    sheet.merge_range(3, 1, 4, 1, &view, heading)?;
    sheet.merge_range(3, 2, 3, 6, "あおぞらクラウド\nにおける対応", heading)?;
    let leaves = [
        "FISC安全対策基準\nへの適合性",
        "本調査で確認した内容",
        "確認した公開文書",
        "第三者認証等から\n確認した内容 *1",
        "あおぞらクラウド社への\nインタビューで\n確認した内容",
    ];
    for (column, leaf) in (2..).zip(leaves) {
        sheet.write_with_format(4, column, leaf, heading)?;
    }
    sheet.merge_range(3, 7, 4, 7, "SI事業者・利用者\nで必要な対応", heading)?;
    sheet.set_row_height(3, 34)?.set_row_height(4, 48)?;
    Ok(())
}

/// The id as a cell of the reference has it: the spellings vary as in a workbook many hands have touched.
fn spelled(group: usize, number: usize) -> String {
    let prefix = GROUPS[group].prefix;
    let wide: String =
        number.to_string().chars().map(|digit| char::from_u32(digit as u32 + 0xFEE0).unwrap_or(digit)).collect();
    match number % 23 {
        5 => format!("{prefix}{wide}"),
        11 => format!("{prefix} {number}"),
        17 => format!("{prefix}　{wide}"),
        _ => format!("{prefix}{number}"),
    }
}

/// Says whether the revision adds the item and paints it: all it adds but the last one, which it forgot.
fn is_marked_new(group: usize, number: usize) -> bool {
    number > Edition::V9.highest()[group] && (group, number) != (2, 137)
}

/// Writes an item in one row, or in three where it has sub-items. Returns the next free row.
fn item(
    sheet: &mut Worksheet,
    row: u32,
    group: usize,
    number: usize,
    edition: Edition,
    looks: &Looks,
) -> Result<u32, XlsxError> {
    let id = spelled(group, number);
    if edition.is_revised() && (group, number) == (1, 60) {
        sheet.write_with_format(row, 0, &id, &looks.text)?;
        sheet.write_with_format(row, 1, "（欠番）", &looks.text)?;
        for column in 2..8 {
            sheet.write_blank(row, column, &looks.text)?;
        }
        return Ok(row + 1);
    }
    let subject = Subject::of(group, number);
    let revision = if edition.is_revised() { revision(group, number) } else { Revision::None };
    let looks = if is_marked_new(group, number) { &looks.for_new_items() } else { looks };
    sheet.write_with_format(row, 0, &id, &looks.text)?;
    sheet.write_with_format(row, 1, noted(&subject.view(), revision), &looks.text)?;
    let word = if is_out_of_scope(group, number, edition) { "対象外" } else { "適合可能" };
    sheet.write_with_format(row, 2, word, &looks.text)?;
    findings(sheet, row, &subject, revision, looks)?;
    citations(sheet, row, group, number, revision, looks)?;
    sheet.write_with_format(row, 5, subject.third_party(), &looks.text)?;
    let interview = subject.interview();
    match revision {
        Revision::Labelled => {
            let added = format!("\n【追記】{}", subject.addition());
            sheet.write_with_format(row, 6, format!("{interview}{added}"), &looks.text)?;
        }
        _ => drop(sheet.write_with_format(row, 6, interview, &looks.text)?),
    }
    let action = subject.action().concat();
    match revision {
        Revision::ActionMarked => appended(sheet, row, 7, &action, &subject.addition(), looks)?,
        _ => drop(sheet.write_with_format(row, 7, action, &looks.text)?),
    }
    let longest = subject.findings().concat() + &subject.addition();
    let fullest_action = subject.action().concat() + &subject.addition();
    fit_height(sheet, row, &[(1, &subject.view()), (3, &longest), (5, &subject.third_party()), (7, &fullest_action)])?;
    if number % 29 == 13 { sub_items(sheet, row + 1, &subject, looks) } else { Ok(row + 1) }
}

/// The continuation rows of an item: no id, two more findings and actions.
fn sub_items(sheet: &mut Worksheet, row: u32, subject: &Subject, looks: &Looks) -> Result<u32, XlsxError> {
    for (offset, (label, place)) in (0..).zip([("(ア)", "本店の拠点"), ("(イ)", "控えの拠点")]) {
        for column in 0..8 {
            sheet.write_blank(row + offset, column, &looks.text)?;
        }
        let finding = format!("{label}{place}では、{}の状況を当番が日誌に残す。", subject.topic);
        sheet.write_with_format(row + offset, 3, finding, &looks.text)?;
        let action = format!("{label}利用者は{place}の日誌の写しを求めることができる。");
        sheet.write_with_format(row + offset, 7, action, &looks.text)?;
    }
    Ok(row + 2)
}

fn noted(text: &str, revision: Revision) -> String {
    match revision {
        Revision::Notation => text.replace('、', "，").replace("に分けて", "に 分けて"),
        _ => text.to_owned(),
    }
}

fn findings(
    sheet: &mut Worksheet,
    row: u32,
    subject: &Subject,
    revision: Revision,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let sentences = subject.findings();
    let text = sentences.concat();
    match revision {
        Revision::FindingsMarked => appended(sheet, row, 3, &text, &subject.addition(), looks),
        Revision::FindingsUnmarked => {
            sheet.write_with_format(row, 3, text + &subject.addition(), &looks.text)?;
            Ok(())
        }
        Revision::MarkedOnly => appended(sheet, row, 3, &sentences[0], &sentences[1..].concat(), looks),
        Revision::Reworded => {
            let reworded = text.replace("社内規程があり", "全社の規程と手順書があり").replace("30日以内", "20日以内");
            sheet.write_with_format(row, 3, reworded, &looks.text)?;
            Ok(())
        }
        _ => {
            sheet.write_with_format(row, 3, text, &looks.text)?;
            Ok(())
        }
    }
}

/// Writes a text with a red run behind it.
fn appended(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    kept: &str,
    added: &str,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let runs = [(&looks.plain, kept), (&looks.red, added)];
    sheet.write_rich_string_with_format(row, column, &runs, &looks.text)?;
    Ok(())
}

fn citations(
    sheet: &mut Worksheet,
    row: u32,
    group: usize,
    number: usize,
    revision: Revision,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let first = (number * 5 + group) % 16 + 1;
    let second = (number * 3 + group * 2) % 16 + 1;
    let text = if first == second { format!("［{first:02}］") } else { format!("［{first:02}］［{second:02}］") };
    match revision {
        Revision::Cited => appended(sheet, row, 4, &text, "［17］", looks),
        _ => {
            sheet.write_with_format(row, 4, text, &looks.text)?;
            Ok(())
        }
    }
}

const DOCUMENTS: [&str; 18] = [
    "情報保護の取組みの概要",
    "基盤の構成と責任の分担",
    "データの保管場所",
    "暗号と鍵の取扱い",
    "通信路の保護",
    "利用者認証の手引",
    "記録の取得と保存",
    "監視と通報の体制",
    "弱点への対処の方針",
    "変更管理の概要",
    "拠点の安全",
    "電源と空調の備え",
    "予備系と復旧の考え方",
    "契約が終わるときの扱い",
    "再委託先の一覧と管理",
    "障害情報の公開",
    "クラウド利用開始の手引",
    "旧管理画面の手引",
];

fn lists(sheet: &mut Worksheet, edition: Edition, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name("参照文書リスト")?.set_column_width(0, 8)?.set_column_width(1, 80)?;
    sheet.write_with_format(0, 0, "参照公開文書リスト", &looks.title)?;
    sheet.write_with_format(1, 0, "番号", &looks.heading)?.write_with_format(
        1,
        1,
        "公開文書名 / URL",
        &looks.heading,
    )?;
    let mut row = 2;
    for number in 1..=20_u32 {
        sheet.write_with_format(row, 0, format!("{number:02}"), &looks.text)?;
        sheet.write_with_format(row, 1, document(number, edition), &looks.text)?;
        row += 1;
    }
    row += 2;
    sheet.write_with_format(row, 0, "参照第三者認証レポートリスト", &looks.title)?;
    sheet.write_with_format(row + 1, 0, "番号", &looks.heading)?.write_with_format(
        row + 1,
        1,
        "第三者認証レポート名",
        &looks.heading,
    )?;
    let year = if edition.is_revised() { 2020 } else { 2018 };
    for (offset, name) in
        (0..).zip(["情報保護の認証の審査報告書", "受託業務の統制の報告書", "クラウドの個人情報の取扱いの評価書"])
    {
        sheet.write_with_format(row + 2 + offset, 0, format!("0{}", offset + 1), &looks.text)?;
        sheet.write_with_format(
            row + 2 + offset,
            1,
            format!("{name}\n({year}-04-01 to {}-03-31)", year + 1),
            &looks.text,
        )?;
    }
    Ok(())
}

fn document(number: u32, edition: Edition) -> String {
    let is_retired = number > 18 || (number == 18 && edition.is_revised()) || (number == 17 && !edition.is_revised());
    if is_retired {
        return "欠番".to_owned();
    }
    let title = DOCUMENTS[number as usize - 1];
    let folder = if edition.is_revised() && number == 9 { "trust" } else { "docs" };
    match number {
        13 => format!("{title}\nhttps://aozora-cloud.example/{folder}/ja-jp/resilience/standby-and-\nrecovery/"),
        _ => format!("{title}\nhttps://aozora-cloud.example/{folder}/ja-jp/{number:02}"),
    }
}

/// Adds phonetic runs, as a Japanese Excel does when a text is typed, to every shared string that begins with a word
/// we know the reading of.
fn with_furigana(workbook: &[u8]) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut old = zip::ZipArchive::new(Cursor::new(workbook))?;
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for index in 0..old.len() {
        let mut entry = old.by_index(index)?;
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        let name = entry.name()?.into_owned();
        if name == "xl/sharedStrings.xml" {
            bytes = annotated(&String::from_utf8(bytes)?).into_bytes();
        }
        new.start_file(name, options)?;
        new.write_all(&bytes)?;
    }
    Ok(new.finish()?.into_inner())
}

fn annotated(shared_strings: &str) -> String {
    const READINGS: [(&str, usize, &str); 6] = [
        ("情報保護", 4, "ジョウホウホゴ"),
        ("契約", 2, "ケイヤク"),
        ("監査", 2, "カンサ"),
        ("建物", 2, "タテモノ"),
        ("対象外", 3, "タイショウガイ"),
        ("参照公開文書", 6, "サンショウコウカイブンショ"),
    ];
    let mut out = shared_strings.to_owned();
    for (word, length, reading) in READINGS {
        let opened = format!("<si><t>{word}");
        let mut from = 0;
        while let Some(start) = out[from..].find(&opened).map(|found| from + found) {
            let close = start + out[start..].find("</si>").unwrap_or(0);
            let phonetic = format!("<rPh sb=\"0\" eb=\"{length}\"><t>{reading}</t></rPh><phoneticPr fontId=\"1\"/>");
            out.insert_str(close, &phonetic);
            from = close + phonetic.len();
        }
    }
    out
}
