from odoo import models


class ClauseInsertionImport(models.Model):
    """A past that is taken over would change, without a trace, what a published statement says that it was."""

    _inherit = "clause.insertion.import"

    def _published_years(self, clauses):
        """sudo: only tells for which years these clauses are in published figures."""
        found = {clause_id: set(years) for clause_id, years in super()._published_years(clauses).items()}
        Publication = self.env["clause.insertion.publication"].sudo().with_context(active_test=False)
        for publication in Publication.search([("company_ids", "in", self.company_id.ids)]):
            for clause in clauses.filtered(publication._has_clause):
                found.setdefault(clause.id, set()).add(publication.year)
        return found
