# コマンドライン自身の文言
severity-error = エラー
severity-warning = 警告
severity-note = 情報
severity-hint = 対処
diagnostics-more = … ほかに `{ $code }` が { $count } 件（`-v` ですべて表示）
