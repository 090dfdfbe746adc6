from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.clause_insertion.tools.base.days import region_today

from ..analysis.columns import choices_of
from .problem_text import ProblemText

READ = (
    "company_id",
    "essential_maximum",
    "essential_object",
    "essential_published_on",
    "essential_required",
    "essential_starts_on",
    "insertion_amount",
    "insertion_category",
    "insertion_notified_on",
    "name",
    "user_id",
)
SOURCES = {
    "purchase.order": ("partner_id", "purchase_order_id"),
    "purchase.requisition": ("vendor_id", "requisition_id"),
}
BATCH = 500


class ClauseInsertionEssentialContract(models.Model):
    """The contracts that open data publishes: orders of their own, framework agreements, concessions."""

    _name = "clause.insertion.essential.contract"
    _description = "Contract of open data"
    _auto = False
    _order = "deadline, id"
    _depends = {
        **{model: [*READ, holder] for model, (holder, _field) in SOURCES.items()},
        "clause.insertion.contract.modification": [
            "notified_on",
            "essential_published_on",
            *(field for _holder, field in SOURCES.values()),
        ],
    }

    name = fields.Char("Purchase", readonly=True)
    title = fields.Text("Object", readonly=True)
    purchase_order_id = fields.Many2one("purchase.order", readonly=True)
    requisition_id = fields.Many2one("purchase.requisition", "Agreement", readonly=True)
    partner_id = fields.Many2one("res.partner", "Holder", readonly=True)
    user_id = fields.Many2one("res.users", "Buyer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    category = fields.Selection(choices_of("purchase.order", "insertion_category"), readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    amount = fields.Monetary("Amount excl. tax", readonly=True)
    notified_on = fields.Date("Notified on", readonly=True)
    published_on = fields.Date("Published on", readonly=True)
    to_publish_from = fields.Date(
        "Notified, to publish", readonly=True, help="Notification of the contract, or of a modification to publish."
    )
    deadline = fields.Date(
        "To publish by",
        readonly=True,
        help="Two months after the notification; a concession, before its performance starts.",
    )
    is_late = fields.Boolean("Late", readonly=True)
    is_ready = fields.Boolean("Ready", compute="_compute_problems", search="_search_is_ready")
    problems = fields.Text("What is lacking", compute="_compute_problems")

    @property
    def _table_query(self):
        today = region_today(self)
        rows = SQL(" UNION ALL ").join(
            SQL("(%s)", self._contracts(model, number)) for number, model in enumerate(SOURCES)
        )
        return SQL(
            """SELECT contract.*, contract.deadline < %(today)s AS is_late FROM (
                   SELECT fact.*, CASE WHEN fact.to_publish_from IS NULL THEN NULL
                                       WHEN fact.category = 'concession' AND fact.published_on IS NULL
                                       THEN fact.starts_on
                                       ELSE (fact.to_publish_from + INTERVAL '2 months')::date END AS deadline
                     FROM (%(rows)s) AS fact) AS contract""",
            today=today,
            rows=rows,
        )

    @api.model
    def _contracts(self, model, number):
        """Those of one model; its ids are even or odd, so that both can be told in one list."""
        holder, field = SOURCES[model]
        return SQL(
            """SELECT purchase.id * 2 + %(number)s AS id, purchase.name, purchase.essential_object AS title,
                      %(order)s AS purchase_order_id,
                      %(agreement)s AS requisition_id, %(holder)s AS partner_id, purchase.user_id, purchase.company_id,
                      purchase.insertion_category AS category, purchase.essential_starts_on AS starts_on,
                      COALESCE(NULLIF(purchase.essential_maximum, 0), purchase.insertion_amount) AS amount,
                      purchase.insertion_notified_on AS notified_on, purchase.essential_published_on AS published_on,
                      CASE WHEN purchase.essential_published_on IS NULL THEN purchase.insertion_notified_on
                           ELSE change.notified_on END AS to_publish_from
                 FROM %(table)s AS purchase
                 LEFT JOIN (SELECT %(field)s AS purchase_id, MIN(notified_on) AS notified_on
                              FROM clause_insertion_contract_modification
                             WHERE essential_published_on IS NULL GROUP BY 1) AS change
                   ON change.purchase_id = purchase.id
                WHERE purchase.essential_published_on IS NOT NULL
                   OR purchase.essential_required AND purchase.insertion_notified_on IS NOT NULL""",
            number=number,
            order=SQL("purchase.id") if field == "purchase_order_id" else SQL("NULL::int"),
            agreement=SQL("purchase.id") if field == "requisition_id" else SQL("NULL::int"),
            holder=SQL.identifier("purchase", holder),
            table=SQL.identifier(self.env[model]._table),
            field=SQL.identifier(field),
        )

    # -- what they lack ----------------------------------------------------------------------------

    @api.depends_context("lang", "uid")
    def _compute_problems(self):
        today = region_today(self)
        for row, purchase, _contract, found in self._review(today):
            row.problems = ProblemText(purchase).text(found)
            row.is_ready = not found

    def _search_is_ready(self, operator, value):
        """Asked of every contract that is still to publish: the others lack nothing."""
        if operator != "in":
            return NotImplemented
        today, lacking = region_today(self), []
        rows = self.search([("to_publish_from", "!=", False)])
        for batch in rows._batches():
            lacking += [row.id for row, _purchase, _contract, found in batch._review(today) if found]
        return Domain("id", "not in" if True in value else "in", lacking)

    def _review(self, published_on):
        """``(row, purchase, contract, problems)`` of each, in order; as many queries for many as for few."""
        purchases = self._purchases()
        twice = {model: found._decp_numbers_used_twice() for model, found in purchases.items()}
        for row in self:
            purchase = row._purchase(purchases)
            contract = purchase._decp_contract()
            yield row, purchase, contract, purchase._decp_problems(contract, published_on, twice[purchase._name])

    def _purchases(self):
        """``{model: its purchases}``, read at once."""
        found = {}
        for number, model in enumerate(SOURCES):
            ids = [row_id // 2 for row_id in self._origin.ids if row_id % 2 == number]
            found[model] = self.env[model].browse(ids)
            found[model].fetch(found[model]._decp_fields())
        return found

    def _purchase(self, purchases=None):
        """The order or agreement, prefetched with the others."""
        purchases = purchases or self._purchases()
        found = purchases[list(SOURCES)[self._origin.id % 2]]
        return found.browse(self._origin.id // 2).with_prefetch(found._prefetch_ids)

    def _batches(self):
        """The same rows, so many at a time; what was read of a batch is forgotten before the next."""
        for start in range(0, len(self), BATCH):
            yield self.browse(self.ids[start : start + BATCH])
            for model in (*SOURCES, "clause.insertion.contract.modification", "res.partner", self._name):
                self.env[model].invalidate_model()

    def action_open(self):
        purchase = self._purchase()
        return {
            "type": "ir.actions.act_window",
            "res_model": purchase._name,
            "res_id": purchase.id,
            "view_mode": "form",
        }
