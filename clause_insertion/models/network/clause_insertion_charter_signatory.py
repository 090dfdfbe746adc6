from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...tools.base.days import region_today


class ClauseInsertionCharterSignatory(models.Model):
    """A partner who is to sign a charter: it has, once there is a date."""

    _name = "clause.insertion.charter.signatory"
    _description = "Signatory of a charter"
    _inherit = ["clause.insertion.lock.mixin"]
    _order = "date_signed, id"
    _rec_name = "partner_id"

    charter_id = fields.Many2one(
        "clause.insertion.charter", required=True, index=True, ondelete="cascade", locked="_is_created"
    )
    # Said here, or the field would take over what locks that of the charter.
    company_id = fields.Many2one(related="charter_id.company_id", store=True, index=True, locked=True)
    charter_state = fields.Selection(related="charter_id.state", store=True, string="Version")
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict", locked="_is_signed")
    kind = fields.Selection(
        [
            ("relay", "Relay"),
            ("buyer", "Public buyer"),
            ("employment", "Employment service"),
            ("company", "Company or its federation"),
            ("other", "Other"),
        ],
        required=True,
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_signed = fields.Date("Signed on", copy=False)
    representative = fields.Char("Signed by", copy=False, help="Who signed for this partner.")

    _once = models.UniqueIndex("(charter_id, partner_id)", "This partner is already among the signatories.")

    @api.depends("partner_id")
    def _compute_kind(self):
        for signatory in self:
            proposed = "relay" if signatory.partner_id.is_insertion_facilitator else "other"
            signatory.kind = signatory.kind or proposed

    @api.constrains("date_signed")
    def _check_date_signed(self):
        today = region_today(self)
        if any(signatory.date_signed and signatory.date_signed > today for signatory in self):
            raise ValidationError(self.env._("A signature is dated today at the latest."))

    @api.model
    def _keep_one_of(self, partners):
        """Of contacts that become one: its first signature is kept on each charter, which tells of the others."""
        for charter, rows in self.search([("partner_id", "in", partners.ids)]).grouped("charter_id").items():
            others = rows.sorted(lambda row: (row.date_signed or date.max, row.id))[1:]
            for row in others.filtered("date_signed"):
                day = format_date(self.env, row.date_signed)
                charter.message_post(
                    body=self.env._(
                        "%(partner)s, merged with another signatory, had signed on %(date)s.",
                        partner=row.partner_id.name,
                        date=day,
                    )
                )
            others.date_signed = False  # who has signed cannot be taken away otherwise
            others.unlink()

    def _is_signed(self):
        return any(signatory.date_signed for signatory in self)

    def _lock_message(self, names):
        if "partner_id" in names:
            return self.env._("Who has signed stays on the charter.")
        return super()._lock_message(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        if self._is_signed():
            raise UserError(self.env._("Who has signed stays on the charter."))
