from odoo import fields, models


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
            clause.convention_id = conventions._in_force_for(clause)
