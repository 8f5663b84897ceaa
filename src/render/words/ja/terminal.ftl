# terminal

# 読み取ったもの、ブックとともに渡るもの
summary-read = { $edition ->
        [none] 版は不明
       *[other] { $edition }
    }（{ $template ->
        [none] テンプレートなし
       *[other] テンプレート { $template }
    }）：{ $items }項目{ $retired ->
        [0] { "" }
       *[other] 、欠番{ $retired }
    }
summary-group-of = { $group } { $found }／{ $expected }
carried-along = ブックとともに相手に渡るもの：
carried-creator = 作成者
carried-last-modified-by = 最終更新者
carried-created = 作成日時
carried-modified = 更新日時
carried-company = 会社
carried-manager = 管理者
carried-custom-property = ユーザー設定のプロパティ
carried-comment = コメント
carried-hidden-sheet = 非表示のシート
carried-hidden-rows = 非表示の行
carried-hidden-columns = 非表示の列
carried-external-link = 外部リンク
carried-macros = マクロ
