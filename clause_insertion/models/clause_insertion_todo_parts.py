from odoo import models
from odoo.tools import SQL


class ClauseInsertionTodo(models.Model):
    """What waits, kind by kind. ``number`` tells the kinds apart in the rows' ids."""

    _inherit = "clause.insertion.todo"

    # -- months ------------------------------------------------------------------------------------

    def _part_late(self, number):
        """Silent contractors: the month after the last one declared is past its due day."""
        month = "COALESCE(declared.month + interval '1 month', date_trunc('month', clause.date_start))::date"
        due = SQL(
            "LEAST(late.month + interval '1 month' + (setting.due_day - 1) * interval '1 day',"
            " late.month + interval '2 months' - interval '1 day')::date"
        )
        return SQL(
            """
            SELECT %s FROM clause_insertion clause
              JOIN setting ON setting.company_id = clause.company_id
              LEFT JOIN declared ON declared.clause_id = clause.id
              CROSS JOIN LATERAL (SELECT %s AS month) late
             WHERE clause.state = 'running' AND late.month <= setting.due_month
               AND late.month <= COALESCE(clause.date_end, late.month)
            """,
            self._clause_columns(
                number, "late", "contractor", SQL("%s + 1", due), month=SQL("late.month"), deadline=due
            ),
            SQL(month),
        )

    def _part_validate(self, number):
        actor = SQL("CASE WHEN declaration.facilitator_id IS NULL THEN 'officer' ELSE 'facilitator' END")
        return self._declarations(number, "validate", actor, "submitted")

    def _part_correct(self, number):
        return self._declarations(number, "correct", "contractor", "refused")

    def _declarations(self, number, kind, actor, state):
        return SQL(
            "SELECT %s FROM clause_insertion_declaration declaration WHERE declaration.state = %s",
            self._columns(
                number,
                kind,
                actor,
                "declaration",
                SQL("declaration.state_since"),
                clause_id=SQL("declaration.clause_id"),
                partner_id=SQL("declaration.partner_id"),
                month=SQL("declaration.month"),
            ),
            state,
        )

    # -- requests ----------------------------------------------------------------------------------

    def _part_recruitment(self, number):
        """Asked and not answered, be the delay past: by the relay, by the Region where there is none."""
        return SQL(
            "SELECT %s FROM clause_insertion_recruitment recruitment"
            " WHERE recruitment.state IN ('asked', 'unanswered') AND recruitment.date_answered IS NULL",
            self._columns(
                number,
                "recruitment",
                SQL("CASE WHEN recruitment.facilitator_id IS NULL THEN 'officer' ELSE 'facilitator' END"),
                "recruitment",
                SQL("recruitment.asked_on"),
                clause_id=SQL("recruitment.clause_id"),
                partner_id=SQL("recruitment.partner_id"),
                deadline=SQL("recruitment.date_due"),
            ),
        )

    # -- clauses -----------------------------------------------------------------------------------

    def _part_behind(self, number):
        """Since the first day on which the share of time elapsed exceeds that of hours validated, margin added."""
        return SQL(
            """
            SELECT %s FROM clause_insertion clause
              JOIN setting ON setting.company_id = clause.company_id
              CROSS JOIN LATERAL (
                   SELECT clause.date_start + FLOOR(
                       ROUND(clause.progress::numeric + setting.margin, 6) * (clause.date_end - clause.date_start + 1)
                   )::int AS since
              ) behind
             WHERE clause.state = 'running' AND clause.hours_due > 0
               AND behind.since <= LEAST(setting.today, clause.date_end)
            """,
            self._clause_columns(number, "behind", "officer", SQL("behind.since"), deadline=SQL("clause.date_end")),
        )

    def _part_relay(self, number):
        return self._clauses(
            number,
            "relay",
            SQL("clause.state_since"),
            SQL("clause.state IN ('planned', 'running') AND clause.facilitator_id IS NULL"),
        )

    def _part_amendment(self, number):
        return self._clauses(number, "amendment", SQL("clause.amended_on"), SQL("clause.is_amended"))

    def _part_certificate(self, number):
        return self._clauses(number, "certificate", SQL("clause.state_since"), SQL("clause.state = 'done'"))

    def _clauses(self, number, kind, since, condition):
        return SQL(
            "SELECT %s FROM clause_insertion clause WHERE %s",
            self._clause_columns(number, kind, "officer", since),
            condition,
        )

    def _part_balance(self, number):
        """Ended, and its last month is validated: nothing more will come."""
        return SQL(
            """
            SELECT %s FROM clause_insertion clause
              JOIN setting ON setting.company_id = clause.company_id
              JOIN declared ON declared.clause_id = clause.id AND NOT declared.is_open
                   AND declared.month >= date_trunc('month', clause.date_end)
             WHERE clause.state = 'running' AND clause.date_end < setting.today
            """,
            self._clause_columns(number, "balance", "officer", SQL("clause.date_end + 1")),
        )

    # -- people, under their pseudonyms ------------------------------------------------------------

    def _part_eligibility(self, number):
        return SQL(
            """
            SELECT %s FROM clause_insertion_participant participant
              JOIN setting ON setting.company_id = participant.company_id
             WHERE participant.active AND participant.exit_date IS NULL
               AND participant.eligibility_end BETWEEN setting.today AND setting.today + setting.eligibility_days
            """,
            self._columns(
                number,
                "eligibility",
                "facilitator",
                "participant",
                SQL("participant.eligibility_end - setting.eligibility_days"),
                participant_id=SQL("participant.id"),
                deadline=SQL("participant.eligibility_end"),
            ),
        )

    def _part_employment(self, number):
        return SQL(
            """
            SELECT %s FROM clause_insertion_employment employment
              JOIN setting ON setting.company_id = employment.company_id
             WHERE employment.state = 'confirmed'
               AND employment.date_end BETWEEN setting.today AND setting.today + setting.employment_days
            """,
            self._columns(
                number,
                "employment",
                "facilitator",
                "employment",
                SQL("employment.date_end - setting.employment_days"),
                clause_id=SQL(
                    "(SELECT MIN(rel.clause_id) FROM clause_insertion_employment_rel rel"
                    " WHERE rel.employment_id = employment.id)"
                ),
                partner_id=SQL("employment.employer_id"),
                participant_id=SQL("employment.participant_id"),
                deadline=SQL("employment.date_end"),
            ),
        )

    # -- penalties, which relays know nothing of ---------------------------------------------------

    def _part_penalty_reply(self, number):
        return self._penalties(
            number,
            "penalty_reply",
            "contractor",
            SQL("penalty.notified_on"),
            SQL("penalty.state = 'notified' AND penalty.reply_due >= setting.today"),
        )

    def _part_penalty_decide(self, number):
        """The contractor has replied, or its delay is over."""
        return self._penalties(
            number,
            "penalty_decide",
            "officer",
            SQL("COALESCE(penalty.replied_on, penalty.reply_due + 1, penalty.notified_on)"),
            SQL(
                "(penalty.state = 'replied' OR penalty.state = 'notified'"
                " AND COALESCE(penalty.reply_due < setting.today, TRUE))"
            ),
        )

    def _penalties(self, number, kind, actor, since, condition):
        return SQL(
            """
            SELECT %s FROM clause_insertion_penalty penalty
              JOIN setting ON setting.company_id = penalty.company_id
             WHERE %s
            """,
            self._columns(
                number,
                kind,
                actor,
                "penalty",
                since,
                facilitator_id=SQL("NULL::int"),
                clause_id=SQL("penalty.clause_id"),
                partner_id=SQL("penalty.partner_id"),
                deadline=SQL("penalty.reply_due"),
            ),
            condition,
        )
