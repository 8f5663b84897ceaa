//! What is said about ids and catalog files, in full, in both languages.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests, helpers included")]

use std::sync::Arc;

use secref::address::{CellRef, SheetRange};
use secref::catalog::edition;
use secref::catalog::id::{CellKind, IdContext, Scheme};
use secref::catalog::json;
use secref::diagnostic::Diagnostic;
use secref::render::words::{Lang, Words};

/// Every part of a message on a line of its own, behind the place.
fn said(diagnostic: &Diagnostic, lang: Lang) -> String {
    let message = Words::new(lang).diagnostic(diagnostic);
    let place = diagnostic.at.first().map(|at| format!(" {at}")).unwrap_or_default();
    let mut out = format!("{:?} {}{place}\n{}", diagnostic.severity, diagnostic.code, message.headline);
    for (name, part) in [("found", message.found), ("hint", message.hint)] {
        out.extend(part.map(|part| format!("\n{name}: {part}")));
    }
    out
}

fn both(diagnostics: &[Diagnostic]) -> String {
    let each =
        diagnostics.iter().map(|diagnostic| format!("{}\n{}", said(diagnostic, Lang::Ja), said(diagnostic, Lang::En)));
    each.collect::<Vec<_>>().join("\n")
}

fn id(text: &str, context: &IdContext<'_>) -> String {
    let at = SheetRange::new(&Arc::from("実務基準"), CellRef::new(11, 1));
    both(&Scheme::Fisc.parse(text, context).diagnostics(text, &at))
}

