from datetime import timedelta

from odoo import api, models

from ...engine import checks
from ...engine.months import first_day, last_day


class ClauseInsertionCheck(models.AbstractModel):
    """Tells a validator, in plain words and in a fixed number of queries, what to look at."""

    _name = "clause.insertion.check"
    _description = "Checks on declared insertion hours"

    @api.model
    def _words(self):
        return {
            checks.NOT_ELIGIBLE: self.env._("The person is not eligible on that date."),
            checks.NO_PROOF: self.env._("No fresh proof of eligibility has been seen."),
            checks.OUTSIDE_CONTRACT: self.env._("No work contract for this clause on that date."),
            checks.ABOVE_DAILY_CAP: self.env._("More hours on that day than the daily cap."),
            checks.ABOVE_MONTHLY_CAP: self.env._("More hours in that month than the monthly cap."),
            checks.ELSEWHERE_SAME_DAY: self.env._("Also declared on another clause that day."),
            checks.ELSEWHERE_SAME_MONTH: self.env._("Also declared on another clause that month."),
            checks.DUPLICATE: self.env._("The same person, day and kind are declared twice."),
        }

    @api.model
    def _warnings(self, lines):
        """``{line id: text}`` for the insertion hours among ``lines`` that wait for an answer.

        sudo: a person's hours on other clauses are summed, and only the sum's effect is told.
        """
        lines = lines.sudo().filtered(
            lambda line: line._origin and line.date and line.insertion_state in ("draft", "submitted")
        )
        if not lines:
            return {}
        people = lines.insertion_participant_id
        codes = checks.warnings(
            [self._engine_line(line) for line in lines],
            [self._engine_line(line) for line in self._neighbours(lines, people)],
            {person.id: checks.Period(person.eligibility_start, person.eligibility_end) for person in people},
            self._contracts(people),
            self._caps(lines),
            proven={person.id for person in people if person.is_proven},
        )
        words = self._words()
        return {key: "\n".join(words[code] for code in found) for key, found in codes.items() if found}

    @api.model
    def _engine_line(self, line):
        return checks.Line(
            line._origin.id,
            line.clause_insertion_id.id,
            line.insertion_participant_id.id,
            line.date,
            line.unit_amount,
            line.insertion_kind,
            line.insertion_is_monthly,
        )

    @api.model
    def _neighbours(self, lines, people):
        """The other lines of the same people in the months concerned, refused and reversed ones apart."""
        dates = lines.mapped("date")
        return (
            self.env["account.analytic.line"]
            .sudo()
            .search(
                [
                    ("insertion_participant_id", "in", people.ids),
                    ("date", ">=", first_day(min(dates))),
                    ("date", "<", last_day(max(dates)) + timedelta(days=1)),
                    ("insertion_state", "in", ("draft", "submitted", "validated")),
                    ("insertion_reversal_of_id", "=", False),
                    ("insertion_reversal_ids", "=", False),
                    ("id", "not in", lines._origin.ids),
                ]
            )
        )

    @api.model
    def _contracts(self, people):
        periods = {}
        for employment in self.env["clause.insertion.employment"].sudo().search([("participant_id", "in", people.ids)]):
            for clause in employment.clause_ids:
                periods.setdefault((employment.participant_id.id, clause.id), []).append(
                    checks.Period(employment.date_start, employment.date_end)
                )
        return periods

    @api.model
    def _caps(self, lines):
        Parameter = self.env["clause.insertion.parameter"]
        day, company = max(lines.mapped("date")), lines.company_id[:1]
        return checks.Caps(
            Parameter._require("daily_cap", day, company), Parameter._require("monthly_cap", day, company)
        )
