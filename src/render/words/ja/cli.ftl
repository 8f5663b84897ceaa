# コマンドライン自身の文言
severity-error = エラー
severity-warning = 警告
severity-note = 情報
severity-hint = 対処
severity-says = ：
diagnostics-more = … 同じ種類のものがほかに{ $count }件あります（`-v` ですべて表示）

output-written = { $file } を書き出しました
output-exists = `{ $file }` は既にあります
    .hint = 別の名前にするか、`--force` で上書きしてください
output-is-input = `{ $file }` は入力 `{ $input }` と同じファイルです。入力には書き込みません
    .hint = 出力には別の名前を指定してください
output-is-folder = `{ $file }` はフォルダーです
    .hint = ファイル名を指定してください
output-folder-missing = `{ $file }` の置き場所のフォルダー `{ $folder }` がありません
    .hint = 先に作るか、別の場所を指定してください
output-twice = `{ $file }` が2度指定されています
output-read-only = `{ $file }` は読み取り専用です
    .hint = 上書きしてよいなら読み取り専用を解除し、そうでなければ別の名前を指定してください
output-replaces-answers = `{ $file }` を上書きすると、記入済みの回答{ $count }件が失われます
    .found = { $items }
    .hint = 残すには、上書きする前に `secref merge` で取り込んでください
output-unwritable = `{ $file }` に書き込めません
    .found = { $why ->
        [held] 別のプログラムが開いています
        [denied] アクセスする権限がありません（{ $reason }）
        [full] ディスクに空きがありません
        [read-only] ディスクが読取り専用です
       *[other] { $reason }
    }
    .hint = フォルダーへの書き込み権限と空き容量を確認してください
output-held = `{ $file }` を置き換えられませんでした。Excelで開いていませんか
    .found = { $why ->
        [held] 別のプログラムが開いています
        [denied] アクセスする権限がありません（{ $reason }）
        [full] ディスクに空きがありません
        [read-only] ディスクが読取り専用です
       *[other] { $reason }
    }
    .hint = 新しいファイルは `{ $beside }` に残しました。古いほうを閉じてから名前を変えてください
output-format-unknown = `{ $file }` の拡張子では、このコマンドが書き出す形式が分かりません
    .found = 使える拡張子：{ $known }
    .hint = { $instead ->
        [none] いずれかを使うか、`--format` で指定してください
        [xlsx] ブックは .xlsx で書き出します。.xlsx で終わる名前にしてください
       *[other] Excelなどで読む一覧であれば、拡張子を `.{ $instead }` にしてください
    }
format-unknown = `{ $format }` は、このコマンドが書き出す形式ではありません
    .found = 使える形式：{ $known }
input-missing = `{ $file }` がありません
    .hint = ファイル名と、現在のフォルダーを確認してください
input-is-folder = `{ $file }` はフォルダーです
    .hint = その中のファイルを指定してください
input-unreadable = `{ $file }` を読めません
    .found = { $why ->
        [held] 別のプログラムが開いています
        [denied] アクセスする権限がありません（{ $reason }）
        [full] ディスクに空きがありません
        [read-only] ディスクが読取り専用です
       *[other] { $reason }
    }
    .hint = Excelなどで開いていれば閉じ、読取りの権限を確認してください
input-not-utf8 = このテキストはUTF-8ではありません
    .hint = UTF-8で保存し直してください
password-variable-unset = 環境変数 `{ $name }` が設定されていません
    .hint = 同じシェルで、ブックのパスワードを設定してください
template-unknown = テンプレート `{ $name }` はなく、その名前のファイルもありません
    .found = 組み込み：{ $known }
    .hint = { $nearest ->
        [none] `secref templates list` で一覧できます
       *[other] `{ $nearest }` のことですか
    }
template-not-text = これはテンプレートではありません。テンプレートはTOMLのテキストです
    .hint = 組み込みのものは `secref templates list` で見られます。新しく作るには `secref templates new ブック -o ファイル.toml` を使ってください
