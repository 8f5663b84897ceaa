//! Filling questionnaires as vendors lay them out: ticks in one of three columns, cells with rules of their own.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

mod xlsx_support;

use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, Format, Formula, Workbook, Worksheet};
use secref::answers::{Answer, Answers, Status};
use secref::catalog::ItemKey;
use secref::fill::{FillOptions, Filled, into};
use secref::workbook::{ReadOptions, read};
use xlsx_support::checked;

/// Reads a questionnaire by the template that fits it and fills answers in.
fn fill(bytes: &[u8], answers: &[Answer], options: &FillOptions) -> Filled {
    let workbook = read(bytes, "vendor.xlsx", &ReadOptions::default()).unwrap();
    let binding = secref::template::bind(&workbook, &Default::default()).unwrap();
    let catalog = secref::import::catalog(&workbook, &binding, Default::default()).unwrap();
    let answers = Answers { answers: answers.to_vec(), ..Answers::default() };
    into(bytes, &workbook, &binding, &catalog, &answers, options).unwrap()
}

fn answer(id: &str, status: Status) -> Answer {
    Answer { status: Some(status), ..Answer::blank(ItemKey::of(id)) }
}

fn skips(filled: &Filled) -> Vec<String> {
    filled.receipt.skipped.iter().map(|skip| format!("{} {}", skip.item, skip.diagnostic.code)).collect()
}

fn written(filled: &Filled) -> Vec<String> {
    let cells = filled.receipt.cells.iter();
    cells.map(|cell| format!("{} `{}` → `{}`", cell.at, cell.old, cell.new)).collect()
}

/// The shape of CAIQ v3.1: a title, a header of three rows, the control named on its first question only.
fn caiq(change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("CAIQ v3.1").unwrap();
    let head = Format::new().set_bold().set_text_wrap();
    sheet.write(0, 0, "CONSENSUS ASSESSMENTS INITIATIVE QUESTIONNAIRE v3.1").unwrap();
    let headings =
        ["Control Domain", "Control ID", "Question ID", "Control Specification", "Consensus Assessment Questions"];
    for (column, heading) in (0..).zip(headings) {
        sheet.merge_range(1, column, 3, column, heading, &head).unwrap();
    }
    sheet.merge_range(1, 5, 2, 7, "Consensus Assessment Answers", &head).unwrap();
    for (column, heading) in (5..).zip(["Yes", "No", "Not Applicable"]) {
        sheet.write_with_format(3, column, heading, &head).unwrap();
    }
    sheet.merge_range(1, 8, 3, 8, "Notes", &head).unwrap();
    let rows = [
        ("Lake Works\nTides", "LKW-01", "LKW-01.1", "Tides are logged.", "Are tides logged?"),
        ("", "", "LKW-01.2", "", "Is the log read?"),
        ("Lake Works\nBoats", "LKW-02", "LKW-02.1", "Boats are moored.", "Are boats moored?"),
        ("", "", "LKW-02.2", "", "Are ropes replaced yearly?"),
    ];
    for (row, (domain, control, id, text, question)) in (4..).zip(rows) {
        for (column, text) in (0..).zip([domain, control, id, text, question]) {
            if !text.is_empty() {
                sheet.write(row, column, text).unwrap();
            }
        }
    }
    change(sheet);
    book.save_to_buffer().unwrap()
}

#[test]
fn an_answer_ticks_the_column_that_means_it() {
    let mut first = answer("LKW-01.1", Status::Done);
    first.response = "Logged hourly.".to_owned();
    let answers = [
        first,
        answer("LKW-01.2", Status::Open),
        answer("LKW-02.1", Status::Excluded),
        answer("LKW-02.2", Status::Partial),
    ];
    let filled = fill(&caiq(|_| {}), &answers, &FillOptions::default());
    checked("caiq-ticked", &filled.bytes);
    assert_eq!(
        written(&filled),
        [
            "'CAIQ v3.1'!F5 `` → `X`",
            "'CAIQ v3.1'!I5 `` → `Logged hourly.`",
            "'CAIQ v3.1'!G6 `` → `X`",
            "'CAIQ v3.1'!H7 `` → `X`"
        ]
    );
    // No column means 一部対応, and which one comes nearest is not ours to say.
    assert_eq!(skips(&filled), ["LKW-02.2 value-not-allowed"]);
    let again = fill(&filled.bytes, &answers[..3], &FillOptions::default());
    assert!(again.bytes == filled.bytes);
}

