//! A layout written down as a description of a workbook, in the notation of `samples/layouts`.

use std::fmt::Write;

use super::layout::{Grouping, Layout, Numbers, Spelling};
use super::reference::{CHAPTERS, COLUMNS, Meant, MeantItem};

impl Layout {
    fn chapter(&self, group: usize) -> &'static str {
        CHAPTERS[group][if self.numbers == Numbers::Fisc { 1 } else { 3 }]
    }

    fn id_cells(&self, id: &str, group: usize) -> Vec<String> {
        let number = id.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned();
        let [fisc, category, ..] = CHAPTERS[group];
        match self.spelling {
            Spelling::Plain | Spelling::Sheet => vec![format!("'{id}")],
            Spelling::Wide => {
                let wide = id.chars().map(|c| match c {
                    '0'..='9' => char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap(),
                    _ => c,
                });
                vec![wide.collect::<String>().replace(fisc, &format!("{fisc}␣"))]
            }
            Spelling::Padded => vec![id.replace(fisc, &format!("{fisc} 0"))],
            Spelling::Category => vec![category.to_owned(), format!("={number}")],
            Spelling::SheetOfCategory => vec![format!("={number}")],
            Spelling::TwoColumns => vec![fisc.to_owned(), format!("={number}")],
        }
    }

    fn id_headings(&self) -> Vec<String> {
        let plain = match self.numbers {
            Numbers::Fisc => ["項番", "基準番号", "FISC安全対策基準␤の項目", "項目番号"][self.id_heading % 4],
            _ => ["管理番号", "項番", "Control ID", "番号"][self.id_heading % 4],
        };
        match self.spelling {
            Spelling::Category => vec!["基準大項目".to_owned(), "項番".to_owned()],
            Spelling::TwoColumns => vec!["区分".to_owned(), "番号".to_owned()],
            _ => vec![plain.to_owned()],
        }
    }

    fn has_group_columns(&self) -> bool {
        matches!(self.grouping, Grouping::MergedDown | Grouping::Once | Grouping::EveryRow)
    }

    /// The header: the levels of each logical column, outermost first, padded at the end.
    fn header(&self) -> Vec<Vec<String>> {
        let mut columns: Vec<Vec<&str>> = Vec::new();
        let ids = self.id_headings();
        if self.has_group_columns() {
            columns.extend([vec!["大項目"], vec!["中項目"]]);
        }
        if self.running_number {
            columns.push(vec!["通番"]);
        }
        columns.extend(ids.iter().map(|heading| vec![heading.as_str()]));
        for &(column, spelling) in &self.columns {
            let leaf = COLUMNS[column][spelling % COLUMNS[column].len()];
            columns.push(match column {
                2..=5 if self.header_rows == 2 => vec!["サンプルサービスにおける対応", leaf],
                2..=5 if self.header_rows == 3 => vec!["クラウド事業者", "サンプルサービスにおける対応", leaf],
                _ => vec![leaf],
            });
        }
        columns.extend([vec!["自己評価"], vec!["対応内容"], vec!["担当部署"]].into_iter().take(self.answers));
        let rows = columns.iter().map(Vec::len).max().unwrap();
        let mut header: Vec<Vec<String>> = vec![Vec::new(); rows];
        for (index, column) in columns.iter().enumerate() {
            for (row, line) in header.iter_mut().enumerate() {
                let same_above =
                    index > 0 && column.len() > row + 1 && columns[index - 1].get(..=row) == column.get(..=row);
                line.push(match column.get(row) {
                    Some(_) if same_above => "<".to_owned(),
                    Some(text) => (*text).to_owned(),
                    None => "^".to_owned(),
                });
            }
        }
        header
    }

    /// A line of logical cells as a line of the notation.
    fn line(&self, cells: &[String]) -> String {
        let mut physical = vec![String::new(); self.gutter];
        for cell in cells {
            physical.push(cell.clone());
            let filler = if cell.is_empty() { "" } else { "<" };
            physical.extend(std::iter::repeat_n(filler.to_owned(), self.narrow - 1));
        }
        physical.join(" | ")
    }

    /// The layout as a description in the notation of the samples.
    pub fn describe(&self, meant: &Meant) -> String {
        let mut out = String::new();
        if self.other_sheets {
            out.push_str("=== 表紙\n\nセキュリティリファレンス\n\n第1.0版 | 2026年1月5日\n\n");
            out.push_str("=== 改訂履歴\n版 | 日付 | 内容\n1.0 | 2026-01-05 | 初版\n1.1 | 2026-02-01 | 誤記の訂正\n\n");
        }
        let by_sheet = matches!(self.spelling, Spelling::Sheet | Spelling::SheetOfCategory);
        let sheets: Vec<Option<usize>> = if by_sheet { (0..self.groups.len()).map(Some).collect() } else { vec![None] };
        for only in sheets {
            SheetWriter::new(self, only).write(meant, &mut out);
        }
        if self.documents {
            out.push_str("=== 参照文書一覧\n番号 | 公開文書名 | URL\n=1 | サービス仕様書 | https://example.com/a\n=2 | 運用の手引き | https://example.com/b\n");
        }
        if self.other_sheets {
            out.push_str("=== 用語\n用語 | 説明\n統制 | 管理のしくみ\n実務 | 日々の作業\n");
        }
        out
    }
}

