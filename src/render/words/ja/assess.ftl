# 点検の状況。

assess-no-conformity = リファレンスに適合性の記載がなく、自己評価だけでは結果が決まらないため、{ $items }項目すべてを「要再確認」としました
    .hint = 適合性の列がある場合は `--field conformity=見出し` で指定してください。ない場合は、適合性の載ったリファレンスを事業者から受け取ってください
assess-title = 自己点検の状況{ $edition ->
    [none] { "" }
   *[other] { "" } { $edition }
  }{ $today ->
    [none] { "" }
   *[other] （{ $today }現在）
  }
assess-total = 全体
assess-ungrouped = （区分なし）
assess-settled = 完了（充足・対象外）
assess-to-act = 要対応
assess-to-recheck = 要再確認
assess-unanswered = 未回答
assess-answered = 回答済：{ $answered }/{ $items }項目（{ $percent }%）。棒は点検結果（適合性と自己評価から判定）
assess-by-status = 自己評価：{ $counts }
assess-by-result = 点検結果：{ $counts }
assess-overdue = 期限超過：{ $count }項目
assess-recheck = 要再確認：{ $count }項目
assess-more = ほか{ $count }項目

# 自己評価と点検結果。
status-done = 対応済
status-partial = 一部対応
status-planned = 計画中
status-open = 未対応
status-excluded = 対象外
status-unanswered = 未回答
result-met = 充足
result-met-by-user = 充足(利用者対応)
result-excluded = 対象外
result-action-needed = 要対応
result-unanswered = 未回答
result-recheck = 要再確認