#[test]
fn ticks_look_as_the_workbook_has_them_and_none_is_cleared_unasked() {
    let bytes = caiq(|sheet| {
        sheet.write(4, 6, "●").unwrap();
        sheet.write(6, 5, "●").unwrap();
    });
    let answers =
        [answer("LKW-01.1", Status::Done), answer("LKW-01.2", Status::Open), answer("LKW-02.1", Status::Done)];
    let filled = fill(&bytes, &answers, &FillOptions::default());
    assert_eq!(written(&filled), ["'CAIQ v3.1'!G6 `` → `●`"]);
    assert_eq!(skips(&filled), ["LKW-01.1 tick-elsewhere"]);
    let moved = fill(&bytes, &answers, &FillOptions { overwrite: true, ..FillOptions::default() });
    assert_eq!(written(&moved), ["'CAIQ v3.1'!F5 `` → `●`", "'CAIQ v3.1'!G5 `●` → ``", "'CAIQ v3.1'!G6 `` → `●`"]);
    checked("caiq-moved", &moved.bytes);
}

/// A questionnaire of one's own: 項番, 設問, and answers under headings of ours with rules of the vendor's.
fn ruled(change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("回答").unwrap();
    for (column, heading) in (0..).zip(["項番", "適合性", "本調査で確認した内容", "自己評価", "対応内容", "是正期限"])
    {
        sheet.write(0, column, heading).unwrap();
    }
    for (row, id) in (1..).zip(["実1", "実2", "実3"]) {
        sheet.write(row, 0, id).unwrap();
        sheet.write(row, 1, "適合可能").unwrap();
        sheet.write(row, 2, "規程がある。").unwrap();
    }
    change(sheet);
    book.save_to_buffer().unwrap()
}

fn rule(sheet: &mut Worksheet, column: u16, rule: &DataValidation) {
    sheet.add_data_validation(1, column, 3, column, rule).unwrap();
}

#[test]
fn a_drop_down_gets_the_word_of_its_own_that_means_the_same() {
    let cases: [(&[&str], [&str; 3]); 4] = [
        (&["済", "一部", "未"], ["済", "一部", "未"]),
        (&["○", "△", "×"], ["○", "△", "×"]),
        (&["はい", "部分的", "いいえ"], ["はい", "", "いいえ"]),
        (&["Yes", "Partial", "No"], ["Yes", "Partial", "No"]),
    ];
    for (words, expected) in cases {
        let bytes = ruled(|sheet| rule(sheet, 3, &DataValidation::new().allow_list_strings(words).unwrap()));
        let statuses = [Status::Done, Status::Partial, Status::Open];
        let answers: Vec<Answer> = ["実1", "実2", "実3"].iter().zip(statuses).map(|(id, s)| answer(id, s)).collect();
        let filled = fill(&bytes, &answers, &FillOptions::default());
        let new: Vec<String> =
            (1..=3).map(|row| checked("ruled-words", &filled.bytes).text("回答", &format!("D{}", row + 1))).collect();
        assert_eq!(new, expected, "{words:?}");
    }
}

