# Findings of `check`: about the reference.

group-count = { $title }（{ $group }）は{ $found }項目で、{ $edition }の{ $expected }項目と合いません
    .hint = 発行元が一部の項目だけを載せている場合はそのままで構いません。漏れがないか確認してください
group-missing = { $title }（{ $group }）の項目がありません（{ $edition }では{ $expected }項目）
group-unexpected = 区分 `{ $group }` は{ $edition }にありません
    .hint = 版の指定と項番の列を確認してください
retired-in-use = `{ $item }` は{ $edition }では欠番ですが、内容があります
    .hint = 項番と版を確認してください
id-twice = 項番 `{ $item }` の項目が{ $count }つあります
    .hint = 項番を直すか、シートを分けてください
number-gap = 番号が抜けています：{ $count ->
        [1] `{ $first }`
       *[other] `{ $first }` から `{ $last }` まで（{ $count }項目）
    }
    .found = 次の項目は `{ $after }` です
    .hint = 欠番なら「欠番」の行を入れると区別できます
number-gap-many = 番号の抜けが{ $count }か所あります
    .each = { $count ->
        [1] `{ $first }`
       *[other] `{ $first }` から `{ $last }` まで{ $count }項目
    }（次は `{ $after }`）
    .hint = 欠番なら「欠番」の行を入れると区別できます
number-order = 番号の順に並んでいない項目が{ $count }件あります
    .found = { $items }
branch-alone = 枝番 `{ $item }` のもとになる `{ $parent }` がありません
item-empty = `{ $item }` に内容がありません
    .hint = 欠番なら「欠番」と書いてください
value-is-error = `{ $item }` の「{ $field }」がエラー値 `{ $value }` です
    .hint = 元のブックの数式を直してください
conformity-missing = `{ $item }` の適合性が空です
    .hint = 「適合可能」か「対象外」を確認してください
conformity-unknown = `{ $item }` の適合性 `{ $word }` は「適合可能」「対象外」のどちらでもありません
    .hint = 記号の意味が決まっている場合は、テンプレートの `values` で対応を書けます
citation-dangling = `{ $item }` が{ $list ->
        [reports] 第三者認証レポート
       *[documents] 公開文書
    }{ $number }を参照していますが、一覧にありません
    .found = 一覧の最後の番号は{ $last }です
    .hint = 番号の誤りか、一覧の漏れがないか確認してください
citation-retired = `{ $item }` が欠番の{ $list ->
        [reports] 第三者認証レポート
       *[documents] 公開文書
    }{ $number }を参照しています
citations-without-list = { $list ->
        [reports] 第三者認証レポート
       *[documents] 公開文書
    }の番号が{ $count }箇所で参照されていますが、一覧が見つかりません
    .hint = 一覧が別のファイルにある場合はそのままで構いません
documents-uncited = どの項目からも参照されていない{ $list ->
        [reports] 第三者認証レポート
       *[documents] 公開文書
    }が{ $count }件あります
    .found = { $numbers }
document-number-twice = { $list ->
        [reports] 第三者認証レポート
       *[documents] 公開文書
    }の番号{ $number }が重複しています
    .hint = どちらの番号が正しいか確認してください
document-untitled = { $list ->
        [reports] 第三者認証レポート
       *[documents] 公開文書
    }{ $number }に名称がありません
    .hint = 欠番なら「欠番」と書いてください
url-malformed = { $list ->
        [reports] 第三者認証レポート
        [cell] 項目
       *[documents] 公開文書
    } `{ $number }` のURLが正しくありません
    .found = `{ $url }`（{ $fault ->
        [scheme] `http://` か `https://` で始まっていません
        [host] ホスト名がありません
        [broken] 途中で切れているようです
       *[character] 空白、改行、全角文字などが入っています
    }）
    .hint = 元のブックのURLを確認してください
url-malformed-many = { $list ->
        [reports] 第三者認証レポート
        [cell] 項目
       *[documents] 公開文書
    }{ $count }件のURLが正しくありません
    .each = `{ $number }`: `{ $url }`（{ $fault ->
        [scheme] `http://` か `https://` で始まっていません
        [host] ホスト名がありません
        [broken] 途中で切れているようです
       *[character] 空白、改行、全角文字などが入っています
    }）
    .hint = 元のブックのURLを確認してください

# Findings of `check`: about answers.

answer-without-item = `{ $item }` という項目はありません
    .hint = { $near ->
        [none] 項番と、回答がこの版のものかを確認してください
       *[other] `{ $near }` のことですか
    }
answer-without-item-many = 存在しない項目への回答が{ $count }件あります
    .each = `{ $item }`{ $near ->
        [none] { "" }
       *[other] （`{ $near }` のことですか）
    }
    .hint = 項番と、回答がこの版のものかを確認してください
