# How far a self-check is.

assess-no-conformity = the reference says nothing about conformity and the answers alone settle no result, so { $items ->
    [one] its 1 item counts
   *[other] all { $items } items count
  } as to be re-checked (要再確認)
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
assess-settled = settled (met or excluded)
assess-to-act = to act on
assess-to-recheck = to re-check
assess-unanswered = unanswered
assess-answered = Answered: { $answered }/{ $items } items ({ $percent }%); the bars show results, which the provider's conformity and the answer give together
assess-by-status = Self-assessment: { $counts }
assess-by-result = Results: { $counts }
assess-overdue = { $count ->
    [one] 1 item overdue
   *[other] { $count } items overdue
  }
assess-recheck = { $count ->
    [one] 1 item to re-check
   *[other] { $count } items to re-check
  }
assess-more = and { $count } more

# Self-assessments and results.
status-done = Done
status-partial = Partly done
status-planned = Planned
status-open = Open
status-excluded = Excluded
status-unanswered = Unanswered
result-met = Met
result-met-by-user = Met by the user
result-excluded = Excluded
result-action-needed = To act on
result-unanswered = Unanswered
result-recheck = To re-check
