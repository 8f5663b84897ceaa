# 次の版への回答の引継ぎ。

carry-without-old = 引き継ぐ元の版がありません
carry-answer-unknown = 項目 `{ $item }` はどちらの版にもないため、回答を旧回答に残しました
    .hint = 項番を確認してください
carry-answer-ahead = 項目 `{ $item }` は新しい版にだけあり、すでに回答があるため、要再確認として残しました
carry-retired-returns = 項目 `{ $item }` は再び有効ですが、以前の回答は旧回答に残したままです
decision-stale = `{ $item }` の確認の記録は、別の本文に対するものなので使いませんでした
    .hint = この新旧差分のレビュー画面（`diff.html`）で確認し直してください
decision-item-unknown = `{ $item }` の確認の記録は、この新旧差分にない項目のものなので使いませんでした
decision-unclear = `{ $item }` の確認の記録を使えません
    .found = 状態 `{ $state }`（`open`、`ok`、`rework` のいずれかと `fingerprint` が必要です）
decisions-invalid = 確認の記録のJSONを読めません（{ $line }行{ $column }桁）
    .found = { $message }
    .hint = 差分のページ（`diff.html`）から書き出してください
decisions-format-other = 確認の記録のファイルではありません
    .found = { $found ->
        [none] `format` がありません（`secref-review` 版1が必要です）
       *[other] 形式は `{ $found }` です（`secref-review` 版1が必要です）
    }
    .hint = レビュー画面（`diff.html`）の「書き出す」で保存したファイルを指定してください
carry-counts = 回答{ $answers }件：引継ぎ{ $kept }件、要再確認{ $flagged }件、旧回答{ $retired }件
carry-counts-blank = うち未記入{ $count }件
carry-counts-cleared = 引継ぎのうち{ $count }件は確認済
carry-counts-new = 新規{ $count }項目（未回答）
carry-counts-retired-before = 以前からの旧回答{ $count }件を残しました

# 理由。
reason-same = 同一
reason-notation = 表記のみ
reason-appended = 追記あり
reason-changed = 変更あり
reason-renumbered = 番号変更
reason-split = 分割
reason-merged = 統合
reason-retired = 廃止/欠番
reason-new = 新規
reason-referred = 参照先変更
