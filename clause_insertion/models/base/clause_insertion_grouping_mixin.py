from odoo import models


class ClauseInsertionGroupingMixin(models.AbstractModel):
    """Odoo 19 groups records by a many2many without asking whether the user may read that field: these models ask.

    An employer could so have learnt, over RPC, why a person whom it sees is eligible.
    """

    _name = "clause.insertion.grouping.mixin"
    _description = "Grouping by readable fields alone"

    def _read_group_groupby(self, alias, groupby_spec, query):
        name = groupby_spec.partition(":")[0].partition(".")[0]
        if name in self._fields:  # what is no field, Odoo refuses in its own words
            self._check_field_access(self._fields[name], "read")
        return super()._read_group_groupby(alias, groupby_spec, query)
