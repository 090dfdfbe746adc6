from odoo import api, fields, models
from odoo.exceptions import UserError


class ClauseInsertionConventionInstalment(models.Model):
    """A part of a grant: when it is due, when it was paid."""

    _name = "clause.insertion.convention.instalment"
    _description = "Instalment of a convention"
    _inherit = ["clause.insertion.lock.mixin"]
    _order = "date_due, id"
    _rec_name = "date_due"

    convention_id = fields.Many2one(
        "clause.insertion.convention", required=True, index=True, ondelete="cascade", locked="_is_created"
    )
    company_id = fields.Many2one(related="convention_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="convention_id.currency_id")
    date_due = fields.Date("Due on", required=True)
    amount = fields.Monetary(required=True)
    paid_on = fields.Date("Paid on")
    note = fields.Char("Condition", help="For example: when the yearly report is received.")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "An instalment has an amount above zero.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_paid(self):
        if any(instalment.paid_on for instalment in self):
            raise UserError(self.env._("An instalment that was paid is kept."))
