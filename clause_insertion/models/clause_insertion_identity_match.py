from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..engine.matching import match_key


class ClauseInsertionIdentity(models.Model):
    """Duplicates: proposed for merge inside a relay; across relays, only that the person is known."""

    _inherit = "clause.insertion.identity"

    match_key = fields.Char(
        compute="_compute_match_key", store=True, index="btree_not_null", export_string_translation=False
    )
    duplicate_ids = fields.Many2many(
        "clause.insertion.identity", string="Probably the same person", compute="_compute_duplicates"
    )
    followed_elsewhere = fields.Char(compute="_compute_duplicates", help="Another relay already follows this person.")

    @api.depends("firstname", "lastname", "birthdate")
    def _compute_match_key(self):
        for identity in self:
            identity.match_key = match_key(identity.firstname or "", identity.lastname or "", identity.birthdate)

    @api.depends_context("uid")
    @api.depends("match_key")
    def _compute_duplicates(self):
        """Told to the person's own relay alone: an employer reads the identity too.

        sudo: across relays a match is told with the relay and the date, never with the identity.
        """
        relay = self.env.user.commercial_partner_id
        alike = self.sudo().search([("match_key", "in", [key for key in self.mapped("match_key") if key])])
        for identity in self:
            key = identity.facilitator_id == relay and identity.match_key
            others = alike.filtered(lambda other, key=key: key and other.match_key == key) - identity._origin
            own = others.filtered(lambda other, own=identity: other.facilitator_id == own.facilitator_id)
            identity.duplicate_ids = own.sudo(self.env.su)
            identity.followed_elsewhere = (others - own)[:1]._followed_since()

    def _followed_since(self):
        if not self:
            return False
        return self.env._(
            "Already followed by %(relay)s since %(date)s.",
            relay=self.facilitator_id.name,
            date=format_date(self.env, self.participant_id.create_date),
        )

    def action_merge_duplicates(self):
        """Keep this person; the others' contracts, proofs and hours become its own.

        Validated hours are a ledger: they are reversed under the old pseudonym and counted again under
        the kept one, today, so that earlier figures can still be reproduced.
        """
        self.ensure_one()
        self.check_access("write")
        self.duplicate_ids.check_access("write")
        if not self.duplicate_ids:
            raise UserError(self.env._("No other record of this person was found."))
        # sudo: the relay may write on both people; the ledger is closed to everybody's direct writing
        for duplicate in self.sudo().duplicate_ids:
            self.sudo().participant_id._absorb(duplicate.participant_id)
            duplicate.unlink()
