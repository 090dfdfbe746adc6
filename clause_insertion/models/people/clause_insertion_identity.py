from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ...engine.text import folded, match_key
from ...tools.base.button import button
from .clause_insertion_participant import FILE_FIELDS

MOST_WORDS = 5


class ClauseInsertionIdentity(models.Model):
    """Who a participant is: readable by the person's relay, and by the employer while it employs.

    Everything else about the person is the participant's, reached by delegation: a relay works on
    one form, and the other roles never load this model.
    """

    _name = "clause.insertion.identity"
    _description = "Identity of a participant"
    _inherit = ["clause.insertion.lock.mixin", "clause.insertion.person.mixin"]
    _inherits = {"clause.insertion.participant": "participant_id"}
    _order = "lastname, firstname"
    _rec_names_search = ["lastname", "firstname", "participant_id.name"]

    participant_id = fields.Many2one(
        "clause.insertion.participant", required=True, index=True, ondelete="cascade", locked="_is_created"
    )
    firstname = fields.Char("First name", required=True)
    lastname = fields.Char("Last name", required=True)
    birthdate = fields.Date("Date of birth")
    phone = fields.Char()
    email = fields.Char()
    street = fields.Char()
    zip = fields.Char("Postcode")
    city = fields.Char()
    match_key = fields.Char(
        compute="_compute_match_key", store=True, index="btree_not_null", export_string_translation=False
    )
    duplicate_ids = fields.Many2many(
        "clause.insertion.identity", string="Probably the same person", compute="_compute_duplicates"
    )
    followed_elsewhere = fields.Char(compute="_compute_duplicates", help="Another relay already follows this person.")

    _one_identity = models.UniqueIndex("(participant_id)", "This participant already has an identity.")

    @api.depends("firstname", "lastname")
    def _compute_display_name(self):
        for identity in self:
            identity.display_name = " ".join(filter(None, [identity.firstname, identity.lastname]))

    @api.model_create_multi
    def create(self, vals_list):
        identities = super().create(vals_list)
        identities._share_birth_year()
        identities._ask_elsewhere()
        return identities

    def write(self, vals):
        result = super().write(vals)
        if "birthdate" in vals:
            self._share_birth_year()
        if {"firstname", "lastname", "birthdate"} & vals.keys():
            self._ask_elsewhere()
        return result

    def _share_birth_year(self):
        """Outside the relay only the year of birth is known."""
        for identity in self.filtered("birthdate"):
            identity.participant_id.birth_year = identity.birthdate.year

    def _with_open_files(self):
        """Those whose attachments the user may reach: an employer reads the name, not the file."""
        return self._filtered_access("write")

    # -- found and registered by the relay, with the rights of its user ----------------------------

    @api.model
    def _of_relay(self, text="", situation=""):
        """Domain of the people of the user's relay, by words of their name or pseudonym, and by situation."""
        partner = self.env.user.commercial_partner_id
        words = [
            Domain("display_name", "ilike", word) | self._without_accents(word) for word in text.split()[:MOST_WORDS]
        ]
        situations = self.env["clause.insertion.participant"]._situations()
        return Domain.AND(
            [
                [("facilitator_id", "=", partner.id), ("facilitator_id.is_insertion_facilitator", "=", True)],
                *words,
                situations.get(situation, Domain.TRUE),
            ]
        )

    @api.model
    def _without_accents(self, word):
        """“lefevre” finds Lefèvre: the key that finds duplicates has neither accents nor case."""
        plain = folded(word)
        return Domain.FALSE if not plain or plain.isdigit() else Domain("match_key", "ilike", plain)

    @api.model
    def _enrol(self, values):
        """A person comes to the relay of the user; on the portal, part of the file is closed to direct writing."""
        file = {name: value for name, value in values.items() if name in FILE_FIELDS}
        identity = self.create({name: value for name, value in values.items() if name not in FILE_FIELDS})
        if any(file.values()):
            identity.participant_id._case_file(file)
        return identity

    @api.model
    def _already_known(self, values):
        """``(own people who are probably the same person, what may be told of another relay's)``."""
        told = {name: values[name] for name in ("firstname", "lastname", "birthdate")}
        person = self.new({**told, "facilitator_id": self.env.user.commercial_partner_id.id})
        return person.duplicate_ids._origin, person._ask_elsewhere()

    # -- duplicates: merged inside a relay; across relays, only that the person is known -----------

    @api.depends("firstname", "lastname", "birthdate")
    def _compute_match_key(self):
        for identity in self:
            identity.match_key = match_key(identity.firstname or "", identity.lastname or "", identity.birthdate)

    @api.depends_context("uid")
    @api.depends("match_key")
    def _compute_duplicates(self):
        """Told to the person's own relay alone: an employer reads the identity too.

        What another relay follows is told of saved people alone: what is being typed asks nothing.
        """
        alike = self._alike()
        for identity in self:
            others = alike.get(identity.match_key, self.browse()) - identity._origin
            own = others.filtered(lambda other, own=identity: other.facilitator_id == own.facilitator_id)
            identity.duplicate_ids = own.sudo(self.env.su)
            identity.followed_elsewhere = bool(identity.id) and (others - own)[:1]._followed_since()

    def _alike(self):
        """``{match key: people who have it}``, for the people among these whom the user's relay follows.

        sudo: across relays a match is told with the relay and the date, never with the identity.
        """
        relay = self.env.user.commercial_partner_id
        own = self.filtered(lambda person: person.facilitator_id == relay and relay.is_insertion_facilitator)
        keys = list(filter(None, own.mapped("match_key")))
        return self.sudo().search([("match_key", "in", keys)]).grouped("match_key")

    def _ask_elsewhere(self):
        """What may be told of another relay that follows these people; each question of a relay is kept."""
        if self.env.su or not self.env.user.commercial_partner_id.is_insertion_facilitator:
            return False
        alike = self._alike()
        found = [
            alike.get(person.match_key, self.browse()).filtered(
                lambda other, person=person: other.facilitator_id != person.facilitator_id
            )
            for person in self
        ]
        self.env["clause.insertion.question"]._log(found)
        return next(filter(None, found), self.browse())[:1]._followed_since()

    def _followed_since(self):
        if not self:
            return False
        return self.env._(
            "Already followed by %(relay)s since %(date)s.",
            relay=self.facilitator_id.name,
            date=format_date(self.env, self.participant_id.create_date),
        )

    @button(lambda identity: identity._was_merged())
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

    # -- the person's own requests -------------------------------------------------------------------

    def _was_merged(self):
        others = self.participant_id.with_context(active_test=False).search_count(
            [("same_person_id", "=", self.participant_id.id)]
        )
        return others and not self.duplicate_ids

    def action_erase(self):
        """The person asked its relay for it: the people that are left, or why and until when the data are kept."""
        self.ensure_one()
        Erasure, person = self.env["clause.insertion.erasure"], self.participant_id
        kept = Erasure._ask(person)
        people = self.env["ir.actions.act_window"]._for_xml_id("clause_insertion.clause_insertion_identity_action")
        params = (
            {"type": "warning", "sticky": True, "message": Erasure._kept_message(kept)}
            if kept
            else {"type": "success", "message": self.env._("The person's data are erased."), "next": people}
        )
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    def action_export(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"{self.participant_id.access_url}/data", "target": "download"}
