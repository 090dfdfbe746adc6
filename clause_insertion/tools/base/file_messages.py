"""What is wrong with a file as a whole, whatever it holds, in the user's language."""


def file_messages(env, headings):
    """``{code: (what is wrong, what would be right)}`` for a file that has these headings."""
    columns = ", ".join(map(headings.label, headings.texts))
    csv_or_xlsx = env._("A CSV or XLSX file with the columns %s.", columns)
    return {
        "empty": (env._("The file is empty."), csv_or_xlsx),
        "too_big": (env._("The file is too big."), env._("50 MB at most: divide the file.")),
        "too_big_unzipped": (
            env._("Once unpacked, the file is too big."),
            env._("Divide the file, or save it as CSV."),
        ),
        "old_excel": (
            env._("This is an old Excel file, or one with a password."),
            env._("Save it as XLSX or CSV, without a password."),
        ),
        "not_xlsx": (
            env._("This is not an XLSX workbook, whatever its name says."),
            env._("Open it in a spreadsheet and save it as XLSX or CSV."),
        ),
        "binary": (env._("This is not a text: it holds bytes that no CSV has."), csv_or_xlsx),
        "encoding": (env._("The characters of the file cannot be read."), env._("Save it as “CSV UTF-8”.")),
        "delimiter": (
            env._("The headers cannot be told apart."),
            env._("Columns separated by semicolons, commas or tabs: %s.", columns),
        ),
        "long_line": (env._("A line of the file is far too long."), csv_or_xlsx),
        "broken_quotes": (
            env._("A quotation mark is opened and never closed, or closed too early."),
            env._("Remove or double the quotation marks."),
        ),
        "missing_column": (env._("A column is missing."), env._("Add it: the columns are %s.", columns)),
        "column_twice": (env._("This column is there twice."), env._("Keep one.")),
    }
