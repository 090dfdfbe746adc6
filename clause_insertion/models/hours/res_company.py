from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import ConcurrencyError

RECORDING = 0x1A5E  # of PostgreSQL's advisory locks, those of companies whose acts are being recorded


class ResCompany(models.Model):
    """What is being recorded while figures are published: it is among them, or later than they are."""

    _inherit = "res.company"

    def _insertion_record(self):
        """The moment at which what the transaction does is recorded; several transactions record side by side."""
        for company in self.sorted("id"):
            self.env.cr.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [RECORDING, company.id])
        return fields.Datetime.now()

    def _insertion_has_told(self):
        """Whether figures may have been read: hours were declared here. What comes later moves none of them."""
        lived = [("company_id", "in", self.ids), ("insertion_state", "in", ("submitted", "validated", "refused"))]
        lived += [("insertion_declaration_id.is_taken_over", "=", False)]
        # sudo: whether there are any, for whoever records hours
        return bool(self.env["account.analytic.line"].sudo().search_count(lived, limit=1))

    def _insertion_stop_recording(self):
        """Wait for what is being recorded to be committed or given up; nothing more is before the transaction's end.

        :return: the moment before which nothing can be recorded any more
        :raises ConcurrencyError: something was recorded that the transaction does not see, since it had begun before;
            Odoo runs it again from its start
        """
        for company in self.sorted("id"):
            self.env.cr.execute("SELECT pg_advisory_xact_lock(%s, %s)", [RECORDING, company.id])
        with self.env.registry.cursor() as cr:
            is_behind = any(
                new > seen for new, seen in zip(self._recorded(cr), self._recorded(self.env.cr), strict=True)
            )
        if is_behind:
            raise ConcurrencyError(self.env._("Hours were validated just now: try again."))
        return fields.Datetime.now()

    def _recorded(self, cr):
        """Numbers that grow with what is recorded, as that cursor sees them. No transaction lasts a day."""
        self.env.flush_all()
        since = fields.Datetime.now() - timedelta(days=1)
        cr.execute(
            """
            SELECT (SELECT COUNT(*) FROM account_analytic_line
                     WHERE company_id = ANY(%(companies)s) AND clause_insertion_id IS NOT NULL
                       AND (insertion_recorded_on >= %(since)s OR insertion_declared_on >= %(since)s)),
                   (SELECT COUNT(*) FROM clause_insertion_act
                     WHERE company_id = ANY(%(companies)s) AND recorded_on >= %(since)s)
            """,
            {"companies": self.ids, "since": since},
        )
        return cr.fetchone()