answers-strict = 問題のある回答があり、`--strict` のためここで止めました。何も書き出していません
    .hint = 回答を直すか、`--strict` を外して残りの回答だけを使ってください
titles-unknown = { $count }件の項目名は、リファレンスにない項番のものです
    .found = { $ids }
titles-none = 表の項番は、どれもリファレンスにありません
    .hint = リファレンスと同じ項番で書かれた表か確認してください
merge-decided = { $count }件の食い違いを `--prefer` で決めました
    .found = { $items }
    .hint = 採らなかった回答は、書き出す回答と書き込み記録の `conflicts`（xlsxではシート「競合」）に残ります。`--prefer` を付けない `secref merge` で一覧できます
only-unknown = `{ $name }` は、リファレンスの区分でも、回答の担当部署でもありません
    .found = 指定できるもの：{ $known }
append-unknown = `{ $name }` という回答欄はありません
    .found = 指定できるもの：{ $known }
into-not-a-workbook = `{ $file }` はカタログで、書き込めるブックではありません
    .hint = 発行元のブック（xlsx・xlsm）を指定してください
into-edition = 書き込み先のブックは{ $workbook }ですが、リファレンスは{ $reference }です
    .hint = このままでは{ $reference }に対する回答がブックに書き込まれます。ブックと同じ版のリファレンスを指定し、回答は先に引き継いでください（`secref carry`）
fill-only-xlsx = 書き出すのはブックですが、`{ $file }` はブックの名前ではありません
    .hint = 末尾が `.xlsx` または `.xlsm` の名前にしてください
fill-done = { $cells }セルに書き込みました（見送り{ $skipped }件）
verify-same = 変更なし  { $file }（{ $roles }）
verify-differs = 変更あり  { $file }（{ $roles }）
verify-missing = ファイルなし  { $file }（{ $roles }）
verify-role-reference = リファレンス
verify-role-answers = 回答
verify-role-since = 旧版
verify-role-workbook = 書き込み先のブック
verify-role-output = 書き出したブック
verify-workbook = これはブックです。`--verify` には書き込み記録を指定します
    .hint = { $there ->
        [yes] `{ $receipt }` を指定してください
       *[no] 書き出したブックの隣にある `.receipt.json` を指定してください
    }
check-summary = エラー{ $errors }件、警告{ $warnings }件、情報{ $notes }件
check-annotate-which = 指摘を書き込めるブックは1つだけですが、指摘のある入力にxlsx・xlsmがありません
    .hint = テキストか `--format json` で書き出してください
review-file-edited = `{ $file }` は書き出したあとに編集されているため、そのままにしました
    .hint = 作り直すには、別の場所へ移してください
review-not-a-folder = `{ $file }` はファイルです
    .hint = フォルダー（なければ作ります）を指定してください
review-folder-unwritable = フォルダー `{ $folder }` を作れません
    .found = { $why ->
        [held] 別のプログラムが開いています
        [denied] アクセスする権限がありません（{ $reason }）
        [full] ディスクに空きがありません
        [read-only] ディスクが読取り専用です
       *[other] { $reason }
    }
review-open = { $file } を開いてください
templates-column-name = 名前
templates-column-framework = フレームワーク
templates-column-title = 表題
templates-column-editions = 版
templates-score = （％は、テンプレートの見出しのうちブックにある割合です。必須の見出しがそろい、番号の形が合うものを使います。任意の見出しは少なくてもかまいません）
templates-new-head = 見出しから作った最初のテンプレートです。キーを直し、`--template このファイル` で読み取ってください。
    キーの説明はtemplates/README.mdにあります。完成した例は `secref templates show 名前` で見られます。
