import re

from odoo.tools import format_date

from ...engine.files.hours import HEADINGS
from ..base.file_messages import file_messages

_WORD = re.compile(r"[^\W\d_]{3}")


class ProblemMessages:
    """What is wrong in a file of hours and what would be right, in the user's language."""

    def __init__(self, env):
        self.env = env
        self._messages = {
            **file_messages(env, HEADINGS),
            **self._of_files(),
            **self._of_cells(),
            **self._of_dates(),
            **self._of_records(),
        }

    def error_values(self, problem):
        """Values of the error that keeps this problem."""
        wrong, right = self._messages[problem.code]
        params = {
            name: format_date(self.env, value) if hasattr(value, "year") else value
            for name, value in problem.params.items()
        }
        return {
            "row": problem.row,
            "column": HEADINGS.label(problem.column),
            "value": self._shown(problem),
            "problem": wrong % params,
            "expected": right % params,
        }

    def _shown(self, problem):
        """The value met, unless it could be somebody's name: codes, numbers and dates have no word."""
        value = problem.value
        if value in HEADINGS.texts.get(problem.column, ()) or value == HEADINGS.label(problem.column):
            return value  # a header that is missing, or there twice
        return self.env._("(not repeated here)") if _WORD.search(value) else value[:200]

    def _of_files(self):
        return {
            "no_rows": (
                self.env._("The file has no row below its headers."),
                self.env._("One row for each person, clause and day or month."),
            ),
            "many_hours": (
                self.env._("The file has %(new)s hours to write: %(most)s at most at a time."),
                self.env._("Divide it, by year or by contractor."),
            ),
            "unknown_column": (
                self.env._("Column %(letter)s is not expected."),
                self.env._("Remove it: a file of hours holds no name of a person."),
            ),
            "already_imported": (
                self.env._("This same file was imported on %(date)s by %(user)s: nothing is left to import."),
                self.env._("Another file, or nothing to do."),
            ),
        }

    def _of_cells(self):
        return {
            "too_many_cells": (
                self.env._("The row has more cells than there are columns."),
                self.env._(
                    "Put hours that have a decimal comma between quotation marks, or separate columns with semicolons."
                ),
            ),
            "empty_cell": (self.env._("The cell is empty."), self.env._("Fill it in.")),
            "formula": (
                self.env._("The cell begins like a formula, and formulas are not run."),
                self.env._("Put the value itself."),
            ),
            "not_siret": (
                self.env._("This is not a valid SIRET."),
                self.env._("14 digits with the right check digit, or the contractor's name."),
            ),
            "not_a_pseudonym": (
                self.env._("This is not a person's pseudonym."),
                self.env._("A pseudonym such as P-000123, never a name."),
            ),
            "not_hours": (self.env._("This is not a number of hours."), self.env._("Hours such as 7, 7,5 or 7h30.")),
            "not_positive": (
                self.env._("Hours are more than zero."),
                self.env._("Hours above zero; validated hours are corrected with “Reverse”."),
            ),
            "absurd_day": (
                self.env._("A day has 24 hours."),
                self.env._("24 at most; put the month for a whole month."),
            ),
            "absurd_month": (self.env._("A month has 744 hours."), self.env._("744 at most.")),
            "not_a_kind": (
                self.env._("This nature of hours is unknown."),
                self.env._("travail or formation; empty means travail."),
            ),
        }

    def _of_dates(self):
        return {
            "not_a_day": (self.env._("This is not a day."), self.env._("A day such as 31/01/2026 or 2026-01-31.")),
            "not_a_month": (self.env._("This is not a month."), self.env._("A month such as 01/2026 or 2026-01.")),
            "impossible_date": (
                self.env._("This date does not exist."),
                self.env._("A date of the calendar, such as 31/01/2026 or 01/2026."),
            ),
            "no_date": (
                self.env._("There is neither a day nor a month."),
                self.env._("Fill in the day, or the month for a whole month."),
            ),
            "day_and_month": (
                self.env._("There are both a day and a month."),
                self.env._("Keep the day, or the month for a whole month."),
            ),
            "future": (self.env._("This date is in the future."), self.env._("Today at the latest.")),
            "not_validated_yet": (
                self.env._("These hours are declared: they are not validated yet."),
                self.env._("Empty the cell; or the Region takes over hours already validated."),
            ),
            "validated_before_worked": (
                self.env._("Validated before being worked."),
                self.env._("The day when these hours were validated."),
            ),
        }

    def _of_records(self):
        return {
            "unknown_clause": (
                self.env._("No clause with this reference among those that you may fill."),
                self.env._("A reference such as CI/2026/0001, of one of your clauses."),
            ),
            "clause_not_running": (
                self.env._("This clause takes no hours: its contract has not begun, or was cancelled."),
                self.env._("A clause whose contract is confirmed."),
            ),
            "clause_certified": (
                self.env._("This clause is certified: its hours are closed."),
                self.env._("Its certificate is withdrawn first; hours that are wrong are reversed."),
            ),
            "unknown_contractor": (
                self.env._("No contractor with this name or SIRET."),
                self.env._("The SIRET or the exact name of the clause's contractor."),
            ),
            "ambiguous_contractor": (
                self.env._("Several contractors have this name or SIREN."),
                self.env._("The contractor's SIRET, or its exact name."),
            ),
            "not_contractor": (
                self.env._("This clause is another contractor's."),
                self.env._("%(expected)s, or another clause."),
            ),
            "unknown_person": (
                self.env._("No such person among those that you may see: unknown, or followed by another relay."),
                self.env._("The pseudonym shown by the relay, such as P-000123."),
            ),
            "closed": (self.env._("Hours are closed until %(until)s."), self.env._("A later date.")),
            "before_clause": (self.env._("The clause begins on %(start)s."), self.env._("A date from then on.")),
            "submitted": (
                self.env._("The declaration of that month was submitted: the relay has not answered yet."),
                self.env._("Wait for the relay's answer, then import these hours."),
            ),
            "duplicate": (
                self.env._("Same clause, person, date, nature and hours as row %(first)s."),
                self.env._("Remove one, or add the hours up."),
            ),
        }
