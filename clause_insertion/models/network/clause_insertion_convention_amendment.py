from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.base.days import region_today


class ClauseInsertionConventionAmendment(models.Model):
    """A signed change of a convention; a new end moves that of the convention."""

    _name = "clause.insertion.convention.amendment"
    _description = "Amendment of a convention"
    _inherit = ["clause.insertion.lock.mixin"]
    _order = "date_signed, id"

    convention_id = fields.Many2one(
        "clause.insertion.convention", required=True, index=True, ondelete="cascade", locked="_is_created"
    )
    company_id = fields.Many2one(related="convention_id.company_id", store=True, index=True)
    name = fields.Char("Subject", required=True)
    date_signed = fields.Date("Signed on", required=True, default=region_today)
    date_end = fields.Date("New end", help="Last day, included; leave empty when the end does not change.")
    note = fields.Text("What changes")

    @api.model_create_multi
    def create(self, vals_list):
        amendments = super().create(vals_list)
        amendments._move_end()
        return amendments

    def write(self, vals):
        result = super().write(vals)
        if vals.get("date_end"):
            self._move_end()
        return result

    def _move_end(self):
        for amendment in self.filtered("date_end"):
            amendment.convention_id.date_end = amendment.date_end

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        if any(amendment.convention_id.state != "draft" for amendment in self):
            raise UserError(self.env._("The amendments of a signed convention are kept."))
