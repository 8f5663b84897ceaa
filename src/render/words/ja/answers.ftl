# 回答の読み取り、統合、項目との対応付け。

answers-no-table = 回答の表が見つかりません
    .found = 項番の列（`項番`、`id`、`Control ID` など）と回答の列（`自己評価`、`status` など）のある見出し行が必要です
    .hint = `secref answer-sheet` で作った回答票を使うか、`--header-row` で見出し行を指定してください
answers-sheet-missing = シート `{ $sheet }` がありません
    .hint = { $near ->
        [none] ブックにあるシート名を指定してください
       *[other] `{ $near }` のことですか
    }
answers-column-unknown = 列 `{ $heading }` は回答項目ではないため、そのまま残しました
answers-column-like = 列 `{ $heading }` は回答項目ではないため、そのまま残しました
    .hint = `{ $near }` のことであれば、見出しを直してください
answers-json-invalid = 回答のJSONを読めません（{ $line }行{ $column }桁）
    .found = { $message }
answers-yaml-invalid = 回答のYAMLを読めません（{ $line }行）
    .found = { $message }
answers-format-other = 回答のファイルではありません
    .found = { $found ->
        [none] `format` がありません（`{ $expected }` が必要です）
       *[other] 形式は `{ $found }` です（`{ $expected }` が必要です）
    }
answers-version-other = 形式の版{ $found }には対応していません（対応しているのは{ $expected }）
    .hint = 新しいsecrefを使ってください
answers-key-unknown = キー `{ $key }` は使われません
    .hint = { $near ->
        [none] 独自の項目は `extra` の下に書いてください
       *[other] `{ $near }` のことですか
    }
answer-id-unknown = 項目 `{ $item }` がないため、この回答を除きました
    .hint = { $near ->
        [none] 項番と、回答の対象の版を確認してください
       *[other] `{ $near }` のことですか
    }
answer-id-missing = 項番のない行に回答があるため、除きました（{ $count }行）
    .hint = その行に項番を書いてください
answer-id-restored = 項番が消えていたため、隠し列に控えた項目 `{ $item }` の回答として読みました
    .hint = 項番の欄に `{ $item }` を戻してください
answer-id-mistyped = 項番 `{ $value }` を読めないため、隠し列に控えた項目 `{ $item }` の回答として読みました
    .hint = 項番の欄を `{ $item }` に直してください
answer-id-disagrees = 項番（{ $item }）と、隠し列に控えた項目 `{ $kept }` が食い違うため、この回答を除きました
    .hint = 項番の欄を直すか、見えている項番でよければ、その行の隠し列のセルを消してください（一部の列だけを並べ替えたときにも起こります）
answers-form-newer = 回答票の様式の版{ $version }には対応していません
    .hint = 新しいsecrefを使ってください
answer-sheet-unclear = 項目 `{ $item }` は複数のシートにあるため、この回答を除きました
    .found = { $sheets } にあります
    .hint = 列 `シート`（`sheet`）にシート名を書いてください
answer-duplicate = 項目 `{ $item }` に異なる回答が2つあるため、後の回答を除きました
    .found = { $first ->
        [none] 先の回答はこの前にあります
       *[other] 先の回答は{ $first }にあります
    }
    .hint = どちらか一方だけにしてください
answer-repeated = 項目 `{ $item }` に同じ回答が2つあります
answer-for-retired = 項目 `{ $item }` はこの版では欠番のため、回答を旧回答として扱います
answer-value-unknown = `{ $field }` に `{ $value }` は使えないため、{ $item }の回答を除きました
    .found = 使える値：{ $allowed }
    .hint = { $near ->
        [none] 使える値から選んでください
       *[other] `{ $near }` のことですか
    }
answer-exclusion-unreasoned = { $item }は対象外ですが理由がないため、回答を除きました
    .hint = `{ $field }` に理由を書いてください
answer-date-invalid = `{ $field }` の `{ $value }` は日付と読めないため、{ $item }の回答を除きました
    .hint = 2026-03-01、2026/3/1、令和8年3月1日 のように書いてください
answer-too-long = { $item }の `{ $field }` が{ $length }文字あるため、回答を除きました
    .found = Excelの1セルの上限は{ $limit }文字です
    .hint = 短くするか、別の文書にまとめて証跡に挙げてください
answer-cell-error = { $item }の `{ $field }` がエラー値 `{ $value }` のため、回答を除きました
    .hint = 数式を直すか、値を直接書いてください
answer-uncalculated = { $item }の `{ $field }` の数式は計算された値がないため、回答を除きました
    .hint = Excelで開いて保存し直すと計算されます。または値を直接書いてください
answers-conflict = { $item }の `{ $field }` に異なる回答が2つあります
    .found = { $first_file }：`{ $first }`
        { $second_file }：`{ $second }`
    .hint = `--prefer last`、`first`、`newest` のいずれかで決めるか、回答を揃えてください
answers-other-sheets = ファイルによってシートの異なる回答が{ $count }項目あり、別の項目として残しました
    .found = { $items }
    .hint = 同じ項目であれば、「シート」の値をすべてのファイルでそろえるか、空にしてください。`--reference` を指定すると、シートを確認できます
answers-editions-differ = 回答の対象の版がファイルによって異なります
    .found = { $editions }
    .hint = 先に古い版の回答を新しい版へ引き継いでください（`secref carry`）
answers-blank = このファイルには、記入された回答がありません
    .hint = 回答を記入したファイルか確認してください
answers-edition = この回答は{ $answers }に対するものですが、リファレンスは{ $reference }です
    .hint = { $are ->
        [later] 回答の方が後の版のものです。{ $answers }のリファレンスを指定してください（引き継ぎ済みの回答であれば、引継ぎは要りません）
       *[other] 先に `secref carry 回答 --from { $answers }のリファレンス --to { $reference }のリファレンス` で引き継ぐか、{ $answers }のリファレンスを指定してください。このままでは、改訂で変わった項目の回答も有効なものとして扱われます
    }
