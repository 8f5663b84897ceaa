# How far a self-check is.

assess-no-conformity = the reference says nothing about conformity and the answers alone settle no result, so { $items ->
    [one] its 1 item counts
   *[other] all { $items } items count
  } as 要再確認
    .hint = if a column holds the provider's word, name it with `--field conformity=HEADING`; if none does, ask the provider for a reference that has it
assess-title = Self-check{ $edition ->
    [none] { "" }
   *[other] { "" } { $edition }
  }{ $today ->
    [none] { "" }
   *[other] { "" } as of { $today }
  }
assess-total = All
assess-ungrouped = (no group)
assess-settled = settled
assess-to-act = to act on
assess-to-recheck = to look at again
assess-unanswered = unanswered
assess-answered = Answered: { $answered }/{ $items } items ({ $percent }%); the bars show results, which the provider's conformity and the answer give together
assess-by-status = Answers
assess-by-result = Results
assess-overdue = { $count ->
    [one] 1 item overdue
   *[other] { $count } items overdue
  }
assess-recheck = { $count ->
    [one] 1 item to look at again
   *[other] { $count } items to look at again
  }
assess-more = and { $count } more
