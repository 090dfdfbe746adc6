from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.hour_cells import CellError, checked_hours
from ..engine.months import declared_day, last_day, previous_month

KINDS = ("work", "training")


class ClauseInsertionDeclaration(models.Model):
    """The month as one page: a row per work contract, a cell per kind of hours."""

    _inherit = "clause.insertion.declaration"

    @api.model
    def _open(self, clause, month):
        """The declaration of that month to work on: the open one, else a new one."""
        month = fields.Date.to_date(month)
        found = self.search([("clause_id", "=", clause.id), ("month", "=", month)], order="id desc", limit=1)
        return (
            found
            if found.state in ("draft", "refused", "submitted")
            else self.create({"clause_id": clause.id, "month": month})
        )

    def _sheet_employments(self):
        """Work contracts on the clause that touch the month, in the order of the pseudonyms.

        sudo, for the order alone: a contractor does not read a person whom the relay has not confirmed.
        """
        self.ensure_one()
        employments = self.env["clause.insertion.employment"].search(
            [
                ("clause_ids", "in", self.clause_id.ids),
                ("date_start", "<=", last_day(self.month)),
                "|",
                ("date_end", "=", False),
                ("date_end", ">=", self.month),
            ],
            order="date_start",
        )
        return employments.sorted(lambda employment: employment.sudo().participant_id.name)

    def _sheet(self):
        """Rows for the page, in a fixed number of queries: ``[{employment, work, training, previous, …}]``.

        Hours are those of the declaration, ``previous`` those declared the month before.
        """
        lines = {(line.insertion_employment_id.id, line.insertion_kind): line for line in self.line_ids}
        previous = self._previous_hours()
        rows = []
        for employment in self._sheet_employments():
            cells = [lines.get((employment.id, kind)) for kind in KINDS]
            rows.append(
                {
                    "employment": employment,
                    "hours": [(kind, line.unit_amount if line else 0) for kind, line in zip(KINDS, cells, strict=True)],
                    "previous": previous.get(employment.id, 0),
                    "refusals": [
                        line.insertion_refusal for line in cells if line and line.insertion_state == "refused"
                    ],
                    "is_locked": any(line and line.insertion_state == "validated" for line in cells),
                }
            )
        return rows

    def _previous_hours(self):
        """Hours of the month before, by work contract."""
        month = previous_month(self.month)
        sums = self.env["account.analytic.line"]._read_group(
            [("clause_insertion_id", "=", self.clause_id.id), ("date", ">=", month), ("date", "<=", last_day(month))],
            ["insertion_employment_id"],
            ["unit_amount:sum"],
        )
        return {employment.id: hours for employment, hours in sums}

    def _save_sheet(self, cells):
        """Write the page's cells; nothing is written when one of them is wrong.

        :param cells: ``{(work contract id, kind): text}``; an empty text or 0 clears the cell
        :raise UserError: naming the pseudonym and the value that cannot be read
        """
        self.ensure_one()
        self.check_access("write")
        employments = {employment.id: employment for employment in self._sheet_employments()}
        wanted = self._read_cells(cells, employments)
        lines = {(line.insertion_employment_id.id, line.insertion_kind): line for line in self.line_ids}
        to_create = []
        for key, hours in wanted.items():
            line = lines.get(key)
            if line and line.insertion_state == "validated":
                continue
            if line and not hours:
                line.unlink()
            elif line and (line.unit_amount != hours or line.insertion_state == "refused"):
                # sudo: a refused line goes back to draft once corrected; access to the declaration was checked
                line.sudo().write({"unit_amount": hours, "insertion_state": "draft", "insertion_refusal": False})
            elif not line and hours:
                to_create.append(self._sheet_line(employments[key[0]], key[1], hours))
        self.env["account.analytic.line"].create(to_create)

    def _read_cells(self, cells, employments):
        wanted = {}
        for (employment_id, kind), text in cells.items():
            if employment_id not in employments or kind not in KINDS:
                continue
            text = (text or "").strip()
            try:
                wanted[employment_id, kind] = checked_hours(text, "month") if text.strip("0,. ") else 0
            except CellError as error:
                raise UserError(
                    self.env._(
                        "%(person)s: “%(value)s” is not a number of hours in a month. Type it such as 120 or 86,5.",
                        person=employments[employment_id].participant_id.sudo().name,  # the pseudonym alone
                        value=text,
                    )
                ) from error
        return wanted

    def _sheet_line(self, employment, kind, hours):
        return {
            "insertion_declaration_id": self.id,
            "insertion_participant_id": employment.participant_id.id,
            "insertion_employment_id": employment.id,
            "insertion_kind": kind,
            "insertion_is_monthly": True,
            "unit_amount": hours,
            "date": declared_day(self.month, employment.date_end, fields.Date.context_today(self)),
        }
