from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ...engine.next_step import ACTORS, RANKS, Step, first
from ...engine.parameters import value_on
from ...tools.base.days import region_today

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
# Tells the kinds apart in the rows' ids, with room for kinds to come.
NUMBERS = {kind: number for number, (kind, _label) in enumerate(KINDS)}
PARTS = 32
# The state of a month is known to all who may read its clause.
READ_WITH_THE_CLAUSE = ("clause.insertion", "clause.insertion.declaration")


class ClauseInsertionTodo(models.Model):
    """Who acts next: one row per thing that waits, with its age. Read from the records, stored nowhere.

    What waits is told by dates that are stored on the records, and computed by the engine: a part compares one of
    them with today. Each room has the parts of its own records; another kind is one more name in ``KINDS`` and in the
    engine's ``ACTORS``, and one more ``_part_<kind>``.
    """

    _name = "clause.insertion.todo"
    _description = "Who acts next"
    _auto = False
    _order = "since, id"
    _depends = {
        "clause.insertion": [
            "state",
            "state_since",
            "amended_on",
            "balance_on",
            "behind_on",
            "company_id",
            "partner_id",
            "facilitator_id",
            "date_end",
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

    # -- the query -----------------------------------------------------------------------------------

    @property
    def _table_query(self):
        parts = SQL(" UNION ALL ").join(SQL("(%s)", getattr(self, f"_part_{kind}")()) for kind in NUMBERS)
        return SQL("SELECT todo.*, %s - todo.since AS days FROM (%s) todo", self._today(), parts)

    def _today(self):
        return region_today(self)

    def _delay(self, code, table):
        """The days that a parameter gives today to the company of a row; NULL, which finds nothing, without one."""
        Parameter, today = self.env["clause.insertion.parameter"], self._today()
        delays = {
            company: value_on(today, dated)
            for (name, company), dated in Parameter._dated_values().items()
            if name == code
        }
        shared = delays.pop(False, None)
        own = [SQL("WHEN %s THEN %s", company, days) for company, days in delays.items() if days is not None]
        if not own:
            return SQL("%s::int", shared)
        return SQL("(CASE %s %s ELSE %s END)::int", SQL.identifier(table, "company_id"), SQL(" ").join(own), shared)

    def _part(self, kind, table, since, condition, **columns):
        """A part: the rows of ``table`` that meet the condition. Columns that are not given are empty.

        :param table: what the model is called after ``clause.insertion.``, or ``clause``; its name in the query, too
        """
        model = "clause.insertion" if table == "clause" else f"clause.insertion.{table}"
        values = {
            "facilitator_id": SQL.identifier(table, "facilitator_id"),
            "clause_id": SQL("NULL::int"),
            "partner_id": SQL("NULL::int"),
            "participant_id": SQL("NULL::int"),
            "month": SQL("NULL::date"),
            "deadline": SQL("NULL::date"),
            **columns,
        }
        return SQL(
            """
            SELECT %(table)s.id * %(parts)s + %(number)s AS id,
                   %(kind)s::varchar AS kind,
                   (%(actor)s)::varchar AS actor,
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
              FROM %(relation)s %(table)s
             WHERE %(condition)s
            """,
            table=SQL.identifier(table),
            relation=SQL.identifier(self.env[model]._table),
            parts=PARTS,
            number=NUMBERS[kind],
            kind=kind,
            actor=self._actor(kind, table),
            model=model,
            since=since,
            condition=condition,
            **values,
        )

    def _actor(self, kind, table):
        """Where there is no relay, the Region does what it would do."""
        actor = ACTORS[kind]
        if actor != "facilitator":
            return SQL("%s", actor)
        return SQL("CASE WHEN %s IS NULL THEN 'officer' ELSE %s END", SQL.identifier(table, "facilitator_id"), actor)

    # -- what waits on the clause itself -------------------------------------------------------------

    def _clauses(self, kind, since, condition, **columns):
        return self._part(
            kind,
            "clause",
            since,
            condition,
            clause_id=SQL("clause.id"),
            partner_id=SQL("clause.partner_id"),
            **columns,
        )

    def _part_behind(self):
        condition = SQL("clause.behind_on <= %s", self._today())
        return self._clauses("behind", SQL("clause.behind_on"), condition, deadline=SQL("clause.date_end"))

    def _part_relay(self):
        condition = SQL("clause.state IN ('planned', 'running') AND clause.facilitator_id IS NULL")
        return self._clauses("relay", SQL("clause.state_since"), condition)

    def _part_amendment(self):
        return self._clauses("amendment", SQL("clause.amended_on"), SQL("clause.amended_on IS NOT NULL"))

    def _part_balance(self):
        return self._clauses("balance", SQL("clause.balance_on"), SQL("clause.balance_on <= %s", self._today()))

    def _part_certificate(self):
        return self._clauses("certificate", SQL("clause.state_since"), SQL("clause.state = 'done'"))

    # -- the step of a clause ------------------------------------------------------------------------

    @api.model
    def _first_waiting(self, clauses):
        """What waits first on each clause, among what the user may read: ``{clause id: (step, its record)}``.

        One query for all clauses; where requests or penalties wait, one more for the rights on each of the two.
        """
        found, records = self._waiting(clauses.ids), {}
        for model in {model for _clause, model, _step in found}:
            waiting = self.env[model].browse({step.record for _clause, name, step in found if name == model})
            readable = waiting if model in READ_WITH_THE_CLAUSE else waiting._filtered_access("read")
            records[model] = {record.id: record for record in readable}
        steps = defaultdict(dict)
        for clause, model, step in found:
            if record := records[model].get(step.record):
                steps[clause][step] = record
        return {clause: (step, of_clause[step]) for clause, of_clause in steps.items() if (step := first(of_clause))}

    def _waiting(self, clause_ids):
        """The rows of these clauses: ``[(clause id, model, step)]``.

        sudo: who may read a clause, a portal user or a buyer, is told whose turn it is without being given the list.
        """
        if not clause_ids:
            return []
        todo = self.sudo()
        query = todo._search([("clause_id", "in", clause_ids), ("kind", "in", list(RANKS))])
        columns = ("clause_id", "res_model", "kind", "actor", "since", "month", "res_id")
        rows = self.env.execute_query(query.select(*(todo._field_to_sql(todo._table, name, query) for name in columns)))
        return [(clause, model, Step(*values)) for clause, model, *values in rows]

    def _sentence(self, step, record):
        """What to do, in words: the sentence of the record's room, else what the kind is called."""
        sentences = {
            "award": self.env._("Award the contract"),
            "amendment": self.env._("Decide on the contract's new amount"),
            "balance": self.env._("Strike the balance"),
            "certificate": self.env._("Deliver the certificate"),
        }
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return sentences.get(step.kind) or labels[step.kind]