answer-to-retired = `{ $item }` はこの版では欠番ですが、回答があります
answer-given-twice = `{ $item }` への回答が重複しています
    .hint = どちらか1つにしてください
exclusion-without-reason = `{ $item }` は対象外ですが、除外理由がありません
    .hint = 「除外理由」に理由を書いてください
exclusion-without-reason-many = 対象外なのに除外理由のない回答が{ $count }件あります
    .each = `{ $item }`
    .hint = 「除外理由」に理由を書いてください
reason-without-exclusion = `{ $item }` に除外理由がありますが、対象外になっていません
    .hint = 「適用」を「対象外」にするか、除外理由を消してください
status-against-applicability = `{ $item }` の適用「{ $applicability }」と自己評価「{ $status }」が合いません
    .hint = どちらかを直してください
date-in-future = `{ $item }` の「{ $field }」（{ $date }）が今日より後の日付です
date-order = `{ $item }` の「{ $field }」（{ $date }）が「{ $earlier_field }」（{ $earlier_date }）より前です
answer-overdue = `{ $item }` は是正期限{ $due }を過ぎていますが、対応が残っています
    .hint = 自己評価か是正期限を見直してください
answer-overdue-many = 是正期限を過ぎて対応が残る項目が{ $count }件あります
    .each = `{ $item }`（{ $due }）
    .hint = 自己評価か是正期限を見直してください
approval-without-approver = `{ $item }` に承認日がありますが、承認者がありません
answer-over-long = `{ $item }` の「{ $field }」は{ $length }文字で、セルに入りません
    .found = Excelのセルは{ $limit }文字までです
    .hint = 短くするか、別の文書にして証跡に挙げてください
answer-control-character = `{ $item }` の「{ $field }」に制御文字{ $character }が入っています
    .hint = 貼り付け元を確認して、その文字を消してください
answer-url-malformed = `{ $item }` の「{ $field }」のURLが正しくありません
    .found = `{ $url }`（{ $fault ->
        [scheme] `http://` か `https://` で始まっていません
        [host] ホスト名がありません
        [broken] 途中で切れているようです
       *[character] 空白、改行、全角文字などが入っています
    }）
answer-required = `{ $item }` の「{ $field }」が空です{ $when ->
        [done] { "（対応済の場合は必須）" }
        [open] { "（対応が残る場合は必須）" }
        [excluded] { "（対象外の場合は必須）" }
       *[answered] { "（必須）" }
    }
answer-required-many = 「{ $field }」が空の回答が{ $count }件あります{ $when ->
        [done] { "（対応済の場合は必須）" }
        [open] { "（対応が残る場合は必須）" }
        [excluded] { "（対象外の場合は必須）" }
       *[answered] { "（必須）" }
    }
    .each = `{ $item }`
approver-is-owner = `{ $item }` の承認者 `{ $person }` が担当者か確認者と同じです
    .hint = 別の人が承認してください
items-unanswered = 回答のない項目が{ $count }件あります
    .found = { $items }
conflict-open = `{ $item }` の「{ $field }」は、食い違う回答の一方を残したものです
    .found = 残したもの：`{ $kept }`、もう一方：`{ $other }`（{ $from }）
    .hint = 正しい方を確認して、その競合を消してください（xlsxではシート「競合」の行、JSON・YAMLでは `conflicts` の要素）
recheck-open = `{ $item }` は再確認が必要です
    .found = { $reason ->
        [none] 理由は書かれていません
       *[other] { $reason }
    }
recheck-open-many = 再確認が必要な回答が{ $count }件あります
    .each = `{ $item }`{ $reason ->
        [none] { "" }
       *[other] （{ $reason }）
    }
answered-for-other-edition = `{ $item }` は{ $edition }に対する回答です（このブックは{ $version }）
    .hint = `secref carry` で引き継ぐと、変わった項目が分かります
answered-for-other-edition-many = { $edition }に対する回答が{ $count }件あります（このブックは{ $version }）
    .each = `{ $item }`
    .hint = `secref carry` で引き継ぐと、変わった項目が分かります
refers-to-unknown = `{ $item }` の回答が、存在しない項目 `{ $target }` を参照しています
    .hint = 参照先の項番を確認してください
refers-to-retired = `{ $item }` の回答が、欠番の `{ $target }` を参照しています
    .hint = 参照先の内容をこの回答に書いてください
refers-to-unanswered = `{ $item }` の回答が参照する `{ $target }` に回答がありません
refers-to-circular = 回答の参照が循環しています
    .found = { $path }
    .hint = どれか1つの回答に内容を書いてください
policy-word-unknown = `{ $word }` という条件はありません
    .hint = { $near ->
        [none] 回答の項目名（`owner` など）、`evidence-when-done`、`no-blanks`、`four-eyes` が使えます
       *[other] `{ $near }` のことですか
    }
