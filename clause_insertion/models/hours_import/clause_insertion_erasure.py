import re

from odoo import api, models

from ...engine.files.quoted import quoted
from ...engine.retention import telling_pattern


class ClauseInsertionErasure(models.Model):
    """Files of hours name people: those that brought a person's hours, and those that wait or were refused."""

    _inherit = "clause.insertion.erasure"

    @api.model
    def _forget(self, people):
        pattern = re.compile(telling_pattern(*self._telling_texts(people)), re.IGNORECASE)
        Import = self.env["clause.insertion.import"]
        Import.search([("line_ids.insertion_participant_id", "in", people.ids)])._forget_file()
        not_written = [("company_id", "in", people.company_id.ids), ("state", "in", ("draft", "checked", "failed"))]
        for record in Import.search(not_written):
            text = quoted(record._content())
            if text is None or pattern.search(text):
                record._forget_file()
        return super()._forget(people)
