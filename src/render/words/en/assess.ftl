# assess
assess-no-conformity = the reference says nothing about conformity, so { $items ->
    [one] its 1 item counts
   *[other] all { $items } items count
  } as 要再確認
    .hint = bind the column of the provider's word with `--field conformity=HEADING`