templates-new-title = このテンプレートで読むものを一行で
templates-new-sheets = シート名は目安です。見出しで判断します。
templates-new-ids-per-sheet = 別のシートにある同じ番号は、別の項目です。
templates-next = 次に、{ $template }のキーを直し、このテンプレートで読み取ります：secref convert "{ $file }" --template "{ $template }" -o catalog.json
templates-fits = `{ $name }` を使います
templates-none-fits = 合うテンプレートがありません。見出しだけを頼りに読み取ります
templates-found = 見つかった見出し：{ $headings }
templates-missing = 足りない見出し：{ $headings }
templates-absent = なかった見出し：{ $headings }
templates-unknown = テンプレートにない見出し：{ $headings }
templates-ids = 見出しの下の番号が、テンプレートの採番と合いません
progress-reading = { $file } を読み取っています
check-note-author = secref 点検
check-notes-elsewhere = { $file } のセルに書き込めない指摘が{ $count }件あります。一覧を参照してください
diff-answers = どちらも回答のファイルなので、回答どうしを比べます
flag-idle = `{ $flag }` は、ここでは働きません
    .found = { $why ->
        [writing] { $other }に書き出すときのための指定です
        [with] { $other }といっしょに使う指定です
       *[without] { $other }を指定したときは使われません
    }
    .hint = 指定を外すか、`--help` で働きを確認してください
read-flags-idle = { $kind ->
        [catalog] これはカタログで、そのまま読みます
        [text] これはテキストで、ブックではありません
       *[workbook] これはブックで、テキストではありません
    }。次の指定は働きません：{ $flags }
    .hint = 指定を外すか、その指定に合うファイルを指定してください
input-standard-twice = `-` が2つのファイルに指定されていますが、標準入力から読めるのは1つだけです
    .hint = 一方はファイル名で指定してください
reference-is-answers = これは回答のファイルですが、リファレンスとして読みました
    .hint = 2つのファイルの順が逆であれば、リファレンスを先に、回答を後に指定してください
answers-is-reference = これはリファレンスで、回答のファイルではありません
    .hint = 2つのファイルの順が逆であれば、リファレンスを先に、回答を後に指定してください。回答を書き込む表は `secref answer-sheet` で作れます
input-is-answers = このファイルは回答です。ここではリファレンスが必要です
    .hint = 発行元のブックか、`secref convert` で作ったカタログを指定してください
diff-answers-beside-reference = `{ $answers }` は回答、`{ $reference }` はリファレンスなので、そのままでは比べられません
    .hint = 改訂が回答に及ぼす影響を見るには `secref diff 旧版 新版 --answers { $answers }`、回答どうしを比べるには両方に回答ファイルを指定してください
diff-one-file = 比べるもう1つのファイルがありません（`{ $file }` だけが指定されています）
    .hint = `secref diff 旧版 新版` のように新版も指定するか、1つのブックの改訂表示を見るなら `--marks` を付けてください
diff-marks-two = `--marks` は1つのブックの改訂表示を見るものですが、ファイルが2つ指定されています
    .hint = 新版だけを指定するか、2つの版を比べるなら `--marks` を外してください（改訂表示の照合はそのときも行います）
diff-kind-unknown = `{ $name }` という変更の種類はありません
    .found = 指定できるもの：{ $known }
    .hint = { $nearest ->
        [none] いずれかを指定してください
       *[other] `{ $nearest }` のことですか
    }
diff-group-unknown = どちらの版にも `{ $name }` という区分はありません
    .hint = 区分：{ $known }
textconv-unreadable = （表として読めません：{ $reason }）
git-setup-attributes = 1. リポジトリーの .gitattributes に（または ~/.config/git/attributes に）:
git-setup-config = 2. 各自の .gitconfig に（`git config --global --edit` で開きます）。全体の比較は `git difftool -t secref` です:
titles-no-column = この表に、項目名の列が見つかりません
    .found = 見出し：{ $found }
    .hint = 項番の列のほかに、「項目名」「標題」「小項目」などの見出しの列が必要です
cover-unknown = 表紙に `{ $name }` という欄はありません
    .found = 指定できるもの：{ $known }
    .hint = { $near ->
        [none] いずれかを `institution=みずうみ銀行` のように指定してください
       *[other] `{ $near }` のことですか
    }