#[test]
fn a_text_outside_its_rule_is_skipped_and_one_that_cannot_be_checked_is_said() {
    let text = |id: &str, text: &str| Answer { response: text.to_owned(), ..Answer::blank(ItemKey::of(id)) };
    let answers = [text("実1", "短い"), text("実2", "これは長すぎる文"), text("実3", "12")];
    let length = DataValidation::new().allow_text_length(DataValidationRule::LessThanOrEqualTo(4));
    let custom = |formula: &str| DataValidation::new().allow_custom(Formula::new(formula));
    let whole = DataValidation::new().allow_whole_number(DataValidationRule::Between(1, 20));
    let cases = [
        (length, vec!["実2 value-not-allowed"], false),
        (custom("=LEN(E2)<=4"), vec!["実2 value-not-allowed"], false),
        (custom("=ISNUMBER(E2)"), vec!["実1 value-not-allowed", "実2 value-not-allowed"], false),
        (custom("=COUNTIF($E$2:$E$4,E2)=1"), vec![], true),
        (whole, vec!["実1 value-not-allowed", "実2 value-not-allowed"], false),
    ];
    for (validation, expected, is_unchecked) in cases {
        let bytes = ruled(|sheet| rule(sheet, 4, &validation));
        let filled = fill(&bytes, &answers, &FillOptions::default());
        assert_eq!(skips(&filled), expected);
        let said = filled.diagnostics.iter().any(|found| found.code == "validation-not-checked");
        assert_eq!(said, is_unchecked);
        checked("ruled-rules", &filled.bytes);
    }
}

#[test]
fn a_date_before_the_first_day_allowed_is_skipped() {
    let day = |id: &str, day: &str| Answer { due: Some(day.parse().unwrap()), ..Answer::blank(ItemKey::of(id)) };
    let from = ExcelDateTime::from_ymd(2026, 4, 1).unwrap();
    let bytes = ruled(|sheet| {
        rule(sheet, 5, &DataValidation::new().allow_date(DataValidationRule::GreaterThanOrEqualTo(from)));
    });
    let filled = fill(&bytes, &[day("実1", "2026-03-31"), day("実2", "2026-04-01")], &FillOptions::default());
    assert_eq!(skips(&filled), ["実1 value-not-allowed"]);
    assert_eq!(written(&filled), ["回答!F3 `` → `2026-04-01`"]);
}

