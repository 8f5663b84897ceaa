# ブックと区切りテキストの読み込み

file-empty = ファイルが空です
    .hint = ダウンロードや書き出しが終わっているか確認して、やり直してください
file-is-html = 拡張子にかかわらず、中身はWebページ（HTML）です
    .hint = Excelで開き、Excelブック（.xlsx）として保存し直してください
file-is-other = secrefで読めるブックではありません
    .found = { $kind ->
        [biff4] Excel 4以前のブック
        [pdf] PDF
        [word] Wordの文書
        [slides] PowerPointの資料
        [image] 画像
        [mail] 電子メール
        [iwork] AppleのNumbers・Pages・Keynoteの書類
        [office] 他のOfficeソフトの文書
        [opendocument] 表計算ではないOpenDocumentファイル
        [xml] XMLテキスト
        [xml-workbook] XML形式で保存されたブック
        [zip] ブックではないzipファイル
        [archive] 圧縮ファイル
        [compound] ブックの入っていない複合ファイル
        [text] テキスト（拡張子はブックのもの）
       *[other] 種類の分からないバイナリデータ
    }
    .hint = { $kind ->
        [pdf] 発行元からExcelファイルを入手するか、表をExcelに貼り付けて.xlsxで保存してください
        [image] 発行元からExcelファイルを入手してください。画像の中の文字は読めません
        [word] 表をExcelに貼り付け、.xlsxで保存してください
        [slides] 表をExcelに貼り付け、.xlsxで保存してください
        [mail] 添付ファイルを保存し、それを指定してください
        [iwork] Excelブック（.xlsx）として書き出し、それを指定してください
        [biff4] Excelで開き、Excelブック（.xlsx）として保存してください
        [xml-workbook] Excelで開き、Excelブック（.xlsx）として保存してください
        [zip] 展開し、中のブックを指定してください
        [archive] 展開し、中のブックを指定してください
        [text] 値の一覧であれば拡張子を.csvに変えてください。そうでなければブックを入手し直してください
       *[other] ブック（.xlsx、.xlsm、.xlsb、.xls、.ods）、.csv、.tsv、またはカタログJSONを指定してください
    }
workbook-encrypted = ブックはパスワードで保護されています
    .hint = パスワードを環境変数に入れ、`--password-env 変数名` で指定してください
password-wrong = パスワードが違うため、ブックを開けません
    .hint = `--password-env` で指定した環境変数の値を確認してください
encryption-unknown = secrefが対応していない方式で暗号化されています
    .found = { $kind }
    .hint = Excelで開き、パスワードを外して（ファイル > 情報 > ブックの保護）別名で保存してください
workbook-without-sheets = 読めるワークシートがありません
    .hint = Excelで開いて別名で保存してください。直せる箇所はExcelが修復します

zip-damaged = ファイルが壊れています：{ $reason ->
        [no-end-record] zipの末尾がありません（転送が途中で切れた場合など）
        [entry] zipの項目がファイルの外を指しています
       *[directory] zipの目録に矛盾があります
    }
    .hint = ファイルを入手し直すか、Excelで修復して別名で保存してください
zip-name-twice = 同じ名前のパートが2つあり、どちらが正しいか読む側で分かれます
    .found = `{ $name }`、`{ $other }`
    .hint = Excelで開いて別名で保存してください
zip-overlap = 複数のパートが同じバイト列を共有しています（細工されたファイルの特徴です）
    .found = `{ $name }`、`{ $other }`
part-missing = パート `{ $part }` がファイルにありません
part-damaged = パート `{ $part }` が壊れています：{ $reason ->
        [length] 記載された長さと違います
        [checksum] チェックサムが合いません
        [deflate] 展開できません
        [xml-truncated] 要素の途中で終わっています
        [xml-unbalanced] 開かれていない要素が閉じられています
        [xml-too-deep] 要素の入れ子が深すぎます
        [compound] 複合ファイルの構造に矛盾があります
       *[record] レコードに矛盾があります
    }
    .hint = ファイルを入手し直すか、Excelで修復して別名で保存してください
part-encrypted = パート `{ $part }` はzipソフトで暗号化されています
    .hint = パスワードを使って展開し、パスワードなしでzipに戻してください
part-method = パート `{ $part }` は、ブックで使われない圧縮方式（{ $method }）です
    .hint = Excelで開いて別名で保存してください
xml-dtd = パート `{ $part }` に文書型宣言があります。ブックには不要で、攻撃に使われるものです