diff-files-filtered = `--only`・`--group` により、ファイルには{ $all }項目のうち{ $shown }項目だけを載せます（件数は全体のものです）

usage-flag-unknown = `{ $command }` に `{ $flag }` というオプションはありません
    .hint = { $nearest ->
        [none] 使えるオプションは `{ $command } --help` で確認できます
       *[other] `{ $nearest }` のことですか。使えるオプションは `{ $command } --help` で確認できます
    }
usage-flag-elsewhere = `{ $command }` に `{ $flag }` というオプションはありません
    .found = このオプションがあるコマンド：{ $others }
    .hint = 使えるオプションは `{ $command } --help` で確認できます
usage-argument-unexpected = 引数 `{ $value }` は余分です。`{ $command }` はこれ以上の引数を取りません
    .found = 使い方：{ $usage }
    .hint = 空白を含むファイル名は引用符で囲んでください。引数の説明は `{ $command } --help` にあります
usage-argument-missing = `{ $command }` に必要な{ $missing } が指定されていません
    .found = 使い方：{ $usage }
    .hint = 引数の説明は `{ $command } --help` にあります
usage-command-unknown = `{ $command }` に `{ $name }` というコマンドはありません
    .hint = { $nearest ->
        [none] 使えるコマンドは `{ $command } --help` で確認できます
       *[other] `{ $nearest }` のことですか。使えるコマンドは `{ $command } --help` で確認できます
    }
usage-command-missing = `{ $command }` の後にコマンドが指定されていません
    .found = 使えるコマンド：{ $known }
    .hint = それぞれの説明は `{ $command } --help` にあります
usage-value-unknown = `{ $value }` は `{ $flag }` に指定できない値です
    .found = 指定できるもの：{ $allowed }
    .hint = { $nearest ->
        [none] それぞれの意味は `{ $command } --help` にあります
       *[other] `{ $nearest }` のことですか。それぞれの意味は `{ $command } --help` にあります
    }
usage-value-missing = `{ $flag }` の値が指定されていません
    .found = { $count ->
        [0] { "" }
       *[other] 指定できるもの：{ $allowed }
    }
    .hint = 指定できる値は `{ $command } --help` にあります
usage-value-unwanted = `{ $flag }` は値を取りませんが、`{ $value }` が指定されています
    .hint = 値を付けずに指定してください。説明は `{ $command } --help` にあります
usage-value-date = `{ $flag }` の値 `{ $value }` を日付として読めません
    .hint = 2026-04-01や2026/4/1のように、4桁の年から書いてください（`{ $command } --help` も参照）
usage-value-number = `{ $flag }` の値 `{ $value }` は整数ではありません
    .hint = 符号やコンマを付けず、半角の数字だけで書いてください（`{ $command } --help` も参照）
usage-value-large = `{ $flag }` の値 `{ $value }` は大きすぎます
    .hint = もっと小さい数を指定してください（`{ $command } --help` も参照）
usage-value-row = `{ $flag }` の値 `{ $value }` は行番号ではありません。行は1から数えます
    .hint = Excelの左端に出る行番号を指定してください（`{ $command } --help` も参照）
usage-value-pair = `{ $flag }` の値 `{ $value }` は決まった形になっていません
    .hint = 名前と値を、前後に空白を入れずに `=` でつないでください（`{ $command } --help` も参照）
usage-conflict = `{ $flag }` は { $others } と同時に指定できません
    .hint = どちらかを外してください。説明は `{ $command } --help` にあります
usage-flag-twice = `{ $flag }` が2度指定されています
    .hint = 一度だけ指定してください。繰り返せるオプションは `{ $command } --help` で確認できます
usage-not-unicode = 文字として読めない引数があります（UTF-8ではありません）
    .hint = 打ち直してください（`{ $command } --help` も参照）
merge-counts = { $files }ファイルの回答をまとめました：記入済み{ $filled }件{ $blank ->
        [0] {""}
       *[other] 、未記入{ $blank }件
    }{ $retired ->
        [0] {""}
       *[other] 、旧回答{ $retired }件
    }
