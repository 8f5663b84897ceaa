# export

characters-lost = この文字コードにない文字が { $count } 箇所あり、`〓` に置き換えました
    .found = { $characters }
    .hint = UTF-8 で書き出すと、すべての文字が残ります
characters-replaced = この文字コードにない文字を、同じ形の文字に置き換えました ({ $count } 箇所)
    .found = { $characters }
