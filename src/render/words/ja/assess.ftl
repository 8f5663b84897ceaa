# assess
assess-no-conformity = 資料に適合性の記載がないため、{ $items }項目すべてを「要再確認」としました
    .hint = 適合性の列がある場合は `--field conformity=見出し` で指定してください
