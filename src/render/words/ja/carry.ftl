# 次の版への回答の引継ぎ。

carry-without-old = 引き継ぐ元の版がありません
carry-answer-unknown = 項目 `{ $item }` はどちらの版にもないため、回答を旧回答に残しました
    .hint = 項番を確認してください
carry-answer-ahead = 項目 `{ $item }` は新しい版にだけあり、すでに回答があるため、要再確認として残しました
carry-retired-returns = 項目 `{ $item }` は再び有効ですが、以前の回答は旧回答に残したままです
decision-stale = `{ $item }` の確認結果は別の本文に対するもののため、使いませんでした
    .hint = この差分のページで確認し直してください
decision-item-unknown = `{ $item }` の確認結果は、この差分に項目がないため、使いませんでした
decision-unclear = `{ $item }` の確認結果を使えません
    .found = 状態 `{ $state }`（`open`、`ok`、`rework` のいずれかと fingerprint が必要です）
decisions-invalid = 確認結果の JSON を読めません（{ $line } 行 { $column } 桁）
    .found = { $message }
    .hint = 差分のページ（`diff.html`）から書き出してください
decisions-format-other = 確認結果のファイルではありません
    .found = { $found ->
        [none] `format` がありません（`secref-review` 版 1 が必要です）
       *[other] 形式は `{ $found }` です（`secref-review` 版 1 が必要です）
    }
    .hint = 差分のページ（`diff.html`）から書き出してください
carry-counts = 回答 { $answers } 件: 引継ぎ { $kept }、要再確認 { $flagged }、旧回答 { $retired }
carry-counts-blank = うち未記入 { $count } 件
carry-counts-cleared = 引継ぎのうち { $count } 件は確認済
carry-counts-new = 新規 { $count } 項目（未回答）
carry-counts-retired-before = 以前からの旧回答 { $count } 件を残しました
