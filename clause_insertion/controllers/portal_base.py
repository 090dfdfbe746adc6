from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

MOST_ID = 2**31 - 1  # PostgreSQL has no greater number for a record: an address with one leads nowhere


class InsertionPortalBase(CustomerPortal):
    """What every page of the portal needs. Records are read with the user's own rights: the rules decide."""

    def _prepare_portal_layout_values(self):
        return super()._prepare_portal_layout_values() | self._page_language()

    def _page_language(self):
        """The language on the page's root, which Odoo leaves to the website addon: screen readers need it."""
        return {"html_data": {"lang": request.env.lang.replace("_", "-")}}

    def _to_handle(self):
        """Declarations that wait for the user: to validate as a relay, to correct as a contractor."""
        partner = request.env.user.commercial_partner_id
        return [
            "|",
            "&",
            ("state", "=", "submitted"),
            ("facilitator_id", "=", partner.id),
            "&",
            ("state", "in", ("draft", "refused")),
            ("partner_id", "=", partner.id),
        ]

    def _own(self, model, record_id):
        """The record, with the user's rights; not found and not allowed look the same."""
        record = request.env[model].browse(record_id if record_id <= MOST_ID else ())
        if record and record.exists() and record.has_access("read"):
            return record
        raise NotFound()

    def _redirect(self, record, error):
        request.session["insertion_error"] = error
        return request.redirect(record.access_url)

    def _own_as_contractor(self, clause_id):
        """A clause on which the user asks and hires: not found for everybody else."""
        clause = self._own("clause.insertion", clause_id)
        if clause.partner_id != request.env.user.commercial_partner_id:
            raise NotFound()
        return clause

    def _own_candidate(self, request_id, candidate_id):
        candidate = self._own("clause.insertion.candidate", candidate_id)
        if candidate.recruitment_id.id != request_id:
            raise NotFound()
        return candidate

    def _run_action(self, record, action, *arguments):
        """Run it and show the record again, with what was refused if it was."""
        try:
            with request.env.cr.savepoint():
                action(*arguments)
                request.env.flush_all()
        except UserError as error:
            return self._redirect(record, str(error))
        return request.redirect(record.access_url)
