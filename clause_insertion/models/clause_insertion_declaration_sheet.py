from collections import defaultdict

from odoo import api, fields, models

from ..engine.hour_cells import typed_hours
from ..engine.months import last_day, previous_month

KINDS = ("work", "training")


def touching(month):
    """Domain of the work contracts of which a day is in ``month``."""
    return [("date_start", "<=", last_day(month)), "|", ("date_end", "=", False), ("date_end", ">=", month)]


class ClauseInsertionDeclaration(models.Model):
    """The month as one page: a row per work contract, a cell per kind of hours.

    A file may bring several lines for one cell, or hours of a person without a contract that month: the cell
    shows their sum, and such people have a row as well. What is on no row could not be corrected.
    """

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
            [("clause_ids", "in", self.clause_id.ids), *touching(self.month)], order="date_start"
        )
        return employments.sorted(lambda employment: employment.sudo().participant_id.name)

    def _sheet(self):
        """Rows for the page, in a fixed number of queries: ``[{key, pseudonym, cells, previous, …}]``.

        Hours are those of the declaration, ``previous`` those declared the month before.
        """
        employments, previous = self._sheet_employments(), self._previous_hours()
        of_contracts, of_people = self._sheet_lines(employments)
        # sudo: the pseudonyms alone, of people on the user's own clause
        rows = [
            {
                **self._sheet_row(employment.sudo().participant_id, of_contracts[employment.id]),
                "key": str(employment.id),
                "employment": employment,
                "person_name": employment.person_name,
                "previous": previous.get(employment.id, 0),
            }
            for employment in employments
        ]
        for lines in of_people.values():
            person = lines.sudo().insertion_participant_id
            rows.append(
                {
                    **self._sheet_row(person, lines),
                    "key": f"p{person.id}",
                    "employment": employments.browse(),
                    "person_name": lines[0].insertion_person_name,
                    "previous": 0,
                }
            )
        return rows

    def _sheet_lines(self, employments):
        """Lines by id of the work contract, and those under none of these contracts by id of the person."""
        no_lines = self.env["account.analytic.line"].browse
        of_contracts, of_people = defaultdict(no_lines), defaultdict(no_lines)
        for line in self.line_ids:
            if line.insertion_employment_id in employments:
                of_contracts[line.insertion_employment_id.id] |= line
            else:
                of_people[line.insertion_participant_id.id] |= line
        return of_contracts, of_people

    def _sheet_row(self, person, lines):
        refused = lines.filtered(lambda line: line.insertion_state == "refused")
        return {
            "participant_id": person.id,
            "pseudonym": person.name,
            "cells": [self._sheet_cell(kind, lines) for kind in KINDS],
            "refusals": refused.mapped("insertion_refusal"),
        }

    def _sheet_cell(self, kind, lines):
        """What the contractor may still type, as it would type it, and what the relay has counted."""
        lines = lines.filtered(lambda line: line.insertion_kind == kind)
        validated = lines.filtered(lambda line: line.insertion_state == "validated")
        hours = sum((lines - validated).mapped("unit_amount"))
        return {
            "kind": kind,
            "lines": lines - validated,
            "hours": hours,
            "text": typed_hours(hours),
            "validated": sum(validated.mapped("unit_amount")),
            "is_locked": bool(validated) and validated == lines,
        }

    def _previous_hours(self):
        """Hours of the month before, by work contract."""
        month = previous_month(self.month)
        sums = self.env["account.analytic.line"]._read_group(
            [("clause_insertion_id", "=", self.clause_id.id), ("date", ">=", month), ("date", "<=", last_day(month))],
            ["insertion_employment_id"],
            ["unit_amount:sum"],
        )
        return {employment.id: hours for employment, hours in sums}
