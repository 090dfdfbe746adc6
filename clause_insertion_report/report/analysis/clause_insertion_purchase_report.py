from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from odoo.addons.clause_insertion.tools.base.days import sql_day, sql_zone

from ...engine.spaser import EMPLOYERS
from .columns import choices_of, levers_of
from .purchase_contract import CONTRACT_DEPENDS, FRAMEWORK, clauses_by_contract, join_framework

_lt = LazyTranslate(__name__)


class ClauseInsertionPurchaseReport(models.Model):
    """One row per purchase contract notified: with or without a social provision, from whom, for how much.

    An order placed under a framework agreement is no contract of its own: the agreement is, for the amount agreed.
    So nothing counts twice, and a year that is published does not grow with the orders that follow. An agreement
    that was never confirmed counts once something was ordered under it.
    """

    _name = "clause.insertion.purchase.report"
    _description = "Contract analysis"
    _auto = False
    _order = "notified_on desc, id desc"
    _rec_name = "contract_name"

    order_id = fields.Many2one("purchase.order", "Purchase order", readonly=True)
    requisition_id = fields.Many2one("purchase.requisition", "Framework agreement", readonly=True)
    contract_name = fields.Char("Contract", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    user_id = fields.Many2one("res.users", "Buyer", readonly=True)
    partner_id = fields.Many2one("res.partner", "Vendor", readonly=True)
    notified_on = fields.Date(
        "Notified on",
        readonly=True,
        help="Day on which the order or the framework agreement was confirmed, unless it was corrected.",
    )
    category = fields.Selection(
        choices_of("purchase.order", "insertion_category"), "Category of purchase", readonly=True
    )
    has_social = fields.Boolean(
        "Social provision", readonly=True, help="One clause at least, by whatever lever, that was not cancelled."
    )
    lever = fields.Selection(levers_of(), readonly=True, falsy_value_label=_lt("No social provision"))
    levers = fields.Char("All levers", readonly=True)
    reservation = fields.Selection(levers_of("reserved"), readonly=True, falsy_value_label=_lt("Not reserved"))
    obligation = fields.Selection(
        choices_of("purchase.order", "insertion_obligation"), "Social condition", readonly=True
    )
    exemption_id = fields.Many2one(
        "clause.insertion.exemption", "Reason for no social condition", readonly=True, falsy_value_label=_lt("None")
    )
    exemption_note = fields.Text("Explanation", readonly=True)
    is_esus = fields.Boolean("From an ESUS-approved company", readonly=True)
    is_social_economy = fields.Boolean("From the social economy", readonly=True)
    employer_kind = fields.Selection(
        [
            ("inclusion", "Inclusion employer (SIAE, GEIQ)"),
            ("adapted", "Adapted employer (EA, EATT, ESAT)"),
            ("prison", "Work in prison (SEP)"),
        ],
        "Kind of employer",
        readonly=True,
        falsy_value_label=_lt("Other companies"),
    )
    contracts = fields.Integer(readonly=True)
    amount = fields.Monetary(
        "Value excl. tax",
        readonly=True,
        help="Of an order, its amount; of a framework agreement, the amount agreed, whatever was ordered under it.",
    )
    amount_ordered = fields.Monetary(
        "Ordered excl. tax",
        readonly=True,
        help="Of a framework agreement, the sum of the orders confirmed under it: never to be added to the value.",
    )
    social_contracts = fields.Integer("Contracts with a social provision", readonly=True)
    social_amount = fields.Monetary("Value with a social provision", readonly=True)
    share_of_contracts = fields.Float(
        "Share of contracts",
        readonly=True,
        aggregator="avg",
        help="Contracts with a social provision over all contracts of the group.",
    )
    share_of_value = fields.Float(
        "Share of value",
        readonly=True,
        aggregator="avg",
        help="Value with a social provision over the value of all contracts of the group; not given for a group of "
        "several currencies.",
    )

    _depends = {
        "purchase.order": [
            *CONTRACT_DEPENDS["purchase.order"],
            "company_id",
            "date_approve",
            "insertion_amount",
            "insertion_category",
            "insertion_exemption_id",
            "insertion_exemption_note",
            "insertion_notified_on",
            "insertion_obligation",
            "name",
            "partner_id",
            "partner_ref",
            "user_id",
        ],
        "purchase.requisition": [
            *CONTRACT_DEPENDS["purchase.requisition"],
            "company_id",
            "date_start",
            "insertion_amount",
            "insertion_category",
            "insertion_exemption_id",
            "insertion_exemption_note",
            "insertion_notified_on",
            "insertion_obligation",
            "name",
            "reference",
            "state",
            "user_id",
            "vendor_id",
        ],
        "clause.insertion": CONTRACT_DEPENDS["clause.insertion"],
        "res.company": ["currency_id"],
        "res.partner": [
            "commercial_partner_id",
            "insertion_is_esus",
            "insertion_is_social_economy",
            "insertion_siae_kind",
        ],
    }

    @property
    def _table_query(self) -> SQL:
        return SQL("%s %s", self._select(), self._from())

    def _select(self) -> SQL:
        return SQL(
            """
            SELECT contract.id,
                   contract.order_id,
                   contract.requisition_id,
                   contract.name || COALESCE(' (' || NULLIF(contract.reference, '') || ')', '') AS contract_name,
                   contract.company_id,
                   company.currency_id,
                   contract.user_id,
                   vendor.id AS partner_id,
                   contract.notified_on,
                   COALESCE(contract.category, 'supplies_services') AS category,
                   clauses.contract IS NOT NULL AS has_social,
                   clauses.lever,
                   clauses.levers,
                   clauses.reservation,
                   contract.obligation,
                   contract.exemption_id,
                   contract.exemption_note,
                   COALESCE(vendor.insertion_is_esus, FALSE) AS is_esus,
                   COALESCE(vendor.insertion_is_social_economy, FALSE) AS is_social_economy,
                   %(employer_kind)s AS employer_kind,
                   1 AS contracts,
                   contract.amount,
                   contract.amount_ordered,
                   CASE WHEN clauses.contract IS NULL THEN 0 ELSE 1 END AS social_contracts,
                   CASE WHEN clauses.contract IS NULL THEN 0 ELSE contract.amount END AS social_amount,
                   CASE WHEN clauses.contract IS NULL THEN 0.0 ELSE 1.0 END AS share_of_contracts,
                   CASE WHEN clauses.contract IS NULL THEN 0.0 ELSE 1.0 END AS share_of_value
            """,
            employer_kind=self._employer_kind(),
        )

    def _employer_kind(self) -> SQL:
        """``engine.spaser.EMPLOYERS``, by the kind of the vendor."""
        kinds = SQL(" ").join(
            SQL("WHEN vendor.insertion_siae_kind IN %s THEN %s", kinds, code) for code, kinds in EMPLOYERS.items()
        )
        return SQL("CASE %s END", kinds)

    def _from(self) -> SQL:
        """Each join finds one row at most: a contract counts once, whatever its clauses."""
        return SQL(
            """
            FROM (%(orders)s UNION ALL %(agreements)s) contract
            JOIN res_company company ON company.id = contract.company_id
            LEFT JOIN res_partner contact ON contact.id = contract.partner_id
            LEFT JOIN res_partner vendor ON vendor.id = contact.commercial_partner_id
            LEFT JOIN (%(clauses)s) clauses ON clauses.contract = contract.id
            """,
            orders=self._orders(),
            agreements=self._agreements(),
            clauses=clauses_by_contract(),
        )

    def _orders(self) -> SQL:
        """Confirmed orders that stand alone; without a day of notification, that of the confirmation."""
        return SQL(
            """
            SELECT ordered.id,
                   ordered.id AS order_id,
                   NULL::int AS requisition_id,
                   ordered.name,
                   ordered.partner_ref AS reference,
                   ordered.partner_id,
                   ordered.user_id,
                   ordered.company_id,
                   COALESCE(ordered.insertion_notified_on, %(approved_on)s) AS notified_on,
                   ordered.insertion_category AS category,
                   ordered.insertion_obligation AS obligation,
                   ordered.insertion_exemption_id AS exemption_id,
                   ordered.insertion_exemption_note AS exemption_note,
                   ordered.insertion_amount AS amount,
                   ordered.insertion_amount AS amount_ordered
              FROM purchase_order ordered
              %(framework)s
             WHERE ordered.state = 'purchase' AND framework.id IS NULL
            """,
            approved_on=sql_day(SQL("ordered.date_approve"), sql_zone(self.env, SQL("ordered.company_id"))),
            framework=join_framework(SQL("ordered")),
        )

    def _agreements(self) -> SQL:
        """Framework agreements in force or closed; one confirmed without this addon counts from its first day."""
        return SQL(
            """
            SELECT -agreement.id,
                   NULL::int,
                   agreement.id,
                   agreement.name,
                   agreement.reference,
                   agreement.vendor_id,
                   agreement.user_id,
                   agreement.company_id,
                   COALESCE(agreement.insertion_notified_on, agreement.date_start, %(made_on)s),
                   agreement.insertion_category,
                   agreement.insertion_obligation,
                   agreement.insertion_exemption_id,
                   agreement.insertion_exemption_note,
                   agreement.insertion_amount,
                   COALESCE(ordered.amount, 0)
              FROM purchase_requisition agreement
              LEFT JOIN (
                  SELECT requisition_id, SUM(insertion_amount) AS amount
                    FROM purchase_order
                   WHERE state = 'purchase' AND requisition_id IS NOT NULL
                   GROUP BY requisition_id
              ) ordered ON ordered.requisition_id = agreement.id
             WHERE agreement.requisition_type = %(framework)s
               AND (agreement.state IN ('confirmed', 'done') OR ordered.requisition_id IS NOT NULL)
            """,
            made_on=sql_day(SQL("agreement.create_date"), sql_zone(self.env, SQL("agreement.company_id"))),
            framework=FRAMEWORK,
        )

    def _read_group_select(self, aggregate_spec, query):
        """Shares are sums over sums, never a mean of shares."""
        if aggregate_spec == "share_of_contracts:avg":
            return SQL("%s / NULLIF(%s, 0)", self._sum("social_contracts", query), self._sum("contracts", query))
        if aggregate_spec == "share_of_value:avg":
            return SQL(
                "CASE WHEN COUNT(DISTINCT %s) = 1 THEN %s / NULLIF(%s, 0) END",
                self._field_to_sql(self._table, "currency_id", query),
                self._sum("social_amount", query),
                self._sum("amount", query),
            )
        return super()._read_group_select(aggregate_spec, query)

    def _sum(self, field, query) -> SQL:
        return SQL("SUM(%s)::float8", self._field_to_sql(self._table, field, query))

    def action_open_contract(self):
        self.ensure_one()
        return (self.order_id or self.requisition_id)._get_records_action()
