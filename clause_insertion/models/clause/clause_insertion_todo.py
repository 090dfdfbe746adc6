from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ...engine.months import last_month_due

KINDS = [
    ("late", "Declaration late"),
    ("validate", "Declaration to validate"),
    ("correct", "Declaration to correct"),
    ("recruitment", "Recruitment request to answer"),
    ("behind", "Clause behind schedule"),
    ("relay", "Clause without a relay"),
    ("amendment", "Amendment to decide on"),
    ("balance", "Balance to strike"),
    ("certificate", "Certificate to deliver"),
    ("eligibility", "Eligibility ending"),
    ("employment", "Work contract ending"),
    ("penalty_reply", "Penalty: reply awaited"),
    ("penalty_decide", "Penalty to decide on"),
]
# Makes one id of a part and a record: room for parts to come.
PARTS = 32


class ClauseInsertionTodo(models.Model):
    """Who acts next: one row per thing that waits, with its age. Read from the records, stored nowhere.

    Each ``_part_<kind>`` selects the same columns; another kind is one more method and one more name in ``KINDS``.
    Dates and delays come from the dated parameters, in one row per company (``_settings``).
    """

    _name = "clause.insertion.todo"
    _description = "Who acts next"
    _auto = False
    _order = "since, id"
    _depends = {
        "clause.insertion": [
            "state",
            "state_since",
            "is_amended",
            "amended_on",
            "company_id",
            "partner_id",
            "facilitator_id",
            "date_start",
            "date_end",
            "hours_due",
            "progress",
        ],
        "clause.insertion.declaration": [
            "clause_id",
            "month",
            "state",
            "state_since",
            "company_id",
            "partner_id",
            "facilitator_id",
        ],
        "clause.insertion.recruitment": [
            "clause_id",
            "state",
            "asked_on",
            "date_due",
            "date_answered",
            "company_id",
            "partner_id",
            "facilitator_id",
        ],
        "clause.insertion.participant": ["active", "eligibility_end", "exit_date", "facilitator_id", "company_id"],
        "clause.insertion.employment": [
            "participant_id",
            "clause_ids",
            "date_end",
            "state",
            "employer_id",
            "facilitator_id",
            "company_id",
        ],
        "clause.insertion.penalty": [
            "clause_id",
            "state",
            "notified_on",
            "reply_due",
            "replied_on",
            "company_id",
            "partner_id",
        ],
    }

    kind = fields.Selection(KINDS, "What waits", readonly=True)
    actor = fields.Selection(
        [("officer", "Region"), ("contractor", "Contractor"), ("facilitator", "Relay")], "Who acts", readonly=True
    )
    company_id = fields.Many2one("res.company", readonly=True)
    clause_id = fields.Many2one("clause.insertion", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contractor", readonly=True)
    facilitator_id = fields.Many2one("res.partner", "Relay", readonly=True)
    participant_id = fields.Many2one("clause.insertion.participant", readonly=True)
    month = fields.Date(readonly=True, help="First day of the month.")
    month_name = fields.Char("Month declared", compute="_compute_month_name")
    since = fields.Date(readonly=True)
    deadline = fields.Date(readonly=True)
    days = fields.Integer(aggregator="max", readonly=True)
    res_model = fields.Char(readonly=True, export_string_translation=False)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True, export_string_translation=False)

    @api.depends_context("lang")
    @api.depends("month")
    def _compute_month_name(self):
        for todo in self:
            todo.month_name = todo.month and format_date(self.env, todo.month, date_format="MMMM y")

    @api.depends("kind")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for todo in self:
            todo.display_name = labels.get(todo.kind, "")

    def action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    @property
    def _table_query(self):
        parts = (
            SQL("(%s)", getattr(self, f"_part_{kind}")(number))
            for number, (kind, _label) in enumerate(self._fields["kind"].selection)
        )
        return SQL(
            """
            WITH setting (company_id, today, due_month, due_day, margin, eligibility_days, employment_days) AS (%s),
            declared AS (%s)
            SELECT todo.*, setting.today - todo.since AS days
              FROM (%s) todo JOIN setting ON setting.company_id = todo.company_id
            """,
            self._settings(),
            self._declared(),
            SQL(" UNION ALL ").join(parts),
        )

    def _settings(self):
        """Today and the delays of each company; a missing parameter is NULL, and finds nothing."""
        today = fields.Date.context_today(self)
        rows = []
        for company in self.env["res.company"].sudo().search([]):  # sudo: ids alone, the rules choose the companies

            def get(code, company=company):
                return self.env["clause.insertion.parameter"]._get(code, today, company)

            due_day = get("declaration_due_day")
            rows.append(
                SQL(
                    "(%s, %s::date, %s::date, %s::int, %s::numeric, %s::int, %s::int)",
                    company.id,
                    today,
                    due_day and last_month_due(today, int(due_day)),
                    due_day,
                    get("behind_margin"),
                    get("eligibility_warning_days"),
                    get("employment_warning_days"),
                )
            )
        return SQL("VALUES %s", SQL(", ").join(rows))

    def _declared(self):
        """The last month declared on each running clause, and whether one waits for an answer or a correction."""
        return SQL(
            """
            SELECT declaration.clause_id,
                   MAX(declaration.month) AS month,
                   BOOL_OR(declaration.state != 'validated') AS is_open
              FROM clause_insertion_declaration declaration
              JOIN clause_insertion clause ON clause.id = declaration.clause_id AND clause.state = 'running'
             WHERE declaration.state != 'draft'
             GROUP BY declaration.clause_id
            """
        )

    def _columns(self, number, kind, actor, table, since, **columns):
        """The columns of a part, in the order of the first: those not given are empty."""
        values = {
            "facilitator_id": SQL("%s.facilitator_id", SQL.identifier(table)),
            "clause_id": SQL("NULL::int"),
            "partner_id": SQL("NULL::int"),
            "participant_id": SQL("NULL::int"),
            "month": SQL("NULL::date"),
            "deadline": SQL("NULL::date"),
            **columns,
        }
        return SQL(
            """
            %(table)s.id * %(parts)s + %(number)s AS id,
            %(kind)s::varchar AS kind,
            %(actor)s::varchar AS actor,
            %(model)s::varchar AS res_model,
            %(table)s.id AS res_id,
            %(table)s.company_id,
            %(facilitator_id)s AS facilitator_id,
            (%(since)s)::date AS since,
            %(deadline)s AS deadline,
            %(clause_id)s AS clause_id,
            %(partner_id)s AS partner_id,
            %(participant_id)s AS participant_id,
            %(month)s AS month
            """,
            table=SQL.identifier(table),
            parts=PARTS,
            number=number,
            kind=kind,
            actor=actor if isinstance(actor, SQL) else SQL("%s", actor),
            model=f"clause.insertion.{table}" if table != "clause" else "clause.insertion",
            since=since,
            **values,
        )

    def _clause_columns(self, number, kind, actor, since, **columns):
        return self._columns(
            number,
            kind,
            actor,
            "clause",
            since,
            clause_id=SQL("clause.id"),
            partner_id=SQL("clause.partner_id"),
            **columns,
        )

    # -- parts ---------------------------------------------------------------------------------------
    # What waits, kind by kind. ``number`` tells the kinds apart in the rows' ids.

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
