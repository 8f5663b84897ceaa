# ブックからテンプレートを見つける。

table-missing = 表が見つかりません（{ $count ->
        [0] ファイル全体
        [one] シート{ $sheets }
       *[other] { $count }シートのいずれにも
    }）
    .hint = 表には項番の列を含む見出し行が必要です。`--header-row 行 --field id=見出し` で指定してください
table-without-ids = 見出しらしい行の下に番号の列がありません
    .found = { $found }
    .hint = `{ $numbered }` で行に番号を付けて読めます{ $id ->
        [none] {""}
       *[other] 。`--field numbered=…` の代わりに `{ $id }` とすると、その列の文言を番号として使います
    }
table-without-rows = 見出しらしい行の下に何もありません
    .found = { $found }
    .hint = 記入済みのブックを指定するか、`--header-row 行 --field id=見出し` で別の見出しを指定してください
table-only-history = 表は改訂履歴しか見つかりません
    .hint = 改訂履歴を読む場合は `{ $flags }` を指定してください
workbook-empty = ブックに何も入っていません
table-ambiguous = 表の読み方が2通りあり、どちらとも決められません
    .found = { $candidates }
    .hint = どちらかを指定してください（例：`{ $first }`）
sheet-unknown = シート `{ $sheet }` はありません
    .found = { $sheets }
    .hint = { $nearest ->
        [none] `--sheet 名前` でいずれかを指定してください
       *[other] `{ $nearest }` のことですか
    }
header-missing = 見出しに `{ $key }` の列がありません
    .found = 想定は{ $expected }、実際は{ $found }
    .hint = { $nearest ->
        [none] `--field { $key }=見出し` で列を指定するか、別の `--template` を選んでください
       *[other] `{ $nearest }` のことですか。`--field "{ $key }={ $nearest }"` で指定できます
    }
field-heading-unknown = `{ $key }` に指定された見出し `{ $heading }` の列がありません
    .found = { $found }
    .hint = { $nearest ->
        [none] シートにある見出しをそのまま指定してください
       *[other] `{ $nearest }` のことですか
    }
header-renamed = 見出し `{ $found }` は、テンプレートの `{ $expected }` に似ていますが同じではありません
    .hint = 同じ列であれば `--field "{ $key }={ $found }"` を指定してください。それまでは別の列として読みます
header-moved = 列 `{ $heading }` の位置がテンプレートと異なります
header-unknown = テンプレートにない列が{ $count }列あり、見出しの名前で読みました：{ $headings }
heading-repeated = 同じ見出しの列が複数あります：{ $headings }
    .hint = `備考 (2)` のように番号を付けて区別します
template-none = 合うテンプレートがないため、見出しから表を読みました（項番の列は `{ $id }`{ $others ->
        [none] {""}
       *[other] 、`{ $others }` ではなく
    }{ $tables ->
        [one] {""}
       *[other] 、{ $tables }表
    }）
    .hint = { $flags ->
        [none] この読み方を残すには、`secref templates new` でテンプレートを作ってください
       *[other] この読み方を固定するには { $flags } を指定してください。`secref templates new` でテンプレートを作れます
    }
sheet-hidden = 非表示のシート{ $count }枚を読みませんでした：{ $sheets }
    .hint = 読む場合は `--sheet` で指定してください
framework-inferred = 項番の多くがFISC安全対策基準のものなので、FISC安全対策基準のリファレンスとして読みました（framework `{ $framework }`）
rows-numbered = 番号の列がないため、シートごとに上から1、2、3… と番号を付けました
    .hint = 途中に行が増えると、それより下の番号はずれます。版の比較や回答の引き継ぎの際はご注意ください
sheet-of-no-template = テンプレートにない表のあるシート{ $count }枚を読みませんでした：{ $sheets }
    .hint = 別に読む場合は `{ $flags }` を指定してください
sheet-not-read = 同じ形の表がないシート{ $count }枚を読みませんでした：{ $sheets }
    .hint = 読む場合は `--sheet` で指定してください

# テンプレートを読む。

template-syntax = { $line }行{ $column }文字目：{ $message }
    .hint = 書式は `templates/README.md` にあります
template-key-unknown = { $line }行目：ここに `{ $key }` というキーは書けません
    .found = 書けるのは{ $allowed }
    .hint = { $nearest ->
        [none] 削除してください
       *[other] `{ $nearest }` のことですか
    }
template-key-missing = { $line }行目：キー `{ $key }` がありません
template-word-unknown = { $line }行目：`{ $word }` はこのキーの値になりません
    .found = 使えるのは{ $allowed }
    .hint = { $nearest ->
        [none] いずれかを選んでください
       *[other] `{ $nearest }` のことですか
    }
template-version = { $line }行目：書式の版{ $found }には対応していません（対応は{ $known }）
    .hint = 新しいsecrefを使ってください
template-header-rows = { $line }行目：`header_rows` は1以上の行数、または最少と最多の行数です
template-empty = テンプレートに、読むための `[[table]]` も書くための `[[write.column]]` もありません
