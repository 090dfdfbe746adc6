from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..base.clause_insertion_lock_mixin import KEPT

# Of a clause, what its figures stand on; before it starts, it owes nothing and has no hours.
STARTED_STATES = ("running", "done", "certified")
OF_CLAUSE = ("facilitator_id", "hours_due", "state")


class ClauseInsertionAct(models.Model):
    """An act that changed what figures of the past stand on: what it was until then, and when that was recorded.

    Validated hours are a ledger, and so need no more than the moment at which each line was recorded. What else a
    figure reads does change: a clause is handed over, owes more, is cancelled; declared hours are refused, corrected
    and declared again. The figures as of a day read the first act recorded after it, where there is one, and else
    what is true now. Written by the program alone, in the transaction of the act, and never changed.
    """

    _name = "clause.insertion.act"
    _description = "Act that changed past figures"
    _inherit = ["clause.insertion.lock.mixin"]
    _order = "id desc"

    kind = fields.Selection(
        [("clause", "Clause changed"), ("hours", "Declared hours corrected")], required=True, **KEPT
    )
    clause_id = fields.Many2one("clause.insertion", required=True, index=True, ondelete="cascade", **KEPT)
    company_id = fields.Many2one("res.company", required=True, index=True, **KEPT)
    recorded_on = fields.Datetime("Recorded on", required=True, help="What is below was so until then.", **KEPT)
    user_id = fields.Many2one("res.users", "Recorded by", required=True, **KEPT)
    state = fields.Char(help="Of the clause.", **KEPT)
    hours_due = fields.Float("Hours due", **KEPT)
    facilitator_id = fields.Many2one("res.partner", "Relay", index="btree_not_null", **KEPT)
    declared_on = fields.Datetime("Declared on", **KEPT)
    date = fields.Date("Day of work", **KEPT)
    employment_id = fields.Many2one("clause.insertion.employment", "Work contract", index="btree_not_null", **KEPT)
    insertion_kind = fields.Char("Kind of hours", **KEPT)
    hours = fields.Float("Hours declared", **KEPT)

    _of_clauses = models.Index("(clause_id, recorded_on) WHERE kind = 'clause'")
    _of_hours = models.Index("(clause_id, date) WHERE kind = 'hours'")

    @api.depends("kind", "clause_id")
    def _compute_display_name(self):
        for act in self:
            act.display_name = act.clause_id.name or ""

    def write(self, vals):  # pylint: disable=method-required-super
        """No door is left to our own code either."""
        raise UserError(self.env._("What was recorded is kept as it was."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        raise UserError(self.env._("What was recorded is kept as it was."))

    # -- recording: as superuser, in the transaction of the act ----------------------------------------

    @api.model
    def _clauses_now(self, ids):
        """``{clause id: (relay, hours due, state)}``, as the database has them."""
        columns = SQL(", ").join(SQL.identifier(name) for name in OF_CLAUSE)
        rows = self.env.execute_query(SQL("SELECT id, %s FROM clause_insertion WHERE id = ANY(%s)", columns, list(ids)))
        return {clause: tuple(values) for clause, *values in rows}

    @api.model
    def _keep_clauses(self, before):
        """Of clauses that have started, or just started, and are no longer what they were ``before``."""
        now, Clause = self._clauses_now(before), self.env["clause.insertion"]
        changed = [
            clause
            for clause in Clause.browse(before)
            if now[clause.id] != before[clause.id]
            and not {now[clause.id][-1], before[clause.id][-1]}.isdisjoint(STARTED_STATES)
        ]
        if changed:
            self._record(
                {"kind": "clause", "clause_id": clause.id, **dict(zip(OF_CLAUSE, before[clause.id], strict=True))}
                for clause in changed
            )

    @api.model
    def _keep_hours(self, lines):
        """Hours that were declared, about to be corrected or removed."""
        self._record(
            {
                "kind": "hours",
                "clause_id": line.clause_insertion_id.id,
                "declared_on": line.insertion_declared_on,
                "date": line.date,
                "employment_id": line.insertion_employment_id.id,
                "insertion_kind": line.insertion_kind,
                "hours": line.unit_amount,
            }
            for line in lines
        )

    @api.model
    def _record(self, vals_list):
        vals_list = list(vals_list)
        clauses = self.env["clause.insertion"].sudo().browse(vals["clause_id"] for vals in vals_list)
        companies = {clause.id: clause.company_id for clause in clauses}
        now = clauses.company_id._insertion_record()
        self.sudo().create(
            [
                {
                    **vals,
                    "company_id": companies[vals["clause_id"]].id,
                    "recorded_on": now,
                    "user_id": self.env.uid,
                }
                for vals in vals_list
            ]
        )
