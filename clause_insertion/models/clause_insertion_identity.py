from odoo import api, fields, models


class ClauseInsertionIdentity(models.Model):
    """Who a participant is: readable by the person's relay, and by the employer while it employs.

    Everything else about the person is the participant's, reached by delegation: a relay works on
    one form, and the other roles never load this model.
    """

    _name = "clause.insertion.identity"
    _description = "Identity of a participant"
    _inherit = ["clause.insertion.grouping.mixin"]
    _inherits = {"clause.insertion.participant": "participant_id"}
    _order = "lastname, firstname"
    _rec_names_search = ["lastname", "firstname", "participant_id.name"]

    participant_id = fields.Many2one("clause.insertion.participant", required=True, index=True, ondelete="cascade")
    firstname = fields.Char("First name", required=True)
    lastname = fields.Char("Last name", required=True)
    birthdate = fields.Date("Date of birth")
    phone = fields.Char()
    email = fields.Char()
    street = fields.Char()
    zip = fields.Char("Postcode")
    city = fields.Char()

    _one_identity = models.UniqueIndex("(participant_id)", "This participant already has an identity.")

    @api.depends("firstname", "lastname")
    def _compute_display_name(self):
        for identity in self:
            identity.display_name = " ".join(filter(None, [identity.firstname, identity.lastname]))

    @api.model_create_multi
    def create(self, vals_list):
        identities = super().create(vals_list)
        identities._share_birth_year()
        return identities

    def write(self, vals):
        result = super().write(vals)
        if "birthdate" in vals:
            self._share_birth_year()
        return result

    def _share_birth_year(self):
        """Outside the relay only the year of birth is known."""
        for identity in self.filtered("birthdate"):
            identity.participant_id.birth_year = identity.birthdate.year
