from odoo import api, fields, models


class ResPartner(models.Model):
    """Relays and contractors as those whom the Region meets and trains."""

    _inherit = "res.partner"

    insertion_convention_count = fields.Integer(
        "Conventions",
        compute="_compute_insertion_convention_count",
        groups="clause_insertion.group_clause_insertion_user,clause_insertion.group_clause_insertion_facilitator",
    )

    def _compute_insertion_convention_count(self):
        counts = dict(
            self.env["clause.insertion.convention"]._read_group(
                [("partner_id", "in", self.ids)], ["partner_id"], ["__count"]
            )
        )
        for partner in self:
            partner.insertion_convention_count = counts.get(partner, 0)

    def action_open_insertion_conventions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_convention_action")
        return {
            **action,
            "domain": [("partner_id", "=", self.id)],
            "context": {"default_partner_id": self.id},
        }

    @api.model
    def _insertion_running_relays(self, company):
        """The relays that the Region works with today: under a convention that runs."""
        running = self.env["clause.insertion.convention"].search(
            [("state", "=", "running"), ("company_id", "=", company.id)]
        )
        return running.partner_id.sorted("name")

    def _insertion_people(self):
        """The people with an account in these structures; a structure without any stands for itself.

        sudo: an officer does not read the accounts of others; their contacts alone are returned.
        """
        users = self.env["res.users"].sudo().search([("partner_id", "child_of", self.ids)])
        people = users.partner_id.sudo(False)
        return people | (self - people.commercial_partner_id)