/// A form in two parts, each under its own title: what stands beside the second part's table is the publisher's.
fn parts(hidden: Option<(u16, u16)>) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Form").unwrap();
    let rows: [&[&str]; 9] = [
        &["Company", "", "Vendor Answers", "Hints"],
        &["CO-01", "Is there a register?", "", ""],
        &["CO-02", "Who keeps it?", "", "Name the role."],
        &["CO-03", "Is it reviewed?", "", ""],
        &[],
        &["Service", "", "Vendor Answers", "Hints"],
        &["SV-01", "Is it tested?", "", "", "T-9"],
        &["SV-02", "Who may stop it?", "", "", "T-7"],
        &["SV-03", "Is it watched?", "", "Name the tool.", "T-8"],
    ];
    for (row, texts) in (0..).zip(rows) {
        for (column, text) in (0..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            sheet.write(row, column, *text).unwrap();
        }
    }
    for column in hidden.into_iter().flat_map(|(first, last)| first..=last) {
        sheet.set_column_hidden(column).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn read_back(bytes: &[u8], reference: &[u8]) -> Vec<(String, String)> {
    let reference = read(reference, "vendor.xlsx", &ReadOptions::default()).unwrap();
    let binding = secref::template::bind(&reference, &Default::default()).unwrap();
    let catalog = secref::import::catalog(&reference, &binding, Default::default()).unwrap();
    let workbook = read(bytes, "filled.xlsx", &ReadOptions::default()).unwrap();
    let options = secref::import::AnswerOptions { catalog: Some(&catalog), ..Default::default() };
    let read = secref::import::answers(&workbook, &options).unwrap();
    assert_eq!(read.diagnostics.iter().filter(|said| said.severity > secref::diagnostic::Severity::Note).count(), 0);
    let answered = read.answers.answers.iter().filter(|answer| answer.status.is_some());
    answered.map(|answer| (answer.key.to_string(), answer.response.clone())).collect()
}

#[test]
fn columns_added_to_the_parts_of_a_form_stand_in_one_place_and_are_read_back() {
    let respond = |id: &str| Answer { response: format!("Ours to {id}"), ..answer(id, Status::Done) };
    let answers = [respond("CO-02"), respond("SV-03")];
    let bytes = parts(None);
    let filled = fill(&bytes, &answers, &FillOptions::default());
    checked("form-in-parts", &filled.bytes);
    assert_eq!(
        written(&filled),
        [
            "Form!F3 `` → `対応済`",
            "Form!G3 `` → `Ours to CO-02`",
            "Form!F9 `` → `対応済`",
            "Form!G9 `` → `Ours to SV-03`"
        ]
    );
    assert_eq!(filled.diagnostics.iter().map(|said| said.code.as_ref()).collect::<Vec<_>>(), ["columns-added"]);
    let back = read_back(&filled.bytes, &bytes);
    assert_eq!(back, ["CO-02", "SV-03"].map(|id| (id.to_owned(), format!("Ours to {id}"))));
}

#[test]
fn columns_are_added_where_the_sheet_shows_them_and_a_sheet_without_any_is_said() {
    let answers = [answer("CO-01", Status::Done)];
    let some = fill(&parts(Some((5, 7))), &answers, &FillOptions::default());
    assert_eq!(written(&some), ["Form!I2 `` → `対応済`"]);
    let all = fill(&parts(Some((5, 16_383))), &answers, &FillOptions::default());
    assert_eq!(written(&all), ["Form!F2 `` → `対応済`"]);
    assert_eq!(all.diagnostics.iter().map(|said| said.code.as_ref()).collect::<Vec<_>>(), ["columns-added-hidden"]);
}

#[test]
fn ids_without_a_heading_are_found_again_in_a_filled_workbook() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Interview").unwrap();
    for (column, heading) in (1..).zip(["Stream", "Question", "Interview Notes"]) {
        sheet.write(0, column, heading).unwrap();
    }
    for (row, id) in (1..).zip(["G-A-1", "G-A-2", "G-B-1", "G-B-2"]) {
        sheet.write(row, 0, id).unwrap();
        sheet.write(row, 1, "Plan").unwrap();
        sheet.write(row, 2, format!("Is {id} asked for?")).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let respond = |id: &str| Answer { response: format!("Ours to {id}"), ..answer(id, Status::Done) };
    let filled = fill(&bytes, &[respond("G-A-2"), respond("G-B-2")], &FillOptions::default());
    let back = read_back(&filled.bytes, &bytes);
    assert_eq!(back, ["G-A-2", "G-B-2"].map(|id| (id.to_owned(), format!("Ours to {id}"))));
}

#[test]
fn a_word_of_the_workbook_is_read_back_as_ours() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Security Requirements - Boats").unwrap();
    let headings = ["ID", "MSTG-ID", "Detailed Verification Requirement", "Level 1", "Status", "Comment"];
    for (column, heading) in (0..).zip(headings) {
        sheet.write(0, column, heading).unwrap();
    }
    for (row, id) in (1..).zip(["1.1", "1.2", "1.3"]) {
        sheet.write(row, 0, id).unwrap();
        sheet.write(row, 1, format!("LAKE-{row}")).unwrap();
        sheet.write(row, 2, "The boat is moored.").unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let filled = fill(&bytes, &[answer("1.2", Status::Done), answer("1.3", Status::Open)], &FillOptions::default());
    assert_eq!(
        written(&filled),
        ["'Security Requirements - Boats'!E3 `` → `Pass`", "'Security Requirements - Boats'!E4 `` → `Fail`"]
    );
    let back = read_back(&filled.bytes, &bytes);
    assert_eq!(back.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["1.2", "1.3"]);
}
