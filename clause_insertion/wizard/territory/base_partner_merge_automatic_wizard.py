from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Merged with a contact of a relay, an account would become the relay's."""
        (
            self.env["res.partner"].browse(partner_ids) + (dst_partner or self.env["res.partner"])
        )._check_may_give_account()
        return super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
