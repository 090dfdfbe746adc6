from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.fields import Domain


class Figures(NamedTuple):
    """Three counts that are never mixed: hours add up, people and contracts are counted once."""

    hours: float = 0
    people: int = 0
    contracts: int = 0


class AccountAnalyticLine(models.Model):
    """What hours amount to, for the records that set objectives: one place, whatever they are grouped by."""

    _inherit = "account.analytic.line"

    @api.model
    def _insertion_figures(self, domain, groupby):
        """``{(value of each groupby): Figures}`` of the hours in ``domain``, in two queries.

        Hours are those validated, less what was taken back; people and contracts are those under
        an hour that still stands. Records are given by their id.
        """
        validated = Domain(domain) & Domain("insertion_state", "=", "validated")
        standing = (
            validated & Domain("insertion_reversal_of_id", "=", False) & Domain("insertion_reversal_ids", "=", False)
        )
        figures = defaultdict(Figures)
        for *key, hours in self._read_group(validated, groupby, ["unit_amount:sum"]):
            figures[self._plain(key)] = Figures(hours)
        counts = ["insertion_participant_id:count_distinct", "clause_insertion_id:array_agg_distinct"]
        for *key, people, clause_ids in self._read_group(standing, groupby, counts):
            contracts = {clause._contract() for clause in self.env["clause.insertion"].browse(clause_ids)}
            figures[self._plain(key)] = figures[self._plain(key)]._replace(people=people, contracts=len(contracts))
        return figures

    @staticmethod
    def _plain(key):
        return tuple(value.id if isinstance(value, models.BaseModel) else value for value in key)
