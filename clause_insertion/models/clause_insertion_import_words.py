from odoo import api, models
from odoo.tools import format_date

from ..engine.hour_cells import is_formula
from ..engine.hour_file import HEADERS


class ClauseInsertionImportWords(models.AbstractModel):
    """What is wrong in a file and what would be right, in the user's language."""

    _name = "clause.insertion.import.words"
    _description = "Words of the errors in a file of insertion hours"

    @api.model
    def _error_values(self, problems):
        words = {**self._file_words(), **self._cell_words(), **self._place_words()}
        return [self._values(problem, *words[problem.code]) for problem in problems]

    @api.model
    def _values(self, problem, wrong, right):
        params = {
            name: format_date(self.env, value) if hasattr(value, "year") else value
            for name, value in problem.params.items()
        }
        return {
            "row": problem.row,
            "column": problem.column and HEADERS[problem.column][0],
            "value": self._shown(problem),
            "problem": wrong % params,
            "expected": right % params,
        }

    @api.model
    def _shown(self, problem):
        """The value met, unless it could be somebody's name: names have no digits."""
        value = problem.value
        if problem.column in ("", "contractor") or is_formula(value) or any(map(str.isdigit, value)):
            return value[:200]
        return value and self.env._("(not repeated here)")

    @api.model
    def _file_words(self):
        _ = self.env._
        columns = ", ".join(texts[0] for texts in HEADERS.values())
        csv_or_xlsx = _("A CSV or XLSX file with the columns %s.", columns)
        return {
            "empty": (_("The file is empty."), csv_or_xlsx),
            "no_rows": (
                _("The file has no row below its headers."),
                _("One row for each person, clause and day or month."),
            ),
            "too_big": (_("The file is too big."), _("50 MB at most: divide the file.")),
            "too_big_unzipped": (_("Once unpacked, the file is too big."), _("Divide the file, or save it as CSV.")),
            "old_excel": (
                _("This is an old Excel file, or one with a password."),
                _("Save it as XLSX or CSV, without a password."),
            ),
            "not_xlsx": (
                _("This is not an XLSX workbook, whatever its name says."),
                _("Open it in a spreadsheet and save it as XLSX or CSV."),
            ),
            "binary": (_("This is not a text: it holds bytes that no CSV has."), csv_or_xlsx),
            "encoding": (_("The characters of the file cannot be read."), _("Save it as “CSV UTF-8”.")),
            "delimiter": (
                _("The headers cannot be told apart."),
                _("Columns separated by semicolons, commas or tabs: %s.", columns),
            ),
            "long_line": (_("A line of the file is far too long."), csv_or_xlsx),
            "broken_quotes": (
                _("A quotation mark is opened and never closed, or closed too early."),
                _("Remove or double the quotation marks."),
            ),
            "missing_column": (_("A column is missing."), _("Add it: the columns are %s.", columns)),
            "unknown_column": (
                _("This column is not expected."),
                _("Remove it: the file is kept, and must hold no name of a person."),
            ),
            "column_twice": (_("This column is there twice."), _("Keep one.")),
            "already_imported": (
                _("This same file was imported on %(date)s by %(user)s: nothing is left to import."),
                _("Another file, or nothing to do."),
            ),
        }

    @api.model
    def _cell_words(self):
        _ = self.env._
        day, month = _("A day such as 31/01/2026 or 2026-01-31."), _("A month such as 01/2026 or 2026-01.")
        hours = _("Hours such as 7, 7,5 or 7h30.")
        return {
            "too_many_cells": (
                _("The row has more cells than there are columns."),
                _("Put hours that have a decimal comma between quotation marks, or separate columns with semicolons."),
            ),
            "empty_cell": (_("The cell is empty."), _("Fill it in.")),
            "formula": (_("The cell begins like a formula, and formulas are not run."), _("Put the value itself.")),
            "not_siret": (
                _("This is not a valid SIRET."),
                _("14 digits with the right check digit, or the contractor's name."),
            ),
            "not_a_pseudonym": (
                _("This is not a person's pseudonym."),
                _("A pseudonym such as P-000123, never a name."),
            ),
            "not_a_day": (_("This is not a day."), day),
            "not_a_month": (_("This is not a month."), month),
            "impossible_date": (
                _("This date does not exist."),
                _("A date of the calendar, such as 31/01/2026 or 01/2026."),
            ),
            "no_date": (
                _("There is neither a day nor a month."),
                _("Fill in the day, or the month for a whole month."),
            ),
            "day_and_month": (
                _("There are both a day and a month."),
                _("Keep the day, or the month for a whole month."),
            ),
            "future": (_("This date is in the future."), _("Today at the latest.")),
            "not_hours": (_("This is not a number of hours."), hours),
            "not_positive": (
                _("Hours are more than zero."),
                _("Hours above zero; validated hours are corrected with “Reverse”."),
            ),
            "absurd_day": (_("A day has 24 hours."), _("24 at most; put the month for a whole month.")),
            "absurd_month": (_("A month has 744 hours."), _("744 at most.")),
            "not_a_kind": (_("This nature of hours is unknown."), _("travail or formation; empty means travail.")),
            "not_validated_yet": (
                _("These hours are declared: they are not validated yet."),
                _("Empty the cell; or the relay or the Region imports hours already validated."),
            ),
            "validated_before_worked": (
                _("Validated before being worked."),
                _("The day when these hours were validated."),
            ),
        }

    @api.model
    def _place_words(self):
        _ = self.env._
        return {
            "unknown_clause": (
                _("No clause with this reference among those that you may fill."),
                _("A reference such as CI/2026/0001, of one of your clauses."),
            ),
            "clause_not_running": (
                _("This clause takes no hours: its contract has not begun, or was cancelled."),
                _("A clause whose contract is confirmed."),
            ),
            "unknown_contractor": (
                _("No contractor with this name or SIRET."),
                _("The SIRET or the exact name of the clause's contractor."),
            ),
            "ambiguous_contractor": (
                _("Several contractors have this name or SIREN."),
                _("The contractor's SIRET, or its exact name."),
            ),
            "not_contractor": (_("This clause is another contractor's."), _("%(expected)s, or another clause.")),
            "unknown_person": (
                _("No such person among those that you may see: unknown, or followed by another relay."),
                _("The pseudonym shown by the relay, such as P-000123."),
            ),
            "closed": (_("Hours are closed until %(until)s."), _("A later date.")),
            "before_clause": (_("The clause begins on %(start)s."), _("A date from then on.")),
            "submitted": (
                _("The declaration of that month was submitted: the relay has not answered yet."),
                _("Wait for the relay's answer, then import these hours."),
            ),
            "duplicate": (
                _("Same clause, person, date, nature and hours as row %(first)s."),
                _("Remove one, or add the hours up."),
            ),
        }
