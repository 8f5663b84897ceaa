# What the command line itself says.
severity-error = error
severity-warning = warning
severity-note = note
severity-hint = hint
diagnostics-more = … { $count } more of `{ $code }`; `-v` shows all
