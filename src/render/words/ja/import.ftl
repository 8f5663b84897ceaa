# 表の行を読む。

items-missing = 表に項目がありません
    .hint = `--header-row 行 --field id=見出し` で見出し行と項番の列を指定してください
row-not-understood = 項番の欄の `{ $text }` を項番として読めないため、この行を取り込みませんでした
    .hint = 項番を直すか、上の項目の続きであれば項番のセルを空にしてください
document-number-unknown = 文書一覧のこの行は、番号の欄の `{ $text }` が番号ではないため、取り込みませんでした
    .hint = 番号のセルに `01` のような番号を書いてください。直すまで、この文書への参照は一覧にない番号として扱います
band-values = 見出し行「{ $band }」の横の値は、下の項目には引き継ぎません
band-values-many = 見出し行{ $count }行の横の値は、下の項目には引き継ぎません
    .each = { $band }
table-below = 下に見出しの異なる別の表があります。その表と、シートのそれより下は注記として扱いました
    .hint = 別に読む場合は `--sheet` と `--header-row { $row }` を指定してください
id-repeated = すでに上にある項番の行が{ $count }行あり、その項目の続きとして読みました
id-on-several-sheets = { $count }項目は、ほかのシートまたは表に同じ項番があるため、シート名または表の題で区別します
conformity-differs = `{ $id }` の行で適合性が一致しません
    .found = { $words }
    .hint = 一致するまで項目としての適合性は空とし、各行の値はそのまま残します
conformity-own-word = { $count }項目の適合性 `{ $word }` は「適合可能」「対象外」のいずれでもないため、そのまま残しました
pictures-not-read = 表のセルの上または中に画像が{ $count }点あります。画像の内容は読みません
    .hint = 画像は目で確認し、必要な内容はセルに書いてください
hidden-read = 非表示の行・列も読みました：{ $places }
formula-uncalculated = 数式のセル{ $count }個は計算された値がファイルになく、空として読みました
    .hint = Excelで開いて保存し直すと計算されます（数式だけを書き出すソフトでは値が入りません）
filled-down = 値が先頭の行だけに書かれているため、空のセル{ $count }個に上の値を補いました
    .found = { $headings }
rows-without-id = 項番のない行のうち{ $count }行は、項目の行と同じくらい埋まっています。いずれも上の項目の続きとして読みました
    .hint = それぞれが別の項目であれば、項番の代わりに `--field numbered=見出し` で全行に番号を付けてください
findings-more = `{ $code }` と同じ指摘がほかに{ $count }件あります
