"""What is wrong with a file as a whole, whatever it holds, in the user's language."""

from odoo.tools import formatLang

from ...engine.files import bounds


def file_messages(env, headings):
    """``{code: (what is wrong, what would be right)}`` for a file that has these headings."""
    columns = ", ".join(map(headings.label, headings.texts))
    csv_or_xlsx = env._("A CSV or XLSX file with the columns %s.", columns)
    return {
        "empty": (env._("The file is empty."), csv_or_xlsx),
        **_beyond_bounds(env),
        "old_excel": (
            env._("This is an old Excel file, or one with a password."),
            env._("Save it as XLSX or CSV, without a password."),
        ),
        "not_xlsx": (
            env._("This is not an XLSX workbook, whatever its name says."),
            env._("Open it in a spreadsheet and save it as XLSX or CSV."),
        ),
        "hidden_sheet": (
            env._("The first sheet of the workbook is hidden, and it is the one that is read."),
            env._("Show it, or move the sheet to read to the first place."),
        ),
        "binary": (env._("This is not a text: it holds bytes that no CSV has."), csv_or_xlsx),
        "encoding": (env._("The characters of the file cannot be read."), env._("Save it as “CSV UTF-8”.")),
        "delimiter": (
            env._("The headers cannot be told apart."),
            env._("Columns separated by semicolons, commas or tabs: %s.", columns),
        ),
        "broken_quotes": (
            env._("A quotation mark is opened and never closed, or closed too early."),
            env._("Remove or double the quotation marks."),
        ),
        "missing_column": (env._("A column is missing."), env._("Add it: the columns are %s.", columns)),
        "column_twice": (env._("This column is there twice."), env._("Keep one.")),
    }


def _beyond_bounds(env):
    """Which bound it is, so that somebody with a real file knows what to take out of it."""

    def number(value):
        return formatLang(env, value, digits=0)

    def megabytes(value):
        return number(value / 2**20)

    divide = env._("Divide the file, or remove what it does not need.")
    clean = env._("Copy the rows alone to a new workbook, or save the sheet as CSV.")
    return {
        "too_big": (
            env._("The file is too big."),
            env._("%s MB at most: divide the file.", megabytes(bounds.MOST_BYTES)),
        ),
        "too_big_unzipped": (
            env._(
                "Once unpacked, the file is too big: %(all)s MB at most, of which %(texts)s MB of texts and styles.",
                all=megabytes(bounds.MOST_BYTES_UNZIPPED),
                texts=megabytes(bounds.MOST_BYTES_OF_TEXTS),
            ),
            env._("Divide the file, or save it as CSV."),
        ),
        "long_line": (
            env._(
                "A row is far too long: %s characters at most. Is a quotation mark never closed?",
                number(bounds.MOST_CHARACTERS - 1),
            ),
            divide,
        ),
        "many_rows": (env._("There are too many rows: %s at most.", number(bounds.MOST_ROWS)), divide),
        "long_table": (env._("There are too many rows: %s at most.", number(bounds.MOST_ROWS_OF_A_TABLE)), divide),
        "wide_row": (
            env._(
                "The row is too wide: %(columns)s columns at most, %(cells)s with its empty cells.",
                columns=number(bounds.MOST_COLUMNS),
                cells=number(bounds.MOST_CELLS_OF_A_ROW),
            ),
            divide,
        ),
        "many_cells": (env._("The sheet has too many cells: %s at most.", number(bounds.MOST_CELLS)), divide),
        "many_texts": (env._("The workbook has too many texts: %s at most.", number(bounds.MOST_TEXTS)), divide),
        "many_sheets": (env._("The workbook has too many sheets: %s at most.", number(bounds.MOST_SHEETS)), clean),
        "many_parts": (env._("The workbook has too many parts: %s at most.", number(bounds.MOST_PARTS)), clean),
        "many_elements": (
            env._(
                "The workbook has too many styles, names or parts of a row: %s at most.", number(bounds.MOST_ELEMENTS)
            ),
            clean,
        ),
        "long_cell": (
            env._("A cell is far too long: %s kB at most.", number(bounds.MOST_BYTES_OF_A_CELL / 2**10)),
            divide,
        ),
    }
