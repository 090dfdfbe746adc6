from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.base.days import region_day, region_instant
from ..base.clause_insertion_lock_mixin import KEPT


class ClauseInsertionQuestion(models.Model):
    """A relay asked whether a person is already followed by another: who asked, when, and whether the answer was yes.

    The answer tells something of a person whom the relay may not follow. So it is given to relays alone, each time is
    kept, without the person, and so many times a day are enough for whoever registers people.
    """

    _name = "clause.insertion.question"
    _description = "Question about a person"
    _inherit = ["clause.insertion.lock.mixin"]
    _order = "id desc"
    _rec_name = "asked_on"

    user_id = fields.Many2one("res.users", "Asked by", required=True, index=True, **KEPT)
    facilitator_id = fields.Many2one("res.partner", "Relay", required=True, **KEPT)
    company_id = fields.Many2one("res.company", required=True, index=True, **KEPT)
    asked_on = fields.Datetime(required=True, index=True, **KEPT)
    is_known = fields.Boolean("Followed elsewhere", **KEPT)

    @api.model
    def _log(self, answers):
        """Keep the questions of the user that get these answers.

        :param answers: for each question, whether the person is followed elsewhere
        :raises UserError: more questions today than the company's parameter allows
        """
        user, company, now = self.env.user, self.env.company, fields.Datetime.now()
        today = region_day(company, now)
        most = self.env["clause.insertion.parameter"]._require("questions_per_day", today, company)
        questions = self.sudo()  # nobody writes in the log directly, nor does a relay read it
        since = region_instant(company, today)
        number = questions.search_count([("user_id", "=", user.id), ("asked_on", ">=", since)])
        if number + len(answers) > most:
            raise UserError(
                self.env._(
                    "You have asked about %(number)s people today, the most that is allowed: go on tomorrow, or ask "
                    "the Region to allow more.",
                    number=number,
                )
            )
        questions.create(
            [
                {
                    "user_id": user.id,
                    "facilitator_id": user.commercial_partner_id.id,
                    "company_id": company.id,
                    "asked_on": now,
                    "is_known": bool(answer),
                }
                for answer in answers
            ]
        )
