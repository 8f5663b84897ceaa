//! The two charts of 集計, over the table of results.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartPoint, ChartSolidFill,
    ChartType, Color, XlsxError,
};

use super::super::super::sheet::Sheet;
use super::{CHART_COLUMN, FIGURES_ROW, Summary};
use crate::address::{column_letters, quote_sheet};

/// Colours of the results, settled ones green and blue, open ones warm.
const RESULT_COLORS: [u32; 6] = [0x54_8235, 0xA9_D08E, 0xBF_BFBF, 0xE0_7B39, 0xF4_B9A7, 0xFF_C000];

impl Summary<'_, '_> {
    /// Inserts both beside the tables; `rows` are those of the header and of the totals.
    pub(super) fn insert_charts(
        &self,
        sheet: &mut Sheet<'_>,
        rows: (u32, u32),
        groups: usize,
    ) -> Result<(), XlsxError> {
        let bars = self.bar_chart(rows, groups);
        sheet.inner.insert_chart(FIGURES_ROW, CHART_COLUMN, &bars)?;
        let doughnut = self.doughnut_chart(rows);
        sheet.inner.insert_chart_with_offset(FIGURES_ROW, CHART_COLUMN, &doughnut, 0, 340)?;
        Ok(())
    }

    fn reference(&self, first: (u32, u32), last: (u32, u32)) -> String {
        let cell = |(row, column): (u32, u32)| format!("${}${}", column_letters(column), row + 1);
        format!("={}!{}:{}", quote_sheet(self.title), cell(first), cell(last))
    }

    /// Groups against results, stacked.
    fn bar_chart(&self, (header, total): (u32, u32), groups: usize) -> Chart {
        let (first, last) = if groups == 0 { (total, total) } else { (header + 1, total - 1) };
        let mut chart = Chart::new(ChartType::BarStacked);
        for (column, color) in (1..).zip(RESULT_COLORS) {
            let series = chart.add_series();
            series
                .set_name(self.reference((header, column), (header, column)).as_str())
                .set_categories(self.reference((first, 0), (last, 0)).as_str())
                .set_values(self.reference((first, column), (last, column)).as_str())
                .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(color))))
                .set_data_label(
                    ChartDataLabel::new().show_value().set_num_format("#,##0;;").set_font(&self.label_font(color)),
                )
                .set_gap(60);
        }
        // In a bar chart the values run along the x axis; the groups read downwards, as in the table.
        let grid = ChartLine::new().set_color(Color::RGB(0xD9_D9D9)).clone();
        chart.x_axis().set_font(&self.font(8)).set_major_gridlines_line(&grid).set_num_format("#,##0");
        chart.y_axis().set_font(&self.font(9)).set_reverse().set_major_gridlines(false);
        self.finish_chart(&mut chart, "xlsx-chart-by-group", (640, 330));
        chart
    }

    /// All items by result.
    fn doughnut_chart(&self, (header, total): (u32, u32)) -> Chart {
        let mut chart = Chart::new(ChartType::Doughnut);
        let points: Vec<ChartPoint> = RESULT_COLORS
            .iter()
            .map(|&color| {
                ChartPoint::new()
                    .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(color))))
            })
            .collect();
        chart
            .add_series()
            .set_categories(self.reference((header, 1), (header, 6)).as_str())
            .set_values(self.reference((total, 1), (total, 6)).as_str())
            .set_points(&points)
            .set_data_label(ChartDataLabel::new().show_value().set_num_format("#,##0;;").set_font(&self.font(9)));
        chart.set_hole_size(55);
        self.finish_chart(&mut chart, "xlsx-chart-overall", (640, 330));
        chart
    }

    fn finish_chart(&self, chart: &mut Chart, title: &str, (width, height): (u32, u32)) {
        let title = self.book.words.text(title);
        chart.title().set_name(title.as_str()).set_font(self.font(11).set_bold());
        chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&self.font(8));
        chart.set_width(width).set_height(height).set_alt_text(title.as_str());
    }

    /// White on the dark colour, black on the others.
    fn label_font(&self, color: u32) -> ChartFont {
        let mut font = self.font(8);
        if color == RESULT_COLORS[0] {
            font.set_color(Color::White);
        }
        font
    }

    fn font(&self, size: u32) -> ChartFont {
        ChartFont::new().set_name(self.book.looks.font()).set_size(size).clone()
    }
}
