from odoo import models

from ...engine import decp
from ...engine.decp import Modification


class ClauseInsertionContractModification(models.Model):
    """A modification, as open data tells it."""

    _inherit = "clause.insertion.contract.modification"

    def _decp_modification(self):
        contract = self._contract()
        return Modification(
            number=self.number,
            notified_on=self.notified_on or None,
            amount=contract._decp_euros(self.amount, self.notified_on),
            months=self.duration,
            holders=tuple(contract._decp_holder(partner) for partner in self.holder_ids),
        )

    def _decp_object(self, published_on):
        """What was published of it, or what is to be published on that day."""
        is_concession = self._contract().insertion_category == "concession"
        return self.essential_published_data or decp.build_modification(
            self._decp_modification(), published_on, is_concession
        )