limit-part-bytes = パート `{ $part }` を展開すると{ $limit }バイトを超えます
    .hint = 信頼できるファイルであれば `--limit-part-bytes` で上限を上げてください
limit-file-bytes = ファイルが{ $limit }バイトを超えています
    .hint = 信頼できるファイルであれば `--limit-part-bytes` で上限を上げてください
limit-total-bytes = パートを展開すると合計で{ $limit }バイトを超えます
    .hint = 信頼できるファイルであれば `--limit-total-bytes` で上限を上げてください
limit-ratio = パート `{ $part }` は圧縮時の{ $limit }倍を超える大きさに展開されます
    .hint = 信頼できるファイルであれば `--limit-ratio` で上限を上げてください
limit-cells = 値のあるセルが{ $limit }個を超えています
    .hint = 信頼できるファイルであれば `--limit-cells` で上限を上げてください
limit-merges = セルの結合が{ $limit }件を超えています
    .hint = 信頼できるファイルであれば `--limit-merges` で上限を上げてください
limit-rows = シートの行数が{ $limit }を超えています
    .hint = 信頼できるファイルであれば `--limit-rows` で上限を上げてください
limit-columns = 列数が、シートの上限である{ $limit }を超える行があります
    .hint = 区切り文字を確認してください。閉じていない引用符でも起こります
limit-sheets = シートの数が{ $limit }を超えています
    .hint = 通常のファイルでは起こりません。作成元からファイルを入手し直してください
limit-repeats = セルの繰り返しが{ $limit }回を超えています
    .hint = 表の下と右の書式を削除して、保存し直してください

sheet-without-part = シート `{ $sheet }` は一覧にありますが中身がないため、読み飛ばしました
sheet-skipped = `{ $sheet }` にはセルがないため（{ $kind ->
        [chartsheet] グラフシート
        [dialogsheet] ダイアログシート
        [module] モジュール
       *[other] マクロシート
    }）、読み飛ばしました
sheet-state-unknown = シート `{ $sheet }` の状態 `{ $state }` はExcelにないものです。表示されるシートとして扱います
sheet-cut-off = シート `{ $sheet }` は終わりの記録の前で切れており、その先がありません
    .hint = ファイルを入手し直すか、Excelで修復して別名で保存してください
cell-misplaced = シート `{ $sheet }` に、セル番地でないか範囲外の番地が{ $count }件あります
    .found = { $addresses }
cell-twice = シート `{ $sheet }` に、2重に書かれたセルが{ $count }個あります。後のものを採りました
string-missing = ファイルにない共有文字列を指すセルが{ $count }個あり、読み飛ばしました
    .hint = ファイルを入手し直すか、Excelで修復して別名で保存してください

encoding-unknown = `{ $encoding }` という文字コードはありません
    .hint = `utf-8`、`cp932`、`euc-jp`、`utf-16le`、`utf-16be` のいずれかを指定してください
encoding-detected = { $encoding }として読みました
    .found = { $how ->
        [nul] UTF-16に特有のゼロバイトによる
       *[guess] 文字の並びから判定。違うときは `--encoding`（回答は `--answers-encoding`）で指定できます
    }
encoding-misfit = { $encoding }では文字にならないバイトがあり、「�」として読みました
    .hint = これらのセルでファイルが壊れています。入手し直すか、セルを直してください
encoding-wrong = ファイルの文字コードは{ $encoding }ではありません
    .found = { $likely }であればすべて文字として読めます
    .hint = 文字コードの指定を外してください。バイトの並びから判定します
text-garbled = このファイルになる前に文字化けしています（UTF-8の文字をCP932（Shift_JIS）として読んだものです）
    .hint = 元のデータからUTF-8またはExcelブックで書き出し直してください。CSVをExcelで開くときは、ダブルクリックではなく［データ］＞［テキストまたはCSVから］を使います
separator-detected = 列の区切りを{ $separator ->
        [tab] タブ
       *[other] `{ $separator }`
    }として読みました
quote-unclosed = 引用符が閉じられていないため、ファイルの残り全体が1つの値になりました
    .hint = 引用符を閉じるか、文中の引用符は2つ重ねてください
rows-ragged = 列数が大半の行（{ $usual }列）より多い行が{ $count }行あります
    .hint = 区切り文字や改行を含む値は引用符で囲んでください
text-lost = このファイルになる前に失われた文字（U+FFFD）を含むセルが{ $count }個あります
    .hint = 元のファイルを入手してください。失われた文字は元に戻せません
