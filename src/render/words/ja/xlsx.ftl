# xlsx
