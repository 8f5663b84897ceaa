# export

characters-lost = この文字コードにない文字が{ $count }箇所あり、`〓` に置き換えました
    .found = { $characters }
    .hint = UTF-8で書き出すと、すべての文字が残ります
characters-replaced = この文字コードにない文字を、同じ形の文字に置き換えました（{ $count }箇所）
    .found = { $characters }

export-column-number = 番号
export-column-document = 文書名
export-retired = 欠番
export-list-documents = 参照公開文書
export-list-reports = 参照第三者認証レポート
export-notes = 注記
export-source = 元のファイル
export-count = { $retired ->
        [0] { $items }項目
       *[other] { $items }項目（ほかに欠番{ $retired }）
    }
export-ungrouped = その他
export-nothing-said = 記載なし
