"""Installing computes new columns for the purchases that are there: when and by whom they were written stays.

Uninstalling leaves the meetings in the calendar.
"""

from odoo.tools import SQL

TABLES = ("purchase_order", "purchase_requisition")


def pre_init_hook(env):
    """Note who wrote each purchase last, and when, for as long as the installation lasts."""
    for table in TABLES:
        env.cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE %s AS SELECT id, write_uid, write_date FROM %s",
                _noted(table),
                SQL.identifier(table),
            )
        )


def post_init_hook(env):
    env.flush_all()
    for table in TABLES:
        env.cr.execute(
            SQL(
                "UPDATE %(table)s AS purchase SET write_uid = noted.write_uid, write_date = noted.write_date"
                " FROM %(noted)s AS noted WHERE purchase.id = noted.id",
                table=SQL.identifier(table),
                noted=_noted(table),
            )
        )
        env.cr.execute(SQL("DROP TABLE %s", _noted(table)))
    env.invalidate_all()


def uninstall_hook(env):
    """An event is deleted with the model that it is linked to: the meetings' are let go before."""
    env.cr.execute(
        SQL(
            "UPDATE calendar_event SET res_model_id = NULL, res_model = NULL, res_id = NULL WHERE res_model = %s",
            "clause.insertion.meeting",
        )
    )


def _noted(table):
    return SQL.identifier(f"clause_insertion_{table}_before")
