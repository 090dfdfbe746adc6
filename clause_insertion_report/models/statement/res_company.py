from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _insertion_has_told(self):
        """A publication, withdrawn or archived, was read. sudo: whether there is one, for whoever records hours."""
        publications = self.env["clause.insertion.publication"].sudo().with_context(active_test=False)
        is_published = publications.search_count([("company_ids", "in", self.ids)], limit=1)
        return bool(is_published) or super()._insertion_has_told()
