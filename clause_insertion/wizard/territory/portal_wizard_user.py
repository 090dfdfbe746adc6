from odoo import models


class PortalWizardUser(models.TransientModel):
    _inherit = "portal.wizard.user"

    def action_grant_access(self):
        self.partner_id._check_may_give_account()
        return super().action_grant_access()

    def action_invite_again(self):
        """The wizard writes the address typed in it, to which the invitation then goes."""
        self.partner_id._check_may_give_account()
        return super().action_invite_again()