/// Writes one sheet, row by row.
struct SheetWriter<'a> {
    layout: &'a Layout,
    /// The chapter whose items it holds; `None` for all.
    only: Option<usize>,
    /// The lines of the header.
    header: Vec<String>,
    /// Logical columns.
    width: usize,
    /// The chapter of the item above.
    chapter: Option<usize>,
    /// The texts of the row above.
    above: Vec<&'static str>,
    /// Items so far.
    items: usize,
}

impl<'a> SheetWriter<'a> {
    fn new(layout: &'a Layout, only: Option<usize>) -> Self {
        let header = layout.header();
        Self {
            layout,
            only,
            width: header[0].len(),
            header: header.iter().map(|line| layout.line(line)).collect(),
            chapter: None,
            above: Vec::new(),
            items: 0,
        }
    }

    fn write(mut self, meant: &Meant, out: &mut String) {
        self.write_title(out);
        self.write_header(out);
        let only = self.only;
        for item in meant.items.iter().filter(|item| only.is_none_or(|only| only == item.group)) {
            let starts = self.chapter != Some(item.group);
            if starts {
                self.write_chapter(item.group, out);
            }
            self.items += 1;
            for row in 0..item.columns[0].len() {
                self.write_row(item, row, starts, out);
            }
        }
        let below =
            ["", "*1：第三者認証の報告書による。", "※2　対象外の理由は別途照会のこと。", "凡例　○：適合　×：不適合"];
        for text in below.iter().take(self.layout.below) {
            let _ = writeln!(out, "{}{text}", " | ".repeat(self.layout.gutter));
        }
    }

    /// The line that begins a sheet, and those above its header.
    fn write_title(&self, out: &mut String) {
        let layout = self.layout;
        let narrow = if layout.narrow > 1 { " ; narrow AZ" } else { "" };
        let hidden = if layout.hidden_column && layout.narrow == 1 {
            format!(" ; hide {}", char::from(b'A' + u8::try_from(layout.gutter + self.width - 1).unwrap()))
        } else {
            String::new()
        };
        let name = self.only.map_or("対応一覧", |group| layout.chapter(group));
        let _ = writeln!(out, "=== {name}{narrow}{hidden}");
        let above = [
            "クラウドサービス セキュリティリファレンス（第9版改訂対応）",
            "作成：サンプル株式会社　2026年1月",
            "※本書の無断転載を禁じます。",
            "",
        ];
        for (index, text) in above.iter().cycle().skip(4 - layout.above).take(layout.above).enumerate() {
            let wide = if layout.wide_title && index == 0 && !text.is_empty() {
                " | <".repeat(self.width * layout.narrow - 1)
            } else {
                String::new()
            };
            let _ = writeln!(out, "{}{text}{wide}", " | ".repeat(layout.gutter));
        }
    }

    fn write_header(&self, out: &mut String) {
        for line in &self.header {
            let _ = writeln!(out, "{line}");
        }
    }

    /// What stands between two chapters, and the band over the items of the next one.
    fn write_chapter(&mut self, group: usize, out: &mut String) {
        let layout = self.layout;
        if self.chapter.replace(group).is_some() {
            if layout.blank_between {
                out.push('\n');
            }
            if layout.repeats_header {
                self.write_header(out);
            }
        }
        if matches!(layout.grouping, Grouping::Bands | Grouping::MergedBands) {
            let mut band = vec![String::new(); self.width];
            band[0] = format!("■{}（{}項目）", layout.chapter(group), layout.groups[group]);
            if layout.grouping == Grouping::MergedBands {
                band[1..].fill("<".to_owned());
            }
            let _ = writeln!(out, "{}", layout.line(&band));
        }
    }

    /// One row of an item; `starts` where the item is the first of its chapter.
    fn write_row(&mut self, item: &MeantItem, row: usize, starts: bool, out: &mut String) {
        let layout = self.layout;
        let mut cells: Vec<String> = Vec::new();
        if layout.has_group_columns() {
            let names = [layout.chapter(item.group).to_owned(), format!("{}の管理", layout.chapter(item.group))];
            cells.extend(names.map(|name| match layout.grouping {
                _ if starts && row == 0 => name,
                Grouping::EveryRow => name,
                Grouping::MergedDown => "^".to_owned(),
                _ => String::new(),
            }));
        }
        if layout.running_number {
            cells.push(if row == 0 { format!("={}", self.items) } else { String::new() });
        }
        cells.extend(layout.id_cells(&item.id, item.group).into_iter().map(|id| match row {
            0 => id,
            _ if layout.merged_ids => "^".to_owned(),
            _ => String::new(),
        }));
        let texts: Vec<&str> = item.columns.iter().map(|rows| rows[row]).collect();
        let may_merge = layout.merged_texts && !starts && item.columns[0].len() == 1;
        for (column, text) in texts.iter().enumerate() {
            let is_again = may_merge && !text.is_empty() && self.above.get(column) == Some(text);
            cells.push(if is_again { "^" } else { text }.to_owned());
        }
        cells.extend(std::iter::repeat_n(String::new(), layout.answers));
        self.above = texts;
        let hide = if layout.hidden_row && self.items == 2 { "~ " } else { "" };
        let _ = writeln!(out, "{hide}{}", layout.line(&cells));
    }
}
