from odoo import api, fields, models
from odoo.fields import Domain


class ClauseInsertion(models.Model):
    """A clause keeps the convention under which it started."""

    _inherit = "clause.insertion"

    convention_id = fields.Many2one(
        "clause.insertion.convention",
        readonly=True,
        copy=False,
        locked=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The relay's convention in force on the day the clause started.",
    )

    def _start(self):
        result = super()._start()
        self._keep_convention()
        return result

    def _keep_convention(self):
        """Write the convention in force on the day each clause started; those that have one keep it."""
        clauses = self.filtered(lambda clause: clause.parameters_frozen_on and not clause.convention_id)
        conventions = self.env["clause.insertion.convention"].search(
            [("partner_id", "in", clauses.facilitator_id.ids), ("date_signed", "!=", False)]
        )
        for clause in clauses:
            clause.convention_id = clause._convention_in_force(conventions)

    def _convention_in_force(self, conventions):
        """Among these, that of the clause's relay on the day it started: first one that covers its place."""
        day, place = self.parameters_frozen_on, self.territory_id.parent_path or "/"
        around = {int(number) for number in place.split("/") if number}
        in_force = conventions.filtered(
            lambda convention: (
                convention.partner_id == self.facilitator_id
                and convention.company_id == self.company_id
                and convention._is_in_force(day)
            )
        )
        return in_force.sorted(lambda c: (not around & set(c.territory_ids.ids), -c.date_start.toordinal()))[:1]

    @api.model
    def _find_convention(self, conventions):
        """Conventions recorded after their clauses have started, as paper often is, find them.

        sudo: the convention of a clause is closed to direct writing; only empty ones are filled.
        """
        if not conventions:
            return
        clauses = self.sudo().search(
            Domain("facilitator_id", "in", conventions.partner_id.ids)
            & Domain("convention_id", "=", False)
            & Domain("parameters_frozen_on", ">=", min(conventions.mapped("date_start")))
            & Domain("parameters_frozen_on", "<=", max(conventions.mapped("date_end")))
        )
        handed_over = self.env["clause.insertion.handover"].sudo().search([("clause_id", "in", clauses.ids)]).clause_id
        (clauses - handed_over)._keep_convention()
