from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class InsertionPortalBase(CustomerPortal):
    """What every page of the desk needs. Records are read with the user's own rights: the rules decide."""

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
        record = request.env[model].browse(record_id)
        try:
            if record.exists() and record.has_access("read"):
                return record
        except (AccessError, MissingError):
            pass
        raise NotFound()

    def _redirect(self, record, error):
        request.session["insertion_error"] = error
        return request.redirect(record.access_url)
