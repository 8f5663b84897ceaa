# fill
