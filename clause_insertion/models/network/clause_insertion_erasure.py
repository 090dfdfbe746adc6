from odoo import api, models
from odoo.tools import SQL

from ...tools.base.days import region_zone, sql_day
from ...tools.people.person_data import sheet


class ClauseInsertionErasure(models.Model):
    """A training session is an activity; that somebody was there stays, for the Region's count."""

    _inherit = "clause.insertion.erasure"

    @api.model
    def _activity_queries(self):
        trainings = SQL(
            "SELECT registration.participant_id, %s"
            "  FROM clause_insertion_training_registration registration"
            "  JOIN clause_insertion_training training ON training.id = registration.training_id"
            " WHERE registration.state != 'cancelled' AND registration.participant_id IS NOT NULL",
            sql_day(SQL("training.date_start"), region_zone(self)),
        )
        return [*super()._activity_queries(), trainings]

    @api.model
    def _records_about(self, people):
        return [*super()._records_about(people), self._registrations(people)]

    @api.model
    def _data_sheets(self, person):
        names = ("training_id", "partner_id", "state", "hours")
        return [*super()._data_sheets(person), sheet(self.env._("Training"), self._registrations(person), names)]

    def _registrations(self, people):
        return self.env["clause.insertion.training.registration"].search([("participant_id", "in", people.ids)])
