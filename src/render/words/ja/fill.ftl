# 既存のブックへの書き込み

patch-format = 書き込めるブックは xlsx と xlsm だけです
    .hint = Excel で .xlsx として保存し直すか、`--into` を外して新しいブックを作成してください
patch-encrypted = 暗号化されたブックには書き込めません
    .hint = Excel（ファイル > 情報 > ブックの保護）でパスワードを外し、書き込んだ後に設定し直してください
patch-signed = ブックに電子署名があり、変更すると署名が無効になります
    .found = `{ $part }`
    .hint = 発行元に署名のないファイルを求めるか、`--into` を外して新しいブックを作成してください
patch-part = パート `{ $part }` は安全に変更できません: { $reason ->
        [encoding] UTF-8 ではありません
        [malformed] 行またはセルの並びが正しくありません
       *[other] { $reason }
    }
    .hint = Excel で開いて別名で保存し、そのファイルに書き込んでください
zip-too-large = 書き込み後のブックが 4 GiB を超えます

cell-formula = セルに数式があります
    .hint = 数式は上書きしません。回答を入れるべきセルであれば Excel で数式を消してください
cell-locked = 保護されたシートのロックされたセルです
    .hint = `--unlock` を付けると書き込みます（保護は残ります）
cell-table-header = テーブルの見出しセルです
cell-conflict = 結合されたセルに異なる回答が二つあります
text-too-long = 文字数がセルの上限（32,767 文字）を超えています
