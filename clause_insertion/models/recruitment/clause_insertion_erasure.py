from odoo import api, models
from odoo.tools import SQL

from ...engine.months import first_day
from ...tools.people.person_data import sheet


class ClauseInsertionErasure(models.Model):
    """To be proposed for a job is an activity; why nobody took the person is forgotten."""

    _inherit = "clause.insertion.erasure"

    @api.model
    def _activity_queries(self):
        return [*super()._activity_queries(), SQL("SELECT participant_id, proposed_on FROM clause_insertion_candidate")]

    @api.model
    def _records_about(self, people):
        return [*super()._records_about(people), people.candidate_ids]

    @api.model
    def _data_sheets(self, person):
        names = ("recruitment_id", "partner_id", "proposed_on", "state", "reason")
        return [*super()._data_sheets(person), sheet(self.env._("Proposed for"), person.candidate_ids, names)]

    @api.model
    def _forget(self, people):
        result = super()._forget(people)
        for candidate in people.candidate_ids:
            state = "declined" if candidate.state == "proposed" else candidate.state  # nobody is left to hire
            candidate.write({"reason": False, "state": state, "proposed_on": first_day(candidate.proposed_on)})
        return result
