# Item numbers, citations and the catalog file.

id-branch-spelling = 項番 `{ $text }` は枝番 `{ $id }` と読みました
id-branch-or-range = 項番 `{ $text }` は枝番 `{ $id }` と読みましたが、範囲 `{ $range }` とも読めます
    .hint = 範囲の場合は `～` で書くか、1行に1項目ずつ分けてください
id-branch-unexpected = 枝番 `{ $id }` がありますが、{ $edition }に枝番のある項番は知られていません
    .found = セルの値：`{ $text }`
    .hint = 範囲や日付への自動変換でないか、セルを確認してください
id-expanded = 項番 `{ $text }` を `{ $first }` から `{ $last }` までの{ $count }項目に展開しました
id-number-supplied = 番号のない `{ $text }` を `{ $id }` と読みました
    .hint = 項番のセルに番号を書くと、この警告は出ません
id-retired-supplied = 番号のない `{ $text }` を、前の項目に続く `{ $id }` の欠番と読みました
    .hint = `{ $id }（欠番）` のように番号を書くと、この警告は出ません
id-group-unknown = 項番 `{ $text }` がどの基準（統・実・設・監）のものか分かりません
    .hint = 基準名の列かシート名を付けるか、`実{ $id }` のように書いてください
id-date = 項番のセルに日付 `{ $text }` が入っています
    .found = Excelは `1-14` のような項番を日付に変えることがあります{ $perhaps ->
        [none] { "" }
       *[other] { "。" }元の項番は `{ $perhaps }` かもしれません
    }
    .hint = セルの書式を「文字列」にして、項番を入力し直してください
id-looks-like = 項番 `{ $text }` に、数字と紛らわしい文字があります
    .found = `{ $perhaps }` の読み誤りと思われます
    .hint = セルの文字を数字に直してください
id-nearly = 項番 `{ $text }` に、項番にはない記号があります
    .found = `{ $perhaps }` と思われます
    .hint = セルを `{ $perhaps }` に直し、注記は別のセルに書いてください
id-prefix-not-in-edition = `{ $id }` は{ $edition }の項番ではありません
    .found = セルの値：`{ $text }`（運・技は第8版まで、統・実・監は第9版からの区分です）
    .hint = 版の指定を確認してください。版をまたいで対応付けるときは `--crosswalk` を使います
id-range-unclear = 項番の範囲 `{ $text }` を展開できません
    .found = `{ $first }` から `{ $last }` までは、同じ基準の小さい番号から大きい番号への範囲ではありません
    .hint = 1行に1項目ずつ分けてください
id-range-too-long = 項番の範囲 `{ $text }` が長すぎます
    .found = `{ $first }` から `{ $last }` まで（上限は{ $limit }項目）
    .hint = セルの番号を確認してください

json-invalid = JSONとして読めません（{ $line }行目、{ $column }文字目）
    .found = { $reason }
    .hint = `secref convert` で書き出したカタログJSONか、ファイルが途中で切れていないか確認してください
json-format = secrefのカタログではありません
    .found = `format` は `{ $found }` です（必要なのは `{ $expected }`）
    .hint = `secref convert 元のファイル -o 名前.json` で作ったファイルを指定してください
json-version = このカタログの版は読めません
    .found = `format_version` は `{ $found }` です（読めるのは `{ $supported }`）
    .hint = 元のブックから `secref convert` で作り直すか、書き出した版のsecrefを使ってください
