from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.clause_insertion.tools.base.days import region_today

from .columns import choices_of
from .past import at, join_past

_lt = LazyTranslate(__name__)


class ClauseInsertionClauseReport(models.Model):
    """One row per clause: what is due, what was done, and whether it lags behind its time."""

    _name = "clause.insertion.clause.report"
    _description = "Clause analysis"
    _auto = False
    _order = "date_start desc, id desc"
    _rec_name = "contract_name"

    clause_id = fields.Many2one("clause.insertion", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    contract_name = fields.Char("Contract", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contractor", readonly=True)
    facilitator_id = fields.Many2one("res.partner", "Relay", readonly=True, falsy_value_label=_lt("Without a relay"))
    territory_id = fields.Many2one("clause.insertion.territory", readonly=True, falsy_value_label=_lt("Not stated"))
    lever = fields.Selection(choices_of("clause.insertion", "lever"), readonly=True)
    hours_mode = fields.Selection(choices_of("clause.insertion", "hours_mode"), "Hours due by", readonly=True)
    trade_id = fields.Many2one("clause.insertion.trade", readonly=True, falsy_value_label=_lt("Not stated"))
    job_family = fields.Selection(choices_of("clause.insertion.trade", "job_family"), readonly=True)
    convention_id = fields.Many2one("clause.insertion.convention", readonly=True)
    buyer_department_id = fields.Many2one("hr.department", "Buyer's department", readonly=True)
    contract_amount = fields.Float("Amount of the contract", readonly=True, aggregator=None)
    state = fields.Selection(choices_of("clause.insertion", "state"), readonly=True)
    date_start = fields.Date("Start", readonly=True)
    date_end = fields.Date("End", readonly=True)
    is_late = fields.Boolean(
        "Behind schedule",
        readonly=True,
        help="Running, and the share of hours validated lags the share of time elapsed by more than the margin set.",
    )
    amount_untaxed = fields.Monetary("Amount excl. tax", readonly=True)
    hours_due = fields.Float("Hours due", readonly=True)
    hours_declared = fields.Float("Hours declared", readonly=True)
    hours_validated = fields.Float("Hours validated", readonly=True)
    hours_refused = fields.Float("Hours refused", readonly=True)
    hours_remaining = fields.Float("Hours remaining", readonly=True)
    progress = fields.Float(
        readonly=True, aggregator="avg", help="Hours validated over hours due: sum over sum, for a group of clauses."
    )
    contracts = fields.Integer(
        "Contracts (sub-totals do not add up)",
        readonly=True,
        aggregator="count_distinct",
        help="Different purchase contracts. A contract whose clauses differ counts once in each group.",
    )

    _depends = {
        "clause.insertion": [
            "amount_untaxed",
            "behind_on",
            "buyer_department_id",
            "company_id",
            "contract_amount",
            "contract_name",
            "convention_id",
            "date_end",
            "date_start",
            "facilitator_id",
            "hours_declared",
            "hours_due",
            "hours_mode",
            "hours_refused",
            "hours_remaining",
            "hours_validated",
            "lever",
            "partner_id",
            "progress",
            "purchase_order_id",
            "requisition_id",
            "state",
            "territory_id",
            "trade_id",
        ],
        "clause.insertion.act": ["clause_id", "facilitator_id", "hours_due", "kind", "recorded_on", "state"],
        "clause.insertion.trade": ["job_family"],
        "res.company": ["currency_id"],
    }

    def _as_of(self, until) -> SQL:
        """The same rows with the relay, the state and the hours due that they had before that moment (UTC).

        A table for the queries of statements alone: the rules of readers are about the rows of today.
        """
        for model, names in self._depends.items():
            self.env[model].flush_model(names)
        return SQL("(%s)", self._rows(until))

    @property
    def _table_query(self) -> SQL:
        return self._rows()

    def _rows(self, until=None) -> SQL:
        return SQL("%s %s", self._select(until), self._from(until))

    def _select(self, until) -> SQL:
        return SQL(
            """
            SELECT clause.id,
                   clause.id AS clause_id,
                   clause.company_id,
                   company.currency_id,
                   clause.contract_name,
                   clause.partner_id,
                   %(relay)s AS facilitator_id,
                   clause.territory_id,
                   clause.lever,
                   clause.hours_mode,
                   clause.trade_id,
                   trade.job_family,
                   clause.convention_id,
                   clause.buyer_department_id,
                   clause.contract_amount,
                   %(state)s AS state,
                   clause.date_start,
                   clause.date_end,
                   COALESCE(clause.behind_on <= %(today)s, FALSE) AS is_late,
                   clause.amount_untaxed,
                   %(due)s AS hours_due,
                   clause.hours_declared,
                   clause.hours_validated,
                   clause.hours_refused,
                   clause.hours_remaining,
                   clause.progress,
                   COALESCE(clause.purchase_order_id, -clause.requisition_id) AS contracts
            """,
            today=region_today(self),
            relay=at(until, "facilitator_id"),
            state=at(until, "state"),
            due=at(until, "hours_due"),
        )

    def _from(self, until) -> SQL:
        return SQL(
            """
            FROM clause_insertion clause
            JOIN res_company company ON company.id = clause.company_id
            LEFT JOIN clause_insertion_trade trade ON trade.id = clause.trade_id
            %s
            """,
            join_past(until),
        )

    def _read_group_select(self, aggregate_spec, query):
        """A group's progress is its hours validated over its hours due, never a mean of the clauses' shares."""
        if aggregate_spec != "progress:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "SUM(%s) / NULLIF(SUM(%s), 0)",
            self._field_to_sql(self._table, "hours_validated", query),
            self._field_to_sql(self._table, "hours_due", query),
        )

    def action_open_clause(self):
        self.ensure_one()
        return self.clause_id._get_records_action()