#[test]
fn an_id_cell_is_explained() {
    let plain = IdContext::default();
    insta::assert_snapshot!(id("実14(1)", &plain), @r#"
Note id-branch-spelling 実務基準!B12
項番 `実14(1)` は枝番 `実14-1` と読みました
Note id-branch-spelling 実務基準!B12
id `実14(1)` was read as the branch number `実14-1`
"#);
    insta::assert_snapshot!(id("実1-19", &plain), @r"
    Warning id-branch-or-range 実務基準!B12
    項番 `実1-19` は枝番 `実1-19` と読みましたが、範囲 `実1〜実19` とも読めます
    hint: 範囲の場合は `～` で書くか、1行に1項目ずつ分けてください
    Warning id-branch-or-range 実務基準!B12
    id `実1-19` was read as the branch number `実1-19`, but the range `実1〜実19` is as likely
    hint: write a range with `~`, or give every item a row of its own
    ");
    insta::assert_snapshot!(id("実25～28", &plain), @r"
    Note id-expanded 実務基準!B12
    項番 `実25～28` を `実25` から `実28` までの4項目に展開しました
    Note id-expanded 実務基準!B12
    id `実25～28` stands for 4 items, `実25` to `実28`
    ");
    insta::assert_snapshot!(id("108", &plain), @r"
    Warning id-group-unknown 実務基準!B12
    項番 `108` がどの基準（統・実・設・監）のものか分かりません
    hint: 基準名の列かシート名を付けるか、`実108` のように書いてください
    Warning id-group-unknown 実務基準!B12
    it cannot be told which group id `108` belongs to
    hint: add a column or sheet name that names the group, or write it as `実108`
    ");
    insta::assert_snapshot!(id("1月14日", &plain), @r"
    Error id-date 実務基準!B12
    項番のセルに日付 `1月14日` が入っています
    found: Excelは `1-14` のような項番を日付に変えることがあります。元の項番は `1-14` かもしれません
    hint: セルの書式を「文字列」にして、項番を入力し直してください
    Error id-date 実務基準!B12
    the id cell holds the date `1月14日`
    found: Excel turns ids like `1-14` into dates; it may have been `1-14`
    hint: format the cell as text and enter the id again
    ");
    insta::assert_snapshot!(id("45292", &plain), @r"
    Error id-date 実務基準!B12
    項番のセルに日付 `45292` が入っています
    found: Excelは `1-14` のような項番を日付に変えることがあります
    hint: セルの書式を「文字列」にして、項番を入力し直してください
    Error id-date 実務基準!B12
    the id cell holds the date `45292`
    found: Excel turns ids like `1-14` into dates
    hint: format the cell as text and enter the id again
    ");
    insta::assert_snapshot!(id("実１l", &plain), @r#"
Error id-looks-like 実務基準!B12
項番 `実１l` に、数字と紛らわしい文字があります
found: `実11` の読み誤りと思われます
hint: セルの文字を数字に直してください
Error id-looks-like 実務基準!B12
id `実１l` has letters that look like digits
found: it is probably `実11`
hint: replace the letters by digits
"#);
    insta::assert_snapshot!(id("実28～25", &plain), @r"
    Error id-range-unclear 実務基準!B12
    項番の範囲 `実28～25` を展開できません
    found: `実28` から `実25` までは、同じ基準の小さい番号から大きい番号への範囲ではありません
    hint: 1行に1項目ずつ分けてください
    Error id-range-unclear 実務基準!B12
    the range of ids `実28～25` cannot be expanded
    found: `実28` to `実25` does not run upwards within one group
    hint: give every item a row of its own
    ");
    insta::assert_snapshot!(id("実1～999", &plain), @r"
    Error id-range-too-long 実務基準!B12
    項番の範囲 `実1～999` が長すぎます
    found: `実1` から `実999` まで（上限は200項目）
    hint: セルの番号を確認してください
    Error id-range-too-long 実務基準!B12
    the range of ids `実1～999` is too long
    found: `実1` to `実999` (at most 200 items)
    hint: check the numbers in the cell
    ");
}

#[test]
fn an_id_cell_is_explained_within_its_edition() {
    let editions = edition::fisc();
    let revised = editions.iter().find(|edition| edition.key == "v9r");
    let context = IdContext { edition: revised, previous: Some("統4"), kind: CellKind::Text, ..IdContext::default() };
    insta::assert_snapshot!(id("運108", &context), @r"
    Error id-prefix-not-in-edition 実務基準!B12
    `運108` は第9版改訂の項番ではありません
    found: セルの値：`運108`（運・技は第8版まで、統・実・監は第9版からの区分です）
    hint: 版の指定を確認してください。版をまたいで対応付けるときは `--crosswalk` を使います
    Error id-prefix-not-in-edition 実務基準!B12
    `運108` is not an id of edition 第9版改訂
    found: the cell says `運108` (運 and 技 end with the eighth edition, 統, 実 and 監 begin with the ninth)
    hint: check which edition is meant; use --crosswalk to relate editions with different numbers
    ");
    insta::assert_snapshot!(id("実14-1", &context), @r"
    Warning id-branch-unexpected 実務基準!B12
    枝番 `実14-1` がありますが、第9版改訂に枝番のある項番は知られていません
    found: セルの値：`実14-1`
    hint: 範囲や日付への自動変換でないか、セルを確認してください
    Warning id-branch-unexpected 実務基準!B12
    `実14-1` is a branch number, and none is known in edition 第9版改訂
    found: the cell says `実14-1`
    hint: check that the cell is no range and was not turned into a date
    ");
    insta::assert_snapshot!(id("監", &context), @r#"
Warning id-number-supplied 実務基準!B12
番号のない `監` を `監1` と読みました
hint: 項番のセルに番号を書くと、この警告は出ません
Warning id-number-supplied 実務基準!B12
`監` has no number and was read as `監1`
hint: write the number into the cell to end this warning
"#);
    insta::assert_snapshot!(id("欠番", &context), @r#"
Warning id-retired-supplied 実務基準!B12
番号のない `欠番` を、前の項目に続く `統5` の欠番と読みました
hint: `統5（欠番）` のように番号を書くと、この警告は出ません
Warning id-retired-supplied 実務基準!B12
`欠番` has no number and was read as the retired `統5`, which follows the item above
hint: write `統5 (欠番)` to end this warning
"#);
}

#[test]
fn a_file_that_is_no_catalog_is_called_what_it_is() {
    let read = |text: &str| both(&json::from_json(text).unwrap_err().diagnostics);
    insta::assert_snapshot!(read("{\"format\": \"secref-diff\", \"format_version\": 1}"), @r"
    Error json-format
    secrefのカタログではありません
    found: `format` は `secref-diff` です（必要なのは `secref-catalog`）
    hint: `secref convert 元のファイル -o 名前.json` で作ったファイルを指定してください
    Error json-format
    not a secref catalog
    found: `format` is `secref-diff` (expected `secref-catalog`)
    hint: give a file made by `secref convert INPUT -o NAME.json`
    ");
    insta::assert_snapshot!(read("{\"format\": \"secref-catalog\", \"format_version\": 7}"), @r"
    Error json-version
    このカタログの版は読めません
    found: `format_version` は `7` です（読めるのは `1`）
    hint: 元のブックから `secref convert` で作り直すか、書き出した版のsecrefを使ってください
    Error json-version
    this version of the catalog form cannot be read
    found: `format_version` is `7` (this program reads `1`)
    hint: convert the workbook again, or use the secref that wrote the file
    ");
    insta::assert_snapshot!(read("{}"), @r"
    Error json-format
    secrefのカタログではありません
    found: `format` は `-` です（必要なのは `secref-catalog`）
    hint: `secref convert 元のファイル -o 名前.json` で作ったファイルを指定してください
    Error json-format
    not a secref catalog
    found: `format` is `-` (expected `secref-catalog`)
    hint: give a file made by `secref convert INPUT -o NAME.json`
    ");
    insta::assert_snapshot!(read("{\n\"format\": \"secref-catalog\", \"format_version\": 1, \"item\": []}"), @r"
    Error json-invalid
    JSONとして読めません（2行目、55文字目）
    found: unknown key `item`
    hint: `secref convert` で書き出したカタログJSONか、ファイルが途中で切れていないか確認してください
    Error json-invalid
    cannot be read as JSON (line 2, column 55)
    found: unknown key `item`
    hint: check that it is a catalog JSON written by `secref convert` and was not cut off
    ");
    insta::assert_snapshot!(read("PK\u{3}"), @r"
    Error json-invalid
    JSONとして読めません（1行目、1文字目）
    found: expected value
    hint: `secref convert` で書き出したカタログJSONか、ファイルが途中で切れていないか確認してください
    Error json-invalid
    cannot be read as JSON (line 1, column 1)
    found: expected value
    hint: check that it is a catalog JSON written by `secref convert` and was not cut off
    ");
}
