from odoo import http
from odoo.http import request

from .portal_base import InsertionPortalBase

NETWORK = (
    "clause.insertion.training",
    "clause.insertion.meeting",
    "clause.insertion.convention",
    "clause.insertion.charter",
)
# What can be downloaded: the record's model and its document.
DOCUMENTS = {
    "convention": ("clause.insertion.convention", "clause_insertion.clause_insertion_convention_report"),
    "charter": ("clause.insertion.charter", "clause_insertion.clause_insertion_charter_report"),
    "minutes": ("clause.insertion.meeting", "clause_insertion.clause_insertion_meeting_report"),
}


class InsertionNetworkPortal(InsertionPortalBase):
    """What ties a relay or a company to the Region: conventions, charters, meetings, training."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "insertion_network_count" in counters:
            models = (request.env[name] for name in NETWORK)
            values["insertion_network_count"] = sum(
                model.search_count([]) for model in models if model.has_access("read")
            )
        return values

    @http.route("/my/insertion-network", type="http", auth="user", methods=["GET"], website=True)
    def portal_insertion_network(self, **_kw):
        def latest(model, order=None):
            return request.env[model].search([], order=order, limit=self._items_per_page)

        values = self._prepare_portal_layout_values() | {
            "page_name": "insertion_network",
            "trainings": latest("clause.insertion.training"),
            "meetings": latest("clause.insertion.meeting"),
            "conventions": latest("clause.insertion.convention"),
            "charters": latest("clause.insertion.charter", "date_start desc"),
        }
        return request.render("clause_insertion.portal_my_insertion_network", values)

    @http.route(
        "/my/insertion-network/<string:kind>/<int:record_id>", type="http", auth="user", methods=["GET"], website=True
    )
    def portal_insertion_document(self, kind, record_id, **_kw):
        if kind not in DOCUMENTS:
            raise request.not_found()
        model, report = DOCUMENTS[kind]
        return self._show_report(self._own(model, record_id), "pdf", report, download=True)
