from odoo import api, models


class ClauseInsertionPersonMixin(models.AbstractModel):
    """What is said of a person: nothing more once the person is anonymised. Records have a ``participant_id``."""

    _name = "clause.insertion.person.mixin"
    _description = "Record about a person"

    @api.constrains("participant_id")
    def _check_person_is_known(self):
        self.sudo().participant_id._check_not_anonymised()  # sudo: whether it is, nothing more
