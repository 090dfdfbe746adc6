from odoo import models
from odoo.tools import SQL


class ClauseInsertionTodo(models.Model):
    """What ends soon for a person, who has a pseudonym here."""

    _inherit = "clause.insertion.todo"
    _depends = {
        "clause.insertion.participant": [
            "active",
            "anonymised_on",
            "eligibility_end",
            "exit_date",
            "facilitator_id",
            "company_id",
        ],
        "clause.insertion.employment": [
            "participant_id",
            "clause_ids",
            "date_end",
            "state",
            "employer_id",
            "facilitator_id",
            "company_id",
        ],
    }

    def _part_eligibility(self):
        end = SQL("participant.eligibility_end")
        delay = self._delay("eligibility_warning_days", "participant")
        return self._part(
            "eligibility",
            "participant",
            SQL("%s - %s", end, delay),
            SQL(
                "participant.active AND participant.anonymised_on IS NULL AND participant.exit_date IS NULL AND %s",
                self._is_near(end, delay),
            ),
            participant_id=SQL("participant.id"),
            deadline=end,
        )

    def _part_employment(self):
        end = SQL("employment.date_end")
        delay = self._delay("employment_warning_days", "employment")
        return self._part(
            "employment",
            "employment",
            SQL("%s - %s", end, delay),
            SQL("employment.state = 'confirmed' AND %s", self._is_near(end, delay)),
            clause_id=SQL(
                "(SELECT MIN(rel.clause_id) FROM clause_insertion_employment_rel rel"
                " WHERE rel.employment_id = employment.id)"
            ),
            partner_id=SQL("employment.employer_id"),
            participant_id=SQL("employment.participant_id"),
            deadline=end,
        )

    def _is_near(self, end, delay):
        return SQL("%s BETWEEN %s AND %s + %s", end, self._today(), self._today(), delay)
