"""What a purchase contract is to the figures: written once, in SQL, for every report that counts contracts.

A contract is a framework agreement, with all the orders placed under it, or an order that stands alone. Its
number is minus the agreement's id, or the order's id: no order has the number of an agreement.
"""

from odoo.tools import SQL

# Orders under an agreement of this type belong to it; a "purchase template" is but a model of an order.
FRAMEWORK = "blanket_order"

# What a query built here reads of the purchases and clauses.
CONTRACT_DEPENDS = {
    "purchase.order": ["requisition_id", "state"],
    "purchase.requisition": ["requisition_type"],
    "clause.insertion": [
        "facilitator_id",
        "hours_due",
        "hours_validated",
        "lever",
        "purchase_order_id",
        "requisition_id",
        "state",
        "territory_id",
    ],
}


def join_framework(order: SQL) -> SQL:
    """Join as ``framework`` the agreement that the ``order`` (the name of a table) was placed under, if any."""
    return SQL(
        "LEFT JOIN purchase_requisition framework"
        " ON framework.id = %s.requisition_id AND framework.requisition_type = %s",
        order,
        FRAMEWORK,
    )


def clauses_by_contract() -> SQL:
    """One row per contract with a clause that was not cancelled, however many clauses it has.

    ``lever`` and ``reservation`` are "several" where the clauses differ; ``levers`` are all of them, in
    alphabetical order between commas. The relay and the territory are empty where there are several.
    """
    return SQL(
        """
        SELECT COALESCE(-framework.id, clause.purchase_order_id, -clause.requisition_id) AS contract,
               COUNT(*) AS clauses,
               CASE WHEN MIN(clause.lever) = MAX(clause.lever) THEN MIN(clause.lever) ELSE 'several' END AS lever,
               STRING_AGG(DISTINCT clause.lever, ',' ORDER BY clause.lever) AS levers,
               CASE WHEN COUNT(DISTINCT clause.lever) FILTER (WHERE clause.lever LIKE 'reserved%%') > 1 THEN 'several'
                    ELSE MIN(clause.lever) FILTER (WHERE clause.lever LIKE 'reserved%%') END AS reservation,
               CASE WHEN COUNT(DISTINCT clause.facilitator_id) = 1
                    THEN MIN(clause.facilitator_id) END AS facilitator_id,
               CASE WHEN COUNT(DISTINCT clause.territory_id) = 1
                    THEN MIN(clause.territory_id) END AS territory_id,
               SUM(clause.hours_due) AS hours_due,
               SUM(clause.hours_validated) AS hours_validated
          FROM clause_insertion clause
          LEFT JOIN purchase_order ordered ON ordered.id = clause.purchase_order_id
          %(framework)s
         WHERE clause.state <> 'cancelled'
         GROUP BY 1
        """,
        framework=join_framework(SQL("ordered")),
    )
