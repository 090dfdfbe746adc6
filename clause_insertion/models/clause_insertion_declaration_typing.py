from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError

from ..engine.hour_cells import CellError, checked_hours
from ..engine.months import declared_day


class ClauseInsertionDeclaration(models.Model):
    """What the contractor types on the month's page, written together: as many queries for many people as for few."""

    _inherit = "clause.insertion.declaration"

    def _save_sheet(self, typed):
        """Write the page's cells; nothing is written when one of them is wrong.

        :param typed: ``{(key of the row, kind): text}``; an empty text or 0 clears the cell, and what is not an
            open cell of the page is ignored
        :raise UserError: naming the pseudonym and the value that cannot be read
        """
        self.ensure_one()
        self.check_access("write")
        Line = self.env["account.analytic.line"]
        Line._check_declarant()
        removed, answered, changed, added = Line, Line, defaultdict(Line.browse), []
        for row, cell in self._open_cells(typed):
            lines = cell["lines"]
            text = typed[row["key"], cell["kind"]].strip()
            if text == cell["text"]:
                answered |= lines.filtered(lambda line: line.insertion_state == "refused")
                continue
            hours = self._read_hours(text, row)
            if not hours:
                removed |= lines
            elif lines:
                removed |= lines[1:]
                changed[hours, self._declared_day(row)] |= lines[:1]
            else:
                added.append(self._new_line_values(row, cell["kind"], hours))
        removed.unlink()
        # sudo: a refused line goes back to draft once corrected; access to the declaration was checked
        as_draft = {"insertion_state": "draft", "insertion_refusal": False}
        answered.sudo().write(as_draft)
        for (hours, day), lines in changed.items():
            lines.sudo().write({**as_draft, "unit_amount": hours, "date": day, "insertion_is_monthly": True})
        Line.create(added)

    def _open_cells(self, typed):
        return [
            (row, cell)
            for row in self._sheet()
            for cell in row["cells"]
            if not cell["is_locked"] and (row["key"], cell["kind"]) in typed
        ]

    def _read_hours(self, text, row):
        try:
            return checked_hours(text, "month") if text.strip("0,. ") else 0
        except CellError as error:
            raise UserError(
                self.env._(
                    "%(person)s: “%(value)s” is not a number of hours in a month. Type it such as 120 or 86,5.",
                    person=row["pseudonym"],
                    value=text,
                )
            ) from error

    def _declared_day(self, row):
        return declared_day(self.month, row["employment"].date_end, fields.Date.context_today(self))

    def _new_line_values(self, row, kind, hours):
        return {
            "insertion_declaration_id": self.id,
            "insertion_participant_id": row["participant_id"],
            "insertion_employment_id": row["employment"].id,
            "insertion_kind": kind,
            "insertion_is_monthly": True,
            "unit_amount": hours,
            "date": self._declared_day(row),
        }
