from odoo import api, models
from odoo.tools import SQL, format_date

from ...tools.people.person_data import sheet


class ClauseInsertionErasure(models.Model):
    """Hours are an activity; they stay, without what was written of them, nor the files that prove their month."""

    _inherit = "clause.insertion.erasure"

    @api.model
    def _activity_queries(self):
        hours = SQL(
            "SELECT insertion_participant_id, MAX(date) FROM account_analytic_line"
            " WHERE insertion_participant_id IS NOT NULL GROUP BY 1"
        )
        return [*super()._activity_queries(), hours]

    @api.model
    def _data_sheets(self, person):
        lines = self.env["account.analytic.line"].search(
            [("insertion_participant_id", "=", person.id)], order="date, id"
        )
        names = (
            "date",
            "clause_insertion_id",
            "partner_id",
            "insertion_kind",
            "unit_amount",
            "insertion_state",
            "name",
        )
        return [*super()._data_sheets(person), sheet(self.env._("Hours"), lines, names)]

    @api.model
    def _reasons_to_keep(self, person):
        return super()._reasons_to_keep(person) + [
            (None, self._waiting_message(declaration)) for declaration in self._waiting_declarations(person)
        ]

    def _waiting_declarations(self, person):
        """The months in which hours of the person are not validated yet: whoever answers must know whose they are."""
        waiting = [("insertion_participant_id", "=", person.id), ("insertion_state", "!=", "validated")]
        return self.env["account.analytic.line"].search(waiting).insertion_declaration_id.sorted("month")

    def _waiting_message(self, declaration):
        return self.env._(
            "The hours of %(month)s on %(clause)s are not validated yet.",
            month=format_date(self.env, declaration.month, date_format="MMMM y"),
            clause=declaration.clause_id.name,
        )

    @api.model
    def _forget(self, people):
        """Time sheets and pay slips bear names, those of others too: all of the months of these people go."""
        result = super()._forget(people)
        lines = self.env["account.analytic.line"].search([("insertion_participant_id", "in", people.ids)])
        lines.insertion_declaration_id.attachment_ids.unlink()
        self._forget_descriptions(people)
        return result

    def _forget_descriptions(self, people):
        """What was typed beside an hour gives way to the clause's name, which an hour has by itself.

        In SQL: the ledger is closed to everybody, and stays so. Neither a figure, nor a date, nor whose hour it is
        changes.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE account_analytic_line line
                   SET name = clause.name, insertion_refusal = NULL
                  FROM clause_insertion clause
                 WHERE clause.id = line.clause_insertion_id AND line.insertion_participant_id = ANY(%s)
                """,
                people.ids,
            )
        )
        self.env["account.analytic.line"].invalidate_model(["name", "insertion_refusal"])
