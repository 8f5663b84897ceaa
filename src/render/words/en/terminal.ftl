# terminal

# what was read, what goes out with a workbook
summary-read = { $edition ->
        [none] edition unknown
       *[other] { $edition }
    }, { $template ->
        [none] no template
       *[other] template { $template }
    }: { $items ->
        [one] 1 item
       *[other] { $items } items
    }{ $retired ->
        [0] { "" }
       *[other] , { $retired } retired
    }
summary-group-of = { $group } { $found } of { $expected }
carried-along = what goes out with the workbook:
carried-creator = creator
carried-last-modified-by = last modified by
carried-created = created
carried-modified = modified
carried-company = company
carried-manager = manager
carried-custom-property = custom property
carried-comment = comment
carried-hidden-sheet = hidden sheet
carried-hidden-rows = hidden rows
carried-hidden-columns = hidden columns
carried-external-link = link to another file
carried-macros = macros
