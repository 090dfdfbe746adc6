from odoo import api, models

# What two contacts may each have of the same charter or session, and one contact has once.
HAD_ONCE = ("clause.insertion.charter.signatory", "clause.insertion.training.registration")


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Odoo moves rows from one contact to the other in SQL: of those that would be twice, one is kept before.

        sudo: who may merge contacts may know nothing of charters and sessions.
        """
        for model in HAD_ONCE:
            self.env[model].sudo()._keep_one_of(src_partners | dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
