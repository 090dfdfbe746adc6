from odoo import api, models

from ...report.analysis.columns import READERS


class IrFilters(models.Model):
    """Favourites shipped for finance: Odoo has no rule that shares one with a group."""

    _inherit = "ir.filters"

    @api.model
    def get_filters(self, model, action_id=None, embedded_action_id=None, embedded_parent_res_id=None):
        """What groups by the columns of a clause is proposed to those alone who may read them."""
        filters = super().get_filters(model, action_id, embedded_action_id, embedded_parent_res_id)
        if self.env.user.has_group(READERS):
            return filters
        closed = self.env.ref("clause_insertion_report.ir_filters_hours_by_relay", raise_if_not_found=False) or self
        return [favourite for favourite in filters if favourite["id"] not in closed.ids]
