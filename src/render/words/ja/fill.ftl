# 既存のブックへの書き込み

patch-format = 書き込めるブックはxlsxとxlsmだけです
    .hint = Excelで.xlsxとして保存し直すか、`--into` を外して新しいブックを作成してください
patch-encrypted = 暗号化されたブックには書き込めません
    .hint = Excel（ファイル > 情報 > ブックの保護）でパスワードを外し、書き込んだ後に設定し直してください
patch-signed = ブックに電子署名があり、変更すると署名が無効になります
    .found = `{ $part }`
    .hint = 発行元に署名のないファイルを求めるか、`--into` を外して新しいブックを作成してください
patch-part = パート `{ $part }` は安全に変更できません：{ $reason ->
        [encoding] UTF-8ではありません
        [malformed] 行またはセルの並びが正しくありません
       *[other] { $reason }
    }
    .hint = Excelで開いて別名で保存し、そのファイルに書き込んでください
zip-too-large = 書き込み後のブックが4 GiBを超えます

cell-formula = { $item }の{ $heading }を入れるセルには数式があります
    .hint = 数式は上書きしません。回答を入れるべきセルであればExcelで数式を消してください
cell-locked = { $item }の{ $heading }を入れるセルは、保護されたシートでロックされています
    .hint = `--unlock` を付けると書き込みます（保護は残ります）
cell-table-header = { $item }の{ $heading }を入れるセルは、テーブルの見出しです
cell-conflict = { $item }の{ $heading }は、同じ結合セルを使う項目の回答と異なります
    .hint = 両方の項目に同じ回答を入れるか、Excelでセルの結合を解除してください
cell-not-empty = { $item }の{ $heading }を入れるセルには、すでに値があります
    .found = `{ $old }`
    .hint = `--overwrite` を付けると置き換えます
text-too-long = { $item }の{ $heading }は、セルの上限（32,767文字）を超えています
    .hint = 短くするか、別の文書を参照してください
value-not-allowed = { $item }の{ $heading }「{ $value }」は、ブックの入力規則で許されていません
    .found = 許される値：{ $allowed }
    .hint = セルは元のままです。許される値から選ぶか、テンプレートの `values` に言い換えを加えてください
tick-elsewhere = { $item }の{ $heading }「{ $value }」は、同じ行の別の欄に印があるため書き込みませんでした
    .hint = 印を付け替えるときは `--overwrite` を付けてください
columns-added = 表の右に回答の列を加えました：{ $headings }
columns-added-beside = 表の右に回答の列を加えました：{ $headings }
    .hint = 回答用らしい列がこのブックにあります。そこに書くには { $flags } を指定してください
columns-added-hidden = シートが隠している列に回答の列を加えました：{ $headings }
    .hint = { $flags ->
        [none] Excelで再表示するか、書き込む列を `--field response=見出し` で指定してください
       *[other] Excelで再表示してください。このブックの列に書くには { $flags } を指定してください
    }
columns-outside = 加えた回答列は、{ $frame ->
        [print-area] 印刷範囲
        [filter] オートフィルター
       *[table] テーブル
    }の外にあります
    .hint = 必要ならExcelで範囲を広げてください（発行元の設定なので変えていません）
validation-not-checked = 入力規則 `{ $formula }` は計算しないと判定できないため、確認していません（{ $count }セル）
answer-item-unknown = ブックに項目{ $item }がありません
answer-item-retired = 項目{ $item }はブックでは欠番のため、回答を書き込みませんでした
answer-row-missing = 項目{ $item }は、回答を書き込める表にありません
answer-column-missing = ブックに { $headings } の列がないため、{ $count }件の回答を書き込みませんでした
    .hint = `--append { $fields }` を付けると列を追加します
answer-column-locked = { $item }の{ $heading }には列の追加が必要ですが、シートが保護されています
    .hint = `--unlock` を付けると追加します（保護は残ります）

receipt-invalid = secrefの書き込み記録ではありません（{ $line }行{ $column }列）
    .hint = 書き出したブックの隣にある `.receipt.json` を指定してください
receipt-version = 書き込み記録の版{ $version }には対応していません
    .hint = 新しいsecrefを使ってください
