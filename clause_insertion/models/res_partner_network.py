from odoo import models


class ResPartner(models.Model):
    """Relays and contractors as those whom the Region meets and trains."""

    _inherit = "res.partner"

    def _insertion_people(self):
        """The people with an account in these structures; a structure without any stands for itself.

        sudo: an officer does not read the accounts of others; their contacts alone are returned.
        """
        users = self.env["res.users"].sudo().search([("partner_id", "child_of", self.ids)])
        people = users.partner_id.sudo(False)
        return people | (self - people.commercial_partner_id)
