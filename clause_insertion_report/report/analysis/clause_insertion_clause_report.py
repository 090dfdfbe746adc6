from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.clause_insertion.tools.base.days import region_today

from .columns import choices_of

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
        "clause.insertion.trade": ["job_family"],
        "res.company": ["currency_id"],
    }

    @property
    def _table_query(self) -> SQL:
        return SQL("%s %s", self._select(), self._from())

    def _select(self) -> SQL:
        return SQL(
            """
            SELECT clause.id,
                   clause.id AS clause_id,
                   clause.company_id,
                   company.currency_id,
                   clause.contract_name,
                   clause.partner_id,
                   clause.facilitator_id,
                   clause.territory_id,
                   clause.lever,
                   clause.hours_mode,
                   clause.trade_id,
                   trade.job_family,
                   clause.convention_id,
                   clause.buyer_department_id,
                   clause.contract_amount,
                   clause.state,
                   clause.date_start,
                   clause.date_end,
                   COALESCE(clause.behind_on <= %(today)s, FALSE) AS is_late,
                   clause.amount_untaxed,
                   clause.hours_due,
                   clause.hours_declared,
                   clause.hours_validated,
                   clause.hours_refused,
                   clause.hours_remaining,
                   clause.progress,
                   COALESCE(clause.purchase_order_id, -clause.requisition_id) AS contracts
            """,
            today=region_today(self),
        )

    def _from(self) -> SQL:
        return SQL(
            """
            FROM clause_insertion clause
            JOIN res_company company ON company.id = clause.company_id
            LEFT JOIN clause_insertion_trade trade ON trade.id = clause.trade_id
            """
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
