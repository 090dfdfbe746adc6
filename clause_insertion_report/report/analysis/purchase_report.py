from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.translate import LazyTranslate

from .columns import choices_of, levers_of
from .purchase_contract import CONTRACT_DEPENDS, clauses_by_contract, join_framework

_lt = LazyTranslate(__name__)


class PurchaseReport(models.Model):
    """Odoo's Purchase Analysis knows the social clauses of the contract that each line is bought under.

    A contract's hours are shared between its confirmed lines, by amount excluding tax: their sum is the
    contract's own, whatever the number of its clauses, lines and orders.
    """

    _inherit = "purchase.report"

    insertion_has_clause = fields.Boolean(
        "Social clause", readonly=True, help="The order, or the framework agreement it is placed under, has one."
    )
    insertion_lever = fields.Selection(levers_of(), "Lever", readonly=True, falsy_value_label=_lt("No social clause"))
    insertion_facilitator_id = fields.Many2one(
        "res.partner",
        "Relay",
        readonly=True,
        falsy_value_label=_lt("None, or several"),
        help="The relay of the contract's clauses, if they have the same.",
    )
    insertion_territory_id = fields.Many2one(
        "clause.insertion.territory",
        "Territory of the clause",
        readonly=True,
        falsy_value_label=_lt("None, or several"),
        help="The territory of the contract's clauses, if they have the same.",
    )
    insertion_obligation = fields.Selection(
        choices_of("purchase.order", "insertion_obligation"), "Social condition", readonly=True
    )
    insertion_hours_due = fields.Float(
        "Insertion hours due",
        readonly=True,
        help="The contract's hours, shared between its confirmed lines by amount excluding tax.",
    )
    insertion_hours_validated = fields.Float(
        "Insertion hours validated",
        readonly=True,
        help="The contract's hours, shared between its confirmed lines by amount excluding tax.",
    )

    # What is added to the query; Odoo's own part declares nothing.
    _depends = {
        **CONTRACT_DEPENDS,
        "purchase.order": [*CONTRACT_DEPENDS["purchase.order"], "currency_rate", "insertion_obligation"],
        "purchase.order.line": ["display_type", "order_id", "price_subtotal"],
    }

    def _select(self) -> SQL:
        return SQL(
            """
            %s,
            insertion.contract IS NOT NULL AS insertion_has_clause,
            insertion.lever AS insertion_lever,
            insertion.facilitator_id AS insertion_facilitator_id,
            insertion.territory_id AS insertion_territory_id,
            po.insertion_obligation,
            COALESCE(SUM(insertion_part.hours_due), 0) AS insertion_hours_due,
            COALESCE(SUM(insertion_part.hours_validated), 0) AS insertion_hours_validated
            """,
            super()._select(),
        )

    def _from(self) -> SQL:
        """Both joins find one row at most: the sums of Odoo's own columns stay what they were."""
        return SQL(
            """
            %(purchases)s
            %(framework)s
            LEFT JOIN (%(clauses)s) insertion ON insertion.contract = COALESCE(-framework.id, po.id)
            LEFT JOIN (%(parts)s) insertion_part ON insertion_part.line_id = l.id
            """,
            purchases=super()._from(),
            framework=join_framework(SQL("po")),
            clauses=clauses_by_contract(),
            parts=self._insertion_parts(),
        )

    def _insertion_parts(self) -> SQL:
        """The hours of each confirmed line under a clause: its part of the contract's amount, in absolute value.

        So a line taken back (below zero) has its part like another, and parts add up to one. Where everything is
        for free, lines have equal parts.
        """
        return SQL(
            """
            SELECT part.line_id,
                   part.hours_due * part.share AS hours_due,
                   part.hours_validated * part.share AS hours_validated
              FROM (
                  SELECT line.id AS line_id,
                         clauses.hours_due,
                         clauses.hours_validated,
                         COALESCE(%(amount)s / NULLIF(SUM(%(amount)s) OVER contract, 0), 1.0 / COUNT(*) OVER contract)
                             AS share
                    FROM purchase_order_line line
                    JOIN purchase_order ordered ON ordered.id = line.order_id
                    %(framework)s
                    JOIN (%(clauses)s) clauses ON clauses.contract = COALESCE(-framework.id, ordered.id)
                   WHERE line.display_type IS NULL AND ordered.state = 'purchase'
                  WINDOW contract AS (PARTITION BY clauses.contract)
              ) part
            """,
            amount=SQL("ABS(line.price_subtotal / COALESCE(NULLIF(ordered.currency_rate, 0), 1.0))"),
            framework=join_framework(SQL("ordered")),
            clauses=clauses_by_contract(),
        )

    def _group_by(self) -> SQL:
        return SQL(
            """
            %s,
            insertion.contract,
            insertion.lever,
            insertion.facilitator_id,
            insertion.territory_id
            """,
            super()._group_by(),
        )
