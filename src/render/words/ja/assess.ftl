# 点検の状況。

assess-no-conformity = リファレンスに適合性の記載がなく、自己評価だけでは結果が決まらないため、{ $items }項目すべてを「要再確認」としました
    .hint = 適合性の列がある場合は `--field conformity=見出し` で指定してください。ない場合は、適合性の載ったリファレンスを事業者から受け取ってください
assess-title = 点検状況{ $edition ->
    [none] { "" }
   *[other] { "" } { $edition }
  }{ $today ->
    [none] { "" }
   *[other] （{ $today }現在）
  }
assess-total = 全体
assess-ungrouped = （区分なし）
assess-settled = 充足・対象外
assess-to-act = 要対応
assess-to-recheck = 要再確認
assess-unanswered = 未回答
assess-answered = 回答済: { $answered }/{ $items } 項目（{ $percent }%）。棒は点検結果（適合性と自己評価から判定）
assess-by-status = 自己評価
assess-by-result = 点検結果
assess-overdue = 期限切れ { $count }項目
assess-recheck = 要再確認 { $count }項目
assess-more = ほか { $count }項目
