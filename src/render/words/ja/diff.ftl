# diff
diff-schemes-fisc = 項番の体系が違うため、番号では比べられません
    .found = 旧版は{ $old }、新版は{ $new }の体系です
    .hint = どの項番がどの項番になったかを対応表（CSV: `old_id,new_id`）に書き、`--crosswalk` で渡してください
diff-schemes-differ = 旧版と新版で番号の付け方が違うようです
    .found = 旧版は`{ $old }`、新版は`{ $new }`のような番号です
    .hint = 文面の近さで対応づけました。対応表があれば `--crosswalk` で渡してください
diff-field-unknown = 項目`{ $name }`はどちらの版にもありません
    .hint = 使える名前: { $known }
diff-text-coarse = { $id }の「{ $field }」は長く、語ごとに比べ切れない箇所を丸ごと置き換えとして示しました
diff-marks-unreadable = `{ $file }`の形式からは追記の色などを読めないため、表示と実変更の照合は行いません
    .hint = xlsx または xlsm の版があれば、そちらを指定してください
diff-marks-emphasis = `{ $file }`には赤字がないため、ほかの色・塗り・下線を追記の表示とみなして照合しました
diff-marks-none = `{ $file }`には追記の表示がないため、表示と実変更の照合は行いません
diff-id-repeated = { $side ->
        [old] 旧版
       *[new] 新版
    }に同じ番号が二度以上あります: { $ids }
    .hint = 出てきた順に対応づけました
crosswalk-header-missing = 対応表に `old_id` と `new_id` の列が見つかりません
    .found = 見出し: { $found }
    .hint = 1行目を `old_id,new_id,relation,note` にしてください（シートを分けるときは `old_sheet` と `new_sheet` も）
crosswalk-relation-unknown = 対応表の関係`{ $word }`は読めません
    .hint = 使える語: { $known }
crosswalk-row-incomplete = 対応表のこの行は、関係に対して番号が足りないか多すぎます
    .hint = `same`・`split`・`merged` には両方の番号、`removed` には旧番号だけ、`added` には新番号だけを書いてください
crosswalk-item-unknown = 対応表の番号`{ $id }`はその版にありません
    .hint = この行は使いませんでした
crosswalk-contradiction = 対応表のこの行は前の行と食い違います
    .found = 旧`{ $old }` → 新`{ $new }`
    .hint = この行は使いませんでした
