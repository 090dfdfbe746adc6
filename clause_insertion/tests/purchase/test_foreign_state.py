from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..common import InsertionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-05")
class TestForeignState(InsertionCommon):
    """A state that another addon brings is no step of a clause: it stays where it is, and nothing stops."""

    def test_the_clause_stays_where_it_is(self):
        agreement = self._new_agreement()
        of_agreement = self.env["clause.insertion"].create(
            {"requisition_id": agreement.id, "trade_id": self.masonry.id}
        )
        of_order = self._new_clause()
        for clause in (of_order, of_agreement):
            purchase = clause._contract()
            self.env.flush_all()
            table = SQL.identifier(purchase._table)
            self.env.cr.execute(SQL("UPDATE %s SET state = 'approved' WHERE id = %s", table, purchase.id))
            purchase.invalidate_recordset()
            purchase.modified(["state"])
            clause._follow_contract()
            purchase.insertion_estimated_need = 2_000_000
            self.assertEqual((clause.state, purchase.essential_required), ("draft", False))
